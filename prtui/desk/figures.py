"""Figures of documents: what they count, and what they were when their report was approved."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime

from prtui.store import Work
from prtui.store.figures import at
from prtui.store.records import Row

from . import approvals


@dataclass(frozen=True)
class Figure:
    """A number that a document prints. `value` is printed as it is in every language; `records` are the codes of what was
    counted; `data` is what a drawing of it needs."""

    key: str
    value: str
    measure: str = ""
    records: tuple[str, ...] = ()
    data: str = ""


@dataclass(frozen=True)
class Freeze:
    """The figures of a document as they were approved: by whom, when (UTC), each by its key."""

    by: str
    at: datetime
    figures: dict[str, Figure] = field(default_factory=dict)


# What is counted for each deliverable of a kind of record.
COUNTS: dict[str, dict[str, Callable[[Row], list[Figure]]]] = {}


def freeze(work: Work, row: Row, approval: Row) -> list[Row]:
    """Keep the figures of every document that reports on the row as they are now."""
    return [
        work.add(
            "frozen", approval=approval.pointer, deliverable=deliverable,
            figures=json.dumps([asdict(one) | {"records": folded(one.records)} for one in count(row)], ensure_ascii=False),
        )
        for deliverable, count in COUNTS.get(row.kind, {}).items()
    ]  # fmt: skip


def frozen(row: Row) -> dict[str, Freeze]:
    """The figures at the newest approval of the report that still stands, by deliverable; none where there is none."""
    for approval in approvals.standing(row) if row.kind in COUNTS else ():
        if approval.step == approvals.REPORT and approval.decision == "approve":
            return {one.deliverable: _thawed(approval, one) for one in at(approval)}
    return {}


def _thawed(approval: Row, kept: Row) -> Freeze:
    known = [Figure(**(one | {"records": unfolded(one["records"])})) for one in json.loads(kept.figures)]
    return Freeze(approval.by, approval.decided_at, {one.key: one for one in known})


_NUMBERED = re.compile(r"(.*?)(\d+)$")


def folded(codes: Iterable[str]) -> list[str]:
    """The codes in order, neighbours as a span: `COV-2026-001`, `COV-2026-004–009`."""
    spans: list[tuple[str, str, str]] = []  # stem, first number, last number
    for stem, number in sorted({_parted(code) for code in codes}, key=lambda one: (one[0], len(one[1]), one[1])):
        if spans and number and spans[-1][0] == stem and int(spans[-1][2] or 0) + 1 == int(number):
            spans[-1] = stem, spans[-1][1], number
        else:
            spans.append((stem, number, number))
    return [stem + first + (f"–{last}" if last != first else "") for stem, first, last in spans]


def unfolded(spans: Iterable[str]) -> tuple[str, ...]:
    """The codes of such spans."""
    codes: list[str] = []
    for span in spans:
        first, _sign, last = span.partition("–")
        stem, number = _parted(first)
        codes += [f"{stem}{n:0{len(number)}}" for n in range(int(number), int(last) + 1)] if last else [first]
    return tuple(codes)


def _parted(code: str) -> tuple[str, str]:
    match = _NUMBERED.match(code)
    return (match[1], match[2]) if match else (code, "")
