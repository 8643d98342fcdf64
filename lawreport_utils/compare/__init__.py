"""Two reports side by side: sentences, figures, what was planned and what is stated of it."""

import math

import pandas as pd

from ..arguments import need_report
from ..characters import count_han
from ..content import content_items
from ..model import Report
from ..tables import table
from ..terms import theme_frequency
from .alignment import Pair, align
from .pairing import figure_table, read_figures, target_table

_SMOOTHING = 0.5  # counted of what doesn't occur, so that a ratio can be formed

_SENTENCES = {
    "status": "str", "number_earlier": "str", "sentence_earlier": "str", "start_earlier": "Int64",
    "end_earlier": "Int64", "number_later": "str", "sentence_later": "str", "start_later": "Int64",
    "end_later": "Int64", "similarity": "float64",
}  # fmt: skip


def compare_reports(earlier: Report, later: Report) -> dict[str, pd.DataFrame]:
    """What changed from one report to another, as tables: a dict with these keys.

    ``sentences``: each sentence of both reports once, in the order of the later one. ``status``:
    same, figures (only numerals and years differ), reworded, new (only in the later), dropped (only
    in the earlier). ``number_``, ``sentence_``, ``start_`` and ``end_`` ``earlier`` and ``later``,
    missing where there is no match; ``similarity`` from 0 to 1 (the share of characters that stand
    in both in the same order).

    ``figures``: figures of both reports that measure the same, plans left out. ``action``,
    ``metric``, ``unit`` and ``kind`` of the later one; ``value_earlier``, ``value_later``;
    ``change`` (their difference) and ``percent`` (of the earlier value; missing where that is 0
    or a rate); ``stated``: the change that the later report states of the figure,
    signed, in per cent (in percentage points of a rate); ``agrees``: does that follow from the two
    values, rounding allowed for? ``start_earlier``, ``start_later``; ``note``: "bound" where one
    is exact and the other at least or about, else missing. A name is the same with other actors or
    in another order; figures of another scope (全市, 全区) aren't paired.

    ``targets``: the figures that the earlier report plans. ``action metric unit bound target``;
    ``result`` that the later report states, ``status``: reached, below or not_found (in the text);
    ``start_target``, ``start_result``, ``sentence_target``, ``sentence_result``.

    ``themes``: ``theme per_1000_earlier per_1000_later`` (per 1,000 Han characters), ``log_ratio``
    (binary, of the two rates). ``content``: ``item found_earlier found_later``.

    >>> from lawreport_utils import parse_report
    >>> one = parse_report("某局2023年法治建设年度报告\\n一、举措\\n办理案件100件。开展培训。")
    >>> two = parse_report("某局2024年法治建设年度报告\\n一、举措\\n办理案件120件,同比增长20%。")
    >>> tables = compare_reports(one, two)
    >>> tables["figures"][["value_earlier", "value_later", "percent", "stated", "agrees"]]
       value_earlier  value_later  percent  stated  agrees
    0          100.0        120.0     20.0    20.0    True
    >>> tables["sentences"]["status"].tolist()
    ['figures', 'same', 'reworded', 'dropped']
    """
    pairs = align(need_report(earlier, "earlier"), need_report(later, "later"))
    before, after = (list(read_figures(report)) for report in (earlier, later))
    return {
        "sentences": _sentence_table(pairs),
        "figures": figure_table(before, after, pairs),
        "targets": target_table(before, after),
        "themes": _theme_table(earlier, later),
        "content": _content_table(earlier, later),
    }


def _sentence_table(pairs: list[Pair]) -> pd.DataFrame:
    rows = []
    for status, one, other, similarity in pairs:
        left = (one.number, one.text, one.start, one.end) if one else (None,) * 4
        right = (other.number, other.text, other.start, other.end) if other else (None,) * 4
        rows.append((status, *left, *right, similarity))
    return table(rows, **_SENTENCES)


def _theme_table(earlier: Report, later: Report) -> pd.DataFrame:
    counts, sizes = [], []
    for report in (earlier, later):
        counts.append(theme_frequency(report).groupby("theme", sort=False)["count"].sum())
        sizes.append(max(count_han(report.folded), 1))
    rows = []
    for theme in dict.fromkeys([*counts[0].index, *counts[1].index]):
        old, new = (int(count.get(theme, 0)) for count in counts)
        ratio_ = (new + _SMOOTHING) / sizes[1] / ((old + _SMOOTHING) / sizes[0])
        rows.append((theme, 1000 * old / sizes[0], 1000 * new / sizes[1], math.log2(ratio_)))
    return table(rows, theme="str", per_1000_earlier="float64", per_1000_later="float64",
                 log_ratio="float64")  # fmt: skip


def _content_table(earlier: Report, later: Report) -> pd.DataFrame:
    before, after = content_items(earlier), content_items(later)
    rows = list(zip(before["item"], before["found"], after["found"], strict=True))
    return table(rows, item="str", found_earlier="bool", found_later="bool")
