"""One run of a Textual app on this terminal: guarded against a dropped link, with its drafts, and with an exit code."""

from __future__ import annotations

import codecs
from functools import partial
from typing import Any

from textual.drivers import linux_driver

from prtui.terminal import crash, typeahead
from prtui.terminal.drafts import DraftKeeper
from prtui.terminal.hangup import HangupGuard


def run(app: crash.CrashReports, keeper: DraftKeeper, *, typed: bytes = b"") -> int:
    """The exit code: the app's own, 1 after a crash, 128 + n after a hang-up. `typed` are keys pressed before the start.

    Drafts are on disk when this returns, whatever ended the app; the keeper is closed.
    """
    # Textual's reader of keys would end the app at the first byte that is no UTF-8.
    linux_driver.getincrementaldecoder = _forgiving  # type: ignore[attr-defined]
    guard = HangupGuard(app, keeper.flush)
    app.ended_by_signal = lambda: guard.code is not None

    def leave_if_ended() -> None:  # by a signal from before there was a loop, so that nobody could tell the app
        if guard.code is not None:
            app.exit(return_code=guard.code)

    try:
        with guard, keeper.open():
            app.call_later(leave_if_ended)
            typeahead.wait_for_the_first_screen(app, typed)
            app.run(mouse=False)
    except Exception as error:
        if guard.code is None:
            crash.announce(type(error).__name__, app.report(error))
            return 1
    return guard.code if guard.code is not None else app.return_code or 0


def _forgiving(encoding: str) -> Any:
    return partial(codecs.getincrementaldecoder(encoding), errors="replace")
