"""What nbval can't see in a notebook: was it run, in order, is it whole in both languages?"""

import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
LANGUAGES = ("lang-zh", "lang-en")
TAGS = {*LANGUAGES, "check", "exercise", "hint", "parameters", "raises-exception", "solution"}
SLIDES = {"slide", "subslide", "fragment", "notes", "skip", "-"}
ABSOLUTE_PATH = re.compile(r"(?<![\w.:/])/(?:home|mnt|root|tmp|Users|var|work)/|\b[A-Z]:\\")
NETWORK = re.compile(r"\b(?:requests|urllib|httpx|urlopen|wget|curl)\b|[!%]pip\b|https?://")
NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?![\w.]|\s*(?:分钟|minutes))")
YEAR = re.compile(r"(?:19|20)\d\d")


def tags(cell):
    return cell.metadata.get("tags", [])


def language(cell):
    return next((tag for tag in LANGUAGES if tag in tags(cell)), None)


def heading_levels(cell):
    prose = re.sub(r"```.*?```", "", cell.source, flags=re.DOTALL)
    return [len(marks) for marks in re.findall(r"^(#+) ", prose, flags=re.MULTILINE)]


def shown(output):
    """What a reader reads of an output."""
    data = output.get("data", {})
    return output.get("text") or data.get("text/markdown") or data.get("text/plain") or ""


def run_faults(cells):
    counts = [cell.execution_count for cell in cells if cell.cell_type == "code"]
    if counts != list(range(1, len(counts) + 1)):
        yield f"not run from top to bottom: {counts}"
    for cell in cells:
        for output in cell.get("outputs", []):
            if output.output_type == "error" or output.get("name") == "stderr":
                yield f"{cell.id}: error or stderr output"
        if "nbval-" in str(tags(cell)) or "NBVAL_" in cell.source:
            yield f"{cell.id}: its outputs are not compared"


def language_faults(cells):
    marked = [cell for cell in cells if language(cell)]
    if any(not language(cell) for cell in cells if cell.cell_type == "markdown"):
        yield "prose without a language"
    if [language(cell) for cell in marked] != [*LANGUAGES] * (len(marked) // 2):
        yield "not every Chinese cell is followed by its English one"
    for chinese, english in zip(marked[::2], marked[1::2], strict=False):
        same_slide = chinese.metadata.get("slideshow") == english.metadata.get("slideshow")
        if heading_levels(chinese) != heading_levels(english) or not same_slide:
            yield f"{english.id}: other headings, or another slide, than in Chinese"
    for tag in LANGUAGES:
        levels = [
            level for cell in marked if language(cell) == tag for level in heading_levels(cell)
        ]
        if levels[:1] != [1] or levels.count(1) != 1:
            yield f"{tag}: not one title"
        if any(after > before + 1 for before, after in pairwise(levels)):
            yield f"{tag}: a gap in the heading levels {levels}"


def figure_faults(cells):
    for cell in cells:
        for output in cell.get("outputs", []):
            kinds = {kind for kind in output.get("data", {}) if kind.startswith("image/")}
            if kinds and kinds != {"image/png", "image/svg+xml"}:
                yield f"{cell.id}: a figure is stored as SVG and PNG, not as {sorted(kinds)}"
            if kinds and not all(cell.metadata.get("alt", {}).get(code) for code in ("zh", "en")):
                yield f"{cell.id}: no alt text in both languages"


def text_faults(cells):
    outputs = " ".join(shown(output) for cell in cells for output in cell.get("outputs", []))
    computed = set(NUMBER.findall(outputs))
    for cell in cells:
        if ABSOLUTE_PATH.search(" ".join([cell.source, *map(shown, cell.get("outputs", []))])):
            yield f"{cell.id}: a path of one machine"
        if cell.cell_type == "code" and NETWORK.search(cell.source):
            yield f"{cell.id}: network"
        if set(tags(cell)) - TAGS:
            yield f"{cell.id}: unknown tag in {tags(cell)}"
        if cell.metadata.get("slideshow", {}).get("slide_type", "-") not in SLIDES:
            yield f"{cell.id}: unknown slide type"
        if cell.cell_type == "markdown":
            prose = re.sub(r"`[^`]*`|\]\([^)]*\)", "", cell.source)
            alt = str(cell.metadata.get("alt", ""))
            typed = {n for n in NUMBER.findall(prose + alt) if len(n) > 1 and not YEAR.fullmatch(n)}
            if typed & computed:
                yield f"{cell.id}: typed, though it is computed too: {sorted(typed & computed)}"
            if re.search(r"\$[^$\n]+\$|!\[", prose):
                yield f"{cell.id}: a formula or a picture that needs the network or a file"


def faults(notebook):
    checks = (run_faults, language_faults, figure_faults, text_faults)
    return [fault for check in checks for fault in check(notebook.cells)]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_is_stored_as_it_was_run(path):
    assert faults(nbformat.read(path, as_version=4)) == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_names_no_version_of_python(path):
    assert "version" not in nbformat.read(path, as_version=4).metadata.language_info


def prose(code, text, **metadata):
    return new_markdown_cell(text, metadata={"tags": [f"lang-{code}"], **metadata})


def sound_notebook():
    alt = {"zh": "条形图。", "en": "A bar chart."}
    image = new_output("display_data", {"image/png": "", "image/svg+xml": "", "text/plain": ""})
    table = new_output("execute_result", {"text/plain": "cases 98.5"}, execution_count=1)
    return new_notebook(
        cells=[
            prose("zh", "# 题目\n\n阅读约 15 分钟。"),
            prose("en", "# Title\n\nAbout 15 minutes."),
            new_code_cell("table", execution_count=1, outputs=[table]),
            prose("zh", "## 图"),
            prose("en", "## A figure"),
            new_code_cell("plot()", execution_count=2, outputs=[image], metadata={"alt": alt}),
        ]
    )


def test_a_sound_notebook_has_no_fault():
    assert faults(sound_notebook()) == []


BREAKAGES = {
    "top to bottom": lambda cells: cells[2].update(execution_count=7),
    "stderr": lambda cells: cells[2].outputs.append(new_output("stream", name="stderr")),
    "not compared": lambda cells: cells[2].update(source="# NBVAL_IGNORE_OUTPUT"),
    "without a language": lambda cells: cells[0].metadata.update(tags=[]),
    "followed by its English": lambda cells: cells.pop(1),
    "other headings": lambda cells: cells[4].update(source="### A figure"),
    "not one title": lambda cells: cells[0].update(source="## 题目"),
    "a gap in the heading": lambda cells: [c.update(source="#### 图") for c in cells[3:5]],
    "SVG and PNG": lambda cells: cells[5].outputs[0].data.pop("image/svg+xml"),
    "no alt text": lambda cells: cells[5].metadata.alt.pop("en"),
    "path of one machine": lambda cells: cells[2].update(source="open('/home/me/report.txt')"),
    "network": lambda cells: cells[2].update(source="!pip install pandas"),
    "unknown tag": lambda cells: cells[2].metadata.update(tags=["solutoin"]),
    "unknown slide": lambda cells: cells[2].metadata.update(slideshow={"slide_type": "page"}),
    "typed": lambda cells: cells[4].update(source="## A figure\n\nIt is 98.5%."),
    "formula": lambda cells: cells[4].update(source="## A figure\n\n$G^2$"),
}


@pytest.mark.parametrize("fault", BREAKAGES)
def test_each_fault_is_found(fault):
    notebook = sound_notebook()
    BREAKAGES[fault](notebook.cells)
    assert any(fault in found for found in faults(notebook))


def test_a_changed_bar_fails_the_run(tmp_path):
    """The picture is compared, not just the text beside it."""
    style = "from lawreport_utils.notebook import set_notebook_style\nset_notebook_style()"
    chart = "import matplotlib.pyplot as plt\nplt.bar(['a', 'b'], [1, 2])\nplt.show()"
    notebook = new_notebook(cells=[new_code_cell(style), new_code_cell(chart)])
    NotebookClient(notebook, kernel_name="python3").execute()

    def run(name):
        nbformat.write(notebook, tmp_path / name)
        command = [sys.executable, "-m", "pytest", "--nbval", "--nbval-current-env", "-q", name]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert run("stored.ipynb").returncode == 0
    notebook.cells[1].source = chart.replace("[1, 2]", "[1, 3]")
    changed = run("changed.ipynb")
    assert changed.returncode == 1
    assert "image/svg+xml" in changed.stdout
