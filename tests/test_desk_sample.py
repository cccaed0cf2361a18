"""The sample desk: what the demo shows is complete, valid, labelled, and alive on whatever day it is opened."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from prtui import clock, store
from prtui.config import Settings
from prtui.desk import documents, projects, sample, sample_files, today
from prtui.exchange import importing
from prtui.store import KINDS, journal, query
from prtui.store.approvals import approvals
from prtui.store.documents import DocumentKind, Status, text_sha, with_fingerprint
from prtui.store.links import linked
from prtui.store.projects import BOARD, Stage
from prtui.store.records import Row, checked, specs

ON = date(2026, 3, 19)
MORNING = datetime(2026, 3, 19, 1, 12, tzinfo=UTC)  # 09:12 in Shanghai
FORBIDDEN = re.compile(r"顶级|最佳|独一无二|国家级|最高级|极致|第一品牌|史无前例|全球首")


@pytest.fixture
def filled(local_desk: Settings) -> Iterator[Settings]:
    with clock.frozen(MORNING):
        with store.write("林岚") as work:
            sample.fill(work, ON)
        yield local_desk


def _one(kind: str, title: str) -> Row:
    (found,) = [row for row in query.rows(kind) if title in row.heading]
    return found


def test_one_unit_of_work_stores_every_kind_and_the_journal_verifies(local_desk: Settings) -> None:
    with clock.frozen(MORNING), store.write("林岚") as work:
        count = sample.fill(work, ON)
    assert journal.verify() == (count, "")
    assert len({entry.op for entry in journal.history(limit=count)}) == 1
    assert sum(query.count(kind) for kind in KINDS) == count
    assert {kind: query.count(kind) for kind in ("person", "outlet", "project", "task", "document")} == {
        "person": 13, "outlet": 29, "project": 15, "task": 56, "document": 18,
    }  # fmt: skip


def test_the_month_has_seventy_four_clippings_and_sixty_originals(filled: Settings) -> None:
    rows = query.rows("coverage")
    assert len(rows) == 74
    pickups = [row for row in rows if row.original == "pickup"]
    assert len(pickups) == 11
    originals = {(row.outlet.id, row.title): row for row in rows if row.original == "original"}
    assert (len(originals), len(rows) - len(pickups) - len(originals)) == (60, 3)
    assert Counter(row.sentiment for row in originals.values()) == {
        "positive": 39, "neutral": 15, "negative": 3, "mixed": 1, "unrated": 2,
    }  # fmt: skip
    codes = {row.code: row for row in rows}
    assert all(codes[row.parent].title == row.title and codes[row.parent].outlet != row.outlet for row in pickups)
    days = [row.published_at.local(sample.ZONE).date() for row in rows]
    assert ON - timedelta(days=31) < min(days) and max(days) == ON
    assert all((row.coder is None) == (row.sentiment == "unrated") for row in rows)


def test_the_launch_is_tomorrow_and_today_is_full(filled: Settings) -> None:
    launch = query.by_code("PRJ-2026-003")
    assert launch is not None
    assert (launch.name, launch.due_on, launch.budget) == ("「曜石」腕表发布会", date(2026, 3, 20), 200_000_000)
    listed = today.attention(filled)
    sections = Counter(one.section for one in listed)
    assert all(sections[name] >= 3 for name in (today.OVERDUE, today.TODAY, today.TOMORROW, today.LOOK))
    assert launch.id in [one.item.row.id for one in listed if one.section == today.TOMORROW and one.label == "Project"]
    (lift,) = [one for one in listed if one.label == "Embargo lift"]
    assert lift.item.row.embargo_at.local("Asia/Shanghai") == datetime(
        2026, 3, 20, 20, tzinfo=clock.zone("Asia/Shanghai")
    )
    (update,) = [one for one in listed if one.label == "Update"]
    assert (update.section, update.when) == (today.TODAY, "18:00")


def test_every_column_of_the_board_has_a_card_that_was_let_through(filled: Settings) -> None:
    columns = projects.board(filled)
    assert all(column.cards and not column.over for column in columns)
    assert [row.held_from for row in query.rows("project", {"stage": Stage.ON_HOLD})] == ["planning"]
    for row in query.rows("project"):
        reached = row.held_from or row.stage
        for stage in BOARD[1 : BOARD.index(Stage(reached)) + 1]:
            assert projects.GUARDS[stage](row) == [], (row.code, stage)


def test_every_text_is_where_its_approvals_allow_it_to_be(filled: Settings) -> None:
    rows = query.rows("document")
    assert {row.type for row in rows} == {kind.value for kind in DocumentKind}
    assert {row.status for row in rows} == {status.value for status in Status}
    for row in rows:
        if row.status in (Status.RELEASED, Status.CORRECTED, Status.WITHDRAWN):
            assert documents.lacking(row, Status.RELEASED) == [], row.title
            assert row.type == "minutes" or row.released_at < MORNING
        elif row.status == Status.APPROVED:
            assert documents.lacking(row, Status.APPROVED) == [], row.title
        for one in approvals(row):
            assert one.sha == text_sha(row, one.language)
            assert one.decided_at <= (row.released_at or MORNING)
    with clock.frozen(datetime(2026, 3, 20, 12, 0, 1, tzinfo=UTC)), store.write("陈立") as work:
        assert documents.advance(work, _one("document", "以天然黑曜石为面")).status == Status.RELEASED


def test_the_statements_say_what_is_known_and_mark_what_is_not(filled: Settings) -> None:
    first, update = _one("document", "表扣断裂的声明"), _one("document", "检测结果与后续措施")
    assert (first.number, first.status, update.number, update.status) == (1, "released", 2, "draft")
    assert [len(documents.UNFILLED.findall(text)) for text in (first.body, update.body, update.body_en)] == [0, 5, 5]
    for row in (first, update, _one("document", "冒用澜璟名义")):
        assert len(row.body) <= 400 and len(row.body_en.split()) <= 250


def test_minutes_hold_items_resolutions_and_actions_of_known_people(filled: Settings) -> None:
    rows = query.rows("document", {"type": "minutes"})
    names = {row.name for row in query.rows("person")}
    assert len(rows) == 6
    for row in rows:
        marks = Counter(line[:1] for line in row.body.split("\n"))
        assert marks["#"] >= 2 and marks["!"] >= 2 and marks["@"] >= 2, row.title
        for owner, day in re.findall(r"^@(\S+) (\S+) \S", row.body, re.M):
            assert owner in names
            assert abs((clock.parse_day(day, row.held_at.local().date()) - row.dated_on).days) < 60
    assert "@王敏 3/20 确认灯光" in _one("document", "倒计时").body


def test_superlatives_stand_only_in_the_draft_that_shows_them(filled: Settings) -> None:
    breaches = {
        row.code
        for kind in ("document", "coverage", "task", "project")
        for row in query.rows(kind)
        if FORBIDDEN.search(" ".join(str(row[name]) for name in specs(row.model)))
    }
    assert breaches == {_one("document", "携手六位").code}


def test_every_record_is_labelled_valid_and_filled_in(filled: Settings) -> None:
    for kind, model in KINDS.items():
        for row in query.rows(kind):
            assert sample.LABEL in row.tags.split(", ")
            values = {name: row[name] for name in specs(model) if name != "code"}
            checked(model, {}, values)
            assert not [name for name in values if isinstance(row[name], str) and re.search(r"\{[=+\d-]", row[name])]


def test_tasks_wait_for_one_another_and_records_hang_together(filled: Settings) -> None:
    embargo = _one("task", "通稿解禁发送")
    assert len(projects.unfinished_before(embargo)) == 1
    assert any(task.waived_by for task in query.rows("task", {"must": True}))
    kinds = {other.kind for other, _role in linked(_one("document", "以天然黑曜石为面"))}
    assert kinds == {"coverage", "document", "task"}
    assert {other.kind for other, _role in linked(_one("project", "「曜石」"))} == {"project"}


@pytest.mark.parametrize("hour", [0, 23])
@pytest.mark.parametrize("day", [date(2026, 11, 23), date(2028, 2, 29), date(2027, 1, 1)])
def test_it_is_alive_on_any_day_at_any_hour(local_desk: Settings, day: date, hour: int) -> None:
    now = datetime(day.year, day.month, day.day, hour, 1, tzinfo=clock.zone("Asia/Shanghai"))
    with clock.frozen(now):
        with store.write("林岚") as work:
            sample.fill(work, clock.today("Asia/Shanghai"))
        assert query.count("coverage") == 74
        assert _one("project", "「曜石」").due_on == day + timedelta(days=1)
        assert not [row for row in query.rows("coverage") if row.published_at.at > clock.now()]
        assert all(one.decided_at <= clock.now() for one in query.rows("approval"))


def test_the_folder_of_mixed_files_is_read_and_all_new(filled: Settings, tmp_path: Path) -> None:
    written = sample_files.folder(tmp_path / "下载", ON)
    assert len(written) == 20
    assert {path.suffix for path in written} == {".txt", ".md", ".html", ".htm", ".eml"}
    planned = importing.plan([tmp_path / "下载"], with_fingerprint, sample.ZONE)
    assert Counter(one.action for one in planned) == {importing.NEW: 20}
    readings = {one.path.name: one.reading for one in planned if one.reading}
    assert Counter(one.kind_guess for one in readings.values()) == {
        "coverage": 7, "minutes": 2, "release": 2, "statement": 2, "note": 7,
    }  # fmt: skip
    assert {"gb18030", "big5", "utf-16"} <= {one.encoding.lower().removesuffix("-le") for one in readings.values()}
    stored = {row.title for kind in ("document", "coverage") for row in query.rows(kind)}
    assert not stored & {one.title for one in readings.values()}
    mail = readings["供应商报价.eml"]
    assert (mail.title, mail.author, mail.on) == ("媒体日搭建报价（第二版）", "罗一凡", date(2026, 3, 15))
    page = readings["caijing_20260225.htm"]
    assert (page.outlet, page.author, page.on) == ("财经日报", "魏然", date(2026, 2, 25))
