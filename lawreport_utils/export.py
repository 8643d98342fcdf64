"""Tables to files: CSV that Excel reads, and no half file ever."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BytesIO, StringIO
from pathlib import Path

import pandas as pd

from .arguments import need_path
from .errors import ReportError

AnyPath = str | os.PathLike[str]
_ACTIVE = ("=", "+", "-", "@", "\t", "\r")  # how a cell starts that a spreadsheet would run


def csv_bytes(table: pd.DataFrame) -> bytes:
    """A table as CSV in UTF-8 with its mark (utf-8-sig), which Excel and WPS open as it is.

    A list becomes its items joined by "; ". Text that a spreadsheet would take for a formula gets
    a leading apostrophe.

    >>> csv_bytes(pd.DataFrame({"原文": ["=1+1", "15.6%"]})).decode("utf-8-sig")
    "原文\\n'=1+1\\n15.6%\\n"
    """
    shown = table.copy()
    for name in shown.columns:
        if not pd.api.types.is_numeric_dtype(shown[name]):
            shown[name] = shown[name].map(_inert)
    text = StringIO()
    shown.to_csv(text, index=False, lineterminator="\n")
    return text.getvalue().encode("utf-8-sig", "replace")


def _inert(value: object) -> object:
    value = flat(value)
    return f"'{value}" if isinstance(value, str) and value.startswith(_ACTIVE) else value


def flat(value: object) -> object:
    """A list as text; the rest as it is."""
    return "; ".join(map(str, value)) if isinstance(value, list | tuple) else value


@contextmanager
def replacing(path: AnyPath) -> Iterator[BytesIO]:
    """A buffer whose content becomes the file when all went well; until then it stays as it was.

    Raises ReportError where the file can't be written, TypeError for what is no path.
    """
    buffer, target = BytesIO(), need_path(path)
    yield buffer
    try:
        handle, unfinished = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".part")
    except OSError as error:
        raise _unwritable(target, error) from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(buffer.getvalue())
        Path(unfinished).chmod(_mode())
        Path(unfinished).replace(target)
    except OSError as error:
        raise _unwritable(target, error) from None
    finally:
        with suppress(FileNotFoundError):
            Path(unfinished).unlink()


def _unwritable(path: Path, error: OSError) -> ReportError:
    reason = "this is a folder" if path.is_dir() else (error.strerror or str(error)).lower()
    remedy = "choose another place for it"
    if isinstance(error, PermissionError) and path.is_file():
        remedy = (
            "close it in Excel, WPS or Word if it is open there, or choose another place for it"
        )
    return ReportError(path, f"the file can't be written: {reason}", remedy)


def _mode() -> int:
    """The rights that a new file gets here, at least to read it oneself (the mask of a browser's
    Python takes all); a temporary one is for its owner only."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask | 0o600


def write_csv(table: pd.DataFrame, path: AnyPath) -> None:
    """Write a table as ``csv_bytes``, at once or not at all."""
    with replacing(path) as file:
        file.write(csv_bytes(table))
