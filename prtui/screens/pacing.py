"""One key at a time: what a burst of keys does over a slow line is what they would do pressed one by one.

A key is dealt with when its message has come back from the widget it went to, and what the widget said because of it too;
then when the work it began has ended, or asks something, or has brought the screen it opens into sight. The keys behind it
wait until then, a second at most: `h` and a reason typed at once never become commands.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ParamSpec, TypeVar

from textual import events
from textual.app import App, ScreenStackError
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget

P = ParamSpec("P")
R = TypeVar("R")

AT_MOST = 1.0  # seconds that keys wait for the work of the one before
LOST = 0.3  # seconds after which a key is taken for dealt with, though its widget went away with it


class Work:
    """What a key has begun."""

    over = False


_ours: ContextVar[Work | None] = ContextVar("_ours", default=None)


class Dealt(Message):
    """Follows a key through the widget it went to and all around it. Twice: the second one is behind what they said."""

    def __init__(self, number: int, target: Widget, again: bool) -> None:
        super().__init__()
        self.number, self.target, self.again = number, target, again


class Paced(App[Any]):
    """Mix-in before App. `deal` takes a key or a paste when its turn has come."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._queue: deque[events.Key | events.Paste] = deque()
        self._number = 0
        self._target: Widget | None = None  # where the key is that is being dealt with
        self._lost: asyncio.TimerHandle | None = None
        self._works: dict[object, float] = {}  # works and screens that keys wait for, and until when
        self._awaited: Screen[Any] | None = None
        self._before: tuple[str, Screen[Any] | None] = ("", None)  # the key before, and where it was pressed

    async def on_event(self, event: events.Event) -> None:
        """Keys and pastes one after the other, the rest at once."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            self._queue.append(event)
            await self._deal_on()
        else:
            await self.deal(event)

    async def deal(self, event: events.Event) -> None:
        """Its turn has come."""
        await super().on_event(event)

    async def _deal_on(self) -> None:
        while not self._is_dealing and not self._waits():
            self._drop_repeats()
            if not self._queue:
                return
            await self._turn(self._queue.popleft())

    @property
    def busy(self) -> bool:
        """Whether a key is being dealt with, or waits."""
        return bool(self._queue) or self._is_dealing or self._waits()

    @property
    def _is_dealing(self) -> bool:
        return self._target is not None and self._target.is_attached

    async def _turn(self, event: events.Key | events.Paste) -> None:
        try:
            here, target = self.screen, self.focused or self.screen
        except ScreenStackError:
            await self.deal(event)
            return
        self._before = (event.key if isinstance(event, events.Key) else "", here)
        self._number += 1
        self._target = target
        await self.deal(event)
        if target.post_message(Dealt(self._number, target, True)):
            self._lost = asyncio.get_running_loop().call_later(LOST, self.call_later, self._over, self._number)
        else:
            self._target = None

    async def on_dealt(self, message: Dealt) -> None:
        """A key has come back."""
        message.stop()
        if message.number == self._number and not (
            message.again and message.target.post_message(Dealt(message.number, message.target, False))
        ):
            await self._over(message.number)

    async def _over(self, number: int) -> None:
        if number == self._number and self._target is not None:
            self._target = None
            if self._lost is not None:
                self._lost.cancel()
            await self._deal_on()

    def _drop_repeats(self) -> None:
        """The key that brought another screen, pressed again before that was there, is impatience and not meant for it."""
        key, here = self._before
        self._before = ("", None)
        elsewhere = here is not None and here is not self.screen
        if elsewhere and all(isinstance(one, events.Key) and one.key == key for one in self._queue):
            self._queue.clear()

    # -- what keys wait for --------------------------------------------------------------------------------------------

    def _waits(self) -> bool:
        now = asyncio.get_running_loop().time()
        return any(until > now for until in self._works.values())

    def _hold(self, what: object) -> None:
        loop = asyncio.get_running_loop()
        self._works[what] = loop.time() + AT_MOST
        loop.call_later(AT_MOST + 0.01, self.call_later, self._deal_on)

    def _free(self, what: object) -> None:
        if self._works.pop(what, None) is not None:
            self.call_later(self._deal_on)

    def begun(self, act: Callable[P, Coroutine[Any, Any, R]]) -> Callable[P, Coroutine[Any, Any, R]]:
        """The same function as a work that keys wait for, from now until it ends or asks something."""
        work = Work()
        self._hold(work)

        async def working(*args: P.args, **kwargs: P.kwargs) -> R:
            _ours.set(work)
            try:
                return await act(*args, **kwargs)
            finally:
                work.over = True
                self._free(work)

        return working

    @contextmanager
    def asking(self) -> Iterator[None]:
        """As long as the work of this task waits for a key itself."""
        work = _ours.get()
        if work is not None:
            self._free(work)
        try:
            yield
        finally:
            if work is not None and not work.over:
                self._hold(work)

    def awaits(self, screen: Screen[Any]) -> None:
        """Keys wait for this screen to be ready, instead of the work that brings it."""
        for other in (_ours.get(), self._awaited):
            if other is not None:
                self._free(other)
        self._awaited = screen
        self._hold(screen)

    def left(self) -> None:
        """A screen has gone, perhaps with the key that is being dealt with."""
        self.call_later(self._deal_on)

    def arrived(self, screen: Screen[Any]) -> None:
        """This screen takes keys now."""
        if self._awaited is screen:
            self._awaited = None
            self._free(screen)

    def push_screen(self, screen: Any, callback: Any = None, wait_for_dismiss: bool = False, **options: Any) -> Any:
        """Put a screen on top; keys wait until it is ready."""
        pushed = super().push_screen(screen, callback, wait_for_dismiss, **options)  # type: ignore[call-overload]
        self.awaits(self.screen)
        return pushed

    async def push_screen_wait(self, screen: Any, *args: Any, **options: Any) -> Any:
        """The answer of a screen."""
        with self.asking():
            return await super().push_screen_wait(screen, *args, **options)


__all__ = ["Paced"]
