"""A crisis from the first key to the end: start, log, stamp, correct, take over, rise and fall (DOMAIN §4.3).

Times are instants that were stored; durations are differences of them. Whatever is written is added, never replaced.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from prtui.clock import Moment
from prtui.errors import Refused
from prtui.i18n import _
from prtui.store import Work, query
from prtui.store.crisis import RUNNING, CrisisState, Group, of_crisis
from prtui.store.records import Row

from . import crisis_clocks
from .crisis_log import (
    MILESTONES,
    append,
    end_wait,
    find,
    foremost,
    given,
    label,
    log,
    may_write,
    open_crises,
    reached,
    settled,
    take_over,
    times,
    wait,
    writable,
)  # fmt: skip
from .crisis_team import assemble, contact, join, who

__all__ = [
    "AFTER", "AGAIN", "GUARDS", "MILESTONES", "Asked", "Passed", "Stamped", "contact", "correct", "end_wait", "find", "foremost", "join",
    "label", "log", "may_write", "open_crises", "reached", "stamp", "start", "take_over", "times", "wait", "who",
]  # fmt: skip

# Which milestone must not happen before which.
AFTER: dict[int, tuple[int, ...]] = {
    **dict.fromkeys(range(2, 13), (1,)), 7: (1, 6), 8: (1, 6, 7), 9: (1, 8), 12: (1, 11),
}  # fmt: skip
_MATRIX = {
    Group.STAFF: (4, 4), Group.CUSTOMERS: (5, 5), Group.VIPS: (4, 4), Group.REGULATORS: (5, 4), Group.MEDIA: (5, 3),
    Group.KOLS: (4, 3), Group.CHANNELS: (3, 4), Group.HQ: (5, 4), Group.INVESTORS: (4, 3), Group.SUPPLIERS: (2, 3),
}  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """What a stamp was asked with, its instant settled."""

    n: int
    at: Moment
    by: str = ""
    note: str = ""
    channel: str = ""
    level: str = ""
    present: tuple[str, ...] = ()
    emergency: bool = False
    seen: str = ""


class Passed(NamedTuple):
    """What a guard let through: the crisis as it is now, more values for the milestone, words for the log, warnings."""

    crisis: Row
    values: dict[str, Any] = {}
    said: str = ""
    warnings: tuple[str, ...] = ()


# n → its guard, which raises Refused with what is missing, or does what goes with the milestone.
GUARDS: dict[int, Callable[[Work, Row, Asked, Mapping[int, Row]], Passed]] = {}
# n → whether it may be stamped although it was: approvals of words that have changed since, the draft of another statement.
AGAIN: dict[int, Callable[[Row, Mapping[int, Row]], bool]] = {}


class Stamped(NamedTuple):
    """What a stamp leaves behind: the crisis as it is now, the milestone, and what the director should know."""

    crisis: Row
    milestone: Row
    warnings: list[str]


# -- writing -----------------------------------------------------------------------------------------------------------


def start(
    work: Work,
    title: str = "",
    *,
    level: str = "",
    drill: bool = False,
    scenario: str = "",
    source: str = "",
    at: Moment | None = None,
    reason: str = "",
    session: str = "",
    more: Mapping[str, Any] | None = None,
) -> Row:
    """A new crisis (or drill) whose clock runs from now, or from `at`. Everything has a default, so that two keys do;
    `more` are further fields of the record.

    Refused for an instant in the future, for one more than five minutes ago without a reason, and for a level without team.
    """
    moment = given(work, at, reason) if at is not None else Moment(work.at, work.settings.zone)
    row = work.add(
        "crisis",
        title=title.strip() or _("Crisis of {at}").format(at=moment),
        drill=drill,
        scenario=scenario or "other",
        source=source,
        detected_at=moment,
        held_by=work.actor,
        held_session=session,
        plan_version=max((one.version_no for one in query.rows("crisisplan")), default=None),
        **(more or {}),
    )
    append(work, row, 1, moment, note=source or row.title, by=work.actor, reason=reason)
    assemble(work, row)
    crisis_clocks.begin(work, row)
    for order, (group, (influence, impact)) in enumerate(_MATRIX.items(), 1):
        work.add("stakeholder", crisis=row, group=group, influence=influence, impact=impact, order=order)
    return stamp(work, row, 2, level=level, session=session).crisis if level else row


# -- milestones --------------------------------------------------------------------------------------------------------


def stamp(
    work: Work,
    crisis: Row,
    n: int,
    at: Moment | None = None,
    reason: str = "",
    *,
    by: str = "",
    note: str = "",
    channel: str = "",
    level: str = "",
    present: Sequence[str] = (),
    emergency: bool = False,
    seen: str = "",
    session: str = "",
) -> Stamped:
    """That a milestone was reached, now or at `at`. `level` goes with 2, `present` (roles that are here) with 3, `by` and
    `channel` with the approvals 6 and 7, `emergency` with 8; `seen` is the fingerprint of the text as it was read.

    Refused with what is missing, for an instant in the future or out of order, for one more than five minutes ago without a
    reason, and for one that was stamped already (`correct` it).
    """
    crisis = writable(work, crisis, session)
    if n not in MILESTONES:
        raise Refused(_("There is no milestone {n}.").format(n=n), hint=_("They are 0 to 12."))
    _alive(crisis, n)
    there = reached(crisis)
    if n in there and not (n in AGAIN and AGAIN[n](crisis, there)):
        raise Refused(
            _("{n} {label} was stamped already: {at}.").format(n=n, label=label(n), at=there[n].happened_at),
            hint=_("Correct it, with a reason: prtui crisis correct"),
        )
    moment, warnings = settled(work, crisis, at, reason, floor=_latest(there, AFTER.get(n, ())))
    _in_order(there, n, moment)
    asked = Asked(n, moment, by.strip(), note.strip(), channel.strip(), level, tuple(present), emergency, seen)
    passed = GUARDS[n](work, crisis, asked, there) if n in GUARDS else Passed(crisis)
    crisis = passed.crisis
    values = {"by": by.strip() or work.actor, "note": note, "reason": reason, **passed.values}
    row = append(work, crisis, n, moment, said=passed.said, **values)
    return Stamped(_state_after(work, crisis, n), row, [*warnings, *passed.warnings])


def correct(work: Work, crisis: Row, n: int, at: Moment | None, reason: str, *, session: str = "") -> Stamped:
    """A milestone with another time, or with none when `at` is None. Both entries stay; the newest counts.

    Refused without a reason, for a time out of order, and for taking back what cannot be taken back: the detection, a
    publication, or an approval that a publication rests on.
    """
    crisis = writable(work, crisis, session)
    there = reached(crisis)
    if n not in there:
        raise Refused(_("{n} {label} was not stamped yet.").format(n=n, label=label(n) if n in MILESTONES else ""))
    if not reason.strip():
        raise Refused(_("Say why {label} is corrected.").format(label=label(n)))
    old = there[n]
    kept = {name: old[name] for name in ("by", "note", "statement", "sha", "emergency", "reply")}
    if at is None:
        if n in (1, 8, 10) or (n in (6, 7) and (8 in there or 10 in there)) or (n == 11 and 12 in there):
            raise Refused(_("{label} cannot be taken back.").format(label=label(n)), hint=_("Give it another time."))
        moment = Moment(work.at, work.settings.zone)
        row = append(
            work, crisis, n, moment, reason=reason, void=True, said=_("taken back: {why}").format(why=reason), **kept
        )
        return Stamped(crisis, row, [])
    moment = given(work, at, reason)
    _in_order(there, n, moment, correcting=True)
    said = _("{before} becomes {after}: {why}").format(before=old.happened_at, after=moment, why=reason)
    row = append(work, crisis, n, moment, reason=reason, said=said, **kept)
    if n in (8, 10) and old.statement is not None:
        _published_at(work, crisis, old.statement.id, old.happened_at, moment)
    if n == 1:
        crisis = work.edit(crisis, action="correct", reason=reason, detected_at=moment)
    return Stamped(crisis, row, [])


def _published_at(work: Work, crisis: Row, document: int, before: Moment, moment: Moment) -> None:
    """What the statement itself says of its publication, and what was promised from then on, follow the correction."""
    for link in of_crisis("crisisstatement", crisis, document=document):
        work.edit(link, published_at=moment)
    text = query.get("document", document)
    values: dict[str, Any] = {"released_at": moment.at}
    rhythm = crisis_clocks.RHYTHM.get(crisis.level)
    if rhythm and text.next_update_at is not None and text.next_update_at.at == before.at + timedelta(minutes=rhythm):
        values["next_update_at"] = Moment(moment.at + timedelta(minutes=rhythm), moment.zone)
    work.edit(text, action="correct", **values)


def _latest(there: Mapping[int, Row], numbers: Iterable[int]) -> datetime | None:
    return max((there[n].happened_at.at for n in numbers if n in there), default=None)


def _in_order(there: Mapping[int, Row], n: int, moment: Moment, *, correcting: bool = False) -> None:
    """Refused when a milestone would come before one it follows, or after one that follows it."""
    when = {one: row.happened_at.at for one, row in there.items()} | {n: moment.at}
    pairs = {(0, 1), *((earlier, later) for later, before in AFTER.items() for earlier in before)}
    pairs = {pair for pair in pairs if n in pair and pair[0] in when and pair[1] in when}
    if n == 6 and (not correcting or (7 in there and there[7].id < there[6].id)):
        pairs.discard((6, 7))  # a new clearance: management approves once more after it
    if 8 in there and (there[8].emergency or (n in (6, 7) and not correcting)):
        pairs -= {(6, 8), (7, 8)}  # these ratify an emergency, or clear a later statement
    faults = [
        _("“{later}” before “{earlier}”").format(later=label(later), earlier=label(earlier))
        for earlier, later in sorted(pairs)
        if when[later] < when[earlier]
    ]
    if faults:
        raise Refused(_("That is out of order:"), faults)


# -- what a stamp does to the state ------------------------------------------------------------------------------------


def _alive(crisis: Row, n: int) -> None:
    allowed = {
        11: (CrisisState.DECLARED, CrisisState.RESPONDING, CrisisState.STABILISING),
        12: (CrisisState.RESOLVED,),
        0: (*RUNNING, CrisisState.RESOLVED),
    }.get(n, (*RUNNING, CrisisState.RESOLVED) if n == 10 else RUNNING)
    if crisis.state not in allowed:
        raise Refused(
            _("{code} is {state}; {label} cannot be stamped.").format(
                code=crisis.code, state=crisis.shown("state"), label=label(n)
            ),
            hint=_("A crisis that flares up again: prtui crisis state responding")
            if crisis.state == CrisisState.RESOLVED
            else "",
        )


def _state_after(work: Work, crisis: Row, n: int) -> Row:
    to = {
        2: {CrisisState.MONITORING: CrisisState.DECLARED},
        3: {CrisisState.MONITORING: CrisisState.RESPONDING, CrisisState.DECLARED: CrisisState.RESPONDING},
        8: {CrisisState.MONITORING: CrisisState.RESPONDING, CrisisState.DECLARED: CrisisState.RESPONDING},
        11: dict.fromkeys(RUNNING, CrisisState.RESOLVED),
        12: {CrisisState.RESOLVED: CrisisState.REVIEWED},
    }.get(n, {}).get(crisis.state)  # fmt: skip
    return work.edit(crisis, action="move", state=to) if to else crisis
