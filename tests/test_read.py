"""Files of every kind and state: the right report, or one clear error."""

import os
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from lawreport_utils.errors import ReportError
from lawreport_utils.read import read_report

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
        ("从前有座山,山里有座庙。\n".encode(), "doesn't name"),
        (TEXT.encode()[:5000], "damaged at character 1,750"),
        (b"PK\x03\x04", "damaged or cut off"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Word"),
        (b"{\\rtf1\\ansi}", "RTF"),
        (b"\xff\xd8\xff\xe0" + bytes(600), "picture"),
        (b"Rar!\x1a\x07\x00", "archive"),
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
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="title">'
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
