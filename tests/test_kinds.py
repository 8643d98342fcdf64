"""The same report as text, page, document and PDF gives the same result."""

import re
from collections.abc import Callable, Iterator
from html import escape
from itertools import groupby
from pathlib import Path

import docx
import pandas as pd
import pytest
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table
from writers import REPORT, ROOT, TEXT, as_page, levels, numbered, page, write_docx, write_pdf

from lawreport_utils.figures.claims import extract_claims
from lawreport_utils.figures.outcomes import extract_outcomes
from lawreport_utils.model import Report
from lawreport_utils.passages import plan_spans
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


# A report with all that reports have: a table, lists at three levels, plans, a sign-off.

FULL = """青溪区司法局2023年法治政府建设年度报告
2023年，区司法局坚持以习近平法治思想为指导，认真落实《法治政府建设实施纲要（2021—2025年）》，现将有关情况报告如下。
一、主要举措和成效
（一）深入学习贯彻习近平法治思想
1.坚持领导带头。全年组织党组理论学习中心组专题学习8次，举办法治讲座12场，累计参加人员1200余人次。
2.抓好普法宣传。开展“法律进乡村”活动36场，发放宣传资料2.5万份，群众法治素养不断提升。
（二）依法化解行政争议
办理行政复议案件112件，同比增长12.5%，行政机关负责人出庭应诉率达到100%。两年办案数如下：
指标\t2022年\t2023年
行政复议案件\t100件\t112件
行政诉讼案件\t48件\t45件
一是畅通渠道，设立受理点6个；二是注重调解，调解结案38件。
二、存在的不足和原因
个别单位对法治建设重视不够，执法规范化水平还需提高，专业人才仍然不足。
三、党政主要负责人履行推进法治建设第一责任人职责情况
局主要负责人专题听取工作汇报4次，研究解决重点问题15个。
四、下一年度工作安排
下一步，将继续深化行政复议体制改革，力争调解率达到40%以上，培训执法人员500人次。
青溪区司法局
2024年1月15日"""


def blocks(text: str) -> Iterator[tuple[bool, list[str]]]:
    """The paragraphs one by one, and the rows of a table together."""
    for table, group in groupby(text.split("\n"), lambda line: "\t" in line):
        lines = list(group)
        yield from [(True, lines)] if table else [(False, [line]) for line in lines]


def full_page(path: Path) -> None:
    shown = ""
    for table, lines in blocks(FULL):
        cells = "".join(f"<tr><td>{line.replace(chr(9), '</td><td>')}</td></tr>" for line in lines)
        shown += f"<table>{cells}</table>" if table else f"<p>　　{lines[0]}</p>"
    title, _, rest = shown.partition("</p>")
    path.write_text(page(f"<h1>{title[5:]}</h1><div class='con'>{rest}</div>"), encoding="utf-8")


def full_document(path: Path) -> None:
    shapes = {"[一二三四]、": 0, "（[一二三四]）": 1, r"\d\.": 2}
    body = ""
    for table, lines in blocks(FULL):
        if table:
            cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>".format
            rows = ("".join(map(cell, line.split("\t"))) for line in lines)
            body += f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"
            continue
        shape = next((shape for shape in shapes if re.match(shape, lines[0])), "^")
        body += numbered(re.sub(f"^{shape}", "", lines[0]), shapes.get(shape))
    shown = ("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3.")
    write_docx(path, body, levels(*shown))


def full_pdf(path: Path) -> None:
    write_pdf(path, REPORT)  # registers the font
    text = ParagraphStyle("text", fontName="STSong-Light", fontSize=16, leading=28,
                          firstLineIndent=32, wordWrap="CJK")  # fmt: skip
    title = ParagraphStyle("title", text, fontSize=22, leading=34, firstLineIndent=0, alignment=1)
    signed = ParagraphStyle("signed", text, alignment=2, rightIndent=32)
    grid = [("FONT", (0, 0), (-1, -1), "STSong-Light", 14), ("GRID", (0, 0), (-1, -1), 1, "black")]
    story: list[Flowable] = []
    for table, lines in blocks(FULL):
        style = text if story else title
        if len(lines[0]) < 12 and not re.search("[、。]", lines[0]):
            style = signed
        cells = [line.split("\t") for line in lines]
        story.append(Table(cells, style=grid) if table else Paragraph(lines[0], style))
    SimpleDocTemplate(str(path)).build(story)


def full_text(path: Path) -> None:
    path.write_text(FULL, encoding="utf-8")


def full_printed(path: Path) -> None:
    """As copied from a page: a line after every 30 characters."""
    lines = FULL.split("\n")
    cut = (line[i : i + 30] for line in lines for i in range(0, len(line), 30))
    path.write_text("\n".join(cut), encoding="utf-8")


def shares(report: Report) -> dict[str, float]:
    """The share of each top division and of the plans in the text, white space left out."""

    def size(start: int, end: int) -> int:
        return len("".join(report.text[start:end].split()))

    parts = {part.number: size(part.start, part.end) for part in report.sections if part.level < 2}
    parts["plans"] = sum(size(*span) for span in plan_spans(report))
    return {name: chars / size(0, len(report.text)) for name, chars in parts.items()}


WRITERS = [full_text, full_printed, full_page, full_document, full_pdf]


@pytest.mark.parametrize("write", WRITERS)
def test_same_report_whatever_the_kind_of_file(tmp_path: Path, write: Callable[[Path], None]):
    write(tmp_path / "report")
    report, expected = read_report(tmp_path / "report"), parse_report(FULL)
    assert re.sub("[ \u3000]", "", report.text) == FULL
    assert rows(report) == rows(expected)
    assert shares(report) == shares(expected)
    for extract in (extract_outcomes, extract_claims):
        found, due = (extract(r).drop(columns=["start", "end"]) for r in (report, expected))
        same = [name for name in due if name not in ("sentence", "figure", "part_of")]
        pd.testing.assert_frame_equal(found[same], due[same])
    assert len(extract_outcomes(report)) > 15
