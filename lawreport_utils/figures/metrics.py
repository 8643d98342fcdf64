"""What a figure measures: the words before and after it, taken apart.

The rules are grammar; the words are in ``lexicon/outcomes.toml``.
"""

import re
from functools import cache
from types import SimpleNamespace
from typing import NamedTuple

from ..lexicon import load

_AND_OTHERS = re.compile(r"(.{2,})等(.{2,})")
_SHORT = 8  # characters of a plain noun
_EVENTS = ("次", "场次", "轮")
_PENDING = ("尚", "正在", "仍")  # 另2件尚未作出判决
_PEOPLE = ("人", "名", "人次", "户", "家")
_TAIL_REACH = 32  # characters before a figure that can be adverbs, verbs of change and bases
_SPLIT = re.compile(r"、|以及|及其?(?!时)|和(?![谐平解睦])|(?<!参)与")
_OPEN_END = r"[、等的了对向在为与和由从给于将把使及到赴,:]"
_BRACKETS = re.compile(r"\([^()]*\)")
_ASIDE = re.compile(r"\((?:[^()]*\d[^()]*|[^()]{9,})\)")
_MULTIPLE_OF = re.compile(
    r"(?<=.)(?:达到?|相当于|是|为)[^,、达是为]{3,20}(?:数量?|率|平均|总[数量])的$"
)
_PLACE = r"(?:全|本|我|该|各)[省市州区县镇乡局厅](?:范围内)?|辖区内?|境内"


class Naming(NamedTuple):
    """The words before a figure."""

    metric: str  # what is measured; "" where the clause does not say
    direction: str | None = None  # increase, decrease
    basis: str | None = None
    reached: bool = False  # 增至, 降到: the figure is where the change arrived
    each: bool = False  # 分别, 均: the figures belong to the names one by one
    verb: str = ""  # the content verb just before the figure: 抓获 in 抓获300名嫌疑人
    open: bool = True  # the clause still wants a noun: 推动5个…, 全市百余家…
    listed: bool = False  # the noun is still to come after 等: 展会、演唱会等1600余场…
    share: bool = False  # a share of what an earlier clause names: 占民警总数的18.5%


@cache
def grammar() -> SimpleNamespace:
    """The compiled patterns, made from the lexicon when first needed."""
    lexicon = load.table("outcomes")
    words, direction = lexicon["words"], lexicon["direction"]

    def choice(entries: list[str]) -> str:
        return "|".join(sorted(entries, key=len, reverse=True))

    basis, up, down = (
        choice(e) for e in (lexicon["basis"], direction["increase"], direction["decrease"])
    )
    after = "".join(direction["increase_after_basis"] + direction["decrease_after_basis"])
    content, light, lead = choice(words["content"]), "|".join(words["light"]), choice(words["lead"])
    manner = "|".join(words["manner"])
    holders = (
        "[员室站所队人院委率量]|中心|机构|体系|平台|单位|机关|部门"  # 服务 in 服务中心 is no verb
    )
    arrived = "(?:了|至|到|为|成|达|幅度?)*"
    # (?>…): a word stands in one list and another; it is matched in one way, so that a run of
    # such words takes linear time
    return SimpleNamespace(
        basis=re.compile(basis),
        tail=re.compile(
            rf"(?:(?:{basis})[{after}]?{arrived}|(?:{up}|{down}){arrived}|分别占?"
            rf"|{choice(words['filler'])}|[ 、,:])+$"
        ),
        up=re.compile(up),
        down=re.compile(down),
        up_short=tuple(direction["increase_after_basis"]),
        down_short=tuple(direction["decrease_after_basis"]),
        leading=re.compile(rf"({choice(direction['leading'])})(?!比例|率|幅|度)了?(?=..)"),
        lead=re.compile(rf"(?:{lead}|[ 、,:])+"),
        cutting=re.compile(rf".*(?:{'|'.join(words['cutting'])})(?=.)"),
        light=re.compile(rf".*(?:{light})了?"),
        action=re.compile(rf"(?>{manner})*(?:{content}|{light})"),
        light_verb=re.compile(rf"(?:组织)?(?:{light})"),
        means=re.compile(words["means"]),
        light_object=re.compile(rf"(?:{light})了?(?:{content})$"),
        content=re.compile(content),
        content_verb=re.compile(rf"(?:{content})(?!{holders})"),
        shared=re.compile(rf"(?>{manner})*(?:{content})"),
        dimensions=frozenset(words["dimensions"]),
        content_end=re.compile(rf"({content})了?$"),
        open_end=re.compile(rf"(?:(?:{content}|{light})了?|{_OPEN_END}|{_PLACE})$"),
        actor=re.compile(
            rf"(?:[^、]{{1,6}}、)*[^、]*?(?:{choice(words['actors'])})"
            rf"(?=(?>{lead}|{manner})*(?:[为对向给][^、]{{1,8}}?)?(?:{content})(?!{holders}).{{2}}"
            rf"|(?>{lead})*(?>{manner})+(?:{content})$)"
        ),
        predicate=re.compile("|".join(words["predicate"])),
        verb=re.compile(rf"{'|'.join(words['predicate'])}|{content}|{light}"),
        heads=tuple(sorted(words["heads"], key=len, reverse=True)),
        making=re.compile(rf"(?:{choice(words['making'])})了?$"),
        rule=re.compile(choice(words["rule"])),
        time_done=re.compile(choice(words["time_done"])),
        time_cue=re.compile(choice(words["time_cues"])),
        target=re.compile(choice(words["target"])),
        target_here=re.compile(choice(words["target_here"])),
        zero=re.compile(rf"(?<![\d.第])[零0][”\"’]?(?P<what>{choice(words['zero'])})"),
        change_to=re.compile(
            rf"[^;:。、]{{0,10}}?(?P<change>{up}|{down}|[增升降减缩压]|\w{{1,4}})[至到为成]"
            rf"(?:了|目前|现在|今年|当前|\d{{4}}年)*的?$"
        ),
        origin=re.compile(r"(?:由|从|自)(?!由)[^,;:。、]{0,14}$"),
    )


def direction_of(words: str, after_basis: bool = False) -> str | None:
    """increase, decrease or None: which way a verb of change points."""
    g = grammar()
    if g.down.search(words) or (after_basis and words.startswith(g.down_short)):
        return "decrease"
    if g.up.search(words) or (after_basis and words.startswith(g.up_short)):
        return "increase"
    return None


def name_before(left: str, *, rate: bool = False) -> Naming:
    """Take apart the words between the previous figure (or the start of the clause) and a figure.

    ``rate``: the figure is a percentage or a length of time.

    >>> name_before("市局党委开展“第一议题”学习").metric
    '“第一议题”学习'
    >>> name_before("全市接报刑事治安警情同比下降", rate=True)[:3]
    ('全市接报刑事治安警情', 'decrease', '同比')
    >>> name_before("抓获").open, name_before("抓获").verb
    (True, '抓获')
    """
    g = grammar()
    left = _ASIDE.sub("", left).rstrip("“‘ ")
    if multiple := _MULTIPLE_OF.search(left):
        left = left[: multiple.start()]
    tail_match = g.tail.search(left, max(0, len(left) - _TAIL_REACH))
    tail = left[tail_match.start() :] if tail_match else ""
    body = left[: len(left) - len(tail)]
    basis = g.basis.search(tail)
    rest = tail.replace(basis[0], "", 1) if basis else tail
    direction = direction_of(rest, after_basis=bool(basis))
    reached = bool(direction) and re.search(r"(?<!幅)[至到为成达]", rest[-4:]) is not None
    body = _strip_lead(body)
    if front := g.basis.match(body):
        basis, body = basis or front, _strip_lead(body[front.end() :])
    of = tail.rstrip().endswith("的")  # 年初确定的20件…
    is_open = not body or of or bool(g.open_end.search(body) and not g.light_object.search(body))
    verb = None if of else g.content_end.search(body)
    metric = _core(body, subject=bool(direction))
    if rate and direction is None and (leading := g.leading.match(metric)):
        # 压减办理时限50%: the verb of change opens the clause
        direction, metric = direction_of(leading[1]), metric[leading.end() :]
    return Naming(
        metric,
        direction,
        basis[0].removeprefix("是").removesuffix("的") if basis else None,
        reached,
        re.search("分别|均|都|皆|各", tail) is not None,
        verb[1] if verb else "",
        is_open,
        body.endswith("等"),
        body.startswith("占"),
    )


def _strip_lead(body: str) -> str:
    match = grammar().lead.match(body)
    return body[match.end() :] if match else body


def _core(body: str, *, subject: bool) -> str:
    """The name itself, without who acts, light verbs, adverbs and titles of documents.

    ``subject``: a change is stated of it, so that what stands before a verb is part of the name.
    """
    g = grammar()
    body = re.sub(r"(?:《[^》]*》(?:、|和|及|与|以及)?)+等", "", body)
    if cut := g.cutting.match(body):
        body = _strip_lead(body[cut.end() :])
    if way := g.means.match(body):
        body = _strip_lead(body[way.end() :])
    light = g.light.match(body)
    if light and not (light.end() == len(body) and not g.light_verb.fullmatch(body)):
        body = _strip_lead(body[light.end() :])
    elif not (subject or g.content_verb.match(body)) and (actor := g.actor.match(body)):
        body = _strip_lead(body[actor.end() :])
    return body.strip(" 、,:等的了")


def noun_after(
    right: str, unit: str | None, *, wanted: bool = True, figure_follows: bool = False
) -> str:
    """The noun phrase that the measure word counts, where one follows it (5个中心投入使用).

    Where people are all that is named, what they did (412人通过考试); where an event is counted,
    the event (6次组织召开联席会议). Where no noun is ``wanted``, since the words before the figure
    name it already, only a noun that fills the clause (深化高质量发展28项措施). If another
    ``figure_follows`` in the clause, the noun ends at the verb that leads on to it.

    >>> noun_after("涉案财物管理中心投入使用", "个"), noun_after("组织召开联席会议", "次")
    ('涉案财物管理中心', '联席会议')
    """
    g = grammar()
    right = right.removeprefix("的").lstrip(" ")
    if right.startswith(("、", "和", "及", "(")):  # the next item of a list; an aside
        return ""
    if unit in _EVENTS and g.action.match(right):
        return _core(right.partition("并")[0], subject=True)
    if g.light_verb.match(right):
        return right if wanted and unit in _PEOPLE else ""
    hidden = _BRACKETS.sub(lambda m: "□" * len(m[0]), right)
    match = g.predicate.search(hidden)
    if not wanted and (figure_follows or g.verb.match(right) or g.lead.match(right)):
        return ""
    if match and match.start() == 0:
        return right if unit in _PEOPLE or right.startswith(_PENDING) else ""
    noun = right[: match.start()] if match else right
    for part in re.finditer("、", noun):  # 4起案件、抓获2人: the list goes on with another verb
        if g.verb.match(noun, part.end()):
            noun = noun[: part.start()]
            break
    if figure_follows and (verb := g.content_verb.search(noun, 2)):
        noun = noun[: verb.start()]
    return noun.strip(" “”、") if wanted or len(noun) <= _SHORT else ""


def names(metric: str) -> list[str]:
    """The names of a list, a shared head given to each.

    >>> names("城中村治安、高空抛物警情")
    ['城中村治安警情', '高空抛物警情']
    >>> names("受理、办结案件")
    ['受理案件', '办结案件']
    """
    parts = [part.strip() for part in _SPLIT.split(metric) if part.strip()]
    if len(parts) < 2:
        return parts
    heads, (*others, last) = grammar().heads, parts
    if listed := _AND_OTHERS.fullmatch(last):  # 农民工、妇女等法律援助案件
        return [part + listed[2] for part in (*others, listed[1])]
    stem = last
    while head := next((h for h in heads if stem.endswith(h) and len(stem) > len(h)), ""):
        stem = stem.removesuffix(head)
    head = parts[-1].removeprefix(stem)
    return [part if not head or part.endswith(heads) else part + head for part in parts]
