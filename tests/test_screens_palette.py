"""The palette: everything by its name, from everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from prtui import commands, i18n, store
from prtui.config import Settings
from prtui.screens import PLACES, place_of
from prtui.screens.listing import ListPage
from prtui.screens.options import Options
from prtui.store import KINDS
from prtui.store.fields import Code, Day, Ref, Text
from prtui.store.people import Person
from prtui.store.records import Record, Row
from tests.desk_app import Face, running


def declare_loan() -> type[Record]:
    """All there is to a new record type."""

    class Loan(Record):
        """A watch that was lent to an editor."""

        label = "Loan"
        plural = "Loans"
        shown = ("title", "due_on", "borrower")
        code = Code("LON")
        title = Text("Watch", required=True, search=True)
        due_on = Day("Due back")
        borrower = Ref(Person, "Borrower", backref="loans")

    return Loan


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    """A desk with a person, an outlet and a project, and a record type that the program does not know of."""
    settings = Settings(data=tmp_path / "desk", actor="林岚")
    declare_loan()
    store.open_desk(settings)
    with store.write("林岚") as work:
        owner = work.add("person", name="林岚")
        work.add("outlet", name="第一财经")
        work.add("project", name="曜石发布会", owner=owner)
    store.close()
    yield settings
    del KINDS["loan"]


async def called(face: Face, typed: str) -> str:
    """The palette with what is found under that name."""
    await face.press("ctrl+p")
    return await face.type(typed)


async def chosen(face: Face, typed: str) -> str:
    """The screen once the first thing of that name was chosen."""
    await called(face, typed)
    return await face.press("enter")


def pages(face: Face) -> list[str]:
    """The screens that lie on each other, the lowest first."""
    return [type(one).__name__ for one in face.app.screen_stack]


async def stored(face: Face, kind: str) -> list[str]:
    rows: list[Row] = await face.rows(kind)
    return [row.heading for row in rows]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_new_record_type_has_its_list_and_its_form(settings: Settings, size: tuple[int, int]) -> None:
    async with running(settings, size) as face:
        assert "New: Loan" in await chosen(face, "new loan")
        await face.type("曜石 No.7")
        await face.press("ctrl+s")
        assert await stored(face, "loan") == ["曜石 No.7"]
        text = await chosen(face, "loans")
        assert "曜石 No.7" in text and "Due back" in text and isinstance(face.app.screen, ListPage)
        assert "LON-" in await face.press("enter")
        await face.press("escape", "escape")
        assert pages(face) == ["TodayScreen"]


@pytest.mark.parametrize("typed", ["add outlet", "new outlet", "新建媒体", "xinjianmeiti", "xjmt"])
async def test_a_new_one_is_found_in_either_language_and_pinyin(settings: Settings, typed: str) -> None:
    async with running(settings) as face:
        assert "New: Outlet" in await chosen(face, typed)
        await face.type("嘉人")
        await face.press("ctrl+s")
        assert face.app.place == "media" and "嘉人" in face.text


@pytest.mark.parametrize("typed", ["coverage", "报道", "baodao", "bd"])
async def test_the_list_of_a_kind_is_where_its_place_is(settings: Settings, typed: str) -> None:
    async with running(settings, place="media") as face:
        await face.press("enter", "e")
        await face.type("x")
        await chosen(face, typed)
        assert pages(face) == ["MediaScreen"] and face.app.screen.kind == "coverage"  # type: ignore[attr-defined]
        assert "Kept as a draft" in face.line


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_every_kind_that_has_a_list_is_in_the_palette(settings: Settings, language: str) -> None:
    i18n.use(language)
    try:
        async with running(settings) as face:
            for kind, model in KINDS.items():
                if not model.listed:
                    continue
                await called(face, i18n._(model.plural))
                options = face.app.screen.query_one(Options)
                place = place_of(kind)
                words = i18n._("Go to {place}").format(place=i18n._(place.label)) if place else i18n._(model.plural)
                at = [one.parts[0][0] for one in options.options]
                await face.press(*["down"] * at.index(i18n._(model.plural) if i18n._(model.plural) in at else words))
                await face.press("enter")
                here = face.app.screen
                assert kind in (here.kinds or ()) and getattr(here, "kind", kind) == kind  # type: ignore[attr-defined]
                await face.press("f2")
    finally:
        i18n.use("en")


async def test_a_new_text_begins_with_its_kind(settings: Settings) -> None:
    async with running(settings) as face:
        assert "A new text" in await chosen(face, "press release")
        await face.press("enter")
        await face.type("春季")
        await face.press("enter")
        assert await stored(face, "document") == ["春季"]


async def test_what_only_its_own_command_makes_is_refused_before_a_word_is_typed(settings: Settings) -> None:
    async with running(settings) as face:
        await chosen(face, "crisis log")
        await face.press("a")
        assert "its own command" in face.line and pages(face)[-1] == "ListPage"


@pytest.mark.parametrize("typed", ["导", "daoru", "Import"])
async def test_a_command_of_another_place_is_carried_out_there(settings: Settings, typed: str) -> None:
    async with running(settings) as face:
        await chosen(face, typed)
        assert face.app.place == "documents" and pages(face) == ["DocumentsScreen", "BringIn"]


@pytest.mark.parametrize("typed", ["导出", "daochu", "export"])
async def test_what_needs_a_record_says_how_to_come_to_it(settings: Settings, typed: str) -> None:
    async with running(settings) as face:
        await chosen(face, typed)
        assert face.app.place == "documents" and "Enter" in face.line and "Ctrl+E" in face.line


@pytest.mark.parametrize(
    ("typed", "place", "opened"),
    [
        ("board", "projects", ["BoardScreen"]),
        ("kanban", "projects", ["BoardScreen"]),
        ("all projects in a list", "projects", ["BoardScreen", "ListPage"]),
        ("new project", "projects", ["BoardScreen", "FormScreen"]),
        ("drafts", "media", ["MediaScreen"]),
        ("week", "today", ["TodayScreen"]),
    ],
)
async def test_places_and_their_commands_are_found_from_anywhere(
    settings: Settings, typed: str, place: str, opened: list[str]
) -> None:
    async with running(settings, place="media") as face:
        await chosen(face, typed)
        assert face.app.place == place and pages(face) == opened
        assert typed != "week" or face.app.screen.week  # type: ignore[attr-defined]


async def test_what_the_screen_has_itself_is_offered_once(settings: Settings) -> None:
    async with running(settings, place="projects") as face:
        assert (await called(face, "export")).count("Export") == 1
        await face.press("escape")
        await chosen(face, "export")
        assert face.app.place == "projects"


async def test_a_command_of_a_place_comes_through_what_lies_on_it(settings: Settings) -> None:
    async with running(settings, place="projects") as face:
        await face.press("enter", "f2")
        await chosen(face, "new project")
        assert pages(face) == ["BoardScreen", "FormScreen"]


async def test_every_command_that_a_place_offers_exists() -> None:
    known = {command.id for command in commands.COMMANDS}
    assert {one for place in PLACES for one in place.offers} <= known
