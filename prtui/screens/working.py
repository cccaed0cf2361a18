"""The door to the data for whatever works on it, screens and dialogs alike: reads, writes, jobs, and what happens when something
goes wrong."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, ClassVar, Concatenate, Generic, ParamSpec, TypeVar, cast

from textual.await_complete import AwaitComplete
from textual.screen import Screen
from textual.worker import Worker

from prtui import commands
from prtui.errors import Conflict, Invalid, PrtuiError, Refused
from prtui.screens.stack import Behind
from prtui.store import Row

if TYPE_CHECKING:
    from prtui.app import Desk

P = ParamSpec("P")
T = TypeVar("T")
R = TypeVar("R")
S = TypeVar("S", bound="Working[Any]")

BUSY_AFTER = 0.15  # seconds


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
