"""What is left of a defect: a report without the values that were in memory, one line on stderr, exit code 1."""

from __future__ import annotations

import contextlib
import io
import os
import platform
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rich.console import Console, RenderableType
from textual.app import App
from textual.worker import WorkerFailed

from prtui import __version__, clock
from prtui.i18n import _
from prtui.terminal.hangup import terminal_is_gone


def report(error: BaseException | str, folder: Path) -> Path | None:
    """The file (0600) that now holds the traceback, without locals; None if it could not be written."""
    from textual import __version__ as textual_version  # it asks importlib.metadata: 25 ms that no start should pay

    now = clock.now()
    if isinstance(error, str):
        lines = error
    else:
        lines = "".join(traceback.TracebackException.from_exception(error, capture_locals=False).format())
    content = (
        f"prtui {__version__}, Textual {textual_version}, Python {platform.python_version()}, {platform.platform()}\n"
        f"{now.isoformat()}  TERM={os.environ.get('TERM', '')}  LANG={os.environ.get('LANG', '')}\n\n{lines}"
    )
    path = folder / f"crash-{now:%Y%m%dT%H%M%S%f}-{os.getpid()}.txt"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(content)
    except OSError:
        return None
    return path


def announce(name: str, path: Path | None) -> None:
    """One line on standard error: `name`, the kind of error, and where the report is."""
    if path is None:
        line = _("prtui stopped because of a defect ({name}); its report could not be written.").format(name=name)
    else:
        line = _("prtui stopped because of a defect ({name}). Report: {path}").format(name=name, path=path)
    with contextlib.suppress(OSError, ValueError, AttributeError):  # nobody there to read it
        sys.__stderr__.write(line + "\n")  # type: ignore[union-attr]
        sys.__stderr__.flush()  # type: ignore[union-attr]


class CrashReports(App[Any]):
    """Mix-in before App. Textual would print every local variable of every frame, her contacts among them."""

    logs: Path | None = None
    """Where reports go. Without it (tests) there is only the line on standard error."""

    ended_by_signal: Callable[[], bool] = staticmethod(lambda: False)
    """Whether a signal is ending the app. What goes wrong then, half built or half taken down, is no defect."""

    _crashed: tuple[str, Path | None] | None = None

    def report(self, error: BaseException | str) -> Path | None:
        """The file that now holds the traceback; None if there is none, or no need of one."""
        return None if self.logs is None or self.ended_by_signal() else report(error, self.logs)

    def _handle_exception(self, error: Exception) -> None:
        self._return_code = 1
        if self._exception is None:  # the pilot of a test raises it again
            self._exception = error
            self._exception_event.set()
        cause = error.error if isinstance(error, WorkerFailed) else error  # which carries no traceback of its own
        self._stop_with(type(cause).__name__, cause)

    def _fatal_error(self) -> None:
        error = sys.exc_info()[1]
        self._stop_with(type(error).__name__, error or "")

    def panic(self, *renderables: RenderableType) -> None:
        """Textual's input thread calls this, also when the terminal went away: that is the hang-up guard's business."""
        if terminal_is_gone():
            return
        page = io.StringIO()
        Console(file=page, width=120, color_system=None).print(*renderables)
        self._return_code = 1
        self._stop_with("panic", page.getvalue())

    def _stop_with(self, name: str, error: BaseException | str) -> None:
        if self._crashed is None and not self.ended_by_signal():  # the first one is the cause, the rest is rubble
            self._crashed = (name, self.report(error))
        self._close_messages_no_wait()

    def _print_error_renderables(self) -> None:
        if self._crashed is None:
            with contextlib.suppress(OSError):
                super()._print_error_renderables()
            return
        self._exit_renderables.clear()
        announce(*self._crashed)
