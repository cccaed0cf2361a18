"""What stands beside a list on a wide screen: what the cursor is on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from textual.timer import Timer
from textual.widget import Widget

from prtui.screens.chrome import Piece, drawn, pieces

RESTED = 0.15  # seconds without a move of the cursor; what stands beside it is painted once after a run of arrows


class Detail(Widget):
    """What the cursor is on, at the right of a wide screen: lines of pieces."""

    DEFAULT_CSS = "Detail { width: 1fr; height: 100%; padding: 0 1 0 1; display: none; }"

    _lines: tuple[tuple[Piece, ...], ...] = ()
    _rest: Timer | None = None

    def follow(self, lines: Callable[[], Iterable[Iterable[Piece]]], *, scrolled: bool = False) -> None:
        """Say these lines as soon as the cursor rests; at once where nothing is said yet. Until then nothing, where the list
        was scrolled: the terminal would shift what stands here along with it, and back again for 400 bytes a row."""
        first = not self._lines and self._rest is None
        self._stop()
        if first:
            self.show(lines())
            return
        if scrolled:
            self._say(())
        self._rest = self.set_timer(RESTED, lambda: self.show(lines()))

    def show(self, lines: Iterable[Iterable[Piece]]) -> None:
        """Say these lines; nothing is painted when they are said already."""
        self._stop()
        self._say(tuple(tuple((drawn(value), tone) for value, tone in line) for line in lines))

    def _say(self, said: tuple[tuple[Piece, ...], ...]) -> None:
        if said != self._lines:
            self._lines = said
            self.refresh()

    def _stop(self) -> None:
        if self._rest is not None:
            self._rest.stop()
            self._rest = None

    def render(self) -> Any:
        """The lines, wrapped."""
        return pieces(*[part for line in self._lines for part in (*line, ("\n", ""))])
