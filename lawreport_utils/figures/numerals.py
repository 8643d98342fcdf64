"""Numerals of report prose: Arabic, Chinese and mixed, with their units and bounds.

Why not a library: cn2an and its like convert a bare numeral and reject what reports write most
(8万余, 近两成, 98%以上); they know neither the measure word nor the bound: half the figure.

A pattern finds the digits; the words around them decide what they are. A measure word ends where
a word ends (3家企业, not 3家庭), a Chinese numeral starts where a word starts (not in 统一).
"""

import re
from collections.abc import Callable, Collection, Iterable
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from ..characters import DIGITS, find_in
from ..lexicon import load
from .units import units
from .values import HAN_DIGITS, PARTS, SPACE, parse_numeral
from .vocabulary import figure_words

Cut = Callable[[str], Iterable[str]]


class Numeral(NamedTuple):
    """A numeral with what belongs to it; ``start:end`` covers the bounds (近3000人次, 98%以上)."""

    start: int
    end: int
    value: float  # in base units: 2350余万元 -> 23500000.0
    unit: str | None  # 元, 人次, %, ...; None where the text has no measure word
    bound: str  # exact, at_least, at_most, about
    first: int  # where the digits start
    naming: bool = False  # a small Chinese numeral that may be part of a name (三项制度), no count
    change: str | None = None  # increase or decrease where the numeral itself says so (翻一番)
    zero: bool = False  # a statement of none (零败诉)

    @property
    def is_rate(self) -> bool:
        """Is it a share, a multiple or a length of time rather than a count?"""
        return self.unit is not None and (self.unit in units().shares or "/" in self.unit)


_SMALL = r"(?:\d{1,3}(?:\.\d{1,2})?|[一二三四五六七八九十])"
_OF_A_TEXT = rf"(?:\d{{1,3}}(?:[,{SPACE}]\d{{3}})++|\d++)(?:\.\d++)?"
_NUMERAL = re.compile(
    rf"""
    (?=[{HAN_DIGITS}0-9.]*+[分/:比半]|[过半翻])(?:
        (?P<share>(?P<whole>[{HAN_DIGITS}]++|\d++)分之(?P<part>[{HAN_DIGITS}]++(?:点[{HAN_DIGITS}]++)?|{_OF_A_TEXT}))
      | (?P<fraction>(?P<over>\d{{1,2}})/(?P<under>\d{{1,2}}))                     # 占1/4
      | (?P<ratio>(?P<one>{_SMALL})[:比](?P<other>{_SMALL}))                       # 比例为1:3.5
      | (?P<half>一半|过半数?|半数) | (?P<all>百分百)
      | (?P<turn>翻了?(?:(?P<times>[一两二三])番|倍|一倍))
    )
  | (?P<count>
        (?P<digits>{_OF_A_TEXT}|[{HAN_DIGITS}]+)(?P<more>\ ?[余多]|\+)?
        (?P<scale>[十百千]?(?:万亿|[万亿])|[百千十])?
        (?P<also>[余多来]|\+)?
    )
    """,
    re.VERBOSE | re.ASCII,
)
_OPENS = re.compile(f"[{HAN_DIGITS}0-9过半翻]")  # with \d it were four times as slow
# What makes a numeral part of a code; and the words before one that make it an ordinal, the base of
# a rate or a name.
_CODE_BEFORE = re.compile(
    r"(?:\d[:时-]|[.+·/#〔\[_×*=A-Za-z]|(?P<word>[第每同首某前数几]))\ ?$", re.ASCII
)
_CODE_AFTER = re.compile(r"\+[\dA-Za-z]|[·A-Za-z]|[个位件]一")
_BARE_AFTER = re.compile(r"[,;。、)的]|[和与及]\d|$|\n")
_RANGE_MARKS = "-—–~至"
_RANGE = re.compile(  # 3-5家, 5万至8万元; but not 0755-12345, 14:30至17:30
    rf"(?<![\d.:/A-Za-z〔\[-])(?P<lower>\d{{1,6}}(?:\.\d{{1,3}})?[百千万亿]?|[{HAN_DIGITS}]{{1,3}})[{_RANGE_MARKS}]{{1,2}}$",
    re.ASCII,
)
_RANGE_REACH = 13  # characters before the upper end of a range
_BRACKETED = re.compile(r"\(([^)]{1,2})\)次?")  # 人(次), 件(批)次
_ROUND = "百千万亿"
_FEW = 4  # digits of what is less than many
MANY = 10_000  # what may be counted without a measure word (3亿多劳动者)


@cache
def _leading_on() -> re.Pattern[str]:
    """A verb of change, with or without a measure word before it (由17增至29件, 由12起降至3起)."""
    listed = figure_words().items()
    return re.compile(load.choice(word for word, kinds in listed if kinds & _LEADING_ON))


_LEADING_ON = frozenset(["up", "down", "within"])


def find_numerals(
    text: str, borders: Collection[int], spans: Iterable[tuple[int, int]], *, cut: Cut = list
) -> list[list[Numeral]]:
    """The numerals of some stretches of a text in half-width form, in order, without ordinals,
    ranges' lower ends, codes and fixed words (第三条, 144+15, 5G, 一户一策, 进一步).

    ``borders``: where the words of the text start, and its end. ``cut``: text to words, asked
    where a word may have swallowed the measure word (8|项目|标: is what follows 项 a word?).

    >>> text = "考学8万余人次,满意度达98%以上,近两成由17件增至2,350件"
    >>> for n in find_numerals(text, range(len(text) + 1), [(0, len(text))])[0]:
    ...     print(n.value, n.unit, n.bound)
    80000.0 人次 at_least
    98.0 % at_least
    20.0 % about
    17.0 件 exact
    2350.0 件 exact
    """
    reader = _Reader(text, borders, cut)
    matches = find_in(_OPENS, _NUMERAL, text, spans)
    read = [[n for match in found if (n := reader.read(match))] for found in matches]
    return [_with_units(text, found) if len(found) > 1 else found for found in read]


def _with_units(text: str, found: list[Numeral]) -> list[Numeral]:
    """分别提升0.3(个)、0.5个百分点: the first has the unit of the second."""
    for i, (bare, following) in enumerate(pairwise(found)):
        lacks = bare.unit in (None, str(following.unit)[:1])
        if lacks and text[bare.end : following.start] in ("、", "和", "与", "及"):
            found[i] = bare._replace(unit=following.unit)
    return found


def _is_word(digits: str, unit: str) -> bool:
    """一批, 二次供水, 零件, 十分."""
    return digits + unit == "一批" or digits in ("二", "零", "〇") or unit == "分"


class _Count(NamedTuple):
    end: int
    value: float
    unit: str | None
    naming: bool = False  # may it be part of a name?


class _Reader(NamedTuple):
    """What stands around the digits, in a text with known word borders."""

    text: str
    borders: Collection[int]
    cut: Cut

    def read(self, match: re.Match[str]) -> Numeral | None:
        if match.lastgroup == "count" and not self._may_count(match):
            return None  # what is soon seen of most
        first, lower = match.start(), self._lower_end(match)
        start, before = self._before(lower)
        if self._is_code(start, match):
            return None
        counted = match.lastgroup == "count"
        count = self._quantity(match, start < first) if counted else self._parted(match)
        if not count:
            return None
        end, after = self._after(count.end, match.endpos)
        if before == "none":  # 未发生一起事故; but 未发生3人以上事故
            none = Numeral(start, count.end, 0.0, count.unit, "exact", first)
            return none if count.value == 1 and count.unit else None
        bound = before or self._inner_bound(match, lower) or after or "exact"
        change = "increase" if match.lastgroup == "turn" else None
        naming = count.naming and bound == "exact"
        return Numeral(start, end, count.value, count.unit, bound, first, naming, change)

    def _may_count(self, match: re.Match[str]) -> bool:
        """Does a measure word follow, or what a bare count may stand before: not 一流, 2024年?"""
        end = match.end()
        after = self.text[end : end + 1]
        if after in units().by_first or after in ("成", " ") or match["scale"]:
            return True
        return len(match["digits"]) > _FEW or self._ends(end)

    def _inner_bound(self, match: re.Match[str], lower: int) -> str | None:
        """3-5家, 300余件, 三十来次, 过半."""
        if lower < match.start():
            return "at_most"
        if match["also"] == "来":
            return "about"
        if match["more"] or match["also"] or match[0].startswith("过"):
            return "at_least"
        return None

    def _lower_end(self, match: re.Match[str]) -> int:
        """Where 3 stands in 3-5家: the upper end is what is stated for sure."""
        first = match.start()
        if self.text[first - 1 : first] not in _RANGE_MARKS or not (digits := match["digits"]):
            return first
        begin = max(first - _RANGE_REACH, 0)
        if not (found := _RANGE.search(self.text[begin:first])):
            return first
        lower, upper = parse_numeral(found["lower"]), parse_numeral(digits + (match["scale"] or ""))
        return begin + found.start() if 0 < (lower or 0) < (upper or 0) else first

    def _before(self, first: int) -> tuple[int, str | None]:
        """Where the figure starts with the bound before it (不少于, 近), and that bound."""
        stop = first - (self.text[first - 1 : first] == " ")
        for word, bound in units().before.get(self.text[max(stop - 1, 0) : stop], ()):
            start = stop - len(word)
            if word in "上破过" and self.text[first] not in _ROUND:
                continue  # 上千人 is bounded, 上8场 is not
            if start in self.borders and self.text.startswith(word, start):
                return start, bound
        return first, None

    def _after(self, end: int, stop: int) -> tuple[int, str | None]:
        if bounded := units().after.match(self.text, end, stop):
            return bounded.end(), bounded.lastgroup
        if self.text.startswith(("多", "余"), end) and self.text[end - 1] in "倍元年天岁":
            return end + 1, "at_least"  # 1.4倍多
        return end, None

    def _is_code(self, start: int, match: re.Match[str]) -> bool:
        if start not in self.borders and self.text[match.start()] in HAN_DIGITS:  # 统一
            return True
        if _CODE_AFTER.match(self.text, match.end()):
            return True
        before = max(0, start - 3)
        if not (sign := _CODE_BEFORE.search(self.text[before:start])):
            return False
        return not sign["word"] or before + sign.start("word") in self.borders

    def _parted(self, match: re.Match[str]) -> _Count | None:
        """A share, a ratio, a half: the text has no measure word."""
        value_of, unit = PARTS[str(match.lastgroup)]
        value = value_of(match)
        split = match.lastgroup == "half" and match.end() not in self.borders
        return None if value is None or split else _Count(match.end(), value, unit)

    def _quantity(self, match: re.Match[str], bounded: bool) -> _Count | None:
        digits, more, scale, also = match.group("digits", "more", "scale", "also")
        end, stop = match.end(), match.endpos
        if scale and not also and self._unit(match.start("scale"), stop):
            scale, end = "", match.start("scale")  # 5千克, 3百克
        value = parse_numeral(digits + scale if scale else digits)
        if value is None:
            return None
        if self.text.startswith("成", end) and (found := self._tenths(digits, value, end)):
            return found
        rounded = bool(more or also)
        if not (measure := self._unit(end + self.text.startswith(" ", end), stop)):
            return self._bare(match, value, rounded=rounded, bounded=bounded)
        if digits[0] not in HAN_DIGITS:
            return _Count(measure[0], value, measure[1])
        return self._in_words(digits, value, *measure, rounded=rounded, bounded=bounded)

    def _in_words(
        self, digits: str, value: float, end: int, unit: str, *, rounded: bool, bounded: bool
    ) -> _Count | None:
        """A Chinese numeral, unless it is a word or a figure of speech: 百家, 一户一策."""
        if set(digits) <= set(_ROUND) and not (rounded or bounded):
            return None
        if _is_word(digits, unit) or self.text[end : end + 1] in tuple(HAN_DIGITS):
            return None
        small = value <= 10 and not rounded
        return _Count(end, value, unit, small and (value == 1 or unit in units().naming))

    def _tenths(self, digits: str, value: float, end: int) -> _Count | None:
        """近两成, 九成五."""
        if value > 10 or len(digits) > 1:
            return None
        rest = self.text[end + 1 : end + 2]
        part = 5 if rest == "半" else DIGITS.get(rest, 0)
        stop = end + 1 + bool(part)
        return _Count(stop, 10 * value + part, "%") if stop in self.borders else None

    def _unit(self, at: int, stop: int) -> tuple[int, str] | None:
        """The longest measure word that starts here and ends a word."""
        for word in units().by_first.get(self.text[at : at + 1], ()):
            end = at + len(word)
            if self.text.startswith(word, at, stop) and self._ends_word(at, end, stop):
                bracketed = _BRACKETED.match(self.text, end)
                if bracketed and bracketed[1] in units().by_first.get(bracketed[1][0], ()):
                    return bracketed.end(), self.text[at : bracketed.end()]  # 人(次)
                return end, units().aliases.get(word, word)
        return None

    def _ends_word(self, at: int, end: int, stop: int) -> bool:
        """Also in 8项目标 cut as 项目|标, as 目标 is a word, and in 12起|降至."""
        if end in self.borders:
            return True
        rest = self.text[end : min(end + 6, stop)] if self.text[at - 1].isdigit() else ""
        return bool(rest) and bool(_leading_on().match(rest) or len(next(iter(self.cut(rest)))) > 1)

    def _bare(
        self, match: re.Match[str], value: float, *, rounded: bool, bounded: bool
    ) -> _Count | None:
        """A count without a measure word (案件数由17增至29件, 败诉率为零), never a year, a code, a
        hotline."""
        digits = match["digits"]
        named = set(digits) <= set(DIGITS) if bounded else digits[0] in HAN_DIGITS
        named = named and not (digits == "零" and self.text[match.start() - 1] in "为是到达")
        many = value >= MANY and (rounded or bounded)
        if named or len(digits) > 6 or not (many or self._ends(match.end())):
            return None
        return _Count(match.end(), value, None)

    def _ends(self, at: int) -> bool:
        """Does the noun end here, or a verb of change follow?"""
        after = _BARE_AFTER.match(self.text, at) or _leading_on().match(self.text, at)
        return after is not None
