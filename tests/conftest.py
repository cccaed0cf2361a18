"""Fixtures: an open, empty desk on SQLite and, where a server can be had, the same on PostgreSQL."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from prtui import i18n, store
from prtui.config import Settings
from tests import postgres

# A run in the background begins with some signals ignored, and what it starts would ignore them, too.
signal.signal(signal.SIGINT, signal.default_int_handler)
for number in (signal.SIGHUP, signal.SIGQUIT):
    signal.signal(number, signal.SIG_DFL)


@pytest.fixture(autouse=True)
def _private_surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees the configuration, the language or the data of whoever runs it."""
    for name in ("PRTUI_DATA", "PRTUI_AS", "PRTUI_LANG", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "xdg-config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "xdg-data"))
    i18n.use("en")


@pytest.fixture(scope="session")
def postgres_address() -> Iterator[str | None]:
    """A database on a loopback server of the session's own, or None where no server is installed."""
    with postgres.server() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """An open, empty desk; every test that takes it runs on both engines."""
    database = ""
    if request.param == "postgresql":
        address = request.getfixturevalue("postgres_address")
        if address is None:
            if os.environ.get("PRTUI_REQUIRE_POSTGRES"):
                pytest.fail("PostgreSQL was promised but cannot be started")
            pytest.skip("no PostgreSQL server is installed here")
        postgres.empty(address)
        database = address
    settings = Settings(data=tmp_path / "desk", actor="林岚", database=database, zone="Asia/Shanghai")
    store.open_desk(settings)
    yield settings
    store.close()


@pytest.fixture
def local_desk(tmp_path: Path) -> Iterator[Settings]:
    """An open, empty desk on SQLite only, for what is not about the engine."""
    settings = Settings(data=tmp_path / "desk", actor="林岚", zone="Asia/Shanghai")
    store.open_desk(settings)
    yield settings
    store.close()
