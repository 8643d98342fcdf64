"""Statements that can't both hold: one metric with two values, none against an admitted case."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from ..lexicon import load
from .finding import WORDS, Checked, Figure, Finding, choice

_ENOUGH = 8  # characters of a name that needs no 全年 beside it
_LEAST = 6  # characters of a name that is compared at all,
_LEAST_ACTS = 4  # and where acts are counted: 执法培训14期
_ACTS = tuple(WORDS["acts"])
_NEUTRAL = re.compile(rf"(?:{choice('neutral')}|20\d\d年(?:度|以来)?|[“”\"‘’ 、的了])++", re.ASCII)
_NARROW = re.compile(choice("narrowing"))
_SCOPING = re.compile(rf"(?:^|[,;:。])(?:{choice('scoping')})[^,;:。]*,$")
_WHOLE = re.compile(choice("whole"))
_STOP = re.compile(r"[,;:。!?\n()]")
_YEAR = re.compile(r"20\d\d(?=年)")


class _Stated(NamedTuple):
    """A figure of the whole year and the whole body, with its place in the report."""

    figure: Figure
    number: str  # of the division
    whole: bool  # does the sentence say so (全年), or does it open the report?


def check_values(checked: Checked) -> Iterator[Finding]:
    """``two_values``: one metric and one scope with two values.

    Evidence: the same words before the figure in its clause, but for 全年, 我局, 依法, 开展 and the
    like, with the same measure word, as results, in two sentences: so another actor, act, place or
    field is another scope. The words must say enough by themselves (6 characters, 4 where acts are
    counted); 其中, last year's value, a part of the year, what the clause before narrows (针对…),
    a table's cell and all but the first of a list are left out. The two stand in one division or
    in different parts of the report (sister divisions have their own fields); words under 8
    characters need 全年 or the opening of the report on both sides, or values that look like a slip
    of the hand (45, 54). Values that rounding, 余 or 近 can bring together agree.
    """
    found = defaultdict[tuple[str, str], list[_Stated]](list)
    for name, stated in _comparable(checked):
        found[name, stated.figure.unit].append(stated)
    for (name, _), (first, *others) in found.items():
        asked = set[float]()
        for other in others:
            a, b = first.figure, other.figure
            apart = a.high < b.low or b.high < a.low
            if apart and b.value not in asked and _one_scope(first, other, name):
                asked.add(b.value)
                said = {"quote": checked.quote(a), "other": checked.quote(b)}
                places = (a.start, a.end), (b.start, b.end)
                yield Finding("two_values", "two_values", *places, said)


def _comparable(checked: Checked) -> Iterator[tuple[str, _Stated]]:
    """The results whose words say what they are of, with these words."""
    for number, start, end, group in checked.by_sentence:
        for figure in group:
            if figure.kind not in ("count", "level") or not figure.value or figure.part_of:
                continue
            name = _name(checked, figure)
            least = _LEAST_ACTS if figure.unit in _ACTS else _LEAST
            told = len(name) >= least and not re.search(r"\d", name)
            if told and _unnarrowed(checked, figure, start, end):
                whole = not number or bool(_WHOLE.search(checked.folded, start, figure.start))
                yield name, _Stated(figure, number, whole)


def _name(checked: Checked, figure: Figure) -> str:
    """The words of a clause that say what its figure is of."""
    before = checked.folded[checked.clause(figure.start) : figure.start]
    after = checked.folded[figure.end : checked.clause_end(figure.end, _STOP)]
    if figure.name[-2:] in before or figure.name[-2:] not in after:
        after = ""
    return _NEUTRAL.sub("", before) + _NEUTRAL.sub("", after)


def _unnarrowed(checked: Checked, figure: Figure, start: int, end: int) -> bool:
    """Does nothing in the sentence narrow what the figure is about?"""
    folded = checked.folded
    if "\t" in folded[start:end]:
        return False
    start = max(start, folded.rfind(";", start, figure.start) + 1)
    before, clause = folded[start : figure.start], checked.clause(figure.start)
    years = {int(year) for year in _YEAR.findall(before)}
    label = ":" in folded[max(start, clause - 1) : clause]
    lead = folded[start:clause]
    another = years - {checked.report.year}
    return not (label or another or _NARROW.search(before) or _SCOPING.search(lead))


def _one_scope(first: _Stated, other: _Stated, name: str) -> bool:
    whole = first.whole and other.whole
    if not (whole or len(name) >= _ENOUGH or (len(name) >= _LEAST and _mistyped(first, other))):
        return False
    same_part = first.number.split(".")[0] == other.number.split(".")[0]
    return not same_part or first.number == other.number


def _mistyped(first: _Stated, other: _Stated) -> bool:
    """Is one value the other with two digits changed about (45, 54), or one digit of three?"""
    a, b = f"{first.figure.value:.0f}", f"{other.figure.value:.0f}"
    differing = sum(x != y for x, y in zip(a, b, strict=False))
    one = differing == 1 and len(a) > 2
    return len(a) == len(b) > 1 and (sorted(a) == sorted(b) or one)


# Not from within a number: a search from each digit of a long one takes the square of the time.
_NUMBER = (
    r"(?:(?<!\d)[1-9]\d*+|(?<![一二两三四五六七八九十])[一二两三四五六七八九十]++)"
    "余?(?:件|起|宗|例|人|名|次)"
)


def check_zeros(checked: Checked) -> Iterator[Finding]:
    """``zero``: none of something, and a case of it admitted elsewhere.

    Evidence: 零败诉, 无一败诉, 未发生…, 败诉率为零 among the results, and with a number a case
    of the same thing in another sentence that speaks of neither another year nor a plan. What the
    first says of its scope (特种设备零死亡事故, 涉企案件零败诉) must be words of the second. The
    things and their wording are in ``lexicon/checks.toml``; 败诉 and 被复议纠正 need no scope.
    """
    for thing in load.table("checks")["zero"]:
        admitted = list(_admitted(checked, thing["case"]))
        for match in _pattern(thing["none"]).finditer(checked.folded) if admitted else ():
            clause = checked.folded[checked.clause(match.start()) : match.start()]
            words = _scope(clause, match, thing)
            if words is None or _WISH.search(clause) or checked.planned(match.start()):
                continue
            for start, end, case in admitted:
                sentence = checked.folded[start:end]
                apart = not start <= match.start() < end
                below = _BELOW.search(sentence) and not _BELOW.search(clause)
                if apart and not below and all(word in sentence for word in words):
                    quoted = {"quote": match[0], "other": case[0]}
                    yield Finding("zero", "zero", match.span(), case.span(), quoted)
                    break


def _admitted(checked: Checked, words: str) -> Iterator[tuple[int, int, re.Match[str]]]:
    """Start and end of the sentences that admit a case of this year, and the case; not too many."""
    case, found = _pattern(words.replace("{some}", "(?:{n}|个别|少数)").replace("{n}", _NUMBER)), 0
    for _, start, end in checked.sentences:
        match = case.search(checked.folded, start, end)
        if match and not checked.planned(start) and not _other_year(checked, start, match.start()):
            yield start, end, match
            found += 1
            if found == _MOST_CASES:
                return


_MOST_CASES = 100
_WISH = re.compile("力争|争取|确保|努力|目标")


@cache
def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(words)


def _other_year(checked: Checked, start: int, end: int) -> bool:
    before = checked.folded[start:end]
    years = _YEAR.findall(before)
    return bool(_LAST.search(before)) or any(int(year) != checked.report.year for year in years)


_LAST = re.compile("上一?年|去年|往年|前年|同期")


def _scope(clause: str, match: re.Match[str], thing: dict[str, Any]) -> list[str] | None:
    """The words that narrow what there was none of; None where that can't be told."""
    # 诉讼零败诉、复议零纠错; 未发生…事故: of what kind
    parts = [clause.rpartition("、")[2], *filter(None, match.groups())]
    words = [re.sub("|".join(thing["implied"]), "", part) for part in parts]
    words = [word for part in words for word in _NEUTRAL.split(part) if word]
    return words if words or thing["alone"] else None


_BELOW = re.compile(choice("below"))
