"""kill -9 at any moment: what was acknowledged is there, what was not is there whole or not at all."""

from __future__ import annotations

import os
import random
import signal
import time

import pytest

from prtui import store
from prtui.config import Settings
from prtui.store import engine, journal, query
from tests import forks

SESSIONS = 3


class Writer:
    """A session that stores pairs of records and reports each after its commit has returned."""

    def __init__(self, desk: Settings, name: str) -> None:
        self.desk, self.name = desk, name
        reading, self.acknowledging = os.pipe()
        self.pid, self.said = forks.fork(self._work)
        os.close(self.acknowledging)
        os.set_blocking(reading, False)
        self.reading = reading

    def _work(self) -> None:
        store.open_desk(self.desk)
        number = 0
        while True:
            number += 1
            with store.write(self.name) as work:
                work.add("person", name=f"{self.name}.{number}", position="a")
                work.add("person", name=f"{self.name}.{number}", position="b")
            os.write(self.acknowledging, f"{self.name}.{number}\n".encode())

    def kill(self) -> list[str]:
        """End it as a power button would; returns what it has acknowledged."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        told = b""
        while chunk := os.read(self.reading, 65536):
            told += chunk
        os.close(self.reading)
        with os.fdopen(self.said, "rb") as pipe:
            wrong = pipe.read().decode()
        assert wrong == ""
        return told.decode().split()


def kill_many(desk: Settings, kills: int) -> int:
    """Kill that many sessions in the middle of their work, look whether anything is amiss, return how much was acknowledged."""
    chance = random.Random(20260314)
    acknowledged: list[str] = []
    with forks.apart(desk):
        writers = [Writer(desk, f"w{n}") for n in range(SESSIONS)]
        for number in range(kills):
            time.sleep(chance.uniform(0.002, 0.06))
            acknowledged += writers.pop(chance.randrange(len(writers))).kill()
            if number < kills - SESSIONS:
                writers.append(Writer(desk, f"w{SESSIONS + number}"))
    pairs: dict[str, set[str]] = {}
    for row in query.rows("person"):
        pairs.setdefault(row.name, set()).add(row.position)
    assert [name for name in acknowledged if name not in pairs] == []
    assert [name for name, halves in pairs.items() if halves != {"a", "b"}] == []
    assert journal.verify() == (2 * len(pairs), "")
    assert engine.check_whole() == []
    with store.write("林岚") as work:  # and the next one writes on
        work.add("person", name="王敏")
    return len(acknowledged)


def test_nothing_acknowledged_is_lost_by_a_kill(desk: Settings) -> None:
    assert kill_many(desk, 15) > 0


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_by_a_thousand_kills(desk: Settings) -> None:
    assert kill_many(desk, 1000) > 1000


def test_a_session_killed_while_it_holds_the_turn_blocks_nobody(local_desk: Settings) -> None:
    holding = os.pipe()

    def hold() -> None:
        store.open_desk(local_desk)
        with store.write("王敏") as work:
            work.add("person", name="never stored")
            os.write(holding[1], b"x")
            time.sleep(60)

    with forks.apart(local_desk):
        pid, said = forks.fork(hold)
        os.read(holding[0], 1)
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        for end in (*holding, said):
            os.close(end)
    with store.write("林岚") as work:
        work.add("person", name="王敏")
    assert [row.name for row in query.rows("person")] == ["王敏"]
