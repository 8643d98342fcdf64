"""The practice report: marked as fictional, annotated to the character, its slips really there."""

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest

from lawreport_utils import check_numbering, content_items, outline, parse_report

DATA = Path(__file__).parents[1] / "data"
TEXT = (DATA / "practice-report.txt").read_text("utf8")
KINDS = ("negatives", "outcomes", "qualitative")


def annotated(name):
    lines = (DATA / "practice" / f"{name}.jsonl").read_text("utf8").splitlines()
    return [json.loads(line) for line in lines]


ROWS = {name: annotated(name) for name in (*KINDS, "outline", "planted")}


@pytest.fixture(scope="module")
def report():
    return parse_report(TEXT)


def planted(kind):
    return [row["places"] for row in ROWS["planted"] if row["kind"] == kind]


def values(places):
    known = {row["offset"]: row["value"] for row in ROWS["outcomes"]}
    return [known[place["offset"]] for place in places]


def test_title_and_text_say_that_it_is_fictional():
    title, _, note = TEXT.splitlines()[:3]
    assert title.endswith("(教学用虚构示例)".translate({0x28: "（", 0x29: "）"}))
    assert "教学用虚构示例" in note
    assert "不对应任何真实的地方和单位" in note


@pytest.mark.parametrize("name", KINDS)
def test_every_quotation_stands_where_it_says(name):
    assert ROWS[name]
    for row in ROWS[name]:
        assert TEXT[row["offset"] : row["end"]] == row["surface"]
    for row in ROWS["outcomes"]:
        begin = row["metric_offset"]
        assert TEXT[begin : begin + len(row["metric_surface"])] == row["metric_surface"]


def test_a_numeral_is_a_figure_or_it_is_none():
    """Each place is labelled once; together the two lists hold every digit of the text."""
    spans = sorted({(row["offset"], row["end"]) for row in ROWS["outcomes"] + ROWS["negatives"]})
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    digits = {match.start() for match in re.finditer(r"\d", TEXT)}
    assert digits <= {place for start, end in spans for place in range(start, end)}


def test_outline_is_the_one_annotated(report):
    columns = ["number", "level", "marker", "heading", "start"]
    found = outline(report).query("level > 0")[columns].to_dict("records")
    assert found == [{key: row[key] for key in columns} for row in ROWS["outline"]]


def test_planted_slips_of_numbering(report):
    issues = check_numbering(report)
    assert set(issues["issue"]) == {"gap", "repeat"}
    last_places = {places[-1]["offset"] for places in planted("numbering")}
    assert last_places <= set(issues["start"])


def test_planted_gaps_in_content(report):
    lacking = content_items(report).query("required and not found")
    assert len(lacking[lacking["start"].isna()]) == len(planted("content"))
    (((late,),),) = [planted("deadline")]
    assert set(lacking["start"].dropna()) == {late["offset"]}
    assert "第一责任人" not in TEXT
    assert report.published > report.published.replace(month=4, day=1)


def test_planted_slips_of_arithmetic():
    ((total, *parts),) = map(values, planted("sum"))
    assert sum(parts) != total
    ((before, after, stated),) = map(values, planted("rate"))
    assert abs((before - after) / before * 100 - stated) > 1
    for first, second in map(values, planted("twice")):
        assert first != second
