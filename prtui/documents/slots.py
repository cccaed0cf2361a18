"""Closed slots in a Word template: `{{name}}` is filled, and nothing in a template is ever computed or run.

`{{name}}` a value; when it is empty 【待填：…】 is printed. `{{name?}}` optional: a paragraph whose slots are all optional and
all empty disappears. `{{list.column}}` in a table row repeats the row. A slot of blocks stands alone in its paragraph.
Slots survive what Word does to them: runs split anywhere, content controls, text boxes, headers and footers, notes,
full-width braces. Tracked changes are accepted and comments left behind. A value is never scanned for slots.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any
from unicodedata import normalize

from docx.oxml.parser import parse_xml
from lxml import etree

from prtui.documents import revisions
from prtui.documents.blocks import Area, Blank, Rows, Value
from prtui.documents.ooxml import NS, SPACE, Element, el, hint, shade, tidy, w, wants_hint, write_text
from prtui.documents.titles import balanced
from prtui.documents.typeset import Typesetter, sources
from prtui.documents.wording import gap, parted
from prtui.errors import PrtuiError
from prtui.i18n import _

SLOT = re.compile(r"[{｛]{2}\s*([\w.．-]{1,80}?)\s*([?？]?)\s*[}｝]{2}")
_OPENING = re.compile(r"[{｛]{2}")
_STORIES = ("header", "footer", "footnotes", "endnotes")


class TemplateError(PrtuiError):
    """A template asks for something that is not there, or has no place for the text. `slots` are the words it used, or lacks;
    the message goes on where the template was named."""

    def __init__(self, message: str, slots: list[str], *, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.slots = slots


@dataclass
class Story:
    """One stream of text of the document: the body, a header, a footer, the notes."""

    part: Any
    root: Element
    loose: bool = False

    def keep(self) -> None:
        """Store the tree back into a part that python-docx keeps as bytes."""
        if self.loose:
            self.part._blob = etree.tostring(self.root, encoding="UTF-8", xml_declaration=True, standalone=True)


def stories(document: Any) -> list[Story]:
    """Every story of the document, the body first."""
    found = [Story(document.part, document.element.body)]
    for relation in document.part.rels.values():
        if relation.is_external or relation.reltype.rsplit("/", 1)[-1] not in _STORIES:
            continue
        part = relation.target_part
        if hasattr(part, "element"):
            found.append(Story(part, part.element))
        else:
            found.append(Story(part, parse_xml(part.blob), loose=True))
    return found


def vocabulary(values: Mapping[str, Value]) -> list[str]:
    """Every name a template may use: `title`, `actions.owner`."""
    names = [name for name, value in values.items() if not isinstance(value, Rows)]
    return names + [
        f"{name}.{column}" for name, value in values.items() if isinstance(value, Rows) for column in value.columns
    ]


def fill(document: Any, values: Mapping[str, Value], lang: str, needs: Sequence[Sequence[str]] = ()) -> None:
    """Fill every slot. Raises TemplateError naming all that are unknown, each with the nearest known name, or those that are
    lacking: of each of `needs` one has to be there. Nothing is filled then."""
    found = []
    for story in stories(document):
        if revisions.accept(story.root):
            story.keep()
        found.append((story, _marked(story.root)))
    revisions.forget(document)
    texts = [text for _story, marked in found for _paragraph, text in marked]
    _check(texts, vocabulary(values))
    _complete(texts, needs)
    setter = Typesetter(document, lang)
    setter.sources = sum(sources(value.blocks) for value in values.values() if isinstance(value, Area))
    for story, marked in found:
        if marked:
            _Filler(story, values, setter).fill([paragraph for paragraph, _text in marked])
            story.keep()
    _close(document.element.body)


def _close(body: Element) -> None:
    """When a landscape passage ends the document, its section is the last one: no empty page follows."""
    last = body.find(w("sectPr"))
    before: Element = last.getprevious() if last is not None else None
    section = _section(before) if before is not None and before.tag == w("p") else None
    if section is not None and not _text(before):
        body.replace(last, section)
        ahead = before.getprevious()
        if ahead is not None and ahead.tag == w("p"):
            body.remove(before)
            return
        before.remove(before.find(w("pPr")))
        before.insert(0, deepcopy(_TINY))


# A table may not end a document; the paragraph after it should not be seen.
_TINY = parse_xml(f'<w:pPr xmlns:w="{NS}"><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/></w:pPr>')


def _marked(root: Element) -> list[tuple[Element, str]]:
    """The paragraphs that hold a slot, with their text."""
    texts = ((paragraph, _text(paragraph)) for paragraph in root.iter(w("p")))
    return [(paragraph, text) for paragraph, text in texts if _OPENING.search(text)]


def _check(texts: list[str], known: list[str]) -> None:
    wrong: dict[str, str] = {}
    names = set(known)
    for text in texts:
        end, rest = 0, ""
        for match in SLOT.finditer(text):
            name = _name(match)
            if name not in names:
                near = difflib.get_close_matches(name, known, 1, 0.5)
                wrong[name] = near[0] if near else ""
            rest, end = rest + text[end : match.start()], match.end()
        rest += text[end:]
        if broken := _OPENING.search(rest):
            wrong[rest[broken.start() : broken.start() + 40]] = ""
    if wrong:
        lines = [
            _("{slot} (did you mean {near}?)").format(slot=f"{{{{{name}}}}}", near=f"{{{{{near}}}}}") if near else name
            for name, near in wrong.items()
        ]
        raise TemplateError(
            _("it names slots that do not exist: {slots}.").format(slots=", ".join(lines)),
            list(wrong),
            hint=_("Correct them in Word; known are: {names}.").format(names=", ".join(known)),
        )


def _complete(texts: list[str], needs: Sequence[Sequence[str]]) -> None:
    """A document must not lose what it was written for because the template has no place for it."""
    there = {_name(match) for text in texts for match in SLOT.finditer(text)}
    lacking = [names[0] for names in needs if not there.intersection(names)]
    if lacking:
        slots = ", ".join(f"{{{{{name}}}}}" for name in lacking)
        raise TemplateError(
            _("it has no place for the text: {slots} is missing.").format(slots=slots),
            lacking,
            hint=_("Type {slots} where the text belongs, alone in its paragraph.").format(slots=slots),
        )


def _name(match: re.Match[str]) -> str:
    name = match[1]
    return (name if name.isascii() else normalize("NFKC", name)).lower()


def _leaves(paragraph: Element) -> Iterator[Element]:
    """The w:t of this paragraph itself: not those of a text box inside it."""
    for leaf in paragraph.iter(w("t")):
        run = leaf.getparent()
        if run.getparent() is paragraph or next(run.iterancestors(w("p"))) is paragraph:
            yield leaf


def _text(paragraph: Element) -> str:
    return "".join(leaf.text or "" for leaf in _leaves(paragraph))


class _Filler:
    def __init__(self, story: Story, values: Mapping[str, Value], setter: Typesetter) -> None:
        self.story, self.values, self.setter, self.lang = story, values, setter, setter.lang
        # Proxies of paragraphs that are finished; holding them keeps their identity.
        self.done: set[Element] = set()

    def fill(self, marked: list[Element]) -> None:
        for paragraph in marked:
            if paragraph not in self.done:
                line = next(paragraph.iterancestors(w("tr")), None)
                if line is None or not self._repeat(line):
                    self._paragraph(paragraph, self.values)

    def _repeat(self, line: Element) -> bool:
        """Repeat and fill the row if a slot in it names a list."""
        own = (p for p in line.iter(w("p")) if next(p.iterancestors(w("tr"))) is line)
        texts = [_text(paragraph) for paragraph in own]
        matches = [match for text in texts for match in SLOT.finditer(text)]
        lists = {_name(match).partition(".")[0] for match in matches}
        name = next((name for name in lists if isinstance(self.values.get(name), Rows)), None)
        if name is None:
            return False
        value = self.values[name]
        assert isinstance(value, Rows)
        optional = all(match[2] for match in matches)
        rows = list(value.rows) or ([] if optional else [dict.fromkeys(value.columns, "—")])
        for index, row in enumerate(rows):
            copy = line if index == len(rows) - 1 else deepcopy(line)
            if copy is not line:
                _forget_identity(copy)
                line.addprevious(copy)
            scope = {**self.values, **{f"{name}.{column}": row.get(column, "") for column in value.columns}}
            for paragraph in list(copy.iter(w("p"))):
                self._paragraph(paragraph, scope)
        if not rows:
            self.done.update(line.iter(w("p")))
            table = next(line.iterancestors(w("tbl")))
            line.getparent().remove(line)
            if not any(row.find(f"{w('trPr')}/{w('tblHeader')}") is None for row in table.iter(w("tr"))):
                _remove_block(table)
        return True

    def _paragraph(self, paragraph: Element, scope: Mapping[str, Value]) -> None:
        self.done.add(paragraph)
        text = _text(paragraph)
        if not _OPENING.search(text):
            return
        matches = list(SLOT.finditer(text))
        if not matches:
            return
        if stray := next((match for match in matches if _name(match) not in scope), None):
            raise TemplateError(_("its {slot} belongs in a table row.").format(slot=stray[0]), [stray[1]])
        _unbind(paragraph)
        alone = matches[0] if len(matches) == 1 and SLOT.fullmatch(text.strip()) else None
        if alone and isinstance(area := scope[_name(alone)], Area):
            self._area(paragraph, area)
            return
        texts: list[str] = []
        for match in matches:
            value = scope[_name(match)]
            if isinstance(value, Area | Rows):
                raise TemplateError(
                    _(
                        "its {slot} is a list or a passage: it must stand alone in its paragraph, or in a table row."
                    ).format(slot=match[0]),
                    [match[1]],
                )
            shown = "" if isinstance(value, Blank) else tidy(value)
            if not shown.strip() and not match[2]:
                shown = gap(value.label if isinstance(value, Blank) else _name(match), self.lang)
            if alone and self.setter.styled(paragraph, "Title"):
                shown = balanced(shown, self.setter.room("Title"))
            texts.append(shown)
        if not any(texts) and all(match[2] for match in matches):
            self._drop(paragraph)
            return
        spans = _spans(text, matches, texts)
        for (start, end), shown in zip(reversed(spans), reversed(texts), strict=True):
            _put(paragraph, start, end, shown, self.lang)

    def _area(self, paragraph: Element, area: Area) -> None:
        cell = next(paragraph.iterancestors(w("tc")), None)
        width = 0
        if cell is not None:
            size = cell.find(f"{w('tcPr')}/{w('tcW')}")
            width = int(size.get(w("w"))) - 220 if size is not None and size.get(w("type")) == "dxa" else 0
        elements = self.setter.render(area.blocks, self.story.part, width)
        if area.leads:
            _lead(elements)
        if elements and elements[0].tag == w("p") and self.story.root is not self.setter.main.element.body:
            # In a header the placeholder's own look (rule, spacing) is the letterhead's.
            _inherit(paragraph, elements[0])
        for made in elements:
            paragraph.addprevious(made)
        if elements and elements[-1].tag != w("tbl") and _section(paragraph) is None:
            paragraph.getparent().remove(paragraph)
        else:
            self._drop(paragraph)

    def _drop(self, paragraph: Element) -> None:
        """Take the paragraph away, or empty it where its parent needs one: a cell's or header's last, a section's end."""
        parent = paragraph.getparent()
        siblings = [child for child in parent if child.tag in (w("p"), w("tbl"), w("sdt"))]
        last_of_cell = siblings[-1] is paragraph and (len(siblings) == 1 or siblings[-2].tag == w("tbl"))
        if _section(paragraph) is None and not (last_of_cell and parent.tag != w("body")):
            parent.remove(paragraph)
            return
        for leaf in list(_leaves(paragraph)):
            leaf.text = ""


def _lead(elements: list[Element]) -> None:
    """Keep the last words, and a table that ends the passage, with the paragraph after them."""
    for element in reversed(elements):
        rows = list(element.iter(w("tr")))[-2:] if element.tag == w("tbl") else [element]
        for paragraph in (paragraph for row in rows for paragraph in row.iter(w("p"))):
            look = paragraph.find(w("pPr"))
            if look.find(w("keepNext")) is None:
                look.insert(1, el("keepNext"))
        if element.tag == w("tbl") or _text(element):
            return


def _inherit(placeholder: Element, made: Element) -> None:
    look, own = placeholder.find(w("pPr")), made.find(w("pPr"))
    if look is not None and own is not None and own.find(w("pStyle")).get(w("val")) == "Normal":
        made.replace(own, deepcopy(look))


def _section(paragraph: Element) -> Element:
    return paragraph.find(f"{w('pPr')}/{w('sectPr')}")


def _remove_block(table: Element) -> None:
    parent = table.getparent()
    if parent.tag == w("tc"):
        table.addnext(el("p"))
    parent.remove(table)


def _spans(text: str, matches: list[re.Match[str]], texts: list[str]) -> list[tuple[int, int]]:
    """What each value replaces: its slot, and with an optional one that is empty the blank that parted it from the rest."""
    spans = []
    for match, shown in zip(matches, texts, strict=True):
        start, end = match.span()
        spans.append((start, end if shown else end + len(text[end:]) - len(text[end:].lstrip())))
    edge = len(text)
    for index in reversed(range(len(spans))):
        start, end = spans[index]
        if texts[index] or end < edge:
            break
        floor = spans[index - 1][1] if index else 0
        edge = floor + len(text[floor:start].rstrip())
        spans[index] = edge, end
    return spans


def _put(paragraph: Element, start: int, end: int, text: str, lang: str) -> None:
    """Replace characters `start`–`end` by runs of `text` that look like the run the slot began in, its gaps marked."""
    at, first = 0, True
    for leaf in list(_leaves(paragraph)):
        old = leaf.text or ""
        left, right = start - at, end - at
        at += len(old)
        if right <= 0 or left >= len(old):
            continue
        if first:
            first = False
            _split(leaf, old, left, right, text, lang)
        else:
            _set(leaf, old[max(right, 0) :] if right < len(old) else "")


def _split(leaf: Element, old: str, left: int, right: int, text: str, lang: str) -> None:
    run = leaf.getparent()
    look = run.find(w("rPr"))

    def alike() -> Element:
        made = el("r")
        if look is not None:
            made.append(deepcopy(look))
        return made

    after = alike()
    tail = old[right:]
    if tail:
        rest = el("t", after)
        _set(rest, tail)
    for sibling in list(leaf.itersiblings()):
        after.append(sibling)
    _set(leaf, old[:left])
    for piece, unfilled in parted(text):
        made = alike()
        run.addnext(made)
        run = made
        write_text(made, piece)
        if wants_hint(text, lang):
            hint(made)
        if unfilled:
            shade(made)
    if len(after) > (look is not None):
        run.addnext(after)


def _set(leaf: Element, text: str) -> None:
    leaf.text = text
    leaf.set(SPACE, "preserve")


def _unbind(paragraph: Element) -> None:
    """A content control that Word would fill from elsewhere, or still shows as a prompt, is made to keep our text."""
    controls = [*paragraph.iterancestors(w("sdt")), *paragraph.iter(w("sdt"))]
    for control in controls:
        properties = control.find(w("sdtPr"))
        if properties is None:
            continue
        prompted = properties.find(w("showingPlcHdr")) is not None
        for name in ("dataBinding", "showingPlcHdr"):
            for found in properties.findall(w(name)):
                properties.remove(found)
        if prompted:
            for style in list(paragraph.iter(w("rStyle"))):
                style.getparent().remove(style)


def _forget_identity(line: Element) -> None:
    """A copied row may not repeat its original's paragraph ids and bookmarks."""
    for node in line.iter():
        for name in [name for name in node.attrib if name.endswith(("}paraId", "}textId"))]:
            del node.attrib[name]
    for tag in ("bookmarkStart", "bookmarkEnd"):
        for mark in list(line.iter(w(tag))):
            mark.getparent().remove(mark)
