"""`prtui crisis drill`, `clock`, `times` and `review`: exercises, deadlines, how long it took and what was learned."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from typing import Any

from prtui import clock, store
from prtui.clock import Moment
from prtui.config import Settings
from prtui.desk import crisis, crisis_clocks, crisis_coverage, crisis_measures, crisis_review, drills
from prtui.errors import PrtuiError
from prtui.headless.crisis import entry_json, pairs, told, when
from prtui.headless.printing import emit, say
from prtui.i18n import _
from prtui.store import query
from prtui.store.crisis import of_crisis, undone
from prtui.store.records import Row

Options = argparse.Namespace


def drill(options: Options, settings: Settings) -> None:
    """`crisis drill`: start one, push what is due, answer a push, give the marks."""
    if options.start:
        row = store.perform(settings.actor, drills.start, options.start, title=" ".join(options.title))
        told(options, row, f"【演练】EXERCISE  {row.code}  {row.title}")
        return
    row = _drill(options.on)
    if options.answer:
        inject = query.any_record(options.answer)
        store.perform(settings.actor, drills.answer, inject, options.note, options.met)
    elif options.score:
        _score(options, settings, row)
        return
    else:
        store.perform(settings.actor, drills.deliver, row)
    pushes = of_crisis("inject", row)
    if options.json:
        emit([one.plain() for one in pushes])
        return
    for one in pushes:
        state = _("Answered") if one.answered_at else _("Delivered") if one.delivered_at else "—"
        words = f"{one.channel}: {one.text}" if one.delivered_at else ""
        say(f"T+{one.minute:<4} {one.code}  {state}  {words}")


def _drill(code: str) -> Row:
    if code:
        return crisis.find(code)
    found = crisis.open_crises(drill=True)
    if not found:
        raise PrtuiError(_("No drill is running."), hint=_("Start one: prtui crisis drill --start product"))
    return found[0]


def _score(options: Options, settings: Settings, row: Row) -> None:
    values = {name: _points(word) for name, word in pairs(options.score).items()}
    if "accuracy" not in values:
        raise PrtuiError(_("Accuracy and one voice are marked by a person: accuracy=0…25."))
    given = store.perform(settings.actor, drills.score, row, values.pop("accuracy"), values, note=options.note)
    if options.json:
        emit([given.row.plain() | {"points": given.points}])
        return
    typed = given.row.typed.split(", ")
    for name, most in drills.MOST.items():
        say(f"{_(drills.LABELS[name])}  {given.row[name]}/{most}  {'✎' if name in typed else '∑'}")
    say(f"{given.points}/100")


def _points(word: str) -> int:
    if not word.isdecimal():
        raise PrtuiError(_("“{text}” is not a whole number").format(text=word[:20]))
    return int(word)


def times(options: Options, settings: Settings) -> None:
    """`crisis times`: K14 of one crisis, or with --from and --to of a period, with K15 beside."""
    if options.start or options.end:
        _period(options, settings)
        return
    found = crisis_measures.times(crisis.find(options.on))
    curve = crisis_coverage.curve(settings, found.crisis)
    facts: dict[str, Any] = {
        "code": found.crisis.code, "convened": found.convened, "first": found.first, "resolved": found.resolved,
        "running": sorted(found.running), "target": found.target, "late": found.late,
        "attainment": str(found.attainment) if found.attainment is not None else None, "reply": found.reply,
        "waited": found.wait, "negative": [[day.isoformat(), count] for day, count in curve.days],
        "decay": str(curve.decay) if curve.decay is not None else None, "half_life": curve.half_life,
    }  # fmt: skip
    if options.json:
        emit(facts)
        return
    for name, label in (("convened", _("Convened")), ("first", _("First statement")), ("resolved", _("Resolved"))):
        word = "—" if facts[name] is None else _("{minutes} min").format(minutes=facts[name])
        say(f"{label}  {word}{'  ' + _('still running') if name in found.running else ''}")
    if found.attainment is not None:
        late = _("late {minutes} min").format(minutes=found.late) if found.late else _("in time")
        say(_("Target {minutes} min").format(minutes=found.target) + f"  {late}  {found.attainment} %")
    if curve.peak is not None:
        day, most = curve.peak
        half = "—" if curve.half_life is None else curve.half_life
        say(_("Negative: peak {most} on {day}, half-life {half} d, down {decay} %").format(most=most, day=day, half=half, decay=curve.decay))  # fmt: skip


def _period(options: Options, settings: Settings) -> None:
    today = clock.today(settings.zone)
    start = clock.parse_day(options.start, today) if options.start else date(today.year, 1, 1)
    end = clock.parse_day(options.end, today) if options.end else date.max
    response = crisis_measures.response(settings, start, end)
    rated = crisis_measures.satisfaction(settings, start, end)
    facts = {
        "from": start.isoformat(), "to": end.isoformat(), "minutes": response.minutes, "replies": response.replies,
        "median": str(response.median) if response.median is not None else None, "p90": response.p90,
        "running": response.running, "excluded": response.excluded, "complaints_closed": rated.closed, "rated": rated.rated,
        "satisfied": str(rated.value) if rated.value is not None else None,
        "closed_in_time": str(rated.closed_in_time) if rated.closed_in_time is not None else None,
    }  # fmt: skip
    if options.json:
        emit(facts)
        return
    why = response.reason and f" ({response.reason})"
    say(f"K14  n={len(response.minutes)}  {_('median')} {facts['median'] or '—'}  P90 {facts['p90'] or '—'}{why}")
    why = rated.reason and f" ({rated.reason})"
    say(f"K15  n={rated.rated}/{rated.closed}  {facts['satisfied'] or '—'} %  {facts['closed_in_time'] or '—'} %{why}")


def review(options: Options, settings: Settings) -> None:
    """`crisis review`: the facts for it; approve the written one; name an action; bump the plan."""
    row = crisis.find(options.on)
    if options.approve:
        notes = of_crisis("crisisreview", row)
        if not notes:
            raise PrtuiError(_("Nothing is written yet."), hint=f"prtui add crisisreview crisis={row.code} title=…")
        store.perform(settings.actor, crisis_review.approve, notes[-1], options.by)
    if options.action_title:
        if not (options.owner and options.due):
            raise PrtuiError(_("An action has an owner and a day."), hint="--owner NAME --due DAY")
        due = clock.parse_day(options.due, clock.today(settings.zone))
        owner = query.find("person", options.owner)
        store.perform(settings.actor, crisis_review.action, row, options.action_title, owner, due)
    if options.plan:
        store.perform(settings.actor, crisis_review.bump_plan, options.plan, crisis=row, approved_by=options.by)
    found = crisis_review.review(settings, row)
    if options.json:
        emit(
            {
                "code": row.code,
                "timeline": [entry_json(entry) for entry in found.timeline],
                "waits": [one.plain() for one in found.waits],
                "statements": [one.document.code for one in found.statements],
                "enquiries": [one.code for one in found.enquiries],
                "complaints": [one.code for one in found.complaints],
                "actions": [one.plain() for one in found.actions],
                "review": found.notes.plain() if found.notes is not None else None,
                "approved_by": [one.by for one in found.approvals],
                "strategies": crisis_review.strategies(row.attribution, row.similar_before),
            }
        )
        return
    say(f"{row.code}  {row.title}  {row.shown('state')}")
    for entry in found.timeline:
        said = f"  ({_('undone')})" if undone(entry) else ""
        said += f"  ({_('corrected')})" if entry.code in found.corrected else ""
        say(f"  {entry.happened_at}  {entry.text}{said}")
    for one in found.actions:
        say(f"  {one.code}  {one.title}  {one.owner.title}  {one.due_on}")
    if found.notes is not None:
        approved = ", ".join(one.by for one in found.approvals) or "—"
        say(f"  {found.notes.code}  {found.notes.title}  " + _("approved by {who}").format(who=approved))


def clocks(options: Options, settings: Settings) -> None:
    """`crisis clock`: the clocks of a crisis; on, off, confirm, met."""
    row = crisis.find(options.on)
    if options.key:
        _change_clock(options, settings, row)
    when_ = crisis.times(row)
    found = crisis_clocks.deadlines(settings, row, when_, of_crisis("crisisclock", row))
    if options.json:
        emit(
            [
                {
                    "key": one.key,
                    "name": one.name,
                    "due": clock.stored(one.due) if one.due else None,
                    "met": clock.stored(one.met) if one.met else None,
                    "legal": one.legal,
                    "benchmark": one.benchmark,
                    "source": one.source,
                    "confirmed_by": one.confirmed_by,
                }
                for one in found
            ]
        )
        return
    for one in found:
        kind = _("Statutory") if one.legal else _("Benchmark") if one.benchmark else ""
        due = str(Moment(one.due, settings.zone)) if one.due else _("at once")
        met = _("met {at}").format(at=Moment(one.met, settings.zone)) if one.met else ""
        who = _("counsel: {who}").format(who=one.confirmed_by) if one.confirmed_by else ""
        say("  ".join(part for part in (f"{one.key:<12}", _(one.name), due, met, kind, who, _(one.source)) if part))


def _change_clock(options: Options, settings: Settings, row: Row) -> None:
    if options.act in ("on", "off"):
        store.perform(
            settings.actor, crisis_clocks.switch, row, options.key, options.act == "on", counsel=options.by, reason=options.reason
        )  # fmt: skip
    elif options.act == "confirm":
        store.perform(settings.actor, crisis_clocks.confirm, row, options.key, options.by)
    elif options.act == "met":
        at = when(options, settings) or Moment(clock.now(), settings.zone)
        store.perform(settings.actor, crisis_clocks.meet, row, options.key, at, options.note)
    else:
        store.perform(
            settings.actor, crisis_clocks.add, row, options.key, counsel=options.by, minutes=options.minutes or None,
            working_days=options.days or None, source=options.note,
        )  # fmt: skip


COMMANDS: dict[str, Callable[[Options, Settings], None]] = {
    "drill": drill, "times": times, "clock": clocks, "review": review,
}  # fmt: skip
