"""What every screen is built on: the one grid, the messages, and what the footer says.

A screen says its `scopes` (commands.py), what its `body` is, and how to `refresh_data`; the rest is done here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widget import Widget

from prtui import commands
from prtui.commands import DIALOG, EVERYWHERE, TYPING, Command
from prtui.errors import Trouble
from prtui.i18n import _
from prtui.screens import exists
from prtui.screens.chrome import Keys, Navigation, Piece, Title, TypeLine, drawn
from prtui.screens.chrome import Row as Line
from prtui.screens.detail import Detail
from prtui.screens.working import Working, beside, job

if TYPE_CHECKING:
    from prtui.documents.copies import Copy

T = TypeVar("T")

WIDE, LOWEST, LEAST = 120, 16, (60, 15)


class Changed(Message, bubble=False):
    """Records were changed, by this session or another. `ids` holds (kind, id)."""

    def __init__(self, ids: frozenset[tuple[str, int]]) -> None:
        super().__init__()
        self.ids = ids
        self.kinds = frozenset(kind for kind, _id in ids)


class DeskScreen(Working[T], Generic[T]):
    """A screen on the one grid: navigation, title, body, type line, keys."""

    kinds: tuple[str, ...] | None = None
    """What kinds of record it shows, so that it is read again when they change; None means any."""
    keeps: ClassVar[frozenset[str]] = frozenset()
    """Places whose function key means something else here; Ctrl+G and the digit still go there."""
    has_detail: ClassVar[bool] = False
    """Whether the body leaves the columns from 80 on to `self.detail` on a wide screen."""

    def __init__(self) -> None:
        super().__init__()
        self._stale = False
        self._read_once = False
        self._unread = ""  # why what is shown could not be read
        self._noted = ("", "")
        self._rest = ("", "")  # of what is told

    def compose(self) -> ComposeResult:
        """The grid."""
        yield Navigation(id="navigation")
        yield Title(id="title")
        with Horizontal(id="body"):
            with Vertical(id="main"):
                yield from self.body()
            if self.has_detail:
                yield Detail(id="detail")
        yield TypeLine(id="line")
        yield Line(id="note")
        yield Keys(id="keys")

    # -- what a screen is made of ---------------------------------------------------------------------------------------

    def body(self) -> ComposeResult:
        """The widgets between title and type line."""
        yield from ()

    async def refresh_data(self) -> None:
        """Read what is shown and show it. Runs at the start and whenever `watches` says so; the last one wins."""

    def watches(self, changed: Changed) -> bool:
        """Whether a change concerns this screen."""
        return self.kinds is None or bool(changed.kinds & set(self.kinds))

    def keys_now(self) -> list[Command]:
        """The commands the footer offers, most useful first."""
        return [command for command in commands.of(*self.scopes) if command.foot]

    async def copies(self) -> Sequence[Copy]:
        """What may be copied of what the mark is on, the likeliest first."""
        return ()

    async def choose(self, question: str, answers: Sequence[Sequence[Piece]]) -> int | None:
        """Which of the answers she takes, counted from 0; None after Esc."""
        from prtui.screens.dialogs import Choose  # it is built on this module
        from prtui.screens.options import Option

        options = [Option(number, answer) for number, answer in enumerate(answers)]
        chosen = await self.app.push_screen_wait(Choose(question, options))
        return chosen if isinstance(chosen, int) else None

    @property
    def unsaved(self) -> Mapping[str, str]:
        """What was typed here and is not stored."""
        return {}

    def focus_first(self) -> None:
        """Put the focus where work begins."""
        self.focus_next()

    def begin_typing(self) -> None:
        """What `/` does when it comes here: put the focus where one types."""
        self.focus_first()

    # -- chrome -----------------------------------------------------------------------------------------------------------

    @property
    def line(self) -> TypeLine:
        """The line to type in or be told something."""
        return self.query_one(TypeLine)

    @property
    def detail(self) -> Detail:
        """The region at the right from column 80; draw into it whether it is visible or not."""
        return self.query_one(Detail)

    @property
    def is_wide(self) -> bool:
        """Whether the detail region is visible."""
        return self.size.width >= WIDE

    def head(self, left: str | Iterable[Piece], right: str | Iterable[Piece] = ()) -> None:
        """Say what this is, and its state."""
        title = self.query_one(Title)
        title.left = [(left, "bold")] if isinstance(left, str) else list(left)
        title.right = [(right, "muted")] if isinstance(right, str) else list(right)
        title.update()

    def tell(self, message: str, tone: str = "") -> None:
        """Say something in the type line, and below it what finds no room there, until the next key."""
        if self.is_attached:
            self._rest = (self.line.tell(message, tone), tone)
            self._write()

    def untell(self, message: str) -> None:
        """Take this away again, if it is what is told."""
        if message and self.is_attached and self.line.said.strip() == drawn(message):
            self.tell("")

    def note(self, message: str, tone: str = "muted") -> None:
        """Say something under the type line: what is being made of what is typed, or what is wrong with it. What is told
        and finds no room above comes before it."""
        self._noted = (message, tone)
        if self.is_attached:
            self._write()

    def _write(self) -> None:
        message, tone = self._rest if self._rest[0] else self._noted
        self.query_one("#note", Line).show(*([("   ", ""), (drawn(message), tone)] if message else []))

    async def ask(
        self,
        prompt: str,
        value: str = "",
        *,
        changed: Callable[[str], None] | None = None,
        moves: Widget | None = None,
    ) -> str | None:
        """The line typed, or None after Esc. `changed` hears every state of it; arrows go to `moves`."""
        answer: asyncio.Future[str | None] = asyncio.get_running_loop().create_future()

        def done(line: str | None) -> None:
            if not answer.done():
                answer.set_result(line)
            self.note("")
            self.show_keys()

        self._rest = ("", "")
        self.line.open(prompt, value, done=done, changed=changed, moves=moves)
        with self.desk.asking():
            return await answer

    def busy(self, on: bool) -> None:
        """A mark at the very left of the title."""
        if self.is_attached:
            title = self.query_one(Title)
            if title.busy != on:
                title.busy = on
                title.update()

    def show_navigation(self) -> None:
        """Say where we are and what time it is."""
        settings = self.desk.settings
        self.query_one(Navigation).update(self.desk.place, settings.actor, settings.zone)

    def show_keys(self) -> None:
        """Say the next useful keys of what has the focus."""
        help_ = next(command for command in commands.of(EVERYWHERE) if command.action == "help")
        if self.line.typing:
            self.query_one(Keys).update([*commands.of(TYPING), help_], typing=True)
        else:
            wanted = ("quick", "find") if exists("search") else ("quick",)
            everywhere = [one for one in commands.of(EVERYWHERE) if one.action in wanted]
            typing = self.focused is not None and self.focused.check_consume_key("x", "x")
            self.query_one(Keys).update([*self.keys_now(), *everywhere, help_], typing=typing)

    # -- reading ----------------------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read again; a reading under way is dropped."""
        self._stale = False
        self.start(self._refresh, "reload", True)

    @property
    def is_ready(self) -> bool:
        """Whether its first reading is shown."""
        return self._read_once

    async def _refresh(self) -> None:
        before, self._unread = self._unread, ""
        try:
            await self.refresh_data()
            self._read_once = True
        except Trouble as error:
            self._unread = before
            self.not_read(error)
        finally:
            self.desk.arrived(self)
        if not self._unread:
            self.untell(before)

    @property
    def is_behind(self) -> bool:
        """Whether what it shows has to be read again."""
        return self._stale

    def not_read(self, trouble: Trouble) -> None:
        """Something shown could not be read: that is told once, and tried again until it can."""
        self._stale = True
        if str(trouble) != self._unread:
            self._unread = str(trouble)
            self.tell(self._unread, "bad")

    def catch_up(self) -> None:
        """Show what was missed while the screen was not in sight, or could not be read."""
        self.show_navigation()
        if self._stale:
            self.reload()

    def on_changed(self, changed: Changed) -> None:
        """Reads again what is in sight, and notes it for later where it is not."""
        if self.watches(changed):
            if self.is_current:
                self.reload()
            else:
                self._stale = True

    # -- Textual ----------------------------------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Draws the chrome and reads."""
        self.set_class(self.has_detail, "-detailed")
        self._sized()
        self.show_navigation()
        self.reload()

    def on_screen_resume(self) -> None:
        """Catches up with what changed while something else was in sight."""
        self.show_keys()
        message, tone = self.desk.take_message()
        if message:
            self.tell(message, tone)
        self.catch_up()

    def on_resize(self, event: events.Resize) -> None:
        """Fits the grid to the room there is."""
        self._sized()
        self.show_navigation()
        self.query_one(Title).update()
        self.show_keys()

    def on_descendant_focus(self) -> None:
        """The footer follows the focus."""
        self.show_keys()

    def on_key(self, event: events.Key) -> None:
        """What was told has been read when the next key is pressed."""
        self.tell("")

    def _sized(self) -> None:
        width, height = self.size
        self.set_class(width >= WIDE, "-wide")
        self.set_class(height < LOWEST, "-low")
        wanted = _("prtui wants {width}×{height}.").format(width=80, height=24)
        if width < LEAST[0] or height < LEAST[1]:
            self.tell(wanted, "warn")
        else:
            self.untell(wanted)


__all__ = ["DIALOG", "Changed", "DeskScreen", "Detail", "Working", "beside", "job"]
