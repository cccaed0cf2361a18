"""Where the data lies: private, on a local disk, durable, ours; and what is said when it is not."""

from __future__ import annotations

import os
import sqlite3
import stat
import zipfile
from pathlib import Path

import peewee
import pytest

from prtui import doctor, i18n, store
from prtui.config import Settings
from prtui.errors import DiskTrouble, PrtuiError, Trouble
from prtui.store import backup, engine, journal, query
from tests import forks


def settings(path: Path, database: str = "") -> Settings:
    return Settings(data=path / "desk", actor="林岚", database=database)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("umask", [0, 0o022, 0o277])
def test_the_folder_and_its_files_are_hers_alone_whatever_the_umask(tmp_path: Path, umask: int) -> None:
    mine = settings(tmp_path)

    def act() -> None:
        os.umask(umask)
        store.open_desk(mine)
        with store.write("林岚") as work:
            work.add("person", name="王敏")
        backup.back_up(mine)

    forks.run(act)
    folders = [path for path in [mine.data, *mine.data.rglob("*")] if path.is_dir()]
    files = [path for path in mine.data.rglob("*") if path.is_file()]
    assert {mode(path) for path in folders} == {0o700}
    assert {mode(path) for path in files} == {0o600}
    assert {"prtui.db", "prtui.db.turn"} <= {path.name for path in files}


def test_files_left_open_to_others_are_closed_again(tmp_path: Path) -> None:
    mine = settings(tmp_path)
    store.open_desk(mine)
    store.close()
    (mine.data / "prtui.db").chmod(0o644)
    mine.data.chmod(0o755)
    store.open_desk(mine)
    store.close()
    assert (mode(mine.data), mode(mine.data / "prtui.db")) == (0o700, 0o600)


def test_the_database_is_no_link_to_somewhere_else(tmp_path: Path) -> None:
    mine = settings(tmp_path)
    mine.data.mkdir()
    (mine.data / "prtui.db").symlink_to(tmp_path / "elsewhere.db")
    with pytest.raises(Trouble):
        store.open_desk(mine)
    assert not (tmp_path / "elsewhere.db").exists()


def test_a_commit_is_on_the_disk_when_it_returns(local_desk: Settings) -> None:
    assert engine.db.pragma("synchronous") == 2
    assert engine.db.pragma("journal_mode") == "wal"
    assert engine.db.pragma("foreign_keys") == 1
    assert engine.db.pragma("trusted_schema") == 0


def test_the_file_says_whose_it_is(local_desk: Settings) -> None:
    store.close()
    with sqlite3.connect(local_desk.data / "prtui.db") as file:
        assert file.execute("PRAGMA application_id").fetchone()[0].to_bytes(4, "big") == b"prtu"


MOUNTS = """21 1 8:1 / / rw - ext4 /dev/sda1 rw
30 21 0:50 / /mnt rw - tmpfs tmpfs rw
31 30 0:51 / /mnt/公关 rw - nfs4 server:/share rw
32 30 0:52 / /mnt/with\\040space rw master:1 - cifs //server/share rw
33 30 0:53 / /mnt/sshfs rw - fuse.sshfs lan@host:/ rw
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/srv/desk", "ext4"),
        ("/mnt/desk", "tmpfs"),
        ("/mnt/公关/desk", "nfs4"),
        ("/mnt/公关部", "tmpfs"),
        ("/mnt/with space/a/b", "cifs"),
        ("/mnt/sshfs", "fuse.sshfs"),
    ],
)
def test_the_file_system_under_a_folder_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str, kind: str
) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(MOUNTS, encoding="utf-8")
    monkeypatch.setattr(engine, "MOUNTS", mounts)
    assert engine.filesystem(Path(folder)) == kind


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "smb3", "fuse.sshfs"])
def test_a_network_file_system_is_refused_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr(engine, "filesystem", lambda folder: kind)
    with pytest.raises(Trouble) as caught:
        store.open_desk(settings(tmp_path))
    assert kind in str(caught.value)
    assert list((tmp_path / "desk").iterdir()) == []


def test_a_folder_that_cannot_be_made_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "desk").write_text("a file", encoding="utf-8")
    with pytest.raises(Trouble) as caught:
        store.open_desk(settings(tmp_path))
    assert "desk" in str(caught.value) and caught.value.hint


def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path: Path) -> None:
    mine = settings(tmp_path)
    mine.data.mkdir()
    file = mine.data / "prtui.db"
    file.write_bytes(b"a letter, not a database" * 400)
    with pytest.raises(Trouble) as caught:
        store.open_desk(mine)
    assert "is not a prtui database" in str(caught.value)
    assert file.read_bytes() == b"a letter, not a database" * 400


def test_a_damaged_file_is_told_in_a_sentence_and_by_the_doctor(local_desk: Settings) -> None:
    with store.write("林岚") as work:
        for number in range(200):
            work.add("person", name=f"person {number}", note="x" * 500)
    store.close()
    file = local_desk.data / "prtui.db"
    whole = bytearray(file.read_bytes())
    for at in range(len(whole) * 2 // 3, len(whole) - 4096, 4096):
        whole[at : at + 2048] = b"\xa5" * 2048
    file.write_bytes(whole)
    with pytest.raises(Trouble) as caught, engine.explained():
        engine.use(local_desk)
        query.rows("person")
    assert "damaged" in str(caught.value) and "backups" in caught.value.hint
    found = {one.check: one.state for one in doctor.examine(local_desk)}
    assert found["Database"] == doctor.BAD


def test_an_unreachable_server_is_named_without_its_password(tmp_path: Path) -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(Trouble) as caught:
        store.open_desk(settings(tmp_path, "postgresql://lan:geheim%21@127.0.0.1:1/desk"))
    assert "geheim" not in str(caught.value) + repr(caught.value.__cause__)
    assert "config.toml" in caught.value.hint


@pytest.mark.parametrize(
    "address",
    ["mysql://lan:geheim@host/desk", "postgresql://host:port:geheim/desk", "geheim", "postgresql://[geheim/x"],
)
def test_an_address_that_is_none_is_refused_without_repeating_it(tmp_path: Path, address: str) -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(Trouble) as caught:
        store.open_desk(settings(tmp_path, address))
    assert "geheim" not in str(caught.value)
    assert "postgresql://" in caught.value.hint


def test_a_backup_opens_without_the_program_and_is_never_overwritten(desk: Settings, tmp_path: Path) -> None:
    import json

    with store.write("林岚") as work:
        row = work.add("person", name="李文清")
        work.add("project", name="曜石", owner=row)
        work.remove(work.add("person", name="gone"))
    path = backup.back_up(desk, tmp_path)
    assert path.parent == tmp_path and mode(path) == 0o600
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        (person,) = [json.loads(line) for line in archive.read("person.jsonl").decode().splitlines()]
        (project,) = [json.loads(line) for line in archive.read("project.jsonl").decode().splitlines()]
        changes = [json.loads(line) for line in archive.read("journal.jsonl").decode().splitlines()]
        if engine.is_sqlite():
            archive.extract("prtui.db", tmp_path / "restored")
    assert (person["name"], project["owner"]) == ("李文清", row.code)
    assert [change["seq"] for change in changes] == [1, 2, 3, 4]
    with pytest.raises(PrtuiError):
        backup.back_up(desk, path)
    assert [one.name for one in tmp_path.glob("*.part")] == []
    if engine.is_sqlite():
        store.close()
        store.open_desk(Settings(data=tmp_path / "restored", actor="林岚"))
        assert query.count("person") == 1
        assert journal.verify() == (4, "")


def test_a_copy_that_does_not_verify_replaces_nothing(local_desk: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    goal = local_desk.data / "copy.db"
    goal.write_bytes(b"the last good one")

    class Broken:
        def __init__(self, path: Path) -> None:
            self.answers = iter([("page 7 is never used",)])

        def execute(self, sql: str) -> Broken:
            return self

        def fetchone(self) -> tuple[str]:
            return next(self.answers)

        def close(self) -> None:
            pass

    monkeypatch.setattr(engine.sqlite3, "connect", Broken)
    with pytest.raises(Trouble):
        engine.copy_to(goal)
    assert goal.read_bytes() == b"the last good one"
    assert list(local_desk.data.glob("*.part")) == []


@pytest.mark.parametrize("replaced", [False, True])
def test_a_desk_that_was_removed_or_replaced_takes_no_writes_that_nobody_would_find(
    tmp_path: Path, replaced: bool
) -> None:
    mine = settings(tmp_path)
    store.open_desk(mine)
    with store.write("林岚") as work:
        work.add("person", name="王敏")
    mine.data.rename(tmp_path / "elsewhere")
    mine.data.mkdir()
    if replaced:
        (mine.data / "prtui.db").write_bytes((tmp_path / "elsewhere" / "prtui.db").read_bytes())
    with pytest.raises(DiskTrouble, match="removed or replaced"), store.write("林岚") as work:
        work.add("person", name="陈立")
    with pytest.raises(DiskTrouble, match="removed or replaced"):
        engine.data_version()
    store.close()
    (mine.data / "prtui.db").unlink(missing_ok=True)
    (mine.data / "prtui.db.turn").unlink(missing_ok=True)
    mine.data.rmdir()
    (tmp_path / "elsewhere").rename(mine.data)
    store.open_desk(mine)
    with store.write("林岚") as work:
        work.add("person", name="陈立")
    store.close()


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ('connection failed: connection to server at "127.0.0.1", port 1 failed: Connection refused\n\tIs the server running on that host and accepting TCP/IP connections?', "no server listens there"),
        ("failed to resolve host 'geheim.invalid': [Errno -2] Name or service not known", "there is no host of that name"),
        ("connection timeout expired", "it took too long to answer"),
        ('connection failed: FATAL:  password authentication failed for user "lan"', "it refuses this user or password"),
        ('connection failed: FATAL:  database "desk" does not exist', "there is no such database or user"),
        ('connection to server at "10.0.0.1" failed: received invalid response to SSL negotiation: H', "received invalid response to SSL negotiation: H"),
        ("", "OperationalError"),
    ],
)  # fmt: skip
def test_a_refusal_of_the_server_is_one_clean_sentence(said: str, why: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "is_sqlite", lambda: False)
    message = engine._unreachable(peewee.OperationalError(said)).message
    assert message == f"The PostgreSQL database cannot be used: {why}."
    i18n.use("zh")
    assert "PostgreSQL" in (zh := engine._unreachable(peewee.OperationalError(said)).message) and zh.endswith("。")
    i18n.use("en")
