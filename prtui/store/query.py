"""Reading records of any kind as rows: by id or code, by what was typed, by page."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from enum import Enum
from typing import Any

import peewee

from prtui import text
from prtui.errors import NotFound, PrtuiError
from prtui.i18n import _
from prtui.store import fields, prepared
from prtui.store.fields import Choice, Pointer, Ref, Spec, sort_text
from prtui.store.records import KINDS, Record, Row, references

_CODE = re.compile(r"^([A-Za-z]{3})[-\s]?(?:(\d{4})[-\s])?0*(\d{1,9})$")
_OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "lt": operator.lt,
    "lte": operator.le,
    "gt": operator.gt,
    "gte": operator.ge,
    "ne": operator.ne,
}
MOST_WORDS, LONGEST = 60, 2000  # words sought in a title, characters of one; SQLite takes no condition 1,000 deep


def model_of(kind: str) -> type[Record]:
    """The declaration of a kind by its name. Raises PrtuiError naming the nearest."""
    if kind in KINDS:
        return KINDS[kind]
    import difflib

    near = difflib.get_close_matches(kind, KINDS, 1)
    names = ", ".join(fields.called(name, KINDS[name].label) for name in sorted(KINDS) if KINDS[name].listed)
    raise PrtuiError(
        _("There are no records called “{kind}”.").format(kind=kind[:40]),
        hint=_("Did you mean “{name}”?").format(name=near[0]) if near else _("Known: {names}.").format(names=names),
    )


def subtype(name: str) -> tuple[str, dict[str, str]]:
    """(kind, filter) for a name given on the command line: a kind, or a subtype such as `statement`."""
    if name not in KINDS:
        for kind, model in KINDS.items():
            if model.subtypes and name in model._meta.fields[model.subtypes].options:
                return kind, {model.subtypes: name}
    return model_of(name).kind, {}


def _selected(model: type[Record]) -> tuple[Any, list[tuple[str, Ref]], list[Any]]:
    refs: list[tuple[str, Ref]] = []
    columns: list[Any] = [field for name, field in model._meta.fields.items() if name != "sort_key"]
    joins = []
    for name, field in model._meta.fields.items():
        if isinstance(field, Ref):
            target = field.rel_model.alias()
            columns += [target.code, getattr(target, field.rel_model.titled_by)]
            joins.append((target, field))
            refs.append((name, field))
    query = model.select(*columns)
    for target, field in joins:
        query = query.join_from(model, target, peewee.JOIN.LEFT_OUTER, on=(field == target.id))
    return query, refs, columns


@prepared.once
def _by_id(model: type[Record]) -> tuple[prepared.Statement, list[Callable[[Any], Any]], list[tuple[str, Ref]]]:
    query, refs, columns = _selected(model)
    statement = prepared.Statement(lambda: query.where(model.id == prepared.given("id")))
    return statement, [column.python_value for column in columns], refs


def _rows(model: type[Record], found: Iterable[Sequence[Any]], refs: list[tuple[str, Ref]]) -> list[Row]:
    names = [name for name in model._meta.fields if name != "sort_key"]
    out = []
    for values in found:
        row = dict(zip(names, values[: len(names)], strict=True))
        at = len(names)
        for name, field in refs:
            key = row[name]
            if key is not None:
                row[name] = Pointer(key, values[at], values[at + 1] or values[at], field.rel_model.kind)
            at += 2
        out.append(Row(model.kind, row))
    return out


def _condition(model: type[Record], where: Mapping[str, Any], typed: str, deleted: bool) -> Any:
    terms = [] if deleted else [model.deleted_at.is_null()]
    for name, value in where.items():
        name, _sep, word = name.partition("__")
        field = model._meta.fields.get(name)
        if field is None:
            raise PrtuiError(
                _("{kind} has no field “{name}”.").format(kind=model.kind, name=name[:40]),
                hint=_("Known: {names}.").format(
                    names=", ".join(n for n, f in model._meta.fields.items() if isinstance(f, Spec))
                ),
            )
        value = value.value if isinstance(value, Enum) else value
        if word:
            if word not in _OPERATORS:
                raise PrtuiError(
                    _("“{word}” compares nothing.").format(word=word[:40]),
                    hint=_("Known: {names}.").format(names=", ".join(_OPERATORS)),
                )
            terms.append(_OPERATORS[word](field, value))
        elif value is None:
            terms.append(field.is_null())
        elif isinstance(value, Collection) and not isinstance(value, str | Pointer):
            terms.append(field.in_([one.value if isinstance(one, Enum) else one for one in value]))
        else:
            terms.append(field == (value.id if isinstance(value, Pointer | Row) else value))
    words = dict.fromkeys(text.key(text.clean(typed)).split())
    if len(words) > MOST_WORDS or any(len(word) > LONGEST for word in words):
        terms.append(peewee.Value(1) == 0)  # a pasted page: no record is called that, and no engine takes the question
    else:
        terms += [model.sort_key.contains(word) for word in words]
    whole = peewee.Value(1) == 1 if not terms else terms[0]
    for term in terms[1:]:
        whole &= term
    return whole


def rows(
    kind: str,
    where: Mapping[str, Any] | None = None,
    *,
    typed: str = "",
    order: Sequence[str] | None = None,
    limit: int | None = None,
    offset: int = 0,
    deleted: bool = False,
) -> list[Row]:
    """Rows of a kind. `where` maps fields to a value, to None, to a collection of values, or as `field__lt`, `__lte`,
    `__gt`, `__gte`, `__ne` to a bound; `typed` narrows by parts of the title, its pinyin or initials; `order` names fields,
    `-field` descending, and ends with the id, so that pages never overlap."""
    model = model_of(kind)
    query, refs, _columns = _selected(model)
    query = query.where(_condition(model, where or {}, typed, deleted)).order_by(*_ordering(model, order))
    if limit is not None:
        query = query.limit(limit).offset(offset)
    return _rows(model, query.tuples(), refs)


def _ordering(model: type[Record], order: Sequence[str] | None) -> list[Any]:
    terms = []
    for name in order or model.sorted_by:
        field = model._meta.fields[name.lstrip("-")]
        terms.append(
            field.desc(nulls="LAST") if name.startswith("-") else field.asc(nulls="LAST") if field.null else field
        )
    return [*terms, model.id]


def page(
    kind: str,
    where: Mapping[str, Any] | None = None,
    *,
    typed: str = "",
    order: Sequence[str] | None = None,
    limit: int,
    offset: int,
) -> list[Row]:
    """A page far down a long list: the ids come from the index alone, then only this page's rows are read."""
    model = model_of(kind)
    keys = (
        model.select(model.id)
        .where(_condition(model, where or {}, typed, False))
        .order_by(*_ordering(model, order))
        .limit(limit)
        .offset(offset)
    )
    ids = [key for (key,) in keys.tuples()]
    return by_ids(kind, ids)


def by_ids(kind: str, ids: Sequence[int], *, deleted: bool = False) -> list[Row]:
    """The live rows with these ids, in that order; missing ones are left out."""
    if not ids:
        return []
    model = model_of(kind)
    query, refs, _columns = _selected(model)
    condition = model.id.in_(list(ids)) if deleted else model.id.in_(list(ids)) & model.deleted_at.is_null()
    found = {row.id: row for row in _rows(model, query.where(condition).tuples(), refs)}
    return [found[key] for key in ids if key in found]


def ids(kind: str, where: Mapping[str, Any] | None = None) -> list[int]:
    """The ids of the live rows, and nothing else of them."""
    model = model_of(kind)
    return [int(key) for (key,) in model.select(model.id).where(_condition(model, where or {}, "", False)).tuples()]


def count(kind: str, where: Mapping[str, Any] | None = None, *, typed: str = "") -> int:
    """How many live rows there are."""
    model = model_of(kind)
    return int(model.select().where(_condition(model, where or {}, typed, False)).count())


def tally(kind: str, field: str, where: Mapping[str, Any] | None = None) -> dict[Any, int]:
    """How many live rows there are for each value of a field."""
    model = model_of(kind)
    column = model._meta.fields[field]
    query = (
        model.select(column, peewee.fn.COUNT(model.id))
        .where(_condition(model, where or {}, "", False))
        .group_by(column)
    )
    return {value: int(number) for value, number in query.tuples()}


def get(kind: str, key: int, *, deleted: bool = False) -> Row:
    """The row with this id. Raises NotFound."""
    statement, readers, refs = _by_id(model_of(kind))
    for values in statement(id=key).fetchall():
        read = [None if value is None else reader(value) for reader, value in zip(readers, values, strict=True)]
        (row,) = _rows(model_of(kind), [read], refs)
        if deleted or row.deleted_at is None:
            return row
    raise NotFound(_("That record is no longer there."))


def by_code(typed: str, *, deleted: bool = False) -> Row | None:
    """The row with this code, of whatever kind, or None. `doc 41` and `DOC-041` mean the newest year's number 41."""
    match = _CODE.match(text.key(text.clean(typed)))
    if not match:
        return None
    prefix, year, number = match[1].upper(), match[2], int(match[3])
    for model in KINDS.values():
        if prefix not in model.code.prefixes:
            continue
        if year:
            wanted = model.code == f"{prefix}-{year}-{number:03d}"
        else:
            wanted = model.code.startswith(f"{prefix}-") & model.code.endswith(f"-{number:03d}")
        query, refs, _columns = _selected(model)
        if not deleted:
            query = query.where(model.deleted_at.is_null())
        found = _rows(model, query.where(wanted).order_by(model.code.desc()).limit(1).tuples(), refs)
        if found:
            return found[0]
    return None


@prepared.once
def _liveness(model: type[Record]) -> prepared.Statement:
    return prepared.Statement(
        lambda: model.select(model.id).where((model.id == prepared.given("id")) & model.deleted_at.is_null())
    )


def is_live(model: type[Record], key: int) -> bool:
    """Whether that record is there and not removed."""
    return _liveness(model)(id=key).fetchone() is not None


def find(kind: str, typed: str) -> Row:
    """The one row of a kind that was meant: by code, exact title, or an unambiguous part of title, pinyin or initials.

    Raises NotFound naming the candidates when there are several, or none.
    """
    model = model_of(kind)
    row = by_code(typed)
    if row is not None and row.kind == kind:
        return row
    exact = rows(kind, {"sort_key": sort_text(text.clean(typed, lines=False), name=model.personal)}, limit=6)
    found = exact or rows(kind, typed=typed, limit=6)
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotFound(
            _("There is no {kind} “{text}”.").format(kind=_(model.label), text=typed[:60]),
            hint=_("`prtui list {kind}` shows them.").format(kind=kind),
        )
    raise NotFound(
        _("“{text}” may be several: {names}.").format(
            text=typed[:60], names=", ".join(f"{one.code} {one.heading}" for one in found)
        ),
        hint=_("Type the code."),
    )


def any_record(typed: str) -> Row:
    """The row with this code. Raises NotFound saying what a code looks like."""
    row = by_code(typed)
    if row is None:
        raise NotFound(
            _("There is no record {code}.").format(code=typed[:60]), hint=_("A code looks like PRJ-2026-003.")
        )
    return row


def choice(kind: str, field: str) -> dict[str, str]:
    """Stored value → label (a message id) of a Choice field."""
    spec = model_of(kind)._meta.fields[field]
    return dict(spec.options) if isinstance(spec, Choice) else {}


def called(kind: str, values: Mapping[str, str]) -> str:
    """What a record of a kind is called: a statement is a statement, not a document."""
    model = model_of(kind)
    label = choice(kind, model.subtypes).get(values.get(model.subtypes, "")) if model.subtypes else None
    return _(label or model.label)


def referring(kind: str) -> list[tuple[type[Record], str]]:
    """(declaration, field) of everything that may refer to records of this kind."""
    return [(model, field.name) for model, field in references(kind)]
