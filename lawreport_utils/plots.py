"""Tables to figures: drawn at the size they are read, in two languages, in one palette.

Every function takes a table, draws on ``ax`` or on a new figure, and returns the Axes; ``title``
replaces the default one. None changes matplotlib's settings outside itself; ``use_style`` does.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from math import ceil
from textwrap import wrap
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib import font_manager
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.patches import PathPatch
from matplotlib.textpath import TextPath
from matplotlib.transforms import Affine2D
from wordcloud import WordCloud  # type: ignore[import-untyped]

from .lexicon import load

# Blue and vermilion after Okabe and Ito (2008), darkened: told apart with any colour vision, and
# at least 4.5 : 1 on white, as are the two greys of the text.
BLUE, ORANGE, PALE = "#0b5a8f", "#c2570c", "#c9dcea"
INK, MUTED, LINE = "#1d2733", "#5c6873", "#d9dfe4"
BLUES = LinearSegmentedColormap.from_list("blues", ["#eef4f8", "#7fb0d3", BLUE, "#063a5e"])
PREAMBLE = "引言\npreamble"  # the text before the first division, which has no number
WIDTH = 7.6  # inches: the text width of a notebook page
Ax = Axes | None


@cache
def _font() -> font_manager.FontProperties:
    """The Chinese face that comes with the package, so that figures look the same everywhere."""
    path = str(files("pylopdf_fonts_zh_cn") / "NotoSansSC-Regular.otf")
    font_manager.fontManager.addfont(path)
    return font_manager.FontProperties(fname=path)


def _style() -> Any:
    return {
        "font.family": _font().get_name(),
        "font.size": 9,
        "axes.titlesize": 11.5,
        "axes.titlelocation": "left",
        "axes.titlepad": 10,
        "axes.titlecolor": INK,
        "axes.labelcolor": MUTED,
        "axes.edgecolor": LINE,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.spines.left": False,
        "text.color": INK,
        "text.parse_math": False,  # a $ in a heading is a $
        "xtick.color": MUTED,
        "ytick.color": INK,
        "xtick.bottom": False,
        "ytick.left": False,
        "figure.constrained_layout.use": True,
        "svg.fonttype": "path",  # no reader needs the font
        "svg.hashsalt": "lawreport_utils",  # the same figure gives the same file
    }


def use_style() -> None:
    """Set matplotlib for the whole session: the fonts and sizes of this package, repeatable SVG."""
    mpl.rcParams.update(_style())


@contextmanager
def _canvas(ax: Ax, title: str, rows: int, height: float = 0.28) -> Iterator[Axes]:
    """Axes to draw on; a new figure is as high as its rows need. Without rows it says so."""
    # mpl.rc_context would also undo the interactive mode that a notebook's first figure sets.
    before = {key: mpl.rcParams[key] for key in _style()}
    mpl.rcParams.update(_style())
    try:
        if ax is None:
            _, ax = plt.subplots(figsize=(WIDTH, 0.9 + height * max(rows, 2)))
        ax.tick_params(labelfontfamily=_font().get_name())
        yield ax
        if not rows:
            ax.clear()
            ax.set_axis_off()
            ax.text(0.5, 0.5, "没有数据 · nothing to show", transform=ax.transAxes, ha="center")
        ax.set_title(title)
    finally:
        mpl.rcParams.update(before)


def _records(table: pd.DataFrame) -> Iterator[Any]:
    return table.itertuples(index=False)


def _rows(ax: Axes, labels: list[str]) -> None:
    """One labelled row below the other; no axis, since the bars are labelled."""
    ax.set_yticks(range(len(labels)), labels, linespacing=1.3)
    ax.set_ylim(len(labels) - 0.4, -0.6)
    ax.set_xticks([])
    ax.spines["bottom"].set_visible(False)


def _names(numbers: list[str], outline: pd.DataFrame | None, width: int, lines: int) -> list[str]:
    """Divisions as a reader knows them: by marker and heading, or by number without an outline."""
    rows = {} if outline is None else {row.number: row for row in _records(outline)}
    names = []
    for number in numbers:
        row = rows.get(number)
        name = row.marker + row.heading if row and number else ""
        n = ceil(len(name) / width)  # lines: of like length if they hold it all
        full = wrap(name, ceil(len(name) / n) if 0 < n <= lines else width) or [number or PREAMBLE]
        names.append("\n".join(full[:lines]) + ("…" if len(full) > lines else ""))
    return names


def _in_order(numbers: Any) -> list[str]:
    return sorted(set(numbers), key=lambda number: [int(i) for i in number.split(".") if i])


def plot_outline(table: pd.DataFrame, *, ax: Ax = None, title: str = "") -> Axes:
    """The top divisions of ``outline`` as bars of their length in characters.

    Dark pieces are the divisions one level below, with a fine line where a deeper one starts; what
    stays pale is text of the division's own.
    """
    tops = table[table["level"] <= 1]
    with _canvas(ax, title or "各部分篇幅 · Length of each part", len(tops), 0.4) as ax:
        for y, top in enumerate(_records(tops)):
            ax.barh(y, top.chars, height=0.62, color=PALE)
            inside = table[(table["start"] >= top.start) & (table["end"] <= top.end)]
            for part in _records(inside[inside["level"] == 2]):
                ax.barh(y, part.chars, left=part.start - top.start, height=0.62, color=BLUE)
            for part in _records(inside[inside["level"] >= 2]):
                ends, width = [part.start - top.start, part.end - top.start], 1.8 / part.level
                ax.vlines(ends, y - 0.32, y + 0.32, color="white", linewidth=width)
            share = top.chars / tops["chars"].sum()
            ax.text(top.chars, y, f"  {top.chars:,} 字 ({share:.1%})", va="center")
        _rows(ax, _names(list(tops["number"]), table, 16, 2))
        ax.set_xlim(0, 1.22 * max(tops["chars"], default=1))
        ax.set_xlabel("深色：下一级各项；浅色：本级文字 · dark: divisions below; pale: own text")
    return ax


def plot_theme_heatmap(
    table: pd.DataFrame, *, outline: pd.DataFrame | None = None, ax: Ax = None, title: str = ""
) -> Axes:
    """``theme_frequency`` with ``by="part"`` or "section": counts, coloured by the rate.

    With the ``outline`` the columns are named by their headings.
    """
    numbers, themes = _in_order(table["number"]), list(table["theme"].unique())
    count, rate = (
        table.pivot_table(index="theme", columns="number", values=value, aggfunc="sum")
        .reindex(index=themes, columns=numbers)
        .to_numpy()
        for value in ("count", "per_1000")
    )
    english = {theme["name_zh"]: theme["name_en"] for theme in load.table("themes")["theme"]}
    with _canvas(ax, title or "主题的密度 · How dense each theme is", len(themes), 0.36) as ax:
        if not themes:
            return ax
        image = ax.imshow(rate, cmap=BLUES, aspect="auto", vmin=0)
        for (y, x), value in np.ndenumerate(count):
            dark = rate[y, x] > 0.45 * np.nanmax(rate)
            ax.text(x, y, "·" if np.isnan(value) else f"{value:.0f}", ha="center", va="center",
                    color="white" if dark else INK)  # fmt: skip
        _rows(ax, [f"{theme}\n{english.get(theme, '')}".strip() for theme in themes])
        ax.set_ylim(len(themes) - 0.5, -0.5)
        if len(numbers) > 8:  # too narrow for headings
            ax.set_xticks(range(len(numbers)), _names(numbers, None, 6, 1), rotation=90)
        else:
            ax.set_xticks(range(len(numbers)), _names(numbers, outline, 6, 3), linespacing=1.3)
        bar = ax.figure.colorbar(image, ax=ax, shrink=0.5, aspect=14, pad=0.02)
        bar.outline.set_visible(False)
        bar.set_label("每千字次数 · per 1,000 characters")
    return ax


def plot_dispersion(
    table: pd.DataFrame, *, outline: pd.DataFrame | None = None, ax: Ax = None, title: str = ""
) -> Axes:
    """``dispersion``: a stroke where a term stands, from the first character to the last.

    With the ``outline`` the borders of the top divisions are drawn, named by their markers.
    """
    parts = [] if outline is None else list(_records(outline[outline["level"] <= 1]))
    last = [positions[-1] for positions in table["positions"] if positions]
    length = max([*last, *(part.end for part in parts)], default=1)
    with _canvas(ax, title or "词语出现的位置 · Where the terms stand", len(table), 0.36) as ax:
        for part in parts:
            ax.axvline(part.start, color=LINE, linewidth=0.8, zorder=0)
            ax.annotate(part.marker.rstrip("、.") or "引言", (part.start, 1), color=MUTED,
                        xycoords=("data", "axes fraction"), xytext=(2, -9),
                        textcoords="offset points")  # fmt: skip
        for y, row in enumerate(_records(table)):
            ax.vlines(row.positions, y - 0.3, y + 0.3, color=BLUE, linewidth=1.1, clip_on=False)
            ax.text(1.015 * length, y, f"{row.count}   DP {row.dp:.2f}", va="center", color=MUTED)
        _rows(ax, list(table["term"]))
        ax.set_ylim(top=-1.1 if parts else -0.6)
        ax.set_xlim(0, length)
        ax.set_xlabel("全文自左至右；右侧：次数，离散度 DP（0 均匀，近 1 集中） · "
                      "the text from left to right; count, DP (0 even, 1 clumped)")  # fmt: skip
    return ax


def plot_keyness(table: pd.DataFrame, *, top: int = 10, ax: Ax = None, title: str = "") -> Axes:
    """``keyness``: the ``top`` words that the target uses more, and less, than the reference."""
    ranked = table.sort_values("keyness", ascending=False, kind="stable")
    more, less = ranked[ranked["keyness"] > 0].head(top), ranked[ranked["keyness"] < 0].tail(top)
    shown = pd.concat([more, less])
    with _canvas(ax, title or "突出词 · Words that stand out", len(shown), 0.25) as ax:
        labels = [f"{row.count_target:,} : {row.count_reference:,}" for row in _records(shown)]
        _diverging(ax, shown["keyness"], labels)
        _rows(ax, list(shown["term"]))
        ax.set_xlabel("条长为 G²，旁为两边次数 · length: G²; label: counts, target : reference")
    return ax


def _diverging(ax: Axes, values: pd.Series, labels: list[str]) -> None:
    """Bars to both sides of zero, labelled at their ends, with room for the labels."""
    colors = [BLUE if value > 0 else ORANGE for value in values]
    bars = ax.barh(range(len(values)), values, color=colors, height=0.66)
    ax.bar_label(bars, labels, padding=4)
    ax.axvline(0, color=MUTED, linewidth=0.8)
    ax.margins(x=0.16)


def plot_changes(table: pd.DataFrame, *, ax: Ax = None, title: str = "") -> Axes:
    """``extract_outcomes``: the changes in per cent, falls to the left and rises to the right."""
    stated = table[(table["kind"] == "change") & (table["unit"] == "%")].dropna(subset="direction")
    sign = np.where(stated["direction"] == "decrease", -1.0, 1.0)
    stated = stated.assign(value=stated["value"] * sign).sort_values("value", kind="stable")
    absolute = stated["metric"].isin(table.loc[table["unit"] != "%", "metric"]).sum()
    with _canvas(ax, title or "写明的变化率 · Stated changes", len(stated)) as ax:
        _diverging(ax, stated["value"], [f"{v:+g}%".replace("-", "−") for v in stated["value"]])
        places = [f"{row.metric} ({row.number or '引言'})" for row in _records(stated)]
        _rows(ax, ["\n".join(wrap(place, 20)) for place in places])
        ax.set_xlabel(f"{len(stated)} 项中 {absolute} 项另有绝对数 · "
                      f"{absolute} of {len(stated)} also given as an absolute figure")  # fmt: skip
    return ax


def plot_concreteness(
    outcomes: pd.DataFrame,
    claims: pd.DataFrame,
    *,
    outline: pd.DataFrame | None = None,
    depth: int = 2,
    ax: Ax = None,
    title: str = "",
) -> Axes:
    """``extract_outcomes`` against ``extract_claims``, by division down to ``depth`` levels."""
    right, left = (
        [".".join(number.split(".")[:depth]) for number in table["number"]]
        for table in (outcomes, claims)
    )
    numbers = _in_order([*right, *left])
    with _canvas(ax, title or "有无数字 · Figures, and claims without", len(numbers)) as ax:
        for found, side, color in ((right, 1, BLUE), (left, -1, ORANGE)):
            counts = [found.count(number) for number in numbers]
            bars = ax.barh(range(len(numbers)), side * np.array(counts), color=color, height=0.66)
            ax.bar_label(bars, [str(count or "") for count in counts], padding=4)
        _rows(ax, _names(numbers, outline, 20, 1))
        ax.axvline(0, color=MUTED, linewidth=0.8)
        reach = 1.15 * max(map(abs, ax.get_xlim()))
        ax.set_xlim(-reach, reach)
        ax.set_xticks([-reach / 2, reach / 2], ["无数字 · without a figure", "有数字 · figures"])
    return ax


def plot_wordcloud(table: pd.DataFrame, *, top: int = 60, ax: Ax = None, title: str = "") -> Axes:
    """The ``top`` terms by ``count`` of a table, larger and darker for more frequent.

    Give it terms of the field (``theme_frequency``) rather than all words. The layout is the same
    on every run; the place of a word says nothing. Drawn as outlines, sharp at any size.
    """
    counts = table.groupby("term")["count"].max()
    width, height = 1520, 720
    with _canvas(ax, title or "高频术语 · Frequent terms", min(len(counts), 1), 1.55) as ax:
        if counts.empty:
            return ax
        cloud = WordCloud(
            font_path=_font().get_file(), width=width, height=height, max_words=top,
            prefer_horizontal=1, relative_scaling=0.5, max_font_size=180, min_font_size=18,
            margin=8, random_state=2,
        ).generate_from_frequencies(counts.to_dict())  # fmt: skip
        for (word, share), size, (y, x), _, _ in cloud.layout_:
            path = TextPath((0, 0), word, size=size, prop=_font())
            place = Affine2D().translate(x, -y - path.get_extents().y1)
            color = BLUES(0.45 + 0.55 * share**0.5)
            ax.add_patch(PathPatch(place.transform_path(path), color=color, lw=0))
        ax.set(xlim=(0, width), ylim=(-height, 0), aspect="equal")
        ax.set_axis_off()
    return ax
