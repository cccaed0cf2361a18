"""Who is called in a crisis: every seat with its substitute, telephone, hour there, and since when the number is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from prtui import clock
from prtui.desk import crisis_team, records
from prtui.desk.crisis_alerts import VERIFIED_DAYS
from prtui.desk.crisis_guards import needed
from prtui.desk.crisis_status import Facts, Status
from prtui.desk.crisis_team import role_label
from prtui.i18n import N_, _
from prtui.screens.chrome import Piece
from prtui.store import Row, Work, query
from prtui.store.crisis import Contacted
from prtui.store.crisis_plan import Role
from prtui.terminal.width import glyphs
from prtui.text import fit

ROLE, NAME, PHONE, LOCAL, STATE = 8, 9, 14, 14, 14  # cells
BESIDE = 14  # of a name in the column at the right
STATES = {
    "1": (Contacted.NO_ANSWER, False), "2": (Contacted.ANSWERED, False), "3": (Contacted.PRESENT, False),
    "4": (Contacted.ANSWERED, True), "5": (Contacted.PRESENT, True),
}  # fmt: skip
OTHER = "6"
ANSWERS = {
    "1": N_("no answer"), "2": N_("answered"), "3": N_("present"), "4": N_("the substitute answered"),
    "5": N_("the substitute is present"), OTHER: N_("somebody else sits here"),
}  # fmt: skip


@dataclass(frozen=True)
class Chair:
    """A seat: who sits there in this crisis (None: nobody), A and B as people, and when their numbers were verified."""

    role: str
    member: Row | None = None
    first: Row | None = None
    second: Row | None = None
    verified: tuple[date | None, date | None] = (None, None)


def chairs(facts: Facts, plan: Mapping[str, Row]) -> list[Chair]:
    """Every seat, those the level needs first, whether anybody sits there or not."""
    there = {row.role: row for row in facts.team}
    first = [role for role in needed(facts.crisis.level) if role != "pr"]
    order = [*first, "pr", *(role.value for role in Role if role.value not in (*first, "pr"))]
    order += [role for role in there if role not in order]
    found = []
    for role in order:
        row, listed = there.get(role), plan.get(role)
        if row is None:
            found.append(Chair(role))
            continue
        same = listed is not None and listed.person == row.person
        dates = (listed.verified_on, listed.substitute_verified_on) if listed is not None and same else (None, None)
        second = facts.people.get(row.substitute.id) if row.substitute is not None else None
        found.append(Chair(role, row, facts.people.get(row.person.id), second, dates))
    return found


def panel(seats: Sequence[Chair], mark: int, status: Status, height: int) -> list[list[Piece]]:
    """The seats around the marked one, each person on a line."""
    lines: list[list[Piece]] = []
    at = [0, 1]
    for number, seat in enumerate(seats):
        drawn = list(_seat(seat, number == mark, status))
        if number == mark:
            at = [len(lines), len(lines) + len(drawn)]
        lines += drawn
    start = max(0, min(at[0], len(lines) - height), at[1] - height)
    return lines[start : start + height]


def _seat(seat: Chair, here: bool, status: Status) -> Iterator[list[Piece]]:
    mark: Piece = (glyphs().mark if here else " ", "accent")
    role: Piece = (fit(role_label(seat.role), ROLE), "bold" if here else "muted")
    if seat.member is None or seat.first is None:
        nobody = _("nobody yet; Enter names somebody") if here else glyphs().none
        yield [mark, role, (" ", ""), (nobody, "muted")]
        return
    standing = bool(seat.member.stands_in) and seat.second is not None
    yield [mark, role, *_person(seat.first, "A", seat, status, 0, standing)]
    if seat.second is not None:
        yield [(" " * (1 + ROLE), ""), *_person(seat.second, "B", seat, status, 1, not standing)]


def _person(person: Row, letter: str, seat: Chair, status: Status, which: int, idle: bool) -> Iterator[Piece]:
    member = seat.member
    zone = person.zone or status.zone
    there = status.at.astimezone(clock.zone(zone))
    tone = "muted" if idle else ""
    yield f" {letter} ", "muted"
    yield fit(person.name, NAME) + " ", tone
    yield fit(person.phone or _("no phone"), PHONE) + " ", tone or ("" if person.phone else "bad")
    yield fit(f"{clock.city(zone)} {there:%H:%M}", LOCAL) + " ", "muted"
    state = ""
    if not idle and member is not None:
        state = member.shown("contacted")
        if member.contacted_at is not None:
            state += f" {member.contacted_at.local(status.zone):%H:%M}"
    yield fit(state, STATE) + " ", "good" if member is not None and member.contacted == Contacted.PRESENT else ""
    yield _verified(seat.verified[which], clock.today(status.zone))


def _verified(day: date | None, today: date) -> Piece:
    """Since when the number is known to be right."""
    if day is None:
        return _("not checked"), "warn"
    if today - day > timedelta(days=VERIFIED_DAYS):
        return _("old: {day}").format(day=f"{day:%y-%m-%d}"), "warn"
    return _("checked {day}").format(day=f"{day:%m-%d}"), "muted"


def beside(status: Status, seats: Sequence[Chair], width: int) -> list[list[Piece]]:
    """The team in the column at the right of a wide screen, what is waited for, and the sources of the statutory clocks."""
    lines: list[list[Piece]] = [[(_("Team"), "bold")], []]
    for seat in seats:
        if seat.member is None or seat.first is None:
            continue
        holder = seat.second if seat.member.stands_in and seat.second is not None else seat.first
        zone = holder.zone or status.zone
        local = f"{clock.city(zone)} {status.at.astimezone(clock.zone(zone)):%H:%M}"
        state = seat.member.shown("contacted")
        role = fit(role_label(seat.role), ROLE - 1, ellipsis=glyphs().ellipsis)
        lines.append([(f"{role} ", "muted"), (f"{fit(holder.name, BESIDE)} ", ""), (holder.phone, "")])
        lines.append(
            [
                (" " * ROLE, ""),
                (f"{fit(local, BESIDE)} ", "muted"),
                (state, "good" if seat.member.contacted == "present" else "muted"),
            ]
        )
    if len(lines) == 2:
        lines.append([(_("nobody yet: F4 names them"), "warn")])
    if status.facts.waits:
        lines += [[], [(_("Waiting for"), "bold")]]
        lines += [
            [(f"{row.what}  ", ""), (f"{row.owner} {row.started_at.local(status.zone):%H:%M}", "muted")]
            for row in status.facts.waits
        ]
    legal = [one for one in status.clocks if one.legal]
    if legal:
        lines += [[], [(_("Statutory"), "bold")]]
        for one in legal:
            lines.append([(fit(_(one.name), max(width - 12, 8)).rstrip(), "")])
            lines.append([(f"  {_(one.source)}", "muted")])
    return lines


def contacted(work: Work, crisis: Row, role: str, answer: str, session: str) -> Row:
    """What the answer with that digit says of the seat."""
    state, substitute = STATES[answer]
    return crisis_team.contact(work, crisis, role, state, substitute=substitute, session=session)


def seated(work: Work, crisis: Row, role: str, typed: str, session: str) -> Row:
    """Somebody in a seat, by name; somebody new when the name is followed by a telephone number."""
    name, _space, phone = typed.strip().rpartition(" ")
    if not name or not any(map(str.isdigit, phone)):
        person = query.find("person", typed)
    else:
        known = [row for row in query.rows("person", typed=name, limit=9) if row.name == name.strip()]
        person = known[0] if len(known) == 1 else records.add(work, "person", {"name": name.strip(), "phone": phone})
        if person.phone != phone:
            person = records.change(work, person, {"phone": phone})
    return crisis_team.join(work, crisis, role, person, session=session)
