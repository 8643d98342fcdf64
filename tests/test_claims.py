"""Changes claimed without a figure, on labelled cases, the annotated report and held-out cases."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from labelled import compare_claims, read_cases, score

from lawreport_utils.characters import fold
from lawreport_utils.figures.claims import extract_claims
from lawreport_utils.structure import parse_report

ROOT = Path(__file__).parents[1]
REPORT = parse_report((ROOT / "data/szga-2024.txt").read_text(encoding="utf-8"))


def claims_in(text, *, plan=False):
    return extract_claims(parse_report(f"一、下一步工作安排\n{text}" if plan else text))


def test_labelled_cases():
    scores = score([compare_claims(case) for case in read_cases("claims")])
    assert (scores.precision, scores.recall, scores.share("metric")) == (1, 1, 1)
    assert scores.share("direction") == 1


def test_held_out_cases():
    scores = score([compare_claims(case) for case in read_cases("claims_heldout")])
    assert scores.precision >= 0.95, scores
    assert scores.recall >= 0.93, scores
    assert scores.share("metric") >= 0.95, scores
    assert scores.share("direction") >= 0.95, scores


def test_subject_first_claims_of_the_annotated_report_and_no_others():
    claims = extract_claims(REPORT)
    lines = (ROOT / "data/gold/qualitative.jsonl").read_text(encoding="utf-8").splitlines()
    gold = [json.loads(line) for line in lines]
    by_end = {row["end"]: row for row in gold}
    assert claims["surface"].tolist() == [
        "全市政治安全和社会大局持续稳定",  # after 确保了
        "社会治安持续向好",
        "规范执法水平不断提升",
        "全市刑事治安警情大幅下降",  # after 带动
        "电诈及关联犯罪发案数同比大幅下降",
        "全市交通秩序持续向好",
        "执法规范化水平持续提升",
    ]
    assert claims["metric"].tolist() == [by_end[end]["metric"] for end in claims["end"]]
    left_out = [
        row["surface"]
        for row in gold
        if row["kind"] == "change" and not row["plan"] and row["end"] not in set(claims["end"])
    ]
    assert left_out == [
        "法治公安建设再上新台阶",  # 全力推动…: an aim
        "不断提升依法履职能力",  # from here on: the verb first, or 推动 without 了
        "执法制度规范体系更加健全",
        "助力提升执法队伍的法治素养、执法能力和实战本领",
        "执法监督管理机制更加健全",
        "执法问题查纠体系更加健全",
        "平安深圳建设迈上更高水平",
        "持续压发案降警情保安全",
        "有效净化社会治安环境",
        "不断提升群众安全感",
        "不断提升公安工作法治化水平和执法公信力",
        "进一步畅通和规范群众诉求表达、利益协调、权益保障通道",
    ]


def test_practice_report():
    text = (ROOT / "data/practice-report.txt").read_text(encoding="utf-8")
    claims = extract_claims(parse_report(text))
    lines = (ROOT / "data/practice/qualitative.jsonl").read_text(encoding="utf-8").splitlines()
    annotated = [row for row in map(json.loads, lines) if row["kind"] == "change"]
    assert claims["surface"].tolist() == [row["surface"] for row in annotated if not row["plan"]]
    assert claims["start"].tolist() == [row["offset"] for row in annotated if not row["plan"]]


def test_a_claim_whose_figure_stands_elsewhere_says_so():
    claims = extract_claims(REPORT).set_index("metric")
    assert claims["figure"].dropna().to_dict() == {"全市刑事治安警情": "15.6%"}


@pytest.mark.parametrize(
    ("claim", "elsewhere", "figure"),
    [
        ("盗窃警情大幅下降。", "全年盗窃警情同比下降8.5%。", "8.5%"),
        ("盗窃警情大幅下降。", "全年盗窃警情同比上升8.5%。", None),  # the opposite
        ("盗窃警情大幅下降。", "全年诈骗警情同比下降8.5%。", None),  # another metric
        ("盗窃警情大幅下降,其中盗窃警情下降8.5%。", "", None),  # the same sentence
        ("群众满意度明显提升。", "群众对本局来信来访办理工作的满意度达98%。", None),
    ],
)
def test_figure_of_the_same_metric(claim, elsewhere, figure):
    found = claims_in(f"一、成效\n{claim}\n{elsewhere}")["figure"].dropna().tolist()
    assert found == ([figure] if figure else [])


@pytest.mark.parametrize(
    "text",
    [
        "推动行政执法水平持续提升。",
        "全力确保社会面平稳有序。",
        "以高质量普法促进群众法治意识不断增强。",
        "让群众获得感更加充实、幸福感更有保障。",
        "为优化环境,推动审批更加便捷,我局出台措施。",
        "围绕群众满意度持续提升,开展专项行动。",
        "提出执法质量明显提高、投诉不断减少的目标。",
        "提出“执法质量明显提高、投诉不断减少”的要求。",
        "坚决防止案件数量持续上升。",
        "刑事警情大幅下降,同比下降15.6%。",
        "群众满意度明显提升(达98.5%)。",
        "执法水平的不断提升。",
        "执法任务日益繁重,矛盾更加突出。",
        "大幅下降。",
        "一、存在的不足\n行政争议案件持续上升。",
        "一、下一步打算\n执法水平不断提升。",
    ],
)
def test_no_claims(text):
    assert claims_in(text)["surface"].tolist() == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("有效推动执法质量稳步提升。", [("执法质量", "increase")]),
        ("健全机制、强化监督、执法水平显著提升。", [("执法水平", "increase")]),
        ("治安形势稳定,社会大局平稳有序。", [("治安形势", "stable"), ("社会大局", "stable")]),
        ("发案总数连续3年呈下降趋势。", [("发案总数", "decrease")]),
        ("维护社会稳定能力不断增强。", [("维护社会稳定能力", "increase")]),
        ("“一次办好”改革更有温度。", [("“一次办好”改革", "improve")]),
        ("一是队伍不断优化、能力持续增强。", [("队伍", "improve"), ("能力", "increase")]),
    ],
)
def test_metric_and_direction(text, expected):
    claims = claims_in(text)
    assert list(zip(claims["metric"], claims["direction"], strict=True)) == expected


def test_an_empty_table_keeps_columns_and_dtypes():
    empty, full = claims_in("学习。"), extract_claims(REPORT)
    assert empty.empty
    assert empty.dtypes.to_dict() == full.dtypes.to_dict()


PIECES = [
    "执法水平",
    "不断提升",
    "“",
    "《",
    ",",
    "、",
    "。",
    "\n",
    "(",
    "推动",
    "的",
    "下降3%",
    "一、",
]


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=30))
@settings(deadline=None, max_examples=100)
def test_spans_slice_back(pieces):
    report = parse_report("某局" + "".join(pieces))
    for row in extract_claims(report).itertuples():
        assert report.text[row.start : row.end] == row.surface
        assert row.surface in row.sentence
        assert row.metric
        assert row.surface.startswith(row.metric)


def test_width_of_signs_makes_no_difference():
    text = "一是执法水平不断提升,12345热线诉求(含来信)明显减少;盗窃警情大幅下降!\n盗窃警情下降9%。"
    wide = text.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})
    narrow_rows, wide_rows = claims_in(text), claims_in(wide)
    assert len(narrow_rows) == 3
    for column in ("metric", "direction", "start", "end", "figure"):
        folded = wide_rows[column].map(lambda v: fold(v) if isinstance(v, str) else v)
        assert folded.equals(narrow_rows[column]), column


@pytest.mark.parametrize(
    "unit",
    ["不断", "有效", "稳定", "推动", "的", "更加、", "“", '"', "《", "(", "强化监督、", "要",
     "盗窃警情大幅下降。"],  # each row holds its sentence: many claims in one would fill memory
)  # fmt: skip
def test_time_is_linear(unit):
    def seconds(length):
        report = parse_report("某局" + unit * (length // len(unit)) + "不断提升。")
        start = time.process_time()
        extract_claims(report)
        return time.process_time() - start

    short = max(min(seconds(20_000) for _ in range(3)), 0.05)
    assert seconds(80_000) < 8 * short
