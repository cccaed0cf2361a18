"""The record page: fields, what is one key away, history, links, and stepping through the list."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from prtui import store
from prtui.clock import Moment
from prtui.config import Settings
from prtui.desk import records
from tests.desk_app import running


@pytest.fixture
def media(tmp_path: Path) -> Iterator[Settings]:
    """An outlet with two pieces of coverage, another outlet, and a project."""
    settings = Settings(data=tmp_path / "desk", actor="林岚")
    store.open_desk(settings)
    with store.write("林岚") as work:
        outlet = work.add("outlet", name="第一财经", tier="A", note="跑口：腕表\n周三截稿")
        work.add("outlet", name="嘉人")
        for title in ("腕表特写", "展会侧记"):
            work.add(
                "coverage",
                title=title,
                outlet=outlet,
                published_at=Moment(datetime(2026, 3, 1, tzinfo=UTC), "Asia/Shanghai"),
            )
        person = work.add("person", name="王敏")
        work.add("project", name="曜石发布会", owner=person)
    store.close()
    yield settings


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_fields_and_what_is_related_stand_on_one_page(media: Settings, size: tuple[int, int]) -> None:
    async with running(media, size, place="media") as face:
        text = await face.press("enter")
        assert "第一财经" in text and "周三截稿" in text and "OUT-2026-001" in text
        assert "Coverage" in text and "腕表特写" in text
        text = await face.press("tab", "enter")
        assert "COV-2026-00" in text.splitlines()[2]
        text = await face.press("escape")
        assert "OUT-2026-001" in text.splitlines()[2]
        assert "嘉人" in await face.press("escape")


async def test_a_record_that_is_never_printed_offers_no_export_and_says_so(media: Settings) -> None:
    async with running(media, place="media") as face:
        assert "Export" not in await face.press("enter")
        await face.press("ctrl+e")
        assert "no Word form for a Outlet" in face.line


async def test_brackets_step_through_the_list_and_the_list_follows(media: Settings) -> None:
    async with running(media, place="media") as face:
        await face.press("enter")
        text = await face.press("】")
        assert "嘉人" in text.splitlines()[2]
        await face.press("]")
        assert "last" in face.line
        text = await face.press("escape")
        assert next(line for line in text.splitlines() if "▌" in line and "嘉人" in line)


async def test_a_link_is_made_by_a_part_of_a_name_and_taken_away(media: Settings) -> None:
    async with running(media, place="media") as face:
        await face.press("enter", "l")
        await face.type("ysfbh")
        text = await face.press("enter")
        assert "PRJ-2026-001" in text and len(await face.rows("link")) == 1
        await face.press("tab", "end", "delete")
        assert await face.rows("link") == []
        await face.press("ctrl+z")
        assert len(await face.rows("link")) == 1


async def test_history_tells_who_changed_what(media: Settings) -> None:
    async with running(media, place="media") as face:
        (row,) = await face.rows("outlet", name="第一财经")
        await face.perform(records.change, row, {"city": "上海"}, reason="电话核实")
        text = await face.press("enter", "h")
        assert "王敏" in text and "changed" in text and "→ 上海" in text and "电话核实" in text
        assert "created" in await face.press("down")
        assert "History  OUT" not in await face.press("escape")


async def test_a_page_in_sight_follows_what_others_change(media: Settings) -> None:
    async with running(media, place="media") as face:
        await face.press("enter")
        (row,) = await face.rows("outlet", name="第一财经")
        await face.perform(records.change, row, {"city": "深圳"})
        await face.app._catch_up()
        await face.settle()
        assert "深圳" in face.text


async def test_a_record_that_others_refer_to_is_not_deleted_and_says_why(media: Settings) -> None:
    async with running(media, place="media") as face:
        text = await face.press("enter", "delete")
        assert "COV-2026-001" in text and len(await face.rows("outlet")) == 2
        await face.press("escape", "]", "delete")
        assert len(await face.rows("outlet")) == 1
        assert "Ctrl+Z" in face.line


async def test_a_page_fits_any_terminal(media: Settings) -> None:
    async with running(media, place="media") as face:
        await face.press("enter")
        for size in ((40, 10), (200, 60), (60, 15), (20, 5), (80, 24)):
            await face.pilot.resize_terminal(*size)
            await face.settle()
        assert "OUT-2026-001" in face.text and "F1 Help" in face.text
