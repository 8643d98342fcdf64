"""Tables to figures: drawn at the size they are read, in one language, in one palette.

Every function takes a table, draws on ``ax`` or on a new figure, and returns the Axes. ``language``
"zh" or "en" is that of title, axes and legend; words of the report are quoted. The title says what
the figure shows; ``title`` replaces it. Of more than 60 rows the 60 that matter most are drawn, and
the figure says so. What is no table is a TypeError, a table of another kind a ValueError.

None changes matplotlib's settings outside itself; ``use_style`` does.
"""

from .comparison import plot_metric, plot_sentence_flow
from .outcomes import plot_changes, plot_concreteness
from .style import use_style
from .text import (
    plot_dispersion,
    plot_keyness,
    plot_outline,
    plot_theme_heatmap,
    plot_wordcloud,
)

__all__ = [
    "plot_changes",
    "plot_concreteness",
    "plot_dispersion",
    "plot_keyness",
    "plot_metric",
    "plot_outline",
    "plot_sentence_flow",
    "plot_theme_heatmap",
    "plot_wordcloud",
    "use_style",
]
