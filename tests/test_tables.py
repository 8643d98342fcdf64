"""Tables are made from arrays, and behave as any frame that pandas makes."""

import pandas as pd
import pytest

from lawreport_utils import tables
from lawreport_utils.tables import table

TYPES = {"term": "str", "count": "int64", "rate": "float64", "same": "bool", "of": "Int64",
         "terms": "object"}  # fmt: skip
ROWS = [("执法", 3, 1.5, True, None, ["法治"]), (None, 5, 2.5, False, 7, [])]


def expected(rows):
    columns = zip(*rows, strict=True) if rows else [()] * len(TYPES)
    named = zip(TYPES.items(), columns, strict=True)
    return pd.DataFrame({name: pd.Series([*values], dtype=kind) for (name, kind), values in named})


@pytest.mark.parametrize("rows", [ROWS, ROWS[:1], []], ids=["two", "one", "none"])
def test_a_table_is_the_frame_that_pandas_makes_of_its_columns(rows):
    pd.testing.assert_frame_equal(table(rows, **TYPES), expected(rows))


@pytest.mark.parametrize("rows", [ROWS, []], ids=["two", "none"])
def test_pandas_2_makes_the_same(monkeypatch, rows):
    monkeypatch.setattr(tables, "_of_blocks", None)
    pd.testing.assert_frame_equal(table(rows, **TYPES), expected(rows))


def test_what_is_done_to_a_table_is_done_to_no_other():
    first = table(ROWS, **TYPES)
    first.columns.name = "columns"
    first.loc[0, "count"] = 9
    first["more"] = 1
    pd.testing.assert_frame_equal(table(ROWS, **TYPES), expected(ROWS))
    assert first["count"].tolist() == [9, 5]
