"""`make report` on other reports than the stored one: it runs, in silence, and escapes markup."""

import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup

ROOT = Path(__file__).parents[1]
TITLE = "某**市**`公安`局<img src=x $x$ [链接](javascript:x) 𠮷😀法治政府建设年度报告"
SOURCE = "<script>alert(1)</script><b>某</b>"
# Nothing to count or to list: no division, no figure, no plan, no date.
BARE = f"{TITLE}\n信息来源:{SOURCE}\n我们深入学习，努力工作，依法办事，取得了很好的效果。\n"


@pytest.fixture(scope="module", params=["the real report", "a bare text"])
def run(request, tmp_path_factory):
    """The notebook as papermill leaves it, and its page in each language."""
    folder = tmp_path_factory.mktemp("report")
    path = ROOT / "data/szga-2024.txt"
    if request.param == "a bare text":
        path = folder / "it's a report.txt"
        path.write_text(BARE, encoding="utf-8")
    done = folder / "run.ipynb"
    papermill = [
        "papermill",
        ROOT / "notebooks/04_your_report.ipynb",
        done,
        "--cwd",
        ROOT / "notebooks",
    ]
    command = [*papermill, "--no-log-output", "--no-progress-bar", "-r", "report_path", path]
    subprocess.run([sys.executable, "-m", *command], check=True)
    for code in ("zh", "en"):
        nbconvert = [
            "nbconvert",
            "--log-level=ERROR",
            f"--config=nbconvert/{code}.py",
            "--to",
            "html",
        ]
        options = ["--Edition.contents=False", "--output-dir", folder / code, done]
        subprocess.run([sys.executable, "-m", *nbconvert, *options], cwd=ROOT, check=True)
    pages = {
        code: BeautifulSoup((folder / code / "run.html").read_text("utf-8"), "html.parser")
        for code in ("zh", "en")
    }
    return request.param, nbformat.read(done, as_version=4), pages


def test_nothing_but_results_is_put_out(run):
    outputs = [output for cell in run[1].cells for output in cell.get("outputs", [])]
    assert {output.output_type for output in outputs} <= {"display_data", "execute_result"}


def test_the_pages_are_about_the_report_given(run):
    kind, _, pages = run
    for page in pages.values():
        if kind == "the real report":
            assert "深圳市公安局2024年法治政府建设年度报告" in page.main.text
        else:
            text = page.main.text.replace("\u2060", "")
            assert TITLE in text
            assert SOURCE in text
            assert page(["script", "b"]) == []
            assert [image["src"][:5] for image in page("img") if image["src"][:5] != "data:"] == []
            assert [link for link in page("a") if "javascript" in link["href"]] == []


def test_what_a_report_lacks_is_said(run):
    kind, _, pages = run
    if kind == "a bare text":
        assert "没有找到带序数的章条" in pages["zh"].main.text
        assert "no numbered division was found" in pages["en"].main.text
        assert "published: not found" in pages["en"].main.text
        assert "发布日期：没有找到" in pages["zh"].main.text


def test_pages_link_only_to_themselves_and_each_other(run):
    for page in run[2].values():
        assert {link["href"].partition("#")[0] for link in page("a")} <= {
            "",
            "../zh/run.html",
            "../en/run.html",
        }
