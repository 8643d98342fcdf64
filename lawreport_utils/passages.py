"""The stretches of a report that tell of no results: what is planned, and what is lacking."""

import re
from bisect import bisect_right
from functools import cache, lru_cache

from .agency import find_sign_off
from .lexicon import load
from .markers import SPACE
from .model import Report

Span = tuple[int, int]


def plan_spans(report: Report) -> list[Span]:
    """The stretches of text that state plans for the future, in order, without overlap.

    A division is a plan when its heading says so (下一步, 今后, …打算, 2025年…安排); if the heading
    names what lies behind as well (存在不足和下一步安排), and otherwise, the plan starts at a
    sentence that turns to the future (下一步, 今后, 接下来, 2025年 in a report on 2024) and runs to
    the end of the division it stands in. The closing formula (特此报告) and who signs are no plan.
    The wording is in ``lexicon/structure.toml``.
    """
    return list(_plans(report))


@lru_cache(maxsize=2)  # asked for by several tables of one report
def _plans(report: Report) -> tuple[Span, ...]:
    next_year = str(report.year + 1) if report.year else "(?!)"
    heading, done, mixed, lead = (
        _plan_words(key, next_year) for key in ("heading", "done", "mixed", "lead")
    )
    spans, last, shifted = list[Span](), _closing(report), "\n" + report.folded
    for section in report.sections:
        title = section.title
        if heading.search(title) and not done.search(title) and not mixed.search(title):
            spans.append((section.start, min(section.end, last)))
    for section, start, end in report.leaves:
        if turn := lead.search(shifted, start, end + 1):
            spans.append((turn.start("lead") - 1, min(section.end, last)))
    return tuple(_merged(spans))


@cache
def _plan_words(key: str, next_year: str) -> re.Pattern[str]:
    """The alternatives of a lexicon entry; a lead must stand at the start of a sentence."""
    words = "|".join(load.table("structure")["plans"][key]).replace("{next_year}", next_year)
    return re.compile(rf"[。!?;\n]{SPACE}*+(?P<lead>{words})" if key == "lead" else words, re.M)


def _closing(report: Report) -> int:
    """Where the last words of a report start: its closing formula, or who signs it."""
    last = report.sections[-1].start
    signed = find_sign_off(report.folded, last)
    end = signed.start if signed else len(report.text)
    formula = _formula().search("\n" + report.folded, last, end + 1)
    return formula.start("formula") - 1 if formula else end


@cache
def _formula() -> re.Pattern[str]:
    """A line that starts with a closing formula."""
    words = "|".join(load.table("structure")["closing"]["formula"])
    return re.compile(rf"\n{SPACE}*+(?P<formula>{words})")


def shortcoming_spans(report: Report) -> list[Span]:
    """The divisions whose heading names shortcomings and no results, in order, without overlap."""
    words = shortcoming_words()
    results = load.any_of(load.table("claims")["not_claimed"]["results"])
    spans = []
    for section in report.sections:
        title = section.title
        if words["heading"].search(title) and not (
            words["unless"].search(title) or results.search(title)
        ):
            spans.append((section.start, section.end))
    return _merged(spans)


@cache
def shortcoming_words() -> dict[str, re.Pattern[str]]:
    """What a ``heading`` and a ``sentence`` on shortcomings say, and what neither says: ``unless``.

    The wording is in ``lexicon/content.toml``.
    """
    item = next(item for item in load.table("content")["items"] if item["name"] == "存在的不足")
    said = {key: load.any_of(*item[key]) for key in ("heading", "sentence")}
    return {**said, "unless": load.any_of(item["unless"])}


def _merged(spans: list[Span]) -> list[Span]:
    """Spans in order; what an earlier one covers already is left out."""
    merged = list[Span]()
    for start, end in sorted(spans):
        covered = merged[-1][1] if merged else 0
        if end > max(start, covered):
            merged.append((max(start, covered), end))
    return merged


def covers(spans: list[Span], position: int) -> bool:
    """Whether a position is within one of the spans, which are in order and don't overlap."""
    index = bisect_right(spans, position, key=lambda span: span[0]) - 1
    return index >= 0 and position < spans[index][1]
