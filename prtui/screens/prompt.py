"""A line to type in that stands in the body of a screen and stays: a search, a path."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input

from prtui.screens.chrome import Row
from prtui.terminal.width import glyphs
from prtui.text import clean


class Prompt(Input):
    """The place to type. Several pasted lines become one. Keys that are of no use in a line are told to the screen."""

    OTHERS: ClassVar[frozenset[str]] = frozenset({"up", "down", "pageup", "pagedown", "tab", "escape"})

    @dataclass
    class Pressed(Message):
        """One of those keys."""

        key: str

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id, compact=True, select_on_focus=False)
        self.cursor_blink = False

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self.replace(clean(event.text, lines=False), *self.selection)

    async def on_key(self, event: events.Key) -> None:
        """Tells the screen."""
        if event.key in self.OTHERS:
            event.stop()
            event.prevent_default()
            self.post_message(self.Pressed(event.key))


class PromptLine(Horizontal):
    """`›` and the place to type."""

    DEFAULT_CSS = """
    PromptLine { height: 1; width: 100%; }
    PromptLine > Row { width: 3; }
    PromptLine > Prompt { width: 1fr; padding: 0 1 0 0; }
    """

    def compose(self) -> ComposeResult:
        """The mark and the line."""
        mark = Row()
        mark.show((f" {glyphs().prompt} ", "accent"))
        yield mark
        yield Prompt()

    @property
    def prompt(self) -> Prompt:
        """The place to type."""
        return self.query_one(Prompt)
