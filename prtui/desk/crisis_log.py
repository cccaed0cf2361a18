"""The log of a crisis and its milestones as they are read and written: added, dated, never replaced (DOMAIN §4.3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from prtui import clock
from prtui.clock import Moment
from prtui.errors import NotFound, Refused
from prtui.i18n import N_, _
from prtui.store import Work, query
from prtui.store.crisis import RUNNING, LogKind, last_entries, of_crisis, undone
from prtui.store.records import Row

BACKDATED = timedelta(minutes=5)  # what is entered later than this needs a reason
JUMP = timedelta(seconds=2)  # a system clock that went back by more is said

MILESTONES: dict[int, str] = {
    0: N_("Occurred"), 1: N_("Detect"), 2: N_("Triage"), 3: N_("Convene"), 4: N_("Verify"), 5: N_("Holding"),
    6: N_("Legal"), 7: N_("Approve"), 8: N_("Publish"), 9: N_("Follow"), 10: N_("Remedy"), 11: N_("Resolve"),
    12: N_("Debrief"),
}  # fmt: skip
KEYS = {**{n: str(n) for n in range(1, 10)}, 10: "0", 11: "-", 12: "="}


# -- reading -----------------------------------------------------------------------------------------------------------


def open_crises(*, drill: bool | None = None) -> list[Row]:
    """The crises that are running, the worst and newest first, real ones before drills."""
    where: dict[str, Any] = {"state": RUNNING} if drill is None else {"state": RUNNING, "drill": drill}
    return sorted(query.rows("crisis", where, order=("-detected_at",)), key=lambda row: (row.drill, row.level or "0"))


def find(typed: str = "") -> Row:
    """The crisis with that code or title; without one, the only one that is running, else the newest. Raises NotFound, and
    Refused where several are running: a line in the log of another crisis cannot be taken out again."""
    if typed.strip():
        return query.find("crisis", typed)
    running = open_crises()
    if len(running) > 1:
        raise Refused(
            _("Several crises are running. Say which one is meant:"),
            [f"--on {one.code}  {one.title}" for one in running],
        )
    return foremost()


def foremost() -> Row:
    """The running crisis that comes first (`open_crises`), else the newest. Raises NotFound."""
    found = open_crises() or query.rows("crisis", order=("-detected_at",), limit=1)
    if not found:
        raise NotFound(_("There is no crisis."), hint=_("`prtui crisis start` starts the clock."))
    return found[0]


def reached(crisis: Row) -> dict[int, Row]:
    """The milestones that count, by number: the newest entry of each that was not taken back. Draft and approvals are those of
    the first statement, not of a later one; a reply to the customer is no first statement once the level rises."""
    return newest(of_crisis("milestone", crisis), reply_only=crisis.reply_only)


def newest(entries: Sequence[Row], *, reply_only: bool = False) -> dict[int, Row]:
    """The milestones that count among these entries, which come in their sequence."""
    last = {row.n: row for row in entries}
    issued = last.get(8)
    if issued is not None and not issued.void and issued.statement is not None:
        about = issued.statement.id
        last |= {row.n: row for row in entries if row.n in (5, 6, 7) and row.statement and row.statement.id == about}
    return {n: row for n, row in sorted(last.items()) if not row.void and (reply_only or not row.reply)}


def times(crisis: Row) -> dict[int, datetime]:
    """When each milestone that counts happened, UTC."""
    return {n: row.happened_at.at for n, row in reached(crisis).items()}


def label(n: int) -> str:
    """The short word of a milestone, in the language in force."""
    return _(MILESTONES[n])


def corrected(entries: Iterable[Row]) -> frozenset[str]:
    """The codes of those lines that another of these lines corrects."""
    return frozenset(entry.corrects for entry in entries if entry.corrects and not undone(entry))


def marked(words: str) -> tuple[str, bool]:
    """The words of a line, and whether they are verified: an exclamation mark before them says so."""
    words = words.strip()
    verified = len(words) > 1 and words[0] in "!！"
    return words[1:].strip() if verified else words, verified


# -- writing -----------------------------------------------------------------------------------------------------------


def log(
    work: Work,
    crisis: Row,
    text: str,
    kind: str = "fact",
    verified: bool = False,
    *,
    at: Moment | None = None,
    reason: str = "",
    outlet: Row | None = None,
    corrects: str = "",
    session: str = "",
) -> Row:
    """A new line of the log. `corrects` is the code of a line that was wrong; that one stays."""
    crisis = writable(work, crisis, session)
    why = reason
    if corrects:
        wrong = query.any_record(corrects)
        if wrong.kind != "logentry" or wrong.crisis.id != crisis.id:
            raise Refused(_("{code} is not a line of this log.").format(code=wrong.code))
        corrects = wrong.code
        if at == wrong.happened_at:
            why = reason or corrects  # its time was told already
    moment, _warnings = settled(work, crisis, at, why)
    return line(work, crisis, kind, text, moment, verified=verified, reason=reason, outlet=outlet, corrects=corrects)


def take_over(work: Work, crisis: Row, *, session: str = "") -> Row:
    """The crisis held by this person and session; whoever held it reads from now on."""
    crisis = query.get("crisis", crisis.id)
    if crisis.held_by == work.actor and crisis.held_session == session:
        return crisis
    before = crisis.held_by
    crisis = work.edit(crisis, action="take over", held_by=work.actor, held_session=session)
    if before == work.actor:
        said = _("{who} goes on in another session").format(who=work.actor)
    else:
        said = _("{who} took over from {before}").format(who=work.actor, before=before or "—")
    line(work, crisis, LogKind.SYSTEM, said)
    return crisis


def may_write(crisis: Row, actor: str, session: str = "") -> bool:
    """Whether this person, in this session, holds the crisis. A command of the holder's own needs no session."""
    return crisis.held_by == actor and (not session or crisis.held_session in ("", session))


def writable(work: Work, crisis: Row, session: str = "") -> Row:
    """The crisis as it is now. Refused for whoever does not hold it."""
    crisis = query.get("crisis", crisis.id)
    if not may_write(crisis, work.actor, session):
        raise Refused(
            _("{who} holds {code}; here it is read only.").format(who=crisis.held_by or "—", code=crisis.code),
            hint=_("Take it over first: prtui crisis takeover"),
        )
    return crisis


def given(work: Work, at: Moment, reason: str) -> Moment:
    """An instant that was typed. Refused in the future, and more than five minutes ago without a reason."""
    if at.at > work.at:
        raise Refused(_("{at} is in the future.").format(at=at), hint=_("Stamp what has happened."))
    if work.at - at.at > BACKDATED and not reason.strip():
        raise Refused(_("{at} is more than five minutes ago: say why it is entered late.").format(at=at))
    return at


def settled(
    work: Work, crisis: Row, at: Moment | None, reason: str, floor: datetime | None = None
) -> tuple[Moment, list[str]]:
    """The instant meant and warnings. A system clock that went back is said once; `now` is then never before what it follows."""
    warnings = []
    last = last_entries(crisis, 1)
    if last and work.at < last[0].recorded_at - JUMP:
        back = clock.span((last[0].recorded_at - work.at).total_seconds())
        warnings.append(
            _("The clock of this machine went back by {length}; the order is that of the log.").format(length=back)
        )
        line(work, crisis, LogKind.SYSTEM, warnings[0])
    if at is not None:
        return given(work, at, reason), warnings
    if floor is not None and floor > work.at:
        if not warnings:
            warnings.append(_("The clock of this machine is behind; the time is that of the step before."))
        return Moment(floor, work.settings.zone), warnings
    return Moment(work.at, work.settings.zone), warnings


def append(work: Work, crisis: Row, n: int, moment: Moment, *, said: str = "", **values: Any) -> Row:
    """A milestone as it is stored, with its line in the log."""
    row = work.add("milestone", action="stamp", crisis=crisis, n=n, happened_at=moment, recorded_at=work.at, **values)
    kind = LogKind.STATEMENT if n in (5, 6, 7, 8, 10) else LogKind.SYSTEM
    text = said or str(values.get("note") or "") or str(values.get("by") or work.actor)
    line(work, crisis, kind, text, moment, reason=str(values.get("reason") or ""), n=n)
    return row


def line(work: Work, crisis: Row, kind: str, text: str, at: Moment | None = None, **values: Any) -> Row:
    """A line of the log as it is stored."""
    happened = at or Moment(work.at, work.settings.zone)
    return work.add(
        "logentry", action="log", crisis=crisis, type=kind, text=text, happened_at=happened, recorded_at=work.at,
        by=work.actor, **values,
    )  # fmt: skip


# -- waits ---------------------------------------------------------------------------------------------------------------


def wait(
    work: Work, crisis: Row, what: str, owner: str, *, at: Moment | None = None, reason: str = "", session: str = ""
) -> Row:
    """That somebody is waited for. It explains a time in the report; no clock stops for it."""
    crisis = writable(work, crisis, session)
    moment, _warnings = settled(work, crisis, at, reason)
    return work.add("wait", crisis=crisis, what=what, owner=owner, started_at=moment)


def end_wait(work: Work, row: Row, *, at: Moment | None = None, reason: str = "", session: str = "") -> Row:
    """The wait is over."""
    crisis = writable(work, query.get("crisis", row.crisis.id), session)
    moment, _warnings = settled(work, crisis, at, reason, floor=row.started_at.at)
    if row.ended_at is not None or moment.at < row.started_at.at:
        raise Refused(_("This wait is over already, or ends before it began."))
    return work.edit(row, ended_at=moment)
