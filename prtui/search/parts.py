"""A segment's file as it is written: named parts one after the other, and the header that says where each is."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from typing import Any, BinaryIO

from prtui.search.segment import MAGIC


class Parts:
    """A segment's file being written."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._place = file.write(MAGIC)
        self._parts: dict[str, tuple[int, int, int]] = {}

    def put(self, name: str, pieces: Iterable[bytes | memoryview]) -> None:
        """One part, piece by piece."""
        start, crc = self._place, 0
        for piece in pieces:
            self._place += self._file.write(piece)
            crc = zlib.crc32(piece, crc)
        self._parts[name] = start, self._place, crc

    def close(self, about: dict[str, Any]) -> None:
        """The header, with whatever else is to be known of the segment."""
        header = json.dumps(about | {"parts": self._parts}).encode()
        end = zlib.crc32(header).to_bytes(4, "little") + len(header).to_bytes(4, "little") + MAGIC
        self._file.write(header + end)
