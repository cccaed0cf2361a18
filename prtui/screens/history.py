"""Who changed what in a record, and when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.app import ComposeResult
from textual.widgets import Static

from prtui.clock import Moment
from prtui.errors import PrtuiError
from prtui.i18n import N_, _
from prtui.screens.chrome import Row, drawn
from prtui.screens.dialogs import Dialog, Words
from prtui.screens.options import Option, Options
from prtui.store import Row as Record
from prtui.store.fields import Ref
from prtui.store.journal import Entry
from prtui.store.records import specs

ACTIONS = {
    "create": N_("created"),
    "edit": N_("changed"),
    "remove": N_("deleted"),
    "undo": N_("undone"),
    "erase": N_("erased"),
    "move": N_("moved"),
    "finish": N_("finished"),
    "postpone": N_("postponed"),
    "approve": N_("approved"),
    "void": N_("voided"),
}


class History(Dialog[None]):
    """The changes of one record, the newest first; the one at the mark is told in full."""

    DEFAULT_CSS = "History Options { max-height: 8; } History Words { height: auto; max-height: 7; }"

    def __init__(self, row: Record, entries: Sequence[Entry], zone: str) -> None:
        super().__init__()
        self._record = row
        self._entries = entries
        self._zone = zone

    def body(self) -> ComposeResult:
        """The changes, and the whole of the one at the mark."""
        question = Row(id="question")
        question.show((" ", ""), (drawn(f"{_('History')}  {self._record.code}"), "bold"))
        yield question
        yield Static(classes="gap")
        yield Options([self._option(number, entry) for number, entry in enumerate(self._entries)])
        yield Static(classes="gap")
        yield Words(id="whole")
        yield Static(classes="gap")

    def on_mount(self) -> None:
        """Marks the newest."""
        super().on_mount()
        self.query_one(Options).focus()
        self._tell(0)

    def _option(self, number: int, entry: Entry) -> Option:
        fields = ", ".join(self._label(name) for name in entry.now if name in specs(self._record.model))
        action = _(ACTIONS.get(entry.action, entry.action))
        return Option(
            number,
            (
                (f"{Moment(entry.at, self._zone)}  ", "muted"),
                (f"{entry.actor}  ", ""),
                (f"{action}  ", ""),
                (fields, "muted"),
            ),
        )

    def on_options_moved(self, message: Options.Moved) -> None:
        """Tells the change at the mark."""
        if isinstance(message.option.id, int):
            self._tell(message.option.id)

    def on_options_picked(self) -> None:
        """Enter closes it like Esc."""
        self.dismiss(None)

    def _tell(self, number: int) -> None:
        if number < len(self._entries):
            entry = self._entries[number]
            names = [name for name in specs(self._record.model) if name in entry.now or name in entry.was]
            lines = [
                f"{self._label(name)}: {self._value(name, entry.was)} → {self._value(name, entry.now)}"
                for name in names
            ]
            self.query_one("#whole", Words).say([*([entry.reason] if entry.reason else []), *lines], "muted")

    def _label(self, name: str) -> str:
        return _(specs(self._record.model)[name].label)

    def _value(self, name: str, values: dict[str, Any]) -> str:
        spec = specs(self._record.model)[name]
        if name not in values:
            return _("nothing")
        if isinstance(spec, Ref):
            now = self._record[name]
            return now.title if now is not None and now.id == values[name] else f"#{values[name]}"
        try:
            return spec.show(spec.load(values[name])) or _("nothing")
        except (PrtuiError, ValueError, TypeError):
            return str(values[name])
