"""Keys that were pressed before the app could listen, and those behind them: dealt with in the order they were pressed in."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Any

from textual import events
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.driver import Driver
from textual.message import Message

AT_MOST = 1.0  # seconds that keys wait for the first screen once the app takes messages


class Waiting:
    """Keys and pastes wait here until the first screen stands: first those of before the start, then what the driver reads.

    Without it the driver's keys would overtake the ones before them: `/` and a word would be commands, and then a search.
    """

    def __init__(self, typed: bytes) -> None:
        self._messages = pressed(typed)
        self._over = False
        self._lock = Lock()  # the driver reads on a thread of its own
        self._pass_on: Callable[[Any], None] | None = None

    def stand_before(self, driver: Driver) -> None:
        """From now on what this driver reads comes through here."""
        self._pass_on = driver.process_message
        driver.process_message = self._heard  # type: ignore[method-assign]

    def _heard(self, message: Any) -> None:
        with self._lock:
            if isinstance(message, events.Key | events.Paste) and not self._over:
                self._messages.append(message)
            elif self._pass_on is not None:
                self._pass_on(message)

    def end(self) -> None:
        """Pass all on, and from now on everything at once."""
        with self._lock:
            self._over = True
            if self._pass_on is not None:
                for message in self._messages:
                    self._pass_on(message)
                self._messages.clear()


def wait_for_the_first_screen(app: App[Any], typed: bytes) -> None:
    """What is pressed, `typed` before all, is dealt with once the first screen stands. To be called before the app runs."""
    waiting, build = Waiting(typed), app._build_driver

    def build_behind(*args: Any, **options: Any) -> Driver:
        driver = build(*args, **options)
        waiting.stand_before(driver)
        return driver

    def begin() -> None:
        app.call_after_refresh(waiting.end)
        # A screen that goes away takes with it what was to be called after its refresh.
        app.set_timer(AT_MOST, waiting.end)

    app._build_driver = build_behind  # type: ignore[method-assign]
    app.call_later(begin)


def pressed(typed: bytes) -> list[Message]:
    """The keys that these bytes are. A line feed is the Enter of a terminal that was still cooked."""
    parser = XTermParser()
    keys = typed.decode("utf-8", "replace").replace("\n", "\r")
    return [*(parser.feed(keys) if keys else ()), *parser.feed("")]  # nothing fed is the end, and comes once
