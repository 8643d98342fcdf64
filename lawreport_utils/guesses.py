"""New words: what jieba makes of characters in a row that are no words of its dictionary."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from .lexicon.remembered import Remembered


def with_guesses(
    plain: Callable[[str], list[str]],
    known: Callable[[str], Any],
    new_words: Callable[[str], Iterable[str]],
) -> Callable[[str], list[str]]:
    """The function from a text to its words as ``jieba.lcut`` has them.

    ``plain`` finds the words of the dictionary, ``known`` tells them from others, ``new_words`` are
    those that Chinese characters make by guessing alone.
    """

    def kind(word: str) -> str:
        unknown = len(word) == 1 or (word.isascii() and not known(word))
        return _UNKNOWN if unknown and _IN_WORD.fullmatch(word) else " "

    def guess(run: str) -> list[str]:
        if known(run):
            return list(run)
        parts = _PART.findall(run)
        return [word for part in parts for word in ([part] if part.isascii() else new_words(part))]

    kinds, guesses = Remembered(kind), Remembered(guess)

    def cut(text: str) -> list[str]:
        words, found, position = plain(text), list[str](), 0
        for run in _RUN.finditer("".join(map(kinds.__getitem__, words))):
            start, end = run.span()
            found += words[position:start]
            found += guesses["".join(words[start:end])]
            position = end
        return found + words[position:]

    return cut


_UNKNOWN = "?"
_RUN = re.compile(r"\?\?{1,299}")  # guessing may take the square of a run, and none is so long
# As jieba has it.
_IN_WORD = re.compile(r"[\u4e00-\u9fd5]|[a-zA-Z0-9+#&._%-]+")
_PART = re.compile(r"[\u4e00-\u9fd5]+|[a-zA-Z0-9]+(?:\.[0-9]+)?%?|[+#&._%-]+")
