"""What the regulation asks of an annual report, found in its text or not."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

import pandas as pd

from .arguments import need_report
from .characters import fold
from .dates import find_dates
from .lexicon import load
from .model import Report
from .passages import Span, covers, plan_spans
from .structure import sentence_spans
from .tables import table

_Place = tuple[str, int, int]  # number of the division, start, end


def content_items(report: Report) -> pd.DataFrame:
    """The items of the 《法治政府建设与责任落实督察工作规定》, each found in the report or not.

    One row an item, always the same rows: measures and results, shortcomings, their causes, the
    leaders' duty, plans, other matters; then the two due dates, judged by the publication date.

    Columns: ``item``; ``required`` (bool; the date of reporting binds departments); ``found``
    (bool); ``number`` of the division, ``evidence`` (a heading, else the first sentence; the date
    as printed), ``start`` and ``end``, all four missing where there is no evidence.

    Not found means that no heading and no sentence has the wording of ``lexicon/content.toml``, or
    that the printed date is late or missing: an observation about the text, not about the work.

    >>> from lawreport_utils import parse_report
    >>> text = "某局2024年法治建设年度报告\\n2025-03-05\\n一、主要举措\\n二、存在的不足"
    >>> items = content_items(parse_report(text))
    >>> items[items["found"]][["item", "required", "evidence"]]
             item  required    evidence
    0     主要举措和成效      True        主要举措
    1       存在的不足      True       存在的不足
    7  次年4月1日前公开      True  2025-03-05
    """
    return table(list(item_rows(need_report(report))), **_COLUMNS)


class Item(NamedTuple):
    """A row of ``content_items``."""

    item: str
    required: bool
    found: bool
    number: str | None
    evidence: str | None
    start: int | None
    end: int | None


_COLUMNS = dict.fromkeys(Item._fields, "str") | {
    "required": "bool",
    "found": "bool",
    "start": "Int64",
    "end": "Int64",
}


@lru_cache(maxsize=2)  # asked for by check_report as well
def item_rows(report: Report) -> tuple[Item, ...]:
    """The rows of ``content_items``."""
    return tuple(_rows(report))


def _rows(report: Report) -> Iterator[Item]:
    sentences, plans = sentence_spans(report), plan_spans(report)
    for item in load.table("content")["items"]:
        place = _heading(report, item, plans)
        if place is None and "plans" in item:
            place = next((each for each in sentences if plans and each[2] > plans[0][0]), None)
        elif place is None:
            place = _named(report, item, sentences, plans if "done" in item else [])
        yield Item(item["name"], item["required"], place is not None, *_quoted(report, place))
    printed = _quoted(report, _publication(report))
    for deadline in load.table("content")["deadlines"]:
        due = date(report.year + 1, deadline["month"], deadline["day"]) if report.year else None
        in_time = bool(due and report.published and report.published < due)
        exempt = load.any_of(deadline.get("required_unless", _NEVER)).search(fold(report.agency))
        yield Item(deadline["name"], not exempt, in_time, *printed)


_NEVER = "(?!)"


def _heading(report: Report, item: dict[str, Any], plans: list[Span]) -> _Place | None:
    """The heading that names the item: the highest one, then the first."""
    wanted, unless = load.any_of(*item["heading"]), load.any_of(item.get("unless", _NEVER))
    planned = {start for start, _ in plans} if "plans" in item else set()
    for section in sorted(report.sections, key=lambda section: (section.level, section.start)):
        heading = section.title
        named = wanted.search(heading) and not unless.search(heading)
        if "done" in item and covers(plans, section.start):
            continue
        if heading and (named or section.start in planned):
            start = report.text.index(section.heading, section.start + len(section.marker))
            return section.number, start, start + len(heading)
    return None


def _named(
    report: Report, item: dict[str, Any], sentences: Iterable[_Place], without: list[Span]
) -> _Place | None:
    """The first sentence that names the item, outside of some stretches of the text."""
    wanted, unless = load.any_of(*item["sentence"]), load.any_of(item.get("unless", _NEVER))
    for number, start, end in sentences:
        found = wanted.search(report.folded, start, end)
        if found and not unless.search(report.folded, start, end) and not covers(without, start):
            return number, start, end
    return None


def _publication(report: Report) -> _Place | None:
    """Where the publication date is printed."""
    for found in find_dates(report.folded):
        if found.value == report.published:
            return report.section_at(found.start).number, found.start, found.end
    return None


def _quoted(report: Report, place: _Place | None) -> tuple[Any, ...]:
    if place is None:
        return (None,) * 4
    number, start, end = place
    return number, report.text[start:end], start, end
