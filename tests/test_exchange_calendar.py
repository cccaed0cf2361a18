"""Calendar files: a change replaces the entry, lines are short, and nothing typed breaks out of its field."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from prtui import clock
from prtui.exchange.calendar import Event, calendar

STAMP = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
LAUNCH = Event(
    "PRJ-2026-003@lanjing.example", "「曜石」腕表发布会", clock.parse_moment("2026-03-20 19:00", "Asia/Shanghai"),
    place="西岸艺术中心B馆, 龙腾大道2555号", sequence=3,
)  # fmt: skip


def unfolded(content: bytes) -> list[str]:
    return content.decode().replace("\r\n ", "").split("\r\n")


def test_times_are_utc_and_the_entry_can_be_replaced() -> None:
    lines = unfolded(calendar([LAUNCH], STAMP))
    assert "DTSTART:20260320T110000Z" in lines and "DTEND:20260320T130000Z" in lines
    assert "UID:PRJ-2026-003@lanjing.example" in lines and "SEQUENCE:3" in lines and "DTSTAMP:20260301T080000Z" in lines
    later = replace(LAUNCH, starts=clock.parse_moment("2026-03-20 12:00", "Europe/Paris"), sequence=4)
    assert "DTSTART:20260320T110000Z" in unfolded(calendar([later], STAMP))
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-2:] == ["END:VCALENDAR", ""]


def test_a_reminder_comes_the_day_before_unless_none_is_wanted() -> None:
    assert "TRIGGER:-PT1440M" in unfolded(calendar([LAUNCH], STAMP))
    assert "TRIGGER:-PT15M" in unfolded(calendar([replace(LAUNCH, remind=timedelta(minutes=15))], STAMP))
    assert "BEGIN:VALARM" not in unfolded(calendar([replace(LAUNCH, remind=None)], STAMP))


def test_no_line_is_longer_than_75_octets_and_no_character_is_parted() -> None:
    content = calendar([replace(LAUNCH, description="石头的脾气，" * 60)], STAMP)
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert "DESCRIPTION:" + "石头的脾气，" * 60 in unfolded(content)
    for line in content.split(b"\r\n"):
        line.decode()


def test_what_is_typed_stays_in_its_field() -> None:
    content = calendar([replace(LAUNCH, title="a;b,c\\d\nEND:VEVENT\x00\u202e")], STAMP)
    lines = unfolded(content)
    assert "SUMMARY:a\\;b\\,c\\\\d\\nEND:VEVENT" in lines
    assert lines.count("END:VEVENT") == 1 and lines.count("BEGIN:VEVENT") == 1
