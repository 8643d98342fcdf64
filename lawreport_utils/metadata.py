"""Title, issuing body, year, source and publication date of a report, wherever they stand."""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from .characters import fold, number_of
from .lexicon import load

_LEXICON = load.table("structure")
_MAX_HEAD = 6000  # characters; more before the first division is not the head of a page
_MAX_TITLE = 80
_MAX_NAME = 40
_CLOSING_LINES = 12  # a sign-off and the notes below it
_MAX_FOOT = 1000
_MAX_LABELS = 160  # a longer line is prose

_LIKE_ZERO = str.maketrans("零○ОOo0", "〇" * 6)
_HAN_YEAR = "二[〇零○ОOo0一二三四五六七八九]{3}"
_DATE = re.compile(
    r"(?<!\d)(20\d\d) ?[-/.年] ?(\d{1,2}) ?[-/.月] ?(\d{1,2})(?!\d)(?: ?日)?"
    rf"|({_HAN_YEAR}) ?年 ?([一二三四五六七八九十]+) ?月 ?([一二三四五六七八九十]+) ?日",
    re.ASCII,
)
# A year, but neither the end of a span of years, nor part of a document number or of a date.
_YEAR = re.compile(
    rf"(?<![\d〔\[—–~至-])(?:(20\d\d)|({_HAN_YEAR}))\s?年(?!\s?(?:\d\d?|[一二三四五六七八九十]+)\s?月)",
    re.ASCII,
)
_LEADING_YEAR = re.compile(rf"^(?:20\d\d|{_HAN_YEAR})\s?年?度?\s?", re.ASCII)
_ENDING = re.compile(f"(?:{_LEXICON['title']['ending']})$")
_TOPIC = re.compile(_LEXICON["title"]["topic"])
_AFTER_AGENCY = re.compile(_LEXICON["title"]["after_agency"])
_ORGAN = re.compile(f"(?:{_LEXICON['title']['organ']})$")
_BODY = re.compile(
    rf"((?:(?!关于|20\d\d|{_HAN_YEAR}).){{1,40}}(?:{_LEXICON['title']['organ']})(?<!法治政府))"
    rf"(?={_LEXICON['title']['after_agency']})"
)
_UNFINISHED = re.compile(f"(?:{_LEXICON['title']['organ']}|关于|年度?)$")
# The subject of a report's first sentence: 2023年,(在上级领导下,)某局坚持…
_SUBJECT = re.compile(
    rf"20\d\d年(?:度|以来)?,(?:在[^,。]{{2,60}}下,)?(?![在以按面根我全各本])([^,。、]{{1,20}}?(?:{_LEXICON['title']['organ']}))"
    rf"(?![^,。在以]{{0,3}}(?:{_LEXICON['title']['organ']}))"
)
# What no title line has: a sentence, a breadcrumb, a label, a weekday, a number before it.
_NO_TITLE = re.compile(
    r"[。;!?>|»《]|^[^:]{1,8}:|星期|^[0-9一二三四五六七八九十(]{1,4}[、.)]|^第.{1,2}[部章节]"
)
_TITLE_LABEL = re.compile(r"^标\s*题\s*:\s*")
_AFTER_DATE = re.compile(r"[\s\d:)\]】〕]*(?:来源|$)")
# A short label stands alone or after a date; the letters of any label may be spaced out.
_LABELS = {
    group: [
        re.compile(
            (r"(?<![\u4e00-\u65e4\u65e6-\u9fff])" if len(word) == 2 else "")
            + r"[ \t]*".join(re.findall(r"\[[^]]*\]|.", word))
            + (
                r"[ \t]*[\]】)]?[ \t]*[:|]"
                + ("?" if group == "published" and len(word) > 2 else "")
            )
            + r"[ \t]*"
        )
        for word in words
    ]
    for group, words in _LEXICON["labels"].items()
}
_LABEL_VALUE = re.compile(rf"(?:(?!{_LEXICON['after_value']['word']})[^\s|:,。;【】\[\]])++(?!:)")


class Dated(NamedTuple):
    """A calendar date printed in the text at ``start:end``."""

    value: date
    start: int
    end: int


def find_dates(folded: str, start: int = 0) -> Iterator[Dated]:
    """The valid calendar dates printed in a half-width text.

    >>> dates = find_dates("2025-01-08、2023年1月12日、二〇二三年一月十二日")
    >>> [str(found.value) for found in dates]
    ['2025-01-08', '2023-01-12', '2023-01-12']
    """
    for match in _DATE.finditer(folded, start):
        parts = [part for part in match.groups() if part]
        try:
            yield Dated(date(*map(_value, parts)), *match.span())
        except ValueError:  # 2023-13-45 is no date
            continue


def _value(numeral: str) -> int:
    """Of a year or day; 0 for none. A zero may be any round sign (二O二四)."""
    return number_of(numeral if numeral.isascii() else numeral.translate(_LIKE_ZERO)) or 0


def read_metadata(
    text: str, folded: str, head: int
) -> tuple[str, str, int | None, str, date | None]:
    """Title, agency, year, source and publication date, "" or None where the text is silent.

    They are looked for before the first division, in ``text[:head]``, and in the last lines.
    """
    start = folded[:_MAX_HEAD]
    foot = len(text.rstrip())
    earliest = max(foot - _MAX_FOOT, 0)
    for _ in range(_CLOSING_LINES):
        foot = max(text.rfind("\n", earliest, foot), earliest)
    opening, closing = _lines(text[: min(head, _MAX_HEAD)]), _lines(text[foot:])
    page = "\n".join(line for line in opening + closing if len(line) <= _MAX_LABELS)
    title = _title(opening)
    published = _labelled_date(fold(page))
    for line in [*reversed(opening), *reversed(closing)]:
        published = published or _date_line(fold(line))
    agency = _agency(fold(title), page, [fold(line) for line in closing], start)
    year = _year(fold(title), start, published)
    return title, agency, year, _labelled("source", page), published


def _lines(text: str) -> list[str]:
    return [line for raw in text.split("\n") if (line := raw.strip().lstrip(" \t-•·*#"))]


def _title(lines: list[str]) -> str:
    """The last line before the body that names a report, best one with its ending and its year."""
    best, best_rank = "", (False, False)
    for i, line in enumerate(lines):
        if best and len(line) > _MAX_TITLE:
            break  # the body has begun
        label = _TITLE_LABEL.match(fold(line))
        line = line[label.end() :] if label else line
        if len(line) > _MAX_TITLE or _NO_TITLE.search(fold(line)):
            continue
        whole = _with_lines_above(lines[max(0, i - 2) : i], line)
        folded = fold(whole)
        rank = bool(_ENDING.search(folded)), bool(_YEAR.search(folded))
        if rank >= best_rank and (all(rank) or (any(rank) and _TOPIC.search(folded))):
            best, best_rank = whole, rank
    first = lines[0] if lines else ""
    return best or ("" if len(first) > _MAX_TITLE or _NO_TITLE.search(fold(first)) else first)


def _with_lines_above(above: list[str], line: str) -> str:
    """A title with what belongs to it of the lines above: the issuing body, or its first half."""
    for previous in reversed(above):
        folded, first = fold(line), fold(previous)
        if _NO_TITLE.search(first) or _ENDING.search(first) or _date_line(first):
            break
        fragment = _TOPIC.search(first) and not _TOPIC.search(folded)
        anonymous = _UNFINISHED.search(first) and not _issuer(folded)
        if not (fragment or anonymous):
            break
        line = previous + line
    return line


def _issuer(title: str) -> str:
    """What a title says before its topic: 某局 of 某局2024年…, 关于某局…, 2024年某局法治…"""
    name = _LEADING_YEAR.sub("", title.removeprefix("关于"))
    if body := _BODY.match(name):  # 某市行政执法局: its name has words that could follow a name
        return body[1].strip()
    stop = _AFTER_AGENCY.search(name)
    return name[: stop.start()].strip() if stop else ""


def _agency(title: str, page: str, closing: list[str], start: str) -> str:
    """The body named in the title; else in a label, the sign-off, the first sentence."""
    named = _issuer(title)
    if _ORGAN.search(named):
        return named
    if stated := _labelled("agency", page) or _sign_off(closing):
        return stated
    if named:
        full = re.search(rf"{re.escape(named)}(?:人民政府|街?道?办事处)", start)
        return full[0] if full else named
    subject = _SUBJECT.search(start)
    return subject[1] if subject else _labelled("source", page)


def _sign_off(closing: list[str]) -> str:
    """The body named beside or above the date in the last lines."""
    for above, line in zip(["", *closing], closing, strict=False):
        if _date_line(line):
            beside = line[: next(find_dates(line)).start].strip()
            if _ORGAN.search(beside or above):
                return beside or above
    return ""


def _year(title: str, start: str, published: date | None) -> int | None:
    if found := _YEAR.search(title) or _YEAR.search(start):
        return _value(found[1] or found[2])
    # A report comes out early in the year after the one it reports on.
    return published.year - (published.month <= 6) if published else None


def _labelled_date(folded: str) -> date | None:
    for pattern in _LABELS["published"]:
        for match in pattern.finditer(folded):
            found = next(find_dates(folded[: match.end() + _MAX_NAME], match.end()), None)
            if found and not folded[match.end() : found.start].strip():
                return found.value
    return None


def _date_line(line: str) -> date | None:
    """The date that a line consists of, with at most a name before it."""
    found = next(find_dates(line), None) if len(line) <= _MAX_NAME * 2 else None
    return found.value if found and _AFTER_DATE.match(line, found.end) else None


def _labelled(group: str, page: str) -> str:
    """The value of the first label that has one, as printed."""
    folded = fold(page)
    for pattern in _LABELS[group]:
        for match in pattern.finditer(folded):
            if value := _LABEL_VALUE.match(folded, match.end()):
                return page[value.start() : value.end()]
    return ""
