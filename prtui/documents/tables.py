"""Tables as WordprocessingML. Rows are built as elements: python-docx's `cell(i, j)` takes 157 s at 400 × 8."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import chain, islice, repeat

from lxml import etree

from prtui.documents.blocks import Cell, Facts, Table
from prtui.documents.ooxml import Element, el, tidy, w
from prtui.money import MINUS
from prtui.text import cells

_NUMERIC = re.compile(
    r"^[-+−±]?\s*(?:[A-Z]{3}\s*|HK\$|[¥€$£])?[\d,]+(?:\.\d+)?\s*(?:%|‰|pp|个百分点|万元|万|亿元|元|篇|人)?$|^—?$"
)
_SEAM = re.compile(r"(?<=[A-Za-z0-9])(?=[\u3400-\u9fff])|(?<=[\u3400-\u9fff])(?=[A-Za-z0-9])")
_PADDING = 230  # twips of a cell's own margins, with a little air
_WHOLE = 4  # rows up to which a table is never parted
# A date, a time or a length is read as one; so is a word, unless it is an address or the like.
_TOGETHER = re.compile(
    r"(?:\d{4}年)?\d{1,2}月\d{1,2}日(?:\d{1,2}:\d{2})?|\d{1,2} [A-Z][a-z]{2,8} \d{4}|\d[\d,.]* ?(?:个工作日|小时|分钟|天|min|h|d)\b|[!-~]+"
)
_MARKUP = re.compile(r"\*\*|\[\^(?=\d)|(?<=\d)\]|\]\([^\s()]*\)")
_LINE, _PIECE = (12, 8, 0), 24  # half-widths of the lines that are kept whole if they can be; of the words
_SOFT = 16  # half-widths from which a text column may wrap


def shown(value: Cell) -> str:
    """The cell as text: thousands separated, at most two decimals of a float, a true minus."""
    if value is None:
        return ""
    if isinstance(value, bool | str):
        return tidy(value)
    text = f"{value:,.2f}" if isinstance(value, float) else f"{value:,}"
    return text.replace("-", MINUS)


def columns(table: Table, width: int, size: float = 9.5) -> list[int]:
    """The width in twips of each column at that text size in points. Numbers, dates and headers do not wrap; free text
    shares what is left."""
    half_width = size * 10.8  # twips, with a little more than half an em for Latin capitals
    count = len(table.header)
    if table.widths:
        wanted = [float(part) for part in table.widths]
    else:
        rows = [*table.rows, table.total] if table.total is not None else table.rows
        wanted, soft = [], []
        for column in range(count):
            longest = max(
                (_measure(_bare(row[column])) - _slim(row[column]) for row in rows if column < len(row)), default=0
            )
            soft.append(longest > _SOFT)
            wanted.append(max(_measure(tidy(table.header[column])), longest) * half_width + _PADDING)
        hard = sum(need for need, wraps in zip(wanted, soft, strict=True) if not wraps)
        asked, left = sum(wanted) - hard, width - hard
        if sum(wanted) > width and asked and left >= 900 * sum(soft):
            wanted = [left * need / asked if wraps else need for need, wraps in zip(wanted, soft, strict=True)]
    sizes = [max(int(need), 1) for need in _shared(wanted, table, width, half_width)]
    sizes[-1] += width - sum(sizes)
    return sizes


def _shared(wanted: list[float], table: Table, width: int, half_width: float) -> list[float]:
    """The width in these shares, but no column narrower than what has to stay together in it, where there is room for that."""
    count = len(wanted)
    rows = [*table.rows, table.total or ()]
    texts = [
        {line for row in rows if at < len(row) for line in _bare(row[at])[:400].split("\n")} for at in range(count)
    ]
    narrow: set[int] = set()
    least = [0.0] * count
    for line in _LINE:
        # Bold, so that its small letters are as wide as the others.
        heads = [_together(text, line * (1 if text.isascii() else 2)) + _slim(text) for text in map(tidy, table.header)]
        pieces = [max((_together(text, line) for text in of), default=0) for of in texts]
        least = [max(pair) * half_width + _PADDING for pair in zip(heads, pieces, strict=True)]
        if sum(least) <= width:
            break
    else:
        least = [0.0] * count
    while True:
        share = sum(need for at, need in enumerate(wanted) if at not in narrow) or 1
        scale = (width - sum(least[at] for at in narrow)) / share
        tight = {at for at in range(count) if at not in narrow and wanted[at] * scale < least[at]}
        if not tight:
            return [least[at] if at in narrow else need * scale for at, need in enumerate(wanted)]
        narrow |= tight


def _slim(value: Cell) -> float:
    """How many half-widths an English text is narrower than its letters, for its small ones."""
    return sum(map(str.islower, value)) * 0.12 if isinstance(value, str) and value.isascii() else 0.0


def _bare(value: Cell) -> str:
    """The cell as it will be seen, without the marks of bold, links and keys."""
    text = shown(value)
    return _MARKUP.sub("", text) if "[" in text or "*" in text else text


def _together(text: str, line: int) -> float:
    """Half-widths of the longest piece that is not to be broken: a short line as a whole, else a date, a length, a word."""
    whole = _measure(text) - _slim(text)
    if whole <= line:
        return whole
    return max((size for match in _TOGETHER.findall(text) if (size := _measure(match)) <= _PIECE), default=0)


def _measure(text: str) -> float:
    """Half-widths of the longest line. Word sets a quarter em between a Chinese character and a Latin one."""
    if len(text) > 400:
        return 400
    if text.isascii():
        return len(text) if "\n" not in text else max(map(len, text.split("\n")))
    return max(cells(line) + len(_SEAM.findall(line)) / 2 for line in text.split("\n"))


def alignments(table: Table) -> list[str]:
    """Left or right per column: a column in which every filled cell is a number is set right."""
    if table.align:
        return list(table.align)
    return ["right" if _numbers(table.rows, column) else "left" for column in range(len(table.header))]


def _numbers(rows: Sequence[Sequence[Cell]], column: int) -> bool:
    seen = False
    for row in rows:
        value = row[column] if column < len(row) else None
        if value is None or value == "":
            continue
        if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
            seen = True
        elif isinstance(value, str) and len(value) < 40 and _NUMERIC.match(value):
            seen = seen or value != "—"
        else:
            return False
    return seen


def table_element(
    table: Table, width: int, size: float, style: Callable[..., str], inline: Callable[[Element, str], None]
) -> Element:
    """A w:tbl with w:gridCol widths in twips, a repeated header, and rows that are kept whole."""
    sizes, align = columns(table, width, size), alignments(table)
    made = el("tbl")
    properties = el("tblPr", made)
    el("tblStyle", properties, val=style("PR Table", "Table Grid"))
    el("tblW", properties, w=width, type="dxa")
    el("tblLayout", properties, type="fixed")
    el("tblLook", properties, val="04A0", firstRow=1, lastRow=int(table.total is not None), firstColumn=0, lastColumn=0, noHBand=0, noVBand=1)  # fmt: skip
    if table.caption:
        el("tblCaption", properties, val=tidy(table.caption))
    if table.alt or table.caption:
        el("tblDescription", properties, val=tidy(table.alt or table.caption))
    grid = el("tblGrid", made)
    for wide in sizes:
        el("gridCol", grid, w=wide)
    looks = {name: style(name, "Normal") for name in ("Table Head", "Table Text", "Table Total")}

    def row(values: Sequence[Cell], look: str, *, head: bool = False, keep: bool = False) -> None:
        line = etree.SubElement(made, w("tr"))
        row_properties = el("trPr", line)
        el("cantSplit", row_properties)
        if head:
            el("tblHeader", row_properties)
        for column, value in enumerate(islice(chain(values, repeat("")), len(sizes))):
            cell = etree.SubElement(line, w("tc"))
            cell_properties = etree.SubElement(cell, w("tcPr"))
            el("tcW", cell_properties, w=sizes[column], type="dxa")
            paragraph = etree.SubElement(cell, w("p"))
            look_of = etree.SubElement(paragraph, w("pPr"))
            el("pStyle", look_of, val=looks[look])
            if keep:
                el("keepNext", look_of)
            if align[column] != "left":
                el("jc", look_of, val=align[column])
            text = shown(value)
            if text:
                inline(paragraph, text)

    # A short table stays whole; a long one begins and ends with no row alone, and keeps its total with the row above.
    short = len(table.rows) <= _WHOLE
    row(table.header, "Table Head", head=True, keep=True)
    last = len(table.rows) - 1
    for index, values in enumerate(table.rows):
        keep = (index < last if short else index == 0 or last - 3 < index < last) or (
            index == last and table.total is not None
        )
        row(values, "Table Text", keep=keep)
    if table.total is not None:
        row(table.total, "Table Total")
    return made


def facts_element(
    facts: Facts, width: int, size: float, style: Callable[..., str], inline: Callable[[Element, str], None]
) -> Element:
    """A borderless two-column w:tbl; the label column is as wide as its longest label."""
    longest = max((_measure(tidy(label)) for label, _value in facts.pairs), default=0)
    left = min(max(int(longest * size * 10.8) + 240, 1100), width // 3)
    made = el("tbl")
    properties = el("tblPr", made)
    el("tblStyle", properties, val=style("PR Bare" if facts.bare else "PR Facts", "Normal Table"))
    el("tblW", properties, w=width, type="dxa")
    el("tblLayout", properties, type="fixed")
    el("tblLook", properties, val="0480", firstRow=0, lastRow=0, firstColumn=1, lastColumn=0, noHBand=0, noVBand=1)
    grid = el("tblGrid", made)
    sizes = (left, width - left)
    for wide in sizes:
        el("gridCol", grid, w=wide)
    looks = (style("Fact Label", "Table Text"), style("Fact Value", "Table Text"))
    for index, pair in enumerate(facts.pairs):
        line = etree.SubElement(made, w("tr"))
        el("cantSplit", el("trPr", line))
        for text, wide, look in zip(pair, sizes, looks, strict=True):
            cell = etree.SubElement(line, w("tc"))
            el("tcW", etree.SubElement(cell, w("tcPr")), w=wide, type="dxa")
            paragraph = etree.SubElement(cell, w("p"))
            look_of = etree.SubElement(paragraph, w("pPr"))
            el("pStyle", look_of, val=look)
            if index < len(facts.pairs) - 1:
                el("keepNext", look_of)
            if cleaned := tidy(text):
                inline(paragraph, cleaned)
    return made
