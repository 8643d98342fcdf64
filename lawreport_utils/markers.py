"""Markers of numbered divisions: what they look like, where they may stand, what they count.

A mark is a candidate. ``structure`` decides which marks are divisions.
"""

import re
from typing import NamedTuple

# Kinds of marker, the outer ones first as in GB/T 9704: used only where a report's own nesting
# doesn't tell. From INLINE on they enumerate inside paragraphs rather than number titles.
_KINDS = ("chapter", "han", "paren_han", "digit", "paren_digit", "half_paren", "circled",
          "ordinal", "order", "talk", "other")  # fmt: skip
RANK = {kind: rank for rank, kind in enumerate(_KINDS)}
INLINE = RANK["ordinal"]
TITLE = RANK["paren_han"]

_HAN = "一二三四五六七八九"
_N = f"(?:[{_HAN}]?十[{_HAN}]?|[{_HAN}])"
_D = "(?:0[1-9]|[1-9][0-9]?)"
SPACE = r"[ \t\u2000-\u200b\ufeff\x0b\x0c\r]"
_MARK = re.compile(
    # A marker stands where a line, a sentence, a clause or a flattened line starts.
    rf"(?P<at>\n|[。!?;:][”’\"')》]?|,|(?<![ \n]) ){SPACE}*"
    rf"(?:(?P<han>{_N}{SPACE}?[、.])(?!{_N}[、季审级类期线产])"
    rf"|(?P<paren_han>[(〔\[【]{SPACE}?{_N}{SPACE}?[)〕\]】]|[㈠-㈩])"
    rf"|(?P<digit>{_D}{SPACE}?[.、](?:(?!\d)|(?=20\d\d年))|[⒈-⒛])"
    rf"|(?P<paren_digit>\({SPACE}?{_D}{SPACE}?\)|[⑴-⒇])"
    rf"|(?P<half_paren>{_D}\))"
    rf"|(?P<circled>[①-⑳])"
    rf"|(?P<talk>(?P<n>{_N})(?:是(?!(?P=n)[,、;。”])|要(?![素点求闻件])))"
    rf"|(?P<chapter>第{_N}(?:章|节|部分|篇)(?![是的为,、]))"
    rf"|(?P<ordinal>第{_N}[,、:](?!第|{_N}))"
    rf"|(?P<order>(?:首先|其次|再次)(?=[,:是要])|最后(?=[,:]))"
    rf"|(?P<other>其{_N}(?=[,:是])))",
    re.ASCII,
)
_NUMERAL = re.compile(rf"{_N}|[0-9]+|[①-⒛㈠-㈩]|首先|其次|再次|最后")
_DIGITS = ("", *_HAN)
_HAN_NUMERALS = tuple(
    f"{_DIGITS[n // 10] if n > 19 else ''}{'十' if n > 9 else ''}{_DIGITS[n % 10]}"
    for n in range(100)
)
_ORDER = ("首先", "其次", "再次", "最后")
_GLYPHS = {"①": 20, "⑴": 20, "⒈": 20, "㈠": 10}  # the first of each series and how many there are
_VALUE = (
    {numeral: n for n, numeral in enumerate(_HAN_NUMERALS)}
    | {f"{n:0{width}}": n for n in range(100) for width in (1, 2)}
    | {chr(ord(first) + n): n + 1 for first, many in _GLYPHS.items() for n in range(many)}
    | {"首先": 1, "其次": 2, "再次": 3, "最后": 0}
)


class Mark(NamedTuple):
    """Something that looks like a marker, at ``start:end`` of the text."""

    start: int
    end: int
    at: str  # what it follows: "\n", the end of a sentence, "," or " "
    kind: str
    value: int  # 0 for 最后, which follows whatever number came before
    line: int


def find_marks(folded: str) -> list[Mark]:
    """All that looks like a marker, in order, without the contents page and the attachments."""
    marks, line, counted, shifted = [], 0, 0, "\n" + folded
    for match in _MARK.finditer(shifted):
        kind = match.lastgroup or ""
        start, end = match.start(kind) - 1, match.end(kind) - 1
        line += folded.count("\n", counted, start)
        counted = start
        marks.append(Mark(start, end, match["at"][0], kind, _VALUE[_numeral(match[kind])], line))
    return _without_attachments(_without_contents(marks, folded), folded)


def _numeral(marker: str) -> str:
    found = _NUMERAL.search(marker)
    return found[0] if found else "最后"


def read_marker(folded: str, start: int) -> tuple[str, int]:
    """Kind and number of the division that starts here."""
    match = _MARK.match("\n" + folded[start : start + _LONGEST])
    kind = (match and match.lastgroup) or ""
    return kind, _VALUE[_numeral(match[kind])] if match else 0


def renumber(folded_marker: str, number: int) -> str:
    """The marker with another number in the same style.

    >>> [renumber(marker, 3) for marker in ("一、", "(2)", "①", "二是", "首先")]
    ['三、', '(3)', '③', '三是', '再次']
    """
    numeral = _numeral(folded_marker)
    if numeral.isascii():
        other = str(number)
    elif numeral in _ORDER:
        other = _ORDER[min(number, 4) - 1]
    elif numeral in _HAN_NUMERALS:
        other = _HAN_NUMERALS[number % 100]
    else:
        other = chr(ord(numeral) + number - _VALUE[numeral])
    return folded_marker.replace(numeral, other)


_CONTENTS = re.compile(rf"^{SPACE}*目{SPACE}*[录次]{SPACE}*$", re.MULTILINE)
_PAGE = re.compile(r"(?:[.·…]{2,}|[ \t]{2,}|\t)[ .·…]*\d{1,3} *$")
_LONGEST = 24  # characters of a marker and what must or must not follow it
_ATTACHMENT = re.compile(rf"^{SPACE}*附{SPACE}?件{SPACE}?\d{{0,2}}{SPACE}?:", re.MULTILINE)


def _without_contents(marks: list[Mark], folded: str) -> list[Mark]:
    """Leave out the entries of a contents page: those up to where the first one comes again, and
    any line that ends in a page number."""
    contents = _CONTENTS.search(folded)
    first = next((mark for mark in marks if contents and mark.start > contents.end()), None)
    if contents and first:
        end = _line_end(folded, first.start)
        entry = _PAGE.sub("", folded[first.start : end]).rstrip()
        again = re.compile(rf"^{SPACE}*{re.escape(entry)}", re.MULTILINE).search(folded, end)
        if again:
            body = again.end() - len(entry)
            marks = [m for m in marks if not contents.end() < m.start < body]
    return [m for m in marks if m.at != "\n" or not _page_number(folded, m.start)]


def _without_attachments(marks: list[Mark], folded: str) -> list[Mark]:
    """Leave out what is numbered after a last "附件:" line, unless the report goes on after it."""
    notes = [match.start() for match in _ATTACHMENT.finditer(folded)]
    if not notes or not marks:
        return marks
    outer = min((m.kind for m in marks if m.at == "\n"), key=RANK.__getitem__, default="")
    if any(m.start > notes[-1] and m.at == "\n" and m.kind == outer for m in marks):
        return marks
    return [m for m in marks if m.start < notes[-1]]


def _line_end(folded: str, start: int) -> int:
    end = folded.find("\n", start)
    return len(folded) if end < 0 else end


def _page_number(folded: str, start: int) -> bool:
    end = _line_end(folded, start)
    return bool(_PAGE.search(folded, max(start, end - 40), end))
