"""The unit of work: the only way to change anything, on every engine.

`with store.write(actor) as work:` takes the turn, begins, lets `work` change records, writes one journal entry for each
mutation, and commits. Either all of it is stored or none.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Concatenate, ParamSpec, TypeVar

from prtui import clock, text
from prtui.config import Settings
from prtui.errors import Conflict, Invalid, NotFound, PrtuiError, Refused, Upgraded
from prtui.i18n import _
from prtui.store import engine, journal, prepared, query
from prtui.store.engine import db
from prtui.store.fields import sort_text
from prtui.store.journal import Change, Head
from prtui.store.records import KINDS, Record, Row, checked, dumped, loaded, raw, references, referring

P = ParamSpec("P")
T = TypeVar("T")
_generation = 0  # of the schema this process opened with


def opened_with(generation: int) -> None:
    """Remember the schema generation this process may write to."""
    global _generation
    _generation = generation


class Stored(Refused):
    """The operation is in the journal already."""


class Work:
    """One unit of work by one person. Made by `write`; every method must be called inside it."""

    def __init__(self, actor: str, op: str, head: journal.End, settings: Settings) -> None:
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
        if reason and "reason" in model._meta.fields:
            values["reason"] = reason  # such a record says it itself, beside the journal
        accepted = checked(model, values)
        self._there(model, accepted)
        accepted |= {
            "code": self._next_code(model.prefix(accepted)),
            "created_at": self.at,
            "created_by": self.actor,
            "updated_at": self.at,
            "updated_by": self.actor,
        }
        key = prepared.insert(model, accepted)
        blank = {name: field.default for name, field in model._meta.fields.items()}
        now = {name: value for name, value in accepted.items() if value != blank.get(name) and name not in _OWN}
        self._record(model, key, accepted["code"], action, None, dumped(model, now), 1, reason)
        return query.get(model.kind, key)

    def edit(self, row: Row, *, action: str = "edit", reason: str = "", **values: Any) -> Row:
        """Change some fields of the version that was read and return the new row.

        Raises Conflict when somebody saved in between, Invalid with every faulty field, NotFound when it is gone.
        """
        model = _changeable(row)
        try:
            stored = query.get(model.kind, row.id)
        except NotFound:
            raise NotFound(_("{code} is no longer there.").format(code=row.code)) from None
        before = raw(stored)
        accepted = checked(model, values, before)
        changed = {name: value for name, value in accepted.items() if before.get(name) != value and name not in _OWN}
        self._fresh(row, stored, values, _("Choose what to keep of each field, then save again."))
        if not changed:
            return row
        self._there(model, changed)
        return self._update(stored, changed, action, reason)

    def remove(self, row: Row, *, reason: str = "") -> Row:
        """Take a record out of sight. Refused while live records refer to it."""
        _changeable(row)
        holders = self._holders(row)
        if holders:
            raise Refused(
                _("{code} is in use and stays.").format(code=row.code),
                holders,
                hint=_("Change or remove these first."),
            )
        stored = query.get(row.kind, row.id, deleted=True)
        self._fresh(row, stored)
        return self._update(stored, {"deleted_at": self.at}, "remove", reason)

    def restore(self, row: Row) -> Row:
        """Bring a removed record back."""
        stored = query.get(row.kind, row.id, deleted=True)
        self._fresh(row, stored)
        self._there(row.model, raw(stored))
        return self._update(stored, {"deleted_at": None}, "restore", "")

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

        Refused when there is none, when somebody has changed one of its records since, or refers to one that it made.
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
        back: dict[tuple[str, int], Row] = {}
        for change in changes:
            back[change.kind, change.row] = self._take_back(change, op)
        rows = list(back.values())
        self._nothing_dangles(rows)
        return rows

    def _nothing_dangles(self, rows: list[Row]) -> None:
        holders: set[str] = set()
        for row in rows:
            if row.deleted_at is None:
                self._there(row.model, raw(row))
            else:
                holders.update(self._holders(row))
        if holders:
            raise Refused(
                _("The last change cannot be undone: what it made is in use."),
                sorted(holders),
                hint=_("Change or remove these first."),
            )

    # -- beneath ----------------------------------------------------------------------------------------------------

    def _take_back(self, change: journal.Entry, op: str) -> Row:
        model = KINDS[change.kind]
        if change.action == "erase":
            raise Refused(_("An erasure cannot be undone."))
        stored = query.get(change.kind, change.row, deleted=True)
        values = {"deleted_at": self.at} if not change.was else loaded(model, change.was)
        return self._update(stored, values, "undo", "", undoes=op)

    def _update(self, stored: Row, changed: dict[str, Any], action: str, reason: str, undoes: str = "") -> Row:
        model = stored.model
        version = stored.version + 1
        columns = changed | {"version": version, "updated_at": self.at, "updated_by": self.actor}
        if model.titled_by in changed:
            columns["sort_key"] = sort_text(str(changed[model.titled_by] or ""), name=model.personal)
        prepared.update(model, stored.id, columns)
        was = dumped(model, {name: stored[name] for name in changed})
        self._record(model, stored.id, stored.code, action, was, dumped(model, changed), version, reason, undoes)
        return query.get(model.kind, stored.id, deleted=True)

    def _fresh(self, row: Row, stored: Row, mine: Mapping[str, Any] | None = None, hint: str = "") -> None:
        if stored.version != row.version:
            raise Conflict(
                _("{code} was changed by {who} in the meantime.").format(code=row.code, who=stored.updated_by),
                mine=mine or {},
                theirs=stored,
                hint=hint or _("Look at it again, then decide."),
            )

    def _there(self, model: type[Record], values: Mapping[str, Any]) -> None:
        """Whether everything the values refer to is still there: somebody may have removed it while the form was open."""
        gone = {
            name: _("is no longer there")
            for name, field in referring(model).items()
            if values.get(name) is not None and not query.is_live(field.rel_model, values[name])
        }
        if gone:
            raise Invalid(gone)

    def _holders(self, row: Row) -> list[str]:
        found: list[str] = []
        for model, field in references(row.kind):
            live = model.select(model.code).where((field == row.id) & model.deleted_at.is_null()).limit(5)
            found += [code for (code,) in live.tuples()]
        return found

    def _next_code(self, prefix: str) -> str:
        name = f"{prefix}-{clock.today(self.settings.zone).year}"
        return f"{name}-{journal.count_up(name):03d}"

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
        reason = text.clean(reason, lines=False)
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
        prepared.insert(Change, change)
        self.touched.append((model.kind, key))

    def _close(self) -> None:
        if self.touched:
            prepared.update(Head, 1, {"seq": self._seq, "hash": self._hash})


def _changeable(row: Row) -> type[Record]:
    if row.model.append_only:
        raise Refused(
            _("{code} stays as it was written.").format(code=row.code), hint=_("Write a new entry that corrects it.")
        )
    return row.model


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

    Raises Stored when the operation `op` is stored already, Upgraded when another prtui has changed
    the schema since this one opened, DiskTrouble or LostConnection when the machine fails; then nothing is stored."""
    if db.in_transaction():
        raise RuntimeError("a unit of work is open already: hand `work` down")
    actor = text.clean(actor, lines=False)
    if not actor:
        raise PrtuiError(_("Who is changing this?"), hint=_("Name yourself with --as NAME or `actor` in config.toml."))
    with engine.transaction():
        engine.lock_head()
        head = journal.head()
        if head.generation != _generation:
            raise Upgraded(
                _("This database was upgraded while this session was open, so it no longer writes."),
                hint=_("Close this session and start prtui again; your draft is kept."),
            )
        if op is not None and not continues and journal.knows(op):
            raise Stored(_("This operation is stored already."))
        work = Work(actor, op or new_op(), head, settings())
        yield work
        work._close()


def perform(actor: str, act: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a desk function in a unit of work of its own and return its result. When the connection breaks, tries once more,
    unless the journal says that the first commit was stored after all."""
    op = new_op()
    done: list[T] = []
    for attempt in (1, 2):
        try:
            with write(actor, op=op) as work:
                done.append(act(work, *args, **kwargs))
        except Stored:
            pass
        except engine.LostConnection:
            engine.close()
            if attempt == 2:
                raise
            engine.connect()
            continue
        break
    # The first result is that of the commit whose answer was lost; a second one replaces it.
    return done[-1]


__all__ = ["Work", "new_op", "perform", "write"]
