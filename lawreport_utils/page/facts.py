"""A report with its tables, and the places that the page leads to."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import pandas as pd

from ..characters import count_han, fold
from ..model import Report, Section
from ..structure import sentence_spans
from .tables import Tables, report_tables, theme_hits

LAYERS = ("figure", "claim", "aim", "plan", "shortcoming", "check", "theme")


class Entry(NamedTuple):
    """A place of a layer, and the rows that state something of it."""

    layer: str
    key: str  # of the place; its row in the ledger is r-key
    start: int
    end: int
    number: str  # of its division
    rows: tuple[Any, ...]  # named tuples with the columns of the table


class Part(NamedTuple):
    """A top division, or the text before the first one."""

    number: str
    ordinal: str  # as its marker says: 三 of 三、, 3 of 3.; else its number
    marker: str
    heading: str
    start: int
    end: int
    whole: bool  # whether there is no other


@dataclass(frozen=True)
class Facts:
    """What the page is made of. ``prefix`` stands before each key, so that two pages can meet."""

    report: Report
    tables: Tables
    hits: pd.DataFrame
    prefix: str = ""

    @cached_property
    def entries(self) -> dict[str, list[Entry]]:
        """The places of each layer, in text order; a place that several rows share stands once."""
        claims = self.tables["claims"]
        aims = claims["form"] == "aim"
        found = {
            "figure": self._entries("figure", "f", self.tables["outcomes"]),
            "claim": self._entries("claim", "c", claims[~aims]),
            "aim": self._entries("aim", "a", claims[aims]),
            "plan": self._entries("plan", "p", self.tables["plans"]),
            "shortcoming": self._entries("shortcoming", "s", self.tables["shortcomings"]),
            "check": list(self._checks()),
            "theme": [],
        }
        for index, hits in enumerate(self.themes.values(), 1):
            found["theme"] += self._entries("theme", f"t{index}-", hits)
        return found

    @cached_property
    def themes(self) -> dict[str, pd.DataFrame]:
        """The places of each theme that occurs."""
        return {str(name): rows for name, rows in self.hits.groupby("theme", sort=False)}

    def _entries(self, layer: str, letter: str, rows: pd.DataFrame) -> list[Entry]:
        places: dict[tuple[int, int], list[Any]] = {}
        for row in records(rows):
            places.setdefault((row.start, row.end), []).append(row)
        return [
            Entry(layer, f"{self.prefix}{letter}{n}", start, end, same[0].number, tuple(same))
            for n, ((start, end), same) in enumerate(sorted(places.items()), 1)
        ]

    def _checks(self) -> Iterator[Entry]:
        """Each question has a row of its own, whether it has one place, two or none."""
        for n, row in enumerate(records(self.tables["findings"]), 1):
            start, end = (0, 0) if pd.isna(row.start) else (int(row.start), int(row.end))
            yield Entry("check", f"{self.prefix}q{n}", start, end, row.number, (row,))

    def key(self, layer: str, start: int) -> str:
        """The key of the place of a layer that starts here."""
        return self._keys[layer, start]

    @cached_property
    def _keys(self) -> dict[tuple[str, int], str]:
        entries = [entry for listed in self.entries.values() for entry in reversed(listed)]
        return {(entry.layer, entry.start): entry.key for entry in entries}

    @cached_property
    def parts(self) -> list[Part]:
        """The text cut at its top divisions."""
        tops = [
            section
            for section in self.report.sections
            if section.level <= 1 and self.report.text[section.start : section.end].strip()
        ]
        return [
            Part(s.number, _ordinal(s), s.marker, s.heading, s.start, s.end, len(tops) == 1)
            for s in tops
        ]

    def part_of(self, position: int) -> Part:
        """The part that a position stands in."""
        starts = [part.start for part in self.parts]
        return self.parts[max(bisect_right(starts, position) - 1, 0)]

    @cached_property
    def sentences(self) -> list[tuple[str, int, int]]:
        """Number of the division, start and end of each sentence."""
        return list(sentence_spans(self.report))

    def han(self, start: int = 0, end: int | None = None) -> int:
        """Han characters in a stretch of the text."""
        return count_han(self.report.folded, start, end)

    def per_part(self, starts: list[int]) -> Counter[Part]:
        return Counter(map(self.part_of, starts))

    def division_key(self, number: str) -> str:
        """The id of a division's place in the text."""
        return f"{self.prefix}d-{number or '0'}"

    def sentence_key(self, start: int) -> str:
        return f"{self.prefix}x{start}"

    def sentence_at(self, position: int) -> int:
        """Where the sentence starts that stands at a position."""
        return self._sentence_starts[max(bisect_right(self._sentence_starts, position) - 1, 0)]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [start for _, start, _ in self.sentences]


def is_text(value: Any) -> bool:
    """Whether a cell that may be missing holds something."""
    return isinstance(value, str) and bool(value)


def records(table: pd.DataFrame) -> Iterator[Any]:
    """The rows of a table as named tuples."""
    return table.itertuples(index=False)


def facts_of(report: Report, earlier: Report | None = None, *, prefix: str = "") -> Facts:
    """The facts of a report, with its checks against an earlier one where there are any."""
    return Facts(report, report_tables(report, earlier), theme_hits(report), prefix)


_ORDINAL = re.compile(r"[一二三四五六七八九十]+|\d+")


def _ordinal(section: Section) -> str:
    found = _ORDINAL.search(fold(section.marker))
    return found[0] if found else section.number


def way(row: Any) -> str:
    """Shares go up and down; what is counted gets more or fewer."""
    up = row.direction == "increase"
    if row.unit in ("%", "‰", "百分点", "个百分点", "倍") or not isinstance(row.unit, str):
        return "up" if up else "down"
    return "more" if up else "fewer"
