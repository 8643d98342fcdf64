"""What a word is: the types that the lexicon lists for it, or that its form shows.

``lexicon/vocabulary.toml`` has the types that the rules of figures ask for, ``lexicon/claims.toml``
those of the rules of claims. A word has both, the latter as "claims.up", since what is a verb of
change in front of a figure needn't be one that closes a clause.
"""

import re
from functools import cache, lru_cache
from itertools import groupby, product
from operator import itemgetter

from ..lexicon import load
from ..lexicon.remembered import Remembered

Types = frozenset[str]
NONE: Types = frozenset()
_MARKS = ',;:。!?…—\n\t()[]|“”‘’"「」《》 '
_KINDS = {
    "comma": ",", "blank": " ", "edge": " ,:", "stop": ",;:。", "ends": ",;:。!?…\n\t“”",
    "opening": "“‘\"", "closing": "”’", "bracket": "(", "bracketed": ")",
}  # fmt: skip
MARKS = {
    mark: frozenset(["mark", *(kind for kind, marks in _KINDS.items() if mark in marks)])
    for mark in _MARKS
}
MARKS |= {dash: frozenset(["dash"]) for dash in "-–~"} | {"—": MARKS["—"] | {"dash"}}
_ENDS = dict.fromkeys(",:。!?\n", "pause") | {";": "break"}  # of a clause
_SET_OFF = {" ": "blank", "“": "opened", "”": "closed"}
# Types that one character of a word may have, where another has one too (均达, 降到).
_TAIL = frozenset(["up", "down", "reach", "each", "link", "le", "adverb", "near"])
# What the text itself shows, not the lexicon: the types of a figure, of a quoted name …
SHOWN = {
    "figure": frozenset(["figure"]),
    "title": frozenset(["title", "claims.quote"]),
    "quote": frozenset(["quote", "claims.quote"]),
    "date": frozenset(["date", "claims.date"]),
    "how": frozenset(["date", "claims.how"]),  # 连续三年
    "mark": frozenset(["mark", "claims.lead"]),  # of a list
    "basis": frozenset(["basis"]),
    "link": frozenset(["link"]),
    "event": frozenset(["event"]),
    "adverb": frozenset(["adverb"]),  # 1:1
    "verb": frozenset(["verb"]),
    "actor": frozenset(["actor"]),
    "meeting": frozenset(["actor", "event"]),  # it also acts: 党组会研究…
    "suffix": frozenset(["suffix"]),
    "office": frozenset(["actor", "suffix"]),
    "rate": frozenset(["rate", "claims.quality"]),
    "border": frozenset(["claims.break", "claims.border"]),  # of sentences in a row
}
TELLING = ("up", "down", "better", "steady", "degree", "achievement", "advance", "stair", "formed",
           "whole", "shown")  # fmt: skip


@cache
def figure_words() -> dict[str, Types]:
    """The types of the words that the rules of figures know."""
    return _listed("vocabulary")


@cache
def claim_words() -> dict[str, Types]:
    """The types of the words that the rules of claims know."""
    ends = {mark: frozenset(["claims." + kind]) for mark, kind in (_ENDS | _SET_OFF).items()}
    return _listed("claims", "claims.") | ends


def _listed(name: str, prefix: str = "") -> dict[str, Types]:
    types: dict[str, Types] = {}
    for key, listed in load.table(name)["words"].items():
        kinds = frozenset(prefix + kind for kind in key.split())
        for word in listed.split():
            types[word] = types.get(word, NONE) | kinds
    return types


@cache
def beginnings() -> frozenset[str]:
    """What a word may begin with, so that neighbours are joined only where they can be."""
    words = figure_words().keys() | claim_words().keys()
    return frozenset(word[:i] for word in words for i in range(1, len(word)))


@cache
def neighbours() -> frozenset[str]:
    """What neighbours may make together, or begin."""
    return beginnings() | figure_words().keys() | claim_words().keys()


def ends_as(word: str, kind: str) -> bool:
    """Has the word the last character of words of a kind (公示率)?"""
    return word[-1] in load.table("vocabulary")["endings"][kind]


@cache
def codes() -> dict[Types, str]:
    """A character for each set of types that a word can have."""
    figures, claims = figure_words(), claim_words()
    sets = {NONE, *MARKS.values(), *SHOWN.values(), *map(_types_of, {*figures, *claims})}
    sets |= set(figures.values())  # of words that end in one
    single = {kinds for word, kinds in figures.items() if len(word) == 1 and kinds & _TAIL}
    sets |= {one | other for one, other in product(single, single)}
    sets |= {SHOWN["quote"] - {"claims.quote"} | kinds for kinds in claims.values()}
    return {kinds: chr(0xE000 + i) for i, kinds in enumerate(sorted(sets, key=sorted))}


@cache
def types_by_code() -> dict[str, Types]:
    return {code: types for types, code in codes().items()}


@cache
def stems() -> frozenset[str]:
    """The codes of words that can take a suffix: 办结率."""
    return frozenset(code for types, code in codes().items() if types.isdisjoint(_NO_STEM))


_NO_STEM = ("mark", "figure", "join", "of", "date", "link", "prep", "le", "basis")


@cache
def telling() -> re.Pattern[str]:
    """The words that a clause with a claim has one of."""
    words = sorted({word for kind in TELLING for word in words_of(kind)})
    grouped = groupby(words, key=itemgetter(0))  # found in half the time
    by_first = [first + load.choice(word[1:] for word in group) for first, group in grouped]
    return re.compile("|".join(by_first))


@cache
def words_of(kind: str) -> tuple[str, ...]:
    """The words of a type of the rules of claims."""
    return tuple(word for word, kinds in claim_words().items() if f"claims.{kind}" in kinds)


def is_listed(word: str) -> bool:
    return word in figure_words() or word in claim_words()


OPEN, SPLIT = "\uf8fe", "\uf8fd"  # in place of the code of a word


@cache
def plain_codes() -> Remembered[str]:
    """The code of each word that is one by itself; OPEN of what may be part of another, or two;
    SPLIT of what begins with the end of the word before (受害|率控制)."""
    return Remembered(_plain_code)


def _plain_code(word: str) -> str:
    if len(halves(word)) > 1:
        return SPLIT
    return OPEN if word in beginnings() else code_alone(word)


@lru_cache(maxsize=4096)
def code_alone(word: str) -> str:
    """The same of a word whose neighbours don't make a word with it."""
    parts = typed_parts(word)
    return parts[0][1] if len(parts) == 1 and word not in SUFFIXES else OPEN


# 办结 and 率, 调解 and 室, 推进 and 会 are one word each: a rate, who acts, an event.
SUFFIXES = {"率": "rate", "会": "meeting"} | dict.fromkeys("室站所队院委员组", "actor")


@lru_cache(maxsize=65536)
def typed_parts(word: str) -> tuple[tuple[int, str], ...]:
    """Length and code of a word; some of the dictionary's are two (挽回损失, 明显好转)."""
    cut = 0 if is_listed(word) else _two_of_claims(word) or _two_of_figures(word)
    parts = (word[:cut], word[cut:]) if cut else (word,)
    return tuple((len(part), codes()[_types_of(part)]) for part in parts)


def _two_of_claims(word: str) -> int:
    known = claim_words()
    cuts = (i for i in range(2, len(word) - 1) if word[:i] in known and word[i:] in known)
    cut = next(cuts, 0)
    return 0 if "head" in figure_words().get(word[cut:], NONE) else cut  # 治安案件 is one


def _two_of_figures(word: str) -> int:
    known = figure_words()
    if len(word) == 3 and word[0] in "共已":  # 共收录
        return int("verb" in known.get(word[1:], NONE))
    phrase = len(word) == 4 and _is_phrase(known.get(word[:2], NONE), known.get(word[2:], NONE))
    return 2 * phrase


def _is_phrase(first: Types, last: Types) -> bool:
    """妥善|处置, 同比|增加, 解决|问题, 挽回|损失."""
    if first & {"adverb", "same"} and last & {"verb", "up", "down"}:
        return True
    if "verb" in first and "act" not in first and not last & {"verb", "light"}:
        return True
    return "head" in last


def _types_of(word: str) -> Types:
    known = figure_words().get(word)
    types = _of_form(word) if known is None else known
    return types | claim_words().get(word, NONE)


def _of_form(word: str) -> Types:
    """The types of a word that isn't listed."""
    if word in MARKS:
        return MARKS[word]
    if len(word) == 1:
        return SHOWN["office" if _of_ending(word) else "suffix"]  # 执法 办; 能力 提升 班
    known, half = figure_words(), len(word) // 2
    first, last = (known.get(part, NONE) for part in (word[:half], word[half:]))
    by_halves = {2: _of_two, 4: _of_four}.get(len(word))
    return (by_halves and by_halves(first, last)) or _of_ending(word)


def _of_two(first: Types, last: Types) -> Types:
    return first | last if first & _TAIL and last & _TAIL else NONE  # 均达, 降到


def _of_four(first: Types, last: Types) -> Types:
    if first & {"adverb", "verb", "manner"} and last & {"verb", "light"}:
        return last  # 积极开展, 立案查处
    if "link" in first and last & {"adverb", "state"}:
        return first  # 保持稳定
    if "actor" in first and last & {"adverb", "manner"}:
        return SHOWN["actor"]  # 领导带头
    return NONE


def _of_ending(word: str) -> Types:
    if word[-1] == "率" and len(word) > 1:
        return SHOWN["rate"]
    acts = len(word) > 2 and "actor" in figure_words().get(word[-2:], NONE)  # 法律顾问
    if acts or ends_as(word, "actor"):
        return SHOWN["actor"]
    return NONE


def halves(word: str) -> list[str]:
    """率 or 比 that belongs to the word before, and the rest: 率|控制 of 受害|率控制."""
    known = figure_words()
    cut = word[0] in "率比" and word not in known and known.get(word[1:], NONE) & _TAIL
    return [word[0], word[1:]] if cut else [word]
