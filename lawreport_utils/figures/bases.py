"""What a change is measured against, and which way it points."""

from .tokens import Word, Words, coded, pattern, text_of
from .vocabulary import SHOWN

_BASIS = r"""
    <same>(?:<join><same>)?                                      # 同比
  | <than>?<adverb>?<when>+<of>?<same_time>*<compared>           # 与上年同期相比
  | <copula><when><same_time>*<of>                               # 是上年的1.5倍
  | <than><adverb>?(?:<when>|<date>|<quote>)<same_time>*         # 较上年, 比2019年
  | <than><same_time>                                            # 较同期
  | <than>(?:<-mark>){1,3}<before><compared>?                     # 比改革前
  | <than><legal>(?:<-mark>)?<limit>?                            # 较法定时限
"""


def with_bases(words: list[Word]) -> list[Word]:
    """What a change is measured against is one word: 较|上年|同期."""
    return _joined(words, _BASIS, "basis")


_GROUND = "<at>(?:<-mark>){1,5}<ground>"


def with_grounds(words: list[Word]) -> list[Word]:
    """在法定时限基础上压缩50%: one word that names nothing."""
    return _joined(words, _GROUND, "link")


def _joined(words: list[Word], rule: str, kind: str) -> list[Word]:
    """With the words of each match as one, of this kind."""
    joined: list[Word] = []
    position = 0
    for match in pattern(rule).finditer(coded(words)):
        group = words[match.start() : match.end()]
        joined += words[position : match.start()]
        joined.append(Word(group[0].start, group[-1].end, text_of(group), SHOWN[kind]))
        position = match.end()
    return joined + words[position:] if position else words


_OPENING = "<mark|link|date|adverb>*(<basis>)<mark>"


def opening_basis(words: Words) -> str | None:
    """与上年相比,…下降5%,…上升3%: what all changes of a sentence are measured against."""
    opened = pattern(_OPENING).match(coded(words))
    return words[opened.start(1)].text if opened else None


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
