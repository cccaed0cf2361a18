"""Releases, minutes, statements and notes."""

from __future__ import annotations

import hashlib

import peewee

from prtui.i18n import N_
from prtui.store import query
from prtui.store.fields import Choice, Choices, Code, Day, Instant, Number, Prose, Ref, Stamp, Text
from prtui.store.people import Person
from prtui.store.projects import Project
from prtui.store.records import Record, Row


class DocumentKind(Choices):
    RELEASE = "release", N_("Press release")
    MINUTES = "minutes", N_("Minutes")
    STATEMENT = "statement", N_("Statement")
    NOTE = "note", N_("Note")


class Status(Choices):
    DRAFT = "draft", N_("Draft")
    REVIEW = "review", N_("Review")
    LEGAL = "legal", N_("Legal clearance")
    APPROVED = "approved", N_("Approved")
    RELEASED = "released", N_("Released")
    CORRECTED = "corrected", N_("Correction issued")
    WITHDRAWN = "withdrawn", N_("Withdrawn")


_RELEASE = ("type", (DocumentKind.RELEASE,))
_STATEMENT = ("type", (DocumentKind.STATEMENT,))
_MINUTES = ("type", (DocumentKind.MINUTES,))
_PUBLIC = ("type", (DocumentKind.RELEASE, DocumentKind.STATEMENT))


class Document(Record):
    """A text that leaves the desk, or records what was decided there."""

    label = N_("Document")
    plural = N_("Documents")
    shown = ("title", "type", "status", "owner", "dated_on")
    sorted_by = ("-dated_on", "sort_key")
    dated_by = "dated_on"
    faceted_by = ("type", "status", "project")
    subtypes = "type"

    code = Code("DOC")
    type = Choice(DocumentKind, N_("Kind"), required=True, default=DocumentKind.NOTE, index=True, width=8)
    title = Text(N_("Title"), required=True, search=True, width=32)
    title_en = Text(N_("Title (English)"), search=True)
    subtitle = Text(N_("Subtitle"), search=True, when=_RELEASE)
    subtitle_en = Text(N_("Subtitle (English)"), search=True, when=_RELEASE)
    number = Number(N_("No."), least=1, when=_STATEMENT)
    status = Choice(Status, N_("Status"), default=Status.DRAFT, guarded=True, index=True)
    dated_on = Day(N_("Date"))
    owner = Ref(Person, N_("Owner"), backref="documents", width=10)
    project = Ref(Project, N_("Project"), backref="documents", search=True, width=20)
    body = Prose(N_("Text"), search=True)
    body_en = Prose(N_("Text (English)"), search=True)
    city = Text(N_("City"), when=_RELEASE)
    city_en = Text(N_("City (English)"), when=_RELEASE)
    embargo_at = Instant(N_("Embargo until"), when=_RELEASE)
    next_update_at = Instant(N_("Next update"), when=_STATEMENT)
    contact = Ref(Person, N_("Media contact line"), backref="contact_for", when=_PUBLIC)
    released_at = Stamp(N_("Released"))
    held_at = Instant(N_("Meeting time"), when=_MINUTES)
    place = Text(N_("Place"), when=_MINUTES)
    chair = Text(N_("Chair"), search=True, when=_MINUTES)
    recorder = Text(N_("Recorder"), when=_MINUTES)
    present = Text(N_("Present"), search=True, when=_MINUTES)
    in_attendance = Text(N_("In attendance"), search=True, when=_MINUTES)
    absent = Text(N_("Absent"), when=_MINUTES)
    source = Text(N_("File"))
    # What an import took out of the text because the template says it: it is still found, and still read.
    left_out = Prose(N_("Left out on import"), search=True, guarded=True)
    fingerprint = Text(N_("Fingerprint of the text"), hidden=True)


def text_sha(row: Row, language: str) -> str:
    """SHA-256 of the exact text of one language version: what approvals are bound to."""
    suffix = "_en" if language == "en" else ""
    parts = [row[f"title{suffix}"], row[f"subtitle{suffix}"], row[f"body{suffix}"]]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def with_fingerprint(fingerprint: str) -> str | None:
    """The code of the live document or coverage that an imported text already is, or None."""
    for kind in ("document", "coverage"):
        found = query.rows(kind, {"fingerprint": fingerprint}, limit=1)
        if found:
            return str(found[0].code)
    return None


Document.add_index(peewee.ModelIndex(Document, (Document.fingerprint,), name="document_fingerprint"))
