"""Characters of the symbol fonts that come with Word, which have no meaning in another font."""

# Symbol from 0x20 and from 0xA1. Source: the encoding of the font, as Adobe published it.
_SYMBOL = dict(enumerate(
    " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾"
    "αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼",
    0x20,
)) | dict(enumerate(
    "ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊⟨®©™∑",
    0xA1,
))  # fmt: skip
_CIRCLED = "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿"
_FONTS = {
    "symbol": _SYMBOL,
    "wingdings": dict(enumerate(_CIRCLED, 0x80))
    | {0x6C: "●", 0x6E: "■", 0x6F: "□", 0x75: "◆", 0xA7: "▪", 0xA8: "□", 0xD8: "➢", 0xE0: "→",
       0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑"},
    "wingdings 2": dict(enumerate(_CIRCLED, 0x69)) | {0x50: "✓", 0x52: "☑", 0xA3: "□"},
}  # fmt: skip


def symbol(code: int, font: str) -> str:
    """The character that a font shows for a code; the private character where it isn't known.

    >>> symbol(0xF025, "Symbol"), symbol(0x2460, "宋体"), symbol(0xF081, "Wingdings")
    ('%', '①', '①')
    """
    known = _FONTS.get(font.lower())
    if known is None or not (code < 0x100 or 0xF000 <= code < 0xF100):
        return chr(code)
    return known.get(code & 0xFF, chr(0xF000 | code & 0xFF))
