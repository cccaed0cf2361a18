"""The start screen: what is overdue, due today and next, and what is worth a look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.timer import Timer

from prtui import clock, i18n
from prtui.commands import TODAY as SCOPE
from prtui.config import Settings
from prtui.desk import projects
from prtui.desk.today import LOOK, OVERDUE, SECTIONS, TOMORROW, WEEK, Listed, attention
from prtui.desk.today import TODAY as TODAY_SECTION
from prtui.i18n import _
from prtui.screens import copying
from prtui.screens.agenda import Agenda, Facts, in_columns, shared
from prtui.screens.base import DeskScreen
from prtui.screens.cards import short
from prtui.screens.chrome import Piece, cut, drawn
from prtui.screens.options import Option, Options
from prtui.screens.sheet import sheet
from prtui.screens.tasks import finished, postpone
from prtui.screens.working import job
from prtui.store import Row, query
from prtui.store.projects import OPEN_TASKS
from prtui.text import cells

if TYPE_CHECKING:
    from prtui.documents.copies import Copy

WEEK_DAYS = 7
DETAIL = 37  # cells of the region at the right
MOST = (2, 12, 0, 10, 11, 12, 12)  # at most so many cells: mark, kind, what, who, when, late, code
WHAT = 2  # the column that takes what the others leave
GRAVE = 1  # this weight or less is marked twice


@dataclass(frozen=True)
class Reading:
    """What needs attention, and what there is at all: (projects, people)."""

    listed: Sequence[Listed]
    stored: tuple[int, int]


def read(settings: Settings) -> Reading:
    """The attention of a week."""
    listed = attention(settings, days=WEEK_DAYS)
    stored = (1, 1) if listed else (query.count("project"), query.count("person"))
    return Reading(listed, stored)


class TodayScreen(DeskScreen[None]):
    """Today and tomorrow, or the whole week."""

    scopes = (SCOPE,)
    has_detail = True

    def __init__(self) -> None:
        super().__init__()
        self.week = False
        self._reading: Reading | None = None
        self._by_id: dict[Hashable, Listed] = {}
        self._minute: Timer | None = None

    # -- what is shown ------------------------------------------------------------------------------------------------

    def body(self) -> ComposeResult:
        """The lines; the first steps while there are none."""
        yield Facts(id="steps")
        yield Agenda(id="lines")

    @property
    def lines(self) -> Agenda:
        """The lines."""
        return self.query_one(Agenda)

    def focus_first(self) -> None:
        """The lines take the arrows."""
        self.lines.focus()

    async def refresh_data(self) -> None:
        """Read what needs attention."""
        self._reading = await self.read(read, self.desk.settings)
        self._show()
        self._next_minute()

    def _next_minute(self) -> None:
        # Read again as the minute changes: what is due in an hour may be overdue by then. Equal lines are not painted.
        if self._minute is not None:
            self._minute.stop()
        now = clock.now()
        self._minute = self.set_timer(60 - now.second - now.microsecond / 1e6 + 0.1, self._pass)

    def _pass(self) -> None:
        if self.is_current:
            self.reload()
        else:
            self._stale = True  # read when it comes back into sight

    def on_resize(self, event: events.Resize) -> None:
        """Lays the lines out again."""
        super().on_resize(event)
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        reading, room = self._reading, self.lines.size.width - 2
        if reading is None or room < 1:
            return
        shown = [one for one in reading.listed if self.week or one.section != WEEK]
        self._say_head(reading.listed)
        self.query_one("#steps", Facts).show(first_steps(reading.stored) if not shown else [])
        self.lines.show(self._options(shown, room))
        self.detail.show(self._about_marked())

    def _say_head(self, listed: Sequence[Listed]) -> None:
        settings = self.desk.settings
        day, language = clock.today(settings.zone), i18n.language()
        words = [clock.long_day(day, language), clock.weekday(day, language)]
        left = " ".join(words if language == "zh" else reversed(words))
        scope = _("Week") if self.week else ""
        self.head([(left, "bold"), (f"  {scope}", "muted")], biggest(listed, self.size.width // 2 - 2))

    def _options(self, shown: Sequence[Listed], room: int) -> list[Option]:
        today = clock.today(self.desk.settings.zone)
        columns = [line_of(one, today) for one in shown]
        widths = shared(columns, room, flexible=WHAT, most=MOST)
        options: list[Option] = []
        self._by_id = {}
        seen: Counter[Hashable] = Counter()
        section = ""
        for one, values in zip(shown, columns, strict=True):
            if one.section != section:
                section = one.section
                options += [Option(None, ())] if options else []
                options.append(Option(None, ((_(SECTIONS[section]), "muted"),)))
            row = one.item.row
            base = (one.label, row.kind, row.id)
            seen[base] += 1  # a project may be both blocked and red
            key = (*base, seen[base])
            self._by_id[key] = one
            options.append(Option(key, in_columns(_noted(one, values, widths[WHAT]), widths)))
        return options

    # -- what the mark is on --------------------------------------------------------------------------------------------

    @property
    def marked(self) -> Row | None:
        """The record at the mark."""
        at = self.lines.current
        one = self._by_id.get(at.id) if at is not None else None
        return one.item.row if one is not None else None

    async def copies(self) -> Sequence[Copy]:
        """The line of the record at the mark."""
        return await copying.lines(self, [self.marked] if self.marked is not None else [])

    def on_options_moved(self, message: Options.Moved) -> None:
        """Shows the record at the mark."""
        message.stop()
        self.detail.follow(self._about_marked)

    def _about_marked(self) -> Sequence[Sequence[Piece]]:
        row = self.marked
        if row is None:
            return []
        return [[(row.heading, "bold")], [(row.code, "muted")], [], *sheet(row, DETAIL, self.desk.settings.zone)]

    # -- keys -----------------------------------------------------------------------------------------------------------

    def on_options_picked(self, message: Options.Picked) -> None:
        """Enter opens the record."""
        message.stop()
        self.action_open()

    def action_open(self) -> None:
        """The page of the record at the mark."""
        if (row := self.marked) is not None:
            self.desk.open_record(row, self._around)

    async def _around(self, direction: int) -> Row | None:
        before = self.lines.cursor
        self.lines.action_move(direction)
        return self.marked if self.lines.cursor != before else None

    @job
    async def action_tick(self) -> None:
        """The task done."""
        row = self.marked
        if row is None:
            return
        task = await self.read(query.get, row.kind, row.id)
        if task.kind != "task":
            told = _("{code} is not a task that is ticked off; Enter opens it.")
            self.tell(told.format(code=task.code))
        elif task.status in OPEN_TASKS:
            self.tell(*finished(*await self.write(projects.finish, task)))

    @job
    async def action_postpone(self) -> None:
        """To another day."""
        row = self.marked
        if row is None:
            return
        if row.kind not in ("task", "project"):
            told = _("{code} has a time of its own, which is set in its form: Enter, then e.")
            self.tell(told.format(code=row.code))
            return
        await postpone(self, await self.read(query.get, row.kind, row.id))

    def action_week(self) -> None:
        """Today, or the next seven days."""
        self.week = not self.week
        self._show()


# -- what is said -----------------------------------------------------------------------------------------------------------


def line_of(one: Listed, today: date) -> list[Piece]:
    """The cells of a line: mark, kind, what, who, when, how late or how long, code."""
    late = one.section == OVERDUE
    item = one.item
    mark = ("!!" if item.weight <= GRAVE else "! ") if late else ""
    return [
        (mark, "bad"),
        (_(one.label), "muted"),
        (item.what, ""),
        (item.who, ""),
        (_time_of(one), ""),
        (one.late, "bad" if late else "muted"),
        (short(item.row.code, today), "muted"),
    ]


def _noted(one: Listed, values: list[Piece], room: int) -> list[Piece]:
    """The project of a task beside its title, where there is room for both."""
    item = one.item
    if item.row.kind == "task" and item.note and cells(drawn(f"{item.what}  {item.note}")) <= room:
        values[WHAT] = (f"{item.what}  {item.note}", "")
    return values


def _time_of(one: Listed) -> str:
    """When it is due, without a day that its heading says already."""
    if one.section not in (TODAY_SECTION, TOMORROW):
        return one.when
    return one.when[-5:] if isinstance(one.item.due, datetime) else ""


def biggest(listed: Sequence[Listed], room: int) -> list[Piece]:
    """The next thing of most consequence that is not late: its name, cut to the room, and how near it is."""
    ahead = [one for one in listed if one.section not in (OVERDUE, LOOK)]
    if not ahead:
        return []
    one = min(ahead, key=lambda each: each.item.weight)
    near = {TODAY_SECTION: _("today"), TOMORROW: _("tomorrow")}.get(one.section, "")
    words = "  " + " ".join(word for word in (near, _time_of(one)) if word)
    return [*cut([(one.item.row.heading, "")], room - cells(words))[0], (words, "accent")]


def first_steps(stored: tuple[int, int]) -> list[list[Piece]]:
    """What to do when there is nothing to do: begin, or look further ahead."""
    if all(stored):
        return [[(_("Nothing is due today or tomorrow. w shows the week."), "muted")]]
    steps = [
        ("F11 a", _("add the people who do the work, yourself first")),
        ("F3 a", _("add the first project")),
        ("F8 m", _("bring in releases, minutes and clippings out of files")),
        ("F12", _("in a crisis, at any time: the clock")),
    ]
    lines: list[list[Piece]] = [[(_("Nothing is due. To begin with:"), "")], []]
    return lines + [[(f"  {keys:<6}", "key"), (words, "")] for keys, words in steps]
