"""What a builder knows beside its record, read from the store."""

from __future__ import annotations

from prtui.clock import Moment
from prtui.config import Settings
from prtui.documents.context import Context, Person, Signoff
from prtui.i18n import translate
from prtui.store import query
from prtui.store.approvals import approvals
from prtui.store.people import Department
from prtui.store.records import Row


def gather(
    row: Row, settings: Settings, lang: str, *, internal: bool = False, drill: bool = False, rows: tuple[Row, ...] = ()
) -> Context:
    """The context of a document record: its contact line, its standing approvals in that language, departments by name, and
    the rows a report counts (a project's coverage unless others are given). Must run where a database connection is."""
    contact = query.get("person", row.contact.id) if row.kind == "document" and row.contact else None
    owner = query.get("person", row.owner.id) if row.kind == "document" and row.owner else None
    speaks = contact or owner
    signed = [
        Signoff(one.step, one.by, Moment(one.decided_at, settings.zone), one.sha)
        for one in approvals(row)
        if one.decision == "approve" and one.language in ("", lang)
    ]
    if row.kind == "project" and not rows:
        rows = tuple(query.rows("coverage", {"project": row.id}))
    outlets = (
        query.rows("outlet", {"id": {one.outlet.id for one in rows if one.outlet}}) if row.kind == "project" else []
    )
    return Context(
        settings=settings,
        author=_named(owner, lang) if owner else settings.actor,
        contact=_person(speaks, lang) if speaks else None,
        approvals=tuple(signed),
        internal=internal,
        drill=drill,
        departments={one.name: _department(one, lang) for one in query.rows("person")},
        rows=rows,
        tiers={one.code: str(one.tier) for one in outlets},
    )


def _named(person: Row, lang: str) -> str:
    return str(person.name_en if lang == "en" and person.name_en else person.name)


def _person(person: Row, lang: str) -> Person:
    return Person(
        _named(person, lang),
        person.position,
        person.phone,
        person.email,
        _department(person, lang),
    )


def _department(person: Row, lang: str) -> str:
    return translate({str(one): one.label for one in Department}.get(str(person.department), ""), lang)
