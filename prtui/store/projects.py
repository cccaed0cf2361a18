"""PR projects and their tasks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import peewee

from prtui.i18n import N_, _
from prtui.store import query
from prtui.store.fields import Amount, Choice, Choices, Code, Codes, Day, Flag, Prose, Ref, Stamp, Text
from prtui.store.people import Person
from prtui.store.records import Record, Row


class ProjectKind(Choices):
    LAUNCH = "launch", N_("Launch event")
    VIP = "vip", N_("VIP event")
    MEDIA_MEET = "media_meet", N_("Media gathering")
    CAMPAIGN = "campaign", N_("Campaign")
    ALWAYS_ON = "always_on", N_("Always-on")
    RESEARCH = "research", N_("Research")
    CRISIS = "crisis", N_("Crisis")


class Stage(Choices):
    """The seven columns of the kanban, then the two that it hides."""

    IDEA = "idea", N_("Idea")
    PLANNING = "planning", N_("Planning")
    APPROVAL = "approval", N_("Approval")
    PREPARING = "preparing", N_("Preparing")
    EXECUTING = "executing", N_("Executing")
    REVIEWING = "reviewing", N_("Reviewing")
    CLOSED = "closed", N_("Closed")
    ON_HOLD = "on_hold", N_("On hold")
    CANCELLED = "cancelled", N_("Cancelled")


class Health(Choices):
    GREEN = "green", N_("green")
    AMBER = "amber", N_("amber")
    RED = "red", N_("red")


class Priority(Choices):
    P0 = "P0", "P0"
    P1 = "P1", "P1"
    P2 = "P2", "P2"
    P3 = "P3", "P3"


class TaskStatus(Choices):
    TODO = "todo", N_("To do")
    DOING = "doing", N_("Doing")
    WAITING = "waiting", N_("Waiting")
    DONE = "done", N_("Done")
    DROPPED = "dropped", N_("Dropped")


class Project(Record):
    """Something PR sets out to do, from the idea to the review."""

    label = N_("Project")
    plural = N_("Projects")
    titled_by = "name"
    shown = ("name", "stage", "owner", "due_on", "priority", "health")
    sorted_by = ("due_on", "sort_key")
    dated_by = "due_on"
    faceted_by = ("stage", "type", "owner")

    code = Code("PRJ")
    name = Text(N_("Name"), required=True, search=True, width=24)
    name_en = Text(N_("Name (English)"), search=True, width=24)
    type = Choice(ProjectKind, N_("Kind"), width=10)
    owner = Ref(Person, N_("Owner"), required=True, backref="projects", width=10)
    departments = Text(N_("Departments"))
    start_on = Day(N_("Start"))
    due_on = Day(N_("Due"))
    baseline_due_on = Day(N_("Baseline due"), guarded=True)
    priority = Choice(Priority, N_("Priority"), default=Priority.P2, width=4)
    stage = Choice(Stage, N_("Stage"), default=Stage.IDEA, index=True, guarded=True)
    health = Choice(Health, N_("Health"), default=Health.GREEN, width=6)
    health_reason = Text(N_("Reason for the health"))
    blocked_by = Text(N_("Blocked by"))
    objective = Text(N_("Objective"), search=True)
    kpi_target = Text(N_("KPI target"), hint=N_("Like: K06 attendance 100"))
    budget = Amount(N_("Budget"), least=0)
    spent = Amount(N_("Spent"))
    budget_settled = Flag(N_("Expenses settled"))
    actual_start_on = Day(N_("Actual start"))
    actual_end_on = Day(N_("Actual end"))
    brief = Prose(N_("Brief"), search=True)
    moved_at = Stamp(N_("Stage changed"))
    held_from = Choice(Stage, N_("Stage before hold"), guarded=True)

    @classmethod
    def check(cls, values: Any) -> dict[str, str]:
        if values["start_on"] and values["due_on"] and values["due_on"] < values["start_on"]:
            return {"due_on": _("is before the start")}
        if values["health"] != Health.GREEN and not values["health_reason"]:
            return {"health_reason": _("say why it is not green")}
        return {}


class Task(Record):
    """A piece of work on a project."""

    label = N_("Task")
    plural = N_("Tasks")
    shown = ("title", "owner", "due_on", "status", "must")
    sorted_by = ("due_on", "sort_key")
    dated_by = "due_on"
    faceted_by = ("status", "owner")

    code = Code("TSK")
    title = Text(N_("Title"), required=True, search=True, width=28)
    project = Ref(Project, N_("Project"), backref="tasks", search=True, width=20)
    owner = Ref(Person, N_("Owner"), required=True, backref="tasks", width=10)
    due_on = Day(N_("Due"))
    status = Choice(TaskStatus, N_("Status"), default=TaskStatus.TODO, index=True)
    must = Flag(N_("Must"), hint=N_("The project may not start without it"))
    waived_by = Ref(Person, N_("Waived by"), backref="waivers", hint=N_("Who answers for leaving a must undone"))
    depends_on = Codes("task", N_("Depends on"), hint=N_("Codes of tasks, separated by commas"))
    done_at = Stamp(N_("Done at"))
    note = Prose(N_("Remarks"), search=True)

    @classmethod
    def check(cls, values: Any) -> dict[str, str]:
        own = values.get("code")
        if not own or not values["depends_on"]:
            return {}  # nothing waits for a task that is only being made
        seen: set[str] = set()
        waiting = Codes.codes(values["depends_on"])
        if own in waiting:
            return {"depends_on": _("is the task itself")}
        while waiting:
            code = waiting.pop()
            before = query.by_code(code) if code not in seen else None
            seen.add(code)
            if before is not None and before.kind == cls.kind:
                waiting += Codes.codes(before.depends_on)
        return {"depends_on": _("waits, by way of others, for this task itself")} if own in seen else {}


OPEN_TASKS = (TaskStatus.TODO, TaskStatus.DOING, TaskStatus.WAITING)
BOARD = (Stage.IDEA, Stage.PLANNING, Stage.APPROVAL, Stage.PREPARING, Stage.EXECUTING, Stage.REVIEWING, Stage.CLOSED)
UNFINISHED = (*BOARD[:-1], Stage.ON_HOLD)


def open_tasks(project: int) -> list[Row]:
    """The project's tasks that are still to be done, the earliest due first."""
    return query.rows("task", {"project": project, "status": OPEN_TASKS})


def next_tasks(projects: Sequence[int]) -> dict[int, Row]:
    """The earliest open task of each project."""
    first: dict[int, Row] = {}
    for task in query.rows("task", {"project": list(projects), "status": OPEN_TASKS}):
        first.setdefault(task.project.id, task)
    return first


def progress(projects: Sequence[int]) -> dict[int, tuple[int, int]]:
    """(tasks done, tasks in all but the dropped) of each project that has any."""
    done = peewee.fn.SUM(peewee.Case(None, [(Task.status == TaskStatus.DONE.value, 1)], 0))
    tallied = (
        Task.select(Task.project, done, peewee.fn.COUNT(Task.id))
        .where(Task.project.in_(list(projects)) & (Task.status != TaskStatus.DROPPED.value) & Task.deleted_at.is_null())
        .group_by(Task.project)
    )
    return {project: (int(finished), int(whole)) for project, finished, whole in tallied.tuples()}
