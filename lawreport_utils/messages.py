"""Errors and warnings of this package in the reader's language.

The code says them in English; ``lexicon/messages.toml`` has the Chinese.
"""

import re
from functools import cache

from .arguments import check_language
from .errors import ReportError
from .lexicon import load


def message(said: str | ReportError, language: str = "zh") -> str:
    """An error or a warning in the reader's language; what has no translation stays English.

    Raises ValueError for another language than "zh" or "en".

    >>> message(ReportError("a.docx", "the document has a password", "download it again"))
    'a.docx：文档有密码；请重新下载'
    >>> message("Footnotes are left out (page 2, 3)"), message("out of order")
    ('脚注没有读（第 2, 3 页）', 'out of order')
    """
    check_language(language)
    if language == "en":
        return str(said)
    if isinstance(said, ReportError):
        return f"{said.source}：{_chinese(said.problem)}；{_chinese(said.remedy)}"
    source, _, what = said.partition(": ")
    if not _filled(said) and (chinese := _chinese(what)) != what:  # of a file, whose name stays
        return f"{source}：{chinese}"
    return _chinese(said)


def _filled(said: str) -> str:
    """The Chinese of what one template says; "" where there is none."""
    for pattern, chinese in _templates():
        if found := pattern.fullmatch(said):
            return chinese.format(*map(_chinese, found.groups()))
    return ""


def _chinese(said: str) -> str:
    if filled := _filled(said):
        return filled
    *first, last = said.split("; ")
    return "；".join(map(_chinese, [*first, last])) if first else said


@cache
def _templates() -> list[tuple[re.Pattern[str], str]]:
    """Those that say most first, since what is filled in could be all but a word."""
    every = [pair for group in load.table("messages").values() for pair in group.items()]
    every.sort(key=lambda pair: -len(pair[0]))
    return [(_pattern(english), chinese) for english, chinese in every]


def _pattern(english: str) -> re.Pattern[str]:
    gaps = re.escape(english).replace(r"\{\}", "(.+?)")
    return re.compile(gaps, re.DOTALL | re.IGNORECASE)
