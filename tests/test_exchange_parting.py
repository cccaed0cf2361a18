"""A text that is taken in keeps every word: what its template says goes into fields, the rest stays as it was written."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from prtui import store
from prtui.clock import Moment
from prtui.config import Settings
from prtui.exchange import importing, storing
from prtui.exchange.parting import parted
from prtui.store import Row, query
from prtui.store.feed import entry

ZONE = "Asia/Shanghai"

RELEASE = """新闻稿

即时发布 / FOR IMMEDIATE RELEASE

澜璟在成都门店开设修复角
每周三天，师傅坐在顾客对面

（成都，2026年3月20日）——澜璟将在成都门店开设修复角，每周三天由制表师驻店。
“看得见的修理，比看得见的橱窗更让人放心。”店长唐蓉说。

## 关于修复角
预约电话：021-5555 0100。

（完）
"""
ENGLISH = """EMBARGOED UNTIL 20 March 2026, 20:00 (Beijing time, UTC+8)

# LANJING opens a repair corner in its Chengdu boutique

NEW YORK, 20 March 2026 — LANJING will open a repair corner.

Every repair comes with a written account.

Media contact: press@lanjing.example

-30-
"""
MINUTES = """会议纪要：媒体日筹备会

会议编号：2026-08
会议时间：2026年3月5日（周四）下午2:30—4:00
地 点：上海办公室小会议室　　主持人：陈立
记录人：顾念
出席：高远、苏晴、王敏
列席：罗一凡（星幕科技）
缺席：沈一（出差）

一、场地
地点：外滩三处。旧纺织厂自然光好。
! 优先旧纺织厂。
"""
ENGLISH_MINUTES = """# Minutes of the call with the Paris workshop

Date: 5 March 2026
Time: 4 p.m. Paris time
Place: online
Chair: Claire Moreau
Recorder: Chen Li
Present: Lin Lan, Chen Li
In attendance: Luo Yifan
Apologies: Gao Yuan

## Photography
The north window is free on both mornings.
"""


def taken(folder: Path, desk: Settings, name: str, text: str) -> Row:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    planned = importing.plan([path], lambda _mark: None, desk.zone)
    done = storing.bring_in(desk, planned)
    assert (done.failed, len(done.codes)) == ([], 1)
    row = query.by_code(done.codes[0])
    assert row is not None
    return row


def test_a_release_is_its_fields_and_its_body(local_desk: Settings, tmp_path: Path) -> None:
    row = taken(tmp_path, local_desk, "稿.txt", RELEASE)
    assert (row.type, row.title, row.subtitle) == ("release", "澜璟在成都门店开设修复角", "每周三天，师傅坐在顾客对面")
    assert (row.city, row.dated_on, row.body_en) == ("成都", date(2026, 3, 20), "")
    assert row.body.startswith("澜璟将在成都门店开设修复角，") and row.body.endswith("预约电话：021-5555 0100。")
    assert "## 关于修复角" in row.body
    said = f"{row.body}\n{row.left_out}".split("\n")
    for line in filter(None, RELEASE.split("\n")):
        assert line in said or line.startswith("（成都"), line
    assert "（成都，2026年3月20日）——" in said and "即时发布 / FOR IMMEDIATE RELEASE" in entry(row).body


def test_an_english_release_is_kept_as_the_english_version(local_desk: Settings, tmp_path: Path) -> None:
    row = taken(tmp_path, local_desk, "release.md", ENGLISH)
    assert row.title == row.title_en == "LANJING opens a repair corner in its Chengdu boutique"
    assert (row.body, row.city, row.city_en, row.dated_on) == ("", "", "New York", date(2026, 3, 20))
    assert row.embargo_at == Moment.read("2026-03-20T12:00:00.000000Z Asia/Shanghai")
    assert row.body_en == (
        "LANJING will open a repair corner.\n\nEvery repair comes with a written account.\n\n"
        "Media contact: press@lanjing.example"
    )


def test_the_box_of_minutes_fills_their_fields(local_desk: Settings, tmp_path: Path) -> None:
    row = taken(tmp_path, local_desk, "纪要.txt", MINUTES)
    assert (row.type, row.place, row.chair, row.recorder) == ("minutes", "上海办公室小会议室", "陈立", "顾念")
    assert (row.present, row.in_attendance, row.absent) == ("高远、苏晴、王敏", "罗一凡（星幕科技）", "沈一（出差）")
    assert str(row.held_at) == "2026-03-05 14:30" and row.dated_on == date(2026, 3, 5)
    assert row.body == "会议编号：2026-08\n\n一、场地\n地点：外滩三处。旧纺织厂自然光好。\n! 优先旧纺织厂。"
    assert "会议时间：2026年3月5日（周四）下午2:30—4:00" in row.left_out


def test_english_minutes_fill_the_same_fields(local_desk: Settings, tmp_path: Path) -> None:
    row = taken(tmp_path, local_desk, "minutes.md", ENGLISH_MINUTES)
    assert (row.place, row.chair, row.recorder) == ("online", "Claire Moreau", "Chen Li")
    assert (row.present, row.in_attendance, row.absent) == ("Lin Lan, Chen Li", "Luo Yifan", "Gao Yuan")
    assert row.held_at.stored() == "2026-03-05T15:00:00.000000Z Europe/Paris"
    assert (row.body, row.title_en) == ("", "Minutes of the call with the Paris workshop")
    assert row.body_en == "## Photography\nThe north window is free on both mornings."


def test_a_statement_in_english_and_a_note_are_kept_in_their_language(local_desk: Settings, tmp_path: Path) -> None:
    row = taken(tmp_path, local_desk, "s.md", "# Statement on counterfeit straps\n\nThey are not ours.")
    assert (row.type, row.body_en, row.body) == ("statement", "They are not ours.", "")
    note = taken(tmp_path, local_desk, "n.txt", "Note to self\nCall Lin.")
    assert (note.type, note.body_en, note.left_out) == ("note", "Note to self\nCall Lin.", "")
    both = taken(
        tmp_path, local_desk, "b.txt", "备忘 memo\n" + "我们已经看过场地。" * 8 + "We have seen the place. " * 8
    )
    assert both.body and not both.body_en


@pytest.mark.parametrize(
    ("line", "city", "day"),
    [
        ("（上海，2026年3月20日）——", "上海", date(2026, 3, 20)),
        ("【中国上海，2026年3月20日】", "中国上海", date(2026, 3, 20)),
        ("(2026年3月20日，上海) -- ", "上海", date(2026, 3, 20)),
        ("2026年3月20日，上海 — ", "上海", date(2026, 3, 20)),
        ("SHANGHAI, 20 March 2026 — ", "Shanghai", date(2026, 3, 20)),
        ("Paris, March 20, 2026 – ", "Paris", date(2026, 3, 20)),
        ("(SHANGHAI, China, March 20, 2026) -- ", "Shanghai, China", date(2026, 3, 20)),
    ],
)
def test_datelines_are_known(line: str, city: str, day: date) -> None:
    found = parted("release", "标题", f"标题\n{line}正文。\n尾", ZONE)
    given = str(found.fields["city"])
    assert (given.title() if given.isascii() else given, found.fields["dated_on"]) == (city, day)
    assert found.body == "正文。\n尾"


@pytest.mark.parametrize(
    "text",
    [
        "自即日起，2026年3月20日——4月1日，展览开放。\n### 小节",
        "上海，2026年2月30日——正文。",
        "On Friday, 20 March 2026 — a day like any other — we opened.",
        "保密期至展览开幕\n正文。",
        "EMBARGOED UNTIL 20 March 2026, 20:00 (ship's time)\nText.",
        "保密期至2026年3月20日20:00（巴黎时间，UTC+8）\n正文。",
        "关于我们\n即时发布的消息，不等人。\n（未完）",
        "- 30 - pieces\n30",
    ],
)
def test_what_is_not_certain_stays_in_the_text(text: str) -> None:
    assert parted("release", "另一个标题", text, ZONE).body == text


def test_a_dateline_below_more_than_a_subtitle_stays(tmp_path: Path) -> None:
    text = "标题\n一段引子，写得很长。\n又一段。\n（上海，2026年3月20日）——正文。"
    found = parted("release", "标题", text, ZONE)
    assert found.body == text.removeprefix("标题\n") and "city" not in found.fields


@pytest.mark.parametrize(
    ("line", "held"),
    [
        ("会议时间：2026年3月5日 14:00", "2026-03-05T06:00"),
        ("时间：2026-03-05 9时30分", "2026-03-05T01:30"),
        ("时间：2026年3月5日晚7点半", "2026-03-05T11:30"),
        ("時間：2026年3月5日 16:00（巴黎时间）", "2026-03-05T15:00"),
        ("Time: 5 March 2026, 10:15 a.m.", "2026-03-05T02:15"),
        ("会议时间：2026年3月5日", None),
        ("会议时间：3月5日 14:00", None),
        ("Time: 5 March 2026, 14:00 GMT", None),
    ],
)
def test_the_time_of_a_meeting_is_taken_only_when_it_is_whole(line: str, held: str | None) -> None:
    found = parted("minutes", "周会", f"周会\n{line}\n正文", ZONE)
    at = found.fields.get("held_at")
    assert (at.stored()[:16] if isinstance(at, Moment) else None) == held
    assert (line in found.body) == (held is None)


def test_a_table_at_the_top_of_minutes_is_read(tmp_path: Path) -> None:
    found = parted(
        "minutes", "周会", "会议时间\t2026年3月5日 14:00\t地点\t上海\n**出席**：王敏\n出席：另一人\n正文", ZONE
    )
    assert found.fields["place"] == "上海" and found.fields["present"] == "王敏"
    assert found.body == "出席：另一人\n正文"


def test_one_undo_takes_a_parted_text_back_whole(local_desk: Settings, tmp_path: Path) -> None:
    row = taken(tmp_path, local_desk, "稿.txt", RELEASE)
    with store.write("林岚") as work:
        work.undo()
    assert query.by_code(row.code) is None
