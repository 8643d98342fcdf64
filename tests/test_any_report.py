"""Exercises made of any report: what it carries is asked, right and in both languages."""

import sys
from contextlib import chdir
from pathlib import Path

import nbformat
import pytest
from lawreport_exercises import carried, checker, read_wording
from lawreport_exercises.tasks import Material

from lawreport_utils import ReportError, parse_report, read_report

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "room"))
import exercises  # noqa: E402

REPORT = """青溪区城市管理局2025年法治政府建设年度报告
2025年，区城市管理局严格规范公正文明执法，全区市容投诉由上年的820件上升到902件，上升10%。
一、推进法治政府建设的举措和成效
一是受理案件300件，其中占道类120件、噪声类90件、其他类90件。执法培训、执法检查、执法监督同步推进，规范执法安全有保障。
二是开展安全普法、安全检查，安全隐患排查整改，服务群众安全，安全培训近50场；渣土投诉同比下降12%，市容满意度明显提升。
二、存在的不足及原因
普法针对性不强，主要原因是培训少，普法服务、法治服务、普法阵地、普法队伍都要加强。
三、下一步工作安排
开展普法活动不少于30场，普法、服务、法治、服务、服务一体推进，建设法治政府。
青溪区城市管理局
"""


def cells(notebook, tag):
    return [cell for cell in notebook.cells if tag in cell.metadata.get("tags", [])]


def notebook(language, report, earlier=None):
    """The trainer's notebook of a report, not run, with the exercises it carries."""
    practice = read_report(exercises.PRACTICE)
    material = Material(report, report, earlier, practice)
    names, files = carried(material), {"report": "report.txt", "practice": "practice.txt"}
    files |= {"earlier": "earlier.txt"} if earlier else {}
    said = list(exercises.left_out_of(language, names, material))
    return exercises.notebook(language, names, material, files, said), names


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", ["rich", "real", "two years"])
def test_every_worked_solution_passes_its_check(tmp_path, language, kind):
    report, earlier = parse_report(REPORT), None
    if kind == "real":
        report = read_report(ROOT / "data/szga-2024.txt")
    if kind == "two years":
        report = read_report(ROOT / "data/practice-report.txt")
        earlier = read_report(ROOT / "data/practice-report-2022.txt")
        (tmp_path / "earlier.txt").write_text(earlier.text, "utf8")
    (tmp_path / "report.txt").write_text(report.text, "utf8")
    (tmp_path / "practice.txt").write_bytes(exercises.PRACTICE.read_bytes())
    made, names = notebook(language, report, earlier)
    assert len(names) >= 9
    assert ("fell_short" in names) == (kind == "two years")
    source = "\n".join(cell.source for cell in made.cells if cell.cell_type == "code")
    source = source.replace(f'set_notebook_style("{language}")', "")  # it would change this process
    given = {"__name__": "exercises"}
    with chdir(tmp_path):
        exec(source, given)
    for name in names:
        assert given["check"](name).passed, (name, given["check"](name))
    assert given["check"]().passed
    prose = "\n".join(cell.source for cell in made.cells)
    named = ["消费投诉", "入企检查", "深圳", "Shenzhen", "police", "1286"]
    titles = "\n".join(
        cell.source.splitlines()[0] for cell in made.cells if cell.source[:3] == "###"
    )
    for name, own in read_wording().items():
        if name != "say":
            assert (own["title"][language] in titles) == (name in names)
            assert name in names or own["title"][language] in prose  # named among those left out
    if kind == "rich":
        assert [word for word in named if word in prose] == []


def test_what_the_report_says_is_asked():
    made, names = notebook("zh", parse_report(REPORT))
    prose = "\n".join(cell.source for cell in made.cells)
    assert "“全区市容投诉”上升了百分之几" in prose
    assert "引文里列出的3项加起来，比总数300件少多少" in prose
    assert "“市容满意度明显提升”" in prose
    assert {"real_fall", "sum_gap", "targets", "better_sentence", "untold"} <= set(names)


def test_what_is_given_to_learners_has_no_answers(tmp_path):
    path = tmp_path / "it's $(touch here) [报告].TXT"
    path.write_text(REPORT.replace("全区市容", "全区**市容**`$x$`"), "gb18030")
    done = tmp_path / "done"
    left_out = exercises.build(done, path, languages=("zh",))
    assert [*left_out] == ["zh"]
    assert any("比较 1" in said and "EARLIER=" in said for said in left_out["zh"])
    found = {file.relative_to(done).as_posix() for file in done.rglob("*") if file.is_file()}
    pages = {f"zh/{name}" for name in ("learner.ipynb", "trainer.ipynb", "handout.html")}
    assert found == {"report.txt", "practice.txt", *pages}
    trainer, learner = (nbformat.read(done / f"zh/{n}.ipynb", 4) for n in ("trainer", "learner"))
    for cell in cells(trainer, "check"):
        assert cell.outputs[0].data["text/markdown"].startswith("✓")
    assert cells(trainer, "solution")
    assert cells(learner, "solution") == []
    assert [cell for cell in learner.cells if cell.get("outputs")] == []
    assert len(cells(learner, "check")) == len(cells(learner, "exercise")) + 1
    page = (done / "zh/handout.html").read_text("utf8")
    assert page.count('class="answer"') == 2 * len(cells(learner, "exercise"))
    assert "✓" not in page


@pytest.mark.parametrize("text", ["今天天气很好,依法行政。", "青溪区\n2024年\n依法行政工作总结"])
def test_a_report_that_carries_nothing_is_said_to(tmp_path, text):
    path = tmp_path / "short.txt"
    path.write_text(text, "utf8")
    with pytest.raises(ReportError, match=r"short\.txt: .*too few"):
        exercises.build(tmp_path / "done", path)
    assert not (tmp_path / "done").exists()


def test_what_cannot_be_read_is_one_line(tmp_path, capsys):
    for given in ([tmp_path / "none.txt", ""], [ROOT / "data/szga-2024.txt", tmp_path / "no.docx"]):
        with pytest.raises(SystemExit) as raised:
            exercises.main(*map(str, given))
        assert len(str(raised.value).splitlines()) == 1


@pytest.mark.parametrize(
    ("others", "gap", "said"), [("、其他类90件", 0, "正好等于"), ("", 90, "没有列出来")]
)
def test_parts_may_be_all_of_a_total_or_some(others, gap, said):
    report = parse_report(REPORT.replace("、其他类90件", others))
    check = checker("zh", {"sum_gap": gap}, report, report)
    assert check("sum_gap").passed
    assert said in check("sum_gap").text
