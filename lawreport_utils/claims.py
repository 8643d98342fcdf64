"""Changes and states that a report claims without a figure: 社会治安持续向好.

A claim is read from its end: a predicate of ``lexicon/claims.toml`` that closes a clause, and the
words before it, back to the start of the clause, as its subject.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from types import SimpleNamespace
from typing import Any

import pandas as pd

from .lexicon import load
from .model import Report
from .structure import plan_spans, sentence_spans

COLUMNS = {
    "metric": "str", "direction": "str", "surface": "str", "number": "str", "sentence": "str",
    "start": "int64", "end": "int64", "figure": "str",
}  # fmt: skip
_REACH = 28  # characters before the end of a clause that can be its predicate
_NAME = re.compile(r"《[^《》\n]*》|“[^“”\n]{5,}”|\"[^\"\n]{5,}\"")
_CLAUSE = re.compile(r"[^,;:。!?\n]+[,;:。!?]?")
_PART_END = re.compile(r"[、(]|$")


def extract_claims(report: Report) -> pd.DataFrame:
    """Changes and states that a report claims without a figure, a row each, in text order.

    The subject comes first (规范执法水平不断提升). No claims are aims (不断提升群众安全感; 推动、确保
    without 了), plans, purposes (为…), shortcomings (有待提高) and changes whose figure stands in the
    same clause or right after it.

    Columns: ``metric`` the subject; ``direction`` increase, decrease, improve (a quality:
    好转 健全 规范) or stable; ``surface`` subject and predicate, which is ``report.text[start:end]``;
    ``number`` of its division; ``sentence``.

    >>> from lawreport_utils import parse_report
    >>> report = parse_report("通过整治,盗窃案件大幅下降,社会治安持续向好。为确保大局稳定,制定方案。")
    >>> extract_claims(report)[["metric", "direction", "surface"]]
      metric direction   surface
    0   盗窃案件  decrease  盗窃案件大幅下降
    1   社会治安   improve  社会治安持续向好
    """
    return pd.DataFrame(list(_rows(report)), columns=list(COLUMNS)).astype(COLUMNS)


def _rows(report: Report) -> Iterator[tuple[Any, ...]]:
    text = _NAME.sub(lambda name: name[0][0] + "□" * (len(name[0]) - 2) + name[0][-1], report.folded)
    plans = plan_spans(report)
    starts = [start for start, _ in plans]
    for number, start, end in sentence_spans(report):
        plan = bisect_right(starts, start) - 1
        if plan >= 0 and start < plans[plan][1]:
            continue
        for subject, stop, direction in _claims(text, start, end):
            metric = report.text[subject[0] : subject[1]]
            surface = report.text[subject[0] : stop]
            yield metric, direction, surface, number, report.text[start:end], subject[0], stop, None


def _claims(text: str, start: int, end: int) -> Iterator[tuple[tuple[int, int], int, str]]:
    """Span of the subject, end of the predicate and direction of each claim in a sentence."""
    g, wanted = grammar(), False
    for clause in _CLAUSE.finditer(text, start, end):
        wanted = wanted or g.wanted.search(text, *clause.span()) is not None
        if not wanted:
            yield from _claims_of_clause(text, clause.start(), clause.end())
        wanted = wanted and not clause[0].endswith(";")


def _claims_of_clause(text: str, start: int, end: int) -> Iterator[tuple[tuple[int, int], int, str]]:
    g, limit = grammar(), end - (text[end - 1] in ",;:。!?")
    if g.opening.match(text, _after(g.lead, text, start, limit), limit):
        return
    for part_end in _PART_END.finditer(text, start, limit):
        stop = part_end.start()
        found = g.predicate.search(text, max(start, stop - _REACH), stop)
        if not found or g.figure_after.match(text, stop):
            continue
        begin = _subject_start(text, start, found.start())
        if begin is not None:
            yield (begin, found.start()), stop, _direction(found.lastgroup)
        start = min(stop + 1, end)


def _direction(group: str | None) -> str:
    """increase, decrease, improve or stable, from the name of the group that matched."""
    return (group or "improve").removeprefix("whole_")


def _subject_start(text: str, start: int, end: int) -> int | None:
    """Where the subject starts; None if there is none or the change is only aimed at."""
    g = grammar()
    start = _after(g.lead, text, start, end)
    by_means = text.startswith(("以", "通过", "围绕"), start)
    relative = text.rfind("的", start, end)  # a verb before it may open a relative clause
    verb = _after(g.effort, text, start, end)
    if (opens := g.opening_aim.match(text, verb, end)) and not g.thing.search(text, end - 2, end):
        if not (opens["done"] or opens["sure"]):
            return None
        start = opens.end()
    for cause in g.cause.finditer(text, start, end):
        result = cause["result"] or cause["done"] or cause["sure"]
        mid = cause.start() > verb and not by_means
        if cause.end() == end or (mid and not result and cause.end() < relative):
            continue
        if not result:
            return None
        start = cause.end()
    start = _after(g.doings, text, start, end)
    if end - start < 2 or g.no_subject.match(text, start, end):
        return None
    if g.ending.search(text, end - 2, end) or g.figure.search(text, start, end):
        return None
    return start


def _after(pattern: re.Pattern[str], text: str, start: int, end: int) -> int:
    match = pattern.match(text, start, end)
    return match.end() if match else start


@cache
def grammar() -> SimpleNamespace:
    """The compiled patterns, made from the lexicon when first needed."""
    lexicon = load.table("claims")
    predicate, lead, cause, no = (
        lexicon[key] for key in ("predicate", "lead", "cause", "not_claimed")
    )

    def choice(*lists: list[str]) -> str:
        return "|".join(sorted((entry for entries in lists for entry in entries), key=len)[::-1])

    def each(table: dict[str, list[str]], prefix: str = "") -> str:
        return "|".join(f"(?P<{prefix}{key}>{choice(words)})" for key, words in table.items())

    verbs, whole = lexicon["direction"], lexicon["whole"]
    how = choice(predicate["adverb"], predicate["light"])
    states = choice(verbs["stable"], verbs["improve"])
    sure, things = choice(cause["sure"]), f"(?!{cause['things']})"
    return SimpleNamespace(
        predicate=re.compile(
            rf"(?:(?:{how})(?:{how}|的)*(?:(?:{choice(*verbs.values())})[、和]?)*(?:{each(verbs)})"
            rf"{predicate['tail']}|{each(whole, 'whole_')}"
            rf"|(?:{choice(predicate['degree'])})(?!{choice(predicate['no_state'])})[一-龥]{{2,4}}"
            rf"|(?<={'|'.join(predicate['heads_of_state'])})(?:{states})*(?P<state>{states}))\Z"
        ),
        lead=re.compile(rf"(?:{choice(lead['words'])})*"),
        effort=re.compile(rf"(?:{choice(lead['effort'])})*(?={sure})?"),
        no_subject=re.compile(choice(lead["no_subject"])),
        doings=re.compile(rf"(?:(?:{choice(lead['effort'])})?(?:{choice(lead['doing'])})[^、]*、)*"),
        cause=re.compile(
            rf"(?P<sure>{sure})?(?:(?P<result>{choice(cause['result'])})|(?:{choice(cause['aim'])}))"
            rf"{things}(?P<done>了)?"
        ),
        opening_aim=re.compile(
            rf"(?P<sure>{sure})?(?:{choice(cause['opening_aim'])}){things}(?P<done>了)?"
        ),
        thing=re.compile(rf"(?:{cause['things']})\Z"),
        wanted=re.compile(choice(no["wanted"])),
        opening=re.compile(choice(no["opening"])),
        ending=re.compile(rf"(?:{choice(no['ending'])})\Z"),
        figure=re.compile(no["figure"]),
        figure_after=re.compile(no["figure_after"]),
    )
