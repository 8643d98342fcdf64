"""The value of a bare numeral, Arabic, Chinese or mixed, and of shares and ratios."""

import re
from collections.abc import Callable
from math import prod

from ..characters import DIGITS, SCALES, number_of

HAN_DIGITS = "〇零一二两三四五六七八九十百千万亿"
SPACE = " "  # between thousands, as GB/T 15835 allows; thin in print
_ARABIC = re.compile(rf"([\d,{SPACE}]+(?:\.\d+)?)([十百千万亿]*)", re.ASCII)
_MAX_DIGITS = 15  # more than a float holds exactly, and more than any report counts


def parse_numeral(surface: str) -> float | None:
    """Value of a bare numeral; None where it is no well-formed number.

    >>> [parse_numeral(s) for s in ("1,234.5", "2350万", "十二", "两千三百", "一百零五", "1.5亿")]
    [1234.5, 23500000.0, 12.0, 2300.0, 105.0, 150000000.0]
    >>> parse_numeral("三四十") is None  # an approximation, not a value
    True
    """
    if surface.isascii() and surface.isdigit():  # most
        return float(surface) if len(surface) <= _MAX_DIGITS else None
    if match := _ARABIC.fullmatch(surface):
        digits, scales = match.groups()
        value = float(digits.replace(",", "").replace(SPACE, ""))
        value = float(f"{value * prod(SCALES[scale] for scale in scales):.{_MAX_DIGITS}g}")
        return value if len(digits) <= _MAX_DIGITS else None
    return _spelt(surface)


def _spelt(surface: str) -> float | None:
    """The same of Chinese digits."""
    whole, point, decimals = surface.partition("点")
    in_a_row = len(whole) > 1 and not set(whole) & SCALES.keys()  # 二〇二四: a year
    units = None if in_a_row else number_of(whole)
    if not point or units is None:
        return None if units is None else float(units)
    return float(f"{units:.0f}." + "".join(str(DIGITS.get(char, 0)) for char in decimals))


def _share(match: re.Match[str]) -> float | None:
    """Per cent: 四分之三, 百分之3.5."""
    whole, part = parse_numeral(match["whole"]), parse_numeral(match["part"])
    return round(100 * part / whole, 2) if whole and part else None


def _fraction(match: re.Match[str]) -> float | None:
    """Per cent: 占1/4; but not 1/4决赛."""
    fits = match.string[match.start() - 1 : match.start()] in tuple("占近约超达的过")
    return round(100 * int(match["over"]) / max(int(match["under"]), 1), 2) if fits else None


def _ratio(match: re.Match[str]) -> float | None:
    """To one: 比例为1:2, 之比达三比一; but not 9:30."""
    one, other = parse_numeral(match["one"]), parse_numeral(match["other"])
    named = "比" in match.string[max(match.start() - _NEAR, 0) : match.start()]
    return round(one / other, 4) if named and one and other else None


_NEAR = 10  # characters between 比例 and the ratio


def _turns(match: re.Match[str]) -> float:
    """翻一番, 翻两番, 翻倍."""
    return 2.0 ** DIGITS.get(match["times"], 1)


RATIO = "比1"  # as a reader says it: 5比1
# Value and unit of what has no measure word.
PARTS: dict[str, tuple[Callable[[re.Match[str]], float | None], str]] = {
    "share": (_share, "%"),
    "fraction": (_fraction, "%"),
    "ratio": (_ratio, RATIO),
    "half": (lambda _: 50.0, "%"),
    "all": (lambda _: 100.0, "%"),
    "turn": (_turns, "倍"),
}
