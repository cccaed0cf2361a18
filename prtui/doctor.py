"""Is the desk well? Every check once, for `prtui doctor` and for the palette."""

from __future__ import annotations

import locale
import os
import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from prtui import __version__, clock
from prtui.config import Settings
from prtui.errors import PrtuiError
from prtui.i18n import N_, _
from prtui.store import engine, journal

GOOD, WARNING, BAD = "ok", "warning", "fault"
LOW_SPACE = 200 * 1024 * 1024
OLD_BACKUP = 7  # days


@dataclass(frozen=True)
class Finding:
    """One check: `state` is ok, warning or fault, `note` says what was seen and what to do."""

    check: str
    state: str
    note: str


def examine(settings: Settings) -> list[Finding]:
    """Every check in order. The desk must be open in this thread."""
    found: list[Finding] = []
    for check in CHECKS:
        try:
            with engine.explained():
                found.extend(check(settings))
        except PrtuiError as error:  # what is broken must not keep the other checks from being made
            found.append(Finding(check.__name__.strip("_"), BAD, str(error)))
    return found


def _program(settings: Settings) -> Iterator[Finding]:
    yield Finding(_("Program"), GOOD, f"prtui {__version__}, {engine.version_text()}")
    if engine.is_sqlite() and not engine.sqlite_is_fixed():
        note = _(
            "this SQLite can corrupt its log in a rare race; prtui's own lock prevents it. A fixed one: pip install pysqlite3"
        )
        yield Finding(_("SQLite"), WARNING, note)


def _place(settings: Settings) -> Iterator[Finding]:
    folder = settings.data
    kind = engine.filesystem(folder)
    free = shutil.disk_usage(folder).free
    state = WARNING if free < LOW_SPACE else GOOD
    yield Finding(
        _("Folder"), state, _("{path} ({kind}), {free} MB free").format(path=folder, kind=kind or "?", free=free >> 20)
    )
    open_to_others = [path for path in _private_files(folder) if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)]
    if open_to_others:
        names = ", ".join(path.name for path in open_to_others[:5])
        yield Finding(
            _("Privacy"), WARNING, _("others on this machine may read {names}; chmod go-rwx them").format(names=names)
        )
    else:
        yield Finding(_("Privacy"), GOOD, _("only you can read the folder"))


def _private_files(folder: Path) -> list[Path]:
    return [folder, *(path for path in folder.iterdir() if path.is_file() or path.is_dir())]


def _database(settings: Settings) -> Iterator[Finding]:
    faults = engine.check_whole()
    yield Finding(_("Database"), BAD if faults else GOOD, "; ".join(faults[:3]) or _("whole"))
    count, fault = journal.verify()
    note = fault or _("{count} changes, the chain is whole").format(count=count)
    yield Finding(_("Journal"), BAD if fault else GOOD, note)


_INDEX = {
    "missing": N_("there is none yet"),
    "damaged": N_("it is damaged"),
    "foreign": N_("it belongs to another desk"),
}


def _index(settings: Settings) -> Iterator[Finding]:
    from prtui.search.index import open_index

    status = open_index(settings.data / "index").status()
    if status.state != "ready":
        note = _("{state}; it is made anew at the next search, or now with: prtui reindex").format(
            state=_(_INDEX.get(status.state, status.state))
        )
        yield Finding(_("Search index"), WARNING, note)
        return
    behind = max(status.head - status.applied, 0)
    note = _("{count} records, {behind} changes behind").format(count=status.records, behind=behind)
    yield Finding(_("Search index"), GOOD, note)


def _templates(settings: Settings) -> Iterator[Finding]:
    own = settings.data / "templates"
    count = len(list(own.glob("*.docx"))) if own.is_dir() else 0
    yield Finding(
        _("Templates"), GOOD, _("{count} of your own; `prtui templates check` reads them").format(count=count)
    )


def _backups(settings: Settings) -> Iterator[Finding]:
    folder = settings.data / "backups"
    copies = sorted(folder.glob("*"), key=lambda path: path.stat().st_mtime) if folder.is_dir() else []
    if not copies:
        yield Finding(_("Backup"), WARNING, _("there is none; run: prtui backup"))
        return
    days = int((clock.now().timestamp() - copies[-1].stat().st_mtime) // 86400)
    yield Finding(
        _("Backup"),
        WARNING if days > OLD_BACKUP else GOOD,
        _("{name}, {days} days old").format(name=copies[-1].name, days=days),
    )


def _surroundings(settings: Settings) -> Iterator[Finding]:
    term = os.environ.get("TERM", "") or "—"
    yield Finding(_("Terminal"), GOOD, f"TERM={term}, {locale.getpreferredencoding(False)}")
    cities = ", ".join(
        f"{name} {clock.now().astimezone(clock.zone(name)):%H:%M}" for name in (settings.zone, *settings.zones)
    )
    yield Finding(_("Clock"), GOOD, cities)


CHECKS: list[Callable[[Settings], Iterator[Finding]]] = [
    _program,
    _place,
    _database,
    _index,
    _templates,
    _backups,
    _surroundings,
]
STATES = {GOOD: N_("well"), WARNING: N_("look"), BAD: N_("fault")}
