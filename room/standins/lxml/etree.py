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

    def itersiblings(self):
        """Those that follow."""
        siblings = [] if self.parent is None else [*self.parent]
        return iter(siblings[siblings.index(self) + 1 :] if siblings else [])


def SubElement(parent, tag):  # noqa: N802 - lxml calls it so
    element = HtmlElement(tag)
    element.parent = parent
    parent.append(element)
    return element


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
        self._events, self._walk = events, self._both(element)
        self._skipped = False

    def __iter__(self):
        return self

    def __next__(self):
        return next(pair for pair in self._walk if pair[0] in self._events)

    def skip_subtree(self):
        self._skipped = True

    def _both(self, element):
        opened = [(element, iter(element))]
        yield "start", element
        while opened:
            element, children = opened[-1]
            child = None if self._skipped else next(children, None)
            self._skipped = False
            if child is None:
                opened.pop()
                yield "end", element
            else:
                opened.append((child, iter(child)))
                yield "start", child
