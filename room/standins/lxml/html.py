from types import ModuleType
from xml.etree import ElementTree

import html5lib

from .etree import Comment, HtmlElement, ParserError

_TREE = ModuleType("tree")
_TREE.Element, _TREE.Comment, _TREE.ElementTree = HtmlElement, Comment, ElementTree.ElementTree


class HTMLParser:
    def __init__(self, **_):
        """html5lib has no limits to lift."""


def document_fromstring(text, parser=None):
    if not text.strip():
        raise ParserError("Document is empty")
    builder = html5lib.getTreeBuilder("etree", implementation=_TREE)
    root = html5lib.HTMLParser(builder, namespaceHTMLElements=False).parse(text)
    for element in root.iter():
        for child in element:
            child.parent = element
    return root
