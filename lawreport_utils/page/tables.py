"""All tables of one report: those of the package, and what only the page needs."""

from bisect import bisect_right
from collections.abc import Iterator

import pandas as pd

from ..check import check_report
from ..compare import compare_reports
from ..content import content_items
from ..figures.claims import extract_claims
from ..figures.outcomes import extract_outcomes
from ..model import Report
from ..passages import covers, plan_spans, shortcoming_spans, shortcoming_words
from ..structure import check_numbering, outline, sentence_spans
from ..tables import table
from ..terms import find_terms, term_frequency, theme_frequency, themes_of

Tables = dict[str, pd.DataFrame]
COMPARED = "compared_"  # how the name of a table of compare_reports starts here
_SENTENCES = {"number": "str", "sentence": "str", "start": "int64", "end": "int64"}


def report_tables(report: Report, earlier: Report | None = None) -> Tables:
    """Each table of a report by its name, as they go into a workbook.

    ``compared_sentences`` and so on are there where there is an ``earlier`` report.
    """
    tables = {
        "findings": check_report(report, earlier=earlier),
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
    if earlier is not None:
        compared = compare_reports(earlier, report)
        tables |= {f"{COMPARED}{name}": table for name, table in compared.items()}
    return tables


def plans(report: Report) -> pd.DataFrame:
    """The sentences that state plans: ``number sentence start end``."""
    spans = plan_spans(report)
    rows = [
        (number, report.text[start:end], start, end)
        for number, start, end in _prose(report)
        if covers(spans, start)
    ]
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
    words, inside, planned = shortcoming_words(), shortcoming_spans(report), plan_spans(report)
    rows = []
    for number, start, end in _prose(report):
        said = words["sentence"].search(report.folded, start, end)
        if covers(planned, start) or (said and words["unless"].search(report.folded, start, end)):
            continue
        if said or covers(inside, start):
            rows.append((number, report.text[start:end], start, end))
    return table(rows, **_SENTENCES)


def theme_hits(report: Report) -> pd.DataFrame:
    """Each place of each theme: ``theme term number start end``."""
    starts = [leaf.start for leaf in report.leaves]
    rows = []
    for theme, terms in themes_of(None).items():
        for match in find_terms(report, terms):
            number = report.leaves[bisect_right(starts, match.start()) - 1].section.number
            rows.append((theme, match[0], number, *match.span()))
    return table(rows, theme="str", term="str", number="str", start="int64", end="int64")
