"""A record checked against a query by its own text, and the piece of it that shows why it was found."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from prtui.search import codes
from prtui.search.analysis import fold, fold_with_offsets, heard, stem
from prtui.search.index import day_number
from prtui.search.language import Facet, Query, Term
from prtui.text import cells, clean

if TYPE_CHECKING:
    from prtui.store.feed import Entry

SNIPPET = 80  # terminal cells
_MOST_SHOWN = 4 * SNIPPET  # characters, many of which may have no width
_LEAD = 20  # of them before the first mark, or twice as many if the line begins there
_MOST_MARKS = 60
_MOST_TERMS = 6  # of a query that are marked: fifty snippets of sixteen letters would take 20 ms


@dataclass(frozen=True, slots=True)
class Page:
    """A record's text, folded once."""

    entry: Entry
    title: str
    code: str
    body: str

    @classmethod
    def of(cls, entry: Entry) -> Page:
        """The page of a record."""
        return cls(entry, fold(entry.title), fold(entry.code), fold(entry.body))

    @property
    def rest(self) -> str:
        """All text but the title's."""
        return f"{self.code} {self.body}"


@lru_cache(maxsize=256)
def _pattern(needle: str) -> re.Pattern[str]:
    return re.compile(r"\s+".join(map(re.escape, needle.split())))


@lru_cache(maxsize=256)
def _relatives(stemmed: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_]){stemmed[:2]}[a-z]+")


def occurs(term: Term, title: str, rest: str) -> bool:
    """Whether a folded text has the term: as it stands, as another form of the word, or as pinyin of the title."""
    if " " in term.needle:
        pattern = _pattern(term.needle)
        return bool(pattern.search(title) or pattern.search(rest))
    if term.needle in rest or term.needle in title:
        return True
    if term.stem and any(
        stem(word) == term.stem for text in (title, rest) for word in _relatives(term.stem).findall(text)
    ):
        return True
    return bool(term.letters) and heard(term.letters, title)


def says(query: Query, title: str, rest: str) -> bool:
    """Whether a folded text has all that is wanted and nothing that is not."""
    return all(occurs(term, title, rest) for term in query.wanted) and not any(
        occurs(term, title, rest) for term in query.unwanted
    )


def fits(query: Query, page: Page) -> bool:
    """Whether the record is what was asked for. A code that was typed is, whatever the text says."""
    if not narrowed(query, page.entry):
        return False
    return named(query, page.entry) or says(query, page.title, page.rest)


def named(query: Query, entry: Entry) -> bool:
    """Whether the query is the record's code."""
    return bool(query.code) and query.code in codes.forms(entry.code)


def narrowed(query: Query, entry: Entry) -> bool:
    """Whether the record's kind, facets and day are among those asked for."""
    kind, type_ = entry.kind, entry.facets.get("type", "")
    if (query.kinds or query.types) and kind not in query.kinds and type_ not in query.types:
        return False
    if kind in query.not_kinds or (type_ and type_ in query.not_types):
        return False
    if query.dated and not (entry.on and query.since <= day_number(entry.on) <= query.until):
        return False
    return all(_has(facet, entry) for facet in query.facets) and not any(
        _has(facet, entry) for facet in query.not_facets
    )


def _has(facet: Facet, entry: Entry) -> bool:
    value = entry.facets.get(facet.name, "")
    return bool(value) and facet_fits(facet, fold(value))


def facet_fits(facet: Facet, folded: str) -> bool:
    """Whether a facet's folded value is one of those meant, or contains a word that was typed."""
    return folded in facet.values or any(word in folded for word in facet.words)


def snippet(query: Query, page: Page, marked: int = _MOST_TERMS) -> list[tuple[str, bool]]:
    """The piece of the record's text where the terms stand together, about `SNIPPET` cells, as (text, is a match)."""
    text = page.entry.body or page.entry.title
    folded = fold_with_offsets(text, page.body or page.title)
    marks: list[tuple[int, int, Term]] = []
    for term in query.wanted[:marked]:
        for start, end in _found(term, folded.text):
            marks.append((*folded.span(start, end), term))
    marks.sort(key=lambda mark: mark[:2])
    start, end = _window(text, marks)
    pieces: list[tuple[str, bool]] = []
    if start:
        pieces.append(("…", False))
    place = start
    for first, last, _term in marks:
        if first < place or last > end:
            continue
        _push(pieces, text[place:first], False)
        _push(pieces, text[first:last], True)
        place = last
    _push(pieces, text[place:end], False)
    if end < len(text):
        pieces.append(("…", False))
    return pieces


def _found(term: Term, folded: str) -> list[tuple[int, int]]:
    pattern = _pattern(term.needle)
    found = [match.span() for match, _few in zip(pattern.finditer(folded), range(_MOST_MARKS), strict=False)]
    if not found and term.stem:
        found = [
            match.span() for match in _relatives(term.stem).finditer(folded) if stem(match[0]) == term.stem
        ][:_MOST_MARKS]  # fmt: skip
    return found


class _Cells(dict[str, int]):
    def __missing__(self, character: str) -> int:
        wide = self[character] = cells(character)
        return wide


_CELLS = _Cells()


def _window(text: str, marks: list[tuple[int, int, Term]]) -> tuple[int, int]:
    best, start = 0, 0
    for number, (first, _last, _term) in enumerate(marks):
        near = {term.needle for at, _end, term in marks[number : number + 12] if at < first + SNIPPET // 2}
        if len(near) > best:
            best, start = len(near), first
    line = text.rfind("\n", 0, start) + 1
    if start - line <= 2 * _LEAD and cells(text[line:start]) <= 2 * _LEAD:
        start = line
    lead = 0
    while start > line and lead < _LEAD:
        start -= 1
        lead += _CELLS[text[start]]
    widths = list(accumulate(map(_CELLS.__getitem__, text[start : start + _MOST_SHOWN])))
    return start, start + min(len(widths), bisect_left(widths, SNIPPET) + 1)


def _push(pieces: list[tuple[str, bool]], text: str, marked: bool) -> None:
    shown = clean(text)
    if "  " in shown or not shown.isprintable():
        shown = re.sub(r"\s+", " ", shown)
    if shown:
        pieces.append((shown, marked))
