"""The text of a Word document, its automatic numbering written out as Word shows it.

``read_report`` calls this. Why not python-docx: it leaves the numbering out, which is half of what
is wanted here; and the paragraphs alone take few lines.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from typing import NamedTuple
from xml.etree.ElementTree import Element, ParseError, fromstring
from zipfile import BadZipFile, ZipFile

from ..errors import ReportError
from . import Extracted, join_cells
from .list_numbers import format_number

# The text of 40,000 characters takes 1 to 3 MB of markup; a parsed tree takes ten times its size.
MAX_MARKUP = 10_000_000
MAX_LINES = 50_000  # ten thousands of empty paragraphs are no report either

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"  # the namespace of "Strict" documents
# What a reader doesn't see in the text: deleted or moved away, drawn, hidden, or said elsewhere.
_UNSEEN = {
    f"{_W}{name}"
    for name in ("del", "moveFrom", "drawing", "pict", "object", "rPr", "pPr", "tblPr", "rt")
}
_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def extract_text(data: bytes, source: object) -> Extracted:
    """The paragraphs of the document, a line each; the cells of a table row divided by bars."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            document = _part(archive, "document", source)
            lists = _Lists(_part(archive, "numbering", source), _part(archive, "styles", source))
        body = document.find(f"{_W}body") if document is not None else None
        if body is None:
            raise ReportError(source, "this is no Word document with text", _SAVE_ANEW)
        lines = list(islice(_lines(body, lists), MAX_LINES + 1))
    except ReportError:
        raise
    except _DAMAGE as error:
        raise ReportError(source, "the document is damaged or cut off", _SAVE_ANEW) from error
    except RuntimeError as error:  # zipfile's word for an encrypted member
        raise ReportError(source, "the document has a password", _SAVE_ANEW) from error
    if len(lines) > MAX_LINES:
        problem = f"it has over {MAX_LINES:,} paragraphs, more than any report"
        raise ReportError(source, problem, _SAVE_ANEW)
    return Extracted("\n".join(lines))


# What zipfile, zlib and the XML parser raise, for an unknown encoding as well; and ValueError for
# a number that isn't one, RecursionError for nesting without end.
_DAMAGE = (
    BadZipFile, zlib.error, EOFError, ParseError, NotImplementedError, LookupError, ValueError,
    RecursionError,
)  # fmt: skip
_SAVE_ANEW = "open it in Word or WPS and save it anew as .docx, without a password, or as .txt"


def _part(archive: ZipFile, name: str, source: object) -> Element | None:
    try:
        member = archive.getinfo(f"word/{name}.xml")
    except KeyError:
        return None
    if member.file_size > MAX_MARKUP:
        problem = f"unpacked, its {name} has {member.file_size / 1e6:,.0f} MB, more than any report"
        raise ReportError(source, problem, _SAVE_ANEW)
    with archive.open(member) as stream:
        markup = stream.read(MAX_MARKUP).replace(_STRICT, _W[1:-1].encode())
    return fromstring(markup)


def _lines(parent: Element, lists: "_Lists") -> Iterator[str]:
    merged = ""  # the text of paragraphs whose end was deleted, with the revision tracked
    for block in _inside(parent, "p", "tbl"):
        if block.tag == f"{_W}tbl":
            for row in _inside(block, "tr"):
                yield from _row(row, lists)
            continue
        merged += _text(block)
        if block.find(f"{_W}pPr/{_W}rPr/{_W}del") is None:
            marker = lists.marker(block)
            yield marker + merged if merged.strip() else ""
            merged = ""


def _row(row: Element, lists: "_Lists") -> Iterator[str]:
    cells = list(_inside(row, "tc"))
    if len(cells) == 1:  # a frame around text rather than a table
        yield from _lines(cells[0], lists)
    else:
        yield join_cells(" ".join(_lines(cell, lists)) for cell in cells)


def _inside(parent: Element, *names: str) -> Iterator[Element]:
    """The elements of these names, out of the wrappers of forms and revisions, in order."""
    tags, todo = {f"{_W}{name}" for name in names}, list(reversed(parent))
    while todo:
        node = todo.pop()
        if node.tag in tags:
            yield node
        elif node.tag not in _UNSEEN:
            todo.extend(reversed(node))


def _text(paragraph: Element) -> str:
    """The text of a paragraph as a reader sees it."""
    pieces: list[str] = []
    for run in _inside(paragraph, "r"):
        hidden = run.find(f"{_W}rPr/{_W}vanish")
        if hidden is None or _value(hidden) in ("0", "false"):
            pieces += [
                _BREAKS.get(node.tag.removeprefix(_W)) or node.text or ""
                for node in _inside(run, "t", *_BREAKS)
            ]
    return "".join(pieces)


def _value(node: Element | None, name: str = "val") -> str:
    return "" if node is None else str(node.get(f"{_W}{name}", ""))


class _Level(NamedTuple):
    """A ``w:lvl``: how one level of a list is numbered."""

    start: int
    style: str
    text: str  # "%1、": the number of level 1, then as printed
    restart: int | None  # the lowest level that makes it start again; None for any above it
    arabic: bool  # shows the levels above in Arabic
    paragraphs: str  # the paragraph style that stands at this level


@dataclass
class _List:
    """A ``w:num``: its levels; it shares its count with the others of the same ``shared`` name."""

    shared: str
    levels: dict[int, _Level]
    restarts: set[int]  # levels that start again where this list comes first


class _Lists:
    """The automatic numbering of a document; ``marker`` is asked paragraph by paragraph."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._styles = {_value(style, "styleId"): style for style in _all(styles, "style")}
        self._default = next(
            (
                name
                for name, style in self._styles.items()
                if _value(style, "type") == "paragraph"
                and _value(style, "default") in ("1", "true")
            ),
            "",
        )
        shared = {_value(node, "abstractNumId"): node for node in _all(numbering, "abstractNum")}
        linked = {_value(node.find(f"{_W}styleLink")): node for node in shared.values()}
        self._lists: dict[str, _List] = {}
        for num in _all(numbering, "num"):
            name = _value(num.find(f"{_W}abstractNumId"))
            if name in shared:
                link = _value(shared[name].find(f"{_W}numStyleLink"))
                base = linked.get(link, shared[name]) if link else shared[name]
                self._lists[_value(num, "numId")] = _read_list(num, name, base)
        self._counts: dict[str, dict[int, int]] = {}

    def marker(self, paragraph: Element) -> str:
        """The number that Word shows before a paragraph; "" for none or a bullet."""
        number, depth = self._place(paragraph)
        numbered = self._lists.get(number)
        if numbered is None or depth not in numbered.levels:
            return ""
        level, counts = numbered.levels[depth], self._counts.setdefault(numbered.shared, {})
        if depth in numbered.restarts:
            numbered.restarts.remove(depth)
            counts.pop(depth, None)
        counts[depth] = counts[depth] + 1 if depth in counts else level.start
        for deeper, its in numbered.levels.items():
            if deeper > depth and (its.restart is None or depth < its.restart):
                counts.pop(deeper, None)

        def shown(match: re.Match[str]) -> str:
            other = int(match[1]) - 1
            its = numbered.levels.get(other, level)
            style = "decimal" if level.arabic and other != depth else its.style
            return format_number(counts.get(other, its.start), style)

        text = "" if level.style == "bullet" else re.sub("%([1-9])", shown, level.text)
        # A tab follows, which keeps the number from running into digits: 1. 5次, not 1.5次.
        return text + " " * bool(re.search(r"[0-9.]$", text))

    def _place(self, paragraph: Element) -> tuple[str, int]:
        """The list of a paragraph and its level in it, from itself or from its style."""
        own = paragraph.find(f"{_W}pPr")
        number, depth = _numbering(own)
        style = name = _value(own.find(f"{_W}pStyle") if own is not None else None) or self._default
        seen: set[str] = set()
        while name in self._styles and name not in seen and not (number and depth):
            seen.add(name)
            above, above_depth = _numbering(self._styles[name].find(f"{_W}pPr"))
            number, depth = number or above, depth or above_depth
            name = _value(self._styles[name].find(f"{_W}basedOn"))
        if number and not depth and number in self._lists:
            levels = self._lists[number].levels.items()
            depth = str(next((d for d, level in levels if level.paragraphs == style), 0))
        return number, int(depth) if depth.isdigit() else 0


def _numbering(properties: Element | None) -> tuple[str, str]:
    found = properties.find(f"{_W}numPr") if properties is not None else None
    if found is None:
        return "", ""
    return _value(found.find(f"{_W}numId")), _value(found.find(f"{_W}ilvl"))


def _read_list(num: Element, name: str, base: Element) -> _List:
    levels = {int(_value(node, "ilvl")): _level(node) for node in base.findall(f"{_W}lvl")}
    restarts = set()
    for change in num.findall(f"{_W}lvlOverride"):
        depth, new = int(_value(change, "ilvl")), change.find(f"{_W}lvl")
        if new is not None:
            levels[depth] = _level(new)
        start = _value(change.find(f"{_W}startOverride"))
        if start.isdigit() and depth in levels:
            levels[depth] = levels[depth]._replace(start=int(start))
            restarts.add(depth)
    return _List(name, levels, restarts)


def _level(node: Element) -> _Level:
    said = {child.tag.removeprefix(_W): _value(child) for child in node}
    start, restart = said.get("start", ""), said.get("lvlRestart", "")
    return _Level(
        start=int(start) if start.isdigit() else 1,
        style=said.get("numFmt", "decimal"),
        text=said.get("lvlText", ""),
        restart=int(restart) if restart.isdigit() else None,
        arabic=said.get("isLgl", "0") not in ("0", "false"),
        paragraphs=said.get("pStyle", ""),
    )


def _all(root: Element | None, name: str) -> list[Element]:
    return [] if root is None else list(root.findall(f"{_W}{name}"))
