"""Saved searches and counts on the search screen, by keys."""

from __future__ import annotations

import pytest
from textual import events

from prtui.config import Settings
from prtui.desk import records, searches
from prtui.screens.counts import Counts
from prtui.screens.search import SearchScreen
from prtui.store import Work
from tests.desk_app import running
from tests.test_screens_search import SIZES, answered, desk, searched

__all__ = ["desk"]


def another(work: Work) -> None:
    records.add(work, "document", {"type": "note", "title": "质量问题又来了", "body": "质量问题"})


async def emptied(face: object, screen: SearchScreen) -> SearchScreen:
    screen.prompt.focus()
    screen.prompt.value = ""
    return await answered(face)  # type: ignore[arg-type]


@pytest.mark.parametrize("size", SIZES)
async def test_a_search_is_saved_counts_what_is_new_and_is_seen_when_run(desk: Settings, size: tuple[int, int]) -> None:
    async with running(desk, size) as face:
        screen = await searched(face, "质量问题 -召回")
        await face.press("ctrl+s")
        assert "Save the search as › 质量问题 -召回" in face.text
        await face.press("enter")
        assert "Saved as “质量问题 -召回”" in face.line
        await emptied(face, screen)
        assert "质量问题 -召回   0 new" in face.text and "kind:coverage" in face.text
        await face.perform(another)
        await face.app._catch_up()
        await answered(face)
        assert "▌质量问题 -召回   1 new" in face.text
        await face.press("enter")
        await answered(face)
        assert screen.prompt.value == "质量问题 -召回" and len(screen.hits.hits) == 4
        lines = screen.hits.said.splitlines()
        at = next(number for number, line in enumerate(lines) if "又来了" in line)
        assert lines[at + 1].startswith(" new ") and sum(line.startswith(" new ") for line in lines) == 1
        await emptied(face, screen)
        assert "0 new" in face.text
        assert not screen.hits._marks


async def test_the_name_may_be_another_and_esc_saves_nothing(desk: Settings) -> None:
    async with running(desk) as face:
        screen = await searched(face, "质量问题")
        await face.press("ctrl+s", "escape")
        assert not await face.rows("search")
        await face.press("ctrl+s", *["backspace"] * 4)
        await face.type("weekly")
        await face.press("enter")
        (row,) = await face.rows("search")
        assert (row.name, row.query, row.owner) == ("weekly", "质量问题", "林岚")
        await emptied(face, screen)
        line = next(line for line in face.text.splitlines() if "weekly" in line)
        assert line.rstrip().endswith("质量问题")


async def test_a_saved_search_is_deleted_and_comes_back(desk: Settings) -> None:
    async with running(desk) as face:
        for name in ("a", "b"):
            await face.app.write(searches.save, "质量问题", name)
        screen = await searched(face, "zzz")
        await face.press("tab", "delete")
        assert len(await face.rows("search")) == 2
        await emptied(face, screen)
        await face.press("down", "down")
        assert "Del Delete" in face.text or "Delete Delete" in face.text
        await face.press("delete")
        assert "b deleted" in face.line and [row.name for row in await face.rows("search")] == ["a"]
        await answered(face)
        assert "b   0 new" not in face.text
        await face.press("ctrl+z")
        await answered(face)
        assert "b   0 new" in face.text
        await face.press("delete")
        await answered(face)
        await face.press("delete")
        await answered(face)
        assert not screen.saved.display and screen.prompt.has_focus


async def test_nothing_typed_is_not_saved(desk: Settings) -> None:
    async with running(desk, place="search") as face:
        await answered(face)
        await face.press("ctrl+s")
        assert "nothing to save" in face.line and not await face.rows("search")


async def test_the_searches_of_others_are_theirs(desk: Settings) -> None:
    async with running(desk, place="search") as face:
        await face.perform(searches.save, "别人的")
        await answered(face)
        assert "别人的" not in face.text


@pytest.mark.parametrize("size", SIZES)
async def test_counts_stand_beside_the_hits_and_enter_narrows(desk: Settings, size: tuple[int, int]) -> None:
    async with running(desk, size) as face:
        screen = await searched(face, "质量问题")
        await face.press("ctrl+f")
        await answered(face)
        counts = screen.query_one(Counts)
        assert counts.has_focus and not screen.query_one("#preview").display
        assert [option.id for option in counts.options if option.id] == [
            "kind:Document", "kind:Coverage", 'outlet:"财经日报"', "tone:Unrated", "year:2026",
        ]  # fmt: skip
        text = face.text
        assert "▌  Document" in text and ("Year" in text or size[1] == 24) and "关于质量问题的声明" in text
        await face.press("down", "enter")
        await answered(face)
        assert screen.prompt.value == "质量问题 kind:Coverage" and len(screen.hits.hits) == 1
        assert counts.has_focus and counts.current is not None and counts.current.id == "kind:Coverage"
        await face.press("enter")
        await answered(face)
        assert screen.prompt.value == "质量问题" and len(screen.hits.hits) == 3
        await face.press("escape")
        assert face.app.screen is screen and not counts.display and screen.prompt.has_focus
        assert screen.query_one("#preview").display == (size[0] == 120)
        await face.press("tab", "f")
        assert counts.display


async def test_letters_stay_letters_while_a_query_is_typed(desk: Settings) -> None:
    async with running(desk, place="search") as face:
        await answered(face)
        screen = face.app.screen
        assert isinstance(screen, SearchScreen)
        await face.type("fs")
        assert screen.prompt.value == "fs" and not screen.query_one(Counts).display


async def test_counts_follow_what_is_typed(desk: Settings) -> None:
    async with running(desk, (120, 40)) as face:
        screen = await searched(face, "质量问题")
        await face.press("ctrl+f", "/")
        screen.prompt.value = ""
        screen.prompt.post_message(events.Paste("曜石"))
        await answered(face)
        assert [option.right for option in screen.query_one(Counts).options if option.id] == ["100"] * 3 + ["75", "25"]


async def test_the_hits_are_written_beside_those_of_before(desk: Settings) -> None:
    async with running(desk, (120, 40)) as face:
        await searched(face, "曜石")
        await face.press("ctrl+e")
        await answered(face)
        await face.press("tab", "ctrl+e")
        await answered(face)
        first, second = sorted(desk.exports.iterdir(), key=lambda path: len(path.name))
        assert second.stem == f"{first.stem}-2" and first.read_bytes() == second.read_bytes()
        assert "100 hits are in" in face.text and second.name in "".join(face.text.split())
        lines = first.read_text(encoding="utf-8-sig").splitlines()
        assert len(lines) == 101 and lines[0] == "Code,Kind,Title,Date,Outlet,Tone,Project,Owner,Text"
        assert lines[1].split(",")[1:6] == ["Coverage", "曜石特写 第000篇", "2026-03-16", "财经日报", "Unrated"]
        assert first.stat().st_mode & 0o777 == 0o600
        await searched(face, "zzz")
        await face.press("ctrl+e")
        await answered(face)
        assert "nothing to write" in face.line
