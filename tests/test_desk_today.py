"""Today knows what is overdue, due and worth a look, on the clock of the brand, sorted by consequence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from prtui import clock, store
from prtui.clock import Moment
from prtui.config import Settings
from prtui.desk import documents, projects, records, today
from prtui.desk.today import LOOK, OVERDUE, TODAY, TOMORROW, WEEK
from prtui.store import Row, query

# Friday 13 March 2026, 00:30 in Shanghai, 17:30 of the day before in Paris.
NIGHT = datetime(2026, 3, 12, 16, 30, tzinfo=UTC)
FRIDAY = date(2026, 3, 13)


@pytest.fixture
def desk(local_desk: Settings) -> Iterator[Settings]:
    with clock.frozen(NIGHT):
        yield replace(local_desk, zones=("Europe/Paris", "America/New_York"))


def add(kind: str, **values: object) -> Row:
    return store.perform("林岚", records.add, kind, values)


def owner() -> Row:
    found = query.rows("person", {"name": "王敏"})
    return found[0] if found else add("person", name="王敏")


def sections(settings: Settings, days: int = 1) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in today.attention(settings, days=days):
        found.setdefault(one.section, []).append(one.item.row.heading)
    return found


def test_tasks_fall_into_their_sections(desk: Settings) -> None:
    for name, day in {"late": -1, "now": 0, "next": 1, "later": 5, "far": 30}.items():
        add("task", title=name, owner=owner(), due_on=FRIDAY + timedelta(days=day))
    add("task", title="some day", owner=owner())
    add("task", title="done", owner=owner(), due_on=FRIDAY, status="done")
    add("task", title="dropped", owner=owner(), due_on=FRIDAY, status="dropped")
    assert sections(desk) == {OVERDUE: ["late"], TODAY: ["now"], TOMORROW: ["next"]}
    assert sections(desk, days=7) == {OVERDUE: ["late"], TODAY: ["now"], TOMORROW: ["next"], WEEK: ["later"]}


def test_the_day_is_that_of_the_brand(desk: Settings) -> None:
    add("task", title="friday", owner=owner(), due_on=FRIDAY)
    assert sections(desk) == {TODAY: ["friday"]}
    assert sections(replace(desk, zone="Europe/Paris")) == {TOMORROW: ["friday"]}
    with clock.frozen(NIGHT - timedelta(hours=1)):
        assert sections(desk) == {TOMORROW: ["friday"]}


def test_within_a_section_consequence_comes_first(desk: Settings) -> None:
    add("task", title="may", owner=owner(), due_on=FRIDAY)
    add("task", title="must", owner=owner(), due_on=FRIDAY, must=True)
    add("project", name="P3", owner=owner(), due_on=FRIDAY, priority="P3")
    add("project", name="P0", owner=owner(), due_on=FRIDAY, priority="P0")
    assert sections(desk)[TODAY] == ["P0", "must", "P3", "may"]


def test_what_is_late_says_by_how_much(desk: Settings) -> None:
    add("task", title="late", owner=owner(), due_on=FRIDAY - timedelta(days=3))
    add("task", title="next", owner=owner(), due_on=FRIDAY + timedelta(days=1))
    first, second = today.attention(desk)
    assert (first.when, first.late, first.label) == ("03-10", "late 3 d", "Task")
    assert (second.when, second.late, second.item.who) == ("03-14", "1 d", "王敏")


def approved_release(**values: object) -> Row:
    row = add("document", type="release", title="曜石", body="今日发布。", **values)
    for _ in range(2):
        row = store.perform("林岚", documents.advance, row)
    for step in ("legal", "management"):
        store.perform("林岚", documents.clear, row, step, by=f"周总{step}")
    return store.perform("林岚", documents.advance, row)


def test_an_embargo_lifts_at_its_instant_in_every_city(desk: Settings) -> None:
    add_at = Moment(NIGHT + timedelta(hours=2, minutes=5), "Europe/Paris")
    approved_release(embargo_at=add_at)
    (one,) = today.attention(desk)
    assert (one.section, one.when, one.late) == (TODAY, "02:35", "02:05")
    assert "Shanghai 02:35" in one.item.what and "Paris 19:35" in one.item.what and "New York 14:35" in one.item.what
    with clock.frozen(NIGHT + timedelta(hours=3)):
        (one,) = today.attention(desk)
        assert (one.section, one.late) == (OVERDUE, "late 00:55")


def test_a_text_under_review_is_due_today_until_it_is_cleared(desk: Settings) -> None:
    row = add("document", type="statement", title="关于表扣", body="我们已获悉。")
    assert sections(desk) == {}
    row = store.perform("林岚", documents.advance, row)
    assert sections(desk) == {TODAY: ["关于表扣"]}
    assert "Review" in today.attention(desk)[0].item.what


def test_a_promised_update_is_due_at_its_minute(desk: Settings) -> None:
    row = add("document", type="statement", title="关于表扣", body="我们已获悉。",
              next_update_at=Moment(NIGHT + timedelta(minutes=30), "Asia/Shanghai"))  # fmt: skip
    for _ in range(2):
        row = store.perform("林岚", documents.advance, row)
    for step in ("legal", "management"):
        store.perform("林岚", documents.clear, row, step, by=f"周总{step}")
    for _ in range(2):
        row = store.perform("林岚", documents.advance, row)
    (one,) = today.attention(desk)
    assert (one.section, one.label, one.when, one.item.weight) == (TODAY, "Update", "01:00", 0)


def test_what_is_unwell_blocked_or_still_is_worth_a_look(desk: Settings) -> None:
    add("project", name="red", owner=owner(), health="red", health_reason="供应商延期")
    add("project", name="blocked", owner=owner(), blocked_by="法务")
    store.perform("林岚", projects.move, add("project", name="held", owner=owner()), "on_hold", "x")
    found = today.attention(desk)
    assert {one.section for one in found} == {LOOK}
    assert [one.item.row.heading for one in found] == ["blocked", "red"]
    assert "供应商延期" in found[1].item.what
    with clock.frozen(NIGHT + timedelta(days=20)):
        assert sections(desk)[LOOK] == ["blocked", "red", "red", "blocked"]


def test_many_uncoded_pieces_are_one_line(desk: Settings) -> None:
    outlet = add("outlet", name="财经日报")
    for number in range(10):
        add("coverage", title=f"piece {number}", outlet=outlet, published_at=Moment(NIGHT, "Asia/Shanghai"))
    assert sections(desk) == {}
    add("coverage", title="piece 11", outlet=outlet, published_at=Moment(NIGHT, "Asia/Shanghai"))
    (one,) = today.attention(desk)
    assert one.section == LOOK and "11" in one.item.what
