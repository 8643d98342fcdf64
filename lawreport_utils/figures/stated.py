"""Does a clause state its figure, rather than name something, set a rule or a period?"""

from .clauses import Clause
from .names import Naming
from .tokens import Words, coded, pattern, text_of
from .units import is_time, units

_MEASURES = ("率", "度", "数", "量", "比例", "比重", "占比", "浓度", "分")
_AT_LEAST = ("至少", "不少于", "不低于")
_RULE = "<rule>|<of><mark>?<may>"


def lays_down_a_rule(words: Words) -> bool:
    """应当…20日内答复; …的,可以处5万元罚款: the numbers of such a sentence are no results."""
    return pattern(_RULE).search(coded(words)) is not None


def is_stated(clause: Clause, naming: Naming, text: str) -> bool:
    figure = clause.figure
    if figure.zero:
        return True
    if _is_condition(clause, text) or _is_routine(clause, text):
        return False
    if figure.naming and not any(word.is_a("make") for word in clause.left[-2:]):
        return not clause.right and text_of(naming.metric) != text_of(naming.verb)
    if figure.unit in units().divisions:  # 从5个方面制定21条措施
        return bool(naming.metric) and not any(word.is_a("prep") for word in clause.left)
    if is_time(figure.unit):
        return _is_reached(clause, naming)
    if figure.unit is None:
        named = text_of(naming.metric)
        return bool(naming.direction or naming.basis or named.endswith(_MEASURES))
    return True


def _is_condition(clause: Clause, text: str) -> bool:
    """违法所得1万元以上的; (对单位罚款3万元以上)的64起案件; 限速100公里/小时."""
    figure, right = clause.figure, clause.right
    if right and right[0].is_a("of") and figure.bound != "exact" and not figure.is_rate:
        return True
    close = text.find(")", figure.end, figure.end + 40)
    return text.startswith("/", figure.end) or (close > 0 and text.startswith("的", close + 1))


def _is_routine(clause: Clause, text: str) -> bool:
    """每月组织一次, 每名网格员联系不少于10户: a duty; but 每天出动2150名民警 is a level."""
    figure, left = clause.figure, clause.left
    if not any(word.is_a("every") for word in left):
        return False
    least = any(word in text[left[0].start : figure.first] for word in _AT_LEAST)
    return least or figure.naming or figure.unit in units().acts


def _is_reached(clause: Clause, naming: Naming) -> bool:
    """A length of time is stated where it was shortened or kept (1小时办结), not where set."""
    if text_of(naming.metric).endswith(("天数", "时长")):
        return True
    done = pattern("<within>?<adverb>?<done>").match(coded(clause.right))
    cued = any(word.is_a("cue") for word in clause.left)
    return bool(naming.direction or cued or done or clause.figure.bound == "at_most")
