"""The exercises: no solution in the learner's copy, and checks that tell right from wrong."""

import json
import re
import shutil
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import nbformat
import pandas as pd
import pypdf
import pytest
from bs4 import BeautifulSoup
from lawreport_exercises import _PRAISE, checker, mark, read_wording, sentence_pairs
from nbclient import NotebookClient
from playwright.sync_api import sync_playwright

from lawreport_utils import marked_text, read_report

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "room"))
import leaks  # noqa: E402
import packages  # noqa: E402

LANGUAGES = ("zh", "en")
SOURCES = {code: ROOT / f"notebooks/{code}/06_exercises.ipynb" for code in LANGUAGES}
SOLVED = {code: nbformat.read(path, as_version=4) for code, path in SOURCES.items()}
WORDING = {name: own for name, own in read_wording().items() if name != "say"}
NAMES = list(WORDING)
CHAPTERS = sorted((ROOT / "notebooks").glob("*/0[0-5]_*.ipynb"))
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
REPORTS = ("szga-2024", "practice-report", "practice-report-2022")


def tags(cell):
    return set(cell.metadata.get("tags", []))


def tagged(notebook, tag):
    return [cell for cell in notebook.cells if tag in tags(cell)]


def shown(cell):
    return [output.data["text/plain"] for output in cell.outputs if "data" in output]


@pytest.fixture(scope="module")
def reports():
    return [read_report(ROOT / f"data/{name}.txt") for name in REPORTS]


@pytest.fixture
def check(reports):
    """What the Chinese check says of an answer."""
    return lambda name, answer: checker("zh", {name: answer}, *reports)(name)


@pytest.fixture(scope="module")
def solutions():
    """The answers, by running the solved source without its checks."""
    names = {"__name__": "exercises"}
    cells = [cell for cell in SOLVED["zh"].cells if cell.cell_type == "code"]
    source = "\n".join(cell.source for cell in cells if "check" not in tags(cell))
    source = source.replace('set_notebook_style("zh")', "")  # it would change this process
    exec(source.replace("../../data", str(ROOT / "data")), names)
    return {name: names[name] for name in NAMES}


@pytest.fixture(scope="module")
def learners(tmp_path_factory):
    """The learner's copies and the handouts, as `make kit` makes them."""
    folder = tmp_path_factory.mktemp("learner")
    convert = [sys.executable, "-m", "nbconvert", "--log-level=ERROR", "--to", "notebook"]
    for kind in ("learner", "handout"):
        for code in LANGUAGES:
            config = f"--config=nbconvert/{kind}.py"
            more = [config, "--output-dir", folder / kind, "--output", code, SOURCES[code]]
            subprocess.run([*convert, *more], cwd=ROOT, check=True)
    return {
        path.parent.name + path.stem: nbformat.read(path, 4) for path in folder.rglob("*.ipynb")
    }


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_exercise_has_all_its_cells_in_order(code):
    assert len(NAMES) >= 12
    kinds = ("exercise", "hint", "solution", "check")
    order = [kind for cell in SOLVED[code].cells for kind in kinds if kind in tags(cell)]
    order = "".join(kind[0] for kind in order)
    assert re.fullmatch("(ehs(s)?c)+c", order)
    checks = [cell.source for cell in tagged(SOLVED[code], "check")]
    assert checks == [*(f'check("{name}")' for name in NAMES), "check()"]
    titles = "\n".join(cell.source for cell in SOLVED[code].cells)
    colon = {"zh": "：", "en": ":"}[code]
    assert all(f"### {own['title'][code]}{colon}" in titles for own in WORDING.values())
    for cell, name in zip(tagged(SOLVED[code], "exercise"), NAMES, strict=True):
        assert f"{name} = None" in cell.source.splitlines()


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_solved_source_passes_every_check(code):
    for cell in tagged(SOLVED[code], "check"):
        (text,) = shown(cell)
        assert text.startswith("✓")


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_learners_copy_holds_no_solution(learners, code):
    copy = learners[f"learner{code}"]
    assert tagged(copy, "solution") == []
    assert [cell for cell in copy.cells if cell.get("outputs") or cell.get("execution_count")] == []
    text = "\n".join(cell.source for cell in copy.cells)
    for cell in tagged(SOLVED[code], "solution"):
        assert cell.source not in text
    assert len(tagged(copy, "check")) - 1 == len(tagged(copy, "exercise")) == len(NAMES)


def test_what_learners_get_is_searched_for_answers(learners, tmp_path):
    for name, copy in learners.items():
        nbformat.write(copy, tmp_path / f"{name}.ipynb")
    for path in CHAPTERS:
        shutil.copy(path, tmp_path / f"{path.parent.name}-{path.name}")
    for name, content in packages.learners_data():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    assert list(leaks.answers_in(tmp_path)) == []
    page = (
        '<p>conflicts <b>=</b> [&quot;1286件&quot;, "32.5%", "14期", "16期", "零纠错", "1件"]</p>'
    )
    (tmp_path / "page.html").write_text(page, "utf8")
    archive = packages.zipped(
        {"notes.py": b'x\nuntold = ["C", "D", "E", "F"]\n', "targets.jsonl": b""}
    )
    (tmp_path / "wheel.whl").write_bytes(archive)
    nbformat.write(SOLVED["en"], tmp_path / "solved.ipynb")
    marked_text(read_report(ROOT / "data/practice-report.txt")).save(tmp_path / "marked.html")
    found = " ".join(leaks.answers_in(tmp_path))
    assert "page.html: conflicts = " in found
    assert "wheel.whl: notes.py: untold = " in found
    assert "wheel.whl: targets.jsonl: annotations" in found
    assert found.count("solved.ipynb: ") > len(NAMES)
    assert "marked.html: 引言写“下降32.5%”" in found


def test_no_chapter_prints_what_an_exercise_asks_for(solutions, reports):
    rows = []
    for path in CHAPTERS:
        for cell in nbformat.read(path, 4).cells:
            outputs = [output.get("data", {}) for output in cell.get("outputs", [])]
            pages = "".join(data.get("text/html", "") for data in outputs)
            found = BeautifulSoup(pages, "html.parser")("tr")
            rows += [[value.text for value in row(["td", "th"])] for row in found]
    assert len(rows) > 400
    pairs = sentence_pairs(*reports[:0:-1]).set_index("题号")["所在句（后）"]
    for row in rows:
        assert not {"低于", "below"} & {*row} or not {*solutions["fell_short"]} & {*row}
        assert not {"全市消费投诉", "-25.00"} <= {*row}
        assert not {*pairs[solutions["only_figures"]]} & {*row}


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_handout_holds_the_tables_but_no_solution_and_no_check(learners, code):
    handout = learners[f"handout{code}"]
    assert tagged(handout, "solution") + tagged(handout, "check") == []
    tasks = tagged(SOLVED[code], "exercise")
    shown = [cell.outputs for cell in tasks if cell.outputs]
    assert [cell.outputs for cell in tagged(handout, "exercise")] == shown
    assert not any(cell.source for cell in handout.cells if cell.cell_type == "code")
    assert sum("answer" in cell.source for cell in handout.cells) == len(NAMES)
    assert any(cell.outputs for cell in tagged(handout, "exercise"))


@pytest.mark.skipif(not CHROMIUM, reason="needs Chromium")
@pytest.mark.parametrize("code", LANGUAGES)
def test_a_handout_takes_ten_sheets_at_most(learners, tmp_path, code):
    nbformat.write(learners[f"handout{code}"], tmp_path / "handout.ipynb")
    options = ["--config", "nbconvert/pages.py", f"--HTMLExporter.language_code={code}"]
    options += ["--to", "html", "--Edition.contents=False", tmp_path / "handout.ipynb"]
    command = [sys.executable, "-m", "nbconvert", "--log-level=ERROR", *options]
    subprocess.run(command, cwd=ROOT, check=True)
    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=options)
        page = browser.new_page()
        page.goto((tmp_path / "handout.html").as_uri())
        printed = page.pdf(format="A4", print_background=True)
        browser.close()
    assert 1 < len(pypdf.PdfReader(BytesIO(printed)).pages) <= 10


@pytest.mark.parametrize("code", LANGUAGES)
def test_an_untouched_copy_runs_and_fails_every_check(learners, code):
    copy = learners[f"learner{code}"]
    NotebookClient(copy, resources={"metadata": {"path": SOURCES[code].parent}}).execute()
    *checks, overview = tagged(copy, "check")
    titles = [WORDING[name]["title"][code] for name in NAMES]
    assert all(title in shown(overview)[0] for title in titles)
    for cell, name in zip(checks, NAMES, strict=True):
        (text,) = shown(cell)
        empty = read_wording()["say"]["empty"][code]
        assert text == "✗ " + empty.format(form=WORDING[name]["form"][code])


@pytest.mark.parametrize("name", NAMES)
def test_a_worked_solution_passes(check, solutions, name):
    assert check(name, solutions[name]).passed


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_exercise_that_was_not_run_is_told_so(reports, language):
    feedback = checker(language, {}, *reports)("parts")
    assert not feedback.passed
    assert "`parts`" in feedback.text


@pytest.mark.parametrize(
    ("report", "answers"),
    [("practice-report", ["约", "约数", "about"]), ("szga-2024", ["至少", "at least", "at_least"])],
)
def test_the_words_of_a_task_are_an_answer(report, answers):
    read = read_report(ROOT / f"data/{report}.txt")
    for answer in answers:
        assert checker("zh", {"bound": answer}, read, read)("bound").passed


def test_a_figure_is_copied_alone_or_with_what_is_printed_around_it(check, reports):
    alone, text = ["1286件", "32.5%", "14 期", "16期", "零纠错", "1件"], reports[1].text
    printed = [
        "全年立案1286件",
        "下降32.5%",
        "培训14期，",
        "培训16期",
        "复议零纠错",
        "有1件处罚决定",
    ]
    assert all(quote in text for quote in printed)
    for answer in (printed, alone, alone[::-1]):
        assert check("conflicts", answer).text.startswith("✓"), answer
    assert not check("conflicts", [*alone, "食品类512件"]).passed


def test_an_overview_says_what_is_done(reports):
    check = checker("en", {"parts": 5, "share": 1}, *reports)
    said = "✓ Right, 1: Structure 1\n\n✗ Not right yet, 1: Structure 2\n\n○ Not answered yet, 17: S"
    assert check().text.startswith(said)
    assert not check().passed
    assert "Comparison" not in checker("en", {}, *reports[:2])().text


MISTAKES = [  # exercise, wrong answer, key of the hint that it gets
    ("parts", 6, "preamble"),
    ("parts", 36, "divisions"),
    ("parts", 18, "divisions"),
    ("parts", 4, "other"),
    ("share", 0.4014, "fraction"),
    ("share", 18.4, "twice"),
    ("share", "46.5%", "numbered"),
    ("share", 11, "other"),
    ("broken_markers", ["五、"], "missing"),
    ("broken_markers", ["四、"], "extra"),
    ("missing_item", "次年4月1日前公开", "deadline"),
    ("missing_item", "其他需要报告的情况", "optional"),
    ("missing_item", "存在的不足", "found"),
    ("missing_item", "第一责任人", "other"),
    ("oversight", 5, "string"),
    ("oversight", 3, "name"),
    ("oversight", 0, "token"),
    ("density_ratio", 0.6, "counts"),
    ("density_ratio", 0.83, "inverse"),
    ("most_clumped", "安全", "lowest"),
    ("most_clumped", "执法", "other"),
    ("bound", "exact", "bound"),
    ("bound", "余", "other"),
    ("bound", "至少", "bound"),
    ("targets", 70, "all"),
    ("targets", 64, "results"),
    ("real_fall", 32.5, "stated"),
    ("real_fall", 33.3, "later"),
    ("real_fall", 0.25, "fraction"),
    ("real_fall", -25, "sign"),
    ("real_fall", 4600, "amount"),
    ("real_fall", 75, "rest"),
    ("sum_gap", 1276, "sum"),
    ("sum_gap", -10, "sign"),
    ("in_names", 31, "all"),
    ("in_names", 20, "outside"),
    ("in_names", 12, "twice"),
    ("in_names", 4, "brackets"),
    ("in_names", 8, "thought"),
    ("better_sentence", "入企检查频次大幅减少。", "figure"),
    ("better_sentence", "入企检查频次减少35%。", "basis"),
    ("better_sentence", "入企检查频次同比为35%。", "direction"),
    ("better_sentence", "入企检查频次同比增加35%。", "opposite"),
    ("better_sentence", "消费投诉同比减少35%。", "metric"),
    ("better_sentence", "入企检查频次同比减少35%。", "base"),
    ("better_sentence", "入企检查频次较2022年下降三成", "base"),
    ("conflicts", ["14期", "16期"], "missing"),
    ("conflicts", ["14期", "48场"], "extra"),
    ("only_figures", ["A"], "missing"),
    ("only_figures", ["A", "D"], "extra"),
    ("points", 1.56, "percent"),
    ("points", -1.5, "sign"),
    ("points", 97.6, "level"),
    ("points", 3, "other"),
    ("fell_short", ["执法培训"], "missing"),
    ("fell_short", ["执法培训", "食品抽检"], "reached"),
    ("fell_short", ["执法培训", "执法技能比武"], "not_found"),
    ("fell_short", ["执法培训", "消费投诉"], "extra"),
]


@pytest.mark.parametrize(("name", "answer", "key"), MISTAKES)
def test_a_typical_mistake_gets_a_hint_of_its_own(check, name, answer, key):
    feedback = check(name, answer)
    assert not feedback.passed
    assert WORDING[name][key]["zh"].partition("{")[0] in feedback.text


def test_every_hint_is_given_to_some_mistake():
    said = {(name, key) for name, _, key in MISTAKES}
    choices = {name for name in NAMES if "options" in WORDING[name]}
    written = {(n, k) for n in NAMES if n not in choices for k in WORDING[n]}
    unused = {(n, k) for n, k in written - said if k not in {"title", "form", "other", *_PRAISE}}
    assert unused == set()


@pytest.mark.parametrize(
    ("name", "answer", "letter"),
    [
        ("untold", "AB", "A"),
        ("untold", ["C"], "D"),
        ("supported", "ABC", "B"),
        ("supported", "ACD", "D"),
    ],
)
def test_a_choice_points_to_the_first_wrong_option(check, name, answer, letter):
    assert WORDING[name]["options"][letter]["zh"] in check(name, answer).text


@pytest.mark.parametrize(
    "answer",
    [
        "入企检查由上年的1600户次降至1200户次。",
        "全年入企检查1040户次，同比下降35%。",
        "全年入企检查比上年减少约400户次",
    ],
)
def test_any_sentence_that_can_be_checked_passes(check, answer):
    assert check("better_sentence", answer).passed


ODD = [
    "",
    "  ",
    "x",
    [],
    {},
    [1],
    [[1]],
    3,
    -1.5,
    float("nan"),
    True,
    pd.DataFrame({"a": [1]}),
    set,
    ...,
]


@pytest.mark.parametrize("name", NAMES)
def test_an_odd_answer_is_answered_and_raises_nothing(check, name):
    for answer in ODD:
        feedback = check(name, answer)
        assert feedback.text.startswith("✗")
        assert not feedback.passed


@pytest.mark.parametrize("name", NAMES)
def test_no_message_gives_the_answer(solutions, name):
    answer = solutions[name]
    if isinstance(answer, float):
        answer = f"{answer:g}"
    quotes = [str(quote) for quote in (answer if isinstance(answer, list) else [answer])]
    quotes = [quote for quote in quotes if quote not in "ABCDE"]
    told = ("options", "form", "title")
    messages = [words for key, words in WORDING[name].items() if key not in told]
    text = " ".join(words[code] for words in messages for code in LANGUAGES)
    for quote in quotes if "options" not in WORDING[name] and name != "bound" else []:
        assert not re.search(rf"(?<![\d.]){re.escape(quote)}(?![\d.])", text)
    for letter, option in WORDING[name].get("options", {}).items():
        assert option["mark"] in {mark(name, letter, chosen) for chosen in (True, False)}


def test_what_is_computed_is_what_was_annotated_by_hand(check):
    lines = (ROOT / "data/practice/outcomes.jsonl").read_text("utf8").splitlines()
    kinds = [json.loads(line)["kind"] for line in lines]
    assert check("targets", kinds.count("target")).passed
