"""What has to be there before a milestone is stamped, the texts' own guards aside (DOMAIN §4.3)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from prtui.errors import Refused
from prtui.i18n import _
from prtui.store import Work, query
from prtui.store.approvals import approvals
from prtui.store.crisis import OPEN_COMPLAINTS, OPEN_ENQUIRIES, Contacted, LogKind, of_crisis
from prtui.store.records import Row

from . import crisis, crisis_clocks, enquiries
from .crisis import Asked, Passed
from .crisis_course import COMMANDER, check_level
from .crisis_coverage import coverage_of, negative_of
from .crisis_log import label
from .crisis_team import contact, role_label

QUIET = timedelta(hours=48)  # without a negative piece of an A-tier outlet, until a crisis may be called resolved


def _missing(n: int, lines: list[str], hint: str = "") -> None:
    if lines:
        raise Refused(_("{n} {label} cannot be stamped yet. Missing:").format(n=n, label=label(n)), lines, hint=hint)


def _triaged(work: Work, row: Row, asked: Asked, there: Mapping[int, Row]) -> Passed:
    level = asked.level or row.level
    if not level:
        raise Refused(_("Which level: I, II, III or IV?"), hint=_("For example: prtui crisis stamp 2 --level II"))
    check_level(work, row, level)
    row = work.edit(row, action="level", level=level)
    crisis_clocks.follow_level(work, row)
    return Passed(row, said=_("level {level}").format(level=row.shown("level")))


def needed(level: str) -> list[str]:
    """The roles that are present when the team is convened: the commander, counsel, PR, product."""
    return list(dict.fromkeys((COMMANDER.get(level, "pr"), "legal", "pr", "product")))


def _convened(work: Work, row: Row, asked: Asked, there: Mapping[int, Row]) -> Passed:
    for role in asked.present:
        contact(work, row, role, Contacted.PRESENT)
    here = {one.role for one in of_crisis("muster", row) if one.contacted == Contacted.PRESENT}
    _missing(3, [_("{role} present").format(role=role_label(role)) for role in needed(row.level) if role not in here])
    return Passed(row)


def _verified(work: Work, row: Row, asked: Asked, there: Mapping[int, Row]) -> Passed:
    facts = of_crisis("logentry", row, type=LogKind.FACT, verified=True)
    hint = _("Begin it with !, or: prtui crisis log --verified FACT")
    _missing(4, [] if facts else [_("at least one verified fact in the log")], hint)
    return Passed(row)


def uncalled(row: Row) -> list[str]:
    """The A-tier outlets that reported and that nobody has spoken to: no log entry names them, no enquiry was answered."""
    outlets = {piece.outlet.id for piece in coverage_of(row)}
    spoken = {entry.outlet.id for entry in of_crisis("logentry", row, type=("contact", "media")) if entry.outlet}
    spoken |= {one.outlet.id for one in of_crisis("enquiry", row, status="answered") if one.outlet}
    return [one.name for one in query.by_ids("outlet", sorted(outlets - spoken)) if one.tier == "A"]


def _followed(work: Work, row: Row, asked: Asked, there: Mapping[int, Row]) -> Passed:
    lines = [] if 8 in there else [f"8 {label(8)}"]
    _missing(9, lines + [_("{outlet} called back").format(outlet=name) for name in uncalled(row)])
    return Passed(row)


def _resolved(work: Work, row: Row, asked: Asked, there: Mapping[int, Row]) -> Passed:
    since = asked.at.at - QUIET
    loud = [piece for piece in negative_of(row, tier="A") if since < piece.published_at.at <= asked.at.at]
    lines = [_("48 h without {outlet}: {title}").format(outlet=one.outlet.title, title=one.title) for one in loud]
    lines += [_("{code} answered").format(code=one.code) for one in of_crisis("enquiry", row, status=OPEN_ENQUIRIES)]
    late = [one for one in of_crisis("complaint", row, status=OPEN_COMPLAINTS) if enquiries.due(one) < asked.at.at]
    lines += [_("{code} closed in time").format(code=one.code) for one in late]
    _missing(11, lines)
    return Passed(row)


def _reviewed(work: Work, row: Row, asked: Asked, there: Mapping[int, Row]) -> Passed:
    found = of_crisis("crisisreview", row)
    approved = [one for one in found if any(given.decision == "approve" for given in approvals(one))]
    lines = [] if 11 in there else [f"11 {label(11)}"]
    _missing(12, lines + ([] if approved else [_("an approved review")]))
    return Passed(row, {"note": asked.note or approved[-1].heading})


crisis.GUARDS |= {2: _triaged, 3: _convened, 4: _verified, 9: _followed, 11: _resolved, 12: _reviewed}
