"""The items that the regulation asks for, on labelled cases."""

import json
from pathlib import Path

import pandas as pd
import pytest

from lawreport_utils.content import content_items
from lawreport_utils.structure import parse_report

ROOT = Path(__file__).parents[1]
CASES = json.loads((ROOT / "tests/cases/content.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(
            case,
            id=case["name"],
            marks=pytest.mark.xfail(reason=case["xfail"]) if "xfail" in case else (),
        )
        for case in CASES
    ],
)
def test_labelled_items(case):
    items = content_items(parse_report("\n".join(case["text"]))).set_index("item")
    evidence = items["evidence"].where(items["found"], None)
    found = {item: None if pd.isna(text) else text for item, text in evidence.items()}
    assert {item: found[item] for item in case["expected"]} == case["expected"]


def test_real_report_names_no_cause():
    text = (ROOT / "data/szga-2024.txt").read_text(encoding="utf-8")
    items = content_items(parse_report(text)).set_index("item")
    assert items.index[~items["found"]].tolist() == ["不足的原因", "其他需要报告的情况"]
    assert items.loc["存在的不足", "number"] == "4"
    assert items.loc["次年4月1日前公开", "evidence"] == "2025-01-08"


def test_late_report_quotes_its_date_as_evidence():
    report = parse_report("某镇2023年法治政府建设工作总结\n发布日期：2024-05-06\n一、举措")
    late = content_items(report).set_index("item").loc["次年4月1日前公开"]
    assert not late["found"]
    assert late["evidence"] == "2024-05-06"


@pytest.mark.parametrize(
    ("agency", "required"),
    [("临江市公安局", True), ("石桥镇人民政府", False), ("沙洲区", False), ("某县司法局", True)],
)
def test_reporting_date_binds_departments(agency, required):
    items = content_items(parse_report(f"{agency}2023年法治政府建设年度报告\n一、举措"))
    assert items.set_index("item").loc["次年3月1日前报告", "required"] == required
