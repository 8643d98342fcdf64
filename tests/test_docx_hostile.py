"""Word documents that are damaged or made to break the reader: one clear error, soon."""

import random
import re
import zlib
from collections import Counter
from lzma import LZMAError
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZipFile

import pytest
from writers import W, levels, measured, numbered, pack, relations, types, write_docx

from lawreport_utils.errors import ReportError
from lawreport_utils.read import read_report

TITLE = "青溪区2023年法治政府建设年度报告"
BODY = "".join(f"<w:p><w:r><w:t>{t}</w:t></w:r></w:p>" for t in (TITLE, "一、学习", "培训3次。"))
DOCUMENT = f"<w:document {W}><w:body>{BODY}</w:body></w:document>"
INSERT = '<w:altChunk r:id="x" xmlns:r="urn:r"/>'
PAGE = f"<html><body><h1>{TITLE}</h1><p>一、学习</p><p>培训3次，参加90人。</p></body></html>"


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
        "letters": (
            numbered("法", 0) * 900,
            levels(("upperLetter", "%1" * 500)).replace('rt w:val="1"', 'rt w:val="9000"'),
            "",
        ),
        "pictures beside a long text": (
            f"<w:p><w:r><w:t>{'法' * 900_000}</w:t>{'<w:drawing/>' * 100_000}</w:r></w:p>",
            "",
            "",
        ),
        "pictures after a long text": (
            f"<w:p><w:r><w:t>{'法' * 900_000}</w:t></w:r></w:p><w:p><w:r>"
            f"{'<w:pict><w:blip/></w:pict>' * 100_000}</w:r></w:p>",
            "",
            "",
        ),
        "fields": (
            "<w:p><w:r>"
            + '<w:fldChar w:fldCharType="begin"/><w:fldChar w:fldCharType="separate"/>' * 40_000
            + "<w:t>法</w:t>" * 90_000
            + "</w:r></w:p>",
            "",
            "",
        ),
        "soft breaks": (f"<w:p><w:r>{'<w:t>法治</w:t><w:br/>' * 200_000}</w:r></w:p>", "", ""),
        "deleted ends": (
            "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>法治</w:t></w:r></w:p>" * 45_000,
            "",
            "",
        ),
    }  # fmt: skip


@pytest.mark.parametrize("name", list(bombs()))
def test_document_that_makes_much_of_a_few_bytes(tmp_path, name):
    path = write_docx(tmp_path / "a.docx", *bombs()[name])
    assert path.stat().st_size < 1_000_000
    [(_, _, seconds)], peak = measured([path])
    assert seconds < 10
    assert peak < 500


def test_document_that_inserts_files_without_end(tmp_path):
    long = write_docx(tmp_path / "b.docx", BODY + "<w:p/>" * 40_000).read_bytes()
    again = {
        "word/_rels/document.xml.rels": relations(x="aFChunk part.docx"),
        "word/part.docx": long,
    }
    nested = write_docx(tmp_path / "c.docx", BODY + INSERT, others=again).read_bytes()
    for inner, problem in ((long, "more than any report"), (PAGE.encode(), "over 100 files")):
        others = again | {"word/part.docx": inner}
        path = write_docx(tmp_path / "a.docx", INSERT * 5000, others=others)
        with pytest.raises(ReportError, match=problem):
            read_report(path)
    path = write_docx(tmp_path / "a.docx", INSERT, others=again | {"word/part.docx": nested})
    assert "inserted files" in read_report(path).warnings[0]


def test_damage_anywhere_is_a_report_or_one_error(tmp_path):
    """A thousand documents with a byte or a tag changed."""
    chance = random.Random(1)
    body = BODY + INSERT + numbered("执法", 0) + "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"
    others = {
        "word/_rels/document.xml.rels": relations(x="aFChunk part.htm", y="footnotes notes.xml"),
        "word/part.htm": PAGE,
        "word/notes.xml": f"<w:footnotes {W}/>",
        "[Content_Types].xml": types("word/document.xml"),
    }
    path = write_docx(tmp_path / "a.docx", body, levels(("decimal", "%1.")), "<w:style/>", others)
    data = path.read_bytes()
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    ends = Counter()
    for turn in range(400):
        if turn % 2:  # in the zip file
            changed = bytearray(data)
            changed[chance.randrange(len(data))] = chance.randrange(256)
            path.write_bytes(changed)
        else:  # in what it holds
            name = chance.choice(list(parts))
            some = re.findall(rb"<[^<>]*>|[^<>]+", parts[name])
            some[chance.randrange(len(some))] = chance.choice([b"", b"<w:p/>", b"9" * 5000, b"-1"])
            pack(path, parts | {name: b"".join(some)})
        try:
            ends[bool(read_report(path).text)] += 1
        except ReportError as error:
            ends[error.problem.split("(")[0]] += 1
    assert ends[True] > 100
    assert len(ends) > 2
