"""Puts the frames of a Textual app on the terminal as the difference to what stands there, and nothing when there is none.

Textual writes every span anew that a widget calls dirty: 1,148 bytes for one arrow key in a table, 16,699 for one row of
scrolling. Proved against Textual 8.2; tests/test_terminal_painter.py fails when its drawing changes.
"""

from __future__ import annotations

import asyncio
import os
import select
import sys
from functools import lru_cache
from typing import Any

from rich.console import COLOR_SYSTEMS, RenderableType
from textual import events
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.screen import Screen

from prtui.terminal import crash, strokes
from prtui.terminal.shadow import Shadow

_WORTH_SYNC = 256  # bytes; less arrives, and is drawn, at once anyway
_SMALL = 2  # rows; what is typed and a cursor that moves are painted at once
_COMPANY = 0.03  # seconds; a larger change waits for Textual's next frame, which often draws over it
_LOOK_AGAIN = 0.05  # seconds between two looks at a terminal that takes nothing


class Painted(crash.CrashReports):
    """Mix-in before App. With `painting` off Textual draws by itself."""

    painting = True

    _shadow: Shadow | None = None
    _at: strokes.At = (None, None)
    _waiting = False

    def repaint(self) -> None:
        """Draw everything again, whatever the terminal shows now."""
        self._forget()
        self.refresh(layout=True)

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

    def _set_pointer_shape(self, shape: str) -> None:
        """Nothing: there is no mouse, and the shape would be said on every change of screens."""

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        driver = self._driver
        if driver is None or driver.is_headless or driver.is_inline or driver.is_web or not self.painting:
            super()._display(screen, renderable)
        elif not isinstance(renderable, LayoutUpdate | ChopsUpdate):
            super()._display(screen, renderable)
            if renderable is not None:
                self._forget()
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
        if self.logs is not None:
            crash.report(error, self.logs)
        super()._display(self.screen, self.screen._compositor.render_full_update())

    def _take(self, screen: Screen[Any], update: LayoutUpdate | ChopsUpdate) -> None:
        width, height = self.size
        shadow = self._shadow
        if shadow is None or (shadow.width, shadow.height) != (width, height):
            shadow = self._shadow = Shadow(width, height)
        if shadow.shown is None and not isinstance(update, LayoutUpdate):
            update = screen._compositor.render_full_update()
        shadow.take(update, COLOR_SYSTEMS[self.console.color_system or "truecolor"])

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
        x, y = self.screen.outer_size.clamp_offset(self.cursor_position)
        if shadow.shown is None:
            data, self._at = strokes.afresh(shadow.wanted, (y, x), bce=_erases_in_colour())
        else:
            data, self._at = strokes.frame(shadow.shown, shadow.wanted, self._at, (y, x), bce=_erases_in_colour())
        shadow.shown = shadow.wanted.copy()
        if self._sync_available and len(data) > _WORTH_SYNC:
            data = f"\x1b[?2026h{data}\x1b[?2026l"
        if data:
            driver.write(data)
        driver.flush()

    def _takes(self) -> bool:
        """Whether the terminal would take some bytes at once."""
        return can_take(sys.__stderr__.fileno()) if sys.__stderr__ is not None else True


def can_take(file: int) -> bool:
    """Whether a write to this file descriptor would not have to wait. A closed one takes everything."""
    watch = select.poll()
    watch.register(file, select.POLLOUT)
    return bool(watch.poll(0))


@lru_cache(1)
def _erases_in_colour() -> bool:
    """Whether this terminal is known to erase with the background colour in force (GNU screen does not)."""
    try:
        import curses
    except ImportError:
        return False
    try:
        curses.setupterm(os.environ.get("TERM", ""), 2)
    except curses.error:
        return False
    return curses.tigetflag("bce") == 1
