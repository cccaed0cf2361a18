"""What is said in a crisis: guards, approvals of the exact words, the emergency path, the library."""

from __future__ import annotations

import pytest

from prtui import clock
from prtui.config import Settings
from prtui.desk import (
    crisis,
    crisis_clocks,
    crisis_course,
    crisis_library,
    crisis_publication,
    crisis_statements,
    crisis_status,
    documents,
    records,
)  # fmt: skip
from prtui.errors import Refused
from prtui.store import query
from prtui.store.records import Row
from tests.crises import PARTS, at, do, drafted, moment, published, started, team


def template(language: str = "zh", by: str = "周衡") -> Row:
    do(at(1), crisis_library.install)
    (row,) = query.rows("holdingtemplate", {"scenario": "product", "language": language})
    return do(at(1), crisis_library.approve_template, row, by) if by else row


def missing(when: int, *args: object, **kwargs: object) -> list[str]:
    with pytest.raises(Refused) as caught:
        do(at(when), *args, **kwargs)
    return caught.value.missing


def test_every_milestone_has_its_guard(desk: Settings) -> None:
    team()
    row = started()
    assert missing(3, crisis.stamp, row, 3) == ["GM present", "Counsel present", "Product present"]
    assert missing(3, crisis.stamp, row, 4) == ["at least one verified fact in the log"]
    do(at(3), crisis.log, row, "hearsay")
    assert missing(3, crisis.stamp, row, 4) == ["at least one verified fact in the log"]
    with pytest.raises(Refused, match="no statement yet"):
        do(at(3), crisis.stamp, row, 5)
    document = do(at(3), crisis_statements.draft, row)
    assert "【已核实的事实】 filled in" in missing(3, crisis.stamp, row, 6)
    do(at(3), crisis_statements.fill, document, PARTS)
    assert missing(3, crisis.stamp, row, 7) == ["6 Legal on these exact words"]
    assert missing(3, crisis.stamp, row, 8)[:2] == [
        "legal clearance of the Chinese text as it is now",
        "management approval of the Chinese text as it is now",
    ]
    assert missing(3, crisis.stamp, row, 9) == ["8 Publish"]
    with pytest.raises(Refused, match="no full statement"):
        do(at(3), crisis.stamp, row, 10)
    with pytest.raises(Refused, match="cannot be stamped"):
        do(at(3), crisis.stamp, row, 12)


def test_no_statement_goes_out_past_the_crisis_it_speaks_in(desk: Settings) -> None:
    team()
    row = started()
    document = drafted(row)
    do(at(2, 59), crisis.log, row, "门店证实1人手腕划伤", "fact", True)
    do(at(3, 10), crisis.stamp, row, 3, present=("legal", "product", "executive"))
    for minute, n in ((20, 4), (25, 5), (30, 6), (40, 7)):
        do(at(3, minute), crisis.stamp, row, n)
    document = do(at(3, 45), crisis_statements.bring, document, documents.Status.APPROVED)
    for actor in ("林岚", "王敏"):
        with pytest.raises(Refused, match="goes out there"):
            do(at(3, 50), documents.advance, document, actor=actor)
        with pytest.raises(Refused, match="goes out there"):
            do(at(3, 50), records.change, document, {"status": "released"}, actor=actor)
    row = do(at(4), crisis.stamp, row, 8).crisis
    assert query.get("document", document.id).status == "released" and row.state == "responding"


def test_where_several_run_a_command_says_which_it_means(desk: Settings) -> None:
    team()
    first, second = started(), do(at(3), crisis.start, "第二场")
    with pytest.raises(Refused) as caught:
        crisis.find()
    assert sorted(line.split()[1] for line in caught.value.missing) == [first.code, second.code]
    assert crisis.find(second.code).id == second.id
    assert crisis.foremost().id in (first.id, second.id)
    do(at(4), crisis_course.move, second, "false_alarm", "疑似重复")
    assert crisis.find().id == first.id


def test_the_seed_case_is_published_and_says_what_was_skipped(desk: Settings) -> None:
    team()
    row = published(started())
    assert row.state == "responding"
    document = crisis_statements.statements(row)[0].document
    assert (document.status, document.number, document.owner.title) == ("released", 1, "林岚")
    with clock.frozen(at(4, 40)):
        cells = {cell.n: (cell.state, cell.late) for cell in crisis_status.status(desk, row).strip}
    assert cells[8] == ("late", 44)
    assert cells[3] == ("late", 3)
    assert cells[5] == ("ok", 0)
    assert cells[9][0] == "next"
    assert crisis_publication.publication_faults(row) == []


def test_an_edit_voids_both_approvals_and_is_said(desk: Settings) -> None:
    team()
    row = started()
    document = drafted(row)
    do(at(3, 50), crisis.stamp, row, 6)
    do(at(3, 55), crisis.stamp, row, 7)
    document = query.get("document", document.id)
    do(at(4), records.change, document, {"body": document.body + "。"})
    with clock.frozen(at(4, 1)):
        status = crisis_status.status(desk, row)
    assert [cell.n for cell in status.strip if cell.state == "void"] == [6, 7]
    assert status.next is not None and status.next.n == 6
    assert status.approved == ""
    assert len(missing(4, crisis.stamp, row, 8)) == 4
    do(at(4, 2), crisis.stamp, row, 6)
    assert missing(5, crisis.stamp, row, 8) == [
        "management approval of the Chinese text as it is now",
        "7 Approve on these exact words",
    ]
    do(at(5), crisis.stamp, row, 7)
    assert do(at(5), crisis.stamp, row, 8).milestone.sha.startswith("zh:")


def test_words_that_were_changed_since_they_were_read_are_not_cleared(desk: Settings) -> None:
    team()
    row = started()
    document = query.get("document", drafted(row).id)
    seen = crisis_statements.shas(document)
    do(at(3, 50), records.change, document, {"body": document.body + "。"}, actor="高远")
    with pytest.raises(Refused, match="changed by 高远"):
        do(at(3, 51), crisis.stamp, row, 6, seen=seen)
    seen = crisis_statements.shas(query.get("document", document.id))
    do(at(3, 52), crisis.stamp, row, 6, seen=seen)
    do(at(3, 53), crisis.stamp, row, 7, seen=seen.partition(":")[2][:12])
    with pytest.raises(Refused, match="meantime"):
        do(at(3, 54), crisis.stamp, row, 8, seen="0" * 12)
    assert do(at(3, 54), crisis.stamp, row, 8, seen=seen).milestone.sha == seen


def test_each_language_is_cleared_by_itself(desk: Settings) -> None:
    team()
    row = started()
    do(at(3), crisis_statements.draft, row, body="已停售。", body_en="Sales have stopped.")
    given = do(at(3), crisis_statements.clear, row, "legal", language="zh")
    assert [one.language for one in given] == ["zh"]
    assert "legal clearance of the English text as it is now" in missing(3, crisis.stamp, row, 8)
    do(at(3), crisis.stamp, row, 6)
    assert {one.language for one in documents.standing(crisis_statements.working(row).document, "legal")} == {
        "zh",
        "en",
    }
    with pytest.raises(Refused, match="wrote it"):
        do(at(3), crisis.stamp, row, 7, by="林岚")


def test_who_wrote_it_and_who_is_not_there_cannot_clear_it(desk: Settings) -> None:
    row = do(at(2, 47), crisis.start, "x")
    do(at(3), crisis_statements.draft, row, body="已停售。")
    with pytest.raises(Refused, match="say who approved"):
        do(at(3), crisis.stamp, row, 6)
    assert do(at(3), crisis.stamp, row, 6, by="周衡", channel="电话").milestone.by == "周衡"


def test_only_the_blanks_of_a_template_may_change() -> None:
    before = "截至【待填:时间】，已核实：【待填:事实】。\n\n热线：【待填:热线】"
    ok = crisis_library.only_blanks_filled
    assert ok(before, "截至03:10，已核实：一人划伤。\n\n热线：400")
    assert not ok(before, "截至03:10，已核实：一人划伤。我们全责。\n\n热线：400\n另")
    assert not ok(before, "截至03:10，已查实：一人划伤。\n\n热线：400")
    assert not ok(before, "截至【待填:时间】，已核实：一人划伤。\n\n热线：400")
    assert not ok(before, "截至03:10，已核实：一人\n划伤。\n\n热线：400")
    assert not ok(before, "截至03:10，已核实：一人划伤。\n\n热线：400。我们全责")
    assert ok("Call 【To fill:line】. Thank you.", "Call 400.820.1234. Thank you.")
    assert not ok("Call 【To fill:line】", "Call 400. We are at fault")


def emergency(row: Row, **kwargs: object) -> object:
    return do(at(3, 30), crisis.stamp, row, 8, emergency=True, **kwargs)


def test_the_emergency_path_needs_every_one_of_its_stones(desk: Settings) -> None:
    people = team()
    row = started()
    library = template(by="")
    document = do(at(3), crisis_statements.draft, row, templates=[library])
    fills = dict.fromkeys(crisis_statements.blanks(document), "已确认")
    with pytest.raises(Refused) as caught:
        emergency(row)
    assert len(caught.value.missing) == 9  # seven blanks, no approved template, no word of counsel
    document = do(at(3, 1), crisis_statements.fill, document, fills)
    with pytest.raises(Refused, match="not counsel"):
        do(at(3, 2), crisis_publication.agree, row, "高远", "电话")
    with pytest.raises(Refused, match="channel"):
        do(at(3, 2), crisis_publication.agree, row, "周衡", "")
    do(at(3, 2), crisis_publication.agree, row, "周衡", "电话")
    with pytest.raises(Refused) as caught:
        emergency(row)
    assert caught.value.missing == ["a pre-approved template behind the text"]
    do(at(3, 3), crisis_library.approve_template, library, "周衡")
    do(at(3, 4), crisis.join, row, "pr", people["service"])
    with pytest.raises(Refused) as caught:
        emergency(row)
    assert caught.value.missing == ["the PR director (沈一) at the keys"]
    do(at(3, 4), crisis.join, row, "pr", people["pr"])
    do(at(3, 5), records.change, query.get("document", document.id), {"body": document.body + "我们全责。"})
    with pytest.raises(Refused) as caught:
        emergency(row)
    assert len(caught.value.missing) == 2  # other words than the template's, other words than counsel agreed to
    do(at(3, 6), records.change, query.get("document", document.id), {"body": document.body})
    done = emergency(row)
    assert done.milestone.emergency  # type: ignore[attr-defined]
    assert "ratified" in done.warnings[-1]  # type: ignore[attr-defined]


def test_an_emergency_is_red_until_it_is_ratified(desk: Settings) -> None:
    team()
    row = started()
    document = do(at(3), crisis_statements.draft, row, templates=[template()])
    do(at(3), crisis_statements.fill, document, dict.fromkeys(crisis_statements.blanks(document), "已确认"))
    do(at(3, 5), crisis_publication.agree, row, "周衡", "电话")
    emergency(row)
    with clock.frozen(at(3, 40)):
        status = crisis_status.status(desk, row)
    assert status.facts.ratify_by == at(5, 30)
    assert status.big is not None and status.big.key == "ratify"
    do(at(4), crisis.stamp, row, 6)
    do(at(4, 5), crisis.stamp, row, 7)
    with clock.frozen(at(4, 10)):
        assert crisis_status.status(desk, row).facts.ratify_by is None
    assert crisis_publication.publication_faults(row) == []


def test_an_undo_takes_no_approval_from_under_a_publication(desk: Settings) -> None:
    people = team()
    row = started()
    drafted(row)
    do(at(4, 10), crisis.stamp, row, 6)
    do(at(4, 11), crisis.take_over, row, actor="高远")
    do(at(4, 12), crisis.join, row, "executive", people["service"], actor="高远")
    do(at(4, 20), crisis.stamp, row, 7, actor="高远")
    do(at(4, 31), crisis.stamp, row, 8, actor="高远")
    with pytest.raises(Refused):
        do(at(4, 32), records.undo)
    do(at(4, 33), records.undo, actor="高远")  # the publication itself, stamped by mistake
    assert 8 not in crisis.reached(row)
    assert crisis_statements.working(row).document.status == "approved"


def test_a_template_whose_words_change_is_approved_no_longer(desk: Settings) -> None:
    row = template()
    assert crisis_library.approved(row)
    row = do(at(2), records.change, row, {"body": row.body.replace("不作推测", "绝不推测")})
    assert (row.approved_by, row.approved_on) == ("", None)
    assert do(at(2), crisis_library.install) == []


def test_staff_hear_it_no_later_than_the_public(desk: Settings) -> None:
    team()
    row = started()
    (staff,) = query.rows("stakeholder", {"crisis": row.id, "group": "staff"})
    drafted(row)
    do(at(4), crisis.stamp, row, 6)
    do(at(4), crisis.stamp, row, 7)
    do(at(4, 5), records.change, staff, {"contacted_at": moment(4, 5)})
    assert not [line for line in do(at(4, 31), crisis.stamp, row, 8).warnings if "staff" in line]


def test_media_are_called_back_before_the_follow_up_is_done(desk: Settings) -> None:
    team()
    row = published(started())
    with clock.frozen(at(5)):
        daily, weekly = (
            do(at(5), records.add, "outlet", {"name": name, "tier": tier})
            for name, tier in (("财经日报", "A"), ("社区报", "C"))
        )
    for outlet in (daily, weekly):
        piece = do(
            at(6),
            records.add,
            "coverage",
            {"title": "表扣", "outlet": outlet, "published_at": moment(5), "sentiment": "negative"},
        )
        do(at(6), records.link, piece, row)
    assert missing(6, crisis.stamp, row, 9) == ["财经日报 called back"]
    do(at(6), crisis.log, row, "解释了检测安排", "contact", outlet=daily)
    assert do(at(6, 1), crisis.stamp, row, 9).milestone.n == 9
    with pytest.raises(Refused) as caught:
        do(at(3, 0, 17), crisis.stamp, row, 11)
    assert caught.value.missing == ["48 h without 财经日报: 表扣"]
    assert do(at(5, 1, 17), crisis.stamp, row, 11).crisis.state == "resolved"


def test_nothing_is_resolved_while_somebody_waits_for_an_answer(desk: Settings) -> None:
    team()
    row = published(started())
    enquiry = do(at(5), records.add, "enquiry", {"question": "召回吗", "deadline_at": moment(9), "crisis": row})
    complaint = do(at(5), records.add, "complaint", {"demand": "退款", "crisis": row})
    assert missing(6, crisis.stamp, row, 11) == [f"{enquiry.code} answered"]
    with pytest.raises(Refused) as caught:
        do(at(7), records.change, enquiry, {"status": "answered"})
    assert caught.value.missing == ["a spokesperson", "the answer that was given"]
    enquiry = do(
        at(7),
        records.change,
        enquiry,
        {"spokesperson": row.held_by and query.find("person", "林岚"), "answer": "正在检测"},
    )
    do(at(8), records.change, enquiry, {"status": "answered"})
    with pytest.raises(Refused) as caught:
        do(at(8, 0, 18), crisis.stamp, row, 11)
    assert caught.value.missing == [f"{complaint.code} closed in time"]
    assert do(at(9), crisis.stamp, row, 11).crisis.state == "resolved"


def test_the_full_statement_goes_the_same_way(desk: Settings) -> None:
    team()
    row = published(started())
    do(
        at(6),
        crisis_statements.draft,
        row,
        purpose="full",
        body="召回同批次产品，全额退款。",
        title="关于补救措施的声明",
    )
    assert len(missing(6, crisis.stamp, row, 10)) == 4
    do(at(6, 10), crisis.stamp, row, 5)
    do(at(6, 20), crisis.stamp, row, 6)
    do(at(6, 30), crisis.stamp, row, 7)
    do(at(6, 40), crisis.stamp, row, 10)
    reached = crisis.times(row)
    assert reached[6] == at(4, 10)  # the strip keeps those of the first statement
    assert reached[10] == at(6, 40)
    do(at(8), crisis_statements.draft, row, purpose="update", body="检测完成。", title="检测结果")
    do(at(8), crisis.stamp, row, 6)
    do(at(8), crisis.stamp, row, 7)
    document = do(at(8, 5), crisis_publication.publish_update, row)
    assert (document.status, document.number) == ("released", 3)
    with clock.frozen(at(8, 10)):
        big = crisis_status.status(desk, row).big
    assert big is not None and (big.key, big.due) == ("update", at(10, 5))


def test_a_small_complaint_may_do_with_a_reply(desk: Settings) -> None:
    team()
    row = started("IV")
    with pytest.raises(Refused, match="Say why"):
        do(at(3), crisis_course.reply_only, row, "")
    do(at(3), crisis_course.reply_only, row, "one customer, settled on the phone")
    with pytest.raises(Refused, match="what the customer was told"):
        do(at(4), crisis.stamp, row, 8)
    done = do(at(4), crisis.stamp, row, 8, note="换货，致歉")
    assert done.milestone.reply
    row = do(at(5), crisis_course.set_level, row, "III")
    assert 8 not in crisis.reached(row)  # a reply is no statement once the level rises
    with pytest.raises(Refused):
        do(at(5), crisis_course.reply_only, row, "no")


def test_a_statutory_clock_is_not_dismissed_by_pr(desk: Settings) -> None:
    team()
    row = started()
    with pytest.raises(Refused, match="statutory"):
        do(at(3), crisis_clocks.switch, row, "defect", False, reason="no time")
    do(at(3), crisis_clocks.switch, row, "golden4", False)
    clocks = {one.key: one for one in do(at(3), lambda work: deadlines(work.settings, row))}
    assert clocks["defect"].due == at(0, 0, 18)  # 15 March 2026 is a Sunday: Monday, Tuesday, 24:00
    assert "golden4" not in clocks
    do(at(4), crisis_clocks.confirm, row, "defect", "周衡")
    with pytest.raises(Refused, match="shows that it was met"):
        do(at(4), crisis_clocks.meet, row, "defect", moment(4), " ")
    do(at(4), crisis_clocks.meet, row, "defect", moment(4), "回执 2026-118")
    do(at(4), crisis_clocks.add, row, "交易所披露", counsel="周衡", minutes=90)
    clocks = {one.key: one for one in do(at(4), lambda work: deadlines(work.settings, row))}
    assert (clocks["defect"].met, clocks["defect"].confirmed_by) == (at(4), "周衡")
    assert [one.due for one in clocks.values() if one.name == "交易所披露"] == [at(4, 17)]


def deadlines(settings: Settings, row: Row) -> list[crisis_clocks.Deadline]:
    return crisis_clocks.deadlines(settings, row, crisis.times(row), query.rows("crisisclock", {"crisis": row.id}))


def test_the_rule_of_two_working_days_knows_made_up_saturdays(desk: Settings) -> None:
    from dataclasses import replace
    from datetime import date

    settings = replace(desk, holidays={date(2026, 3, 16): False, date(2026, 3, 21): True})
    assert crisis_clocks.after_working_days(at(2, 47), 2, settings) == at(0, 0, 19)
    assert crisis_clocks.after_working_days(at(9, 0, 20), 1, settings) == at(0, 0, 22)


def test_only_who_has_the_seat_clears_it_and_never_one_person_as_both(desk: Settings) -> None:
    row = do(at(2, 47), crisis.start, "x")
    do(at(3), crisis_statements.draft, row, body="已停售。")
    with pytest.raises(Refused, match="林岚 wrote it"):  # there is no team, and she drafted it
        do(at(3), crisis.stamp, row, 6, by="林岚")
    do(at(3), crisis.stamp, row, 6, by="周衡")
    with pytest.raises(Refused, match="as counsel and as management"):
        do(at(3), crisis.stamp, row, 7, by="周衡")
    people = team("pr", "legal", "executive", substitutes=True)
    for role, person in people.items():
        do(at(3, 1), crisis.join, row, role, person)
    with pytest.raises(Refused, match="does not have the seat") as caught:
        do(at(3, 2), crisis.stamp, row, 7, by="路人甲")
    assert "Dubois" in caught.value.hint
    with pytest.raises(Refused, match="does not have the seat"):
        do(at(3, 2), documents.clear, crisis_statements.working(row).document, "management", by="路人甲")
    assert do(at(3, 3), crisis.stamp, row, 7, by="Dubois").milestone.by == "Dubois"


def test_another_name_at_an_approval_that_was_given_is_not_swallowed(desk: Settings) -> None:
    team()
    row = started()
    drafted(row)
    do(at(3, 50), crisis_statements.clear, row, "legal", channel="电话")
    with pytest.raises(Refused, match="cleared already, by 周衡"):
        do(at(3, 51), crisis.stamp, row, 6, by="Dubois")
    assert do(at(3, 51), crisis.stamp, row, 6).milestone.by == "周衡"


def test_an_edit_of_one_language_leaves_the_approvals_of_the_other(desk: Settings) -> None:
    team()
    row = started()
    document = do(at(3), crisis_statements.draft, row, body="已停售。", body_en="Sales have stopped.")
    for n in (5, 6, 7):
        do(at(3, 1), crisis.stamp, row, n)
    document = do(at(3, 2), records.change, query.get("document", document.id), {"body_en": "Sales are stopped."})
    assert document.status == "review"
    assert {
        (one.step, one.language) for step in ("legal", "management") for one in documents.standing(document, step)
    } == {
        ("legal", "zh"),
        ("management", "zh"),
    }
    assert "2 approvals are void" in query.rows("logentry", {"crisis": row.id}, order=("-id",))[0].text
    assert "legal clearance of the English text as it is now" in missing(3, crisis.stamp, row, 8)
    do(at(3, 3), crisis.stamp, row, 6)
    document = query.get("document", document.id)
    assert (
        len(query.rows("approval", {"subject_row": document.id, "step": "legal", "void": False})) == 2
    )  # zh and en once


def test_a_text_of_blanks_alone_is_no_draft_and_is_not_cleared(desk: Settings) -> None:
    team()
    row = started()
    do(at(3), crisis_statements.draft, row)
    assert "【已核实的事实】 filled in" in missing(3, crisis.stamp, row, 5)
    assert "【已核实的事实】 filled in" in missing(3, crisis_statements.clear, row, "legal")


def test_counsel_agrees_before_the_publication_not_after_it(desk: Settings) -> None:
    team()
    row = started()
    document = do(at(3), crisis_statements.draft, row, templates=[template()])
    do(at(3), crisis_statements.fill, document, dict.fromkeys(crisis_statements.blanks(document), "已确认"))
    do(at(3, 5), crisis_publication.agree, row, "周衡", "电话")
    with pytest.raises(Refused) as caught:
        do(at(3, 30), crisis.stamp, row, 8, moment(3, 2), "补记", emergency=True)
    assert caught.value.missing == ["counsel's word before the publication; it was given at 2026-03-15 03:05"]


def test_an_emergency_is_ratified_although_another_text_is_being_written(desk: Settings) -> None:
    team()
    row = started()
    document = do(at(3), crisis_statements.draft, row, templates=[template()])
    do(at(3), crisis_statements.fill, document, dict.fromkeys(crisis_statements.blanks(document), "已确认"))
    do(at(3, 5), crisis_publication.agree, row, "周衡", "电话")
    emergency(row)
    do(at(3, 40), crisis_statements.draft, row, purpose="full")
    do(at(3, 41), crisis.stamp, row, 6)
    do(at(3, 42), crisis_statements.clear, row, "management")
    do(at(3, 43), crisis.stamp, row, 7)
    with clock.frozen(at(4)):
        assert crisis_status.status(desk, row).facts.ratify_by is None
    assert crisis_statements.subject(row).id != document.id  # from now on it is about the full statement


def test_a_statement_says_when_it_went_out_and_when_more_follows(desk: Settings) -> None:
    team()
    row = published(started())
    document = query.rows("document")[0]
    assert document.released_at == at(4, 31) and document.next_update_at.at == at(6, 31)
    do(at(5), crisis.correct, row, 8, moment(4, 25), "看错了表")
    document = query.rows("document")[0]
    assert document.released_at == at(4, 25) and document.next_update_at.at == at(6, 25)
    with clock.frozen(at(5, 1)):
        assert crisis_status.update_due(crisis_status.status(desk, row).facts) == at(6, 25)


def test_a_seat_has_a_role_there_is(desk: Settings) -> None:
    people = team()
    row = started()
    with pytest.raises(Refused, match="no role") as caught:
        do(at(3), crisis.join, row, "chief", people["executive"])
    assert "executive" in caught.value.hint
    assert do(at(3), crisis.join, row, "总经理", people["executive"]).role == "executive"
