"""A file to a Report: what of it is read stands in the modules of ``formats``, one for each kind.

The content of a file decides its kind, not its name: a page that was saved as ``report.doc`` is
read as the page it is.
"""

import os
import re
from dataclasses import replace
from pathlib import Path

from .characters import HAN
from .errors import ReportError
from .formats import MAX_CHARS
from .formats.kinds import AS_TEXT, extract
from .lexicon import load
from .model import Report
from .structure import parse_report

MAX_BYTES = 64_000_000  # of a file: a document may carry photographs


def read_report(path: str | os.PathLike[str]) -> Report:
    """Read a report from a .txt, .html, .docx or .pdf file.

    Text may be encoded in UTF-8, GB18030 (with GBK and GB2312), UTF-16 or Big5. Pages and PDF files
    need the extra ``lawreport-utils[formats]``. ``Report.warnings`` says what of the file couldn't
    be read (pictures, embedded objects), and where lines that were cut were joined.

    Raises ReportError, naming the file, if there is no such file, no text can be read from it, or
    its text is no Chinese report; TypeError for what is no path.

    >>> read_report("none.txt")
    Traceback (most recent call last):
    lawreport_utils.errors.ReportError: none.txt: there is no such file; check its name and ...
    """
    _check_path(path)
    text, left_out = extract(_content(Path(path)), path)
    if len(text) > MAX_CHARS:
        problem = f"its text has {len(text):,} characters, more than any report"
        raise ReportError(path, problem, f"split it into reports of less than {MAX_CHARS:,}")
    try:
        report = parse_report(text)
    except ReportError as error:
        problem = "; ".join([error.problem, *left_out])
        raise ReportError(path, problem, "give a file with the text of a report") from None
    report = _of_genre(report, path)
    return replace(report, warnings=(*left_out, *report.warnings))


def _check_path(path: object) -> None:
    if isinstance(path, Report):
        raise TypeError("read_report takes the path of a file; this is a Report, read already")
    if not isinstance(path, str | os.PathLike):
        kind = type(path).__name__
        raise TypeError(f"read_report takes the path of a file, not {kind}; see also parse_report")
    if isinstance(path, str) and "\n" in path and not os.path.exists(path):  # noqa: PTH110 - any str
        problem = "this is a text, not the path of a file"
        raise ReportError("<text>", problem, "give it to parse_report, or the name of its file")


def _content(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise ReportError(path, "this is a folder", "give one of the files in it")
        if not path.exists():
            if path.is_symlink():
                problem = "this is a link to a file that isn't there"
                raise ReportError(path, problem, "give the file itself")
            folder = path.absolute().parent
            raise ReportError(path, "there is no such file", f"check its name and folder: {folder}")
        if not path.is_file():  # it may never end
            raise ReportError(path, "this is a pipe or a device, no file", "give the file itself")
        if path.stat().st_size > MAX_BYTES:
            raise ReportError(path, f"the file has over {MAX_BYTES // 10**6} MB", AS_TEXT)
        data = path.read_bytes()
    except OSError as error:
        problem = f"the file can't be opened ({error.strerror})"
        remedy = "check its name and the permission to read it, and close it in Word or WPS"
        raise ReportError(path, problem, remedy) from error
    if not re.search(rb"[^\0 \t\r\n]", data):
        raise ReportError(path, "the file is empty", "save or download the report again")
    return data


def _of_genre(report: Report, source: object) -> Report:
    """The report, with a warning if it may be none; refuses what certainly is none."""
    letters = sum(map(str.isalpha, report.folded))
    if len(_HAN.findall(report.folded)) < letters / 4:
        raise ReportError(source, "the text isn't Chinese", _GIVE_REPORT)
    if _TOPIC.search(report.folded):
        return report
    if not any(section.level for section in report.sections):
        problem = "the text has no numbered division and never says 法治, 执法 or 依法行政"
        raise ReportError(source, problem, _GIVE_REPORT)
    return replace(report, warnings=(*report.warnings, _OTHER_GENRE))


_HAN = re.compile(f"[{HAN}]")
_TOPIC = re.compile(load.table("structure")["title"]["topic"])
_GIVE_REPORT = "give a file with an annual report on 法治政府建设"
_OTHER_GENRE = "The text never says 法治, 执法 or 依法行政: is it a report on 法治政府建设?"
