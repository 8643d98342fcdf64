"""How fast figures and claims are read, and how the time grows with the length of a text."""

from reports import ROOT
from timing import best

from lawreport_utils import extract_claims, extract_outcomes, parse_report

LONG = 1_000_000  # characters


def measure() -> dict[str, float]:
    """Name -> figure; speeds in megabytes of UTF-8 per second. Claims read the figures as well."""
    text = (ROOT / "data/szga-2024.txt").read_text(encoding="utf-8")
    long_text = (text + "\n") * (LONG // len(text))
    figures = {}
    for function in (extract_outcomes, extract_claims):
        speeds = []
        for given, runs in ((text, 50), (long_text, 2)):
            report = parse_report(given)
            taken = best(lambda: function(report), runs)  # noqa: B023
            speeds.append(len(given.encode()) / 1e6 / taken)
        figures[f"{function.__name__}, one report, MB/s"] = speeds[0]
        figures[f"{function.__name__}, a text of a million characters, MB/s"] = speeds[1]
    return figures


if __name__ == "__main__":
    for name, value in measure().items():
        print(f"{value:10.2f}  {name}")
