"""What belongs to nobody's name: taken off the ends of a phrase, or out of its middle."""

from .tokens import Name, Words, coded, pattern, text_of

LONG = 14  # characters of a name with a relative clause
_SHORT = 8  # characters of an aside that may be part of a name
_LEAD = ("adverb", "join", "part", "link", "date", "le", "of", "mark", "plan", "each", "others",
         "opens")  # fmt: skip


def strip_lead(words: Words) -> Name:
    """Without what opens a clause and names nothing: 其中, 同时, 依法; but 及时率."""
    i = 0
    while i < len(words) and (words[i].is_a(*_LEAD) or _leads(words, i)):
        i += 1
    return list(words[i:])


def _leads(words: Words, i: int) -> bool:
    """拟修改, 计划开展, 每天出动; but not 计划用水覆盖率, 每村."""
    return words[i].is_a("future", "every") and (
        i + 1 < len(words) and words[i + 1].is_a("verb", "light", "adverb", "plan")
    )


def trimmed(words: Words) -> Name:
    """Without 的 了 、 等 and open quotation marks at the ends."""
    kept = list(words)
    while kept and (
        kept[-1].is_a("of", "le", "join", "others", "within_end", "part")
        or kept[-1].text in ' ,:、“‘"“ '
    ):
        kept.pop()
    while kept and (kept[0].is_a("of", "le", "join", "others") or kept[0].text in " ,:、”’"):
        kept.pop(0)
    return kept


def without_titles(words: Name) -> Name:
    """《甲法》《乙法》等书籍260册: the name is 书籍."""
    match = pattern(r"<title>(?:<-verb|title>?<title>)*<others>").search(coded(words))
    if not match or (match.start() and words[match.start() - 1].is_a("join")):
        return words
    return words[: match.start()] + words[match.end() :]


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
            if len(text_of(inside)) > _SHORT or any(
                w.is_a("figure") or w.text.isdigit() for w in inside
            ):
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
