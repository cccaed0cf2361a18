"""The app under a pilot: press keys, read the screen, read what is stored."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from textual import _wait
from textual.pilot import Pilot

from prtui import store
from prtui.app import Desk
from prtui.config import Settings
from prtui.store import Row, query

R = TypeVar("R")
# How long Textual's pilot looks before it believes the app idle: 20 ms of its own, several times a key, are most of a test.
_wait.SLEEP_GRANULARITY, _wait.SLEEP_IDLE = 0.004, 0.0004
FRAME = 0.02  # seconds; Textual draws what is beneath a question once in 17 ms
READING = {"reload", "find", "preview", "count", "more", "detail", "pages", "saved", "candidates"}
NASTY = (
    "[/]",
    "[@click=app.quit]x[/]",
    "[red",
    "\x1b[31mred\x1b[0m\x07",
    "a\u202eb\u2066c\u200bd",
    "长" * 10_000,
    "[[PRJ]] 100% {x} \\[",
)


class Face:
    """A running app."""

    def __init__(self, app: Desk, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    async def settle(self) -> None:
        """Wait until keys, reads, writes and what follows from them are through."""
        for _round in range(4):
            await self.pilot.pause()
            await self.app.door.read(int)
        for _round in range(200):  # on a busy machine what a key began may still be going on
            reading = any(one.group in READING and not one.is_finished for one in self.app.workers)
            if not reading and not self.app.busy:
                break
            await self.pilot.pause()
        await asyncio.sleep(FRAME)
        await self.pilot.pause()

    async def press(self, *keys: str) -> str:
        """Press keys, one after the other, and return the screen."""
        for key in keys:
            await self.pilot.press(key)
            await self.settle()
        return self.text

    async def type(self, words: str) -> str:
        """Type words and return the screen."""
        await self.pilot.press(*words)
        await self.settle()
        return self.text

    @property
    def text(self) -> str:
        """The screen as it is drawn."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join(strip.text.rstrip() for strip in strips)

    @property
    def line(self) -> str:
        """What the type line says."""
        return self.app.screen.line.said  # type: ignore[attr-defined,no-any-return]

    async def rows(self, kind: str, **where: Any) -> list[Row]:
        """What is stored."""
        return await self.app.door.read(query.rows, kind, where)

    async def perform(self, act: Callable[..., R], *args: Any, **values: Any) -> R:
        """A change by somebody else."""
        return await self.app.door.read(store.perform, "王敏", act, *args, **values)


@asynccontextmanager
async def running(settings: Settings, size: tuple[int, int] = (80, 24), *, place: str = "") -> AsyncIterator[Face]:
    """The app on a terminal of that size, with a place in sight, else its first."""
    app = Desk(settings)
    async with app.run_test(size=size) as pilot:
        face = Face(app, pilot)
        await face.settle()
        if place:
            await app.action_place(place)
            await face.settle()
        yield face
    app.drafts.close()
