"""Press release (DOMAIN §6 row 4): release line, headline, dateline and lead, body, about, contact, ###."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from prtui import clock
from prtui.clock import Moment
from prtui.documents import lint, prose, wording
from prtui.documents.blocks import Area, Block, Heading, Para
from prtui.documents.context import Context, Filled, Finding
from prtui.documents.masthead import (
    approvals,
    blank,
    box,
    brand,
    contact_pair,
    dress,
    embargo_line,
    missing,
    pick,
    under_embargo,
    values,
)
from prtui.documents.wording import in_language

TITLE_LIMIT, LEAD_LIMIT, LEAST, MOST = 30, 100, 600, 1_000
_DATELINE = re.compile(r"^（[^）]{2,40}）\s*[—–-]|^[A-Z][A-Z ,.]{2,40}\d{0,2}[^—–\n]{0,30}[—–]")


def release(row: Any, context: Context, lang: str) -> Filled:
    """The release, for immediate use or under embargo."""
    label = pick(lang, "新闻稿", "Press release")
    body = in_language(row, "body", lang)
    moment = _dated(row, context)
    line = embargo_line(row, lang) if under_embargo(row) else pick(lang, "即时发布", "FOR IMMEDIATE RELEASE")
    dateline = _dateline(in_language(row, "city", lang), moment, lang)
    about = brand(context, "about", lang)
    name = brand(context, "name", lang)
    filled = values(row, context, lang, label)
    filled |= {
        "release_line": line,
        "dateline": dateline,
        "date": wording.day(moment, lang),
        "lead": _lead(body) or blank(lang, "导语", "lead"),
        "body": Area(_body(body, dateline, lang)),
        "about": Area([Para(about or wording.gap(pick(lang, "品牌简介", "about the brand"), lang), "Contact")]),
        "about_heading": pick(lang, f"关于{name}", f"About {name}") if name else blank(lang, "品牌名称", "brand name"),
        "box": box([contact_pair(context, lang), (pick(lang, "官方网站", "Website"), brand(context, "web", lang))]),
        "approvals": approvals(context, lang),
    }
    texts = {name: in_language(row, name, lang) for name in ("title", "subtitle", "body")}
    return dress(
        row, context, lang, "release", label + (pick(lang, "（内部留存）", " (internal)") if context.internal else ""),
        filled, public=True, dated=moment.local().date(),
        findings=tuple(_findings(texts, lang)), texts=texts,
    )  # fmt: skip


def _dated(row: Any, context: Context) -> Moment:
    for name in ("released_at", "embargo_at"):
        if moment := wording.moment(row, name, context.settings.zone):
            return moment
    if on := getattr(row, "dated_on", None):
        zone = context.settings.zone
        return Moment(datetime.combine(on, time(12), clock.zone(zone)), zone)
    return Moment(clock.now(), context.settings.zone)


def _dateline(city: str, moment: Moment, lang: str) -> str:
    city = city or wording.gap(pick(lang, "城市", "city"), lang)
    day = wording.day(moment, lang)
    return f"（{city}，{day}）——" if lang == "zh" else f"{city.upper() if '【' not in city else city}, {day} — "


def _lead(body: str) -> str:
    paragraphs = [line.strip() for line in body.split("\n") if line.strip() and not line.lstrip().startswith("#")]
    return paragraphs[0] if paragraphs else ""


def _body(body: str, dateline: str, lang: str) -> list[Block]:
    if not body:
        gaps = (
            ("导语（何人、何事、何时、何地、为何）", "lead: who, what, when, where, why"),
            ("主体", "body"),
            ("引语（姓名与职务）", "quote, with name and title"),
        )
        made = missing(*(pick(lang, *gap) for gap in gaps), lang=lang)
    else:
        made = prose.blocks(body, lang, top=3)
    first = next((index for index, block in enumerate(made) if isinstance(block, Para)), None)
    if first is None:
        return [Para(dateline.rstrip()), *made]
    lead = made[first]
    assert isinstance(lead, Para)
    if not _DATELINE.match(lead.text):
        made[first] = Para(dateline + lead.text)
    # A heading over the lead would part it from the headline.
    return [block for index, block in enumerate(made) if not (index < first and isinstance(block, Heading))]


def _findings(texts: Mapping[str, str], lang: str) -> list[Finding]:
    found: list[Finding] = []
    for where, text in texts.items():
        found += [*lint.superlatives(where, text), *lint.cliches(where, text)]
    if lang == "zh":
        body = texts["body"]
        found += lint.too_long("title", texts["title"], TITLE_LIMIT)
        found += lint.too_long("lead", _lead(body), LEAD_LIMIT)
        found += [*lint.too_long("body", body, MOST), *lint.too_short("body", body, LEAST)]
    return found
