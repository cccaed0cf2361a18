"""The fields of a record as they are read: short ones in two columns, long ones wrapped, prose below."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from prtui.clock import Moment
from prtui.i18n import _
from prtui.screens.chrome import Piece, drawn, filled, pieces
from prtui.store import Row
from prtui.store.fields import Code, Prose
from prtui.store.records import applies, specs
from prtui.terminal.width import glyphs
from prtui.text import cells, wrap

Line = tuple[Piece, ...]
SHORTEST_LABEL, LONGEST_LABEL = 10, 20


def shown(row: Row, name: str, zone: str) -> str:
    """The field for a person on the clock of `zone`; stamps of the program are instants too."""
    value = row[name]
    return str(Moment(value, zone)) if isinstance(value, datetime) else row.shown(name)


def sheet(row: Row, width: int, zone: str) -> list[Line]:
    """The lines of a record's sheet, at most so many cells wide. Blank fields are left out."""
    short: list[tuple[str, str]] = []
    prose: list[tuple[str, str]] = []
    for name, spec in specs(row.model).items():
        if isinstance(spec, Code) or spec.hidden or name == row.model.titled_by or not applies(spec, row):
            continue
        value = shown(row, name, zone)
        if value and isinstance(spec, Prose):
            prose.append((_(spec.label), value))
        elif value:
            short.append((_(spec.label), f"{value} {_(spec.unit)}" if spec.unit else value))
    lines = _fields(short, width)
    for label, value in prose:
        lines += [(), ((drawn(label), "muted"),), *(((drawn(part), ""),) for part in wrap(value, width))]
    return lines


def _fields(fields: list[tuple[str, str]], width: int) -> list[Line]:
    half = (width - 4) // 2
    label = min(max((cells(name) for name, _value in fields), default=0), LONGEST_LABEL)
    label = max(label + 1, SHORTEST_LABEL)
    paired = half >= 2 * label
    lines: list[Line] = []
    waiting: list[tuple[str, str]] = []
    for field in fields:
        if paired and cells(drawn(field[1][: 2 * half])) <= half - label - 1:
            waiting.append(field)
        else:
            lines += [*_pairs(waiting, half, label), *_wrapped(*field, width, label)]
            waiting = []
    return lines + _pairs(waiting, half, label)


def _pairs(fields: list[tuple[str, str]], half: int, label: int) -> list[Line]:
    # Down the left column, then down the right one, as the eye reads a card.
    rows = (len(fields) + 1) // 2
    lines: list[Line] = []
    for number in range(rows):
        left = _pair(fields[number], half, label)
        right = _pair(fields[number + rows], half, label) if number + rows < len(fields) else ()
        lines.append((*left, ("    ", ""), *right))
    return lines


def _pair(field: tuple[str, str], width: int, label: int) -> Line:
    return ((filled(field[0], label), "muted"), (" ", ""), (filled(field[1], width - label - 1), ""))


def _wrapped(name: str, value: str, width: int, label: int) -> Iterator[Line]:
    for number, part in enumerate(wrap(value, max(8, width - label - 1))):
        yield ((filled("" if number else name, label), "muted"), (" ", ""), (drawn(part), ""))


class Sheet(ScrollView, can_focus=True):
    """Lines that are read and scrolled; only what is in sight is drawn."""

    DEFAULT_CSS = "Sheet { width: 100%; height: 1fr; padding: 0 1; overflow-x: hidden; scrollbar-size: 0 0; }"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "scroll_lines(-1)", show=False),
        Binding("down", "scroll_lines(1)", show=False),
        Binding("pageup", "scroll_pages(-1)", show=False),
        Binding("pagedown,space", "scroll_pages(1)", show=False),
        Binding("home", "scroll_lines(-1000000)", show=False),
        Binding("end", "scroll_lines(1000000)", show=False),
    ]

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines: list[Line] = []

    @property
    def room(self) -> int:
        """Cells of a line."""
        return self.size.width

    @property
    def said(self) -> str:
        """The whole sheet as plain text."""
        return "\n".join("".join(value for value, _tone in line) for line in self._lines)

    def show(self, lines: list[Line]) -> None:
        """Show these lines."""
        if lines != self._lines:
            self._lines = lines
            self.virtual_size = Size(self.room, len(lines))
            self.refresh()

    def action_scroll_lines(self, lines: int) -> None:
        """Some lines down."""
        self.scroll_to(y=self.scroll_y + lines, animate=False, force=True)

    def action_scroll_pages(self, pages: int) -> None:
        """Some screenfuls down, one line kept."""
        self.action_scroll_lines(pages * max(1, self.size.height - 1))

    def render_line(self, y: int) -> Strip:
        """One line in sight."""
        index, width = y + round(self.scroll_y), self.size.width
        line: Line = self._lines[index] if index < len(self._lines) else ()
        return _strip(self, pieces(*((glyphs().drawn(value), tone) for value, tone in line)), width)


def _strip(widget: Any, content: Content, width: int) -> Strip:
    strips = Visual.to_strips(widget, content, width, 1, widget.visual_style)
    return strips[0] if strips else Strip.blank(width, widget.rich_style)
