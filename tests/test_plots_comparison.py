"""Figures of several reports."""

from pathlib import Path

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib import pyplot as plt
from matplotlib.patches import PathPatch, Rectangle

from lawreport_utils import (
    compare_reports,
    extract_outcomes,
    outline,
    parse_report,
    plot_metric,
    plot_sentence_flow,
    read_report,
)

DATA = Path(__file__).parents[1] / "data"


@pytest.fixture(scope="module")
def reports():
    return [
        read_report(DATA / f"{name}.txt") for name in ("practice-report-2022", "practice-report")
    ]


@pytest.fixture(scope="module")
def outcomes(reports):
    return pd.concat(
        extract_outcomes(report).assign(year=report.year, agency=report.agency)
        for report in reports
    )


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_bands_are_as_high_as_the_sentences_that_they_stand_for(reports, language):
    table = compare_reports(*reports)["sentences"]
    ax = plot_sentence_flow(
        table, earlier=outline(reports[0]), later=outline(reports[1]), language=language
    )
    counts = table["status"].value_counts()
    bands = [patch for patch in ax.patches if isinstance(patch, PathPatch)]
    heights = [
        abs(band.get_path().vertices[0][1] - band.get_path().vertices[-2][1]) for band in bands
    ]
    carried = counts["same"] + counts["figures"] + counts["reworded"]
    assert sum(heights) == pytest.approx(carried)
    ends = [patch.get_height() for patch in ax.patches if isinstance(patch, Rectangle)]
    assert sum(ends) == counts["new"] + counts["dropped"]
    assert any("推进法治政府建" in text.get_text() for text in ax.texts)
    assert {text.get_fontname() for text in ax.texts} == {"Noto Sans SC"}


def test_sentences_that_changed_their_part_cross_over():
    one = parse_report("一、甲\n推行执法公示制度。\n二、乙\n组织普法宣传活动。")
    two = parse_report("一、甲\n组织普法宣传活动。\n二、乙\n推行执法公示制度。")
    ax = plot_sentence_flow(compare_reports(one, two)["sentences"])
    ends = {
        (round(band.get_path().vertices[0][1]), round(band.get_path().vertices[3][1]))
        for band in ax.patches
        if isinstance(band, PathPatch)
    }
    assert len(ends) == 4


def test_a_metric_over_the_years(outcomes):
    row = outcomes[(outcomes["unit"] == "批次") & (outcomes["kind"] == "count")].iloc[0]
    ax = plot_metric(outcomes, row["metric"])
    (line,) = ax.lines
    assert line.get_xydata().tolist() == [[2022, 5800], [2023, 6400]]
    assert ax.get_ylim()[0] == 0
    assert {text.get_text() for text in ax.texts} == {"5,800", "6,400"}


def test_several_agencies_have_a_line_each(outcomes):
    metric = outcomes[outcomes["unit"] == "批次"].iloc[0]["metric"]
    both = pd.concat([outcomes, outcomes.assign(agency="青溪区市场监督管理局")])
    ax = plot_metric(both, metric, language="en")
    assert len(ax.lines) == 2
    assert ax.get_legend() is not None


def test_what_cannot_be_drawn_is_said(outcomes):
    with pytest.raises(ValueError, match="no value of '没有的指标'"):
        plot_metric(outcomes, "没有的指标")
    with pytest.raises(TypeError, match="a figure is drawn of a table"):
        plot_sentence_flow("report.txt")
    empty = compare_reports(parse_report("甲"), parse_report("甲"))["sentences"].iloc[:0]
    ax = plot_sentence_flow(empty, language="en")
    assert [text.get_text() for text in ax.texts] == ["nothing to show"]


def test_settings_stay_as_they_were(outcomes, reports):
    before = dict(mpl.rcParams)
    plot_sentence_flow(compare_reports(*reports)["sentences"])
    assert dict(mpl.rcParams) == before
