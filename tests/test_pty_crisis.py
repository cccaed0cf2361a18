"""The clock of a crisis on real terminals: two keys, a kill, a dropped link, a second session, and what a second costs."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.pty_desk import PtyDesk


def desk(folder: Path, actor: str = "林岚", **options: Any) -> PtyDesk:
    argv: list[str | Path] = [sys.executable, "-m", "prtui", "--data", folder, "--as", actor, "--lang", "en", "run"]
    return PtyDesk(argv, env={"LANG": "C.UTF-8", "TERM": "xterm-256color"}, **options)


def status(folder: Path, *arguments: str) -> dict[str, Any]:
    """What `prtui crisis` says beside the screens."""
    argv = [
        sys.executable,
        "-m",
        "prtui",
        "--data",
        str(folder),
        "--as",
        "林岚",
        "crisis",
        *(arguments or ("status",)),
        "--json",
    ]
    done = subprocess.run(argv, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    return found[0] if isinstance(found, list) else found


def elapsed(terminal: PtyDesk) -> int:
    """Seconds on the clock."""
    shown = re.search(r"Elapsed +(\d+):(\d\d):(\d\d)", terminal.text())
    assert shown is not None, terminal.text()
    hours, minutes, seconds = map(int, shown.groups())
    return hours * 3600 + minutes * 60 + seconds


def detected(folder: Path) -> list[tuple[str, str]]:
    """Every milestone with its instant."""
    return [(one["n"], one["at"]) for one in status(folder)["milestones"] if one["at"]]


def test_two_keys_start_a_clock_that_neither_a_kill_nor_a_dropped_link_stops(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    with desk(folder) as terminal:
        terminal.wait_for("F1 Help")
        terminal.press("f12")
        terminal.wait_for("Start the clock")
        terminal.press("enter")
        terminal.wait_for("Elapsed  00:00:0")
        assert "[2] Set the level" in terminal.text()
        before, stored = elapsed(terminal), detected(folder)
        terminal.type("门店来电")
        terminal.wait_for("门店来电")
        terminal.signal(signal.SIGKILL)
        assert terminal.wait_gone() == -signal.SIGKILL
    with desk(folder) as terminal:
        terminal.wait_for("F1 Help")
        terminal.press("f12")
        terminal.wait_for("Elapsed")
        terminal.wait_for("Fact")  # not read only: whoever held it was killed
        assert elapsed(terminal) >= before and detected(folder) == stored
        # One burst, as a slow link brings it: each key means what it would alone.
        terminal.type("\x15一\r二\x15回来了\r")
        terminal.wait_for("[Fact] 回来了")
        assert "[Fact] 一" in terminal.text() and "二" not in terminal.text()
        terminal.type("半句话")
        terminal.wait_for("半句话")
        terminal.hang_up()
        assert terminal.wait_gone() == 129
    with desk(folder) as terminal:
        terminal.wait_for("F1 Help")
        terminal.press("ctrl+g", "0")
        terminal.wait_for("Elapsed")
        terminal.wait_for("Fact › 半句话")
        assert elapsed(terminal) >= before and detected(folder) == stored


def test_a_second_session_reads_along_until_it_takes_over(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    with desk(folder) as one, desk(folder, "王敏") as other:
        for terminal in (one, other):
            terminal.wait_for("F1 Help")
        one.press("f12")
        one.wait_for("Start the clock")
        one.press("enter")
        one.wait_for("Elapsed")
        other.press("f12")
        other.wait_for("Read only: 林岚 holds it. Ctrl+T takes over")
        one.type("!受伤顾客已就医\r")
        other.wait_for("受伤顾客已就医  (Verified)")
        other.press("4")
        other.wait_for("here it is read only")
        other.press("ctrl+t")
        other.wait_for("王敏 holds CRS-")
        one.wait_for("Read only: 王敏")
        other.type("4")
        one.wait_until(lambda: re.search(r"4 Verify +\d\d:\d\d ok", one.text()))
        # The command line is a third face of the same clock.
        assert status(folder)["held_by"] == "王敏"


def test_a_stalled_link_shows_the_right_time_at_once_and_a_second_writes_its_digits_only(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    status(folder, "start", "曜石腕表")
    with desk(folder) as terminal:
        terminal.wait_for("F1 Help")
        terminal.press("f12")
        terminal.wait_for("Elapsed")
        terminal.wait_until(lambda: "left 00:" in terminal.text())
        shown = elapsed(terminal)
        terminal.wait_until(lambda: elapsed(terminal) > shown + 1)  # what came after the first picture is drawn
        written, shown = len(terminal.received), elapsed(terminal)
        terminal.wait_until(lambda: elapsed(terminal) >= shown + 3)
        seconds = elapsed(terminal) - shown
        # Three clocks of some digits each; a minute that turns writes the cities too.
        assert len(terminal.received) - written < 200 * (seconds + 1)
        terminal.signal(signal.SIGSTOP)
        stopped = elapsed(terminal)
        at = status(folder)["elapsed"]
        while status(folder)["elapsed"] < at + 3:
            pass
        terminal.signal(signal.SIGCONT)
        terminal.wait_until(lambda: elapsed(terminal) >= stopped + 3)
        now = status(folder)["elapsed"]
        terminal.wait_until(lambda: elapsed(terminal) >= now)
