"""How figures look: one face, a palette in which a colour means one thing, sizes to be read."""

import re
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Any

import matplotlib as mpl
import pandas as pd
from matplotlib import font_manager
from matplotlib.colors import LinearSegmentedColormap

from ..lexicon import load

# One colour, one meaning, as in the marked report: slate is the text, violet its words, blue a
# stated figure, vermilion a claim without one. Each has at least 4.5 : 1 on white.
TEXT, PALE = "#4a6072", "#d3dce3"  # PALE: text that is no division's own
WORDS, FIGURES, CLAIMS = "#5b45b0", "#0b5a8f", "#a3480a"
INK, MUTED, LINE = "#1d2733", "#5c6873", "#d9dfe4"
DENSITY = LinearSegmentedColormap.from_list("words", ["#f3f0fb", "#a99ce0", WORDS, "#2f1f7a"])
WIDTH = 5.4  # inches: letters are still read where a phone shrinks the figure to its screen
MOST = 60  # rows; a figure of thousands is no figure


@cache
def font() -> font_manager.FontProperties:
    """The Chinese face that comes with the package, so that figures look the same everywhere."""
    path = str(files("pylopdf_fonts_zh_cn") / "NotoSansSC-Regular.otf")
    font_manager.fontManager.addfont(path)
    return font_manager.FontProperties(fname=path)


def style() -> Any:
    return {
        "font.family": font().get_name(),
        "font.size": 10.5,
        "axes.titlesize": 12.5,
        "axes.titlelocation": "left",
        "axes.titlepad": 10,
        "axes.titlecolor": INK,
        "axes.labelsize": 10,
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
        "figure.dpi": 100,
        "figure.constrained_layout.use": True,
        "svg.fonttype": "path",  # no reader needs the font
        "svg.hashsalt": "lawreport_utils",  # the same figure gives the same file
    }


def use_style() -> None:
    """Set matplotlib for the whole session: the fonts and sizes of this package, repeatable SVG."""
    mpl.rcParams.update(style())


def words(language: str) -> dict[str, str]:
    """The words of the figures in a language; ValueError for a language there are none in."""
    languages = load.table("plots")
    if not isinstance(language, str) or language not in languages:
        raise ValueError(f"language must be {' or '.join(languages)}, not {language!r}")
    return dict(languages[language])


def checked(table: Any, maker: str, *columns: str) -> pd.DataFrame:
    """The table, if it is one with these columns, as ``maker`` gives it."""
    if not isinstance(table, pd.DataFrame):
        kind = type(table).__name__
        raise TypeError(f"a figure is drawn of a table, such as {maker} gives, not of a {kind}")
    if missing := [name for name in columns if name not in table.columns]:
        raise ValueError(f"the table has no column {missing[0]}; {maker} gives one that has it")
    return table


# What stays on one line: a few characters in brackets, a word in Latin letters, or one character;
# closing marks stay with what they close.
_PIECE = re.compile(
    r"(?:（[^（）]{1,9}|[!-~\u00a1-\u2014]+|.)[”’，。、；：）》〉」\]]*\s?", re.DOTALL
)


def wrapped(text: str, width: int, lines: int = 0) -> str:
    """A text in lines of ``width`` half-width characters; what exceeds ``lines`` ends in ….

    >>> print(wrapped("推进法治政府建设，Part 3 of the text", 16))
    推进法治政府建
    设，Part 3 of
    the text
    """
    done = [""]
    for piece in _PIECE.findall(" ".join(text.split())):
        if done[-1] and breadth(done[-1] + piece.rstrip()) > width:
            done.append("")
        done[-1] += piece
    shown = [line.rstrip() for line in done]
    if lines and len(shown) > lines:
        shown = [*shown[: lines - 1], shown[lines - 1] + "…"]
    return "\n".join(shown)


def breadth(text: str) -> int:
    """How many half-width characters a text is wide."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)
