"""The exercises on two reports of one authority, the year before and the year itself."""

from functools import cache

import pandas as pd

from lawreport_utils import Report, compare_reports, extract_outcomes, labelled

from .tasks import Material, Task, asks, bare


@asks
def _only_figures(material: Material) -> Task | None:
    if material.earlier is None:
        return None
    pairs = _chosen_pairs(material.earlier, material.practice)
    right = {letter for letter, status in pairs["status"].items() if status == "figures"}
    return Task(right) if 0 < len(right) < len(pairs) and len(pairs) > 3 else None


def sentence_pairs(earlier: Report, later: Report, language: str = "zh") -> pd.DataFrame:
    """A few pairs of sentences, one from each report; in some only the figures differ."""
    pairs = _chosen_pairs(earlier, later)[["sentence_earlier", "sentence_later"]]
    letter = {"zh": "题号", "en": "pair"}[language]
    return labelled(pairs, language).rename_axis(letter).reset_index()


def _chosen_pairs(earlier: Report, later: Report) -> pd.DataFrame:
    """Three pairs of which only the figures differ, and the two most alike of the reworded ones."""
    table = _compared(earlier, later)["sentences"]
    table = table[table["sentence_later"].str.len().between(18, 70) & table["number_later"].ne("")]
    same, other = (table[table["status"] == status] for status in ("figures", "reworded"))
    chosen = pd.concat([same.head(3), other.nlargest(2, "similarity")]).sort_values("start_later")
    return chosen.assign(letter=[*"ABCDE"[: len(chosen)]]).set_index("letter")


@asks
def _points(material: Material) -> Task | None:
    """A rate of both years, from the lowest, where a change in points isn't one in per cent."""
    if material.earlier is None:
        return None
    table = _compared(material.earlier, material.practice)["figures"]
    exact = [
        {*figures.query("bound == 'exact'")["start"]}
        for figures in (extract_outcomes(material.earlier), extract_outcomes(material.practice))
    ]
    places = table["start_earlier"].isin(exact[0]) & table["start_later"].isin(exact[1])
    rates = table.query("unit == '%' and kind == 'level'").reset_index(drop=True)
    usable = places[table["unit"].eq("%") & table["kind"].eq("level")].to_numpy()
    usable = usable & (rates["change"] != 0) & rates["value_earlier"].between(1, 97)
    if not usable.any():
        return None
    place = rates.loc[usable, "value_earlier"].idxmin()
    row = rates.loc[place]
    before, after, points = row["value_earlier"], row["value_later"], abs(row["change"])
    mistakes = {100 * points / before: "percent", -points: "sign", after: "level"}
    return Task(points, mistakes, words={"place": place, "rose": bool(after > before)})


@asks
def _fell_short(material: Material) -> Task | None:
    if material.earlier is None:
        return None
    table = _compared(material.earlier, material.practice)["targets"]
    named = {
        bare(name): status for name, status in zip(table["metric"], table["status"], strict=True)
    }
    right = {bare(name) for name in table.query("status == 'below'")["metric"]}
    mistakes = {name: status for name, status in named.items() if name not in right}
    return Task(right, mistakes) if right and mistakes else None


@cache
def _compared(earlier: Report, later: Report) -> dict[str, pd.DataFrame]:
    return compare_reports(earlier, later)
