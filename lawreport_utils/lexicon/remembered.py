"""What is known of words: they recur from report to report, so that each is asked about once."""

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Remembered(dict[str, T]):
    """The answers of a function on words, for as many words as a folder of reports has.

    >>> length = Remembered(len)
    >>> length["执法"], length
    (2, {'执法': 2})
    """

    def __init__(self, function: Callable[[str], T]) -> None:
        self.function = function

    def __missing__(self, word: str) -> T:
        if len(self) == _MOST_WORDS:
            self.clear()
        self[word] = answer = self.function(word)
        return answer


_MOST_WORDS = 65536
