"""What is one word whatever it is made of: titles, quoted names, dates, markers of a list."""

import re

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
    """,
    re.VERBOSE | re.ASCII,
)
_OF_DATES = re.compile("[年月季续]")  # each has one of these
_OPENS_DATE = re.compile(r"[\d连前第一二三四五六七八九十]", re.ASCII)
_MARKER = re.compile(  # of a list, where a clause starts
    r"""
    [一二三四五六七八九十]{1,3}(?:是|、(?![一二三四五六七八九十]))
  | \(?[一二三四五六七八九十\d]{1,3}\) | [①-⑳]
  | \d{1,2}[.、](?!\d)
  | 第[一二三四五六七八九十]{1,2}[,、] | 其[一二三四五六], | [首其再]次?先?, | 最后,
    """,
    re.VERBOSE | re.ASCII,
)
_OPENS_MARKER = re.compile(r"[ ,;:。!?\n\t][一二三四五六七八九十\d(①-⑳第其首再最]", re.ASCII)


def special_spans(text: str, start: int, end: int) -> list[Special]:
    """Titles, quoted names, dates, and markers of a list."""
    found = [
        (*match.span(), "title" if text[match.start()] == "《" else "quote")
        for match in _NAMED.finditer(text, start, end)
    ]
    for others in (_dates(text, start, end), _markers(text, start, end)):
        if others:
            apart = [o for o in others if not any(f[0] < o[1] and o[0] < f[1] for f in found)]
            found = sorted([*found, *apart])
    return found


def _dates(text: str, start: int, end: int) -> list[Special]:
    if not _OF_DATES.search(text, start, end):
        return []
    dates = find_from(_OPENS_DATE, _DATE, text, start, end)
    return [(*match.span(), str(match.lastgroup)) for match in dates]


def _markers(text: str, start: int, end: int) -> list[Special]:
    firsts = [start, *(match.end() - 1 for match in _OPENS_MARKER.finditer(text, start, end))]
    return [(*m.span(), "mark") for at in firsts if (m := _MARKER.match(text, at, end))]
