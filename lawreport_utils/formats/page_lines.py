"""Which lines of a web page are the report: its title, labels and paragraphs; menus are not.

The wording is in ``lexicon/structure.toml`` under [page], [title] and [labels].
"""

import re
from functools import cache
from typing import NamedTuple

from ..characters import fold
from ..dates import find_dates
from ..lexicon import load
from ..markers import opens_title

MAX_LABELS = 160  # characters; a longer line is prose, a longer row of a table lays out a page
_MIN_TITLE = 6  # characters; less is the name of a column of the site
_PROSE = re.compile("[^。]{8,}[。;；]")


def is_prose(line: str) -> bool:
    """Is a line of a page a sentence or a numbered title?"""
    return bool(_PROSE.match(line)) or opens_title(line)


class Line(NamedTuple):
    text: str
    linked: bool  # mostly links
    heading: bool
    place: int


def head_lines(lines: list[Line], meta: dict[str, str]) -> list[str]:
    """The title and the labelled lines of what stands before the report."""
    titles = _squeeze(meta["title"] + _said(meta, "title"))
    topic, ending = title_word("topic"), title_word("ending")
    kept: list[str] = []
    below_title = False
    for line in lines:
        text = "" if line.linked else _without_around(line.text)
        is_title = _MIN_TITLE < len(text) < MAX_LABELS and (
            _squeeze(text) in titles
            or (topic.search(text) and (line.heading or ending.search(fold(text))))
        )
        dated = below_title and len(text) < MAX_LABELS and any(find_dates(fold(text)))
        below_title |= bool(is_title)
        if is_title or dated or (len(text) < MAX_LABELS and label().search(fold(text))):
            kept.append(text)
    return kept


def body_line(line: Line) -> str:
    """The text of a line of the report; "" for what isn't the report."""
    folded = fold(line.text)
    if len(folded) < MAX_LABELS and page_word("line").match(folded):
        return ""
    if is_prose(line.text):
        return line.text
    attached = folded.startswith("附")  # 附件: with a link to it
    return _without_around(line.text) if attached or not line.linked else ""


def _without_around(text: str) -> str:
    """A line without the counters, buttons and font sizes that stand beside source and date."""
    folded = fold(text)
    if len(folded) >= MAX_LABELS or "。" in folded:
        return text
    found = list(_around().finditer(folded))
    if not found or not (found[0].start() == 0 or label().search(folded)):
        return text
    for match in reversed(found):
        text = text[: match.start()] + text[match.end() :]
    return text.strip(" |[]【】〖〗()（）\u3000")


def from_meta(lines: list[str], meta: dict[str, str]) -> list[str]:
    """What the page says of the report only in its <meta> elements."""
    added = []
    title = _said(meta, "title") or re.split(r"\s*[-_|–—]\s*", meta["title"])[0]
    shown = _squeeze("".join(lines))
    titled = any(title_word("ending").search(fold(line)) for line in lines)
    if title_word("topic").search(title) and _squeeze(title) not in shown and not titled:
        added.append(title)
    short = fold("\n".join(line for line in lines if len(line) < MAX_LABELS))
    if (source := _said(meta, "source")) and not label("source").search(short):
        added.append(f"信息来源：{source}")
    if (published := _said(meta, "published")) and not any(find_dates(short)):
        added.append(f"发布日期：{published}")
    return added


def _said(meta: dict[str, str], what: str) -> str:
    """What the first <meta> element that tells of this says; "" where none does."""
    return next(filter(None, map(meta.get, load.table("structure")["page"]["meta"][what])), "")


def _squeeze(text: str) -> str:
    return re.sub(r"\s+", "", text)


@cache
def page_word(key: str) -> re.Pattern[str]:
    return load.any_of(*load.table("structure")["page"][key])


@cache
def title_word(key: str) -> re.Pattern[str]:
    word = load.table("structure")["title"][key]
    return re.compile(f"(?:{word})$" if key == "ending" else word)


@cache
def label(*groups: str) -> re.Pattern[str]:
    """A label of the metadata: 发布日期: 信息来源| ..."""
    labels = load.table("structure")["labels"]
    words = "|".join(word for group in groups or labels for word in labels[group])
    return re.compile(rf"(?:{words})\s*[:|]")


@cache
def _around() -> re.Pattern[str]:
    """Something around the report with what follows it, up to the next label."""
    button = rf"[\[(【]?(?:{page_word('around').pattern})(?=[\s\d:|\[\]()【】]|$)"
    return re.compile(rf"{button}(?:(?!{label().pattern}).)*")
