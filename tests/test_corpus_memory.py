"""The memory of the process that calls: measured in one of its own, which rescues whole pieces."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MOST = 40  # megabytes more after 300 reports than before the first
SCRIPT = """
import os
import sys
from concurrent.futures import Executor, Future
from functools import cache
from pathlib import Path
from lawreport_utils import corpus, read_report


class Failing(Executor):
    _max_workers = 1
    before = 0

    def submit(self, function, /, *args):
        self.before = self.before or peak()
        future = Future()
        future.set_exception(OSError("the worker is gone"))
        return future


def peak():
    return int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]) / 1000


@cache
def report_of_all():
    return read_report(sys.argv[1])  # whose tables are made once


os.cpu_count = lambda: 1
corpus.read_report = lambda path: report_of_all()
corpus._tables = cache(corpus._tables)
if __name__ == "__main__":
    executor, paths = Failing(), [f"{number}.txt" for number in range(300)]
    options = {"executor": executor, "tokenizer": "rjieba", "piece": 150, "progress": False}
    tables = corpus.analyze_corpus(paths, output="out", **options)
    print(len(tables["reports"]), peak() - executor.before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_rescued_pieces_leave_no_tables_in_the_process_that_calls(tmp_path):
    (tmp_path / "script.py").write_text(SCRIPT, encoding="utf-8")
    command = [sys.executable, "script.py", ROOT / "data/szga-2024.txt"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    number, grown = done.stdout.split()
    assert int(number) == 300
    assert float(grown) < MOST
