"""The figures of the annotated reports as found by this package and by others.

The others find numbers of any kind, dates and headings among them, where this package finds what a
report states with them; so their precision says how much would be left to sort out, not how well
they do what they are made for.
"""

import json
import subprocess
import sys
import venv
from math import isclose
from pathlib import Path
from typing import Any

from timing import best

from lawreport_utils import extract_outcomes, parse_report, term_frequency
from lawreport_utils.segment import dictionary

ROOT = Path(__file__).parents[1]
REPORTS = {"szga-2024": "gold", "practice-report": "practice"}
PEERS = ROOT / "build/peers"
PACKAGES = [
    "recognizers-text-suite==1.0.2a2",
    "emoji<2",  # for recognizers-text
    "chinese2digits==6.0.2",
    "jionlp==1.5.31",
    "cntext==2.2.1",
    "ipython",  # for cntext
    "setuptools<81",  # for jieba
]
DIRECTIONS = {"none": None, "下降": "decrease", "增长": "increase", "上升": "increase"}
TASKS = {
    "chinese2digits": "numbers",
    "recognizers-text-suite": "numbers",
    "jionlp": "sums of money",
    "cntext": "words",
}
Found = list[tuple[int, int, float]]  # start, end, value
FIELDS = ("value", "unit", "bound", "direction", "metric")


def gold(name: str) -> list[dict[str, Any]]:
    """The annotated figures of a report, one a place (figures with two names count once)."""
    lines = (ROOT / "data" / name / "outcomes.jsonl").read_text(encoding="utf-8").splitlines()
    return list({row["offset"]: row for row in map(json.loads, lines)}.values())


def ours(text: str) -> list[dict[str, Any]]:
    table = extract_outcomes(parse_report(text))
    return table.astype(object).where(table.notna(), None).to_dict("records")


def counts(annotated: list[dict[str, Any]], found: Found) -> tuple[int, int]:
    """How many annotated numbers are found, with their value; how many places were found at all."""
    right = sum(
        any(
            start < row["end"] and end > row["offset"] and same(value, row)
            for start, end, value in found
        )
        for row in annotated
    )
    places = {(start, end) for start, end, _ in found}
    return right, sum(
        not any(a != b and b[0] <= a[0] < a[1] <= b[1] for b in places) for a in places
    )


def same(value: float, row: dict[str, Any]) -> bool:
    """15.6% may be given as 15.6 or as 0.156."""
    return isclose(value, row["value"]) or (
        row["unit"] == "%" and isclose(100 * value, row["value"])
    )


def fields(text: str, annotated: list[dict[str, Any]]) -> dict[str, int]:
    """How many annotated figures have each field right."""
    rows = ours(text)
    right = dict.fromkeys((*FIELDS, "all five"), 0)
    for row in annotated:
        metrics = {row["metric"], row["metric"].partition("(")[0], row["metric_surface"]}
        wanted = row | {"direction": DIRECTIONS[row["direction"]]}
        best_of = set[str]()
        for other in rows:
            if other["start"] < row["end"] and other["end"] > row["offset"]:
                same = {field for field in FIELDS[:-1] if other[field] == wanted[field]}
                same |= {"metric"} if other["metric"] in metrics else set()
                best_of = max(best_of, same, key=len)
        for field in best_of:
            right[field] += 1
        right["all five"] += len(best_of) == len(FIELDS)
    return right


def peers(*paths: Path) -> dict[str, Any]:
    """What the others find, from a venv that is made when first needed; {} without a network."""
    python = PEERS / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    if not (PEERS / "ready").exists():
        venv.create(PEERS, with_pip=True, clear=True)
        pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PACKAGES]
        if subprocess.run(pip, check=False, stderr=subprocess.DEVNULL).returncode:
            return {}
        (PEERS / "ready").touch()
    command = [python, Path(__file__).with_name("peers.py"), *paths]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def measure() -> str:
    """Two tables in Markdown."""
    paths = [ROOT / "data" / f"{name}.txt" for name in REPORTS]
    texts = [path.read_text(encoding="utf-8") for path in paths]
    annotated = [gold(name) for name in REPORTS.values()]
    raw = best(lambda: dictionary().lcut(texts[0]), 20)

    def row(name: str, task: str, seconds: float, found: list[Found]) -> str:
        cells = [name, task]
        for rows, places in zip(annotated, found, strict=True):
            right, all_places = counts(rows, places)
            cells += [f"{right}/{len(rows)}", f"{right}/{all_places}"] if places else ["–", "–"]
        return f"| {' | '.join(cells)} | {seconds / raw:.2f} |"

    report = parse_report(texts[0])

    found = [[(r["start"], r["end"], r["value"]) for r in ours(text)] for text in texts]
    lines = [
        "| package | finds | "
        + " | ".join(f"{name}: recall | precision" for name in REPORTS)
        + " | time / jieba alone |",
        "|---|---|" + "---:|---:|" * len(REPORTS) + "---:|",
        row("lawreport_utils", "stated figures", best(lambda: extract_outcomes(report), 20), found),
        row("lawreport_utils", "words", best(lambda: term_frequency(report), 20), [[], []]),
    ]
    others = peers(*paths)
    for name, result in others.items():
        label, task = f"{name} {result.get('version', '')}", TASKS[name]
        if "error" in result:
            lines.append(f"| {label} | can't be imported: {result['error']} |")
            continue
        found = [report["found"] for report in result["reports"]]
        lines.append(row(label, task, result["reports"][0]["seconds"], found))
    if not others:
        lines.append("| others | not measured: they couldn't be installed |")
    right = [fields(text, rows) for text, rows in zip(texts, annotated, strict=True)]
    lines += ["", f"| our figures with the right … | {' | '.join(REPORTS)} |"]
    lines.append("|---|" + "---:|" * len(REPORTS))
    for field in right[0]:
        cells = (f"{n[field]}/{len(rows)}" for n, rows in zip(right, annotated, strict=True))
        lines.append(f"| {field} | {' | '.join(cells)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(measure())
