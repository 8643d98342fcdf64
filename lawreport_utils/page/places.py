"""Names of places and links to them."""

from collections.abc import Iterable
from itertools import groupby

from ..characters import fold
from ..markers import read_marker
from .facts import Entry, Facts, Part
from .markup import Html, escaped, joined, tag
from .words import Words

LISTED = 8  # items of a list within a sentence; the ledger has them all


class Places:
    """The places of a report, named in the reader's language."""

    def __init__(self, facts: Facts, words: Words) -> None:
        self.facts, self.words, self.say = facts, words, words.say
        self.report, self.tables = facts.report, facts.tables

    def link(self, key: str, text: str, *, quoted: bool = False) -> Html:
        shown = self.words.quote(text) if quoted else escaped(text)
        return tag("a", shown, href=f"#{key}")

    def row(self, layer: str, start: int, text: str) -> Html:
        return self.link(self.facts.key(layer, start), text, quoted=True)

    def part(self, part: Part, *, heading: bool = False) -> Html:
        name = part_name(part, self.words, heading=heading)
        return tag("a", name, href=f"#{self.facts.division_key(part.number)}")

    def number(self, position: int, number: str) -> Html:
        """A division as a reader finds it: 第四部分, 编号4.1."""
        if "." not in number:
            return part_name(self.facts.part_of(position), self.words)
        return self.say("division_n", number=number)

    def sentence(self, position: int) -> str:
        """The key of the sentence that stands at a position."""
        return self.facts.sentence_key(self.facts.sentence_at(position))

    def spans(self, name: str) -> list[tuple[int, int]]:
        table = self.tables[name]
        return list(zip(table["start"].tolist(), table["end"].tolist(), strict=True))

    def percent(self, spans: list[tuple[int, int]]) -> str:
        share = 100 * sum(end - start for start, end in spans) / len(self.report.text)
        return f"{share:.0f}" if share >= 1 else f"{share:.1f}"

    def where(self, entries: Iterable[Entry]) -> Html:
        """Places by part, each a numbered link."""
        items = []
        for part, here in groupby(entries, key=lambda entry: self.facts.part_of(entry.start)):
            keys = [entry.key for entry in here]
            numbered = refs(keys, self.words)
            items.append(self.say("claims_item", part=self.part(part), n=len(keys), refs=numbered))
        listed = self.words.parted(items[:LISTED])
        return self.say("and_more", list=listed) if len(items) > LISTED else listed


def part_name(part: Part, words: Words, *, heading: bool = False) -> Html:
    """A part as a reader knows it, by the number it has in print; with its heading if wanted."""
    if not part.number:
        return words.say("whole" if part.whole else "preamble")
    ordinal = part.ordinal if words.language == "zh" else _arabic(part)
    named = words.say("part_n", number=ordinal)
    if not (heading and part.heading):
        return named
    return words.say("part_named", part=named, heading=words.heading(part.heading))


def _arabic(part: Part) -> int:
    return read_marker(fold(part.marker))[1] or int(part.number)


def refs(keys: Iterable[str], words: Words) -> Html:
    """Numbered links to places."""
    made = [
        tag("a", str(n), href=f"#{key}", aria_label=words.say("place_n", n=n))
        for n, key in enumerate(keys, 1)
    ]
    return tag("span", "[", joined(made, " "), "]", class_="refs")
