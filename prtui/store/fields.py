"""The kinds of field a record is declared with. Each carries what everyone needs: label, rules, and how a value is read
from what was typed, shown to a person, and written into the journal."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple, Self

import peewee

from prtui import clock, money, text
from prtui.clock import Moment
from prtui.errors import PrtuiError
from prtui.i18n import LANGUAGES, _, translate

LONGEST_LINE = 500
LONGEST_PROSE = 2_000_000


class Pointer(NamedTuple):
    """What a row holds where it refers to another record: enough to show it and to go there."""

    id: int
    code: str
    title: str
    kind: str

    def __str__(self) -> str:
        return self.title


class Choices(StrEnum):
    """A closed set of values. Each member is `NAME = "stored", N_("Label")`."""

    label: str

    def __new__(cls, value: str, label: str) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


def called(stored: str, label: str) -> str:
    """What is typed for a value or a kind and, where that is in another script, what it is called: `todo 待办`."""
    word = _(label)
    return stored if word.isascii() else f"{stored} {word}"


class Inherited:
    """A field of the base that every record type has for its own."""

    def __deepcopy__(self, memo: object) -> Self:
        # Peewee copies every inherited field of every record type; nothing below the field is ever changed, and deep
        # copies take 20 ms of a start.
        twin = object.__new__(type(self))
        twin.__dict__.update(self.__dict__)
        return twin


class Id(Inherited, peewee.BigAutoField):
    """The key of a row."""


class Count(Inherited, peewee.IntegerField):
    """A number that the program keeps."""


class Word(Inherited, peewee.TextField):
    """A text that the program keeps."""


class Spec(Inherited):
    """What every declared field carries beside its column."""

    label: str
    required: bool
    search: bool
    sensitive: bool
    width: int
    unit: str
    when: tuple[str, frozenset[str]] | None
    guarded: bool
    hidden: bool
    hint: str
    right = False  # numbers stand at the right edge of their column
    lines = False  # edited in an area of several lines
    name: str
    default: Any

    def declare(
        self,
        label: str,
        *,
        required: bool = False,
        search: bool = False,
        sensitive: bool = False,
        width: int = 16,
        unit: str = "",
        when: tuple[str, Collection[str]] | None = None,
        guarded: bool = False,
        hidden: bool = False,
        hint: str = "",
    ) -> None:
        """`when` limits the field to records whose other field has one of those values; `guarded` fields change only by a
        desk rule, never by a plain edit; `hidden` ones are the program's own; `sensitive` ones are masked in lists."""
        self.label, self.required, self.search, self.sensitive = label, required, search, sensitive
        self.width, self.unit, self.guarded, self.hidden, self.hint = width, unit, guarded, hidden, hint
        self.when = (when[0], frozenset(when[1])) if when else None

    def parse(self, typed: str, zone: str) -> Any:
        """The value meant by what was typed on the clock of `zone`; blank is none. Raises PrtuiError."""
        return text.clean(typed, lines=self.lines)

    def accept(self, value: Any) -> Any:
        """The value as it is stored, cleaned. Raises PrtuiError when it is of no use."""
        return value

    def show(self, value: Any) -> str:
        """The value for a person, in the language in force; blank when there is none."""
        return "" if value is None else str(value)

    def dump(self, value: Any) -> Any:
        """The value as JSON."""
        return value

    def load(self, value: Any) -> Any:
        """The inverse of `dump`."""
        return value

    def blank(self, value: Any) -> bool:
        """Whether there is nothing."""
        return value is None or value == ""


class Text(Spec, peewee.TextField):
    """One line of text."""

    def __init__(self, label: str = "", **spec: Any) -> None:
        super().__init__(default="")
        self.declare(label, **spec)

    def accept(self, value: Any) -> str:
        line = text.clean(str(value or ""), lines=False)
        if len(line) > LONGEST_LINE:
            raise PrtuiError(
                _("is {count} characters long, {most} are allowed").format(count=len(line), most=LONGEST_LINE)
            )
        return line


class Prose(Spec, peewee.TextField):
    """Text of several lines."""

    lines = True

    def __init__(self, label: str = "", **spec: Any) -> None:
        super().__init__(default="")
        self.declare(label, **spec)

    def accept(self, value: Any) -> str:
        prose = text.clean(str(value or ""))
        if len(prose) > LONGEST_PROSE:
            raise PrtuiError(
                _("is {count} characters long, {most} are allowed").format(count=len(prose), most=LONGEST_PROSE)
            )
        return prose


class Tags(Text):
    """Words separated by commas, half- or full-width."""

    def accept(self, value: Any) -> str:
        words = str(value or "").replace("，", ",").replace("、", ",").split(",")
        kept = dict.fromkeys(word for word in (text.clean(one, lines=False) for one in words) if word)
        return super().accept(", ".join(kept))


class Codes(Tags):
    """Codes of records of one kind, separated by commas; each is there."""

    def __init__(self, kind: str, label: str = "", **spec: Any) -> None:
        super().__init__(label, **spec)
        self.kind = kind

    def accept(self, value: Any) -> str:
        from prtui.store import query

        return ", ".join(query.find(self.kind, code).code for code in self.codes(super().accept(value)))

    @staticmethod
    def codes(value: str) -> list[str]:
        """The codes one by one."""
        return [code for code in value.replace("，", ",").replace(" ", "").split(",") if code]


class Code(Spec, peewee.TextField):
    """The human code of a record, `PRJ-2026-003`: given once by the unit of work, never reused."""

    def __init__(self, prefix: str, *, also: tuple[str, ...] = ()) -> None:
        """`also` are prefixes that the model gives to some of its records: its `prefix` chooses."""
        super().__init__(unique=True)
        self.prefix, self.prefixes = prefix, (prefix, *also)
        self.declare("Code", guarded=True, width=12)


class Choice(Spec, peewee.TextField):
    """One of a closed set."""

    def __init__(self, choices: type[Choices], label: str = "", *, default: str = "", **spec: Any) -> None:
        super().__init__(default=default, index=spec.pop("index", False))
        self.options = {member.value: member.label for member in choices}
        self.declare(label, **{"width": 8, **spec})

    def parse(self, typed: str, zone: str) -> str:
        wanted = text.key(typed)
        for stored, label in self.options.items():
            if wanted in (text.key(stored), *(text.key(translate(label, name)) for name in LANGUAGES)):
                return stored
        return text.clean(typed, lines=False)

    def accept(self, value: Any) -> str:
        chosen = str(value or "")
        if chosen and chosen not in self.options:
            shown = ", ".join(called(*one) for one in self.options.items())
            raise PrtuiError(_("“{value}” is not one of: {choices}").format(value=chosen[:40], choices=shown))
        return chosen

    def show(self, value: Any) -> str:
        return _(str(self.options.get(value, value or "")))


class Ref(Spec, peewee.ForeignKeyField):
    """Another record. In a row it is a Pointer or None."""

    def __init__(self, model: Any, label: str = "", *, backref: str | None = None, **spec: Any) -> None:
        super().__init__(model, null=True, on_delete="RESTRICT", backref=backref, lazy_load=False)
        self.declare(label, **spec)

    def parse(self, typed: str, zone: str) -> Any:
        from prtui.store import query

        return query.find(self.rel_model.kind, typed).pointer if typed.strip() else None

    def accept(self, value: Any) -> int | None:
        if value is None or value == "":
            return None
        return int(getattr(value, "id", value))

    def dump(self, value: Any) -> Any:
        return getattr(value, "id", value)


class Day(Spec, peewee.DateField):
    """A calendar day."""

    def __init__(self, label: str = "", **spec: Any) -> None:
        super().__init__(null=True)
        self.declare(label, **{"width": 10, **spec})

    def parse(self, typed: str, zone: str) -> date | None:
        return clock.parse_day(typed, clock.today(zone)) if typed.strip() else None

    def accept(self, value: Any) -> date | None:
        if value in (None, ""):
            return None
        if isinstance(value, datetime) or not isinstance(value, date):
            raise PrtuiError(_("is not a day"))
        return value

    def show(self, value: Any) -> str:
        return value.isoformat() if value else ""

    def dump(self, value: Any) -> Any:
        return value.isoformat() if value else None

    def load(self, value: Any) -> Any:
        return date.fromisoformat(value) if value else None


class Instant(Spec, peewee.Field):
    """An instant with the zone that was meant: a `clock.Moment`, kept as sortable text on every engine."""

    field_type = "TEXT"

    def __init__(self, label: str = "", **spec: Any) -> None:
        super().__init__(null=True)
        self.declare(label, **{"width": 16, **spec})

    def db_value(self, value: Any) -> str | None:
        return value.stored() if isinstance(value, Moment) else value

    def python_value(self, value: Any) -> Moment | None:
        return Moment.read(value) if isinstance(value, str) and value else value or None

    def parse(self, typed: str, zone: str) -> Moment | None:
        return clock.parse_moment(typed, zone) if typed.strip() else None

    def accept(self, value: Any) -> Moment | None:
        if value in (None, ""):
            return None
        if not isinstance(value, Moment):
            raise PrtuiError(_("is not an instant with a zone"))
        return value

    def dump(self, value: Any) -> Any:
        return value.stored() if value else None

    def load(self, value: Any) -> Any:
        return Moment.read(value) if value else None


class Stamp(Spec, peewee.Field):
    """A UTC instant that the program sets. Refuses naive datetimes."""

    field_type = "TEXT"

    def __init__(self, label: str = "", **spec: Any) -> None:
        super().__init__(null=True)
        self.declare(label, **{"guarded": True, "width": 16, **spec})

    def db_value(self, value: Any) -> str | None:
        return clock.stored(value) if isinstance(value, datetime) else value

    def python_value(self, value: Any) -> datetime | None:
        return clock.read(value) if isinstance(value, str) and value else value or None

    def show(self, value: Any) -> str:
        from prtui.store.work import settings

        return str(Moment(value, settings().zone)) if value else ""

    def dump(self, value: Any) -> Any:
        return clock.stored(value) if value else None

    def load(self, value: Any) -> Any:
        return clock.read(value) if value else None


class Flag(Spec, peewee.BooleanField):
    """Yes or no."""

    def __init__(self, label: str = "", **spec: Any) -> None:
        super().__init__(default=False)
        self.declare(label, **{"width": 4, **spec})

    _YES = ("1", "y", "yes", "true", "on", "x", "是", "对", "✓")
    _NO = ("", "0", "n", "no", "false", "off", "否", "不")

    def parse(self, typed: str, zone: str) -> bool:
        word = text.key(typed)
        if word not in self._YES + self._NO:
            raise PrtuiError(_("“{text}” is neither yes nor no").format(text=typed[:20]))
        return word in self._YES

    def accept(self, value: Any) -> bool:
        return bool(value)

    def show(self, value: Any) -> str:
        return _("yes") if value else ""

    def blank(self, value: Any) -> bool:
        return False


class Number(Spec, peewee.BigIntegerField):
    """A whole number."""

    right = True

    def __init__(self, label: str = "", *, least: int | None = None, most: int | None = None, **spec: Any) -> None:
        super().__init__(null=True)
        self.least, self.most = least, most
        self.declare(label, **{"width": 8, **spec})

    def parse(self, typed: str, zone: str) -> int | None:
        word = text.key(typed).replace(",", "").replace(money.MINUS, "-")
        if not word:
            return None
        try:
            return int(word)
        except ValueError:
            raise PrtuiError(_("“{text}” is not a whole number").format(text=typed[:20])) from None

    def accept(self, value: Any) -> int | None:
        if value in (None, ""):
            return None
        number = int(value)
        least = -(2**63) if self.least is None else self.least
        most = 2**63 - 1 if self.most is None else self.most
        if not least <= number <= most:
            raise PrtuiError(_("must be from {least} to {most}").format(least=least, most=most))
        return number

    def show(self, value: Any) -> str:
        return "" if value is None else f"{value:,}".replace("-", money.MINUS)


class Amount(Spec, peewee.BigIntegerField):
    """Money in minor units of the desk's reporting currency (CNY: 分)."""

    right = True

    def __init__(self, label: str = "", *, currency: str = "CNY", least: int | None = None, **spec: Any) -> None:
        super().__init__(null=True)
        self.currency, self.least = currency, least
        self.declare(label, **{"width": 16, **spec})

    def parse(self, typed: str, zone: str) -> int | None:
        if not typed.strip():
            return None
        amount = money.parse(typed, self.currency)
        if amount.currency != self.currency:
            raise PrtuiError(_("is kept in {currency}").format(currency=self.currency))
        return amount.minor

    def accept(self, value: Any) -> int | None:
        if value in (None, ""):
            return None
        if self.least is not None and int(value) < self.least:
            raise PrtuiError(_("must be at least {least}").format(least=money.show(self.least, self.currency)))
        return int(value)

    def show(self, value: Any) -> str:
        return "" if value is None else money.show(value, self.currency)


class SortKey(Inherited, peewee.TextField):
    """What a list is sorted and narrowed by: pinyin, the folded title, joined syllables and initials."""

    field_type = "SORTKEY"


def sort_text(title: str, *, name: bool = False) -> str:
    """The sort key of a title."""
    ordered = text.sort_key(title, name=name)[:300]
    if "\x1f" not in ordered:
        return ordered
    return f"{ordered}\x1f{''.join(text.pinyin(title, name=name))[:200]} {text.initials(title, name=name)[:100]}"
