"""What an export has written, and what somebody should look at in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.widgets import Static

from prtui.commands import Command
from prtui.i18n import _
from prtui.screens.chrome import Piece, Row, drawn
from prtui.screens.dialogs import Dialog
from prtui.screens.sheet import Line, Sheet
from prtui.terminal.width import glyphs
from prtui.text import wrap

if TYPE_CHECKING:
    from prtui.documents import Exported


class Outcome(Dialog[None]):
    """The files, the fields still to be filled in, and what an editor would circle."""

    DEFAULT_CSS = "Outcome Sheet { height: auto; }"

    def __init__(self, made: Sequence[Exported]) -> None:
        super().__init__()
        self._made = made

    def body(self) -> ComposeResult:
        """The answer, and the lines."""
        answer = Row(id="question")
        answer.show((" ", ""), (_("Written"), "bold"))
        yield answer
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

    def on_resize(self, event: object = None) -> None:
        """Fits the lines to the room there is."""
        self._say_keys()
        view, lines = self.query_one(Sheet), self._lines(max(20, self.size.width - 2))
        view.styles.height = max(1, min(len(lines), self.size.height - 6))
        view.show(lines)

    def action_take(self) -> None:
        """Enter closes it like Esc."""
        self.dismiss(None)

    def _lines(self, width: int) -> list[Line]:
        lines: list[Line] = []
        for number, one in enumerate(self._made):
            lines += [()] if number else []
            lines += _wrapped(str(one.path), "accent", width)
            if one.unfilled:
                said = _("still to be filled: {names}").format(names=", ".join(one.unfilled))
                lines += [(), *_wrapped(said, "warn", width)]
            if one.findings:
                lines += [(), ((_("To look at"), "bold"),)]
            for finding in one.findings:
                said = f"{glyphs().prompt} {finding.excerpt}  {finding.message}"
                lines += _wrapped(said, "", width)
            if not one.unfilled and not one.findings:
                lines += [((_("Nothing is left open in it."), "good"),)]
        return lines


def _wrapped(said: str, tone: str, width: int) -> list[Line]:
    return [(part,) for part in _parts(said, tone, width)]


def _parts(said: str, tone: str, width: int) -> list[Piece]:
    return [(line, tone) for line in wrap(drawn(said), width)]
