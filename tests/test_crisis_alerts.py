"""What a crisis puts on Today: deadlines, silence, stale texts, telephones, and drills that are due."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from prtui import clock, store
from prtui.config import Settings
from prtui.desk import crisis, crisis_picture, crisis_status, records, today
from tests.crises import at, do, drafted, moment, published, started, team


def listed(settings: Settings, when: datetime) -> list[tuple[str, str, str]]:
    with clock.frozen(when):
        return [(one.section, one.label, one.item.what) for one in today.attention(settings)]


def words(settings: Settings, when: datetime, label: str) -> list[str]:
    return [what for _section, found, what in listed(settings, when) if found == label]


def test_an_empty_desk_asks_for_nothing(desk: Settings) -> None:
    assert listed(desk, at(9)) == []


def test_the_next_step_and_the_clocks_stand_first(desk: Settings) -> None:
    team()
    started()
    with clock.frozen(at(3, 12)):
        rows = today.attention(desk)
    assert [(one.label, one.item.what, one.item.note) for one in rows[:2]] == [
        ("Crisis", "曜石腕表表扣断裂致伤: Convene", "80 % of its time"),
        ("Crisis", "曜石腕表表扣断裂致伤: First statement", ""),
    ]
    assert not [one for one in rows if "Defect report" in one.item.what]  # due in two working days
    with clock.frozen(at(3, 12)):
        week = [one.item.what for one in today.attention(desk, days=7)]
    assert "曜石腕表表扣断裂致伤: Statutory Defect report" in week


def test_a_silent_approver_is_named_with_the_substitute_and_the_hour_there(desk: Settings) -> None:
    team(substitutes=True)
    row = started()
    drafted(row)
    do(at(3, 45), crisis.stamp, row, 5)
    assert not [what for what in words(desk, at(3, 59), "Crisis") if "silent" in what]
    (silent,) = [what for what in words(desk, at(4, 1), "Crisis") if "silent" in what]
    assert silent == "曜石腕表表扣断裂致伤: Counsel 周衡 is silent, call 周衡代 (night in Shanghai)"
    do(at(4, 2), crisis.stamp, row, 6)
    (silent,) = [what for what in words(desk, at(6, 30), "Crisis") if "silent" in what]
    assert silent == "曜石腕表表扣断裂致伤: GM Dubois is silent, call Dubois代 (night in Paris)"


def test_a_text_older_than_the_newest_fact_is_named(desk: Settings) -> None:
    team()
    row = started()
    drafted(row)
    do(at(3, 50), crisis.stamp, row, 6)
    do(at(3, 55), crisis.log, row, "第二位顾客", "fact", True)
    assert [what for what in words(desk, at(4), "Crisis") if "older than the newest fact" in what]
    with clock.frozen(at(4)):
        assert "older" in "".join(crisis_picture.status_lines(crisis_status.status(desk, row)))


def test_enquiries_press_harder_as_their_deadline_comes(desk: Settings) -> None:
    row = do(at(9), records.add, "enquiry", {"question": "供应商是谁", "deadline_at": moment(12)})
    for hour, minute, weight, note in (
        (9, 30, 1, ""),
        (10, 1, 0, ""),
        (11, 31, 0, "30 minutes!"),
        (12, 5, 0, "30 minutes!"),
    ):
        with clock.frozen(at(hour, minute)):
            (item,) = [one.item for one in today.attention(desk) if one.label == "Enquiry"]
        assert (item.row.id, item.weight, item.note) == (row.id, weight, note)
    do(at(12, 6), records.change, row, {"status": "expired"})
    assert words(desk, at(12, 7), "Enquiry") == []


def test_telephones_age_and_drills_are_missed(desk: Settings) -> None:
    team("pr", "legal")
    assert words(desk, at(9), "Phone") == []
    assert words(desk, at(9) + timedelta(days=80), "Phone") == [
        "phones of the crisis team not verified for 90 days: 林岚, 周衡"
    ]
    assert words(desk, at(9), "Drill") == ["no drill for 180 days"]
    do(at(9), crisis.start, "x", drill=True)
    assert words(desk, at(9) + timedelta(days=180), "Drill") == []
    assert words(desk, at(9) + timedelta(days=181), "Drill") == ["no drill for 180 days"]
    with store.write("林岚") as work:
        work.add("drilldate", title="夏季演练", planned_on=date(2026, 3, 16))
    assert "夏季演练" in words(desk, at(10), "Drill")


def test_complaints_and_reviews_fall_due(desk: Settings) -> None:
    team()
    row = published(started())
    complaint = do(at(5), records.add, "complaint", {"demand": "退款", "crisis": row})
    assert words(desk, at(9, 0, 16), "Complaint") == ["退款"]
    complaint = do(at(9, 0, 16), records.change, complaint, {"settled_how": "换货"})
    do(at(9, 0, 16), records.change, complaint, {"status": "closed"})
    assert words(desk, at(10, 0, 16), "Complaint") == []
    do(at(17, 5, 18), crisis.stamp, row, 11)
    assert words(desk, at(9, 0, 20), "Crisis review") == []
    assert words(desk, at(9, 0, 24), "Crisis review") == ["曜石腕表表扣断裂致伤: Debrief"]


def test_a_negative_piece_of_an_a_tier_outlet_offers_f12(desk: Settings) -> None:
    with clock.frozen(at(8)), store.write("林岚") as work:
        outlet = work.add("outlet", name="财经日报", tier="A")
        piece = work.add("coverage", title="表扣", outlet=outlet, published_at=moment(7), sentiment="negative")
    assert words(desk, at(9), "Coverage") == ["财经日报 is negative: 表扣 (F12?)"]
    row = do(at(9), crisis.start, "x")
    do(at(9), records.link, piece, row)
    assert words(desk, at(9, 1), "Coverage") == []


def test_a_bell_rings_once_at_fifteen_five_and_nothing() -> None:
    assert crisis_status.rings(901, 900) and crisis_status.rings(301, 299) and crisis_status.rings(1, 0)
    assert not crisis_status.rings(900, 899) and not crisis_status.rings(None, 5) and not crisis_status.rings(-1, -2)
