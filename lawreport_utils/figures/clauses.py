"""A figure in its clause: the words before it and after it, up to where others begin."""

from typing import NamedTuple

from .names import Naming, name_before
from .numerals import Numeral
from .rules import closing, found, opening, opens, place, until
from .tokens import Name, Typed, Word, Words, pattern
from .units import units
from .vocabulary import NONE, codes

_REACH = 80  # words before a figure that can name what it measures
_NEAR = 8  # words between the figures of a from–to statement
ENDS = "<ends>|(?<=<blank>)<blank>"  # also a heading in front of it (规范执法  办理案件)
_TO_LAST_END = f".*(?:{ENDS})"
_OPEN_BRACKET = "(.*<bracket>)<-bracketed>*$"
_CLAUSE = """
  <-ends|bracket|bracketed>*
  (?: <bracket>(?!<-bracketed|figure>*<figure>)<-ends|bracket|bracketed>*
      (?:<bracketed><-ends|bracket|bracketed>*)?
  )*
"""
BRACKETED = "<bracket><figure><bracketed>"
_ORIGIN = "<from><-from|mark|stop_item>{0,6}$"  # 由, 从 or 自 opens a from–to statement


Placed = tuple[Numeral, int]  # with the number of its word


class Clause(NamedTuple):
    """What stands around a figure."""

    figure: Numeral
    gap: str  # the types of all words since those of the figure before
    before: Typed  # of these words, earlier clauses
    left: Words  # and the clause of the figure
    right: Words  # to the end of the clause, or to what names the next figure
    follows: bool  # nothing but ``right`` stands before the next figure
    arrived: Words | None  # what leads here from the figure where it started
    arrival: Words | None  # what leads to the next figure, where that is where this one arrived

    @property
    def moves(self) -> bool:
        """Is the figure one of a from–to statement?"""
        return self.arrived is not None or self.arrival is not None


class Read(NamedTuple):
    """A figure with what its clause says of it."""

    figure: Numeral
    naming: Naming
    metric: Name
    noun: Words = ()  # after the measure word, where that is what is counted
    joined: bool = False  # only 、 or 和 parts it from the figure before
    target: bool = False  # its clause states a plan …
    lasting: bool = False  # … for all that follow
    origin: bool = False  # where a change started (由17件增至29件)
    part: bool = False  # 其中 stands before it
    part_of: int | None = None  # start of the total that 其中 makes it a part of


def clause_at(
    figure: Numeral,
    words: Typed,
    free: int,
    here: int,
    following: int | None,
    arrived: Words | None,
) -> Clause:
    """The clause of the figure at ``here``; ``free``: the first word that no other figure took."""
    start, stop = _named_gap(words.codes, max(free, here - _REACH), here)
    gap = words.codes[start:stop]
    end, first, last = split_clause(gap)
    if start and opens(gap, _OF_THE_FIGURE_BEFORE):
        first = last
    left, right = words.words(start + first, start + last), _right(words, here, following)
    arrival = None
    if following is not None and (origin := place(gap[first:last], _ORIGIN)) is not None:
        arrival = _arrival(words.part(here + 1, following))
        left = left[:origin] if arrival is not None else left
    follows = following == here + 1 + len(right)
    before = words.part(start, start + end)
    return Clause(figure, gap, before, left, right, follows, arrived, arrival)


_OF_THE_FIGURE_BEFORE = "<-ends|item>+<item>$"  # 3件维持、[2件]撤销


def _named_gap(codes: str, first: int, here: int) -> tuple[int, int]:
    """办结率(99.6%)、满意率(97.2%): the name stands before the bracket of a figure."""
    first += opens(codes[first:here], "<bracketed>")
    bracketed = opens(codes[max(first, here - 1) : here + 2], BRACKETED)
    return first, here - bracketed


def split_clause(gap: str) -> tuple[int, int, int]:
    """Where the clauses before the last one end; where that starts and ends."""
    stop = closing(gap, "<opening>")  # of a figure that is quoted
    start = opening(gap[:stop], _TO_LAST_END)
    return max(start - 1, 0), start + opening(gap[start:stop], _OPEN_BRACKET), stop


def clause_name(before: Typed, *, rate: bool = False) -> Name:
    """What the last of some clauses names."""
    _, first, last = split_clause(before.codes)
    return name_before(before.words(first, last), rate=rate).metric if before.codes else []


def _right(words: Typed, here: int, following: int | None) -> Words:
    """To the end of the clause, or to the item of a list that the next figure is named by."""
    right = words.codes[here + 1 : following]
    clause = right[: opening(right, _CLAUSE)]
    if following is not None and clause == right:
        clause = until(clause, "<item>")
    return words.words(here + 1, here + 1 + len(clause))


def is_attribute(before: Placed, one: Placed, words: Typed) -> bool:
    """23台4蒸吨及以下燃煤锅炉: the second figure says which boilers; so does 10人以上 in
    未发生一次死亡10人以上的事故."""
    (figure, here), (none, last) = one, before
    if last != here - 1:
        right = words.codes[last + 1 : here + 2]
        return not none.value and opens(right, "<-mark>+<of>$")
    sized = figure.unit in units().measures or figure.bound != "exact"
    return sized and opens(words.codes[here + 1 : here + 2], "<-mark|join|verb|of|adverb>")


_ARRIVAL = """
    (?:<-mark>){0,3}
    (?:<reach>|<up|down>|<arrives>)                               # 由17件[增至]29件
    (?:<le>|<date>|<when>|<adverb>|<of>|<place>|<link>|<actor>|<same_time>)*
"""


def _arrival(gap: Typed) -> Words | None:
    """What leads from one figure to where it arrived."""
    near = len(gap.codes) <= _NEAR and pattern(_ARRIVAL).fullmatch(gap.codes)
    return gap.words() if near else None


_TURNS = "(?<!<carries>)<plan>|(?:^|<mark>)<to><date>"  # 力争; 到2025年底
_PLANNED = """
    <future>(?:<adverb>|<light>|<reach>|<make>|<up|down>|<verb>|<plan>|<date>)   # 拟修改, 计划开展
    (?:<-of>)*$
"""


def planned(gap: str) -> tuple[bool, bool]:
    """Do the words state a plan for the figure that follows (拟修改12件); for all that follow?"""
    one = found(gap, _PLANNED)
    return one, (one and found(gap, "<lasting>")) or found(gap, _TURNS)


def literal(figure: Numeral, text: str) -> Word:
    """What there was none of, as a word."""
    start, end = figure.first, figure.end
    return Word(start, end, text[start:end], NONE, codes()[NONE])
