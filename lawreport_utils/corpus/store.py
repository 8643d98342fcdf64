"""The folder that takes the tables of many reports: a Parquet file a table and piece.

A piece is finished when its note says which files it was made from, by their content, and how many
rows each table has, and all that is still so. So what changed, what is missing and what failed for
a reason that may pass is done again; the rest is kept.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pandas as pd

from ..errors import ReportError

Tables = dict[str, pd.DataFrame]
_NOTE = "corpus.json"
_PIECES = "pieces"  # the folder of their notes
_LASTING = "ReportError"  # comes again as long as the file is the same


@contextmanager
def locked(folder: Path, options: Mapping[str, Any], tables: Tables) -> Iterator[None]:
    """Make the folder ready for the tables, one run at a time.

    Raises ReportError where it holds other results or another run is at work in it.
    """
    for name in ("pyarrow", "filelock"):
        if find_spec(name) is None:
            raise ImportError(f'{name} is missing: pip install "lawreport-utils[cluster]"')
    filelock = import_module("filelock")
    lock = filelock.FileLock(folder / ".lock", timeout=0)
    with _refused(folder):
        folder.mkdir(parents=True, exist_ok=True)
        try:
            lock.acquire()
        except filelock.Timeout:
            problem = "another run writes to this folder"
            raise ReportError(folder, problem, "wait for it, or choose another folder") from None
    try:
        with _refused(folder):
            _prepare(folder, {"version": version("lawreport-utils"), **options}, tables)
        yield
    finally:
        lock.release()


@contextmanager
def _refused(folder: Path) -> Iterator[None]:
    """What the system says against a folder, as the one error."""
    try:
        yield
    except OSError as error:
        problem = f"the folder can't be made or written to ({error.strerror or error})"
        raise ReportError(folder, problem, "choose another folder for the output") from None


def _prepare(folder: Path, options: dict[str, Any], tables: Tables) -> None:
    note, content = folder / _NOTE, json.dumps(options, ensure_ascii=False)
    try:
        found = note.read_text(encoding="utf-8") if note.exists() else None
    except (OSError, UnicodeDecodeError):
        found = ""
    foreign = found is None and any((folder / name).exists() for name in tables)
    if foreign or found not in (None, content):
        problem = "the folder holds the results of other reports, other options or another version"
        raise ReportError(folder, problem, "choose another folder for the output")
    for name in (*tables, _PIECES):
        (folder / name).mkdir(exist_ok=True)
    if found is None:
        with _replacing(note) as unfinished:
            unfinished.write_text(content, encoding="utf-8")


def finished(folder: Path, name: str, paths: list[str], tables: Tables) -> bool:
    """Is the piece of that name whole, and made from the files as they are now?"""
    from pyarrow import ArrowException, parquet  # type: ignore[import-untyped]

    try:
        note = json.loads((folder / _PIECES / f"{name}.json").read_text(encoding="utf-8"))
        if not note["lasting"] or note["files"] != list(map(_digest, paths)):
            return False
        for table in tables:
            rows = parquet.read_metadata(_file(folder, table, name)).num_rows
            if rows != note["rows"][table]:
                return False
    except (OSError, ValueError, KeyError, TypeError, ArrowException):
        return False
    return True


def write(folder: Path, name: str, digests: list[str], tables: Tables) -> None:
    """Store the tables of a piece; its note comes last.

    Raises ReportError where they can't be written.
    """
    note = {
        "files": digests,
        "rows": {table: len(frame) for table, frame in tables.items()},
        "lasting": bool(tables["errors"]["error"].eq(_LASTING).all()),
    }
    try:
        for table, frame in tables.items():
            with _replacing(_file(folder, table, name)) as unfinished:
                frame.to_parquet(unfinished, index=False)
        with _replacing(folder / _PIECES / f"{name}.json") as unfinished:
            unfinished.write_text(json.dumps(note), encoding="utf-8")
    except OSError as error:
        problem = f"the tables can't be written ({error.strerror or error})"
        remedy = "make room there; the same call goes on where it stopped"
        raise ReportError(folder, problem, remedy) from None


@contextmanager
def _replacing(path: Path) -> Iterator[Path]:
    """A file beside the path that takes its place once it is whole; readers pass by its dot."""
    unfinished = path.with_name(f".{path.name}")
    yield unfinished
    unfinished.replace(path)


def read(folder: Path, name: str, tables: tuple[str, ...]) -> Tables:
    """Some tables of a finished piece."""
    return {table: pd.read_parquet(_file(folder, table, name)) for table in tables}


def digests(paths: list[str]) -> list[str]:
    """What tells each file's content; "" where it can't be read."""
    return list(map(_digest, paths))


def _file(folder: Path, table: str, name: str) -> Path:
    return folder / table / f"{name}.parquet"


def _digest(path: str) -> str:
    content = sha256()
    try:
        if not Path(path).is_file():  # a pipe or a device may never end
            return ""
        with open(path, "rb") as file:  # noqa: PTH123 - as fast as it gets, for each of many files
            while block := file.read(1 << 20):
                content.update(block)
    except (OSError, ValueError):
        return ""
    return content.hexdigest()
