"""The figures of each sentence, each with the words that name it."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from .. import segment
from ..model import Report
from ..structure import sentence_spans
from .names import (
    Name, Naming, core, direction_of, is_head, name_before, names, noun_after, split_action, text_of,
)  # fmt: skip
from .numerals import Numeral, find_numerals, is_time, units
from .tokens import Word, Words, coded, pattern, special_spans, typed_words
from .zeros import find_zeros

_CLAUSE_END = frozenset(",;:。!?\n\t")
_JOINS = ("、", "和", "与", "及", "以及", ",", " ")
_REACH = 80  # words before a figure that can name what it measures
_MEASURES = ("率", "度", "数", "量", "比例", "比重", "占比", "浓度", "分")
_AT_LEAST = ("至少", "不少于", "不低于")
_FIGURES = re.compile(r"[\d一二两三四五六七八九十百千万半零倍番过无未]")


class Read(NamedTuple):
    """A figure with what its clause says of it."""

    figure: Numeral
    naming: Naming
    metric: Name
    noun: Name  # after the measure word, where that is what is counted
    joined: bool = False  # only 、 or 和 parts it from the figure before
    target: bool = False  # the clause, or one before it, states a plan
    part_of: int | None = None  # start of the total that 其中 makes it a part of


def read_sentences(report: Report) -> Iterator[tuple[str, int, int, list[Read]]]:
    """Number of the division, start, end and figures of each sentence that states any."""
    text, starts = segment.words(report)
    borders = frozenset(starts)
    for number, start, end in sentence_spans(report):
        if not _FIGURES.search(text, start, end):
            continue
        figures, spans = _figures(text, borders, start, end)
        if not figures:
            continue
        words = typed_words(text, starts, spans, start, end)
        if _lays_down_a_rule(words):
            continue
        words = _with_bases(words)
        if read := list(_paired(_parts(_Sentence(text, words, figures).read(), text))):
            yield number, start, end, read


def _figures(
    text: str, borders: frozenset[int], start: int, end: int
) -> tuple[list[Numeral], list[tuple[int, int, str]]]:
    """The figures of a sentence, and the spans that are one word each: figures, names, dates."""
    spans = special_spans(text, start, end)
    zeros = find_zeros(text, borders, start, end)
    taken = [(zero.start, zero.end) for zero in zeros]
    numerals = find_numerals(text, borders, start, end)
    found = [
        numeral
        for numeral in numerals
        if not any(first < numeral.end and numeral.start < last for first, last in taken)
    ]
    kept, names_of = [], []
    for first, last, kind in spans:
        inside = [f for f in (*found, *zeros) if first <= f.start and f.end <= last]
        # “100%” is a figure that is quoted, “两降一升3项” a name that holds a numeral
        quoted = kind == "quote" and any(f.end - f.start >= last - first - 2 for f in inside)
        if quoted or (kind == "date" and any(f.start == first for f in inside)):
            continue
        names_of.append((first, last, kind))
    figures = sorted(
        f
        for f in (*found, *zeros)
        if not any(first < f.end and f.start < last for first, last, _ in names_of)
    )
    kept = sorted((*names_of, *((f.start, f.end, "figure") for f in figures)))
    return figures, kept


_RULE = r"<rule>|<of>(?:<mark>)?<may>"


def _lays_down_a_rule(words: Words) -> bool:
    """应当…20日内答复; …的,可以处5万元罚款: its numbers are no results."""
    return pattern(_RULE).search(coded(words)) is not None


_BASIS = r"""
    <same>(?:<join><same>)?                                      # 同比
  | <than>?<adverb>?<when>+<of>?<same_time>*<compared>           # 与上年同期相比
  | <copula><when><same_time>*<of>                               # 是上年的1.5倍
  | <than><adverb>?(?:<when>|<date>|<quote>)<same_time>*         # 较上年, 比2019年
  | <than><same_time>                                            # 较同期
  | <than>(?:<-mark>){1,3}<before><compared>?                     # 比改革前
  | <than><legal>(?:<-mark>)?<limit>?                            # 较法定时限
"""


def _with_bases(words: list[Word]) -> list[Word]:
    """What a change is measured against is one word: 较|上年|同期."""
    merged: list[Word] = []
    position = 0
    for match in pattern(_BASIS).finditer(coded(words)):
        group = words[match.start() : match.end()]
        merged += words[position : match.start()]
        basis = "".join(word.text for word in group)
        merged.append(Word(group[0].start, group[-1].end, basis, frozenset(["basis"])))
        position = match.end()
    return merged + words[position:]


class _Sentence:
    """The words of a sentence with its figures, read from left to right."""

    def __init__(self, text: str, words: list[Word], figures: list[Numeral]) -> None:
        self.text, self.words, self.figures = text, words, figures
        at = {word.start: i for i, word in enumerate(words)}
        self.at = [at.get(figure.start, -1) for figure in figures]

    def read(self) -> list[Read]:
        read: list[Read] = []
        free, arrival, target = 0, None, False
        for k, figure in enumerate(self.figures):
            here = self.at[k]
            if here < free:
                continue
            following = self.at[k + 1] if k + 1 < len(self.figures) else None
            gap = self.words[max(free, here - _REACH) : here]
            before, left = _clause(gap)
            right = self._right(here, following)
            last, arrived_before = (read[-1] if read else None), arrival
            arrival = self._arrival(left, here, following)
            if arrival is not None:
                left = left[: _origin(left)]
            naming = name_before(left, rate=figure.is_rate)
            if not (
                arrival is not None
                or arrived_before is not None
                or self._is_stated(figure, naming, left, right)
            ):
                free = here + 1 if figure.naming and not right else free
                continue
            row = self._named(figure, naming, gap, before, right, last, arrived_before,
                              arrives=arrival is not None, follows=following == here + 1 + len(right))  # fmt: skip
            free = here + 1
            if row.noun:
                free = max((i for i in range(here + 1, min(here + 1 + len(right), len(self.words))) if self.words[i] in row.noun), default=here) + 1
            target = target or _turns_to_plans(gap)
            least = self.text[figure.start : figure.first] in _AT_LEAST
            read.append(row._replace(target=target or _planned(gap) or (False and least)))
        return read

    def _named(
        self, figure: Numeral, naming: Naming, gap: Words, before: Words, right: Words,
        last: Read | None, arrived: Words | None, *, arrives: bool, follows: bool,
    ) -> Read:  # fmt: skip
        if last and arrived is not None:  # 由17件增至29件
            grown = "increase" if figure.value > last.figure.value else "decrease"
            direction = direction_of(arrived, after_basis=True)[0] or grown
            naming = last.naming._replace(direction=direction, reached=True)
            return Read(figure, naming, last.metric, [])
        if last and not last.noun and all(word.text in _JOINS for word in gap) and (
            figure.unit == last.figure.unit or not gap
        ):
            return Read(figure, last.naming, last.metric, [], joined=True)  # 下降18.4%、32.2%
        noun: Name = []
        wanted = naming.open or not naming.metric
        if not (figure.zero or arrives) and (wanted or not figure.is_rate):
            noun = noun_after(right, figure.unit, wanted=wanted, figure_follows=follows)
        if figure.is_rate and noun and noun[-1].text in _LEVELS:
            noun = []
        metric = _metric(figure, naming, noun, before, last)
        if last and not noun and figure.unit == last.figure.unit and all(word.is_a("verb") and not word.is_a("act") for word in metric):
            metric = [*metric, *split_action(last.metric, figure.unit)[1]] if split_action(last.metric, figure.unit)[0] or not all(w.is_a("verb") for w in last.metric) else metric  # 办结10件: what was received
        if last and not before and text_of(noun) != text_of(metric):
            metric = [*_shared(last.metric, metric, gap), *metric]
        return Read(figure, naming, metric, noun)

    def _right(self, here: int, following: int | None) -> Name:
        """The words after a figure, to the end of its clause or what names the next figure."""
        limit = len(self.words) if following is None else following
        stop, depth, items = here + 1, 0, here + 1
        while stop < limit:
            word = self.words[stop]
            if word.text in _CLAUSE_END or (word.text == ")" and not depth):
                return self.words[here + 1 : stop]
            if word.text == "(":
                if _holds_a_figure(self.words[stop + 1 : limit]):
                    return self.words[here + 1 : stop]
                depth += 1
            depth -= word.text == ")"
            stop += 1
        right = self.words[here + 1 : stop]
        if following is not None:
            for i, word in enumerate(right):
                if word.is_a("join") and word.text in ("、", "和", "与", "及", "以及"):
                    return right[:i]
        return right

    def _arrival(self, left: Words, here: int, following: int | None) -> Words | None:
        """What leads from one figure to where it arrived: 由17件[增至]29件."""
        if following is None or _origin(left) is None:
            return None
        gap = self.words[here + 1 : following]
        match = pattern(_ARRIVAL).fullmatch(coded(gap))
        if not match or len(gap) > 9:
            return None
        return gap

    def _is_stated(self, figure: Numeral, naming: Naming, left: Words, right: Words) -> bool:
        """Does the clause state the figure, rather than name something, set a rule or a period?"""
        if figure.zero:
            return True
        if self._is_in_relative_bracket(figure):
            return False
        if self._is_routine(figure, left) or self.text.startswith("/", figure.end):
            return False
        if right and right[0].is_a("of") and figure.bound != "exact" and not figure.is_rate:
            return False  # 违法所得1万元以上的: a threshold
        if figure.naming and not any(word.is_a("make") for word in left[-2:]):
            return not right and text_of(naming.metric) != text_of(naming.verb)
        if is_time(figure.unit):
            done = bool(right) and pattern("<within>?<adverb>?<done>").match(coded(right))
            cued = any(word.is_a("cue") for word in left)
            return bool(naming.direction or cued or done or figure.bound == "at_most")
        if figure.unit is None:
            named = text_of(naming.metric)
            return bool(naming.direction or naming.basis or named.endswith(_MEASURES))
        return True

    def _is_in_relative_bracket(self, figure: Numeral) -> bool:
        """拟作出较大数额罚款(罚款3万元以上)的64起案件: what the bracket holds is a threshold."""
        close = self.text.find(")", figure.end, figure.end + 40)
        return close > 0 and self.text.startswith("的", close + 1)

    def _is_routine(self, figure: Numeral, left: Words) -> bool:
        """每月组织一次, 每名网格员联系不少于10户: a duty; but 每天出动2150名民警 is a level."""
        if not any(word.is_a("every") for word in left):
            return False
        least = any(word in self.text[left[0].start : figure.first] for word in _AT_LEAST)
        return least or figure.naming or figure.unit in units().acts


def _holds_a_figure(words: Words) -> bool:
    """Does the bracket that opens here hold one?"""
    for word in words:
        if word.text == ")" or word.is_a("figure"):
            return word.is_a("figure")
    return False


_LEVELS = ("水平", "高位", "佳绩", "成绩", "态势", "区间", "范围", "压力")
_ARRIVAL = r"(?:<-mark>){0,3}(?:<reach>|<up|down>|<arrives>)(?:<le|date|when|adverb|of|place|link|actor>|<same_time>)*"


def _origin(left: Words) -> int | None:
    """Where 由, 从 or 自 opens a from–to statement."""
    for i in range(len(left) - 1, max(-1, len(left) - 8), -1):
        if left[i].is_a("from"):
            return i
        if left[i].is_a("mark") or left[i].text == "、":
            return None
    return None


def _clause(gap: Words) -> tuple[Words, Words]:
    """What stands before the clause of the figure, and the clause so far."""
    cut = next((i for i in range(len(gap), 0, -1) if gap[i - 1].text[:1] in _CLAUSE_END), 0)
    before, left = gap[: max(cut - 1, 0)], gap[cut:]
    opened = [i for i, word in enumerate(left) if word.text == "("]
    closed = sum(word.text == ")" for word in left)
    if len(opened) > closed:
        left = left[opened[-1] + 1 :]
    return before, left


_TURNS = r"<plan>|(?:<to><date>)"
_PLANNED = r"<future>(?:<adverb>|<light>|<reach>|<make>|<up|down>|<verb>|<plan>|<date>)"


def _turns_to_plans(gap: Words) -> bool:
    return pattern(_TURNS).search(coded(gap)) is not None or any(
        word.text in ("将", "计划") for word in gap
    ) and pattern(_PLANNED).search(coded(gap)) is not None


def _planned(gap: Words) -> bool:
    """拟修改12件: a plan for this figure, not for those that follow it."""
    return pattern(_PLANNED).search(coded(gap)) is not None


def _metric(figure: Numeral, naming: Naming, noun: Name, before: Words, last: Read | None) -> Name:
    """What is measured: named before the figure, after it, or by an earlier clause."""
    if noun:
        listed = [*naming.metric, *_OTHERS] if naming.listed else list(naming.verb)
        return [*listed, *noun]
    if naming.metric and not naming.share:
        return naming.metric
    if last and any(word.text in _CLAUSE_END for word in before):
        first = next(i for i, word in enumerate(before) if word.text in _CLAUSE_END)
        before = before[first + 1 :]  # what follows the clause of the figure before
    elif last:
        before = []
    subject = name_before(_clause(before)[1], rate=True).metric if before else []
    return [*(subject or (last.metric if last else [])), *naming.metric]


_OTHERS = [Word(0, 0, "", frozenset())]


def _shared(former: Name, metric: Name, gap: Words) -> Name:
    """What an item of a list leaves unsaid: the verb of 建成中心1个、工作站11个, or all but the
    dimension (违法用地63宗、面积218亩)."""
    if not gap or gap[0].text not in _JOINS[:5] or text_of(metric) == text_of(former):
        return []
    if len(metric) == 1 and metric[0].is_a("dimension"):
        return former
    verb = pattern("<verb>(?:<join>?<verb>)*").match(coded(former))
    if not verb or verb.end() == len(former):
        return []
    if any(word.is_a("verb", "light") for word in gap):
        return []
    return former[: verb.end()]


def _parts(read: Sequence[Read], text: str) -> list[Read]:
    """``part_of`` for the figures after 其中, as long as they can be parts of one total."""
    return list(read)


def _paired(read: list[Read]) -> Iterator[Read]:
    """One row a figure and name: A、B均达98%, A、B分别下降18%、32%."""
    position = 0
    while position < len(read):
        first, after = read[position], position + 1
        while after < len(read) and read[after].joined:
            after += 1
        run, earlier = read[position:after], read[max(2 * position - after, 0) : position]
        position = after
        listed = names(first.metric)
        if first.naming.each and not first.naming.metric and len(earlier) == len(run) > 1:
            listed = [r.metric for r in earlier]  # A 98%、B 97%,分别提升0.3、0.5
        elif not (len(run) > 1 or first.naming.each or all(n[-1].is_a("rate") for n in listed)):
            listed = [first.metric]
        if len(run) == 1:
            yield from (first._replace(metric=name) for name in listed or [first.metric])
        elif len(listed) == len(run):
            yield from (r._replace(metric=name) for r, name in zip(run, listed, strict=True))
        else:
            yield from run
