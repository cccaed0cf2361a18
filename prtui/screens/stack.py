"""Which screen may put another one on top: the one in sight. A second key of the same moment opens nothing twice."""

from __future__ import annotations

import asyncio
from typing import Any
from weakref import WeakKeyDictionary

from textual.app import App
from textual.await_complete import AwaitComplete
from textual.screen import Screen


class Behind(Exception):
    """Something else has come into sight since the key was pressed: what it was to open stays closed."""


class Stacked(App[Any]):
    """Mix-in before App."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._asking: WeakKeyDictionary[asyncio.Task[Any], Screen[Any]] = WeakKeyDictionary()

    def asks(self, screen: Screen[Any]) -> None:
        """The task that runs now works for this screen."""
        task = asyncio.current_task()
        if task is not None:
            self._asking[task] = screen

    def check_in_sight(self) -> asyncio.Task[Any] | None:
        """The task that runs now, if it works for a screen. Raises Behind when that is no longer in sight."""
        task = asyncio.current_task()
        if task is None or task not in self._asking:
            return None
        if self.screen is not self._asking[task]:
            raise Behind
        return task

    def push_screen(self, screen: Any, callback: Any = None, wait_for_dismiss: bool = False, **options: Any) -> Any:
        """Put a screen on top. Raises Behind in the work of a screen that is no longer in sight."""
        task = self.check_in_sight()
        pushed = super().push_screen(screen, callback, wait_for_dismiss, **options)  # type: ignore[call-overload]
        if task is not None and not wait_for_dismiss:
            self._asking[task] = self.screen
        return pushed

    def switch_screen(self, screen: Any) -> AwaitComplete:
        """Put a screen in the place of the one in sight. Raises Behind as `push_screen` does."""
        self.check_in_sight()
        return super().switch_screen(screen)


__all__ = ["Behind", "Stacked"]
