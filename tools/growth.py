"""Repeat the words of the lexicon, pairs of them, marks, blanks and digits: does time grow in step?

Usage: python tools/growth.py [--all | --long]     (fails where doubling a text costs over three
times as much; .ci/run tries one word for each set of types, --all every word, which takes five
minutes; --long tries every public function on 5,000 and 20,000 characters of some, which takes
four: a cost with the square shows there that is small in a short text)

A cost that grows with the square of a text, or doubles with each word, hides from fuzzing: it needs
a text made of the right words. Patterns can be searched for it (tools/patterns.py), code can't.
"""

import gc
import random
import re
import signal
import sys
import time
import tomllib
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[1]
LEXICON = ROOT / "lawreport_utils/lexicon"
SIZE, MOST, FLOOR = 400, 3, 0.05  # characters; times as much; seconds of processor time
LIMIT = 20  # seconds of processor time for one text
SOME = 20  # words of other lists, and pairs
TYPED = ("vocabulary", "claims")  # their rules see nothing of a word but its types
SHOWN = ("labels", "labels_cli", "labels_page", "plots")  # what is printed, not looked for
TITLE = "某局2024年法治政府建设年度报告\n一、办理案件"
MARKS = [
    *"，。、；：！？“”《》（）—….,%-/ \t\n0９〇一十百万",
    "\u3000 ",
    "\u200b ",
    "()",
    "“”",
    "《》",
]
MARKS += [
    "一、",
    "（一）",
    "\n一、",
    "\n（一）",
    "一是",
    "12",
    "3%",
    "3件",
    "由3件",
    "2024年",
    "双双",
]
REPEATED = [
    "同比",
    "较上年",
    "1,",
    "来源",
    "2024-01-01",
    "下降3%",
    "其中3件、",
    "《规划》",
    "零败诉",
]
MARKS += ["\n2024年1月1日", "目录\n一、", "一、……3\n", "其中3件，"]


def functions():
    import lawreport_utils as lr

    def compare(report):
        return lr.compare_reports(lr.parse_report(f"{report.text}\n二、{report.text[:50]}"), report)

    names = "outline extract_outcomes extract_claims content_items check_report theme_frequency"
    made = {name: getattr(lr, name) for name in [*names.split(), "repeated_phrases"]}
    return made | {"compare_reports": compare}


def words(every):
    """The words of the lexicon: all, or of those that rules know by their types one for a set, and
    some of the others."""
    others = [path for path in LEXICON.glob("*.t*") if path.stem not in (*TYPED, *SHOWN)]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(others))
    listed = list(dict.fromkeys(re.findall("[一-鿿]{1,8}", re.sub("#.*", "", text))))
    found = dict.fromkeys(listed if every else random.Random(0).sample(listed, SOME))
    for name in TYPED:
        types = {}
        table = tomllib.loads((LEXICON / f"{name}.toml").read_text(encoding="utf-8"))
        for key, listed in table["words"].items():
            for word in listed.split():
                types[word] = types.get(word, frozenset()) | {key}
        found |= types if every else {min(same): None for same in _grouped(types)}
    return list(found)


def _grouped(types):
    groups = {}
    for word, kinds in types.items():
        groups.setdefault(kinds, []).append(word)
    return groups.values()


def units(every):
    known, chance = words(every), random.Random(1)
    mixed = [*known, *MARKS * 3]
    pairs = ["".join(chance.sample(mixed, 2)) for _ in range(SOME * (20 if every else 1))]
    return list(dict.fromkeys([*MARKS, *known, *pairs]))


class Hangs(BaseException):
    """No handler of the package takes it for an error of a file."""


@contextmanager
def limited():
    def end(*_):
        raise Hangs

    signal.signal(signal.SIGVTALRM, end)
    signal.setitimer(signal.ITIMER_VIRTUAL, LIMIT)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def repeated(unit, size):
    return TITLE + unit * (size // len(unit)) + "有关3次。"


def seconds(made, unit, size):
    """Processor time of parsing and of functions on a text of the repeated unit."""
    from lawreport_utils import parse_report

    text = repeated(unit, size)
    start = time.process_time()
    with limited():
        report = parse_report(text)
        for function in made:
            function(report)
    return time.process_time() - start


def growth(made, unit, least=0.0):
    """None where time grows in step with the text, else what was measured. ``least``: seconds that
    any text of half the length takes."""
    one, two = least, 0.0
    try:
        two = seconds(made, unit, 2 * SIZE)
        if two > MOST * least + FLOOR:  # else that of half the length needs no measuring
            one = seconds(made, unit, SIZE)
        if two > MOST * one + FLOOR:  # or something else took the time: once more
            one, two = (min(seconds(made, unit, n) for _ in range(3)) for n in (SIZE, 2 * SIZE))
    except Hangs:
        return f"over {LIMIT} s"
    return f"{one:.2f} s, then {two:.2f} s" if two > MOST * one + FLOOR else None


LONG, LONGEST_TIMES = 5_000, 6  # characters; times as much for four times the text
SEVERAL = "collocates concordance keyness reconcile dispersion sentences check_numbering"


def more_functions(folder):
    """The other public functions, each called as a user would."""
    import lawreport_utils as lr

    arguments = {"keyness": ["general"], "dispersion": [], "sentences": [], "check_numbering": []}
    found = {
        name: lambda report, name=name: getattr(lr, name)(
            report, *arguments.get(name, [report.text[30:33].strip() or "法治"])
        )
        for name in SEVERAL.split()
    }
    found["term_frequency"] = lr.term_frequency
    found["marked_text"] = lambda report: lr.marked_text(report, earlier=report)._repr_html_()
    found["write_annotations"] = lambda report: lr.write_annotations(report, folder / "a.jsonl")
    found["write_workbook"] = lambda report: lr.write_workbook(
        {"a": lr.sentences(report), "b": lr.extract_outcomes(report)}, folder / "a.xlsx"
    )
    return found


def timed(function, given):
    """What a function gives, and its processor time; LIMIT where it was ended."""
    start = time.process_time()
    try:
        with limited():
            return function(given), time.process_time() - start
    except Hangs:
        return None, LIMIT


def apart(made, unit, size):
    """Processor time of parsing, and of each function on the one report: what one has read of it
    the next needn't read again."""
    from lawreport_utils import parse_report

    report, parsing = timed(parse_report, repeated(unit, size))
    called = made.items() if report else ()
    return {"parse_report": parsing} | {name: timed(call, report)[1] for name, call in called}


def long_texts():
    """How many costs of one function on a long text grow too fast; each is printed."""
    bad, chance, known = 0, random.Random(2), words(every=False)
    pairs = ["".join(chance.sample([*known, *MARKS * 3], 2)) for _ in range(2 * SOME)]
    with TemporaryDirectory() as folder:
        made = functions() | more_functions(Path(folder))
        apart(made, "办理案件3件。", SIZE)  # what is loaded on first use
        tried = [*MARKS, *REPEATED, *known, *pairs]
        for unit in tried:
            fours = apart(made, unit, 4 * LONG)
            if max(fours.values()) > LONGEST_TIMES * FLOOR:
                ones = apart(made, unit, LONG)
                for name, four in fours.items():
                    one = ones.get(name, 0)
                    if four > LONGEST_TIMES * (one + FLOOR):
                        bad += 1
                        print(
                            f"{unit!r} repeated: {one:.2f} s, then {four:.2f} s {name}", flush=True
                        )
    print(f"{len(tried)} texts, {bad} costs that grow too fast; {time.process_time():.0f} s")
    return bad


def main(*options):
    sys.path.insert(0, str(ROOT))
    if "--long" in options:
        return long_texts() > 0
    bad, tried, begun, made = 0, units("--all" in options), time.process_time(), functions()
    seconds(made.values(), "办理案件3件。", SIZE)  # what is loaded on first use
    gc.disable()
    least = min(seconds(made.values(), "某", SIZE) for _ in range(3))
    for i, unit in enumerate(tried):
        if told := growth(made.values(), unit, least):
            bad += 1
            names = [name for name, function in made.items() if growth([function], unit)]
            print(f"{unit!r} repeated: {told} {' '.join(names)}", flush=True)
        if i % 50 == 0:
            gc.collect()
    spent = time.process_time() - begun
    print(f"{len(tried)} texts, {bad} whose cost grows too fast; {spent:.0f} s")
    return bad > 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
