"""What stands below the text: checks, the comparison with an earlier report, tables to download."""

from base64 import b64encode
from collections.abc import Iterable
from typing import Any

import pandas as pd

from ..export import csv_bytes
from ..labels import labelled
from .facts import Facts
from .ledger import questions
from .markup import Html, file_name, joined, tag
from .side_by_side import side_by_side
from .tables import COMPARED
from .words import Words

_QUOTES = frozenset(["metric", "action", "sentence", "sentence_earlier", "sentence_later"])


def checks(facts: Facts, words: Words) -> Html:
    """The questions of ``check_report``, each with links to its places."""
    if facts.tables["findings"].empty:
        return tag("p", words.say("no_questions"), class_="none")
    return tag("ol", *questions(facts, words), class_="questions")


def comparison(facts: Facts, words: Words) -> Html:
    """Both texts side by side, then each table of ``compare_reports``; what stands in this report
    is a link to its place."""
    tables = {name: table for name, table in facts.tables.items() if name.startswith(COMPARED)}
    if not tables:
        return tag("p", words.say("no_earlier"), class_="none")
    made = [side_by_side(tables[f"{COMPARED}sentences"], facts, words)]
    for name, table in tables.items():
        number = tag("span", str(len(table)), class_="count")
        summary = tag("summary", words.table(name), " ", number)
        shown = (
            _table(table, words.table(name), facts, words)
            if len(table)
            else tag("p", words.say("nothing"))
        )
        made.append(tag("details", summary, shown))
    return joined(made, "\n")


def _table(table: pd.DataFrame, name: str, facts: Facts, words: Words) -> Html:
    """A table without its positions: what stands in this report is a link to its place."""
    shown = labelled(table, words.language)
    kept = [i for i, name in enumerate(table) if not str(name).startswith(("start", "end"))]
    links = _links(table, facts)
    rows = []
    for number, values in enumerate(shown.itertuples(index=False, name=None)):
        cells = [
            _cell(values[i], str(table.columns[i]), links.get(number, ""), words) for i in kept
        ]
        rows.append(tag("tr", *cells))
    heads = [tag("th", shown.columns[i], scope="col") for i in kept]
    body = tag("table", tag("thead", tag("tr", *heads)), tag("tbody", *rows))
    return tag("div", body, class_="scroll", tabindex="0", role="region", aria_label=name)


def _links(table: pd.DataFrame, facts: Facts) -> dict[int, str]:
    """For the rows that stand in this report the key of their sentence."""
    if "start_later" not in table:
        return {}
    starts = enumerate(table["start_later"].tolist())
    found = {row: facts.sentence_at(int(start)) for row, start in starts if not pd.isna(start)}
    return {row: facts.sentence_key(start) for row, start in found.items()}


def _cell(value: Any, name: str, key: str, words: Words) -> Html:
    if pd.isna(value):
        return tag("td")
    if not isinstance(value, str):
        return tag(
            "td", f"{value:,.6g}" if isinstance(value, float) else str(value), class_="number"
        )
    text = words.quote(value) if name in _QUOTES else value
    if key and name in ("sentence_later", "metric"):
        return tag("td", tag("a", text, href=f"#{key}"))
    return tag("td", text)


def downloads(facts: Facts, words: Words) -> Html:
    """Each table as a CSV file that is in the page itself."""
    title = file_name(facts.report.title)
    items = []
    for name, table in facts.tables.items():
        data = b64encode(csv_bytes(labelled(table, words.language))).decode()
        shown = words.say("download", table=words.table(name), rows=words.count(len(table), "row"))
        link = tag(
            "a",
            shown,
            href=f"data:text/csv;charset=utf-8;base64,{data}",
            download=f"{title}-{words.table(name)}.csv",
        )
        items.append(tag("li", link))
    return tag("p", words.say("downloads_hint")) + tag("ul", *items, class_="files")


def details(pairs: Iterable[tuple[str, str]]) -> Html:
    """Names and values."""
    return tag("dl", *(tag("div", tag("dt", name), tag("dd", value)) for name, value in pairs))
