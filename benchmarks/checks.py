"""What must hold for any input: asserted by ``tests/test_hostile.py`` and by the fuzzer."""

from itertools import pairwise
from math import isfinite
from pathlib import Path

import pandas as pd

from lawreport_utils import (
    Report,
    ReportError,
    check_numbering,
    check_report,
    compare_reports,
    content_items,
    extract_claims,
    extract_outcomes,
    outline,
    parse_report,
    read_report,
    sentences,
    theme_frequency,
)
from lawreport_utils.figures.numerals import find_numerals
from lawreport_utils.passages import plan_spans
from lawreport_utils.segment import Borders, words


def check_reading(path: Path) -> None:
    """A file gives a report, or a ReportError that names the file, the problem and the way out."""
    try:
        assert read_report(path).text.strip()
    except ReportError as error:
        told = error.source, bool(error.problem), bool(error.remedy)
        assert told == (str(path), True, True), error  # noqa: PT017 - any other error is a failure


def check_parsing(text: str) -> None:
    """The divisions nest, their stretches cover the text, and what is quoted stands there."""
    report = _parsed(text)
    if report is None:
        return
    text, numbers = report.text, [section.number for section in report.sections]
    assert len(set(numbers)) == len(numbers)
    for section in report.sections:
        assert 0 <= section.start < section.end <= len(text)
        assert text.startswith(section.marker, section.start)
        assert section.heading in text[section.start : section.end]
        if parent := section.parent:
            assert parent.start <= section.start < section.end <= parent.end
            assert section.number.startswith(parent.number + ".")
            assert section.level == parent.level + 1
    assert "".join(text[leaf.start : leaf.end] for leaf in report.leaves) == text
    _check_quotations(text, sentences(report), "sentence", ordered=True)
    _check_quotations(text, check_numbering(report), "marker", ordered=True)
    _check_quotations(text, content_items(report).dropna(subset="start"), "evidence")
    assert set(outline(report)["number"]) <= set(numbers)
    assert all(end <= start for (_, end), (start, _) in pairwise(plan_spans(report)))


def check_extraction(text: str) -> None:
    """Figures and claims are quoted from the text, in order, each in its sentence."""
    report = _parsed(text)
    if report is None:
        return
    position = 0
    cut = words(report)
    [numerals] = find_numerals(cut.text, Borders(cut.starts), [(0, len(cut.text))])
    for numeral in numerals:
        assert position <= numeral.start <= numeral.first < numeral.end <= len(report.text)
        assert isfinite(numeral.value)
        assert numeral.value >= 0
        position = numeral.end
    outcomes, claims = extract_outcomes(report), extract_claims(report)
    for table in (outcomes, claims):
        _check_quotations(report.text, table, "surface", ordered=True)
        assert set(table["number"]) <= {section.number for section in report.sections}
        for row in table.itertuples():
            assert str(row.surface) in str(row.sentence) in report.text
    assert outcomes["bound"].isin(["exact", "at_least", "at_most", "about"]).all()
    assert outcomes["kind"].isin(["change", "level", "count", "target"]).all()
    assert outcomes["direction"].dropna().isin(["increase", "decrease"]).all()
    assert (theme_frequency(report)["count"] > 0).all()


def check_questions(text: str) -> None:
    """Each question is about a place of the text, and the other place is one of it too."""
    report = _parsed(text)
    if report is None:
        return
    table = check_report(report)
    placed = table.dropna(subset="start").astype({"start": "int64", "end": "int64"})
    _check_quotations(report.text, placed, "surface")
    assert (table["question_zh"].str.len() > 0).all()
    assert (table["question_en"].str.len() > 0).all()
    other = table.dropna(subset="other_start")
    assert ((other["other_start"] >= 0) & (other["other_start"] < other["other_end"])).all()
    assert (other["other_end"] <= len(report.text)).all()


def check_comparison(text: str) -> None:
    """The halves of a text as two years: each row quotes its side, each sentence is in one row."""
    earlier, later = _parsed(text[: len(text) // 2]), _parsed(text[len(text) // 2 :])
    if earlier is None or later is None:
        return
    table = compare_reports(earlier, later)["sentences"]
    for report, side in ((earlier, "earlier"), (later, "later")):
        names = {f"{column}_{side}": column for column in ("start", "end", "sentence")}
        rows = table.dropna(subset=f"start_{side}").rename(columns=names)
        rows = rows.astype({"start": "int64", "end": "int64"})
        _check_quotations(report.text, rows, "sentence")
        assert not rows["start"].duplicated().any()


def _parsed(text: str) -> Report | None:
    try:
        return parse_report(text)
    except ReportError:
        return None


def _check_quotations(
    text: str, table: pd.DataFrame, column: str, *, ordered: bool = False
) -> None:
    """Start and end of each row are those of the quotation in it."""
    for start, end, quoted in zip(table["start"], table["end"], table[column], strict=True):
        assert text[start:end] == quoted != "", (start, end, quoted)
    assert not ordered or table["start"].is_monotonic_increasing
