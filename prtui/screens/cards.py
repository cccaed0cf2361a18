"""The face of a project's card on the board: five lines of exactly one column's width."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rich.cells import cell_len

from prtui.desk.projects import Card
from prtui.i18n import _
from prtui.screens.chrome import Piece
from prtui.screens.columns import cell
from prtui.store import Row
from prtui.store.projects import Health, ProjectKind, Stage
from prtui.terminal.width import glyphs

Line = tuple[Piece, ...]
LINES = 5
BAR = 8
NEARLY_SPENT = 95  # per cent, DOMAIN §2.6

# A shape for each health: colour alone says nothing.
_HEALTH: dict[str, Piece] = {Health.GREEN: ("●", "good"), Health.AMBER: ("▲", "warn"), Health.RED: ("■", "bad")}
_BLOCKED, _STALE = "!", "~"
_ENDING = (Stage.REVIEWING, Stage.CLOSED, Stage.CANCELLED)


def line(room: int, *parts: Piece) -> Line:
    """The parts made to fill exactly so many cells, cut where they do not fit."""
    filled: list[Piece] = []
    for value, tone in parts:
        width = min(room, cell_len(cell(value, room).rstrip()) if len(value) > room else cell_len(value))
        filled.append((cell(value, width), tone))
        room -= width
    return (*filled, (" " * room, ""))


def face(card: Card, room: int, today: date) -> list[Line]:
    """The card's lines: code and marks, name, days and state, budget, next task."""
    row = card.row
    return [
        line(room, (f"{short(row.code, today)} {row.priority} ", "warn" if card.stale else "muted"), *marks(card)),
        line(room, (row.name, "")),
        line(room, *days(card), ("  ", ""), *state(card)),
        line(room, *_budget(card, room)),
        line(room, *_next(card, today)),
    ]


def short(code: str, today: date) -> str:
    """The code without this year: PRJ-003; of another year without its letters: 2025-003."""
    kind, _dash, rest = code.partition("-")
    year, _dash, number = rest.partition("-")
    return f"{kind}-{number}" if number and year == str(today.year) else rest if number else code


def health(row: Row) -> Piece:
    """The shape and the colour of the health; the word is `row.shown("health")`."""
    glyph, tone = _HEALTH[row.health]
    return glyphs().drawn(glyph), tone


def marks(card: Card) -> Iterator[Piece]:
    """One character for the health, and one for each of blocked and unmoved."""
    yield health(card.row)
    if card.row.blocked_by:
        yield _BLOCKED, "bad"
    if card.stale:
        yield _STALE, "warn"


def days(card: Card) -> Iterator[Piece]:
    """How far the due date is: D-12, today, D+9; the day it ended when it is closed."""
    row, left = card.row, card.days_left
    if row.stage == Stage.CLOSED and (ended := row.actual_end_on or row.due_on):
        yield f"{ended:%m-%d}", "muted"
    elif left is None:
        yield (row.shown("type") if row.type == ProjectKind.ALWAYS_ON else glyphs().none), "muted"
    elif left == 0:
        yield _("today"), "bold"
    else:
        yield f"D{-left:+d}", "bad" if left < 0 and row.stage not in _ENDING else ""


def state(card: Card) -> Iterator[Piece]:
    """The worst that can be said of it, in words."""
    row = card.row
    if row.blocked_by:
        yield _("blocked"), "bad"
        yield f" {row.blocked_by}", ""
    elif row.health == Health.GREEN and card.stale:
        yield _("unmoved"), "warn"
    else:
        yield row.shown("health"), health(row)[1]


def spent(share: int | None) -> Iterator[Piece]:
    """A bar of what is spent of the budget, and its per cent; nothing is drawn where there is no budget."""
    if share is None:
        return
    filled = min(BAR, max(1, round(share * BAR / 100))) if share > 0 else 0
    tone = "bad" if share > 100 else "warn" if share >= NEARLY_SPENT else ""
    yield glyphs().full * filled, tone or "accent"
    yield glyphs().hollow * (BAR - filled), "muted"
    yield f" {share}%{_BLOCKED if share > 100 else ''}", tone


def _budget(card: Card, room: int) -> Iterator[Piece]:
    drawn = list(spent(card.share))
    done, whole = card.tasks
    tally = f"{done}/{whole}" if whole else ""
    used = sum(cell_len(value) for value, _tone in drawn)
    if tally and not drawn:
        yield tally, "muted"
    else:
        yield from drawn
        if tally and used + len(tally) + 2 <= room:
            yield " " * (room - used - len(tally)) + tally, "muted"


def _next(card: Card, today: date) -> Iterator[Piece]:
    task = card.next_task
    if task is not None and card.row.stage != Stage.CLOSED:
        late = task.due_on is not None and task.due_on < today
        yield (f"{_BLOCKED} ", "warn") if late else (f"{glyphs().prompt} ", "muted")
        yield task.title, "muted"
