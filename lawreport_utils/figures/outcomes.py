"""Stated figures: what a report says happened how often, how much, or changed by how much.

A figure is read within its clause: the words before it, back to the previous figure, name what is
measured, unless a noun follows the measure word (5个中心). ``numerals`` finds the figures,
``tokens`` the words, ``names`` takes them apart; here they are put together.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import pandas as pd

from ..arguments import need_report
from ..model import Report
from ..passages import plan_spans
from ..tables import table
from .actions import split_action
from .clauses import Read
from .sentences import read_sentences
from .tokens import Words
from .vocabulary import ends_as


class Stated(NamedTuple):
    """A row of ``extract_outcomes``."""

    action: str | None
    metric: str
    value: float
    unit: str | None
    bound: str
    direction: str | None
    basis: str | None
    kind: str
    surface: str
    number: str
    sentence: str
    start: int
    end: int
    part_of: int | None


_COLUMNS = dict.fromkeys(Stated._fields, "str") | {
    "value": "float64",
    "start": "int64",
    "end": "int64",
    "part_of": "Int64",
}


def extract_outcomes(report: Report) -> pd.DataFrame:
    """The figures that a report states, a row each, in text order.

    Columns: ``action`` the verb that says what was done with the things counted, or missing;
    ``metric`` the words that name what is measured; ``value`` (float, base units);
    ``unit`` the measure word, missing where the text has none; ``bound`` exact, at_least, at_most
    or about; ``direction`` increase, decrease or missing; ``basis`` what a change is measured
    against, as printed, or missing; ``kind`` change, level, count or target; ``surface`` the
    figure as printed, which is ``report.text[start:end]``; ``number`` of its division;
    ``sentence``; ``part_of`` the ``start`` of the total that this figure is a part of, or missing.

    A bare number in a row of a table takes the unit of its row (复议案件（件）) or that above the
    table. Dates, list markers, names of meetings, plans and schemes, rules (应当…20日内), document
    and article numbers and anything within 《》 are no figures. No figures give an empty table.

    >>> from lawreport_utils import parse_report
    >>> report = parse_report("城中村治安、高空抛物警情同比分别下降18.4%、32.2%。")
    >>> extract_outcomes(report)[["metric", "value", "unit", "direction", "basis"]]
        metric  value unit direction basis
    0  城中村治安警情   18.4    %  decrease    同比
    1   高空抛物警情   32.2    %  decrease    同比
    """
    return table(list(stated_figures(need_report(report))), **_COLUMNS)


@lru_cache(maxsize=1)  # read by extract_claims as well
def stated_figures(report: Report) -> tuple[Stated, ...]:
    """The rows of ``extract_outcomes``."""
    return tuple(_rows(report))


def _rows(report: Report) -> Iterator[Stated]:
    text, plans = report.text, plan_spans(report)
    for number, start, end, read in read_sentences(report):
        planned = any(plan_start <= start < plan_end for plan_start, plan_end in plans)
        for row in read:
            action, metric = split_action(row.metric, _counted(row))
            figure, kind = row.figure, "target" if row.target or planned else _kind(row)
            yield Stated(
                _printed(action, text) or None, _printed(metric, text),
                figure.value, figure.unit, figure.bound,
                figure.change or row.naming.direction, row.naming.basis, kind,
                text[figure.start : figure.end], number, text[start:end],
                figure.start, figure.end, row.part_of,
            )  # fmt: skip


def _counted(row: Read) -> str | None:
    """The measure word where it counts things that something was done with."""
    figure = row.figure
    whole = figure.is_rate or figure.zero or row.naming.reached or row.origin
    return None if whole else figure.unit or ""


def _printed(words: Words, text: str) -> str:
    return "".join([text[word.start : word.end] for word in words])


def _kind(row: Read) -> str:
    figure, naming = row.figure, row.naming
    if (figure.change or naming.direction) and not naming.reached:
        return "change"
    scored = figure.unit is None and ends_as(row.metric[-1].text, "score")
    return "level" if figure.is_rate or figure.zero or scored else "count"
