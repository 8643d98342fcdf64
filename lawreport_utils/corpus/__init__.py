"""Many reports: the same tables as of one, with the report named in a first column."""

import os
import pickle
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor
from contextlib import nullcontext, suppress
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from tqdm import tqdm  # type: ignore[import-untyped]

from ..arguments import need_path, whole_number
from ..characters import count_han
from ..check import check_report
from ..content import content_items
from ..errors import ReportError
from ..figures.claims import extract_claims
from ..figures.outcomes import extract_outcomes
from ..model import Report
from ..read import read_report
from ..structure import outline, parse_report
from ..tables import table
from ..terms import term_frequency, theme_frequency
from . import store
from .files import AnyPath, file_paths, labels_of, not_entered, storable
from .workers import AS_TEXT, Ended, Limits, Pool, Workers, ended_after

Tables = dict[str, pd.DataFrame]

_REPORTS = {
    "title": "str", "agency": "str", "year": "Int64", "source": "str",
    "published": "datetime64[ms]", "chars": "int64", "han": "int64", "sections": "int64",
    "warnings": "str",
}  # fmt: skip
TABLES = [
    "errors", "outline", "terms", "themes", "outcomes", "claims", "content", "findings", "reports",
]  # fmt: skip
_KEPT = ("errors", "reports")  # small enough for memory
_A_DAY = 86400
_NO_MEMORY = f"it asks for more memory than it may; {AS_TEXT}, or raise memory_limit"


class _Piece(NamedTuple):
    """Some reports, analysed and stored together: so few that memory stays flat."""

    paths: list[str]
    labels: list[str]
    tokenizer: str
    limits: Limits
    client: int  # the process that asks: it has to live
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
    time_limit: float = 20,
    memory_limit: int = 2000,
) -> Tables:
    """Analyse many reports: the files given, or all text, pages and documents below a folder, but
    hidden ones and those in hidden folders.

    Gives a dict of tables, in the order of the files, each with a first column ``report``: the path
    below the folder that all files share. ``outline``, ``terms``, ``themes``, ``outcomes``,
    ``claims``, ``content`` and ``findings`` (of ``check_report``) are those of one report.
    ``reports`` has a row for each that could be read (``title agency year source published chars
    han sections warnings``; ``han`` is what per_1000 refers to; each warning is a line), ``errors``
    one for each that could not (``error message``; that names file, problem and way out), and for a
    folder that can't be entered or is a link. A report
    that is there twice, as .docx and as .pdf, is named in the ``warnings`` of the second. A file
    that fails, even one that ends its process or never ends, takes no other with it.

    ``executor``: where to work; None for a process on each core. Any of ``concurrent.futures`` or
    of its kind will do: for Dask, ``Client(...).get_executor()``. ``output``: a folder for tables
    too large for memory. ``piece`` reports at a time go to a Parquet file in ``output/outcomes``
    and so on, for ``pd.read_parquet(output / "outcomes")``; the dict has ``reports`` and
    ``errors``. After an interruption the same call goes on where it stopped; files that changed
    meanwhile, or failed for a reason that may pass, are done again. ``tokenizer``: "jieba" or
    "rjieba". ``progress``: show a bar. ``time_limit``: seconds for a file; a process in which one
    takes longer is ended (an executor of threads has no such process). ``memory_limit``: megabytes
    for each process of our own (Linux).

    Raises ReportError where there is no file, where ``output`` can't be written or holds other
    results, or another run is at work there. A script needs ``if __name__ == "__main__":`` around
    the call, as for any work in several processes.

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
    if not isinstance(tokenizer, str) or tokenizer not in ("jieba", "rjieba"):
        raise ValueError(f"tokenizer must be jieba or rjieba, not {tokenizer!r}")
    whole_number(piece, "piece", 1)
    if not isinstance(time_limit, int | float) or not 0 < time_limit < _A_DAY:
        raise ValueError(f"time_limit must be a positive number of seconds, not {time_limit!r}")
    if executor is not None and not callable(getattr(executor, "submit", None)):
        problem = "executor must be None or an executor of concurrent.futures or of its kind"
        raise TypeError(f"{problem}, not {executor!r}")
    limits = Limits(time_limit, whole_number(memory_limit, "memory_limit", 1))
    paths = file_paths(reports)
    labels = labels_of(paths)
    folder = None if output is None else need_path(output, "output").absolute()
    call = {"reports": labels, "tokenizer": tokenizer, "piece": piece}
    with store.locked(folder, call, _empty()) if folder else nullcontext():
        workers = Workers(executor, _analyze, _one_by_one, limits, partial(_load, tokenizer))
        if not folder:  # the tables don't show where a piece ends: give each worker some
            piece = min(piece, len(paths) // (4 * workers.number) + 1)
        pieces = [
            _Piece(
                paths[i : i + piece], labels[i : i + piece], tokenizer, limits, os.getpid(),
                folder, f"{i:08}",
            )
            for i in range(0, len(paths), piece)
        ]  # fmt: skip
        done = list(_with_progress(workers.run(pieces), len(paths), piece, shown=progress))
    tables = {name: pd.concat([part[name] for part in done], ignore_index=True) for name in done[0]}
    return tables | {"reports": _with_twins(tables["reports"])}


def _with_twins(reports: pd.DataFrame) -> pd.DataFrame:
    """A warning for each report that is there already, as another kind of file or a copy."""
    same = ["agency", "year", "title"]
    told = reports[(reports["title"] != "") & reports["year"].notna()]
    first = told.groupby(same)["report"].transform("first")
    twins = first[first != told["report"]]
    said = "It has the issuing body, year and title of " + twins + "."
    warnings = reports["warnings"].copy()
    warnings[twins.index] = (warnings[twins.index] + "\n" + said).str.strip()
    return reports.assign(warnings=warnings)


class _Bar(tqdm):  # type: ignore[misc]
    monitor_interval = 0  # no thread of its own: a browser has none


def _with_progress(
    results: Iterable[Tables], total: int, piece: int, *, shown: bool
) -> Iterator[Tables]:
    failed = 0
    with _Bar(total=total, unit="report", disable=not shown) as bar:
        for tables in results:
            failed += len(tables["errors"])
            bar.set_postfix(errors=failed, refresh=False)
            bar.update(min(piece, total - bar.n))
            yield tables


def _analyze(piece: _Piece) -> Tables:
    """The tables of a piece; those that an earlier call finished are left as they are."""
    if piece.folder and store.finished(piece.folder, piece.name, piece.paths, _empty()):
        return store.read(piece.folder, piece.name, _KEPT)
    digests = store.digests(piece.paths) if piece.folder else []
    with suppress(Exception):  # comes again with each file, whose row names it
        _load(piece.tokenizer)
    limited = os.getpid() != piece.client
    results = []
    for path, label in zip(piece.paths, piece.labels, strict=True):
        with ended_after(piece.limits.seconds) if limited else nullcontext():
            results.append(_read(path, label, piece.tokenizer))
    return _merge(piece, results, digests)


def _one_by_one(piece: _Piece, pool: Pool) -> Tables:
    """The tables of a piece that ended its process: each file alone, to find the one that did.
    They are merged in another process too: the memory of this one stays flat."""
    from pebble import ProcessExpired

    digests = store.digests(piece.paths) if piece.folder else []
    calls = [(*pair, piece.tokenizer) for pair in zip(piece.paths, piece.labels, strict=True)]
    results = pool.alone(_packed, calls)
    for i, found in enumerate(results):
        if isinstance(found, Ended):
            said = f"{piece.labels[i]}: {found.value.format(piece.limits.seconds)}"
            results[i] = pickle.dumps(_failure(found.name, said))
    with suppress(ProcessExpired, MemoryError):  # ended from outside, or more than one may have
        return pool.submit(_merge_packed, piece, results, digests).result()
    return _merge_packed(piece, results, digests)


def _packed(*call: str) -> bytes:
    """The tables of a file as they go to another process: to be unpacked in none but that one."""
    return pickle.dumps(_read(*call))


def _merge_packed(piece: _Piece, results: list[bytes], digests: list[str]) -> Tables:
    return _merge(piece, list(map(pickle.loads, results)), digests)


def _read(path: str, label: str, tokenizer: str) -> Tables:
    try:
        if Path(path).is_dir():
            raise ReportError(label, *not_entered(path))
        return _tables(read_report(path), tokenizer)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # libraries in other languages raise what is no Exception
        cause = error.__cause__ if isinstance(error.__cause__, OSError) else error  # may pass
        name = type(cause).__name__
        said = storable(str(error).replace(path, label).replace(str(Path(path).parent), "."))
        if isinstance(error, MemoryError):
            said = f"{label}: {_NO_MEMORY}"
        elif not isinstance(error, ReportError):
            said = f"{label}: reading it failed: {name}: {said}; {AS_TEXT}"
        return _failure(name, said)


def _tables(report: Report, tokenizer: Any) -> Tables:
    han = count_han(report.folded)
    about = (
        report.title, report.agency, report.year, report.source, report.published,
        len(report.text), han, len(report.sections), "\n".join(report.warnings),
    )  # fmt: skip
    return {
        "outline": outline(report),
        "terms": term_frequency(report, tokenizer=tokenizer),
        "themes": theme_frequency(report),
        "outcomes": extract_outcomes(report),
        "claims": extract_claims(report),
        "content": content_items(report),
        "findings": check_report(report),
        "reports": table([about], **_REPORTS),
    }


def _failure(error: str, message: str) -> Tables:
    return {"errors": table([(error, message)], error="str", message="str")}


@cache
def _load(tokenizer: str) -> None:
    """What is loaded on first use, dictionaries above all, is no time of the first file."""
    _tables(parse_report("某局2024年度报告\n一、执法\n办理案件3件。"), tokenizer)


@cache
def _empty() -> Tables:
    """Each table without a row."""
    tables = _failure("", "") | _tables(parse_report("无"), str.split)
    return {name: tables[name].iloc[:0] for name in TABLES}


def _merge(piece: _Piece, results: list[Tables], digests: list[str]) -> Tables:
    """One set of tables, which goes to the folder where there is one."""
    merged = {}
    for name, empty in _empty().items():
        tables = [tables.get(name, empty) for tables in results]
        merged[name] = pd.concat(tables, ignore_index=True)
        labels = np.repeat(piece.labels, [len(table) for table in tables])
        merged[name].insert(0, "report", pd.Series(labels, dtype="str"))
    if not piece.folder:
        return merged
    store.write(piece.folder, piece.name, digests, merged)
    return {name: merged[name] for name in _KEPT}
