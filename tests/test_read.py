"""Files of every kind and state: the right report, or one clear error."""

import os
import sys
from io import BytesIO
from zipfile import ZipFile

import pytest
from writers import REPORT, TEXT, write_pdf

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
    with pytest.raises(ReportError, match="this is a pipe or a device, no file"):
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


@pytest.mark.parametrize(
    "quoted",
    ["<script>标签、<b>粗体</b>", "<div><p></p></div><br>", "<iframe>、<a href='x'>暗链</a><br>"],
)
def test_text_that_quotes_tags_is_read_as_text(tmp_path, quoted):
    text = f"{REPORT}\n三、网络安全\n发现页面被植入{quoted}，处置漏洞12个。"
    (tmp_path / "report.txt").write_text(text, encoding="utf-8")
    assert read_report(tmp_path / "report.txt").text == text


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


def test_missing_library_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pdfminer.pdfdocument", None)
    monkeypatch.delitem(sys.modules, "lawreport_utils.formats.pdf", raising=False)
    path = write_pdf(tmp_path / "report.pdf", REPORT)
    with pytest.raises(
        ReportError, match=r'pdfminer.* has to be .*pip install "lawreport-utils\[formats\]"'
    ):
        read_report(path)
