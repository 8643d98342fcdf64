"""The whole analysis: against raw segmentation, from ten reports to ten thousand, on two processes.

``python benchmarks/bench_corpus.py 300`` measures with at most 300 reports instead of 10,000.

The full analysis is parse_report, outline, term_frequency, theme_frequency, extract_outcomes and
extract_claims, each time from the text, with nothing remembered but words. With rjieba,
segmentation is the least part of it; the rest is spent on Python's regular expressions, in claims
and outcomes first of all, and on making five pandas tables, which cost the same whichever engine
segments. Claims, timed alone, read the figures as well. Ratios are of processor time.

The cost of a report among many is the processor time of all processes, with reading, the content
items, the questions and writing the tables; it depends less than the time on the clock on what else
the machine does. The gain of a second process is measured by the clock, so it does depend on that.
What grows with the number of reports doesn't depend on their length, so these have a quarter of
their paragraphs, some 700 characters. What a report costs, and the gain, are of whole ones.
"""

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path

from reports import ROOT, make_reports
from timing import alternating

from lawreport_utils import (
    analyze_corpus,
    extract_claims,
    extract_outcomes,
    outline,
    parse_report,
    segment,
    term_frequency,
    theme_frequency,
)

MOST = 10_000
PIECE = 10  # the same for ten reports and for ten thousand
SHARE = 0.25  # of the paragraphs of a report
WHOLE = 300  # reports with all of them


def analyze(text: str, tokenizer: str) -> None:
    """The full analysis of one report, from its text."""
    report = parse_report(text)
    outline(report)
    term_frequency(report, tokenizer=tokenizer)
    theme_frequency(report)
    extract_outcomes(report)
    extract_claims(report)


def against_segmentation() -> dict[str, float]:
    """Ratios to jieba alone, warm, with its own dictionary; the engines by turns."""
    text = (ROOT / "data/szga-2024.txt").read_text(encoding="utf-8")
    functions = {
        "jieba alone": lambda: segment.dictionary().lcut(text),
        "full analysis with jieba": lambda: analyze(text, "jieba"),
        "full analysis with rjieba": lambda: analyze(text, "rjieba"),
        "full analysis where rjieba isn't installed": lambda: without_rjieba(text),
        "parse_report": lambda: parse_report(text),
    }
    report = parse_report(text)
    for function in (outline, theme_frequency, extract_outcomes, extract_claims):
        functions[function.__name__] = lambda function=function: function(report)
    functions["term_frequency with rjieba"] = lambda: term_frequency(report, tokenizer="rjieba")
    seconds = alternating(functions, 15)
    raw = seconds["jieba alone"]
    figures = {f"{name}, ms": 1e3 * value for name, value in seconds.items()}
    for name in list(functions)[1:4]:
        figures[f"{name} / jieba alone"] = seconds[name] / raw
    return figures


def without_rjieba(text: str) -> None:
    """The full analysis as it is where only jieba is installed."""
    installed = segment._plain_cutter
    segment._plain_cutter = _jieba_alone
    try:
        analyze(text, "jieba")
    finally:
        segment._plain_cutter = installed


@cache
def _jieba_alone(terms: tuple[str, ...]) -> Callable[[str], list[str]]:
    return partial(segment._jieba(terms).lcut, HMM=False)


def importing() -> dict[str, float]:
    """Milliseconds of processor time in a new process."""
    figures = {}
    for module in ("lawreport_utils", "pandas"):
        code = (
            f"import time; t = time.process_time(); import {module}; print(time.process_time() - t)"
        )
        runs = [
            float(
                subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout
            )
            for _ in range(5)
        ]
        figures[f"import {module}, ms"] = 1e3 * min(runs)
    return figures


def notebooks() -> dict[str, float]:
    """Seconds to run all notebooks, each in a new kernel."""
    paths = sorted((ROOT / "notebooks").glob("*/*.ipynb"))
    with tempfile.TemporaryDirectory() as folder:
        options = [
            "--config=nbconvert/execute.py",
            "--to=notebook",
            "--execute",
            "--log-level=ERROR",
        ]
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "nbconvert", *options, f"--output-dir={folder}", *paths],
            cwd=ROOT,
            check=True,
        )
    return {f"{len(paths)} notebooks, s": time.perf_counter() - start}


def peak() -> float:
    """The most memory that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def workers(number: int) -> ProcessPoolExecutor:
    """Processes that have loaded what they need."""
    pool = ProcessPoolExecutor(number, get_context("spawn"))
    text = (ROOT / "data/szga-2024.txt").read_text(encoding="utf-8")
    for warmed in [pool.submit(analyze, text, "rjieba") for _ in range(8 * number)]:
        warmed.result()
    return pool


def cost(paths: list[Path], pool: ProcessPoolExecutor, folder: Path) -> tuple[float, float]:
    """Seconds of processor time (of one worker), and by the clock, for reports and their tables."""
    before, start = used(pool), time.perf_counter()
    options = {"executor": pool, "tokenizer": "rjieba", "piece": PIECE, "progress": False}
    summary = analyze_corpus(paths, output=folder, **options)
    assert len(summary["reports"]) == len(paths)
    return used(pool) - before, time.perf_counter() - start


def used(pool: ProcessPoolExecutor) -> float:
    return time.process_time() + pool.submit(time.process_time).result()


def growth(most: int) -> dict[str, float]:
    """Cost per report and memory on one process, from ten reports on; the gain of a second."""
    figures, each, memory = {}, list[float](), list[float]()
    sizes = [size for size in (10, 100, 1000, 10_000) if size <= most]
    with tempfile.TemporaryDirectory() as name, workers(1) as one, workers(2) as two:
        folder = Path(name)
        whole = make_reports(folder / "whole", min(WHOLE, most))
        processor, _ = cost(whole, one, folder / "whole-out")
        figures["whole reports, ms of processor time each"] = 1e3 * processor / len(whole)
        paths = make_reports(folder / "reports", most, SHARE)
        for size in sizes:  # five hundred, ten and a hundred at a time; a thousand; all
            starts = range(0, max(size, min(500, most)), size)
            costs = [cost(paths[i : i + size], one, folder / f"{size}-{i}") for i in starts]
            processor, clock = (
                1e3 * sum(parts) / size / len(starts) for parts in zip(*costs, strict=True)
            )
            figures[f"{size} reports, ms of processor time each"] = processor
            figures[f"{size} reports, ms each by the clock"] = clock
            each.append(processor)
            memory.append(peak() + one.submit(peak).result())
        figures["most / least processor time of these"] = max(each) / min(each)
        added = f"memory added from {sizes[-2]} to {sizes[-1]} reports, MB"
        figures[added] = memory[-1] - memory[-2]
        alone, together = (
            min(cost(whole, pool, folder / f"{number}-{run}")[1] for run in range(2))
            for number, pool in ((1, one), (2, two))
        )
        figures["two processes / one, speed"] = alone / together
    return figures


def measure(most: int | None = None) -> dict[str, float]:
    """Name -> figure."""
    return against_segmentation() | importing() | growth(most or MOST) | notebooks()


if __name__ == "__main__":
    for name, value in measure(*map(int, sys.argv[1:])).items():
        print(f"{value:10.2f}  {name}")
