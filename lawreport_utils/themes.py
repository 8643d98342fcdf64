"""Where the terms of themes stand: the longest at each place, false friends and names left out."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

from .characters import fold
from .lexicon import load


def terms_of_themes(
    themes: Mapping[str, tuple[str, ...]], folded: str, start: int, end: int
) -> Iterator[tuple[str, str]]:
    """Each theme with a term of it that stands in the stretch, in text order: all by one search for
    what terms begin with."""
    free = dict.fromkeys(themes, start)  # from where on the next term of a theme may stand
    any_first, begun, length = _beginnings(tuple(themes.items()))
    for first in any_first.finditer(folded, start, end):
        at = first.start()
        for theme, pattern in begun.get(folded[at : at + length], ()):
            if at >= free[theme] and (term := pattern.match(folded, at, end)):
                free[theme] = term.end()
                yield theme, term[0]


Begun = dict[str, list[tuple[str, re.Pattern[str]]]]


@lru_cache(maxsize=8)  # the lexicon's themes, and lists that come and go
def _beginnings(
    themes: tuple[tuple[str, tuple[str, ...]], ...],
) -> tuple[re.Pattern[str], Begun, int]:
    """What soon tells of most places; by what terms begin with, the themes with such terms and
    their patterns; and how many characters that is."""
    begun: Begun = {}
    length = min([2, *(len(term) for _, terms in themes for term in terms)])
    for theme, terms in themes:
        for beginning in {fold(term)[:length] for term in terms}:
            begun.setdefault(beginning, []).append((theme, term_pattern(terms)))
    first, *second = [f"[{re.escape(''.join({*c}))}]" for c in zip(*begun, strict=True)] or ["(?!)"]
    return re.compile(f"{first}(?={''.join(second)})"), begun, length


@lru_cache(maxsize=128)  # the lexicon's themes, and lists that come and go
def term_pattern(terms: tuple[str, ...]) -> re.Pattern[str]:
    by_first = groupby(sorted({fold(term) for term in terms}), itemgetter(0))
    names = load.table("themes")["names"]
    name = f"{load.choice(names['endings'])}(?![{names['unless_followed_by']}])"
    begun = "|".join(_beginning(first, group) for first, group in by_first)
    return re.compile(f"(?:{begun or '(?!)'})(?!{name})")


def _beginning(first: str, terms: Iterable[str]) -> str:
    """A pattern of the terms with this first character, the longest first.

    A false friend is ruled out right behind the first character of what it resembles.
    """
    first, endings = re.escape(first), []
    for term in sorted(terms, key=len, reverse=True):
        guards = ""
        for friend, holders in load.table("themes")["not_in"].items():
            if term.startswith(friend):
                sides = (holder.split(friend, 1) for holder in holders)
                guards += "".join(f"(?!(?<={a}{first}){friend[1:]}{b})" for a, b in sides)
        endings.append(guards + re.escape(term[1:]))
    return f"{first}(?:{'|'.join(endings)})"
