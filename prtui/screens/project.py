"""The page of a project: where it stands and what it lacks, its tasks, and everything one key away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical

from prtui import clock
from prtui.commands import PROJECT, RECORD, WORK, Command, of
from prtui.config import Settings
from prtui.desk import projects, records
from prtui.desk.projects import Card
from prtui.i18n import _
from prtui.screens import copying
from prtui.screens.agenda import Agenda, Facts, in_columns, shared
from prtui.screens.cards import days, health, spent
from prtui.screens.chrome import Piece
from prtui.screens.dialogs import Choose
from prtui.screens.form import FormScreen
from prtui.screens.options import Option, Options
from prtui.screens.record import Around, RecordPage
from prtui.screens.sheet import sheet
from prtui.screens.steps import Steps, following, stage_label
from prtui.screens.tasks import postpone
from prtui.screens.working import job
from prtui.store import Row, query
from prtui.store.projects import BOARD, OPEN_TASKS, Stage, TaskStatus
from prtui.terminal.width import glyphs

if TYPE_CHECKING:
    from prtui.documents.copies import Copy

LACKS_SHOWN, LACKS_TALL = 3, 8  # lines of what is missing, and on a screen of so many lines or more
TALL = 36
DETAIL = 37  # cells of the region at the right
LOW = 12  # lines of the body below which only the most needed facts are shown
TASK_COLUMNS = (8, 0, 10, 10, 12, 8, 12)  # at most so many cells: must, title, owner, due, late, status, code


@dataclass(frozen=True)
class Reading:
    """All that the page shows of a project."""

    card: Card
    tasks: Sequence[Row]
    lacks: Sequence[str]
    related: list[tuple[str, Row]]


def read(row: Row, settings: Settings) -> Reading:
    """The project as it is stored now: its tasks (open ones first), what the next stage lacks, what is related."""
    fresh = query.get("project", row.id, deleted=True)
    found = query.rows("task", {"project": fresh.id})
    tasks = sorted(found, key=lambda task: task.status not in OPEN_TASKS)
    counted = [task for task in tasks if task.status != TaskStatus.DROPPED]
    done = sum(task.status == TaskStatus.DONE for task in counted)
    left = (fresh.due_on - clock.today(settings.zone)).days if fresh.due_on else None
    upcoming = tasks[0] if tasks and tasks[0].status in OPEN_TASKS else None
    card = Card(fresh, left, projects.is_stale(fresh, settings), (done, len(counted)), upcoming)
    to = following(fresh)
    found_near = [(how, one) for how, one in records.related(fresh) if one.kind != "task"]
    related = sorted(found_near, key=lambda pair: pair[1].kind == "person")  # her owner she knows
    return Reading(card, tasks, projects.missing(fresh, to) if to else (), related)


class ProjectPage(RecordPage, Steps):
    """One project. `at` is the code of the task the mark begins at."""

    scopes: ClassVar[tuple[str, ...]] = (PROJECT, WORK, RECORD)
    has_detail = True

    def __init__(self, row: Row, around: Around | None = None, *, at: str = "") -> None:
        super().__init__(row, around)
        self._at = at
        self._reading: Reading | None = None

    # -- what is shown ------------------------------------------------------------------------------------------------

    def body(self) -> ComposeResult:
        """What is so, then what can be done something about."""
        with Vertical():
            yield Facts(id="facts")
            yield Agenda(id="lines")

    @property
    def lines(self) -> Agenda:
        """The project itself, its tasks, and what is related."""
        return self.query_one(Agenda)

    @property
    def subject(self) -> Row | None:
        """The project."""
        return self.row

    def focus_first(self) -> None:
        """The tasks take the arrows."""
        self.lines.focus()

    def keys_now(self) -> list[Command]:
        """Those of what the mark is on."""
        shown = [command for command in of(*self.scopes) if command.foot]
        first = ("open", "tick", "advance", "add", "waive", "postpone", "edit", "move")
        chosen = {one.action: one for one in reversed(shown)}
        if self.marked_task is None:
            for action in ("tick", "waive", "postpone"):
                chosen.pop(action, None)
        return sorted(chosen.values(), key=lambda one: first.index(one.action) if one.action in first else len(first))

    async def refresh_data(self) -> None:
        """Read the project and everything of it."""
        before = self._reading
        self._reading = await self.read(read, self.row, self.desk.settings)
        self.row, self.related = self._reading.card.row, self._reading.related
        self.show_record()
        if before is None or before.card.row.id != self.row.id:
            self._begin()

    def _begin(self) -> None:
        # The mark begins at the first thing to do.
        task = next((one for one in self._tasks if self._at in ("", one.code) and one.status in OPEN_TASKS), None)
        self.lines.go(("task", task.id) if task else ("project", self.row.id))
        self._at = ""

    @property
    def _tasks(self) -> Sequence[Row]:
        return self._reading.tasks if self._reading else ()

    def show_sheet(self) -> None:
        """Lay everything out for the room there is."""
        reading, room = self._reading, self.lines.size.width - 2
        if reading is None or room < 1:
            return
        low = self.size.height < LOW + 4
        most = LACKS_TALL if self.size.height >= TALL else LACKS_SHOWN
        self.query_one("#facts", Facts).show(list(facts(reading, most))[: 2 if low else None])
        self.lines.show(list(self._lines(reading, room)))
        self.detail.show(self._about_marked())

    def state(self) -> list[Piece]:
        """Priority, health and days."""
        if self._reading is None:
            return []
        card = self._reading.card
        glyph, tone = health(card.row)
        return [
            (f"{card.row.priority}  ", "muted"),
            (f"{glyph} {card.row.shown('health')}  ", tone),
            *days(card),
        ]

    def _options(self) -> list[Option]:
        return []  # everything stands in one list here

    def show_record(self) -> None:
        """Draw what was read."""
        row = self.row
        gone: list[Piece] = [(_("deleted"), "bad"), ("  ", "")] if row.deleted_at else []
        self.head([(f"{row.heading}  ", "bold"), *self.state()], [*gone, (row.code, "muted")])
        self.show_sheet()

    def _lines(self, reading: Reading, room: int) -> Iterator[Option]:
        today = clock.today(self.desk.settings.zone)
        yield Option(("project", self.row.id), tuple(brief(reading.card)))
        yield Option(None, ())
        done, whole = reading.card.tasks
        heading = f"{_('Tasks')} {done}/{whole}" if whole else _("Tasks: none yet. a adds one.")
        yield Option(None, ((heading, "muted"),))
        cells = [list(task_line(task, today)) for task in reading.tasks]
        widths = shared(cells, room, flexible=1, most=TASK_COLUMNS)
        for task, values in zip(reading.tasks, cells, strict=True):
            yield Option(("task", task.id), in_columns(values, widths))
        group = ""
        for number, (how, row) in enumerate(reading.related):
            if how != group:
                group = how
                yield Option(None, ())
                yield Option(None, ((how, "muted"),))
            names = [name for name in row.model.shown if name != row.model.titled_by and name != "project"]
            said = "  ".join(word for word in (row.shown(name) for name in names) if word)
            yield Option(("near", number), ((row.heading, ""), ("  ", ""), (said, "muted")), row.code)

    # -- what the mark is on --------------------------------------------------------------------------------------------

    @property
    def marked(self) -> Row:
        """The record at the mark; the project itself when there is no other."""
        at = self.lines.current
        if at is not None and isinstance(at.id, tuple) and self._reading is not None:
            what, key = at.id
            if what == "near" and key < len(self.related):
                return self.related[key][1]
            if what == "task":
                return next((task for task in self._tasks if task.id == key), self.row)
        return self.row

    async def copies(self) -> Sequence[Copy]:
        """Of the project, or the line of the task or record at the mark."""
        at = self.marked
        return await copying.record(self, at) if at is self.row else await copying.lines(self, [at])

    @property
    def marked_task(self) -> Row | None:
        """The task at the mark."""
        return self.marked if self.marked.kind == "task" else None

    async def task_at_mark(self, project: Row) -> Row | None:
        """The task at the mark, as it is stored now; elsewhere the next one."""
        if self.marked_task is None:
            return await super().task_at_mark(project)
        task = await self.fresh(self.marked_task)
        return task if task.status in OPEN_TASKS else None

    def on_options_moved(self, message: Options.Moved) -> None:
        """Shows the record at the mark, and what can be done with it."""
        message.stop()
        self.detail.follow(self._about_marked)
        self.show_keys()

    def _about_marked(self) -> Sequence[Sequence[Piece]]:
        row = self.marked
        return [[(row.heading, "bold")], [(row.code, "muted")], [], *sheet(row, DETAIL, self.desk.settings.zone)]

    def see(self, project: Row, task: str = "") -> None:
        """Put the mark at the task."""
        for one in self._tasks:
            if one.code == task:
                self.lines.go(("task", one.id))

    # -- keys -----------------------------------------------------------------------------------------------------------

    def on_options_picked(self, message: Options.Picked) -> None:
        """Enter opens what the mark is on."""
        message.stop()
        self.action_open()

    def action_open(self) -> None:
        """The page of the task or record at the mark; the form of the project."""
        row = self.marked
        if row.kind == "project" and row.id == self.row.id:
            self.action_edit()
        else:
            self.desk.open_record(row)

    def action_related(self) -> None:
        """To the next part: the project, its tasks, what is related."""
        ids = [option.id for option in self.lines.options if isinstance(option.id, tuple)]
        parts = list(dict.fromkeys(what for what, _key in ids))
        at = self.lines.current
        here = at.id[0] if at is not None and isinstance(at.id, tuple) else ""
        if parts:
            part = parts[(parts.index(here) + 1) % len(parts)] if here in parts else parts[0]
            self.lines.go(next(one for one in ids if one[0] == part))

    @job
    async def action_edit(self) -> None:
        """The form of what the mark is on."""
        row = await self.fresh(self.marked)
        await self.app.push_screen_wait(FormScreen(row.kind, row))

    @job
    async def action_add(self) -> None:
        """A task in a form, for what one line does not say."""
        start = {"project": self.row.pointer, "owner": self.row.owner}
        row = await self.app.push_screen_wait(FormScreen("task", values=start))
        if row is not None:
            await self.refresh_data()
            self.lines.go(("task", row.id))

    @job
    async def action_waive(self) -> None:
        """Somebody answers for leaving a must undone."""
        task = self.marked_task
        if task is None or not task.must:
            self.tell(_("Only a task that must be done is waived."))
            return
        people = await self.read(query.rows, "person")
        options = [
            Option(one.pointer, ((one.heading, ""), ("  ", ""), (one.shown("department"), "muted"))) for one in people
        ]
        question = _("Who answers for leaving {code} {title} undone?").format(code=task.code, title=task.heading)
        person = await self.app.push_screen_wait(Choose(question, options, narrow=True))
        if person is not None:
            await self.write(records.change, await self.fresh(task), {"waived_by": person})
            self.tell(_("{code} is waived. Ctrl+Z takes it back.").format(code=task.code), "good")

    @job
    async def action_postpone(self) -> None:
        """The task at the mark, or the project, to another day."""
        row = self.marked
        if row.kind not in ("task", "project"):
            self.tell(_("Only a task or a project is postponed."))
            return
        await postpone(self, await self.fresh(row))

    @job
    async def action_remove(self) -> None:
        """The task at the mark, the link at the mark, or the project, out of sight."""
        row = self.marked
        if row.kind == "task":
            await self.write(records.remove, await self.fresh(row))
            self.tell(_("{code} is deleted. Ctrl+Z brings it back.").format(code=row.code))
        elif row.id == self.row.id and row.kind == "project":
            await self.write(records.remove, row)
            self.desk.tell_after(_("{code} is deleted. Ctrl+Z brings it back.").format(code=row.code))
            self.dismiss()
        else:
            await self.write(records.unlink, self.row, row)
            told = _("{one} and {other} are no longer linked. Ctrl+Z links them again.")
            self.tell(told.format(one=self.row.code, other=row.code))


# -- what is said -----------------------------------------------------------------------------------------------------------


def facts(reading: Reading, most: int) -> Iterator[list[Piece]]:
    """Where the project stands, what the next stage lacks in at most so many lines, and how the money is."""
    row = reading.card.row
    yield list(_strip(row))
    yield from _lacks(row, reading.lacks, most)
    if row.blocked_by:
        yield [(f"! {_('Blocked by')} ", "bad"), (row.blocked_by, "")]
    if row.health_reason:
        glyph, tone = health(row)
        yield [(f"{glyph} {row.shown('health')} ", tone), (row.health_reason, "")]
    if row.objective:
        target: list[Piece] = [(f"  {_('KPI')} ", "muted"), (row.kpi_target, "")] if row.kpi_target else []
        yield [(f"{_('Objective')} ", "muted"), (row.objective, ""), *target]
    if row.budget is not None:
        settled = _("settled") if row.budget_settled else _("not settled")
        sums = f"{row.shown('spent') or glyphs().none} / {row.shown('budget')}"
        yield [(f"{_('Budget')} ", "muted"), *spent(reading.card.share), (f"  {sums}", ""), (f"  {settled}", "muted")]
    yield []


def _strip(row: Row) -> Iterator[Piece]:
    if row.stage not in BOARD:
        yield f"{glyphs().mark}{stage_label(row.stage)}", "bold"
        if row.held_from:
            yield f"  {_('from')} {stage_label(row.held_from)}", "muted"
        return
    for number, stage in enumerate(BOARD):
        here = stage == row.stage
        yield f" {glyphs().prompt} " if number else "", "muted"
        yield f"{glyphs().mark if here else ''}{stage_label(stage)}", "bold" if here else "muted"


def _lacks(row: Row, lacks: Sequence[str], most: int) -> Iterator[list[Piece]]:
    to = following(row)
    if to is None:
        return
    if not lacks:
        yield [(_("Nothing is missing for {stage}: Shift+→ advances.").format(stage=stage_label(to)), "good")]
        return
    told = _("Missing for {stage}:").format(stage=stage_label(to))
    shown = lacks[: most if len(lacks) <= most else most - 1]
    for number, lack in enumerate(shown):
        yield [(f"{told} " if not number else "  ", "warn"), (lack, "")]
    if len(lacks) > len(shown):
        yield [("  ", ""), (_("and {count} more; Shift+→ lists them.").format(count=len(lacks) - len(shown)), "muted")]


def brief(card: Card) -> Iterator[Piece]:
    """Owner, kind and days of a project in one line."""
    row = card.row
    yield row.owner.title if row.owner else glyphs().none, ""
    if row.type:
        yield f"  {row.shown('type')}", ""
    if row.start_on or row.due_on:
        yield f"  {row.shown('start_on')} {glyphs().drawn('→')} {row.shown('due_on') or glyphs().none}", ""
    if row.baseline_due_on and row.baseline_due_on != row.due_on:
        yield f"  {_('planned for')} {row.shown('baseline_due_on')}", "muted"
    if row.stage == Stage.CLOSED and row.actual_end_on:
        yield f"  {_('ended')} {row.shown('actual_end_on')}", "muted"


def task_line(task: Row, today: date) -> Iterator[Piece]:
    """The cells of a task: whether it must be done, title, owner, due, how late, status, code."""
    still = task.status in OPEN_TASKS
    late = (today - task.due_on).days if task.due_on and still else 0
    must = "" if not task.must else _("waived") if task.waived_by else _("must")
    tone = "" if still else "muted"
    yield must, "bold" if task.must and still and not task.waived_by else "muted"
    yield task.title, tone
    yield task.owner.title if task.owner else "", tone
    yield task.shown("due_on")[5:] if task.due_on and task.due_on.year == today.year else task.shown("due_on"), tone
    yield _("late {days} d").format(days=late) if late > 0 else "", "bad"
    yield task.shown("status"), "good" if task.status == TaskStatus.DONE else tone
    yield task.code, "muted"
