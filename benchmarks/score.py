"""What the labelled sentences of tests/cases give: figures found, and with their names; claims."""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from labelled import (
    FOLDER,
    TOGETHER,
    Case,
    Score,
    compare_claims,
    compare_figures,
    read_cases,
    score,
)

from lawreport_utils import extract_claims, parse_report

COLUMNS = {
    "figures": "F1 of value and unit; with a name at most 12 characters too long; with the name\n"
    "as labelled; with the action as labelled too",
    "claims": "precision and recall; of those found, metric, direction and form right",
}


def main() -> None:
    """For figures and for claims what the columns are, a row a file, and a row for all."""
    for kind, columns in COLUMNS.items():
        print(f"{kind}: {columns}")
        files = {path.stem: read_cases(path.stem) for path in sorted(FOLDER.glob(f"{kind}*.txt"))}
        files["all"] = [case for cases in files.values() for case in cases]
        for name, cases in files.items():
            scores, values = MEASURES[kind](cases)
            counts = f"{scores.cases:>6} cases{scores.marks:>6} marks"
            print(f"{name:<18}{counts}" + "".join(f"{value:>7.3f}" for value in values))
        if kind == "claims":
            print(_annotated())
        print()


def _annotated() -> str:
    """The changes annotated in the report that are no plans, and how many claims end with them."""
    text = (FOLDER.parents[1] / "data/szga-2024.txt").read_text(encoding="utf-8")
    lines = (FOLDER.parents[1] / "data/gold/qualitative.jsonl").read_text(encoding="utf-8")
    rows = [row for row in map(json.loads, lines.splitlines()) if row["kind"] == "change"]
    changes, plans = ({row["end"] for row in rows if row["plan"] is plan} for plan in (False, True))
    found = set(extract_claims(parse_report(text))["end"])
    return (
        f"the report        {len(found & changes)} of {len(changes)} annotated changes found, "
        f"{len(found - changes - plans)} claims that aren't annotated"
    )


def _figures(cases: list[Case]) -> tuple[Score, list[float]]:
    scores = score([compare_figures(case) for case in cases])
    return scores, [scores.f1(fields) for fields in TOGETHER]


def _claims(cases: list[Case]) -> tuple[Score, list[float]]:
    scores = score([compare_claims(case) for case in cases])
    shares = [scores.share(field) for field in ("metric", "direction", "form")]
    return scores, [scores.precision, scores.recall, *shares]


MEASURES = {"figures": _figures, "claims": _claims}

if __name__ == "__main__":
    main()
