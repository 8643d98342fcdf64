"""The figures of each sentence, each with the words that name it."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from .. import segment
from ..model import Report
from ..structure import sentence_spans
from .bases import with_bases
from .cells import NO_ROW, Row, read_row, unit_of_table
from .clauses import Read
from .numerals import Numeral, find_numerals
from .pairs import paired, with_parts
from .reading import read_sentence
from .specials import Special, special_spans
from .stated import lays_down_a_rule
from .tokens import Typed, cut_text, typed
from .vocabulary import telling
from .zeros import find_zeros


class Sentence(NamedTuple):
    number: str  # of the division
    start: int
    end: int
    words: Typed
    figures: list[Numeral]


@lru_cache(maxsize=1)  # read for figures and for claims
def typed_sentences(report: Report) -> tuple[Sentence, ...]:
    """The sentences of a report that state a figure or may claim a change."""
    cut = segment.words(report)
    words, told = cut_text(*cut), _told(cut, sentence_spans(report))
    special = special_spans(cut.text, [(start, end) for _, start, end, _, _ in told])
    sentences = []
    for (number, start, end, figures, asides), names in zip(told, special, strict=True):
        names += asides
        if figures:
            figures, names = _told_apart(figures, names)
        sentences.append(Sentence(number, start, end, typed(words, names, start, end), figures))
    return tuple(sentences)


def _told(
    cut: segment.Words, spans: Sequence[tuple[str, int, int]]
) -> list[tuple[str, int, int, list[Numeral], list[Special]]]:
    """The same with all numerals, and the units that stand apart in a row."""
    rows = _rows(cut.text, spans) if "\t" in cut.text else [NO_ROW] * len(spans)
    found = zip(spans, _figures(cut, [span[1:] for span in spans]), rows, strict=True)
    return [
        (number, start, end, _with(row.figures, figures), row.asides)
        for (number, start, end), figures, row in found
        if figures or row.figures or telling().search(cut.text, start, end)
    ]


def read_sentences(report: Report) -> Iterator[tuple[str, int, int, list[Read]]]:
    """Number of the division, start, end and figures of each sentence that states any."""
    for number, start, end, typed_words, figures in typed_sentences(report):
        if not figures or lays_down_a_rule(typed_words):
            continue
        words = with_bases(typed_words)
        if read := list(paired(with_parts(read_sentence(words, figures)))):
            yield number, start, end, read


def _figures(cut: segment.Words, spans: list[tuple[int, int]]) -> list[list[Numeral]]:
    """The numerals and the statements of none of each stretch, in order."""
    text, borders = cut.text, segment.Borders(cut.starts)
    zeros = find_zeros(text, borders, spans)
    numerals = find_numerals(text, borders, spans, cut=segment.plain_words)
    return [*map(_with, zeros, numerals)]


def _rows(text: str, spans: Iterable[tuple[str, int, int]]) -> Iterator[Row]:
    """What each sentence has as a row of a table, whose unit may stand in a line above."""
    unit = None
    for _, start, end in spans:
        in_table = "\t" in text[start:end]
        unit = unit if in_table else unit_of_table(text, start, end)
        yield read_row(text, start, end, unit) if in_table else NO_ROW


def _with(first: list[Numeral], others: list[Numeral]) -> list[Numeral]:
    """In order; of two that overlap, the first."""
    return sorted([*first, *_apart(others, first)]) if first else others


def _apart(figures: list[Numeral], others: Sequence[Special | Numeral]) -> list[Numeral]:
    """The figures that don't overlap any of the others."""
    apart = figures
    for other in others:
        start, end = other[:2]
        apart = [f for f in apart if f.end <= start or end <= f.start]
    return apart


def _told_apart(
    figures: list[Numeral], names: list[Special]
) -> tuple[list[Numeral], list[Special]]:
    """The figures that stand in no name, and what is one word each: the names and the figures."""
    names = [name for name in names if not _holds_only(name, figures)]
    figures = _apart(figures, names)
    return figures, sorted([*names, *((f.start, f.end, "figure") for f in figures)])


def _holds_only(name: Special, figures: list[Numeral]) -> bool:
    """Is it “100%”, “零事故、零上访”, quoted figures, not “两降一升3项”, “4个100%”, names?"""
    first, last, kind = name
    if kind in ("date", "how", "adverb"):
        return first in [figure.start for figure in figures]
    if kind != "quote":
        return False
    inside = [(f.start, f.end) for f in figures if first <= f.start and f.end <= last]
    held = sum(end - start for start, end in inside) + len(inside)
    return held > last - first - 2 > 0 < len(inside) and not _touch(inside)


def _touch(spans: list[tuple[int, int]]) -> bool:
    return any(end == start for (_, end), (start, _) in pairwise(spans))
