"""The virtual table: long lists, hostile text, exact columns, a cursor that stays on its row."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from prtui.errors import PrtuiError
from prtui.screens.columns import cell, widths
from prtui.screens.table import Column, TableRow, VirtualTable
from prtui.terminal import width

COLUMNS = (
    Column("Name", 12),
    Column("Outlet", flex=2),
    Column("Note"),
    Column("Spent", 11, right=True),
)
SIZES = [(80, 24), (120, 40)]
NASTY = (
    "[/]", "[@click=app.quit]x[/]", "\x1b[31mred\x1b]0;title\x07", "\x9b2J\x00\u202etxt", "李文清李文清李文清李文清李文清",
    "字" * 10_000, "x" * 10_000, "👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧❤️", "a\nb\tc\r\n", "e" + "\u0301" * 500, "\ud800", "—“引号”…",
)  # fmt: skip


class Source:
    """A list somewhere else: answers when it is allowed to."""

    def __init__(self, rows: Sequence[TableRow]) -> None:
        self.rows = list(rows)
        self.asked: list[int] = []
        self.open = asyncio.Event()
        self.open.set()
        self.trouble: PrtuiError | None = None

    async def fetch(self, offset: int, limit: int) -> Sequence[TableRow]:
        self.asked.append(offset)
        rows = self.rows[offset : offset + limit]
        await self.open.wait()
        if self.trouble:
            raise self.trouble
        return rows


def people(count: int) -> list[TableRow]:
    return [TableRow(n, (f"人{n}", "VOGUE 服饰与美容", "note", f"{n:,}")) for n in range(count)]


class Desk(App[None]):
    CSS = "Screen { overflow: hidden; }"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, source: Source, *, markable: bool = False, columns: Sequence[Column] = COLUMNS) -> None:
        super().__init__()
        self.source = source
        self.table = VirtualTable(
            columns, source.fetch, len(source.rows), markable=markable, empty="Nobody yet. [/] a adds."
        )
        self.seen: list[tuple[str, object]] = []

    def compose(self) -> ComposeResult:
        yield self.table

    def on_mount(self) -> None:
        self.table.focus()

    def on_virtual_table_row_highlighted(self, event: VirtualTable.RowHighlighted) -> None:
        self.seen.append(("on", event.row.id))

    def on_virtual_table_row_opened(self, event: VirtualTable.RowOpened) -> None:
        self.seen.append(("open", event.row.id))

    def on_virtual_table_marks_changed(self, event: VirtualTable.MarksChanged) -> None:
        self.seen.append(("marks", frozenset(event.table.marked)))

    def on_virtual_table_fetch_failed(self, event: VirtualTable.FetchFailed) -> None:
        self.seen.append(("failed", str(event.error)))

    def lines(self) -> list[str]:
        return ["".join(segment.text for segment in strip) for strip in self.screen._compositor.render_strips()]

    def cursor_line(self) -> str:
        [line] = [line for line in self.lines() if line.startswith(("▌", " ▌", "●▌"))]
        return line


async def settle(pilot: Pilot[None]) -> None:
    """Until what was asked for has been read and drawn."""
    for _round in range(3):  # what was drawn may ask for more
        await pilot.pause()
        await pilot.app.workers.wait_for_complete()
    await pilot.pause()


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_a_hundred_thousand_rows_read_only_what_is_in_sight(size: tuple[int, int]) -> None:
    app = Desk(Source(people(100_000)))
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        lines = app.lines()
        assert lines[0].startswith(" Name") and set(lines[1]) == {"─"}
        assert lines[2].startswith("▌人0 ") and lines[3].startswith(" 人1 ")
        assert lines[2].endswith("  0") and lines[-1].endswith(f"  {size[1] - 3}")
        assert len(app.source.asked) <= 3
        await pilot.press("end")
        await settle(pilot)
        assert app.cursor_line().endswith("99,999") and app.lines()[-1] == app.cursor_line()
        await pilot.press("home", "pagedown", "down", "up", "up")
        await settle(pilot)
        assert app.table.row is not None and app.table.row.id == size[1] - 2 - 1 - 1
        assert len(app.source.asked) < 10


@pytest.mark.parametrize("size", [*SIZES, (40, 10), (9, 3)], ids=str)
async def test_hostile_text_stays_text_and_columns_stay_exact(size: tuple[int, int]) -> None:
    rows = [TableRow(n, (text, text, text, "1,234.00"), tones={1: "bad"}) for n, text in enumerate(NASTY)]
    app = Desk(Source(rows))
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        for _row in NASTY:
            for line in app.lines():
                assert line.replace("\u200d", "").isprintable()  # only what joins an emoji is left
                assert cell_len(line) == size[0]
            if size[0] >= 80:
                assert all(line.endswith("1,234.00") for line in app.lines()[2 : 2 + min(len(NASTY), size[1] - 2)])
            await pilot.press("down")
        assert app.is_running
        assert size[0] < 80 or "[@click" in "".join(app.lines())


def test_a_cell_is_filled_exactly() -> None:
    for text in (*NASTY, "", "李", "abc"):
        for room in range(1, 30):
            for right in (False, True):
                drawn = cell(text, room, right=right)
                assert cell_len(drawn) == room, (text[:20], room)
    assert cell("12", 5, right=True) == "   12"
    assert cell("李文清", 5) == "李文…"
    assert cell("字" * 10_000, 7) == "字字字…"


def test_columns_never_take_more_than_there_is() -> None:
    for room in range(140):
        given = widths(COLUMNS, room)
        shown = [one for one in given if one]
        assert len(given) == len(COLUMNS) and sum(shown) + 2 * max(0, len(shown) - 1) <= room
        if room >= 12:
            assert given[0] == 12
        if room >= 12 + 8 + 8 + 11 + 6:
            assert sum(shown) + 6 == room and given[3] == 11
    assert widths(COLUMNS, 45 + 30) == [12, 28, 18, 11]


async def test_lines_are_dots_until_their_rows_come_and_keys_work_meanwhile() -> None:
    source = Source(people(1000))
    source.open.clear()
    app = Desk(source)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert app.lines()[2].rstrip() == "▌…" and app.lines()[3].rstrip() == " …"
        await pilot.press("down", "down", "enter")
        assert app.lines()[4].rstrip() == "▌…" and app.seen == []
        source.open.set()
        await settle(pilot)
        assert app.cursor_line().startswith("▌人2 ")
        assert app.seen == [("on", 2), ("open", 2)]


async def test_enter_is_not_kept_for_another_row() -> None:
    source = Source(people(1000))
    source.open.clear()
    app = Desk(source)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", "down")
        source.open.set()
        await settle(pilot)
        assert app.seen == [("on", 1)]


async def test_moving_repaints_two_lines() -> None:
    app = Desk(Source(people(1000)))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        painted: list[int] = []
        draw = app.table.render_line
        app.table.render_line = lambda y: (painted.append(y), draw(y))[1]  # type: ignore[method-assign]
        await pilot.press("down")
        await pilot.pause()
        assert sorted(set(painted)) == [2, 3]


async def test_a_reload_that_brings_nothing_new_paints_no_more_than_the_cursor() -> None:
    app = Desk(Source(people(1000)))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        painted: list[int] = []
        draw = app.table.render_line
        app.table.render_line = lambda y: (painted.append(y), draw(y))[1]  # type: ignore[method-assign]
        app.table.reload()
        await settle(pilot)
        assert set(painted) <= {2}
        app.source.rows[5] = TableRow(5, ("改", "", "", ""))
        app.table.reload()
        await settle(pilot)
        assert set(painted) <= {2, 7} and app.lines()[7].startswith(" 改")
        del app.source.rows[10:]
        app.table.reload(10)
        await settle(pilot)
        assert app.lines()[11].startswith(" 人9 ") and app.lines()[12].strip() == ""


async def test_space_marks_rows() -> None:
    app = Desk(Source(people(100)), markable=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert app.cursor_line().startswith(" ▌人0")
        await pilot.press("space", "down", "space", "up", "space")
        await settle(pilot)
        assert app.table.marked == {1}
        assert app.lines()[3].startswith("● 人1") and app.lines()[2].startswith(" ▌人0")
        assert app.seen[-1] == ("marks", frozenset({1}))
        app.table.unmark()
        await pilot.pause()
        assert app.lines()[3].startswith("  人1")


async def test_space_belongs_to_the_screen_where_nothing_can_be_marked() -> None:
    class Preview(Desk):
        BINDINGS = [("space", "preview", "")]

        def action_preview(self) -> None:
            self.seen.append(("preview", None))

    app = Preview(Source(people(3)))
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("space")
        await pilot.pause()
        assert ("preview", None) in app.seen and app.table.marked == set()


@pytest.mark.parametrize("shift", [-30, -1, 1, 5, 60])
async def test_a_reload_keeps_the_cursor_on_its_row_and_its_line(shift: int) -> None:
    app = Desk(Source(people(1000)))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.table.move_to(210)
        await settle(pilot)
        line = app.lines().index(app.cursor_line())
        if shift > 0:
            app.source.rows[:0] = [TableRow(f"new{n}", ("新",)) for n in range(shift)]
        else:
            del app.source.rows[:-shift]
        app.table.reload(len(app.source.rows))
        await settle(pilot)
        assert app.table.row is not None and app.table.row.id == 210
        assert app.table.cursor == 210 + shift
        assert app.lines().index(app.cursor_line()) == line
        assert [seen for seen in app.seen if seen == ("on", 210)] == [("on", 210)]


async def test_a_reload_during_which_the_cursor_is_moved_does_not_move_it_back() -> None:
    app = Desk(Source(people(1000)))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.source.open.clear()
        app.source.rows.insert(0, TableRow("new", ("新",)))
        app.table.reload(1001)
        await pilot.press("down", "down", "down")
        app.source.open.set()
        await settle(pilot)
        assert app.table.cursor == 3 and app.cursor_line().startswith("▌人2 ")


async def test_a_deleted_row_gives_the_cursor_to_the_next_and_changes_are_told() -> None:
    app = Desk(Source(people(3)))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("end")
        app.source.rows[2] = TableRow(2, ("改", "", "", ""))
        app.table.reload()
        await settle(pilot)
        assert app.cursor_line().startswith("▌改")
        del app.source.rows[2]
        app.table.reload(2)
        await settle(pilot)
        assert app.cursor_line().startswith("▌人1")
        assert app.seen == [("on", 0), ("on", 2), ("on", 2), ("on", 1)]
        app.source.rows.clear()
        app.table.reload(0)
        await settle(pilot)
        assert app.table.row is None
        assert app.lines()[2].strip() == "Nobody yet. [/] a adds."
        await pilot.press("down", "up", "enter", "end", "pagedown")
        assert app.table.cursor == 0


async def test_a_late_answer_for_the_list_before_is_dropped() -> None:
    source = Source(people(1000))
    app = Desk(source)
    async with app.run_test(size=(80, 24)) as pilot:
        source.open.clear()
        await pilot.pause()
        other = Source([TableRow("x", ("另一份",))])
        app.table.show(other.fetch, 1)
        source.open.set()
        await settle(pilot)
        assert app.cursor_line().startswith("▌另一份")
        assert app.lines()[3].strip() == ""


@pytest.mark.parametrize("located", [True, False])
async def test_goto_finds_a_row_that_was_never_read(located: bool) -> None:
    source = Source(people(3000))
    app = Desk(source)

    async def locate(wanted: object) -> int | None:
        return next((place for place, row in enumerate(source.rows) if row.id == wanted), None)

    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        if located:
            app.table.show(source.fetch, 3000, locate)
        assert await app.table.goto(2345)
        await settle(pilot)
        assert app.cursor_line().endswith("2,345")
        assert not await app.table.goto("nobody")
        assert app.table.cursor == 2345


async def test_rows_that_cannot_be_read_are_reported_and_read_at_the_next_reload() -> None:
    source = Source(people(10))
    source.trouble = PrtuiError("The database is away.")
    app = Desk(source)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert app.seen == [("failed", "The database is away.")]
        assert app.lines()[2].rstrip() == "▌…"
        source.trouble = None
        app.table.reload()
        await settle(pilot)
        assert app.cursor_line().startswith("▌人0")


async def test_scrolling_far_forgets_old_pages_but_not_what_is_in_sight() -> None:
    app = Desk(Source(people(20_000)))
    async with app.run_test(size=(120, 40)) as pilot:
        for index in range(0, 20_000, 400):
            app.table.move_to(index)
            await settle(pilot)
        assert len(app.table._pages._pages) <= 40
        app.table.scroll_to(y=0, animate=False, force=True)
        await settle(pilot)
        assert app.lines()[2].startswith(" 人0 ")


async def test_a_smaller_window_keeps_the_cursor_in_sight() -> None:
    app = Desk(Source(people(1000)))
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        app.table.move_to(30)
        await pilot.resize_terminal(40, 10)
        await settle(pilot)
        assert app.cursor_line().startswith("▌人30 ")
        await pilot.resize_terminal(2, 2)
        await pilot.resize_terminal(80, 24)
        await settle(pilot)
        assert app.cursor_line().startswith("▌人30 ")


async def test_ascii_terminals_get_ascii_marks() -> None:
    width.use(width.ASCII)
    try:
        app = Desk(Source([TableRow(1, ("“李”…—", "", "", "1"))]))
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            assert app.lines()[1] == "-" * 80
            assert app.lines()[2].startswith('>"李"...- ')
    finally:
        width.use(width.UNICODE)
