"""Whoosh, and all that is known of it: segments of postings in a folder, read in bulk and written by one writer.

Stock file format (`W3Codec`, no positions, no compression, long blocks), leaner reading and writing: whole posting lists
are taken block by block instead of a matcher's step at a time, and a segment is written from postings grouped by term
instead of a sorted pool of tuples. Nothing outside this module knows Whoosh.
"""

from __future__ import annotations

import mmap
import os
import warnings
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import BytesIO
from itertools import accumulate
from pathlib import Path
from threading import RLock
from typing import Any

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # invalid escapes and `is 0` in Whoosh 2.7.4 are said aloud by newer Pythons
    from whoosh import columns, fields, formats
    from whoosh.codec.whoosh3 import LENGTHS_COLUMN, W3Codec
    from whoosh.filedb.filestore import FileStorage
    from whoosh.filedb.structfile import BufferFile, StructFile
    from whoosh.index import TOC, EmptyIndexError, FileIndex
    from whoosh.reading import SegmentReader, TermNotFound
    from whoosh.util.numeric import byte_to_length, length_to_byte
    from whoosh.writing import SegmentWriter

HEAVIEST = 255  # a term's weight in one document is capped here
_STAMP = "@stamp"
Postings = tuple[Sequence[int], bytes | None]  # places, rising, and weights there (None: all 1)
_MERGED_AT_ONCE = 4096  # documents: no merge is longer than writing this many
_TIER = 8
_PAGE = columns.VarBytesColumn()
_LENGTHS = [byte_to_length(code) or 0 for code in range(256)]


class _Terms(fields.FieldType):
    """A field that is given its terms and their weights, ready made."""

    indexed = True
    analyzer = None

    def __init__(self) -> None:
        super().__init__(format=formats.Existence(), analyzer=None)

    def index(self, value: Mapping[str, int], **_options: object) -> Iterable[tuple[bytes, int, int, bytes]]:
        return [(term.encode(), 1, weight, b"") for term, weight in value.items()]


def _schema() -> Any:
    return fields.Schema(
        key=_Terms(), text=_Terms(), sound=_Terms(), mark=_Terms(), code=_Terms(),
        number=fields.COLUMN(columns.NumericColumn("Q")), day=fields.COLUMN(columns.NumericColumn("I")),
        size=fields.COLUMN(LENGTHS_COLUMN),
        page=fields.COLUMN(_PAGE),
        stamp=fields.STORED(),
    )  # fmt: skip


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


class _Mapped(BufferFile):
    """A file read through the page cache. Whoosh's own BufferFile copies all of it into the process."""

    def __init__(self, path: str, name: str) -> None:
        self._name, self.onclose, self.is_real, self.is_closed = name, None, False, False
        with open(path, "rb") as file:
            empty = not os.fstat(file.fileno()).st_size
            self.file: Any = BytesIO() if empty else mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._buf = b"" if empty else self.file


class _Folder(FileStorage):
    """Whoosh's folder of files, every file for its owner only."""

    def open_file(self, name: str, **_options: Any) -> Any:
        return _Mapped(self._fpath(name), name)

    def create_file(self, name: str, excl: bool = False, mode: str = "wb", **options: Any) -> Any:
        file = open(self._fpath(name), mode.replace("w", "x") if excl else mode, opener=_private)
        return StructFile(file, name=name, **options)

    def temp_storage(self, name: str | None = None) -> _Folder:
        path = Path(self.folder, name or "MAIN.tmp")
        path.mkdir(mode=0o700, exist_ok=True)
        return _Folder(str(path))


class Leaf:
    """One segment: posting lists and per-document columns. Immutable, but for what is deleted from it later."""

    def __init__(self, reader: Any) -> None:
        self._reader = reader
        self._terms = reader._terms
        self._kept: dict[tuple[str, str], Postings] = {}
        self._held = 0
        self.size: int = reader.doc_count_all()
        self.day: list[int] = self._column("day", columns.NumericColumn("I"))
        self.number: list[int] = self._column("number", columns.NumericColumn("Q"))
        self.length: list[int] = [_LENGTHS[code] for code in self._column("size", LENGTHS_COLUMN)]
        self.words = sum(self.length)
        self._pages = reader._perdoc.column_reader("page", _PAGE)
        self.kind: list[str] = [""] * self.size
        for term in self.starting("mark", "kind="):
            for place in self.postings("mark", term)[0]:
                self.kind[place] = term[5:]

    def _column(self, name: str, column: Any) -> list[int]:
        # Not reader.column_reader: it takes a file that a writer has just removed for a column of defaults.
        return list(self._reader._perdoc.column_reader(name, column))

    def records(self) -> set[int]:
        """Places of all records, which is all documents but the commit's stamp."""
        return {place for place, kind in enumerate(self.kind) if kind}

    def postings(self, field: str, term: str) -> Postings:
        """Places of the documents that have the term, and its weights there."""
        kept = self._kept.get((field, term))
        if kept is None:
            kept = self._read(field, term.encode())
            if self._held > 1_000_000:  # places: some 5 MB a segment at most
                self._kept.clear()
                self._held = 0
            self._held += len(kept[0]) + 16
            self._kept[field, term] = kept
        return kept

    def _read(self, field: str, term: bytes) -> Postings:
        try:
            matcher = self._terms.matcher(field, term, formats.Existence())
        except TermNotFound:
            return array("I"), None
        places = array("I")
        weights = bytearray()
        weighted = False
        while True:
            matcher._read_data()
            steps, heavy, _values = matcher._data
            places.extend(accumulate(steps))
            if heavy is None:
                weights.extend(b"\1" * len(steps))
            else:
                weighted = True
                weights.extend([int(heavy)] * len(steps) if isinstance(heavy, float) else map(int, heavy))
            if matcher._lastblock:
                return places, bytes(weights) if weighted else None
            matcher._next_block()

    def starting(self, field: str, prefix: str) -> list[str]:
        """The segment's terms that begin with the prefix, sorted."""
        return [term.decode() for term in self._starting(field, prefix.encode())]

    def _starting(self, field: str, prefix: bytes) -> Iterator[bytes]:
        if field not in self._terms.indexed_field_names():
            return
        for name, term in self._terms.terms_from(field, prefix):
            if name != field or not term.startswith(prefix):
                return
            yield term

    def page(self, place: int) -> tuple[str, str]:
        """The folded title and the rest of the folded text of the document at this place."""
        title, _newline, rest = self._pages[place].decode().partition("\n")
        return title, rest

    def stamp(self, place: int) -> str:
        """The text stored with the commit, if the document at this place carries it."""
        return str(self._reader.stored_fields(place).get("stamp", ""))

    def close(self) -> None:
        """Let go of the segment's files."""
        self._reader.close()


class View:
    """The index as one commit left it: its segments, what is deleted of each, and the commit's stamp."""

    def __init__(self, generation: int, leaves: list[Leaf], deleted: list[frozenset[int]]) -> None:
        self.generation = generation
        self.leaves = leaves
        self.deleted = deleted
        self.stamp = ""
        for leaf, gone in zip(leaves, deleted, strict=True):
            for place in leaf.postings("key", _STAMP)[0]:
                if place not in gone:
                    self.stamp = leaf.stamp(place)
        # The stamp is a document too.
        self.records = max(0, sum(leaf.size - len(gone) for leaf, gone in zip(leaves, deleted, strict=True)) - 1)


class Engine:
    """An index in a folder. Reading is safe beside a writer in any process; that there is one writer is the caller's care,
    and so is holding the lock while reading what a view holds: Whoosh's files have one position each."""

    def __init__(self, folder: Path, lock: RLock) -> None:
        self._storage = _Folder(str(folder))
        self._lock = lock
        self._schema = _schema()
        self._view: View | None = None
        self._open: dict[str, Leaf] = {}

    @classmethod
    def create(cls, folder: Path, lock: RLock) -> Engine:
        """A new, empty index in a new folder."""
        folder.mkdir(mode=0o700)
        engine = cls(folder, lock)
        TOC.create(engine._storage, engine._schema)
        return engine

    def view(self) -> View:
        """The newest commit. Raises whatever a missing or damaged file makes Whoosh raise."""
        for _attempt in range(8):
            with self._lock:
                generation = TOC._latest_generation(self._storage, "MAIN")
                if self._view is not None and self._view.generation == generation:
                    return self._view
                try:
                    self._view = self._look()
                    return self._view
                except FileNotFoundError:
                    pass  # a writer removed a merged segment between our reading its name and opening it
        raise EmptyIndexError("segments are missing")

    def _look(self) -> View:
        toc = TOC.read(self._storage, "MAIN", schema=self._schema)
        leaves: dict[str, Leaf] = {}
        for segment in toc.segments:
            name = segment.segment_id()
            leaves[name] = self._open.get(name) or Leaf(SegmentReader(self._storage, self._schema, segment))
        self._open = leaves  # segments that were merged away close when nobody reads them any more
        deleted = [frozenset(segment.deleted_docs()) for segment in toc.segments]
        return View(toc.generation, list(leaves.values()), deleted)

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """A writer; what it did is visible after its `commit` and gone without it."""
        writer = Writer(self.view(), self._lock, _Segment(FileIndex(self._storage, self._schema)))
        try:
            yield writer
        finally:
            writer.abandon()


class Writer:
    """Deletes and adds records, then commits them with a stamp, all at once."""

    def __init__(self, view: View, lock: RLock, segment: _Segment) -> None:
        self._view = view
        self._lock = lock
        self._segment = segment

    def remove(self, key: str) -> None:
        """Take the record away, if it is there."""
        base = 0
        for leaf in self._view.leaves:
            with self._lock:
                places = leaf.postings("key", key)[0]
            for place in places:
                self._segment.delete_document(base + place)
            base += leaf.size

    def add(
        self, key: str, page: tuple[str, str], *, number: int, day: int, size: int, **terms: Mapping[str, int]
    ) -> None:
        """Add a record: its folded title and other text, number, day as yyyymmdd or 0, length in terms, and the terms
        of each field."""
        self._segment.add_document(
            key={key: 1}, page="\n".join(page).encode(), number=number, day=day, size=length_to_byte(size), **terms
        )

    def commit(self, stamp: str) -> None:
        """Make it so, and `stamp` the new commit's."""
        self.remove(_STAMP)
        self._segment.add_document(key={_STAMP: 1}, stamp=stamp, page=b"", number=0, day=0, size=0)
        self._segment.commit(mergetype=_merge)

    def abandon(self) -> None:
        """Forget what was not committed."""
        if not self._segment.is_closed:
            self._segment.cancel()


class _Postings:
    """Postings grouped by field and term; each posting is one number, place and weight."""

    def __init__(self) -> None:
        self.fields: dict[str, dict[bytes, array[int]]] = {}

    def add(self, item: tuple[str, bytes, int, float, bytes]) -> None:
        field, term, place, weight, _value = item
        terms = self.fields.get(field)
        if terms is None:
            terms = self.fields[field] = {}
        posting = place << 8 | min(HEAVIEST, int(weight))
        held = terms.get(term)
        if held is None:
            terms[term] = array("Q", (posting,))
        else:
            held.append(posting)

    def cleanup(self) -> None:
        self.fields = {}


class _Segment(SegmentWriter):
    def __init__(self, index: Any) -> None:
        super().__init__(index, _lk=False, compound=False, codec=W3Codec(blocklimit=2048, compression=0))
        self.pool = _Postings()

    def _flush_segment(self) -> None:
        self.perdocwriter.close()
        writer = self.fieldwriter
        for field in sorted(self.pool.fields):
            terms = self.pool.fields[field]
            writer.start_field(field, self.schema[field])
            for term in sorted(terms):
                writer.start_term(term)
                for posting in terms[term]:
                    writer.add(posting >> 8, posting & 255, b"", 0)
                writer.finish_term()
            writer.finish_field()
        writer.close()

    def add_postings_to_pool(self, reader: Any, startdoc: int, docmap: dict[int, int] | None) -> None:
        leaf = Leaf(reader)
        for field in reader.indexed_field_names():
            terms = self.pool.fields.setdefault(field, {})
            for term in leaf._starting(field, b""):
                places, weights = leaf._read(field, term)
                kept = array("Q")
                for place, weight in zip(places, weights or b"\1" * len(places), strict=True):
                    moved = startdoc + place if docmap is None else docmap.get(place, -1)
                    if moved >= 0:
                        kept.append(moved << 8 | weight)
                if kept:
                    terms.setdefault(term, array("Q")).extend(kept)


def _merge(writer: Any, segments: list[Any]) -> list[Any]:
    """Eight segments of about one size become one, up to a size whose merging takes seconds; so a commit stays short,
    and there are few segments."""
    tiers: dict[int, list[Any]] = {}
    worn: list[Any] = []
    segments = [segment for segment in segments if _live(segment)]
    for segment in segments:
        live = _live(segment)
        if live * 2 < segment.doc_count_all():
            worn.append(segment)
        else:
            tiers.setdefault((live.bit_length() - 1) // 3, []).append(segment)
    chosen = worn
    for _tier, few in sorted(tiers.items()):
        if len(few) < _TIER:
            break
        chosen = chosen + few
    merged: list[Any] = []
    room = _MERGED_AT_ONCE
    for segment in chosen:
        if _live(segment) <= room:
            room -= _live(segment)
            merged.append(segment)
    for segment in merged:
        reader = SegmentReader(writer.storage, writer.schema, segment)
        writer.add_reader(reader)
        reader.close()
    return [segment for segment in segments if segment not in merged]


def _live(segment: Any) -> int:
    return int(segment.doc_count_all() - segment.deleted_count())
