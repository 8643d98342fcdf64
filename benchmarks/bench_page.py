"""What is built on the tables of one report: the marked report, its questions, two years compared.

Ratios are to jieba alone on the same text, in the same minutes; keyness is against general Chinese.
"""

from collections.abc import Callable

from reports import ROOT
from timing import alternating

from lawreport_utils import (
    Report,
    check_report,
    compare_reports,
    keyness,
    marked_text,
    parse_report,
    repeated_phrases,
)
from lawreport_utils.segment import dictionary

TURNS = 5


def measure() -> dict[str, float]:
    """Name -> figure; times in milliseconds, ratios without a unit."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("data/*.txt"))]
    text = (ROOT / "data/szga-2024.txt").read_text(encoding="utf-8")
    other = parse_report(next(each for each in texts if each != text))

    def new() -> Report:
        """The report without anything that was worked out for it before."""
        return parse_report(text)

    functions: dict[str, Callable[[], object]] = {
        "jieba": lambda: dictionary().lcut(text),
        "keyness": lambda: keyness(new(), "general"),
        "repeated_phrases": lambda: repeated_phrases(new()),
        "check_report": lambda: check_report(new()),
        "compare_reports": lambda: compare_reports(other, new()),
        "marked_text": lambda: marked_text(new())._repr_html_(),
        "marked_text with the year before": lambda: marked_text(new(), earlier=other)._repr_html_(),
    }
    seconds = alternating(functions, TURNS)
    raw = seconds.pop("jieba")
    figures = {f"{name}, one report, ms": 1e3 * value for name, value in seconds.items()}
    return figures | {f"{name} / jieba alone": value / raw for name, value in seconds.items()}


if __name__ == "__main__":
    for name, value in measure().items():
        print(f"{value:10.2f}  {name}")
