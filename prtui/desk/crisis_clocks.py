"""How long a crisis may take: the targets of the levels, the standard and statutory clocks, and when each of them is due.

Everything is computed from stored instants. Nothing pauses a clock: not a night, a weekend, a wait, or a program that was
closed (DOMAIN §4.1–4.3).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from prtui import clock
from prtui.clock import Moment
from prtui.config import Settings
from prtui.errors import Refused
from prtui.i18n import N_, _
from prtui.store import Work, query
from prtui.store.crisis import CrisisScenario, Level, of_crisis
from prtui.store.records import Row

# Minutes from `detected` until each milestone, by level. Before it is triaged a crisis runs as the worst one.
TARGETS: dict[str, dict[int, int]] = {
    Level.I.value: {2: 15, 3: 30, 4: 45, 8: 60, 10: 240},
    Level.II.value: {2: 30, 3: 60, 4: 90, 8: 120, 10: 480},
    Level.III.value: {8: 240, 10: 1440},
    Level.IV.value: {8: 1440},
}
TARGETS[""] = {n: TARGETS[Level.I.value][n] for n in (2, 3, 4, 8)}
RHYTHM = {
    Level.I.value: 120,
    Level.II.value: 240,
    Level.III.value: 480,
    Level.IV.value: 1440,
}  # minutes between updates
FOLLOW_UP = 120  # minutes from the first statement to the calls to the media that reported
REVIEW_DAYS = {Level.I.value: 7, Level.II.value: 7, Level.III.value: 14, Level.IV.value: 14}
RATIFY = 120  # minutes from an emergency publication to its ratification


class Standard(NamedTuple):
    """A clock of the profession or of a law. `minutes` None and `days` None means at once; `by` is the milestone that meets
    it, None when a person says so; `scenarios` are those that start it, all when empty and `on`."""

    key: str
    name: str
    source: str
    minutes: int | None = None
    days: int | None = None
    by: int | None = None
    legal: bool = False
    benchmark: bool = False
    on: bool = True
    scenarios: tuple[str, ...] = ()


_DATA, _PRODUCT, _SERVICE = CrisisScenario.DATA.value, CrisisScenario.PRODUCT.value, CrisisScenario.SERVICE.value
STANDARD: tuple[Standard, ...] = (
    Standard("golden1", N_("Golden hour"), "PR News (Grabowski)", minutes=60, by=8, on=False),
    Standard("golden4", N_("Golden 4 hours"), "人民网舆情监测室 2010", minutes=240, by=8, benchmark=True),
    Standard("golden24", N_("Golden 24 hours"), N_("Classical practice: a second, full statement"), minutes=1440, by=10, on=False),
    Standard("authority5", N_("Authoritative information 5 h"), "国办发〔2016〕80号", minutes=300, by=8, benchmark=True),
    Standard("conference24", N_("Press conference 24 h"), "国办发〔2016〕61号、80号", minutes=1440, benchmark=True),
    Standard("other48", N_("Other matters 48 h"), "国办发〔2016〕61号", minutes=2880, benchmark=True, on=False),
    Standard("defect", N_("Defect report"), "市场监管总局令第19号（2020）", days=2, legal=True, scenarios=(_PRODUCT,)),
    Standard("cyber4", N_("Cyber incident report"), "国家网络安全事件报告管理办法（2025）", minutes=240, legal=True, scenarios=(_DATA,)),
    Standard("cyber1", N_("Cyber incident, critical systems"), "国家网络安全事件报告管理办法（2025）", minutes=60, legal=True, on=False),
    Standard("pipl", N_("Notice of a data leak"), "个人信息保护法第57条", legal=True, scenarios=(_DATA,)),
    Standard("gdpr72", N_("Notice to the EU authority"), "GDPR Art. 33", minutes=4320, legal=True, scenarios=(_DATA,)),
    Standard("c12315", N_("12315 decides on acceptance"), "市场监督管理投诉举报处理暂行办法", days=7, on=False),
)  # fmt: skip
KEYS = {one.key: one for one in STANDARD}


@dataclass(frozen=True)
class Deadline:
    """A clock of one crisis. `due` is None where it says “at once”; `met` is when it was met, or None while it runs."""

    key: str
    name: str
    due: datetime | None
    met: datetime | None = None
    source: str = ""
    days: int | None = None
    legal: bool = False
    benchmark: bool = False
    confirmed_by: str = ""

    def left(self, at: datetime) -> float | None:
        """Seconds until it is due, negative when it is overdue; None where it says “at once”."""
        return None if self.due is None else (self.due - at).total_seconds()


def length(level: str, n: int) -> int | None:
    """Minutes from `detected` that the level allows for a milestone, or None."""
    return TARGETS[level].get(n)


def target(level: str, n: int, times: Mapping[int, datetime]) -> datetime | None:
    """When the milestone is due: counted from `detected`, the calls from the first statement, the review from the end."""
    if n == 9:
        return times[8] + timedelta(minutes=FOLLOW_UP) if 8 in times else None
    if n == 12:
        return times[11] + timedelta(days=REVIEW_DAYS.get(level, 7)) if 11 in times else None
    minutes = length(level, n)
    return times[1] + timedelta(minutes=minutes) if minutes is not None and 1 in times else None


def after_working_days(start: datetime, days: int, settings: Settings) -> datetime:
    """24:00 on the n-th working day after that instant, on the brand's calendar and wall clock."""
    first = day = start.astimezone(clock.zone(settings.zone)).date()
    while clock.working_days(first, day, settings.holidays) < days:
        day += timedelta(days=1)
    return _midnight_after(day, settings.zone)


def _midnight_after(day: date, zone: str) -> datetime:
    following = day + timedelta(days=1)
    return Moment(datetime(following.year, following.month, following.day, tzinfo=clock.zone(zone))).at


def due(settings: Settings, row: Row, detected: datetime) -> datetime | None:
    """When a stored clock runs out; None where it says “at once”."""
    if row.working_days is not None:
        return after_working_days(detected, row.working_days, settings)
    return detected + timedelta(minutes=row.minutes) if row.minutes is not None else None


def deadlines(settings: Settings, crisis: Row, times: Mapping[int, datetime], rows: Iterable[Row]) -> list[Deadline]:
    """The target of the level and every clock that is switched on, met or not."""
    found: list[Deadline] = []
    if 1 not in times:
        return found
    first = target(crisis.level, 8, times)
    if first is not None:
        found.append(Deadline("first", N_("First statement"), first, times.get(8)))
    for row in rows:
        if row.on:
            met = row.met_at.at if row.met_at else times.get(row.met_by) if row.met_by is not None else None
            found.append(
                Deadline(row.key, row.name, due(settings, row, times[1]), met, row.source, row.working_days, row.legal,
                         row.benchmark, row.confirmed_by)
            )  # fmt: skip
    return found


def nearest(found: Iterable[Deadline]) -> Deadline | None:
    """The unmet clock that runs out first, or ran out first."""
    running = [one for one in found if one.met is None and one.due is not None]
    return min(running, key=lambda one: one.due or datetime.max.replace(tzinfo=clock.now().tzinfo), default=None)


# -- switching them ----------------------------------------------------------------------------------------------------


def begin(work: Work, crisis: Row) -> None:
    """Store the clocks that a new crisis starts with."""
    for one in STANDARD:
        if one.on and (not one.scenarios or crisis.scenario in one.scenarios):
            _store(work, crisis, one)


def _store(work: Work, crisis: Row, one: Standard) -> Row:
    return work.add(
        "crisisclock", crisis=crisis, key=one.key, name=one.name, source=one.source, minutes=one.minutes,
        working_days=one.days, legal=one.legal, benchmark=one.benchmark, met_by=one.by, on=True,
    )  # fmt: skip


def follow_level(work: Work, crisis: Row) -> None:
    """Switch the benchmarks off for a level IV, whose target is a reply within a day, and on again when it rises."""
    wanted = crisis.level != Level.IV
    for row in of_crisis("crisisclock", crisis):
        if row.benchmark and row.on != wanted:
            work.edit(row, on=wanted, reason=_("follows the level"))


def find(crisis: Row, key: str) -> Row:
    """The stored clock of a crisis by its key. Refused when it has none of that key."""
    for row in of_crisis("crisisclock", crisis):
        if row.key == key:
            return row
    raise Refused(
        _("{code} has no clock “{key}”.").format(code=crisis.code, key=key[:40]),
        hint=_("Known: {names}.").format(names=", ".join(KEYS)),
    )


def switch(work: Work, crisis: Row, key: str, on: bool, *, counsel: str = "", reason: str = "") -> Row:
    """A clock switched on or off. A statutory one is switched off only by counsel, named, with a reason."""
    known = [row for row in of_crisis("crisisclock", crisis) if row.key == key]
    if not known:
        if not on or key not in KEYS:
            find(crisis, key)
        return _store(work, crisis, KEYS[key])
    (row,) = known
    if row.legal and not on and not (counsel.strip() and reason.strip()):
        raise Refused(
            _("“{name}” is statutory: PR cannot switch it off.").format(name=_(row.name)),
            hint=_("Counsel may, with a name and a reason."),
        )
    return work.edit(row, on=on, reason=reason or counsel, **({"confirmed_by": counsel} if counsel else {}))


def add(
    work: Work,
    crisis: Row,
    name: str,
    *,
    counsel: str,
    minutes: int | None = None,
    working_days: int | None = None,
    source: str = "",
) -> Row:
    """A clock that counsel types in, like that of a stock exchange. It is statutory."""
    if not counsel.strip():
        raise Refused(_("A statutory clock is set by counsel: say by whom."))
    key = f"own{query.count('crisisclock', {'crisis': crisis.id}) + 1}"
    return work.add(
        "crisisclock", crisis=crisis, key=key, name=name, source=source, minutes=minutes, working_days=working_days,
        legal=True, on=True, confirmed_by=counsel,
    )  # fmt: skip


def confirm(work: Work, crisis: Row, key: str, counsel: str) -> Row:
    """Counsel says that this clock applies as it stands."""
    if not counsel.strip():
        raise Refused(_("Say who confirmed it."))
    return work.edit(find(crisis, key), confirmed_by=counsel)


def meet(work: Work, crisis: Row, key: str, at: Moment, evidence: str) -> Row:
    """A clock met by a report or a notice: when, and what shows it."""
    if not evidence.strip():
        raise Refused(_("Say what shows that it was met: a receipt number, a letter, a link."))
    if at.at > work.at:
        raise Refused(_("{at} is in the future.").format(at=at))
    return work.edit(find(crisis, key), met_at=at, evidence=evidence)
