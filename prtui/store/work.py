"""The unit of work: the only way to change anything, on every engine.

`with store.write(actor) as work:` takes the turn, begins, lets `work` change records, writes one journal entry for each
mutation, and commits. Either all of it is stored or none.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Concatenate, ParamSpec, TypeVar

from prtui import clock
from prtui.config import Settings
from prtui.errors import Conflict, NotFound, PrtuiError, Refused, Upgraded
from prtui.i18n import _
from prtui.store import engine, journal, query
from prtui.store.engine import db
from prtui.store.fields import sort_text
from prtui.store.journal import Change, Counter, Head
from prtui.store.records import KINDS, Record, Row, checked, dumped, loaded, raw, references

P = ParamSpec("P")
T = TypeVar("T")
_generation = 0  # of the schema this process opened with


def opened_with(generation: int) -> None:
    """Remember the schema generation this process may write to."""
    global _generation
    _generation = generation


class Work:
    """One unit of work by one person. Made by `write`; every method must be called inside it."""

    def __init__(self, actor: str, op: str, head: Any, settings: Settings) -> None:
        self.actor = actor
        self.op = op
        self.settings = settings
        self.at = clock.now()
        self._seq, self._hash = head.seq, head.hash
        self.touched: list[tuple[str, int]] = []

    # -- changing records -------------------------------------------------------------------------------------------

    def add(self, kind: str | type[Record], *, action: str = "create", reason: str = "", **values: Any) -> Row:
        """Store a new record and return it. Raises Invalid with every faulty field."""
        model = KINDS[kind] if isinstance(kind, str) else kind
        accepted = checked(model, values)
        accepted |= {
            "code": self._next_code(model.code.prefix),
            "created_at": self.at,
            "created_by": self.actor,
            "updated_at": self.at,
            "updated_by": self.actor,
        }
        key = model.insert(**accepted).execute()
        blank = {name: field.default for name, field in model._meta.fields.items()}
        now = {name: value for name, value in accepted.items() if value != blank.get(name) and name not in _OWN}
        self._record(model, key, accepted["code"], action, None, dumped(model, now), 1, reason)
        return query.get(model.kind, key)

    def edit(self, row: Row, *, action: str = "edit", reason: str = "", **values: Any) -> Row:
        """Change some fields of the version that was read and return the new row.

        Raises Conflict when somebody saved in between, Invalid with every faulty field, NotFound when it is gone.
        """
        model = row.model
        stored = model.get_or_none((model.id == row.id) & model.deleted_at.is_null())
        if stored is None:
            raise NotFound(_("{code} is no longer there.").format(code=row.code))
        before = raw(model, stored)
        accepted = checked(model, values, before)
        changed = {name: value for name, value in accepted.items() if before.get(name) != value and name not in _OWN}
        if stored.version != row.version:
            raise Conflict(
                _("{code} was changed by {who} in the meantime.").format(code=row.code, who=stored.updated_by),
                mine=values,
                theirs=query.get(model.kind, row.id),
                hint=_("Choose what to keep of each field, then save again."),
            )
        if not changed:
            return row
        return self._update(row, before, changed, action, reason)

    def remove(self, row: Row, *, reason: str = "") -> Row:
        """Take a record out of sight. Refused while live records refer to it."""
        holders = self._holders(row)
        if holders:
            raise Refused(
                _("{code} is in use and stays.").format(code=row.code),
                holders,
                hint=_("Change or remove these first."),
            )
        before = raw(row.model, row.model.get_by_id(row.id))
        self._fresh(row, before)
        return self._update(row, before, {"deleted_at": self.at}, "remove", reason)

    def restore(self, row: Row) -> Row:
        """Bring a removed record back."""
        before = raw(row.model, row.model.get_by_id(row.id))
        self._fresh(row, before)
        return self._update(row, before, {"deleted_at": None}, "restore", "")

    def blank(self, row: Row, *, reason: str) -> int:
        """Wipe what the journal keeps of an erased record's contents and return how many changes were wiped; the chain
        still verifies. The record itself must have been emptied by the caller."""
        wiped: int = (
            Change.update(was=None, now=None, reason="", blanked=True)
            .where((Change.kind == row.kind) & (Change.row == row.id))
            .execute()
        )
        self._record(row.model, row.id, row.code, "erase", None, None, row.version, reason)
        return wiped

    def undo(self) -> list[Row]:
        """Take back the last operation of this person and return the records as they are now.

        Refused when there is none, or when somebody has changed one of its records since.
        """
        op = journal.last_operation(self.actor)
        if op is None:
            raise Refused(_("There is nothing of yours to undo."))
        changes = journal.operation(op)
        later = journal.after(changes)
        if later:
            raise Refused(
                _("The last change cannot be undone: its records were changed since."),
                [f"{one.code} {one.actor} {one.action}" for one in later],
                hint=_("Edit them by hand; `history` shows what they were."),
            )
        return [self._take_back(change, op) for change in changes]

    # -- beneath ----------------------------------------------------------------------------------------------------

    def _take_back(self, change: journal.Entry, op: str) -> Row:
        model = KINDS[change.kind]
        row = query.get(change.kind, change.row, deleted=True)
        before = raw(model, model.get_by_id(row.id))
        if change.action == "erase":
            raise Refused(_("An erasure cannot be undone."))
        values = {"deleted_at": self.at} if not change.was else loaded(model, change.was)
        return self._update(row, before, values, "undo", "", undoes=op)

    def _update(
        self, row: Row, before: Mapping[str, Any], changed: dict[str, Any], action: str, reason: str, undoes: str = ""
    ) -> Row:
        model = row.model
        version = before["version"] + 1
        columns = dict(changed)
        if model.titled_by in changed:
            columns["sort_key"] = sort_text(str(changed[model.titled_by] or ""), name=model.personal)
        model.update(version=version, updated_at=self.at, updated_by=self.actor, **columns).where(
            model.id == row.id
        ).execute()
        was = dumped(model, {name: before[name] for name in changed})
        self._record(model, row.id, row.code, action, was, dumped(model, changed), version, reason, undoes)
        return query.get(row.kind, row.id, deleted=True)

    def _fresh(self, row: Row, before: Mapping[str, Any]) -> None:
        if before["version"] != row.version:
            raise Conflict(
                _("{code} was changed by {who} in the meantime.").format(code=row.code, who=before["updated_by"]),
                mine={},
                theirs=query.get(row.kind, row.id, deleted=True),
                hint=_("Look at it again, then decide."),
            )

    def _holders(self, row: Row) -> list[str]:
        found: list[str] = []
        for model, field in references(row.kind):
            live = model.select(model.code).where((field == row.id) & model.deleted_at.is_null()).limit(5)
            found += [code for (code,) in live.tuples()]
        return found

    def _next_code(self, prefix: str) -> str:
        name = f"{prefix}-{clock.today(self.settings.zone).year}"
        last = Counter.select(Counter.last).where(Counter.name == name).scalar()
        if last is None:
            Counter.insert(name=name, last=1).execute()
        else:
            Counter.update(last=last + 1).where(Counter.name == name).execute()
        return f"{name}-{(last or 0) + 1:03d}"

    def _record(
        self,
        model: type[Record],
        key: int,
        code: str,
        action: str,
        was: Mapping[str, Any] | None,
        now: Mapping[str, Any] | None,
        version: int,
        reason: str,
        undoes: str = "",
    ) -> None:
        self._seq += 1
        was_text = journal.canonical(was) if was is not None else None
        now_text = journal.canonical(now) if now is not None else None
        change = {
            "seq": self._seq,
            "op": self.op,
            "at": self.at,
            "actor": self.actor,
            "kind": model.kind,
            "row": key,
            "code": code,
            "action": action,
            "was": was_text,
            "now": now_text,
            "reason": reason,
            "payload": journal.payload_hash(was_text, now_text, reason),
            "blanked": False,
            "version": version,
            "undoes": undoes,
            "prev": self._hash,
        }
        change["hash"] = self._hash = journal.chain_hash(change)
        Change.insert(**change).execute()
        self.touched.append((model.kind, key))

    def _close(self) -> None:
        if self.touched:
            Head.update(seq=self._seq, hash=self._hash).where(Head.id == 1).execute()


# Set by the unit of work itself and kept in columns of the journal entry.
_OWN = {"code", "created_at", "created_by", "updated_at", "updated_by", "sort_key"}
_settings: Settings | None = None


def configured(settings: Settings) -> None:
    """The settings units of work use for codes and zones."""
    global _settings
    _settings = settings


def settings() -> Settings:
    """The settings the store was opened with."""
    if _settings is None:
        raise RuntimeError("the store is not open")
    return _settings


def new_op() -> str:
    """A fresh operation id."""
    return uuid.uuid4().hex


@contextmanager
def write(actor: str, *, op: str | None = None, continues: bool = False) -> Iterator[Work]:
    """One unit of work. With `continues` it is one more batch of the operation `op`: a long import lets others write in
    between, and one undo still takes all of it back.

    Raises Refused when the operation `op` is stored already, Upgraded when another prtui has changed
    the schema since this one opened, DiskTrouble or LostConnection when the machine fails; then nothing is stored."""
    if db.in_transaction():
        raise RuntimeError("a unit of work is open already: hand `work` down")
    if not actor:
        raise PrtuiError(_("Who is changing this?"), hint=_("Name yourself with --as NAME or `actor` in config.toml."))
    with engine.transaction():
        engine.lock_head()
        head = Head.get_by_id(1)
        if head.generation != _generation:
            raise Upgraded(
                _("This database was upgraded while this session was open, so it no longer writes."),
                hint=_("Close this session and start prtui again; your draft is kept."),
            )
        if op is not None and not continues and journal.knows(op):
            raise Refused(_("This operation is stored already."))
        work = Work(actor, op or new_op(), head, settings())
        yield work
        work._close()


def perform(actor: str, act: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a desk function in a unit of work of its own and return its result. When the connection breaks, asks the journal
    whether the commit was stored, and tries once more only if it was not."""
    op = new_op()
    for attempt in (1, 2):
        done: list[T] = []
        try:
            with write(actor, op=op) as work:
                done.append(act(work, *args, **kwargs))
            return done[0]
        except engine.LostConnection:
            engine.close()
            engine.connect()
            if done and journal.knows(op):
                return done[0]
            if attempt == 2:
                raise
    raise AssertionError("unreachable")


__all__ = ["Work", "new_op", "perform", "write"]
