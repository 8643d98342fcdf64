"""Web pages in the manner of government sites: the report, without what stands around it."""

import time
from pathlib import Path

import pytest
from writers import REPORT, as_page, lines, page

from lawreport_utils.errors import ReportError
from lawreport_utils.read import read_report


def test_page_of_a_government_site(tmp_path):
    path = tmp_path / "report.html"
    path.write_text(as_page(REPORT), encoding="utf-8")
    report = read_report(path)
    assert [line.split() for line in report.text.split("\n")] == [
        ["临江市公安局2023年法治政府建设年度报告"],
        ["信息来源：临江市公安局", "发布日期：2024-01-15"],
        *([line] for line in REPORT.split("\n")[3:]),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_encoding_of_a_page(tmp_path, encoding):
    path = tmp_path / "report.doc"  # pages are sometimes saved under such names
    said = as_page(REPORT).replace("utf-8", "gb2312" if encoding == "gb18030" else encoding)
    path.write_bytes(said.encode(encoding))
    assert read_report(path).title == "临江市公安局2023年法治政府建设年度报告"


def test_page_with_a_damaged_byte_and_a_wrong_charset(tmp_path):
    path = tmp_path / "report.html"
    page_in_utf8 = as_page(REPORT).replace("utf-8", "gb2312").encode()
    path.write_bytes(page_in_utf8[:-20] + b"\xff" + page_in_utf8[-20:])
    assert read_report(path).title == "临江市公安局2023年法治政府建设年度报告"


@pytest.mark.parametrize(
    "charset", ["gb2312", "x-unknown", "idna", "undefined", "utf-8", "iso-8859-1"]
)
def test_page_in_gbk_whatever_its_charset_says(tmp_path, charset):
    path = tmp_path / "report.html"
    path.write_bytes(as_page(REPORT).replace("utf-8", charset).encode("gbk"))
    assert read_report(path).title == "临江市公安局2023年法治政府建设年度报告"


def test_page_laid_out_by_tables(tmp_path):
    title, _, _, *rest = REPORT.split("\n")
    body = (
        "<table><tr><td>索引号：</td><td>0001/2024-1</td><td>发布机构：</td><td>临江市公安局</td></tr>"
        f"<tr><td>名称：</td><td>{title}</td></tr></table>"
        f"<table><tr><td align=center><font size=5>{title}</font></td></tr>"
        "<tr><td>来源：市公安局 发布时间：2024-01-15 10:20 点击数：12 【字体：小 大】</td></tr>"
        f"<tr><td>{'<br>&nbsp;&nbsp;'.join(rest)}</td></tr></table>"
    )
    path = tmp_path / "report.htm"
    path.write_text(page(body), encoding="utf-8")
    report = read_report(path)
    assert report.text.split("\n") == [
        "索引号： 0001/2024-1\t发布机构： 临江市公安局", f"名称： {title}", title,
        "来源：市公安局 发布时间：2024-01-15 10:20", *rest,
    ]  # fmt: skip
    assert (report.agency, str(report.published)) == ("临江市公安局", "2024-01-15")


def test_page_written_by_word_in_columns(tmp_path):
    title, _, _, *rest = REPORT.split("\n")
    paragraphs = "".join(
        f'<p class="MsoNormal"><b><span style="font-family:仿宋">{line[:3]}</span></b>'
        f'<span lang="EN-US">{line[3:5]}</span><span>{line[5:]}<o:p></o:p></span></p>'
        for line in rest
    )
    body = (
        '<table><tr><td class="left_nav"><ul><li><a>年报，公告</a></li></ul></td>'
        f"<td><div class='print-content'><h3>{title}</h3><div class='article-tool'>"
        "<span>发布时间：2024-01-22 10:11</span><span>来源：市公安局</span><span>打印</span></div>"
        f"<div class='con'>{paragraphs}<p>附件：<a href='x.pdf'>办案数据表.pdf</a></p></div></div>"
        "<div><h4>相关文档</h4><ul><li><a>临江市公安局2022年法治政府建设年度报告</a>"
        "<span>2023-01-12</span></li></ul></div></td></tr></table>"
    )
    path = tmp_path / "report.html"
    path.write_text(page(body), encoding="utf-8")
    report = read_report(path)
    assert [line.split() for line in report.text.split("\n")] == [
        [title],
        ["发布时间：2024-01-22", "10:11", "来源：市公安局"],
        *([line] for line in rest),
        ["附件：办案数据表.pdf"],
    ]


@pytest.mark.parametrize(
    ("title", "published"),
    [('name="ArticleTitle"', "PubDate"), ('property="og:title"', "publishdate")],
)
def test_what_only_the_head_of_a_page_says(tmp_path, title, published):
    head = (
        f'<meta {title} content="临江市公安局2023年法治政府建设年度报告">'
        '<meta name="ContentSource" content="市公安局">'
        f'<meta name="{published}" content="2024-01-15 9:00">'
    )
    path = tmp_path / "report.html"
    path.write_text(page("<p>一、举措</p><p>规范执法，成效明显。</p>", head), encoding="utf-8")
    report = read_report(path)
    assert report.title == "临江市公安局2023年法治政府建设年度报告"
    assert (report.source, str(report.published)) == ("市公安局", "2024-01-15")


def test_numbered_lists_of_a_page(tmp_path):
    body = (
        "<p>一、举措，如下。</p><ol><li>学法，述法。</li><li>执法，普法。</li></ol>"
        '<ol start="3"><li>复议，应诉。</li></ol><ol><li>（1）已有编号。</li></ol>'
        '<ol style="list-style-type:cjk-ideographic"><li>公开，透明。</li></ol>'
        '<ol style="list-style:none"><li>无编号，一项。</li></ol><ul><li>圆点，一项。</li></ul>'
    )
    path = tmp_path / "report.html"
    path.write_text(page(body), encoding="utf-8")
    assert read_report(path).text.split("\n") == [
        "一、举措，如下。", "1. 学法，述法。", "2. 执法，普法。", "3. 复议，应诉。",
        "（1）已有编号。", "一、公开，透明。", "无编号，一项。", "圆点，一项。",
    ]  # fmt: skip


def test_line_breaks_and_elements_inside_words(tmp_path):
    body = (
        "<p>\n  <b>一</b><b>、规范\n   执<span>法</span></b>，抓好\n 2023年工作。</p>"
        "<p style='display: none'>隐藏。</p>"
    )
    path = tmp_path / "report.html"
    path.write_text(page(body), encoding="utf-8")
    assert read_report(path).text == "一、规范执法，抓好2023年工作。"


@pytest.mark.parametrize(
    "text",
    [
        "<html><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1></body></html>",
        "<!DOCTYPE html><html><body><p>您访问的页面不存在，可能已被删除。</p></body></html>",
        "<html><head><title>某局2024年法治政府建设年度报告</title></head><body><div id='app'></div>"
        "<noscript>请开启JavaScript。</noscript></body></html>",
        "<html><title>Just a moment...</title><body>Checking, please wait.</body></html>",
        page("<ul><li><a>某局2023年法治政府建设年度报告</a> 2024-01-02</li></ul>"),
        "<html></html>",
        "<!doctype html>",
    ],
)
def test_page_without_a_report_is_refused(tmp_path, text):
    path = tmp_path / "report.html"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ReportError, match=r"the page shows no report.*; open .* browser"):
        read_report(path)


def as_lines(path: Path, markup: str) -> list[str]:
    path.write_text(markup, encoding="utf-8")
    return lines(path)


BODY = ["一、学习", "培训3次，参加人员900人次。", "二、执法", "办理案件3件。"]


@pytest.mark.parametrize("end", ["</html>", "</body></html>", "</body>"])
def test_page_that_goes_on_after_its_end(tmp_path, end):
    shown = "".join(f"<p>{line}</p>" for line in BODY)
    markup = (
        f"<html><body><div>首页</div>{end}<div>{shown}</div></body></html><p>三、监督，如下。</p>"
    )
    assert as_lines(tmp_path / "report.html", markup) == [*BODY, "三、监督，如下。"]


@pytest.mark.parametrize("count", [286, 5_000])
def test_elements_that_are_never_closed(tmp_path, count):
    expected = [f"{n}、办理案件{n}件。" for n in range(count)]
    markup = "<html><body>" + "<br>".join(f"<span class=a>{line}" for line in expected)
    assert as_lines(tmp_path / "report.html", markup) == expected


def test_parts_that_each_stand_in_the_part_before(tmp_path):
    text = [
        REPORT.split("\n")[0],
        "一、学习",
        *(f"培训{n}次，依法行政。" for n in range(300)),
        "二、执法",
    ]
    (tmp_path / "report.html").write_text("".join(f"<div>{line}" for line in text), "utf-8")
    assert lines(tmp_path / "report.html") == text


def test_page_that_says_its_title_twice(tmp_path):
    title, *rest = REPORT.split("\n")
    body = f"<h1>{title}</h1><div class=phone><h1>{title}</h1></div>"
    body += f"<div>{''.join(f'<p>{line}</p>' for line in rest)}</div>"
    (tmp_path / "report.html").write_text(page(body), "utf-8")
    assert lines(tmp_path / "report.html") == REPORT.split("\n")


def test_page_without_a_body_before_its_end(tmp_path):
    title, *rest = REPORT.split("\n")
    text = f"<h1>{title}</h1>" + "".join(f"<p>{line}</p>" for line in rest)
    (tmp_path / "report.html").write_text(f"<html><head></head></html>{text}", "utf-8")
    assert lines(tmp_path / "report.html") == REPORT.split("\n")


def test_menu_beside_the_report_in_a_table(tmp_path):
    title, *rest = REPORT.split("\n")[:1] + REPORT.split("\n")[3:6]
    menu = "<td><a href=/a>公开指南</a><br><a href=/b>公开目录</a></td>"
    cell = f"<td><b>{title}</b><br>{'<br>'.join(rest)}</td>"
    (tmp_path / "report.html").write_text(f"<table><tr>{menu}{cell}</tr></table>", "utf-8")
    assert lines(tmp_path / "report.html") == [title, *rest]


def test_page_in_a_message(tmp_path):
    head = "Subject: =?utf-8?B?5oql5ZGK?=\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n"
    (tmp_path / "report.eml").write_text(head + as_page(REPORT), "utf-8")
    assert read_report(tmp_path / "report.eml").title == REPORT.split("\n")[0]


def test_what_is_too_deep_is_left_out_with_a_warning(tmp_path):
    path = tmp_path / "report.html"
    path.write_text(
        page("".join(f"<p>{line}</p>" for line in BODY) + "<div>" * 5_000 + "三、监督。")
    )
    assert "2,000 elements deep" in read_report(path).warnings[0]


@pytest.mark.parametrize(
    "shown",
    ["<pre>{}</pre>", "<div style='white-space: pre-wrap'>{}</div>", "<div class=lines>{}</div>"],
)
def test_lines_of_text_that_is_set_already(tmp_path, shown):
    sheet = "<style>p, .lines { color: red; white-space: pre-line; }</style>"
    markup = page(shown.format("\n".join(BODY)), head=sheet)
    assert as_lines(tmp_path / "report.html", markup) == BODY


@pytest.mark.parametrize(
    ("sheet", "element", "marker"),
    [
        ("ol.cn{list-style-type:cjk-ideographic}", "ol class=cn", "一、"),
        ("/* {} */ li, #a { list-style: inside simp-chinese-informal }", "ol id=a", "一、"),
        ("", "ol style='list-style-type: cjk-heavenly-stem'", "甲、"),
        ("", "ul style='list-style-type: decimal'", "1. "),
        ("@media print { ol { list-style: none } }", "ol", "1. "),
        ("ol { list-style: square url(a.png) }", "ol", ""),
    ],
)
def test_counters_of_lists(tmp_path, sheet, element, marker):
    items = f"<p>法治措施如下，共一项。</p><{element}><li>学习，培训。</li></{element[:2]}>"
    markup = page(items, head=f"<style>{sheet}</style>")
    expected = ["法治措施如下，共一项。", f"{marker}学习，培训。"]
    assert as_lines(tmp_path / "report.html", markup) == expected


@pytest.mark.parametrize(
    "attribute",
    [
        "hidden", "style='visibility: hidden'", "style='font-size:0'", "style='font-size: 0px'",
        "style='DISPLAY:none'", "class='x copy'", "id=gone",
    ],
)  # fmt: skip
@pytest.mark.parametrize("tag", ["p", "span"])
def test_hidden_text_is_left_out(tmp_path, attribute, tag):
    head = (
        "<style>.copy, p#gone { color: red; display: none !important } #gone{font-size:0}</style>"
    )
    first, *rest = [f"<p>{line}</p>" for line in BODY]
    markup = page(f"{first}<{tag} {attribute}>转载，请注明。</{tag}>{''.join(rest)}", head)
    assert as_lines(tmp_path / "report.html", markup) == BODY


@pytest.mark.parametrize(
    "struck",
    ["<s>{}</s>", "<del>{}</del>", "<strike>{}</strike>",
     "<span style='text-decoration: red line-through'>{}</span>", "<i class=gone>{}</i>"],
)  # fmt: skip
def test_struck_out_text_is_left_out_with_a_word(tmp_path, struck):
    path = tmp_path / "report.html"
    head = "<style>.gone { text-decoration-line: line-through }</style>"
    first = f"<p>办理法治案件，共{struck.format('12')}15件。</p>"
    path.write_text(page(first + "".join(f"<p>{line}</p>" for line in BODY), head=head))
    report = read_report(path)
    assert lines(path) == ["办理法治案件，共15件。", *BODY]
    assert "Left out: text that is struck out (1)." in report.warnings


def test_table_of_a_page(tmp_path):
    table = [["指标", "2022年", "2023年"], ["行政复议案件", "10件", "12件"]]
    long = ["主要措施", "坚持依法行政，规范执法行为，加强执法监督，" * 9 + "成效明显。"]
    rows = "".join(f"<tr>{''.join(f'<td>{c}</td>' for c in row)}</tr>" for row in [*table, long])
    markup = page(f"<p>一、数据，如下。</p><table>{rows}</table><p>二、执法，如下。</p>")
    assert as_lines(tmp_path / "report.html", markup) == [
        "一、数据，如下。", *map("\t".join, [*table, long]), "二、执法，如下。",
    ]  # fmt: skip


@pytest.mark.parametrize("tag", ["p", "x:y", "my-tag", "a" * 30])
@pytest.mark.parametrize("attribute", ['a{}=">"', "a{}='<'", "a{}", "a{}=1/"])
def test_cost_of_attributes(tmp_path, tag, attribute):
    path = tmp_path / "report.html"
    attributes = " ".join(attribute.format(n) for n in range(100_000))
    path.write_text(page(f"<p>一、法治。</p><{tag} {attributes}>"))
    start = time.process_time()
    with pytest.raises(ReportError, match="1,000 attributes in one tag, more than any report"):
        read_report(path)
    assert time.process_time() - start < 5


def test_long_attribute_is_no_matter(tmp_path):
    picture = f"<img alt=a src='data:image/png;base64,{'QUJD/+a' * 90_000}'>"
    script = '<script>if (a<b && c="x) {}; ' + "d = e; " * 2_000 + "</script>"
    markup = page(picture + script + "".join(f"<p>{line}</p>" for line in BODY))
    assert as_lines(tmp_path / "report.html", markup) == BODY
