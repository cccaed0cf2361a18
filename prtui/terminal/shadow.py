"""What the terminal shows, what Textual wants it to show, and how a frame of Textual's is read into cells."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from rich.cells import cell_len
from rich.color import ColorSystem
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.strip import Strip

from prtui.terminal.pens import PLAIN, Pen, blank_pen, pen_of
from prtui.terminal.width import glyphs

Cell = tuple[str, Pen]
"""What stands in a cell. The right half of a wide character is ""."""
Row = list[Cell]

BLANK: Cell = (" ", PLAIN)
_JOINER = "\u200d"
_FLAGS = range(0x1F1E6, 0x1F200)

disputed: set[str] = set()
"""Characters met so far that terminals do not agree on how wide they draw them."""


class Shadow:
    """The screen twice: `shown`, as far as the terminal has it (None: not known), and `wanted`."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self.shown: list[Row] | None = None
        self.wanted: list[Row] = [[BLANK] * width for _ in range(height)]

    def differing(self) -> int:
        """How many rows are not shown as they are wanted."""
        if self.shown is None:
            return self.height
        return sum(old is not new and old != new for old, new in zip(self.shown, self.wanted, strict=True))

    def take(self, update: LayoutUpdate | ChopsUpdate, system: ColorSystem | None) -> None:
        """Reads a frame into `wanted`; rows it does not touch stay the same objects."""
        if isinstance(update, LayoutUpdate):
            for y, line in enumerate(update.strips, update.region.y):
                if y < self.height:
                    row = [BLANK] * self.width
                    x = update.region.x
                    for strip in line:
                        x = place(row, x, cells_of(strip, system))
                    self.wanted[y] = row
            return
        touched: dict[int, Row] = {}
        for y, start, stop in update.spans:
            if y >= self.height:
                continue
            if y not in touched:
                touched[y] = self.wanted[y].copy()
            # Exactly what ChopsUpdate.render_segments draws, its way of cutting included.
            for end, (x, chop) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
                if chop is None or x > stop or end <= start:
                    continue
                whole = stop > x >= start and end <= stop
                place(touched[y], x, cells_of(chop if whole else chop.crop(0, min(end, stop) - x), system))
        for y, row in touched.items():
            self.wanted[y] = row


def place(row: Row, x: int, cells: Row) -> int:
    """Lays cells into a row from x on, never past its end; no part of a wide character is left over. The column after."""
    cells = cells[: max(0, len(row) - x)]
    end = x + len(cells)
    if not cells:
        return end
    if row[x][0] == "":
        _blank_back(row, x - 1)
    at = end
    while at < len(row) and row[at][0] == "":
        row[at] = (" ", blank_pen(row[at][1]))
        at += 1
    row[x:end] = cells
    last = max((at for at in range(x, end) if row[at][0]), default=x)
    if end == len(row) and cell_len(row[last][0]) > end - last:  # it would stick out of the screen
        _blank_back(row, end - 1)
    return end


def _blank_back(row: Row, x: int) -> None:
    """Makes blanks of the character that ends in this column."""
    while x >= 0:
        was, row[x] = row[x], (" ", blank_pen(row[x][1]))
        if was[0]:
            return
        x -= 1


def cells_of(strip: Strip, system: ColorSystem | None) -> Row:
    """The cells a strip fills."""
    cells: Row = []
    for text, style, control in strip:
        if not control:
            cells += drawn(text, pen_of(style, system))
    return cells


@lru_cache(8192)
def drawn(text: str, pen: Pen) -> tuple[Cell, ...]:
    """The cells of a text, as many as Textual counts; control characters fill none."""
    blank = (" ", blank_pen(pen))
    if text.isascii() and text.isprintable():
        return tuple([blank if char == " " else (char, pen) for char in text])
    cells: list[Cell] = []
    for cluster in clusters(text):
        width = cell_len(cluster)
        if width:
            cells.append(blank if cluster == " " else (cluster, pen))
            cells += [("", pen)] * (width - 1)
        if not settled(cluster, not glyphs().ascii):
            disputed.add(cluster)
    counted = cell_len(text)
    return tuple([*cells, *[blank] * (counted - len(cells))][:counted])


def clusters(text: str) -> list[str]:
    """The text in pieces that share cells: a character with what is put on it; no control characters."""
    pieces: list[str] = []
    joined = False
    for char in text:
        if unicodedata.category(char) == "Cc":
            continue
        flag = bool(pieces) and ord(char) in _FLAGS and len(pieces[-1]) == 1 and ord(pieces[-1]) in _FLAGS
        if pieces and (joined or flag or cell_len(char) == 0):
            pieces[-1] += char
        else:
            pieces.append(char)
        joined = char == _JOINER
    return pieces


@lru_cache(8192)
def settled(cluster: str, ambiguous_known: bool) -> bool:
    """Whether every terminal draws this as wide as Rich counts it. `ambiguous_known`: this one was asked, and draws the
    ambiguous characters one cell wide."""
    if len(cluster) != 1:
        return False
    category = unicodedata.category(cluster)
    if category[0] not in "LNPSZ" or 0x1F000 <= ord(cluster) < 0x20000:
        return False
    kind = unicodedata.east_asian_width(cluster)
    if kind == "A":
        return ambiguous_known
    if kind == "W" and category[0] == "S":  # ⌚ ⭐ ䷀ became wide over the years; 〒 ㈱ always were
        return any(low <= ord(cluster) <= high for low, high in ((0x2E80, 0x33FF), (0xFE30, 0xFE6F)))
    return True


def runs(old: Row, new: Row) -> list[tuple[int, int]]:
    """Where two rows differ: [start, stop) from left to right, never ending in the middle of a wide character."""
    found: list[tuple[int, int]] = []
    x, width = 0, len(new)
    while x < width:
        if old[x] == new[x]:
            x += 1
            continue
        start = x
        while x < width and (old[x] != new[x] or new[x][0] == ""):
            x += 1
        found.append((start, x))
    return found
