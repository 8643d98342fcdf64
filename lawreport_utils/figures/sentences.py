"""The figures of each sentence, each with the words that name it."""

import re
from collections.abc import Iterator

from .. import segment
from ..model import Report
from ..structure import sentence_spans
from .bases import with_bases, with_grounds
from .clauses import Read
from .numerals import Numeral, find_numerals
from .pairs import paired, with_parts
from .reading import read_sentence
from .stated import lays_down_a_rule
from .tokens import special_spans, typed_words
from .zeros import find_zeros

_FIGURES = re.compile(r"[\d一二两三四五六七八九十百千万半零倍番过无未]")


def read_sentences(report: Report) -> Iterator[tuple[str, int, int, list[Read]]]:
    """Number of the division, start, end and figures of each sentence that states any."""
    text, starts = segment.words(report)
    borders = frozenset(starts)
    for number, start, end in sentence_spans(report):
        if not _FIGURES.search(text, start, end):
            continue
        figures, spans = _figures(text, borders, start, end)
        if not figures:
            continue
        words = typed_words(text, starts, spans, start, end)
        if lays_down_a_rule(words):
            continue
        words = with_bases(with_grounds(words))
        if read := list(paired(with_parts(read_sentence(text, words, figures)))):
            yield number, start, end, read


def _figures(
    text: str, borders: frozenset[int], start: int, end: int
) -> tuple[list[Numeral], list[tuple[int, int, str]]]:
    """The figures of a sentence, and the spans that are one word each: figures, names, dates."""
    zeros = find_zeros(text, borders, start, end)
    numerals = find_numerals(text, borders, start, end, cut=segment.plain_words)
    figures = [*zeros, *(n for n in numerals if not any(_overlap(n, zero) for zero in zeros))]
    if not figures:
        return [], []
    names = [name for name in special_spans(text, start, end) if not _holds_only(name, figures)]
    figures = [
        f for f in figures if not any(f.start < last and first < f.end for first, last, _ in names)
    ]
    return sorted(figures), sorted([*names, *((f.start, f.end, "figure") for f in figures)])


def _overlap(one: Numeral, other: Numeral) -> bool:
    return one.start < other.end and other.start < one.end


def _holds_only(name: tuple[int, int, str], figures: list[Numeral]) -> bool:
    """Is it “100%”, a figure that is quoted, not “两降一升3项”, a name that holds a numeral?"""
    first, last, kind = name
    if kind == "date":
        return any(figure.start == first for figure in figures)
    inside = (f for f in figures if first <= f.start and f.end <= last)
    return kind == "quote" and any(f.end - f.start >= last - first - 2 for f in inside)
