"""Bringing a database to the declarations of this program.

What a declaration can say (a new record type, a new field, an index) needs no step: missing tables and columns are made
from it. Only what it cannot say, such as moving values, is a numbered step in STEPS.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import peewee

from prtui import clock
from prtui.config import Settings
from prtui.errors import Trouble
from prtui.i18n import _
from prtui.store import engine, work
from prtui.store.engine import db
from prtui.store.journal import Change, Counter, Head
from prtui.store.records import KINDS, Record

if TYPE_CHECKING:
    from playhouse.migrate import SchemaMigrator

Step = Callable[["SchemaMigrator"], None]
STEPS: list[Step] = []


def declared() -> list[Any]:
    """Every table of the store."""
    return [Head, Counter, Change, *KINDS.values()]


def _layout() -> dict[str, list[str]]:
    return {model._meta.table_name: sorted(f.column_name for f in model._meta.sorted_fields) for model in declared()}


def upgrade(settings: Settings) -> bool:
    """Make the database fit this program; returns whether anything was changed. Safe in every process at start.

    Refuses a foreign database, and one that a newer prtui has written.
    """
    if engine.is_foreign():
        raise Trouble(
            _("This database has tables but was not made by prtui."),
            hint=_("Point --data or `database` at an empty place."),
        )
    if db.table_exists("head") and _fits(Head.get_or_none(Head.id == 1)):
        work.opened_with(Head.get_by_id(1).generation)
        return False
    if engine.is_sqlite() and db.table_exists("head"):
        _backup_first(settings)
    engine.foreign_keys(False)
    try:
        with engine.transaction():
            engine.lock_schema()
            head = None
            if db.table_exists("head"):
                engine.lock_head()  # before any table: a unit of work takes them in that order too
                head = Head.get_or_none(Head.id == 1)
            changed = head is None or not _fits(head)  # another process may have been first
            if changed:
                _apply(head)
        work.opened_with(Head.get_by_id(1).generation)
    finally:
        engine.foreign_keys(True)
    return changed


def _fits(head: Any) -> bool:
    if head is None:
        return False
    stored, ours = json.loads(head.tables), _layout()
    newer = [table for table in stored if table not in ours or set(stored[table]) - set(ours[table])]
    if head.steps < len(STEPS):  # older: what is too much, a step takes away
        return False
    if newer or head.steps > len(STEPS):
        raise Trouble(
            _("This database was written by a newer prtui (it has {names}).").format(names=", ".join(newer) or "steps"),
            hint=_("Install the newer prtui; nothing was changed."),
        )
    return bool(stored == ours and head.steps == len(STEPS))


def _apply(head: Any) -> None:
    from playhouse.migrate import SchemaMigrator  # 4 ms that an ordinary start has no use for

    migrator = SchemaMigrator.from_database(db.obj)
    tables = set(db.get_tables())
    for model in declared():
        name = model._meta.table_name
        if name not in tables:
            model.create_table(safe=True)
            continue
        have = {column.name for column in db.get_columns(name)}
        for field in model._meta.sorted_fields:
            if field.column_name not in have:
                migrator.add_column(name, field.column_name, field).run()
        model._schema.create_indexes(safe=True)
    done = head.steps if head is not None else len(STEPS)
    for step in STEPS[done:]:
        step(migrator)
    layout = json.dumps(_layout(), sort_keys=True)
    if head is None:
        Head.insert(id=1, tables=layout, steps=len(STEPS), generation=1, desk=uuid.uuid4().hex).execute()
        engine.mark_ours()
    else:
        Head.update(tables=layout, steps=len(STEPS), generation=Head.generation + 1).where(Head.id == 1).execute()
    faults = engine.check_whole()
    if faults:
        raise Trouble(
            _("The upgrade would break the database; nothing was changed: {faults}.").format(
                faults="; ".join(faults[:3])
            ),
            hint=_("Run: prtui doctor"),
        )


def _backup_first(settings: Settings) -> None:
    folder = engine.private_folder(settings.data / "backups")
    engine.copy_to(Path(folder, f"before-upgrade-{clock.now():%Y%m%dT%H%M%S%f}.db"))


def live_index(model: type[Record], *fields: Any, name: str) -> None:
    """Declare an index over the live rows only: `deleted_at` inside the index keeps pages of long lists in it."""
    index = peewee.ModelIndex(model, fields, name=name).where(model.deleted_at.is_null())
    model.add_index(index)
