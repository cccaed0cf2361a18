"""A table of any number of rows: only the pages around the cursor are in memory, and nothing waits for them."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.actions import SkipAction
from textual.binding import Binding, BindingType
from textual.events import Resize
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from prtui.errors import PrtuiError
from prtui.i18n import _
from prtui.screens.columns import GAP, Column, cell, widths
from prtui.screens.pages import Fetch, Locate, Pages, TableRow
from prtui.terminal.width import glyphs

__all__ = ["Column", "Fetch", "Locate", "TableRow", "VirtualTable"]


class VirtualTable(ScrollView, can_focus=True):
    """Rows read through `fetch(offset, limit)` as they come into sight; until then their line is `…`.

    `locate(id)` says at which position a row stands now; without it a row is looked for page by page. With `markable`
    Space marks rows.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "table--head", "table--rule", "table--mark",
        "table--muted", "table--good", "table--warn", "table--bad",
    }  # fmt: skip

    DEFAULT_CSS = """
    VirtualTable {
        height: 1fr;
        overflow-x: hidden;
        scrollbar-size: 0 0;
        & .table--head { color: $text-muted; }
        & .table--rule { color: $text-disabled; }
        & .table--mark { color: $accent; }
        & .table--muted { color: $text-muted; }
        & .table--good { color: $success; }
        & .table--warn { color: $warning; }
        & .table--bad { color: $error; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "first", show=False),
        Binding("end", "last", show=False),
        Binding("enter", "open", show=False),
        Binding("space", "mark", show=False),
    ]

    @dataclass
    class OfTable(Message):
        """What all its messages carry."""

        table: VirtualTable

        @property
        def control(self) -> VirtualTable:
            """The table, for `@on(…, selector)`."""
            return self.table

    @dataclass
    class RowHighlighted(OfTable):
        """The cursor stands on this row, which is loaded; sent again when the row's content changed."""

        row: TableRow

    @dataclass
    class RowOpened(OfTable):
        """Enter was pressed on this row."""

        row: TableRow

    @dataclass
    class MarksChanged(OfTable):
        """Space marked or unmarked a row."""

    @dataclass
    class FetchFailed(OfTable):
        """Rows could not be read; they stay `…` until the next reload."""

        error: PrtuiError

    def __init__(
        self,
        columns: Sequence[Column],
        fetch: Fetch,
        count: int = 0,
        *,
        locate: Locate | None = None,
        markable: bool = False,
        header: bool = True,
        empty: str = "",
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.columns = tuple(columns)
        self.markable = markable
        self.empty = empty
        self.marked: set[Hashable] = set()
        self.cursor = 0
        self._head = 2 if header else 0
        self._pages = Pages(fetch, count, self._refresh_row, locate)
        self._loading = False
        self._anchor: tuple[Hashable] | None = None  # the row the cursor shall stay on through a reload
        self._announced: TableRow | None = None
        self._open_when_loaded = False

    # What it shows now

    @property
    def count(self) -> int:
        """How many rows the list has."""
        return self._pages.count

    @property
    def row(self) -> TableRow | None:
        """The row under the cursor, None while it is not loaded."""
        return self._pages.row_at(self.cursor)

    def row_at(self, index: int) -> TableRow | None:
        """The row at this position, None if it is not loaded."""
        return self._pages.row_at(index)

    # What others do with it

    def reload(self, count: int | None = None, *, top: bool = False) -> None:
        """Read everything again; what is drawn stays until then. The cursor follows its row; with `top` (another list)
        it goes to the first."""
        row, before = self.row, self.count
        self._pages.restart(self.count if count is None else count, forget=top)
        if top:
            self.cursor, self._anchor, self._announced, self._open_when_loaded = 0, None, None, False
        elif row is not None and self._anchor is None:
            self._anchor = (row.id,)
        self.cursor = max(0, min(self.cursor, self.count - 1))
        self._resize_virtual()
        self._reveal()
        first = round(self.scroll_y)
        for index in range(first, first + self._height):
            if top or (index < before) != (index < self.count) or index == self.cursor:
                self._refresh_row(index)
        self._ensure()

    def show(self, fetch: Fetch, count: int, locate: Locate | None = None) -> None:
        """Another list in the same columns, from its top; nothing is marked in it."""
        self._pages.fetch, self._pages.locate = fetch, locate
        self.marked.clear()
        self.reload(count, top=True)

    async def goto(self, id: Hashable) -> bool:
        """Puts the cursor on the row; False if there is none. Raises what `fetch` raises."""
        while True:
            generation = self._pages.generation
            index = await self._pages.find(id, self.cursor)
            if generation == self._pages.generation:
                break
        if index is None:
            return False
        self.move_to(index)
        return True

    def move_to(self, index: int) -> None:
        """Puts the cursor on this position, or the nearest there is."""
        index = max(0, min(index, self.count - 1))
        self._anchor, self._open_when_loaded = None, False
        if index != self.cursor:
            before, self.cursor = self.cursor, index
            self._refresh_row(before)
            self._refresh_row(index)
            self._reveal()
            self._ensure()
        self._announce()

    def unmark(self) -> None:
        """No row is marked any more."""
        self.marked.clear()
        self._refresh_rows()
        self.post_message(self.MarksChanged(self))

    # Keys

    def action_move(self, rows: int) -> None:
        """Some rows down."""
        self.move_to(self.cursor + rows)

    def action_page(self, pages: int) -> None:
        """Some screenfuls down, one line kept."""
        self.move_to(self.cursor + pages * max(1, self._height - 1))

    def action_first(self) -> None:
        """The first row."""
        self.move_to(0)

    def action_last(self) -> None:
        """The last row."""
        self.move_to(self.count - 1)

    def action_open(self) -> None:
        """Enter; on a row that is still being read it counts as soon as the row is there."""
        row = self.row
        if row is not None:
            self.post_message(self.RowOpened(self, row))
        else:
            self._open_when_loaded = self.count > 0

    def action_mark(self) -> None:
        """Space: marks the row or takes the mark away."""
        if not self.markable:
            raise SkipAction
        row = self.row
        if row is not None:
            self.marked ^= {row.id}
            self._refresh_row(self.cursor)
            self.post_message(self.MarksChanged(self))

    # Reading pages

    def on_mount(self) -> None:
        """Starts reading."""
        self._resize_virtual()
        self._ensure()

    def on_resize(self, event: Resize) -> None:
        """Keeps the cursor in sight and reads what came into it."""
        self._reveal()
        self._ensure()

    def _missing(self) -> int | None:
        return self._pages.missing(self.cursor, round(self.scroll_y), self._height)

    def _ensure(self) -> None:
        if self._loading or not self.is_attached or (self._missing() is None and self._anchor is None):
            return
        self._loading = True
        self.run_worker(self._load(), group="pages")

    async def _load(self) -> None:
        try:
            while True:
                if self._anchor is not None:
                    await self._follow(self._anchor)
                elif (page := self._missing()) is not None:
                    await self._try(page)
                else:
                    return
                self._announce()
        finally:
            self._loading = False

    async def _try(self, page: int) -> None:
        generation = self._pages.generation
        try:
            await self._pages.read(page)
        except PrtuiError as error:
            if generation == self._pages.generation:
                self._pages.give_up(page)
                self.post_message(self.FetchFailed(self, error))

    async def _follow(self, anchor: tuple[Hashable]) -> None:
        generation = self._pages.generation
        try:
            index = await self._pages.find(anchor[0], self.cursor, reach=1)
        except PrtuiError:
            index = None  # reading what is in sight will say so
        if generation != self._pages.generation or self._anchor is not anchor:
            return  # reloaded again, or the cursor was moved meanwhile
        self._anchor = None
        if index is not None and index != self.cursor:
            offset = index - self.cursor
            self.cursor = index
            self._scroll_rows(round(self.scroll_y) + offset)  # the row stays on its line of the screen
            self._reveal()
            self._refresh_rows()

    def _announce(self) -> None:
        row = self.row
        if row is None or self._anchor is not None:
            return
        if row != self._announced:
            self._announced = row
            self.post_message(self.RowHighlighted(self, row))
        if self._open_when_loaded:
            self._open_when_loaded = False
            self.post_message(self.RowOpened(self, row))

    # Drawing

    @property
    def _height(self) -> int:
        """Lines there are for rows."""
        return max(0, self.size.height - self._head)

    def _resize_virtual(self) -> None:
        self.virtual_size = Size(1, max(self.count, 1) + self._head)

    def _scroll_rows(self, top: int) -> None:
        self.scroll_to(y=max(0, min(top, self.count - self._height)), animate=False, force=True)

    def _reveal(self) -> None:
        top = round(self.scroll_y)
        if self.cursor < top:
            self._scroll_rows(self.cursor)
        elif self._height and self.cursor >= top + self._height:
            self._scroll_rows(self.cursor - self._height + 1)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Repaints the rows, not the head."""
        if round(old_value) != round(new_value):
            self._refresh_rows()
            self._ensure()

    def _refresh_row(self, index: int) -> None:
        line = index - round(self.scroll_y)
        if 0 <= line < self._height:
            self.refresh(Region(0, line + self._head, self.size.width, 1))

    def _refresh_rows(self) -> None:
        self.refresh(Region(0, self._head, self.size.width, self._height))

    def render_line(self, y: int) -> Strip:
        """The head, its rule, or the row that stands on this line."""
        width = self.size.width
        if y >= self._head:
            return self._draw_row(y - self._head + round(self.scroll_y), width)
        if y:
            return Strip([Segment(glyphs().rule * width, self._style("rule"))], width)
        labels = [_(column.label) for column in self.columns]
        return self._draw(" " * self._gutter, labels, width, self._style("head"))

    @property
    def _gutter(self) -> int:
        return 2 if self.markable else 1

    def _style(self, *names: str) -> Style:
        style = self.rich_style
        for name in names:
            if f"table--{name}" in self.COMPONENT_CLASSES:
                style += self.get_component_rich_style(f"table--{name}", partial=True)
        return style

    def _draw_row(self, index: int, width: int) -> Strip:
        if index >= self.count:
            text = " " * self._gutter + (self.empty if index == 0 else "")
            return Strip([Segment(cell(text, width), self._style("muted"))], width)
        here = index == self.cursor
        row = self.row_at(index)
        gutter = glyphs().mark if here else " "
        if self.markable:
            gutter = (glyphs().dot if row is not None and row.id in self.marked else " ") + gutter
        if row is None:
            return self._draw(gutter, [glyphs().ellipsis], width, self._style("muted"))
        tones = {number: self._style(tone) for number, tone in row.tones.items()}
        return self._draw(gutter, row.cells, width, self._style(row.tone), tones)

    def _draw(
        self, gutter: str, cells: Sequence[str], width: int, style: Style, tones: Mapping[int, Style] | None = None
    ) -> Strip:
        segments = [Segment(gutter, self._style("mark") if gutter.strip() else style)]
        given = widths(self.columns, width - self._gutter)
        for number, (column, room) in enumerate(zip(self.columns, given, strict=True)):
            if room:
                text = cell(cells[number] if number < len(cells) else "", room, right=column.right)
                segments += [
                    Segment(GAP if number else "", style),
                    Segment(text, tones.get(number, style) if tones else style),
                ]
        return Strip(segments).adjust_cell_length(width, style)
