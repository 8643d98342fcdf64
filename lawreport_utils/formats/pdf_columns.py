"""The glyphs of a page in rows, and the rows of columns beside each other told apart."""

from collections.abc import Iterable, Iterator
from itertools import accumulate, chain, groupby
from statistics import median
from typing import Any

Glyph = dict[str, Any]
Row = list[Glyph]  # what stands on one height, from left to right


def in_columns(glyphs: Iterable[Glyph], column: int = 0) -> Iterator[tuple[int, list[Row]]]:
    """Rows as they are read, with the number of their column; 0 for what stands across."""
    rows = _rows(glyphs)
    parted: list[tuple[list[Row], list[list[Glyph]]]] = []
    for gutter in _gutters(rows):
        parted = [(stretch, _columns(stretch, gutter)) for stretch in _stretches(rows, gutter)]
        if any(columns for _, columns in parted):
            break
    plain: list[Row] = []
    for stretch, columns in parted:
        if columns:
            if plain:
                yield column, plain
            plain = []
            for number, inside in enumerate(columns, 1):
                yield from in_columns(inside, 2 * column + number)
        else:
            plain += stretch
    if plain:
        yield column, plain


def _rows(glyphs: Iterable[Glyph]) -> list[Row]:
    """What stands on one height, from left to right, as one row; what is drawn twice, once."""
    rows: list[Row] = []
    for glyph in sorted(glyphs, key=lambda glyph: glyph["bottom"]):
        if rows and glyph["bottom"] - rows[-1][0]["bottom"] < _RAISED * glyph["size"]:
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return [_once(sorted(row, key=lambda glyph: glyph["x0"])) for row in rows]


_RAISED = 0.7  # of its size: so much higher stands a mark of a footnote, but no line above it


def _once(row: Row) -> Row:
    """A row without the glyphs that are drawn again, a little apart, to look bold."""
    kept: Row = []
    for glyph in row:
        near = (g for g in kept[-2:] if glyph["x0"] - g["x0"] < 0.15 * glyph["size"])
        if all(other["text"] != glyph["text"] for other in near):
            kept.append(glyph)
    return kept


def _stretches(rows: list[Row], gutter: float) -> Iterator[list[Row]]:
    """The rows, those that may stand in columns together: with nothing in the gutter."""
    for across, band in groupby(rows, lambda row: _covers(row, gutter)):
        stretch = list(band)
        last = len(stretch)
        while last and stretch[last - 1][-1]["x1"] < gutter:  # nothing in the right column
            last -= 1
        apart = [
            i
            for i in range(max(last, 1), len(stretch))
            if stretch[i][0]["bottom"] - stretch[i - 1][0]["bottom"] > 2 * stretch[i][0]["size"]
        ]
        below = len(stretch) if across or not apart else apart[0]
        if _is_running([glyph for row in stretch[below:] for glyph in row]):  # the longer column
            below = len(stretch)
        yield stretch[:below]
        if below < len(stretch):
            yield stretch[below:]


def _gutters(rows: list[Row]) -> list[float]:
    """Where, in the middle of the page, the fewest rows have text: between columns, if any."""
    left = min((row[0]["x0"] for row in rows), default=0.0)
    right = max((row[-1]["x1"] for row in rows), default=0.0)
    step = max((right - left) / _STEPS, 0.1)
    changes = [0] * (_STEPS + 2)
    for start, end in chain(*map(_covered, rows)):
        changes[int((start - left) / step)] += 1
        changes[min(int((end - left) / step), _STEPS) + 1] -= 1
    counts = list(accumulate(changes))
    middle = range(_STEPS // 5, _STEPS * 4 // 5)
    fewest = min(counts[i] for i in middle)
    strips = [list(group) for low, group in groupby(middle, lambda i: counts[i] == fewest) if low]
    widest = sorted(strips, key=len, reverse=True)[:_TRIED]
    return [left + step * (strip[0] + strip[-1] + 1) / 2 for strip in widest]


_STEPS = 200
_TRIED = 3  # strips; beside a short column the widest may be its own


def _covered(row: Row) -> list[tuple[float, float]]:
    """Where a row has text, narrow gaps included."""
    strips: list[tuple[float, float]] = []
    for glyph in row:
        start, end = glyph["x0"], glyph["x1"]
        if strips and start - strips[-1][1] < _GUTTER * glyph["size"]:
            start, end = strips[-1][0], max(end, strips.pop()[1])
        strips.append((start, end))
    return strips


_GUTTER = 0.8  # between columns, in widths of a character


def _covers(row: Row, place: float) -> bool:
    return any(start < place < end for start, end in _covered(row))


def _columns(rows: list[Row], gutter: float) -> list[list[Glyph]]:
    """What stands left and right of the gutter, if that is running text, no cells of a table.

    Beside many lines of running text there can be but another column, however short.
    """
    sides = _sides(rows, gutter)
    left, right = ([g for g in side if not g["text"].isspace()] for side in sides)
    if not right or not _is_running(left):
        return []
    if not _is_running(right) and (_stands_below(right, left) or len(_rows(left)) < _MANY):
        return []
    gap = min(glyph["x0"] for glyph in right) - max(glyph["x1"] for glyph in left)
    return sides if gap > _GUTTER * median(glyph["size"] for glyph in left) else []


def _sides(rows: list[Row], gutter: float) -> list[list[Glyph]]:
    glyphs = [glyph for row in rows for glyph in row]
    return [[g for g in glyphs if (g["x0"] < gutter) == is_left] for is_left in (True, False)]


def _stands_below(glyphs: list[Glyph], others: list[Glyph]) -> bool:
    """As a sign-off does below the text."""
    return bool(min(g["bottom"] for g in glyphs) > median(g["bottom"] for g in others))


def _is_running(glyphs: list[Glyph]) -> bool:
    """Does most of this stand in full lines, with marks of punctuation?"""
    rows = _rows(glyph for glyph in glyphs if "lines" not in glyph)  # without tables
    widths = sorted(row[-1]["x1"] - row[0]["x0"] for row in rows)
    if len(widths) < _FEW:
        return False
    full = sum(width for width in widths if width > 0.75 * widths[-1 - len(widths) // 20])
    marks = sum(glyph["text"] in "，。；、" for glyph in glyphs)
    return full >= sum(widths) / 2 and marks >= len(rows) / 3


_FEW, _MANY = 3, 6  # lines; less are no column
