"""What a caller may give: a TypeError that says what to do, before a wrong table comes out."""

import os
from collections.abc import Iterable

from .model import Report


def need_report(value: object, option: str = "report") -> Report:
    """The report itself.

    Raises TypeError for a path, a text, a table and anything else, with what to do about it.

    >>> need_report("a.txt")
    Traceback (most recent call last):
    TypeError: report must be a Report, not the name 'a.txt': read_report('a.txt') gives one
    """
    if isinstance(value, Report):
        return value
    text = isinstance(value, str) and ("\n" in value or len(value) > _LONGEST_PATH)
    if text:
        given = "a text: parse_report(text) gives one"
    elif isinstance(value, str | os.PathLike):
        given = f"the name {os.fspath(value)!r}: read_report({os.fspath(value)!r}) gives one"
    elif hasattr(value, "columns"):
        given = "a table: give the report that it was made of"
    else:
        given = f"a {type(value).__name__}: read_report(path) gives one"
    raise TypeError(f"{option} must be a Report, not {given}")


_LONGEST_PATH = 260


def listed(words: Iterable[str], option: str) -> tuple[str, ...]:
    """Words as a tuple.

    Raises TypeError for a string, which would be taken letter by letter, and for what is no word.

    >>> listed("法治", "terms")
    Traceback (most recent call last):
    TypeError: terms must be a list of strings, not a string: ['法治']
    """
    if isinstance(words, str):
        raise TypeError(f"{option} must be a list of strings, not a string: [{words!r}]")
    try:
        found = tuple(words)
    except TypeError:
        kind = type(words).__name__
        raise TypeError(f"{option} must be a list of strings, not a {kind}") from None
    if odd := [word for word in found if not isinstance(word, str)]:
        raise TypeError(f"{option} must be a list of strings, but it holds {odd[0]!r}")
    return found


def listed_or_none(words: Iterable[str] | None, option: str) -> tuple[str, ...] | None:
    """Words as a tuple, None as it is: the lexicon's."""
    return None if words is None else listed(words, option)


def whole_number(value: object, option: str, least: int, most: int | None = None) -> int:
    """A whole number in a range.

    Raises TypeError for what is none, ValueError for another.

    >>> whole_number(-3, "window", 0)
    Traceback (most recent call last):
    ValueError: window must be 0 or more, not -3
    """
    if isinstance(value, bool) or not hasattr(value, "__index__"):
        raise TypeError(f"{option} must be a whole number, not {value!r}")
    number = int(value.__index__())
    if number < least or (most is not None and number > most):
        span = f"{least:,} or more" if most is None else f"from {least:,} to {most:,}"
        raise ValueError(f"{option} must be {span}, not {value!r}")
    return number
