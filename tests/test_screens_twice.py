"""Keys that arrive in one burst, over a slow line or from an impatient hand: nothing happens twice and nothing falls down."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual import events

from prtui import store
from prtui.config import Settings
from prtui.desk import records
from prtui.screens.dialogs import Choose
from prtui.screens.form import FormScreen
from prtui.screens.options import Option
from prtui.store import query
from tests.desk_app import Face, running


@pytest.fixture
def desk_settings(tmp_path: Path) -> Iterator[Settings]:
    """A desk with two outlets and a project."""
    settings = Settings(data=tmp_path / "desk", actor="林岚")
    store.open_desk(settings)
    with store.write("林岚") as work:
        work.add("outlet", name="第一财经", tier="A")
        work.add("outlet", name="嘉人", tier="A")
        owner = work.add("person", name="王敏")
        work.add("project", name="发布会", owner=owner.id)
    store.close()
    yield settings


def send(face: Face, *keys: str) -> None:
    """Press keys without waiting for anything."""
    for key in keys:
        face.app.post_message(events.Key(key, key if len(key) == 1 else None))


async def burst(face: Face, *keys: str) -> str:
    """Press keys without waiting for what each does, and return the screen when nothing moves any more."""
    send(face, *keys)
    await face.settle()
    while face.app.busy:
        await face.settle()
    return face.text


def pages(face: Face) -> list[str]:
    """The screens that lie on each other, the lowest first."""
    return [type(one).__name__ for one in face.app.screen_stack]


async def test_saving_twice_stores_one_record(desk_settings: Settings) -> None:
    async with running(desk_settings, place="media") as face:
        await face.press("a")
        await face.type("华丽志")
        await burst(face, "ctrl+s", "ctrl+s", "ctrl+s")
        assert len(await face.rows("outlet", name="华丽志")) == 1
        assert pages(face) == ["MediaScreen"]


@pytest.mark.parametrize(
    ("key", "opened"), [("a", "FormScreen"), ("e", "FormScreen"), ("enter", "RecordPage"), ("m", "BringIn")]
)
async def test_a_key_pressed_twice_opens_one_screen(desk_settings: Settings, key: str, opened: str) -> None:
    async with running(desk_settings, place="media") as face:
        await burst(face, key, key, key)
        while opened not in pages(face):
            await face.settle()
        await face.settle()
        assert pages(face)[:2] == ["MediaScreen", opened]
        assert pages(face).count(opened) == 1


async def test_enter_twice_answers_a_question_once(desk_settings: Settings) -> None:
    async with running(desk_settings, place="projects") as face:
        await face.press("m")
        assert pages(face)[-1] == "Choose"
        await burst(face, "enter", "enter")
        assert face.app.is_running and pages(face)[0] == "BoardScreen"


async def test_a_question_answered_twice_takes_nothing_else_along(desk_settings: Settings) -> None:
    async with running(desk_settings, place="media") as face:
        await face.press("enter")
        question = Choose("?", [Option.of(1, "one")])
        await face.app.push_screen(question)
        await face.settle()
        question.dismiss(1)
        question.dismiss(1)
        await face.settle()
        assert pages(face) == ["MediaScreen", "RecordPage"]


async def test_a_form_saved_on_the_way_to_another_place_is_gone_when_one_comes_back(desk_settings: Settings) -> None:
    async with running(desk_settings, place="media") as face:
        await face.press("a")
        await face.type("华丽志")
        await burst(face, "ctrl+s", "f11")
        assert len(await face.rows("outlet", name="华丽志")) == 1
        assert pages(face) == ["ListScreen"]
        await face.press("f4")
        assert pages(face) == ["MediaScreen"]


async def test_what_is_typed_while_it_is_stored_stays(desk_settings: Settings) -> None:
    async with running(desk_settings, place="media") as face:
        await face.press("a")
        await face.type("华丽")
        free = threading.Event()
        held = asyncio.create_task(face.app.door.read(free.wait))  # the database is busy
        await face.pilot.press("ctrl+s")
        await face.pilot.press("志")
        free.set()
        await held
        await face.settle()
        (row,) = await face.rows("outlet", name="华丽")
        assert "华丽志" in face.text and "not saved" in face.text
        await face.press("ctrl+s")
        assert (await face.perform(lambda work: query.get("outlet", row.id))).name == "华丽志"


async def test_saved_by_another_once_more_while_choosing(desk_settings: Settings) -> None:
    async with running(desk_settings, place="media") as face:
        (row,) = await face.rows("outlet", name="嘉人")
        await face.app.push_screen(FormScreen("outlet", row))
        await face.settle()
        await face.type("x")
        theirs = await face.perform(records.change, row, {"name": "嘉人网"})
        await face.press("ctrl+s")
        assert pages(face)[-1] == "ConflictDialog"
        await face.perform(records.change, theirs, {"city": "上海"})
        await face.press("ctrl+s")
        assert pages(face)[-1] == "ConflictDialog"
        await face.press("ctrl+s")
        assert pages(face) == ["MediaScreen"]
        stored = await face.perform(lambda work: query.get("outlet", row.id))
        assert (stored.name, stored.city) == ("嘉人x", "上海")


async def test_esc_on_an_offered_draft_leaves_it_as_it_is(desk_settings: Settings) -> None:
    async with running(desk_settings, place="media") as face:
        await face.press("a")
        await face.type("华丽志")
        await face.press("escape", "a")
        assert pages(face)[-1] == "Choose"
        await face.press("escape")
        assert pages(face) == ["MediaScreen"]
        (draft,) = face.app.drafts.drafts.all()
        assert draft.values["name"] == "华丽志"


async def test_what_follows_a_key_in_one_burst_is_meant_for_what_the_key_opens(desk_settings: Settings) -> None:
    async with running(desk_settings, place="projects") as face:
        await burst(face, "ctrl+t", *"c/x h", "enter")
        (task,) = await face.rows("task")
        (project,) = await face.rows("project")
        assert task.title == "c/x h" and project.stage == "idea"
        await burst(face, "f4", "a", *"apple", "ctrl+s", "f3", "h", *"cx", "enter")
        assert [row.name for row in await face.rows("outlet", name="apple")] == ["apple"]
        (project,) = await face.rows("project")
        assert project.stage == "on_hold" and pages(face) == ["BoardScreen"]


async def test_a_key_that_was_pressed_again_too_early_is_not_meant_for_what_it_opened(desk_settings: Settings) -> None:
    async with running(desk_settings, place="media") as face:
        await burst(face, "enter", "enter", "enter")
        assert pages(face) == ["MediaScreen", "RecordPage"]
        await face.press("enter")  # seen, and meant
        assert pages(face)[-1] == "FormScreen"
        await burst(face, "escape", "escape")
        assert pages(face) == ["MediaScreen", "RecordPage"]


async def test_keys_wait_a_second_for_slow_work_and_no_longer(desk_settings: Settings) -> None:
    async with running(desk_settings, place="media") as face:
        free = threading.Event()
        held = asyncio.create_task(face.app.door.read(free.wait))  # the database is busy
        send(face, "enter", "f2")
        await asyncio.sleep(0.3)
        assert face.app.place == "media"
        await asyncio.sleep(1.2)
        assert face.app.place == "today"
        free.set()
        await held
        await face.settle()
        assert pages(face) == ["TodayScreen"]  # what was to open in a place that was left stays closed


async def test_a_half_typed_note_is_there_again(desk_settings: Settings) -> None:
    async with running(desk_settings) as face:
        await burst(face, "ctrl+n", *"task Check the lights")
        face.app.drafts.flush()
    async with running(desk_settings) as face:
        assert "Quick note" in face.text and "Ctrl+R" in face.text
        text = await face.press("ctrl+r", "enter")
        assert "task Check the lights" in text
        await face.type(" @王敏")
        await face.press("enter")
        (task,) = await face.rows("task")
        assert task.title == "Check the lights" and face.app.drafts.all() == []
        await burst(face, "ctrl+n", *"never mind", "escape")
        assert face.app.drafts.all() == [] and "never mind" not in await face.press("ctrl+n")
