"""Files become texts, by keys."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from textual import events

from prtui import store
from prtui.config import Settings
from prtui.exchange.importing import NEW, UNREADABLE, Planned
from prtui.screens import bringing
from prtui.screens.bringing import BringIn, complete, line_of
from prtui.screens.columns import cell
from prtui.screens.documents import DocumentsScreen
from prtui.text import cells
from tests.desk_app import NASTY, Face, running

SIZES = [(80, 24), (120, 40)]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Settings]:
    """An empty desk; the app opens it on its own thread."""
    settings = Settings(data=tmp_path / "desk", actor="林岚", zone="Asia/Shanghai")
    store.open_desk(settings)
    store.close()
    yield settings


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder with a clipping, minutes, a copy of these, an old Word file and something hidden."""
    folder = tmp_path / "素材"
    folder.mkdir()
    clipping = "曜石腕表上海首发\n\n来源：财经日报  2026-03-16\n\n本报讯 品牌今日发布新表。" + "现场来宾逾百人。" * 20
    (folder / "财经日报_曜石.txt").write_text(clipping, encoding="gb18030")
    minutes = "第三次例会会议纪要\n\n时间：2026年3月5日\n\n会议议定：由产品部给出结论。"
    (folder / "minutes.md").write_text(minutes, encoding="utf-8")
    (folder / "minutes-copy.txt").write_text(minutes, encoding="utf-8")
    (folder / "旧稿.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    (folder / ".hidden.txt").write_text("x", encoding="utf-8")
    return folder


async def at_rest(face: Face) -> None:
    """Wait until reading and storing are through."""
    await face.settle()
    for _wait in range(400):
        if all(worker.is_finished for worker in face.app.screen.workers if worker.group in ("_read_files", "_store")):
            break
        await asyncio.sleep(0.02)
    await face.settle()


async def asked(face: Face, path: Path | str) -> BringIn:
    """The import with this path given."""
    await face.press("m")
    screen = cast(BringIn, face.app.screen)
    screen.prompt.post_message(events.Paste(str(path)))
    await face.settle()
    await face.pilot.press("enter")
    await at_rest(face)
    return screen


@pytest.mark.parametrize("size", SIZES)
async def test_files_are_shown_stored_and_taken_back_as_one(desk: Settings, files: Path, size: tuple[int, int]) -> None:
    async with running(desk, size, place="documents") as face:
        screen = await asked(face, files)
        text = face.text
        assert "new 2" in text and "already there 1" in text and "unreadable 1" in text
        assert "2026-03-16" in text and "财经日报" in text and "曜石腕表上海首发" in text
        text = await face.press("end", "up")
        assert "旧稿.doc: it is an old Word document (.doc)." in text.splitlines()[-2]
        assert await face.rows("document") == []
        await face.pilot.press("enter")
        await at_rest(face)
        assert "2 stored" in face.line
        assert face.app.screen is screen and "旧稿.doc" in face.text and "minutes.md" not in face.text
        (minutes,), (clipping,) = await face.rows("document"), await face.rows("coverage")
        assert minutes.type == "minutes" and "由产品部给出结论" in minutes.body
        assert clipping.outlet.title == "财经日报" and clipping.title == "曜石腕表上海首发"
        await face.press("escape")
        assert isinstance(face.app.screen, DocumentsScreen)
        await face.press("ctrl+z")
        assert await face.rows("document") == [] and await face.rows("coverage") == []


async def test_what_is_there_already_is_named_and_left_alone(desk: Settings, files: Path) -> None:
    async with running(desk, (120, 40), place="documents") as face:
        await asked(face, files / "minutes.md")
        await face.pilot.press("enter")
        await at_rest(face)
        assert isinstance(face.app.screen, DocumentsScreen) and "1 stored" in face.line
        (row,) = await face.rows("document")
        await asked(face, files / "minutes-copy.txt")
        assert f"= {row.code}" in face.text and "nothing new" in face.text
        await face.pilot.press("enter")
        await at_rest(face)
        assert len(await face.rows("document")) == 1 and isinstance(face.app.screen, DocumentsScreen)


async def test_clippings_are_imported_from_the_media_too(desk: Settings, files: Path) -> None:
    async with running(desk, place="media") as face:
        await face.press("ctrl+u")
        assert isinstance(face.app.screen, BringIn)


async def test_tab_completes_the_path(desk: Settings, files: Path) -> None:
    async with running(desk, place="documents") as face:
        await face.press("m")
        screen = cast(BringIn, face.app.screen)
        screen.prompt.post_message(events.Paste(f"{files.parent}/素"))
        await face.settle()
        await face.press("tab")
        assert screen.prompt.value == f"{files}/"
        await face.type("m")
        text = await face.press("tab")
        assert screen.prompt.value == f"{files}/minutes" and "minutes-copy.txt" in text and "minutes.md" in text
        await face.press("escape")
        assert isinstance(face.app.screen, DocumentsScreen)


def test_completion_knows_home_folders_and_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "稿").mkdir()
    (tmp_path / "稿" / "a.txt").touch()
    (tmp_path / "bad\udcff.txt").touch()
    (tmp_path / "evil\x1b[2J.txt").touch()
    assert complete("~") == ("~/", [])
    assert complete("~/") == ("~/稿/", [])
    assert complete("~/稿/") == ("~/稿/a.txt", [])
    assert complete(f"{tmp_path}/nothing") == (f"{tmp_path}/nothing", [])
    assert complete("~nobody-of-that-name/x") == ("~nobody-of-that-name/x", [])
    assert complete("/\0") == ("/\0", [])


@pytest.mark.parametrize("typed", ["/no/such/folder", "~nobody-of-that-name/x", "[/]"])
async def test_a_path_that_is_not_there_is_said(desk: Settings, typed: str) -> None:
    async with running(desk, place="documents") as face:
        screen = await asked(face, typed)
        assert face.app.screen is screen
        assert "unreadable 1" in face.text or "nothing to read" in face.line or "here is no" in face.text


async def test_a_mistyped_path_stays_to_be_corrected(desk: Settings, files: Path) -> None:
    async with running(desk, place="documents") as face:
        screen = await asked(face, f"{files}x")
        assert "There is no" in face.line and screen.prompt.has_focus
        await face.press("backspace", "enter")
        await at_rest(face)
        assert screen.planned


async def test_a_pasted_note_is_one_clean_line(desk: Settings) -> None:
    async with running(desk) as face:
        await face.press("ctrl+n")
        face.app.screen.line.field.post_message(events.Paste("任务\u202e 看灯光\n@王敏\x1b[31m"))  # type: ignore[attr-defined]
        await face.settle()
        assert face.app.screen.line.field.value == "任务 看灯光 @王敏[31m"  # type: ignore[attr-defined]


async def test_escape_stops_the_reading(desk: Settings, files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, go_on = threading.Event(), threading.Event()
    real = bringing.importing.read

    def slow(*one: Any, **how: Any) -> Any:
        begun.set()
        go_on.wait(10)
        return real(*one, **how)

    monkeypatch.setattr(bringing.importing, "read", slow)
    async with running(desk, place="documents") as face:
        await face.press("m")
        screen = cast(BringIn, face.app.screen)
        screen.prompt.post_message(events.Paste(str(files)))
        await face.settle()
        await face.press("enter")
        await asyncio.get_running_loop().run_in_executor(None, begun.wait, 10)
        await face.settle()
        assert "Reading 0/4" in face.line
        await face.press("escape")
        go_on.set()
        await at_rest(face)
        assert face.app.screen is screen and "nothing was stored" in face.line
        await face.press("escape")
        assert isinstance(face.app.screen, DocumentsScreen)


async def test_escape_stops_the_storing_and_what_is_stored_is_one_undo(
    desk: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(6):
        (folder / f"{number}.txt").write_text(f"备忘 {number}\n\n第 {number} 件事，要记下来。", encoding="utf-8")
    monkeypatch.setattr(bringing.storing, "BATCH", 2)
    real = bringing.storing._store
    stored: list[Any] = []

    async with running(desk, place="documents") as face:
        screen = await asked(face, folder)

        def stops(*how: Any) -> Any:
            stored.append(how)
            if len(stored) == 3:
                screen._stop.set()
            return real(*how)

        monkeypatch.setattr(bringing.storing, "_store", stops)
        await face.pilot.press("enter")
        await at_rest(face)
        assert "Stopped. 4 stored" in face.line
        assert len(await face.rows("document")) == 4
        await face.press("ctrl+z")
        assert await face.rows("document") == []


@pytest.mark.parametrize("nasty", NASTY)
def test_nothing_a_file_is_called_or_says_upsets_the_plan(nasty: str) -> None:
    row = line_of(0, Planned(None, Path("/x") / (nasty.replace("/", "")[:200] or "x"), UNREADABLE, problem=nasty))
    for value in row.cells:
        drawn = cell(value, 20)
        assert cells(drawn) == 20 and not any(character in drawn for character in "\x1b\x9b\x07\u202e\u2066\u200b")


async def test_hostile_files_are_shown_and_stored(desk: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "hostile"
    folder.mkdir()
    for number, nasty in enumerate(NASTY):
        (folder / f"{number}[red] [@click=app.quit]x.txt").write_text(
            f"标题 {nasty}\n\n{nasty} 正文 {number}", encoding="utf-8"
        )
    (folder / "esc\x1b[31m.txt").write_text("带控制符的名字", encoding="utf-8")
    async with running(desk, (120, 40), place="documents") as face:
        screen = await asked(face, folder)
        assert sum(one.action == NEW for one in screen.planned) == len(NASTY) + 1
        assert "\x1b" not in face.text and max(cells(line) for line in face.text.splitlines()) <= 120
        await face.pilot.press("enter")
        await at_rest(face)
        assert len(await face.rows("document")) + len(await face.rows("coverage")) == len(NASTY) + 1


async def test_a_tiny_terminal_does_not_crash(desk: Settings, files: Path) -> None:
    async with running(desk, (40, 10), place="documents") as face:
        await asked(face, files)
        await face.press("down", "end")
        await face.pilot.press("enter")
        await at_rest(face)
        assert len(await face.rows("document")) == 1
