"""The figures of each sentence, each with the words that name it."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from .. import segment
from ..model import Report
from ..structure import sentence_spans
from .bases import with_bases
from .cells import NO_ROW, read_row, unit_of_table
from .clauses import Read
from .numerals import Numeral, find_numerals
from .pairs import paired, with_parts
from .reading import read_sentence
from .stated import lays_down_a_rule
from .tokens import Special, Typed, cut_text, special_spans, typed
from .vocabulary import telling
from .zeros import find_zeros

_FIGURES = re.compile(r"[\d一二两三四五六七八九十百千万半零倍番过无未]")


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
    text, borders, words = cut.text, frozenset(cut.starts), cut_text(cut.text, cut.words)
    sentences, unit = [], None
    for number, start, end in sentence_spans(report):
        in_table = "\t" in text[start:end]
        unit = unit if in_table else unit_of_table(text, start, end)
        row = read_row(text, start, end, unit) if in_table else NO_ROW
        figures = _figures(text, borders, start, end) if _FIGURES.search(text, start, end) else []
        figures = _with(row.figures, figures)
        if not figures and not telling().search(text, start, end):
            continue
        special = [*special_spans(text, start, end), *row.asides]
        names = [name for name in special if not _holds_only(name, figures)]
        figures = _apart(figures, names)
        spans = sorted([*names, *((f.start, f.end, "figure") for f in figures)])
        sentences.append(Sentence(number, start, end, typed(words, spans, start, end), figures))
    return tuple(sentences)


def read_sentences(report: Report) -> Iterator[tuple[str, int, int, list[Read]]]:
    """Number of the division, start, end and figures of each sentence that states any."""
    for number, start, end, typed_words, figures in typed_sentences(report):
        if not figures or lays_down_a_rule(typed_words):
            continue
        words = with_bases(typed_words).words()
        if read := list(paired(with_parts(read_sentence(typed_words.text, words, figures)))):
            yield number, start, end, read


def _figures(text: str, borders: frozenset[int], start: int, end: int) -> list[Numeral]:
    """The numerals and the statements of none, in order."""
    zeros = find_zeros(text, borders, start, end)
    return _with(zeros, find_numerals(text, borders, start, end, cut=segment.plain_words))


def _with(first: list[Numeral], others: list[Numeral]) -> list[Numeral]:
    """In order; of two that overlap, the first."""
    if not first:
        return others
    return sorted([*first, *_apart(others, first)])


def _apart(figures: list[Numeral], others: Sequence[Special | Numeral]) -> list[Numeral]:
    """The figures that don't overlap any of the others."""
    return [f for f in figures if not any(_overlap(f, other) for other in others)]


def _overlap(figure: Numeral, other: Special | Numeral) -> bool:
    return figure.start < other[1] and other[0] < figure.end


def _holds_only(name: Special, figures: list[Numeral]) -> bool:
    """Is it “100%”, “零事故、零上访”, quoted figures, not “两降一升3项”, a name with one?"""
    first, last, kind = name
    if kind in ("date", "how"):
        return any(figure.start == first for figure in figures)
    inside = [f.end - f.start for f in figures if first <= f.start and f.end <= last]
    return kind == "quote" and sum(inside) + len(inside) > last - first - 2 > 0 < len(inside)
