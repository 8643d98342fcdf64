"""PDF files of a few kilobytes that ask for gigabytes or hours: one clear error, soon."""

import re
import zlib

import pytest
from writers import codes, measured


def stream(data: bytes, keys: str = "") -> bytes:
    packed = zlib.compress(data, 9)
    head = f"<</Length {len(packed)}/Filter/FlateDecode{keys}>>stream\n"
    return head.encode() + packed + b"\nendstream"


def pdf(content: bytes, *more: str | bytes, resources: str = "", pages: int = 1) -> bytes:
    """Pages with one content, object 4; what it draws with are objects 5 and on."""
    first = 5 + len(more)
    kids = " ".join(f"{first + n} 0 R" for n in range(pages))
    page = (
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<{resources}>>/Contents 4 0 R>>"
    )
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {pages}>>",
        "null",
        content,
        *more,
        *[page] * pages,
    ]
    data, offsets = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        offsets.append(len(data))
        body = body if isinstance(body, bytes) else body.encode()
        data += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start, size = len(data), len(objects) + 1
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    data += b"xref\n0 %d\n0000000000 65535 f \n%b" % (size, table)
    return bytes(data) + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, start)


SIMPLE = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
FONT = "/Font<</F 5 0 R>>"
SHOW = stream(f"BT /F 9 Tf <{codes('法治')}> Tj ET".encode())
FORM = "/Type/XObject/Subtype/Form/BBox[0 0 9 9]"


def drawing(content: bytes, pages: int = 1) -> bytes:
    return pdf(stream(content), SIMPLE, resources=FONT, pages=pages)


def font(keys: str, child: str = "", table: bytes = b"") -> bytes:
    """A page in a font that says this of itself."""
    outer = (
        f"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[6 0 R]{keys}>>"
    )
    inner = f"<</Type/Font/Subtype/CIDFontType2/BaseFont/A{child}>>"
    return pdf(SHOW, outer, inner, stream(table), resources=FONT)


def forms() -> bytes:
    """Nine forms, each of which draws the next ten times."""
    inner = [
        stream(b"/X Do " * 10, f"{FORM}/Resources<</XObject<</X {6 + n} 0 R>>>>") for n in range(9)
    ]
    return pdf(stream(b"/X Do"), *inner, SIMPLE, resources="/XObject<</X 5 0 R>>")


def index(keys: str) -> bytes:
    """A file whose index is an object that says this of itself."""
    start = b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 9 0 R>>endobj\n"
    table = stream(b"\2" * 60, f"/Type/XRef/W[1 2 1]/Root 1 0 R{keys}")
    return start + b"2 0 obj" + table + b"endobj\nstartxref\n%d\n%%%%EOF" % len(start)


WIDE = "/ToUnicode 7 0 R"
CASES = {
    "numbers before one operator": lambda: drawing(b"1 " * 1_900_000 + b"Td", pages=8),
    "states": lambda: drawing(b"q Q " * 990_000),
    "arrays in arrays": lambda: drawing(b"[" * 1_000_000),
    "blanks on many pages": lambda: drawing(b" " * 3_900_000, pages=200),
    "empty pages": lambda: drawing(b"", pages=20_000),
    "glyphs": lambda: drawing(b"BT /F 9 Tf " + b"(abcdefghij) Tj " * 20_000 + b"ET"),
    "glyphs on many pages": lambda: drawing(b"BT /F 9 Tf " + b"(abcdefghij) Tj " * 500, pages=400),
    "forms in forms": forms,
    "widths": lambda: font("", "/W[0 2000000000 500]"),
    "many widths": lambda: font("", f"/W[{'0 65535 500 ' * 5_000}]"),
    "range": lambda: font(WIDE, "", b"beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange"),
    "ranges": lambda: font(WIDE, "", b"beginbfrange" + b"<0000><FFFF><41>" * 999 + b" endbfrange"),
    "bomb": lambda: drawing(b" " * 100_000_000),
    "bomb in a bomb": lambda: pdf(
        stream(zlib.compress(bytes(200_000_000), 9)).replace(
            b"/Filter/FlateDecode", b"/Filter[/FlateDecode/FlateDecode]", 1
        )
    ),
    "index": lambda: index("/Size 2000000000/Index[0 2000000000]"),
    "row of the index": lambda: index("/Size 3/DecodeParms<</Predictor 12/Columns 2000000000>>"),
    "objects": lambda: b"%PDF-1.7\n" + b"1 0 obj\n" * 1_000_000 + b"%%EOF",
    "lines": lambda: b"%PDF-1.7\n" + b"\n" * 9_000_000 + b"%%EOF",
    "blank end": lambda: b"%PDF-1.7\n%%EOF" + bytes(30_000_000),
    "pages in pages": lambda: pdf(SHOW).replace(b"/Kids[5 0 R]", b"/Kids[2 0 R]"),
}  # fmt: skip


def test_files_that_ask_for_too_much_end_in_an_error_soon_and_within_memory(tmp_path):
    pytest.importorskip("resource", reason="Windows has no such measure")
    paths = [tmp_path / name for name in CASES]
    for path in paths:
        path.write_bytes(CASES[path.name]())
    found, peak = measured(paths)
    assert [name for name, _, _ in found] == list(CASES)
    for name, problem, seconds in found:
        assert re.search("draws more than any report|damaged|no text|cut off", problem), name
        assert seconds < 20, name  # 3 s where nothing else runs
    assert peak < 500
