"""Questions to the author of a report, before it is published.

Each check says in its docstring what it takes for evidence; ``comments`` writes the questions into
a Word document. Their wording is in ``lexicon/checks.toml``.
"""

from collections.abc import Iterator
from itertools import chain

import pandas as pd

from ..arguments import need_report
from ..characters import fold
from ..lexicon import load
from ..model import Report, Section
from ..tables import table
from .arithmetic import check_rates, check_sums
from .finding import Checked, Finding
from .form import check_content, check_numbers, check_pairs
from .statements import check_values, check_zeros
from .years import check_carried_over, check_years

_CHECKS = (
    check_numbers, check_sums, check_rates, check_values, check_zeros, check_content, check_years,
    check_pairs,
)  # fmt: skip


def check_report(report: Report, *, earlier: Report | None = None) -> pd.DataFrame:
    """What a careful reader would ask the author: a row a finding, in text order.

    Columns: ``check`` is "numbering" (a number left out or printed twice), "sum" (a total against
    its parts), "rate" (two values against the stated change), "two_values" (of one metric in one
    scope), "zero" (none, and an admitted case), "missing_item" (what the regulation asks for),
    "deadline" (a late publication date), "year" (the title's year against the text's), "pairing"
    (quotation marks and brackets) or, with ``earlier``, the report of the year before,
    "carried_over" (its sentences with a number or year unchanged). ``question_zh`` and
    ``question_en`` ask neutrally; ``number`` is the division, ``surface`` the place as printed,
    which is ``report.text[start:end]``; ``other_start`` and ``other_end`` are the place that it is
    compared with. What isn't there has no place: its number, surface and positions are missing.

    A question is no verdict: nothing is known but the text. A false alarm costs more than a missed
    finding, so a check that can't tell doesn't ask. No findings give an empty table.

    >>> from lawreport_utils import parse_report
    >>> report = parse_report("立案90件，其中食品类52件、其他类48件；投诉由80件降至60件，下降20%。")
    >>> check_report(report)[["check", "surface", "start", "other_start"]]
      check surface  start  other_start
    0   sum     90件      2           11
    1  rate     20%     36           25
    """
    checked = Checked(need_report(report))
    past = None if earlier is None else Checked(need_report(earlier, "earlier"))
    found = list(chain.from_iterable(check(checked) for check in _CHECKS))
    if past:
        found += check_carried_over(checked, past)
    found.sort(key=lambda finding: finding.place or (len(report.text), 0))
    rows = [tuple(_row(checked, finding, past)) for finding in found]
    dtypes = {"check": "str", "question_zh": "str", "question_en": "str", "number": "str",
              "surface": "str"}  # fmt: skip
    places = dict.fromkeys(("start", "end", "other_start", "other_end"), "Int64")
    return table(rows, **dtypes, **places)


def _row(checked: Checked, finding: Finding, past: Checked | None) -> Iterator[object]:
    place, other = finding.place, finding.other
    yield finding.check
    for language in ("zh", "en"):
        said = finding.said | {
            "place": _place(checked, place[0], language) if place else "",
            "other_place": _place(checked, other[0], language) if other else "",
        }
        if past and finding.earlier is not None:
            said["earlier_place"] = _place(past, finding.earlier, language)
        if language == "en" and "item" in said:
            said["item"] = load.table("labels")["english"]["item"].get(said["item"], said["item"])
        question = load.table("checks")["questions"][finding.question][language].format(**said)
        yield question[0].upper() + question[1:]
    yield checked.section(place[0]).number if place else None
    yield checked.text[place[0] : place[1]] if place else None
    yield from place or (None, None)
    yield from other or (None, None)


def _place(checked: Checked, position: int, language: str) -> str:
    """The division of a position by its printed markers: 第三部分（二）, part 三 (二)."""
    markers = list[str]()
    section: Section | None = checked.section(position)
    while section is not None and section.level:
        markers.append(section.marker.strip(" 、.．,，"))
        section = section.parent
    if not markers:
        places = load.table("checks")["places"]
        return str(places["preamble" if len(checked.report.sections) > 1 else "whole"][language])
    top, *below = reversed(markers)
    if language == "en":
        return "part " + " ".join(fold(marker) for marker in (top, *below))
    top = f"第{top}部分" if set(top) <= set("一二三四五六七八九十") else f"“{top}”"
    return top + "".join(f"“{each}”" if each[-1] in "是要" else each for each in below)
