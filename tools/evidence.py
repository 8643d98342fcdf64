"""Which words of the lexicon no labelled sentence needs: without them nothing is read less well.

    python tools/evidence.py [--write]

A word that occurs in no labelled sentence is needed by none. The list of such words is kept in
``unneeded.txt``; it may only get shorter. Exit code 1 if a word is new on it: label a sentence that
needs the word, or leave the word out. ``--write`` tries the words of the list again, which takes
two minutes, and takes those off that are needed now or are gone.
"""

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from lawreport_utils.characters import fold
from lawreport_utils.figures import tokens, vocabulary
from lawreport_utils.lexicon import load

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))
labelled = import_module("labelled")
LIST = Path(__file__).with_name("unneeded.txt")
# Lexicon files of plain words, parted by blanks, and the labelled sentences that they are for.
TABLES = {"claims": "claims", "vocabulary": "figures", "units": "figures"}
COMPARE = {"figures": labelled.compare_figures, "claims": labelled.compare_claims}


def lists(table: dict[str, Any], path: str) -> Iterator[tuple[str, dict[str, Any], str]]:
    """The lists of words of a table: their names, where they are stored, and under which key."""
    for key, value in table.items():
        if isinstance(value, dict):
            yield from lists(value, f"{path} {key}")
        elif isinstance(value, str):
            yield f"{path} {key}", table, key


def judged(kind: str, case: Any) -> tuple[int, int]:
    """How many fields are right, and how many rows aren't too many; more is better."""
    comparison = COMPARE[kind](case)
    return sum(len(right or ()) for _, right in comparison.marks), -len(comparison.extra)


def forget() -> None:
    """Clear what the rules remember of the lexicon; their patterns only where types changed."""
    before = vocabulary.codes()
    for name, module in list(sys.modules.items()):
        if name.startswith("lawreport_utils.figures"):
            for value in list(vars(module).values()):
                if hasattr(value, "cache_clear") and value is not tokens.pattern:
                    value.cache_clear()
    if vocabulary.codes() != before:
        tokens.pattern.cache_clear()


def unneeded(table: str, known: frozenset[str]) -> Iterator[str]:
    """List and word of those that no labelled sentence needs; what is known of isn't tried."""
    kind = TABLES[table]
    files = sorted(path.stem for path in labelled.FOLDER.glob(f"{kind}*.txt"))
    cases = [
        (fold(case.text), case, judged(kind, case))
        for name in files
        for case in labelled.read_cases(name)
    ]
    for name, stored, key in lists(load.table(table), table):
        listed = stored[key]
        for word in dict.fromkeys(listed.split()):
            if (line := f"{name}: {word}") in known:
                yield line
                continue
            stored[key] = " ".join(other for other in listed.split() if other != word)
            if not stored[key]:
                continue  # the only word of a list: its rule would go with it
            with_word = [(case, right) for text, case, right in cases if word in text]
            if with_word:
                forget()
            if all(judged(kind, case) >= right for case, right in with_word):
                yield line
        stored[key] = listed
    forget()


def main() -> int:
    listed = LIST.read_text(encoding="utf-8").splitlines() if LIST.exists() else []
    tables = {line.partition(" ")[0] for line in listed}  # a file new to the list is listed whole
    again = "--write" in sys.argv[1:]
    known = frozenset() if again else frozenset(listed)
    found = [line for table in TABLES for line in unneeded(table, known)]
    new = [line for line in found if line not in listed and line.partition(" ")[0] in tables]
    if again:
        LIST.write_text("".join(f"{line}\n" for line in found if line not in new), "utf-8")
    print(
        f"{len(found)} words that no labelled sentence needs, {len(new)} of them new",
        *new,
        sep="\n",
    )
    return int(bool(new))


if __name__ == "__main__":
    sys.exit(main())
