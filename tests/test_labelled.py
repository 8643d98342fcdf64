"""The format of the labelled sentences: a slip in a label must not pass for a label."""

import pytest
from labelled import FOLDER, compare_figures, plain, read_case, read_cases, score


def test_a_mark_says_what_is_right():
    words = "at_least none/increase 同比/none of:9万件"
    case = read_case(f"全年受理{{8万余件 = 80000 件; {words}: 受理 | 案件 / 诉求}}。")
    (mark,) = case.marks
    assert case.text[mark.start : mark.end] == mark.surface == "8万余件"
    assert mark.names == (("受理", "案件"), ("受理", "诉求"))
    assert mark.part_of == "9万件"
    assert mark.right == {
        "value": (80000.0,),
        "unit": ("件",),
        "bound": ("at_least",),
        "direction": (None, "increase"),
        "basis": ("同比", None),
        "kind": ("count",),
        "form": ("result",),
    }


@pytest.mark.parametrize(
    ("mark", "value", "unit", "kind"),
    [
        ("1,234件", 1234, "件", "count"),
        ("1.2万余", None, None, None),
        ("３０％", 30, "%", "level"),
        ("18%; decrease", 18, "%", "change"),
        ("零败诉 = 0", 0, None, "level"),
    ],
)
def test_plain_figures_are_read(mark, value, unit, kind):
    right = read_case(f"某事{{{mark}: 名}}").marks[0].right
    if value is not None:
        assert (right["value"], right["unit"], right["kind"]) == ((value,), (unit,), (kind,))
    else:
        assert right["unit"] == ("余",)  # which no figure has: its test fails


def test_two_names_of_one_figure():
    marks = read_case("甲率、乙率均达{98%: 甲率 + 乙率}").marks
    assert [(mark.start, mark.names[0][1]) for mark in marks] == [(7, "甲率"), (7, "乙率")]


@pytest.mark.parametrize(
    "line", ["办理{3件}。", "办理{3件: 案件。", "办理{3件: {案件}}。", "办理3件}"]
)
def test_a_slip_in_a_mark_is_an_error(line):
    with pytest.raises(ValueError, match=r"figures:7: a mark is {surface: name}"):
        read_case(line, "figures:7")


def test_tags_open_a_line():
    case = read_case("[plan] [xfail: why] 办理{3件: 案件}。")
    assert (case.plan, case.xfail, case.marks[0].right["kind"]) == (True, "why", ("target",))
    assert case.report.text == "一、下一步工作安排\n办理3件。"


def test_quotation_marks_and_width_make_no_difference():
    assert plain("“12345”热线（含来信）") == "12345热线(含来信)"


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.txt")))
def test_every_file_can_be_read(name):
    cases = read_cases(name)
    assert cases
    assert all(
        mark.surface == case.text[mark.start : mark.end] for case in cases for mark in case.marks
    )


def test_the_score_counts_what_is_missed_and_what_is_too_much():
    cases = [read_case("办理案件{12件: 办理 | 案件}。"), read_case("{办理: 无}案件13件。")]
    scores = score([compare_figures(case) for case in cases])
    assert (scores.marks, scores.found, scores.rows) == (2, 1, 2)
    assert scores.precision == scores.recall == scores.f1("value+unit") == 0.5
