"""Checks for the exercises: they say what is wrong with an answer, without giving it away.

The wording is in ``wording.toml``. What is right is computed from the reports or, for the
options of a choice, compared as a digest, so that it can't be read here.
"""

import json
import math
import re
import tomllib
from collections.abc import Callable, Mapping
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from lawreport_utils import (
    Report,
    check_numbering,
    content_items,
    dispersion,
    extract_outcomes,
    outline,
    parse_report,
    reconcile,
    theme_frequency,
)
from lawreport_utils.characters import fold
from lawreport_utils.labels import gloss

Solution = tuple[Any, dict[Any, str]]  # what is right; typical mistakes -> keys of what to say
Slips = list[dict[str, Any]]  # planted inconsistencies: kind and places, as data/practice has them


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
    language: str, answers: Mapping[str, Any], report: Report, practice: Report, slips: Path
) -> Callable[[str], Feedback]:
    """A function that checks the answer of a name, as it stands in ``answers`` at that moment.

    ``language`` is "zh" or "en"; ``slips`` are the planted inconsistencies of ``practice``. An
    answer of another form than the one asked for raises nothing: the feedback tells the form.

    >>> from lawreport_utils import read_report
    >>> reports = read_report("data/szga-2024.txt"), read_report("data/practice-report.txt")
    >>> check = checker("en", {"parts": None}, *reports, Path("data/practice/planted.jsonl"))
    >>> check("parts")
    ✗ Not answered yet. Put a whole number in place of `None`.
    """
    planted = [json.loads(line) for line in slips.read_text("utf8").splitlines()]
    wording = read_wording()

    def check(name: str) -> Feedback:
        say, own = wording["say"], wording[name]
        key, what = "absent", ""
        if name in answers:
            solve = partial(_solve, name, report, practice, planted)
            key, what = _judge(name, answers[name], own, solve)
        if key in ("absent", "empty", "form"):
            text = say[key][language].format(name=name, form=own["form"][language])
        else:
            words = own["options"][what] if key == "option" else own.get(key, {language: ""})
            text = say["right" if key == "right" else "wrong"][language]
            text += words[language].format(what=what)
        return Feedback(key == "right", ("✓ " if key == "right" else "✗ ") + text.strip())

    return check


def _judge(
    name: str, answer: Any, own: Mapping[str, Any], solve: Callable[[], Solution]
) -> tuple[str, str]:
    """The key of what to say of an answer, and what in it is meant."""
    if answer is None or answer is ... or (isinstance(answer, str | list) and not answer):
        return "empty", ""
    try:
        if "options" in own:
            return _choice(name, {letter.strip().upper() for letter in answer}, own["options"])
        if name == "better_sentence":
            return _sentence(answer.strip()), ""
        right, mistakes = solve()
        if isinstance(right, set):
            return _several(answer if isinstance(answer, str) else [*answer], right)
        if isinstance(right, str):
            return {**mistakes, right: "right"}.get(answer.strip(), "other"), ""
        number = float(str(answer).strip().rstrip("%％"))
    except (AttributeError, TypeError, ValueError):
        return "form", ""
    known = {right: "right"} | {value: key for value, key in mistakes.items() if value != right}
    return next(
        (k for v, k in known.items() if math.isclose(number, v, rel_tol=0.01, abs_tol=0.005)),
        "other",
    ), ""


def _several(quotes: Any, right: set[str]) -> tuple[str, str]:
    if isinstance(quotes, str):
        raise TypeError(quotes)
    given = {fold(quote).strip(): quote for quote in quotes}
    if extra := [quote for folded, quote in given.items() if folded not in right]:
        return "extra", "、".join(extra)
    return ("right" if given.keys() == right else "missing"), ""


def _choice(name: str, letters: set[str], options: Mapping[str, Any]) -> tuple[str, str]:
    if not letters <= set(options):
        raise ValueError(letters)
    wrong = (k for k, v in options.items() if v["mark"] != mark(name, k, k in letters))
    return next((("option", letter) for letter in wrong), ("right", ""))


def mark(name: str, letter: str, chosen: bool) -> str:
    """The digest in the lexicon that says whether to choose an option."""
    return sha256(f"{name} {letter} {chosen}".encode()).hexdigest()[:8]


def _sentence(sentence: str) -> str:
    """Does a claim say what changed, from or to how many, which way and against what?"""
    figures, folded = extract_outcomes(parse_report(sentence)), fold(sentence)
    ways = set(figures["direction"].dropna())
    based = figures["basis"].notna().any() or re.search(r"[上去前]一?年|\d{4}年", folded)
    tests = {
        "figure": not figures.empty,
        "metric": "检查" in folded,
        "increase": "increase" not in ways,
        "direction": "decrease" in ways,
        "basis": based,
        "base": bool((figures["unit"] != "%").any()),
    }
    return next((key for key, passed in tests.items() if not passed), "right")


def _solve(name: str, report: Report, practice: Report, planted: Slips) -> Solution:
    figures = extract_outcomes(practice)
    value_at = dict(zip(figures["start"], figures["value"], strict=True))
    places = {row["kind"]: row["places"] for row in planted}
    match name:
        case "parts":
            levels = outline(report)["level"]
            top, every = int((levels == 1).sum()), len(levels)
            return top, {top + 1: "preamble", every: "divisions", every - 1: "divisions"}
        case "share":
            table, whole = outline(report), len(report.text)
            longest, numbered = table["chars"].max(), table.query("level == 1")["chars"].sum()
            mistakes = {longest / whole: "fraction", 100 * longest / numbered: "numbered"}
            mistakes[100 * longest / table["chars"].sum()] = "twice"
            return 100 * longest / whole, mistakes
        case "broken_markers":
            return {fold(marker) for marker in check_numbering(practice)["marker"]}, {}
        case "missing_item":
            items = content_items(practice)
            keys = items["start"].isna().map({True: "missing", False: "deadline"})
            keys = keys.mask(items["found"], "found").mask(~items["required"], "optional")
            found = dict(zip(items["item"], keys, strict=True))
            right = next(item for item, key in found.items() if key == "missing")
            glossed = {gloss("item", item): key for item, key in found.items()}
            return right, {**found, **glossed, gloss("item", right): "right"}
        case "oversight":
            table = reconcile(practice, "监督")
            total, right = (int(c.sum()) for c in (table["count"], table.dropna()["count"]))
            return right, {total: "string", total - right: "name", 0: "token"}
        case "density_ratio":
            (a, rate_a), (b, rate_b) = (
                theme_frequency(one).query("theme == '法治'")[["count", "per_1000"]].sum()
                for one in (report, practice)
            )
            return rate_b / rate_a, {b / a: "counts", rate_a / rate_b: "inverse"}
        case "most_clumped":
            words = dispersion(report, ["法治", "执法", "安全", "普法"]).sort_values("dp")["term"]
            return words.iloc[-1], {words.iloc[0]: "lowest"}
        case "bound":
            figure = extract_outcomes(report).query("bound != 'exact'").iloc[0]
            return figure["bound"], dict.fromkeys(("exact", "about", "at_most"), "bound")
        case "targets":
            plans = int((figures["kind"] == "target").sum())
            return plans, {len(figures): "all", len(figures) - plans: "results"}
        case "real_fall":
            before, after, stated = (value_at[place["offset"]] for place in places["rate"])
            fall = 100 * (before - after) / before
            mistakes = {stated: "stated", fall / 100: "fraction", -fall: "sign"}
            mistakes |= {100 - fall: "rest", before - after: "amount"}
            return fall, {**mistakes, 100 * (before - after) / after: "later"}
        case "sum_gap":
            total, *kinds = (value_at[place["offset"]] for place in places["sum"])
            return total - sum(kinds), {sum(kinds): "sum", sum(kinds) - total: "sign"}
        case "in_names":
            kinds = [r"《[^》]*》", "习近平法治思想", r"《[^》]*》|习近平法治思想", r".+"]
            brackets, thought, right, every = (
                sum(name.count("法治") for name in re.findall(kind, report.folded))
                for kind in kinds
            )
            mistakes = {every: "all", every - right: "outside", brackets + thought: "twice"}
            return right, {**mistakes, brackets: "brackets", thought: "thought"}
        case "conflicts":
            parts = {"twice": slice(None), "sum": slice(1), "rate": slice(-1, None)}
            rows = [row for row in planted if row["kind"] in parts]
            quotes = (place for row in rows for place in row["places"][parts[row["kind"]]])
            return {fold(place["surface"]) for place in quotes}, {}
        case _:
            raise ValueError(f"there is no exercise {name!r}")
