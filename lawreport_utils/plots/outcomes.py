"""Figures of what a report states in figures, and of what it claims without."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from .axes import Ax, canvas, diverging, division_name, division_names, drawing, in_order, set_rows
from .style import CLAIMS, FIGURES, MOST, MUTED, checked, words, wrapped


@drawing
def plot_changes(
    table: pd.DataFrame, *, ax: Ax = None, title: str = "", language: str = "zh"
) -> Axes:
    """``extract_outcomes``: the changes in per cent, falls to the left and rises to the right.

    Of a table of several reports, with a column ``report``, each row names its report.
    """
    checked(table, "extract_outcomes(report)", "metric", "value", "unit", "direction", "number")
    say, thing = words(language), [c for c in ("report", "metric") if c in table]
    every = table[(table["kind"] == "change") & (table["unit"] == "%")].dropna(subset="direction")
    sign = np.where(every["direction"] == "decrease", -1.0, 1.0)
    every = every.assign(value=every["value"] * sign).reset_index(drop=True)
    order = every["value"].abs().sort_values(ascending=False, kind="stable").index[:MOST]
    stated = every.loc[order].sort_values([*thing[:-1], "value"], kind="stable")
    others = table.loc[table["unit"] != "%", thing].drop_duplicates()
    absolute = len(every[thing].merge(others))
    falls = int((every["value"] < 0).sum())
    title = title or say["changes"].format(falls=falls, rises=len(every) - falls)
    with canvas(ax, title, len(stated), language, height=0.42, of=len(every)) as ax:
        labels = [f"{value:+g}%".replace("-", "−") for value in stated["value"]]
        diverging(ax, stated["value"], labels, FIGURES)
        places = [division_name(number, None, language) for number in stated["number"]]
        if "report" in thing:
            reports = stated["report"].str.removesuffix(".txt")
            places = [" ".join(pair) for pair in zip(reports, places, strict=True)]
        named = zip(stated["metric"], places, strict=True)
        names = [metric + say["brackets"].format(place) for metric, place in named]
        set_rows(ax, [wrapped(name, 26) for name in names])
        ax.set_xlabel(say["absolute"].format(absolute=absolute), loc="left")
    return ax


@drawing
def plot_concreteness(
    outcomes: pd.DataFrame,
    claims: pd.DataFrame,
    *,
    outline: pd.DataFrame | None = None,
    depth: int = 2,
    ax: Ax = None,
    title: str = "",
    language: str = "zh",
) -> Axes:
    """``extract_outcomes`` against ``extract_claims``, by division down to ``depth`` levels.

    Aims (the ``form`` "aim") claim nothing that was reached, and aren't drawn.
    """
    checked(outcomes, "extract_outcomes(report)", "number")
    checked(claims, "extract_claims(report)", "number")
    say = words(language)
    claims = claims[claims["form"] != "aim"] if "form" in claims else claims
    right, left = (
        table["number"].map(lambda number: ".".join(number.split(".")[:depth])).value_counts()
        for table in (outcomes, claims)
    )
    both = pd.DataFrame({"right": right, "left": left}).fillna(0).astype(int)
    most = both.sum(axis="columns").nlargest(MOST).index
    numbers = in_order(most)
    title = title or say["concreteness"].format(figures=len(outcomes), claims=len(claims))
    with canvas(ax, title, len(numbers), language, height=0.34, of=len(both)) as ax:
        for side, sign, color in (("right", 1, FIGURES), ("left", -1, CLAIMS)):
            counts = both[side].reindex(numbers)
            bars = ax.barh(range(len(numbers)), sign * counts, color=color, height=0.66)
            ax.bar_label(bars, [str(count or "") for count in counts], padding=4)
        set_rows(ax, division_names(numbers, outline, language, 13, 1))
        ax.axvline(0, color=MUTED, linewidth=0.8)
        reach = 1.2 * max(map(abs, ax.get_xlim()))
        ax.set_xlim(-reach, reach)
        ends = [wrapped(say[side], 16) for side in ("without", "with_figure")]
        ax.set_xticks([-reach / 2, reach / 2], ends)
        for tick, color in zip(ax.get_xticklabels(), (CLAIMS, FIGURES), strict=True):
            tick.set_color(color)
    return ax
