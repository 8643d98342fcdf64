"""Figures of several reports: a metric over the years, and what became of the sentences."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch, PathPatch, Rectangle
from matplotlib.path import Path as Outline

from .axes import Ax, canvas, division_names, drawing, records
from .style import FIGURES, INK, LINE, MOST, MUTED, TEXT, checked, font, words, wrapped

# What was carried over is slate, as text is; where its figures changed it is blue, as they are.
_CARRIED = {"same": "#b4c0ca", "figures": FIGURES, "reworded": TEXT}
_ALONE = {"dropped": "white", "new": INK}
_GAP = 2  # sentences between two parts
_ROOM = 8  # sentences: as high as the name of a part
_BAR = 0.035  # of the width
_NOWHERE = "-"
_SERIES = (FIGURES, INK, MUTED, "#6d9fc4")
_MARKS = "osD^v"


@drawing
def plot_sentence_flow(
    table: pd.DataFrame,
    *,
    earlier: pd.DataFrame | None = None,
    later: pd.DataFrame | None = None,
    ax: Ax = None,
    title: str = "",
    language: str = "zh",
) -> Axes:
    """``compare_reports(…)["sentences"]``: from the parts of one report to those of the next.

    A band is as high as the sentences that it stands for; dropped ones end at the left, new ones
    begin at the right. ``earlier`` and ``later`` are the outlines that name the parts.

    >>> from lawreport_utils import compare_reports, parse_report
    >>> one, two = parse_report("一、学法\\n甲乙丙丁。"), parse_report("一、学法\\n戊己庚辛。")
    >>> table = compare_reports(one, two)["sentences"]
    >>> print(plot_sentence_flow(table, language="en").get_title())
    1 of 2 sentences carried over as they were; 1 new, 1 not in the
    later
    """
    checked(table, 'compare_reports(…)["sentences"]', "status", "number_earlier", "number_later")
    say = words(language)
    parts = {
        side: table[f"number_{side}"].map(_top, na_action="ignore") for side in ("earlier", "later")
    }
    flows = table.assign(**parts).groupby(["earlier", "later", "status"], dropna=False).size()
    counts = table["status"].value_counts()
    title = title or say["flow"].format(
        same=counts.get("same", 0), of=len(table) - counts.get("new", 0),
        new=counts.get("new", 0), dropped=counts.get("dropped", 0),
    )  # fmt: skip
    columns = {side: _Column(flows, side) for side in parts}
    height = max(column.height for column in columns.values())
    rows = min(len(table), MOST)
    with canvas(ax, title if rows else "", rows, language, height=0.07, more=1.2) as ax:
        if table.empty:
            return ax
        for side, outline in (("earlier", earlier), ("later", later)):
            _draw_parts(ax, columns[side], outline, language)
        for old, new, status, count in sorted(_bands(flows), key=_by_place):
            _draw_flow(ax, columns, old, new, status, count)
        ax.set_xlim(-0.66, 1.66)
        ax.set_ylim(height, -1)
        ax.set_axis_off()
        keys = [Patch(facecolor=color, edgecolor=MUTED, label=say[status])
                for status, color in (_CARRIED | _ALONE).items()]  # fmt: skip
        ax.legend(handles=keys, loc="upper center", bbox_to_anchor=(0.5, 0), ncols=3,
                  frameon=False, prop=font(), labelcolor=INK)  # fmt: skip
    return ax


def _top(number: str) -> str:
    return number.split(".")[0]


_Band = tuple[str, str, str, int]  # the part in both reports, the status, how many sentences


def _bands(flows: "pd.Series[int]") -> Iterator[_Band]:
    for row in records(flows.rename("number").reset_index()):
        yield _word(row.earlier), _word(row.later), row.status, int(row.number)


def _word(cell: object) -> str:
    """A cell of words; "-" where it is missing."""
    return cell if isinstance(cell, str) else _NOWHERE


def _by_place(band: _Band) -> tuple[int, int, int]:
    old, new, status, _ = band
    return _rank(old), _rank(new), [*_CARRIED, *_ALONE].index(status)


def _rank(number: str) -> int:
    """The preamble first, what is in no part last."""
    return 10**6 if number == _NOWHERE else int(number or 0)


class _Column:
    """The parts of one report below one another, each with what is still free of its height."""

    def __init__(self, flows: "pd.Series[int]", side: str) -> None:
        self.x = 0.0 if side == "earlier" else 1.0
        sizes = flows.groupby(level=side).sum()
        self.numbers = sorted(map(str, sizes.index), key=_rank)
        self.sizes = [int(sizes[number]) for number in self.numbers]
        self.starts: list[float] = []
        self.height = 0.0
        for size in self.sizes:
            room = max(size, _ROOM)
            self.starts.append(self.height + (room - size) / 2)
            self.height += room + _GAP
        self.free = dict(zip(self.numbers, self.starts, strict=True))

    def take(self, number: str, size: int) -> float:
        start = self.free[number]
        self.free[number] += size
        return start


def _draw_parts(ax: Axes, column: _Column, outline: pd.DataFrame | None, language: str) -> None:
    names = division_names(column.numbers, outline, language, 9, 2)
    outside, side = (-0.03, "right") if column.x == 0 else (1.03, "left")
    for name, start, size in zip(names, column.starts, column.sizes, strict=True):
        ax.text(outside, start + size / 2, f"{name} {size}", ha=side, va="center", linespacing=1.2)


def _draw_flow(
    ax: Axes, columns: dict[str, _Column], old: str, new: str, status: str, count: int
) -> None:
    if status in _CARRIED:
        ends = columns["earlier"].take(old, count), columns["later"].take(new, count)
        ax.add_patch(_band(*ends, count, _CARRIED[status]))
        return
    column, number = (columns["earlier"], old) if status == "dropped" else (columns["later"], new)
    start, left = column.take(number, count), column.x - (_BAR if column.x else 0)
    end = Rectangle((left, start), _BAR, count, facecolor=_ALONE[status], edgecolor=MUTED)
    ax.add_patch(end)


def _band(start: float, end: float, size: int, color: str) -> PathPatch:
    """A band from the left to the right, of one height all along."""
    above = [(0, start), (0.5, start), (0.5, end), (1, end)]
    below = [(1, end + size), (0.5, end + size), (0.5, start + size), (0, start + size)]
    codes = [Outline.MOVETO, *[Outline.CURVE4] * 3, Outline.LINETO, *[Outline.CURVE4] * 3]
    path = Outline([*above, *below, (0, start)], [*codes, Outline.CLOSEPOLY])
    return PathPatch(path, facecolor=color, edgecolor="white", linewidth=0.6, alpha=0.85)


class _Series(NamedTuple):
    name: str
    years: list[int]
    stated: list[float]


@drawing
def plot_metric(
    table: pd.DataFrame, metric: str, *, ax: Ax = None, title: str = "", language: str = "zh"
) -> Axes:
    """One metric over the years, a line for each agency: stated values, no changes and no plans.

    ``table`` is ``extract_outcomes`` of several reports with a column ``year`` and, for several
    agencies, ``agency``: ``outcomes.merge(reports[["report", "agency", "year"]])`` of
    ``analyze_corpus``. ``metric`` is the name to the letter. Of several values of one year the last
    is drawn. ValueError where the table has no such metric or more than one unit of it.
    """
    checked(table, "outcomes.merge(reports)", "metric", "value", "unit", "kind", "year")
    rows = table[(table["metric"] == metric) & table["kind"].isin(["count", "level"])]
    units = rows["unit"].fillna("").unique()
    if len(units) != 1:
        found = " or ".join(map(repr, units)) or "no value"
        raise ValueError(f"there is {found} of {metric!r}; give one metric of one unit")
    say, series = words(language), list(_series(rows.dropna(subset=["year"])))
    years = sorted({year for line in series for year in line.years})
    title = title or say["metric"].format(metric=metric, unit=units[0])
    with canvas(ax, title, len(years), language, height=0, more=2.8) as ax:
        for place, line in enumerate(series):
            color, mark = _SERIES[place % len(_SERIES)], _MARKS[place % len(_MARKS)]
            ax.plot(line.years, line.stated, color=color, marker=mark, label=line.name)
            for x, y in zip(line.years, line.stated, strict=True):
                ax.annotate(f"{y:,g}", (x, y), xytext=(0, 7), textcoords="offset points",
                            ha="center", color=color)  # fmt: skip
        ax.set_xticks(years, [str(year) for year in years])
        ax.set_yticks([])
        ax.margins(x=0.15)
        highest = max((max(line.stated) for line in series), default=1)
        ax.set_ylim(0, 1.2 * (highest or 1))
        ax.spines["bottom"].set_color(LINE)
        if len(series) > 1:
            ax.legend(frameon=False, prop=font(), labelcolor="linecolor")
    return ax


def _series(rows: pd.DataFrame) -> Iterator[_Series]:
    """The last value of each year, agency by agency."""
    by = rows["agency"].fillna("") if "agency" in rows else np.repeat("", len(rows))
    for name, group in rows.groupby(by, sort=False):
        last = group.groupby("year")["value"].last()
        years = [int(year) for year in last.index]
        yield _Series(wrapped(str(name), 20), years, [float(value) for value in last])
