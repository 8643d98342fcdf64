"""Keyness, dispersion, concordance and repetition, against scipy, worked examples and recounts."""

import math
import re
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from lawreport_utils import (
    collocates,
    concordance,
    dispersion,
    keyness,
    parse_report,
    reconcile,
    repeated_phrases,
    term_frequency,
    theme_frequency,
)
from lawreport_utils.model import Report, Section
from lawreport_utils.segment import segmenter
from lawreport_utils.terms import themes_of

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def report():
    return parse_report((ROOT / "data/szga-2024.txt").read_text(encoding="utf-8"))


# Keyness


@pytest.mark.parametrize(
    ("both", "first", "second", "neither", "expected"),
    [
        (110, 2442, 111, 29114, 270.72),  # the swiss
        (29, 13, 123, 31612, 263.90),  # can be
        (31, 23, 139, 31584, 256.84),  # previous year
        (10, 0, 3, 31764, 167.23),  # mineral water
        (76, 104, 2476, 29121, 157.21),  # at the
        (16, 16, 51, 31694, 157.03),  # real terms
    ],
)
def test_keyness_gives_the_published_values(both, first, second, neither, expected):
    """Dunning (1993), table 1: -2 log λ of word pairs in a newspaper text."""
    table = keyness(
        {"词语": both, "其余": first}, {"词语": second, "其余": neither}, stop_words=()
    ).set_index("term")
    assert table.loc["词语", "keyness"] == pytest.approx(expected, abs=0.005)


@settings(deadline=None)
@given(*[st.integers(0, 300)] * 2, *[st.integers(1, 3000)] * 2)
def test_keyness_agrees_with_scipy(a, b, other_a, other_b):
    table = keyness({"词语": a, "另外": other_a}, {"词语": b, "另外": other_b}, stop_words=())
    row = table.set_index("term").loc["词语"]
    if a + b == 0:
        assert row["keyness"] == 0
        return
    test = stats.chi2_contingency([[a, b], [other_a, other_b]], False, "log-likelihood")
    assert abs(row["keyness"]) == pytest.approx(max(test.statistic, 0), abs=1e-6)
    assert row["p_value"] == pytest.approx(test.pvalue, abs=1e-6)
    more = a * (b + other_b) - b * (a + other_a)
    assert math.copysign(1, row["keyness"] or 1) == (-1 if more < 0 < abs(row["keyness"]) else 1)


def test_log_ratio_doubles_with_the_relative_frequency():
    table = keyness({"词语": 8, "其余": 92}, {"词语": 4, "其余": 196, "缺少": 0}, stop_words=())
    ratios = dict(zip(table["term"], table["log_ratio"], strict=True))
    assert ratios["词语"] == pytest.approx(2)  # 8 % against 2 %
    absent = keyness({"词语": 8, "其余": 92}, {"其余": 100}, stop_words=()).set_index("term")
    assert absent.loc["词语", "log_ratio"] == pytest.approx(math.log2(8 / 0.5))


def test_a_part_against_the_rest_counts_every_word_once(report):
    part = keyness(report, "rest", section="3", stop_words=(), min_chars=1)
    mirror = keyness(report, report, stop_words=(), min_chars=1).set_index("term")
    whole = part["count_target"] + part["count_reference"]
    assert dict(zip(part["term"], whole, strict=True)) == mirror["count_target"].to_dict()
    assert (mirror["keyness"].abs() < 1e-9).all()
    assert part["keyness"].is_monotonic_decreasing


def test_a_section_number_is_no_prefix_of_another():
    text = "\n".join(f"{n}、{'执法' if n == 1 else '服务'}。" for n in range(1, 13))
    table = keyness(parse_report(text), "rest", section="1").set_index("term")
    assert table.loc["服务", "count_target"] == 0


def test_general_chinese_compares_only_what_the_dictionary_lists(report):
    table = keyness(report, "general")
    assert set(table["term"][:2]) == {"法治", "执法"}
    assert (table["count_reference"] > 0).all()
    assert "规范执法" not in set(table["term"])


def test_keyness_choices_are_checked(report):
    for arguments in [("rest",), ("brown",)]:
        with pytest.raises(ValueError, match="reference must be a report, counts"):
            keyness(report, *arguments)
    with pytest.raises(ValueError, match=r"section must be one of .*3\.3\.4.*, not '9'"):
        keyness(report, "rest", section="9")
    with pytest.raises(ValueError, match="words on both sides"):
        keyness(report, {})


def test_keyness_with_nothing_to_show_keeps_columns_and_types(report):
    empty, full = keyness({"的": 1}, {"的": 1}), keyness(report, "general")
    assert empty.empty
    assert empty.dtypes.to_dict() == full.dtypes.to_dict()


# Dispersion


def test_dispersion_gives_the_published_value():
    """Gries (2008): a corpus of five parts; the word a has DP 0.18."""
    parts = ["bamnibeup", "basatbewqn", "bcagabesta", "baghabeaat", "bahaabeaxat"]
    sections, start = [], 0
    for number, part in enumerate(parts, 1):
        sections.append(Section(str(number), 1, "", "", start, start + len(part)))
        start += len(part)
    corpus = Report("", "", None, "", None, text="".join(parts), sections=tuple(sections))
    table = dispersion(corpus, ["a", "x", "z"], parts="part").set_index("term")
    assert table.loc["a", "count"] == 15
    assert table.loc["a", "dp"] == pytest.approx(0.18)
    assert table.loc["x", "dp"] == pytest.approx(1 - 11 / 50)  # all in the last part
    assert math.isnan(table.loc["z", "dp"])


@settings(deadline=None)
@given(st.text("甲乙。", min_size=1, max_size=60), st.integers(1, 12))
def test_dispersion_agrees_with_its_definition(text, parts):
    report = parse_report(f"题{text}")
    row = dispersion(report, ["甲"], parts=parts).iloc[0]
    n = len(report.text)
    assert row["positions"] == [i for i, char in enumerate(report.text) if char == "甲"]
    if row["count"]:
        bounds = [n * i // parts for i in range(parts + 1)]
        shares = [
            abs(report.text[a:b].count("甲") / row["count"] - (b - a) / n)
            for a, b in pairwise(bounds)
        ]
        assert row["dp"] == pytest.approx(sum(shares) / 2)
        assert 0 <= row["dp"] < 1


def test_dispersion_takes_several_terms_as_one(report):
    one, theme = dispersion(report, "法治"), dispersion(report, {"法治": ["法治", "法治政府"]})
    assert one["positions"].tolist() == theme["positions"].tolist()
    assert one["count"].tolist() == [30]  # 依法治市 is none
    assert all(report.text.startswith("法治", start) for start in one["positions"][0])


def test_dispersion_of_the_themes_counts_as_theme_frequency_does(report):
    table = dispersion(report).set_index("term")
    totals = theme_frequency(report).groupby("theme")["count"].sum()
    assert table["count"].to_dict() == totals.reindex(table.index, fill_value=0).to_dict()


def test_dispersion_choices_are_checked(report):
    for parts in (0, "page", 2.5, 10**7):
        with pytest.raises(ValueError, match="parts must be"):
            dispersion(report, ["法治"], parts=parts)
    assert dispersion(report, []).dtypes.equals(dispersion(report, ["法治"]).dtypes)


# Concordance


def test_concordance_shows_every_place_false_friends_included(report):
    table = concordance(report, "法治", window=6)
    assert len(table) == report.text.count("法治") == 31
    for row in table.itertuples():
        assert report.text[row.start : row.end] == row.keyword == "法治"
        assert f"{row.left}{row.keyword}{row.right}" in report.text
        assert len(row.left) <= 6
        assert len(row.right) <= 6
    false = table[table["left"].str.endswith("依")]
    assert false["right"].tolist() == ["市委员会办公"]


def test_concordance_of_a_theme_has_a_row_for_each_of_its_counts(report):
    terms = themes_of(None)["执法规范"]
    table = concordance(report, terms)
    found = theme_frequency(report).query("theme == '执法规范'")
    assert table["keyword"].value_counts().to_dict() == dict(
        zip(found["term"], found["count"], strict=True)
    )
    assert table.equals(concordance(report, found["term"]))
    assert table["start"].is_monotonic_increasing


def test_concordance_stays_on_the_line_and_ignores_width():
    table = concordance(parse_report("一、甲\n推行Ａ＋Ｂ模式\n二、乙"), "A+B")
    assert table[["number", "left", "keyword", "right"]].to_numpy().tolist() == [
        ["1", "推行", "Ａ＋Ｂ", "模式"]
    ]
    for nothing in ("服务", ["服务"], []):
        assert concordance(parse_report("执法"), nothing).dtypes.equals(table.dtypes)
    for nothing in ("", [""]):
        with pytest.raises(ValueError, match="at least one character"):
            concordance(parse_report("执法"), nothing)


def test_a_window_below_0_is_refused(report):
    assert concordance(report, "法治", window=0)["left"].str.len().max() == 0
    with pytest.raises(ValueError, match="window must be 0 or more, not -3"):
        concordance(report, "法治", window=-3)


@pytest.mark.parametrize(
    ("term", "found"),
    [
        ("规范?法", ["规范执法", "规范立法"]),
        ("规范*执法", ["规范执法", "规范公正执法"]),
        ("规范+执法", ["规范执法", "规范严执法"]),
        ("立法|公正执法", ["公正执法", "立法"]),
        ("立法*B", []),
    ],
)
def test_wildcards_stand_for_characters(term, found):
    text = "规范执法,规范公正执法,规范立法。规范B。一、规范,执法"
    if term == "规范+执法":
        text = "规范执法,规范严执法,规范公正执法"
    table = concordance(parse_report(f"题。{text}"), term, wildcards=True)
    assert table["keyword"].tolist() == found


def test_a_compiled_expression_is_matched_on_half_width_text():
    report = parse_report("办案１２件，培训３次。")
    table = concordance(report, re.compile(r"\d+[件次]|$"))
    assert table["keyword"].tolist() == ["１２件", "３次"]


def test_contexts_are_sorted_from_the_term_outwards():
    report = parse_report("加强执法培训。\n规范执法监督。\n严格执法检查。")
    columns = {"left": ["规范", "加强", "严格"], "right": ["培训。", "检查。", "监督。"]}
    for side, expected in columns.items():
        table = concordance(report, "执法", sort=side)
        assert sorted(table["left"]) == sorted(["加强", "规范", "严格"])
        key = [row[::-1] for row in table["left"]] if side == "left" else list(table["right"])
        assert key == sorted(key)
        assert sorted(table[side]) == sorted(expected)
    assert concordance(report, "执法")["start"].is_monotonic_increasing
    with pytest.raises(ValueError, match="sort must be None, left, right, keyword, not 'middle'"):
        concordance(report, "执法", sort="middle")
    with pytest.raises(ValueError, match="sort must be None, left, right, keyword, not 'None'"):
        concordance(report, "执法", sort="None")


# Collocates


def test_collocates_agree_with_a_count_by_hand_and_with_scipy():
    report = parse_report("题。规范执法。规范执法行为。审议文件。规范普法。")
    words = ["题", "规范", "执法", "规范", "执法", "行为", "审议", "文件", "规范", "普法"]
    table = collocates(report, "执法", window=1, terms=(), stop_words=(), min_chars=1)
    rows = table.set_index("term")
    assert rows["count"].to_dict() == {"规范": 2, "行为": 1}
    others = len(words) - 2  # without the places of the term
    for term, count in rows["count"].items():
        total = words.count(term)
        assert rows.loc[term, "expected"] == pytest.approx(3 * total / others)
        observed = [[count, 3 - count], [total - count, others - 3 - total + count]]
        test = stats.chi2_contingency(observed, False, "log-likelihood")
        assert abs(rows.loc[term, "G2"]) == pytest.approx(test.statistic)
        assert rows.loc[term, "log_dice"] == pytest.approx(14 + math.log2(2 * count / (2 + total)))


def test_collocates_stay_in_the_sentence_and_count_a_place_once(report):
    text = parse_report("监督。执法培训,培训执法。监督")
    table = collocates(text, "执法", terms=(), window=9, stop_words=())
    assert dict(zip(table["term"], table["count"], strict=True)) == {"培训": 2}
    table = collocates(report, "法治", min_count=2)
    assert (table["count"] >= 2).all()
    assert table["G2"].is_monotonic_decreasing
    assert (table["log_dice"] <= 14).all()
    assert not table["term"].str.contains("法治").any()
    words = dict(zip(*term_frequency(report)[["term", "count"]].to_numpy().T, strict=True))
    assert all(row.count <= words[row.term] for row in table.itertuples(index=False, name="Row"))


def test_collocates_of_nothing_keep_columns_and_types(report):
    empty = collocates(report, "不存在")
    assert empty.empty
    assert empty.dtypes.equals(collocates(report, "法治").dtypes)
    for window in (0, -1):
        with pytest.raises(ValueError, match="window must be 1 or more"):
            collocates(report, "法治", window=window)


# Both engines


def test_both_engines_give_the_same_statistics(report):
    for statistic, arguments in [
        (keyness, {"reference": "general"}),
        (keyness, {"reference": "rest", "section": "3"}),
        (repeated_phrases, {}),
        (collocates, {"term": "法治"}),
    ]:
        jieba, rjieba = (statistic(report, tokenizer=t, **arguments) for t in ("jieba", "rjieba"))
        assert jieba.equals(rjieba)


@pytest.mark.parametrize(
    "count_of",
    [
        lambda text, cut: reconcile(text, "执法", tokenizer=cut),
        lambda text, cut: repeated_phrases(text, tokenizer=cut),
        lambda text, cut: collocates(text, "执法", tokenizer=cut),
    ],
    ids=["reconcile", "repeated_phrases", "collocates"],
)
def test_a_tokenizer_may_drop_blanks_but_not_rewrite(count_of):
    text = parse_report("一、规范 执法。\n加强 执法 监督。规范 执法 监督管理。")
    keeps = segmenter("rjieba", ())
    whole = count_of(text, keeps)
    assert count_of(text, lambda words: [w for w in keeps(words) if w.strip()]).equals(whole)
    with pytest.raises(ValueError, match="must return the words of the text as they stand"):
        count_of(text, lambda words: [w.replace("执", "执行") for w in keeps(words)])


# Repetition


def test_repeated_phrases_finds_the_stock_of_the_report(report):
    table = repeated_phrases(report).set_index("phrase")
    assert table.loc["开展“宗旨意识、法治意识、规矩意识”大讨论", "numbers"] == ["2.4", "3.3.4"]
    assert table.loc["深入学习贯彻党的二十大精神和习近平法治思想", "numbers"] == ["1", "4"]
    assert table.loc["习近平法治思想", "count"] == report.text.count("习近平法治思想") == 8
    for phrase, count in table["count"].items():
        assert len(phrase) >= 6
        assert 2 <= count <= report.text.count(phrase)


def test_a_sentence_said_twice_is_given_whole():
    sentence = "坚持以人民为中心,持续提升行政执法质量和效能"
    report = parse_report(f"一、举措\n{sentence}。\n二、打算\n{sentence};另行安排。")
    table = repeated_phrases(report)
    assert table.to_numpy().tolist() == [[sentence, 2, ["1", "2"]]]
    none = repeated_phrases(report, min_chars=len(sentence) + 1)
    assert none.empty
    assert none.dtypes.equals(table.dtypes)


def test_a_phrase_has_at_least_one_character(report):
    for min_chars in (0, -1):
        with pytest.raises(ValueError, match="min_chars must be 1 or more"):
            repeated_phrases(report, min_chars=min_chars)


@pytest.mark.parametrize("unit", ["的", "“", "《", "将以", "推进依法行政"])
def test_repetition_costs_little_a_character(unit):
    report = parse_report("法治" + unit * (20_000 // len(unit)))
    start = time.process_time()
    repeated_phrases(report, tokenizer="rjieba")
    assert time.process_time() - start < 4  # 40 when each place was compared with fifty others


@settings(deadline=None)
@given(st.text("甲乙丙、。\n", max_size=80))
def test_repeated_phrases_stand_where_they_are_said_to(text):
    report = parse_report(f"甲{text}")
    for row in repeated_phrases(report, min_chars=2, tokenizer="rjieba").itertuples():
        places = [i for i in range(len(text)) if report.text.startswith(row.phrase, i)]
        assert 2 <= row.count <= len(places)
        assert "。" not in row.phrase
