"""BM25F as Whoosh has it (K1 1.2, B 0.75), for many documents at once: nearly all weights are 1, so the score of all pieces
weighing 1 is one look-up by the text's length, and only heavier weights are added one by one.

All pieces of a term weigh, and each as stock Whoosh weighs it over the whole text, title and all. In one thing this differs:
a piece that the title has gets its rarity in the text once more. That is what BM25F gives one occurrence in a field of its
own without length normalisation, but for the rarity, which would be that in titles and costs a second list to know."""

from __future__ import annotations

import math
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from prtui.search.engine import View
from prtui.search.postings import HEAVIEST, IN_TITLE, Posting
from prtui.search.segment import LENGTHS, Leaf

_K, _B = 1.2, 0.75

Weighed = dict[int, float]  # place → score


@dataclass(slots=True, eq=False)
class Feature:
    """One thing looked up: its postings in every leaf."""

    postings: list[Posting]
    weighs: bool = True
    records: int = 0

    def __post_init__(self) -> None:
        self.records = sum(posting.count for posting in self.postings)


_made: WeakKeyDictionary[View, Scoring] = WeakKeyDictionary()


def scoring_of(view: View) -> Scoring:
    """The scoring of a view, made once."""
    made = _made.get(view)
    if made is None:
        made = _made[view] = Scoring(view)
    return made


class Scoring:
    """Scores of documents in a view."""

    def __init__(self, view: View) -> None:
        self._documents = max(1, view.documents)
        mean = view.words / self._documents or 1
        self._norms = [_K * ((1 - _B) + _B * length / mean) for length in LENGTHS]
        self._often: dict[int, list[float]] = {}
        self._more: dict[int, list[float]] = {}

    def rare(self, feature: Feature) -> float:
        """What the feature is worth: the rarer the more."""
        return math.log(self._documents / (feature.records + 1)) + 1

    def _of(self, often: int) -> list[float]:
        table = self._often.get(often)
        if table is None:
            table = self._often[often] = [often * (_K + 1) / (often + norm) for norm in self._norms]
        return table

    def _gain(self, weight: int) -> list[float]:
        title = 1.0 if weight & IN_TITLE else 0.0
        gain = [score - one + title for score, one in zip(self._of(weight & ~IN_TITLE), self._of(1), strict=True)]
        self._more[weight] = gain
        return gain

    def weighs(self, rare: float, weight: int, length: int) -> float:
        """The score of a posting in a text whose length has this code."""
        score = rare * self._of(weight & ~IN_TITLE)[length]
        return score + rare if weight & IN_TITLE else score

    def table(self, rare: float, weight: int) -> list[float]:
        """The scores of postings of one weight, by the text's length."""
        title = rare if weight & IN_TITLE else 0.0
        return [rare * score + title for score in self._of(weight & ~IN_TITLE)]

    def scores(self, leaf: Leaf, number: int, places: set[int], features: list[Feature]) -> Weighed:
        """The scores of places that have all the features."""
        if not places:
            return {}
        lengths = leaf.length
        base = self.sums(features, 1)
        scores = {place: base[lengths[place]] for place in places}
        for feature in features:
            if not feature.weighs:
                continue
            rare = self.rare(feature)
            for weight, few, weights in feature.postings[number].groups:
                if weight:
                    gain = self._more.get(weight) or self._gain(weight)
                    for place in places.intersection(few):
                        scores[place] += rare * gain[lengths[place]]
                    continue
                for place, own in zip(few, weights, strict=True):
                    if place in scores:
                        gain = self._more.get(own) or self._gain(own)
                        scores[place] += rare * gain[lengths[place]]
        return scores

    def sums(self, features: list[Feature], often: int) -> list[float]:
        """The scores of texts that have each of the features so often, by their length."""
        return self.table(sum(self.rare(feature) for feature in features if feature.weighs), often)

    def most(self, features: list[Feature], leaf: Leaf) -> float:
        """No text of a segment scores more."""
        return self.sums(features, IN_TITLE | HEAVIEST)[leaf.shortest]
