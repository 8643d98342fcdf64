"""What a character stands for: widths, blanks, look-alikes, line ends and Chinese numerals.

``clean`` makes of decoded text the text of a report; ``fold`` makes of that a copy of the same
length, character for character, on which everything is matched.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from unicodedata import normalize, numeric

HAN = "㐀-䶿一-鿿豈-\ufaff\U00020000-\U0003ffff"  # inside [ ]: any Chinese character
_HAN_DIGITS = "〇一二三四五六七八九"
DIGITS = {char: value for value, char in enumerate(_HAN_DIGITS)} | {"零": 0, "○": 0, "两": 2}
SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}

# Characters that stand for others, one for one. Source: the blocks of Unicode of that name.
_ALIKE = [
    *range(0xFF01, 0xFF65),  # full-width ASCII, half-width Chinese marks
    *range(0xFE10, 0xFE6C),  # vertical and small forms: ﹑ ﹙ ︵
    *range(0x2F00, 0x2FD6),  # Kangxi radicals, which converters of PDF files write for characters
    *range(0xF900, 0xFB00),  # compatibility ideographs, likewise
    *range(0x2F800, 0x2FA20),
    *range(0x3192, 0x31A0),  # small forms beside a line: ㆒ ㆓
    *range(0x1D400, 0x1D800),  # letters and digits of formulas
]
_BLANKS = [0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x2800, 0x3000]
# CJK Radicals Supplement: those that are characters by themselves, most of them C-SIMPLIFIED.
_RADICALS = (
    "⺁厂⺄乙⺈刀⺊卜⺍小⺎兀⺟母⺠民⺧牛⺩王⺫目⺬示⺶羊⺼肉⺽臼⻁虎⻄西⻅见⻆角⻉贝⻋车⻑長⻓长⻔门⻗雨⻘青⻙韦⻚页⻛风"
    "⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻬齐⻮齿⻰龙⻳龟"
)
# Fonts of the mainland have one glyph for ⼾ and 户; 丶, a stroke of characters, is typed for 、.
_BY_USE = {"⼾": "户", "丶": "、", "⼂": "、"}
FOLD = (
    {code: ord(char) for code in _ALIKE if len(char := normalize("NFKC", chr(code))) == 1}
    | dict(zip(map(ord, _RADICALS[::2]), map(ord, _RADICALS[1::2]), strict=True))
    | {ord(char): ord(meant) for char, meant in _BY_USE.items()}
    | dict.fromkeys(_BLANKS, 0x20)
)
FOLD = {code: char for code, char in FOLD.items() if code != char}
_FOLDED = {chr(code): chr(char) for code, char in FOLD.items()}
_COMMON = "".join(re.escape(char) for char in _FOLDED if ord(char) < 0x10000)
_MAY_FOLD = re.compile(f"[{_COMMON}\U00010000-\U0010ffff]")  # the rare planes are looked up


def fold(text: str) -> str:
    """The text with all that stands for another character replaced by it, one for one.

    Full-width ASCII and small forms become half-width, blanks of any width a space, radicals and
    compatibility ideographs the characters that they show. The Chinese marks 、。《》“” have no
    half-width twin in use and stay. A position in the folded text is a position in the text.

    >>> fold("（⼀）２０２４年﹐１．５％。"), len(fold("12\u2009600件"))
    ('(一)2024年,1.5%。', 7)
    """
    return _MAY_FOLD.sub(lambda sign: _FOLDED.get(sign[0], sign[0]), text)


def find_from(
    first: re.Pattern[str], whole: re.Pattern[str], text: str, start: int, end: int
) -> Iterator[re.Match[str]]:
    """The matches of a pattern, as ``finditer`` has them, that begin with a character of ``first``:
    most characters are soon passed over.

    >>> digit, figure = re.compile("[0-9]"), re.compile("[0-9]+[件次]")
    >>> [match[0] for match in find_from(digit, figure, "12件5人3次", 0, 7)]
    ['12件', '3次']
    """
    begun = (match.start() for match in first.finditer(text, start, end))
    return _matches(whole, text, begun, start, end)


def _matches(
    whole: re.Pattern[str], text: str, begun: Iterable[int], start: int, end: int
) -> Iterator[re.Match[str]]:
    """The matches that begin at some places, in order, without overlap."""
    for at in begun:
        if at >= start and (match := whole.match(text, at, end)):
            start = match.end()
            yield match


def find_in(
    first: re.Pattern[str], whole: re.Pattern[str], text: str, spans: Iterable[tuple[int, int]]
) -> list[list[re.Match[str]]]:
    """The same in each of some stretches of a text, which is gone through once.

    >>> digit, figure = re.compile("[0-9]"), re.compile("[0-9]+[件次]")
    >>> found = find_in(digit, figure, "12件5人3次4件", [(0, 4), (5, 8)])
    >>> [[match[0] for match in matches] for matches in found]
    [['12件'], ['3次']]
    """
    begun = [match.start() for match in first.finditer(text)]
    found = []
    for start, end in spans:
        here = begun[bisect_left(begun, start) : bisect_left(begun, end)]
        found.append([*_matches(whole, text, here, start, end)])
    return found


def close_up(line: str) -> str:
    """A line without the blanks between its letters, where it is set so: 年 度 报 告."""
    if len(line) > _MAX_TITLE:
        return line
    folded = fold(line)
    if 3 * len(_SPREAD.findall(folded)) < len(folded.replace(" ", "")):
        return line
    return "".join(char for char, seen in zip(line, folded, strict=True) if seen != " ")


_SPREAD = re.compile(rf" (?<=[{HAN}] ) *(?=[{HAN}])")  # a blank first: most lines have none
_MAX_TITLE = 160  # characters; a longer line is no title


def count_han(folded: str, start: int = 0, end: int | None = None) -> int:
    """Number of Chinese characters in a stretch of half-width text: what rates are counted per."""
    stop = len(folded) if end is None else end
    return sum(map(len, _HAN_RUN.findall(folded, start, stop)))


_HAN_RUN = re.compile(f"[{HAN}]+")


# What ends a line: of Windows and old Macs; the soft break and the page break of text copied from
# Word or made by pdftotext; those of Unicode.
_ENDS = "\r\v\x1c-\x1e\x85\u2028\u2029"
_LINE_END = re.compile(f"\r\n|\n?\f|[{_ENDS}]")
# Characters without width and ink, which editors and web pages put inside words and figures: soft
# hyphens, joiners, marks of direction, selectors of a glyph. Source: Default_Ignorable_Code_Point
# of Unicode; with U+FFF9–FFFC, which stand for notes and pictures.
_INKLESS = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffc"
)
_RARELY_INKLESS = "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
_UNSEEN = re.compile(f"[{_INKLESS}{_RARELY_INKLESS}]")
_HALVES = "\ud800-\udfff"  # of surrogate pairs
SURROGATE = re.compile(f"[{_HALVES}]")
_MAY_BE_UNCLEAN = re.compile(f"[{_ENDS}\f{_INKLESS}{_HALVES}\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """The text as a report holds it: line ends are ``\\n``, characters that nobody sees are gone,
    and what no encoding can write (half of a surrogate pair) is U+FFFD.

    >>> clean("\\ufeff办理1\\u200b2件\\r\\n二、执法\\x0b三、监督")
    '办理12件\\n二、执法\\n三、监督'
    """
    if not _MAY_BE_UNCLEAN.search(text):
        return text
    return SURROGATE.sub("\ufffd", _UNSEEN.sub("", _LINE_END.sub("\n", text)))


def number_of(numeral: str) -> int | None:
    """Value of a Chinese numeral, 〇 and 两 included, or of digits; None where it has none.

    Digits in a row are read one by one, as in a year; 三四十 is an approximation, not a value.

    >>> [number_of(n) for n in ("十二", "两千三百", "一百零五", "三亿", "二〇二四", "12", "三四十")]
    [12, 2300, 105, 300000000, 2024, 12, None]
    """
    if numeral.isascii():
        return int(numeral) if numeral.isdigit() and len(numeral) <= _MOST_DIGITS else None
    if len(numeral) == 1:  # ⑫ and ㈠ too
        value = DIGITS.get(numeral, numeric(numeral, -1))
        return int(value) if value == int(value) >= 0 else None
    if not set(numeral) <= DIGITS.keys() | SCALES.keys() or len(numeral) > _MOST_DIGITS:
        return None
    if set(numeral) <= DIGITS.keys():
        in_a_row = len(numeral) > 2 or bool(set(numeral) & {"〇", "零"})
        return int("".join(str(DIGITS[char]) for char in numeral)) if in_a_row else None
    return _with_scales(numeral)


_MOST_DIGITS = 15  # more than a float holds exactly, and more than any report counts


def _with_scales(numeral: str) -> int | None:
    total = section = 0  # section: what stands before the next 万 or 亿
    digit: int | None = None
    for char in numeral:
        if char in DIGITS:
            if digit:  # 三四十: two digits at one place
                return None
            digit = DIGITS[char]
        elif SCALES[char] >= SCALES["万"]:  # 百万, 万: the scale may stand alone
            total = (total + (section + (digit or 0) or int(total == 0))) * SCALES[char]
            section, digit = 0, None
        else:
            section += (1 if digit is None else digit) * SCALES[char]
            digit = None
    return total + section + (digit or 0)


def numeral_of(value: int) -> str:
    """The Chinese numeral of a number below 10,000, as lists and dates have it.

    >>> [numeral_of(n) for n in (1, 10, 12, 20, 102, 110, 1001)]
    ['一', '十', '十二', '二十', '一百零二', '一百一十', '一千零一']
    """
    scales = "千百十 "[-len(str(value)) :]
    digits = zip(str(value), scales, strict=True)
    text = "".join("零" if n == "0" else _HAN_DIGITS[int(n)] + scale for n, scale in digits)
    return re.sub("零+", "零", text).rstrip("零 ").removeprefix("一" if 9 < value < 20 else "")
