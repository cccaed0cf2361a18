"""What is measured of crises: K14 times and K15 satisfaction with complaints (DOMAIN §3.1). S12 is `crisis_coverage.curve`."""

from __future__ import annotations

import math
import statistics
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from prtui import clock
from prtui.config import Settings
from prtui.i18n import _
from prtui.store import query
from prtui.store.crisis import ComplaintStatus, CrisisState
from prtui.store.records import Row

from . import crisis_clocks
from .crisis_log import reached
from .enquiries import in_time

CAP = Decimal(120)  # per cent of a target that count at most


def percent(part: int, whole: int) -> Decimal | None:
    """Per cent to one decimal, half up; None when the whole is 0."""
    return (Decimal(part) * 100 / whole).quantize(Decimal("0.1"), ROUND_HALF_UP) if whole else None


@dataclass(frozen=True)
class Times:
    """K14 of one crisis, in minutes from the detection; None for what was skipped. `running` names those that still count,
    with now as their end. `reply`: the first word was to the customer, counted apart. `wait` is explained, not subtracted."""

    crisis: Row
    convened: int | None
    first: int | None
    resolved: int | None
    running: frozenset[str]
    reply: bool
    target: int | None
    wait: int

    @property
    def late(self) -> int | None:
        """Minutes beyond the target of the level; None when in time, or without a target."""
        if self.first is None or self.target is None or self.first <= self.target:
            return None
        return self.first - self.target

    @property
    def attainment(self) -> Decimal | None:
        """Target ÷ actual in per cent, one decimal, at most 120; None without either."""
        if self.first is None or self.target is None:
            return None
        whole = percent(self.target, self.first)
        return CAP if whole is None else min(whole, CAP)


def times(crisis: Row, at: datetime | None = None) -> Times:
    """The times of one crisis or drill, as of now or of `at`."""
    there = reached(crisis)
    start, now = there[1].happened_at.at, at or clock.now()
    running = set()

    def minutes(n: int, name: str) -> int | None:
        if n in there:
            return _minutes(start, there[n].happened_at.at)
        if crisis.state in (CrisisState.FALSE_ALARM, CrisisState.CLOSED) or (n != 11 and max(there) > n):
            return None
        running.add(name)
        return _minutes(start, now)

    waits = query.rows("wait", {"crisis": crisis.id})
    return Times(
        crisis=crisis,
        convened=minutes(3, "convened"),
        first=minutes(8, "first"),
        resolved=minutes(11, "resolved"),
        running=frozenset(running),
        reply=bool(crisis.reply_only),
        target=crisis_clocks.length(crisis.level, 8),
        wait=sum(_minutes(one.started_at.at, one.ended_at.at if one.ended_at else now) for one in waits),
    )


def _minutes(start: datetime, end: datetime) -> int:
    return int((end - start).total_seconds() // 60)


@dataclass(frozen=True)
class Response:
    """K14 of a period: the minutes to the first statement of every crisis that counts, sorted; how many replies to customers
    are counted apart, how many still run, how many drills and false alarms were left out."""

    minutes: tuple[int, ...]
    replies: tuple[int, ...]
    running: int
    excluded: int

    @property
    def median(self) -> Decimal | None:
        """The median; None without any."""
        return Decimal(str(statistics.median(self.minutes))) if self.minutes else None

    @property
    def p90(self) -> int | None:
        """The 90th percentile by nearest rank; None without any."""
        return nearest_rank(self.minutes, 90) if self.minutes else None

    @property
    def reason(self) -> str:
        """Why there is no figure, or blank."""
        return "" if self.minutes else _("no records")


def nearest_rank(ordered: tuple[int, ...], per_cent: int) -> int:
    """The value at the nearest rank of a percentile in an ascending series."""
    return ordered[max(math.ceil(len(ordered) * per_cent / 100), 1) - 1]


def response(settings: Settings, start: date, end: date) -> Response:
    """K14 over the crises detected in [start, end), days of the brand's zone."""
    found = [row for row in query.rows("crisis") if start <= row.detected_at.local(settings.zone).date() < end]
    counted = [row for row in found if not row.drill and row.state != CrisisState.FALSE_ALARM]
    measured = [times(row) for row in counted]
    return Response(
        minutes=tuple(sorted(one.first for one in measured if one.first is not None and not one.reply)),
        replies=tuple(sorted(one.first for one in measured if one.first is not None and one.reply)),
        running=sum("first" in one.running for one in measured),
        excluded=len(found) - len(counted),
    )


@dataclass(frozen=True)
class Satisfaction:
    """K15 of a period, in numbers of complaints."""

    closed: int
    rated: int
    satisfied: int
    in_time: int

    @property
    def value(self) -> Decimal | None:
        """Rated 4 or 5 among the rated, in per cent; None when none was rated."""
        return percent(self.satisfied, self.rated)

    @property
    def closed_in_time(self) -> Decimal | None:
        """Closed within their time among the closed, in per cent; None when none was closed."""
        return percent(self.in_time, self.closed)

    @property
    def reason(self) -> str:
        """Why there is no figure, or blank."""
        return "" if self.rated else _("no records")


def satisfaction(settings: Settings, start: date, end: date, crisis: Row | None = None) -> Satisfaction:
    """K15 over the complaints closed in [start, end), of one crisis if given; those of drills are left out."""
    where = {"status": ComplaintStatus.CLOSED} | ({"crisis": crisis.id} if crisis is not None else {})
    drills = {row.id for row in query.rows("crisis", {"drill": True})} if crisis is None else set()
    closed = [
        row
        for row in query.rows("complaint", where)
        if row.closed_at is not None
        and start <= row.closed_at.local(settings.zone).date() < end
        and (row.crisis is None or row.crisis.id not in drills)
    ]
    rated = [row.satisfaction for row in closed if row.satisfaction is not None]
    return Satisfaction(
        closed=len(closed),
        rated=len(rated),
        satisfied=sum(mark >= 4 for mark in rated),
        in_time=sum(bool(in_time(row)) for row in closed),
    )
