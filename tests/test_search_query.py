"""Everything typed is found, in order, shown, and answered even without an index."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prtui import i18n
from prtui.i18n import _
from prtui.search.analysis import fold
from prtui.search.candidates import Candidates
from prtui.search.index import Index, rest_of
from prtui.search.language import Vocabulary, parse
from prtui.search.query import _resumed, search
from prtui.store.feed import Entry
from prtui.text import cells
from tests.test_search_index import Desk, entry, ids

RECORDS = [
    entry(1, "腕表表扣质量问题调查", "多名消费者反映，该款腕表存在质量问题，品牌方称已启动核查。", kind="coverage", on="2026-03-16", outlet="财经日报", sentiment="negative"),
    entry(2, "关于表扣质量问题的处置", "会议议定：由产品部 24 小时内给出质量问题的初步结论。召回不在议程。", on="2026-03-15", type="statement"),
    entry(3, "奢侈品售后觀察", "在質量問題投訴上，品牌平均 9 天才作出回應", kind="coverage", on="2025-11-02", outlet="时尚周刊"),
    entry(4, "The launches of spring", "We launched No.7-B12 at 19:00; the party started late. Chloé and Hermès came.", on="2026-01-15", type="release"),
    entry(5, "Art for the party", "An article on starting artists, ＦＵＬＬ　ＷＩＤＴＨ ﬁne print", on="2026-02-01"),
    entry(6, "李文清", "VOGUE 专题总监", kind="person"),
    entry(7, "单宁", "时装 L’OFFICIEL", kind="person"),
    entry(8, "标题", "art art art art party " * 3, on="2024-01-01"),
]  # fmt: skip


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("query")
    desk = Desk(folder / "desk.db")
    desk.put(*RECORDS)
    index = Index(folder / "index", desk)
    index.catch_up()
    yield index
    assert index.status().state == "ready"  # nothing that was asked made it look damaged


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """The same records without an index."""
    folder = tmp_path_factory.mktemp("scanned")
    desk = Desk(folder / "desk.db")
    desk.put(*RECORDS)
    return Index(folder / "index", desk)


QUERIES = [
    ("质量问题", {1, 2, 3}), ("質量問題", {1, 2, 3}), ("质量问题 -召回", {1, 3}), ("质量问题 -投诉", {1, 2}),
    ("质量问题 类:报道", {1, 3}), ("质量问题 kind:statement", {2}), ("质量问题 -kind:statement", {1, 3}),
    ("质量问题 媒体:财经", {1}), ("质量问题 媒体:\"财经日报\"", {1}), ("质量问题 媒体:\"财经\"", set()), ("质量问题 媒体:\"财经", {1}), ("质量问题 倾向:负面", {1}),
    ("质量问题 年:2026", {1, 2}), ("year:2025", {3}), ("质量问题 -媒体:\"时尚周刊\"", {1, 2}), ("质量问题 自:2026", {1, 2}), ("质量问题 至:2025-12", {3}),
    ("日期:2026年3月15日", {2}), ("kind:person", {6, 7}), ("表", {1, 2}), ("者", {1}), ("9", {3, 4}), ("问题的初", {2}),
    ("launch", {4}), ("launching", {4}), ("aunche", {4}), ("chloe", {4}), ("HERMES", {4}), ("no.7-b", {4}), ("7-b12", {4}),
    ("full width", {5}), ("fine", {5}), ("art", {4, 5, 8}), ('"the party"', {4, 5}), ("的party", set()), ("19:00", {4}),
    ("liwenqing", {6}), ("lwq", {6}), ("li wenq", {6}), ("shanning", {7}), ("danning", {7}), ("zlwtdc", {1, 2}), ("iwenqing", set()),
    ("l'officiel", {7}), ("DOC-2026-002", {2}), ("cov 3", {3}), ("PER-2026-0", {6, 7}), ("-召回", set()), ("nothing at all", set()),
    ("质量，问题", {1, 2, 3}), ("24 小时", {2}), ("-kind:person -kind:coverage", {2, 4, 5, 8}),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "found"), QUERIES)
def test_what_is_typed_is_found(
    index: Index, scanned: Index, typed: str, found: set[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    labels = {"Coverage": "报道", "Negative": "负面"}
    monkeypatch.setattr("prtui.search.language.translate", lambda label, _language: labels.get(label, label))
    monkeypatch.setattr("prtui.search.query._words", WeakKeyDictionary())
    results = search(typed, index=index)
    assert ids(results) == found and results.total == len(found) and results.exact
    slow = search(typed, index=scanned)
    assert ids(slow) == found and slow.hint


def test_the_code_that_was_typed_comes_first(index: Index) -> None:
    assert search("DOC-5", index=index).hits[0].id == 5
    assert search("doc 004", index=index).hits[0].id == 4
    assert search("DOC-2026-008 kind:person", index=index).total == 0


def test_relevance_and_newest(index: Index) -> None:
    # A title before a text before a part of a word.
    assert [hit.id for hit in search("art", index=index).hits] == [5, 8, 4]
    assert search("质量问题", index=index).hits[-1].id == 3  # its title has it not
    assert [hit.id for hit in search("质量问题", index=index, order="newest").hits] == [1, 2, 3]
    assert [hit.id for hit in search("kind:coverage", index=index).hits] == [1, 3]


def test_pages_and_counts(index: Index) -> None:
    whole = [hit.id for hit in search("e", index=index).hits]
    assert len(whole) >= 4
    paged = [
        hit.id for offset in range(len(whole) + 1) for hit in search("e", index=index, limit=1, offset=offset).hits
    ]
    assert paged == whole
    assert search("质量问题", index=index, counts=True).counts == {"coverage": 2, "document": 1}
    assert search("质量问题", index=index, limit=0).total == 3


HITS, DECOYS = 900, 1100


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """More candidates than are confirmed at once: in most of them the pieces of what is typed stand apart."""
    folder = tmp_path_factory.mktemp("crowded")
    desk = Desk(folder / "desk.db")
    for number in range(1, HITS + DECOYS + 1):
        hit = number % 20 < 9
        body = "2024年10月" if hit else "2024年3月，10件，第10年1月，4年10"
        day, outlet = f"20{20 + number % 6}-01-{1 + number % 28:02}", "财经日报" if number % 3 else "时尚周刊"
        kind = "coverage" if number % 2 else "document"
        desk.put(entry(number, f"第{number}号", body * (1 + number % 3), kind=kind, on=day, outlet=outlet))
    index = Index(folder / "index", desk)
    index.rebuild()
    yield index
    assert index.status().state == "ready"


@pytest.mark.parametrize("order", ["relevance", "newest"])
@pytest.mark.parametrize("patience", [0.0, 0.002, 5.0])
def test_every_hit_can_be_reached_however_little_time_there_is(crowded: Index, order: Any, patience: float) -> None:
    _resumed.clear()
    found: list[int] = []
    totals = [0]
    for _ask in range(400):
        page = search("2024年10", index=crowded, order=order, limit=50, offset=len(found), patience=patience)
        assert page.exact or page.total < HITS or not page.going
        found += [hit.id for hit in page.hits]
        totals.append(page.total)
        if not page.hits and page.exact:
            break
        assert page.hits or page.going
    assert len(found) == len(set(found)) == HITS and totals == sorted(totals) and totals[-1] == HITS
    if patience == 5.0:
        whole = search("2024年10", index=crowded, order=order, limit=HITS, patience=patience)
        assert [hit.id for hit in whole.hits] == found and whole.exact


def test_counts_are_of_hits_and_never_above_the_truth(crowded: Index) -> None:
    _resumed.clear()
    truth = search("2024年10", index=crowded, counts=True, patience=5.0)
    while not truth.exact:
        truth = search("2024年10", index=crowded, counts=True, patience=5.0)
    assert sum(truth.counts.values()) == truth.total == HITS
    assert truth.counts == {"document": HITS * 5 // 9, "coverage": HITS * 4 // 9}
    assert sum(truth.spread["year"].values()) == sum(truth.spread["outlet"].values()) == HITS
    _resumed.clear()
    first = search("2024年10", index=crowded, counts=True, limit=10, patience=0.0)
    assert not first.exact and 0 < sum(first.counts.values()) == first.total < HITS
    for few, whole in (
        (first.counts, truth.counts),
        *((first.spread[name], truth.spread[name]) for name in first.spread),
    ):
        assert all(few[name] <= whole[name] for name in few)


def test_counts_by_year_and_outlet(index: Index) -> None:
    spread = search("质量问题", index=index, counts=True).spread
    assert spread["year"] == {"2026": 2, "2025": 1}
    assert spread["outlet"] == {"财经日报": 1, "时尚周刊": 1} and spread["sentiment"] == {"negative": 1}


BAD = [
    "a~", "ａ～", "x" * 10_000, "表·", "e-e", "n.n", "1-1", '"a b" "c d" "e f"', "a b c d e f g h i j k l m n o p", "[TO]", "a", "年", "月，",
    "-1 -2 -3", "，" * 300, "2024年1 -3月 10",
]  # fmt: skip


@pytest.mark.parametrize("typed", BAD)
def test_no_query_looks_at_more_than_there_is_time_for(
    crowded: Index, typed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = 0
    real = Candidates._confirmed

    def counted(self: Candidates, number: int, place: int) -> bool:
        nonlocal looked
        looked += 1
        return real(self, number, place)

    monkeypatch.setattr(Candidates, "_confirmed", counted)
    _resumed.clear()
    first = search(typed, index=crowded, limit=50, patience=0.0)
    assert looked <= 400
    assert first.hits or first.hint or first.exact
    for _ask in range(300):
        if not first.going:
            break
        looked = 0
        first = search(typed, index=crowded, limit=50, patience=0.0)
        assert looked <= 400
    assert not first.going  # asked often enough, it ends


@pytest.mark.slow
@pytest.mark.parametrize("typed", BAD)
def test_an_answer_comes_within_its_time(many: Index, typed: str) -> None:
    search(typed, index=many)
    spent = []
    for _again in range(3):
        _resumed.clear()
        started = time.thread_time()
        results = search(typed, index=many)
        spent.append(time.thread_time() - started)
        assert results.hits or results.hint or results.exact
    assert min(spent) < 0.05


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """Forty thousand records."""
    folder = tmp_path_factory.mktemp("many")
    desk = Desk(folder / "desk.db")
    chance = random.Random(3)
    signs = "质量问题召回表扣的一是在不了有和人abcdefghijklmnop  -.，·年月0123"
    desk.put(*(entry(number, f"第{number}号", "".join(chance.choices(signs, k=120))) for number in range(1, 40_001)))
    index = Index(folder / "index", desk)
    index.rebuild()
    return index


def test_without_an_index_the_newest_rows_answer_first_and_the_others_follow(crowded: Index) -> None:
    rows = Index(crowded.folder / "none", crowded.source)
    page = search("2024年10", index=rows, limit=100, patience=0.0)
    assert page.going and not page.exact and "Only the newest 100 records" in page.hint and page.unusable == "missing"
    assert page.hits and min(hit.id for hit in page.hits) > HITS + DECOYS - 200  # of one kind
    totals = [page.total]
    while not page.exact:
        page = search("2024年10", index=rows, limit=HITS, patience=0.0)
        totals.append(page.total)
    assert totals == sorted(totals) and totals[-1] == HITS == len(page.hits) and not page.going


def test_a_hit_is_checked_against_its_row(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "desk.db")
    desk.put(entry(1, "表扣质量"), entry(2, "表扣断裂"))
    index = Index(tmp_path / "index", desk)
    index.catch_up()
    other = json.dumps(entry(1, "别的").__dict__)
    with desk.base:  # saved by somebody between the search's look at the journal and at the row
        desk.base.execute("UPDATE record SET entry = ? WHERE id = 1", (other,))
    results = search("表扣", index=index)
    assert ids(results) == {2} and results.total == 1


def test_a_search_that_is_told_to_stop_does(crowded: Index) -> None:
    _resumed.clear()
    page = search("2024年10", index=crowded, patience=60.0, stop=lambda: True)
    assert not page.exact and page.total < HITS


def test_snippets_show_why(index: Index) -> None:
    hit = search("质量问题 品牌", index=index).hits[0]
    assert [text for text, marked in hit.snippet if marked] == ["质量问题", "品牌"]
    assert "".join(text for text, _marked in hit.snippet).startswith("多名消费者反映，")
    (hit,) = search("回应", index=index).hits
    assert ("回應", True) in hit.snippet
    (hit,) = search("launching", index=index).hits
    assert ("launched", True) in hit.snippet
    (hit,) = search("chloe", index=index).hits
    assert ("Chloé", True) in hit.snippet
    (hit,) = search("fine", index=index).hits
    assert ("ﬁne", True) in hit.snippet


def test_a_snippet_is_a_line_of_the_text_around_the_match(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "desk.db")
    body = "前文，" * 300 + "\n就在\t这里：表扣\x07断裂\n" + "后文。" * 300
    desk.put(entry(1, "长文", body), entry(2, "空"))
    index = Index(tmp_path / "index", desk)
    index.catch_up()
    (hit,) = search("表扣", index=index).hits
    shown = "".join(text for text, _marked in hit.snippet)
    assert shown.startswith("…就在 这里：表扣断裂 后文。") and shown.endswith("…")
    assert 70 <= cells(shown) <= 90 and shown.isprintable()
    (hit,) = search("空", index=index).hits
    assert hit.snippet == [("空", True)]


TYPED_AS_TEXT = [
    ("项目：曜石", 1), ("负责人：林岚", 1), ("日期：2026年3月", 2), ("剩余 -12", 3), ("To: 王敏", 4), ("From: 李文清", 5),
    ("类：其他", 6), ("媒体：待定", 6), ("至：周五", 7), ("在：外滩", 7), ("-12 件", 3),
]  # fmt: skip


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """Texts that look like conditions and exclusions."""
    folder = tmp_path_factory.mktemp("written")
    desk = Desk(folder / "desk.db")
    desk.put(
        entry(1, "周会", "项目：曜石\n负责人：林岚", project="山海", owner="单宁"),
        entry(2, "通告", "日期：2026年3月"),
        entry(3, "台账", "剩余 -12 件"),
        entry(4, "来信", "To: 王敏"),
        entry(5, "来信", "From: 李文清"),
        entry(6, "表格", "类：其他 媒体：待定"),
        entry(7, "安排", "至：周五 在：外滩"),
    )
    index = Index(folder / "index", desk)
    index.catch_up()
    return index


@pytest.mark.parametrize(("typed", "found"), TYPED_AS_TEXT)
def test_what_looks_like_a_condition_and_finds_nothing_is_read_as_text(written: Index, typed: str, found: int) -> None:
    results = search(typed, index=written)
    assert ids(results) == {found} and "plain text" in results.hint
    assert search(typed, index=Index(written.folder / "none", written.source)).hits[0].id == found


def test_a_condition_that_finds_something_stays_one(index: Index, written: Index) -> None:
    results = search("项目:山海", index=written)
    assert ids(results) == {1} and not results.hint
    assert ids(search("质量问题 -召回", index=index)) == {1, 3}
    results = search("质量问题 kind:nonsense", index=index)
    assert ids(results) == {1, 2, 3} and "nonsense" in results.hint


def test_hints_name_what_there_is(index: Index) -> None:
    i18n.use("zh")
    results = search("outlet:财经日保", index=index)
    assert not results.hits and "财经日保" in results.hint and "财经日报" in results.hint
    i18n.use("en")
    assert "Coverage" in search("kind:covrage zzz", index=index).hint
    assert "Nothing has “nosuch” as its “outlet”." in search("outlet:nosuch", index=index).hint
    assert (
        search("kind:coverage", index=index).order
        == "newest"
        == search("kind:coverage", index=index, order="newest").order
    )
    assert search("质量", index=index).order == "relevance"


def test_kinds_are_named_in_the_language_of_the_session(monkeypatch: pytest.MonkeyPatch) -> None:
    i18n.use("zh")
    words = Vocabulary.of({"coverage": "Coverage", "person": "Person"}, {})
    (hint,) = parse("类:报到", words).hints
    assert "Coverage" not in hint and _("Coverage") in hint
    (hint,) = parse("类:zzz", words).hints
    assert _("Coverage") in hint and _("Person") in hint and "coverage" not in hint


LETTERS = "质量問題媒體发布腕錶表扣，。 \nabcdeABC12-3éßﬁ--：:"
SHAPES = st.sampled_from(["项目：", "负责人:", "To: ", "on:", "日期：2026年", " -", "-", "类：", "outlet:"])

WRITTEN = st.builds("{}{}{}".format, st.text(LETTERS, max_size=4), SHAPES, st.text(LETTERS, min_size=1, max_size=6))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(st.text(LETTERS, max_size=12), st.one_of(st.text(LETTERS, max_size=60), WRITTEN)),
        min_size=1,
        max_size=12,
    ),
    st.lists(st.one_of(st.text(LETTERS, min_size=1, max_size=6), WRITTEN), min_size=1, max_size=12),
    st.randoms(use_true_random=False),
)
def test_nothing_a_naive_scan_finds_is_missed(
    tmp_path_factory: pytest.TempPathFactory, texts: list[tuple[str, str]], made_up: list[str], chance: random.Random
) -> None:
    folder = tmp_path_factory.mktemp("naive")
    records = [entry(number, title, body) for number, (title, body) in enumerate(texts, 1)]
    desk = Desk(folder / "desk.db")
    index = Index(folder / "index", desk)
    for record in records:
        desk.put(record)
        if chance.random() < 0.5:
            index.catch_up()
    cut = [_cut(chance, record) for record in records]
    for piece in filter(None, made_up + cut):
        words = fold(piece).split()
        if not words:
            continue
        naive = {
            record.id
            for record in records
            if all(word in fold(record.title) or word in fold(rest_of(record)) for word in words)
        }
        searchable = all(any(c.isalnum() for c in word) for word in words)
        results = search(piece, index=index, limit=100)
        asked = parse(piece, Vocabulary())
        # A condition, or an exclusion beside a word, that finds something is one; with nothing found it is text.
        meant = results.hits and not results.hint and (asked.unwanted or asked.facets or asked.dated)
        assert naive <= ids(results) or not searchable or meant, piece


def _cut(chance: random.Random, record: Entry) -> str:
    text = record.title + " " + record.body
    start = chance.randrange(len(text))
    return text[start : start + chance.randint(2, 6)]


def test_the_bench_finds_everything() -> None:
    bench = Path(__file__).parent.parent / "bench" / "search.py"
    done = subprocess.run([sys.executable, bench, "200", "--small"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "recall of 80 pieces: 100.0 %" in done.stdout


HOSTILE = [
    "", " ", "\n", "a", "表", "*", "**", "[TO]", "[a TO b]", "[" * 2000, "(" * 10_000, '"' * 500, "-" * 500, "a~", "a~2", "a^9",
    "表" * 10_000, "x" * 10_000, "\x00\x1b[2J\x9b", "\ud800", "\udfff表\ud800", "{a TO}", "NOT", "AND OR", "kind:", "kind:*", "自:", "自:[TO]",
    "from:9999-99", "from:0000", "to:٢٠٢٦", "-", "--", "-*", "a -a", "??", "\\", "'; DROP TABLE", "\u202e表", "e\u0301" * 300, ": : :",
    "类::", "kind:kind:kind", "a:b:c:d", "️❤️", "①②", "㎏", "\u200b", "=launch", "^a", "kind=person", "@stamp", "🧿" * 300, "on:2026-02-30",
]  # fmt: skip


@pytest.mark.parametrize("typed", HOSTILE)
def test_whatever_is_typed_is_answered(index: Index, scanned: Index, typed: str) -> None:
    for where in (index, scanned):
        results = search(typed, index=where)
        assert results.hits or results.hint or results.total == 0
        assert "\n" not in results.hint


def _fuzz(index: Index, count: int) -> None:
    chance = random.Random(count)
    alphabet = '"-*:：“”()[]{}~^\\/|=@ \n\t\x00\ud800表質é kindfrom自至类2026-01TOANDartpartylwq，。'
    for _round in range(count):
        typed = "".join(chance.choices(alphabet, k=chance.choice((1, 2, 3, 8, 30, 300))))
        results = search(typed, index=index, order=chance.choice(("relevance", "newest")), counts=chance.random() < 0.2)
        assert results.total >= len(results.hits)


def test_fuzzed_queries(index: Index) -> None:
    _fuzz(index, 300)


@pytest.mark.slow
def test_ten_thousand_fuzzed_queries(index: Index) -> None:
    _fuzz(index, 10_000)


def test_the_command_line_does_not_load_it() -> None:
    program = (
        "import sys, prtui.cli; sys.exit(any(name.startswith(('prtui.search', 'whoosh')) for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
    program = "import sys, prtui.search.query; sys.exit(any(name.startswith('whoosh') for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
