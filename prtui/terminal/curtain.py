"""The frame of the first screen before anything heavy is loaded: as prtui drew it when it was open last on such a terminal.

There is no data in it: the names of the places, the keys, and the background. Imports no Textual.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import select
import signal
import sys
import termios
from pathlib import Path
from types import FrameType
from typing import Any, Self

from prtui.terminal import stencil

KEYBOARD, SCREEN = 0, 2
ALTERNATE = "\x1b[?1049h"
_BACK = b"\x1b[m\x1b[?25h\x1b[?1049l"
_MOST = 8  # frames kept, the newest: sizes and kinds of terminal


class Curtain:
    """While it is open, keys pressed echo nowhere and are kept as they are, also those that a terminal edits a line with; and
    whatever ends the start, the terminal is left as it was. `up` says that the frame stands and nobody has taken it over."""

    def __init__(self, folder: Path) -> None:
        self.up = False
        self._folder = folder
        self._path: Path | None = None
        self._frame: dict[str, Any] = {}
        self._before: list[Any] | None = None
        self._handlers: dict[signal.Signals, Any] = {}

    def __enter__(self) -> Self:
        for number in (signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(number) != signal.SIG_IGN:  # as nohup has it
                self._handlers[number] = signal.signal(number, _leave)
        with contextlib.suppress(termios.error):
            self._before = termios.tcgetattr(KEYBOARD)
            quiet = termios.tcgetattr(KEYBOARD)
            quiet[0] &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)
            quiet[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
            quiet[6][termios.VMIN], quiet[6][termios.VTIME] = 1, 0
            termios.tcsetattr(KEYBOARD, termios.TCSANOW, quiet)
        return self

    def __exit__(self, *_error: object) -> None:
        if self.up:
            self._write(_BACK)
        if self._before is not None:
            with contextlib.suppress(termios.error):
                termios.tcsetattr(KEYBOARD, termios.TCSANOW, self._before)
        for number, handler in self._handlers.items():
            signal.signal(number, handler)

    def rise(self, *looks: str) -> None:
        """Draw the frame of such a terminal, of its size and of these looks (language, theme), if there is one."""
        size = os.get_terminal_size(SCREEN)
        colours = "mono" if os.environ.get("NO_COLOR") else os.environ.get("COLORTERM", "")
        name = "-".join((f"{size.columns}x{size.lines}", os.environ.get("TERM", ""), colours, *looks))
        self._path = self._folder / f"{re.sub(r'[^A-Za-z0-9-]+', '_', name)[:100]}.json"
        frame = stencil.read(self._path, size.columns, size.lines)
        if frame is not None:
            self.up = self._write((ALTERNATE + "\x1b[?25l" + stencil.written(frame)).encode())
            self._frame = frame if self.up else {}

    def taken(self) -> dict[str, Any]:
        """The frame that stands (terminal/frames.py knows how to read it), for whoever draws from now on and leaves the
        alternate screen at the end; empty where none does."""
        self.up = False
        return self._frame

    def keep(self, frame: dict[str, Any]) -> None:
        """This is the frame of such a terminal from now on. A disk that refuses costs nothing but the next one."""
        content = json.dumps(frame, ensure_ascii=False, separators=(",", ":")).encode()
        if self._path is None or not frame or frame == self._frame or len(content) > stencil.LARGEST:
            return
        part = self._path.with_suffix(f".{os.getpid()}.part")
        with contextlib.suppress(OSError):
            self._folder.mkdir(mode=0o700, exist_ok=True)
            handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with open(handle, "wb") as file:
                file.write(content)
            part.replace(self._path)
            old = sorted(self._folder.glob("*.json"), key=lambda path: path.stat().st_mtime)[:-_MOST]
            for path in old:
                path.unlink()

    def forget(self) -> None:
        """Something went wrong after this frame, and perhaps because of it: the next start begins without one."""
        if self._path is not None:
            stencil.remove(self._path)

    @staticmethod
    def _write(data: bytes) -> bool:
        # Nobody is kept waiting for a link that takes nothing: then there is no frame before the first screen.
        watch = select.poll()
        watch.register(SCREEN, select.POLLOUT)
        if not watch.poll(0):
            return False
        with contextlib.suppress(OSError):
            os.write(SCREEN, data)
            return True
        return False


def _leave(number: int, frame: FrameType | None) -> None:
    sys.exit(128 + number)
