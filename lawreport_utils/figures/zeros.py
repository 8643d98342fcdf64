"""Statements that there was none: 零败诉, 无一败诉, 未发生败诉."""

import re
from collections import deque
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
    """The statements of none in stretches of a text, in order: value 0 without a unit."""
    said = deque(match.span() for match in find_from(_OPENS, _NONE, text, 0, len(text)))
    return [[*_zeros(text, borders, said, start, end)] if said else [] for start, end in spans]


def _zeros(
    text: str, borders: Collection[int], said: deque[tuple[int, int]], start: int, end: int
) -> Iterator[Numeral]:
    while said and said[0][0] < end:
        first, what = said.popleft()
        spelt = start <= first and (text[first] == "零" or first in borders)
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
