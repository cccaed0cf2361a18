"""The crisis screen by its keys: two of them and the clock runs, nothing covers it, and everything is stored before it is seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import cast

import pytest
from textual import events

from prtui import clock, commands, i18n, store
from prtui.config import Settings
from prtui.desk import (
    crisis,
    crisis_library,
    crisis_log,
    crisis_statements,
    crisis_status,
    crisis_team,
    drills,
    records,
)
from prtui.errors import Refused
from prtui.screens import crisis_face
from prtui.screens.crisis import CrisisScreen
from prtui.screens.crisis_beat import ClockLine
from prtui.screens.crisis_canvas import Canvas, changed
from prtui.screens.crisis_hold import is_gone, session
from prtui.screens.crisis_line import Entry, Late, understood
from prtui.screens.dialogs import Dialog
from prtui.screens.reader import DocumentPage
from prtui.store import Row, crisis_plan
from prtui.terminal import width
from prtui.text import cells
from tests import crises
from tests.crises import ZONE, at, do
from tests.desk_app import NASTY, Face, running

SIZES = [(80, 24), (120, 40)]
NOW = at(3, 5, second=24)


@pytest.fixture(autouse=True)
def _night() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Settings]:
    """A desk with a crisis plan and nothing running, closed again: the app opens it on its own thread."""
    settings = Settings(data=tmp_path / "desk", actor="林岚", zone=ZONE, zones=("Europe/Paris",))
    store.open_desk(settings)
    crises.team(substitutes=True)
    store.close()
    yield settings


@pytest.fixture
def running_crisis(desk: Settings) -> Settings:
    """The seed's second case at 03:05: triaged, one verified fact."""
    store.open_desk(desk)
    row = crises.started()
    do(at(2, 59), crisis_log.log, row, "门店证实1人手腕划伤, 已就医", "fact", True)
    store.close()
    return desk


def screen(face: Face) -> CrisisScreen:
    return cast(CrisisScreen, face.app.screen)


def line_with(text: str, words: str) -> str:
    return next(line for line in text.splitlines() if words in line)


def footer(face: Face) -> str:
    """The last line: which keys are told."""
    return face.text.splitlines()[-1]


async def write(face: Face, words: str) -> None:
    """Words into the line at once, as they are pasted."""
    face.app.post_message(events.Paste(words))
    await face.settle()


async def the_crisis(face: Face) -> Row:
    return (await face.rows("crisis"))[-1]


async def reached(face: Face) -> dict[int, Row]:
    return await face.app.door.read(crisis_log.reached, await the_crisis(face))


async def log(face: Face) -> list[Row]:
    """The lines of the log, the newest first."""
    return await face.rows("logentry")


# -- two keys -----------------------------------------------------------------------------------------------------------


async def test_f12_and_enter_and_the_clock_runs(desk: Settings) -> None:
    async with running(desk) as face:
        text = await face.press("f12")
        assert "nothing is running" in text and "▌Crisis" in text and "Extremely serious" in text
        text = await face.press("enter")
        (row,) = await face.rows("crisis")
        assert row.detected_at.at == NOW and row.held_by == "林岚" and not row.drill and row.level == ""
        assert "00:00:00" in text and "[2] Set the level" in text and "by 03:20" in text
        with clock.frozen(NOW + timedelta(minutes=18, seconds=24)):
            screen(face)._tick()
            await face.settle()
            assert "00:18:24" in face.text and "00:41:36" in face.text


@pytest.mark.parametrize(("digit", "level"), [("1", "I"), ("2", "II"), ("3", "III"), ("4", "IV"), ("２", "II")])
async def test_f12_and_a_digit_and_the_clock_runs_at_that_level(desk: Settings, digit: str, level: str) -> None:
    async with running(desk) as face:
        await face.press("f12", digit)
        (row,) = await face.rows("crisis")
        assert row.level == level and set(await reached(face)) == {1, 2}


async def test_ctrl_g_0_goes_there_from_inside_a_form(desk: Settings) -> None:
    async with running(desk) as face:
        await face.press("f4", "a")
        await face.press("ctrl+g")
        assert "▌Crisis" in await face.press("0")


async def test_a_level_that_nobody_can_command_is_refused_and_the_clock_runs_all_the_same(tmp_path: Path) -> None:
    async with running(Settings(data=tmp_path / "new", actor="林岚", zone=ZONE)) as face:
        text = await face.press("f12", "1")
        (row,) = await face.rows("crisis")
        assert row.level == "" and "needs a team" in text and "- Counsel" in text and "Elapsed" in text
        # F4 names them, by name and telephone, at the same screen.
        text = await face.press("f4")
        assert "▌Counsel" in text
        for name in ("周衡 13800000001", "高远 13900000002"):
            await face.press("enter")
            await write(face, name)
            await face.press("enter", "down")
        assert {one.name: one.phone for one in await face.rows("person")} == {
            "周衡": "13800000001",
            "高远": "13900000002",
        }
        assert {one.role for one in await face.rows("muster")} == {"legal", "product"}


async def test_a_clock_without_a_team_says_the_key_that_names_one(tmp_path: Path) -> None:
    async with running(Settings(data=tmp_path / "new", actor="林岚", zone=ZONE)) as face:
        text = await face.press("f12", "enter")
        assert "nobody yet: F4 names them" in line_with(text, "Team") and "prtui crisis" not in text


async def test_a_title_and_tab_choose_what_begins(desk: Settings) -> None:
    async with running(desk) as face:
        await face.press("f12")
        await write(face, "曜石腕表 3 起投诉")
        text = await face.press("tab", "tab")
        assert "Title II" in text
        await face.press("enter")
        (row,) = await face.rows("crisis")
        assert (row.title, row.level) == ("曜石腕表 3 起投诉", "II")


async def burst(face: Face, *keys: str) -> None:
    """Keys that arrive at once, as a slow link brings them."""
    for key in keys:
        face.app.post_message(events.Key(key, key if len(key) == 1 else None))
    await face.settle()


async def test_a_burst_of_keys_means_what_it_would_mean_key_by_key(desk: Settings) -> None:
    async with running(desk) as face:
        await face.press("f12")
        await burst(face, "enter", "2", "2", *"ab", "enter", *"cd", "ctrl+o", "5", *"lab", "enter", "x", "enter", *"ef")
        assert [(row.level, row.state) for row in await face.rows("crisis")] == [("II", "declared")]
        assert (await log(face))[0].text == "ab" and screen(face).entry.value == "cdef"
        assert [(row.what, row.owner) for row in await face.rows("wait")] == [("lab", "x")]


# -- the picture --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["en", "zh"])
async def test_the_screen_says_all_that_is_asked_at_three_in_the_morning(
    running_crisis: Settings, size: tuple[int, int], language: str
) -> None:
    i18n.use(language)
    async with running(replace(running_crisis, language=language), size, place="crisis") as face:
        text = face.text
        for words in (
            "CRS-2026-001", "曜石腕表", "00:18:24", "00:41:36", "03:47", "[3]", "林岚", "03:17", "00:11:36", "02:47 ok",
            "02:58 ok", "<<", "03-17 24:00", "06:47", "07:47", "次日02:47" if language == "zh" else "+1d 02:47",
            "13800000001", "门店证实1人手腕划伤",
        ):  # fmt: skip
            assert words in text, words
        assert "20:05" in text.splitlines()[0 if "CRS" in text.splitlines()[0] else 2]  # before the end of the title
        assert len(text.splitlines()) <= size[1]
        assert max(map(cells, text.splitlines())) <= size[0]


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_in_the_evening_too_every_benchmark_is_in_sight(desk: Settings, language: str) -> None:
    i18n.use(language)
    with clock.frozen(at(22, 16)):
        async with running(replace(desk, language=language), place="crisis") as face:
            text = await face.press("enter")
            for time in ("02:16", "03:16", "22:16"):
                assert time in line_with(text, "24"), time


async def test_a_wide_screen_has_the_team_at_the_right_and_more_of_the_log(running_crisis: Settings) -> None:
    store.open_desk(running_crisis)
    (row,) = [crisis_log.find()]
    for number in range(12):
        do(at(3, number), crisis_log.log, row, f"第{number}条")
    store.close()
    async with running(running_crisis, (120, 40), place="crisis") as face:
        assert "第0条" in face.text and "Dubois" in line_with(face.text, "+33600000004")[81:]
        assert "第0条" not in (await _resized(face, 80, 24))


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_a_blank_stands_between_a_role_and_a_name(running_crisis: Settings, language: str) -> None:
    i18n.use(language)
    store.open_desk(running_crisis)
    row = crisis_log.find()
    person = do(at(3), store.Work.add, "person", name="顾念", phone="13600000007")
    for role in crisis_plan.Role:
        do(at(3), crisis_team.join, row, role.value, person)
    store.close()
    async with running(replace(running_crisis, language=language), (120, 40), place="crisis") as face:
        lines = [line for line in face.text.splitlines() if line.endswith("13600000007")]
        assert len(lines) == len(crisis_plan.Role) and all(" 顾念 " in line for line in lines)


@pytest.mark.parametrize("size", [(60, 15), (80, 24), (120, 40)])
async def test_the_whole_log_cuts_words_and_never_a_code(running_crisis: Settings, size: tuple[int, int]) -> None:
    store.open_desk(running_crisis)
    do(
        at(3, 3),
        crisis_log.log,
        crisis_log.find(),
        "门店来电" * 40,
        "fact",
        True,
        at=crises.moment(2, 50),
        reason="忙" * 50,
    )
    store.close()
    async with running(running_crisis, size, place="crisis") as face:
        text = await face.press("pageup")
        assert "门店来电" in line_with(text, "LOG-2026-004") and "(Verified)" in line_with(text, "LOG-2026-004")
        for number in range(1, 4):
            assert f"LOG-2026-00{number}" in text


async def _resized(face: Face, columns: int, lines: int) -> str:
    await face.pilot.resize_terminal(columns, lines)
    await face.settle()
    return face.text


@pytest.mark.parametrize("size", [(40, 10), (20, 6), (60, 15), (79, 23), (200, 60)])
async def test_little_room_leaves_the_clock_what_is_left_and_what_comes_next(
    running_crisis: Settings, size: tuple[int, int]
) -> None:
    async with running(running_crisis, size, place="crisis") as face:
        text = face.text
        assert "00:18:24" in text
        if size[0] >= 40:
            assert "00:41:36" in text and "[3]" in text
        for keys in (("f4",), ("f1",), ("escape",), ("pageup",), ("3",), ("ctrl+o", "escape")):
            await face.press(*keys)
        assert "00:18:24" in face.text


@pytest.mark.parametrize("size", [(60, 15), (70, 20), (76, 24), (79, 24), (80, 24)])
@pytest.mark.parametrize("language", ["en", "zh"])
async def test_every_milestone_says_its_time_and_its_mark_at_any_width(
    running_crisis: Settings, size: tuple[int, int], language: str
) -> None:
    i18n.use(language)
    store.open_desk(running_crisis)
    do(at(3, 4), crisis.stamp, crisis_log.find(), 4)  # 3 is a gap now
    store.close()
    async with running(replace(running_crisis, language=language), size, place="crisis") as face:
        for word in (
            "1 发现    02:47 ok", "3 集结    --:-- 缺", "4 初核    03:04 ok", "5 初稿    --:-- <<", "8 首发    --:--", "= 复盘    --:--",
        ) if language == "zh" else (
            "1 Detect  02:47 ok", "3 Convene --:-- gap", "4 Verify  03:04 ok", "5 Holding --:-- <<", "8 Publish --:--", "= Debrief --:--",
        ):  # fmt: skip
            assert word in face.text, word


@pytest.mark.parametrize(
    ("due", "said"), [(at(3, 17), "left 00:11:36"), (at(4), "left 54 min"), (at(7), "left 3 h 54 min")]
)
@pytest.mark.parametrize("width", [72, 80])
def test_what_is_left_is_told_whole(running_crisis: Settings, due: datetime, said: str, width: int) -> None:
    following = next_line(running_crisis, due, width)
    assert following.endswith(f"  {said}") and "13800000001" in following


def test_a_week_is_told_in_days(running_crisis: Settings) -> None:
    assert next_line(running_crisis, at(3, day=22), 80).endswith("  left 6 d 23 h")
    i18n.use("zh")
    assert next_line(running_crisis, at(3, day=22), 80).endswith("  剩余 6 天 23 小时")


def next_line(settings: Settings, due: datetime, width: int) -> str:
    """The third line of the picture, where counsel has until then."""
    store.open_desk(settings)
    status = crisis_status.status(settings, crisis_log.find())
    store.close()
    assert status.next is not None
    hers = status.next._replace(n=6, action="Get legal clearance", who="周衡", phone="13800000001", due=due)
    drawn = crisis_face.picture(replace(status, next=hers), width, 24, actor="林岚", crises=[])
    return "".join(words for words, _tone in drawn[2])


@pytest.mark.parametrize("size", [*SIZES, (40, 10)])
async def test_every_key_of_the_help_can_be_read_whole(running_crisis: Settings, size: tuple[int, int]) -> None:
    async with running(running_crisis, size, place="crisis") as face:
        await face.press("f1")
        seen, before = "", ""
        while face.text != before:
            before = face.text
            seen += before
            if "more lines" in before:
                assert "PgDn" in before
            await face.press("pagedown")
        for command in commands.of(commands.CRISIS):
            assert command.key in seen, command.id
        for words in ("Ctrl+PgDn", "Ctrl+PgUp", "Next crisis", "Crisis before", "Bell", "Back", "nothing"):
            assert words in seen
        assert "Ctrl+P…" not in seen and "00:18:24" in face.text


async def test_without_unicode_lines_it_draws_ascii(running_crisis: Settings) -> None:
    width.use(width.ASCII)
    try:
        async with running(running_crisis, place="crisis") as face:
            await face.press("f4")
            assert not set("─▌▪▫›…—│") & set(face.text)
    finally:
        width.use(width.UNICODE)


async def test_overdue_is_a_plus(running_crisis: Settings) -> None:
    with clock.frozen(at(3, 59)):
        async with running(running_crisis, place="crisis") as face:
            assert "+00:12:00" in face.text and "01:12:00" in face.text


# -- the clock ----------------------------------------------------------------------------------------------------------


async def test_a_second_repaints_only_the_digits_that_changed(
    running_crisis: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(running_crisis, place="crisis") as face:
        painted = []
        true = Canvas.refresh
        monkeypatch.setattr(
            Canvas, "refresh", lambda self, *regions, **more: painted.extend(regions) or true(self, *regions, **more)
        )
        with clock.frozen(NOW + timedelta(seconds=1)):
            screen(face)._tick()
            await face.settle()
            assert "00:18:25" in face.text and "00:41:35" in face.text
        assert sum(region.area for region in painted) == len(painted) == 3  # elapsed, left, left of the next step
        painted.clear()
        screen(face).draw()
        screen(face).draw()
        assert len(painted) == 3  # back to the frozen second; drawn twice, painted once


async def test_a_stalled_hour_shows_the_right_time_at_once(running_crisis: Settings) -> None:
    async with running(running_crisis, place="crisis") as face:
        await face.press("f2")
        with clock.frozen(NOW + timedelta(hours=1)):
            assert "01:18:24" in await face.press("f12")


async def test_a_clock_of_the_machine_that_jumps_back_is_said_and_breaks_nothing(running_crisis: Settings) -> None:
    async with running(running_crisis, place="crisis") as face:
        with clock.frozen(at(2, 50)):
            await face.press(*"later")
            text = await face.press("enter")
            assert "went back by" in text
        assert (await log(face))[0].text == "later"


@pytest.mark.parametrize(("minutes", "rings"), [(15, 1), (5, 1), (0, 1), (10, 0)])
async def test_the_bell_rings_at_15_5_and_0_minutes(
    running_crisis: Settings, monkeypatch: pytest.MonkeyPatch, minutes: int, rings: int
) -> None:
    due = at(3, 47)
    async with running(running_crisis, place="crisis") as face:
        heard: list[int] = []
        monkeypatch.setattr(face.app, "bell", lambda: heard.append(1))
        for seconds in (1, 0, -1):
            with clock.frozen(due - timedelta(minutes=minutes, seconds=seconds)):
                screen(face)._heard = (
                    (screen(face)._heard[0], minutes * 60 + 2.0) if seconds == 1 else screen(face)._heard
                )
                screen(face)._tick()
        assert len(heard) == rings
        await face.press("ctrl+b")
        assert "bell is off" in face.line
        screen(face)._heard = (screen(face)._heard[0], 5 * 60 + 1.0)
        with clock.frozen(due - timedelta(minutes=5)):
            screen(face)._tick()
        assert len(heard) == rings


async def test_no_dialog_covers_the_clock(running_crisis: Settings) -> None:
    async with running(running_crisis, place="crisis") as face:
        for keys in (
            ("3",),
            ("4",),
            ("8",),
            ("f1",),
            ("f4",),
            ("ctrl+o",),
            ("escape",),
            ("f4", "enter"),
            ("escape",),
            ("ctrl+z",),
        ):
            text = await face.press(*keys)
            assert not isinstance(face.app.screen, Dialog), keys
            assert "00:18:24" in text and "00:41:36" in text, keys
        await face.press("escape", "escape", "escape")
        text = await face.press("ctrl+p")  # the palette stands below it
        assert "Commands" in text and "00:18:24" in text
        with clock.frozen(NOW + timedelta(seconds=3)):
            under = cast(CrisisScreen, face.app.screen_stack[0])
            under._tick()
            await face.settle()
            assert "00:18:27" in face.text


# -- stamps -------------------------------------------------------------------------------------------------------------


async def test_one_key_stamps_and_a_refusal_is_lines_on_the_screen(running_crisis: Settings) -> None:
    async with running(running_crisis, place="crisis") as face:
        text = await face.press("3")
        assert "3 Convene cannot be stamped yet" in text and "- GM present" in text and "F4, Enter" in text
        assert 3 not in await reached(face)
        await face.press("f4", "enter", "3", "enter", "3", "enter", "3")
        assert {one.role for one in await face.rows("muster", contacted="present")} == {
            "executive",
            "legal",
            "product",
            "pr",
        }
        text = await face.press("3")
        assert (await reached(face))[3].happened_at.at == NOW and "[3] Convene 03:05 is stored." in text
        assert "03:05 ok" in line_with(await face.press("escape"), "Convene")
        await face.press("４")  # as a Chinese input method sends it
        assert 4 in await reached(face)


async def test_a_digit_is_text_where_text_stands_or_after_a_space(running_crisis: Settings) -> None:
    async with running(running_crisis, place="crisis") as face:
        for words in ("约3名顾客", " 3名顾客", "  4 起投诉"):
            await face.type(words)
            await face.press("enter")
        assert [one.text for one in await log(face)][:3] == ["4 起投诉", "3名顾客", "约3名顾客"]
        assert set(await reached(face)) == {1, 2}


async def test_a_key_with_nothing_to_move_yet_ends_nothing(desk: Settings) -> None:
    async with running(desk) as face:
        await face.press("f12")
        here = screen(face)
        for key in ("up", "down", "pageup", "pagedown", "home", "end", "ctrl+home", "ctrl+end", "left", "right"):
            await face.press(key)
        here.reading = None  # as in the moment before the first reading is back
        await face.press("up", "down", "pageup", "pagedown")
        here.reload()
        await face.settle()
        await face.press("enter")
        assert len(await face.rows("crisis")) == 1


async def test_a_late_milestone_is_typed_with_its_time_and_why(running_crisis: Settings) -> None:
    async with running(running_crisis, place="crisis") as face:
        await write(face, " 4 03:00")
        text = await face.press("enter")
        assert "five minutes" in text and 4 not in await reached(face)
        await face.press("escape", "ctrl+u")
        screen(face).entry.insert_text_at_cursor(" ４　03：00 电话里核实的，补记")
        await face.press("enter")
        stamp = (await reached(face))[4]
        assert stamp.happened_at.at == at(3, 0) and stamp.reason == "电话里核实的，补记" and stamp.recorded_at == NOW


@pytest.mark.parametrize(("language", "day"), [("en", "yesterday"), ("zh", "昨天")])
async def test_a_time_of_yesterday_says_how_it_is_typed(running_crisis: Settings, language: str, day: str) -> None:
    i18n.use(language)
    async with running(replace(running_crisis, language=language), place="crisis") as face:
        await write(face, "@23:50 店长来电")
        assert f"@{day} 23:50" in await face.press("enter")
        assert screen(face).entry.value == "@23:50 店长来电"
        await face.press("escape", "ctrl+u")
        await write(face, f"@{day} 23:50 店长来电")
        await face.press("enter", *"late", "enter")
        assert (await log(face))[0].happened_at.at == at(23, 50, day=14)
        await write(face, " 4 23:50 x")
        assert f"4 {day} 23:50" in await face.press("enter")
        await face.press("escape", "ctrl+u", "ctrl+o", "8")
        await write(face, "23:50 监控")
        assert f"{day} 23:50" in await face.press("enter")


async def test_a_future_time_and_a_wrong_order_are_refused(running_crisis: Settings) -> None:
    async with running(running_crisis, place="crisis") as face:
        for typed, why in ((" 4 05:00 x", "future"), (" 4 02:40 x", "out of order"), (" 4 25:00 x", "not a time")):
            await write(face, typed)
            assert why in await face.press("enter")
            await face.press("escape", "ctrl+u")
        assert set(await reached(face)) == {1, 2}


async def test_the_same_key_again_corrects_and_both_stay(running_crisis: Settings) -> None:
    async with running(running_crisis, place="crisis") as face:
        await face.press("4", "4")
        await write(face, "03:01 看错了表")
        await face.press("enter")
        entries = await face.rows("milestone", n=4)
        assert [one.happened_at.at for one in entries] == [NOW, at(3, 1)]
        await face.press("ctrl+z")
        await write(face, "还没有核实")
        await face.press("enter")
        assert 4 not in await reached(face) and len(await face.rows("milestone", n=4)) == 3


async def test_the_level_rises_at_once_and_falls_only_with_its_approver(running_crisis: Settings) -> None:
    async with running(running_crisis, place="crisis") as face:
        await face.press("2", "3")
        await write(face, "范围有限")
        text = await face.press("enter", "ctrl+u", "enter")
        assert (await the_crisis(face)).level == "I" and "approver: Dubois" in text
        await face.press("2", "3")
        await write(face, "范围有限")
        await face.press("enter", "enter")
        assert (await the_crisis(face)).level == "III"
        await face.press("2", "2")
        assert (await the_crisis(face)).level == "II"


async def test_the_whole_way_to_the_first_statement_by_keys(running_crisis: Settings) -> None:
    async with running(running_crisis, place="crisis") as face:
        await face.press("f4", "enter", "3", "enter", "3", "enter", "3", "f4", "3", "4")
        text = await face.press("f8")
        assert "▌Documents" in text and "曜石腕表表扣断裂致伤" in text and "▌Draft ›" in text
        (document,) = await face.rows("document")
        await face.perform(crisis_statements.fill, document, crises.PARTS)
        assert "Elapsed" in await face.press("f12")
        await face.press("5")
        assert "6 Legal" in await face.press("8") and 8 not in await reached(face)
        text = await face.press("escape", "6")
        assert "周衡" in line_with(text, "who said so")
        await face.press("enter", "2")
        await face.press("7", "enter", "3")
        assert set(await reached(face)) == {1, 2, 3, 4, 5, 6, 7}
        approvals = {one.step: (one.by, one.channel) for one in await face.rows("approval")}
        assert approvals == {"legal": ("周衡", "Telephone"), "management": ("Dubois", "WeChat")}
        await face.press("8")
        assert "Published?" in face.text and 8 not in await reached(face)
        await face.press("escape")
        assert 8 not in await reached(face)
        text = await face.press("8", "enter")
        assert (await reached(face))[8].happened_at.at == NOW
        assert (await face.rows("document"))[0].status == "released"
        assert "[9] Call back the media" in text


async def test_blanks_are_named_before_anything_is_asked(running_crisis: Settings) -> None:
    async with running(running_crisis, place="crisis") as face:
        assert "F8 drafts the statement" in await face.press("5")
        await face.press("f8", "f12")
        text = await face.press("5")
        assert "- 【已核实的事实】 filled in" in text and "F8 opens the statement" in text and "drafts" not in text
        text = await face.press("6")
        assert "- 【已核实的事实】 filled in" in text and "F8 opens the statement" in text and "who said so" not in text
        (document,) = await face.rows("document")
        await face.perform(crisis_statements.fill, document, crises.PARTS)
        text = await face.press("7")  # before counsel
        assert "- 6 Legal on these exact words" in text and "who said so" not in text
        assert "who said so" in await face.press("6")
        assert set(await reached(face)) == {1, 2} and await face.rows("approval") == []


async def test_enter_alone_takes_what_is_marked_and_what_is_not_marked_is_asked_until_it_is(
    running_crisis: Settings,
) -> None:
    store.open_desk(running_crisis)
    row = crisis_log.find()
    crises.drafted(row, at(3, 4))
    store.close()
    async with running(running_crisis, place="crisis") as face:
        await face.press("5")
        text = await face.press("6", "enter")
        assert "▌ 2  Telephone" in text and "Enter Take it" in text and 6 not in await reached(face)
        await face.press("enter")
        assert 6 in await reached(face)
        assert [(one.by, one.channel) for one in await face.rows("approval")] == [("周衡", "Telephone")]
        text = await face.press("7", "enter", "down", "enter")
        assert [one.channel for one in await face.rows("approval")] == ["WeChat", "Telephone"]
        # Whether somebody answered the telephone is never guessed.
        text = await face.press("escape", "f4", "enter", "enter")
        assert "1–6 Choose" in text.splitlines()[-1]
        assert "Press one of 1 2 3 4 5 6" in face.line and "1  no answer" in text and "Enter Take it" not in text
        assert [one.role for one in await face.rows("muster") if one.contacted_at] == ["pr"]
        await face.press("down", "up", "up", "enter")
        assert (await face.rows("muster", role="executive"))[0].stands_in  # 5: the substitute is present
        await face.press("escape", "2")
        assert "▌ 1  I Extremely serious" in face.text
        await face.press("enter")
        assert "stays at level I" in face.line and (await the_crisis(face)).level == "I"


async def test_the_mark_of_a_question_stays_in_sight_where_there_is_little_room(running_crisis: Settings) -> None:
    async with running(running_crisis, (40, 10), place="crisis") as face:
        await face.press("ctrl+o", *["down"] * 10)
        assert "▌ 0  Bell on or off" in face.text and "00:18:24" in face.text
        await face.press("enter")
        assert "bell is off" in face.line


@pytest.mark.parametrize("size", [*SIZES, (40, 10)])
async def test_the_clock_goes_along_to_the_statement_and_esc_comes_back(
    running_crisis: Settings, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(running_crisis, size, place="crisis") as face:
        text = await face.press("f8")
        assert "▌Draft ›" in text and "00:18:24" in text and "left 00:41:36" in text
        painted, read = [], []
        true = Canvas.refresh
        monkeypatch.setattr(
            Canvas, "refresh", lambda self, *regions, **more: painted.extend(regions) or true(self, *regions, **more)
        )
        monkeypatch.setattr(DocumentPage, "reload", read.append)
        with clock.frozen(NOW + timedelta(seconds=1)):
            face.app.screen.query_one(ClockLine).draw()
            await face.settle()
            assert "00:18:25" in face.text and "00:41:35" in face.text
        assert sum(region.area for region in painted) == len(painted) == 2 and read == []
        monkeypatch.undo()
        # Also while it is written, and the text is still open there when she looks at the crisis.
        text = await face.press("e")
        assert "00:18:24" in text and face.app.screen.__class__.__name__ == "EditorScreen"
        await face.press("f12", "f8")
        assert face.app.screen.__class__.__name__ == "EditorScreen"
        await face.press("escape")
        assert "▌Draft ›" in face.text
        await face.press("escape")
        assert face.app.place == "crisis" and isinstance(face.app.screen, CrisisScreen)
        await face.press("f8")
        assert "▌Draft ›" in face.text and len(await face.rows("document")) == 1


async def test_a_text_that_speaks_in_no_crisis_has_no_clock(running_crisis: Settings) -> None:
    async with running(running_crisis) as face:
        await face.perform(records.add, "document", {"type": "release", "title": "新品"})
        (row,) = await face.rows("document")
        face.app.open_record(row)
        await face.settle()
        assert "Elapsed" not in face.text and not face.app.screen.query_one(ClockLine).display
        assert "▌Today" in await face.press("escape")


async def test_the_emergency_path_asks_for_counsel_and_logs_the_word(running_crisis: Settings) -> None:
    store.open_desk(running_crisis)
    (template, *_rest) = do(at(1), crisis_library.install)
    template = next(
        one for one in store.query.rows("holdingtemplate") if one.scenario == "product" and one.language == "zh"
    )
    do(at(1, 1), crisis_library.approve_template, template, "周衡")
    store.close()
    async with running(running_crisis, place="crisis") as face:
        assert template.code in line_with(face.text, "Statement  ")
        await face.press("f8", "1")
        (document,) = await face.rows("document")
        names = await face.app.door.read(crisis_statements.blanks, document)
        await face.perform(crisis_statements.fill, document, dict.fromkeys(names, "今日12时"))
        text = await face.press("f12", "8")
        assert "Emergency path" in text and "周衡" in text
        await face.press("enter", "2")
        stamp = (await reached(face))[8]
        assert stamp.emergency and (await the_crisis(face)).state == "responding"
        assert "周衡" in (await log(face))[1].text + (await log(face))[0].text
        assert "EMERGENCY" in face.text


async def test_statement_and_review_are_written_below_the_clock(running_crisis: Settings) -> None:
    store.open_desk(running_crisis)
    row = crisis_log.find()
    crises.drafted(row, at(3, 4))
    store.close()
    exports = running_crisis.data / "exports"
    async with running(running_crisis, place="crisis") as face:
        await face.press("5", "6", "enter", "enter")
        text = await face.press("ctrl+e")
        assert "▌ 1  Media statement  DOC-2026-001" in text and "2  Crisis review  CRS-2026-001" in text
        text = await face.press("enter")
        assert "To go out" in text and "2  Internal copy" in text and not isinstance(face.app.screen, Dialog)
        text = await face.press("enter")
        (public,) = exports.glob("*.docx")
        assert public.name[:20] in "".join(text.split()) and "Written" in face.line and "00:18:24" in text
        text = await face.press("escape", "ctrl+e", "1", "2")
        (internal,) = set(exports.glob("*.docx")) - {public}
        assert "Approvals" in await printed(face, internal) or "审批记录" in await printed(face, internal)
        await face.press("escape", "ctrl+e", "2")
        assert "3  Both" in face.text
        await face.press("3")
        assert len(list(exports.glob("*.docx"))) == 4
        text = await face.press("escape", "ctrl+e", "escape")
        assert len(list(exports.glob("*.docx"))) == 4 and "00:41:36" in text


async def printed(face: Face, path: Path) -> str:
    """What a Word file says."""
    import docx

    document = docx.Document(str(path))
    return "\n".join(one.text for one in document.element.body.iter() if one.tag.endswith("}t") and one.text)


async def test_the_plan_and_the_review_are_written_from_their_pages(running_crisis: Settings) -> None:
    store.open_desk(running_crisis)
    row = crisis_log.find()
    do(at(3, 1), records.add, "crisisplan", {"version_no": 1, "change": "第一版"})
    do(at(3, 1), records.add, "crisisreview", {"title": "表扣复盘", "crisis": row})
    store.close()
    async with running(running_crisis, place="crisis") as face:
        await face.press("ctrl+y", "left", "enter")
        assert "第一版" in face.text and "Ctrl+E Export" in face.text
        text = await face.press("ctrl+e")
        assert "Crisis plan  English" in text
        await face.press("enter")
        assert "Written" in face.text and len(list((running_crisis.data / "exports").glob("*.docx"))) == 1
        await face.press("escape", "escape", "left", "left", "left", "left", "left", "enter")
        assert "表扣复盘" in face.text
        assert "Crisis review  English" in await face.press("ctrl+e")


async def test_publication_is_asked_and_the_end_too(running_crisis: Settings) -> None:
    async with running(running_crisis, place="crisis") as face:
        assert "Is it over?" in await face.press("-")
        await face.press("escape")
        assert (await the_crisis(face)).state == "declared"
        await face.press("-", "enter")
        assert (await the_crisis(face)).state == "resolved" and "Resolved" in face.text
        with clock.frozen(NOW + timedelta(hours=1)):
            screen(face)._tick()
            await face.settle()
            assert "00:18:24" in face.text  # it ended; nothing is counted on
        await face.press("ctrl+o", "2", "2")
        await write(face, "又起")
        await face.press("enter")
        assert (await the_crisis(face)).state == "responding"


# -- the log ------------------------------------------------------------------------------------------------------------


async def test_words_go_to_the_log_with_their_kind(running_crisis: Settings) -> None:
    async with running(running_crisis, place="crisis") as face:
        screen(face).entry.insert_text_at_cursor("！")  # an input method's; the pilot has no such key
        await write(face, "顾客已出院")
        assert "Fact verified" in face.text
        await face.press("enter")
        for words in ("电话会三点半", "周衡接听", "财经日报来电"):
            await face.press(*["tab"] * (1 + ("电话会三点半", "周衡接听", "财经日报来电").index(words)))
            await write(face, words)
            await face.press("enter")
        entries = {one.text: (one.type, one.verified) for one in await log(face)}
        assert entries["顾客已出院"] == ("fact", True) and entries["电话会三点半"] == ("decision", False)
        assert entries["周衡接听"][0] == "contact" and entries["财经日报来电"][0] == "media"
        assert "财经日报来电" in face.text and "Fact ›" in face.text


async def test_an_earlier_line_asks_why_it_is_late(running_crisis: Settings) -> None:
    async with running(running_crisis, place="crisis") as face:
        await write(face, "@02:50 店长来电")
        assert "entered late" in await face.press("enter")
        await face.press("escape")
        assert screen(face).entry.value == "@02:50 店长来电"  # nothing she typed is lost
        await face.press("enter")
        await write(face, "在路上")
        await face.press("enter")
        entry = (await log(face))[0]
        assert (entry.text, entry.reason, entry.happened_at.at) == ("店长来电", "在路上", at(2, 50))


async def test_a_wrong_line_is_corrected_by_another(running_crisis: Settings) -> None:
    async with running(running_crisis, place="crisis") as face:
        await write(face, "2 cartons"[1:])
        await face.press("enter", "ctrl+z")
        await write(face, ", not 3")
        await face.press("enter")
        newest, before, *_rest = await log(face)
        assert newest.text == "cartons, not 3" and newest.corrects == before.code and before.text == "cartons"
        assert newest.happened_at == before.happened_at and newest.reason == ""
        assert line_with(face.text, "[Fact] cartons,").endswith("cartons, not 3")
        assert line_with(face.text, "(corrected)").endswith("[Fact] cartons  (corrected)")
        text = await face.press("pageup")
        assert f"cartons, not 3  corrects {before.code}  " in text and "cartons  (corrected)  " in text


async def test_an_old_line_is_corrected_without_saying_why_it_is_late(running_crisis: Settings) -> None:
    async with running(running_crisis, place="crisis") as face:
        await face.press("ctrl+z")
        await write(face, "; 2人")
        await face.press("enter")
        newest, before, *_rest = await log(face)
        assert newest.corrects == before.code and newest.happened_at == before.happened_at and newest.reason == ""


@pytest.mark.parametrize("nasty", NASTY)
async def test_hostile_words_are_only_words(desk: Settings, nasty: str) -> None:
    words = "".join(one for one in nasty if one.isprintable())[:200]
    store.open_desk(desk)
    row = do(at(2, 47), crisis.start, nasty[:400], source=nasty[:400])
    do(at(2, 48), crisis_log.log, row, nasty[:400])
    store.close()
    async with running(desk, place="crisis") as face:
        assert "00:18:24" in face.text
        screen(face).entry.value = " " + words
        await face.press("enter", "pageup", "f4", "f4", "ctrl+o", "3")
        assert "00:18:24" in face.text and "\x1b" not in face.text and "\u202e" not in face.text
        await face.press("escape")


async def test_what_is_half_typed_is_there_again_after_a_restart(running_crisis: Settings) -> None:
    async with running(running_crisis, place="crisis") as face:
        await write(face, "门店说")
        face.app.drafts.flush()
    async with running(running_crisis, place="crisis") as face:
        assert screen(face).entry.value == "门店说"
        await face.press("enter")
        assert (await log(face))[0].text == "门店说"
    async with running(running_crisis, place="crisis") as face:
        assert screen(face).entry.value == ""


# -- who holds it ---------------------------------------------------------------------------------------------------------


async def test_another_person_reads_until_she_takes_over(running_crisis: Settings) -> None:
    store.open_desk(running_crisis)
    do(at(3, 1), crisis_log.take_over, crisis_log.find(), actor="王敏", session="elsewhere 12 7")
    store.close()
    async with running(running_crisis, place="crisis") as face:
        row = await the_crisis(face)
        assert "Read only: 王敏 holds it. Ctrl+T takes over" in face.text
        assert "here it is read only" in await face.press("4")
        await write(face, "我来写")
        assert "here it is read only" in await face.press("enter")
        assert screen(face).entry.value == "我来写" and len(await log(face)) == 4
        await face.perform(crisis.stamp, row, 4, session="elsewhere 12 7")
        await face.app._catch_up()  # what follows a poll, once a second
        await face.settle()
        assert "03:05 ok" in line_with(face.text, "Verify")
        await face.press("escape", "ctrl+u", "ctrl+t")
        assert "林岚 holds" in face.line and (await the_crisis(face)).held_by == "林岚"
        await write(face, "接手了")
        assert "接手了" in line_with(await face.press("enter"), "[Fact] 接")
        with pytest.raises(Refused, match="read only"):
            await face.perform(crisis_log.log, row, "我还在", session="elsewhere 12 7")


async def test_the_footer_tells_the_keys_of_the_sheet_that_is_open(running_crisis: Settings) -> None:
    async with running(running_crisis, place="crisis") as face:
        assert footer(face).startswith(" 1–9 0 - = Milestone   Enter Log   F4 Phones")
        await face.press("f4")
        assert footer(face).startswith(" Enter Note the call   ↑ ↓ Choose   Esc Back") and "Log" not in footer(face)
        await face.press("enter")
        assert footer(face).startswith(" 1–6 Choose")
        await face.press("escape", *["down"] * 5)
        assert "nobody yet" in face.text and footer(face).startswith(" Enter Name somebody")
        await face.press("escape")
        assert "Enter Log" in footer(face)
        await face.press("pageup")
        assert footer(face).startswith(" PgUp PgDn Scroll   Esc Back") and "Milestone" in footer(face)
        await face.press("f1")
        assert footer(face).startswith(" PgUp PgDn Scroll   Esc Back")


async def test_who_only_reads_is_told_the_key_that_takes_over_first(running_crisis: Settings) -> None:
    store.open_desk(running_crisis)
    do(at(3, 1), crisis_log.take_over, crisis_log.find(), actor="王敏", session="elsewhere 12 7")
    store.close()
    async with running(running_crisis, place="crisis") as face:
        assert footer(face).startswith(" Ctrl+T Take over   F4 Phones   F8 Statement")
        assert "Milestone" not in footer(face) and "Log" not in footer(face)
        await face.press("f4")
        assert footer(face).startswith(" ↑ ↓ Choose   Esc Back   Ctrl+T Take over")
        await face.press("escape", "ctrl+t")
        assert footer(face).startswith(" 1–9 0 - = Milestone   Enter Log")


async def test_the_same_person_elsewhere_reads_too_but_not_after_a_crash(running_crisis: Settings) -> None:
    store.open_desk(running_crisis)
    row = crisis_log.find()
    host, _pid, started = session().rsplit(" ", 2)
    do(at(3, 0), crisis_log.take_over, row, session=f"elsewhere 12 {started}")
    store.close()
    assert not is_gone(f"elsewhere 12 {started}") and not is_gone(session()) and is_gone(f"{host} 999999999 1")
    async with running(running_crisis, place="crisis") as face:
        assert "Read only" in face.text
        await face.app.door.read(store.perform, "林岚", crisis_log.take_over, row, session=f"{host} 999999999 1")
        await face.app._catch_up()
        await face.settle()
        assert "Read only" not in face.text and (await the_crisis(face)).held_session == session()
        await face.press("4")
        assert 4 in await reached(face)


# -- several, drills, and what is around -----------------------------------------------------------------------------------


async def test_a_drill_says_so_for_good_and_comes_after_what_is_real(desk: Settings) -> None:
    async with running(desk) as face:
        text = await face.press("f12", "5")
        (row,) = await face.rows("crisis")
        assert row.drill and row.code.startswith("DRL-") and "【演练】" in text and "EXERCISE" in text
        pushed = await face.rows("inject")
        assert pushed[0].delivered_at is not None and pushed[1].delivered_at is None
        with clock.frozen(NOW + timedelta(minutes=pushed[1].minute)):
            screen(face)._tick()
            await face.settle()
            assert (await face.rows("inject"))[1].delivered_at is not None
        for keys in (("f4",), ("f1",), ("ctrl+o",), ("escape",)):
            assert "EXERCISE" in await face.press(*keys)
        await face.press("escape", "ctrl+o", "9")
        assert "another one" in face.text
        text = await face.press("3")
        assert "EXERCISE" not in text and "DRL-2026-001 【演练】" in text and "▌CRS-2026-001" in text
        assert "EXERCISE" in await face.press("shift+down")
        await face.press("f2")
    async with running(desk, place="crisis") as face:
        assert line_with(face.text, "CRS-2026-001").lstrip().startswith("CRS") and "EXERCISE" not in face.text


@pytest.mark.parametrize("key", ["insert", "ctrl+a"])
async def test_where_only_a_drill_runs_two_keys_start_the_real_clock(desk: Settings, key: str) -> None:
    store.open_desk(desk)
    do(at(3, 1), drills.start, "product")
    store.close()
    async with running(desk) as face:
        text = await face.press("f12")
        assert "EXERCISE" in text and "Insert Real crisis" in text.splitlines()[-1]
        await write(face, "about the drill")
        text = await face.press(key)
        (real,) = await face.rows("crisis", drill=False)
        assert real.detected_at.at == NOW and "00:00:00" in text and "EXERCISE" not in text
        # What was half typed about the drill waits there and is not said of the real one.
        assert screen(face).entry.value == "" and "Insert Real crisis" not in text
        await face.press("shift+down")
        assert screen(face).entry.value == "about the drill"
        # Beside a real one the same key never starts a second clock by itself.
        text = await face.press("insert")
        assert "another one" in text and len(await face.rows("crisis", drill=False)) == 1
        await face.press("insert")
        assert len(await face.rows("crisis", drill=False)) == 2


async def test_after_what_ended_two_keys_start_a_new_clock_and_the_menu_names_the_key(running_crisis: Settings) -> None:
    async with running(running_crisis, place="crisis") as face:
        assert "Another crisis, or a drill  (Insert)" in await face.press("ctrl+o")
        await face.press("escape", "-", "enter", "f2")
        assert "Insert New crisis" in (await face.press("f12")).splitlines()[-1]
        assert "00:00:00" in await face.press("insert")
        assert [row.state for row in await face.rows("crisis")] == ["monitoring", "resolved"]


async def test_what_ended_is_opened_again_from_the_start(running_crisis: Settings) -> None:
    async with running(running_crisis, place="crisis") as face:
        await face.press("-", "enter")
    async with running(running_crisis, place="crisis") as face:
        assert "nothing is running" in face.text and "CRS-2026-001" in face.text
        text = await face.press("down", "enter")
        assert "Resolved" in text and len(await face.rows("crisis")) == 1
        assert "an approved review" in await face.press("=")


async def test_a_crisis_is_a_page_too_and_f12_comes_back_from_its_lists(running_crisis: Settings) -> None:
    async with running(running_crisis) as face:
        (row,) = await face.rows("crisis")
        face.app.open_record(row)
        await face.settle()
        assert "Elapsed" in face.text and face.app.place == "today"
        assert "▌Today" in await face.press("escape")
        text = await face.press("f12", "ctrl+y")
        assert "Enquiries" in text and "▌Crisis" in text
        await face.press("right", "right")
        assert "Elapsed" in await face.press("f12")
        await face.press("ctrl+y")
        assert "Elapsed" in await face.press("escape")


@pytest.mark.parametrize("size", SIZES)
async def test_the_lists_behind_a_crisis_are_those_of_the_one_in_sight_until_that_is_lifted(
    running_crisis: Settings, size: tuple[int, int]
) -> None:
    store.open_desk(running_crisis)
    do(at(3, 1), drills.start, "product")
    store.close()
    async with running(running_crisis, size, place="crisis") as face:
        text = await face.press("ctrl+y", "right", "right")
        assert "CRS-2026-001" in text.splitlines()[2] and "Stakeholders" in text and "10" in text.splitlines()[2]
        assert "DRL-2026-001" not in text and "c All crises" in text.splitlines()[-1]
        text = await face.press("c")
        assert "20" in text.splitlines()[2] and "All crises" in text.splitlines()[2]
        assert "c This crisis" in text.splitlines()[-1]
        assert "CRS-2026-001" in text.replace(text.splitlines()[2], "") and "DRL-2026-001" in text
        text = await face.press("0")
        assert "DRL-2026-001" not in text and "10" in text.splitlines()[2]
        # A new one belongs to the crisis in sight, and every other list says whose it is too.
        text = await face.press("left", "left", "a")
        assert "曜石腕表表扣断裂致伤" in text
        await face.press("escape")
        assert "CRS-2026-001 has none" in face.text
        await face.press("left")
        assert "CRS-2026-001" not in face.text.splitlines()[2]
        assert "Elapsed" in await face.press("escape")


async def test_the_rarer_things_are_a_key_and_a_digit_away(running_crisis: Settings) -> None:
    async with running(running_crisis, place="crisis") as face:
        await face.perform(records.add, "outlet", {"name": "财经日报", "tier": "A"})
        await face.press("ctrl+o", "4")
        await write(face, "表扣供应商是谁")
        await face.press("enter")
        await write(face, "财经日报")
        await face.press("enter")
        await write(face, "04:00")
        text = await face.press("enter")
        (enquiry,) = await face.rows("enquiry")
        assert enquiry.outlet.title == "财经日报" and enquiry.crisis.id == 1 and "财经日报 04:00" in text
        await face.press("ctrl+o", "5")
        await write(face, "检测结论")
        await face.press("enter")
        await write(face, "高远")
        await face.press("enter")
        assert (await face.rows("wait"))[0].owner == "高远"
        await face.press("ctrl+o", "5", "1")
        assert (await face.rows("wait"))[0].ended_at is not None
        await face.press("ctrl+o", "3", "ctrl+u")
        await write(face, "数据泄露")
        await face.press("enter", "3")
        row = await the_crisis(face)
        assert (row.title, row.scenario) == ("数据泄露", "data") and "72" not in face.text
        assert "gdpr72" in {one.key for one in await face.rows("crisisclock")}
        await face.press("ctrl+o", "7", "1", "1")
        await write(face, "周衡")
        await face.press("enter")
        assert "周衡" in {one.confirmed_by for one in await face.rows("crisisclock")}
        await face.press("ctrl+o", "8")
        await write(face, "02:30 监控录像")
        await face.press("enter")
        assert (await reached(face))[0].happened_at.at == at(2, 30)


async def test_the_function_keys_of_other_places_mean_something_here_and_ctrl_g_still_goes(
    running_crisis: Settings,
) -> None:
    async with running(running_crisis, place="crisis") as face:
        text = await face.press("f4")
        assert "13800000001" in text and "周衡代" in text and "not checked" in text and face.app.place == "crisis"
        await face.press("ctrl+g", "4")
        assert face.app.place == "media"
        await face.press("f12", "f9")
        assert face.app.place == "search"


# -- small parts ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("3 名顾客受伤", Entry("3 名顾客受伤")),
        ("3 12人到场", Entry("3 12人到场")),
        ("!已就医", Entry("已就医", True)),
        ("！ 已就医", Entry("已就医", True)),
        ("!", Entry("!")),
        ("@02:58 店长来电，哭了", Entry("店长来电，哭了", False, crises.moment(2, 58))),
        ("＠昨天 23：50 !帖子，出现", Entry("帖子，出现", True, crises.moment(23, 50, day=14))),
        ("12:00 发布会取消", Entry("12:00 发布会取消")),
        (" 3 02:58 忙，补记", Late(3, crises.moment(2, 58), "忙，补记")),
        ("0 02:58", Late(10, crises.moment(2, 58), "")),
        ("＝　02：58　会后", Late(12, crises.moment(2, 58), "会后")),
        ("13 02:58 x", Entry("13 02:58 x")),
    ],
)
def test_what_a_line_means(typed: str, meant: Entry | Late) -> None:
    assert understood(typed, ZONE) == meant


def test_only_changed_cells_are_told() -> None:
    assert changed((("已过 00:18:24", ""),), (("已过 00:18:25", ""),), 20) == [(12, 13)]
    assert changed((("ab", ""),), (("ab", "bold"),), 10) == [(0, 2)]
    assert changed((), (("中文", ""),), 10) == [(0, 4)]
