"""Word documents as programs pack them: names, inserted files, damage, and limits."""

import pytest
from writers import TEMPLATE, W, levels, lines, numbered, pack, relations, types, write_docx

from lawreport_utils.errors import ReportError
from lawreport_utils.read import read_report

TITLE = "青溪区2023年法治政府建设年度报告"
BODY = "".join(f"<w:p><w:r><w:t>{t}</w:t></w:r></w:p>" for t in (TITLE, "一、学习", "培训3次。"))
DOCUMENT = f"<w:document {W}><w:body>{BODY}</w:body></w:document>"


def test_names_divided_by_backslashes(tmp_path):
    path = pack(tmp_path / "a.docx", {"word\\document.xml": DOCUMENT, "word\\styles.xml": "<a/>"})
    assert lines(path) == [TITLE, "一、学习", "培训3次。"]


@pytest.mark.parametrize(
    "parts",
    [
        {"_rels/.rels": relations(a="officeDocument /word/document2.xml")},
        {"_rels/.rels": relations(a="officeDocument word/document2.xml"), "word/document.xml": "-"},
        {"[Content_Types].xml": types("word/document2.xml")},
        {"[Content_Types].xml": "", "./docProps/app.xml": "<a/>"},
        {"[Content_Types].xml": types("WORD/Document2.xml", TEMPLATE)},
    ],
)  # fmt: skip
def test_main_part_has_the_name_that_the_file_says(tmp_path, parts):
    listed = {"[Content_Types].xml": types("word/document2.xml"), **parts}
    path = pack(tmp_path / "a.docx", {**listed, "word/document2.xml": DOCUMENT})
    assert lines(path) == [TITLE, "一、学习", "培训3次。"]


def test_other_parts_have_the_names_that_the_main_part_says(tmp_path):
    body = (
        numbered("学习", 0) + '<w:p><w:r><w:footnoteReference w:id="1"/><w:t>法</w:t></w:r></w:p>'
    )
    note = '<w:footnote w:id="1"><w:p><w:r><w:t>注文</w:t></w:r></w:p></w:footnote>'
    parts = {
        "[Content_Types].xml": types("doc/main.xml"),
        "_rels/.rels": relations(a="officeDocument doc/main.xml"),
        "doc/_rels/main.xml.rels": relations(b="numbering ../n/1.xml", c="footnotes /n/2.xml"),
        "doc/main.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
        "n/1.xml": levels(("chineseCounting", "%1、")),
        "n/2.xml": f"<w:footnotes {W}>{note}</w:footnotes>",
    }
    assert lines(pack(tmp_path / "a.docx", parts)) == ["一、学习", "法", "注1：注文"]


@pytest.mark.parametrize(
    ("kind", "problem"),
    [
        ("vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", "spreadsheet"),
        ("vnd.ms-excel.sheet.macroEnabled.main+xml", "spreadsheet"),
        ("vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml", "presentation"),
    ],
)
def test_other_office_files_are_named(tmp_path, kind, problem):
    path = pack(tmp_path / "a.docx", {"[Content_Types].xml": types("x.xml", f"application/{kind}")})
    with pytest.raises(ReportError, match=problem):
        read_report(path)


# Files that Word inserts when it opens the document.

INSERT = '<w:altChunk r:id="x" xmlns:r="urn:r"/>'
PAGE = f"<html><body><h1>{TITLE}</h1><p>一、学习</p><p>培训3次，参加90人。</p></body></html>"
MHT = (
    "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\n"
    f"Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{PAGE}\n--b--\n"
)


def inserting(path, content: str | bytes, before: str = ""):
    others = {
        "word/_rels/document.xml.rels": relations(x="aFChunk /word/part.bin"),
        "word/part.bin": content,
    }
    return write_docx(path, before + INSERT, others=others)


@pytest.mark.parametrize(
    "content", [PAGE, MHT, "\n".join([TITLE, "一、学习", "培训3次，参加90人。"])]
)
def test_inserted_page_or_text_is_read(tmp_path, content):
    path = inserting(tmp_path / "a.docx", content.encode())
    assert lines(path) == [TITLE, "一、学习", "培训3次，参加90人。"]


def test_inserted_pieces_of_a_page_are_read_in_full(tmp_path):
    pieces = [f"<h1>{TITLE}</h1>", "<p>一、学习</p>", "<b>培训3次</b><br>参加90人"]
    others = {
        "word/_rels/document.xml.rels": relations(
            **{f"x{n}": f"aFChunk p{n}.htm" for n in (0, 1, 2)}
        ),
        **{f"word/p{n}.htm": piece for n, piece in enumerate(pieces)},
    }
    body = "".join(INSERT.replace('"x"', f'"x{n}"') for n in (0, 1, 2))
    path = write_docx(tmp_path / "a.docx", body, others=others)
    assert lines(path) == [TITLE, "一、学习", "培训3次", "参加90人"]


def test_inserted_document_is_read_in_place(tmp_path):
    inner = write_docx(tmp_path / "b.docx", BODY).read_bytes()
    others = {"word/_rels/document.xml.rels": relations(x="aFChunk part.docx")}
    around = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>".format
    body = around("前") + INSERT + around("后")
    path = write_docx(tmp_path / "a.docx", body, others=others | {"word/part.docx": inner})
    assert lines(path) == ["前", TITLE, "一、学习", "培训3次。", "后"]


def test_inserted_file_that_cant_be_read_is_said(tmp_path):
    with pytest.raises(ReportError, match=r"RTF.*save it anew as \.docx"):
        read_report(inserting(tmp_path / "a.docx", rb"{\rtf1 x}"))
    report = read_report(inserting(tmp_path / "b.docx", rb"{\rtf1 x}", before=BODY))
    assert report.warnings == (
        "Left out: inserted files (this is an RTF file) (1), after “培训3次。”.",
    )
    with pytest.raises(ReportError, match="only inserted files"):
        read_report(write_docx(tmp_path / "c.docx", INSERT))
