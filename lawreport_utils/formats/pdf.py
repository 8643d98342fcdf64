"""The paragraphs of a PDF file with a text layer, put together again from its lines.

A PDF stores where glyphs stand, not what a paragraph is: lines are joined unless the layout shows
that a paragraph ends (an indent, a short line, a gap, another size). Page numbers and running heads
are left out. Needs the extra ``lawreport-utils[formats]``; ``read_report`` calls this.
"""

import logging
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from math import hypot
from statistics import median
from typing import Any

from pypdf import PageObject, PdfReader

from ..errors import ReportError
from . import Extracted

# A text of 40,000 characters, the longest of its kind, has 120,000 drawing operators even where
# each character is placed by itself; 100,000 take 2 s.
MAX_OPERATORS = 150_000
MAX_CONTENT = 4_000_000  # bytes of one page, unpacked

_PRINT_ANEW = (
    "open it in a PDF reader and print it to a new PDF file, or copy its text to a .txt file"
)
_RECOGNISE = "recognise its text (OCR) and save that as .txt"


def extract_text(data: bytes, source: object) -> Extracted:
    """The paragraphs of the file, a line each."""
    if b"%%EOF" not in data[-2048:]:
        raise ReportError(source, "the PDF file is cut off", "download it again")
    try:
        with _quiet():
            reader = PdfReader(BytesIO(data))
            if reader.is_encrypted and not reader.decrypt(""):
                raise ReportError(source, "the PDF file has a password", _PRINT_ANEW)
            pages = list(_pages(reader, source))
            width = float(reader.pages[0].mediabox.width) if pages else 0.0
    except ReportError:
        raise
    except Exception as error:  # a damaged file makes pypdf raise nearly anything
        problem = f"the PDF file is damaged or locked ({type(error).__name__})"
        raise ReportError(source, problem, _PRINT_ANEW) from error
    text = "\n".join(_paragraphs(pages, width))
    han, letters = len(_HAN.findall(text)), sum(map(str.isalpha, text))
    if letters < 10 * len(pages):
        raise ReportError(source, "the PDF file has pictures of pages, but no text", _RECOGNISE)
    if han < letters / 4:
        problem = (
            "the text of the PDF file isn't Chinese, or its fonts hide which characters it has"
        )
        raise ReportError(source, problem, _RECOGNISE)
    return Extracted(text)


_HAN = re.compile("[\u3400-\u9fff]")


@contextmanager
def _quiet() -> Iterator[None]:
    """Without the log messages of pypdf on what it repaired."""
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)


@dataclass
class _Line:
    text: str
    start: float  # in points from the left
    end: float  # estimated: a Chinese character is as wide as high, others half of it
    height: float  # of the base line above the foot of the page
    size: float  # of the font


def _pages(reader: PdfReader, source: object) -> Iterator[list[_Line]]:
    operators = 0

    def count(*_: Any) -> None:
        nonlocal operators
        operators += 1
        if operators > MAX_OPERATORS:
            raise ReportError(source, "the PDF file draws more than any report", _PRINT_ANEW)

    for page in reader.pages:
        content = page.get_contents()
        if content is not None and len(content.get_data()) > MAX_CONTENT:
            raise ReportError(source, "a page of the PDF file draws more than text", _PRINT_ANEW)
        yield _lines(_fragments(page, count))


def _fragments(page: PageObject, count: Any) -> list[_Line]:
    """The pieces of text of a page with their places, but turned text, as in a watermark."""
    found: list[_Line] = []

    def add(text: str, cm: list[float], tm: list[float], _font: Any, size: float) -> None:
        text = text.strip("\n").translate(_RADICALS)
        if not text.strip() or abs(cm[1]) + abs(tm[1]) > 0.01:
            return
        size *= hypot(tm[0], tm[1]) * hypot(cm[0], cm[1])
        start = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        height = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        found.append(
            _Line(text.strip(" "), start, start + _width(text.strip()) * size, height, size)
        )

    page.extract_text(visitor_operand_before=count, visitor_text=add)
    return found


def _width(text: str) -> float:
    return sum(1.0 if char > "\u2e7f" or char in "“”‘’—…·" else 0.5 for char in text)


# Some programs give characters that are radicals as such (⼀ for 一, ⻔ for 门). Source: the blocks
# Kangxi Radicals (their NFKC forms) and CJK Radicals Supplement (C-SIMPLIFIED) of Unicode.
_KANGXI = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
_SIMPLIFIED = (
    "⺎兀⺟母⺠民⻁虎⻄西⻅见⻆角⻉贝⻋车⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食"
    "⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻬齐⻮齿⻰龙⻳龟"
)
_RADICALS = _KANGXI | dict(zip(map(ord, _SIMPLIFIED[::2]), _SIMPLIFIED[1::2], strict=True))


def _lines(pieces: list[_Line]) -> list[_Line]:
    """What stands on one height, from left to right, as one line."""
    rows: list[list[_Line]] = []
    for piece in sorted(pieces, key=lambda piece: -piece.height):
        if rows and rows[-1][0].height - piece.height < 0.5 * piece.size:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [_joined(sorted(row, key=lambda piece: piece.start)) for row in rows]


def _joined(row: list[_Line]) -> _Line:
    text = row[0].text
    for before, piece in pairwise(row):
        gap = (piece.start - before.end) / piece.size
        words = re.search("[A-Za-z0-9]$", before.text) and re.match("[A-Za-z0-9]", piece.text)
        text += " " * (gap > _GAP or bool(words and gap > 0.15)) + piece.text
    size = max(piece.size for piece in row)
    end = max(piece.end for piece in row)
    return _Line(_without_spaces(text), row[0].start, end, row[0].height, size)


_GAP = 1.5  # the width of a character; a wider gap divides a label or a column from the next
_WIDE = "\u2e80-\u9fff\uff00-\uffef“”‘’—…"
_BESIDE_NARROW = re.compile(rf"(?<=[{_WIDE}]) (?=[^ {_WIDE}])|(?<=[^ {_WIDE}]) (?=[{_WIDE}])")
_BETWEEN_WIDE = re.compile(rf"(?<=[{_WIDE}]) (?=[{_WIDE}])")


def _without_spaces(text: str) -> str:
    """A line without the spaces that only show how far apart its characters were set."""
    text = _BESIDE_NARROW.sub("", text)
    spread = len(_BETWEEN_WIDE.findall(text)) > len(text) / 4  # 年 度 报 告
    return _BETWEEN_WIDE.sub("", text) if spread or re.search("[，。；,;]", text) else text


_PAGE_NUMBER = re.compile(
    r"[-—–－·\s]*(?:第\s*)?[\dⅠ-Ⅻ]{1,3}\s*页?(?:\s*[/,，共]\s*共?\s*\d{1,3}\s*页?)?[-—–－·\s]*"
)
_EDGE = 2  # lines at the top and at the foot of a page that may be its head or number


def _without_heads(pages: list[list[_Line]]) -> Iterator[list[_Line]]:
    """The pages without their numbers and without what several pages have at the top or foot."""
    seen = Counter(_head(line) for page in pages for line in _edge(page))
    often = max(2, len(pages) // 2)
    for page in pages:
        heads = [
            line
            for line in _edge(page)
            if _PAGE_NUMBER.fullmatch(line.text) or seen[_head(line)] >= often
        ]
        yield [line for line in page if line not in heads]


def _edge(page: list[_Line]) -> list[_Line]:
    return page if len(page) < 2 * _EDGE else page[:_EDGE] + page[-_EDGE:]


def _head(line: _Line) -> tuple[str, int]:
    """What a running head is known by: its words, whatever its numbers, and its place."""
    return re.sub(r"\d+", "0", line.text), round(line.height / 4)


def _paragraphs(pages: list[list[_Line]], width: float) -> Iterator[str]:
    """The lines joined, but where the layout shows that a paragraph ends."""
    pages = list(_without_heads(pages))
    lines = [line for page in pages for line in page]
    if not lines:
        return
    size = Counter(round(line.size, 1) for line in lines for _ in line.text).most_common(1)[0][0]
    body = [line for line in lines if _alike(line.size, size)]
    starts = Counter(round(line.start) for line in body)
    common = (start for start, count in starts.items() if count >= len(body) / _COMMON)
    left = min(common, default=0)
    ends = sorted(line.end for line in body)
    right = max(
        ends[int(0.95 * (len(ends) - 1))], 0.75 * width
    )  # if no line of a short one is full
    gaps = [one.height - other.height for page in pages for one, other in pairwise(page)]
    leading = median(gaps) if gaps else 0.0
    paragraph = lines[0].text
    for before, line in pairwise(lines):
        full = before.end > right - 2.5 * size
        flush = line.start < left + size and not line.text.startswith("\u3000")
        title = line.size > 1.15 * size  # stands centred, in one line or several
        new = _TITLE.match(line.text) and before.text[-1] in "。；："
        apart = before.height - line.height > 1.6 * leading  # less than 0 on a new page
        if _alike(before.size, line.size) and not (new or apart) and (title or (full and flush)):
            paragraph += line.text
        else:
            yield paragraph
            paragraph = line.text
    yield paragraph


_COMMON = 40  # one of so many lines starts at the margin, at least


def _alike(one: float, other: float) -> bool:
    return abs(one - other) < 0.1 * other


_TITLE = re.compile("[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]")
