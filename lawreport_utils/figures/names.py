"""What a figure measures: the words before and after it, taken apart.

Rules over types of words, each beside the sentence that it is for. A name is a list of words.
"""

from typing import NamedTuple

from .numerals import units
from .tokens import Word, Words, coded, pattern

Name = list[Word]

_TAIL = ("basis", "up", "down", "reach", "each", "link", "adverb", "le", "date", "near")
_LEAD = ("adverb", "join", "part", "link", "date", "le", "of", "mark", "plan", "each", "others",
         "opens")  # fmt: skip
_SHORT = 8  # characters of a plain noun
_LONG = 14  # characters of a name with a relative clause


class Naming(NamedTuple):
    """The words before a figure."""

    metric: Name  # what is measured, with the verb before it; empty where the clause does not say
    direction: str | None = None  # increase, decrease
    basis: str | None = None
    reached: bool = False  # 增至, 降到: the figure is where the change arrived
    each: bool = False  # 分别, 均: the figures belong to the names one by one
    verb: tuple[Word, ...] = ()  # the verbs just before the figure: 抓获 in 抓获300名嫌疑人
    open: bool = True  # the clause still wants a noun: 推动5个…, 全市百余家…
    listed: bool = False  # the noun is still to come after 等: 展会、演唱会等1600余场…
    share: bool = False  # a share of what an earlier clause names: 占民警总数的18.5%


def text_of(words: Words) -> str:
    return "".join(word.text for word in words)


def name_before(left: Words, *, rate: bool = False) -> Naming:
    """Take apart the words between the previous figure (or the start of the clause) and a figure.

    ``rate``: the figure is a percentage or a length of time.
    """
    words = without_multiple(without_asides(left))
    body, tail = _split_tail(words)
    basis = next((word for word in tail if word.is_a("basis")), None)
    direction, reached = direction_of(tail, after_basis=basis is not None)
    share = bool(body) and body[0].text == "占"
    part = any(word.is_a("part") for word in body[:2])
    body = strip_lead(body)
    if body and body[0].is_a("basis"):
        basis, body = basis or body[0], strip_lead(body[1:])
    of = bool(words) and words[-1].is_a("of")
    metric = core(body, subject=direction is not None or rate or part)
    verbs = () if of else trailing_verbs(metric)
    wants = not body or of or bool(verbs) or _is_open(body)
    if rate and direction is None and metric and metric[0].is_a("up", "down") and len(metric) > 1:
        # 压减办理时限50%: the verb of change opens the clause
        if not metric[1].is_a("rate_end", "head_end"):
            direction, metric = direction_of(metric[:1])[0], metric[1:]
            metric = metric[1:] if metric[0].is_a("le") else metric
    return Naming(
        metric,
        direction,
        basis.text.removeprefix("是").removesuffix("的") if basis else None,
        reached,
        any(word.is_a("each") for word in tail),
        tuple(verbs),
        wants,
        bool(body) and body[-1].is_a("others"),
        share,
    )


def without_asides(words: Words) -> Name:
    """Without what stands in brackets, where that is long or holds a figure."""
    kept: Name = []
    opened: list[int] = []
    for word in words:
        kept.append(word)
        if word.text == "(":
            opened.append(len(kept) - 1)
        elif word.text == ")" and opened:
            inside = kept[opened[-1] + 1 : -1]
            first = opened.pop()
            if len(text_of(inside)) > _SHORT or any(w.is_a("figure") or w.text.isdigit() for w in inside):
                del kept[first:]
    return kept


def without_multiple(words: Name) -> Name:
    """行政复议案件达到行政诉讼案件数量的2.1倍: the name ends before 达到."""
    if not pattern(r"<of>$").search(coded(words)):
        return words
    for i in range(len(words) - 3, 0, -1):
        if words[i].is_a("reach") or words[i].text in ("相当于", "是"):
            return words[:i] if len(words) - i > 2 else words
    return words


def _split_tail(words: Name) -> tuple[Name, Name]:
    """Body and tail: 警情 | 同比 分别 下降 了."""
    i = len(words)
    while i and (words[i - 1].is_a(*_TAIL) or words[i - 1].text in ("的", "、", " ", ",", ":", "“", '"')):
        i -= 1
    while i < len(words) and words[i].text == "、" and i:
        i += 1
    return words[:i], words[i:]


def direction_of(words: Words, *, after_basis: bool = False) -> tuple[str | None, bool]:
    """increase, decrease or None: which way the verbs of change point; and whether the figure is
    where the change arrived (增至, 降到)."""
    found, reached = None, False
    for i, word in enumerate(words):
        arrives = word.text[-1:] in ("至", "到") or (
            i + 1 < len(words) and (words[i + 1].is_a("reach") or words[i + 1].is_a("le"))
        )
        if word.is_a("up", "down") and (not word.is_a("short") or after_basis or arrives):
            found = "decrease" if word.is_a("down") or found == "decrease" else "increase"
            reached = word.text[-1:] in ("至", "到")
        elif found and word.is_a("reach") and not words[i - 1].text.endswith("幅"):
            reached = True
    return found, reached


def strip_lead(words: Words) -> Name:
    """Without what opens a clause and names nothing: 其中, 同时, 依法; but 及时率."""
    i = 0
    while i < len(words) and (words[i].is_a(*_LEAD) or _is_future(words, i)):
        i += 1
    return list(words[i:])


def _is_future(words: Words, i: int) -> bool:
    """拟修改, 计划开展; but not 计划用水覆盖率."""
    return words[i].is_a("future") and (
        i + 1 < len(words) and words[i + 1].is_a("verb", "light", "adverb", "plan")
    )


def core(body: Words, *, subject: bool) -> Name:
    """The name itself, without who acts, light verbs, adverbs and titles of documents.

    ``subject``: a change is stated of it, so that what stands before a verb is part of the name.
    """
    words = without_titles(list(body))
    cuts = [i for i, word in enumerate(words[:-1]) if word.is_a("cut")]
    if cuts:  # 全市公安机关累计侦破…
        words = strip_lead(words[cuts[-1] + 1 :])
    words = without_means(words)
    lights = [i for i, word in enumerate(words) if word.is_a("light") and not _is_relative(words, i)]
    if lights and (lights[-1] < len(words) - 1 or len(words) == 1):
        words = strip_lead(words[lights[-1] + 1 :])
    elif not subject:
        words = without_actor(words)
    return trimmed(words)


def _is_relative(words: Name, i: int) -> bool:
    """公布实行告知承诺制的证明事项: 实行 belongs to the relative clause."""
    return any(word.is_a("verb") and not word.is_a("act") for word in words[:i]) and any(
        word.is_a("of") for word in words[i:]
    )


def trimmed(words: Words) -> Name:
    """Without 的 了 、 等 and open quotation marks at the ends."""
    kept = list(words)
    while kept and (kept[-1].is_a("of", "le", "join", "others") or kept[-1].text in " ,:、“‘\"“ "):
        kept.pop()
    while kept and (kept[0].is_a("of", "le", "join", "others") or kept[0].text in " ,:、”’"):
        kept.pop(0)
    return kept


def without_titles(words: Name) -> Name:
    """《甲法》《乙法》等书籍260册: the name is 书籍."""
    match = pattern(r"<title>(?:<join>?<title>)*<others>").search(coded(words))
    return words[: match.start()] + words[match.end() :] if match else words


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
    """县公安局抓获…: who acts stands before the first verb."""
    for i, word in enumerate(words):
        if not i or not word.is_a("verb", "light", "adverb", "prep"):
            continue
        if words[i - 1].is_a("actor") and _verb_follows(words, i):
            return strip_lead(words[i:])
        if word.is_a("verb") and not word.is_a("act"):
            break
    return words


def _verb_follows(words: Name, i: int) -> bool:
    for word in words[i : i + 6]:
        if word.is_a("verb", "light"):
            return True
    return False


def trailing_verbs(metric: Name) -> Name:
    """抓获 of 抓获300名嫌疑人; none where the verb is the object of others (开展培训12次)."""
    match = pattern(r"(?:^|(?<=[^\s]))<verb>(?:<join>?<verb>)*<le>?$").search(coded(metric))
    if not match:
        return []
    verbs = metric[match.start() :]
    if verbs[-1].is_a("le"):
        verbs = verbs[:-1]
    if match.start() and all(word.is_a("act") for word in verbs):
        return []
    return verbs


def _is_open(body: Name) -> bool:
    """Does the clause still want a noun (对1096家企业, 全市百余家企业)?"""
    last = body[-1]
    return last.is_a("prep", "join", "others", "of", "place", "light", "than", "le", "reach", "mark")


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
    while words and (words[0].is_a("of") or words[0].text == " "):
        words = words[1:]
    if not words or words[0].text in ("、", "和", "及", "(", "，"):  # the next item; an aside
        return []
    if unit in units().acts and words[0].is_a("verb", "light"):
        return event_after(words)
    first = words[0]
    if first.is_a("verb", "adverb", "light", "prep", "not", "each", "link") and not _is_noun(words):
        pending = first.is_a("pending")
        if pending or (unit in units().people and wanted):
            return trimmed(words if not first.is_a("each", "cut") else strip_lead(words))
        return []
    noun = noun_phrase(words, to_figure=figure_follows)
    if not wanted and (figure_follows or len(text_of(noun)) > _SHORT):
        return []
    if not wanted and len(noun) < len(words):
        return []
    return trimmed(noun)


def event_after(words: Name) -> Name:
    """6次组织召开联席会议: the event."""
    end = next((i for i, word in enumerate(words) if word.text == "并"), len(words))
    return core(words[:end], subject=True)


def _is_noun(words: Name) -> bool:
    """Is a verb at the start the first part of a name (服务中心, 未按时年检的社会组织)?"""
    if any(word.is_a("of") for word in words[1:8]):
        return True
    return words[0].is_a("act") and len(words) > 1 and words[1].is_a("head", "actor", "rate_end")


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
    if start and len(text_of(phrase)) > _LONG:
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
        return i > start
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


def names(metric: Name) -> list[Name]:
    """The names of a list, a shared head given to each: 城中村治安、高空抛物警情; 受理、办结案件."""
    parts = _items(metric)
    if len(parts) < 2:
        return parts
    *before, last = parts
    listed = next((i for i, word in enumerate(last) if word.is_a("others")), 0)
    if listed and listed < len(last) - 1:  # 农民工、妇女等法律援助案件
        shared = last[listed + 1 :]
        return [*(part + shared for part in before), last[:listed] + shared]
    cut = len(last)
    while cut > 1 and is_head(last[cut - 1]):
        cut -= 1
    shared = last[cut:]
    return [part if not shared or is_head(part[-1]) else part + shared for part in before] + [last]


def is_head(word: Word) -> bool:
    """Can the word be shared by the names of a list before it?"""
    return word.is_a("head", "rate", "dimension") or word.text[-1] in "率数量额值"


def _items(metric: Name) -> list[Name]:
    items: list[Name] = [[]]
    for word in metric:
        if word.is_a("join") and word.text not in ("并", "并且", "且"):
            items.append([])
        else:
            items[-1].append(word)
    return [part for item in items if (part := trimmed(item))]


def split_action(metric: Name, unit: str | None) -> tuple[Name, Name]:
    """The verb that says what was done, and the thing: 制定 | 执法指引. Where the measure word
    counts acts, and where nothing follows the verb, it is part of the name."""
    if unit in units().acts or unit is None:
        return [], metric
    match = pattern(
        r"(?:<adverb>*<verb>(?:<join>?<verb>)*<le>?)(?=<-of>)"
    ).match(coded(metric))
    if not match:
        return [], metric
    cut = match.end()
    while cut > 0 and metric[cut - 1].is_a("act") and (
        cut == len(metric) or _is_compound(metric[cut:])
    ):
        cut -= 1  # 受理 | 投诉举报; 监督意见书
    action = metric[:cut]
    while action and action[-1].is_a("join", "le"):
        action.pop()
    while action and action[0].is_a("adverb"):
        action.pop(0)
    rest = trimmed(metric[cut:])
    if not action or not rest or (cut < len(metric) and metric[cut].is_a("join")):
        return [], metric
    return action, rest


def _is_compound(rest: Name) -> bool:
    """Is the word after an act its head (检查人员, 监督意见书)?"""
    return len(rest) == 1 and rest[0].is_a("head", "actor", "rate_end", "rate")
