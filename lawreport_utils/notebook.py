"""What notebooks need: the same outputs on every machine, words of a report within a sentence."""

import re
import warnings
from typing import Any

import pandas as pd
from IPython import get_ipython
from matplotlib_inline.config import InlineBackend

from .plots import use_style


def set_notebook_style() -> None:
    """Show figures in the style of this package, as SVG and as PNG; show numbers to two decimals.

    SVG is crisp and can be compared; PNG is what JupyterLab shows of a notebook that it doesn't
    trust yet, such as one just cloned. Without a date the same figure gives the same file.
    """
    saving: dict[str, Any] = {"bbox_inches": "tight", "metadata": {"Date": None}}
    inline = InlineBackend.instance(parent=get_ipython())
    inline.shell = get_ipython()
    inline.print_figure_kwargs = saving
    inline.figure_formats = {"svg", "png"}
    pd.set_option("display.precision", 2)
    warnings.filterwarnings("ignore", "Glyph .* missing from font")  # a box is drawn; enough said
    use_style()


_MARKUP = re.compile(r"[\\`*_\[\]#|~$]")
_TAG = re.compile(r"<(?=[a-zA-Z/!?])")


def shown(text: str) -> str:
    """Words of a report for a sentence in Markdown: shown as they are, whatever they hold.

    Markup is escaped; a tag is broken by an invisible word joiner, as no escape of it works both in
    JupyterLab and on the pages.

    >>> print(shown("*2024*年[报告]"))
    \\*2024\\*年\\[报告\\]
    >>> shown("<b>")
    '<\\u2060b>'
    """
    return _TAG.sub("<\u2060", _MARKUP.sub(r"\\\g<0>", " ".join(text.split())))
