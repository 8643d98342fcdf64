"""What a caller may give: a TypeError that says what to do, before a wrong table comes out."""

import operator
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from .characters import SURROGATE
from .model import Report

LANGUAGES = ("zh", "en")


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
    elif hasattr(value, "dtypes"):
        given = "a table: give the report that it was made of"
    else:
        given = f"a {type(value).__name__}: read_report(path) gives one"
    raise TypeError(f"{option} must be a Report, not {given}")


_LONGEST_PATH = 260


def listed(words: Iterable[str], option: str) -> tuple[str, ...]:
    """Words as a tuple.

    Raises TypeError for a string, which would be taken letter by letter, for a dict and a table,
    which would be taken by their names, and for what is no word; ValueError for a word that no
    text can hold.

    >>> listed("法治", "terms")
    Traceback (most recent call last):
    TypeError: terms must be a list of strings, not a string: ['法治']
    """
    if isinstance(words, str):
        raise TypeError(f"{option} must be a list of strings, not a string: [{words!r}]")
    try:
        named = isinstance(words, Mapping) or hasattr(words, "columns")
        found = () if named else tuple(words)
    except TypeError:
        named = True
    if named:
        kind = type(words).__name__
        raise TypeError(f"{option} must be a list of strings, not a {kind}") from None
    if odd := [word for word in found if not isinstance(word, str)]:
        raise TypeError(f"{option} must be a list of strings, but it holds {odd[0]!r}")
    if odd := [word for word in found if SURROGATE.search(word)]:
        raise ValueError(f"{option} must be words of characters, but it holds {odd[0]!r}")
    return found


def listed_terms(terms: Iterable[str], option: str, longest: int | None = None) -> tuple[str, ...]:
    """Terms to look for, as a tuple: words that aren't empty.

    Raises TypeError as ``listed`` does, ValueError for an empty one, for one of over ``longest``
    characters (a dictionary keeps the beginnings of each), and for too many.

    >>> listed_terms(["法治", ""], "terms")
    Traceback (most recent call last):
    ValueError: terms must be words of at least one character, but it holds ''
    """
    found = listed(terms, option)
    if any(not term.strip() for term in found):
        empty = next(term for term in found if not term.strip())
        problem = f"{option} must be words of at least one character, but it holds {empty!r}"
        raise ValueError(problem)
    if longest and (long := max(found, key=len, default=""))[longest:]:
        problem = f"{option} must be words of at most {longest} characters"
        raise ValueError(f"{problem}, but it holds {long[:8]!r}… of {len(long):,}")
    if (size := sum(map(len, found))) > _MOST_TERMS:
        problem = f"{option} must be at most {_MOST_TERMS:,} characters in all, not {size:,}"
        raise ValueError(f"{problem}: give fewer or shorter words")
    return found


_MOST_TERMS = 1_000_000  # a report has no more; what is made of them grows in step


def need_word(value: object, option: str) -> str:
    """A string with at least one character that is no blank; TypeError or ValueError if not."""
    if not isinstance(value, str):
        raise TypeError(f"{option} must be a string, not a {type(value).__name__}")
    if not value.strip() or SURROGATE.search(value):
        raise ValueError(f"{option} must have at least one character, not {value!r}")
    return value


def need_flag(value: object, option: str) -> bool:
    """True or False; TypeError for anything else, "False" and [] too."""
    if type(value).__name__ not in ("bool", "bool_"):  # numpy's may be of either name
        raise TypeError(f"{option} must be True or False, not {value!r}")
    return bool(value)


def need_path(value: object, option: str = "path") -> Path:
    """A path to a file or folder.

    Raises TypeError for what is none, ValueError for a name that no file can have.

    >>> need_path(None)
    Traceback (most recent call last):
    TypeError: path must be the name of a file or folder, not None
    """
    kind = "the name of a file or folder"
    name = os.fspath(value) if isinstance(value, os.PathLike) else value
    if not isinstance(name, str):
        shown = "a Report" if isinstance(value, Report) else repr(value)[:60]
        raise TypeError(f"{option} must be {kind}, not {shown}")
    try:
        encoded = os.fsencode(name)
    except UnicodeEncodeError:  # half of a surrogate pair that stands for no byte
        encoded = b""
    if not encoded or b"\0" in encoded:
        raise ValueError(f"{option} must be {kind}, not {name!r}")
    return Path(name)


def check_language(language: str) -> None:
    """Raise ValueError for a language that there are no words in."""
    if not isinstance(language, str) or language not in LANGUAGES:
        raise ValueError(f"language must be zh or en, not {language!r}")


def need_choice(
    value: object, option: str, choices: Iterable[str], *, or_none: bool = False
) -> None:
    """One of some strings, or None if that may be; ValueError that lists them for anything else.

    >>> need_choice("up", "sort", ["left", "right"])
    Traceback (most recent call last):
    ValueError: sort must be left, right, not 'up'
    """
    known = tuple(choices)
    if (value is None and or_none) or (isinstance(value, str) and value in known):
        return
    raise ValueError(f"{option} must be {', '.join(['None'] * or_none + [*known])}, not {value!r}")


def whole_number(value: object, option: str, least: int, most: int | None = None) -> int:
    """A whole number in a range.

    Raises TypeError for what is none, ValueError for another.

    >>> whole_number(-3, "window", 0)
    Traceback (most recent call last):
    ValueError: window must be 0 or more, not -3
    """
    try:
        number = int(operator.index(value))  # type: ignore[arg-type]
    except TypeError:
        number = None
    if number is None or isinstance(value, bool):
        raise TypeError(f"{option} must be a whole number, not {value!r}")
    if number < least or (most is not None and number > most):
        span = f"{least:,} or more" if most is None else f"from {least:,} to {most:,}"
        raise ValueError(f"{option} must be {span}, not {value!r}")
    return number
