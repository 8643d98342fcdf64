"""Figures of two reports that measure the same, and what the later states of what was planned."""

import math
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import zip_longest
from typing import Any, NamedTuple

import pandas as pd
from rapidfuzz.fuzz import ratio

from ..characters import fold
from ..figures.outcomes import extract_outcomes
from ..lexicon import load
from ..model import Report
from ..structure import sentence_spans
from ..tables import table
from .alignment import Pair

_SAME_NAME = 0.75  # likeness of two names that measure the same in other words
_IN_SAME_SENTENCE = 0.5  # likewise where their sentences are matched
_ALIGNED = 0.3  # what matched sentences count for beside the names
_MOST = 50  # figures that share a pair of characters: more tell nothing
_ARRIVING = ("至", "到", "为", "成", "达")
_NEAR = 60  # characters between a figure and the change stated of it

_FIGURES = {
    "action": "str", "metric": "str", "unit": "str", "kind": "str", "value_earlier": "float64",
    "value_later": "float64", "change": "float64", "percent": "float64", "stated": "float64",
    "agrees": "boolean", "start_earlier": "int64", "start_later": "int64", "note": "str",
}  # fmt: skip
_TARGETS = {
    "action": "str", "metric": "str", "unit": "str", "bound": "str", "target": "float64",
    "result": "float64", "status": "str", "start_target": "int64", "start_result": "Int64",
    "sentence_target": "str", "sentence_result": "str",
}  # fmt: skip


class Figure(NamedTuple):
    """A row of ``extract_outcomes`` with what tells whether another measures the same."""

    row: Any
    unit: str  # "" where there is none
    name: str  # verb and metric, without the place
    scope: str  # 全市, 全区: the last printed before it in its sentence, or ""
    sentence: int  # where its sentence starts
    arrives: bool  # 降至, 达到: what a change led to, not the change

    @property
    def planned(self) -> bool:
        return bool(self.row.kind == "target")

    @property
    def is_change(self) -> bool:
        return bool(
            self.row.kind == "change"
            or (self.planned and _word(self.row.direction) and not self.arrives)
        )

    @property
    def change(self) -> float:
        """The stated change, signed."""
        return float(-self.row.value if self.row.direction == "decrease" else self.row.value)


def read_figures(report: Report) -> Iterator[Figure]:
    starts = [start for _, start, _ in sentence_spans(report)]
    rows: Iterable[Any] = extract_outcomes(report).itertuples()
    for row in rows:
        words = fold("".join(filter(None, map(_word, (row.action, row.metric)))))
        name = "".join(filter(str.isalnum, _scope().sub("", words)))
        sentence = starts[bisect_right(starts, row.start) - 1]
        scope = _scope().findall(report.folded, sentence, row.start)
        arrives = report.folded[row.start - 1 : row.start] in _ARRIVING
        yield Figure(
            row, _word(row.unit) or "", name, scope[-1] if scope else "", sentence, arrives
        )


def _word(cell: object) -> str | None:
    """A cell of words; None where it is missing."""
    return cell if isinstance(cell, str) else None


@cache
def _scope() -> re.Pattern[str]:
    """全市, 全区 …: the place that a figure is about."""
    return re.compile(load.choice(load.table("compare")["scope"]))


def figure_table(before: list[Figure], after: list[Figure], pairs: list[Pair]) -> pd.DataFrame:
    match_of = {p.later.start: p.earlier.start for p in pairs if p.later and p.earlier}

    def likeness(old: Figure, new: Figure) -> float:
        aligned = match_of.get(new.sentence) == old.sentence
        alike = _likeness(old, new)
        enough = alike >= (_IN_SAME_SENTENCE if aligned else _SAME_NAME)
        return alike + _ALIGNED * aligned if enough and old.row.kind == new.row.kind else 0

    old, new = (_stated_now([f for f in figures if not f.planned]) for figures in (before, after))
    matched = _match(old, new, likeness, match_of)
    rows = [_figure_row(*pair, new) for pair in sorted(matched, key=lambda p: p[1].row.start)]
    return table(rows, **_FIGURES)


def _stated_now(figures: list[Figure]) -> list[Figure]:
    """Without the values from which others came: the 17 of 由17件增至29件 is that of last year."""
    return [
        figure
        for figure, following in zip_longest(figures, figures[1:])
        if not (
            following
            and following.arrives
            and not following.is_change
            and _word(following.row.direction)
            and (following.sentence, following.name, following.unit)
            == (figure.sentence, figure.name, figure.unit)
        )
    ]


def _figure_row(one: Figure, other: Figure, results: list[Figure]) -> tuple[Any, ...]:
    """What changed from a figure to its match, against the change that is stated of it."""
    old, new = one.row, other.row
    change = new.value - old.value
    relative = bool(old.value) and new.kind != "change" and not _is_rate(other)
    percent = 100 * change / old.value if relative else math.nan
    stated = _stated(other, results) if new.kind != "change" else None
    exact = new.bound == old.bound == "exact"
    computed = change if _is_rate(other) else percent
    agrees = _agrees(computed, stated) if stated and exact and not math.isnan(computed) else None
    return (
        _word(new.action), new.metric, other.unit or None, new.kind, old.value, new.value, change,
        percent, stated.change if stated else math.nan, agrees, old.start, new.start,
        None if new.bound == old.bound else "bound",
    )  # fmt: skip


def _is_rate(figure: Figure) -> bool:
    return figure.unit in ("%", "‰")


def _stated(figure: Figure, results: list[Figure]) -> Figure | None:
    """The change that the report states of a figure: behind it in its sentence, of its name."""
    unit = "个百分点" if _is_rate(figure) else "%"
    behind = (
        other
        for other in results
        if other.sentence == figure.sentence and 0 < other.row.start - figure.row.start < _NEAR
    )
    return next(
        (o for o in behind if o.row.kind == "change" and o.unit == unit and _continues(figure, o)),
        None,
    )


def _continues(figure: Figure, change: Figure) -> bool:
    """新登记经营主体2.06万户，较上年增长9.3%: 新 belongs to the name of the change alone."""
    short, long = sorted((figure.name, change.name), key=len)
    return short == long or (len(short) > 2 and long.endswith(short))


def _agrees(computed: float, stated: Figure) -> bool:
    """Does the computed change round to the stated one, as printed?"""
    decimals = re.search(r"\.(\d+)", fold(stated.row.surface))
    half = 0.5 * 10.0 ** -(len(decimals[1]) if decimals else 0)
    return abs(computed - stated.change) <= half + 1e-6


def _likeness(one: Figure, other: Figure) -> float:
    """How much two names are the same: 1 to the letter, less in another order or with more words
    before or behind."""
    if one.scope and other.scope and one.scope != other.scope:
        return 0
    if one.name == other.name:
        return 1
    if sorted(one.name) == sorted(other.name):
        return 0.99
    short, long = sorted((one.name, other.name), key=len)
    alike = ratio(short, long) / 100
    if len(short) > 2 and (long.startswith(short) or long.endswith(short)):
        return max(0.8, alike)
    return alike


_Likeness = Callable[[Figure, Figure], float]


def _match(
    before: list[Figure], after: list[Figure], likeness: _Likeness, match_of: dict[int, int]
) -> list[tuple[Figure, Figure]]:
    """Pairs of figures, each figure in one at most: the likest first, then the nearest places."""
    scored = []
    for old, new in _candidates(before, after, match_of):
        if alike := likeness(old, new):
            far = abs((old.row.start - old.sentence) - (new.row.start - new.sentence))
            scored.append((-alike, far, old.row.start + new.row.start, old, new))
    matched, taken = [], set[tuple[bool, int]]()
    for *_, old, new in sorted(scored, key=lambda entry: entry[:3]):
        ends = {(True, id(old)), (False, id(new))}
        if not ends & taken:
            taken |= ends
            matched.append((old, new))
    return matched


def _candidates(
    before: list[Figure], after: list[Figure], match_of: dict[int, int]
) -> Iterator[tuple[Figure, Figure]]:
    """Figures of one unit that share two characters of their names, or a sentence."""
    holders: dict[tuple[str, object], list[Figure]] = defaultdict(list)
    for old in before:
        for key in {*_pairs(old.name), old.sentence}:
            holders[old.unit, key].append(old)
    for new in after:
        keys = {*_pairs(new.name), match_of.get(new.sentence, -1)}
        sharing = (holders.get((new.unit, key), []) for key in keys)
        found = {id(old): old for group in sharing if len(group) <= _MOST for old in group}
        yield from ((old, new) for old in found.values())


def _pairs(name: str) -> Iterable[str]:
    return (name[i : i + 2] for i in range(max(len(name) - 1, 1)))


def target_table(before: list[Figure], after: list[Figure]) -> pd.DataFrame:
    def likeness(target: Figure, result: Figure) -> float:
        # A fall of 10 % is met by a change of some per cent, not by a rate of 10 %.
        alike = _likeness(target, result)
        return alike if target.is_change == result.is_change and alike >= _SAME_NAME else 0

    targets = [figure for figure in before if figure.planned]
    results = _stated_now([figure for figure in after if not figure.planned])
    found = {id(target): result for target, result in _match(targets, results, likeness, {})}
    return table([_target_row(t, found.get(id(t))) for t in targets], **_TARGETS)


def _target_row(target: Figure, result: Figure | None) -> tuple[Any, ...]:
    row = target.row
    planned = (_word(row.action), row.metric, target.unit or None, row.bound, row.value)
    if result is None:
        return (*planned, math.nan, "not_found", row.start, None, row.sentence, None)
    status = "reached" if _reaches(target.row, result.row) else "below"
    stated = result.row
    return (*planned, stated.value, status, row.start, stated.start, row.sentence, stated.sentence)


def _reaches(target: Any, result: Any) -> bool:
    """Is the target met: at most from above, a fall by a fall, all else from below?"""
    wanted, stated = _word(target.direction), _word(result.direction)
    if wanted and stated and wanted != stated:
        return False
    if target.bound == "at_most":
        return bool(result.value <= target.value)
    return bool(result.value >= target.value)
