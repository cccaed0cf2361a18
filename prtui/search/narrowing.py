"""What narrows a search beside words: kinds, facets and days, looked up in the index's columns."""

from __future__ import annotations

from collections.abc import Iterable

from prtui.search.analysis import fold
from prtui.search.language import Facet, Query
from prtui.search.matching import facet_fits
from prtui.search.segment import Leaf


class Narrowing:
    """A query's conditions on columns; true if there are any."""

    def __init__(self, query: Query) -> None:
        self._query = query
        self._kinds = bool(query.kinds or query.types)
        self._other = bool(query.not_kinds or query.not_types)
        self._any = self._kinds or self._other or query.dated or bool(query.facets or query.not_facets)

    def __bool__(self) -> bool:
        return self._any

    def fitting(self, leaf: Leaf, places: set[int]) -> set[int]:
        """Those of the places that fulfil the conditions."""
        query = self._query
        if not self._any or not places:
            return places
        if self._kinds:
            places = _of_kind(leaf, places, query.kinds) | _of_type(leaf, places, query.types)
        if self._other:
            places = places - _of_kind(leaf, places, query.not_kinds) - _of_type(leaf, places, query.not_types)
        for facet in query.facets:
            places = _having(leaf, places, facet)
        for facet in query.not_facets:
            places = places - _having(leaf, places, facet)
        if query.dated:
            days, since, until = leaf.day, max(1, query.since), query.until
            places = {place for place in places if since <= days[place] <= until}
        return places


def _of_kind(leaf: Leaf, places: set[int], kinds: Iterable[str]) -> set[int]:
    codes = {code for code, kind in enumerate(leaf.kinds) if kind in kinds}
    kind = leaf.kind
    return {place for place in places if kind[place] in codes} if codes else set()


def _of_type(leaf: Leaf, places: set[int], types: frozenset[str]) -> set[int]:
    return _coded(
        leaf, places, "type", {code for code, value in enumerate(leaf.facets.get("type", ())) if value in types}
    )


def _having(leaf: Leaf, places: set[int], facet: Facet) -> set[int]:
    values = leaf.facets.get(facet.name, [])
    return _coded(
        leaf,
        places,
        facet.name,
        {code for code, value in enumerate(values) if value and facet_fits(facet, fold(value))},
    )


def _coded(leaf: Leaf, places: set[int], facet: str, codes: set[int]) -> set[int]:
    if not codes:
        return set()
    column = leaf.facet(facet)
    return {place for place in places if column[place] in codes}
