"""Whether somebody else has written on this terminal, a broadcast or a job in the background: told by the time of its last
write, which costs the line nothing."""

from __future__ import annotations

import os
import time

QUIET = 2.0  # seconds; what prtui wrote itself may lie that long between the app and the terminal


class Strangers:
    """Looks at a terminal device. Linux moves the time of its last write once in eight seconds (0–7, 8–15, …), so that nobody
    learns from it how somebody types: where prtui itself writes every second, as beside a ticking clock, nothing is told."""

    def __init__(self, terminal: int) -> None:
        self._terminal = terminal
        self._written: float | None = None
        self._own = time.monotonic()

    def wrote(self) -> None:
        """Prtui itself writes now."""
        self._own = time.monotonic()

    def looked(self) -> bool:
        """Whether somebody else has written since the look before."""
        try:
            written = os.fstat(self._terminal).st_mtime
        except OSError:
            return False  # it is gone; others notice that
        before, self._written = self._written, written
        return before is not None and written != before and time.monotonic() - self._own > QUIET
