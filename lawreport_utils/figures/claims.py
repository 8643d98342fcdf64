"""Changes and states that a report claims without a figure: 社会治安持续向好.

A claim is read from its end: a predicate of ``lexicon/claims.toml`` that closes a clause, and the
words before it, back to the start of the clause, as its subject.
"""

import re
from collections import deque
from collections.abc import Iterator
from functools import cache
from types import SimpleNamespace
from typing import Any

import pandas as pd

from ..characters import fold
from ..lexicon import load
from ..model import Report
from ..structure import plan_spans, sentence_spans
from ..tables import table
from .outcomes import Stated, stated_figures

COLUMNS = {
    "metric": "str", "direction": "str", "surface": "str", "number": "str", "sentence": "str",
    "start": "int64", "end": "int64", "figure": "str", "form": "str",
}  # fmt: skip
_OPPOSITE = {"increase": "decrease", "decrease": "increase"}
_SHORTEST = 4  # characters of a name that says what is measured: 水平, 案件数 could be any
_REACH = 20  # characters before the end of a clause that can be its predicate
_NAME = re.compile(r"《[^《》\n]*》|“[^“”\n]*”|\"[^\"\n]*\"")
_SHORT_NAME = 6  # with its quotes: “双下降” is read, longer quotations aren't
_CLAUSE = re.compile(r"[^,;:。!?\n]+[,;:。!?]?")
_PART_END = re.compile(r"[、(]|$")


def extract_claims(report: Report) -> pd.DataFrame:
    """Changes and states that a report claims without a figure, a row each, in text order.

    The subject comes first (规范执法水平不断提升) and the predicate ends its clause. No claims are
    aims (不断提升群众安全感; 推动 or 确保 without 了; 为… 力争…), plans, shortcomings (有待提高; a
    division on what is lacking), and changes whose figure stands in the same clause or right
    after it: these are outcomes.

    Columns: ``metric`` the subject; ``direction`` increase, decrease, improve (a quality: 好转
    健全 规范) or stable; ``surface`` subject and predicate, ``report.text[start:end]``; ``number``
    of its division; ``sentence``; ``figure`` as printed, where the report gives one for the same
    metric in another sentence, else missing; ``form``: "result", or "aim" (verb first without 了).

    The same metric: it ends in the same two characters, and the characters of the shorter name
    stand in the longer in this order (全市刑事治安警情, 全市接报刑事治安警情).

    >>> from lawreport_utils import parse_report
    >>> text = "通过整治,全市盗窃案件大幅下降,治安持续向好。全年,盗窃案件同比下降9.5%。"
    >>> extract_claims(parse_report(text))[["metric", "direction", "surface", "figure"]]
       metric direction     surface figure
    0  全市盗窃案件  decrease  全市盗窃案件大幅下降   9.5%
    1      治安   improve      治安持续向好    NaN
    """
    return table(list(_rows(report)), **COLUMNS)


def _rows(report: Report) -> Iterator[tuple[Any, ...]]:
    text, figures = _NAME.sub(_blank, report.folded), _Figures(report)
    spans, left_out = _left_out(report), 0
    for number, start, end in sentence_spans(report):
        while spans and spans[0][0] <= start:
            left_out = max(left_out, spans.popleft()[1])
        if start < left_out:
            continue
        sentence = report.text[start:end]
        for begin, middle, stop, direction in _claims(text, start, end):
            metric, surface = report.text[begin:middle], report.text[begin:stop]
            figure = figures.find(fold(metric), direction, start, end)
            yield metric, direction, surface, number, sentence, begin, stop, figure, "result"


def _blank(name: re.Match[str]) -> str:
    """A title or quotation as a name of equal length without words."""
    quoted = name[0]
    if len(quoted) <= _SHORT_NAME:
        return quoted
    return quoted[0] + "□" * (len(quoted) - 2) + quoted[-1]


def _left_out(report: Report) -> deque[tuple[int, int]]:
    """Plans, and divisions on shortcomings: what they state is no result. By start."""
    item = next(i for i in load.table("content")["items"] if i["name"] == "存在的不足")
    named = re.compile("|".join(item["heading"]))
    unless = re.compile(f"{item['unless']}|{load.table('claims')['not_claimed']['results']}")
    spans = plan_spans(report)
    for section in report.sections:
        title = fold(section.heading)
        if named.search(title) and not unless.search(title):
            spans.append((section.start, section.end))
    return deque(sorted(spans))


class _Figures:
    """The figures of a report by the last two characters of what they measure, its head noun."""

    def __init__(self, report: Report) -> None:
        self._by_head: dict[str, dict[str, list[Stated]]] = {}
        self._found: dict[tuple[str, str], list[Stated]] = {}
        for row in stated_figures(report):
            if row.kind != "target":
                metric = fold(row.metric)
                self._by_head.setdefault(metric[-2:], {}).setdefault(metric, []).append(row)

    def find(self, metric: str, direction: str, start: int, end: int) -> str | None:
        """The first figure for the same metric printed outside of ``text[start:end]``."""
        key = metric, direction
        if key not in self._found:
            self._found[key] = list(self._same_metric(metric, _OPPOSITE.get(direction)))
        rows = self._found[key]
        return next((row.surface for row in rows if not start <= row.start < end), None)

    def _same_metric(self, metric: str, opposite: str | None) -> Iterator[Stated]:
        names = self._by_head.get(metric[-2:], {})
        for name in sorted(names, key=lambda name: abs(len(name) - len(metric))):
            if _same(metric, name):
                yield from (row for row in names[name] if row.direction != opposite)


def _same(one: str, other: str) -> bool:
    """Whether the characters of the shorter name stand in the longer, in order; and not by chance.

    >>> _same("全市刑事治安警情", "全市接报刑事治安警情"), _same("刑事警情", "高空抛物警情")
    (True, False)
    """
    short, long = sorted((one, other), key=len)
    if len(short) < _SHORTEST or len(long) >= 2 * len(short):
        return False
    rest = iter(long)
    return all(char in rest for char in short)


_Claim = tuple[int, int, int, str]  # start of the subject, its end, end of the predicate, direction


def _claims(text: str, start: int, end: int) -> Iterator[_Claim]:
    """The claims of a sentence. What is wanted stays so up to the next semicolon."""
    g, wanted, read = grammar(), False, start
    for clause in _CLAUSE.finditer(text, start, end):
        claims = list(_claims_of_clause(text, *clause.span()))
        if claims and not wanted:
            wanted = g.wanted.search(text, read, clause.end()) is not None
            read = clause.end()
            if not wanted and not _names_an_aim(text, *clause.span()):
                yield from claims
        if clause[0].endswith(";"):
            wanted, read = False, clause.end()


def _names_an_aim(text: str, start: int, end: int) -> bool:
    """…不断提升的目标, unless 实现了 or the like stands before."""
    g = grammar()
    named = g.name_of_aim.search(text, max(start, end - _REACH), end)
    return named is not None and not g.reached.search(text, start, end)


def _claims_of_clause(text: str, start: int, end: int) -> Iterator[_Claim]:
    g, limit = grammar(), end - (text[end - 1] in ",;:。!?")
    for part_end in _PART_END.finditer(text, start, limit):
        stop = part_end.start()
        if text[stop - 1] not in g.ends and not g.degree.search(text, max(start, stop - 8), stop):
            continue  # what is soon seen of most
        found = g.predicate.search(text, max(start, stop - _REACH), stop)
        if not found:
            continue
        begin = _subject_start(text, start, found.start())
        if begin is None:
            return
        if begin < found.start() and not g.figure_after.match(text, stop):
            direction = (found.lastgroup or "improve").rpartition("_")[2]
            yield begin, found.start(), stop, direction
        start = min(stop + 1, end)


def _subject_start(text: str, start: int, end: int) -> int | None:
    """Where the subject starts (``end``: there is none); None if the change is only aimed at."""
    g = grammar()
    start = _after(g.lead, text, start, end)
    if g.opening.match(text, start, end):
        return None
    by_means = text.startswith(("以", "通过"), start)
    relative = text.rfind("的", start, end)  # a verb before it may open a relative clause
    verb = _after(g.effort, text, start, end)
    opens = g.opening_aim.match(text, verb, end)
    if opens and not g.end_thing.search(text, end - 2, end):
        if not (opens["sure"] or opens["done"]):
            return None
        start = opens.end()
    for cause in g.cause.finditer(text, start, end):
        result = cause["result"] or cause["sure"] or cause["done"]
        within = cause.start() > verb and not by_means and cause.end() < relative
        if cause.end() == end or (within and not result):
            continue
        if not result:
            return None
        start = cause.end()
    start = _after(g.doings, text, start, end)
    if (
        end - start < 2
        or g.no_subject.match(text, start, end)
        or g.no_ending.search(text, end - 2, end)
        or g.figure.search(text, start, end)
    ):
        return end
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
    states = {key: verbs[key] for key in ("stable", "improve")}
    sure, things = choice(cause["sure"]), f"(?!{cause['things']})"
    plain, others = [], predicate["tail"]  # words, and patterns: any of their signs may be the last
    for word in (word for words in (*verbs.values(), *whole.values()) for word in words):
        others += "" if word.isalpha() else word
        plain += [word[-1]] if word.isalpha() else []
    return SimpleNamespace(
        ends=frozenset([*plain, *others]),
        degree=re.compile(choice(predicate["degree"])),
        predicate=re.compile(
            rf"(?:(?:{how})(?:{how}|的)*(?:(?:{choice(*verbs.values())})[、和]?)*(?:{each(verbs)})"
            rf"{predicate['tail']}|(?:{how})*(?:{each(whole, 'whole_')})了?"
            rf"|(?:{choice(predicate['degree'])})(?!{choice(predicate['no_state'])})[一-龥]{{2,4}}"
            rf"|(?<={'|'.join(predicate['heads_of_state'])})(?:{choice(*states.values())})*"
            rf"(?:{each(states, 'state_')}))\Z"
        ),
        lead=re.compile(rf"(?:{choice(lead['words'])})*"),
        effort=re.compile(rf"(?:{choice(lead['effort'])})*"),
        no_subject=re.compile(choice(lead["no_subject"])),
        doings=re.compile(
            rf"(?:(?:{choice(lead['effort'])})?(?:{choice(lead['doing'])})[^、]*、)*"
        ),
        cause=re.compile(
            rf"(?P<sure>{sure})?(?:(?P<result>{choice(cause['result'])})|(?:{choice(cause['aim'])}))"
            rf"{things}(?P<done>了)?"
        ),
        opening_aim=re.compile(
            rf"(?P<sure>{sure})?(?:{choice(cause['opening_aim'])}){things}(?P<done>了)?"
        ),
        end_thing=re.compile(rf"(?:{cause['end_things']})\Z"),
        wanted=re.compile(choice(no["wanted"])),
        opening=re.compile(
            rf"(?:{choice(lead['effort'], cause['sure'])})*(?:{choice(no['opening'])})"
        ),
        name_of_aim=re.compile(rf"{no['name_of_aim']}\Z"),
        reached=re.compile(choice(no["reached"])),
        no_ending=re.compile(rf"(?:{choice(no['ending'])})\Z"),
        figure=re.compile(no["figure"]),
        figure_after=re.compile(no["figure_after"]),
    )
