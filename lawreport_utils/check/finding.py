"""A finding, and the figures of a report as the checks compare them."""

import re
from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import Any, NamedTuple

from ..characters import fold
from ..figures.outcomes import Stated, stated_figures
from ..lexicon import load
from ..model import Report, Section
from ..passages import plan_spans
from ..structure import sentence_spans

WORDS: dict[str, Any] = load.table("checks")["words"]
_CLAUSE = re.compile(r"[,;:。!?\t\n()]")
# Characters; what asks about each figure of a longer one would take the square of its length.
_LONGEST_CLAUSE = 200


def choice(key: str) -> str:
    """The alternatives of a lexicon entry, longest first, as a part of a pattern."""
    return "|".join(sorted(WORDS[key], key=len, reverse=True))


class Finding(NamedTuple):
    """One or two places of a report, and what the question about them says."""

    check: str
    question: str  # the template in lexicon/checks.toml
    place: tuple[int, int] | None = None
    other: tuple[int, int] | None = None
    said: dict[str, str] = {}  # noqa: RUF012  (never changed) what fills the template
    earlier: int | None = None  # the place in the report of the year before


class Figure(NamedTuple):
    """A row of ``extract_outcomes``, with the values that its rounding and bound leave open."""

    name: str  # action and metric
    value: float
    unit: str
    bound: str
    direction: str
    kind: str
    start: int
    end: int
    part_of: int | None
    low: float
    high: float


class Checked:
    """A report with what several checks ask of it."""

    def __init__(self, report: Report) -> None:
        self.report, self.folded, self.text = report, report.folded, report.text

    @cached_property
    def sentences(self) -> list[tuple[str, int, int]]:
        return list(sentence_spans(self.report))

    @cached_property
    def plans(self) -> list[tuple[int, int]]:
        return plan_spans(self.report)

    def planned(self, position: int) -> bool:
        """Does the position stand where the report states plans?"""
        at = bisect_right(self.plans, (position, len(self.text))) - 1
        return at >= 0 and position < self.plans[at][1]

    @cached_property
    def figures(self) -> list[Figure]:
        """All figures, in text order; one that is stated of two things comes twice."""
        stated = sorted(stated_figures(self.report), key=lambda row: row.start)
        return [_figure(row, self.folded[row.start : row.end]) for row in stated]

    @cached_property
    def by_sentence(self) -> list[tuple[str, int, int, list[Figure]]]:
        """Number, start and end of each sentence with figures, and these, each place once."""
        placed = {figure.start: figure for figure in reversed(self.figures)}
        starts = sorted(placed)
        found = []
        for number, start, end in self.sentences:
            inside = starts[bisect_left(starts, start) : bisect_left(starts, end)]
            if inside:
                found.append((number, start, end, [placed[at] for at in inside]))
        return found

    @cached_property
    def _clauses(self) -> list[int]:
        """Where clauses begin: after a mark, and after the marker of a division."""
        marks = {match.end() for match in _CLAUSE.finditer(self.folded)}
        markers = {s.start + len(s.marker) for s in self.report.sections if s.level}
        return sorted(marks | markers | {0})

    def clause(self, position: int) -> int:
        """Where the clause begins that a position stands in; not further back than one is long."""
        begin = self._clauses[bisect_right(self._clauses, position) - 1]
        return max(begin, position - _LONGEST_CLAUSE)

    def clause_end(self, position: int, marks: re.Pattern[str]) -> int:
        """Where the next of the marks stands; not further on than a clause is long."""
        stop = marks.search(self.folded, position, position + _LONGEST_CLAUSE)
        return stop.start() if stop else min(position + _LONGEST_CLAUSE, len(self.folded))

    @cached_property
    def _leaf_starts(self) -> list[int]:
        return [leaf.start for leaf in self.report.leaves]

    def section(self, position: int) -> Section:
        """The innermost division of a position."""
        return self.report.leaves[bisect_right(self._leaf_starts, position) - 1].section

    def quote(self, figure: Figure) -> str:
        """The clause of a figure, to the end of the figure."""
        begin = max(self.clause(figure.start), figure.end - 32)
        return self.text[begin : figure.end].strip(" 　、")


def _figure(row: Stated, printed: str) -> Figure:
    unit = row.unit or ""
    low, high = spread(row.value, unit, row.bound, printed)
    name, direction = fold((row.action or "") + row.metric), row.direction or ""
    return Figure(
        name, row.value, unit, row.bound, direction, row.kind, row.start, row.end, row.part_of,
        low, high,
    )  # fmt: skip


_PRINTED = re.compile(r"\d[\d,]*(?:\.(\d+))?")
_RATES = ("%", "‰", "个百分点", "个千分点", "倍")


def spread(value: float, unit: str, bound: str, surface: str) -> tuple[float, float]:
    """The lowest and the highest value that a printed figure can stand for.

    What was rounded (1.84万, 32.5%) may be off by half its last digit; 余 and 近 by the place of
    its last digit that isn't 0 (1200余件: to 1300); 以上, 超过 have no upper end, 以下 no lower.

    >>> [spread(18400.0, "件", "exact", "1.84万件"), spread(1286.0, "件", "exact", "1286件")]
    [(18350.0, 18450.0), (1286.0, 1286.0)]
    >>> [spread(1200.0, "件", "at_least", "1200余件"), spread(900.0, "人", "about", "近900人")]
    [(1200.0, 1300.0), (800.0, 1000.0)]
    """
    printed, step, coarse = _PRINTED.search(surface), 0.0, _last_place(value)
    if printed:
        shown = float(printed[0].replace(",", ""))
        scale = value / shown if shown else 1.0
        decimals = len(printed[1] or "")
        if decimals or scale != 1 or unit in _RATES:
            step = scale * 10.0**-decimals
        coarse = max(scale * _last_place(shown), step)
    elif unit in _RATES or value % 10_000 == 0:  # 三成, 两万
        step = coarse
    if bound == "about":
        return value - coarse, value + coarse
    if bound == "at_least":
        loose = re.search("[余多来+]", surface)
        return value, value + coarse if loose else float("inf")
    if bound == "at_most":
        return float("-inf"), value
    return value - step / 2, value + step / 2


def _last_place(number: float) -> float:
    """The place of the last digit that isn't 0: 100 of 1200, 0.1 of 98.5."""
    digits = f"{number:.6f}".rstrip("0")
    whole, _, decimals = digits.partition(".")
    if decimals:
        return float(10.0 ** -len(decimals))
    return float(10.0 ** (len(whole) - len(whole.rstrip("0")))) if number else 1.0
