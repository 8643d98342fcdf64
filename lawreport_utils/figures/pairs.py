"""Figures that belong together: names given out one by one, parts of a total."""

from collections.abc import Iterator, Sequence

from .clauses import Read
from .lists import names, without_list
from .tokens import Name


def paired(read: Sequence[Read]) -> Iterator[Read]:
    """One row a figure and name: A、B均达98%, A、B分别下降18%、32%."""
    position = 0
    while position < len(read):
        after = position + 1
        while after < len(read) and read[after].joined:
            after += 1
        run, earlier = read[position:after], read[max(2 * position - after, 0) : position]
        position = after
        listed = _listed(run, earlier)
        if len(run) == 1:
            yield from (run[0]._replace(metric=name) for name in listed)
        elif len(listed) == len(run):
            yield from (r._replace(metric=name) for r, name in zip(run, listed, strict=True))
        else:
            yield from run


def _listed(run: Sequence[Read], earlier: Sequence[Read]) -> list[Name]:
    """The names of a run of figures."""
    first = run[0]
    if first.naming.each and not first.naming.metric and len(earlier) == len(run) > 1:
        return [row.metric for row in earlier]  # A 98%、B 97%,分别提升0.3、0.5
    listed = names(first.metric)
    if len(run) > 1 or first.naming.each or all(name[-1].is_a("rate") for name in listed):
        return listed or [first.metric]
    return [without_list(first.metric)]


def with_parts(read: Sequence[Read]) -> list[Read]:
    """``part_of`` for the figures after 其中: the nearest figure before it with the same measure
    word that is large enough, as long as the parts don't add up to more than the total."""
    rows: list[Read] = []
    total, rest = None, 0.0
    for row in read:
        figure = row.figure
        if row.part:
            total = next((r.figure for r in reversed(rows) if _can_hold(r, row)), None)
            rest = total.value if total else 0.0
        if total and figure.unit == total.unit and not row.naming.direction:
            if figure.value > rest:
                total = None
            else:
                rest -= figure.value
                row = row._replace(part_of=total.start)
        rows.append(row)
    return rows


def _can_hold(total: Read, part: Read) -> bool:
    one, other = total.figure, part.figure
    counted = not total.naming.direction or total.naming.reached
    return one.unit == other.unit and one.value >= other.value and counted and not one.is_rate
