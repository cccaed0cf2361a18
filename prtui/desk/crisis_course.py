"""The course of a crisis: its level, its state, and what the generic commands may do to it (DOMAIN §4.1, §4.3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from prtui.clock import Moment
from prtui.errors import Refused
from prtui.i18n import _
from prtui.store import Work, query
from prtui.store.crisis import CrisisState, Level, LogKind
from prtui.store.records import Row

from . import crisis_clocks, records
from .crisis import stamp, start
from .crisis_log import append, line, reached, writable
from .crisis_team import assemble, role_label, who

COMMANDER = {Level.I.value: "executive"}  # the PR director everywhere else
# Whose word a downgrade needs: the approver of the level that is left.
APPROVERS = {
    Level.I.value: ("executive", "hq"),
    Level.II.value: ("executive", "legal"),
    Level.III.value: ("legal",),
    Level.IV.value: ("pr",),
}


def set_level(work: Work, crisis: Row, level: str, reason: str = "", *, by: str = "", session: str = "") -> Row:
    """The crisis on another level. A rise takes effect at once; a fall needs a reason and the approver of the level that is
    left (`by`). Targets are counted from the detection either way. The first level is milestone 2."""
    crisis = writable(work, crisis, session)
    if not crisis.level:
        return stamp(work, crisis, 2, level=level, reason=reason, session=session).crisis
    check_level(work, crisis, level)
    if level == crisis.level:
        return crisis
    if level > crisis.level:  # I < II < III < IV, also as text
        approvers = [who(crisis, role) for role in APPROVERS[crisis.level]]
        if not reason.strip() or by.strip() not in [name for name in approvers if name]:
            raise Refused(
                _("Going down from level {level} needs a reason and whoever approves that level.").format(
                    level=crisis.level
                ),
                [_("approver: {names}").format(names=", ".join(name for name in approvers if name) or "—")],
            )
    before = crisis.level
    crisis = work.edit(
        crisis, action="level", reason=reason, level=level, reply_only=crisis.reply_only and level == Level.IV
    )
    crisis_clocks.follow_level(work, crisis)
    said = _("level {before} becomes {after}").format(before=before, after=level)
    line(work, crisis, LogKind.DECISION, " · ".join(part for part in (said, by, reason) if part))
    return crisis


def check_level(work: Work, crisis: Row, level: str) -> None:
    """Refused for an unknown level, and for one that nobody is there to command or to clear."""
    if level not in APPROVERS:
        raise Refused(_("There is no level “{level}”.").format(level=level[:20]), hint=", ".join(APPROVERS))
    roles = {row.role for row in assemble(work, crisis)}
    wanted = [COMMANDER.get(level, "pr")] + (["legal"] if level != Level.IV else [])
    lacking = [role_label(role) for role in wanted if role not in roles]
    if lacking:
        raise Refused(
            _("Level {level} needs a team. Missing:").format(level=level),
            lacking,
            hint=_("Name them: prtui crisis team legal=NAME"),
        )


def reply_only(work: Work, crisis: Row, reason: str, *, session: str = "") -> Row:
    """That this crisis needs no public statement: what counts is the reply to the customer. Level IV only."""
    crisis = writable(work, crisis, session)
    if crisis.level != Level.IV or 8 in reached(crisis):
        raise Refused(_("Only a level IV crisis that has said nothing yet may do without a public statement."))
    if not reason.strip():
        raise Refused(_("Say why no public statement is needed."))
    crisis = work.edit(crisis, action="reply only", reason=reason, reply_only=True)
    line(work, crisis, LogKind.DECISION, _("no public statement: {why}").format(why=reason))
    return crisis


_MOVES: dict[str, tuple[str, ...]] = {
    CrisisState.RESPONDING.value: (CrisisState.STABILISING.value,),
    CrisisState.STABILISING.value: (CrisisState.RESPONDING.value,),
    CrisisState.MONITORING.value: (CrisisState.FALSE_ALARM.value,),
    CrisisState.DECLARED.value: (CrisisState.FALSE_ALARM.value,),
    CrisisState.RESOLVED.value: (CrisisState.RESPONDING.value,),
    CrisisState.REVIEWED.value: (CrisisState.CLOSED.value,),
}


def move(work: Work, crisis: Row, to: str, reason: str = "", *, session: str = "") -> Row:
    """The crisis in a state that no milestone brings: stabilising, responding again (a relapse: its clock goes on), a false
    alarm, closed. Refused where the way does not lead there, and without a reason except for stabilising and closing."""
    crisis = writable(work, crisis, session)
    if to not in _MOVES.get(crisis.state, ()):
        labels = query.choice("crisis", "state")
        ways = ", ".join(_(labels[one]) for one in _MOVES.get(crisis.state, ())) or "—"
        raise Refused(
            _("{code} cannot go from {here} to {there}.").format(
                code=crisis.code, here=crisis.shown("state"), there=_(labels.get(to, to[:40]))
            ),
            hint=_("From here it goes to: {ways}.").format(ways=ways),
        )
    if to not in (CrisisState.STABILISING, CrisisState.CLOSED) and not reason.strip():
        raise Refused(_("Say why."))
    if crisis.state == CrisisState.RESOLVED:
        there = reached(crisis)
        if 11 in there:
            now = Moment(work.at, work.settings.zone)
            append(
                work,
                crisis,
                11,
                now,
                void=True,
                reason=reason,
                by=work.actor,
                said=_("relapse: {why}").format(why=reason),
            )
    crisis = work.edit(crisis, action="move", reason=reason, state=to)
    line(work, crisis, LogKind.DECISION, " · ".join(part for part in (crisis.shown("state"), reason) if part))
    return crisis


# -- what the generic rules ask ------------------------------------------------------------------------------------------


_PROGRAM = ("state", "held_by", "held_session", "detected_at", "plan_version", "reply_only")


def _made(work: Work, values: Mapping[str, Any], reason: str) -> Row:
    own = {name: values[name] for name in ("title", "level", "drill", "scenario", "source") if name in values}
    more = {name: value for name, value in values.items() if name not in (*own, *_PROGRAM)}
    return start(work, at=values.get("detected_at"), reason=reason, more=more, **own)


def _removed(work: Work, row: Row, reason: str) -> Row:
    raise Refused(
        _("{code} stays: what happened in a crisis is not removed.").format(code=row.code),
        hint=_("If it was none, its state is “false alarm”."),
    )


records.MADE_BY["crisis"] = _made
records.REMOVED_BY["crisis"] = _removed
records.TRANSITIONS["crisis", "level"] = set_level
records.TRANSITIONS["crisis", "state"] = move
