"""The page around its parts: one file with its style and script, and what a notebook shows."""

import hashlib
import re
from base64 import b64encode
from functools import cache
from importlib.metadata import version
from importlib.resources import files

from ..messages import message
from .body import contents, text
from .facts import LAYERS, Facts
from .findings import findings
from .ledger import count, ledger, swatch
from .markup import Html, escaped, joined, tag
from .sections import checks, comparison, details, downloads
from .words import Words

_LANGUAGES = {"zh": "zh-CN", "en": "en"}


def page(facts: Facts, language: str) -> str:
    """The whole page. Nothing of it is fetched: the policy in its head allows no request."""
    words = Words(language)
    title = facts.report.title or words.say("untitled")
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=policy("marked.js")),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", f"{title} · {words.say('page')}"),
        tag("style", Html(style())),
    )
    reading = _switches(facts, words) + _columns(facts, words, _outline(facts, words))
    main = tag(
        "main",
        _section("findings", "findings", _findings(facts, words), words),
        _section("reading", "text", reading, words),
        _section("checks", "checks", checks(facts, words), words),
        _section("comparison", "comparison", comparison(facts, words), words),
        _section("downloads", "downloads", downloads(facts, words), words),
    )
    made_by = words.say("made_by", version=version("lawreport-utils"))
    body = tag(
        "body",
        tag("a", words.say("skip"), href="#reading", class_="skip"),
        _header(facts, words, Html(tag("h1", words.quote(title)))),
        main,
        tag("footer", tag("p", made_by)),
        tag("script", Html(static("marked.js"))),
        class_="lawreport page",
    )
    return f"<!DOCTYPE html>\n{tag('html', head, body, lang=_LANGUAGES[language])}\n"


def inline(facts: Facts, language: str) -> str:
    """What a notebook shows. JupyterLab takes style and ids away where it doesn't trust a notebook:

    the findings, the text and its marks are still there, and the frame still scrolls.
    """
    words = Words(language)
    frame = tag(
        "div",
        _columns(facts, words, Html(), theme_links=False),
        class_="frame",
        style="max-height: 40rem; overflow-y: auto",
        tabindex="0",
        role="region",
        aria_label=words.say("text"),
    )
    legend = tag("p", words.say("layers"), " ", joined(_legend(facts, words), " "), class_="legend")
    content = (
        tag("style", Html(style()))
        + joined(_warnings(facts, words))
        + _findings(facts, words)
        + legend
        + frame
    )
    if facts.entries["check"]:
        content += tag("p", words.say("checks"), class_="name") + checks(facts, words)
    shown = tag("div", content, class_="lawreport inline off-theme", lang=_LANGUAGES[language])
    return _HEADING.sub(_as_paragraph, shown)


_HEADING = re.compile(r'<(/?)h[1-6](?: class="([^"]*)")?>')


def _as_paragraph(heading: re.Match[str]) -> str:
    """A notebook has headings of its own, and a contents list of them."""
    return "</p>" if heading[1] else f'<p class="heading {heading[2] or ""}">'


def _section(key: str, heading: str, content: Html, words: Words) -> Html:
    name = tag("h2", words.say(heading), id=f"h-{key}")
    return tag("section", name, content, id=key, aria_labelledby=f"h-{key}")


def _header(facts: Facts, words: Words, title: Html) -> Html:
    report, silent = facts.report, words.say("not_printed")
    about = {
        "agency": words.quote(report.agency) if report.agency else silent,
        "year": str(report.year) if report.year else silent,
        "source": words.quote(report.source) if report.source else silent,
        "published": str(report.published) if report.published else silent,
    }
    pairs = [(words.say(name), escaped(value)) for name, value in about.items()]
    note = tag("p", words.say("note"), class_="note")
    return tag("header", title, details(pairs), note, *_warnings(facts, words))


def _warnings(facts: Facts, words: Words) -> list[Html]:
    """What reading the file left out, or is in doubt of."""
    return [
        tag("p", words.say("warning"), ": ", message(warning, words.language), class_="warning")
        for warning in facts.report.warnings
    ]


def _findings(facts: Facts, words: Words) -> Html:
    said = findings(facts, words.language)
    return tag("ol", *(tag("li", sentence) for sentence in said.values()), class_="findings")


def _legend(facts: Facts, words: Words) -> list[Html]:
    """The name of each layer, marked as the layer is."""
    shown = [layer for layer in LAYERS if _marked(facts, layer) and layer != "theme"]
    names = [tag("mark", words.say(f"layer_{layer}"), class_=f"swatch {layer}") for layer in shown]
    return [
        tag("span", name, " ", count(facts, layer))
        for name, layer in zip(names, shown, strict=True)
    ]


def _marked(facts: Facts, layer: str) -> bool:
    """Whether the layer has a place in the text; a question may have none."""
    return any(entry.end for entry in facts.entries[layer])


def _switches(facts: Facts, words: Words) -> Html:
    """A box for each layer; without script they are a legend."""
    boxes = []
    for layer in LAYERS:
        if _marked(facts, layer):
            box = tag("input", type="checkbox", data_layer=layer, checked=layer != "theme")
            name = words.say(f"layer_{layer}")
            boxes.append(tag("label", box, swatch(layer), name, " ", count(facts, layer)))
    options = [tag("option", words.say("all_themes"), value="")]
    for n, theme in enumerate(facts.themes, 1):
        options.append(tag("option", words.value("theme", theme), value=f"t{n}"))
    choice = tag("select", *options, aria_label=words.say("choose_theme")) if facts.themes else ""
    return tag(
        "div", *boxes, choice, class_="switches", role="group", aria_label=words.say("layers")
    )


def _outline(facts: Facts, words: Words) -> Html:
    listed, name = contents(facts, words), words.say("outline")
    return tag("nav", tag("h3", name), listed, aria_label=name) if listed else listed


def _columns(facts: Facts, words: Words, before: Html, *, theme_links: bool = True) -> Html:
    """Text and ledger, with what stands before them, side by side where there is room."""
    article = tag(
        "div", text(facts, theme_links=theme_links), class_="text", lang="zh-CN", dir="ltr"
    )
    hint = tag("p", words.say("ledger_hint"), class_="hint")
    heading = tag("h3", words.say("ledger"), class_="of-ledger")
    aside = tag(
        "section", heading, hint, ledger(facts, words), class_="ledger",
        tabindex="0", role="region", aria_label=words.say("ledger"),
    )  # fmt: skip
    return tag("div", before, article, aside, class_="columns")


@cache
def static(name: str) -> str:
    return (files("lawreport_utils") / "static" / name).read_text(encoding="utf-8")


@cache
def style() -> str:
    """The style sheet, with the dark colours where the reader, or JupyterLab, wants them."""
    dark = static("dark.css").strip()
    return (
        static("marked.css")
        + "@media screen and (prefers-color-scheme: dark) { .lawreport.page, "
        + f"body:not([data-jp-theme-light]) .lawreport.inline {{ {dark} }} }}\n"
        + f'body[data-jp-theme-light="false"] .lawreport.inline {{ {dark} }}\n'
    )


@cache
def policy(script: str) -> str:
    """Only this page's own script runs, and nothing is requested."""
    digest = b64encode(hashlib.sha256(static(script).encode()).digest()).decode()
    allowed = "img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
    return f"default-src 'none'; script-src 'sha256-{digest}'; {allowed}"
