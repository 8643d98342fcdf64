"""Ask words what a rule over their types says (``tokens.pattern``): does it fit, and where?"""

from typing import TypeVar

from .tokens import Words, coded, pattern

Phrase = TypeVar("Phrase", Words, str)
VERBS = "<verb>(?:<join>?<verb>)*"
ONLY_VERB = "<verb-act>"  # one that is no name of an act


def starts(words: Words, *types: str) -> bool:
    return bool(words) and not words[0].types.isdisjoint(types)


def ends(words: Words, *types: str) -> bool:
    return bool(words) and not words[-1].types.isdisjoint(types)


def opens(words: Words | str, rule: str) -> bool:
    """Does the rule fit the start?"""
    return pattern(rule).match(coded(words)) is not None


def found(words: Words | str, rule: str) -> bool:
    return pattern(rule).search(coded(words)) is not None


def place(words: Words | str, rule: str) -> int | None:
    """Where the rule fits first."""
    match = pattern(rule).search(coded(words))
    return match.start() if match else None


def until(words: Phrase, rule: str) -> Phrase:
    """The words before the first place that the rule fits."""
    return words[: place(words, rule)]


def places(words: Words | str, rule: str) -> list[int]:
    return [match.start() for match in pattern(rule).finditer(coded(words))]


def opening(words: Words | str, rule: str) -> int:
    """How many words at the start the rule fits, or the part of it in brackets."""
    match = pattern(rule).match(coded(words))
    return match.end(match.lastindex or 0) if match else 0


def closing(words: Words | str, kind: str) -> int:
    """Where a run of words of one kind, <up|down>, starts that ends the phrase."""
    match = pattern(f"{kind}*").match(coded(words)[::-1])
    return len(words) - match.end() if match else len(words)
