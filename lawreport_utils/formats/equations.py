"""Equations of Word in one line, as one types them: (a+b)/c, x^2."""

import re
from xml.etree.ElementTree import Element

from .docx_markup import M

_AROUND = {f"{M}sup": "^{}", f"{M}sub": "_{}", f"{M}rad": "√({})"}


def linear(node: Element) -> str:
    """The text of an equation, with the signs that Word draws: brackets, slashes, roots."""
    if node.tag == f"{M}t":
        return node.text or ""
    parts = [text for child in node if (text := linear(child))]
    if node.tag == f"{M}f":
        return "/".join(f"({part})" if re.search(r"[-+−]", part) else part for part in parts)
    if node.tag == f"{M}d":
        opens, divides, closes = (
            _sign(node, f"dPr/{name}Chr", usual)
            for name, usual in (("beg", "("), ("sep", "|"), ("end", ")"))
        )
        return opens + divides.join(parts) + closes
    if node.tag == f"{M}nary":
        return _sign(node, "naryPr/chr", "∫") + "".join(parts)
    return _AROUND.get(node.tag, "{}").format("".join(parts)) if parts else ""


def _sign(node: Element, path: str, usual: str) -> str:
    found = node.find("/".join(f"{M}{name}" for name in path.split("/")))
    return usual if found is None else str(found.get(f"{M}val", ""))
