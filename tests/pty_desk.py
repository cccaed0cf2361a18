"""A terminal for tests: a program on a real pty, its screen read through pyte, keys, signals, resizing, a dropped link."""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import select
import struct
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Self

import pyte

KEYS = {
    "enter": "\r", "esc": "\x1b", "tab": "\t", "backspace": "\x7f", "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C",
    "left": "\x1b[D", "home": "\x1b[H", "end": "\x1b[F", "pageup": "\x1b[5~", "pagedown": "\x1b[6~", "delete": "\x1b[3~",
    "shift+tab": "\x1b[Z", "f1": "\x1bOP", "f2": "\x1bOQ", "f3": "\x1bOR", "f4": "\x1bOS", "f5": "\x1b[15~",
    "f6": "\x1b[17~", "f7": "\x1b[18~", "f8": "\x1b[19~", "f9": "\x1b[20~", "f10": "\x1b[21~", "f12": "\x1b[24~",
}  # fmt: skip
LIMIT = 60.0  # generous: the machine may be busy; a test that passes never waits this long

# What pyte would print as text: private CSI with < = > and the mode queries.
_FOREIGN = re.compile(rb"\x1b\[[<=>][0-9;]*[A-Za-z]|\x1b\[\?[0-9;]*\$p")
_UNFINISHED = re.compile(rb"\x1b(?:\[[<=>?]?[0-9;]*\$?)?\Z")


class PtyDesk:
    """A running program and what its terminal shows. Use it with `with`; the program is killed at the end.

    With `answers=False` the terminal stays silent when it is asked something. `ambiguous` is how many cells it claims for
    an ambiguous character.
    """

    def __init__(
        self,
        argv: Sequence[str | Path],
        *,
        columns: int = 80,
        lines: int = 24,
        env: Mapping[str, str | None] | None = None,
        ignore_hup: bool = False,
        answers: bool = True,
        ambiguous: int = 1,
        typed_ahead: str = "",
    ) -> None:
        self.screen = pyte.Screen(columns, lines)
        self.received = b""
        self._stream = pyte.ByteStream(self.screen)
        self._lock = threading.Lock()
        self._rest = b""
        self._answers, self._ambiguous = answers, ambiguous
        self.screen.write_process_input = self._answer
        self.master, slave = os.openpty()
        self.device = os.ttyname(slave)
        self._set_size(columns, lines)
        if typed_ahead:
            self.type(typed_ahead)
        environ = {
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
            "PATH": os.environ["PATH"],
            "HOME": os.environ.get("HOME", "/"),
        }
        for name, value in (env or {}).items():
            environ.pop(name, None)
            if value is not None:
                environ[name] = value

        # A new session takes the first terminal it opens as its own, so that closing the master sends SIGHUP.
        start = ("trap '' HUP; " if ignore_hup else "") + 'exec "$@" <>"$0" >&0 2>&0'
        self.process = subprocess.Popen(
            ["/bin/sh", "-c", start, self.device, *map(str, argv)],
            stdin=subprocess.DEVNULL,
            env=environ,
            start_new_session=True,
        )
        self._slave = slave  # kept open, or the master would fail before the program opened it
        self._stop_reading, self._stop = os.pipe()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    @classmethod
    def python(cls, source: str, *arguments: str | Path, **options: object) -> Self:
        """Runs this source with the interpreter of the tests."""
        return cls([sys.executable, "-c", source, *arguments], **options)  # type: ignore[arg-type]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.hang_up()

    # What is seen

    def rows(self) -> list[str]:
        """The lines of the screen, without trailing blanks."""
        with self._lock:
            return [line.rstrip() for line in self.screen.display]

    def text(self) -> str:
        """The whole screen."""
        return "\n".join(self.rows())

    def wait_until(self, condition: Callable[[], object], limit: float = LIMIT) -> None:
        """Returns as soon as it holds. Fails with the screen if it never does, or if the program ends first."""
        end = time.monotonic() + limit
        while not condition():
            ended = self.process.poll() is not None
            if condition():
                return
            assert not ended, f"the program ended with {self.process.returncode}:\n{self.text()}"
            assert time.monotonic() < end, f"not within {limit} s:\n{self.text()}"
            time.sleep(0.01)

    def wait_for(self, text: str, limit: float = LIMIT) -> None:
        """Returns as soon as the text stands on the screen."""
        self.wait_until(lambda: text in self.text(), limit)

    def wait_until_read(self, data: bytes, limit: float = LIMIT) -> None:
        """Returns as soon as these bytes have arrived, also when the program has ended meanwhile."""
        end = time.monotonic() + limit
        while data not in self.received:
            assert time.monotonic() < end, f"not within {limit} s: {data!r}\n{self.text()}"
            time.sleep(0.01)

    def wait_gone(self, limit: float = LIMIT) -> int:
        """The exit code; negative for a signal that killed it."""
        return self.process.wait(limit)

    # What is done

    def type(self, text: str) -> None:
        """Types the text as it is."""
        data = text.encode()
        while data:
            data = data[os.write(self.master, data) :]

    def press(self, *keys: str) -> None:
        """Presses named keys (see KEYS), `ctrl+x`, or single characters."""
        for key in keys:
            if key.startswith("ctrl+"):
                self.type(chr(ord(key[5]) & 0x1F))
            else:
                self.type(KEYS.get(key, key))

    def signal(self, number: int) -> None:
        """Sends a signal to the program only."""
        os.kill(self.process.pid, number)

    def resize(self, columns: int, lines: int) -> None:
        """The window changes its size; the kernel sends SIGWINCH."""
        with self._lock:
            self.screen.resize(lines, columns)
        self._set_size(columns, lines)

    def stall(self) -> None:
        """The link no longer takes anything, but is not closed."""
        if self._reader.is_alive():
            os.write(self._stop, b"x")
            self._reader.join()

    def hang_up(self) -> None:
        """The link drops: the master side is closed."""
        self.stall()
        if self.master >= 0:
            os.close(self.master)
            os.close(self._stop)
            os.close(self._stop_reading)
            os.close(self._slave)
            self.master = -1

    # Behind the glass

    def _set_size(self, columns: int, lines: int) -> None:
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def _answer(self, data: str) -> None:
        if not self._answers:
            return
        if self._ambiguous == 2 and "─" in self.screen.display[self.screen.cursor.y]:
            data = re.sub(r";(\d+)R", lambda column: f";{int(column[1]) + 1}R", data)
        with contextlib.suppress(OSError):
            os.write(self.master, data.encode())

    def _read(self) -> None:
        while True:
            ready = select.select([self.master, self._stop_reading], [], [])[0]
            if self._stop_reading in ready:
                return
            try:
                data = os.read(self.master, 65536)
            except OSError:
                return
            with self._lock:
                self.received += data
                data = _FOREIGN.sub(b"", self._rest + data)
                unfinished = _UNFINISHED.search(data)
                cut = unfinished.start() if unfinished else len(data)
                self._rest = data[cut:]
                self._stream.feed(data[:cut])
