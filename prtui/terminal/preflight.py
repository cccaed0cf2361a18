"""What must be so before a screen can be drawn; each failing check says in one line what is wrong and what to do.

Imports no Textual: it runs before anything heavy is loaded.
"""

from __future__ import annotations

import codecs
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TextIO

from prtui.errors import Trouble
from prtui.i18n import _
from prtui.terminal.width import Answer


def check(need_screen: bool = True) -> None:
    """Raises Trouble unless Textual can draw here. Without a screen only makes printing safe: what the encoding lacks
    becomes `?`."""
    if not need_screen:
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure") and not _is_utf8(stream):
                stream.reconfigure(errors="replace")
        return
    _check_terminal()
    _check_kind(os.environ)
    _check_encoding(os.environ)


def _check_terminal() -> None:
    # Textual reads standard input and draws on standard error.
    for stream, what in (
        (sys.__stdin__, _("Standard input")),
        (sys.__stdout__, _("Standard output")),
        (sys.__stderr__, _("Standard error")),
    ):
        if stream is None or stream.closed or not stream.isatty():
            raise Trouble(
                _("{what} is not a terminal, so there is nowhere to draw.").format(what=what),
                hint=_("Start prtui without a pipe or redirection (over SSH: ssh -t), or use a command: prtui --help."),
            )


def _check_kind(environ: Mapping[str, str]) -> None:
    kind = environ.get("TERM", "")
    if kind in ("", "dumb", "unknown"):
        raise Trouble(
            _("This terminal cannot move its cursor (TERM is “{name}”).").format(name=kind),
            hint=_("If it can, type: export TERM=xterm-256color"),
        )


def _check_encoding(environ: Mapping[str, str]) -> None:
    # A GBK stream hangs Textual at the first character it cannot carry.
    name = _locale(environ)
    charset = name.partition(".")[2].partition("@")[0]
    wrong = charset if charset and not _names_utf8(charset) else ""
    for stream in (sys.__stdout__, sys.__stderr__):
        if not wrong and stream is not None and not _is_utf8(stream):
            wrong = stream.encoding
    if wrong:
        raise Trouble(
            _("This session writes {charset}, which cannot carry every screen.").format(charset=wrong),
            hint=_("Set the terminal to UTF-8 and type: export LC_ALL=C.UTF-8"),
        )


def check_answer(answer: Answer) -> None:
    """Raises Trouble if the terminal showed by its answer that it does not read UTF-8."""
    if answer.misread:
        raise Trouble(
            _("This terminal does not read UTF-8; Chinese would be unreadable."),
            hint=_("Set its character set to UTF-8 and start prtui again."),
        )


def plain_locale(environ: Mapping[str, str] | None = None) -> bool:
    """Whether the locale is C or POSIX: Python then writes UTF-8 anyway, but nobody said that the terminal reads it."""
    return _locale(os.environ if environ is None else environ) in ("", "C", "POSIX")


def _locale(environ: Mapping[str, str]) -> str:
    if environ.get("LC_ALL"):
        return environ["LC_ALL"]
    ctype = environ.get("LC_CTYPE", "")
    # Python writes LC_CTYPE=C.UTF-8 into the environment itself when it turned away from the C locale (PEP 538).
    if ctype and not (ctype == "C.UTF-8" and sys.flags.utf8_mode):
        return ctype
    return environ.get("LANG", "")


def _is_utf8(stream: TextIO) -> bool:
    return _names_utf8(stream.encoding or "utf-8")


def _names_utf8(charset: str) -> bool:
    try:
        return codecs.lookup(charset).name == "utf-8"
    except LookupError:
        return False


def folder_check(path: Path) -> None:
    """Makes the data folder (0700) if it is missing. Raises Trouble if nothing can be written in it."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe = path / f".probe-{os.getpid()}"  # by hand: importing tempfile costs 10 ms
        try:
            probe.write_bytes(b"prtui")
        finally:
            probe.unlink(missing_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise Trouble(
            _("{path} is in the way: it is a file, not a folder.").format(path=path),
            hint=_("Move it away, or name another folder: prtui --data FOLDER"),
        ) from None
    except OSError as error:
        raise Trouble(
            _("Nothing can be written in {path}: {error}.").format(path=path, error=error.strerror or error),
            hint=_("Correct that, or name another folder: prtui --data FOLDER"),
        ) from None
