from types import ModuleType
from xml.etree import ElementTree

import html5lib

from .etree import Comment, HtmlElement, ParserError

_TREE = ModuleType("tree")
_TREE.Element, _TREE.Comment, _TREE.ElementTree = HtmlElement, Comment, ElementTree.ElementTree


def document_fromstring(text):
    if not text.strip():
        raise ParserError("Document is empty")
    builder = html5lib.getTreeBuilder("etree", implementation=_TREE)
    parser = html5lib.HTMLParser(builder, namespaceHTMLElements=False)
    root = parser.parse(text)
    for element in root.iter():
        for child in element:
            child.parent = element
    return root


fromstring = document_fromstring
