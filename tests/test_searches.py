"""Saved searches count what is new, and counts are those of the searches they narrow to."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from prtui import i18n, store
from prtui.clock import Moment
from prtui.config import Settings
from prtui.desk import records, searches
from prtui.errors import NotFound, Refused
from prtui.search import facets, index
from prtui.search.query import search
from prtui.store import Row, journal, query

ME = "林岚"


def perform(act: Any, *args: Any, **values: Any) -> Any:
    return store.perform(ME, act, *args, **values)


def note(title: str, body: str = "") -> Row:
    row: Row = perform(records.add, "document", {"type": "note", "title": title, "body": body})
    return row


def counted(settings: Settings) -> dict[str, int]:
    index.open_index(settings.data / "index").catch_up()
    with_index = {one.row.name: one.new for one in searches.listing(ME)}
    index.open_index(settings.data / "nothing here")
    assert {one.row.name: one.new for one in searches.listing(ME)} == with_index
    index.open_index(settings.data / "index")
    return with_index


def look(name: str) -> None:
    perform(searches.look, searches.named(ME, name), journal.head_seq())


def test_what_is_made_or_changed_since_the_last_look_is_new(desk: Settings) -> None:
    old = note("表扣质量问题", "旧")
    perform(searches.save, "质量问题 -召回", "质量")
    assert counted(desk) == {"质量": 0}
    note("又一个质量问题")
    note("质量问题 召回")
    note("无关")
    assert counted(desk) == {"质量": 1}
    perform(records.change, old, {"body": "新"})
    assert counted(desk) == {"质量": 2}
    look("质量")
    assert counted(desk) == {"质量": 0}


def test_what_the_search_does_not_read_makes_nothing_new(desk: Settings) -> None:
    with store.write(ME) as work:
        outlet = work.add("outlet", name="财经日报")
        day = Moment(datetime(2026, 3, 16, 1, tzinfo=UTC), "Asia/Shanghai")
        clip = work.add("coverage", title="表扣", outlet=outlet, published_at=day)
    perform(searches.save, "表扣 类:报道")
    perform(records.change, clip, {"reach": 12_000})
    assert counted(desk) == {"表扣 类:报道": 0}
    perform(records.change, query.get("coverage", clip.id), {"sentiment": "negative"})
    assert counted(desk) == {"表扣 类:报道": 1}


def test_what_is_deleted_is_not_new_nor_what_a_deletion_gives_back(desk: Settings) -> None:
    old = note("表扣")
    perform(searches.save, "表扣")
    perform(records.remove, note("表扣 二"))
    assert counted(desk) == {"表扣": 0}
    perform(records.remove, old)
    perform(records.undo)
    assert counted(desk) == {"表扣": 0}


@pytest.mark.parametrize(
    "typed", ["launching", "lwq", "li wenq", "DOC-2", '"the party"', "9", "第002", "质量，问题", "art"]
)
def test_only_hits_are_counted_however_they_are_found(desk: Settings, typed: str) -> None:
    perform(searches.save, typed)
    for title, body in (
        ("李文清", "质量问题"), ("Launches", "the party was late at 9"), ("Party", "an article"), ("第002页", "质量 问题"), ("第2页", "art"),
    ):  # fmt: skip
        note(title, body)
    index.open_index(desk.data / "index").catch_up()
    found = {(hit.kind, hit.id) for hit in search(typed, limit=100).hits}
    assert found and counted(desk)[typed] == len(found)


def test_looking_is_nothing_that_undo_takes_back(desk: Settings) -> None:
    perform(searches.save, "表扣")
    made = note("表扣")
    look("表扣")
    (back,) = perform(records.undo)
    assert back.code == made.code and back.deleted_at is not None
    (gone,) = perform(records.undo)
    assert gone.kind == "search" and gone.deleted_at is not None and not searches.listing(ME)
    assert journal.verify()[1] == ""


def test_a_name_is_somebodys_own_and_saving_again_renews_it(desk: Settings) -> None:
    perform(searches.save, "表扣", "质量")
    store.perform("王敏", searches.save, "别的", "质量")
    renewed = perform(searches.save, "表带", "质量")
    assert [(one.row.name, one.row.query) for one in searches.listing(ME)] == [("质量", "表带")]
    assert searches.named(ME, renewed.code).id == renewed.id
    perform(searches.forget, renewed)
    with pytest.raises(NotFound):
        searches.named(ME, "质量")
    assert searches.named("王敏", "质量").query == "别的"
    with pytest.raises(Refused):
        perform(searches.save, " \n ")


def test_a_saved_search_is_made_by_its_own_command_only(desk: Settings) -> None:
    with pytest.raises(Refused):
        perform(records.add, "search", {"name": "x", "query": "y", "owner": "z"})


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_count_is_that_of_the_search_it_narrows_to(local_desk: Settings, language: str) -> None:
    i18n.use(language)
    with store.write(ME) as work:
        for number, name in enumerate(("VOGUE", "VOGUE Business", "Le Monde, Paris", "“快报”", "a|b")):
            outlet = work.add("outlet", name=name)
            for year in (2024, 2025, 2026):
                day = Moment(datetime(year, 3, 1 + number, 1, tzinfo=UTC), "Asia/Shanghai")
                tone = ("positive", "negative", "mixed")[(number + year) % 3]
                work.add("coverage", title=f"曜石 {number}", outlet=outlet, published_at=day, sentiment=tone)
        for type_ in ("note", "statement"):
            records.add(work, "document", {"type": type_, "title": "曜石", "body": "曜石"})
        work.add("person", name="曜石")
    index.open_index(local_desk.data / "index").catch_up()
    results = search("曜石", limit=0, counts=True)
    counts = facets.counted(results)
    assert {one.by for one in counts} == set(facets.BY)
    for one in counts:
        narrowed = facets.toggled("曜石", one.narrows)
        assert search(narrowed).total == one.count, one
        assert facets.toggled(narrowed, one.narrows) == "曜石"
    assert [one.value for one in counts if one.by == "year"] == sorted(
        (one.value for one in counts if one.by == "year"), reverse=True
    )


def test_words_are_taken_from_anywhere_in_the_line() -> None:
    assert facets.toggled("a 类:报道 b", "类:报道") == "a b"
    assert facets.toggled("a 类:报道者", "类:报道") == "a 类:报道者 类:报道"
    assert facets.toggled("", "year:2026") == "year:2026"
