"""A folder as people keep one: whatever lies there, each report is read, each bad file a row that
says in both languages which file it is, what is wrong with it and what to do.
"""

import os
import re
import shutil
import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor

import pytest
from docx import Document

from lawreport_utils import ReportError, analyze_corpus, corpus, labelled, marked_text, read_report
from lawreport_utils.corpus.workers import Ended
from lawreport_utils.messages import message
from lawreport_utils.page.overview import overview

TEXT = "临江市2024年度法治政府建设工作报告\n一、主要举措\n办理案件3件。\n二、不足\n力度不够。"
GOOD = {
    "青溪区 2024 年  报告.docx", "📄 报告 🚀.docx", "深层/一/二/三/四/报告.docx",
    "长" * 80 + ".docx",
    "报告.txt", "报告 (1).txt", "报告.TXT", "国标.txt", "十六.txt", "网页.html", "夹.txt/里.txt",
}  # fmt: skip
IGNORED = {
    ".DS_Store": b"\0\0\0\1Bud1", "._报告.txt": b"\0\5\x16\7",
    "~$青溪区 2024 年  报告.docx": b"\5u",
    ".~lock.报告.docx#": b",u,", "Thumbs.db": b"\xd0\xcf\x11\xe0", "desktop.ini": b"[x]",
    "报告.docx.crdownload": b"PK", "~WRL0001.tmp": b"PK", "图.jpg": b"\xff\xd8\xff",
}  # fmt: skip
BAD = {  # content -> what errors says of it
    "空.docx": (b"", "文件是空的；请重新保存或下载报告"),
    "空.pdf": (b"", "文件是空的；请重新保存或下载报告"),
    "空.txt": (b"", "文件是空的；请重新保存或下载报告"),
    "~半.docx": (b"PK\3\4half", "文件损坏或不完整；请重新下载或另存"),
    "半.pdf": (b"%PDF-1.4\n%half", "PDF 文件不完整；请重新下载"),
    "图.txt": (b"\xff\xd8\xff\xe0", "这是图片；请先识别文字（OCR），存成 .txt"),
    "旧.wps": (b"\xd0\xcf\x11\xe0old", "这是旧格式的 Word 或 WPS 文件（.doc、.wps）；请用 Word"),
    "菜谱.txt": ("土豆切块，下锅。".encode(), "文字没有带序数的部分，也没有出现法治"),
    "英文.txt": (b"Nothing here is Chinese.", "文字不是中文；请给出法治政府建设年度报告"),
    "包.rar": (b"Rar!\x1a\7", "这是压缩包；请解压，给出其中的报告"),
}


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "各地 报告"
    document = Document()
    for line in TEXT.splitlines():
        document.add_paragraph(line)
    content = {name: data for name, (data, _) in BAD.items()} | IGNORED
    content |= dict.fromkeys(GOOD, TEXT.encode())
    content["国标.txt"], content["十六.txt"] = TEXT.encode("gb18030"), TEXT.encode("utf-16")
    content["网页.html"] = "".join(f"<p>{line}</p>" for line in TEXT.splitlines()).encode()
    for name, data in content.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
        if name in GOOD and name.endswith(".docx"):
            document.save(folder / name)
    for name in ("全部.zip", "包.docx"):
        with zipfile.ZipFile(folder / name, "w") as archive:
            archive.write(folder / "报告.txt", "报告.txt")
    return folder


def analyze(reports, **options):
    with ThreadPoolExecutor(1) as executor:
        options = {"executor": executor, "progress": False, "tokenizer": "rjieba"} | options
        return analyze_corpus(reports, **options)


def assert_speaks_both(errors):
    """Each message names its file; its Chinese has no English but the names of files and kinds."""
    for report, english in zip(errors["report"], errors["message"], strict=True):
        assert re.fullmatch(r"[^;]+; [a-z].+", english.removeprefix(f"{report}: ")), english
        chinese = message(english)
        assert chinese.startswith(f"{report}：")
        assert not re.search("[a-z]{2,} [a-z]{2,}", chinese.removeprefix(f"{report}：")), chinese


def test_every_report_is_read_and_every_other_file_is_named(folder):
    tables = analyze(folder)
    assert set(tables["reports"]["report"]) == GOOD
    told = dict(tables["errors"][["report", "message"]].to_numpy())
    assert set(told) == {*BAD, "全部.zip", "包.docx"}
    for name, (_, said) in BAD.items():
        assert message(told[name]).startswith(f"{name}：{said}")
    assert_speaks_both(tables["errors"])
    twins = tables["reports"]["warnings"].str.contains("issuing body, year and title of")
    assert twins.sum() == len(GOOD) - 1


def test_tables_for_readers_say_errors_and_warnings_in_their_language(folder):
    tables = analyze([folder / "报告.txt", folder / "报告 (1).txt", folder / "空.pdf"])
    errors = labelled(tables["errors"], "zh")
    assert errors.to_numpy().tolist() == [
        ["空.pdf", "不能读", "空.pdf：文件是空的；请重新保存或下载报告"]
    ]
    warnings = labelled(tables["reports"], "zh").filter(like="提示").iloc[:, 0].tolist()
    assert warnings == ["", "发文机关、年度、标题与 报告.txt 相同。"]
    assert labelled(tables["errors"], "en").iloc[0, 1] == "can't be read"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (MemoryError(), "要用的内存超过了上限；请存成文本文件（.txt），或调大"),
        (RecursionError("too deep"), "读的时候出错：RecursionError: too deep；请存成文本文件"),
        (PermissionError(13, "Permission denied"), "读的时候出错"),
    ],
)
def test_what_no_reader_foresaw_is_a_row_too(folder, monkeypatch, error, said):
    def fail(path):
        if path.endswith("报告.txt"):
            raise error
        return read_report(path)

    monkeypatch.setattr(corpus, "read_report", fail)
    tables = analyze([folder / "报告.txt", folder / "报告.TXT"])
    assert len(tables["reports"]) == 1
    [told] = tables["errors"]["message"]
    assert message(told).startswith(f"报告.txt：{said}")


@pytest.mark.parametrize("problem", [*(why.value for why in Ended), corpus._NO_MEMORY])
def test_what_ended_a_process_is_said_in_both_languages(problem):
    said = f"a.txt: {problem.format(20)}"
    assert_speaks_both({"report": ["a.txt"], "message": [said]})


def test_a_file_that_goes_while_the_others_are_read_is_a_row(folder, monkeypatch):
    def read(path):
        (folder / "报告.txt").unlink(missing_ok=True)
        return read_report(path)

    monkeypatch.setattr(corpus, "read_report", read)
    tables = analyze([folder / "报告.TXT", folder / "报告.txt"])
    assert tables["errors"]["report"].tolist() == ["报告.txt"]
    assert_speaks_both(tables["errors"])


def test_results_of_an_older_version_are_neither_mixed_in_nor_overwritten(folder, monkeypatch):
    output = folder.parent / "out"
    with monkeypatch.context() as older:
        older.setattr(corpus.store, "version", lambda _: "0.0.1")
        analyze(folder, output=output)
    before = {path: path.stat().st_mtime_ns for path in output.rglob("*.parquet")}
    with pytest.raises(ReportError, match="or another version; choose another folder") as refused:
        analyze(folder, output=output)
    assert "别的版本的结果；请另选输出的文件夹" in message(refused.value)
    assert before == {path: path.stat().st_mtime_ns for path in output.rglob("*.parquet")}


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="whoever may write everywhere"
)
def test_an_output_folder_that_is_read_only_is_one_error(folder):
    output = folder.parent / "out"
    output.mkdir(mode=0o500)
    with pytest.raises(ReportError, match="can't be made or written to"):
        analyze(folder, output=output)


def test_pages_that_were_made_of_reports_are_no_reports(folder):
    (folder / "made").mkdir()
    marked_text(read_report(folder / "报告.txt")).save(folder / "made/报告-标注.html")
    page = overview(analyze([folder / "报告.txt"]))
    (folder / "made/各报告.html").write_text(page, encoding="utf-8")
    tables = analyze(folder / "made")
    assert tables["reports"].empty
    said = "这是 lawreport 生成的网页，不是报告；请给出生成它的那份报告"
    assert [message(told) for told in tables["errors"]["message"]] == [
        f"各报告.html：{said}",
        f"报告-标注.html：{said}",
    ]


def test_a_folder_may_be_moved_with_its_tables(folder):
    output = folder.parent / "out"
    first = analyze(folder, output=output)
    moved = folder.parent / "moved"
    shutil.move(folder, moved / "here")
    shutil.move(output, moved / "out")
    again = analyze(moved / "here", output=moved / "out")
    assert first["reports"].equals(again["reports"])
