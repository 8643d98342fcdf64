"""Many reports on one page: a row a report, sorted by any column."""

from importlib.metadata import version
from typing import Any

import pandas as pd

from ..arguments import check_language
from ..messages import message
from .frame import policy, static, style
from .markup import Html, tag
from .words import Words

Tables = dict[str, pd.DataFrame]


def overview(tables: Tables, *, language: str = "zh") -> str:
    """The tables of ``analyze_corpus`` as a page that sets the reports side by side.

    A row a report: its year and length, figures, figures of change and claims per 1,000 Han
    characters, the questions of the checks, the items of the regulation that were not found, and
    each theme per 1,000 Han characters. A column is sorted by its heading, with the mouse or the
    keyboard; without script the page shows the reports in their order. Files that couldn't be read
    stand below. One file, without any request; everything from the reports is escaped.

    Raises ValueError for another language, KeyError where a table is missing.
    """
    check_language(language)
    words, profile = Words(language), _profile(tables)
    title = words.say("overview")
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=policy("overview.js")),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", title),
        tag("style", Html(style() + static("overview.css"))),
    )
    count = words.say("overview_count", reports=len(profile), failed=len(tables["errors"]))
    note = tag("p", count, " ", words.say("overview_note"), class_="note")
    main = [_scrolling(_table(profile, words), words.say("overview_table"))]
    if len(tables["errors"]):
        main += [tag("h2", words.say("overview_errors")), _errors(tables["errors"], words)]
    body = tag(
        "body",
        tag("header", tag("h1", title), note),
        tag("main", *main),
        tag("footer", tag("p", words.say("made_by", version=version("lawreport-utils")))),
        tag("script", Html(static("overview.js"))),
        class_="lawreport page overview",
    )
    return (
        f"<!DOCTYPE html>\n{tag('html', head, body, lang={'zh': 'zh-CN', 'en': 'en'}[language])}\n"
    )


def _profile(tables: Tables) -> pd.DataFrame:
    """A row a report; rates per 1,000 Han characters."""
    reports = tables["reports"].set_index("report")
    per = 1000 / reports["han"].clip(lower=1)

    def rate(table: pd.DataFrame) -> Any:
        return table.groupby("report").size().reindex(reports.index, fill_value=0) * per

    outcomes, content = tables["outcomes"], tables["content"]
    lacking = content[content["required"] & ~content["found"]].groupby("report")["item"]
    profile = pd.DataFrame(
        {
            "title": reports["title"],
            "year": reports["year"],
            "han": reports["han"],
            "figures": rate(outcomes),
            "changes": rate(outcomes[outcomes["kind"] == "change"]),
            "claims": rate(tables["claims"]),
            "questions": tables["findings"].groupby("report").size(),
            "not_found": lacking.agg(list),
        }
    )
    profile["questions"] = profile["questions"].fillna(0).astype(int)
    themes = tables["themes"].pivot_table(
        index="report", columns="theme", values="count", aggfunc="sum"
    )
    themes = themes.reindex(reports.index).fillna(0).mul(per, axis="index")
    return profile.join(themes.add_prefix("theme:")).reset_index()


def _table(profile: pd.DataFrame, words: Words) -> Html:
    names = [str(name) for name in profile.columns if name != "report"]
    headings = [tag("th", tag("button", _heading(name, words), type="button"), scope="col")
                for name in names]  # fmt: skip
    rows = []
    for row in profile.to_dict("records"):
        first = tag("th", _title(row, words), scope="row")
        cells = [_cell(row[name], words) for name in names[1:]]
        rows.append(tag("tr", first, *cells))
    return tag("table", tag("thead", tag("tr", *headings)), tag("tbody", *rows))


def _heading(name: str, words: Words) -> Html:
    if name.startswith("theme:"):
        return words.value("theme", name.removeprefix("theme:"))
    return words.say(f"overview_{name}")


def _title(row: dict[Any, Any], words: Words) -> Html:
    title = row["title"] or words.say("untitled")
    return Html(words.quote(title) + tag("span", row["report"], class_="file"))


def _cell(value: Any, words: Words) -> Html:
    """A number with what it sorts by; a list with its length."""
    if isinstance(value, list):
        listed = words.parted(words.value("item", item) for item in value)
        return tag("td", listed, data_value=len(value), class_="words")
    if pd.isna(value):
        return tag("td", "", data_value=-1)
    shown = f"{value:.1f}" if isinstance(value, float) else f"{value:d}"
    return tag("td", shown, data_value=f"{value}")


def _errors(errors: pd.DataFrame, words: Words) -> Html:
    told = (message(said, words.language) for said in errors["message"])
    return tag("ul", *(tag("li", line) for line in told), class_="errors")


def _scrolling(table: Html, name: str) -> Html:
    return tag("div", table, class_="scroll", tabindex="0", role="region", aria_label=name)
