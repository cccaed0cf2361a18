"""A short list to choose from: a mark, arrows, Enter; scrolls in itself."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.widget import Widget

from prtui.screens.chrome import TONES, Piece, cut, drawn
from prtui.terminal.width import glyphs
from prtui.text import cells

STUB = 8  # cells


@dataclass(frozen=True)
class Option:
    """`id` is what choosing it means, None for a heading that cannot be chosen; `right` stands at the right edge, grey."""

    id: Hashable
    parts: Sequence[Piece]
    right: str = ""

    @classmethod
    def of(cls, id: Hashable, words: str, right: str = "") -> Option:
        """An option of plain words."""
        return cls(id, ((words, ""),), right)


class Options(Widget, can_focus=True):
    """The options, a mark at one of them."""

    DEFAULT_CSS = "Options { width: 100%; height: auto; }"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "move(-8)", show=False),
        Binding("pagedown", "move(8)", show=False),
        Binding("home", "move(-100000)", show=False),
        Binding("end", "move(100000)", show=False),
        Binding("enter", "pick", show=False),
    ]

    @dataclass
    class Picked(Message):
        """Enter was pressed on this option."""

        options: Options
        option: Option

    @dataclass
    class Moved(Message):
        """The mark stands at this option."""

        options: Options
        option: Option

    def __init__(self, options: Sequence[Option] = (), *, always: bool = False, id: str | None = None) -> None:
        """With `always` the mark shows while a line is typed elsewhere, too."""
        super().__init__(id=id)
        self.always = always
        self.options: list[Option] = list(options)
        self.cursor = self._chosen(0, 1)
        self._top = 0

    def show(self, options: Sequence[Option], *, keep: bool = True) -> None:
        """Offer these; with `keep` the mark stays at the option of the same id."""
        before = self.current
        if list(options) == self.options:
            return
        resized = len(options) != len(self.options)
        self.options = list(options)
        ids = [option.id for option in self.options]
        known = keep and before is not None and before.id in ids
        self.cursor = ids.index(before.id) if known and before is not None else self._chosen(0, 1)
        self._reveal()
        self.refresh(layout=resized)

    @property
    def current(self) -> Option | None:
        """The option at the mark, None when there is nothing to choose."""
        return self.options[self.cursor] if 0 <= self.cursor < len(self.options) else None

    def go(self, id: Hashable) -> None:
        """Put the mark at the option of this id, if there is one."""
        for index, option in enumerate(self.options):
            if option.id == id:
                self._put(index)

    def action_move(self, steps: int) -> None:
        """Some options down."""
        aim = max(0, min(self.cursor + steps, len(self.options) - 1))
        self._put(self._chosen(aim, 1 if steps > 0 else -1))

    def action_pick(self) -> None:
        """Choose the option at the mark."""
        if self.current is not None and self.current.id is not None:
            self.post_message(self.Picked(self, self.current))

    def _chosen(self, index: int, direction: int) -> int:
        """The nearest option that can be chosen: in this direction, else in the other, else -1."""
        for step in (direction, -direction):
            at = index
            while 0 <= at < len(self.options):
                if self.options[at].id is not None:
                    return at
                at += step
        return -1

    def _put(self, index: int) -> None:
        if index == self.cursor:
            return
        before, self.cursor, top = self.cursor, index, self._top
        self._reveal()
        if top == self._top:
            for line in (before - top, index - top):
                self.refresh(Region(0, line, self.size.width, 1))
        else:
            self.refresh()
        if self.current is not None:
            self.post_message(self.Moved(self, self.current))

    def _reveal(self) -> None:
        height = max(1, self.size.height or len(self.options))
        # A heading above the first option is shown with it.
        first = self.cursor - 1 if self.cursor > 0 and self.options[self.cursor - 1].id is None else self.cursor
        self._top = max(min(self._top, first), self.cursor - height + 1, 0)
        self._top = max(0, min(self._top, len(self.options) - height))

    def on_focus(self) -> None:
        """The mark shows where the keys go."""
        self.refresh()

    def on_blur(self) -> None:
        """The mark shows where the keys go."""
        self.refresh()

    def on_resize(self) -> None:
        """Keeps the mark in sight."""
        self._reveal()
        self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """A line an option."""
        return max(1, len(self.options))

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """All there is."""
        return container.width

    def render(self) -> Content:
        """The lines in sight."""
        height = max(1, self.size.height)
        lines = [self._line(index) for index in range(self._top, min(self._top + height, len(self.options)))]
        return Content("\n").join(lines)

    def _line(self, index: int) -> Content:
        option, room = self.options[index], max(0, self.size.width - 2)
        here = index == self.cursor and (self.has_focus or self.always)
        right = drawn(option.right)
        parts, used = cut(
            [(drawn(value), tone) for value, tone in option.parts], room - (cells(right) + 2 if right else 0)
        )
        whole = sum(cells(drawn(value)) for value, _tone in option.parts)
        if len(parts) > 1 and used < whole and cells(parts[-1][0]) < STUB:
            used -= cells(parts[-1][0])
            parts = parts[:-1]  # a stub says nothing
        said = [Content.styled(value, _style(tone, here)) for value, tone in parts]
        end = [Content.styled(" " * (room - used - cells(right)) + right, TONES["muted"])] if right else []
        mark = Content.styled(glyphs().mark if here else " ", TONES["accent"])
        return Content("").join([mark, *said, *end])


def _style(tone: str, bold: bool) -> str:
    style = TONES[tone]
    return f"bold {style}".strip() if bold and "bold" not in style else style
