"""F12: the crisis at 3 a.m. One screen says how long, what comes next, who holds it and which deadline is nearest.

The clock ticks from stored instants, never by counting; nothing covers it; whatever is typed is stored before it is drawn.
"""

from __future__ import annotations

import asyncio
from typing import ClassVar

from textual.timer import Timer
from textual.widgets import Input

from prtui import clock
from prtui.commands import CRISIS
from prtui.desk import crisis, crisis_log, drills
from prtui.desk.crisis_status import rings
from prtui.errors import PrtuiError
from prtui.i18n import _
from prtui.screens.base import Changed
from prtui.screens.crisis_asking import read
from prtui.screens.crisis_hold import is_gone
from prtui.screens.crisis_line import DIGITS, Late, understood
from prtui.screens.crisis_stamps import LEVELS
from prtui.screens.crisis_start import DRILLS, drill, start
from prtui.screens.crisis_view import HELP, LOG, PHONES, CrisisView
from prtui.screens.record import Around
from prtui.screens.working import job
from prtui.store import Row
from prtui.store.crisis import RUNNING, LogKind

KINDS = (LogKind.FACT, LogKind.DECISION, LogKind.CONTACT, LogKind.MEDIA)
SHOWN = frozenset(
    {
        "crisis", "milestone", "logentry", "wait", "crisisclock", "muster", "crisisstatement", "document", "approval",
        "enquiry", "complaint", "person", "teammember", "holdingtemplate", "stakeholder", "coverage", "inject", "crisisreview",
    }
)  # fmt: skip


class CrisisScreen(CrisisView):
    """The crisis in sight: as a place the worst that runs, else what a new one begins with; as a page the one of that row."""

    scopes: ClassVar[tuple[str, ...]] = (CRISIS,)
    keeps: ClassVar[frozenset[str]] = frozenset({"media", "documents"})

    def __init__(self, row: Row | None = None, around: Around | None = None) -> None:
        super().__init__()
        self.is_page = row is not None
        self.wanted: int | None = row.id if row is not None else None
        self._beat: Timer | None = None
        self._heard: tuple[object, float | None] = (None, None)
        self._restored = ""

    # -- what is shown ------------------------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Starts the clock."""
        self.focus_first()
        self._tick()

    def watches(self, changed: Changed) -> bool:
        """Whatever the picture is made of."""
        return bool(changed.kinds & SHOWN)

    async def refresh_data(self) -> None:
        """Read the crisis in sight; one whose session was killed is held again by its own person."""
        self.reading = await self.read(read, self.wanted, self.anew)
        facts = self.facts
        if facts is not None:
            self.wanted = facts.crisis.id
            actor = self.desk.settings.actor
            if (
                facts.crisis.state in RUNNING
                and not self.holds
                and facts.crisis.held_by == actor
                and is_gone(facts.crisis.held_session)
            ):
                await self.write(crisis_log.take_over, facts.crisis, session=self.session)
                self.reading = await self.read(read, self.wanted, self.anew)
        await self._restore()
        self.draw()
        self.show_keys()

    def on_screen_resume(self) -> None:
        """The right time at once."""
        self.draw()

    # -- the clock ----------------------------------------------------------------------------------------------------

    def _tick(self) -> None:
        # Once a second from the clock itself: a stalled link or a jump of the clock changes nothing.
        if self._beat is not None:
            self._beat.stop()
        now = clock.now()
        if self.is_current:
            self.draw()
        self._ring()
        self._push()
        self._beat = self.set_timer(1 - now.microsecond / 1e6 + 0.01, self._tick)

    def _ring(self) -> None:
        status = self.status
        big = status.big if status is not None and status.crisis.state in RUNNING else None
        about = (status.crisis.id, big.key, big.due) if status is not None and big is not None else None
        left = status.left if status is not None else None
        known, before = self._heard
        self._heard = (about, left)
        if about is not None and about == known and rings(before, left) and not self.muted:
            self.app.bell()

    def _push(self) -> None:
        """The news of a drill that has come due."""
        reading = self.reading
        if reading is None or reading.push_at is None or reading.push_at > clock.now() or not self.holds:
            return
        if not any(worker.group == "push" and not worker.is_finished for worker in self.workers):
            self.start(self._deliver, "push", False)

    async def _deliver(self) -> None:
        await self.write(drills.deliver, self.crisis, session=self.session)

    # -- the line -----------------------------------------------------------------------------------------------------

    def on_input_changed(self, event: Input.Changed) -> None:
        """What is half typed outlives a dropped link."""
        if event.input is not self.entry:
            return
        event.stop()
        words = self.entry.value
        if self.question is not None:
            if self.question.changed is not None:
                self.question.changed(words)
        elif words:
            self.notice = ()
            self.desk.drafts.changed(self._draft_key, {"text": words}, 0)
        elif self._restored:
            self.desk.drafts.drop(self._draft_key)
        self.draw()

    @property
    def _draft_key(self) -> str:
        return f"F12:{self.facts.crisis.code if self.facts is not None else '-'}"

    async def _restore(self) -> None:
        key = self._draft_key
        if self._restored == key:
            return
        self._restored = key
        kept = await self.read(self.desk.drafts.drafts.find, key)
        if kept is not None and not self.entry.value:
            self.put(kept.values.get("text", ""))

    def action_log(self) -> None:
        """Enter: the line goes where it belongs."""
        typed = self.entry.value
        if self.reading is None:
            return
        self.notice = ()
        self.put("")
        if self.facts is None:
            past = self.reading.past
            if not typed.strip() and 0 < self.mark <= len(past):
                self.go_to(past[self.mark - 1].id)
            else:
                self.begin(typed, self.level)
        elif not typed.strip() and self.panel == PHONES:
            self.call(self._chairs[self.mark])
        elif typed.strip():
            self.enter_line(typed)

    @job
    async def enter_line(self, typed: str) -> None:
        """The line into the log, or a milestone with its time; what could not be stored stands in the line again."""
        try:
            meaning = understood(typed, self.zone)
            if isinstance(meaning, Late):
                await self.stamp_at(meaning.n, meaning.at, meaning.reason)
                stored = True
            else:
                stored = await self.enter(meaning, self.kind.value)
        except PrtuiError:
            self._put_back(typed)
            raise
        if stored:
            self.kind = LogKind.FACT
            self.desk.drafts.drop(self._draft_key)
            self.draw()
        else:
            self._put_back(typed)

    def _put_back(self, typed: str) -> None:
        if not self.entry.value:
            self.put(typed)

    @job
    async def begin(self, title: str, level: str = "") -> None:
        """The clock runs, then the level."""
        row = await self.write(start, title.strip(), self.session)
        if self.facts is None:
            self.desk.drafts.drop(self._draft_key)
        await self._see(row.id)
        if level:
            await self.write(crisis.stamp, row, 2, level=level, session=self.session)

    @job
    async def begin_drill(self, scenario: str) -> None:
        """A drill runs."""
        await self._see((await self.write(drill, scenario, self.session)).id)

    @job
    async def go_to(self, crisis_id: int | None, anew: bool = False) -> None:
        """Another crisis in sight; with `anew` what a new one begins with."""
        await self._see(crisis_id, anew)

    async def _see(self, crisis_id: int | None, anew: bool = False) -> None:
        if self.entry.value:  # words about this crisis never go into the log of the next: they wait here as a draft
            await asyncio.to_thread(self.desk.drafts.flush)
            self.put("")
        self.wanted, self.anew, self.panel, self.mark, self.level = crisis_id, anew, "", 0, ""
        self._heard = (None, None)
        await self.refresh_data()

    def action_begin(self) -> None:
        """Another real crisis: its clock runs at once, unless one runs already; then it is begun with Enter."""
        self.answer(None)
        if self.facts is None:
            title, level = self.entry.value, self.level
            self.put("")
            self.begin(title, level)
        elif self.is_quiet:
            self.begin("")
        else:
            self.begin_anew()

    def begin_anew(self) -> None:
        """What another crisis begins with; Esc goes back."""
        self.go_to(None, True)

    # -- keys -----------------------------------------------------------------------------------------------------------

    def pressed(self, key: str, typed: str) -> bool:
        """On an empty line a digit is a milestone; before the clock runs a level or a drill."""
        if self.reading is None:
            return False
        if len(typed) == 1 and typed in DIGITS and not self.entry.value:
            self.notice = ()
            self._digit(typed)
        elif key == "enter":
            self.action_log()
        elif key == "escape":
            self.action_back()
        elif key == "tab":
            self.action_kind()
        elif key == "ctrl+e" and self.facts is not None:  # to the line it is End
            self.action_export()
        elif key == "ctrl+a":  # to the line it is Home
            self.action_begin()
        elif key in ("up", "down"):
            self._move(1 if key == "down" else -1)
        elif key in ("pageup", "pagedown") and self.facts is not None:
            if not self.panel:
                self._open(LOG)
            else:
                self._move(self.page if key == "pagedown" else -self.page)
        else:
            return False
        return True

    def _digit(self, key: str) -> None:
        if self.facts is not None:
            self.action_stamp(key)
        elif key in LEVELS:
            self.begin("", LEVELS[key].value)
        elif key in DRILLS:
            self.begin_drill(DRILLS[key].key)

    def on_canvas_sized(self) -> None:
        """Lays everything out for the room there is now."""
        self.draw()

    def _move(self, steps: int) -> None:
        if self.facts is None:
            most = len(self.reading.past) if self.reading is not None else 0
        else:
            most = len(self._chairs) - 1 if self.panel == PHONES else 10_000
        self.mark = max(0, min(self.mark + steps, most))
        self.draw()
        if self.panel == PHONES:
            self.show_keys()

    def called(self) -> None:
        """On to the next seat."""
        self._move(1)

    def _open(self, panel: str) -> None:
        self.panel, self.mark, self.notice = ("" if self.panel == panel else panel), 0, ()
        self.draw()
        self.show_keys()

    def action_phones(self) -> None:
        """Who is called, and what came of it."""
        if self.facts is not None:
            self._open(PHONES)

    def action_scroll(self) -> None:
        """The whole log, or back."""
        if self.facts is not None:
            self._open(LOG)

    def show_help(self) -> None:
        """The keys below the clock, not over it."""
        if self.facts is not None:
            self._open(HELP)
        else:
            super().show_help()

    def action_kind(self) -> None:
        """What the line will be in the log; before the clock runs, the level."""
        if self.facts is None:
            levels = ["", *(level.value for level in LEVELS.values())]
            self.level = levels[(levels.index(self.level) + 1) % len(levels)]
        else:
            self.kind = KINDS[(KINDS.index(self.kind) + 1) % len(KINDS)]
        self.draw()

    def action_next(self) -> None:
        """The next crisis that runs."""
        self._turn(1)

    def action_previous(self) -> None:
        """The one before."""
        self._turn(-1)

    def _turn(self, steps: int) -> None:
        ids = [row.id for row in self.reading.crises] if self.reading is not None else []
        if ids and ids != [self.wanted]:
            at = ids.index(self.wanted) if self.wanted in ids else -1
            self.go_to(ids[(at + steps) % len(ids)])

    @job
    async def action_take_over(self) -> None:
        """This session writes from now on."""
        row = self.crisis
        if self.holds:
            self.tell(_("You hold it already."))
            return
        await self.write(crisis_log.take_over, row, session=self.session)
        self.tell(_("{who} holds {code}.").format(who=self.desk.settings.actor, code=row.code), "good")

    def action_back(self) -> None:
        """What is told or open is put away; then back to where she came from."""
        if self.notice:
            self.say()
        elif self.panel:
            self._open(self.panel)
        elif self.anew:
            self.go_to(None)
        elif self.is_page:
            self.dismiss()
