"""Cost of parsing a report, as a ratio to segmenting the same text with jieba in the same run.

Run as ``python benchmarks/bench_parse.py``. Every figure is the best of several runs, so that other
work on the machine counts least.
"""

from pathlib import Path

from timing import best

from lawreport_utils import check_numbering, content_items, outline, parse_report, sentences
from lawreport_utils.segment import dictionary

REPORT = Path(__file__).parents[1] / "data/szga-2024.txt"
LONG = 1_000_000  # bytes of UTF-8: 90 reports in one


def measure() -> dict[str, float]:
    """Name -> figure; times in milliseconds, speeds in MB/s, ratios without a unit."""
    text = REPORT.read_text(encoding="utf-8")
    long_text = text * (LONG // len(text.encode()) + 1)
    report, cut = parse_report(text), dictionary().lcut
    cut(text)  # loads the dictionary
    raw, parse = best(lambda: cut(text), 15), best(lambda: parse_report(text), 50)
    raw_long, parse_long = best(lambda: cut(long_text), 2), best(lambda: parse_report(long_text), 5)
    figures = {
        "jieba alone, one report, ms": 1e3 * raw,
        "parse_report, one report, ms": 1e3 * parse,
        "parse_report / jieba alone, one report": parse / raw,
        "parse_report / jieba alone, 1 MB": parse_long / raw_long,
        "parse_report, 1 MB, MB/s": len(long_text.encode()) / 1e6 / parse_long,
    }
    for table in (outline, sentences, check_numbering, content_items):
        seconds = best(lambda: table(report), 20)  # noqa: B023 - called at once
        figures[f"{table.__name__}, one report, ms"] = 1e3 * seconds
    return figures


def main() -> None:
    for name, value in measure().items():
        print(f"{value:10.3f}  {name}")


if __name__ == "__main__":
    main()
