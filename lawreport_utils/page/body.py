"""The text of a report with all its marks, paragraph by paragraph, and its contents list."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise

import pandas as pd

from ..model import Section
from .facts import Entry, Facts
from .marks import Mark, by_paragraph, nested, painted
from .markup import Html, joined, tag
from .words import Words

_LINE = re.compile(r"[^\n]*\S[^\n]*")
_WIDE = ("plan", "shortcoming")  # layers of sentences
_ELEMENTS = {"plan": "span", "shortcoming": "span", "theme": "span"}  # the others are <mark>
_NARROW = ("figure", "claim", "aim")
_LOWEST = 6  # the lowest rank of heading there is


def text(facts: Facts, *, theme_links: bool = True) -> Html:
    """The report in full. Each mark leads to its row in the ledger; without a script those of
    themes are better no links, since nothing could show which of them are.
    """
    lines = [match.span() for match in _LINE.finditer(facts.report.text)]
    marks = by_paragraph(lines, _marks(facts, theme_links))
    titles = {section.start: section for section in facts.report.sections if section.level}
    made, rank = [], 2
    for (start, end), inside in zip(lines, marks, strict=True):
        content = nested(facts.report.text, start, end, inside)
        section = titles.get(start + _indent(facts.report.text[start:end]))
        if section and _fills(section, facts.report.text[start:end]):
            rank = min(2 + section.level, rank + 1, _LOWEST)  # no rank is left out
            made.append(tag(f"h{rank}", content))
        else:
            css = "title" if facts.report.text[start:end].strip() == facts.report.title else None
            made.append(tag("p", content, class_=css))
    opening = tag("span", id=facts.division_key(""))
    return opening + joined(made, "\n")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _fills(section: Section, line: str) -> bool:
    """Whether a line is the title of a division and nothing else."""
    title = section.marker + section.heading
    return bool(section.heading) and "".join(title.split()) == "".join(line.split())


def _marks(facts: Facts, theme_links: bool) -> Iterator[Mark]:
    """The outer first, where two have the same place."""
    for _, start, end in facts.sentences:
        yield Mark(start, end, "span", key=facts.sentence_key(start))
    for section in facts.report.sections:
        if section.level:
            start, end = section.start, section.start + len(section.marker)
            if section.heading:
                end = facts.report.text.index(section.heading, end) + len(section.heading)
            yield Mark(start, end, "strong", key=facts.division_key(section.number))
    for layer in ("plan", "shortcoming", "aim", "claim", "figure", "theme"):
        for entry in facts.entries[layer]:
            css = _css(entry, facts)
            yield Mark(entry.start, entry.end, _ELEMENTS.get(layer, "mark"), css, entry.key)
    yield from _questions(facts)
    yield from _links(facts, theme_links)


def _questions(facts: Facts) -> list[Mark]:
    """The places of what ``check_report`` asks. Each has a link of its own behind it, since the
    words are often a figure, which leads to its own row."""
    marks = []
    for n, entry in enumerate(facts.entries["check"], 1):
        sign = tag("a", f"?{n}", href=f"#r-{entry.key}", class_="ask")
        if entry.end:
            marks.append(Mark(entry.start, entry.end, "mark", "check", entry.key, after=sign))
        if other := other_place(entry):
            marks.append(Mark(*other, "mark", "check", f"{entry.key}b", after=sign))
    return marks


def _links(facts: Facts, theme_links: bool) -> list[Mark]:
    """The words of each place that lead to its row: a link can't stand inside of another.

    Of a sentence these are the first two characters that no narrower place has: a link as long as
    the sentence would be a wall.
    """
    narrow = [[_link(entry) for entry in facts.entries[layer]] for layer in _NARROW]
    taken = bytearray(len(facts.report.text))
    for mark in (mark for marks in narrow for mark in marks):
        taken[mark.start : mark.end] = b"\1" * (mark.end - mark.start)
    wide = []
    for entry in (entry for layer in _WIDE for entry in facts.entries[layer]):
        free = max(taken.find(0, entry.start, entry.end), entry.start)
        wide.append(_link(entry)._replace(start=free, end=min(free + 2, entry.end)))
    themes = [_link(entry) for entry in facts.entries["theme"] if theme_links]
    links = painted([*narrow, wide, themes], len(facts.report.text))
    ends = sorted({mark.end for mark in _questions(facts)})  # no link may hold that of a question
    return [piece for link in links for piece in _cut(link, ends)]


def _cut(link: Mark, ends: list[int]) -> Iterator[Mark]:
    inside = ends[bisect_right(ends, link.start) : bisect_left(ends, link.end)]
    for start, end in pairwise([link.start, *inside, link.end]):
        yield link._replace(start=start, end=end)


def _css(entry: Entry, facts: Facts) -> str:
    if entry.layer != "theme":
        return entry.layer
    return f"theme {' '.join(theme_css(facts, row.theme) for row in entry.rows)}"


def theme_css(facts: Facts, theme: str) -> str:
    return f"t{list(facts.themes).index(theme) + 1}"


def _link(entry: Entry) -> Mark:
    row = f"#r-{entry.key}"
    if entry.layer == "theme":
        row = f"#r-{entry.key.rpartition('-')[0]}"
    return Mark(entry.start, entry.end, "a", f"to-{entry.layer}", href=row)


def other_place(entry: Entry) -> tuple[int, int] | None:
    """The second place of a question, where it has one."""
    start, end = entry.rows[0].other_start, entry.rows[0].other_end
    return None if pd.isna(start) else (int(start), int(end))


def contents(facts: Facts, words: Words) -> Html:
    """The outline as links, two levels deep."""
    items = []
    for section in facts.report.sections:
        if section.level in (1, 2):
            name = words.quote(section.marker + section.heading)
            english = words.gloss("heading", section.heading)
            href = f"#{facts.division_key(section.number)}"
            link = tag("a", name, tag("small", english) if english else "", href=href)
            items.append(tag("li", link, class_=f"level{section.level}"))
    return tag("ol", *items) if items else Html()
