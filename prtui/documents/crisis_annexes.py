"""What a crisis plan has at its end, each on a page to print: telephones, the checklist, the card for the pocket."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prtui import clock
from prtui.clock import Moment
from prtui.documents import crisis_rules, wording
from prtui.documents.blocks import Block, Callout, PageBreak, Para, Table
from prtui.documents.context import Context
from prtui.documents.crisis_rules import SHORT, due, hours, roles
from prtui.documents.crisis_words import LEVELS, ROLES, milestone, word
from prtui.documents.masthead import missing, pick
from prtui.documents.wording import called, gap, said

if TYPE_CHECKING:
    from prtui.documents.crisis_facts import Readiness

_HEAD = "Salutation"  # an annex is not numbered with the chapters


def annexes(facts: Readiness, context: Context, lang: str) -> list[Block]:
    """The three annexes, each on its own page."""
    made = [PageBreak(), *_telephones(facts, context, lang), PageBreak(), *_checks(lang)]
    return [*made, PageBreak(), *_card(facts, context, lang)]


def _telephones(facts: Readiness, context: Context, lang: str) -> list[Block]:
    from prtui.desk.crisis_alerts import VERIFIED_DAYS

    on = facts.as_of.local().date()
    rows: list[tuple[str, ...]] = []
    stale = 0
    for seat in facts.team:
        for letter, who, since in (
            ("A", seat.person, seat.verified_on),
            ("B", seat.substitute, seat.substitute_verified_on),
        ):
            if who is None:
                continue
            old = since is None or (on - since).days > VERIFIED_DAYS
            stale += old
            person = facts.people[who.id]
            name = called(person.name, context.names)
            if person.zone and person.zone != facts.as_of.zone:
                name += "\n" + wording.zone_name(Moment(facts.as_of.at, person.zone), lang)
            phone = said(person, "phone") or gap(pick(lang, f"{person.name}电话", f"phone of {person.name}"), lang)
            checked = clock.long_day(since, lang) if since else pick(lang, "从未核实", "never verified")
            rows.append(
                (
                    word(ROLES, seat.role, lang),
                    letter,
                    name,
                    phone,
                    checked + (pick(lang, "\n须核实", "\ncheck it") if old and since else ""),
                )
            )
    made: list[Block] = [Para(pick(lang, "附件1　通讯录", "Annex 1  Telephones"), _HEAD)]
    if stale:
        text = pick(
            lang,
            f"{stale}个号码超过{VERIFIED_DAYS}天未核实或从未核实，请尽快核实。",
            f"Not verified in the last {VERIFIED_DAYS} days, or never: {stale}. Ring them soon.",
        )
        made.append(Callout(text))
    if not rows:
        return [*made, *missing(pick(lang, "小组成员及电话", "team with telephones"), lang=lang)]
    header = pick(lang, "职责|角|姓名|电话|核实日期", "Role|Seat|Name|Phone|Verified").split("|")
    made.append(
        Table(
            header,
            rows,
            widths=(2.4, 1.0, 3.6, 3.6, 4.2),
            align=["left", "center", "left", "left", "left"],
            alt=pick(lang, "通讯录", "Telephones"),
        )
    )
    return made


def _checks(lang: str) -> list[Block]:
    rows = [
        (pick(lang, *when), "\n".join(f"□ {pick(lang, *one)}" for one in lines)) for when, lines in crisis_rules.CHECKS
    ]
    header = pick(lang, "时段|事项", "When|What").split("|")
    table = Table(header, rows, widths=(3.6, 11), align=["left", "left"], alt=pick(lang, "检查表", "Checklist"))
    return [Para(pick(lang, "附件2　检查表", "Annex 2  Checklist"), _HEAD), table]


def _card(facts: Readiness, context: Context, lang: str) -> list[Block]:
    """What to do, whom to ring, how long there is, what not to say: to cut out and fold."""
    from prtui.desk import crisis_clocks

    calls = []
    for seat in facts.team:
        for who in (seat.person, seat.substitute):
            if who is not None:
                person = facts.people[who.id]
                calls.append(
                    f"{word(ROLES, seat.role, lang)}  {called(person.name, context.names)}  {said(person, 'phone') or '—'}"
                )
    steps = [
        "  ".join(
            (
                str(one.n),
                milestone(one.n, lang),
                roles(one.who, lang) or pick(lang, "全员", "everybody"),
                due("I", one.n, lang).replace("—", "").replace("\n", ""),
            )
        )
        for one in crisis_rules.FLOW[:9]
    ]
    times = [f"{pick(lang, *SHORT[level])}  {hours(crisis_clocks.length(level, 8), lang)}" for level in LEVELS]
    never = [pick(lang, *one) for one in crisis_rules.NEVER]
    rows = [
        ("\n".join(steps), "\n".join(calls) or gap(pick(lang, "小组电话", "telephones of the team"), lang)),
        (
            _titled(pick(lang, "首份声明时限（自发现起）", "First statement, from detection"), times),
            _titled(pick(lang, "决不", "We never"), never),
        ),
    ]
    header = pick(lang, "先做什么（I级时限）|打给谁", "Do (times of level I)|Ring").split("|")
    start = pick(
        lang, "启动计时：prtui，按F12；或 prtui crisis start", "Start the clock: prtui and F12, or prtui crisis start"
    )
    return [
        Para(pick(lang, "附件3　口袋卡（剪下对折）", "Annex 3  Pocket card (cut out and fold)"), _HEAD),
        Callout(start),
        Table(header, rows, widths=(7.4, 7.4), align=["left", "left"], alt=pick(lang, "口袋卡", "Pocket card")),
    ]


def _titled(title: str, lines: list[str]) -> str:
    return "\n".join((f"**{title}**", *lines))
