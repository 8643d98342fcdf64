"""HTML by one helper: whatever isn't markup already is escaped, so that a report can't add any."""

import html
import re
import unicodedata
from collections.abc import Iterable

# Characters that would act on the page instead of standing on it: controls, marks that turn the
# direction of what follows, halves of a surrogate pair. They are shown, not sent.
_ACTING = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
_EMPTY = frozenset({"input", "meta"})  # elements without content


class Html(str):
    """Markup that is finished: not escaped again. What is added to it is."""

    __slots__ = ()

    def __add__(self, other: str) -> "Html":
        return Html(str.__add__(self, escaped(other)))


def visible(text: str) -> str:
    """Text with a visible sign for what would act instead: ␀ for a control, [U+202E] for others.

    >>> visible("a\\0b\\u202ec")
    'a␀b[U+202E]c'
    """
    return _ACTING.sub(_sign, text)


def _sign(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"[U+{code:04X}]"


def escaped(text: str) -> Html:
    """The markup that shows this text, whatever it holds; markup stays as it is."""
    return text if isinstance(text, Html) else Html(html.escape(visible(text)))


def joined(children: Iterable[str], between: str = "") -> Html:
    """Pieces of text or markup one after the other."""
    return Html(escaped(between).join(map(escaped, children)))


def tag(name: str, /, *children: str, **attributes: str | int | bool | None) -> Html:
    """An element. ``class_`` is the attribute class, ``data_x`` data-x; None and False leave out.

    >>> tag("a", "<3", href="#x", class_="place", hidden=False)
    '<a href="#x" class="place">&lt;3</a>'
    """
    opening = name
    for key, value in attributes.items():
        key = key.rstrip("_").replace("_", "-")
        if value is True:
            opening += f" {key}"
        elif value is not None and value is not False:
            opening += f' {key}="{escaped(str(value))}"'
    if name in _EMPTY:
        return Html(f"<{opening}>")
    return Html(f"<{opening}>{joined(children)}</{name}>")


def without_refs(text: Html) -> Html:
    """Markup without its numbered links, which say nothing where they can't be followed."""
    return Html(re.sub(r'\s*<span class="refs">.*?</span>', "", text))


def plain(text: str) -> str:
    """The text that markup shows, e.g. for a sentence outside of a page.

    >>> plain(tag("b", "1 < 2"))
    '1 < 2'
    """
    return html.unescape(re.sub(r"<[^>]*>", "", text)) if isinstance(text, Html) else text


def file_name(text: str) -> str:
    """A title as part of a file name: letters and digits of any script, at most 60.

    >>> file_name('../某局"><img>2024年')
    '某局-img-2024年'
    """
    kept = "".join(c if unicodedata.category(c)[0] in "LN" else "-" for c in text)
    return re.sub("-+", "-", kept).strip("-")[:60] or "report"
