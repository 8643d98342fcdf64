"""`make report` on other reports than the stored one: it runs, in silence, and escapes markup."""

import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup

ROOT = Path(__file__).parents[1]
LANGUAGES = ("zh", "en")
TITLE = "某**市**`公安`局<img src=x $x$ [链接](javascript:x) 𠮷😀法治政府建设年度报告"
SOURCE = "<script>alert(1)</script><b>某</b>"
# Nothing to count or to list: no division, no figure, no plan, no date.
BARE = f"{TITLE}\n信息来源:{SOURCE}\n我们深入学习，努力工作，依法办事，取得了很好的效果。\n"


def run_all(commands):
    runs = [subprocess.Popen([sys.executable, "-m", *c], cwd=ROOT) for c in commands]
    assert [run.wait() for run in runs] == [0] * len(runs)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Both reports as papermill runs them, and their pages in each language."""
    folder = tmp_path_factory.mktemp("report")
    bare = folder / "it's bare.txt"
    bare.write_text(BARE, encoding="utf-8")
    papermill = ["papermill", "--no-log-output", "--no-progress-bar"]
    nbconvert = ["nbconvert", "--log-level=ERROR", "--config=nbconvert/pages.py", "--to", "html"]
    reports = {"real": ROOT / "data/szga-2024.txt", "bare": bare}
    runs = {code: [folder / code / f"{name}.ipynb" for name in reports] for code in LANGUAGES}
    for code, done in runs.items():
        (folder / code).mkdir()
        notebook = [f"--cwd=notebooks/{code}", f"notebooks/{code}/04_your_report.ipynb"]
        run_all(
            [*papermill, *notebook, run, "-r", "report_path", path]
            for run, path in zip(done, reports.values(), strict=True)
        )
    run_all(
        [*nbconvert, "--Edition.contents=False", f"--HTMLExporter.language_code={code}", *done]
        for code, done in runs.items()
    )
    return folder


def page(folder, code, name):
    return BeautifulSoup((folder / code / f"{name}.html").read_text("utf-8"), "html.parser")


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("name", ["real", "bare"])
def test_nothing_but_results_is_put_out(folder, code, name):
    cells = nbformat.read(folder / code / f"{name}.ipynb", as_version=4).cells
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    assert {output.output_type for output in outputs} == {"display_data", "execute_result"}


@pytest.mark.parametrize("code", LANGUAGES)
def test_pages_are_about_the_report_given(folder, code):
    assert "深圳市公安局2024年法治政府建设年度报告" in page(folder, code, "real").main.text
    bare = page(folder, code, "bare")
    text = bare.main.text.replace("\u2060", "")
    assert TITLE in text
    assert SOURCE in text
    assert bare(["script", "b"]) == []
    assert all(image["src"].startswith("data:") for image in bare("img"))
    other = {"zh": "en", "en": "zh"}[code]
    links = {link["href"].partition("#")[0] for link in bare("a")}
    assert links == {"", f"../{other}/bare.html"}


def test_what_a_report_lacks_is_said(folder):
    chinese, english = page(folder, "zh", "bare").main.text, page(folder, "en", "bare").main.text
    assert "日期：没有找到" in chinese
    assert "date: not found" in english
    for text in (chinese, english):
        assert text.count("《法治政府建设与责任落实督察工作规定》") >= 2
