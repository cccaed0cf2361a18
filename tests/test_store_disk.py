"""A full disk says so, stores nothing of the change, loses nothing of before, and the desk goes on once there is room."""

from __future__ import annotations

import os
import resource
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from prtui import store
from prtui.config import Settings
from prtui.errors import DiskTrouble
from prtui.store import backup, engine, journal, query
from tests import forks


def fill(most: int = 2000) -> int:
    """Store notes until the disk refuses; returns how many were acknowledged."""
    stored = 0
    with pytest.raises(DiskTrouble) as caught:
        while stored < most:
            with store.write("林岚") as work:
                row = work.add("person", name=f"person {stored}")
                work.edit(row, note="x" * 20_000)
            stored += 1
    assert "what was stored before is safe" in str(caught.value)
    return stored


def nothing_is_lost(stored: int) -> None:
    assert query.count("person") == stored
    assert all(len(row.note) == 20_000 for row in query.rows("person"))
    assert journal.verify() == (2 * stored, "")
    assert engine.check_whole() == []


def test_a_file_that_may_not_grow(tmp_path: Path) -> None:
    desk = Settings(data=tmp_path / "desk", actor="林岚")

    def act() -> None:
        store.open_desk(desk)
        _soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_500_000, hard))
        stored = fill()
        assert stored > 3
        nothing_is_lost(stored)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
        with pytest.raises(DiskTrouble):
            backup.back_up(desk, tmp_path / "copy.zip")
        assert [path.name for path in tmp_path.iterdir()] == ["desk"]
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
        with store.write("林岚") as work:
            work.edit(work.add("person", name="王敏"), note="y" * 20_000)
        nothing_is_lost(stored + 1)

    forks.run(act)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk of four megabytes."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(place)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("only root may mount a small disk")
    yield place
    store.close()
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_disk_that_is_full(small_disk: Path) -> None:
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"x" * 1_000_000)
    desk = Settings(data=small_disk / "desk", actor="林岚")
    store.open_desk(desk)
    stored = fill()
    assert stored > 3
    nothing_is_lost(stored)
    with pytest.raises(DiskTrouble):
        backup.back_up(desk)
    assert list((desk.data / "backups").iterdir()) == []
    ballast.unlink()
    with store.write("林岚") as work:
        work.edit(work.add("person", name="王敏"), note="y" * 20_000)
    nothing_is_lost(stored + 1)


def test_a_disk_that_is_full_at_the_first_start(small_disk: Path) -> None:
    ballast = small_disk / "ballast"
    with pytest.raises(OSError), ballast.open("wb", buffering=0) as file:
        while True:
            file.write(b"x" * 65536)
    desk = Settings(data=small_disk / "desk", actor="林岚")
    with pytest.raises(DiskTrouble):
        store.open_desk(desk)
    store.close()
    ballast.unlink()
    store.open_desk(replace(desk, language="zh"))
    with store.write("林岚") as work:
        work.add("person", name="王敏")
    assert query.count("person") == 1
