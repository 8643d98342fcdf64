"""What a figure measures: the words before it, taken apart.

Rules over types of words, each beside the sentence that it is for.
"""

from collections.abc import Iterator
from typing import NamedTuple

from .actions import trailing_verbs
from .bases import direction_of
from .rules import (
    ONLY_VERB,
    closing,
    ends,
    found,
    opening,
    opens,
    place,
    places,
    starts,
)  # fmt: skip
from .tokens import Name, Word, Words, coded, pattern, text_of
from .trims import LEAD, LONG, strip_lead, trimmed, without_asides, without_multiple, without_titles
from .vocabulary import SHOWN


class Naming(NamedTuple):
    """The words before a figure."""

    metric: Name  # what is measured, with the verb before it; empty where the clause does not say
    direction: str | None = None  # increase, decrease
    basis: str | None = None
    reached: bool = False  # 增至, 降到: the figure is where the change arrived
    each: bool = False  # 分别, 均: the figures belong to the names one by one
    verb: tuple[Word, ...] = ()  # the verbs just before the figure: 抓获 in 抓获300名嫌疑人
    open: bool = True  # the clause still wants a noun: 推动5个…, 全市百余家…
    leading: bool = False  # the verb of change opens the clause: 压减办理时限50%
    share: bool = False  # a share of what an earlier clause names: 占民警总数的18.5%


def name_before(left: Words, *, rate: bool = False) -> Naming:
    """Take apart the words between the previous figure (or the start of the clause) and a figure.

    ``rate``: the figure is a percentage or a length of time.
    """
    whole = without_asides(left)
    words = without_multiple(whole)
    body, tail = _split_tail(words)
    naming = _by_tail(tail)
    if naming.direction and len(words) < len(whole):  # 压缩至法定时限的28%
        naming = naming._replace(reached=True)
    body, share = _without_standard(body)
    subject = rate or naming.direction is not None or opens(body, ".?<part>")
    body, basis = _without_basis(strip_lead(body), naming.basis)
    metric = core(body, subject=subject) or _result(tail)
    verbs = () if ends(tail, "of") else tuple(trailing_verbs(metric))
    if rate:
        naming, metric = _named_as_rate(naming, metric)
    each = naming.each or (starts(words, "each") and opens(words, "<each><share>"))
    wants = bool(verbs) or naming.open or _is_open(body)
    return Naming(
        metric, naming.direction, basis, naming.reached, each, verbs, wants, naming.leading, share
    )


_SAID = "basis|from|up|down|better|reach|each|link|adverb|le|date|near|finish|plan"
_TAIL = f"<{_SAID}|of|stop_item|edge|opening>"


def _split_tail(words: Name) -> tuple[Name, Name]:
    """Body and tail: 警情 | 同比 分别 下降 了."""
    i = closing(words, _TAIL)
    i += opening(words[i:], "<stop_item>*") if 0 < i < len(words) else 0
    return words[:i], words[i:]


def _by_tail(tail: Name) -> Naming:
    """What the words just before the figure say of it."""
    if not tail:
        return Naming([], open=False)
    basis = next((word for word in tail if word.is_a("basis")), None)
    direction, reached = direction_of(tail, after_basis=basis is not None)
    # 分别到14个村: what follows 到 is the place, not where a change arrived
    wants = ends(tail, "of", "at", "from") or (ends(tail, "to") and not direction)
    return Naming([], direction, _plain(basis), reached, found(tail, "<each>"), open=wants)


def _result(tail: Name) -> Name:
    """成功281件."""
    return [word.as_a(SHOWN["verb"]) for word in tail if word.is_a("result")]


def _without_standard(body: Name) -> tuple[Name, bool]:
    """网办率高于全省平均水平3个百分点: the name, and whether an earlier clause has it, as it has
    that of 占民警总数的18.5%."""
    if not found(body, "<beyond|than|share>"):
        return body, False  # what is soon seen of most
    standard = place(body, "<beyond>|<than>.*<average>")
    return body[:standard], standard == 0 or opens(body, "<each|adverb>*<share>")


def _plain(basis: Word | None) -> str | None:
    return basis.text.removeprefix("是").removesuffix("的") if basis else None


def _without_basis(body: Name, basis: str | None) -> tuple[Name, str | None]:
    """与上年相比,警情下降: the basis opens the clause."""
    if not starts(body, "basis"):
        return body, basis
    return strip_lead(body[1:]), basis or _plain(body[0])


def _named_as_rate(naming: Naming, metric: Name) -> tuple[Naming, Name]:
    """The name of a rate ends with its head: 办结率 of 办结率总体稳中有升. Where no direction is
    said behind it, it may open with one."""
    head = place(metric, "(?<=.)<rate|rate_end><-of|join|rate|rate_end>*$")
    metric = metric if head is None else metric[: head + 1]
    change = pattern(_OPENING_CHANGE).match(coded(metric))
    if naming.direction or not change:
        return naming, metric
    direction, _ = direction_of([metric[change.start(1)]], after_basis=True)
    return naming._replace(direction=direction, leading=True), metric[change.end() :]


# 压减办理时限50%, 我局压减时限78%; but 增长幅度
_OPENING_CHANGE = "<near|actor>*(?:<every>.?)?(<up|down>)(?=<-rate_end>|<limit>)<le>?"


def core(body: Words, *, subject: bool) -> Name:
    """The name itself, without who acts, light verbs, adverbs and titles of documents.

    ``subject``: a change is stated of it, so that what stands before a verb is part of the name.
    """
    words = without_titles(list(body))
    words = words[opening(words, _OPENS) :]
    if ends(words, "light"):  # 联席会议先后召开5次
        words = words[: place(words, "(?<=.)<adverb>*<light>+$")]
    light = _last_light(words, "<light-finish>" if subject else "<light>")  # 完成任务的105%
    if light is not None:
        words = _object_of(words, light)
    elif not subject:
        words = without_actor(words)
    words = trimmed(words)
    if starts(words, "takes"):
        words = words[opening(words, ".(?=<-suffix>)") :]  # 将学法网点扩大到30个; but 将台乡
    if len(words) == 1 and starts(words, "prep"):
        return []
    return words[1:] if len(text_of(words)) > LONG and starts(words, "place") else words


# What stands before what was done, and names nothing.
_OPENS = f"""
    (?:<verb><of>)?                                     # 由23名律师[组成的]服务团走访企业
    (?:(?:.*(?:<-verb>|<act>))?<cut>(?=.){LEAD})?       # [全市公安机关累计]侦破…; but 移出已列入…
    (?:<prep><-means|comma>{{0,12}}<means>{LEAD}(?=.))?   # [按照…要求], [以…方式]
"""


def _last_light(words: Name, light: str) -> int | None:
    lights = places(words, light)
    if not lights or opens(words, "<near>?<every|per>"):
        return None  # 每万人拥有律师
    for i in reversed(lights):
        if not _is_relative(words, i):
            return i
    return None


def _object_of(words: Name, light: int) -> Name:
    """提出审查意见: 审查 is no action here, but part of the name."""
    rest = words[light + 1 :]
    rest = rest if starts(rest, "holds") else strip_lead(rest)  # 开展含消防内容的培训
    if words[light].is_a("nominal") and opens(rest, "<act>|<verb>(?:.*<others>)?<-of>?<bare>$"):
        rest[0] = rest[0].as_a(SHOWN["event"])
    return rest


def _is_relative(words: Name, i: int) -> bool:
    """公布实行告知承诺制的证明事项: 实行 belongs to the relative clause."""
    return found(words[:i], ONLY_VERB) and found(words[i:], "<of>")


def without_actor(words: Name) -> Name:
    """县公安局抓获…: who acts stands before the first verb; for whom as well (为群众提供咨询)."""
    if starts(words, "prep", "with"):
        return _without_preposition(words)
    start = next((i for i in _predicates(words) if _acts(words, i)), None)
    if start is None:
        return words
    rest = strip_lead(words[start:])
    return _without_preposition(rest) if starts(rest, "with") else rest


_PREDICATE = f"""
    (?<=<actor|place>)<verb|short_verb|light|adverb|manner|prep|event>
  | (?<=<event>){ONLY_VERB}
"""


def _predicates(words: Name) -> Iterator[int]:
    """Where a predicate may start, up to the first verb that is no name."""
    verb = place(words, ONLY_VERB)
    return (i for i in places(words, _PREDICATE) if verb is None or i <= verb)


_DOING = ".{0,5}?<verb|short_verb|light|event>"
_ACTS = {
    "<adverb-link>.{0,4}?<verb|short_verb|light|event>": True,
    "<act><head|bare|rate_end>$": False,
    "<verb><of>": False,  # 区级保留的事项
}


def _acts(words: Name, i: int) -> bool:
    """Does the predicate start here, not the second part of a name (行政机关败诉案件)?"""
    rest = words[i:]
    if starts(rest, "event"):
        return len(rest) == 1
    for rule, acts in _ACTS.items():
        if opens(rest, rule):
            return acts
    listed = found(words[:i], "<join>") and found(rest[1:], "<join|others>")
    return opens(rest, _DOING) and (not listed or words[i - 1].is_a("event"))


def _without_preposition(words: Name) -> Name:
    if starts(words, "prep") and ends(words, "event"):
        return words[-1:]  # 为群众追赃挽损
    return words[place(words, _BEHIND_PREPOSITION) :]


_BEHIND_PREPOSITION = f"""
    (?<=..)(?:{ONLY_VERB}|<adverb><verb>)<-of>+$
  | (?<=<actor|noun>)<act><-of|verb|bare|mark|rate_end><-of|verb>*$     # 向企业通报风险
"""


def _is_open(body: Name) -> bool:
    """Does the clause still want a noun (对1096家企业, 全市百余家企业)?"""
    return not body or body[-1].is_a(*_WANTING)


_WANTING = ("prep", "with", "part", "join", "others", "of", "place", "light", "than", "le", "reach",
            "mark")  # fmt: skip
