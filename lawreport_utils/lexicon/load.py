"""The lexicon: UTF-8 text and TOML files beside this module, each read once, when asked for.

Plain words become a pattern by ``choice``, patterns one by ``any_of``.
"""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def words(name: str) -> tuple[str, ...]:
    """The entries of ``name``.txt in file order: one a line, without blank lines and # comments."""
    lines = (files(__package__) / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(entry for line in lines if (entry := line.split("#")[0].strip()))


@cache
def table(name: str) -> dict[str, Any]:
    """The content of ``name``.toml."""
    return tomllib.loads((files(__package__) / f"{name}.toml").read_text(encoding="utf-8"))


def choice(words: Iterable[str]) -> str:
    """A pattern for one of some plain words, the longest first; for none where there are none.

    >>> choice(["法治", "法治政府", "A+B"]), choice([])
    ('(?:法治政府|A\\\\+B|法治)', '(?!)')
    """
    longest_first = sorted(set(words), key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(map(re.escape, longest_first))})" if longest_first else "(?!)"


@cache
def any_of(*patterns: str) -> re.Pattern[str]:
    """A pattern for any one of some patterns.

    >>> any_of("下一?步", "今后").search("今后两年")[0]
    '今后'
    """
    return re.compile("|".join(patterns))
