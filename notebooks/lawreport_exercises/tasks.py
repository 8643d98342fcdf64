"""What is right in each exercise, computed from the reports; where it can't be asked, nothing."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pandas as pd

from lawreport_utils import (
    Report,
    check_numbering,
    check_report,
    content_items,
    dispersion,
    extract_claims,
    extract_outcomes,
    outline,
    reconcile,
    theme_frequency,
)
from lawreport_utils.characters import fold
from lawreport_utils.labels import LANGUAGES, gloss, value


class Material(NamedTuple):
    """The reports of the exercises: what is read, what is checked, the year before it, and the
    one whose density is compared with that of the first."""

    report: Report
    practice: Report
    earlier: Report | None = None
    other: Report | None = None


@dataclass(frozen=True)
class Task:
    """An exercise: what is right, typical mistakes -> keys of what to say, the key of what to say
    when it is right, and words of the report for its text."""

    right: Any
    mistakes: dict[Any, str] = field(default_factory=dict)
    praise: str = "right"
    words: dict[str, Any] = field(default_factory=dict)


_TASKS: dict[str, Callable[[Material], Task | None]] = {}


def task(name: str, material: Material) -> Task | None:
    """An exercise by its name; None where these reports can't carry it."""
    return _TASKS[name](material) if name in _TASKS else Task(None)


def asks(function: Callable[[Material], Task | None]) -> Callable[[Material], Task | None]:
    """Make a function, by its name, an exercise."""
    _TASKS[function.__name__.strip("_")] = function
    return function


@asks
def _parts(material: Material) -> Task | None:
    levels = outline(material.practice)["level"]
    top, two, every = int((levels == 1).sum()), int((levels < 3).sum()), len(levels)
    mistakes = dict.fromkeys((every, every - 1, two, two - 1), "divisions") | {top + 1: "preamble"}
    return Task(top, mistakes) if top > 1 else None


@asks
def _share(material: Material) -> Task | None:
    table, whole = outline(material.practice), len(material.practice.text)
    if (table["level"] == 1).sum() < 2:
        return None
    longest, numbered = table["chars"].max(), table.query("level == 1")["chars"].sum()
    mistakes = {longest / whole: "fraction", 100 * longest / numbered: "numbered"}
    mistakes[100 * longest / table["chars"].sum()] = "twice"
    return Task(100 * longest / whole, mistakes)


@asks
def _broken_markers(material: Material) -> Task | None:
    markers = {fold(marker) for marker in check_numbering(material.practice)["marker"]}
    return Task(markers) if markers else None


@asks
def _missing_item(material: Material) -> Task | None:
    items = content_items(material.practice)
    keys = items["start"].isna().map({True: "right", False: "deadline"})
    keys = keys.mask(items["found"], "found").mask(~items["required"], "optional")
    keys = keys.mask(items["item"].str.startswith("次年") & (keys == "right"), "deadline")
    found = dict(zip(items["item"], keys, strict=True))
    if "right" not in found.values():
        return None
    right = next(item for item, key in found.items() if key == "right")
    return Task(right, found | {gloss("item", item): key for item, key in found.items()})


@asks
def _oversight(material: Material) -> Task | None:
    """Where 监督 stands as a word and within the name of an authority, and nowhere else."""
    table = reconcile(material.practice, "监督")
    total, right = (int(c.sum()) for c in (table["count"], table.dropna()["count"]))
    within = [
        len(re.findall(f"{re.escape(token)}.{{0,4}}?[局委厅署所]", material.practice.folded))
        for token in table.loc[table["term"].isna(), "token"]
    ]
    if not 0 < right < total or sum(within) < total - right:
        return None
    return Task(right, {total: "string", total - right: "name", 0: "token"})


@asks
def _density_ratio(material: Material) -> Task | None:
    (a, rate_a), (b, rate_b) = (
        theme_frequency(one).query("theme == '法治'")[["count", "per_1000"]].sum()
        for one in (material.report, material.other or material.practice)
    )
    if not a or not b or abs(rate_b / rate_a - 1) < 0.05:
        return None
    mistakes = {b / a: "counts", rate_a / rate_b: "inverse"}
    return Task(rate_b / rate_a, mistakes, words={"more": rate_b > rate_a})


_WORDS = ("法治", "执法", "安全", "普法", "服务", "监管", "培训", "复议", "调解")


@asks
def _most_clumped(material: Material) -> Task | None:
    """Four words that each occur at least five times, one of them clearly the most clumped."""
    every = dispersion(material.report, [*_WORDS]).query("count >= 5").head(4)
    words = every.sort_values("dp")
    if len(words) < 4 or words["dp"].iloc[-1] - words["dp"].iloc[-2] < 0.05:
        return None
    named = {"terms": [*every["term"]]}
    return Task(words["term"].iloc[-1], {words["term"].iloc[0]: "lowest"}, words=named)


@asks
def _bound(material: Material) -> Task | None:
    bounds = extract_outcomes(material.practice).query("bound != 'exact'")["bound"]
    if bounds.empty:
        return None
    codes = dict.fromkeys(("exact", "at_least", "at_most", "about"), "bound")
    codes[bounds.iloc[0]] = "right"
    codes["约数"] = codes["about"]  # the word of the heading
    named = [{value("bound", code, lang): codes[code] for code in codes} for lang in LANGUAGES]
    return Task(bounds.iloc[0], codes | named[0] | named[1])


@asks
def _targets(material: Material) -> Task | None:
    kinds = extract_outcomes(material.practice)["kind"]
    plans = int((kinds == "target").sum())
    mistakes = {len(kinds): "all", len(kinds) - plans: "results"}
    return Task(plans, mistakes) if 0 < plans < len(kinds) else None


@asks
def _real_fall(material: Material) -> Task | None:
    """Two exact figures of one thing and the change between them as stated: rather one that
    `check_report` asks about, else the first."""
    figures = extract_outcomes(material.practice)
    asked = set(_asked(material.practice, "rate")["start"])
    found = [place for place in range(len(figures) - 2) if _is_change(figures.iloc[place:][:3])]
    found.sort(key=lambda place: figures["start"].iloc[place + 2] not in asked)
    if not found:
        return None
    rows = figures.iloc[found[0] :][:3]
    before, after, stated = rows["value"]
    fall = 100 * abs(after - before) / before
    mistakes = {stated: "stated", fall / 100: "fraction", -fall: "sign"}
    mistakes |= {100 * after / before: "rest", abs(before - after): "amount"}
    mistakes[100 * abs(after - before) / after] = "later"
    named = {"metric": rows["metric"].iloc[0], "first": found[0], "last": found[0] + 3}
    named["fell"] = bool(after < before)
    disagrees = rows["start"].iloc[2] in asked
    return Task(fall, mistakes, "right" if disagrees else "agrees", named)


def _is_change(rows: pd.DataFrame) -> bool:
    before, after, rate = rows.itertuples(index=False)
    pair = before.unit == after.unit != "%" and before.bound == after.bound == "exact"
    named = before.metric == after.metric == rate.metric and before.number == rate.number
    way = "decrease" if after.value < before.value else "increase"
    near = rate.start - before.start < 60 and "target" not in {*rows["kind"]}
    return bool(
        pair
        and named
        and near
        and before.value
        and after.value
        and (rate.unit, rate.direction) == ("%", way)
    )


@asks
def _sum_gap(material: Material) -> Task | None:
    """A total with two parts or more, all exact: rather one that doesn't agree, else the first."""
    figures = extract_outcomes(material.practice)
    asked = _asked(material.practice, "sum")["start"]
    exact = figures["bound"] == "exact"
    parts = figures.groupby("part_of").filter(
        lambda kinds: len(kinds) > 1 and all(exact[kinds.index])
    )
    figures = figures[exact]
    parts = parts[parts["part_of"].isin(figures["start"]) & (parts["unit"] != "%")]
    wrong = parts[parts["part_of"].isin(asked)]
    if parts.empty:
        return None
    start = (parts if wrong.empty else wrong)["part_of"].iloc[0]
    kinds, total = parts[parts["part_of"] == start], figures[figures["start"] == start].iloc[0]
    gap = total["value"] - kinds["value"].sum()
    if gap < 0 or {*kinds["unit"]} != {total["unit"]}:
        return None
    named = {"start": total["start"], "end": kinds["end"].max(), "total": total["surface"]}
    named["kinds"] = len(kinds)
    mistakes = {sum(kinds["value"]): "sum", -gap: "sign"}
    praise = "agrees" if gap else "adds_up"
    return Task(gap, mistakes, praise if wrong.empty else "right", named)


@asks
def _untold(material: Material) -> Task | None:
    """The first change that states what it is compared with, but neither an amount nor a cause."""
    figures = extract_outcomes(material.report)
    changes = figures.query("kind == 'change'").reset_index(drop=True)
    for place, row in enumerate(changes.itertuples()):
        beside = figures[(figures["sentence"] == row.sentence) & (figures["unit"] != "%")]
        told = row.metric in {*beside["metric"]} or re.search("因|由于|得益于", row.sentence)
        if row.unit == "%" and pd.notna(row.basis) and pd.notna(row.direction) and not told:
            return Task(None, words={"place": place})
    return None


@asks
def _in_names(material: Material) -> Task | None:
    kinds = [r"《[^》]*》", "习近平法治思想", r"《[^》]*》|习近平法治思想", r".+"]
    brackets, thought, right, every = (
        sum(name.count("法治") for name in re.findall(kind, material.report.folded))
        for kind in kinds
    )
    mistakes = {every: "all", every - right: "outside", brackets + thought: "twice"}
    mistakes |= {brackets: "brackets", thought: "thought"}
    named = {"most_outside": right < every / 2}
    return Task(right, mistakes, words=named) if 0 < right != every / 2 and right < every else None


@asks
def _supported(material: Material) -> Task | None:
    density, names = _density_ratio(material), _in_names(material)
    return Task(None, words=density.words | names.words) if density and names else None


@asks
def _better_sentence(material: Material) -> Task | None:
    """A claim of a rise or fall that has no figure anywhere: rather a fall."""
    claims = extract_claims(material.practice).query("form == 'result' and figure.isna()")
    claims = claims[claims["direction"].isin(["increase", "decrease"])].sort_values("direction")
    if claims.empty:
        return None
    claim = claims.iloc[0]
    return Task(None, words={name: claim[name] for name in ("surface", "metric", "direction")})


@asks
def _conflicts(material: Material) -> Task | None:
    figures = extract_outcomes(material.practice)
    asked = _asked(material.practice, "rate", "sum", "two_values", "zero")
    both = asked[asked["check"].isin(["two_values", "zero"])]
    others = figures[figures["start"].isin(both["other_start"])]
    right = {bare(text) for text in [*asked["surface"], *others["surface"]]}
    text, rest = bare(material.practice.text), {bare(text) for text in figures["surface"]}
    named = {"count": len(asked), "quotes": [*asked["surface"], *others["surface"]]}
    mistakes = dict.fromkeys(rest - right, "extra")
    return Task(dict.fromkeys(right, text), mistakes, words=named) if right else None


def _asked(practice: Report, *kinds: str) -> pd.DataFrame:
    """What the checks of the package ask about a report, of some kinds."""
    asked = check_report(practice)
    return asked[asked["check"].isin(kinds)]


def bare(text: str) -> str:
    return "".join(fold(text).split())
