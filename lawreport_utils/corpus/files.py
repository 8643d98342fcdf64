"""The files of a corpus: which there are, what they are called in tables, why one isn't read."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from ..arguments import need_path
from ..errors import ReportError
from ..model import Report

AnyPath = str | os.PathLike[str]

_FORMATS = (".txt", ".md", ".html", ".htm", ".docx", ".pdf")
# Looked at as well: each is read as what it holds, or is a row of errors that says the way out.
_OTHER_FORMATS = (
    ".doc", ".docm", ".wps", ".rtf", ".odt", ".ofd", ".ceb", ".caj", ".mht", ".mhtml", ".xhtml",
    ".shtml", ".xml", ".zip", ".rar", ".7z",
)  # fmt: skip


def file_paths(reports: AnyPath | Iterable[AnyPath]) -> list[str]:
    """The files, each once; those below a folder in order of their names."""
    if isinstance(reports, str | os.PathLike):
        if not os.fspath(reports):
            raise ReportError("<folder>", "no folder is given", "give the folder of the reports")
        reports = _below(need_path(reports, "reports"))
    elif not isinstance(reports, Iterable) or isinstance(reports, bytes | Report):
        kind = type(reports).__name__
        raise TypeError(f"reports must be a folder, or a list of the files in it, not a {kind}")
    files = (need_path(path, "each report") for path in reports)
    paths = list(dict.fromkeys(map(os.path.abspath, files)))
    if not paths:
        raise ReportError("<list>", "no file is given", "give the files, or their folder")
    return paths


def _below(folder: Path) -> list[Path]:
    """The files of such kinds below a folder, and the folders below it that aren't entered."""
    found, closed = list[Path](), list[Path]()
    note: Callable[[OSError], None] = lambda error: closed.append(Path(error.filename))  # noqa: E731
    for place, inner, names in os.walk(folder, onerror=note):
        inner[:] = [name for name in inner if not name.startswith(".")]
        closed += (path for name in inner if (path := Path(place, name)).is_symlink())
        found += (
            Path(place, name)
            for name in names
            if Path(name).suffix.strip().lower() in _FORMATS + _OTHER_FORMATS
            and not name.startswith((".", "~$"))
        )
    if not found:
        problem = f"there is no folder with files {' '.join(_FORMATS)}"
        raise ReportError(folder, problem, "give the folder of the reports, or a list of files")
    return sorted([*found, *closed])


def labels_of(paths: list[str]) -> list[str]:
    """The paths without the folders that all share: what tells the reports apart."""
    try:
        shared = os.path.commonpath([Path(path).parent for path in paths])
    except ValueError:  # on several drives
        shared = ""
    return [storable(Path(path).relative_to(shared).as_posix()) for path in paths]


def storable(name: str) -> str:
    """A file name may hold bytes that are no text; tables can't."""
    return name.encode("utf-8", "backslashreplace").decode()


def not_entered(path: str) -> tuple[str, str]:
    """Why the files of a folder aren't read, and the way out."""
    if Path(path).is_symlink():  # it may lead anywhere, and round in a circle
        return "this is a link to a folder", "give that folder itself"
    if os.access(path, os.R_OK | os.X_OK):
        return "this is a folder", "give the files in it"
    return "this folder can't be entered", "ask for the right to read it"
