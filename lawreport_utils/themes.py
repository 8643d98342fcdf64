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
    """The label of a stretch, a theme and a term of it that stands there, each, in text order:
    all by one look at where terms may begin."""
    begun, length, is_begun = _beginnings(tuple(themes.items()))
    places = np.flatnonzero(is_begun[_mixed(folded, length)]).tolist()
    for label, start, end in pieces:
        free = dict.fromkeys(themes, start)  # from where on the next term of a theme may stand
        for at in places[bisect_left(places, start) : bisect_left(places, end)]:
            for theme, pattern in begun.get(folded[at : at + length], ()):
                if at >= free[theme] and (term := pattern.match(folded, at, end)):
                    free[theme] = term.end()
                    yield label, theme, term[0]


Begun = dict[str, list[tuple[str, re.Pattern[str]]]]


@lru_cache(maxsize=8)  # the lexicon's themes, and lists that come and go
def _beginnings(
    themes: tuple[tuple[str, tuple[str, ...]], ...],
) -> tuple[Begun, int, "np.ndarray[Any, np.dtype[np.bool_]]"]:
    """By what terms begin with, the themes with such terms and their patterns; how many characters
    that is; and of each number of ``_mixed`` whether it is that of a beginning."""
    begun: Begun = {}
    length = min([2, *(len(term) for _, terms in themes for term in terms)])
    for theme, terms in themes:
        for beginning in {fold(term)[:length] for term in terms}:
            begun.setdefault(beginning, []).append((theme, term_pattern(terms)))
    is_begun = np.zeros(_NUMBERS, dtype=bool)
    is_begun[[_mixed(beginning, length)[0] for beginning in begun]] = True
    return begun, length, is_begun


def _mixed(text: str, length: int) -> "np.ndarray[Any, np.dtype[np.uint32]]":
    """A number for each one or two characters in a row: of others it is seldom the same."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return (codes if length == 1 else codes[:-1] * 257 + codes[1:]) % _NUMBERS


_NUMBERS = 65536


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
