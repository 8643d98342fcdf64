"""The pages of a PDF file, as pdfplumber sees them, within bounds that no report comes near.

pdfminer, which pdfplumber is built on, believes what a file says of itself: a few bytes may stand
for gigabytes, and a few objects for millions of drawing operators. The classes here are its own,
each with a count, so that reading ends in time and memory whatever the file says.
"""

import logging
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from itertools import islice, pairwise
from math import atan2, degrees
from typing import Any, cast

from pdfminer.cmapdb import CMap, CMapDB, CMapParser, FileUnicodeMap, IdentityCMap
from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar, LTPage
from pdfminer.pdfdocument import PDFDocument, PDFNoValidXRef
from pdfminer.pdffont import PDFCIDFont, PDFFont
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import (
    LITERALS_FLATE_DECODE,
    LITERALS_LZW_DECODE,
    LITERALS_RUNLENGTH_DECODE,
    PDFStream,
    dict_value,
    int_value,
    list_value,
    resolve1,
    stream_value,
)
from pdfminer.utils import apply_png_predictor, translate_matrix
from pdfplumber.page import Page

MAX_PAGES = 500  # annual reports have less than 60
MAX_CONTENT = 4_000_000  # bytes that draw the pages; a long report has some 100,000, unpacked
MAX_WORDS = 500_000  # numbers and operators in them, some ten for a glyph placed by itself
MAX_GLYPHS = 100_000  # the longest report has 40,000
MAX_POINTS = 50_000  # of lines and areas: tables have some thousand; no more are looked at
MAX_UNPACKED = 16_000_000  # bytes of one object; fonts are the largest
MAX_PACKED = 50_000  # bytes of an object in a format whose result can't be bounded
MAX_OBJECTS = 50_000  # a report has some thousand
MAX_REBUILT = 10_000_000  # bytes of a file whose index is made anew, in at most MAX_WORDS lines
HIDDEN = "\ufffd"  # for a glyph of which the file doesn't say which character it is


class TooMuch(Exception):  # noqa: N818 - no fault of the file
    """The file holds more than a report."""


def read_pages(data: bytes) -> Iterator["GlyphPage"]:
    """The pages one by one, the right way up.

    Raises TooMuch, or nearly anything for a damaged file.
    """
    with _quiet():
        document = _Document(data)
        fonts, spent = _Fonts(), Counter[str]()
        for number, source in enumerate(islice(PDFPage.create_pages(document), MAX_PAGES + 1), 1):
            if number > MAX_PAGES:
                raise TooMuch
            page = GlyphPage(fonts, spent, source, number)
            turns = Counter(round(char["turn"] / 90) * 90 % 360 for char in page.chars)
            if turns and (turn := turns.most_common(1)[0][0]):
                source.attrs["Rotate"] = source.rotate = (source.rotate + turn) % 360
                page = GlyphPage(fonts, spent, source, number)
            yield page
            page.close()


@contextmanager
def _quiet() -> Iterator[None]:
    """Without the messages of pdfminer on what it repaired."""
    logger = logging.getLogger("pdfminer")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)


class _Document(PDFDocument):
    """The objects of a file by their numbers."""

    left = MAX_OBJECTS

    def __init__(self, data: bytes) -> None:
        if len(re.findall(rb"\d (?:obj|[nf])\b", data)) > 2 * MAX_OBJECTS:
            raise TooMuch
        self._end = data[max(data.rfind(b"startxref"), 0) :]
        # An index can be made anew in one go if each object ends before the next.
        marks = [mark[-6:] == b"endobj" for mark in re.findall(rb"\d obj\b|\bendobj\b", data)]
        in_order = all(one != other for one, other in pairwise(marks))
        short = len(data) < MAX_REBUILT and data.count(b"\n") + data.count(b"\r") < MAX_WORDS
        super().__init__(_Parser(BytesIO(data)), fallback=in_order and short)

    def find_xref(self, parser: PDFParser) -> int:
        last = re.match(rb"startxref\s+(\d{1,9})\s", self._end)
        if not last:
            raise PDFNoValidXRef
        return int(last[1])

    def getobj(self, objid: int) -> Any:
        self.left -= 1
        if self.left < 0:
            raise TooMuch
        return super().getobj(objid)


class GlyphPage(Page):
    """A page of pdfplumber; its ``chars`` have a base line, and ``turn``, in degrees."""

    def __init__(self, fonts: "_Fonts", spent: Counter[str], page: PDFPage, number: int) -> None:
        self.rsrcmgr, self.laparams, self.unicode_norm = fonts, None, None
        file: Any = self  # pdfplumber asks the file of a page for these three alone
        super().__init__(file, page, number)
        self._spent = spent

    @property
    def layout(self) -> LTPage:
        """What is drawn on the page."""
        if not hasattr(self, "_layout"):
            device = _Device(self.rsrcmgr, self.page_number)
            device.spent = self._spent
            _Interpreter(self.rsrcmgr, device).process_page(self.page_obj)
            self._layout = device.get_result()
        return self._layout

    def process_object(self, obj: Any) -> dict[str, Any]:
        """A drawn object with its place; a glyph by its base line, whatever its font."""
        if not isinstance(obj, LTChar):
            return dict(super().process_object(obj))
        left, top = self.mediabox[:2]
        a, b, _, _, _, base = obj.matrix
        sign = 1 if obj.adv >= 0 else -1  # of the font size
        bottom = self.height - base + top
        return {
            "object_type": "char",
            "text": obj.get_text(),
            "font": obj.fontname,
            "x0": obj.x0 + left,
            "x1": obj.x1 + left,
            "top": bottom - obj.size,
            "bottom": bottom,
            "size": obj.size,
            "turn": round(degrees(atan2(b * sign, a * sign))) % 360,
        }


class _Device(PDFPageAggregator):
    """Where pages are drawn; it counts what is drawn on all of them together."""

    spent: Counter[str]

    def count(self, what: str, amount: int, limit: int) -> None:
        self.spent[what] += amount
        if self.spent[what] > limit:
            raise TooMuch

    def render_char(self, matrix: Any, *rest: Any) -> float:
        self.count("glyphs", 1, MAX_GLYPHS)
        font, size, scaling, rise, *others = rest
        raised = translate_matrix(matrix, (0, rise))
        return super().render_char(raised, font, size, scaling, 0, *others)

    def paint_path(self, gstate: Any, stroke: bool, fill: bool, evenodd: bool, path: Any) -> None:
        self.spent["points"] += len(path)
        if self.spent["points"] < MAX_POINTS:
            super().paint_path(gstate, stroke, fill, evenodd, path)

    def handle_undefined_char(self, _font: PDFFont, _cid: int) -> str:
        return HIDDEN


class _Interpreter(PDFPageInterpreter):
    """Carries out the operators of a page, or of a form on it, which may hold forms again."""

    device: _Device

    def execute(self, streams: Any) -> None:
        for stream in streams:
            content = stream_value(stream).get_data()
            self.device.count("content", len(content) + 1_000, MAX_CONTENT)
            words = len(content.split()) + sum(map(content.count, b"[(</"))
            self.device.count("words", words, MAX_WORDS)
        super().execute(streams)

    def do_q(self) -> None:  # the dearest of the operators
        self.device.count("states", 1, MAX_GLYPHS)
        super().do_q()


class _Fonts(PDFResourceManager):
    """The fonts of a file, with no more characters than two bytes can tell apart."""

    def get_font(self, objid: object, spec: Mapping[str, Any]) -> PDFFont:
        if objid in self._cached_fonts:
            return self._cached_fonts[objid]
        if sum(_lengths(spec.get("W"), 3)) + sum(_lengths(spec.get("W2"), 5)) > 2 * _CODES:
            raise TooMuch
        # The shapes of the glyphs aren't needed; ToUnicode is read below, where it is counted.
        described = {"FontName": spec.get("BaseFont"), **dict_value(spec.get("FontDescriptor", {}))}
        for key in ("FontFile", "FontFile2", "FontFile3"):
            described.pop(key, None)
        table = resolve1(spec.get("ToUnicode"))
        left_out = "ToUnicode" if isinstance(table, PDFStream) else ""
        known = {key: value for key, value in spec.items() if key != left_out}
        font: Any = super().get_font(objid, {**known, "FontDescriptor": described})
        if isinstance(font, PDFCIDFont):
            if type(font.cmap) is CMap and not font.cmap.code2cid:  # the file's own: not read
                font.cmap = CMapDB.get_cmap("Identity-H")
            if font.unicode_map and not isinstance(font.cmap, IdentityCMap):
                return cast(
                    PDFFont, font
                )  # of a known collection; ToUnicode would go by other numbers
        if isinstance(table, PDFStream):
            font.unicode_map = _Characters()
            CMapParser(font.unicode_map, BytesIO(table.get_data())).run()
        return cast(PDFFont, font)


_CODES = 65_536


def _lengths(widths: object, count: int) -> Iterator[int]:
    """How many characters each range of such a list has: first, last, width …; first [widths]."""
    numbers: list[int] = []
    for item in map(resolve1, list_value(widths or [])):
        numbers = [] if isinstance(item, list) else [*numbers, item]
        if len(numbers) == count:
            yield numbers[1] - numbers[0]
            numbers = []


class _Characters(FileUnicodeMap):
    """Which character each code of a font is."""

    left = 2 * _CODES

    def add_cid2unichr(self, cid: int, code: Any) -> None:
        self.left -= 1
        if self.left < 0:
            raise TooMuch
        super().add_cid2unichr(cid, code)


class _Parser(PDFParser):
    """Reads the objects of a file."""

    def do_keyword(self, pos: int, token: Any) -> None:
        super().do_keyword(pos, token)
        if token is self.KEYWORD_STREAM and self.curstack:
            stream = self.curstack[-1][1]
            if type(stream) is PDFStream:
                stream.__class__ = _Stream


class _Stream(PDFStream):
    """An object that is packed; it unpacks to no more than a report needs."""

    def decode(self) -> None:
        data = self.rawdata or b""
        if self.decipher and self.objid is not None and self.genno is not None:
            data = self.decipher(self.objid, self.genno, data, self.attrs)
        for name, params in self.get_filters():
            if name in LITERALS_FLATE_DECODE:
                data = _unpacked(data)
                how = {key: resolve1(value) for key, value in (params or {}).items()}
                if how.get("Predictor", 1) >= 10:
                    colors, columns, bits = (int_value(how.get(k, v)) for k, v in _ROW.items())
                    if colors * columns > MAX_ROW or len(data) > MAX_CONTENT:
                        raise TooMuch
                    data = apply_png_predictor(10, colors, columns, bits, data)
                continue
            if len(data) > (MAX_PACKED if name in _UNBOUNDED else MAX_CONTENT):
                raise TooMuch
            data = PDFStream({"Filter": name, "DecodeParms": params}, data).get_data()
        self.data, self.rawdata = data, None


_UNBOUNDED = LITERALS_LZW_DECODE + LITERALS_RUNLENGTH_DECODE
_ROW = {"Colors": 1, "Columns": 1, "BitsPerComponent": 8}  # of a picture, or of the index
MAX_ROW = 10_000


def _unpacked(packed: bytes) -> bytes:
    """What was packed by zlib; the check sum, which some programs leave out, isn't looked at."""
    unpack, data = zlib.decompressobj(-15), bytearray()
    for start in range(2, len(packed), 4096):
        data += unpack.decompress(packed[start : start + 4096])
        if len(data) > MAX_UNPACKED:
            raise TooMuch
    return bytes(data)
