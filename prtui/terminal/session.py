"""One run of a Textual app on this terminal: guarded against a dropped link, with its drafts, and with an exit code."""

from __future__ import annotations

from prtui.terminal import crash, typeahead
from prtui.terminal.drafts import DraftKeeper
from prtui.terminal.hangup import HangupGuard


def run(app: crash.CrashReports, keeper: DraftKeeper, *, typed: bytes = b"") -> int:
    """The exit code: the app's own, 1 after a crash, 128 + n after a hang-up. `typed` are keys pressed before the start.

    Drafts are on disk when this returns, whatever ended the app; the keeper is closed.
    """
    try:
        with HangupGuard(app, keeper.flush) as guard, keeper.open():
            typeahead.wait_for_the_first_screen(app, typed)
            app.run(mouse=False)
    except Exception as error:
        crash.announce(type(error).__name__, crash.report(error, app.logs) if app.logs is not None else None)
        return 1
    return guard.code if guard.code is not None else app.return_code or 0
