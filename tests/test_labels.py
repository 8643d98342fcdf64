"""Tables in the reader's language: nothing of ours left in code, nothing of the report changed."""

import re

import pandas as pd
import pytest

import lawreport_utils as lru
from lawreport_utils.labels import gloss, header, labelled, table_name, value
from lawreport_utils.lexicon import load
from lawreport_utils.tables import table

# Columns of tables that the design promises, whoever makes them.
PROMISED = {
    "findings": "check question_zh question_en number surface start end other_start other_end",
    "sentences": "status number_earlier sentence_earlier start_earlier end_earlier number_later "
    "sentence_later start_later end_later similarity",
    "figures": "action metric unit kind value_earlier value_later change percent stated agrees "
    "start_earlier start_later note",
    "targets": "action metric unit bound target result status start_target start_result "
    "sentence_target sentence_result",
    "themes": "theme per_1000_earlier per_1000_later log_ratio",
    "content": "item found_earlier found_later",
}
CODES = {
    "bound": "exact at_least at_most about",
    "direction": "increase decrease improve stable",
    "kind": "change level count target",
    "form": "result aim",
    "check": "numbering sum rate two_values zero missing_item deadline year pairing carried_over",
    "status": "same figures reworded new dropped reached below not_found",
    "note": "bound",
    "place": "heading body",
    "time": "past plan",
}


@pytest.fixture(scope="module")
def tables():
    report = lru.read_report("data/practice-report.txt")
    return {
        "outline": lru.outline(report),
        "sentences": lru.sentences(report),
        "numbering": lru.check_numbering(report),
        "content": lru.content_items(report),
        "terms": lru.term_frequency(report, by="place", tokenizer=str.split),
        "by time": lru.term_frequency(report, by="time", tokenizer=str.split),
        "themes": lru.theme_frequency(report, by="section"),
        "reconcile": lru.reconcile(report, "执法", tokenizer=list),
        "keyness": lru.keyness(report, {"执法": 3}, tokenizer=str.split),
        "concordance": lru.concordance(report, "执法"),
        "dispersion": lru.dispersion(report, ["执法"]),
        "phrases": lru.repeated_phrases(report),
        "outcomes": lru.extract_outcomes(report),
        "claims": lru.extract_claims(report),
    }


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_table_speaks_the_language(tables, language):
    for name, frame in tables.items():
        shown = labelled(frame, language)
        assert len(shown) == len(frame), name
        assert shown.columns.is_unique, name
        if language == "zh":
            plain = [column for column in shown.columns if column.isascii()]
            assert not plain, f"{name}: {plain}"
        else:
            assert all(column.isascii() and "_" not in column for column in shown.columns), name
        for column, title in zip(frame.columns, shown.columns, strict=True):
            if pd.api.types.is_numeric_dtype(frame[column]) and frame[column].dtype != "bool":
                pd.testing.assert_series_equal(shown[title], frame[column], check_names=False)


@pytest.mark.parametrize("name", PROMISED)
def test_promised_columns_have_words(name):
    columns = PROMISED[name].split()
    frame = table([], **dict.fromkeys(columns, "str"))
    for language, code in (("zh", r"[A-Za-z_]"), ("en", r"_")):
        shown = labelled(frame, language)
        assert not [title for title in shown.columns if re.search(code, title)]
        assert shown.columns.is_unique
        other = {"zh": "question_en", "en": "question_zh"}[language]
        assert len(shown.columns) == len(columns) - (other in columns)


@pytest.mark.parametrize("column", CODES)
def test_codes_have_words(column):
    for code in CODES[column].split():
        assert not value(column, code, "zh").isascii(), code
        assert "_" not in value(column, code, "en"), code


def test_codes_of_real_tables_have_words(tables):
    coded = {"bound", "direction", "kind", "form", "issue", "place", "time"}
    for frame in tables.values():
        for column in coded & set(frame.columns):
            for code in frame[column].dropna().unique():
                assert not value(column, code, "zh").isascii(), (column, code)


def test_words_of_the_report_stay_as_they_are(tables):
    figures = tables["outcomes"]
    for language in ("zh", "en"):
        shown = labelled(figures, language)
        for column in ("metric", "surface", "sentence"):
            assert shown[header(column, language)].tolist() == figures[column].tolist()
    assert set(labelled(tables["themes"], "en")["theme"]) <= {
        theme["name_en"] for theme in load.table("themes")["theme"]
    }


def test_truth_and_what_is_missing():
    frame = table(
        [(True, "", None), (False, "1.2", "improve")], found="bool", number="str", direction="str"
    )
    assert labelled(frame).to_numpy().tolist() == [["是", "引言", ""], ["否", "1.2", "向好"]]
    maybe = pd.DataFrame({"agrees": pd.array([True, None], dtype="boolean")})
    assert labelled(maybe, "en")["agrees with stated"].tolist() == ["yes", ""]


def test_a_list_of_divisions_names_the_preamble():
    frame = pd.DataFrame({"numbers": [["", "1.2"], ["3"]]})
    assert labelled(frame)["所在编号"].tolist() == [["引言", "1.2"], ["3"]]
    assert frame["numbers"].tolist() == [["", "1.2"], ["3"]]


def test_other_columns_and_tables_stay():
    mine = pd.DataFrame({"我的列": ["x"], "flag": [True]}, index=["row"])
    shown = labelled(mine, "en")
    assert shown.to_dict("index") == {"row": {"我的列": "x", "flag": "yes"}}
    assert mine["flag"].tolist() == [True]
    assert table_name("outcomes", "zh") == "数字"
    assert table_name("mine", "zh") == "mine"


def test_glosses():
    assert gloss("heading", "主要举措和成效") == "Main measures and results"
    assert gloss("heading", "存在的不足及原因") == "Shortcomings; causes"
    assert gloss("heading", "某项别的工作和成效") == ""
    assert gloss("theme", "执法规范") == "standardised law enforcement"
    items = [item["name"] for item in load.table("content")["items"]]
    items += [item["name"] for item in load.table("content")["deadlines"]]
    assert all(gloss("item", item) for item in items)


def test_bad_input_is_told():
    with pytest.raises(ValueError, match="language must be zh or en, not 'fr'"):
        labelled(pd.DataFrame(), "fr")
    with pytest.raises(TypeError, match="not a Report"):
        labelled(lru.parse_report("一、学习"))
