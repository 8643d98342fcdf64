"""The best way through a sentence by a dictionary, as jieba finds it."""

from collections.abc import Mapping
from math import log


def find_route(
    frequencies: Mapping[str, int],
    log_total: float,
    sentence: str,
    _: None,
    route: dict[int, tuple[float, int]],
) -> None:
    """Jieba's ``calc``: for each place the best chance of what follows, and where its word ends."""
    length, known = len(sentence), frequencies.get
    route[length] = (0, 0)
    for start in range(length - 1, -1, -1):
        stop = start + 1
        found = known(sentence[start])
        best = log(found or 1) - log_total + route[stop][0], start
        alone = not found  # no word, but it may begin one
        while found is not None and stop < length:
            stop += 1
            if found := known(sentence[start:stop]):
                chance = log(found) - log_total + route[stop][0]
                if alone or chance >= best[0]:
                    best, alone = (chance, stop - 1), False
        route[start] = best
