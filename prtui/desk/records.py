"""What may be done to any record: made, changed, removed, linked; rules of single kinds hang on here by register."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from prtui.errors import Invalid, PrtuiError, Refused
from prtui.i18n import _
from prtui.store import Work, links, query
from prtui.store.fields import Pointer
from prtui.store.records import Record, Row, applies, editable, meant, specs

# (kind, guarded field) → the rule that changes it: (work, row, new value, reason) → row.
TRANSITIONS: dict[tuple[str, str], Callable[[Work, Row, Any, str], Row]] = {}
# kind → what follows from a plain edit: (work, row before, row after) → row.
FOLLOWED_BY: dict[str, Callable[[Work, Row, Row], Row]] = {}
# kind → what must still hold once an operation on such a record was taken back: (record as it is now).
UNDONE: dict[str, Callable[[Row], None]] = {}
# kind → what makes a new one, where that is more than storing it: (work, values, reason) → row.
MADE_BY: dict[str, Callable[[Work, Mapping[str, Any], str], Row]] = {}
# kind → what takes one away, where that is more than hiding it: (work, row, reason) → row.
REMOVED_BY: dict[str, Callable[[Work, Row, str], Row]] = {}
# kind → values a new record gets where none were given: (values, work) → more values.
STARTS_WITH: dict[str, Callable[[Mapping[str, Any], Work], dict[str, Any]]] = {}


def parse(kind: str, typed: Mapping[str, str], zone: str) -> dict[str, Any]:
    """Values for what was typed into fields. Raises Invalid with every field that could not be read."""
    model = query.model_of(kind)
    declared = editable(model)
    values: dict[str, Any] = {}
    faults: dict[str, str] = {}
    for written, word in typed.items():
        name = meant(written, declared)
        if name in values or name in faults:
            faults[name] = _("is given twice")
            continue
        spec = declared.get(name)
        if spec is None:
            values[name] = word  # an unknown or guarded name: the store or the rule answers
            continue
        try:
            values[name] = spec.parse(word, zone)
        except PrtuiError as error:
            faults[name] = str(error)
    if faults:
        raise Invalid(faults)
    return values


def add(work: Work, kind: str, values: Mapping[str, Any], *, reason: str = "") -> Row:
    """A new record. Guarded fields start as declared and are then moved by their rule."""
    model = _by_hand(query.model_of(kind))
    if kind in MADE_BY:
        return MADE_BY[kind](work, values, reason)
    plain, guarded = _split(model, values)
    row = work.add(kind, reason=reason, **(started(kind, plain, work) | plain))
    for name, value in guarded.items():
        row = _guarded(work, row, name, value, reason)
    return row


def started(kind: str, values: Mapping[str, Any], work: Work) -> dict[str, Any]:
    """What a new record of the kind starts with where nothing was given."""
    return STARTS_WITH[kind](values, work) if kind in STARTS_WITH else {}


def change(work: Work, row: Row, values: Mapping[str, Any], *, reason: str = "") -> Row:
    """The record with some fields changed, under the rules of its kind."""
    plain, guarded = _split(_by_hand(row.model), values)
    after = row
    if plain:
        after = work.edit(row, reason=reason, **plain)
        if after is not row and row.kind in FOLLOWED_BY:
            after = FOLLOWED_BY[row.kind](work, row, after)
    for name, value in guarded.items():
        after = _guarded(work, after, name, value, reason)
    return after


def _by_hand(model: type[Record]) -> type[Record]:
    if model.guarded:
        raise Refused(_("{kind}: made and changed by its own command only.").format(kind=_(model.plural)))
    return model


def _split(model: type[Record], values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    declared = specs(model)
    guarded = {name: value for name, value in values.items() if name in declared and declared[name].guarded}
    return {name: value for name, value in values.items() if name not in guarded}, guarded


def _guarded(work: Work, row: Row, name: str, value: Any, reason: str) -> Row:
    spec = specs(row.model)[name]
    value = spec.accept(value)
    if value == row[name]:
        return row
    rule = TRANSITIONS.get((row.kind, name))
    if rule is None:
        raise Invalid({name: _("is set by the program")})
    return rule(work, row, value, reason)


def remove(work: Work, row: Row, *, reason: str = "") -> Row:
    """Take the record out of sight; undo brings it back."""
    _by_hand(row.model)
    if row.kind in REMOVED_BY:
        return REMOVED_BY[row.kind](work, row, reason)
    return work.remove(row, reason=reason)


def link(work: Work, one: Row | Pointer, other: Row | Pointer, role: str = "") -> Row:
    """Link two records, or change the role of the link they have."""
    if (one.kind, one.id) == (other.kind, other.id):
        raise Refused(_("A record is not linked to itself."))
    known = links.between(one, other)
    if known is not None:
        return work.edit(known, role=role)
    return work.add("link", role=role, a_kind=one.kind, a_row=one.id, b_kind=other.kind, b_row=other.id)


def unlink(work: Work, one: Row, other: Row) -> None:
    """Take the link between two records away."""
    known = links.between(one, other)
    if known is None:
        raise Refused(_("{one} and {other} are not linked.").format(one=one.code, other=other.code))
    work.remove(known)


def undo(work: Work) -> list[Row]:
    """Take back this person's last operation. Refused where something else rests on it."""
    rows = work.undo()
    for row in rows:
        if row.kind in UNDONE:
            UNDONE[row.kind](row)
    return rows


def related(row: Row) -> list[tuple[str, Row]]:
    """(in what way, record) of everything one key away: what the record refers to, what refers to it, what is linked."""
    found: list[tuple[str, Row]] = []
    for name, spec in specs(row.model).items():
        value = row[name]
        if isinstance(value, Pointer) and applies(spec, row):
            found += [(_(spec.label), one) for one in query.by_ids(value.kind, [value.id])]
    for model, field in query.referring(row.kind):
        found += [(_(model.plural), one) for one in query.rows(model.kind, {field: row.id}, limit=200) if model.listed]
    found += [(role or _("Link"), one) for one, role in links.linked(row)]
    return found
