"""Names in a list, and what they share."""

from .tokens import Name, Word, coded, pattern, text_of
from .trims import LONG, trimmed


def names(metric: Name) -> list[Name]:
    """The names of a list, a shared head given to each: 城中村治安、高空抛物警情."""
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
    shared = last[cut:] if not any(is_head(part[-1]) for part in before) else []
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


def without_list(words: Name) -> Name:
    """重大决策、案件会商等制度: the name is 制度; but 法治讲座、模拟法庭等活动 stays."""
    others = [i for i, word in enumerate(words) if word.is_a("others")]
    if not others or others[-1] == len(words) - 1:
        return words
    head = trimmed(words[others[-1] + 1 :])
    alone = not any(word.is_a("join") for word in words[: others[-1]])  # 工资等待遇
    bare = len(head) == 1 and (alone or head[0].is_a("bare", "act"))
    if bare and len(text_of(words)) <= 2 * LONG:
        return words
    verbs = pattern("<verb>(?:<join>?<verb>)*").match(coded(words))
    return [*(words[: verbs.end()] if verbs else []), *head]
