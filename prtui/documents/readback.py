"""A document's words as plain lines, numbered as Word numbers them: the preview, the gaps, and what tests compare."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from prtui.documents.ooxml import Element, w
from prtui.documents.wording import gaps
from prtui.text import cells, fit

_DIGITS = "〇一二三四五六七八九"


def lines(document: Any) -> list[str]:
    """Headers, body and footers, a line a paragraph; a table's cells stand in columns. What repeats on every page comes
    once."""
    out: list[str] = []
    section = document.sections[0]
    first = section.different_first_page_header_footer
    headers = [section.first_page_header] if first else [section.header]
    footers = [section.first_page_footer] if first else [section.footer]
    for story in (headers, [None], footers):
        for part in story:
            root = document.element.body if part is None else part._element
            found = list(_blocks(root, _Numbers(document)))
            if found and out:
                out.append("")
            out.extend(found)
    return out


def unfilled(roots: list[Element]) -> list[str]:
    """The labels of all unfilled marks, each once, in reading order."""
    found: dict[str, None] = {}
    for root in roots:
        if "【" not in etree.tostring(root, method="text", encoding="unicode"):
            continue
        for paragraph in root.iter(w("p")):
            for label in gaps("".join(leaf.text or "" for leaf in paragraph.iter(w("t")))):
                found.setdefault(label)
    return list(found)


def _blocks(root: Element, numbers: _Numbers) -> Iterator[str]:
    for child in root:
        if child.tag == w("p"):
            text = paragraph_text(child)
            if text.strip():
                yield from (numbers.label(child) + text).split("\n")
        elif child.tag == w("tbl"):
            yield from _table(child)
        elif child.tag in (w("sdt"), w("sdtContent"), w("ins")):
            yield from _blocks(child, numbers)


def paragraph_text(paragraph: Element) -> str:
    """The paragraph as it reads: tabs, line breaks, field results; not deleted text, nor drawings."""
    parts: list[str] = []
    for node in paragraph.iter(w("t"), w("tab"), w("br"), w("drawing"), w("docPr")):
        if node.tag == w("t"):
            if next(node.iterancestors(w("p"))) is paragraph:
                parts.append(node.text or "")
        elif node.getparent().tag == w("r"):
            if node.tag == w("drawing"):
                described = [part.get("descr", "") for part in node.iter() if part.tag.endswith("}docPr")]
                parts.append(f"[{described[0]}]" if described else "")
            else:
                parts.append("\t" if node.tag == w("tab") else "" if node.get(w("type")) == "page" else "\n")
    return "".join(parts)


def _table(table: Element) -> Iterator[str]:
    rows = [
        [
            " ".join(filter(None, map(paragraph_text, cell.iterchildren(w("p"))))).split("\n")
            for cell in row.iterchildren(w("tc"))
        ]
        for row in table.iterchildren(w("tr"))
    ]
    if not rows:
        return
    widths = [0] * max(map(len, rows))
    for row in rows:
        for column, cell in enumerate(row):
            widths[column] = max(widths[column], *map(cells, cell))
    for row in rows:
        for index in range(max(map(len, row), default=0)):
            texts = [cell[index] if index < len(cell) else "" for cell in row]
            yield "  ".join(fit(text, width) for text, width in zip(texts, widths, strict=False)).rstrip()


class _Numbers:
    """What Word prints before a numbered paragraph."""

    def __init__(self, document: Any) -> None:
        self.levels: dict[str, dict[int, tuple[str, str]]] = {}
        self.counts: dict[str, list[int]] = {}
        self.shares: dict[str, str] = {}
        self.styled: dict[str, tuple[str, int]] = {}
        self._read(document)

    def _read(self, document: Any) -> None:
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return
        abstract = {}
        for definition in root.iterchildren(w("abstractNum")):
            levels = {}
            for level in definition.iterchildren(w("lvl")):
                shape, text = level.find(w("numFmt")), level.find(w("lvlText"))
                levels[int(level.get(w("ilvl")))] = (
                    shape.get(w("val")) if shape is not None else "decimal",
                    text.get(w("val")) if text is not None else "",
                )
            abstract[definition.get(w("abstractNumId"))] = levels
        for number in root.iterchildren(w("num")):
            name, shared = number.get(w("numId")), number.find(w("abstractNumId")).get(w("val"))
            self.levels[name] = abstract.get(shared, {})
            self.shares[name] = name if number.find(w("lvlOverride")) is not None else f"a{shared}"
        for style in document.styles.element.iterchildren(w("style")):
            if found := _numbering(style.find(w("pPr"))):
                self.styled[style.get(w("styleId"))] = found

    def label(self, paragraph: Element) -> str:
        properties = paragraph.find(w("pPr"))
        found = _numbering(properties)
        if found is None and properties is not None and properties.find(w("pStyle")) is not None:
            found = self.styled.get(properties.find(w("pStyle")).get(w("val")))
        if found is None or found[1] not in self.levels.get(found[0], {}):
            return ""
        name, level = found
        counts = self.counts.setdefault(self.shares[name], [0] * 9)
        counts[level] += 1
        counts[level + 1 :] = [0] * (8 - level)
        shape, text = self.levels[name][level]
        if shape in ("none", "bullet"):
            return f"{text} " if text else ""
        for index in range(level + 1):
            text = text.replace(
                f"%{index + 1}", _numeral(counts[index], self.levels[name].get(index, ("decimal", ""))[0])
            )
        return text if text.endswith(("、", "）", " ")) else f"{text} "


def _numbering(properties: Element) -> tuple[str, int] | None:
    found = properties.find(w("numPr")) if properties is not None else None
    if found is None or found.find(w("numId")) is None:
        return None
    level = found.find(w("ilvl"))
    return found.find(w("numId")).get(w("val")), int(level.get(w("val"))) if level is not None else 0


def _numeral(count: int, shape: str) -> str:
    if shape.startswith("chinese"):
        tens, ones = divmod(count, 10)
        head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens % 10]}十"
        return head + (_DIGITS[ones] if ones or not tens else "")
    if shape == "lowerLetter":
        return chr(96 + (count - 1) % 26 + 1)
    return str(count)
