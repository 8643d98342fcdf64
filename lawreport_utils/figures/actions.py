"""What was done, apart from what it was done with: 制定 | 执法指引."""

from .tokens import Name, coded, pattern
from .units import units


def split_action(metric: Name, unit: str | None) -> tuple[Name, Name]:
    """The verb that says what was done, and the thing: 制定 | 执法指引. Where the measure word
    counts acts, and where nothing follows the verb, it is part of the name."""
    if unit in units().acts or unit is None or _is_measure(metric):
        return [], metric
    cut = _verbs_at_start(metric)
    verbs = [word for word in metric[:cut] if word.is_a("verb", "short_verb", "join")]
    rest = metric[cut:]
    if not verbs:
        return [], metric
    if rest and rest[0].is_a("le"):
        rest = rest[1:]
    if not rest or rest[0].is_a("of", "reach", "join") or _is_compound(verbs, rest, unit):
        return [], metric
    if rest[-1].is_a("verb") and not rest[-1].is_a("act"):
        return [], metric
    of = next((i for i, word in enumerate(rest) if word.is_a("of")), 0)
    if rest[0].is_a("within_end") and of:
        return verbs[:-1], rest[of + 1 :]  # 整改检查中存在的问题
    if not rest[0].is_a("verb", "light") and any(word.is_a("verb") for word in rest[:of]):
        return [], rest[of + 1 :]  # 提交常务会议审议的重大行政决策事项
    return verbs, rest


def _is_measure(metric: Name) -> bool:
    """参加考试人数: what is measured is a number, not the thing that something was done with."""
    return bool(metric) and metric[-1].is_a("rate_end", "dimension", "rate", "end_measure")


def _verbs_at_start(metric: Name) -> int:
    """Where the verbs end: 发现并督促整改 | 问题, 参与调解 | 纠纷; but 受理 | 投诉举报."""
    i, end = 0, 0
    while i < len(metric):
        word, before = metric[i], metric[end - 1] if end else None
        if word.is_a("adverb", "manner") or (word.is_a("join") and end):
            i += 1
            continue
        if (
            not end
            and word.is_a("short_verb")
            and i + 1 < len(metric)
            and len(metric[i + 1].text) > 1
        ):
            return i + 1  # 收罚款5万元
        if not word.is_a("verb"):
            if before and before.is_a("serial") and (skip := _others_act(metric, i)):
                i = skip
                continue
            break
        if end and word.text.startswith("新"):
            break  # 惠及 | 新设企业
        joined = i > end  # 并, or an adverb
        after_act = before is None or before.is_a("act", "serial") or joined
        if word.is_a("act") and not after_act:
            break
        i = end = i + 1
    return end


def _others_act(metric: Name, i: int) -> int:
    """Where the verb stands of whom the first verb helps to act: 提请人大审议, 指导乡镇修订."""
    start = i
    while i < len(metric) and not metric[i].is_a("verb", "of", "join", "prep"):
        i += 1
    found = i < len(metric) - 1 and metric[i].is_a("verb") and metric[i - 1].is_a("actor", "place")
    return i if found and i > start else 0


def _is_compound(verbs: Name, rest: Name, unit: str) -> bool:
    """Is the word after an act its head (检查人员 5名, 监督意见书; but 检查企业 5家)?"""
    if len(rest) > 1:
        return False
    word = rest[0]
    if word.text == "人员":
        return True
    if not verbs[-1].is_a("act"):
        return False
    if word.is_a("actor", "bare") and unit[0] in "家户":
        return False
    return len(word.text) == 1 or word.is_a("bare", "event", "end_measure")


def trailing_verbs(metric: Name) -> Name:
    """抓获 of 抓获300名嫌疑人; none where the verb is the object of others (开展培训12次)."""
    match = pattern(r"(?:^|(?<=[^\s]))<verb>(?:<join>?<verb>)*<le>?$").search(coded(metric))
    if not match:
        return []
    verbs = metric[match.start() :]
    if verbs[-1].is_a("le"):
        verbs = verbs[:-1]
    if match.start() and all(word.is_a("act") for word in verbs):
        return []
    return verbs
