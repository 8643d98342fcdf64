"""Checks for the exercises: they say what is wrong with an answer, without giving it away.

The wording is in ``wording.toml``. What is right is computed from the reports or, for the
options of a choice, compared as a digest, so that it can't be read here.
"""

import math
import re
import tomllib
from collections.abc import Callable, Mapping
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from lawreport_utils import (
    Report,
    check_numbering,
    check_report,
    content_items,
    dispersion,
    extract_outcomes,
    outline,
    parse_report,
    reconcile,
    theme_frequency,
)
from lawreport_utils.characters import fold
from lawreport_utils.labels import gloss, value

Solution = tuple[Any, dict[Any, str]]  # what is right; typical mistakes -> keys of what to say


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
    language: str, answers: Mapping[str, Any], report: Report, practice: Report
) -> Callable[..., Feedback]:
    """A function that checks the answer of a name, as it stands in ``answers`` at that moment.

    Without a name it tells which exercises are done. ``language`` is "zh" or "en". What is right is
    computed from the reports. An answer of another form than the one asked for raises nothing: the
    feedback tells the form.

    >>> from lawreport_utils import read_report
    >>> reports = read_report("data/szga-2024.txt"), read_report("data/practice-report.txt")
    >>> check = checker("en", {"parts": None}, *reports)
    >>> check("parts")
    ✗ Not answered yet. Put a whole number in place of `None`.
    """
    wording = read_wording()

    def check(name: str | None = None) -> Feedback:
        if name is None:
            return _overview(check, wording, answers, language)
        say, own = wording["say"], wording[name]
        key, what = "absent", ""
        if name in answers:
            solve = partial(_solve, name, report, practice)
            key, what = _judge(name, answers[name], own, solve)
        if key in ("absent", "empty", "form"):
            text = say[key][language].format(name=name, form=own["form"][language])
        else:
            words = own["options"][what] if key == "option" else own.get(key, {language: ""})
            text = say["right" if key == "right" else "wrong"][language]
            text += words[language].format(what=what)
        return Feedback(key == "right", ("✓ " if key == "right" else "✗ ") + text.strip())

    return check


def _overview(
    check: Callable[..., Feedback],
    wording: Mapping[str, Any],
    answers: Mapping[str, Any],
    language: str,
) -> Feedback:
    """Which exercises are right, which wrong and which not answered yet."""
    said: dict[str, list[str]] = {"done": [], "wrong_yet": [], "open": []}
    for name in wording:
        if name != "say":
            empty = answers.get(name) is None or answers[name] is ...
            kind = "open" if empty else "done" if check(name).passed else "wrong_yet"
            said[kind].append(f"`{name}`")
    number = sum(map(len, said.values()))
    lines = [
        wording["say"][kind][language].format(count=len(names), names=_LIST[language].join(names))
        for kind, names in said.items()
        if names
    ]
    return Feedback(len(said["done"]) == number, "\n\n".join(lines))


_LIST = {"zh": "、", "en": ", "}


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
        if isinstance(right, dict):
            return _places(answer if isinstance(answer, str) else [*answer], right, mistakes)
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


def _solve(name: str, report: Report, practice: Report) -> Solution:
    figures = extract_outcomes(practice)
    value_at = dict(zip(figures["start"], figures["value"], strict=True))
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
            right = extract_outcomes(report).query("bound != 'exact'")["bound"].iloc[0]
            codes = dict.fromkeys(_BOUNDS, "bound") | {right: "right"}
            named = [{value("bound", code, lang): codes[code] for code in codes} for lang in _LIST]
            return right, codes | named[0] | named[1]
        case "targets":
            plans = int((figures["kind"] == "target").sum())
            return plans, {len(figures): "all", len(figures) - plans: "results"}
        case "real_fall":
            rate = _asked(practice, "rate").iloc[0]
            within = figures["start"].between(rate["other_start"], rate["other_end"] - 1)
            before, after = figures.loc[within, "value"]
            stated = value_at[rate["start"]]
            fall = 100 * (before - after) / before
            mistakes = {stated: "stated", fall / 100: "fraction", -fall: "sign"}
            mistakes |= {100 - fall: "rest", before - after: "amount"}
            return fall, {**mistakes, 100 * (before - after) / after: "later"}
        case "sum_gap":
            start = _asked(practice, "sum")["start"].iloc[0]
            total, kinds = value_at[start], figures.loc[figures["part_of"] == start, "value"]
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
            asked = _asked(practice, "rate", "sum", "two_values", "zero")
            both = asked[asked["check"].isin(["two_values", "zero"])]
            others = figures[figures["start"].isin(both["other_start"])]
            right = {_bare(text) for text in [*asked["surface"], *others["surface"]]}
            text = _bare(practice.text)
            return dict.fromkeys(right, text), dict.fromkeys(
                {_bare(text) for text in figures["surface"]} - right, "extra"
            )
        case _:
            raise ValueError(f"there is no exercise {name!r}")


_BOUNDS = ("exact", "at_least", "at_most", "about")


def _asked(practice: Report, *kinds: str) -> pd.DataFrame:
    """What the checks of the package ask about a report, of some kinds."""
    asked = check_report(practice)
    return asked[asked["check"].isin(kinds)]


def _bare(text: str) -> str:
    return "".join(fold(text).split())
