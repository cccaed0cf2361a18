"""The list of any kind of record: narrowed while typing, sorted by any column, marked, filled and emptied by keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from textual import events
from textual.app import ComposeResult

from prtui import text
from prtui.commands import LIST, TEXTS
from prtui.desk import records
from prtui.errors import NotFound, Refused, Trouble
from prtui.i18n import _
from prtui.screens import copying
from prtui.screens.base import DeskScreen
from prtui.screens.chrome import Piece
from prtui.screens.columns import Column
from prtui.screens.pages import TableRow
from prtui.screens.sheet import sheet, shown
from prtui.screens.table import VirtualTable
from prtui.screens.working import job
from prtui.store import KINDS, Row, Work, query
from prtui.store.fields import Ref
from prtui.store.records import Record, specs
from prtui.terminal.width import glyphs
from prtui.text import masked

if TYPE_CHECKING:
    from prtui.documents.copies import Copy

ROWS_KEPT = 2000  # for the detail at the right; more than the table keeps pages in sight


def columns(model: type[Record], names: Sequence[str]) -> list[Column]:
    """The columns of these fields; the title takes what room there is, units stand in the head."""
    declared = specs(model)
    made = []
    for name in names:
        spec = declared[name]
        label = f"{_(spec.label)} {_(spec.unit)}" if spec.unit else spec.label
        titled = name == model.titled_by
        made.append(Column(label, None if titled else spec.width, spec.right, least=min(spec.width, 20)))
    return made


def cells(row: Row, zone: str, names: Sequence[str]) -> list[str]:
    """What the columns show of a record; a sensitive value only by its ends."""
    declared = specs(row.model)
    return [masked(shown(row, name, zone)) if declared[name].sensitive else shown(row, name, zone) for name in names]


class ListScreen(DeskScreen[None]):
    """The records of a kind, or of several kinds in turn."""

    scopes = (LIST,)
    has_detail = True

    def __init__(self, kinds: Sequence[str]) -> None:
        super().__init__()
        self.kinds = tuple(kinds)
        self.kind = kinds[0]
        self.typed = ""
        self.order: tuple[str, ...] = ()
        self.where: dict[str, Any] = {}
        self.count = 0
        self._rows: dict[int, Row] = {}
        self._top = 0  # the first row in sight when the cursor moved last
        self._anew = False  # it is another list now: the cursor goes to the top

    # -- what is shown ------------------------------------------------------------------------------------------------

    def body(self) -> ComposeResult:
        """A table a kind, one of them in sight."""
        for kind in self.kinds or ():
            table = VirtualTable(self.columns(kind), self._fetch, markable=True, id=f"table-{kind}")
            table.display = kind == self.kind
            yield table

    def names(self, kind: str) -> Sequence[str]:
        """The fields that are columns: those the record type declares."""
        return KINDS[kind].shown

    def columns(self, kind: str) -> list[Column]:
        """A column a field."""
        return columns(KINDS[kind], self.names(kind))

    def cells(self, row: Row) -> list[str]:
        """What the columns show of a record."""
        return cells(row, self.desk.settings.zone, self.names(row.kind))

    @property
    def table(self) -> VirtualTable:
        """The table in sight."""
        return self.query_one(f"#table-{self.kind}", VirtualTable)

    def focus_first(self) -> None:
        """The table takes the arrows."""
        self.table.focus()

    async def refresh_data(self) -> None:
        """Count again; the table reads what is in sight."""
        self.count = await self.read(query.count, self.kind, self.where, typed=self.typed)
        self.table.empty = (
            _("Nothing sounds like “{text}”. Esc shows all.").format(text=self.typed)
            if self.typed
            else _("Nothing here yet. a adds the first, m imports a file.")
            if TEXTS in self.scopes
            else _("Nothing here yet. a adds the first.")
        )
        self.table.reload(self.count, top=self._anew)
        self._anew = False
        self.say_head()

    def say_head(self) -> None:
        """The lists of this place, how it is narrowed and sorted, and how many there are."""
        state = []
        if self.table.marked:
            state.append(_("{count} marked").format(count=len(self.table.marked)))
        if self.typed:
            state.append(f"{glyphs().prompt} {self.typed}")
        if self.order:
            name = self.order[0].lstrip("-")
            label = specs(KINDS[self.kind])[self._declared(name)].label
            state.append(f"{_('by')} {_(label)} {'↓' if self.order[0].startswith('-') else '↑'}")
        state.append(f"{self.count:,}")
        self.head(self.lists(), "   ".join(state))

    def lists(self) -> list[Piece]:
        """The lists of this place, the one in sight in bold."""
        left: list[Piece] = []
        for kind in self.kinds or ():
            left += [(_(KINDS[kind].plural), "bold" if kind == self.kind else "muted"), ("   ", "")]
        return left

    def _declared(self, name: str) -> str:
        return KINDS[self.kind].titled_by if name == "sort_key" else name

    async def _fetch(self, offset: int, limit: int) -> Sequence[TableRow]:
        rows = await self.read(
            query.page, self.kind, self.where, typed=self.typed, order=self.order or None, limit=limit, offset=offset
        )
        if len(self._rows) > ROWS_KEPT:
            self._rows.clear()
        self._rows |= {row.id: row for row in rows}
        return [TableRow(row.id, self.cells(row)) for row in rows]

    def on_virtual_table_fetch_failed(self, message: VirtualTable.FetchFailed) -> None:
        """Says why rows are missing."""
        if isinstance(message.error, Trouble):
            self.not_read(message.error)
        else:
            self.tell(str(message.error), "bad")

    def on_virtual_table_row_highlighted(self, message: VirtualTable.RowHighlighted) -> None:
        """Shows what the cursor is on, at the right of a wide screen."""
        row = self._rows.get(cast(int, message.row.id))
        top, self._top = self._top, round(message.table.scroll_y)
        if row is not None:
            self.detail.follow(
                lambda: [
                    [(row.heading, "bold")],
                    [(row.code, "muted")],
                    [],
                    *sheet(row, 37, self.desk.settings.zone),
                ],
                scrolled=top != self._top,
            )

    def on_virtual_table_marks_changed(self) -> None:
        """Counts the marks."""
        self.say_head()

    # -- what the keys are about ----------------------------------------------------------------------------------------

    async def here(self) -> Row:
        """The row at the cursor. Raises NotFound when there is none."""
        at = self.table.row
        if at is None:
            raise NotFound(_("There is nothing here."))
        return await self.read(query.get, self.kind, cast(int, at.id))

    async def chosen(self) -> list[Row]:
        """The marked rows, else the one at the cursor."""
        marked = [cast(int, one) for one in self.table.marked]
        return await self.read(query.by_ids, self.kind, marked) if marked else [await self.here()]

    async def copies(self) -> Sequence[Copy]:
        """The lines of the marked rows, else of the one at the cursor."""
        return await copying.lines(self, await self.chosen())

    async def around(self, direction: int) -> Row | None:
        """The row after or before; the cursor goes with it."""
        index = self.table.cursor + direction
        if not 0 <= index < self.table.count:
            return None
        self.table.move_to(index)
        found = await self.read(
            query.page, self.kind, self.where, typed=self.typed, order=self.order or None, limit=1, offset=index
        )
        return found[0] if found else None

    def begun(self) -> Mapping[str, Any]:
        """What a new one begins with."""
        return {}

    # -- keys -----------------------------------------------------------------------------------------------------------

    @job
    async def on_virtual_table_row_opened(self, message: VirtualTable.RowOpened) -> None:
        """Enter opens the page of the record."""
        self.desk.open_record(await self.read(query.get, self.kind, cast(int, message.row.id)), self.around)

    @job
    async def action_add(self) -> None:
        """A new one."""
        from prtui.screens.form import FormScreen

        self._by_hand()
        row = await self.app.push_screen_wait(FormScreen(self.kind, values=self.begun()))
        if row is not None:
            self.typed = ""
            await self.refresh_data()
            await self.table.goto(row.id)

    @job
    async def action_edit(self) -> None:
        """The form of the one at the cursor."""
        from prtui.screens.form import FormScreen

        self._by_hand()
        await self.app.push_screen_wait(FormScreen(self.kind, await self.here()))

    def _by_hand(self) -> None:
        """Raises Refused before anything is typed into a form that could not be saved."""
        model = KINDS[self.kind]
        if model.guarded:
            raise Refused(_("{kind}: made and changed by its own command only.").format(kind=_(model.plural)))

    @job
    async def action_remove(self) -> None:
        """Out of sight, the marked ones or the one at the cursor."""
        rows = await self.chosen()
        await self.write(_remove_all, rows)
        self.table.unmark()
        what = rows[0].code if len(rows) == 1 else _("{count} records").format(count=len(rows))
        self.tell(_("{what} deleted. Ctrl+Z brings it back.").format(what=what))

    @job
    async def action_filter(self, begin: str = "") -> None:
        """Narrow while typing; Esc shows all again."""
        taken = await self.ask(_("Filter"), begin or self.typed, changed=self._narrow, moves=self.table)
        if taken is None or taken != self.typed:
            self._narrow(taken or "")

    def _narrow(self, typed: str) -> None:
        self.typed = text.clean(typed, lines=False)
        self._anew = True
        self.reload()

    def action_sort(self, column: int) -> None:
        """By the column of that number; once more turns it round; a third time as declared."""
        model, names = KINDS[self.kind], self.names(self.kind)
        if column > len(names):
            return
        name = names[column - 1]
        if isinstance(specs(model)[name], Ref):
            self.tell(_("It cannot be sorted by another record."), "warn")
            return
        name = "sort_key" if name == model.titled_by else name
        turned: dict[tuple[str, ...], tuple[str, ...]] = {(name,): (f"-{name}",), (f"-{name}",): ()}
        self.order = turned.get(self.order, (name,))
        self._anew = True
        self.reload()

    def action_next(self) -> None:
        """The next list of this place."""
        self._turn(1)

    def action_previous(self) -> None:
        """The list before of this place."""
        self._turn(-1)

    def _turn(self, steps: int) -> None:
        kinds = self.kinds or ()
        self.turn_to(kinds[(kinds.index(self.kind) + steps) % len(kinds)])

    def turn_to(self, kind: str) -> None:
        """The list of this kind, if it is another one."""
        if kind == self.kind:
            return
        self.table.display = False
        self.kind = kind
        self.typed, self.order = "", ()
        self.table.display = True
        self.table.focus()
        self.reload()

    def action_all(self) -> None:
        """Esc: no filter, no marks."""
        if self.table.marked:
            self.table.unmark()
        elif self.typed:
            self._narrow("")

    def on_key(self, event: events.Key) -> None:
        """A Chinese word typed into a list narrows it: no command begins so."""
        super().on_key(event)
        if event.character and text.has_chinese(event.character):
            event.stop()
            self.action_filter(event.character)
            self._narrow(event.character)


class ListPage(ListScreen):
    """A list on top of another screen; Esc goes back once nothing is narrowed or marked."""

    def action_all(self) -> None:
        """No filter, no marks, then back."""
        if self.table.marked or self.typed:
            super().action_all()
        else:
            self.dismiss()


def _remove_all(work: Work, rows: Sequence[Row]) -> list[Any]:
    return [records.remove(work, row) for row in rows]
