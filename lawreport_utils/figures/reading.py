"""A sentence read from figure to figure: which rule names each, and what it takes from others."""

from collections.abc import Iterator, Sequence

from .actions import goes_to, split_action
from .bases import direction_of, opening_basis
from .clauses import (
    ITEM_JOINS,
    Clause,
    Read,
    clause_at,
    ends_clause,
    is_attribute,
    literal,
    planned,
    split_clause,
)  # fmt: skip
from .names import Naming, name_before
from .nouns import noun_after
from .numerals import Numeral
from .stated import is_stated
from .tokens import Name, Words, coded, pattern, text_of
from .trims import trimmed
from .units import units

_JOINS = (*ITEM_JOINS, ",", " ", *"-—–~")
_HAPPENED = ("发生", "发案", "新增", "增长")  # says nothing of what there was none
_LEVELS = ("水平", "高位", "佳绩", "成绩", "态势", "区间", "范围", "压力")


def read_sentence(text: str, words: Words, figures: Sequence[Numeral]) -> list[Read]:
    """The figures that the words of a sentence state, each with its name, in order."""
    read: list[Read] = []
    free, arrival, target = 0, None, False
    opening = opening_basis(words)
    for figure, here, following in _places(words, figures):
        if here < free:
            continue
        clause = clause_at(figure, words, free, here, following)
        naming = name_before(clause.left, rate=figure.is_rate)
        if naming.direction and not naming.basis:
            naming = naming._replace(basis=opening)
        moved = clause.arrival is not None or arrival is not None
        if moved or is_stated(clause, naming, text):
            row = _named(clause, naming, read, arrival, text)
            free = here + 1 + _taken(clause.right, row.noun)
            one, lasting = planned(clause.gap)
            target = target or lasting
            part = any("part" in word.types for word in clause.gap)
            row = row._replace(target=target or one, part=part)
            read += [row] if row.metric else []
        elif figure.unit in units().divisions or (figure.naming and not clause.right):
            free = here + 1
        arrival = clause.arrival
    return read


def _places(words: Words, figures: Sequence[Numeral]) -> Iterator[tuple[Numeral, int, int | None]]:
    """Each figure with its place among the words, and that of the next."""
    at = {word.start: i for i, word in enumerate(words)}
    places = [at.get(figure.start, -1) for figure in figures]
    kept = [k for k in range(len(figures)) if not is_attribute(figures, places, words, k)]
    for k, after in zip(kept, [*kept[1:], None], strict=True):
        yield figures[k], places[k], None if after is None else places[after]


def _taken(right: Words, noun: Words) -> int:
    """How many of the words after a figure its name has taken."""
    return max((i for i, word in enumerate(right, 1) if word in noun), default=0)


def _named(
    clause: Clause, naming: Naming, read: list[Read], arrival: Words | None, text: str
) -> Read:
    """The first rule that fits names the figure: by the figure before it, or by its own clause."""
    figure, last = clause.figure, read[-1] if read else None
    if last and (row := _by_the_last(clause, read, arrival)):
        return row
    if last and last.naming.leading and not naming.direction and figure.is_rate:
        naming = naming._replace(direction=last.naming.direction)  # 压减时限78%、材料65%
    noun = [literal(figure, text)] if figure.zero else _noun(clause, naming)
    metric = _completed(_metric(clause, naming, noun, last), noun, clause, read)
    return Read(figure, naming, metric or trimmed(clause.right) or trimmed(clause.left), noun)


def _by_the_last(clause: Clause, read: list[Read], arrival: Words | None) -> Read | None:
    """Where the figure before says what this one measures."""
    figure, last = clause.figure, read[-1]
    if arrival is not None:
        return _arrived(figure, read, arrival)
    if last.noun or not all(word.text in _JOINS for word in clause.gap):
        return None
    if not clause.gap:
        return _doubled(clause, read)
    if figure.unit == last.figure.unit or last.naming.each:
        return Read(figure, last.naming, last.metric, joined=True)  # 下降18.4%、32.2%
    return None


def _completed(metric: Name, noun: Name, clause: Clause, read: Sequence[Read]) -> Name:
    """With what an item of a list, or a verb without an object, leaves unsaid."""
    unit = clause.figure.unit
    if not noun and _is_deed(metric, unit):
        deed = metric[:1] if goes_to(metric, unit) else metric
        thing = _thing(deed, clause, read)
        metric = [*deed, *thing] if thing else metric
    if read and not clause.before and text_of(noun) != text_of(metric):
        metric = [
            *_shared(read[-1].metric, metric, clause.gap, rate=clause.figure.is_rate),
            *metric,
        ]
    return metric


def _arrived(figure: Numeral, read: list[Read], arrival: Words) -> Read:
    """由17件增至29件: the second figure has the name of the first, and the direction."""
    last = read[-1]
    read[-1] = last._replace(origin=True)
    grown = "increase" if figure.value > last.figure.value else "decrease"
    direction = direction_of(arrival, after_basis=True)[0] or grown
    naming = last.naming._replace(direction=direction, reached=True)
    return Read(figure, naming, last.metric)


def _doubled(clause: Clause, read: list[Read]) -> Read:
    """9类34项整改任务, 议定事项58次213项: two figures for one name."""
    figure, last = clause.figure, read[-1]
    if figure.is_rate:
        return Read(figure, last.naming, last.metric)
    noun = noun_after(clause.right, figure.unit, figure_follows=clause.follows)
    if noun:
        noun = [*last.naming.verb, *noun]
        read[-1] = last._replace(metric=noun)
    return Read(figure, last.naming, noun or last.metric, noun)


def _noun(clause: Clause, naming: Naming) -> Name:
    """What the measure word counts, where that follows it."""
    figure, right, before = clause.figure, clause.right, naming.metric
    wanted = naming.open or not before or _tells_what(clause)
    if clause.arrival is not None or (figure.is_rate and not wanted):
        return []
    noun = noun_after(right, figure.unit, wanted=wanted, figure_follows=clause.follows)
    if not noun and not wanted and _is_counted_after(before, right, figure.unit):
        noun = noun_after(right, figure.unit, figure_follows=clause.follows)
        return [*before[-1:], *noun] if noun and before[-1].is_a("act") else noun
    return [] if noun and _is_no_noun(noun, clause, naming) else noun


def _tells_what(clause: Clause) -> bool:
    """局党组先后6次专题研究法治工作: what was done follows; who did it stands before."""
    left, right = clause.left, clause.right
    if clause.figure.unit not in units().acts or not (left and right):
        return False
    told = any(word.is_a("verb", "light") for word in left)
    return not told and left[-1].is_a("adverb") and right[0].is_a("verb", "light", "manner")


def _is_no_noun(noun: Name, clause: Clause, naming: Naming) -> bool:
    """普法活动吸引3600余人次参与; 保持在96%以上的高位水平."""
    if noun[0].is_a("verb") and 0 < len(naming.verb) < len(naming.metric):
        return True
    return clause.figure.is_rate and noun[-1].text.endswith(_LEVELS)


def _is_counted_after(metric: Name, right: Words, unit: str | None) -> bool:
    """Does the noun after the measure word say what is counted, though words before it could
    (市县乡三级420支应急分队, 执法检查12家企业)?"""
    if unit in units().acts or not right or right[0].is_a("of", "verb", "join", "mark"):
        return False
    return metric[-1].is_a("act", "place") or metric[-1].text[-1] in "级类"


def _metric(clause: Clause, naming: Naming, noun: Name, last: Read | None) -> Name:
    """What is measured: named before the figure, after it, or by an earlier clause."""
    if clause.figure.zero:  # 行政诉讼零败诉; but 较大事故零发生
        said = noun[0].text in _HAPPENED or text_of(naming.metric).endswith(noun[0].text)
        return naming.metric if said and naming.metric else [*naming.metric, *noun]
    if noun and len(noun) == 1 and noun[0].is_a("bare") and not naming.verb and not naming.open:
        return [*naming.metric, *noun]  # 公安服务高质量发展28项措施
    if noun:
        return [*naming.verb, *noun]
    if naming.metric and not naming.share:
        return naming.metric
    subject = _subject(clause.before, last)
    return subject if naming.share else [*subject, *naming.metric]


def _subject(before: Words, last: Read | None) -> Name:
    """What an earlier clause names, or the figure before."""
    if last:  # only what follows the clause of that figure
        ends = [i for i in range(len(before)) if ends_clause(before, i)]
        before = before[ends[0] + 1 :] if ends else []
    subject = name_before(split_clause(before)[1], rate=True).metric if before else []
    return subject or (last.metric if last else [])


def _is_deed(metric: Name, unit: str | None) -> bool:
    """Is it a verb without an object (办结 10件; 移送公安机关 2件)?"""
    if not metric or not metric[0].is_a("verb"):
        return False
    alone = goes_to(metric, unit) or all(word.is_a("verb") for word in metric)
    return alone and not split_action(metric, unit)[0]


def _thing(deed: Name, clause: Clause, read: Sequence[Read]) -> Name:
    """What a verb without an object was done with, as said before: 受理案件12件,办结10件."""
    unit = clause.figure.unit
    acts = [word for word in deed if word.is_a("act")]
    if unit is None or unit in units().acts | units().amounts:
        return []
    if clause.gap[0].text == "、" and len(acts) == len(deed):
        return []  # 合同41份、答复21份
    said = (_object(row.metric, unit) for row in reversed(read) if row.figure.unit == unit)
    thing = next(filter(None, said), [])
    if not thing and not acts and clause.before:  # 清理证明事项,取消86项
        thing = _object(name_before(split_clause(clause.before)[1]).metric, unit)
    verbs = {word.text for word in deed}
    return [] if any(word.text in verbs for word in thing) else thing


def _object(metric: Name, unit: str) -> Name:
    """The thing of an action, or the head of a relative clause."""
    of = [i for i, word in enumerate(metric) if word.is_a("of")]
    action, thing = split_action(metric, unit)
    return metric[of[-1] + 1 :] if of else thing if action else []


def _shared(former: Name, metric: Name, gap: Words, *, rate: bool) -> Name:
    """What an item of a list leaves unsaid: the verb of 建成中心1个、工作站11个, or all but the
    dimension (违法用地63宗、面积218亩)."""
    if not gap or gap[0].text not in ITEM_JOINS or text_of(metric) == text_of(former):
        return []
    if len(metric) == 1 and metric[0].is_a("dimension"):
        return former
    verb = pattern("<verb>(?:<join>?<verb>)*").match(coded(former))
    if rate or not verb or any(w.is_a("verb", "light") for w in gap):
        return []
    if len(text_of(former[verb.end() :])) <= 1:
        return []  # 督办函7份、…: no verb
    return former[: verb.end()]
