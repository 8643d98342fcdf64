"""Axes to draw on, and the labels of their rows."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from math import ceil
from threading import RLock
from typing import Any, ParamSpec

import matplotlib as mpl
import pandas as pd
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, blended_transform_factory

from ..arguments import whole_number
from ..labels import PREAMBLE, gloss
from .style import MUTED, WIDTH, checked, font, style, words, wrapped

Ax = Axes | None
Given = ParamSpec("Given")
_LOCK = RLock()  # matplotlib's settings are those of the whole process


def drawing(function: Callable[Given, Axes]) -> Callable[Given, Axes]:
    """A function that draws: its options are looked at before it starts."""

    @wraps(function)
    def checking(*tables: Given.args, **options: Given.kwargs) -> Axes:
        _check(dict(options))
        return function(*tables, **options)

    return checking


def _check(options: dict[str, Any]) -> None:
    ax, title = options.get("ax"), options.get("title", "")
    if ax is not None and not isinstance(ax, Axes):
        raise TypeError(f"ax must be None or Axes of matplotlib, not a {type(ax).__name__}")
    if not isinstance(title, str):
        raise TypeError(f"title must be a string, not a {type(title).__name__}")
    for name in {"top", "depth"} & options.keys():
        whole_number(options[name], name, 1)
    for name in {"outline", "earlier", "later"} & options.keys():
        if options[name] is not None:
            columns = ("number", "level", "marker", "heading", "start", "end")
            checked(options[name], "outline(report)", *columns)


@contextmanager
def canvas(
    ax: Ax,
    title: str,
    rows: int,
    language: str,
    *,
    height: float = 0.3,
    more: float = 1,
    of: int = 0,
) -> Iterator[Axes]:
    """Axes to draw on; a new figure is as high as its rows need, and ``more`` inches.

    Without rows it says so; ``of`` is how many rows the table has, where not
    all are drawn. Every text of the Axes, that of a later title too, is in our face: a font is
    bound to a text when the text is made.
    """
    own, say = ax is None, words(language)
    with _LOCK:
        # mpl.rc_context would also undo the interactive mode that a notebook's first figure sets.
        before = {key: mpl.rcParams[key] for key in style()}
        mpl.rcParams.update(style())
        try:
            if ax is None:
                _, ax = plt.subplots(figsize=(WIDTH, more + height * max(rows, 2)))
            ax.tick_params(labelfontfamily=font().get_name())
            yield ax
            if not rows:
                ax.clear()
                ax.set_axis_off()
                ax.text(0.5, 0.5, say["nothing"], transform=ax.transAxes, ha="center")
            if of > rows:
                note = say["most"].format(rows=rows, of=of)
                ax.set_xlabel(f"{ax.get_xlabel()}\n{note}".strip())
            _entitle(ax, title, own, before["axes.titlelocation"])
            for text in ax.findobj(Text):
                text.set_fontfamily(font().get_name())
        finally:
            mpl.rcParams.update(before)


def _entitle(ax: Axes, title: str, own: bool, where: Any) -> None:
    """A title where the user's next would be put; in a figure of ours it starts at the margin."""
    size = mpl.rcParams["axes.titlesize"]
    inches = WIDTH if own else ax.get_window_extent().width / ax.figure.dpi
    text = ax.set_title(wrapped(title, int(2 * 72 * inches / size)), loc=where)
    if own:
        margin = Affine2D().translate(0.01 - text.get_position()[0], 0) + ax.figure.transFigure
        text.set_horizontalalignment("left")
        text.set_transform(blended_transform_factory(margin, text.get_transform()))


def records(table: pd.DataFrame) -> Iterator[Any]:
    return table.itertuples(index=False)


def set_rows(ax: Axes, labels: Sequence[str]) -> None:
    """One labelled row below the other; no axis, since the bars are labelled."""
    ax.set_yticks(range(len(labels)), labels, linespacing=1.25)
    ax.set_ylim(len(labels) - 0.4, -0.6)
    ax.set_xticks([])
    ax.spines["bottom"].set_visible(False)


def division_names(
    numbers: Sequence[str], outline: pd.DataFrame | None, language: str, width: int, lines: int
) -> list[str]:
    """Divisions as a reader knows them: by marker and heading, or by number without an outline."""
    rows = {} if outline is None else {row.number: row for row in records(outline)}
    names = []
    for number in numbers:
        row = rows.get(number)
        name = row.marker + row.heading if row and number else number or PREAMBLE[language]
        n = ceil(len(name) / width)  # lines: of like length if they hold it all
        even = max(ceil(len(name) / n), 4) if 0 < n <= lines else width
        names.append(wrapped(name, 2 * even, lines))
    return names


def division_name(number: str, outline: pd.DataFrame | None, language: str) -> str:
    return division_names([number], outline, language, 16, 1)[0]


def in_order(numbers: Any) -> list[str]:
    return sorted(set(numbers), key=lambda number: [int(i) for i in number.split(".") if i])


def theme_name(name: str, language: str) -> str:
    return gloss("theme", name) or name if language == "en" else name


def diverging(ax: Axes, values: pd.Series, labels: list[str], color: str) -> None:
    """Bars to both sides of zero, labelled at their ends, with room for the labels."""
    bars = ax.barh(range(len(values)), values, color=color, height=0.66)
    ax.bar_label(bars, labels, padding=4)
    ax.axvline(0, color=MUTED, linewidth=0.8)
    ax.margins(x=0.22)
