"""The start screen, by its keys."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from textual.geometry import Region

from prtui import clock, store
from prtui.clock import Moment
from prtui.config import Settings
from prtui.screens.agenda import Agenda
from prtui.text import cells
from tests.desk_app import NASTY, Face, running

SIZES = [(80, 24), (120, 40)]
ZONE = "Asia/Shanghai"
NOW = datetime(2026, 3, 19, 1, 12, tzinfo=UTC)  # 09:12 in Shanghai, a Thursday
TODAY = date(2026, 3, 19)


@pytest.fixture(autouse=True)
def _morning() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Settings]:
    """A desk on the morning before a launch, closed again: the app opens it on its own thread."""
    settings = Settings(data=tmp_path / "desk", actor="林岚", zone=ZONE, zones=("Europe/Paris",))
    store.open_desk(settings)
    with store.write("林岚") as work:
        lan, min_ = work.add("person", name="林岚"), work.add("person", name="王敏")
        launch = work.add("project", name="曜石腕表发布会", owner=min_, priority="P0", due_on=TODAY + timedelta(1))
        work.add(
            "project",
            name="春季媒体日",
            owner=lan,
            health="amber",
            health_reason="场地未定",
            due_on=TODAY + timedelta(40),
        )
        work.add("task", title="确认灯光方案", project=launch, owner=min_, due_on=TODAY - timedelta(2), must=True)
        work.add("task", title="二次确认嘉宾", project=launch, owner=min_, due_on=TODAY)
        work.add("task", title="周报", owner=lan, due_on=TODAY + timedelta(5))
        lifts = Moment(datetime(2026, 3, 19, 12, 0, tzinfo=UTC), ZONE)
        row = work.add("document", type="release", title="曜石通稿", owner=lan, embargo_at=lifts)
        work.edit(row, status="approved")
        row = work.add(
            "document", type="statement", title="第 2 号声明", next_update_at=Moment(NOW - timedelta(minutes=12), ZONE)
        )
        work.edit(row, status="released")
    store.close()
    yield settings


def lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def agenda(face: Face) -> Agenda:
    return face.app.screen.query_one(Agenda)


def line_with(text: str, words: str) -> str:
    (line,) = [line for line in text.splitlines() if words in line[:60] and "Thu" not in line]
    return line


async def to(face: Face, words: str) -> None:
    """Put the mark at the line with these words."""
    for _line in range(30):
        if words in next(line for line in face.text.splitlines()[1:] if "▌" in line):
            return
        await face.press("down")
    raise AssertionError(words)


@pytest.mark.parametrize("size", SIZES)
async def test_today_says_what_is_late_what_is_due_and_what_comes_next(desk: Settings, size: tuple[int, int]) -> None:
    async with running(desk, size) as face:
        text = face.text
        assert text.startswith("▌Today")
        assert lines(text)[1].startswith(" Thu 19 March 2026") and lines(text)[1].endswith("曜石腕表发布会  tomorrow")
        assert "▌!!  Update" in text and "09:00  late 00:12" in line_with(text, "第 2 号声明")
        assert "03-17  late 2 d" in line_with(text, "确认灯光方案") and "TSK-001" in line_with(text, "确认灯光方案")
        assert "20:00  10:48" in line_with(text, "曜石通稿 Shanghai 20:00")
        assert (
            text.index("\n Overdue")
            < text.index("\n Today")
            < text.index("\n Tomorrow")
            < text.index("\n Worth a look")
        )
        assert "1 d" in line_with(text, "曜石腕表发布会  ")
        assert "周报" not in text
        assert ("Released" in text) is (size[0] == 120)  # the detail at the right


async def test_the_week_is_one_key_away(desk: Settings) -> None:
    async with running(desk) as face:
        text = await face.press("w")
        assert "周报" in text and "This week" in text and "Week" in lines(text)[1]
        assert "周报" not in await face.press("7")


@pytest.mark.parametrize("size", SIZES)
async def test_every_column_begins_where_the_others_do(desk: Settings, size: tuple[int, int]) -> None:
    async with running(desk, size) as face:
        text = face.text
        starts = set()
        for name in ("TSK-001", "TSK-002", "DOC-001", "PRJ-001", "PRJ-002"):
            line = next(line for line in text.splitlines() if name in line)
            starts.add(cells(line[: line.index(name)]))
        assert len(starts) == 1


async def test_x_finishes_a_task_and_says_why_not_for_the_rest(desk: Settings) -> None:
    async with running(desk) as face:
        await face.press("x")
        assert "DOC-2026-002 is not a task" in face.line
        await to(face, "确认灯光方案")
        text = await face.press("x")
        assert "Done: 确认灯光方案" in face.line and "TSK-001" not in text
        assert [row.title for row in await face.rows("task", status="done")] == ["确认灯光方案"]
        assert "确认灯光方案" in await face.press("ctrl+z")


async def test_z_puts_a_task_off_and_refuses_what_is_no_later_day(desk: Settings) -> None:
    async with running(desk) as face:
        await face.press("z")
        assert "has a time of its own" in face.line
        await to(face, "二次确认嘉宾")
        await face.press("z")
        await face.type("today")
        await face.press("enter")
        assert "Postpone it to a day after today." in face.line
        await face.press("+")
        await face.type("3/24")
        text = await face.press("enter")
        assert (await face.rows("task", title="二次确认嘉宾"))[0].due_on == date(2026, 3, 24)
        assert "TSK-002" not in text and "二次确认嘉宾" in await face.press("w")
        await face.press("z", "escape")
        assert face.line == ""


async def test_enter_opens_the_record_and_brackets_go_on(desk: Settings) -> None:
    async with running(desk) as face:
        await to(face, "曜石腕表发布会  ")
        await face.press("enter")
        assert face.app.screen.row.name == "曜石腕表发布会"  # type: ignore[attr-defined]
        await face.press("[")
        assert face.app.screen.row.heading != "曜石腕表发布会"  # type: ignore[attr-defined]
        await face.press("escape")
        assert "Overdue" in face.text


async def test_what_others_store_comes_into_sight(desk: Settings) -> None:
    async with running(desk) as face:
        owner = (await face.rows("person"))[0]
        await to(face, "二次确认嘉宾")
        await face.perform(lambda work: work.add("task", title="急事", owner=owner, due_on=TODAY))
        await face.app._catch_up()
        await face.settle()
        assert "急事" in face.text
        assert "▌" in line_with(face.text, "二次确认嘉宾")  # the mark stays


async def test_a_minute_later_only_the_clock_column_is_painted(desk: Settings, monkeypatch: Any) -> None:
    async with running(desk) as face:
        painted: list[Region] = []
        view = agenda(face)
        refresh = view.refresh
        monkeypatch.setattr(
            view,
            "refresh",
            lambda *regions, **how: (painted.extend(regions or [view.region]), refresh(*regions, **how)),
        )
        face.app.screen._pass()  # type: ignore[attr-defined]
        await face.settle()
        assert painted == []  # nothing changed, nothing is written
        with clock.frozen(NOW + timedelta(minutes=1)):
            face.app.screen._pass()  # type: ignore[attr-defined]
            await face.settle()
            assert "late 00:13" in face.text and "10:47" in face.text
        assert len(painted) == 2 and all(region.height == 1 for region in painted)


async def test_what_falls_due_meanwhile_becomes_overdue(desk: Settings) -> None:
    async with running(desk) as face:
        with clock.frozen(NOW + timedelta(hours=11)):
            face.app.screen._pass()  # type: ignore[attr-defined]
            await face.settle()
            assert "!!" in line_with(face.text, "曜石通稿 Shanghai")


async def test_an_empty_desk_says_the_first_steps_and_every_one_of_them_can_be_taken(tmp_path: Path) -> None:
    async with running(Settings(data=tmp_path / "new", actor="林岚", zone=ZONE)) as face:
        for said in ("F11 a", "F3 a", "F8 m", "F12", "add the first project"):
            assert said in face.text
        for keys, opened in ((("f11", "a"), "FormScreen"), (("f8", "m"), "BringIn"), (("f12",), "CrisisScreen")):
            await face.press(*keys)
            assert type(face.app.screen).__name__ == opened
        await face.press("f2")
        for key in ("enter", "x", "z", "w", "down"):
            await face.press(key)
        await face.press("f3", "a")
        assert "New: Project" in face.text


async def test_a_desk_where_nothing_is_due_says_so(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "desk", actor="林岚", zone=ZONE)
    store.open_desk(settings)
    with store.write("林岚") as work:
        owner = work.add("person", name="林岚")
        work.add("outlet", name="VOGUE")
        work.add("project", name="a", owner=owner)
        work.add("task", title="later", owner=owner, due_on=TODAY + timedelta(4))
    store.close()
    async with running(settings) as face:
        assert "Nothing is due today or tomorrow. w shows the week." in face.text
        text = await face.press("w")
        assert "later" in text and "Nothing is due" not in text


@pytest.mark.parametrize("size", [*SIZES, (40, 10), (20, 5)])
async def test_no_title_upsets_it_at_any_size(desk: Settings, size: tuple[int, int]) -> None:
    names = [name[:500] for name in NASTY] + ["👨‍👩‍👧‍👦 family 🏳️‍🌈"]
    store.open_desk(desk)
    with store.write("林岚") as work:
        owner = work.add("person", name=names[1])
        for name in names:
            work.add("task", title=name, owner=owner, due_on=TODAY - timedelta(1))
    store.close()
    async with running(desk, size) as face:
        for _line in range(12):
            assert "\x1b" not in face.text and "\u202e" not in face.text
            assert all(cell_len(line) <= size[0] for line in face.text.splitlines())
            await face.press("down")
        await face.press("w", "x", "enter", "escape")
        assert face.app.is_running
