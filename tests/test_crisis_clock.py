"""The clock of a crisis: two keys, stored instants, late entries, corrections, frozen and jumping clocks, two zones, DST."""

from __future__ import annotations

from datetime import timedelta

import pytest

from prtui import clock, store
from prtui.config import Settings
from prtui.desk import crisis, crisis_course, crisis_log, crisis_review, crisis_status, records
from prtui.desk.crisis_picture import status_lines
from prtui.errors import Invalid, Refused
from prtui.store import journal, query
from prtui.store.crisis import all_entries, undone
from prtui.store.records import Row
from tests.crises import at, do, moment, published, started, team


def last_words(row: Row) -> list[str]:
    return [entry.text for entry in query.rows("logentry", {"crisis": row.id}, order=("id",))]


def test_nothing_is_needed_to_start_the_clock(desk: Settings) -> None:
    row = do(at(2, 47), crisis.start)
    assert (row.code, row.state, row.level, row.held_by) == ("CRS-2026-001", "monitoring", "", "林岚")
    with clock.frozen(at(3, 5, second=24)):
        status = crisis_status.status(desk, row)
    assert status.elapsed == 18 * 60 + 24
    assert status.big is not None and status.big.name == "First statement"
    assert status.left == 41 * 60 + 36
    assert status.next is not None and status.next.n == 2


def test_drills_have_numbers_of_their_own(desk: Settings) -> None:
    codes = [do(at(3), crisis.start, drill=drill).code for drill in (True, False, True)]
    assert codes == ["DRL-2026-001", "CRS-2026-001", "DRL-2026-002"]
    assert query.by_code("drl 2").drill
    assert query.any_record("CRS-001").code == "CRS-2026-001"


def test_a_level_without_a_team_is_refused_and_the_clock_runs_on(desk: Settings) -> None:
    row = do(at(2, 47), crisis.start)
    with pytest.raises(Refused) as caught:
        do(at(2, 50), crisis.stamp, row, 2, level="I")
    assert caught.value.missing == ["GM", "Counsel"]
    team()
    assert do(at(2, 55), crisis.stamp, row, 2, level="I").crisis.state == "declared"


def test_the_future_is_refused_and_the_past_needs_a_reason(desk: Settings) -> None:
    team()
    row = started()
    with pytest.raises(Refused, match="future"):
        do(at(3), crisis_log.log, row, "x", at=moment(3, 1))
    with pytest.raises(Refused, match="why"):
        do(at(3, 10), crisis_log.log, row, "x", at=moment(3, 4))
    entry = do(at(3, 10), crisis_log.log, row, "x", at=moment(3, 4), reason="noted on paper")
    assert (entry.happened_at, entry.recorded_at) == (moment(3, 4), at(3, 10))
    assert do(at(3, 10), crisis_log.log, row, "y", at=moment(3, 6)).happened_at == moment(3, 6)
    with pytest.raises(Refused, match="future"):
        do(at(3), crisis.start, at=moment(3, 1))


def test_what_comes_before_its_cause_is_refused(desk: Settings) -> None:
    team()
    row = published(started())
    with pytest.raises(Refused) as caught:
        do(at(5), crisis.correct, row, 8, moment(2, 30), "typed wrong")
    assert caught.value.missing == [
        "“Publish” before “Detect”",
        "“Publish” before “Legal”",
        "“Publish” before “Approve”",
    ]
    for n, when in ((6, moment(4, 25)), (7, moment(4, 40)), (1, moment(3))):
        with pytest.raises(Refused, match="out of order"):
            do(at(5), crisis.correct, row, n, when, "heard later")
    with pytest.raises(Refused, match="out of order"):
        do(at(5), crisis.stamp, row, 0, moment(2, 50), "the post is from then")
    assert do(at(5), crisis.stamp, row, 0, moment(1, 12), "the post is from then").milestone.n == 0


def test_corrections_are_added_and_the_newest_counts(desk: Settings) -> None:
    team()
    row = published(started())
    with pytest.raises(Refused, match="why"):
        do(at(5), crisis.correct, row, 3, moment(3, 15), " ")
    do(at(5), crisis.correct, row, 3, moment(3, 15), "the call was at a quarter past")
    entries = query.rows("milestone", {"crisis": row.id, "n": 3})
    assert [one.happened_at for one in entries] == [moment(3, 20), moment(3, 15)]
    assert crisis_log.times(row)[3] == at(3, 15)
    assert last_words(row)[-1] == "2026-03-15 03:20 becomes 2026-03-15 03:15: the call was at a quarter past"
    row = do(at(5), crisis.correct, row, 1, moment(2, 40), "the shop saw it first").crisis
    assert row.detected_at == moment(2, 40)
    do(at(5, 1), crisis.correct, row, 3, None, "only half of them were there")
    assert 3 not in crisis_log.reached(row)
    assert len(query.rows("milestone", {"crisis": row.id, "n": 3})) == 3
    for n in (1, 6, 7, 8):
        with pytest.raises(Refused, match="taken back"):
            do(at(5, 2), crisis.correct, row, n, None, "no")


def test_nothing_written_is_ever_overwritten_or_removed(desk: Settings) -> None:
    team()
    row = started()
    entry = do(at(3), crisis_log.log, row, "ein Kunde", "fact", True)
    stone = crisis_log.reached(row)[2]
    for one in (entry, stone):
        with pytest.raises(Refused):
            do(at(3, 1), records.change, one, {"text": "two customers"})
        with pytest.raises(Refused, match="stays as it was written"):
            do(at(3, 1), store.Work.edit, one, by="Mallory")
        with pytest.raises(Refused):
            do(at(3, 1), store.Work.remove, one)
    with pytest.raises(Refused, match="not removed"):
        do(at(3, 1), records.remove, row)
    for name, value in {"state": "closed", "level": "IV"}.items():
        with pytest.raises(Refused):
            do(at(3, 1), records.change, row, {name: value})
    for name, value in {"detected_at": moment(1), "drill": True, "held_by": "x", "reply_only": True}.items():
        with pytest.raises(Invalid, match="by the program"):
            do(at(3, 1), records.change, row, {name: value})
    assert query.get("crisis", row.id).version == row.version
    mended = do(at(3, 2), crisis_log.log, row, "zwei Kunden", "fact", True, corrects=entry.code)
    assert mended.corrects == entry.code
    assert journal.verify()[1] == ""


def test_a_clock_that_went_back_is_said_and_stops_nobody(desk: Settings) -> None:
    team()
    row = started()
    do(at(3, 10), crisis_log.log, row, "one")
    done = do(at(2, 40), crisis.stamp, row, 3, present=("legal", "product", "executive"))
    assert "went back by 00:30:00" in done.warnings[0]
    assert done.milestone.happened_at.at == at(2, 47)  # never before what it follows
    assert done.milestone.recorded_at == at(2, 40)
    do(at(2, 41), crisis_log.log, row, "two")
    words = last_words(row)
    assert words.index("one") < words.index(done.warnings[0]) < words.index("two")
    assert sum("went back" in word for word in words) == 1


def test_a_jump_of_less_than_two_seconds_is_not_worth_a_word(desk: Settings) -> None:
    row = do(at(3), crisis.start)
    do(at(2, 59, second=58), crisis_log.log, row, "x")
    assert not any("went back" in word for word in last_words(row))


def test_sleep_and_waits_are_never_taken_off(desk: Settings) -> None:
    team()
    row = started()
    waited = do(at(3), crisis_log.wait, row, "laboratory", "高远")
    with clock.frozen(at(9)):
        status = crisis_status.status(desk, row)
    assert [one.what for one in status.facts.waits] == ["laboratory"]
    assert status.elapsed == (at(9) - at(2, 47)).total_seconds()
    assert do(at(10), crisis_log.end_wait, waited).ended_at == moment(10)
    with pytest.raises(Refused, match="over already"):
        do(at(10), crisis_log.end_wait, query.get("wait", waited.id))


def test_the_night_of_the_clock_change_is_as_long_as_it_is(desk: Settings) -> None:
    before = clock.parse_moment("2026-03-29 00:40", "Europe/London")
    after = clock.parse_moment("2026-03-29 02:40", "Europe/London")
    row = do(before.at, crisis.start, at=before)
    with clock.frozen(after.at):
        assert crisis_status.status(desk, row).elapsed == 3600
    first = clock.parse_moment("2026-10-25T01:30+01:00", "Europe/London")
    second = clock.parse_moment("2026-10-25T01:30+00:00", "Europe/London")
    row = do(first.at, crisis.start, at=first)
    entry = do(second.at, crisis_log.log, row, "an hour later by the same wall clock", at=second)
    assert entry.happened_at.at - row.detected_at.at == timedelta(hours=1)
    assert query.get("logentry", entry.id).happened_at == second


def test_two_zones_see_one_instant(desk: Settings) -> None:
    team()
    paris = clock.parse_moment("2026-03-14 19:47", "Europe/Paris")
    row = do(at(2, 48), crisis.start, at=paris)
    assert row.detected_at.local("Asia/Shanghai").strftime("%m-%d %H:%M") == "03-15 02:47"
    with clock.frozen(at(3, 5)):
        status = crisis_status.status(desk, row)
    assert status.zones == ("Asia/Shanghai", "Europe/Paris")
    assert {seat.name: (seat.zone, seat.state) for seat in status.team}["Dubois"] == ("Europe/Paris", "reachable")


def test_a_second_session_reads_until_it_takes_over(desk: Settings) -> None:
    team()
    row = started()
    for actor, session in (("周衡", ""), ("林岚", "other-terminal")):
        taken = do(at(3), crisis_log.take_over, row, session="mine")
        with pytest.raises(Refused, match="read only"):
            do(at(3), crisis_log.log, row, "x", session=session, actor=actor)
        assert not crisis_log.may_write(taken, actor, session)
    with pytest.raises(Refused, match="read only"):
        do(at(3), crisis.stamp, row, 3, actor="周衡")
    row = do(at(3, 1), crisis_log.take_over, row, actor="周衡")
    assert last_words(row)[-1] == "周衡 took over from 林岚"
    assert do(at(3, 2), crisis_log.log, row, "x", actor="周衡").by == "周衡"


def test_a_rise_is_free_and_a_fall_needs_the_approver(desk: Settings) -> None:
    team()
    row = started("II")
    row = do(at(3), crisis_course.set_level, row, "I")
    with pytest.raises(Refused) as caught:
        do(at(3, 1), crisis_course.set_level, row, "III", "calmer", by="周衡")
    assert caught.value.missing == ["approver: Dubois"]
    with pytest.raises(Refused):
        do(at(3, 1), crisis_course.set_level, row, "III", "", by="Dubois")
    row = do(at(3, 1), crisis_course.set_level, row, "III", "no injury after all", by="Dubois")
    assert last_words(row)[-1] == "level I becomes III · Dubois · no injury after all"
    with clock.frozen(at(3, 2)):
        status = crisis_status.status(desk, row)
    assert status.big is not None and status.big.due == at(6, 47)  # from the detection, not from the change


def test_a_relapse_goes_on_with_the_same_clock(desk: Settings) -> None:
    team()
    row = published(started())
    row = do(at(17, 5, 18), crisis.stamp, row, 11).crisis
    assert row.state == "resolved"
    with pytest.raises(Refused, match="cannot be stamped"):
        do(at(18, 0, 18), crisis.stamp, row, 9)
    with pytest.raises(Refused, match="why"):
        do(at(9, 0, 19), crisis_course.move, row, "responding")
    row = do(at(9, 0, 19), crisis_course.move, row, "responding", "a second case")
    assert 11 not in crisis_log.reached(row)
    row = do(at(9, 0, 25), crisis.stamp, row, 11).crisis
    with clock.frozen(at(0, 0, 28)):
        assert crisis_status.status(desk, row).elapsed == (at(9, 0, 25) - at(2, 47)).total_seconds()


def test_a_false_alarm_ends_only_early(desk: Settings) -> None:
    team()
    row = started()
    assert do(at(3), crisis_course.move, row, "false_alarm", "an old photograph").state == "false_alarm"
    row = published(started())
    with pytest.raises(Refused, match="cannot go"):
        do(at(5), crisis_course.move, row, "false_alarm", "no")


def test_a_stamp_can_be_undone_at_once(desk: Settings) -> None:
    team()
    row = started()
    do(at(3, 20), crisis.stamp, row, 3, present=("legal", "product", "executive"))
    do(at(3, 21), records.undo)
    row = query.get("crisis", row.id)
    assert 3 not in crisis_log.reached(row)
    assert row.state == "declared"
    assert journal.verify()[1] == ""
    # The line stays to be read, and counts for nothing.
    lines = {one.n: undone(one) for one in all_entries(row)}
    assert (lines[1], lines[3]) == (False, True)
    shown = status_lines(crisis_status.status(desk, row))
    assert [line.endswith("(undone)") for line in shown if "[Convene]" in line] == [True]
    assert [one.n for one in crisis_review.review(desk, row).timeline][-1] == 3
