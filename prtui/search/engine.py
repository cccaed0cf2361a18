"""The index as one commit left it, opened without Whoosh: its table of contents is read here, its segments are `Leaf`s.

Reading is safe beside a writer in any process: a commit adds files and names them in a new table of contents; what nobody
names any more is removed, and whoever has it open keeps it.
"""

from __future__ import annotations

import gc
import io
import os
import pickle
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from prtui.search.segment import Damaged, Leaf, check

if TYPE_CHECKING:
    from prtui.search.codec import Writer

_TOC = re.compile(r"_MAIN_(\d+)\.toc")
_EXTENSION = ".prtui"


class Foreign(Exception):
    """The index is of another make."""


class _Segment:
    """What a table of contents says of a segment."""

    indexname: str
    segid: str
    size: int
    gone: set[int]
    erased: set[int]
    removed: bool
    stamp: str


class _Unpickler(pickle.Unpickler):
    """Knows segments, and nothing that could do anything."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) != ("prtui.search.codec", "Segment"):
            raise Foreign
        return _Segment


class View:
    """The index as one commit left it: its segments, what is deleted of each, the commit's stamp, and whether its files still
    have text that is not to be found (`worn`), and such of `removed` records."""

    def __init__(
        self, generation: int, leaves: list[Leaf], gone: list[frozenset[int]], stamp: str, worn: bool, removed: bool
    ) -> None:
        self.generation = generation
        self.leaves = leaves
        self.gone = gone
        self.stamp = stamp
        self.worn = worn
        self.removed = removed
        self.records = sum(leaf.size - len(few) for leaf, few in zip(leaves, gone, strict=True))
        self.documents = sum(leaf.size for leaf in leaves)
        self.words = sum(leaf.words for leaf in leaves)


class Engine:
    """An index in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = Lock()
        self._view: View | None = None
        self._open: dict[str, Leaf] = {}

    def view(self) -> View:
        """The newest commit. Raises whatever a missing or damaged file makes Python raise."""
        for _attempt in range(8):
            with self._lock:
                generation = self._generation()
                if self._view is not None and self._view.generation == generation:
                    return self._view
                try:
                    self._view = self._look(generation)
                    return self._view
                except FileNotFoundError:
                    pass  # a writer removed a merged segment between our reading its name and opening it
        raise Damaged

    def _generation(self) -> int:
        names = (_TOC.fullmatch(entry.name) for entry in os.scandir(self.folder))
        return max((int(found[1]) for found in names if found), default=-1)

    def _look(self, generation: int) -> View:
        segments = _segments((self.folder / f"_MAIN_{generation}.toc").read_bytes())
        leaves: dict[str, Leaf] = {}
        for segment in segments:
            name = segment.segid
            leaves[name] = self._open.get(name) or Leaf(self.folder / f"{segment.indexname}_{name}{_EXTENSION}", name)
            check(leaves[name].size == segment.size)
        self._open = leaves
        gone = [frozenset(segment.gone) for segment in segments]
        worn = any(segment.gone > segment.erased for segment in segments)
        removed = any(segment.removed for segment in segments)
        return View(generation, list(leaves.values()), gone, segments[0].stamp if segments else "", worn, removed)

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """A writer; what it did is visible after its `finish` and gone without it."""
        from prtui.search.codec import Writer

        writer = Writer(self.folder, self.view())
        try:
            with _uncollected():
                yield writer
        finally:
            writer.abandon()


@contextmanager
def _uncollected() -> Iterator[None]:
    # Making a segment leaves no cycles behind, and looking for them among millions of places would take a twelfth of its time.
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _segments(toc: bytes) -> list[_Segment]:
    # Whoosh's own layout: three sizes and -12345, version and release, the schema, the generation, the segments; and a CRC.
    check(zlib.crc32(toc[:-4]) == int.from_bytes(toc[-4:], "little"))
    check(toc[3:7] == (-12345).to_bytes(4, "big", signed=True))
    at, length, shift = 14, 0, 0
    while True:
        byte = toc[at]
        at, length, shift = at + 1, length | (byte & 127) << shift, shift + 7
        if byte < 128:
            break
    segments: list[_Segment] = _Unpickler(io.BytesIO(toc[at + length + 8 :])).load()
    return segments
