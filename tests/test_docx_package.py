"""Word documents as programs pack them: names, inserted files, damage, and limits."""

import json
import subprocess
import sys
import zlib
from io import BytesIO
from lzma import LZMAError
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZipFile, ZipInfo

import pytest
from writers import W, levels, lines, numbered, write_docx

from lawreport_utils.errors import ReportError
from lawreport_utils.read import read_report

TITLE = "青溪区2023年法治政府建设年度报告"
BODY = "".join(f"<w:p><w:r><w:t>{t}</w:t></w:r></w:p>" for t in (TITLE, "一、学习", "培训3次。"))
DOCUMENT = f"<w:document {W}><w:body>{BODY}</w:body></w:document>"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TEMPLATE = MAIN.replace("document.main", "template.main")


def pack(path, parts: dict[str, str | bytes], method: int = ZIP_DEFLATED):
    with ZipFile(path, "w", method) as archive:
        for name, content in parts.items():
            info = ZipInfo(name)
            info.filename = name  # ZipInfo would make a backslash a slash where folders have them
            info.compress_type = method
            archive.writestr(info, content)
    return path


def relations(**targets: str) -> str:
    """The relations of a part: id -> "kind target"."""
    shown = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{text.split()[0]}" Target="{text.split()[1]}"/>'
        for name, text in targets.items()
    )
    return f'<Relationships xmlns="urn:r">{shown}</Relationships>'


def types(name: str, kind: str = MAIN) -> str:
    return f'<Types><Override PartName="/{name}" ContentType="{kind}"/></Types>'


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


# Damage and hostility.


@pytest.mark.parametrize("method", [ZIP_LZMA, ZIP_BZIP2, ZIP_DEFLATED])
@pytest.mark.parametrize("place", [0.3, 0.5, 0.7])
def test_damaged_member_is_one_error(tmp_path, method, place):
    path = pack(tmp_path / "a.docx", {"word/document.xml": DOCUMENT * 50}, method)
    data = bytearray(path.read_bytes())
    middle = int(len(data) * place)
    data[middle : middle + 20] = bytes(20)
    path.write_bytes(data)
    with pytest.raises(ReportError, match="damaged"):
        read_report(path)


@pytest.mark.parametrize("error", [MemoryError, RecursionError, OSError, LZMAError, zlib.error])
def test_whatever_a_library_raises_is_one_error(tmp_path, monkeypatch, error):
    def fail(*_):
        raise error("x")

    path = write_docx(tmp_path / "a.docx", BODY)
    monkeypatch.setattr(ZipFile, "open", fail)
    with pytest.raises(ReportError, match=rf"a\.docx: the file is damaged .*{error.__name__}"):
        read_report(path)


def chained(count: int) -> str:
    """Styles that are each based on the one before."""
    return "".join(
        f'<w:style w:type="paragraph" w:styleId="s{i}"><w:basedOn w:val="s{i + 1}"/></w:style>'
        for i in range(count)
    )


def bombs() -> dict[str, tuple[str, str, str]]:
    """Name -> body, numbering, styles of documents that make much of a few bytes."""
    listed = numbered("法", 0)
    level = '<w:lvl w:ilvl="{}"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'.format
    nums = "".join(
        f'<w:num w:numId="{i}"><w:abstractNumId w:val="0"/></w:num>' for i in range(4000)
    )
    wide = (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="0">'
        f"{''.join(map(level, range(4000)))}</w:abstractNum>{nums}</w:numbering>"
    )
    styled = '<w:p><w:pPr><w:pStyle w:val="s{}"/></w:pPr><w:r><w:t>法治</w:t></w:r></w:p>'.format
    cells = (
        "<w:tc><w:tcPr><w:gridSpan w:val='99'/></w:tcPr><w:p><w:r><w:t>法</w:t></w:r></w:p></w:tc>"
    )
    return {
        "long marker": (listed * 40_000, levels(("decimal", "法" * 30_000)), ""),
        "long marker in a cell": (
            f"<w:tbl><w:tr><w:tc>{listed * 40_000}</w:tc></w:tr></w:tbl>",
            levels(("decimal", "治" * 100_000)),
            "",
        ),
        "lists times levels": ("".join(numbered("法治", 0, i) for i in range(4000)), wide, ""),
        "levels times paragraphs": (numbered("法治", 0) * 20_000, wide, ""),
        "chain of styles": ("".join(map(styled, range(20_000))), "", chained(20_000)),
        "wide cells": (f"<w:tbl><w:tr>{cells * 40_000}</w:tr></w:tbl>", "", ""),
        "soft breaks": (f"<w:p><w:r>{'<w:t>法治</w:t><w:br/>' * 200_000}</w:r></w:p>", "", ""),
        "deleted ends": (
            "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>法治</w:t></w:r></w:p>" * 45_000,
            "",
            "",
        ),
    }  # fmt: skip


MEASURE = """
import json, resource, sys, time
from lawreport_utils.read import ReportError, read_report
start = time.process_time()
try:
    said = str(len(read_report(sys.argv[1]).text))
except ReportError as error:
    said = str(error)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps([said, time.process_time() - start, peak]))
"""


@pytest.mark.parametrize("name", list(bombs()))
def test_document_that_makes_much_of_a_few_bytes(tmp_path, name):
    path = write_docx(tmp_path / "a.docx", *bombs()[name])
    assert path.stat().st_size < 1_000_000
    command = [sys.executable, "-c", MEASURE, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    said, seconds, peak = json.loads(done.stdout)
    assert said
    assert seconds < 10
    assert peak < 500


def test_document_that_inserts_itself(tmp_path):
    inner = write_docx(tmp_path / "b.docx", BODY + "<w:p/>" * 40_000).read_bytes()
    others = {
        "word/_rels/document.xml.rels": relations(x="aFChunk part.docx"),
        "word/part.docx": inner,
    }
    path = write_docx(tmp_path / "a.docx", INSERT * 5000, others=others)
    with pytest.raises(ReportError, match="more than any report"):
        read_report(path)
    assert BytesIO(inner).getbuffer().nbytes < 100_000
