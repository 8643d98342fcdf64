"""Cost of counting words and themes, as ratios to raw segmentation by the same engine.

Run as ``python benchmarks/bench_terms.py``. Every figure is the best of several runs, so that other
work on the machine counts least.
"""

from pathlib import Path

from timing import best

from lawreport_utils import parse_report, term_frequency, theme_frequency
from lawreport_utils.lexicon import load
from lawreport_utils.segment import _rjieba, dictionary

REPORT = Path(__file__).parents[1] / "data/szga-2024.txt"
LONG = 10_000_000  # bytes of UTF-8


def measure() -> dict[str, float]:
    """Name -> figure; times in milliseconds, speeds in MB/s, ratios without a unit."""
    text = REPORT.read_text(encoding="utf-8")
    long_text = text * (LONG // len(text.encode()) + 1)
    report, long_report = parse_report(text), parse_report(long_text)
    rjieba = _rjieba(load.words("terms")).cut
    megabytes = len(long_text.encode()) / 1e6
    figures = {
        "theme_frequency, one report, ms": 1e3 * best(lambda: theme_frequency(report), 50),
        "theme_frequency, 10 MB, MB/s": megabytes / best(lambda: theme_frequency(long_report), 3),
    }
    for engine, runs in (("jieba", 15), ("rjieba", 50)):
        cut = dictionary().lcut if engine == "jieba" else rjieba
        count = term_frequency(report, tokenizer=engine)  # warm
        assert len(count)
        raw = best(lambda: cut(text), runs)  # noqa: B023 - called at once
        whole = best(lambda: term_frequency(report, tokenizer=engine), runs)  # noqa: B023
        figures[f"{engine} alone, one report, ms"] = 1e3 * raw
        figures[f"term_frequency by {engine}, one report, ms"] = 1e3 * whole
        figures[f"term_frequency / {engine} alone, one report"] = whole / raw
    raw = best(lambda: rjieba(long_text), 3)
    whole = best(lambda: term_frequency(long_report, tokenizer="rjieba"), 3)
    figures["term_frequency / rjieba alone, 10 MB"] = whole / raw
    return figures


if __name__ == "__main__":
    for name, value in measure().items():
        print(f"{value:10.2f}  {name}")
