"""Blocks to WordprocessingML. Elements name styles only; how they look is the template's business."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Sequence
from copy import deepcopy
from itertools import count, zip_longest
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml.parser import parse_xml
from lxml import etree

from prtui.documents.blocks import (
    Block,
    Callout,
    Chart,
    Facts,
    Heading,
    Items,
    Landscape,
    PageBreak,
    Para,
    Picture,
    Sources,
    Table,
    Toc,
)
from prtui.documents.charts import add_chart
from prtui.documents.ooxml import NS, REL, Element, el, field, raise_run, run, shade, tidy, w
from prtui.documents.tables import facts_element, table_element

_INLINE = re.compile(
    r"\*\*(?P<bold>[^*\n]+)\*\*|(?<!\*)\*(?P<italic>[^*\s][^*\n]*)\*(?!\*)"
    r"|\[(?P<text>[^\[\]\n]{1,300})\]\((?P<link>(?:https?://|mailto:)[^\s()]{1,2000})\)"
    r"|\[\^(?P<key>[1-9]\d{0,2})\](?P<target>:)?"
    r"|(?P<gap>【(?:待填：|To fill: )[^【】]{1,300}】)"
)
_INTRODUCED = (Items, Table, Sources, Chart, Picture)
_LABELS = {"table": ("表", "Table"), "figure": ("图", "Figure")}
_W = {"w": NS}
_STYLE_NAMES = etree.XPath("w:style[w:name]/w:name/@w:val", namespaces=_W, smart_strings=False)
_STYLE_IDS = etree.XPath("w:style[w:name]/@w:styleId", namespaces=_W, smart_strings=False)
_STYLE_SIZE = etree.XPath("w:style[@w:styleId=$id]/w:rPr/w:sz/@w:val", namespaces=_W, smart_strings=False)
_BAD_PICTURES = (InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError)
_LOW = (("top", 1985), ("bottom", 1247))  # twips: a page on its side has little height to give away
_EMU_PER_TWIP = 635
_EMU_PER_CM = 360_000


class Typesetter:
    """Renders blocks into one document. `width` is the width of its text in twips."""

    def __init__(self, document: Any, lang: str) -> None:
        self.main, self.lang = document.part, lang
        self.sheet = document.styles.element
        self.styles = dict(zip(map(str.lower, _STYLE_NAMES(self.sheet)), _STYLE_IDS(self.sheet), strict=True))
        section = document.sections[-1]
        self.section = section._sectPr
        self.width = (section.page_width - section.left_margin - section.right_margin) // _EMU_PER_TWIP
        self.ids = count(9_000_000)
        self.counted = {"table": 0, "figure": 0}
        self.headings: list[tuple[int, Heading]] = []
        self.heading_ids = count(90_000_000)
        self.sources = 0  # how many sources the document names; a key beyond them is text

    def style(self, *names: str) -> str:
        """The id of the first of these styles that the template has."""
        return next((found for name in names if (found := self.styles.get(name.lower()))), "Normal")

    def size(self, name: str) -> float:
        """The text size of that style in points."""
        found = _STYLE_SIZE(self.sheet, id=self.styles.get(name, ""))
        return int(found[0]) / 2 if found else 9.5

    def styled(self, paragraph: Element, name: str) -> bool:
        """Whether the paragraph has that style."""
        style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
        return style is not None and style.get(w("val")) == self.styles.get(name.lower())

    def room(self, name: str) -> float:
        """How many half-widths of that style a line takes, with a little air for letters set apart."""
        return float(self.width / (self.size(name.lower()) * 10 + 5))

    def render(self, blocks: Sequence[Block], part: Any = None, width: int = 0) -> list[Element]:
        """The elements of the blocks, related from `part` (the body unless given), at most `width` twips wide."""
        self.part = part or self.main
        whole, self.width = self.width, width or self.width
        # Numbered before anything is set: a table of contents comes before the headings that it lists.
        pending = [(next(self.heading_ids), block) for block in _flat(blocks) if isinstance(block, Heading)]
        self.headings, self.upcoming = pending, iter(pending)
        try:
            return list(self._each(blocks))
        finally:
            self.width = whole

    def _each(self, blocks: Sequence[Block]) -> Iterator[Element]:
        before: Block | None = None
        for block, following in zip_longest(blocks, blocks[1:]):
            breaks, before = isinstance(before, PageBreak), block
            match block:
                case Heading():
                    yield _broken_before(self._heading(block), breaks)
                case Para():
                    kept = isinstance(following, _INTRODUCED)
                    yield _broken_before(self.paragraph(block.style, block.text, keep=kept), breaks)
                case Items():
                    yield from self._items(block)
                case Table():
                    yield from self._table(block)
                case Sources():
                    rows = [[f"[^{n}]:", *row] for n, row in enumerate(block.rows, 1)]
                    yield from self._table(Table(block.header, rows, widths=block.widths, alt=block.header[0]))
                case Facts():
                    yield facts_element(block, self.width, self.size("fact label"), self.style, self.inline)
                    yield self.paragraph("Table Note")
                case Callout():
                    yield self.paragraph("Intense Quote", block.text)
                case Picture():
                    yield from self._picture(block)
                case Chart():
                    yield from self._chart(block)
                case Toc():
                    yield from self._toc(block)
                case PageBreak() if not isinstance(following, Heading | Para):
                    broken = self.paragraph("Normal")
                    el("br", el("r", broken), type="page")
                    yield broken
                case Landscape():
                    yield from self._landscape(block)

    def paragraph(self, style: str, text: str = "", *, keep: bool = False) -> Element:
        made = el("p")
        properties = el("pPr", made)
        el("pStyle", properties, val=self.style(style, "Body Text"))
        if keep:
            el("keepNext", properties)
        if text:
            self.inline(made, tidy(text))
        return made

    def inline(self, paragraph: Element, text: str) -> None:
        """Append clean text with its **bold**, *italic*, links and unfilled marks."""
        if not any(mark in text for mark in "*[【"):
            run(paragraph, text, self.lang)
            return
        at = 0
        for match in _INLINE.finditer(text):
            if match.start() > at:
                run(paragraph, text[at : match.start()], self.lang)
            at = match.end()
            if match["bold"]:
                run(paragraph, match["bold"], self.lang, bold=True)
            elif match["italic"]:
                run(paragraph, match["italic"], self.lang, italic=True)
            elif match["key"]:
                self._source(paragraph, match)
            elif match["gap"]:
                shade(run(paragraph, match["gap"], self.lang))
            else:
                link = etree.SubElement(paragraph, w("hyperlink"))
                link.set(f"{{{REL}}}id", self.part.relate_to(match["link"], RT.HYPERLINK, is_external=True))
                run(link, match["text"], self.lang, style=self.style("Hyperlink"))
        if at < len(text):
            run(paragraph, text[at:], self.lang)

    def _source(self, paragraph: Element, match: re.Match[str]) -> None:
        """A key that leads to its source, or the place it leads to."""
        if int(match["key"]) > self.sources:
            run(paragraph, match[0], self.lang)
            return
        shown, name = f"[{match['key']}]", f"Source{match['key']}"
        if match["target"]:
            mark = next(self.ids)
            el("bookmarkStart", paragraph, id=mark, name=name)
            run(paragraph, shown, self.lang)
            el("bookmarkEnd", paragraph, id=mark)
        else:
            raise_run(run(el("hyperlink", paragraph, anchor=name, history=1), shown, self.lang))

    def _heading(self, heading: Heading) -> Element:
        number, _heading = next(self.upcoming)
        made = self.paragraph(f"Heading {min(max(heading.level, 1), 3)}")
        mark = next(self.ids)
        el("bookmarkStart", made, id=mark, name=f"_Toc{number}")
        self.inline(made, tidy(heading.text))
        el("bookmarkEnd", made, id=mark)
        return made

    def _items(self, items: Items) -> Iterator[Element]:
        number = self._restarted("list number") if items.ordered else None
        for text in items.items:
            made = self.paragraph("List Number" if items.ordered else "List Bullet", text)
            if number:
                numbered = el("numPr", made.find(w("pPr")))
                el("ilvl", numbered, val=0)
                el("numId", numbered, val=number)
            yield made

    def _restarted(self, style: str) -> int | None:
        """A new list of that style's numbering that starts at 1; None when the template has no such numbering."""
        wanted = self.styles.get(style)
        named = self.main.styles.element.xpath(f'w:style[@w:styleId="{wanted}"]//w:numId') if wanted else ()
        if not named:
            return None
        root = self.main.numbering_part.element
        existing = {number.get(w("numId")): number for number in root.findall(w("num"))}
        source = existing.get(named[0].get(w("val")))
        if source is None:
            return None
        made = el("num", root, numId=max(map(int, existing)) + 1)
        el("abstractNumId", made, val=source.find(w("abstractNumId")).get(w("val")))
        el("startOverride", el("lvlOverride", made, ilvl=0), val=1)
        return int(made.get(w("numId")))

    def _caption(self, kind: str, text: str, *, keep: bool = False) -> Element:
        chinese, english = _LABELS[kind]
        self.counted[kind] += 1
        made = self.paragraph("Caption", keep=keep)
        run(made, f"{chinese if self.lang == 'zh' else english} ", self.lang)
        field(made, f"SEQ {english} \\* ARABIC", str(self.counted[kind]))
        run(made, "　" if self.lang == "zh" else "  ", self.lang)
        self.inline(made, tidy(text))
        return made

    def _table(self, table: Table) -> Iterator[Element]:
        if table.caption:
            yield self._caption("table", table.caption, keep=True)
        yield table_element(table, self.width, self.size("table text"), self.style, self.inline)
        yield self.paragraph("Table Note")

    def _drawing(self, uri: str, content: str, emu: tuple[int, int], alt: str, title: str, style: str) -> Element:
        number = next(self.ids)
        made = self.paragraph(style, keep=style == "Figure")
        made.append(
            parse_xml(
                f'<w:r xmlns:w="{NS}" xmlns:r="{REL}" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
                f'<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{emu[0]}" cy="{emu[1]}"/><wp:docPr id="{number}" name="{number}" descr={quoteattr(tidy(alt))} title={quoteattr(tidy(title))}/><wp:cNvGraphicFramePr/>'
                f'<a:graphic><a:graphicData uri="{uri}">{content}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
            )
        )
        return made

    def _chart(self, chart: Chart) -> Iterator[Element]:
        related = add_chart(self.part, chart, self.lang)
        uri = "http://schemas.openxmlformats.org/drawingml/2006/chart"
        size = self.width * _EMU_PER_TWIP, int(chart.height_cm * _EMU_PER_CM)
        content = f'<c:chart xmlns:c="{uri}" r:id="{related}"/>'
        yield self._drawing(uri, content, size, chart.alt or chart.title, chart.title, "Figure")
        if chart.caption:
            yield self._caption("figure", chart.caption)

    def _picture(self, picture: Picture) -> Iterator[Element]:
        try:
            related, image = self.part.get_or_add_image(picture.path)
            wide, high = max(int(image.width), 1), max(int(image.height), 1)
        except (*_BAD_PICTURES, OSError, ValueError, KeyError, struct.error):
            yield self.paragraph(picture.style, picture.alt)
            return
        limit = self.width * _EMU_PER_TWIP
        scale = min(
            picture.width_cm * _EMU_PER_CM / wide if picture.width_cm else 1.0,
            picture.height_cm * _EMU_PER_CM / high
            if picture.height_cm
            else 1.0
            if not picture.width_cm
            else limit / wide,
            limit / wide,
        )
        size = max(int(wide * scale), 1), max(int(high * scale), 1)
        uri = "http://schemas.openxmlformats.org/drawingml/2006/picture"
        content = (
            f'<pic:pic xmlns:pic="{uri}"><pic:nvPicPr><pic:cNvPr id="0" name={quoteattr(tidy(Path(picture.path).name))}/><pic:cNvPicPr/></pic:nvPicPr>'
            f'<pic:blipFill><a:blip r:embed="{related}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{size[0]}" cy="{size[1]}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        )
        yield self._drawing(uri, content, size, picture.alt, picture.alt, picture.style)
        if picture.caption:
            yield self._caption("figure", picture.caption)

    def _toc(self, toc: Toc) -> Iterator[Element]:
        """The field already holds its result, so Word has nothing to ask when the document opens."""
        yield self.paragraph("TOC Heading", toc.title)
        listed = [(number, heading) for number, heading in self.headings if heading.level <= toc.levels]
        for index, (number, heading) in enumerate(listed):
            made = self.paragraph(f"TOC {heading.level}")
            if index == 0:
                el("fldChar", el("r", made), fldCharType="begin")
                code = el("instrText", el("r", made))
                code.text = f' TOC \\o "1-{toc.levels}" \\n \\h \\z \\u '
                el("fldChar", el("r", made), fldCharType="separate")
            link = el("hyperlink", made, anchor=f"_Toc{number}", history=1)
            run(link, tidy(heading.text), self.lang)
            if index == len(listed) - 1:
                el("fldChar", el("r", made), fldCharType="end")
            yield made

    def _landscape(self, block: Landscape) -> Iterator[Element]:
        """Two section breaks: what came before stays upright, and so does what follows. Headers stay the same."""
        sideways = deepcopy(self.section)
        size, margins = sideways.find(w("pgSz")), sideways.find(w("pgMar"))
        wide, high = size.get(w("w")), size.get(w("h"))
        for name, value in (("w", high), ("h", wide), ("orient", "landscape")):
            size.set(w(name), value)
        for name, most in _LOW:
            margins.set(w(name), str(min(int(margins.get(w(name))), most)))
        first_page = sideways.find(w("titlePg"))
        if first_page is not None:
            sideways.remove(first_page)
        yield self._broken(deepcopy(self.section))
        whole = self.width
        self.width = int(high) - int(margins.get(w("left"))) - int(margins.get(w("right")))
        yield from self._each(block.blocks)
        self.width = whole
        yield self._broken(sideways)
        # The pages after it belong to the last section, which must not show the letterhead again.
        for name in self.section.findall(w("titlePg")):
            self.section.remove(name)

    def _broken(self, section: Element) -> Element:
        made = self.paragraph("Table Note")
        kind = section.find(w("type"))
        if kind is not None:
            kind.set(w("val"), "nextPage")
        made.find(w("pPr")).append(section)
        return made


def _broken_before(paragraph: Element, breaks: bool) -> Element:
    """The paragraph at the top of a page where asked: a break of its own would leave a page empty behind a full one."""
    if breaks:
        el("pageBreakBefore", paragraph.find(w("pPr")))
    return paragraph


def sources(blocks: Sequence[Block]) -> int:
    """How many sources the blocks name."""
    return sum(len(block.rows) for block in _flat(blocks) if isinstance(block, Sources))


def _flat(blocks: Sequence[Block]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Landscape):
            yield from _flat(block.blocks)
        else:
            yield block
