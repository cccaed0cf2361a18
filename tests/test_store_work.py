"""The unit of work, the journal, undo, conflicts and codes, on both engines."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from prtui import clock, store
from prtui.config import Settings
from prtui.errors import Conflict, Invalid, NotFound, Refused, Upgraded
from prtui.store import engine, journal, query
from prtui.store.journal import Change, Head
from prtui.store.records import Row


def people(*names: str) -> list[Row]:
    with store.write("林岚") as work:
        return [work.add("person", name=name) for name in names]


def task(**values: object) -> Row:
    with store.write("林岚") as work:
        project = work.add("project", name="曜石腕表发布会", owner=work.add("person", name="王敏"), type="launch")
        return work.add("task", title="确认灯光", project=project, owner=project.owner, **values)


def test_a_unit_of_work_stores_all_or_nothing(desk: Settings) -> None:
    with pytest.raises(Invalid) as caught, store.write("林岚") as work:
        work.add("person", name="王敏")
        work.add("task", title="", owner=None)
    assert set(caught.value.fields) == {"title", "owner"}
    assert query.count("person") == 0
    assert journal.head_seq() == 0
    assert people("王敏")[0].code.endswith("-001")


def test_rows_carry_references_days_and_instants(desk: Settings) -> None:
    row = task(due_on=date(2026, 3, 20))
    assert row.project.title == "曜石腕表发布会"
    assert row.owner.title == "王敏"
    assert row.due_on == date(2026, 3, 20)
    assert row.plain()["project"] == row.project.code
    at = clock.parse_moment("2026-03-12 09:00", "Europe/Paris")
    with store.write("林岚") as work:
        outlet = work.add("outlet", name="财经日报", tier="A")
        piece = work.add("coverage", title="腕表", outlet=outlet, published_at=at)
    again = query.get("coverage", piece.id)
    assert again.published_at == at
    assert again.published_at.zone == "Europe/Paris"


def test_codes_are_never_used_twice(desk: Settings) -> None:
    first, second = people("甲", "乙")
    with store.write("林岚") as work:
        work.undo()
    (third,) = people("丙")
    year = clock.today(desk.zone).year
    assert [row.code for row in (first, second, third)] == [f"PER-{year}-{n:03d}" for n in (1, 2, 3)]


def test_a_stale_edit_is_a_conflict_and_shows_both_sides(desk: Settings) -> None:
    row = task()
    with store.write("王敏") as work:
        work.edit(row, title="确认灯光与音响")
    with pytest.raises(Conflict) as caught, store.write("林岚") as work:
        work.edit(row, title="确认舞台")
    assert caught.value.mine == {"title": "确认舞台"}
    assert caught.value.theirs.title == "确认灯光与音响"
    assert "王敏" in str(caught.value)


def test_an_edit_that_changes_nothing_leaves_no_trace(desk: Settings) -> None:
    row = task()
    before = journal.head_seq()
    with store.write("林岚") as work:
        assert work.edit(row, title="确认灯光") == row
    assert journal.head_seq() == before


def test_undo_takes_back_ones_own_operations_one_after_another(desk: Settings) -> None:
    row = task()
    with store.write("林岚") as work:
        row = work.edit(row, title="确认音响", must=True)
    with store.write("林岚") as work:
        (back,) = work.undo()
    assert (back.title, back.must) == ("确认灯光", False)
    with store.write("林岚") as work:
        assert len(work.undo()) == 3
    assert query.count("task") == 0
    with pytest.raises(Refused), store.write("林岚") as work:
        work.undo()
    assert journal.verify() == (journal.head_seq(), "")


def test_undo_stops_where_somebody_else_went_on(desk: Settings) -> None:
    row = task()
    with store.write("林岚") as work:
        row = work.edit(row, title="确认音响")
    with store.write("王敏") as work:
        work.edit(row, note="周五前")
    with pytest.raises(Refused) as caught, store.write("林岚") as work:
        work.undo()
    assert "王敏" in str(caught.value)
    assert query.get("task", row.id).note == "周五前"


def test_a_removed_record_is_out_of_sight_and_comes_back(desk: Settings) -> None:
    row = task()
    with store.write("林岚") as work:
        gone = work.remove(row)
    assert query.count("task") == 0
    with pytest.raises(NotFound):
        query.get("task", row.id)
    with store.write("林岚") as work:
        work.restore(gone)
    assert query.get("task", row.id).title == "确认灯光"


def test_a_record_in_use_is_not_removed(desk: Settings) -> None:
    row = task()
    owner = query.get("person", row.owner.id)
    with pytest.raises(Refused) as caught, store.write("林岚") as work:
        work.remove(owner)
    assert row.code in caught.value.missing


def test_the_chain_shows_every_kind_of_tampering(desk: Settings) -> None:
    row = task()
    with store.write("林岚") as work:
        work.edit(row, title="二")
    assert journal.verify()[1] == ""
    whole = journal.verify()[0]
    kept = Change.get_by_id(2)
    Change.update(now="{}").where(Change.seq == 2).execute()
    assert "2" in journal.verify()[1]
    Change.update(now=kept.now).where(Change.seq == 2).execute()
    Change.update(actor="Mallory").where(Change.seq == 2).execute()
    assert "2" in journal.verify()[1]
    Change.update(actor=kept.actor).where(Change.seq == 2).execute()
    assert journal.verify() == (whole, "")
    Change.delete().where(Change.seq == whole).execute()
    assert journal.verify()[1] == "the newest changes are missing"


def test_an_erased_person_leaves_the_chain_whole(desk: Settings) -> None:
    (row,) = people("李文清")
    with store.write("林岚") as work:
        row = work.edit(row, name="—", reason="erasure asked for by 李文清")
        assert work.blank(row, reason="") == 2
    assert journal.verify()[1] == ""
    assert "李文清" not in "".join(f"{one.was}{one.now}{one.reason}" for one in journal.history())
    Change.update(actor="Mallory").where(Change.seq == 1).execute()
    assert journal.verify()[1] != ""


def test_an_operation_is_stored_once(desk: Settings) -> None:
    op = store.new_op()
    with store.write("林岚", op=op) as work:
        work.add("person", name="甲")
    assert journal.knows(op)
    with pytest.raises(Refused), store.write("林岚", op=op) as work:
        work.add("person", name="甲")
    assert query.count("person") == 1


def test_a_session_from_before_an_upgrade_stops_writing(desk: Settings) -> None:
    people("甲")
    Head.update(generation=Head.generation + 1).where(Head.id == 1).execute()
    with pytest.raises(Upgraded):
        people("乙")
    assert query.count("person") == 1


def test_people_are_found_by_pinyin_initials_and_code(desk: Settings) -> None:
    people("李文清", "单宁", "曾一诺", "李伟", "李伟")
    assert query.find("person", "lwq").name == "李文清"
    assert query.find("person", "shanning").name == "单宁"
    assert query.find("person", "per 3").name == "曾一诺"
    with pytest.raises(NotFound) as caught:
        query.find("person", "李伟")
    assert "PER-" in str(caught.value)
    names = [row.name for row in query.rows("person")]
    assert names == ["李伟", "李伟", "李文清", "单宁", "曾一诺"]


def test_hostile_text_is_stored_clean(desk: Settings) -> None:
    (row,) = people("a\x1b[31m\u202e[/]\ud800\x00b")
    assert row.name == "a[31m[/]\ufffdb"


def test_naive_datetimes_are_refused(desk: Settings) -> None:
    with pytest.raises(ValueError):
        clock.Moment(datetime(2026, 3, 1))
    with pytest.raises(ValueError):
        clock.stored(datetime(2026, 3, 1))
    assert clock.stored(datetime(2026, 3, 1, tzinfo=UTC)) == "2026-03-01T00:00:00.000000Z"


def test_data_version_moves_with_another_connections_commit(desk: Settings) -> None:
    import threading

    before = engine.data_version()

    def elsewhere() -> None:
        engine.connect()
        try:
            people("乙")
        finally:
            engine.close()

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert engine.data_version() != before
