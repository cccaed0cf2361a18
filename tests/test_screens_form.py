"""The generic form: nothing typed is lost, references are found by pinyin, faults stand under their field."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual import events

from prtui import store
from prtui.config import Settings
from prtui.errors import DiskTrouble
from prtui.screens.form import FormScreen
from prtui.store import query
from tests.desk_app import NASTY, Face, running


@pytest.fixture
def desk_settings(tmp_path: Path) -> Iterator[Settings]:
    """A desk with an outlet and two people of one name."""
    settings = Settings(data=tmp_path / "desk", actor="林岚")
    store.open_desk(settings)
    with store.write("林岚") as work:
        work.add("outlet", name="第一财经", tier="A")
        work.add("person", name="李伟", position="市场")
        work.add("person", name="李伟", position="法务")
        work.add("person", name="曾一诺")
    store.close()
    yield settings


async def fill(face: Face, **typed: str) -> None:
    """Type into named fields of the form in sight."""
    for name, words in typed.items():
        line = next(one for one in face.app.screen.query("FieldLine") if one.field == name)  # type: ignore[attr-defined]
        line.editor.focus()  # type: ignore[attr-defined]
        await face.settle()
        await face.type(words)


async def open_form(face: Face, kind: str, **options: Any) -> FormScreen:
    """A form on top of the screen in sight."""
    form = FormScreen(kind, **options)
    await face.app.push_screen(form)
    await face.settle()
    return form


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_record_is_added_by_keys_alone(desk_settings: Settings, size: tuple[int, int]) -> None:
    async with running(desk_settings, size, place="media") as face:
        await face.press("a")
        assert "New: Outlet" in face.text
        await face.type("嘉人")
        await face.press("down", "down", "right", "down", "down", "A")
        await face.press("ctrl+s")
        (row,) = await face.rows("outlet", name="嘉人")
        assert (row.tier, row.type) == ("A", "state")
        assert "▌嘉人" in face.text and row.code in face.line


async def test_what_is_wrong_stands_under_its_field_and_what_was_typed_stays(desk_settings: Settings) -> None:
    async with running(desk_settings, place="media") as face:
        await open_form(face, "coverage")
        await fill(face, title="特写", published_at="13/45")
        text = await face.press("ctrl+s")
        lines = text.splitlines()
        at = next(number for number, line in enumerate(lines) if "13/45" in line)
        assert "is not" in lines[at + 1]
        assert "特写" in text
        assert await face.rows("coverage") == []
        await fill(face, published_at="")
        await face.press(*["backspace"] * 5)
        text = await face.press("ctrl+s")
        assert text.count("is required") == 2


async def test_a_reference_is_found_by_initials_and_two_of_a_name_are_told_apart(desk_settings: Settings) -> None:
    async with running(desk_settings, place="media") as face:
        await open_form(face, "task")
        await fill(face, title="确认灯光", owner="lw")
        assert "PER-" in face.text and face.text.count("李伟") == 2
        await face.press("down", "enter", "ctrl+s")
        (task,) = await face.rows("task")
        people = await face.rows("person", name="李伟")
        assert task.owner.id == people[1].id


async def test_a_field_appears_with_the_choice_that_gives_it_a_meaning(desk_settings: Settings) -> None:
    async with running(desk_settings, (120, 40), place="media") as face:
        await open_form(face, "coverage")
        assert "Pickup of" not in face.text
        original = next(one for one in face.app.screen.query("FieldLine") if one.field == "original")  # type: ignore[attr-defined]
        original.editor.focus()  # type: ignore[attr-defined]
        await face.settle()
        assert "Pickup of" in await face.press("p")
        assert "Pickup of" not in await face.press("home")


async def test_leaving_keeps_a_draft_that_is_offered_again(desk_settings: Settings) -> None:
    async with running(desk_settings, place="media") as face:
        await face.press("a")
        await face.type("半个名字")
        await face.press("escape")
        assert "draft" in face.line
        text = await face.press("a")
        assert "A draft from" in text and "半个名字" in text
        text = await face.press("enter")
        assert "New: Outlet" in text and "半个名字" in text
        await face.press("ctrl+s")
        assert [row.name for row in await face.rows("outlet", name="半个名字")] == ["半个名字"]
        assert face.app.drafts.flush() and face.app.drafts.drafts.all() == []


async def test_a_draft_is_on_disk_within_three_tenths_of_a_second(desk_settings: Settings) -> None:
    async with running(desk_settings, place="media") as face:
        await face.press("a")
        await face.type("x")
        for _wait in range(100):
            if face.app.drafts.drafts.all():
                break
            await asyncio.sleep(0.01)
        (draft,) = face.app.drafts.drafts.all()
        assert draft.values == {"name": "x"}


async def test_after_a_restart_the_draft_is_told_of_and_gone_on_with(desk_settings: Settings) -> None:
    async with running(desk_settings, place="media") as face:
        await face.press("enter", "e")
        await fill(face, city="上海")
    async with running(desk_settings) as face:
        assert "A draft is kept" in face.line and "OUT-" in face.line
        await face.press("ctrl+r", "enter")
        assert "上海" in face.text
        await face.press("ctrl+s")
        (row,) = await face.rows("outlet")
        assert row.city == "上海"


async def test_another_saved_first_and_each_field_is_chosen(desk_settings: Settings) -> None:
    async with running(desk_settings, place="media") as face:
        (row,) = await face.rows("outlet")
        await open_form(face, "outlet", row=row)
        await fill(face, city="上海", language="zh")
        await face.perform(lambda work: work.edit(row, city="北京", language="en", tier="B"))
        text = await face.press("ctrl+s")
        assert "changed by 王敏" in text and "mine" in text
        text = await face.press("down", "space")
        assert "theirs" in text and "en" in text
        await face.press("ctrl+s")
        (now,) = await face.rows("outlet")
        assert (now.city, now.language, now.tier) == ("上海", "en", "B")


async def test_esc_in_a_conflict_goes_back_to_the_form_with_everything_typed(desk_settings: Settings) -> None:
    async with running(desk_settings, place="media") as face:
        (row,) = await face.rows("outlet")
        form = await open_form(face, "outlet", row=row)
        await fill(face, city="上海")
        await face.perform(lambda work: work.edit(row, city="北京"))
        await face.press("ctrl+s", "escape")
        assert face.app.screen is form and form.unsaved == {"city": "上海"}
        await face.press("ctrl+s", "ctrl+s")
        assert (await face.rows("outlet"))[0].city == "上海"


async def test_a_draft_of_an_older_version_never_overwrites_unseen(desk_settings: Settings) -> None:
    async with running(desk_settings, place="media") as face:
        await face.press("e")
        await fill(face, city="上海")
        await face.press("escape")
        (row,) = await face.rows("outlet")
        await face.perform(lambda work: work.edit(row, city="北京"))
        await face.press("e", "enter", "ctrl+s")
        assert "changed by 王敏" in face.text
        assert (await face.rows("outlet"))[0].city == "北京"


async def test_a_full_disk_keeps_the_form_open(desk_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: object, **_values: object) -> None:
        raise DiskTrouble("The disk is full.", hint="Free some room.")

    async with running(desk_settings, place="media") as face:
        form = await open_form(face, "outlet")
        await fill(face, name="新媒体")
        with monkeypatch.context() as patch:
            patch.setattr(store, "perform", full)
            await face.press("ctrl+s")
        assert face.app.screen is form and "The disk is full. Free some room." in face.line
        await face.press("ctrl+s")
        assert await face.rows("outlet", name="新媒体")


async def test_ctrl_z_puts_the_field_back_and_undoes_nothing_else(desk_settings: Settings) -> None:
    async with running(desk_settings, place="media") as face:
        await face.press("e")
        await fill(face, name="乱")
        assert "第一财经" in await face.press("ctrl+z")
        await face.press("escape")
        assert len(await face.rows("outlet")) == 1 and "draft" not in face.line


@pytest.mark.parametrize("words", NASTY)
async def test_hostile_text_can_be_pasted_and_stored(desk_settings: Settings, words: str) -> None:
    async with running(desk_settings, place="media") as face:
        await open_form(face, "person")
        face.app.screen.focused.post_message(events.Paste(words))  # type: ignore[union-attr]
        await fill(face, note="")
        face.app.screen.focused.post_message(events.Paste(words + "\nsecond line"))  # type: ignore[union-attr]
        await face.settle()
        assert "\x1b" not in face.text and "\u202e" not in face.text
        await face.press("ctrl+s")
        if len(words) > 500:
            assert "10000 characters" in face.text
        else:
            row = (await face.app.door.read(query.rows, "person", order=["-id"], limit=1))[0]
            assert row.name and row.note.endswith("second line") and "\x1b" not in row.name


async def test_several_pasted_lines_become_one_and_none_is_lost(desk_settings: Settings) -> None:
    async with running(desk_settings, place="media") as face:
        form = await open_form(face, "person")
        form.focused.post_message(events.Paste("一行\n二行\r\n三行"))  # type: ignore[union-attr]
        await face.settle()
        assert form.typed["name"] == "一行 二行 三行"


async def test_a_form_survives_a_terminal_too_small_for_it(desk_settings: Settings) -> None:
    async with running(desk_settings, (40, 10), place="media") as face:
        await face.press("a")
        await face.type("小")
        await face.pilot.resize_terminal(80, 24)
        await face.settle()
        assert "小" in face.text and "Ctrl+S" in face.text


async def test_what_a_full_disk_refuses_is_offered_again_and_not_left_without_asking(
    desk_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(desk_settings, place="media") as face:

        def refuse(*_draft: object) -> None:
            raise DiskTrouble("full")

        monkeypatch.setattr(face.app.drafts.drafts, "keep", refuse)
        await face.press("a")
        await face.type("半个名字")
        assert not face.app.drafts.flush()
        await face.press("escape")
        assert "only until" in face.line
        assert "半个名字" in await face.press("a")
        await face.press("enter")
        assert "leaving loses it" in await face.press("ctrl+q")
        assert "半个名字" in await face.press("escape")
        monkeypatch.undo()
        await face.press("escape")
        assert face.app.drafts.flush()
        (draft,) = face.app.drafts.drafts.all()
        assert draft.values == {"name": "半个名字"}


async def test_what_to_do_next_is_read_below_where_a_line_is_too_short(desk_settings: Settings) -> None:
    async with running(desk_settings, place="media") as face:
        face.app.screen.note("something of the screen's own")  # type: ignore[attr-defined]
        face.app.tell("This database was upgraded while this session was open, so it no longer writes. Close it now.")
        await face.settle()
        assert "so it no longer\n" in face.text and "writes. Close it now." in face.text
        text = await face.press("down")
        assert "Close it now." not in text and "something of the screen's own" in text


@pytest.mark.parametrize(
    ("keys", "says"), [(["ctrl+p"], "Commands"), (["f1"], "Help"), (["a", "x", "escape", "a"], "A draft")]
)
async def test_a_question_on_a_terminal_too_small_for_it_still_says_how_to_leave(
    desk_settings: Settings, keys: list[str], says: str
) -> None:
    async with running(desk_settings, place="media") as face:
        await face.press(*keys)
        await face.pilot.resize_terminal(40, 10)
        await face.settle()
        assert says in face.text and "Esc Leave" in face.text.splitlines()[-1]
        await face.press("escape")
        assert "prtui wants" in face.text
        await face.pilot.resize_terminal(80, 24)
        await face.settle()
        assert "prtui wants" not in face.text
