"""Candidates in the order in which they are wanted: by score, or by day.

Scores are BM25 over pieces, and a piece's rarity once more if the title has it; whole words and stems add theirs, so that
"art" finds art before party. An order is made a part at a time: the first few of very many are found sooner than all.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import chain, compress, groupby, islice

from prtui.search.engine import View
from prtui.search.postings import Matched, Places
from prtui.search.scoring import Feature, Weighed, scoring_of
from prtui.search.segment import Leaf

SOUND = 0.4  # what a match by pinyin weighs against a match by text
CODE = 1e6  # what the record weighs whose code was typed
_A_PAGE = 400  # candidates of whole days that are weighed at once, and as many as there were before
_LAZY = 2000  # candidates: the newest of more are found in the order of days, without weighing all


_Scored = tuple[Sequence[int], Sequence[float]]  # places, and their scores
_Share = tuple[list[Feature], Matched, float]  # features, those that have them all, and what that is worth
_Shares = tuple[list[Feature], list[_Share]]
_Round = tuple[list[Weighed], list[list[float]], float]


# A candidate: first and second rank, kind, minus its id, score, number of its segment, place. They sort as they are wanted, of
# two alike the newer first.
Item = tuple[float, float, str, int, float, int, int]


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which a record may have a term: features, the places that have all of them (None if all candidates do),
    what it is worth, and whether it is what was typed."""

    features: list[Feature]
    places: list[Matched] | None
    worth: float
    main: bool = False


class Ranking:
    """Puts candidates in order. `coded` are those whose code was typed; `lone` is set if one feature is all there is."""

    def __init__(
        self, view: View, gone: list[Set[int]], lone: Feature | None, ways: list[Way], coded: list[Set[int]]
    ) -> None:
        self._view, self._gone, self._lone, self._coded = view, gone, lone, coded
        self._scoring = scoring_of(view)
        self._common = [feature for way in ways if way.places is None for feature in way.features]
        self._ways = [way for way in ways if way.places is not None]

    def ranked(self, found: list[Matched] | None, order: str, first: int) -> Iterator[Item]:
        """All candidates in order."""
        if found is None:
            assert self._lone is not None
            return self._chunks(
                self._lone.records, first, lambda count: self._best(list(map(_of, self._heaviest(count))), order, count)
            )
        whole = sum(map(len, found))
        if order == "newest" and whole > _LAZY:
            return self._by_day(found)
        if order == "newest":
            weighed = [self._weighed(number, matched) for number, matched in enumerate(found)]
            return self._chunks(whole, first, lambda count: self._best(weighed, order, count))
        shares = [self._shares(number, matched) for number, matched in enumerate(found)]
        rounds = [lru_cache(maxsize=1)(partial(self._round, found, shares, often)) for often in (2, 1)]
        return self._chunks(whole, first, lambda count: self._best(self._top(found, rounds, count), order, count))

    @staticmethod
    def _chunks(whole: int, count: int, best: Callable[[int], list[Item]]) -> Iterator[Item]:
        shown = 0
        while shown < whole:
            items = sorted(best(min(count, whole)))
            yield from islice(items, shown, None)
            if len(items) < count:
                return
            shown, count = len(items), 4 * count

    def _by_day(self, found: list[Matched]) -> Iterator[Item]:
        days = heapq.merge(*(self._days(number, matched) for number, matched in enumerate(found)))
        alike = groupby(days, key=lambda item: item[0])
        read = 0
        while True:
            chosen: list[set[int]] = [set() for _leaf in found]
            count = 0
            for _day, items in alike:
                for _minus, number, place in items:
                    chosen[number].add(place)
                    count += 1
                if count > max(_A_PAGE, read):
                    break
            if not count:
                return
            read += count
            weighed = [
                self._weighed(at, Matched(one.size, few))
                for at, (one, few) in enumerate(zip(found, chosen, strict=True))
            ]
            yield from sorted(self._items(weighed, "newest"))

    def _days(self, number: int, found: Matched) -> Iterator[tuple[int, int, int]]:
        leaf = self._view.leaves[number]
        days, flags = leaf.day, found.flags
        return ((-days[place], number, place) for place in leaf.by_day if flags[place])

    def _shares(self, number: int, found: Matched) -> _Shares:
        """What all candidates of a segment are weighed by together, and what only some are."""
        common, parts = self._common, []
        for way in self._ways:
            assert way.places is not None
            few = found & way.places[number]
            most = way.worth == 1.0 and 2 * len(few) > len(found)
            if way.main or most:  # weighed with all, and taken back from the others
                common = common + way.features
                parts.append((way.features, found.without(few), -1.0))
            elif len(few):
                parts.append((way.features, few, way.worth))
        return common, parts

    def _weighed(self, number: int, found: Matched) -> _Scored:
        return _of(self._scores(number, found.places, self._shares(number, found)))

    def _scores(self, number: int, places: set[int], shares: _Shares) -> Weighed:
        leaf, (common, parts) = self._view.leaves[number], shares
        scores = self._scoring.scores(leaf, number, places, common)
        for features, few, worth in parts:
            for place, score in self._scoring.scores(leaf, number, few.keep(places), features).items():
                scores[place] += worth * score
        for place in self._coded[number] & places:
            scores[place] = CODE
        return scores

    def _top(self, found: list[Matched], rounds: Sequence[Callable[[], _Round]], count: int) -> list[_Scored]:
        """At least the `count` best candidates, and few that cannot be among them. Most texts have what is looked for once, a few
        in the title or again and again: those few are weighed one by one, then those that have it twice and those that lack
        what most have, if need be, and only the shortest of the rest."""
        least, weighed, tables = -math.inf, list[Weighed](), list[list[float]]()
        for weigh in rounds:
            weighed, tables, most = weigh()
            least = _greatest(list(chain.from_iterable(scores.values() for scores in weighed)), count)
            if most < least:
                return [_of(scores) for scores in weighed]
        top: list[_Scored] = []
        for leaf, matched, scores, table in zip(self._view.leaves, found, weighed, tables, strict=True):
            short = leaf.length.translate(bytes(score >= least for score in table))
            rest = [place for place in matched.flagged(short) if place not in scores]
            top.append(
                ([*scores, *rest], [*scores.values(), *[table[code] for code in map(leaf.length.__getitem__, rest)]])
            )
        return top

    def _round(self, found: list[Matched], shares: list[_Shares], often: int) -> _Round:
        """The scores of those that are weighed one by one, what all others score at most by their length, and that at most."""
        weighed: list[Weighed] = []
        tables: list[list[float]] = []
        most = -math.inf
        for number, (leaf, matched, few) in enumerate(zip(self._view.leaves, found, shares, strict=True)):
            weighed.append(self._scores(number, self._marked(number, matched, few, often), few))
            tables.append(self._scoring.sums(few[0], often))
            most = max(most, tables[-1][leaf.shortest], self._lacking(leaf, *few) if often > 1 else -math.inf)
        return weighed, tables, most

    def _marked(self, number: int, found: Matched, shares: _Shares, often: int) -> set[int]:
        """The candidates that have anything in the title or more often than so, or are weighed by more than others are; of those
        weighed by less only if `often` is 1."""
        common, parts = shares
        marked = found.keep(self._coded[number])
        for feature in common:
            if feature.weighs:
                for weight, few, weights in feature.postings[number].groups:
                    if weight > often:
                        marked.update(found.those(few))
                    elif not weight:
                        marked.update(found.those(compress(few, map(often.__lt__, weights))))
        lacking = [matched for _features, matched, worth in parts if worth < 0 and often > 1]
        for _features, matched, worth in parts:
            if worth > 0 or often == 1:
                for less in lacking:
                    matched = matched.without(less)
                marked.update(matched)
        return marked

    def _lacking(self, leaf: Leaf, common: list[Feature], parts: list[_Share]) -> float:
        """More than any candidate scores that lacks some of what most have."""
        most = -math.inf
        for features, lacking, less in parts:
            if less < 0 and len(lacking):
                left = [feature for feature in common if feature not in features]
                score = self._scoring.most(left, leaf)
                score += sum(
                    worth * self._scoring.most(more, leaf)
                    for more, few, worth in parts
                    if worth > 0 and len(few & lacking)
                )
                most = max(most, score)
        return most

    def _best(self, found: list[_Scored], order: str, count: int) -> list[Item]:
        """At least the first `count` candidates, unsorted: all that rank as the last of them by both measures."""
        firsts: list[Sequence[float]]
        if order == "newest":
            days = [leaf.day for leaf in self._view.leaves]
            firsts = [[day[place] for place in places] for day, (places, _scores) in zip(days, found, strict=True)]
        else:
            firsts = [scores for _places, scores in found]
        least = _greatest(list(chain.from_iterable(firsts)), count)
        chosen: list[_Scored] = []
        for (places, scores), own in zip(found, firsts, strict=True):
            enough = [at for at, measure in enumerate(own) if measure >= least]
            chosen.append(([places[at] for at in enough], [scores[at] for at in enough]))
        items = self._items(chosen, order)
        if len(items) > 2 * count:  # very many are alike by the first
            better = [item for item in items if -item[0] > least]
            alike = [item for item in items if -item[0] == least]
            last = _greatest([-item[1] for item in alike], count - len(better))
            items = better + [item for item in alike if -item[1] >= last]
        return items

    def _items(self, found: list[_Scored], order: str) -> list[Item]:
        items: list[Item] = []
        for number, (leaf, few) in enumerate(zip(self._view.leaves, found, strict=True)):
            days, kinds, ids = leaf.day, leaf.kinds, leaf.number
            for place, score in zip(*few, strict=True):
                day = days[place]
                first, second = (-day, -score) if order == "newest" else (-score, -day)
                items.append((first, second, kinds[leaf.kind[place]], -ids[place], score, number, place))
        return items

    def _heaviest(self, count: int) -> list[Weighed]:
        """The `count` best of what has one feature, and perhaps more. Groups that cannot rank among them are not read."""
        feature, scoring = self._lone, self._scoring
        assert feature is not None
        rare = scoring.rare(feature)
        groups: list[tuple[float, int, int, Places]] = []
        best: list[tuple[float, int, int]] = []
        heavy: list[set[int]] = []
        for number, (leaf, posting) in enumerate(zip(self._view.leaves, feature.postings, strict=True)):
            lengths, gone = leaf.length, self._gone[number]
            heavy.append(set())
            for weight, places, weights in posting.groups:
                heavy[-1].update(places)
                if weight:
                    groups.append((scoring.weighs(rare, weight, leaf.shortest), number, weight, places))
                    continue
                for place, own in zip(places, weights, strict=True):
                    if place not in gone:
                        best.append((scoring.weighs(rare, own, lengths[place]), number, place))
            groups.append((scoring.weighs(rare, 1, leaf.shortest), number, 1, ()))
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


def _of(weighed: Weighed) -> _Scored:
    return list(weighed), list(weighed.values())


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
