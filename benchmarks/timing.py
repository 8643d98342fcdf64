"""How long something takes: the fastest of several runs, so that other work counts least."""

import sys
import time
from collections.abc import Callable

REPORTS = 2  # what remembers at most so many calls remembers a report, or its words


def best(function: Callable[[], object], runs: int) -> float:
    """Seconds of processor time of the fastest of some runs, after one that isn't counted.

    Each reads its report anew.
    """
    seconds = []
    for _ in range(runs + 1):
        forget()
        start = time.process_time()
        function()
        seconds.append(time.process_time() - start)
    return min(seconds[1:])


def alternating(functions: dict[str, Callable[[], object]], turns: int) -> dict[str, float]:
    """The same of several functions that take turns, so that ratios are of the same minutes."""
    seconds = dict.fromkeys(functions, float("inf"))
    for _ in range(turns):
        for name, function in functions.items():
            seconds[name] = min(seconds[name], best(function, 3))
    return seconds


def forget() -> None:
    """Clear what the package remembers of reports, not what it knows of words."""
    modules = [module for name, module in sys.modules.items() if name.startswith("lawreport_utils")]
    for value in [value for module in modules for value in vars(module).values()]:
        size = value.cache_parameters()["maxsize"] if hasattr(value, "cache_parameters") else None
        if size is not None and size <= REPORTS:
            value.cache_clear()
