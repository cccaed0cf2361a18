"""Review of a crisis, 危机复盘报告 (DOMAIN §4.5): what happened when against what was promised, what was said, what is learned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from prtui import clock
from prtui.clock import Moment
from prtui.documents import crisis_account, prose, wording
from prtui.documents.blocks import Area, Block, Callout, Chart, Facts, Heading, Items, Landscape, Para, Table
from prtui.documents.context import Context, Filled
from prtui.documents.crisis_words import LEVELS, SCENARIOS, SCORES, STATES, TASKS, minutes, word
from prtui.documents.figures import Meaning, Printed
from prtui.documents.masthead import dress, missing, pick, values
from prtui.documents.wording import called, in_language, or_blank, said

if TYPE_CHECKING:
    from prtui.desk.crisis_coverage import Curve
    from prtui.documents.crisis_facts import Aftermath

_DAILY = 62  # days of the curve that a page shows as a column each
_QUIET = 3  # days without news that show that it is over


def _meaning(zh: str, en: str, rule_zh: str, rule_en: str) -> Meaning:
    return Meaning({"zh": zh, "en": en}, {"zh": rule_zh, "en": rule_en})


MEANINGS = {
    "first": _meaning("首发用时（分钟）", "To first statement (min)", "首发减发现，不扣除等待", "first statement − detected; waits are not taken off"),
    "convened": _meaning("集结用时（分钟）", "To the team (min)", "小组集结减发现", "team convened − detected"),
    "resolved": _meaning("处置用时（分钟）", "To resolution (min)", "平息减发现；未平息者计至本文统计时点", "resolved − detected; while open, up to the time of this report"),
    "waited": _meaning("等待合计（分钟）", "Waits (min)", "各段等待之和，仅作说明", "all waits together; explained only"),
    "attainment": _meaning("首发达成率", "Attainment", "目标÷实际，最高120%", "target ÷ actual, at most 120%"),
    "negative": _meaning("负面原创", "Negative originals", "关联本事件的负面原创报道", "negative originals linked to the crisis"),
    "peak": _meaning("单日峰值", "Peak day", "单日负面原创最多篇数", "most negative originals on one day"),
    "half_life": _meaning("半衰期（天）", "Half-life (days)", "自峰值日起至首个不超过峰值一半之日", "days from the peak to the first with at most half of it"),
    "decay": _meaning("负面回落率", "Negative decay", "（峰值日−末日）÷峰值日", "(peak day − last day) ÷ peak day"),
    "complaints": _meaning("客户投诉", "Complaints", "关联本事件的投诉", "complaints that belong to the crisis"),
    "satisfaction": _meaning("投诉处理满意度", "Complaint satisfaction", "已评投诉中4—5分的占比", "rated 4–5 ÷ rated"),
    "closed_in_time": _meaning("时限内办结率", "Closed in time", "时限内办结÷办结", "closed in time ÷ closed"),
    "enquiries": _meaning("媒体问询", "Media enquiries", "关联本事件的问询", "enquiries that belong to the crisis"),
}  # fmt: skip


def crisis_review(row: Any, context: Context, lang: str) -> Filled:
    """The review of a crisis, or of a drill, from its records."""
    facts = context.aftermath
    drill = context.drill
    label = pick(lang, "演练复盘报告" if drill else "危机复盘报告", "Drill review" if drill else "Crisis review")
    name = in_language(row, "title", lang)
    approval = facts.approval if facts else None
    printed = _printed(facts)
    filled = values(row, context, lang, label)
    title = (
        pick(lang, f"{name}{label}", f"{name}: {label.lower()}")
        if name
        else or_blank(name, pick(lang, "标题", "title"))
    )
    version = f"v{int(approval is not None)}.{said(facts.review.notes if facts else None, 'version') or 1}"
    made_on = facts.as_of.local().date() if facts else clock.today(context.settings.zone)
    filled |= {
        "title": title,
        "date": clock.long_day(made_on, lang),
        "author": context.author or context.settings.actor,
        "doc.version": version,
        "summary": Area([Facts(_summary(row, facts, context, lang))] if facts else ()),
        "body": Area(_body(row, facts, printed, context, lang) if facts and printed else missing(label, lang=lang)),
    }
    made = dress(
        row, context, lang, "crisis-review", label, filled, title=title if isinstance(title, str) else label,
        more_marks=() if approval else (wording.DRAFT[lang],), texts=_texts(facts), dated=made_on,
        standing="Approved" if approval else "Draft",
    )  # fmt: skip
    return replace(made, version=version)


def _printed(facts: Aftermath | None) -> Printed | None:
    if facts is None:
        return None
    from prtui.documents import crisis_facts

    return Printed(crisis_facts.figures(facts), None)


def _texts(facts: Aftermath | None) -> dict[str, str]:
    notes = facts.review.notes if facts else None
    return {name: said(notes, name) for name in ("helped", "hurt", "lessons")} if notes else {}


def _summary(row: Any, facts: Aftermath, context: Context, lang: str) -> list[tuple[str, str]]:
    there, notes, approval = facts.reached(), facts.review.notes, facts.approval
    zone = context.settings.zone
    pairs = [
        (pick(lang, "级别", "Level"), word(LEVELS, said(row, "level"), lang)),
        (pick(lang, "情景", "Scenario"), word(SCENARIOS, said(row, "scenario"), lang)),
        (pick(lang, "发现", "Detected"), wording.when(there[1].happened_at, lang)),
        (
            pick(lang, "平息", "Resolved"),
            wording.when(there[11].happened_at, lang)
            if 11 in there
            else "—" + pick(lang, "（未平息）", " (not resolved)"),
        ),
        (pick(lang, "状态", "State"), word(STATES, said(row, "state"), lang)),
        (pick(lang, "得知途径", "Known by"), said(row, "source")),
        (
            pick(lang, "复盘主持", "Review led by"),
            called(notes.lead.title, context.names) if notes and notes.lead else "",
        ),
        (
            pick(lang, "批准", "Approved"),
            f"{called(approval.by, context.names)}{pick(lang, '，', ', ')}{wording.when(Moment(approval.decided_at, zone), lang)}"
            if approval
            else pick(lang, "尚未批准", "not yet"),
        ),
    ]
    return [(label, text) for label, text in pairs if text]


def _body(row: Any, facts: Aftermath, f: Printed, context: Context, lang: str) -> list[Block]:
    zone = context.settings.zone
    made: list[Block] = [Heading(pick(lang, "概述", "Summary"))]
    summary = said(row, "summary")
    made += (
        prose.blocks(summary, lang)
        if summary
        else missing(pick(lang, "事件概述", "what happened, in a few sentences"), lang=lang)
    )
    made.append(Para(_sentence(facts, f, lang)))
    made += [Heading(pick(lang, "处置时效", "Times against targets")), *_times(facts, f, lang)]
    made += [Heading(pick(lang, "里程碑", "Milestones")), *crisis_account.milestones(facts, zone, context.names, lang)]
    made += [
        Heading(pick(lang, "对外声明", "Statements")),
        *crisis_account.statements(facts, zone, context.names, lang),
    ]
    made += [Heading(pick(lang, "报道与负面走势", "Coverage and its course")), *_coverage(facts, f, lang)]
    made += [Heading(pick(lang, "媒体问询与客户投诉", "Media enquiries and complaints"))]
    made += crisis_account.questions(facts, f, zone, context.names, lang)
    made += [
        Heading(pick(lang, "利益相关方", "Stakeholders")),
        *crisis_account.stakeholders(facts, zone, context.names, lang),
    ]
    made += [
        Heading(pick(lang, "费用", "Costs")),
        Para(pick(lang, "—（尚无与本事件关联的费用记录）", "— (no cost is recorded for it yet)")),
    ]
    if context.drill:
        made += [Heading(pick(lang, "演练评分", "Marks of the drill")), *_drill(facts, zone, lang)]
    made += _learned(facts, lang)
    made += [Heading(pick(lang, "改进行动", "Actions")), *_actions(facts, context, lang)]
    at = wording.when(facts.as_of, lang)
    code = said(row, "code")
    note = pick(
        lang,
        f"统计时点：{at}。n为来源记录数。日志全文附后，也可查阅：prtui crisis log --on {code}",
        f"As of {at}. n is the number of records. The log follows; also: prtui crisis log --on {code}",
    )
    annex: list[Block] = [Heading(pick(lang, "数据来源", "Sources of the figures")), f.sources(MEANINGS, lang)]
    annex += [Para(note, "Table Note"), Heading(pick(lang, "事件日志", "The log"))]
    return [*made, Landscape([*annex, *crisis_account.log(facts, zone, context.names, lang)])]


def _sentence(facts: Aftermath, f: Printed, lang: str) -> str:
    times = facts.review.times
    late = pick(lang, f"，超时{times.late}分钟", f", {times.late} min late") if times.late else ""
    first = {True: ("首次答复客户", "the first reply to the customer"), False: ("首次对外声明", "the first statement")}[
        times.reply
    ]
    if times.first is None or "first" in times.running:
        told = pick(lang, f"尚无{first[0]}", f"There is no record of {first[1]}")
    else:
        told = pick(
            lang,
            f"自发现至{first[0]}{f('first')}分钟{late}",
            f"From detection to {first[1]} took {f('first')} min{late}",
        )
    if times.resolved is None or "resolved" in times.running:
        over = pick(lang, "事件尚未平息", "it is not resolved yet")
    else:
        over = pick(lang, f"至平息{f('resolved')}分钟", f"to its resolution {f('resolved')} min")
    return pick(
        lang,
        f"{told}，{over}。期间收到媒体问询{f('enquiries')}件、客户投诉{f('complaints')}件，负面原创报道{f('negative')}篇。",
        f"{told}; {over}. Media enquiries: {f('enquiries')}; complaints: {f('complaints')}; negative originals: {f('negative')}.",
    )


def _times(facts: Aftermath, f: Printed, lang: str) -> list[Block]:
    from prtui.desk import crisis_clocks

    found = facts.review
    times, level = found.times, found.crisis.level
    rows = []
    for name, zh, en, n, count in (
        ("convened", "小组集结", "Team convened", 3, times.convened),
        ("first", "首发（TTFR）", "First statement (TTFR)", 8, times.first),
        ("resolved", "处置（TTR）", "Resolution (TTR)", 11, times.resolved),
    ):
        target = crisis_clocks.length(level, n)
        open_ = name in times.running
        actual = minutes(count, lang)
        late = count - target if count is not None and target is not None and count > target else None
        # What still runs has attained nothing yet, however early it is.
        rate = f("attainment") if name == "first" and times.attainment is not None and not open_ else "—"
        result = "—" if count is None or target is None else pick(lang, "按时", "in time")
        if late:
            result = pick(lang, f"超时{late:,}分钟", f"{late:,} min late")
        if open_:
            running = pick(lang, "进行中", "still running")
            result = pick(lang, f"{running}，已{result}", f"{running}, {result}") if late else running
        rows.append(
            (
                pick(lang, zh, en),
                actual if count is None else f"{f(name)}{actual[len(f.bare(name)) :]}",
                minutes(target, lang) if target is not None else pick(lang, "—（不设目标）", "— (no target)"),
                result,
                rate,
            )
        )
    header = pick(lang, "指标|实际|目标|结果|达成率", "Measure|Actual|Target|Result|Attainment").split("|")
    title = pick(lang, "处置时效", "Times against targets")
    law = pick(
        lang,
        "时间自发现起连续计算，夜间、周末、节假日、法务审核与等待均不扣除：",
        "Times run from detection without pause; nights, weekends, holidays, legal review and waits are not taken off:",
    )
    made: list[Block] = [
        Para(law),
        Table(header, rows, align=["left"] * 5, alt=title),
    ]
    if found.waits:
        made += [Heading(pick(lang, "等待说明", "Waits explained"), 2)]
        made.append(
            Para(
                pick(
                    lang,
                    f"下列等待合计{f('waited')}分钟，用于解释用时，未从上表扣除：",
                    f"The waits below, {f('waited')} min in all, explain the times; nothing is taken off for them:",
                )
            )
        )
        made.append(crisis_account.waits(facts, lang))
    return made


def _coverage(facts: Aftermath, f: Printed, lang: str) -> list[Block]:
    curve = facts.review.curve
    if curve.peak is None:
        return [
            Para(
                pick(
                    lang,
                    "—（没有与本事件关联的负面原创报道，无走势可言）",
                    "— (no negative original is linked to it, so there is no curve)",
                )
            )
        ]
    on, _most = curve.peak
    text = pick(
        lang,
        f"负面原创报道{f('negative')}篇；{wording.short_day(on, lang)}为峰值，{f('peak')}篇；",
        f"Negative originals: {f('negative')}; the peak was {wording.short_day(on, lang)} with {f('peak')}; ",
    )
    if curve.half_life is None:
        text += pick(lang, "半衰期—（尚未降至峰值的一半）；", "half-life — (not yet down to half of the peak); ")
    else:
        text += pick(lang, f"半衰期{f('half_life')}天；", f"half-life {f('half_life')} d; ")
    until = curve.days[-1][0]
    text += pick(
        lang,
        f"至{wording.short_day(until, lang)}回落{f('decay')}。",
        f"down {f('decay')} by {wording.short_day(until, lang)}.",
    )
    shown = _course(curve)
    note = pick(
        lang,
        f"n = {f('negative')}，按发布日期统计，不含转载",
        f"n = {f('negative')}, by day of publication, without pickups",
    )
    if (end := shown[-1][0]) < until:
        ends = [wording.short_day(day, lang) for day in (end, until)]
        note += pick(
            lang,
            f"；{ends[0]}以后至{ends[1]}没有负面原创，图中从略",
            f"; none after {ends[0]} and until {ends[1]}, so the chart ends",
        )
    return [Para(text), _curve(shown, lang), Para(note + pick(lang, "。", "."), "Table Note")]


def _course(curve: Curve) -> tuple[tuple[date, int], ...]:
    """From the first day with negative news to the last, and a few quiet ones after it."""
    at = [index for index, (_day, count) in enumerate(curve.days) if count]
    return curve.days[at[0] : at[-1] + 1 + _QUIET]


def _curve(days: Sequence[tuple[date, int]], lang: str) -> Chart:
    """A column a day; of a course longer than a page shows, a column a week."""
    title = pick(lang, "每日负面原创报道（篇）", "Negative originals per day")
    if weekly := len(days) > _DAILY:
        weeks = [days[at : at + 7] for at in range(0, len(days), 7)]
        days = [(week[0][0], sum(count for _day, count in week)) for week in weeks]
        title = pick(lang, "每周负面原创报道（篇，按周首日）", "Negative originals per week, by its first day")
    names = [f"{day.month}/{day.day}" for day, _count in days]
    categories = names if weekly else [day for day, _count in days]
    counts = [count for _day, count in days]
    return Chart(
        "column", title, categories, [(pick(lang, "负面原创", "Negative originals"), counts)], accents=[4], height_cm=6.0,
        alt=f"{title}: " + ", ".join(f"{name} {count}" for name, count in zip(names, counts, strict=True)),
    )  # fmt: skip


def _drill(facts: Aftermath, zone: str, lang: str) -> list[Block]:
    made: list[Block] = []
    score = facts.score
    if score is None:
        made += missing(pick(lang, "演练评分", "marks of the drill"), lang=lang)
    else:
        from prtui.desk import drills

        most = drills.MOST
        typed = {one.strip() for one in said(score, "typed").split(",")}
        rows = [
            (
                word(SCORES, name, lang), int(score[name]), whole,
                pick(lang, "人工评定", "marked by a person") if name in typed else pick(lang, "按记录计算", "computed from the records"),
            )
            for name, whole in most.items()
        ]  # fmt: skip
        header = pick(lang, "评分项|得分|满分|依据", "Part|Points|Of|Basis").split("|")
        total = (
            pick(lang, "合计", "In all"),
            sum(points for _name, points, _most, _basis in rows),
            sum(most.values()),
            "",
        )
        made.append(
            Table(header, rows, total=total, widths=(4, 2, 2, 5), alt=pick(lang, "演练评分", "Marks of the drill"))
        )
    if facts.injects:
        made.append(crisis_account.injects(facts, zone, lang))
    return made


def _learned(facts: Aftermath, lang: str) -> list[Block]:
    notes = facts.review.notes
    made: list[Block] = [Heading(pick(lang, "复盘结论", "What was learned"))]
    for name, zh, en in (
        ("helped", "有效之处", "What helped"),
        ("hurt", "不足之处", "What hurt"),
        ("whys", "根本原因（五个为什么）", "Root cause (five whys)"),
        ("consistency", "口径一致性", "Consistency of the messages"),
        ("lessons", "经验教训", "Lessons"),
    ):
        made.append(Heading(pick(lang, zh, en), 2))
        text = said(notes, name)
        if not text:
            made += missing(pick(lang, zh, en.lower()), lang=lang)
        elif name == "whys":
            made.append(Items([line.strip() for line in text.split("\n") if line.strip()], ordered=True))
        else:
            made += prose.blocks(text, lang, top=3)
    return made


def _actions(facts: Aftermath, context: Context, lang: str) -> list[Block]:
    change = said(facts.review.notes, "plan_change")
    made: list[Block] = []
    if change:
        made.append(Callout(pick(lang, f"**预案修订**　{change}", f"**Change of the plan.** {change}")))
    if facts.review.actions:
        none = wording.gap(pick(lang, "期限", "due date"), lang)
        rows = [
            (
                str(number), one.title, called(one.owner.title, context.names) if one.owner else "—",
                clock.long_day(one.due_on, lang) if one.due_on else none, word(TASKS, one.status, lang), one.code,
            )
            for number, one in enumerate(facts.review.actions, 1)
        ]  # fmt: skip
        header = pick(lang, "序号|事项|责任人|期限|状态|编号", "No.|Action|Owner|Due|Status|Code").split("|")
        made.append(
            Table(
                header,
                rows,
                align=("center", "left", "left", "left", "left", "left"),
                alt=pick(lang, "改进行动", "Actions"),
            )
        )
    else:
        made += missing(pick(lang, "改进行动、责任人及期限", "actions with owners and due dates"), lang=lang)
    return made
