"""Does a clause state its figure, rather than name something, set a rule or a period?"""

import re
from collections.abc import Callable

from .actions import split_action
from .clauses import Clause, Read
from .names import Naming
from .numerals import MANY
from .rules import found, opens, starts
from .tokens import Name, Typed, pattern, text_of
from .units import units
from .vocabulary import ends_as

_AT_LEAST = re.compile("至少|不少于|不低于")
_RULE = "<rule>|<of><mark>?<may>"


def lays_down_a_rule(words: Typed) -> bool:
    """应当…20日内答复; …的,可以处5万元罚款: the numbers of such a sentence are no results."""
    return pattern(_RULE).search(words.codes) is not None


def is_stated(clause: Clause, naming: Naming, text: str, last: Read | None) -> bool:
    """``last``: the figure that the sentence states before."""
    if clause.figure.zero or clause.moves or _goes_on(clause, naming, last):
        return True
    if _is_condition(clause, text) or _is_routine(clause, text):
        return False
    rule = next((rule for fits, rule in _RULES if fits(clause)), None)
    return rule is None or rule(clause, naming)


def _is_condition(clause: Clause, text: str) -> bool:
    """违法所得1万元以上的; (对单位罚款3万元以上)的64起案件; 限速100公里/小时."""
    figure = clause.figure
    close = text.find(")", figure.end, figure.end + 40)
    if text.startswith("/", figure.end) or (close > 0 and text.startswith("的", close + 1)):
        return True
    return starts(clause.right, "of") and figure.bound != "exact" and not figure.is_rate


def _is_routine(clause: Clause, text: str) -> bool:
    """每月组织一次, 每名网格员联系不少于10户: a duty; but 每天出动2150名民警 is a level."""
    figure, left = clause.figure, clause.left
    if not found(left, "<every>"):
        return False
    least = _AT_LEAST.search(text, left[0].start, figure.first)
    return bool(least) or figure.naming or figure.unit in units().acts


def _may_name(clause: Clause) -> bool:
    return clause.figure.naming and not found(clause.left[-2:], "<make>")


def _closes_clause(clause: Clause, naming: Naming) -> bool:
    return not clause.right and text_of(naming.metric) != text_of(naming.verb)


def _divides(clause: Clause) -> bool:
    return clause.figure.unit in units().divisions


def _is_made(clause: Clause, naming: Naming) -> bool:
    """推出措施5个方面; but 从5个方面制定21条措施."""
    return bool(naming.metric) and not found(clause.left, "<prep>")


def _lasts(clause: Clause) -> bool:
    return clause.figure.unit in units().time


def _is_reached(clause: Clause, naming: Naming) -> bool:
    """A length of time is stated where it was shortened or kept (1小时办结), not where set."""
    if clause.figure.bound == "at_most":
        return True
    done = opens(clause.right, "<within>?<adverb>?<done>")
    return done or naming.direction is not None or found(clause.left, "<cue>")


def _is_bare(clause: Clause) -> bool:
    return clause.figure.unit is None


def _is_measured(clause: Clause, naming: Naming) -> bool:
    """案件数由17增至29; 得分98; 诉讼为零."""
    if naming.direction or naming.basis or not clause.figure.value:
        return True
    if naming.metric and ends_as(naming.metric[-1].text, "measure"):
        return True
    return _is_many(clause) or _is_done(clause, naming.metric)


def _is_many(clause: Clause) -> bool:
    """3亿多劳动者."""
    rough = clause.figure.value >= MANY and clause.figure.bound != "exact"
    return rough and opens(clause.right, "<-up|down|reach>")


def _is_done(clause: Clause, metric: Name) -> bool:
    """受理申请126 or 2012; but no year (修订规划2035), nothing with a number (接听热线12345)."""
    action, thing = split_action(metric, "")
    year = clause.figure.value in _YEARS and not starts(action, "handles")
    if clause.right or year or not action:
        return False
    return bool(thing) and not thing[-1].is_a("actor")


_YEARS = range(1949, 2100)


def _goes_on(clause: Clause, naming: Naming, last: Read | None) -> bool:
    """受理申请126,办结118: the verb needs no object."""
    alike = last is not None and last.figure.unit is None and not last.figure.zero
    return alike and _is_bare(clause) and not clause.right and opens(naming.metric, "<verb>+$")


# The first kind that fits the figure says what makes it a statement.
_RULES: tuple[tuple[Callable[[Clause], bool], Callable[[Clause, Naming], bool]], ...] = (
    (_may_name, _closes_clause),
    (_divides, _is_made),
    (_lasts, _is_reached),
    (_is_bare, _is_measured),
)
