"""What the crisis screen costs: `python bench/crisis.py [--small]`.

A ticking clock with nobody typing, bytes and CPU a second, beside htop at one refresh a second (left out, and said so, where
it is not installed) and beside prtui's own Today; then CPU from F12 to the picture of a running crisis, its first visit of a
session, in a process of its own each time. Exits 1 when the median of that is more than 150 ms, or the clock writes more than
15 bytes a second. It is counted from the twelfth second after the last key: until the tenth the cursor goes back to the line
after each tick, where an input method would write, and a tick costs 22.
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

import installed
from terminal import Terminal

F12 = "\x1b[24~"
LIMIT = 0.150
MOST = 15.0  # bytes a second
SETTLED = 12.0  # seconds after the last key
SIZE = (80, 24)
TICK = os.sysconf("SC_CLK_TCK")


def fill(folder: Path) -> list[str]:
    """A sample desk with a running crisis; the command that opens it."""
    from prtui import clock, i18n, store
    from prtui.clock import Moment
    from prtui.config import Settings
    from prtui.desk import crisis, crisis_log, sample

    i18n.use("zh")
    settings = Settings(data=folder / "desk", actor="林岚", language="zh", sample=True)
    store.open_desk(settings)
    with store.write(settings.actor) as work:
        sample.fill(work, clock.today(settings.zone))
        people = store.query.rows("person", limit=3)
        for role, person in zip(("legal", "executive", "product"), people, strict=True):
            work.add("teammember", role=role, person=person)
    row = store.perform(settings.actor, crisis.start, "曜石腕表表扣断裂致伤", scenario="product", level="I")
    for number in range(30):
        at = Moment(clock.now(), settings.zone)
        store.perform(settings.actor, crisis_log.log, row, f"门店来电 {number}", "fact", True, at=at)
    store.close()
    (folder / "desk" / "config.toml").write_text('actor = "林岚"\n', encoding="utf-8")
    return [sys.executable, "-m", "prtui", "--data", str(folder / "desk")]


class Watched(Terminal):
    """A program on a pseudo-terminal whose CPU is counted too."""

    def press(self, key: str) -> None:
        """A key."""
        os.write(self._master, key.encode())

    def until(self, word: str) -> None:
        """Returns as soon as the word has been written."""
        seen = b""
        while word.encode() not in seen:
            seen += self._read()

    def cpu(self) -> float:
        """CPU seconds of the program so far, its threads among them."""
        fields = Path(f"/proc/{self._pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICK


def idle(argv: list[str], key: str, seconds: float) -> tuple[float, float]:
    """Bytes and CPU seconds a second of a program that nobody types into."""
    terminal = Watched(argv, *SIZE)
    try:
        terminal.until_quiet(0.5, limit=5.0, first=20.0)
        if key:
            terminal.press(key)
        terminal.idle(SETTLED)
        before, begun = terminal.cpu(), time.monotonic()
        written = terminal.idle(seconds)
        return written, (terminal.cpu() - before) / (time.monotonic() - begun)
    finally:
        terminal.close()


def first_paint(argv: list[str]) -> float:
    """CPU seconds from F12 until the picture stands."""
    terminal = Watched(argv, *SIZE)
    try:
        terminal.until_quiet(1.0, first=20.0)
        before = terminal.cpu()
        terminal.press(F12)
        terminal.until("剩余")
        return terminal.cpu() - before
    finally:
        terminal.close()


def main(small: bool) -> int:
    """Print the figures; the exit code."""
    installed.ready()
    seconds = 5.0 if small else 20.0
    with tempfile.TemporaryDirectory(prefix="prtui-bench-") as name:
        argv = fill(Path(name))
        idles = {"prtui, crisis": idle(argv, F12, seconds), "prtui, Today": idle(argv, "", seconds)}
        if shutil.which("htop"):
            idles["htop -d 10"] = idle(["htop", "-d", "10"], "", seconds)
        else:
            print("htop is not installed: left out")
        paints = [first_paint(argv) for _round in range(3 if small else 9)]
    for program, (written, spent) in idles.items():
        print(f"idle, a second: {program:<14} {written:>7,.1f} bytes {spent * 1000:>6.1f} ms CPU")
    paint = statistics.median(paints)
    print(
        f"F12 to the running clock, CPU: {paint * 1000:.0f} ms (limit {LIMIT * 1000:.0f}; {min(paints) * 1000:.0f}–{max(paints) * 1000:.0f})"
    )
    tick = idles["prtui, crisis"][0]
    print(f"the ticking crisis clock: {tick:.1f} bytes a second (limit {MOST:.0f})")
    return int(paint > LIMIT or tick > MOST)


if __name__ == "__main__":
    sys.exit(main("--small" in sys.argv[1:]))
