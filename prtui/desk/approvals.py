"""Deciding about a record, and making decisions void when what was decided about has changed."""

from __future__ import annotations

from collections.abc import Callable, Collection

from prtui.errors import Refused
from prtui.i18n import _
from prtui.store import Work
from prtui.store.approvals import approvals
from prtui.store.records import Row

DECISIONS = ("approve", "approve_with_changes", "reject")
REPORT = "report"  # the step of a project at which what it reports is approved
# (kind, step) → what follows from its approval: (work, row, approval).
FOLLOWED_BY: dict[tuple[str, str], Callable[[Work, Row, Row], object]] = {}
# (kind, step) → refuses a decision about a record that is not ready for it.
WHEN: dict[tuple[str, str], Callable[[Row], None]] = {}


def standing(row: Row) -> list[Row]:
    """The decisions about a record that are not void, the newest first."""
    return approvals(row)


def decide(
    work: Work,
    row: Row,
    decision: str,
    *,
    step: str = "project",
    by: str = "",
    channel: str = "",
    remark: str = "",
    language: str = "",
    sha: str = "",
) -> Row:
    """Record a decision about a record: of a project, of its report (step `report`), or of a text bound to its hash."""
    if decision not in DECISIONS:
        raise Refused(_("There is no decision “{name}”.").format(name=decision[:40]), hint=", ".join(DECISIONS))
    if (row.kind, step) in WHEN:
        WHEN[row.kind, step](row)
    given = work.add(
        "approval",
        action=decision,
        subject_kind=row.kind,
        subject_row=row.id,
        step=step,
        language=language,
        decision=decision,
        by=by or work.actor,
        channel=channel,
        remark=remark,
        sha=sha,
        decided_at=work.at,
    )
    if decision == "approve" and (row.kind, step) in FOLLOWED_BY:
        FOLLOWED_BY[row.kind, step](work, row, given)
    return given


def void(work: Work, row: Row, languages: Collection[str] = ()) -> int:
    """Make the approvals of a record worthless, visibly, or only those of some language versions; returns how many there were."""
    given = [
        one for one in standing(row) if one.decision != "reject" and (not languages or one.language in ("", *languages))
    ]
    for one in given:
        work.edit(one, action="void", void=True)
    return len(given)
