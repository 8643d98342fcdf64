"""Ask a range of words what a rule of claims says: does it fit, and where?"""

import re
from functools import cache
from typing import NamedTuple

from . import tokens
from .tokens import Coded
from .vocabulary import words_of


@cache
def pattern(rule: str) -> re.Pattern[str]:
    """A rule over the types that the rules of claims ask for."""
    return tokens.pattern(rule, "claims.")


class Span(NamedTuple):
    """Words by number, as in ``range``."""

    first: int
    stop: int


def found(words: Coded, rule: str, span: Span) -> bool:
    return pattern(rule).search(words.codes, *span) is not None


def opens(words: Coded, rule: str, span: Span) -> bool:
    return pattern(rule).match(words.codes, *span) is not None


def after(words: Coded, rule: str, span: Span) -> Span:
    """The span without the words at its start that the rule is for."""
    match = pattern(rule).match(words.codes, *span)
    return Span(match.end(), span.stop) if match else span


def chars(words: Coded, span: Span) -> int:
    return words.ends[span.stop - 1] - words.starts[span.first] if span.first < span.stop else 0


def text_of(words: Coded, span: Span) -> str:
    return words.text[words.starts[span.first] : words.ends[span.stop - 1]]


def ends_in(words: Coded, span: Span, kind: str) -> bool:
    """Does the text of a span end in one of the words of a kind?"""
    if span.first == span.stop:
        return False
    return words.text.endswith(words_of(kind), words.starts[span.first], words.ends[span.stop - 1])
