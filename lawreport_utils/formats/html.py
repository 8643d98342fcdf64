"""The report on a web page, as saved from a government site, without what stands around it.

Needs the extra ``lawreport-utils[formats]``; ``read_report`` calls this. Why not trafilatura or
another extractor of articles: they drop the title, the source and the date as well as the numbers
of lists, which are what the metadata and the outline are made of.
"""

import re
from collections.abc import Collection, Iterator
from itertools import groupby, islice
from typing import Any, NamedTuple

from lxml import etree  # type: ignore[import-untyped]

from ..characters import count_han, fold
from ..errors import ReportError
from ..lexicon import load
from ..markers import opens_title
from . import CELL, Extracted, row_lines
from .list_numbers import format_number
from .page_lines import (
    MAX_LABELS,
    Line,
    body_line,
    from_meta,
    head_lines,
    is_prose,
    label,
    page_word,
)
from .page_style import StyleOf, is_hidden, is_struck, keeps_lines, styles
from .page_tree import TooMuch, read_tree

_Element = Any  # lxml has no types
_REMEDY = "open the page in a browser, wait for the report, and save it again or as .txt"
_BLOCKS = frozenset([
    "address", "article", "blockquote", "body", "caption", "center", "dd", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hr", "legend", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tbody",
    "td", "tfoot", "th", "thead", "tr", "ul",
])  # fmt: skip
_HEADINGS = frozenset(["h1", "h2", "h3"])
_NO_TEXT = (
    "script", "style", "noscript", "template", "iframe", "select", "button", "textarea", "svg",
    "object", "head", "rt",
)  # fmt: skip
_CELL = "\x1e"  # stands for CELL, until white space is made what a browser shows
_SEAM = "\x1f"  # where an inline element begins or ends: a space between label and label


class _Piece(NamedTuple):
    text: str  # "\n" where the browser starts a new line
    in_link: bool
    in_heading: bool
    place: int  # before (0), in (1) or after (2) the element that holds the report


def extract_text(data: bytes, source: object) -> Extracted:
    """Title, source and date, then the paragraphs of the report, a line each.

    What the page says only in its ``<meta>`` elements (ArticleTitle, ContentSource, PubDate) is
    added where the shown text has none.
    """
    try:
        root, warnings = read_tree(data)
    except TooMuch as error:
        problem = f"the page has over {error}, more than any report"
        raise ReportError(source, problem, _REMEDY) from None
    meta = _meta(root) if root is not None else {}
    lines, struck = _report_lines(root, meta) if root is not None else ([], 0)
    page = fold(" ".join([meta.get("title", ""), *lines]))
    if not any(map(is_prose, lines)) or (len(page) < _SHORT and page_word("error").search(page)):
        title = f" (“{meta['title']}”)" if meta.get("title") else ""
        raise ReportError(source, f"the page shows no report{title}", _REMEDY)
    left_out = [f"Left out: text that is struck out ({struck})."] if struck else []
    return Extracted("\n".join(lines), (*warnings, *left_out))


_SHORT = 400  # characters; an error page has fewer


def _meta(root: _Element) -> dict[str, str]:
    """What a page says of itself: its title, and the <meta> elements of government websites."""
    said = {
        (node.get("name") or node.get("property", "")).lower(): " ".join(
            node.get("content", "").split()
        )
        for node in root.iter("meta")
    }
    said["title"] = " ".join((root.findtext(".//title") or "").split())
    return said


def _report_lines(root: _Element, meta: dict[str, str]) -> tuple[list[str], int]:
    """The lines of the report, and how many stretches of it are struck out."""
    style, body = _styled(root)
    if body is None:
        return [], 0
    struck = {node for node in body.iter() if is_struck(style(node), node.tag)}
    around = _surroundings(body, style) | struck
    main = _main(body, _weights(body, around))
    lines = list(_lines(_pieces(body, main, around, style)))
    head = head_lines([line for line in lines if line.place == 0], meta)
    report = [text for line in lines if line.place == 1 and (text := body_line(line))]
    opening = list(dict.fromkeys(head + report[:_HEAD]))  # a page for telephones says it again
    return [*from_meta(opening, meta), *opening, *report[_HEAD:]], len(struck & {*main.iter()})


def _styled(root: _Element) -> tuple[StyleOf, _Element]:
    """The styles of a page, and its body without what isn't text."""
    style = styles(root)
    etree.strip_elements(root, etree.Comment, etree.PI, *_NO_TEXT, with_tail=False)
    return style, root.find(".//body")


def every_line(data: bytes, source: object) -> list[str]:
    """All the lines of a page that is part of a document: nothing stands around it."""
    try:
        root, _ = read_tree(data)
    except TooMuch as error:
        raise ReportError(source, f"the page has over {error}", _REMEDY) from None
    style, body = _styled(root) if root is not None else (None, None)
    if style is None or body is None:
        return []
    return [line.text for line in _lines(_pieces(body, body, set(), style))]


_HEAD = 15  # lines at the start of the report that may have its title, source and date


def _weights(body: _Element, without: Collection[_Element] = ()) -> dict[_Element, int]:
    """Each element with the marks of running text in it, links left out: menus have none."""
    weights: dict[_Element, int] = {}
    for node in reversed(list(body.iter())):
        weights[node] = 0
        if node.tag != "a" and node not in without:
            inner = sum(weights[child] + _marks(child.tail) for child in node)
            weights[node] = _marks(node.text) + inner
    return weights


def _marks(text: str | None) -> int:
    return len(re.findall("[，。；、,;]", text)) if text else 0


def _surroundings(body: _Element, style: StyleOf) -> set[_Element]:
    """What is hidden, or named as a menu, footer and the like; but neither source nor date."""
    named = re.compile(load.table("structure")["page"]["element"], re.IGNORECASE)
    weights, around = _weights(body), set()
    walk = etree.iterwalk(body, events=("start",))
    for _, node in walk:
        kind = " ".join(node.get(name, "") for name in ("class", "id", "title"))
        # What is hidden, yet most of the page, is shown by a script.
        if is_hidden(style(node)) and weights[node] <= weights[body] / 2:
            around.add(node)
            walk.skip_subtree()
        elif (
            (node.tag in ("nav", "footer") or named.search(kind))
            and node is not body
            and weights[node] < weights[body] / 5
        ):
            text = fold("".join(islice(node.itertext(), 99)))
            if not label("published", "source").search(text):
                around.add(node)
            walk.skip_subtree()
    return around


def _main(body: _Element, weights: dict[_Element, int]) -> _Element:
    """The innermost element outside of which there is no paragraph."""
    node = body
    while True:
        child = max(node, key=weights.__getitem__, default=None)
        if child is None or child.tag in ("p", "li", "span", "font", "br", "a"):
            return node
        around = weights[node] - weights[child]
        if around > weights[node] / 30 + 2 or _has_paragraph(node, child):
            return node
        node = child


def _has_paragraph(node: _Element, without: _Element) -> bool:
    """Is there a sentence in the element, but for one of its children?"""
    own = [text for text in (node.text, *(child.tail for child in node)) if text]
    rest = ["".join(child.itertext()) for child in node if child is not without]
    running = any(len(text) > 20 and "。" in text for text in rest)
    return running or any("。" in text or opens_title(text) for text in own)


def _opening_text(
    node: _Element, without: set[_Element], counts: dict[_Element, int], style: StyleOf
) -> tuple[str | None, bool]:
    """The text that an element begins with, and whether that is all of it."""
    if node in without:
        return None, True
    if node.tag == "tr" and (row := _row(node, without, style)):
        return row, True
    if node.tag == "li":
        return _item_number(node, counts, style) + (node.text or ""), False
    return ("" if node.tag == "tr" else node.text), False


def _pieces(
    body: _Element, main: _Element, without: set[_Element], style: StyleOf
) -> Iterator[_Piece]:
    """The text of a page piece by piece, divided as a browser shows it."""
    links = headings = kept = place = 0
    counts: dict[_Element, int] = {}
    walk = etree.iterwalk(body, events=("start", "end"))
    for event, node in walk:
        seam = "\n" if node.tag in _BLOCKS or node.tag == "br" else _SEAM
        yield _Piece(seam, links > 0, headings > 0, place)
        step = 1 if event == "start" else -1
        links += step * (node.tag == "a")
        headings += step * (node.tag in _HEADINGS)
        kept += step * keeps_lines(style(node), node.tag)
        if event == "start":
            place = 1 if node is main else place
            text, whole = _opening_text(node, without, counts, style)
            if whole:
                walk.skip_subtree()
        else:
            text = node.tail if node is not body else None
            place = 2 if node is main else place
        for part in re.split("(\n)", text or "") if kept else [text]:
            if part:
                yield _Piece(part, links > 0, headings > 0, place)


def _row(row: _Element, without: set[_Element], style: StyleOf) -> str:
    """A row of cells as one line; "" for one that lays out a page."""
    if any(inner is not row for inner in row.iter("tr")):
        return ""
    cells = [
        [line.text for line in _lines(_pieces(cell, cell, without, style))]
        for cell in row.iterchildren("td", "th")
        if cell not in without
    ]
    lines = row_lines(cells)
    is_row = len(lines) == 1 and sum(map(bool, cells)) > 1
    return lines[0].replace(CELL, _CELL) if is_row else ""


def _item_number(item: _Element, counts: dict[_Element, int], style: StyleOf) -> str:
    """What a browser shows before an item of a numbered list that has no number in its text."""
    parent = item.getparent()
    if parent is None or parent.tag not in ("ol", "ul"):
        return ""
    said = style(parent) | (style(item) if parent.tag == "ol" else {})
    css = _COUNTER.search(said.get("list-style-type", "") or said.get("list-style", ""))
    if parent.tag == "ul" and not css:
        return ""
    printed = item.get("value") or (parent.get("start") if parent not in counts else None) or ""
    number = int(printed) if printed.isdecimal() else counts.get(parent, 0) + 1
    counts[parent] = number
    shown_as = css[0] if css else parent.get("type", "decimal")
    if shown_as in _BULLETS or opens_title(_tidy("".join(islice(item.itertext(), 9)))):
        return ""
    shown = format_number(number, shown_as)
    return f"{shown}、" if count_han(shown[0]) else f"{shown}. "


_BULLETS = ("none", "disc", "circle", "square")
_COUNTER = re.compile(r"\b(?!(?:inside|outside|url)\b)[a-z][\w-]*", re.IGNORECASE)


def _lines(pieces: Iterator[_Piece]) -> Iterator[Line]:
    """The lines of a page as a browser shows them."""
    for is_break, group in groupby(pieces, lambda piece: (piece.text == "\n", piece.place)):
        line = [] if is_break[0] else list(group)
        if text := _tidy("".join(piece.text for piece in line)):
            linked = sum(len(piece.text.strip()) for piece in line if piece.in_link)
            heading = any(piece.in_heading for piece in line)
            yield Line(text, linked > 0.5 * len(text), heading, is_break[1])


_BREAK = re.compile(rf"(?<![ \t{_SEAM}])[ \t{_SEAM}]*+[\r\n][ \t\r\n{_SEAM}]*+")
_WIDE = re.compile("[\u3000-\u9fff\uff00-\uffef]")


def _space(line_break: re.Match[str]) -> str:
    """A line break of the markup is a space, but none beside a Chinese character."""
    beside = line_break.string[max(line_break.start() - 1, 0) : line_break.end() + 1]
    return "" if _WIDE.search(beside) else " "


def _tidy(text: str) -> str:
    """A line with the white space that is shown."""
    text = re.sub(r"[ \t\f]+", " ", _BREAK.sub(_space, text))
    labelled = len(text) < MAX_LABELS and label().search(fold(text))
    text = text.replace(_SEAM, " " if labelled else "").replace(_CELL, CELL)
    return text.strip("\u200b\ufeff \xa0\u3000")
