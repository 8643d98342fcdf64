"""What notebooks need: the same outputs on every machine, tables to read, words of a report."""

import logging
import re
import warnings
from collections.abc import Mapping
from html import escape
from typing import Any

# Where fonts are listed slowly, or settings can't be stored, matplotlib would say so on its import.
logging.getLogger("matplotlib").setLevel(logging.ERROR)

import matplotlib as mpl  # noqa: E402
import pandas as pd  # noqa: E402
from IPython import get_ipython  # noqa: E402
from IPython.display import Markdown  # noqa: E402
from matplotlib_inline.config import InlineBackend  # noqa: E402

from .arguments import check_language  # noqa: E402
from .model import Report  # noqa: E402
from .plots import use_style  # noqa: E402

_WORDS = {
    "zh": {
        "about": "**用哪份报告** · {title}。信息来源：{source}；日期：{published}。",
        "title": "《{}》",
        "none": "没有找到",
        "more": "……另有 {} 行",
    },
    "en": {
        "about": "**The report** · {title}. Source: {source}; date: {published}.",
        "title": "《{}》",
        "none": "not found",
        "more": "… and {} more rows",
    },
}
_LONGEST = 200  # rows of a table that is shown


def set_notebook_style(language: str = "zh") -> None:
    """Show figures and tables in the style of this package, whatever the user's settings are.

    Figures come as SVG and as PNG: SVG is crisp and can be compared; PNG is what JupyterLab shows
    of a notebook that it doesn't trust yet, such as one just cloned. Tables have their text flush
    left and no row numbers. ``language`` is that of the notebook, "zh" or "en"; ValueError for
    another.
    """
    check_language(language)
    mpl.rcdefaults()
    use_style()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # options that pandas will take away
        pd.reset_option("^display")
    pd.set_option("display.precision", 2)
    warnings.filterwarnings("ignore", "Glyph .* missing from font")  # a box is drawn; enough said
    if shell := get_ipython():
        shell.run_line_magic("matplotlib", "inline")  # also where MPLBACKEND says otherwise
        use_style()
        inline = InlineBackend.instance(parent=shell)
        inline.shell = shell
        saving: dict[str, Any] = {"bbox_inches": "tight", "metadata": {"Date": None}}
        inline.print_figure_kwargs = saving
        inline.figure_formats = {"svg", "png"}
        html = shell.display_formatter.formatters["text/html"]
        html.for_type(pd.DataFrame, lambda table: table_html(table, language))


def table_html(table: pd.DataFrame, language: str = "zh") -> str:
    """A table to read: text flush left, numbers flush right, no row numbers, nothing for missing.

    >>> print(table_html(pd.DataFrame({"数值": [80000.0]})))
    <table><thead><tr><th style="text-align: right">数值</th></tr></thead><tbody>
    <tr><td style="text-align: right">80,000</td></tr>
    </tbody></table>
    """
    check_language(language)
    if not isinstance(table.index, pd.RangeIndex) and table.index.name is not None:
        table = table.reset_index()
    sides = ["right" if pd.api.types.is_numeric_dtype(kind) else "left" for kind in table.dtypes]
    sides = [
        "left" if pd.api.types.is_bool_dtype(kind) else side
        for side, kind in zip(sides, table.dtypes, strict=True)
    ]
    head = _row("th", map(str, table.columns), sides)
    body = [
        _row("td", map(_cell, row), sides)
        for row in table.head(_LONGEST).itertuples(index=False, name=None)
    ]
    if more := len(table) - len(body):
        body.append(
            f"<tr><td colspan={len(sides)}>{_WORDS[language]['more'].format(more)}</td></tr>"
        )
    return f"<table><thead>{head}</thead><tbody>\n" + "\n".join(body) + "\n</tbody></table>"


def _row(tag: str, texts: Any, sides: list[str]) -> str:
    cells = (
        f'<{tag} style="text-align: {side}">{escape(text)}</{tag}>'
        for text, side in zip(texts, sides, strict=True)
    )
    return f"<tr>{''.join(cells)}</tr>"


def _cell(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "、".join(map(_cell, value))
    if pd.isna(value):
        return ""
    if isinstance(value, str | bool) or not isinstance(value, int | float):
        return str(value)
    number = round(value, 2)
    return f"{number:,.10g}" if abs(number) >= 10_000 else f"{number:.10g}"


def indented(table: pd.DataFrame) -> pd.DataFrame:
    r"""``outline`` with the marker in front of each heading, further in for each level.

    >>> from lawreport_utils import outline, parse_report
    >>> parts = indented(outline(parse_report("一、学习\n（一）普法\n培训。")))
    >>> parts["heading"].tolist()
    ['一、学习', '\u3000（一）普法']
    """
    named = zip(table["level"], table["marker"], table["heading"], strict=True)
    headings = ["　" * max(level - 1, 0) + marker + heading for level, marker, heading in named]
    return table.assign(heading=headings).drop(columns="marker")


def about(report: Report, language: str = "zh") -> Markdown:
    """Which report it is: title, source and date, as a sentence."""
    check_language(language)
    say = _WORDS[language]
    title = say["title"].format(shown(report.title)) if report.title else say["none"]
    source, published = shown(report.source or say["none"]), report.published or say["none"]
    return _markdown(say["about"].format(title=title, source=source, published=published))


def quote(report: Report, start: int, end: int) -> Markdown:
    """A passage in bold within its sentence, as a quotation."""
    text = report.text
    first = max(text.rfind(mark, 0, start) for mark in "。！？\n") + 1
    closed = end > start and text[end - 1] in "。！？\n"
    rest = re.compile("[。！？\n]|$").search(text, end)
    last = end if closed or rest is None else rest.end()
    before, passage, after = text[first:start], text[start:end], text[end:last]
    # As an element, since ** beside a letter and a mark of punctuation means nothing to Markdown.
    return _markdown(f"> {shown(before)}<strong>{shown(passage)}</strong>{shown(after)}")


def bullets(sentences: Mapping[str, str], *names: str) -> Markdown:
    """The sentences of these names as a list: ``bullets(page.findings, "figures", "changes")``."""
    return _markdown("\n".join(f"- {shown(sentences[name])}" for name in names))


def _markdown(text: str) -> Markdown:
    return Markdown(text)  # type: ignore[no-untyped-call]


_MARKUP = re.compile(r"[\\`*_\[\]#|~$]")
_TAG = re.compile(r"<(?=[a-zA-Z/!?])")


def shown(text: str) -> str:
    """Words of a report for a sentence in Markdown: shown as they are, whatever they hold.

    Markup is escaped; a tag is broken by an invisible word joiner, as no escape of it works both in
    JupyterLab and on the pages.

    >>> print(shown("*2024*年[报告]"))
    \\*2024\\*年\\[报告\\]
    >>> shown("<b>")
    '<\\u2060b>'
    """
    return _TAG.sub("<\u2060", _MARKUP.sub(r"\\\g<0>", " ".join(text.split())))
