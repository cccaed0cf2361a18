"""Which of some records are hits: what a saved search has found since it was last looked at.

Only the records given are looked at, in the index's folded texts, or as rows where the index is behind them; so it costs as
much as what is new, whatever the desk holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from prtui.search import index as indexes
from prtui.search.engine import View
from prtui.search.index import Index, Unusable
from prtui.search.language import Query, Term
from prtui.search.matching import Page, fits, says
from prtui.search.narrowing import Narrowing
from prtui.search.query import meant
from prtui.search.segment import Leaf

Key = tuple[str, int]


def among(text: str, news: Mapping[Key, int], index: Index | None = None) -> set[Key]:
    """Those of the records (given with the number of the last change to each) that a search for this text finds."""
    index = index or indexes.current()
    query = meant(text, index) if news else Query()
    if query.empty:
        return set()
    try:
        view, stamp = index.view()
    except Unusable:
        return _of_rows(index, query, news)
    found = _of_index(view, query, [key for key, seq in news.items() if seq <= stamp.seq])
    return found | _of_rows(index, query, [key for key, seq in news.items() if seq > stamp.seq])


def _of_index(view: View, query: Query, keys: Iterable[Key]) -> set[Key]:
    found: set[Key] = set()
    keys, narrowing = list(keys), Narrowing(query)
    for leaf, gone in zip(view.leaves, view.gone, strict=True):
        there = {leaf.place_of(kind, number) for kind, number in keys}
        places = narrowing.fitting(leaf, {place for place in there if place is not None} - gone)
        named = leaf.posting("code", query.code).among(places) if query.code else set()
        for term in query.wanted:
            places = _perhaps(leaf, term, places)
        found |= {leaf.key(place) for place in named}
        found |= {leaf.key(place) for place in places - named if says(query, *leaf.page(place))}
    return found


def _perhaps(leaf: Leaf, term: Term, places: set[int]) -> set[int]:
    """The places without those where the index knows that the term is not."""
    run = max(term.runs, key=lambda run: len(run.text))
    if len(run.text) < run.size or not places:
        return places
    perhaps = leaf.posting("text", run.text[: run.size]).among(places)
    if term.stem:
        perhaps |= leaf.posting("text", "=" + term.stem).among(places)
    if term.letters:
        perhaps |= leaf.posting("sound", term.letters[:3]).among(places)
    return perhaps


def _of_rows(index: Index, query: Query, keys: Iterable[Key]) -> set[Key]:
    numbers: dict[str, list[int]] = {}
    for kind, number in keys:
        numbers.setdefault(kind, []).append(number)
    return {
        (kind, entry.id)
        for kind, ids in numbers.items()
        for few in indexes.portions(ids)
        for entry in index.source.entries(kind, few)
        if fits(query, Page.of(entry))
    }
