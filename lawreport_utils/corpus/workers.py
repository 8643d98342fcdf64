"""Processes that may end: what one file does to the process that reads it harms no other file."""

import faulthandler
import os
import signal
import sys
import threading
import time
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, wait
from contextlib import contextmanager, suppress
from enum import Enum
from multiprocessing import get_context, parent_process
from typing import Any, Generic, NamedTuple, TypeVar

from ..errors import ReportError

_IN_BROWSER = sys.platform == "emscripten"
_MOST = 61  # processes that Windows can wait for
_UNKNOWN = 64  # workers assumed of an executor that doesn't tell their number
_TRIES = 3  # a process may be ended or held up from outside; a file that ends three is to blame
_PATIENCE, _CHECKS = 60, 3  # seconds, and how often in a row a cluster is without a worker
_GRACE = 2  # seconds by which a piece may overstep the limit of a file
AS_TEXT = "give it as a text file (.txt)"
Task = TypeVar("Task")
Result = TypeVar("Result")


class Limits(NamedTuple):
    """What the analysis of one file may take."""

    seconds: float
    megabytes: int


class Ended(Enum):
    """Why a file that was alone in a process has no result, and the way out."""

    OUT_OF_TIME = f"it took longer than {{:g}} seconds; {AS_TEXT}, or raise time_limit"
    DIED = f"reading this file ended the process, three times; {AS_TEXT}"


class Pool:
    """Processes of our own: one that dies or hangs is replaced, the others go on."""

    def __init__(
        self, limits: Limits, number: int | None = None, ready: Callable[[], object] = bool
    ) -> None:
        from pebble import ProcessPool  # late: a browser has no processes

        self.limits = limits
        self.number = number or min(os.cpu_count() or 1, _MOST)
        _try_a_process()
        self._pool = ProcessPool(
            self.number,
            initializer=_prepare,
            initargs=[limits, ready],
            context=get_context("spawn"),
        )

    def submit(self, work: Callable[..., Result], *args: Any) -> "Future[Result]":
        future: Future[Result] = self._pool.schedule(work, args=args)
        return future

    def alone(self, work: Callable[..., Result], calls: list[tuple[Any, ...]]) -> list[Any]:
        """The result of each call, or why it has none."""
        futures = [self._alone(work, call) for call in calls]
        return [self._outcome(work, *pair) for pair in zip(calls, futures, strict=True)]

    def _alone(self, work: Callable[..., Result], call: tuple[Any, ...]) -> "Future[Result]":
        future: Future[Result] = self._pool.schedule(work, args=call, timeout=self.limits.seconds)
        return future

    def _outcome(
        self, work: Callable[..., Result], call: tuple[Any, ...], future: "Future[Result]"
    ) -> Result | Ended:
        from pebble import ProcessExpired

        for tried in range(1, _TRIES + 1):
            error = future.exception()  # raised, it would keep this frame, and the tables with it
            if not isinstance(error, TimeoutError | ProcessExpired):
                return future.result()
            if tried < _TRIES:
                future = self._alone(work, call)
        return Ended.OUT_OF_TIME if isinstance(error, TimeoutError) else Ended.DIED

    def close(self) -> None:
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()


def _try_a_process() -> None:
    """A script without the guard starts itself again and again; better say so at once."""
    process = get_context("spawn").Process(target=os.getpid)
    with suppress(RuntimeError):  # raised in the child, which imports the script
        process.start()
        process.join()
    if process.exitcode != 0:
        problem = 'no process can be started: is the call below if __name__ == "__main__":?'
        raise RuntimeError(problem)


def _prepare(limits: Limits, ready: Callable[[], object]) -> None:
    """In each new process: Ctrl+C is for the parent, which it doesn't outlive; bounded memory.
    What is loaded on first use is loaded here: it isn't the time of a file."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with suppress(ImportError, ValueError, OSError):  # not on Windows
        import resource

        most = limits.megabytes * 10**6
        resource.setrlimit(
            resource.RLIMIT_DATA, (most, resource.getrlimit(resource.RLIMIT_DATA)[1])
        )
    with suppress(Exception):  # comes again with each file, whose row names it
        ready()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent:
        parent.join()
        os._exit(1)


_deadlines: dict[int, float] = {}
_clock = threading.Lock()


@contextmanager
def ended_after(seconds: float) -> Iterator[None]:
    """End this process if what is within takes longer: also a search that never gives way.

    ``faulthandler`` has the one timer that needs nothing of the interpreter.
    """
    if _IN_BROWSER:  # which can't end a process
        yield
        return
    thread = threading.get_ident()
    _set_timer(thread, time.monotonic() + seconds + _GRACE)
    try:
        yield
    finally:
        _set_timer(thread, None)


def _set_timer(thread: int, deadline: float | None) -> None:
    with _clock:
        _deadlines.pop(thread, None)
        if deadline:
            _deadlines[thread] = deadline
        faulthandler.cancel_dump_traceback_later()
        if _deadlines:
            left = max(min(_deadlines.values()) - time.monotonic(), 0.01)
            faulthandler.dump_traceback_later(left, exit=True, file=_nowhere())


_opened: list[Any] = []


def _nowhere() -> Any:
    if not _opened:
        _opened.append(open(os.devnull, "w"))  # noqa: PTH123, SIM115 - open as long as the process
    return _opened[0]


class InPlace(Executor):
    """Works at once, where no process and no thread can be started: in a browser."""

    _max_workers = 1

    def submit(self, fn: Callable[..., Result], /, *args: Any, **kwargs: Any) -> "Future[Result]":
        future: Future[Result] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


class Workers(Generic[Task, Result]):
    """Runs ``work`` on an executor, by default on a process of our own for each core.

    ``rescue`` gives the result of a task whose future failed, with a pool of our own. Whatever
    ``work`` itself could catch it has caught: so the process died, or the executor failed.
    ``ready`` is called first in each process of our own.
    """

    def __init__(
        self,
        executor: Executor | None,
        work: Callable[[Task], Result],
        rescue: Callable[[Task, Pool], Result],
        limits: Limits,
        ready: Callable[[], object] = bool,
    ) -> None:
        self.work, self.rescue, self.limits, self.ready = work, rescue, limits, ready
        self._own: Pool | None = None
        self._waiting: deque[tuple[Task, Future[Result]]] = deque()
        if _IN_BROWSER:
            executor = InPlace()
        self._executor: Executor | Pool = executor or self.own()
        self.number: int = getattr(
            self._executor, "_max_workers", getattr(self._executor, "number", _UNKNOWN)
        )

    def own(self) -> Pool:
        if self._own is None:
            self._own = Pool(self.limits, ready=self.ready)
        return self._own

    def run(self, tasks: Iterable[Task]) -> Iterator[Result]:
        """The results in the order of the tasks; few are under way at a time."""
        try:
            for task in tasks:
                self._waiting.append((task, self._submit(task)))
                if len(self._waiting) > 2 * self.number:
                    yield self._result(*self._waiting.popleft())
            while self._waiting:
                yield self._result(*self._waiting.popleft())
        finally:
            for _, future in self._waiting:
                future.cancel()
            if self._own:
                self._own.close()

    def _submit(self, task: Task) -> "Future[Result]":
        try:
            return self._executor.submit(self.work, task)
        except (BrokenExecutor, RuntimeError) as error:
            if self._executor is self._own:
                raise
            self._go_on_here(str(error))
            return self._executor.submit(self.work, task)

    def _go_on_here(self, problem: str) -> None:
        message = f"The executor failed ({problem}): processes of this machine go on."
        warnings.warn(message, stacklevel=4)
        self._executor = self.own()
        for _, future in self._waiting:
            future.cancel()

    def _result(self, task: Task, future: "Future[Result]") -> Result:
        try:
            if self._is_deserted(future):
                self._go_on_here("no worker is left")
                future.cancel()
            return future.result()
        except ReportError:  # a file's own is a row: the tables can't be written
            raise
        except Exception:
            return self.rescue(task, self.own())

    def _is_deserted(self, future: "Future[Result]") -> bool:
        """Wait for a result, but not for ever: a cluster of Dask may lose all of its workers."""
        client, alone = getattr(self._executor, "_client", None), 0
        while client and alone < _CHECKS and not wait([future], _PATIENCE).done:
            alone = 0 if client.nthreads() else alone + 1
        return alone == _CHECKS
