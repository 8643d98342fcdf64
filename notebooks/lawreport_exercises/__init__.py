"""Checks for the exercises: they say what is wrong with an answer, without giving it away.

The wording is in ``wording.toml``. What is right is computed from the reports or, for the
options of a choice, compared as a digest, so that it can't be read here.
"""

import math
import re
import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from lawreport_utils import Report, extract_outcomes, parse_report
from lawreport_utils.characters import fold

from .comparison import sentence_pairs
from .tasks import Material, Task, task

__all__ = ["Feedback", "Material", "checker", "mark", "read_wording", "sentence_pairs", "task"]


class Feedback(NamedTuple):
    """What a check shows of an answer."""

    passed: bool
    text: str

    def __repr__(self) -> str:
        return self.text

    def _repr_markdown_(self) -> str:
        return self.text


@cache
def read_wording() -> dict[str, Any]:
    """What the checks say, by exercise and language."""
    return tomllib.loads(Path(__file__).with_name("wording.toml").read_text(encoding="utf-8"))


def checker(
    language: str,
    answers: Mapping[str, Any],
    report: Report,
    practice: Report,
    earlier: Report | None = None,
    *,
    other: Report | None = None,
) -> Callable[..., Feedback]:
    """A function that checks the answer of a name, as it stands in ``answers`` at that moment.

    Without a name it tells which exercises are done. ``language`` is "zh" or "en". What is right is
    computed from the reports: ``practice`` is the one with slips, ``earlier`` that of the year
    before it, ``other`` (or else ``practice``) the one whose density is compared. An answer of
    another form than the one asked for raises nothing: the feedback tells the form.

    >>> from lawreport_utils import read_report
    >>> reports = read_report("data/szga-2024.txt"), read_report("data/practice-report.txt")
    >>> check = checker("en", {"parts": None}, *reports)
    >>> check("parts")
    ✗ Not answered yet. Put a whole number in place of `None`.
    """
    wording, material = read_wording(), Material(report, practice, earlier, other)

    def check(name: str | None = None) -> Feedback:
        if name is None:
            return _overview(check, answers, material, language)
        say, own = wording["say"], wording[name]
        key, what = "absent", ""
        if name in answers:
            key, what = _judge(name, answers[name], own, material)
        if key in ("absent", "empty", "form"):
            text = say[key][language].format(name=name, form=own["form"][language])
            return Feedback(False, "✗ " + text)
        passed = key in _PRAISE
        words = own["options"][what] if key == "option" else own.get(key, {language: ""})
        text = say["right" if passed else "wrong"][language] + words[language].format(what=what)
        return Feedback(passed, ("✓ " if passed else "✗ ") + text.strip())

    return check


_PRAISE = ("right", "agrees", "adds_up")


def carried(material: Material) -> list[str]:
    """The exercises that these reports can carry."""
    return [name for name in read_wording() if name != "say" and task(name, material)]


def _overview(
    check: Callable[..., Feedback], answers: Mapping[str, Any], material: Material, language: str
) -> Feedback:
    """Which exercises are right, which wrong and which not answered yet."""
    wording = read_wording()
    said: dict[str, list[str]] = {"done": [], "wrong_yet": [], "open": []}
    for name in carried(material):
        kind = "open" if _empty(answers.get(name)) else "wrong_yet"
        kind = "done" if check(name).passed else kind
        said[kind].append(wording[name]["title"][language])
    lines = [
        wording["say"][kind][language].format(count=len(names), names=_LIST[language].join(names))
        for kind, names in said.items()
        if names
    ]
    return Feedback(not said["wrong_yet"] + said["open"], "\n\n".join(lines))


_LIST = {"zh": "、", "en": ", "}


def _empty(answer: Any) -> bool:
    return answer is None or answer is ... or (isinstance(answer, str | list) and not answer)


def _judge(name: str, answer: Any, own: Mapping[str, Any], material: Material) -> tuple[str, str]:
    """The key of what to say of an answer, and what in it is meant."""
    if _empty(answer):
        return "empty", ""
    solved = task(name, material)
    if solved is None:
        raise ValueError(f"these reports can't carry the exercise {name!r}")
    try:
        if "options" in own:
            return _choice(name, {letter.strip().upper() for letter in answer}, own["options"])
        if name == "better_sentence":
            return _sentence(answer.strip(), **solved.words), ""
        key, what = _compare(answer, solved)
    except (AttributeError, TypeError, ValueError):
        return "form", ""
    return (solved.praise if key == "right" else key), what


def _compare(answer: Any, solved: Task) -> tuple[str, str]:
    """An answer against what is right, by the form of that."""
    right, mistakes = solved.right, solved.mistakes
    if isinstance(right, dict):
        return _places(answer if isinstance(answer, str) else [*answer], right, mistakes)
    if isinstance(right, set):
        return _several(answer, right, mistakes)
    if isinstance(right, str):
        return {**mistakes, right: "right"}.get(answer.strip(), "other"), ""
    number = float(str(answer).strip().rstrip("%％"))
    known = {right: "right"} | {value: key for value, key in mistakes.items() if value != right}
    return next(
        (k for v, k in known.items() if math.isclose(number, v, rel_tol=0.01, abs_tol=0.005)),
        "other",
    ), ""


def _several(quotes: Any, right: set[str], mistakes: Mapping[str, str]) -> tuple[str, str]:
    if isinstance(quotes, str):
        raise TypeError(quotes)
    given = {"".join(fold(quote).split()): quote for quote in quotes}
    if extra := [folded for folded in given if folded not in right]:
        return mistakes.get(extra[0], "extra"), "、".join(given[folded] for folded in extra)
    return ("right" if given.keys() == right else "missing"), ""


def _places(quotes: Any, right: dict[str, str], others: dict[Any, str]) -> tuple[str, str]:
    """Quotations that show one figure each, alone or with the words around it as printed."""
    if isinstance(quotes, str):
        raise TypeError(quotes)
    found, extra = set(), []
    for quote in quotes:
        given = "".join(fold(quote).split())
        shown = {
            name for name, passages in right.items() if given in passages and _holds(given, name)
        }
        if given in right or (
            len(shown) == 1 and not any(_holds(given, other) for other in others)
        ):
            found |= {given} & right.keys() or shown
        else:
            extra.append(quote)
    if extra:
        return "extra", "、".join(extra)
    return ("right" if found == right.keys() else "missing"), ""


def _holds(quote: str, figure: str) -> bool:
    return re.search(rf"(?<![\d.]){re.escape(figure)}", quote) is not None


def _choice(name: str, letters: set[str], options: Mapping[str, Any]) -> tuple[str, str]:
    if not letters <= set(options):
        raise ValueError(letters)
    wrong = (k for k, v in options.items() if v["mark"] != mark(name, k, k in letters))
    return next((("option", letter) for letter in wrong), ("right", ""))


def mark(name: str, letter: str, chosen: bool) -> str:
    """The digest in the lexicon that says whether to choose an option."""
    return sha256(f"{name} {letter} {chosen}".encode()).hexdigest()[:8]


def _sentence(sentence: str, metric: str, direction: str, **_: str) -> str:
    """Does a claim say what changed, from or to how many, which way and against what?"""
    figures, folded = extract_outcomes(parse_report(sentence)), fold(sentence)
    ways = set(figures["direction"].dropna())
    based = figures["basis"].notna().any() or re.search(r"[上去前]一?年|\d{4}年", folded)
    tests = {
        "figure": not figures.empty,
        "metric": any(one + other in folded for one, other in pairwise(metric)),
        "opposite": not ways - {direction},
        "direction": direction in ways,
        "basis": based,
        "base": bool((figures["unit"] != "%").any()),
    }
    return next((key for key, passed in tests.items() if not passed), "right")
