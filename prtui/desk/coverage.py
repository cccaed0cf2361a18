"""Coverage counted as the measures count it (DOMAIN K04, K05), each figure with the pieces behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from prtui.store import query
from prtui.store.records import Row
from prtui.text import key

from . import approvals
from . import figures as kept
from .figures import Figure

UNRATED = "unrated"


@dataclass(frozen=True)
class Tally:
    """Pieces of coverage sorted out: earned originals and pickups, what is not earned, and what is there already."""

    originals: tuple[Any, ...]
    pickups: tuple[Any, ...]
    other: tuple[Any, ...]
    duplicates: tuple[Any, ...]

    @property
    def counted(self) -> tuple[Any, ...]:
        """Originals and pickups."""
        return self.originals + self.pickups

    def toned(self, tone: str) -> tuple[Any, ...]:
        """The originals of that tone."""
        return tuple(row for row in self.originals if tone_of(row) == tone)

    @property
    def rated(self) -> tuple[Any, ...]:
        """The originals that somebody has rated."""
        return tuple(row for row in self.originals if tone_of(row) != UNRATED)

    @property
    def positive(self) -> str:
        """The positive share of the rated originals (K05), one decimal half up; — when none is rated."""
        if not self.rated:
            return "—"
        share = Decimal(len(self.toned("positive"))) * 100 / len(self.rated)
        return f"{share.quantize(Decimal('0.1'), ROUND_HALF_UP)}%"


def tally(rows: Iterable[Any]) -> Tally:
    """Sort out coverage rows (K04): the same outlet with the same title or address is one piece, the first of them."""
    seen: set[tuple[str, str]] = set()
    sorts: dict[str, list[Any]] = {"originals": [], "pickups": [], "other": [], "duplicates": []}
    for row in rows:
        outlet = key(_outlet(row))
        marks = {(outlet, key(str(text))) for text in (row.title, row.url) if text}
        if marks & seen:
            sorts["duplicates"].append(row)
            continue
        seen |= marks
        if class_of(row) != "earned":
            sorts["other"].append(row)
        elif kind_of(row) == "pickup":
            sorts["pickups"].append(row)
        else:
            sorts["originals"].append(row)
    return Tally(**{name: tuple(found) for name, found in sorts.items()})


def _outlet(row: Any) -> str:
    return str(getattr(row.outlet, "title", row.outlet) or "")


def tone_of(row: Any) -> str:
    """`positive` … or `unrated`."""
    return str(row.sentiment or UNRATED)


def kind_of(row: Any) -> str:
    """`original`, `pickup`, `social` …"""
    return str(row.original or "original")


def class_of(row: Any) -> str:
    """`earned`, `paid`, `owned` or `shared`."""
    return str(row.media_class or "earned")


def tier_of(row: Any, tiers: Mapping[str, str]) -> str:
    """The tier of the outlet it appeared in; `tiers` has them by the outlet's code."""
    return tiers.get(str(getattr(row.outlet, "code", "")), "")


def day_of(row: Any) -> date | None:
    """The day it came out, on the wall clock meant."""
    return row.published_at.local().date() if row.published_at else None


def in_order(rows: Iterable[Any]) -> list[Any]:
    """By day and title: of two that are the same the earlier counts."""
    return sorted(rows, key=lambda row: (day_of(row) or date.max, str(row.title)))


def figures(rows: Sequence[Any], tiers: Mapping[str, str]) -> list[Figure]:
    """The figures of a clip book of these rows."""
    counted = tally(in_order(rows))
    heard = {key(_outlet(row)) for row in counted.counted}
    first = tuple(row for row in counted.counted if tier_of(row, tiers) == "A")
    by_day = Counter((day, tone_of(row)) for row in counted.counted if (day := day_of(row)))
    dated = tuple(row for row in counted.counted if day_of(row))
    days = [day for row in rows if (day := day_of(row))]

    def number(name: str, of: tuple[Any, ...], measure: str = "", value: str = "", data: str = "") -> Figure:
        return Figure(name, value or str(len(of)), measure, tuple(str(row.code) for row in of), data)

    return [
        number("originals", counted.originals, "K04"),
        number("pickups", counted.pickups, "K04"),
        number("landed", counted.counted, "K04"),
        number("positive", counted.rated, "K05", counted.positive),
        number("rated", counted.rated, "K05"),
        number("unrated", counted.toned(UNRATED), "K05"),
        number("favourable", counted.toned("positive"), "K05"),
        number("unfavourable", counted.toned("negative"), "K05"),
        number("outlets", counted.counted, value=str(len(heard))),
        number("tier_a", first),
        number("other", counted.other),
        number("duplicates", counted.duplicates),
        number("days", dated, data=" ".join(f"{day:%Y-%m-%d}/{tone}/{n}" for (day, tone), n in sorted(by_day.items()))),
        Figure("period", "", data=f"{min(days)}/{max(days)}" if days else ""),
    ]


def by_day(data: str) -> Counter[tuple[date, str]]:
    """The pieces for each day and tone, from the data of the figure `days`."""
    parts = (one.split("/") for one in data.split())
    return Counter({(date.fromisoformat(day), tone): int(n) for day, tone, n in parts})


def of_project(project: Row) -> tuple[list[Row], dict[str, str]]:
    """The coverage of a project, and the tiers of its outlets by their codes."""
    rows = query.rows("coverage", {"project": project.id})
    outlets = query.rows("outlet", {"id": {one.outlet.id for one in rows if one.outlet}})
    return rows, {one.code: str(one.tier) for one in outlets}


def clip_book(project: Row) -> list[Figure]:
    """The figures of a project's clip book as they are now."""
    return figures(*of_project(project))


kept.COUNTS["project"] = {"clip-book": clip_book}
approvals.FOLLOWED_BY["project", approvals.REPORT] = kept.freeze
