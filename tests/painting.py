"""Two terminals side by side: what Textual's own drawing shows on one, what the painter's shows on the other."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from typing import Any

import pyte
from pyte.screens import Char
from rich.console import Console
from rich.segment import Segment
from textual import events
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.app import App
from textual.drivers.headless_driver import HeadlessDriver
from textual.geometry import Size
from textual.screen import Screen
from textual.strip import Strip
from wcwidth import wcwidth

from prtui.terminal.painter import Painted
from prtui.terminal.pens import PLAIN, Pen, change

_LINK = re.compile(r"\x1b\]8;[^;]*;([^\x1b]*)\x1b\\")
_INK = frozenset({4, 7, 9, 21, 51, 52, 53})
_OFF = {22: {1, 2}, 23: {3}, 24: {4, 21}, 25: {5, 6}, 27: {7}, 28: {8}, 29: {9}, 54: {51, 52}, 55: {53}}


class Glass(pyte.Screen):
    """pyte's screen, but every attribute, every colour and every link of a cell is kept."""

    def __init__(self, columns: int, lines: int) -> None:
        self.attributes: set[int] = set()
        self.colours = ["", ""]
        self.link = ""
        super().__init__(columns, lines)
        self._stream = pyte.Stream(self)

    def show(self, data: str) -> None:
        """Reads what a program wrote."""
        for number, part in enumerate(_LINK.split(data)):
            if number % 2:
                self.link = part
                self._ink()
            else:
                self._stream.feed(part)

    def reset(self) -> None:
        super().reset()
        self._ink()
        self.reset_mode(7, private=True)  # as Textual has it

    def select_graphic_rendition(self, *codes: int, **_private: Any) -> None:
        rest = list(codes or (0,))
        while rest:
            code = rest.pop(0)
            if code in (38, 48):
                length = 2 if rest[0] == 5 else 4
                self.colours[code == 48] = f"{rest[:length]}"
                del rest[:length]
            elif code == 0:
                self.attributes.clear()
                self.colours = ["", ""]
            elif code in _OFF:
                self.attributes -= _OFF[code]
            elif code in (39, 49):
                self.colours[code == 49] = ""
            elif 30 <= code <= 37 or 90 <= code <= 97:
                self.colours[0] = str(code)
            elif 40 <= code <= 47 or 100 <= code <= 107:
                self.colours[1] = str(code - 10)
            else:
                self.attributes.add(code)
        self._ink()

    def _ink(self) -> None:
        ink = ",".join(map(str, sorted(self.attributes)))
        seen_on_blanks = bool(self.link or self.attributes & _INK)
        self.cursor.attrs = Char(
            " ", f"{ink}/{self.colours[0]}/{self.link}", self.colours[1] or "default", underscore=seen_on_blanks
        )

    def holds(self, pen: Pen) -> bool:
        """Whether what is written next is drawn with this pen."""
        plain = Glass(1, 1)
        plain.show(change(PLAIN, pen))
        return (self.attributes, self.colours, self.link) == (plain.attributes, plain.colours, plain.link)

    def cells(self) -> list[list[tuple[str, str, str]]]:
        """Character, ink and background of every cell; a blank has no ink where ink does not show on it."""
        return [self._row(self.buffer[y]) for y in range(self.lines)]

    def _row(self, line: Any) -> list[tuple[str, str, str]]:
        row = []
        for x in range(self.columns):
            cell = line[x]
            # Terminals blank a wide character when one of its halves is drawn over; pyte leaves the other half.
            half = cell.data == "" and (x == 0 or wcwidth(line[x - 1].data[:1]) != 2)
            half |= wcwidth(cell.data[:1]) == 2 and (x + 1 == self.columns or line[x + 1].data != "")
            blank = half or (cell.data == " " and not cell.underscore)
            row.append((" ", "", cell.bg) if blank else (cell.data, cell.fg, cell.bg))
        return row


class GlassDriver(HeadlessDriver):
    """Writes to a glass instead of a terminal."""

    is_headless = False  # type: ignore[assignment]

    def write(self, data: str) -> None:
        """Shows it, and keeps it."""
        app = self._app
        assert isinstance(app, Compared)
        app.written.append(data)
        app.painted.show(data)


class Compared(Painted):
    """Mix-in before an app: every frame is drawn twice, and the pictures must be the same.

    `frames` counts them; `textual_bytes` and `written` say what each way cost. Frames that come soon after each other become
    one only when `merging`; `stalled` is a link that takes nothing.
    """

    colours = "truecolor"

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.console = Console(
            color_system=self.colours,
            file=self.console.file,
            force_terminal=True,
            legacy_windows=False,  # type: ignore[arg-type]
        )
        Segment._split_cells.cache_clear()  # its halves keep styles that were rendered in another test's colours
        self.plain, self.painted = Glass(80, 24), Glass(80, 24)
        self.written: list[str] = []
        self.textual_bytes = 0
        self.frames = 0
        self.stalled = False
        self.merging = False
        self._unsure = True  # until Textual has drawn the whole screen once

    def _build_driver(self, headless: bool, inline: bool, mouse: bool, size: tuple[int, int] | None) -> Any:
        self._driver = GlassDriver(self, size=size)
        self._fit(*(size or (80, 24)))
        return self._driver

    def _fit(self, width: int, height: int) -> None:
        for glass in (self.plain, self.painted):
            glass.resize(height, width)

    async def resize(self, width: int, height: int) -> None:
        """The window changes its size. What a terminal shows then is anyone's guess."""
        self._fit(width, height)
        self.painted.show("\x1b[H\x1b[35;44m" + "?" * width * height + "\x1b[m")
        self.plain.show("\x1b[m\x1b[2J")
        size = Size(width, height)
        self._unsure = True
        self._driver._size = (width, height)  # type: ignore[union-attr]
        await self._post_message(events.Resize(size, size))
        await asyncio.sleep(0.05)

    def takes(self) -> bool:
        return not self.stalled

    _takes = takes

    def _show_later(self, seconds: float) -> None:
        if self.stalled or self.merging:
            super()._show_later(seconds)
        else:
            self._paint(self._shadow)  # type: ignore[arg-type]

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        drawn = isinstance(renderable, LayoutUpdate | ChopsUpdate) and not self._batch_count
        super()._display(screen, renderable)
        if not drawn or not self._running or self._closed:
            return
        self.frames += 1
        data = renderable.render_segments(self._fresh(renderable))
        self.textual_bytes += len(data.encode())
        self.plain.show(data)
        if isinstance(renderable, LayoutUpdate) and renderable.region.size == (self.plain.columns, self.plain.lines):
            self._unsure = False  # until here Textual draws for the old size, and nothing can be compared
        if not (self.stalled or self.merging or self._waiting or self._unsure):
            self.compare()

    def _fresh(self, update: LayoutUpdate | ChopsUpdate) -> Console:
        # Textual keeps what it rendered and what it cropped, whatever colours the console of another test had.
        for strip in strips(update):
            strip._render_cache = None
            strip._crop_cache.clear()
            for segment in strip:
                if segment.style is not None:
                    segment.style._ansi = None
        return self.console

    def compare(self) -> None:
        """Fails unless both terminals show the same in every cell, and cursor and pen are what the next frame begins with."""
        wanted, shown = self.plain.cells(), self.painted.cells()
        wrong = [
            (y, x, wanted[y][x], shown[y][x])
            for y in range(self.plain.lines)
            if wanted[y] != shown[y]
            for x in range(self.plain.columns)
            if wanted[y][x] != shown[y][x]
        ]
        assert not wrong, f"{len(wrong)} cells differ, first (row, column, Textual's, ours): {wrong[:6]}"
        hand, cursor = self._hand, self._cursor()
        assert self.painted.holds(hand.pen)
        assert not hand.pen.link
        assert cursor is None or cursor == hand[:2]
        assert hand.row in (None, self.painted.cursor.y)
        assert hand.column in (None, self.painted.cursor.x)


def strips(update: LayoutUpdate | ChopsUpdate) -> Iterator[Strip]:
    """The strips of a frame."""
    lines = update.strips if isinstance(update, LayoutUpdate) else [line.values() for line in update.chops]
    for line in lines:
        yield from (strip for strip in line if strip is not None)


def compared(app: type[App[Any]], colours: str = "truecolor") -> type[Any]:
    """The app's class with every frame compared."""
    # The module, because Textual looks for the style sheet beside it.
    return type(f"Compared{app.__name__}", (Compared, app), {"colours": colours, "__module__": app.__module__})
