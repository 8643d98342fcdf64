"""Measure words and bounds: ``lexicon/units.toml``."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from ..lexicon import load

Bounds = list[tuple[str, str]]  # word, bound; longest first


@dataclass(frozen=True)
class Units:
    """``lexicon/units.toml``."""

    by_first: Mapping[str, list[str]]  # all measure words by their first character, longest first
    aliases: Mapping[str, str]
    kinds: Mapping[str, frozenset[str]]
    classes: Mapping[str, frozenset[str]]
    before: Mapping[str, Bounds]  # by the last character of the word
    after: re.Pattern[str]  # the group says which bound

    @property
    def acts(self) -> frozenset[str]:
        """They count acts (次, 场), not things."""
        return self.kinds["acts"]

    @cached_property
    def shares(self) -> frozenset[str]:
        """Of rates and of time: they tell no count."""
        return self.rates | self.time

    @property
    def rates(self) -> frozenset[str]:
        return self.kinds["rates"]

    @property
    def time(self) -> frozenset[str]:
        """A length of time: 个工作日, 小时."""
        return self.kinds["time"]

    @property
    def amounts(self) -> frozenset[str]:
        """Of money, length, weight."""
        return self.kinds["money"] | self.kinds["measures"]

    @property
    def measures(self) -> frozenset[str]:
        return self.kinds["measures"]

    @property
    def people(self) -> frozenset[str]:
        return self.classes["people"]

    @property
    def bodies(self) -> frozenset[str]:
        return self.classes["bodies"]

    @property
    def divisions(self) -> frozenset[str]:
        return self.classes["divisions"]

    @property
    def naming(self) -> frozenset[str]:
        """With a small Chinese numeral these make names (三项制度)."""
        return self.classes["naming"]


@cache
def units() -> Units:
    lexicon = load.table("units")
    kinds = {kind: frozenset(listed.split()) for kind, listed in lexicon["units"].items()}
    by_first: dict[str, list[str]] = {}
    for word in sorted(
        frozenset[str]().union(*kinds.values()), key=lambda word: (-len(word), word)
    ):
        by_first.setdefault(word[0], []).append(word)
    classes = {name: frozenset(listed.split()) for name, listed in lexicon["classes"].items()}
    before: dict[str, Bounds] = {}
    pairs = [(w, bound) for bound, ws in lexicon["bounds"]["before"].items() for w in ws.split()]
    for word, bound in sorted(pairs, key=lambda pair: -len(pair[0])):
        before.setdefault(word[-1], []).append((word, bound))
    listed = lexicon["bounds"]["after"].items()
    after = re.compile("|".join(f"(?P<{bound}>{load.choice(w.split())})" for bound, w in listed))
    return Units(by_first, lexicon["aliases"], kinds, classes, before, after)
