"""The coverage of a crisis: what was linked to it, the negative curve, its peak and its half-life (S12)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from prtui import clock
from prtui.config import Settings
from prtui.i18n import _
from prtui.store import query
from prtui.store.links import linked
from prtui.store.records import Row


def coverage_of(crisis: Row) -> list[Row]:
    """What was published about the crisis: linked to it or to its own project; by time."""
    found = {row.id: row for row, _role in linked(crisis) if row.kind == "coverage"}
    if crisis.project is not None:
        found |= {row.id: row for row in query.rows("coverage", {"project": crisis.project.id})}
    return sorted(found.values(), key=lambda row: (row.published_at.at, row.id))


def negative_of(crisis: Row, *, tier: str = "") -> list[Row]:
    """The negative originals of the crisis, of one tier if wanted, by time."""
    found = [row for row in coverage_of(crisis) if row.sentiment == "negative" and row.original != "pickup"]
    if not tier:
        return found
    tiers = {one.id: one.tier for one in query.by_ids("outlet", sorted({row.outlet.id for row in found}))}
    return [row for row in found if tiers.get(row.outlet.id) == tier]


@dataclass(frozen=True)
class Curve:
    """Negative originals by day, from the day of the detection to the last day asked for, days without any among them.
    `half_life` is in days from the peak until at most half of it was left, None while that is not so."""

    days: tuple[tuple[date, int], ...]

    @property
    def peak(self) -> tuple[date, int] | None:
        """The first day with the most, and how many; None when there were none at all."""
        best = max(self.days, key=lambda one: one[1], default=None)
        return best if best and best[1] else None

    @property
    def half_life(self) -> int | None:
        """Days from the peak to the first later day with at most half as many."""
        if self.peak is None:
            return None
        on, most = self.peak
        return next(((day - on).days for day, count in self.days if day > on and count * 2 <= most), None)

    @property
    def decay(self) -> Decimal | None:
        """S12: (peak day − last day) ÷ peak day in per cent, one decimal, half up; None when there were none."""
        if self.peak is None:
            return None
        most, last = self.peak[1], self.days[-1][1]
        return (Decimal(most - last) * 100 / most).quantize(Decimal("0.1"), ROUND_HALF_UP)

    @property
    def reason(self) -> str:
        """Why there is no figure, or blank."""
        return "" if self.peak else _("no negative coverage")


def curve(settings: Settings, crisis: Row, until: date | None = None) -> Curve:
    """The negative curve of a crisis up to and with a day, today if none is given; days are those of the brand's zone."""
    last = until or clock.today(settings.zone)
    counts = Counter(row.published_at.local(settings.zone).date() for row in negative_of(crisis))
    first = min([crisis.detected_at.local(settings.zone).date(), *counts, last])
    whole = [first + timedelta(days=at) for at in range((last - first).days + 1)]
    return Curve(tuple((day, counts.get(day, 0)) for day in whole))
