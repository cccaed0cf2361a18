"""Which records are hits, and how well they fit, by the index alone.

A term's pieces are looked up and intersected, rarest first. What comes out is exactly the hits if no term is longer than a
piece; otherwise the pieces may stand apart in the text, and the index's folded copy of it is read to confirm. Scores are
BM25 over pieces, and the most a piece can get once more if the title has it; whole words and stems add theirs, so that
"art" finds art before party.
"""

from __future__ import annotations

import heapq
import math
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from prtui.search.analysis import IN_TITLE, Run, stem
from prtui.search.engine import Leaf, Postings, View
from prtui.search.language import Query, Term
from prtui.search.matching import facet_fits, says

_K, _B = 1.2, 0.75
_MOST_PIECES = 12  # a term's pieces that are looked up
_MOST_ENDINGS = 1500  # terms that begin with the one letter typed, looked up
_CONFIRMED = 1500  # candidates: all of so many are confirmed, else as many as are shown,
_COUNTED = 500  # and at least these, so that "at least" says something
_PATIENCE = 1.0  # seconds for filling a page with what very many candidates hide
_SOUND = 0.4  # what a match by pinyin weighs against a match by text
_CODE = 1e6

Weighed = dict[int, float]
Key = tuple[str, int]
Item = tuple[float, float, str, int, float, int, int]  # rank, rank, kind, −id, score, leaf, place


class Candidates:
    """The hits of a query in a view of the index, without the records in `touched`. `total` is their number if `exact`,
    else at least so many were found."""

    def __init__(self, view: View, query: Query, touched: frozenset[Key]) -> None:
        self._view = view
        self._query = query
        self._certain = True
        self._cut = False
        self._records = max(1, view.records)
        self._mean = max(1.0, sum(leaf.words for leaf in view.leaves) / self._records)
        self._found = self._evaluate(query)
        if touched:
            self._found = [
                {
                    place: score
                    for place, score in found.items()
                    if (leaf.kind[place], leaf.number[place]) not in touched
                }
                for leaf, found in zip(view.leaves, self._found, strict=True)
            ]
        if not self._certain and sum(map(len, self._found)) <= _CONFIRMED:
            self._found = [
                {place: score for place, score in found.items() if self._confirmed(number, place, score)}
                for number, found in enumerate(self._found)
            ]
            self._certain = True
        self.exact = self._certain and not self._cut
        self.total = sum(map(len, self._found)) if self._certain else 0

    def best(self, count: int, order: str) -> list[tuple[float, Key]]:
        """(score, (kind, id)) of the best or newest hits, `count` of them if there are so many."""
        if self._certain:
            best = heapq.nsmallest(count, self._items(order, count))
        else:
            best = []
            until = time.monotonic() + _PATIENCE
            for read, item in enumerate(self._sorted(order, 2 * (count + _COUNTED))):
                if (len(best) >= count and read >= _COUNTED) or time.monotonic() > until:
                    break
                if self._confirmed(item[-2], item[-1], item[-3]):
                    best.append(item)
            else:
                self.exact = not self._cut
            self.total = len(best)
        return [(item[-3], (item[2], -item[3])) for item in best[:count]]

    def kinds(self) -> Counter[str]:
        """How many hits there are of each kind."""
        kinds: Counter[str] = Counter()
        for leaf, found in zip(self._view.leaves, self._found, strict=True):
            kinds.update(leaf.kind[place] for place in found)
        return kinds

    def _confirmed(self, number: int, place: int, score: float) -> bool:
        return score >= _CODE or says(self._query, *self._view.leaves[number].page(place))

    def _sorted(self, order: str, first: int) -> Iterator[Item]:
        items = sorted(self._items(order, first))
        yield from items
        if len(items) < sum(map(len, self._found)):
            yield from sorted(self._items(order, sum(map(len, self._found))))[len(items) :]

    def _items(self, order: str, count: int) -> list[Item]:
        """At least the first `count` candidates, unsorted, and all that rank as the last of them by the first measure."""
        newest = order == "newest"
        firsts = [
            [-leaf.day[at] for at in found] if newest else [-score for score in found.values()]
            for leaf, found in zip(self._view.leaves, self._found, strict=True)
        ]
        total = sum(map(len, firsts))
        last = heapq.nsmallest(count, chain(*firsts))[-1:] if count < total else []
        limit = last[0] if last else math.inf
        items: list[Item] = []
        for number, (leaf, found) in enumerate(zip(self._view.leaves, self._found, strict=True)):
            for (at, score), first in zip(found.items(), firsts[number], strict=True):
                if first <= limit:
                    second = -score if newest else -leaf.day[at]
                    items.append((first, second, leaf.kind[at], -leaf.number[at], score, number, at))
        return items

    def _evaluate(self, query: Query) -> list[Weighed]:
        keeps = [self._narrowed(query, leaf) for leaf in self._view.leaves]
        found: list[Weighed | None] = [None] * len(keeps)
        for term in query.wanted:
            weighed, certain = self._weigh(term, keeps)
            self._certain = self._certain and certain
            for number, scores in enumerate(weighed):
                before = found[number]
                if before is not None:
                    scores = {place: score + before[place] for place, score in scores.items() if place in before}
                found[number] = scores
                keeps[number] = set(scores)
        out = [
            scores if scores is not None else dict.fromkeys(leaf.records() if keep is None else keep, 0.0)
            for leaf, scores, keep in zip(self._view.leaves, found, keeps, strict=True)
        ]
        for term in query.unwanted:
            weighed, certain = self._weigh(term, [set(scores) for scores in out])
            if certain:
                out = [
                    {place: score for place, score in scores.items() if place not in without}
                    for scores, without in zip(out, weighed, strict=True)
                ]
            elif any(weighed):
                self._certain = False
        if query.code:
            for leaf, scores in zip(self._view.leaves, out, strict=True):
                narrowed = self._narrowed(query, leaf)
                for place in leaf.postings("code", query.code)[0]:
                    if narrowed is None or place in narrowed:
                        scores[place] = _CODE
        return [
            {place: score for place, score in scores.items() if place not in gone} if gone else scores
            for gone, scores in zip(self._view.deleted, out, strict=True)
        ]

    def _narrowed(self, query: Query, leaf: Leaf) -> set[int] | None:
        keep: set[int] | None = None
        for kinds, types, without in ((query.kinds, query.types, False), (query.not_kinds, query.not_types, True)):
            if kinds or types:
                marks = [f"kind={kind}" for kind in kinds] + [f"type={type_}" for type_ in types]
                keep = _limited(leaf, keep, marks, without)
        for facets, without in ((query.facets, False), (query.not_facets, True)):
            for facet in facets:
                skip = len(facet.name) + 1
                marks = [
                    mark for mark in leaf.starting("mark", f"{facet.name}=") if facet_fits(facet, mark[skip:])
                ]  # fmt: skip
                keep = _limited(leaf, keep, marks, without)
        if query.dated:
            dated = {place for place, day in enumerate(leaf.day) if day and query.since <= day <= query.until}
            keep = dated if keep is None else keep & dated
        return keep

    def _weigh(self, term: Term, keeps: list[set[int] | None]) -> tuple[list[Weighed], bool]:
        """The term's candidates among `keeps`, a mapping a leaf, and whether each of them has the term."""
        certain = len(term.runs) == 1 and term.runs[0].text == term.needle and len(term.needle) <= term.runs[0].size
        weighed = self._all_of(self._features("text", term), keeps)
        only = len(term.runs) == 1 and term.runs[0].text == term.needle
        if only and term.runs[0].size == 3 and len(term.needle) > 1:
            word = self._all_of([self._feature("text", "=" + stem(term.needle))], keeps)
            weighed = [_either(one, other, 1.0) for one, other in zip(weighed, word, strict=True)]
        if term.letters:
            spoken = Term(term.letters, (Run(term.letters, 0, 3),))
            sound = self._all_of(self._features("sound", spoken), keeps)
            whole = self._all_of([self._feature("sound", "=" + term.letters)], keeps)
            sound = [_either(one, other, 1.0) for one, other in zip(sound, whole, strict=True)]
            certain = certain and all(heard.keys() <= text.keys() for heard, text in zip(sound, weighed, strict=True))
            weighed = [_either(one, other, _SOUND) for one, other in zip(weighed, sound, strict=True)]
        return weighed, certain

    def _features(self, field: str, term: Term) -> list[_Feature]:
        features: list[_Feature] = []
        final = len(term.runs) - 1
        for number, run in enumerate(term.runs):
            if len(run.text) >= run.size:
                features += [self._feature(field, piece) for piece in _pieces(run)]
            # Inside the term a run is seen to end and to begin, and the index knows ends and beginnings of runs.
            if number < final or run.end < len(term.needle):
                features.append(self._feature(field, run.text[1 - run.size :], weighs=len(run.text) < run.size))
            if run.start:
                features.append(self._feature(field, "^" + run.text[0], weighs=False))
        last = term.runs[-1]
        if len(last.text) < last.size and not last.start and last.end == len(term.needle):
            features.append(self._beginning(field, last.text))
        return features

    def _feature(self, field: str, piece: str, weighs: bool = True) -> _Feature:
        return _Feature([leaf.postings(field, piece) for leaf in self._view.leaves], weighs)

    def _beginning(self, field: str, letters: str) -> _Feature:
        left = _MOST_ENDINGS
        postings: list[Postings] = []
        for leaf in self._view.leaves:
            pieces = leaf.starting(field, letters)
            if len(pieces) > left:
                self._cut = True
            often: dict[int, int] = {}
            for piece in pieces[:left]:
                places, weights = leaf.postings(field, piece)
                if weights is None:
                    for place in places:
                        often.setdefault(place, 1)
                else:
                    for place, weight in zip(places, weights, strict=True):
                        if weight > often.get(place, 0):
                            often[place] = weight
            left = max(left - len(pieces), 0)
            postings.append((list(often), bytes(often.values())))
        return _Feature(postings)

    def _all_of(self, features: list[_Feature], keeps: list[set[int] | None]) -> list[Weighed]:
        features.sort(key=lambda feature: feature.records)
        out: list[Weighed] = []
        for number, (leaf, keep) in enumerate(zip(self._view.leaves, keeps, strict=True)):
            places = set(features[0].postings[number][0])
            if keep is not None:
                places &= keep
            for feature in features[1:]:
                if not places:
                    break
                places.intersection_update(feature.postings[number][0])
            out.append(self._scored(leaf, places, features, number))
        return out

    def _scored(self, leaf: Leaf, places: set[int], features: list[_Feature], number: int) -> Weighed:
        if not places:
            return {}
        lengths = leaf.length
        scores = dict.fromkeys(places, 0.0)
        base, slope = _K * (1 - _B), _K * _B / self._mean
        for feature in filter(lambda feature: feature.weighs, features):
            rare = math.log(1 + (self._records - feature.records + 0.5) / (feature.records + 0.5)) * (_K + 1)
            at, weights = feature.postings[number]
            if weights is None:
                for place in places:
                    scores[place] += rare / (1 + base + slope * lengths[place])
                continue
            often = dict(zip(at, weights, strict=True)) if len(at) < 8 * len(places) + 64 else None
            if often is None:
                often = {place: weight for place, weight in zip(at, weights, strict=True) if place in places}
            for place in places:
                weight = often[place]
                if weight >= IN_TITLE:
                    weight -= IN_TITLE
                    scores[place] += rare
                scores[place] += rare * weight / (weight + base + slope * lengths[place])
        return scores


@dataclass(slots=True)
class _Feature:
    """One thing looked up: its postings in every leaf."""

    postings: list[Postings]
    weighs: bool = True
    records: int = 0

    def __post_init__(self) -> None:
        self.records = sum(len(places) for places, _weights in self.postings)


def _pieces(run: Run) -> list[str]:
    count = len(run.text) - run.size + 1
    starts = range(count) if count <= _MOST_PIECES else [*range(0, count, -(-count // (_MOST_PIECES - 1))), count - 1]
    return list(dict.fromkeys(run.text[start : start + run.size] for start in starts))


def _either(one: Weighed, other: Weighed, worth: float) -> Weighed:
    if not other:
        return one
    out = dict(one)
    for place, score in other.items():
        out[place] = out.get(place, 0.0) + worth * score
    return out


def _limited(leaf: Leaf, keep: set[int] | None, marks: list[str], without: bool) -> set[int]:
    having: set[int] = set()
    for mark in marks:
        having.update(leaf.postings("mark", mark)[0])
    if without:
        return (leaf.records() if keep is None else keep) - having
    return having if keep is None else keep & having
