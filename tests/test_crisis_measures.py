"""K14, K15 and S12 equal the worked examples; drills and false alarms never move them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from prtui import clock, store
from prtui.clock import Moment
from prtui.config import Settings
from prtui.desk import (
    crisis,
    crisis_course,
    crisis_coverage,
    crisis_log,
    crisis_measures,
    crisis_statements,
    enquiries,
    records,
)
from prtui.errors import Refused
from prtui.store import query
from prtui.store.records import Row
from tests.crises import at, do, moment, published, started, team

YEAR = (date(2026, 1, 1), date(2027, 1, 1))


def test_k14_of_the_seed_case(desk: Settings) -> None:
    team()
    row = published(started())
    do(at(5), crisis_log.wait, row, "laboratory", "高远")
    row = do(at(17, 5, 18), crisis.stamp, row, 11).crisis
    found = crisis_measures.times(row, at(0, 0, 20))
    assert (found.convened, found.first, found.resolved) == (33, 104, 5178)
    assert (found.target, found.late, found.attainment) == (60, 44, Decimal("57.7"))
    assert (found.running, found.reply) == (frozenset(), False)
    assert found.wait == 6900  # told beside it, taken off nothing


def test_k14_counts_on_while_the_crisis_runs(desk: Settings) -> None:
    team()
    row = started("II")
    found = crisis_measures.times(row, at(3, 47))
    assert (found.first, found.running, found.attainment) == (60, {"convened", "first", "resolved"}, Decimal(120))


def test_k14_of_a_quarter(desk: Settings) -> None:
    times = (29, 38, 44, 47, 52, 55, 61, 75, 90, 104)
    response = crisis_measures.Response(times, (), 0, 0)
    assert (response.median, response.p90) == (Decimal("53.5"), 90)
    assert crisis_measures.Response((), (), 0, 0).median is None
    assert crisis_measures.nearest_rank((7,), 90) == 7


def test_k14_leaves_drills_and_false_alarms_out_and_replies_aside(desk: Settings) -> None:
    team()
    published(started())
    drill = do(at(8), crisis.start, "x", drill=True)
    do(at(9), crisis_course.move, do(at(8), crisis.start, "y"), "false_alarm", "an old photograph")
    small = do(at(10), crisis.start, "z", level="IV")
    do(at(10), crisis_course.reply_only, small, "one customer")
    do(at(10, 30), crisis.stamp, small, 8, note="换货")
    before = crisis_measures.response(desk, *YEAR)
    with clock.frozen(at(11)):
        found = crisis_measures.response(desk, *YEAR)
    assert (found.minutes, found.replies, found.running, found.excluded) == ((104,), (30,), 0, 2)
    assert before.minutes == found.minutes
    assert drill.code == "DRL-2026-001"
    assert crisis_measures.response(desk, date(2026, 1, 1), date(2026, 3, 15)).reason == "no records"


def complaint(number: int, satisfaction: int | None, hours: int) -> Row:
    received = at(9) + timedelta(minutes=number)
    row = do(
        received,
        records.add,
        "complaint",
        {"demand": f"退款 {number}", "customer": "王女士 13800138000", "satisfaction": satisfaction},
    )
    do(received, records.change, row, {"settled_how": "换货"})
    return do(received + timedelta(hours=hours), records.change, query.get("complaint", row.id), {"status": "closed"})


def test_k15_of_the_worked_example(desk: Settings) -> None:
    team()
    marks = [5] * 10 + [4] * 6 + [3] * 2 + [1] * 2 + [None] * 5
    rows = [complaint(n, mark, 48 if n < 21 else 49) for n, mark in enumerate(marks)]
    open_one = do(at(9), records.add, "complaint", {"demand": "道歉"})
    drill = do(at(9), crisis.start, "x", drill=True)
    with store.write("林岚") as work:
        work.edit(query.get("complaint", open_one.id), crisis=drill)
    found = crisis_measures.satisfaction(desk, *YEAR)
    assert (found.closed, found.rated, found.satisfied, found.in_time) == (25, 20, 16, 21)
    assert (found.value, found.closed_in_time) == (Decimal("80.0"), Decimal("84.0"))
    with pytest.raises(Refused, match="reopen"):
        do(at(9, 0, 20), records.change, rows[0], {"status": "contacted"})
    do(at(9, 0, 20), records.change, rows[0], {"status": "reopened"}, reason="broke again")
    assert crisis_measures.satisfaction(desk, *YEAR).closed == 24
    assert rows[0].customer == "王女士 138****8000"
    assert crisis_measures.satisfaction(desk, date(2025, 1, 1), date(2026, 1, 1)).reason == "no records"


def test_a_complaint_is_closed_only_with_its_settlement(desk: Settings) -> None:
    row = do(at(9), records.add, "complaint", {"demand": "退款"})
    assert (row.sla_hours, row.received_at) == (48, moment(9))
    with pytest.raises(Refused, match="how"):
        do(at(10), records.change, row, {"status": "closed"})
    assert enquiries.due(row) == at(9, 0, 17)


def test_complaints_of_a_drill_are_not_counted(desk: Settings) -> None:
    drill = do(at(9), crisis.start, "x", drill=True)
    row = do(
        at(9), records.add, "complaint", {"demand": "退款", "crisis": drill, "satisfaction": 1, "settled_how": "x"}
    )
    do(at(10), records.change, row, {"status": "closed"})
    assert crisis_measures.satisfaction(desk, *YEAR).closed == 0
    assert crisis_measures.satisfaction(desk, *YEAR, crisis=drill).closed == 1


def test_s12_of_the_worked_example(desk: Settings) -> None:
    row = do(at(2, 47), crisis.start, "x")
    with store.write("林岚") as work:
        outlet = work.add("outlet", name="门户", tier="B")
        for day, count in ((15, 20), (16, 62), (17, 40), (18, 31), (19, 18)):
            for n in range(count):
                piece = work.add(
                    "coverage",
                    title=f"{day} {n}",
                    outlet=outlet,
                    published_at=moment(9, n % 60, day),
                    sentiment="negative",
                )
                records.link(work, piece, row)
        extra = {"outlet": outlet, "published_at": moment(23, 0, 16)}
        for values in ({"sentiment": "positive"}, {"sentiment": "negative", "original": "pickup", "parent": "COV-1"}):
            records.link(work, work.add("coverage", title="beside", **extra, **values), row)
    found = crisis_coverage.curve(desk, row, date(2026, 3, 19))
    assert [count for _day, count in found.days] == [20, 62, 40, 31, 18]
    assert found.peak == (date(2026, 3, 16), 62)
    assert (found.decay, found.half_life) == (Decimal("71.0"), 2)
    quiet = crisis_coverage.curve(desk, do(at(3), crisis.start, "y"), date(2026, 3, 19))
    assert (quiet.decay, quiet.half_life, quiet.reason) == (None, None, "no negative coverage")


def test_the_numbers_of_a_statement_are_checked_against_verified_facts(desk: Settings) -> None:
    row = do(at(3), crisis.start, "x")
    wrong = do(at(3), crisis.log, row, "3 人受伤", "fact", True)
    do(at(3), crisis.log, row, "传言 5 人", "fact")
    do(at(3, 1), crisis.log, row, "1 人受伤", "fact", True, corrects=wrong.code)
    assert crisis_statements.facts(row) == ("1 人受伤",)


def test_the_quarters_of_a_zone_end_at_its_midnight(desk: Settings) -> None:
    edge = Moment(at(0, 0, 31).replace(hour=23, minute=59), "Asia/Shanghai")
    do(edge.at, crisis.start, "x", at=edge)
    assert crisis_measures.response(desk, date(2026, 3, 31), date(2026, 4, 1)).running == 1
    assert crisis_measures.response(desk, date(2026, 4, 1), date(2026, 7, 1)).running == 0
