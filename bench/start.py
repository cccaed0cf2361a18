"""What a start costs: `python bench/start.py`.

`prtui --help` beside Python doing nothing, CPU seconds of both, turn and turn about. Then how long the terminal stays empty:
until the first byte of the frame (time and CPU of the process), until the first screen stands, and all bytes until then, with
the frame of the start before (terminal/curtain.py) and without it.
"""

from __future__ import annotations

import fcntl
import os
import pty
import resource
import select
import shutil
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path

import installed

ROUNDS = 15
MOST = 5.0  # argparse and the help itself are most of it; one heavy library more is seen at once
LIBRARIES = ("textual.app", "peewee", "whoosh.index", "docx")


def cpu(*arguments: str) -> float:
    """CPU seconds, user and system, of one run of Python."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def shown(folder: Path, seconds: float = 0.0) -> tuple[float, float, float, int]:
    """Of one start on 120×40: seconds to the first byte of the frame, CPU seconds until then, seconds to the first screen,
    bytes. It is ended `seconds` after that."""
    child, master = pty.fork()
    if child == 0:
        environ = os.environ | {"TERM": "xterm-256color", "LANG": "C.UTF-8", "PRTUI_LANG": "en", "PRTUI_AS": "bench"}
        os.execve(sys.executable, [sys.executable, "-m", "prtui", "--data", str(folder)], environ)
    fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    began, data, first, spent = time.monotonic(), b"", 0.0, 0.0
    while b"bench" not in data:  # who works stands beside the clock, and not in the frame
        select.select([master], [], [], 20)
        data += os.read(master, 65536)
        if b"\x1b[6n" in data and not first:
            os.write(master, b"\x1b[1;2R\x1b[1;3R" if data.count(b"\x1b[6n") == 2 else b"")
        if not first and b"Today" in data:
            first, spent = time.monotonic() - began, _spent(child)
    stands = time.monotonic() - began
    while select.select([master], [], [], max(seconds, 0.3))[0]:
        data += os.read(master, 65536)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(master)
    return first, spent, stands, len(data)


def _spent(process: int) -> float:
    threads = Path(f"/proc/{process}/task").glob("*/schedstat")
    return sum(int(one.read_text().split()[0]) for one in threads) / 1e9


def first_byte(rounds: int) -> None:
    """Print how long the terminal stays empty, with the frame and without."""
    with tempfile.TemporaryDirectory(prefix="prtui-bench-") as name:
        folder = Path(name, "desk")
        shown(folder, 3.0)  # makes the desk, and keeps the frame
        kept = Path(name, "frames")
        shutil.move(folder / "frames", kept)
        taken: dict[str, list[tuple[float, float, float, int]]] = {"with the frame": [], "without it": []}
        for _ in range(rounds):
            shutil.copytree(kept, folder / "frames")
            taken["with the frame"].append(shown(folder))
            shutil.rmtree(folder / "frames")
            taken["without it"].append(shown(folder))
    for label, runs in taken.items():
        first, spent, stands, size = (statistics.median(column) for column in zip(*runs, strict=True))
        print(
            f"{label:<15} first byte {first * 1000:4.0f} ms ({spent * 1000:4.0f} ms CPU), first screen"
            f" {stands * 1000:4.0f} ms, {size:,.0f} bytes"
        )


def main() -> int:
    """Exit code 1 when --help costs more than it may."""
    installed.ready()
    runs = {
        "python -c pass": ("-c", "pass"),
        "prtui --help": ("-m", "prtui", "--help"),
        **{f"import {name}": ("-c", f"import {name}") for name in LIBRARIES},
    }
    taken: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(ROUNDS):
        for name, arguments in runs.items():
            taken[name].append(cpu(*arguments))
    base = statistics.median(taken["python -c pass"])
    for name in runs:
        cost = statistics.median(taken[name])
        print(f"{name:<20} {cost * 1000:6.0f} ms CPU   {cost / base:5.2f} ×")
    first_byte(3 if "--small" in sys.argv else 9)
    return 0 if statistics.median(taken["prtui --help"]) <= MOST * base else 1


if __name__ == "__main__":
    sys.exit(main())
