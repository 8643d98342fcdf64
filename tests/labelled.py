"""The labelled sentences of ``tests/cases/*.txt``: read them, compare what is found, score it.

CONTRIBUTING.md, "Label a sentence", explains the format.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from lawreport_utils import Report, extract_claims, extract_outcomes, parse_report
from lawreport_utils.characters import fold

FOLDER = Path(__file__).parent / "cases"
PLAN = "一、下一步工作安排\n"
LONGER = 12  # characters by which a name may be longer than the words that it must hold
CHOICES = {
    "bound": ("exact", "at_least", "at_most", "about"),
    "direction": ("increase", "decrease", "improve", "stable", "none"),
    "kind": ("change", "level", "count", "target"),
    "form": ("result", "aim"),
}
FIELD = {choice: field for field, choices in CHOICES.items() for choice in choices}

_CASE = re.compile(
    r"(?:\[(?P<plan>plan)\] |\[(?P<result>result)\] |\[xfail: (?P<xfail>[^]]+)\] )*(?P<marked>.+)"
)
_MARK = re.compile(r"\{(?P<optional>\??)(?P<what>[^{}]+?): (?P<names>[^{}]+)\}")
_WHAT = re.compile(
    r"(?P<surface>.+?)(?: = (?P<value>[\d.]+) ?(?P<unit>[^;]*))?(?:; (?P<words>.+))?"
)
_FIGURE = re.compile(r"(?P<number>[\d,]+(?:\.\d+)?)(?P<scale>[万亿]?)(?P<unit>\D*)")
_SCALE = {"": 1, "万": 10_000, "亿": 100_000_000}
TOGETHER = ("value+unit", "value+unit+name", "value+unit+metric", "value+unit+action+metric")
_QUOTED = re.compile("“([^“”]*)”")


@dataclass(frozen=True)
class Mark:
    """A figure or claim marked in a sentence; ``right`` lists the values that are right."""

    surface: str
    start: int
    names: tuple[tuple[str | None, str], ...]  # action (None: there is none) and metric
    right: dict[str, tuple[Any, ...]]
    optional: bool  # neither found nor missed counts
    part_of: str | None = None  # the total, as printed

    @property
    def end(self) -> int:
        return self.start + len(self.surface)


@dataclass(frozen=True)
class Case:
    """A sentence with its marks; ``place`` is the file and line it stands in."""

    place: str
    text: str
    marks: tuple[Mark, ...]
    plan: bool
    xfail: str | None
    only: str | None = None  # the form that is labelled, where aims aren't

    @cached_property
    def report(self) -> Report:
        return parse_report(self.head + self.text)

    @property
    def head(self) -> str:
        return PLAN if self.plan else ""


def read_cases(name: str) -> list[Case]:
    """The cases of ``tests/cases/NAME.txt``."""
    lines = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [
        read_case(line, f"{name}:{number}")
        for number, line in enumerate(lines, 1)
        if line and not line.startswith("#")
    ]


def read_case(line: str, place: str = "") -> Case:
    """A line with its marks taken out of the text.

    >>> case = read_case("受理案件{1.2万件; increase 同比: 受理 | 案件 / - | 收案}。")
    >>> case.text, case.marks[0].start, case.marks[0].names
    ('受理案件1.2万件。', 4, (('受理', '案件'), (None, '收案')))
    >>> case.marks[0].right["value"], case.marks[0].right["kind"]
    ((12000.0,), ('change',))
    """
    whole = _CASE.fullmatch(line)
    if not whole:
        raise ValueError(f"{place}: no sentence: {line}")
    text, marks, read = "", list[Mark](), 0
    marked = whole["marked"].replace("\\n", "\n")
    for match in _MARK.finditer(marked):
        text, read = text + marked[read : match.start()], match.end()
        surface, found = _read_mark(match, len(text), plan=bool(whole["plan"]))
        text, marks = text + surface, marks + found
    text += marked[read:]
    if "{" in text or "}" in text:
        raise ValueError(f"{place}: a mark is {{surface: name}}, none within another: {line}")
    plan, xfail, only = bool(whole["plan"]), whole["xfail"], whole["result"]
    return Case(place, text, tuple(marks), plan, xfail, only)


def _read_mark(match: re.Match[str], start: int, *, plan: bool) -> tuple[str, list[Mark]]:
    """The surface of a mark, and a label for each of the names that + joins."""
    what = _WHAT.fullmatch(match["what"])
    assert what
    words = (what["words"] or "").split()
    part_of = next((word[3:] for word in words if word.startswith("of:")), None)
    right = dict(_field(word.split("/")) for word in words if not word.startswith("of:"))
    right["value"], right["unit"] = _value(what["surface"], what["value"], what["unit"])
    right.setdefault("bound", ("exact",))
    right.setdefault("direction", (None,))
    right.setdefault("basis", (None,))
    right.setdefault("form", ("result",))
    right.setdefault("kind", (_kind(right, plan=plan),))
    optional = bool(match["optional"])
    return what["surface"], [
        Mark(what["surface"], start, _names(names), right, optional, part_of)
        for names in match["names"].split(" + ")
    ]


def _field(choices: list[str]) -> tuple[str, tuple[Any, ...]]:
    """The field that a word speaks of: one of CHOICES, else what a change is measured against."""
    known = {FIELD[choice] for choice in choices if choice != "none" and choice in FIELD}
    field = known.pop() if known else "basis"
    return field, tuple(None if choice == "none" else choice for choice in choices)


def _value(surface: str, value: str | None, unit: str | None) -> tuple[tuple[Any], tuple[Any]]:
    """As written, else as a plain figure says: 1,234件, 1.2万件, 98%. A claim has none."""
    if value is not None:
        return (float(value),), (unit or None,)
    plain = _FIGURE.fullmatch(fold(surface))
    if not plain:
        return (None,), (None,)
    number = round(float(plain["number"].replace(",", "")) * _SCALE[plain["scale"]], 6)
    return (number,), (plain["unit"].strip() or None,)


def _kind(right: dict[str, tuple[Any, ...]], *, plan: bool) -> str:
    if plan:
        return "target"
    if right["direction"][0]:
        return "change"
    return "level" if right["unit"][0] in ("%", None) else "count"


def _names(names: str) -> tuple[tuple[str | None, str], ...]:
    """Pairs of action and metric; a name without an action of its own has the one before it."""
    pairs, action = list[tuple[str | None, str]](), None
    for name in names.split(" / "):
        given, bar, metric = name.partition(" | ")
        action = action if not bar else None if given == "-" else given
        pairs.append((action, metric if bar else given))
    return tuple(pairs)


def plain(name: str | None) -> str:
    """A name for comparison: half-width, without the quotation marks around a part of it."""
    return _QUOTED.sub(r"\1", fold(name or ""))


def rows_of(case: Case, extract: Callable[[Report], pd.DataFrame]) -> list[dict[str, Any]]:
    """What is found in a case, positions counted from the start of its own text."""
    table = extract(case.report)
    columns = [[None if pd.isna(cell) else cell for cell in table[name].tolist()] for name in table]
    rows = [dict(zip(table, cells, strict=True)) for cells in zip(*columns, strict=True)]
    for row in rows:
        row["start"] -= len(case.head)
        row["end"] -= len(case.head)
        assert case.text[row["start"] : row["end"]] == row["surface"]
    return rows


def right_fields(row: dict[str, Any], mark: Mark) -> set[str]:
    """The fields of a row that agree with a mark.

    ``name`` is more tolerant than ``metric``: words that the mark names, or those and at most
    twelve characters more.
    """
    right = {field for field, values in mark.right.items() if field in row and row[field] in values}
    action, metric = plain(row.get("action")), plain(row["metric"])
    pairs = [(plain(a), plain(m)) for a, m in mark.names]
    if metric in [m for _, m in pairs]:
        right.add("metric")
    if (action, metric) in pairs:
        right.add("action")
    names = [name for a, m in pairs for name in (a + m, m)]
    if any(name in action + metric and len(metric) <= len(name) + LONGER for name in names):
        right.add("name")
    return right


@dataclass
class Comparison:
    """Per mark of a case that isn't optional the fields that are right, None where it is missed."""

    case: Case
    marks: list[tuple[Mark, set[str] | None]]
    extra: list[dict[str, Any]]


def compare_figures(case: Case) -> Comparison:
    """Figures stand where they are marked to start."""
    return _compare(case, extract_outcomes, lambda row, mark: row["start"] == mark.start)


def compare_claims(case: Case) -> Comparison:
    """A claim is found where one ends at the same place: a label may start at the verb that leads
    to it (有力推动了…), and how far the subject reaches is judged by the metric."""
    return _compare(case, extract_claims, lambda row, mark: row["end"] == mark.end)


def _compare(
    case: Case,
    extract: Callable[[Report], pd.DataFrame],
    same: Callable[[dict[str, Any], Mark], bool],
) -> Comparison:
    rows = [row for row in rows_of(case, extract) if case.only in (None, row.get("form"))]
    compared = list[tuple[Mark, set[str] | None]]()
    for mark in case.marks:
        there = [row for row in rows if same(row, mark)]
        best = max(there, key=lambda row: len(right_fields(row, mark)), default=None)
        if best is not None:
            rows.remove(best)
        if not mark.optional:
            compared.append((mark, None if best is None else right_fields(best, mark)))
    return Comparison(case, compared, rows)


@dataclass
class Score:
    """Marks, those found, rows found in all, and per field the marks for which it is right."""

    cases: int
    marks: int
    found: int
    rows: int
    right: Counter[str]

    @property
    def precision(self) -> float:
        return self.found / self.rows if self.rows else 1.0

    @property
    def recall(self) -> float:
        return self.found / self.marks if self.marks else 1.0

    def share(self, field: str) -> float:
        """Of the marks found, those whose field is right."""
        return self.right[field] / self.found if self.found else 1.0

    def f1(self, fields: str) -> float:
        """F1 of the figures whose fields, joined by +, are all right."""
        return 2 * self.right[fields] / (self.rows + self.marks) if self.marks else 1.0


def score(comparisons: list[Comparison]) -> Score:
    results = [result for comparison in comparisons for _, result in comparison.marks]
    right = Counter(field for result in results for field in _combined(result or set()))
    found = sum(result is not None for result in results)
    rows = found + sum(len(comparison.extra) for comparison in comparisons)
    return Score(len(comparisons), len(results), found, rows, right)


def _combined(result: set[str]) -> Iterator[str]:
    yield from result
    yield from (fields for fields in TOGETHER if set(fields.split("+")) <= result)
