"""The same report as text, page, document and PDF gives the same result."""

import re
from html import escape
from pathlib import Path

import docx
import pytest
from writers import REPORT, ROOT, TEXT, as_page, levels, numbered, write_docx, write_pdf

from lawreport_utils.model import Report
from lawreport_utils.read import read_report
from lawreport_utils.structure import outline, parse_report


def rows(report: Report) -> list[list[str]]:
    return outline(report).query("level > 0")[["number", "marker", "heading"]].to_numpy().tolist()


@pytest.fixture(params=["szga-2024", "practice-report"])
def text(request) -> str:
    return (ROOT / f"data/{request.param}.txt").read_text(encoding="utf-8")


def check(path: Path, text: str) -> None:
    expected, report = parse_report(text), read_report(path)
    assert rows(report) == rows(expected)
    for name in ("title", "agency", "year", "source", "published"):
        assert getattr(report, name) == getattr(expected, name)


def test_same_outline_from_a_page(tmp_path, text):
    path = tmp_path / "report.html"
    path.write_text(as_page(text), encoding="utf-8")
    check(path, text)


def test_same_outline_from_a_document(tmp_path, text):
    document = docx.Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    document.save(tmp_path / "report.docx")
    check(tmp_path / "report.docx", text)


@pytest.mark.parametrize(("text", "shape"), [(TEXT, "(%2)"), (REPORT, "（%2）")])
def test_same_outline_from_a_document_with_automatic_numbers(tmp_path, text, shape):
    # Not the practice report: it leaves numbers out on purpose, which no automatic list does.
    automatic = ["[一二三四]、", "[(（][一二三四][)）]"]
    body, taken = "", 0
    for line in map(str.strip, text.split("\n")):
        level = next((i for i, marker in enumerate(automatic) if re.match(marker, line)), None)
        shown = line if level is None else re.sub(f"^{automatic[level]}", "", line)
        body += numbered(escape(shown), level)
        taken += shown != line
    assert taken >= 4
    parts = levels(("chineseCounting", "%1、"), ("chineseCountingThousand", shape))
    check(write_docx(tmp_path / "report.docx", body, parts), text)


def test_same_outline_from_a_pdf(tmp_path, text):
    check(write_pdf(tmp_path / "report.pdf", text), text)


def test_outline_of_a_pdf_without_indents(tmp_path):
    path = write_pdf(tmp_path / "report.pdf", TEXT, indent=0)
    assert rows(read_report(path)) == rows(parse_report(TEXT))
