"""What every part of the crisis screen stands on: the crisis in sight, who may write, and questions that cover no clock."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from textual.widget import Widget
from textual.widgets import Input

from prtui import clock
from prtui.clock import Moment
from prtui.desk import crisis_log
from prtui.desk.crisis_status import Facts, Status, gather, status_at
from prtui.errors import Conflict, Invalid, NotFound, PrtuiError, Refused
from prtui.i18n import _
from prtui.screens.base import DeskScreen
from prtui.screens.chrome import Piece
from prtui.screens.crisis_hold import session
from prtui.screens.crisis_line import CrisisLine, Ready, narrow, time_and_reason
from prtui.store import Row, query
from prtui.store.crisis import RUNNING, of_crisis

COMMAND_LINE = "prtui crisis"  # a hint that names it says nothing here: there are keys


@dataclass(frozen=True)
class Reading:
    """All that is shown: the running crises, the one in sight, its team in the plan by role, when a drill's next news comes,
    and the latest crises that do not run."""

    crises: Sequence[Row]
    facts: Facts | None
    plan: Mapping[str, Row]
    push_at: datetime | None
    past: Sequence[Row]


def read(wanted: int | None, anew: bool) -> Reading:
    """The crisis of that id, else the first that runs; none with `anew`. Real ones come before drills, the worst first."""
    crises = crisis_log.open_crises()
    found = next((row for row in crises if row.id == wanted), None)
    if found is None and wanted is not None:
        found = query.get("crisis", wanted)
    if found is None and crises and not anew:
        found = crises[0]
    plan = {row.role: row for row in query.rows("teammember")} if found is not None else {}
    past = [row for row in query.rows("crisis", order=("-detected_at",), limit=20) if row.state not in RUNNING][:5]
    return Reading(crises, gather(found) if found is not None else None, plan, _push_at(found), past)


def _push_at(row: Row | None) -> datetime | None:
    if row is None or not row.drill or row.state not in RUNNING:
        return None
    waiting = of_crisis("inject", row, delivered_at=None)
    start: datetime = row.detected_at.at
    return min((start + timedelta(minutes=one.minute) for one in waiting), default=None)


@dataclass
class Question:
    """A question that stands in the line: `keys` answer it at once, `before` was half typed there; `at` is the answer that is
    marked, which Enter takes, or -1 where none is."""

    words: str
    answer: asyncio.Future[str | None]
    keys: tuple[str, ...]
    changed: Callable[[str], None] | None
    before: str
    at: int = -1


class Asking(DeskScreen[None]):
    """`notice` is what is told in the place of the last lines until the next key, `choices` the answers of `question`."""

    def __init__(self) -> None:
        super().__init__()
        self.reading: Reading | None = None
        self.notice: tuple[Piece, ...] = ()
        self.choices: tuple[tuple[str, str], ...] = ()
        self.question: Question | None = None

    # -- the crisis in sight ----------------------------------------------------------------------------------------------

    @property
    def facts(self) -> Facts | None:
        """What was read of it."""
        return self.reading.facts if self.reading is not None else None

    @property
    def crisis(self) -> Row:
        """Its row. Raises NotFound where there is none."""
        if self.facts is None:
            raise NotFound(_("There is no crisis."), hint=_("Enter starts the clock."))
        return self.facts.crisis

    @property
    def status(self) -> Status | None:
        """The crisis at this very instant."""
        return status_at(self.desk.settings, self.facts, clock.now()) if self.facts is not None else None

    @property
    def zone(self) -> str:
        """The brand's zone."""
        return self.desk.settings.zone

    @property
    def session(self) -> str:
        """This running prtui."""
        return session()

    @property
    def is_quiet(self) -> bool:
        """Whether no real crisis runs: then nothing stands between her and the clock of a new one."""
        return self.reading is not None and all(row.drill for row in self.reading.crises)

    @property
    def holds(self) -> bool:
        """Whether this session may write."""
        return self.facts is not None and crisis_log.may_write(self.facts.crisis, self.desk.settings.actor, session())

    def held(self) -> Row:
        """The crisis in sight, to be written to. Raises Refused where another session holds it."""
        row = self.crisis
        if not self.holds:
            raise Refused(
                _("{who} holds {code}; here it is read only.").format(who=row.held_by or "—", code=row.code),
                hint=_("Ctrl+T takes it over."),
            )
        return row

    # -- saying and asking ------------------------------------------------------------------------------------------------

    def draw(self) -> None:
        """Show everything as it is now."""

    def say(self, *notice: Piece) -> None:
        """Tell this in the place of the last lines, until the next key."""
        self.notice = notice
        self.draw()

    def note(self, message: str, tone: str = "muted") -> None:
        """What is being made of what is typed."""
        self.say(*([(message, tone)] if message else []))

    async def ask(
        self,
        prompt: str,
        value: str = "",
        *,
        changed: Callable[[str], None] | None = None,
        moves: Widget | None = None,
        keys: Iterable[str] = (),
        at: int = -1,
    ) -> str | None:
        """The line typed, or None after Esc. The question stands in the line itself; what was half typed there comes back."""
        self.answer(None)  # one question at a time
        answer: asyncio.Future[str | None] = asyncio.get_running_loop().create_future()
        asked = self.question = Question(prompt, answer, tuple(keys), changed, self.entry.value, at)
        self.put(value)
        self.show_keys()
        self.draw()
        try:
            with self.desk.asking():
                return await answer
        finally:
            if self.question is asked:
                self.answer(None)

    def answer(self, value: str | None) -> None:
        """The answer to the question that is open, if one is."""
        asked, self.question = self.question, None
        if asked is None:
            return
        self.put(asked.before)
        self.notice = ()
        self.show_keys()
        self.draw()
        if not asked.answer.done():
            asked.answer.set_result(value)

    def put(self, words: str) -> None:
        """These words into the line."""
        with self.prevent(Input.Changed):
            self.entry.value = words
        self.entry.cursor_position = len(words)

    async def trouble(self, error: PrtuiError) -> None:
        """What went wrong, as lines: nothing ever covers the clock."""
        if isinstance(error, Invalid):
            lines = [f"{name}: {why}" for name, why in error.fields.items()]
        elif isinstance(error, Conflict):
            lines = [_("Somebody else was quicker; here is how it stands now. Once more, please.")]
            self.reload()
        else:
            lines = [error.summary, *error.missing] if isinstance(error, Refused) else [error.message]
        hint = error.hint if COMMAND_LINE not in error.hint else ""
        first, *more = lines
        told: list[Piece] = [(first, "bad"), *((f"- {line}", "") for line in more)]
        self.say(*told, *([(hint, "accent")] if hint else []))

    async def pick(self, question: str, choices: Mapping[str, str], fallback: str | None = None) -> str | None:
        """One of the answers, by its key, or by Enter at the mark; None after Esc. The mark begins at `fallback`. Where nothing
        is marked Enter only says which keys answer: what was not chosen is never stored."""
        self.choices = tuple(choices.items())
        at = next((number for number, key in enumerate(choices) if key == fallback), -1)
        try:
            return await self.ask(question, keys=choices, at=at)
        finally:
            self.choices = ()
            self.draw()

    async def choose(self, question: str, answers: Sequence[Sequence[Piece]]) -> int | None:
        """Below the clock, by a digit."""
        said = {str(number): "".join(words for words, _tone in one) for number, one in enumerate(answers[:9], 1)}
        key = await self.pick(question, said, "1")
        return int(key) - 1 if key is not None else None

    async def ask_time(self, question: str, value: str = "") -> tuple[Moment | None, str] | None:
        """An instant (None for now) and a reason, `02:58 why`; None after Esc."""
        typed = await self.ask(question, value)
        return time_and_reason(typed, self.zone) if typed is not None else None

    # -- keys -----------------------------------------------------------------------------------------------------------------

    @property
    def entry(self) -> Ready:
        """The place to type."""
        return self.query_one(CrisisLine).field

    def take_key(self, key: str, character: str | None) -> bool:
        """Whether the key is dealt with: as an answer to the question, or as what it does here."""
        self.tell("")
        typed = narrow(character or "")
        if self.question is None:
            return self.pressed(key, typed)
        if key == "escape":
            self.answer(None)
        elif self.question.keys:
            return self._choose(self.question, key, typed)
        elif key == "enter":
            self.answer(self.entry.value)
        else:
            return key in Ready.OTHERS
        return True

    def _choose(self, asked: Question, key: str, typed: str) -> bool:
        if typed and typed in asked.keys:
            self.answer(typed)
        elif key in ("up", "down"):
            asked.at = (max(asked.at, 0) - 1 if key == "up" else asked.at + 1) % len(asked.keys)
            self.show_keys()
            self.draw()
        elif key == "enter" and asked.at >= 0:
            self.answer(asked.keys[asked.at])
        elif key == "enter":
            wanted = _("Press one of {keys}, or the arrows and Enter. Esc stores nothing.")
            self.tell(wanted.format(keys=" ".join(asked.keys)), "warn")
        else:
            return bool(typed and typed.isprintable()) or key in Ready.OTHERS
        return True

    def pressed(self, key: str, typed: str) -> bool:
        """Whether the key does something here; `typed` is its character, a plain one for a full-width one."""
        return False
