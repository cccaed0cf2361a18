"""The board and the page of a project, by their keys."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.geometry import Region

from prtui import clock, i18n, store
from prtui.config import Settings
from prtui.desk import approvals, records
from prtui.desk.projects import GUARDS
from prtui.screens.board import Board
from prtui.screens.steps import APPROVED_BY_KEY, FILLED_IN
from prtui.store import Row, Work, journal, query
from prtui.text import cells
from tests.desk_app import NASTY, Face, running

SIZES = [(80, 24), (120, 40)]
ZONE = "Asia/Shanghai"


def day(offset: int) -> date:
    return clock.today(ZONE) + timedelta(days=offset)


def staged(work: Work, name: str, stage: str, **values: Any) -> Row:
    """A project put into a stage past its guards, as one that came a long way."""
    row = work.add("project", name=name, **values)
    return work.edit(row, stage=stage, moved_at=clock.now())


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Settings]:
    """A board with a card in most columns, closed again: the app opens it on its own thread."""
    settings = Settings(data=tmp_path / "desk", actor="林岚", zone=ZONE)
    store.open_desk(settings)
    with store.write("林岚") as work:
        lan, min_ = work.add("person", name="林岚"), work.add("person", name="王敏")
        launch = staged(
            work, "曜石腕表发布会", "preparing", owner=min_, type="launch", priority="P0", start_on=day(-60), due_on=day(1),
            objective="让目标客群记住", kpi_target="K06 100", budget=200_000_000, spent=186_000_000,
        )  # fmt: skip
        work.add("task", title="确认灯光方案", project=launch, owner=min_, due_on=day(-2), must=True)
        work.add("task", title="二次确认嘉宾", project=launch, owner=lan, due_on=day(0))
        staged(
            work, "VIP 晚宴", "preparing", owner=lan, type="vip", priority="P1", due_on=day(20),
            health="amber", health_reason="合同未签", blocked_by="场地",
        )  # fmt: skip
        staged(work, "春季媒体日", "planning", owner=lan, type="media_meet", due_on=day(41))
        staged(
            work,
            "年度战略",
            "approval",
            owner=min_,
            type="always_on",
            due_on=day(12),
            objective="x",
            kpi_target="y",
            budget=1,
        )
        staged(
            work,
            "秋季快闪",
            "reviewing",
            owner=min_,
            type="campaign",
            due_on=day(-9),
            actual_start_on=day(-20),
            actual_end_on=day(-9),
        )
        staged(work, "停着的", "on_hold", owner=lan)
    store.close()
    yield settings


async def at(face: Face, name: str) -> None:
    """Put the cursor on the card of a project."""
    board = face.app.screen.query_one(Board)
    assert board.go((await only(face, name)).id)
    await face.settle()


async def only(face: Face, name: str) -> Row:
    (row,) = await face.rows("project", name=name)
    return row


async def heard(face: Face) -> None:
    """The app hears of what others stored, as it does once a second."""
    await face.app._catch_up()
    await face.settle()


def about(face: Face) -> str:
    return str(face.app.screen.query_one("#about").said)  # type: ignore[attr-defined]


# -- the board ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
async def test_the_board_shows_where_every_project_stands(desk: Settings, size: tuple[int, int]) -> None:
    async with running(desk, size, place="projects") as face:
        text = face.text
        for said in (
            "Preparing 2/5",
            "Approval 1",
            "PRJ-001 P0 ●",
            "PRJ-002 P1 ▲!",
            "D-1",
            "green",
            "blocked",
            "93%",
            "D+9",
        ):
            assert said in text
        assert "! 确认灯光" in text  # its next task is late
        assert "停着的" not in text  # what is on hold is hidden
        assert ("Closed 0 ›" in text) is (size[0] == 80)


@pytest.mark.parametrize("size", [*SIZES, (60, 20)])
async def test_the_columns_line_up_whatever_is_written_in_them(desk: Settings, size: tuple[int, int]) -> None:
    async with running(desk, size, place="projects") as face:
        board = face.app.screen.query_one(Board)
        stride = board._stride
        for y in range(board.size.height):
            line = board.render_line(y)
            assert line.cell_length == size[0] == cells(line.text)
            for gap in range(stride, stride * board._fitting, stride):
                before = line.crop(gap - 1, gap).text
                assert before == " ", (y, gap, line.text)


async def test_arrows_move_a_mark_and_the_column_of_the_cursor_is_always_in_sight(desk: Settings) -> None:
    async with running(desk, place="projects") as face:
        assert "▌PRJ-003" in face.text
        assert "▌PRJ-004" in await face.press("right")
        assert "▌PRJ-001" in await face.press("right")
        assert "▌PRJ-002" in await face.press("down")
        assert "▌PRJ-005" in await face.press("right")  # over an empty column
        assert "▌PRJ-005" in await face.press("right")
        assert "▌PRJ-001" in await face.press("left")
        await face.perform(lambda work: work.edit(query.rows("project", {"name": "秋季快闪"})[0], stage="closed"))
        await heard(face)
        text = await face.press("right")
        assert "▌PRJ-005" in text and "Closed 1" in text and text.splitlines()[2].endswith("‹ Idea 0  Planning 1")


async def test_a_move_of_the_cursor_paints_only_the_cards_it_leaves_and_enters(
    desk: Settings, monkeypatch: Any
) -> None:
    async with running(desk, place="projects") as face:
        board = face.app.screen.query_one(Board)
        painted: list[Region] = []
        refresh = board.refresh
        monkeypatch.setattr(
            board, "refresh", lambda *regions, **how: (painted.extend(regions), refresh(*regions, **how))
        )
        await face.press("right")
        assert len(painted) == 4
        assert all(region.height == 1 and region.width == 16 for region in painted)
        painted.clear()
        board.show(board.lanes, board._today)
        assert painted == []


async def test_the_line_below_says_what_the_cursor_is_on(desk: Settings) -> None:
    async with running(desk, (120, 40), place="projects") as face:
        await at(face, "VIP 晚宴")
        for said in ("VIP 晚宴", "Owner 林岚", "▲ amber", "Blocked by 场地"):
            assert said in about(face)
        await at(face, "曜石腕表发布会")
        assert "Next task 确认灯光方案" in about(face)


async def test_a_column_over_its_limit_says_so(desk: Settings) -> None:
    limited = Settings(data=desk.data, actor="林岚", zone=ZONE, wip={"preparing": 1})
    async with running(limited, place="projects") as face:
        assert "Preparing 2/1!" in face.text


async def test_an_unmoved_card_says_so_in_a_word(desk: Settings) -> None:
    async with running(desk, place="projects") as face:
        row = await only(face, "春季媒体日")
        await face.perform(lambda work: work.edit(row, moved_at=clock.now() - timedelta(days=30)))
        await heard(face)
        assert "PRJ-003 P2 ●~" in face.text and "unmoved" in face.text
        await at(face, "春季媒体日")
        assert "green  unmoved" in about(face)


@pytest.mark.parametrize("size", [(40, 10), (20, 5), (200, 60)])
async def test_small_and_large_windows_do_no_harm(desk: Settings, size: tuple[int, int]) -> None:
    async with running(desk, size, place="projects") as face:
        await face.press("right", "down", "left", "pagedown", "end", "home", "enter", "down", "escape")
        assert face.app.screen.query_one(Board).card is not None


async def test_an_empty_board_says_what_to_do(tmp_path: Path) -> None:
    async with running(Settings(data=tmp_path / "new", actor="林岚", zone=ZONE), place="projects") as face:
        assert "There are no projects yet. a adds one" in face.text
        await face.press("right", "pagedown", "home")
        for key in ("enter", "x", "m", "shift+right", "shift+left", "t", "p", "h", "c", "e"):
            await face.press(key)
            assert "There is no project here yet." in face.line


@pytest.mark.parametrize("size", SIZES)
async def test_the_first_project_leaves_nothing_of_what_the_empty_board_said(
    tmp_path: Path, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(Settings(data=tmp_path / "new", actor="林岚", zone=ZONE), size, place="projects") as face:
        assert "There are no projects yet" in face.text
        board = face.app.screen.query_one(Board)
        whole: list[bool] = []
        refresh = board.refresh
        monkeypatch.setattr(
            board, "refresh", lambda *regions, **how: (whole.append(not regions), refresh(*regions, **how))
        )
        await face.perform(lambda work: work.add("project", name="曜石", owner=work.add("person", name="林岚")))
        await face.app._catch_up()
        await face.settle()
        assert face.text.splitlines()[7].strip() == "曜石" and any(whole)  # the sentence lies across the columns
        await face.press("f", "z", "enter")
        assert "Nothing on the board is called that" in face.text
        whole.clear()
        assert "Nothing on the board" not in await face.press("escape") and any(whole)


# -- moving ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
async def test_a_refused_move_lists_what_is_missing_and_enter_leads_to_the_field(
    desk: Settings, size: tuple[int, int]
) -> None:
    async with running(desk, size, place="projects") as face:
        await at(face, "春季媒体日")
        text = await face.press("shift+right")
        for lack in ("an objective", "a KPI target for it", "a budget total"):
            assert lack in text
        assert "春季媒体日" in text  # the board stays in sight behind the question
        await face.press("down", "down", "enter")
        await face.type("500000")
        await face.press("ctrl+s")
        assert (await only(face, "春季媒体日")).budget == 50_000_000
        assert "a budget total" not in await face.press("shift+right")
        await face.press("enter")
        await face.type("Known")
        await face.press("ctrl+s", "shift+right", "enter")
        await face.type("K06 80")
        await face.press("ctrl+s")
        text = await face.press("shift+right")
        assert (await only(face, "春季媒体日")).stage == "approval"
        assert "is now in: Approval" in face.line
        assert "Approval 2" in text and "▌PRJ-003" in text  # the cursor went with it


async def test_every_guard_leads_somewhere(desk: Settings) -> None:
    """What a guard asks for is a field, an approval, or a line that begins with the code of a task or is about coverage."""
    store.open_desk(desk)
    with store.write("林岚") as work:
        bare = work.add("project", name="空", owner=query.rows("person")[0])
    row = Row("project", {name: bare[name] for name in bare} | {"owner": None})
    lines = {line for guard in GUARDS.values() for line in guard(row)}
    store.close()
    assert lines == {*FILLED_IN, *APPROVED_BY_KEY}
    i18n.use("zh")
    assert len({i18n._(line) for line in lines}) == len(lines)


async def test_an_open_must_leads_to_the_task_on_the_page(desk: Settings) -> None:
    async with running(desk, place="projects") as face:
        await at(face, "曜石腕表发布会")
        text = await face.press("shift+right")
        assert "TSK-" in text and "done, or waived by a person" in text
        text = await face.press("enter")
        assert "▌must" in text and "Missing for Executing" in text
        assert "Done: 确认灯光方案" in (await face.press("x")) or "Done: 确认灯光方案" in face.line
        assert "Nothing is missing for Executing" in face.text
        await face.press("shift+right")
        assert (await only(face, "曜石腕表发布会")).stage == "executing"


async def test_an_approval_is_recorded_with_who_gave_it(desk: Settings) -> None:
    async with running(desk, place="projects") as face:
        await at(face, "年度战略")
        assert "a recorded approval" in await face.press("shift+right")
        assert "Who approved PRJ" in await face.press("enter")
        await face.type("陈立")
        await face.press("enter")
        row = await only(face, "年度战略")
        (given,) = await face.app.door.read(approvals.standing, row)
        assert (given.by, given.decision, given.step) == ("陈立", "approve", "project")
        await face.press("ctrl+right")
        moved = await only(face, "年度战略")
        assert (moved.stage, moved.baseline_due_on) == ("preparing", day(12))


async def test_the_report_is_approved_while_it_is_reviewed(desk: Settings) -> None:
    async with running(desk, place="projects") as face:
        await at(face, "秋季快闪")
        assert "the report approved" in await face.press("shift+right")
        await face.press("escape", "p")
        await face.type("林岚")
        await face.press("enter")
        assert "the report approved" not in await face.press("shift+right")
        await face.press("escape")
        await at(face, "春季媒体日")
        assert "An approval is recorded in: Approval, Reviewing." in (await face.press("p"), face.line)[1]


async def test_going_back_asks_why(desk: Settings) -> None:
    async with running(desk, place="projects") as face:
        await at(face, "曜石腕表发布会")
        assert "Why does PRJ" in await face.press("shift+left")
        await face.press("escape")
        assert (await only(face, "曜石腕表发布会")).stage == "preparing"
        await face.press("ctrl+left", "enter")
        assert "Say why" in face.line
        await face.press("shift+left")
        await face.type("budget cut")
        await face.press("enter")
        row = await only(face, "曜石腕表发布会")
        assert row.stage == "approval"
        assert (await face.app.door.read(journal.history, "project", row.id))[0].reason == "budget cut"


async def test_hold_and_cancel_ask_why_and_have_twins_for_an_input_method(desk: Settings) -> None:
    async with running(desk, place="projects") as face:
        await at(face, "VIP 晚宴")
        await face.press("8")
        await face.type("no venue")
        text = await face.press("enter")
        assert (await only(face, "VIP 晚宴")).stage == "on_hold"
        assert "VIP 晚宴" not in text.replace(face.line, "")
        await at(face, "春季媒体日")
        await face.press("ｃ")
        await face.type("no need")
        await face.press("enter")
        assert (await only(face, "春季媒体日")).stage == "cancelled"
        text = await face.press("l")  # they are in the list, and from there on their page
        assert "VIP 晚宴" in text and "On hold" in text and "Cancell" in text
        assert "Board" in await face.press("escape")


async def test_the_stages_it_may_go_to_are_offered_with_what_is_missing(desk: Settings) -> None:
    async with running(desk, place="projects") as face:
        await at(face, "曜石腕表发布会")
        text = await face.press("m")
        for said in ("Executing", "1 missing", "Approval", "On hold", "Cancelled"):
            assert said in text
        await face.press("down", "enter")
        await face.type("again")
        await face.press("enter")
        assert (await only(face, "曜石腕表发布会")).stage == "approval"


async def test_a_key_pressed_twice_moves_twice_even_before_the_screen_has_followed(desk: Settings) -> None:
    plan = {"type": "vip", "objective": "a", "kpi_target": "b", "budget": 1, "due_on": day(9)}
    async with running(desk, place="projects") as face:
        await face.perform(lambda work: staged(work, "快", "idea", owner=query.rows("person")[0], **plan))
        await heard(face)
        await at(face, "快")
        face.app.screen.action_advance()  # type: ignore[attr-defined]
        face.app.screen.action_advance()  # type: ignore[attr-defined]
        await face.settle()
        await face.settle()
        assert (await only(face, "快")).stage == "approval"


async def test_somebody_elses_change_in_between_is_not_run_over(desk: Settings) -> None:
    async with running(desk, place="projects") as face:
        await at(face, "年度战略")
        row = await only(face, "年度战略")
        await face.perform(lambda work: approvals.decide(work, row, "approve"))
        await face.perform(lambda work: work.edit(row, name="年度战略 2"))
        face.app.screen.action_advance()  # type: ignore[attr-defined]
        await face.settle()
        assert "was changed meanwhile" in face.line
        assert (await only(face, "年度战略 2")).stage == "approval"
        await face.press("shift+right")
        assert (await only(face, "年度战略 2")).stage == "preparing"


async def test_a_stage_that_grows_over_its_limit_is_said_and_not_refused(desk: Settings) -> None:
    limited = Settings(data=desk.data, actor="林岚", zone=ZONE, wip={"preparing": 2})
    async with running(limited, place="projects") as face:
        await at(face, "年度战略")
        row = await only(face, "年度战略")
        await face.perform(lambda work: approvals.decide(work, row, "approve"))
        await face.press("shift+right")
        assert "the limit is 2" in face.line
        assert "Preparing 3/2!" in face.text


# -- tasks, filter, form ---------------------------------------------------------------------------------------------------


async def test_x_ticks_off_the_next_task_says_which_and_undo_brings_it_back(desk: Settings) -> None:
    async with running(desk, place="projects") as face:
        await at(face, "曜石腕表发布会")
        text = await face.press("x")
        assert "Done: 确认灯光方案. Ctrl+Z takes it back." in text
        assert [task.title for task in await face.rows("task", status="done")] == ["确认灯光方案"]
        assert "› 二次确认" in text and "1/2" not in about(face)
        assert "Done: 二次确认嘉宾" in await face.press("ctrl+x")
        assert "has no open task here" in await face.press("x")
        await face.press("ctrl+z")
        assert [task.title for task in await face.rows("task", status="done")] == ["确认灯光方案"]


async def test_a_task_is_added_in_one_line(desk: Settings) -> None:
    async with running(desk, place="projects") as face:
        await at(face, "曜石腕表发布会")
        await face.press("t")
        await face.type("二次彩排 @林岚 +3d")
        await face.press("enter")
        (task,) = await face.rows("task", title="二次彩排")
        assert (task.project.title, task.owner.title, task.due_on) == ("曜石腕表发布会", "林岚", day(3))
        await face.press("ctrl+t")
        await face.type("Call PRJ-002")
        await face.press("enter")
        (task,) = [one for one in await face.rows("task") if one.title.startswith("Call")]
        assert (task.project.title, task.owner.title) == ("曜石腕表发布会", "王敏")  # the project's own owner


async def test_the_board_is_narrowed_by_pinyin_code_and_owner(desk: Settings) -> None:
    async with running(desk, place="projects") as face:
        await face.press("f")
        text = await face.type("yswb")
        assert "曜石" in text and "VIP 晚宴" not in text
        text = await face.press("enter")
        assert "Board  yswb  1/5 projects" in text and "Preparing 2/5" in text  # what is counted is not narrowed
        await face.press("f", "ctrl+u")
        text = await face.type("@wangmin")
        assert "秋季快闪" in text and "VIP 晚宴" not in text
        assert "yswb  1/5" in await face.press("escape")
        await face.press("ctrl+f", "ctrl+u")
        assert "PRJ-002" in await face.type("002")
        assert "Nothing on the board is called that" in await face.type("zzz")
        await face.press("enter")
        assert "Everybody  5 projects" in await face.press("escape")
        assert "VIP 晚宴" not in await face.press("曜")  # no command begins with a Chinese character
        assert "曜石" in await face.type("石")


async def test_a_project_is_added_by_its_form_and_the_cursor_stands_on_it(desk: Settings) -> None:
    async with running(desk, place="projects") as face:
        await face.press("a")
        await face.type("Boutique opening")
        for _line in range(3):  # name (English), kind, owner
            await face.press("tab")
        await face.type("wm")
        await face.press("enter", "ctrl+s")
        row = await only(face, "Boutique opening")
        assert (row.owner.title, row.stage) == ("王敏", "idea")
        assert "▌PRJ-007" in face.text and "Idea 1" in face.text


async def test_what_others_store_comes_into_sight(desk: Settings) -> None:
    async with running(desk, place="projects") as face:
        await at(face, "春季媒体日")
        row = await only(face, "秋季快闪")
        await face.perform(lambda work: work.edit(row, name="秋季快闪店"))
        await face.perform(lambda work: staged(work, "急事", "planning", owner=row.owner, priority="P0"))
        await heard(face)
        assert "秋季快闪店" in face.text and "Planning 2" in face.text
        assert about(face).startswith(" PRJ-") and "春季媒体日" in about(face)  # the cursor stays on its card


# -- the page --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
async def test_the_page_says_where_it_stands_and_what_it_lacks(desk: Settings, size: tuple[int, int]) -> None:
    async with running(desk, size, place="projects") as face:
        await at(face, "曜石腕表发布会")
        text = await face.press("enter")
        for said in ("曜石腕表发布会  P0  ● green  D-1", "▌Preparing › Executing", "Missing for Executing: TSK-", "K06 100",
                     "93%  ¥1,860,000.00 / ¥2,000,000.00", "not settled", "Tasks 0/2", "▌must  确认灯光方案", "late 2 d"):  # fmt: skip
            assert said in text
        assert ("Depends" in text or "Status" in text) is (size[0] == 120)
        assert "Board" in await face.press("escape")


async def test_tasks_are_ticked_waived_postponed_and_deleted_on_the_page(desk: Settings) -> None:
    async with running(desk, place="projects") as face:
        await at(face, "曜石腕表发布会")
        await face.press("enter", "w")
        await face.type("linlan")
        text = await face.press("enter")
        (must,) = await face.rows("task", title="确认灯光方案")
        assert must.waived_by.title == "林岚"
        assert "▌waived" in text and "Nothing is missing for Executing" in text
        await face.press("down", "z")
        await face.type("+9d")
        await face.press("enter")
        assert (await face.rows("task", title="二次确认嘉宾"))[0].due_on == day(9)
        await face.press("w")
        assert "Only a task that must be done is waived." in face.line
        await face.press("z")
        await face.type("yesterday")
        await face.press("enter")
        assert "after today" in face.line
        text = await face.press("x")
        assert "Tasks 1/2" in text and "Done" in text
        assert "has no open task here" in await face.press("x")
        await face.press("delete")
        assert await face.rows("task", title="二次确认嘉宾") == []
        assert "Tasks 1/2" in await face.press("ctrl+z")


async def test_the_page_edits_what_the_mark_is_on(desk: Settings) -> None:
    async with running(desk, place="projects") as face:
        await at(face, "曜石腕表发布会")
        await face.press("enter", "e")
        await face.type("!")
        await face.press("ctrl+s")
        assert len(await face.rows("task", title="确认灯光方案!")) == 1
        await face.press("home", "enter")
        await face.type("2026")
        await face.press("ctrl+s")
        assert (await only(face, "曜石腕表发布会2026")).version > 1
        await face.press("a")
        await face.type("New one")
        await face.press("ctrl+s")
        (task,) = await face.rows("task", title="New one")
        assert (task.project.title, task.owner.title) == ("曜石腕表发布会2026", "王敏")


async def test_what_is_related_is_one_key_away(desk: Settings) -> None:
    async with running(desk, place="projects") as face:
        row = await only(face, "曜石腕表发布会")
        await face.perform(lambda work: work.add("document", title="通稿", project=row))
        await at(face, "曜石腕表发布会")
        text = await face.press("enter", "tab")
        assert "Documents" in text and "Owner" in text
        await face.press("enter")
        assert face.app.screen.row.heading == "通稿"  # type: ignore[attr-defined]
        await face.press("escape")
        other = await only(face, "VIP 晚宴")
        await face.perform(lambda work: records.link(work, row, other, "预展"))
        await heard(face)
        assert "预展" in await face.press("end", "up")
        await face.press("delete")
        assert "are no longer linked" in face.line


async def test_brackets_go_through_the_board(desk: Settings) -> None:
    async with running(desk, place="projects") as face:
        await face.press("enter")
        seen = [face.app.screen.row.heading]  # type: ignore[attr-defined]
        for _card in range(4):
            await face.press("]")
            seen.append(face.app.screen.row.heading)  # type: ignore[attr-defined]
        assert len(set(seen)) == 5
        await face.press("]")
        assert "That was the last one." in face.line
        await face.press("[")
        assert face.app.screen.row.heading == seen[-2]  # type: ignore[attr-defined]
        await face.press("escape")
        assert seen[-2] in about(face)  # the cursor went along


async def test_a_project_on_hold_says_where_it_comes_from_and_goes_back_there(desk: Settings) -> None:
    async with running(desk, place="projects") as face:
        await at(face, "VIP 晚宴")
        await face.press("enter", "m", "down", "down", "enter")
        await face.type("later")
        text = await face.press("enter")
        assert "▌On hold  from Preparing" in text
        await face.press("m", "enter")
        assert (await only(face, "VIP 晚宴")).stage == "preparing"


async def test_a_deleted_project_leaves_its_page_and_comes_back_by_undo(desk: Settings) -> None:
    async with running(desk, place="projects") as face:
        await at(face, "VIP 晚宴")
        text = await face.press("enter", "home", "delete")
        assert "Ctrl+Z brings it back" in face.line and "VIP 晚宴" not in text
        assert "VIP 晚宴" in await face.press("ctrl+z")


# -- hostile text, many cards ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [*SIZES, (40, 10)])
async def test_no_name_upsets_the_board_or_the_page(desk: Settings, size: tuple[int, int]) -> None:
    names = [name[:500] for name in NASTY] + [
        "👨‍👩‍👧‍👦 family 🏳️‍🌈",
        "e\u0301\u0301\u0301\u0301\u0301",
        "\u3000",
        "ﷺ" * 20,
    ]
    store.open_desk(desk)
    with store.write("林岚") as work:
        owner = work.add("person", name=names[0])
        for name in names:
            if name.strip():
                row = staged(
                    work,
                    name,
                    "executing",
                    owner=owner,
                    blocked_by=name,
                    objective=name,
                    health="red",
                    health_reason=name,
                    due_on=day(3),
                )
                work.add("task", title=name, project=row, owner=owner)
    store.close()
    async with running(desk, size, place="projects") as face:
        await at(face, "[/]")
        board = face.app.screen.query_one(Board)
        await face.press("enter")
        for _name in names:
            await face.press("]")
            assert "\x1b" not in face.text and "\u202e" not in face.text
        await face.press("m", "escape", "escape")
        for y in range(board.size.height):
            line = board.render_line(y)
            assert line.cell_length == size[0]
            assert not any(char < " " or "\u202a" <= char <= "\u202e" for char in line.text)
        await face.press("f")
        await face.type("[/]")
        await face.press("enter", "x")
        assert len(await face.rows("task", status="done")) == 1


@pytest.mark.parametrize("ascii_only", [False, True])
async def test_a_terminal_with_wide_line_characters_gets_plain_ones(desk: Settings, ascii_only: bool) -> None:
    from prtui.terminal import width

    width.use(width.ASCII if ascii_only else width.UNICODE)
    try:
        async with running(desk, place="projects") as face:
            text = face.text + await face.press("enter")
            drawn = {char for char in text if char in "▌─●▲■▪▫›↓…→"}
            assert (drawn == set()) is ascii_only
            assert (">PRJ-003" in text) is ascii_only
    finally:
        width.use(width.UNICODE)


async def test_a_thousand_cards_are_not_drawn_to_show_ten(desk: Settings) -> None:
    store.open_desk(desk)
    with store.write("林岚") as work:
        owner = query.rows("person")[0]
        for number in range(1000):
            staged(work, f"项目 {number}", ("planning", "executing")[number % 2], owner=owner, due_on=day(number))
    store.close()
    async with running(desk, place="projects") as face:
        board = face.app.screen.query_one(Board)
        assert "Planning 501" in face.text and "↓ 499" in face.text
        assert len(board._faces) <= 12
        assert len(board.children) == 0
        await face.press("end")
        assert "↑ 499" in face.text and "▌PRJ-1005" in face.text
        await face.press("right", "home", "pagedown")
        assert len(board._faces) <= 40


async def test_a_clip_book_is_one_key_away_on_the_board_and_on_the_page(desk: Settings) -> None:
    async with running(desk, place="projects") as face:
        await face.press("ctrl+e")
        assert "Clip book  Chinese" in face.text and "Clip book  English" in face.text
        await face.press("enter")
        assert "Written" in face.text
        (path,) = (desk.data / "exports").glob("*.docx")
        assert path.stat().st_mode & 0o777 == 0o600
        await face.press("escape", "enter", "ctrl+e", "down", "enter", "escape")
        # Guests come from a file: the command that reads it is told.
        assert "Invitation" in await face.press("ctrl+e")
        text = " ".join((await face.press("end", "enter")).split())
        assert "prtui export invitation PRJ-2026-00" in text and "--guests FILE.csv" in text and "--reply-by" in text
    assert len(list((desk.data / "exports").glob("*.docx"))) == 2
