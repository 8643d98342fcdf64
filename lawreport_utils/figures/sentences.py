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
    spans = special_spans(text, start, end)
    zeros = find_zeros(text, borders, start, end)
    taken = [(zero.start, zero.end) for zero in zeros]
    numerals = find_numerals(text, borders, start, end, cut=segment.plain_words)
    found = [
        numeral
        for numeral in numerals
        if not any(first < numeral.end and numeral.start < last for first, last in taken)
    ]
    kept, names_of = [], []
    for first, last, kind in spans:
        inside = [f for f in (*found, *zeros) if first <= f.start and f.end <= last]
        # “100%” is a figure that is quoted, “两降一升3项” a name that holds a numeral
        quoted = kind == "quote" and any(f.end - f.start >= last - first - 2 for f in inside)
        if quoted or (kind == "date" and any(f.start == first for f in inside)):
            continue
        names_of.append((first, last, kind))
    figures = sorted(
        f
        for f in (*found, *zeros)
        if not any(first < f.end and f.start < last for first, last, _ in names_of)
    )
    kept = sorted((*names_of, *((f.start, f.end, "figure") for f in figures)))
    return figures, kept
