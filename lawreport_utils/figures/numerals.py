"""Numerals of report prose: Arabic, Chinese and mixed, with their units and bounds.

Why not a library: cn2an and its like convert a bare numeral and reject what reports write most
(8万余, 近两成, 98%以上); they know neither the measure word nor the bound: half the figure.
"""

import re
from functools import cache
from itertools import pairwise
from types import SimpleNamespace
from typing import NamedTuple

from ..lexicon import load

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_HAN = "〇零一二两三四五六七八九十百千万亿"
_RATES = ("%", "‰", "个百分点", "个千分点", "倍", "分")
_ARABIC = re.compile(rf"([\d,]+(?:\.\d+)?)([{_HAN}]*)", re.ASCII)
_MAX_DIGITS = 15  # more than a float holds exactly, and more than any report counts


class Numeral(NamedTuple):
    """A numeral with what belongs to it; ``start:end`` covers the bounds (近3000人次, 98%以上)."""

    start: int
    end: int
    value: float  # in base units: 2350余万元 -> 23500000.0
    unit: str | None  # 元, 人次, %, ...; None where the text has no measure word
    bound: str  # exact, at_least, at_most, about
    first: int  # where the digits start
    naming: bool  # a small Chinese numeral that may be part of a name (三项制度), not a count
    change: str | None = None  # increase or decrease where the numeral itself says so (翻一番)
    what: str = ""  # of what there was none: 败诉 in 零败诉

    @property
    def zero(self) -> bool:
        """Does it state that there was none (零败诉)?"""
        return bool(self.what)

    @property
    def is_rate(self) -> bool:
        """Is it a share, a multiple or a length of time rather than a count?"""
        return self.unit in _RATES or "/" in (self.unit or "") or is_time(self.unit)


def parse_numeral(surface: str) -> float | None:
    """Value of a bare numeral; None where it is no well-formed number.

    >>> [parse_numeral(s) for s in ("1,234.5", "2350万", "十二", "两千三百", "一百零五", "1.5亿")]
    [1234.5, 23500000.0, 12.0, 2300.0, 105.0, 150000000.0]
    >>> parse_numeral("三四十") is None  # an approximation, not a value
    True
    """
    match = _ARABIC.fullmatch(surface)
    if match:
        digits, scales = match.groups()
        if len(digits) > _MAX_DIGITS or not set(scales) <= _SCALES.keys():
            return None
        value = float(digits.replace(",", ""))
        for scale in scales:
            value *= _SCALES[scale]
        return round(value, 6)
    whole, point, decimals = surface.partition("点")
    units = _parse_han(whole)
    if not point or units is None:
        return units
    return float(f"{units:.0f}." + "".join(str(_DIGITS.get(char, 0)) for char in decimals))


def _parse_han(surface: str) -> float | None:
    if not surface or len(surface) > _MAX_DIGITS:
        return None
    total = section = 0  # section: what stands before the next 万 or 亿
    digit: int | None = None
    for char in surface:
        if char in _DIGITS:
            if digit:  # two digits in a row: 三四 is "three or four", 二〇二四 a year
                return None
            digit = _DIGITS[char]
        elif char in "万亿":
            # 百万, 万: the scale stands alone; 三亿万 is nonsense but harmless
            below = section + (digit or 0) or (1 if total == 0 else 0)
            total = (total + below) * _SCALES[char]
            section, digit = 0, None
        else:
            section += (1 if digit is None else digit) * _SCALES[char]
            digit = None
    return float(total + section + (digit or 0))


@cache
def _grammar() -> SimpleNamespace:
    """Compiled patterns and look-ups, made from the lexicon when first needed."""
    lexicon = load.table("numerals")
    units = sorted(lexicon["units"].items(), key=lambda item: -len(item[0]))
    unit = "|".join(re.escape(word) + (f"(?![{no}])" if no else "") for word, no in units)
    after = "|".join(word for word, _ in lexicon["bounds"]["after"])
    arabic = r"(?:\d{1,3}(?:,\d{3})++(?!\d)|\d++)(?:\.\d++)?"
    plus = r"\+(?![\dA-Za-z])"  # 300+场, not 1+N
    scale = r"(?:[十百千]?(?:万亿|[万亿])|[百千](?![克米瓦分])|十)?"
    return SimpleNamespace(
        numeral=re.compile(
            rf"(?=[{_HAN}\d半过翻])(?:"  # what a numeral starts with: most characters are none
            rf"(?P<of>(?:[{_HAN}]++|\d++))分之(?P<part>[{_HAN}]++(?:点[{_HAN}]++)?|{arabic})(?P<of_after>{after})?"
            rf"|(?<=[占近约超达的过])(?P<parts>\d{{1,2}})/(?P<whole>\d{{1,2}})(?P<parts_after>{after})?"
            rf"|(?P<half>(?:一半|过半数?|半数)(?![日天年月])(?P<half_after>以上)?)"
            rf"|(?P<turn>翻了?(?P<times>[一两二三])番|翻倍|翻了?一倍)"
            rf"|(?P<digits>{arabic}|[{_HAN}]+)(?P<more1>\ ?[余多]|{plus})?(?P<scale>{scale})"
            rf"(?P<more2>余|多|来|{plus})?\ ?"
            rf"(?:(?P<tenth>成)(?P<half_tenth>[一二三四五六七八九半])?(?![为立果员本长功绩效熟型品交就套人年])"
            rf"|(?P<unit>(?:{unit})(?:\((?:{unit})\))?))?"
            rf"(?P<after>{after})?)",
            re.ASCII,
        ),
        before=re.compile(
            "(?:" + "|".join(f"({word})" for word, _ in lexicon["bounds"]["before"]) + r")\ ?$"
        ),
        before_ends={word[-1] for word, _ in lexicon["bounds"]["before"]} | {" "},
        before_bounds=[bound for _, bound in lexicon["bounds"]["before"]],
        after_bounds=dict(lexicon["bounds"]["after"]),
        aliases=lexicon["aliases"],
        naming=frozenset(lexicon["classes"]["naming"]),
        time=frozenset(lexicon["classes"]["time"]),
    )


def is_time(unit: str | None) -> bool:
    """Is the unit a length of time (个工作日, 小时)?"""
    return unit in _grammar().time


def find_numerals(folded: str) -> list[Numeral]:
    """The numerals of a text in half-width form, in order, without ordinals, ranges' lower ends,
    codes and fixed words (第三条, 144+15, 5G, 一户一策, 进一步).

    >>> for n in find_numerals("考学8万余人次,满意度达98%以上,近两成由17件增至2,350件"):
    ...     print(n.value, n.unit, n.bound)
    80000.0 人次 at_least
    98.0 % at_least
    20.0 % about
    17.0 件 exact
    2350.0 件 exact
    >>> find_numerals("第三条、5G、144+15、一户一策、三四十人、二十大、一流")
    []
    """
    grammar = _grammar()
    matches = grammar.numeral.finditer(folded)
    found = [n for match in matches if (n := _numeral(match, folded, grammar)) is not None]
    for i, (bare, following) in enumerate(pairwise(found)):
        if bare.unit is None and folded[bare.end : following.start] in _AND:
            found[i] = bare._replace(unit=following.unit)  # 分别提升0.3、0.5个百分点
    return found


def _numeral(match: re.Match[str], folded: str, grammar: SimpleNamespace) -> Numeral | None:
    first, end = match.span()
    near = folded[first - 1 : first] in grammar.before_ends
    before = grammar.before.search(folded, max(0, first - 4), first) if near else None
    if before and before[0] in "上破过" and folded[first] not in "百千万亿":
        before = None  # 上千人 is bounded, 网上8场 and 侦破3起 are not
    start = before.start() if before else first
    if _NAME_BEFORE.search(folded, max(0, start - 3), start) or _NAME_AFTER.match(folded, end):
        return None
    value, bound, naming, change = None, None, False, None
    unit: str | None = "%"
    if match["of"]:
        whole, part = parse_numeral(match["of"]), parse_numeral(match["part"])
        value = round(100 * part / whole, 2) if whole and part is not None else None
    elif match["parts"]:  # 占1/4
        value = round(100 * int(match["parts"]) / max(int(match["whole"]), 1), 2)
    elif match["half"]:
        value, bound = 50.0, "at_least" if match["half"].startswith("过") else None
    elif match["turn"]:
        value, unit, change = 2.0 ** _DIGITS.get(match["times"], 1), "倍", "increase"
    elif quantity := _quantity(match, folded, bool(before), grammar):
        value, unit, naming = quantity
        if match["more1"] or match["more2"]:
            bound = "about" if match["more2"] == "来" else "at_least"
    if value is None:
        return None
    if after := match["after"] or match["of_after"] or match["half_after"] or match["parts_after"]:
        bound = grammar.after_bounds[after]
    if before:
        bound = grammar.before_bounds[before.lastindex - 1]
    elif folded[first - 1 : first] in _RANGE and folded[first - 2 : first - 1].isdigit():
        bound = "at_most"  # 3-5家: the upper end is what is stated for sure
    return Numeral(start, end, value, unit, bound or "exact", first, naming, change)


def _quantity(
    match: re.Match[str], folded: str, bounded: bool, grammar: SimpleNamespace
) -> tuple[float, str | None, bool] | None:
    """Value, unit and whether digits with a measure word may be a name; None for no figure."""
    digits, unit = match["digits"], match["unit"]
    han, more = digits[0] in _HAN, match["more1"] or match["more2"]
    if han and folded[match.start() - 1 : match.start()] in ("数", "几"):
        return None  # 数十次
    value = parse_numeral(digits + match["scale"])
    if value is None:
        return None
    if match["tenth"]:
        percent = 5 if match["half_tenth"] == "半" else _DIGITS.get(match["half_tenth"], 0)
        return (value * 10 + percent, "%", False) if value <= 10 and len(digits) == 1 else None
    if unit is None:
        # a count without a measure word (案件数由17增至29件), never a year, a code, a hotline
        named = han if not bounded else set(digits) <= set(_DIGITS)
        if named or len(digits) > 6 or not _BARE_AFTER.match(folded, match.end()):
            return None
        return value, None, False
    if not han:
        return value, grammar.aliases.get(unit, unit), False
    if (
        digits + unit == "一批"
        or digits in ("二", "零", "〇")
        or unit == "分"
        or folded[match.end() :][:1] in tuple(_HAN)
    ):
        return None  # 二次供水, 零件, 十分, 一户一策: words
    if set(digits) <= set("百千万亿") and not (more or bounded):
        return None  # 百家, 千万次: a figure of speech
    small = value <= 10 and not (more or bounded or match["after"])
    naming = small and (value == 1 or unit in grammar.naming)
    return value, grammar.aliases.get(unit, unit), naming


# Glued to one of these a numeral is an ordinal, the base of a rate, a code or a name.
_NAME_BEFORE = re.compile(
    r"(?:第|每|同|首|某|\d[:时-]|(?<![目以之此日年])前|[.+·/#〔\[_×*=A-Za-z])\ ?$", re.ASCII
)
_NAME_AFTER = re.compile(r"\+(?=[\dA-Za-z])|·|[个位件]一")
_BARE_AFTER = re.compile(r"[,;。、)]|$|\n|[增升降减压缩提扩上下]")
_AND = ("、", "和", "与", "及")
_RANGE = tuple("-—–~至")
