"""The data model: a report is its text plus positions in that text.

Every position counts Unicode code points in ``Report.text``; ``report.text[start:end]`` *is* the
quoted source of every row of every table.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from .characters import fold


@dataclass(frozen=True)
class Section:
    """One numbered division of a report, or (``number == ""``) the text before the first.

    ``text[start:end]`` is the division with all that is below it: it starts at its marker and ends
    where the next division of the same or a higher level starts.
    """

    number: str  # the path by order: "3.1.2"; "" for the text before the first division
    level: int  # depth, 1 for the top; 0 for the text before the first division
    marker: str  # as printed: "三、" "(一)" "一是" "1." "(1)" "第一,"
    heading: str  # the title line, or the topic sentence of a run-in item; without the marker
    start: int
    end: int
    parent: "Section | None" = field(default=None, repr=False)

    @cached_property
    def title(self) -> str:
        """The heading for matching, as ``Report.folded`` has it."""
        return fold(self.heading)


class Leaf(NamedTuple):
    """A stretch of text that belongs to one division and to none below it."""

    section: Section
    start: int
    end: int


@dataclass(frozen=True)
class Report:
    """A parsed report. Missing metadata is "" (text) or None (year, published)."""

    title: str
    agency: str  # 发文机关
    year: int | None  # the year reported on
    source: str  # 信息来源, as printed
    published: date | None
    text: str = field(repr=False)  # as decoded, but for line ends ("\n") and what nobody sees
    sections: tuple[Section, ...] = field(repr=False)  # in text order
    warnings: tuple[str, ...] = ()  # what a reader should know, e.g. that no division is numbered

    def __hash__(self) -> int:
        return hash(self.text)  # of all fields it takes as long as a table

    @cached_property
    def folded(self) -> str:
        """``text`` for matching, of the same length: full-width signs half-width, look-alikes
        the characters that they show."""
        return fold(self.text)

    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        """The text cut into stretches, each with its innermost division: in order, gapless."""
        return tuple(_leaves(self.sections, len(self.text)))

    @cached_property
    def _starts(self) -> list[int]:
        return [leaf.start for leaf in self.leaves]

    def section_at(self, position: int) -> Section:
        """The innermost division that a position of the text belongs to."""
        return self.leaves[bisect_right(self._starts, position) - 1].section


def _leaves(sections: tuple[Section, ...], length: int) -> Iterator[Leaf]:
    position, open_sections = 0, list[Section]()
    for section in (*sections, None):
        start = length if section is None else section.start
        while open_sections and position < start:
            innermost = open_sections[-1]
            end = min(innermost.end, start)
            if end > position:
                yield Leaf(innermost, position, end)
                position = end
            if innermost.end > start:
                break
            open_sections.pop()
        if section is not None:
            open_sections.append(section)
