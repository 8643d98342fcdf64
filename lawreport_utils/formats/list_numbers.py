"""Numbers of automatic lists, as Word and browsers show them."""

from collections.abc import Callable

from ..characters import numeral_of


def _digits(value: int, digits: str) -> str:
    return "".join(digits[int(digit)] for digit in str(value))


def _glyph(value: int, first: str, count: int) -> str:
    return chr(ord(first) + value - 1) if value <= count else str(value)


def _letter(value: int) -> str:
    return chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)


def _roman(value: int) -> str:
    """
    >>> [_roman(n) for n in (4, 9, 14, 40)]
    ['iv', 'ix', 'xiv', 'xl']
    """
    text = ""
    for letters, worth in _ROMAN:
        text += letters * (value // worth)
        value %= worth
    return text


_ROMAN = (
    ("m", 1000), ("cm", 900), ("d", 500), ("cd", 400), ("c", 100), ("xc", 90),
    ("l", 50), ("xl", 40), ("x", 10), ("ix", 9), ("v", 5), ("iv", 4), ("i", 1),
)  # fmt: skip

_LEGAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
_TRADITIONAL = str.maketrans("贰叁陆", "貳參陸")
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"


def _formal(value: int) -> str:
    """
    >>> [_formal(n) for n in (3, 10, 26)]
    ['叁', '壹拾', '贰拾陆']
    """
    return ("壹" * (9 < value < 20) + numeral_of(value)).translate(_LEGAL)


# Names of ECMA-376 (ST_NumberFormat), then of CSS (list-style-type) and HTML (type="").
_STYLES: dict[str, Callable[[int], str]] = {
    "none": lambda _: "",
    "decimalZero": lambda n: f"{n:02}",
    "decimalFullWidth": lambda n: _digits(n, "０１２３４５６７８９"),
    "decimalEnclosedCircle": lambda n: _glyph(n, "①", 20),
    "decimalEnclosedFullstop": lambda n: _glyph(n, "⒈", 20),
    "decimalEnclosedParen": lambda n: _glyph(n, "⑴", 20),
    "ideographEnclosedCircle": lambda n: _glyph(n, "㊀", 10),
    "ideographDigital": lambda n: _digits(n, "〇一二三四五六七八九"),
    "ideographTraditional": lambda n: _STEMS[(n - 1) % 10],
    "ideographZodiac": lambda n: _BRANCHES[(n - 1) % 12],
    "ideographZodiacTraditional": lambda n: _STEMS[(n - 1) % 10] + _BRANCHES[(n - 1) % 12],
    "chineseLegalSimplified": _formal,
    "ideographLegalTraditional": lambda n: _formal(n).translate(_TRADITIONAL),
    "numberInDash": lambda n: f"- {n} -",
    "lowerLetter": _letter,
    "upperLetter": lambda n: _letter(n).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda n: _roman(n).upper(),
}
_STYLES |= {
    twin: _STYLES[name]
    for name, twins in {
        "decimalZero": "decimal-leading-zero",
        "ideographTraditional": "cjk-heavenly-stem",
        "ideographZodiac": "cjk-earthly-branch",
        "chineseLegalSimplified": "simp-chinese-formal",
        "ideographLegalTraditional": "trad-chinese-formal",
        "decimalFullWidth": "decimalFullWidth2",
        "decimalEnclosedCircle": "decimalEnclosedCircleChinese",
        "ideographDigital": "japaneseDigitalTenThousand taiwaneseDigital koreanDigital cjk-decimal",
        "lowerLetter": "lower-alpha lower-latin a",
        "upperLetter": "upper-alpha upper-latin A",
        "lowerRoman": "lower-roman i",
        "upperRoman": "upper-roman I",
    }.items()
    for twin in twins.split()
}
_STYLES |= dict.fromkeys(
    [
        "chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
        "taiwaneseCountingThousand", "cjk-ideographic", "simp-chinese-informal",
        "trad-chinese-informal",
    ],
    numeral_of,
)  # fmt: skip


def format_number(value: int, style: str) -> str:
    """A number as a list in this style shows it; Arabic where the style isn't known.

    >>> [format_number(12, style) for style in ("chineseCounting", "lowerRoman", "cjk-decimal")]
    ['十二', 'xii', '一二']
    """
    return _STYLES.get(style, str)(value) if 0 < value < 10_000 else str(value)
