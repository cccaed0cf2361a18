"""Search over a real desk: what is saved is found, what is removed is not, on both engines."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest

from prtui import clock, i18n, store
from prtui.config import Settings
from prtui.search import index as indexes
from prtui.search import query as finding
from prtui.search.index import Index, open_index
from prtui.search.query import Results

search = partial(finding.search, patience=60.0)  # all rows are read on a busy machine, too


@pytest.fixture
def index(desk: Settings) -> Index:
    return open_index(desk.data / "index")


def codes(results: Results) -> list[str]:
    return [hit.code for hit in results.hits]


def test_what_is_saved_is_found_and_what_is_removed_is_not(desk: Settings, index: Index) -> None:
    with store.write("林岚") as work:
        outlet = work.add("outlet", name="财经日报", tier="A")
        at = clock.parse_moment("2026-03-16 09:00", "Asia/Shanghai")
        piece = work.add("coverage", title="腕表表扣質量問題调查", outlet=outlet, published_at=at, sentiment="negative")
        owner = work.add("person", name="单宁")
        draft = work.add(
            "document", title="关于表扣质量问题的声明", type="statement", body="We launched a recall.", owner=owner,
            dated_on=date(2026, 3, 15),
        )  # fmt: skip
    assert index.catch_up() > 0
    i18n.use("zh")
    assert codes(search("质量问题")) == [piece.code, draft.code]
    assert codes(search("质量问题 类:报道")) == [piece.code]
    assert codes(search("质量问题 类:声明")) == [draft.code]
    assert codes(search("质量问题 倾向：负面")) == [piece.code]
    assert codes(search("媒体:财经 自:2026年3月")) == [piece.code]
    assert codes(search("launches kind:document")) == [draft.code]
    assert codes(search("shanning"))[0] == owner.code
    assert codes(search(draft.code))[0] == draft.code
    with store.write("林岚") as work:
        work.remove(piece)
        work.edit(draft, title="关于表带的声明")
    assert codes(search("质量问题")) == []  # before the index knows
    assert codes(search("表带")) == [draft.code]
    index.catch_up()
    assert codes(search("质量问题")) == []
    assert codes(search("表带")) == [draft.code]
    status = index.status()
    assert status.state == "ready" and status.applied == status.head and status.records == index.rebuild()


def test_the_index_of_an_open_desk_needs_no_opening(desk: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexes, "_opened", None)
    with store.write("林岚") as work:
        work.add("person", name="李文清")
    assert len(search("lwq").hits) == 1
    assert indexes.current().folder == desk.data / "index"


def test_a_renamed_outlet_is_found_in_its_coverage_at_once_and_after_catching_up(desk: Settings) -> None:
    with store.write("林岚") as work:
        outlet = work.add("outlet", name="都市周报")
        at = clock.parse_moment("2026-03-12 09:00", "Asia/Shanghai")
        piece = work.add("coverage", title="腕表", outlet=outlet, published_at=at)
    index = open_index(desk.data / "index")
    index.catch_up()
    with store.write("林岚") as work:
        work.edit(outlet, name="浦江晨报")
    assert piece.code in [hit.code for hit in search("浦江晨报").hits]
    index.catch_up()
    assert piece.code in [hit.code for hit in search("浦江晨报").hits]
    assert piece.code not in [hit.code for hit in search("都市周报").hits]


def test_what_a_director_looks_for_is_searched_and_every_code_jumps(desk: Settings, index: Index) -> None:
    at = clock.parse_moment("2026-03-16 09:00", "Asia/Shanghai")
    with store.write("林岚") as work:
        outlet = work.add("outlet", name="财经日报")
        url = "https://example.com/a/4711"
        piece = work.add("coverage", title="腕表", outlet=outlet, published_at=at, url=url)
        person = work.add("person", name="李文清", phone="13800138000", email="wq@vogue.example")
        enquiry = work.add(
            "enquiry", question="何时回应", outlet=outlet, phone="021-5555", received_at=at, deadline_at=at
        )
        crisis = work.add("crisis", title="表扣", detected_at=at)
        reached = {"crisis": crisis, "n": 1, "happened_at": at, "note": "值班电话通知"}
        milestone = work.add("milestone", **reached)
        decided = {"subject_kind": "coverage", "subject_row": piece.id, "step": "legal", "decision": "approved"}
        approval = work.add("approval", by="周衡", remark="删去价格后可发", **decided)
        muster = work.add("muster", crisis=crisis, role="发言人", person=person)
    for _state in ("rows", "index"):
        assert codes(search("13800138")) == [person.code] == codes(search("wq@vogue"))
        assert codes(search("example.com/a/47")) == [piece.code]
        assert codes(search("021-5555")) == [enquiry.code]
        assert codes(search("删去价格")) == [approval.code] and codes(search("值班电话")) == [milestone.code]
        for row in (piece, person, enquiry, crisis, milestone, approval, muster):
            assert codes(search(row.code))[:1] == [row.code]
        assert codes(search("发言人")) == []
        index.catch_up()


def test_an_erased_record_is_out_of_the_files_when_the_index_has_caught_up(desk: Settings, index: Index) -> None:
    with store.write("林岚") as work:
        for number in range(600):
            work.add("person", name=f"客人{number}", note="普通")
        row = work.add("person", name="绝密来宾", note="zanzibar")
    index.catch_up()
    with store.write("林岚") as work:
        row = work.edit(row, name="（已删除）", note="")
        work.blank(row, reason="按本人要求")
    index.catch_up()
    raw = b"".join(path.read_bytes() for path in index.folder.rglob("*") if path.is_file()).decode(errors="replace")
    assert "绝密来宾" not in raw and "zanzibar" not in raw
