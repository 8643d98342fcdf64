from xml.etree import ElementTree


class ParserError(ValueError):
    pass


class XMLSyntaxError(SyntaxError):
    pass


class HtmlElement(ElementTree.Element):
    parent = None

    def getparent(self):
        return self.parent

    def iterchildren(self, *tags):
        return (child for child in self if not tags or child.tag in tags)


def Comment(text=None):  # noqa: N802 - lxml calls it so
    element = HtmlElement(Comment)
    element.text = text
    return element


PI = ElementTree.PI


def strip_elements(tree, *tags, with_tail=True):
    """Take out the elements with these tags; what follows them stays if not ``with_tail``."""
    for parent in list(tree.iter()):
        before, kept = None, []
        for child in parent:
            if child.tag not in tags:
                before = child
                kept.append(child)
            elif not with_tail and child.tail:
                if before is None:
                    parent.text = (parent.text or "") + child.tail
                else:
                    before.tail = (before.tail or "") + child.tail
        parent[:] = kept


class iterwalk:  # noqa: N801 - lxml calls it so
    """The start and the end of each element, in the order of the text."""

    def __init__(self, element, events):
        assert events == ("start", "end")
        self._open, self._next = [], element

    def __iter__(self):
        return self

    def __next__(self):
        if self._next is not None:
            element, self._next = self._next, None
            self._open.append((element, iter(element)))
            return "start", element
        if not self._open:
            raise StopIteration
        element, children = self._open[-1]
        child = next(children, None)
        if child is None:
            self._open.pop()
            return "end", element
        self._next = child
        return next(self)

    def skip_subtree(self):
        self._open[-1] = self._open[-1][0], iter(())
