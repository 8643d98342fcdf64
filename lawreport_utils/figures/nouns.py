"""The noun phrase after a measure word: where it starts, and where it ends."""

from .names import core
from .tokens import Name, Words, text_of
from .trims import LONG, strip_lead, trimmed
from .units import units

_SHORT = 8  # characters of a plain noun


def noun_after(
    right: Words, unit: str | None, *, wanted: bool = True, figure_follows: bool = False
) -> Name:
    """The noun phrase that the measure word counts, where one follows it (5个中心投入使用).

    Where people are all that is named, what they did (412人通过考试); where an event is counted,
    the event (6次组织召开联席会议). Where no noun is ``wanted``, since the words before the figure
    name it already, only a noun that fills the clause (深化高质量发展28项措施). If another
    ``figure_follows`` in the clause, the noun ends at the verb that leads on to it.
    """
    words = list(right)
    if words and words[0].is_a("of") and not wanted:
        return []  # 车流达41.8万辆次的压力
    while words and (words[0].is_a("of") or words[0].text == " "):
        words = words[1:]
    if not words or words[0].text in ("、", "和", "及", "(", "，"):  # the next item; an aside
        return []
    if unit in units().acts and words[0].is_a("verb", "light", "event", "manner"):
        if not wanted:
            return []  # 召开会议6次专题研究…
        return event_after(words)
    first = words[0]
    if first.is_a("verb", "adverb", "light", "prep", "not", "each", "link") and not _is_noun(words):
        pending = first.is_a("pending")
        if first.is_a("link"):
            return []  # 突破3万户大关
        if pending or (unit in units().people and wanted):
            return trimmed(words if not first.is_a("each", "cut") else strip_lead(words))
        return []
    noun = noun_phrase(words[first.is_a("date") :], to_figure=figure_follows)
    if unit in units().people and (acting := _who_acts(words)):
        noun = acting  # 由23名律师组成的团队
    if not wanted and (figure_follows or len(text_of(noun)) > _SHORT):
        return []
    if not wanted and len(noun) < len(words):
        return []  # the words before the figure name it
    return trimmed(noun)


def _who_acts(words: Name) -> Name:
    """People before a verb whose clause is relative: 律师 in 律师组成的团队."""
    for i, word in enumerate(words):
        if word.is_a("of", "join", "mark"):
            break
        if i and word.is_a("verb", "prep") and words[i - 1].is_a("actor"):
            return words[:i] if any(w.is_a("of") for w in words[i:]) else []
    return []


def event_after(words: Name) -> Name:
    """6次组织召开联席会议: the event."""
    end = next((i for i, word in enumerate(words) if word.text == "并"), len(words))
    return core(words[:end], subject=True)


def _is_noun(words: Name) -> bool:
    """Is a verb at the start the first part of a name (服务中心, 未按时年检的社会组织)?"""
    if any(word.is_a("of") for word in words[1:8]):
        return True
    return (
        words[0].is_a("act")
        and len(words) > 1
        and words[1].is_a("head", "actor", "rate_end", "bare", "event")
    )


def noun_phrase(words: Name, *, to_figure: bool = False) -> Name:
    """Up to the first verb, adverb or preposition; a long relative clause gives way to its head.

    37起涉枪、涉爆等社会关注度高的案件挂牌督办: 案件
    """
    start = 0
    of = next((i for i, word in enumerate(words) if word.is_a("of")), len(words))
    if of < len(words) - 1 and not to_figure:
        start = of + 1
    end = start
    while end < len(words) and not _ends_noun(words, end, start, to_figure):
        end += 1
    phrase = words[:end]
    if start and len(text_of(phrase)) > LONG:
        phrase = words[start:end]
    return phrase


def _ends_noun(words: Name, i: int, start: int, to_figure: bool) -> bool:
    word = words[i]
    following = words[i + 1] if i + 1 < len(words) else None
    if word.is_a("mark") and word.text in ",;:。":
        return True
    if word.is_a("join"):
        return word.text not in ("、", "和", "及", "与") or _starts_item(words, i + 1)
    if word.is_a("others", "le", "of"):
        return True
    if word.is_a("up", "down"):
        return i > start and not (
            following and (len(following.text) == 1 or following.is_a("bare"))
        )
    if word.is_a("verb") and i > start and following and not to_figure:
        compound = following.is_a("head", "rate")  # 公安部督办案件, 信访问题
        if word.is_a("act"):
            return not (compound or following.is_a("actor", "act", "join"))
        return not compound
    if word.is_a("act"):
        return to_figure and i > start
    return word.is_a(
        "verb", "light", "adverb", "prep", "each", "basis", "link", "not", "reach", "than"
    )


def _starts_item(words: Name, i: int) -> bool:
    """4起案件、抓获2人: the list goes on with another verb."""
    return i < len(words) and words[i].is_a("verb", "light", "adverb")
