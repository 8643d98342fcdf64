"""Ask a range of words what a rule of claims says: does it fit, and where?"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain
from typing import NamedTuple

from . import tokens
from .tokens import Typed
from .vocabulary import SHOWN, codes, words_of


@cache
def pattern(rule: str) -> re.Pattern[str]:
    """A rule over the types that the rules of claims ask for."""
    return tokens.pattern(rule, "claims.")


class Coded(NamedTuple):
    """Words by number: where each starts and ends in the text, and a character for its types."""

    text: str
    starts: list[int]
    ends: list[int]
    codes: str


def in_a_row(sentences: list[Typed]) -> Coded:
    """The words of sentences of a text, a border after each."""
    text = sentences[0].text if sentences else ""
    border, starts = codes()[SHOWN["border"]], chain.from_iterable(s.starts for s in sentences)
    return _without_quotations(text, [*starts], "".join([s.codes + border for s in sentences]))


def _without_quotations(text: str, borders: list[int], coded: str) -> Coded:
    """Without blanks; and a quotation, which makes no claim of its own, is one word."""
    starts, ends, kept, position = list[int](), list[int](), "", 0
    for match in pattern(_SET_OFF).finditer(coded):
        first, stop = match.span()
        starts += borders[position:first]
        ends += borders[position + 1 : first + 1]
        kept += coded[position:first]
        if stop > first + 1:
            starts.append(borders[first])
            ends.append(borders[stop])
            kept += codes()[SHOWN["quote"]]
        position = stop
    starts += borders[position:]
    ends += borders[position + 1 :]
    return Coded(text, starts, ends, kept + coded[position:])


_SET_OFF = "<blank>|<opened><-opened|closed|border>*<closed>"


Span = tuple[int, int]  # words by number, as in ``range``


def between(words: Coded, rule: str, span: Span) -> Iterator[Span]:
    """The stretches of a span that the matches of a rule leave."""
    first, stop = span
    for match in pattern(rule).finditer(words.codes, first, stop):
        yield first, match.start()
        first = match.end()
    yield first, stop


def found(words: Coded, rule: str, span: Span) -> bool:
    return pattern(rule).search(words.codes, *span) is not None


def opens(words: Coded, rule: str, span: Span) -> bool:
    return pattern(rule).match(words.codes, *span) is not None


def after(words: Coded, rule: str, span: Span) -> Span:
    """The span without the words at its start that the rule is for."""
    match = pattern(rule).match(words.codes, *span)
    return (match.end(), span[1]) if match else span


def chars(words: Coded, span: Span) -> int:
    first, stop = span
    return words.ends[stop - 1] - words.starts[first] if first < stop else 0


def text_of(words: Coded, span: Span) -> str:
    first, stop = span
    return words.text[words.starts[first] : words.ends[stop - 1]]


def ends_in(words: Coded, span: Span, kind: str) -> bool:
    """Does the text of a span end in one of the words of a kind?"""
    first, stop = span
    said = words_of(kind)
    return first < stop and words.text.endswith(said, words.starts[first], words.ends[stop - 1])
