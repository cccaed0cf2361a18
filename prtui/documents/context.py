"""What a document is made of: the facts around a record, the filled slots, and what came out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from prtui.clock import Moment
from prtui.config import Settings
from prtui.documents.blocks import Value

if TYPE_CHECKING:
    from prtui.desk.figures import Freeze
    from prtui.documents.crisis_facts import Aftermath, Readiness


@dataclass(frozen=True)
class Person:
    """Somebody whose name is printed, as it is to be printed in the document's language."""

    name: str
    title: str = ""
    phone: str = ""
    email: str = ""
    department: str = ""


@dataclass(frozen=True)
class Signoff:
    """A recorded approval of the exact text. `step` is `facts`, `pr`, `legal`, `management` or `chair`."""

    step: str
    by: str
    at: Moment
    sha: str = ""


@dataclass(frozen=True)
class Guest:
    """Somebody an invitation is made out to. `salutation` is 先生, 女士 or an office; in English Mr, Ms, Dr; `lang`
    the language of the invitation where it is not that of the others."""

    name: str
    salutation: str = ""
    plus_ones: int = 0
    host: Person | None = None
    lang: str = ""


@dataclass(frozen=True)
class Occasion:
    """What people are invited to, in the document's language. `programme` pairs a time with what happens then; `embargo`
    and `photos` are the lines about secrecy and photography."""

    name: str = ""
    subtitle: str = ""
    starts_at: Moment | None = None
    venue: str = ""
    address: str = ""
    dress: str = ""
    reply_by: date | None = None
    greeting: str = ""
    programme: tuple[tuple[str, str], ...] = ()
    embargo: str = ""
    photos: str = ""
    ends_at: Moment | None = None


@dataclass(frozen=True)
class Context:
    """What a builder knows beside its record. `rows` are the records a report counts (coverage of a clip book) and `tiers`
    the tier of each outlet by its code; `frozen` the figures as they were approved, by deliverable; `remarks` her own words
    on them; `guest` is whom an invitation is made out to, `event` what to; `names` what people are called in the document's
    language.

    `facts` are the verified entries of the fact log; None means there is no log to check numbers against. `aftermath` is
    what the review of a crisis reports, `readiness` what a crisis plan does.
    `holding`: a first statement of a crisis, which is kept short.
    `internal` asks for the copy that stays in the house: it alone shows approvals.
    """

    settings: Settings
    author: str = ""
    contact: Person | None = None
    approvals: tuple[Signoff, ...] = ()
    internal: bool = False
    drill: bool = False
    facts: tuple[str, ...] | None = None
    departments: Mapping[str, str] = field(default_factory=dict)
    copied_to: tuple[str, ...] = ()
    next_meeting: Moment | None = None
    rows: tuple[Any, ...] = ()
    tiers: Mapping[str, str] = field(default_factory=dict)
    frozen: Mapping[str, Freeze] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    remarks: str = ""
    guest: Guest | None = None
    event: Occasion | None = None
    holding: bool = False
    aftermath: Aftermath | None = None
    readiness: Readiness | None = None


@dataclass(frozen=True)
class Filled:
    """A deliverable ready to be written: every slot its template may name, and what the file says about itself. `standing` is
    how far it has come: Draft, Approved, Released, In force, …; empty where nobody has to approve it."""

    kind: str
    lang: str
    values: Mapping[str, Value]
    title: str
    label: str
    code: str = ""
    version: str = ""
    confidentiality: str = "public"
    standing: str = ""
    dated: date | None = None
    author: str = ""
    marks: tuple[str, ...] = ()
    watermark: str = ""
    color: str = ""
    addressee: str = ""
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Finding:
    """Something she may want to change: which rule, where in the text, the words, and why."""

    rule: str
    where: str
    excerpt: str
    message: str


@dataclass(frozen=True)
class Exported:
    """The file written, the labels of the fields still to be filled, and what the lint found."""

    path: Path
    unfilled: list[str]
    findings: list[Finding]
