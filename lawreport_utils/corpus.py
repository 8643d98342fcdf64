"""Many reports: the same tables as of one, with the report named in a first column."""

import json
import os
import re
from collections.abc import Iterable
from concurrent.futures import BrokenExecutor, Executor
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from tqdm import tqdm  # type: ignore[import-untyped]

from .content import content_items
from .errors import ReportError
from .figures.claims import extract_claims
from .figures.outcomes import extract_outcomes
from .model import Report
from .read import read_report
from .structure import outline, parse_report
from .tables import table
from .terms import term_frequency, theme_frequency
from .workers import Workers, processes

Tables = dict[str, pd.DataFrame]
AnyPath = str | os.PathLike[str]

_FORMATS = (".txt", ".html", ".htm", ".docx", ".pdf")
_REPORTS = {
    "title": "str", "agency": "str", "year": "Int64", "source": "str",
    "published": "datetime64[ms]", "chars": "int64", "han": "int64", "sections": "int64",
    "warnings": "str",
}  # fmt: skip
_HAN = re.compile("[㐀-鿿]+")
_LAST = "reports"  # the table whose file, written last, tells that a piece is finished
_DIED = "reading this file ended the process; it may ask for more memory than there is"


class _Piece(NamedTuple):
    """Some reports, analysed and stored together: so few that memory stays flat."""

    paths: list[str]
    labels: list[str]
    tokenizer: str
    folder: Path | None  # for the tables; None to return them
    name: str  # of the file in the folder of each table


def analyze_corpus(
    reports: AnyPath | Iterable[AnyPath],
    *,
    executor: Executor | None = None,
    output: AnyPath | None = None,
    tokenizer: str = "jieba",
    piece: int = 200,
    progress: bool = True,
) -> Tables:
    """Analyse many reports: the files given, or all files of the known formats below a folder.

    Gives a dict of tables, in the order of the files, each with a first column ``report``: the path
    below the folder that all files share. ``outline``, ``terms``, ``themes``, ``outcomes``,
    ``claims`` and ``content`` are those of one report. ``reports`` has a row for each that could be
    read (``title agency year source published chars han sections warnings``; ``han`` is what
    per_1000 refers to), ``errors`` one for each that could not (``error message``). A file that
    fails, even one that ends its process, takes no other with it.

    ``executor``: where to work; None for a process on each core. Any of ``concurrent.futures`` or
    of its kind will do: for Dask, ``Client(...).get_executor()``. ``output``: a folder for tables
    too large for memory. ``piece`` reports at a time go to a Parquet file in ``output/outcomes``
    and so on, for ``pd.read_parquet(output / "outcomes")``; the dict has ``reports`` and
    ``errors``. After an interruption the same call goes on where it stopped. ``tokenizer``:
    "jieba" or "rjieba". ``progress``: show a bar.

    Raises ReportError where there is no file, or where ``output`` holds other results. A script
    needs ``if __name__ == "__main__":`` around the call, as for any work in several processes.

    >>> from concurrent.futures import ThreadPoolExecutor
    >>> folder = getfixture("tmp_path")
    >>> _ = (folder / "a.txt").write_text("一、学习\\n办理案件3件。", encoding="utf-8")
    >>> _ = (folder / "b.txt").write_text("", encoding="utf-8")
    >>> tables = analyze_corpus(folder, executor=ThreadPoolExecutor(1), progress=False)
    >>> tables["outcomes"][["report", "value", "unit"]]
      report  value unit
    0  a.txt    3.0    件
    >>> tables["errors"][["report", "error"]]
      report        error
    0  b.txt  ReportError
    """
    if tokenizer not in ("jieba", "rjieba"):
        raise ValueError(f"tokenizer must be jieba or rjieba, not {tokenizer!r}")
    if piece < 1:
        raise ValueError(f"piece must be 1 or more reports, not {piece!r}")
    paths = _paths(reports)
    labels = _labels(paths)
    folder = None if output is None else Path(output).absolute()
    if folder:
        _prepare(folder, {"reports": labels, "tokenizer": tokenizer, "piece": piece})
    workers = Workers(executor, _analyze, _one_by_one)
    if not folder:  # the tables don't show where a piece ends: give each worker some
        piece = min(piece, len(paths) // (4 * workers.number) + 1)
    pieces = [
        _Piece(paths[i : i + piece], labels[i : i + piece], tokenizer, folder, f"{i:08}.parquet")
        for i in range(0, len(paths), piece)
    ]
    done = []
    with tqdm(total=len(paths), unit="report", disable=not progress) as bar:
        for tables in workers.run(pieces):
            done.append(tables)
            bar.update(min(piece, len(paths) - bar.n))
    return {name: pd.concat([part[name] for part in done], ignore_index=True) for name in done[0]}


def _paths(reports: AnyPath | Iterable[AnyPath]) -> list[str]:
    """The files, each once; those below a folder in order of their names."""
    if isinstance(reports, str | os.PathLike):
        folder = Path(reports)
        found = [path for path in sorted(folder.rglob("*")) if path.suffix.lower() in _FORMATS]
        reports = [path for path in found if not path.name.startswith((".", "~$"))]
        if not reports:
            problem = f"there is no folder with files {' '.join(_FORMATS)}"
            raise ReportError(folder, problem, "give the folder of the reports, or a list of files")
    paths = list(dict.fromkeys(map(os.path.abspath, reports)))
    if not paths:
        raise ReportError("<list>", "no file is given", "give the files, or their folder")
    return paths


def _labels(paths: list[str]) -> list[str]:
    """The paths without the folders that all share: what tells the reports apart."""
    try:
        shared = os.path.commonpath([Path(path).parent for path in paths])
    except ValueError:  # on several drives
        shared = ""
    return [_storable(Path(path).relative_to(shared).as_posix()) for path in paths]


def _storable(name: str) -> str:
    """A file name may hold bytes that are no text; tables can't."""
    return name.encode("utf-8", "backslashreplace").decode()


def _prepare(folder: Path, call: dict[str, Any]) -> None:
    """Make the folders of the tables; refuse a folder that holds the results of another call."""
    if find_spec("pyarrow") is None:
        raise ImportError('pyarrow is missing: pip install "lawreport-utils[cluster]"')
    note = folder / "corpus.json"
    content = json.dumps({"version": version("lawreport-utils"), **call}, ensure_ascii=False)
    if note.exists() and note.read_text(encoding="utf-8") != content:
        problem = "the folder holds the results of other reports, other options or another version"
        raise ReportError(folder, problem, "choose another folder for the output")
    for name in _empty():
        (folder / name).mkdir(parents=True, exist_ok=True)
    note.write_text(content, encoding="utf-8")


def _analyze(piece: _Piece) -> Tables:
    """The tables of a piece; those that an earlier call finished are left as they are."""
    if piece.folder and (piece.folder / _LAST / piece.name).exists():
        return {name: pd.read_parquet(piece.folder / name / piece.name) for name in _KEPT}
    return _merge(piece, [_read(path, piece.tokenizer) for path in piece.paths])


def _one_by_one(piece: _Piece) -> Tables:
    """The tables of a piece that ended its process: each file alone, to find the one that did."""
    results, pool = [], processes(1)
    for path in piece.paths:
        try:
            results.append(pool.submit(_read, path, piece.tokenizer).result())
        except BrokenExecutor:
            results.append(_failure("ProcessEnded", _DIED))
            pool = processes(1)
    pool.shutdown()
    return _merge(piece, results)


def _read(path: str, tokenizer: str) -> Tables:
    try:
        return _tables(read_report(path), tokenizer)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # libraries in other languages raise what is no Exception
        return _failure(type(error).__name__, _storable(str(error)))


def _tables(report: Report, tokenizer: Any) -> Tables:
    han = sum(map(len, _HAN.findall(report.text)))
    about = (
        report.title, report.agency, report.year, report.source, report.published,
        len(report.text), han, len(report.sections), " ".join(report.warnings),
    )  # fmt: skip
    return {
        "outline": outline(report),
        "terms": term_frequency(report, tokenizer=tokenizer),
        "themes": theme_frequency(report),
        "outcomes": extract_outcomes(report),
        "claims": extract_claims(report),
        "content": content_items(report),
        "reports": table([about], **_REPORTS),
    }


def _failure(error: str, message: str) -> Tables:
    return {"errors": table([(error, message)], error="str", message="str")}


@cache
def _empty() -> Tables:
    """Each table without a row, in the order of writing."""
    tables = _failure("", "") | _tables(parse_report("无"), str.split)
    return {name: table.iloc[:0] for name, table in tables.items()}


_KEPT = ("errors", "reports")  # small enough for memory


def _merge(piece: _Piece, results: list[Tables]) -> Tables:
    """One set of tables, which goes to the folder where there is one."""
    merged = {}
    for name, empty in _empty().items():
        tables = [tables.get(name, empty) for tables in results]
        merged[name] = pd.concat(tables, ignore_index=True)
        labels = np.repeat(piece.labels, [len(table) for table in tables])
        merged[name].insert(0, "report", pd.Series(labels, dtype="str"))
    if not piece.folder:
        return merged
    for name, frame in merged.items():
        unfinished = piece.folder / name / f".{piece.name}"  # readers of a folder pass by the dot
        frame.to_parquet(unfinished, index=False)
        unfinished.replace(piece.folder / name / piece.name)
    return {name: merged[name] for name in _KEPT}
