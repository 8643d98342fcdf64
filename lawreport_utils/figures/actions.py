"""What was done, apart from what it was done with: 制定 | 执法指引."""

from .tokens import Name, Word, coded, pattern
from .units import units


def split_action(metric: Name, unit: str | None) -> tuple[Name, Name]:
    """The verb that says what was done, and the thing: 制定 | 执法指引. Where the measure word
    counts acts, and where nothing follows the verb, it is part of the name."""
    if unit in units().acts or unit is None or _is_measure(metric):
        return [], metric
    end = _verbs_at_start(metric)
    verbs = [word for word in metric[:end] if word.is_a("verb", "short_verb", "join")]
    rest = metric[end:]
    rest = rest[1:] if rest and rest[0].is_a("le") else rest
    if not verbs or not rest or not _is_object(verbs, rest, unit):
        return [], metric
    return _without_relative(verbs, rest)


def _without_relative(verbs: Name, rest: Name) -> tuple[Name, Name]:
    """What the verbs have as object where a relative clause stands between."""
    of = next((i for i, word in enumerate(rest) if word.is_a("of")), 0)
    if rest[0].is_a("within_end") and of:
        return verbs[:-1], rest[of + 1 :]  # 整改检查中存在的问题
    deeds = (word.is_only_verb() for word in rest[:of])
    if not rest[0].is_a("verb", "light") and any(deeds):
        return [], rest[of + 1 :]  # 提交常务会议审议的重大行政决策事项
    return verbs, rest


def _is_object(verbs: Name, rest: Name, unit: str) -> bool:
    """Is what follows the verbs their object (制定 | 文件), not a clause (鉴定为危房)
    or the other half of a name (检查人员)?"""
    if rest[0].is_a("of", "reach", "join") or _is_compound(verbs, rest, unit):
        return False
    if goes_to([*verbs, *rest], unit):
        return False
    return rest[-1].is_a("act") or not rest[-1].is_a("verb")


def goes_to(words: Name, unit: str | None) -> bool:
    """移送公安机关19件: the measure word counts what went there."""
    to = words[-1].is_a("actor") and not words[-1].is_a("head", "bare")
    return to and unit in _PAPERS and words[0].is_a("gives")


_PAPERS = tuple("件起宗条份例批")  # they count no bodies


def _is_measure(metric: Name) -> bool:
    """参加考试人数: what is measured is a number, not the thing that something was done with."""
    return bool(metric) and metric[-1].is_a("rate_end", "dimension", "rate", "end_measure")


def _verbs_at_start(metric: Name) -> int:
    """Where the verbs end: 发现并督促整改 | 问题, 参与调解 | 纠纷; but 受理 | 投诉举报."""
    i = end = 0
    while i < len(metric):
        last = metric[end - 1] if end else None
        opens = metric[i].is_a("adverb", "manner") or metric[i].text == "新"  # 新办理
        if opens or (metric[i].is_a("join") and last):
            i += 1
        elif not last and _is_short_verb(metric, i):
            return i + 1
        elif last and last.is_a("serial") and (skipped := _others_act(metric, i)):
            i = skipped
        elif _goes_on(metric[i], last, joined=i > end):
            i = end = i + 1
        else:
            break
    return end


def _is_short_verb(metric: Name, i: int) -> bool:
    """收罚款5万元."""
    return metric[i].is_a("short_verb") and any(len(w.text) > 1 for w in metric[i + 1 : i + 2])


def _goes_on(word: Word, last: Word | None, *, joined: bool) -> bool:
    """Does a word carry the verbs on? The name of an act does after another, after a verb that
    takes one, and after 并."""
    if not word.is_a("verb") or (last and word.text.startswith("新")):  # 惠及 | 新设企业
        return False
    return not word.is_a("act") or last is None or joined or last.is_a("act", "serial")


def _others_act(metric: Name, i: int) -> int:
    """Where the verb stands of whom the first verb helps to act: 提请人大审议, 指导乡镇修订."""
    start = i
    while i < len(metric) and not metric[i].is_a("verb", "of", "join", "prep"):
        i += 1
    found = i < len(metric) - 1 and metric[i].is_a("verb")
    found = found and any(word.is_a("actor", "place") for word in metric[start:i])
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
    if word.is_a("object") or (word.is_a("actor", "bare") and unit[0] in "家户"):
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
