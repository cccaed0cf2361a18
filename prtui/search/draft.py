"""A segment being made, in memory: documents are added one after the other, or taken over from other segments; then it is
written as one file."""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Collection, Iterable, Mapping
from functools import partial
from itertools import accumulate, chain, repeat
from typing import BinaryIO

from prtui.search import postings
from prtui.search.analysis import Said
from prtui.search.occurrences import Occurrences, encoded_lists
from prtui.search.parts import Parts
from prtui.search.patience import Stop
from prtui.search.postings import IN_TITLE, SMALL
from prtui.search.segment import (
    BLOCK,
    DERIVED,
    FIELDS,
    LISTED,
    TOGETHER,
    Leaf,
    block_of,
    column,
    field_of,
    listed_of,
)

_places = partial(array, "H")
_A_LOOK = 512  # terms taken over between two looks at `stop`


class Stopped(Exception):
    """The draft was given up."""


class Draft:
    """Documents on their way into a segment. `postings` tells, until it is written, how many occurrences of terms they have,
    which is a little more, and how much memory they take: some 12 bytes each. A great one is twenty seconds' work; `stop` is
    asked meanwhile, and makes it raise Stopped."""

    def __init__(self) -> None:
        self.stop: Stop | None = None
        self.size = 0
        self.words = 0
        self.postings = 0
        self._said = Occurrences()
        self._titled = Occurrences()
        self._pages: list[bytes] = []
        self._number = array("Q")
        self._day = array("I")
        self._length = bytearray()
        self._kind = bytearray()
        self._kinds: dict[str, int] = {}
        self._facets: dict[str, tuple[dict[str, int], array[int]]] = {}

    def add(self, place: int, text: Said, words: int, title: Said, others: Mapping[str, Collection[str]]) -> None:
        """What a document that was begun says, title and all, in how many terms, what its title says, and the terms of its other
        fields."""
        self._said.add(place, text)
        self._titled.add(place, title)
        self.postings += words
        for field, terms in others.items():
            self._said.add_terms(place, map(FIELDS[field].__add__, terms))
            self.postings += len(terms)

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
        if field not in DERIVED:
            often = weight & ~IN_TITLE
            self._said.add_term(FIELDS[field] + term, repeat(place, often))
            if weight & IN_TITLE:
                self._titled.add_term(FIELDS[field] + term, (place,))
            self.postings += often

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
                self.look()
            if field_of(term) not in DERIVED:
                self._take(term, posting, moved, shift)

    def look(self) -> None:
        """Raise Stopped if it is to be stopped."""
        if self.stop is not None and self.stop():
            raise Stopped

    def _take(self, term: str, posting: postings.Posting, moved: array[int], shift: int | None) -> None:
        heavy = posting.weights()
        places: Iterable[int] = posting.places
        titled: list[int] = []
        if heavy:
            more = (repeat(place, (weight & ~IN_TITLE) - 1) for place, weight in heavy.items())
            places = sorted(chain(places, chain.from_iterable(more)))
            titled = sorted(place for place, weight in heavy.items() if weight & IN_TITLE)
        said, titled = (
            [to for to in map(moved.__getitem__, few) if to >= 0] if shift is None else [place + shift for place in few]
            for few in (places, titled)
        )
        if said:
            self._said.add_term(term, said)
        if titled:
            self._titled.add_term(term, titled)
        self.postings += len(said)

    # writing

    def write(self, file: BinaryIO) -> None:
        """The segment's file."""
        parts = Parts(file)
        lists: list[bytes] = []
        blocks, heads, starts = self._blocks(lists)
        parts.put("lists", lists)
        parts.put("terms", blocks)
        parts.put("heads", [zlib.compress("\n".join(heads).encode())])
        parts.put("blocks", [column(starts)])
        parts.put("number", [column(self._number)])
        parts.put("day", [column(self._day)])
        parts.put("kind", [bytes(self._kind)])
        parts.put("length", [bytes(self._length)])
        for name, (_values, codes) in self._facets.items():
            codes.extend([0] * (self.size - len(codes)))
            parts.put("facet " + name, [column(codes)])
        parts.put("pages", self._pages)
        ends = array("I", accumulate(map(len, self._pages), initial=0))
        parts.put("starts", [column(ends)])
        sums = [zlib.crc32(b"".join(self._pages[first : first + TOGETHER])) for first in range(0, self.size, TOGETHER)]
        parts.put("sums", [column(array("I", sums))])
        parts.close(
            {
                "size": self.size,
                "words": self.words,
                "postings": self.postings,
                "kinds": list(self._kinds),
                "facets": {name: list(values) for name, (values, _codes) in self._facets.items()},
            }
        )

    def _blocks(self, lists: list[bytes]) -> tuple[list[bytes], list[str], array[int]]:
        encoded = encoded_lists(self._said.by_term(), self._titled.by_term(), self.size, self.look)
        terms = sorted(encoded)
        blocks: list[bytes] = []
        starts = array("I")
        begun = listed = self.postings = 0
        for first in range(0, len(terms), BLOCK):
            few = terms[first : first + BLOCK]
            counts = bytearray()
            bodies: list[bytes] = []
            for term in few:
                count, body = encoded[term]
                self.postings += count
                if count > SMALL:
                    lists.append(listed_of(body))
                    body, listed, count = listed.to_bytes(4, "little"), listed + len(lists[-1]), LISTED
                counts.append(count)
                bodies.append(body)
            blocks.append(block_of(few, counts, bodies))
            starts.append(begun)
            begun += len(blocks[-1])
        return blocks, terms[::BLOCK], starts
