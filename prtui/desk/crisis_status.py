"""What the 3 a.m. screen shows, computed from stored instants alone (DOMAIN §4.4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from prtui import clock
from prtui.config import Settings
from prtui.i18n import N_
from prtui.store import query
from prtui.store.crisis import RUNNING, Contacted, Level, last_entries, of_crisis
from prtui.store.records import Row

from . import crisis_clocks, crisis_statements
from .crisis_clocks import Deadline
from .crisis_course import COMMANDER
from .crisis_guards import needed
from .crisis_library import approved
from .crisis_log import KEYS, reached
from .crisis_publication import ratification, void_approvals
from .crisis_statements import Statement
from .crisis_team import holder
from .enquiries import open_enquiries

LOG_LINES = 40  # read for tall screens; the small one shows three
DAYTIME = range(8, 22)  # local hours in which somebody may be rung without waking
BELLS = (15, 5, 0)  # minutes left at which the terminal rings

ACTIONS: dict[int, str] = {
    2: N_("Set the level"), 3: N_("Convene the team"), 4: N_("Verify the facts"), 5: N_("Draft the holding statement"),
    6: N_("Get legal clearance"), 7: N_("Get management approval"), 8: N_("Publish the first statement"),
    9: N_("Call back the media"), 10: N_("Publish the remedy"), 11: N_("Confirm that it is over"),
    12: N_("Hold the review"),
}  # fmt: skip
_HANDS = {4: "product", 6: "legal", 7: "executive"}  # everything else: the commander or the PR director
_COMMANDED = (11,)
OK, LATE, NEXT, GAP, VOID, BLANK = "ok", "late", "next", "gap", "void", ""


class Cell(NamedTuple):
    """One milestone of the strip. `state` is ok, late, next, gap (skipped), void (approval of other words) or blank; `late`
    is in minutes."""

    n: int
    key: str
    at: datetime | None
    state: str
    late: int = 0


class Next(NamedTuple):
    """The next action: an imperative line (a message id), who holds it, and until when (None where nothing says)."""

    n: int
    action: str
    who: str
    role: str
    phone: str
    zone: str
    due: datetime | None


class Seat(NamedTuple):
    """A member of the team as the screen shows it. `state` is a message id."""

    role: str
    name: str
    phone: str
    zone: str
    contacted: str
    state: str


@dataclass(frozen=True)
class Facts:
    """Everything a status is computed from, read at one moment; it stays true until something is written."""

    crisis: Row
    there: dict[int, Row]
    clocks: list[Row]
    team: list[Row]
    people: dict[int, Row]
    statements: list[Statement]
    cleared: frozenset[int]
    void: frozenset[int]
    templates: list[Row]
    enquiries: list[Row]
    waits: list[Row]
    log: list[Row]
    outdated: bool
    ratify_by: datetime | None


@dataclass(frozen=True)
class Status:
    """A crisis at the instant `at`. `elapsed` is in seconds since the detection (until it was resolved); `left` in seconds
    to the clock `big`, negative when overdue; `clocks` are all, met ones too."""

    facts: Facts
    at: datetime
    zone: str
    zones: tuple[str, ...]
    elapsed: float
    big: Deadline | None
    left: float | None
    share: float
    next: Next | None
    strip: list[Cell]
    clocks: list[Deadline]
    team: list[Seat]
    statement: Statement | None
    blanks: list[str]
    approved: str

    @property
    def crisis(self) -> Row:
        """The crisis as it was read."""
        return self.facts.crisis

    @property
    def log(self) -> list[Row]:
        """The newest log lines, the newest first."""
        return self.facts.log

    @property
    def enquiries(self) -> list[Row]:
        """The open enquiries, the nearest deadline first."""
        return self.facts.enquiries


def status(settings: Settings, crisis: Row) -> Status:
    """The crisis as it stands now."""
    return status_at(settings, gather(crisis), clock.now())


def gather(crisis: Row) -> Facts:
    """Read what a status needs, in one go. A ticking screen reads again only after a change."""
    crisis = query.get("crisis", crisis.id)
    there = reached(crisis)
    team = of_crisis("muster", crisis)
    ids = sorted({one.id for row in team for one in (row.person, row.substitute) if one is not None})
    found = crisis_statements.statements(crisis)
    log = last_entries(crisis, LOG_LINES)
    return Facts(
        crisis=crisis,
        there=there,
        clocks=of_crisis("crisisclock", crisis),
        team=team,
        people={row.id: row for row in query.by_ids("person", ids)},
        statements=found,
        cleared=frozenset(one.document.id for one in found if crisis_statements.cleared(one.document)),
        void=frozenset(void_approvals(crisis, there, found)),
        templates=[row for row in query.rows("holdingtemplate", {"scenario": crisis.scenario}) if approved(row)],
        enquiries=open_enquiries(crisis),
        waits=of_crisis("wait", crisis, ended_at=None),
        log=log,
        outdated=bool(found) and crisis_statements.outdated(found[-1], log),
        ratify_by=_ratify_by(there, found),
    )


def status_at(settings: Settings, facts: Facts, at: datetime) -> Status:
    """The status at an instant, from what was read: no query, so that a clock may tick on it."""
    when = {n: row.happened_at.at for n, row in facts.there.items()}
    clocks = _clocks(settings, facts, when)
    big = crisis_clocks.nearest(clocks)
    left = big.left(at) if big is not None else None
    statement = facts.statements[-1] if facts.statements else None
    return Status(
        facts=facts,
        at=at,
        zone=settings.zone,
        zones=_zones(settings, facts),
        elapsed=(when.get(11, at) - when[1]).total_seconds(),
        big=big,
        left=left,
        share=_share(big, when[1], at),
        next=_next(facts, when),
        strip=_strip(facts, when),
        clocks=clocks,
        team=[_seat(facts, row, settings, at) for row in _ordered(facts)],
        statement=statement,
        blanks=crisis_statements.blanks(statement.document) if statement is not None and not statement.out else [],
        approved=next((one.document.code for one in facts.statements if one.document.id in facts.cleared and not one.out), ""),
    )  # fmt: skip


def _clocks(settings: Settings, facts: Facts, when: dict[int, datetime]) -> list[Deadline]:
    found = crisis_clocks.deadlines(settings, facts.crisis, when, facts.clocks)
    if facts.crisis.state in RUNNING:
        ratify, update = facts.ratify_by, update_due(facts)
        if ratify is not None:
            found.append(Deadline("ratify", N_("Ratification"), ratify))
        if update is not None:
            found.append(Deadline("update", N_("Next update"), update))
    return found


def _ratify_by(there: dict[int, Row], found: list[Statement]) -> datetime | None:
    issued = there.get(8)
    if issued is None or issued.statement is None:
        return None
    said = next((one for one in found if one.document.id == issued.statement.id), None)
    return ratification(said, issued) if said is not None else None


def update_due(facts: Facts) -> datetime | None:
    """When the public is told more: what the last statement promised, else the rhythm of the level after it; None before the
    first statement, and where only the customer was answered."""
    out = [one for one in facts.statements if one.out and one.link.published_at is not None]
    if not out or facts.crisis.level not in crisis_clocks.RHYTHM:
        return None
    last = max(out, key=lambda one: one.link.published_at.at)
    said: datetime = last.link.published_at.at
    promised = last.document.next_update_at
    if promised is not None and promised.at > said:
        return promised.at  # type: ignore[no-any-return]
    return said + timedelta(minutes=crisis_clocks.RHYTHM[facts.crisis.level])


def _share(big: Deadline | None, start: datetime, at: datetime) -> float:
    if big is None or big.due is None or big.due <= start:
        return 1.0
    return min(max((at - start) / (big.due - start), 0.0), 1.0)


def _skipped(crisis: Row) -> set[int]:
    """Milestones that this crisis does without: no public statement, no remedy."""
    quiet = {5, 6, 7} if crisis.reply_only else set()
    return quiet | ({10} if crisis.level == Level.IV else set())


def next_milestone(facts: Facts) -> int | None:
    """The milestone to stamp next, None when there is none left."""
    if facts.crisis.state not in (*RUNNING, "resolved"):
        return None
    there = facts.there
    if 8 not in there and facts.void and max(there) < 8:
        return min(facts.void)
    last = max(there)
    return next((n for n in range(max(last + 1, 2), 13) if n not in _skipped(facts.crisis)), None)


def _next(facts: Facts, when: dict[int, datetime]) -> Next | None:
    n = next_milestone(facts)
    if n is None:
        return None
    crisis = facts.crisis
    role = _HANDS.get(n, COMMANDER.get(crisis.level, "pr") if n in _COMMANDED else "pr")
    member = next((row for row in facts.team if row.role == role), None)
    person = facts.people.get(holder(member).id) if member is not None else None
    dues = (crisis_clocks.target(crisis.level, one, when) for one in range(n, 13 if n > 10 else 11) if one not in when)
    return Next(
        n,
        ACTIONS[n],
        person.name if person is not None else crisis.held_by,
        role,
        person.phone if person is not None else "",
        person.zone if person is not None else "",
        next((due for due in dues if due is not None), None),
    )


def _strip(facts: Facts, when: dict[int, datetime]) -> list[Cell]:
    following, last = next_milestone(facts), max(facts.there)
    cells = []
    for n in range(1, 13):
        at, state, late = when.get(n), BLANK, 0
        if n in facts.void:
            state = VOID
        elif at is not None:
            due = crisis_clocks.target(facts.crisis.level, n, when)
            late = int((at - due).total_seconds() // 60) if due is not None and at > due else 0
            state = LATE if due is not None and at > due else OK
        elif n == following:
            state = NEXT
        elif n < last and n not in _skipped(facts.crisis):
            state = GAP
        cells.append(Cell(n, KEYS[n], at, state, late))
    return cells


def _ordered(facts: Facts) -> list[Row]:
    first = needed(facts.crisis.level)
    # The director knows her own number; everybody else first.
    rank = {role: at for at, role in enumerate([role for role in first if role != "pr"])}
    return sorted(facts.team, key=lambda row: (rank.get(row.role, 50 if row.role != "pr" else 99), row.id))


def _seat(facts: Facts, row: Row, settings: Settings, at: datetime) -> Seat:
    person = facts.people[holder(row).id]
    zone = person.zone or settings.zone
    hour = at.astimezone(clock.zone(zone)).hour
    state: str = {one.value: one.label for one in Contacted}[row.contacted]
    if row.contacted == Contacted.UNCALLED:
        state = N_("reachable") if hour in DAYTIME else N_("night")
    return Seat(row.role, person.name, person.phone, zone, row.contacted, state)


def _zones(settings: Settings, facts: Facts) -> tuple[str, ...]:
    there = [row.zone for row in facts.people.values() if row.zone]
    return tuple(dict.fromkeys([settings.zone, *settings.zones, *there]))


def rings(before: float | None, after: float | None) -> bool:
    """Whether a bell is due between two readings of the time left, in seconds: at 15, 5 and 0 minutes."""
    if before is None or after is None:
        return False
    return any(after <= minutes * 60 < before for minutes in BELLS)
