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
from typing import NamedTuple

from . import vocabulary
from .vocabulary import SHOWN, Types, is_listed, typed_parts

_SPECIAL = re.compile(
    r"""
    (?=[《“‘「"\d连一二三四五六七八九十])(?:                     # what soon tells of most places
    (?P<title>《[^《》\n]*》)
  | (?P<quote>“[^“”\n,;:。]{1,40}”|‘[^‘’\n,;:。]{1,40}’|「[^」\n]{1,40}」|"[^"\n,;:。]{1,40}")
  | (?P<how>连续(?:[\d一二两三四五六七八九十多数几]{1,3})(?:个?月|年|天|个?季度|届))
  | (?P<date>(?:\d{4}年(?:度|末|底|初)?(?:\d{1,2}月)?(?:\d{1,2}日)?|\d{1,2}月(?:\d{1,2}日)?)
             (?:以来|年?[末底初份内里中]|期间)?
           | [\d一二三四五六七八九十]{1,3}年[间来])
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
_LONGEST = 4  # words that may make one entry of the vocabulary
_SHORT = 4  # characters of a quoted name that is read: “双下降”

Special = tuple[int, int, str]  # start, end, and what it is


class Word(NamedTuple):
    """A word of the text, with its types."""

    start: int
    end: int
    text: str  # in half-width form
    types: Types

    def is_a(self, *types: str) -> bool:
        return not self.types.isdisjoint(types)


Words = Sequence[Word]
Name = list[Word]


def text_of(words: Words) -> str:
    return "".join([word.text for word in words])


def coded(words: Words) -> str:
    """A character for each word, by its types: what a ``pattern`` is matched on."""
    codes = vocabulary.codes()
    return "".join([codes[word.types] for word in words])


@cache
def pattern(rule: str, prefix: str = "") -> re.Pattern[str]:
    """A rule over types as a pattern over coded words: <verb> is a word that is a verb (among
    others), <verb|light> one that is either, <-verb> one that is none. ``prefix``: of the types
    that are meant."""

    def characters(named: re.Match[str]) -> str:
        wanted = {prefix + kind for kind in named["types"].split("|")}
        chars = "".join([char for kinds, char in vocabulary.codes().items() if kinds & wanted])
        return f"[{'^' if named['no'] else ''}{chars or _NEVER}]"

    return re.compile(re.sub(r"<(?P<no>-?)(?P<types>[a-z_|]+)>", characters, rule), re.VERBOSE)


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


def typed_words(
    text: str, starts: Sequence[int], spans: Iterable[Special], start: int, end: int
) -> list[Word]:
    """The words of ``text[start:end]``; ``spans`` (in order) are one word each, of the type named.

    >>> text, starts = "累计接报警情3起", [0, 2, 3, 4, 6, 7, 8]
    >>> for word in typed_words(text, starts, [(6, 8, "figure")], 0, 8):
    ...     print(word.text, *sorted(word.types))
    累计 adverb cut
    接报 verb
    警情 head
    3起 figure
    """
    words: list[Word] = []
    position = start
    for first, last, kind in spans:
        _add_plain(words, text, starts, position, first)
        words.append(Word(first, last, text[first:last], _types_shown(text, first, last, kind)))
        position = last
    _add_plain(words, text, starts, position, end)
    return _with_suffixes(_with_asides(words) if ")" in text[start:end] else words)


def _types_shown(text: str, first: int, last: int, kind: str) -> Types:
    """The types of a title, a figure …; a short name in quotation marks may be a word: “双下降”."""
    known = vocabulary.claim_words().get(text[first + 1 : last - 1], vocabulary.NONE)
    if kind == "quote" and known and last - first - 2 <= _SHORT:
        return known | {"quote"}
    return SHOWN[kind]


def _add_plain(words: list[Word], text: str, starts: Sequence[int], start: int, end: int) -> None:
    """Add the words of a stretch that holds no figure and no name."""
    if start >= end:
        return
    inner = starts[bisect_right(starts, start) : bisect_left(starts, end)]
    borders, openings = _mended(text, [start, *inner, end]), vocabulary.beginnings()
    i, last = 0, len(borders) - 1
    while i < last:
        first, j = borders[i], i + 1
        word = text[first : borders[j]]
        if word in openings:
            j = _joined(text, borders, i)
            word = text[first : borders[j]]
        for part, types in typed_parts(word):
            words.append(Word(first, first + len(part), part, types))
            first += len(part)
        i = j


def _joined(text: str, borders: list[int], i: int) -> int:
    """Where the word ends that starts at a border: neighbours may make an entry together."""
    ends = range(min(i + _LONGEST, len(borders) - 1), i + 1, -1)
    return next((k for k in ends if is_listed(text[borders[i] : borders[k]])), i + 1)


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


def _with_asides(words: list[Word]) -> list[Word]:
    """县(市、区), 乡镇(街道): a short aside is part of the word before it."""
    kept: list[Word] = []
    opened: int | None = None
    for word in words:
        if word.text == "(":
            opened = len(kept) if kept and not kept[-1].is_a("mark", "figure") else None
        kept.append(word)
        if word.text == ")" and opened is not None:
            inside = kept[opened + 1 : -1]
            if sum(len(w.text) for w in inside) <= _SHORT_ASIDE and not any(map(_counts, inside)):
                head = kept[opened - 1]
                aside = text_of(kept[opened:])
                kept[opened - 1 :] = [Word(head.start, word.end, head.text + aside, head.types)]
            opened = None
    return kept


def _counts(word: Word) -> bool:
    return word.is_a("figure") or word.text.isdigit()


_SHORT_ASIDE = 8  # characters


def _with_suffixes(words: list[Word]) -> list[Word]:
    """办结 and 率, 调解 and 室 are one word each: a rate, who acts."""
    kept: list[Word] = []
    stem: Word | None = None
    for word in words:
        kind = _SUFFIXES.get(word.text)
        if kind and stem and stem.types.isdisjoint(_NO_STEM):
            kept[-1] = Word(stem.start, word.end, stem.text + word.text, SHOWN[kind])
            stem = None
        else:
            kept.append(word)
            stem = word
    return kept


_SUFFIXES = {"率": "rate"} | dict.fromkeys("室站所队院委员组", "actor")
_NO_STEM = frozenset(["mark", "figure", "join", "of", "date", "link", "prep", "le", "basis"])
