"""What holds for any text: nothing is lost, every row quotes the text, width is but a glyph."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lawreport_utils.characters import FOLD, clean
from lawreport_utils.content import content_items
from lawreport_utils.errors import ReportError
from lawreport_utils.model import Report
from lawreport_utils.passages import plan_spans
from lawreport_utils.structure import (
    check_numbering,
    outline,
    parse_report,
    sentences,
)

ROOT = Path(__file__).parents[1]
CASES = json.loads((ROOT / "tests/cases/structure.json").read_text(encoding="utf-8"))
REPORTS = [
    *(
        (ROOT / name).read_text(encoding="utf-8")
        for name in ("data/szga-2024.txt", "data/practice-report.txt")
    ),
    *("\n".join(case["text"]) for case in CASES),
]
WIDE = 0xFEE0  # from a half-width sign to its full-width twin
FULL = {code: code + WIDE for code in range(0x21, 0x7F)} | {0x20: 0x3000}

# Text that is likely to confuse: pieces of the grammar in any order, and anything else.
GRAMMAR = (
    "一、|二、|三、|(一)|(二)|（一）|（二）|1.|2．|3、|(1)|（2）|①|②|一是|二是|三是|二要|第一,|第二，"
    "|首先,|其次，|最后,|其一,|一是一|第一议题|二十大|1.5亿|3.0版|第一部分|目录|附件:1.|…………3|下一步,"
    "|特此报告|抓执法|学法。|普法;|述法；|，|,|:|：|。|！|“|”|》|\n|\r\n|\r|\t| |\u3000"
    "|\n\u3000\u3000|\n\n|2024年|2025-01-08|来源:|发布日期：|某局2024年法治政府建设年度报告"
)
PIECES = st.sampled_from(GRAMMAR.split("|"))
TEXTS = st.one_of(st.text(), st.lists(PIECES | st.text(max_size=3), max_size=60).map("".join))


@st.composite
def damaged(draw) -> str:
    """A report with a stretch of it left out or put elsewhere."""
    text = draw(st.sampled_from(REPORTS))
    start, end, place = sorted(draw(st.tuples(*[st.integers(0, len(text))] * 3)))
    moved = draw(st.sampled_from(["", text[start:end], "\n", "一是", "（一）"]))
    return text[:start] + text[end:place] + moved + text[place:]


def parsed(text: str) -> Report | None:
    """The report; None for a text that has no content, the only one that is refused."""
    try:
        return parse_report(text)
    except ReportError:
        assert not any(char.isprintable() and not char.isspace() for char in clean(text))
        return None


def same_but_glyphs(one: Report, other: Report) -> bool:
    def folded(report: Report) -> list:
        table = outline(report)
        for column in ("marker", "heading"):
            table[column] = [value.translate(FOLD) for value in table[column]]
        return table.to_numpy().tolist()

    return folded(one) == folded(other)


@pytest.mark.parametrize("table", [FOLD, FULL], ids=["half", "full"])
def test_width_changes_only_glyphs_of_a_report(table):
    for text in REPORTS:
        assert same_but_glyphs(parse_report(text), parse_report(text.translate(table)))


@given(TEXTS | damaged())
@settings(deadline=None, max_examples=300)
def test_leaves_cover_any_text(text):
    if not (report := parsed(text)):
        return
    assert "".join(report.text[start:end] for _, start, end in report.leaves) == report.text
    borders = [(leaf.start, leaf.end) for leaf in report.leaves]
    assert [0, *(end for _, end in borders)] == [*(start for start, _ in borders), len(report.text)]
    for section, start, end in report.leaves:
        assert section.start <= start < end <= section.end


@given(TEXTS | damaged())
@settings(deadline=None, max_examples=250)
def test_any_row_slices_back_to_its_surface(text):
    if not (report := parsed(text)):
        return
    for row in outline(report).itertuples():
        surface = report.text[row.start : row.end]
        assert surface.startswith(row.marker)
        assert row.heading in surface
        assert row.chars == len(surface) > 0
        assert row.level == (row.number.count(".") + 1 if row.number else 0)
    for row in sentences(report).itertuples():
        assert report.text[row.start : row.end] == row.sentence == row.sentence.strip()
    for row in check_numbering(report).itertuples():
        assert report.text[row.start : row.end] == row.marker
    items = content_items(report)
    for row in items.dropna(subset="evidence").itertuples():
        assert report.text[row.start : row.end] == row.evidence != ""
    assert len(items) == 8
    assert not items.loc[items["evidence"].isna(), "found"].any()
    spans = plan_spans(report)
    assert all(start < end for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


@example("\ufffc")  # stands for a picture: printable, but not seen
@given(TEXTS | damaged())
@settings(deadline=None, max_examples=250)
def test_any_change_of_width_changes_only_glyphs(text):
    if report := parsed(text):
        assert same_but_glyphs(report, parse_report(text.translate(FOLD)))
        assert same_but_glyphs(report, parse_report(text.translate(FULL)))


@given(TEXTS | damaged())
@settings(deadline=None, max_examples=200)
def test_sections_nest(text):
    if not (report := parsed(text)):
        return
    for section in report.sections:
        if section.parent:
            assert section.parent.start < section.start < section.end <= section.parent.end
            assert section.number.rpartition(".")[0] == section.parent.number
    numbers = [section.number for section in report.sections]
    assert len(set(numbers)) == len(numbers)
