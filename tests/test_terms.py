"""Segmentation, term and theme counts: on the report, on sentences made to mislead, by recount."""

import logging
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lawreport_utils import parse_report, reconcile, segment, term_frequency, theme_frequency
from lawreport_utils.characters import fold
from lawreport_utils.lexicon import load
from lawreport_utils.terms import find_terms, stretches, themes_of

ROOT = Path(__file__).parents[1]
GROUPS = {"section": "number", "part": "number", "place": "place", "time": "time"}


@pytest.fixture(scope="module")
def report():
    return parse_report((ROOT / "data/szga-2024.txt").read_text(encoding="utf-8"))


def counts(frame, key="term"):
    return dict(zip(frame[key], frame["count"], strict=True))


# Themes


def test_emphasis_on_the_two_main_themes_agrees_with_a_recount_by_hand(report):
    found = theme_frequency(report).groupby("theme")
    assert counts(found.get_group("法治")) == {
        "习近平法治思想": 8,  # five in part one, three of them in 1.2; the lead of plans
        "法治政府建设": 6,  # title, three in the preamble, the title of part three, shortcomings
        "法治化": 5,  # 3.3, three in 3.3.3, 4.5
        "法治公安": 4,  # preamble, three in 2.1
        "法治思维": 2,  # 2.1, second shortcoming
        "法治意识": 2,  # 2.4 and 3.3.4, in the same slogan
        "法治建设": 1,  # title of part two
        "法治素养": 1,  # 2.2
        "法治先行示范": 1,  # title of 3.3
    }
    assert counts(found.get_group("执法规范")) == {
        "规范执法": 4,  # preamble, 2.2, 3.3.4, first shortcoming
        "执法指引": 2,  # 2.1, 2.2
        "执法制度规范": 1,  # 2.2
        "严格规范公正文明执法": 1,  # 2.4
        "执法规范化": 1,  # 3.3.4
        "文明执法": 1,  # first shortcoming
        "理性执法": 1,
    }


def test_the_counts_of_a_theme_are_the_positions_it_holds(report):
    table = theme_frequency(report)
    for theme, terms in themes_of(None).items():
        spans = [match.span() for match in find_terms(report, terms)]
        held = [position for span in spans for position in range(*span)]
        assert len(held) == len(set(held))
        assert Counter(report.text[a:b] for a, b in spans) == counts(table[table.theme == theme])


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("推进全面依法治县、依法治企", "法治"),
        ("涉企执法治理", "法治"),
        ("健全执法制度、司法制度", "法制"),
        ("提升法治化水平和执法公信力", "平和执法"),
        ("统筹高质量发展和高水平安全", "平安"),
        ("全市公安全警参训", "安全"),
        ("维护政治安全", "治安"),
        ("明确消防范围", "防范"),
        ("奋力开创新局面", "创新"),
        ("聚焦高新技术企业", "新技术"),
        ("方便民众办事", "便民"),
        ("协调解决难题", "调解"),
        ("强化解决机制", "化解"),
        ("增强公民意识", "民意"),
        ("某县市场监督管理局", "监督"),
        ("某县教育局", "教育"),
        ("某县教育体育局", "教育"),
        ("某市应急管理局", "应急"),
        ("国家应急管理部", "应急"),
        ("用好“平安厅信箱”平台", "平安"),
        ("平安大厦、平安银行", "平安"),
        ("治安支队", "治安"),
        ("市委宣传部", "宣传"),
        ("发展和改革委员会", "改革"),
    ],
)
def test_a_string_that_is_no_word_is_not_counted(text, term):
    assert theme_frequency(parse_report(text), themes={"-": [term]}).query("term == @term").empty


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("依法行政、法治政府", "法治"),
        ("结合法治建设", "法治"),
        ("在执法中树立法治理念", "法治"),
        ("理性平和执法", "平和执法"),
        ("和平安建设同步", "平安"),
        ("公安机关安全管理", "安全"),
        ("全国防范诈骗宣传", "防范"),
        ("改革创新举措", "创新"),
        ("加强调解工作", "调解"),
        ("深化矛盾化解", "化解"),
        ("回应民意", "民意"),
        ("公开通报案件", "通报"),
        ("开展教育部署", "教育"),
        ("形成创新局面", "创新"),
        ("维护安全局势", "安全"),
        ("安全委员会", "安全"),
        ("人民调解委员会", "调解"),
        ("公共服务部门", "服务"),
        ("市场监督管理局加强内部监督", "监督"),
    ],
)
def test_the_same_string_as_a_word_is_counted_once(text, term):
    table = theme_frequency(parse_report(text), themes={"-": [term]})
    assert counts(table) == {term: 1}


def longest_first(text, terms):
    """The definition, spelt out: from left to right, the longest term at each place."""
    position, found = 0, Counter()
    while position < len(text):
        here = [term for term in terms if text.startswith(term, position)]
        longest = max(here, key=len, default="")
        found[longest] += bool(longest)
        position += len(longest) or 1
    return {term: count for term, count in found.items() if count}


@settings(deadline=None)
@given(
    st.text("甲乙丙.", max_size=40),
    st.lists(st.text("甲乙丙.", min_size=1, max_size=5), min_size=1, max_size=6),
)
def test_matching_is_by_the_longest_term_at_each_place(text, terms):
    table = theme_frequency(parse_report(f"。{text}"), themes={"-": terms})
    assert counts(table) == longest_first(text, terms)


def test_a_term_may_be_of_any_length():
    long = "法治" + "甲" * 5000
    nested = ["甲" * n for n in range(1, 1200)]
    table = theme_frequency(parse_report(f"。{long}。依法治市"), themes={"-": [long, "法治"]})
    assert counts(table) == {long: 1}
    assert counts(theme_frequency(parse_report("甲" * 700), themes={"-": nested})) == {
        "甲" * 700: 1
    }


def test_width_makes_no_difference():
    themes = {"-": ["互联网+监管", "A类"]}
    narrow = theme_frequency(parse_report("推行互联网+监管,A类企业"), themes=themes)
    wide = theme_frequency(parse_report("推行互联网＋监管，Ａ类企业"), themes=themes)
    assert counts(narrow) == counts(wide) == {"互联网+监管": 1, "A类": 1}


@pytest.mark.parametrize("by", GROUPS)
@pytest.mark.parametrize("count_of", [term_frequency, theme_frequency])
def test_groups_add_up_to_the_whole(report, by, count_of):
    whole, parts = count_of(report), count_of(report, by=by)
    assert list(parts.columns) == [GROUPS[by], *whole.columns]
    assert counts(parts.groupby("term", as_index=False)["count"].sum()) == counts(
        whole.groupby("term", as_index=False)["count"].sum()
    )


@pytest.mark.parametrize("by", [None, *GROUPS])
def test_stretches_cover_the_text_without_overlap(report, by):
    pieces = list(stretches(report, by))
    assert "".join(report.text[start:end] for _, start, end in pieces) == report.text


def test_rates_are_per_thousand_han_characters_of_the_group():
    report = parse_report("一、法治2024年ABC。\n二、法治,法治;法治")
    table = theme_frequency(report, by="part", themes={"法治": ["法治"]})
    # part one: 一法治年, part two: 二法治法治法治
    assert table["per_1000"].tolist() == pytest.approx([1000 / 4, 3000 / 7])
    assert table["number"].tolist() == ["1", "2"]


def test_place_and_time_tell_headings_and_plans():
    report = parse_report("一、法治建设\n法治先行。\n二、下一步工作安排\n法治为要,法治护航。")
    themes = {"法治": ["法治"]}
    assert counts(theme_frequency(report, by="place", themes=themes), "place") == {
        "heading": 1,
        "body": 3,
    }
    assert counts(theme_frequency(report, by="time", themes=themes), "time") == {
        "past": 2,
        "plan": 2,
    }


def test_choices_are_checked(report):
    with pytest.raises(ValueError, match="by must be None, section, part, place, time"):
        theme_frequency(report, by="year")
    with pytest.raises(ValueError, match="tokenizer must be jieba, rjieba or a function"):
        term_frequency(report, tokenizer="hanlp")
    with pytest.raises(ValueError, match="a function has its own"):
        term_frequency(report, tokenizer=str.split, terms=["执法"])
    with pytest.raises(ValueError, match="at least one character"):
        theme_frequency(report, themes={"-": [""]})


@pytest.mark.parametrize("by", [None, *GROUPS])
def test_nothing_found_keeps_columns_and_types(by):
    report = parse_report("0")
    for empty, full in [
        (term_frequency(report, by=by), term_frequency(parse_report("执法"), by=by)),
        (theme_frequency(report, by=by), theme_frequency(parse_report("法治"), by=by)),
    ]:
        assert empty.empty
        assert not full.empty
        assert empty.dtypes.to_dict() == full.dtypes.to_dict()


# Words


def test_a_segmenter_alone_misses_what_the_term_list_keeps_whole(report):
    """In the text: 法治政府 6, 规范执法 4, 习近平法治思想 8, and 监督 5, always part of a word."""
    plain, listed = counts(term_frequency(report, terms=())), counts(term_frequency(report))
    assert [plain.get(w, 0) for w in ("法治政府", "规范执法", "习近平法治思想")] == [0, 0, 0]
    assert [listed[w] for w in ("法治政府", "规范执法", "习近平法治思想")] == [6, 4, 8]
    three = counts(term_frequency(report, terms=["法治政府", "规范执法", "习近平法治思想"]))
    assert (plain["法治"], three["法治"], report.text.count("法治")) == (25, 11, 31)
    assert "监督" not in plain
    assert "监督" not in listed
    assert report.text.count("监督") == 5


def test_three_counts_of_a_word_are_reconciled(report):
    for word, tokens, in_theme, in_text in [("法治", 25, 30, 31), ("监督", 0, 5, 5)]:
        table = reconcile(report, word, terms=())
        assert table["count"].sum() == in_text == report.text.count(word)
        assert table.loc[table.token == word, "count"].sum() == tokens
        assert table.loc[table.term.notna(), "count"].sum() == in_theme
    lost = reconcile(report, "法治", terms=()).query("term.isna()")
    assert lost[["token", "count"]].to_numpy().tolist() == [["依法|治市", 1]]
    none = reconcile(report, "没有这个词")
    assert none.empty
    assert none.dtypes.equals(lost.dtypes)


def test_both_engines_cut_the_report_alike(report):
    assert term_frequency(report, tokenizer="rjieba").equals(term_frequency(report))
    assert term_frequency(report, tokenizer="rjieba", terms=()).equals(
        term_frequency(report, terms=())
    )


def test_markers_numbers_marks_and_stop_words_are_no_terms(report):
    terms = set(term_frequency(report)["term"])
    assert not terms & {
        "一是",
        "二是",
        "一",
        "第一",
        "2024",
        "15.6",
        "三项",
        "。",
        "进一步",
        "推进",
    }
    assert not [term for term in terms if re.search(r"\d|\s", term)]
    assert "一是" not in set(term_frequency(report, stop_words=(), min_chars=1)["term"])
    assert "推进" in set(term_frequency(report, stop_words=())["term"])


def test_any_function_may_cut(report):
    clauses = term_frequency(
        parse_report("执法、服务、执法"), tokenizer=lambda text: text.split("、")
    )
    assert counts(clauses) == {"执法": 2, "服务": 1}


def test_a_function_may_drop_blanks_but_not_words():
    report = parse_report("监督 执法,执法\t监督。推进 执法。")
    plain = segment.segmenter("jieba", None)
    drop = reconcile(report, "执法", tokenizer=lambda text: [w for w in plain(text) if w.strip()])
    assert drop.equals(reconcile(report, "执法"))
    with pytest.raises(ValueError, match="the tokenizer must return the words of the text"):
        reconcile(report, "执法", tokenizer=lambda text: ["监督", "推进"])


def test_own_terms_stay_out_of_other_calls():
    report = parse_report("推动智慧法庭建设")
    assert "智慧法庭" in set(term_frequency(report, terms=["智慧法庭"])["term"])
    assert "智慧法庭" not in set(term_frequency(report)["term"])


def test_jieba_itself_stays_as_it_was(tmp_path, monkeypatch, capfd):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    segment.dictionary()
    jieba = sys.modules["jieba"]
    before = jieba.dt.initialized, jieba.dt.tmp_dir, jieba.default_logger.level
    jieba.setLogLevel(logging.DEBUG)
    try:
        private = segment.load_dictionary()
        assert jieba.default_logger.level == logging.DEBUG
    finally:
        jieba.setLogLevel(before[2])
    assert [path.name for path in (tmp_path / "lawreport_utils").iterdir()] == ["jieba.cache"]
    assert capfd.readouterr() == ("", "")
    assert private.lcut("规范执法") == ["规范", "执法"]
    assert before == (jieba.dt.initialized, jieba.dt.tmp_dir, jieba.default_logger.level)


def test_a_home_that_cannot_be_written_to_is_no_error(tmp_path, monkeypatch, capfd):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert segment.load_dictionary().lcut("规范执法") == ["规范", "执法"]
    assert capfd.readouterr() == ("", "")


def test_a_user_without_a_home_is_no_error(monkeypatch, capfd):
    def expanduser(path):
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(Path, "expanduser", expanduser)
    assert segment.load_dictionary().lcut("规范执法") == ["规范", "执法"]
    assert capfd.readouterr() == ("", "")


def test_threads_load_one_dictionary():
    loaded = []
    threads = [Thread(target=lambda: loaded.append(segment.dictionary())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(loaded) == 8
    assert len(set(map(id, loaded))) == 1


def test_both_engines_give_the_words_of_jieba_itself():
    terms = load.words("terms")
    whole = segment.load_dictionary()
    for term in terms:
        whole.add_word(term)
    paths = [*ROOT.glob("data/*.txt"), *ROOT.glob("tests/cases/*.txt")]
    odd = "ab㐀c1.5%龦豈é😀 法治\r\n依法 0579-8123456 2024-04-12 c++ T恤"
    for text in [*(path.read_text(encoding="utf-8") for path in paths), odd]:
        for engine in ("jieba", "rjieba"):
            assert segment.segmenter(engine, None)(text) == whole.lcut(text)
        assert segment._plain_words(text, terms) == whole.lcut(text, HMM=False)
        assert segment._jieba(terms).lcut(text, HMM=False) == whole.lcut(text, HMM=False)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="执法依规一七上的在之侦快审2024aB.%-+# 。，《", min_size=1))
def test_new_words_are_those_of_jieba_itself(text):
    assert segment.segmenter("rjieba", ())(text) == segment.dictionary().lcut(text)


@settings(max_examples=50, deadline=None)
@given(st.text(min_size=1))
def test_any_text_can_be_counted(text):
    report = parse_report(f"法治{text}")
    assert all(term in report.text for term in term_frequency(report, tokenizer="rjieba")["term"])
    themes = theme_frequency(report, themes={"法治": ["法治"]})
    assert 1 <= themes["count"].sum() <= fold(report.text).count("法治")


# The lists


def test_lists_are_clean():
    lexicon = load.table("themes")
    assert all(set(theme) == {"name_zh", "name_en", "terms"} for theme in lexicon["theme"])
    lists = [theme["terms"] for theme in lexicon["theme"]]
    for listed in [*lists, load.words("terms"), load.words("stopwords")]:
        assert [word for word, count in Counter(listed).items() if count > 1] == []
        assert all(word.strip() == word for word in listed)
    for friend, holders in lexicon["not_in"].items():
        assert all(friend in holder and friend != holder for holder in holders)
        assert any(term.startswith(friend) for listed in lists for term in listed)
    assert not set(load.words("terms")) & set(load.words("stopwords"))


def test_jieba_is_imported_without_its_warnings():
    code = "from lawreport_utils.segment import segmenter; segmenter('jieba', ())('执法')"
    options = ["-X", f"pycache_prefix={ROOT / 'none'}", "-B", "-W", "error"]  # as on a first import
    done = subprocess.run([sys.executable, *options, "-c", code], cwd=ROOT, capture_output=True)
    assert done.stderr.decode() == ""
