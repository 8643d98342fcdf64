"""Numbered divisions: what their markers look like, which of these count, how they nest."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from .characters import number_of

# The outer kinds first, as in GB/T 9704: used only where a report's own nesting doesn't tell.
# Those from _INLINE on enumerate inside paragraphs rather than number titles.
_KINDS = "chapter han paren_han digit paren_digit half_paren circled ordinal order talk other"
_RANK = {kind: rank for rank, kind in enumerate(_KINDS.split())}
_INLINE = _RANK["ordinal"]
_TITLES = ("chapter", "han", "paren_han")

SPACE = r"[ \t]"  # of a half-width text
_HAN = "一二三四五六七八九"
_N = f"(?:[{_HAN}]?十[{_HAN}]?|[{_HAN}])"
_D = "(?:0[1-9]|[1-9][0-9]?)"
_HOTLINE = "12[0-9]{3}(?![0-9.])"  # 2.12345热线: an item on a telephone number, no figure
_MARK = re.compile(
    # A marker stands where a line, a sentence or a clause starts, or after a space.
    rf"(?P<at>\n|[。!?;:][”’\"')》]?|,|(?<!\s){SPACE}){SPACE}*+"
    rf"(?=[{_HAN}十0-9(〔\[【㈠-㈩①-⒛第首其再最])"  # what any of them starts with: saves a third
    rf"(?:(?P<han>{_N}{SPACE}?(?:[、.](?!是)|,))"
    rf"|(?P<paren_han>[(〔\[【]{SPACE}?{_N}{SPACE}?[)〕\]】]|[㈠-㈩])"
    rf"|(?P<digit>{_D}{SPACE}?[.、](?:(?![0-9])|(?=20[0-9][0-9]年|{_HOTLINE}))|[⒈-⒛])"
    rf"|(?P<paren_digit>\({SPACE}?{_D}{SPACE}?\)|[⑴-⒇])"
    rf"|(?P<half_paren>{_D}\))"
    rf"|(?P<circled>[①-⑳])"
    rf"|(?P<talk>(?P<n>{_N})(?:、?是(?!(?P=n)[,、;。”])|要(?![素点求闻件])))"
    rf"|(?P<chapter>第{_N}(?:章|节|部分|篇)(?![是的为,、]))"
    rf"|(?P<ordinal>第{_N}[,、:是])"
    rf"|(?P<order>(?:首先|其次|再次)(?=[,:是要])|最后(?=[,:]))"
    rf"|(?P<other>其{_N}(?=[,、:是])))"
)
# The first of a list at the end of its title, where a line break was lost; but not 第十条(一)项.
_GLUED = re.compile(
    r"\(一\)(?<=[\u4e00-\u9fff]\(一\))(?<![条款项目章类点]\(一\))(?![项款目类和与及至、])"
)
# 一、二审案件, 第一、第二产业: may be two numbers of one phrase
_PAIR = re.compile(rf"第?{_N}(?:[、季审级类期线产批]|$)")
_NUMERAL = re.compile(rf"{_N}|[0-9]+|[①-⒛㈠-㈩]|首先|其次|再次|最后")
_ORDER = {"首先": 1, "其次": 2, "再次": 3, "最后": 0}


class Mark(NamedTuple):
    """Something that looks like a marker, at ``start:end`` of the text."""

    start: int
    end: int
    at: str  # what it follows: "\n", the end of a sentence, ",", " ", or "" for a word
    kind: str
    value: int  # 0 for 最后, which follows whatever number came before
    line: int
    doubtful: bool  # may be plain words (首先要看到, 一、二审): needs its list

    @property
    def inline(self) -> bool:
        """Does it enumerate inside a paragraph (一是, 第一,) rather than number a title?"""
        return _RANK[self.kind] >= _INLINE


def _find_marks(folded: str) -> list[Mark]:
    """All that looks like a marker in a half-width text, in order, without contents pages and
    attachment lists."""
    marks, line, counted, shifted = [], 0, 0, "\n" + folded
    for match in _MARK.finditer(shifted):
        kind = str(match.lastgroup)
        start, end = match.span(kind)
        blank = match["at"].isspace() and match["at"] != "\n"
        at, gap = " " if blank else match["at"][0], start - match.end("at") + blank
        if gap > 1 and kind in _TITLES:
            at = "\n"  # as wide as an indent: a text whose line breaks were lost
        comma = kind == "han" and shifted[end - 1] == ","  # 一,加强领导: only where a line starts
        if comma and at != "\n":
            continue
        line += shifted.count("\n", counted, start)
        counted = start
        doubtful = comma or kind == "order" or bool(_PAIR.match(shifted, end))
        marks.append(Mark(start - 1, end - 1, at, kind, _value(match[kind]), line, doubtful))
    line, counted = 0, 0
    for match in _GLUED.finditer(folded):
        line += folded.count("\n", counted, match.start())
        counted = match.start()
        marks.append(Mark(*match.span(), "", "paren_han", 1, line, doubtful=False))
    marks.sort()
    return _without_attachments(_without_contents(marks, folded), folded)


def read_marker(folded: str) -> tuple[str, int]:
    """Kind and number of the marker that the text starts with."""
    match = _MARK.match("\n" + folded)
    return (str(match.lastgroup), _value(match[str(match.lastgroup)])) if match else ("", 0)


def _value(marker: str) -> int:
    numeral = _NUMERAL.search(marker)
    return _ORDER.get(numeral[0]) or number_of(numeral[0]) or 0 if numeral else 0


_CONTENTS = re.compile(rf"^{SPACE}*目{SPACE}*[录次]{SPACE}*$", re.MULTILINE)
_LEADER = " \t.·…(-"  # between an entry and its page number
_LEADS = re.compile(r"[.·…]{2}|[ \t]{2}|\t")
_ATTACHMENT = re.compile(rf"^{SPACE}*附{SPACE}?件{SPACE}?[0-9]*{SPACE}?:", re.MULTILINE)


def _without_contents(marks: list[Mark], folded: str) -> list[Mark]:
    """Leave out lines that end in a page number, and what stands between the word 目录 and where
    its first entry comes again."""
    contents = _CONTENTS.search(folded)
    first = next((mark for mark in marks if contents and mark.start > contents.end()), None)
    if contents and first:
        entry = re.escape(_entry(_line(folded, first.start)).rstrip())
        again = re.compile(rf"^{SPACE}*(?={entry})", re.MULTILINE).search(folded, first.end)
        if again:
            marks = [m for m in marks if not contents.end() < m.start < again.end()]
    return [m for m in marks if m.at != "\n" or (line := _line(folded, m.start)) == _entry(line)]


def _entry(line: str) -> str:
    """A line of a table of contents without its page number; another line as it is."""
    numbered = line.rstrip(" )-")
    led = numbered.rstrip("0123456789")
    entry = led.rstrip(_LEADER)
    paged = 0 < len(numbered) - len(led) <= 3 and _LEADS.search(led, len(entry))
    return entry if paged else line


def _line(folded: str, start: int) -> str:
    end = folded.find("\n", start)
    return folded[start : end if end >= 0 else len(folded)]


def _without_attachments(marks: list[Mark], folded: str) -> list[Mark]:
    """Leave out what is numbered after an "附件:" line that follows the last main division."""
    top = min((_RANK[mark.kind] for mark in marks if mark.at == "\n"), default=0)
    last = max((mark.start for mark in marks if _RANK[mark.kind] == top), default=0)
    note = _ATTACHMENT.search(folded, last)
    return [mark for mark in marks if note is None or mark.start < note.start()]


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
    marks = _find_marks(folded)
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
        if not _is_division(mark, sibling, following):
            continue
        if sibling and not mark.value:
            mark = mark._replace(value=sibling.value + 1)
        restarts = sibling is not None and mark.value == 1
        cut = _lead_in(folded, divisions[-1].mark, mark) if restarts else mark.start
        if depth is None:
            depth = len(path)
            while depth and _outranks(mark, path[depth - 1], nested):
                depth -= 1
        for closed in path[depth:]:
            closed.end = cut
        del path[depth:]
        nested.update((outer.mark.kind, mark.kind) for outer in path)
        after = following.value if following else -1
        path.append(Division(mark, after, depth + 1, len(folded)))
        divisions.append(path[-1])
    return divisions


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


def _is_division(mark: Mark, sibling: Mark | None, following: Mark | None) -> bool:
    """Is this a division, given the open one of its kind and the next mark of its kind?

    At the start of a line all are that can't be plain words. Inside a line a marker starts a list
    at 1 or continues an open one.
    """
    continues = sibling is not None and mark.value in (sibling.value + 1, 0)
    starts = mark.value == 1 and following is not None and following.value in (2, 0)
    listed = continues or starts
    same_line = sibling is not None and sibling.line == mark.line
    if mark.at == "\n":
        return listed or not mark.doubtful
    if mark.at == "":
        return starts and following is not None and following.at not in ("", ",")
    if mark.at == ",":
        # Commas alone divide no list, but a list may begin at one or go on at one.
        begins = starts and following is not None and following.at in tuple("。!?;")
        same_line |= begins and following is not None and following.line == mark.line
        return mark.kind == "talk" and (begins or continues) and same_line
    if mark.at != " " and mark.kind == "talk":
        return mark.value == 1 or continues or same_line
    return listed and mark.kind != "chapter"


def _outranks(mark: Mark, top: Division, nested: set[tuple[str, str]]) -> bool:
    """Does the mark stand above the innermost open division, whose list may go on after it?"""
    outer = top.mark
    if outer.inline and mark.inline and outer.line == mark.line:
        return False  # 一是…。二是…。首先…: the paragraph is still about its last item
    if top.after in (outer.value + 1, 0) or (outer.kind, mark.kind) in nested:
        return False
    return (mark.kind, outer.kind) in nested or _RANK[mark.kind] < _RANK[outer.kind]


def _lead_in(folded: str, last: Mark, mark: Mark) -> int:
    """Where the line or sentence before a list that starts again begins, if it is not itself part
    of the last item: it leads in to the list and belongs to the division above."""
    between = folded[last.end : mark.start].rstrip()
    ends = "\n" if mark.at == "\n" else "。!?;\n"
    begin = max(between.rfind(char, 0, -1) for char in ends) + 1
    lead = between[begin:]
    return last.end + begin + len(lead) - len(lead.lstrip()) if begin else mark.start
