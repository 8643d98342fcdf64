"""The command: both languages, exit codes, one line for each error, no half file."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pytest

from lawreport_utils import read_report
from lawreport_utils.cli import COMMANDS, language_of, main
from lawreport_utils.lexicon import load

ROOT = Path(__file__).parents[1]
SHENZHEN, PRACTICE = (
    str(ROOT / "data" / name) for name in ("szga-2024.txt", "practice-report.txt")
)
TEXT = "某局2024年法治政府建设年度报告\n一、执法\n办理案件3件。\n二、下一步打算\n加强监督。\n"
ENVIRONMENT = {**os.environ, "LANG": "C.UTF-8"}


@pytest.fixture
def run(capsys, monkeypatch):
    """Runs the command in this process: exit code, output, messages."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments):
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return ended.value.code, said.out, said.err

    return run


def command(*arguments, **options):
    """Runs the command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "lawreport_utils", *map(str, arguments)],
        **{"capture_output": True, "text": True, "env": ENVIRONMENT, "timeout": 120, **options},
        check=False,
    )


@pytest.mark.parametrize("language", ["zh", "en"])
def test_help_speaks_one_language(run, language):
    for arguments in ([], *([name] for name in COMMANDS)):
        code, out, err = run(*arguments, "--help", "--language", language)
        assert (code, err) == (0, "")
        assert out.startswith({"zh": "用法：lawreport", "en": "Usage: lawreport"}[language])
        english = sum(char.isascii() and char.isalpha() for char in out)
        if language == "en":
            assert sum(not char.isascii() for char in out) < 20
        else:
            assert english < 450
            assert "Show" not in out


def test_the_language_is_that_of_the_option_else_of_the_locale(monkeypatch):
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("LC_MESSAGES", raising=False)
    for locale, language in (("en_GB.UTF-8", "en"), ("zh_CN", "zh"), ("C", "zh"), ("", "zh")):
        monkeypatch.setenv("LANG", locale)
        assert language_of(["read", "a.txt"]) == language
        assert language_of(["read", "--language", "en"]) == "en"
        assert language_of(["--language=zh"]) == "zh"
        assert language_of(["read", "en", "--language", "xx"]) == language


def test_read_writes_page_and_workbook(run, tmp_path):
    code, out, err = run("read", SHENZHEN, "--output", tmp_path / "new" / "folder")
    folder = tmp_path / "new" / "folder"
    written = ["szga-2024-标注.html", "szga-2024-标注.xlsx"]
    assert (code, err) == (0, "")
    assert out.splitlines() == [str(folder / name) for name in written]
    assert sorted(path.name for path in folder.iterdir()) == written
    assert "报告说了什么" in (folder / written[0]).read_text("utf-8")
    assert "数字" in openpyxl.load_workbook(folder / written[1]).sheetnames
    code, out, _ = run("read", SHENZHEN, "--output", tmp_path, "--language", "en")
    assert code == 0
    assert "What the report says" in (tmp_path / "szga-2024-marked.html").read_text("utf-8")
    assert "figures" in openpyxl.load_workbook(tmp_path / "szga-2024-marked.xlsx").sheetnames


def test_compare_writes_the_comparison(run, tmp_path):
    earlier = tmp_path / "2023.txt"
    earlier.write_text(TEXT.replace("2024", "2023").replace("3件", "2件"), encoding="utf-8")
    later = tmp_path / "2024.txt"
    later.write_text(TEXT, encoding="utf-8")
    code, out, err = run("compare", earlier, later, "--output", tmp_path)
    assert code == 0
    assert out.splitlines() == [str(tmp_path / f"2024-标注.{e}") for e in ("html", "xlsx")]
    assert "只有数字不同：2 句" in err
    assert "句子比较" in openpyxl.load_workbook(tmp_path / "2024-标注.xlsx").sheetnames
    code, _, _ = run("read", later, "--earlier", earlier, "--output", tmp_path / "other")
    assert code == 0
    pages = [(tmp_path / folder / "2024-标注.html").read_text("utf-8") for folder in (".", "other")]
    assert pages[0] == pages[1]


def test_corpus_writes_each_table_and_tells_what_failed(run, tmp_path):
    reports, output = tmp_path / "reports", tmp_path / "tables"
    (reports / "2024").mkdir(parents=True)
    (reports / "a.txt").write_text(TEXT, encoding="utf-8")
    (reports / "2024/b.txt").write_text(TEXT, encoding="utf-8")
    (reports / "broken.txt").write_text("", encoding="utf-8")
    code, out, err = run("corpus", reports, "--output", output)
    assert code == 1
    assert "读了 2 份报告；未能读取 1 份。" in err
    assert str(output / "数字.csv") in out.splitlines()
    assert (output / "数字.csv").read_bytes().startswith("\ufeff报告,".encode())
    sheets = openpyxl.load_workbook(output / "各报告.xlsx")
    assert sheets["未能读取"]["A2"].value == "broken.txt"
    (tmp_path / "nothing").mkdir()
    assert run("corpus", tmp_path / "nothing", "--output", output)[0] == 2


def test_a_table_open_in_excel_keeps_no_other_from_being_written(run, tmp_path, monkeypatch):
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.txt").write_text(TEXT, encoding="utf-8")
    output, replace = tmp_path / "out", Path.replace
    run("corpus", tmp_path / "in", "--output", output)
    for path in output.iterdir():
        path.write_text("old")

    def as_windows(self, target):
        if Path(target).name in ("数字.csv", "各报告.xlsx"):
            raise PermissionError(13, "Access is denied", str(target))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", as_windows)
    code, out, err = run("corpus", tmp_path / "in", "--output", output)
    assert code == 1
    remedy = "文件写不了：没有权限；如果正在 Excel、WPS 或 Word 中打开，请关闭，或换一个地方"
    for name in ("数字.csv", "各报告.xlsx"):
        assert f"{output / name}：{remedy}" in err.splitlines()
        assert str(output / name) not in out.splitlines()
    old = {path.name for path in output.iterdir() if path.read_bytes() == b"old"}
    assert old == {"数字.csv", "各报告.xlsx"}  # and nothing half written beside them


def test_a_folder_that_is_read_only_is_told_before_the_work(run, tmp_path, monkeypatch):
    def read_only(**_):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("lawreport_utils.cli.read.TemporaryFile", read_only)
    code, _, err = run("corpus", ROOT / "data", "--output", tmp_path)
    assert code == 2
    assert "写不进去（磁盘只读）；请用 --output 另选一个" in err
    assert "report/s" not in err


def test_each_error_is_one_line(run, tmp_path):
    empty = tmp_path / "空 'a' $(b)\n<c>.txt"
    empty.write_text("")
    taken = tmp_path / "taken"
    taken.write_text("")
    for arguments, problem in (
        (["read", "none.txt"], "没有这个文件"),
        (["read", tmp_path], "这是文件夹"),
        (["read", empty], "文件是空的"),
        (["read", SHENZHEN, "--output", taken], "文件夹建不了，或写不进去（已有同名文件）"),
        (["read", SHENZHEN, "--output", taken / "x"], "文件夹建不了，或写不进去（不是文件夹）"),
        (["read", SHENZHEN, "--earlier", "none.txt"], "没有这个文件"),
        (["read"], "缺少 FILE"),
        (["read", "-x.txt"], "没有选项 -x；文件名以短横开头时"),
        (["read", SHENZHEN, "--language", "fr"], "--language 不能是 fr"),
        (["frob"], "没有命令 frob"),
    ):
        code, out, err = run(*arguments)
        assert (code, out) == (2, "")
        assert problem in err
        assert err.count("\n") == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([empty.name, "taken"])


def test_a_bug_is_told_in_one_line_too(run, monkeypatch):
    def broken(path):
        raise RuntimeError("two\nlines")

    monkeypatch.setattr("lawreport_utils.read.read_report", broken)
    code, _, err = run("read", "x.txt")
    assert code == 3
    assert "RuntimeError: two lines" in err
    assert err.count("\n") == 1
    monkeypatch.setenv("LAWREPORT_TRACEBACK", "1")
    with pytest.raises(RuntimeError):
        main(["read", "x.txt"])


@pytest.mark.skipif(sys.platform == "win32", reason="no such file names there")
@pytest.mark.parametrize(
    "name",
    ["a b.txt", "'a' \"b\".txt", "$(touch made).txt", "`touch made`.txt", "行\n行.txt", ".txt",
     "-x.txt", "--help", ".hidden.txt", '"><img src=x onerror=alert(1)>.txt', "长" * 80 + ".txt",
     "[1,2]*.txt", "%s{0}#?.txt", "\x1b[31mred.txt"],
)  # fmt: skip
def test_any_name_of_a_file_is_safe(run, tmp_path, monkeypatch, name):
    (tmp_path / "out").mkdir()
    monkeypatch.chdir(tmp_path)
    Path(name).write_text(TEXT, encoding="utf-8")
    code, out, err = run("read", "--output", "out", "--", name)
    assert (code, err) == (0, "")
    assert len(out.splitlines()) == 2
    assert "\x1b" not in out
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([name, "out"])
    pages = list((tmp_path / "out").iterdir())
    assert sorted(path.suffix for path in pages) == [".html", ".xlsx"]
    assert "onerror" not in next(p for p in pages if p.suffix == ".html").read_text("utf-8")


def test_python_m_is_the_same():
    done = command("--version")
    assert done.stdout.startswith("lawreport ")
    assert done.returncode == 0


# What a shell asks for, as the script does that click gives it, and the lines it gets.
COMPLETION = {
    "bash": ("1", "co", "plain,{name}"),
    "zsh": ("1", "co", "plain\n{name}\n{help}"),
    "fish": ("co", "co", "plain,{name}\t{help}"),
}


@pytest.mark.parametrize("shell", COMPLETION)
def test_each_shell_completes_commands(shell):
    asked, begun, line = COMPLETION[shell]
    environment = {**ENVIRONMENT, "COMP_WORDS": f"lawreport {begun}", "COMP_CWORD": asked}
    environment["_LAWREPORT_COMPLETE"] = f"{shell}_complete"
    done = command(env=environment)
    helped = {name: load.table("labels_cli")["commands"][name]["help"][0] for name in COMMANDS}
    expected = [line.format(name=name, help=helped[name]) for name in ("compare", "corpus")]
    assert done.stdout.strip() == "\n".join(expected)
    environment["_LAWREPORT_COMPLETE"] = f"{shell}_source"
    script = command(env=environment).stdout
    assert f"_LAWREPORT_COMPLETE={shell}_complete" in script
    if shutil.which(shell):
        checked = subprocess.run([shell, "-n"], input=script, text=True, check=False)
        assert checked.returncode == 0


def test_who_has_read_enough_of_the_output_ends_it_quietly():
    shell = f'"{sys.executable}" -m lawreport_utils --help | true'
    done = subprocess.run(
        ["bash", "-c", shell], capture_output=True, text=True, check=True, env=ENVIRONMENT
    )
    assert done.stdout + done.stderr == ""


@pytest.mark.skipif(sys.platform == "win32", reason="signals differ there")
def test_an_interruption_leaves_no_half_file(tmp_path):
    report = tmp_path / "long.txt"
    report.write_text(TEXT + "办理案件3件，治安持续向好。\n" * 15_000, encoding="utf-8")
    run = subprocess.Popen(
        [sys.executable, "-m", "lawreport_utils", "read", report, "--output", tmp_path / "out"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT,
    )  # fmt: skip
    while not (tmp_path / "out").exists() and run.poll() is None:
        time.sleep(0.05)
    run.send_signal(signal.SIGINT)
    out, err = run.communicate(timeout=120)
    assert run.returncode == 130
    assert out == ""
    assert err.strip() == "已中断，没有留下不完整的文件。"
    assert list((tmp_path / "out").iterdir()) == []


def test_every_word_of_the_command_is_there_in_both_languages():
    words = load.table("labels_cli")
    assert set(words["commands"]) == set(COMMANDS)
    pairs = [words[key] for key in ("lawreport", "options", "said")]
    for entries in [*pairs, *words["commands"].values()]:
        assert all(len(pair) == 2 and all(pair) for pair in entries.values())


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_a_word_document_costs_little_from_a_cold_start(tmp_path):
    """Under 4 seconds of processor time on a quiet machine; half as much again on a busy one."""
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    source = tmp_path / "report.txt"
    source.write_text(read_report(SHENZHEN).text, encoding="utf-8-sig")
    to_docx = ["soffice", profile, "--headless", "--infilter=Text (encoded):UTF8", "--convert-to",
               "docx:MS Word 2007 XML", "--outdir", tmp_path, source]  # fmt: skip
    subprocess.run(to_docx, check=True, capture_output=True, timeout=120)
    before = os.times()
    done = command("read", tmp_path / "report.docx", "--output", tmp_path / "out")
    spent = sum(os.times()[2:4]) - sum(before[2:4])
    assert done.returncode == 0, done.stderr
    assert len(openpyxl.load_workbook(tmp_path / "out/report-标注.xlsx").sheetnames) >= 9
    assert spent < 6
    heavy = "import sys; sys.argv = ['lawreport', '--help']\n"
    probe = f"{heavy}try:\n import lawreport_utils.cli as c; c.main()\nexcept SystemExit: pass\n"
    probe += "sys.exit(bool({'pandas', 'matplotlib', 'wordcloud', 'jieba'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", probe], check=False).returncode == 0
