"""Projects move under guards that list what is missing; tasks are done, waived and postponed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from prtui import clock, store
from prtui.config import Settings
from prtui.desk import approvals, projects, records
from prtui.errors import Invalid, PrtuiError, Refused
from prtui.store import Row, query
from prtui.store.approvals import approvals as decisions
from prtui.store.projects import Stage

MORNING = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # Monday 09:00 in Shanghai


@pytest.fixture(autouse=True)
def _monday(local_desk: Settings):
    with clock.frozen(MORNING):
        yield


def do(act, *arguments, **named):
    return store.perform("林岚", act, *arguments, **named)


def made(**values: object) -> Row:
    owner = do(lambda work: work.add("person", name="王敏"))
    return do(records.add, "project", {"name": "曜石腕表发布会", "owner": owner, **values})


def at(row: Row) -> Row:
    return query.get(row.kind, row.id)


# What each gate asks for, in the order of the board: (stage, what is missing without it, how to have it).
def _objective(row: Row) -> None:
    do(records.change, row, {"objective": "认知度 +5", "kpi_target": "K06 attendance 100", "budget": 200_000_000,
                             "due_on": date(2026, 3, 20)})  # fmt: skip


def _approval(row: Row) -> None:
    do(approvals.decide, row, "approve", by="周总")


def _must(row: Row) -> None:
    (task,) = query.rows("task", {"project": row.id})
    do(projects.finish, task)


def _dates(row: Row) -> None:
    do(records.change, row, {"actual_start_on": date(2026, 3, 20), "actual_end_on": date(2026, 3, 20)})


def _settled(row: Row) -> None:
    do(records.change, row, {"budget_settled": True})
    do(approvals.decide, row, "approve", step="report", by="周总")
    for task in projects.projects.open_tasks(row.id):
        do(projects.set_status, task, "dropped")
    for piece in query.rows("coverage", {"project": row.id, "sentiment": "unrated"}):
        do(records.change, piece, {"sentiment": "neutral"})


GATES = [
    ("planning", {"a kind"}, lambda row: do(records.change, row, {"type": "launch"})),
    ("approval", {"an objective", "a KPI target for it", "a budget total", "a due date"}, _objective),
    ("preparing", {"a recorded approval"}, _approval),
    ("executing", {"TSK-2026-001 确认灯光: done, or waived by a person"}, _must),
    ("reviewing", {"the actual start", "the actual end"}, _dates),
    (
        "closed",
        {
            "TSK-2026-002 致谢: done or dropped",
            "the expenses settled or accrued",
            "95 % of its coverage coded; 2 are not",
            "the report approved",
        },
        _settled,
    ),
]


def test_every_gate_lists_what_is_missing_and_opens_when_it_is_there() -> None:
    row = made()
    do(records.add, "task", {"title": "确认灯光", "project": row, "owner": row.owner, "must": True})
    for stage, missing, provide in GATES:
        if stage == "closed":
            do(records.add, "task", {"title": "致谢", "project": row, "owner": row.owner})
            outlet = do(lambda work: work.add("outlet", name="财经日报"))
            told = {"outlet": outlet, "published_at": clock.Moment(MORNING, "Asia/Shanghai"), "project": row}
            for number in range(2):
                do(records.add, "coverage", {"title": f"腕表 {number}", **told})
        assert set(projects.missing(at(row), stage)) == missing
        with pytest.raises(Refused) as caught:
            do(projects.advance, at(row))
        assert set(caught.value.missing) == missing
        assert row.code in caught.value.summary
        provide(at(row))
        assert projects.missing(at(row), stage) == []
        assert do(projects.advance, at(row)).stage == stage
    assert at(row).moved_at == MORNING
    assert at(row).baseline_due_on == date(2026, 3, 20)
    with pytest.raises(Refused):
        do(projects.advance, at(row))


def test_a_project_without_an_owner_cannot_be() -> None:
    with pytest.raises(Invalid):
        do(records.add, "project", {"name": "x", "type": "launch"})


def in_stage(stage: str) -> Row:
    """A project brought there through every gate."""
    row = made()
    do(records.add, "task", {"title": "确认灯光", "project": row, "owner": row.owner, "must": True})
    for name, _missing, provide in GATES:
        if at(row).stage == stage:
            break
        provide(at(row))
        do(projects.move, at(row), name)
    return at(row)


def test_a_must_is_waived_only_by_naming_who_answers_for_it() -> None:
    row = in_stage("preparing")
    (task,) = query.rows("task", {"project": row.id})
    do(records.change, task, {"waived_by": row.owner})
    assert do(projects.advance, row).stage == "executing"


def test_tasks_that_are_no_must_hold_nothing_up() -> None:
    row = in_stage("preparing")
    (task,) = query.rows("task", {"project": row.id})
    do(records.change, task, {"must": False})
    assert do(projects.advance, row).stage == "executing"


@pytest.mark.parametrize(("coded", "opens"), [(95, True), (94, False)])
def test_ninety_five_of_a_hundred_pieces_are_coded_before_it_is_closed(coded: int, opens: bool) -> None:
    row = in_stage("reviewing")
    with store.write("林岚") as work:
        outlet = work.add("outlet", name="财经日报")
        told = {"outlet": outlet, "published_at": clock.Moment(MORNING, "Asia/Shanghai"), "project": row}
        for number in range(100):
            tone = "positive" if number < coded else "unrated"
            work.add("coverage", title=f"piece {number}", sentiment=tone, **told)
    missing = [line for line in projects.missing(row, "closed") if "coverage" in line]
    assert (missing == []) is opens


def test_the_approval_of_a_report_is_not_the_approval_of_the_project() -> None:
    row = in_stage("approval")
    do(approvals.decide, row, "approve", step="report", by="周总")
    assert projects.missing(at(row), "preparing") == ["a recorded approval"]


def test_what_is_approved_is_the_plan_that_was_submitted() -> None:
    with pytest.raises(Refused, match="stage Approval"):
        do(approvals.decide, in_stage("planning"), "approve", by="周总")
    row = in_stage("approval")
    do(approvals.decide, row, "approve", by="周总")
    do(records.change, at(row), {"name_en": "Launch"})
    assert projects.missing(at(row), "preparing") == []
    do(records.change, at(row), {"budget": 300_000_000})
    assert projects.missing(at(row), "preparing") == ["a recorded approval"]


def test_a_rejection_gives_its_reason_and_voids_what_was_approved() -> None:
    row = in_stage("approval")
    do(approvals.decide, row, "approve", by="周总")
    with pytest.raises(Refused):
        do(projects.retreat, row, "  ")
    back = do(projects.retreat, row, "预算太高")
    assert back.stage == "planning"
    assert [one.decision for one in approvals.standing(back)] == ["reject"]
    assert [one.void for one in decisions(back, void=True)] == [False, True]
    do(projects.advance, back)
    assert projects.missing(at(row), "preparing") == ["a recorded approval"]


@pytest.mark.parametrize("stage", ["idea", "planning", "approval", "preparing", "executing", "reviewing"])
def test_on_hold_needs_a_reason_and_returns_to_where_it_was(stage: str) -> None:
    row = in_stage(stage)
    with pytest.raises(Refused):
        do(projects.move, row, "on_hold")
    held = do(projects.move, row, "on_hold", "等待新代言人")
    assert (held.stage, held.held_from) == ("on_hold", stage)
    assert projects.destinations(held) == [stage, "cancelled"]
    for elsewhere in {"idea", "planning", "closed"} - {stage}:
        with pytest.raises(Refused):
            do(projects.move, held, elsewhere, "x")
    assert do(projects.move, held, stage).stage == stage


def test_a_cancelled_project_goes_nowhere_and_a_closed_one_only_back() -> None:
    row = in_stage("planning")
    with pytest.raises(Refused):
        do(projects.move, row, "cancelled")
    gone = do(projects.move, row, "cancelled", "品牌决定")
    assert projects.destinations(gone) == []
    with pytest.raises(Refused):
        do(projects.move, gone, "idea", "x")


def test_a_closed_project_is_reopened_with_a_reason() -> None:
    row = in_stage("closed")
    assert projects.destinations(row) == ["reviewing"]
    with pytest.raises(Refused):
        do(projects.move, row, "reviewing")
    assert do(projects.move, row, "reviewing", "补充报道").stage == "reviewing"


def test_no_stage_is_jumped_over_and_no_plain_edit_moves_it() -> None:
    row = made(type="launch")
    for stage in set(Stage) - set(projects.destinations(row)) - {Stage.IDEA}:
        with pytest.raises(Refused):
            do(projects.move, row, stage.value, "x")
    with pytest.raises(Refused):
        do(records.change, row, {"stage": "closed"}, reason="x")
    with pytest.raises(Invalid):
        do(records.change, row, {"baseline_due_on": date(2030, 1, 1)})
    assert do(records.change, row, {"stage": "planning"}).stage == "planning"


def test_a_project_added_further_along_passes_the_same_gates() -> None:
    with pytest.raises(Refused):
        made(stage="executing")
    assert query.count("project") == 0
    assert made(type="launch", stage="planning").stage == "planning"


# -- the board --------------------------------------------------------------------------------------------------------------


def test_more_in_progress_than_the_limit_warns_and_does_not_block(local_desk: Settings) -> None:
    for number in range(4):
        assert projects.wip_warnings(local_desk, "executing") == []
        in_stage("executing")
        assert (number < 3) == (projects.wip_warnings(local_desk, "executing") == [])
    (line,) = projects.wip_warnings(local_desk, "executing")
    assert "4" in line and "3" in line
    assert projects.wip_warnings(replace(local_desk, wip={"executing": 4}), "executing") == []
    columns = {column.stage: column for column in projects.board(local_desk)}
    assert columns["executing"].over and not columns["preparing"].over
    assert columns["preparing"].limit == 5 and columns["idea"].limit == 0


def test_the_board_shows_what_a_card_needs_and_hides_what_is_held(local_desk: Settings) -> None:
    row = in_stage("executing")
    do(records.change, row, {"spent": 150_000_000})
    for title, due in (("later", date(2026, 3, 18)), ("sooner", date(2026, 3, 9)), ("some day", None)):
        do(records.add, "task", {"title": title, "project": row, "owner": row.owner, "due_on": due})
    held = made()
    do(projects.move, held, "on_hold", "x")
    urgent = made(priority="P0")
    columns = projects.board(local_desk)
    assert [column.stage for column in columns] == [
        "idea", "planning", "approval", "preparing", "executing", "reviewing", "closed",
    ]  # fmt: skip
    assert [card.row.code for card in columns[0].cards] == [urgent.code]
    (card,) = columns[4].cards
    assert (card.days_left, card.share, card.tasks, card.next_task.title) == (18, 75, (1, 4), "sooner")
    assert projects.board(local_desk, owner=urgent.owner.id)[0].cards[0].share is None
    assert projects.board(local_desk, owner=row.owner.id)[0].cards == []
    assert projects.board(local_desk, typed="yswb")[0].cards != []


@pytest.mark.parametrize(
    ("day", "holidays", "stale"),
    [
        (13, {}, False),  # Friday of the week after: nine working days since that Monday
        (16, {}, True),
        (16, {date(2026, 3, 6): False}, False),
        (13, {date(2026, 3, 7): True}, True),  # a make-up Saturday is worked
    ],
)
def test_a_card_turns_amber_after_ten_working_days(
    local_desk: Settings, day: int, holidays: dict[date, bool], stale: bool
) -> None:
    row = made(type="launch")
    settings = replace(local_desk, holidays=holidays)
    with clock.frozen(MORNING.replace(day=day)):
        assert projects.is_stale(row, settings) is stale
        assert projects.is_stale(do(projects.advance, row), settings) is False


def test_what_waits_on_purpose_does_not_age(local_desk: Settings) -> None:
    held = do(projects.move, made(), "on_hold", "x")
    with clock.frozen(MORNING + timedelta(days=90)):
        assert not projects.is_stale(held, local_desk)


# -- tasks ------------------------------------------------------------------------------------------------------------------


def task(**values: object) -> Row:
    owner = do(lambda work: work.add("person", name="王敏"))
    return do(records.add, "task", {"title": "确认灯光", "owner": owner, **values})


def test_a_task_is_done_once_and_by_every_road_alike() -> None:
    by_key, by_form, born_done = task(), task(), task(status="done")
    (by_key, warnings) = do(projects.finish, by_key)
    by_form = do(records.change, by_form, {"status": "done"})
    assert warnings == []
    assert {(row.status, row.done_at) for row in (by_key, by_form, born_done)} == {("done", MORNING)}
    again = do(records.change, by_form, {"status": "doing"})
    assert (again.status, again.done_at) == ("doing", None)
    assert do(projects.set_status, by_key, "todo").done_at is None
    do(records.undo)
    assert (at(by_key).status, at(by_key).done_at) == ("done", MORNING)


def test_finishing_before_what_comes_first_warns() -> None:
    first, second = task(title="搭建"), task(title="灯光")
    gone = task(title="取消的")
    third = task(title="彩排", depends_on=f"{first.code}，{second.code.lower()}, {gone.code}")
    assert third.depends_on == f"{first.code}, {second.code}, {gone.code}"
    do(records.remove, gone)
    do(projects.finish, second)
    (_done, warnings) = do(projects.finish, third)
    (line,) = warnings
    assert first.code in line and "搭建" in line


def test_a_task_waits_only_for_tasks_that_are_there_and_never_for_itself() -> None:
    first, second, third = (task(title=title) for title in ("搭建", "灯光", "彩排"))
    owner = query.rows("person")[0]
    for wrong in ("TSK-1999-001", owner.code, "nonsense words", f"{first.code}, TSK-9999"):
        with pytest.raises(PrtuiError):
            do(records.change, second, {"depends_on": wrong})
    second = do(records.change, second, {"depends_on": first.code})
    third = do(records.change, third, {"depends_on": second.code})
    for row, wrong in ((first, first.code), (first, third.code), (first, second.code)):
        with pytest.raises(Invalid) as caught:
            do(records.change, row, {"depends_on": wrong})
        assert set(caught.value.fields) == {"depends_on"}
    assert do(records.change, third, {"depends_on": ""}).depends_on == ""
    assert do(records.change, first, {"depends_on": third.code}).depends_on == third.code


@pytest.mark.parametrize("stage", ["closed", "cancelled"])
def test_the_tasks_of_a_closed_project_stay_as_they_are(stage: str) -> None:
    row = in_stage("closed") if stage == "closed" else in_stage("executing")
    if stage == "cancelled":
        do(projects.move, row, "cancelled", "x")
    one = query.rows("task", {"project": row.id})[0]
    for act in (lambda: do(projects.set_status, one, "todo"), lambda: do(records.change, one, {"status": "todo"})):
        with pytest.raises(Refused) as caught:
            act()
        assert row.code in str(caught.value)
    assert at(one).status == one.status


def test_postponing_goes_forward_only() -> None:
    row = task(due_on=date(2026, 3, 2))
    for past in (date(2026, 3, 1), date(2026, 3, 2)):
        with pytest.raises(Refused):
            do(projects.postpone, row, past)
    assert do(projects.postpone, row, date(2026, 3, 3)).due_on == date(2026, 3, 3)
