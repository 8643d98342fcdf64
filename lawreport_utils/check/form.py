"""What can be told from the form: numbering, what is asked for, marks in pairs."""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from ..characters import fold, numeral_of
from ..content import item_rows
from ..markers import read_marker
from ..model import Section
from ..structure import numbering_rows
from .finding import Checked, Finding
from .years import DATED

_UNCOUNTED = ("order", "")  # 首先 … 再次 without 其次 is usual
_TITLES = ("chapter", "han", "paren_han")


def check_numbers(checked: Checked) -> Iterator[Finding]:
    """``numbering``: a number left out or printed twice.

    Evidence: a row of ``check_numbering`` that is a gap, a repeat or a step back, against the
    division before it in the same list; a list that starts again or goes on elsewhere is usual.
    No question where the marker that was due is printed between the two after all, or after a
    number that was asked about and only shifts the next ones.
    """
    rows = numbering_rows(checked.report)
    issues = {start: (issue, due) for _, _, issue, due, start, _ in rows}
    for kind, members in _lists(checked):
        shifted = 0  # the next number, if the one asked about is a slip and the rest goes on
        for (before, _), (section, value) in pairwise(members):
            issue, expected = issues.get(section.start, ("", 0))
            goes_on, shifted = value == shifted, shifted + 1 if shifted else 0
            if goes_on or issue not in ("gap", "repeat", "back"):
                continue
            marker = _renumbered(before.marker, expected)
            between = checked.folded[before.start + len(before.marker) : section.start]
            unread = issue == "gap" and _printed(marker, kind).search(between)
            # 一是抓执法: 一是巡查; 二是抽查
            below = issue == "repeat" and expected == 2 and kind not in _TITLES
            if not (unread or below):
                shifted = expected + 1
                said = {"marker": section.marker, "before": before.marker, "due": marker}
                yield Finding("numbering", issue, _marker(section), _marker(before), said)


def _lists(checked: Checked) -> Iterator[tuple[str, list[tuple[Section, int]]]]:
    """The divisions of one kind below the same one, each with its number; and the kind."""
    lists = defaultdict[tuple[str, str], list[tuple[Section, int]]](list)
    for section in checked.report.sections:
        context = checked.folded[section.start : section.start + _CONTEXT]
        kind, value = read_marker(context, len(section.marker))
        if section.level and kind not in _UNCOUNTED:
            lists[section.parent.number if section.parent else "", kind].append((section, value))
    for (_, kind), members in lists.items():
        yield kind, members


_CONTEXT = 24  # characters of a marker with what must or must not follow it


def _printed(marker: str, kind: str) -> re.Pattern[str]:
    """The marker where a line, a sentence or a clause starts: a division that wasn't read."""
    bare = re.escape(fold(marker).rstrip("、.,是要 "))
    ends = {"talk": "[是要]"}.get(kind, "" if ")" in marker else "[、.,]")
    return re.compile(rf"(?:^|[\n。;:!?,]) *{bare}{ends}")


def _marker(section: Section) -> tuple[int, int]:
    return section.start, section.start + len(section.marker)


def _renumbered(marker: str, number: int) -> str:
    """The marker with the number that follows its own, in the digits it has.

    >>> [_renumbered(*one) for one in (("（三）", 4), ("九是", 10), ("1.1", 2), ("①", 2))]
    ['（四）', '十是', '1.2', '②']
    """
    marker = re.sub("[一二三四五六七八九十]+", numeral_of(number), marker, count=1)
    marker = re.sub("[①-⒛㈠-㈩]", lambda match: chr(ord(match[0]) + 1), marker)
    return re.sub(r"[0-9０-９]+(?=[^0-9０-９]*$)", str(number), marker)


def check_content(checked: Checked) -> Iterator[Finding]:
    """``missing_item``: what the regulation asks for and no heading or sentence names.

    Evidence: a row of ``content_items`` that is required, is no date and has no evidence, in a text
    that is a whole report: it has a title, a year and three parts with headings.
    """
    report = checked.report
    parts = sum(section.level == 1 and _heads(checked, section) for section in report.sections)
    if report.title and report.year is not None and parts >= _PARTS:
        for row in item_rows(report):
            lacking = row.required and not row.found and row.start is None
            if lacking and not DATED.search(row.item):
                yield Finding("missing_item", "missing_item", said={"item": row.item})


def _heads(checked: Checked, section: Section) -> bool:
    """Does the division start where a line does?"""
    before = checked.folded[max(0, section.start - _INDENT) : section.start].rstrip(" \t")
    return before[-1:] in ("", "\n")


_PARTS, _INDENT = 3, 9
_PAIRS = {
    "《": "》",
    "〈": "〉",
    "“": "”",
    "(": ")",
    "【": "】",
    "〔": "〕",
    "「": "」",
    "『": "』",
}
_OPENING = {closing: opening for opening, closing in _PAIRS.items()}
_MARK = re.compile(f"[{re.escape(''.join([*_PAIRS, *_OPENING]))}]")
# 1) a) 一): a marker, no pair
_HALF = re.compile(r"(?:^|[\s,;:。、!?])[0-9a-zA-Z一二三四五六七八九十]{1,2}\)$")


def check_pairs(checked: Checked) -> Iterator[Finding]:
    """``pairing``: a quotation mark or bracket without its other half.

    Evidence: within a line, a 《 “ （ 【 〔 「 that nothing closes, or a closing one that nothing
    opened; not 1） and a） as markers, and not halves that find each other over the next line, as
    in a text wrapped at a fixed width. Marks that look the same on both sides (" ') aren't read.
    Two of a kind in one line (“第一议题“) are one finding.
    """
    at, wrapped = 0, dict[str, list[int]]()  # what the line above left open
    for line in checked.folded.split("\n"):
        singles = _singles(line, at)
        at += len(line) + 1
        for opening, closing in _PAIRS.items():
            while wrapped.get(opening) and singles.get(closing):
                wrapped[opening].pop()
                singles[closing].pop(0)
        yield from _unpaired(checked, {m: p for m, p in wrapped.items() if m in _PAIRS})
        yield from _unpaired(checked, {m: p for m, p in singles.items() if m in _OPENING})
        wrapped = singles
    yield from _unpaired(checked, {m: p for m, p in wrapped.items() if m in _PAIRS})


def _singles(line: str, at: int) -> dict[str, list[int]]:
    """The marks of a line without their other half, with their places in the text."""
    left = defaultdict[str, list[int]](list)
    for match in _MARK.finditer(line):
        mark, opening = match[0], _OPENING.get(match[0])
        if opening and left[opening]:
            left[opening].pop()
        elif mark != ")" or not _HALF.search(line[max(0, match.start() - 4) : match.end()]):
            left[mark].append(at + match.start())
    return left


def _unpaired(checked: Checked, singles: dict[str, list[int]]) -> Iterator[Finding]:
    for mark, places in singles.items():
        if not places:
            continue
        printed, half = checked.text[places[0]], _PAIRS.get(mark) or _OPENING[mark]
        half = chr(ord(half) + ord(printed) - ord(mark)) if half in "()" else half  # as wide
        opens, line = mark in _PAIRS, checked.folded.rfind("\n", 0, places[0]) + 1
        begin = places[0] if opens else max(line, places[0] - _QUOTED)
        end = places[0] + (_QUOTED if opens else 1)
        said = {"mark": printed, "half": half}
        said["quote"] = checked.text[begin:end].partition("\n")[0]
        one, other = ([*((place, place + 1) for place in places[:2]), None])[:2]
        yield Finding("pairing", "unclosed" if opens else "unopened", one, other, said)


_QUOTED = 14  # characters of the text that a question shows
