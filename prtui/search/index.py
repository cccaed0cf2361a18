"""The index beside the database: it follows the journal, may be thrown away at any time, and has one writer at a time.

`<data>/index` holds a lock, the file `current` naming the folder of the index in force, and that folder. A new index is
built in a folder beside it and put in force by renaming `current`. Every commit carries a stamp that says which database it
belongs to and which change of the journal it is even with, so segments and sequence never disagree. Applying a change means
"make the index say of this record what its row says now", so changes may be applied twice.
"""

from __future__ import annotations

import fcntl
import json
import os
import time
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from prtui.errors import DiskTrouble, Trouble
from prtui.i18n import _
from prtui.search import analysis, codes
from prtui.search.engine import Engine, Foreign, View
from prtui.search.segment import length_code

if TYPE_CHECKING:
    from prtui.search.codec import Writer
    from prtui.search.merging import Purge
    from prtui.store.feed import Entry, Fed

FORMAT = f"8/{unicodedata.unidata_version}"  # of terms and fields; an index of another format is built anew
BATCH = 500  # changes a commit
_READ_AT_ONCE = 500  # records
_FAR = 5000  # changes more than records, after which building anew is quicker than catching up
_PATIENCE = 10.0  # seconds a rebuild waits for another writer

Progress = Callable[[int, int], None]
Stop = Callable[[], bool]


class Source(Protocol):
    """What the index reads: the journal's feed and records as entries. `prtui.store.feed` is one."""

    def desk(self) -> str: ...
    def head_seq(self) -> int: ...
    def feed(self, after: int, limit: int = 500) -> list[Fed]: ...
    def entries(self, kind: str, ids: Sequence[int]) -> list[Entry]: ...
    def every_entry(self, batch: int = 500, newest: bool = False) -> Iterator[list[Entry]]: ...
    def named(self, typed: str) -> Entry | None: ...
    def kinds(self) -> dict[str, str]: ...
    def facet_words(self) -> dict[str, dict[str, str]]: ...


@dataclass(frozen=True)
class Stamp:
    """Which database a commit belongs to, and the last change it holds: its sequence number, kind and id."""

    format: str
    desk: str
    seq: int
    kind: str
    id: int


@dataclass(frozen=True)
class Status:
    """`state` is "ready", "missing", "damaged" or "foreign" (of another database or version); `applied` and `head` are
    sequence numbers, `size` is in bytes."""

    state: str
    applied: int
    head: int
    records: int
    segments: int
    size: int
    busy: bool


class Unusable(Exception):
    """There is no index to read; `state` says why, in `Status`'s words."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


class Index:
    """The index in a folder, of the records of a source. Searches and one writer may run in different threads."""

    def __init__(self, folder: Path, source: Source | None = None) -> None:
        self.folder = folder
        self.source: Source = source if source is not None else _store()
        self._engine: Engine | None = None
        self._stamped: tuple[View | None, Stamp] = None, Stamp("", "", 0, "", 0)

    # reading

    def view(self) -> tuple[View, Stamp]:
        """The newest commit and its stamp. Raises Unusable."""
        while True:
            name = self._named()
            if not name:
                raise Unusable("missing")
            if name == _read(self.folder / "distrusted"):
                raise Unusable("damaged")
            try:
                view = self._engine_of(name).view()
                if view is not self._stamped[0]:
                    self._stamped = view, Stamp(**json.loads(view.stamp))
                stamp = self._stamped[1]
                break
            except Foreign as error:
                raise Unusable("foreign") from error
            except Exception as error:  # whatever a damaged file makes json, zlib or pickle raise
                if name == self._named():  # else another index was put in force meanwhile
                    self.distrust()
                    raise Unusable("damaged") from error
        if stamp.format != FORMAT or stamp.desk != self.source.desk():
            raise Unusable("foreign")
        return view, stamp

    def _engine_of(self, name: str) -> Engine:
        engine = self._engine
        if engine is None or name != engine.folder.name:
            engine = self._engine = Engine(self.folder / name)
        return engine

    def _named(self) -> str:
        name = _read(self.folder / "current")
        return name if name.isalnum() and (self.folder / name).is_dir() else ""

    def distrust(self) -> None:
        """Note that reading the index failed: whoever writes next, in any process, builds it anew."""
        engine, self._engine = self._engine, None
        try:
            _write(self.folder / "distrusted", engine.folder.name if engine else self._named())
        except OSError:
            return  # no folder, or a full disk: searches go on reading the rows

    def status(self) -> Status:
        """How the index stands."""
        head = self.source.head_seq()
        state, applied, records, segments = "ready", 0, 0, 0
        try:
            view, stamp = self.view()
            applied, records, segments = stamp.seq, view.records, len(view.leaves)
            if not self._ours(stamp, head):
                state = "foreign"
        except Unusable as unusable:
            state = unusable.state
        return Status(state, applied, head, records, segments, _size(self.folder), self._busy())

    def _ours(self, stamp: Stamp, head: int) -> bool:
        # A database restored from a backup has another history after some point than the index has.
        if stamp.seq > head:
            return False
        if not stamp.seq:
            return True
        last = self.source.feed(stamp.seq - 1, 1)
        return bool(last) and (last[0].seq, last[0].kind, last[0].id) == (stamp.seq, stamp.kind, stamp.id)

    # writing

    def catch_up(self, progress: Progress | None = None, stop: Stop | None = None) -> int:
        """Apply what the journal has and the index has not; how many changes that was (records, if the index had to be
        built anew). 0 at once if another process or thread is at it. Raises DiskTrouble."""
        with self._turn(wait=0) as ours:
            return self._catch_up(progress, stop) if ours else 0

    def rebuild(self, progress: Progress | None = None, stop: Stop | None = None) -> int:
        """Build the index anew from the rows; how many records it holds. Searches go on meanwhile. Raises Trouble if
        another process keeps writing the index, DiskTrouble if it cannot be stored."""
        with self._turn(wait=_PATIENCE) as ours:
            self._insist(ours)
            return self._build(progress, stop)

    def purge(self) -> None:
        """Have nothing left in the index's files of what was removed, erased or edited away. Raises Trouble if another process keeps
        writing the index, DiskTrouble if it cannot be stored."""
        with self._turn(wait=_PATIENCE) as ours:
            self._insist(ours)
            self._catch_up(None, None)
            try:
                while self.view()[0].worn:
                    self._rewrite("any")
            except Unusable:
                return

    def _rewrite(self, purge: Purge, stop: Stop | None = None) -> bool:
        """Write old text out of a segment or a few; False if it was told to stop, and the files are as they were."""
        from prtui.search.draft import Stopped

        view, _stamp = self.view()
        with self._engine_of(self._named()).writing() as writer:
            writer.draft.stop = stop
            try:
                writer.finish(view.stamp, purge)
            except Stopped:
                return False
        return True

    def _insist(self, ours: bool) -> None:
        if not ours:
            raise Trouble(_("Another prtui is writing the search index."), hint=_("Try again when it has finished."))

    def _catch_up(self, progress: Progress | None, stop: Stop | None) -> int:
        head = self.source.head_seq()
        try:
            view, stamp = self.view()
            engine = self._engine
            if engine is None or not self._ours(stamp, head):
                raise Unusable("foreign")
        except Unusable:
            return self._build(progress, stop)
        if head - stamp.seq > _FAR + view.records:
            return self._build(progress, stop)  # after a great import: merging would take longer
        applied, start = 0, stamp.seq
        try:
            while not (stop and stop()):
                changes = self.source.feed(stamp.seq, BATCH)
                if not changes:
                    break
                stamp = self._apply(engine, changes)
                applied += len(changes)
                if progress:
                    progress(applied, max(head - start, applied))
            while self.view()[0].removed and self._rewrite("removed", stop):
                pass
        except (OSError, Trouble):
            raise
        except Exception:
            self.distrust()
            return self._build(progress, stop)
        return applied

    def _apply(self, engine: Engine, changes: list[Fed]) -> Stamp:
        last = changes[-1]
        stamp = Stamp(FORMAT, self.source.desk(), last.seq, last.kind, last.id)
        emptied = {(change.kind, change.id) for change in changes if change.emptied}
        with engine.writing() as writer:
            for kind, ids in touched(changes, mentions=True).items():
                for few in portions(ids):
                    live = {entry.id: entry for entry in self.source.entries(kind, few)}
                    for number in few:
                        writer.remove(kind, number, replaced=number in live and (kind, number) not in emptied)
                    for entry in live.values():
                        _add(writer, entry)
            writer.finish(json.dumps(asdict(stamp)))
        return stamp

    def _build(self, progress: Progress | None, stop: Stop | None) -> int:
        from prtui.search.codec import create

        head = self.source.head_seq()
        last = self.source.feed(head - 1, 1) if head else []
        stamp = Stamp(FORMAT, self.source.desk(), head, last[0].kind if last else "", last[0].id if last else 0)
        self._sweep()
        folder = self.folder / os.urandom(8).hex()
        records = 0
        batches = self.source.every_entry(_READ_AT_ONCE)
        try:
            create(folder)
            engine, more = Engine(folder), True
            while more:
                with engine.writing() as writer:
                    more = False
                    for batch in batches:
                        for entry in batch:
                            if stop and stop():
                                return 0
                            _add(writer, entry)
                        records += len(batch)
                        if progress:
                            progress(records, 0)
                        if writer.full:
                            more = True
                            break
                    writer.finish(json.dumps(asdict(stamp)))
            self._put_in_force(folder.name)
        finally:
            self._sweep()
        return records

    def _put_in_force(self, name: str) -> None:
        _sync(self.folder)
        _write(self.folder / "current", name)

    def _sweep(self) -> None:
        # What a killed builder left, and what is no longer in force. Open readers keep what they have mapped.
        named = self._named()
        for path in self.folder.iterdir():
            if path.is_dir() and path.name != named:
                import shutil  # 2 ms: no search needs it

                shutil.rmtree(path, ignore_errors=True)

    @contextmanager
    def _turn(self, wait: float) -> Iterator[bool]:
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = os.open(self.folder / "lock", os.O_CREAT | os.O_RDWR, 0o600)
            try:
                until = time.monotonic() + wait
                while not (ours := _locked(lock)) and time.monotonic() < until:
                    time.sleep(0.05)
                yield ours
            finally:
                os.close(lock)
        except OSError as error:
            raise DiskTrouble(
                _("The search index cannot be written: {error}.").format(error=error.strerror or error),
                hint=_("Make room or check the rights of {path}; your records are not affected.").format(
                    path=self.folder
                ),
            ) from error

    def _busy(self) -> bool:
        try:
            lock = os.open(self.folder / "lock", os.O_RDWR)
        except OSError:
            return False
        try:
            return not _locked(lock)
        finally:
            os.close(lock)


def _locked(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def _write(path: Path, line: str) -> None:
    part = path.with_suffix(".part")
    with open(os.open(part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
        file.write(line)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    _sync(path.parent)


def _size(folder: Path) -> int:
    size = 0
    for path in folder.rglob("*"):
        try:
            size += path.stat().st_size
        except FileNotFoundError:
            pass  # a writer has merged it away
    return size


def _sync(path: Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def touched(changes: Iterable[Fed], mentions: bool) -> dict[str, list[int]]:
    """The records that changed, by kind, each once; with `mentions` also those that name one whose title changed."""
    found: dict[str, dict[int, None]] = {}
    for change in changes:
        found.setdefault(change.kind, {})[change.id] = None
        for kind, number in change.mentions if mentions else ():
            found.setdefault(kind, {})[number] = None
    return {kind: list(numbers) for kind, numbers in found.items()}


def portions(numbers: list[int]) -> Iterator[list[int]]:
    """The ids, as many at a time as are read at once."""
    for first in range(0, len(numbers), _READ_AT_ONCE):
        yield numbers[first : first + _READ_AT_ONCE]


def _add(writer: Writer, entry: Entry) -> None:
    page = analysis.fold(entry.title), analysis.fold(rest_of(entry))
    said, title = analysis.Said.of("\n".join(page)), analysis.Said.of(page[0])
    words = said.count
    place = writer.draft.begin(
        entry.kind, entry.id, "\0".join(page).encode(), day_number(entry.on), length_code(words), words, entry.facets
    )  # fmt: skip
    others = {"sound": set(analysis.sounds(page[0])), "code": codes.forms(entry.code)}
    writer.draft.add(place, said, words, title, others)


def rest_of(entry: Entry) -> str:
    """All searchable text of a record but its title."""
    return f"{entry.code}\n{entry.body}"


def day_number(day: str) -> int:
    """2026-03-12 → 20260312; 0 for no day."""
    return int(day.replace("-", "")) if day else 0


def _store() -> Source:
    from prtui.store import feed

    return feed


_opened: Index | None = None


def open_index(folder: Path, source: Source | None = None) -> Index:
    """The index of this process from now on, in `folder` (`<data>/index`)."""
    global _opened
    _opened = Index(folder, source)
    return _opened


def current() -> Index:
    """The index of this process: the one opened, else that of the desk that is open."""
    if _opened is not None:
        return _opened
    from prtui.store import work

    return open_index(work.settings().data / "index")
