"""A segment without the texts of some documents: a copy of its file in which only what has them is written anew.

To make a segment of fifty thousand documents anew takes twenty seconds of the processor; to take one document out of it, a
quarter of one. The document keeps its place, empty, in the list of those that are gone, until its segment is merged.
"""

from __future__ import annotations

import zlib
from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import BinaryIO

from prtui.search import analysis, codes
from prtui.search.encoding import without, without_flat
from prtui.search.parts import Parts
from prtui.search.segment import FIELDS, LISTED, TOGETHER, Leaf, block_of, column, listed_of

_EMPTY = b"\0"  # a page with no title and no text


class Unlike(Exception):
    """A document is not in the lists of all that its text says: they were made by another reading of it."""


def erase(leaf: Leaf, places: Collection[int], file: BinaryIO, look: Callable[[], None]) -> int:
    """Write the segment without the texts of these places; how many postings it has left. `look` is called now and then.
    Raises Unlike."""
    said: defaultdict[str, list[int]] = defaultdict(list)
    for place in places:
        for term in set(terms_of(*leaf.page(place))):
            said[term].append(place)
    lists = _Lists(leaf)
    blocks, heads = _blocks(leaf, said, lists, look)
    parts = Parts(file)
    parts.put("lists", lists.pieces())
    parts.put("terms", blocks)
    parts.put("heads", [zlib.compress("\n".join(heads).encode())])
    parts.put("blocks", [column(array("I", list(accumulate(map(len, blocks), initial=0))[:-1]))])
    for name in ("number", "day", "kind", "length"):
        parts.put(name, [leaf.part(name)])
    facets: dict[str, list[str]] = {}
    for name, values in leaf.facets.items():
        chosen = array("H", leaf.facet(name))
        for place in places:
            chosen[place] = 0
        used = set(chosen)
        facets[name] = [value if code in used else "" for code, value in enumerate(values)]
        parts.put("facet " + name, [column(chosen)])
    _put_pages(leaf, places, parts)
    left = leaf.postings - lists.erased
    about = {"size": leaf.size, "words": leaf.words, "postings": left, "kinds": leaf.kinds, "facets": facets}
    parts.close(about)
    return left


def terms_of(title: str, rest: str) -> Iterator[str]:
    """All terms of a document with this folded title and the rest of its text, with the prefixes of their fields."""
    for text in (title, rest):
        yield from analysis.terms(text)
        for run in analysis.runs(text):
            yield from (FIELDS["letter"] + letter for letter in run.text)
            if run.size == 3:
                yield from (FIELDS["pair"] + run.text[place : place + 2] for place in range(len(run.text) - 1))
    yield from (FIELDS["sound"] + sound for sound in analysis.sounds(title))
    yield from (FIELDS["code"] + form for form in codes.forms(rest.partition(" ")[0]))


@dataclass
class _Lists:
    """The long lists: as they were, but for those that are written over, or anew behind all others if they have grown."""

    leaf: Leaf
    erased: int = 0
    _over: dict[int, bytes] = field(default_factory=dict)
    _behind: list[bytes] = field(default_factory=list)
    _length: int = 0

    def __post_init__(self) -> None:
        self._length = len(self.leaf.part("lists"))

    def erase(self, at: int, places: Iterable[int]) -> int | None:
        """Take places out of the list that begins there; where it begins now, or None if nothing is left of it."""
        old = new = bytes(self.leaf.listed(at))
        for place in places:
            left = without(new, place, self.leaf.size)
            if left is new:
                raise Unlike
            new = left
            self.erased += 1
        listed, length = listed_of(new), len(old) + 8
        if new[:2] == b"\0\0":
            self._over[at] = bytes(length)
            return None
        if len(listed) <= length:
            self._over[at] = listed.ljust(length, b"\0")
            return at
        self._over[at] = bytes(length)
        self._behind.append(listed)
        self._length += len(listed)
        return self._length - len(listed)

    def pieces(self) -> Iterator[bytes | memoryview]:
        """All of them as they are to be written."""
        whole, place = self.leaf.part("lists"), 0
        for at in sorted(self._over):
            yield whole[place:at]
            yield self._over[at]
            place = at + len(self._over[at])
        yield whole[place:]
        yield from self._behind


def _blocks(
    leaf: Leaf, said: dict[str, list[int]], lists: _Lists, look: Callable[[], None]
) -> tuple[list[bytes | memoryview], list[str]]:
    touched = {leaf.block_with(term) for term in said}
    blocks: list[bytes | memoryview] = []
    heads: list[str] = []
    for number, head in enumerate(leaf.heads):
        look()
        if number not in touched:
            blocks.append(leaf.written(number))
            heads.append(head)
            continue
        terms: list[str] = []
        counts, bodies = bytearray(), list[bytes]()
        for term, count, body in leaf.read(number).written():
            left = _without(term, count, body, said.pop(term, ()), lists)
            if left:
                terms.append(term)
                counts.append(left[0])
                bodies.append(left[1])
        if terms:
            blocks.append(block_of(terms, counts, bodies))
            heads.append(terms[0])
    if any(not term.startswith(FIELDS["code"]) for term in said):
        raise Unlike
    return blocks, heads


def _without(term: str, count: int, body: bytes, places: Iterable[int], lists: _Lists) -> tuple[int, bytes] | None:
    if not places:
        return count, body
    if count == LISTED:
        at = lists.erase(int.from_bytes(body, "little"), places)
        return None if at is None else (LISTED, at.to_bytes(4, "little"))
    for place in places:
        left = without_flat(body, place)
        if left == body and not term.startswith(FIELDS["code"]):  # a code may be written as no record's is
            raise Unlike
        lists.erased += left != body
        body = left
    return (len(body) // 3, body) if body else None


def _put_pages(leaf: Leaf, places: Collection[int], parts: Parts) -> None:
    edges = [-1, *sorted(places), leaf.size]
    pieces: list[bytes | memoryview] = []
    for before, place in pairwise(edges):
        pieces += [leaf.pages(before + 1, place), _EMPTY]
    lengths = [end - start for start, end in pairwise(leaf.starts)]
    sums = array("I", leaf.sums)
    for place in places:
        lengths[place] = len(_EMPTY)
    for few in {place // TOGETHER for place in places}:
        members = range(few * TOGETHER, min((few + 1) * TOGETHER, leaf.size))
        sums[few] = zlib.crc32(b"".join(_EMPTY if place in places else leaf.raw(place) for place in members))
    parts.put("pages", pieces[:-1])
    parts.put("starts", [column(array("I", accumulate(lengths, initial=0)))])
    parts.put("sums", [column(sums)])
