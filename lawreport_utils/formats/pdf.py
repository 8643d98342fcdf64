"""The paragraphs of a PDF file with a text layer, put together again from its lines.

A PDF stores where glyphs stand, not what a paragraph is: lines are joined unless the layout shows
that a paragraph ends (an indent, a short line, a gap, another size). Page numbers and running heads
are left out; so are footnotes and watermarks, with a warning. Needs the extra
``lawreport-utils[formats]``; ``read_report`` calls this.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import chain, pairwise
from statistics import median
from typing import NamedTuple

from pdfminer.pdfdocument import PDFPasswordIncorrect

from ..characters import HAN
from ..errors import ReportError
from ..markers import opens_title
from . import Extracted
from .pdf_lines import Line, page_lines
from .pdf_pages import HIDDEN, TooMuch, read_pages

_PRINT_ANEW = (
    "open it in a PDF reader and print it to a new PDF file, or copy its text to a .txt file"
)
_RECOGNISE = "recognise its text (OCR) and save that as .txt"

Pages = list[list[Line]]


def extract_text(data: bytes, source: object) -> Extracted:
    """The paragraphs of the file, a line each; the cells of a table divided as in a document."""
    end = data.rfind(b"%%EOF")
    if end < 0 or b" obj" in data[end:]:
        raise ReportError(source, "the PDF file is cut off", "download it again")
    try:
        pages, warnings = _read(data[data.find(b"%PDF-") :])  # a mail program may add a head
        text = "\n".join(_paragraphs(pages))
    except TooMuch as error:
        raise ReportError(source, "the PDF file draws more than any report", _PRINT_ANEW) from error
    except PDFPasswordIncorrect as error:
        raise ReportError(source, "the PDF file has a password", _PRINT_ANEW) from error
    except Exception as error:  # a damaged file makes pdfminer raise nearly anything
        problem = f"the PDF file is damaged or locked ({type(error).__name__})"
        raise ReportError(source, problem, _PRINT_ANEW) from error
    han, letters = len(_HAN.findall(text)), sum(map(str.isalpha, text))
    if text.count(HIDDEN) > letters:
        problem = "the fonts of the PDF file hide which characters it has"
        raise ReportError(source, problem, _RECOGNISE)
    if letters < 10 * max(len(pages), 1):
        raise ReportError(source, "the PDF file has pictures of pages, but no text", _RECOGNISE)
    if han < letters / 4:
        problem = "the text of the PDF file isn't Chinese, or its fonts hide its characters"
        raise ReportError(source, problem, _RECOGNISE)
    return Extracted(text, warnings)


_HAN = re.compile(f"[{HAN}]")


def _read(data: bytes) -> tuple[Pages, tuple[str, ...]]:
    """The lines of each page, and what a reader should know of what isn't in them."""
    pages: Pages = []
    noticed: defaultdict[str, list[int]] = defaultdict(list)  # what -> the numbers of the pages
    fonts: defaultdict[str, str] = defaultdict(str)
    for number, page in enumerate(read_pages(data), 1):
        lines, marked = page_lines(page)
        pages.append(lines)
        for glyph in page.chars:
            fonts[glyph["font"]] += glyph["text"]
        seen = {
            _WATERMARK: marked,
            _PICTURE: not lines and page.images,
            _HIDES: any(HIDDEN in line.text for line in lines),
        }
        for what in filter(seen.get, seen):
            noticed[what].append(number)
    pages = list(_without_heads(pages))
    size = _body_size(pages)
    for number, lines in enumerate(pages, 1):
        notes = _footnotes(lines, size)
        lines[:] = [line for line in lines if line not in notes]
        if notes:
            noticed[_FOOTNOTES].append(number)
    warnings = [f"{what} (page {', '.join(map(str, on))})" for what, on in noticed.items()]
    warnings += [_WRONG.format(font) for font, text in fonts.items() if _is_unusual(text)]
    return pages, tuple(warnings)


_WATERMARK = "Turned or oversized text, such as a watermark, is left out"
_FOOTNOTES = "Footnotes are left out"
_PICTURE = f"Pictures of pages have no text and are left out; {_RECOGNISE}"
_HIDES = f"A font hides which characters it has, here {HIDDEN}; {_RECOGNISE}"
_WRONG = f"The font {{}} gives mostly rare characters, perhaps wrong ones; {_RECOGNISE}"


def _is_unusual(text: str) -> bool:
    """Are most Chinese characters none of everyday use, in simplified or traditional form?"""
    han = "".join(_HAN.findall(text))
    known = max(len(han.encode(name, "ignore")) for name in ("gb2312", "big5"))
    return len(han) > 9 and known < len(han)  # two bytes a character


_PAGE_NUMBER = re.compile(
    r"[-—–－·\s]*(?:第\s*)?[\dⅠ-Ⅻ]{1,3}\s*页?(?:\s*[/,，共]\s*共?\s*\d{1,3}\s*页?)?[-—–－·\s]*"
)
# What a browser prints at the head and the foot of a page that it makes a file of.
_OF_BROWSER = re.compile(
    r"""\d{1,4}/\d{1,2}/\d{2,4},?\ ?(?:[上下]午)?\ ?\d{1,2}:\d\d  # 2024/1/15 上午9:30, the title
    | (?:https?|[fﬁ]i?le)://.*/\d+$                              # the address, 1/3
    """,
    re.VERBOSE,
)
_EDGE = 2  # lines at the top and at the foot of a page that may be its head or number


def _without_heads(pages: Pages) -> Iterator[list[Line]]:
    """The pages without their numbers and without what several pages have at the top or foot."""
    seen = Counter(_head(line) for page in pages for line in _edge(page))
    often = max(2, len(pages) // 2)
    for page in pages:
        heads = [
            line
            for line in _edge(page)
            if _PAGE_NUMBER.fullmatch(line.text)
            or _OF_BROWSER.match(line.text)
            or seen[_head(line)] >= often
        ]
        yield [line for line in page if line not in heads]


def _edge(page: list[Line]) -> list[Line]:
    down = sorted(page, key=lambda line: line.base)
    return down if len(down) < 2 * _EDGE else down[:_EDGE] + down[-_EDGE:]


def _head(line: Line) -> tuple[str, int]:
    """What a running head is known by: its words, whatever its numbers, and its place."""
    return re.sub(r"\d+", "0", line.text), round(line.base / 4)


def _footnotes(lines: list[Line], size: float) -> list[Line]:
    """The small lines at the foot of a page that has marks of footnotes in its text."""
    small: list[Line] = []
    if any(line.noted for line in lines):
        for line in reversed(lines):
            if line.size > 0.95 * size:
                break
            small.insert(0, line)
    while small and not _NOTE.match(small[0].text):
        del small[0]
    return small


_NOTE = re.compile(r"[\[(（〔［]?(?:\d|[①-⑳]|[*†注])")


def _body_size(pages: Pages) -> float:
    """The size of most characters of the text, tables apart; 0 if there are none."""
    lines = [line for line in chain(*pages) if not line.alone] or [*chain(*pages)]
    sizes = Counter(round(line.size, 1) for line in lines for _ in line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


class _Layout(NamedTuple):
    size: float  # of the font of the text
    leading: float  # from line to line
    margins: dict[tuple[int, float], tuple[float, float]]  # of each column of pages of each width


def _paragraphs(pages: Pages) -> Iterator[str]:
    """The lines joined, but where the layout shows that a paragraph ends."""
    lines, size = _in_columns(list(chain(*pages))), _body_size(pages)
    margins = {key: _margins(lines, key, size) for key in {_place(line) for line in lines}}
    below = [
        b.base - a.base for a, b in pairwise(lines) if a.page == b.page and a.column == b.column
    ]
    layout = _Layout(size, median(below) if below else 0.0, margins)
    paragraph = lines[0].text if lines else ""
    for before, line in pairwise(lines):
        if _goes_on(before, line, layout):
            paragraph += line.text
        else:
            yield paragraph
            paragraph = line.text
    yield paragraph


def _goes_on(before: Line, line: Line, layout: _Layout) -> bool:
    """Is a line of the same paragraph as the one before it?"""
    if before.alone or line.alone or _DATE.fullmatch(before.text) or _DATE.fullmatch(line.text):
        return False
    if not _alike(before.size, line.size):
        return False
    together = before.page == line.page and before.column == line.column
    below = layout.leading * max(line.size / layout.size, 1)
    if together and line.base - before.base > 1.6 * below:
        return False
    numbered = opens_title(line.text)
    if line.size > 1.15 * layout.size:  # a title stands centred, in one line or several
        return together and not numbered
    room = layout.margins[_place(before)][1] - before.end
    if numbered and (room > line.size or before.text[-1] in "。；："):
        return False
    return _starts_there(before, line, layout) and room < _needed(line.text) * line.size


def _starts_there(before: Line, line: Line, layout: _Layout) -> bool:
    """At the margin, or in the middle below a title."""
    left, right = layout.margins[_place(line)]
    beside = line.start - left
    if beside < line.size:
        return True
    title = opens_title(before.text) and before.text[-1] not in "。；："
    return title and beside > 3 * line.size > abs(beside - right + line.end) * 3


def _needed(text: str) -> float:
    """How much room its start would need in the line before, in widths of a character."""
    unit = _UNIT.findall(text)[0]
    spaced = 1.0 if unit[0].isascii() else 0.5  # some is set between Chinese and Latin
    return sum(0.5 if char.isascii() else 1.0 for char in unit) + spaced


# What a line break doesn't divide: a character or a number, with the marks beside it.
_UNIT = re.compile(r"^[“‘（《〈【(]*(?:[A-Za-z0-9.,%]+|.)[”’）》〉】)，。；：、！？,;:]*")
_DATE = re.compile(
    "[〇○零一二三四五六七八九十0-9]{4}年[一二三四五六七八九十0-9]{1,2}月(?:[一二三四五六七八九十0-9]{1,3}日)?"
)


def _alike(one: float, other: float) -> bool:
    return abs(one - other) < 0.1 * other


def _place(line: Line) -> tuple[int, float]:
    return line.column, line.width


def _margins(lines: list[Line], place: tuple[int, float], size: float) -> tuple[float, float]:
    """Where the text of a column starts and ends."""
    column = [line for line in lines if _place(line) == place]
    body = [line for line in column if _alike(line.size, size) and not line.alone] or column
    starts = Counter(round(line.start) for line in body)
    left = min(start for start, count in starts.items() if count >= len(body) / _COMMON)
    ends = sorted(line.end for line in body)
    right = ends[int(0.95 * (len(ends) - 1))]
    full = sum(abs(line.end - right) < size and line.text[-1] not in "。；：" for line in body)
    if place[0] or full >= max(_FEW, len(body) / 4):
        return left, right
    return left, max(right, 0.75 * place[1])  # no line of a short text may be full


_COMMON = 40  # one of so many lines starts at the margin, at least
_FEW = 3  # so many lines that end at one place are full


def _in_columns(lines: list[Line]) -> list[Line]:
    """The lines, those of a column that stands alone on its page told from those across it."""
    spans: defaultdict[tuple[int, float], list[Line]] = defaultdict(list)
    for line in lines:
        if line.column:
            spans[_place(line)].append(line)
    edges = {
        place: (min(line.start for line in column) - 1, max(line.end for line in column) + 1)
        for place, column in spans.items()
    }

    def column(line: Line) -> int:
        for (number, width), (left, right) in edges.items():
            if width == line.width and left < line.start and line.end < right:
                return number
        return line.column

    return [line._replace(column=column(line)) for line in lines]
