"""What the style sheets of a page say of an element: is it shown, how are its lines and numbers?

No cascade: the rules of a page for a tag, a class or an id in their order, then the element's own
``style`` and ``hidden``. That is what decides in pages of reports.
"""

import re
from collections.abc import Callable
from functools import cache
from typing import Any

_Element = Any  # lxml has no types
Style = dict[str, str]  # property -> value, as far as this module knows the property

_PROPERTIES = (
    "display|visibility|font-size|white-space|list-style(?:-type)?|text-decoration(?:-line)?"
)
_DECLARATION = re.compile(rf"(?:^|[;\s])({_PROPERTIES})\s*:\s*([^;!]+)", re.IGNORECASE)
_RULE = re.compile(r"(?<![^{}])([^{}]++)\{([^{}]*+)\}")
# Rules within @media and the like are for paper or for telephones.
_CONDITIONAL = re.compile(
    r"@[^@{};]*+\{(?:[^{}]*+\{[^{}]*+\})*+[^{}]*+\}?|/\*(?:(?!\*/).)*+(?:\*/)?", re.S
)
_SELECTOR = re.compile(r"([a-z\d]*)(?:([.#])([\w-]+))?", re.IGNORECASE)


StyleOf = Callable[[_Element], Style]


def styles(root: _Element) -> StyleOf:
    """A function from an element of the page to its style."""
    rules: dict[tuple[str, str, str], Style] = {}
    for sheet in root.iter("style"):
        for selectors, body in _RULE.findall(_CONDITIONAL.sub("", sheet.text or "")):
            declared = _declared(body)
            for selector in selectors.split(",") if declared else []:
                if known := _SELECTOR.fullmatch(selector.strip()):
                    rules.setdefault((known[1].lower(), known[2] or "", known[3] or ""), {}).update(
                        declared
                    )

    @cache
    def style(node: _Element) -> Style:
        names = [(".", name) for name in node.get("class", "").split()[:20]]
        names = [("", ""), *names, ("#", node.get("id", ""))]
        found: Style = {}
        for kind, name in names if rules else []:
            for tag in ("", node.tag):
                found |= rules.get((tag, kind, name), {})
        found |= _declared(node.get("style", ""))
        return found | {"display": "none"} if node.get("hidden") is not None else found

    return style


def _declared(body: str) -> Style:
    return {name.lower(): value.strip().lower() for name, value in _DECLARATION.findall(body)}


def is_hidden(style: Style) -> bool:
    """Does a browser show nothing of the element?

    >>> [is_hidden(_declared(s)) for s in ("font-size: 0px", "font-size: 0.9em", "display:none")]
    [True, False, True]
    """
    return (
        style.get("display") == "none"
        or style.get("visibility") in ("hidden", "collapse")
        or re.fullmatch(r"0(?:\.0+)?(?:[a-z]+|%)?", style.get("font-size", "")) is not None
    )


def is_struck(style: Style, tag: str) -> bool:
    """Is there a line through the text: what an author means to take away?"""
    lines = style.get("text-decoration", "") + style.get("text-decoration-line", "")
    return tag in ("s", "strike", "del") or "line-through" in lines


def keeps_lines(style: Style, tag: str) -> bool:
    """Does a line feed in the text end a line?"""
    return tag == "pre" or style.get("white-space", "").startswith("pre")
