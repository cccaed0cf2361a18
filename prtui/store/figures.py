"""Figures as they stood when the report that prints them was approved."""

from __future__ import annotations

from prtui.i18n import N_
from prtui.store import query
from prtui.store.approvals import Approval
from prtui.store.fields import Code, Prose, Ref, Text
from prtui.store.records import Record, Row


class Frozen(Record):
    """The figures of one deliverable at one approval, with the codes of the records behind each."""

    label = N_("Frozen figures")
    plural = N_("Frozen figures")
    listed = False
    guarded = True
    append_only = True
    titled_by = "deliverable"

    code = Code("FRZ")
    approval = Ref(Approval, N_("Approval"), required=True, backref="frozen")
    deliverable = Text(N_("Document"), required=True)
    figures = Prose(N_("Figures"), required=True)


def at(approval: Row) -> list[Row]:
    """What was frozen at that approval."""
    return query.rows("frozen", {"approval": approval.id})
