"""Read, measure and check a Chinese annual report on law-based government (法治政府建设年度报告).

The names below are the public API. They are imported from their modules on first use, so that
``import lawreport_utils`` itself loads none of pandas, matplotlib, wordcloud and jieba.
"""

from importlib import import_module
from typing import Any

_MODULE_OF = {
    name: module
    for module, names in {
        "errors": "ReportError",
        "model": "Report Section",
        "read": "read_report",
        "structure": "parse_report outline sentences check_numbering",
        "terms": "term_frequency theme_frequency reconcile",
        "keywords": "keyness",
        "usage": "concordance collocates dispersion",
        "phrases": "repeated_phrases",
        "figures.outcomes": "extract_outcomes",
        "figures.claims": "extract_claims",
        "content": "content_items",
        "annotations": "write_annotations read_annotations score_annotations",
        "compare": "compare_reports",
        "check": "check_report",
        "corpus": "analyze_corpus",
        "labels": "labelled",
        "marked": "marked_text",
        "workbook": "write_workbook",
        "plots": (
            "plot_outline plot_theme_heatmap plot_dispersion plot_keyness plot_wordcloud "
            "plot_changes plot_concreteness plot_metric plot_sentence_flow use_style"
        ),
    }.items()
    for name in names.split()
}
__all__ = sorted(_MODULE_OF)


def __getattr__(name: str) -> Any:
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f".{_MODULE_OF[name]}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
