"""Where the terms of themes stand: the longest at each place, false friends and names left out."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

import numpy as np

from .characters import fold
from .lexicon import load

Stretch = tuple[str, int, int]  # label, start, end


def terms_of_themes(
    themes: Mapping[str, tuple[str, ...]], folded: str, pieces: Iterable[Stretch]
) -> Iterator[tuple[str, str, str]]:
    """The label of a stretch, a theme and a term of it that stands there, each, in text order: all
    by one look at where terms may begin."""
    begun, known = _beginnings(tuple(themes.items()))
    found = list[tuple[int, int]]()  # where, and the number of what terms begin with
    for numbers in _numbers(folded):
        places = np.flatnonzero(known[numbers])
        found += zip(places.tolist(), numbers[places].tolist(), strict=True)
    found.sort()
    for label, start, end in pieces:
        free = dict.fromkeys(themes, start)  # from where on the next term of a theme may stand
        for at, number in found[bisect_left(found, (start,)) : bisect_left(found, (end,))]:
            for theme, pattern in begun[number]:
                if at >= free[theme] and (term := pattern.match(folded, at, end)):
                    free[theme] = term.end()
                    yield label, theme, term[0]


Begun = dict[int, list[tuple[str, re.Pattern[str]]]]
Numbers = np.ndarray[Any, np.dtype[Any]]


@lru_cache(maxsize=8)  # the lexicon's themes, and lists that come and go
def _beginnings(themes: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[Begun, Numbers]:
    """By the number of what terms begin with, the themes with such terms and their patterns; and of
    each number, whether it is one of these.

    That is the first three characters, or fewer: as many as the shortest of a theme's terms with
    the same first character has.
    """
    begun: Begun = {}
    for theme, terms in themes:
        for _, group in groupby(sorted(map(fold, terms)), itemgetter(0)):
            alike = list(group)
            length = min(3, *map(len, alike))
            for number in {int(_numbers(term)[length - 1][0]) for term in alike}:
                begun.setdefault(number, []).append((theme, term_pattern(terms)))
    known = np.zeros(4 << 16, dtype=bool)
    known[list(begun)] = True
    return begun, known


def _numbers(text: str) -> list[Numbers]:
    """A number for each character, for each two in a row and for each three: others seldom have the
    same, those of another length never."""
    ones = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    twos = ones[:-1] * 257 + ones[1:]
    threes = twos[:-1] * 257 + ones[2:]
    return [numbers & 0xFFFF | i << 16 for i, numbers in enumerate((ones, twos, threes), 1)]


@lru_cache(maxsize=128)  # the lexicon's themes, and lists that come and go
def term_pattern(terms: tuple[str, ...]) -> re.Pattern[str]:
    by_first = groupby(sorted({fold(term) for term in terms}), itemgetter(0))
    names = load.table("themes")["names"]
    name = f"{load.choice(names['endings'])}(?![{names['unless_followed_by']}])"
    begun = "|".join(_beginning(first, group) for first, group in by_first)
    return re.compile(f"(?:{begun or '(?!)'})(?!{name})")


def _beginning(first: str, terms: Iterable[str]) -> str:
    """A pattern of the terms with this first character, the longest first.

    A false friend is ruled out right behind the first character of what it resembles, once for all
    terms that begin with it; those terms are longer than others that may stand at the same place.
    """
    listed = load.table("themes")["not_in"]
    by_friends: dict[tuple[str, ...], list[str]] = {}
    for term in sorted(terms, key=len, reverse=True):
        friends = tuple(sorted(filter(term.startswith, listed), key=len, reverse=True))
        by_friends.setdefault(friends, []).append(re.escape(term[1:]))
    first, begun = re.escape(first), []
    for friends in sorted(by_friends, key=lambda friends: len("".join(friends[:1])), reverse=True):
        sides = ((f, holder.split(f, 1)) for f in friends for holder in listed[f])
        guards = "".join(f"(?!(?<={a}{first}){f[1:]}{b})" for f, (a, b) in sides)
        begun.append(f"{guards}(?:{'|'.join(by_friends[friends])})")
    return f"{first}(?:{'|'.join(begun)})"
