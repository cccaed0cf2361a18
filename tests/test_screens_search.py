"""Searching while typing, by keys."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from textual import events

from prtui import store
from prtui.clock import Moment
from prtui.config import Settings
from prtui.desk import records
from prtui.screens import search as screens
from prtui.screens.hits import excerpt, first_line
from prtui.screens.reader import DocumentPage
from prtui.screens.search import SearchScreen
from prtui.screens.sheet import Sheet
from prtui.search import query as finding
from prtui.search.query import Hit, Results
from prtui.store import Work
from prtui.text import cells
from tests.desk_app import NASTY, Face, running

SIZES = [(80, 24), (120, 40)]
LONG = "前言。" * 2000 + "直到这里才提到质量问题。" + "后记。" * 2000


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Settings]:
    """A statement, a clipping and a hundred notes, closed again: the app opens them on its own thread."""
    settings = Settings(data=tmp_path / "desk", actor="林岚", zone="Asia/Shanghai")
    store.open_desk(settings)
    with store.write("林岚") as work:
        outlet = work.add("outlet", name="财经日报")
        day = Moment(datetime(2026, 3, 16, 1, tzinfo=UTC), "Asia/Shanghai")
        body = "多名消费者反映，该款腕表存在质量问题，品牌方称已启动核查。"
        work.add("coverage", title="腕表表扣调查", outlet=outlet, published_at=day, body=body)
        records.add(work, "document", {"type": "statement", "title": "关于质量问题的声明", "body": "我们已停售。"})
        records.add(work, "document", {"type": "note", "title": "很长的备忘", "body": LONG})
        records.add(work, "document", {"type": "release", "title": "春季发布", "body": "A new watch. 今晚发布。"})
        for number in range(100):
            at = Moment(day.at - timedelta(days=number), "Asia/Shanghai")
            work.add("coverage", title=f"曜石特写 第{number:03d}篇", outlet=outlet, published_at=at, body="曜石之光")
    store.close()
    yield settings


async def answered(face: Face) -> SearchScreen:
    """The search screen once it has answered everything asked of it and the index is even."""
    await face.settle()
    screen = next(one for one in face.app.all_screens() if isinstance(one, SearchScreen))
    for _wait in range(400):
        if all(worker.is_finished for worker in screen.workers):
            break
        await asyncio.sleep(0.02)
    await face.settle()
    return screen


async def searched(face: Face, words: str) -> SearchScreen:
    """The answer to these words, pasted so that full-width characters arrive."""
    await face.press("/")
    screen = cast(SearchScreen, face.app.screen)
    screen.prompt.value = ""
    screen.prompt.post_message(events.Paste(words))
    return await answered(face)


@pytest.mark.parametrize("size", SIZES)
async def test_what_is_typed_is_found_and_marked(desk: Settings, size: tuple[int, int]) -> None:
    async with running(desk, size) as face:
        screen = await searched(face, "质量问题")
        lines = face.text.splitlines()
        assert "3 found" in lines[2] and "ms" in lines[2] and "fitting first" in lines[2]
        assert lines[4].rstrip() == " › 质量问题"
        assert lines[6].startswith("▌Statement") and "关于质量问题的声明" in lines[6]
        text = screen.hits.said
        assert "财经日报" in text and "2026-03-16" in text and "存在〔质量问题〕，品牌方" in text
        assert len({cells(line[: line.index("关于")]) for line in lines if "关于质量" in line[:60]}) == 1


async def test_every_letter_narrows_and_enter_opens(desk: Settings) -> None:
    async with running(desk) as face:
        await face.press("/")
        await face.type("watch")
        screen = await answered(face)
        assert [hit.title for hit in screen.hits.hits] == ["春季发布"]
        await face.press("enter")
        assert isinstance(face.app.screen, DocumentPage)
        await face.press("escape")
        assert face.app.screen is screen and "〔watch〕" in face.text


async def test_enter_at_once_waits_for_the_answer(desk: Settings) -> None:
    async with running(desk) as face:
        await face.press("/")
        await face.pilot.press(*"watch", "enter")
        await answered(face)
        assert isinstance(face.app.screen, DocumentPage)


async def test_nothing_typed_says_what_may_be(desk: Settings) -> None:
    async with running(desk, place="search") as face:
        await answered(face)
        text = face.text
        assert "kind:coverage outlet:Vogue" in text and "from:2026-01" in text and '"at once"' in text
        await face.type("zzzz")
        await answered(face)
        assert "Nothing found." in face.text
        await face.press(*["backspace"] * 4)
        await answered(face)
        assert "kind:coverage outlet:Vogue" in face.text


async def test_escape_returns_to_where_she_was_and_keeps_the_words(desk: Settings) -> None:
    async with running(desk, place="media") as face:
        await searched(face, "质量问题")
        await face.press("escape")
        assert face.app.place == "media"
        await face.press("f9")
        assert face.app.place == "search" and "› 质量问题" in face.text
        await face.press("down", "escape")
        assert face.app.place == "media"


async def test_the_order_turns_and_more_hits_come_when_they_are_needed(desk: Settings) -> None:
    async with running(desk) as face:
        screen = await searched(face, "曜石")
        assert len(screen.hits.hits) == 50 and screen.results is not None and screen.results.total == 100
        await face.press("ctrl+o")
        await answered(face)
        assert "newest first" in face.text
        assert [hit.title for hit in screen.hits.hits[:2]] == ["曜石特写 第000篇", "曜石特写 第001篇"]
        await face.press("down", "end")
        await answered(face)
        assert len(screen.hits.hits) == 100
        await face.press("end")
        assert "第099篇" in face.text
        await face.press("s")
        await answered(face)
        assert "fitting first" in face.text


async def test_end_reaches_the_last_hit_of_a_search_that_is_not_finished(
    desk: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = finding.search

    def hurried(text: str, **how: Any) -> Results:
        return real(text, patience=0.0, **how)

    monkeypatch.setattr(screens.finding, "search", hurried)
    monkeypatch.setattr("prtui.search.candidates._CONFIRMED", 0)
    monkeypatch.setattr("prtui.search.candidates._COUNTED", 0)
    async with running(desk) as face:
        screen = await searched(face, "曜石特写")
        assert screen.results is not None and len(screen.hits.hits) == 50 and "≥" in face.text
        for _press in range(3):
            await face.press("down", "end")
            await answered(face)
        assert len(screen.hits.hits) == 100 and "100 found" in face.text and "≥" not in face.text.splitlines()[2]


async def test_the_preview_stands_at_the_first_find_of_a_long_text(desk: Settings) -> None:
    async with running(desk) as face:
        screen = await searched(face, "直到这里")
        assert not screen.query_one("#preview").display
        await face.press("tab", "space")
        await answered(face)
        assert "〔直到这里〕才提到质量问题" in face.text
        await face.press("right")
        assert "〔直到这里〕才提到质量问题" not in face.text.splitlines()[-8:]
        assert not screen.query_one("#preview").display


async def test_a_wide_screen_always_shows_the_text(desk: Settings) -> None:
    async with running(desk, (120, 40)) as face:
        screen = await searched(face, "质量问题")
        preview = screen.query_one("#preview", Sheet)
        assert "关于〔质量问题〕" in preview.said or "我们已停售" in preview.said
        await face.press("down")
        await answered(face)
        assert screen.hits.current is not None and screen.hits.current.title.split()[0] in preview.said


async def test_up_from_the_first_hit_goes_back_to_the_line(desk: Settings) -> None:
    async with running(desk) as face:
        screen = await searched(face, "质量问题")
        await face.press("down")
        assert screen.hits.has_focus and screen.hits.cursor == 1
        await face.press("up", "up")
        assert screen.prompt.has_focus
        await face.press("tab", "/")
        assert screen.prompt.has_focus and screen.prompt.value == "质量问题"


async def test_brackets_leaf_through_the_hits(desk: Settings) -> None:
    async with running(desk) as face:
        screen = await searched(face, "质量问题")
        await face.press("enter")
        first = face.app.screen.row.title  # type: ignore[attr-defined]
        await face.press("]")
        assert face.app.screen.row.title == screen.hits.hits[1].title != first  # type: ignore[attr-defined]


async def test_a_slow_earlier_search_never_overwrites_a_later_one(
    desk: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = threading.Event()
    real = finding.search

    def slow(text: str, **how: Any) -> Results:
        if text == "曜石":
            held.wait(5)
        return real(text, **how)

    monkeypatch.setattr(screens.finding, "search", slow)
    async with running(desk) as face:
        await face.press("/")
        screen = cast(SearchScreen, face.app.screen)
        screen.prompt.value = "曜石"
        await asyncio.sleep(3 * screens.AFTER_TYPING)
        screen.prompt.value = "春季"
        await asyncio.sleep(3 * screens.AFTER_TYPING)
        held.set()
        await answered(face)
        assert [hit.title for hit in screen.hits.hits] == ["春季发布"]


async def test_a_save_does_not_wait_for_a_search(desk: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    held = threading.Event()
    real = finding.search

    def slow(text: str, **how: Any) -> Results:
        held.wait(10)
        return real(text, **how)

    monkeypatch.setattr(screens.finding, "search", slow)
    async with running(desk) as face:
        await face.press("/")
        screen = cast(SearchScreen, face.app.screen)
        screen.prompt.value = "曜石"
        await asyncio.sleep(3 * screens.AFTER_TYPING)
        row = await face.app.write(records.add, "document", {"type": "note", "title": "曜石备忘"})
        assert row.code and not held.is_set()
        held.set()
        await answered(face)
        assert screen.results is not None and screen.results.total == 101


async def test_what_is_stored_meanwhile_is_found_and_the_mark_stays(desk: Settings) -> None:
    def another(work: Work) -> None:
        records.add(work, "document", {"type": "note", "title": "质量问题 质量问题", "body": "质量问题"})

    async with running(desk) as face:
        screen = await searched(face, "质量问题")
        await face.press("down")
        before = screen.hits.current
        await face.perform(another)
        await face.app._catch_up()
        await answered(face)
        assert len(screen.hits.hits) == 4
        assert before is not None and screen.hits.current is not None
        assert (screen.hits.current.kind, screen.hits.current.id) == (before.kind, before.id)


async def test_the_rows_answer_while_there_is_no_index(desk: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    held = threading.Event()
    real = screens.indexes.Index.catch_up

    def slow(self: Any, *how: Any) -> int:
        held.wait(10)
        return real(self, *how)

    monkeypatch.setattr(screens.indexes.Index, "catch_up", slow)
    async with running(desk) as face:
        await face.press("/")
        screen = cast(SearchScreen, face.app.screen)
        screen.prompt.post_message(events.Paste("质量问题"))
        for _wait in range(200):
            if screen.hits.hits:
                break
            await asyncio.sleep(0.02)
        await face.settle()
        assert len(screen.hits.hits) == 3 and "The index is not there yet." in face.text
        held.set()
        await answered(face)
        assert len(screen.hits.hits) == 3 and "The index is not there yet." not in face.text


async def test_a_hint_says_what_was_not_understood(desk: Settings) -> None:
    async with running(desk) as face:
        await searched(face, "发布 from:32")
        assert "is not a date" in face.text


async def test_full_width_syntax_narrows(desk: Settings) -> None:
    async with running(desk) as face:
        screen = await searched(face, "质量问题 类：报道 自：2026-03")
        assert [hit.title for hit in screen.hits.hits] == ["腕表表扣调查"]


@pytest.mark.parametrize("nasty", NASTY)
async def test_nothing_found_can_upset_the_screen(desk: Settings, nasty: str) -> None:
    def spoil(work: Work) -> None:
        title = f"特别 {nasty}"[:180]
        records.add(work, "document", {"type": "note", "title": title, "body": f"{nasty} 特别 {nasty}"})

    async with running(desk, (120, 40)) as face:
        await face.perform(spoil)
        screen = await searched(face, "特别")
        assert len(screen.hits.hits) == 1
        assert not any(character in face.text for character in "\x1b\x9b\x07\u202e\u2066\u200b")
        assert max(cells(line) for line in face.text.splitlines()) <= 120
        await searched(face, nasty)
        await face.press("ctrl+w", "ctrl+o", "escape")
        assert face.app.place != "search"


async def test_a_tiny_terminal_does_not_crash(desk: Settings) -> None:
    async with running(desk, (40, 10)) as face:
        screen = await searched(face, "曜石")
        await face.press("down", "pagedown", "end", "space", "up")
        await answered(face)
        assert len(screen.hits.hits) == 100


def test_a_late_find_is_pulled_into_the_line() -> None:
    parts = excerpt([("前" * 60, False), ("质量", True), ("后" * 60, False)], 40)
    said = "".join(value for value, _tone in parts)
    assert said.startswith("…前") and cells(said[: said.index("〕") + 1]) <= 40


@pytest.mark.parametrize("title", ["短", "长" * 300, "[/]", "a" * 79])
def test_the_columns_of_a_hit_line_up_whatever_it_is_called(title: str) -> None:
    hits = [Hit("document", 1, "DOC-2026-001", title, "2026-03-16", {"type": "note", "owner": owner}, 1.0, []) for owner in ("林岚", "Dubois", "")]  # fmt: skip
    starts = {sum(cells(said) for said, _tone in first_line(hit, 78)[:6]) for hit in hits}
    assert len(starts) == 1


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("key", ["/", "、", "f9"])
async def test_another_query_takes_the_place_of_the_old_one(desk: Settings, size: tuple[int, int], key: str) -> None:
    async with running(desk, size) as face:
        await searched(face, "质量问题")
        await face.press("escape", "f3", key)
        assert "› 质量问题" in face.text
        await face.type("watch")
        screen = await answered(face)
        assert screen.prompt.value == "watch" and [hit.title for hit in screen.hits.hits] == ["春季发布"]
        await face.press("escape", key)
        screen.prompt.post_message(events.Paste("质量问题"))
        assert (await answered(face)).prompt.value == "质量问题"


async def test_an_arrow_keeps_the_old_query_to_be_changed(desk: Settings) -> None:
    async with running(desk) as face:
        await searched(face, "atch")
        await face.press("escape", "/", "home")
        await face.type("w")
        screen = await answered(face)
        assert screen.prompt.value == "watch"
        await face.press("escape", "f9", "right")
        await face.type("z")
        assert screen.prompt.value == "watchz"


async def test_from_a_hit_the_line_is_one_key_away(desk: Settings) -> None:
    async with running(desk) as face:
        screen = await searched(face, "watch")
        await face.press("enter")
        assert isinstance(face.app.screen, DocumentPage)
        await face.press("/")
        assert face.app.screen is screen
        await face.type("x")
        assert screen.prompt.value == "x"


async def test_who_comes_back_from_a_hit_goes_on_with_the_query(desk: Settings) -> None:
    async with running(desk) as face:
        screen = await searched(face, "watch")
        await face.press("enter", "escape")
        await face.type("x")
        assert screen.prompt.value == "watchx"
