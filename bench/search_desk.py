"""The same records in a real desk, with its own index: what only a real desk can show."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from search_records import Desk

from prtui import clock, store
from prtui.clock import Moment
from prtui.config import Settings
from prtui.search.index import open_index
from prtui.store.documents import Document
from prtui.store.engine import db
from prtui.store.fields import sort_text
from prtui.store.journal import Counter
from prtui.store.media import Coverage, Outlet

ACTOR, ZONE = "bench", "Asia/Shanghai"


def settings_of(folder: Path) -> Settings:
    """The settings of a desk in a folder."""
    return Settings(data=folder, actor=ACTOR, zone=ZONE)


def make(folder: Path, desk: Desk) -> Settings:
    """A desk with these records, written past the journal (the bench is about finding them), and its index."""
    settings = settings_of(folder)
    store.open_desk(settings)
    with db.atomic():
        outlets: dict[str, int] = {}
        clips, texts = [], []
        for entry in (entry for batch in desk.every_entry() for entry in batch):
            day, now = date.fromisoformat(entry.on), clock.now()
            row: dict[str, Any] = {
                "id": entry.id, "title": entry.title, "body": entry.body, "sort_key": sort_text(entry.title),
                "created_at": now, "updated_at": now,
            }  # fmt: skip
            if entry.kind == "coverage":
                name = entry.facets["outlet"]
                if name not in outlets:
                    number = len(outlets) + 1
                    outlets[name] = Outlet.insert(
                        code=f"OUT-2026-{number:03d}",
                        name=name,
                        sort_key=sort_text(name),
                        created_at=now,
                        updated_at=now,
                    ).execute()
                at = Moment(datetime(day.year, day.month, day.day, 4, tzinfo=UTC), ZONE)
                clips.append(
                    row | {"code": f"COV-{day.year}-{entry.id:03d}", "outlet": outlets[name], "published_at": at}
                )
            else:
                kind = "minutes" if entry.kind == "minutes" else "note"
                texts.append(row | {"code": f"DOC-{day.year}-{entry.id:03d}", "type": kind, "dated_on": day})
        for model, rows in ((Coverage, clips), (Document, texts)):
            for few in _few(iter(rows)):
                model.insert_many(few).execute()
        Counter.insert(name=f"DOC-{clock.today(ZONE).year}", last=desk.count).execute()  # codes of these are given
    open_index(settings.data / "index").rebuild()
    return settings


def _few(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while few := list(islice(rows, 500)):
        yield few


# A new process opens the desk, imports and all, and searches twice: CPU ms until the store is open, until the search is
# imported, until the first hit, and wall ms of the first and the second query.
COLD = """
import gc, sys, time
gc.disable()  # as the command line does until the desk is open
sys.modules.setdefault("psycopg", None)
from pathlib import Path
from prtui import store
from prtui.config import Settings
settings = Settings(data=Path({folder!r}), actor="bench", zone="Asia/Shanghai")
store.open_desk(settings)
gc.freeze()
gc.enable()
marks = [time.process_time()]
from prtui.search.index import open_index
from prtui.search.query import search
open_index(settings.data / "index")
marks.append(time.process_time())
walls = [time.perf_counter()]
for word in {words!r}:
    search(word, limit=20)
    marks.append(time.process_time())
    walls.append(time.perf_counter())
print(*[1000 * mark for mark in marks[:3]], *[1000 * (b - a) for a, b in zip(walls, walls[1:])])
"""
