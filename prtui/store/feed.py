"""What the search index lives on: the journal's sequence, and records as entries to be searched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from prtui import clock
from prtui.clock import Moment
from prtui.store import journal, query
from prtui.store.fields import Choice, Pointer
from prtui.store.journal import Head
from prtui.store.records import KINDS, Record, Row, applies, specs


@dataclass(frozen=True)
class Entry:
    """One record as search sees it. `on` is the ISO day that matters for it, or blank; `facets` are stored choice values
    and the titles of references."""

    kind: str
    id: int
    code: str
    title: str
    body: str
    on: str
    facets: dict[str, str]


@dataclass(frozen=True)
class Fed:
    """One change of the journal: its sequence number, the record it touched, and (kind, id) of the records whose entry names
    that record and so reads otherwise now that it has another title. `emptied` says that nothing is known of it but that it
    was: the record is new, or was erased."""

    seq: int
    kind: str
    id: int
    mentions: tuple[tuple[str, int], ...] = ()
    emptied: bool = False


def head_seq() -> int:
    """The newest sequence number."""
    return journal.head_seq()


def desk() -> str:
    """The random name of this database, so that an index of another one is noticed."""
    return str(Head.select(Head.desk).where(Head.id == 1).scalar() or "")


def feed(after: int, limit: int = 500) -> list[Fed]:
    """The changes after a sequence number, in order and gap-free."""
    return [
        Fed(seq, kind, row, _mentions(kind, row, fields), not fields)
        for seq, kind, row, fields in journal.fields_since(after, limit=limit)
    ]


def _mentions(kind: str, row: int, fields: frozenset[str]) -> tuple[tuple[str, int], ...]:
    model = KINDS.get(kind)
    if model is None or model.titled_by not in fields:
        return ()
    return tuple(
        (holder.kind, key)
        for holder, name in query.referring(kind)
        if _searchable(holder) and (specs(holder)[name].search or name in holder.faceted_by)
        for key in query.ids(holder.kind, {name: row})
    )


def kinds() -> dict[str, str]:
    """Searchable kinds and their labels (message ids)."""
    return {kind: model.label for kind, model in KINDS.items() if _searchable(model)}


def _searchable(model: type[Record]) -> bool:
    # A part of another record, as an approval is, has no list of its own and counts if it says what may be looked for.
    return any(spec.search and (model.listed or name != "tags") for name, spec in specs(model).items())


def entries(kind: str, ids: Sequence[int]) -> list[Entry]:
    """The live searchable records with these ids; an id that is missing was removed, or its kind is not searched."""
    model = KINDS.get(kind)
    if model is None or not _searchable(model):
        return []
    return [entry(row) for row in query.by_ids(kind, ids)]


def every_entry(batch: int = 500, newest: bool = False) -> Iterator[list[Entry]]:
    """All live searchable records, in batches; with `newest` those last made of every kind come first."""
    runs = [_entries_of(kind, batch, newest) for kind in kinds()]
    if not newest:
        yield from chain.from_iterable(runs)
    while newest and runs:
        found = [(run, next(run, [])) for run in runs]
        runs = [run for run, few in found if few]
        yield from (few for _run, few in found if few)


def _entries_of(kind: str, batch: int, newest: bool) -> Iterator[list[Entry]]:
    among: dict[str, object] = {}
    while found := query.rows(kind, among, order=("-id" if newest else "id",), limit=batch):
        yield [entry(row) for row in found]
        among = {"id__lt" if newest else "id__gt": found[-1].id}


def entry(row: Row) -> Entry:
    """The record as search sees it: title, every field declared `search=True`, and those of its references by title.
    Sensitive ones come last, so that an excerpt shows them only to who typed them."""
    model = row.model
    body = []
    for name, spec in sorted(specs(model).items(), key=lambda named: named[1].sensitive):
        if spec.search and name != model.titled_by and applies(spec, row):
            value = row[name]
            shown = value.title if isinstance(value, Pointer) else spec.show(value)
            if shown:
                body.append(shown)
    facets = {}
    for name in model.faceted_by:
        value = row[name]
        if value:
            facets[name] = value.title if isinstance(value, Pointer) else str(value)
    return Entry(row.kind, row.id, row.code, row.heading, "\n".join(body), day_of(row), facets)


def named(typed: str) -> Entry | None:
    """The record with this code, of whatever kind, searched or not."""
    row = query.by_code(typed)
    return entry(row) if row is not None else None


def day_of(row: Row) -> str:
    """The ISO day that matters for a record, on the clock it was meant on."""
    model = row.model
    value = row[model.dated_by] if model.dated_by else None
    if isinstance(value, Moment):
        return str(value.local().date())
    if value is None:
        from prtui.store.work import settings

        return str(row.created_at.astimezone(clock.zone(settings().zone)).date())
    return str(value.isoformat())


def facet_words() -> dict[str, dict[str, str]]:
    """Facet → stored value → label, for the facets that are choices: what `kind:statement` or `倾向:负面` may name."""
    words: dict[str, dict[str, str]] = {}
    for model in KINDS.values():
        for name in model.faceted_by:
            spec = model._meta.fields[name]
            if isinstance(spec, Choice):
                words.setdefault(name, {}).update(spec.options)
    return words
