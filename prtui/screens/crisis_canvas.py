"""Lines that are drawn cell by cell: of a line that changes, only the cells that say something else are painted again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.visual import Visual
from textual.widget import Widget

from prtui.screens.chrome import Piece, pieces
from prtui.screens.columns import cell

Said = tuple[Piece, ...]

APART = 4  # cells that say the same between two runs, below which they are drawn as one


class Canvas(Widget):
    """As many lines as there is room for, each a row of pieces that is cut at the edge."""

    DEFAULT_CSS = "Canvas { width: 100%; height: 1fr; }"

    class Sized(Message):
        """There is more or less room."""

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines: tuple[Said, ...] = ()
        self._strips: dict[tuple[Said, int], Strip] = {}

    def show(self, lines: Sequence[Iterable[Piece]]) -> None:
        """Say these lines; what is said already is not painted."""
        width = self.size.width
        before, self._lines = self._lines, tuple(fitted(line, width) for line in lines)
        for y in range(max(len(before), len(self._lines))):
            old = before[y] if y < len(before) else ()
            new = self._lines[y] if y < len(self._lines) else ()
            if old != new:
                for first, last in changed(old, new, width):
                    self.refresh(Region(first, y, last - first, 1))

    @property
    def said(self) -> str:
        """The lines as plain text."""
        return "\n".join("".join(value for value, _tone in line).rstrip() for line in self._lines)

    def on_resize(self) -> None:
        """Other lines fit now."""
        self.post_message(self.Sized())

    def render_line(self, y: int) -> Strip:
        """One line, kept as long as it says the same."""
        width = self.size.width
        line = self._lines[y] if y < len(self._lines) else ()
        kept = self._strips.get((line, width))
        if kept is None:
            if len(self._strips) > 4 * max(self.size.height, 1):
                self._strips.clear()
            kept = self._strips[line, width] = self._drawn(pieces(*line), width)
        return kept

    def _drawn(self, content: Content, width: int) -> Strip:
        strips = Visual.to_strips(self, content, width, 1, self.visual_style)
        return strips[0].adjust_cell_length(width, self.rich_style) if strips else Strip.blank(width, self.rich_style)

    def notify_style_update(self) -> None:
        """Another theme."""
        self._strips.clear()
        super().notify_style_update()


def fitted(line: Iterable[Piece], width: int) -> Said:
    """The pieces cleaned, cut at the width, neighbours of one tone as one."""
    kept: list[Piece] = []
    room = width
    for value, tone in line:
        if not value or room < 1:
            continue
        drawn = cell(value, min(room, cell_len(value)))
        room -= cell_len(drawn)
        if kept and kept[-1][1] == tone:
            kept[-1] = (kept[-1][0] + drawn, tone)
        else:
            kept.append((drawn, tone))
    return tuple(kept)


def changed(old: Said, new: Said, width: int) -> list[tuple[int, int]]:
    """The runs of cells that say something else: the first cell of each, and the one after its last."""
    before, after = _cells(old, width), _cells(new, width)
    runs: list[tuple[int, int]] = []
    for x in range(width):
        if before[x] != after[x]:
            if runs and x - runs[-1][1] < APART:
                runs[-1] = runs[-1][0], x + 1
            else:
                runs.append((x, x + 1))
    return runs or [(0, width)]


def _cells(line: Said, width: int) -> list[tuple[str, str]]:
    """What stands in each cell; the second half of a wide character belongs to it."""
    out: list[tuple[str, str]] = []
    for value, tone in line:
        for character in value:
            wide = cell_len(character)
            if wide == 0 and out:
                out[-1] = (out[-1][0] + character, tone)
            out += [(character, tone)] * wide
    return (out + [(" ", "")] * width)[:width]
