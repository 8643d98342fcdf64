"""The noun phrase after a measure word: where it starts, and where it ends."""

from .names import core
from .tokens import Name, Word, Words, text_of
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
    words = _after_of(list(right), wanted)
    if not words or words[0].text in _NO_START:
        return []
    if unit in units().acts and words[0].is_a("verb", "light", "event", "manner"):
        return event_after(words) if wanted else []
    if words[0].is_a(*_PREDICATES) and not _is_noun(words):
        return _deed_after(words, unit, wanted)
    noun = noun_phrase(words[words[0].is_a("date") :], to_figure=figure_follows)
    if unit in units().people:
        noun = _who_acts(words) or noun
    fills = len(noun) == len(words) and not figure_follows and len(text_of(noun)) <= _SHORT
    return trimmed(noun) if wanted or fills else []


def _after_of(words: Name, wanted: bool) -> Name:
    if words and words[0].is_a("of"):
        words = words[1:] if wanted else []  # 车流达41.8万辆次的压力: no name
    while words and words[0].text == " ":
        words = words[1:]
    return words


_NO_START = ("、", "和", "及", "(")  # the next item of a list; an aside
_PREDICATES = ("verb", "adverb", "light", "prep", "not", "each", "link")


def _deed_after(words: Name, unit: str | None, wanted: bool) -> Name:
    """What the people counted did (412人通过考试); what is still pending (3件正在审理)."""
    if words[0].is_a("link"):
        return []  # 突破3万户大关
    if words[0].is_a("pending") or (unit in units().people and wanted):
        return trimmed(strip_lead(words) if words[0].is_a("each", "cut") else words)
    return []


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
    if to_figure and phrase and phrase[-1].is_a("rate", "rate_end"):
        return _bearer(phrase)
    if start and len(text_of(phrase)) > LONG:
        phrase = words[start:end]
    return phrase


def _bearer(words: Name) -> Name:
    """9个国考断面水质优良比例达100%: the first figure counts what the rate is said of."""
    ends = [i for i, word in enumerate(words[:-1], 1) if word.is_a("head", "actor", "quote")]
    return words[: ends[0]] if ends else words


def _ends_noun(words: Name, i: int, start: int, to_figure: bool) -> bool:
    word = words[i]
    following = next(iter(words[i + 1 : i + 2]), None)
    if word.is_a("mark", "join"):
        return _parts(words, i)
    if word.is_a("up", "down"):
        return i > start and not (following and _is_suffix(following))
    if word.is_a("verb") and i > start and following and not to_figure:
        return not _is_attributive(word, following)
    if word.is_a("act"):
        return to_figure and i > start
    if word.is_a("others"):
        return not following or following.is_a(*_PREDICATES, "mark")  # 残疾人等 | 特殊群体
    if word.is_a("manner"):
        return i > start and _is_a(following, "verb", "light", "manner")
    return word.is_a(*_PREDICATES, "basis", "reach", "than", "le", "of")


def _parts(words: Name, i: int) -> bool:
    """A mark that ends a clause, or a conjunction that doesn't join two nouns."""
    if words[i].is_a("mark"):
        return words[i].text in ",;:。"
    return words[i].text not in ("、", "和", "及", "与") or _starts_item(words, i + 1)


def _is_a(word: Word | None, *types: str) -> bool:
    return word is not None and word.is_a(*types)


def _is_suffix(word: Word) -> bool:
    """能力提升班: the word before it doesn't end the name."""
    return len(word.text) == 1 or word.is_a("bare")


def _is_attributive(word: Word, following: Word) -> bool:
    """公安部督办案件, 信访问题: a verb in the middle of a name."""
    more = ("actor", "act", "join", "bare", "event") if word.is_a("act") else ()
    return following.is_a("head", "rate", *more)


def _starts_item(words: Name, i: int) -> bool:
    """4起案件、抓获2人: the list goes on with another verb."""
    return i < len(words) and words[i].is_a("verb", "light", "adverb")
