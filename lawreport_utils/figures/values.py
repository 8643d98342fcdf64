"""The value of a bare numeral: Arabic, Chinese or mixed."""

import re
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
        value = round(value * prod(SCALES[scale] for scale in scales), 6)
        return value if len(digits) <= _MAX_DIGITS else None
    whole, point, decimals = surface.partition("点")
    in_a_row = len(whole) > 1 and not set(whole) & SCALES.keys()  # 二〇二四: a year
    units = None if in_a_row else number_of(whole)
    if not point or units is None:
        return None if units is None else float(units)
    return float(f"{units:.0f}." + "".join(str(DIGITS.get(char, 0)) for char in decimals))
