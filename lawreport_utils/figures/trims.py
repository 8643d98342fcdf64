"""What belongs to nobody's name: taken off the ends of a phrase, or out of its middle."""

from .rules import ends, found, opening, place
from .tokens import Name, Words, coded, pattern, text_of

LONG = 14  # characters of a name with a relative clause
_SHORT = 8  # characters of an aside that may be part of a name
LEAD = """(?:
    <adverb|join|part|link|date|le|of|mark|plan|each|others|opens|within_end-within>
  | <future|every>(?=<verb|light|adverb|plan>)     # 拟修改, 每天出动; but not 计划用水覆盖率, 每村
)*"""


def strip_lead(words: Words) -> Name:
    """Without what opens a clause and names nothing: 其中, 同时, 依法; but 及时率."""
    return list(words[opening(words, LEAD) :])


_TRIMMED = """
    <of|le|join|others|edge|closing>* (.*<-of|le|join|others|within_end|part|edge|opening|from>)
"""


def trimmed(words: Words) -> Name:
    """Without 的 了 、 等 and open quotation marks at the ends."""
    match = pattern(_TRIMMED).match(coded(words))
    return list(words[slice(*match.span(1))]) if match else []


def without_titles(words: Name) -> Name:
    """《甲法》《乙法》等书籍260册: the name is 书籍."""
    match = pattern("<title>(?:<-verb|title>?<title>)*<others>").search(coded(words))
    if not match or ends(words[: match.start()], "join"):
        return words
    return words[: match.start()] + words[match.end() :]


def without_asides(words: Words) -> Name:
    """Without what stands in brackets, where that is long or holds a figure."""
    if not found(words, "<bracketed>"):
        return list(words)
    kept: Name = []
    opened: list[int] = []
    for word in words:
        kept.append(word)
        if word.is_a("bracket"):
            opened.append(len(kept) - 1)
        elif word.is_a("bracketed") and opened:
            first = opened.pop()
            if _is_aside(kept[first + 1 : -1]):
                del kept[first:]
    return kept


def _is_aside(inside: Words) -> bool:
    counts = any(word.is_a("figure") or word.text.isdigit() for word in inside)
    return counts or len(text_of(inside)) > _SHORT


def without_multiple(words: Name) -> Name:
    """行政复议案件达到行政诉讼案件数量的2.1倍: the name ends before 达到."""
    return words[: place(words, _MULTIPLE)] if ends(words, "of") else words


_MULTIPLE = "(?<=.)<reach|equals|copula><-reach|equals|copula>+<of>$"
