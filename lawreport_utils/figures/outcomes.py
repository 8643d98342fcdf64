"""Stated figures: what a report says happened how often, how much, or changed by how much.

A figure is read within its clause: the words before it, back to the previous figure, name what is
measured, unless a noun follows the measure word (5个中心). ``numerals`` finds the figures,
``metrics`` takes the words apart; here they are put together.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

import pandas as pd

from ..characters import WIDE
from ..model import Report
from ..structure import plan_spans, sentence_spans
from ..tables import table
from .metrics import Naming, direction_of, grammar, name_before, names, noun_after
from .numerals import Numeral, find_numerals, is_time

_QUOTED = re.compile(
    r"《[^》\n]*》?|“[^“”\n]{1,40}”|‘[^‘’\n]{1,40}’|「[^」\n]{1,40}」|\"[^\"\n]{1,40}\""
)
_JOIN = re.compile(r" ?(?:[、,]|和|与|及|以及)? ?")
_CLAUSE_END = re.compile(r"[,;:。!?\n]|\((?=[^()]*\d)")
_NEXT_ITEM = re.compile(r"(?:、|和|与|及|以及)(?![^()]*\))")
_EARLIER_CLAUSES = re.compile(r"(.*)[,;:。!?\n]", re.DOTALL)
_ROUTINE = re.compile(r"每(?:[一两三半]?个?(?:年|季|月|周|日|天|星期|学期)|[^,;]{1,8}至少)")
_NO_FIGURE_AFTER = re.compile(r"/|[^()\n。]{0,40}\)的")  # 100公里/小时; (罚款3万元以上)的案件
_AT_LEAST = ("至少", "不少于", "不低于")
_REACH = 160  # characters before a figure that can name what it measures
_RATES = ("率", "度")
_MEASURES = (*_RATES, "数", "量", "比例", "比重", "占比", "指数", "浓度", "得分", "评分")


class Stated(NamedTuple):
    """A row of ``extract_outcomes``."""

    action: str | None
    metric: str
    value: float
    unit: str | None
    bound: str
    direction: str | None
    basis: str | None
    kind: str
    surface: str
    number: str
    sentence: str
    start: int
    end: int
    part_of: int | None


_COLUMNS = dict.fromkeys(Stated._fields, "str") | {
    "value": "float64",
    "start": "int64",
    "end": "int64",
    "part_of": "Int64",
}


class _Read(NamedTuple):
    """A figure with what its clause says of it."""

    figure: Numeral
    naming: Naming
    metric: str
    noun: str  # the noun after the measure word, where that is what is counted
    joined: bool  # only 、 or 和 parts it from the figure before
    target: bool  # the clause, or one before it, states a plan


def extract_outcomes(report: Report) -> pd.DataFrame:
    """The figures that a report states, a row each, in text order.

    Columns: ``action`` the verb that says what was done with the things counted, or missing;
    ``metric`` the words that name what is measured; ``value`` (float, base units);
    ``unit`` the measure word, missing where the text has none; ``bound`` exact, at_least, at_most
    or about; ``direction`` increase, decrease or missing; ``basis`` what a change is measured
    against, as printed, or missing; ``kind`` change, level, count or target; ``surface`` the
    figure as printed, which is ``report.text[start:end]``; ``number`` of its division;
    ``sentence``; ``part_of`` the ``start`` of the total that this figure is a part of, or missing.

    Dates, list markers, names of meetings, plans and schemes, rules (应当…20日内), document and
    article numbers and anything within 《》 are no figures. No figures give an empty table.

    >>> from lawreport_utils import parse_report
    >>> report = parse_report("城中村治安、高空抛物警情同比分别下降18.4%、32.2%。")
    >>> extract_outcomes(report)[["metric", "value", "unit", "direction", "basis"]]
        metric  value unit direction basis
    0  城中村治安警情   18.4    %  decrease    同比
    1   高空抛物警情   32.2    %  decrease    同比
    """
    return table(list(stated_figures(report)), **_COLUMNS)


@lru_cache(maxsize=1)  # read by extract_claims as well
def stated_figures(report: Report) -> tuple[Stated, ...]:
    """The rows of ``extract_outcomes``."""
    return tuple(_rows(report))


def _rows(report: Report) -> Iterator[Stated]:
    folded, figures = report.folded, _figures(report.folded)
    starts = [figure.start for figure in figures]
    plans = plan_spans(report) if figures else []
    for number, start, end in sentence_spans(report):
        group = figures[bisect_left(starts, start) : bisect_left(starts, end)]
        group = [figure for figure in group if figure.end <= end]  # none crosses a border
        if not group or grammar().rule.search(folded, start, end):
            continue
        sentence = report.text[start:end]
        planned = any(plan_start <= start < plan_end for plan_start, plan_end in plans)
        for figure, naming, metric, _, _, target in _read(folded, start, end, group):
            metric = _as_printed(metric, sentence)
            yield Stated(
                None, metric, figure.value, figure.unit, figure.bound,
                figure.change or naming.direction, naming.basis,
                "target" if target or planned else _kind(figure, naming),
                report.text[figure.start : figure.end], number, sentence,
                figure.start, figure.end, None,
            )  # fmt: skip


def _as_printed(metric: str, sentence: str) -> str:
    """The metric with the sentence's full-width signs, where it has no half-width ones."""
    for char in set(filter(str.isascii, metric)):
        wide = chr(ord(char) + WIDE)
        if char not in sentence and wide in sentence:
            metric = metric.replace(char, wide)
    return metric


def _kind(figure: Numeral, naming: Naming) -> str:
    if (figure.change or naming.direction) and not naming.reached:
        return "change"
    return "level" if figure.is_rate or figure.zero else "count"


def _figures(folded: str) -> list[Numeral]:
    """Numerals and statements of none (零败诉), without those that stand in names."""
    quoted = [match.span() for match in _QUOTED.finditer(folded)]
    opening = [start for start, _ in quoted]

    def named(figure: Numeral) -> bool:
        at = bisect_left(opening, figure.start) - 1
        if at < 0 or figure.start >= quoted[at][1]:
            return False
        start, end = quoted[at]
        # “100%” is a figure that is quoted, “两降一升3项” a name that holds a numeral
        return folded[start] == "《" or end - start - 2 > figure.end - figure.start

    zeros = [
        Numeral(
            m.start(), m.end("what"), 0.0, None, "exact", m.start("what"), False, what=m["what"]
        )
        for m in grammar().zero.finditer(folded)
    ]
    taken = {figure.start for figure in zeros}
    numerals = (figure for figure in find_numerals(folded) if figure.start not in taken)
    return sorted(figure for figure in (*zeros, *numerals) if not named(figure))


def _read(folded: str, start: int, end: int, group: list[Numeral]) -> Iterator[_Read]:
    """The figures of one sentence, each with its metric; those that state nothing left out."""
    g, read, free = grammar(), list[_Read](), start  # free: what no earlier figure has taken
    arrived, target = None, False
    for figure, following in zip_longest(group, group[1:]):
        gap = folded[max(free, figure.start - _REACH) : figure.start]
        clauses = _EARLIER_CLAUSES.match(gap)
        before, left = (clauses[1], gap[clauses.end() :]) if clauses else ("", gap)
        if left.count("(") > left.count(")"):
            left = left.rpartition("(")[2]
        right = _right(folded, figure, following, end)
        last, arrival, arrived = read[-1] if read else None, arrived, None
        if following and (origin := g.origin.search(left)):
            arrived = g.change_to.fullmatch(folded, figure.end, following.start)
            left = left[: origin.start()] if arrived else left
        naming = name_before(left, rate=figure.is_rate)
        if not (arrived or arrival or _is_stated(figure, naming, left, right, folded)):
            free = figure.end if figure.naming and not right else free
            continue
        noun, joined = "", False
        if last and arrival:  # 由17件增至29件
            grown = "increase" if figure.value > last.figure.value else "decrease"
            direction = direction_of(arrival["change"], after_basis=True) or grown
            naming, metric = last.naming._replace(direction=direction, reached=True), last.metric
        elif last and not last.noun and _JOIN.fullmatch(gap) and _same(figure, last.figure, gap):
            naming, metric, joined = last.naming, last.metric, True  # 下降18.4%、32.2%
        else:
            wanted = naming.open or right.startswith("的")
            if not (figure.zero or arrived) and (wanted or not figure.is_rate):
                follows = following is not None and len(right) == following.start - figure.end
                noun = noun_after(right, figure.unit, wanted=wanted, figure_follows=follows)
            metric = _metric(figure, naming, noun, before, last)
            if last and not before and noun != metric:
                metric = _shared(last.metric, metric, gap) + metric
        free = figure.end + (max(right.find(noun), 0) + len(noun) if noun else 0)
        target = target or g.target.search(gap) is not None
        least = folded[figure.start : figure.first] in _AT_LEAST
        here = least or g.target_here.search(gap) is not None
        read.append(_Read(figure, naming, metric, noun, joined, target or here))
    return _paired(read)


def _same(figure: Numeral, last: Numeral, gap: str) -> bool:
    """Do two figures with only a join between them measure in the same way (42处9800平方米)?"""
    return figure.unit == last.unit or not gap


def _metric(figure: Numeral, naming: Naming, noun: str, before: str, last: _Read | None) -> str:
    """What is measured: named before the figure, after it, or by an earlier clause."""
    if figure.zero:
        return naming.metric or figure.what
    if noun:
        listed = naming.metric + "等" if naming.listed else naming.verb
        return listed + noun
    if naming.metric and not naming.share:
        return naming.metric
    if last:
        before = before.partition(",")[2]  # what follows the clause of the figure before
    subject = name_before(before.rpartition(",")[2], rate=True).metric if before else ""
    return (subject or (last.metric if last else "")) + naming.metric


def _shared(former: str, metric: str, gap: str) -> str:
    """What an item of a list leaves unsaid: the verb of 建成中心1个、工作站11个, or all but the
    dimension (违法用地63宗、面积218亩)."""
    g, join = grammar(), _JOIN.match(gap)
    if not (join and join[0].strip(" ,")) or metric == former:
        return ""
    if metric in g.dimensions:
        return former
    verb = g.shared.match(former)
    if not verb or verb.end() == len(former) or g.content.search(gap) or g.light.match(gap):
        return ""
    return str(verb[0])


def _paired(read: list[_Read]) -> Iterator[_Read]:
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
        elif not (len(run) > 1 or first.naming.each or all(n.endswith(_RATES) for n in listed)):
            listed = [first.metric]
        if len(run) == 1:
            yield from (first._replace(metric=name) for name in listed)
        elif len(listed) == len(run):
            yield from (r._replace(metric=name) for r, name in zip(run, listed, strict=True))
        else:
            yield from run


def _right(folded: str, figure: Numeral, following: Numeral | None, end: int) -> str:
    """The words after a figure, to the end of its clause or what names the next figure."""
    limit = following.start if following else end
    stop = _CLAUSE_END.search(folded, figure.end, limit)
    right = folded[figure.end : stop.start() if stop else limit]
    aside = right.partition(")")[0]
    right = right if "(" in aside else aside
    return right if stop or not following else _NEXT_ITEM.split(right, maxsplit=1)[0]


def _is_stated(figure: Numeral, naming: Naming, left: str, right: str, folded: str) -> bool:
    """Does the clause state the figure, rather than name something, set a rule or a period?"""
    g = grammar()
    if figure.zero:
        return True
    if _ROUTINE.search(left) or _NO_FIGURE_AFTER.match(folded, figure.end):
        return False
    if right.startswith("的") and figure.bound != "exact" and not figure.is_rate:
        return False  # 违法所得1万元以上的: a threshold
    if "每" in left[-12:] and folded[figure.start : figure.first] in _AT_LEAST:
        return False  # 每名网格员联系不少于10户: a duty
    if figure.naming and not g.making.search(left):
        return not right and naming.metric != naming.verb
    if is_time(figure.unit):
        return bool(naming.direction or g.time_cue.search(left) or g.time_done.match(right))
    if figure.unit is None:
        return bool(naming.direction or naming.basis or naming.metric.endswith(_MEASURES))
    return True
