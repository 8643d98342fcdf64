"""What kind of file it is, by its content, and the module that reads it."""

import codecs
import re
from importlib import import_module
from io import BytesIO
from zipfile import ZipFile

from ..errors import ReportError
from . import Extracted

AS_TEXT = "save the text of the report as a UTF-8 text file (.txt) and give that"
AS_DOCX = "open it in Word or WPS and save it as .docx without a password, or as .txt"
_UNREADABLE = {
    "ole": ("this is an old Word or WPS file (.doc, .wps)", AS_DOCX),
    "locked": ("the document has a password", AS_DOCX),
    "rtf": ("this is an RTF file", AS_DOCX),
    "odt": ("this is an OpenDocument file", AS_DOCX),
    "xml": ("this is an XML file, such as Word 2003 wrote", AS_DOCX),
    "ofd": ("this is an OFD file", "open it in an OFD reader and export it as .pdf or .txt"),
    "ceb": ("this is a CEB or CAJ file", "open it in its reader and export it as .pdf or .txt"),
    "sheet": ("this is a spreadsheet, not a report", AS_TEXT),
    "slides": ("this is a presentation, not a report", AS_TEXT),
    "picture": ("this is a picture", "recognise its text (OCR) and save that as .txt"),
    "archive": ("this is an archive", "unpack it and give the report in it"),
    "own": ("this is a page of lawreport, not a report", "give the report that it was made of"),
    "broken": ("the file is damaged or cut off", "download it again or save it anew"),
}  # fmt: skip
# What a file that isn't plain text starts with,
_SIGNATURES = {
    b"PK\x03\x04": "zip", b"\xd0\xcf\x11\xe0": "ole", rb"{\rtf": "rtf", b"\xff\xd8\xff": "picture",
    b"\x89PNG": "picture", b"GIF8": "picture", b"II*\0": "picture", b"MM\0*": "picture",
    b"<?xml": "xml", b"Founder CEB": "ceb", b"CAJ\0": "ceb", b"Rar!": "archive",
    b"7z\xbc\xaf": "archive", b"\x1f\x8b": "archive",
}  # fmt: skip
_MAIL = re.compile(rb"(?:[\w-]+:.*\n(?:[ \t].*\n)*+)*?MIME-Version:", re.IGNORECASE)  # or MHTML
# what the old container (OLE) has inside, by the name of a stream,
_STREAMS = {"EncryptedPackage": "locked", "Workbook": "sheet", "PowerPoint Document": "slides"}
# and what a zip file is: by what it says of its main part, or by the name of a file in it.
_MAIN = {"word": "docx", "spreadsheet": "sheet", "excel": "sheet", "present": "slides",
         "power": "slides"}  # fmt: skip
_ZIPPED = {
    r"word/\w+\.xml": "docx", r"xl/\w+\.xml": "sheet", r"ppt/\w+\.xml": "slides",
    r"ofd\.xml": "ofd", r"content\.xml": "odt",
}  # fmt: skip

_MARKS = codecs.BOM_UTF8 + codecs.BOM_UTF16
_TAG = (
    rb"</?(?:html|head|body|meta|title|link|script|style|base|div|p|span|font|br|b|strong|i|em|u|a"
    rb"|img|h[1-6]|hr|table|tbody|tr|td|th|ul|ol|li|dl|dt|dd|center|pre|blockquote|section|article"
    rb"|main|header|footer|nav|form|input|label)(?:[\s/][^<>]*)?>"
)
_HTML = re.compile(
    rb"(?>\s*<(?:\?xml[^>]*|!--(?:(?!-->).)*--)>)*+\s*"
    rb"(?:<!doctype\s+html|(?:&nbsp;|\s)*+" + _TAG + b")",
    re.IGNORECASE | re.DOTALL,
)
_OWN = b'class="lawreport page'  # the body of what page/ makes
_TAGS = re.compile(_TAG, re.IGNORECASE)


def kind_of(data: bytes) -> str:
    """The kind of a file by its content; "text" for all that has no signature.

    >>> [kind_of(data) for data in (b"%PDF-1.7", b"<b>Report</b>", "法治".encode())]
    ['pdf', 'html', 'text']
    """
    start = data[:8000]
    if b"%PDF-" in start[:1024]:
        return "pdf"
    kind = next((kind for sign, kind in _SIGNATURES.items() if data.startswith(sign)), "text")
    if kind == "zip":
        return _zipped(data)
    if _MAIL.match(start):
        return "mhtml"
    if kind == "ole":
        found = (kind for name, kind in _STREAMS.items() if name.encode("utf-16-le") in data)
        return next(found, "ole")
    # Without what UTF-16 puts between the letters, and without a byte order mark.
    plain = start.lstrip(_MARKS).replace(b"\0", b"")
    page = _HTML.match(plain) or (kind == "text" and _is_marked_up(plain))
    if kind in ("text", "xml") and page:
        return "own" if _OWN in data else "html"
    return kind


def _is_marked_up(start: bytes) -> bool:
    """Is this a piece of a page that starts with plain words, not a text that quotes tags?"""
    lines = [line for line in start.splitlines() if line.strip()]
    marked = [tags for line in lines if (tags := len(_TAGS.findall(line)))]
    return len(marked) > len(lines) / 2 and sum(marked) >= _FEW_TAGS


_FEW_TAGS = 3


def _zipped(data: bytes) -> str:
    """What a zip file holds."""
    if data.count(b"PK\1\2") > MAX_MEMBERS:
        return "archive"
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = {name.replace("\\", "/").lower(): name for name in archive.namelist()}
            listed = _listed(archive, names.get("[content_types].xml", ""))
    except Exception:  # a damaged index makes zipfile raise nearly anything
        return "broken"
    types = re.findall(r'"application/([\w.+-]+)"', listed)
    main = next((name for name in types if name.endswith("main+xml")), "")
    for word, kind in _MAIN.items():
        if word in main:
            return kind
    for shape, kind in _ZIPPED.items():
        if any(re.fullmatch(shape, name.lstrip("./")) for name in names):
            return kind
    return "archive"


def _listed(archive: ZipFile, name: str) -> str:
    """What an Office file says that its parts are; nothing where that can't be read."""
    try:
        with archive.open(name) as stream:
            return stream.read(_TYPES).decode("utf-8", "replace")
    except Exception:  # whatever an unpacker raises: the names of the files tell as much
        return ""


MAX_MEMBERS = 10_000  # files in a zip file; a document has some dozens
_TYPES = 1_000_000  # bytes of its table of contents


def extract(data: bytes, source: object) -> Extracted:
    """The text of a file of any kind, and what was left out of it.

    Raises ReportError for a kind that can't be read, and for whatever keeps a file from being read.
    """
    kind = kind_of(data)
    if kind in _UNREADABLE:
        raise ReportError(source, *_UNREADABLE[kind])
    try:
        module = import_module(f".{kind}", __package__)
    except ImportError as error:
        problem = f"to read this kind of file (.{kind}), {error.name} has to be installed"
        remedy = 'run: pip install "lawreport-utils[formats]"'
        raise ReportError(source, problem, remedy) from error
    try:
        extracted: Extracted = module.extract_text(data, source)
    except ReportError:
        raise
    # A damaged file makes the libraries for zip, XML and pages raise nearly anything.
    except Exception as error:
        problem = f"the file is damaged or cut off ({type(error).__name__})"
        raise ReportError(source, problem, "download it again or save it anew") from error
    return extracted
