"""Divisions, sentences, plans and metadata, on labelled cases."""

import json
import time
from datetime import date
from pathlib import Path

import pytest

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


def labelled() -> list:
    return [
        pytest.param(
            case,
            id=case["name"],
            marks=pytest.mark.xfail(reason=case["xfail"]) if "xfail" in case else (),
        )
        for case in CASES
    ]


def rows(report: Report) -> list[list[str]]:
    table = outline(report).query("level > 0")
    return table[["number", "marker", "heading"]].to_numpy().tolist()


@pytest.fixture(scope="module")
def real() -> Report:
    return parse_report((ROOT / "data/szga-2024.txt").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", labelled())
def test_labelled_outline(case):
    assert rows(parse_report("\n".join(case["text"]))) == case["rows"]


@pytest.mark.parametrize("case", [case for case in CASES if "metadata" in case], ids=str)
def test_labelled_metadata(case):
    report = parse_report("\n".join(case["text"]))
    expected = case["metadata"]
    found = {key: getattr(report, key) for key in expected}
    if found.get("published"):
        found["published"] = found["published"].isoformat()
    assert found == expected


@pytest.mark.parametrize(
    ("title", "agency"),
    [
        (
            "临江市城市管理和综合行政执法局2023年法治政府建设年度报告",
            "临江市城市管理和综合行政执法局",
        ),
        (
            "2023年南屏县推进依法行政工作领导小组办公室工作报告",
            "南屏县推进依法行政工作领导小组办公室",
        ),
        ("临江市退役军人工作局法治政府建设2023年度工作报告", "临江市退役军人工作局"),
        ("关于南屏县2023年度法治政府建设情况的报告", "南屏县"),
        ("南屏县法治政府2023年度建设情况报告", "南屏县"),
        (
            "中共临江市委 临江市人民政府关于2023年度法治政府建设情况的报告",
            "中共临江市委 临江市人民政府",
        ),
        ("临江海关2023年法治建设年度报告", "临江海关"),
        ("国家税务总局临江市税务局二〇二三年法治税务建设情况报告", "国家税务总局临江市税务局"),
    ],
)
def test_body_and_year_in_titles(title, agency):
    report = parse_report(f"{title}\n我单位依法行政。\n一、举措")
    assert (report.title, report.agency, report.year) == (title, agency, 2023)


class TestRealReport:
    def test_outline_as_printed(self, real):
        table = outline(real)
        by_level = table["level"].value_counts().to_dict()
        assert by_level == {0: 1, 1: 4, 2: 3 + 3 + 5 + 5, 3: 4 + 3 + 4}
        items = table[table["marker"].str.endswith("是")]["number"].str.rpartition(".")[0]
        assert items.value_counts().to_dict() == {
            "1": 3, "2": 5, "3.1": 4, "3.2": 3, "3.3": 4, "4": 5,
        }  # fmt: skip
        assert table[table["number"].isin(["3", "4"])]["heading"].tolist() == [
            "推进法治政府建设的主要举措和成效",
            "存在不足和下一步工作安排",
        ]

    def test_metadata(self, real):
        assert real.title == "深圳市公安局2024年法治政府建设年度报告"
        assert (real.agency, real.source, real.year) == ("深圳市公安局", "深圳市公安局", 2024)
        assert real.published == date(2025, 1, 8)
        assert real.warnings == ()

    def test_part_three_is_most_of_the_text(self, real):
        chars = outline(real).set_index("number")["chars"]
        assert round(100 * chars["3"] / len(real.text), 1) == 42.3

    def test_lead_in_belongs_to_the_part(self, real):
        position = real.text.index("下一步,我局")
        assert [
            leaf.section.number for leaf in real.leaves if leaf.start <= position < leaf.end
        ] == ["4"]
        assert plan_spans(real) == [(position, len(real.text))]

    def test_numbering_restarts_once(self, real):
        table = check_numbering(real)
        assert table[["number", "issue", "expected"]].to_numpy().tolist() == [["4.3", "restart", 3]]


@pytest.mark.parametrize("text", ["", "   \n\t\r\n", "\ufeff", "\u3000\u200b\n", "\x00\x07"])
def test_text_without_content_is_refused(text):
    with pytest.raises(ReportError, match="no content"):
        parse_report(text)


def test_line_endings_and_byte_order_mark():
    windows, old_mac, unix = (f"\ufeff一、学法{end}二、执法{end}" for end in ("\r\n", "\r", "\n"))
    assert parse_report(windows).text == parse_report(old_mac).text == "一、学法\n二、执法\n"
    assert outline(parse_report(windows)).equals(outline(parse_report(unix)))


def test_unnumbered_text_is_read_with_a_warning():
    report = parse_report("今年以来,我镇依法行政。")
    assert [section.number for section in report.sections] == [""]
    assert len(report.warnings) == 1
    assert "No numbered division" in report.warnings[0]
    assert len(outline(report)) == 1


def test_empty_tables_keep_columns_and_dtypes():
    report, numbered = parse_report("今年以来"), parse_report("一、学法\n三、执法")
    empty, full = check_numbering(report), check_numbering(numbered)
    assert empty.empty
    assert not full.empty
    assert empty.dtypes.to_dict() == full.dtypes.to_dict()


def test_sentences_end_at_marks_lines_and_divisions():
    report = parse_report("标题\n一、学法。学了“宪法。”又学民法典!好?\n一是执法;二是普法")
    table = sentences(report)
    assert table["sentence"].tolist() == [
        "标题", "一、学法。", "学了“宪法。”", "又学民法典!", "好?", "一是执法;", "二是普法",
    ]  # fmt: skip
    assert table["number"].tolist() == ["", "1", "1", "1", "1", "1.1", "1.2"]


@pytest.mark.parametrize(
    ("text", "issues"),
    [
        ("一、a\n二、b", []),
        ("一、a\n三、b", [("2", "gap", 2)]),
        ("一、a\n一、b", [("2", "repeat", 2)]),
        ("一、a\n二、b\n二、c", [("3", "repeat", 3)]),
        ("一、a\n二、b\n三、c\n二、d", [("4", "back", 4)]),
        ("一、a\n1.b\n2.c\n二、d\n3.e", [("2.1", "continued", 1)]),
        ("二、a\n三、b", [("1", "late start", 1)]),
        ("一、x。一是a;二是b。\n下一步:\n一是c;二是d", [("1.3", "restart", 3)]),
        ("首先,a。\n其次,b。\n最后,c。", []),
        ("①a\n②b\n④c", [("3", "gap", 3)]),
    ],
)
def test_numbering_issues(text, issues):
    table = check_numbering(parse_report(text))
    assert list(table[["number", "issue", "expected"]].itertuples(index=False, name=None)) == issues


@pytest.mark.parametrize(
    ("text", "plans"),
    [
        ("一、成效\n好。\n二、下一步打算\n抓。\n", ["二、下一步打算\n抓。\n"]),
        ("某局2023年报告\n一、成效\n好。\n二、2024年工作安排\n抓。", ["二、2024年工作安排\n抓。"]),
        ("一、问题和下一步工作\n有问题。下一步,抓。\n改。", ["下一步,抓。\n改。"]),
        ("一、不足及打算\n(一)不足\n少。\n(二)下一步打算\n抓。", ["(二)下一步打算\n抓。"]),
        ("一、不足\n一是少。\n二是慢。\n今后,我局将抓学习。", ["今后,我局将抓学习。"]),
        ("某局2023年报告\n一、成效\n2024年1月完成述法。\n印发2024年工作计划。", []),
        ("一、成效\n(一)制定下一步工作计划\n好。\n(二)普法", []),
        ("成效明显。接下来,继续抓。", ["接下来,继续抓。"]),
        ("一、展望\n抓。\n二、努力方向\n抓。", ["一、展望\n抓。\n", "二、努力方向\n抓。"]),
        (
            "一、下一步打算\n抓。\n特此报告。\n青溪区司法局\n2024年1月9日",
            ["一、下一步打算\n抓。\n"],
        ),
        ("一、好。\n下一步,抓。\n改。\n青溪区司法局\n2024年1月9日", ["下一步,抓。\n改。\n"]),
    ],
)
def test_plans(text, plans):
    assert [text[start:end] for start, end in plan_spans(parse_report(text))] == plans


HARD = {
    "spaces": " ",
    "line breaks": "\n",
    "indents": "\n\t",
    "brackets": "\n( ",
    "dots": "一、....",
    "enumeration": "一是a。b。",
    "clauses": ",二是b",
    "mixed blanks": "\t ",
    "tabs": "\t",
    "rows": "\na\tb",
    "sign-offs": "某局\n2024年1月1日\n",
    "decimals": "\n1.1",
    "plans": "\n一、下一步打算\n二、法治",
    "contents": "目录\n一、a……1\n",
    "dates": "2024-01-01 ",
    "labels": "来源:",
    "deep": "\n一、a\n(一)b\n1.c\n(1)d。一是e",
    "leads": "\n一是a\n下一步b",
    "digits": "1.",
}


@pytest.mark.parametrize("piece", HARD.values(), ids=HARD.keys())
def test_time_grows_in_step_with_length(piece):
    def seconds(length: int) -> float:
        text = "标题\n" + piece * (length // len(piece))
        best = float("inf")
        for _ in range(3):
            start = time.process_time()
            content_items(parse_report(text))
            best = min(best, time.process_time() - start)
        return best

    assert seconds(80_000) < 40 * seconds(10_000) + 0.05  # eight times the text; 64 if quadratic


@pytest.mark.parametrize("leader", ["." * 100_000, " " * 100_000, ".1" * 50_000, "·…" * 50_000])
def test_a_contents_line_of_any_length_costs_little(leader):
    start = time.process_time()
    parse_report(f"目录\n一、{leader}x")
    assert time.process_time() - start < 3
