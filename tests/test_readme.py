"""What README.md shows of the report is what the package gives today; its code is a doctest."""

from pathlib import Path

import pytest

from lawreport_utils import extract_outcomes, read_report

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def report():
    return read_report(ROOT / "data/szga-2024.txt")


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
