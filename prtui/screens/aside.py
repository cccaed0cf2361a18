"""A thread beside the database's own, with a connection of its own: what is read there never holds up a save."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from prtui.store import engine

P = ParamSpec("P")
R = TypeVar("R")


class Aside:
    """One such thread; it does one thing after the other."""

    def __init__(self, name: str) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix=f"prtui-{name}")

    async def do(self, act: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """The result of a function run on the thread; one not yet begun is dropped when its caller gives up."""
        work = functools.partial(self._connected, functools.partial(act, *args, **kwargs))
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def close(self) -> None:
        """Close the connection and end the thread; what is under way is finished first."""
        self._thread.submit(engine.close)
        self._thread.shutdown(wait=True)

    @staticmethod
    def _connected(act: Callable[[], R]) -> R:
        try:
            with engine.explained():
                engine.connect()
                return act()
        except engine.LostConnection:
            engine.close()  # the next one connects anew
            raise
