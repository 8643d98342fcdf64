"""Ten thousand reports, one in a hundred broken, hanging, hoarding memory or ending its process.

``python benchmarks/bench_soak.py 300`` takes 300 reports instead of 10,000.

The run is interrupted by Ctrl+C, killed outright, and then left to finish; a tenth as many reports
go to a local Dask cluster of which a worker is killed in the middle. Asserted each time: every good
report is there once, every bad one is a row of errors and of nothing else, no table has a row of
another report, no process of ours takes much memory (what a worker of a cluster may take on a file
that hoards it is for the cluster to limit). A file may take a second here, not twenty; reports
have a quarter of their paragraphs, some 700 characters.
"""

import os
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import faults
import pandas as pd
from reports import make_reports

from lawreport_utils import analyze_corpus, corpus

MOST = 10_000
BAD = {  # what is in the file -> what errors says of it
    faults.BROKEN: "ReportError",
    faults.HANG: "OUT_OF_TIME",
    faults.HOARD: "MemoryError",
    faults.END: "DIED",
}
TURNS = [faults.HANG, faults.BROKEN, faults.END, faults.BROKEN, faults.HOARD, *[faults.BROKEN] * 5]
OPTIONS = {"tokenizer": "rjieba", "piece": 50, "progress": False, "time_limit": 1}
SHARE = 0.25
PIPES = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
LONGEST = 900  # seconds
MEMORY = 400  # megabytes: flat, however many reports


def spoil(paths: list[Path]) -> list[int]:
    """Make one file in a hundred a bad one; which they are."""
    bad = list(range(17, len(paths), 100))
    for turn, i in enumerate(bad):
        paths[i].write_bytes(TURNS[turn % len(TURNS)])
    return bad


def run(folder: str, output: str) -> None:
    analyze_corpus(folder, output=output, **OPTIONS)


def run_on_a_cluster(folder: str, output: str) -> None:
    """On two workers of a local Dask cluster, one of which is killed in the middle."""
    from distributed import Client, LocalCluster

    options = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": ":0"}
    with (
        LocalCluster(**options, preload=[str(Path(faults.__file__))], silence_logs=50) as cluster,
        Client(cluster) as client,
    ):
        victim = next(iter(client.run(os.getpid).values()))
        number = max(1, len(list(Path(folder).rglob("*.txt"))) // OPTIONS["piece"] // 4)

        def kill() -> None:
            wait_for(Path(output), number)
            os.kill(victim, signal.SIGKILL)

        killer = threading.Thread(target=kill)
        killer.start()
        analyze_corpus(folder, output=output, executor=client.get_executor(), **OPTIONS)
        killer.join()


def started(function: str, folder: Path, output: Path) -> subprocess.Popen[str]:
    """A process of its own that runs a function of this file, with the faults in all that it
    starts: these import its script."""
    code = (
        f"import bench_soak; bench_soak.{function}({str(folder)!r}, {str(output)!r}); "
        "bench_soak.tell_memory()"
    )
    script = output.parent / "run.py"
    script.write_text(f"import faults\nif __name__ == '__main__':\n    {code}\n", encoding="utf-8")
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), *sys.path])
    }
    return subprocess.Popen([sys.executable, script], env=environment, **PIPES)


def tell_memory() -> None:
    """Print the most megabytes that this process took, and the most that one of its workers took.

    A process that starts another hands on its own peak as the other's ``ru_maxrss``: the process
    that runs the benchmarks, and what these started, must not count here.
    """
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    own = int(status.split("VmHWM:")[1].split()[0])
    print(own // 1000, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1000)


def interrupted(folder: Path, output: Path, at: int, by: signal.Signals) -> None:
    """A run that gets the signal when so many pieces are done."""
    with started("run", folder, output) as process:
        wait_for(output, at)
        assert process.poll() is None, "the run was to be interrupted, but ended"
        process.send_signal(by)
        process.communicate()


def whole(function: str, folder: Path, output: Path) -> dict[str, float]:
    """A run to the end; the most memory that its process took, and that one of its workers did."""
    with started(function, folder, output) as process:
        try:
            memory, said = process.communicate(timeout=LONGEST)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
    assert process.returncode == 0, said
    own, worker = map(float, memory.split())
    assert own < MEMORY, f"the process took {own:.0f} MB"
    return {"most memory of the process, MB": own, "most memory of a worker, MB": worker}


def pieces(output: Path) -> int:
    return len(list((output / "pieces").glob("[!.]*")))


def wait_for(output: Path, number: int) -> None:
    while pieces(output) < number:
        time.sleep(0.05)


def check(output: Path, paths: list[Path], bad: list[int], folder: Path) -> None:
    shared = os.path.commonpath([path.parent for path in paths])
    labels = [path.relative_to(shared).as_posix() for path in paths]
    wrong = {labels[i] for i in bad}
    tables = {name: pd.read_parquet(output / name) for name in corpus.TABLES}
    failed = tables["errors"]
    blamed = failed[~failed["report"].isin(wrong)]
    assert blamed.empty, blamed.to_csv()
    assert failed["report"].tolist() == [name for name in labels if name in wrong]
    assert tables["reports"]["report"].tolist() == [name for name in labels if name not in wrong]
    told = tables["errors"]["error"].tolist()
    assert told == [BAD[TURNS[turn % len(TURNS)]] for turn in range(len(bad))], set(told)
    for name in corpus.TABLES[1:]:
        assert not wrong & set(tables[name]["report"])


def on_processes(folder: Path, paths: list[Path], bad: list[int]) -> dict[str, float]:
    output, all_pieces = folder.parent / "out", len(paths) // OPTIONS["piece"]
    begun = time.perf_counter()
    interrupted(folder, output, all_pieces // 4, signal.SIGINT)
    interrupted(folder, output, all_pieces // 2, signal.SIGKILL)
    stopped, start = pieces(output), time.perf_counter()
    memory = whole("run", folder, output)
    worker = memory["most memory of a worker, MB"]
    assert worker < MEMORY, f"a worker took {worker:.0f} MB"
    check(output, paths, bad, folder)
    return {
        "until killed, with half of the pieces done, s": start - begun,
        "the rest, s": time.perf_counter() - start,
        "pieces left for the last run, %": 100 * (all_pieces - stopped) / all_pieces,
        **memory,
    }


def on_a_cluster(folder: Path, paths: list[Path], bad: list[int]) -> dict[str, float]:
    output, start = folder.parent / "out-cluster", time.perf_counter()
    memory = whole("run_on_a_cluster", folder, output)
    taken = time.perf_counter() - start
    check(output, paths, bad, folder)
    return {"on a Dask cluster, s": taken} | {f"on it, {name}": mb for name, mb in memory.items()}


def measure(most: int | None = None) -> dict[str, float]:
    """Name -> figure."""
    figures = {}
    for number, where in ((most or MOST, on_processes), ((most or MOST) // 10, on_a_cluster)):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name) / "reports"
            paths = make_reports(folder, number, SHARE)
            bad = spoil(paths)
            for figure, value in where(folder, paths, bad).items():
                figures[f"{number} reports, {len(bad)} bad: {figure}"] = value
    return figures


if __name__ == "__main__":
    for name, value in measure(*map(int, sys.argv[1:])).items():
        print(f"{value:10.2f}  {name}")
