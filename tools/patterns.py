"""Find patterns that can match one text in two ways under a star: they take exponential time.

Usage: python tools/patterns.py     (fails if there is one; used by .ci/run)

A search for a pattern such as ``(?:lead|led|ad|le)*x`` tries every way of cutting what it has
read, and their number doubles with each word. Fuzzing doesn't find that: it needs a text made of
the words. So each pattern that the package compiles while it reads a report is taken apart here:
the body of each unbounded repeat becomes an automaton, and two copies of it walk through the same
text side by side (Weber and Seidl, On the degree of ambiguity of finite automata, 1991). If they
can part and both come back to the start, the repeat is ambiguous.

What surrounds a character (look-arounds, borders) is passed over, so the search errs on the safe
side; an atomic group or a possessive repeat never goes back, so what is in it is left out.
"""

import re
import sys
from collections import deque
from pathlib import Path
from re import _constants as sre
from re import _parser as parser

ROOT = Path(__file__).parents[1]
MANY = 10  # repeats up to so many times count as repeats without end
LAST = sys.maxunicode
ANALYSES = (
    "outline theme_frequency term_frequency extract_outcomes extract_claims content_items "
    "repeated_phrases check_report"
)
CLASSES = {
    sre.CATEGORY_DIGIT: [(48, 57), (0xFF10, 0xFF19)],
    sre.CATEGORY_SPACE: [(9, 13), (28, 32), (133, 133), (160, 160), (0x2000, 0x200A)],
    sre.CATEGORY_WORD: [(48, 57), (65, 90), (95, 95), (97, 122), (0xC0, 0x1FFF), (0x3400, LAST)],
}
OPPOSITE = {
    sre.CATEGORY_NOT_DIGIT: sre.CATEGORY_DIGIT,
    sre.CATEGORY_NOT_SPACE: sre.CATEGORY_SPACE,
    sre.CATEGORY_NOT_WORD: sre.CATEGORY_WORD,
}


def without(spans):
    """The code points that are in none of the spans."""
    rest, start = [], 0
    for low, high in sorted(spans):
        if start < low:
            rest.append((start, low - 1))
        start = max(start, high + 1)
    return [*rest, (start, LAST)] if start <= LAST else rest


def category(name):
    return without(CLASSES[OPPOSITE[name]]) if name in OPPOSITE else CLASSES[name]


def characters(items):
    """The code points of a class such as [a-z\\d]."""
    spans, negated = [], False
    for kind, value in items:
        if kind is sre.NEGATE:
            negated = True
        elif kind is sre.LITERAL:
            spans.append((value, value))
        elif kind is sre.RANGE:
            spans.append(value)
        elif kind is sre.CATEGORY:
            spans += category(value)
    return without(spans) if negated else spans


class Automaton:
    """States with empty steps and steps on characters."""

    def __init__(self):
        self.empty, self.steps = [[]], [[]]

    def state(self):
        self.empty.append([])
        self.steps.append([])
        return len(self.empty) - 1

    def read(self, start, spans):
        end = self.state()
        self.steps[start].append((spans, end))
        return end

    def add(self, start, items):
        """The state in which the items end that begin in ``start``."""
        for kind, value in items:
            start = self.add_one(start, kind, value)
        return start

    def add_one(self, start, kind, value):
        if kind is sre.LITERAL:
            return self.read(start, [(value, value)])
        if kind is sre.NOT_LITERAL:
            return self.read(start, without([(value, value)]))
        if kind is sre.ANY:
            return self.read(start, without([(10, 10)]))
        if kind is sre.IN:
            return self.read(start, characters(value))
        if kind is sre.SUBPATTERN:
            return self.add(start, value[3])
        if kind is sre.BRANCH:
            return self.choose(start, value[1])
        if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT):
            return self.repeat(start, *value)
        if kind is sre.ATOMIC_GROUP:
            return self.add(start, value)
        if kind is sre.POSSESSIVE_REPEAT:
            return self.repeat(start, *value)
        return start  # look-arounds, borders, references

    def choose(self, start, branches):
        end = self.state()
        for branch in branches:
            self.empty[self.add(start, branch)].append(end)
        return end

    def repeat(self, start, least, most, body):
        for _ in range(min(least, MANY)):
            start = self.add(start, body)
        if most is sre.MAXREPEAT or most > MANY:
            loop = self.state()
            self.empty[start].append(loop)
            self.empty[self.add(loop, body)].append(loop)
            return loop
        ends = [start]
        for _ in range(most - least):
            ends.append(self.add(ends[-1], body))
        end = self.state()
        for each in ends:
            self.empty[each].append(end)
        return end

    def closure(self, state):
        """Number of ways by empty steps to each state."""
        ways, waiting = {}, [state]
        while waiting:
            at = waiting.pop()
            ways[at] = ways.get(at, 0) + 1
            if ways[at] < 3:
                waiting += self.empty[at]
        return ways


def overlap(one, other):
    return any(a <= d and c <= b for a, b in one for c, d in other)


def ambiguous(body):
    """Can a text of several repeats of the body be read in two ways?"""
    automaton = Automaton()
    end = automaton.add(0, body)
    automaton.empty[end].append(0)
    # After each character, both copies stand in the state that the character leads to.
    waiting = deque([(0, 0, False)])
    seen = {(0, 0, False)}
    while waiting:
        left, right, parted = waiting.popleft()
        for i, (spans, a) in enumerate(steps(automaton, left)):
            for j, (others, b) in enumerate(steps(automaton, right)):
                if not overlap(spans, others):
                    continue
                # Parted: in different states, or in one by two steps from the same state.
                pair = (a, b, parted or a != b or (left == right and i != j))
                if pair[2] and home(automaton, a) and home(automaton, b):
                    return True
                if pair not in seen:
                    seen.add(pair)
                    waiting.append(pair)
    return False


def steps(automaton, state):
    """The characters that can follow in a state, each with the state behind it; twice where two
    ways of empty steps lead there."""
    found = []
    for at, ways in automaton.closure(state).items():
        found += automaton.steps[at] * min(ways, 2)
    return found


def home(automaton, state):
    """Can the body end here, so that the next repeat starts?"""
    return 0 in automaton.closure(state)


def repeats(items):
    """The bodies of all repeats without end in a parsed pattern, but those that never go back."""
    for kind, value in items:
        if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT):
            _, most, body = value
            if most is sre.MAXREPEAT or most > MANY:
                yield body
            yield from repeats(body)
        elif kind is sre.SUBPATTERN:
            yield from repeats(value[3])
        elif kind is sre.BRANCH:
            for branch in value[1]:
                yield from repeats(branch)
        elif kind in (sre.ASSERT, sre.ASSERT_NOT):
            yield from repeats(value[1])


def compiled():
    """Every pattern that the package compiles while it reads a report, with its file."""
    found, compile_ = {}, re.compile

    def record(pattern, flags=0):
        caller = Path(sys._getframe(1).f_code.co_filename)
        if caller.is_relative_to(ROOT / "lawreport_utils") and isinstance(pattern, str):
            found[pattern, int(flags)] = caller.relative_to(ROOT).as_posix()
        return compile_(pattern, flags)

    re.compile = record
    try:
        sys.path.insert(0, str(ROOT))
        use_all()
    finally:
        re.compile = compile_
    return found


def use_all():
    from importlib import import_module
    from pkgutil import walk_packages

    import lawreport_utils as lr

    for module in walk_packages(lr.__path__, "lawreport_utils."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    for path in (ROOT / "data").glob("*.txt"):
        report = lr.read_report(path)
        for name in ANALYSES.split():
            getattr(lr, name, lambda report: None)(report)


def main():
    bad, patterns = 0, compiled()
    for (pattern, flags), file in sorted(patterns.items(), key=lambda item: item[1]):
        for body in repeats(parser.parse(pattern, flags)):
            if ambiguous(body):
                bad += 1
                print(f"{file}: ambiguous repeat in {pattern[:100]!r}…: {str(body)[:300]}")
                break
    print(f"{len(patterns)} patterns, {bad} ambiguous")
    return bad > 0


if __name__ == "__main__":
    sys.exit(main())
