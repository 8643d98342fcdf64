"""Markers: what numbers the divisions of a report, and what looks so and is none."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from .characters import HAN, find_from, fold, number_of

# The outer kinds first, as in GB/T 9704 (一、 (一) 1. (1)): used only where a report's own nesting
# doesn't tell. Those from "ordinal" on enumerate inside paragraphs rather than number titles.
_KINDS = (
    "part chapter section article han bare_han cyclic paren_han bare_digit digit decimal_2 "
    "decimal_3 decimal_4 paren_digit half_paren circled roman letter ordinal order talk other"
)
RANK = {kind: rank for rank, kind in enumerate(_KINDS.split())}
_TITLES = ("part", "chapter", "section", "han", "paren_han")
# At the start of a line only: elsewhere they are words, figures and names.
_LINE_ONLY = ("article", "bare_han", "cyclic", "bare_digit", "decimal", "tight", "roman", "letter")
_NEEDS_LIST = ("bare_han", "cyclic", "bare_digit", "roman", "letter", "order", "tight")

SPACE = r"[ \t]"  # of a half-width text
_HAN = "一二三四五六七八九"
_N = f"(?:[{_HAN}]?十[{_HAN}]?|[{_HAN}])"
_D = "(?:0[1-9]|[1-9][0-9]?)"
_NTH = f"第{SPACE}?(?:{_N}|{_D}){SPACE}?"
_CYCLES = ("甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥")
_ORDER = {"首先": 1, "其次": 2, "再次": 3, "最后": 0}
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_SERIES = _ORDER | {
    sign: value for signs in (*_CYCLES, _ROMAN) for value, sign in enumerate(signs, 1)
}
BULLET = r"[ \t#>*_+•●○◦■□▪◆◇★☆▲△►▶➢➤✓✔❖※·–—\ue000-\uf8ff-]"  # and the signs of Markdown
_TITLE = rf"[{HAN}“《\"‘]"  # what a title starts with
_AMOUNT = r"[0-9.]*\ ?(?:[%‰万亿千倍元]|个百分点)"  # 1.5亿元: a figure, not an item on 5亿元
_HOTLINE = "12[0-9]{3}(?![0-9.])"  # 2.12345热线: an item on a telephone number, no figure
_STARTS = (
    f"{_HAN}十壹贰叁肆伍陆柒捌玖拾0-9a-zA-ZⅠ-Ⅻ①-⒛㈠-㈩㊀-㊉⓵-⓾❶-➓第首其再最{''.join(_CYCLES)}"
    r"(〔\[【"
)
# What a marker stands behind, and with what it or the blanks and signs before it begin.
_BEFORE = re.compile(rf"[\n。!?;:, \t](?=[{_STARTS}”’\"')》]|{BULLET})")
_MARK = re.compile(
    rf"""
    # A marker stands where a line, a sentence or a clause starts, or after a blank.
    (?: (?P<line> \n ) {BULLET}*+
      | (?P<at> [。!?;:][”’"')》]? | , | (?<!\s){SPACE} ) {SPACE}*+ (?:\*\*|__)?+ )
    # What any of them starts with: saves most of the time.
    (?= [{_STARTS}] )
    (?: (?P<talk> (?P<n>{_N}) (?: 、?是(?!(?P=n)[,、;。”]) | 要(?![素点求闻件]) ) )
      | (?P<han> {_N}{SPACE}?(?:[、.](?!是)|[,:]) | [壹贰叁肆伍陆柒捌玖拾]{SPACE}?[、.] )
      | (?P<bare_han> {_N}(?=\ {{1,4}}{_TITLE})(?!\ *[年月日时分]) )
      | (?P<paren_han> [(〔\[【]{SPACE}?{_N}{SPACE}?[)〕\]】、] | [㈠-㈩㊀-㊉] | {_N}\) )
      | (?P<decimal> {_D}(?:\.[1-9][0-9]?+){{1,3}}+(?![0-9]|{_AMOUNT})[.、]?(?={SPACE}*{_TITLE}) )
      | (?P<digit> {_D}{SPACE}?(?: 、 | \\?\.(?![0-9]) | \.(?=20[0-9][0-9]年|{_HOTLINE}) ) | [⒈-⒛] )
      | (?P<tight> {_D}\.(?=[0-9])(?!{_AMOUNT}) )
      | (?P<bare_digit> {_D}(?=\ {{1,4}}{_TITLE})(?!\ *[年月日时分]) )
      | (?P<paren_digit> \({SPACE}?{_D}{SPACE}?\) | [⑴-⒇] )
      | (?P<half_paren> {_D}\\?\) )
      | (?P<circled> [①-⑳⓵-⓾❶-➓] )
      | (?P<part> {_NTH}(?:部[分份]|篇|编)(?![是的为,、]) )
      | (?P<chapter> {_NTH}章(?![是的为,、]) )
      | (?P<section> {_NTH}节(?![是的为,、]) )
      | (?P<article> {_NTH}条(?={SPACE}) )
      | (?P<ordinal> 第{_N}[,、:是] )
      | (?P<order> (?:首先|其次|再次)(?=[,:是要]) | 最后(?=[,:]) )
      | (?P<other> 其{_N}(?=[,、:是]) )
      | (?P<cyclic> [{"".join(_CYCLES)}]{SPACE}?[、.] )
      | (?P<roman> \(?[ivxIVX]{{1,4}}[.、)](?={SPACE}*{_TITLE}) | [Ⅰ-Ⅻ][.、]? )
      | (?P<letter> \(?[a-zA-Z][.、)](?={SPACE}*{_TITLE}) )
    )
    """,
    re.VERBOSE,
)
# The first of a list at the end of its title, where a line break was lost; but not 第十条(一)项.
_GLUED = re.compile(rf"\(一\)(?<=[{HAN}]\(一\))(?<![条款项目章类点]\(一\))(?![项款目类和与及至、])")
# 一、二审案件, 第一、第二产业: may be two numbers of one phrase
_PAIR = re.compile(rf"第?{_N}(?:[、季审级类期线产批]|$)")
_GLYPHS = "①-⒛㈠-㈩㊀-㊉⓵-⓾❶-➓ⅰ-ⅻ壹贰叁肆伍陆柒捌玖拾"
_NUMERAL = re.compile(rf"{_N}|[0-9]+|[{_GLYPHS}]|[{''.join(_CYCLES)}]|{'|'.join(_ORDER)}|[a-z]+")


class Mark(NamedTuple):
    """Something that looks like a marker, at ``start:end`` of the text."""

    start: int
    end: int
    at: str  # what it follows: "\n", the end of a sentence, ",", " ", or "" for a word
    kind: str
    value: int  # 0 for 最后, which follows whatever number came before
    line: int
    doubtful: bool  # may be plain words (首先要看到, 一、二审): needs its list
    tight: bool = False  # stands before a figure (21.5G): needs the next of its list as well

    @property
    def inline(self) -> bool:
        """Does it enumerate inside a paragraph (一是, 第一,) rather than number a title?"""
        return RANK[self.kind] >= RANK["ordinal"]


def find_marks(folded: str) -> list[Mark]:
    """All that looks like a marker in a half-width text, in order, without contents pages and
    attachment lists."""
    marks, line, counted, shifted = [], 0, 0, "\n" + folded
    for match in find_from(_BEFORE, _MARK, shifted, 0, len(shifted)):
        line += shifted.count("\n", counted, match.end())
        counted = match.end()
        if mark := _mark(match, line):
            marks.append(mark)
    line, counted = 0, 0
    for match in _GLUED.finditer(folded):
        line += folded.count("\n", counted, match.start())
        counted = match.start()
        marks.append(Mark(*match.span(), "", "paren_han", 1, line, doubtful=False))
    marks = sorted(_settled(marks, folded))
    return _without_attachments(_without_contents(marks, folded), folded)


def _mark(match: re.Match[str], line: int) -> Mark | None:
    """The mark of a match in a text with one character before it; None where it can be none."""
    group, text = str(match.lastgroup), match.string
    start, end = match.span(group)
    at = (match["line"] or match["at"])[0].replace("\t", " ")
    if group in _TITLES and text[match.start() : start].count(" ") > 1:
        at = "\n"  # as wide as an indent: a text whose line breaks were lost
    comma = text[end - 1] in ",:" and group == "han"  # 一,加强领导
    if at != "\n" and (comma or group in _LINE_ONLY):
        return None
    kind, value = _read(match)
    doubtful = comma or group in _NEEDS_LIST or bool(_PAIR.match(text, end))
    if group == "decimal":  # 3.15活动; but the only 2.1 of a part may stand alone
        doubtful = value != 1 or not text[end].isspace()
    return Mark(start - 1, end - 1, at, kind, value, line, doubtful, group == "tight")


def _settled(marks: list[Mark], folded: str) -> Iterator[Mark]:
    """With 1.1学习, 1.2执法 as decimals and 2.24小时服务, 3.3.15活动 as the next of a list."""
    numbers = {folded[m.start : m.end].rstrip(".、") for m in marks if m.kind in _DECIMALS}
    for mark in marks:
        if mark.kind in _DECIMALS and mark.doubtful:
            whole, *_ = numeral = folded[mark.start : mark.end].rstrip(".、").split(".")
            above, last = ".".join(numeral[:-1]), int(numeral[-1])
            if numbers & {above, *(f"{above}.{last + step}" for step in (-2, -1, 1, 2))}:
                mark = mark._replace(doubtful=False)
            else:
                end = mark.start + len(whole) + 1
                mark = mark._replace(end=end, kind="digit", value=int(whole), tight=True)
        yield mark


_DECIMALS = ("decimal_2", "decimal_3", "decimal_4")
_MOST = 60  # characters of a marker, with bullets before it and what must follow


def opens_title(line: str) -> bool:
    """Does a line start with a marker of titles, and not with what may be plain words?

    >>> [opens_title(text) for text in ("一、学习", "第1章 学习", "二、三产业", "2.5公里")]
    [True, True, False, False]
    """
    match = _MARK.match("\n" + fold(line.lstrip()[:_MOST]))
    mark = match and _mark(match, 0)
    if not match or not mark or mark.inline or mark.tight:
        return False
    return match.string[match.end()].isspace() if mark.kind in _DECIMALS else not mark.doubtful


def read_marker(folded: str, length: int | None = None) -> tuple[str, int]:
    """Kind and number of the marker (of this length, if given) that a half-width text starts with.

    >>> read_marker("(三)执法"), read_marker("2.1 执法"), read_marker("2.24小时服务", 2)
    (('paren_han', 3), ('decimal_2', 1), ('digit', 2))
    """
    match = _MARK.match("\n" + folded)
    if not match:
        return "", 0
    kind, value = _read(match)
    tight = kind in _DECIMALS and len(match[str(match.lastgroup)]) > (length or len(folded))
    return ("digit", int(folded.partition(".")[0])) if tight else (kind, value)


def _read(match: re.Match[str]) -> tuple[str, int]:
    """Kind and number of a marker: a decimal by its parts, numbered by the last of them."""
    return _number(str(match.lastgroup), match[str(match.lastgroup)].lower())


@lru_cache(maxsize=1024)  # they recur from report to report
def _number(kind: str, numeral: str) -> tuple[str, int]:
    if kind == "decimal":
        parts = numeral.rstrip(".、").split(".")
        return f"decimal_{len(parts)}", int(parts[-1])
    found = _NUMERAL.search(numeral)
    numeral = found[0] if found else ""
    if kind == "letter":
        return kind, ord(numeral) - ord("a") + 1
    if numeral in _SERIES:
        return kind, _SERIES[numeral]
    return "digit" if kind == "tight" else kind, number_of(numeral) or 0


_CONTENTS = re.compile(rf"\n{SPACE}*+目{SPACE}*[录次]{SPACE}*$", re.MULTILINE)
_LEADER = " \t.·…(-"  # between an entry and its page number
_LEADS = re.compile(r"[.·…]{2}|[ \t]{2}|\t")
_ATTACHMENT = re.compile(rf"\n{SPACE}*+附{SPACE}?件{SPACE}?[0-9]*{SPACE}?:")


def _without_contents(marks: list[Mark], folded: str) -> list[Mark]:
    """Leave out lines that end in a page number, and what stands between the word 目录 and where
    its first entry comes again."""
    contents = _CONTENTS.search("\n" + folded)
    end = contents.end() - 1 if contents else len(folded)
    first = next((mark for mark in marks if mark.start > end), None)
    if first:
        entry = re.escape(without_page(_line(folded, first.start)).rstrip())
        again = re.compile(rf"^{SPACE}*(?={entry})", re.MULTILINE).search(folded, first.end)
        if again:
            marks = [m for m in marks if not end < m.start < again.end()]
    return [
        m for m in marks if m.at != "\n" or (line := _line(folded, m.start)) == without_page(line)
    ]


def without_page(line: str) -> str:
    """A line of a table of contents without its page number; another line as it is.

    >>> without_page("二、不足………3"), without_page("二、不足 3")
    ('二、不足', '二、不足 3')
    """
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
    lines = [mark for mark in marks if mark.at == "\n" and not mark.doubtful]
    top = min((RANK[mark.kind] for mark in lines), default=0)
    last = max((mark.start for mark in marks if RANK[mark.kind] == top), default=0)
    note = _ATTACHMENT.search("\n" + folded, last)
    return [mark for mark in marks if note is None or mark.start < note.start()]
