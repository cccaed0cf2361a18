"""What every screen is built on: the one grid, the one door to the data, the messages, and what the footer says.

A screen says its `scopes` (commands.py), what its `body` is, and how to `refresh_data`; the rest is done here.
"""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Concatenate, Generic, ParamSpec, TypeVar, cast

from textual import events
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget
from textual.worker import Worker

from prtui import commands
from prtui.commands import DIALOG, EVERYWHERE, TYPING, Command
from prtui.errors import Conflict, Invalid, PrtuiError, Refused, Trouble
from prtui.i18n import _
from prtui.screens import exists
from prtui.screens.chrome import Keys, Navigation, Piece, Title, TypeLine, drawn, pieces
from prtui.screens.chrome import Row as Line
from prtui.screens.stack import Behind
from prtui.store import Row

if TYPE_CHECKING:
    from prtui.app import Desk
    from prtui.documents.copies import Copy

P = ParamSpec("P")
T = TypeVar("T")
R = TypeVar("R")
S = TypeVar("S", bound="Working[Any]")

WIDE, LOWEST, LEAST = 120, 16, (60, 15)
BUSY_AFTER = 0.15
RESTED = 0.15  # seconds without a move of the cursor; what stands beside it is painted once after a run of arrows


class Changed(Message, bubble=False):
    """Records were changed, by this session or another. `ids` holds (kind, id)."""

    def __init__(self, ids: frozenset[tuple[str, int]]) -> None:
        super().__init__()
        self.ids = ids
        self.kinds = frozenset(kind for kind, _id in ids)


def job(act: Callable[Concatenate[S, P], Coroutine[Any, Any, R]]) -> Callable[Concatenate[S, P], Worker[R | None]]:
    """Makes an async method of a screen run beside the loop. The next key waits until it has ended or asks something. What
    goes wrong is told; jobs never cancel each other, so no key pressed is lost."""

    def begin(self: S, /, *args: P.args, **kwargs: P.kwargs) -> Worker[R | None]:
        return self.start(self.desk.begun(act), act.__name__, False, self, *args, **kwargs)

    functools.update_wrapper(begin, act)
    return begin


def beside(act: Callable[Concatenate[S, P], Coroutine[Any, Any, R]]) -> Callable[Concatenate[S, P], Worker[R | None]]:
    """As a job, but keys go on meanwhile: she types while it stores, or stops it."""

    def begin(self: S, /, *args: P.args, **kwargs: P.kwargs) -> Worker[R | None]:
        return self.start(act, act.__name__, False, self, *args, **kwargs)

    functools.update_wrapper(begin, act)
    return begin


class Working(Screen[T], Generic[T]):
    """The door to the data and what happens when something goes wrong: for screens and dialogs alike."""

    scopes: ClassVar[tuple[str, ...]] = ()
    _leaving: tuple[T | None, ...] = ()

    def __init_subclass__(cls, **options: Any) -> None:
        if "scopes" in cls.__dict__:
            cls.BINDINGS = [*cls.__dict__.get("BINDINGS", ()), *commands.bindings(*cls.scopes)]
        super().__init_subclass__(**options)

    @property
    def desk(self) -> Desk:
        """The app."""
        return cast("Desk", self.app)

    async def read(self, act: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """The result of a desk function, run on the database thread."""
        busy = asyncio.get_running_loop().call_later(BUSY_AFTER, self.busy, True)
        try:
            return await self.desk.door.read(act, *args, **kwargs)
        finally:
            busy.cancel()
            self.busy(False)

    async def write(self, act: Callable[..., R], *args: Any, **kwargs: Any) -> R:
        """The result of a desk function that changes something: it gets a unit of work of its own before `args`.

        Once begun it is carried through, whoever stops waiting for it.
        """
        busy = asyncio.get_running_loop().call_later(BUSY_AFTER, self.busy, True)
        try:
            return await asyncio.shield(self.desk.write(act, *args, **kwargs))
        finally:
            busy.cancel()
            self.busy(False)

    def busy(self, on: bool) -> None:
        """Show or take away the mark of waiting."""

    async def guarded(self, act: Callable[P, Coroutine[Any, Any, R]], *args: P.args, **kwargs: P.kwargs) -> R | None:
        """The result of an async function; a failure is told and the result is None."""
        self.desk.asks(self)
        try:
            return await act(*args, **kwargs)
        except PrtuiError as error:
            await self.guarded(self.trouble, error)
        except Behind:
            return None
        except Exception as error:
            if not self.is_attached or self._closing or self._pruning:
                return None  # the screen was left while it was still at work
            await self.desk.defect(error)
        return None

    def start(
        self,
        act: Callable[P, Coroutine[Any, Any, R]],
        group: str,
        exclusive: bool,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Worker[R | None]:
        """Run an async function beside the keys, guarded; with `exclusive` the one before in its group is dropped."""
        # A function, not a coroutine: one dropped before its first step would never be awaited.
        return self.run_worker(functools.partial(self.guarded, act, *args, **kwargs), group=group, exclusive=exclusive)

    async def trouble(self, error: PrtuiError) -> None:
        """Tell the director what went wrong and what to do."""
        from prtui.screens.dialogs import ConflictDialog, Missing  # they are built on this module

        if self.app.screen is not self and (isinstance(error, Conflict) or getattr(error, "missing", None)):
            self.desk.tell(str(error), "bad")  # a question would stand on a screen that did not ask
        elif isinstance(error, Refused) and error.missing:
            await self.app.push_screen_wait(Missing(error))
        elif isinstance(error, Conflict) and isinstance(error.theirs, Row) and error.mine:
            kept = await self.app.push_screen_wait(ConflictDialog(error))
            if kept is not None:
                await self.settle(error.theirs, kept)
        elif isinstance(error, Invalid):
            self.tell("; ".join(f"{self.field_label(name)}: {why}" for name, why in error.fields.items()), "bad")
        else:
            message = error.summary if isinstance(error, Refused) else error.message
            self.tell(f"{message} {error.hint}".strip(), "bad")

    async def settle(self, theirs: Row, values: dict[str, Any]) -> None:
        """Save what she chose to keep of a conflict on top of what is stored now."""
        from prtui.desk import records

        await self.write(records.change, theirs, values)

    def field_label(self, name: str) -> str:
        """What a field is called in a message."""
        return name

    def tell(self, message: str, tone: str = "") -> None:
        """Say something to the director."""

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        """Go, with this result. Where something else is in sight it goes when it is seen again, and only once: the same key
        pressed twice never takes the screen beneath along."""
        if self.app.screen is self:
            gone = super().dismiss(result)
            self.desk.left()
            return gone
        self._leaving = (result,)
        return AwaitComplete(asyncio.sleep(0))

    @property
    def is_ready(self) -> bool:
        """Whether there is something that keys can be meant for."""
        return True

    def on_screen_resume(self) -> None:
        """Goes, if it was to go while something else was in sight."""
        if self._leaving:
            self.dismiss(*self._leaving)
        elif self.is_ready:
            self.call_after_refresh(self.desk.arrived, self)

    def show_help(self) -> None:
        """Say what every key does here."""
        from prtui.screens.help import Help  # it is built on this module

        self.app.push_screen(Help(self.scopes))


class Detail(Widget):
    """What the cursor is on, at the right of a wide screen: lines of pieces."""

    DEFAULT_CSS = "Detail { width: 1fr; height: 100%; padding: 0 1 0 1; display: none; }"

    _lines: tuple[tuple[Piece, ...], ...] = ()
    _rest: Timer | None = None

    def follow(self, lines: Callable[[], Iterable[Iterable[Piece]]], *, scrolled: bool = False) -> None:
        """Say these lines as soon as the cursor rests; at once where nothing is said yet. Until then nothing, where the list
        was scrolled: the terminal would shift what stands here along with it, and back again for 400 bytes a row."""
        first = not self._lines and self._rest is None
        self._stop()
        if first:
            self.show(lines())
            return
        if scrolled:
            self._say(())
        self._rest = self.set_timer(RESTED, lambda: self.show(lines()))

    def show(self, lines: Iterable[Iterable[Piece]]) -> None:
        """Say these lines; nothing is painted when they are said already."""
        self._stop()
        self._say(tuple(tuple((drawn(value), tone) for value, tone in line) for line in lines))

    def _say(self, said: tuple[tuple[Piece, ...], ...]) -> None:
        if said != self._lines:
            self._lines = said
            self.refresh()

    def _stop(self) -> None:
        if self._rest is not None:
            self._rest.stop()
            self._rest = None

    def render(self) -> Any:
        """The lines, wrapped."""
        return pieces(*[part for line in self._lines for part in (*line, ("\n", ""))])


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
