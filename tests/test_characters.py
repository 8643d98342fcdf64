"""What a character stands for, alone and in a report."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from labelled import FOLDER, read_cases

from lawreport_utils import (
    concordance,
    extract_outcomes,
    markers,
    outline,
    parse_report,
    sentences,
    term_frequency,
    theme_frequency,
)
from lawreport_utils.characters import FOLD, clean, find_from, fold, number_of, numeral_of
from lawreport_utils.figures import numerals, specials, zeros

TITLE = "青溪区2023年法治政府建设年度报告"


def divisions(text):
    table = outline(parse_report(text)).query("level > 0")
    return [fold(f"{row.marker}{row.heading}") for row in table.itertuples()]


@given(st.text() | st.text(st.sampled_from([*map(chr, FOLD), "。", "一", "a"])))
def test_folding_keeps_every_position(text):
    assert fold(text) == text.translate(FOLD)
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


def test_folding_leaves_chinese_marks_alone():
    assert fold("（一）“学法”，１.５％。《民法典》、！　ok") == "(一)“学法”,1.5%。《民法典》、! ok"


@pytest.mark.parametrize("code", [*range(0x2000, 0x200B), 0xA0, 0x1680, 0x202F, 0x205F, 0x3000])
def test_every_blank_is_a_space(code):
    assert unicodedata.category(chr(code)) == "Zs"
    assert fold(chr(code)) == " "


@pytest.mark.parametrize(
    ("shown", "meant"),
    [
        ("⼀⼆⼗⼒⾏⻔⻅⻚", "一二十力行门见页"),
        ("\uf98e\ufa08\uf9e4\uf98a", "年行理力"),
        ("﹙﹑﹪︵", "(、%("),
        ("𝟏𝟐", "12"),
        ("⼾㆒㆓丶", "户一二、"),
    ],
)
def test_look_alikes_are_what_they_show(shown, meant):
    assert fold(shown) == meant


def test_characters_of_their_own_stay():
    own = "\ufa0e\ufa0f\ufa11\ufa13\ufa14\ufa1f\ufa21\ufa23\ufa24\ufa27\ufa28\ufa29①㈠〇々"
    assert fold(own) == own


def test_radicals_and_compatibility_ideographs_are_read():
    title = TITLE.replace("年", "\uf98e")
    text = f"{title}\n⼀、学习\n⼆、执法\n三、监督\n办理⾏政执法案件3件。"
    report = parse_report(text)
    assert report.year == 2023
    assert divisions(text) == ["一、学习", "二、执法", "三、监督"]
    found = concordance(report, "行政执法")
    assert found["keyword"].tolist() == ["⾏政执法"]
    assert theme_frequency(report, themes={"-": ["行政执法"]})["count"].tolist() == [1]
    assert "行政执法" in set(term_frequency(report, terms=["行政执法"])["term"])


@pytest.mark.parametrize(
    "unseen",
    [
        *("\u200b", "\u200d", "\u200e", "\u2060", "\ufeff", "\u00ad", "\ufe00", "\U000e0100"),
        *("\u034f", "\u115f", "\u17b4", "\u180b", "\u3164", "\uffa0", "\ufffc"),
    ],
)
def test_what_nobody_sees_is_in_nobodys_way(unseen):
    text = "|TITLE\n|一、学习\n办理案件1|2件，同比下|降3%。\n二、执|法"
    text = text.replace("TITLE", TITLE).replace("|", unseen)
    report = parse_report(text)
    assert (report.title, report.agency) == (TITLE, "青溪区")
    assert divisions(text) == ["一、学习", "二、执法"]
    figures = extract_outcomes(report)
    assert figures[["value", "direction"]].iloc[0, 0] == 12
    assert figures["direction"].iloc[1] == "decrease"
    assert concordance(report, "执法")["number"].tolist() == ["2"]


@pytest.mark.parametrize(
    "end", ["\n", "\r\n", "\r", "\v", "\f", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"]
)
def test_whatever_ends_a_line_ends_it(end):
    lines = [TITLE, "一、学习", "培训3次。", "二、执法", "办理12件。", "（一）规范", "（二）监督"]
    report = parse_report(end.join(lines))
    assert report.text == "\n".join(lines)
    assert sentences(report)["sentence"].tolist() == lines
    assert divisions(end.join(lines)) == ["一、学习", "二、执法", "(一)规范", "(二)监督"]


def test_a_page_break_ends_no_line_of_its_own():
    assert clean("甲\n\f乙\f丙") == "甲\n乙\n丙"


def test_half_of_a_surrogate_pair_is_replaced():
    report = parse_report("一、法治\ud800\n二、执法\udfff")
    assert report.text == "一、法治\ufffd\n二、执法\ufffd"
    assert len(outline(report)) == len(sentences(report)) == 2


def test_the_small_forms_divide_as_the_large_ones():
    text = "一﹑学\n﹙一﹚甲\n﹙二﹚乙\n二﹑法"
    assert divisions(text) == ["一、学", "(一)甲", "(二)乙", "二、法"]


@given(st.integers(1, 9999))
def test_numerals_are_read_as_they_are_written(value):
    assert number_of(numeral_of(value)) == value


VALUES = {"㈩": 10, "⑳": 20, "⒈": 1, "两": 2, "二〇二四": 2024, "二零": 20, "百万": 10**6, "03": 3}
NO_VALUES = ("三四", "三四十", "", "½", "上", "0" * 16, "十" * 16)


@pytest.mark.parametrize(("numeral", "value"), [*VALUES.items(), *((n, None) for n in NO_VALUES)])
def test_values_of_numerals(numeral, value):
    assert number_of(numeral) == value


@pytest.mark.parametrize(
    ("first", "whole"),
    [
        (markers._BEFORE, markers._MARK),
        (numerals._OPENS, numerals._NUMERAL),
        (specials._OPENS_DATE, specials._DATE),
        (zeros._OPENS, zeros._NONE),
    ],
)
def test_the_first_characters_of_a_pattern_are_those_of_all_its_matches(first, whole):
    texts = [case.text for path in FOLDER.glob("*.txt") for case in read_cases(path.stem)]
    text = "\n" + fold("\n".join(texts))
    found = [match.span() for match in find_from(first, whole, text, 0, len(text))]
    assert found == [match.span() for match in whole.finditer(text)]
    assert found


def test_list_markers_are_looked_for_wherever_a_clause_starts():
    texts = [case.text for path in FOLDER.glob("*.txt") for case in read_cases(path.stem)]
    text = "\n" + fold("\n".join(texts))
    starts = [at for at in range(1, len(text)) if text[at - 1] in " ,;:。!?\n\t"]
    marks = [match.span() for at in starts if (match := specials._MARKER.match(text, at))]
    assert marks
    assert marks == [(start, end) for start, end, _ in specials._markers(text)]
