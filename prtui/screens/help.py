"""F1: what every key does here."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.widgets import Static

from prtui import commands
from prtui.commands import EVERYWHERE, Command, key_name
from prtui.i18n import _
from prtui.screens import PLACES
from prtui.screens.base import LOWEST
from prtui.screens.chrome import Row, drawn, filled
from prtui.screens.dialogs import Dialog
from prtui.screens.sheet import Line, Sheet
from prtui.text import wrap

KEYS, WORDS = 26, 12
NARROW = 60  # below it what a key does stands under it


class Help(Dialog[None]):
    """The keys of these scopes, then those that hold everywhere, then the places."""

    DEFAULT_CSS = "Help Sheet { height: auto; max-height: 60; }"

    def __init__(self, scopes: Sequence[str]) -> None:
        super().__init__()
        self._scopes = [scope for scope in scopes if scope != EVERYWHERE]

    def body(self) -> ComposeResult:
        """The table of keys."""
        question = Row(id="question")
        question.show((" ", ""), (_("Help"), "bold"))
        yield question
        yield Static(classes="gap")
        yield Sheet()
        yield Static(classes="gap")

    def keys_now(self) -> list[Command]:
        """Only how to leave."""
        return [command for command in super().keys_now() if command.action == "no"]

    def on_mount(self) -> None:
        """Fills the table."""
        super().on_mount()
        self.query_one(Sheet).focus()

    def on_resize(self, event: object = None) -> None:
        """Fits the table to the room there is."""
        self._say_keys()
        view = self.query_one(Sheet)
        view.styles.height = max(3, min(len(self._lines()), self.size.height - (3 if self.size.height < LOWEST else 6)))
        view.show(self._lines())

    def _lines(self) -> list[Line]:
        lines: list[Line] = []
        for scope in [*self._scopes, EVERYWHERE]:
            lines += [((_(commands.SCOPES[scope]), "bold"),)]
            for command in commands.of(scope):
                lines += self._entry(command.keys.split(), command.label, command.help)
            lines.append(())
        lines += [((_("Places"), "bold"),)]
        for place in PLACES:
            lines += self._entry([place.key], place.label, f"Ctrl+G {place.after_goto}")
        return lines

    def _entry(self, keys: Sequence[str], label: str, more: str) -> list[Line]:
        shown = "1–9" if len(keys) > 5 else "  ".join(key_name(key) for key in keys)
        narrow = self.size.width < NARROW
        first: Line = ((filled(shown, KEYS), "key"), (" ", ""), (filled(_(label), WORDS), ""))
        at = 2 if narrow else KEYS + WORDS + 2
        told = wrap(drawn(_(more)), max(10, self.size.width - at - 4)) if more else []
        if told and not narrow:
            first = (*first, (" ", ""), (told.pop(0), "muted"))
        return [first, *(((" " * at, ""), (line, "muted")) for line in told)]
