"""Last year's words: a year that isn't the report's, sentences carried over."""

import re
from collections import Counter
from collections.abc import Iterator

from ..characters import fold
from ..content import item_rows
from ..dates import find_dates
from .finding import WORDS, Checked, Figure, Finding, choice

_Y = r"(?<![\d—–~〔\[-])(?P<year>20\d\d)"
_TITLE_YEAR = re.compile(rf"{_Y}(?= ?年(?! ?\d+ ?月))", re.ASCII)
# Where a report says which year it is about,
_ABOUT = (
    rf"(?:现将|现就)[^,。\d]{{0,20}}{_Y}年[^,。]{{0,24}}(?:报告|汇报|总结|如下)",
    rf"做好{_Y}年度?[^,。》]{{0,16}}年度?报告",
    rf"(?:印发|制定|制订|出台)[^,。《]{{0,8}}《[^》\d]{{0,30}}{_Y}年[^》]{{0,24}}(?:{choice('yearly')})》",
)
_IS_ABOUT = [re.compile(pattern, re.ASCII) for pattern in _ABOUT]
# and where a sentence starts with the year and who: 2024年,我局…
_OPENS = re.compile(rf"[ 　]*{_Y}年(?:度|以来)?,", re.ASCII)
_PLAN_YEAR = re.compile(rf"{_Y}年", re.ASCII)
_SIGNED_EARLIEST = 12  # the month of its own year from which a report on it can come out
_SIGNATURE = 30  # characters of a name before a closing date
_CLOSING = 300  # characters at the end of a text that can be its sign-off


def check_years(checked: Checked) -> Iterator[Finding]:
    """``year``: the year of the title against the text's, and a last year's year left standing;
    and ``deadline``: a printed publication date that is late.

    Evidence: places that say which year is reported on: the first sentence (2024年,…),
    现将2024年…情况报告如下, 做好2024年…年度报告, a yearly plan that was issued
    (印发《2024年…工作要点》), a sentence that leads up to shortcomings (2024年,…取得…,但…); a plan
    for the year reported on, by its heading or first words (2025年 is due); a publication or
    closing date before the end of that year. Where more places agree against the title than with
    it, the title is asked about. Years in other sentences, in names and in ranges are history.
    For the deadline, the row of ``content_items`` on being public by 1 April (a late publication
    says nothing about when a report was made), where the text says which year it is about.
    """
    titled, stated = _titled(checked), list(_stated(checked))
    own = _own_year(checked, titled, {year for year, _, _ in stated})
    if own is None:
        return
    others = Counter(year for year, _, _ in stated if year != own)
    year, times = others.most_common(1)[0] if others else (own, 0)
    if titled and times > max(sum(found == own for found, _, _ in stated), 1):
        place = next((start, end) for found, start, end in stated if found == year)
        said = {"title_year": str(own), "year": str(year), "times": str(times)}
        yield Finding("year", "title_year", titled, place, said)
        return
    for found, start, end in stated:
        if found != own:
            said = {"title_year": str(own), "quote": _around(checked, start, end)}
            yield Finding("year", "text_year", (start, end), titled, said)
    yield from _plan_years(checked, own)
    yield from _early_dates(checked, own, titled)
    if own == checked.report.year:
        yield from _late_date(checked, own)


def _own_year(checked: Checked, titled: tuple[int, int] | None, stated: set[int]) -> int | None:
    """The year of the title, else the report's, if the text says it; None for half a year."""
    if _PART_YEAR.search(fold(checked.report.title)):
        return None
    if titled:
        return int(checked.folded[titled[0] : titled[0] + 4])
    return checked.report.year if checked.report.year in stated else None


DATED = re.compile(r"\d月\d+日")  # an item of ``content_items`` that is a due date


def _late_date(checked: Checked, own: int) -> Iterator[Finding]:
    for row in item_rows(checked.report):
        late = row.item.endswith("公开") and not row.found
        if late and row.evidence and row.start is not None and row.end is not None:
            said = {"date": row.evidence, "year": str(own), "item": row.item}
            yield Finding("deadline", "deadline", (row.start, row.end), said=said)


_PART_YEAR = re.compile("上半年|季度|半年")


def _titled(checked: Checked) -> tuple[int, int] | None:
    """Where the title has its year; the title may stand in two lines."""
    match = _TITLE_YEAR.search(fold(checked.report.title))
    if match is None:
        return None
    words = checked.report.title[match.start() : match.end() + 3]
    start = checked.text.find(words)
    return (start, start + match.end() - match.start() + 1) if start >= 0 else None


def _stated(checked: Checked) -> Iterator[tuple[int, int, int]]:
    """The years that the text says it is about, each with its place."""
    titled = _titled(checked)
    title_end = titled[1] if titled else 0
    first = True  # sentence of the text
    for number, start, end in checked.sentences:
        if start >= title_end:
            for match in _years_of(checked, start, end, opens=first and not number):
                yield int(match["year"]), match.start("year"), match.end("year") + 1
            first = first and not (checked.folded[end - 1] == "。" and end - start > _PROSE)


def _years_of(checked: Checked, start: int, end: int, *, opens: bool) -> Iterator[re.Match[str]]:
    """Where a sentence says which year it is about: at its start where it opens the text or sums
    it up, elsewhere by its words."""
    opening = _OPENS.match(checked.folded, start, end)
    if opening and (opens or _SUMMING_UP.search(checked.folded, start, end)):
        yield opening
    about = _IS_ABOUT[:-1] if checked.planned(start) else _IS_ABOUT  # next year's plan
    for pattern in about:
        yield from pattern.finditer(checked.folded, start, end)


_PROSE = 20  # characters of a line that is no label


_SUMMING_UP = re.compile(choice("summing_up"))


def _plan_years(checked: Checked, own: int) -> Iterator[Finding]:
    """Plans whose heading or first words give the year that is over."""
    for section in checked.report.sections:
        title = section.title
        match = _PLAN_YEAR.search(title)
        planned = _PLANNED.search(title) and not _DONE.search(title)
        if match and planned and int(match["year"]) == own:
            start = checked.text.index(section.heading, section.start) + match.start()
            yield _plan_finding(checked, start, own)
    for _, start, end in checked.sentences:
        lead = _OPENS.match(checked.folded, start, end)
        says = _AHEAD.search if checked.planned(start) else _WILL.match
        ahead = lead and says(checked.folded, lead.end(), end)
        if lead and ahead and int(lead["year"]) == own:
            yield _plan_finding(checked, lead.start("year"), own)


_PLANNED = re.compile(choice("planned"))
_DONE = re.compile(choice("done"))
_AHEAD, _WILL = re.compile(choice("ahead")), re.compile(choice("will"))


def _plan_finding(checked: Checked, start: int, own: int) -> Finding:
    said = {"year": str(own), "next_year": str(own + 1)}
    said["quote"] = _around(checked, start, start + 5)
    return Finding("year", "plan_year", (start, start + 5), said=said)


def _early_dates(checked: Checked, own: int, titled: tuple[int, int] | None) -> Iterator[Finding]:
    """A publication or closing date that lies before the end of the year reported on."""
    report, closing = checked.report, max(0, len(checked.folded.rstrip()) - _CLOSING)
    for found in find_dates(checked.folded):
        before = checked.folded[checked.folded.rfind("\n", 0, found.start) + 1 : found.start]
        signed = found.start >= closing and len(before) <= _SIGNATURE and "。" not in before
        early = (found.value.year, found.value.month) < (own, _SIGNED_EARLIEST)
        if early and (found.value == report.published or signed):
            said = {"date": checked.text[found.start : found.end], "title_year": str(own)}
            yield Finding("year", "early_date", (found.start, found.end), titled, said)


def _around(checked: Checked, start: int, end: int) -> str:
    stop = re.compile("[,;。\n]|$").search(checked.folded, end + 1)
    return checked.text[start : min(stop.start() if stop else end, start + 24)]


def check_carried_over(checked: Checked, past: Checked) -> Iterator[Finding]:
    """``carried_over``: sentences of the year before with its number or its year unchanged.

    Evidence for a year: a sentence among the results stands word for word in the earlier report
    and names the year that the earlier one is about (not 自2023年起, 较2023年, nor within 《》).
    Evidence for a number: a clause of at least 8 characters with a count or a change stands word
    for word in the earlier report, apart from the year, and the figure has three digits that count,
    or two and the whole sentence is the same. Round figures, numbers of sets (28项措施), of months,
    quarters and weeks (12期, 4次), shares of 100% and plans are no evidence.
    """
    told = {_masked(past.folded[start:end]): start for _, start, end in past.sentences}
    exact = {_bare(past.folded[start:end]): start for _, start, end in past.sentences}
    clauses = {
        _masked(_clause_of(past, figure)): figure
        for figure in past.figures
        if not past.planned(figure.start)
    }
    for _, start, end, group in _all_sentences(checked):
        sentence = checked.folded[start:end]
        if checked.planned(start) or len(sentence) < _SHORTEST:
            continue
        if _bare(sentence) in exact and (place := _old_year(sentence, past.report.year)):
            at = exact[_bare(sentence)]
            said = {"year": str(past.report.year), "quote": checked.text[start:end]}
            span = start + place[0], start + place[1]
            yield Finding("carried_over", "same_year", span, said=said, earlier=at)
            continue
        for figure in group:
            clause = _masked(_clause_of(checked, figure))
            twin = clauses.get(clause)
            if twin is None or twin.value != figure.value or len(clause) < _SHORTEST:
                continue
            if _telling(figure, checked, whole=_masked(sentence) in told):
                said, span = {"quote": checked.quote(figure)}, (figure.start, figure.end)
                yield Finding("carried_over", "same_number", span, said=said, earlier=twin.start)


_SHORTEST = 8
_OLD_YEAR = r"(?<![自从较比于与—–~〔\[\d-])(?<!截至){year}年(?!以来|起|底|末|初|版)"
_NAMED = re.compile("《[^》]*》")
_MASK = re.compile(r"20\d\d(?=年)|\s", re.ASCII)


def _all_sentences(checked: Checked) -> Iterator[tuple[str, int, int, list[Figure]]]:
    with_figures = {start: group for _, start, _, group in checked.by_sentence}
    for number, start, end in checked.sentences:
        yield number, start, end, with_figures.get(start, [])


def _masked(words: str) -> str:
    return _MASK.sub("", words).rstrip("。;,")


def _bare(words: str) -> str:
    return re.sub(r"\s", "", words)


def _clause_of(checked: Checked, figure: Figure) -> str:
    return checked.folded[checked.clause(figure.start) : checked.clause_end(figure.end, _STOP)]


_STOP = re.compile(r"[,;。!?\n]")


def _old_year(sentence: str, year: int | None) -> tuple[int, int] | None:
    names = [match.span() for match in _NAMED.finditer(sentence)]
    for match in re.finditer(_OLD_YEAR.replace("{year}", str(year)), sentence):
        if not any(start <= match.start() < end for start, end in names):
            return match.span()
    return None


def _telling(figure: Figure, checked: Checked, *, whole: bool) -> bool:
    """Is the figure unlikely to come out the same twice?"""
    surface = checked.folded[figure.start : figure.end]
    digits = "".join(re.findall(r"\d", surface)).strip("0")
    if figure.kind not in ("count", "change") or surface.startswith("100%"):
        return False
    if len(digits) >= 3:
        return True
    usual = figure.value in WORDS["usual_numbers"] or figure.unit in WORDS["set_units"]
    return whole and len(digits) == 2 and not usual
