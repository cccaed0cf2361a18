"""Drills: a scenario pushed at the team minute by minute, what they did, and the marks (DOMAIN §4.5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from prtui import clock, i18n
from prtui.clock import Moment
from prtui.config import Settings
from prtui.errors import Refused
from prtui.i18n import N_, _
from prtui.store import Work, query
from prtui.store.crisis import Contacted, LogKind, of_crisis
from prtui.store.records import Row

from . import crisis
from .crisis_clocks import target
from .crisis_log import BACKDATED, line, reached, writable
from .drill_scenarios import SCENARIOS, Scenario

MOST = {"timeliness": 30, "accuracy": 25, "procedure": 20, "teamwork": 15, "record": 10}
LABELS = {
    "timeliness": N_("Timeliness"), "accuracy": N_("Accuracy and one voice"), "procedure": N_("Procedure"),
    "teamwork": N_("Teamwork"), "record": N_("Record"),
}  # fmt: skip
EVERY_DAYS = 180  # without a drill until the director is reminded
_TIMED = (2, 3, 4, 8, 9, 10)


def start(work: Work, scenario: str, *, title: str = "", level: str = "", session: str = "") -> Row:
    """A new drill with the news of a shipped scenario lined up, in the language in force. Its numbers are its own."""
    script = find(scenario)
    language = i18n.language()
    row = crisis.start(
        work,
        title or script.title[language],
        drill=True,
        scenario=script.key,
        source=script.injects[0].text[language],
        level=level,
        session=session,
    )
    for one in script.injects:
        work.add(
            "inject", crisis=row, minute=one.minute, channel=one.channel[language], text=one.text[language],
            expected=one.expected[language],
        )  # fmt: skip
    planned = query.rows("drilldate", {"held": None, "scenario": script.key}, limit=1)
    if planned:
        work.edit(planned[0], held=row)
    return row


def find(scenario: str) -> Scenario:
    """A shipped scenario by its key or its title. Raises Refused naming them."""
    for one in SCENARIOS:
        if scenario in (one.key, *one.title.values()):
            return one
    raise Refused(
        _("There is no scenario “{name}”.").format(name=scenario[:40]),
        hint=_("There are: {names}.").format(names=", ".join(one.key for one in SCENARIOS)),
    )


def add_inject(
    work: Work, drill: Row, minute: int, channel: str, text: str, expected: str = "", *, session: str = ""
) -> Row:
    """One more push of news in a drill."""
    drill = _drill(work, drill, session)
    return work.add("inject", crisis=drill, minute=minute, channel=channel, text=text, expected=expected)


def _drill(work: Work, row: Row, session: str) -> Row:
    row = writable(work, row, session)
    if not row.drill:
        raise Refused(_("{code} is no drill.").format(code=row.code))
    return row


def due(drill: Row, at: datetime | None = None) -> list[Row]:
    """The pushes whose minute has come and that were not delivered yet."""
    now = at or clock.now()
    start_at = drill.detected_at.at
    waiting = of_crisis("inject", drill, delivered_at=None)
    return [one for one in waiting if start_at + timedelta(minutes=one.minute) <= now]


def deliver(work: Work, drill: Row, *, session: str = "") -> list[Row]:
    """Push what is due at the team: each goes into the log, marked as an exercise. Returns the pushes."""
    drill = _drill(work, drill, session)
    now = Moment(work.at, work.settings.zone)
    delivered = []
    for one in due(drill, work.at):
        line(work, drill, LogKind.MEDIA, f"【演练】{one.channel}: {one.text}", now)
        delivered.append(work.edit(one, delivered_at=now))
    return delivered


def answer(work: Work, inject: Row, text: str, met: bool, *, session: str = "") -> Row:
    """What the team did about a push, and whether that was what was expected of it."""
    drill = _drill(work, query.get("crisis", inject.crisis.id), session)
    if inject.delivered_at is None:
        raise Refused(_("{code} was not delivered yet.").format(code=inject.code))
    now = Moment(work.at, work.settings.zone)
    line(work, drill, LogKind.DECISION, text, now)
    return work.edit(inject, answered_at=now, answer=text, met=met)


class Part(NamedTuple):
    """A part of the marks as it can be computed: points, of how many, and from what; points None where only a person can say."""

    name: str
    points: int | None
    most: int
    basis: str


@dataclass(frozen=True)
class Total:
    """The marks of a drill as they were given, the newest; 100 at most."""

    row: Row

    @property
    def points(self) -> int:
        """The sum of the parts."""
        return sum(int(self.row[name]) for name in MOST)


def proposed(settings: Settings, drill: Row) -> list[Part]:
    """What the records of a drill say about each part of its marks."""
    there = reached(drill)
    when = {n: row.happened_at.at for n, row in there.items()}
    at = clock.now()
    dues = {n: target(drill.level, n, when) for n in _TIMED}
    timed = {n: due_at for n, due_at in dues.items() if due_at is not None and (n in when or due_at < at)}
    in_time = sum(n in when and when[n] <= due_at for n, due_at in timed.items())
    checks = _procedure(drill, there)
    seats = of_crisis("muster", drill)
    spoke = sum(one.contacted in (Contacted.ANSWERED, Contacted.PRESENT) for one in seats)
    pushed = [one for one in of_crisis("inject", drill) if one.delivered_at is not None]
    answered = sum(one.answered_at is not None for one in pushed)
    prompt = sum(row.recorded_at - row.happened_at.at <= BACKDATED for row in there.values())
    return [
        Part("timeliness", *_share("timeliness", in_time, len(timed)), _("{part} of {whole} in time").format(part=in_time, whole=len(timed))),
        Part("accuracy", None, MOST["accuracy"], _("marked by a person")),
        Part("procedure", *_share("procedure", sum(checks.values()), len(checks)), ", ".join(_(name) for name, met in checks.items() if not met) or _("as it should be")),
        Part("teamwork", *_share("teamwork", spoke, len(seats)), _("{part} of {whole} reached").format(part=spoke, whole=len(seats))),
        Part("record", *_share("record", answered + prompt, len(pushed) + len(there)), _("{part} of {whole} written down at once").format(part=answered + prompt, whole=len(pushed) + len(there))),
    ]  # fmt: skip


def _share(name: str, part: int, whole: int) -> tuple[int, int]:
    most = MOST[name]
    points = (Decimal(part) * most / whole).quantize(Decimal(1), ROUND_HALF_UP) if whole else Decimal(0)
    return int(points), most


def _procedure(drill: Row, there: dict[int, Row]) -> dict[str, bool]:
    issued = there.get(8)
    told = [one.contacted_at for one in of_crisis("stakeholder", drill, group="staff")]
    facts = of_crisis("logentry", drill, type=LogKind.FACT, verified=True)
    return {
        N_("no milestone skipped"): all(n in there for n in range(1, max(there))),
        N_("facts verified before the first statement"): issued is not None
        and any(one.happened_at.at <= issued.happened_at.at for one in facts),
        N_("both approvals on the exact words"): issued is not None and {6, 7} <= set(there),
        N_("staff told no later than the public"): issued is not None
        and any(at is not None and at.at <= issued.happened_at.at for at in told),
    }


def score(
    work: Work, drill: Row, accuracy: int, typed: Mapping[str, int] | None = None, *, note: str = "", session: str = ""
) -> Total:
    """The marks of a drill: what only a person can say, what is typed instead of the computed parts, and the computed rest."""
    drill = _drill(work, drill, session)
    typed = typed or {}
    unknown = set(typed) - set(MOST)
    if unknown:
        raise Refused(_("There is no part “{name}”.").format(name=min(unknown)), hint=", ".join(MOST))
    values: dict[str, Any] = {part.name: part.points for part in proposed(work.settings, drill)} | {
        "accuracy": accuracy,
        **typed,
    }
    names = ["accuracy", *sorted(typed)]
    row = work.add(
        "drillscore", crisis=drill, typed=", ".join(names), by=work.actor, note=note, scored_at=work.at, **values
    )
    line(work, drill, LogKind.DECISION, _("marks: {points} of 100").format(points=Total(row).points))
    return Total(row)


def total(drill: Row) -> Total | None:
    """The newest marks of a drill, or None."""
    found = of_crisis("drillscore", drill)
    return Total(found[0]) if found else None
