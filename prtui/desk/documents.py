"""The life of a text: draft → review → legal → approved → released; approvals bound to the exact words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from prtui import clock
from prtui.errors import Refused
from prtui.i18n import N_, _
from prtui.store import Work, query
from prtui.store.documents import DocumentKind, Status, text_sha
from prtui.store.records import Row

from . import approvals, records

UNFILLED = re.compile(r"【待填[:：][^】]*】|【To fill:[^】]*】")
# What the approvals of a language version are bound to, beside the kind: whether it needs counsel at all.
_WORDS = {"zh": ("title", "subtitle", "body"), "en": ("title_en", "subtitle_en", "body_en")}
STEPS = ("facts", "review", "legal", "management", "hq", "chair")
_APART = ("legal", "management")  # two people
# Who has to have approved a text before it is approved itself: counsel and management what the public reads, the chair the
# minutes (DOMAIN §2.5).
GATES: dict[str, tuple[str, ...]] = {
    DocumentKind.RELEASE.value: _APART,
    DocumentKind.STATEMENT.value: _APART,
    DocumentKind.MINUTES.value: ("chair",),
}
_GATE = {
    "legal": N_("legal clearance"),
    "management": N_("management approval"),
    "chair": N_("the chair's confirmation"),
}
CHANNELS = (N_("In person"), N_("Telephone"), N_("WeChat"), N_("Mail"), N_("On paper"))  # how a clearance was given
# Who may clear, beyond the general rule: (work, document, step, name), raises Refused.
MAY_CLEAR: list[Callable[[Work, Row, str, str], None]] = []
# Who may release it, beyond the general rule: (document), raises Refused.
MAY_RELEASE: list[Callable[[Row], None]] = []
# What follows when an edit has made approvals void: (work, document, how many).
VOIDED: list[Callable[[Work, Row, int], None]] = []

_NEXT = {
    Status.DRAFT: Status.REVIEW,
    Status.REVIEW: Status.LEGAL,
    Status.LEGAL: Status.APPROVED,
    Status.APPROVED: Status.RELEASED,
}
_AFTER_RELEASE = (Status.CORRECTED, Status.WITHDRAWN)


def following(row: Row) -> str | None:
    """The status after this one, or None at the end. Minutes and notes skip counsel."""
    if row.status == Status.REVIEW and "legal" not in GATES.get(row.type, ()):
        return Status.APPROVED.value
    after = _NEXT.get(row.status)
    return after.value if after else None


def languages(row: Row) -> list[str]:
    """The languages the document has a text in."""
    return [name for name, field in (("zh", "body"), ("en", "body_en")) if row[field].strip()]


def standing(row: Row, step: str) -> list[Row]:
    """The approvals of that step which are on the exact text as it is now, one for each language version at most."""
    shas = {name: text_sha(row, name) for name in languages(row)}
    found: dict[str, Row] = {}
    for one in approvals.standing(row):
        if one.step == step and one.decision == "approve" and shas.get(one.language) == one.sha:
            found.setdefault(one.language, one)
    return list(found.values())


def lacking(row: Row, to: str) -> list[str]:
    """What has to be there before the document may get that status."""
    missing = [] if languages(row) else [_("a text")]
    if to in (Status.APPROVED, Status.RELEASED):
        for language in languages(row):
            body = row["body_en" if language == "en" else "body"]
            missing += [_("{mark} filled in").format(mark=mark) for mark in UNFILLED.findall(body)]
        missing += _uncleared(row)
    if to == Status.RELEASED and row.embargo_at and row.embargo_at.at > clock.now():
        missing.append(_("the embargo lifted: {at} ({zone})").format(at=row.embargo_at, zone=row.embargo_at.zone))
    return missing


def _uncleared(row: Row) -> list[str]:
    missing: list[str] = []
    for step in GATES.get(row.type, ()):
        have = {one.language for one in standing(row, step)}
        missing += [
            _("{what} of the {language} text as it is now").format(what=_(_GATE[step]), language=_(_LANGUAGE[one]))
            for one in languages(row)
            if one not in have
        ]
    return missing


_LANGUAGE = {"zh": N_("Chinese"), "en": N_("English")}


def send(work: Work, row: Row, to: str, reason: str = "") -> Row:
    """The document with another status. Refused with what is missing, when the way does not lead there, or without a reason
    where one is wanted (back to draft, correction, withdrawal)."""
    labels = {one.value: one.label for one in Status}
    backward = to == Status.DRAFT and row.status in (Status.REVIEW, Status.LEGAL, Status.APPROVED)
    after = row.status in (Status.RELEASED, Status.CORRECTED) and to in _AFTER_RELEASE
    if to != following(row) and not backward and not after:
        raise Refused(
            _("{code} cannot go from {here} to {there}.").format(
                code=row.code, here=_(labels[row.status]), there=_(labels[to])
            ),
            hint=_("Next is: {there}.").format(there=" · ".join(_(labels[one]) for one in _ways(row)) or "—"),
        )
    if (backward or after) and not reason.strip():
        raise Refused(_("Say why {code} goes to {there}.").format(code=row.code, there=_(labels[to])))
    for check in MAY_RELEASE if to == Status.RELEASED else ():
        check(row)
    missing = [] if backward else lacking(row, to)
    if missing:
        raise Refused(
            _("{code} cannot go to {there} yet. Missing:").format(code=row.code, there=_(labels[to])), missing
        )
    values: dict[str, Any] = {"status": to}
    if to == Status.RELEASED:
        values["released_at"] = work.at
    return work.edit(row, action="move", reason=reason, **values)


def _ways(row: Row) -> list[str]:
    """The statuses that lead on from here."""
    if row.status in (Status.RELEASED, Status.CORRECTED):
        return [one.value for one in _AFTER_RELEASE if one != row.status]
    after = following(row)
    return [after] if after else []


def advance(work: Work, row: Row) -> Row:
    """The document with the next status."""
    to = following(row)
    if to is None:
        raise Refused(_("{code} has no next status.").format(code=row.code))
    return send(work, row, to)


def clear(
    work: Work, row: Row, step: str, *, by: str, channel: str = "", remark: str = "", language: str = ""
) -> list[Row]:
    """Record that a person approved the exact text, in one language or in all it has. Returns the approvals.

    Raises Refused for an unknown step, an empty text, the author approving as counsel or management, one person as both, or
    words that are no longer there.
    """
    if step not in STEPS:
        raise Refused(_("There is no step “{step}”.").format(step=step[:40]), hint=", ".join(STEPS))
    wanted = [language] if language else languages(row)
    if not wanted or any(one not in languages(row) for one in wanted):
        raise Refused(_("{code} has no text in that language.").format(code=row.code))
    if not by.strip():
        raise Refused(_("Say who approved it."))
    author = row.owner.title if row.owner is not None else row.created_by
    if step in (*_APART, "hq") and by.strip() == author:
        raise Refused(_("{name} wrote it and cannot clear it too.").format(name=by.strip()))
    if step in _APART and any(
        one.by == by.strip() for other in _APART if other != step for one in standing(row, other)
    ):
        raise Refused(
            _("{name} cannot clear it as counsel and as management.").format(name=by.strip()),
            hint=_("Two people answer for these words."),
        )
    if step == "chair" and row.chair.strip() and by.strip() not in row.chair:
        raise Refused(_("{name} did not chair it; {chair} did.").format(name=by.strip(), chair=row.chair))
    for check in MAY_CLEAR:
        check(work, row, step, by.strip())
    now = query.get(row.kind, row.id)
    if any(text_sha(row, one) != text_sha(now, one) for one in wanted):
        raise Refused(
            _("The words of {code} were changed by {who} in the meantime.").format(code=row.code, who=now.updated_by),
            hint=_("Read them again, then decide."),
        )
    return [
        approvals.decide(
            work,
            row,
            "approve",
            step=step,
            by=by,
            channel=channel,
            remark=remark,
            language=one,
            sha=text_sha(row, one),
        )
        for one in wanted
    ]


def edited(work: Work, before: Row, after: Row) -> Row:
    """What an edit of the words does: the approvals of that language are void, and a text that was under way returns to
    review."""
    changed = [
        language
        for language, names in _WORDS.items()
        if before.type != after.type or any(before[name] != after[name] for name in names)
    ]
    if not changed:
        return after
    if after.status in (Status.RELEASED, *_AFTER_RELEASE):
        raise Refused(
            _("{code} is released; its words stay as they went out.").format(code=after.code),
            hint=_("Set its status to “corrected” with a reason, and write the correction as a new document."),
        )
    voided = approvals.void(work, after, changed)
    for follow in VOIDED if voided else ():
        follow(work, after, voided)
    if after.status in (Status.DRAFT, Status.REVIEW):
        return after
    reason = _("text changed; {count} approvals void").format(count=voided)
    return work.edit(after, action="move", reason=reason, status=Status.REVIEW.value)


def still_cleared(row: Row) -> None:
    """Refuses an undo, of a text or of an approval, that would leave a cleared text without its clearances."""
    subject = row
    if row.kind == "approval":
        if row.subject_kind != "document":
            return
        subject = query.get("document", row.subject_row, deleted=True)
    if subject.deleted_at is None and subject.status in (Status.APPROVED, Status.RELEASED):
        missing = _uncleared(subject)
        if missing:
            raise Refused(
                _("This cannot be undone: {code} is {status} and would lack:").format(
                    code=subject.code, status=subject.shown("status")
                ),
                missing,
                hint=_("Send it back to draft first."),
            )


def new_statement(values: Mapping[str, Any], work: Work) -> dict[str, Any]:
    """What a new document starts with: today's date, and for a statement the next number of its project."""
    start: dict[str, Any] = {"dated_on": clock.today(work.settings.zone)}
    if values.get("type") == DocumentKind.STATEMENT and not values.get("number"):
        project = values.get("project")
        told = query.rows("document", {"type": DocumentKind.STATEMENT, "project": project})
        start["number"] = max((one.number or 0 for one in told), default=0) + 1
    return start


def removed(work: Work, row: Row, reason: str) -> Row:
    """Out of sight. Refused for a text that went out: it stays on record."""
    if row.status in (Status.RELEASED, *_AFTER_RELEASE):
        raise Refused(
            _("{code} went out and stays on record.").format(code=row.code),
            hint=_("Set its status to “withdrawn” with a reason."),
        )
    return work.remove(row, reason=reason)


records.TRANSITIONS["document", "status"] = send
records.REMOVED_BY["document"] = removed
records.FOLLOWED_BY["document"] = edited
records.STARTS_WITH["document"] = new_statement
records.UNDONE["document"] = records.UNDONE["approval"] = still_cleared
