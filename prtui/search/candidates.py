"""Which records are hits, by the index alone, and how many.

A term's pieces are looked up and intersected, rarest first. What comes out is exactly the hits if no term is longer than a
piece; otherwise the pieces may stand apart in the text, and the index's folded copy of it is read to confirm. That is done
in the order in which hits are wanted, for as long as there is time, and goes on where it stopped when more is asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import compress

from prtui.search.analysis import Run, stem
from prtui.search.engine import View
from prtui.search.language import Query, Term
from prtui.search.matching import says
from prtui.search.narrowing import Narrowing
from prtui.search.patience import Patience
from prtui.search.postings import Matched
from prtui.search.ranking import SOUND, Item, Ranking, Way
from prtui.search.scoring import Feature
from prtui.search.segment import Leaf

_MOST_PIECES = 12  # a term's pieces that are looked up
_CONFIRMED = 1500  # candidates: all of so many are confirmed at once,
_COUNTED = 100  # and of more at least these, so that "at least" says something
_COUNTING = 0.02  # seconds of the processor for confirming more, if hits are to be counted by kind and year
_A_LOOK = 32  # candidates confirmed between two looks at the clock

Key = tuple[str, int]


class Candidates:
    """The hits of a query in a view of the index, without the records in `touched`. `total` is their number if `exact`,
    else so many were confirmed by now."""

    def __init__(self, view: View, query: Query, touched: frozenset[Key], patience: Patience) -> None:
        self.view, self._query = view, query
        self._narrow = Narrowing(query)
        self._gone: list[Set[int]] = list(view.gone)
        for kind, number in touched:
            for at, leaf in enumerate(view.leaves):
                place = leaf.place_of(kind, number)
                if place is not None:
                    self._gone[at] = self._gone[at] | {place}
        self._needles = [term.needle.encode() for term in query.wanted]
        self._spaced = bool(query.unwanted) or any(b" " in needle for needle in self._needles)
        # What may have a term, but not as it is typed.
        self._otherwise = [Matched(leaf.size, set()) for leaf in view.leaves]
        self._ways: list[Way] = []
        self._coded: list[Set[int]] = [set() for _leaf in view.leaves]
        self._verdicts: list[dict[int, bool]] = [{} for _leaf in view.leaves]
        self._confirmed_count = 0
        self._walks: dict[str, _Walk] = {}
        self._lone = self._only()
        self._certain = True
        if not self._lone:
            doubtful = sum(map(len, self._found)) - sum(map(len, self._sure))
            self._certain = not doubtful
            if 0 < doubtful <= _CONFIRMED:
                self._confirm_rest(patience)

    @property
    def exact(self) -> bool:
        """Whether every candidate is known to be a hit or none."""
        return self._certain

    @property
    def total(self) -> int:
        """How many hits are known."""
        if self._lone:
            return self._lone.records - sum(
                len(posting.among(set(gone)))
                for posting, gone in zip(self._lone.postings, self._gone, strict=True)
                if gone
            )
        known = self._found if self._certain else self._sure
        return sum(map(len, known)) + (0 if self._certain else self._confirmed_count)

    def _only(self) -> Feature | None:
        """What is looked up, if that is one thing, and all that has it is a hit."""
        query = self._query
        if len(query.wanted) != 1 or query.unwanted or query.code or self._narrow:
            return None
        looked = self._looked_up(query.wanted[0])
        if len(looked.text) != 1 or not looked.sure or any(features[0].records for features, _worth in looked.others):
            return None
        return looked.text[0]

    # hits

    def best(self, count: int, order: str, patience: Patience, counted: bool = False) -> list[tuple[float, Key]]:
        """(score, (kind, id)) of the best or newest hits, `count` of them if there are so many and time allows."""
        walk = self._walks.get(order)
        if walk is None:
            lone = self._lone if order != "newest" else None
            found = None if lone else self._found
            ranking = Ranking(self.view, self._gone, lone, self._ways, self._coded)
            walk = self._walks[order] = _Walk(ranking.ranked(found, order, count + _COUNTED))
        while len(walk.hits) < count and not walk.over:
            for _candidate in range(_A_LOOK):
                item = next(walk.items, None)
                if item is None:
                    walk.over = True
                    break
                if self._lone or self._hit(*item[-2:]):
                    walk.hits.append(item)
            if patience.over:
                break
        if not self._certain:
            self._confirm_rest(patience.at_most(_COUNTING if counted else 0))
        return [(score, (kind, -minus)) for _first, _second, kind, minus, score, *_where in walk.hits[:count]]

    def finished(self, count: int, order: str) -> bool:
        """Whether so many hits were found, or all there are."""
        walk = self._walks.get(order)
        return walk is not None and (walk.over or len(walk.hits) >= count)

    @property
    def looked_at(self) -> tuple[int, int]:
        """How many candidates were confirmed or not, and of how many."""
        sure = sum(map(len, self._sure))
        return sure + sum(map(len, self._verdicts)), sum(map(len, self._found))

    def counts(self, facets: Collection[str]) -> dict[str, Counter[str]]:
        """How many of the known hits there are of each "kind", of each "year", and with each value of the facets."""
        counts: dict[str, Counter[str]] = {name: Counter() for name in ("kind", "year", *facets)}
        for number, leaf in enumerate(self.view.leaves):
            chosen = self._known(number)
            for kind, often in _spread(leaf.kind, chosen).items():
                counts["kind"][leaf.kinds[kind]] += often
            for year, often in _spread(leaf.year, chosen).items():
                counts["year"][str(year) if year else ""] += often
            for name in leaf.facets.keys() & set(facets):
                for code, often in _spread(leaf.facet(name), chosen).items():
                    counts[name][leaf.facets[name][code]] += often
        return {name: +Counter({value: often for value, often in few.items() if value}) for name, few in counts.items()}

    def _known(self, number: int) -> Matched:
        if self._certain:
            return self._found[number]
        confirmed = {place for place, hit in self._verdicts[number].items() if hit}
        return self._sure[number] | Matched(self.view.leaves[number].size, confirmed)

    # confirming

    def _confirm_rest(self, patience: Patience) -> None:
        """Look at candidates nobody has asked for yet, and at no more than `_COUNTED` when time is up."""
        known = sum(map(len, self._verdicts))
        for number, matched in enumerate(self._found):
            verdicts = self._verdicts[number]
            for place in matched.without(self._sure[number]):
                if place in verdicts:
                    continue
                if not known % _A_LOOK and known >= _COUNTED and patience.over:
                    return
                verdict = verdicts[place] = self._confirmed(number, place)
                self._confirmed_count += verdict
                known += 1
        self._found = [self._known(number) for number in range(len(self._found))]
        self._certain = True

    def _hit(self, number: int, place: int) -> bool:
        if place in self._sure[number]:
            return True
        verdicts = self._verdicts[number]
        known = verdicts.get(place)
        if known is None:
            known = verdicts[place] = self._confirmed(number, place)
            self._confirmed_count += known
        return known

    def _confirmed(self, number: int, place: int) -> bool:
        leaf = self.view.leaves[number]
        if not self._spaced:
            raw = leaf.raw(place)
            if all(map(raw.__contains__, self._needles)):
                return True
            if place not in self._otherwise[number]:
                return False
        return says(self._query, *leaf.page(place))

    # candidates

    @cached_property
    def _found(self) -> list[Matched]:
        return self._matched[0]

    @cached_property
    def _sure(self) -> list[Matched]:
        return self._matched[1]

    @cached_property
    def _matched(self) -> tuple[list[Matched], list[Matched]]:
        """The candidates, and those of them that are surely hits."""
        query = self._query
        found: list[Matched] | None = None
        sure: list[Matched] | None = None
        looked_up = [self._looked_up(term) for term in query.wanted]
        looked_up.sort(key=lambda looked: looked.records)
        for looked in looked_up:
            found, has = self._having(looked, found)
            sure = has if sure is None else [one & other for one, other in zip(sure, has, strict=True)]
        if found is None or sure is None:
            found = sure = [Matched(leaf.size, None, (1 << leaf.size) - 1) for leaf in self.view.leaves]
        for term in query.unwanted:
            without, has_not = self._having(self._looked_up(term), found, weighs=False)
            found = [few.without(no) for few, no in zip(found, has_not, strict=True)]
            sure = [few.without(no) for few, no in zip(sure, without, strict=True)]
        for number, (leaf, gone) in enumerate(zip(self.view.leaves, self._gone, strict=True)):
            found[number] = self._narrowed(leaf, found[number].without(gone))
            if query.code:
                few = self._narrow.fitting(leaf, set(leaf.posting("code", query.code).places) - gone)
                self._coded[number] = few
                found[number] = found[number] | Matched(leaf.size, few)
            sure[number] = found[number] & (sure[number] | Matched(leaf.size, set(self._coded[number])))
        return found, sure

    def _narrowed(self, leaf: Leaf, found: Matched) -> Matched:
        return Matched(leaf.size, self._narrow.fitting(leaf, set(found.places))) if self._narrow else found

    def _looked_up(self, term: Term) -> _LookedUp:
        text = self._features("text", term)
        others: list[tuple[list[Feature], float]] = []
        only = len(term.runs) == 1 and term.runs[0].text == term.needle
        if only and term.runs[0].size == 3 and len(term.needle) > 1:
            others.append(([self._feature("text", "=" + stem(term.needle))], 1.0))
        if term.letters:
            spoken = Term(term.letters, (Run(term.letters, 0, 3),))
            others.append((self._features("sound", spoken), SOUND))
            others.append(([self._feature("sound", "=" + term.letters)], SOUND))
        return _LookedUp(term, text, others, _sure(term))

    def _having(
        self, looked: _LookedUp, among: list[Matched] | None, weighs: bool = True
    ) -> tuple[list[Matched], list[Matched]]:
        """The places among those found so far that may have the term, in text, as another form of the word, or in sound;
        and those that surely have it."""
        text = self._all_of(looked.text, among)
        found, ways = text, [Way(looked.text, None if not looked.others else text, 1.0, main=True)]
        for features, worth in looked.others:
            more = self._all_of(features, among)
            self._otherwise = [few | also for few, also in zip(self._otherwise, more, strict=True)]
            if worth == SOUND:  # what is written counts more than what is heard, and not both
                more = [one.without(written) for one, written in zip(more, text, strict=True)]
            if any(map(len, more)):
                found = [one | other for one, other in zip(found, more, strict=True)]
                ways.append(Way(features, more, worth))
        if looked.term.letters and all(way.worth != SOUND for way in ways):
            self._silent(looked.term)
        if weighs:
            self._ways += ways
        return found, text if looked.sure else [Matched(few.size, set()) for few in text]

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
        if not any(feature.weighs for feature in features):
            features[0].weighs = True
        return features

    def _feature(self, field: str, piece: str, weighs: bool = True) -> Feature:
        return Feature([leaf.posting(field, piece) for leaf in self.view.leaves], weighs)

    def _beginning(self, field: str, letters: str) -> Feature:
        if field == "text":
            return self._feature("letter" if len(letters) == 1 else "pair", letters)
        # Few titles begin so, and one or two letters begin at most as many pieces as there are letters twice over.
        return Feature([leaf.beginning(field, letters) for leaf in self.view.leaves])

    def _all_of(self, features: list[Feature], among: list[Matched] | None) -> list[Matched]:
        out: list[Matched] = []
        for number, leaf in enumerate(self.view.leaves):
            postings = sorted((feature.postings[number] for feature in features), key=lambda posting: posting.count)
            out.append(Matched.by(postings, among[number] if among is not None else None, leaf.size))
        return out


@dataclass(slots=True)
class _LookedUp:
    """A term's features in text, and those of its other forms with their worth."""

    term: Term
    text: list[Feature]
    others: list[tuple[list[Feature], float]]
    sure: bool

    @property
    def records(self) -> int:
        """At most so many records have the term."""
        return self.text[0].records + sum(features[0].records for features, _worth in self.others)


class _Walk:
    """Candidates in an order, as far as they were looked at."""

    def __init__(self, items: Iterator[Item]) -> None:
        self.items = items
        self.hits: list[Item] = []
        self.over = False


def _spread(column: Sequence[int], chosen: Matched) -> Counter[int]:
    if 8 * len(chosen) < chosen.size:
        return Counter(map(column.__getitem__, chosen.places))
    return Counter(compress(column, chosen.flags))


def _pieces(run: Run) -> list[str]:
    count = len(run.text) - run.size + 1
    starts = range(count) if count <= _MOST_PIECES else [*range(0, count, -(-count // (_MOST_PIECES - 1))), count - 1]
    return list(dict.fromkeys(run.text[start : start + run.size] for start in starts))


def _sure(term: Term) -> bool:
    """Whether having the term's pieces is having the term."""
    return len(term.runs) == 1 and term.runs[0].text == term.needle and len(term.needle) <= term.runs[0].size
