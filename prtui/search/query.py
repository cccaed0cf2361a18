"""Search: candidates from the index, ranked, each checked against its row; straight from the rows while there is no index.

An answer comes after `ANSWER` seconds of the processor at the latest, with what was found so far. Asked again, or for more,
the search goes on where it stopped.
"""

from __future__ import annotations

import heapq
import math
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal
from weakref import WeakKeyDictionary

from prtui.i18n import _, language
from prtui.search import codes
from prtui.search import index as indexes
from prtui.search.analysis import fold
from prtui.search.index import Index, Unusable
from prtui.search.language import Query, Vocabulary, nearest, readings
from prtui.search.matching import Page, facet_fits, fits, named, snippet
from prtui.search.patience import Patience, Stop

if TYPE_CHECKING:
    from prtui.search.candidates import Candidates
    from prtui.search.engine import View
    from prtui.store.feed import Entry

Order = Literal["relevance", "newest"]

ANSWER = 0.025  # seconds of the processor for finding; the order of very many and the hits' rows take some 20 ms more
THOROUGH = 5.0  # seconds for who waits for an answer once, and cannot ask again
_A_PAGE = 100  # rows that a search without an index reads between two looks at the clock
_RESUMED = 5  # searches that can go on where they stopped: one for each reading of what was typed
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
    """A page of hits in an `order`. `total` is the number of all if `exact`, else at least that many; if counts were asked
    for, `counts` has it by kind, and `spread` by "year" and by each of `SPREAD`, greatest first, of the same hits; `hint` is a
    sentence for whoever searched, or blank. `going` is set while the page is not full and there is more to look at: ask again.
    `unusable` says why the rows had to answer, in the words of `index.Status`, or is blank."""

    hits: list[Hit]
    total: int
    exact: bool
    hint: str
    seconds: float
    order: Order = "relevance"
    going: bool = False
    unusable: str = ""
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
    patience: float = ANSWER,
    stop: Stop | None = None,
) -> Results:
    """What was typed, answered: hits `offset` to `offset + limit` in that order. `order="newest"` is by day; `counts`
    takes longer and counts by kind, year, outlet and tone. Whatever is typed gets an answer or a hint after `patience`
    seconds of the processor, or when `stop` says so. Raises what reading the database raises."""
    started = time.monotonic()
    index = index or indexes.current()
    left = Patience.of(patience, stop)
    asked = _Asked(max(0, limit), max(0, offset), order, counts)
    first: Results | None = None
    found = Results([], 0, True, "", 0.0, order)
    said, known = _void.get(index, ("", 0))
    for number, reading in enumerate(readings(text, vocabulary(index)), 1):
        query = reading.query
        if query.empty:
            found = replace(found, hint=" ".join(query.hints) or _example())
        else:
            found = _find(index, query, asked, left)
        if reading.certain and first is None:
            first = found
        if found.total:
            found = _jumped(index, text, replace(found, hint=f"{reading.note} {found.hint}".strip()), asked)
            return replace(found, seconds=time.monotonic() - started)
        if not found.going:
            _void[index] = text, number
        # Each ask goes at least one reading further.
        if found.going or (left.over and (text != said or number > known)):
            hint = found.hint or _("Still looking …")
            return replace(found, going=True, exact=False, hint=hint, seconds=time.monotonic() - started)
    return replace(_jumped(index, text, first or found, asked), seconds=time.monotonic() - started)


_void: WeakKeyDictionary[Index, tuple[str, int]] = (
    WeakKeyDictionary()
)  # what was typed, and how many readings have nothing


def _jumped(index: Index, text: str, found: Results, asked: _Asked) -> Results:
    """The same, with the record before all others whose code was typed, though records of its kind are not searched."""
    code = codes.typed(fold(text))
    if not code or asked.offset or any(code in codes.forms(hit.code) for hit in found.hits):
        return found
    entry = index.source.named(text)
    if entry is None:
        return found
    hit = _hit(Query(), _Found((), 0.0, Page.of(entry)))
    return replace(
        found, hits=[hit, *found.hits][: asked.limit], total=found.total + 1, hint="" if not found.total else found.hint
    )


def _example() -> str:
    return _("Type what to look for, for example {example}.").format(example=_EXAMPLE[language()])


def meant(text: str, index: Index) -> Query:
    """What a search for this text looks for: the first reading of it that has hits, else the plainest."""
    left, asked = Patience.of(THOROUGH), _Asked(1, 0, "relevance", False)
    first: Query | None = None
    for reading in readings(text, vocabulary(index)):
        if reading.query.code or (not reading.query.empty and _find(index, reading.query, asked, left).total):
            return reading.query
        first = first or reading.query
    return first or Query()


_EXAMPLE = {"zh": "质量问题 -召回 类:报道 自:2026-01", "en": "launch -recall kind:coverage from:2026-01"}
_words: WeakKeyDictionary[Index, Vocabulary] = WeakKeyDictionary()


def vocabulary(index: Index) -> Vocabulary:
    """The names of kinds and facets that queries to this index may use."""
    words = _words.get(index)
    if words is None:
        words = _words[index] = Vocabulary.of(index.source.kinds(), index.source.facet_words())
    return words


@dataclass(frozen=True)
class _Asked:
    limit: int
    offset: int
    order: Order
    counts: bool

    @property
    def count(self) -> int:
        return self.offset + self.limit


def _find(index: Index, query: Query, asked: _Asked, patience: Patience) -> Results:
    if asked.order == "relevance" and not query.wanted:
        asked = replace(asked, order="newest")
    try:
        view, stamp = index.view()
        head = index.source.head_seq()
        if stamp.seq > head:
            raise Unusable("foreign")
        fresh, late = _fresh(index, stamp.seq, head)
        indexed = _indexed(index, view, query, fresh, asked, patience)
    except Unusable as unusable:
        return _scan(index, query, asked, unusable.state, patience)
    hints = list(query.hints)
    if late:
        hints.append(_("The index is {count} changes behind; what they brought may be missing.").format(count=late))
    answer = _answer(index, query, indexed, fresh, asked)
    if answer.going and not answer.hits:
        looked, of = indexed.looked_at
        hints.append(_("Looked at {count} of {whole} records …").format(count=f"{looked:,}", whole=f"{of:,}"))
    elif not answer.total:
        hints += _strangers(query, view)
    return replace(answer, hint=" ".join(hints))


@dataclass(frozen=True)
class _Indexed:
    """What the index answers: the best hits so far as they are asked for, as key → score, and how many there are."""

    best: dict[tuple[str, int], float]
    total: int
    exact: bool
    finished: bool
    looked_at: tuple[int, int]
    counts: Counts


_resumed: WeakKeyDictionary[Index, list[tuple[Query, frozenset[tuple[str, int]], Candidates]]] = WeakKeyDictionary()


def _indexed(index: Index, view: View, query: Query, fresh: _Fresh, asked: _Asked, patience: Patience) -> _Indexed:
    from prtui.search.candidates import Candidates

    kept = _resumed.pop(index, [])  # taken away, so that no two threads go on with the same one
    try:
        candidates = next(
            (one for what, touched, one in kept if what == query and touched == fresh.touched and one.view is view),
            None,
        )
        if candidates is None:
            candidates = Candidates(view, query, fresh.touched, patience)
        best = {key: score for score, key in candidates.best(asked.count, asked.order, patience, counted=asked.counts)}
        indexed = _Indexed(
            best, candidates.total, candidates.exact, candidates.finished(asked.count, asked.order),
            (0, 0) if candidates.exact else candidates.looked_at, candidates.counts(SPREAD) if asked.counts else {},
        )  # fmt: skip
    except Exception as error:  # whatever a damaged file makes zlib or Python raise
        index.distrust()
        raise Unusable("damaged") from error
    others = [one for one in kept if one[2] is not candidates and one[2].view is view]
    _resumed[index] = [(query, fresh.touched, candidates), *others][:_RESUMED]
    return indexed


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


def _answer(index: Index, query: Query, indexed: _Indexed, fresh: _Fresh, asked: _Asked) -> Results:
    order = asked.order
    found = [_ranked(query, page, order, plain_score(query, page)) for page in fresh.pages if fits(query, page)]
    total = indexed.total + len(found)
    counts = _counted(found, indexed.counts) if indexed.counts else {}
    # Fresh pages only push others back: this page of hits begins no earlier than its offset less their number.
    skipped = max(0, asked.offset - len(found))
    for key, page in _pages(index, list(indexed.best)[skipped:]).items():
        if fits(query, page):
            found.append(_ranked(query, page, order, indexed.best[key]))
        else:
            total -= 1  # the row has changed since its journal entry was read
    found.sort(key=_order)
    hits = [_hit(query, hit) for hit in found[asked.offset - skipped :][: asked.limit]]
    going = not indexed.finished and len(hits) < asked.limit
    return _spread(Results(hits, total, indexed.exact, "", 0.0, order, going), counts)


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


class _Scan:
    """The rows themselves being read, page after page, the newest first."""

    def __init__(self, index: Index, query: Query) -> None:
        self._query = query
        self._pages: Iterator[list[Entry]] = index.source.every_entry(_A_PAGE, newest=True)
        self.found: list[Page] = []
        self.read = 0
        self.complete = False

    def go_on(self, patience: Patience) -> None:
        """Read on for a while."""
        while not self.complete:
            batch = next(self._pages, [])
            self.complete = not batch
            self.read += len(batch)
            self.found += [page for page in map(Page.of, batch) if fits(self._query, page)]
            if patience.over:
                return


_scans: WeakKeyDictionary[Index, dict[tuple[int, Query], _Scan]] = WeakKeyDictionary()


def _scan(index: Index, query: Query, asked: _Asked, state: str, patience: Patience) -> Results:
    """The answer of the rows themselves, as far as time allows."""
    key = index.source.head_seq(), query
    kept = _scans.pop(index, {})
    scan = kept.pop(key, None) or _Scan(index, query)
    scan.go_on(patience)
    _scans[index] = {key: scan, **dict(list(kept.items())[: _RESUMED - 1])}
    found = [_ranked(query, page, asked.order, plain_score(query, page)) for page in scan.found]
    best = heapq.nsmallest(asked.count, found, key=_order)
    hint = " ".join([*query.hints, _unusable(state, scan.read, scan.complete)])
    hits = [_hit(query, hit) for hit in best[asked.offset :]]
    going = not scan.complete and len(hits) < asked.limit
    return _spread(Results(hits, len(found), scan.complete, hint, 0.0, asked.order, going, state), _counted(found, {}))


def _unusable(state: str, read: int, complete: bool) -> str:
    why = {
        "missing": _("The index is not there yet."),
        "damaged": _("The index is damaged."),
        "foreign": _("The index belongs to another database or version."),
    }[state]
    if complete:
        return why + " " + _("The records themselves were read.")
    return why + " " + _("Only the newest {count} records were read.").format(count=f"{read:,}")


def _strangers(query: Query, view: View) -> list[str]:
    """What is said of narrowing by a name that nothing has."""
    hints: list[str] = []
    for facet in query.facets:
        values = {value for leaf in view.leaves for value in leaf.facets.get(facet.name, ()) if value}
        if not any(facet_fits(facet, fold(value)) for value in values):
            wanted = next(iter(facet.words or facet.values), "")
            near = nearest(wanted, values)
            said = _("Nothing has “{text}” as its “{name}”.").format(text=wanted[:20], name=facet.called)
            hints.append(said + (" " + _("The nearest is “{name}”.").format(name=near) if near else ""))
    return hints
