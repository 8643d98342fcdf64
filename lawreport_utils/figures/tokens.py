"""Words with their types: what the rules of figures and of claims read instead of characters.

The words are those of the report's one cut (``segment.words``), except that a numeral with its
measure word, a title in 《》, a quoted name and a date are one word each, and that neighbours which
make an entry of the lexicon together (接 and 报) are one. ``vocabulary`` tells their types.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from . import vocabulary
from .vocabulary import SHOWN, SUFFIXES, Types, is_listed, plain_code, typed_parts

_SPECIAL = re.compile(
    r"""
    (?=[《“‘「"\d连前第一二三四五六七八九十])(?:                    # what soon tells of most places
    (?P<title>《[^《》\n]*》)
  | (?P<quote>“[^“”\n,;:。]{1,40}”|‘[^‘’\n,;:。]{1,40}’|「[^」\n]{1,40}」|"[^"\n,;:。]{1,40}")
  | (?P<how>连续(?:[\d一二两三四五六七八九十多数几]{1,3})(?:个?月|年|天|个?季度|届))
  | (?P<date>(?:(?:\d{4}年?[—–~至-])?\d{4}年(?:度|末|底|初)?(?:\d{1,2}月)?(?:\d{1,2}日)?
               |(?:\d{1,2}[—–~至-])?\d{1,2}月(?:\d{1,2}日)?)
             (?:以来|年?[末底初份内里中]|期间)?
           | [\d一二三四五六七八九十]{1,3}年[间来]
           | [前第]?[1-4一二三四]季度 | [一二三四](?:、[一二三四]){1,2}季度)
    )
    """,
    re.VERBOSE | re.ASCII,
)
_MARKER = re.compile(  # of a list, where a clause starts
    r"""
    (?=[一二三四五六七八九十\d(①-⑳第其首再次先最])(?:            # what soon tells of most places
    [一二三四五六七八九十]{1,3}(?:是|、(?![一二三四五六七八九十]))
  | \(?[一二三四五六七八九十\d]{1,3}\) | [①-⑳]
  | \d{1,2}[.、](?!\d)
  | 第[一二三四五六七八九十]{1,2}[,、] | 其[一二三四五六], | [首其再]次?先?, | 最后,
    )
    """,
    re.VERBOSE | re.ASCII,
)
_CLAUSE_START = frozenset(" ,;:。!?\n\t")
_SHORT = 4  # characters of a quoted name that is read: “双下降”

Special = tuple[int, int, str]  # start, end, and what it is


class Word(NamedTuple):
    """A word of the text, with its types."""

    start: int
    end: int
    text: str  # in half-width form
    types: Types
    code: str  # a character for its types

    def as_a(self, types: Types) -> "Word":
        return self._replace(types=types, code=vocabulary.codes()[types])

    def is_a(self, *types: str) -> bool:
        return not self.types.isdisjoint(types)


Words = Sequence[Word]
Name = list[Word]


_code, _text = itemgetter(Word._fields.index("code")), itemgetter(Word._fields.index("text"))


def text_of(words: Words) -> str:
    return "".join(map(_text, words))


def coded(words: Words) -> str:
    """A character for each word, by its types: what a ``pattern`` is matched on."""
    return "".join(map(_code, words))


@cache
def pattern(rule: str, prefix: str = "") -> re.Pattern[str]:
    """A rule over types as a pattern over coded words: <verb> is a word that is a verb (among
    others), <verb|light> one that is either, <-verb> one that is none, <verb-act> one that is no
    act as well. ``prefix``: of the types that are meant."""

    def characters(named: re.Match[str]) -> str:
        wanted, but = ({prefix + kind for kind in (named[g] or "").split("|")} for g in _GROUPS)
        found = vocabulary.codes().items()
        chars = "".join([char for kinds, char in found if kinds & wanted and not kinds & but])
        return f"[{'^' if named['no'] else ''}{chars or _NEVER}]"

    return re.compile(_TYPES.sub(characters, rule), re.VERBOSE)


_TYPES = re.compile(r"<(?P<no>-?)(?P<types>[a-z_|]+)(?:-(?P<but>[a-z_|]+))?>")
_GROUPS = ("types", "but")
_NEVER = "\uf8ff"  # a type that no word has


def special_spans(text: str, start: int, end: int) -> list[Special]:
    """Titles, quoted names, dates, and markers of a list."""
    named = [(*match.span(), str(match.lastgroup)) for match in _SPECIAL.finditer(text, start, end)]
    markers = [
        (*match.span(), "mark")
        for match in _MARKER.finditer(text, start, end)
        if match.start() == start or text[match.start() - 1] in _CLAUSE_START
    ]
    inside = [
        m for m in markers if not any(first < m[1] and m[0] < last for first, last, _ in named)
    ]
    return sorted([*named, *inside]) if inside else named


class Coded(NamedTuple):
    """Words by number: where each starts and ends in the text, and a character for its types."""

    text: str
    starts: list[int]
    ends: list[int]
    codes: str


class Typed(NamedTuple):
    """The words of a sentence by number: where each starts, the end of the last, and a character
    for the types of each, as in ``coded``."""

    text: str
    starts: list[int]
    codes: list[str]

    def words(self) -> list[Word]:
        text, types = self.text, vocabulary.types_by_code()
        return [
            Word(start, end, text[start:end], types[code], code)
            for (start, end), code in zip(pairwise(self.starts), self.codes, strict=True)
        ]

    def without_quotations(self) -> Coded:
        """For claims: no blanks, and a quotation, which makes no claim of its own, is one word."""
        starts, ends, codes = self.starts[:-1], self.starts[1:], "".join(self.codes)
        for match in reversed([*pattern(_SET_OFF, "claims.").finditer(codes)]):
            first, stop = match.span()
            quoted = stop > first + 1
            starts[first + quoted : stop] = []
            ends[first : stop - quoted] = []
            codes = codes[:first] + quoted * vocabulary.codes()[SHOWN["quote"]] + codes[stop:]
        return Coded(self.text, starts, ends, codes)


_SET_OFF = "<blank>|<opened><-opened|closed>*<closed>"


def typed(
    text: str, borders: Sequence[int], spans: Iterable[Special], start: int, end: int
) -> Typed:
    """The words of ``text[start:end]``, cut at ``borders``; ``spans`` (in order) are one word each,
    of the type named.

    >>> text, borders = "累计接报警情3起", [0, 2, 3, 4, 6, 7, 8]
    >>> for word in typed(text, borders, [(6, 8, "figure")], 0, 8).words():
    ...     print(word.text, *sorted(word.types))
    累计 adverb cut
    接报 verb
    警情 claims.quality head
    3起 figure
    """
    words, position = Typed(text, [], []), start
    for first, last, kind in spans:
        _add_plain(words, borders, position, first)
        words.starts.append(first)
        words.codes.append(_code_shown(text, first, last, kind))
        position = last
    _add_plain(words, borders, position, end)
    words.starts.append(end)
    if ")" in text[start:end]:
        _join_asides(words)
    return words


def _code_shown(text: str, first: int, last: int, kind: str) -> str:
    """The types of a title, a figure …; a short name in quotation marks may be a word: “双下降”."""
    codes, types = vocabulary.codes(), SHOWN[kind]
    if kind == "quote" and last - first - 2 <= _SHORT:
        known = vocabulary.claim_words().get(text[first + 1 : last - 1])
        types = known | {"quote"} if known else types
    return codes[types]


def _add_plain(words: Typed, borders: Sequence[int], start: int, end: int) -> None:
    """Add the words of a stretch that holds no figure and no name."""
    if start >= end:
        return
    text, starts, codes = words
    inner = borders[bisect_right(borders, start) : bisect_left(borders, end)]
    borders = _mended(text, [start, *inner, end])
    i, last, joined = 0, len(borders) - 1, 0
    while i < last:
        first, i = borders[i], i + 1
        word = text[first : borders[i]]
        if code := plain_code(word):
            starts.append(first)
            codes.append(code)
            continue
        i = _joined(text, borders, i)
        word = text[first : borders[i]]
        if word in SUFFIXES and len(codes) > joined and codes[-1] in vocabulary.stems():
            codes[-1], joined = vocabulary.codes()[SHOWN[SUFFIXES[word]]], len(codes)
            continue
        for length, code in typed_parts(word):
            starts.append(first)
            codes.append(code)
            first += length


def _joined(text: str, borders: Sequence[int], i: int) -> int:
    """The border where the word before ``i`` ends: neighbours may make an entry with it."""
    first, end, last = borders[i - 1], i, len(borders) - 1
    while i < last and text[first : borders[i]] in vocabulary.beginnings():
        i += 1
        if is_listed(text[first : borders[i]]):
            end = i
    return end


def _mended(text: str, borders: list[int]) -> list[int]:
    """受害|率控制 is 受害|率|控制: the last character of a measure that the cut put in front of the
    word that follows."""
    stretch = text[borders[0] : borders[-1]]
    if "率" not in stretch and "比" not in stretch:
        return borders
    split = [
        start + 1
        for start, end in pairwise(borders)
        if text[start] in "率比" and vocabulary.ends_a_measure(text[start:end])
    ]
    return sorted([*borders, *split]) if split else borders


def _join_asides(words: Typed) -> None:
    """县(市、区), 乡镇(街道): a short aside is part of the word before it."""
    text, starts, codes = words
    opened, i = 0, 0
    while i < len(codes):
        mark = text[starts[i] : starts[i + 1]]
        if mark == "(":
            opened = i if i and not _is_a(codes[i - 1], "mark", "figure") else 0
        elif mark == ")" and opened:
            inside = starts[i] - starts[opened + 1]
            if inside <= _SHORT_ASIDE and not any(_counts(words, k) for k in range(opened, i)):
                del starts[opened : i + 1], codes[opened : i + 1]
                i = opened - 1
            opened = 0
        i += 1


def _is_a(code: str, *types: str) -> bool:
    return not vocabulary.types_by_code()[code].isdisjoint(types)


def _counts(words: Typed, i: int) -> bool:
    digits = words.text[words.starts[i] : words.starts[i + 1]].isdigit()
    return digits or _is_a(words.codes[i], "figure")


_SHORT_ASIDE = 8  # characters
