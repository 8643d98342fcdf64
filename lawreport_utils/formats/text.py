"""The text of a plain text file: its encoding, and its lines where they were cut at a width."""

import codecs
import re

from charset_normalizer import from_bytes

from ..characters import HAN, clean
from ..errors import ReportError
from ..wrapped import unwrap
from . import MAX_CHARS, Extracted
from .kinds import AS_TEXT


def extract_text(data: bytes, source: object) -> Extracted:
    """The text as decoded; lines that were cut at one width are paragraphs again."""
    text = decode(data, source)
    if len(text) > MAX_CHARS:  # too long to be read
        return Extracted(text)
    pages = map(clean, text.split("\f"))  # unwrap has a use for the ends of pages
    return Extracted(*unwrap("\f".join(pages)))


_ENCODINGS = ("utf-8", "gb18030", "utf-16-le", "utf-16-be")
_BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16",
}  # fmt: skip
_CHINESE = re.compile(f"[{HAN}]")
_CONTROL = re.compile("[\0-\x08\x0e-\x19\x1b-\x1f\x7f\ufffd-\uffff]")
_PRIVATE = re.compile("[\ue000-\uf8ff]")  # the bullets of Word, and what GB18030 reads noise as
_SAMPLE = 100_000  # characters that show whether an encoding is the right one


def decode(data: bytes, source: object) -> str:
    """The text in UTF-8, GB18030 or UTF-16, whichever fits without an error and reads as text.

    >>> [decode("法治政府".encode(name), "a.txt") for name in ("utf-8", "gbk", "utf-16")]
    ['法治政府', '法治政府', '法治政府']
    """
    marked = [name for mark, name in _BYTE_ORDER_MARKS.items() if data.startswith(mark)]
    cut: dict[str, tuple[int, str]] = {}
    for encoding in (*marked, *_ENCODINGS):
        try:
            text = data.decode(encoding).rstrip("\0")  # as some programs fill up a file
        except UnicodeDecodeError as error:
            good = data[: error.start].decode(encoding)
            cut[encoding] = len(good), good[:_SAMPLE]
            continue
        if _reads_as_text(text, proven=encoding.startswith("utf-8")):
            return text
    for encoding, (count, sample) in cut.items():
        if count > _PROVEN and _reads_as_text(sample, proven=False):
            name = encoding.removesuffix("-sig").upper()
            problem = f"the text is damaged or cut off after character {count:,} ({name})"
            raise ReportError(source, problem, "save or download it again")
    if guessed := _guess(data):
        return guessed
    raise ReportError(source, "this is no text file, or its encoding is unknown", AS_TEXT)


_PROVEN = 20  # characters that fit an encoding and read as text show that it is the right one


def _reads_as_text(text: str, *, proven: bool) -> bool:
    """Next to no control characters; and, unless the encoding is proven, everyday characters."""
    text = text[:_SAMPLE]
    han = "".join(_CHINESE.findall(text))
    chinese = len(han) >= len(text) / 4
    # A text copied from Word may have some: ends of cells, fields.
    if len(_CONTROL.findall(text)) > len(text) / (50 if proven and chinese else 1000):
        return False
    everyday = len(han.encode("gb2312", "ignore")) / 2
    bullets = len(_PRIVATE.findall(text))
    return proven or (chinese and everyday >= 0.8 * len(han) and bullets <= len(text) / 5)


def _guess(data: bytes) -> str:
    """The text in another encoding for Chinese (Big5), as charset-normalizer sees it."""
    found = from_bytes(data[:_SAMPLE]).best()
    text = data.decode(found.encoding, "replace") if found else ""
    chinese = len(_CHINESE.findall(text)) >= len(text) / 4
    return text if chinese and _reads_as_text(text, proven=True) else ""
