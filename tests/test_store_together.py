"""Many sessions at once: no update is lost, no code given twice, no change missed, no answer taken for another."""

from __future__ import annotations

import os

import peewee
import pytest

from prtui import store
from prtui.config import Settings
from prtui.errors import Conflict, Trouble
from prtui.store import Row, Work, engine, journal, query
from prtui.store.journal import Head
from tests import forks

SESSIONS, SAVES = 8, 12


def project(name: str = "发布会") -> Row:
    with store.write("林岚") as work:
        return work.add("project", name=name, owner=work.add("person", name="王敏"), spent=0)


def test_eight_sessions_lose_no_update_and_give_no_code_twice(desk: Settings) -> None:
    key = project().id

    def spend(work: Work, row: Row) -> None:
        work.edit(row, spent=row.spent + 1)

    def session(name: str) -> None:
        store.open_desk(desk)
        for number in range(SAVES):
            with store.write(name) as work:
                work.add("person", name=f"{name} {number}")
            while True:
                try:
                    store.perform(name, spend, query.get("project", key))
                    break
                except Conflict:
                    continue

    with forks.apart(desk):
        forks.run(*(lambda name=f"session {n}": session(name) for n in range(SESSIONS)))
    assert query.get("project", key).spent == SESSIONS * SAVES
    assert query.count("person") == SESSIONS * SAVES + 1
    assert journal.verify() == (2 + 2 * SESSIONS * SAVES, "")


def test_who_follows_the_journal_misses_nothing(desk: Settings) -> None:
    def session(name: str) -> None:
        store.open_desk(desk)
        for number in range(SAVES):
            with store.write(name) as work:
                work.add("person", name=f"{name} {number}")
                work.add("person", name=f"{name} {number} b")

    def follower() -> None:
        store.open_desk(desk)
        seen: list[int] = []
        while len(seen) < 4 * SAVES * 2:
            seen += [seq for seq, _kind, _row in journal.since(seen[-1] if seen else 0, limit=7)]
        assert seen == list(range(1, 4 * SAVES * 2 + 1))

    with forks.apart(desk):
        forks.run(follower, *(lambda name=f"session {n}": session(name) for n in range(4)))


def kill_my_backend(desk: Settings, pid: int) -> None:
    import psycopg

    with psycopg.connect(desk.database, autocommit=True) as other:
        assert other.execute("SELECT pg_terminate_backend(%s, 5000)", (pid,)).fetchone() == (True,)


def my_backend() -> int:
    return int(engine.db.execute_sql("SELECT pg_backend_pid()").fetchone()[0])


@pytest.fixture
def shared_desk(desk: Settings) -> Settings:
    if engine.is_sqlite():
        pytest.skip("only a server can go away")
    return desk


def test_a_server_that_goes_away_in_the_middle_is_tried_once_more(shared_desk: Settings) -> None:
    tries: list[int] = []

    def act(work: Work) -> Row:
        tries.append(my_backend())
        row = work.add("person", name="王敏")
        if len(tries) == 1:
            kill_my_backend(shared_desk, tries[0])
        return work.edit(row, position="editor")

    row = store.perform("林岚", act)
    assert (row.position, len(tries), query.count("person")) == ("editor", 2, 1)
    assert journal.verify() == (2, "")


def test_a_server_that_keeps_going_away_is_said_so_and_nothing_is_stored(shared_desk: Settings) -> None:
    def act(work: Work) -> None:
        work.add("person", name="王敏")
        kill_my_backend(shared_desk, my_backend())

    with pytest.raises(engine.LostConnection):
        store.perform("林岚", act)
    engine.connect()
    assert (query.count("person"), journal.verify()) == (0, (0, ""))


def test_a_commit_whose_answer_was_lost_is_not_made_twice(
    shared_desk: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered = engine.db.obj.commit
    calls: list[int] = []

    def commit() -> None:
        backend = my_backend()
        answered()
        calls.append(backend)
        if len(calls) == 1:
            kill_my_backend(shared_desk, backend)
            engine.db.execute_sql("SELECT 1")  # as the answer would: the connection is gone

    monkeypatch.setattr(engine.db.obj, "commit", commit)
    row = store.perform("林岚", lambda work: work.add("person", name="王敏"))
    assert (row.name, query.count("person"), journal.head_seq()) == ("王敏", 1, 1)
    assert len(calls) == 1


def test_reading_after_the_server_went_away_says_so(shared_desk: Settings) -> None:
    kill_my_backend(shared_desk, my_backend())
    with pytest.raises(engine.LostConnection), engine.explained():
        query.rows("person")
    engine.close()
    engine.connect()
    assert query.rows("person") == []


def test_who_waits_too_long_for_another_is_told_so(desk: Settings) -> None:
    key = project().id
    if engine.is_sqlite():
        other = peewee.sqlite3.connect(engine.db.database, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        engine.db.execute_sql("PRAGMA busy_timeout = 50")
    else:
        import psycopg

        other = psycopg.connect(desk.database)
        other.execute("SELECT 1 FROM head FOR UPDATE")
        engine.db.execute_sql("SET lock_timeout = 50")
    try:
        with pytest.raises(Trouble) as caught, store.write("林岚") as work:
            work.edit(query.get("project", key), spent=5)
        assert "Another program" in str(caught.value)
    finally:
        other.rollback()
        other.close()
    with store.write("林岚") as work:
        assert work.edit(query.get("project", key), spent=6).spent == 6


def test_a_unit_of_work_is_not_opened_inside_another(desk: Settings) -> None:
    with pytest.raises(RuntimeError), store.write("林岚"), store.write("王敏"):
        pass


def test_a_snapshot_does_not_move_while_others_write(desk: Settings) -> None:
    project("first")

    def another() -> None:
        store.open_desk(desk)
        project("second")

    count = os.pipe()
    with forks.apart(desk):

        def reader() -> None:
            store.open_desk(desk)
            with engine.snapshot():
                before = query.count("project")
                os.write(count[1], b"x")
                os.read(gate[0], 1)
                assert (before, query.count("project"), Head.get_by_id(1).seq) == (1, 1, 2)
            assert query.count("project") == 2

        gate = os.pipe()
        child = forks.fork(reader)
        os.read(count[0], 1)
        forks.run(another)
        os.write(gate[1], b"x")
        forks.ended(child)
    for end in (*count, *gate):
        os.close(end)
