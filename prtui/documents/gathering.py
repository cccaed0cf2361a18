"""What a builder knows beside its record, read from the store."""

from __future__ import annotations

import re

from prtui.clock import Moment
from prtui.config import Settings
from prtui.desk import coverage, crisis_statements, figures
from prtui.documents import crisis_facts
from prtui.documents.context import Context, Person, Signoff
from prtui.documents.wording import called
from prtui.i18n import translate
from prtui.store import query
from prtui.store.approvals import approvals
from prtui.store.documents import text_sha
from prtui.store.people import Department
from prtui.store.records import Row

_BOTH = re.compile(r"^(?P<zh>[^A-Za-z]*[\u3400-\u9fff][^A-Za-z]*?)\s+(?P<en>[A-Z][ -~]+)$")


def gather(row: Row, settings: Settings, lang: str, *, internal: bool = False, drill: bool = False) -> Context:
    """The context of a record's documents: its contact line (the owner where none is named), its standing approvals in that
    language, people by name, the rows a report counts with the figures as they were approved, and the facts of the crisis it
    speaks in. A document of a drill is one, whatever is asked. Must run where a database connection is."""
    people = query.rows("person")
    names = {one.name: one.name_en for one in people if one.name_en} if lang == "en" else {}
    by_id = {one.id: one for one in people}
    document = row.kind == "document"
    owned = getattr(row, "owner", None)
    owner = by_id.get(owned.id) if owned else None
    speaks = (by_id.get(row.contact.id) if document and row.contact else None) or owner
    signed = [
        Signoff(one.step, called(one.by, names), Moment(one.decided_at, settings.zone), one.sha)
        for one in approvals(row)
        if one.decision == "approve" and one.language in ("", lang) and (not document or one.sha == text_sha(row, lang))
    ]
    rows, tiers = coverage.of_project(row) if row.kind == "project" else ([], {})
    link = crisis_statements.place_of(row) if document else None
    crisis = query.get("crisis", link.crisis.id) if link is not None else row if row.kind == "crisis" else None
    if link is not None and f"{lang}:{text_sha(row, lang)}" in link.agreed_sha.split(";"):
        by = f"{called(link.counsel, names)} {link.agreed_by_channel}"
        signed.append(Signoff("word", by, Moment(link.agreed_at.at, settings.zone), text_sha(row, lang)))
    return Context(
        settings=settings,
        author=called(owner.name if document and owner else settings.actor, names),
        contact=person(speaks, lang) if speaks else None,
        approvals=tuple(signed),
        internal=internal,
        drill=drill or bool(crisis and crisis.drill),
        facts=crisis_statements.facts(crisis) if crisis and document else None,
        holding=document and crisis_statements.is_holding(row),
        departments={one.name: _department(one, lang) for one in people},
        rows=tuple(rows),
        tiers=tiers,
        frozen=figures.frozen(row),
        names=names,
        aftermath=crisis_facts.aftermath(settings, row) if row.kind == "crisis" else None,
        readiness=crisis_facts.readiness(settings) if row.kind == "crisisplan" else None,
    )


def person(row: Row, lang: str) -> Person:
    """Somebody of the desk as printed in that language."""
    name = row.name_en if lang == "en" and row.name_en else row.name
    return Person(name, _in(row.position, lang), row.phone, row.email, _department(row, lang))


def _in(text: str, lang: str) -> str:
    """公关总监 PR Director: the half in that language, where both stand in one field."""
    both = _BOTH.match(text)
    return both[lang] if both else text


def _department(person: Row, lang: str) -> str:
    return translate({str(one): one.label for one in Department}.get(str(person.department), ""), lang)
