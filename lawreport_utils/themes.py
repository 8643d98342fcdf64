"""Where the terms of themes stand: the longest at each place, false friends and names left out."""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

from .characters import fold
from .lexicon import load


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
