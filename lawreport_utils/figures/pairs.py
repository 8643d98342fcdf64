"""Figures that belong together: names given out one by one, parts of a total."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from .clauses import Read
from .lists import names, without_list
from .rules import found
from .tokens import Name
from .values import RATIO


def paired(read: Sequence[Read]) -> Iterator[Read]:
    """One row a figure and name: A、B均达98%, A、B分别下降18%、32%."""
    starts = [i for i, row in enumerate(read) if not row.joined]
    for first, stop in pairwise([*starts, len(read)]):
        run, earlier = read[first:stop], read[max(2 * first - stop, 0) : first]
        listed = _listed(run, earlier)
        if len(run) == 1:
            run = [*run] * len(listed)
        given = listed if len(listed) == len(run) else [row.metric for row in run]
        for row, name in zip(run, given, strict=True):
            yield row if name is row.metric else row._replace(metric=name)


def _listed(run: Sequence[Read], earlier: Sequence[Read]) -> list[Name]:
    """The names of a run of figures."""
    metric, each = run[0].metric, run[0].naming.each
    if each and _is_unnamed(run[0]) and len(earlier) == len(run) > 1:
        return [row.metric for row in earlier]  # A 98%、B 97%,分别提升0.3、0.5
    if not found(metric, "<join|others>"):
        return [metric]
    listed = [metric] if run[0].figure.unit == RATIO else names(metric)
    if len(run) > 1 or each or _are_rates(listed):
        return listed or [metric]
    return [without_list(metric)]


def _is_unnamed(row: Read) -> bool:
    return row.naming.share or not row.naming.metric


def _are_rates(listed: list[Name]) -> bool:
    return all(name[-1].is_a("rate", "rate_end") for name in listed)


class _Total(NamedTuple):
    """What the figures after 其中 are parts of, and how much of it they leave."""

    start: int
    unit: str | None
    rest: float

    def has(self, row: Read) -> bool:
        return row.figure.unit == self.unit and not row.naming.direction


def with_parts(read: Sequence[Read]) -> list[Read]:
    """``part_of`` for the figures after 其中: the nearest figure before it with the same measure
    word that is large enough, as long as the parts don't add up to more than the total."""
    rows: list[Read] = []
    total: _Total | None = None
    for row in read:
        if row.part:
            total = next((_total(r) for r in reversed(rows) if _can_hold(r, row)), None)
        if total and total.has(row):
            total = _left(total, row.figure.value)
            row = row._replace(part_of=total and total.start)
        rows.append(row)
    return rows


def _total(row: Read) -> _Total:
    return _Total(row.figure.start, row.figure.unit, row.figure.value)


def _left(total: _Total, part: float) -> _Total | None:
    return total._replace(rest=total.rest - part) if part <= total.rest else None


def _can_hold(total: Read, part: Read) -> bool:
    one, other = total.figure, part.figure
    counted = not total.naming.direction or total.naming.reached
    return one.unit == other.unit and one.value >= other.value and counted and not one.is_rate
