"""Lines that were cut at the width of a page or screen, made paragraphs again.

Text copied from a PDF, written by ``pdftotext`` or by a converter has a break after every so many
characters. Read as it is, headings and figures end at the break: 案⏎件112件.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from textwrap import dedent
from typing import NamedTuple

from .markers import opens_title

_INDENT = re.compile("[ \t\u3000\xa0]")
_ROW = re.compile(r"\S(?:\t|[ \u3000]{2,})")  # of a table, its cells set apart
_LABEL = re.compile(  # or a bullet
    r"[●■◆•◇○□▪➢\ue000-\uf8ff]|附件|目录"
    r"|(?:信息)?(?:来源|日期|时间|发布|索引号|发文)[^，。]{0,6}[：:]"
)
_ITEM = re.compile("(?:[一二三四五六七八九十]{1,3}[是要]|首先|其次|再次|最后|下一步)")
_SENTENCE_END = re.compile(r"[。！？；：!?;:][”’」』）)》]*\s*$")
_PAGE_END = re.compile(r"\n{0,3}\n[ \t]*[-—–－]?[ \t]*\d{1,3}[ \t]*[-—–－]?[ \t]*\n{0,3}\f")


class _Cut(NamedTuple):
    """How lines were cut: so long is a full one, give or take the slack."""

    length: Callable[[str], float]
    limit: float
    slack: float

    def full(self, line: str) -> bool:
        return self.length(line) > self.limit - self.slack


def cut_width(text: str) -> int | None:
    """At how many characters the lines were cut; None where they weren't.

    >>> cut_width("\\n".join(["全年组织学法活动，办理行政复议案"] * 4))
    16
    """
    cut = _cut_of(text)
    return round(cut.limit) if cut else None


def unwrap(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with lines joined that were cut at one width, and a sentence that says so."""
    cut = _cut_of(text)
    if cut is None:
        return text, ()
    lines = _rows(_PAGE_END.sub("\n", text).replace("\n\n\f", "\n").replace("\f", ""))
    joined = "\n".join(_joined(lines, lambda before, after: _flows(before, after, cut)))
    return joined, (_CUT.format(round(cut.limit)),)


def _cut_of(text: str) -> _Cut | None:
    shown = filter(None, map(str.strip, text.split("\n")))
    return None if _percentile(map(len, shown)) > _PARAGRAPH else _find_cut(_rows(text))


def _rows(text: str) -> list[str]:
    """The lines without the margin that all have, and the blank ones where each has one below."""
    lines = dedent(text).split("\n")
    doubled = not any(map(str.strip, lines[1::2])) and any(map(str.strip, lines[2::2]))
    return [line.rstrip() for line in (lines[::2] if doubled else lines)]


_CUT = "The lines look cut at {} characters: those that go on in the next line were joined."


def join_title(text: str) -> str:
    """A title in one line, whatever its soft breaks (U+000B), but for what is numbered anew."""
    return "\v".join(_joined(text.split("\v"), lambda _, after: not _starts(after)))


def join_breaks(paragraphs: Sequence[str]) -> Iterator[str]:
    """The lines of paragraphs, divided by soft breaks (U+000B), that a reader takes for lines.

    A break inside a sentence or a heading only shows where the line ended on somebody's page.
    """
    parted = [text.split("\v") for text in paragraphs]
    cut = _find_cut([line for lines in parted if len(lines) > 1 for line in [*lines, ""]])

    def flows(before: str, after: str) -> bool:
        return _goes_on(before, after) or (cut is not None and _flows(before, after, cut))

    for lines in parted:
        heading = len(lines) == 2 and _is_heading(*lines)
        yield from ["".join(lines)] if heading else _joined(lines, flows)


def _joined(lines: Iterable[str], flows: Callable[[str, str], bool]) -> Iterator[str]:
    """The lines, those joined that flow into the next."""
    parts: list[str] = []
    for line in lines:
        if parts and not flows(parts[-1], line):
            yield "".join(parts)
            parts = []
        word = parts and re.search(r"[A-Za-z,.]$", parts[-1]) and re.match("[A-Za-z]", line)
        parts += [" ", line] if word else [line]
    yield "".join(parts)


def _starts(line: str) -> bool:
    """Does something start here that has a line of its own?"""
    return bool(_INDENT.match(line) or _LABEL.match(line)) or opens_title(line)


def _flows(before: str, after: str, cut: _Cut) -> bool:
    """Does a line go on in the next, among lines that were cut?"""
    if not cut.full(before) or not after or _ROW.search(before) or _ROW.search(after):
        return False
    return not _starts(after) and not (_SENTENCE_END.search(before) and _ITEM.match(after))


def _goes_on(before: str, after: str) -> bool:
    """Does a line go on in the next by its words: mid-sentence, or within brackets?"""
    if not before.strip() or not after.strip() or _starts(after):
        return False
    if re.match(r"[^，。\s]{1,6}[：:]", after):  # a label
        return False
    if re.search(r"[，、,“‘《（(]\s*$", before) or re.match("[，。；、）》”’%％]", after):
        return True
    prose = "。" in before or ("，" in before and not _starts(before))
    return prose and not _SENTENCE_END.search(before) and not before.endswith(("）", ")"))


def _is_heading(first: str, second: str) -> bool:
    """Are these the two lines of a numbered heading, not a heading and what is below it?"""
    numbered = opens_title(first) and not re.search("[。！？；：]", first)
    goes_on = not _starts(second) and not re.search(r"[。！？；：\d]", second)
    return numbered and goes_on and len(second) < _SHORT


_SHORT = 40  # characters of what is left of a heading


def _find_cut(lines: Sequence[str]) -> _Cut | None:
    """How the lines were cut; None where their lengths are those of paragraphs.

    Then many lines are as long as the longest and end within a sentence. The lengths are counted in
    characters, as programs cut, and by the width in print, as pages do.
    """
    shown = [line for line in lines if line.strip()]
    if _percentile(map(len, shown)) > _PARAGRAPH:
        return None
    found = []
    for length, slack in ((len, 0.5), (_width, 2.5)):
        limit = _percentile(map(length, shown))
        cut = _Cut(length, limit, slack)
        full = [
            before
            for before, after in pairwise(lines)
            if before.strip() and _flows(before, after, cut) and length(before) <= limit + slack
        ]
        within = sum(not _SENTENCE_END.search(line) for line in full)
        if (
            _NARROW <= limit <= _WIDE
            and len(full) >= max(_FEW, len(shown) / 5)
            and within >= len(full) / 2
        ):
            found.append((len(full), cut))
    return max(found, key=lambda pair: pair[0])[1] if found else None


def _percentile(lengths: Iterable[float]) -> float:
    """The greatest of lengths but for one in 20: an address may stand out."""
    most = sorted(lengths, reverse=True)
    return most[len(most) // 20] if most else 0


_NARROW, _WIDE = 16, 80  # characters in a line of print
_PARAGRAPH = 160  # and in what is longer than any
_FEW = 3  # so many full lines are no accident


def _width(line: str) -> float:
    return sum(1.0 if char > "\u2e7f" or char in "“”‘’—…·①" else 0.5 for char in line.strip())
