"""A sentence read from figure to figure: which rule names each, and what it takes from others."""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise, zip_longest

from .actions import split_action
from .bases import direction_of, opening_basis
from .clauses import (
    BRACKETED,
    ENDS,
    Clause,
    Read,
    clause_at,
    clause_name,
    is_attribute,
    literal,
    planned,
)  # fmt: skip
from .names import Naming, name_before
from .nouns import noun_after
from .numerals import Numeral
from .rules import ends, found, opens, place, places, starts
from .stated import is_stated
from .tokens import Name, Typed, Words, text_of
from .trims import trimmed
from .units import units
from .unsaid import shared, with_thing
from .vocabulary import NONE, ends_as, figure_words


def read_sentence(words: Typed, figures: Sequence[Numeral]) -> list[Read]:
    """The figures that the words of a sentence state, each with its name, in order."""
    read, text = list[Read](), words.text
    free, arrival, basis = 0, None, opening_basis(words)
    for figure, here, following in _places(words, figures):
        if here < free:
            continue
        clause = clause_at(figure, words, free, here, following, arrival)
        naming = name_before(clause.left, rate=figure.is_rate)
        if naming.basis and opens(words.codes[here - 1 :], BRACKETED):  # 比上年(67起)上升15%
            basis, naming = naming.basis, naming._replace(basis=None)
        naming = _with_basis(naming, basis, clause.before)
        if is_stated(clause, naming, text, read[-1] if read else None):
            row = _in_plan(_named(clause, naming, read, text), clause, read)
            free = here + 1 + _taken(clause.right, row.noun)
            read += [row] if row.metric else []
        elif figure.unit in units().divisions or (figure.naming and not clause.right):
            free = here + 1
        arrival = clause.arrival
    return read


def _places(words: Typed, figures: Sequence[Numeral]) -> Iterator[tuple[Numeral, int, int | None]]:
    """Each figure with its place among the words, and that of the next."""
    by_start = {figure.start: figure for figure in figures}
    placed = [(by_start[words.starts[i]], i) for i in places(words.codes, "<figure>")]
    others = [one for before, one in pairwise(placed) if not is_attribute(before, one, words)]
    stating = [*placed[:1], *others]
    for (figure, here), after in zip_longest(stating, stating[1:]):
        yield figure, here, after and after[1]


def _with_basis(naming: Naming, basis: str | None, before: Typed) -> Naming:
    """Its own, or that of the clause before (较上年同期,…), or the one that opens the sentence."""
    if not naming.direction or naming.basis:
        return naming
    alone = found(before.codes, "<basis>$")
    return naming._replace(basis=before.words()[-1].text if alone else basis)


def _in_plan(row: Read, clause: Clause, read: Sequence[Read]) -> Read:
    """With what the words before say of it: a plan, a part of a total."""
    if not found(clause.gap, "<future|plan|to|part>") and not (read and read[-1].target):
        return row
    one, lasting = planned(clause.gap)
    if read:  # 拟废止32件、修改18件
        one = one or (read[-1].target and opens(clause.gap, "<item>"))
        lasting = lasting or read[-1].lasting
    part = found(clause.gap, "<part-holds>|(?:^|<mark>)<part>")
    return row._replace(target=one or lasting, lasting=lasting, part=part)


def _taken(right: Words, noun: Words) -> int:
    """How many of the words after a figure its name has taken."""
    return max((i for i, word in enumerate(right, 1) if word in noun), default=0)


def _named(clause: Clause, naming: Naming, read: list[Read], text: str) -> Read:
    """The first rule that fits names the figure: by the figure before it, or by its own clause."""
    if read and (row := _by_the_last(clause, read)):
        return row
    figure, naming = clause.figure, _led(clause, naming, read)
    noun = [literal(figure, text)] if figure.zero else _noun(clause, naming)
    metric = _metric(clause, naming, noun, read)
    if not noun or opens(noun, "<verb>+$"):
        metric = with_thing(metric, clause, read)
    metric = [*shared(metric, noun, clause, read), *metric]
    return Read(figure, naming, metric or trimmed(clause.right) or trimmed(clause.left), noun)


def _led(clause: Clause, naming: Naming, read: Sequence[Read]) -> Naming:
    """压减时限78%、材料65%; 增加3期、400人次: the verb of change leads all items of the list."""
    if naming.direction or not read:
        return naming
    last = read[-1].naming
    if opens(clause.gap, "<item>$") or (clause.figure.is_rate and last.leading):
        return naming._replace(direction=last.direction, basis=last.basis, reached=last.reached)
    return naming


def _by_the_last(clause: Clause, read: list[Read]) -> Read | None:
    """Where the figure before says what this one measures."""
    figure, last = clause.figure, read[-1]
    if clause.arrived is not None:
        return _arrived(figure, read, clause.arrived)
    if last.naming.each and opens(clause.gap, "<stop_item><up|down>+<le>?$"):  # 分别降2%、升3%
        turned = direction_of(clause.left, after_basis=True)[0]
        return Read(figure, last.naming._replace(direction=turned), last.metric, joined=True)
    if last.noun or not opens(clause.gap, "<item|comma|blank|dash>*$"):
        return None
    if not clause.gap:
        return _doubled(clause, read)
    alike = figure.unit == last.figure.unit and (figure.is_rate or not clause.right)
    if alike or last.naming.each:  # 下降18.4%、32.2%; but not 案例2个,1个项目入选
        return Read(figure, last.naming, last.metric, joined=True)
    return None


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


# -- The noun after the measure word -------------------------------------------------------------


def _noun(clause: Clause, naming: Naming) -> Name:
    """What the measure word counts, where that follows it."""
    figure, right = clause.figure, clause.right
    if not figure.value and figure.start < figure.first:
        return trimmed(right)  # 无一起案件被撤销
    wanted = naming.open or not naming.metric or _tells_what(clause)
    if clause.arrival is not None or (figure.is_rate and not wanted):
        return []
    noun = noun_after(right, figure.unit, wanted=wanted, figure_follows=clause.follows)
    if not noun and not wanted:
        return _counted_after(clause, naming.metric)
    return [] if _is_no_noun(noun, clause, naming) else noun


def _tells_what(clause: Clause) -> bool:
    """局党组先后6次专题研究法治工作: what was done follows; who did it stands before."""
    if clause.figure.unit not in units().acts or found(clause.left, "<verb-act>|<light>"):
        return False
    return ends(clause.left, "adverb", "actor") and starts(clause.right, "verb", "light", "manner")


def _is_no_noun(noun: Name, clause: Clause, naming: Naming) -> bool:
    """普法活动吸引3600余人次参与; 保持在96%以上的高水平."""
    done = starts(noun, "verb") and 0 < len(naming.verb) < len(naming.metric)
    return done or (clause.figure.is_rate and ends(noun, "height"))


def _counted_after(clause: Clause, metric: Name) -> Name:
    """The noun that says what is counted, though words before the figure could (市县乡三级420支应急
    分队, 执法检查12家企业)."""
    unit, right = clause.figure.unit, clause.right
    if unit in units().acts or not opens(right, "<-of|verb|join|mark>"):
        return []
    if not (metric[-1].is_a("act", "place", "means") or ends_as(metric[-1].text, "area")):
        return []
    noun = noun_after(right, unit, figure_follows=clause.follows)
    return [*metric[-1:], *noun] if noun and metric[-1].is_a("act") else noun


# -- What is measured ----------------------------------------------------------------------------


def _metric(clause: Clause, naming: Naming, noun: Name, read: Sequence[Read]) -> Name:
    """What is measured: named before the figure, after it, or by an earlier clause."""
    if clause.figure.zero:
        return _of_none(naming, noun)
    if noun:
        return [*_before_noun(naming, noun), *noun]
    if naming.metric and not naming.share:
        return naming.metric
    subject = _subject(clause, read)
    return subject if naming.share else [*subject, *naming.metric]


def _of_none(naming: Naming, noun: Name) -> Name:
    """行政诉讼零败诉; but 较大事故零发生."""
    what, named = noun[0].text, text_of(naming.metric)
    said = named.endswith(what) or (named and "happens" in figure_words().get(what, NONE))
    return naming.metric if said else [*naming.metric, *noun]


def _before_noun(naming: Naming, noun: Name) -> Words:
    """The verbs; or the name that a bare noun takes: 公安服务高质量发展28项措施."""
    if starts(noun, "pending"):
        return []  # 剩余12条正在整改
    bare = len(noun) == 1 and starts(noun, "bare")
    return naming.verb if naming.verb or naming.open or not bare else naming.metric


def _subject(clause: Clause, read: Sequence[Read]) -> Name:
    """What an earlier clause names, or the figure before."""
    before, unit = clause.before, None if clause.figure.is_rate else clause.figure.unit
    if opens(clause.left, "<average><extent>"):  # 9个地区调整了最低工资标准,平均增幅10.7%
        return split_action(clause_name(before, rate=True), "件")[1] or _of_the_same(read, unit)
    if read:  # only what follows the clause of that figure
        cut, stop = place(before.codes, ENDS), len(before.codes)
        before = before.part(stop if cut is None else cut + 1, stop)
    if named := clause_name(before, rate=True):
        return named
    if opens(clause.left, "<mark|adverb>*<share>"):
        return _of_a_whole(read, clause.left)
    return _of_the_same(read, unit)


def _of_the_same(read: Sequence[Read], unit: str | None) -> Name:
    """The name of the last figure with the same measure word: 培训班6期、学员80人,较上年增加2期."""
    return _last_name(read, lambda row: unit is not None and row.figure.unit == unit)


def _of_a_whole(read: Sequence[Read], whole: Words) -> Name:
    """占全部案件的12.6%: the last name with the head of the whole."""
    nouns = [word.text for word in whole if not word.is_a("of")]
    return _last_name(read, lambda row: row.metric[-1].text in nouns[-1:])


def _last_name(read: Sequence[Read], fits: Callable[[Read], bool]) -> Name:
    """The name of the last figure that fits; else of the last."""
    last = read[-1].metric if read else []
    return next((row.metric for row in reversed(read) if fits(row)), last)
