"""Folders as they are found: links in circles, pipes, closed doors, odd names, changes."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import filelock
import pandas as pd
import pytest

from lawreport_utils import ReportError, analyze_corpus, corpus, read_report

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="no such names, pipes and links there")
ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
TEXT = "一、执法\n办理案件{}件。"


@pytest.fixture
def folder(tmp_path):
    for name in ("a", "b", "c"):
        write(tmp_path / f"in/{name}.txt", len(name))
    return tmp_path / "in"


def write(path, number):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(TEXT.format(number), encoding="utf-8")


def analyze(reports, **options):
    with ThreadPoolExecutor(1) as executor:
        options = {"executor": executor, "progress": False, "tokenizer": "rjieba"} | options
        return analyze_corpus(reports, **options)


def told(tables):
    return dict(tables["errors"][["report", "message"]].to_numpy())


@POSIX
def test_links_in_a_circle_and_to_nowhere_are_named(folder):
    (folder / "sub").mkdir()
    (folder / "sub/up").symlink_to(folder, target_is_directory=True)
    (folder / "self.txt").symlink_to("self.txt")
    (folder / "nowhere.txt").symlink_to("none.txt")
    (folder / "link.txt").symlink_to("a.txt")
    tables = analyze(folder)
    assert tables["reports"]["report"].tolist() == ["a.txt", "b.txt", "c.txt", "link.txt"]
    messages = told(tables)
    assert list(messages) == ["nowhere.txt", "self.txt", "sub/up"]
    assert messages["sub/up"] == "sub/up: this is a link to a folder; give that folder itself"
    for name in ("nowhere.txt", "self.txt"):
        said = f"{name}: this is a link to a file that isn't there; give the file itself"
        assert messages[name] == said


@POSIX
def test_a_pipe_is_a_row_and_holds_nobody_up(folder, tmp_path):
    os.mkfifo(folder / "pipe.txt")
    for _ in range(2):
        tables = analyze(folder, output=tmp_path / "out")
        assert told(tables)["pipe.txt"].startswith("pipe.txt: this is a pipe or a device, no file")
        assert len(tables["reports"]) == 3


def test_hidden_folders_are_passed_over_and_a_folder_in_a_list_is_named(folder):
    write(folder / ".ipynb_checkpoints/a-checkpoint.txt", 1)
    assert len(analyze(folder)["reports"]) == 3
    message = told(analyze([folder / "a.txt", folder]))["in"]
    assert message == "in: this is a folder; give the files in it"


NAMES = [
    "某局[2024]5号.txt", "100%.txt", "a#b.txt", "*.txt", "?.txt", "-x.txt", "--help.txt",
    "行\n行.txt", "a\tb.txt", " .txt", "~x.txt", "a\\b.txt", "$(touch made).txt", "\udcff.txt",
    "a.TXT", "x" * 251 + ".txt",
]  # fmt: skip


@POSIX
def test_any_name_is_read_stored_and_told_apart(folder, tmp_path):
    for number, name in enumerate(NAMES, 10):
        write(folder / "odd" / name, number)
    output = tmp_path / "out"
    first, second = analyze(folder / "odd", output=output), analyze(folder / "odd", output=output)
    assert first["errors"].empty
    stored = pd.read_parquet(output / "outcomes")
    assert sorted(stored["value"]) == list(range(10, 10 + len(NAMES)))
    assert stored["report"].nunique() == len(NAMES)
    pd.testing.assert_frame_equal(first["reports"], second["reports"])


@POSIX
@pytest.mark.skipif(ROOT, reason="root may read everything")
def test_what_may_not_be_read_is_a_row_until_it_may(folder, tmp_path):
    write(folder / "closed/d.txt", 4)
    (folder / "closed").chmod(0)
    (folder / "b.txt").chmod(0)
    try:
        tables = analyze(folder, output=tmp_path / "out")
    finally:
        (folder / "closed").chmod(0o700)
        (folder / "b.txt").chmod(0o600)
    assert list(told(tables)) == ["b.txt", "closed"]
    assert "can't be entered" in told(tables)["closed"]


def test_a_file_that_could_not_be_opened_is_tried_again(folder, tmp_path, monkeypatch):
    fail = True

    def read(path):
        if fail and Path(path).name == "b.txt":
            try:
                raise OSError(24, "Too many open files")
            except OSError as error:
                raise ReportError(path, "the file can't be opened", "try again") from error
        return read_report(path)

    monkeypatch.setattr(corpus, "read_report", read)
    first = analyze(folder, output=tmp_path / "out")
    assert first["errors"][["report", "error"]].to_numpy().tolist() == [["b.txt", "OSError"]]
    fail = False
    assert analyze(folder, output=tmp_path / "out")["errors"].empty


def test_a_clock_set_back_hides_no_change(folder, tmp_path):
    output = tmp_path / "out"
    analyze(folder, output=output, piece=1)
    past = time.time() - 10**8
    write(folder / "b.txt", 7)  # as long as before, and older than what was made of it
    os.utime(folder / "b.txt", (past, past))
    analyze(folder, output=output, piece=1)
    assert pd.read_parquet(output / "outcomes")["value"].tolist() == [1, 7, 1]


def test_a_file_replaced_while_it_is_read_is_done_again(folder, tmp_path, monkeypatch):
    output = tmp_path / "out"

    def read(path):
        report = read_report(path)
        if Path(path).name == "b.txt":
            write(Path(path), 9)
        return report

    monkeypatch.setattr(corpus, "read_report", read)
    analyze(folder, output=output)
    monkeypatch.undo()
    analyze(folder, output=output)
    assert pd.read_parquet(output / "outcomes")["value"].tolist() == [1, 9, 1]


def test_tables_may_be_stored_among_the_reports(folder):
    output = folder / "out"
    first = analyze(folder, output=output)
    second = analyze(folder, output=output)
    assert first["reports"]["report"].tolist() == ["a.txt", "b.txt", "c.txt"]
    pd.testing.assert_frame_equal(first["reports"], second["reports"])


@pytest.mark.parametrize("at", ["lock", "table", "note"])
def test_a_folder_that_cannot_be_written_to_is_one_error(folder, tmp_path, monkeypatch, at):
    output = tmp_path / "out"
    output.mkdir()
    if at == "lock":

        def refused(*_):
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(filelock.FileLock, "acquire", refused)
    elif at == "table":
        (output / "reports").touch()
    else:
        (output / ".corpus.json").mkdir()
    with pytest.raises(ReportError, match=r"out: the folder (can't be made or|holds the results)"):
        analyze(folder, output=output)


def test_a_note_that_was_half_written_is_no_note(folder, tmp_path):
    output = tmp_path / "out"
    output.mkdir()
    (output / ".corpus.json").write_text('{"version": ')
    assert len(analyze(folder, output=output)["reports"]) == 3
    (output / "pieces/00000000.json").write_text('{"files": [')
    assert len(analyze(folder, output=output)["reports"]) == 3


def test_a_refusal_leaves_the_folder_open(folder, tmp_path):
    output = tmp_path / "out"
    analyze(folder, output=output, piece=1)
    with pytest.raises(ReportError, match="holds the results of other reports") as refused:
        analyze(folder, output=output, piece=2)
    assert len(analyze(folder, output=output, piece=1)["reports"]) == 3
    assert refused.tb  # which keeps all that the refused call held


def test_of_two_runs_at_once_one_works_and_one_says_so(folder, tmp_path):
    script = tmp_path / "script.py"
    script.write_text(
        "import sys\nfrom concurrent.futures import ThreadPoolExecutor\n"
        "import lawreport_utils as lr\n"
        "options = {'executor': ThreadPoolExecutor(1), 'progress': False}\n"
        "lr.analyze_corpus(sys.argv[1], output=sys.argv[2], **options)\n"
    )
    command = [sys.executable, script, folder, tmp_path / "out"]
    lock = filelock.FileLock(tmp_path / "out/.lock")
    (tmp_path / "out").mkdir()
    with lock:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "another run writes to this folder; wait for it" in done.stderr.splitlines()[-1]
    assert len(analyze(folder, output=tmp_path / "out")["reports"]) == 3
