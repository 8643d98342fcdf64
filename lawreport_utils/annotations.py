"""The ledger as annotations that other programs read, and corrected ones to score it against.

The form is the W3C Web Annotation Data Model (2017), one annotation a line. A position counts
Unicode code points of ``Report.text``, which is the report's text with line endings ``\\n``.
"""

import json
import os
from collections import Counter
from typing import Any

import pandas as pd

from .arguments import need_path, need_report
from .errors import ReportError
from .export import replacing
from .figures.claims import extract_claims
from .figures.outcomes import extract_outcomes
from .model import Report
from .tables import table

AnyPath = str | os.PathLike[str]
_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_AROUND = 20  # characters before and after a quotation
_LAYERS = {"outcome": extract_outcomes, "claim": extract_claims}
_IMPLIED = ("surface", "sentence", "start", "end")  # columns that the target says


def write_annotations(report: Report, path: AnyPath) -> None:
    """Write the figures and claims of a report as W3C Web Annotations, one JSON object a line.

    The target is a TextPositionSelector (code points) with a TextQuoteSelector; the first body says
    "outcome" or "claim", the second holds the columns of the row as JSON. The file is UTF-8.

    >>> from lawreport_utils import parse_report
    >>> path = getfixture("tmp_path") / "report.jsonl"
    >>> write_annotations(parse_report("一、执法\\n办理案件3件。"), path)
    >>> annotation = json.loads(path.read_text(encoding="utf-8-sig"))
    >>> annotation["target"]["selector"][0]
    {'type': 'TextPositionSelector', 'start': 9, 'end': 11}
    """
    annotations = (
        _annotation(report, layer, row)
        for layer, extract in _LAYERS.items()
        for row in extract(report).astype(object).to_dict("records")
    )
    lines = (json.dumps(annotation, ensure_ascii=False) + "\n" for annotation in annotations)
    with replacing(path) as file:
        file.write("".join(lines).encode("utf-8", "backslashreplace"))


def _annotation(report: Report, layer: str, row: dict[Any, Any]) -> dict[str, Any]:
    start, end = int(row["start"]), int(row["end"])
    known = {name: cell for name, cell in row.items() if name not in _IMPLIED and not pd.isna(cell)}
    place = {"type": "TextPositionSelector", "start": start, "end": end}
    quote = {
        "type": "TextQuoteSelector",
        "exact": report.text[start:end],
        "prefix": report.text[max(start - _AROUND, 0) : start],
        "suffix": report.text[end : end + _AROUND],
    }
    return {
        "@context": _CONTEXT,
        "type": "Annotation",
        "body": [
            {"type": "TextualBody", "purpose": "classifying", "value": layer},
            {
                "type": "TextualBody",
                "purpose": "describing",
                "format": "application/json",
                "value": json.dumps(known, ensure_ascii=False),
            },
        ],
        "target": {"source": report.title, "selector": [place, quote]},
    }


def read_annotations(report: Report, path: AnyPath) -> pd.DataFrame:
    """The annotations of a file, as written here or corrected by hand in the same form.

    Columns: ``layer`` ("outcome" or "claim"), ``start``, ``end``, ``surface`` (the quotation), and
    ``action metric value unit direction`` where an annotation has them, else missing.

    Raises ReportError, naming the file and the line, if a line is no such annotation or its
    quotation doesn't stand at its position.
    """
    need_report(report)
    try:
        lines = need_path(path).read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ReportError(
            path, f"it can't be read ({error})", "give a file of JSON lines"
        ) from None
    rows = [_row(report, path, n, line) for n, line in enumerate(lines, 1) if line.strip()]
    return table(rows, layer="str", start="int64", end="int64", surface="str", action="str",
                 metric="str", value="float64", unit="str", direction="str")  # fmt: skip


def _row(report: Report, path: AnyPath, number: int, line: str) -> tuple[Any, ...]:
    try:
        annotation = json.loads(line)
        bodies = {body["purpose"]: body["value"] for body in annotation["body"]}
        selectors = {each["type"]: each for each in annotation["target"]["selector"]}
        place, quote = selectors["TextPositionSelector"], selectors["TextQuoteSelector"]["exact"]
        start, end = int(place["start"]), int(place["end"])
        known = json.loads(bodies.get("describing", "{}"))
        cells = [known.get(name) for name in ("action", "metric", "value", "unit", "direction")]
        cells[2] = float("nan") if cells[2] is None else float(cells[2])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        problem = f"line {number} is no annotation of a figure or claim ({error!r})"
        raise ReportError(path, problem, "compare it with a line of write_annotations") from None
    if report.text[start:end] != quote:
        problem = f"line {number} quotes {quote!r}, but {report.text[start:end]!r} stands there"
        raise ReportError(path, problem, "correct the position; it counts code points")
    return (bodies["classifying"], start, end, quote, *cells)


def score_annotations(report: Report, path: AnyPath) -> pd.DataFrame:
    """How well the ledger agrees with corrected annotations.

    A row each for what is compared: "outcome" and "claim" by place; "outcome value and unit";
    "outcome metric" (with its verb, to the letter). Columns: ``what``, ``right``, ``expected``,
    ``found`` (numbers of rows), ``precision``, ``recall``, ``f1`` (missing where there are none).
    Raises ReportError as ``read_annotations`` does.

    >>> from lawreport_utils import parse_report
    >>> report, path = parse_report("一、执法\\n办理案件3件。"), getfixture("tmp_path") / "a.jsonl"
    >>> write_annotations(report, path)
    >>> score_annotations(report, path).loc[:1, ["what", "right", "expected", "f1"]]
                         what  right  expected   f1
    0                 outcome      1         1  1.0
    1  outcome value and unit      1         1  1.0
    """
    wanted = read_annotations(report, path)
    rows = []
    for what, layer, columns in (
        ("outcome", "outcome", ["start", "end"]),
        ("outcome value and unit", "outcome", ["start", "end", "value", "unit"]),
        ("outcome metric", "outcome", ["start", "end", "action", "metric"]),
        ("claim", "claim", ["start", "end"]),
    ):
        expected = _keys(wanted[wanted["layer"] == layer], columns)
        found = _keys(_LAYERS[layer](report), columns)
        counts = (expected & found).total(), expected.total(), found.total()
        rows.append((what, *counts, *_rates(*counts)))
    return table(rows, what="str", right="int64", expected="int64", found="int64",
                 precision="float64", recall="float64", f1="float64")  # fmt: skip


def _keys(frame: pd.DataFrame, columns: list[str]) -> Counter[tuple[Any, ...]]:
    cells = frame[columns].astype(object).where(frame[columns].notna(), None)
    return Counter(cells.itertuples(index=False, name=None))


def _rates(right: int, expected: int, found: int) -> tuple[float, float, float]:
    """Precision, recall and their harmonic mean."""
    return _share(right, found), _share(right, expected), _share(2 * right, expected + found)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else float("nan")
