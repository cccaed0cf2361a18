"""A desk as one file, and as plain text that is readable without the program."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from prtui import clock
from prtui.config import Settings
from prtui.errors import PrtuiError
from prtui.i18n import _
from prtui.store import engine, journal, query
from prtui.store.records import KINDS

if TYPE_CHECKING:
    import zipfile


def back_up(settings: Settings, path: Path | None = None, *, progress: Callable[[str], None] | None = None) -> Path:
    """Write a zip with a verified copy of the database (SQLite only) and every record and change as JSON lines, 0600, and
    return its path. Never overwrites."""
    import zipfile  # this module is loaded with every other of the store, at each start

    stamp = f"{clock.now():%Y-%m-%dT%H%M%S}"
    if path is None:
        path = engine.private_folder(settings.data / "backups") / f"prtui-{stamp}.zip"
    if path.is_dir():
        path = path / f"prtui-{stamp}.zip"
    if path.exists():
        raise PrtuiError(
            _("{path} is there already.").format(path=path), hint=_("Name another file; nothing was written.")
        )
    part = path.with_name(f"{path.name}.{os.getpid()}.part")  # a killed one's is in nobody's way
    copy = path.with_name(f"{path.name}.{os.getpid()}.db")
    try:
        descriptor = engine.private_file(part, new=True)
    except OSError as error:
        raise PrtuiError(_("{path} cannot be written: {error}.").format(path=path, error=error.strerror)) from None
    try:
        with engine.explained(OSError), os.fdopen(descriptor, "wb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                if engine.is_sqlite():
                    engine.copy_to(copy)
                    archive.write(copy, engine.FILE)
                with engine.snapshot():
                    _write_lines(archive, progress)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
        copy.unlink(missing_ok=True)
    return path


def _write_lines(archive: zipfile.ZipFile, progress: Callable[[str], None] | None) -> None:
    for kind in KINDS:
        if progress:
            progress(kind)
        with archive.open(f"{kind}.jsonl", "w", force_zip64=True) as out:
            _dump(kind, out.write)
    with archive.open("journal.jsonl", "w", force_zip64=True) as out:
        for change in journal.chained():
            change["at"] = clock.stored(change["at"])
            out.write((json.dumps(change, ensure_ascii=False) + "\n").encode())


def _dump(kind: str, out: Callable[[bytes], object]) -> None:
    last = 0
    while found := query.rows(kind, {"id__gt": last}, order=("id",), limit=500):
        for row in found:
            out((json.dumps(row.plain(), ensure_ascii=False) + "\n").encode())
        last = found[-1].id
