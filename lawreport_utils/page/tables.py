"""All tables of one report: those of the package, and what only the page needs."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import Any

import pandas as pd

from ..characters import fold
from ..content import content_items
from ..figures.claims import extract_claims
from ..figures.outcomes import extract_outcomes
from ..lexicon import load
from ..model import Report
from ..structure import check_numbering, outline, plan_spans, sentence_spans
from ..tables import table
from ..terms import find_terms, term_frequency, theme_frequency, themes_of

Tables = dict[str, pd.DataFrame]
Span = tuple[int, int]
_SENTENCES = {"number": "str", "sentence": "str", "start": "int64", "end": "int64"}


def report_tables(report: Report, earlier: Report | None = None) -> Tables:
    """Each table of a report by its name, as they go into a workbook.

    ``findings`` is there where this version checks reports, ``compared_sentences`` and so on where
    there is an ``earlier`` report and this version compares.
    """
    tables = {
        "outcomes": extract_outcomes(report),
        "claims": extract_claims(report),
        "plans": plans(report),
        "shortcomings": shortcomings(report),
        "content": content_items(report),
        "outline": outline(report),
        "numbering": check_numbering(report),
        "themes": theme_frequency(report),
        "terms": term_frequency(report),
    }
    check, compare = optional("check", "check_report"), optional("compare", "compare_reports")
    if check is not None:
        tables = {"findings": check(report, earlier=earlier), **tables}
    if compare is not None and earlier is not None:
        compared = compare(earlier, report)
        tables |= {f"{COMPARED}{name}": table for name, table in compared.items()}
    return tables


COMPARED = "compared_"  # how the name of a table of compare_reports starts here


def optional(module: str, name: str) -> Any:
    """A function of a module that this version may not have yet, else None."""
    try:
        return getattr(import_module(f"lawreport_utils.{module}"), name)
    except ModuleNotFoundError as error:
        if error.name != f"lawreport_utils.{module}":
            raise
        return None


def plans(report: Report) -> pd.DataFrame:
    """The sentences that state plans, up to the closing formula: ``number sentence start end``."""
    closing = _pattern(*load.table("structure")["closing"]["formula"])
    spans, rows = plan_spans(report), []
    for number, start, end in _prose(report):
        if covers(spans, start):
            if closing.match(report.folded, start):
                break
            rows.append((number, report.text[start:end], start, end))
    return table(rows, **_SENTENCES)


def _prose(report: Report) -> Iterator[tuple[str, int, int]]:
    """The sentences without the title lines of divisions."""
    titles = {
        section.start: _solid(section.marker + section.heading)
        for section in report.sections
        if section.heading
    }
    for number, start, end in sentence_spans(report):
        if titles.get(start) != _solid(report.text[start:end]):
            yield number, start, end


def _solid(text: str) -> str:
    return "".join(text.split())


def shortcomings(report: Report) -> pd.DataFrame:
    """The sentences on what is lacking: ``number sentence start end``.

    They stand in a division whose heading names shortcomings and no results, or have the wording
    of ``lexicon/content.toml``; what is planned is none.
    """
    _, sentence, unless = _shortcoming_words()
    inside, planned, rows = list(_divisions_on_shortcomings(report)), plan_spans(report), []
    for number, start, end in _prose(report):
        said = sentence.search(report.folded, start, end)
        if covers(planned, start) or (said and unless.search(report.folded, start, end)):
            continue
        if said or covers(inside, start):
            rows.append((number, report.text[start:end], start, end))
    return table(rows, **_SENTENCES)


def _shortcoming_words() -> list[re.Pattern[str]]:
    """What a heading says of shortcomings, what a sentence says, and what neither may say."""
    item = next(item for item in load.table("content")["items"] if item["name"] == "存在的不足")
    return [_pattern(*_listed(item[key])) for key in _KEYS]


def _divisions_on_shortcomings(report: Report) -> Iterator[Span]:
    """The text below each heading that names shortcomings and no results; none within another."""
    heading, _, unless = _shortcoming_words()
    results, last = _pattern(load.table("claims")["not_claimed"]["results"]), 0
    for section in report.sections:
        title = fold(section.heading)
        named = heading.search(title) and not unless.search(title) and not results.search(title)
        if named and section.start >= last:
            last = section.end
            yield section.start + len(section.marker) + len(title), section.end


_KEYS = ("heading", "sentence", "unless")


def _listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


@cache
def _pattern(*words: str) -> re.Pattern[str]:
    return re.compile("|".join(words))


def theme_hits(report: Report) -> pd.DataFrame:
    """Each place of each theme: ``theme term number start end``."""
    starts = [leaf.start for leaf in report.leaves]
    rows = []
    for theme, terms in themes_of(None).items():
        for match in find_terms(report, terms):
            number = report.leaves[bisect_right(starts, match.start()) - 1].section.number
            rows.append((theme, match[0], number, *match.span()))
    return table(rows, theme="str", term="str", number="str", start="int64", end="int64")


def covers(spans: list[Span], position: int) -> bool:
    """Whether a position is within one of the spans, which are in order and don't overlap."""
    index = bisect_right(spans, position, key=lambda span: span[0]) - 1
    return index >= 0 and position < spans[index][1]
