"""Words and themes: how often, where, how evenly spread, and against what.

A *token* count asks a segmenter where the words are; a *text* count asks where a string stands.
Neither is the truth: segmenters swallow terms (监督 inside 执法监督), and strings turn up where
they are no word (法治 in 依法|治市). Themes are therefore matched on the text, with a list of terms
and a list of false friends, and ``reconcile`` sets the counts side by side.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import accumulate
from typing import Any

import numpy as np
import pandas as pd

from .arguments import listed_terms, need_choice, need_report, need_word
from .characters import HAN, fold
from .lexicon import load
from .model import Report
from .passages import plan_spans
from .segment import Tokenizer, segmenter, spans, without_markers, word_filter
from .tables import table, table_of
from .themes import term_pattern

Stretch = tuple[str, int, int]  # label, start, end

_BY = {"section": "number", "part": "number", "place": "place", "time": "time"}


def term_frequency(
    report: Report,
    *,
    by: str | None = None,
    tokenizer: str | Tokenizer = "jieba",
    terms: Iterable[str] | None = None,
    stop_words: Iterable[str] | None = None,
    min_chars: int = 2,
) -> pd.DataFrame:
    """How often each word occurs, as a segmenter cuts the text.

    Columns: ``term``, ``count``, ``per_1000`` (per 1,000 Han characters); most frequent first.
    With ``by``, counts and rates are those of each group, and a first column names the group:
    "section" (``number`` of the innermost division), "part" (``number`` of the top division),
    "place" (``place``: heading or body, where the topic sentence of an item is its heading), "time"
    (``time``: past or plan).

    Printed markers, numbers, ``stop_words`` (None for the lexicon's) and words of less than
    ``min_chars`` characters are left out. ``tokenizer``: "jieba", "rjieba" (from the extra
    ``[fast]``) or a function from text to words; the first two keep ``terms`` whole (None for the
    lexicon's, () for none). Raises ValueError for another choice.

    >>> from lawreport_utils import parse_report
    >>> report = parse_report("一、规范执法\\n推进规范执法培训3次,建设法治政府。")
    >>> term_frequency(report).round(1)
       term  count  per_1000
    0  规范执法      2     100.0
    1    培训      1      50.0
    2    建设      1      50.0
    3  法治政府      1      50.0
    """
    text = without_markers(need_report(report))
    need_choice(by, "by", _BY, or_none=True)
    cut = segmenter(tokenizer, terms)
    keeps = word_filter(stop_words, min_chars)
    pieces, han = _pieces(report, by)
    counts = tally(text, pieces, cut, keeps, whole=by is not None and not callable(tokenizer))
    ranked = [((label,), counter.most_common()) for label, counter in counts.items()]
    return _counted(ranked, han, by)


def tally(
    text: str,
    pieces: Iterable[Stretch],
    cut: Tokenizer,
    keeps: Callable[[str], bool],
    *,
    whole: bool,
) -> dict[str, Counter[str]]:
    """The words of each label's stretches that ``keeps`` is true of; ``whole``: by one cut of the
    text, not one for each."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    words = list(cut(text)) if whole else []
    starts = list(accumulate(map(len, words), initial=0))
    for label, start, end in pieces:
        if whole:
            found: Iterable[str] = words[bisect_left(starts, start) : bisect_left(starts, end)]
        else:
            found = cut(text[start:end])
        counts[label].update(filter(keeps, found))
    return counts


def theme_frequency(
    report: Report,
    *,
    by: str | None = None,
    themes: Mapping[str, Iterable[str]] | None = None,
) -> pd.DataFrame:
    """How often the terms of each theme stand in the text.

    Columns: ``theme``, ``term``, ``count``, ``per_1000`` (per 1,000 Han characters), with a first
    column for ``by`` as in ``term_frequency``. A term that doesn't occur has no row. The longest
    term wins and each position counts once per theme, so the counts of a theme add up; themes don't
    compete with each other. ``themes``: your own as {name: terms}; None for the lexicon's. Its list
    of false friends (依法治市 holds no 法治) applies to both.

    >>> from lawreport_utils import parse_report
    >>> report = parse_report("全面依法治市,建设法治政府,树立法治意识。")
    >>> theme_frequency(report, themes={"法治": ["法治", "法治政府"]}).round(1)
      theme  term  count  per_1000
    0    法治  法治政府      1      55.6
    1    法治    法治      1      55.6
    """
    need_choice(by, "by", _BY, or_none=True)
    pieces, han = _pieces(need_report(report), by)
    lists = themes_of(themes)
    counts = {(label, theme): Counter[str]() for theme in lists for label in han}
    for label, start, end in pieces:
        for theme, terms in lists.items():
            counts[label, theme].update(term_pattern(terms).findall(report.folded, start, end))
    ranked = [(key, counter.most_common()) for key, counter in counts.items()]
    return _counted(ranked, han, by, theme="str")


def reconcile(
    report: Report,
    word: str,
    *,
    tokenizer: str | Tokenizer = "jieba",
    terms: Iterable[str] | None = None,
    themes: Mapping[str, Iterable[str]] | None = None,
) -> pd.DataFrame:
    """Why the token count, the theme count and the text count of a word differ.

    Columns: ``token`` (the segmenter's word that holds this occurrence, or several, parted by "|"),
    ``term`` (the theme's term that holds it; missing for a false friend), ``count``. All counts add
    up to the text count; those with ``token`` equal to the word are the token count; those with a
    ``term`` are the theme count. The theme is the first that lists the word, else the word alone.
    Options as in ``term_frequency`` and ``theme_frequency``.

    >>> from lawreport_utils import parse_report
    >>> report = parse_report("推进依法治市,建设法治政府,法治环境好。")
    >>> reconcile(report, "法治", terms=["法治政府"])
        token  term  count
    0  依法|治市   NaN      1
    1    法治政府  法治政府      1
    2      法治  法治环境      1
    """
    need_report(report)
    need_word(word, "word")
    lists = themes_of(themes).values()
    group = next((listed for listed in lists if word in listed), (word,))
    term_at = {i: match[0] for match in find_terms(report, group) for i in range(*match.span())}
    cut = segmenter(tokenizer, terms)
    text = without_markers(report)
    tokens = spans(cut(text), text)
    starts = [start for start, _ in tokens]
    counts: Counter[tuple[str, str | None]] = Counter()
    for match in re.finditer(re.escape(fold(word)), report.folded):
        first, last = (max(bisect_right(starts, at), 1) for at in (match.start(), match.end() - 1))
        token = "|".join(text[start:end] for start, end in tokens[first - 1 : last])
        term = term_at.get(match.start(), "")
        counts[token, term if match[0] in term else None] += 1
    rows = [(token, term, count) for (token, term), count in counts.most_common()]
    return table(rows, token="str", term="str", count="int64")


def find_terms(report: Report, terms: Iterable[str]) -> Iterator[re.Match[str]]:
    """The matches of terms on the text, the longest at each place, false friends left out."""
    return term_pattern(tuple(terms)).finditer(report.folded)


def themes_of(themes: Mapping[str, Iterable[str]] | None) -> dict[str, tuple[str, ...]]:
    """The lists of terms by the names of their themes; None for the lexicon's."""
    if themes is None:
        return {theme["name_zh"]: tuple(theme["terms"]) for theme in load.table("themes")["theme"]}
    if not isinstance(themes, Mapping):
        raise TypeError(f"themes must be {{name: list of terms}}, not {themes!r}")
    return {name: listed_terms(terms, f"themes[{name!r}]") for name, terms in themes.items()}


def stretches(report: Report, by: str | None) -> Iterator[Stretch]:
    """The text cut into labelled stretches: in order, gapless."""
    if by is None:
        yield "", 0, len(report.text)
    elif by == "place":
        yield from _alternate(_headings(report), "heading", "body", len(report.text))
    elif by == "time":
        yield from _alternate(plan_spans(report), "plan", "past", len(report.text))
    else:
        depth = 1 if by == "part" else None
        for section, start, end in report.leaves:
            yield ".".join(section.number.split(".")[:depth]), start, end


def _alternate(
    spans: Iterable[tuple[int, int]], inside: str, outside: str, length: int
) -> Iterator[Stretch]:
    position = 0
    for start, end in spans:
        yield outside, position, start
        yield inside, start, end
        position = end
    yield outside, position, length


def _headings(report: Report) -> Iterator[tuple[int, int]]:
    for section in report.sections:
        if section.heading:
            start = report.text.index(section.heading, section.start)
            yield start, start + len(section.heading)


@lru_cache(maxsize=2)  # asked for by words and themes
def _pieces(report: Report, by: str | None) -> tuple[list[Stretch], Counter[str]]:
    """The stretches, and the number of Han characters of each label."""
    pieces, han, chinese = list(stretches(report, by)), Counter[str](), _is_han(report.folded)
    for label, start, end in pieces:
        han[label] += int(np.count_nonzero(chinese[start:end]))
    return pieces, han


def _is_han(folded: str) -> Any:
    """For each character what ``count_han`` counts: for many stretches in half the time."""
    codes = np.frombuffer(folded.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    ranges = zip(HAN[::3], HAN[2::3], strict=True)
    return np.logical_or.reduce([(ord(a) <= codes) & (codes <= ord(b)) for a, b in ranges])


def _counted(
    ranked: Iterable[tuple[tuple[str, ...], list[tuple[str, int]]]],
    han: Mapping[str, int],
    by: str | None,
    **dtypes: str,
) -> pd.DataFrame:
    """A table of ranked counts by their label and what else they are counted for, with rates."""
    columns: list[list[Any]] = [[] for _ in range(len(dtypes) + 3)]
    sizes, rows = list[int](), list[int]()  # of each key: Chinese characters, rows
    for key, listed in ranked:
        if listed:
            parts = ([part] * len(listed) for part in key)
            for column, values in zip(columns, (*parts, *zip(*listed, strict=True)), strict=True):
                column += values
            sizes.append(max(han[key[0]], 1))
            rows.append(len(listed))
    counts = np.array(columns.pop(), dtype=np.int64)
    dtypes |= {"term": "str", "count": "int64", "per_1000": "float64"}
    made = [*columns, counts, 1000 * counts / np.repeat(sizes, rows)]
    if by is None:
        return table_of(made[1:], **dtypes)
    return table_of(made, **{_BY[by]: "str"}, **dtypes)
