"""What other packages find in a report. Runs in a venv of its own, without lawreport_utils.

``python benchmarks/peers.py REPORT...`` prints, per report and package, the numbers found as
[start, end, value] and the seconds of the fastest of some runs.
"""

import contextlib
import io
import json
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

Found = list[tuple[int, int, float]]


def chinese2digits(text: str) -> Found:
    import chinese2digits

    # It gives no positions, and a few of its surfaces aren't in the text: look for each nearby.
    result, found, position = chinese2digits.takeNumberFromString(text), [], 0
    for surface, value in zip(
        result["CHNumberStringList"], result["digitsStringList"], strict=True
    ):
        start = text.find(surface, position, position + 300)
        if start >= 0:
            position = start + len(surface)
            found.append((start, position, float(value)))
    return found


def recognizers_text(text: str) -> Found:
    from recognizers_number import Culture, recognize_number, recognize_percentage

    return [
        (match.start, match.end + 1, float(str(match.resolution["value"]).rstrip("%")))
        for recognize in (recognize_percentage, recognize_number)
        for match in recognize(text, Culture.Chinese)
        if match.resolution["value"] is not None
    ]


def jionlp_money(text: str) -> Found:
    import jionlp

    found = []
    for match in jionlp.ner.extract_money(text):
        number = match["detail"]["num"]
        value = number[0] if isinstance(number, list) else number
        found.append((*match["offset"], float(value)))
    return found


def cntext_word_count(text: str) -> Found:
    import cntext

    cntext.word_count(text, lang="chinese")
    return []


PEERS: dict[str, Callable[[str], Found]] = {
    "chinese2digits": chinese2digits,
    "recognizers-text-suite": recognizers_text,
    "jionlp": jionlp_money,
    "cntext": cntext_word_count,
}


def measure(find: Callable[[str], Found], text: str) -> dict[str, Any]:
    found, seconds = find(text), []  # the first run loads
    for _ in range(20):
        start = time.perf_counter()
        find(text)
        seconds.append(time.perf_counter() - start)
    return {"found": found, "seconds": min(seconds)}


def main(*paths: str) -> None:
    results: dict[str, Any] = {}
    for name, find in PEERS.items():
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                reports = [measure(find, Path(path).read_text(encoding="utf-8")) for path in paths]
        except ImportError as error:
            results[name] = {"error": str(error)}
        else:
            results[name] = {"version": version(name), "reports": reports}
    print(json.dumps(results))


if __name__ == "__main__":
    main(*sys.argv[1:])
