"""What a report says more than once."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate, pairwise

import pandas as pd

from .arguments import need_report, whole_number
from .model import Report
from .segment import Tokenizer, segmenter, spans, without_markers
from .tables import table


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
    whole_number(min_chars, "min_chars", 1)
    text = without_markers(need_report(report))
    cut = segmenter(tokenizer, terms)
    sentences = list(_borders(text, cut, whole=not callable(tokenizer)))
    reach = max(min_chars, _LONGEST)
    rest = {  # of its sentence, from the start of each word
        start: text[start : min(borders[-1], start + reach)]
        for borders in sentences
        for start in borders[:-1]
        if text[start].isalnum() or text[start] in "“《"
    }
    openings = Counter(part[:min_chars] for part in rest.values())
    said_again = (start for start, part in rest.items() if openings[part[:min_chars]] > 1)
    sorted_starts = sorted(said_again, key=rest.__getitem__)  # what begins alike, side by side
    shared = dict.fromkeys(sorted_starts, 0)  # length of the beginning that stands elsewhere too
    for one, other in pairwise(sorted_starts):
        length = _common(rest[one], rest[other])
        shared[one], shared[other] = max(shared[one], length), length
    phrases = dict.fromkeys(
        text[start:end] for b in sentences for start, end in _repeats(b, text, shared, min_chars)
    )
    rows, beginnings = [], [rest[start] for start in sorted_starts]
    for phrase in phrases:
        first, last = (bisect_left(beginnings, p) for p in (phrase, phrase + "\U0010ffff"))
        starts = sorted(sorted_starts[first:last])
        rows.append(
            (phrase, len(starts), list(dict.fromkeys(report.section_at(p).number for p in starts)))
        )
    rows.sort(key=lambda row: (-row[1], -len(row[0])))
    return table(rows, phrase="str", count="int64", numbers="object")


_SENTENCE = re.compile(r"[^。!?;!?;\s]+")
_LONGEST = 200  # keeps the work linear in a text without full stops
_NO_ENDING = frozenset(",,、::((“‘《的和与及在对将为以")


def _borders(text: str, cut: Tokenizer, *, whole: bool) -> Iterator[list[int]]:
    """The borders of the words of each sentence; ``whole``: by one cut of the text."""
    starts = list(accumulate(map(len, cut(text)), initial=0)) if whole else []
    for match in _SENTENCE.finditer(text):
        if whole:
            first, last = (bisect_left(starts, place) for place in match.span())
            yield starts[first : last + 1]
        else:
            yield [*(match.start() + at for at, _ in spans(cut(match[0]), match[0])), match.end()]


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
