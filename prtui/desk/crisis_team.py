"""The team of a crisis: who sits where, who stands in, who was reached."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from prtui import i18n
from prtui.clock import Moment
from prtui.errors import Refused
from prtui.i18n import _
from prtui.store import Work, query
from prtui.store.crisis import Contacted, LogKind, of_crisis
from prtui.store.records import Row
from prtui.text import plain

from .crisis_log import line, writable


def seat(team: Iterable[Row], role: str) -> Row | None:
    """The team's seat of a role, or None."""
    return next((row for row in team if row.role == role), None)


def holder(member: Row) -> Any:
    """The Pointer of whoever sits there now: the substitute when standing in."""
    return member.substitute if member.stands_in and member.substitute is not None else member.person


def who(crisis: Row, role: str) -> str:
    """The name of whoever has that role in this crisis, or blank."""
    member = seat(of_crisis("muster", crisis), role)
    return holder(member).title if member is not None else ""


def assemble(work: Work, crisis: Row) -> list[Row]:
    """Bring the plan's team into this crisis, whoever is not in it yet, and return the seats."""
    there = {row.role for row in of_crisis("muster", crisis)}
    for member in query.rows("teammember"):
        if member.role not in there:
            there.add(member.role)
            work.add(
                "muster", crisis=crisis, role=member.role, person=member.person, substitute=member.substitute,
                **_present_already(work, member.person.title),
            )  # fmt: skip
    return of_crisis("muster", crisis)


def _present_already(work: Work, name: str) -> dict[str, Any]:
    if name != work.actor:
        return {}
    return {"contacted": Contacted.PRESENT, "contacted_at": Moment(work.at, work.settings.zone)}


def join(work: Work, crisis: Row, role: str, person: Row, *, session: str = "") -> Row:
    """Somebody in a seat of this crisis's team, in place of whoever sat there. `role` is a role or its name in either
    language; raises Refused for another word."""
    crisis = writable(work, crisis, session)
    role = role_called(role)
    member = seat(of_crisis("muster", crisis), role)
    if member is None:
        return work.add("muster", crisis=crisis, role=role, person=person, **_present_already(work, person.heading))
    return work.edit(
        member, person=person, substitute=None, stands_in=False, contacted=Contacted.UNCALLED, contacted_at=None
    )


def contact(
    work: Work, crisis: Row, role: str, state: str, *, substitute: bool = False, note: str = "", session: str = ""
) -> Row:
    """That somebody of the team was called: `no_answer`, `answered` or `present`; with `substitute`, that B stands in for A."""
    crisis = writable(work, crisis, session)
    member = _seated(crisis, role)
    role = member.role
    if substitute and member.substitute is None:
        raise Refused(_("{role} has no substitute.").format(role=role_label(role)))
    now = Moment(work.at, work.settings.zone)
    after = work.edit(member, contacted=state, contacted_at=now, note=note, stands_in=substitute or member.stands_in)
    said = f"{role_label(role)} {holder(after).title} {after.shown('contacted')}"
    line(work, crisis, LogKind.CONTACT, f"{said}: {note}" if note else said, now)
    return after


def _seated(crisis: Row, role: str) -> Row:
    team = of_crisis("muster", crisis)
    member = next((row for row in team if _is_called(row.role, role)), None)
    if member is None:
        raise Refused(
            _("The team of {code} has no “{role}”.").format(code=crisis.code, role=plain(role_label(role))[:40]),
            hint=_("There are: {names}.").format(names=", ".join(_typed(row.role) for row in team) or "—"),
        )
    return member


def _is_called(role: str, word: str) -> bool:
    """Whether the word names the role, in either language."""
    label = query.choice("teammember", "role").get(role, role)
    names = (role, label, *(i18n.translate(label, one) for one in i18n.LANGUAGES))
    return word.strip().casefold() in (name.casefold() for name in names)


def _typed(role: str) -> str:
    """What is typed for a role, and its word where that is another one."""
    word = role_label(role)
    return f"{role} {word}" if word.casefold() != role else role


def role_called(word: str) -> str:
    """The role of that name, in either language. Refused, with all there are, for another word."""
    roles = query.choice("teammember", "role")
    for role in roles:
        if _is_called(role, word):
            return role
    raise Refused(
        _("There is no role “{role}”.").format(role=word[:40]),
        hint=_("There are: {names}.").format(names=", ".join(map(_typed, roles))),
    )


def role_label(role: str) -> str:
    """The word for a role, in the language in force."""
    return _(query.choice("teammember", "role").get(role, role))
