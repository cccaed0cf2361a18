"""What is done to a project wherever it is seen: moving it between the stages, approving it, ticking off its tasks."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from prtui.commands import DIALOG, Command
from prtui.desk import approvals, projects, quick, records
from prtui.errors import Conflict, Refused
from prtui.i18n import N_, _
from prtui.screens.dialogs import Choose
from prtui.screens.exporting import Exports
from prtui.screens.form import FormScreen
from prtui.screens.options import Option
from prtui.screens.tasks import finished
from prtui.screens.working import job
from prtui.store import Row, Work, query
from prtui.store.projects import BOARD, Stage, next_tasks

# What a guard misses → the field of the project's form that holds it.
FILLED_IN = {
    N_("an owner"): "owner",
    N_("a kind"): "type",
    N_("an objective"): "objective",
    N_("a KPI target for it"): "kpi_target",
    N_("a budget total"): "budget",
    N_("a due date"): "due_on",
    N_("the actual start"): "actual_start_on",
    N_("the actual end"): "actual_end_on",
    N_("the expenses settled or accrued"): "budget_settled",
}
APPROVED_BY_KEY = (N_("a recorded approval"), N_("the report approved"))
# What is decided about in a stage: the step that the approval is recorded for.
DECIDED_IN = {Stage.APPROVAL.value: "project", Stage.REVIEWING.value: "report"}


class Lacking(Choose):
    """What a rule wants first; the line chosen is the one to see to."""

    def __init__(self, error: Refused) -> None:
        super().__init__(error.summary, [Option.of(number, line) for number, line in enumerate(error.missing)])

    def keys_now(self) -> list[Command]:
        """Its own words for the keys."""
        return [Command("x.take", "enter", _("See to it"), DIALOG), Command("x.no", "escape", _("Leave"), DIALOG)]


class FormAt(FormScreen):
    """The form of a record, begun at one of its fields."""

    def __init__(self, row: Row, field: str) -> None:
        super().__init__(row.kind, row)
        self._field = field

    def focus_first(self) -> None:
        """The field that is wanted."""
        for line in self.lines:
            if line.field == self._field and line.display:
                line.editor.focus()
                return
        super().focus_first()


def stage_label(stage: str) -> str:
    """The word for a stage, in the language in force."""
    return _({one.value: one.label for one in Stage}[stage])


def following(row: Row) -> str | None:
    """The stage after the project's own on the board."""
    at = BOARD.index(row.stage) + 1 if row.stage in BOARD else len(BOARD)
    return BOARD[at].value if at < len(BOARD) else None


def add_task(work: Work, project: Row, typed: str) -> Row:
    """A task of the project from one line, as a quick note reads it; without `@name` its owner is the project's."""
    kind, values = quick.read(f"task {project.code} {typed}", work.settings)
    if "@" not in typed and "＠" not in typed:
        values["owner"] = project.owner
    return records.add(work, kind, values)


class Steps(Exports):
    """A screen on which the mark stands at a project, or at something of one."""

    def __init__(self) -> None:
        super().__init__()
        self._turn = asyncio.Lock()  # a key pressed twice acts twice, the second time on what the first one left
        self._stored: dict[int, Row] = {}

    @property
    def subject(self) -> Row | None:
        """The project at the mark, as it is shown."""
        raise NotImplementedError

    def see(self, project: Row, task: str = "") -> None:
        """Go to the project's page, or to one of its tasks there."""
        raise NotImplementedError

    def _project(self) -> Row | None:
        row = self.subject
        if row is None:
            self.tell(_("There is no project here yet."))
            return None
        stored = self._stored.get(row.id)
        return stored if stored is not None and stored.version > row.version else row

    # -- stages ---------------------------------------------------------------------------------------------------------

    @job
    async def action_advance(self) -> None:
        """To the next stage."""
        async with self._turn:
            if row := self._project():
                await self._move(row, projects.advance)

    @job
    async def action_retreat(self) -> None:
        """To the stage before; asks why."""
        async with self._turn:
            if row := self._project():
                known = row.stage in BOARD and row.stage != Stage.IDEA
                to = BOARD[BOARD.index(row.stage) - 1].value if known else ""
                reason = await self._reason(row, to) if to else ""
                if reason is not None:
                    await self._move(row, projects.retreat, reason)

    @job
    async def action_hold(self) -> None:
        """Put it on hold, or take it up again; asks why."""
        async with self._turn:
            if row := self._project():
                await self._move_to(row, row.held_from if row.stage == Stage.ON_HOLD else Stage.ON_HOLD.value)

    @job
    async def action_cancel(self) -> None:
        """Cancel it; asks why."""
        async with self._turn:
            if row := self._project():
                await self._move_to(row, Stage.CANCELLED.value)

    @job
    async def action_move(self) -> None:
        """To one of the stages it may go to."""
        async with self._turn:
            if row := self._project():
                ways = await self.read(lambda: [(to, projects.missing(row, to)) for to in projects.destinations(row)])
                if not ways:
                    self.tell(_("{code} is cancelled; it stays so.").format(code=row.code))
                    return
                options = [
                    Option.of(to, stage_label(to), _("{count} missing").format(count=len(lacks)) if lacks else "")
                    for to, lacks in ways
                ]
                question = _("Move {code} {title} to").format(code=row.code, title=row.heading)
                to = await self.app.push_screen_wait(Choose(question, options))
                if isinstance(to, str):
                    await self._move_to(row, to)

    async def _reason(self, row: Row, to: str) -> str | None:
        return await self.ask(_("Why does {code} go to {stage}?").format(code=row.code, stage=stage_label(to)))

    async def _move_to(self, row: Row, to: str) -> None:
        wanted = projects.needs_reason(row, to) and to in projects.destinations(row)
        reason = await self._reason(row, to) if wanted else ""
        if reason is not None:
            await self._move(row, projects.move, to, reason)

    async def _move(self, row: Row, act: Callable[..., Row], *args: Any) -> None:
        try:
            moved = await self.write(act, row, *args)
        except Refused as error:
            if not error.missing:
                raise
            await self._see_to(row, error)
            return
        except Conflict:
            self.tell(_("{code} was changed meanwhile; look again.").format(code=row.code), "warn")
            self.reload()
            return
        self._stored[moved.id] = moved
        told = _("{code} is now in: {stage}.").format(code=moved.code, stage=stage_label(moved.stage))
        crowded = await self.read(projects.wip_warnings, self.desk.settings, moved.stage)
        self.tell(" ".join([told, *crowded]), "warn" if crowded else "good")

    async def _see_to(self, row: Row, error: Refused) -> None:
        number = await self.app.push_screen_wait(Lacking(error))
        if not isinstance(number, int):
            return
        line = error.missing[number]
        field = next((name for said, name in FILLED_IN.items() if _(said) == line), "")
        if field:
            await self.app.push_screen_wait(FormAt(row, field))
        elif any(_(said) == line for said in APPROVED_BY_KEY):
            await self._approve(row)
        else:
            self.see(row, line.partition(" ")[0])

    # -- approval -------------------------------------------------------------------------------------------------------

    @job
    async def action_approve(self) -> None:
        """Record who approved it, or its report."""
        async with self._turn:
            if row := self._project():
                await self._approve(row)

    async def _approve(self, row: Row) -> None:
        step = DECIDED_IN.get(row.stage)
        if step is None:
            places = ", ".join(stage_label(stage) for stage in DECIDED_IN)
            self.tell(_("An approval is recorded in: {stages}.").format(stages=places))
            return
        question = _("Who approved {code}?") if step == "project" else _("Who approved the report of {code}?")
        by = await self.ask(question.format(code=row.code))
        if by and by.strip():
            decided = await self.write(approvals.decide, row, "approve", step=step, by=by)
            told = _("The approval by {who} is recorded; Shift+→ advances {code}.")
            self.tell(told.format(who=decided.by, code=row.code), "good")

    # -- tasks ----------------------------------------------------------------------------------------------------------

    async def task_at_mark(self, project: Row) -> Row | None:
        """The task that is ticked off: the project's next one, unless a screen has a mark at tasks."""
        return (await self.read(next_tasks, [project.id])).get(project.id)

    @job
    async def action_tick(self) -> None:
        """The task done."""
        async with self._turn:
            if (row := self._project()) is None:
                return
            task = await self.task_at_mark(row)
            if task is None:
                self.tell(_("{code} has no open task here.").format(code=row.code))
                return
            self.tell(*finished(*await self.write(projects.finish, task)))

    @job
    async def action_task(self) -> None:
        """A task of the project, in one line."""
        async with self._turn:
            if row := self._project():
                typed = await self.ask(_("Task for {code} (title @owner 3/20)").format(code=row.code))
                if typed and typed.strip():
                    task = await self.write(add_task, row, typed)
                    self.tell(_("{code} is saved.").format(code=task.code), "good")

    async def fresh(self, row: Row) -> Row:
        """The record as it is stored now."""
        return await self.read(query.get, row.kind, row.id)
