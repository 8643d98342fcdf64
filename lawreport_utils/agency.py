"""Who issued a report, by what its title, its opening, its sign-off and its publisher say."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from .characters import HAN, close_up
from .dates import YEAR, date_line, find_dates
from .lexicon import load

CLOSING_LINES = 12  # a sign-off and the notes below it
MAX_FOOT = 1000  # characters of them
_MAX_NAME = 40

_TITLE, _SELF = load.table("structure")["title"], load.table("structure")["subject"]
_AFTER_AGENCY = re.compile(_TITLE["after_agency"])
ORGAN = re.compile(f"(?:{_TITLE['organ']})$")
_LEADING_ON = re.compile(f"^关于(?:{_TITLE['sent']})?")
_SITE = re.compile(rf"^.*(?:\.[a-z]{{2,4}}|[—|]) *(?=[{HAN}])")  # 某网—www.a.cn某局
_LEADING_YEAR = re.compile(rf"^{YEAR}\s?年?度?\s?", re.ASCII)
_BODY = re.compile(
    rf"((?:(?!关于|{YEAR}).){{1,40}}(?:{_TITLE['organ']})(?<!法治政府)"
    rf"(?:\([^()]{{1,20}}\))?)(?={_TITLE['after_agency']})",  # 某局(某某局)
    re.ASCII,
)
# Who a report is on, by its opening: 2023年,(在上级领导下,)某局坚持…
_SUBJECT = re.compile(
    rf"""
    (?: ^ | [,。;!] | 受(?=[^,。]{{3,30}}委托) ) \s*  # where a clause starts
    (?: {YEAR}年(?:度|以来|来)?\s* )?
    (?P<name> (?!{_SELF["no_start"]}) (?: (?!{_SELF["not_in"]}) [{HAN}] ){{1,24}}?
        (?:{_TITLE["organ"]}|{_SELF["place"]}) )
    (?:党委|党组|党工委)?
    (?= (?!依法治) {load.choice(_SELF["opener"])} | 在[^,。]{{2,60}}?下 | 的?委托 )
    """,
    re.ASCII | re.VERBOSE,
)


# The same, where a letter hands it in: 现将某局2024年…报送如下
_HANDED_IN = re.compile(
    rf"""
    现[将就]《? (?P<name> (?: (?!{_SELF["not_in"]}) [{HAN}] ){{1,24}}?
        (?:{_TITLE["organ"]}|{_SELF["place"]}) )
    (?= {YEAR} )
    """,
    re.ASCII | re.VERBOSE,
)


class SignOff(NamedTuple):
    """The last lines of a report: who signs it ("" for a date alone), from ``start`` on."""

    name: str
    start: int


class Bodies(NamedTuple):
    """The bodies that may have issued a report, the best evidence first; "" for none."""

    title: str
    opening: str  # what the first sentences say something of
    byline: str  # in a line of its own before the first division
    sign_off: str
    publisher: str


def issuer(title: str) -> str:
    """What a title says before its topic: 某局 of 某局2024年…, 关于(报送)某局…, 2024年某局法治…"""
    name = _LEADING_YEAR.sub("", _LEADING_ON.sub("", _SITE.sub("", title)))
    if body := _BODY.match(name):  # 某市行政执法局: its name has words that could follow a name
        return body[1].strip()
    stop = _AFTER_AGENCY.search(name)
    return name[: stop.start()].strip(" \t|—") if stop else ""


def agency_of(bodies: Bodies, start: str) -> tuple[str, tuple[str, ...]]:
    """The issuing body, and a warning where title and sign-off name different ones."""
    if not (agency := next(filter(None, bodies), "")):
        return "", ()
    government = re.search(rf"{re.escape(agency)}(?:人民政府|街?道?办事处)", start)
    names = [*bodies, government[0] if government else ""]
    agency = max((name for name in names if _completes(name, agency)), key=len, default="")
    titled, signed = bodies.title, bodies.sign_off
    if titled in signed or signed in titled or _completes(signed, titled):
        return agency, ()
    return agency, (_TWO_AGENCIES.format(titled, signed, agency),)


_TWO_AGENCIES = "The title names {}, the sign-off {}: {} was taken for the issuing body."


def _completes(longer: str, name: str) -> bool:
    """云岭县公安局 completes 县公安局, 青溪区人民政府 completes 青溪区."""
    government = re.match("人民政府$|街?道?办事处$", longer.removeprefix(name))
    return longer.endswith(name) or (longer.startswith(name) and government is not None)


def subjects(prose: list[str]) -> Iterator[str]:
    """The bodies that the opening says something of."""
    for pattern in (_SUBJECT, _HANDED_IN):
        for line in prose:
            for subject in pattern.finditer(line):
                if not _LEADERS.search(subject["name"]):
                    yield subject["name"]


_LEADERS = re.compile("委.*政府|^.?委$")  # 县委县政府, 区委: whoever leads the body


@lru_cache(maxsize=2)  # asked for by the divisions, the metadata and the plans of a report
def find_sign_off(folded: str, body: int = 0) -> SignOff | None:
    """The body and the date with which a report ends, in lines of their own behind ``body``."""
    end = len(folded.rstrip())
    foot = max(body, end - MAX_FOOT)
    rows = re.finditer(r"[^\n]+", folded[foot:end])
    lines = [(foot + row.start(), close_up(row[0].strip())) for row in rows if row[0].strip()]
    lines = lines[-CLOSING_LINES:]
    for i in reversed(range(len(lines))):
        start, line = lines[i]
        found = next(find_dates(line), None) if date_line(line) else None
        beside = line[: found.start].strip(" (") if found else ""
        if beside and SIGNED.fullmatch(beside):
            return SignOff(beside, start)
        if not found or beside:
            continue
        name = ""
        while i and SIGNED.fullmatch(lines[i - 1][1]):  # two bodies may sign
            i -= 1
            start, name = lines[i][0], name or lines[i][1]
        if name or i > len(lines) - _NOTES:
            return SignOff(name, start)
    return None


SIGNED = re.compile(rf"[{HAN}() ]{{1,{_MAX_NAME}}}(?:{_TITLE['organ']})")
_NOTES = 4  # lines that may stand below a date alone
