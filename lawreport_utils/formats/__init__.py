"""The wing that reads files: a module a kind, each with ``extract_text(data, source)``."""

import re
from collections.abc import Iterable
from typing import NamedTuple


class Extracted(NamedTuple):
    """The text of a file, and what of the file is not in it: a sentence for each."""

    text: str
    warnings: tuple[str, ...] = ()  # end in Report.warnings, so they say what and where


def join_cells(cells: Iterable[str]) -> str:
    """A row of a table as a line; a label and its value are one.

    >>> join_cells(["来源:", "某局", " 2024年 "])
    '来源: 某局 | 2024年'
    """
    return re.sub(r"([:：]) \| ", r"\1 ", " | ".join(cell.strip() for cell in cells))
