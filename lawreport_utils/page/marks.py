"""Text with spans that overlap as they like, as elements that nest.

A span becomes one element wherever it nests in its neighbours; where two cross, the one that
started later is cut at the crossing, and only its first piece carries the id.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from .markup import Html, escaped, tag


class Mark(NamedTuple):
    """A stretch of the text and the element that it becomes."""

    start: int
    end: int
    element: str  # the name of the element
    css: str = ""
    key: str = ""  # its id; each piece has it as data-k
    href: str = ""
    after: Html = Html()  # stands behind its last piece, outside of all that ends there too


def painted(groups: Sequence[Iterable[Mark]], length: int) -> list[Mark]:
    """Marks that don't overlap: where several want a place, the one of the earliest group has it.

    >>> short, long = Mark(1, 2, "a", href="#s"), Mark(0, 3, "a", href="#l")
    >>> [(mark.start, mark.end, mark.href) for mark in painted([[short], [long]], 3)]
    [(0, 1, '#l'), (1, 2, '#s'), (2, 3, '#l')]
    """
    owner: list[Mark | None] = [None] * length
    for group in reversed(groups):
        for mark in sorted(group, reverse=True):
            owner[mark.start : mark.end] = [mark] * (mark.end - mark.start)
    found = []
    for owned, run in groupby(range(length), key=owner.__getitem__):
        places = list(run)
        if owned:
            found.append(owned._replace(start=places[0], end=places[-1] + 1))
    return found


def by_paragraph(
    paragraphs: Sequence[tuple[int, int]], marks: Iterable[Mark]
) -> list[list[tuple[Mark, bool]]]:
    """The marks of each paragraph, cut to it, and whether each starts there."""
    starts = [start for start, _ in paragraphs]
    ends = [end for _, end in paragraphs]
    found: list[list[tuple[Mark, bool]]] = [[] for _ in paragraphs]
    for mark in marks:
        first = bisect_right(ends, mark.start)  # the first that ends after the mark starts
        for index in range(first, bisect_left(starts, mark.end)):
            start, end = paragraphs[index]
            piece = mark._replace(start=max(start, mark.start), end=min(end, mark.end))
            found[index].append((piece, index == first))
    return found


def nested(text: str, start: int, end: int, marks: Iterable[tuple[Mark, bool]]) -> Html:
    """``text[start:end]`` with its marks as elements. A mark that doesn't start there has no id.

    >>> one, two = Mark(0, 4, "mark", key="a"), Mark(2, 6, "b")
    >>> nested("abcdefg", 0, 7, [(one, True), (two, True)])
    '<mark data-k="a" id="a">ab<b>cd</b></mark><b>ef</b>g'
    """
    waiting = [
        (mark, first)
        for mark, first in sorted(marks, key=lambda pair: (pair[0].start, -pair[0].end))
        if mark.end > mark.start
    ][::-1]
    cuts = sorted({start, end, *(edge for mark, _ in waiting for edge in mark[:2])})
    stack: list[tuple[Mark, bool]] = []  # the open elements, the outer first
    content: list[list[str]] = [[]]  # of the whole, and of each open element
    for left, right in pairwise(cuts):
        _close(stack, content, left)
        while waiting and waiting[-1][0].start == left:
            stack.append(waiting.pop())
            content.append([])
        content[-1].append(escaped(text[left:right]))
    _close(stack, content, end)
    return Html("".join(content[0]))


def _close(stack: list[tuple[Mark, bool]], content: list[list[str]], position: int) -> None:
    """Close what has ended, with all that is open inside; open again what hasn't ended."""
    index = next((i for i, (mark, _) in enumerate(stack) if mark.end <= position), len(stack))
    closing = stack[index:]
    for mark, first in reversed(closing):
        inner = Html("".join(content.pop()))
        content[-1].append(_element(mark, first, inner))
    content[-1] += [mark.after for mark, _ in closing if mark.end <= position]
    del stack[index:]
    for mark, _ in closing:
        if mark.end > position:
            stack.append((mark, False))
            content.append([])


def _element(mark: Mark, first: bool, inner: Html) -> Html:
    return tag(
        mark.element,
        inner,
        class_=mark.css or None,
        data_k=mark.key or None,
        id=mark.key if mark.key and first else None,
        href=mark.href or None,
    )
