"""Changes and states that a report claims without a figure: 社会治安持续向好.

``predicates`` reads them out of a clause; here they are put together with the report's divisions
and figures.
"""

import re
from collections import deque
from collections.abc import Iterator
from typing import Any

import pandas as pd

from ..arguments import need_report
from ..characters import fold
from ..model import Report
from ..passages import plan_spans, shortcoming_spans
from ..tables import table
from .outcomes import Stated, stated_figures
from .predicates import Claim, claims
from .sentences import Sentence, typed_sentences

COLUMNS = {
    "metric": "str", "direction": "str", "surface": "str", "number": "str", "sentence": "str",
    "start": "int64", "end": "int64", "figure": "str", "form": "str",
}  # fmt: skip
_OPPOSITE = {"increase": "decrease", "decrease": "increase"}
# 大幅下降,同比下降15.6%: the figure makes the change an outcome
_FIGURE_AFTER = re.compile(
    r"[、,:(](?P<of>[^,;。\n]{0,8}?)(?:提|增|升|高|下降|减|降|缩|压|达|为|由|从|至|超)[^,;。\n]{0,14}?\d"
)
_SHORTEST = 4  # characters of a name that says what is measured: 水平, 案件数 could be any


def extract_claims(report: Report) -> pd.DataFrame:
    """Changes and states that a report claims without a figure, a row each, in text order.

    A result is stated as reached: the subject first (规范执法水平不断提升), also after 带动, 确保了
    or the like; a verb of change with 了 (提高了审批效率); what was obtained (整治取得明显成效). An
    aim has its verb first without 了, as headings have it (不断提升群众安全感), or follows 推动,
    确保, 让 and the like (推动执法体系更加健全); it improves a quality or a quantity. No claims are
    things done or set up (健全工作机制), ranks (走在前列), states of work (有力有序),
    purposes (为…), plans, shortcomings (有待提高; a division on what is lacking), and changes whose
    figure stands in the same clause or right after it: these are outcomes.

    Columns: ``metric`` what changes; ``direction`` increase, decrease, improve (a quality: 好转
    健全 规范) or stable; ``surface`` the claim, ``report.text[start:end]``; ``number`` of its
    division; ``sentence``; ``figure`` as printed, where the report gives one for the same metric in
    another sentence, else missing; ``form``: "result" or "aim".

    The same metric: it ends in the same two characters, and the characters of the shorter name
    stand in the longer in this order (全市刑事治安警情, 全市接报刑事治安警情).

    >>> from lawreport_utils import parse_report
    >>> text = "全市盗窃案件大幅下降,不断提升群众安全感。全年,盗窃案件同比下降9.5%。"
    >>> extract_claims(parse_report(text))[["metric", "direction", "surface", "figure", "form"]]
       metric direction     surface figure    form
    0  全市盗窃案件  decrease  全市盗窃案件大幅下降   9.5%  result
    1   群众安全感  increase   不断提升群众安全感    NaN     aim
    """
    return table(list(_rows(need_report(report))), **COLUMNS)


def _rows(report: Report) -> Iterator[tuple[Any, ...]]:
    figures, sentences = _Figures(report), deque(_reporting(report))
    for claim in claims([sentence.words for sentence in sentences]):
        while sentences[0].end <= claim.start:
            sentences.popleft()
        number, start, end, words, _ = sentences[0]
        if _has_figure(words.text, claim):
            continue
        metric = report.text[slice(*claim.metric)]
        surface = report.text[claim.start : claim.end]
        named = report.folded[slice(*claim.metric)]
        figure = figures.find(named, claim.direction, start, end)
        yield (metric, claim.direction, surface, number, report.text[start:end],
               claim.start, claim.end, figure, claim.form)  # fmt: skip


def _reporting(report: Report) -> Iterator[Sentence]:
    """The sentences that tell of results: outside of plans and of divisions on shortcomings."""
    spans, left_out = deque(sorted(plan_spans(report) + shortcoming_spans(report))), 0
    for sentence in typed_sentences(report):
        while spans and spans[0][0] <= sentence.start:
            left_out = max(left_out, spans.popleft()[1])
        if sentence.start >= left_out:
            yield sentence


def _has_figure(text: str, claim: Claim) -> bool:
    """警情大幅下降,同比下降15%; but 效能持续提升,群众满意率达98% is the figure of a rate."""
    figure = _FIGURE_AFTER.match(text, claim.end)
    rate = figure["of"][-2:] if figure and figure["of"].endswith(("率", "度")) else ""
    return figure is not None and (not rate or rate in text[slice(*claim.metric)])


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
