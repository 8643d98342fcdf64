"""How far the tables agree with what a person marked in the text, for the chapter on outcomes."""

from pathlib import Path

import pandas as pd

from lawreport_utils import Report, extract_claims, extract_outcomes

_FIELDS = ("value", "unit", "bound", "direction", "action", "metric")
_WORDS = {  # of tables that are for reading; [Chinese, English]
    "report": ("报告", "report"),
    "recall": ("查全率", "recall"),
    "precision": ("查准率", "precision"),
    "value": ("数值", "value"),
    "unit": ("单位", "unit"),
    "bound": ("数值界限", "bound"),
    "direction": ("变化方向", "direction"),
    "action": ("动作", "action"),
    "metric": ("指标", "metric"),
    "kind": ("标注的类别", "annotated as"),
    "annotated": ("标注", "annotated"),
    "found": ("其中程序找到", "of these found"),
    "surface": ("原文", "as printed"),
    "metric_gold": ("标注的名称", "annotated name"),
    "change": ("变化", "change"),
    "state": ("状态", "state"),
    "coverage": ("全覆盖", "coverage"),
    "recognition": ("受到肯定", "recognition"),
    "award": ("获奖", "award"),
    "activity_no_count": ("没有次数的活动", "activity without a count"),
}


def figure_accuracy(reports: dict[Path, Report], language: str = "zh") -> pd.DataFrame:
    """Recall and precision of ``extract_outcomes`` against the annotations in each folder, and the
    share of the figures found whose fields are as annotated.

    What the annotator calls borderline isn't counted. A name is right if it is the annotated name
    or the annotated words.
    """
    return _worded(pd.DataFrame([_scores(*pair) for pair in reports.items()]), language)


def differing_names(reports: dict[Path, Report], language: str = "zh") -> pd.DataFrame:
    """The figures whose name isn't the annotated one, with both names."""
    pairs = pd.concat([_pairs(*pair).assign(report=pair[0].name) for pair in reports.items()])
    both = pairs.dropna(subset=["surface", "surface_gold"])
    other = both[~_right(both, "metric")]
    return _worded(other[["surface", "metric_gold", "metric", "report"]], language)


def claim_recall(folder: Path, report: Report, language: str = "zh") -> pd.DataFrame:
    """How many of the annotated claims without a figure ``extract_claims`` has, by kind.

    Plans and shortcomings aren't claims of something reached and are left out.
    """
    marked = pd.read_json(folder / "qualitative.jsonl", lines=True)
    marked = marked[~marked["plan"] & ~marked["kind"].isin(["shortcoming", "cause"])]
    claims = extract_claims(report)
    found = [
        bool(((claims["start"] < end) & (claims["end"] > start)).any())
        for start, end in zip(marked["offset"], marked["end"], strict=True)
    ]
    grouped = marked.assign(found=found).groupby("kind", sort=False)["found"]
    table = grouped.agg(["size", "sum"]).reset_index()
    table["kind"] = [_WORDS[kind][language == "en"] for kind in table["kind"]]
    return _worded(table.rename(columns={"size": "annotated", "sum": "found"}), language)


def _scores(folder: Path, report: Report) -> dict[str, str]:
    pairs = _pairs(folder, report)
    annotated, found = pairs["surface_gold"].notna(), pairs["surface"].notna()
    both = pairs[annotated & found]
    shares = {"recall": len(both) / annotated.sum(), "precision": len(both) / found.sum()}
    shares |= {field: _right(both, field).mean() for field in _FIELDS}
    return {"report": folder.name, **{name: f"{share:.1%}" for name, share in shares.items()}}


def _pairs(folder: Path, report: Report) -> pd.DataFrame:
    """Annotated and extracted figures side by side, by their place."""
    marked = pd.read_json(folder / "outcomes.jsonl", lines=True)
    marked = marked.rename(columns={"offset": "start"})
    marked["direction"] = marked["direction"].map({"下降": "decrease", "增长": "increase"})
    none = pd.read_json(folder / "negatives.jsonl", lines=True)
    found = extract_outcomes(report)
    found = found[~found["start"].isin(none.loc[none["borderline"], "offset"])]
    # Two figures may stand at one place, as in 均达98%以上: the turn counts as well.
    turns = [table.assign(turn=table.groupby("start").cumcount()) for table in (marked, found)]
    return turns[0].merge(turns[1], "outer", on=["start", "turn"], suffixes=("_gold", ""))


def _right(pairs: pd.DataFrame, field: str) -> pd.Series:
    ours, theirs = pairs[field].astype("object"), pairs[f"{field}_gold"].astype("object")
    right = (ours == theirs) | (ours.isna() & theirs.isna())
    return right | (ours == pairs["metric_surface"]) if field == "metric" else right


def _worded(table: pd.DataFrame, language: str) -> pd.DataFrame:
    return table.rename(columns={name: pair[language == "en"] for name, pair in _WORDS.items()})
