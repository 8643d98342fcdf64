"""The questions about a report: labelled snippets, the practice report, comments, the command."""

import json
import shutil
import subprocess
import time
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pytest
from click.testing import CliRunner
from docx import Document
from labelled import read_cases

from lawreport_utils import ReportError, check_report, parse_report, read_report
from lawreport_utils.check.comments import write_comments
from lawreport_utils.cli import main
from lawreport_utils.cli.check import check
from lawreport_utils.lexicon import load

ROOT = Path(__file__).parents[1]
PRACTICE, REAL = ROOT / "data/practice-report.txt", ROOT / "data/szga-2024.txt"
COLUMNS = {
    "check": "str", "question_zh": "str", "question_en": "str", "number": "str", "surface": "str",
    "start": "Int64", "end": "Int64", "other_start": "Int64", "other_end": "Int64",
}  # fmt: skip
# The kinds of data/practice/planted.jsonl as the checks are called.
PLANTED = {
    "content": ("missing_item",), "twice": ("two_values", "zero"), "numbering": ("numbering",),
    "deadline": ("deadline",), "sum": ("sum",), "rate": ("rate",),
}  # fmt: skip


def snippets(name):
    lines = (ROOT / f"tests/cases/{name}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def found_in(case):
    earlier = parse_report(case["earlier"]) if "earlier" in case else None
    return check_report(parse_report(case["text"]), earlier=earlier)


def score(cases):
    """Findings that are labelled, findings that aren't, labels that weren't found."""
    right = false = missed = 0
    for case in cases:
        labels = [tuple(label) for label in case["expected"]]
        for row in found_in(case).itertuples():
            fits = [x for x in labels if x[0] == row.check and x[1] in ("*", row.surface)]
            right, false = right + bool(fits), false + (not fits)
            labels = [x for x in labels if x not in fits[:1]]
        missed += len(labels)
    return right, false, missed


@pytest.mark.parametrize("name", ["checks", "checks_more", "checks_heldout"])
def test_labelled_snippets(name):
    cases = snippets(name)
    sound = sum(not case["expected"] for case in cases)
    assert 0.35 * len(cases) <= sound <= 0.65 * len(cases)
    right, false, missed = score(cases)
    assert right / (right + false) >= 0.95, (right, false)
    assert right / (right + missed) >= 0.85, (right, missed)


def each_snippet():
    for case in snippets("checks") + snippets("checks_more"):
        reason = case.get("xfail")
        marks = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
        yield pytest.param(case, id=case["text"][:24], marks=marks)


@pytest.mark.parametrize("case", list(each_snippet()))
def test_a_snippet_has_the_findings_of_its_label(case):
    assert score([case])[1:] == (0, 0)


@pytest.mark.parametrize("name", ["figures", "claims"])
def test_sentences_labelled_for_other_ends_raise_no_question(name):
    cases = read_cases(name)
    assert len(cases) >= 60
    asked = [case.text for case in cases if not check_report(parse_report(case.text)).empty]
    assert asked == []


def test_the_planted_slips_of_the_practice_report_and_nothing_else():
    report = read_report(PRACTICE)
    findings = check_report(report).to_dict("records")
    lines = (ROOT / "data/practice/planted.jsonl").read_text("utf-8").splitlines()
    for slip in map(json.loads, lines):
        offsets = {place["offset"] for place in slip["places"]}
        fits = [
            row
            for row in findings
            if row["check"] in PLANTED[slip["kind"]]
            and (row["start"] in offsets if offsets else row["surface"] != row["surface"])
        ]
        assert len(fits) == 1, slip
        findings.remove(fits[0])
    assert findings == []


def test_the_real_report():
    """It names shortcomings and no cause of them; there is nothing else to ask."""
    findings = check_report(read_report(REAL))
    assert findings["check"].tolist() == ["missing_item"]
    assert "不足的原因" in findings["question_zh"][0]
    assert findings[["number", "surface", "start", "other_start"]].isna().all(axis=None)


def test_columns_and_places():
    for path in (PRACTICE, REAL):
        report = read_report(path)
        findings = check_report(report)
        assert findings.dtypes.astype(str).to_dict() == COLUMNS
        for row in findings.dropna(subset="start").itertuples():
            assert report.text[row.start : row.end] == row.surface
        assert findings["other_start"].isna().equals(findings["other_end"].isna())
    empty = check_report(parse_report("开展执法检查。"))
    assert empty.empty
    assert empty.dtypes.astype(str).to_dict() == COLUMNS


def test_only_reports_are_checked():
    report = parse_report("开展执法检查。")
    with pytest.raises(TypeError, match="report must be a Report"):
        check_report("report.txt")
    with pytest.raises(TypeError, match="earlier must be a Report"):
        check_report(report, earlier="report.txt")


def test_every_question_stands_in_both_languages_and_has_no_blank_left():
    questions = load.table("checks")["questions"]
    assert all(set(question) == {"zh", "en"} for question in questions.values())
    seen = []
    for case in snippets("checks") + snippets("checks_heldout"):
        seen += [q for row in found_in(case).itertuples() for q in row[2:4]]
    assert len(seen) >= 50
    for question in seen:
        assert question.endswith(("？", "?"))
        assert not {"{", "}"} & set(question)


def test_a_division_is_named_by_its_markers():
    text = "一、成效\n（一）执法\n1．全年立案90件，其中食品类52件、其他类48件。\n二、计划"
    row = check_report(parse_report(text)).iloc[0]
    assert row["question_zh"].startswith("第一部分（一）1写“全年立案90件”")
    assert row["question_en"].startswith("Part 一 (一) 1 says “全年立案90件”")


HOSTILE = {
    "brackets": "（" * 10_000,
    "closing": "一）" * 6_000,
    "quotes": "“甲”“\n" * 4_000,
    "sums": "立案9件，其中甲类5件、其他类5件。\n" * 1_000,
    "one sentence": "立案9件，其中甲类5件、其他类5件，" * 1_000,
    "zeros": "全年行政诉讼零败诉。\n有1件行政诉讼案件败诉。\n" * 1_000,
    "years": "某局2024年法治政府建设年度报告\n" + "现将2023年情况报告如下：\n" * 1_000,
    "markers": "一是学法；三是用法；" * 1_000,
    "values": "".join(f"全年办理行政复议案件{n}件。\n" for n in range(1_000)),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_takes_linear_time(text):
    half, whole = parse_report(text[: len(text) // 2]), parse_report(text)
    times = []
    for report in (half, whole):
        begin = time.process_time()
        check_report(report, earlier=report)
        times.append(time.process_time() - begin)
    assert times[1] < 3 * times[0] + 0.5, times
    assert times[1] < 20


# Comments in Word.


def word_report(path, text=None):
    """The practice report as a Word document in which words begin and end anywhere in runs."""
    document = Document()
    for line in (text or PRACTICE.read_text("utf-8")).splitlines():
        paragraph = document.add_paragraph()
        for i, at in enumerate(range(0, len(line), 7)):
            run = paragraph.add_run(line[at : at + 7])
            run.bold, run.italic = i % 3 == 0, i % 4 == 1
    document.add_table(1, 2).cell(0, 0).text = "附表"
    document.save(path)
    return path


def formatted(path):
    """Each character with its formatting, paragraph by paragraph."""
    return [
        [(char, run.bold, run.italic) for run in paragraph.runs for char in run.text]
        for paragraph in Document(path).paragraphs
    ]


def commented(path):
    """The words that each comment stands at, with its text."""
    document = Document(path)
    texts = {comment.comment_id: comment.text for comment in document.comments}
    pairs, open_comments = [], {}
    for node in document.element.body.iter():
        name = node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""
        number = next((v for k, v in node.items() if k.endswith("}id")), None)
        if name == "commentRangeStart":
            open_comments[number] = ""
        elif name == "commentRangeEnd":
            pairs.append((open_comments.pop(number), texts[int(number)]))
        elif name == "t":
            open_comments = {key: words + node.text for key, words in open_comments.items()}
    assert open_comments == {}
    return pairs


def expected_comments(report, findings, language="zh"):
    for row in findings.itertuples():
        question = getattr(row, f"question_{language}")
        if row.surface != row.surface:
            yield report.title, question
            continue
        yield row.surface, question
        if not pd.isna(row.other_start):
            yield report.text[row.other_start : row.other_end], question


@pytest.mark.parametrize("language", ["zh", "en"])
def test_comments_stand_at_their_places_and_nothing_else_changes(tmp_path, language):
    source, target = word_report(tmp_path / "a.docx"), tmp_path / "b.docx"
    report = read_report(source)
    findings = check_report(report)
    written = write_comments(report, findings, source, target, language=language)
    places = commented(target)
    assert written == len(places) == 14
    assert sorted(places) == sorted(expected_comments(report, findings, language))
    assert formatted(target) == formatted(source)
    assert read_report(target).text == report.text
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


def test_automatic_numbers_are_asked_about_at_their_line(tmp_path):
    document = Document()
    document.add_paragraph("临江市公安局2024年法治政府建设年度报告")
    for line in ("规范执法", "全年立案90件，其中盗窃类52件、其他类48件。"):
        document.add_paragraph(line, style="List Number")
    document.save(tmp_path / "a.docx")
    report = read_report(tmp_path / "a.docx")
    findings = check_report(report)
    marker = findings.iloc[[0]].assign(
        start=report.text.index("1."), end=report.text.index("1.") + 2
    )
    write_comments(report, marker, tmp_path / "a.docx", tmp_path / "b.docx")
    assert commented(tmp_path / "b.docx")[0][0] == "规范执法"


def test_what_is_no_word_document_takes_no_comments(tmp_path):
    report = read_report(PRACTICE)
    findings = check_report(report)
    with pytest.raises(ReportError, match="no comments can be written into it"):
        write_comments(report, findings, PRACTICE, tmp_path / "b.docx")
    other = word_report(tmp_path / "other.docx", "另一份文件")
    with pytest.raises(ReportError, match="isn't that of the report"):
        write_comments(report, findings, other, tmp_path / "b.docx")
    assert not (tmp_path / "b.docx").exists()
    with pytest.raises(ValueError, match="zh or en"):
        write_comments(report, findings, other, tmp_path / "b.docx", language="fr")


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice isn't installed")
def test_libreoffice_shows_the_comments_in_place(tmp_path):
    source, target = word_report(tmp_path / "a.docx"), tmp_path / "b.docx"
    report = read_report(source)
    findings = check_report(report)
    write_comments(report, findings, source, target)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "fodt",
        "--outdir",
        tmp_path,
        target,
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    root = ElementTree.parse(tmp_path / "b.fodt").getroot()
    places, asked = [], {}
    for paragraph in root.iter():
        if not paragraph.tag.endswith("}p"):
            continue
        _read(paragraph, asked, places)
    assert sorted(places) == sorted(expected_comments(report, findings))


def _read(node, asked, places):
    """Collect what LibreOffice has between the start and the end of each annotation."""

    def name_of(element):
        return next(v for k, v in element.items() if k.endswith("}name"))

    def take(words):
        for entry in asked.values():
            entry[0] += words or ""

    for child in node:
        kind = child.tag.rpartition("}")[2]
        if kind == "annotation":
            paragraphs = [each for each in child if each.tag.endswith("}p")]
            asked[name_of(child)] = ["", "".join(t for p in paragraphs for t in p.itertext())]
        elif kind == "annotation-end":
            places.append(tuple(asked.pop(name_of(child))))
        else:
            take(child.text)
            _read(child, asked, places)
        take(child.tail)


# The command.


@pytest.fixture
def run(capsys):
    """Runs ``lawreport check`` in this process: exit code, output, messages."""

    def run(*arguments):
        with pytest.raises(SystemExit) as ended:
            main(["check", *map(str, arguments)])
        said = capsys.readouterr()
        return ended.value.code, said.out, said.err

    return run


def test_the_command_prints_questions_with_their_sentences(run):
    code, out, err = run(PRACTICE, "--language", "zh")
    assert (code, err) == (1, "")
    assert "以哪一个为准？" in out
    assert "全年组织执法培训【16期】，执法人员持证率保持100%。" in out
    assert "共 8 个问题。" in out
    assert "\x1b" not in out
    code, out, _ = run(PRACTICE, "--language", "en")
    assert "[two values] The preamble says" in out
    assert "Questions: 8." in out


def test_there_is_colour_where_the_terminal_has_it():
    result = CliRunner().invoke(check, [str(PRACTICE)], color=True)
    assert "\x1b[33m\x1b[1m【16期】\x1b[0m" in result.stdout


def test_the_exit_codes(run, tmp_path):
    sound, none = tmp_path / "sound.txt", tmp_path / "none.txt"
    sound.write_text("一、学习\n学习宪法。\n二、执法\n开展执法检查。", encoding="utf-8")
    assert run(sound)[0] == 0
    assert run(sound, PRACTICE)[0] == 1
    code, out, err = run(PRACTICE, none)
    assert code == 2
    assert "没有这个文件" in err
    assert "共 8 个问题。" in out
    assert run(sound, "--earlier", none)[0] == 2
    assert run(sound, "--format", "xml")[0] == 2
    assert run()[0] == 2


def test_json(run, tmp_path):
    code, out, _ = run(PRACTICE, tmp_path / "none.txt", "--format", "json")
    first, second = json.loads(out)
    assert code == 2
    assert first["file"] == str(PRACTICE)
    assert [set(row) for row in first["findings"]] == [set(COLUMNS)] * 8
    assert first["findings"][-1]["start"] is None
    assert "没有这个文件" in second["error"]


def test_comments_by_the_command(run, tmp_path):
    source, target = word_report(tmp_path / "a b.docx"), tmp_path / "out.docx"
    code, _, err = run(source, "--comments", target, "--language", "en")
    assert code == 1
    assert "Comments written: 14" in err
    assert len(commented(target)) == 14
    before = source.read_bytes()
    assert run(source, "--comments", source)[0] == 2
    assert source.read_bytes() == before
    assert run(source, PRACTICE, "--comments", target)[0] == 2
    code, _, err = run(PRACTICE, "--comments", tmp_path / "x.docx")
    assert code == 2
    assert "不能写入批注" in err
    assert not (tmp_path / "x.docx").exists()
    code, _, err = run(source, "--comments", tmp_path / "none/x.docx")
    assert code == 2
    assert "文件写不了" in err


def test_what_a_report_holds_does_not_act_on_the_terminal(run, tmp_path):
    path = tmp_path / "a.txt"
    text = "一、执法\n落实“\x1b[31m\u202e责任制。\n二、监督\n" + "开展法治评议。" * 300
    path.write_text(text, encoding="utf-8")
    code, out, _ = run(path)
    assert code == 1
    assert "未找到配对的" in out
    assert not {"\x1b", "\u202e"} & set(out)


def test_last_years_sentences(run, tmp_path):
    case = next(c for c in snippets("checks_more") if "earlier" in c and c["expected"])
    for name in ("text", "earlier"):
        (tmp_path / name).write_text(case[name], encoding="utf-8")
    code, out, _ = run(tmp_path / "text", "--earlier", tmp_path / "earlier")
    assert code == 1
    assert "与上年报告（第一部分）的文字和数字相同" in out
