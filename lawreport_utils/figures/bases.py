"""What a change is measured against, and which way it points."""

from .rules import found, places
from .tokens import Typed, Words, pattern

_BASIS = r"""
    <same>(?:<join><same>)?<date|when>?                          # 同比, 同比2016年
  | <copula><when><same_time>*<of>                               # 是上年的1.5倍
  | <adverb><when>+<of>?<same_time>*<compared>
  | <when>+<of>?<same_time>*<compared>                           # 上年同期相比
  | <than>(?:
        <adverb>?<when>+<of>?<same_time>*<compared>              # 与上年同期相比
      | <adverb>?(?:<when>|<date>|<quote>)<same_time>*<compared>? # 较上年, 与2022年相比
      | <same_time>                                              # 较同期
      | (?:<-mark>){1,3}<before><compared>?                      # 比改革前
      | (?:<-mark|mean>){1,4}<mean>                               # 较前五年均值
      | <legal>(?:<-mark>)?<limit>?                              # 较法定时限
    )
"""
_GROUND = "<at>(?:<-mark>){1,5}<ground>"


def with_bases(words: Typed) -> Typed:
    """What a change is measured against is one word: 较|上年|同期; so is 在法定时限基础上, which
    names nothing."""
    words = words.joined(_GROUND, "link")
    if not found(words.codes, "<same|copula|than|compared>"):
        return words  # what is soon seen of most
    return words.joined(_BASIS, "basis")


_OPENING = "<mark|link|date|adverb>*(<basis>)<mark>"


def opening_basis(words: Typed) -> str | None:
    """与上年相比,…下降5%,…上升3%: what all changes of a sentence are measured against."""
    opened = pattern(_OPENING).match(words.codes)
    return words.words(*opened.span(1))[0].text if opened else None


_CHANGES = "<up|down-short>|<up|down>(?=<reach|le>)|(?=<reach>)<up|down>"  # 升至, 降 到
_ARRIVED = "^(?=<reach>).|^<-extent>.*<reach>"  # 增至17件; but 增幅分别达15%、8%


def direction_of(words: Words, *, after_basis: bool = False) -> tuple[str | None, bool]:
    """increase, decrease or None: which way the verbs of change point; and whether the figure is
    where the change arrived (增至, 降到)."""
    changes = places(words, "<up|down>" if after_basis else _CHANGES)
    if not changes:
        return None, False
    falls = any(words[i].is_a("down") for i in changes)
    return "decrease" if falls else "increase", found(words[changes[-1] :], _ARRIVED)
