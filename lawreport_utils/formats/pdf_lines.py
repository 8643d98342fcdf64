"""The lines of a page of a PDF file, in the order in which they are read.

Glyphs on one height are a line. But columns are read one after the other, and a row of a table is a
line whose cells are divided. What isn't part of the text is left out: turned or oversized glyphs,
which are a watermark, and the marks of footnotes.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from statistics import median, mode
from typing import Any, NamedTuple

from pdfplumber.table import Table

from ..characters import FOLD, close_up
from ..markers import without_page
from . import join_cells
from .pdf_columns import Glyph, Row, in_columns
from .pdf_pages import HIDDEN, GlyphPage

MAX_EDGES = 1_000  # of the tables on a page: finding their cells takes the square of it


class Line(NamedTuple):
    text: str
    start: float  # in points from the left of the page
    end: float
    base: float  # from the top of the page
    size: float  # of the font
    page: int = 0
    width: float = 0.0  # of the page
    column: int = 0  # 1, 2 … of columns beside each other; 0 for what stands across the page
    alone: bool = False  # no part of a paragraph: a row of a table, or the like
    noted: bool = False  # had the mark of a footnote


def page_lines(page: GlyphPage) -> tuple[list[Line], bool]:
    """The lines of a page, and whether there is a watermark, which is left out."""
    shown = _shown(page)
    rest = _without_watermark(shown)
    marked = any(not glyph["text"].isspace() for glyph in shown) and len(rest) < len(shown)
    for table in _tables(page):
        inside = [glyph for glyph in rest if _within(glyph, table.bbox)]
        if inside:
            apart = [glyph for glyph in rest if not _within(glyph, table.bbox)]
            rest = [*apart, _as_glyph(table, inside)]
    number, width = page.page_number, round(page.width)
    return [line._replace(page=number, width=width) for line in _text_lines(rest)], marked


def _shown(page: GlyphPage) -> list[Any]:
    """The glyphs that are on the page and large enough to be read."""
    left, top, right, bottom = page.bbox
    return [
        {**glyph, "text": _character(glyph["text"], glyph["font"])}
        for glyph in page.chars
        if glyph["size"] > 1 and left <= glyph["x0"] < right and top < glyph["bottom"] <= bottom
    ]


# Some programs give radicals or variants for characters (⼀ for 一, 行 as U+FA08).
_CHARACTERS = {code: char for code, char in FOLD.items() if char >= 0x3400}
_UNUSUAL = re.compile("[\0-\x1f\x7f\ud800-\udfff\ue000-\uf8ff\ufffe\uffff]")


def _character(text: str, font: str) -> str:
    """What a glyph stands for."""
    text = text.translate(_CHARACTERS)
    if text and not _UNUSUAL.search(text):
        return text
    if len(text) == 1 and "\uf020" <= text <= "\uf0ff":  # in a font of symbols
        return chr(ord(text) - 0xF000) if "Symbol" in font else " "
    paired = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return HIDDEN if not paired or _UNUSUAL.search(paired) else paired


def _without_watermark(glyphs: list[Glyph]) -> list[Glyph]:
    """The glyphs that aren't turned, nor printed large over others."""
    upright = [glyph for glyph in glyphs if not 3 < glyph["turn"] < 357]
    usual = median(glyph["size"] for glyph in upright) if upright else 0.0
    text = [glyph for glyph in upright if glyph["size"] < 2 * usual]
    large = [glyph for glyph in upright if glyph["size"] >= 2 * usual]
    boxes = [(big["x0"], big["top"], big["x1"], big["bottom"]) for big in large[:50]]
    return text if any(_within(glyph, box) for box in boxes for glyph in text) else upright


def _within(glyph: Glyph, box: tuple[float, float, float, float]) -> bool:
    middle, height = (glyph["x0"] + glyph["x1"]) / 2, (glyph["top"] + glyph["bottom"]) / 2
    return bool(box[0] <= middle <= box[2] and box[1] <= height <= box[3])


def _tables(page: GlyphPage) -> list[Table]:
    """The tables with ruled cells; a frame around text is none."""
    if not 4 <= len(page.edges) <= MAX_EDGES:
        return []
    tables = page.find_tables()
    return [table for table in tables if any(sum(map(bool, row.cells)) > 1 for row in table.rows)]


def _as_glyph(table: Table, inside: list[Glyph]) -> Glyph:
    """A table as one glyph, so that it is read where it stands, in a column or across."""
    left, top, right, bottom = table.bbox
    place = {"x0": left, "x1": right, "top": top, "bottom": bottom, "size": inside[0]["size"]}
    return {**place, "text": _TABLE, "lines": list(_table_lines(table, inside))}


_TABLE = "\ufffc"


def _table_lines(table: Table, glyphs: list[Glyph]) -> Iterator[Line]:
    for row in table.rows:
        left, top, right, bottom = row.bbox
        inside = [glyph for glyph in glyphs if top <= (glyph["top"] + glyph["bottom"]) / 2 < bottom]
        cells = [[g for g in inside if _within(g, cell)] for cell in row.cells if cell]
        texts = ["".join(line.text for line in _text_lines(cell)) for cell in cells]
        if any(texts):
            size = mode(glyph["size"] for cell in cells for glyph in cell)
            yield Line(join_cells(texts), left, right, bottom, size, alone=True)


def _text_lines(glyphs: list[Glyph]) -> Iterator[Line]:
    """The lines of a page, or of a cell of a table, column by column."""
    for column, rows in in_columns(glyphs):
        for in_table, group in groupby(rows, lambda row: any("lines" in g for g in row)):
            stretch = list(group)
            lines = _table_rows(stretch) if in_table else _lines(stretch)
            yield from (line._replace(column=column) for line in lines)


def _table_rows(rows: Iterable[Row]) -> Iterator[Line]:
    """The lines of tables, those of the text beside them first."""
    for row in rows:
        beside = [glyph for glyph in row if "lines" not in glyph]
        yield from _lines([beside] if beside else [])
        for glyph in row:
            yield from glyph.get("lines", ())


def _lines(rows: list[Row]) -> Iterator[Line]:
    pieces = [row for row in map(_pieces, rows) if row]
    alike = [_alike(one, other) for one, other in pairwise(pieces)]
    for row, above, below in zip(pieces, [False, *alike], [*alike, False], strict=False):
        widest = max((b.start - a.end for a, b in pairwise(row)), default=0.0)
        size = max(piece.size for piece in row)
        in_table = above or below
        text = join_cells([p.text for p in row]) if in_table else " ".join(p.text for p in row)
        alone = in_table or widest > 3 * size or without_page(text) != text
        noted = any(piece.noted for piece in row)
        place = row[0].start, row[-1].end, row[0].base, size
        yield Line(_without_spaces(text), *place, alone=alone, noted=noted)


def _alike(one: Sequence[Line], other: Sequence[Line]) -> bool:
    """Have two rows a cell below a cell, apart from the first?"""
    return any(
        min(abs(a.start - b.start), abs(a.end - b.end), abs(a.start + a.end - b.start - b.end) / 2)
        < a.size / 2
        for a in one[1:]
        for b in other[1:]
    )


_GAP = 1.5  # the width of a character; a wider gap divides a label or a cell from the next


def _pieces(row: Row) -> list[Line]:
    """The parts of a row that are divided by wide gaps."""
    size = mode(glyph["size"] for glyph in row)
    base = max(glyph["bottom"] for glyph in row if glyph["size"] == size)
    pieces: list[Line] = []
    text, blank = "", False
    for glyph in row:
        if glyph["text"].isspace():
            blank = True
            continue
        if text and _is_reference(glyph, text[-1], size, base):
            pieces[-1] = pieces[-1]._replace(noted=True)
            continue
        gap = (glyph["x0"] - pieces[-1].end) / size if pieces else 0.0
        if not pieces or gap > _GAP:
            pieces.append(Line("", glyph["x0"], glyph["x1"], base, size))
            text = ""
        elif blank or (gap > 0.15 and _LATIN.match(text[-1]) and _LATIN.match(glyph["text"])):
            text += " "
        text, blank = text + glyph["text"], False
        end = max(pieces[-1].end, glyph["x1"])
        pieces[-1] = pieces[-1]._replace(text=text, end=end)
    return pieces


_LATIN = re.compile("[A-Za-z0-9]")


def _is_reference(glyph: Glyph, before: str, size: float, base: float) -> bool:
    """Is it the mark of a footnote, small and raised? Not so where it is an exponent: m²."""
    raised = glyph["size"] < 0.8 * size and glyph["bottom"] < base - 0.15 * size
    return bool(raised and _REFERENCE.fullmatch(glyph["text"]) and before > "\u2e7f")


_REFERENCE = re.compile(r"[\d①-⑳\[\]()*†〔〕［］]+")
_WIDE = "\u2e80-\u9fff\uff00-\uffef“”‘’—…"
_BESIDE_NARROW = re.compile(rf"(?<=[{_WIDE}]) (?=[^ {_WIDE}])|(?<=[^ {_WIDE}]) (?=[{_WIDE}])")
_BETWEEN_WIDE = re.compile(rf"(?<=[{_WIDE}]) (?=[{_WIDE}])")


def _without_spaces(text: str) -> str:
    """A line without the spaces that only show how far apart its characters were set."""
    text = close_up(text)
    start = marked.end() if (marked := _MARKED.match(text)) else 0
    text = text[:start] + _BESIDE_NARROW.sub("", text[start:])
    return _BETWEEN_WIDE.sub("", text) if re.search("[，。；,;]", text) else text


_MARKED = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2}){0,3}|第\S{1,4}) "
)  # 1 总体情况: no marker without it
