"""Text to Report: numbered divisions with their positions, sentences, plans, numbering checks.

The numbering follows GB/T 9704—2012 (一、 (一) 1. (1)) and what reports add to it in practice
(1、 ① 一是 第一, 首先 其一). Which kind stands below which isn't fixed: each report shows it.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

import pandas as pd

from .errors import ReportError
from .lexicon import load
from .markers import INLINE, RANK, SPACE, TITLE, Mark, find_marks, read_marker, renumber
from .metadata import read_metadata
from .model import FOLD, Report, Section


def parse_report(text: str) -> Report:
    """Find the metadata and the numbered divisions of a report.

    Line endings become ``\\n`` and a byte order mark goes; nothing else in the text changes. Text
    without numbered divisions is one section, and ``Report.warnings`` says so.

    Raises ReportError if the text has no content.

    >>> report = parse_report("某局2024年法治政府建设年度报告\\n一、举措\\n(一)学习。一是学;二是做。")
    >>> report.agency, report.year
    ('某局', 2024)
    >>> [(division.number, division.marker, division.heading) for division in report.sections[1:]]
    [('1', '一、', '举措'), ('1.1', '(一)', '学习'), ('1.1.1', '一是', '学'), ('1.1.2', '二是', '做')]
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not any(char.isprintable() and not char.isspace() for char in text):
        raise ReportError("<text>", "the text has no content", "give the text of a report")
    folded = text.translate(FOLD)
    sections = tuple(_sections(text, folded, _divisions(find_marks(folded), folded)))
    head = sections[0].end if sections[0].level == 0 else 0
    warnings = () if len(sections) > 1 or sections[0].level else (_NO_DIVISION,)
    meta = read_metadata(text, folded, head)
    return Report(*meta, text=text, sections=sections, warnings=warnings)


_NO_DIVISION = (
    "No numbered division (一、 (一) 1. 一是 …) was found: the text is read as one section."
)


class _Division(NamedTuple):
    mark: Mark
    level: int
    cut: int  # the divisions before it end here: at the marker, or at the lead-in before it


def _divisions(marks: list[Mark], folded: str) -> list[_Division]:
    """Tell divisions from look-alikes, and find the depth of each.

    A kind of marker that is open continues its list. Another kind stands below the innermost open
    one, unless that list is over and the report (or, where the report is silent, GB/T 9704) puts
    the new kind above it.
    """
    following = _following(marks)
    titled = next((m.start for m in marks if m.at == "\n" and RANK[m.kind] <= TITLE), 0)
    divisions: list[_Division] = []
    path: list[tuple[Mark, int]] = []  # the open divisions, each with the number that follows
    nested: set[tuple[str, str]] = set()  # (outer kind, inner kind) as seen in this report
    for mark, after in zip(marks, following, strict=True):
        if mark.start < titled and RANK[mark.kind] >= INLINE:
            continue  # a list in the preamble, before the first numbered title
        depth = next((d for d, (m, _) in enumerate(path) if m.kind == mark.kind), -1)
        sibling = path[depth][0] if depth >= 0 else None
        if not _is_division(mark, sibling, after):
            continue
        cut = mark.start
        if sibling and not mark.value:
            mark = mark._replace(value=sibling.value + 1)
        if sibling and mark.value == 1:
            cut = _lead_in(folded, divisions[-1].mark, mark)
        if depth < 0:
            depth = len(path)
            while depth and _outranks(mark, *path[depth - 1], nested):
                depth -= 1
        del path[depth:]
        nested.update((outer.kind, mark.kind) for outer, _ in path)
        path.append((mark, after))
        divisions.append(_Division(mark, len(path), cut))
    return divisions


def _following(marks: list[Mark]) -> list[int]:
    """For each mark the number on the next mark of its kind, -1 for none."""
    later: dict[str, int] = {}
    numbers = []
    for mark in reversed(marks):
        numbers.append(later.get(mark.kind, -1))
        later[mark.kind] = mark.value
    return numbers[::-1]


def _is_division(mark: Mark, sibling: Mark | None, after: int) -> bool:
    """Is this a division, given the open one of its kind and the number that follows?

    At the start of a line all are, but 首先 and the like, which must be the start or the
    continuation of a list. Inside a line a marker starts a list at 1 or continues an open one.
    """
    continues = sibling is not None and mark.value in (sibling.value + 1, 0)
    starts = mark.value == 1 and after in (2, 0)
    if mark.at == "\n":
        return mark.kind != "order" or continues or starts
    if mark.at == ",":  # 一是…,二是…: only what is plainly the next item of the same paragraph
        return (
            mark.kind == "talk" and continues and sibling is not None and sibling.line == mark.line
        )
    if mark.at != " " and mark.kind == "talk":
        return mark.value == 1 or (sibling is not None and (continues or sibling.line == mark.line))
    return mark.kind != "chapter" and (continues or starts)


def _outranks(mark: Mark, top: Mark, after: int, nested: set[tuple[str, str]]) -> bool:
    """Does the mark stand above the innermost open division, whose list may go on after it?"""
    if after in (top.value + 1, 0) or (top.kind, mark.kind) in nested:
        return False
    return (mark.kind, top.kind) in nested or RANK[mark.kind] < RANK[top.kind]


def _lead_in(folded: str, last: Mark, mark: Mark) -> int:
    """Where the lead-in before a list that starts again begins; its marker if there is none."""
    body = folded[last.end : mark.start].rstrip()
    if mark.at == "\n":
        begin = body.rfind("\n") + 1
    else:
        begin = max(body.rfind(char, 0, -1) for char in "。!?;\n") + 1
    if not begin:
        return mark.start
    return last.end + begin + len(body[begin:]) - len(body[begin:].lstrip())


def _sections(text: str, folded: str, divisions: list[_Division]) -> Iterator[Section]:
    ends = _ends(divisions, folded)
    first = divisions[0].mark.start if divisions else len(text)
    if first:
        yield Section("", 0, "", "", 0, first)
    path: list[Section] = []
    counts: list[int] = []
    following = [division.mark.start for division in divisions[1:]] + [len(text)]
    for (mark, level, _), end, limit in zip(divisions, ends, following, strict=True):
        del path[level - 1 :], counts[level:]
        counts += [0] * (level - len(counts))
        counts[-1] += 1
        begin, stop = _heading(folded, mark, min(end, limit))
        parent = path[-1] if path else None
        path.append(
            Section(
                number=".".join(map(str, counts)),
                level=level,
                marker=text[mark.start : mark.end],
                heading=text[begin:stop],
                start=mark.start,
                end=end,
                parent=parent,
            )
        )
        yield path[-1]


def _ends(divisions: list[_Division], folded: str) -> list[int]:
    """Each division ends where the next of the same or a higher level cuts it off; an enumerated
    one already at a paragraph that turns to the future or closes the report."""
    turns = [match.start("turn") for match in _turn().finditer(folded)]
    ends = [len(folded)] * len(divisions)
    path: list[int] = []
    for i, (_, level, cut) in enumerate(divisions):
        for closed in path[level - 1 :]:
            ends[closed] = cut
        del path[level - 1 :]
        path.append(i)
    for i, division in enumerate(divisions):
        if RANK[division.mark.kind] >= INLINE:
            turn = bisect_left(turns, division.mark.start)
            if turn < len(turns):
                ends[i] = min(ends[i], turns[turn])
    return ends


@cache
def _turn() -> re.Pattern[str]:
    """A paragraph that no enumerated item contains: a turn to the future, a closing formula."""
    words = load.table("structure")
    turns = [word for word in words["plans"]["lead"] if "{" not in word] + words["closing"][
        "formula"
    ]
    return re.compile(rf"^{SPACE}*(?P<turn>{'|'.join(turns)})", re.MULTILINE)


_TITLE_END = re.compile(r"[。!?\n]")
_AFTER_MARKER = re.compile(rf"(?:{SPACE}|[、,.:])*(?:\n\s*)?")
_CLAUSE = re.compile(r"[^。!?\n]{6,}?(?=[,;:])")
_LONG_SENTENCE = 60  # a longer topic sentence says more than its topic: its first clause serves


def _heading(folded: str, mark: Mark, limit: int) -> tuple[int, int]:
    """Span of the title line, or of the topic sentence of an item that runs on."""
    match = _AFTER_MARKER.match(folded, mark.end, limit)
    begin = match.end() if match else mark.end
    found = _TITLE_END.search(folded, begin, limit)
    stop = found.start() if found else limit
    stop = begin + len(folded[begin:stop].rstrip(" \t,;:、"))
    sentence = (found and found[0] != "\n") or folded[stop : stop + 1] in tuple(",;:、")
    if sentence and stop - begin > _LONG_SENTENCE:
        clause = _CLAUSE.match(folded, begin, stop)
        stop = clause.end() if clause else stop
    return begin, stop


def outline(report: Report) -> pd.DataFrame:
    """The divisions of a report in text order.

    Columns: ``number`` (path by order, "3.1.2"; "" for the text before the first division),
    ``level`` (depth, 1 for the top, 0 for the text before), ``marker`` as printed, ``heading``,
    ``chars`` (length in characters, with all that is below), ``start`` and ``end`` (positions in
    ``report.text``; the division starts at its marker).

    >>> outline(parse_report("一、学习\\n二、执法"))[["number", "marker", "heading", "chars"]]
      number marker heading  chars
    0      1     一、      学习      5
    1      2     二、      执法      4
    """
    rows = [
        (s.number, s.level, s.marker, s.heading, s.end - s.start, s.start, s.end)
        for s in report.sections
        if s.level or report.text[s.start : s.end].strip()
    ]
    return _table(rows, number="str", level="int64", marker="str", heading="str", chars="int64",
                  start="int64", end="int64")  # fmt: skip


_SENTENCE = re.compile(r"[^\s。!?][^。!?\n]*[。!?]*[”’\"'」』)》]*")


def sentence_spans(report: Report) -> Iterator[tuple[str, int, int]]:
    """Number of the division, start and end of each sentence, in text order.

    A sentence ends at 。 ! ? with the closing quotes and brackets after it, at a line break, and
    where a division starts.
    """
    for section, start, end in report.leaves:
        for match in _SENTENCE.finditer(report.folded, start, end):
            yield section.number, match.start(), match.start() + len(match[0].rstrip())


def sentences(report: Report) -> pd.DataFrame:
    """The sentences of a report in text order, title and metadata lines included.

    Columns: ``number`` (of the innermost division), ``sentence``, ``start``, ``end``.

    >>> sentences(parse_report("一、学习。会议3次!\\n二、执法"))["sentence"].tolist()
    ['一、学习。', '会议3次!', '二、执法']
    """
    rows = [(number, report.text[a:b], a, b) for number, a, b in sentence_spans(report)]
    return _table(rows, number="str", sentence="str", start="int64", end="int64")


def check_numbering(report: Report) -> pd.DataFrame:
    """Where the printed numbers don't follow one another. Nothing here is an error by itself.

    Columns: ``number``, ``marker``, ``issue``, ``expected`` (the marker that was due), ``start``,
    ``end`` (of the marker). Issues: "gap" (numbers left out), "repeat" (the same number again),
    "restart" (from 1 again below the same division), "backward" (a lower number), "continued" (goes
    on from the list of an earlier division), "late start" (a first item other than 1).

    >>> report = parse_report("一、学习\\n三、执法\\n三、普法")
    >>> check_numbering(report)[["number", "marker", "issue", "expected"]]
      number marker   issue expected
    0      2     三、     gap       二、
    1      3     三、  repeat       四、
    """
    last: dict[tuple[str, str], int] = {}  # (number of the parent, kind) -> last number
    anywhere: dict[str, int] = {}  # kind -> last number in the report
    rows = []
    for section in report.sections:
        if not section.level:
            continue
        kind, value = read_marker(report.folded, section.start)
        key = (section.parent.number if section.parent else "", kind)
        before = last.get(key, 0)
        value = value or before + 1
        issue = _issue(value, before, anywhere.get(kind, 0))
        if issue:
            expected = renumber(section.marker, before + 1)
            end = section.start + len(section.marker)
            rows.append((section.number, section.marker, issue, expected, section.start, end))
        last[key] = anywhere[kind] = value
    return _table(rows, number="str", marker="str", issue="str", expected="str", start="int64",
                  end="int64")  # fmt: skip


def _issue(value: int, before: int, anywhere: int) -> str:
    if value == before + 1:
        return ""
    if not before:
        return "continued" if value == anywhere + 1 else "late start"
    if value == before:
        return "repeat"
    if value == 1:
        return "restart"
    return "gap" if value > before else "backward"


def plan_spans(report: Report) -> list[tuple[int, int]]:
    """The stretches of text that state plans for the future, in order, without overlap.

    A division is a plan when its heading says so (下一步, 今后, …打算, 2025年…安排); if the heading
    names what lies behind as well (存在不足和下一步安排), and otherwise, the plan starts at a
    sentence that turns to the future (下一步, 今后, 接下来, 2025年 in a report on 2024) and runs to
    the end of the division it stands in. The wording is in ``lexicon/structure.toml``.
    """
    next_year = str(report.year + 1) if report.year else "(?!)"
    heading, done, mixed, lead = (_plan_words(key, next_year) for key in _PLAN_KEYS)
    spans: list[tuple[int, int]] = []
    for section in report.sections:
        title = section.heading.translate(FOLD)
        if heading.search(title) and not done.search(title) and not mixed.search(title):
            spans.append((section.start, section.end))
    for section, start, end in report.leaves:
        turn = lead.search(report.folded, start, end)
        if turn:
            spans.append((turn.start("lead"), section.end))
    return _merged(spans)


_PLAN_KEYS = ("heading", "done", "mixed", "lead")


@cache
def _plan_words(key: str, next_year: str) -> re.Pattern[str]:
    """The alternatives of a lexicon entry; a lead must stand at the start of a sentence."""
    words = "|".join(load.table("structure")["plans"][key]).replace("{next_year}", next_year)
    return re.compile(
        rf"(?:^|(?<=[。!?;])){SPACE}*(?P<lead>{words})" if key == "lead" else words, re.M
    )


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _table(rows: list[tuple[Any, ...]], **dtypes: str) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(dtypes)).astype(dtypes)
