"""An existing desk meets another program: a new declaration, a step, a failure, an older or a newer one, a stranger."""

from __future__ import annotations

import contextlib
import io
import json
import sqlite3
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from prtui import cli, store
from prtui.config import Settings
from prtui.errors import Trouble, Upgraded
from prtui.i18n import N_
from prtui.store import engine, feed, journal, migrations, prepared, query, records
from prtui.store.engine import db
from prtui.store.fields import Amount, Choice, Choices, Code, Day, Flag, Instant, Prose, Ref, Text
from prtui.store.journal import Head
from prtui.store.projects import Project, Task
from prtui.store.records import KINDS, Record
from tests import forks


def declare(**fields: Any) -> None:
    """Make this process another program: one whose tasks have these fields too."""
    for name, field in fields.items():
        Task._meta.add_field(name, field)
    for made in (prepared._insertion, prepared._change, query._by_id, query._liveness, records.referring):
        made.cache_clear()  # type: ignore[attr-defined]


def person(name: str) -> None:
    with store.write("林岚") as work:
        work.add("person", name=name)


def indexes(table: str) -> set[str]:
    return {index.name for index in db.get_indexes(table)}


def test_a_desk_that_fits_is_not_touched(desk: Settings) -> None:
    head = Head.get_by_id(1)
    assert migrations.upgrade(desk) is False
    assert (Head.get_by_id(1).generation, head.generation) == (1, 1)
    assert not (desk.data / "backups").exists()


def test_every_declared_column_and_index_is_there(desk: Settings) -> None:
    for model in migrations.declared():
        table = model._meta.table_name
        assert {column.name for column in db.get_columns(table)} == {f.column_name for f in model._meta.sorted_fields}
    assert "task_live_title" in indexes("task")


# -- one declaration -----------------------------------------------------------------------------------------------------


class Metal(Choices):
    GOLD = "gold", N_("Gold")
    STEEL = "steel", N_("Steel")


def declare_trophy() -> type[Record]:
    """All there is to a new record type."""

    class Trophy(Record):
        """A prize that the brand won."""

        label = N_("Trophy")
        plural = N_("Trophies")
        shown = ("title", "metal", "won_on", "project")
        dated_by = "won_on"
        faceted_by = ("metal",)

        code = Code("TRO")
        title = Text(N_("Title"), required=True, search=True)
        metal = Choice(Metal, N_("Metal"), default=Metal.STEEL)
        won_on = Day(N_("Won"))
        worth = Amount(N_("Worth"))
        project = Ref(Project, N_("Project"), search=True, backref="trophies")
        speech = Prose(N_("Speech"), search=True)

    return Trophy


def prtui(desk: Settings, *arguments: str) -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        code = cli.main(["--data", str(desk.data), "--as", "林岚", *arguments])
    assert code == 0
    return out.getvalue()


def test_a_new_record_type_is_one_declaration(desk: Settings) -> None:
    with store.write("林岚") as work:
        project = work.add("project", name="曜石", owner=work.add("person", name="王敏"))
    if desk.database:
        (desk.data).mkdir(parents=True, exist_ok=True)
        (desk.data / "config.toml").write_text(f'database = "{desk.database}"\n', encoding="utf-8")

    def another_program() -> None:
        declare_trophy()
        code = prtui(desk, "add", "trophy", "title=最佳发布", "won_on=2026-03-20", f"project={project.code}").strip()
        assert code.startswith("TRO-") and code.endswith("-001")
        prtui(desk, "set", code, "metal=gold", "worth=8.6万")
        (row,) = json.loads(prtui(desk, "list", "trophy", "metal=gold", "--json"))
        assert (row["title"], row["worth"], row["project"]) == ("最佳发布", 8_600_000, project.code)
        assert "¥86,000.00" in prtui(desk, "show", code)
        assert code in prtui(desk, "show", project.code)
        assert "最佳发布" in prtui(desk, "list", "trophy", "--typed", "zjfb")
        assert "trophy" in prtui(desk, "history", code, "--json")
        store.open_desk(desk)
        found = feed.entry(query.get("trophy", 1))
        assert (found.title, found.on, found.facets) == ("最佳发布", "2026-03-20", {"metal": "gold"})
        assert "曜石" in found.body
        assert "trophy" in feed.kinds()
        prtui(desk, "undo")
        prtui(desk, "undo")

    with forks.apart(desk):
        forks.run(another_program)
    assert journal.verify()[1] == ""
    with pytest.raises(Upgraded):  # this session is from before
        person("late")
    with pytest.raises(Trouble) as caught:  # and this program is too old now
        migrations.upgrade(desk)
    assert "newer" in str(caught.value) and "trophy" in str(caught.value)
    assert "trophy" not in KINDS


def add_fields() -> None:
    declare(
        prize=Text(N_("Prize"), search=True),
        judge=Ref(KINDS["person"], N_("Judge"), backref="judged"),
        judged_at=Instant(N_("Judged")),
        won=Flag(N_("Won")),
        metal=Choice(Metal, N_("Metal"), default=Metal.STEEL, index=True),
    )


def test_a_new_field_finds_the_old_rows_and_keeps_the_indexes(desk: Settings) -> None:
    with store.write("林岚") as work:
        task = work.add("task", title="灯光", owner=work.add("person", name="王敏"), must=True)
    before = indexes("task")

    def another_program() -> None:
        add_fields()
        store.open_desk(desk)
        row = query.get("task", task.id)
        assert (row.title, row.owner, row.must) == (task.title, task.owner, True)
        assert (row.prize, row.judge, row.judged_at, row.won, row.metal) == ("", None, None, False, "steel")
        assert before < indexes("task")
        with store.write("林岚") as work:
            work.edit(row, prize="金奖", judge=row.owner, won=True)
        assert query.rows("task", {"judge": row.owner})[0].prize == "金奖"
        assert Head.get_by_id(1).generation == 2
        assert migrations.upgrade(desk) is False
        assert journal.verify()[1] == "" and engine.check_whole() == []

    with forks.apart(desk):
        forks.run(another_program)


# -- steps ---------------------------------------------------------------------------------------------------------------


def rename_everybody(_migrator: Any) -> None:
    db.execute_sql("UPDATE person SET position = position || '!'")


def break_off(_migrator: Any) -> None:
    db.execute_sql("UPDATE person SET position = 'half done'")
    raise RuntimeError("the step is wrong")


def test_steps_run_in_order_and_once(desk: Settings) -> None:
    person("王敏")
    order: list[str] = []

    def another_program() -> None:
        migrations.STEPS[:] = [lambda _m: order.append("first"), lambda _m: order.append("second"), rename_everybody]
        store.open_desk(desk)
        assert order == ["first", "second"]
        assert query.rows("person")[0].position == "!"
        store.close()
        store.open_desk(desk)
        assert order == ["first", "second"]
        head = Head.get_by_id(1)
        assert (head.steps, head.generation) == (3, 2)

    with forks.apart(desk):
        forks.run(another_program)
    with pytest.raises(Trouble) as caught:
        migrations.upgrade(desk)
    assert "newer" in str(caught.value)


def test_a_new_desk_starts_with_every_step_behind_it(tmp_path: Path) -> None:
    def program() -> None:
        migrations.STEPS[:] = [break_off]
        store.open_desk(Settings(data=tmp_path / "desk", actor="林岚"))
        assert Head.get_by_id(1).steps == 1

    forks.run(program)


def test_a_step_may_take_a_column_away(desk: Settings) -> None:
    """A program that has renamed a field meets a desk that has the old one."""

    def older_program() -> None:
        declare(wish=Text(N_("Wish")))
        store.open_desk(desk)
        with store.write("林岚") as work:
            work.add("task", title="灯光", owner=work.add("person", name="王敏"), wish="warm")

    def newer_program() -> None:
        declare(desire=Text(N_("Desire")))

        def move(migrator: Any) -> None:
            db.execute_sql("UPDATE task SET desire = wish")
            migrator.drop_column("task", "wish").run()

        migrations.STEPS[:] = [move]
        store.open_desk(desk)
        assert query.rows("task")[0].desire == "warm"
        assert "wish" not in {column.name for column in db.get_columns("task")}

    with forks.apart(desk):
        forks.run(older_program)
        forks.run(newer_program)


def test_a_step_that_fails_leaves_everything_as_it_was(desk: Settings) -> None:
    person("王敏")

    def another_program() -> None:
        add_fields()
        migrations.STEPS[:] = [break_off]
        with pytest.raises(RuntimeError):
            store.open_desk(desk)
        store.close()

    with forks.apart(desk):
        forks.run(another_program)
    assert migrations.upgrade(desk) is False
    assert query.rows("person")[0].position == ""
    person("李伟")
    assert "prize" not in {column.name for column in db.get_columns("task")}


def test_sessions_that_start_at_once_make_and_upgrade_a_desk_once(desk: Settings, tmp_path: Path) -> None:
    fresh = Settings(data=tmp_path / "fresh", actor="林岚")
    person("王敏")

    def program() -> None:
        if not desk.database:
            store.open_desk(fresh)
            store.close()
        add_fields()
        migrations.STEPS[:] = [rename_everybody]
        store.open_desk(desk)
        with store.write("林岚") as work:
            work.add("person", name="another")

    with forks.apart(desk):
        forks.run(*[program] * 5)
    assert Head.get_by_id(1).generation == 2
    assert query.find("person", "王敏").position == "!"
    assert query.count("person") == 6


# -- the copy beforehand ---------------------------------------------------------------------------------------------------


def test_a_verified_copy_is_made_before_anything_is_changed(local_desk: Settings) -> None:
    person("王敏")

    def another_program() -> None:
        add_fields()
        store.open_desk(local_desk)

    with forks.apart(local_desk):
        forks.run(another_program)
    (copy,) = (local_desk.data / "backups").iterdir()
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    with sqlite3.connect(copy) as old:
        assert old.execute("SELECT name FROM person").fetchall() == [("王敏",)]
        assert "prize" not in {row[1] for row in old.execute("PRAGMA table_info(task)")}


def test_without_a_copy_nothing_is_changed(local_desk: Settings) -> None:
    (local_desk.data / "backups").write_text("no folder can be made here", encoding="utf-8")

    def another_program() -> None:
        add_fields()
        with pytest.raises(Trouble):
            store.open_desk(local_desk)
        store.close()

    with forks.apart(local_desk):
        forks.run(another_program)
    assert migrations.upgrade(local_desk) is False


# -- strangers -------------------------------------------------------------------------------------------------------------


def foreign(path: Path, make: Callable[[sqlite3.Connection], object]) -> Settings:
    path.mkdir()
    with sqlite3.connect(path / "prtui.db") as file:
        make(file)
        file.execute("CREATE TABLE letters (body TEXT)")
        file.execute("INSERT INTO letters VALUES ('hers')")
    return Settings(data=path, actor="林岚")


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda file: None, id="without our table"),
        pytest.param(lambda file: file.execute("PRAGMA application_id = 252006673"), id="of another program"),
        pytest.param(
            lambda file: file.executescript("PRAGMA application_id = 7; CREATE TABLE head (id INTEGER)"), id="alike"
        ),
    ],
)
def test_a_foreign_file_is_refused_and_left(tmp_path: Path, make: Callable[[sqlite3.Connection], object]) -> None:
    stranger = foreign(tmp_path / "desk", make)
    with pytest.raises(Trouble) as caught:
        store.open_desk(stranger)
    assert "was not made by prtui" in str(caught.value) and caught.value.hint
    store.close()
    with sqlite3.connect(stranger.data / "prtui.db") as file:
        assert file.execute("SELECT body FROM letters").fetchall() == [("hers",)]
        assert "person" not in {row[0] for row in file.execute("SELECT name FROM sqlite_master")}


def test_a_foreign_server_database_is_refused(postgres_address: str | None, tmp_path: Path) -> None:
    if postgres_address is None:
        pytest.skip("no PostgreSQL server is installed here")
    import psycopg

    from tests import postgres

    postgres.empty(postgres_address)
    with psycopg.connect(postgres_address, autocommit=True) as other:
        other.execute("CREATE TABLE letters (body TEXT)")
    with pytest.raises(Trouble) as caught:
        store.open_desk(Settings(data=tmp_path, actor="林岚", database=postgres_address))
    assert "was not made by prtui" in str(caught.value)
    store.close()


def test_a_newer_database_is_refused_and_left(desk: Settings) -> None:
    person("王敏")
    layout = json.loads(Head.get_by_id(1).tables)
    layout["task"].append("mood")
    Head.update(tables=json.dumps(layout)).where(Head.id == 1).execute()
    store.close()
    with pytest.raises(Trouble) as caught:
        store.open_desk(desk)
    assert "task" in str(caught.value) and "Install the newer prtui" in caught.value.hint
    assert Head.get_by_id(1).generation == 1
    assert query.count("person") == 1
