"""The ground floor: tables, queries, the unit of work, the journal. The only room that knows Peewee."""

from __future__ import annotations

import importlib
from pathlib import Path

from prtui.config import Settings
from prtui.store import engine, migrations, work
from prtui.store.records import KINDS, Record, Row
from prtui.store.work import Work, new_op, perform, write

for _file in sorted(Path(__file__).parent.glob("[!_]*.py")):  # so that a new record type needs its declaration only
    importlib.import_module(f"{__name__}.{_file.stem}")
for _model in KINDS.values():
    migrations.live_index(_model, _model.sort_key, _model.id, name=f"{_model._meta.table_name}_live_title")


def open_desk(settings: Settings) -> None:
    """Open the configured desk for this process, making or upgrading it as needed, and connect this thread."""
    engine.use(settings)
    work.configured(settings)
    with engine.explained():
        migrations.upgrade(settings)


def close() -> None:
    """Close this thread's connection."""
    engine.close()


explained = engine.explained

__all__ = ["KINDS", "Record", "Row", "Work", "close", "explained", "new_op", "open_desk", "perform", "write"]
