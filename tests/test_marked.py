"""The marked report without a browser: links lead somewhere, marks are the text they mark."""

import re
import time
from base64 import b64decode
from copy import copy
from html.parser import HTMLParser
from io import BytesIO
from itertools import pairwise

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from lawreport_utils import labelled, marked_text, parse_report, read_report
from lawreport_utils.errors import ReportError
from lawreport_utils.lexicon import load
from lawreport_utils.page.marks import Mark, nested, painted
from lawreport_utils.page.markup import Html, escaped, plain, tag, visible
from lawreport_utils.page.tables import plans, shortcomings

REPORTS = ("szga-2024", "practice-report")
BARE = "我们努力工作，依法办事。"
LACKING = """某局2024年法治建设报告
一、成效
治安持续向好。
二、存在的不足
执法力量薄弱。办案不够规范。
三、下一步
办理案件3件以上。
特此报告。
某局"""


@pytest.fixture(scope="module", params=REPORTS)
def report(request):
    return read_report(f"data/{request.param}.txt")


@pytest.fixture(scope="module")
def pages(report):
    marked = {language: marked_text(report, language=language) for language in ("zh", "en")}
    return {language: (page, soup(page.html)) for language, page in marked.items()}


def soup(html):
    return BeautifulSoup(html, "html.parser")


class Balanced(HTMLParser):
    """Fails where elements don't nest, and gathers ids and text."""

    def __init__(self, html):
        super().__init__()
        self.open, self.ids, self.text = [], [], ""
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, name, attributes):
        self.open.append(name)
        self.ids += [value for key, value in attributes if key == "id"]

    def handle_endtag(self, name):
        assert self.open.pop() == name

    def handle_data(self, data):
        self.text += data


MARKS = st.lists(
    st.tuples(st.integers(0, 12), st.integers(1, 6), st.sampled_from(["mark", "span", "b"])),
    max_size=8,
)


@settings(deadline=None)  # how long it takes says nothing of the marks
@given(MARKS)
def test_spans_that_overlap_as_they_like_become_elements_that_nest(spans):
    text = "零一二三四<五六&七八九十百千"
    marks = [
        (Mark(start, min(start + length, len(text)), name, key=f"k{i}"), True)
        for i, (start, length, name) in enumerate(spans)
    ]
    html = nested(text, 0, len(text), marks)
    found = Balanced(html)
    assert found.text == text
    assert sorted(found.ids) == sorted(mark.key for mark, _ in marks)
    for mark, _ in marks:
        pieces = soup(html).find_all(attrs={"data-k": mark.key})
        assert "".join(piece.text for piece in pieces) == text[mark.start : mark.end]


@settings(deadline=None)
@given(st.lists(MARKS, min_size=1, max_size=3))
def test_links_never_overlap_and_lose_no_place(groups):
    made = [
        [Mark(s, s + n, "a", href=f"#{g}") for s, n, _ in group] for g, group in enumerate(groups)
    ]
    links = painted(made, 20)
    for first, second in pairwise(links):
        assert first.end <= second.start
    wanted = {i for group in made for mark in group for i in range(mark.start, mark.end)}
    assert {i for mark in links for i in range(mark.start, mark.end)} == wanted
    for mark in links:  # the earliest group that wants a place has it
        here = [g for g, group in enumerate(made) for m in group if m.start <= mark.start < m.end]
        assert mark.href == f"#{min(here)}"


def test_markup_of_a_report_is_text():
    hostile = "<script>alert(1)</script> {{7*7}} **b** \x00\x1b\u202e\ud800"
    assert plain(tag("p", hostile)) == visible(hostile)
    assert visible(hostile).endswith("␀␛[U+202E][U+D800]")
    assert tag("a", "x", title='"><img onerror=x>') == (
        '<a title="&quot;&gt;&lt;img onerror=x&gt;">x</a>'
    )
    assert Html("<b>") + "<i>" == "<b>&lt;i&gt;"
    assert isinstance(escaped("x") + "y", Html)


def test_all_links_lead_somewhere_and_ids_are_unique(pages):
    for page, parsed in pages.values():
        for tree in (parsed, soup(page._repr_html_())):
            ids = [element["id"] for element in tree.find_all(id=True)]
            assert len(ids) == len(set(ids))
            targets = [a["href"] for a in tree.find_all("a", href=True)]
            inside = [target[1:] for target in targets if target.startswith("#")]
            assert set(inside) <= set(ids)
            assert all(target.startswith(("#", "data:text/csv;")) for target in targets)
            assert not tree.find_all(["a"], href=False)
            assert all(not a.find("a") for a in tree.find_all("a"))


def test_each_row_leads_to_its_place_and_each_place_to_its_row(pages):
    for page, parsed in pages.values():
        places = {element["id"]: element for element in parsed.select(".text [data-k][id]")}
        rows = parsed.select(".ledger .row")
        led = [a["href"][1:] for row in rows for a in row.select("a")]
        assert set(led) <= set(places)
        for row in rows:
            keys = [a["href"][1:] for a in row.select("a")]
            back = [a["href"][1:] for key in keys for a in places[key].select("a")]
            back += [a["href"][1:] for key in keys for a in places[key].find_parents("a")]
            assert row["id"] in back, row["id"]
        tables = page.tables
        figures = {
            f"{s}-{e}"
            for s, e in zip(*(tables["outcomes"][c] for c in ("start", "end")), strict=True)
        }
        assert len(parsed.select(".of-figure .row")) == len(figures)
        assert len(parsed.select(".of-claim .row, .of-aim .row")) == len(tables["claims"])
        assert len(parsed.select(".of-theme .row li a")) == tables["themes"]["count"].sum()


def test_each_question_leads_to_its_places_and_back(pages):
    for page, parsed in pages.values():
        rows = parsed.select(".questions .row")
        findings = page.tables["findings"]
        assert len(rows) == len(findings)
        for row, start, other in zip(rows, findings["start"], findings["other_start"], strict=True):
            links = [a["href"][1:] for a in row.select("a")]
            assert len(links) == pd.notna(start) + pd.notna(other)
            signs = parsed.select(f'.text .ask[href="#{row["id"]}"]')
            assert len(signs) == len(links)
            assert all(parsed.find(id=key).name == "mark" for key in links)


def test_places_are_the_text_that_the_tables_quote(pages, report):
    for page, parsed in pages.values():
        article = copy(parsed.select_one(".text"))
        for sign in article.select(".ask"):  # the one thing on the page that isn't in the report
            sign.decompose()
        lines = [line for line in report.text.split("\n") if line.strip()]
        shown = [element.text for element in article.find_all(["p", re.compile("h[3-6]")])]
        assert [line.strip() for line in lines] == [line.strip() for line in shown]
        for layer, name in (
            ("figure", "outcomes"),
            ("plan", "plans"),
            ("shortcoming", "shortcomings"),
        ):
            rows = page.tables[name].drop_duplicates(["start", "end"])
            quoted = [report.text[s:e] for s, e in zip(rows["start"], rows["end"], strict=True)]
            keys = [element["id"] for element in article.select(f".{layer}[id]")]
            pieces = dict.fromkeys(keys, "")
            for piece in article.select(f".{layer}"):
                pieces[piece["data-k"]] += piece.text
            assert sorted(pieces.values()) == sorted(quoted)


def test_a_page_is_small_fast_and_asks_for_nothing(report):
    _ = marked_text(report).html  # the dictionary is loaded, as after the first call
    start = time.process_time()
    html = marked_text(report, language="en").html
    assert time.process_time() - start < 2
    assert len(html.encode()) < 500_000
    assert not re.search(r"""(?:src|href)=["']?(?:https?:)?//|url\(|@import""", html)
    parsed = soup(html)
    assert "default-src 'none'" in parsed.find("meta", {"http-equiv": True})["content"]
    assert len(parsed("script")) == 1


def test_findings_say_what_the_tables_say(report):
    page = marked_text(report)
    said, tables = page.findings, page.tables
    assert len(said) == 10
    assert len(marked_text(report, language="en").findings) == 10
    outcomes, themes = tables["outcomes"], tables["themes"]
    assert f"报告写明{len(outcomes)}个数字" in said["figures"]
    changes = outcomes[outcomes["kind"] == "change"]
    assert all(surface in said["changes"] for surface in changes["surface"])
    results = tables["claims"][tables["claims"]["form"] == "result"]
    assert f"没有同时写出数字的结果有{len(results)}处" in said["claims"]
    for theme in ("法治", "执法规范"):
        assert f"出现{themes[themes['theme'] == theme]['count'].sum()}次" in said[theme]
    missing = tables["content"].query("required and not found")["item"]
    assert all(f"“{item}”" in said["content"] for item in missing if not item.startswith("次年"))
    assert f"写不足的有{len(tables['shortcomings'])}句" in said["shortcomings"]
    assert f"写打算的有{len(tables['plans'])}句" in said["plans"]


def test_most_of_a_theme_may_stand_in_one_sentence_on_shortcomings():
    lacking = "规范执法、文明执法、理性执法有待提高。"
    text = f"某局2024年法治建设报告\n一、成效\n规范执法。\n二、不足\n{lacking}"
    said = marked_text(parse_report(text)).findings["执法规范"]
    assert "出现4次" in said
    assert "一句中最多的有3次，在第二部分，这一句写的是不足；写在不足里的3次" in said


def test_a_text_without_parts_has_no_preamble():
    said = marked_text(
        parse_report("某局2024年法治报告\n办案3件。水平不断提升。下一步,抓学习。")
    ).findings
    assert not any("引言" in sentence for sentence in said.values())
    assert said["figures"] == "报告写明1个数字：数量1个。"
    assert said["plans"].startswith("写打算的有1句，占全文字符的")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_many_parts_make_no_endless_sentence(language):
    parts = "".join(f"第{n}章 工作\n办案{n}件。执法水平不断提升。\n" for n in range(1, 70))
    page = marked_text(parse_report(f"某局2024年法治报告\n{parts}"), language=language)
    assert len(page.tables["outline"]) == 70
    assert max(map(len, page.findings.values())) < 600
    assert "70个部分中" in page.findings["shares"] or language == "en"


@pytest.mark.parametrize("text", [BARE, LACKING, "。。。", "一、执法"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_a_report_lacks_is_said(text, language):
    page = marked_text(parse_report(text), language=language)
    assert all(page.findings.values())
    assert "{" not in "".join(page.findings.values())
    assert "nan" not in page.html
    ids = {element["id"] for element in soup(page.html).find_all(id=True)}
    links = soup(page.html).find_all("a", href=re.compile("^#"))
    assert {a["href"][1:] for a in links} <= ids


def test_plans_and_shortcomings_are_sentences_without_title_or_sign_off():
    report = parse_report(LACKING)
    assert plans(report)["sentence"].tolist() == ["办理案件3件以上。"]
    assert shortcomings(report)["sentence"].tolist() == ["执法力量薄弱。", "办案不够规范。"]


def test_tables_to_download_are_those_of_the_page(pages):
    for language, (page, parsed) in pages.items():
        links = parsed.select("a[download]")
        assert len(links) == len(page.tables)
        for link, table in zip(links, page.tables.values(), strict=True):
            data = b64decode(link["href"].partition("base64,")[2])
            assert data.startswith(b"\xef\xbb\xbf")
            read = pd.read_csv(BytesIO(data), encoding="utf-8-sig")
            assert len(read) == len(table)
            assert list(read.columns) == list(labelled(table, language).columns)
            assert re.fullmatch(r"[^/\\:*?\"<>|]+\.csv", link["download"])


def test_english_marks_what_stays_chinese(pages):
    parsed = pages["en"][1]
    chinese = re.compile("[\u4e00-\u9fff]")
    for text in parsed.find_all(string=chinese):
        if text.find_parent(["title", "script", "style"]):
            continue
        assert text.find_parent(lang="zh-CN"), text


def test_every_gap_of_a_sentence_is_the_same_in_both_languages():
    for key, (chinese, english) in load.table("labels_page")["say"].items():
        gaps = [sorted(re.findall(r"{(\w+)}", text)) for text in (chinese, english)]
        assert set(gaps[0]) == set(gaps[1]) or key == "theme_named", key


def test_the_same_report_gives_the_same_output():
    first, second = (marked_text(parse_report(LACKING)) for _ in range(2))
    assert first.html == second.html
    assert first._repr_html_() == second._repr_html_()
    other = marked_text(parse_report(LACKING), language="en")._repr_html_()
    ids = [{e["id"] for e in soup(html).find_all(id=True)} for html in (first._repr_html_(), other)]
    assert not ids[0] & ids[1]


def test_a_page_is_written_at_once_or_not_at_all(tmp_path):
    page = marked_text(parse_report(LACKING))
    for name in ("a 'b' $(c).html", "-x.html", ".hidden.html", "换\n行.html"):
        assert page.save(tmp_path / name).read_text("utf-8") == page.html
    assert len(list(tmp_path.iterdir())) == 4
    with pytest.raises(ReportError, match="can't be written: this is a folder"):
        page.save(tmp_path)
    with pytest.raises(ReportError, match="can't be written: no such file"):
        page.save(tmp_path / "none" / "x.html")
    assert len(list(tmp_path.iterdir())) == 4


def test_bad_input_is_told():
    with pytest.raises(TypeError, match=r"report must be a Report, not the name .*: read_report\("):
        marked_text("a.txt")
    with pytest.raises(TypeError, match="earlier must be a Report, not "):
        marked_text(parse_report(BARE), earlier="a.txt")
    with pytest.raises(ValueError, match="language must be zh or en"):
        marked_text(parse_report(BARE), language="de")
