"""One line, in Chinese or English, becomes the record that was meant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prtui import clock, store
from prtui.clock import Moment
from prtui.config import Settings
from prtui.desk import quick, records
from prtui.errors import NotFound, PrtuiError
from prtui.store import Row, query

MONDAY = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@pytest.fixture
def desk(local_desk: Settings) -> Iterator[Settings]:
    with clock.frozen(MONDAY):
        with store.write("林岚") as work:
            owner = work.add("person", name="王敏", name_en="Wang Min")
            work.add("person", name="林岚")
            work.add("project", name="曜石腕表发布会", owner=owner)
            for name in ("VOGUE", "财经日报", "The New York Times"):
                work.add("outlet", name=name)
        yield local_desk


def stored(line: str, desk: Settings) -> Row:
    kind, values = quick.read(line, desk)
    return store.perform("林岚", records.add, kind, values)


@pytest.mark.parametrize(
    "line",
    [
        "任务 确认灯光 @王敏 3/20 PRJ-2026-001",
        "task 3月20日 确认灯光 prj-1 @wangmin",
        "Task 确认灯光 ＠王敏 2026-03-20 PRJ-001",
        "任务　确认灯光　@wm　３／２０　ＰＲＪ-001",
    ],
)
def test_a_task_by_any_order_and_width(desk: Settings, line: str) -> None:
    row = stored(line, desk)
    assert (row.kind, row.title, row.owner.title, row.due_on) == ("task", "确认灯光", "王敏", date(2026, 3, 20))
    assert row.project.code == "PRJ-2026-001"


@pytest.mark.parametrize(
    ("line", "outlet", "title", "sentiment", "day"),
    [
        ("报道 VOGUE 2026-03-01 正面 腕表特写", "VOGUE", "腕表特写", "positive", 1),
        ("coverage the new york times 3/1 negative A clasp comes loose", "The New York Times", "A clasp comes loose", "negative", 1),
        ("报道 财经日报 昨天 中性 黑曜石 与 时间", "财经日报", "黑曜石 与 时间", "neutral", 1),
    ],
)  # fmt: skip
def test_coverage_with_its_outlet_tone_and_day(
    desk: Settings, line: str, outlet: str, title: str, sentiment: str, day: int
) -> None:
    row = stored(line, desk)
    assert (row.outlet.title, row.title, row.sentiment) == (outlet, title, sentiment)
    assert row.published_at == Moment(datetime(2026, 2, 28, 16, 0, tzinfo=UTC), "Asia/Shanghai")
    assert row.published_at.local().date() == date(2026, 3, day)


@pytest.mark.parametrize(("word", "kind"), [("声明", "statement"), ("新闻稿", "release"), ("minutes", "minutes")])
def test_a_document_by_the_word_for_its_kind(desk: Settings, word: str, kind: str) -> None:
    row = stored(f"{word} 关于表扣的说明", desk)
    assert (row.kind, row.type, row.title) == ("document", kind, "关于表扣的说明")


def test_what_is_left_out_is_filled_in(desk: Settings) -> None:
    row = stored("任务 确认灯光", replace(desk, actor="林岚"))
    assert (row.owner.title, row.due_on, row.project) == ("林岚", None, None)
    kind, values = quick.read("报道 财经日报 腕表", desk)
    assert (kind, values["published_at"]) == ("coverage", Moment(MONDAY, "Asia/Shanghai"))


@pytest.mark.parametrize(
    "title", ["wedding gifts", "friend list", "money matters", "sunrise at the atelier", "1986 年的工坊"]
)
def test_words_that_only_begin_like_a_day_stay_in_the_title(desk: Settings, title: str) -> None:
    row = stored(f"task {title}", desk)
    assert (row.title, row.due_on) == (title, None)


@pytest.mark.parametrize(("word", "day"), [("friday", 6), ("Fri", 6), ("周五", 6), ("+3d", 5), ("明天", 3)])
def test_days_are_read_as_people_say_them(desk: Settings, word: str, day: int) -> None:
    assert stored(f"task lights {word}", desk).due_on == date(2026, 3, day)


@pytest.mark.parametrize("line", ["", "   ", "hello", "开会", "灯光 任务"])
def test_a_line_that_names_no_kind_gets_an_example(desk: Settings, line: str) -> None:
    with pytest.raises(PrtuiError) as caught:
        quick.read(line, desk)
    assert "task" in caught.value.hint


def test_a_line_without_a_title_or_with_a_stranger_is_refused(desk: Settings) -> None:
    with pytest.raises(PrtuiError):
        quick.read("任务 @王敏 3/20", desk)
    with pytest.raises(NotFound) as caught:
        quick.read("任务 灯光 @nobody", desk)
    assert "nobody" in str(caught.value)


def test_no_line_moves_a_guarded_field(desk: Settings) -> None:
    row = stored("项目 门店开幕 执行 launch", desk)
    assert row.stage == "idea" and row.type == "launch"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(line=st.text(max_size=40), word=st.sampled_from(["task ", "报道 ", "声明 ", "project ", "person ", ""]))
def test_no_line_breaks_it(desk: Settings, line: str, word: str) -> None:
    try:
        kind, values = quick.read(word + line, desk)
    except PrtuiError as error:
        assert str(error)
    else:
        assert kind in ("task", "coverage", "document", "project", "person", "outlet", *query.KINDS)
        assert values[query.KINDS[kind].titled_by]


# -- what was meant and is wrong -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("任务 没有负责人 2026-02-31", "2026-02-31"),
        ("task 13/45 x", "13/45"),
        ("任务 灯光 2月30日", "2月30日"),
        ("任务　灯光　２０２６－１３－０１", "2026-13-01"),
        ("报道 VOGUE 2026-02-30 腕表特写", "2026-02-30"),
        ("纪要 周会 2026年2月31日", "2026年2月31日"),
    ],
)
def test_a_day_that_does_not_exist_is_never_part_of_a_title(desk: Settings, line: str, word: str) -> None:
    with pytest.raises(PrtuiError) as caught:
        quick.read(line, desk)
    assert word in str(caught.value).translate(str.maketrans("０１２３４５６７８９－", "0123456789-"))


def test_what_only_looks_like_a_day_may_be_quoted(desk: Settings) -> None:
    assert stored('task "50/50" split', desk).title == '"50/50" split'
    assert stored("task 3/20 2026.5 版 1.5 倍 24-7", desk).title == "2026.5 版 1.5 倍 24-7"
    assert stored("task 3/20 13/45 x", desk).title == "13/45 x"  # the day is there already


def test_the_tier_of_a_clipping_is_its_outlets(desk: Settings) -> None:
    vogue = query.find("outlet", "VOGUE")
    with pytest.raises(PrtuiError) as caught:
        quick.read("报道 VOGUE 2026-03-01 正面 A级 PRJ-2026-001", desk)
    assert vogue.code in str(caught.value) and "tier C" in str(caught.value)
    with store.write("林岚") as work:
        work.edit(vogue, tier="A")
    for word in ("A级", "Ａ级", "a级", "A-tier"):
        row = stored(f"报道 VOGUE 2026-03-01 正面 {word} PRJ-2026-001", desk)
        assert (row.title, row.sentiment, row.project.code) == ("VOGUE 2026-03-01", "positive", "PRJ-2026-001")
    assert stored("报道 VOGUE A级 腕表 A 面", desk).title == "腕表 A 面"
    assert stored("报道 VOGUE", desk).title == "VOGUE 2026-03-02"


def test_a_part_of_a_name_is_a_kind_as_in_search(desk: Settings) -> None:
    row = stored("纪要 周会 3/5", desk)
    assert (row.type, row.title, row.dated_on) == ("minutes", "周会", date(2026, 3, 5))
    for word in ("危机处理", "媒体报道", "as", "稿"):
        assert quick.kind_named(word) is None


def test_a_stranger_gives_a_task_to_the_owner_of_its_project(desk: Settings) -> None:
    kind, values = quick.read("任务 灯光 PRJ-1", replace(desk, actor="nobody"))
    assert (kind, values["owner"].title) == ("task", "王敏")


def test_without_a_person_it_says_what_to_do(local_desk: Settings) -> None:
    with pytest.raises(PrtuiError) as caught:
        quick.read("任务 x", local_desk)
    assert "林岚" in str(caught.value) and "--as" in caught.value.hint and "person" in caught.value.hint
