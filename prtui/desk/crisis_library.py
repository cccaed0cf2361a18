"""The statement library: texts written in quiet times, approved word for word, for the night when nobody is awake."""

from __future__ import annotations

import hashlib
import re

from prtui import clock
from prtui.errors import Refused
from prtui.i18n import _
from prtui.store import Work, query
from prtui.store.records import Row

from . import documents, records
from .crisis_texts import TEXTS, Shipped

_FILLING = r"(?:(?!\.\s)[^\n【】。！？!?]){1,120}"


def template_sha(template: Row | Shipped) -> str:
    """SHA-256 of a template's words: what its approval is bound to."""
    return hashlib.sha256("\x1f".join((template.title, template.language, template.body)).encode()).hexdigest()


def approved(template: Row) -> bool:
    """Whether the template was approved in exactly these words."""
    return bool(template.approved_sha) and template.approved_sha == template_sha(template)


def approve_template(work: Work, template: Row, by: str) -> Row:
    """The template pre-approved by counsel, as it stands. An edit of its words ends that."""
    if not by.strip():
        raise Refused(_("Say who approved it."))
    on = clock.today(work.settings.zone)
    return work.edit(template, action="approve", approved_by=by, approved_on=on, approved_sha=template_sha(template))


def _template_edited(work: Work, before: Row, after: Row) -> Row:
    if not after.approved_sha or approved(after):
        return after
    return work.edit(
        after, action="void", approved_by="", approved_on=None, approved_sha="", reason=_("its words were changed")
    )


def only_blanks_filled(template: str, text: str) -> bool:
    """Whether the text is the template with its blanks filled and nothing else changed: a blank takes part of a sentence, never
    one of its own."""
    fixed = documents.UNFILLED.split(template)
    return re.fullmatch(_FILLING.join(map(re.escape, fixed)), text) is not None


def install(work: Work) -> list[Row]:
    """The texts that come with the desk added to the library as drafts, those that are not there yet; returns the new ones."""
    there = {(row.scenario, row.language, row.title) for row in query.rows("holdingtemplate")}
    missing = [one for one in TEXTS if (one.scenario, one.language, one.title) not in there]
    return [work.add("holdingtemplate", **one._asdict()) for one in missing]


records.FOLLOWED_BY["holdingtemplate"] = _template_edited
