"""What is one word whatever it is made of: titles, quoted names, dates, markers of a list."""

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Sequence

from ..characters import find_from

Special = tuple[int, int, str]  # start, end, and what it is

_NAMED = re.compile(
    r"""
    《[^《》\n]*》
  | “[^“”\n,;:。]{1,40}” | ‘[^‘’\n,;:。]{1,40}’ | 「[^」\n]{1,40}」 | "[^"\n,;:。]{1,40}"
    """,
    re.VERBOSE,
)
_DATE = re.compile(
    r"""
    (?P<how>连续(?:[\d一二两三四五六七八九十多数几]{1,3})(?:个?月|年|天|个?季度|届))
  | (?P<date>(?:(?:\d{4}年?[—–~至-])?\d{4}年(?:度|末|底|初)?(?:\d{1,2}月)?(?:\d{1,2}日)?
               |(?:\d{1,2}[—–~至-])?\d{1,2}月(?:\d{1,2}日)?)
             (?:以来|年?[末底初份内里中]|期间)?
           | [\d一二三四五六七八九十]{1,3}年[间来]
           | [前第]?[1-4一二三四]季度 | [一二三四](?:、[一二三四]){1,2}季度)
  | (?P<adverb>\d{1,2}:\d{1,2})                                # 1:1配备; 9:30
    """,
    re.VERBOSE | re.ASCII,
)
_OF_DATES = re.compile("[年月季续:](?:(?<!:)|[0-9])")  # each has one of these
_OPENS_DATE = re.compile("[0-9连前第一二三四五六七八九十]")
_MARKER = re.compile(  # of a list, where a clause starts
    r"""
    [一二三四五六七八九十]{1,3}(?:是|、(?![一二三四五六七八九十]))
  | \(?[一二三四五六七八九十\d]{1,3}\) | [①-⑳]
  | \d{1,2}[.、](?!\d)
  | 第[一二三四五六七八九十]{1,2}[,、] | 其[一二三四五六], | [首其再]次?先?, | 最后,
    """,
    re.VERBOSE | re.ASCII,
)
_OPENS_MARKER = re.compile("[ ,;:。!?\n\t][一二三四五六七八九十0-9(①-⑳第其首再最]")


def special_spans(text: str, spans: Sequence[tuple[int, int]]) -> list[list[Special]]:
    """Titles, quoted names, dates, and markers of a list in stretches of a text, in order."""
    # a line each, so that nothing reaches over the end of one
    lines = "\n" + "".join([text[start:end] + "\n" for start, end in spans])
    found = _named(lines)
    for others in (_dates(lines), _markers(lines)):
        if others:
            found = sorted([*found, *(other for other in others if _is_apart(other, found))])
    return _given_out(found, spans)


def _given_out(found: list[Special], spans: Sequence[tuple[int, int]]) -> list[list[Special]]:
    """What stands in each line, by its place in the text."""
    rest, at, given_out = deque(found), 1, []
    for start, end in spans:
        shift, at, inside = start - at, at + end - start + 1, list[Special]()
        while rest and rest[0][0] < at:
            first, last, kind = rest.popleft()
            inside.append((first + shift, last + shift, kind))
        given_out.append(inside)
    return given_out


def _named(lines: str) -> list[Special]:
    return [
        (*match.span(), "title" if lines[match.start()] == "《" else "quote")
        for match in _NAMED.finditer(lines)
    ]


def _dates(lines: str) -> list[Special]:
    found, end = list[Special](), 0
    for sign in _OF_DATES.finditer(lines):
        if sign.start() >= end:
            start, end = lines.rfind("\n", 0, sign.start()), lines.find("\n", sign.start())
            dates = find_from(_OPENS_DATE, _DATE, lines, start, end)
            found += [(*match.span(), str(match.lastgroup)) for match in dates]
    return found


def _markers(lines: str) -> list[Special]:
    firsts = [match.end() - 1 for match in _OPENS_MARKER.finditer(lines)]
    return [(*mark.span(), "mark") for at in firsts if (mark := _MARKER.match(lines, at))]


def _is_apart(special: Special, found: list[Special]) -> bool:
    """Does it overlap none of what was found, which is in order?"""
    before = bisect_left(found, (special[1],))
    return not before or found[before - 1][1] <= special[0]
