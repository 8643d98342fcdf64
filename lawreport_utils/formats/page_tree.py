"""A page as a tree of elements, read with the bounds that the parser lacks."""

import codecs
import re
from typing import Any

from lxml import etree, html  # type: ignore[import-untyped]

MAX_MARKUP = 10_000_000  # bytes; pages have less than 1 MB, with pictures in them a few
MAX_TAGS = 200_000  # pages have less than 20,000; 100,000 take 1 s and 40 MB
MAX_ATTRIBUTES = 1_000  # of one tag; reading them takes the square of it
MAX_DEPTH = 2_000  # of elements in elements; the parser leaves out what is deeper


class TooMuch(Exception):  # noqa: N818 - no fault of the page
    """What the page has too much of."""


def read_tree(data: bytes) -> tuple[Any, tuple[str, ...]]:
    """The root element, or None if there is none, and what isn't below it."""
    if len(data) > MAX_MARKUP or data.count(b"<") > MAX_TAGS:
        raise TooMuch(f"{MAX_MARKUP // 10**6} MB or {MAX_TAGS:,} tags")
    text = re.sub(r"^\s*<\?xml[^>]*>", "", _decode(data).replace("\0", ""))
    for tag in _TAG.finditer(text):
        if len(tag[0]) > MAX_ATTRIBUTES * 2:
            outside = _QUOTED.sub("= ", tag[0]).replace("/", " ")
            if len(outside.split()) > MAX_ATTRIBUTES:
                raise TooMuch(f"{MAX_ATTRIBUTES:,} attributes in one tag")
    root = _parse(text)
    if root is None or _depth(root) < MAX_DEPTH:
        return root, ()
    root = _parse(_INLINE.sub("", text))  # they are never closed, and tell nothing of the text
    deep = root is not None and _depth(root) >= MAX_DEPTH
    return root, (_TOO_DEEP,) if deep else ()


_TOO_DEEP = (
    f"What stands over {MAX_DEPTH:,} elements deep in the page is left out; "
    "open it in a browser and copy its text to a .txt file"
)
_INLINE = re.compile(r"</?(?:span|font|b|strong|i|em|u|o:p)(?=[\s>])[^<>]*>", re.IGNORECASE)
_QUOTED = re.compile("=\\s*+(?:\"[^\"]*+\"|'[^']*+')")
_TAG = re.compile(
    r"""<[a-zA-Z] (?: [^>=]++                             # names, and values without quotes
                   | =\s*+ (?: "[^"]*+" | '[^']*+' )?+ )*+  # = with a quoted value, > and all
    """,
    re.VERBOSE,
)


def _decode(data: bytes) -> str:
    """The text of a page: UTF-8 if it is but for a few bytes, else as the page says, or GB18030."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    if data.count(b"\0") > len(data) / 5:  # one in each character of a tag
        return data.decode("utf-16-be" if data[0] == 0 else "utf-16-le", "replace")
    text = data.decode("utf-8-sig", "replace")
    if text.count("\ufffd") <= len(re.findall("[^\0-\x7f]", text)) / 50:
        return text
    declared = re.search(rb"charset\s*=\s*[\"']?\s*([\w-]+)", data[:4000], re.IGNORECASE)
    if declared and re.fullmatch(rb"(?i:big5(?:-?hkscs)?|utf-?16(?:[lb]e)?)", declared[1]):
        return data.decode(declared[1].decode(), "replace")
    return data.decode("gb18030", "replace")


def _parse(text: str) -> Any:
    try:
        root = html.document_fromstring(text, parser=html.HTMLParser(huge_tree=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    body = root.find(".//body")
    if body is None:
        body = etree.SubElement(root, "body")
    # A browser goes on after </body> and </html>; the parser starts anew, beside them.
    after = [*body.itersiblings(), *root.itersiblings()]
    if body.tail and body.tail.strip():
        etree.SubElement(body, "div").text = body.tail
    for more in after:
        if isinstance(more.tag, str):
            more.tag = "div" if more.tag == "html" else more.tag
            body.append(more)
    return root


def _depth(root: Any) -> int:
    deepest = depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest
