"""One segment of the index: a file of postings, columns and folded texts, written once and read through the page cache.

    magic   "prtui segment 7\\n"
    lists   the posting lists of more than `SMALL` postings, see `postings`: u32 CRC of what follows, u32 length, the list
    terms   blocks of 128 terms, sorted:
                u16 length   the terms, joined by line feeds, deflated
                u8 a term    how many postings it has, or 255
                a term       its flat posting list, or u32 where in `lists` its list begins
                u32          CRC of the block
    heads   the first term of each block, joined by line feeds, deflated
    blocks  u32 where in `terms` each block begins
    …       columns: number (u64), day (u32, yyyymmdd or 0), kind (u8), length (u8), and u16 a facet
    pages   the folded title, U+0000 and the rest of the folded text, as UTF-8
    starts  u32 where in `pages` each page begins, and where the last one ends
    sums    u32 CRC of each four pages
    header  JSON: {"size", "words", "postings", "kinds": [], "facets": {name: [values]}, "parts": {name: [start, end, CRC]}}
    end     u32 CRC of the header, u32 its length, the magic again

A term is its field's prefix and its text: none for "text", U+0001 for "sound", U+0002 for "code", U+0003 for "letter", U+0004
for "pair". "letter" has each letter and digit of the texts, "pair" two in a row of what is not Chinese, made of the terms of
"text" that begin so, each weighing once: what one or two letters that are typed are found by. To unite those terms when they are typed would take
30 to 200 ms at 100,000 records. A length is Whoosh's `length_to_byte` of the number of terms in a text. The texts are there to tell a hundred candidates a millisecond from hits:
reading that many records would take a hundred times as long, and deflated texts ten times.

Every CRC (CRC-32) is looked at when what it covers is first used, which costs a cold search 2 ms; to check whole files when
they are opened would cost it 100 ms at 100,000 records.
"""

from __future__ import annotations

import json
import mmap
import os
import sys
import zlib
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from prtui.search.postings import NOWHERE, SMALL, Posting, united

MAGIC = b"prtui segment 7\n"
MOST = 65_535  # documents of a segment
FIELDS = {"text": "", "sound": "\1", "code": "\2", "letter": "\3", "pair": "\4"}
DERIVED = frozenset({"letter", "pair"})  # fields made of the terms of "text" when a segment is written
BLOCK = 128  # terms
TOGETHER = 4  # pages with one CRC
_KEPT = 4_000_000  # places of posting lists that were read last, some 10 MB
_KEPT_BLOCKS = 400
LISTED = 255  # instead of how many postings, where the list is not flat
WIDTHS = [3 * count if count <= SMALL else 4 for count in range(256)]


# Whoosh's table of the lengths that its 256 codes stand for.
LENGTHS = [round((1.033**code - 1) * 27) for code in range(256)]


def length_code(length: int) -> int:
    """The code of a length: that of the next greater one in the table."""
    return min(bisect_left(LENGTHS, length), 255)


class Damaged(Exception):
    """The file is not a whole segment."""


def check(condition: bool) -> None:
    """Raise Damaged unless the file is as it must be."""
    if not condition:
        raise Damaged


class Leaf:
    """One segment, open. `kinds` are named by `kind`, a code a place; `words` is how many terms all texts have."""

    def __init__(self, path: Path, name: str = "") -> None:
        self.name = name
        with open(path, "rb") as file:
            check(os.fstat(file.fileno()).st_size > len(MAGIC))
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        whole = memoryview(self._map)
        tail = len(whole) - len(MAGIC)
        check(whole[tail:] == MAGIC == whole[: len(MAGIC)] and tail > 8)
        crc, length = (int.from_bytes(whole[at : at + 4], "little") for at in (tail - 8, tail - 4))
        header = whole[max(0, tail - 8 - length) : tail - 8]
        check(zlib.crc32(header) == crc)
        about: dict[str, Any] = json.loads(bytes(header))
        self._whole = whole
        self._parts: dict[str, tuple[int, int, int]] = about["parts"]
        self._pages: int = self._parts["pages"][0]
        self.size: int = about["size"]
        self.words: int = about["words"]
        self.postings: int = about["postings"]
        self.kinds: list[str] = about["kinds"]
        self.facets: dict[str, list[str]] = about["facets"]
        self._lists, self._terms = (whole[slice(*self._parts[name][:2])] for name in ("lists", "terms"))
        heads = zlib.decompress(self._part("heads")).decode()
        self._heads = heads.split("\n") if heads else []
        self._blocks = [*self._numbers("blocks", "I"), len(self._terms)]
        self._read_blocks: dict[int, Block] = {}
        self._kept: dict[str, Posting] = {}
        self._held = 0
        self._facets: dict[str, array[int]] = {}

    def _part(self, name: str) -> bytes:
        start, end, crc = self._parts[name]
        part = bytes(self._whole[start:end])
        check(zlib.crc32(part) == crc)
        return part

    def _numbers(self, part: str, code: str) -> array[int]:
        numbers = array(code, self._part(part))
        if sys.byteorder == "big":
            numbers.byteswap()
        return numbers

    # columns

    @cached_property
    def number(self) -> array[int]:
        """The id of the record at each place."""
        return self._numbers("number", "Q")

    @cached_property
    def day(self) -> array[int]:
        """The day of the record at each place, as yyyymmdd, or 0."""
        return self._numbers("day", "I")

    @cached_property
    def year(self) -> array[int]:
        """The year of the record at each place, or 0."""
        return array("H", [day // 10_000 for day in self.day])

    @cached_property
    def by_day(self) -> array[int]:
        """All places, the newest first."""
        return array("H", sorted(range(self.size), key=self.day.__getitem__, reverse=True))

    @cached_property
    def kind(self) -> bytes:
        """The kind at each place, as a place in `kinds`."""
        return self._part("kind")

    @cached_property
    def length(self) -> bytes:
        """The code of the text's length at each place."""
        return self._part("length")

    @cached_property
    def shortest(self) -> int:
        """The code of the shortest text's length."""
        return min(self.length, default=0)

    def facet(self, name: str) -> array[int]:
        """The facet at each place, as a place in `facets[name]`, whose first value is blank."""
        codes = self._facets.get(name)
        if codes is None:
            codes = self._facets[name] = self._numbers("facet " + name, "H")
        return codes

    @cached_property
    def _found(self) -> dict[int, int]:
        many = len(self.kinds)
        codes = map(many.__mul__, self.number)
        return {code + kind: place for place, (code, kind) in enumerate(zip(codes, self.kind, strict=True))}

    def place_of(self, kind: str, number: int) -> int | None:
        """Where the record is, if it is here."""
        if kind not in self.kinds:
            return None
        return self._found.get(number * len(self.kinds) + self.kinds.index(kind))

    def key(self, place: int) -> tuple[str, int]:
        """Kind and id of the record at this place."""
        return self.kinds[self.kind[place]], self.number[place]

    # texts

    @cached_property
    def _starts(self) -> array[int]:
        return self._numbers("starts", "I")

    @cached_property
    def _sound(self) -> bytearray:
        return bytearray(-(-self.size // TOGETHER))

    @cached_property
    def _sums(self) -> array[int]:
        return self._numbers("sums", "I")

    def _check_pages(self, few: int) -> None:
        starts, first = self._starts, few * TOGETHER
        start, end = starts[first], starts[min(first + TOGETHER, self.size)]
        check(zlib.crc32(self._whole[self._pages + start : self._pages + end]) == self._sums[few])
        self._sound[few] = 1

    def raw(self, place: int) -> bytes:
        """The folded text of the document at this place, as it is kept."""
        starts = self._starts
        few = place // TOGETHER
        if not self._sound[few]:
            self._check_pages(few)
        return self._map[self._pages + starts[place] : self._pages + starts[place + 1]]

    def page(self, place: int) -> tuple[str, str]:
        """The folded title and the rest of the folded text of the document at this place."""
        title, divided, rest = self.raw(place).decode().partition("\0")
        check(bool(divided))
        return title, rest

    # as it is written

    def part(self, name: str) -> memoryview:
        """A part's bytes, whatever they are."""
        return self._whole[slice(*self._parts[name][:2])]

    def pages(self, first: int, last: int) -> memoryview:
        """The texts from the first place to before the last."""
        return self._whole[self._pages + self._starts[first] : self._pages + self._starts[last]]

    @property
    def starts(self) -> array[int]:
        """Where each page begins in `pages`, and where the last one ends."""
        return self._starts

    @property
    def sums(self) -> array[int]:
        """The checksums of pages."""
        return self._sums

    @property
    def heads(self) -> list[str]:
        """The first term of each block."""
        return self._heads

    def block_with(self, term: str) -> int:
        """The number of the block where this term, with its prefix, must be, or -1."""
        return bisect_right(self._heads, term) - 1

    def written(self, number: int) -> memoryview:
        """A block as it is written."""
        return self._terms[self._blocks[number] : self._blocks[number + 1]]

    def read(self, number: int) -> Block:
        """A block as it is read."""
        return self._read_block(number)

    def listed(self, at: int) -> memoryview:
        """The long list that begins there in `lists`, checked."""
        end = at + 8 + int.from_bytes(self._lists[at + 4 : at + 8], "little")
        check(zlib.crc32(self._lists[at + 4 : end]) == int.from_bytes(self._lists[at : at + 4], "little"))
        return self._lists[at + 8 : end]

    # terms

    def posting(self, field: str, term: str) -> Posting:
        """Where the term is, and its weights there."""
        whole = FIELDS[field] + term
        kept = self._kept.get(whole)
        if kept is None:
            number = bisect_right(self._heads, whole) - 1
            kept = self._block(number).posting(whole) if number >= 0 else NOWHERE
            self._keep(whole, kept)
        return kept

    def _keep(self, name: str, posting: Posting) -> None:
        if self._held > _KEPT:
            self._kept.clear()
            self._held = 0
        self._held += posting.count + 32
        self._kept[name] = posting

    def beginning(self, field: str, prefix: str) -> Posting:
        """Where any of the terms is that begin with the prefix."""
        known = f"{FIELDS[field]}{prefix}*"  # no term has an asterisk
        kept = self._kept.get(known)
        if kept is None:
            kept = united([self.posting(field, term) for term in self.starting(field, prefix)], self.size)
            self._keep(known, kept)
        return kept

    def starting(self, field: str, prefix: str) -> list[str]:
        """The segment's terms that begin with the prefix, sorted."""
        whole = FIELDS[field] + prefix
        found: list[str] = []
        for number in range(max(0, bisect_right(self._heads, whole) - 1), len(self._heads)):
            terms = self._block(number).terms
            for term in terms[bisect_left(terms, whole) :]:
                if not term.startswith(whole):
                    return found
                if field_of(term) == field:
                    found.append(term[len(FIELDS[field]) :])
        return found

    def everything(self) -> Iterator[tuple[str, Posting]]:
        """All terms with their prefixes, sorted, and their postings."""
        for number in range(len(self._heads)):
            yield from self._read_block(number).items()

    def _block(self, number: int) -> Block:
        block = self._read_blocks.get(number)
        if block is None:
            if len(self._read_blocks) >= _KEPT_BLOCKS:
                self._read_blocks.clear()
            block = self._read_blocks[number] = self._read_block(number)
        return block

    def _read_block(self, number: int) -> Block:
        end = self._blocks[number + 1] - 4
        data = self._terms[self._blocks[number] : end]
        check(zlib.crc32(data) == int.from_bytes(self._terms[end : end + 4], "little"))
        return Block(data, self)


def field_of(term: str) -> str:
    """The field of a term with its prefix."""
    return _PREFIXED.get(term[:1], "text")


_PREFIXED = {prefix: field for field, prefix in FIELDS.items() if prefix}


class Block:
    """Neighbouring terms of a segment."""

    __slots__ = ("_counts", "_data", "_leaf", "terms")

    def __init__(self, data: memoryview, leaf: Leaf) -> None:
        end = 2 + (data[0] | data[1] << 8)
        self.terms = zlib.decompress(data[2:end]).decode().split("\n")
        self._counts = bytes(data[end : end + len(self.terms)])
        self._data = data[end + len(self.terms) :]
        self._leaf = leaf

    def posting(self, term: str) -> Posting:
        """The postings of a term, if it is one of these."""
        number = bisect_left(self.terms, term)
        if number == len(self.terms) or self.terms[number] != term:
            return NOWHERE
        return self._posting(sum(map(WIDTHS.__getitem__, self._counts[:number])), self._counts[number])

    def items(self) -> Iterator[tuple[str, Posting]]:
        """All of these, with their postings."""
        at = 0
        for term, count in zip(self.terms, self._counts, strict=True):
            yield term, self._posting(at, count)
            at += WIDTHS[count]

    def written(self) -> Iterator[tuple[str, int, bytes]]:
        """All of these, with how many postings each has, or `LISTED`, and its list or where that is."""
        at = 0
        for term, count in zip(self.terms, self._counts, strict=True):
            yield term, count, bytes(self._data[at : at + WIDTHS[count]])
            at += WIDTHS[count]

    def _posting(self, at: int, count: int) -> Posting:
        if count <= SMALL:
            return Posting.flat(self._data, at, count, self._leaf.size)
        return Posting.read(self._leaf.listed(int.from_bytes(self._data[at : at + 4], "little")), 0, self._leaf.size)


def block_of(terms: list[str], counts: bytearray, bodies: list[bytes]) -> bytes:
    """A block as it is written: neighbouring terms, how many postings each has (or `LISTED`), and its list or where that is."""
    text = zlib.compress("\n".join(terms).encode())
    block = b"".join((len(text).to_bytes(2, "little"), text, counts, *bodies))
    return block + zlib.crc32(block).to_bytes(4, "little")


def listed_of(body: bytes) -> bytes:
    """A long list as it is written: with its length, and a checksum of both."""
    data = len(body).to_bytes(4, "little") + body
    return zlib.crc32(data).to_bytes(4, "little") + data


def column(numbers: array[int]) -> bytes:
    """Numbers as they are written."""
    if sys.byteorder == "big":
        numbers = numbers[:]
        numbers.byteswap()
    return numbers.tobytes()
