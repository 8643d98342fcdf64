"""The wing that reads files: a module a kind, each with ``extract_text(data, source)``."""

import re
from collections.abc import Iterable
from typing import NamedTuple


class Extracted(NamedTuple):
    """The text of a file, and what of the file is not in it: a sentence for each."""

    text: str
    warnings: tuple[str, ...] = ()  # end in Report.warnings, so they say what and where


CELL = "\t"  # between the cells of a row: no word of a report has one, so no figure runs over it


def join_cells(cells: Iterable[str]) -> str:
    """A row of a table as a line, its cells divided by tabs; a label and its value are one.

    >>> join_cells(["来源：", "某局", " 2024年 "])
    '来源： 某局\\t2024年'
    """
    row = CELL.join(" ".join(cell.split()) for cell in cells)
    return re.sub("([:：])\t", r"\1 ", row).rstrip(CELL)
