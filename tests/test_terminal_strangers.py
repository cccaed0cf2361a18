"""What others write on the terminal is noticed by the time of its last write, and what prtui writes itself is not."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from prtui.terminal import strangers
from prtui.terminal.strangers import QUIET, Strangers


class Terminal:
    """A device whose time of the last write is set by hand, and a clock."""

    def __init__(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 100.0
        monkeypatch.setattr(strangers.time, "monotonic", lambda: self.now)
        self.file = os.open(path, os.O_RDWR | os.O_CREAT)
        self.written_at(1000)

    def written_at(self, second: int) -> None:
        os.utime(self.file, (second, second))


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Terminal]:
    made = Terminal(tmp_path / "tty", monkeypatch)
    yield made
    os.close(made.file)


def test_what_somebody_else_wrote_is_noticed_once(terminal: Terminal) -> None:
    watch = Strangers(terminal.file)
    terminal.now += QUIET + 1
    assert not watch.looked()
    terminal.written_at(1010)
    assert watch.looked()
    assert not watch.looked()


def test_what_prtui_writes_itself_is_nobody_elses(terminal: Terminal) -> None:
    watch = Strangers(terminal.file)
    terminal.now += QUIET + 1
    watch.looked()
    watch.wrote()
    terminal.written_at(1010)
    assert not watch.looked()
    terminal.now += QUIET + 1
    assert not watch.looked()
    terminal.written_at(1020)
    assert watch.looked()


def test_a_terminal_that_is_gone_tells_nothing(terminal: Terminal) -> None:
    other = os.dup(terminal.file)
    watch = Strangers(other)
    terminal.now += QUIET + 1
    watch.looked()
    os.close(other)
    terminal.written_at(1010)
    assert not watch.looked()
