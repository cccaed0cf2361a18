"""The index as Whoosh knows it: a codec whose segments are the files of `segment`, and Whoosh's segment writer in bulk.

Whoosh keeps the commits (its table of contents, generation after generation), the list of segments and what is deleted of
each, and calls for merges; any of its searchers can read the index. Only who writes the index imports this module.
"""

from __future__ import annotations

import os
import warnings
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # invalid escapes and `is 0` in Whoosh 2.7.4 are said aloud by newer Pythons
    from whoosh import fields, formats
    from whoosh.codec import base
    from whoosh.filedb.filestore import FileStorage
    from whoosh.filedb.structfile import StructFile
    from whoosh.index import TOC, FileIndex
    from whoosh.matching import ListMatcher
    from whoosh.reading import TermInfo, TermNotFound
    from whoosh.writing import SegmentWriter

from prtui.search.draft import Draft
from prtui.search.erasing import Unlike, erase
from prtui.search.merging import Purge, chosen_to_merge, erasable, purged
from prtui.search.postings import HEAVIEST, IN_TITLE, Posting
from prtui.search.segment import FIELDS, LENGTHS, Leaf, field_of, length_code

if TYPE_CHECKING:
    from prtui.search.engine import View

EXTENSION = ".prtui"
FULL = 50_000  # documents of a new segment, or
FULL_POSTINGS = 40_000_000  # occurrences of terms: some 500 MB of memory while it is made


class Terms(fields.FieldType):
    """A field that is given its terms and their weights, ready made."""

    indexed = True
    analyzer = None

    def __init__(self, scorable: bool = False) -> None:
        super().__init__(format=formats.Existence(), analyzer=None, scorable=scorable)

    def index(self, value: Mapping[str, int], **_options: object) -> Iterable[tuple[bytes, int, int, bytes]]:
        return [(term.encode(), often_of(weight), weight, b"") for term, weight in value.items()]


def often_of(weight: int) -> int:
    """How often a term occurs that has this weight."""
    return weight & ~IN_TITLE


def schema() -> Any:
    """What the index knows of a record, in Whoosh's words."""
    stored = {name: fields.STORED() for name in ("kind", "number", "day", "page", "facets")}
    return fields.Schema(text=Terms(scorable=True), sound=Terms(), code=Terms(), letter=Terms(), pair=Terms(), **stored)


class Folder(FileStorage):
    """Whoosh's folder of files: every file is for its owner only, and on the disk before its name is."""

    def create_file(self, name: str, excl: bool = False, mode: str = "wb", **options: Any) -> Any:
        file = open(self._fpath(name), mode.replace("w", "x") if excl else mode, opener=_private)
        return StructFile(file, name=name, **options)

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        if newname.endswith(".toc"):  # Whoosh reads as far as the segments, and nobody minds what stands behind
            with (self.path / oldname).open("r+b") as file:
                crc = zlib.crc32(file.read())
                file.write(crc.to_bytes(4, "little"))
        synced(self.path / oldname)
        (self.path / oldname).rename(self.path / newname)
        synced(self.path)

    def temp_storage(self, name: str | None = None) -> Folder:
        path = self.path / (name or "MAIN.tmp")
        path.mkdir(mode=0o700, exist_ok=True)
        return Folder(str(path))

    @property
    def path(self) -> Path:
        """The folder."""
        return Path(self.folder)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def synced(path: Path) -> None:
    """Have a file, or the names in a folder, on the disk before anything else is done."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


class Segment(base.Segment):
    """One segment in the table of contents. `gone` are the places of documents not to be found any more, `erased` those of them
    whose texts are out of its file. `worn` is how many commits it has held text that is not to be found, `removed` whether
    some of that is of a record that was removed, and `stamp` whatever the commit said of itself."""

    def __init__(self, indexname: str) -> None:
        super().__init__(indexname)
        self.size = 0
        self.postings = 0
        self.gone: set[int] = set()
        self.erased: set[int] = set()
        self.worn = 0
        self.removed = False
        self.stamp = ""

    def codec(self) -> Codec:
        return Codec()

    def should_assemble(self) -> bool:
        return False

    def set_doc_count(self, count: int) -> None:
        self.size = count

    def doc_count_all(self) -> int:
        return self.size

    def doc_count(self) -> int:
        return self.size - len(self.gone)

    def has_deletions(self) -> bool:
        return bool(self.gone)

    def deleted_count(self) -> int:
        return len(self.gone)

    def deleted_docs(self) -> Collection[int]:
        return self.gone

    def is_deleted(self, place: int) -> bool:
        return place in self.gone

    def delete_document(self, place: int, delete: bool = True) -> None:
        (self.gone.add if delete else self.gone.discard)(place)


class Codec(base.Codec):
    """Whoosh's door to the files. One `Draft` serves the two writers of a segment."""

    length_stats = False

    def __init__(self) -> None:
        self.draft = Draft()

    def new_segment(self, _storage: Any, indexname: str) -> Segment:
        return Segment(indexname)

    def per_document_writer(self, _storage: Any, _segment: Segment) -> DocumentWriter:
        return DocumentWriter(self.draft)

    def field_writer(self, storage: Any, segment: Segment) -> TermWriter:
        return TermWriter(self.draft, storage, segment)

    def terms_reader(self, storage: Any, segment: Segment) -> TermReader:
        return TermReader(Leaf(path_of(storage.folder, segment)))

    def per_document_reader(self, storage: Any, segment: Segment) -> DocumentReader:
        return DocumentReader(Leaf(path_of(storage.folder, segment)), segment)


def path_of(folder: str | Path, segment: Any) -> Path:
    """Where a segment's file is."""
    return Path(folder) / f"{segment.indexname}_{segment.segid}{EXTENSION}"


class DocumentWriter(base.PerDocumentWriter):
    """Takes documents field by field."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._stored: dict[str, Any] = {}
        self._length = 0
        self.is_closed = False

    def start_doc(self, _place: int) -> None:
        self._stored, self._length = {}, 0

    def add_field(self, name: str, _field: Any, value: Any, length: int) -> None:
        if value is not None:
            self._stored[name] = value
        if name == "text":
            self._length = length

    def finish_doc(self) -> None:
        known = self._stored
        self._draft.begin(
            known["kind"], known["number"], "\0".join(known.get("page", ("", ""))).encode(), known.get("day", 0),
            length_code(self._length), self._length, known.get("facets", {}),
        )  # fmt: skip

    def close(self) -> None:
        self.is_closed = True


class TermWriter(base.FieldWriter):
    """Takes postings term by term; closing it writes the file."""

    def __init__(self, draft: Draft, storage: Any, segment: Segment) -> None:
        self._draft, self._storage, self._segment = draft, storage, segment
        self._field = self._term = ""
        self.is_closed = False

    def start_field(self, name: str, _field: Any) -> None:
        self._field = name

    def start_term(self, term: bytes) -> None:
        self._term = term.decode()

    def add(self, place: int, weight: float, _value: bytes, _length: int) -> None:
        self._draft.term(self._field, self._term, place, min(int(weight), HEAVIEST | IN_TITLE))

    def finish_term(self) -> None:
        pass

    def close(self) -> None:
        with self._storage.create_file(self._segment.make_filename(EXTENSION)).file as file:
            self._draft.write(file)
            file.flush()
            os.fsync(file.fileno())
        self._segment.postings = self._draft.postings
        self.is_closed = True


class TermReader(base.TermsReader):
    """A segment's terms and postings."""

    def __init__(self, leaf: Leaf) -> None:
        self._leaf = leaf

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return bool(self._posting(*term).count)

    def _posting(self, field: str, term: bytes) -> Posting:
        return self._leaf.posting(field, term.decode())

    def indexed_field_names(self) -> Collection[str]:
        return FIELDS.keys()

    def terms(self) -> Iterator[tuple[str, bytes]]:
        for term, _posting in self._leaf.everything():
            field = field_of(term)
            yield field, term[len(FIELDS[field]) :].encode()

    def terms_from(self, field: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        first = prefix.decode()
        for term in self._leaf.starting(field, ""):
            if term >= first:
                yield field, term.encode()

    def items(self) -> Iterator[tuple[tuple[str, bytes], Any]]:
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, field: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], Any]]:
        return ((term, self.term_info(*term)) for term in self.terms_from(field, prefix))

    def term_info(self, field: str, term: bytes) -> Any:
        places, weights = self._sorted(field, term)
        lengths = [LENGTHS[self._leaf.length[place]] for place in places]
        return TermInfo(
            weight=sum(weights), df=len(places), minlength=min(lengths), maxlength=max(lengths),
            maxweight=max(weights), minid=places[0], maxid=places[-1],
        )  # fmt: skip

    def _sorted(self, field: str, term: bytes) -> tuple[list[int], list[int]]:
        posting = self._posting(field, term)
        if not posting.count:
            raise TermNotFound(f"{field}:{term!r}")
        heavy = posting.weights()
        return list(posting.places), [often_of(heavy.get(place, 1)) for place in posting.places]

    def matcher(self, field: str, term: bytes, format_: Any, scorer: Any = None) -> Any:
        places, weights = self._sorted(field, term)
        return ListMatcher(
            places, weights, None, format_, scorer, term=(field, term), terminfo=self.term_info(field, term)
        )


class DocumentReader(base.PerDocumentReader):
    """What a segment knows of each document."""

    def __init__(self, leaf: Leaf, segment: Segment) -> None:
        self._leaf, self._segment = leaf, segment

    def doc_count(self) -> int:
        return self._segment.doc_count()

    def doc_count_all(self) -> int:
        return self._leaf.size

    def has_deletions(self) -> bool:
        return self._segment.has_deletions()

    def is_deleted(self, place: int) -> bool:
        return self._segment.is_deleted(place)

    def deleted_docs(self) -> Collection[int]:
        return self._segment.deleted_docs()

    def doc_field_length(self, place: int, field: str, default: int = 0) -> int:
        return LENGTHS[self._leaf.length[place]] if field == "text" else default

    def field_length(self, field: str) -> int:
        return self._leaf.words if field == "text" else 0

    def min_field_length(self, field: str) -> int:
        return LENGTHS[min(self._leaf.length)] if field == "text" else 0

    def max_field_length(self, field: str) -> int:
        return LENGTHS[max(self._leaf.length)] if field == "text" else 0

    def stored_fields(self, place: int) -> dict[str, object]:
        kind, number = self._leaf.key(place)
        return {"kind": kind, "number": number, "day": self._leaf.day[place], "page": self._leaf.page(place)}


class Writer(SegmentWriter):
    """Deletes and adds records, then commits them with a stamp, all at once. That there is one writer is the caller's care.

    Documents go straight into the draft, whole, instead of posting after posting through Whoosh's sorted pool."""

    def __init__(self, folder: Path, view: View) -> None:
        super().__init__(FileIndex(Folder(str(folder)), schema()), _lk=False, compound=False, codec=Codec())
        self.draft: Draft = self.codec.draft
        self._leaves: dict[str, Leaf] = {leaf.name: leaf for leaf in view.leaves}

    @property
    def full(self) -> bool:
        """Whether what was added is enough for a segment."""
        return self.draft.size >= FULL or self.draft.postings >= FULL_POSTINGS

    def remove(self, kind: str, number: int, replaced: bool) -> None:
        """Take the record away, if it is there. Its text stays in the files until the next purge, or some commits longer if it was
        only `replaced` by another text."""
        for segment in self.segments:
            place = self._leaves[segment.segid].place_of(kind, number)
            if place is not None and place not in segment.gone:
                segment.delete_document(place)
                segment.removed = segment.removed or not replaced

    def finish(self, stamp: str, purge: Purge = "due") -> None:
        """Commit; `stamp` is the commit's own. Old text leaves the files where it is "due", where records were "removed", or
        wherever there is "any"; of great segments one at a commit."""
        self._stamp, self._purge = stamp, purge
        self.commit(mergetype=_merge)

    def abandon(self) -> None:
        """Forget what was not committed."""
        if not self.is_closed:
            self.perdocwriter.is_closed = self.fieldwriter.is_closed = True
            self.cancel()

    def keep(self, segments: list[Segment]) -> list[Segment]:
        """Merge some of the segments into the draft; the others. What is gone of a great one is taken out of a copy of it."""
        for segment in segments:
            segment.worn += segment.gone > segment.erased
        worn = [segment for segment in segments if purged(segment, self._purge)]
        great = next((segment for segment in worn if erasable(segment)), None)
        copied = self._copied(great) if great else None
        if great and copied:
            worn.remove(great)
            segments = [copied if segment is great else segment for segment in segments]
        chosen = chosen_to_merge(segments, worn, only=self._purge != "due")
        for segment in chosen:
            self.draft.take(self._leaves[segment.segid], segment.gone)
        kept = [segment for segment in segments if segment not in chosen and segment.doc_count()]
        self.docnum = self.draft.size
        self._added = bool(self.draft.size) or not kept
        return kept

    def _copied(self, segment: Segment) -> Segment | None:
        """The segment with what is gone out of its file; None if its lists were made by another reading of texts."""
        copied = Segment(self.indexname)
        copied.size, copied.gone, copied.erased = segment.size, segment.gone, set(segment.gone)
        with self.storage.create_file(copied.make_filename(EXTENSION)).file as file:
            try:
                leaf, places = self._leaves[segment.segid], segment.gone - segment.erased
                copied.postings = erase(leaf, places, file, self.draft.look)
            except Unlike:
                return None
            file.flush()
            os.fsync(file.fileno())
        return copied

    def _flush_segment(self) -> None:
        self.docnum = self.draft.size
        self.perdocwriter.close()
        self.fieldwriter.close()

    def _commit_toc(self, segments: list[Segment]) -> None:
        for segment in segments:
            segment.stamp = self._stamp
        super()._commit_toc(segments)


def _merge(writer: Writer, segments: list[Segment]) -> list[Segment]:
    return writer.keep(segments)


def create(folder: Path) -> None:
    """An empty index in a new folder."""
    folder.mkdir(mode=0o700)
    TOC.create(Folder(str(folder)), schema())
