"""Puts the frames of a Textual app on the terminal as the difference to what stands there, and nothing when there is none.

Textual writes every span anew that a widget calls dirty: 1,148 bytes for one arrow key in a table, 16,699 for one row of
scrolling. Proved against Textual 8.2; tests/test_terminal_painter.py fails when its drawing changes.
"""

from __future__ import annotations

import asyncio
import select
import sys
import time
from collections.abc import Callable, Mapping
from typing import Any

from rich.console import COLOR_SYSTEMS, RenderableType
from textual import events
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.driver import Driver
from textual.screen import Screen
from textual.widgets import Input

from prtui.terminal import clipboard, crash, frames, powers, strokes
from prtui.terminal.curtain import ALTERNATE, Curtain
from prtui.terminal.pens import PLAIN
from prtui.terminal.shadow import Shadow
from prtui.terminal.strangers import Strangers

_WORTH_SYNC = 256  # bytes; less arrives, and is drawn, at once anyway
_SMALL = 2  # rows; what is typed and a cursor that moves are painted at once
_COMPANY = 0.03  # seconds; a larger change waits for Textual's next frame, which often draws over it
_LOOK_AGAIN = 0.05  # seconds between two looks at a terminal that takes nothing
_TYPING = 10.0  # seconds since the last key in which the next one may be expected


class Painted(crash.CrashReports):
    """Mix-in before App. With `painting` off Textual draws by itself."""

    painting = True
    curtain: Curtain | None = None
    """What stands on the terminal before the app draws."""

    _shadow: Shadow | None = None
    _strangers: Strangers | None = None
    _hand = strokes.Hand()
    _typed_at = float("-inf")
    _waiting = False
    _drawn_before: Mapping[str, Any] = {}
    _parcel = ""  # for the terminal's clipboard, with the next frame

    async def on_event(self, event: events.Event) -> None:
        """Notes when something was typed."""
        if isinstance(event, events.Key | events.Paste):
            self._typed_at = time.monotonic()
        await super().on_event(event)

    def repaint(self) -> None:
        """Draw everything again, whatever the terminal shows now."""
        self._forget()
        self.refresh(layout=True)

    def heed_strangers(self) -> None:
        """Draw everything again if somebody else has written on the terminal. To be called every second."""
        if self._strangers is not None and self._strangers.looked():
            self.repaint()

    def _forget(self) -> None:
        if self._shadow is not None:
            self._shadow.shown = None

    def on_resize(self, event: events.Resize) -> None:
        """A terminal of another size, or one that was left and come back to (SIGCONT, dtach): nothing on it is sure.

        A report in pixels of the size that is known is only the answer to a question of Textual's.
        """
        if event.size != self._size or event.pixel_size is None:
            self._forget()
            self.refresh()

    def hand_over(self, text: str) -> clipboard.Way:
        """The way a text takes to the terminal's clipboard. It goes between two frames, when the terminal takes something."""
        self._clipboard = text  # what Ctrl+V puts into a line
        data, way = clipboard.parcel(text)
        if self._shadow is None or not self.painting:
            self._send(data)
        else:
            self._parcel = data
            if not self._waiting:
                self._show_later(0)
        return way

    def copy_to_clipboard(self, text: str) -> None:
        """What Textual's own widgets copy takes the same way."""
        self.hand_over(text)

    def _send(self, data: str) -> None:
        if self._driver is not None and data:
            self._driver.write(data)
            self._driver.flush()

    def _set_pointer_shape(self, shape: str) -> None:
        """Nothing: there is no mouse, and the shape would be said on every change of screens."""

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        driver = self._driver
        if driver is None or driver.is_headless or driver.is_inline or driver.is_web or not self.painting:
            self._lay_down()
            super()._display(screen, renderable)
        elif not isinstance(renderable, LayoutUpdate | ChopsUpdate):
            if renderable is not None:
                self._lay_down()
                self._forget()
            super()._display(screen, renderable)
        else:
            if self._running and not self._closed and not self._batch_count:
                try:
                    self._take(screen, renderable)
                    self._show()
                except Exception as error:
                    self._give_up(error)
            self.post_display_hook()

    def _give_up(self, error: Exception) -> None:
        # A picture that costs more is better than none.
        self.painting = False
        if self.curtain is not None:
            self.curtain.forget()
        self._lay_down()
        self._send(self._parcel)
        self.report(error)
        super()._display(self.screen, self.screen._compositor.render_full_update())

    def _take(self, screen: Screen[Any], update: LayoutUpdate | ChopsUpdate) -> None:
        width, height = self.size
        shadow = self._shadow
        if shadow is None or (shadow.width, shadow.height) != (width, height):
            shadow = self._shadow = Shadow(width, height)
            self._begin(shadow)
        if shadow.shown is None and not isinstance(update, LayoutUpdate):
            update = screen._compositor.render_full_update()
        depth = self.console.color_system or "truecolor"
        shadow.take(update, COLOR_SYSTEMS[depth] if powers.here().colours else None)

    def _begin(self, shadow: Shadow) -> None:
        frame, self._drawn_before = self._drawn_before, {}
        rows = frames.unpacked(frame) if frame else []
        if [len(row) for row in rows] == [shadow.width] * shadow.height:  # else everything is drawn
            shadow.shown = rows

    def keep_frame(self, kept: Mapping[int, int]) -> None:
        """What stands in so many columns of these rows (row → columns) is what the next start draws at once. Nothing where a key
        was pressed already: it may be about that."""
        untouched = self._typed_at == float("-inf")
        if self.curtain is not None and self._shadow is not None and self.painting and untouched:
            self.curtain.keep(frames.packed(self._shadow.wanted, kept, powers.here()))

    def _show(self, *, waited: bool = False) -> None:
        if self._waiting or self._shadow is None:
            return
        if not self._takes():
            # Textual would wait for a stalled link with the whole app; the frames meanwhile become one.
            self._show_later(_LOOK_AGAIN)
        elif not waited and self._shadow.differing() > _SMALL:
            self._show_later(_COMPANY)
        else:
            self._paint(self._shadow)

    def _show_later(self, seconds: float) -> None:
        self._waiting = True
        asyncio.get_running_loop().call_later(seconds, self._show_now)

    def _show_now(self) -> None:
        self._waiting = False
        if self._running and not self._closed and self.painting:
            try:
                self._show(waited=True)
            except Exception as error:
                self._give_up(error)

    def _paint(self, shadow: Shadow) -> None:
        driver = self._driver
        if driver is None:
            return
        cursor, able = self._cursor(), powers.here()
        if shadow.shown is None:
            data, self._hand = strokes.afresh(shadow.wanted, cursor, able)
        else:
            data, self._hand = strokes.frame(shadow.shown, shadow.wanted, self._hand, cursor, able)
        shadow.shown = shadow.wanted.copy()
        if self._sync_available and len(data) > _WORTH_SYNC:
            data = f"\x1b[?2026h{data}\x1b[?2026l"
        data, self._parcel = data + self._parcel, ""
        if data:
            driver.write(data)
        driver.flush()

    def _cursor(self) -> tuple[int, int] | None:
        """Row and column where an input method shall write; None where it does not matter.

        In an empty input that has not been typed in for a while it does not: to bring the cursor there would double what
        the clock of a crisis costs.
        """
        typed = self.screen.focused
        offset = getattr(typed, "cursor_screen_offset", None)
        idle = time.monotonic() - self._typed_at > _TYPING and isinstance(typed, Input) and not typed.value
        if offset is None or idle:
            return None
        x, y = self.size.clamp_offset(offset)  # a screen may not know yet that the terminal is smaller now
        return y, x

    def _build_driver(self, headless: bool, inline: bool, mouse: bool, size: tuple[int, int] | None) -> Driver:
        driver = super()._build_driver(headless, inline, mouse, size)
        if not driver.is_headless and sys.__stderr__ is not None:
            self._strangers = Strangers(sys.__stderr__.fileno())
            driver.write = self._counted(driver.write)  # type: ignore[assignment, method-assign]
        start, stop, write = driver.start_application_mode, driver.stop_application_mode, driver.write

        def start_behind() -> None:
            self._drawn_before = self.curtain.taken() if self.curtain is not None else {}
            if self._drawn_before:  # a terminal would empty the alternate screen if it were told to go there once more
                driver.write = lambda data: write(data) if data != ALTERNATE else None  # type: ignore[method-assign]
            try:
                start()
            finally:
                driver.write = write  # type: ignore[method-assign]

        def stop_plainly() -> None:
            self._lay_down()
            stop()

        driver.start_application_mode = start_behind  # type: ignore[method-assign]
        driver.stop_application_mode = stop_plainly  # type: ignore[method-assign]
        return driver

    def _counted(self, write: Callable[[str], None]) -> Callable[[str], None]:
        def counted(data: str) -> None:
            if self._strangers is not None:
                self._strangers.wrote()
            write(data)

        return counted

    def _lay_down(self) -> None:
        """The plain pen, for whoever writes next."""
        if self._driver is not None and self._hand.pen is not PLAIN:
            self._driver.write("\x1b[m")
        self._hand = strokes.Hand()

    def _takes(self) -> bool:
        """Whether the terminal would take some bytes at once."""
        return can_take(sys.__stderr__.fileno()) if sys.__stderr__ is not None else True


def can_take(file: int) -> bool:
    """Whether a write to this file descriptor would not have to wait. A closed one takes everything."""
    watch = select.poll()
    watch.register(file, select.POLLOUT)
    return bool(watch.poll(0))
