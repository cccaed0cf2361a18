"""A dropped link or a termination: what was typed is kept, and the process is gone within half a second."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import threading
import time
from collections.abc import Callable
from types import FrameType, TracebackType
from typing import Any, Protocol, Self

SIGNALS = (signal.SIGHUP, signal.SIGTERM)
GRACE = 0.4  # seconds for the app to end by itself, when there is nobody left to see it
LONGEST = 2.0  # seconds for a slow disk to take the drafts, or to give back a terminal that is still there
# A revoked terminal (vhangup) wakes only those who wait for input, so the watch looks again by itself now and then.
LOOK_AGAIN_MS = 500
_CLOSED = b"\0"


class Leavable(Protocol):
    """What the guard needs of an app."""

    _loop: Any

    def exit(self, result: Any = None, return_code: int = 0) -> None:
        """Ends the app; called on its event loop."""


def terminal_is_gone(keyboard: int = 0) -> bool:
    """Whether nobody is at the other end of this file descriptor any more."""
    watch = select.poll()
    watch.register(keyboard, 0)
    return any(event & (select.POLLHUP | select.POLLERR) for _fd, event in watch.poll(0))


class HangupGuard:
    """While it is open, SIGHUP, SIGTERM and the end of standard input save the drafts and end the app with 128 + n.

    `save` runs on the guard's own thread, so a stalled screen cannot hold it up; it must not wait for the event loop.
    What still runs `grace` seconds after the link dropped is cut off with `os._exit`, though never before the drafts are on
    disk; after `longest`, whatever is under way. Open it on the main thread.
    """

    def __init__(
        self,
        app: Leavable,
        save: Callable[[], object],
        *,
        keyboard: int = 0,
        leave: Callable[[int], object] = os._exit,
        grace: float = GRACE,
        longest: float = LONGEST,
    ) -> None:
        self.app = app
        self.save = save
        self.code: int | None = None
        self._keyboard = keyboard
        self._leave = leave
        self._grace, self._longest = grace, longest
        self._before: dict[signal.Signals, Any] = {}
        self._wake, self._news, self._wakeup_before = -1, -1, -1
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        self._wake, self._news = os.pipe()
        os.set_blocking(self._news, False)
        for number in SIGNALS:
            # Also where SIGHUP was ignored at the start (nohup): a screen without a terminal serves nobody.
            self._before[number] = signal.signal(number, self._heard)
        # Tells the watch even while the main thread is deep in C code and cannot run a handler.
        self._wakeup_before = signal.set_wakeup_fd(self._news, warn_on_full_buffer=False)
        self._thread = threading.Thread(target=self._watch, name="prtui-hangup", daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.code is not None:
            return  # on the way out: handlers and watchdog stay until the process is gone
        signal.set_wakeup_fd(self._wakeup_before)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        os.write(self._news, _CLOSED)
        if self._thread is not None:
            self._thread.join()
        os.close(self._news)
        os.close(self._wake)

    def _heard(self, number: int, frame: FrameType | None) -> None:
        # Nothing else here: a handler interrupts any line, also one that holds the lock that saving needs.
        with contextlib.suppress(OSError):
            os.write(self._news, bytes([number]))

    def _watch(self) -> None:
        watch = select.poll()
        watch.register(self._wake, select.POLLIN)
        watch.register(self._keyboard, 0)
        while True:
            for file, event in watch.poll(LOOK_AGAIN_MS):
                if file == self._wake:
                    news = os.read(self._wake, 1)
                    if news == _CLOSED:
                        return
                    if news[0] in SIGNALS:  # the wake-up descriptor also tells of SIGWINCH and others
                        self._hang_up(news[0])
                        return
                elif event & (select.POLLHUP | select.POLLERR):
                    self._hang_up(signal.SIGHUP)
                    return
                else:
                    watch.unregister(self._keyboard)  # closed by its owner, or a kind of file that cannot be polled

    def _hang_up(self, number: int) -> None:
        self.code = 128 + number
        heard = time.monotonic()
        self._cut_off_in(self._longest)
        try:
            self.save()
        finally:
            if terminal_is_gone(self._keyboard):
                self._cut_off_in(self._grace - (time.monotonic() - heard))
                _draw_nowhere()
            self._end_app()

    def _cut_off_in(self, seconds: float) -> None:
        watchdog = threading.Timer(max(seconds, 0.0), self._leave, (self.code,))
        watchdog.daemon = True
        watchdog.start()

    def _end_app(self) -> None:
        loop = self.app._loop
        if loop is None:  # it has not begun, or has already ended; the watchdog sees to the rest
            return
        with contextlib.suppress(RuntimeError):  # the loop closed meanwhile
            loop.call_soon_threadsafe(self.app.exit, None, self.code)


def _draw_nowhere() -> None:
    """Otherwise what Textual still writes kills its output thread, then blocks, and Python exits with 120."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for screen in (1, 2):
        os.dup2(nowhere, screen)
    os.close(nowhere)
