"""The base of all records, the register of their kinds, and the plain rows that leave the store.

A record type is declared once, as a subclass of `Record`; form, table, detail pane, validation, CLI, search entry and the
names a Word template may use all come from that declaration.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, ClassVar

import peewee

from prtui.errors import Invalid, PrtuiError
from prtui.i18n import N_, _
from prtui.store import prepared
from prtui.store.engine import db
from prtui.store.fields import (
    Choice,
    Choices,
    Code,
    Count,
    Id,
    Pointer,
    Ref,
    SortKey,
    Spec,
    Stamp,
    Tags,
    Word,
    sort_text,
)

KINDS: dict[str, type[Record]] = {}


class Confidentiality(Choices):
    PUBLIC = "public", N_("Public")
    INTERNAL = "internal", N_("Internal")
    CONFIDENTIAL = "confidential", N_("Confidential")
    EMBARGOED = "embargoed", N_("Embargoed")


class Base(peewee.Model):
    """A table of the store."""

    class Meta:
        database = db
        legacy_table_names = False


class Record(Base):
    """The base of all records. A subclass names its `label`, its `shown` columns, and its fields."""

    id = Id()
    version = Count(default=1)
    created_at = Stamp(N_("Created"))
    created_by = Word(default="")
    updated_at = Stamp(N_("Changed"))
    updated_by = Word(default="")
    deleted_at = Stamp()
    sort_key = SortKey(default="")
    tags = Tags(N_("Tags"), search=True)
    confidentiality = Choice(Confidentiality, N_("Confidentiality"), default=Confidentiality.INTERNAL)

    kind: ClassVar[str]
    label: ClassVar[str]
    plural: ClassVar[str]
    shown: ClassVar[tuple[str, ...]] = ()
    title: ClassVar[Any] = None
    titled_by: ClassVar[str] = "title"
    titled_with: ClassVar[str] = ""  # a reference that is named after the title: whose seat it is
    sorted_by: ClassVar[tuple[str, ...]] = ("sort_key",)
    dated_by: ClassVar[str] = ""  # the field whose day matters: shown in hits, filtered by from: and to:
    faceted_by: ClassVar[tuple[str, ...]] = ()  # fields that a search may be narrowed by
    subtypes: ClassVar[str] = ""  # the Choice field whose values may stand where a kind is named: `list statement`
    personal: ClassVar[bool] = False  # the title is a person's name
    listed: ClassVar[bool] = True  # has a list of its own
    guarded: ClassVar[bool] = False  # only a desk rule makes, changes or removes one
    append_only: ClassVar[bool] = False  # once written it stays as it is; only an undo takes it back, visibly

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        cls.kind = cls.__name__.lower()
        KINDS[cls.kind] = cls

    @classmethod
    def check(cls, values: Mapping[str, Any]) -> dict[str, str]:
        """What the values of several fields together break: field → why. `values` is the whole record as it would be."""
        return {}

    @classmethod
    def prefix(cls, values: Mapping[str, Any]) -> str:
        """The prefix of the code that a new record with these values gets."""
        return str(cls.code.prefix)

    class Meta:
        database = db
        legacy_table_names = False


def specs(model: type[Record]) -> dict[str, Spec]:
    """The declared fields by name, in the order of declaration, the record's own before the common ones."""
    fields = [field for field in model._meta.sorted_fields if isinstance(field, Spec) and field.label]
    common = set(Record._meta.fields)
    return {field.name: field for field in sorted(fields, key=lambda one: one.name in common)}


def editable(model: type[Record]) -> dict[str, Spec]:
    """The declared fields that `set` takes; a form leaves out the guarded ones, which are moved by keys of their own."""
    return {name: spec for name, spec in specs(model).items() if not (isinstance(spec, Code | Stamp) or spec.hidden)}


def applies(spec: Spec, values: Mapping[str, Any] | Row) -> bool:
    """Whether the field has a meaning for a record with these values."""
    return spec.when is None or str(values[spec.when[0]] or "") in spec.when[1]


class Row:
    """One record as it was read: plain values by name, read-only, safe to hand to any thread.

    A reference is a Pointer or None, an instant a Moment, a day a date, money an int of minor units.
    """

    __slots__ = ("_values", "kind")

    def __init__(self, kind: str, values: dict[str, Any]) -> None:
        self.kind = kind
        self._values = values

    def __getattr__(self, name: str) -> Any:
        try:
            return self._values[name]
        except KeyError:
            raise AttributeError(f"{self.kind} has no {name}") from None

    def __getitem__(self, name: str) -> Any:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Row) and (self.kind, self._values) == (other.kind, other._values)

    def __hash__(self) -> int:
        return hash((self.kind, self._values["id"], self._values["version"]))

    def __repr__(self) -> str:
        return f"<{self.kind} {self._values['code']} v{self._values['version']}>"

    @property
    def model(self) -> type[Record]:
        """The declaration behind the row."""
        return KINDS[self.kind]

    @property
    def heading(self) -> str:
        """What the record is called, whatever its title field is named; one of a closed set by its word, and of whom it is."""
        title = self._values[self.model.titled_by]
        spec = self.model._meta.fields[self.model.titled_by]
        if isinstance(spec, Choice):
            title = spec.show(title)
        whose = self._values[self.model.titled_with] if self.model.titled_with else None
        return f"{title} {whose.title}" if whose is not None else str(title or self._values["code"])

    @property
    def pointer(self) -> Pointer:
        """A reference to this record."""
        return Pointer(self._values["id"], self._values["code"], self.heading, self.kind)

    def shown(self, name: str) -> str:
        """The field for a person, in the language in force."""
        return specs(self.model)[name].show(self._values[name])

    def plain(self) -> dict[str, Any]:
        """The declared fields as JSON: references by their code."""
        out: dict[str, Any] = {"code": self._values["code"]}
        for name, spec in specs(self.model).items():
            if name != "code" and not spec.hidden and applies(spec, self):
                value = self._values[name]
                out[name] = value.code if isinstance(value, Pointer) else spec.dump(value)
        return out | {"kind": self.kind, "version": self._values["version"]}


def checked(model: type[Record], values: Mapping[str, Any], before: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The values cleaned and valid as a whole, with what was there before. Raises Invalid with every fault at once."""
    declared = specs(model)
    faults: dict[str, str] = {}
    accepted: dict[str, Any] = {}
    for name, value in values.items():
        spec = declared.get(name)
        if spec is None or isinstance(spec, Code):
            faults[name[:40]] = no_such(name, declared)
            continue
        try:
            accepted[name] = spec.accept(value)
        except PrtuiError as error:
            faults[name] = error.message
        except (TypeError, ValueError):
            faults[name] = _("is of the wrong kind")
    whole = {name: spec.default for name, spec in declared.items() if not isinstance(spec, Code)}
    whole |= dict(before or {}) | accepted
    for name, spec in declared.items():
        if spec.required and name not in faults and applies(spec, whole) and spec.blank(whole.get(name)):
            faults[name] = _("is required")
    if not faults:
        faults = model.check(whole)
    if faults:
        raise Invalid(faults)
    if before is None:
        accepted = {name: whole[name] for name in declared if name in whole}
    title = whole.get(model.titled_by)
    if model.titled_by in accepted or before is None:
        accepted["sort_key"] = sort_text(str(title or ""), name=model.personal)
    return accepted


_ENDINGS = ("_on", "_at", "_by", "_en")


def meant(name: str, declared: Collection[str]) -> str:
    """The declared field that `name` stands for, without the ending that tells a day from an instant: `due` for `due_on`.
    The name as it is when it is one, or when none or several would fit."""
    fitting = [name + ending for ending in _ENDINGS if name + ending in declared]
    return fitting[0] if name not in declared and len(fitting) == 1 else name


def no_such(name: str, declared: Mapping[str, Spec]) -> str:
    """What is wrong with a field name that was not declared, and the nearest that was."""
    import difflib

    near = difflib.get_close_matches(name, declared, 1)
    if near:
        return _("there is no such field; did you mean {near}?").format(near=near[0])
    return _("there is no such field")


def raw(row: Row) -> dict[str, Any]:
    """The row's columns as they are stored by field name, references as ids."""
    return {name: row[name].id if isinstance(row[name], Pointer) else row[name] for name in row}


def dumped(model: type[Record], values: Mapping[str, Any]) -> dict[str, Any]:
    """Values by field name as JSON for the journal."""
    fields = model._meta.fields
    return {
        name: fields[name].dump(value) if isinstance(fields[name], Spec) else value for name, value in values.items()
    }


def loaded(model: type[Record], values: Mapping[str, Any]) -> dict[str, Any]:
    """The inverse of `dumped`; names that the model no longer has are left out."""
    fields = model._meta.fields
    return {
        name: fields[name].load(value) if isinstance(fields[name], Spec) else value
        for name, value in values.items()
        if name in fields
    }


def references(kind: str) -> list[tuple[type[Record], Ref]]:
    """Every declared field that may refer to records of this kind."""
    return [
        (model, field)
        for model in KINDS.values()
        for field in model._meta.sorted_fields
        if isinstance(field, Ref) and field.rel_model.kind == kind
    ]


@prepared.once
def referring(model: type[Record]) -> dict[str, Ref]:
    """The fields of a kind that refer to other records, by name."""
    return {field.name: field for field in model._meta.sorted_fields if isinstance(field, Ref)}
