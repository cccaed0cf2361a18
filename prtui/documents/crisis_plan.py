"""Crisis plan, 危机应对预案 (DOMAIN §6 row 15): levels, team, clocks, texts and telephones, with a card for the pocket."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from prtui import clock
from prtui.documents import crisis_annexes, crisis_rules, prose, wording
from prtui.documents.blocks import Align, Area, Block, Callout, Heading, Items, Para, Table
from prtui.documents.context import Context, Filled
from prtui.documents.crisis_rules import SHORT, due, hours, roles
from prtui.documents.crisis_words import GROUPS, LEVELS, ROLES, SCENARIOS, milestone, word
from prtui.documents.masthead import brand, dress, missing, pick, values
from prtui.documents.wording import called, gap, said

if TYPE_CHECKING:
    from prtui.documents.crisis_facts import Readiness


def crisis_plan(row: Any, context: Context, lang: str) -> Filled:
    """A version of the crisis plan, in the house's official style."""
    label = pick(lang, "危机应对预案", "Crisis plan")
    facts = context.readiness
    filled = values(row, context, lang, label)
    name = brand(context, "name", lang)
    number, since, by = getattr(row, "version_no", None), getattr(row, "in_force_on", None), said(row, "approved_by")
    version = f"v{number or 0}.{said(row, 'version') or 0}"
    title = pick(lang, f"{name}{label}", f"{name} {label.lower()}") if name else label
    filled |= {
        "title": title,
        "edition": _edition(number, since, lang),
        "organisation": filled["brand.legal_name"],
        "date": clock.long_day(since, lang)
        if since
        else gap(pick(lang, "施行日期", "day from which it is in force"), lang),
        "doc.version": version,
        "body": Area(_body(row, facts, context, lang) if facts else missing(label, lang=lang), leads=True),
        "annex": Area(crisis_annexes.annexes(facts, context, lang) if facts else ()),
    }
    marks = () if by else (wording.DRAFT[lang],)
    newest = max((one.version_no for one in facts.versions), default=0) if facts else 0
    if number and newest > number:
        marks = (*marks, pick(lang, f"已被第{newest}版取代", f"Superseded by version {newest}"))
    marks = (*marks, pick(lang, "含个人信息，限内部", "Personal data, internal only"))
    texts = {"principles": said(row, "principles")}
    made = dress(
        row,
        context,
        lang,
        "crisis-plan",
        label,
        filled,
        title=title,
        dated=since,
        texts=texts,
        more_marks=marks,
        standing=_standing(number, newest, since, by, context),
    )
    return replace(made, version=version)


def _standing(number: int | None, newest: int, since: date | None, by: str, context: Context) -> str:
    if number and newest > number:
        return "Superseded"
    if not by:
        return "Draft"
    return "In force" if since and since <= clock.today(context.settings.zone) else "Approved"


def _edition(number: int | None, since: date | None, lang: str) -> str:
    counted = str(number) if number else gap(pick(lang, "版次", "number"), lang)
    day = clock.long_day(since, lang) if since else gap(pick(lang, "施行日期", "day from which it is in force"), lang)
    return pick(lang, f"（第{counted}版，{day}起施行）", f"Version {counted}, in force from {day}")


def _body(row: Any, facts: Readiness, context: Context, lang: str) -> list[Block]:
    made: list[Block] = [Heading(pick(lang, "总则", "General"))]
    principles = said(row, "principles")
    made += (
        prose.blocks(principles, lang, top=2)
        if principles
        else missing(pick(lang, "编制目的与处置原则", "purpose and principles"), lang=lang)
    )
    made.append(
        Para(
            pick(
                lang,
                "全公司任何人最先得知之时即为发现之时，一切时限自此连续计算，夜间、周末、节假日、法务审核与等待均不扣除。"
                "对外表述依次为人、行动、立场，只说已核实的事实。员工与门店不晚于公众得知。",
                "A crisis is detected when the first person in the company hears of it. Every clock runs from then and nothing pauses "
                "it: no night, weekend, holiday, legal review or wait. We speak of people first, then action, then perspective, and "
                "of verified facts only. Staff and stores hear no later than the public.",
            )
        )
    )
    made += [Heading(pick(lang, "分级", "Levels")), *_levels(lang)]
    made += [Heading(pick(lang, "组织与职责（AB角）", "Team and substitutes")), *_team(facts, context, lang)]
    made += [Heading(pick(lang, "监测预警", "Monitoring")), *_risks(facts, context, lang)]
    made += [Heading(pick(lang, "响应流程与时限", "Response and clocks")), *_flow(lang)]
    made += [Heading(pick(lang, "口径与声明模板", "Messages and texts")), *_texts(facts, lang)]
    made += [Heading(pick(lang, "媒体与利益相关方", "Media and stakeholders")), *_groups(lang)]
    made += [Heading(pick(lang, "善后复盘", "Recovery and review")), *_recovery(lang)]
    return [*made, Heading(pick(lang, "演练与更新", "Drills and revisions")), *_drills(facts, context, lang)]


def _levels(lang: str) -> list[Block]:
    from prtui.desk import crisis_clocks

    made: list[Block] = [
        Para(
            pick(
                lang,
                "符合任一条件，即定为该级；存疑时从高。",
                "Any one of these sets the level; in doubt the higher one.",
            )
        )
    ]
    for level in LEVELS:
        name = word(LEVELS, level, lang).replace("　", "").replace("  ", ", ")
        made.append(
            Para(f"**{name}**{wording.COLON[lang]}{pick(lang, *crisis_rules.TRIGGERS[level])}{pick(lang, '。', '.')}")
        )
    rows = [
        (
            pick(lang, *SHORT[level]), *(pick(lang, *one) for one in crisis_rules.LEADS[level]), hours(crisis_clocks.length(level, 8), lang),
            pick(lang, "每", "every ") + hours(crisis_clocks.RHYTHM[level], lang),
        )
        for level in LEVELS
    ]  # fmt: skip
    header = pick(lang, "级别|指挥|批准|首份声明|更新频次", "Level|Command|Approval|First statement|Updates").split("|")
    title = pick(lang, "分级", "Levels")
    made.append(Para(pick(lang, "各级的指挥、批准与时限：", "Who commands and approves, and how long there is:")))
    made.append(Table(header, rows, align=["left"] * 5, alt=title))
    rule = pick(
        lang,
        "升级即时生效；降级须有理由，并经原级别批准人同意。时限一律自发现起算，不自升级起算。",
        "A rise takes effect at once; a fall needs a reason and the approver of the level that is left. Targets are counted from "
        "the detection, never from the rise.",
    )
    return [*made, Para(rule)]


def _team(facts: Readiness, context: Context, lang: str) -> list[Block]:
    rows = []
    there = {one.role for one in facts.team}
    second = gap(pick(lang, "B角", "substitute"), lang)
    for one in facts.team:
        b = called(one.substitute.title, context.names) if one.substitute else second
        duty = pick(lang, *crisis_rules.DUTIES.get(one.role, ("—", "—")))
        rows.append((word(ROLES, one.role, lang), called(one.person.title, context.names), b, duty))
    for role in crisis_rules.NEEDED:
        if role not in there:
            name = word(ROLES, role, lang)
            first = gap(pick(lang, f"{name}A角", f"{name}, person A"), lang)
            rows.append((name, first, "—", pick(lang, *crisis_rules.DUTIES[role])))
    header = pick(lang, "职责|A角|B角|任务", "Role|A|B|Duty").split("|")
    title = pick(lang, "危机小组", "Crisis team")
    made: list[Block] = [Table(header, rows, align=["left"] * 4, alt=title)]
    tree: dict[str, list[str]] = {}
    for one in facts.team:
        if one.called_by:
            tree.setdefault(str(one.called_by), []).append(str(one.role))
    if tree:
        calls = [f"{word(ROLES, caller, lang)} → {roles(tuple(called_on), lang)}" for caller, called_on in tree.items()]
        made.append(
            Para(
                pick(lang, "呼叫顺序：", "Who calls whom: ")
                + ("；" if lang == "zh" else "; ").join(calls)
                + pick(lang, "。", ".")
            )
        )
    made.append(
        Para(
            pick(
                lang,
                "15分钟无人应答即呼B角；休息时段按当地时间提示，但不免除呼叫。",
                "Whoever is silent for 15 minutes is replaced by B. Local night is noted, and is no reason not to call.",
            )
        )
    )
    return made


def _risks(facts: Readiness, context: Context, lang: str) -> list[Block]:
    lead = Para(
        pick(
            lang,
            "数字组每日监测媒体、社交平台与投诉渠道；出现下列早期信号，15分钟内报公关。风险按可能性乘以影响排序：",
            "Media, social platforms and complaints are watched every day; an early sign is reported to PR within 15 minutes. Risks in "
            "the order of probability × impact:",
        )
    )
    if not facts.risks:
        return [
            lead,
            *missing(
                pick(
                    lang,
                    "风险清单：风险、可能性、影响、早期信号、准备",
                    "risks with probability, impact, early signs and what is prepared",
                ),
                lang=lang,
            ),
        ]
    rows = [
        (
            f"{one.title}\n{word(SCENARIOS, one.scenario, lang)}", f"{one.probability}×{one.impact}={one.probability * one.impact}",
            called(one.owner.title, context.names) if one.owner else "—", said(one, "signs") or "—", said(one, "prepared") or "—",
        )
        for one in facts.risks
    ]  # fmt: skip
    header = pick(lang, "风险|风险值|责任人|早期信号|已有准备", "Risk|Score|Owner|Early signs|Prepared").split("|")
    return [
        lead,
        Table(header, rows, align=["left"] * 5, alt=pick(lang, "风险", "Risks")),
    ]


def _flow(lang: str) -> list[Block]:
    from prtui.desk import crisis_clocks

    lead = Para(pick(lang, "流程如下，时限自发现起算：", "The steps, with their times from detection:"))
    rows = [
        (str(one.n), milestone(one.n, lang), roles(one.who, lang) or pick(lang, "全员", "everybody"), pick(lang, *one.what), *(due(level, one.n, lang) for level in ("I", "II", "III")))
        for one in crisis_rules.FLOW
    ]  # fmt: skip
    header = pick(lang, "序|步骤|责任|要求|I级|II级|III级", "No.|Step|Who|What|I|II|III").split("|")
    align: list[Align] = ["center", "left", "left", "left", "left", "left", "left"]
    widths = () if lang == "zh" else (0.8, 3.1, 2.8, 5.4, 1.3, 1.3, 1.3)
    flow = Table(header, rows, widths=widths, align=align, alt=pick(lang, "响应流程", "Response"))
    fourth = hours(crisis_clocks.length("IV", 8), lang)
    emergency = pick(
        lang,
        f"IV级{fourth}内答复客户，可不公开声明。紧急通道：预批模板仅填空者，经值班法务口头同意并入日志，公关总监可先行发布，"
        f"{hours(crisis_clocks.RATIFY, lang)}内补办确认。",
        f"Level IV: the customer is answered within {fourth}; a public statement is optional. Emergency path: an approved template "
        "with only its blanks filled may be published by the PR director after duty counsel agreed by word, which is logged; it is "
        f"ratified within {hours(crisis_clocks.RATIFY, lang)}.",
    )
    kinds = {True: ("法定", "statutory"), False: ("对标", "benchmark")}
    clocks = [
        (
            pick(lang, *crisis_rules.CLOCKS.get(one.key, (one.name, one.name))), _length(one.minutes, one.days, lang),
            pick(lang, *kinds[one.legal]), one.source if one.source.isascii() is False or lang == "en" else _SOURCES.get(one.key, one.source),
        )
        for one in crisis_clocks.STANDARD
    ]  # fmt: skip
    header = pick(lang, "时钟|时限|性质|依据", "Clock|Length|Kind|Source").split("|")
    return [
        lead,
        flow,
        Para(emergency),
        Para(
            pick(
                lang,
                "法定与对标时限（法定者由法务确认，公关不得关闭）：",
                "Statutory and benchmark clocks; counsel confirms the statutory ones, and PR cannot switch them off:",
            )
        ),
        Table(header, clocks, align=["left"] * 4, alt=pick(lang, "时限", "Clocks")),
    ]


_SOURCES = {"golden1": "业界惯例（PR News）", "golden24": "经典做法：24小时内第二份完整声明", "gdpr72": "GDPR第33条"}


def _length(minutes: int | None, days: int | None, lang: str) -> str:
    if days is not None:
        return pick(lang, f"{days}个工作日", f"{days} working days")
    return pick(lang, "立即", "at once") if minutes is None else hours(minutes, lang)


def _texts(facts: Readiness, lang: str) -> list[Block]:
    from prtui.desk.crisis_statements import MORE, OUTLINE

    made: list[Block] = [
        Para(pick(lang, "首份声明不超过200字，依次写明：", "A holding statement says, in this order:"))
    ]
    made.append(Items(OUTLINE[lang], ordered=True))
    more = ("、" if lang == "zh" else ", ").join(MORE[lang])
    never = ("、" if lang == "zh" else ", ").join(pick(lang, *one) for one in crisis_rules.NEVER)
    made.append(
        Para(
            pick(
                lang,
                f"完整声明另写{more}。对外不得{never}。每种语言的文本分别批准，改动任何一字，批准即失效。",
                f"A full statement adds {more}. We never {never}. Each language is approved by itself; a single changed word ends "
                "the approval.",
            )
        )
    )
    if not facts.approved:
        made += missing(pick(lang, "经法务预批的声明模板", "a template approved by counsel"), lang=lang)
    if facts.templates:
        rows = [
            (
                one.code, one.title, word(SCENARIOS, one.scenario, lang), said(one, "language") or "zh",
                f"{said(one, 'approved_by')}\n{clock.long_day(one.approved_on, lang)}" if one.code in facts.approved else pick(lang, "草稿，未预批", "draft"),
            )
            for one in sorted(facts.templates, key=lambda one: one.code not in facts.approved)
        ]  # fmt: skip
        header = pick(lang, "编号|模板|情景|语言|预批", "Code|Template|Scenario|Text|Approved").split("|")
        made.append(
            Table(
                header,
                rows,
                align=["left"] * 5,
                alt=pick(lang, "声明模板", "Templates"),
            )
        )
    return made


def _groups(lang: str) -> list[Block]:
    lead = Para(
        pick(
            lang,
            "只由发言人对外。每一媒体问询登记问题与截止时间，截止前30分钟提醒；按下列次序沟通，逐一记录时间与反馈：",
            "Only the spokesperson speaks. Every enquiry is registered with its deadline, and called out 30 minutes before. Groups are "
            "told in this order, each with time and reply on record:",
        )
    )
    rows = [
        (str(n), word(GROUPS, group, lang), word(ROLES, role, lang), pick(lang, *channel))
        for n, (group, role, channel) in enumerate(crisis_rules.GROUPS, 1)
    ]
    header = pick(lang, "次序|对象|责任|渠道", "Order|Group|Who|Channel").split("|")
    align: list[Align] = ["center", "left", "left", "left"]
    return [
        lead,
        Table(header, rows, align=align, alt=pick(lang, "利益相关方", "Stakeholders")),
    ]


def _recovery(lang: str) -> list[Block]:
    from prtui.desk import crisis_clocks, enquiries

    early, late = crisis_clocks.REVIEW_DAYS["I"], crisis_clocks.REVIEW_DAYS["III"]
    items = (
        (
            f"投诉{enquiries.SLA_HOURS}小时内办结，办结前写明处理方式并回访评分。",
            "48小时无A级媒体负面、无未答问询、投诉均在时限内，方可由人确认平息。",
            f"平息后I、II级{early}天内，III、IV级{late}天内提交复盘报告，写明有效之处、不足之处与五个为什么。",
            "改进行动逐项落实责任人与期限，预案随之修订升版。",
        )
        if lang == "zh"
        else (
            f"Complaints are closed within {enquiries.SLA_HOURS} h, with how they were settled and a rating.",
            "A person confirms the end after 48 h without A-tier negatives, with no open enquiry and all complaints in time.",
            f"The review follows within {early} days at levels I and II, {late} days at III and IV: what helped, what hurt, five whys.",
            "Every action has an owner and a day, and the plan is revised.",
        )
    )
    return [Items(items, ordered=True)]


def _drills(facts: Readiness, context: Context, lang: str) -> list[Block]:
    from prtui.desk import drills

    every = drills.EVERY_DAYS
    made: list[Block] = [
        Para(
            pick(
                lang,
                f"演练每{every}天至少一次，材料逐页标明，不得外发。",
                f"A drill is held at least every {every} days; its papers say so and never leave the house.",
            )
        )
    ]
    zone = facts.as_of.zone
    last = facts.held[0][0].detected_at.local(zone).date() if facts.held else None
    if last is None or (facts.as_of.local().date() - last).days > every:
        made.append(
            Callout(
                pick(
                    lang,
                    f"近{every}天没有演练记录，须尽快安排。",
                    f"No drill is on record in the last {every} days: hold one soon.",
                )
            )
        )
    rows = [
        (
            clock.long_day(row.detected_at.local(zone).date(), lang),
            row.title,
            row.code,
            "—" if points is None else f"{points}/100",
        )
        for row, points in facts.held
    ]
    rows += [
        (clock.long_day(one.planned_on, lang), one.title, one.code, pick(lang, "计划", "planned"))
        for one in facts.planned
    ]
    if rows:
        header = pick(lang, "日期|演练|编号|得分", "Date|Drill|Code|Marks").split("|")
        made.append(Table(header, rows, align=["left"] * 4, alt=pick(lang, "演练", "Drills")))
    made.append(Para(pick(lang, "版本沿革：", "Versions:")))
    kept = [
        (str(one.version_no), clock.long_day(one.in_force_on, lang) if one.in_force_on else "—", one.change, called(said(one, "approved_by"), context.names) or "—")
        for one in facts.versions
    ]  # fmt: skip
    header = pick(lang, "版次|施行|修订内容|批准", "No.|In force from|What changed|Approved by").split("|")
    made.append(Table(header, kept, align=["left"] * 4, alt=pick(lang, "版本沿革", "Versions")))
    return made
