"""The one file that knows which engine we run on: SQLite in the data folder, or PostgreSQL for several hosts."""

from __future__ import annotations

import fcntl
import os
import re
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import peewee

from prtui.config import Settings
from prtui.errors import DiskTrouble, Trouble
from prtui.i18n import N_, _

db = peewee.DatabaseProxy()
_here = threading.local()  # of the calling thread's connection: the file it is open on
APPLICATION_ID = 0x70727475  # "prtu", so that a foreign SQLite file is never taken for ours
FILE = "prtui.db"
MOUNTS = Path("/proc/self/mountinfo")

# synchronous=FULL: in 600 simulated power cuts NORMAL lost acknowledged writes in 447, FULL in none.
_PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": "full",
    "foreign_keys": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "journal_size_limit": 16 * 1024 * 1024,
    "cache_size": -16000,
}
# Sort keys compare by code point on both engines; a PostgreSQL database's own collation would shuffle pinyin.
_SQLITE_TYPES = {"SORTKEY": "TEXT"}
_POSTGRES_TYPES = {"SORTKEY": 'TEXT COLLATE "C"'}
_FIXED_SQLITE = (3, 51, 3)  # 3.7.0–3.51.2 can corrupt a WAL that two processes reset at once
# Peewee lets pass what the driver raises while rows are fetched.
_SAID = (peewee.DatabaseError, peewee.InterfaceError, peewee.sqlite3.DatabaseError)
_PG_FULL, _PG_HELD = {"53100"}, {"55P03", "40P01"}  # disk full; a lock not to be had in time, a deadlock
_REFUSALS = (
    (r"connection refused|no such file or directory", N_("no server listens there")),
    (r"resolve host|translate host name", N_("there is no host of that name")),
    (r"timeout|timed out", N_("it took too long to answer")),
    (r"unreachable|no route to host", N_("the network does not lead there")),
    (
        r"password authentication failed|no password supplied|no pg_hba\.conf entry",
        N_("it refuses this user or password"),
    ),
    (r"(?:database|role) .* does not exist", N_("there is no such database or user")),
    (r"too many (?:clients|connections)|connection slots", N_("all its connections are taken")),
    (r"starting up|shutting down|recovery", N_("it is starting or stopping; try again in a moment")),
)
_NETWORK = {"nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "fuse.sshfs", "afs", "ncpfs", "fuse.davfs", "webdav"}


class LostConnection(Trouble):
    """The database server went away in the middle of a unit of work."""


def is_sqlite() -> bool:
    """Whether this process runs on SQLite."""
    return isinstance(db.obj, peewee.SqliteDatabase)


def use(settings: Settings) -> None:
    """Point the store at the configured database and connect this thread. Raises Trouble with what to do."""
    close()
    db.initialize(_postgres(settings.database) if settings.database else _sqlite(settings.data))
    connect()


def connect() -> None:
    """Connect the calling thread (each thread has a connection of its own)."""
    try:
        if db.connect(reuse_if_open=True):
            _here.file = _file()
    except (peewee.DatabaseError, peewee.InterfaceError) as error:
        raise _unreachable(error) from error


def close() -> None:
    """Close the calling thread's connection."""
    if db.obj is not None and not db.is_closed():
        db.close()


def _file() -> tuple[int, int] | None:
    """Which file the name of the database stands for now; None for a server, and where there is none."""
    try:
        found = Path(db.database).stat() if is_sqlite() else None
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if found else None


def _check_file() -> None:
    # A file that was removed or replaced goes on taking writes, and nobody finds them again.
    if is_sqlite() and _file() != _here.file:
        raise DiskTrouble(
            _("{path} was removed or replaced while prtui was open; nothing more is stored.").format(path=db.database),
            hint=_("Put the folder back, then start prtui again."),
        )


def _unreachable(error: Exception) -> Trouble:
    if is_sqlite():
        if "not a database" in str(error):
            return Trouble(
                _("{path} is not a prtui database.").format(path=db.database),
                hint=_("Move it away, or point --data at another folder."),
            )
        meant = _explained(error)
        if isinstance(meant, Trouble):
            return meant
        return Trouble(_("The database cannot be opened: {error}.").format(error=error))
    return Trouble(
        _("The PostgreSQL database cannot be used: {why}.").format(why=_refusal(str(error)) or type(error).__name__),
        hint=_("Check `database` in config.toml and that the server runs."),
    )


def _refusal(said: str) -> str:
    """Why the server, or the way to it, says no: in her language where we know the reason, else in the server's words,
    without the address, which may hold a password."""
    for pattern, why in _REFUSALS:
        if re.search(pattern, said, re.I):
            return _(why)
    return re.split(r"failed: |FATAL: +", (said.strip().splitlines() or [""])[0])[-1].strip(" .?!")


def private_folder(path: Path) -> Path:
    """The folder, made 0700 whatever the umask. Raises Trouble when it cannot be made or written."""
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
        if path.stat().st_uid == os.getuid():
            path.chmod(0o700)
        if not os.access(path, os.W_OK | os.X_OK):
            raise PermissionError
    except OSError:
        raise Trouble(
            _("The folder {path} cannot be written.").format(path=path),
            hint=_("Give yourself the right to, or name another one with --data."),
        ) from None
    return path


def private_file(path: Path, *, new: bool = False) -> int:
    """A descriptor of the file to read and write it, made 0600 whatever the umask; with `new` it must not be there yet."""
    flags = os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC | (os.O_EXCL if new else 0)
    descriptor = os.open(path, flags, 0o600)
    os.fchmod(descriptor, 0o600)
    return descriptor


def _sqlite(folder: Path) -> peewee.SqliteDatabase:
    private_folder(folder)
    kind = filesystem(folder)
    if kind in _NETWORK:
        raise Trouble(
            _("{path} lies on a network file system ({kind}), where SQLite loses data.").format(path=folder, kind=kind),
            hint=_("Use a local folder with --data, or a PostgreSQL database for several hosts."),
        )
    for path in (folder / FILE, folder / f"{FILE}.turn"):
        try:  # before SQLite does: it would give the file 0644
            os.close(private_file(path))
        except OSError as error:
            raise Trouble(_("{path} cannot be opened: {error}.").format(path=path, error=error.strerror)) from None
    return peewee.SqliteDatabase(
        str(folder / FILE),
        pragmas=_PRAGMAS,
        timeout=10,
        lock_type="IMMEDIATE",
        autoconnect=False,
        field_types=_SQLITE_TYPES,
    )


def _postgres(address: str) -> peewee.PostgresqlDatabase:
    try:
        import psycopg  # noqa: F401
    except ImportError:
        raise Trouble(
            _("The configuration names a PostgreSQL database, but the driver is not installed."),
            hint=_("Install it with: pip install 'prtui[postgres]'"),
        ) from None
    from playhouse.db_url import parse

    try:
        if urlsplit(address).scheme not in ("postgresql", "postgres"):
            raise ValueError
        options = parse(address, unquote_password=True, unquote_user=True)
    except (ValueError, RuntimeError):
        raise Trouble(
            _("`database` in the configuration is not an address prtui knows."),
            hint=_("Write postgresql://user@host/name; the password may stand in ~/.pgpass."),
        ) from None
    options.setdefault("connect_timeout", 5)
    options.setdefault("application_name", "prtui")
    options.setdefault("options", "-c lock_timeout=10000 -c idle_in_transaction_session_timeout=30000")
    name = options.pop("database")
    return peewee.PostgresqlDatabase(
        name, prefer_psycopg3=True, autoconnect=False, field_types=_POSTGRES_TYPES, **options
    )


def filesystem(folder: Path) -> str:
    """The type of the file system the folder lies on, or an empty string where the system does not tell."""
    try:
        lines = MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    real, best, kind = os.path.realpath(folder), "", ""
    for line in lines:
        left, _dash, right = line.partition(" - ")
        where = re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), left.split()[4])
        if len(where) >= len(best) and (real == where or real.startswith(where.rstrip("/") + "/")):
            best, kind = where, right.split()[0]
    return kind


def sqlite_is_fixed() -> bool:
    """Whether the SQLite in use has the WAL-reset fix; the turn lock covers for it where it has not."""
    return tuple(peewee.sqlite3.sqlite_version_info) >= _FIXED_SQLITE


def version_text() -> str:
    """Engine and version, for `doctor`."""
    if is_sqlite():
        return f"SQLite {peewee.sqlite3.sqlite_version} ({peewee.sqlite3.__name__.partition('.')[0]})"
    return "PostgreSQL " + str(db.execute_sql("SHOW server_version").fetchone()[0])


@contextmanager
def turn() -> Iterator[None]:
    """This process's turn to write on this host. Queued by the kernel: SQLite's own busy handler sleeps and polls, which
    starves people behind a bulk import (worst wait of eight writers 3.4–5 s against 0.13 s)."""
    if not is_sqlite():
        yield
        return
    descriptor = os.open(f"{db.database}.turn", os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


@contextmanager
def transaction() -> Iterator[None]:
    """One write transaction: IMMEDIATE on SQLite, ordinary on PostgreSQL, where the head row orders the writers.

    Raises DiskTrouble when the disk refuses, LostConnection when the server went away; in both cases nothing was stored,
    or, after a lost commit, the journal knows the operation.
    """
    with explained(OSError), turn():
        _check_file()
        with db.atomic():
            yield


@contextmanager
def snapshot() -> Iterator[None]:
    """Reads inside the block all see one moment, whatever others write meanwhile."""
    if is_sqlite():
        with explained(), db.atomic("DEFERRED"):
            yield
    else:
        with explained(), db.atomic(isolation_level="REPEATABLE READ"):
            yield


@contextmanager
def explained(*more: type[Exception]) -> Iterator[None]:
    """What the engine says inside the block becomes Trouble, a sentence for the director; with OSError, the disk too."""
    try:
        yield
    except (*_SAID, *more) as error:
        meant = _explained(error)
        if meant is error:
            raise
        raise meant from error


def _explained(error: BaseException) -> BaseException:
    if isinstance(error, OSError):
        return DiskTrouble(_("The disk refused: {error}.").format(error=error.strerror), hint=_full_hint())
    # On a full disk SQLite has already rolled back, and the real message hides behind "cannot rollback".
    chain: list[BaseException] = []
    link: BaseException | None = error
    while link is not None and link not in chain:
        chain.append(link)
        link = link.__context__
    words = " ".join(str(one) for one in chain)
    states = {getattr(one, "sqlstate", None) for one in chain}
    if not is_sqlite() and not db.is_connection_usable():
        return LostConnection(_("The database server went away."), hint=_("prtui reconnects at the next try."))
    if states & _PG_FULL or any(said in words for said in ("disk is full", "disk I/O error", "readonly database")):
        return DiskTrouble(
            _(
                "The disk is full or refuses to write. Nothing of this change was stored; what was stored before is safe."
            ),
            hint=_full_hint(),
        )
    if states & _PG_HELD or "database is locked" in words:
        return Trouble(_("Another program holds the database."), hint=_("Close it, or wait a moment and try again."))
    if "malformed" in words or "not a database" in words:
        return Trouble(
            _("The database file is damaged: {path}.").format(path=db.database),
            hint=_("Keep it, and put prtui.db from the newest file in the folder backups in its place."),
        )
    return error


def _full_hint() -> str:
    return _("Free some room, then try again; your text is still here.")


def lock_head() -> None:
    """Make this transaction the only writer on PostgreSQL; SQLite's IMMEDIATE already did."""
    if not is_sqlite():
        db.execute_sql("SELECT 1 FROM head WHERE id = 1 FOR UPDATE")


def lock_schema() -> None:
    """One migration at a time on PostgreSQL; the turn lock does it for SQLite."""
    if not is_sqlite():
        db.execute_sql("SELECT pg_advisory_xact_lock(%s)", (APPLICATION_ID,))


def mark_ours() -> None:
    """Stamp a SQLite file as prtui's."""
    if is_sqlite():
        db.execute_sql(f"PRAGMA application_id = {APPLICATION_ID}")


def is_foreign() -> bool:
    """Whether the database has tables but was not made by prtui."""
    if is_sqlite() and db.pragma("application_id") not in (0, APPLICATION_ID):
        return True
    return bool(db.get_tables()) and not db.table_exists("head")


def check_whole() -> list[str]:
    """What SQLite's own checks find wrong; empty when all is well. PostgreSQL checks its pages itself."""
    if not is_sqlite():
        return []
    try:
        found = [row[0] for row in db.execute_sql("PRAGMA integrity_check").fetchall() if row[0] != "ok"]
        keys = db.execute_sql("PRAGMA foreign_key_check").fetchall()
    except _SAID as error:  # so damaged that it cannot even be checked
        return [str(error)]
    return found + [f"foreign key: {row[0]} {row[1]}" for row in keys]


def foreign_keys(on: bool) -> None:
    """Switch SQLite's enforcement, outside a transaction: table rebuilds would cascade."""
    if is_sqlite():
        db.execute_sql(f"PRAGMA foreign_keys = {int(on)}")


def copy_to(path: Path) -> None:
    """A verified copy of the SQLite database at `path`: 0600, checked, synced, then renamed into place."""
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    try:
        os.close(private_file(part, new=True))  # VACUUM INTO takes an existing empty file and leaves its mode
        with explained():
            db.execute_sql("VACUUM INTO ?", (str(part),))
        check = sqlite3.connect(part)
        try:
            whole = check.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            whole = whole and not check.execute("PRAGMA foreign_key_check").fetchall()
        finally:
            check.close()
        if not whole:
            raise Trouble(_("The copy does not verify; nothing was changed."), hint=_("Run: prtui doctor"))
        _sync(part)
        part.replace(path)
        _sync(path.parent)
    except OSError as error:
        raise _explained(error) from error
    finally:
        part.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def data_version() -> int:
    """A number that changes when another connection has committed: cheap to poll once a second."""
    if is_sqlite():
        _check_file()
        return int(db.pragma("data_version"))
    return int(db.execute_sql("SELECT seq FROM head WHERE id = 1").fetchone()[0])
