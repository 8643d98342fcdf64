"""What nbval can't see in a notebook: was it run, in order, is it one in both languages?"""

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
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*/*.ipynb"))
NAMES = sorted({path.stem for path in NOTEBOOKS})
TAGS = {"check", "exercise", "hint", "parameters", "raises-exception", "screen", "solution"}
SLIDES = {"slide", "subslide", "fragment", "notes", "skip", "-"}
ABSOLUTE_PATH = re.compile(r"(?<![\w.:/])/(?:home|mnt|root|tmp|Users|var|work)/|\b[A-Z]:\\")
NETWORK = re.compile(r"\b(?:requests|urllib|httpx|urlopen|wget|curl)\b|[!%]pip\b|https?://")
NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?![\w.]|\s*(?:分钟|minutes))")
YEAR = re.compile(r"(?:19|20)\d\d")
NO_PROSE = re.compile(  # code, quotations, names
    r"```.*?```|`[^`]*`|^> [^\n]*|《[^》]*》|“[^”]*”|\*\*.*?\*\*|<[^>]*>|\]\([^)]*\)",
    re.DOTALL | re.MULTILINE,
)
OTHER_LANGUAGE = {
    "zh": re.compile(r"[A-Za-z’]+(?: [A-Za-z’]+){4}"),  # five English words
    "en": re.compile(r"[。；]|[一-鿿]{14}"),  # a Chinese sentence; terms may be quoted
}


def tags(cell):
    return cell.metadata.get("tags", [])


def hidden(cell):
    """A cell that only builds a sentence: JupyterLab shows the sentence."""
    return cell.metadata.get("jupyter", {}).get("source_hidden", False)


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


def heading_faults(cells):
    prose = [cell for cell in cells if cell.cell_type == "markdown"]
    levels = [level for cell in prose for level in heading_levels(cell)]
    if levels[:1] != [1] or levels.count(1) != 1:
        yield "not one title"
    if any(after > before + 1 for before, after in pairwise(levels)):
        yield f"a gap in the heading levels {levels}"


def language_faults(cells, code):
    for cell in cells:
        texts = [cell.source] if cell.cell_type == "markdown" else []
        texts += [
            output.data["text/markdown"]
            for output in cell.get("outputs", [])
            if hidden(cell) and "text/markdown" in output.get("data", {})
        ]
        for text in [*texts, cell.metadata.get("alt", "")]:
            if found := OTHER_LANGUAGE[code].search(NO_PROSE.sub(" ", text)):
                yield f"{cell.id}: another language: {found.group()}"


def outline_of(cell):
    """What a cell has in common with that of the other language."""
    code = None if hidden(cell) or cell.cell_type != "code" else cell.source.replace('"en"', '"zh"')
    slide = cell.metadata.get("slideshow")
    return cell.cell_type, cell.id, tags(cell), slide, hidden(cell), heading_levels(cell), code


def figure_faults(cells):
    for cell in cells:
        for output in cell.get("outputs", []):
            kinds = {kind for kind in output.get("data", {}) if kind.startswith("image/")}
            if kinds and kinds != {"image/png", "image/svg+xml"}:
                yield f"{cell.id}: a figure is stored as SVG and PNG, not as {sorted(kinds)}"
            if kinds and not cell.metadata.get("alt"):
                yield f"{cell.id}: no alt text"


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


def faults(notebook, code):
    checks = (run_faults, heading_faults, figure_faults, text_faults)
    found = [fault for check in checks for fault in check(notebook.cells)]
    return [*found, *language_faults(notebook.cells, code)]


def name_of(path):
    return f"{path.parent.name}-{path.stem}"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=name_of)
def test_notebook_is_stored_as_it_was_run(path):
    assert faults(nbformat.read(path, as_version=4), path.parent.name) == []


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_have_the_same_code_and_headings(name):
    chinese, english = (
        nbformat.read(ROOT / f"notebooks/{code}/{name}.ipynb", as_version=4).cells
        for code in ("zh", "en")
    )
    assert [*map(outline_of, chinese)] == [*map(outline_of, english)]


@pytest.mark.parametrize("code", ["zh", "en"])
def test_little_of_the_code_only_makes_sentences(code):
    cells = [
        cell
        for path in NOTEBOOKS
        if path.parent.name == code
        for cell in nbformat.read(path, as_version=4).cells
        if cell.cell_type == "code"
    ]
    said = sum(len(cell.source) for cell in cells if hidden(cell))
    seen = [cell.source for cell in cells if not hidden(cell)]
    assert said <= 0.25 * sum(len(cell.source) for cell in cells)
    assert not [source for source in seen if re.search(r"Markdown\(f", source)]
    lines = sorted(len(source.splitlines()) for source in seen)
    assert lines[len(lines) // 2] <= 3


@pytest.mark.parametrize("path", NOTEBOOKS, ids=name_of)
def test_no_table_shows_the_names_of_the_code(path):
    """Headers of tables are in the reader's language, and no output is a lone True or 0."""
    for cell in nbformat.read(path, as_version=4).cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            for header in re.findall(r"<th[^>]*>([^<]*)</th>", data.get("text/html", "")):
                assert "_" not in header
                assert path.parent.name == "en" or not re.fullmatch("[a-z ]+", header), header
            plain = data.get("text/plain", "")
            assert "solution" in tags(cell) or not re.fullmatch(r"True|False|\d+", plain), cell.id


@pytest.mark.parametrize("path", NOTEBOOKS, ids=name_of)
def test_notebook_names_no_version_of_python(path):
    assert "version" not in nbformat.read(path, as_version=4).metadata.language_info


def sound_notebook():
    image = new_output("display_data", {"image/png": "", "image/svg+xml": "", "text/plain": ""})
    table = new_output("execute_result", {"text/plain": "cases 98.5"}, execution_count=1)
    said = new_output("execute_result", {"text/markdown": "98.5% 的案件"}, execution_count=2)
    return new_notebook(
        cells=[
            new_markdown_cell("# 题目\n\n阅读约 15 分钟。"),
            new_code_cell("table", execution_count=1, outputs=[table]),
            new_code_cell(
                "Markdown(…)",
                execution_count=2,
                outputs=[said],
                metadata={"jupyter": {"source_hidden": True}},
            ),
            new_markdown_cell("## 图"),
            new_code_cell(
                "plot()", execution_count=3, outputs=[image], metadata={"alt": "条形图。"}
            ),
        ]
    )


def test_a_sound_notebook_has_no_fault():
    assert faults(sound_notebook(), "zh") == []


BREAKAGES = {
    "top to bottom": lambda cells: cells[1].update(execution_count=7),
    "stderr": lambda cells: cells[1].outputs.append(new_output("stream", name="stderr")),
    "not compared": lambda cells: cells[1].update(source="# NBVAL_IGNORE_OUTPUT"),
    "not one title": lambda cells: cells[0].update(source="## 题目"),
    "a gap in the heading": lambda cells: cells[3].update(source="#### 图"),
    "another language": lambda cells: cells[3].update(source="## 图\n\nThis is how it looks."),
    "2: another": lambda cells: (
        cells[2].outputs[0].data.update({"text/markdown": "98.5% of all the cases that were heard"})
    ),
    "SVG and PNG": lambda cells: cells[4].outputs[0].data.pop("image/svg+xml"),
    "no alt text": lambda cells: cells[4].metadata.pop("alt"),
    "path of one machine": lambda cells: cells[1].update(source="open('/home/me/report.txt')"),
    "network": lambda cells: cells[1].update(source="!pip install pandas"),
    "unknown tag": lambda cells: cells[1].metadata.update(tags=["solutoin"]),
    "unknown slide": lambda cells: cells[1].metadata.update(slideshow={"slide_type": "page"}),
    "typed": lambda cells: cells[3].update(source="## 图\n\n98.5%"),
    "formula": lambda cells: cells[3].update(source="## 图\n\n$G^2$"),
}


@pytest.mark.parametrize("fault", BREAKAGES)
def test_each_fault_is_found(fault):
    notebook = sound_notebook()
    for number, cell in enumerate(notebook.cells):
        cell.id = str(number)
    BREAKAGES[fault](notebook.cells)
    assert any(fault in found for found in faults(notebook, "zh"))


HOSTILE_SETTINGS = {
    "matplotlibrc": "figure.dpi: 150\nfont.size: 17\naxes.grid: True\n",
    "ipython/profile_default/startup/00.py": (
        "import pandas as pd\npd.set_option('display.max_rows', 3)\n"
        "pd.set_option('display.precision', 6)\n"
    ),
}


def test_settings_of_the_user_change_no_output(tmp_path, monkeypatch):
    """A backend, a matplotlibrc, options of pandas and a folder for settings that can't be made."""
    source = """from lawreport_utils.notebook import set_notebook_style
from lawreport_utils import labelled, outline, parse_report, plot_outline
set_notebook_style()
parts = outline(parse_report("一、学习\\n" * 2 + "二、执法\\n三、普法\\n四、监督\\n五、打算"))
_ = plot_outline(parts)
labelled(parts.assign(share=parts["chars"] / 3))"""
    plain = new_notebook(cells=[new_code_cell(source)])
    hostile = new_notebook(cells=[new_code_cell(source)])
    NotebookClient(plain, kernel_name="python3").execute()
    for name, text in HOSTILE_SETTINGS.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("MPLBACKEND", "Agg")
    monkeypatch.setenv("MATPLOTLIBRC", str(tmp_path / "matplotlibrc"))
    monkeypatch.setenv("MPLCONFIGDIR", str(tmp_path / "file"))  # no folder can be made of it
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    NotebookClient(hostile, kernel_name="python3").execute()
    assert any("image/svg+xml" in output.data for output in plain.cells[0].outputs)
    assert hostile.cells[0].outputs == plain.cells[0].outputs


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
