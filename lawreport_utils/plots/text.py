"""Figures of a text: its divisions, its words and where they stand."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.textpath import TextPath
from matplotlib.transforms import Affine2D
from wordcloud import WordCloud  # type: ignore[import-untyped]

from ..labels import PREAMBLE
from .axes import (
    Ax,
    canvas,
    diverging,
    division_name,
    division_names,
    drawing,
    in_order,
    records,
    set_rows,
    theme_name,
)
from .style import (
    DENSITY,
    INK,
    LINE,
    MOST,
    MUTED,
    PALE,
    TEXT,
    WORDS,
    breadth,
    checked,
    font,
    words,
    wrapped,
)

Numbers = npt.NDArray[np.float64]


@drawing
def plot_outline(
    table: pd.DataFrame, *, ax: Ax = None, title: str = "", language: str = "zh"
) -> Axes:
    """The top divisions of ``outline`` as bars of their length in characters.

    Dark pieces are the divisions one level below, with a fine line where a deeper one starts; what
    stays pale is text of the division's own. Of many divisions the longest are drawn.

    >>> from lawreport_utils import outline, parse_report
    >>> ax = plot_outline(outline(parse_report("一、学习\\n培训3次。\\n二、执法")), language="en")
    >>> ax.get_title()
    '“一、学习” is the longest, with 73%'
    """
    checked(table, "outline(report)", "number", "level", "marker", "heading", "chars", "start")
    say, every = words(language), table[table["level"] <= 1]
    tops, whole = every.nlargest(MOST, "chars").sort_index(), every["chars"].sum()
    if not title and len(tops):
        longest = next(records(tops.nlargest(1, "chars")))
        name = division_name(longest.number, table, language)
        title = say["outline"].format(name=name, share=longest.chars / whole)
    with canvas(ax, title, len(tops), language, height=0.5, of=len(every)) as ax:
        for y, top in enumerate(records(tops)):
            ax.barh(y, top.chars, height=0.62, color=PALE)
            inside = table[(table["start"] >= top.start) & (table["end"] <= top.end)]
            for part in records(inside[inside["level"] == 2]):
                ax.barh(y, part.chars, left=part.start - top.start, height=0.62, color=TEXT)
            for part in records(inside[inside["level"] >= 2]):
                ends, width = [part.start - top.start, part.end - top.start], 1.8 / part.level
                ax.vlines(ends, y - 0.32, y + 0.32, color="white", linewidth=width)
            text = say["chars"].format(chars=top.chars, share=top.chars / whole)
            ax.text(top.chars, y, f"  {text}", va="center")
        set_rows(ax, division_names(list(tops["number"]), table, language, 10, 2))
        room = 1.6 if language == "zh" else 1.95  # for what is written beside the bars
        ax.set_xlim(0, room * max(tops["chars"], default=1))
        ax.set_xlabel(say["own_text"], loc="left")
    return ax


@drawing
def plot_theme_heatmap(
    table: pd.DataFrame,
    *,
    outline: pd.DataFrame | None = None,
    ax: Ax = None,
    title: str = "",
    language: str = "zh",
) -> Axes:
    """``theme_frequency`` with ``by="part"`` or "section": counts, coloured by the rate.

    With the ``outline`` the columns are named by their headings. For a table of
    ``analyze_corpus``, with a column ``report``, there is one for each report.
    """
    columns = getattr(table, "columns", ())
    by = "report" if "report" in columns and "number" not in columns else "number"
    checked(table, 'theme_frequency(report, by="part")', by, "theme", "count", "per_1000")
    say, every, of = words(language), list(table[by].unique()), table["theme"].nunique()
    themes = list(table["theme"].unique()[:MOST])
    columns = (every if by == "report" else in_order(every))[:MOST]
    count, rate = (
        table.pivot_table(index="theme", columns=by, values=value, aggfunc="sum")
        .reindex(index=themes, columns=columns)
        .to_numpy()
        for value in ("count", "per_1000")
    )
    names = _column_names(columns, by, outline, language)
    if themes and not title:
        y, x = np.unravel_index(np.nanargmax(rate), rate.shape)
        title = say["heat"].format(
            theme=theme_name(themes[y], language), place=_column(columns[x], by, outline, language)
        )
    with canvas(ax, title, len(themes), language, height=0.42, more=2.2, of=of) as ax:
        if not themes:
            return ax
        _cells(ax, count, rate, say["rate"])
        set_rows(ax, [wrapped(theme_name(theme, language), 22) for theme in themes])
        ax.set_ylim(len(themes) - 0.5, -0.5)
        widest = max(breadth(line) for name in names for line in name.split("\n"))
        turn = 90 if widest * len(names) > 56 else 0
        ax.set_xticks(range(len(columns)), names, linespacing=1.25, rotation=turn)
        if len(every) > len(columns):
            ax.set_xlabel(say["most_columns"].format(columns=len(columns), of=len(every)))
    return ax


def _cells(ax: Axes, count: Numbers, rate: Numbers, label: str) -> None:
    """Counts in cells that are the darker the higher the rate, and a bar that tells the colours."""
    image = ax.imshow(rate, cmap=DENSITY, aspect="auto", vmin=0)
    for (y, x), value in np.ndenumerate(count):
        dark = rate[y, x] > 0.45 * np.nanmax(rate)  # False where there is none
        shown = "·" if np.isnan(value) else f"{value:.0f}"
        ax.text(x, y, shown, ha="center", va="center", color="white" if dark else INK)
    place: dict[str, Any] = {"orientation": "horizontal", "anchor": (0, 1), "pad": 0.03}
    bar = ax.figure.colorbar(image, ax=ax, shrink=0.5, aspect=24, **place)
    bar.outline.set_visible(False)
    bar.set_label(label, loc="left")
    for text in [bar.ax.xaxis.label, *bar.ax.get_xticklabels()]:
        text.set_fontfamily(font().get_name())


def _column(name: str, by: str, outline: pd.DataFrame | None, language: str) -> str:
    return name if by == "report" else division_name(name, outline, language)


def _column_names(
    columns: list[str], by: str, outline: pd.DataFrame | None, language: str
) -> list[str]:
    """Reports by their names; divisions by their headings or, where many, by their markers."""
    if by == "report":
        return [wrapped(name.removesuffix(".txt"), 14, 3) for name in columns]
    if outline is None or len(columns) <= 5:
        return division_names(columns, outline, language, 4, 4)
    marker = dict(zip(outline["number"], outline["marker"], strict=True))
    return [
        _bare(marker.get(number, "")) or division_name(number, None, language) for number in columns
    ]


def _bare(marker: str) -> str:
    return marker.strip("、.．()（）")


@drawing
def plot_dispersion(
    table: pd.DataFrame,
    *,
    outline: pd.DataFrame | None = None,
    ax: Ax = None,
    title: str = "",
    language: str = "zh",
) -> Axes:
    """``dispersion``: a stroke where a term stands, from the first character to the last.

    With the ``outline`` the borders of the top divisions are drawn, named by their markers.
    """
    checked(table, "dispersion(report)", "term", "count", "dp", "positions")
    say, drawn = words(language), table.head(MOST)
    parts = [] if outline is None else list(records(outline[outline["level"] <= 1]))
    last = [positions[-1] for positions in drawn["positions"] if len(positions)]
    length = max([*last, *(part.end for part in parts)], default=1)
    title = title or _gathered(drawn, parts, language) or say["places"]
    with canvas(ax, title, len(drawn), language, height=0.36, of=len(table)) as ax:
        for part in parts:
            ax.axvline(part.start, color=LINE, linewidth=0.8, zorder=0)
            name = _bare(part.marker) or PREAMBLE[language]
            if part.end - part.start > 0.02 * length * breadth(name):
                ax.annotate(name, (part.start, 1), color=MUTED, xycoords=("data", "axes fraction"),
                            xytext=(2, -10), textcoords="offset points")  # fmt: skip
        for y, row in enumerate(records(drawn)):
            ax.vlines(row.positions, y - 0.3, y + 0.3, color=WORDS, linewidth=1.1, clip_on=False)
            dp = "" if np.isnan(row.dp) else f"{row.dp:.2f}"
            ax.text(1.02 * length, y, f"{row.count}", va="center", color=MUTED)
            ax.text(1.14 * length, y, dp, va="center", color=MUTED)
        set_rows(ax, [wrapped(theme_name(term, language), 22) for term in drawn["term"]])
        ax.set_ylim(top=-1.2 if parts else -0.6)
        ax.set_xlim(0, length)
        ax.set_xlabel(say["dispersion"], loc="left")
    return ax


def _gathered(table: pd.DataFrame, parts: list[Any], language: str) -> str:
    """What is most in one top division, of what occurs five times or more."""
    found: list[tuple[float, str, int, int, Any]] = []
    for row in records(table[table["count"] >= 5]):
        for part in parts:
            inside = sum(part.start <= place < part.end for place in row.positions)
            found.append((inside / row.count, row.term, row.count, inside, part))
    if not found:
        return ""
    _, term, count, inside, part = max(found, key=lambda one: (one[0], one[2]))
    place = part.marker + part.heading if part.number else PREAMBLE[language]
    return words(language)["spread"].format(
        term=theme_name(term, language), count=count, inside=inside, place=wrapped(place, 26, 1)
    )


@drawing
def plot_keyness(
    table: pd.DataFrame, *, top: int = 10, ax: Ax = None, title: str = "", language: str = "zh"
) -> Axes:
    """``keyness``: the ``top`` words that the target uses more, and less, than the reference."""
    checked(table, "keyness(report)", "term", "count_target", "count_reference", "keyness")
    say, top = words(language), min(top, MOST // 2)
    ranked = table.sort_values("keyness", ascending=False, kind="stable")
    more, less = ranked[ranked["keyness"] > 0].head(top), ranked[ranked["keyness"] < 0].tail(top)
    shown = pd.concat([more, less])
    title = title or say["keyness"].format(terms=say["joint"].join(more["term"].head(3)))
    with canvas(ax, title if len(shown) else "", len(shown), language) as ax:
        labels = [f"{row.count_target:,} : {row.count_reference:,}" for row in records(shown)]
        diverging(ax, shown["keyness"], labels, WORDS)
        set_rows(ax, list(shown["term"]))
        ax.set_xlabel(say["counts"], loc="left")
    return ax


@drawing
def plot_wordcloud(
    table: pd.DataFrame, *, top: int = 60, ax: Ax = None, title: str = "", language: str = "zh"
) -> Axes:
    """The ``top`` terms by ``count`` of a table, larger and darker for more frequent.

    Give it terms of the field (``theme_frequency``) rather than all words. The layout is the same
    on every run; the place of a word says nothing. Drawn as outlines, sharp at any size.
    """
    checked(table, "theme_frequency(report)", "term", "count")
    say, counts = words(language), table.groupby("term")["count"].max()
    counts = counts[counts > 0].sort_values(ascending=False, kind="stable")
    width, height = 1080, 760
    if not title and len(counts):
        first = counts[counts == counts.iloc[0]].index[:3]
        title = say["cloud"].format(terms=say["joint"].join(first))
    with canvas(ax, title, min(len(counts), 1), language, height=1.55) as ax:
        if counts.empty:
            return ax
        cloud = WordCloud(
            font_path=font().get_file(), width=width, height=height, max_words=top,
            prefer_horizontal=1, relative_scaling=0.5, max_font_size=150, min_font_size=18,
            margin=8, random_state=2,
        ).generate_from_frequencies(counts.to_dict())  # fmt: skip
        for (word, share), size, (y, x), _, _ in cloud.layout_:
            path = TextPath((0, 0), word, size=size, prop=font())
            place = Affine2D().translate(x, -y - path.get_extents().y1)
            color = DENSITY(0.45 + 0.55 * share**0.5)
            ax.add_patch(PathPatch(place.transform_path(path), color=color, lw=0))
        ax.set(xlim=(0, width), ylim=(-height, 0), aspect="equal")
        ax.set_axis_off()
    return ax
