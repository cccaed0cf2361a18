"""Search: candidates from the index, ranked, each checked against its row; straight from the rows while there is no index."""

from __future__ import annotations

import heapq
import math
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal
from weakref import WeakKeyDictionary

from prtui.i18n import _, language
from prtui.search import index as indexes
from prtui.search.index import Index, Unusable
from prtui.search.language import Query, Vocabulary, parse
from prtui.search.matching import Page, fits, named, snippet

if TYPE_CHECKING:
    from prtui.search.engine import View

Order = Literal["relevance", "newest"]

_SCAN = 1.5  # seconds a search without an index spends on reading rows
_BEHIND = 2000  # changes a search reads itself before the index has them, and
_MENTIONED = 500  # records that name what was changed


@dataclass(frozen=True)
class Hit:
    """A record that was found. `snippet` is its text around the matches, as (text, is a match)."""

    kind: str
    id: int
    code: str
    title: str
    on: str
    facets: dict[str, str]
    score: float
    snippet: list[tuple[str, bool]]


@dataclass(frozen=True)
class Results:
    """A page of hits. `total` is the number of all if `exact`, else at least that many; if counts were asked for, `counts`
    has it by kind, and `spread` by "year" and by each of `SPREAD`, greatest first; `hint` is a sentence for whoever searched,
    or blank."""

    hits: list[Hit]
    total: int
    exact: bool
    hint: str
    seconds: float
    counts: dict[str, int] = field(default_factory=dict)
    spread: dict[str, dict[str, int]] = field(default_factory=dict)


SPREAD = ("outlet", "sentiment")  # facets by which hits are counted
Counts = dict[str, Counter[str]]


def search(
    text: str,
    *,
    limit: int = 50,
    offset: int = 0,
    order: Order = "relevance",
    counts: bool = False,
    index: Index | None = None,
) -> Results:
    """What was typed, answered: hits `offset` to `offset + limit` in that order. `order="newest"` is by day; `counts`
    takes longer and counts by kind, year, outlet and tone. Whatever is typed gets an answer or a hint. Raises what reading the database raises."""
    started = time.monotonic()
    index = index or indexes.current()
    query = parse(text, vocabulary(index))
    if query.empty:
        hint = " ".join(query.hints) if query.hints else _("Type what to look for, for example {example}.").format(
            example=_EXAMPLE[language()]
        )  # fmt: skip
        return Results([], 0, True, hint, time.monotonic() - started)
    found = _find(index, query, max(0, limit), max(0, offset), order, counts)
    if not found.total and not query.code:
        loose = query.loosened()
        if loose != query:
            found = _find(index, loose, max(0, limit), max(0, offset), order, counts)
            if found.total:
                hint = _("Found with the punctuation left out.")
                found = replace(found, hint=f"{hint} {found.hint}".strip())
    return replace(found, seconds=time.monotonic() - started)


def meant(text: str, index: Index) -> Query:
    """What a search for this text looks for: with the punctuation left out if nothing at all has it as it was typed."""
    query = parse(text, vocabulary(index))
    loose = query.loosened()
    if loose == query or query.code or query.empty or _find(index, query, 1, 0, "relevance", False).total:
        return query
    return loose


_EXAMPLE = {"zh": "质量问题 -召回 类:报道 自:2026-01", "en": "launch -recall kind:coverage from:2026-01"}
_words: WeakKeyDictionary[Index, Vocabulary] = WeakKeyDictionary()


def vocabulary(index: Index) -> Vocabulary:
    """The names of kinds and facets that queries to this index may use."""
    words = _words.get(index)
    if words is None:
        words = _words[index] = Vocabulary.of(index.source.kinds(), index.source.facet_words())
    return words


def _find(index: Index, query: Query, limit: int, offset: int, order: Order, counts: bool) -> Results:
    if order == "relevance" and not query.wanted:
        order = "newest"
    try:
        view, stamp = index.view()
        head = index.source.head_seq()
        if stamp.seq > head:
            raise Unusable("foreign")
        fresh, late = _fresh(index, stamp.seq, head)
        indexed = _indexed(index, view, query, fresh, offset + limit, order, counts)
    except Unusable as unusable:
        return _scan(index, query, limit, offset, order, unusable.state)
    hints = list(query.hints)
    if late:
        hints.append(_("The index is {count} changes behind; what they brought may be missing.").format(count=late))
    return replace(_answer(index, query, indexed, fresh, limit, offset, order), hint=" ".join(hints))


@dataclass(frozen=True)
class _Indexed:
    """What the index answers: the best hits so far as they are asked for, as key → score, and how many there are."""

    best: dict[tuple[str, int], float]
    total: int
    exact: bool
    counts: Counts


def _indexed(
    index: Index, view: View, query: Query, fresh: _Fresh, wanted: int, order: Order, counts: bool
) -> _Indexed:
    from prtui.search.candidates import Candidates

    try:
        candidates = Candidates(view, query, fresh.touched)
        best = {key: score for score, key in candidates.best(wanted, order)}
        counted = candidates.counts(SPREAD) if counts else {}
        return _Indexed(best, candidates.total, candidates.exact, counted)
    except Exception as error:  # whatever a damaged file makes zlib or Python raise
        index.distrust()
        raise Unusable("damaged") from error


@dataclass(frozen=True)
class _Fresh:
    """What changed after the index was written: the records, and their pages as they are now."""

    touched: frozenset[tuple[str, int]]
    pages: list[Page]


_tail: WeakKeyDictionary[Index, tuple[int, int, _Fresh]] = WeakKeyDictionary()


def _fresh(index: Index, applied: int, head: int) -> tuple[_Fresh, int]:
    """The pages of changes the index does not have yet, and how many changes were too many to read."""
    late = max(0, head - applied - _BEHIND)
    kept = _tail.get(index)
    if kept is not None and kept[:2] == (applied, head):
        return kept[2], late
    changes = index.source.feed(applied, _BEHIND) if head > applied else []
    # One new name of an outlet may touch thousands of clips; those wait for the index.
    few = sum(len(change.mentions) for change in changes) <= _MENTIONED
    touched = indexes.touched(changes, mentions=few)
    keys = frozenset((kind, number) for kind, ids in touched.items() for number in ids)
    fresh = _Fresh(keys, list(_pages(index, keys).values()))
    _tail[index] = applied, head, fresh
    return fresh, late


@dataclass(frozen=True, slots=True)
class _Found:
    rank: tuple[float, ...]
    score: float
    page: Page


def _order(found: _Found) -> tuple[tuple[float, ...], str, int]:
    return found.rank, found.page.entry.kind, -found.page.entry.id


def _ranked(query: Query, page: Page, order: Order, score: float) -> _Found:
    first = -named(query, page.entry)
    day = -indexes.day_number(page.entry.on)
    return _Found((first, day, -score) if order == "newest" else (first, -score, day), score, page)


def _answer(
    index: Index, query: Query, indexed: _Indexed, fresh: _Fresh, limit: int, offset: int, order: Order
) -> Results:
    found = [_ranked(query, page, order, plain_score(query, page)) for page in fresh.pages if fits(query, page)]
    total = indexed.total + len(found)
    counts = _counted(found, indexed.counts) if indexed.counts else {}
    # Fresh pages only push others back: this page of hits begins no earlier than its offset less their number.
    skipped = max(0, offset - len(found))
    for key, page in _pages(index, list(indexed.best)[skipped:]).items():
        if fits(query, page):
            found.append(_ranked(query, page, order, indexed.best[key]))
        else:
            total -= 1  # the row has changed since its journal entry was read
    found.sort(key=_order)
    hits = [_hit(query, hit) for hit in found[offset - skipped :][:limit]]
    return _spread(Results(hits, total, indexed.exact, "", 0.0), counts)


def _counted(found: Iterable[_Found], counts: Counts) -> Counts:
    counts = {name: Counter(counts.get(name, {})) for name in ("kind", "year", *SPREAD)}
    for hit in found:
        entry = hit.page.entry
        counts["kind"][entry.kind] += 1
        if entry.on:
            counts["year"][entry.on[:4]] += 1
        for name in SPREAD:
            if entry.facets.get(name):
                counts[name][entry.facets[name]] += 1
    return counts


def _spread(results: Results, counts: Mapping[str, Counter[str]]) -> Results:
    by = {name: dict(few.most_common()) for name, few in counts.items()}
    return replace(results, counts=by.pop("kind", {}), spread=by)


def _pages(index: Index, keys: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Page]:
    numbers: dict[str, list[int]] = {}
    for kind, number in keys:
        numbers.setdefault(kind, []).append(number)
    return {
        (kind, entry.id): Page.of(entry)
        for kind, ids in numbers.items()
        for few in indexes.portions(ids)
        for entry in index.source.entries(kind, few)
    }


def _hit(query: Query, found: _Found) -> Hit:
    entry = found.page.entry
    return Hit(
        entry.kind, entry.id, entry.code, entry.title, entry.on, entry.facets, found.score, snippet(query, found.page)
    )


def plain_score(query: Query, page: Page) -> float:
    """A score for a record the index has not weighed: occurrences, those in the title counting more."""
    score = 0.0
    for term in query.wanted:
        often = min(page.rest.count(term.needle), 20) + 4 * page.title.count(term.needle)
        score += 8 * math.log1p(often)
    return score


def _scan(index: Index, query: Query, limit: int, offset: int, order: Order, state: str) -> Results:
    """The answer of the rows themselves, as far as time allows."""
    deadline = time.monotonic() + _SCAN
    found: list[_Found] = []
    read, complete = 0, True
    for batch in index.source.every_entry():
        for entry in batch:
            page = Page.of(entry)
            if fits(query, page):
                found.append(_ranked(query, page, order, plain_score(query, page)))
        read += len(batch)
        if time.monotonic() > deadline:
            complete = False
            break
    best = heapq.nsmallest(offset + limit, found, key=_order)
    hint = " ".join([*query.hints, _unusable(state, read, complete)])
    results = Results([_hit(query, hit) for hit in best[offset:]], len(found), complete, hint, 0.0)
    return _spread(results, _counted(found, {}))


def _unusable(state: str, read: int, complete: bool) -> str:
    why = {
        "missing": _("The index is not there yet."),
        "damaged": _("The index is damaged."),
        "foreign": _("The index belongs to another database or version."),
    }[state]
    if complete:
        return why + " " + _("The records themselves were read.")
    return why + " " + _("Only the first {count} records were read.").format(count=read)
