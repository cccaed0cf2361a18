"""The journal: one gap-free, hash-chained row for every mutation.

It is the audit trail, the source of undo, the live refresh of other sessions, the feed of the search index, and the way
several hosts stay in step.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import peewee

from prtui import clock
from prtui.store import prepared
from prtui.store.fields import Stamp
from prtui.store.records import Base

GENESIS = "0" * 64
LOOKED = "look"  # somebody has seen something: in the journal like all else, and nothing that undo would take back


class Head(Base):
    """Exactly one row: the end of the journal, the schema it belongs to, and on PostgreSQL the writers' lock."""

    id = peewee.IntegerField(primary_key=True)
    seq = peewee.BigIntegerField(default=0)
    hash = peewee.TextField(default=GENESIS)
    steps = peewee.IntegerField(default=0)  # migration steps that have run
    generation = peewee.IntegerField(default=0)  # counts migrations, so that an old session notices
    tables = peewee.TextField(default="{}")  # JSON: table → columns, so that an older prtui refuses a newer database
    desk = peewee.TextField(default="")  # a random name for this database; an index of another one is foreign


class Counter(Base):
    """The last number given for a prefix in a year. Never goes back, so no code is used twice."""

    name = peewee.TextField(primary_key=True)
    last = peewee.IntegerField(default=0)


class Change(Base):
    """One mutation. `was` and `now` are canonical JSON of the columns that changed; the chain covers their hash, so they can
    be blanked for an erased person and the chain still verifies."""

    seq = peewee.BigIntegerField(primary_key=True)
    op = peewee.TextField(index=True)
    at = Stamp()
    actor = peewee.TextField()
    kind = peewee.TextField()
    row = peewee.BigIntegerField()
    code = peewee.TextField()
    action = peewee.TextField()
    was = peewee.TextField(null=True)
    now = peewee.TextField(null=True)
    reason = peewee.TextField(default="")
    payload = peewee.TextField()
    blanked = peewee.BooleanField(default=False)
    version = peewee.IntegerField()
    undoes = peewee.TextField(default="")  # the operation that this change takes back
    prev = peewee.TextField()
    hash = peewee.TextField()

    class Meta:
        indexes = ((("kind", "row", "seq"), False), (("actor", "seq"), False))


@dataclass(frozen=True)
class Entry:
    """One mutation as history shows it. `was` and `now` map field names to JSON values; both are empty when blanked."""

    seq: int
    op: str
    at: datetime
    actor: str
    kind: str
    row: int
    code: str
    action: str
    was: dict[str, Any]
    now: dict[str, Any]
    reason: str
    version: int
    undoes: str


class End(NamedTuple):
    """Where the journal ends, and the generation of the schema it was written with."""

    seq: int
    hash: str
    generation: int


_END = prepared.Statement(
    lambda: Head.select(Head.seq, Head.hash, Head.generation).where(Head.id == prepared.given("id"))
)
_LAST = prepared.Statement(lambda: Counter.select(Counter.last).where(Counter.name == prepared.given("name")))
_KNOWN = prepared.Statement(lambda: Change.select(Change.seq).where(Change.op == prepared.given("op")).limit(1))


def head() -> End:
    """The end of the journal as this transaction sees it."""
    return End(*_END(id=1).fetchone())


def count_up(name: str) -> int:
    """The next number of a counter, from 1."""
    last = _LAST(name=name).fetchone()
    if last is None:
        prepared.insert(Counter, {"name": name, "last": 1})
        return 1
    prepared.update(Counter, name, {"last": last[0] + 1})
    return int(last[0]) + 1


def canonical(value: Any) -> str:
    """JSON with one spelling, so that equal values hash alike."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def payload_hash(was: str | None, now: str | None, reason: str) -> str:
    """SHA-256 over what may have to be blanked."""
    return hashlib.sha256(canonical([was, now, reason]).encode()).hexdigest()


def chain_hash(change: dict[str, Any]) -> str:
    """SHA-256 over everything else, the hash before it included."""
    body = [change[name] for name in ("seq", "op", "actor", "kind", "row", "code", "action", "payload", "version")]
    body += [clock.stored(change["at"]), change["undoes"], change["prev"]]
    return hashlib.sha256(canonical(body).encode()).hexdigest()


def head_seq() -> int:
    """The sequence number of the newest change; 0 in an empty desk."""
    return int(Head.select(Head.seq).where(Head.id == 1).scalar() or 0)


def knows(op: str) -> bool:
    """Whether an operation was stored: asked after a commit whose answer was lost, before it is tried again."""
    return _KNOWN(op=op).fetchone() is not None


def history(kind: str | None = None, row: int | None = None, *, limit: int = 200) -> list[Entry]:
    """The newest changes first, of one record or of the whole desk."""
    query = Change.select().order_by(Change.seq.desc()).limit(limit)
    if kind is not None:
        query = query.where((Change.kind == kind) & (Change.row == row))
    return [_entry(change) for change in query]


def since(seq: int, *, limit: int = 500) -> list[tuple[int, str, int]]:
    """(sequence, kind, id) of the changes after `seq`, oldest first and gap-free."""
    return [(number, kind, row) for number, kind, row, _fields in fields_since(seq, limit=limit)]


def fields_since(seq: int, *, limit: int = 500) -> list[tuple[int, str, int, frozenset[str]]]:
    """The same with the fields that got another value; of a new record they are left out."""
    columns = (Change.seq, Change.kind, Change.row, Change.was, Change.now)
    query = Change.select(*columns).where(Change.seq > seq).order_by(Change.seq).limit(limit)
    return [
        (int(number), str(kind), int(row), frozenset(json.loads(now)) if was and now else frozenset())
        for number, kind, row, was, now in query.tuples()
    ]


def edits_since(seq: int) -> Iterator[tuple[int, str, int, str, frozenset[str]]]:
    """(sequence, kind, id, action, fields) of the changes after `seq` to records that were there, oldest first."""
    columns = (Change.seq, Change.kind, Change.row, Change.action, Change.now)
    query = Change.select(*columns).where((Change.seq > seq) & Change.was.is_null(False)).order_by(Change.seq)
    for number, kind, row, action, now in query.tuples().iterator():
        yield int(number), str(kind), int(row), str(action), frozenset(json.loads(now) if now else ())


def operation(op: str) -> list[Entry]:
    """The changes of one operation, newest first."""
    return [_entry(change) for change in Change.select().where(Change.op == op).order_by(Change.seq.desc())]


def last_operation(actor: str) -> str | None:
    """The newest operation of that person which is neither an undo nor undone already."""
    undone = Change.alias()
    query = (
        Change.select(Change.op)
        .where(
            (Change.actor == actor)
            & (Change.undoes == "")
            & (Change.action != LOOKED)
            & ~peewee.fn.EXISTS(undone.select(undone.seq).where(undone.undoes == Change.op))
        )
        .order_by(Change.seq.desc())
        .limit(1)
    )
    return query.scalar()  # type: ignore[no-any-return]


def after(changes: list[Entry]) -> list[Entry]:
    """What was done to the records of an operation after it, leaving out what has been taken back again."""
    undone = {change.undoes for change in Change.select(Change.undoes).where(Change.undoes != "").distinct()}
    later: list[Entry] = []
    for kind, row, seq in {(one.kind, one.row): (one.kind, one.row, one.seq) for one in reversed(changes)}.values():
        query = Change.select().where((Change.kind == kind) & (Change.row == row) & (Change.seq > seq))
        query = query.where(Change.action != LOOKED)
        later += [_entry(one) for one in query if one.undoes == "" and one.op not in undone]
    return later


def _entry(change: Any) -> Entry:
    return Entry(
        seq=change.seq,
        op=change.op,
        at=change.at,
        actor=change.actor,
        kind=change.kind,
        row=change.row,
        code=change.code,
        action=change.action,
        was=json.loads(change.was) if change.was else {},
        now=json.loads(change.now) if change.now else {},
        reason=change.reason,
        version=change.version,
        undoes=change.undoes,
    )


def chained() -> Iterator[dict[str, Any]]:
    """Every change as it is stored, the oldest first."""
    yield from Change.select().order_by(Change.seq).dicts().iterator()


def verify() -> tuple[int, str]:
    """(changes read, fault). The fault is empty when every number, payload and link of the chain is as it was written."""
    count, prev = 0, GENESIS
    for change in chained():
        count += 1
        if change["seq"] != count:
            return count, f"change {count} is missing"
        if not change["blanked"] and payload_hash(change["was"], change["now"], change["reason"]) != change["payload"]:
            return count, f"change {count} was altered"
        if change["prev"] != prev or chain_hash(change) != change["hash"]:
            return count, f"the chain breaks at change {count}"
        prev = change["hash"]
    head = Head.get_by_id(1)
    if (head.seq, head.hash) != (count, prev):
        return count, "the newest changes are missing"
    return count, ""
