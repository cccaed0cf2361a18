"""The seed's second case with everything a review reports, and a plan to print: what the crisis documents are tested with."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from prtui import clock, i18n, store
from prtui.config import Settings
from prtui.desk import crisis, crisis_library, crisis_log, crisis_review, crisis_statements, drills, enquiries, records
from prtui.documents import crisis_facts
from prtui.store import Work, query
from prtui.store.records import Row
from tests.crises import at, do, moment, published, started, team


@contextmanager
def a_desk(language: str = "en") -> Iterator[Settings]:
    """A desk of its own, opened and closed again, in that language."""
    before = i18n.language()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder) / "desk", actor="林岚", zone="Asia/Shanghai")
        i18n.use(language)
        with clock.frozen(at(0)):
            store.open_desk(settings)
        try:
            yield settings
        finally:
            store.close()
            i18n.use(before)


def played() -> Any:
    """CRS-2026-001 from its detection to the approved review: late, corrected, waited for, followed up, learned from."""
    people = team(substitutes=True)
    paper, weekly = (
        do(at(0), Work.add, "outlet", name=name, tier=tier) for name, tier in (("财经日报", "A"), ("时尚周刊", "B"))
    )
    row = published(
        started(
            more={
                "summary": "一位顾客佩戴「曜石」腕表时表扣断裂，手腕划伤。",
                "title_en": "Broken clasp of the Obsidian watch",
            }
        )
    )
    do(at(4, 33), crisis.correct, row, 4, moment(3, 28), "门店回电记录为3:28")
    given: dict[str, Any] = {"crisis": row, "received_at": moment(3)}
    ask = do(at(3, 1), Work.add, "enquiry", question="表扣供应商是谁？", outlet=paper, deadline_at=moment(5), **given)
    do(at(3, 1), Work.add, "enquiry", question="是否召回？", outlet=weekly, deadline_at=moment(9), **given)
    do(at(4, 50), Work.edit, ask, spokesperson=people["pr"], answer="检测中，中午前再答")
    do(at(4, 51), enquiries.set_enquiry, query.get("enquiry", ask.id), "answered")
    for number, (mark, hour) in enumerate(((5, 9), (4, 20), (None, 58))):
        told = do(
            at(3, 2),
            Work.add,
            "complaint",
            demand=f"退款并道歉{number + 1}",
            customer="王女士 13800138000",
            crisis=row,
            received_at=moment(3),
        )
        day, hour = 15 + hour // 24, hour % 24
        do(at(hour, day=day), Work.edit, told, settled_how="换货并致歉", satisfaction=mark)
        do(at(hour, 1, day=day), enquiries.set_complaint, query.get("complaint", told.id), "closed")
    wait = do(at(3, 45), crisis_log.wait, row, "法务审稿", "周衡")
    do(at(4, 10), crisis_log.end_wait, wait)
    staff = query.rows("stakeholder", {"crisis": row.id, "group": "staff"})[0]
    do(at(4, 25), Work.edit, staff, owner=people["service"], contacted_at=moment(4, 25), reply="12家门店已停售")
    do(at(5), crisis_log.log, row, "财经日报已回访", "media", outlet=paper)
    do(at(5, 1), crisis.stamp, row, 9, note="已回访刊发的A级媒体")
    _remedied(row)
    for number, (day, outlet) in enumerate(((15, paper), (15, weekly), (16, weekly), (15, weekly), (17, weekly))):
        piece = do(
            at(23, day=17), Work.add, "coverage", title=f"表扣断裂追踪{number + 1}", outlet=outlet, sentiment="negative",
            published_at=moment(6, number, day),
        )  # fmt: skip
        do(at(23, day=17), records.link, row, piece, "about")
    for one in query.rows("enquiry", {"crisis": row.id, "status": "open"}):
        do(at(9, day=16), Work.edit, one, spokesperson=people["pr"], answer="不召回，涉事批次已停售送检")
        do(at(9, 1, day=16), enquiries.set_enquiry, query.get("enquiry", one.id), "answered")
    return do(at(17, 5, 18), crisis.stamp, row, 11).crisis


def _remedied(row: Row) -> None:
    do(at(6), crisis_statements.draft, row, purpose="full", title="关于补救措施的声明", body="退换同批次腕表。", body_en="Watches of the batch are exchanged.")  # fmt: skip
    do(at(6, 10), crisis.stamp, row, 6, channel="电话")
    do(at(6, 20), crisis.stamp, row, 7, channel="微信")
    do(at(6, 30), crisis.stamp, row, 10)


def reviewed(row: Row) -> Any:
    """Its review written, approved, with actions; the next version of the plan."""
    people = {one.name: one for one in query.rows("person")}
    notes = do(
        at(10, day=20), Work.add, "crisisreview", title="表扣事件复盘", crisis=row, lead=people["林岚"],
        helped="门店在10分钟内上报并停售。\n\n- 首份声明只写已核实的事实\n- 客服逐一回访",
        hurt="法务夜间联系不畅，首发因此延误。", whys="为什么首发超时44分钟：法务审稿等待25分钟\n为什么等待：夜间无值班法务\n为什么无值班：预案只列白天电话",
        consistency="门店、客服与声明口径一致，未见相互矛盾。", lessons="夜间须有值班法务；表扣来料须全检。",
        plan_change="第二版：增设法务夜间值班表",
    )  # fmt: skip
    do(at(11, day=20), crisis_review.action, row, "表扣来料全检", people["高远"], date(2026, 4, 1))
    do(at(11, day=20), crisis_review.action, row, "法务夜间值班表", people["周衡"], date(2026, 3, 31))
    do(at(12, day=20), crisis_review.approve, notes, "Dubois")
    do(at(13, day=20), crisis_review.bump_plan, "增设法务夜间值班表", crisis=row, approved_by="Dubois")
    return notes


@lru_cache(maxsize=1)
def aftermath() -> Any:
    """The facts of the reviewed crisis as of 21 March, 10:00 in Shanghai."""
    with a_desk() as settings:
        row = played()
        reviewed(row)
        with clock.frozen(at(10, day=21)):
            return crisis_facts.aftermath(settings, query.get("crisis", row.id))


def planned() -> Any:
    """The plan in force: risks, a library of which one text is approved, a drill in the calendar; a telephone not rung for long."""
    people = {one.name: one for one in query.rows("person")}
    do(at(0, day=20), crisis_library.install)
    text = query.rows("holdingtemplate", {"scenario": "product", "language": "zh"})[0]
    do(at(0, day=20), crisis_library.approve_template, text, "周衡")
    for title, scenario, chance, harm in (
        ("冒名客服骗取客户信息", "data", 2, 4),
        ("表扣来料批次缺陷", "product", 3, 5),
    ):
        do(
            at(0, day=20), Work.add, "crisisrisk", title=title, scenario=scenario, probability=chance, impact=harm,
            owner=people["高远"], signs="同类投诉一周3件", prepared="停售流程、检测机构",
        )  # fmt: skip
    do(
        at(0, day=20),
        Work.add,
        "drilldate",
        title="产品质量投诉升级",
        planned_on=date(2026, 6, 16),
        scenario="product",
        owner=people["林岚"],
    )
    for role, since, caller in (("legal", date(2025, 11, 3), "pr"), ("product", date(2026, 3, 1), "legal")):
        seat = query.rows("teammember", {"role": role})[0]
        do(at(0, day=20), Work.edit, seat, verified_on=since, called_by=caller, substitute_verified_on=date(2026, 3, 2))
    row = query.rows("crisisplan", order=("-version_no",))[0]
    words = "为快速、准确、有担当地应对危机，维护客户安全与品牌声誉，制定本预案。"
    return do(at(14, day=20), Work.edit, row, principles=words)


@lru_cache(maxsize=1)
def readiness() -> Any:
    """What stands prepared on 21 March, 10:00 in Shanghai."""
    with a_desk() as settings:
        reviewed(played())
        planned()
        exercised_already()
        with clock.frozen(at(10, day=21)):
            return crisis_facts.readiness(settings)


def exercised_already() -> None:
    """A drill that was held, with its marks."""
    row = do(at(9, day=19), drills.start, "data", level="I")
    do(at(9, 40, day=19), drills.score, row, 20)


def exercised(settings: Settings) -> Row:
    """A drill of the shipped data leak, two of its pushes answered, with its marks."""
    team()
    row = do(at(9, day=16), drills.start, "data", level="I")
    pushed = do(at(9, 20, day=16), drills.deliver, row)
    do(at(9, 21, day=16), drills.answer, pushed[0], "已定级并集结", True)
    do(at(9, 40, day=16), drills.score, row, 20)
    return query.get("crisis", row.id)
