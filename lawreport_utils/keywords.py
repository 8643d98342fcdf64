"""Which words stand out against a reference."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from .arguments import need_report
from .model import Report
from .segment import Tokenizer, dictionary, segmenter, without_markers, word_filter
from .terms import stretches, tally

Counts = Mapping[str, int]
Floats = npt.NDArray[np.float64]


def keyness(
    target: Report | Counts,
    reference: Report | Counts | str,
    *,
    section: str | None = None,
    tokenizer: str | Tokenizer = "jieba",
    terms: Iterable[str] | None = None,
    stop_words: Iterable[str] | None = None,
    min_chars: int = 2,
) -> pd.DataFrame:
    """Which words the target uses more, or less, than the reference does.

    Columns: ``term``, ``count_target``, ``count_reference``, ``keyness`` (log-likelihood G² of the
    2 x 2 table of this word and all others, negative where the target uses it less), ``measure``
    ("G2"), ``p_value`` (chi-square, one degree of freedom; not corrected for the many words tested
    at once), ``log_ratio`` (the effect size: binary logarithm of the ratio of relative frequencies,
    with 0.5 for a count of 0; 1 means twice as frequent). Most key first.

    ``reference``: another report, "rest" (the target without its division ``section``), "general"
    (general Chinese, by the frequencies of jieba's dictionary: only words that it lists are
    compared, and ``terms`` are not kept whole unless given), or counts of words: {word: count}, a
    Series of them, whole numbers from 0.
    With ``section`` the target is that division alone. Other options as in ``term_frequency``; they
    choose the rows, not the totals. Raises ValueError for another choice, for counts that are none
    and when a side is empty; TypeError for what is neither a report nor counts.

    Dunning (1993), Accurate methods for the statistics of surprise and coincidence; Hardie (2014),
    Log Ratio. Words of one text are not independent, so read G² as a ranking, not as a proof.

    >>> keyness({"执法": 30, "服务": 10, "会议": 60}, {"执法": 10, "服务": 30, "会议": 60}).round(2)
      term  count_target  count_reference  keyness measure  p_value  log_ratio
    0   执法            30               10    12.97      G2      0.0       1.58
    1   会议            60               60     0.00      G2      1.0       0.00
    2   服务            10               30   -12.97      G2      0.0      -1.58
    """
    keeps = word_filter(stop_words, min_chars)
    general = isinstance(reference, str) and reference == "general"
    cut = segmenter(tokenizer, () if general and terms is None else terms)
    count = partial(_tally, cut=cut, whole=not callable(tokenizer))
    inside, rest = count(target, section, "target")
    outside = _reference(reference, section, rest, count)
    sizes = sum(inside.values()), dictionary().total if general else sum(outside.values())
    if not all(sizes):
        raise ValueError("keyness needs words on both sides: the target or the reference has none")
    candidates = (w for w in inside if outside.get(w)) if general else {**inside, **outside}
    frame = _compared(list(filter(keeps, candidates)), inside, outside, sizes)
    return frame.sort_values(["keyness", "term"], ascending=[False, True], ignore_index=True)


def _reference(
    given: object,
    section: str | None,
    rest: Counts,
    count: Callable[[object, None, str], tuple[Counts, Counts]],
) -> Counts:
    """The words that an option ``reference`` stands for."""
    if not isinstance(given, str):
        return count(given, None, "reference")[0]
    if given == "general":
        frequencies: Counts = dictionary().FREQ
        return frequencies
    if given != "rest" or section is None:
        raise ValueError(
            'reference must be a report, counts, "general", or "rest" with a section, '
            f"not {given!r} with section {section!r}"
        )
    return rest


def _compared(
    words: list[str], inside: Counts, outside: Counts, sizes: tuple[int, int]
) -> pd.DataFrame:
    a = np.array([inside.get(word, 0) for word in words], dtype=float)
    b = np.array([outside.get(word, 0) for word in words], dtype=float)
    g2 = log_likelihood(a, b, *sizes)
    log_ratio = np.log2(np.maximum(a, 0.5) / sizes[0]) - np.log2(np.maximum(b, 0.5) / sizes[1])
    return pd.DataFrame(
        {
            "term": pd.array(words, dtype="str"),
            "count_target": a.astype("int64"),
            "count_reference": b.astype("int64"),
            "keyness": np.where(a * sizes[1] < b * sizes[0], -g2, g2),
            "measure": pd.array(["G2"] * len(words), dtype="str"),
            "p_value": np.array([math.erfc(math.sqrt(value / 2)) for value in g2], dtype=float),
            "log_ratio": log_ratio,
        }
    )


def _tally(
    source: object, section: str | None, role: str, *, cut: Tokenizer, whole: bool
) -> tuple[Counts, Counts]:
    """Words in the division (or in all of the source), and words elsewhere; marks are none."""
    if isinstance(source, Mapping | pd.Series):
        return _counts(source), {}
    report = need_report(source, role)
    known = {s.number for s in report.sections}
    if section is not None and not (isinstance(section, str) and section in known):
        raise ValueError(f"section must be one of {', '.join(sorted(known))}, not {section!r}")
    inside, rest = Counter[str](), Counter[str]()
    by = None if section is None else "section"
    whole = whole and by is not None
    text, is_word = without_markers(report), word_filter((), 1)
    for number, counts in tally(text, stretches(report, by), cut, is_word, whole=whole).items():
        within = section is None or f"{number}.".startswith(f"{section}.")
        (inside if within else rest).update(counts)
    return inside, rest


def _counts(given: Mapping[Any, Any] | pd.Series) -> Counts:
    """Counts of words, as whole numbers."""
    counts = {}
    for word, count in given.items():
        if not isinstance(word, str):
            raise TypeError(f"counts are of words, {{word: count}}, not of {word!r}")
        if isinstance(count, bool) or not isinstance(count, int | float | np.number):
            raise TypeError(f"the count of {word!r} must be a whole number, not {count!r}")
        if not (0 <= count <= _MOST and count == int(count)):
            raise ValueError(f"the count of {word!r} must be a whole number from 0, not {count!r}")
        counts[word] = int(count)
    return counts


_MOST = 2**53  # what a float counts exactly


def log_likelihood(a: Floats, b: Floats, c: int, d: int) -> Floats:
    """G² of the tables [[a, b], [c - a, d - b]], element by element."""
    word, other = a + b, c + d - a - b
    observed = np.array([a, b, c - a, d - b])
    expected = np.array([c * word, d * word, c * other, d * other]) / (c + d)
    with np.errstate(divide="ignore", invalid="ignore"):
        summands = observed * np.log(observed / expected)
    g2: Floats = np.maximum(2 * np.nansum(summands, axis=0), 0)  # 0 · log 0 is 0
    return g2
