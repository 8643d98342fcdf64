"""Title, issuing body, year, source and publication date of a report, wherever they stand."""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from .lexicon import load
from .model import FOLD

_LEXICON = load.table("structure")
_HAN_DIGIT = {char: str(value) for value, char in enumerate("〇一二三四五六七八九")}
_HAN_DIGIT |= dict.fromkeys("零○ОOo0", "0")
_DATE = re.compile(
    r"(?<!\d)(?P<year>20\d\d|19\d\d)\s?(?:[-/.]|年)\s?(?P<month>\d{1,2})\s?(?:[-/.]|月)\s?"
    r"(?P<day>\d{1,2})(?!\d)\s?日?"
    r"|(?P<han_year>[一二][〇零○ОOo0一二三四五六七八九]{3})\s?年\s?(?P<han_month>[一二三四五六七八九十]{1,2})"
    r"\s?月\s?(?P<han_day>[一二三四五六七八九十]{1,3})\s?日",
    re.ASCII,
)
_CLOSING_LINES = 12  # a sign-off and its notes stand in the last lines


class Dated(NamedTuple):
    """A calendar date printed in the text at ``start:end``."""

    value: date
    start: int
    end: int


class Metadata(NamedTuple):
    """What a report's head and foot say; "" or None where they say nothing."""

    title: str
    agency: str
    year: int | None
    source: str
    published: date | None


def find_dates(folded: str, start: int = 0, end: int | None = None) -> Iterator[Dated]:
    """The valid calendar dates printed in a half-width text.

    >>> dates = find_dates("2025-01-08、2023年1月12日、二〇二三年一月十二日")
    >>> [str(found.value) for found in dates]
    ['2025-01-08', '2023-01-12', '2023-01-12']
    """
    for match in _DATE.finditer(folded, start, len(folded) if end is None else end):
        year, month, day, *han = match.groups()
        if year is None:
            year = "".join(_HAN_DIGIT[char] for char in han[0])
            month, day = (str(_below_hundred(numeral)) for numeral in han[1:])
        try:
            yield Dated(date(int(year), int(month), int(day)), *match.span())
        except ValueError:  # 2023-13-45 is no date
            continue


def _below_hundred(numeral: str) -> int:
    tens, ten, units = numeral.rpartition("十")
    digit = {char: value for value, char in enumerate("一二三四五六七八九", 1)}
    return 10 * digit.get(tens, 1) * bool(ten) + digit.get(units, 0)


_ENDING = re.compile(rf"{_LEXICON['title']['ending']}$")
_TOPIC = re.compile(_LEXICON["title"]["topic"])
_AFTER_AGENCY = re.compile(_LEXICON["title"]["after_agency"])
_ORGAN = re.compile(rf"(?:{_LEXICON['title']['organ']})$")
_YEAR = re.compile(
    r"(?<![\d〔\[(—–~-])(?:(?P<year>20\d\d)|(?P<han>二[〇零○ОOo0][〇零○ОOo0一二三四五六七八九]{2}))"
    r"\s?年(?!\s?(?:\d{1,2}|[一二三四五六七八九十]{1,2})\s?月)",
    re.ASCII,
)
# What no title line has: a sentence, a breadcrumb, a label, a weekday, a number before it.
_NO_TITLE = re.compile(
    r"[。;!?>|»《]|^[^:]{1,8}:|星期|^[\d一二三四五六七八九十(]{1,4}[、.)]", re.ASCII
)
_BULLET = " \t\u200b\ufeff-•·*#"
_TITLE_LABEL = re.compile(r"^标\s*题\s*:\s*")
_MAX_TITLE = 80
_MAX_HEAD = 6000  # characters; a longer text before the first division is not a page's head


class _Page(NamedTuple):
    text: str
    folded: str
    head: int  # where the head ends: at the first division
    foot: int  # where the last lines start


def read_metadata(text: str, folded: str, head: int) -> Metadata:
    """Metadata from the text before the first division (``text[:head]``) and the last lines."""
    page = _Page(text, folded, min(head, _MAX_HEAD), _foot(folded))
    title = _title(page)
    published = _published(page)
    return Metadata(
        title,
        _agency(title, page),
        _year(title, page, published),
        _label("source", page),
        published,
    )


def _foot(folded: str) -> int:
    position = len(folded.rstrip())
    for _ in range(_CLOSING_LINES):
        position = folded.rfind("\n", 0, max(position, 0))
    return max(position, 0)


def _lines(text: str) -> list[str]:
    return [line for raw in text.split("\n") if (line := raw.strip().lstrip(_BULLET))]


def _title(page: _Page) -> str:
    """The last line before the body that names a report, best one with its ending and its year."""
    lines = _lines(page.text[: page.head])
    best, best_rank = "", (False, False)
    for i, line in enumerate(lines):
        folded = line.translate(FOLD)
        if label := _TITLE_LABEL.match(folded):
            line, folded = line[label.end() :], folded[label.end() :]
        if best and len(line) > _MAX_TITLE:
            break  # the body has begun
        if len(line) > _MAX_TITLE or _NO_TITLE.search(folded):
            continue
        whole = _joined(lines[max(0, i - 2) : i], line)
        folded = whole.translate(FOLD)
        rank = bool(_ENDING.search(folded)), bool(_YEAR.search(folded))
        if any(rank) and (all(rank) or _TOPIC.search(folded)) and rank >= best_rank:
            best, best_rank = whole, rank
    return best or _first_line(lines)


def _joined(before: list[str], line: str) -> str:
    """A title with the lines before it that belong to it: the issuing body, or its first half."""
    for previous in reversed(before):
        folded, first = line.translate(FOLD), previous.translate(FOLD)
        if _NO_TITLE.search(first) or next(find_dates(first), None) or _ENDING.search(first):
            break
        fragment = not _TOPIC.search(folded) and _TOPIC.search(first)
        anonymous = not _issuer(folded) and _ORGAN.search(first)
        if not (fragment or anonymous):
            break
        line = previous + line
    return line


def _first_line(lines: list[str]) -> str:
    first = lines[0] if lines else ""
    return "" if len(first) > _MAX_TITLE or _NO_TITLE.search(first.translate(FOLD)) else first


def _issuer(title: str) -> str:
    """What a half-width title says before its topic: 某局 of 某局2024年…, 2024年某局法治…"""
    name = _LEADING_YEAR.sub("", title)
    stop = _AFTER_AGENCY.search(name)
    return name[: stop.start()].strip() if stop else ""


def _agency(title: str, page: _Page) -> str:
    """From the title if that names a body; else a label, the sign-off, the place that it names."""
    folded = title.translate(FOLD)
    named = _issuer(folded) or _issuer(folded.removeprefix("关于"))
    if _ORGAN.search(named):
        return named
    if stated := _label("agency", page) or _sign_off(page):
        return stated
    full = (
        re.search(rf"{re.escape(named)}(?:人民政府|街?道?办事处)", page.folded) if named else None
    )
    return full[0] if full else named or _label("source", page)


def _sign_off(page: _Page) -> str:
    """The body named in the last lines, beside or above the date."""
    lines = _lines(page.folded[page.foot :])
    for i in range(len(lines) - 1, -1, -1):
        found = next(find_dates(lines[i]), None)
        if found and not _AFTER_DATE.match(lines[i], found.end):
            continue
        if found:
            above = lines[i - 1] if i else ""
            name = lines[i][: found.start].strip() or above
            return name if _ORGAN.search(name) and len(name) <= _MAX_NAME else ""
    return ""


def _year(title: str, page: _Page, published: date | None) -> int | None:
    found = _YEAR.search(title.translate(FOLD)) or _YEAR.search(page.folded, 0, _MAX_HEAD)
    if found:
        han = "".join(_HAN_DIGIT[char] for char in found["han"] or "")
        return int(found["year"] or han)
    # A report comes out early in the year after the one it reports on.
    return published.year - (published.month <= 6) if published else None


def _published(page: _Page) -> date | None:
    """A labelled date of the head or foot, a date line below the title, the closing date."""
    for pattern in _LABELS["published"]:
        for match in _at(pattern, page):
            found = next(find_dates(page.folded, match.end(), match.end() + _NEAR), None)
            if found and not page.folded[match.end() : found.start].strip():
                return found.value
    for part in (page.folded[: page.head], page.folded[page.foot :]):
        for line in reversed(_lines(part)):
            found = next(find_dates(line), None)
            if found and len(line) <= _MAX_NAME + _NEAR and _AFTER_DATE.match(line, found.end):
                return found.value
    return None


def _label(group: str, page: _Page) -> str:
    """The value of the first label that has one, as printed."""
    for pattern in _LABELS[group]:
        for match in _at(pattern, page):
            value = _VALUE.match(page.folded, match.end())
            if value:
                return page.text[value.start() : value.end()]
    return ""


def _at(pattern: re.Pattern[str], page: _Page) -> Iterator[re.Match[str]]:
    yield from pattern.finditer(page.folded, 0, page.head)
    yield from pattern.finditer(page.folded, page.foot)


_LEADING_YEAR = re.compile(r"^(?:20\d\d|二[〇○零OОo0].{2})\s?年?度?\s?", re.ASCII)
_AFTER_DATE = re.compile(r"[\s\d:)]*(?:来源|$)")
_MAX_NAME = 40
_NEAR = 24
# A label stands alone, or after a date or another label's value; its letters may be spaced out.
_LABELS = {
    group: [
        re.compile(
            r"(?<![\u4e00-\u65e4\u65e6-\u9fff])"  # no Han character but 日
            + r"[ \t]*".join(re.findall(r"\[[^]]*\]|.", word))
            + r"[ \t]*:[ \t\u200b]*"
        )
        for word in words
    ]
    for group, words in _LEXICON["labels"].items()
}
_VALUE = re.compile(
    r"(?:(?!发布[时日]|发文[时日]|成文|浏览|作者|字[体号]|点击|阅读|分享)[^\s|:,。;【】\[\]])++(?!:)"
)
