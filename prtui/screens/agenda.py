"""Lines of columns under headings, a mark at one of them; read again, only the lines that changed are painted."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Region, Size
from textual.widget import Widget

from prtui.screens.chrome import Piece, drawn, pieces
from prtui.screens.columns import cell
from prtui.screens.options import Option, Options
from prtui.text import cells

GAP = "  "


class Agenda(Options):
    """Options that fill the room there is."""

    DEFAULT_CSS = "Agenda { height: 1fr; }"

    def show(self, options: Sequence[Option], *, keep: bool = True) -> None:
        """Offer these; where the lines are the same ones, only those that say something else are painted."""
        if [one.id for one in options] != [one.id for one in self.options]:
            super().show(options, keep=keep)
            return
        changed = [number for number, one in enumerate(options) if one != self.options[number]]
        self.options = list(options)
        for number in changed:
            self.refresh(Region(0, number - self._top, self.size.width, 1))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """All there is."""
        return container.height


def in_columns(values: Sequence[Piece], widths: Sequence[int]) -> tuple[Piece, ...]:
    """The values side by side; a column of no width is left out."""
    placed: list[Piece] = []
    for (value, tone), width in zip(values, widths, strict=True):
        if width:
            placed += [(cell(value, width), tone), (GAP, "")]
    return tuple(placed[:-1])


def shared(lines: Sequence[Sequence[Piece]], room: int, *, flexible: int, most: Sequence[int]) -> list[int]:
    """Cells a column so that every line fits: as wide as its widest value but at most `most`; the flexible one takes the
    rest."""
    widths = [
        0 if column == flexible else min(limit, max((cells(drawn(line[column][0])) for line in lines), default=0))
        for column, limit in enumerate(most)
    ]
    taken = sum(width + len(GAP) for width in widths if width)
    widths[flexible] = max(8, room - taken)
    return widths


class Facts(Widget):
    """Lines that are only read; as tall as there are lines."""

    DEFAULT_CSS = "Facts { width: 100%; height: auto; padding: 0 1; }"

    _lines: tuple[tuple[Piece, ...], ...] = ()

    def show(self, lines: Sequence[Sequence[Piece]]) -> None:
        """Say these; nothing is painted when they are said already."""
        said = tuple(tuple((drawn(value), tone) for value, tone in line) for line in lines)
        if said != self._lines:
            resized = len(said) != len(self._lines)
            self._lines = said
            self.refresh(layout=resized)

    @property
    def said(self) -> str:
        """The lines as plain text."""
        return "\n".join("".join(value for value, _tone in line) for line in self._lines)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """A line each."""
        return len(self._lines)

    def render(self) -> Content:
        """The lines, each cut at the edge."""
        return Content("\n").join([pieces(*_cut(line, self.size.width)) for line in self._lines])


def _cut(line: Sequence[Piece], room: int) -> list[Piece]:
    kept: list[Piece] = []
    for value, tone in line:
        width = min(room, cell_len(value))
        kept.append((cell(value, width), tone))
        room -= width
    return kept
