"""The wing that reads files: a module a kind, each with ``extract_text(data, source)``."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ..characters import HAN
from ..markers import opens_title

# Annual reports have 2,000 to 40,000 characters. The limit is far above, yet low enough that no
# file takes more than some seconds and 500 MB of memory.
MAX_CHARS = 1_000_000


class Extracted(NamedTuple):
    """The text of a file, and what of the file is not in it: a sentence for each."""

    text: str
    warnings: tuple[str, ...] = ()  # end in Report.warnings, so they say what and where


CELL = "\t"  # between the cells of a row: no word of a report has one, so no figure runs over it
_LABEL_LENGTH = 160  # characters; longer paragraphs in a cell are prose


def row_lines(cells: Sequence[Sequence[str]]) -> list[str]:
    """The lines of a row of a table, given those of its cells.

    One line, or those of each cell where a cell holds paragraphs: then the table lays out a page.

    >>> row_lines([["案件"], ["10件"]]), row_lines([["一、学习", "培训3次。"], [""]])
    (['案件\\t10件'], ['一、学习', '培训3次。'])
    """
    filled = [[line for line in cell if line.strip()] for cell in cells]
    shown = [cell for cell in filled if cell]
    if len(shown) < 2 or any(map(_is_prose, shown)):
        return [line for cell in shown for line in cell]
    return [join_cells(_LABEL_BREAK.sub("", "\n".join(cell)) for cell in filled)]


_LABEL_BREAK = re.compile(rf"(?<=[{HAN}])\n(?=[{HAN}])")  # 行政复议⏎案件: one label


def _is_prose(lines: Sequence[str]) -> bool:
    """Is this more than a label or a value in several lines?"""
    text = "\n".join(lines)
    if len(lines) < 2:
        return len(text) > _LABEL_LENGTH and text.count("。") > 1
    running = len(text) > _LABEL_LENGTH or re.search("[。\t]", text)
    return bool(running) or any(map(opens_title, lines[1:]))


def join_cells(cells: Iterable[str]) -> str:
    """A row of a table as a line, its cells divided by tabs; a label and its value are one.

    >>> join_cells(["来源：", "某局", " 2024年 "])
    '来源： 某局\\t2024年'
    """
    row = CELL.join(" ".join(cell.replace("\v", "").split()) for cell in cells)
    return re.sub("([:：])\t", r"\1 ", row).rstrip(CELL)
