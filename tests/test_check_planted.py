"""One slip at a time, planted at random into the real report: found, and nothing else."""

import random
import re
from pathlib import Path

import pytest

from lawreport_utils import check_report, extract_outcomes, outline, parse_report, sentences
from lawreport_utils.passages import plan_spans

TEXT = (Path(__file__).parents[1] / "data/szga-2024.txt").read_text("utf-8")
REPORT = parse_report(TEXT)
SEED, VARIANTS = 2024, 100
NOUNS = ("行政处罚案件", "行政复议案件", "信访事项", "矛盾纠纷", "举报线索", "行政许可申请")
KINDS = ("交通", "治安", "消防", "禁毒", "户政", "网络", "食品药品")


def figures_of(report):
    return extract_outcomes(report).drop_duplicates("start")


def results_end(rng, *, part=None):
    """A place where a sentence ends among the results, outside of the opening and of plans."""
    plans = plan_spans(REPORT)
    ends = [
        row.end
        for row in sentences(REPORT).itertuples()
        if row.sentence.endswith("。") and row.number.count(".") and "不足" not in row.sentence
        and row.number[0] in ("123" if part is None else part)
        and not any(start <= row.start < end for start, end in plans)
    ]  # fmt: skip
    return rng.choice(ends)


def insert(rng, sentence, part=None):
    at = results_end(rng, part=part)
    return TEXT[:at] + sentence + TEXT[at:]


def number(rng, low=21, high=989):
    value = rng.randint(low, high)
    return value + (value % 10 == 0)


def other_number(rng, value):
    """A slip of the hand: two digits change places, or one is another."""
    digits = list(str(value))
    for _ in range(99):
        wrong = digits[:]
        if len(digits) > 1 and rng.random() < 0.5:
            i = rng.randrange(len(digits) - 1)
            wrong[i], wrong[i + 1] = wrong[i + 1], wrong[i]
        else:
            wrong[rng.randrange(len(digits))] = str(rng.randint(1, 9))
        if wrong != digits and wrong[0] != "0":
            return int("".join(wrong))
    raise AssertionError(value)


def numbering(rng):
    """A marker has the number before its own, or the one after."""
    table = outline(REPORT)
    rows = [row for row in table.itertuples() if re.match("[(]?[二三四]", row.marker)]
    row = rng.choice(rows)
    han = re.search("[二三四]", row.marker)[0]
    wrong = "一二三四五"["一二三四五".index(han) + rng.choice((-1, 1))]
    if wrong == "一":
        wrong = "三"
    return TEXT[: row.start] + row.marker.replace(han, wrong) + TEXT[row.start + len(row.marker) :]


def parts_of(rng):
    kinds, counts = rng.sample(KINDS, 3), [number(rng) for _ in range(4)]
    return kinds, counts, rng.choice(NOUNS)


def sums(rng, *, right=False):
    kinds, counts, noun = parts_of(rng)
    total = sum(counts) if right else other_number(rng, sum(counts))
    listed = "、".join(f"{k}类{c}件" for k, c in zip(kinds, counts[:3], strict=True))
    rest = f"{rng.choice(('其他', '其他类'))}{counts[3]}件"
    form = rng.randrange(3)
    if form == 0:
        return insert(rng, f"全年办理{noun}{total}件,其中{listed}、{rest}。")
    if form == 1:
        return insert(rng, f"全市共受理{noun}{total}件,分别为{listed}和{rest},做到件件有回音。")
    return insert(rng, f"办结{listed.replace('类', '领域')}、其他领域{counts[3]}件,合计{total}件。")


def rates(rng, *, right=False):
    before = number(rng, 300, 980)
    after = number(rng, 101, before - 60)
    noun, unit = rng.choice((("举报线索", "条"), ("投诉", "件"), ("轻微事故", "起")))
    change = round(100 * (before - after) / before, 1)
    stated = change if right else change + rng.choice((-1, 1)) * rng.uniform(1.5, 9)
    form = rng.randrange(3)
    if form == 0:
        return insert(rng, f"{noun}由上年的{before}{unit}降至{after}{unit},下降{stated:.1f}%。")
    if form == 1:
        return insert(
            rng, f"{noun}从{before}{unit}减少到{after}{unit},同比下降{stated:.1f}%,治安向好。"
        )
    less = before - after if right else other_number(rng, before - after)
    return insert(rng, f"受理{noun}由{before}{unit}下降到{after}{unit},减少{less}{unit}。")


RESTATED = (
    ("第一议题", "全年市局党委开展“第一议题”学习{}次。", "41"),
    ("专题学习", "全年专题学习习近平法治思想{}次。", "2"),
    ("执法指引", "组织制定执法指引{}项。", "21"),
    ("开放日", "全年举办常态化警营开放日活动{}期。", "12"),
    ("化解率", "初信初访一次性化解率、群众对公安信访工作满意度均达{}%以下。", "90"),
)


def two_values(rng):
    """A figure of the report comes again in another part, with another value."""
    if rng.random() < 0.5:
        _, sentence, value = rng.choice(RESTATED[1:4])
        wrong = other_number(rng, int(value))
        return insert(rng, sentence.format(wrong), part="3")
    noun, value = rng.choice(NOUNS), number(rng)
    verb, unit = rng.choice(("办理", "受理", "办结")), "件"
    first = f"全年{verb}{noun}{value}{unit}。"
    second = f"{rng.choice(('依法', '全市', '累计'))}{verb}{noun}{other_number(rng, value)}{unit}。"
    a, b = sorted((results_end(rng, part="12"), results_end(rng, part="3")))
    return TEXT[:a] + first + TEXT[a:b] + second + TEXT[b:]


SHORTCOMING = "把握法理情相统一的能力有待加强。"
ZEROS = (
    ("行政诉讼案件零败诉。", "全年有{}件行政诉讼案件败诉。"),
    ("行政应诉案件无一败诉,依法行政水平持续提升。", "行政诉讼败诉{}件。"),
    ("全年行政复议案件零纠错。", "有{}件行政处罚决定在行政复议中被撤销。"),
    ("全年未发生大型活动安全事故。", "发生大型活动安全事故{}起。"),
    ("败诉率为零。", "有{}起案件被法院判决败诉。"),
)


def zero(rng):
    none, case = rng.choice(ZEROS)
    text = insert(rng, none)
    at = text.index(SHORTCOMING) + len(SHORTCOMING)
    return text[:at] + case.format(rng.randint(1, 9)) + text[at:]


def missing_item(rng):
    """A part that the regulation asks for is left out."""
    if rng.random() < 0.5:
        start, end = TEXT.index("下一步,我局将"), len(TEXT)
        return (TEXT[:start] + TEXT[end:]).replace("存在不足和下一步工作安排", "存在不足")
    text = TEXT.replace("党政主要负责人履行推进法治建设第一责任人职责", "强化组织领导")
    text = text.replace("认真落实党政主要负责人述法工作要求", "认真落实述法工作要求")
    return text.replace("市公安局主要负责人始终", "市公安局始终")


def deadline(rng):
    return TEXT.replace("2025-01-08", f"2025-{rng.randint(4, 12):02}-{rng.randint(1, 28):02}")


YEARS = (
    ("\n2024年,市公安局", "\n2023年,市公安局"),
    ("现将我局2024年", "现将我局2023年"),
    ("做好2024年法治", "做好2023年法治"),
    ("\n2024年,我局在推进", "\n2023年,我局在推进"),
    ("深圳市公安局2024年", "深圳市公安局2023年"),
    ("\n下一步,我局将", "\n2024年,我局将"),
    ("2025-01-08", "2024-01-08"),
)


def year(rng):
    old, new = rng.choice(YEARS)
    assert old in TEXT
    return TEXT.replace(old, new, 1)


def pairing(rng):
    places = [m.start() for m in re.finditer("[《》“”]", TEXT)]
    at = rng.choice(places)
    return TEXT[:at] + TEXT[at + 1 :]


# The report of the year before, as long as this one: other numbers, its own year.
EARLIER = re.sub(
    r"\d(?=\d?(?:次|项|期|个|万|余|\.\d%|%))", lambda m: str(int(m[0]) % 9 + 1), TEXT
).replace("2024年", "2023年")


def carried_over(rng):
    """A sentence of the year before comes again with its number or its year."""
    value = number(rng, 1001, 9899)
    sentence = rng.choice(
        (
            "全年办理{noun}{value}件,执法质量稳步提升。",
            "深入推进专项治理,累计化解{noun}{value}件。",
            "2023年,全市公安机关持续开展{noun}专项清理,成效明显。",
        )
    ).format(noun=rng.choice(NOUNS), value=value)
    at = results_end(rng)
    earlier = EARLIER[:at] + sentence + EARLIER[at:]
    return insert(rng, sentence), parse_report(earlier)


SLIPS = {
    "numbering": numbering, "sum": sums, "rate": rates, "two_values": two_values, "zero": zero,
    "missing_item": missing_item, "deadline": deadline, "year": year, "pairing": pairing,
    "carried_over": carried_over,
}  # fmt: skip


def asked(report, earlier=None):
    """The findings as they are told apart: a check and its question's places, words apart."""
    table = check_report(report, earlier=earlier)
    return [(row.check, str(row.surface), row.question_zh) for row in table.itertuples()]


def variant(index):
    kind = list(SLIPS)[index % len(SLIPS)]
    planted = SLIPS[kind](random.Random(SEED + index))
    text, earlier = planted if isinstance(planted, tuple) else (planted, None)
    return kind, parse_report(text), earlier


def judge(indices):
    usual = [(check, question) for check, _, question in asked(REPORT)]
    missed, false = [], []
    for index in indices:
        kind, report, earlier = variant(index)
        new = [one for one in asked(report, earlier) if (one[0], one[2]) not in usual]
        if not any(check == kind for check, _, _ in new):
            missed.append((index, kind))
        false += [(index, kind, one) for one in new if one[0] != kind]
        false += [(index, kind, one) for one in [o for o in new if o[0] == kind][1:]]
    return missed, false


def test_planted_slips_are_found_and_nothing_else():
    missed, false = judge(range(VARIANTS))
    assert len(missed) <= VARIANTS // 10, missed
    assert false == []


@pytest.mark.parametrize("make", [sums, rates])
def test_figures_that_fit_are_not_asked_about(make):
    usual = asked(REPORT)
    for seed in range(30):
        assert asked(parse_report(make(random.Random(seed), right=True))) == usual
