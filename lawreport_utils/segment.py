"""Text to words: the segmenters, and which of their words are words of the field."""

import logging
import os
import re
import warnings
from bisect import bisect_left
from collections.abc import Callable, Iterable
from contextlib import suppress
from copy import copy
from functools import cache, lru_cache, partial, wraps
from itertools import accumulate
from math import log
from pathlib import Path
from threading import RLock, current_thread
from typing import Any, NamedTuple

from .arguments import listed, listed_terms, whole_number
from .guesses import with_guesses
from .lexicon import load
from .lexicon.remembered import Remembered
from .markers import BULLET
from .model import Report
from .route import find_route

Tokenizer = Callable[[str], Iterable[str]]

_NUMERAL = "[〇零一二两三四五六七八九十百千万亿几数半]"
_MEASURE = "[个项次年月日届号种批名件起场条家位元倍成人]"
_LONGEST = 200  # characters of a term
_NO_WORD = re.compile(rf"[^㐀-鿿]*|第?{_NUMERAL}+[余多来]?{_MEASURE}*")


def segmenter(tokenizer: str | Tokenizer, terms: Iterable[str] | None) -> Tokenizer:
    """The function from text to words that an option ``tokenizer`` stands for.

    "jieba" and "rjieba" keep ``terms`` whole (None for the lexicon's, () for none); of a function
    it is checked that it returns strings. Raises ValueError for another name, or for terms given
    with a function; TypeError for what is no list of terms.

    >>> segmenter("jieba", ())("规范执法"), segmenter("jieba", ["规范执法"])("规范执法")
    (['规范', '执法'], ['规范执法'])
    """
    kept = None if terms is None else listed_terms(terms, "terms", _LONGEST)
    if callable(tokenizer):
        if kept is not None:
            raise ValueError("terms go with jieba and rjieba; a function has its own")
        function = tokenizer
        return lambda text: listed(function(text), "what the tokenizer returns")
    if not isinstance(tokenizer, str) or tokenizer not in _ENGINES:
        raise ValueError(f"tokenizer must be jieba, rjieba or a function, not {tokenizer!r}")
    return _ENGINES[tokenizer](load.words("terms") if kept is None else kept)


class Borders(list[int]):
    """Where the words of a text start, in order; few are asked for, so no set is made of them."""

    def __contains__(self, at: Any) -> bool:
        i = bisect_left(self, at)
        return self[i : i + 1] == [at]


class Words(NamedTuple):
    """The words of a text: ``text[starts[i]:starts[i + 1]]`` is the word at ``i``."""

    text: str
    words: list[str]
    starts: list[int]  # of each word, and the end of the text


def words(report: Report) -> Words:
    """The words of a report in half-width form, its printed markers blanked, as the dictionary and
    the lexicon's terms have them: no guesses at new words. One cut, shared by terms and figures.

    >>> from lawreport_utils import parse_report
    >>> words(parse_report("一、普法\\n培训３次。")).words
    [' ', ' ', '普法', '\\n', '培训', '3', '次', '。']
    """
    return _cut(without_markers(report))


@lru_cache(maxsize=2)  # asked for by words and figures
def without_markers(report: Report) -> str:
    """The folded text with blanks for printed markers and bullets, tabs for the lines between
    cells: they are no words. Positions stay."""
    pieces, position = [], 0
    for section in report.sections:
        end = section.start + len(section.marker)
        pieces += [report.folded[position : section.start], " " * len(section.marker)]
        position = end
    text = "\n" + "".join(pieces) + report.folded[position:]
    text = _BULLETS.sub(lambda bullets: "\n" + " " * (len(bullets[0]) - 1), text)
    for line in _CELL_LINES:
        text = text.replace(line, "\t")
    return text[1:]


_BULLETS = re.compile(rf"\n{BULLET}++(?:(?<=[ \t])|(?![0-9.]))")
_CELL_LINES = "|│┃║"


@lru_cache(maxsize=2)
def _cut(text: str) -> Words:
    found = _plain_words(text, load.words("terms"))
    return Words(text, found, list(accumulate(map(len, found), initial=0)))


def plain_words(text: str) -> list[str]:
    """The words of a text by the dictionary and the lexicon's terms."""
    return _plain_cutter(load.words("terms"))(text)


@lru_cache(maxsize=2)
def _plain_words(text: str, terms: tuple[str, ...]) -> list[str]:
    """The words of a text by the dictionary and ``terms``, without guesses at new words."""
    return _plain_cutter(terms)(text)


@lru_cache(maxsize=4)
def _plain_cutter(terms: tuple[str, ...]) -> Callable[[str], list[str]]:
    try:
        return partial(_rjieba(terms).cut, hmm=False)  # the same words, many times as fast
    except ImportError:
        return partial(_jieba(terms).lcut, HMM=False)


def spans(found: Iterable[str], text: str) -> list[tuple[int, int]]:
    """Where the words that a tokenizer found stand in the text; it may have dropped blanks and
    marks.

    Raises ValueError where a word isn't the text's: a tokenizer that rewrites gives no places.

    >>> spans(["执法", "监督"], "执法 监督")
    [(0, 2), (3, 5)]
    """
    places, position = [], 0
    for word in found:
        start = text.find(word, position)
        if start < 0 or any(map(str.isalnum, text[position:start])):
            problem = "the tokenizer must return the words of the text as they stand, in order"
            raise ValueError(f"{problem}: {word!r} isn't what follows {text[:position][-8:]!r}")
        position = start + len(word)
        places.append((start, position))
    return places


_LOCK = RLock()


def _once(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function that threads run one at a time: a dictionary is loaded once."""

    @wraps(function)
    def locked(*args: Any) -> Any:
        with _LOCK:
            return function(*args)

    return locked


@_once
@cache
def dictionary() -> Any:
    """A jieba tokenizer of our own, with the dictionary as shipped: global jieba stays as it is."""
    return load_dictionary()


def load_dictionary() -> Any:
    """The same, loaded anew."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # for its import of pkg_resources
        import jieba  # type: ignore[import-untyped]
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = _cache_folder()
    here = current_thread().ident
    quiet: Callable[[logging.LogRecord], bool] = lambda record: record.thread != here  # noqa: E731
    jieba.default_logger.addFilter(quiet)  # its level is the user's
    try:
        tokenizer.initialize()
    finally:
        jieba.default_logger.removeFilter(quiet)
    return tokenizer


def _cache_folder() -> str:
    """Where jieba may keep its dictionary: its own choice is the shared temp folder, where anyone
    could plant a file. Without a home that can be written to there is no cache: a second per start.
    """
    with suppress(OSError, RuntimeError):  # RuntimeError: a user without a home
        home = Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser()
        folder = home / "lawreport_utils"
        folder.mkdir(parents=True, exist_ok=True)
        return str(folder)
    return str(Path(os.devnull) / "no cache")


@_once
@lru_cache(maxsize=4)  # a dictionary of its own each: 15 MB
def _jieba(terms: tuple[str, ...]) -> Any:
    """Jieba with words of one's own."""
    tokenizer = copy(dictionary())
    tokenizer.FREQ = tokenizer.FREQ.copy()
    for term in terms:
        tokenizer.add_word(term)
    tokenizer.get_DAG = lambda _: None  # looked up while the route is found: half the time
    tokenizer.calc = partial(find_route, tokenizer.FREQ, log(tokenizer.total))
    return tokenizer


@lru_cache(maxsize=4)
def _with_guesses(terms: tuple[str, ...]) -> Tokenizer:
    """The function from a text to its words as ``jieba.lcut`` has them."""

    def plain(text: str) -> list[str]:
        return _plain_words(text, terms)

    try:
        fast = _rjieba(terms)
    except ImportError:
        known = _jieba(terms).FREQ.get  # imports jieba without its warnings
        from jieba import finalseg

        return with_guesses(plain, known, finalseg.cut)
    return with_guesses(plain, fast.has_word, fast.empty().cut)  # knows none, so guesses all


@_once
@lru_cache(maxsize=4)
def _rjieba(terms: tuple[str, ...]) -> Any:
    try:
        import rjieba
    except ImportError as error:
        problem = 'rjieba is missing: pip install "lawreport-utils[fast]"'
        raise ImportError(problem) from error
    tokenizer = rjieba.Jieba()
    for term in terms:
        tokenizer.add_word(term, None, None)
    return tokenizer


_ENGINES: dict[str, Callable[[tuple[str, ...]], Tokenizer]] = {
    "jieba": _with_guesses,
    "rjieba": lambda terms: _rjieba(terms) and _with_guesses(terms),
}


def word_filter(stop_words: Iterable[str] | None, min_chars: int) -> Callable[[str], bool]:
    """Tells a word from what is none: a number, a number with its measure, a mark, a stop word.

    >>> list(filter(word_filter(None, 2), ["规范执法", "21", "三项", "第一", "。", "进一步"]))
    ['规范执法']
    """
    stops = None if stop_words is None else frozenset(listed(stop_words, "stop_words"))
    return _word_filter(stops, whole_number(min_chars, "min_chars", 0))


@lru_cache(maxsize=8)
def _word_filter(stop_words: frozenset[str] | None, min_chars: int) -> Callable[[str], bool]:
    stops = frozenset(load.words("stopwords")) if stop_words is None else stop_words

    def keeps(word: str) -> bool:
        return len(word) >= min_chars and word not in stops and not _NO_WORD.fullmatch(word)

    return Remembered(keeps).__getitem__
