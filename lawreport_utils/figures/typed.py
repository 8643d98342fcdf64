"""A text as a string of types, a character a word, and rules over types as patterns on it.

The words are those of the report's one cut (``segment.words``), except that a title, a quotation
and a date are one word each, and that neighbours which make an entry of the lexicon are one.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from ..lexicon import load

_MARKS = {";": "break"} | dict.fromkeys(",:。!?\n", "pause")  # what ends a clause
_NONE = "\uf8ff"  # a type that no word has
_SHORT = 4  # characters of a quoted name that is read: “双下降”
_SPECIAL = re.compile(
    r"""
    (?=[《“"\d(一二三四五六七八九十连])(?:                      # what soon tells of most places
    (?P<quote>《[^《》\n]*》|“[^“”\n]*”|"[^"\n]*")
  | (?P<date>(?:\d{4}年(?:度|末|底|初)?(?:\d{1,2}月)?|\d{1,2}月)(?:以来|内|来|里|底|末|份)?)
  | (?<![^\s,;:。!?])(?P<lead>\([一二三四五六七八九十\d]{1,3}\)
                        |[一二三四五六七八九十]{1,3}、|\d{1,3}[.、])
  | (?P<how>连续[\d一二两三四五六七八九十多数几]{1,3}个?[年月])
    )
    """,
    re.VERBOSE,
)


class Typed(NamedTuple):
    """Words by number: where each starts and ends in the text, and a character for its types."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    codes: str


class Vocabulary(NamedTuple):
    types: dict[str, frozenset[str]]  # of each word
    codes: dict[frozenset[str], str]  # a character for each set of types
    openings: frozenset[str]  # what an entry may begin with


@cache
def vocabulary() -> Vocabulary:
    types = {mark: frozenset([kind]) for mark, kind in _MARKS.items()}
    for key, listed in load.table("claims")["words"].items():
        for word in listed.split():
            types[word] = types.get(word, frozenset()) | frozenset(key.split())
    others = (frozenset(kinds) for kinds in ([], ["quote"], ["date"], ["how"], ["lead"]))
    sets = sorted({*types.values(), *others}, key=sorted)
    codes = {kinds: chr(0xE000 + i) for i, kinds in enumerate(sets)}
    openings = frozenset(word[:i] for word in types for i in range(1, len(word)))
    return Vocabulary(types, codes, openings)


@cache
def words_of(kind: str) -> tuple[str, ...]:
    """The words of a type."""
    return tuple(word for word, types in vocabulary().types.items() if kind in types)


@cache
def pattern(rule: str) -> re.Pattern[str]:
    """A rule over types as a pattern over their characters: <how> is a word of this type (among
    others), <up|down> one that is either, <-up> one that is none."""

    def characters(named: re.Match[str]) -> str:
        wanted = set(named["types"].split("|"))
        chars = "".join(char for kinds, char in vocabulary().codes.items() if kinds & wanted)
        return f"[{'^' if named['no'] else ''}{chars or _NONE}]"

    return re.compile(re.sub(r"<(?P<no>-?)(?P<types>[a-z_|]+)>", characters, rule), re.VERBOSE)


def typed(text: str, borders: Sequence[int]) -> Typed:
    """The words of a text that begin and end at ``borders``, blanks left out.

    >>> words = typed("警情 明显减少", [0, 2, 3, 7])
    >>> [words.text[start:end] for start, end in zip(words.starts, words.ends)]
    ['警情', '明显', '减少']
    >>> pattern("<quality><how><down>").fullmatch(words.codes) is not None
    True
    """
    found: list[tuple[int, int, str]] = []
    specials = {match.start(): match for match in _SPECIAL.finditer(text)}
    openings = vocabulary().openings
    i, last = 0, len(borders) - 1
    while i < last:
        first = borders[i]
        if special := specials.get(first):
            found.append((first, special.end(), _code_of(special)))
            i = max(bisect_left(borders, special.end(), i, last), i + 1)
            continue
        i += 1
        word = text[first : borders[i]]
        if word in openings:
            i = _joined(text, borders, i)
            word = text[first : borders[i]]
        for length, code in _codes(word):
            found.append((first, first + length, code))
            first += length
    starts, ends, codes = zip(*found, strict=True) if found else ((), (), ())
    return Typed(text, starts, ends, "".join(codes))


def _joined(text: str, borders: Sequence[int], i: int) -> int:
    """The border where the word before ``i`` ends if neighbours make an entry with it."""
    types, _, openings = vocabulary()
    first, longer = borders[i - 1], i
    while longer < len(borders) - 1 and text[first : borders[longer]] in openings:
        longer += 1
        if text[first : borders[longer]] in types:
            i = longer
    return i


def _code_of(special: re.Match[str]) -> str:
    types, codes, _ = vocabulary()
    kind = str(special.lastgroup)
    inside = special[0][1:-1] if kind == "quote" else ""
    known = types.get(inside) if len(inside) <= _SHORT else None
    return codes[known or frozenset([kind])]


@lru_cache(maxsize=65536)  # words recur from report to report
def _codes(word: str) -> tuple[tuple[int, str], ...]:
    """Length and types of a word. Some of the dictionary's are two of ours: 明显好转, 成效显著."""
    if word == " ":
        return ()
    types, codes, _ = vocabulary()
    cuts = range(2, len(word) - 1)
    both = ((word[:i], word[i:]) for i in cuts if word[:i] in types and word[i:] in types)
    parts = (word,) if word in types else next(both, (word,))
    return tuple((len(part), codes[types.get(part, frozenset())]) for part in parts)
