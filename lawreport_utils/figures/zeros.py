"""Statements that there was none: 零败诉, 无一败诉, 未发生败诉."""

import re
from collections.abc import Collection

from ..lexicon import load
from .numerals import Numeral

_NONE = re.compile(r"(?:零|0|无一|未发生|没有发生|无)[”\"’]?")


def find_zeros(text: str, borders: Collection[int], start: int, end: int) -> list[Numeral]:
    """The statements of none in ``text[start:end]``: value 0 without a unit."""
    what = frozenset(load.table("vocabulary")["zero"].split())
    found = []
    for match in _NONE.finditer(text, start, end):
        if match.start() not in borders and match[0][0] != "零":
            continue
        if text[match.start() - 1 : match.start()] in tuple("0123456789.第"):
            continue
        if match[0] == "无":
            continue
        for length in range(5, 1, -1):
            stop = match.end() + length
            if stop <= end and text[match.end() : stop] in what and stop in borders:
                found.append(Numeral(match.start(), stop, 0.0, None, "exact", match.end(), zero=True))
                break
    return found
