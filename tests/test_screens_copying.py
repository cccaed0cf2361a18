"""y takes along what the mark is on: with the marks its Word file would bear, into a file, and never more than is shown."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from prtui import clock, store
from prtui.clock import Moment
from prtui.config import Settings
from prtui.desk import crisis, crisis_statements, records
from prtui.documents import copies
from prtui.store import query
from tests.desk_app import Face, running

LATER = Moment(datetime(2030, 1, 1, 12, tzinfo=UTC), "Asia/Shanghai")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Settings]:
    """Somebody with a telephone, an enquiry with one, and a release under embargo in both languages."""
    settings = Settings(data=tmp_path / "desk", actor="林岚", zone="Asia/Shanghai")
    store.open_desk(settings)
    with store.write("林岚") as work:
        work.add("person", name="王敏", phone="13800000006", email="wang@lanjing.example", note="周三在巴黎")
        at = Moment(clock.now() - timedelta(hours=1), "Asia/Shanghai")
        work.add("enquiry", question="表扣？", phone="13900000001", received_at=at, deadline_at=LATER)
        values = {"type": "release", "title": "曜石", "body": "今晚发布。\n一块表。", "title_en": "Yaoshi"}
        records.add(work, "document", values | {"body_en": "Tonight.", "embargo_at": LATER})
    yield settings
    store.close()


def taken(row: object, settings: Settings, name: str) -> str:
    return next(one.text for one in copies.of_record(row, settings) if one.name == name)  # type: ignore[arg-type]


def exported(settings: Settings) -> dict[str, str]:
    """The files among the exports and what they say."""
    return {file.name: file.read_text("utf-8") for file in sorted(settings.exports.iterdir())}


def test_a_text_says_what_its_word_file_would_say(desk: Settings) -> None:
    (release,) = query.rows("document")
    text = taken(release, desk, "text-zh")
    assert text.startswith("保密期至2030年1月1日") and "草稿，未经批准" in text.split("\n")[0]
    assert text.endswith("曜石\n\n今晚发布。\n一块表。")
    assert taken(release, desk, "text-en").startswith("EMBARGOED UNTIL 1 January 2030")
    assert [one.name for one in copies.of_record(release, desk, "en")][:2] == ["text-en", "text-zh"]


def test_everything_of_a_drill_says_so(desk: Settings) -> None:
    with store.write("林岚") as work:
        drill = crisis.start(work, "演习", drill=True)
        document = crisis_statements.draft(work, drill, body="我们在核实。")
    assert taken(document, desk, "text-zh").startswith("【演练】本文件为演练材料，不得对外发布")
    assert taken(document, desk, "all").startswith("EXERCISE. ")
    assert taken(document, desk, "line").startswith("【演练 EXERCISE】 DOC-")
    assert taken(drill, desk, "line").startswith("【演练 EXERCISE】 ")


def test_a_number_is_only_the_number_and_a_line_shows_no_more_of_it_than_a_list(desk: Settings) -> None:
    person, enquiry = query.rows("person")[0], query.rows("enquiry")[0]
    assert [one.name for one in copies.of_record(person, desk)] == ["phone", "email", "note", "all", "line"]
    assert taken(person, desk, "phone") == "13800000006"
    assert taken(enquiry, desk, "phone") == "13900000001"
    assert "13900000001" not in copies.of_rows([enquiry]).text


def test_a_file_is_hers_never_written_over_and_made_once_for_the_same_words(desk: Settings) -> None:
    one = copies.Copy("line", "Line", "甲", "../../etc/passwd")
    first = copies.keep(one, desk)
    assert first.parent == desk.exports and stat.S_IMODE(first.stat().st_mode) == 0o600
    assert copies.keep(one, desk) == first
    second = copies.keep(one._replace(text="乙"), desk)
    assert second != first and first.read_text("utf-8") == "甲\n" and second.read_text("utf-8") == "乙\n"


@pytest.fixture
def closed(desk: Settings) -> Settings:
    store.close()
    return desk


async def told(face: Face, *keys: str) -> str:
    await face.press(*keys)
    return " ".join(face.text.splitlines()[-3:])


@pytest.mark.parametrize("key", ["y", "ｙ", ";", "；", "ctrl+insert"])
async def test_a_row_of_a_list_is_its_line(closed: Settings, key: str) -> None:
    async with running(closed, place="people") as face:
        assert "exports/" in await told(face, key)
        (said,) = exported(closed).values()
        assert said.startswith("PER-") and "王敏" in said and said.count("\n") == 1


async def test_on_a_page_she_chooses_what(closed: Settings) -> None:
    async with running(closed, place="people") as face:
        text = await face.press("enter", "y")
        assert "13800000006" in text and "All fields" in text
        assert not closed.exports.exists()
        await face.press("escape")
        assert not closed.exports.exists()
        assert "exports/" in await told(face, "y", "enter")
        assert list(exported(closed).values()) == ["13800000006\n"]


async def test_the_language_in_sight_comes_first(closed: Settings) -> None:
    async with running(closed, place="documents") as face:
        await face.press("enter", "t", "y", "enter")
        assert next(iter(exported(closed).values())).endswith("一块表。\n")


async def test_of_a_hit_the_passage_and_where_there_is_none_it_is_said(closed: Settings) -> None:
    async with running(closed, place="search") as face:
        assert "nothing to copy" in await told(face, "ctrl+insert")
        await face.type("一块表")
        await face.pilot.pause(0.5)
        await face.settle()
        await face.press("ctrl+insert", "enter")
        (said,) = exported(closed).values()
        assert "一块表" in said and said.startswith("EMBARGOED UNTIL")


async def test_in_a_crisis_it_is_asked_below_the_clock(closed: Settings) -> None:
    store.open_desk(closed)
    with store.write("林岚") as work:
        crisis_statements.draft(work, crisis.start(work, "表扣"), body="我们在核实。")
    store.close()
    async with running(closed, place="crisis") as face:
        text = await face.press("ctrl+insert")
        assert "Text (Chinese) DOC-" in text
        await face.press("1")
        assert next(iter(exported(closed).values())).endswith("我们在核实。\n")


@pytest.mark.parametrize(("kind", "said"), [("xterm", "there is no file of it"), ("vt100", "cannot be written to")])
async def test_a_disk_that_refuses_is_told(
    closed: Settings, monkeypatch: pytest.MonkeyPatch, kind: str, said: str
) -> None:
    monkeypatch.setenv("TERM", kind)
    for name in ("TMUX", "STY"):
        monkeypatch.delenv(name, raising=False)
    closed.exports.touch()
    async with running(closed, (120, 40), place="people") as face:
        words = await told(face, "y")
        assert said in words and "In exports" not in words
