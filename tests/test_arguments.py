"""What a beginner may give by mistake: one sentence that says what to do."""

import math
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lawreport_utils import (
    ReportError,
    analyze_corpus,
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
    plot_changes,
    plot_concreteness,
    plot_dispersion,
    plot_keyness,
    plot_outline,
    plot_sentence_flow,
    plot_theme_heatmap,
    plot_wordcloud,
    read_annotations,
    reconcile,
    repeated_phrases,
    score_annotations,
    sentences,
    term_frequency,
    theme_frequency,
    write_annotations,
    write_workbook,
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
    "read_annotations": lambda report: read_annotations(report, "a.jsonl"),
    "score_annotations": lambda report: score_annotations(report, "a.jsonl"),
    "write_annotations": lambda report: write_annotations(report, "a.jsonl"),
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
    for given, kind in ((7, "int"), ({"法治": 1}, "dict"), (outline(REPORT), "DataFrame")):
        with pytest.raises(TypeError, match=f"must be a list of strings, not a {kind}"):
            give(given)
    with pytest.raises(ValueError, match="must be words of characters, but it holds"):
        give(["法\ud800"])


@pytest.mark.parametrize("kind", [pd.Series, pd.Index, np.array, set, iter, tuple])
@pytest.mark.parametrize("give", WORD_OPTIONS.values(), ids=WORD_OPTIONS)
def test_whatever_gives_words_is_a_list_of_words(give, kind):
    found, expected = give(kind(["法治", "执法"])), give(["法治", "执法"])
    assert found.equals(expected)


TERM_OPTIONS = {
    "themes": lambda terms: theme_frequency(REPORT, themes={"a": terms}),
    "terms of term_frequency": lambda terms: term_frequency(REPORT, terms=terms),
    "terms of reconcile": lambda terms: reconcile(REPORT, "法治", terms=terms),
    "terms of dispersion": lambda terms: dispersion(REPORT, terms),
    "term": lambda terms: concordance(REPORT, terms),
    "terms of keyness": lambda terms: keyness(REPORT, {"执法": 1}, terms=terms),
    "terms of phrases": lambda terms: repeated_phrases(REPORT, terms=terms),
}


@pytest.mark.parametrize("option", TERM_OPTIONS)
def test_a_term_has_a_character_and_lists_have_a_limit(option):
    give, name = TERM_OPTIONS[option], option.split()[0]
    for empty in ("", " ", "\u3000"):
        with pytest.raises(ValueError, match=rf"{name}.* at least one character, but it holds"):
            give(["法治", empty])
    with pytest.raises(ValueError, match=rf"{name}.* at most 1,000,000 characters .*fewer or"):
        give([f"{i:05}" * 30 for i in range(6667)])


def test_a_term_of_a_dictionary_is_no_longer_than_a_sentence():
    for name in ("terms of term_frequency", "terms of keyness", "terms of phrases"):
        with pytest.raises(ValueError, match=r"at most 200 characters, .* of 6,"):
            TERM_OPTIONS[name](["法治" * 3000])


def test_a_word_is_a_string_with_a_character():
    for given in (None, 7, ["法治"], b"x"):
        with pytest.raises(TypeError, match="word must be a string, not a "):
            reconcile(REPORT, given)
    with pytest.raises(ValueError, match="word must have at least one character"):
        reconcile(REPORT, " ")


TOKENIZED = {
    "term_frequency": lambda cut: term_frequency(REPORT, tokenizer=cut),
    "reconcile": lambda cut: reconcile(REPORT, "法治", tokenizer=cut),
    "keyness": lambda cut: keyness(REPORT, {"执法": 1}, tokenizer=cut),
    "collocates": lambda cut: collocates(REPORT, "法治", tokenizer=cut),
    "repeated_phrases": lambda cut: repeated_phrases(REPORT, tokenizer=cut),
}


@pytest.mark.parametrize("function", TOKENIZED.values(), ids=TOKENIZED)
def test_a_tokenizer_is_a_name_or_gives_strings(function):
    for wrong, told in (
        (lambda _: None, "not a NoneType"), (lambda _: "法治", "not a string"),
        (lambda text: [(text, 1)], "but it holds"), (lambda _: [None], "but it holds None"),
    ):  # fmt: skip
        with pytest.raises(TypeError, match=f"what the tokenizer returns must be .*{told}"):
            function(wrong)
    for wrong in ("thulac", ["jieba"], {}, None, np.array([1, 2])):
        with pytest.raises(ValueError, match="tokenizer must be jieba, rjieba or a function"):
            function(wrong)


@pytest.mark.parametrize(
    "given", [None, 1, "False", [], pd.Series(["x"]), np.array([]), pd.NA, outline(REPORT)],
    ids=lambda given: type(given).__name__,
)  # fmt: skip
def test_a_flag_is_true_or_false(given):
    assert len(concordance(REPORT, "法?", wildcards=np.bool_(True))) == 2
    with pytest.raises(TypeError, match="wildcards must be True or False, not"):
        concordance(REPORT, "法治", wildcards=given)


def test_a_pattern_is_one_of_text():
    for function in (concordance, collocates):
        with pytest.raises(TypeError, match="term must be a pattern of text, not of bytes"):
            function(REPORT, re.compile(b"x"))


CHOICES = {
    "by": lambda given: term_frequency(REPORT, by=given),
    "sort": lambda given: concordance(REPORT, "法治", sort=given),
    "section": lambda given: keyness(REPORT, "rest", section=given),
    "language": lambda given: marked_text(REPORT, language=given),
    "parts": lambda given: dispersion(REPORT, ["法治"], parts=given),
}


@pytest.mark.parametrize("option", CHOICES)
@pytest.mark.parametrize(
    "given", [[], {}, ["x"], np.array([1, 2]), pd.Series(["x"]), "?"],
    ids=["list", "dict", "list of one", "array", "series", "string"],
)  # fmt: skip
def test_a_choice_is_one_of_those_listed(option, given):
    with pytest.raises(ValueError, match=f"{option} must be"):
        CHOICES[option](given)


NUMBERS = {
    "min_chars": lambda given: term_frequency(REPORT, min_chars=given),
    "window": lambda given: concordance(REPORT, "法治", window=given),
    "min_count": lambda given: collocates(REPORT, "法治", min_count=given),
    "piece": lambda given: analyze_corpus("x", piece=given),
    "memory_limit": lambda given: analyze_corpus("x", memory_limit=given),
}


@pytest.mark.parametrize("option", NUMBERS)
def test_a_number_is_a_whole_one(option):
    for given in (None, "3", 2.5, [], b"x", True, math.nan, np.array([1, 2])):
        with pytest.raises(TypeError, match=f"{option} must be a whole number, not"):
            NUMBERS[option](given)
    with pytest.raises(ValueError, match=f"{option} must be . or more, not -1"):
        NUMBERS[option](-1)


def test_roles_are_named():
    with pytest.raises(TypeError, match="target must be a Report, not a list"):
        keyness([], REPORT)
    with pytest.raises(TypeError, match="reference must be a Report, not a NoneType"):
        keyness(REPORT, None)


WRITERS = {
    "write_annotations": lambda path: write_annotations(REPORT, path),
    "read_annotations": lambda path: read_annotations(REPORT, path),
    "score_annotations": lambda path: score_annotations(REPORT, path),
    "write_workbook": lambda path: write_workbook({"a": outline(REPORT)}, path),
    "save": lambda path: marked_text(REPORT).save(path),
    "output of analyze_corpus": lambda path: analyze_corpus([__file__], output=path),
}


@pytest.mark.parametrize("function", WRITERS)
def test_a_path_is_the_name_of_a_file(function, tmp_path):
    for given in (7, b"x", [], REPORT, ["a.txt"], np.array([1, 2])):
        with pytest.raises(TypeError, match=r"(path|output) must be the name of a file or folder"):
            WRITERS[function](given)
    for given in ("", "a\0b", "a\ud800"):
        with pytest.raises(ValueError, match=r"(path|output) must be the name of a file or folder"):
            WRITERS[function](given)
    (tmp_path / "file").touch()
    with pytest.raises(ReportError, match=r"file/x: .*can't be (written|read|made)"):
        WRITERS[function](tmp_path / "file/x")


def test_reports_of_a_corpus_are_files_and_an_executor_takes_work():
    for given in (None, 7, 2.5, b"x", REPORT):
        with pytest.raises(TypeError, match="reports must be a folder, or a list of the files"):
            analyze_corpus(given)
    for given in ([None], [7], np.array([1, 2]), [REPORT]):
        with pytest.raises(TypeError, match="each report must be the name of a file"):
            analyze_corpus(given)
    for given in ("text", 7, [], "", object()):
        with pytest.raises(TypeError, match="executor must be None or an executor"):
            analyze_corpus([__file__], executor=given)
    for given in (None, "3", 0, -1, math.nan, math.inf, [], 1e300):
        with pytest.raises(ValueError, match="time_limit must be a positive number of seconds"):
            analyze_corpus([__file__], time_limit=given)


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


FIGURES = {
    "plot_outline": lambda **options: plot_outline(outline(REPORT), **options),
    "plot_theme_heatmap": lambda **options: plot_theme_heatmap(
        theme_frequency(REPORT, by="part"), **options
    ),
    "plot_keyness": lambda **options: plot_keyness(keyness(REPORT, {"执法": 3}), **options),
    "plot_wordcloud": lambda **options: plot_wordcloud(theme_frequency(REPORT), **options),
    "plot_dispersion": lambda **options: plot_dispersion(dispersion(REPORT), **options),
    "plot_changes": lambda **options: plot_changes(extract_outcomes(REPORT), **options),
    "plot_concreteness": lambda **options: plot_concreteness(
        extract_outcomes(REPORT), extract_claims(REPORT), **options
    ),
    "plot_sentence_flow": lambda **options: plot_sentence_flow(
        compare_reports(REPORT, REPORT)["sentences"], **options
    ),
}
TABLES_OF_PARTS = {
    "plot_theme_heatmap": ["outline"], "plot_dispersion": ["outline"],
    "plot_concreteness": ["outline"], "plot_sentence_flow": ["earlier", "later"],
}  # fmt: skip
NUMBERS_OF_FIGURES = {"plot_keyness": "top", "plot_wordcloud": "top", "plot_concreteness": "depth"}
ODD = [7, "x", [], {}, np.array([1, 2]), pd.Series(["x"]), outline(REPORT).iloc[:0, :2], math.nan]


@pytest.mark.parametrize("name", FIGURES)
def test_options_of_a_figure_are_named(name):
    draw = FIGURES[name]
    for given in ODD:
        with pytest.raises(TypeError, match="ax must be None or Axes of matplotlib, not a"):
            draw(ax=given)
        with pytest.raises(ValueError, match="language must be zh or en, not"):
            draw(language=given)
        for option in TABLES_OF_PARTS.get(name, ()):
            with pytest.raises((TypeError, ValueError), match=r"outline\(report\) gives"):
                draw(**{option: given})
        if not isinstance(given, str):
            with pytest.raises(TypeError, match="title must be a string, not a"):
                draw(title=given)
        if name in NUMBERS_OF_FIGURES and not isinstance(given, int):
            with pytest.raises(TypeError, match=r"(top|depth) must be a whole number"):
                draw(**{NUMBERS_OF_FIGURES[name]: given})
    for given in (0, -1) if name in NUMBERS_OF_FIGURES else ():
        with pytest.raises(ValueError, match=r"(top|depth) must be 1 or more"):
            draw(**{NUMBERS_OF_FIGURES[name]: given})


@pytest.mark.parametrize("given", ODD)
def test_a_figure_is_drawn_of_its_table(given):
    for draw in (plot_outline, plot_theme_heatmap, plot_keyness, plot_wordcloud, plot_dispersion,
                 plot_changes, plot_sentence_flow):  # fmt: skip
        with pytest.raises((TypeError, ValueError), match=r"drawn of a table|has no column"):
            draw(given)


def test_a_workbook_is_of_tables():
    for given, told in ((outline(REPORT), "a dict of tables"), ({"a": 3}, "'a' is a int")):
        with pytest.raises(TypeError, match=told):
            write_workbook(given, "a.xlsx")
