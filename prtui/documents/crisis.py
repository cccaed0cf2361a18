"""Media statement (DOMAIN §6 row 16, §4.5): one page, verified facts, and when we speak again."""

from __future__ import annotations

import re
from typing import Any

from prtui.documents import lint, prose, wording
from prtui.documents.blocks import Area, Block
from prtui.documents.context import Context, Filled, Finding
from prtui.documents.masthead import approvals, blank, box, brand, contact_pair, dress, missing, pick, values
from prtui.documents.wording import in_language

# The text says itself when we speak again.
_SPEAKS_AGAIN = re.compile(r"下(?:一)?次(?:通报|更新|发布)|next update|speak again|update (?:you|again)", re.IGNORECASE)


def statement(row: Any, context: Context, lang: str) -> Filled:
    """The statement as the public reads it; with `context.internal` the copy that shows who approved it."""
    label = pick(lang, "媒体声明", "Media statement")
    body = in_language(row, "body", lang)
    issued = wording.moment(row, "released_at", context.settings.zone)
    number = getattr(row, "number", None)
    update = wording.moment(row, "next_update_at", context.settings.zone)
    next_update = wording.when(update, lang) if update else ""
    filled = values(row, context, lang, label)
    hotline = (pick(lang, "消费者热线", "Customer line"), brand(context, "phone", lang))
    if not next_update and not _SPEAKS_AGAIN.search(body):
        next_update = wording.gap(pick(lang, "下次通报时间", "time of the next update"), lang)
    update_pair = [(pick(lang, "下次通报", "Next update"), next_update)] if next_update else []
    filled |= {
        "city": in_language(row, "city", lang),
        "number": wording.number(number, lang) if number else blank(lang, "声明编号", "statement number"),
        "issued": wording.when(issued, lang) if issued else blank(lang, "发布时间", "time of release"),
        "date": wording.day(issued, lang) if issued else blank(lang, "发布日期", "date of release"),
        "organisation": filled["brand.legal_name"],
        "next_update": next_update or blank(lang, "下次通报时间", "time of the next update"),
        "body": Area(prose.blocks(body, lang, top=3) if body else _outline(lang), leads=True),
        "box": box([*update_pair, contact_pair(context, lang), hotline]),
        "approvals": approvals(context, lang),
    }
    return dress(
        row, context, lang, "statement", label + (pick(lang, "（内部留存）", " (internal)") if context.internal else ""),
        filled, public=True, dated=issued.local().date() if issued else None,
        findings=tuple(_findings(in_language(row, "title", lang), body, context, lang)),
        texts={"title": in_language(row, "title", lang), "body": body},
    )  # fmt: skip


def _outline(lang: str) -> list[Block]:
    return missing(
        pick(lang, "已核实的事实", "verified facts"),
        pick(lang, "关切与致歉", "concern and apology"),
        pick(lang, "已采取的措施", "actions taken"),
        lang=lang,
    )


def _findings(title: str, body: str, context: Context, lang: str) -> list[Finding]:
    found: list[Finding] = []
    for where, text in (("title", title), ("body", body)):
        found += [*lint.superlatives(where, text), *lint.cliches(where, text), *lint.statement(where, text)]
    found += lint.too_long("body", body, (lint.HOLDING if context.holding else lint.STATEMENT)[lang])
    if context.facts is not None:
        found += lint.unverified("body", body, context.facts)
    return found
