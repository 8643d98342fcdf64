"""The parts of a Word document in its zip file, found by what they are for, not by their names."""

import posixpath
import re
from io import BytesIO
from typing import NamedTuple
from xml.etree.ElementTree import Element, fromstring
from zipfile import ZipFile

from ..errors import ReportError
from .docx_markup import M, W

# The text of 40,000 characters takes 1 to 3 MB of markup; a parsed tree takes ten times its size.
MAX_MARKUP = 10_000_000  # bytes of a part, unpacked
MAX_ALL = 16_000_000  # of all that are read
SAVE_ANEW = "open it in Word or WPS and save it anew as .docx, without a password, or as .txt"

# The namespaces of "Strict" documents, which Word saves on demand.
_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": W[1:-1].encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/math": M[1:-1].encode(),
}


class Related(NamedTuple):
    kind: str  # "styles", "footnotes", "aFChunk" …: the last word of the relationship's type
    name: str  # of the part; "" outside of the file


class Package:
    """A Word document as parts and the relations between them."""

    def __init__(self, data: bytes, source: object, outer: "Package | None" = None) -> None:
        """Opens the file; one inside another document shares its limit."""
        self._source, self.outer = source, outer
        self._zip = ZipFile(BytesIO(data))
        # Some programs divide folders by backslashes; letter case doesn't count.
        self._members = {
            posixpath.normpath(member.filename.replace("\\", "/")).lstrip("/").lower(): member
            for member in self._zip.infolist()
        }
        self._read: list[int] = outer._read if outer else [0]  # bytes of the parts so far
        self.main = self._main()
        self._related = self.relations(self.main)

    def _main(self) -> str:
        """The part that holds the text: as the file says, else by its usual name."""
        for part in self.relations("").values():
            if part.kind == "officeDocument" and part.name in self._members:
                return part.name
        listed = self.bytes("[content_types].xml").decode("utf-8", "replace")
        for override in re.findall(r"<Override [^<>]*main\+xml[^<>]*>", listed):
            name = re.search(r'PartName="/?([^"]+)"', override)
            if name and name[1].lower() in self._members:
                return name[1].lower()
        return min(
            filter(re.compile(r"word/document\d*\.xml").fullmatch, self._members), default=""
        )

    def relations(self, name: str) -> dict[str, Related]:
        """The parts that a part names, by the ids it gives them; for "" those of the file."""
        folder, base = posixpath.split(name)
        tree = self.tree(posixpath.join(folder, "_rels", f"{base}.rels"))
        found = {}
        for node in [] if tree is None else tree:
            target = posixpath.normpath(posixpath.join("/", folder, node.get("Target", "")))
            inside = node.get("TargetMode") != "External"
            kind = node.get("Type", "").rpartition("/")[2]
            found[node.get("Id", "")] = Related(kind, target[1:].lower() if inside else "")
        return found

    def named(self, kind: str) -> list[str]:
        """The names of the parts of a kind: those that the text names, else by the usual name."""
        names = [part.name for part in self._related.values() if part.kind == kind]
        usual = posixpath.join(posixpath.dirname(self.main), f"{kind}.xml")
        return [name for name in names if name in self._members] or (
            [usual] if usual in self._members else []
        )

    def part(self, kind: str) -> Element | None:
        """The part of a kind as a tree, None where there is none."""
        return next(iter(map(self.tree, self.named(kind))), None)

    def chunk(self, identity: str) -> bytes:
        """What a part holds that the text names by this id."""
        part = self._related.get(identity)
        return self.bytes(part.name) if part else b""

    def tree(self, name: str) -> Element | None:
        markup = self.bytes(name)
        for strict, usual in _STRICT.items():
            markup = markup.replace(strict, usual)
        return fromstring(markup) if markup else None

    def bytes(self, name: str) -> bytes:
        """What a part holds; nothing where there is no such part."""
        member = self._members.get(name)
        if member is None:
            return b""
        if member.flag_bits & 1:
            raise ReportError(self._source, "the document has a password", SAVE_ANEW)
        self._read[0] += member.file_size
        if member.file_size > MAX_MARKUP or self._read[0] > MAX_ALL:
            size = f"{member.file_size / 1e6:,.0f} MB"
            problem = f"unpacked, its part {name} has {size}, more than any report"
            raise ReportError(self._source, problem, SAVE_ANEW)
        with self._zip.open(member) as stream:
            return stream.read(MAX_MARKUP)
