"""Title, issuing body, year, source and publication date of a report, wherever they stand.

Body and year go by evidence: the title, then how the report introduces itself, then the sign-off,
then who published it. Where these disagree, the better one is taken and a warning says so.
"""

import re
from collections import Counter
from datetime import date
from typing import NamedTuple

from .agency import (
    CLOSING_LINES,
    MAX_FOOT,
    ORGAN,
    SIGNED,
    Bodies,
    agency_of,
    find_sign_off,
    issuer,
    subjects,
)
from .characters import HAN, close_up, fold
from .dates import YEAR, date_line, find_dates, find_years
from .lexicon import load

_LEXICON = load.table("structure")
_MAX_HEAD = 6000  # characters; more before the first division is not the head of a page
_MAX_TITLE = 80
_MAX_VALUE = 40
_MAX_LABELS = 160  # a longer line is prose
_MAX_PROSE = 5  # lines of a report without divisions in which it introduces itself

_TITLE = _LEXICON["title"]
_ENDING = re.compile(f"(?:{_TITLE['ending']})$")
_TOPIC = re.compile(_TITLE["topic"])
_BARE_YEAR = re.compile(rf"(?<![\d〔\[—–~至-])({YEAR})(?!\d|\s?[年—–~至-])", re.ASCII)
_UNFINISHED = re.compile(f"(?:{_TITLE['organ']}|关于|年度?)$")
# What no title line has: a sentence, a breadcrumb, a label, an addressee, a number before it.
_NO_TITLE = re.compile(
    r"[。;!?>|»《]|^[^:]{1,8}:|:$|星期|^[0-9一二三四五六七八九十(]{1,4}[、.)]|^第.{1,2}[部章节]"
)
_TITLE_LABEL = re.compile(r"^标\s*题\s*:\s*")
# What a report is on, by its opening: 现将2025年工作情况总结如下; 2024年,…
_SAID_YEAR = re.compile(rf"现[将就][^。]{{0,20}}?({YEAR})年(?!\s?\d|\s?[—–~至-])[^。]*", re.ASCII)
_OPENING_YEAR = re.compile(rf"({YEAR})年(?:度|以来|来)?[,是]", re.ASCII)
_PROSE = re.compile("[,。]|现[将就]")


def _label(word: str, *, bare: bool) -> re.Pattern[str]:
    """A label whose letters may be spaced out; a short one stands alone or after a date."""
    letters = r"[ \t]*".join(re.findall(r"\[[^]]*\]|.", word))
    alone = rf"(?<![{HAN}])|(?<=日)" if len(word) == 2 else ""
    colon = "?" if bare and len(word) > 2 else ""
    return re.compile(rf"(?:{alone}){letters}[ \t]*[\]】)]?[ \t]*[:|]{colon}[ \t]*")


_LABELS = {
    group: [_label(word, bare=group == "published") for word in words]
    for group, words in _LEXICON["labels"].items()
}
_AFTER_VALUE = _LEXICON["after_value"]["word"]
_LABEL_VALUE = re.compile(rf"(?>(?:(?!{_AFTER_VALUE})[^\s|:,。;【】\[\]])+)(?!:)")


class Metadata(NamedTuple):
    """What a report says of itself; "" or None where it is silent."""

    title: str
    agency: str
    year: int | None
    source: str
    published: date | None
    warnings: tuple[str, ...]


def read_metadata(text: str, folded: str, head: int, last: int) -> Metadata:
    """What stands before the first division, in ``text[:head]``, and in the last lines.

    ``last``: where the last division starts; the sign-off stands behind that.
    """
    start = folded[:_MAX_HEAD]
    foot = len(text.rstrip())
    earliest = max(foot - MAX_FOOT, 0)
    for _ in range(CLOSING_LINES):
        foot = max(text.rfind("\n", earliest, foot), earliest)
    opening, closing = _lines(text[: min(head, _MAX_HEAD)]), _lines(text[foot:])
    folds = [*map(fold, opening)]
    page = "\n".join(line for line in opening + closing if len(line) <= _MAX_LABELS)
    title = _title(opening, folds)
    published = _labelled_date(fold(page))
    for line in [*reversed(folds), *map(fold, reversed(closing))]:
        published = published or date_line(line)
    prose = [line for line in folds if _PROSE.search(line)][:_MAX_PROSE]
    signed, source = find_sign_off(folded, last), _labelled("source", page)
    bodies = Bodies(
        title=issuer(fold(title)),
        opening=next(subjects(prose), ""),
        byline=next(filter(SIGNED.fullmatch, map(_letterhead, folds)), ""),
        sign_off=signed.name if signed else "",
        publisher=_labelled("agency", page) or source,
    )
    agency, doubt = agency_of(bodies, start)
    agency = _as_printed(agency, [title, *opening, *closing])
    year, doubts = _year(fold(title), prose, start, published)
    return Metadata(title, agency, year, source, published, (*doubt, *doubts))


def _letterhead(line: str) -> str:
    """A line without what a letterhead ends in: 某局文件."""
    return line.removesuffix("文件")


def _as_printed(name: str, lines: list[str]) -> str:
    """A name in half-width form as the first line that has it prints it: 某局(某某局)."""
    places = ((line, fold(line).find(name)) for line in lines)
    return next((line[at : at + len(name)] for line, at in places if at >= 0), name)


def _lines(text: str) -> list[str]:
    stripped = (raw.strip().lstrip(" \t-•·*#>").rstrip(" \t*#") for raw in text.split("\n"))
    return [close_up(line) for line in stripped if line]


def _title(lines: list[str], folds: list[str]) -> str:
    """The last line before the body that names a report, best one with its ending and its year;
    ``folds``: the lines in half-width form."""
    best, best_rank = "", (False, False)
    for i, (line, folded) in enumerate(zip(lines, folds, strict=True)):
        if best and len(line) > _MAX_TITLE:
            break  # the body has begun
        begin = label.end() if (label := _TITLE_LABEL.match(folded)) else 0
        line = line[begin:]
        if len(line) > _MAX_TITLE or _NO_TITLE.search(folded[begin:]):
            continue
        whole = _with_lines_above(lines[max(0, i - 2) : i], line)
        folded = fold(whole)
        rank = bool(_ENDING.search(folded)), _title_year(folded) is not None
        if rank >= best_rank and (all(rank) or (any(rank) and _TOPIC.search(folded))):
            best, best_rank = whole, rank
    first = lines[0] if lines else ""
    return best or ("" if len(first) > _MAX_TITLE or _NO_TITLE.search(fold(first)) else first)


def _with_lines_above(above: list[str], line: str) -> str:
    """A title with what belongs to it of the lines above: the issuing body, or its first half."""
    for previous in reversed(above):
        folded, first = fold(line), fold(previous)
        if _NO_TITLE.search(first) or _ENDING.search(first) or date_line(first):
            break
        fragment = _TOPIC.search(first) and not _TOPIC.search(folded)
        anonymous = _UNFINISHED.search(first) and not issuer(folded)
        on = folded.startswith("关于") and ORGAN.search(first)
        if not (fragment or anonymous or on):
            break
        line = previous + line
    return line


def _year(
    title: str, prose: list[str], start: str, published: date | None
) -> tuple[int | None, tuple[str, ...]]:
    """The year reported on, and a warning where what the report says of it disagrees."""
    titled = _title_year(title)
    said = next(filter(None, map(_said_year, prose)), None)
    # A report comes out early in the year after the one it reports on.
    due = published.year - (published.month <= 6) if published else None
    if (year := titled or said) is None:
        named = Counter(find_years(start))
        year = due if due in named or not named else named.most_common(1)[0][0]
    doubts = []
    if titled and said and titled != said:
        doubts.append(_TWO_YEARS.format(titled, said))
    if year and published and not _fits(year, published):
        doubts.append(_NO_FIT.format(published, year))
    return year, tuple(doubts)


_TWO_YEARS = "The title is on {0}, the opening on {1}: {0} was taken for the year of the report."
_NO_FIT = "The date printed, {}, doesn't go with a report on {}: check the year of the report."


def _title_year(title: str) -> int | None:
    """The year of a title, also without 年: 某局2023法治政府建设报告."""
    bare = _BARE_YEAR.search(title)
    return next(find_years(title), next(find_years(f"{bare[1]}年"), None) if bare else None)


def _said_year(line: str) -> int | None:
    said = _SAID_YEAR.search(line) or _OPENING_YEAR.match(line)
    return next(find_years(f"{said[1]}年"), None) if said else None


def _fits(year: int, published: date) -> bool:
    """Late in the year itself, or in the year after it."""
    return published.year == year + 1 or (published.year == year and published.month > _MOSTLY_OVER)


_MOSTLY_OVER = 10  # months of a year that a report may be on before it ends


def _labelled_date(folded: str) -> date | None:
    for pattern in _LABELS["published"]:
        for match in pattern.finditer(folded):
            found = next(find_dates(folded[: match.end() + _MAX_VALUE], match.end()), None)
            if found and not folded[match.end() : found.start].strip():
                return found.value
    return None


def _labelled(group: str, page: str) -> str:
    """The value of the first label that has one, as printed."""
    folded = fold(page)
    for pattern in _LABELS[group]:
        for match in pattern.finditer(folded):
            if value := _LABEL_VALUE.match(folded, match.end()):
                return page[value.start() : value.end()]
    return ""
