"""`prtui crisis`: the same as F12, without a screen. Every command works on the crisis that is running, or on `--on CODE`."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from typing import Any

from prtui import clock, store
from prtui.clock import Moment
from prtui.config import Settings
from prtui.desk import (
    crisis,
    crisis_course,
    crisis_log,
    crisis_picture,
    crisis_statements,
    crisis_status,
    crisis_team,
    records,
)
from prtui.errors import PrtuiError
from prtui.headless.printing import emit, say, table, warn
from prtui.i18n import _
from prtui.store import query
from prtui.store.crisis import Purpose, all_entries, of_crisis, undone
from prtui.store.records import Row
from prtui.text import plain

Options = argparse.Namespace


def when(options: Options, settings: Settings) -> Moment | None:
    """The instant typed with --at, on the brand's clock."""
    return clock.parse_moment(options.at, settings.zone) if getattr(options, "at", None) else None


def told(options: Options, row: Row, words: str = "", **more: Any) -> None:
    """One line, or the record as JSON."""
    if options.json:
        emit([row.plain() | more])
    else:
        say(words or f"{row.code}  {row.heading}")


def pairs(words: Iterable[str]) -> dict[str, str]:
    """NAME=VALUE words. Raises PrtuiError with an example."""
    found = {}
    for word in words:
        name, sign, value = word.partition("=")
        if not sign or not name.strip():
            raise PrtuiError(_("“{word}” is not NAME=VALUE.").format(word=plain(word)[:60]))
        found[name.strip()] = value.strip()
    return found


def status(options: Options, settings: Settings) -> None:
    """`crisis status`: the 3 a.m. screen as text."""
    row = crisis.find(options.on) if options.on else crisis.foremost()
    found = crisis_status.status(settings, row)
    if options.json:
        emit(as_json(found))
        return
    for line in crisis_picture.status_lines(found, actor=settings.actor):
        print(line)


def as_json(found: crisis_status.Status) -> dict[str, Any]:
    """The status for scripts: instants in UTC, lengths in seconds."""

    def instant(at: Any) -> str | None:
        return clock.stored(at) if at is not None else None

    following, big = found.next, found.big
    return {
        "code": found.crisis.code,
        "title": found.crisis.title,
        "level": found.crisis.level,
        "state": found.crisis.state,
        "drill": found.crisis.drill,
        "held_by": found.crisis.held_by,
        "at": instant(found.at),
        "elapsed": int(found.elapsed),
        "nearest": {"key": big.key, "due": instant(big.due), "left": int(found.left or 0)} if big is not None else None,
        "next": following._asdict() | {"due": instant(following.due)} if following is not None else None,
        "milestones": [cell._asdict() | {"at": instant(cell.at)} for cell in found.strip],
        "clocks": [
            {"key": one.key, "due": instant(one.due), "met": instant(one.met), "legal": one.legal, "source": one.source}
            for one in found.clocks
        ],
        "team": [seat._asdict() for seat in found.team],
        "statement": found.statement.document.code if found.statement is not None else None,
        "approved": found.approved or None,
        "enquiries": [row.plain() for row in found.enquiries],
        "log": [entry_json(row) for row in found.log[:3]],
    }


def entry_json(entry: Row) -> dict[str, Any]:
    """A line of the log for scripts; `undone` is true where an undo took it back."""
    return entry.plain() | {"undone": undone(entry)}


def start(options: Options, settings: Settings) -> None:
    """`crisis start`: the clock runs; the level, if one is given, comes after it, so that a refusal stops no clock."""
    row = store.perform(
        settings.actor,
        crisis.start,
        " ".join(options.title),
        scenario=options.scenario,
        source=options.source,
        at=when(options, settings),
        reason=options.reason,
    )
    if options.level:
        try:
            row = store.perform(settings.actor, crisis.stamp, row, 2, level=options.level).crisis
        except PrtuiError as error:
            warn(_("{code} is running. {error}").format(code=row.code, error=error))
    told(options, row)


def stamp(options: Options, settings: Settings) -> None:
    """`crisis stamp`: a milestone, now or at an instant."""
    n = milestone(options.n)
    done = store.perform(
        settings.actor,
        crisis.stamp,
        crisis.find(options.on),
        n,
        when(options, settings),
        options.reason,
        by=options.by,
        note=options.note,
        channel=options.channel,
        level=options.level,
        present=[role for role in options.present.replace("，", ",").split(",") if role.strip()],
        emergency=options.emergency,
        seen=options.seen.lower(),
    )
    for line in [*done.warnings, *_circled(done.crisis, done.milestone)]:
        warn(_("warning: {line}").format(line=line))
    told(options, done.milestone, f"{done.crisis.code}  {n} {crisis.label(n)}  {done.milestone.happened_at}")


def _circled(row: Row, entry: Row) -> list[str]:
    """What an editor would circle in the words that this milestone is about."""
    from prtui.documents import crisis_lint

    if entry.statement is None:
        return []
    link = of_crisis("crisisstatement", row, document=entry.statement.id)[-1]
    document = query.get("document", entry.statement.id)
    full = link.purpose != Purpose.HOLDING
    found = crisis_lint.findings(document, crisis_statements.facts(row), full=full)
    return [f"{one.excerpt}  {one.message}" for one in found]


def milestone(word: str) -> int:
    """The number of a milestone: 0–12, M3, or the key of the screen (-, =). Raises PrtuiError."""
    typed = word.strip().upper().removeprefix("M")
    by_key = {"-": 11, "=": 12}
    if typed in by_key:
        return by_key[typed]
    if not typed.isdecimal() or int(typed) not in crisis.MILESTONES:
        names = ", ".join(f"{n} {crisis.label(n)}" for n in crisis.MILESTONES)
        raise PrtuiError(_("“{word}” is no milestone.").format(word=plain(word)[:20]), hint=names)
    return int(typed)


def correct(options: Options, settings: Settings) -> None:
    """`crisis correct`: another time for a milestone, or none."""
    n = milestone(options.n)
    at = None if options.none else clock.parse_moment(options.time or "", settings.zone)
    done = store.perform(settings.actor, crisis.correct, crisis.find(options.on), n, at, options.reason)
    words = _("taken back: {why}").format(why=options.reason) if options.none else str(done.milestone.happened_at)
    told(options, done.milestone, f"{done.crisis.code}  {n} {crisis.label(n)}  {words}")


def log(options: Options, settings: Settings) -> None:
    """`crisis log`: a new line; without words, the whole log."""
    row = crisis.find(options.on)
    if options.text:
        outlet = query.find("outlet", options.outlet) if options.outlet else None
        words, verified = crisis_log.marked(" ".join(options.text))
        entry = store.perform(
            settings.actor, crisis.log, row, words, options.kind, verified or options.verified,
            at=when(options, settings), reason=options.reason, outlet=outlet, corrects=options.corrects,
        )  # fmt: skip
        told(options, entry)
        return
    entries = all_entries(row)
    if options.json:
        emit([entry_json(entry) for entry in entries])
        return
    wrong = crisis_log.corrected(entries)
    for entry in entries:
        kind = crisis.label(entry.n) if entry.n is not None else entry.shown("type")
        tail = "".join(
            f"  ({word})"
            for word in (_("undone") if undone(entry) else "", _("corrected") if entry.code in wrong else "", _("Verified") if entry.verified else "", entry.corrects and _("corrects {code}").format(code=entry.corrects), entry.reason)
            if word
        )  # fmt: skip
        say(f"{entry.happened_at}  [{kind}] {entry.text}{tail}  {entry.by}  {entry.code}")


def takeover(options: Options, settings: Settings) -> None:
    """`crisis takeover`: from now on this person writes."""
    row = store.perform(settings.actor, crisis.take_over, crisis.find(options.on))
    told(options, row, _("{who} holds {code}.").format(who=row.held_by, code=row.code))


def level(options: Options, settings: Settings) -> None:
    """`crisis level`: up at once, down with reason and approver."""
    row = crisis.find(options.on)
    row = store.perform(
        settings.actor, crisis_course.set_level, row, options.level.upper(), options.reason, by=options.by
    )
    told(options, row, f"{row.code}  {row.shown('level')}")


def state(options: Options, settings: Settings) -> None:
    """`crisis state`: stabilising, responding again, a false alarm, closed; or no public statement."""
    row = crisis.find(options.on)
    if options.state == "reply_only":
        row = store.perform(settings.actor, crisis_course.reply_only, row, options.reason)
    else:
        row = store.perform(settings.actor, crisis_course.move, row, options.state, options.reason)
    told(options, row, f"{row.code}  {row.shown('state')}")


def wait(options: Options, settings: Settings) -> None:
    """`crisis wait`: somebody is waited for, or no longer."""
    row = crisis.find(options.on)
    at = when(options, settings)
    if options.end:
        open_ones = of_crisis("wait", row, ended_at=None)
        if not open_ones:
            raise PrtuiError(_("Nobody is waited for."))
        done = store.perform(settings.actor, crisis.end_wait, open_ones[-1], at=at, reason=options.reason)
    else:
        done = store.perform(
            settings.actor, crisis.wait, row, " ".join(options.what), options.owner, at=at, reason=options.reason
        )
    told(options, done)


def team(options: Options, settings: Settings) -> None:
    """`crisis team`: who sits where; ROLE=NAME puts somebody there."""
    row = crisis.find(options.on)
    for role, name in pairs(options.seats).items():
        store.perform(settings.actor, crisis_team.join, row, role, query.find("person", name))
    seats = of_crisis("muster", row)
    if options.json:
        emit([seat.plain() for seat in seats])
        return
    people = {one.id: one for one in query.by_ids("person", [crisis_team.holder(seat).id for seat in seats])}
    table(
        [_("Role"), _("Person"), _("Phone"), _("Contacted"), _("Substitute")],
        [
            [
                crisis_team.role_label(seat.role),
                people[crisis_team.holder(seat).id].name,
                people[crisis_team.holder(seat).id].phone,
                seat.shown("contacted"),
                seat.substitute.title if seat.substitute is not None else "",
            ]
            for seat in seats
        ],
    )


def contact(options: Options, settings: Settings) -> None:
    """`crisis contact`: somebody of the team was called."""
    seat = store.perform(
        settings.actor, crisis_team.contact, crisis.find(options.on), options.role, options.state,
        substitute=options.substitute, note=options.note,
    )  # fmt: skip
    told(
        options, seat, f"{crisis_team.role_label(seat.role)} {crisis_team.holder(seat).title} {seat.shown('contacted')}"
    )


def enquiry(options: Options, settings: Settings) -> None:
    """`crisis enquiry`: a question of the media with its deadline."""
    values: dict[str, Any] = {
        "crisis": crisis.find(options.on),
        "question": " ".join(options.question),
        "deadline_at": clock.parse_moment(options.deadline, settings.zone),
        "reporter": options.reporter,
    }
    if options.outlet:
        values["outlet"] = query.find("outlet", options.outlet)
    told(options, store.perform(settings.actor, records.add, "enquiry", values))


def complaint(options: Options, settings: Settings) -> None:
    """`crisis complaint`: a customer's complaint."""
    values = {
        "crisis": crisis.find(options.on),
        "demand": " ".join(options.demand),
        "customer": options.customer,
        "channel": options.channel or "store",
    }
    told(options, store.perform(settings.actor, records.add, "complaint", values))


COMMANDS: dict[str, Callable[[Options, Settings], None]] = {
    "status": status, "start": start, "stamp": stamp, "correct": correct, "log": log, "takeover": takeover,
    "level": level, "state": state, "wait": wait, "team": team, "contact": contact, "enquiry": enquiry,
    "complaint": complaint,
}  # fmt: skip
