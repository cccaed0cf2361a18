"""Posting lists: what is written is what is read, in every form."""

from __future__ import annotations

import random
from array import array
from collections import Counter

import pytest

from prtui.search.encoding import bits_of, encode, encode_bits
from prtui.search.postings import HEAVIEST, IN_TITLE, SMALL, Posting, bitmap


def _read(encoded: tuple[int, bytes], size: int) -> Posting:
    count, body = encoded
    return Posting.flat(memoryview(body), 0, count, size) if count <= SMALL else Posting.read(memoryview(body), 0, size)


@pytest.mark.parametrize("size", [40, 300, 5000, 30_000, 65_535])
@pytest.mark.parametrize("share", [0.0, 0.001, 0.01, 0.05, 0.3, 1.0, 4.0])
def test_a_list_is_read_as_it_was_written(size: int, share: float) -> None:
    chance = random.Random(size + int(1000 * share))
    for often in (1, 5):
        said = array("H", sorted(chance.choices(range(size), k=max(1, int(size * share))) * often))
        some = array("H", sorted(chance.sample(sorted(set(said)), max(1, len(set(said)) // 10))))
        for titled in (None, some, array("H", sorted([*some, *some]))):
            weights = {
                place: min(many, HEAVIEST) | (IN_TITLE if titled and place in titled else 0)
                for place, many in Counter(said).items()
            }
            for whole in (None, bits_of(said, size)):
                posting = _read(encode(said, titled, size, whole), size)
                assert list(posting.places) == list(weights) and posting.count == len(weights)
                assert posting.weights() == {place: weight for place, weight in weights.items() if weight > 1}


@pytest.mark.parametrize("count", [1, SMALL, SMALL + 1, 100, 2000])
def test_bits_are_read_as_places(count: int) -> None:
    size = 5000
    places = sorted(random.Random(count).sample(range(size), count))
    for titled in (None, array("H", places[::2])):
        posting = _read(encode_bits(bitmap(places, size), titled, size), size)
        assert list(posting.places) == places
        assert posting.weights() == dict.fromkeys(titled or (), IN_TITLE | 1)


def test_very_heavy_postings_stay_the_heaviest() -> None:
    said = array("H", sorted([*range(100), *[7] * 500, *[9] * 126, *[11] * 127]))
    weights = _read(encode(said, None, 100), 100).weights()
    assert weights == {7: HEAVIEST, 9: HEAVIEST, 11: HEAVIEST}
