"""The form of any kind of record, made from its declaration. Nothing typed is lost: not by an error, not by a dropped link."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widget import Widget

from prtui import text
from prtui.clock import Moment
from prtui.commands import FORM
from prtui.desk import records
from prtui.errors import Conflict, Invalid, PrtuiError
from prtui.i18n import _
from prtui.screens.base import Changed, DeskScreen
from prtui.screens.chrome import Piece
from prtui.screens.dialogs import Choose, ConflictDialog
from prtui.screens.fields import Edited, FieldLine, Finder, Left, typed_of
from prtui.screens.options import Option
from prtui.screens.working import beside, job
from prtui.store import KINDS, Row, Work, query
from prtui.store.fields import Choice, Pointer, Ref
from prtui.store.records import Row as Record
from prtui.store.records import applies, editable
from prtui.terminal.drafts import Draft

LONGEST_LABEL = 22


class Fields(VerticalScroll, can_focus=False):
    """The fields, scrolled to the one that has the focus."""

    DEFAULT_CSS = "Fields { height: 1fr; scrollbar-size: 0 0; }"


def draft_key(kind: str, row: Row | None) -> str:
    """The name of the draft of a record, or of a new one of a kind."""
    return f"{kind}:{row.code if row else ''}"


def save(work: Work, kind: str, row: Row | None, typed: Mapping[str, str]) -> Row:
    """The record with what was typed stored in it; a new one without `row`."""
    values = records.parse(kind, typed, work.settings.zone)
    return records.add(work, kind, values) if row is None else records.change(work, row, values)


class FormScreen(DeskScreen[Record]):
    """A record to be filled in. Gives the row that was stored, or None. `values` are what a new one begins with."""

    scopes = (FORM,)
    kinds = ()

    def __init__(
        self, kind: str, row: Row | None = None, *, values: Mapping[str, Any] | None = None, draft: Draft | None = None
    ) -> None:
        super().__init__()
        self.kind = kind
        self.row = row
        self.model = KINDS[kind]
        self.declared = {name: spec for name, spec in editable(self.model).items() if not spec.guarded}
        self._values = dict(values or {})
        self._draft = draft
        self._begun: dict[str, str] = {}
        self._saving, self._stored = asyncio.Lock(), False
        self._told = ""  # of the last saving: no longer true once more is typed
        labels = [text.cells(_(spec.label)) + 2 * spec.required for spec in self.declared.values()]
        self._label_width = min(max(labels), LONGEST_LABEL)

    # -- what is shown ------------------------------------------------------------------------------------------------

    def body(self) -> ComposeResult:
        """A line a field."""
        with Fields():
            for name, spec in self.declared.items():
                yield FieldLine(name, spec, self._label_width)

    def on_mount(self) -> None:
        """Fills the fields in and offers the draft there may be."""
        zone = self.desk.settings.zone
        for line in self.lines:
            value = self.row[line.field] if self.row else self._values.get(line.field, line.spec.default)
            value = value() if callable(value) else value
            if isinstance(value, Pointer) and isinstance(line.editor, Finder):
                line.editor.choose(value)
            else:
                line.editor.fill(typed_of(line.spec, value, zone))
            self._begun[line.field] = line.typed
        super().on_mount()
        self._apply()
        self.focus_first()
        if self._draft is None:
            self._offer_draft()
        else:
            self._restore(self._draft)
        self._say_state()

    async def refresh_data(self) -> None:
        """A form is not read again under its writer's hands; a conflict is told when it is saved."""

    def on_changed(self, changed: Changed) -> None:
        """As above."""

    @property
    def lines(self) -> list[FieldLine]:
        """The fields in their order."""
        return list(self.query(FieldLine))

    @property
    def typed(self) -> dict[str, str]:
        """What stands in each field now."""
        return {line.field: line.typed for line in self.lines}

    @property
    def unsaved(self) -> dict[str, str]:
        """What was typed and is not stored."""
        fields = self.typed
        return {
            name: word
            for name, word in fields.items()
            if word != self._begun[name] and applies(self.declared[name], fields)
        }

    def focus_first(self) -> None:
        """The first field."""
        lines = [line for line in self.lines if line.display]
        if lines:
            lines[0].editor.focus()

    def field_label(self, name: str) -> str:
        """The label of a field."""
        return _(self.declared[name].label) if name in self.declared else name

    def _said(self, name: str, word: str) -> str:
        spec = self.declared.get(name)
        return _(spec.options.get(word, word)) if isinstance(spec, Choice) else word[:200]

    def _apply(self) -> None:
        fields = self.typed
        for line in self.lines:
            line.display = applies(line.spec, fields)

    def _say_state(self) -> None:
        what = _(self.model.label)
        left: list[Piece] = (
            [(self.row.heading, "bold"), ("  ", ""), (what, "muted")]
            if self.row
            else [(_("New: {kind}").format(kind=what), "bold")]
        )
        state = _("not saved") if self.unsaved else ""
        self.head(left, [(state, "warn"), ("  " if state else "", ""), (self.row.code if self.row else "", "muted")])

    # -- typing ---------------------------------------------------------------------------------------------------------

    def on_edited(self, message: Edited) -> None:
        """Keeps the draft, and shows the fields that have a meaning now."""
        message.stop()
        self.untell(self._told)
        line = self._line_of(self.focused)
        if line is not None:
            line.fault("")
        self._apply()
        self._keep()
        self._say_state()

    def _keep(self) -> None:
        unsaved = self.unsaved
        if unsaved:
            self.desk.drafts.changed(self.key, unsaved, self.row.version if self.row else 0)
        else:
            self.desk.drafts.drop(self.key)

    @property
    def key(self) -> str:
        """The name of its draft."""
        return draft_key(self.kind, self.row)

    def on_left(self, message: Left) -> None:
        """Goes to the field above or below."""
        message.stop()
        shown = [line for line in self.lines if line.display]
        line = self._line_of(self.focused)
        if line in shown:
            at = shown.index(line) + message.steps
            if 0 <= at < len(shown):
                shown[at].editor.focus()

    def _line_of(self, widget: Widget | None) -> FieldLine | None:
        while widget is not None and not isinstance(widget, FieldLine):
            widget = widget.parent if isinstance(widget.parent, Widget) else None
        return widget

    def on_descendant_focus(self, event: events.DescendantFocus | None = None) -> None:
        """Says the hint of the field, and marks its label."""
        super().on_descendant_focus()
        for line in self.lines:
            line.refresh()
        here = self._line_of(self.focused)
        if here is not None and not self.line.typing:
            self.tell(_(here.spec.hint), "muted")

    def on_key(self, event: events.Key) -> None:
        """The hint stays while its field is written in."""

    # -- references -----------------------------------------------------------------------------------------------------

    def on_finder_wanted(self, message: Finder.Wanted) -> None:
        """Looks for what may be meant; only the newest search is shown."""
        message.stop()
        self.start(self._find, "candidates", True, message.finder)

    async def _find(self, finder: Finder) -> None:
        typed = finder.value
        rows = await self.read(self._candidates, finder.kind, typed)
        line = self._line_of(finder)
        if line is not None and finder.value == typed and finder.has_focus:
            line.offer([Option(row.pointer, ((row.heading, ""),), row.code) for row in rows])

    @staticmethod
    def _candidates(kind: str, typed: str) -> list[Row]:
        exact = query.by_code(typed)
        return [exact] if exact is not None and exact.kind == kind else query.rows(kind, typed=typed, limit=6)

    # -- the draft ------------------------------------------------------------------------------------------------------

    @job
    async def _offer_draft(self) -> None:
        keeper = self.desk.drafts
        draft = await asyncio.to_thread(keeper.find, self.key)
        if draft is None:
            return
        at = Moment(draft.kept_at, self.desk.settings.zone)
        says = [f"{self.field_label(name)}: {self._said(name, word)}" for name, word in list(draft.values.items())[:6]]
        options = [Option.of("restore", _("Go on with it")), Option.of("drop", _("Forget it"))]
        chosen = await self.app.push_screen_wait(Choose(_("A draft from {time}").format(time=at), options, says=says))
        if chosen == "restore":
            self._restore(draft)
        elif chosen == "drop":
            keeper.drop(self.key)
        else:
            self.dismiss(None)  # what is typed now would take the place of the draft

    def _restore(self, draft: Draft) -> None:
        for line in self.lines:
            if line.field in draft.values:
                line.editor.fill(draft.values[line.field])
        if self.row is not None and draft.base_version:
            # Saved as from the version it was begun on, so that what others changed since is not overwritten unseen.
            values = {name: self.row[name] for name in self.row}
            self.row = Row(self.row.kind, values | {"version": draft.base_version})
        self._apply()
        self._say_state()
        self._resolve_references()

    @job
    async def _resolve_references(self) -> None:
        for line in self.lines:
            if isinstance(line.editor, Finder) and isinstance(line.spec, Ref) and line.editor.value:
                try:
                    pointer = await self.read(line.spec.parse, line.editor.value, self.desk.settings.zone)
                except PrtuiError:
                    continue  # it is said when the form is saved
                line.editor.choose(pointer)

    # -- keys -----------------------------------------------------------------------------------------------------------

    @beside
    async def action_save(self) -> None:
        """Store it; on any error everything typed stays."""
        async with self._saving:
            if self._stored:
                return  # the key was pressed twice
            before = self.typed
            begun = {name: word for name, word in before.items() if name in self._values}
            typed = self.unsaved if self.row is not None else begun | self.unsaved
            if not typed and self.row is not None:
                self.dismiss(None)
                return
            for line in self.lines:
                line.fault("")
            try:
                row = await self.write(save, self.kind, self.row, typed)
            except Invalid as error:
                self._show_faults(error)
                return
            except Conflict as error:
                settled = await self._settled(error)
                if settled is None:
                    return
                row = settled
            self.desk.drafts.drop(self.key)
            if self.is_attached and self.typed != before:
                self._go_on(row, before)
                return
            self._stored = True
            self.desk.tell_after(_("{code} is saved.").format(code=row.code), "good")
            self.dismiss(row)

    def _go_on(self, row: Row, stored: dict[str, str]) -> None:
        """What was typed while it was being stored is newer than what is stored."""
        self.row, self._begun = row, stored
        self._keep()
        self._say_state()
        self._told = _("{code} is saved.").format(code=row.code)
        self.tell(self._told, "good")

    def _show_faults(self, error: Invalid) -> None:
        first = None
        others = []
        for name, why in error.fields.items():
            line = next((one for one in self.lines if one.field == name and one.display), None)
            if line is None:
                others.append(f"{self.field_label(name)}: {why}")
                continue
            line.fault(why)
            first = first or line
        if first is not None:
            first.editor.focus()
        if others:
            self.tell("; ".join(others), "bad")

    async def _settled(self, error: Conflict) -> Row | None:
        """The row with what she chose to keep, or None when she went back to the form."""
        if not isinstance(error.theirs, Row):
            raise error
        kept = await self.app.push_screen_wait(ConflictDialog(error))
        if kept is None:
            return None
        try:
            return await self.write(records.change, error.theirs, kept) if kept else error.theirs
        except Conflict as again:  # saved once more while she chose
            return await self._settled(again)

    def action_undo(self) -> None:
        """The field as it was when the form was opened."""
        line = self._line_of(self.focused)
        if line is not None:
            line.editor.fill(self._begun[line.field])
            self.post_message(Edited())

    def action_leave(self) -> None:
        """Back. What was typed is kept."""
        if self.unsaved:
            self.desk.tell_kept()
        self.dismiss(None)
