"""Two reports: sentences matched one to one, figures by name, plans by what came of them."""

import json
import random
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from lawreport_utils import compare_reports, marked_text, parse_report, read_report, sentences

DATA = Path(__file__).parents[1] / "data"
REAL = (DATA / "szga-2024.txt").read_text("utf8")
NEW = [
    "组织开展行政复议典型案例研讨，梳理常见争议焦点。",
    "建立涉企执法检查备案台账，实行一企一档。",
    "编印规范性文件审查要点手册，供基层对照使用。",
    "开通群众意见线上征集专栏，定期公布采纳情况。",
]


def report(*body, year=2024, agency="青溪区司法局"):
    return parse_report(f"{agency}{year}年法治政府建设年度报告\n" + "\n".join(body))


def compare(earlier, later):
    return compare_reports(report(*earlier, year=2023), report(*later))


def figures(earlier, later):
    table = compare([f"一、执法\n{earlier}"], [f"一、执法\n{later}"])["figures"]
    return table.drop(columns=["start_earlier", "start_later"]).to_dict("records")


def edited(seed):
    """The real report with a fifth of its sentences changed, each in a known way."""
    rng = random.Random(seed)
    rows = sentences(parse_report(REAL)).to_dict("records")
    rows = [row for row in rows if len(row["sentence"]) > 12]
    picked = rng.sample(rows, len(rows) // 3)
    truth, edits = {}, []
    kinds = rng.choices(["figures", "reworded", "dropped", "new"], k=len(picked))
    for row, how in zip(picked, kinds, strict=True):
        text = row["sentence"]
        if how == "figures":
            changed = re.sub(r"\d+", lambda m: str(int(m[0]) + rng.randint(1, 9)), text)
            how = "figures" if changed != text else "same"
        elif how == "reworded":
            half = len(text) // 2
            changed = text[:half] + rng.choice(["，进一步", "，持续", "，切实"]) + text[half + 2 :]
        elif how == "dropped":
            changed = ""
        else:
            changed, how = text + (rng.choice(NEW) if text.endswith("。") else ""), "same"
        truth[text] = how
        edits.append((row["start"], row["end"], changed))
    later = REAL
    for start, end, changed in sorted(edits, reverse=True):
        later = later[:start] + changed + later[end:]
    return parse_report(REAL), parse_report(later), truth


@pytest.mark.parametrize("seed", range(10))
def test_the_status_of_edited_sentences_is_right(seed):
    earlier, later, truth = edited(seed)
    table = compare_reports(earlier, later)["sentences"]
    status = {
        row.sentence_earlier: row.status for row in table[table["status"] != "new"].itertuples()
    }
    expected = {text: truth.get(text, "same") for text in status}
    wrong = {text: (how, status[text]) for text, how in expected.items() if status[text] != how}
    assert len(wrong) <= 0.05 * len(expected), wrong
    added = table.loc[table["status"] == "new", "sentence_later"]
    assert set(added) <= set(NEW)


def test_a_report_beside_itself_has_only_the_same_sentences():
    one = read_report(DATA / "practice-report.txt")
    tables = compare_reports(one, one)
    assert set(tables["sentences"]["status"]) == {"same"}
    assert (tables["sentences"]["similarity"] == 1).all()
    assert (tables["figures"]["change"] == 0).all()
    assert (tables["themes"]["log_ratio"] == 0).all()


SENTENCES = [
    "办理案件3件。",
    "办理案件5件。",
    "开展普法宣传活动。",
    "加强执法监督。",
    "举办培训2期，参训90人次。",
    "建立健全执法监督工作机制。",
    "进一步建立健全监督机制。",
    "一是学法。二是用法。",
]
TEXTS = st.lists(st.sampled_from(SENTENCES), max_size=12)


@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS)
def test_swapping_two_reports_swaps_new_and_dropped(one, other):
    first, second = report("一、执法", *one), report("一、执法", *other)
    there = compare_reports(first, second)["sentences"]
    back = compare_reports(second, first)["sentences"]
    counts, swapped = there["status"].value_counts(), back["status"].value_counts()
    for status, mirrored in {"same": "same", "figures": "figures", "reworded": "reworded",
                             "new": "dropped", "dropped": "new"}.items():  # fmt: skip
        assert counts.get(status, 0) == swapped.get(mirrored, 0)
    assert len(there) == len(back)


@settings(max_examples=40, deadline=None)
@given(TEXTS, TEXTS)
def test_every_sentence_stands_once_and_leads_to_its_place(one, other):
    first, second = report("一、执法", *one), report("一、执法", *other)
    table = compare_reports(first, second)["sentences"]
    for side, text in (("earlier", first.text), ("later", second.text)):
        rows = table.dropna(subset=f"start_{side}")
        printed = [text[a:b] for a, b in rows[[f"start_{side}", f"end_{side}"]].to_numpy()]
        assert printed == rows[f"sentence_{side}"].tolist()
        assert len(set(rows[f"start_{side}"])) == len(rows)


def test_moved_reworded_new_and_dropped_sentences():
    table = compare(
        [
            "一、学习",
            "组织集体学法活动。",
            "二、执法",
            "全面推行行政执法公示制度。",
            "设立法治宣传点。",
        ],
        [
            "一、执法",
            "全面推行行政执法公示、全过程记录制度。",
            "二、学习",
            "组织集体学法活动。",
            "开展评议。",
        ],
    )["sentences"]
    status = {
        row.sentence_later if row.status == "new" else row.sentence_earlier: row.status
        for row in table.itertuples()
    }
    assert status == {
        "青溪区司法局2023年法治政府建设年度报告": "figures",
        "一、学习": "same",
        "组织集体学法活动。": "same",
        "二、执法": "same",
        "全面推行行政执法公示制度。": "reworded",
        "设立法治宣传点。": "dropped",
        "开展评议。": "new",
    }


def test_figures_are_paired_and_the_stated_change_is_set_against_the_computed_one():
    (row,) = (
        r
        for r in figures("受理投诉200件。", "受理投诉250件，同比增长25%。")
        if r["kind"] != "change"
    )
    assert (row["value_earlier"], row["value_later"], row["change"]) == (200, 250, 50)
    assert (row["percent"], row["stated"], bool(row["agrees"])) == (25, 25, True)
    (row,) = (
        r
        for r in figures("受理投诉200件。", "受理投诉250件，同比增长35%。")
        if r["kind"] != "change"
    )
    assert bool(row["agrees"]) is False


def test_figures_of_another_place_or_unit_are_not_paired():
    assert figures("全市受理投诉200件。", "全区受理投诉250件。") == []
    assert figures("受理投诉200件。", "受理投诉250人次。") == []


def test_another_bound_is_named():
    (row,) = figures("开展执法检查近200次。", "开展执法检查260次。")
    assert row["note"] == "bound"


def test_what_was_planned_and_what_is_stated_of_it():
    table = compare(
        ["一、打算", "2024年，举办执法培训不少于20期，开展普法活动30场以上，新增公职律师5名。"],
        ["一、执法", "全年举办执法培训24期。开展普法活动18场。"],
    )["targets"]
    assert table["status"].tolist() == ["reached", "below", "not_found"]
    assert table["target"].tolist() == [20, 30, 5]
    assert table["sentence_result"].tolist()[:2] == ["全年举办执法培训24期。", "开展普法活动18场。"]


def test_tables_keep_columns_and_types_without_rows():
    full = compare_reports(*[read_report(DATA / "practice-report.txt")] * 2)
    empty = compare_reports(parse_report("无"), parse_report("有"))
    for name, table in full.items():
        assert list(empty[name].columns) == list(table.columns)
        assert (empty[name].dtypes == table.dtypes).all()


# The practice report and that of the year before, with their annotation (data/README.md)


@pytest.fixture(scope="module")
def practice():
    names = ("practice-report-2022", "practice-report")
    return compare_reports(*(read_report(DATA / f"{name}.txt") for name in names))


def annotated(name):
    path = DATA / "practice" / f"{name}.jsonl"
    return [json.loads(line) for line in path.read_text("utf8").splitlines()]


def f1(found, expected):
    return 2 * len(found & expected) / (len(found) + len(expected))


def test_the_alignment_of_the_annotated_pair(practice):
    rows = practice["sentences"].astype(object).where(practice["sentences"].notna(), None)
    found = set(zip(rows["status"], rows["sentence_earlier"], rows["sentence_later"], strict=True))
    expected = {(row["status"], row["earlier"], row["later"]) for row in annotated("alignment")}
    assert {status for status, *_ in expected} == {"same", "figures", "reworded", "new", "dropped"}
    assert f1(found, expected) >= 0.95


def test_the_figures_of_the_annotated_pair(practice):
    table = practice["figures"]
    found = set(zip(table["start_earlier"], table["start_later"], strict=True))
    expected = {(row["start_earlier"], row["start_later"]) for row in annotated("pairs")}
    assert f1(found, expected) >= 0.95
    stated = table[table["metric"].str.endswith("消费投诉")].iloc[0]
    assert (stated["percent"], stated["stated"], bool(stated["agrees"])) == (-25, -32.5, False)


def test_every_plan_of_the_annotated_pair(practice):
    table = practice["targets"]
    found = list(zip(table["target"], table["unit"], table["status"], strict=True))
    expected = [(row["target"], row["unit"], row["status"]) for row in annotated("targets")]
    assert found == expected
    assert all(sum(row[2] == s for row in expected) >= 4 for s in ("reached", "below", "not_found"))


def test_both_texts_stand_side_by_side_on_the_page():
    names = ("practice-report-2022", "practice-report")
    one, other = (read_report(DATA / f"{name}.txt") for name in names)
    page = html.fromstring(marked_text(other, earlier=one).html)
    rows = page.xpath("//table[@class='side-by-side']//tr")
    table = compare_reports(one, other)["sentences"].filter(like="sentence_").fillna("")
    shown = [tuple(cell.text_content() for cell in row.xpath("td")[1:]) for row in rows]
    assert shown == list(zip(table["sentence_earlier"], table["sentence_later"], strict=True))
    changed = rows[0].xpath(".//del/text() | .//ins/text()")
    assert changed == ["2022", "2023"]
    assert all(row.xpath(".//del | .//ins") == [] for row in rows if row.get("class") == "new")
    for link in page.xpath("//table[@class='side-by-side']//a/@href"):
        assert page.xpath("//*[@id=$key]", key=link.removeprefix("#")), link
