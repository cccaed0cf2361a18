"""Posting lists: where a term occurs and how often, as bytes of a segment's file and as what a search intersects.

A place is a document's number in its segment, at most 65,535. A weight is how often the term occurs there, up to 127, plus
`IN_TITLE` if the title has it.

A list of at most `SMALL` postings is flat: its places as u16, then its weights as u8. A longer one is

    u16 how many postings   u8 form   all its places
    u8 how many groups
    a group: u8 weight   u8 form   u16 how many places   its places

with one group for each weight above 1 that five documents have, if they are many, and a last group of weight 0 for the others,
whose places are followed by as many u8 weights. So what nearly all postings have in common, a weight
of 1, costs nothing, whether a document has a term is one look, and the heavy postings, which rank first, are found at once.
Places are written in one of three forms:

    0  a bitmap of the segment, bit `place & 7` of byte `place >> 3`, if more than one document in sixteen is meant
    1  u16 the first place, then u8 gaps, all less than 255
    2  u16 each

Numbers are little-endian.
"""

from __future__ import annotations

import sys
from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence, Set
from itertools import accumulate, compress

SMALL = 16
IN_TITLE = 128
HEAVIEST = 127
DENSE = 16  # a list is a bitmap if more than one document in so many is meant
_BITS = bytes.maketrans(b"01", b"\0\1")
_DIGITS = bytes.maketrans(b"\0\1", b"01")
_BIT = [1 << place for place in range(8)]
_NONE = array("H")
_ONES = b"\1" * SMALL

Places = Sequence[int]
Group = tuple[int, Places, bytes]  # weight, places, and their weights if the first is 0


class Posting:
    """A posting list, read: its `count`, its `bits` if it is long, and what weighs more than 1."""

    __slots__ = ("_at", "_data", "_groups", "_map", "_places", "bits", "count", "size")

    def __init__(
        self, size: int, count: int, places: Places | None, bits: bytes | None, groups: list[Group] | None
    ) -> None:
        self.size = size
        self.count = count
        self.bits = bits
        self._places = places
        self._map: int | None = None
        self._groups = groups
        self._data = memoryview(b"")
        self._at = 0

    @classmethod
    def read(cls, data: memoryview, at: int, size: int) -> Posting:
        """The long list that begins there."""
        count, form = data[at] | data[at + 1] << 8, data[at + 2]
        at += 3
        end = at + extent(form, count, size)
        body = data[at:end]
        posting = cls(
            size, count, None if form == 0 else read_form(body, form, size), bytes(body) if form == 0 else None, None
        )
        posting._data, posting._at = data, end
        return posting

    @classmethod
    def flat(cls, data: memoryview, at: int, count: int, size: int) -> Posting:
        """The flat list of so many postings that begins there."""
        places = read_halves(data[at : at + 2 * count])
        weights = bytes(data[at + 2 * count : at + 3 * count])
        return cls(size, count, places, None, [] if weights == _ONES[:count] else [(0, places, weights)])

    @property
    def places(self) -> Places:
        """All places, rising."""
        if self._places is None:
            self._places = array("H", of_bitmap(self.bitmap, self.size))
        return self._places

    @property
    def bitmap(self) -> int:
        """All places, as bits of a number."""
        if self._map is None:
            self._map = int.from_bytes(self.bits, "little") if self.bits is not None else bitmap(self.places, self.size)
        return self._map

    @property
    def groups(self) -> list[Group]:
        """What weighs more than 1, by weight."""
        if self._groups is None:
            self._groups = self._read_groups()
        return self._groups

    def _read_groups(self) -> list[Group]:
        data, at = self._data, self._at + 1
        groups: list[Group] = []
        for _group in range(data[self._at]):
            weight, form, count = data[at], data[at + 1], data[at + 2] | data[at + 3] << 8
            at += 4
            end = at + extent(form, count, self.size)
            places = read_form(data[at:end], form, self.size)
            at = end if weight else end + count
            groups.append((weight, places, b"" if weight else bytes(data[end:at])))
        return groups

    def among(self, places: set[int]) -> set[int]:
        """Those of the places that have the term."""
        bits = self.bits
        if bits is not None and len(places) * 2 < self.count:
            return {place for place in places if bits[place >> 3] & _BIT[place & 7]}
        return places.intersection(self.places)

    def weights(self) -> dict[int, int]:
        """Place → weight of what weighs more than 1."""
        found: dict[int, int] = {}
        for weight, few, weights in self.groups:
            if weight:
                found.update(dict.fromkeys(few, weight))
            else:
                found.update((place, own) for place, own in zip(few, weights, strict=True) if own > 1)
        return found


NOWHERE = Posting(0, 0, _NONE, None, [])


def united(postings: list[Posting], size: int) -> Posting:
    """Where any of them is, with the greatest of its weights there."""
    if len(postings) == 1:
        return postings[0]
    whole = 0
    rest: set[int] = set()
    heavy: dict[int, int] = {}
    for posting in postings:
        if posting.bits is None:
            rest.update(posting.places)
        else:
            whole |= posting.bitmap
        for place, weight in posting.weights().items():
            if weight > heavy.get(place, 0):
                heavy[place] = weight
    by_weight: defaultdict[int, array[int]] = defaultdict(lambda: array("H"))
    for place, weight in heavy.items():
        by_weight[weight].append(place)
    groups: list[Group] = [(weight, few, b"") for weight, few in by_weight.items()]
    if not whole and len(rest) * DENSE <= size:
        return Posting(size, len(rest), array("H", sorted(rest)), None, groups)
    whole |= bitmap(rest, size)
    return Posting(size, whole.bit_count(), None, whole.to_bytes(-(-size // 8), "little"), groups)


class Matched:
    """Places of a segment that fulfil a condition: a set, or bits of a number while they are many. Combining bits costs a
    microsecond a segment, and a set some 30 ns a place."""

    __slots__ = ("_bits", "_few", "_flags", "size")

    def __init__(self, size: int, few: set[int] | None = None, bits: int = 0) -> None:
        self.size = size
        self._few = few
        self._bits = bits
        self._flags: bytes | None = None

    @classmethod
    def by(cls, postings: list[Posting], among: Matched | None, size: int) -> Matched:
        """Where all of the postings are, the rarest of which is the first, of places that matched before."""
        if among is not None and among._few is not None:
            found = set(among._few)
        elif postings[0].bits is None:
            found = set(postings[0].places)
            if among is not None:
                found = among.keep(found)
        else:
            whole = among._bits if among is not None else -1
            for posting in postings:
                whole &= posting.bitmap
            return cls(size, None, whole)
        for posting in postings:
            if not found:
                break
            found = posting.among(found)
        return cls(size, found)

    def __len__(self) -> int:
        return self._bits.bit_count() if self._few is None else len(self._few)

    def __or__(self, other: Matched) -> Matched:
        if self._few is not None and other._few is not None:
            return Matched(self.size, self._few | other._few)
        return Matched(self.size, None, self.bits | other.bits)

    def __and__(self, other: Matched) -> Matched:
        if self._few is not None:
            return Matched(self.size, other.keep(self._few))
        if other._few is not None:
            return Matched(self.size, self.keep(other._few))
        return Matched(self.size, None, self._bits & other._bits)

    def __iter__(self) -> Iterator[int]:
        return iter(self._few) if self._few is not None else of_bitmap(self._bits, self.size)

    def __contains__(self, place: int) -> bool:
        return bool(self.flags[place]) if self._few is None else place in self._few

    def without(self, others: Matched | Set[int]) -> Matched:
        """All but these places."""
        if isinstance(others, Matched):
            if self._few is None:
                return Matched(self.size, None, self._bits & ~others.bits)
            return Matched(self.size, self._few - others.keep(self._few))
        if not others or not len(self):
            return self
        if self._few is not None:
            return Matched(self.size, self._few - others)
        return Matched(self.size, None, self._bits & ~bitmap(others, self.size))

    def keep(self, places: Set[int]) -> set[int]:
        """Those of the places that matched."""
        return set(self._few & places) if self._few is not None else set(self.those(places))

    def those(self, places: Iterable[int]) -> Collection[int]:
        """Those of some places that matched, in any order."""
        if self._few is not None:
            return self._few.intersection(places)
        flags = self.flags
        return [place for place in places if flags[place]]

    def flagged(self, flags: bytes) -> Iterable[int]:
        """Those of the places that match whose flag is set too: 1 in a byte for each place of the segment."""
        if self._few is not None:
            return [place for place in self._few if flags[place]]
        both = int.from_bytes(self.flags, "little") & int.from_bytes(flags, "little")
        return compress(range(self.size), both.to_bytes(self.size, "little"))

    @property
    def bits(self) -> int:
        """The places as bits of a number."""
        return self._bits if self._few is None else bitmap(self._few, self.size)

    @property
    def flags(self) -> bytes:
        """A byte for each place of the segment, 1 if it matched."""
        if self._flags is None:
            self._flags = self._flag()
        return self._flags

    def _flag(self) -> bytes:
        if self._few is None:
            return f"{self._bits:0{self.size}b}"[::-1].encode().translate(_BITS)
        flags = bytearray(self.size)
        for place in self._few:
            flags[place] = 1
        return bytes(flags)

    @property
    def places(self) -> set[int]:
        """The places."""
        if self._few is None:
            self._few = set(of_bitmap(self._bits, self.size))
        return self._few


def bitmap(places: Iterable[int], size: int) -> int:
    """Places as bits of a number."""
    flags = bytearray(size)
    for place in places:
        flags[place] = 1
    flags.reverse()
    return int(flags.translate(_DIGITS), 2) if size else 0


def of_bitmap(whole: int, size: int) -> Iterator[int]:
    """The places that are bits of a number, rising."""
    return compress(range(size), f"{whole:0{size}b}"[::-1].encode().translate(_BITS))


def extent(form: int, count: int, size: int) -> int:
    """How many bytes so many places take."""
    return (-(-size // 8), count + 1, 2 * count)[form]


def read_form(body: memoryview, form: int, size: int) -> Places:
    """Places in one of the three forms."""
    if form == 2:
        return read_halves(body)
    if form == 1:
        return array("I", accumulate(body[2:], initial=body[0] | body[1] << 8))  # sooner filled than one of 16 bits
    return array("H", of_bitmap(int.from_bytes(body, "little"), size))


def read_halves(body: memoryview) -> Places:
    """Places as u16 each."""
    halves = array("H", bytes(body))
    if sys.byteorder == "big":
        halves.byteswap()
    return halves
