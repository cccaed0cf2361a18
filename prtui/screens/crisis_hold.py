"""Which running prtui holds a crisis, and whether it is still running."""

from __future__ import annotations

import os
import socket
from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=1)
def session() -> str:
    """This process: its host, its number, and when it was started, since numbers are used again."""
    return f"{socket.gethostname()} {os.getpid()} {_started(os.getpid())}"


def is_gone(held: str) -> bool:
    """Whether the session was one of this host and runs no more: killed, or its link dropped."""
    host, number, started = [*held.rsplit(" ", 2), "", ""][:3]
    if host != socket.gethostname() or not number.isdecimal():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except (PermissionError, OverflowError):
        return False
    return _started(int(number)) != started


def _started(number: int) -> str:
    try:
        # After the name of the program, which may hold blanks and brackets.
        return Path(f"/proc/{number}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return "-"
