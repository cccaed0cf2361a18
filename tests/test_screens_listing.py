"""The generic list, by its keys."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from prtui import store
from prtui.config import Settings
from prtui.screens.detail import RESTED
from tests.desk_app import NASTY, running


@pytest.fixture
def media(tmp_path: Path) -> Iterator[Settings]:
    """A desk with some outlets, closed again: the app opens it on its own thread."""
    settings = Settings(data=tmp_path / "desk", actor="林岚")
    store.open_desk(settings)
    with store.write("林岚") as work:
        for name, tier in (("VOGUE 服饰与美容", "A"), ("第一财经", "A"), ("嘉人", "B"), ("财经日报", "C")):
            work.add("outlet", name=name, tier=tier)
        work.add("person", name="单宁", phone="13800000001")
    store.close()
    yield settings


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_list_is_narrowed_by_initials_while_typing(media: Settings, size: tuple[int, int]) -> None:
    async with running(media, size, place="media") as face:
        assert "VOGUE" in face.text and "嘉人" in face.text
        await face.press("f")
        text = await face.type("dycj")
        assert "第一财经" in text and "嘉人" not in text
        await face.press("enter")
        assert "› dycj" in face.text
        assert "嘉人" in await face.press("escape")


async def test_the_twin_of_a_letter_works_with_an_input_method_on(media: Settings) -> None:
    async with running(media, place="media") as face:
        await face.press("ctrl+f")
        assert "Filter ›" in face.text
        await face.press("escape")
        await face.press("ｆ")
        assert "Filter ›" in face.text


async def test_a_chinese_word_typed_into_a_list_narrows_it(media: Settings) -> None:
    async with running(media, place="media") as face:
        text = await face.type("财经")
        assert "财经日报" in text and "第一财经" in text and "嘉人" not in text


async def test_arrows_move_the_list_that_is_being_narrowed(media: Settings) -> None:
    async with running(media, place="media") as face:
        await face.press("f", "down", "down")
        assert face.text.splitlines()[8].startswith(" ▌")
        await face.press("enter", "enter")
        assert face.app.screen.row.kind == "outlet"  # type: ignore[attr-defined]


async def test_what_stands_beside_the_list_follows_the_cursor_when_it_rests(
    media: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("prtui.screens.detail.RESTED", 0.4)
    async with running(media, (120, 40), place="media") as face:
        screen = face.app.screen
        shown: list[str] = []
        show = screen.detail.show
        monkeypatch.setattr(screen.detail, "show", lambda lines: (shown.append(next(iter(lines))[0][0]), show(lines)))
        for _arrow in range(3):
            await face.pilot.press("down")
        assert screen.table.cursor == 3
        for _turn in range(100):
            if shown:
                break
            await asyncio.sleep(0.05)
        assert shown == [screen.table.row.cells[0]]


async def test_a_digit_sorts_by_the_column_and_turns_it_round(media: Settings) -> None:
    async with running(media, place="media") as face:
        await face.press("2")
        assert "by Tier ↑" in face.text
        text = await face.press("2")
        assert "by Tier ↓" in text
        lines = text.splitlines()
        assert "财经日报" in lines[6]


async def test_delete_takes_the_marked_ones_out_of_sight_and_undo_brings_them_back(media: Settings) -> None:
    async with running(media, place="media") as face:
        text = await face.press("space", "down", "space")
        assert "2 marked" in text
        await face.press("delete")
        assert len(await face.rows("outlet")) == 2
        assert "Ctrl+Z" in face.line
        text = await face.press("ctrl+z")
        assert len(await face.rows("outlet")) == 4
        assert "Taken back" in face.line and "OUT-2026-" in face.line and "嘉人" in text


async def test_the_lists_of_a_place_stand_side_by_side(media: Settings) -> None:
    async with running(media, place="media") as face:
        text = await face.press("right")
        assert "Nothing here yet" in text
        assert "VOGUE" in await face.press("left")


@pytest.mark.parametrize(("place", "imports"), [("people", False), ("documents", True)])
async def test_an_empty_list_names_only_keys_that_it_has(tmp_path: Path, place: str, imports: bool) -> None:
    async with running(Settings(data=tmp_path / "new", actor="林岚"), place=place) as face:
        assert "a adds the first" in face.text and ("m imports" in face.text) == imports


async def test_a_wide_screen_shows_what_the_cursor_is_on(media: Settings) -> None:
    async with running(media, (120, 40), place="media") as face:
        before = face.text.splitlines()
        await face.press("down")
        await asyncio.sleep(2 * RESTED)
        await face.settle()
        after = face.text.splitlines()
        assert before[4][80:].strip() != after[4][80:].strip()
        assert after[5][80:].strip().startswith("OUT-")


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (40, 10)])
async def test_hostile_names_are_only_text(media: Settings, size: tuple[int, int]) -> None:
    store.open_desk(media)
    with store.write("x") as work:
        for name in NASTY:
            work.add("outlet", name=name[:500], note=name, city=name[:500])
    store.close()
    async with running(media, size, place="media") as face:
        for _step in range(6):
            text = await face.press("down")
            assert "\x1b" not in text and "\u202e" not in text and "\u200b" not in text
        if size[0] >= 80:
            assert "[@click=app.quit]x" in face.text
        await face.press("enter")
        await face.press("e", "escape", "h", "escape", "escape")
        await face.press("f")
        await face.type("[/]")
        await face.press("enter")
        assert face.app.is_running
