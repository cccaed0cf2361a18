"""Every place, page, question and panel of the desk by scripted keys: each frame is what Textual draws."""

from __future__ import annotations

import asyncio
import contextlib
import os
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from textual import events

from prtui import clock, i18n, store
from prtui.app import Desk
from prtui.config import Settings
from prtui.desk import records, sample
from prtui.screens.dialogs import Confirm
from prtui.store import query
from prtui.terminal import width
from tests.desk_app import Face
from tests.painting import compared

SMALL = os.environ.get("PRTUI_PROOF") == "small"

# What is in sight after these keys. `‹words›` are pasted; `~` waits for a second of the clock.
PLACES = """
TodayScreen      down down up pagedown home w w
Help             f1 pagedown end
TodayScreen      escape
Palette          ctrl+p d a o down
TodayScreen      escape ctrl+n ‹任务 确认灯光› enter ctrl+z
TodayScreen      z ‹后天› escape ctrl+g 2 ctrl+l
RecordPage       enter tab
TodayScreen      escape
BoardScreen      f3 right down pagedown f w enter escape h ‹等预算› escape
Lacking          home left left left left right right right right shift+right
ProjectPage      escape enter down down tab
BoardScreen      escape
ListPage         l down end space
BoardScreen      escape escape
MediaScreen      f4 down pagedown end home right 1 1 space f c enter escape left
FormScreen       a ‹新媒体› down down ‹每日› up
MediaScreen      escape
Choose           ctrl+r
MediaScreen      escape
RecordPage       enter
History          h down pagedown
RecordPage       escape l v escape ]
MediaScreen      escape
BringIn          m ‹PATH› enter down end
MediaScreen      escape escape escape
DocumentsScreen  f8 down down pagedown end home right left down
DocumentPage     enter down pagedown v pagedown escape t tab tab
Choose           p down
DocumentPage     escape
FormScreen       f down
DocumentPage     escape
EditorScreen     e ‹再加一句：表扣已送检。› down end enter backspace ctrl+t
DocumentPage     escape
Choose           ctrl+e
Outcome          enter down
DocumentPage     escape
DocumentsScreen  escape
SearchScreen     f9 ‹腕表› down down space pagedown space s tab ‹xyz› backspace
Missing          f11 down d down
ListScreen       escape down
TodayScreen      f2
"""
CRISIS = """
CrisisScreen     f12 tab tab ‹曜石表扣断裂› enter ~
CrisisScreen     2 1 ~ f4 down enter ‹顾明远 13800000001› enter escape escape
CrisisScreen     ‹!门店证实一人划伤› enter tab ‹@02:58 客服来电› enter pageup pagedown ~ pageup
CrisisScreen     3 4 ctrl+z ‹记错了› enter f1 pagedown ~ f1
CrisisScreen     ctrl+o escape ctrl+o 4 escape ctrl+b
DocumentPage     5 f8 pagedown
CrisisScreen     f12 ~
CrisisLists      ctrl+y right right down
CrisisScreen     f12 ctrl+o 9 ~ 5 ~ shift+down ~
TodayScreen      f2
"""


NOW = datetime(2026, 3, 18, 2, 12, tzinfo=UTC)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Settings]:
    """The sample desk, closed again, and beside it two files to be imported."""
    i18n.use("zh")
    settings = Settings(data=tmp_path / "desk", actor="林岚", language="zh", sample=True, zones=("Europe/Paris",))
    with clock.frozen(NOW):
        store.open_desk(settings)
        with store.write("林岚") as work:
            sample.fill(work, clock.today(settings.zone))
        store.close()
    (tmp_path / "new").mkdir()
    for name in ("会议纪要.txt", "声明.md"):
        (tmp_path / "new" / name).write_text(f"{name} “引号” — 破折号 ’\n\n第一段。" + "正文。" * 60, encoding="utf-8")
    yield settings


async def walk(app: Any, size: tuple[int, int], script: str, folder: Path) -> None:
    """Plays the script; fails where a frame differs, or where something else comes into sight."""
    with contextlib.ExitStack() as stack:
        if script is PLACES:  # the clock of a crisis must tick
            stack.enter_context(clock.frozen(NOW))
        await _walk(app, size, script, folder)
    assert app.painting
    app.drafts.close()


async def _walk(app: Any, size: tuple[int, int], script: str, folder: Path) -> None:
    async with app.run_test(size=size) as pilot:
        face = Face(app, pilot)
        await face.settle()
        for line in filter(None, script.splitlines()):
            expected, *keys = line.replace("PATH", str(folder)).split(maxsplit=1)
            for key in keys[0].replace("‹", "\0‹").replace("›", "›\0").split("\0") if keys else ():
                await _do(face, key)
            assert type(app.screen).__name__ == expected, line
        if script is PLACES:
            await _conflict(face)
            app.push_screen(Confirm("确定离开？", "离开"))
            await face.press("right", "escape")


async def _do(face: Face, keys: str) -> None:
    if keys.startswith("‹"):
        face.app.post_message(events.Paste(keys[1:-1]))
        await face.settle()
        return
    for key in keys.split():
        if key == "~":
            await asyncio.sleep(1.1)
        else:
            await face.press(key)


async def _conflict(face: Face) -> None:
    """A form is saved that somebody else has saved meanwhile."""
    await face.press("f4", "home", "enter", "e")
    face.app.post_message(events.Paste("甲"))
    await face.settle()
    row = face.app.screen.row  # type: ignore[attr-defined]
    fresh = await face.app.door.read(query.get, row.kind, row.id)
    await face.perform(records.change, fresh, {"name": "王敏改的名字"})
    await face.press("ctrl+s")
    assert type(face.app.screen).__name__ == "ConflictDialog"
    await face.press("down", "space", "escape")


SIZES = ((80, 24), (120, 40))
DEPTHS = ("standard", "256", "truecolor")
THEMES = ("terminal", "dark", "light")


@pytest.mark.parametrize("script", [PLACES, CRISIS], ids=["places", "crisis"])
async def test_every_frame_of_a_walk_through_the_desk_is_what_textual_draws(
    desk: Settings, script: str, tmp_path: Path
) -> None:
    app = compared(Desk, "256")(desk)
    await walk(app, (80, 24), script, tmp_path / "new")


@pytest.mark.slow
@pytest.mark.parametrize("depth", DEPTHS[2:] if SMALL else DEPTHS)
@pytest.mark.parametrize("size", SIZES[1:] if SMALL else SIZES, ids=str)
@pytest.mark.parametrize("script", [PLACES, CRISIS], ids=["places", "crisis"])
async def test_every_frame_of_a_walk_at_every_size_and_depth_is_what_textual_draws(
    desk: Settings, script: str, size: tuple[int, int], depth: str, tmp_path: Path
) -> None:
    app = compared(Desk, depth)(desk)
    app.theme = THEMES[DEPTHS.index(depth)]
    await walk(app, size, script, tmp_path / "new")


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en"] if SMALL else ["en", "zh"])
async def test_a_terminal_that_draws_ambiguous_characters_wide_is_sent_letters_of_names_only(
    desk: Settings, language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(width, "_current", width.ASCII)
    i18n.use(language)
    app = compared(Desk, "256")(desk)
    await walk(app, (120, 40) if language == "en" else (80, 24), PLACES, tmp_path / "new")
    sent = {char for data in app.written for char in data if unicodedata.east_asian_width(char) == "A"}
    assert not {char for char in sent if not char.isalpha()}
