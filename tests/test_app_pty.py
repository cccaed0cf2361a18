"""The desk on a real terminal: typed keys, a dropped link, and the exit code."""

from __future__ import annotations

import json
import os
import re
import sys
import time
from pathlib import Path

from tests.pty_desk import PtyDesk


def desk(tmp_path: Path) -> PtyDesk:
    argv: list[str | Path] = [
        sys.executable,
        "-m",
        "prtui",
        "--data",
        tmp_path / "desk",
        "--as",
        "林岚",
        "--lang",
        "en",
        "run",
    ]
    return PtyDesk(argv, env={"LANG": "C.UTF-8", "TERM": "xterm-256color"})


def test_a_dropped_link_keeps_what_was_half_typed_and_ends_the_process(tmp_path: Path) -> None:
    with desk(tmp_path) as terminal:
        terminal.wait_for("F1 Help")
        terminal.press("f4")
        terminal.wait_for("Outlets")
        terminal.press("a")
        terminal.wait_for("New: Outlet")
        terminal.type("半个名字")
        terminal.wait_for("半个名字")
        terminal.hang_up()
        assert terminal.wait_gone() == 129
    (draft,) = (tmp_path / "desk" / "drafts").rglob("*.draft")
    assert json.loads(draft.read_text(encoding="utf-8"))["values"] == {"name": "半个名字"}


def test_a_record_is_made_on_a_real_terminal_and_ctrl_q_ends_with_0(tmp_path: Path) -> None:
    with desk(tmp_path) as terminal:
        terminal.wait_for("F1 Help")
        terminal.press("ctrl+n")
        terminal.wait_for("Quick note")
        terminal.type("outlet 嘉人 A\r")
        terminal.wait_for("OUT-")
        terminal.press("ctrl+g", "4")
        terminal.wait_for("▌嘉人")
        terminal.resize(40, 10)
        terminal.resize(120, 40)
        terminal.wait_until(lambda: terminal.rows()[39].endswith("F1 Help"))
        terminal.press("ctrl+q")
        assert terminal.wait_gone() == 0


def test_ctrl_c_pressed_while_it_starts_is_dropped(tmp_path: Path) -> None:
    with desk(tmp_path) as terminal:
        status = Path(f"/proc/{terminal.process.pid}/status")
        terminal.wait_until(lambda: int(re.findall(r"SigIgn:\s*(\w+)", status.read_text())[0], 16) & 0b110 == 0b110)
        while b"\x1b[?1049h" not in terminal.received:
            terminal.press("ctrl+c", "ctrl+\\")
            time.sleep(0.01)
        terminal.wait_for("F1 Help")
        assert "Traceback" not in terminal.received.decode(errors="replace")
        terminal.press("ctrl+q")
        assert terminal.wait_gone() == 0


def test_a_command_is_still_stopped_by_ctrl_c(tmp_path: Path) -> None:
    code = (
        "import sys, time\nfrom prtui import cli, __main__\n"
        "cli.main = lambda: (print('ready', flush=True), time.sleep(60))\nsys.exit(__main__.main())"
    )
    with PtyDesk([sys.executable, "-c", code, "--data", tmp_path, "list", "task"]) as terminal:
        terminal.wait_for("ready")
        terminal.press("ctrl+c")
        assert terminal.wait_gone(30) != 0


def test_bytes_that_are_no_utf8_are_no_key_and_end_nothing(tmp_path: Path) -> None:
    with desk(tmp_path) as terminal:
        terminal.wait_for("F1 Help")
        os.write(terminal.master, "你好".encode("gbk") + b"\xff\xfe")
        terminal.press("f3")
        terminal.wait_for("▌Projects")
        terminal.press("ctrl+n")
        terminal.wait_for("›")
        os.write(terminal.master, "表扣".encode("gbk"))
        terminal.type("然后")
        terminal.wait_for("然后")
        assert terminal.process.poll() is None
        assert not list(tmp_path.glob("**/crash-*"))
