"""Many reports: the tables of each, in order, whatever fails, on whatever executor."""

import multiprocessing
import os
import re
import subprocess
import sys
import time
import warnings
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import nullcontext
from pathlib import Path

import pandas as pd
import pytest

import lawreport_utils as lr
from lawreport_utils import ReportError, analyze_corpus, corpus, read_report
from lawreport_utils.corpus import workers

DATA = Path(__file__).parents[1] / "data"
ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="needs fork or any file name")


@pytest.fixture
def folder(tmp_path):
    """Reports of the same name in several folders, among other files; one can't be read."""
    for name, text in {
        "b/report.txt": "某市公安局2023年度法治政府建设年度报告\n一、执法\n受理案件同比下降15%。",
        "a/report.txt": "一、学习\n办理案件3件。治安持续向好。",
        "a/empty.txt": "",
        "old.doc": b"\xd0\xcf\x11\xe0 an old Word file",
        "notes.yaml": b"no report",
        "a/~$report.docx": "Word is open",
    }.items():
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return tmp_path / "in"


def analyze(reports, **options):
    with ThreadPoolExecutor(1) as executor:
        return analyze_corpus(
            reports, **{"executor": executor, "progress": False, "tokenizer": "rjieba"} | options
        )


def stored(output):
    return {name: pd.read_parquet(output / name) for name in corpus.TABLES}


def rows(table):
    return [tuple("" if pd.isna(cell) else cell for cell in row) for row in table.to_numpy()]


def assert_same(tables, others):
    assert list(tables) == list(others)
    for name, table in tables.items():
        pd.testing.assert_frame_equal(table, others[name], obj=name)


def test_each_table_is_that_of_the_report():
    paths = [DATA / "szga-2024.txt", DATA / "practice-report.txt"]
    tables = analyze(paths)
    assert list(tables) == corpus.TABLES
    one_by_one = {
        "outline": lr.outline,
        "terms": lambda report: lr.term_frequency(report, tokenizer="rjieba"),
        "themes": lr.theme_frequency,
        "outcomes": lr.extract_outcomes,
        "claims": lr.extract_claims,
        "content": lr.content_items,
        "findings": lr.check_report,
    }
    for name, function in one_by_one.items():
        expected = [(path.name, row) for path in paths for row in rows(function(read_report(path)))]
        assert expected
        found = zip(tables[name]["report"], rows(tables[name].drop(columns="report")), strict=True)
        assert list(found) == expected, name
    about = tables["reports"].iloc[0]
    report = read_report(paths[0])
    assert about[["title", "agency", "year"]].tolist() == [report.title, report.agency, report.year]
    assert about["published"].date() == report.published
    assert about["chars"] == len(report.text)
    rate = tables["themes"].iloc[0]
    assert rate["per_1000"] == pytest.approx(1000 * rate["count"] / about["han"])


def test_reports_of_one_name_in_several_folders_stay_apart_and_a_failure_is_a_row(folder):
    tables = analyze(folder)
    assert tables["reports"]["report"].tolist() == ["a/report.txt", "b/report.txt"]
    assert tables["errors"]["report"].tolist() == ["a/empty.txt", "old.doc"]
    assert tables["errors"]["error"].tolist() == ["ReportError", "ReportError"]
    assert "the file is empty" in tables["errors"].loc[0, "message"]
    assert tables["outcomes"][["report", "value"]].to_numpy().tolist() == [
        ["a/report.txt", 3],
        ["b/report.txt", 15],
    ]


def test_a_report_that_is_there_twice_is_named(folder):
    text = (folder / "b/report.txt").read_text(encoding="utf-8")
    (folder / "c.html").write_text(f"<p>{text}</p>".replace("\n", "</p><p>"), encoding="utf-8")
    warnings = analyze(folder)["reports"].set_index("report")["warnings"]
    assert "the issuing body, year and title of b/report.txt." in warnings["c.html"]
    assert not warnings[["a/report.txt", "b/report.txt"]].str.contains("title of").any()


def test_the_order_is_that_of_the_files_given_and_each_counts_once(folder):
    b, a = folder / "b/report.txt", folder / "a/report.txt"
    tables = analyze([b, folder / "none.txt", a, folder / "a/../b/report.txt"], piece=1)
    assert tables["reports"]["report"].tolist() == ["b/report.txt", "a/report.txt"]
    assert tables["errors"]["report"].tolist() == ["none.txt"]


def test_tables_keep_columns_and_types_when_nothing_can_be_read(folder):
    full, empty = analyze(folder), analyze([folder / "none.txt"])
    for name in corpus.TABLES[1:]:
        assert len(empty[name]) == 0
        pd.testing.assert_series_equal(empty[name].dtypes, full[name].dtypes)


def test_any_exception_is_a_row(folder, monkeypatch):
    class Panic(BaseException):
        """As raised by extensions in Rust."""

    def fail(path):
        raise (
            Panic("thread panicked") if "a" in Path(path).parts[-2] else RecursionError("too deep")
        )

    monkeypatch.setattr(corpus, "read_report", fail)
    errors = analyze(folder)["errors"]
    assert errors["error"].tolist()[:3] == ["Panic", "Panic", "RecursionError"]
    assert errors["message"].tolist()[:3] == [
        f"{name}: reading it failed: {what}; give it as a text file (.txt)"
        for name, what in (
            ("a/empty.txt", "Panic: thread panicked"),
            ("a/report.txt", "Panic: thread panicked"),
            ("b/report.txt", "RecursionError: too deep"),
        )
    ]


def test_a_folder_without_reports_and_unknown_options_are_refused(tmp_path):
    with pytest.raises(ReportError, match="there is no folder with files"):
        analyze(tmp_path)
    with pytest.raises(ReportError, match="list of files"):
        analyze(tmp_path / "none")
    with pytest.raises(ValueError, match="tokenizer must be jieba or rjieba, not 'thulac'"):
        analyze(tmp_path, tokenizer="thulac")
    with pytest.raises(ValueError, match="piece must be 1 or more, not 0"):
        analyze(tmp_path, piece=0)
    with pytest.raises(ReportError, match="no file is given"):
        analyze([])


@ON_LINUX
def test_a_file_name_that_is_no_text_is_shown_escaped(folder):
    name = os.fsdecode(b"\xff<script>.txt")
    (folder / name).write_text("一、学习", encoding="utf-8")
    (folder / os.fsdecode(b"\xfe.txt")).write_text("", encoding="utf-8")
    tables = analyze(folder, output=folder / "out")
    assert "\\udcff<script>.txt" in tables["reports"]["report"].tolist()
    assert "\\udcfe.txt" in tables["errors"]["report"].tolist()


# Output in pieces


def test_stored_tables_are_those_returned(folder):
    output = folder / "out"
    summary = analyze(folder, output=output, piece=1)
    returned = analyze(folder)
    assert_same(stored(output), returned)
    assert_same(summary, {name: returned[name] for name in ("errors", "reports")})
    assert len(list((output / "terms").iterdir())) == 4


def test_an_interrupted_run_goes_on_where_it_stopped(folder, monkeypatch):
    output, read = folder / "out", []

    def interrupted(path):
        read.append(Path(path).name)
        if len(read) == 2:
            raise KeyboardInterrupt
        return read_report(path)

    monkeypatch.setattr(corpus, "read_report", interrupted)
    with pytest.raises(KeyboardInterrupt):
        analyze(folder, output=output, piece=1)
    (output / "terms/.00000001.parquet").write_text("cut off")
    again = analyze(folder, output=output, piece=1)
    assert read == ["empty.txt", "report.txt", "report.txt", "report.txt", "old.doc"]
    assert again["reports"]["report"].tolist() == ["a/report.txt", "b/report.txt"]
    assert_same(stored(output), analyze(folder))


def test_an_output_that_cannot_be_written_is_an_error_not_a_row(folder, monkeypatch):
    def full(self, path, **options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pd.DataFrame, "to_parquet", full)
    monkeypatch.setattr(workers, "Pool", None)  # it would be no better in a process of our own
    with pytest.raises(ReportError, match=r"tables can't be written .*No space left"):
        analyze(folder, output=folder / "out")
    monkeypatch.undo()
    assert len(analyze(folder, output=folder / "out")["reports"]) == 2
    (folder / "file").touch()
    with pytest.raises(ReportError, match="the folder can't be made"):
        analyze(folder, output=folder / "file/out")


def test_what_changed_or_failed_for_a_passing_reason_is_done_again(folder, monkeypatch):
    output, calls = folder / "out", []

    def passing(path):
        calls.append(Path(path).parent.name + "/" + Path(path).name)
        if len(calls) == 1:
            raise MemoryError
        return read_report(path)

    monkeypatch.setattr(corpus, "read_report", passing)
    first = analyze(folder, output=output, piece=1)
    assert first["errors"]["error"].tolist() == ["MemoryError", "ReportError"]
    (folder / "b/report.txt").write_text("一、执法\n办理案件777件。", encoding="utf-8")
    calls.clear()
    calls.append("")
    second = analyze(folder, output=output, piece=1)
    assert calls[1:] == ["a/empty.txt", "b/report.txt"]
    assert second["errors"]["error"].tolist() == ["ReportError", "ReportError"]
    assert stored(output)["outcomes"]["value"].tolist() == [3, 777]


@pytest.mark.parametrize("damage", ["delete", "cut", "swap"])
def test_a_piece_that_is_not_whole_is_done_again(folder, damage):
    output = folder / "out"
    whole = analyze(folder, output=output, piece=1), stored(output)
    victim = output / "outcomes/00000001.parquet"
    if damage == "delete":
        victim.unlink()
    elif damage == "cut":
        victim.write_bytes(victim.read_bytes()[:100])
    else:
        victim.write_bytes((output / "outcomes/00000000.parquet").read_bytes())
    assert_same(analyze(folder, output=output, piece=1), whole[0])
    assert_same(stored(output), whole[1])


def test_a_folder_whose_note_is_gone_or_damaged_is_refused(folder):
    output = folder / "out"
    analyze(folder, output=output)
    (output / "corpus.json").write_bytes(b"\xff\xfe")
    with pytest.raises(ReportError, match="results of other reports"):
        analyze(folder, output=output)
    (output / "corpus.json").unlink()
    with pytest.raises(ReportError, match="results of other reports"):
        analyze(folder, output=output)


def test_two_runs_on_one_folder_exclude_each_other(folder, monkeypatch):
    output = folder / "out"

    def second(path):
        with pytest.raises(ReportError, match="another run writes to this folder"):
            analyze_corpus([path], output=output, executor=Counting(), progress=False)
        return read_report(path)

    monkeypatch.setattr(corpus, "read_report", second)
    assert len(analyze(folder, output=output, executor=Counting())["reports"]) == 2


def test_messages_name_files_as_the_tables_do(folder):
    message = analyze(folder)["errors"].loc[0, "message"]
    assert message.startswith("a/empty.txt: ")
    assert str(folder) not in message


def test_a_folder_that_cannot_be_entered_is_named(folder, monkeypatch):
    (folder / "locked").mkdir()

    def walk(top, onerror):
        onerror(PermissionError(13, "Permission denied", str(folder / "locked")))
        yield str(folder / "b"), [], ["report.txt"]

    monkeypatch.setattr(os, "walk", walk)
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may enter every folder
    errors = analyze(folder)["errors"]
    assert errors["report"].tolist() == ["locked"]
    assert "can't be entered" in errors.loc[0, "message"]


def test_the_results_of_another_call_are_not_mixed_in(folder):
    analyze(folder, output=folder / "out")
    with pytest.raises(ReportError, match="results of other reports, other options"):
        analyze(folder, output=folder / "out", tokenizer="jieba")


def test_nothing_is_written_outside_the_output_folder(folder, tmp_path, monkeypatch):
    for name in ("%2e%2e%2fx.txt", "'; rm -rf $HOME;'.txt", 'a "b" <i>.txt', " .txt"):
        (folder / name).write_text("一、学习", encoding="utf-8")
    monkeypatch.chdir(folder)
    before = set(tmp_path.rglob("*"))
    analyze(folder, output="../out/deeper")
    new = set(tmp_path.rglob("*")) - before
    assert {path.relative_to(tmp_path).parts[0] for path in new} == {"out"}
    assert len(pd.read_parquet(tmp_path / "out/deeper/reports")) == 6


# Executors


class Counting(Executor):
    """Does the work when the result is asked for; knows how much was handed out at most."""

    _max_workers = 2

    def __init__(self):
        self.open = self.most = 0

    def submit(self, function, /, *args):
        self.open += 1
        self.most = max(self.most, self.open)
        future = Future()

        def result(timeout=None):
            self.open -= 1
            return function(*args)

        future.result = result
        return future


def test_few_pieces_are_under_way_at_a_time(folder):
    paths = [folder / f"{i}.txt" for i in range(40)]
    executor = Counting()
    tables = analyze(paths, executor=executor, piece=1)
    assert tables["errors"]["report"].tolist() == [path.name for path in paths]
    assert executor.most == 5


def forked(number):
    return ProcessPoolExecutor(number, multiprocessing.get_context("fork"))


def end_on_empty_files(path):
    if os.stat(path).st_size == 0:  # noqa: PTH116
        os._exit(1)
    return read_report(path)


@ON_LINUX
@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of fork, which carries the patch along
def test_a_process_that_dies_takes_no_report_with_it(folder, monkeypatch):
    for i in range(9):
        (folder / f"c{i}.txt").write_text(f"一、执法\n办理案件{i}件。", encoding="utf-8")
    monkeypatch.setattr(corpus, "read_report", end_on_empty_files)
    monkeypatch.setattr(workers, "get_context", lambda _: multiprocessing.get_context("fork"))
    for piece in (1, 4):
        with forked(2) as executor, warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # that the executor failed
            tables = analyze(folder, executor=executor, piece=piece)
        assert tables["errors"][["report", "error"]].to_numpy().tolist() == [
            ["a/empty.txt", "DIED"],
            ["old.doc", "ReportError"],
        ]
        assert len(tables["reports"]) == 11
        assert tables["outcomes"]["value"].tolist() == [3, 15, *range(9)]


def hang_on_long_names(path):
    if len(Path(path).name) > 20:
        re.fullmatch("(a|a)*b", "a" * 60)  # a search that no signal reaches in time
    return read_report(path)


@ON_LINUX
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("own", [True, False])
def test_a_file_that_never_ends_is_a_row(folder, monkeypatch, own):
    (folder / "a/a-name-that-takes-ever-so-long.txt").write_text("一、学习", encoding="utf-8")
    monkeypatch.setattr(corpus, "read_report", hang_on_long_names)
    monkeypatch.setattr(workers, "get_context", lambda _: multiprocessing.get_context("fork"))
    with nullcontext() if own else forked(2) as executor:
        tables = analyze(folder, executor=executor, time_limit=1)
    errors = tables["errors"].set_index("report")
    assert errors.loc["a/a-name-that-takes-ever-so-long.txt", "error"] == "OUT_OF_TIME"
    assert "longer than 1 seconds" in errors.loc["a/a-name-that-takes-ever-so-long.txt", "message"]
    assert tables["reports"]["report"].tolist() == ["a/report.txt", "b/report.txt"]


@ON_LINUX
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("own", [True, False])
def test_loading_dictionaries_is_no_time_of_a_file(folder, monkeypatch, own):
    monkeypatch.setattr(corpus, "_load", lambda tokenizer: time.sleep(4))
    monkeypatch.setattr(workers, "get_context", lambda _: multiprocessing.get_context("fork"))
    with nullcontext() if own else forked(1) as executor:
        tables = analyze([folder / "a/report.txt"], executor=executor, time_limit=1)
    assert tables["errors"].empty


@ON_LINUX
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_file_that_asks_for_more_memory_than_there_may_be_is_a_row(folder, monkeypatch):
    def greedy(path):
        return bytearray(10**9) if os.stat(path).st_size == 0 else read_report(path)  # noqa: PTH116

    monkeypatch.setattr(corpus, "read_report", greedy)
    monkeypatch.setattr(workers, "get_context", lambda _: multiprocessing.get_context("fork"))
    tables = analyze(folder, executor=None, memory_limit=900)
    assert tables["errors"]["error"].tolist() == ["MemoryError", "ReportError"]
    assert len(tables["reports"]) == 2


class Losing(Executor):
    """Each of its workers dies."""

    _max_workers = 1

    def submit(self, function, /, *args):
        future = Future()
        future.set_exception(OSError("the worker is gone"))
        return future


merge, caller = corpus._merge_packed, os.getpid()


def end_elsewhere(*call):
    if os.getpid() != caller:
        raise MemoryError if call[0].labels[0].startswith("b") else os._exit(1)
    return merge(*call)


@ON_LINUX
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_tables_are_merged_here_where_no_process_can(folder, monkeypatch):
    monkeypatch.setattr(corpus, "_merge_packed", end_elsewhere)
    monkeypatch.setattr(workers, "get_context", lambda _: multiprocessing.get_context("fork"))
    for paths in ([folder / "a/report.txt"], [folder / "b/report.txt", folder / "a/report.txt"]):
        tables = analyze(paths, executor=Losing())
        assert len(tables["reports"]) == len(paths)


class Failing(Executor):
    """An executor that is gone, as one whose scheduler died."""

    _max_workers = 1

    def submit(self, function, /, *args):
        raise RuntimeError("no scheduler")


def test_a_dead_executor_is_named_and_the_work_is_done_here(folder):
    with pytest.warns(UserWarning, match=r"executor failed \(no scheduler\)"):
        tables = analyze(folder, executor=Failing())
    assert_same(tables, analyze(folder))


def test_no_process_outlives_its_parent(folder, tmp_path):
    script = tmp_path / "script.py"
    script.write_text(
        "import os, time\n"
        "from lawreport_utils.corpus import workers\n"
        "if __name__ == '__main__':\n"
        "    pool = workers.Pool(workers.Limits(9, 2000), 2)\n"
        "    print(pool.submit(os.getpid).result(), flush=True)\n"
        "    time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True) as parent:
        child = int(parent.stdout.readline())
        parent.kill()
    deadline = time.monotonic() + 20
    while Path(f"/proc/{child}").exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not Path(f"/proc/{child}").exists()


def test_by_default_the_processes_of_this_machine_do_the_work(folder, capsys):
    tables = analyze_corpus(folder, tokenizer="rjieba")
    assert_same(tables, analyze(folder))
    assert "4/4" in capsys.readouterr().err


def test_a_dask_cluster_does_the_work(folder):
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=":0"
        ) as local,
        distributed.Client(local) as client,
    ):
        tables = analyze(folder, executor=client.get_executor(), output=folder / "out", piece=1)
    assert len(tables["reports"]) == 2
    assert_same(stored(folder / "out"), analyze(folder))


def test_a_cluster_that_lost_its_workers_holds_nobody_up(folder, monkeypatch):
    distributed = pytest.importorskip("distributed")
    monkeypatch.setattr(workers, "_PATIENCE", 0.1)
    with (
        distributed.LocalCluster(n_workers=0, dashboard_address=":0", processes=False) as empty,
        distributed.Client(empty) as client,
        pytest.warns(UserWarning, match=r"executor failed \(no worker is left\)"),
    ):
        tables = analyze(folder, executor=client.get_executor(), piece=1)
    assert_same(tables, analyze(folder))


def test_a_script_without_a_guard_is_told_so(folder, tmp_path):
    script = tmp_path / "script.py"
    script.write_text(f"import lawreport_utils\nlawreport_utils.analyze_corpus({str(folder)!r})\n")
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    error = done.stderr.splitlines()[-1]
    assert error.startswith("RuntimeError: no process can be started: is the call below if __name")


def test_where_nothing_can_be_started_the_work_is_done_in_place():
    assert workers.InPlace().submit(divmod, 7, 2).result() == (3, 1)
