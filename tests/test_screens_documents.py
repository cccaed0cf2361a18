"""The texts of the desk by their keys: list, reader, editor."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from textual import events

from prtui import store
from prtui.clock import Moment
from prtui.config import Settings
from prtui.desk import crisis, documents, records
from prtui.errors import DiskTrouble
from prtui.screens.dialogs import Choose, ConflictDialog, Missing
from prtui.screens.editor import EditorScreen
from prtui.screens.exported import Outcome
from prtui.screens.reader import DocumentPage
from prtui.screens.sheet import Sheet
from prtui.store import Row, Work, query
from prtui.text import cells
from tests.desk_app import NASTY, Face, running

SIZES = [(80, 24), (120, 40)]
BODY = "3月19日04:13，我们获悉一位客户在使用中受伤。【待填：检测结论】\n\n我们已停售同批次产品。"
DIRTY = "一\x1b[31m二\x9b2J三\u202e四\u200b五[/][@click=app.quit]x六\ud800七"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Settings]:
    """Four texts, closed again: the app opens them on its own thread."""
    settings = Settings(data=tmp_path / "desk", actor="林岚", language="zh", zone="Asia/Shanghai")
    store.open_desk(settings)
    with store.write("林岚") as work:
        records.add(
            work,
            "document",
            {
                "type": "statement",
                "title": "关于表扣的声明",
                "title_en": "On the clasp",
                "body": BODY,
                "body_en": "We know.",
            },
        )
        records.add(work, "document", {"type": "release", "title": "曜石发布", "body": "今晚发布。"})
        records.add(work, "document", {"type": "minutes", "title": "例会", "body": "议定如下。"})
        records.add(work, "document", {"type": "note", "title": "随手记", "body": "想一想。"})
    store.close()
    yield settings


async def opened(face: Face, title: str) -> DocumentPage:
    """The page of the document of that title."""
    (row,) = await face.rows("document", title=title)
    face.app.open_record(row)
    await face.settle()
    return cast(DocumentPage, face.app.screen)


async def written(face: Face, title: str) -> EditorScreen:
    """The editor of the document of that title."""
    await opened(face, title)
    await face.press("e")
    return cast(EditorScreen, face.app.screen)


async def document(face: Face, title: str) -> Row:
    (row,) = await face.rows("document", title=title)
    return row


# -- the list ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
async def test_arrows_choose_one_kind_of_text(desk: Settings, size: tuple[int, int]) -> None:
    async with running(desk, size, place="documents") as face:
        assert all(title in face.text for title in ("关于表扣的声明", "曜石发布", "例会", "随手记"))
        text = await face.press("right")
        assert "曜石发布" in text and "例会" not in text
        text = await face.press("right", "right")
        assert "例会" in text and "曜石发布" not in text
        assert "随手记" in await face.press("left", "left", "left")


async def test_a_new_statement_is_two_lines_away_from_its_text(desk: Settings) -> None:
    async with running(desk, place="documents") as face:
        await face.press("a", "down", "down", "enter")
        assert "Title" in face.text
        await face.type("关于代言人的说明")
        await face.press("enter")
        assert isinstance(face.app.screen, EditorScreen)
        await face.type("已了解")
        await face.press("ctrl+s", "escape")
        assert isinstance(face.app.screen, DocumentPage)
        row = await document(face, "关于代言人的说明")
        assert (row.type, row.body, row.number) == ("statement", "已了解", 2)


async def test_the_first_statement_of_a_crisis_has_less_room(desk: Settings) -> None:
    def place(work: Work) -> None:
        row = crisis.start(work, "表扣断裂", scenario="product")
        (text,) = query.rows("document", {"type": "statement"})
        work.add("crisisstatement", crisis=row, document=text, purpose="holding")

    async with running(desk) as face:
        await face.perform(place)
        await opened(face, "关于表扣的声明")
        assert "/200 " in face.text and "/300 " not in face.text
        await face.press("e")
        assert "/200 " in face.text and "/300 " not in face.text


async def test_no_title_makes_no_text(desk: Settings) -> None:
    async with running(desk, place="documents") as face:
        await face.press("a", "enter", "enter")
        assert len(await face.rows("document")) == 4


# -- the reader -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
async def test_a_text_says_where_it_is_and_what_is_open_in_it(desk: Settings, size: tuple[int, int]) -> None:
    async with running(desk, size) as face:
        await opened(face, "关于表扣的声明")
        text = face.text
        assert "▌Draft › Review › Legal clearance › Approved › Released" in text
        assert "1 to be filled in" in text and "/300 characters" in text
        assert "【待填：检测结论】" in text and "English" in text
        await face.press("t")
        assert "On the clasp" in face.text and "We know." in face.text
        assert "关于表扣的声明" in await face.press("ctrl+t")


async def test_minutes_go_their_way_without_counsel(desk: Settings) -> None:
    async with running(desk) as face:
        await opened(face, "例会")
        assert "Legal" not in face.text
        await face.press("n", "shift+right")
        assert isinstance(face.app.screen, Missing) and "the chair's confirmation" in face.text
        await face.press("escape", "p", "down", "enter")
        await face.type("王敏")
        await face.press("enter", "enter", "shift+right")
        assert (await document(face, "例会")).status == "approved"
        assert "▌Approved" in face.text
        await face.press("b")
        await face.type("漏了一项")
        await face.press("enter")
        assert (await document(face, "例会")).status == "draft"


async def test_what_is_missing_for_the_next_step_is_listed(desk: Settings) -> None:
    async with running(desk) as face:
        await opened(face, "关于表扣的声明")
        await face.press("n", "n", "n")
        assert isinstance(face.app.screen, Missing)
        assert "【待填：检测结论】" in face.text and "legal clearance of the Chinese text" in face.text
        await face.press("escape")
        assert (await document(face, "关于表扣的声明")).status == "legal"


async def test_an_approval_is_recorded_for_one_language_and_shown(desk: Settings) -> None:
    async with running(desk) as face:
        await opened(face, "关于表扣的声明")
        await face.press("p", "down", "enter", "enter")  # legal, Chinese
        await face.type("周衡")
        await face.press("enter", "down", "enter")  # by telephone
        (given,) = await face.rows("approval")
        assert (given.step, given.by, given.language, given.channel) == ("legal", "周衡", "zh", "Telephone")
        lines = face.text.splitlines()
        chinese = next(number for number, line in enumerate(lines) if line.startswith(" Chinese"))
        assert "Legal 周衡" in lines[chinese + 1]
        assert "周衡" not in lines[chinese + 3]


async def test_escape_at_any_question_records_nothing(desk: Settings) -> None:
    async with running(desk) as face:
        await opened(face, "关于表扣的声明")
        await face.press("n")
        for keys in (["p", "escape"], ["p", "enter", "escape"], ["p", "enter", "enter", "escape"], ["b", "escape"]):
            await face.press(*keys)
            assert isinstance(face.app.screen, DocumentPage)
        assert await face.rows("approval") == []
        assert (await document(face, "关于表扣的声明")).status == "review"


async def test_the_preview_is_what_the_word_file_says(desk: Settings) -> None:
    async with running(desk, (120, 40)) as face:
        page = await opened(face, "关于表扣的声明")
        await face.press("v")
        said = page.query_one(Sheet).said
        assert "第1号" in said and "检测结论" in said
        await face.press("escape")
        assert isinstance(face.app.screen, DocumentPage)
        assert page.query_one(Sheet).said != said


async def test_an_export_says_where_it_is_and_what_is_open(desk: Settings) -> None:
    async with running(desk) as face:
        await opened(face, "关于表扣的声明")
        await face.press("ctrl+e", "enter")
        assert isinstance(face.app.screen, Outcome)
        written = list((desk.data / "exports").glob("*.docx"))
        assert len(written) == 1
        assert "检测结论" in face.text
        await face.press("escape", "ctrl+e", "down", "down", "enter")
        assert len(list((desk.data / "exports").glob("*.docx"))) == 3
        await face.press("enter")
        assert isinstance(face.app.screen, DocumentPage)


async def test_a_note_has_no_word_form(desk: Settings) -> None:
    async with running(desk) as face:
        await opened(face, "随手记")
        await face.press("ctrl+e")
        assert "no Word form" in face.line


async def test_a_text_under_embargo_or_released_is_guarded(desk: Settings) -> None:
    def came_out(work: Work, row: Row) -> Row:
        return work.edit(row, status="released")

    async with running(desk) as face:
        await face.perform(came_out, await document(face, "曜石发布"))
        await opened(face, "曜石发布")
        await face.press("e")
        assert "stay as they went out" in face.line
        await face.press("n", "enter")
        await face.type("日期有误")
        await face.press("enter")
        assert (await document(face, "曜石发布")).status == "corrected"
        assert "Correction issued" in face.text


# -- the editor -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
async def test_both_languages_are_written_and_stored(desk: Settings, size: tuple[int, int]) -> None:
    async with running(desk, size) as face:
        editor = await written(face, "曜石发布")
        editor.area.move_cursor(editor.area.document.end)
        await face.type("?/1 ")
        assert "not saved" in face.text
        await face.press("ctrl+t")
        await face.type("Tonight.")
        assert "1 words" in face.text
        await face.press("ctrl+s")
        assert "is saved" in face.line and "not saved" not in face.text
        row = await document(face, "曜石发布")
        assert (row.body, row.body_en, row.version) == ("今晚发布。?/1 ", "Tonight.", 2)


async def test_saving_an_approved_text_says_that_its_approvals_are_void(desk: Settings) -> None:
    def clear(work: Work, row: Row) -> None:
        for step in ("legal", "management"):
            documents.clear(work, row, step, by="周衡" if step == "legal" else "Dubois")
        for _step in range(3):
            row = documents.advance(work, row)

    async with running(desk) as face:
        await face.perform(clear, await document(face, "曜石发布"))
        await written(face, "曜石发布")
        await face.type("改")
        await face.press("ctrl+s")
        assert "2 approvals are void" in face.line and "Review" in face.line
        row = await document(face, "曜石发布")
        assert row.status == "review" and row.body == "改今晚发布。"
        await face.press("escape", "ctrl+z")
        row = await document(face, "曜石发布")
        assert row.status == "approved" and row.body == "今晚发布。"


async def test_somebody_else_saved_first(desk: Settings) -> None:
    async with running(desk) as face:
        await written(face, "曜石发布")
        await face.type("我的")
        await face.perform(records.change, await document(face, "曜石发布"), {"body": "他们的文字"})
        await face.app._poll()
        await face.app._catch_up()
        await face.settle()
        assert "王敏 has stored another text" in face.text
        await face.press("ctrl+s")
        assert isinstance(face.app.screen, ConflictDialog)
        assert "我的今晚发布" in face.text and "他们的文字" in face.text
        await face.press("escape")
        assert "我的今晚发布" in face.text
        assert (await document(face, "曜石发布")).body == "他们的文字"
        await face.press("ctrl+s", "space", "ctrl+s")  # theirs
        assert "他们的文字" in face.text and "not saved" not in face.text
        await face.type("再")
        await face.press("ctrl+s")
        assert (await document(face, "曜石发布")).body.count("再") == 1


async def test_what_others_store_is_taken_over_where_nothing_was_typed(desk: Settings) -> None:
    async with running(desk) as face:
        await written(face, "曜石发布")
        await face.type("我")
        await face.perform(records.change, await document(face, "曜石发布"), {"body_en": "Theirs."})
        await face.app._catch_up()
        await face.settle()
        await face.press("ctrl+s")
        assert "is saved" in face.line
        row = await document(face, "曜石发布")
        assert (row.body, row.body_en) == ("我今晚发布。", "Theirs.")


async def test_two_quick_saves_do_not_conflict_with_each_other(desk: Settings) -> None:
    async with running(desk) as face:
        await written(face, "曜石发布")
        await face.type("改")
        await face.pilot.press("ctrl+s", "ctrl+s")
        await face.settle()
        assert isinstance(face.app.screen, EditorScreen)
        assert (await document(face, "曜石发布")).version == 2


async def test_a_draft_outlives_a_kill_and_is_offered(desk: Settings) -> None:
    async with running(desk) as face:
        await written(face, "曜石发布")
        await face.type("半句话")
        for _wait in range(40):  # the keeper writes at most 0.3 s after the first change
            if any((desk.data / "drafts").rglob("*.draft")):
                break
            await asyncio.sleep(0.05)
    async with running(desk) as face:
        await written(face, "曜石发布")
        assert isinstance(face.app.screen, Choose)
        assert "半句话" in face.text
        await face.press("enter")
        assert isinstance(face.app.screen, EditorScreen)
        assert "半句话今晚发布" in face.text and "not saved" in face.text
        await face.press("ctrl+s")
        assert (await document(face, "曜石发布")).body == "半句话今晚发布。"
    async with running(desk) as face:
        await written(face, "曜石发布")
        assert isinstance(face.app.screen, EditorScreen)


async def test_a_draft_on_an_older_version_is_not_stored_over_what_came_after(desk: Settings) -> None:
    async with running(desk) as face:
        await written(face, "曜石发布")
        await face.type("旧稿")
        await face.press("escape")
        assert "Kept as a draft" in face.line
        await face.perform(records.change, await document(face, "曜石发布"), {"body": "新文字"})
        await face.app._catch_up()
        await face.settle()
        await face.press("e", "enter", "ctrl+s")
        assert isinstance(face.app.screen, ConflictDialog)
        assert (await document(face, "曜石发布")).body == "新文字"


async def test_a_forgotten_draft_does_not_come_back(desk: Settings) -> None:
    async with running(desk) as face:
        await written(face, "曜石发布")
        await face.type("不要")
        await face.press("escape", "e", "down", "enter", "escape", "e")
        assert isinstance(face.app.screen, EditorScreen)
        assert "不要" not in face.text


async def test_a_great_dirty_paste_is_stored_clean(desk: Settings) -> None:
    async with running(desk) as face:
        editor = await written(face, "随手记")
        editor.area.post_message(events.Paste(DIRTY + "长" * 12_000 + "\r\n末尾"))
        await face.settle()
        await face.press("ctrl+s")
        body = (await document(face, "随手记")).body
        assert body.startswith("一[31m二2J三四五[/][@click=app.quit]x六\ufffd七长") and "长\n末尾" in body
        assert len(body) > 12_000


@pytest.mark.parametrize("nasty", [*NASTY, DIRTY])
async def test_nothing_in_a_text_can_upset_the_screens(desk: Settings, nasty: str) -> None:
    def spoil(work: Work, row: Row) -> Row:
        return records.change(work, row, {"title": nasty[:180] or "x", "subtitle": nasty[:180], "body": nasty})

    async with running(desk, (120, 40), place="documents") as face:
        await face.perform(spoil, await document(face, "曜石发布"))
        await face.app._catch_up()
        await face.press("right", "enter", "e", "escape", "v")
        assert isinstance(face.app.screen, DocumentPage)
        assert not any(character in face.text for character in "\x1b\x9b\x07\u202e\u2066\u200b\ud800")
        assert max(cells(line) for line in face.text.splitlines()) <= 120


async def test_a_tiny_terminal_does_not_crash(desk: Settings) -> None:
    async with running(desk, (40, 10), place="documents") as face:
        await face.press("enter", "t", "v", "escape", "e")
        await face.type("字")
        await face.press("ctrl+s", "escape", "ctrl+e", "escape")
        assert isinstance(face.app.screen, DocumentPage)


async def test_an_embargo_is_said_with_its_zone(desk: Settings) -> None:
    soon = Moment(datetime.now(UTC) + timedelta(days=1), "Europe/Paris")

    def embargo(work: Work, row: Row, values: dict[str, Any]) -> Row:
        return records.change(work, row, values)

    async with running(desk) as face:
        await face.perform(embargo, await document(face, "曜石发布"), {"embargo_at": soon})
        await opened(face, "曜石发布")
        assert f"Embargo until {soon} Europe/Paris" in face.text


async def test_saved_is_said_until_more_is_typed(desk: Settings) -> None:
    async with running(desk) as face:
        await written(face, "曜石发布")
        await face.type("一")
        await face.press("ctrl+s")
        assert "is saved" in face.line and "not saved" not in face.text
        await face.type("二")
        assert face.line == "" and "not saved" in face.text


async def test_a_long_word_of_trouble_stays_whole_while_a_text_is_written(
    desk: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_draft: object) -> None:
        raise DiskTrouble(
            "The disk is full or refuses to write. Nothing of this change was stored; what was stored before is safe.",
            hint="Free some room.",
        )

    async with running(desk) as face:
        await written(face, "曜石发布")
        with monkeypatch.context() as patch:
            patch.setattr(store, "perform", full)
            await face.type("一")
            await face.press("ctrl+s")
        assert "before is safe. Free some room." in face.text.splitlines()[-2]
        text = await face.type("二")
        assert "before is safe. Free some room." in text.splitlines()[-2]
        await face.press("ctrl+s")
        assert "Free some room" not in face.text


async def test_what_others_stored_is_noted_again_when_a_long_message_goes(desk: Settings) -> None:
    async with running(desk) as face:
        screen = await written(face, "曜石发布")
        await face.type("一")
        await face.perform(lambda work: records.change(work, screen.row, {"body": "别的"}))
        await face.app._catch_up()
        await face.settle()
        assert "王敏 has stored another text" in face.text
        screen.tell("long " * 30, "bad")
        assert "王敏 has stored another text" not in face.text
        screen.tell("")
        await face.settle()
        assert "王敏 has stored another text" in face.text
