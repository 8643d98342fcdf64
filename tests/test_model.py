"""The model: positions, leaves, and the error."""

import dataclasses
import pickle

import pytest

from lawreport_utils.errors import ReportError
from lawreport_utils.model import Report, Section


def report(text: str, *sections: Section) -> Report:
    return Report("", "", None, "", None, text=text, sections=sections)


def test_leaves_give_each_stretch_its_innermost_division():
    #       0123456789
    text = "题一甲乙丙二丁戊三己"
    head = Section("", 0, "", "", 0, 1)
    part = Section("1", 1, "一", "", 1, 8)
    first = Section("1.1", 2, "甲", "", 2, 4, part)  # 丙 leads in to 1.2: the part's own text
    second = Section("1.2", 2, "二", "", 5, 8, part)
    last = Section("2", 1, "三", "", 8, 10)
    made = report(text, head, part, first, second, last)
    assert [(leaf.section.number, text[leaf.start : leaf.end]) for leaf in made.leaves] == [
        ("", "题"),
        ("1", "一"),
        ("1.1", "甲乙"),
        ("1", "丙"),
        ("1.2", "二丁戊"),
        ("2", "三己"),
    ]


def test_model_is_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        report("a").text = "b"


def test_error_survives_pickling():
    error = pickle.loads(pickle.dumps(ReportError("a.txt", "it is empty", "save it again")))
    assert (error.source, error.problem, error.remedy) == ("a.txt", "it is empty", "save it again")
    assert str(error) == "a.txt: it is empty; save it again"
