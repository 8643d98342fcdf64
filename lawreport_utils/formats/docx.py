"""The text of a Word document as Word shows it, with its automatic numbering written out.

``read_report`` calls this. Why not python-docx: it leaves the numbering out, which is half of what
is wanted here, and text boxes, notes and symbols as well.
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from ..errors import ReportError
from ..wrapped import join_breaks, join_title, unwrap
from . import MAX_CHARS, Extracted, row_lines
from .docx_markup import W, child, flows_on, inside, is_covered, is_struck, switched, text_of, value
from .docx_numbering import Lists, Styles
from .docx_package import SAVE_ANEW, Package
from .equations import linear
from .kinds import extract, kind_of
from .symbols import symbol

MAX_LINES = 50_000  # ten thousands of empty paragraphs are no report either
MAX_FILES = 100  # that a document inserts
_MAX_COLUMNS = 63  # of a table of Word
_FIELDS = 20  # of Word stand inside each other at most
_WORDS = 12  # characters that say where something was left out

_BLOCKS = frozenset(["p", "tbl", "altChunk", "subDoc"])
_RUNS = frozenset(["r", "oMath", "subDoc", "del"])
_IN_RUN = frozenset([
    "t", "tab", "ptab", "br", "cr", "noBreakHyphen", "sym", "drawing", "pict", "object", "fldChar",
    "footnoteReference", "endnoteReference", "commentReference",
])  # fmt: skip
_DRAWN = frozenset([
    "txbxContent", "txBody", "textpath", "OLEObject", "relIds", "chart", "blip", "imagedata",
])  # fmt: skip

_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\v", "cr": "\v", "noBreakHyphen": "-"}
_DELETED = "text deleted with the changes tracked"
_STRUCK = "text that is struck out"
_INSERTED = "inserted files"


def extract_text(data: bytes, source: object, outer: Package | None = None) -> Extracted:
    """The paragraphs of the document, a line each; the cells of a table row divided by tabs.

    The text of a text box stands where the box is anchored, that of a note below its paragraph.
    """
    package = Package(data, source, outer)
    document = package.tree(package.main)
    body = document.find(f"{W}body") if document is not None else None
    if body is None:
        raise ReportError(source, "this is no Word document with text", SAVE_ANEW)
    reader = _Reader(package, source)
    text = "\n".join(join_breaks(list(reader.lines(body, top=True))))
    if not text.strip() and reader.missed:
        problem = f"the document has no text of its own, only {', '.join(reader.missed)}"
        remedy = "recognise its text (OCR) and save that as .txt"
        pictures = set(reader.missed) == {"pictures"}
        raise ReportError(source, problem, remedy if pictures else SAVE_ANEW)
    text, joined = unwrap(text)
    return Extracted(text, (*joined, *reader.left_out(), *_heads(package, text)))


class _Reader:
    """Goes through the document once, with its numbers, its notes and what it leaves out."""

    def __init__(self, package: Package, source: object) -> None:
        self._package, self._source = package, source
        self._styles = Styles(package.part("styles"))
        self._lists = Lists(package.part("numbering"), self._styles)
        self._notes = {
            (kind, value(node, "id")): node
            for kind in ("footnote", "endnote")
            for node in package.part(f"{kind}s") or ()
        }
        self._noted = 0
        self._below: list[str] = []  # notes, to be written below their paragraph or table
        self._chars = self._lines = 0
        self._last = ""  # words of the text so far
        self._files = 0  # inserted
        self.missed: dict[str, tuple[int, str]] = {}  # how many of what, the words before the first

    def left_out(self) -> Iterator[str]:
        """A sentence for each kind of thing that was left out, with where the first stood."""
        for kind, (count, words) in self.missed.items():
            place = f"after “{words}”" if words else "at the start"
            yield f"Left out: {kind} ({count}), {'the first ' * (count > 1)}{place}."

    def _miss(self, kind: str) -> None:
        count, words = self.missed.get(kind, (0, self._last))
        self.missed[kind] = count + 1, words

    def lines(self, parent: Element, *, top: bool = False) -> Iterator[str]:
        """The lines of the body, a cell, a box or a note; soft breaks are U+000B."""
        merged = ""  # the text of paragraphs whose end was deleted or hidden
        for name, block in inside(parent, _BLOCKS):
            if name == "p":
                before, text, after = self._paragraph(block)
                yield from before
                merged += text
                if not flows_on(block):
                    marker = self._lists.marker(block)
                    yield self._told(marker + merged if merged.strip() else "")
                    merged = ""
                yield from after
            elif name == "tbl":
                yield from self._table(block)
            else:
                yield from self._inserted(block)
            if top:
                yield from self._below
                self._below.clear()
        if merged.strip():
            yield self._told(merged)

    def _told(self, line: str) -> str:
        """A line, counted: what a few bytes of numbering make must not fill the memory."""
        self._chars += len(line)
        self._lines += 1 + line.count("\v")
        if self._lines > MAX_LINES:
            problem = f"it has over {MAX_LINES:,} lines or paragraphs, more than any report"
            raise ReportError(self._source, problem, SAVE_ANEW)
        if self._chars > MAX_CHARS:
            problem = f"its text has over {MAX_CHARS:,} characters, more than any report"
            raise ReportError(self._source, problem, SAVE_ANEW)
        self._last = line.strip()[-_WORDS:] or self._last
        return line

    def _paragraph(self, paragraph: Element) -> tuple[list[str], str, list[str]]:
        """The boxes before the text, the text as a reader sees it, the boxes after its start."""
        own = paragraph.find(f"{W}pPr/{W}pStyle")
        style = self._styles[value(own) or self._styles.default]
        before, text, after, aside = list[str](), "", list[str](), True
        codes: list[bool] = []  # for each open field: is this its code, not what it shows?
        for name, run in inside(paragraph, _RUNS):
            if name == "oMath":
                text += linear(run)
            elif name == "subDoc":
                self._miss(_INSERTED)
            elif name == "del":
                self._miss(_DELETED)
            elif is_struck(run):
                self._miss(_STRUCK)
            elif not self._hidden(run.find(f"{W}rPr"), style.hidden):
                for kind, node in inside(run, _IN_RUN):
                    if kind == "fldChar":
                        _field(codes, value(node, "fldCharType"))
                    elif kind in ("drawing", "pict", "object"):
                        (before if aside else after).extend(self._drawn(node))
                    elif not any(codes[-_FIELDS:]):
                        piece = self._piece(kind, node, run)
                        text += piece
                        aside = aside and not piece.strip()
        return before, join_title(text) if style.title else text, after

    def _hidden(self, properties: Element | None, by_paragraph: bool | None) -> bool:
        said = switched(properties, "vanish")
        if said is not None:
            return said
        by_run = self._styles[value(child(properties, "rStyle"))].hidden
        return bool(by_run) != bool(by_paragraph)  # two styles that hide show again

    def _piece(self, kind: str, node: Element, run: Element) -> str:
        """What one element of a run shows."""
        if kind == "t":
            return _symbols(_INDENTED.sub("", node.text or ""), run)
        if kind == "sym":
            code = value(node, "char")
            return symbol(int(code, 16), value(node, "font")) if _CODE.fullmatch(code) else ""
        if kind.endswith("Reference"):
            self._note(kind.removesuffix("Reference"), value(node, "id"))
        return _SIGNS.get(kind, "")

    def _note(self, kind: str, identity: str) -> None:
        note = self._notes.pop((kind, identity), None)  # each once, were it named again
        if kind == "comment":
            self._miss("comments")
        elif note is not None:
            self._noted += 1
            number = self._noted
            shown = " ".join(filter(None, map(str.strip, self.lines(note))))
            self._below.append(f"注{number}：{shown}")

    def _drawn(self, node: Element) -> Iterator[str]:
        """The lines of the text boxes in a drawing; what else it shows is missed."""
        seen = set()
        for name, inner in inside(node, _DRAWN):
            seen.add(name)
            if name == "txbxContent":
                yield from self.lines(inner)
            elif name == "txBody":
                yield from (self._told(text_of(part)) for part in inner)
            elif name == "textpath":
                yield self._told(inner.get("string", ""))
        if "OLEObject" in seen:
            self._miss("embedded objects")
        elif seen & {"relIds", "chart"}:
            self._miss("diagrams")
        elif seen & {"blip", "imagedata"}:
            self._miss("pictures")

    def _table(self, table: Element) -> Iterator[str]:
        for _, row in inside(table, frozenset(["tr"])):
            if row.find(f"{W}trPr/{W}del") is not None:
                self._miss(_DELETED)
                continue
            cells: list[list[str]] = []
            for _, cell in inside(row, frozenset(["tc"])):
                if cell.find(f"{W}tcPr/{W}cellDel") is not None:
                    self._miss(_DELETED)
                    continue
                cells.append([] if is_covered(cell) else list(self.lines(cell)))
                span = value(cell.find(f"{W}tcPr/{W}gridSpan"))
                if re.fullmatch(r"\d{1,2}", span):  # keeps what follows in its column
                    cells += [[]] * (min(int(span), _MAX_COLUMNS - len(cells)) - 1)
            yield from row_lines(cells)

    def _inserted(self, block: Element) -> Iterator[str]:
        """The lines of a file that Word inserts when it opens the document."""
        self._files += 1
        if self._files > MAX_FILES:
            problem = f"it inserts over {MAX_FILES} files, more than any report"
            raise ReportError(self._source, problem, SAVE_ANEW)
        named = next((item for key, item in block.items() if key.endswith("}id")), "")
        data = b"" if self._package.outer else self._package.chunk(named)
        try:
            text, left_out = self._extracted(data)
        except ReportError as error:
            text, left_out = "", (f"{_INSERTED} ({error.problem})",)
        yield from map(self._told, text.split("\n"))
        for missed in left_out:
            self._miss(missed)

    def _extracted(self, data: bytes) -> Extracted:
        if not data:
            return Extracted("", (_INSERTED,))
        kind = kind_of(data)
        if kind == "docx":
            return extract_text(data, self._source, self._package)
        if kind == "html":
            from .html import every_line  # late: it needs an extra

            return Extracted("\n".join(every_line(data, self._source)))
        return extract(data, self._source)


_INDENTED = re.compile(r"(?<![ \t])[ \t]*+[\r\n][ \t\r\n]*+")  # markup that was made to look neat
_CODE = re.compile("(?!D[89A-F])[0-9A-F]{2,4}", re.IGNORECASE)


def _field(codes: list[bool], kind: str) -> None:
    if kind == "begin":
        codes.append(True)
    elif codes and kind == "separate":
        codes[-1] = False
    elif codes:
        codes.pop()


def _symbols(text: str, run: Element) -> str:
    """A text with the codes of a symbol font, where its run has one."""
    if not re.search("[\uf000-\uf0ff]", text):
        return text
    fonts = run.find(f"{W}rPr/{W}rFonts")
    font = value(fonts, "ascii") or value(fonts, "hAnsi")
    return "".join(symbol(ord(char), font) for char in text)


def _heads(package: Package, text: str) -> Iterator[str]:
    """What the heads and feet of pages say that the text doesn't, but for numbers of pages."""
    shown = "".join(text.split())
    for kind in ("header", "footer"):
        trees = filter(None, map(package.tree, package.named(kind)[:_HEADS]))
        heads = dict.fromkeys("".join(text_of(tree).split()) for tree in trees)
        told = [
            head[:40] for head in heads if len(_NUMBERS.sub("", head)) > 1 and head not in shown
        ]
        if told:
            yield f"Left out: what stands at the {kind} of pages (“{'”, “'.join(told[:3])}”)."


_HEADS = 50  # parts; each division of a document may have three
_NUMBERS = re.compile(r"[\W\d_第页共]")
