"""Lines to be read at the foot of the screen, and nothing to be answered."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.widgets import Static

from prtui.commands import Command
from prtui.screens.base import LOWEST
from prtui.screens.chrome import Row
from prtui.screens.dialogs import Dialog
from prtui.screens.sheet import Line, Sheet


class Leaflet(Dialog[None]):
    """A title and what `lines` says, as high as it has to be; arrows scroll it, Enter and Esc close it."""

    DEFAULT_CSS = "Leaflet Sheet { height: auto; }"

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title

    def lines(self, width: int) -> list[Line]:
        """What stands there, in so many cells."""
        return []

    def body(self) -> ComposeResult:
        """The title, and the lines."""
        title = Row(id="question")
        title.show((" ", ""), (self._title, "bold"))
        yield title
        yield Static(classes="gap")
        yield Sheet()
        yield Static(classes="gap")

    def keys_now(self) -> list[Command]:
        """Only how to leave."""
        return [command for command in super().keys_now() if command.action == "no"]

    def on_mount(self) -> None:
        """Takes the arrows."""
        super().on_mount()
        self.query_one(Sheet).focus()

    def on_resize(self, event: events.Resize) -> None:
        """Fits the lines to the room there is."""
        super().on_resize(event)
        view, lines = self.query_one(Sheet), self.lines(max(20, self.size.width - 2))
        others = 3 if self.size.height < LOWEST else 6
        view.styles.height = max(1, min(len(lines), self.size.height - others))
        view.show(lines)

    def action_take(self) -> None:
        """Enter closes it like Esc."""
        self.dismiss(None)
