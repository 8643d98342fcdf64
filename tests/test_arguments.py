"""What a beginner may give by mistake: one sentence that says what to do."""

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lawreport_utils import (
    check_numbering,
    check_report,
    collocates,
    compare_reports,
    concordance,
    content_items,
    dispersion,
    extract_claims,
    extract_outcomes,
    keyness,
    marked_text,
    outline,
    parse_report,
    reconcile,
    repeated_phrases,
    sentences,
    term_frequency,
    theme_frequency,
)

REPORT = parse_report("一、规范执法\n推进法治政府建设。\n二、打算\n加强执法监督。")
OF_A_REPORT = {
    "outline": outline,
    "sentences": sentences,
    "check_numbering": check_numbering,
    "content_items": content_items,
    "term_frequency": term_frequency,
    "theme_frequency": theme_frequency,
    "reconcile": lambda report: reconcile(report, "法治"),
    "keyness": lambda report: keyness(report, {"执法": 3}),
    "concordance": lambda report: concordance(report, "法治"),
    "collocates": lambda report: collocates(report, "法治"),
    "dispersion": dispersion,
    "repeated_phrases": repeated_phrases,
    "extract_outcomes": extract_outcomes,
    "extract_claims": extract_claims,
    "check_report": check_report,
    "compare_reports": lambda report: compare_reports(report, REPORT),
    "marked_text": marked_text,
}


@pytest.mark.parametrize("function", OF_A_REPORT.values(), ids=OF_A_REPORT)
@pytest.mark.parametrize(
    ("given", "way_out"),
    [
        ("a.txt", r"not the name 'a\.txt': read_report\('a\.txt'\) gives one"),
        (Path("a.txt"), r"read_report\('a\.txt'\) gives one"),
        ("一、学习\n二、执法", r"not a text: parse_report\(text\) gives one"),
        (outline(REPORT), "not a table: give the report that it was made of"),
        (None, r"not a NoneType: read_report\(path\) gives one"),
    ],
    ids=["name", "path", "text", "table", "nothing"],
)
def test_what_is_no_report_is_refused_with_the_way_out(function, given, way_out):
    with pytest.raises(TypeError, match=way_out):
        function(given)


def test_parse_report_takes_text():
    with pytest.raises(TypeError, match="takes the text of a report, not a "):
        parse_report(Path("a.txt"))


WORD_OPTIONS = {
    "themes": lambda words: theme_frequency(REPORT, themes={"a": words}),
    "themes of reconcile": lambda words: reconcile(REPORT, "法治", themes={"a": words}),
    "terms of dispersion": lambda words: dispersion(REPORT, {"a": words}),
    "terms": lambda words: term_frequency(REPORT, terms=words),
    "stop_words": lambda words: term_frequency(REPORT, stop_words=words),
    "terms of reconcile": lambda words: reconcile(REPORT, "法治", terms=words),
    "stop_words of keyness": lambda words: keyness(REPORT, {"执法": 1}, stop_words=words),
    "terms of keyness": lambda words: keyness(REPORT, {"执法": 1}, terms=words),
    "terms of phrases": lambda words: repeated_phrases(REPORT, terms=words),
    "terms of collocates": lambda words: collocates(REPORT, "法治", terms=words),
}


@pytest.mark.parametrize("give", WORD_OPTIONS.values(), ids=WORD_OPTIONS)
def test_a_string_is_no_list_of_words(give):
    give(["法治"])
    with pytest.raises(TypeError, match=r"must be a list of strings, not a string: \['法治'\]"):
        give("法治")
    with pytest.raises(TypeError, match="must be a list of strings, but it holds 7"):
        give(["法治", 7])
    with pytest.raises(TypeError, match="must be a list of strings, not a int"):
        give(7)


def test_themes_are_lists_by_name():
    with pytest.raises(TypeError, match=r"themes must be \{name: list of terms\}"):
        theme_frequency(REPORT, themes=["法治"])


@pytest.mark.parametrize("count", [-1, 2.5, math.nan, math.inf, 2**63, np.float64("nan")])
def test_counts_are_whole_numbers(count):
    with pytest.raises(ValueError, match="the count of '执法' must be a whole number from 0"):
        keyness({"执法": count, "监督": 2}, {"执法": 1})
    with pytest.raises(ValueError, match="the count of '执法'"):
        keyness(REPORT, pd.Series({"执法": count}))


@pytest.mark.parametrize("counts", [{"执法": "3"}, {"执法": None}, {"执法": True}, {7: 3}])
def test_counts_are_of_words(counts):
    with pytest.raises(TypeError, match=r"the count of '执法' must be|counts are of words"):
        keyness(REPORT, counts)


def test_a_series_counts_as_a_dict_does():
    counts = {"执法": 3, "监督": 2.0}
    assert keyness(REPORT, pd.Series(counts)).equals(keyness(REPORT, {"执法": 3, "监督": 2}))
