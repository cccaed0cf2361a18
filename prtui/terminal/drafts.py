"""Half-typed text that outlives the session: one small file a draft, written at most 0.3 s after the first change."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Self

from prtui import clock
from prtui.errors import DiskTrouble
from prtui.i18n import _


@dataclass(frozen=True)
class Draft:
    """What was typed into the form named `key` and not saved. `base_version` is the version the editing began from, 0
    for a new record; `kept_at` is UTC."""

    key: str
    values: dict[str, str]
    base_version: int
    kept_at: datetime


class Drafts:
    """The drafts in one folder (one person's). Files are 0600 and replaced as a whole."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, key: str, values: Mapping[str, str], base_version: int) -> None:
        """On disk when this returns. Raises DiskTrouble, leaving the draft before it as it was."""
        path = self._path(key)
        part = path.with_suffix(f".{os.getpid()}-{threading.get_ident()}.part")
        content = json.dumps(
            {"key": key, "values": dict(values), "base_version": base_version, "kept_at": clock.now().isoformat()},
            ensure_ascii=False,
        )
        try:
            self._make_folder()
            handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with open(handle, "wb") as file:
                file.write(content.encode("utf-8", "surrogatepass"))
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
            self._sync_folder()
        except OSError as error:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
            raise DiskTrouble(
                _("The draft could not be kept: {error}.").format(error=error.strerror or error),
                hint=_("Free some disk space; prtui keeps trying."),
            ) from error

    def find(self, key: str) -> Draft | None:
        """The draft of that form, None if there is none or it cannot be read."""
        draft = _read(self._path(key))
        return draft if draft is not None and draft.key == key else None

    def all(self) -> list[Draft]:
        """Every readable draft, the latest first."""
        found = (_read(path) for path in self.folder.glob("*.draft"))
        return sorted((draft for draft in found if draft is not None), key=lambda draft: draft.kept_at, reverse=True)

    def drop(self, key: str) -> None:
        """Forget it; nothing happens if there is none. Raises DiskTrouble if the file cannot be removed."""
        try:
            self._path(key).unlink(missing_ok=True)
        except OSError as error:
            raise DiskTrouble(
                _("A draft could not be removed: {error}.").format(error=error.strerror or error)
            ) from error

    def _path(self, key: str) -> Path:
        name = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:32]
        return self.folder / f"{name}.draft"

    def _make_folder(self) -> None:
        # Made one by one: with `parents` the ones above would get what the umask leaves, and the umask 0777 takes all.
        for folder in reversed((self.folder, *self.folder.parents)):
            if not folder.exists():
                folder.mkdir(mode=0o700, exist_ok=True)
                folder.chmod(0o700)

    def _sync_folder(self) -> None:
        handle = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _read(path: Path) -> Draft | None:
    try:
        content = json.loads(path.read_bytes().decode("utf-8", "surrogatepass"))
        values = {str(name): str(value) for name, value in content["values"].items()}
        kept_at = datetime.fromisoformat(content["kept_at"])
        return Draft(str(content["key"]), values, int(content["base_version"]), kept_at)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _unwritten(key: str, entry: tuple[Mapping[str, str], int] | None) -> Draft | None:
    return Draft(key, dict(entry[0]), entry[1], clock.now()) if entry is not None else None


class DraftKeeper:
    """Writes drafts from a thread of its own, so that neither a stalled screen nor a slow disk holds anyone up.

    `on_trouble` is called once, on that thread, when the disk begins to refuse, and must not wait for anything; writing is
    tried again every second.
    """

    DELAY = 0.2  # leaves 0.1 s of the promised 0.3 s for the disk
    RETRY = 1.0

    def __init__(self, drafts: Drafts, on_trouble: Callable[[DiskTrouble], None] | None = None) -> None:
        self.drafts = drafts
        self.on_trouble = on_trouble
        self._pending: dict[str, tuple[Mapping[str, str], int] | None] = {}  # None: to be dropped
        self._changed = threading.Condition()
        self._disk = threading.Lock()  # held while files are written, never together with _changed by a caller
        self._due: float | None = None
        self._closed = False
        self._refused = False
        self._thread = threading.Thread(target=self._run, name="prtui-drafts", daemon=True)
        self._thread.start()

    def changed(self, key: str, values: Mapping[str, str], base_version: int) -> None:
        """Call at every change with all values of the form; costs microseconds."""
        self._put(key, (dict(values), base_version), self.DELAY)

    def drop(self, key: str) -> None:
        """The form was saved or given up: nothing typed before this comes back."""
        self._put(key, None, 0.0)

    def flush(self) -> bool:
        """Write all that is pending before returning. Safe from any thread; False if the disk refused."""
        with self._disk:
            with self._changed:
                work, self._pending, self._due = self._pending, {}, None
            refused = {key: entry for key, entry in work.items() if not self._written(key, entry)}
            with self._changed:
                self._pending = refused | self._pending  # what was typed since is newer
                if refused:
                    self._due = time.monotonic() + self.RETRY
                    self._changed.notify()
            self._refused = bool(refused)
        return not refused

    def find(self, key: str) -> Draft | None:
        """The draft of that form as it was typed last, also where the disk refuses it. Waits for the disk."""
        self.flush()
        with self._changed:
            if key in self._pending:
                return _unwritten(key, self._pending[key])
        return self.drafts.find(key)

    def all(self) -> list[Draft]:
        """Every draft as it was typed last, the latest first. Waits for the disk."""
        self.flush()
        with self._changed:
            pending = dict(self._pending)
        refused = (_unwritten(key, entry) for key, entry in pending.items())
        written = (draft for draft in self.drafts.all() if draft.key not in pending)
        return [*(draft for draft in refused if draft is not None), *written]

    @property
    def refused(self) -> bool:
        """Whether the disk refused a draft when one was written last: it lasts only as long as the program."""
        return self._refused

    def close(self) -> None:
        """Write what is pending and end the thread."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        self._thread.join()
        self.flush()

    @contextlib.contextmanager
    def open(self) -> Iterator[Self]:
        """The keeper, closed at the end whatever happens."""
        try:
            yield self
        finally:
            self.close()

    def _put(self, key: str, entry: tuple[Mapping[str, str], int] | None, delay: float) -> None:
        with self._changed:
            self._pending[key] = entry
            due = time.monotonic() + delay
            # From the first unsaved change, not the last: who types without a pause is saved too.
            self._due = due if self._due is None else min(self._due, due)
            self._changed.notify()

    def _written(self, key: str, entry: tuple[Mapping[str, str], int] | None) -> bool:
        try:
            if entry is None:
                self.drafts.drop(key)
            else:
                self.drafts.keep(key, *entry)
        except DiskTrouble as trouble:
            if not self._refused and self.on_trouble is not None:
                self._refused = True
                with contextlib.suppress(Exception):  # the screen may be gone; the next draft matters more
                    self.on_trouble(trouble)
            return False
        return True

    def _run(self) -> None:
        while True:
            with self._changed:
                while not self._closed and (self._due is None or self._due > time.monotonic()):
                    self._changed.wait(None if self._due is None else self._due - time.monotonic())
                if self._closed:
                    return
            self.flush()
