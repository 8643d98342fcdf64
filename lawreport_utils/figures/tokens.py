"""Words with their types: what the rules of figures read instead of characters.

The words are those of the report's one cut (``segment.words``), except that a numeral with its
measure word, a title in 《》, a quoted name and a date are one word each, and that neighbours which
make an entry of the vocabulary together (接 and 报) are one. The types are the vocabulary's
(``lexicon/vocabulary.toml``), and a few that a pattern gives: figure, title, quote, date, mark.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from ..lexicon import load

_SPECIAL = re.compile(
    r"""
    (?P<title>《[^《》\n]*》)
  | (?P<quote>“[^“”\n,;:。]{1,40}”|‘[^‘’\n,;:。]{1,40}’|「[^」\n]{1,40}」|"[^"\n,;:。]{1,40}")
  | (?P<date>(?:\d{4}年(?:度|末|底|初)?(?:\d{1,2}月)?(?:\d{1,2}日)?|\d{1,2}月(?:\d{1,2}日)?)
             (?:以来|年?[末底初份内里中]|期间)?
           | 连续(?:[\d一二两三四五六七八九十多数几]{1,3})(?:个?月|年|天|个?季度|届)
           | [\d一二两三四五六七八九十]{1,3}年[间来])
    """,
    re.VERBOSE | re.ASCII,
)
_MARKER = re.compile(  # of a list, where a clause starts
    r"""
    [一二三四五六七八九十]{1,3}(?:是|、(?![一二三四五六七八九十]))
  | \(?[一二三四五六七八九十\d]{1,3}\) | [①-⑳]
  | \d{1,2}[.、](?!\d)
  | 第[一二三四五六七八九十]{1,2}[,、] | 其[一二三四五六], | [首其再]次?先?, | 最后,
    """,
    re.VERBOSE | re.ASCII,
)
_CLAUSE_START = frozenset(" ,;:。!?\n\t")
_MARKS = frozenset(',;:。!?…—\n\t()[]|“”‘’"「」《》 ')
_LONGEST = 3  # words that may make one entry of the vocabulary


class Word(NamedTuple):
    """A word of the text, with its types."""

    start: int
    end: int
    text: str  # in half-width form
    types: frozenset[str]

    def is_a(self, *types: str) -> bool:
        return not self.types.isdisjoint(types)


Words = Sequence[Word]
Name = list[Word]


def text_of(words: Words) -> str:
    return "".join(word.text for word in words)


class Vocabulary(NamedTuple):
    types: dict[str, frozenset[str]]  # of each word
    codes: dict[frozenset[str], str]  # a character for each set of types
    beginnings: frozenset[str]  # of the words, so that neighbours are joined only where they can be


@cache
def vocabulary() -> Vocabulary:
    types: dict[str, frozenset[str]] = {}
    for key, listed in load.table("vocabulary")["words"].items():
        for word in listed.split():
            types[word] = types.get(word, _NONE) | frozenset(key.split())
    short = {kinds for word, kinds in types.items() if len(word) == 1 and kinds & _TAIL}
    joined = {one | other for one in short for other in short}
    sets = {*types.values(), *joined, *map(frozenset, ([kind] for kind in _OTHERS)), _NONE}
    ordered = sorted(sets, key=sorted)
    codes = {kinds: chr(0xE000 + i) for i, kinds in enumerate(ordered)}
    beginnings = frozenset(word[:i] for word in types for i in range(1, len(word)))
    return Vocabulary(types, codes, beginnings)


_NONE: frozenset[str] = frozenset()
_TAIL = frozenset(["up", "down", "reach", "each", "link", "le", "adverb", "near"])
_OTHERS = ("figure", "title", "quote", "date", "mark", "basis", "rate", "actor")


def coded(words: Words) -> str:
    """A character for each word, by its types: what a ``pattern`` is matched on."""
    codes = vocabulary().codes
    return "".join([codes[word.types] for word in words])


@cache
def pattern(rule: str) -> re.Pattern[str]:
    """A rule over types as a pattern over coded words: <verb> is a word that is a verb (among
    others), <verb|light> one that is either, <-verb> one that is none."""
    codes = vocabulary().codes

    def characters(named: re.Match[str]) -> str:
        wanted = set(named["types"].split("|"))
        chars = "".join(char for kinds, char in codes.items() if kinds & wanted)
        return f"[{'^' if named['no'] else ''}{chars}]"

    return re.compile(re.sub(r"<(?P<no>-?)(?P<types>[a-z_|]+)>", characters, rule), re.VERBOSE)


def special_spans(text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """Titles, quoted names, dates, and markers of a list: start, end, kind."""
    named = [
        (match.start(), match.end(), str(match.lastgroup))
        for match in _SPECIAL.finditer(text, start, end)
    ]
    markers = [
        (match.start(), match.end(), "mark")
        for match in _MARKER.finditer(text, start, end)
        if match.start() == start or text[match.start() - 1] in _CLAUSE_START
    ]
    inside = [
        m for m in markers if not any(first < m[1] and m[0] < last for first, last, _ in named)
    ]
    return sorted([*named, *inside])


def typed_words(
    text: str, starts: Sequence[int], spans: Iterable[tuple[int, int, str]], start: int, end: int
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
    for first, last, kind in (*spans, (end, end, "")):
        words += _plain(text, starts, position, first)
        if kind:
            words.append(Word(first, last, text[first:last], frozenset([kind])))
        position = last
    return _with_suffixes(_with_asides(words))


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
                aside = "".join(w.text for w in kept[opened:])
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
            kept[-1] = Word(stem.start, word.end, stem.text + word.text, frozenset([kind]))
            stem = None
        else:
            kept.append(word)
            stem = word
    return kept


_SUFFIXES = {"率": "rate"} | dict.fromkeys("室站所队院委员组", "actor")
_NO_STEM = frozenset(["mark", "figure", "join", "of", "date", "link", "prep", "le", "basis"])


def _plain(text: str, starts: Sequence[int], start: int, end: int) -> list[Word]:
    if start >= end:
        return []
    inner = starts[bisect_right(starts, start) : bisect_left(starts, end)]
    borders, beginnings = _mended(text, [start, *inner, end]), vocabulary().beginnings
    words: list[Word] = []
    i, last = 0, len(borders) - 1
    while i < last:
        first, j = borders[i], i + 1
        word = text[first : borders[j]]
        if word in beginnings:
            j = _joined(text, borders, i)
            word = text[first : borders[j]]
        for part, types in _parts(word):
            words.append(Word(first, first + len(part), part, types))
            first += len(part)
        i = j
    return words


def _joined(text: str, borders: list[int], i: int) -> int:
    """Where the word ends that starts at a border: neighbours may make an entry together."""
    known = vocabulary().types
    ends = range(min(i + _LONGEST, len(borders) - 1), i + 1, -1)
    return next((k for k in ends if text[borders[i] : borders[k]] in known), i + 1)


def _mended(text: str, borders: list[int]) -> list[int]:
    """受害|率控制 is 受害|率|控制: the last character of a measure that the cut put in front of the
    word that follows."""
    if not any(char in text[borders[0] : borders[-1]] for char in "率比"):
        return borders
    known = vocabulary().types
    for start, end in pairwise(borders[:]):
        word = text[start:end]
        if word[0] in "率比" and word not in known and known.get(word[1:], _NONE) & _TAIL:
            borders.append(start + 1)
    return sorted(borders)


@lru_cache(maxsize=65536)  # words recur from report to report
def _parts(word: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """The word with its types; as verb and noun where the dictionary has both in one (挽回损失)."""
    types = _types_of(word)
    if not types and len(word) == 4:
        verb, noun = _types_of(word[:2]), _types_of(word[2:])
        if "verb" in verb and ("head" in noun or "act" not in verb):
            return (word[:2], verb), (word[2:], noun)
    return ((word, types),)


def _types_of(word: str) -> frozenset[str]:
    """The types of the vocabulary; of words that aren't listed what their form says."""
    known = vocabulary().types
    if word in known:
        return known[word]
    if word in _MARKS:
        return frozenset(["mark"])
    half = len(word) // 2
    first, last = (known.get(part, _NONE) for part in (word[:half], word[half:]))
    by_halves = {2: _of_two, 4: _of_four}.get(len(word))
    return (by_halves and by_halves(first, last)) or _of_ending(word)


def _of_two(first: frozenset[str], last: frozenset[str]) -> frozenset[str]:
    return first | last if first & _TAIL and last & _TAIL else _NONE  # 均达, 降到


def _of_four(first: frozenset[str], last: frozenset[str]) -> frozenset[str]:
    if first & {"adverb", "verb", "manner"} and last & {"verb", "light"}:
        return last  # 妥善处置, 立案查处
    if "link" in first and last & {"adverb", "state"}:
        return first  # 保持稳定
    if "actor" in first and last & {"adverb", "manner"}:
        return frozenset(["actor"])  # 领导带头
    return _NONE


def _of_ending(word: str) -> frozenset[str]:
    if word[-1] == "率" and len(word) > 1:
        return frozenset(["rate"])
    acts = len(word) > 2 and "actor" in vocabulary().types.get(word[-2:], _NONE)  # 法律顾问
    if acts or word[-1] in load.table("vocabulary")["actor_ends"]:
        return frozenset(["actor"])
    return _NONE
