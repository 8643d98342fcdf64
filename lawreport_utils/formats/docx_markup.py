"""Finding one's way in the markup of Word: values, switches, what stands in wrappers."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
# What a reader doesn't see in the text: deleted or moved away, or said elsewhere.
_UNSEEN = frozenset(["del", "moveFrom", "rPr", "pPr", "tblPr", "rt"])
_TEXT = frozenset(["t"])


def value(node: Element | None, name: str = "val") -> str:
    return "" if node is None else str(node.get(f"{W}{name}", ""))


def child(node: Element | None, name: str) -> Element | None:
    return node.find(f"{W}{name}") if node is not None else None


def switched(properties: Element | None, name: str) -> bool | None:
    """Is a property on or off? None where nothing is said."""
    node = child(properties, name)
    return None if node is None else value(node) not in ("0", "false", "off")


def inside(parent: Element, names: frozenset[str]) -> Iterator[tuple[str, Element]]:
    """The elements of these names, out of the wrappers of forms and revisions, in order."""
    todo = list(reversed(parent))
    while todo:
        node = todo.pop()
        name = _name(node)
        if name in names:
            yield name, node
        elif name == "AlternateContent":
            todo.extend(_choice(node))
        elif name not in _UNSEEN:
            todo.extend(reversed(node))


def _name(node: Element) -> str:
    return node.tag.rpartition("}")[2]


def _choice(alternatives: Element) -> list[Element]:
    """What is said once for new programs and once for old: the first that shows anything."""
    shown = (node for node in alternatives if any(len(inner) or inner.text for inner in node))
    return list(shown)[:1] or list(alternatives)[-1:]


def text_of(node: Element) -> str:
    return "".join(inner.text or "" for _, inner in inside(node, _TEXT))


def flows_on(paragraph: Element) -> bool:
    """Is the end of a paragraph deleted or hidden, so that the next one goes on in its line?"""
    end = child(child(paragraph, "pPr"), "rPr")
    gone = child(end, "del") is not None or child(end, "moveFrom") is not None
    return gone or bool(switched(end, "vanish"))


def is_struck(run: Element) -> bool:
    """Is there text in a run, with a line through it: what an author means to take away?"""
    properties = child(run, "rPr")
    return any(switched(properties, line) for line in ("strike", "dstrike")) and bool(text_of(run))


def is_covered(cell: Element) -> bool:
    """Is a cell of a table covered by the cell above it?"""
    down = cell.find(f"{W}tcPr/{W}vMerge")
    return down is not None and value(down) != "restart"
