"""Dates and years, in digits and in Chinese numerals, in half-width text."""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from .characters import number_of

_LIKE_ZERO = str.maketrans("零○ОOo0", "〇" * 6)
_HAN_YEAR = "二[〇零○ОOo0一二三四五六七八九]{3}"
_DAY = "[一二三四五六七八九十]{1,3}"
YEAR = rf"(?:20\d\d|{_HAN_YEAR})"
_DATE = re.compile(
    r"(?<!\d)(20\d\d) ?[-/.年] ?(\d{1,2}) ?[-/.月] ?(\d{1,2})(?!\d)(?: ?日)?"
    rf"|({_HAN_YEAR}) ?年 ?({_DAY}) ?月 ?({_DAY}) ?日",
    re.ASCII,
)
# A year that can be the one reported on: neither an end of a span of years (2021—2025年), nor part
# of a document number or of a date, nor what a change is measured against, nor of a budget.
_REPORTED = re.compile(
    rf"""
    (?<! [\d〔\[—–~至-] ) (?<! [较比与到同] )
    (?P<year> {YEAR} ) \s?
    (?! 年?度?\s?[—–~至-] )
    年 (?! \s? (?:\d\d?|{_DAY}) \s? 月 )
    (?! 度?(?:部门|单位|财政|政府|市级|区级|县级)*(?:预算|决算) )
    """,
    re.ASCII | re.VERBOSE,
)


class Dated(NamedTuple):
    """A calendar date printed in the text at ``start:end``."""

    value: date
    start: int
    end: int


def find_dates(folded: str, start: int = 0) -> Iterator[Dated]:
    """The valid calendar dates printed in a half-width text.

    >>> dates = find_dates("2025-01-08、2023年1月12日、二〇二三年一月十二日")
    >>> [str(found.value) for found in dates]
    ['2025-01-08', '2023-01-12', '2023-01-12']
    """
    for match in _DATE.finditer(folded, start):
        parts = [part for part in match.groups() if part]
        try:
            yield Dated(date(*map(_value, parts)), *match.span())
        except ValueError:  # 2023-13-45 is no date
            continue


def find_years(folded: str) -> Iterator[int]:
    """The years that a half-width text may be about, in order.

    >>> list(find_years("《规划(2021—2025年)》,2024年,较2023年;2022年度决算,2022年3月,二〇二五年"))
    [2024, 2025]
    """
    return (_value(match["year"]) for match in _REPORTED.finditer(folded))


def date_line(line: str) -> date | None:
    """The date that a line consists of, with at most a name before it."""
    found = next(find_dates(line), None) if len(line) <= _MAX_LINE else None
    return found.value if found and _AFTER_DATE.match(line, found.end) else None


_AFTER_DATE = re.compile(r"[\s\d:)\]】〕]*(?:来源|$)")
_MAX_LINE = 80  # characters; a longer line is no date with a name


def _value(numeral: str) -> int:
    """Of a year, month or day; 0 for none. A zero may be any round sign (二O二四)."""
    return number_of(numeral if numeral.isascii() else numeral.translate(_LIKE_ZERO)) or 0
