"""The rows that stand on every screen: navigation, title and state, the line to type in or be told something, keys.

Each is painted again only when what it says has changed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from prtui import clock
from prtui.commands import Command
from prtui.i18n import _
from prtui.screens import PLACES
from prtui.terminal.width import glyphs
from prtui.text import cells, clean, fit, plain, wrap

if TYPE_CHECKING:
    from prtui.screens.base import DeskScreen

# Tones: what a piece of text means. The colours stand in prtui.tcss; a word or a glyph always says the same.
TONES = {"": "", "muted": "$text-muted", "accent": "$accent", "good": "$success", "warn": "$warning", "bad": "$error", "bold": "bold", "key": "$accent"}  # fmt: skip

Piece = tuple[str, str]


def drawn(value: object) -> str:
    """One line of user text as this terminal can draw it."""
    return glyphs().drawn(plain(value))


def filled(value: object, width: int) -> str:
    """One line of user text that takes exactly this many cells."""
    return fit(drawn(value), width, ellipsis=glyphs().ellipsis)


def pieces(*parts: Piece) -> Content:
    """Content from (text, tone) pairs; the texts are drawn as they are, never read as markup."""
    return Content.assemble(*((value, TONES[tone]) if tone else value for value, tone in parts))


class Row(Widget):
    """One line of the chrome."""

    DEFAULT_CSS = "Row { height: 1; width: 100%; }"

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._parts: tuple[Piece, ...] = ()

    def show(self, *parts: Piece) -> None:
        """Say this; nothing is painted when it is said already."""
        if parts != self._parts:
            self._parts = parts
            self.refresh()

    def render(self) -> Content:
        """What is said, never wrapped."""
        return pieces(*self._parts)

    @property
    def said(self) -> str:
        """The row as plain text."""
        return "".join(value for value, _tone in self._parts)

    @property
    def room(self) -> int:
        """Cells of a line."""
        return self.screen.size.width


class Navigation(Row):
    """The places, a mark at the one we are in; who, where and what time it is at the right."""

    used = 0
    """Columns that the places take."""

    def update(self, place: str, who: str, zone: str) -> None:
        """Say where we are."""
        # The clock names the zone's city: at a bad moment nobody should have to ask whose noon it is.
        at = clock.now().astimezone(clock.zone(zone))
        side = f"{drawn(who)} {_(clock.city(zone))} {at:%H:%M} "
        parts: list[Piece] = []
        used = 0
        for one in PLACES:
            name, here = drawn(_(one.label)), one.id == place
            if used + cells(name) + 2 > self.room:
                break
            parts += [(glyphs().mark if here else " ", "accent"), (name, "bold" if here else ""), (" ", "")]
            used += cells(name) + 2
        self.used = used
        if used + cells(side) < self.room:
            parts.append((" " * (self.room - used - cells(side)) + side, "muted"))
        self.show(*parts)


class Title(Row):
    """What this is at the left, its state at the right, and at the very left a mark while the desk is being read."""

    left: Sequence[Piece] = ()
    right: Sequence[Piece] = ()
    busy = False

    def update(self) -> None:
        """Say what `left`, `right` and `busy` hold."""
        room = self.room - 2
        right = [(drawn(value), tone) for value, tone in self.right if value]
        width = sum(cells(value) for value, _tone in right)
        left = [(drawn(value), tone) for value, tone in self.left]
        # Half the line is the right side's, and what the left one leaves.
        share = max(room // 2, room - sum(cells(value) for value, _tone in left) - 2)
        if width > share:
            right, width = cut(right, share)
        left, used = cut(left, room - width - (2 if right else 0))
        self.show((glyphs().dot if self.busy else " ", "muted"), *left, (" " * (room - used - width), ""), *right)


def cut(parts: Sequence[Piece], room: int) -> tuple[list[Piece], int]:
    """The pieces that fit into so many cells, the last one shortened, and the cells they take."""
    kept: list[Piece] = []
    used = 0
    for value, tone in parts:
        if used + cells(value) > room:
            value = fit(value, room - used, ellipsis=glyphs().ellipsis).rstrip()
            return [*kept, (value, tone)], used + cells(value)
        kept.append((value, tone))
        used += cells(value)
    return kept, used


class Keys(Row):
    """The next useful keys, most useful first, cut at the width; F1 is always there."""

    def update(self, commands: Sequence[Command], *, typing: bool = False) -> None:
        """Say the keys of these commands; while letters are typed as text, their other keys."""
        *first, last = commands
        parts: list[Piece] = [(" ", "")]
        end = self._key(last, typing)
        room = self.room - 2 - _width(end)
        for command in first:
            pair = self._key(command, typing)
            if pair is None or _width(pair) + 3 > room:
                continue
            parts += [*pair, ("   ", "")]
            room -= _width(pair) + 3
        self.show(*parts, *(end or ()))

    def _key(self, command: Command, typing: bool) -> list[Piece] | None:
        key = command.safe_key if typing else command.key
        return [(glyphs().drawn(key), "key"), (" " + drawn(_(command.label)), "muted")] if key else None


def _width(parts: Sequence[Piece] | None) -> int:
    return sum(cells(value) for value, _tone in parts or ())


class Typed(Input):
    """Where one line is typed. The cursor does not blink: that would write to the line twice a second."""

    moves: Widget | None = None
    """While typing, arrows go here."""

    def __init__(self, id: str | None = None, **options: Any) -> None:
        super().__init__(id=id, compact=True, select_on_focus=False, **options)
        self.cursor_blink = False

    def _on_paste(self, event: events.Paste) -> None:
        # Several pasted lines become one, and nothing invisible comes along.
        event.stop()
        event.prevent_default()
        self.replace(clean(event.text, lines=False), *self.selection)

    async def on_key(self, event: events.Key) -> None:
        """Arrows go on moving the list that is being narrowed."""
        if self.moves is not None and event.key in ("up", "down", "pageup", "pagedown"):
            event.stop()
            event.prevent_default()
            for binding in self.moves._bindings.key_to_bindings.get(event.key, ()):
                await self.app.run_action(binding.action, self.moves)


class TypeLine(Horizontal):
    """One line to type in or be told something."""

    DEFAULT_CSS = """
    TypeLine { height: 1; width: 100%; }
    TypeLine > Typed { width: 1fr; display: none; padding: 0 1 0 0; }
    TypeLine.-typing > Typed { display: block; }
    TypeLine > #said { width: 1fr; }
    TypeLine.-typing > #said { width: auto; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "give_up", show=False)]

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._done: Callable[[str | None], None] | None = None
        self._changed: Callable[[str], None] | None = None
        self._back: Widget | None = None
        self._told = ""

    def compose(self) -> ComposeResult:
        """The words and the place to type."""
        yield Said(id="said")
        yield Typed(id="typed")

    @property
    def typing(self) -> bool:
        """Whether something is being typed here."""
        return self.has_class("-typing")

    @property
    def field(self) -> Typed:
        """The place to type."""
        return self.query_one(Typed)

    @property
    def said(self) -> str:
        """What is told at the moment, whole."""
        return f" {self._told}" if self._told else self.query_one(Said).said

    def tell(self, message: str, tone: str = "") -> str:
        """Tell something and return what of it found no room; a line of user text that has been typed in meanwhile stays."""
        if self.typing:
            return ""
        self._told = drawn(message)
        first, *rest = wrap(self._told, max(1, self.screen.size.width - 2))
        self.query_one(Said).show(*([(" ", ""), (first, tone)] if first else []))
        return self._told[len(first) :].strip() if rest else ""

    def open(
        self,
        prompt: str,
        value: str = "",
        *,
        done: Callable[[str | None], None],
        changed: Callable[[str], None] | None = None,
        moves: Widget | None = None,
    ) -> None:
        """Let a line be typed. `done` gets it, or None after Esc; `changed` every state of it."""
        if self.typing:
            self.close(None)
        self._done, self._changed, self.field.moves = done, changed, moves
        self._back = self.screen.focused
        self._told = ""
        self.query_one(Said).show((f" {drawn(prompt)} ", ""), (f"{glyphs().prompt} ", "accent"))
        self.add_class("-typing")
        with self.prevent(Input.Changed):
            self.field.value = value
        self.field.cursor_position = len(value)
        self.field.focus()

    def close(self, value: str | None) -> None:
        """End the typing with this line, or with None."""
        if not self.typing:
            return
        done, back = self._done, self._back
        self._done = self._changed = self.field.moves = self._back = None
        self.remove_class("-typing")
        self.query_one(Said).show()
        if back is not None and back.is_attached:
            back.focus()
        else:
            cast("DeskScreen[Any]", self.screen).focus_first()
        if done is not None:
            done(value)

    def action_give_up(self) -> None:
        """Esc: nothing was typed."""
        self.close(None)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Hands on what is typed."""
        event.stop()
        if self._changed is not None:
            self._changed(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter."""
        event.stop()
        self.close(event.value)


class Said(Row):
    """The words of the type line."""

    DEFAULT_CSS = "Said { width: auto; }"

    def show(self, *parts: Piece) -> None:
        """Say this; the width of a prompt follows."""
        before = self._parts
        super().show(*parts)
        if before != parts:
            self.refresh(layout=True)


__all__ = [
    "TONES",
    "Keys",
    "Navigation",
    "Piece",
    "Row",
    "Said",
    "Title",
    "TypeLine",
    "Typed",
    "cut",
    "drawn",
    "pieces",
]
