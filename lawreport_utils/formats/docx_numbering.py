"""The automatic numbering of a Word document, and what else its styles say of a paragraph."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple
from xml.etree.ElementTree import Element

from ..characters import HAN
from .docx_markup import W, child, switched, value
from .list_numbers import format_number

_DEEPEST = 8  # Word has nine levels, counted from 0
_MAX_TEXT = 1000  # characters of what is printed around a number


class Style(NamedTuple):
    """What a style says, with what it takes from those it is based on."""

    list: str = ""  # the list that its paragraphs are in
    depth: str = ""  # and their level in it
    hidden: bool | None = None
    title: bool = False  # a heading or a title: its paragraphs stand in the contents


class Styles:
    """The styles of a document, each read once."""

    def __init__(self, styles: Element | None) -> None:
        self._nodes = {value(node, "styleId"): node for node in _all(styles, "style")}
        self._known: dict[str, Style] = {}
        self.default = next(
            (
                name
                for name, node in self._nodes.items()
                if value(node, "type") == "paragraph" and value(node, "default") in ("1", "true")
            ),
            "",
        )

    def __getitem__(self, name: str) -> Style:
        chain: dict[str, Element] = {}  # each based on the next
        while name in self._nodes and name not in self._known and name not in chain:
            chain[name] = self._nodes[name]
            name = value(chain[name].find(f"{W}basedOn"))
        style = self._known.get(name, Style())
        for name, node in reversed(chain.items()):
            style = self._known[name] = _read_style(node, style)
        return style


def _read_style(node: Element, base: Style) -> Style:
    own = node.find(f"{W}pPr")
    number, depth = numbering(own)
    hidden = switched(node.find(f"{W}rPr"), "vanish")
    name = value(node.find(f"{W}name")).lower()
    outlined = child(own, "outlineLvl") is not None
    return Style(
        number or base.list,
        depth or base.depth,
        base.hidden if hidden is None else hidden,
        base.title or outlined or name.startswith(("heading", "title", "标题")),
    )


class Level(NamedTuple):
    """A ``w:lvl``: how one level of a list is numbered."""

    start: int
    style: str
    text: str  # "%1、": the number of level 1, then as printed
    restart: int | None  # the lowest level that makes it start again; None for any above it
    arabic: bool  # shows the levels above in Arabic
    paragraphs: str  # the paragraph style that stands at this level
    spaced: bool  # a tab or space follows, as Word does where nothing else is said


@dataclass
class _List:
    """A ``w:num``: its levels; it shares its count with the others of the same ``shared`` name."""

    shared: str
    levels: dict[int, Level]
    restarts: set[int]  # levels that start again where this list comes first


class Lists:
    """The automatic numbering of a document; ``marker`` is asked paragraph by paragraph."""

    def __init__(self, numbers: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._shared = {value(node, "abstractNumId"): node for node in _all(numbers, "abstractNum")}
        self._linked = {value(node.find(f"{W}styleLink")): node for node in self._shared.values()}
        self._nums = {value(node, "numId"): node for node in _all(numbers, "num")}
        self._levels: dict[str, dict[int, Level]] = {}  # of each shared name
        self._lists: dict[str, _List | None] = {}
        self._counts: dict[str, dict[int, int]] = {}

    def marker(self, paragraph: Element) -> str:
        """The number that Word shows before a paragraph; "" for none or a bullet."""
        number, depth = self._place(paragraph.find(f"{W}pPr"))
        numbered = self._list(number)
        if numbered is None or depth not in numbered.levels:
            return ""
        level, counts = numbered.levels[depth], self._counts.setdefault(numbered.shared, {})
        if depth in numbered.restarts:
            numbered.restarts.remove(depth)
            counts.pop(depth, None)
        counts[depth] = counts[depth] + 1 if depth in counts else level.start
        for deeper, its in numbered.levels.items():
            if deeper > depth and (its.restart is None or depth < its.restart):
                counts.pop(deeper, None)

        def shown(match: re.Match[str]) -> str:
            other = int(match[1]) - 1
            its = numbered.levels.get(other, level)
            style = "decimal" if level.arabic and other != depth else its.style
            return format_number(counts.get(other, its.start), style)

        text = "" if level.style == "bullet" else re.sub("%([1-9])", shown, level.text)
        return text + " " * (level.spaced and _runs_on(text, level.text))

    def _place(self, own: Element | None) -> tuple[str, int]:
        """The list of a paragraph and its level in it, from itself or from its style."""
        number, depth = numbering(own)
        name = value(child(own, "pStyle")) or self._styles.default
        style = self._styles[name]
        number, depth = number or style.list, depth or style.depth
        numbered = self._list(number) if number and not depth else None
        if numbered:
            levels = numbered.levels.items()
            depth = str(next((d for d, level in levels if level.paragraphs == name), 0))
        return number, int(depth) if depth.isdecimal() else 0

    def _list(self, number: str) -> _List | None:
        if number not in self._lists:
            num = self._nums.get(number)
            name = value(child(num, "abstractNumId"))
            self._lists[number] = None
            if num is not None and name in self._shared:
                self._lists[number] = self._read_list(num, name)
        return self._lists[number]

    def _read_list(self, num: Element, name: str) -> _List:
        if name not in self._levels:
            base = self._shared[name]
            link = value(base.find(f"{W}numStyleLink"))
            self._levels[name] = dict(_levels(self._linked.get(link, base) if link else base))
        levels, restarts = dict(self._levels[name]), set()
        for change in num.findall(f"{W}lvlOverride"):
            levels.update(_levels(change))
            start, depth = value(change.find(f"{W}startOverride")), value(change, "ilvl")
            if start.isdecimal() and depth.isdecimal() and int(depth) in levels:
                levels[int(depth)] = levels[int(depth)]._replace(start=int(start))
                restarts.add(int(depth))
        return _List(name, levels, restarts)


def _runs_on(marker: str, written: str) -> bool:
    """Would the number run into what follows it: 1.5次 for 1. 5次, 一学习 for 一 学习?"""
    bare = re.search("%[1-9]$", written) and re.search(f"[A-Za-z{HAN}]$", marker)
    return bool(bare or re.search("[0-9０-９.]$", marker))


def numbering(properties: Element | None) -> tuple[str, str]:
    """The list and the level that the properties of a paragraph or style name."""
    found = child(properties, "numPr")
    return value(child(found, "numId")), value(child(found, "ilvl"))


def _levels(base: Element) -> Iterator[tuple[int, Level]]:
    for node in base.findall(f"{W}lvl"):
        depth = value(node, "ilvl")
        if depth.isdecimal() and int(depth) <= _DEEPEST:
            yield int(depth), _level(node)


def _level(node: Element) -> Level:
    # A format that only newer programs know stands beside one for the others.
    fallback = node.find("{*}AlternateContent/{*}Fallback")
    children = [*node, *(fallback if fallback is not None else ())]
    said = {child.tag.removeprefix(W): value(child) for child in children}
    start, restart = said.get("start", ""), said.get("lvlRestart", "")
    text = "" if switched(node.find(f"{W}rPr"), "vanish") else said.get("lvlText", "")
    if len(text) > _MAX_TEXT:
        raise ValueError("a number of a list is longer than a page")
    return Level(
        start=int(start) if start.isdecimal() else 1,
        style=said.get("numFmt", "decimal"),
        text=text,
        restart=int(restart) if restart.isdecimal() else None,
        arabic=said.get("isLgl", "0") not in ("0", "false"),
        paragraphs=said.get("pStyle", ""),
        spaced=said.get("suff", "tab") != "nothing",
    )


def _all(root: Element | None, name: str) -> list[Element]:
    return [] if root is None else list(root.findall(f"{W}{name}"))
