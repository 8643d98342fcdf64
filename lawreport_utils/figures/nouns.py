"""The noun phrase after a measure word: where it starts, and where it ends."""

from typing import NamedTuple

from .names import core
from .rules import ONLY_VERB, ends, opening, opens, starts, until
from .tokens import Name, Words, text_of
from .trims import LONG, strip_lead, trimmed
from .units import units
from .vocabulary import SHOWN

_SHORT = 8  # characters of a plain noun


class _After(NamedTuple):
    """What stands after a measure word."""

    words: Name
    unit: str | None
    wanted: bool  # does the clause still want a noun?
    figure_follows: bool


def noun_after(
    right: Words, unit: str | None, *, wanted: bool = True, figure_follows: bool = False
) -> Name:
    """The noun phrase that the measure word counts, where one follows it (5个中心投入使用).

    Where people are all that is named, what they did (412人通过考试); where an event is counted,
    the event (6次组织召开联席会议). Where no noun is ``wanted``, since the words before the figure
    name it already, only a noun that fills the clause (深化高质量发展28项措施). If another
    ``figure_follows`` in the clause, the noun ends at the verb that leads on to it.
    """
    after = _After(_after_of(list(right), wanted), unit, wanted, figure_follows)
    named = (rule(after) for rule in (_nothing, _event, _comes_about, _done, _deed, _thing))
    return next(noun for noun in named if noun is not None)


def _after_of(words: Name, wanted: bool) -> Name:
    if starts(words, "of"):
        words = words[1:] if wanted else []  # 车流达41.8万辆次的压力: no name
    return words[opening(words, "<blank>*") :] if starts(words, "blank") else words


def _nothing(after: _After) -> Name | None:
    """The next item of a list follows, or an aside, or a change (较上年60件增加5件)."""
    if not after.words or starts(after.words, "item", "bracket"):
        return []
    changes = after.figure_follows and opens(after.words, "<up|down><le|reach>*$")
    return [] if changes else None


def _event(after: _After) -> Name | None:
    if after.unit in units().acts and starts(after.words, "verb", "light", "event", "manner"):
        return event_after(after.words) if after.wanted else []
    return None


def _comes_about(after: _After) -> Name | None:
    """90%以上实现实质性化解."""
    rate = after.wanted and after.unit in units().rates and starts(after.words, "link")
    return (rate and trimmed(strip_lead(after.words))) or None


def event_after(words: Name) -> Name:
    """6次组织召开联席会议: the event."""
    return core(until(words, "<then>"), subject=True)


_PREDICATES = "verb|adverb|light|prep|not|each|link"
# A verb at the start may be the first part of a name (服务中心, 未按时年检的社会组织).
_UNDONE = "<not><verb><head|bare|actor>"  # 未整改隐患
_NAME = (
    f"{_UNDONE}|..{{0,6}}?<of>|<act><head|actor|rate_end|bare|event>|<verb><bare>(?:$|<mark|join>)"
)
_ACT_NAMED = f"<act><-mark|join|of|reach|up|down|le|{_PREDICATES}>"  # 审批印章


def _done(after: _After) -> Name | None:
    """What became of those counted: 32件已办结, 12条被采纳, 3件被确认违法, 2件撤销."""
    counted = after.wanted and after.unit not in units().rates
    if not (counted and opens(after.words, _DONE)):
        return None
    return after.words[opening(after.words, "<adverb|prep>*") :]


_DONE = "(?:(?:<adverb-pending>|<prep>)+<verb>|<verb-act|composes>)<verb|completes>*$"


def _deed(after: _After) -> Name | None:
    """What the people counted did (412人通过考试); what is still pending (3件正在审理)."""
    words = after.words
    people = after.unit in units().people
    name = f"{_NAME}|{_ACT_NAMED}" if after.wanted and not people else _NAME
    if not opens(words, f"<{_PREDICATES}>") or opens(words, name):
        return None
    acts = after.wanted and people
    if starts(words, "link") or not (acts or starts(words, "pending")):
        return []  # 突破3万户大关
    words = words[opening(words, "<light><le>") :]  # 1200人进行了培训
    return trimmed(strip_lead(words) if starts(words, "each", "cut") else words)


def _thing(after: _After) -> Name:
    words = after.words
    noun = words[: opening(words, _FIRST)]
    noun = noun or noun_phrase(words[starts(words, "date") :], to_figure=after.figure_follows)
    noun = words[: opening(words, _WHO_ACTS[after.unit in units().people])] or noun
    fills = len(noun) == len(words) and not after.figure_follows and len(text_of(noun)) <= _SHORT
    return _as_name(trimmed(noun)) if after.wanted or fills else []


def _as_name(noun: Name) -> Name:
    """审批印章: what is done with the thing counted is part of its name."""
    return [noun[0].as_a(SHOWN["event"]), *noun[1:]] if starts(noun, "verb") else noun


# 23名律师组成的服务团, 412个办理情形
_FIRST = f"{_UNDONE}|(<-of|join|mark>+?)<composes><of>|(<verb><bare>)(?:$|<mark|join>)"
# Who acts before what is done: 部门 in 部门对存在的问题…; of people also 律师 in 律师组成的团队.
_ACTING = "(<-of|join|mark|prep>*?<actor>)<-actor|act|head|bare|mark|join|of>?<%s>.*<of>"
_WHO_ACTS = (_ACTING % "prep", _ACTING % "verb|light|prep")


def noun_phrase(words: Name, *, to_figure: bool = False) -> Name:
    """Up to the first verb, adverb or preposition; a long relative clause gives way to its head.

    37起涉枪、涉爆等社会关注度高的案件挂牌督办: 案件
    """
    if to_figure:
        phrase = until(words, _END_TO_FIGURE)
        return list(_bearer(phrase) if ends(phrase, "rate", "rate_end") else phrase)
    of = opening(words, "(<-of>*<of>).")
    head = until(words[of:], _END)
    long = of and len(text_of(words[:of])) + len(text_of(head)) > LONG
    return [*([] if long else words[:of]), *head]


def _bearer(words: Words) -> Words:
    """9个国考断面水质优良比例达100%: the first figure counts what the rate is said of."""
    return words[: opening(words, "(.*?<head|actor|quote>).") or None]


# A mark, a conjunction that joins no two nouns (4起案件、抓获2人: the list goes on with a verb),
# a change (but 能力提升班), the end of a list (but 残疾人等 | 特殊群体), manner, a predicate.
_ENDS = f"""
    <stop> | <within_end-within> | <join-item> | <item><verb|light|adverb>
  | (?!<mark|join>)(?:(?<=.)<up|down>(?!<suffix|bare>) | (?!<up|down>)(?:
        <others>(?:$|<{_PREDICATES}|mark>)
      | (?<=.)<manner>(?:<verb-act|light|manner>|<act>(?:$|<-head|bare|event>))
      | <{_PREDICATES}|basis|reach|than|le|of-act|others|manner|verb>
      | %s))
"""
_END_TO_FIGURE = _ENDS % f"(?<=.)<act> | {ONLY_VERB}"
# A verb in the middle of a name: 公安部督办案件, 信访问题.
_END = (
    _ENDS
    % f"""
    (?<=.)<act><-head|rate|actor|act|join|bare|event>
  | (?<!<adjective>){ONLY_VERB}(?!(?<=..)<head|rate>)
"""
)
