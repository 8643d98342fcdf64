"""The figures of a table whose unit stands elsewhere: 复议案件(件) | 10 | 12, 办结率 | % | 98.5.

A row is a line whose cells are parted by tabs.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from .numerals import Numeral, find_numerals
from .specials import Special
from .values import parse_numeral

_CELL = re.compile(r"[^\t\n]+")
_NUMBER = re.compile(r"\s*(?P<number>\d[\d,]*+(?:\.\d+)?)\s*", re.ASCII)
_OF_LABEL = re.compile(r".*(?P<aside>\((?:单位:)?(?P<unit>[^()\d]{1,6})\))\s*")  # 案件(件)
_OF_TABLE = re.compile(r"[(\s]*单位:\s*(?P<unit>[^()\d\s]{1,6})[)\s]*")  # a line above the rows
_ALONE = re.compile(r"(?P<aside>\t *(?P<unit>[^()\d\s]{1,6}) *)")  # a cell, with its line


class Row(NamedTuple):
    figures: list[Numeral]
    asides: list[Special]  # where the unit stands: no part of a name


NO_ROW = Row([], [])


def unit_of_table(text: str, start: int, end: int) -> str | None:
    """The unit that a line above a table gives: (单位:件)."""
    told = _OF_TABLE.fullmatch(text, start, end)
    return told["unit"] if told else None


def read_row(text: str, start: int, end: int, unit: str | None) -> Row:
    """The bare numbers of ``text[start:end]`` with the unit of their row, else of the table.

    >>> row = read_row("复议案件(件)\\t10\\t1,234", 0, 17, None)
    >>> [(figure.value, figure.unit) for figure in row.figures]
    [(10.0, '件'), (1234.0, '件')]
    """
    label, *cells = [match.span() for match in _CELL.finditer(text, start, end)] or [(start, end)]
    numbers = [*filter(None, (_NUMBER.fullmatch(text, *cell) for cell in cells))]
    if not numbers:
        return NO_ROW
    one, asides = next(_units(text, label, cells), (_one(unit), []))
    return Row([_figure(number, one) for number in numbers], asides) if one else NO_ROW


def _units(
    text: str, label: tuple[int, int], cells: list[tuple[int, int]]
) -> Iterator[tuple[Numeral, list[Special]]]:
    """One of the unit of a row, with where it stands: behind the label, or in a cell of its own."""
    alone = (_ALONE.fullmatch(text, start - 1, end) for start, end in cells)
    for told in filter(None, (_OF_LABEL.fullmatch(text, *label), *alone)):
        if one := _one(told["unit"]):
            yield one, [(*told.span("aside"), "link")]


def _one(unit: str | None) -> Numeral | None:
    """One of a unit: of 万元, 10,000 元."""
    if not unit:
        return None
    [found] = find_numerals(f"1{unit}", range(len(unit) + 2), [(0, len(unit) + 1)])
    return next((one for one in found if one.unit and one.end == len(unit) + 1), None)


def _figure(number: re.Match[str], one: Numeral) -> Numeral:
    first, end = number.span("number")
    value = (parse_numeral(number["number"]) or 0.0) * one.value
    return one._replace(start=first, end=end, value=round(value, 6), first=first)
