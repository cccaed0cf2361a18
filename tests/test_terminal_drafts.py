"""Drafts survive: private, whole, on time, and without crashing on a full disk."""

from __future__ import annotations

import os
import stat
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from prtui.errors import DiskTrouble
from prtui.terminal.drafts import DraftKeeper, Drafts


def test_a_draft_comes_back_as_it_was_typed(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path / "drafts")
    values = {"title": "关于表扣的说明", "body": 'line\n"“”\ud800[/]\x1b[31m'}
    drafts.keep("statement/12", values, 3)
    found = drafts.find("statement/12")
    assert found is not None
    assert (found.key, found.values, found.base_version) == ("statement/12", values, 3)
    assert found.kept_at.tzinfo is not None
    assert drafts.find("statement/13") is None


def test_only_she_can_read_them_and_no_parts_remain(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path / "drafts")
    before = os.umask(0)
    try:
        drafts.keep("a/../../b", {"x": "1"}, 0)
    finally:
        os.umask(before)
    assert stat.S_IMODE(drafts.folder.stat().st_mode) == 0o700
    [file] = drafts.folder.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize("umask", [0, 0o022, 0o777])
def test_every_folder_above_them_that_is_made_is_hers_alone(tmp_path: Path, umask: int) -> None:
    drafts = Drafts(tmp_path / "desk" / "drafts" / "林岚")
    before = os.umask(umask)
    try:
        drafts.keep("note", {"x": "1"}, 0)
    finally:
        os.umask(before)
    for folder in (drafts.folder, *drafts.folder.parents[:2]):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_the_latest_comes_first_and_dropped_ones_are_gone(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path)
    assert drafts.all() == []
    for key in ("one", "two", "three"):
        drafts.keep(key, {"x": key}, 1)
    drafts.keep("one", {"x": "again"}, 2)
    drafts.drop("two")
    drafts.drop("never there")
    assert [(draft.key, draft.values["x"]) for draft in drafts.all()] == [("one", "again"), ("three", "three")]


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"key": 1}', b"\xff\xfe", b'{"key":"k","values":[],"base_version":"x"}']
)
def test_a_damaged_draft_is_passed_over(tmp_path: Path, content: bytes) -> None:
    drafts = Drafts(tmp_path)
    drafts.keep("k", {"x": "1"}, 1)
    [file] = tmp_path.iterdir()
    file.write_bytes(content)
    assert drafts.find("k") is None and drafts.all() == []
    drafts.keep("k", {"x": "2"}, 1)
    assert drafts.find("k") is not None


class Disk(Drafts):
    """Counts what is written, and is full when told so."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.full = False
        self.refusals = 0
        self.kept: list[str] = []
        self.changed = threading.Condition()

    def keep(self, key: str, values: object, base_version: int) -> None:
        with self.changed:
            if self.full:
                self.refusals += 1
                self.changed.notify_all()
                raise DiskTrouble("full")
            super().keep(key, values, base_version)  # type: ignore[arg-type]
            self.kept.append(dict(values)["x"])  # type: ignore[call-overload]
            self.changed.notify_all()

    def drop(self, key: str) -> None:
        with self.changed:
            super().drop(key)
            self.changed.notify_all()

    def wait(self, condition: Callable[[], bool]) -> None:
        with self.changed:
            assert self.changed.wait_for(condition, 60)


@pytest.fixture
def disk(tmp_path: Path) -> Disk:
    return Disk(tmp_path)


def test_typing_without_a_pause_is_saved_all_the_same(disk: Disk) -> None:
    with DraftKeeper(disk).open() as keeper:
        typed = 0
        while not disk.kept:  # a debounce would wait for the end of this
            typed += 1
            keeper.changed("note", {"x": str(typed)}, 1)
            threading.Event().wait(0.005)
            assert typed < 10_000
        keeper.changed("note", {"x": "last"}, 1)
    assert disk.kept[-1] == "last"
    assert len(disk.kept) < typed  # and not once a key


def test_a_saved_form_leaves_no_draft_behind(disk: Disk) -> None:
    with DraftKeeper(disk).open() as keeper:
        keeper.changed("note", {"x": "kept"}, 1)
        assert keeper.flush()
        assert disk.find("note") is not None
        keeper.changed("note", {"x": "newer"}, 1)
        keeper.drop("note")
        disk.wait(lambda: disk.find("note") is None)
    assert disk.find("note") is None and "newer" not in disk.kept


def test_a_full_disk_is_reported_once_and_tried_again(disk: Disk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(DraftKeeper, "RETRY", 0.01)
    reported: list[DiskTrouble] = []
    disk.full = True
    with DraftKeeper(disk, reported.append).open() as keeper:
        keeper.changed("note", {"x": "old"}, 1)
        disk.wait(lambda: disk.refusals > 3)
        assert not keeper.flush()
        keeper.changed("note", {"x": "new"}, 1)
        assert len(reported) == 1
        disk.full = False
        disk.wait(lambda: disk.kept == ["new"])
    assert len(reported) == 1


def test_the_real_disk_refusing_is_trouble_and_keeps_the_draft_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafts = Drafts(tmp_path)
    drafts.keep("k", {"x": "good"}, 1)

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskTrouble, match="No space left"):
        drafts.keep("k", {"x": "lost"}, 1)
    found = drafts.find("k")
    assert found is not None and found.values == {"x": "good"}
    assert len(list(tmp_path.iterdir())) == 1
