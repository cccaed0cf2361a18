"""Searches that are kept, and what the journal has brought since one of them was looked at."""

from __future__ import annotations

import peewee

from prtui.i18n import N_
from prtui.store import journal, prepared, query
from prtui.store.fields import Code, Number, Text
from prtui.store.journal import Change
from prtui.store.records import KINDS, Record, Row, specs

Key = tuple[str, int]


class Search(Record):
    """Words that somebody searches for again and again. `seen` is the number of the last change looked at."""

    label = N_("Saved search")
    plural = N_("Saved searches")
    titled_by = "name"
    shown = ("name", "query", "owner")
    guarded = True
    listed = False

    code = Code("SEA")
    name = Text(N_("Name"), required=True, width=20)
    query = Text(N_("Query"), required=True, width=40)
    owner = Text(N_("Owner"), required=True)
    seen = Number(N_("Seen up to"), hidden=True)


def of(owner: str) -> list[Row]:
    """Somebody's saved searches, by name."""
    return query.rows("search", {"owner": owner})


def news(seq: int) -> dict[Key, int]:
    """(kind, id) of every record that was made after a change, or changed in something that search reads, and the number of
    its last such change."""
    news: dict[Key, int] = {}
    # What was made is told without its contents: after an import they would be all texts of it.
    made = (
        Change.select(Change.kind, Change.row, peewee.fn.MAX(Change.seq))
        .where((Change.seq > seq) & Change.was.is_null() & Change.now.is_null(False))
        .group_by(Change.kind, Change.row)
    )
    for kind, row, last in made.tuples():
        news[kind, int(row)] = int(last)
    for last, kind, row, action, fields in journal.edits_since(seq):
        if action == "restore" or fields & _read_by_search(kind):
            news[kind, row] = max(last, news.get((kind, row), 0))
    return news


@prepared.once
def _read_by_search(kind: str) -> frozenset[str]:
    model = KINDS.get(kind)
    if model is None:
        return frozenset()
    searched = {name for name, spec in specs(model).items() if spec.search and not spec.sensitive}
    return frozenset(searched | {model.titled_by, model.dated_by, *model.faceted_by})
