"""Names in a list, and what they share."""

from .rules import VERBS, ends, found, opening, opens, place, places, starts
from .tokens import Name, Word, text_of
from .trims import LONG, trimmed
from .vocabulary import ends_as


def names(metric: Name) -> list[Name]:
    """The names of a list, a shared head given to each: 城中村治安、高空抛物警情."""
    *before, last = _items(metric) or [metric]
    if not before:
        return [last] if last else []
    listed = place(last, "<others|each>.")
    if listed:  # 农民工、妇女等法律援助案件; 甲镇、乙镇分别调解纠纷
        shared = last[listed + 1 :]
        return [*(part + shared for part in before), last[:listed] + shared]
    if len(before[0]) > 1 and opens(last, "<dimension>$"):  # 进京访批次、人次
        return [*before, before[0][:-1] + last]
    if any(_has_head(part, last) for part in before):
        return [*before, last]
    shared = last[_shared_head(last) :]
    return [*(part + _for(part, last, shared) for part in before), last]


def _for(part: Name, last: Name, shared: Name) -> Name:
    """What a part takes: all of 公示率 in 行政许可、行政处罚公示率, but 率 in 网上办理、掌上办结率,
    whose parts are alike."""
    head, end = last[-1], part[-1]
    if len(part) != len(last) or end.is_a("head", "bare") or not head.is_a("rate"):
        return shared
    return [head._replace(start=head.end - 1, text=head.text[-1])]


def _shared_head(last: Name) -> int:
    """Where the words at the end start that the names before can share."""
    cut = len(last)
    while cut > 1 and is_head(last[cut - 1]):
        cut -= 1
    return cut - found(last, "(?<=.)<quote><rate>$")  # 行政处罚“双公示”率


def _has_head(part: Name, last: Name) -> bool:
    """Has it a head of its own? 行政许可 has none of a rate: 行政许可、行政处罚公示率."""
    rate = ends(last, "rate")
    return is_head(part[-1]) and not (rate and opens(part[-1:], "<head-dimension|rate_end>"))


def is_head(word: Word) -> bool:
    """Can the word be shared by the names of a list before it?"""
    return word.is_a("head", "rate", "rate_end", "dimension") or ends_as(word.text, "quantity")


def _items(metric: Name) -> list[Name]:
    cuts = [i for i in places(metric, "<join>") if not metric[i].is_a("then")]
    if not cuts:
        return []
    bounds = zip([0, *cuts], [*cuts, len(metric)], strict=True)
    return [part for first, last in bounds if (part := trimmed(metric[first:last]))]


def without_list(words: Name) -> Name:
    """重大决策、案件会商等制度: the name is 制度; but 法治讲座、模拟法庭等活动 stays."""
    others = opening(words, "(.*<others>).")
    head = trimmed(words[others:])
    if not others or _keeps_list(words, head, words[: others - 1]):
        return words
    return [*words[: opening(words, VERBS)], *head]


def _keeps_list(words: Name, head: Name, listed: Name) -> bool:
    """A head that names nothing alone (工资等待遇), behind a list that isn't long."""
    if len(text_of(words)) > 2 * LONG or len(head) > 1:
        return False
    return starts(head, "bare", "act") or not found(listed, "<join>")
