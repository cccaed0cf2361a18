"""A text for the clipboard of her terminal: whole between two frames, in pieces through screen, nothing where there is none."""

from __future__ import annotations

import base64
import os
import re
import select
import subprocess
import sys
from pathlib import Path

import pytest

from prtui import store
from prtui.config import Settings
from prtui.errors import Trouble
from prtui.terminal.clipboard import MOST, PIECE, Parcel, Way, parcel, told
from tests.pty_desk import PtyDesk

TEXT = "曜石发布会 \x1b[31m 20:00"
CODED = base64.b64encode(TEXT.encode()).decode()


def test_a_terminal_gets_it_in_one_sequence() -> None:
    for kind in ("xterm-256color", "xterm-kitty", "alacritty", "foot", "rxvt-unicode-256color"):
        assert parcel(TEXT, {"TERM": kind}) == Parcel(f"\x1b]52;c;{CODED}\a", Way.TERMINAL)


@pytest.mark.parametrize("kind", ["", "dumb", "unknown", "linux", "vt100", "vt220", "ansi", "cons25", "eterm-color"])
def test_where_there_is_no_clipboard_nothing_is_written(kind: str) -> None:
    assert parcel(TEXT, {"TERM": kind}) == Parcel("", Way.NONE)


@pytest.mark.parametrize("environ", [{"TERM": "screen"}, {"TERM": "screen.xterm-256color", "STY": "1.tty"}])
def test_screen_gets_no_string_longer_than_it_takes(environ: dict[str, str]) -> None:
    data, way = parcel(TEXT * 100, environ)
    pieces = re.findall(r"\x1bP(.*?)\x1b\\", data, re.S)
    assert way is Way.SCREEN and len(pieces) > 10 and all(len(piece) <= PIECE for piece in pieces)
    assert "".join(pieces) == parcel(TEXT * 100, {"TERM": "xterm"}).data
    assert re.sub(r"\x1bP.*?\x1b\\", "", data, flags=re.S) == ""


@pytest.mark.parametrize("environ", [{"TERM": "screen-256color", "TMUX": "/tmp/tmux-0/default,1,0"}, {"TERM": "tmux"}])
def test_tmux_gets_it_for_itself_and_to_pass_on(environ: dict[str, str]) -> None:
    whole = parcel(TEXT, {"TERM": "xterm"}).data
    assert parcel(TEXT, environ) == Parcel(f"{whole}\x1bPtmux;\x1b{whole}\x1b\\", Way.TMUX)


def test_what_no_terminal_takes_is_not_cut_but_left_out() -> None:
    assert parcel("字" * (MOST // 3), {"TERM": "xterm"}).way is Way.TERMINAL
    assert parcel("字" * (MOST // 3) + "a" * 3, {"TERM": "xterm"}) == Parcel("", Way.TOO_LONG)
    assert parcel("\ud800", {"TERM": "xterm"}).data == "\x1b]52;c;Pw==\a"


def test_what_is_told_is_what_was_done() -> None:
    file = Path("/desk/exports/a.txt")
    assert told(Way.TERMINAL, file) == "In exports/a.txt, and handed to the terminal's clipboard."
    assert "set-clipboard" in told(Way.TMUX, file) and "through screen" in told(Way.SCREEN, file)
    assert told(Way.NONE, file) == "In exports/a.txt; this terminal takes no clipboard."
    assert "too long" in told(Way.TOO_LONG, file)
    full = Trouble("The disk is full.")
    assert told(Way.TERMINAL, full).endswith("there is no file of it: The disk is full.")
    for way in (Way.NONE, Way.TOO_LONG):
        with pytest.raises(Trouble):
            told(way, full)


# -- on a real terminal -----------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    store.open_desk(Settings(data=tmp_path / "desk", actor="林岚"))
    with store.write("林岚") as work:
        work.add("outlet", name="嘉人", tier="A")
    store.close()
    return tmp_path / "desk"


def desk(folder: Path, kind: str, **more: object) -> PtyDesk:
    argv = [sys.executable, "-m", "prtui", "--data", folder, "--as", "林岚", "--lang", "en"]
    return PtyDesk(argv, env={"LANG": "C.UTF-8", "TERM": kind}, columns=120, **more)  # type: ignore[arg-type]


def copied(terminal: PtyDesk, folder: Path) -> str:
    """Press y on the only outlet; the text that its file then has."""
    terminal.wait_for("F1 Help")
    terminal.press("ctrl+g", "4")
    terminal.wait_for("嘉人")
    terminal.press("y")
    terminal.wait_until(lambda: list((folder / "exports").glob("*.txt")))
    (file,) = (folder / "exports").glob("*.txt")
    return file.read_text("utf-8").removesuffix("\n")


def test_the_sequence_reaches_the_terminal_whole_and_leaves_the_picture_alone(folder: Path) -> None:
    with desk(folder, "xterm-256color") as terminal:
        text = copied(terminal, folder)
        assert text.startswith("OUT-") and "嘉人" in text
        terminal.wait_until_read(f"\x1b]52;c;{base64.b64encode(text.encode()).decode()}\a".encode())
        terminal.wait_for(".txt, and handed to the terminal's clipboard.")
        before = terminal.rows()
        terminal.press("ctrl+l")
        terminal.wait_until(lambda: terminal.received.count(b"\x1b[2J") > 1 and terminal.rows()[2:22] == before[2:22])
        assert terminal.received.count(b"\x1b]52") == 1
        assert len(list((folder / "exports").iterdir())) == 1


def test_screen_gets_pieces_and_a_vt100_nothing(folder: Path) -> None:
    with desk(folder, "vt100") as terminal:
        text = copied(terminal, folder)
        terminal.wait_for(".txt; this terminal takes no clipboard.")
        assert b"]52;" not in terminal.received
    with desk(folder, "screen") as terminal:
        assert copied(terminal, folder) == text  # the same words make no second file
        terminal.wait_until_read(parcel(text, {"TERM": "screen"}).data.encode())


def test_a_long_text_stays_whole_while_the_line_takes_nothing_and_frames_wait(folder: Path) -> None:
    store.open_desk(Settings(data=folder, actor="林岚"))
    with store.write("林岚") as work:
        (outlet,) = store.query.rows("outlet")
        work.edit(outlet, note="石" * 20_000)
    store.close()
    with desk(folder, "xterm-256color") as terminal:
        terminal.wait_for("F1 Help")
        terminal.press("ctrl+g", "4")
        terminal.wait_for("嘉人")
        terminal.press("enter")
        terminal.wait_for("Remarks")
        terminal.press("y")
        terminal.wait_for("All fields")
        terminal.stall()
        terminal.press("enter")
        terminal.wait_until(lambda: list((folder / "exports").glob("*.txt")))
        terminal.press("ctrl+l")  # everything is drawn again meanwhile
        (file,) = (folder / "exports").glob("*.txt")
        whole = parcel(file.read_text("utf-8").removesuffix("\n"), {"TERM": "xterm"}).data.encode()
        assert len(whole) > 80_000
        data = b""
        while whole not in data or b"\x1b[2J" not in data:
            assert select.select([terminal.master], [], [], 30)[0], data[-200:]
            data += os.read(terminal.master, 65536)


def test_the_command_reaches_the_terminal_it_is_typed_at_and_no_script(folder: Path) -> None:
    argv = [sys.executable, "-m", "prtui", "--data", folder, "--lang", "en", "copy", "OUT-1"]
    with PtyDesk([*argv, "--what", "line"], columns=120) as terminal:
        assert terminal.wait_gone() == 0
        terminal.wait_for("and handed to the terminal's clipboard.")
        (file,) = (folder / "exports").glob("*.txt")
        assert parcel(file.read_text("utf-8").removesuffix("\n"), {"TERM": "xterm"}).data.encode() in terminal.received
    piped = subprocess.run([*argv, "--print"], capture_output=True, check=True)
    assert b"\x1b" not in piped.stdout + piped.stderr and "嘉人" in piped.stdout.decode()
