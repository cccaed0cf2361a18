"""The frame stands before Textual is loaded: the same cells, none twice, no key lost, and the terminal as it was after any end."""

from __future__ import annotations

import json
import os
import random
import signal
import termios
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from prtui import clock, store
from prtui.config import Settings
from prtui.store import query
from prtui.terminal import curtain, frames, stencil, strokes
from prtui.terminal.pens import PLAIN, Pen, one
from prtui.terminal.powers import Powers
from prtui.terminal.shadow import drawn
from tests.painting import Glass
from tests.pty_desk import PtyDesk

# The start, held where the first heavy import would begin.
HELD = """
import pathlib, sys, time
class Held:
    def find_spec(self, name, path=None, target=None):
        if name == "prtui.app":
            pathlib.Path(sys.argv[1], "loaded").write_text(" ".join(sys.modules))
            while not pathlib.Path(sys.argv[1], "go").exists():
                time.sleep(0.01)
sys.meta_path.insert(0, Held())
from prtui.cli import main
sys.exit(main(["--data", sys.argv[1], "--as", "林岚", "--lang", "en"]))
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A desk that was opened once on a terminal of 80×24."""
    data = tmp_path / "desk"
    store.open_desk(Settings(data=data, actor="林岚"))
    with store.write("林岚") as work:
        work.add("outlet", name="嘉人")
        work.add("task", title="确认灯光", owner=work.add("person", name="王敏"), due_on=clock.today("UTC"))
    store.close()
    with started(data) as desk:
        desk.wait_until(lambda: list((data / "frames").glob("*.json")))
        (data / "screen").write_text(desk.text(), "utf-8")
        desk.press("ctrl+q")
        assert desk.wait_gone() == 0
    return data


def started(folder: Path, **options: object) -> PtyDesk:
    return PtyDesk.python("import sys\nopen(sys.argv[1] + '/go', 'w')\n" + HELD, folder, **options)


def held(folder: Path, **options: object) -> PtyDesk:
    (folder / "go").unlink()
    (folder / "loaded").unlink()
    desk = PtyDesk.python(HELD, folder, **options)
    desk.wait_until((folder / "loaded").exists)
    return desk


def go_on(folder: Path) -> None:
    (folder / "go").touch()


def line_mode(desk: PtyDesk) -> bool:
    flags = termios.tcgetattr(desk._slave)[3]
    return bool(flags & termios.ECHO and flags & termios.ICANON and flags & termios.ISIG)


def test_the_frame_stands_before_anything_heavy_is_loaded_and_no_cell_is_written_twice(folder: Path) -> None:
    with held(folder) as desk:
        desk.wait_for("F1 Help")
        assert not {"textual", "rich", "peewee", "whoosh"} & set((folder / "loaded").read_text("utf-8").split())
        assert "Today" in desk.rows()[0] and "林岚" not in desk.text()
        before = len(desk.received)
        go_on(folder)
        desk.wait_for("确认灯光")
        desk.wait_until(lambda: desk.text()[80:] == (folder / "screen").read_text("utf-8")[80:])  # but for the clock
        after = desk.received[before:].decode()
        assert "Today" not in after.split("确认灯光")[0] and "F1" not in after
        assert [desk.received.count(one) for one in (b"\x1b[?1049h", b"\x1b[2J")] == [1, 1]
        desk.press("ctrl+q")
        assert desk.wait_gone() == 0
        assert line_mode(desk)


def test_there_is_no_data_in_it_and_it_is_hers_alone(folder: Path) -> None:
    (file,) = (folder / "frames").iterdir()
    kept = file.read_text("utf-8")
    assert file.stat().st_mode & 0o77 == 0 and "Today" in kept
    assert not any(word in kept for word in ("林", "王", "灯", "Shanghai"))


def test_keys_pressed_meanwhile_echo_nowhere_and_mean_what_they_say(folder: Path) -> None:
    with held(folder) as desk:
        desk.wait_for("F1 Help")
        shown = desk.received
        desk.press("ctrl+c", "ctrl+d", "ctrl+n")
        desk.type("外滩x")
        desk.press("backspace", "ctrl+u")
        desk.type("夜景")
        go_on(folder)
        desk.wait_for("Quick note")
        assert desk.received[len(shown) :].startswith(
            b"\x1b[?25l"
        )  # Textual's first word; an echo would stand before it
        desk.wait_until(lambda: any("夜景" in row and "外滩" not in row for row in desk.rows()))


@pytest.mark.parametrize("answers", [True, False])
def test_a_search_typed_while_it_starts_is_a_search_and_no_commands(folder: Path, answers: bool) -> None:
    with held(folder, typed_ahead="/", answers=answers) as desk:  # read while the terminal is asked
        desk.type("x外滩x")  # read by Textual
        go_on(folder)
        desk.wait_for("x外滩x")
        desk.press("ctrl+q")
        assert desk.wait_gone() == 0
    store.open_desk(Settings(data=folder, actor="林岚"))
    (task,) = query.rows("task")
    store.close()
    assert task.done_at is None


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_start_that_is_ended_leaves_no_process_and_a_terminal_as_it_was(folder: Path, number: int) -> None:
    with held(folder) as desk:
        desk.wait_for("F1 Help")
        desk.signal(number)
        assert desk.wait_gone() == 128 + number
        desk.wait_until_read(b"\x1b[?1049l")
        assert line_mode(desk)


def test_a_link_dropped_during_a_start_ends_it(folder: Path) -> None:
    with held(folder) as desk:
        desk.wait_for("F1 Help")
        desk.hang_up()
        assert desk.wait_gone() == 128 + signal.SIGHUP


def test_under_nohup_a_start_goes_on(folder: Path) -> None:
    with held(folder, ignore_hup=True) as desk:
        desk.wait_for("F1 Help")
        desk.signal(signal.SIGHUP)
        go_on(folder)
        desk.wait_for("确认灯光")


def test_a_start_that_fails_gives_the_terminal_back(folder: Path) -> None:
    (folder / "prtui.db").write_bytes(b"no database at all" * 100)
    with held(folder) as desk:
        desk.wait_for("F1 Help")
        go_on(folder)
        assert desk.wait_gone() == 2
        assert desk.received.count(b"\x1b[?1049l") == 1 and line_mode(desk)
        assert "prtui" in desk.received.decode().rpartition("\x1b[?1049l")[2]
    with PtyDesk.python(HELD.replace('pathlib.Path(sys.argv[1], "loaded")', "None"), folder) as desk:
        assert desk.wait_gone() == 1
        desk.wait_until_read(b"Traceback")
        assert desk.received.count(b"\x1b[?1049l") == 1 and line_mode(desk)


def test_a_window_of_another_size_meanwhile_is_drawn_afresh(folder: Path) -> None:
    with held(folder) as desk:
        desk.wait_for("F1 Help")
        desk.resize(100, 30)
        go_on(folder)
        desk.wait_until(lambda: desk.rows()[29].endswith("F1 Help") and "确认灯光" in desk.text())
        assert desk.received.count(b"\x1b[?1049h") == 1


@pytest.mark.parametrize("damage", ["text", "pipe"])
def test_a_damaged_frame_is_none(folder: Path, damage: str) -> None:
    (file,) = (folder / "frames").iterdir()
    file.unlink()
    if damage == "pipe":
        os.mkfifo(file)
    else:
        file.write_text('{"data": "\x1b]52;c;cHdu\x07", "rows": []}', "utf-8")
    with held(folder) as desk:
        assert b"\x1b[?1049h" not in desk.received and not file.exists()
        go_on(folder)
        desk.wait_for("确认灯光")
        desk.wait_until(file.exists)
        desk.press("ctrl+q")
        assert desk.wait_gone() == 0


SOUND: dict[str, Any] = {
    "fills": True,
    "pens": [[[1, 4], "38;5;208", "48;2;1;2;3"], [[], "", ""], [[], "", "104"]],
    "rows": [[["今日 Today", 0], ["  ", 1]], [["   ", 1], ["x", 0], ["        ", 2]]],
}


def damaged(**changes: object) -> str:
    return json.dumps(SOUND | changes)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{}",
        "[1, 2]",
        "7",
        "[" * 100_000,
        "\udcff",
        json.dumps(SOUND)[:-1],
        json.dumps(SOUND) + " " * stencil.LARGEST,
        damaged(data="\x1b]52;c;cHdu\x07"),
        damaged(fills=1),
        damaged(pens={}),
        damaged(pens=SOUND["pens"][:2]),
        *(
            damaged(pens=[pen, *SOUND["pens"][1:]])
            for pen in (
                [[1]], [["1"], "", ""], [[True], "", ""], [[38], "", ""], [1, "", ""], [[], "41", ""], [[], "", "31"],
                [[], "38;5", ""], [[], "31m\x1b[2J", ""], [[], "38;5;１", ""], [[], 31, ""], [[], None, ""], "abc", None,
            )
        ),
        damaged(rows={"0": 1, "1": 2}),
        damaged(rows=SOUND["rows"][:1]),
        *(
            damaged(rows=[row, SOUND["rows"][1]])
            for row in (
                7, None, "今日 Today", [["今日 Today", 0]], [["今日 Today", 0], ["   ", 1]], [["123456789012", 3]],
                [["123456789012", -1]], [["123456789012", "0"]], [["123456789012", True]], [[12, 0]], ["ab"],
                [["12345678901\x1b", 0]], [["12345678901\n", 0]], [["12345678901\x9b", 0]], [[1000000000, "x", 0]],
            )
        ),
    ],
)  # fmt: skip
def test_a_file_that_is_no_frame_is_removed(tmp_path: Path, content: str) -> None:
    file = tmp_path / "frame.json"
    file.write_bytes(content.encode("utf-8", "surrogateescape"))
    assert stencil.read(file, 12, 2) is None
    assert not file.exists()


def test_a_frame_is_for_its_size_and_a_regular_file(tmp_path: Path) -> None:
    file, link = tmp_path / "frame.json", tmp_path / "link.json"
    for columns, lines in ((12, 3), (11, 2)):
        file.write_text(json.dumps(SOUND), "utf-8")
        assert stencil.read(file, columns, lines) is None and not file.exists()
    assert stencil.read(file, 12, 2) is None
    file.write_text(json.dumps(SOUND), "utf-8")
    link.symlink_to(file)
    assert stencil.read(link, 12, 2) is None and not link.is_symlink()
    assert stencil.read(file, 12, 2) == SOUND


def any_row(any_of: random.Random) -> list[strokes.Cell]:
    pens = [one(Pen(*pen)) for pen in product(map(frozenset[int], ([], [1], [4])), ["", "31", "38;5;208"], ["", "44"])]
    texts = ["Today", " ", "   ", "         ", " x", "今日 ", "Enter  Open"]
    row: list[strokes.Cell] = []
    while len(row) < 30:
        row += drawn(any_of.choice(texts), any_of.choice(pens))
    return row[:30] if row[30:31] != [("", row[29][1])] else [*row[:29], (" ", PLAIN)]


@pytest.mark.parametrize("seed", range(20))
def test_what_is_written_is_what_the_painter_is_told(seed: int) -> None:
    rows = [any_row(random.Random(f"{seed} {y}")) for y in range(6)]
    frame = frames.packed(rows, dict.fromkeys(range(6), 30), Powers(erases_in_colour=seed % 2 == 0))
    assert frames.unpacked(frame) == rows
    shown, wanted = Glass(30, 6), Glass(30, 6)
    shown.show("rubbish" + stencil.written(frame))
    wanted.show(strokes.afresh(rows, None, Powers())[0])
    assert shown.cells() == wanted.cells() and shown.holds(PLAIN)


def test_what_is_packed_is_what_was_drawn(tmp_path: Path) -> None:
    red = one(Pen(frozenset({1}), "31", "44", "https://lanjing.example"))
    rows = [list(drawn("今日 Today  ", red)), list(drawn("secret      ", PLAIN))]
    file = tmp_path / "frame.json"
    file.write_text(json.dumps(frames.packed(rows, {0: 10}, Powers())), "utf-8")
    frame = stencil.read(file, 12, 2)
    assert frame is not None
    cells = frames.unpacked(frame)
    bare = one(red._replace(link=""))
    assert cells[0][:10] == list(drawn("今日 Today  ", bare))[:10] and all(pen is bare for _char, pen in cells[0][:4])
    assert "".join(char for char, _pen in cells[1]).strip() == ""
    assert not any(word in file.read_text("utf-8") for word in ("secret", "lanjing"))


def test_a_frame_that_terminals_draw_unevenly_is_not_kept(tmp_path: Path) -> None:
    rows = [list(drawn("☂️ Today", PLAIN))]
    assert frames.packed(rows, {0: 5}, Powers()) == {}
    assert frames.packed(rows, {0: 0}, Powers()) != {}
    one_more = curtain.Curtain(tmp_path)
    one_more._path = tmp_path / "frame.json"
    one_more.keep({})
    assert list(tmp_path.iterdir()) == []


def test_only_the_newest_frames_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(12):
        one_more = curtain.Curtain(tmp_path / "frames")
        one_more._path = tmp_path / "frames" / f"{number}.json"
        one_more.keep(SOUND)
    assert len(list((tmp_path / "frames").iterdir())) == 8
