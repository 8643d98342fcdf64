"""The ledger as W3C Web Annotations, and corrected ones to score it against."""

import json
from pathlib import Path

import pytest

from lawreport_utils import (
    ReportError,
    extract_claims,
    extract_outcomes,
    parse_report,
    read_annotations,
    read_report,
    score_annotations,
    write_annotations,
)

DATA = Path(__file__).parents[1] / "data"


@pytest.fixture(scope="module")
def report():
    return read_report(DATA / "practice-report.txt")


@pytest.fixture
def lines(report, tmp_path):
    write_annotations(report, tmp_path / "a.jsonl")
    return (tmp_path / "a.jsonl").read_text("utf8").splitlines()


def rewritten(tmp_path, lines):
    path = tmp_path / "corrected.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_every_row_leads_to_its_place(report, lines):
    assert len(lines) == len(extract_outcomes(report)) + len(extract_claims(report))
    for line in lines:
        annotation = json.loads(line)
        place, quote = annotation["target"]["selector"]
        assert report.text[place["start"] : place["end"]] == quote["exact"]
        before = report.text[: place["start"]]
        assert before.endswith(quote["prefix"])
        assert report.text[place["end"] :].startswith(quote["suffix"])


def test_what_was_written_is_read_back(report, lines, tmp_path):
    table = read_annotations(report, rewritten(tmp_path, lines))
    outcomes = table[table["layer"] == "outcome"].reset_index(drop=True)
    for column in ("start", "end", "surface", "metric", "value", "unit", "direction"):
        expected = extract_outcomes(report)[column]
        assert outcomes[column].fillna("").tolist() == expected.fillna("").tolist(), column
    assert (score_annotations(report, rewritten(tmp_path, lines))["f1"] == 1).all()


def test_a_corrected_file_scores_the_ledger(report, lines, tmp_path):
    first = json.loads(lines[0])
    body = json.loads(first["body"][1]["value"])
    first["body"][1]["value"] = json.dumps(body | {"metric": "另一个指标", "value": 7})
    corrected = [json.dumps(first), *lines[2:]]  # one wrong, one false
    score = score_annotations(report, rewritten(tmp_path, corrected)).set_index("what")
    expected = len(extract_outcomes(report)) - 1
    assert score.loc["outcome", ["right", "expected", "found"]].tolist() == [
        expected, expected, expected + 1,
    ]  # fmt: skip
    assert score.loc["outcome value and unit", "right"] == expected - 1
    assert score.loc["outcome metric", "right"] == expected - 1
    assert score.loc["outcome", "recall"] == 1


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda line: "{", "line 2 is no annotation"),
        (lambda line: "[]", "line 2 is no annotation"),
        (lambda line: line.replace('"start": ', '"start": 1'), "line 2 quotes"),
    ],
)
def test_a_line_that_is_none_is_named(report, lines, tmp_path, change, problem):
    path = rewritten(tmp_path, [lines[0], change(lines[1])])
    with pytest.raises(ReportError, match=problem):
        read_annotations(report, path)


def test_no_annotations_keep_the_columns(tmp_path):
    report = parse_report("无")
    empty = read_annotations(report, rewritten(tmp_path, []))
    assert empty.empty
    assert list(empty.columns)[:4] == ["layer", "start", "end", "surface"]
    assert score_annotations(report, rewritten(tmp_path, []))["f1"].isna().all()
