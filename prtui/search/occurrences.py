"""What documents say, while a segment is made: for each term the places where it is said, as often as it is said there."""

from __future__ import annotations

from array import array
from collections import defaultdict, deque
from collections.abc import Callable, Collection, Iterable
from functools import partial
from itertools import chain, groupby, repeat
from operator import itemgetter

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

    def each(terms: Collection[str]) -> int:
        """Encode these; all their places as bits."""
        whole, rest = 0, []
        look()
        for term in terms:
            places = said[term]
            if len(places) == 1 and term not in titled:
                encoded[term] = 1, halves(places) + b"\1"
                rest.append(places)
                continue
            bits = bits_of(places, size)
            encoded[term] = encode(places, titled.get(term), size, bits)
            if bits is None:
                rest.append(places)
            else:
                whole |= bits
        return whole | bitmap(chain.from_iterable(rest), size)

    letters = sorted([term for term in said if term[0] not in _MARKS])
    each([term for term in said if term[0] in _MARKS])
    for letter, beginning in groupby(letters, itemgetter(0)):
        few, whole = list(beginning), 0
        if is_chinese(letter):
            whole = each(few)
        else:
            for pair, same in groupby(few, itemgetter(slice(2))):
                terms = list(same)
                bits = each(terms)
                if len(pair) == 2:
                    encoded[FIELDS["pair"] + pair] = encode_bits(bits, _united(titled, terms), size)
                whole |= bits
        encoded[FIELDS["letter"] + letter] = encode_bits(whole, _united(titled, few), size)
    return encoded


_MARKS = frozenset("^=").union(*FIELDS.values())  # what begins a term that is no letters of a text


def _united(lists: Lists, terms: list[str]) -> array[int] | None:
    return _places(sorted(set(chain.from_iterable(lists[term] for term in terms if term in lists)))) or None
