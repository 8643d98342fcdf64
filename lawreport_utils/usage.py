"""How terms are used: against what they stand out, where they stand, and what is said twice."""

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import accumulate, pairwise

import numpy as np
import numpy.typing as npt
import pandas as pd

from .characters import fold
from .model import Report
from .segment import Tokenizer, dictionary, segmenter, word_filter
from .tables import table
from .terms import Stretch, find_terms, stretches, themes_of, without_markers

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
    compared, and ``terms`` are not kept whole unless given), or counts of words, {word: count}.
    With ``section`` the target is that division alone. Other options as in ``term_frequency``; they
    choose the rows, not the totals. Raises ValueError for another choice or when a side is empty.

    Dunning (1993), Accurate methods for the statistics of surprise and coincidence; Hardie (2014),
    Log Ratio. Words of one text are not independent, so read G² as a ranking, not as a proof.

    >>> keyness({"执法": 30, "服务": 10, "会议": 60}, {"执法": 10, "服务": 30, "会议": 60}).round(2)
      term  count_target  count_reference  keyness measure  p_value  log_ratio
    0   执法            30               10    12.97      G2      0.0       1.58
    1   会议            60               60     0.00      G2      1.0       0.00
    2   服务            10               30   -12.97      G2      0.0      -1.58
    """
    general = isinstance(reference, str) and reference == "general"
    cut = segmenter(tokenizer, () if general and terms is None else terms)
    inside, rest = _tally(target, section, cut)
    if general:
        outside: Counts = dictionary().FREQ
    elif isinstance(reference, str):
        if reference != "rest" or section is None:
            raise ValueError(
                'reference must be a report, counts, "general", or "rest" with a section, '
                f"not {reference!r} with section {section!r}"
            )
        outside = rest
    else:
        outside, _ = _tally(reference, None, cut)
    sizes = sum(inside.values()), dictionary().total if general else sum(outside.values())
    if not all(sizes):
        raise ValueError("keyness needs words on both sides: the target or the reference has none")
    keeps = word_filter(None if stop_words is None else frozenset(stop_words), min_chars)
    candidates = (w for w in inside if outside.get(w)) if general else {**inside, **outside}
    words = [word for word in candidates if keeps(word)]
    a = np.array([inside.get(word, 0) for word in words], dtype=float)
    b = np.array([outside.get(word, 0) for word in words], dtype=float)
    g2 = _log_likelihood(a, b, *sizes)
    log_ratio = np.log2(np.maximum(a, 0.5) / sizes[0]) - np.log2(np.maximum(b, 0.5) / sizes[1])
    frame = pd.DataFrame(
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
    return frame.sort_values(["keyness", "term"], ascending=[False, True], ignore_index=True)


def _tally(source: Report | Counts, section: str | None, cut: Tokenizer) -> tuple[Counts, Counts]:
    """Words in the division (or in all of the source), and words elsewhere; marks are none."""
    if isinstance(source, Mapping):
        return source, {}
    known = {s.number for s in source.sections}
    if section is not None and section not in known:
        raise ValueError(f"section must be one of {', '.join(sorted(known))}, not {section!r}")
    inside, rest = Counter[str](), Counter[str]()
    text = without_markers(source)
    for number, start, end in stretches(source, "section"):
        within = section is None or f"{number}.".startswith(f"{section}.")
        (inside if within else rest).update(cut(text[start:end]))
    is_word = word_filter(frozenset(), 1)
    return (
        {word: count for word, count in inside.items() if is_word(word)},
        {word: count for word, count in rest.items() if is_word(word)},
    )


def _log_likelihood(a: Floats, b: Floats, c: int, d: int) -> Floats:
    """G² of the tables [[a, b], [c - a, d - b]], element by element."""
    word, other = a + b, c + d - a - b
    observed = np.array([a, b, c - a, d - b])
    expected = np.array([c * word, d * word, c * other, d * other]) / (c + d)
    with np.errstate(divide="ignore", invalid="ignore"):
        summands = observed * np.log(observed / expected)
    g2: Floats = np.maximum(2 * np.nansum(summands, axis=0), 0)  # 0 · log 0 is 0
    return g2


def concordance(report: Report, term: str | Iterable[str], *, window: int = 20) -> pd.DataFrame:
    """Every place where a string stands in the text, in its context (KWIC).

    Columns: ``number`` (of the innermost division), ``left`` and ``right`` (up to ``window``
    characters of the same line), ``keyword`` (``report.text[start:end]``), ``start``, ``end``. One
    string is matched as it is, false friends included, full- and half-width alike. Several are
    matched as in ``theme_frequency``, so that a theme's rows are as many as its count. Raises
    ValueError for an empty term and for a ``window`` below 0.

    >>> from lawreport_utils import parse_report
    >>> report = parse_report("一、要求\\n全面依法治市,建设法治政府。")
    >>> concordance(report, "法治", window=4)[["number", "left", "keyword", "right"]]
      number  left keyword right
    0      1   全面依      法治  市,建设
    1      1  市,建设      法治   政府。
    """
    if window < 0:
        raise ValueError(f"window must be 0 or more characters, not {window!r}")
    text, number_at = report.text, _locator(report)
    rows = []
    if isinstance(term, str):
        if not term:
            raise ValueError("term must have at least one character")
        found = re.finditer(re.escape(fold(term)), report.folded)
    else:
        found = find_terms(report, term)
    for match in found:
        start, end = match.span()
        left = text[max(start - window, 0) : start].rpartition("\n")[2]
        right = text[end : end + window].partition("\n")[0]
        rows.append((number_at(start), left, text[start:end], right, start, end))
    return table(rows, number="str", left="str", keyword="str", right="str", start="int64",
                 end="int64")  # fmt: skip


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
    if terms is None or isinstance(terms, Mapping):
        terms = themes_of(terms)
    else:
        terms = {term: [term] for term in ([terms] if isinstance(terms, str) else terms)}
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
    if parts in ("section", "part"):
        return stretches(report, str(parts))
    if not isinstance(parts, int) or not 1 <= parts <= _MOST_PARTS:
        choices = f'a number from 1 to {_MOST_PARTS:,}, "section" or "part"'
        raise ValueError(f"parts must be {choices}, not {parts!r}")
    cuts = [len(report.text) * i // parts for i in range(parts + 1)]
    return [(str(i), start, end) for i, (start, end) in enumerate(pairwise(cuts))]


_MOST_PARTS = 10_000


def _locator(report: Report) -> Callable[[int], str]:
    """From a position to the number of its innermost division."""
    starts = [leaf.start for leaf in report.leaves]
    return lambda position: report.leaves[bisect_right(starts, position) - 1].section.number


def repeated_phrases(
    report: Report,
    *,
    min_chars: int = 6,
    tokenizer: str | Tokenizer = "jieba",
    terms: Iterable[str] | None = None,
) -> pd.DataFrame:
    """The formulaic stock of the text: phrases and whole sentences that are said more than once.

    Columns: ``phrase`` (at least ``min_chars`` characters, from word to word, inside a sentence),
    ``count``, ``numbers`` (list of the divisions where it stands). Read from left to right, each
    place gives the longest phrase that stands elsewhere too, and reading goes on behind it. Other
    options as in ``term_frequency``. Raises ValueError for ``min_chars`` below 1.

    >>> from lawreport_utils import parse_report
    >>> report = parse_report("一、举措\\n健全监督管理体系。\\n二、打算\\n继续健全监督管理体系。")
    >>> repeated_phrases(report)
         phrase  count numbers
    0  健全监督管理体系      2  [1, 2]
    """
    if min_chars < 1:
        raise ValueError(f"min_chars must be at least 1, not {min_chars!r}")
    text, cut = without_markers(report), segmenter(tokenizer, terms)
    sentences = [  # of each, the borders of its words
        list(accumulate(map(len, cut(match[0])), initial=match.start()))
        for match in _SENTENCE.finditer(text)
    ]
    reach = max(min_chars, _LONGEST)
    rest = {  # of its sentence, from the start of each word
        start: text[start : min(borders[-1], start + reach)]
        for borders in sentences
        for start in borders[:-1]
        if text[start].isalnum() or text[start] in "“《"
    }
    sorted_starts = sorted(rest, key=rest.__getitem__)  # what begins alike stands side by side
    shared = dict.fromkeys(rest, 0)  # length of the beginning that stands elsewhere too
    for one, other in pairwise(sorted_starts):
        length = _common(rest[one], rest[other])
        shared[one], shared[other] = max(shared[one], length), length
    phrases = dict.fromkeys(
        text[start:end] for b in sentences for start, end in _repeats(b, text, shared, min_chars)
    )
    number_at, rows, beginnings = _locator(report), [], [rest[start] for start in sorted_starts]
    for phrase in phrases:
        first, last = (bisect_left(beginnings, p) for p in (phrase, phrase + "\U0010ffff"))
        starts = sorted(sorted_starts[first:last])
        rows.append((phrase, len(starts), list(dict.fromkeys(map(number_at, starts)))))
    rows.sort(key=lambda row: (-row[1], -len(row[0])))
    return table(rows, phrase="str", count="int64", numbers="object")


_SENTENCE = re.compile(r"[^。!?;!?;\s]+")
_LONGEST = 200  # keeps the work linear in a text without full stops
_NO_ENDING = frozenset(",,、::((“‘《的和与及在对将为以")


def _repeats(
    borders: list[int], text: str, shared: Mapping[int, int], min_chars: int
) -> Iterator[tuple[int, int]]:
    """The longest repeated phrases of one sentence, from left to right."""
    closing = [0]  # for each border, the last one up to it that a phrase may end at
    for j, (start, end) in enumerate(pairwise(borders), 1):
        closing.append(closing[-1] if text[start:end] in _NO_ENDING else j)
    i = 0
    while i < len(borders) - 1:
        start = borders[i]
        j = closing[bisect_right(borders, start + shared.get(start, 0)) - 1]
        if borders[j] - start >= min_chars:
            yield start, borders[j]
            i = j
        else:
            i += 1


def _common(one: str, other: str) -> int:
    """Length of the common beginning of two strings, the smaller first."""
    if other.startswith(one):
        return len(one)
    pairs = enumerate(zip(one, other, strict=False))
    return next((i for i, (x, y) in pairs if x != y), min(len(one), len(other)))
