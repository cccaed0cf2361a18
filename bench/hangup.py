"""What is left when the line drops in the middle of typing: `python bench/hangup.py [--small]`.

A name is typed into a form at a key every 50 ms and the terminal closed at some moment of it, several times in each case: a
usual line; with SIGHUP ignored (nohup); beside a busy machine; while the line takes nothing; through a relay of 200 ms and
8 kB/s; and with the process killed outright. Printed are the longest times until the process is gone, the age of the oldest key that is
not in the draft (through the relay the key's way is not counted: what never arrived cannot be kept), and whether the next start
offers the draft. Then SIGTERM, where the terminal is still there: whether it is given back. Exits 1 when a process is there for
longer than 0.5 s or a key older than 0.3 s is lost.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
from tests.pty_desk import PtyDesk  # noqa: E402

EVERY = 0.05  # seconds between two keys
GONE, LOST = 0.5, 0.3  # seconds promised
DELAY, RATE = 0.2, 8000  # of the relay: seconds, bytes a second
USUAL, NOHUP, BUSY, STALLED, RELAY, KILLED = CASES = (
    "a usual line", "SIGHUP ignored", "a busy machine", "a line that takes nothing", "a relay, 200 ms, 8 kB/s",
    "killed outright",
)  # fmt: skip


class Left(NamedTuple):
    """Seconds until the process was gone, the age of the oldest lost key, and whether the draft was offered again."""

    gone: float
    lost: float
    offered: bool


def started(folder: Path, case: str) -> PtyDesk:
    """The desk on a terminal of its own."""
    argv: list[str | Path] = [sys.executable, "-m", "prtui", "--data", folder, "--as", "bench", "--lang", "en"]
    if case == RELAY:
        argv = [sys.executable, ROOT / "tests" / "slow_line.py", str(DELAY), str(RATE), *argv]
    return PtyDesk(argv, env={"PYTHONPATH": str(ROOT)}, ignore_hup=case == NOHUP)


def dropped(folder: Path, case: str) -> Left:
    """One name typed, and the line dropped on it."""
    typed: list[tuple[float, str]] = []
    with started(folder, case) as desk:
        desk.wait_for("F1 Help")
        desk.press("f4")
        desk.wait_for("Outlets")
        desk.press("a")
        desk.wait_for("New: Outlet")
        if case == STALLED:
            desk.stall()
        for number in range(random.randint(20, 40)):
            typed.append((time.monotonic(), "abcdefghij"[number % 10]))
            desk.type(typed[-1][1])
            time.sleep(EVERY)
        time.sleep(random.uniform(0, EVERY))
        process = _desk_below(desk.process.pid) if case == RELAY else desk.process.pid
        at = time.monotonic()
        if case in (RELAY, KILLED):
            desk.process.kill()
        desk.hang_up()
        while _runs(process):
            if desk.process.pid == process:
                desk.process.poll()
            time.sleep(0.002)
            if time.monotonic() - at > 10:
                raise SystemExit(f"{case}: the process does not end")
        gone = time.monotonic() - at
    kept = [json.loads(path.read_text("utf-8"))["values"]["name"] for path in (folder / "drafts").rglob("*.draft")]
    text = "".join(char for _at, char in typed)
    if not kept or not text.startswith(kept[0]):
        raise SystemExit(f"{case}: what is kept ({kept}) is not what was typed ({text})")
    on_its_way = DELAY if case == RELAY else 0.0
    lost = at - typed[len(kept[0])][0] - on_its_way if len(kept[0]) < len(text) else 0.0
    with started(folder, "") as desk:
        desk.wait_for("draft is kept")
        offered = "Outlet" in desk.text()
        desk.press("ctrl+q")
        desk.wait_gone()
    return Left(gone, max(lost, 0.0), offered)


def _desk_below(relay: int) -> int:
    (child,) = Path(f"/proc/{relay}/task/{relay}/children").read_text().split()
    return int(child)


def _runs(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def given_back(folder: Path) -> bool:
    """Whether a terminal that is still there is as it was after SIGTERM."""
    with started(folder, "") as desk:
        before = termios.tcgetattr(desk._slave)
        desk.wait_for("F1 Help")
        desk.signal(signal.SIGTERM)
        code = desk.wait_gone()
        after = termios.tcgetattr(desk._slave)
        desk.wait_until_read(b"\x1b[?1049l")
    return code == 128 + signal.SIGTERM and before == after


def main() -> int:
    """Measures and prints; the exit code."""
    times = 2 if "--small" in sys.argv else 8
    kept = True
    print(f"{'':<28} {'gone after':>12} {'oldest lost key':>16}  draft offered")
    for case in CASES:
        burners = []
        if case == BUSY:
            burn = [sys.executable, "-c", "while True: pass"]
            burners = [subprocess.Popen(burn) for _ in range(2 * (os.cpu_count() or 1))]
        try:
            found = []
            for _ in range(times):
                with tempfile.TemporaryDirectory(prefix="prtui-bench-") as name:
                    found.append(dropped(Path(name, "desk"), case))
        finally:
            for one in burners:
                one.kill()
                one.wait()
        gone, lost = max(one.gone for one in found), max(one.lost for one in found)
        well = gone <= GONE and lost <= LOST and all(one.offered for one in found)
        kept = kept and well
        offered = sum(one.offered for one in found)
        print(f"{case:<28} {gone:>10.3f} s {lost:>14.3f} s  {offered} of {times}  {'met' if well else 'MISSED'}")
    with tempfile.TemporaryDirectory(prefix="prtui-bench-") as name:
        back = given_back(Path(name, "desk"))
    print(f"after SIGTERM the terminal is {'as it was: met' if back else 'not given back: MISSED'}")
    return int(not (kept and back))


if __name__ == "__main__":
    sys.exit(main())
