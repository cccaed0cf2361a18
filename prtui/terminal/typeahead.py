"""Keys that were pressed before the app could listen."""

from __future__ import annotations

from typing import Any

from textual._xterm_parser import XTermParser
from textual.app import App
from textual.message import Message


def replay_when_ready(app: App[Any], typed: bytes) -> None:
    """Replay once the first screen stands and something has the focus. May be called before the app runs."""
    app.call_later(app.call_after_refresh, replay, app, typed)


def replay(app: App[Any], typed: bytes) -> None:
    """Press these keys in the running app. A line feed is the Enter of a terminal that was still cooked."""
    driver = app._driver
    if driver is None:
        return
    parser = XTermParser()
    keys = typed.decode("utf-8", "replace").replace("\n", "\r")
    messages: list[Message] = [*parser.feed(keys), *parser.feed("")]
    for message in messages:
        driver.process_message(message)
