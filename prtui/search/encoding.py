"""Posting lists as bytes, in the layout that `postings` describes and reads.

A segment of fifty thousand documents has forty million postings, so lists are worked on whole: as arrays, as bytes, and as
numbers that hold a list's places side by side. One look at each place costs ten times as much.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import partial
from itertools import compress, islice, repeat

from prtui.search.postings import DENSE, HEAVIEST, IN_TITLE, SMALL, bitmap, extent, of_bitmap, read_form, read_halves

_WORTH_A_GROUP = 5  # places
_ONES = b"\1" * SMALL
_ZEROS = bytes(not byte for byte in range(256))
_BYTES = bytes(range(256))
_TURNED = _BYTES[::-1]
_FEW = 256  # occurrences that are counted one by one
_WORTH_GAPS = 64  # in sparser lists some gap is nearly always too wide
_WORTH_PAGES = 6  # a list is marked page by page if it has more than one place in so many
_places = partial(array, "H")

Encoded = tuple[int, bytes]  # how many postings, and the list


def encode(said: array[int], titled: array[int] | None, size: int, whole: int | None = None) -> Encoded:
    """A list as bytes, and how many postings it has. `said` are rising places, each as often as the term is said there, and
    `titled` those whose titles say it; `size` is the segment's number of documents; `whole` are the places as bits, if they
    are known."""
    if len(said) <= SMALL:
        if titled is None and (len(said) == 1 or len(set(said)) == len(said)):
            return len(said), halves(said) + _ONES[: len(said)]
        return _flat(said, titled)
    if len(said) <= _FEW:
        return _short(said, titled, size, whole)
    gaps = _gaps(said)
    count = len(said) - gaps.count(0)
    if count <= SMALL:
        return _flat(said, titled)
    again = Counter(compress(islice(said, 1, None), gaps.translate(_ZEROS))) if count < len(said) else {}
    return _long(count, _form(said, count, size, whole), _groups(again, titled), size)


def encode_bits(whole: int, titled: array[int] | None, size: int) -> Encoded:
    """The same of places that are the bits of a number, each said once."""
    count = whole.bit_count()
    places = _places() if count * DENSE > size else _places(of_bitmap(whole, size))
    if count <= SMALL:
        return _flat(places or _places(of_bitmap(whole, size)), titled)
    groups = {} if titled is None else {IN_TITLE | 1: titled}
    return _long(count, _form(places, count, size, whole), groups, size)


def bits_of(places: array[int], size: int) -> int | None:
    """Rising places, some perhaps more than once, as bits of a number, or None if they are few."""
    if len(places) * DENSE <= size:
        return None
    if len(places) * _WORTH_PAGES <= size:
        return bitmap(places, size)
    lows, place = halves(places)[::2], 0
    pages: list[bytes] = []
    for page in range(-(-size // 256)):
        after = bisect_left(places, page + 1 << 8, place)
        few, place = lows[place:after], after
        pages.append(bytes.maketrans(few, few.translate(_TURNED)))  # each byte as it is, but those meant turned
    turned = int.from_bytes(b"".join(pages), "little") ^ int.from_bytes(_BYTES * len(pages), "little")
    flags, ones = turned.to_bytes(256 * len(pages), "little"), int.from_bytes(b"\1" * (32 * len(pages)), "little")
    whole = 0
    for bit in range(8):
        whole |= (int.from_bytes(flags[bit::8], "little") & ones) << bit
    return whole


def halves(places: Iterable[int]) -> bytes:
    """Places as u16 each, little-endian."""
    numbers = places if isinstance(places, array) else _places(places)
    if sys.byteorder == "big":
        numbers = numbers[:]
        numbers.byteswap()
    return numbers.tobytes()


def _flat(said: array[int], titled: array[int] | None) -> Encoded:
    often, entitled = Counter(said), frozenset(titled or ())
    weights = [min(many, HEAVIEST) | (IN_TITLE if place in entitled else 0) for place, many in often.items()]
    return len(often), halves(often) + bytes(weights)


def _short(said: array[int], titled: array[int] | None, size: int, whole: int | None) -> Encoded:
    """A list of few places, which are not worth groups of their own."""
    often, entitled = Counter(said), frozenset(titled or ())
    count = len(often)
    if count <= SMALL:
        return _flat(said, titled)
    heavy = {
        place: min(many, HEAVIEST) | (IN_TITLE if place in entitled else 0)
        for place, many in often.items()
        if many > 1 or place in entitled
    }
    places = said if count == len(said) else _places(often)
    form, body = _form(places, count, size, whole)
    rest = (b"\1\0\2", len(heavy).to_bytes(2, "little"), halves(heavy), bytes(heavy.values())) if heavy else (b"\0",)
    return count, b"".join((count.to_bytes(2, "little"), form, body, *rest))


def _groups(again: dict[int, int], titled: array[int] | None) -> dict[int, array[int]]:
    """Weights above 1, and the places that have each. `again` tells how often more than once a place has the term."""
    groups: defaultdict[int, array[int]] = defaultdict(_places)
    for place in dict.fromkeys(titled or ()):
        groups[min(again.pop(place, 0) + 1, HEAVIEST) | IN_TITLE].append(place)
    for place, more in again.items():
        groups[more + 1 if more < HEAVIEST else HEAVIEST].append(place)
    return groups


def _long(count: int, form: tuple[bytes, bytes], groups: dict[int, array[int]], size: int) -> Encoded:
    mixed: list[tuple[int, int]] = []
    for weight, few in list(groups.items()):
        if len(few) < _WORTH_A_GROUP:
            mixed += zip(groups.pop(weight), repeat(weight))
    pieces = [count.to_bytes(2, "little"), *form, bytes([len(groups) + bool(mixed)])]
    for weight, few in groups.items():
        pieces += _group(weight, few, size)
    if mixed:
        mixed.sort()
        pieces += _group(0, _places([place for place, _weight in mixed]), size)
        pieces.append(bytes([weight for _place, weight in mixed]))
    return count, b"".join(pieces)


def _group(weight: int, places: array[int], size: int) -> tuple[bytes, bytes, bytes, bytes]:
    form, body = _form(places, len(places), size, None)
    return bytes([weight]), form, len(places).to_bytes(2, "little"), body


def _form(places: array[int], count: int, size: int, whole: int | None) -> tuple[bytes, bytes]:
    if count * DENSE > size:
        whole = whole if whole is not None else bitmap(places, size)
        return b"\0", whole.to_bytes(-(-size // 8), "little")
    if count * _WORTH_GAPS > size:
        gaps = _gaps(places)
        if 255 not in gaps:
            return b"\1", halves(places[:1]) + gaps.translate(None, b"\0")
    return b"\2", halves(sorted(set(places)) if len(places) > count else places)


def _gaps(places: array[int]) -> bytes:
    """What lies between neighbours, a byte each; 255 for what is more than 254. All are taken from one another at once, as two
    numbers of sixteen bits a place: none is less than the one before it, so nothing is borrowed."""
    data = halves(places)
    whole = int.from_bytes(data[2:], "little") - int.from_bytes(data[:-2], "little")
    wide = whole.to_bytes(len(data) - 2, "little")
    high = wide[1::2]
    if high.count(0) == len(high):
        return wide[::2]
    return bytes([255 if above else gap for above, gap in zip(high, wide[::2], strict=True)])


def without_flat(body: bytes, place: int) -> bytes:
    """A flat list without a place, or the same if it has it not."""
    count = len(body) // 3
    postings = zip(read_halves(memoryview(body)[: 2 * count]), body[2 * count :], strict=True)
    left = [posting for posting in postings if posting[0] != place]
    return halves([at for at, _weight in left]) + bytes([weight for _at, weight in left])


def without(data: bytes, place: int, size: int) -> bytes:
    """A long list without a place, or the same if it has it not. Only what has the place is worked on."""
    count, at = data[0] | data[1] << 8, 3
    end = at + extent(data[2], count, size)
    form = _left(data[2], data[at:end], place, size)
    if form is None:
        return data
    groups: list[bytes] = []
    number, at = data[end], end + 1
    for _number in range(number):
        begun, weight, few = at, data[at], data[at + 2] | data[at + 3] << 8
        end = at + 4 + extent(data[at + 1], few, size)
        at = end if weight else end + few
        left = _left(data[begun + 1], data[begun + 4 : end], place, size)
        if left is None:
            groups.append(data[begun:at])
        elif few > 1:
            weights = b""
            if not weight:
                gone = list(read_form(memoryview(data)[begun + 4 : end], data[begun + 1], size)).index(place)
                weights = data[end : end + gone] + data[end + gone + 1 : at]
            groups.append(
                b"".join((data[begun : begun + 1], left[0], (few - 1).to_bytes(2, "little"), left[1], weights))
            )
    return b"".join(((count - 1).to_bytes(2, "little"), *form, bytes([len(groups)]), *groups))


def _left(form: int, body: bytes, place: int, size: int) -> tuple[bytes, bytes] | None:
    """Places in their form without one, or None if that is not among them."""
    if form == 0:
        if not body[place >> 3] >> (place & 7) & 1:
            return None
        bits = bytearray(body)
        bits[place >> 3] ^= 1 << (place & 7)
        return b"\0", bytes(bits)
    places = _places(read_form(memoryview(body), form, size))
    number = bisect_left(places, place)
    if number == len(places) or places[number] != place:
        return None
    del places[number]
    return _form(places, len(places), size, None) if places else (b"\2", b"")
