"""Files that are damaged, locked or made to break the reader: one clear error, soon."""

import random
import zlib
from io import BytesIO
from itertools import pairwise
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pypdf
import pytest
from PIL import Image
from pypdf.generic import DictionaryObject, NameObject, StreamObject
from reportlab.pdfgen.canvas import Canvas
from writers import TEXT, W, locked, measured, write_pdf, written


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
        "bomb.pdf": (pdf_of(packed, Filter=NameObject("/FlateDecode")), "draws more"),
        "operators.pdf": (pdf_of(b"BT /F 9 Tf " + b"(a) Tj " * 160_000 + b"ET"), "draws more"),
        "English.pdf": (pdf_of(b"BT /F 9 Tf (The annual report of 2024) Tj ET"), "isn't Chinese"),
        "nested.html": (("<div>" * 200_000 + "一、法治。").encode(), "no report"),
        "attributes.html": (
            f"<html><body><p {' '.join(f'a{n}=1' for n in range(200_000))}>".encode(),
            "attributes in one tag",
        ),
        "tags.html": (("<html><body>法，" + "<br>" * 300_000).encode(), "tags, more than any"),
        "long.html": (("<html><body>" + "<p>一、法治。</p>" * 600_000).encode(), "over 10 MB"),
        "50 MB.txt": ((TEXT * (50_000_000 // len(TEXT.encode()))).encode(), "more than any report"),
        "noise": (random.Random(0).randbytes(20_000_000), "no text file"),
    }


def test_hostile_files_end_in_an_error_soon_and_within_memory(hostile, tmp_path):
    pytest.importorskip("resource", reason="Windows has no such measure")
    paths = []
    for name, (data, _) in hostile.items():
        paths.append(tmp_path / name)
        paths[-1].write_bytes(data)
    lines, peak = measured(paths)
    assert len(lines) == len(hostile)
    for name, problem, seconds in lines:
        assert hostile[name][1] in problem, name
        assert seconds < 20, name  # 3 s where nothing else runs
    assert peak < 500
