"""Drills: their own numbers and banner, the shipped scenarios, the marks, and nothing of them leaves the house."""

from __future__ import annotations

from datetime import date

import pytest

from prtui import clock, i18n
from prtui.config import Settings
from prtui.desk import crisis, crisis_picture, crisis_statements, crisis_status, drills, records
from prtui.desk.drill_scenarios import SCENARIOS
from prtui.errors import Invalid, Refused
from prtui.store import query
from prtui.store.crisis import CrisisScenario
from tests.crises import at, do, drafted, moment, team


def test_three_scenarios_come_with_the_desk_in_both_languages() -> None:
    assert [one.key for one in SCENARIOS] == ["product", "ambassador", "data"]
    for one in SCENARIOS:
        assert one.key in {scenario.value for scenario in CrisisScenario}
        minutes = [push.minute for push in one.injects]
        assert minutes[0] == 0 and minutes == sorted(set(minutes)) and len(minutes) >= 7
        for push in one.injects:
            for said in (push.channel, push.text, push.expected):
                assert all(said[language] for language in i18n.LANGUAGES)


def test_a_drill_never_passes_for_the_real_thing(desk: Settings) -> None:
    team()
    row = do(at(9), drills.start, "product")
    assert (row.code, row.drill, row.scenario) == ("DRL-2026-001", True, "product")
    with clock.frozen(at(9, 5)):
        lines = crisis_picture.status_lines(crisis_status.status(desk, row))
    assert "【演练】 EXERCISE" in lines[1]
    with pytest.raises(Invalid):
        do(at(9), records.change, row, {"drill": False})
    document = drafted(
        row,
        at(9, 10),
        body_en="Sales have stopped. 【To fill:line】",
        body="【待填:已核实的事实】【待填:对当事人的关切】【待填:已采取的行动】【待填:下次通报时间】【待填:消费者热线】",
    )
    assert document.title.startswith("【演练】")
    assert document.title_en.startswith("[EXERCISE] ")
    assert crisis_statements.is_drill(document) and crisis_statements.is_drill(row)
    with pytest.raises(Refused, match="not distributed"):
        crisis_statements.distributable(document)
    enquiry = do(at(9), records.add, "enquiry", {"question": "?", "deadline_at": moment(11), "crisis": row})
    assert crisis_statements.is_drill(enquiry)
    with pytest.raises(Refused, match="no scenario"):
        do(at(9), drills.start, "earthquake")


def test_the_news_comes_when_its_minute_has_come(desk: Settings) -> None:
    team()
    row = do(at(9), drills.start, "product")
    assert [one.minute for one in do(at(9), drills.deliver, row)] == [0]
    assert [one.minute for one in do(at(9, 21), drills.deliver, row)] == [8, 20]
    assert do(at(9, 22), drills.deliver, row) == []
    newest = query.rows("logentry", {"crisis": row.id}, order=("-id",), limit=1)[0]
    assert newest.text.startswith("【演练】Press: ")
    injects = query.rows("inject", {"crisis": row.id})
    with pytest.raises(Refused, match="not delivered"):
        do(at(9, 23), drills.answer, injects[-1], "x", True)
    done = do(at(9, 23), drills.answer, injects[1], "店长已统一口径", True)
    assert (done.answered_at, done.met) == (moment(9, 23), True)
    do(at(9, 24), drills.add_inject, row, 25, "电话", "总部来电")
    assert [one.text for one in do(at(9, 25), drills.deliver, row)] == ["总部来电"]


def test_the_marks_are_computed_where_the_records_know(desk: Settings) -> None:
    team()
    row = do(at(9), drills.start, "product")
    do(at(9), drills.deliver, row)
    do(at(9, 10), crisis.stamp, row, 2, level="I")
    do(at(9, 20), crisis.log, row, "一人划伤", "fact", True)
    do(at(9, 25), crisis.stamp, row, 3, present=("legal", "product", "executive"))
    do(at(9, 40), crisis.stamp, row, 4)
    drafted(row, at(9, 41))
    for n, minute in ((5, 45), (6, 50), (7, 55)):
        do(at(9, minute), crisis.stamp, row, n)
    do(at(10, 30), crisis.stamp, row, 8)
    with clock.frozen(at(10, 40)):
        parts = {part.name: part.points for part in drills.proposed(desk, row)}
    # 3 of 4 targets met; 3 of 4 rules kept (staff was not told); 4 of 5 seats; 8 stamps and 1 push, the push unanswered.
    assert parts == {"timeliness": 23, "accuracy": None, "procedure": 15, "teamwork": 12, "record": 9}
    with pytest.raises(Invalid):
        do(at(10, 40), drills.score, row, 26)
    with pytest.raises(Refused, match="no part"):
        do(at(10, 40), drills.score, row, 20, {"beauty": 3})
    total = do(at(10, 40), drills.score, row, 20, {"teamwork": 15})
    assert (total.points, total.row.typed) == (82, "accuracy, teamwork")
    assert drills.total(row) == total
    assert sum(drills.MOST.values()) == 100
    with pytest.raises(Refused, match="no drill"):
        do(at(11), drills.score, do(at(11), crisis.start), 20)


def test_a_planned_drill_is_ticked_off_when_it_is_held(desk: Settings) -> None:
    planned = do(
        at(8), records.add, "drilldate", {"title": "春季演练", "planned_on": date(2026, 3, 15), "scenario": "product"}
    )
    row = do(at(9), drills.start, "product")
    assert query.get("drilldate", planned.id).held.id == row.id
