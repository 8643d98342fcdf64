"""Tables to one workbook that opens in Excel and WPS."""

import unicodedata
from collections.abc import Mapping
from datetime import date
from io import BytesIO
from typing import Any

import pandas as pd

from .arguments import check_language
from .errors import ReportError
from .export import AnyPath, flat, replacing
from .labels import labelled, table_name

_ROWS, _COLUMNS, _CHARS, _NAME = 1_048_575, 16_384, 32_767, 31  # what a sheet, a cell, a name holds
_NARROW, _WIDE = 8, 60  # width of a column, in half-width characters
_NO_NAME = str.maketrans(dict.fromkeys("[]:*?/\\", "-"))
_LOOKED_AT = 500  # rows: enough to tell how wide a column is


def write_workbook(
    tables: Mapping[str, pd.DataFrame], path: AnyPath, *, language: str = "zh"
) -> None:
    """Write tables to an .xlsx file, a sheet a table, as Excel and WPS show them best.

    Headers, coded values and names of the sheets are in ``language``, as in ``labelled``; a name
    that isn't known stays. Headers are frozen and have filters, numbers are numbers, dates are
    dates, lists are joined by "; ". No text is taken for a formula, a link or a number, whatever it
    starts with. Text beyond what a cell holds (32,767 characters) is cut and ends in "…". The file
    is there in full or not at all.

    Raises ReportError where the file can't be written or a table has more rows than a sheet holds
    (1,048,575), TypeError for what is no dict of tables, ValueError for another language.

    >>> from lawreport_utils import outline, parse_report
    >>> report = parse_report("一、学习\\n二、执法")
    >>> write_workbook({"outline": outline(report)}, getfixture("tmp_path") / "report.xlsx")
    """
    import xlsxwriter  # type: ignore[import-untyped]

    check_language(language)
    if not isinstance(tables, Mapping):
        problem = f"write_workbook takes a dict of tables, not a {type(tables).__name__}"
        raise TypeError(f'{problem}: {{"figures": table}}')
    for name, table in tables.items():
        if not isinstance(table, pd.DataFrame):
            kind = type(table).__name__
            raise TypeError(f"tables must be a dict of tables, but {name!r} is a {kind}")
        if len(table) > _ROWS or len(table.columns) > _COLUMNS:
            problem = f"the table {name} has {len(table):,} rows, more than a sheet holds"
            raise ReportError(path, problem, "write it as CSV, or in pieces")
    names = _names([table_name(name, language) for name in tables])
    with replacing(path) as file:
        content = BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        with xlsxwriter.Workbook(content, options) as book:
            for name, table in zip(names, tables.values(), strict=True):
                _write(book, name, labelled(table, language))
            if not tables:
                book.add_worksheet()
        file.write(content.getvalue())


def _names(names: list[str]) -> list[str]:
    """Names that a sheet may have, each once."""
    taken: dict[str, str] = {}
    for name in names:
        plain = (str(name).translate(_NO_NAME).strip("'")[:_NAME] or "-").strip() or "-"
        unique, n = plain, 1
        while unique.casefold() in taken:
            n += 1
            ending = f" ({n})"
            unique = plain[: _NAME - len(ending)] + ending
        taken[unique.casefold()] = unique
    return list(taken.values())


def _write(book: Any, name: str, table: pd.DataFrame) -> None:
    sheet = book.add_worksheet(name)
    head = book.add_format({"bold": True, "bottom": 1, "valign": "top", "bg_color": "#E8F1F5"})
    text = book.add_format({"valign": "top", "text_wrap": True})
    number = book.add_format({"valign": "top"})
    day = book.add_format({"valign": "top", "num_format": "yyyy-mm-dd", "align": "left"})
    for column, title in enumerate(table.columns):
        cells = [_cell(value) for value in table.iloc[:, column]]
        sheet.set_column(column, column, _width(str(title), cells))
        sheet.write_string(0, column, _short(str(title)), head)
        for row, value in enumerate(cells, 1):
            if isinstance(value, str):
                sheet.write_string(row, column, value, text)
            elif isinstance(value, date):
                sheet.write_datetime(row, column, value, day)
            elif value is not None:
                sheet.write_number(row, column, value, number)
    sheet.freeze_panes(1, 0)
    if len(table.columns):
        sheet.autofilter(0, 0, max(len(table), 1), len(table.columns) - 1)


def _cell(value: Any) -> str | float | date | None:
    """What a cell can hold: text, a finite number, a date or nothing."""
    value = flat(value)
    if value is None or value is pd.NaT or value is pd.NA:
        return None
    if isinstance(value, str):
        return _short(value) or None
    if isinstance(value, pd.Timestamp):
        return value.to_pydatetime()
    if isinstance(value, date):
        return value
    number = float(value)
    return number if abs(number) < float("inf") else None if number != number else str(number)


def _short(text: str) -> str:
    return text if len(text) <= _CHARS else text[: _CHARS - 1] + "…"


def _width(title: str, cells: list[Any]) -> int:
    """Of the widest cell, a full-width character counting two; long text wraps."""
    shown = [title + "xx", *(str(cell) for cell in cells[:_LOOKED_AT] if cell is not None)]
    widest = max(_columns(line) for text in shown for line in text[:_WIDE].split("\n"))
    return min(max(widest + 2, _NARROW), _WIDE)


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
