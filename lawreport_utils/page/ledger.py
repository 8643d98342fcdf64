"""The ledger: a row for each place, which leads there, and to which the place leads back."""

from collections.abc import Iterator
from typing import Any

from ..characters import fold
from .body import other_place, theme_css
from .facts import LAYERS, Entry, Facts, is_text
from .markup import Html, joined, tag
from .places import refs
from .words import Words

LEDGER = tuple(layer for layer in LAYERS if layer != "check")  # checks have a section of their own
_QUOTED = 60  # characters of a sentence; the text has it in full


def ledger(facts: Facts, words: Words) -> Html:
    """The rows of each layer below its name."""
    made = []
    for layer in LEDGER:
        rows = list(_themes(facts, words) if layer == "theme" else rows_of(facts, layer, words))
        name = tag("h3", swatch(layer), words.say(f"layer_{layer}"), " ", count(facts, layer))
        listed = tag("ol", *rows) if rows else tag("p", words.say("nothing"), class_="none")
        made.append(tag("section", name, listed, class_=f"layer of-{layer}", data_layer=layer))
    return joined(made, "\n")


def swatch(layer: str) -> Html:
    """A sample of how the layer is marked; it says nothing that the name doesn't."""
    return tag("span", "文", class_=f"swatch {layer}", lang="zh-CN", aria_hidden="true")


def count(facts: Facts, layer: str) -> Html:
    """How many rows of tables the layer shows."""
    entries = [entry for entry in facts.entries[layer] if entry.end]
    return tag("span", str(sum(len(entry.rows) for entry in entries)), class_="count")


def rows_of(facts: Facts, layer: str, words: Words) -> Iterator[Html]:
    """A row for each place of a layer."""
    for entry in facts.entries[layer]:
        content = [_STATED[layer](row, words) for row in entry.rows]
        where = _where(entry, words)
        shown = [where, _place(entry, facts, words), *content]
        yield tag("li", *shown, id=f"r-{entry.key}", class_="row")


def questions(facts: Facts, words: Words) -> Iterator[Html]:
    """A row for each question of the checks, numbered as the signs in the text are."""
    for entry in facts.entries["check"]:
        row = entry.rows[0]
        asked = row.question_zh if words.language == "zh" else words.mixed(row.question_en)
        read = [words.value("check", row.check)]
        if entry.end:
            read.append(tag("a", words.say("first_place"), href=f"#{entry.key}"))
        if other_place(entry):
            read.append(tag("a", words.say("other_place"), href=f"#{entry.key}b"))
        content = tag("p", asked, class_="what"), tag("p", joined(read, " · "), class_="read")
        yield tag("li", _where(entry, words), *content, id=f"r-{entry.key}", class_="row")


def _where(entry: Entry, words: Words) -> Html:
    """The division that a place stands in."""
    if not isinstance(entry.number, str):
        return Html()
    division = words.quote(entry.number) if entry.number else words.say("preamble")
    return tag("span", division, class_="where")


def _place(entry: Entry, facts: Facts, words: Words) -> Html:
    """The link to the place, in its own words."""
    quoted = facts.report.text[entry.start : entry.end].strip()
    if len(quoted) > _QUOTED:
        quoted = quoted[: _QUOTED - 1] + "…"
    return tag("a", words.quote(quoted), href=f"#{entry.key}", class_="go")


def _figure(row: Any, words: Words) -> Html:
    """What is measured, and how the table reads the figure where that isn't as printed."""
    action = tag("span", words.quote(row.action), class_="action") if is_text(row.action) else ""
    metric = tag("span", action, words.quote(row.metric), class_="what")
    unit = words.value("unit", row.unit)
    amount = joined([f"{row.value:,.10g}", unit], "" if unit in ("%", "") else " ")
    if row.bound != "exact":
        amount = joined([words.value("bound", row.bound), amount], " ")
    elif words.language == "zh" and f"{row.value:.10g}{unit}" == fold(row.surface):
        amount = Html()
    basis = (
        words.say("against", basis=words.value("basis", row.basis)) if is_text(row.basis) else ""
    )
    direction, kind = words.value("direction", row.direction), words.value("kind", row.kind)
    read = joined([part for part in (amount, direction, basis, kind) if part], " · ")
    return Html(" ") + metric + tag("p", read, class_="read")


def _claim(row: Any, words: Words) -> Html:
    parts = [words.value("direction", row.direction)]
    if is_text(row.figure):
        parts.append(joined([words.column("figure"), " ", words.quote(row.figure)]))
    return tag("p", joined(parts, " · "), class_="read")


def _sentence(row: Any, words: Words) -> Html:
    return Html()


_STATED = {
    "figure": _figure,
    "claim": _claim,
    "aim": _claim,
    "plan": _sentence,
    "shortcoming": _sentence,
}


def _themes(facts: Facts, words: Words) -> Iterator[Html]:
    """A row a theme, with its terms and a numbered link to each place."""
    han = facts.han()
    entries = {(entry.start, row.theme): entry for entry in facts.entries["theme"]
               for row in entry.rows}  # fmt: skip
    for n, (theme, hits) in enumerate(facts.themes.items(), 1):
        terms = []
        for term, places in hits.groupby("term", sort=False):
            keys = [entries[start, theme].key for start in places["start"]]
            terms.append((len(keys), joined([words.quote(str(term)), " ", refs(keys, words)])))
        terms.sort(key=lambda term: -term[0])
        name = tag("span", words.value("theme", theme), class_="what")
        rate = f"{1000 * len(hits) / han:.1f}" if han else "0"
        read = f"{words.count(len(hits), 'time')} · {words.column('per_1000')} {rate}"
        yield tag(
            "li",
            tag("p", name, class_="head"),
            tag("p", read, class_="read"),
            tag("ul", *(tag("li", term) for _, term in terms)),
            id=f"r-{facts.prefix}t{n}",
            class_="row theme-row",
            data_theme=theme_css(facts, theme),
        )
