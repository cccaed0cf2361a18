"""Text that is taken out of a great segment: what is left is as it was, and nothing else is left."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from prtui.search import erasing, merging
from prtui.search.erasing import Unlike, erase
from prtui.search.index import Index
from prtui.search.query import search
from prtui.search.segment import Leaf
from prtui.store.feed import Entry
from tests.test_search_index import Desk, _read_all, _written, entry, expected, ids, indexed

COUNT = 700
SECRETS = ("绝密收购", "zanzibar", "=zanzibar", "暗号周刊", "juemishougou", "并购")


def _records() -> list[Entry]:
    chance = random.Random(21)
    signs = "质量问题召回腕表扣的一是在不了有和人"
    words = ["launch", "launches", "No.7-B12", "2026", "art", "party", "naïve"]
    records = [
        entry(
            number, "".join(chance.choices(signs, k=chance.randint(1, 9))) + chance.choice(["", " launch", " 7"]),
            "，".join("".join(chance.choices(signs, k=chance.randint(1, 30))) for _ in range(chance.randint(0, 6)))
            + " ".join(chance.choices(words, k=chance.randint(0, 9))),
            kind=chance.choice(("document", "coverage")), outlet=chance.choice(("财经日报", "时尚周刊", "")),
        )
        for number in range(1, COUNT)
    ]  # fmt: skip
    return [*records, entry(COUNT, "绝密收购案", "zanzibar zz 并购对象为曜石", outlet="暗号周刊")]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Records in one segment that counts as great."""
    monkeypatch.setattr(merging, "_GREAT", 16)
    monkeypatch.setattr(merging, "_MERGED_AT_ONCE", 100)
    desk = Desk(tmp_path / "desk.db")
    desk.put(*_records())
    return desk


@pytest.fixture
def index(tmp_path: Path, desk: Desk) -> Index:
    index = Index(tmp_path / "index", desk)
    index.rebuild()
    return index


def _lists(leaf: Leaf, without: set[int]) -> dict[str, dict[int, int]]:
    """Term → place → weight."""
    lists: dict[str, dict[int, int]] = {}
    for term, posting in leaf.everything():
        heavy = posting.weights()
        weights = {place: heavy.get(place, 1) for place in posting.places if place not in without}
        if weights:
            lists[term] = weights
        assert posting.count == len(posting.places)
    return lists


@pytest.mark.parametrize("many", [1, 2, 30, COUNT - 1])
def test_what_is_left_is_as_it_was(index: Index, tmp_path: Path, many: int) -> None:
    (leaf,) = index.view()[0].leaves
    gone = set(random.Random(many).sample(range(leaf.size), min(many, leaf.size)))
    with (tmp_path / "copy").open("wb") as file:
        left = erase(leaf, gone, file, lambda: None)
    copy = Leaf(tmp_path / "copy")
    assert _lists(copy, set()) == _lists(leaf, gone)
    assert left == copy.postings == sum(map(len, _lists(copy, set()).values()))
    assert (copy.size, copy.words, copy.number, copy.length) == (leaf.size, leaf.words, leaf.number, leaf.length)
    outlets = [{leaf.facets["outlet"][leaf.facet("outlet")[place]] for place in set(range(leaf.size)) - gone}]
    assert {value for value in copy.facets["outlet"] if value} == outlets[0] - {""}
    for place in range(leaf.size):
        assert copy.page(place) == (("", "") if place in gone else leaf.page(place))
        if place not in gone:
            assert (
                copy.facets["outlet"][copy.facet("outlet")[place]] == leaf.facets["outlet"][leaf.facet("outlet")[place]]
            )
    _read_all(copy)


def test_a_removed_record_is_out_of_a_great_segment_which_is_not_made_anew(
    desk: Desk, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert all(secret in _written(index) for secret in SECRETS)
    monkeypatch.setattr("prtui.search.draft.Draft.take", None)  # whoever makes a segment of another fails
    desk.drop("document", COUNT)
    index.catch_up()
    assert not any(secret in _written(index) for secret in SECRETS)
    view = index.view()[0]
    assert [leaf.size for leaf in view.leaves] == [COUNT] and not view.removed and not view.worn
    assert indexed(index) == expected(desk) and not search("zanzibar", index=index).hits
    desk.put(entry(COUNT, "又来了", "zanzibar"))
    index.catch_up()
    assert ids(search("zanzibar", index=index)) == {COUNT} and indexed(index) == expected(desk)


def test_text_edited_away_in_a_great_segment_goes_some_commits_later_or_at_a_purge(desk: Desk, index: Index) -> None:
    desk.put(entry(COUNT, "已更正", "别的"))
    index.catch_up()
    assert "zanzibar" in _written(index) and index.view()[0].worn
    index.purge()
    assert not any(secret in _written(index) for secret in SECRETS) and not index.view()[0].worn
    assert indexed(index) == expected(desk)


@pytest.mark.parametrize("more", ["lau", "质量", "=zanzib"])  # a long list, another one, and none
def test_a_segment_whose_lists_are_of_another_reading_is_made_anew(
    desk: Desk, index: Index, more: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = erasing.terms_of
    monkeypatch.setattr(erasing, "terms_of", lambda title, rest: [*real(title, rest), more])
    (leaf,) = index.view()[0].leaves
    place = leaf.place_of("document", COUNT)
    assert place is not None
    with pytest.raises(Unlike), (index.folder / "copy").open("wb") as file:
        erase(leaf, {place}, file, lambda: None)
    desk.drop("document", COUNT)
    index.catch_up()
    assert not any(secret in _written(index) for secret in SECRETS)
    assert [leaf.size for leaf in index.view()[0].leaves] == [COUNT - 1] and indexed(index) == expected(desk)
    assert len(list((index.folder / (index.folder / "current").read_text()).glob("*.prtui"))) == 1


def test_erasing_can_be_stopped_and_is_done_the_next_time(desk: Desk, index: Index) -> None:
    desk.drop("document", COUNT)
    asked = iter([False, False, False])  # it is told to stop when the change is applied and the copy has begun
    assert index.catch_up(stop=lambda: next(asked, True)) == 1
    assert "zanzibar" in _written(index) and not search("zanzibar", index=index).hits
    index.catch_up()
    assert not any(secret in _written(index) for secret in SECRETS) and indexed(index) == expected(desk)
