"""The app: places, the commands that hold everywhere, live refresh, what it says when things fail, and how it ends."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from prtui import clock, commands, i18n, store
from prtui.app import Desk
from prtui.config import Settings
from prtui.desk import projects
from prtui.errors import Trouble
from prtui.screens import PAGES, PLACES, load, today
from prtui.screens.base import DeskScreen
from prtui.screens.dialogs import Choose
from prtui.store import Work, engine, journal, query
from prtui.terminal import width
from tests.desk_app import running


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    """A desk with a person and an outlet."""
    settings = Settings(data=tmp_path / "desk", actor="林岚")
    store.open_desk(settings)
    with store.write("林岚") as work:
        owner = work.add("person", name="林岚")
        work.add("outlet", name="第一财经")
        work.add("project", name="曜石", owner=owner)
    store.close()
    yield settings


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 15), (40, 10)])
async def test_every_place_opens_by_its_key_and_by_ctrl_g(settings: Settings, size: tuple[int, int]) -> None:
    async with running(settings, size) as face:
        for place in PLACES:
            await face.press(place.key)
            assert face.app.place == place.id
            assert len(face.text.splitlines()) == size[1]
        for place in PLACES:
            await face.press("ctrl+g", place.after_goto)
            assert face.app.place == place.id


async def test_after_ctrl_g_the_key_of_a_place_leads_there_and_a_letter_nowhere(settings: Settings) -> None:
    async with running(settings) as face:
        await face.press("ctrl+g", "f12")
        assert face.app.place == "crisis"
        await face.press("f2", "ctrl+g", "f4", "ctrl+g", "a")  # alone it would begin a new record
        assert face.app.place == "media" and len(face.app.screen_stack) == 1
        await face.press("enter", "ctrl+g", "escape")
        assert len(face.app.screen_stack) == 2


async def test_the_key_of_the_place_one_is_in_leads_back_to_its_list(settings: Settings) -> None:
    async with running(settings) as face:
        await face.press("f4", "enter")
        assert len(face.app.screen_stack) == 2
        await face.press("f4")
        assert len(face.app.screen_stack) == 1 and face.app.place == "media"


async def test_f9_on_a_record_that_was_found_is_the_line_to_search_in(settings: Settings) -> None:
    async with running(settings) as face:
        await face.press("f9")
        await face.type("第一")
        await face.press("enter")
        assert "OUT-" in face.text and len(face.app.screen_stack) == 2
        await face.press("f9")
        await face.type("passwd")
        assert "passwd" in face.text and len(face.app.screen_stack) == 1
        assert await face.rows("outlet", name="第一财经")


async def test_the_frame_is_the_same_everywhere(settings: Settings) -> None:
    async with running(settings) as face:
        for place in PLACES:
            lines = (await face.press(place.key)).splitlines()
            assert f"▌{place.label}" in lines[0] and "林岚 Shanghai" in lines[0]
            assert lines[1] == "" and lines[2].strip() and lines[3] == ""
            assert lines[23].rstrip().endswith("F1 Help")


async def test_what_is_open_in_a_place_is_still_open_when_one_comes_back(settings: Settings) -> None:
    async with running(settings) as face:
        await face.press("f4", "a")
        await face.type("半句")
        await face.press("f11")
        assert "半句" not in face.text
        assert "半句" in await face.press("f4")


async def test_a_quick_note_shows_what_it_understands_and_keeps_the_line_on_a_fault(settings: Settings) -> None:
    async with running(settings) as face:
        await face.press("ctrl+n")
        await face.type("nonsense")
        await face.press("enter")
        assert "Start with what it is" in face.text and "nonsense" in face.text
        await face.press("ctrl+u")
        await face.type("task 确认灯光 @林岚 +3d")
        await face.press("enter")
        (task,) = await face.rows("task")
        assert task.title == "确认灯光" and task.owner.title == "林岚" and task.due_on is not None
        assert task.code in face.line
        await face.press("ctrl+z")
        assert await face.rows("task") == [] and "确认灯光" in face.line


async def test_undo_with_nothing_to_undo_says_so(tmp_path: Path) -> None:
    async with running(Settings(data=tmp_path / "empty", actor="林岚")) as face:
        await face.press("ctrl+z")
        assert "nothing of yours" in face.line
        assert face.app.is_running


@pytest.mark.parametrize("typed", ["people", "人员", "renyuan", "ry"])
async def test_the_palette_takes_english_chinese_and_pinyin(settings: Settings, typed: str) -> None:
    async with running(settings, place="media") as face:
        await face.press("ctrl+p")
        await face.type(typed)
        await face.press("enter")
        assert face.app.place == "people"


async def test_the_palette_carries_out_a_command_of_the_screen(settings: Settings) -> None:
    async with running(settings, place="media") as face:
        await face.press("ctrl+p")
        await face.type("add")
        assert "New: Outlet" in await face.press("enter")


async def test_f1_tells_every_key_of_the_screen(settings: Settings) -> None:
    async with running(settings, (120, 60), place="media") as face:
        text = await face.press("f1")
        for command in commands.of(commands.LIST, commands.EVERYWHERE):
            assert command.label in text
        assert "Ctrl+G 4" in text
        assert "Ctrl+G 4" not in await face.press("escape")


async def test_a_change_by_another_session_is_shown(settings: Settings) -> None:
    async with running(settings, place="media") as face:
        await face.press("f11", "f4")
        await face.perform(lambda work: work.add("outlet", name="嘉人"))
        await face.perform(lambda work: work.add("person", name="单宁"))
        await face.app._catch_up()
        await face.settle()
        assert "嘉人" in face.text
        assert "单宁" in await face.press("f11")


async def test_nothing_is_written_to_the_terminal_while_nothing_changes(settings: Settings) -> None:
    async with running(settings, place="media") as face:
        for screen in ("escape", "a"):
            await face.press(screen)
            written = io.StringIO()
            driver = face.app._driver
            assert driver is not None
            driver.write = written.write  # type: ignore[method-assign, assignment]
            for _second in range(3):
                await face.app._poll()
                await face.pilot.pause(0.3)
            assert written.getvalue() == ""


async def test_a_defect_is_reported_without_ending_the_session(settings: Settings) -> None:
    async with running(settings, place="media") as face:
        screen = face.app.screen
        assert isinstance(screen, DeskScreen)

        async def broken() -> None:
            raise ZeroDivisionError

        screen.start(broken, "broken", False)
        await face.settle()
        assert "ZeroDivisionError" in face.line
        (report,) = (settings.data / "logs").iterdir()
        assert "ZeroDivisionError" in report.read_text(encoding="utf-8")
        assert "第一财经" in await face.press("down")


async def test_ctrl_q_leaves_with_0_and_a_desk_that_cannot_be_opened_with_2(settings: Settings, tmp_path: Path) -> None:
    app = Desk(settings)
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.press("ctrl+q")
    assert app.return_code == 0
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "prtui.db").write_bytes(b"no database at all" * 100)
    broken = Desk(Settings(data=tmp_path / "other", actor="林岚"))
    async with broken.run_test() as pilot:
        await pilot.pause(0.2)
    assert broken.return_code == 2


async def test_esc_on_a_dialog_leaves_nothing_waiting(settings: Settings) -> None:
    async with running(settings, place="media") as face:
        await face.press("ctrl+p", "escape", "f1", "escape", "enter", "h", "escape", "escape", "a", "escape")
        assert [worker.name for worker in face.app.workers if not worker.is_finished] == []


@pytest.mark.parametrize("theme", ["terminal", "light", "dark"])
async def test_every_theme_draws(settings: Settings, theme: str) -> None:
    from dataclasses import replace

    async with running(replace(settings, theme=theme), place="media") as face:
        assert "第一财经" in await face.press("a", "escape", "ctrl+p", "escape")


def test_every_register_names_something_that_exists() -> None:
    for place in PLACES:
        assert issubclass(load(place.screen), DeskScreen)
    for page in PAGES.values():
        assert issubclass(load(page), DeskScreen)


async def test_a_great_import_by_another_session_is_heard_of_as_a_whole(settings: Settings) -> None:
    def bring(work: Work) -> None:
        for number in range(1200):
            work.add("outlet", name=f"媒体{number}")

    async with running(settings, place="media") as face:
        await face.perform(bring)
        await face.app._catch_up()
        await face.settle()
        assert "1,201" in face.text
        assert face.app._seq == await face.app.door.read(journal.head_seq)


async def test_a_database_that_went_away_is_told_once_and_come_back_to(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone() -> int:
        raise engine.LostConnection("The database server went away.", hint="prtui reconnects at the next try.")

    async with running(settings, place="media") as face:
        with monkeypatch.context() as patch:
            patch.setattr(engine, "data_version", gone)
            await face.app._poll()
            assert "went away" in face.line
            await face.press("down")
            await face.app._poll()
            assert face.line == ""
        await face.perform(lambda work: work.add("outlet", name="嘉人"))
        face.app._version = -1
        await face.app._poll()
        await face.settle()
        assert "嘉人" in face.text


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_a_terminal_with_wide_line_characters_gets_none_of_them(settings: Settings, language: str) -> None:
    i18n.use(language)
    width.use(width.ASCII)
    try:
        async with running(settings, (120, 40), place="media") as face:
            await face.perform(lambda work: work.add("outlet", name="“引号”—破折号…·", note="● ★"))
            for keys in (
                ("2",),
                ("enter",),
                ("h",),
                ("escape", "e"),
                ("down", "down"),
                ("escape", "escape", "f1"),
                ("escape", "ctrl+p"),
                ("escape", "f"),
            ):
                text = await face.press(*keys)
                assert [one for one in text if unicodedata.east_asian_width(one) == "A"] == [], keys
    finally:
        width.use(width.UNICODE)
        i18n.use("en")


@pytest.mark.parametrize("place", ["projects", "media", "documents", "people", "today"])
async def test_a_place_first_visited_while_the_database_is_away_fills_when_it_is_back(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    def gone(*_one: object, **_how: object) -> None:
        raise engine.LostConnection("The database server went away.", hint="prtui reconnects at the next try.")

    async with running(settings, place="search") as face:
        with monkeypatch.context() as patch:
            patch.setattr(engine, "data_version", gone)
            for name in ("count", "page", "rows"):
                patch.setattr(query, name, gone)
            patch.setattr(projects, "board", gone)
            patch.setattr(today, "read", gone)
            face.app.screen_stack[0]._stale = True  # type: ignore[attr-defined]
            if place == "today":
                face.app.all_screens()[0]._stale = True
            await face.app.action_place(place)
            await face.app._poll()
            await face.settle()
            assert "went away" in face.line
            await face.press("down")
            await face.app._poll()
            await face.settle()
            assert face.line == ""  # told once
            face.app.tell("The database server went away. prtui reconnects at the next try.", "bad")
        await face.app._poll()
        await face.settle()
        assert face.line == ""
        said = {"media": "第一财经", "people": "林岚     ", "projects": "曜石", "documents": "Nothing here yet"}
        assert said.get(place, "Nothing is due") in face.text


async def test_rows_that_could_not_be_read_are_read_on_ctrl_l_and_on_coming_back(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_one: object, **_how: object) -> None:
        raise Trouble("Another program holds the database.", hint="Close it.")

    async with running(settings) as face:
        for keys in (("ctrl+l",), ("f2", "f4")):
            with monkeypatch.context() as patch:
                patch.setattr(query, "page", gone)
                await face.app.action_place("media")
                face.app.screen.reload()  # type: ignore[attr-defined]
                face.app.screen.table.reload(top=True)  # type: ignore[attr-defined]
                await face.settle()
                assert "第一财经" not in face.text and "holds the database" in face.line
            await face.press(*keys)
            assert "第一财经" in face.text and face.line == ""


async def test_the_screen_under_a_question_goes_on(settings: Settings) -> None:
    async with running(settings, place="projects") as face:
        with clock.frozen(datetime(2026, 3, 19, 1, 12, tzinfo=UTC)):
            face.app._tick()
            await face.press("m")
            assert "09:12" in face.text.splitlines()[0]
        with clock.frozen(datetime(2026, 3, 19, 1, 13, tzinfo=UTC)):
            face.app._tick()
            await face.settle()
            assert "09:13" in face.text.splitlines()[0]
        await face.press("f2")
        await face.perform(lambda work: work.add("project", name="春季", owner=query.find("person", "林岚")))
        await face.app._catch_up()
        with clock.frozen(datetime(2026, 3, 19, 1, 15, tzinfo=UTC)):
            await face.press("f3")
            assert isinstance(face.app.screen, Choose) and "春季" in face.text
            assert "09:15" in face.text.splitlines()[0]
