"""A copy of a Word report with a comment at each place that a question is about."""

import os
from bisect import bisect_right
from collections.abc import Iterator
from copy import deepcopy
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from ..characters import clean, fold
from ..errors import ReportError
from ..model import Report

_AUTHOR, _INITIALS = "lawreport", "LR"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
# What isn't read, and boxes, in which Word allows no comments.
_APART = {f"{_W}{name}" for name in ("del", "moveFrom", "drawing", "pict", "object", "rt")}
_SAVE_ANEW = "open it in Word or WPS, save it anew as .docx, and give that"


class _Char(NamedTuple):
    """A character of the document: its run, the element in it, and its place in that."""

    run: Any
    node: Any
    offset: int


def write_comments(
    report: Report,
    findings: pd.DataFrame,
    source: str | os.PathLike[str],
    path: str | os.PathLike[str],
    *,
    language: str = "zh",
) -> int:
    """Copy the Word document that a report was read from, with the questions as comments.

    ``findings`` are those of ``check_report(report)``. Each place of a finding gets its question;
    one without a place stands at the title. Text and formatting stay as they are: runs are split
    where a place begins or ends. What Word numbers by itself isn't in the text of the document, and
    a text box can hold no comment: the place is then the line, or what stands before the box.
    Returns how many comments were written. The question is in Chinese ("zh") or English ("en").

    Raises ReportError if the source is no .docx that can be written again or isn't the report's.
    """
    if language not in ("zh", "en"):
        raise ValueError(f"language must be zh or en, not {language!r}")
    document = _opened(source)
    questions = list(_questions(report, findings, f"question_{language}"))
    chars = _aligned(document.element.body, report)
    if not chars:
        raise ReportError(source, "its text isn't that of the report", "give the file itself")
    places = [_place(report, chars, start, end) for start, end, _ in questions]
    for cut in sorted(set(chain.from_iterable(places)), reverse=True):
        if cut in chars:
            _split(chars[cut])
    chars = _aligned(document.element.body, report)  # the runs are others now
    known = sorted(chars)
    for (start, end), (_, _, question) in zip(places, questions, strict=True):
        last = known[bisect_right(known, end - 1) - 1]
        runs = [_run(chars[start], document), _run(chars[last], document)]
        document.add_comment(runs, question, author=_AUTHOR, initials=_INITIALS)
    _save(document, Path(path))
    return len(questions)


def _save(document: Any, path: Path) -> None:
    """Write the file whole or not at all."""
    unfinished = path.with_name(f".{path.name}.part")
    try:
        document.save(os.fspath(unfinished))
        unfinished.replace(path)
    except OSError as error:
        problem = f"the file can't be written ({error.strerror})"
        raise ReportError(path, problem, "check its folder, and close it in Word") from error
    finally:
        unfinished.unlink(missing_ok=True)


def _opened(source: str | os.PathLike[str]) -> Any:
    try:
        from docx import Document
    except ImportError as error:
        remedy = 'run: pip install "lawreport-utils[formats]"'
        raise ReportError(source, "comments need python-docx", remedy) from error
    try:
        return Document(os.fspath(source))
    except Exception as error:  # python-docx raises what it comes upon: KeyError, ValueError …
        raise ReportError(source, "no comments can be written into it", _SAVE_ANEW) from error


def _questions(
    report: Report, findings: pd.DataFrame, column: str
) -> Iterator[tuple[int, int, str]]:
    """Start and end of each place, and the question about it."""
    title = max(report.text.find(report.title), 0)
    for row in findings.to_dict("records"):
        ends = (("start", "end"), ("other_start", "other_end"))
        places = [(int(row[a]), int(row[b])) for a, b in ends if not pd.isna(row[a])]
        for start, end in places or [(title, title + max(len(report.title), 1))]:
            yield start, end, row[column]


def _aligned(body: Any, report: Report) -> dict[int, _Char]:
    """The characters of the document by their positions in the text of the report.

    Blanks aside, so that breaks and indents that were read otherwise don't matter.
    """
    positions = [i for i, char in enumerate(report.folded) if not char.isspace()]
    text = "".join(report.folded[i] for i in positions)
    chars, reached = dict[int, _Char](), 0
    for paragraph in body.iter(f"{_W}p"):
        found = [(sign, char) for sign, char in _chars(paragraph) if not fold(sign).isspace()]
        words = fold("".join(sign for sign, _ in found))
        at = text.find(words, reached) if words else -1
        if at >= 0:
            reached = at + len(words)
            chars |= zip(positions[at:reached], (char for _, char in found), strict=True)
    return chars


def _chars(paragraph: Any) -> Iterator[tuple[str, _Char]]:
    """What is read of a paragraph, sign by sign."""
    todo = list(reversed(paragraph))
    while todo:
        node = todo.pop()
        if node.tag == f"{_W}r" and not _hidden(node):
            for child in node:
                text = child.text if child.tag == f"{_W}t" else _SIGNS.get(child.tag)
                for offset, sign in enumerate(text or ""):
                    if clean(sign):
                        yield sign, _Char(node, child, offset)
        elif node.tag not in _APART and node.tag != f"{_W}r":
            todo.extend(reversed(node))


def _hidden(run: Any) -> bool:
    vanish = run.find(f"{_W}rPr/{_W}vanish")
    return vanish is not None and vanish.get(f"{_W}val", "1") not in ("0", "false")


def _place(report: Report, chars: dict[int, _Char], start: int, end: int) -> tuple[int, int]:
    """Where a comment can stand: the place itself, else its line, else what comes before."""
    line = report.text.find("\n", end)
    line = line if line >= 0 else len(report.text)
    for stretch in (range(start, end), range(end, line), range(start, -1, -1)):
        if inside := [i for i in stretch if i in chars]:
            return min(inside[0], inside[-1]), max(inside[0], inside[-1]) + 1
    first = min(chars)
    return first, first + 1


def _split(char: _Char) -> None:
    """Part a run before a character; what comes before keeps its elements."""
    run, node, offset = char
    before = [child for child in run[: run.index(node)] if child.tag != f"{_W}rPr"]
    if not before and not offset:
        return
    right = deepcopy(run)
    for child in right[: run.index(node)]:
        if child.tag != f"{_W}rPr":
            right.remove(child)
    for child in run[run.index(node) + 1 :]:
        run.remove(child)
    if node.tag == f"{_W}t" and offset:
        twin = next(child for child in right if child.tag != f"{_W}rPr")
        node.text, twin.text = node.text[:offset], node.text[offset:]
        for text in (node, twin):
            text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    else:
        run.remove(node)
    run.addnext(right)


def _run(char: _Char, document: Any) -> Any:
    from docx.text.run import Run

    return Run(char.run, document)
