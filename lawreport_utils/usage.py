"""How terms are used: where they stand, beside which words, and how evenly."""

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import pairwise

import numpy as np
import pandas as pd

from .arguments import listed_terms, need_choice, need_flag, need_report, need_word, whole_number
from .characters import fold
from .keywords import log_likelihood
from .model import Report
from .segment import Tokenizer, segmenter, spans, without_markers, word_filter
from .tables import table
from .terms import Stretch, find_terms, stretches, themes_of

Term = str | re.Pattern[str] | Iterable[str]


def concordance(
    report: Report,
    term: Term,
    *,
    window: int = 20,
    wildcards: bool = False,
    sort: str | None = None,
) -> pd.DataFrame:
    """Every place where a term stands in the text, in its context (KWIC).

    Columns: ``number`` (of the innermost division), ``left`` and ``right`` (up to ``window``
    characters of the same line), ``keyword`` (``report.text[start:end]``), ``start``, ``end``; in
    text order, or by ``sort``: "left" (by the characters before, the nearest first), "right" (by
    those after), "keyword".

    ``term``: one string is matched as it is, false friends included, full- and half-width alike.
    Several are matched as in ``theme_frequency``, so that a theme's rows are as many as its count.
    With ``wildcards``, in one string, as in AntConc but for characters: ``?`` any character, ``+``
    one or none, ``*`` up to ten, as few as fit (three ``*`` at most), ``|`` or; none of them is a
    mark or a blank. A compiled regular expression is matched on half-width text. Raises ValueError
    for an empty term, a ``window`` below 0 and another ``sort``.

    >>> from lawreport_utils import parse_report
    >>> report = parse_report("一、要求\\n全面依法治市,建设法治政府。")
    >>> concordance(report, "法治", window=4)[["number", "left", "keyword", "right"]]
      number  left keyword right
    0      1   全面依      法治  市,建设
    1      1  市,建设      法治   政府。
    >>> concordance(report, "依法*政府|建设??", wildcards=True)["keyword"].tolist()
    ['建设法治']
    """
    text, rows = need_report(report).text, []
    whole_number(window, "window", 0)
    need_choice(sort, "sort", _SORTS, or_none=True)
    need_flag(wildcards, "wildcards")
    for start, end in _places(report, term, wildcards=wildcards):
        left = text[max(start - window, 0) : start].rpartition("\n")[2]
        right = text[end : end + window].partition("\n")[0]
        number = report.section_at(start).number
        rows.append((number, left, text[start:end], right, start, end))
    if sort:
        rows.sort(key=_SORTS[sort])
    return table(rows, number="str", left="str", keyword="str", right="str", start="int64",
                 end="int64")  # fmt: skip


_SORTS: dict[str, Callable[[tuple[str, str, str, str, int, int]], tuple[str, str]]] = {
    "left": lambda row: (row[1][::-1], row[2]),
    "right": lambda row: (row[3], row[2]),
    "keyword": lambda row: (row[2], row[3]),
}
_MOST_STARS = 3  # each multiplies the ways to read a text by eleven
_WILD = {"?": r"\w", "+": r"\w?", "*": r"\w{0,10}?", "|": "|"}


def _places(report: Report, term: Term, *, wildcards: bool = False) -> list[tuple[int, int]]:
    """Start and end of each place where the term stands."""
    if isinstance(term, str):
        need_word(fold(term).strip("|" if wildcards else ""), "term")
    if isinstance(term, str) and wildcards:
        if max(part.count("*") for part in fold(term).split("|")) > _MOST_STARS:
            raise ValueError(f"term may have at most {_MOST_STARS} * between two |, not {term!r}")
        pattern = "".join(_WILD.get(char, re.escape(char)) for char in fold(term))
        found = re.finditer(pattern, report.folded)
    elif isinstance(term, str):
        found = re.finditer(re.escape(fold(term)), report.folded)
    elif isinstance(term, re.Pattern):
        if not isinstance(term.pattern, str):
            raise TypeError(f"term must be a pattern of text, not of bytes: {term.pattern!r}")
        found = term.finditer(report.folded)
    else:
        found = find_terms(report, listed_terms(term, "term"))
    return [match.span() for match in found if match[0]]


def collocates(
    report: Report,
    term: Term,
    *,
    window: int = 5,
    min_count: int = 1,
    tokenizer: str | Tokenizer = "jieba",
    terms: Iterable[str] | None = None,
    stop_words: Iterable[str] | None = None,
    min_chars: int = 2,
) -> pd.DataFrame:
    """Which words stand near a term more often than elsewhere in the text.

    Columns: ``term`` (the word near it), ``count`` (places of the word within ``window`` words
    before or after the term, in the same sentence; each counted once), ``expected`` (how many there
    would be if the word were spread evenly), ``G2`` (log-likelihood of the 2 x 2 table of this word
    and all others, near and far; negative where it is rarer near the term), ``log_dice``
    (14 + log2(2 · count / (places of the term + count of the word)): at most 14, comparable between
    texts of different length). Highest G² first; words with a ``count`` below ``min_count`` are
    left out, as are the words that hold the term itself.

    ``term`` as in ``concordance``, words and other options as in ``term_frequency``. Raises
    ValueError for a ``window`` or ``min_count`` below 1.

    Dunning (1993), Accurate methods for the statistics of surprise and coincidence; Evert (2005),
    The statistics of word cooccurrences (contingency tables by distance); Rychlý (2008), A
    lexicographer-friendly association score. One text gives small counts: read the places too.

    >>> from lawreport_utils import parse_report
    >>> report = parse_report("一、规范执法。规范执法行为。会议3次,审议文件。规范普法。")
    >>> collocates(report, "执法", terms=(), window=1).round(2)
      term  count  expected    G2  log_dice
    0   行为      1      0.33  2.46     13.42
    1   规范      2      1.00  2.23     13.68
    """
    whole_number(window, "window", 1)
    whole_number(min_count, "min_count", 1)
    text, places = without_markers(need_report(report)), _places(report, term)
    cut = segmenter(tokenizer, terms)
    keeps = word_filter(stop_words, min_chars)
    near, everywhere = Counter[str](), Counter[str]()
    for words, held in _sentences(text, cut, places):
        close = _within(window, held, len(words)) - held
        near.update(words[at] for at in close)
        everywhere.update(word for at, word in enumerate(words) if at not in held)
    shown = [word for word, count in near.items() if count >= min_count and keeps(word)]
    counts = np.array([near[word] for word in shown], dtype=float)
    totals = np.array([everywhere[word] for word in shown], dtype=float)
    spans, size = near.total(), everywhere.total()
    expected = spans * totals / max(size, 1)
    g2 = log_likelihood(counts, totals - counts, spans, size - spans)
    log_dice = 14 + np.log2(2 * counts / (len(places) + totals))
    columns = shown, counts, expected, np.where(counts < expected, -g2, g2), log_dice
    rows = sorted(zip(*columns, strict=True), key=lambda row: (-row[3], row[0]))
    return table(rows, term="str", count="int64", expected="float64", G2="float64",
                 log_dice="float64")  # fmt: skip


def _within(window: int, held: Iterable[int], size: int) -> set[int]:
    """The places from 0 to ``size`` that are at most ``window`` from one that is held."""
    close, done = set[int](), 0
    for at in sorted(held):
        end = min(at + window + 1, size)
        close.update(range(max(at - window, done), end))
        done = max(done, end)
    return close


_SENTENCE = re.compile(r"[^。!?;\n]+")


def _sentences(
    text: str, cut: Tokenizer, places: list[tuple[int, int]]
) -> Iterator[tuple[list[str], set[int]]]:
    """The words of each sentence, marks and numbers left out, and which of them hold the term."""
    is_word = word_filter((), 1)
    starts = [start for start, _ in places]
    for sentence in _SENTENCE.finditer(text):
        words, held, offset = list[str](), set[int](), sentence.start()
        for begin, stop in spans(cut(sentence[0]), sentence[0]):
            token, position, end = sentence[0][begin:stop], offset + begin, offset + stop
            at = bisect_left(starts, end) - 1  # the last place that starts before the word ends
            if at >= 0 and places[at][1] > position:
                held.add(len(words))
                words.append(token)
            elif is_word(token):
                words.append(token)
        yield words, held


def dispersion(
    report: Report,
    terms: Iterable[str] | Mapping[str, Iterable[str]] | None = None,
    *,
    parts: int | str = 10,
) -> pd.DataFrame:
    """How evenly terms are spread over the text.

    Columns: ``term``, ``count``, ``dp`` (Gries' deviation of proportions: 0 is perfectly even, near
    1 is all in one place; missing for a count of 0), ``positions`` (list of starts).

    ``terms``: strings, or {name: strings} to take several as one; None for the lexicon's themes.
    Matched as in ``theme_frequency``. ``parts``: a number of equal parts (1 to 10,000),
    "section" (innermost divisions) or "part" (top divisions); expected shares go by length. Raises
    ValueError for another choice.

    Gries (2008), Dispersions and adjusted frequencies in corpora. DP of a rare term is large by
    chance alone: compare terms of like counts.

    >>> from lawreport_utils import parse_report
    >>> dispersion(parse_report("执法在先,服务在后。"), ["执法", "在"], parts=2)
      term  count   dp positions
    0   执法      1  0.5       [0]
    1    在      2  0.0    [2, 7]
    """
    need_report(report)
    if terms is None or isinstance(terms, Mapping):
        terms = themes_of(terms)
    else:
        terms = {
            term: (term,)
            for term in listed_terms([terms] if isinstance(terms, str) else terms, "terms")
        }
    pieces = list(_parts(report, parts))
    starts = [start for _, start, _ in pieces]
    expected: Counter[str] = Counter()
    for label, start, end in pieces:
        expected[label] += end - start
    rows = []
    for name, strings in terms.items():
        positions = [match.start() for match in find_terms(report, strings)]
        observed = Counter(pieces[bisect_right(starts, p) - 1][0] for p in positions)
        rows.append((name, len(positions), _dp(observed, expected), positions))
    return table(rows, term="str", count="int64", dp="float64", positions="object")


def _dp(observed: Counter[str], sizes: Counter[str]) -> float:
    count, size = observed.total(), sizes.total()
    if not count:
        return math.nan
    return sum(abs(observed[part] / count - sizes[part] / size) for part in sizes) / 2


def _parts(report: Report, parts: int | str) -> Iterable[Stretch]:
    if isinstance(parts, str) and parts in ("section", "part"):
        return stretches(report, parts)
    whole = isinstance(parts, int | np.integer) and not isinstance(parts, bool)
    if not whole or not 1 <= int(parts) <= _MOST_PARTS:
        choices = f'a number from 1 to {_MOST_PARTS:,}, "section" or "part"'
        raise ValueError(f"parts must be {choices}, not {parts!r}")
    cuts = [len(report.text) * i // int(parts) for i in range(int(parts) + 1)]
    return [(str(i), start, end) for i, (start, end) in enumerate(pairwise(cuts))]


_MOST_PARTS = 10_000
