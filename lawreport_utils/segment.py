"""Text to words: the segmenters, and which of their words are words of the field."""

import logging
import os
import re
import warnings
from collections.abc import Callable, Iterable
from contextlib import suppress
from copy import copy
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from .lexicon import load

Tokenizer = Callable[[str], Iterable[str]]

_NUMERAL = "[〇零一二两三四五六七八九十百千万亿几数半]"
_MEASURE = "[个项次年月日届号种批名件起场条家位元倍成人]"
_NO_WORD = re.compile(rf"[^㐀-鿿]*|第?{_NUMERAL}+[余多来]?{_MEASURE}*")


def segmenter(tokenizer: str | Tokenizer, terms: Iterable[str] | None) -> Tokenizer:
    """The function from text to words that an option ``tokenizer`` stands for.

    "jieba" and "rjieba" keep ``terms`` whole (None for the lexicon's, () for none); a function is
    returned as it is. Raises ValueError for another name, or for terms given with a function.

    >>> segmenter("jieba", ())("规范执法"), segmenter("jieba", ["规范执法"])("规范执法")
    (['规范', '执法'], ['规范执法'])
    """
    if callable(tokenizer):
        if terms is not None:
            raise ValueError("terms go with jieba and rjieba; a function has its own")
        return tokenizer
    if tokenizer not in _ENGINES:
        raise ValueError(f"tokenizer must be jieba, rjieba or a function, not {tokenizer!r}")
    return _ENGINES[tokenizer](load.words("terms") if terms is None else tuple(terms))


@cache
def dictionary() -> Any:
    """A jieba tokenizer of our own, with the dictionary as shipped: global jieba stays as it is."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # for its import of pkg_resources
        import jieba  # type: ignore[import-untyped]
    tokenizer = jieba.Tokenizer()
    # jieba's own choice for its cache is the shared temp folder, where anyone could plant a file.
    folder = Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "lawreport_utils"
    with suppress(OSError):  # a home that can't be written to costs a second per start, no more
        folder.mkdir(parents=True, exist_ok=True)
    tokenizer.tmp_dir = str(folder)
    level = jieba.default_logger.level
    jieba.setLogLevel(logging.CRITICAL)
    try:
        tokenizer.initialize()
    finally:
        jieba.setLogLevel(level)
    return tokenizer


@cache
def _jieba(terms: tuple[str, ...]) -> Tokenizer:
    tokenizer = copy(dictionary())
    tokenizer.FREQ = tokenizer.FREQ.copy()
    for term in terms:
        tokenizer.add_word(term)
    return tokenizer.lcut  # type: ignore[no-any-return]


@cache
def _rjieba(terms: tuple[str, ...]) -> Tokenizer:
    try:
        import rjieba
    except ImportError as error:
        problem = 'rjieba is missing: pip install "lawreport-utils[fast]"'
        raise ImportError(problem) from error
    tokenizer = rjieba.Jieba()
    for term in terms:
        tokenizer.add_word(term, None, None)
    return tokenizer.cut


_ENGINES: dict[str, Callable[[tuple[str, ...]], Tokenizer]] = {"jieba": _jieba, "rjieba": _rjieba}


@lru_cache(maxsize=8)
def word_filter(stop_words: frozenset[str] | None, min_chars: int) -> Callable[[str], bool]:
    """Tells a word from what is none: a number, a number with its measure, a mark, a stop word.

    >>> list(filter(word_filter(None, 2), ["规范执法", "21", "三项", "第一", "。", "进一步"]))
    ['规范执法']
    """
    stops = frozenset(load.words("stopwords")) if stop_words is None else stop_words

    @lru_cache(maxsize=65536)  # words recur from report to report
    def keeps(word: str) -> bool:
        return len(word) >= min_chars and word not in stops and not _NO_WORD.fullmatch(word)

    return keeps
