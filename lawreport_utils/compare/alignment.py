"""Which sentence of one report is which of another: one to one, in order where it can be."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator
from typing import NamedTuple

from rapidfuzz.fuzz import ratio

from ..model import Report
from ..structure import sentence_spans

_NUMBER = re.compile(r"\d[\d,.]*|[〇零一二三四五六七八九十百千万亿两]+")
_ALIKE = 0.55  # of two sentences that say the same in other words, as a share of their characters
_GRAM = 3  # characters of the pieces that two such sentences share
_COMMON = 12  # a piece that stands in more sentences than this tells nothing
_BEST = 6  # sentences of the other report that one is compared with
_FAR = 0.1  # what the distance between the places of two sentences counts, at most


class Sentence(NamedTuple):
    """A sentence with its place, and what is compared of it."""

    number: str
    text: str
    start: int
    end: int
    words: str  # half-width, without its marker, blanks and the last mark
    masked: str  # the words with 0 for each number


class Pair(NamedTuple):
    """A sentence of the earlier report and its match in the later; None where there is none."""

    status: str  # same, figures, reworded, new, dropped
    earlier: Sentence | None
    later: Sentence | None
    similarity: float  # 0 to 1; 0 without a match


def read_sentences(report: Report) -> list[Sentence]:
    """The sentences of a report, the marker of a division left out of what is compared."""
    starts = [section.start for section in report.sections]
    found = []
    for number, start, end in sentence_spans(report):
        at = bisect_left(starts, start)
        begin = start
        while at < len(starts) and starts[at] == begin:
            begin += len(report.sections[at].marker)
            at += 1
        words = "".join(report.folded[begin:end].split()).rstrip("。.;,:!?")
        if words:
            masked = _NUMBER.sub("0", words)
            found.append(Sentence(number, report.text[start:end], start, end, words, masked))
    return found


def align(earlier: Report, later: Report) -> list[Pair]:
    """Each sentence of both reports once, in the order of the later report.

    Sentences that are alike to the letter come first, then those alike but for their numbers, then
    those that share most of their characters. Sentences left alone are new or dropped.
    """
    one, other = read_sentences(earlier), read_sentences(later)
    left, right = set(range(len(one))), set(range(len(other)))
    matches: dict[int, tuple[int, str, float]] = {}  # of the later -> earlier, status, similarity

    def take(pairs: Iterable[tuple[int, int]], status: str) -> None:
        for i, j in pairs:
            if i in left and j in right:
                left.remove(i)
                right.remove(j)
                matches[j] = i, status, ratio(one[i].words, other[j].words) / 100

    take(_equal([s.words for s in one], [s.words for s in other]), "same")
    # What is left over is numbered anew, so that neighbours are neighbours.
    take(_between(one, other, left, right, "masked"), "figures")
    take(_alike(one, other, left, right), "reworded")
    return list(_in_order(one, other, matches))


def _equal(
    one: list[Hashable] | list[str], other: list[Hashable] | list[str]
) -> Iterator[tuple[int, int]]:
    """Places of equal items; where there are several, the nearest first."""
    places: dict[Hashable, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, items in enumerate((one, other)):
        for place, item in enumerate(items):
            places[item][side].append(place)
    for here, there in places.values():
        if len(here) == len(there) or len(here) * len(there) > _COMMON**2:
            yield from zip(here, there, strict=False)
        else:
            near = sorted((abs(i / len(one) - j / len(other)), i + j, i, j)
                          for i in here for j in there)  # fmt: skip
            yield from ((i, j) for _, _, i, j in near)


def _between(
    one: list[Sentence], other: list[Sentence], left: set[int], right: set[int], key: str
) -> list[tuple[int, int]]:
    """Places of sentences not matched yet that are equal in one respect."""
    here, there = sorted(left), sorted(right)
    pairs = _equal([getattr(one[i], key) for i in here], [getattr(other[j], key) for j in there])
    return [(here[i], there[j]) for i, j in pairs]


def _alike(
    one: list[Sentence], other: list[Sentence], left: set[int], right: set[int]
) -> list[tuple[int, int]]:
    """Pairs of like sentences, the likest first; of equally like ones the nearest."""
    here, there = {i: one[i].masked for i in left}, {j: other[j].masked for j in right}
    candidates = {(i, j) for i, j in _candidates(here, there)}
    candidates |= {(i, j) for j, i in _candidates(there, here)}
    scored = []
    for i, j in candidates:
        likeness = ratio(here[i], there[j]) / 100
        if likeness >= _ALIKE:
            far = abs(i / len(one) - j / len(other))
            scored.append((_FAR * far - likeness, far, i + j, i, j))
    return [(i, j) for *_, i, j in sorted(scored)]


def _candidates(here: dict[int, str], there: dict[int, str]) -> Iterator[tuple[int, int]]:
    """For each text those of the other side with which it shares most of what is rare."""
    holders: dict[str, list[int]] = defaultdict(list)
    for j, text in there.items():
        for gram in _grams(text):
            holders[gram].append(j)
    for i, text in here.items():
        shared = Counter(
            j for gram in _grams(text) if len(holders.get(gram, ())) <= _COMMON
            for j in holders.get(gram, ())
        )  # fmt: skip
        for j, _ in sorted(shared.items(), key=lambda item: (-item[1], item[0]))[:_BEST]:
            yield i, j


def _grams(text: str) -> set[str]:
    return {text[i : i + _GRAM] for i in range(max(len(text) - _GRAM + 1, 1))}


def _in_order(
    one: list[Sentence], other: list[Sentence], matches: dict[int, tuple[int, str, float]]
) -> Iterator[Pair]:
    """The later report's sentences; each dropped one after what it followed in the earlier."""
    later_of = {i: j for j, (i, _, _) in matches.items()}
    dropped: dict[int, list[Sentence]] = defaultdict(list)
    after = -1
    for i, sentence in enumerate(one):
        if i in later_of:
            after = later_of[i]
        else:
            dropped[after].append(sentence)
    for j in range(-1, len(other)):
        if j in matches:
            i, status, similarity = matches[j]
            yield Pair(status, one[i], other[j], similarity)
        elif j >= 0:
            yield Pair("new", None, other[j], 0.0)
        yield from (Pair("dropped", sentence, None, 0.0) for sentence in dropped[j])
