"""Decisions about records: projects, reports, and the exact words of a text."""

from __future__ import annotations

from typing import Any

from prtui.i18n import N_
from prtui.store import query
from prtui.store.fields import Code, Flag, Number, Stamp, Text
from prtui.store.records import Record, Row


class Approval(Record):
    """A decision about a record: by whom, when, through what channel, and of which exact text."""

    label = N_("Approval")
    plural = N_("Approvals")
    listed = False
    guarded = True
    titled_by = "by"

    code = Code("APR")
    subject_kind = Text(N_("Kind"), required=True)
    subject_row = Number(N_("Number"), required=True)
    step = Text(N_("Step"), required=True)
    language = Text(N_("Language"))
    decision = Text(N_("Decision"), required=True)
    by = Text(N_("By"), required=True, search=True)
    channel = Text(N_("Channel"))
    remark = Text(N_("Remark"), search=True)
    sha = Text(N_("Fingerprint of the text"))
    decided_at = Stamp(N_("Decided"))
    void = Flag(N_("Void"))

    class Meta:
        indexes = ((("subject_kind", "subject_row"), False),)


def approvals(row: Row, *, void: bool = False) -> list[Row]:
    """The decisions about a record, the newest first; voided ones only if asked for."""
    where: dict[str, Any] = {"subject_kind": row.kind, "subject_row": row.id}
    return query.rows("approval", where if void else where | {"void": False}, order=("-id",))
