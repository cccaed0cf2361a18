"""How documents say dates, places, marks and gaps, in the document's own language (which need not be the screen's)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from prtui import clock
from prtui.clock import Moment
from prtui.documents.blocks import Blank

CONFIDENTIALITY = {
    "internal": {"zh": "内部资料", "en": "Internal"},
    "confidential": {"zh": "机密", "en": "Confidential"},
    "embargoed": {"zh": "保密期内", "en": "Under embargo"},
}
DRILL = {
    "zh": "【演练】本文件为演练材料，不得对外发布",
    "en": "EXERCISE. This is drill material and must not be released",
}
DRILL_WATERMARK = "演练 EXERCISE"
INTERNAL_COPY = {"zh": "内部留存件，含审批记录，不得外发", "en": "Internal copy with approvals. Do not distribute"}
DRAFT = {"zh": "草稿，未经批准", "en": "Draft, not approved"}
DATA_CHANGED = {"zh": "数据已变更", "en": "Data changed since approval"}
COLON = {"zh": "：", "en": ": "}
WITHDRAWN = {"zh": "已撤回", "en": "Withdrawn"}
STEPS = {
    "facts": {"zh": "事实核对", "en": "Facts checked"},
    "pr": {"zh": "公关确认", "en": "PR"},
    "review": {"zh": "内部审核", "en": "Internal review"},
    "legal": {"zh": "法务确认", "en": "Legal clearance"},
    "management": {"zh": "管理层批准", "en": "Management approval"},
    "word": {"zh": "值班法务口头同意（紧急通道）", "en": "Counsel's word (emergency path)"},
    "hq": {"zh": "总部批准", "en": "Headquarters approval"},
    "chair": {"zh": "主持人签发", "en": "Approved by the chair"},
}
# Zones whose time has a name in Chinese; the others take their city's name.
_ZONES = {
    "Asia/Shanghai": ("北京", "Beijing"), "Asia/Hong_Kong": ("香港", "Hong Kong"), "Asia/Taipei": ("台北", "Taipei"),
    "Asia/Macau": ("澳门", "Macau"), "Asia/Tokyo": ("东京", "Tokyo"), "Asia/Seoul": ("首尔", "Seoul"),
    "Asia/Singapore": ("新加坡", "Singapore"), "Asia/Dubai": ("迪拜", "Dubai"), "Europe/Paris": ("巴黎", "Paris"),
    "Europe/London": ("伦敦", "London"), "Europe/Milan": ("米兰", "Milan"), "Europe/Rome": ("罗马", "Rome"),
    "Europe/Zurich": ("苏黎世", "Zurich"), "America/New_York": ("纽约", "New York"), "UTC": ("协调世界时", "UTC"),
    "America/Los_Angeles": ("洛杉矶", "Los Angeles"), "Australia/Sydney": ("悉尼", "Sydney"),
}  # fmt: skip
_MARK = re.compile(r"【(?:待填：|To fill: )([^【】]{1,300})】")


def gap(label: str, lang: str) -> str:
    """【待填：发布时间】, 【To fill: release time】."""
    return f"【待填：{label}】" if lang == "zh" else f"【To fill: {label}】"


def gaps(text: str) -> list[str]:
    """The labels of the unfilled marks in a text, in order."""
    return _MARK.findall(text) if "【" in text else []


def parted(text: str) -> Iterator[tuple[str, bool]]:
    """The text in pieces, each with whether it is an unfilled mark; an empty text is one piece."""
    at = 0
    for match in _MARK.finditer(text):
        if match.start() > at:
            yield text[at : match.start()], False
        yield match[0], True
        at = match.end()
    if at < len(text) or not text:
        yield text[at:], False


def zone_name(moment: Moment, lang: str) -> str:
    """北京时间，UTC+8 · Beijing time, UTC+8: the zone meant, with its offset at that instant."""
    names = _ZONES.get(moment.zone)
    city = names[lang != "zh"] if names else clock.city(moment.zone)
    offset = moment.local().utcoffset() or timedelta()
    minutes = int(offset.total_seconds() // 60)
    hours, rest = divmod(abs(minutes), 60)
    sign = "−" if minutes < 0 else "+"
    utc = f"UTC{sign}{hours}" + (f":{rest:02d}" if rest else "") if minutes else "UTC"
    if moment.zone == "UTC":
        return "协调世界时（UTC）" if lang == "zh" else "UTC"
    return f"{city}时间，{utc}" if lang == "zh" else f"{city} time, {utc}"


def when(moment: Moment, lang: str, *, zone: bool = True) -> str:
    """2026年3月20日20:00（北京时间，UTC+8） · 20 March 2026, 20:00 (Beijing time, UTC+8)."""
    wall = moment.local()
    day, time = clock.long_day(wall.date(), lang), f"{wall:%H:%M}"
    text = f"{day}{time}" if lang == "zh" else f"{day}, {time}"
    if not zone:
        return text
    return f"{text}（{zone_name(moment, lang)}）" if lang == "zh" else f"{text} ({zone_name(moment, lang)})"


def day(moment: Moment, lang: str) -> str:
    """2026年3月20日 · 20 March 2026, on the wall clock meant."""
    return clock.long_day(moment.local().date(), lang)


def short_day(on: date, lang: str) -> str:
    """As a table has room for it: 3月20日 · 20 Mar."""
    return f"{on.month}月{on.day}日" if lang == "zh" else f"{on.day} {clock.long_day(on, 'en').split()[1][:3]}"


def number(count: int, lang: str) -> str:
    """第1号 · No. 1."""
    return f"第{count}号" if lang == "zh" else f"No. {count}"


def said(row: Any, name: str) -> str:
    """An attribute as text; empty when the record has none."""
    value = getattr(row, name, None)
    return "" if value is None else str(value).strip()


def moment(row: Any, name: str, zone: str) -> Moment | None:
    """The attribute as a Moment; a bare instant is read on that zone's wall clock."""
    value = getattr(row, name, None)
    return Moment(value, zone) if isinstance(value, datetime) else value


def in_language(row: Any, name: str, lang: str) -> str:
    """The attribute, or its English twin (`title_en`): never the other language's text."""
    return said(row, name if lang == "zh" else f"{name}_en")


def name_of(thing: Any, lang: str = "zh") -> str:
    """What a reference is called: its name or title in the language, or in the only one it has."""
    if thing is None:
        return ""
    if isinstance(thing, str):
        return thing.strip()
    names = ("name", "title") if lang == "zh" else ("name_en", "title_en", "name", "title")
    return next(
        (text for name in names if (text := said(thing, name))), said(thing, "name_en") or said(thing, "title_en")
    )


def called(name: str, names: Mapping[str, str]) -> str:
    """What somebody is called in the document's language; what stands in brackets behind the name stays."""
    head, bracket, rest = name.partition("（") if "（" in name else name.partition("(")
    known = names.get(head.strip())
    if not known:
        return name
    return f"{known} ({rest.rstrip('）)')})" if bracket else known


def or_blank(text: str, label: str) -> str | Blank:
    """The text, or a gap of that label."""
    return text if text.strip() else Blank(label)
