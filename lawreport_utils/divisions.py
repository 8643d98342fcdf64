"""Numbered divisions: which markers count as such, and how the divisions nest."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from .markers import RANK, Mark, find_marks


@dataclass(slots=True)
class Division:
    """A mark that is a division, with its depth and its end."""

    mark: Mark
    after: int  # the number on the next marker of its kind, -1 for none
    level: int
    end: int = 0


def find_divisions(folded: str) -> list[Division]:
    """Tell divisions from look-alikes in a half-width text, and find the depth and end of each.

    A kind of marker that is open continues its list. Another kind stands below the innermost open
    one, unless that list is over and the report (or, where the report is silent, GB/T 9704) puts
    the new kind above it.
    """
    marks = find_marks(folded)
    numbered = _with_following(marks)
    line_starts = _next_at_line_start(marks)
    preamble = _preamble_end(numbered)
    divisions: list[Division] = []
    path: list[Division] = []
    nested: set[tuple[str, str]] = set()  # (outer kind, inner kind) as seen in this report
    for mark, following in numbered:
        if mark.start < preamble and mark.inline:
            continue
        depth = _depth(mark, path, line_starts.get(mark.start))
        sibling = None if depth is None else path[depth].mark
        candidate = _Candidate(mark, path, sibling, following)
        if not _is_division(candidate):
            continue
        if sibling and not mark.value:
            mark = mark._replace(value=sibling.value + 1)
        restarts = sibling is not None and mark.value == 1
        cut = _lead_in(folded, divisions[-1].mark, mark) if restarts else mark.start
        if depth is None:
            depth = _depth_of_new(mark, path, nested)
            nested.update((outer.mark.kind, mark.kind) for outer in path[:depth])
        for closed in path[depth:]:
            closed.end = cut
        del path[depth:]
        after = following.value if following else -1
        path.append(Division(mark, after, depth + 1, len(folded)))
        divisions.append(path[-1])
    return divisions


def _depth_of_new(mark: Mark, path: list[Division], nested: set[tuple[str, str]]) -> int:
    """How deep a list of another kind starts."""
    depth = len(path)
    while depth and _outranks(mark, path[depth - 1], nested):
        depth -= 1
    return depth


def _with_following(marks: list[Mark]) -> list[tuple[Mark, Mark | None]]:
    """Each mark with the next mark of its kind."""
    later: dict[str, Mark] = {}
    following = []
    for mark in reversed(marks):
        following.append(later.get(mark.kind))
        later[mark.kind] = mark
    return list(zip(marks, reversed(following), strict=True))


def _next_at_line_start(marks: list[Mark]) -> dict[int, int]:
    """Position of each mark -> number on the next mark of its kind that starts a line."""
    later: dict[str, int] = {}
    numbers = {}
    for mark in reversed(marks):
        numbers[mark.start] = later.get(mark.kind, -1)
        if mark.at == "\n":
            later[mark.kind] = mark.value
    return numbers


def _depth(mark: Mark, path: list[Division], next_line: int | None) -> int | None:
    """Which open division the mark follows as the next of its list; None for none.

    A list inside the first paragraph of an item may be of the item's own kind: it starts at 1, and
    the item's list goes on at the start of a later line.
    """
    same = [depth for depth, open_ in enumerate(path) if open_.mark.kind == mark.kind]
    if not same:
        return None
    if mark.at == "\n":
        return same[0]
    outer = path[same[-1]].mark
    starts_line = outer.at == "\n" and outer.line == mark.line
    if mark.value == 1 and starts_line and next_line == outer.value + 1:
        return None
    return same[-1]


def _preamble_end(numbered: list[tuple[Mark, Mark | None]]) -> int:
    """Where the first numbered title stands: a list before it is part of the preamble, unless it
    goes on after it."""
    goes_on = False
    for mark, following in numbered:
        if mark.inline:
            goes_on = following is not None and following.value == mark.value + 1
        elif mark.at == "\n":
            return 0 if goes_on else mark.start
    return 0


class _Candidate(NamedTuple):
    """A mark with the marks of its kind around it."""

    mark: Mark
    path: list[Division]  # the open ones
    sibling: Mark | None  # the open one whose list it would continue
    following: Mark | None

    @property
    def continues(self) -> bool:
        return self.sibling is not None and self.mark.value in (self.sibling.value + 1, 0)

    @property
    def starts(self) -> bool:
        """Does a list start here? Not in mid-line, nor with what may be plain words (一、二季度),
        where what follows goes on with an outer list."""
        if self.mark.value != 1 or self.following is None or self.following.value not in (2, 0):
            return False
        if self.mark.at == "\n" and not self.mark.doubtful:
            return True
        alike = (d.mark for d in reversed(self.path) if d.mark.kind == self.mark.kind)
        outer = next(alike, None)
        on_lines = outer is not None and outer.at == self.following.at == "\n"
        return not (on_lines and outer is not None and outer.value == 1)

    @property
    def comes_again(self) -> bool:
        """三、四季度增收 before 三、打算: the next of its kind has its number."""
        after = self.following
        return after is not None and after.at == "\n" and after.value == self.mark.value

    @property
    def same_line(self) -> bool:
        return self.sibling is not None and self.sibling.line == self.mark.line


def _is_division(candidate: _Candidate) -> bool:
    """At the start of a line all are divisions that can't be plain words. Inside a line a marker
    starts a list at 1 or continues an open one."""
    return _RULES.get(candidate.mark.at, _after_sentence)(candidate)


def _at_line_start(c: _Candidate) -> bool:
    if c.mark.tight:
        goes_on = c.following is not None and c.following.value == c.mark.value + 1
        return goes_on and (c.continues or c.starts)
    return not c.mark.doubtful or c.starts or (c.continues and not c.comes_again)


def _after_word(c: _Candidate) -> bool:
    return c.starts and c.following is not None and c.following.at not in ("", ",")


def _after_comma(c: _Candidate) -> bool:
    """Commas alone divide no list, but a list may begin at one or go on at one."""
    follows = c.following if c.starts else None
    begins = follows is not None and follows.at in tuple("。!?;")
    same_line = c.same_line or (begins and follows is not None and follows.line == c.mark.line)
    return c.mark.kind == "talk" and (begins or c.continues) and same_line


def _after_blank(c: _Candidate) -> bool:
    return (c.continues or c.starts) and c.mark.kind not in ("part", "chapter", "section")


def _after_sentence(c: _Candidate) -> bool:
    if c.mark.kind == "talk":
        return c.mark.value == 1 or c.continues or c.same_line
    return _after_blank(c)


_RULES: dict[str, Callable[[_Candidate], bool]] = {
    "\n": _at_line_start,
    "": _after_word,
    ",": _after_comma,
    " ": _after_blank,
}


def _outranks(mark: Mark, top: Division, nested: set[tuple[str, str]]) -> bool:
    """Does the mark stand above the innermost open division, whose list may go on after it?"""
    outer = top.mark
    if outer.inline and mark.inline and outer.line == mark.line:
        return False  # 一是…。二是…。首先…: the paragraph is still about its last item
    if top.after in (outer.value + 1, 0) or (outer.kind, mark.kind) in nested:
        return False
    return (mark.kind, outer.kind) in nested or RANK[mark.kind] < RANK[outer.kind]


def _lead_in(folded: str, last: Mark, mark: Mark) -> int:
    """Where the line or sentence before a list that starts again begins, if it is not itself part
    of the last item: it leads in to the list and belongs to the division above."""
    between = folded[last.end : mark.start].rstrip()
    ends = "\n" if mark.at == "\n" else "。!?;\n"
    begin = max(between.rfind(char, 0, -1) for char in ends) + 1
    lead = between[begin:]
    return last.end + begin + len(lead) - len(lead.lstrip()) if begin else mark.start
