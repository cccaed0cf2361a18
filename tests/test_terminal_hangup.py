"""A dropped link, a termination, a crash: what was typed is on disk and the process is gone."""

from __future__ import annotations

import os
import signal
import stat
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from prtui.terminal.crash import CrashReports, announce, report
from prtui.terminal.drafts import Drafts
from prtui.terminal.hangup import HangupGuard, terminal_is_gone
from tests.pty_desk import PtyDesk

APP = """
import sys, threading, time
from pathlib import Path
from textual.app import App
from textual.widgets import Static, TextArea
from prtui.terminal import session
from prtui.terminal.crash import CrashReports
from prtui.terminal.drafts import DraftKeeper, Drafts

folder = Path(sys.argv[1])
if "deaf" in sys.argv:
    import signal
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGHUP])
if "slow" in sys.argv:
    DraftKeeper.DELAY = 1000.0
keeper = DraftKeeper(Drafts(folder / "drafts"))

class Desk(CrashReports, App):
    logs = folder / "logs"
    BINDINGS = [("f2", "block"), ("f3", "crash"), ("f4", "quit_with"), ("f5", "crash_worker"), ("f9", "flood")]
    ENABLE_COMMAND_PALETTE = False
    CSS = "Screen { overflow: hidden; }"

    def compose(self):
        yield Static("READY", id="head")
        yield TextArea(id="note")

    def on_mount(self):
        self.query_one(TextArea).focus()

    def on_text_area_changed(self, event):
        keeper.changed("note", {"body": event.text_area.text}, 7)

    def action_block(self):
        (folder / "blocked").touch()
        while True:
            time.sleep(0.01)

    def action_flood(self):
        self.beat = time.monotonic()
        self.set_interval(0.01, self.flood)
        threading.Thread(target=self.watch, daemon=True).start()

    def flood(self):
        self.beat = time.monotonic()
        self.query_one("#head").update(str(self.beat) * 200)

    def watch(self):
        while time.monotonic() - self.beat < 0.5:
            time.sleep(0.02)
        (folder / "stalled").touch()

    def action_crash(self):
        secret = "李文清 138 0000 0001"
        raise RuntimeError("broken " + str(len(secret)))

    def action_crash_worker(self):
        async def work():
            secret = "李文清 138 0000 0001"
            raise LookupError("worker broken")
        self.run_worker(work())

    def action_quit_with(self):
        self.exit(return_code=5)

sys.exit(session.run(Desk(), keeper))
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def note(folder: Path) -> str:
    draft = Drafts(folder / "drafts").find("note")
    return draft.values["body"] if draft else ""


def typing(folder: Path, *arguments: str, **options: object) -> PtyDesk:
    desk = PtyDesk.python(APP, folder, *arguments, **options)
    desk.wait_for("READY")
    desk.type("声明：正在核实 abc")
    desk.wait_for("声明：正在核实 abc")
    return desk


@pytest.mark.parametrize("ignored", [False, True], ids=["default", "nohup"])
def test_a_dropped_link_keeps_the_note_and_ends_the_process(folder: Path, ignored: bool) -> None:
    with typing(folder, ignore_hup=ignored) as desk:
        desk.hang_up()
        assert desk.wait_gone() == 128 + signal.SIGHUP
    assert note(folder) == "声明：正在核实 abc"


def test_a_dropped_link_is_noticed_without_any_signal(folder: Path) -> None:
    with typing(folder, "deaf") as desk:
        desk.hang_up()
        assert desk.wait_gone() == 128 + signal.SIGHUP
    assert note(folder) == "声明：正在核实 abc"


@pytest.mark.parametrize("ignored", [False, True], ids=["default", "nohup"])
@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_signal_keeps_the_note_and_gives_the_terminal_back(folder: Path, number: int, ignored: bool) -> None:
    with typing(folder, ignore_hup=ignored) as desk:
        desk.signal(number)
        assert desk.wait_gone() == 128 + number
        desk.wait_until_read(b"\x1b[?1049l")
    assert note(folder) == "声明：正在核实 abc"


def test_an_app_that_no_longer_answers_is_cut_off(folder: Path) -> None:
    with typing(folder, "slow") as desk:
        desk.press("f2")
        desk.wait_until((folder / "blocked").exists)
        assert note(folder) == ""
        desk.hang_up()
        assert desk.wait_gone() == 128 + signal.SIGHUP
    assert note(folder) == "声明：正在核实 abc"


def test_an_app_stuck_in_a_callback_is_gone_half_a_second_after_the_link(tmp_path: Path) -> None:
    took = []
    for attempt in range(3):  # a busy machine may be late itself
        folder = tmp_path / str(attempt)
        folder.mkdir()
        with typing(folder, "slow") as desk:
            desk.press("f2")
            desk.wait_until((folder / "blocked").exists)
            dropped = time.monotonic()
            desk.hang_up()
            assert desk.wait_gone() == 128 + signal.SIGHUP
            took.append(time.monotonic() - dropped)
        assert note(folder) == "声明：正在核实 abc"
        if took[-1] < 0.5:
            break
    assert min(took) < 0.5


def test_a_stalled_link_does_not_hold_the_termination_up(folder: Path) -> None:
    with typing(folder) as desk:
        desk.stall()
        desk.press("f9")
        desk.wait_until((folder / "stalled").exists)
        desk.signal(signal.SIGTERM)
        assert desk.wait_gone() == 128 + signal.SIGTERM
    assert note(folder) == "声明：正在核实 abc"


def test_a_killed_process_lost_nothing_that_was_on_disk(folder: Path) -> None:
    with typing(folder) as desk:
        desk.wait_until(lambda: note(folder) == "声明：正在核实 abc")
        desk.signal(signal.SIGKILL)
        assert desk.wait_gone() == -signal.SIGKILL
    draft = Drafts(folder / "drafts").find("note")
    assert draft is not None and draft.base_version == 7


def test_a_small_window_is_drawn_and_the_exit_code_is_the_apps(folder: Path) -> None:
    with typing(folder) as desk:
        desk.resize(40, 10)
        desk.type(" 小")
        desk.wait_for("abc 小")
        desk.press("f4")
        assert desk.wait_gone() == 5
    assert note(folder) == "声明：正在核实 abc 小"


@pytest.mark.parametrize(("key", "kind"), [("f3", "RuntimeError"), ("f5", "LookupError")])
def test_a_crash_leaves_a_private_report_without_her_data(folder: Path, key: str, kind: str) -> None:
    with typing(folder) as desk:
        desk.press(key)
        assert desk.wait_gone() == 1
        [report] = (folder / "logs").iterdir()
        desk.wait_until_read(report.name.encode())
        shown = desk.received.decode(errors="replace").rpartition("\x1b[?1004l")[2]
        content = report.read_text("utf-8")
    assert stat.S_IMODE(report.stat().st_mode) == 0o600
    assert kind in content and "Traceback" in content
    assert "李文清" not in content
    assert kind in shown and "secret" not in shown and len(shown.strip().splitlines()) == 1
    assert note(folder) == "声明：正在核实 abc"


ENDED = """
import asyncio, functools, os, signal, sys, threading, time
from pathlib import Path
from textual.app import App
from textual.widgets import Static
from prtui.terminal import session
from prtui.terminal.crash import CrashReports
from prtui.terminal.drafts import DraftKeeper, Drafts

folder, when = Path(sys.argv[1]), sys.argv[2]
session.HangupGuard = functools.partial(session.HangupGuard, longest=3600)  # the app has to end by itself

class Desk(CrashReports, App):
    logs = folder / "logs"

    def run(self, **options):
        if when == "before":
            os.kill(os.getpid(), signal.SIGTERM)
            while any(one.name == "prtui-hangup" for one in threading.enumerate()):
                time.sleep(0.01)
        super().run(**options)
        if when == "after":
            raise LookupError("rubble")

    def compose(self):
        yield Static("READY")

    async def on_mount(self):
        if when != "before":
            os.kill(os.getpid(), signal.SIGTERM)
            while not self._exit:
                await asyncio.sleep(0.01)
        if when == "meanwhile":
            self.query_one("#missing")
        if when == "worker":
            async def work():
                self.query_one("#missing")
            self.run_worker(work())

code = session.run(Desk(), DraftKeeper(Drafts(folder / "drafts")))
print("END")
sys.exit(code)
"""


@pytest.mark.parametrize("when", ["before", "meanwhile", "worker", "after"])
def test_what_goes_wrong_because_a_signal_ends_the_start_is_no_defect(folder: Path, when: str) -> None:
    with PtyDesk.python(ENDED, folder, when) as desk:
        assert desk.wait_gone() == 128 + signal.SIGTERM
        desk.wait_until_read(b"END")
        assert b"\x1b[?1049l" in desk.received and b"defect" not in desk.received
    assert not (folder / "logs").exists()


async def test_a_pilot_still_gets_the_error_itself(tmp_path: Path) -> None:
    class Broken(CrashReports):
        logs = tmp_path / "logs"

        def key_x(self) -> None:
            raise LookupError("broken")

    with pytest.raises(LookupError, match="broken"):
        async with Broken().run_test() as pilot:
            await pilot.press("x")
    assert len(list((tmp_path / "logs").iterdir())) == 1


def test_a_report_that_cannot_be_written_is_no_second_crash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "logs").touch()
    assert report(ValueError("x"), tmp_path / "logs") is None
    monkeypatch.setattr("sys.__stderr__", None)
    announce("ValueError", None)


class Listener:
    """Stands in for an app: remembers how it was told to leave."""

    _loop = None

    def exit(self, result: object = None, return_code: int = 0) -> None:
        raise AssertionError("there is no loop to call this on")


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    reading, writing = os.pipe()
    yield reading, writing
    os.close(reading)


def test_the_end_of_standard_input_is_a_hang_up(pipe: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("prtui.terminal.hangup._draw_nowhere", lambda: None)
    left: list[object] = []
    gone = threading.Event()
    guard = HangupGuard(
        Listener(), lambda: left.append("saved"), keyboard=pipe[0], grace=0.01,
        leave=lambda code: (left.append(code), gone.set()),
    )  # fmt: skip
    before = {number: signal.getsignal(number) for number in (signal.SIGHUP, signal.SIGTERM)}
    try:
        with guard:
            assert not terminal_is_gone(pipe[0])
            os.close(pipe[1])
            assert gone.wait(60)
            assert terminal_is_gone(pipe[0])
    finally:
        signal.set_wakeup_fd(-1)
        for number, handler in before.items():
            signal.signal(number, handler)
    assert left == ["saved", 129]


def test_a_slow_disk_still_takes_the_drafts_before_the_process_is_cut_off(
    pipe: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("prtui.terminal.hangup._draw_nowhere", lambda: None)
    left: list[object] = []
    gone, saved = threading.Event(), threading.Event()
    guard = HangupGuard(
        Listener(), lambda: (saved.wait(60), left.append("saved")), keyboard=pipe[0], grace=0.05, longest=3600,
        leave=lambda code: (left.append(code), gone.set()),
    )  # fmt: skip
    before = {number: signal.getsignal(number) for number in (signal.SIGHUP, signal.SIGTERM)}
    try:
        with guard:
            os.close(pipe[1])
            assert not gone.wait(0.3)
            saved.set()
            assert gone.wait(60)
    finally:
        signal.set_wakeup_fd(-1)
        for number, handler in before.items():
            signal.signal(number, handler)
    assert left == ["saved", 129]


def test_a_guard_that_heard_nothing_leaves_no_trace(pipe: tuple[int, int]) -> None:
    before, threads = signal.getsignal(signal.SIGTERM), set(threading.enumerate())
    with HangupGuard(Listener(), lambda: None, keyboard=pipe[0]) as guard:
        assert signal.getsignal(signal.SIGTERM) != before
    os.close(pipe[1])
    assert signal.getsignal(signal.SIGTERM) == before
    assert not set(threading.enumerate()) - threads
    assert guard.code is None
