"""How long until she can press a key: CPU of prtui from start to its footer and out again, against a minimal Textual app.

`python bench/interactive.py [--small]` prints seconds of CPU (user and system) and their ratio, pair by pair in one run.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import statistics
import struct
import sys
import tempfile
import termios
import time
from pathlib import Path

import installed

PLAIN = """
from textual.app import App
from textual.binding import Binding
from textual.widgets import DataTable, Footer, Static
class Plain(App):
    ENABLE_COMMAND_PALETTE = False
    BINDINGS = [Binding("ctrl+q", "quit", "Quit", priority=True), Binding("f1", "help", "Help")]
    def compose(self):
        yield Static("Plain")
        yield DataTable()
        yield Footer()
Plain().run(mouse=False)
"""
LIMIT = 1.5


def cpu(arguments: list[str], ready: bytes, environment: dict[str, str]) -> float:
    """CPU seconds of a terminal program until `ready` is on its screen and it has quit at Ctrl+Q."""
    child, master = pty.fork()
    if child == 0:
        os.execve(arguments[0], arguments, environment)
    fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    seen, quitting, end = b"", False, time.monotonic() + 60
    while time.monotonic() < end:
        if select.select([master], [], [], 0.2)[0]:
            try:
                read = os.read(master, 65536)
            except OSError:
                break
            if not read:
                break
            seen += read
        if not quitting and ready in seen:
            quitting = True
            os.write(master, b"\x11")
    _pid, status, usage = os.wait4(child, 0)
    os.close(master)
    if not quitting or status != 0:
        raise SystemExit(f"{arguments[-1][:40]}: was not ready or did not leave (status {status})\n{seen[-400:]!r}")
    return usage.ru_utime + usage.ru_stime


def weigh(rounds: int) -> tuple[float, float, float]:
    """CPU seconds of prtui and of the minimal app, medians, and the median ratio of the pairs."""
    with tempfile.TemporaryDirectory() as folder:
        kept = {
            name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
        }  # as she runs it
        environment = kept | {
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
            "LC_ALL": "C.UTF-8",
            "PRTUI_DATA": str(Path(folder, "desk")),
            "PRTUI_LANG": "en",
            "PRTUI_AS": "bench",
        }
        desk = [sys.executable, "-m", "prtui"]
        plain = [sys.executable, "-c", PLAIN]
        # What stands there before Textual draws has a footer, too; this is of the first screen.
        (
            cpu(desk, b"Nothing is due", environment),
            cpu(plain, b"f1", environment),
        )  # the first start makes the desk and the caches
        pairs = [(cpu(desk, b"Nothing is due", environment), cpu(plain, b"f1", environment)) for _ in range(rounds)]
    ours = statistics.median(one for one, _other in pairs)
    theirs = statistics.median(other for _one, other in pairs)
    return ours, theirs, statistics.median(one / other for one, other in pairs)


def main(small: bool) -> None:
    """Print the medians and the ratio."""
    installed.ready()
    ours, theirs, ratio = weigh(3 if small else 11)
    print(
        f"start to interactive, CPU: prtui {ours:.3f} s, a minimal Textual app {theirs:.3f} s, ratio {ratio:.2f} (limit {LIMIT})"
    )


if __name__ == "__main__":
    main("--small" in sys.argv[1:])
