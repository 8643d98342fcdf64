"""The marked report: findings, the text with its marks and the ledger, in one file."""

import hashlib
from functools import cached_property
from pathlib import Path

from .arguments import check_language, need_report
from .export import AnyPath, replacing
from .model import Report
from .page.facts import Facts, facts_of
from .page.findings import findings
from .page.frame import inline, page
from .page.markup import plain, without_refs
from .page.tables import Tables


def marked_text(
    report: Report, *, earlier: Report | None = None, language: str = "zh"
) -> "MarkedText":
    """The report on one page: what it says, its text with all marks, the tables behind them.

    The page is one HTML file without any request: findings first, ten computed sentences; then the
    text with layers to switch (figures, claims without a figure, plans, shortcomings, themes) and
    the ledger, whose rows lead to their places and back; below, what ``check_report`` asks, what
    ``compare_reports`` finds against an ``earlier`` report, and the tables as CSV. ``language``
    "zh" or "en" is that of the page; the report stays Chinese.

    What comes back shows itself in a notebook; ``save(path)`` writes the page, ``html`` is it.
    Raises TypeError for what is no Report, ValueError for another language.

    >>> from lawreport_utils import parse_report
    >>> page = marked_text(parse_report("某局2024年法治建设年度报告\\n一、举措\\n办理案件3件。"))
    >>> page
    MarkedText('某局2024年法治建设年度报告', language='zh')
    >>> print(page.findings["figures"])
    报告写明1个数字：数量1个；第一部分最多，有1个。
    """
    check_language(language)
    past = None if earlier is None else need_report(earlier, "earlier")
    return MarkedText(need_report(report), past, language)


class MarkedText:
    """A report as ``marked_text`` shows it."""

    def __init__(self, report: Report, earlier: Report | None, language: str) -> None:
        self.report, self.earlier, self.language = report, earlier, language

    def __repr__(self) -> str:
        return f"MarkedText({self.report.title!r}, language={self.language!r})"

    @cached_property
    def _facts(self) -> Facts:
        return facts_of(self.report, self.earlier)

    @property
    def tables(self) -> Tables:
        """The tables of the page by name, as ``write_workbook`` takes them."""
        return self._facts.tables

    @property
    def findings(self) -> dict[str, str]:
        """The ten sentences without their links, by name: ``what`` the report is, ``shares`` of its
        parts, ``figures``, ``changes``, ``claims``, 法治, 执法规范, ``content`` that the regulation
        asks for, ``shortcomings``, ``plans``.
        """
        said = findings(self._facts, self.language)
        return {name: plain(without_refs(sentence)) for name, sentence in said.items()}

    @cached_property
    def html(self) -> str:
        """The page."""
        return page(self._facts, self.language)

    def save(self, path: AnyPath) -> Path:
        """Write the page, at once or not at all. Raises ReportError where that can't be done."""
        with replacing(path) as file:
            file.write(self.html.encode("utf-8"))
        return Path(path)

    def _repr_html_(self) -> str:
        """For a notebook: findings, text and ledger in a frame that scrolls, without a script.

        The ids depend on the report alone, so that the same cell gives the same output.
        """
        digest = hashlib.sha256(self.report.text.encode("utf-8", "replace")).hexdigest()
        prefix = f"{self.language}{digest[:6]}-"
        facts = Facts(self.report, self._facts.tables, self._facts.hits, prefix)
        return inline(facts, self.language)
