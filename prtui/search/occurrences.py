"""What documents say, while a segment is made: for each term the places where it is said, as often as it is said there."""

from __future__ import annotations

from array import array
from collections import defaultdict, deque
from collections.abc import Callable, Iterable
from functools import partial
from itertools import chain, repeat

from prtui.search import analysis
from prtui.search.analysis import is_chinese
from prtui.search.encoding import Encoded, bits_of, encode, encode_bits, halves
from prtui.search.postings import bitmap
from prtui.search.segment import FIELDS

Lists = dict[str, "array[int]"]

_append = array.append
_places = partial(array, "H")


class Occurrences:
    """Where things are said. Runs that are no Chinese are kept whole, because one of them stands for eight terms, and taken to
    pieces once, when the segment is written. Places are added rising."""

    def __init__(self) -> None:
        self._pairs: defaultdict[bytes, array[int]] = defaultdict(_places)
        self._runs: defaultdict[str, array[int]] = defaultdict(_places)
        self._terms: defaultdict[str, array[int]] = defaultdict(_places)

    def add(self, place: int, said: analysis.Said) -> None:
        """All that a text says."""
        # Some 350 of a document: `map` appends each in 200 ns, most of them waiting for memory; a loop takes 100 more.
        deque(map(_append, map(self._pairs.__getitem__, said.pairs), repeat(place)), 0)
        deque(map(_append, map(self._runs.__getitem__, said.runs), repeat(place)), 0)

    def add_terms(self, place: int, terms: Iterable[str]) -> None:
        """Some terms, with the prefixes of their fields, at one place."""
        deque(map(_append, map(self._terms.__getitem__, terms), repeat(place)), 0)

    def add_term(self, term: str, places: Iterable[int]) -> None:
        """One term, with the prefix of its field, in some places."""
        self._terms[term].extend(places)

    def by_term(self) -> Lists:
        """All of it: term → rising places, each as often as the term is said there."""
        found: Lists = dict(zip(analysis.of_pairs(self._pairs), self._pairs.values(), strict=True))
        parts: defaultdict[str, list[array[int]]] = defaultdict(list)
        for run, places in self._runs.items():
            for term in analysis.of_run(run):
                parts[term].append(places)
        for term, places in self._terms.items():
            parts[term].append(places)
        for term, few in parts.items():
            if term in found:
                few.append(found[term])
            found[term] = few[0] if len(few) == 1 else _places(sorted(chain.from_iterable(few)))
        return found


def encoded_lists(said: Lists, titled: Lists, size: int, look: Callable[[], None]) -> dict[str, Encoded]:
    """Every term's list as a segment of this size has it, and those of single letters, and of pairs of letters that are no
    pieces themselves: each unites all terms of texts that begin with it, and counts once in a text, however often it is
    said. `look` is called now and then."""
    encoded: dict[str, Encoded] = {}
    bits: defaultdict[str, int] = defaultdict(int)
    rest: defaultdict[str, list[array[int]]] = defaultdict(list)
    beginning = _Beginnings()
    # As they come, not sorted: so their places lie one behind the other in memory.
    for number, (term, places) in enumerate(said.items()):
        if not number % _A_LOOK:
            look()
        whole = None
        if len(places) == 1 and term not in titled:
            encoded[term] = 1, halves(places) + b"\1"
        else:
            whole = bits_of(places, size)
            encoded[term] = encode(places, titled.get(term), size, whole)
        if whole is None:
            rest[beginning[term[:2]]].append(places)
        else:
            bits[beginning[term[:2]]] |= whole
    titles: defaultdict[str, list[array[int]]] = defaultdict(list)
    for term, places in titled.items():
        titles[beginning[term[:2]]].append(places)
    letters: defaultdict[str, int] = defaultdict(int)
    entitled: defaultdict[str, list[array[int]]] = defaultdict(list)
    for first in rest.keys() | bits.keys():
        if first:
            whole = bits[first] | bitmap(chain.from_iterable(rest[first]), size)
            letters[first[0]] |= whole
            entitled[first[0]] += titles[first]
            if len(first) == 2:
                encoded[FIELDS["pair"] + first] = encode_bits(whole, _united(titles[first]), size)
    for letter, whole in letters.items():
        encoded[FIELDS["letter"] + letter] = encode_bits(whole, _united(entitled[letter]), size)
    return encoded


class _Beginnings(dict[str, str]):
    """First two characters of a term → the letters by which it is found while they are typed: one if it is Chinese, else two
    or all it has; none if it is no letters of a text."""

    def __missing__(self, first: str) -> str:
        letters = "" if first[0] in _MARKS else first[0] if is_chinese(first[0]) else first
        self[first] = letters
        return letters


_A_LOOK = 512  # terms worked on between two looks
_MARKS = frozenset("^=").union(*FIELDS.values())  # what begins a term that is no letters of a text


def _united(lists: list[array[int]]) -> array[int] | None:
    return _places(sorted(set(chain.from_iterable(lists)))) or None
