"""A segment being made, in memory: documents are added one after the other, or taken over from other segments; then it is
written as one file."""

from __future__ import annotations

import json
import sys
import zlib
from array import array
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import partial
from itertools import accumulate
from typing import BinaryIO

from prtui.search import postings
from prtui.search.patience import Stop
from prtui.search.postings import HEAVIEST, IN_TITLE, SMALL
from prtui.search.segment import BLOCK, FIELDS, MAGIC, TOGETHER, Leaf

_places = partial(array, "H")
_weighted = partial(array, "I")
_A_LOOK = 512  # terms taken over between two looks at `stop`


class Stopped(Exception):
    """The draft was given up."""


class Draft:
    """Documents on their way into a segment. `postings` tells how much memory they take: some 4 bytes each. A great one is
    ten seconds' work; `stop` is asked meanwhile, and makes it raise Stopped."""

    def __init__(self) -> None:
        self.stop: Stop | None = None
        self.size = 0
        self.words = 0
        self.postings = 0
        self._light: defaultdict[str, array[int]] = defaultdict(_places)
        self._others: defaultdict[str, array[int]] = defaultdict(_weighted)
        self._pages: list[bytes] = []
        self._number = array("Q")
        self._day = array("I")
        self._length = bytearray()
        self._kind = bytearray()
        self._kinds: dict[str, int] = {}
        self._facets: dict[str, tuple[dict[str, int], array[int]]] = {}

    def add(
        self,
        place: int,
        often: Counter[str],
        title: Iterable[str],
        letters: tuple[Collection[str], Collection[str]],
        sound: Collection[str],
        code: Collection[str],
    ) -> None:
        """The terms of a document that was begun: how often each occurs in its text, which of them its title has, the letters
        of its title and of all its text, and the terms of its other fields."""
        light, others, base = self._light, self._others, place << 8
        self.postings += len(often) + len(letters[1]) + len(sound) + len(code)
        for term in title:
            count = often.pop(term, 0)
            if count:
                others[term].append(base | IN_TITLE | (count if count < HEAVIEST else HEAVIEST))
        for term, count in often.items():
            if count == 1:
                light[term].append(place)
            else:
                others[term].append(base | (count if count < HEAVIEST else HEAVIEST))
        titled, prefix = set(letters[0]), FIELDS["letter"]
        for letter in titled:
            others[prefix + letter].append(base | IN_TITLE | 1)
        for field, terms in (("sound", sound), ("code", code), ("letter", titled.symmetric_difference(letters[1]))):
            prefix = FIELDS[field]
            for term in terms:
                light[prefix + term].append(place)

    def begin(
        self,
        kind: str,
        number: int,
        page: bytes,
        day: int,
        length: int,
        words: int,
        facets: Mapping[str, str],
    ) -> int:
        """A document without terms yet, its page as a segment keeps it, its day as yyyymmdd or 0, the code of its length in
        terms, and how many those are; its place."""
        place = self.size
        self.size += 1
        self.words += words
        self._pages.append(page)
        self._number.append(number)
        self._day.append(day)
        self._length.append(length)
        self._kind.append(self._kinds.setdefault(kind, len(self._kinds)))
        for name, value in facets.items():
            if value:
                values, codes = self._facets.setdefault(name, ({"": 0}, _places()))
                codes.extend([0] * (place - len(codes)))
                codes.append(values.setdefault(value, len(values)))
        return place

    def term(self, field: str, term: str, place: int, weight: int) -> None:
        """One posting of a document that was begun."""
        term = FIELDS[field] + term
        if weight == 1:
            self._light[term].append(place)
        else:
            self._others[term].append(place << 8 | weight)
        self.postings += 1

    def take(self, leaf: Leaf, gone: Collection[int]) -> None:
        """All documents of a segment but those that are gone."""
        first = self.size
        facets = {name: (leaf.facets[name], leaf.facet(name)) for name in leaf.facets}
        moved = array("i", [-1]) * leaf.size
        for place in range(leaf.size):
            if place not in gone:
                kind, number = leaf.key(place)
                moved[place] = self.begin(
                    kind, number, leaf.raw(place), leaf.day[place], leaf.length[place], 0,
                    {name: values[codes[place]] for name, (values, codes) in facets.items()},
                )  # fmt: skip
        self.words += round(leaf.words * (self.size - first) / max(1, leaf.size))
        shift = first if not gone else None
        for number, (term, posting) in enumerate(leaf.everything()):
            if not number % _A_LOOK:
                self._look()
            self._take(term, posting, moved, shift)

    def _look(self) -> None:
        if self.stop is not None and self.stop():
            raise Stopped

    def _take(self, term: str, posting: postings.Posting, moved: array[int], shift: int | None) -> None:
        heavy = posting.weights()
        places: Iterable[int] = [place for place in posting.places if place not in heavy] if heavy else posting.places
        if shift is None:
            light = [to for to in map(moved.__getitem__, places) if to >= 0]
            others = sorted(moved[place] << 8 | weight for place, weight in heavy.items() if moved[place] >= 0)
        else:
            light = [place + shift for place in places]
            others = sorted((place + shift) << 8 | weight for place, weight in heavy.items())
        if light:
            self._light[term].extend(light)
        if others:
            self._others[term].extend(others)
        self.postings += len(light) + len(others)

    # writing

    def write(self, file: BinaryIO) -> None:
        """The segment's file."""
        parts: dict[str, tuple[int, int, int]] = {}
        place = file.write(MAGIC)

        def put(name: str, pieces: Iterable[bytes]) -> None:
            nonlocal place
            start, crc = place, 0
            for piece in pieces:
                place += file.write(piece)
                crc = zlib.crc32(piece, crc)
            parts[name] = start, place, crc

        lists: list[bytes] = []
        blocks, heads, starts = self._blocks(lists)
        put("lists", lists)
        put("terms", blocks)
        put("heads", [zlib.compress("\n".join(heads).encode())])
        put("blocks", [_bytes(starts)])
        put("number", [_bytes(self._number)])
        put("day", [_bytes(self._day)])
        put("kind", [bytes(self._kind)])
        put("length", [bytes(self._length)])
        for name, (_values, codes) in self._facets.items():
            codes.extend([0] * (self.size - len(codes)))
            put("facet " + name, [_bytes(codes)])
        put("pages", self._pages)
        ends = array("I", accumulate(map(len, self._pages), initial=0))
        put("starts", [_bytes(ends)])
        sums = [zlib.crc32(b"".join(self._pages[first : first + TOGETHER])) for first in range(0, self.size, TOGETHER)]
        put("sums", [_bytes(array("I", sums))])
        header = json.dumps(
            {
                "size": self.size,
                "words": self.words,
                "postings": self.postings,
                "kinds": list(self._kinds),
                "facets": {name: list(values) for name, (values, _codes) in self._facets.items()},
                "parts": parts,
            }
        ).encode()
        file.write(header + zlib.crc32(header).to_bytes(4, "little") + len(header).to_bytes(4, "little") + MAGIC)

    def _blocks(self, lists: list[bytes]) -> tuple[list[bytes], list[str], array[int]]:
        light, others, size = self._light, self._others, self.size
        encode = postings.encode
        terms = sorted(light.keys() | others.keys())
        blocks: list[bytes] = []
        starts = array("I")
        begun, listed = 0, 0
        for first in range(0, len(terms), BLOCK):
            self._look()
            few = terms[first : first + BLOCK]
            counts = bytearray()
            bodies: list[bytes] = []
            for term in few:
                count, body = encode(light.get(term), others.get(term), size)
                if count > SMALL:
                    lists.append(_summed(len(body).to_bytes(4, "little") + body))
                    body, listed, count = listed.to_bytes(4, "little"), listed + len(lists[-1]), 255
                counts.append(count)
                bodies.append(body)
            text = zlib.compress("\n".join(few).encode())
            block = b"".join((len(text).to_bytes(2, "little"), text, counts, *bodies))
            blocks.append(block + zlib.crc32(block).to_bytes(4, "little"))
            starts.append(begun)
            begun += len(blocks[-1])
        return blocks, terms[::BLOCK], starts


def _summed(data: bytes) -> bytes:
    return zlib.crc32(data).to_bytes(4, "little") + data


def _bytes(numbers: array[int]) -> bytes:
    if sys.byteorder == "big":
        numbers = numbers[:]
        numbers.byteswap()
    return numbers.tobytes()
