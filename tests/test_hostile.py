"""Whatever stands in a file: nothing but ReportError is raised, and what is quoted stands there."""

import os
import runpy
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lawreport_utils import (
    check_report,
    collocates,
    content_items,
    extract_claims,
    extract_outcomes,
    outline,
    parse_report,
    read_report,
    term_frequency,
    theme_frequency,
)
from lawreport_utils.lexicon import load

ROOT = Path(__file__).parents[1]
CHECKS = runpy.run_path(str(ROOT / "benchmarks/checks.py"))
REPORT = (ROOT / "data/szga-2024.txt").read_text(encoding="utf-8")
MARKUP = "{{ 7*7 }}**b**[a](javascript:x)$x$ 5 < 7 & 9 > 8"
NUMERALS = "0123456789０９〇零一二两三十百千万亿.,%％余多约近半成分之第-—~+"
MARKS = "、，。；：！？“”《》（）()[]\n\r \u3000\t\0\ufeff\u2028𠀀é<&"
WORDS = [
    *load.words("terms"), *NUMERALS, *MARKS, "一、", "（一）", "1.", "一是", "下一步", "同比",
    "环比", "下降", "上升", "分别", "由", "增至", "达", "以上", "不足", "人次", "件", "万元",
    "个百分点", "翻一番", "明显提升", "持续向好", "不断", "率", "警情", "2024年", "2025-01-08",
    "发布日期：", "信息来源：",
]  # fmt: skip
SENTENCE = st.lists(st.sampled_from(WORDS) | st.sampled_from(REPORT), max_size=60).map("".join)
TEXT = st.text() | SENTENCE


@st.composite
def damaged(draw):
    """The report with a stretch replaced."""
    start = draw(st.integers(0, len(REPORT)))
    end = draw(st.integers(start, min(start + 300, len(REPORT))))
    return REPORT[max(0, start - 400) : start] + draw(TEXT) + REPORT[end : end + 400]


@given(TEXT | damaged())
@example("一" * 5000)
@example("（一）" * 2000)
@settings(deadline=None)
def test_parsing_holds_for_any_text(text):
    CHECKS["check_parsing"](text)


@given(TEXT | damaged())
@example("一、" + "9" * 5000 + "件")
@example("同比下降" * 1000 + "3%、" * 1000)
@example("明显提升、" * 2000)
@example("“" * 3000 + "《" * 3000)
@settings(deadline=None, max_examples=200)
def test_extraction_holds_for_any_text(text):
    CHECKS["check_extraction"](text)


@given(TEXT | damaged())
@settings(deadline=None, max_examples=60)
def test_questions_and_comparisons_hold_for_any_text(text):
    CHECKS["check_questions"](text)
    CHECKS["check_comparison"](text)


def collocates_of_a_digit(report):
    return collocates(report, "1")


@given(st.binary() | TEXT.map(str.encode) | SENTENCE.map(lambda text: text.encode("gb18030")))
@example(b"%PDF-1.7\n" + b"<<" * 5000)
@example(b"PK\x03\x04" + b"\0" * 100)
@example(b"<html>" + b"<div>" * 20_000)
@settings(deadline=None)
def test_reading_holds_for_any_bytes(tmp_path_factory, data):
    path = tmp_path_factory.getbasetemp() / "hostile"
    path.write_bytes(data)
    CHECKS["check_reading"](path)


@pytest.mark.parametrize(
    "unit",
    [
        *["一", "（一）", "一是学习；", "由3件", "3件至", "3%、", "3个", "三分之", "受理案件3件,"],
        *["零败诉", "治安持续向好，", "同比下降", "下一步，", "“", "《", "(", "的", "、", "\u3000"],
    ],
)
def test_the_cost_of_a_text_grows_with_its_length_not_with_its_square(unit):
    start = time.process_time()
    text = "法治" + unit * (40_000 // len(unit))
    for function in (outline, theme_frequency, content_items, extract_outcomes, extract_claims):
        function(parse_report(text))
    assert time.process_time() - start < 6  # more than 20 if it grew with the square


@pytest.mark.parametrize(
    ("function", "unit"),
    [
        (check_report, "由3件"),  # each figure looked at the whole of a clause without an end
        (term_frequency, "百"),  # jieba guesses at a word in the square of its length
        (collocates_of_a_digit, "1,"),
        (check_report, "同比"),
        (check_report, " "),
        (parse_report, "1"),
    ],
)
def test_a_long_run_of_one_word_takes_linear_time(function, unit):
    text = f"某局2024年报告\n一、办理案件3件{unit * (30_000 // len(unit))}来源：某局，同比增长3%。"
    start = time.process_time()
    function(text if function is parse_report else parse_report(text))
    assert time.process_time() - start < 4  # 8 and more if it grew with the square


@pytest.fixture
def project(tmp_path):
    """What `make report` needs, apart from the packages."""
    (tmp_path / "project").mkdir()
    shutil.copy(ROOT / "Makefile", tmp_path / "project")
    (tmp_path / "home").mkdir()
    return tmp_path / "project"


def make_report(project, path):
    return subprocess.run(
        ["make", "report", f"VENV={sys.prefix}", "-o", f"{sys.prefix}/ready"],
        cwd=project,
        env={**os.environ, "REPORT": str(path), "HOME": str(project.parent / "home")},
        check=False,
        capture_output=True,
        text=True,
    )


def files(folder):
    """All but the settings and caches of the tools, which go to the user's home."""
    paths = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return {
        path.as_posix()
        for path in paths
        if path.parts[0] != "home" and path.parts[1:3] != ("build", "settings")
    }


@pytest.mark.skipif(sys.platform == "win32", reason="no such file names there")
def test_make_report_writes_only_below_its_folder_and_shows_markup_as_text(project, tmp_path):
    name = "a $(touch made);`touch made` ..%2f\\..'\" <b>&.report"
    title = f"某局2024年法治政府建设年度报告\n{MARKUP}"
    body = f"一、{MARKUP}执法\n办理{MARKUP}案件3件。" + "推进严格规范公正文明执法。" * 9
    text = f"{title}\n{body}\n二、下一步打算\n加强监督。"
    (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    before = files(tmp_path)
    done = make_report(project, f"../{name}.txt")
    assert done.returncode == 0, done.stderr
    made = {"zh": f"{name}-标注", "en": f"{name}-marked"}
    assert files(tmp_path) - before == {
        f"project/build/report/{code}/{stem}.{ending}"
        for code, stem in made.items()
        for ending in ("html", "xlsx")
    }
    for code, stem in made.items():
        page = (project / f"build/report/{code}/{stem}.html").read_text("utf-8")
        soup = BeautifulSoup(page, "html.parser")
        assert soup.main.text.count(MARKUP) >= 2
        assert [script.get("src") for script in soup("script")] == [None]  # the page's own
        assert soup(["iframe", "img"]) == []


@pytest.mark.skipif(sys.platform == "win32", reason="no such file names there")
@pytest.mark.parametrize("name", ["某局[2024]5号.txt", "-x{notebook_name}.txt"])
def test_make_report_takes_a_file_name_for_what_it_is(project, name):
    shutil.copy(ROOT / "data/szga-2024.txt", project / name)
    done = make_report(project, name)
    assert done.returncode == 0, done.stderr
    stem = name.removesuffix(".txt")
    made = {path.name for path in (project / "build/report").rglob("*.html")}
    assert made == {f"{stem}-标注.html", f"{stem}-marked.html"}


def test_make_report_fails_and_says_why_when_the_file_is_no_report(project, tmp_path):
    (tmp_path / "empty.txt").write_text("")
    done = make_report(project, tmp_path / "empty.txt")
    assert done.returncode != 0
    assert "文件是空的；请重新保存或下载报告" in done.stderr
    assert files(project / "build") == set()


def test_a_style_sheet_and_a_long_number_take_linear_time(tmp_path):
    """Patterns that start over at each character took the square of the length."""
    path, start = tmp_path / "a.html", time.process_time()
    for sheet in ("a" * 200_000, "/*" * 100_000, "@" * 200_000):
        body = f"<style>{sheet}</style><p>某局2024年法治政府建设年度报告</p><p>一、执法</p>"
        path.write_text(f"<html><body>{body}</body></html>", encoding="utf-8")
        assert "一、执法" in read_report(path).text
    check_report(parse_report("一、办理案件\n办理案件" + "9" * 40_000 + "件。"))
    assert time.process_time() - start < 10
