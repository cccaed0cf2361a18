"""What needs attention: a register of rules, and the two lists Today and Week that they fill."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from prtui import clock
from prtui.config import Settings
from prtui.i18n import N_, _
from prtui.store import query
from prtui.store.documents import Status
from prtui.store.projects import OPEN_TASKS, UNFINISHED, Health, Stage
from prtui.store.records import Row

from . import projects

OVERDUE, TODAY, TOMORROW, WEEK, LOOK = "overdue", "today", "tomorrow", "week", "look"
SECTIONS = {
    OVERDUE: N_("Overdue"),
    TODAY: N_("Today"),
    TOMORROW: N_("Tomorrow"),
    WEEK: N_("This week"),
    LOOK: N_("Worth a look"),
}


@dataclass(frozen=True)
class Item:
    """One thing that needs attention. `due` is a day or an instant, or None for what is only worth a look; `weight` sorts by
    consequence, 0 first."""

    row: Row
    what: str
    who: str = ""
    due: date | datetime | None = None
    weight: int = 5
    note: str = ""


@dataclass(frozen=True)
class Listed:
    """An item with its section and its rule's label, as both faces show it."""

    section: str
    label: str
    item: Item
    when: str
    late: str


@dataclass(frozen=True)
class Rule:
    """One kind of attention: `due(settings, until)` yields what falls due up to and with that day, and what is overdue."""

    id: str
    label: str
    due: Callable[[Settings, date], Iterator[Item]]


def _tasks(settings: Settings, until: date) -> Iterator[Item]:
    for row in query.rows("task", {"status": OPEN_TASKS, "due_on__lte": until}):
        weight = 2 if row.must else 4
        note = row.project.title if row.project else ""
        yield Item(row, row.title, row.owner.title if row.owner else "", row.due_on, weight, note)


def _projects(settings: Settings, until: date) -> Iterator[Item]:
    # What is under review has had its day; its tasks say what is left.
    ahead = [stage for stage in UNFINISHED if stage != Stage.REVIEWING]
    for row in query.rows("project", {"stage": ahead, "due_on__lte": until}):
        weight = {"P0": 0, "P1": 1}.get(row.priority, 3)
        yield Item(row, row.name, row.owner.title if row.owner else "", row.due_on, weight, _(_stage(row)))


def _embargoes(settings: Settings, until: date) -> Iterator[Item]:
    for row in query.rows("document", {"type": "release", "status": Status.APPROVED}):
        if row.embargo_at is not None and row.embargo_at.local(settings.zone).date() <= until:
            cities = " ".join(f"{clock.city(name)} {row.embargo_at.local(name):%H:%M}" for name in _zones(settings))
            yield Item(row, f"{row.title} {cities}", _owner(row), row.embargo_at.at, 1)


def _updates(settings: Settings, until: date) -> Iterator[Item]:
    for row in query.rows("document", {"type": "statement", "status": Status.RELEASED}):
        if row.next_update_at is not None and row.next_update_at.local(settings.zone).date() <= until:
            yield Item(row, row.title, _owner(row), row.next_update_at.at, 0)


def _clearances(settings: Settings, until: date) -> Iterator[Item]:
    for row in query.rows("document", {"status": (Status.REVIEW, Status.LEGAL)}):
        waits = _("waits for {status}").format(status=row.shown("status"))
        yield Item(row, f"{row.title} {waits}", _owner(row), clock.today(settings.zone), 3)


def _health(settings: Settings, until: date) -> Iterator[Item]:
    for row in query.rows("project", {"stage": UNFINISHED, "health__ne": Health.GREEN}):
        words = _("{name}: {what}").format(name=f"{row.name} {row.shown('health')}", what=row.health_reason)
        yield Item(row, words, _owner(row), None, 2)
    for row in query.rows("project", {"stage": UNFINISHED, "blocked_by__ne": ""}):
        yield Item(
            row, _("{name} is blocked by {what}").format(name=row.name, what=row.blocked_by), _owner(row), None, 1
        )


def _stale(settings: Settings, until: date) -> Iterator[Item]:
    for row in query.rows("project", {"stage": [one for one in UNFINISHED if one != Stage.ON_HOLD]}):
        if projects.is_stale(row, settings):
            yield Item(row, _("{name} has not moved for ten working days").format(name=row.name), _owner(row), None, 4)


UNCODED_MOST = 10


def _uncoded(settings: Settings, until: date) -> Iterator[Item]:
    found = query.rows("coverage", {"sentiment": "unrated"}, limit=UNCODED_MOST + 1)
    if len(found) > UNCODED_MOST:
        count = query.count("coverage", {"sentiment": "unrated"})
        yield Item(found[0], _("{count} pieces of coverage are not coded").format(count=count), "", None, 4)


RULES = [
    Rule("update", N_("Update"), _updates),
    Rule("embargo", N_("Embargo lift"), _embargoes),
    Rule("task", N_("Task"), _tasks),
    Rule("clearance", N_("Review"), _clearances),
    Rule("project", N_("Project"), _projects),
    Rule("health", N_("Health"), _health),
    Rule("stale", N_("Standstill"), _stale),
    Rule("uncoded", N_("Coverage"), _uncoded),
]


def attention(settings: Settings, *, days: int = 1) -> list[Listed]:
    """Everything overdue, due today and up to `days` ahead, then what is worth a look; by section, consequence and time."""
    today = clock.today(settings.zone)
    until = today + timedelta(days=days)
    found = [
        Listed(_section(item, today, settings), rule.label, item, _when(item, settings), _late(item, settings))
        for rule in RULES
        for item in rule.due(settings, until)
    ]
    order = list(SECTIONS)
    return sorted(
        found,
        key=lambda one: (
            order.index(one.section),
            one.item.weight,
            _day(one.item.due, settings) or today,
            one.item.row.code,
        ),
    )


def _section(item: Item, today: date, settings: Settings) -> str:
    day = _day(item.due, settings)
    if day is None:
        return LOOK
    if (isinstance(item.due, datetime) and item.due < clock.now()) or day < today:
        return OVERDUE
    return TODAY if day == today else TOMORROW if day == today + timedelta(days=1) else WEEK


def _day(due: date | datetime | None, settings: Settings) -> date | None:
    if isinstance(due, datetime):
        return due.astimezone(clock.zone(settings.zone)).date()
    return due


def _when(item: Item, settings: Settings) -> str:
    if isinstance(item.due, datetime):
        local = item.due.astimezone(clock.zone(settings.zone))
        return f"{local:%H:%M}" if local.date() == clock.today(settings.zone) else f"{local:%m-%d %H:%M}"
    return f"{item.due:%m-%d}" if item.due else ""


def _late(item: Item, settings: Settings) -> str:
    if isinstance(item.due, datetime):
        seconds = (item.due - clock.now()).total_seconds()
        length = clock.span(seconds)[:-3]
        return _("late {length}").format(length=length) if seconds < 0 else length
    if item.due is None:
        return ""
    days = (item.due - clock.today(settings.zone)).days
    if days < 0:
        return _("late {days} d").format(days=-days)
    return _("{days} d").format(days=days) if days else ""


def _zones(settings: Settings) -> list[str]:
    return [settings.zone, *settings.zones]


def _owner(row: Row) -> str:
    return row.owner.title if row.owner else ""


def _stage(row: Row) -> str:
    return {stage.value: stage.label for stage in Stage}[row.stage]
