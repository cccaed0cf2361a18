"""Enquiries of the media and complaints of customers: their deadlines, and the way from open to done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from prtui.clock import Moment
from prtui.errors import Refused
from prtui.i18n import _
from prtui.store import Work, query
from prtui.store.crisis import OPEN_COMPLAINTS, OPEN_ENQUIRIES, ComplaintStatus, EnquiryStatus
from prtui.store.documents import Status
from prtui.store.records import Row

from . import records

SLA_HOURS = 48


def open_enquiries(crisis: Row | None = None) -> list[Row]:
    """The enquiries that wait for an answer, of one crisis or of all, the nearest deadline first."""
    where: dict[str, Any] = {"status": OPEN_ENQUIRIES}
    return query.rows("enquiry", where | ({"crisis": crisis.id} if crisis is not None else {}))


def set_enquiry(work: Work, row: Row, to: str, reason: str = "") -> Row:
    """The enquiry with another status. An answer needs its words or a released document and a spokesperson; declining, and
    taking an answered one up again, a reason; expired is one whose deadline has passed."""
    done = row.status not in OPEN_ENQUIRIES
    if to == EnquiryStatus.ANSWERED:
        missing = [] if row.spokesperson is not None else [_("a spokesperson")]
        document = query.get("document", row.document.id) if row.document is not None else None
        if document is not None and document.status not in (Status.APPROVED, Status.RELEASED):
            missing.append(_("{code} approved").format(code=document.code))
        if document is None and not row.answer.strip():
            missing.append(_("the answer that was given"))
        if missing:
            raise Refused(_("{code} is not answered yet. Missing:").format(code=row.code), missing)
        return work.edit(row, action="answer", status=to, answered_at=work.at)
    if to == EnquiryStatus.EXPIRED and row.deadline_at.at > work.at:
        raise Refused(_("The deadline of {code} has not passed.").format(code=row.code))
    if (to == EnquiryStatus.DECLINED or done) and not reason.strip():
        raise Refused(_("Say why."))
    return work.edit(row, action="move", reason=reason, status=to, answered_at=None)


def open_complaints(crisis: Row | None = None) -> list[Row]:
    """The complaints that are not closed, of one crisis or of all, the oldest first."""
    where: dict[str, Any] = {"status": OPEN_COMPLAINTS}
    return query.rows(
        "complaint", where | ({"crisis": crisis.id} if crisis is not None else {}), order=("received_at",)
    )


def due(complaint: Row) -> datetime:
    """Until when a complaint is to be closed, UTC."""
    return complaint.received_at.at + timedelta(hours=complaint.sla_hours or SLA_HOURS)  # type: ignore[no-any-return]


def in_time(complaint: Row) -> bool | None:
    """Whether a closed complaint was closed in time; None while it is not closed."""
    if complaint.status != ComplaintStatus.CLOSED or complaint.closed_at is None:
        return None
    return bool(complaint.closed_at.at <= due(complaint))


def set_complaint(work: Work, row: Row, to: str, reason: str = "") -> Row:
    """The complaint with another status. Closing needs how it was settled; a closed one is only reopened, with a reason."""
    if row.status == ComplaintStatus.CLOSED and (to != ComplaintStatus.REOPENED or not reason.strip()):
        raise Refused(_("{code} is closed; reopen it, and say why.").format(code=row.code))
    if to == ComplaintStatus.CLOSED:
        if not row.settled_how.strip():
            raise Refused(_("Say how {code} was settled before it is closed.").format(code=row.code))
        return work.edit(row, action="close", reason=reason, status=to, closed_at=Moment(work.at, work.settings.zone))
    return work.edit(row, action="move", reason=reason, status=to, closed_at=None)


def _new(values: Mapping[str, Any], work: Work) -> dict[str, Any]:
    return {"received_at": Moment(work.at, work.settings.zone)}


def _new_complaint(values: Mapping[str, Any], work: Work) -> dict[str, Any]:
    return {**_new(values, work), "sla_hours": SLA_HOURS}


records.TRANSITIONS["enquiry", "status"] = set_enquiry
records.TRANSITIONS["complaint", "status"] = set_complaint
records.STARTS_WITH["enquiry"] = _new
records.STARTS_WITH["complaint"] = _new_complaint
