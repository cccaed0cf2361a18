"""A PostgreSQL server on the loopback address for the time of a test session."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def binaries() -> Path | None:
    """The folder with initdb and postgres, or None."""
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


@contextmanager
def server() -> Iterator[str | None]:
    """Its address, or None when there is no server or no driver to be had. Gone at the end, files and all."""
    folder = binaries()
    try:
        import psycopg  # noqa: F401
    except ImportError:
        folder = None
    if folder is None:
        yield None
        return
    root = Path(tempfile.mkdtemp(prefix="prtui-pg-"))
    # The server refuses to run as root; its package made a user for it.
    owner = pwd.getpwnam("postgres") if os.geteuid() == 0 else None
    if owner:
        os.chown(root, owner.pw_uid, owner.pw_gid)
    user = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if owner else {}
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    data = root / "data"

    def run(*command: str) -> None:
        subprocess.run(command, check=True, cwd=root, capture_output=True, **user)

    try:
        run(str(folder / "initdb"), "-D", str(data), "-U", "prtui", "--auth=trust", "--locale=C", "-E", "UTF8", "-N")
        options = f"-h 127.0.0.1 -p {port} -k {root} -c fsync=off -c max_connections=40"
        run(str(folder / "pg_ctl"), "-D", str(data), "-w", "-o", options, "-l", str(root / "log"), "start")
        try:
            yield f"postgresql://prtui@127.0.0.1:{port}/postgres"
        finally:
            run(str(folder / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop")
    finally:
        shutil.rmtree(root, ignore_errors=True)


def empty(address: str) -> None:
    """Drop everything in the database."""
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
