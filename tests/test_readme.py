"""What README.md shows of the report is what the package gives today; its code is a doctest."""

from pathlib import Path

import matplotlib as mpl
import pytest

from lawreport_utils import extract_outcomes, outline, plot_outline, read_report, use_style

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def report():
    return read_report(ROOT / "data/szga-2024.txt")


def draw(report, path):
    """The figure of README.md; `draw(report, "docs/outline.svg")` renews it."""
    with mpl.rc_context():
        use_style()
        figure = plot_outline(outline(report), language="en").figure
        figure.savefig(path, bbox_inches="tight", metadata={"Date": None})


def test_the_figure_is_the_one_that_the_package_draws(report, tmp_path):
    draw(report, tmp_path / "outline.svg")
    assert (tmp_path / "outline.svg").read_bytes() == (ROOT / "docs/outline.svg").read_bytes()
    parts = outline(report).query("level == 1").set_index("number")
    assert parts["chars"].idxmax() == "3"


def test_the_table_holds_every_stated_change(report):
    figures = extract_outcomes(report)
    changes = figures[figures["kind"] == "change"]
    rows = [
        f"| {row.metric} | {row.value:g} | {row.unit} | {row.direction} | {row.basis} "
        f"| {row.number or '引言'} |"
        for row in changes.itertuples()
    ]
    readme = (ROOT / "README.md").read_text("utf8")
    assert "|---:|---|---|---|---|\n" + "\n".join(rows) + "\n\n" in readme
    assert not changes["metric"].isin(figures.loc[figures["unit"] != "%", "metric"]).any()
