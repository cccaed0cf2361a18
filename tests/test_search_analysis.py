"""One reading of text: what folds together, where folded characters come from, what the index knows of a text."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from prtui.search import analysis
from prtui.search.analysis import (
    Said,
    fold,
    fold_with_offsets,
    heard,
    of_pairs,
    of_run,
    runs,
    sounds,
    stem,
    terms,
)

TEXT = st.text(
    st.one_of(
        st.sampled_from("质量問題媒體发布发佈腕錶表扣。，“”「」 ABcdeＡｂ１2-3éÉßﬁœŁ\u0301\u200b\n\tﾊﾞバ서울①½İŉ"),
        st.characters(),
    ),
    max_size=40,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("質量問題", "质量问题"),
        ("媒體關係與輿情監測", "媒体关系与舆情监测"),
        ("跟著鐘錶說", "跟着钟表说"),
        ("ＶＯＧＵＥ　１２３", "vogue 123"),
        ("Hermès Chloé Œuvre", "hermes chloe oeuvre"),
        ("e\u0301te\u0301", "ÉTÉ"),
        ("「曜石」——發佈会", '"曜石"--发布会'),
        ("ﾊﾞｯｸﾞ", "バッグ"),
        ("Straße ﬁn", "STRASSE FIN"),
        ("表\u200b扣", "表扣"),
        ("第\n一", "第 一"),
        ("\ud800表", " 表"),
    ],
)
def test_what_is_typed_alike_folds_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_folding_a_folded_character_changes_nothing() -> None:
    characters = [chr(point) for point in (*range(0x20000), *range(0x2F800, 0x2FA20))]
    assert [c for c in characters if fold(fold(c)) != fold(c)] == []
    assert [c for c in map(chr, range(128)) if len(fold(c)) != 1] == []


@given(TEXT)
@example("x ﬁne e\u0301te \u200b質量")
@example("\u0301")
def test_every_folded_character_knows_where_it_comes_from(text: str) -> None:
    folded = fold_with_offsets(text)
    assert folded.text == fold(text)
    for place in range(len(folded.text)):
        start, end = folded.span(place, place + 1)
        assert 0 <= start < end <= len(text)
        assert folded.text[place] in fold(text[start:end])
    for start in range(0, len(folded.text), 3):
        end = min(len(folded.text), start + 4)
        first, last = folded.span(start, end)
        assert folded.text[start:end] in fold(text[first:last])


@given(TEXT, st.integers(0, 40), st.integers(1, 8))
def test_the_pieces_of_a_piece_are_among_the_pieces_of_the_text(text: str, start: int, length: int) -> None:
    folded = fold(text)
    piece = folded[start : start + length]
    known = set(terms(folded))
    for run in runs(piece):
        if len(run.text) >= run.size:
            assert {run.text[at : at + run.size] for at in range(len(run.text) - run.size + 1)} <= known
        else:
            assert any(term.startswith(run.text) for term in known)


def test_runs_are_of_one_script() -> None:
    found = [(run.text, run.start, run.size) for run in runs(fold("No.7腕表2026-03，Ёлка_x"))]
    assert found == [
        ("no", 0, 3),
        ("7", 3, 3),
        ("腕表", 4, 2),
        ("2026", 6, 3),
        ("03", 11, 3),
        ("елка", 14, 3),
        ("x", 19, 3),
    ]


def test_a_word_brings_its_stem() -> None:
    assert stem("launches") == stem("launching") == stem("launch") == "launch"
    assert stem("质量") == "质量" and stem("2026") == "2026" and stem("a" * 5000) == "a" * 5000
    assert "=launch" in terms("three launches")


def test_titles_are_heard() -> None:
    assert heard("liwenqing", "李文清") and heard("liwen", "李文清") and heard("wenq", "李文清")
    assert heard("lwq", "李文清") and heard("wq", "李文清")
    assert not heard("iwen", "李文清") and not heard("lq", "李文清")
    assert (
        heard("shanning", "单宁")
        and heard("danning", "单宁")
        and heard("zengyinuo", "曾一诺")
        and heard("ouying", "区颖")
    )
    assert heard("vogueyuan", "VOGUE元")
    assert sounds("Hermès") == [] == sounds("")
    assert not heard("hermes", "Hermès")


def test_what_is_read_aloud_is_bounded() -> None:
    assert len(sounds("曜" * 5000)) < 2 * 60 * 6


def test_the_table_is_one_to_one_and_flat() -> None:
    table = analysis._simplified()
    assert len(table) > 4000
    assert all(len(key) == len(value) == 1 and value not in table for key, value in table.items())


def test_what_is_counted_in_bulk_is_what_the_index_knows_of_a_text() -> None:
    chance = random.Random(8)
    signs = "质量问题召回腕𠀀表한글かな a b launch launches 2026 No.7-B12，。é_\n" + "x" * 70
    texts = ["", "质", "a", "x" * 63, "x" * 64, "质" * 700, "表launch"]
    texts += ["".join(chance.choices(signs, k=chance.randint(1, 90))) for _ in range(300)]
    for folded in map(fold, texts):
        said = Said.of(folded)
        bulk = [*of_pairs(said.pairs), *(term for run in said.runs for term in of_run(run))]
        assert Counter(bulk) == Counter(terms(folded)) and said.count == len(bulk), folded


def test_chinese_is_cut_into_words_as_pypinyin_cuts_it() -> None:
    from pypinyin.constants import PHRASES_DICT
    from pypinyin.seg.mmseg import seg

    chance = random.Random(3)
    words = sorted(PHRASES_DICT)
    runs = ["".join(chance.choices(words, k=4)) for _ in range(500)]
    runs += ["".join(chance.choices("行长重庆银行一会儿都不了的地得成都市长安街头", k=12)) for _ in range(500)]
    for run in runs:
        assert analysis._words(run) == list(seg.cut(run))
