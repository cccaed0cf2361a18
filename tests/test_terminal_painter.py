"""The painter shows what Textual would have shown, for a fraction of the bytes, and nothing when nothing changed."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import inspect
import os
import random
import re
import subprocess
import sys
import textwrap
import time
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest
from rich.segment import Segment
from rich.style import Style
from textual import _compositor, events
from textual.app import App, ComposeResult
from textual.geometry import Size
from textual.screen import Screen
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets import DataTable, Input, OptionList, Static, TextArea

from prtui import clock, store
from prtui.app import Desk
from prtui.config import Settings
from prtui.desk import sample
from prtui.terminal import strokes
from prtui.terminal.curtain import Curtain
from prtui.terminal.painter import Painted
from prtui.terminal.powers import Powers
from tests.painting import Compared, compared
from tests.pty_desk import PtyDesk

DEPTHS = ("standard", "256", "truecolor")
SMALL = os.environ.get("PRTUI_PROOF") == "small"

# -- apps of Textual's own widgets ------------------------------------------------------------------------------------------


class Lines(ScrollView, can_focus=True):
    """A thousand lines of everything a desk draws."""

    def on_mount(self) -> None:
        self.virtual_size = Size(40, 1000)

    def render_line(self, y: int) -> Strip:
        y += round(self.scroll_y)
        style = self.rich_style
        parts = [
            Segment(f"{y:5} ", style + Style(dim=True)),
            Segment("记者" * (y % 4), style + Style(bold=y % 3 == 0, color="red")),
            Segment("link", style + Style(link=f"https://lanjing.example/{y % 2}", underline=True)),
            Segment(" “─▌” ｗｉｄｅ", style + Style(reverse=y % 5 == 0, italic=True, bgcolor="#204060")),
            Segment("🙂e\u0301 " if y % 7 == 0 else "", style),
        ]
        return Strip(parts).adjust_cell_length(self.size.width, style)


class Several(App[None]):
    """Widgets that draw in every way Textual knows."""

    CSS = "#side { width: 30; } Horizontal { height: 1fr; } Static { height: 1; }"
    BINDINGS: ClassVar = [("f5", "dark", ""), ("f6", "layer", "")]

    def compose(self) -> ComposeResult:
        from textual.containers import Horizontal

        yield Static("标题 title 12:00", id="head")
        with Horizontal():
            yield Lines()
            yield DataTable[str](id="table")
            yield OptionList(*(f"选项 {number} option" for number in range(60)), id="side")
        yield Input("速记 一行", id="line")
        yield TextArea("第一行\nsecond 行\n" * 9)

    def on_mount(self) -> None:
        table = self.query_one(DataTable)
        table.add_columns("姓名", "Outlet", "级")
        table.add_rows([(f"李{number}", f"时装 L’OFFICIEL {number}", "A") for number in range(90)])
        for blinking in self.query("Input, TextArea"):
            blinking.cursor_blink = False  # type: ignore[attr-defined]
        self.animation_level = "none"

    def action_dark(self) -> None:
        self.theme = {"textual-dark": "textual-light", "textual-light": "ansi-dark"}.get(self.theme, "textual-dark")

    def action_layer(self) -> None:
        class Pop(Screen[None]):
            CSS = "Pop { align: center middle; background: $background 50%; } Static { width: 20; height: 5; border: round red; }"
            BINDINGS: ClassVar = [("f6", "app.pop_screen", "")]

            def compose(self) -> ComposeResult:
                yield Static("对话框 dialog")

        self.push_screen(Pop())


WALK = [
    *["down"] * 4,
    *["up"] * 2,
    "pagedown",
    "pageup",
    "home",
    "end",
    "left",
    "right",
    "tab",
    "tab",
    "a",
    "中",
    "f5",
    "f6",
]


async def _walk(app: Any, keys: list[str], steps: int, seed: int, resizes: float = 0.04) -> None:
    chance = random.Random(seed)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        for _step in range(steps):
            if chance.random() < resizes:
                await app.resize(chance.randint(60, 130), chance.randint(15, 44))
            else:
                await pilot.press(chance.choice(keys))
            await pilot.pause()
        for widget in app.query("Input, TextArea"):
            assert not widget.cursor_blink, widget
    assert app.painting
    assert app.frames > steps / 4


@pytest.mark.parametrize("depth", DEPTHS)
async def test_every_frame_of_every_kind_of_widget_is_what_textual_draws(depth: str) -> None:
    app = compared(Several, depth)()
    await _walk(app, WALK, 70, seed=1)
    assert sum(len(one.encode()) for one in app.written) < app.textual_bytes / 3


class Still(Compared, App[None]):
    """A row of text."""

    def compose(self) -> ComposeResult:
        yield Static("现在 09:12:59", id="clock")
        yield Lines()


@contextlib.asynccontextmanager
async def _still() -> AsyncIterator[Any]:
    app = Still()
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        app.written.clear()
        yield app


async def _until(condition: Callable[[], object]) -> None:
    for _turn in range(500):
        if condition():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it did not come to pass")


async def _redrawn(app: Any, *, frames: int = 1) -> str:
    app.written.clear()
    seen = app.frames
    await _until(lambda: app.frames >= seen + frames)
    await asyncio.sleep(0.05)  # what may come after it
    return "".join(app.written)


async def test_what_is_drawn_again_without_change_writes_nothing() -> None:
    async with _still() as still:
        frames = still.frames
        for widget in still.query("*"):
            widget.refresh(layout=True)
        assert await _redrawn(still) == ""
        assert still.frames > frames


async def test_a_clock_writes_the_digits_that_changed() -> None:
    async with _still() as still:
        still.query_one("#clock").update("现在 09:13:00")
        written = await _redrawn(still)
        assert re.sub(r"\x1b\[[\d;]*[A-Za-z]|\r", "", written) == "3:00"


async def test_a_clock_that_ticks_costs_its_digit_while_nobody_types() -> None:
    async with _still() as still:
        for second in range(3):
            still.query_one("#clock").update(f"现在 09:12:5{second}")
            written = await _redrawn(still)
        assert written == "\b2"


async def test_one_row_of_scrolling_moves_rows_instead_of_writing_them() -> None:
    async with _still() as still:
        still.query_one(Lines).scroll_to(y=1, animate=False, force=True)
        written = await _redrawn(still)
        assert re.search(r"\x1b\[2;30r\x1b\[2H\x1b\[M\x1b\[r", written)
        assert len(written) < 450


@pytest.mark.parametrize(
    "return_",
    [
        lambda app: app.repaint(),
        lambda app: app.post_message(events.Resize(app.size, app.size)),  # SIGCONT, dtach
    ],
)
async def test_a_screen_that_was_written_over_is_drawn_whole(return_: Callable[[Any], object]) -> None:
    async with _still() as still:
        still.painted.show("\x1b[3;20r\x1b[5;5H\x1b[31;7mBroadcast message from root@desk\r\n" * 9)
        return_(still)
        assert "\x1b[2J" in await _redrawn(still)
        still.compare()


async def test_the_answer_about_the_size_in_pixels_repaints_nothing() -> None:
    async with _still() as still:
        still.post_message(events.Resize(still.size, still.size, None, Size(800, 600)))
        assert await _redrawn(still, frames=0) == ""


async def test_a_partial_frame_on_an_unknown_screen_becomes_a_whole_one() -> None:
    async with _still() as still:
        still._forget()
        still.query_one("#clock").update("现在 09:13:00")
        assert "\x1b[2J" in await _redrawn(still)
        still.compare()


async def test_a_stalled_link_does_not_hold_the_app_up_and_the_frames_meanwhile_become_one() -> None:
    async with _still() as still:
        still.stalled = True
        for row in range(1, 60):
            still.query_one("#clock").update(f"现在 09:14:{row % 60:02}")
            still.query_one(Lines).scroll_to(y=row, animate=False, force=True)
            await asyncio.sleep(0.02)
        assert still.written == []
        still.stalled = False
        await _until(lambda: still.written)
        assert len(still.written) == 1
        still.compare()


async def test_a_large_change_is_not_written_when_the_next_one_draws_over_it() -> None:
    async with _still() as still:
        still.merging = True
        for y in (500, 0):
            still.query_one(Lines).scroll_to(y=y, animate=False, force=True)
            still.query_one(Lines).refresh()
            still._display(still.screen, still.screen._compositor.render_full_update())
            assert (still._shadow.differing() > 20) == (y == 500)
            assert still.written == []
        assert await _redrawn(still, frames=0) == ""
        still.compare()


async def test_synchronized_output_frames_what_is_large_where_the_terminal_answered() -> None:
    async with _still() as still:
        still.repaint()
        assert "\x1b[?2026h" not in await _redrawn(still)
        still._sync_available = True
        still.repaint()
        assert re.fullmatch(r"\x1b\[\?2026h.*\x1b\[\?2026l", await _redrawn(still), re.S)
        still.query_one("#clock").update("现在 09:15:00")
        assert "2026" not in await _redrawn(still)


async def test_off_by_its_setting_textual_draws_by_itself() -> None:
    async with _still() as still:
        still._lay_down()
        still.painting = False
        frames, before = still.frames, still.textual_bytes
        still.query_one("#clock").update("现在 09:13:00")
        written = await _redrawn(still)
        assert still.frames > frames
        cursor = "\x1b[1;1H"
        assert len(written.encode()) == still.textual_bytes - before + (still.frames - frames) * len(cursor)


async def test_a_defect_in_the_painter_is_reported_and_costs_bytes_only(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async with _still() as still:

        def broken(*_args: Any, **_options: Any) -> None:
            raise ZeroDivisionError

        monkeypatch.setattr(strokes, "frame", broken)
        still.logs = tmp_path
        still.curtain = Curtain(tmp_path / "frames")
        still.curtain._path = tmp_path / "frame.json"
        still.curtain._path.touch()
        still.query_one("#clock").update("现在 09:13:00")
        await _redrawn(still)
        still.compare()
        assert not still.painting
        (report,) = tmp_path.glob("crash-*.txt")
        assert "ZeroDivisionError" in report.read_text()
        assert not still.curtain._path.exists()  # it may have been the cause


# -- the desk -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def sample_desk(tmp_path: Path) -> Iterator[Settings]:
    settings = Settings(data=tmp_path / "desk", actor="林岚", language="zh", sample=True)
    store.open_desk(settings)
    with store.write("林岚") as work:
        sample.fill(work, clock.today(settings.zone))
    store.close()
    yield settings


DESK_KEYS = [
    *["down"] * 5, *["up"] * 2, "pagedown", "pageup", "home", "end", "left", "right", "tab", "enter", "enter", "escape", "escape",
    "f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9", "f10", "f12", "slash", "s", "t", "b", "g", "i", "a", "e", "f", "space",
    "ctrl+n", "ctrl+p", "ctrl+l", "question_mark", "中", "1",
]  # fmt: skip


@pytest.mark.parametrize(("depth", "theme"), [*zip(DEPTHS, ("terminal", "dark", "light"), strict=True)])
async def test_every_frame_of_the_desk_is_what_textual_draws(sample_desk: Settings, depth: str, theme: str) -> None:
    app = compared(Desk, depth)(sample_desk)
    app.theme = theme
    await _walk(app, DESK_KEYS, 60, seed=len(depth))
    assert sum(len(one.encode()) for one in app.written) < app.textual_bytes / 3


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2 if SMALL else 12))
async def test_thousands_of_frames_of_the_desk_are_what_textual_draws(sample_desk: Settings, seed: int) -> None:
    app = compared(Desk, DEPTHS[seed % 3])(sample_desk)
    app.theme = ("terminal", "dark", "light")[seed // 3 % 3]
    await _walk(app, DESK_KEYS, 200, seed=100 + seed)


# -- a real terminal -------------------------------------------------------------------------------------------------------

_APP = textwrap.dedent(
    """
    import os, signal
    from textual.app import App
    from textual.widgets import Static
    from prtui.terminal.painter import Painted
    class Small(Painted, App):
        BINDINGS = [("z", "stop", "")]
        def compose(self):
            yield Static("一行 one line")
            yield Static("another 行")
            yield Static("[bold red]the last line[/]")
        def action_stop(self):
            os.kill(os.getpid(), signal.SIGTSTP)
    Small().run(mouse=False)
    """
)


def test_a_program_that_was_stopped_draws_everything_when_it_comes_back() -> None:
    import signal

    with PtyDesk.python(_APP) as desk:
        desk.wait_for("another 行")
        desk.press("z")
        desk.wait_until_read(b"\x1b[?1049l")
        before = len(desk.received)
        with desk._lock:
            desk.screen.reset()  # what the shell left
        desk.signal(signal.SIGCONT)
        desk.wait_for("another 行")
        assert "一行 one line" in desk.text()
        assert b"\x1b[2J" in desk.received[before:]


def test_neither_the_end_nor_a_stop_leaves_a_colour_on_the_terminal() -> None:
    with PtyDesk.python(_APP) as desk:
        desk.wait_for("the last line")
        desk.press("ctrl+q")
        assert desk.wait_gone() == 0
        desk.wait_until_read(b"\x1b[?1049l")
        drawn = desk.received.partition(b"\x1b[?1049l")[0]
    last, *_before = re.findall(rb"\x1b\[[\d;]*m", drawn)[::-1]
    assert last == b"\x1b[m"


def test_a_terminal_that_has_neither_colours_nor_rows_to_shift_gets_none() -> None:
    with PtyDesk.python(_APP, env={"TERM": "vt100"}) as desk:
        desk.wait_for("the last line")
        desk.press("ctrl+l", "tab", "ctrl+q")
        assert desk.wait_gone() == 0
        desk.wait_until_read(b"\x1b[?1049l")
    assert not re.search(rb"\x1b\[\d*[XLM]", desk.received)
    inks = {code for codes in re.findall(rb"\x1b\[([\d;]*)m", desk.received) for code in codes.split(b";")}
    assert b"1" in inks
    assert inks <= {b"", b"0", b"1", b"2", b"4", b"7", b"22", b"24", b"27"}


@pytest.mark.parametrize(
    ("name", "able"),
    [
        ("xterm-256color", Powers(erases_in_colour=True)),
        ("screen", Powers(erases_some=False)),
        ("vt220", Powers(colours=False)),
        ("vt100", Powers(colours=False, erases_some=False, shifts_rows=False)),
        ("no-such-terminal", Powers()),
    ],
)
def test_what_a_terminal_can_do_stands_in_terminfo(name: str, able: Powers) -> None:
    code = f"from prtui.terminal import powers; print(repr(powers.of({name!r})))"
    # In a process of its own: curses sets a process up once.
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
    if said == repr(Powers()) and said != repr(able):
        pytest.skip("terminfo here has no such entry")
    assert said == repr(able)


def _after(bursts: list[list[str]], *argv: str | Path) -> tuple[str, int]:
    """The screen after bursts of keys, without its clock, and the bytes it took. Each burst waits for the one before."""
    with PtyDesk(argv, columns=100, lines=30, env={"PRTUI_LANG": "zh"}) as desk:
        desk.wait_for("F1")
        for keys in [[], *bursts]:
            for key in keys:
                desk.press(key)
                time.sleep(0.01)
            last = -1
            while last != (last := len(desk.received)):
                time.sleep(1.0)
        return re.sub(r"\d\d:\d\d", "", desk.text()), len(desk.received)


@pytest.mark.slow
def test_over_a_bad_line_the_same_keys_lead_to_the_same_screen(sample_desk: Settings) -> None:
    bursts = [
        ["down"] * 30,
        ["f3"],
        ["right", "down"],
        ["f8"],
        ["pagedown", "down"],
        ["f2"],
        ["f4"],
        ["down"] * 40,
        ["pageup", "up"],
    ][: 3 if SMALL else None]
    desk = [sys.executable, "-m", "prtui", "--data", sample_desk.data]
    line = [sys.executable, Path(__file__).with_name("slow_line.py"), "0.2", "8000"]
    near, _bytes = _after(bursts, *desk)
    far, cost = _after(bursts, *line, *desk)
    assert SMALL or "▌媒体" in far
    assert far == near
    assert cost < 24_000  # three seconds of that line; Textual's own drawing takes 20 kB for a screen alone


@pytest.mark.slow
def test_what_a_broadcast_wrote_over_the_screen_is_drawn_again(sample_desk: Settings) -> None:
    store.close()
    with PtyDesk([sys.executable, "-m", "prtui", "--data", sample_desk.data]) as terminal:
        terminal.wait_for("F1")
        time.sleep(10)  # the time of a terminal's last write moves once in eight seconds
        before = terminal.rows()
        with open(terminal.device, "wb", buffering=0) as stranger:
            stranger.write(b"\r\nBroadcast: the machine goes down\r\n\r\n")
        terminal.wait_until_read(b"Broadcast")
        terminal.wait_until(lambda: terminal.rows()[1:] == before[1:])


# -- Textual ----------------------------------------------------------------------------------------------------------------

DRAWING = {
    App._display: "4b78dff6669a455c",
    Screen._compositor_refresh: "7a40efe563816a06",
    _compositor.LayoutUpdate: "619efe1cea787527",
    _compositor.ChopsUpdate: "7c7d3e0bf714e836",
    _compositor.Compositor.render_update: "772c6b21953aff0e",
    _compositor.Compositor.render_full_update: "ce99ccda4d2449b7",
    _compositor.Compositor.render_partial_update: "888dccc892d8ecc2",
    Strip.render: "2ba7a4913a72125d",
    Strip.render_ansi: "08043dedb90d50a7",
    Strip.render_style: "749d890bb5c43510",
}


@pytest.mark.parametrize("drawn", DRAWING, ids=lambda drawn: drawn.__qualname__)
def test_textual_draws_as_it_did_when_the_painter_was_proved(drawn: Any) -> None:
    found = hashlib.sha256(inspect.getsource(drawn).encode()).hexdigest()[:16]
    assert found == DRAWING[drawn], (
        f"Textual's {drawn.__qualname__} is not the one the painter was proved against. Read what changed, fit "
        "prtui/terminal/painter.py and shadow.py to it, run the slow proofs here, then write the new digest down."
    )


def test_the_app_is_one_that_paints() -> None:
    assert issubclass(Desk, Painted)
