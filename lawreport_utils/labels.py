"""Tables in the reader's language: headers, coded values and closed vocabularies.

The words are in ``lexicon/labels.toml``. What isn't there stays as it is: words of the report are
quoted, not translated.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import pandas as pd

from .arguments import LANGUAGES, check_language
from .characters import fold
from .lexicon import load
from .messages import message

PREAMBLE = {"zh": "引言", "en": "preamble"}  # the text before the first division has no number
_YES_NO = {"zh": ("是", "否"), "en": ("yes", "no")}
_SAID = ("message", "warnings")  # columns of sentences of this package, a line each
_GLOSSED = ("basis", "item", "theme", "unit")  # columns of a closed vocabulary in Chinese


def labelled(table: pd.DataFrame, language: str = "zh") -> pd.DataFrame:
    """A table of this package with headers and coded values in the reader's language.

    Chinese ("zh") or English ("en"). True is 是, ``at_least`` 至少; the text before the first
    division, whose ``number`` is "", is 引言; missing text is empty. In English, themes, content
    items, measure words and usual bases of comparison are glossed too. Of a question in two
    languages the reader's stays. Columns and values that aren't known stay as they are; numbers
    stay numbers. The table given isn't changed.

    Raises ValueError for another language, TypeError for what is no table.

    >>> from lawreport_utils import extract_outcomes, parse_report
    >>> figures = extract_outcomes(parse_report("盗窃警情同比下降18.4%。"))
    >>> columns = ["metric", "value", "direction", "number"]
    >>> labelled(figures[columns])
         指标    数值 变化方向  编号
    0  盗窃警情  18.4   下降  引言
    >>> labelled(figures[columns], "en")
      metric  value direction  division
    0   盗窃警情   18.4  decrease  preamble
    """
    check_language(language)
    if not isinstance(table, pd.DataFrame):
        raise TypeError(f"labelled takes a table (a DataFrame), not a {type(table).__name__}")
    other = "_en" if language == "zh" else "_zh"
    kept = {
        name: _values(str(name), table[name], language)
        for name in table.columns
        if not (str(name).endswith(other) and f"{str(name)[:-3]}_{language}" in table.columns)
    }
    return pd.DataFrame(
        {header(str(name), language): values for name, values in kept.items()}, index=table.index
    )


def header(column: str, language: str) -> str:
    """What a column is called: 指标 for metric, 数值（前） for value_earlier.

    >>> header("value_earlier", "zh"), header("my_column", "en")
    ('数值（前）', 'my_column')
    """
    words = load.table("labels")
    name = column.removesuffix(f"_{language}")
    for known, ending in ((name, ""), *((name.removesuffix(s), s) for s in words["suffixes"])):
        if known in words["columns"] and known + ending == name:
            after = words["suffixes"][ending][_index(language)] if ending else ""
            return str(words["columns"][known][_index(language)]) + after
    return column


def value(column: str, code: str, language: str) -> str:
    """What a coded value of a column is called: 至少 for the bound at_least."""
    if column in _GLOSSED:
        return gloss(column, code) or code if language == "en" else code
    pair = load.table("labels")["values"].get(column, {}).get(code)
    return str(pair[_index(language)]) if pair else code


def table_name(name: str, language: str) -> str:
    """What a table is called: 数字 for outcomes."""
    pair = load.table("labels")["tables"].get(name)
    return str(pair[_index(language)]) if pair else name


def gloss(kind: str, chinese: str) -> str:
    """The English of a ``theme``, ``item``, ``unit``, ``basis`` or ``heading``, or "".

    A heading that joins two usual ones has both glosses.

    >>> gloss("unit", "件"), gloss("heading", "存在不足和下一步工作安排"), gloss("unit", "檩")
    ('cases or items', 'Shortcomings; next steps', '')
    """
    words = _english(kind)
    text = fold(chinese).strip()
    if text in words or kind != "heading":
        return words.get(text, "")
    for joint in _JOINT.finditer(text):
        first, second = words.get(text[: joint.start()]), words.get(text[joint.end() :])
        if first and second:
            return f"{first}; {second[0].lower()}{second[1:]}"
    return ""


_JOINT = re.compile("以及|[和与及、]")


@cache
def _english(kind: str) -> Mapping[str, str]:
    if kind == "theme":
        return {theme["name_zh"]: theme["name_en"] for theme in load.table("themes")["theme"]}
    return {fold(chinese): text for chinese, text in load.table("labels")["english"][kind].items()}


def _index(language: str) -> int:
    return LANGUAGES.index(language)


def _values(column: str, values: pd.Series, language: str) -> pd.Series:
    """A column with its codes in words; whatever is no text or truth value stays."""
    if pd.api.types.is_bool_dtype(values):
        yes, no = _YES_NO[language]
        return values.map({True: yes, False: no}).astype("str").fillna("")
    if column == "numbers":  # a list of divisions a row
        return values.map(lambda numbers: [number or PREAMBLE[language] for number in numbers])
    if not pd.api.types.is_string_dtype(values):
        return values
    if column == "number" or column.startswith("number_"):
        values = values.replace("", PREAMBLE[language])
    if column in _SAID:
        return values.map(
            lambda said: "\n".join(message(line, language) for line in str(said).split("\n"))
        )
    base = _base(column)
    return values.map(lambda code: _worded(base, code, language)).astype("str")


def _base(column: str) -> str:
    for suffix in load.table("labels")["suffixes"]:
        column = column.removesuffix(suffix)
    return column


def _worded(column: str, code: Any, language: str) -> Any:
    if not isinstance(code, str):
        return "" if pd.isna(code) else code
    return value(column, code, language)
