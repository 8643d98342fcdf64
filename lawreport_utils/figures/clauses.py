"""A figure in its clause: the words before it and after it, up to where others begin."""

from collections.abc import Sequence
from typing import NamedTuple

from .names import Naming
from .numerals import Numeral
from .tokens import Name, Word, Words, coded, pattern
from .units import units

ITEM_JOINS = ("、", "和", "与", "及", "以及")
_CLAUSE_END = frozenset(",;:。!?…\n\t“”")
_REACH = 80  # words before a figure that can name what it measures
_ORIGIN = 8  # words between 由 and the figure it belongs to


class Clause(NamedTuple):
    """What stands around a figure."""

    figure: Numeral
    gap: Words  # all since the words of the figure before
    before: Words  # of these, earlier clauses
    left: Words  # of these, the clause of the figure
    right: Words  # to the end of the clause, or to what names the next figure
    follows: bool  # nothing but ``right`` stands before the next figure
    arrival: Words | None  # what leads to the next figure, where that is where this one arrived


class Read(NamedTuple):
    """A figure with what its clause says of it."""

    figure: Numeral
    naming: Naming
    metric: Name
    noun: Words = ()  # after the measure word, where that is what is counted
    joined: bool = False  # only 、 or 和 parts it from the figure before
    target: bool = False  # the clause, or one before it, states a plan
    origin: bool = False  # where a change started (由17件增至29件)
    part: bool = False  # 其中 stands before it
    part_of: int | None = None  # start of the total that 其中 makes it a part of


def clause_at(figure: Numeral, words: Words, free: int, here: int, following: int | None) -> Clause:
    """The clause of the figure at ``here``; ``free``: the first word that no other figure took."""
    gap = words[max(free, here - _REACH) : here]
    before, left = split_clause(gap)
    right = _right(words, here, following)
    arrival = None
    if following is not None and (origin := _origin(left)) is not None:
        arrival = _arrival(words[here + 1 : following])
        left = left[:origin] if arrival is not None else left
    follows = following == here + 1 + len(right)
    return Clause(figure, gap, before, left, right, follows, arrival)


def split_clause(gap: Words) -> tuple[Words, Words]:
    """What stands before the last clause of ``gap``, and that clause."""
    while gap and gap[-1].text in '“‘"':  # of a figure that is quoted
        gap = gap[:-1]
    cut = next((i for i in range(len(gap), 0, -1) if ends_clause(gap, i - 1)), 0)
    before, left = gap[: max(cut - 1, 0)], gap[cut:]
    opened = [i for i, word in enumerate(left) if word.text == "("]
    if len(opened) > sum(word.text == ")" for word in left):
        left = left[opened[-1] + 1 :]
    return before, left


def ends_clause(words: Words, i: int) -> bool:
    """Does a mark end the clause here, or a heading in front of it (规范执法  办理案件)?"""
    return words[i].text in _CLAUSE_END or (i > 0 and words[i].text == words[i - 1].text == " ")


def _right(words: Words, here: int, following: int | None) -> Words:
    stop, depth, limit = here + 1, 0, len(words) if following is None else following
    while stop < limit and not _ends_right(words, stop, limit, depth):
        depth += (words[stop].text == "(") - (words[stop].text == ")")
        stop += 1
    right = words[here + 1 : stop]
    if stop < limit or following is None:
        return right
    item = (i for i, word in enumerate(right) if word.text in ITEM_JOINS)
    return right[: next(item, len(right))]  # from there the next figure is named


def _ends_right(words: Words, i: int, limit: int, depth: int) -> bool:
    if words[i].text == "(":
        return _holds_a_figure(words[i + 1 : limit])
    return words[i].text in _CLAUSE_END or (words[i].text == ")" and not depth)


def _holds_a_figure(words: Words) -> bool:
    """Does the bracket that opens here hold one?"""
    first = next((word for word in words if word.text == ")" or word.is_a("figure")), None)
    return first is not None and first.is_a("figure")


def is_attribute(figures: Sequence[Numeral], places: Sequence[int], words: Words, k: int) -> bool:
    """23台4蒸吨及以下燃煤锅炉: the second figure says which boilers."""
    here, figure = places[k], figures[k]
    if not k or places[k - 1] != here - 1 or here + 1 >= len(words):
        return False
    sized = figure.unit in units().measures or figure.bound != "exact"
    return sized and not words[here + 1].is_a("mark", "join", "verb", "of", "adverb")


def _origin(left: Words) -> int | None:
    """Where 由, 从 or 自 opens a from–to statement."""
    for i in range(len(left) - 1, max(-1, len(left) - _ORIGIN), -1):
        if left[i].is_a("from"):
            return i
        if left[i].is_a("mark") or left[i].text == "、":
            break
    return None


_ARRIVAL = """
    (?:<-mark>){0,3}
    (?:<reach>|<up|down>|<arrives>)                               # 由17件[增至]29件
    (?:<le>|<date>|<when>|<adverb>|<of>|<place>|<link>|<actor>|<same_time>)*
"""


def _arrival(gap: Words) -> Words | None:
    """What leads from one figure to where it arrived."""
    return gap if len(gap) <= _ORIGIN and pattern(_ARRIVAL).fullmatch(coded(gap)) else None


_TURNS = "<plan>|(?:^|<mark>)<to><date>"  # 力争; 到2025年底
_PLANNED = """
    <future>(?:<adverb>|<light>|<reach>|<make>|<up|down>|<verb>|<plan>|<date>)   # 拟修改, 计划开展
    (?:<-of>)*$
"""
_LASTING = ("将", "计划")  # a plan for all that follows, not for one figure of a list


def planned(gap: Words) -> tuple[bool, bool]:
    """Do the words state a plan for the figure that follows (拟修改12件); for all that follow?"""
    codes = coded(gap)
    one = pattern(_PLANNED).search(codes) is not None
    lasting = one and any(word.text in _LASTING for word in gap)
    return one, lasting or pattern(_TURNS).search(codes) is not None


def literal(figure: Numeral, text: str) -> Word:
    """What there was none of, as a word."""
    return Word(figure.first, figure.end, text[figure.first : figure.end], frozenset())
