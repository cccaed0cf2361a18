"""Keys pressed while prtui starts are dealt with in the order they were pressed in, none lost and none twice."""

from __future__ import annotations

from typing import Any

import pytest
from textual import events
from textual.app import App
from textual.message import Message

from prtui.terminal import typeahead


class Listening(App[None]):
    """Notes what arrives. `early` is what its driver reads before the first screen stands."""

    early: tuple[Message, ...] = ()

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []

    def on_load(self) -> None:
        self.call_later(self.read, *self.early[1:])

    async def on_mount(self) -> None:
        self.read(*self.early[:1])

    def read(self, *messages: Message) -> None:
        assert self._driver is not None
        for message in messages:
            self._driver.process_message(message)

    async def on_event(self, event: events.Event) -> None:
        if event.is_forwarded:
            pass
        elif isinstance(event, events.Key):
            self.heard.append(event.key)
        elif isinstance(event, events.Paste):
            self.heard.append(f"pasted {event.text}")
        elif isinstance(event, events.AppBlur):
            self.heard.append("left alone")
        await super().on_event(event)


async def heard(app: Listening, pilot: Any, last: str) -> list[str]:
    while last not in app.heard:
        await pilot.pause(0.01)
    return app.heard


@pytest.mark.parametrize(
    ("typed", "first"), [("", []), ("/", ["slash"]), ("/外\x1b[A\n", ["slash", "外", "up", "enter"])]
)
async def test_what_was_pressed_before_comes_before_what_is_read_meanwhile(typed: str, first: list[str]) -> None:
    app = Listening()
    app.early = (events.Key("x", "x"), events.Paste("外滩\n夜景"), events.Key("y", "y"))
    typeahead.wait_for_the_first_screen(app, typed.encode())
    async with app.run_test() as pilot:
        assert await heard(app, pilot, "y") == [*first, "x", "pasted 外滩\n夜景", "y"]
        app.read(events.Key("z", "z"))
        assert await heard(app, pilot, "z") == [*first, "x", "pasted 外滩\n夜景", "y", "z"]


async def test_what_the_terminal_answers_meanwhile_waits_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typeahead.Waiting, "end", lambda waiting: None)
    app = Listening()
    app.early = (events.Key("x", "x"), events.AppBlur())
    typeahead.wait_for_the_first_screen(app, b"/")
    async with app.run_test() as pilot:
        assert await heard(app, pilot, "left alone") == ["left alone"]


async def test_keys_wait_for_no_screen_that_went_away(monkeypatch: pytest.MonkeyPatch) -> None:
    app = Listening()
    app.early = (events.Key("x", "x"),)
    monkeypatch.setattr(app, "call_after_refresh", lambda callback: None)
    monkeypatch.setattr(typeahead, "AT_MOST", 0.01)
    typeahead.wait_for_the_first_screen(app, b"/")
    async with app.run_test() as pilot:
        assert await heard(app, pilot, "x") == ["slash", "x"]
