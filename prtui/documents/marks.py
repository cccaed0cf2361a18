"""What must be seen on every page: drill, embargo, internal copy, draft. Put into every header, whatever the template."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import quoteattr

from docx.oxml.parser import parse_xml

from prtui.documents.ooxml import NS, Element, el, run, tidy, w
from prtui.documents.typeset import Typesetter


def stamp(document: Any, marks: Sequence[str], watermark: str, lang: str) -> None:
    """Write the marks at the top of every header, and the watermark across every page."""
    if not marks and not watermark:
        return
    style = Typesetter(document, lang).style("Page Mark", "Header")
    seen: set[Element] = set()
    for section in document.sections:
        headers = [section.header]
        if section.different_first_page_header_footer:
            headers.append(section.first_page_header)
        if document.settings.odd_and_even_pages_header_footer:
            headers.append(section.even_page_header)
        for header in headers:
            # A linked header is the one of the section before; asking the first section for one creates it.
            if header.is_linked_to_previous and section is not document.sections[0] and seen:
                continue
            root = header._element
            if root not in seen:
                seen.add(root)
                _stamp(root, marks, watermark, style, lang, len(seen))


def _stamp(root: Element, marks: Sequence[str], watermark: str, style: str, lang: str, number: int) -> None:
    lines = []
    for mark in marks:
        line = el("p")
        el("pStyle", el("pPr", line), val=style)
        run(line, tidy(mark), lang)
        lines.append(line)
    for line in reversed(lines):
        root.insert(0, line)
    if watermark:
        first = next(root.iter(w("p")), None)
        if first is None:
            first = el("p", root)
        first.append(_watermark(watermark, number))


def _watermark(text: str, number: int) -> Element:
    """Word's own kind of watermark: text drawn behind the page, anchored in the header."""
    return parse_xml(
        f'<w:r xmlns:w="{NS}" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"><w:rPr><w:noProof/></w:rPr><w:pict>'
        '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/><v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/></v:formulas><v:path textpathok="t" o:connecttype="custom"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
        f'<v:shape id="PrtuiWatermark{number}" o:spid="_x0000_s{2048 + number}" type="#_x0000_t136" alt={quoteattr(text)} style="position:absolute;margin-left:0;margin-top:0;width:430pt;height:86pt;rotation:315;z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;mso-position-vertical-relative:margin" o:allowincell="f" fillcolor="#b0aca6" stroked="f"><v:fill opacity=".35"/><v:textpath style="font-family:&quot;黑体&quot;;font-size:1pt" string={quoteattr(text)}/></v:shape></w:pict></w:r>'
    )
