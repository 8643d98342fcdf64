"""What a report says, in ten sentences computed from its tables; each leads to its places."""

from collections import Counter
from typing import Any

import pandas as pd

from ..passages import covers
from .facts import Entry, Facts, records, way
from .markup import Html, escaped, tag
from .places import LISTED, Places
from .words import Words

_KINDS = ("change", "level", "count", "target")
THEMES = ("法治", "执法规范")  # what a report on law-based government is read for


def findings(facts: Facts, language: str) -> dict[str, Html]:
    """Ten sentences with links to places of the text, by what each is about: a table says each, no
    figure is typed."""
    said = _Findings(facts, Words(language))
    return {
        "what": said.what(), "shares": said.shares(), "figures": said.figures(),
        "changes": said.changes(), "claims": said.claims(),
        **{theme: said.theme(theme) for theme in THEMES},
        "content": said.content(), "shortcomings": said.shortcomings(), "plans": said.plans(),
    }  # fmt: skip


class _Findings:
    def __init__(self, facts: Facts, words: Words) -> None:
        self.facts, self.words, self.say = facts, words, words.say
        self.report, self.tables = facts.report, facts.tables
        self.at = Places(facts, words)
        self.stop = words.say("stop")

    def what(self) -> Html:
        report, say = self.report, self.say
        title, agency = map(self.words.quote, (report.title, report.agency))
        if not report.title:
            said = say("what_untitled")
        elif report.agency:
            said = say("what_title", title=title, agency=agency)
        else:
            said = say("what_title_only", title=title)
        said += say("what_year", year=report.year) if report.year else say("what_no_year")
        if report.published:
            said += say("what_published", date=self._publication())
        else:
            said += say("what_not_published")
        han = self.words.count(self.facts.han(), "han")
        numbered = [section.level for section in report.sections if section.level]
        if not numbered:
            return said + say("what_undivided", han=han)
        parts = self.words.count(numbered.count(1), "part")
        divisions = self.words.count(len(numbered), "division")
        return said + say("what_size", han=han, parts=parts, divisions=divisions)

    def _publication(self) -> Html:
        """The date of publication; where it is printed, the content table has found it."""
        printed = self.tables["content"].dropna(subset=["evidence"])
        dates = printed[printed["item"].str.startswith("次年")]
        shown = str(self.report.published)
        if dates.empty:
            return escaped(shown)
        place = self.at.sentence(int(dates["start"].iloc[0]))
        return self.at.link(place, tag("time", shown))

    def shares(self) -> Html:
        parts = self.facts.parts
        if len(parts) < 2:
            return self.say("share_none")
        length = len(self.report.text)
        shares = {part: round(100 * (part.end - part.start) / length) for part in parts}
        shown = {
            part: self.say("share_item", part=self.at.part(part, heading=True), percent=percent)
            for part, percent in shares.items()
        }
        first, *rest = sorted(parts, key=lambda part: part.start - part.end)
        if len(parts) > LISTED:
            longest = self.words.parted(shown[part] for part in [first, *rest][:LISTED])
            many = self.words.count(len(parts), "part")
            return self.say("share_many", parts=many, list=longest)
        if shares[first] == shares[rest[0]]:
            return self.say("share_one", list=self.words.parted(shown.values()))
        longest = self.at.part(first, heading=True)
        others = self.words.parted(shown[part] for part in rest)
        return self.say("share_most", part=longest, percent=shares[first], list=others)

    def figures(self) -> Html:
        table = self.tables["outcomes"]
        if table.empty:
            return self.say("figures_none")
        kinds = Counter(table["kind"])
        said = self.words.parted(self.say(f"kind_{k}", n=kinds[k]) for k in _KINDS if kinds[k])
        total = self.words.count(len(table), "figure")
        (part, count), *others = self.facts.per_part(table["start"].tolist()).most_common(2)
        if part.whole or (others and others[0][1] == count):
            return self.say("figures_tie", figures=total, kinds=said)
        return self.say("figures", figures=total, kinds=said, part=self.at.part(part), count=count)

    def changes(self) -> Html:
        table = self.tables["outcomes"]
        changes = table[table["kind"] == "change"]
        if changes.empty:
            return self.say("changes_none")
        named = set(changes["metric"])
        absolute = table[table["kind"].isin(["count", "level"]) & table["metric"].isin(named)]
        shown = [self._change(row) for row in records(changes.head(LISTED))]
        said = self.say(
            "changes",
            metrics=self.words.count(changes["metric"].nunique(), "metric"),
            list=self.words.parted(shown),
        )
        if len(changes) > LISTED:
            said += self.say("changes_more")
        if absolute.empty:
            return said + self.say("changes_bare")
        links = [self.at.row("figure", row.start, row.surface) for row in records(absolute)]
        found = self.words.parted(links)
        return said + self.say("changes_some", n=absolute["metric"].nunique(), list=found)

    def _change(self, row: Any) -> Html:
        basis = self.words.value("basis", row.basis)
        return self.say(
            "change_item",
            metric=self.words.quote(row.metric),
            direction=self.say(way(row)) if isinstance(row.direction, str) else "",
            surface=self.at.row("figure", row.start, row.surface),
            basis=self.say("change_basis", basis=basis) if basis else "",
        )

    def claims(self) -> Html:
        results, aims = self.facts.entries["claim"], self.facts.entries["aim"]
        if not results and not aims:
            return self.say("claims_none")
        count, wanted = (self.words.count(len(found), "place") for found in (results, aims))
        if not results:
            said = self.say("claims_only_aims", places=wanted, list=self.at.where(aims))
            return said + self.stop
        said = self.say("claims", places=count, list=self.at.where(results))
        stated = [entry for entry in results if pd.notna(entry.rows[0].figure)]
        if stated:
            items = [self._elsewhere(entry) for entry in stated[:LISTED]]
            listed = self.words.parted(items)
            said += self.say("claims_elsewhere", n=len(stated), list=listed)
        if aims:
            said += self.say("claims_aims", places=wanted, list=self.at.where(aims))
        return said + self.stop

    def _elsewhere(self, entry: Entry) -> Html:
        row = entry.rows[0]
        surface = self.at.link(entry.key, row.surface, quoted=True)
        return self.say("claims_figure", surface=surface, figure=self.words.quote(row.figure))

    def theme(self, name: str) -> Html:
        english = self.words.value("theme", name)
        shown = self.say("theme_named", theme=self.words.quote(name), english=english)
        hits = self.facts.themes.get(name)
        if hits is None:
            return self.say("theme_none", theme=shown)
        starts = hits["start"].tolist()
        said = self.say(
            "theme",
            theme=shown,
            times=self.words.count(len(starts), "time"),
            rate=f"{1000 * len(starts) / self.facts.han():.1f}",
        )
        said += self._densest_part(starts) + self._densest_sentence(starts)
        inside = {
            kind: sum(covers(self.at.spans(kind), start) for start in starts)
            for kind in ("shortcomings", "plans")
        }
        split = [self.say(f"split_{kind}", n=count) for kind, count in inside.items() if count]
        if split:
            said += self.say("theme_split", list=self.words.parted(split))
        return said + self.stop

    def _densest_part(self, starts: list[int]) -> Html:
        """By rate; one hit in a short part is no density."""
        rates = {
            part: 1000 * count / self.facts.han(part.start, part.end)
            for part, count in self.facts.per_part(starts).items()
            if count > 1
        }
        if len(rates) < 2:
            return Html()
        part = max(rates, key=rates.__getitem__)
        times = self.words.count(self.facts.per_part(starts)[part], "time")
        return self.say(
            "theme_part", part=self.at.part(part), times=times, rate=f"{rates[part]:.1f}"
        )

    def _densest_sentence(self, starts: list[int]) -> Html:
        counts = Counter(map(self.facts.sentence_at, starts))
        most = max(counts.values())
        densest = [start for start, count in counts.items() if count == most]
        if most < 2:
            return Html()
        numbers = {start: number for number, start, _ in self.facts.sentences}
        places = [
            self.at.link(self.facts.sentence_key(start), self.at.number(start, numbers[start]))
            for start in densest
        ]
        if len(densest) > 1:
            sentences = self.words.count(len(densest), "sentence")
            listed = self.words.parted(places[:LISTED])
            return self.say("theme_sentences", n=most, sentences=sentences, list=listed)
        what = ""
        for kind, key in (("shortcomings", "theme_in_shortcoming"), ("plans", "theme_in_plan")):
            if covers(self.at.spans(kind), densest[0]):
                what = self.say(key)
        return self.say("theme_sentence", n=most, place=places[0], what=what)

    def content(self) -> Html:
        table = self.tables["content"]
        due = table["item"].str.startswith("次年")
        items = table[table["required"] & ~due]
        found, missing = items[items["found"]], items[~items["found"]]
        shown = self.words.parted(
            self.at.link(self.at.sentence(row.start), self.words.value("item", row.item))
            for row in records(found)
        )
        asked = {"n": len(items), "regulation": self.words.quote(self.say("regulation"))}
        if found.empty:
            said = self.say("content_none", **asked)
        elif missing.empty:
            said = self.say("content_all", list=shown, **asked)
        else:
            lacking = self.words.parted(
                self.say("quoted", text=self.words.value("item", item)) for item in missing["item"]
            )
            said = self.say("content_some", found=len(found), list=shown, missing=lacking, **asked)
        return said + self._deadlines(table[due & table["required"]]) + self.stop

    def _deadlines(self, due: pd.DataFrame) -> Html:
        if self.report.published is None or self.report.year is None:
            return self.say("content_no_date")
        said = Html()
        for in_time, key in ((True, "content_in_time"), (False, "content_late")):
            items = due[due["found"] == in_time]["item"]
            listed = [self.say(f"deadline_{item[2]}") for item in items]
            if listed:
                said = said + self.say(key, list=self.words.listed(listed))
        return said

    def shortcomings(self) -> Html:
        entries = self.facts.entries["shortcoming"]
        if not entries:
            return self.say("shortcomings_none")
        spans = self.at.spans("shortcomings")
        inside = [s for s in self.tables["outcomes"]["start"] if covers(spans, s)]
        said = self.say(
            "shortcomings" if inside else "shortcomings_no_figure",
            sentences=self.words.count(len(entries), "sentence"),
            list=self.at.where(entries),
            percent=self.at.percent(spans),
            figures=self.words.count(len(inside), "figure"),
        )
        rows = records(self.tables["content"])
        cause = next((row for row in rows if row.item == "不足的原因" and row.found), None)
        if cause is None:
            return said + self.say("shortcomings_no_cause") + self.stop
        named = self.at.number(cause.start, cause.number)
        place = self.at.link(self.at.sentence(cause.start), named)
        return said + self.say("shortcomings_cause", place=place) + self.stop

    def plans(self) -> Html:
        entries = self.facts.entries["plan"]
        if not entries:
            return self.say("plans_none")
        spans = self.at.spans("plans")
        first = entries[0]
        said = self.say(
            "plans_whole" if self.facts.part_of(first.start).whole else "plans",
            sentences=self.at.link(first.key, self.words.count(len(entries), "sentence")),
            place=self.at.number(first.start, first.number),
            percent=self.at.percent(spans),
        )
        inside = [
            section for section in self.report.sections
            if section.heading and section.level > 1 and covers(spans, section.start)
        ]  # fmt: skip
        highest = min((section.level for section in inside), default=0)
        listed = [
            self.at.link(self.facts.division_key(section.number), section.heading, quoted=True)
            for section in inside
            if section.level == highest
        ]
        if listed:
            said += self.say("plans_items", list=self.words.parted(listed[:LISTED]))
        table = self.tables["outcomes"]
        targets = table[table["kind"] == "target"]
        if targets.empty:
            return said + self.say("plans_no_target") + self.stop
        links = [self.at.row("figure", row.start, row.surface) for row in records(targets)]
        found = self.words.parted(links[:LISTED])
        return said + self.say("plans_targets", n=len(targets), list=found) + self.stop
