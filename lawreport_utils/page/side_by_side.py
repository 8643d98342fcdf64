"""Two texts side by side, a sentence beside its match, with the characters that changed marked."""

import re
from typing import Any

import pandas as pd
from rapidfuzz.distance import Indel

from .facts import Facts
from .markup import Html, joined, tag
from .words import Words

_PIECE = re.compile(r"\d[\d,.]*|.", re.DOTALL)  # a number changes as a whole
_SLIVER = 2  # pieces between two changes that are shown as changed with them


def side_by_side(table: pd.DataFrame, facts: Facts, words: Words) -> Html:
    """``compare_reports(…)["sentences"]``, a row a pair; the later sentence leads to its place."""
    name, rows = words.say("side_by_side"), []
    for row in table.astype(object).where(table.notna(), None).to_dict("records"):
        old, new = _marked(row["sentence_earlier"] or "", row["sentence_later"] or "")
        key = ""
        if row["start_later"] is not None:
            key = facts.sentence_key(facts.sentence_at(int(row["start_later"])))
        later = tag("a", new, href=f"#{key}") if key else new
        status = tag("td", words.value("status", row["status"]), class_="status")
        cells = [status, *(tag("td", text, lang="zh-CN") for text in (old, later))]
        rows.append(tag("tr", *cells, class_=row["status"]))
    body = tag("table", tag("tbody", *rows), class_="side-by-side")
    number = tag("span", str(len(table)), class_="count")
    hint = tag("p", words.say("side_by_side_hint"), class_="hint")
    frame = tag("div", body, class_="scroll", tabindex="0", role="region", aria_label=name)
    return tag("details", tag("summary", name, " ", number), hint, frame, open=True)


def _marked(old: str, new: str) -> tuple[Html, Html]:
    """Both sentences, what only one of them has as deleted or inserted.

    >>> _marked("开展检查12次。", "开展检查15次。")
    ('开展检查<del>12</del>次。', '开展检查<ins>15</ins>次。')
    """
    if not old or not new or old == new:
        return joined([old]), joined([new])
    one, other = _PIECE.findall(old), _PIECE.findall(new)
    left, right = list[Html](), list[Html]()
    for changed, a, b, c, d in _stretches(one, other):
        before, after = "".join(one[a:b]), "".join(other[c:d])
        left.append(tag("del", before) if changed and before else joined([before]))
        right.append(tag("ins", after) if changed and after else joined([after]))
    return joined(left), joined(right)


def _stretches(one: list[str], other: list[str]) -> list[list[Any]]:
    """What is equal and what is not, by turns; a sliver between two changes is part of them."""
    stretches: list[list[Any]] = []
    steps = list(Indel.opcodes(one, other))
    for place, step in enumerate(steps):
        inner = 0 < place < len(steps) - 1
        sliver = inner and step.tag == "equal" and step.src_end - step.src_start < _SLIVER
        changed = step.tag != "equal" or sliver
        if stretches and stretches[-1][0] == changed:
            stretches[-1][2], stretches[-1][4] = step.src_end, step.dest_end
        else:
            stretches.append(
                [changed, step.src_start, step.src_end, step.dest_start, step.dest_end]
            )
    return stretches
