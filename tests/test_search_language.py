"""Whatever is typed has a meaning or a hint."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prtui.search.language import LONGEST, Query, Vocabulary, parse

WORDS = Vocabulary.of(
    {"document": "Document", "coverage": "Coverage", "person": "Person"},
    {"type": {"release": "Press release", "statement": "Statement"}, "sentiment": {"negative": "Negative"}},
)
WORDS.kinds["报道"] = "coverage"
WORDS.values["sentiment"]["负面"] = "negative"


def read(text: str) -> Query:
    return parse(text, WORDS)


def needles(query: Query) -> list[str]:
    return [term.needle for term in query.wanted]


def test_words_phrases_and_what_is_left_out() -> None:
    query = read('質量問題 “holding  statement” -召回 －"first draft" launch*')
    assert needles(query) == ["质量问题", "holding statement", "launch"]
    assert [term.needle for term in query.unwanted] == ["召回", "first draft"]
    assert not query.hints


@pytest.mark.parametrize(
    "text", ["kind:coverage", "类:报道", "类：报道", "類：報道", "KIND：Coverage", "type: coverage", "类型：“报道”"]
)
def test_a_kind_by_any_of_its_names(text: str) -> None:
    assert read(text).kinds == {"coverage"} and not read(text).hints and not read(text).wanted


def test_kinds_of_documents_several_and_none() -> None:
    assert read("kind:statement").types == {"statement"}
    assert read("kind:release").types == {"release"}
    assert read("kind:documents").kinds == {"document"}
    assert read("类:报道,Person").kinds == {"coverage", "person"}
    assert read("-kind:coverage 表").not_kinds == {"coverage"}
    query = read("kind:nonsense 表")
    assert (
        not query.kinds and needles(query) == ["表"] and "nonsense" in query.hints[0] and "Coverage" in query.hints[0]
    )


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("from:2026-01 to:2026-03", 20260100, 20260399),
        ("自:2026-01 至:2026-03", 20260100, 20260399),
        ("自：２０２６年３月　至：2026年3月15日", 20260300, 20260315),
        ("from:2026", 20260000, 99999999),
        ("to:2026", 0, 20269999),
        ("on:2026-01-15", 20260115, 20260115),
        ("日期:2026/1/5", 20260105, 20260105),
        ("自:202603 至:20260315", 20260300, 20260315),
        ("自:2026年", 20260000, 99999999),
        ("from:2026-05 to:2026-02", 20260200, 20260599),
    ],
)
def test_days(text: str, since: int, until: int) -> None:
    query = read(text)
    assert (query.since, query.until) == (since, until)
    assert not query.hints


@pytest.mark.parametrize("text", ["from:2026-13", "至:2026-02-30", "自:昨天", "from:20", "to:2026-03-15-16"])
def test_a_wrong_date_is_a_hint(text: str) -> None:
    query = read(text)
    assert len(query.hints) == 1 and "2026-03-15" in query.hints[0] and not query.dated


def test_facets() -> None:
    query = read("媒体:财经 倾向：负面 -outlet:elle")
    assert [(facet.name, facet.words) for facet in query.facets] == [("outlet", ("财经",)), ("sentiment", ("负面",))]
    assert query.facets[1].values == {"negative"}
    assert query.not_facets[0].words == ("elle",)


def test_an_unknown_name_is_text() -> None:
    assert needles(read("https://example.com")) == ["https://example.com"]
    assert needles(read("来自:新华社 19:00")) == ["来自:新华社", "19:00"]
    assert needles(read("注意: 表扣")) == ["注意:", "表扣"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("DOC-2026-001", "doc-2026-1"), ("DOC-1", "doc-1"), ("doc 001", "doc-1"), ("ｄｏｃ００１", "doc-1"),
        ("prj 2026 3", "prj-2026-3"), ("DOC-1 表扣", ""), ("表扣", ""), ("doc-", ""),
    ],
)  # fmt: skip
def test_codes(text: str, code: str) -> None:
    assert read(text).code == code


def test_nothing_to_search_for_is_said() -> None:
    assert read("类：").empty and not read("自:").hints
    assert read("").empty and not read("").hints
    assert read("*").empty and read("[][]（）").hints
    assert needles(read("-001")) == ["-001"]


def test_a_flood_is_cut() -> None:
    assert len(read("字" * 10_000).wanted[0].needle) == LONGEST
    query = read(" ".join(f"w{number}" for number in range(400)))
    assert len(query.wanted) == 16 and len(query.hints) == 2


@given(st.text(st.one_of(st.sampled_from('"-*:：“”()[]~類kind from自 至2026-01报'), st.characters()), max_size=80))
def test_anything_is_read(text: str) -> None:
    query = read(text)
    for term in (*query.wanted, *query.unwanted):
        assert term.runs and all(run.text in term.needle for run in term.runs)
