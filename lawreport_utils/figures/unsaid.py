"""What a name leaves unsaid: the thing of a verb, the verb of a list, from the figures before."""

from collections.abc import Sequence

from .actions import goes_to, split_action
from .clauses import Clause, Read, clause_name
from .rules import VERBS, ends, found, opening, opens
from .tokens import Name, text_of
from .units import units


def with_thing(metric: Name, clause: Clause, read: Sequence[Read]) -> Name:
    """With what was done a verb without an object: 受理案件12件,办结10件; 移送公安机关 2件."""
    unit = clause.figure.unit
    to = bool(metric) and goes_to(metric, unit)
    if not (to or opens(metric, "<adverb|manner|newly>*<verb>+$")) or split_action(metric, unit)[0]:
        return metric
    deed = metric[:1] if to else metric
    thing = _thing(deed, clause, read)
    return [*deed, *thing] if thing else metric


def _thing(deed: Name, clause: Clause, read: Sequence[Read]) -> Name:
    """What was said before to be done, or counted, in the same measure word."""
    unit = clause.figure.unit
    if clause.figure.is_rate or unit in units().acts | units().amounts:
        return []
    if opens(clause.gap, "<stop_item>") and opens(deed, "<act>+$"):
        return []  # 合同41份、答复21份
    thing = _said(read, unit)
    if not thing and not found(deed, "<act>"):  # 清理证明事项,取消86项
        thing = _object(clause_name(clause.before), unit)
    verbs = {word.text for word in deed}
    return thing if verbs.isdisjoint(word.text for word in thing) else []


def _said(read: Sequence[Read], unit: str | None) -> Name:
    """What the same measure word counted: the thing of an action; else what was only counted
    (对931宗土地违法案件,立案查处728宗; 有复议案件7件,维持5件)."""
    same = [row for row in reversed(read) if row.figure.unit == unit]
    things = [
        *(_object(row.metric, unit) or _only_counted(row) for row in same),
        *(row.noun for row in same if row.metric == row.noun and not opens(row.noun, "<verb>")),
    ]
    return list(next(filter(None, things), []))


def _only_counted(row: Read) -> Name:
    """清单涉及证明事项数量为205项,取消48项: the thing is 证明事项; no part of a total."""
    name = row.metric[: opening(row.metric, "(.*<head|bare>)<dimension>$") or len(row.metric)]
    whole = not row.part and ends(name, "head", "bare")
    return name[opening(name, ".*(?:<verb-act>|<done>)") :] if whole else []


def _object(metric: Name, unit: str | None) -> Name:
    """The thing of an action, or the head of a relative clause."""
    of = opening(metric, ".*<of>")
    action, thing = split_action(metric, unit or "")
    return metric[of:] if of else thing if action else []


def shared(metric: Name, noun: Name, clause: Clause, read: Sequence[Read]) -> Name:
    """What an item of a list leaves unsaid: the verb of 建成中心1个、工作站11个, or all but the
    dimension (违法用地63宗、面积218亩)."""
    if not read or clause.before.codes:
        return []
    former, name = read[-1].metric, text_of(metric)
    if name in (text_of(former), text_of(noun)):
        return []
    if opens(metric, "<dimension>$"):
        return [] if read[-1].figure.is_rate else former
    listed = opens(clause.gap, "<item>") and not found(clause.gap, "<verb|light>")
    return _verbs(former) if listed and not clause.figure.is_rate else []


def _verbs(former: Name) -> Name:
    """The verbs of the item before; none of 督办函7份."""
    end = opening(former, VERBS)
    return former[:end] if len(text_of(former[end:])) > 1 else []
