"""Bytes of a file to a Report: what kind of file it is, its encoding, and what can't be read.

The content of a file decides its kind, not its name: a page that was saved as ``report.doc`` is
read as the page it is.
"""

import codecs
import os
import re
from dataclasses import replace
from importlib import import_module
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from .errors import ReportError
from .formats import Extracted
from .lexicon import load
from .model import Report
from .structure import parse_report

# Annual reports have 2,000 to 40,000 characters. The limits are far above, yet low enough that no
# file takes more than some seconds and 500 MB of memory.
MAX_CHARS = 1_000_000
MAX_BYTES = 64_000_000  # of a file: a document may carry photographs


def read_report(path: str | os.PathLike[str]) -> Report:
    """Read a report from a .txt, .html, .docx or .pdf file.

    Text may be encoded in UTF-8, GB18030 (with GBK and GB2312) or UTF-16. The other kinds need the
    extra ``lawreport-utils[formats]``.

    Raises ReportError, naming the file, if there is no such file, no text can be read from it, or
    its text is no Chinese report.

    >>> read_report("none.txt")
    Traceback (most recent call last):
    lawreport_utils.errors.ReportError: none.txt: there is no such file; check its name and ...
    """
    data = _content(Path(path))
    kind = _kind(data)
    if kind in _UNREADABLE:
        raise ReportError(path, *_UNREADABLE[kind])
    text, left_out = Extracted(decode(data, path)) if kind == "text" else _extract(kind, data, path)
    if len(text) > MAX_CHARS:
        problem = f"its text has {len(text):,} characters, more than any report"
        raise ReportError(path, problem, f"split it into reports of less than {MAX_CHARS:,}")
    try:
        report = parse_report(text)
    except ReportError as error:
        raise ReportError(path, error.problem, "give a file with the text of a report") from None
    report = _of_genre(report, path)
    return replace(report, warnings=(*left_out, *report.warnings))


def _content(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise ReportError(path, "this is a folder", "give one of the files in it")
        if not path.is_file():  # nor a device or a pipe, which may never end
            folder = path.absolute().parent
            raise ReportError(path, "there is no such file", f"check its name and folder: {folder}")
        if path.stat().st_size > MAX_BYTES:
            raise ReportError(path, f"the file has over {MAX_BYTES // 10**6} MB", _AS_TEXT)
        data = path.read_bytes()
    except OSError as error:
        problem = f"the file can't be opened ({error.strerror})"
        raise ReportError(path, problem, "check its name and the permission to read it") from error
    if not re.search(rb"[^\0 \t\r\n]", data):
        raise ReportError(path, "the file is empty", "save or download the report again")
    return data


_AS_TEXT = "save the text of the report as a UTF-8 text file (.txt) and give that"
_AS_DOCX = "open it in Word or WPS and save it as .docx without a password, or as .txt"
_UNREADABLE = {
    "ole": ("this is an old Word, WPS or Excel file, or one with a password", _AS_DOCX),
    "rtf": ("this is an RTF file", _AS_DOCX),
    "odt": ("this is an OpenDocument file", _AS_DOCX),
    "ofd": ("this is an OFD file", "open it in an OFD reader and export it as .pdf or .txt"),
    "sheet": ("this is a spreadsheet, not a report", _AS_TEXT),
    "slides": ("this is a presentation, not a report", _AS_TEXT),
    "picture": ("this is a picture", "recognise its text (OCR) and save that as .txt"),
    "mhtml": ("this is a page saved as MHTML", "save it as “webpage, HTML only” or as .txt"),
    "xml": ("this is an XML file, such as Word 2003 wrote", _AS_DOCX),
    "archive": ("this is an archive", "unpack it and give the report in it"),
    "broken": ("the file is damaged or cut off", "download it again or save it anew"),
}  # fmt: skip
# What a file that isn't plain text starts with,
_SIGNATURES = {
    b"PK\x03\x04": "zip", b"\xd0\xcf\x11\xe0": "ole", rb"{\rtf": "rtf", b"\xff\xd8\xff": "picture",
    b"\x89PNG": "picture", b"GIF8": "picture", b"II*\0": "picture", b"MM\0*": "picture",
    b"MIME-Version:": "mhtml", b"From: <Saved by": "mhtml", b"<?xml": "xml",
    b"Rar!": "archive", b"7z\xbc\xaf": "archive", b"\x1f\x8b": "archive",
}  # fmt: skip
# and what a zip file is that holds a file of such a name.
_ZIPPED = {
    "word/document.xml": "docx", "xl/workbook.xml": "sheet", "ppt/presentation.xml": "slides",
    "OFD.xml": "ofd", "content.xml": "odt",
}  # fmt: skip
_HTML = re.compile(
    rb"(?>\s*<(?:\?xml[^>]*|!--(?:(?!-->).)*--)>)*+\s*"
    rb"<(?:!doctype\s+html|html|head|body|meta|title|div|p)\b",
    re.IGNORECASE | re.DOTALL,
)


def _kind(data: bytes) -> str:
    """The kind of a file by its content; "text" for all that has no signature."""
    start = data[:8000]
    if b"%PDF-" in start[:1024]:
        return "pdf"
    kind = next((kind for sign, kind in _SIGNATURES.items() if data.startswith(sign)), "text")
    if kind == "zip":
        return _zipped(data)
    # Without what UTF-16 puts between the letters, and without a byte order mark.
    plain = start.lstrip(_MARKS).replace(b"\0", b"")
    return "html" if kind in ("text", "xml") and _HTML.match(plain) else kind


_MARKS = codecs.BOM_UTF8 + codecs.BOM_UTF16


def _zipped(data: bytes) -> str:
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (BadZipFile, ValueError, NotImplementedError):
        return "broken"
    return next((kind for name, kind in _ZIPPED.items() if name in names), "archive")


def _extract(kind: str, data: bytes, source: object) -> Extracted:
    """The text of a page or document, by the module for its kind."""
    try:
        module = import_module(f".formats.{kind}", __package__)
    except ImportError as error:
        problem = f"to read this kind of file (.{kind}), {error.name} has to be installed"
        remedy = 'run: pip install "lawreport-utils[formats]"'
        raise ReportError(source, problem, remedy) from error
    extracted: Extracted = module.extract_text(data, source)
    return extracted


_ENCODINGS = ("utf-8", "gb18030", "utf-16-le", "utf-16-be")
_BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16",
}  # fmt: skip
_HAN = re.compile("[\u3400-\u9fff]")
_CONTROL = re.compile("[\0-\x08\x0e-\x19\x1b-\x1f\x7f\ue000-\uf8ff\ufffd-\uffff]")
_SAMPLE = 100_000  # characters that show whether an encoding is the right one


def decode(data: bytes, source: object) -> str:
    """The text in UTF-8, GB18030 or UTF-16, whichever fits without an error and reads as text.

    >>> [decode("法治政府".encode(name), "a.txt") for name in ("utf-8", "gbk", "utf-16")]
    ['法治政府', '法治政府', '法治政府']
    """
    marked = [name for mark, name in _BYTE_ORDER_MARKS.items() if data.startswith(mark)]
    for encoding in (*marked, *_ENCODINGS):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _reads_as_text(text[:_SAMPLE], proven=encoding.startswith("utf-8")):
            return text
    if guessed := _guess(data):
        return guessed
    if good := _undamaged(data):
        problem = f"the text is damaged or cut off after character {len(good):,} (UTF-8)"
        raise ReportError(source, problem, "save or download it again")
    raise ReportError(source, "this is no text file, or its encoding is unknown", _AS_TEXT)


def _undamaged(data: bytes) -> str:
    """The start of a text that would be UTF-8 but for some bytes."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        good = data[: error.start].decode("utf-8")
        return good if len(good) > 20 and _reads_as_text(good[:_SAMPLE], proven=False) else ""
    return ""


def _reads_as_text(text: str, *, proven: bool) -> bool:
    """Next to no control characters; and, unless the encoding is proven, everyday characters."""
    if len(_CONTROL.findall(text)) > len(text) / 1000:
        return False
    han = "".join(_HAN.findall(text))
    everyday = len(han.encode("gb2312", "ignore")) / 2
    return proven or (len(han) >= len(text) / 4 and everyday >= 0.8 * len(han))


def _guess(data: bytes) -> str:
    """The text in another encoding for Chinese (Big5), as charset-normalizer sees it."""
    try:
        from_bytes = import_module("charset_normalizer").from_bytes
    except ImportError:
        return ""
    found = from_bytes(data[:_SAMPLE]).best()
    text = data.decode(found.encoding, "replace") if found else ""
    is_text = _reads_as_text(text[:_SAMPLE], proven=True)
    return text if is_text and len(_HAN.findall(text)) >= len(text) / 4 else ""


def _of_genre(report: Report, source: object) -> Report:
    """The report, with a warning if it may be none; refuses what certainly is none."""
    letters = sum(map(str.isalpha, report.text))
    if len(_HAN.findall(report.text)) < letters / 4:
        raise ReportError(source, "the text isn't Chinese", _GIVE_REPORT)
    if _TOPIC.search(report.folded):
        return report
    if report.warnings:  # no numbered division either
        problem = "the text has no numbered division and never says 法治, 执法 or 依法行政"
        raise ReportError(source, problem, _GIVE_REPORT)
    return replace(report, warnings=(_OTHER_GENRE,))


_TOPIC = re.compile(load.table("structure")["title"]["topic"])
_GIVE_REPORT = "give a file with an annual report on 法治政府建设"
_OTHER_GENRE = "The text never says 法治, 执法 or 依法行政: is it a report on 法治政府建设?"
