"""Words with their types: what the rules of figures and of claims read instead of characters.

The words are those of the report's one cut (``segment.words``), except that a numeral with its
measure word, a title in 《》, a quoted name and a date are one word each, and that neighbours which
make an entry of the lexicon together (接 and 报) are one. ``vocabulary`` tells their types.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import accumulate, pairwise, repeat
from operator import itemgetter
from typing import NamedTuple

from . import vocabulary
from .specials import Special
from .vocabulary import (
    OPEN,
    SHOWN,
    SPLIT,
    SUFFIXES,
    Types,
    code_alone,
    halves,
    is_listed,
    typed_parts,
)  # fmt: skip

_SHORT = 4  # characters of a quoted name that is read: “双下降”


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


def coded(words: Words | str) -> str:
    """A character for each word, by its types: what a ``pattern`` is matched on."""
    return words if isinstance(words, str) else "".join(map(_code, words))


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


class Typed(NamedTuple):
    """The words of a sentence by number: where each starts, the end of the last, and a character
    for the types of each, as in ``coded``."""

    text: str
    starts: list[int]
    codes: str

    def words(self, first: int = 0, stop: int | None = None) -> list[Word]:
        codes = self.codes[first:stop]
        starts = self.starts[first : first + len(codes)]
        ends = self.starts[first + 1 : first + len(codes) + 1]
        texts = [self.text[start:end] for start, end in zip(starts, ends, strict=True)]
        types = map(vocabulary.types_by_code().__getitem__, codes)
        of_word = zip(starts, ends, texts, types, codes, strict=True)
        return [*map(tuple.__new__, repeat(Word), of_word)]  # as Word._make does, in C

    def part(self, first: int, stop: int) -> "Typed":
        return Typed(self.text, self.starts[first : stop + 1], self.codes[first:stop])

    def joined(self, rule: str, kind: str) -> "Typed":
        """With the words of each match as one, of this kind."""
        if not (found := [*pattern(rule).finditer(self.codes)]):
            return self
        starts, codes, position = list[int](), "", 0
        for match in found:
            starts += self.starts[position : match.start() + 1]
            codes += self.codes[position : match.start()] + vocabulary.codes()[SHOWN[kind]]
            position = match.end()
        return Typed(self.text, starts + self.starts[position:], codes + self.codes[position:])


class CutText(NamedTuple):
    """The words of a text as the segmenter has them: where each starts, the end of the last, and a
    character for each as in ``coded``, but OPEN for what may be part of another word, or two."""

    text: str
    starts: list[int]
    codes: str


def cut_text(text: str, words: list[str], starts: list[int]) -> CutText:
    """The words of a text, each looked up once; ``starts``: of each, and the end of the text."""
    code = vocabulary.plain_codes().__getitem__
    codes = "".join(map(code, words))
    if SPLIT in codes:  # 受害|率控制 is 受害|率|控制
        words = [part for word in words for part in halves(word)]
        starts = [*accumulate(map(len, words), initial=0)]
        codes = "".join(map(code, words)).replace(SPLIT, OPEN)
    first, *others = codes.split(OPEN)
    settled, at, words, neighbours = [first], len(first), [*words, ""], vocabulary.neighbours()
    for other in others:
        joins = words[at] + words[at + 1] in neighbours
        settled += OPEN if joins else code_alone(words[at]), other
        at += 1 + len(other)
    return CutText(text, starts, "".join(settled))


def typed(words: CutText, spans: Iterable[Special], start: int, end: int) -> Typed:
    """The words of ``text[start:end]``; ``spans`` (in order) are one word each, of the type named.

    >>> cut = ["累计", "接", "报", "警情", "3", "起"]
    >>> words = cut_text("累计接报警情3起", cut, [0, 2, 3, 4, 6, 7, 8])
    >>> for word in typed(words, [(6, 8, "figure")], 0, 8).words():
    ...     print(word.text, *sorted(word.types))
    累计 adverb cut
    接报 verb
    警情 claims.quality head
    3起 figure
    """
    starts, codes, position = list[int](), "", start
    for first, last, kind in spans:
        if position < first:
            codes = _with_plain(starts, codes, words, position, first)
        starts.append(first)
        codes += _code_shown(words.text, first, last, kind)
        position = last
    if position < end:
        codes = _with_plain(starts, codes, words, position, end)
    starts.append(end)
    found = Typed(words.text, starts, codes)
    return _with_asides(found) if code_alone("(") in codes else found


def _code_shown(text: str, first: int, last: int, kind: str) -> str:
    """The types of a title, a figure …; a short name in quotation marks may be a word: “双下降”."""
    types = SHOWN[kind]
    if kind == "quote" and last - first - 2 <= _SHORT:
        known = vocabulary.claim_words().get(text[first + 1 : last - 1])
        types = known | {"quote"} if known else types
    return vocabulary.codes()[types]


def _with_plain(starts: list[int], codes: str, words: CutText, start: int, end: int) -> str:
    """The starts and the codes with those of a stretch that holds no figure and no name."""
    borders, known = _stretch(words, start, end)
    if OPEN not in known:
        starts += borders[:-1]
        return codes + known
    done, joined = 0, 0
    while (i := known.find(OPEN, done)) >= 0:
        starts += borders[done:i]
        codes += known[done:i]
        done = _joined(words.text, borders, i + 1)
        first = borders[i]
        word = words.text[first : borders[done]]
        if word in SUFFIXES and len(codes) > joined and codes[-1] in vocabulary.stems():
            codes = codes[:-1] + vocabulary.codes()[SHOWN[SUFFIXES[word]]]
            joined = len(codes)
            continue
        for length, code in typed_parts(word):
            starts.append(first)
            codes += code
            first += length
    starts += borders[done:-1]
    return codes + known[done:]


def _stretch(words: CutText, start: int, end: int) -> tuple[list[int], str]:
    """Where the words of a stretch start and the last ends, and their codes; a word may be cut."""
    text, starts, codes = words
    first, stop = bisect_right(starts, start) - 1, bisect_left(starts, end)
    borders, known = starts[first : stop + 1], codes[first:stop]
    if start > starts[first]:
        borders[0] = start
        known = _code_of_part(text[start : min(borders[1], end)]) + known[1:]
    if end < starts[stop]:
        borders[-1] = end
        known = known[:-1] + _code_of_part(text[borders[-2] : end])
    return borders, known


def _code_of_part(word: str) -> str:
    return vocabulary.plain_codes()[word].replace(SPLIT, OPEN)


def _joined(text: str, borders: Sequence[int], i: int) -> int:
    """The border where the word before ``i`` ends: neighbours may make an entry with it."""
    first, end, last = borders[i - 1], i, len(borders) - 1
    while i < last and text[first : borders[i]] in vocabulary.beginnings():
        i += 1
        if is_listed(text[first : borders[i]]):
            end = i
    return end


def _with_asides(words: Typed) -> Typed:
    """县(市、区), 乡镇(街道): a short aside is part of the word before it."""
    text, starts, codes = words
    for aside in _ASIDE.finditer(text, starts[0], starts[-1]):
        first, stop = (bisect_left(starts, at) for at in aside.span())
        named = first and pattern(_NAMED_ASIDE).fullmatch(codes, first - 1, stop)
        if named and starts[first] == aside.start() and not _counts(text, starts[first : stop + 1]):
            del starts[first:stop]
            codes = codes[:first] + codes[stop:]
    return Typed(text, starts, codes)


def _counts(text: str, borders: Sequence[int]) -> bool:
    return any(text[start:end].isdigit() for start, end in pairwise(borders))


_ASIDE = re.compile(r"\([^()]{0,8}\)")
_NAMED_ASIDE = "<-mark|figure><mark><-figure>*<mark>"
