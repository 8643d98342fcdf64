"""What SECURITY.md promises: no code of a name is run, no trace of a machine is left, no promise
without its test."""

import ast
import getpass
import os
import platform
import re
import shutil
import subprocess
import sys
import tomllib
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from itertools import chain
from pathlib import Path

import pandas as pd
import pytest

from lawreport_utils import (
    analyze_corpus,
    collocates,
    concordance,
    marked_text,
    parse_report,
    read_report,
    write_annotations,
    write_workbook,
)

ROOT = Path(__file__).parents[1]
TEXT = "某局2024年法治政府建设年度报告\n一、执法\n办理案件3件。\n二、下一步打算\n加强监督。\n"
NAMES = [
    "$(shell touch made).txt", "$(error x).txt", "$(file >made,x).txt", "`touch made`.txt",
    "$(touch made);touch made.txt", "a$b.txt", "$$x.txt", "${HOME}.txt", "a b.txt", "'a' \"b\".txt",
    "某局[2024]5号.txt", "100%.txt", "a#b.txt", "*.txt", "-x.txt", ".txt", "~x.txt", "a\\b.txt",
    "行\n$(shell touch made)\n行.txt", "a:=b.txt", '"><img src=x onerror=alert(1)>.txt',
]  # fmt: skip

posix = pytest.mark.skipif(sys.platform == "win32", reason="no such file names there")


@posix
@pytest.mark.parametrize("given", ["on the command line", "by the environment"])
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("target", ["report REPORT", "exercises REPORT", "exercises EARLIER"])
def test_make_hands_on_a_name_as_it_is(tmp_path, target, name, given):
    shutil.copy(ROOT / "Makefile", tmp_path)
    python = tmp_path / "venv/bin/python"  # in place of the package: it notes what it is given
    python.parent.mkdir(parents=True)
    python.write_text(
        '#!/bin/sh\nfor last; do test -z "$last" || printf "%s" "$last" >seen; done\n'
    )
    python.chmod(0o755)
    (tmp_path / "venv/ready").touch()
    command, environment = ["make", "-o", "venv/ready", "VENV=venv", ""], dict(os.environ)
    command[-1], variable = target.split()
    environment |= {"REPORT": "report.txt"}
    if given == "by the environment":
        environment[variable] = name
    else:
        command.append(f"{variable}={name}")
    subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True)
    assert (tmp_path / "seen").read_text() == name
    assert not (tmp_path / "made").exists()


@posix
def test_what_is_made_of_a_report_names_no_machine(tmp_path):
    """Pages, workbooks, annotations and tables of reports that can and that can't be read."""
    folder, out = tmp_path / "私人文件夹", tmp_path / "out"
    folder.mkdir()
    out.mkdir()
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    (folder / "empty.txt").write_text("")
    (folder / "damaged.docx").write_bytes(b"PK\3\4 damaged")
    (folder / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    report = read_report(folder / "a.txt")
    page = marked_text(report)
    page.save(out / "page.html")
    (out / "cell.html").write_text(page._repr_html_(), encoding="utf-8")
    write_annotations(report, out / "a.jsonl")
    write_workbook(page.tables, out / "a.xlsx")
    shutil.unpack_archive(out / "a.xlsx", out / "workbook", "zip")
    (out / "a.xlsx").unlink()
    tables = analyze_corpus(
        folder, executor=ThreadPoolExecutor(1), output=out / "corpus", progress=False
    )
    assert len(tables["errors"]) >= 2
    for path in (out / "corpus").rglob("*.parquet"):
        buffer = StringIO()
        pd.read_parquet(path).to_csv(buffer)
        path.with_suffix(f".{path.parent.name}.csv").write_text(buffer.getvalue(), encoding="utf-8")
    traces = {str(tmp_path), folder.name, str(Path.home())} - {"/"}
    traces |= {name for name in (getpass.getuser(), platform.node()) if len(name) > 4}  # root, vm
    for path in filter(Path.is_file, out.rglob("*")):
        content = path.read_bytes()
        assert [trace for trace in traces if trace.encode() in content] == [], path.name


def test_a_pattern_of_the_user_ends():
    report = parse_report("一、" + "法" * 3000)
    with pytest.raises(ValueError, match="at most 3"):
        concordance(report, "*法" * 20 + "x", wildcards=True)
    assert concordance(report, "*法*法*x", wildcards=True).empty


def test_a_window_may_be_as_wide_as_one_likes():
    report = parse_report("一、法治政府\n推进法治建设。推进法治。")
    pd.testing.assert_frame_equal(
        *(concordance(report, "法治", window=window) for window in (10**18, 99))
    )
    wide, whole = (collocates(report, "法治", window=window) for window in (10**18, 9))
    pd.testing.assert_frame_equal(wide, whole)


@pytest.mark.parametrize("tokenizer", ["jieba", "rjieba"])
def test_lists_of_terms_that_come_and_go_leave_no_dictionaries(tokenizer):
    pytest.importorskip("resource", reason="no such measure there")
    if tokenizer == "rjieba":
        pytest.importorskip("rjieba")
    code = f"""if True:
        import re
        from pathlib import Path
        from lawreport_utils import parse_report, term_frequency
        report = parse_report("一、推进法治")
        def used():
            status = Path("/proc/self/status").read_text()
            return int(re.search(r"VmRSS:\\s+(\\d+)", status)[1]) / 1024
        for i in range(11):
            term_frequency(report, tokenizer={tokenizer!r}, terms=[f"法治{{i}}"])
            if i == 5:
                before = used()
        print(used() - before)
    """
    if not Path("/proc/self/status").exists():
        pytest.skip("no such measure there")
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert float(done.stdout) < 45  # five dictionaries more: 75 MB and 125 MB


def test_every_promise_has_a_test():
    """The files and tests that SECURITY.md names are there."""
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| ")][1:]
    for row in rows:
        named = re.findall(r"`([\w/]+\.(?:py|txt))(?:::(\w+))?`", row.rsplit(" | ", 1)[1])
        assert named, row
        for file, test in named:
            assert (ROOT / file).exists(), file
            source = (ROOT / file).read_text(encoding="utf-8")
            assert not test or f"def {test}(" in source, (file, test)


# What is imported is declared.

NAMES_OF_PACKAGES = {
    "bs4": "beautifulsoup4", "docx": "python-docx", "PIL": "pillow", "charset_normalizer":
    "charset-normalizer", "pylopdf_fonts_zh_cn": "pylopdf-fonts-zh-cn",
}  # fmt: skip
# Comes with one that is declared and whose part it is.
PARTS = {
    "IPython": "jupyterlab", "numpy": "pandas", "nbformat": "nbconvert", "nbclient": "nbconvert",
    "traitlets": "nbconvert", "matplotlib_inline": "jupyterlab", "PIL": "matplotlib",
    "pdfminer": "pdfplumber", "packaging": "matplotlib",
}  # fmt: skip
# Installed by the command that needs it, beside the package.
APART = {
    "benchmarks": {"atheris", "recognizers_number", "jionlp", "cntext", "chinese2digits"},
    "room": {"pyodide", "js", "piplite", "micropip"},
}


def imports(folder):
    """The top modules that the code of a folder imports, with the file of each."""
    found = defaultdict(set)
    for path in sorted((ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module]
            for name in names:
                found[name.split(".")[0]].add(path.relative_to(ROOT).as_posix())
    return found


@pytest.mark.parametrize(
    "folder", ["lawreport_utils", "nbconvert", "notebooks", "tools", "benchmarks", "tests", "room"]
)
def test_what_is_imported_is_declared(folder):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    listed = chain(project["dependencies"], *project["optional-dependencies"].values())
    declared = {re.match(r"[\w-]+", line)[0].lower() for line in listed}
    own = {path.stem for path in ROOT.glob("*/*.py")} | {"lawreport_utils", "lawreport_exercises"}
    own |= {path.parent.name for path in ROOT.glob("*/**/__init__.py")}
    missing = {}
    for name, files in imports(folder).items():
        if name in {*sys.stdlib_module_names, *own, *APART.get(folder, ())}:
            continue
        package = NAMES_OF_PACKAGES.get(name, name).lower()
        if package not in declared and PARTS.get(name) not in declared:
            missing[name] = files
    assert missing == {}
