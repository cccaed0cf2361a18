"""The tables of a crisis: milestones as they happened and were written down, waits, texts, questions, the log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from prtui.clock import Moment
from prtui.documents import wording
from prtui.documents.blocks import Block, Heading, Para, Table
from prtui.documents.crisis_words import (
    CHANNELS,
    COMPLAINTS,
    ENQUIRIES,
    GROUPS,
    KINDS,
    PURPOSES,
    milestone,
    minutes,
    word,
)
from prtui.documents.figures import Printed
from prtui.documents.masthead import pick
from prtui.documents.wording import called, said

if TYPE_CHECKING:
    from prtui.documents.crisis_facts import Aftermath

Names = Mapping[str, str]
_BACKDATED = 5  # minutes within which an entry counts as written down at once


def stamp(at: Moment | None, zone: str, lang: str) -> str:
    """As a table has room for it: 3月15日02:47 · 15 Mar 02:47; a dash for none."""
    if at is None:
        return "—"
    wall = at.local(zone)
    return f"{wording.short_day(wall.date(), lang)}{'' if lang == 'zh' else ' '}{wall:%H:%M}"


def milestones(facts: Aftermath, zone: str, names: Names, lang: str) -> list[Block]:
    """Every milestone with its target; then every correction, so that none is lost."""
    there, cells = facts.reached(), {cell.n: cell for cell in facts.review.strip}
    rows = []
    for n in range(0, 13):
        entry, cell = there.get(n), cells.get(n)
        if entry is None:
            if n == 0:
                continue
            rows.append(
                (
                    str(n),
                    milestone(n, lang),
                    "—",
                    "—",
                    pick(lang, "缺", "missing") if cell and cell.state == "gap" else "—",
                    "",
                )
            )
            continue
        late = cell.late if cell else 0
        result = pick(lang, f"超时{late:,}分钟", f"{late:,} min late") if late else _result(facts, n, lang)
        recorded = Moment(entry.recorded_at, zone)
        told = "；".join if lang == "zh" else "; ".join
        by = called(said(entry, "by"), names)
        rows.append(
            (
                str(n), milestone(n, lang), stamp(entry.happened_at, zone, lang), _recorded(entry, recorded, zone, lang), result,
                told(filter(None, (by, said(entry, "note") if n > 1 else "", _path(entry, lang), said(entry, "reason")))),
            )
        )  # fmt: skip
    header = pick(
        lang, "M|里程碑|发生|记录|对目标|经手与说明", "M|Milestone|Happened|Recorded|Target|By and remarks"
    ).split("|")
    title = pick(lang, "里程碑", "Milestones")
    made: list[Block] = [Table(header, rows, align=("center", "left", "left", "left", "left", "left"), alt=title)]
    history = _corrections(facts, zone, names, lang)
    if history is not None:
        made += [Heading(pick(lang, "更正记录", "Corrections"), 2), history]
    return made


def _result(facts: Aftermath, n: int, lang: str) -> str:
    from prtui.desk import crisis_clocks

    when = {number: row.happened_at.at for number, row in facts.reached().items()}
    if crisis_clocks.target(facts.review.crisis.level, n, when) is None:
        return "—"
    return pick(lang, "按时", "in time")


def _recorded(entry: Any, recorded: Moment, zone: str, lang: str) -> str:
    apart = int((recorded.at - entry.happened_at.at).total_seconds() // 60)
    text = stamp(recorded, zone, lang)
    return text + pick(lang, "（补记）", " (later)") if apart > _BACKDATED else text


def _path(entry: Any, lang: str) -> str:
    words = [pick(lang, "紧急通道", "emergency path")] if entry.emergency else []
    words += [pick(lang, "仅答复客户", "reply to the customer only")] if entry.reply else []
    return "，".join(words) if lang == "zh" else ", ".join(words)


def _corrections(facts: Aftermath, zone: str, names: Names, lang: str) -> Table | None:
    rows: list[tuple[str, ...]] = []
    before: dict[int, Any] = {}
    for entry in facts.milestones:
        old = before.get(entry.n)
        before[entry.n] = entry
        if old is None or (entry.statement and old.statement and entry.statement.id != old.statement.id):
            continue
        after = pick(lang, "撤销", "taken back") if entry.void else stamp(entry.happened_at, zone, lang)
        rows.append(
            (
                milestone(entry.n, lang), stamp(old.happened_at, zone, lang), after,
                stamp(Moment(entry.recorded_at, zone), zone, lang), called(said(entry, "by"), names), said(entry, "reason") or "—",
            )
        )  # fmt: skip
    if not rows:
        return None
    header = pick(lang, "里程碑|原记|更正为|更正时间|经手|理由", "Milestone|Was|Became|Entered|By|Reason").split("|")
    return Table(header, rows, alt=pick(lang, "更正记录", "Corrections"))


def waits(facts: Aftermath, lang: str) -> Table:
    """Who was waited for, from when until when, and for how long."""
    rows = []
    for one in facts.review.waits:
        zone = one.started_at.zone
        long = int((one.ended_at.at - one.started_at.at).total_seconds() // 60) if one.ended_at else None
        until = stamp(one.ended_at, zone, lang) if one.ended_at else pick(lang, "未结束", "not over")
        rows.append((one.what, one.owner, stamp(one.started_at, zone, lang), until, minutes(long, lang)))
    header = pick(lang, "等待事项|责任人|自|至|时长", "Waiting for|Owner|Since|Until|Length").split("|")
    return Table(header, rows, align=["left"] * 5, alt=pick(lang, "等待", "Waits"))


def statements(facts: Aftermath, zone: str, names: Names, lang: str) -> list[Block]:
    """What was published, its exact words by their fingerprint, and who cleared them."""
    found = facts.review.statements
    if not found:
        return [Para(pick(lang, "—（本事件没有起草声明）", "— (no statement was drafted)"))]
    rows, signed = [], []
    for one in found:
        text = one.document
        number = wording.number(text.number, lang) if text.number else "—"
        title = said(text, "title" if lang == "zh" else "title_en") or said(text, "title")
        out = (
            stamp(one.link.published_at, zone, lang) if one.link.published_at else pick(lang, "未发布", "not published")
        )
        prints = "\n".join(f"{name}  {sha[:16]}" for name, sha in facts.prints[text.code].items())
        rows.append((number, f"{title}\n{text.code}", word(PURPOSES, one.link.purpose, lang), out, prints))
        for approval in facts.signed[text.code]:
            if approval.decision != "approve":
                continue
            step = wording.STEPS.get(approval.step, {}).get(lang, approval.step)
            at = stamp(Moment(approval.decided_at, zone), zone, lang)
            signed.append(
                (number, approval.language or "—", step, called(approval.by, names), at, said(approval, "channel") or "—", approval.sha[:16] or "—")
            )  # fmt: skip
    header = pick(
        lang,
        "编号|标题|用途|发布|指纹（SHA-256前16位）",
        "No.|Title|Purpose|Published|Fingerprint (SHA-256, first 16)",
    ).split("|")
    made: list[Block] = [
        Table(
            header, rows, widths=(1.4, 5.0, 2.2, 2.6, 4.6), align=["left"] * 5, alt=pick(lang, "对外声明", "Statements")
        )
    ]
    if signed:
        header = pick(lang, "声明|语言|步骤|确认人|时间|渠道|指纹", "No.|Text|Step|By|Time|Channel|Fingerprint").split(
            "|"
        )
        title = pick(lang, "批准记录", "Approvals")
        made += [
            Heading(title, 2),
            Table(header, signed, align=["left"] * 7, alt=title),
        ]
    return made


def questions(facts: Aftermath, f: Printed, zone: str, names: Names, lang: str) -> list[Block]:
    """The media's questions with their deadlines, then the complaints with K15."""
    found = facts.review
    made: list[Block] = [Heading(pick(lang, "媒体问询", "Media enquiries"), 2)]
    if found.enquiries:
        asked = [
            (
                (one.outlet.title if one.outlet else "") or said(one, "reporter") or "—", one.question, stamp(one.deadline_at, zone, lang),
                stamp(Moment(one.answered_at, zone), zone, lang) if one.answered_at else "—",
                called(one.spokesperson.title, names) if one.spokesperson else "—", word(ENQUIRIES, one.status, lang),
            )
            for one in found.enquiries
        ]  # fmt: skip
        header = pick(
            lang, "媒体|问题|截止|答复|发言人|状态", "Outlet|Question|Deadline|Answered|Spokesperson|Status"
        ).split("|")
        made.append(Table(header, asked, align=["left"] * 6, alt=pick(lang, "媒体问询", "Media enquiries")))
    else:
        made.append(Para(pick(lang, "—（没有媒体问询记录）", "— (no enquiry is recorded)")))
    made.append(Heading(pick(lang, "客户投诉", "Complaints"), 2))
    if not found.complaints:
        return [*made, Para(pick(lang, "—（没有投诉记录）", "— (no complaint is recorded)"))]
    counted = found.satisfaction
    said_of = pick(
        lang,
        f"投诉{f('complaints')}件，办结{counted.closed}件，已评{counted.rated}件。满意度{f('satisfaction')}"
        f"{'' if counted.rated else '（尚无评分）'}，时限内办结率{f('closed_in_time')}{'' if counted.closed else '（尚未办结）'}。",
        f"Complaints: {f('complaints')}, closed {counted.closed}, rated {counted.rated}. Satisfaction {f('satisfaction')}"
        f"{'' if counted.rated else ' (none rated)'}, closed in time {f('closed_in_time')}{'' if counted.closed else ' (none closed)'}.",
    )
    rows = [
        (
            one.code, one.demand, word(CHANNELS, one.channel, lang), stamp(one.received_at, zone, lang), stamp(one.closed_at, zone, lang),
            word(COMPLAINTS, one.status, lang), "—" if one.satisfaction is None else str(one.satisfaction),
        )
        for one in found.complaints
    ]  # fmt: skip
    header = pick(
        lang, "编号|诉求|渠道|收到|办结|状态|评分", "Code|Demand|Channel|Received|Closed|Status|Rating"
    ).split("|")
    return [*made, Para(said_of), Table(header, rows, alt=pick(lang, "客户投诉", "Complaints"))]


def stakeholders(facts: Aftermath, zone: str, names: Names, lang: str) -> list[Block]:
    """Who was told, when, and what they answered, in the order in which they were to be told."""
    rows = [
        (
            word(GROUPS, one.group, lang), "—" if one.influence is None else f"{one.influence} / {one.impact}",
            called(one.owner.title, names) if one.owner else "—", stamp(one.contacted_at, zone, lang), said(one, "reply") or "—",
        )
        for one in facts.review.stakeholders
    ]  # fmt: skip
    if not rows:
        return [Para(pick(lang, "—（没有利益相关方记录）", "— (none is recorded)"))]
    header = pick(
        lang, "对象|影响力 / 受影响|责任人|沟通时间|反馈", "Group|Influence / impact|Owner|Contacted|Reply"
    ).split("|")
    told = sum(one.contacted_at is not None for one in facts.review.stakeholders)
    note = pick(
        lang,
        f"{len(rows)}类对象中已沟通{told}类，“—”为没有沟通记录。",
        f"Contacted: {told} of {len(rows)}; — means that no contact is recorded.",
    )
    title = pick(lang, "利益相关方", "Stakeholders")
    return [Table(header, rows, align=["left", "center", "left", "left", "left"], alt=title), Para(note, "Table Note")]


def injects(facts: Aftermath, zone: str, lang: str) -> Table:
    """The news pushed in a drill, what was expected, and what the team did."""
    mark = {True: ("符合", "as expected"), False: ("不符", "not as expected")}
    rows = [
        (
            f"T+{one.minute}", f"{one.channel}{wording.COLON[lang]}{one.text}", one.expected, one.answer or "—",
            stamp(one.answered_at, zone, lang), pick(lang, *mark[bool(one.met)]) if one.answered_at else "—",
        )
        for one in facts.injects
    ]  # fmt: skip
    header = pick(lang, "时刻|情境|预期|应对|时间|评判", "Minute|News|Expected|What was done|At|Verdict").split("|")
    return Table(
        header, rows, widths=(1.3, 4.6, 3.8, 3.2, 1.9, 1.5), align=["left"] * 6, alt=pick(lang, "情境", "Injects")
    )


def log(facts: Aftermath, zone: str, names: Names, lang: str) -> list[Block]:
    """Every line in its sequence; a correction names the line that was wrong."""
    rows: list[tuple[str, ...]] = []
    for one in facts.review.timeline:
        kind = milestone(one.n, lang) if one.n is not None else word(KINDS, one.type, lang)
        reason = said(one, "reason")
        text = one.text if reason in one.text else f"{one.text}\n{reason}"
        if one.corrects:
            text += pick(lang, f"（更正{one.corrects}）", f" (corrects {one.corrects})")
        if one.deleted_at is not None:
            text += pick(lang, "（已撤销）", " (undone)")
        if one.code in facts.review.corrected:
            text += pick(lang, "（已更正）", " (corrected)")
        verified = pick(lang, "已核实", "verified") if one.verified else ""
        recorded = _recorded(one, Moment(one.recorded_at, zone), zone, lang)
        rows.append(
            (
                one.code,
                stamp(one.happened_at, zone, lang),
                recorded,
                kind,
                text,
                called(said(one, "by"), names),
                verified,
            )
        )
    header = pick(lang, "编号|发生|记录|类别|内容|经手|核实", "Code|Happened|Recorded|Kind|Text|By|Verified").split("|")
    title = pick(lang, "事件日志", "The log")
    return [Table(header, rows, align=["left"] * 7, alt=title)]
