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
from collections.abc import Collection, Iterator, Set
from dataclasses import replace
from functools import cached_property
from itertools import chain, compress, islice

from prtui.search.analysis import Run, stem
from prtui.search.engine import View
from prtui.search.language import Query, Term
from prtui.search.matching import says
from prtui.search.narrowing import Narrowing
from prtui.search.postings import Places, Posting, common, united
from prtui.search.scoring import Feature, Weighed, scoring_of

_MOST_PIECES = 12  # a term's pieces that are looked up
_WEIGHED = 2  # of them, the rarest, make the score
_MOST_ENDINGS = 1500  # terms that begin with the one letter typed, looked up
_CONFIRMED = 1500  # candidates: all of so many are confirmed, else as many as are shown,
_COUNTED = 300  # and at least these, so that "at least" says something
_PATIENCE = 1.0  # seconds for filling a page with what very many candidates hide
_SOUND = 0.4  # what a match by pinyin weighs against a match by text
_CODE = 1e6

Key = tuple[str, int]
Item = tuple[float, float, str, int, float, int, int]  # rank, rank, kind, −id, score, leaf, place


class Candidates:
    """The hits of a query in a view of the index, without the records in `touched`. `total` is their number if `exact`,
    else at least so many were found."""

    def __init__(self, view: View, query: Query, touched: frozenset[Key]) -> None:
        self._view = view
        self._query = query
        self._certain, self._cut = True, False
        self._narrow = Narrowing(query)
        self._gone: list[Set[int]] = list(view.gone)
        for kind, number in touched:
            for at, leaf in enumerate(view.leaves):
                place = leaf.place_of(kind, number)
                if place is not None:
                    self._gone[at] = self._gone[at] | {place}
        self._scoring = scoring_of(view)
        self._needles = [term.needle.encode() for term in query.wanted]
        self._spaced = bool(query.unwanted) or any(b" " in needle for needle in self._needles)
        self._plain = not any(term.stem or term.letters for term in query.wanted)
        self._lone = self._only()
        if self._lone:
            self.exact = not self._cut
            self.total = self._lone.records - sum(
                len(posting.among(set(gone)))
                for posting, gone in zip(self._lone.postings, self._gone, strict=True)
                if gone
            )
            return
        found = self._found
        if not self._certain and sum(map(len, found)) <= _CONFIRMED:
            for number, scores in enumerate(found):
                for place in self._unconfirmed(number, scores):
                    del scores[place]
            self._certain = True
        self.exact = self._certain and not self._cut
        self.total = sum(map(len, found)) if self._certain else 0

    def _only(self) -> Feature | None:
        """What is looked up, if that is one thing, and all that has it is a hit."""
        query = self._query
        if len(query.wanted) != 1 or query.unwanted or query.code or self._narrow:
            return None
        term = query.wanted[0]
        features = self._features("text", term)
        if term.letters or term.stem or len(features) != 1 or not _sure(term):
            return None
        return features[0]

    @cached_property
    def _found(self) -> list[Weighed]:
        return self._evaluate()

    def best(self, count: int, order: str) -> list[tuple[float, Key]]:
        """(score, (kind, id)) of the best or newest hits, `count` of them if there are so many."""
        if self._lone and order != "newest":
            best = heapq.nsmallest(count, self._items(self._heaviest(self._lone, count), order, count))
        elif self._certain:
            best = heapq.nsmallest(count, self._items(self._found, order, count))
        else:
            best = []
            until = time.monotonic() + _PATIENCE
            for read, item in enumerate(self._sorted(order, count + _COUNTED)):
                if (len(best) >= count and read >= _COUNTED) or time.monotonic() > until:
                    break
                if self._confirmed(item[-2], item[-1], item[-3]):
                    best.append(item)
            else:
                self.exact = not self._cut
            self.total = len(best)
        return [(item[-3], (item[2], -item[3])) for item in best[:count]]

    def counts(self, facets: Collection[str]) -> dict[str, Counter[str]]:
        """How many hits there are of each "kind", of each "year", and with each value of the facets."""
        counts: dict[str, Counter[str]] = {name: Counter() for name in ("kind", "year", *facets)}
        for leaf, found in zip(self._view.leaves, self._found, strict=True):
            for kind, often in Counter(map(leaf.kind.__getitem__, found)).items():
                counts["kind"][leaf.kinds[kind]] += often
            for year, often in Counter([leaf.day[place] // 10_000 for place in found]).items():
                counts["year"][str(year) if year else ""] += often
            for name in leaf.facets.keys() & set(facets):
                values = leaf.facets[name]
                for code, often in Counter(map(leaf.facet(name).__getitem__, found)).items():
                    counts[name][values[code]] += often
        return {name: +Counter({value: often for value, often in few.items() if value}) for name, few in counts.items()}

    def _unconfirmed(self, number: int, scores: Weighed) -> list[int]:
        raw = self._view.leaves[number].raw
        if len(self._needles) == 1 and self._plain and not self._spaced:
            needle = self._needles[0]
            return [place for place, score in scores.items() if needle not in raw(place) and score < _CODE]
        return [place for place, score in scores.items() if not self._confirmed(number, place, score)]

    def _confirmed(self, number: int, place: int, score: float) -> bool:
        leaf = self._view.leaves[number]
        if not self._spaced:
            raw = leaf.raw(place)
            if all(needle in raw for needle in self._needles):
                return True
            if self._plain:
                return score >= _CODE
        return score >= _CODE or says(self._query, *leaf.page(place))

    def _sorted(self, order: str, first: int) -> Iterator[Item]:
        """All candidates in order; the first few are found sooner than all."""
        whole, shown = sum(map(len, self._found)), 0
        while shown < whole:
            items = sorted(self._items(self._found, order, min(first, whole)))
            yield from islice(items, shown, None)
            shown, first = len(items), 8 * first

    def _items(self, found: list[Weighed], order: str, count: int) -> list[Item]:
        """At least the first `count` candidates, unsorted: all that rank as the last of them by both measures."""
        newest = order == "newest"
        leaves = self._view.leaves
        firsts: list[list[float]] = [
            [leaf.day[place] for place in few] if newest else list(few.values())
            for leaf, few in zip(leaves, found, strict=True)
        ]
        least = _greatest(list(chain.from_iterable(firsts)), count)
        chosen: list[Item] = []
        for number, (leaf, few) in enumerate(zip(leaves, found, strict=True)):
            for place, first in compress(zip(few, firsts[number], strict=True), map(least.__le__, firsts[number])):
                score, day = few[place], leaf.day[place]
                chosen.append((-first, -score if newest else -day, "", 0, score, number, place))
        if len(chosen) > 2 * count:  # very many are alike by the first
            better = [item for item in chosen if -item[0] > least]
            alike = [item for item in chosen if -item[0] == least]
            last = _greatest([-item[1] for item in alike], count - len(better))
            chosen = better + [item for item in alike if -item[1] >= last]
        items: list[Item] = []
        for first, second, _kind, _id, score, number, place in chosen:
            kind, record = leaves[number].key(place)
            items.append((first, second, kind, -record, score, number, place))
        return items

    def _heaviest(self, feature: Feature, count: int) -> list[Weighed]:
        """The `count` best of what has one feature, and perhaps more. Groups that cannot rank among them are not read."""
        scoring = self._scoring
        rare = scoring.rare(feature)
        groups: list[tuple[float, int, int, Places]] = []
        best: list[tuple[float, int, int]] = []
        heavy: list[set[int]] = []
        for number, (leaf, posting) in enumerate(zip(self._view.leaves, feature.postings, strict=True)):
            lengths, gone = leaf.length, self._gone[number]
            shortest = min(lengths, default=0)
            heavy.append(set())
            for weight, places, weights in posting.groups:
                heavy[-1].update(places)
                if weight:
                    groups.append((scoring.weighs(rare, weight, shortest), number, weight, places))
                    continue
                for place, own in zip(places, weights, strict=True):
                    if place not in gone:
                        best.append((scoring.weighs(rare, own, lengths[place]), number, place))
            groups.append((scoring.weighs(rare, 1, shortest), number, 1, ()))
        groups.sort(key=lambda group: -group[0])
        least = -math.inf
        for most, number, weight, places in groups:
            if len(best) > count:
                least = heapq.nlargest(count, best)[-1][0] if count else math.inf
                best = [item for item in best if item[0] >= least]
            if most < least:
                break
            lengths, without = self._view.leaves[number].length, self._gone[number]
            if weight == 1:
                places, without = feature.postings[number].places, without | heavy[number]
            scores = scoring.table(rare, weight)
            best += [
                (score, number, place)
                for place in places
                if (score := scores[lengths[place]]) >= least and place not in without
            ]
        found: list[Weighed] = [{} for _leaf in self._view.leaves]
        for score, number, place in best:
            found[number][place] = score
        return found

    def _evaluate(self) -> list[Weighed]:
        query = self._query
        found: list[Weighed] | None = None
        for term in query.wanted:
            weighed, certain = self._weigh(term, found)
            self._certain = self._certain and certain
            if found is not None:
                weighed = [
                    {place: score + before[place] for place, score in scores.items()}
                    for scores, before in zip(weighed, found, strict=True)
                ]
            found = weighed
        if found is None:
            found = [
                dict.fromkeys(self._narrow.fitting(leaf, set(range(leaf.size)) - gone), 0.0)
                for leaf, gone in zip(self._view.leaves, self._gone, strict=True)
            ]
        for term in query.unwanted:
            weighed, certain = self._weigh(term, found)
            if certain:
                for scores, without in zip(found, weighed, strict=True):
                    for place in without:
                        del scores[place]
            elif any(weighed):
                self._certain = False
        if query.code:
            for leaf, gone, scores in zip(self._view.leaves, self._gone, found, strict=True):
                for place in self._narrow.fitting(leaf, set(leaf.posting("code", query.code).places) - gone):
                    scores[place] = _CODE
        return found

    def _weigh(self, term: Term, among: list[Weighed] | None) -> tuple[list[Weighed], bool]:
        """The term's candidates among those found so far, a mapping a leaf, and whether each of them has the term."""
        certain = _sure(term)
        weighed = self._all_of(self._features("text", term), among)
        only = len(term.runs) == 1 and term.runs[0].text == term.needle
        if only and term.runs[0].size == 3 and len(term.needle) > 1:
            word = self._all_of([self._feature("text", "=" + stem(term.needle))], among)
            weighed = [_either(one, other, 1.0) for one, other in zip(weighed, word, strict=True)]
        if term.letters:
            spoken = Term(term.letters, (Run(term.letters, 0, 3),))
            sound = self._all_of(self._features("sound", spoken), among)
            whole = self._all_of([self._feature("sound", "=" + term.letters)], among)
            sound = [_either(one, other, 1.0) for one, other in zip(sound, whole, strict=True)]
            if not any(sound):
                self._silent(term)
            certain = certain and all(heard.keys() <= text.keys() for heard, text in zip(sound, weighed, strict=True))
            weighed = [_either(one, other, _SOUND) for one, other in zip(weighed, sound, strict=True)]
        return weighed, certain

    def _silent(self, term: Term) -> None:
        # No title sounds like it: no title need be read aloud, and no table of pinyin loaded, to tell hits.
        query = self._query
        wanted, unwanted = (
            tuple(replace(other, letters="") if other == term else other for other in terms)
            for terms in (query.wanted, query.unwanted)
        )
        self._query = replace(query, wanted=wanted, unwanted=unwanted)

    def _features(self, field: str, term: Term) -> list[Feature]:
        features: list[Feature] = []
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
        features.sort(key=lambda feature: feature.records)
        weighing = [feature for feature in features if feature.weighs] or features
        for feature in features:
            feature.weighs = feature in weighing[:_WEIGHED]
        return features

    def _feature(self, field: str, piece: str, weighs: bool = True) -> Feature:
        return Feature([leaf.posting(field, piece) for leaf in self._view.leaves], weighs)

    def _beginning(self, field: str, letters: str) -> Feature:
        left = _MOST_ENDINGS
        postings: list[Posting] = []
        for leaf in self._view.leaves:
            pieces = leaf.starting(field, letters)
            if len(pieces) > left:
                self._cut = True
            postings.append(united([leaf.posting(field, piece) for piece in pieces[:left]], leaf.size))
            left = max(left - len(pieces), 0)
        return Feature(postings)

    def _all_of(self, features: list[Feature], among: list[Weighed] | None) -> list[Weighed]:
        out: list[Weighed] = []
        for number, leaf in enumerate(self._view.leaves):
            postings = sorted((feature.postings[number] for feature in features), key=lambda posting: posting.count)
            if among is None:
                places = self._narrow.fitting(leaf, common(postings) - self._gone[number])
            else:
                places = set(among[number])
                for posting in postings:
                    places = posting.among(places) if places else places
            out.append(self._scoring.scores(leaf, number, places, features))
        return out


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


def _greatest(measures: list[float], count: int) -> float:
    """The `count`th greatest, or minus infinity if there are not more."""
    if count >= len(measures):
        return -math.inf
    if count <= 0:
        return math.inf
    if len(measures) > 32 * count:  # from a few of them it is seen which are too small by far
        some = sorted(measures[::16])
        enough = some[-min(len(some), count // 8 + 8)]
        likely = [measure for measure in measures if measure >= enough]
        measures = likely if len(likely) >= count else measures
    return float(sorted(measures)[-count] if count > 100 else heapq.nlargest(count, measures)[-1])


def _sure(term: Term) -> bool:
    """Whether having the term's pieces is having the term."""
    return len(term.runs) == 1 and term.runs[0].text == term.needle and len(term.needle) <= term.runs[0].size
