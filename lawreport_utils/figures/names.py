"""What a figure measures: the words before it, taken apart.

Rules over types of words, each beside the sentence that it is for.
"""

from typing import NamedTuple

from .actions import trailing_verbs
from .bases import direction_of
from .tokens import Name, Word, Words, coded, pattern, text_of
from .trims import LONG, strip_lead, trimmed, without_asides, without_multiple, without_titles
from .vocabulary import SHOWN

_TAIL = ("basis", "up", "down", "reach", "each", "link", "adverb", "le", "date", "near")


class Naming(NamedTuple):
    """The words before a figure."""

    metric: Name  # what is measured, with the verb before it; empty where the clause does not say
    direction: str | None = None  # increase, decrease
    basis: str | None = None
    reached: bool = False  # 增至, 降到: the figure is where the change arrived
    each: bool = False  # 分别, 均: the figures belong to the names one by one
    verb: tuple[Word, ...] = ()  # the verbs just before the figure: 抓获 in 抓获300名嫌疑人
    open: bool = True  # the clause still wants a noun: 推动5个…, 全市百余家…
    leading: bool = False  # the verb of change opens the clause: 压减办理时限50%
    share: bool = False  # a share of what an earlier clause names: 占民警总数的18.5%


def name_before(left: Words, *, rate: bool = False) -> Naming:
    """Take apart the words between the previous figure (or the start of the clause) and a figure.

    ``rate``: the figure is a percentage or a length of time.
    """
    words = without_multiple(without_asides(left))
    body, tail = _split_tail(words)
    basis = _first(tail, "basis")
    direction, reached = direction_of(tail, after_basis=basis is not None)
    body, standard = _without_standard(body)
    share = standard or text_of(body[:1]) == "占"
    part = any(word.is_a("part") for word in body[:2])
    body, basis = _without_basis(strip_lead(body), basis)
    of = bool(words) and words[-1].is_a("of")
    metric = core(body, subject=direction is not None or rate or part)
    metric = metric or [_as_verb(word) for word in tail if word.is_a("result")]
    verbs = () if of else tuple(trailing_verbs(metric))
    opening, metric = _rate_name(metric, direction) if rate else (None, metric)
    return Naming(
        metric=metric,
        direction=direction or opening,
        basis=_plain(basis),
        reached=reached,
        each=_first(tail, "each") is not None,
        verb=verbs,
        open=of or bool(verbs) or _is_open(body) or _arrives(tail, direction),
        leading=opening is not None,
        share=share,
    )


def _first(words: Name, kind: str) -> Word | None:
    return next((word for word in words if word.is_a(kind)), None)


def _arrives(tail: Name, direction: str | None) -> bool:
    """分别到14个村: what follows 到 is the place, not where a change arrived."""
    return text_of(tail[-1:]) == "到" and not direction


def _rate_name(metric: Name, direction: str | None) -> tuple[str | None, Name]:
    """The direction that the name of a rate opens with, where none is said behind it; the name."""
    metric = _to_rate(metric)
    return (None, metric) if direction else _opening_change(metric)


def _as_verb(word: Word) -> Word:
    """成功281件."""
    return word._replace(types=SHOWN["verb"])


def _without_standard(body: Name) -> tuple[Name, bool]:
    """网办率高于全省平均水平3个百分点: the name, and whether an earlier clause has it."""
    for i, word in enumerate(body):
        if word.text in _BEYOND or (word.is_a("than") and text_of(body[i:]).count("平均")):
            return body[:i], i == 0
    return body, False


_BEYOND = ("高于", "低于", "高出", "优于", "快于")


def _plain(basis: Word | None) -> str | None:
    return basis.text.removeprefix("是").removesuffix("的") if basis else None


def _without_basis(body: Name, basis: Word | None) -> tuple[Name, Word | None]:
    """与上年相比,警情下降: the basis opens the clause."""
    if not body or not body[0].is_a("basis"):
        return body, basis
    return strip_lead(body[1:]), basis or body[0]


def _opening_change(metric: Name) -> tuple[str | None, Name]:
    """压减办理时限50%: the verb of change opens the clause. Its direction, and the name."""
    start = 0
    while start < len(metric) and metric[start].is_a("near"):
        start += 1
    rest = metric[start + 1 :]
    if not rest or not metric[start].is_a("up", "down"):
        return None, metric
    if rest[0].is_a("rate_end") and not rest[0].is_a("limit"):  # 压减时限78%; but 增长幅度
        return None, metric
    opening = direction_of(metric[start : start + 1], after_basis=True)[0]
    return opening, rest[rest[0].is_a("le") :]


def _to_rate(metric: Name) -> Name:
    """The name of a rate ends with its head: 办结率 of 办结率总体稳中有升."""
    for i in range(len(metric) - 1, 0, -1):
        if metric[i].is_a("of", "join"):
            return metric
        if metric[i].is_a("rate", "rate_end"):
            return metric[: i + 1]
    return metric


def _split_tail(words: Name) -> tuple[Name, Name]:
    """Body and tail: 警情 | 同比 分别 下降 了."""
    i = len(words)
    while i and (
        words[i - 1].is_a(*_TAIL) or words[i - 1].text in ("的", "、", " ", ",", ":", "“", '"')
    ):
        i -= 1
    while i < len(words) and words[i].text == "、" and i:
        i += 1
    return words[:i], words[i:]


def core(body: Words, *, subject: bool) -> Name:
    """The name itself, without who acts, light verbs, adverbs and titles of documents.

    ``subject``: a change is stated of it, so that what stands before a verb is part of the name.
    """
    words = without_titles(list(body))
    if rest := pattern("<verb><of>").match(coded(words)):
        words = words[rest.end() :]  # 由23名律师[组成的]服务团走访企业
    cuts = [i for i, word in enumerate(words[:-1]) if word.is_a("cut")]
    if cuts:  # 全市公安机关累计侦破…
        words = strip_lead(words[cuts[-1] + 1 :])
    words = without_means(words)
    light = _last_light(words)
    if light is not None:
        words = _object_of(words, light)
    elif not subject:
        words = without_actor(words)
    words = trimmed(words)
    if len(words) > 1 and words[0].text == "将":  # 将学法网点扩大到30个
        words = words[1:]
    return words[1:] if len(text_of(words)) > LONG and words[0].is_a("place") else words


def _last_light(words: Name) -> int | None:
    lights = [i for i, word in enumerate(words) if word.is_a("light")]
    lights = [i for i in lights if not _is_relative(words, i)]
    return lights[-1] if lights and (lights[-1] < len(words) - 1 or len(words) == 1) else None


def _object_of(words: Name, light: int) -> Name:
    """提出审查意见: 审查 is no action here, but part of the name."""
    rest = strip_lead(words[light + 1 :])
    if words[light].is_a("nominal") and rest and rest[0].is_a("act"):
        rest[0] = rest[0]._replace(types=frozenset(["event"]))
    return rest


def _is_relative(words: Name, i: int) -> bool:
    """公布实行告知承诺制的证明事项: 实行 belongs to the relative clause."""
    return any(word.is_only_verb() for word in words[:i]) and any(
        word.is_a("of") for word in words[i:]
    )


def without_means(words: Name) -> Name:
    """按照…要求, 以…方式: how it was done, before what was done."""
    if words and words[0].is_a("prep"):
        for i, word in enumerate(words[1:14], 1):
            if word.is_a("means") and i + 1 < len(words):
                rest = strip_lead(words[i + 1 :])
                return rest or words
            if word.text == ",":
                break
    return words


def without_actor(words: Name) -> Name:
    """县公安局抓获…: who acts stands before the first verb; for whom as well (为群众提供咨询)."""
    if words and words[0].is_a("prep", "with"):
        return _without_preposition(words)
    for i, word in enumerate(words):
        before = words[i - 1] if i else None
        if before and word.is_a(*_PREDICATE):
            if before.is_a("actor", "place") and _acts(words, i):
                rest = strip_lead(words[i:])
                return _without_preposition(rest) if rest and rest[0].is_a("with") else rest
            if before.is_a("event") and word.is_only_verb():
                return words[i:]  # 渔政执法出动船艇
        if word.is_only_verb():
            break
    return words


_PREDICATE = ("verb", "short_verb", "light", "adverb", "manner", "prep", "event")


def _without_preposition(words: Name) -> Name:
    if words[-1].is_a("event") and words[0].is_a("prep"):
        return words[-1:]  # 为群众追赃挽损
    for i, word in enumerate(words):
        if (
            i > 1
            and word.is_only_verb()
            and i < len(words) - 1
            and not any(w.is_a("of") for w in words[i:])
        ):
            return words[i:]
    return words


def _acts(words: Name, i: int) -> bool:
    """Does the predicate start here, not the second part of a name (行政机关败诉案件)?"""
    word, rest = words[i], words[i + 1 :]
    if word.is_a("event"):
        return not rest
    if word.is_a("adverb") and not word.is_a("link") and _verb_follows(words, i):
        return True
    if word.is_a("act") and len(rest) == 1 and rest[0].is_a("head", "bare", "rate_end"):
        return False
    if any(w.is_a("join") for w in words[:i]) and any(w.is_a("join", "others") for w in rest):
        return False
    return _verb_follows(words, i)


def _verb_follows(words: Name, i: int) -> bool:
    return any(word.is_a("verb", "short_verb", "light", "event") for word in words[i : i + 6])


def _is_open(body: Name) -> bool:
    """Does the clause still want a noun (对1096家企业, 全市百余家企业)?"""
    return not body or body[-1].is_a(
        "prep",
        "with",
        "part",
        "join",
        "others",
        "of",
        "place",
        "light",
        "than",
        "le",
        "reach",
        "mark",
    )
