"""The few WordprocessingML shapes everything else is made of."""

from __future__ import annotations

import re
from typing import Any

from docx.oxml.parser import oxml_parser
from lxml import etree

from prtui.text import clean

Element = Any
NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# Word draws these with the Latin font, half wide, unless the run says that they are East Asian.
_AMBIGUOUS = re.compile("[\u2018-\u201d\u2026\u2014\u00b7\u00d7\u00b0]")
_IDEOGRAPH = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
_NAMES: dict[str, str] = {}
_NSMAP = {"w": NS}


def w(tag: str) -> str:
    """The qualified name of a WordprocessingML tag or attribute."""
    name = _NAMES.get(tag)
    if name is None:
        name = _NAMES[tag] = f"{{{NS}}}{tag}"
    return name


def el(tag: str, parent: Element = None, **attributes: object) -> Element:
    """A new element, appended to `parent` when there is one."""
    named = {w(name): value if type(value) is str else str(value) for name, value in attributes.items()}
    if parent is None:
        return oxml_parser.makeelement(w(tag), named, _NSMAP)
    return etree.SubElement(parent, w(tag), named)


def write_text(run: Element, text: str) -> None:
    """Append the text to a run; newlines become line breaks and tabs tabs. The text must be clean."""
    for index, line in enumerate(text.split("\n")):
        if index:
            etree.SubElement(run, w("br"))
        for place, piece in enumerate(line.split("\t")):
            if place:
                etree.SubElement(run, w("tab"))
            if piece:
                leaf = etree.SubElement(run, w("t"))
                leaf.text = piece
                if piece[0].isspace() or piece[-1].isspace():
                    leaf.set(SPACE, "preserve")


def wants_hint(text: str, lang: str) -> bool:
    """Whether a Chinese document's run must say that its “ ” … — are East Asian."""
    return lang == "zh" and bool(_AMBIGUOUS.search(text)) and bool(_IDEOGRAPH.search(text))


def hint(run: Element) -> None:
    """Mark a run as East Asian."""
    properties = run.find(w("rPr"))
    if properties is None:
        properties = el("rPr")
        run.insert(0, properties)
    fonts = properties.find(w("rFonts"))
    if fonts is None:
        fonts = el("rFonts")
        properties.insert(1 if properties.find(w("rStyle")) is not None else 0, fonts)
    fonts.set(w("hint"), "eastAsia")


def run(parent: Element, text: str, lang: str, *, bold: bool = False, italic: bool = False, style: str = "") -> Element:
    """Append a run of clean text to a paragraph or link."""
    made = etree.SubElement(parent, w("r"))
    hinted = wants_hint(text, lang)
    if bold or italic or style or hinted:
        properties = el("rPr", made)
        if style:
            el("rStyle", properties, val=style)
        if hinted:
            el("rFonts", properties, hint="eastAsia")
        if bold:
            el("b", properties)
            el("bCs", properties)
        if italic:
            el("i", properties)
            el("iCs", properties)
    write_text(made, text)
    return made


def raise_run(made: Element) -> None:
    """Set a run that has no look of its own as superscript."""
    properties = el("rPr")
    el("vertAlign", properties, val="superscript")
    made.insert(0, properties)


def field(parent: Element, code: str, shown: str) -> None:
    """A field with the result Word would compute, so that it never asks to update."""
    for kind in ("begin", "code", "separate", "shown", "end"):
        piece = etree.SubElement(parent, w("r"))
        if kind == "code":
            leaf = el("instrText", piece)
            leaf.text, _ = f" {code} ", leaf.set(SPACE, "preserve")
        elif kind == "shown":
            write_text(piece, shown)
        else:
            el("fldChar", piece, fldCharType=kind)


# What must stand before w:shd inside w:rPr.
_BEFORE_SHADE = set(map(w, (
    "rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow", "emboss", "imprint",
    "noProof", "snapToGrid", "vanish", "webHidden", "color", "spacing", "w", "kern", "position", "sz", "szCs", "highlight", "u", "effect", "bdr",
)))  # fmt: skip


def shade(run: Element) -> None:
    """Mark a run: something is still to be filled there. A tint, not the marker pen's yellow."""
    properties = run.find(w("rPr"))
    if properties is None:
        properties = el("rPr")
        run.insert(0, properties)
    if properties.find(w("shd")) is None:
        at = next((i for i, child in enumerate(properties) if child.tag not in _BEFORE_SHADE), len(properties))
        properties.insert(at, el("shd", val="clear", color="auto", fill="FFF0B8"))


def tidy(value: object) -> str:
    """Any value as text that may stand in XML."""
    return clean(str(value))
