"""What a notebook sets in its first cell, so that its outputs are the same on every machine."""

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
    use_style()
