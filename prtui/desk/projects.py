"""Projects and tasks: the stages and their guards, the board, finishing and postponing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from prtui import clock
from prtui.config import Settings
from prtui.errors import Refused
from prtui.i18n import _
from prtui.store import Work, projects, query
from prtui.store.projects import BOARD, OPEN_TASKS, Stage, TaskStatus
from prtui.store.records import Row

from . import approvals, records

AGES_AFTER = 10  # working days unmoved until a card turns amber (DOMAIN §2)
_COLUMNS = [stage.value for stage in BOARD]
WIP = {Stage.EXECUTING.value: 3, Stage.PREPARING.value: 5}
CODED_SHARE = 95  # per cent of a project's coverage that is coded before it is closed

# Where a project may go from where it is; on hold and cancelled are reached from any open stage.
_ROUTES: dict[str, tuple[str, ...]] = {
    Stage.IDEA: (Stage.PLANNING,),
    Stage.PLANNING: (Stage.APPROVAL, Stage.IDEA),
    Stage.APPROVAL: (Stage.PREPARING, Stage.PLANNING),
    Stage.PREPARING: (Stage.EXECUTING, Stage.APPROVAL),
    Stage.EXECUTING: (Stage.REVIEWING, Stage.PREPARING),
    Stage.REVIEWING: (Stage.CLOSED, Stage.EXECUTING),
    Stage.CLOSED: (Stage.REVIEWING,),
    Stage.CANCELLED: (),
}


@dataclass(frozen=True)
class Card:
    """A project as the board shows it. `days_left` is None without a due date; `tasks` is (done, in all)."""

    row: Row
    days_left: int | None
    stale: bool
    tasks: tuple[int, int]
    next_task: Row | None

    @property
    def share(self) -> int | None:
        """Per cent of the budget spent, or None without one."""
        budget = self.row.budget
        return (self.row.spent or 0) * 100 // budget if budget else None


@dataclass(frozen=True)
class Column:
    """A stage with its cards, the most urgent first. `limit` is 0 where none is set."""

    stage: str
    label: str
    limit: int
    cards: list[Card] = field(default_factory=list)

    @property
    def over(self) -> bool:
        """Whether more is in progress than the limit allows."""
        return bool(self.limit) and len(self.cards) > self.limit


def board(settings: Settings, owner: int | None = None, typed: str = "") -> list[Column]:
    """The seven columns, without what is on hold or cancelled."""
    where: dict[str, Any] = {"stage": BOARD} | ({"owner": owner} if owner else {})
    found = query.rows("project", where, typed=typed, order=("priority", "due_on", "sort_key"))
    ids = [row.id for row in found]
    tasks, nexts = projects.progress(ids), projects.next_tasks(ids)
    limits = WIP | settings.wip
    columns = {stage.value: Column(stage.value, stage.label, limits.get(stage.value, 0)) for stage in BOARD}
    today = clock.today(settings.zone)
    for row in found:
        columns[row.stage].cards.append(
            Card(row, _days_left(row, today), is_stale(row, settings), tasks.get(row.id, (0, 0)), nexts.get(row.id))
        )
    return list(columns.values())


def _days_left(row: Row, today: date) -> int | None:
    return (row.due_on - today).days if row.due_on else None


def is_stale(row: Row, settings: Settings) -> bool:
    """Whether the project has not moved for ten working days."""
    if row.stage in (Stage.CLOSED, Stage.CANCELLED, Stage.ON_HOLD):
        return False
    zone = clock.zone(settings.zone)
    since = (row.moved_at or row.created_at).astimezone(zone).date()
    return clock.working_days(since, clock.today(settings.zone), settings.holidays) >= AGES_AFTER


# -- stages and their guards ---------------------------------------------------------------------------------------------


def _for_planning(row: Row) -> list[str]:
    return ([] if row.owner else [_("an owner")]) + ([] if row.type else [_("a kind")])


def _for_approval(row: Row) -> list[str]:
    missing = [] if row.objective else [_("an objective")]
    missing += [] if row.kpi_target else [_("a KPI target for it")]
    missing += [] if row.budget is not None else [_("a budget total")]
    return missing + ([] if row.due_on else [_("a due date")])


def _for_preparing(row: Row) -> list[str]:
    decided = [one for one in approvals.standing(row) if one.step == "project" and one.decision == "approve"]
    return [] if decided else [_("a recorded approval")]


def _for_executing(row: Row) -> list[str]:
    open_musts = query.rows("task", {"project": row.id, "must": True, "status": OPEN_TASKS, "waived_by": None})
    return [_("{code} {title}: done, or waived by a person").format(code=t.code, title=t.title) for t in open_musts]


def _for_reviewing(row: Row) -> list[str]:
    missing = [] if row.actual_start_on else [_("the actual start")]
    return missing + ([] if row.actual_end_on else [_("the actual end")])


def _for_closed(row: Row) -> list[str]:
    missing = [
        _("{code} {title}: done or dropped").format(code=t.code, title=t.title) for t in projects.open_tasks(row.id)
    ]
    if not row.budget_settled:
        missing.append(_("the expenses settled or accrued"))
    tones = query.tally("coverage", "sentiment", {"project": row.id})
    whole, unrated = sum(tones.values()), tones.get("unrated", 0)
    if whole and (whole - unrated) * 100 < CODED_SHARE * whole:
        missing.append(_("{share} % of its coverage coded; {count} are not").format(share=CODED_SHARE, count=unrated))
    if not any(one.step == "report" and one.decision == "approve" for one in approvals.standing(row)):
        missing.append(_("the report approved"))
    return missing


GUARDS: dict[str, Callable[[Row], list[str]]] = {
    Stage.PLANNING: _for_planning,
    Stage.APPROVAL: _for_approval,
    Stage.PREPARING: _for_preparing,
    Stage.EXECUTING: _for_executing,
    Stage.REVIEWING: _for_reviewing,
    Stage.CLOSED: _for_closed,
}


def missing(row: Row, to: str) -> list[str]:
    """What has to be there before the project may go to that stage; going back misses nothing."""
    return GUARDS[to](row) if _steps(row, to) > 0 and to in GUARDS else []


def _steps(row: Row, to: str) -> int:
    """How many columns to the right that stage is; 0 off the board."""
    return _COLUMNS.index(to) - _COLUMNS.index(row.stage) if to in BOARD and row.stage in BOARD else 0


def destinations(row: Row) -> list[str]:
    """The stages the project may go to from where it is."""
    if row.stage == Stage.ON_HOLD:
        return [row.held_from or Stage.IDEA.value, Stage.CANCELLED.value]
    routes = [str(stage) for stage in _ROUTES[row.stage]]
    if row.stage not in (Stage.CLOSED, Stage.CANCELLED):
        routes += [Stage.ON_HOLD.value, Stage.CANCELLED.value]
    return routes


def needs_reason(row: Row, to: str) -> bool:
    """Whether this move is explained: holding, cancelling, rejecting, going back and reopening are."""
    return _steps(row, to) < 0 or to in (Stage.ON_HOLD, Stage.CANCELLED)


def move(work: Work, row: Row, to: str, reason: str = "") -> Row:
    """The project in another stage. Refused with the list of what is missing, when the way does not lead there, or when a
    reason is wanted and none given. At the approval the due date becomes the baseline."""
    label = {stage.value: stage.label for stage in Stage}
    if to not in destinations(row):
        ways = ", ".join(_(label[one]) for one in destinations(row)) or "—"
        raise Refused(
            _("{code} cannot go from {here} to {there}.").format(
                code=row.code, here=_(label[row.stage]), there=_(label[to])
            ),
            hint=_("From here it goes to: {ways}.").format(ways=ways),
        )
    lacking = missing(row, to)
    if lacking:
        raise Refused(_("{code} cannot go to {there} yet. Missing:").format(code=row.code, there=_(label[to])), lacking)
    if needs_reason(row, to) and not reason.strip():
        raise Refused(_("Say why {code} goes to {there}.").format(code=row.code, there=_(label[to])))
    values: dict[str, Any] = {"stage": to, "moved_at": work.at}
    if to == Stage.ON_HOLD:
        values["held_from"] = row.stage
    if row.stage == Stage.APPROVAL and to == Stage.PREPARING:
        values["baseline_due_on"] = row.due_on
    if to == Stage.PLANNING and row.stage == Stage.APPROVAL:
        approvals.decide(work, row, "reject", remark=reason)
        approvals.void(work, row)
    return work.edit(row, action="move", reason=reason, **values)


def _awaits_approval(row: Row) -> None:
    now = query.get("project", row.id)
    if now.stage != Stage.APPROVAL:
        raise Refused(
            _("{code} is in {stage}; it is approved in the stage Approval.").format(
                code=row.code, stage=now.shown("stage")
            ),
            hint=_("What was approved would be another plan by then."),
        )


def edited(work: Work, before: Row, after: Row) -> Row:
    """Another plan than the one that was approved needs another approval: what the guards of that stage ask for."""
    plan = ("objective", "kpi_target", "budget", "due_on")
    if before.stage == after.stage == Stage.APPROVAL and any(before[name] != after[name] for name in plan):
        approvals.void(work, after)
    return after


def advance(work: Work, row: Row) -> Row:
    """The project in the next stage, under the same guards."""
    if row.stage not in BOARD or row.stage == Stage.CLOSED:
        raise Refused(_("{code} has no next stage.").format(code=row.code))
    return move(work, row, _COLUMNS[_COLUMNS.index(row.stage) + 1])


def retreat(work: Work, row: Row, reason: str) -> Row:
    """The project in the stage before."""
    if row.stage not in BOARD or row.stage == Stage.IDEA:
        raise Refused(_("{code} has no stage before.").format(code=row.code))
    return move(work, row, _COLUMNS[_COLUMNS.index(row.stage) - 1], reason)


def wip_warnings(settings: Settings, stage: str) -> list[str]:
    """A line when more projects are in that stage than the limit: a warning, never a block."""
    limit = (WIP | settings.wip).get(stage, 0)
    inside = query.count("project", {"stage": stage})
    if not limit or inside <= limit:
        return []
    label = _({one.value: one.label for one in Stage}[stage])
    return [_("{stage}: {count} in progress, the limit is {limit}.").format(stage=label, count=inside, limit=limit)]


# -- tasks ---------------------------------------------------------------------------------------------------------------


def finish(work: Work, task: Row) -> tuple[Row, list[str]]:
    """The task done, and warnings of what it depends on that is not. Refused for a task of a closed project."""
    return set_status(work, task, TaskStatus.DONE), unfinished_before(task)


def unfinished_before(task: Row) -> list[str]:
    """A line for every task this one depends on that is still open."""
    lines = []
    for code in task.depends_on.replace("，", ",").split(","):
        before = query.by_code(code.strip()) if code.strip() else None
        if before is not None and before.kind == "task" and before.status in OPEN_TASKS:
            lines.append(_("{code} {title} comes before and is open.").format(code=before.code, title=before.title))
    return lines


def set_status(work: Work, task: Row, status: str) -> Row:
    """The task with another status. Refused for a task of a closed project."""
    _project_is_open(task)
    done = work.at if status == TaskStatus.DONE else None
    return work.edit(task, action="finish" if done else "edit", status=str(status), done_at=done)


def _project_is_open(task: Row) -> None:
    if task.project is not None:
        project = query.get("project", task.project.id)
        if project.stage in (Stage.CLOSED, Stage.CANCELLED):
            raise Refused(
                _("{code} is closed; its tasks stay as they are.").format(code=project.code), hint=_("Reopen it first.")
            )


def task_edited(work: Work, before: Row, after: Row) -> Row:
    """What an edit of a task's status does, by form or command: the same as by its own key."""
    if before.status == after.status:
        return after
    _project_is_open(before)
    done = TaskStatus.DONE in (before.status, after.status)
    if not done:
        return after
    return work.edit(after, action="finish", done_at=work.at if after.status == TaskStatus.DONE else None)


def new_task(values: Mapping[str, Any], work: Work) -> dict[str, Any]:
    """What a new task starts with: one entered as done was done now."""
    return {"done_at": work.at} if values.get("status") == TaskStatus.DONE else {}


def postpone(work: Work, row: Row, to: date) -> Row:
    """The record with a later due date. Refused when the date is not after today."""
    if to <= clock.today(work.settings.zone):
        raise Refused(_("Postpone it to a day after today."))
    return work.edit(row, action="postpone", due_on=to)


records.TRANSITIONS["project", "stage"] = move
records.FOLLOWED_BY["task"] = task_edited
records.FOLLOWED_BY["project"] = edited
approvals.WHEN["project", "project"] = _awaits_approval
records.STARTS_WITH["task"] = new_task
