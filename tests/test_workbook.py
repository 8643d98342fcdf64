"""Workbooks: what a spreadsheet program reads is what the tables hold."""

import csv
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import openpyxl
import pandas as pd
import pytest

from lawreport_utils import (
    analyze_corpus,
    marked_text,
    parse_report,
    read_report,
    write_workbook,
)
from lawreport_utils.errors import ReportError
from lawreport_utils.export import csv_bytes, write_csv
from lawreport_utils.labels import labelled

FORMULAS = ["=1+1", "+1", "-3.2%", "@SUM(A1)", "=cmd|' /C calc'!A0", "\t=1", "{=1}", "https://x.cn"]


@pytest.fixture(scope="module")
def tables():
    return marked_text(read_report("data/practice-report.txt")).tables


@pytest.fixture
def path(tmp_path):
    return tmp_path / "报告 'a' $(b).xlsx"


def cells(sheet):
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_workbook_holds_the_tables(tables, path, language):
    write_workbook(tables, path, language=language)
    book = openpyxl.load_workbook(path)
    assert len(book.sheetnames) == len(tables)
    for sheet, table in zip(book, tables.values(), strict=True):
        shown = labelled(table, language)
        head, *rows = cells(sheet)
        assert head == list(shown.columns)
        assert len(rows) == len(table) or (rows == [[None] * len(head)] and table.empty)
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref.startswith("A1:")
        for name, column in zip(shown.columns, zip(*rows, strict=True), strict=True):
            if pd.api.types.is_numeric_dtype(shown[name]):
                wanted = [None if pd.isna(value) else value for value in shown[name]]
                assert list(column) == pytest.approx(wanted)
            else:
                assert [value or "" for value in column] == shown[name].tolist()
        assert all(8 <= sheet.column_dimensions[c].width <= 61 for c in sheet.column_dimensions)
    assert (
        book.sheetnames[0] == {"zh": "核对", "en": "checks"}.get(language)
        or "findings" not in tables
    )


def test_no_text_becomes_a_formula_a_link_or_a_number(path):
    table = pd.DataFrame({"surface": [*FORMULAS, "007", "1e5"]})
    write_workbook({"figures": table}, path)
    sheet = openpyxl.load_workbook(path).active
    assert [cell.data_type for cell in sheet["A"]] == ["s"] * 11
    assert [cell.value for cell in sheet["A"]][1:] == table["surface"].tolist()
    assert not any(cell.hyperlink for cell in sheet["A"])


def test_dates_lists_and_what_is_missing(path):
    table = pd.DataFrame(
        {
            "published": pd.to_datetime(pd.Series(["2025-01-08", None])).astype("datetime64[ms]"),
            "numbers": [["1.1", "2"], []],
            "year": pd.array([2024, None], dtype="Int64"),
            "agrees": pd.array([True, None], dtype="boolean"),
            "value": [float("nan"), float("inf")],
            "day": [date(2025, 1, 8), None],
        }
    )
    write_workbook({"reports": table}, path)
    sheet = openpyxl.load_workbook(path).active
    first, second = cells(sheet)[1:]
    assert str(first[0]) == "2025-01-08 00:00:00"
    assert first[1:4] == ["1.1; 2", 2024, "是"]
    assert str(first[5]) == "2025-01-08 00:00:00"
    assert sheet["A2"].number_format == "yyyy-mm-dd"
    assert second == [None, None, None, None, "inf", None]


def test_limits_of_a_sheet_are_kept(path):
    long = "长" * 40_000
    names = ["a/b:c*[d]?", "A-b-c--d--", "x" * 40, "x" * 35, "", "''"]
    write_workbook({name: pd.DataFrame({"sentence": [long]}) for name in names}, path)
    book = openpyxl.load_workbook(path)
    assert all(0 < len(name) <= 31 and not set("[]:*?/\\") & set(name) for name in book.sheetnames)
    assert len({name.casefold() for name in book.sheetnames}) == len(names)
    assert len(book.active["A2"].value) == 32_767
    assert book.active["A2"].value.endswith("…")
    huge = pd.DataFrame({"value": range(1_048_576)})
    with pytest.raises(ReportError, match="more than a sheet holds; write it as CSV"):
        write_workbook({"figures": huge}, path)


def test_control_characters_do_no_harm(path):
    write_workbook({"figures": pd.DataFrame({"surface": ["a\x00b\x1b", "\u202e倒"]})}, path)
    assert len(cells(openpyxl.load_workbook(path).active)) == 3


def test_nothing_to_write_is_a_workbook_too(path):
    write_workbook({}, path)
    assert len(openpyxl.load_workbook(path).sheetnames) == 1
    write_workbook({"outcomes": pd.DataFrame()}, path)
    assert openpyxl.load_workbook(path).sheetnames == ["数字"]


def test_bad_input_is_told(tmp_path, path):
    with pytest.raises(TypeError, match="takes a dict of tables, not a DataFrame"):
        write_workbook(pd.DataFrame(), path)
    with pytest.raises(ValueError, match="language must be zh or en"):
        write_workbook({}, path, language="x")
    with pytest.raises(ReportError, match="this is a folder; choose another place"):
        write_workbook({}, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_corpus_fits_a_workbook(path):
    tables = analyze_corpus(
        ["data/szga-2024.txt", "data/practice-report.txt"],
        executor=ThreadPoolExecutor(1),
        progress=False,
    )
    write_workbook(tables, path)
    book = openpyxl.load_workbook(path)
    assert [cell.value for cell in book["数字"][1]][:3] == ["报告", "动作", "指标"]


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_reads_the_workbook(tmp_path):
    figures = marked_text(parse_report("一、执法\n办理案件8万余件,警情同比下降15.6%。")).tables[
        "outcomes"
    ]
    figures.loc[0, "sentence"] = "=1+1"
    write_workbook({"outcomes": figures}, tmp_path / "a.xlsx")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    to_csv = "csv:Text - txt - csv (StarCalc):44,34,76"
    command = ["soffice", profile, "--headless", "--convert-to", to_csv, "--outdir", tmp_path]
    subprocess.run([*command, tmp_path / "a.xlsx"], check=True, capture_output=True, timeout=120)
    with (tmp_path / "a.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [float(row["数值"].replace(",", "")) for row in rows] == [80000.0, 15.6]
    assert rows[0]["所在句"] == "=1+1"


def test_csv_is_what_excel_opens(tmp_path):
    table = pd.DataFrame({"原文": [*FORMULAS, "15.6%"], "差": [-1.5] * 9, "列": [["a", "b"]] * 9})
    data = csv_bytes(table)
    assert data.startswith(b"\xef\xbb\xbf")
    write_csv(table, tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["原文"][0] for row in rows[:6]] == ["'"] * 6
    assert [row["原文"] for row in rows[6:]] == [*FORMULAS[6:], "15.6%"]
    assert {row["差"] for row in rows} == {"-1.5"}
    assert {row["列"] for row in rows} == {"a; b"}
