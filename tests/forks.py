"""Children of the test process that open the desk for themselves, as other people's sessions do."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from prtui import store
from prtui.config import Settings
from prtui.store import engine


@contextmanager
def apart(desk: Settings) -> Iterator[None]:
    """No connection is open inside: a database handle must not cross a fork."""
    store.close()
    try:
        yield
    finally:
        engine.use(desk)


def fork(act: Callable[[], object]) -> tuple[int, int]:
    """(process id, pipe to read from) of a child that runs `act`; its traceback comes through the pipe if it fails."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return pid, reading
    code = 1
    try:
        os.close(reading)
        os.dup2(writing, 2)
        act()
        code = 0
    except BaseException:
        os.write(2, traceback.format_exc().encode())
    finally:
        sys.stdout.flush()
        os._exit(code)


def ended(child: tuple[int, int]) -> None:
    """Wait for the child; what went wrong in it goes wrong here."""
    pid, reading = child
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read().decode(errors="replace")
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    assert code == 0, f"the child ended with {code}: {said}"


def run(*acts: Callable[[], object]) -> None:
    """Run each in a child of its own, all at once, and wait for them."""
    for child in [fork(act) for act in acts]:
        ended(child)
