"""Tasks on any executor: results in order, few under way, none lost to a process that dies."""

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from multiprocessing import get_context
from typing import Generic, TypeVar

_MOST = 61  # processes that Windows can wait for
_UNKNOWN = 64  # workers assumed of an executor that doesn't tell their number
Task = TypeVar("Task")
Result = TypeVar("Result")


class Workers(Generic[Task, Result]):
    """Runs ``work`` on an executor, by default on a process for each core.

    ``rescue`` gives the result of a task whose future failed: whatever ``work`` itself could catch
    it has caught, so the process died, and with it, innocent, all that were under way.
    """

    def __init__(
        self,
        executor: Executor | None,
        work: Callable[[Task], Result],
        rescue: Callable[[Task], Result],
    ) -> None:
        self.work, self.rescue = work, rescue
        self.own = executor is None
        self.executor = executor or processes(min(os.cpu_count() or 1, _MOST))
        self.number = getattr(self.executor, "_max_workers", _UNKNOWN)

    def run(self, tasks: Iterable[Task]) -> Iterator[Result]:
        """The results in the order of the tasks."""
        waiting: deque[tuple[Task, Future[Result]]] = deque()
        try:
            for task in tasks:
                waiting.append((task, self._submit(task)))
                if len(waiting) > 2 * self.number:
                    yield self._result(*waiting.popleft())
            while waiting:
                yield self._result(*waiting.popleft())
        finally:
            for _, future in waiting:
                future.cancel()
            if self.own:
                self.executor.shutdown()

    def _submit(self, task: Task) -> Future[Result]:
        try:
            return self.executor.submit(self.work, task)
        except BrokenExecutor:
            self.own, self.executor = True, processes(self.number)
            return self.executor.submit(self.work, task)

    def _result(self, task: Task, future: Future[Result]) -> Result:
        try:
            return future.result()
        except Exception:
            return self.rescue(task)


def processes(number: int) -> ProcessPoolExecutor:
    """New processes: started alike on all systems, leaving Ctrl+C to this one."""
    ignore = signal.SIGINT, signal.SIG_IGN
    pool = ProcessPoolExecutor(number, get_context("spawn"), signal.signal, ignore)
    try:
        pool.submit(os.getpid).result()
    except BrokenExecutor as error:
        problem = 'no process can be started: is the call below if __name__ == "__main__":?'
        raise RuntimeError(problem) from error
    return pool
