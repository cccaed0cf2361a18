"""Scores and order against Whoosh as it comes: its own codec and its own BM25F over the same terms and weights."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest
from whoosh.fields import STORED, Schema
from whoosh.index import create_in
from whoosh.scoring import BM25F

from prtui.search import analysis
from prtui.search.codec import Terms
from prtui.search.index import Index, rest_of
from prtui.search.postings import IN_TITLE
from prtui.search.query import _resumed, search
from prtui.store.feed import Entry
from tests.test_search_index import Desk, entry

WORDS = [
    "表扣",
    "质量",
    "问题",
    "召回",
    "曜石",
    "晚宴",
    "launch",
    "launches",
    "watch",
    "party",
    "art",
    "2026",
    "No.7",
    "B12",
]


def _records() -> list[Entry]:
    chance = random.Random(11)
    records = []
    for number in range(1, 400):
        title = (
            "".join(chance.choices(WORDS, k=chance.randint(1, 3)))
            if number % 3
            else " ".join(chance.choices(WORDS, k=2))
        )
        body = "，".join(
            "".join(chance.choices(WORDS, k=chance.randint(1, 4))) if chance.random() < 0.5 else chance.choice(WORDS)
            for _ in range(chance.randint(1, 60))
        )
        # A day of its own for each, so that no two are alike.
        records.append(entry(number, title, body, on=f"20{number // 28:02}-01-{number % 28 + 1:02}"))
    return records


class Oracle:
    """Stock Whoosh. The title counts as the docstring of `prtui.search.scoring` says: a piece's rarity once more, which is
    BM25F's own score of one occurrence in a field without length normalisation (B = 0) and of the text's rarity."""

    def __init__(self, folder: Path, records: list[Entry]) -> None:
        folder.mkdir()
        index = create_in(str(folder), Schema(text=Terms(scorable=True), number=STORED))
        writer = index.writer()
        self.titles: dict[int, set[str]] = {}
        for record in records:
            title = analysis.terms(analysis.fold(record.title))
            text = Counter(title)
            text.update(analysis.terms(analysis.fold(rest_of(record))))
            self.titles[record.id] = set(title)
            writer.add_document(text=text, number=record.id)
        writer.commit()
        self.searcher = index.searcher(weighting=BM25F())

    def scores(self, terms: list[str], worth: float = 1.0) -> dict[int, float]:
        """Record → score, of records that have all the terms."""
        found: list[dict[int, float]] = []
        for term in terms:
            matcher = self.searcher.postings("text", term.encode())
            matcher_scores: dict[int, float] = {}
            while matcher.is_active():
                number = self.searcher.stored_fields(matcher.id())["number"]
                title = self.searcher.idf("text", term.encode()) if term in self.titles[number] else 0.0
                matcher_scores[number] = worth * (matcher.score() + title)
                matcher.next()
            found.append(matcher_scores)
        common = set.intersection(*map(set, found))
        return {number: sum(scores[number] for scores in found) for number in common}


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Index, Oracle]:
    folder = tmp_path_factory.mktemp("oracle")
    records = _records()
    desk = Desk(folder / "desk.db")
    desk.put(*records)
    index = Index(folder / "index", desk)
    index.rebuild()
    assert len(index.view()[0].leaves) == 1
    return index, Oracle(folder / "whoosh", records)


ASKED = {
    "质量": ["质量"], "质量问题": ["质量", "量问", "问题"], "问题召回": ["问题", "题召", "召回"], "2026": ["202", "026"],
    "质量 晚宴": ["质量", "晚宴"], "质量问题 2026": ["质量", "量问", "问题", "202", "026"], "b12": ["b12"], "表扣质": ["表扣", "扣质"],
}  # fmt: skip


@pytest.mark.parametrize(("typed", "terms"), ASKED.items())
def test_scores_and_order_are_whooshs(both: tuple[Index, Oracle], typed: str, terms: list[str]) -> None:
    index, oracle = both
    scores = oracle.scores(terms)
    if typed in ("2026", "b12"):
        scores = _also(scores, oracle.scores(["=" + typed]))
    if typed == "质量问题 2026":
        scores = _also(scores, oracle.scores(["=2026"]))
    hits = search(typed, index=index, limit=20, patience=5.0).hits
    assert len(hits) == min(20, len(scores)) > 5
    for hit in hits:
        assert hit.score == pytest.approx(scores[hit.id], rel=1e-9), hit.id
    held = {hit.id for hit in hits}
    least = min(hit.score for hit in hits)
    assert all(score <= least + 1e-9 for number, score in scores.items() if number not in held)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


@pytest.mark.parametrize("typed", ["launch", "watch", "party", "art"])
def test_words_and_their_stems_weigh_as_whooshs_terms_do(both: tuple[Index, Oracle], typed: str) -> None:
    index, oracle = both
    pieces = [typed[at : at + 3] for at in range(len(typed) - 2)]
    scores = _also(oracle.scores(pieces), oracle.scores(["=" + analysis.stem(typed)]))
    hits = search(typed, index=index, limit=20, patience=5.0).hits
    assert len(hits) == 20
    for hit in hits:
        assert hit.score == pytest.approx(scores[hit.id], rel=1e-9), hit.id
    least = min(hit.score for hit in hits)
    held = {hit.id for hit in hits}
    assert all(score <= least + 1e-9 for number, score in scores.items() if number not in held)


@pytest.mark.parametrize("typed", ["ar", "la", "12", "y", "问"])
def test_letters_shorter_than_a_piece_are_where_they_are_said_and_weigh_once(
    both: tuple[Index, Oracle], typed: str
) -> None:
    index, _oracle = both
    (leaf,) = index.view()[0].leaves
    posting = leaf.posting("pair" if len(typed) == 2 else "letter", typed)
    said: set[int] = set()
    titled: set[int] = set()
    for record in _records():
        place = leaf.place_of("document", record.id)
        assert place is not None
        if typed in analysis.fold(record.title):
            titled.add(place)
        if typed in analysis.fold(f"{record.title}\n{rest_of(record)}"):
            said.add(place)
    assert sorted(posting.places) == sorted(said) and posting.count > 20
    assert posting.weights() == dict.fromkeys(titled, IN_TITLE | 1)


def _also(one: dict[int, float], other: dict[int, float]) -> dict[int, float]:
    return {number: one.get(number, 0.0) + other.get(number, 0.0) for number in one.keys() | other.keys()}


@pytest.mark.parametrize("typed", ["质量", "质量 问题", "launch", "曜石质", "art 2026", "ar"])
def test_the_first_of_an_order_are_those_of_the_whole_order(both: tuple[Index, Oracle], typed: str) -> None:
    index, _oracle = both
    whole: list[tuple[int, float]] = []
    for count in (400, 1, 7, 50, 120):  # all are weighed, or only those that can be among the first
        _resumed.clear()
        hits = [(hit.id, hit.score) for hit in search(typed, index=index, limit=count, patience=5.0).hits]
        whole = whole or hits
        assert hits == whole[:count] and len(whole) > 50, count
