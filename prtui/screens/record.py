"""The page of a record of any kind: its fields, and everything that is one key away."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from prtui import store
from prtui.commands import RECORD, WORD, Command, of
from prtui.desk import records
from prtui.errors import NotFound
from prtui.i18n import _
from prtui.screens import copying, page_of
from prtui.screens.chrome import Piece
from prtui.screens.dialogs import Choose
from prtui.screens.exporting import Exports, Form, forms
from prtui.screens.history import History
from prtui.screens.options import Option, Options
from prtui.screens.sheet import Sheet, sheet
from prtui.screens.working import job
from prtui.store import Row, journal, query

if TYPE_CHECKING:
    from prtui.documents.copies import Copy

Around = Callable[[int], Awaitable[Row | None]]
NEAR = 7  # lines for what is related, below the sheet


class RecordPage(Exports):
    """One record. `around(±1)` gives the row after or before it in the list it was opened from."""

    DEFAULT_CLASSES = "-record"
    scopes: ClassVar[tuple[str, ...]] = (RECORD, WORD)
    BINDINGS: ClassVar[list[BindingType]] = [Binding("shift+tab", "related", show=False)]

    def __init__(self, row: Row, around: Around | None = None) -> None:
        super().__init__()
        self.row = row
        self.around = around
        self.related: list[tuple[str, Row]] = []
        self.forms: list[Form] = []

    @property
    def subject(self) -> Row | None:
        """The record."""
        return self.row

    # -- what is shown ------------------------------------------------------------------------------------------------

    def body(self) -> ComposeResult:
        """The sheet, and beside or below it what is related."""
        yield Sheet(id="sheet")
        with Vertical(id="near"):
            yield Options(id="related")

    def focus_first(self) -> None:
        """The sheet takes the arrows."""
        self.query_one(Sheet).focus()

    def keys_now(self) -> list[Command]:
        """Export only where there is a Word form, and then next to what is changed most."""
        first, *more = [command for command in super().keys_now() if command.scope != WORD]
        return [first, *[command for command in of(WORD) if self.forms], *more]

    async def refresh_data(self) -> None:
        """Read the record, what is related to it, and what can be printed of it."""
        self.row, self.related = await self.read(self._read, self.row)
        self.forms = await self.read(forms, self.row)
        self.show_record()
        self.show_keys()

    @staticmethod
    def _read(row: Row) -> tuple[Row, list[tuple[str, Row]]]:
        fresh = query.get(row.kind, row.id, deleted=True)
        return fresh, records.related(fresh)

    def show_record(self) -> None:
        """Draw what was read."""
        row = self.row
        gone: list[Piece] = [(_("deleted"), "bad"), ("  ", "")] if row.deleted_at else []
        self.head([(f"{row.heading}  ", "bold"), *self.state()], [*gone, (row.code, "muted")])
        self.show_sheet()
        self.query_one("#related", Options).show(self._options())
        self.set_class(not self.related, "-alone")

    def state(self) -> list[Piece]:
        """What stands beside the title: the kind, unless a page knows better."""
        return [(_(self.row.model.label), "muted")]

    def show_sheet(self) -> None:
        """Lay the fields out for the room there is."""
        view = self.query_one(Sheet)
        if view.room:
            view.show(sheet(self.row, view.room, self.desk.settings.zone))

    def _options(self) -> list[Option]:
        options: list[Option] = []
        group = ""
        for number, (relation, row) in enumerate(self.related):
            if relation != group:
                group = relation
                options.append(Option(None, ((relation, "muted"),)))
            options.append(
                Option(number, (("  ", ""), (row.heading, ""), ("  ", ""), (_brief(row), "muted")), row.code)
            )
        return options

    def on_resize(self, event: events.Resize) -> None:
        """Lays the fields out again."""
        super().on_resize(event)
        self.call_after_refresh(self.show_sheet)

    # -- keys -----------------------------------------------------------------------------------------------------------

    def on_options_picked(self, message: Options.Picked) -> None:
        """Enter on something related opens it."""
        message.stop()
        number = message.option.id
        if isinstance(number, int):
            self.desk.open_record(self.related[number][1])

    async def copies(self) -> Sequence[Copy]:
        """Of the record, or the line of what is related and at the mark."""
        near = self.query_one("#related", Options)
        if self.focused is near and near.current is not None and isinstance(near.current.id, int):
            return await copying.lines(self, [self.related[near.current.id][1]])
        return await copying.record(self, self.row)

    def action_back(self) -> None:
        """Back to where she came from."""
        self.dismiss()

    def action_related(self) -> None:
        """Between the fields and what is related."""
        near = self.query_one("#related", Options)
        if self.focused is near or not self.related:
            self.focus_first()
        else:
            near.focus()

    @job
    async def action_edit(self) -> None:
        """The form."""
        from prtui.screens.form import FormScreen

        await self.app.push_screen_wait(FormScreen(self.row.kind, self.row))

    def action_like(self) -> None:
        """Records like it."""
        from prtui.screens.similar import Similar

        self.app.push_screen(Similar(self.row))

    @job
    async def action_history(self) -> None:
        """Who changed what."""
        entries = await self.read(journal.history, self.row.kind, self.row.id)
        await self.app.push_screen_wait(History(self.row, entries, self.desk.settings.zone))

    @job
    async def action_remove(self) -> None:
        """The link at the mark, or the record itself, out of sight."""
        near = self.query_one("#related", Options)
        if self.focused is near and near.current is not None and isinstance(near.current.id, int):
            other = self.related[near.current.id][1]
            await self.write(records.unlink, self.row, other)
            self.tell(
                _("{one} and {other} are no longer linked. Ctrl+Z links them again.").format(
                    one=self.row.code, other=other.code
                )
            )
            return
        await self.write(records.remove, self.row)
        self.desk.tell_after(_("{code} is deleted. Ctrl+Z brings it back.").format(code=self.row.code))
        self.dismiss()

    @job
    async def action_link(self) -> None:
        """Another record, by its code or a part of its name."""
        typed = await self.ask(_("Link to (code or name)"))
        if not typed:
            return
        found = await self.read(self._candidates, typed)
        chosen: object = 0
        if len(found) > 1:
            options = [
                Option(number, ((row.heading, ""), ("  ", ""), (_(row.model.label), "muted")), row.code)
                for number, row in enumerate(found)
            ]
            chosen = await self.app.push_screen_wait(Choose(_("Link to"), options))
        if isinstance(chosen, int):
            await self.write(records.link, self.row, found[chosen])
            self.tell(
                _("Linked to {code} {title}.").format(code=found[chosen].code, title=found[chosen].heading), "good"
            )

    def _candidates(self, typed: str) -> list[Row]:
        exact = query.by_code(typed)
        if exact is not None:
            return [exact]
        listed = [kind for kind, model in store.KINDS.items() if model.listed]
        found = [row for kind in listed for row in query.rows(kind, typed=typed, limit=5)]
        found = [row for row in found if (row.kind, row.id) != (self.row.kind, self.row.id)]
        if not found:
            raise NotFound(_("Nothing is called “{text}”.").format(text=typed[:40]))
        return found

    @job
    async def action_next(self) -> None:
        """The record after it in the list."""
        await self._step(1)

    @job
    async def action_previous(self) -> None:
        """The record before it in the list."""
        await self._step(-1)

    async def _step(self, direction: int) -> None:
        row = await self.around(direction) if self.around is not None else None
        if row is None:
            self.tell(
                _("There is no other here.")
                if self.around is None
                else _("That was the last one.")
                if direction > 0
                else _("That was the first one.")
            )
        elif page_of(row.kind) is not type(self):
            # Not awaited: it ends when this page is gone, and this page goes when its jobs have ended.
            self.app.switch_screen(page_of(row.kind)(row, self.around))
        else:
            self.row = row
            self.reload()


def _brief(row: Row) -> str:
    names = [name for name in row.model.shown if name != row.model.titled_by]
    return "  ".join(word for word in (row.shown(name) for name in names) if word)
