"""More like this: what a text says and few others do, looked up in the index, and the records that say most of it.

Of a text's pairs of Chinese characters and its other words, the most telling are those it says often (in the title counts
more) and few records say. Any record with one of them is a candidate; its score is the BM25 of all of them that it has.
"""

from __future__ import annotations

import heapq
import math
import time
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from itertools import groupby

from prtui.i18n import _
from prtui.search import index as indexes
from prtui.search.analysis import Run, fold, runs, stem
from prtui.search.engine import View
from prtui.search.index import Index, Unusable
from prtui.search.language import Query, Term
from prtui.search.matching import Page, occurs, snippet
from prtui.search.query import Hit, Results
from prtui.search.scoring import Feature, Scoring, Weighed, scoring_of
from prtui.search.segment import Leaf

Key = tuple[str, int]

_WEIGHED = 200  # pieces of a text whose rarity is looked up: some 15 ms in an index of 100,000
_TELLING = 32  # of them, those that are searched for, and as many that a third record has: a twin has all the rarest
_COMMON = 0.1  # of all records: what more of them say tells nothing
_READ = 30_000  # postings: some 10 ms
_LIKE = 0.12  # of the score that the text itself would get; less is chance
# Rare in a Chinese desk, and still nothing that texts have in common.
_EVERYWHERE = frozenset((
    "a", "about", "after", "all", "also", "an", "and", "are", "as", "at", "be", "been", "but", "by", "can", "for",
    "from", "had", "has", "have", "he", "her", "his", "if", "in", "into", "is", "it", "its", "may", "more", "no",
    "not", "of", "on", "one", "or", "our", "out", "said", "says", "she", "so", "than", "that", "the", "their",
    "them", "then", "there", "they", "this", "to", "up", "was", "we", "were", "what", "when", "which", "who",
    "will", "with", "would", "you", "your",
))  # fmt: skip


def like(record: Key, *, limit: int = 20, kinds: Collection[str] = (), index: Index | None = None) -> Results:
    """The records most like this one, of some kinds or of all, the most like first; itself is left out. Without an index
    there are none, and `hint` says so. What was stored after the index was written is not among them yet."""
    started = time.monotonic()
    index = index or indexes.current()
    own = next(iter(index.source.entries(record[0], [record[1]])), None)
    if own is None:
        return Results([], 0, True, _("That record is no longer there."), time.monotonic() - started)
    try:
        view, _stamp = index.view()
    except Unusable:
        hint = _("The index is not there yet.")
        return Results([], 0, False, hint, time.monotonic() - started)
    page = Page.of(own)
    scoring = scoring_of(view)
    telling = _telling(view, scoring, page)
    enough = _LIKE * sum(scoring.rare(feature) for feature in telling.values())
    best: list[tuple[float, Key]] = []
    for number, leaf in enumerate(view.leaves):
        scores = _scores(leaf, number, scoring, telling.values())
        wanted = {code for code, kind in enumerate(leaf.kinds) if not kinds or kind in kinds}
        gone, itself = view.gone[number], leaf.place_of(*record)
        best += heapq.nlargest(
            limit,
            (
                (score, leaf.key(place))
                for place, score in scores.items()
                if score >= enough and place not in gone and place != itself and leaf.kind[place] in wanted
            ),
        )
    hits = list(_hits(index, list(telling), heapq.nlargest(limit, best)))
    return Results(hits, len(hits), False, "", time.monotonic() - started)


def _telling(view: View, scoring: Scoring, page: Page) -> dict[Run, Feature]:
    """What the text says and few others do, the most telling first: the first run of each piece, and where it is."""
    often: Counter[str] = Counter()
    first: dict[str, Run] = {}
    for text, worth in ((page.title, 3), (page.body, 1)):
        for piece, run in _pieces(text):
            often[piece] += worth
            first.setdefault(piece, run)
    most = max(50, _COMMON * view.documents)
    itself = any(leaf.place_of(page.entry.kind, page.entry.id) is not None for leaf in view.leaves)
    found: list[tuple[float, str, Feature]] = []
    for piece, count in sorted(_some(often)):  # neighbours stand in one block of the index
        feature = Feature([leaf.posting("text", piece) for leaf in view.leaves])
        if itself < feature.records <= most:
            found.append(((1 + math.log(count)) * scoring.rare(feature), piece, feature))
    found.sort(key=lambda one: (-one[0], one[1]))
    telling: dict[Run, Feature] = {}
    read = 0
    others = [one for one in found[_TELLING:] if one[2].records > 2][:_TELLING]
    for _worth, piece, feature in found[:_TELLING] + others:
        read += feature.records
        if read > _READ and telling:
            break
        telling[first[piece]] = feature
    return telling


def _pieces(folded: str) -> Iterator[tuple[str, Run]]:
    for run in runs(folded):
        if run.size == 3 and 1 < len(run.text) < 64 and run.text not in _EVERYWHERE:
            yield "=" + stem(run.text), run
        elif run.size == 2:
            for place in range(len(run.text) - 1):
                yield run.text[place : place + 2], Run(run.text[place : place + 2], run.start + place, 2)


def _some(often: Counter[str]) -> list[tuple[str, int]]:
    """Of very many pieces those that are said most often, and some from everywhere."""
    pieces, half = often.most_common(), _WEIGHED // 2
    rest = pieces[half:]
    return pieces[:half] + rest[:: max(1, -(-len(rest) // half))]


def _scores(leaf: Leaf, number: int, scoring: Scoring, features: Iterable[Feature]) -> Weighed:
    scores: Weighed = {}
    lengths = leaf.length
    for feature in features:
        posting, rare = feature.postings[number], scoring.rare(feature)
        once, heavy = scoring.table(rare, 1), posting.weights()
        for place in posting.places:
            score = scoring.weighs(rare, heavy[place], lengths[place]) if place in heavy else once[lengths[place]]
            scores[place] = scores.get(place, 0.0) + score
    return scores


def _hits(index: Index, said: list[Run], best: list[tuple[float, Key]]) -> Iterator[Hit]:
    numbers: dict[str, list[int]] = {}
    for _score, (kind, number) in best:
        numbers.setdefault(kind, []).append(number)
    entries = {(kind, entry.id): entry for kind, ids in numbers.items() for entry in index.source.entries(kind, ids)}
    # Very short words stand inside many others, where they would be marked, too.
    shown = [run for run in said if run.size == 2 or len(run.text) > 3]
    terms = [Term(run.text, (Run(run.text, 0, run.size),), stem(run.text) if run.size == 3 else "") for run in shown]
    for score, key in best:
        if key not in entries:
            continue  # removed since the index was written
        entry = entries[key]
        page = Page.of(entry)
        query = Query(tuple(term for term in terms if occurs(term, page.title, page.rest)))
        yield Hit(
            *key,
            entry.code,
            entry.title,
            entry.on,
            entry.facets,
            score,
            _joined(snippet(query, page, marked=len(terms))),
        )


def _joined(pieces: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """Pairs found side by side as what they say together."""
    return [
        ("".join(said for said, _found in few), found) for found, few in groupby(pieces, key=lambda piece: piece[1])
    ]


_SHINGLE = 5  # letters


def shingles(text: str) -> frozenset[str]:
    """Every five letters and digits in a row of a text, folded, punctuation and blanks left out."""
    letters = "".join(run.text for run in runs(fold(text)))
    return frozenset(letters[place : place + _SHINGLE] for place in range(max(1, len(letters) - _SHINGLE + 1)))


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """How much two texts say the same: the shingles that both have, of all that either has (Jaccard), 0 to 1."""
    return len(one & other) / len(one | other) if one or other else 0.0
