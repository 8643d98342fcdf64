"""Files of every kind and state: the right report, or one clear error."""

import os
import sys
from io import BytesIO
from zipfile import ZipFile

import pytest
from writers import REPORT, TEXT, as_page, locked, page, write_pdf

from lawreport_utils.errors import ReportError
from lawreport_utils.read import read_report
from lawreport_utils.structure import parse_report


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


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def zipped(*names: str) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "<a/>")
    return buffer.getvalue()


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
        (OLE + bytes(600), "old Word or WPS file (.doc, .wps)"),
        (OLE + "WordDocument".encode("utf-16-le"), "old Word or WPS file (.doc, .wps)"),
        (OLE + "Workbook".encode("utf-16-le"), "spreadsheet"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "has a password"),
        (b"Founder CEB 3.0", "CEB"),
        (zipped("OFD.xml"), "OFD"),
        (zipped("xl/workbook.xml"), "spreadsheet"),
        (zipped("content.xml"), "OpenDocument"),
        (zipped("a.docx", "b.docx"), "archive"),
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


def test_what_is_no_path_is_refused_in_one_sentence():
    with pytest.raises(TypeError, match="this is a Report, read already"):
        read_report(parse_report(REPORT))
    for wrong, kind in ((b"report.txt", "bytes"), (None, "NoneType"), (3, "int"), ([], "list")):
        with pytest.raises(TypeError, match=f"takes the path of a file, not {kind}"):
            read_report(wrong)
    with pytest.raises(ReportError, match="this is a text, not the path of a file; give it to"):
        read_report(REPORT)


@pytest.mark.parametrize(
    "start",
    ["<b>{}</b><br>", "&nbsp;<span>{}</span><br>", "<!-- x --><font size=3>{}</font>", "{}<br>"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_piece_of_a_page_is_read_as_a_page(tmp_path, start, encoding):
    title, *rest = REPORT.split("\n")
    text = start.format(title) + "".join(f"<p>{line}</p>\n" for line in rest)
    (tmp_path / "report.txt").write_bytes(text.encode(encoding))
    report = read_report(tmp_path / "report.txt")
    assert report.title == title
    assert "<" not in report.text


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


# Web pages, in the manner of government sites.


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
def test_page_without_a_report_is_refused(refusal, text):
    error = refusal(text.encode(), "report.html")
    assert "the page shows no report" in error.problem
    assert "browser" in error.remedy


# PDF files.


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


def test_radicals_in_a_pdf_become_characters(tmp_path):
    text = "\n".join(["某局报告", "⼀、⼈⺠⻔户", "依法⾏政，⻓期坚持。"])
    report = read_report(write_pdf(tmp_path / "report.pdf", text, head=""))
    assert report.text == "某局报告\n一、人民门户\n依法行政，长期坚持。"


def test_missing_library_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pypdf", None)
    monkeypatch.delitem(sys.modules, "lawreport_utils.formats.pdf", raising=False)
    path = write_pdf(tmp_path / "report.pdf", REPORT)
    with pytest.raises(
        ReportError, match=r'pypdf has to be .*pip install "lawreport-utils\[formats\]"'
    ):
        read_report(path)


def test_pdf_locked_against_changes_only_is_read(tmp_path):
    path = write_pdf(tmp_path / "report.pdf", REPORT, head="")
    path.write_bytes(locked(path, ""))
    assert read_report(path).text == REPORT
