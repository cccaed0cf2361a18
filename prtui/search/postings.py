"""Posting lists: where a term occurs and how often, as bytes of a segment's file and as what a search intersects.

A place is a document's number in its segment, at most 65,535. A weight is how often the term occurs there, up to 127, plus
`IN_TITLE` if the title has it.

A list of at most `SMALL` postings is flat: its places as u16, then its weights as u8. A longer one is

    u16 how many postings   u8 how many groups
    a group: u8 weight   u8 form   u16 how many places   its places

with one group for each weight from 1 to 7 that is frequent enough, and a last group of weight 0 for everything else (rare,
heavy, or in the title), whose places are followed by as many u8 weights. So what nearly all postings have in common costs
nothing, and the heavy ones, which rank first, are read first. Places are written in the shortest of three forms:

    0  a bitmap of the segment, bit `place & 7` of byte `place >> 3`
    1  u16 the first place, then u8 gaps
    2  u16 each

Numbers are little-endian.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, compress, islice
from operator import sub

SMALL = 16
IN_TITLE = 128
HEAVIEST = 127
_PURE = 7  # the heaviest weight that gets a group of its own
_WORTH_A_GROUP = 5  # places
_BITS = bytes.maketrans(b"01", b"\0\1")
_DIGITS = bytes.maketrans(b"\0\1", b"01")
_NONE = array("H")
_ONES = b"\1" * SMALL

Places = Sequence[int]


class Posting:
    """A posting list, read. `pure` are (weight, places), places rising; `places` and `weights` are the rest, in step."""

    __slots__ = ("count", "places", "pure", "weights")

    def __init__(self, pure: list[tuple[int, Places]], places: Places, weights: bytes) -> None:
        self.pure = pure
        self.places = places
        self.weights = weights
        self.count = len(places) + sum(len(few) for _weight, few in pure)

    def parts(self) -> list[Places]:
        """All places, each once, as rising sequences."""
        parts = [few for _weight, few in self.pure]
        return [self.places, *parts] if self.places else parts

    def all(self) -> set[int]:
        """All places."""
        parts = self.parts()
        return set(parts[0]).union(*parts[1:]) if parts else set()

    def among(self, places: set[int]) -> set[int]:
        """Those of the places that have the term."""
        found: set[int] = set()
        for part in self.parts():
            if len(places) * 24 < len(part):
                found.update(place for place in places if _has(part, place))
            else:
                found.update(places.intersection(part))
        return found

    def heavier(self, places: set[int]) -> Iterator[tuple[int, Iterable[int]]]:
        """The places that weigh more than 1, by weight."""
        for weight, few in self.pure:
            if weight == 1:
                continue
            if len(places) * 24 < len(few):
                yield weight, [place for place in places if _has(few, place)]
            else:
                yield weight, places.intersection(few)
        if len(places) * 24 < len(self.places):
            for place in places:
                at = bisect_left(self.places, place)
                if at < len(self.places) and self.places[at] == place:
                    yield self.weights[at], (place,)
        else:
            for place, weight in zip(self.places, self.weights, strict=True):
                if place in places and weight > 1:
                    yield weight, (place,)

    def items(self) -> Iterator[tuple[int, int]]:
        """All (place, weight), in no order."""
        yield from zip(self.places, self.weights, strict=True)
        for weight, few in self.pure:
            for place in few:
                yield place, weight


NOWHERE = Posting([], (), b"")


def united(postings: list[Posting]) -> Posting:
    """Where any of them is, with the greatest of its weights there."""
    if len(postings) == 1:
        return postings[0]
    often = dict.fromkeys(set().union(*(part for posting in postings for part in posting.parts())), 1)
    for posting in postings:
        for weight, few in sorted(posting.pure, key=lambda group: group[0]):
            if weight > 1:
                for place in few:
                    if weight > often[place]:
                        often[place] = weight
        for place, weight in zip(posting.places, posting.weights, strict=True):
            if weight > often[place]:
                often[place] = weight
    heavy = {place: weight for place, weight in often.items() if weight > 1}
    light = [place for place in often if place not in heavy]
    light.sort()
    return Posting([(1, light)] if light else [], sorted(heavy), bytes(heavy[place] for place in sorted(heavy)))


def _has(places: Places, place: int) -> bool:
    at = bisect_left(places, place)
    return at < len(places) and places[at] == place


def encode(light: array[int] | None, others: array[int] | None, size: int) -> tuple[int, bytes]:
    """A list as bytes, and how many postings it has. `light` are the places with weight 1, `others` are place << 8 | weight;
    both rise. `size` is the segment's number of documents."""
    if light is None:
        light = _NONE
    count = len(light)
    if others is None:
        if count <= SMALL:
            return count, _halves(light) + _ONES[:count]
    else:
        count += len(others)
        if count <= SMALL:
            postings = sorted([*[place << 8 | 1 for place in light], *others])
            return count, _halves([posting >> 8 for posting in postings]) + bytes(
                [posting & 255 for posting in postings]
            )
    groups: dict[int, Places] = {1: light} if light else {}
    mixed: list[int] = []
    if others:
        heavier: dict[int, list[int]] = {weight: [] for weight in range(2, _PURE + 1)}
        for posting in others:
            if posting & 255 <= _PURE:
                heavier[posting & 255].append(posting >> 8)
            else:
                mixed.append(posting)
        groups.update(heavier)
    for weight, places in list(groups.items()):
        if len(places) < _WORTH_A_GROUP:
            mixed += [place << 8 | weight for place in groups.pop(weight)]
    mixed.sort()
    pieces = [count.to_bytes(2, "little"), bytes([len(groups) + bool(mixed)])]
    for weight, places in groups.items():
        pieces += _group(weight, places, size)
    if mixed:
        pieces += _group(0, [posting >> 8 for posting in mixed], size)
        pieces.append(bytes([posting & 255 for posting in mixed]))
    return count, b"".join(pieces)


def _group(weight: int, places: Places, size: int) -> list[bytes]:
    count = len(places)
    if count * 8 > size:
        form, body = 0, _bitmap(places, size)
    else:
        gaps = list(map(sub, islice(places, 1, None), places))
        if gaps and max(gaps) < 256:
            form, body = 1, places[0].to_bytes(2, "little") + bytes(gaps)
        else:
            form, body = 2, _halves(places)
    return [bytes((weight, form)), count.to_bytes(2, "little"), body]


def _bitmap(places: Iterable[int], size: int) -> bytes:
    flags = bytearray(size)
    for place in places:
        flags[place] = 1
    flags.reverse()
    return int(flags.translate(_DIGITS), 2).to_bytes(-(-size // 8), "little")


def _halves(places: Iterable[int]) -> bytes:
    halves = places if isinstance(places, array) else array("H", places)
    if sys.byteorder == "big":
        halves = halves[:]
        halves.byteswap()
    return halves.tobytes()


def flat(data: memoryview, at: int, count: int) -> Posting:
    """The flat list of so many postings that begins there."""
    return Posting([], _read_halves(data[at : at + 2 * count]), bytes(data[at + 2 * count : at + 3 * count]))


def decode(data: memoryview, at: int, size: int) -> Posting:
    """The grouped list that begins there."""
    groups = data[at + 2]
    at += 3
    pure: list[tuple[int, Places]] = []
    places: Places = ()
    weights = b""
    for _group in range(groups):
        weight, form = data[at], data[at + 1]
        count = data[at + 2] | data[at + 3] << 8
        at += 4
        end = at + (-(-size // 8), count + 1, 2 * count)[form]
        few = _read(data[at:end], form, size)
        at = end
        if weight:
            pure.append((weight, few))
        else:
            places, weights = few, bytes(data[at : at + count])
            at += count
    return Posting(pure, places, weights)


def count_of(data: memoryview, at: int) -> int:
    """How many postings the grouped list has that begins there."""
    return data[at] | data[at + 1] << 8


def _read(body: memoryview, form: int, size: int) -> Places:
    if form == 2:
        return _read_halves(body)
    if form == 1:
        return array("H", accumulate(body[2:], initial=body[0] | body[1] << 8))
    digits = f"{int.from_bytes(body, 'little'):0{size}b}"[::-1].encode()
    return array("H", compress(range(size), digits.translate(_BITS)))


def _read_halves(body: memoryview) -> Places:
    halves = array("H", bytes(body))
    if sys.byteorder == "big":
        halves.byteswap()
    return halves
