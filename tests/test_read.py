"""Files of every kind and state: the right report, or one clear error."""

import json
import os
import random
import re
import subprocess
import sys
import zlib
from html import escape
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pypdf
import pytest
from PIL import Image
from pypdf.generic import DictionaryObject, NameObject, StreamObject
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate

from lawreport_utils.errors import ReportError
from lawreport_utils.model import Report
from lawreport_utils.read import read_report
from lawreport_utils.structure import outline, parse_report

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "data/szga-2024.txt").read_text(encoding="utf-8")


@pytest.fixture
def refusal(tmp_path):
    """Writes a file, reads it, and gives the error that this ends in."""

    def read(data: bytes, name: str = "report.txt") -> ReportError:
        path = tmp_path / name
        path.write_bytes(data)
        with pytest.raises(ReportError) as caught:
            read_report(path)
        assert caught.value.source == str(path)
        return caught.value

    return read


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32"],
)
def test_text_in_any_usual_encoding(tmp_path, encoding):
    path = tmp_path / "report"
    path.write_bytes(TEXT.replace("\n", "\r\n").encode(encoding))
    assert read_report(path).text == TEXT


def test_text_in_big5(tmp_path):
    text = "臨江市司法局2023年法治政府建設年度報告\n一、主要舉措\n學習法律,依法行政。\n" * 20
    (tmp_path / "report.txt").write_bytes(text.encode("big5"))
    assert read_report(tmp_path / "report.txt").text == text


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "empty"),
        (b"\0" * 4096, "empty"),
        ("\u3000\n \n".encode(), "no content"),
        (bytes(range(256)) * 40, "no text file"),
        (b"The annual report for 2024\n", "isn't Chinese"),
        ("从前有座山,山里有座庙。\n".encode(), "never says"),
        (TEXT.encode()[:5000], "cut off after character 1,749"),
        (b"PK\x03\x04", "damaged or cut off"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Word"),
        (b"{\\rtf1\\ansi}", "RTF"),
        (b"\xff\xd8\xff\xe0" + bytes(600), "picture"),
        (b"Rar!\x1a\x07\x00", "archive"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", "MHTML"),
        (b"<?xml version='1.0'?><w:wordDocument>", "XML"),
    ],
)
def test_what_is_no_report_is_refused(refusal, data, problem):
    error = refusal(data)
    assert problem in error.problem
    assert error.remedy


def test_missing_file_folder_and_device(tmp_path):
    with pytest.raises(ReportError, match="there is no such file"):
        read_report(tmp_path / "none.txt")
    with pytest.raises(ReportError, match="this is a folder"):
        read_report(tmp_path)
    with pytest.raises(ReportError, match="can't be opened"):
        read_report("x" * 5000)
    with pytest.raises(ReportError, match="there is no such file"):
        read_report(os.devnull)


def test_numbered_text_on_something_else_is_read_with_a_warning(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(
        "某局2023年政府信息公开工作年度报告\n一、总体情况\n公开612条。", encoding="utf-8"
    )
    assert "is it a report on" in read_report(path).warnings[0]


def test_unnumbered_report_is_read_with_a_warning(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text("今年以来,我镇依法行政工作稳步推进。", encoding="utf-8")
    report = read_report(path)
    assert [section.number for section in report.sections] == [""]
    assert len(report.warnings) == 1


# Word documents. The tests write the numbering part themselves; python-docx has no call for it.

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def levels(*levels: tuple[str, str], more: str = "") -> str:
    """A numbering part with one list in use, of (number format, level text), and what else."""
    shown = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for i, (style, text) in enumerate(levels)
    )
    return (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="0">{shown}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{more}</w:numbering>'
    )


def numbered(text: str, level: int | None, number: int = 1) -> str:
    place = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    properties = "" if level is None else f"<w:pPr>{place}</w:pPr>"
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def write_docx(path: Path, body: str, numbering: str = "", styles: str = "") -> Path:
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.writestr(
            "word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>"
        )
        if numbering:
            archive.writestr("word/numbering.xml", numbering)
        if styles:
            archive.writestr("word/styles.xml", f"<w:styles {W}>{styles}</w:styles>")
    return path


def lines(path: Path) -> list[str]:
    return read_report(path).text.split("\n")


@pytest.mark.parametrize(
    ("style", "text", "markers"),
    [
        ("chineseCounting", "%1、", ["一、", "二、", "十、", "十一、"]),
        ("chineseCountingThousand", "（%1）", ["（一）", "（二）", "（十）", "（十一）"]),
        ("japaneseCounting", "第%1章", ["第一章", "第二章", "第十章", "第十一章"]),
        ("decimal", "%1.", ["1. ", "2. ", "10. ", "11. "]),
        ("decimal", "（%1）", ["（1）", "（2）", "（10）", "（11）"]),
        ("decimalFullWidth", "%1．", ["１．", "２．", "１０．", "１１．"]),
        ("decimalEnclosedCircle", "%1", ["①", "②", "⑩", "⑪"]),
        ("ideographDigital", "%1、", ["一、", "二、", "一〇、", "一一、"]),
        ("lowerLetter", "%1)", ["a)", "b)", "j)", "k)"]),
        ("bullet", "·", ["", "", "", ""]),
    ],
)
def test_automatic_numbers_of_word(tmp_path, style, text, markers):
    body = "".join(numbered("法治", 0) for _ in range(11))
    shown = lines(write_docx(tmp_path / "a.docx", body, levels((style, text))))
    assert [shown[i] for i in (0, 1, 9, 10)] == [marker + "法治" for marker in markers]


def test_levels_of_automatic_numbers(tmp_path):
    parts = levels(("chineseCounting", "%1、"), ("chineseCounting", "(%2)"), ("decimal", "%1.%3"))
    depths = [0, 1, 1, 2, 0, 1, 2, 2]
    body = "".join(numbered("法治", depth) for depth in depths)
    markers = ["一、", "(一)", "(二)", "一.1 ", "二、", "(一)", "二.1 ", "二.2 "]
    shown = lines(write_docx(tmp_path / "a.docx", body, parts))
    assert shown == [marker + "法治" for marker in markers]


def test_lists_of_word_go_on_or_start_again(tmp_path):
    more = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    body = "".join(numbered("法治", 0, number) for number in (1, 2, 0, 3, 3, 1, 9))
    parts = levels(("chineseCounting", "%1、"), more=more)
    shown = lines(write_docx(tmp_path / "a.docx", body, parts))
    assert shown == [m + "法治" for m in ("一、", "二、", "", "五、", "六、", "七、", "")]


def test_numbers_that_a_style_brings(tmp_path):
    styles = (
        '<w:style w:type="paragraph" w:styleId="base"><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="title">'
        '<w:basedOn w:val="base"/></w:style>'
    )
    paragraph = '<w:p><w:pPr><w:pStyle w:val="{}"/></w:pPr><w:r><w:t>法治</w:t></w:r></w:p>'
    body = "".join(map(paragraph.format, ("base", "title", "none")))
    parts = levels(("chineseCounting", "%1、"))
    assert lines(write_docx(tmp_path / "a.docx", body, parts, styles)) == [
        "一、法治", "二、法治", "法治",
    ]  # fmt: skip


def test_what_a_reader_of_a_document_sees(tmp_path):
    run = "<w:r><w:t>{}</w:t></w:r>"
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    body = (
        "<w:p>" + run.format("一、依法") + '<w:del><w:r><w:delText>删</w:delText></w:r></w:del>'
        + "<w:ins>" + run.format("行政") + "</w:ins></w:p>"
        + "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" + run.format("两段") + "</w:p>"
        + "<w:p>" + run.format("成一段") + "</w:p>"
        + "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r>"
        + "<w:r><w:t>上</w:t><w:br/><w:t>下</w:t></w:r>"
        + "<w:r><w:drawing><w:p><w:r><w:t>图</w:t></w:r></w:p></w:drawing></w:r></w:p>"
        + "<w:tbl><w:tr>" + cell.format("来源：") + cell.format("某局") + "</w:tr></w:tbl>"
        + "<w:sdt><w:sdtContent><w:p>" + run.format("二、执法") + "</w:p></w:sdtContent></w:sdt>"
    )  # fmt: skip
    assert lines(write_docx(tmp_path / "a.docx", body)) == [
        "一、依法行政", "两段成一段", "上", "下", "来源： 某局", "二、执法",
    ]  # fmt: skip


# Web pages, in the manner of government sites.


def page(body: str, head: str = "", around: str = "") -> str:
    """A page with a menu, a breadcrumb, buttons and a footer around the report."""
    return f"""<!-- saved from url=(0030)http://www.example.gov.cn/1.html -->
<!DOCTYPE html><html><head><meta charset="utf-8"><title>年度报告-临江市人民政府</title>{head}
<style>p {{ text-indent: 2em }}</style><script>var text = "一、不是正文。";</script></head>
<body><div class="header"><a href="/">网站首页</a><ul><li><a href="/a">政务公开</a></li>
<li><a href="/b">法治政府建设</a></li></ul><span>今天是2026年1月2日 星期五，欢迎您！</span></div>
<div>当前位置：<a href="/">首页</a> &gt; <a href="/a">政务公开</a> &gt; 年度报告</div>
{body}
<div class="share">分享到：<a href="#">微信</a></div><p>【<a>打印</a>】【<a>关闭</a>】</p>{around}
<div id="footer"><p>版权所有：临江市人民政府 主办单位：市政府办公室，承办：市大数据局。</p>
<p>网站标识码：0000000000 某ICP备00000000号</p></div></body></html>"""


def as_page(text: str) -> str:
    title, *lines = filter(None, map(str.strip, text.split("\n")))
    labels = [line for line in lines if "来源" in line[:6] or "日期" in line[:6]]
    rest = "".join(f"<p>\u3000\u3000{line}</p>\n" for line in lines if line not in labels)
    spans = "".join(f"<span>{label}</span>" for label in labels)
    buttons = (
        "<span>浏览次数：<b>356</b>次</span><span>字体：[<a>大</a> <a>中</a> <a>小</a>]</span>"
    )
    return page(
        f"<div><h1>{title}</h1><div>{spans}{buttons}</div><div class='con'>{rest}</div>"
        "<p>上一篇：<a>某局通知</a></p></div>"
    )


REPORT = """临江市公安局2023年法治政府建设年度报告
信息来源：临江市公安局
发布日期：2024-01-15
2023年，市公安局坚持依法行政，规范执法。
一、主要举措和成效
（一）提高政治站位。一是坚持学法；二是组织专题培训6场，近900人次参加。
（二）分享经验做法
编印案例12件，供全市学习。
二、存在的不足
执法公开还不够及时，队伍还需加强。"""


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
        "索引号： 0001/2024-1 | 发布机构： 临江市公安局", f"名称： {title}", title,
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
def test_page_without_a_report_is_refused(refusal, text):
    error = refusal(text.encode(), "report.html")
    assert "the page shows no report" in error.problem
    assert "browser" in error.remedy


# PDF files.


def write_pdf(
    path: Path,
    text: str,
    head: str = "法治政府建设年度报告",
    foot: str = "— {} —",
    indent: int = 32,
) -> Path:
    """As set by Word: a centred title, indented paragraphs, running heads and page numbers."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    style = ParagraphStyle(
        "text",
        fontName="STSong-Light",
        fontSize=16,
        leading=28,
        firstLineIndent=indent,
        wordWrap="CJK",
    )
    title = ParagraphStyle("title", style, fontSize=22, leading=34, firstLineIndent=0, alignment=1)

    def edges(page, document):
        page.setFont("STSong-Light", 10)
        page.drawString(72, 800, head)
        page.drawCentredString(297, 30, foot.format(document.page))

    first, *rest = filter(None, map(str.strip, text.split("\n")))
    story = [Paragraph(first, title), *(Paragraph(line, style) for line in rest)]
    SimpleDocTemplate(str(path)).build(story, onFirstPage=edges, onLaterPages=edges)
    return path


def test_paragraphs_of_a_pdf(tmp_path):
    title = "临江市人民政府关于2023年度法治政府建设工作情况的报告"  # takes two lines
    text = "\n".join(
        [title, *REPORT.split("\n")[1:]] + ["市公安局持续规范执法，" * 60 + "好。"] * 3
    )
    assert read_report(write_pdf(tmp_path / "report.pdf", text)).text == text


@pytest.mark.parametrize("foot", ["{}", "- {} -", "第 {} 页 共 7 页", "{} / 7", "－{}－"])
def test_page_numbers_of_a_pdf_are_left_out(tmp_path, foot):
    assert read_report(write_pdf(tmp_path / "report.pdf", TEXT, foot=foot)).text == TEXT.rstrip(
        "\n"
    )


def test_outline_of_a_pdf_without_indents(tmp_path):
    path = write_pdf(tmp_path / "report.pdf", TEXT, indent=0)
    assert rows(read_report(path)) == rows(parse_report(TEXT))


def test_radicals_in_a_pdf_become_characters(tmp_path):
    text = "\n".join(["某局报告", "⼀、⼈⺠⻔户", "依法⾏政，⻓期坚持。"])
    report = read_report(write_pdf(tmp_path / "report.pdf", text, head=""))
    assert report.text == "某局报告\n一、人民门户\n依法行政，长期坚持。"


# The same report in four kinds of file.


def rows(report: Report) -> list[list[str]]:
    return outline(report).query("level > 0")[["number", "marker", "heading"]].to_numpy().tolist()


@pytest.fixture(params=["szga-2024", "practice-report"])
def text(request) -> str:
    return (ROOT / f"data/{request.param}.txt").read_text(encoding="utf-8")


def check(path: Path, text: str) -> None:
    expected, report = parse_report(text), read_report(path)
    assert rows(report) == rows(expected)
    for name in ("title", "agency", "year", "source", "published"):
        assert getattr(report, name) == getattr(expected, name)


def test_same_outline_from_a_page(tmp_path, text):
    path = tmp_path / "report.html"
    path.write_text(as_page(text), encoding="utf-8")
    check(path, text)


def test_same_outline_from_a_document(tmp_path, text):
    document = docx.Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    document.save(tmp_path / "report.docx")
    check(tmp_path / "report.docx", text)


@pytest.mark.parametrize(("text", "shape"), [(TEXT, "(%2)"), (REPORT, "（%2）")])
def test_same_outline_from_a_document_with_automatic_numbers(tmp_path, text, shape):
    # Not the practice report: it leaves numbers out on purpose, which no automatic list does.
    automatic = ["[一二三四]、", "[(（][一二三四][)）]"]
    body, taken = "", 0
    for line in map(str.strip, text.split("\n")):
        level = next((i for i, marker in enumerate(automatic) if re.match(marker, line)), None)
        shown = line if level is None else re.sub(f"^{automatic[level]}", "", line)
        body += numbered(escape(shown), level)
        taken += shown != line
    assert taken >= 4
    parts = levels(("chineseCounting", "%1、"), ("chineseCountingThousand", shape))
    check(write_docx(tmp_path / "report.docx", body, parts), text)


def test_same_outline_from_a_pdf(tmp_path, text):
    check(write_pdf(tmp_path / "report.pdf", text), text)


def test_missing_library_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pypdf", None)
    monkeypatch.delitem(sys.modules, "lawreport_utils.formats.pdf", raising=False)
    path = write_pdf(tmp_path / "report.pdf", REPORT)
    with pytest.raises(
        ReportError, match=r'pypdf has to be .*pip install "lawreport-utils\[formats\]"'
    ):
        read_report(path)


# Files that are damaged, locked or made to break the reader.


def pack(document: bytes) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", document)
    return buffer.getvalue()


def body_of(inner: str) -> bytes:
    return f"<w:document {W}><w:body>{inner}</w:body></w:document>".encode()


def entities() -> str:
    """A billion laughs: ten entities, each ten times the one before."""
    names = "abcdefghij"
    pairs = [f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in pairwise(names)]
    return f'<!DOCTYPE x [<!ENTITY a "法治">{"".join(pairs)}]>'


def pdf_of(content: bytes, **keys) -> bytes:
    """A PDF page with this content, unpacked or not."""
    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(500, 700)
    stream = StreamObject()
    stream._data = content
    stream.update({NameObject(f"/{key}"): value for key, value in keys.items()})
    page[NameObject("/Contents")] = writer._add_object(stream)
    font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    fonts = DictionaryObject({NameObject(k): NameObject(v) for k, v in font.items()})
    page["/Resources"][NameObject("/Font")] = DictionaryObject({NameObject("/F"): fonts})
    return written(writer)


def written(writer: pypdf.PdfWriter) -> bytes:
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def locked(path: Path, user: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=path)
    writer.encrypt(user, owner_password="owner", algorithm="RC4-128")
    return written(writer)


def scanned() -> bytes:
    buffer = BytesIO()
    canvas = Canvas(buffer)
    for _ in range(10):
        canvas.drawInlineImage(Image.new("RGB", (400, 600), "white"), 0, 0, 500, 700)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


@pytest.fixture(scope="module")
def hostile(tmp_path_factory) -> dict[str, tuple[bytes, str]]:
    """Name -> content, what the error says."""
    folder = tmp_path_factory.mktemp("good")
    document = docx.Document()
    document.add_paragraph(TEXT)
    document.save(folder / "a.docx")
    word = (folder / "a.docx").read_bytes()
    pdf = write_pdf(folder / "a.pdf", TEXT)
    packed = zlib.compress(b" " * 80_000_000)
    encrypted = bytearray(pack(body_of("")))
    for header, flag in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        encrypted[encrypted.index(header) + flag] |= 1
    return {
        "bomb.docx": (pack(body_of(" " * 80_000_000)), "unpacked"),
        "entities.docx": (pack(entities().encode() + body_of("<w:p>&j;</w:p>")), "damaged"),
        "nested.docx": (pack(body_of("<w:tbl><w:tr><w:tc>" * 100_000)), "damaged"),
        "nested whole.docx": (
            pack(body_of("<w:tbl><w:tr><w:tc>" * 20_000 + "</w:tc></w:tr></w:tbl>" * 20_000)),
            "damaged",
        ),
        "empty paragraphs.docx": (pack(body_of("<w:p/>" * 1_500_000)), "paragraphs"),
        "encoding.docx": (pack(b"<?xml version='1.0' encoding='none'?><a/>"), "damaged"),
        "cut off.docx": (word[: len(word) // 2], "damaged or cut off"),
        "password.docx": (bytes(encrypted), "password"),
        "no body.docx": (pack(f"<w:document {W}/>".encode()), "no Word document with text"),
        "cut off.pdf": (pdf.read_bytes()[:9000], "cut off"),
        "lost index.pdf": (pdf.read_bytes()[:9000] + b"\n%%EOF", "damaged"),
        "password.pdf": (locked(pdf, "user"), "password"),
        "scanned.pdf": (scanned(), "no text"),
        "bomb.pdf": (pdf_of(packed, Filter=NameObject("/FlateDecode")), "damaged or locked"),
        "operators.pdf": (pdf_of(b"BT /F 9 Tf " + b"(a) Tj " * 160_000 + b"ET"), "draws more"),
        "English.pdf": (pdf_of(b"BT /F 9 Tf (The annual report of 2024) Tj ET"), "isn't Chinese"),
        "nested.html": (("<div>" * 200_000 + "一、法治。").encode(), "no report"),
        "attributes.html": (
            f"<html><body><p {' '.join(f'a{n}=1' for n in range(200_000))}>".encode(),
            "no report",
        ),
        "tags.html": (("<html><body>法，" + "<br>" * 300_000).encode(), "tags, more than any"),
        "long.html": (("<html><body>" + "<p>一、法治。</p>" * 600_000).encode(), "over 10 MB"),
        "50 MB.txt": ((TEXT * (50_000_000 // len(TEXT.encode()))).encode(), "more than any report"),
        "noise": (random.Random(0).randbytes(20_000_000), "no text file"),
    }


MEASURE = """
import json, sys, time
from pathlib import Path
from lawreport_utils.read import ReportError, read_report

for path in map(Path, sys.argv[1:]):
    start = time.process_time()
    try:
        problem = read_report(path).title
    except ReportError as error:
        problem = error.problem
    print(json.dumps([path.name, problem, time.process_time() - start]))
status = Path("/proc/self/status")
peak = re.search(r"VmHWM:\\s+(\\d+) kB", status.read_text()) if status.exists() else None
print(json.dumps(int(peak[1]) / 1024 if peak else resource.getrusage(0).ru_maxrss / 2**20))
"""


def test_hostile_files_end_in_an_error_soon_and_within_memory(hostile, tmp_path):
    pytest.importorskip("resource", reason="Windows has no such measure")
    paths = []
    for name, (data, _) in hostile.items():
        paths.append(tmp_path / name)
        paths[-1].write_bytes(data)
    command = [sys.executable, "-c", "import re, resource\n" + MEASURE, *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300)
    *lines, peak = map(json.loads, done.stdout.splitlines())
    assert len(lines) == len(hostile)
    for name, problem, seconds in lines:
        assert hostile[name][1] in problem, name
        assert seconds < 20, name  # 3 s where nothing else runs
    assert peak < 500
    assert done.stderr == ""


def test_pdf_locked_against_changes_only_is_read(tmp_path):
    path = write_pdf(tmp_path / "report.pdf", REPORT, head="")
    path.write_bytes(locked(path, ""))
    assert read_report(path).text == REPORT
