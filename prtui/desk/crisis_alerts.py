"""What a crisis asks of the director on the lists Today and Week: rules of their register (DOMAIN §4.5, alerts)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from prtui import clock
from prtui.config import Settings
from prtui.i18n import N_, _
from prtui.store import query
from prtui.store.crisis import OPEN_ENQUIRIES, RUNNING
from prtui.store.links import linked
from prtui.store.records import Row

from . import crisis_clocks, crisis_statements, drills, enquiries
from .crisis_log import label, open_crises, reached
from .crisis_status import DAYTIME, Status, gather, status_at
from .crisis_team import role_label
from .today import RULES, Item, Rule

SILENT = timedelta(minutes=15)  # after which an approver's substitute is called
VERIFIED_DAYS = 90  # a telephone number is trusted
_PARTS = (100, 80, 50)  # per cent of a milestone's time


def _crises(settings: Settings, until: date) -> Iterator[Item]:
    now = clock.now()
    for row in open_crises():
        status = status_at(settings, gather(row), now)
        name = _marked(row, row.title)
        if status.next is not None:
            step = _about(name, label(status.next.n))
            yield Item(row, step, status.next.who, status.next.due, 0, _spent(status, now))
        for one in status.clocks:
            if one.met is None and one.due is not None and one.key in ("first", "update", "ratify"):
                yield Item(row, _about(name, _(one.name)), row.held_by, one.due, 0)
            elif one.met is None and one.legal and (one.due is None or _day(one.due, settings) <= until):
                told = _about(name, f"{_('Statutory')} {_(one.name)}")
                yield Item(row, told, one.confirmed_by, one.due or now, 0)
        if status.facts.outdated:
            yield Item(row, _("{name}: the approved text is older than the newest fact").format(name=name), row.held_by)
        yield from _silent(row, name, status, now)


def _day(at: datetime, settings: Settings) -> date:
    return at.astimezone(clock.zone(settings.zone)).date()


def _about(name: str, what: str) -> str:
    return _("{name}: {what}").format(name=name, what=what)


def _marked(row: Row, words: str) -> str:
    return f"【演练】{words}" if row.drill else words


def _spent(status: Status, now: datetime) -> str:
    """How much of the time of the next step is gone, once half of it is."""
    due = status.next.due if status.next is not None else None
    start = status.strip[0].at
    if due is None or start is None or due <= start:
        return ""
    share = (now - start) / (due - start) * 100
    reached_part = next((part for part in _PARTS if share >= part), None)
    return _("{percent} % of its time").format(percent=reached_part) if reached_part else ""


def _silent(row: Row, name: str, status: Status, now: datetime) -> Iterator[Item]:
    there = status.facts.there
    for asked, wanted, role in ((5, 6, "legal"), (6, 7, "executive")):
        if asked not in there or wanted in there or 8 in there:
            continue
        since = there[asked].happened_at.at + SILENT
        member = next((one for one in status.facts.team if one.role == role), None)
        if since > now or member is None:
            continue
        seat = next(one for one in status.team if one.role == role)
        hint = f"{member.substitute.title}" if member.substitute is not None and not member.stands_in else ""
        words = _("{name}: {who} is silent").format(name=name, who=f"{role_label(role)} {seat.name}")
        if hint:
            words += _(", call {who}").format(who=hint)
        if now.astimezone(clock.zone(seat.zone)).hour not in DAYTIME:
            words += _(" (night in {city})").format(city=clock.city(seat.zone))
        yield Item(row, words, row.held_by, since, 0)


def _enquiries(settings: Settings, until: date) -> Iterator[Item]:
    now = clock.now()
    for row in query.rows("enquiry", {"status": OPEN_ENQUIRIES}):
        if row.deadline_at.local(settings.zone).date() > until:
            continue
        left = row.deadline_at.at - now
        note = _("30 minutes!") if left <= timedelta(minutes=30) else ""
        weight = 0 if left <= timedelta(hours=2) else 1
        who = row.spokesperson.title if row.spokesperson is not None else ""
        words = _about(row.outlet.title, row.question) if row.outlet is not None else row.question
        yield Item(
            row, f"【演练】{words}" if crisis_statements.is_drill(row) else words, who, row.deadline_at.at, weight, note
        )


def _complaints(settings: Settings, until: date) -> Iterator[Item]:
    for row in enquiries.open_complaints():
        due = enquiries.due(row)
        if _day(due, settings) <= until and not crisis_statements.is_drill(row):
            yield Item(row, row.demand, row.owner.title if row.owner is not None else "", due, 1)


def _reviews(settings: Settings, until: date) -> Iterator[Item]:
    for row in query.rows("crisis", {"state": "resolved"}):
        when = {n: one.happened_at.at for n, one in reached(row).items()}
        due = crisis_clocks.target(row.level, 12, when)
        if due is not None and _day(due, settings) <= until:
            yield Item(row, _about(_marked(row, row.title), label(12)), row.held_by, due, 2)


def _phones(settings: Settings, until: date) -> Iterator[Item]:
    oldest = clock.today(settings.zone) - timedelta(days=VERIFIED_DAYS)
    stale: list[tuple[Row, str]] = []
    for row in query.rows("teammember"):
        for person, verified_on in ((row.person, row.verified_on), (row.substitute, row.substitute_verified_on)):
            if person is not None and (verified_on is None or verified_on < oldest):
                stale.append((row, person.title))
    if stale:
        names = ", ".join(dict.fromkeys(name for _row, name in stale))
        words = _("phones of the crisis team not verified for {days} days: {names}")
        yield Item(stale[0][0], words.format(days=VERIFIED_DAYS, names=names), "", None, 4)


def _drills(settings: Settings, until: date) -> Iterator[Item]:
    for row in query.rows("drilldate", {"held": None, "planned_on__lte": until}):
        yield Item(row, row.title, row.owner.title if row.owner is not None else "", row.planned_on, 3)
    seats = query.rows("teammember", limit=1)
    if not seats:
        return  # a desk without a plan has nothing to drill yet
    last = query.rows("crisis", {"drill": True}, order=("-detected_at",), limit=1)
    ago = (clock.today(settings.zone) - last[0].detected_at.local(settings.zone).date()).days if last else None
    if ago is None or ago > drills.EVERY_DAYS:
        yield Item((last or seats)[0], _("no drill for {days} days").format(days=drills.EVERY_DAYS), "", None, 4)


def _negative(settings: Settings, until: date) -> Iterator[Item]:
    """A-tier negative originals of the last day that belong to no crisis: F12 is one key away."""
    since = clock.now() - timedelta(days=1)
    recent = query.rows("coverage", {"sentiment": "negative"}, order=("-published_at",), limit=50)
    fresh = [row for row in recent if row.published_at.at > since and row.original != "pickup"]
    known = {row.project.id for row in query.rows("crisis", {"state": RUNNING}) if row.project is not None}
    for row in fresh:
        outlet = query.get("outlet", row.outlet.id, deleted=True)
        told = any(one.kind == "crisis" for one, _role in linked(row))
        if outlet.tier == "A" and not told and (row.project is None or row.project.id not in known):
            yield Item(
                row, _("{outlet} is negative: {title} (F12?)").format(outlet=outlet.name, title=row.title), "", None, 0
            )


RULES += [
    Rule("crisis", N_("Crisis"), _crises),
    Rule("enquiry", N_("Enquiry"), _enquiries),
    Rule("complaint", N_("Complaint"), _complaints),
    Rule("crisis-review", N_("Crisis review"), _reviews),
    Rule("phone", N_("Phone"), _phones),
    Rule("drill", N_("Drill"), _drills),
    Rule("negative", N_("Coverage"), _negative),
]
