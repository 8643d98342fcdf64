"""What was done, apart from what it was done with: 制定 | 执法指引."""

from .rules import ONLY_VERB, VERBS, ends, found, opening, opens, place, starts
from .tokens import Name, Word, coded, pattern
from .units import units
from .vocabulary import ends_as


def split_action(metric: Name, unit: str | None) -> tuple[Name, Name]:
    """The verb that says what was done, and the thing: 制定 | 执法指引. Where the measure word
    counts acts, and where nothing follows the verb, it is part of the name."""
    if unit in units().acts or unit is None or _is_measure(metric):
        return [], metric
    end = _verbs_at_start(metric)
    verbs = [word for word in metric[:end] if word.is_a("verb", "short_verb", "join")]
    rest = metric[end + starts(metric[end:], "le") :]
    if verbs and verbs[-1].is_a("gives"):  # 交办 | 各乡镇整改问题
        rest = rest[opening(rest, "((?:<each|place-actor>?<actor-head|bare>)+)<-of>") :]
    if not _is_object(verbs, rest, unit):
        return [], metric
    return _without_relative(verbs, rest)


def _is_measure(metric: Name) -> bool:
    """参加考试人数: what is measured is a number, not the thing that something was done with."""
    return bool(metric) and metric[-1].is_a("rate_end", "dimension", "rate", "end_measure")


def _without_relative(verbs: Name, rest: Name) -> tuple[Name, Name]:
    """What the verbs have as object where a relative clause stands between."""
    of = place(rest, "<of>") or 0
    if opens(rest, "<within_end>.*<of>"):
        return verbs[:-1], rest[of + 1 :]  # 整改检查中存在的问题
    if opens(rest, f"<-verb|light|of|adverb><-of>*?{ONLY_VERB}<-of>*<of>"):
        return [], rest[of + 1 :]  # 提交常务会议审议的重大行政决策事项
    return verbs, rest


def _is_object(verbs: Name, rest: Name, unit: str) -> bool:
    """Is what follows the verbs their object (制定 | 文件), not a clause (鉴定为危房)
    or the other half of a name (检查人员)?"""
    if not verbs or not opens(rest, "<when|date>*<-of|reach|join|when|date>.*(?<!<verb-act>)$"):
        return False
    return not goes_to([*verbs, *rest], unit) and not _is_compound(verbs, rest, unit)


def goes_to(words: Name, unit: str | None) -> bool:
    """移送公安机关19件: the measure word counts what went there."""
    if unit in units().bodies:
        return False
    return starts(words, "gives") and found(words, "<actor-head|bare>$")


_SKIPPED = "<adverb|manner|newly>"  # 新办理
_THEM = "<-verb|of|join|prep|adverb|manner|newly><-verb|of|join|prep>*"
# 发现并督促整改 | 问题, 参与调解 | 纠纷; but 受理 | 投诉举报
_VERBS = f"""
    {_SKIPPED}*+<verb>(?:
        (?:<adverb|manner|newly-cut|join>|<join><cut-join>?)++<verb-new> # but 惠及 | 新设企业
      | <verb-act|new>
      | (?<=<act|serial>)<act-new>
      | (?<=<serial>)(?:{_SKIPPED}|<join>)*+                    # 提请人大审议, 指导乡镇修订
        (?=<-verb|of|join|prep|actor|place>*<actor|place>){_THEM}<verb-new>(?=.)
    )*
"""


def _verbs_at_start(metric: Name) -> int:
    """Where the verbs end."""
    paper = starts(metric, "issues") and ends_as(metric[-1].text, "paper")
    if paper and opens(metric, ".<verb>"):
        return 1  # 下达 | 责令整改通知书
    start = opening(metric, f"{_SKIPPED}*")
    short = starts(metric[start:], "short_verb")
    if short and any(len(word.text) > 1 for word in metric[start + 1 : start + 2]):
        return start + 1  # 收罚款5万元
    return opening(metric, _VERBS)


def _is_compound(verbs: Name, rest: Name, unit: str) -> bool:
    """Is the word after an act its head (检查人员 5名, 监督意见书; but 检查企业 5家)?"""
    word = rest[0]
    if len(rest) > 1 or _is_checked(word, unit):
        return False
    headed = len(word.text) == 1 or word.is_a("bare", "event", "end_measure")
    return word.is_a("completes") or (headed and verbs[-1].is_a("act"))


def _is_checked(word: Word, unit: str) -> bool:
    return word.is_a("object") or (word.is_a("actor", "bare") and unit in units().bodies)


def trailing_verbs(metric: Name) -> Name:
    """抓获 of 抓获300名嫌疑人; none where the verb is the object of others (开展培训12次)."""
    if not ends(metric, "verb", "le"):
        return []
    match = pattern(f"({VERBS})<le>?$").search(coded(metric))
    verbs = metric[slice(*match.span(1))] if match else []
    return [] if match and match.start() and opens(verbs, "<act>+$") else verbs
