"""The frame stands before Textual is loaded: the same cells, none twice, no key lost, and the terminal as it was after any end."""

from __future__ import annotations

import json
import signal
import termios
from pathlib import Path

import pytest

from prtui import clock, store
from prtui.config import Settings
from prtui.store import query
from prtui.terminal import curtain, frames
from prtui.terminal.pens import PLAIN, Pen, one
from prtui.terminal.powers import Powers
from prtui.terminal.shadow import drawn
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
    assert file.stat().st_mode & 0o77 == 0 and "Today" in json.loads(kept)["data"]
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
        code = desk.wait_gone()
        assert code == (128 + number if number == signal.SIGTERM else -number)  # after a hang-up there is no terminal
        if number == signal.SIGTERM:
            desk.wait_until_read(b"\x1b[?1049l")
            assert line_mode(desk)


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


@pytest.mark.parametrize("damage", ["", "{}", "[1, 2]", '{"data": 7}'])
def test_a_damaged_frame_is_none(folder: Path, damage: str) -> None:
    (file,) = (folder / "frames").iterdir()
    file.write_text(damage, "utf-8")
    with held(folder) as desk:
        assert b"\x1b[?1049h" not in desk.received
        go_on(folder)
        desk.wait_for("确认灯光")
        desk.wait_until(lambda: "data" in file.read_text("utf-8") and len(file.read_text("utf-8")) > 100)


def test_what_is_packed_is_what_was_drawn() -> None:
    red = one(Pen(frozenset({1}), "31", "44", "https://lanjing.example"))
    rows = [list(drawn("今日 Today  ", red)), list(drawn("secret      ", PLAIN))]
    frame = json.loads(json.dumps(frames.packed(rows, {0: 10}, Powers())))
    cells, hand = frames.unpacked(frame)
    assert cells[0][:10] == rows[0][:10] and all(pen is red for _char, pen in cells[0][:4])
    assert "".join(char for char, _pen in cells[1]).strip() == "" and "secret" not in json.dumps(frame)
    assert hand.pen is PLAIN and frame["data"].endswith("\x1b[m")


def test_only_the_newest_frames_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(12):
        one_more = curtain.Curtain(tmp_path / "frames")
        one_more._path = tmp_path / "frames" / f"{number}.json"
        one_more.keep({"data": "x"})
    assert len(list((tmp_path / "frames").iterdir())) == 8
