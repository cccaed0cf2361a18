"""Saved searches: kept under a name, each of them counting what is new since it was last looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from prtui.errors import NotFound, Refused
from prtui.i18n import _
from prtui.store import Work, journal, query, searches
from prtui.store.records import Row
from prtui.text import clean, key


@dataclass(frozen=True)
class Saved:
    """A saved search and how many of its hits were made or changed since its owner last looked."""

    row: Row
    new: int


def listing(owner: str) -> list[Saved]:
    """Somebody's saved searches by name, counted. One reading of the journal serves them all."""
    rows = searches.of(owner)
    brought = searches.news(min((row.seen for row in rows), default=journal.head_seq()))
    return [Saved(row, len(_found(row, brought))) for row in rows]


def fresh(row: Row) -> set[searches.Key]:
    """(kind, id) of what a saved search has found since its owner last looked."""
    return _found(row, searches.news(row.seen))


def _found(row: Row, brought: Mapping[searches.Key, int]) -> set[searches.Key]:
    from prtui.search import news  # nobody who only keeps records waits for the search to load

    return news.among(row.query, {record: seq for record, seq in brought.items() if seq > row.seen})


def named(owner: str, name: str) -> Row:
    """Somebody's saved search of that name. Raises NotFound with the names there are."""
    rows = searches.of(owner)
    for row in rows:
        if key(row.name) == key(name) or row.code == name.strip().upper():
            return row
    raise NotFound(
        _("You have no saved search “{name}”.").format(name=clean(name, lines=False)[:60]),
        hint=_("Yours are: {names}.").format(names=", ".join(row.name for row in rows)) if rows else "",
    )


def save(work: Work, typed: str, name: str = "") -> Row:
    """Keep what was typed under a name (its own words if there is none); all that is there counts as seen. A search of that name
    gets the new words."""
    typed = clean(typed, lines=False)
    name = clean(name, lines=False) or typed
    if not typed:
        raise Refused(_("There is nothing to save yet."), hint=_("Type what to look for first."))
    seen = journal.head_seq()
    for row in searches.of(work.actor):
        if key(row.name) == key(name):
            return work.edit(row, query=typed, seen=seen)
    return work.add("search", name=name, query=typed, owner=work.actor, seen=seen)


def look(work: Work, row: Row, seen: int) -> Row:
    """What the search finds up to a number of the journal has been looked at."""
    row = query.get("search", row.id)  # another session may have looked meanwhile
    return work.edit(row, action=journal.LOOKED, seen=seen) if seen > row.seen else row


def forget(work: Work, row: Row) -> Row:
    """Take a saved search away; undo brings it back."""
    return work.remove(row)
