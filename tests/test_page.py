"""Web pages in the manner of government sites: the report, without what stands around it."""

import pytest
from writers import REPORT, as_page, page

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


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
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


@pytest.mark.parametrize("charset", ["gb2312", "x-unknown", "idna", "undefined", "utf-8"])
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


def test_what_only_the_head_of_a_page_says(tmp_path):
    head = (
        '<meta name="ArticleTitle" content="临江市公安局2023年法治政府建设年度报告">'
        '<meta name="ContentSource" content="市公安局">'
        '<meta name="PubDate" content="2024-01-15 9:00">'
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
