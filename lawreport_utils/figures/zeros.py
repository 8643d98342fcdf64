"""Statements that there was none: 零败诉, 无一败诉, 未发生败诉."""

import re
from collections.abc import Collection, Iterable, Iterator
from functools import cache

from ..characters import find_from
from ..lexicon import load
from .numerals import Numeral

_OPENS = re.compile("[零0无未没]")
_NONE = re.compile(r"(?<![0-9.第一二三四五六七八九十百千])(?:零|0|无一|未发生|没有发生)[”\"’]?")
_LONGEST = 12  # characters of what there was none of


def find_zeros(
    text: str, borders: Collection[int], spans: Iterable[tuple[int, int]]
) -> list[list[Numeral]]:
    """The statements of none in some stretches of a text: value 0 without a unit."""
    return [[*_zeros(text, borders, start, end)] for start, end in spans]


def _zeros(text: str, borders: Collection[int], start: int, end: int) -> Iterator[Numeral]:
    for match in find_from(_OPENS, _NONE, text, start, end):
        first, what = match.span()
        spelt = text[first] == "零" or first in borders
        if spelt and (stop := _what(text, borders, what, end)):
            yield Numeral(first, stop, 0.0, None, "exact", what, zero=True)


@cache
def _words() -> frozenset[str]:
    return frozenset(load.table("vocabulary")["zero"].split())


def _what(text: str, borders: Collection[int], start: int, end: int) -> int | None:
    """Where a run of words that there can be none of ends (败诉, 复议诉讼案件)."""
    words, stop, last = _words(), start, None
    while stop < min(end, start + _LONGEST):
        length = next((n for n in (5, 4, 3, 2) if text[stop : stop + n] in words), 0)
        if not length or stop + length > end:
            break
        stop += length
        last = stop if stop in borders else last
    return last
