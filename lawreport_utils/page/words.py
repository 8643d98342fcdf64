"""What the page says in the reader's language; words of the report stay Chinese and say so."""

import re
from collections.abc import Iterable
from typing import Any

from .. import labels
from ..arguments import LANGUAGES, check_language
from ..lexicon import load
from .markup import Html, escaped, joined, tag

_CHINESE = re.compile("([\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]+)")


class Words:
    """The page's own words in one language.

    >>> Words("en").say("share_item", part=tag("b", "3 & 4"), percent=5)
    '<b>3 &amp; 4</b> 5%'
    """

    def __init__(self, language: str) -> None:
        check_language(language)
        self.language = language
        self._index = LANGUAGES.index(language)

    def say(self, key: str, **values: Any) -> Html:
        """A sentence or a label, with its gaps filled; what isn't markup is escaped."""
        sentence: str = load.table("labels_page")["say"][key][self._index]
        filled = {name: escaped(value if isinstance(value, str) else str(value))
                  for name, value in values.items()}  # fmt: skip
        return Html(escaped(sentence).format(**filled))

    def count(self, number: int, noun: str) -> str:
        """How many of something: 3个数字, 3 figures, 1 figure."""
        chinese, one, more = load.table("labels_page")["nouns"][noun]
        if self.language == "zh":
            return f"{number}{chinese}"
        return f"{number:,} {one if number == 1 else more}"

    def quote(self, text: str) -> Html:
        """Words of the report: in English marked as Chinese."""
        return escaped(text) if self.language == "zh" else tag("span", text, lang="zh-CN")

    def mixed(self, text: str) -> Html:
        """English with words of the report in it, which are marked as Chinese."""
        pieces = _CHINESE.split(text)  # every other one is Chinese
        return joined(self.quote(piece) if i % 2 else piece for i, piece in enumerate(pieces))

    def value(self, column: str, code: Any) -> Html:
        """A coded value, or a word of a closed vocabulary; what has no English stays Chinese."""
        if not isinstance(code, str):
            return Html()
        worded = labels.value(column, code, self.language)
        return self.quote(worded) if worded == code and not code.isascii() else escaped(worded)

    def heading(self, heading: str) -> Html:
        """A heading: in English its gloss where it is a usual one, else the Chinese."""
        return escaped(self.gloss("heading", heading)) or self.quote(heading)

    def gloss(self, kind: str, chinese: str) -> str:
        """The English of a heading and the like, "" where there is none or none is wanted."""
        return labels.gloss(kind, chinese) if self.language == "en" else ""

    def column(self, name: str) -> str:
        return labels.header(name, self.language)

    def table(self, name: str) -> str:
        return labels.table_name(name, self.language)

    def listed(self, items: Iterable[str]) -> Html:
        """A list within a sentence: 甲、乙和丙; one, two and three."""
        *most, last = list(items) or [""]
        comma, conjunction = ("、", "和") if self.language == "zh" else (", ", " and ")
        return joined([joined(most, comma), last], conjunction) if most else escaped(last)

    def parted(self, items: Iterable[str]) -> Html:
        """A longer list: 甲、乙、丙; one, two, three."""
        return joined(items, "、" if self.language == "zh" else ", ")
