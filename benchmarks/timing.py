"""How long something takes: the fastest of several runs, so that other work counts least."""

import time
from collections.abc import Callable


def best(function: Callable[[], object], runs: int) -> float:
    """Seconds of the fastest of some runs, after one that isn't counted."""
    function()
    seconds = []
    for _ in range(runs):
        start = time.perf_counter()
        function()
        seconds.append(time.perf_counter() - start)
    return min(seconds)
