"""What a clause claims to have changed: rules over words and their types (``lexicon/claims.toml``).

A clause is read from its end. A predicate closes it (执法水平 | 不断提升), and the words before it
are its subject; or a verb of change comes first (不断提升 | 群众安全感), and the words after it are
what is changed. Clauses, parts and subjects are ranges of words, by number.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from .ranges import (
    Coded,
    Span,
    after,
    between,
    chars,
    ends_in,
    found,
    in_a_row,
    opens,
    pattern,
    text_of,
)
from .tokens import Typed
from .vocabulary import TELLING, types_by_code

_DIRECTIONS = {"up": "increase", "down": "decrease", "better": "improve", "steady": "stable"}
_REACH = 12  # words before the end of a clause that can be its predicate
_FIGURE = re.compile(r"\d(?:%|个百分点|倍)")


class Claim(NamedTuple):
    """A change that a clause states: where it stands, what changes, which way, and its form."""

    start: int
    end: int
    metric: tuple[int, int]
    direction: str
    form: str


def claims(sentences: Iterable[Typed]) -> Iterator[Claim]:
    """The claims of some sentences of a text, in order.

    What is wanted (力争…, 要…, 将进一步…) stays so up to the next semicolon.
    """
    telling = pattern(_TELLING)
    words = in_a_row([words for words in sentences if telling.search(words.codes)])
    commas = [comma.start() for comma in pattern("<comma>").finditer(words.codes)]
    for clause, before in _stating(words):
        inner = commas[bisect_left(commas, clause[0]) : bisect_left(commas, clause[1])]
        claimed = [*_of_clause(words, clause, before, inner)]
        if claimed and not _is_purpose(words, clause):
            yield from claimed


def _stating(words: Coded) -> Iterator[tuple[Span, Span]]:
    """The clauses that may claim and don't say what is wanted, each with the one before it."""
    for first, stop in between(words, _WANTED, (0, len(words.codes))):
        told = 0, 0
        for match in pattern(_NEXT).finditer(words.codes, first, stop):
            passed, clause = match.span(1), match.span(3)
            if 0 < clause[1] < stop:  # there is one, not cut off by what is wanted
                before = passed if passed[0] < passed[1] else told
                yield clause, before if match.start(2) < before[1] else (0, 0)
                told = clause


_WANTED = "(?:<wanted>|<future><how|effort|aim|verb>)<-break>*+"
_KINDS = "|".join(TELLING)
_TELLING = f"<{_KINDS}>"
_NEXT = f"""
    (?> (?: ( <-pause|break|{_KINDS}>*+ ) (?> (?: <pause> | (<break>) )+ ) )* )  # behind others
    (?: ( <-pause|break|{_KINDS}>*+ {_TELLING} <-pause|break>*+ ) | .*+ )
"""  # the next clause with a telling word, or what is left


def _is_purpose(words: Coded, clause: Span) -> bool:
    """为…, 围绕…; …不断提升的目标, unless 实现了 or the like stands before."""
    if opens(words, "<lead|date|how|effort>*<opening>", clause):
        return True
    named = found(words, "<of><-of>{0,2}<name_of_aim>$", clause)
    return named and not found(words, "<reached>", clause)


def _of_clause(words: Coded, clause: Span, before: Span, commas: list[int]) -> Iterator[Claim]:
    """The claims of a clause, part by part: 、 and brackets may end one."""
    first, stop = clause
    for end in (*commas, stop):
        part = first, end
        # 减轻负担、提高效率: the next item begins with a verb, so that this one has ended
        ended = end == stop or opens(words, "<how|effort>*<verb>", (end + 1, stop))
        if predicate := _predicate(words, part):
            claim = _with_subject(words, part, predicate, before)
        else:
            claim = _verb_first(words, part) if ended else None
        if claim:
            yield claim
        if predicate or claim or (ended and end < stop and not found(words, "<within>", part)):
            first = end + 1


# -- A predicate closes the clause ---------------------------------------------------------------

_CHANGE = "(?:<up|down|better|steady>(?:<and>?<up|down|better|steady>)*)"
_END = "<le>?(?:<of>?<good>*<trend>)?$"
_CHANGED, _STATE = "<up|down|better|steady|le|trend>", "<-no_state|up|down|better|steady>"
# What each ends in, so that few are asked for.
_RULES = {
    # 整治 | 取得明显成效; 调解 | 成效显著; 面貌 | 发生深刻变化
    "obtained": (
        "<achievement|advance|shown>",
        "(?:<obtain|got|light><le>?(?:(?:<how|grade><of>?)+<achievement>|<advance>)"
        "|<achievement><how>*<shown>)$",
    ),
    # 执法水平 | 不断提升; 案件数 | 与上年基本持平
    "change": (_CHANGED, f"(?:<how>|<than>?<date|when><same>*){_CHANGE}{_END}"),
    # 违法行为 | 得到遏制; 发案 | 呈下降态势
    "got": (_CHANGED, f"<got><le>?<good>*{_CHANGE}{_END}"),
    # 犯罪率 | 保持低位
    "kept": (_CHANGED, f"<keep><steady>+{_END}"),
    # 安全底线 | 更加牢固
    "degree": (_STATE, f"<degree>{_STATE}{{1,2}}$"),
    # 社会大局 | 稳定
    "state": (_CHANGED, f"<state_head>(<steady|better>+){_END}"),
    # 改革步伐 | 加快
    "pace": ("<up|le>", "<pace>(<up>)<le>?$"),
    # 助力…效能 | 提升
    "brought": (_CHANGED, f"<aim|cause>.*<quality>({_CHANGE}){_END}"),
    # 保障作用 | 日益凸显
    "role": ("<shown>", "<role>(<how>+<shown>)$"),
    # 平安建设 | 再上新台阶
    "stair": ("<stair>", "<step><le>?<stair>$"),
    # 格局 | 基本形成
    "formed": ("<formed>", "<gradual><formed>$"),
    # 改革步伐 | 更大; 社会面 | 稳中向好
    "whole": ("<whole|le>", "<whole><le>?$"),
}
_HOW = "how|light|got|keep|le"
_ADVERBS = f"<{_HOW}>*(?:<than>?<date|when><same|{_HOW}>*)*$"  # before the predicate


@cache
def _rules(last: str) -> list[tuple[str, re.Pattern[str]]]:
    """The rules for what ends in a word with this code."""
    ending = [(name, rule) for name, (end, rule) in _RULES.items() if pattern(end).match(last)]
    return [(name, pattern(rule)) for name, rule in ending]


class _Predicate(NamedTuple):
    rule: str
    subject_stop: int
    changing: Span


def _predicate(words: Coded, part: Span) -> _Predicate | None:
    """The predicate that closes the part."""
    first, stop = part
    near = max(first, stop - _REACH)
    for name, rule in _rules(words.codes[stop - 1]):
        if match := rule.search(words.codes, near, stop):
            changing = match.start(match.lastindex or 0), stop
            state = changing[0] + 1, stop
            if name == "degree" and not 2 <= chars(words, state) <= 4:
                continue
            adverbs = pattern(_ADVERBS).search(words.codes, near, changing[0])
            return _Predicate(name, adverbs.start() if adverbs else changing[0], changing)
    return None


def _with_subject(words: Coded, part: Span, predicate: _Predicate, before: Span) -> Claim | None:
    """A subject with its predicate; none of what is denied or has a figure."""
    subject: Span = part[0], predicate.subject_stop
    form = "result"
    if predicate.rule == "obtained":  # the clause before may tell what was done
        subject = _topic(words, subject)
        subject = subject if chars(words, subject) else _topic(words, before)
    else:
        subject, form = _caused(words, subject)
    subject = _named(words, subject)
    if chars(words, subject) < 2 or found(words, "<denied>$", subject):
        return None
    if _FIGURE.search(text_of(words, (subject[0], part[1]))):
        return None
    start, metric_end = words.starts[subject[0]], words.ends[subject[1] - 1]
    otherwise = "up" if predicate.rule == "stair" else "better"
    direction = _direction(words, predicate.changing, otherwise)
    return Claim(start, words.ends[part[1] - 1], (start, metric_end), direction, form)


def _direction(words: Coded, span: Span, otherwise: str) -> str:
    """What the last word of change says."""
    known = _directions()
    said = [known[code] for code in words.codes[slice(*span)] if code in known]
    return said[-1] if said else _DIRECTIONS[otherwise]


@cache
def _directions() -> dict[str, str]:
    """What a word says, by its code; an increase first."""
    return {
        code: direction
        for kind, direction in reversed(_DIRECTIONS.items())
        for code, types in types_by_code().items()
        if f"claims.{kind}" in types
    }


# What brings a change about: it tells of a result, or it is aimed at. The group is the subject.
_CAUSES = (
    ("result", ".*<cause><le>?(<-thing>.*)$"),  # 带动…, 使…
    ("result", ".*(?:<sure><aim><le>?|<aim><le>)(<-thing|of><-of>*)$"),  # 有力推动…, 推动了…
    ("aim", ".*<aim>(<-thing|of><-of>*)$"),  # 推动…; but 运用…推动发展的能力 is a name
    ("result", "<how|effort>*(?:<sure><aim|opens><le>?|<aim|opens><le>)(<-thing>.*)$"),  # 维护了…
    ("aim", "<how|effort|sure|opens>*<aim>(<-thing>.*)$"),  # 扎实推进…, 推动…的…
    # but 维护社会稳定能力 is a name
    ("aim", "<how|effort|sure|opens>*<opens>(<-thing>(?:.*<-faculty>)?)$"),
)
_CAUSE = "|".join(rule for _, rule in _CAUSES)  # of several the first


def _without_lead(words: Coded, span: Span) -> Span:
    """Without 同时, 2024年, 一是; 在…领导下, 经…治理后."""
    return after(words, f"<lead|date>*+(?:<within>.{{0,{_REACH}}}<under>)?", span)


def _caused(words: Coded, subject: Span) -> tuple[Span, str]:
    """The subject behind what brings its change about, and the form of the claim."""
    subject = _without_lead(words, subject)
    if cause := pattern(_CAUSE).match(words.codes, *subject):
        group = cause.lastindex or 0
        return (cause.start(group), subject[1]), _CAUSES[group - 1][0]
    if opens(words, "<how-steady>+(?:<verb|effort|doing|aim>|$)", subject):
        return (0, 0), "result"  # 不断…: no subject; but 较大事故
    return subject, "result"


def _topic(words: Coded, span: Span) -> Span:
    """What was done, as the subject of what was obtained: 开展 | 燃气安全整治,取得明显成效."""
    span = after(words, ".*<aim|opens|doing>", _without_lead(words, span))
    return after(words, "<le>|<how|effort>*<verb>", span)


def _named(words: Coded, subject: Span) -> Span:
    """Without the items of a list that tell of doings, and without 在…等方面."""
    subject = after(words, "(?:<how|effort>*<verb|doing><-comma>*<comma>)*", subject)
    if aspect := pattern("<within>(.+?)<aspect>+$").search(words.codes, *subject):
        return aspect.span(1)
    subject = after(words, ".*<reached><le>", subject)  # 案件实现了立案下降
    return after(words, "<lead|date|within>*<reached>?", subject)


# -- A verb of change comes first ----------------------------------------------------------------

_VERB = "(<how|effort|sure>*)(<verb>(?:<and>?<verb>)*)(<le>?)"


def _verb_first(words: Coded, part: Span) -> Claim | None:
    """不断提升 | 群众安全感 (an aim); 提高了 | 审批效率 (a result)."""
    if not (ends_in(words, part, "quality") or found(words, "<verb><le>", part)):
        return None  # what is soon seen of most
    for match in pattern(_VERB).finditer(words.codes, *part):
        thing, done = (match.end(), part[1]), bool(match[3])
        before = part[0], match.start()
        led = done or match[1] or opens(words, "<lead|date|aim|cause>*$", before)
        if led and _is_changed(words, thing, done=done):
            if found(words, "<prep|opening>", before):
                return None
            start, metric_start = words.starts[match.start()], words.starts[thing[0]]
            end = words.ends[thing[1] - 1]
            direction = _direction(words, match.span(2), "better")
            return Claim(start, end, (metric_start, end), direction, "result" if done else "aim")
    return None


def _is_changed(words: Coded, thing: Span, *, done: bool) -> bool:
    """Is it a quality or a quantity that is changed, rather than something done or set up?"""
    if not (done or ends_in(words, thing, "quality")) or ends_in(words, thing, "no_quality"):
        return False
    if chars(words, thing) < 2 or opens(words, "<of|denied|trend>", thing):
        return False
    name = text_of(words, thing)
    return not (name[0].isdigit() or _FIGURE.search(name))
