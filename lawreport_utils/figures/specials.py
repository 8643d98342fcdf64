"""What is one word whatever it is made of: titles, quoted names, dates, markers of a list."""

import re

from ..characters import find_from

Special = tuple[int, int, str]  # start, end, and what it is

_SPECIAL = re.compile(
    r"""
    (?P<title>《[^《》\n]*》)
  | (?P<quote>“[^“”\n,;:。]{1,40}”|‘[^‘’\n,;:。]{1,40}’|「[^」\n]{1,40}」|"[^"\n,;:。]{1,40}")
  | (?P<how>连续(?:[\d一二两三四五六七八九十多数几]{1,3})(?:个?月|年|天|个?季度|届))
  | (?P<date>(?:(?:\d{4}年?[—–~至-])?\d{4}年(?:度|末|底|初)?(?:\d{1,2}月)?(?:\d{1,2}日)?
               |(?:\d{1,2}[—–~至-])?\d{1,2}月(?:\d{1,2}日)?)
             (?:以来|年?[末底初份内里中]|期间)?
           | [\d一二三四五六七八九十]{1,3}年[间来]
           | [前第]?[1-4一二三四]季度 | [一二三四](?:、[一二三四]){1,2}季度)
    """,
    re.VERBOSE | re.ASCII,
)
_OPENS_SPECIAL = re.compile(r"[《“‘「\"\d连前第一二三四五六七八九十]", re.ASCII)
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
    specials = find_from(_OPENS_SPECIAL, _SPECIAL, text, start, end)
    named = [(*match.span(), str(match.lastgroup)) for match in specials]
    if not (marks := _markers(text, start, end)):
        return named
    apart = [m for m in marks if not any(n[0] < m[1] and m[0] < n[1] for n in named)]
    return sorted([*named, *apart])


def _markers(text: str, start: int, end: int) -> list[Special]:
    firsts = [start, *(match.end() - 1 for match in _OPENS_MARKER.finditer(text, start, end))]
    return [(*m.span(), "mark") for at in firsts if (m := _MARKER.match(text, at, end))]
