"""Text to Report: numbered divisions with their positions, sentences, plans, numbering checks.

The numbering follows GB/T 9704—2012 (一、 (一) 1. (1)) and what reports add to it in practice
(1、 ① 一是 第一, 首先 其一). Which kind stands below which isn't fixed: each report shows it.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache, lru_cache

import pandas as pd

from .agency import find_sign_off
from .arguments import need_report
from .characters import clean, fold
from .divisions import Division, find_divisions
from .errors import ReportError
from .lexicon import load
from .markers import SPACE, Mark, read_marker
from .metadata import read_metadata
from .model import Report, Section
from .tables import table
from .wrapped import cut_width


def parse_report(text: str) -> Report:
    """Find the metadata and the numbered divisions of a report.

    Line ends become ``\\n`` and characters that nobody sees go (marks of byte order, zero-width
    spaces); nothing else in the text changes. Text without numbered divisions is one section, and
    ``Report.warnings`` says so, and where lines look cut at the width of a page.

    Raises ReportError if the text has no content.

    >>> report = parse_report("某局2024年法治建设年度报告\\n一、举措\\n(一)学习。一是学;二是做")
    >>> report.agency, report.year
    ('某局', 2024)
    >>> [(part.number, part.marker, part.heading) for part in report.sections[1:]]
    [('1', '一、', '举措'), ('1.1', '(一)', '学习'),
     ('1.1.1', '一是', '学'), ('1.1.2', '二是', '做')]
    """
    if not isinstance(text, str):
        kind = type(text).__name__
        raise TypeError(f"parse_report takes the text of a report, not a {kind}; see read_report")
    text = clean(text)
    if not any(char.isprintable() and not char.isspace() for char in text):
        raise ReportError("<text>", "the text has no content", "give the text of a report")
    folded = fold(text)
    sections = tuple(_sections(text, folded))
    head = sections[0].end if sections[0].level == 0 else 0
    numbered = len(sections) > 1 or sections[0].level
    meta = read_metadata(text, folded, head, sections[-1].start)
    title, agency, year, source, published, doubts = meta
    width = cut_width(text)
    cut = (_CUT.format(width),) if width else ()
    warnings = (*doubts, *cut, *(() if numbered else (_NO_DIVISION,)))
    report = Report(title, agency, year, source, published, text, sections, warnings)
    vars(report)["folded"] = folded  # what its property would find
    return report


_CUT = (
    "The lines look cut at {} characters: headings and figures may end there. Put the text into a "
    "file: read_report joins such lines."
)
_NO_DIVISION = (
    "No numbered division (一、 (一) 1. 一是 …) was found: the text is read as one section."
)


def _sections(text: str, folded: str) -> Iterator[Section]:
    divisions = find_divisions(folded)
    limits = [*(division.mark.start for division in divisions), len(text)]
    if limits[0]:
        yield Section("", 0, "", "", 0, limits[0])
    closing = find_sign_off(folded, limits[-2] if divisions else 0)
    breaks = _breaks(folded, limits)
    path: list[tuple[int, Section]] = []
    counts: list[int] = []
    ends = _next_outer(divisions, len(text))
    for division, limit, outer in zip(divisions, limits[1:], ends, strict=True):
        mark, end = division.mark, division.end
        if mark.inline:
            end = min(end, breaks[bisect_left(breaks, mark.start)])
        while path and (
            path[-1][0] >= division.level or (len(path) > 1 and path[-1][1].end <= mark.start)
        ):
            path.pop()  # not above this division, or ended by a turn before it
        if not path:  # nothing above it could hold what follows
            end = outer
        elif closing:
            end = min(end, closing.start)
        del counts[len(path) + 1 :]
        counts += [0] * (len(path) + 1 - len(counts))
        counts[-1] += 1
        begin, stop = _heading(folded, mark, min(end, limit))
        section = Section(
            number=".".join(map(str, counts)),
            level=len(counts),
            marker=text[mark.start : mark.end],
            heading=text[begin:stop],
            start=mark.start,
            end=end,
            parent=path[-1][1] if path else None,
        )
        vars(section)["title"] = folded[begin:stop]  # what its property would find
        path.append((division.level, section))
        yield section


def _next_outer(divisions: list[Division], length: int) -> list[int]:
    """For each division where the next one starts that isn't below it."""
    ends, following = list[int](), list[Division]()
    for division in reversed(divisions):
        while following and following[-1].level > division.level:
            following.pop()
        ends.append(following[-1].mark.start if following else length)
        following.append(division)
    return ends[::-1]


def _breaks(folded: str, starts: list[int]) -> list[int]:
    """Where no enumerated item goes on: at a turn of the text, a table, and the end."""
    turns = {match.start("turn") - 1 for match in _turn().finditer("\n" + folded)}
    tables = set(_tables(folded)) if "\t" in folded else set()
    return sorted(turns | tables - set(starts) | {len(folded)})


def _tables(folded: str) -> Iterator[int]:
    """Where tables start: two rows or more of cells divided by tabs."""
    start, rows, row_start = 0, 0, 0
    for line in folded.split("\n"):
        rows = rows + 1 if "\t" in line.strip() else 0
        if rows == 1:
            row_start = start
        elif rows == 2:
            yield row_start
        start += len(line) + 1


@cache
def _turn() -> re.Pattern[str]:
    """A paragraph that no enumerated item contains: a turn to the future, a closing formula."""
    lexicon = load.table("structure")
    words = [*lexicon["plans"]["lead"], *lexicon["closing"]["formula"]]
    turns = "|".join(word for word in words if "{next_year}" not in word)
    return re.compile(rf"\n{SPACE}*+(?P<turn>{turns})")


_TITLE_END = re.compile("[。!?\n ](?:(?<! )|  )")  # three spaces: a line break that was lost
_AFTER_MARKER = re.compile(r"[ \t、,.:*_]*(?:\n\s*)?")
_CLAUSE = re.compile(r"[^。!?\n]{6,}?(?=[,;:])")
_PAUSES = tuple(",;:、")
_LONG_SENTENCE = 60  # a longer topic sentence says more than its topic: its first clause serves


def _heading(folded: str, mark: Mark, limit: int) -> tuple[int, int]:
    """Span of the title line, or of the topic sentence of an item that runs on."""
    match = _AFTER_MARKER.match(folded, mark.end, limit)
    begin = match.end() if match else mark.end
    found = _TITLE_END.search(folded, begin, limit)
    stop = found.start() if found else limit
    stop = begin + len(folded[begin:stop].rstrip(" \t,;:、*_#"))
    sentence = (found and found[0] in "。!?") or folded.startswith(_PAUSES, stop)
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
        for s in need_report(report).sections
        if s.level or report.text[s.start : s.end].strip()
    ]
    return table(rows, number="str", level="int64", marker="str", heading="str", chars="int64",
                  start="int64", end="int64")  # fmt: skip


# Longer ones are no prose; tables that quote them would grow with the square of the text.
_MAX_SENTENCE = 1000
_SENTENCE = re.compile(rf"[^\s。!?][^。!?\n]{{0,{_MAX_SENTENCE - 1}}}[。!?]*[”’\"'」』)》]*")


_WORD = re.compile(r"\w")


@lru_cache(maxsize=2)
def sentence_spans(report: Report) -> tuple[tuple[str, int, int], ...]:
    """Number of the division, start and end of each sentence, in text order.

    A sentence ends at 。 ! ? with the closing quotes and brackets after it, at a line break, where
    a division starts, and after 1,000 characters. Rules and bullets alone are none.
    """
    folded = report.folded
    return tuple(
        (section.number, match.start(), match.start() + len(sentence.rstrip()))
        for section, start, end in report.leaves
        for match in _SENTENCE.finditer(folded, start, end)
        if (sentence := match[0])[0].isalnum() or _WORD.search(sentence)
    )


def sentences(report: Report) -> pd.DataFrame:
    """The sentences of a report in text order, title and metadata lines included.

    Columns: ``number`` (of the innermost division), ``sentence``, ``start``, ``end``.

    >>> sentences(parse_report("一、学习。会议3次!\\n二、执法"))["sentence"].tolist()
    ['一、学习。', '会议3次!', '二、执法']
    """
    rows = [
        (number, report.text[a:b], a, b) for number, a, b in sentence_spans(need_report(report))
    ]
    return table(rows, number="str", sentence="str", start="int64", end="int64")


def check_numbering(report: Report) -> pd.DataFrame:
    """Where the printed numbers don't follow one another; nothing here is an error by itself.

    Columns: ``number``, ``marker``, ``issue``, ``expected`` (the number that was due), ``start``,
    ``end`` (of the marker). Issues: "gap" (numbers left out), "repeat" (the same number again),
    "restart" (from 1 again below the same division), "back" (a lower number), "continued" (a list
    that goes on from an earlier division), "late start" (a list that starts after 1).

    >>> report = parse_report("一、学习\\n三、执法\\n三、普法")
    >>> check_numbering(report)[["number", "marker", "issue", "expected"]]
      number marker   issue  expected
    0      2     三、     gap         2
    1      3     三、  repeat         4
    """
    return table(list(numbering_rows(need_report(report))), number="str", marker="str", issue="str",
                 expected="int64", start="int64", end="int64")  # fmt: skip


def numbering_rows(report: Report) -> Iterator[tuple[str, str, str, int, int, int]]:
    """The rows of ``check_numbering``."""
    last: dict[tuple[str | None, str], int] = {}  # (number of the parent, kind) -> last number
    for section in report.sections:
        context = report.folded[section.start : section.start + _MARKER_CONTEXT]
        kind, value = read_marker(context, len(section.marker))
        lists = (section.parent.number if section.parent else "", kind), (None, kind)
        before, anywhere = (last.get(key, 0) for key in lists)
        value = value or before + 1
        if section.level and value != before + 1:
            issue = _issue(value, before, anywhere)
            end = section.start + len(section.marker)
            yield section.number, section.marker, issue, before + 1, section.start, end
        last.update(dict.fromkeys(lists, value))


_MARKER_CONTEXT = 24  # characters of a marker with what must or must not follow it


def _issue(value: int, before: int, anywhere: int) -> str:
    if not before:
        return "continued" if value == anywhere + 1 else "late start"
    if value == 1:
        return "restart" if before > 1 else "repeat"
    return "repeat" if value == before else "gap" if value > before else "back"
