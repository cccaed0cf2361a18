"""Clip book, 媒体报道汇总: the coverage of a project or a period, counted as K04 and K05 count it, drawn and listed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from prtui import clock
from prtui.documents import prose, wording
from prtui.documents.blocks import Align, Area, Block, Chart, Facts, Heading, Landscape, Para, Table
from prtui.documents.context import Context, Filled
from prtui.documents.masthead import dress, pick, values
from prtui.documents.wording import in_language, name_of, or_blank, said
from prtui.text import key

TONES = {
    "positive": ("正面", "Positive"), "neutral": ("中性", "Neutral"), "mixed": ("混合", "Mixed"),
    "negative": ("负面", "Negative"), "unrated": ("未评", "Unrated"),
}  # fmt: skip
ACCENTS = {"positive": 1, "neutral": 6, "mixed": 3, "negative": 4, "unrated": 5}
KINDS = {
    "original": ("原创", "Original"), "pickup": ("转载", "Pickup"), "social": ("社交", "Social"),
    "video": ("视频", "Video"), "broadcast": ("广播电视", "Broadcast"),
    "paid": ("付费", "Paid"), "owned": ("自有", "Owned"), "shared": ("共享", "Shared"),
}  # fmt: skip


@dataclass(frozen=True)
class Tally:
    """Coverage as counted: deduplicated earned originals, pickups beside them, everything not earned apart. `counted` are
    the rows behind originals and pickups."""

    counted: tuple[Any, ...]
    originals: int
    pickups: int
    other: int
    duplicates: int
    tones: Counter[str]

    @property
    def rated(self) -> int:
        """Originals that somebody has rated."""
        return self.originals - self.tones["unrated"]

    @property
    def positive(self) -> str:
        """The positive share of the rated originals (DOMAIN K05), one decimal half up; — when none is rated."""
        if not self.rated:
            return "—"
        share = Decimal(self.tones["positive"]) * 100 / self.rated
        return f"{share.quantize(Decimal('0.1'), ROUND_HALF_UP)}%"


def tally(rows: Iterable[Any]) -> Tally:
    """Count coverage rows (DOMAIN K04): the same outlet with the same title or address is one piece."""
    seen: set[tuple[str, str]] = set()
    pickups = other = originals = duplicates = 0
    tones: Counter[str] = Counter()
    counted = []
    for row in rows:
        outlet = key(name_of(getattr(row, "outlet", None)))
        marks = {(outlet, key(text)) for text in (said(row, "title"), said(row, "url")) if text}
        if marks & seen:
            duplicates += 1
            continue
        seen |= marks
        if media_class(row) != "earned":
            other += 1
            continue
        counted.append(row)
        if kind(row) == "pickup":
            pickups += 1
        else:
            originals += 1
            tones[said(row, "sentiment") or "unrated"] += 1
    return Tally(tuple(counted), originals, pickups, other, duplicates, tones)


def kind(row: Any) -> str:
    """`original`, `pickup`, `social` …"""
    return said(row, "original") or "original"


def media_class(row: Any) -> str:
    """`earned`, `paid`, `owned` or `shared`."""
    return said(row, "media_class") or "earned"


def clip_book(row: Any, context: Context, lang: str) -> Filled:
    """The clip book of `context.rows`, for the project it belongs to."""
    label = pick(lang, "媒体报道汇总", "Clip book")
    name = in_language(row, "name", lang)
    rows = sorted(context.rows, key=lambda one: (published(one, context) or date.max, said(one, "title")))
    days = [day for one in rows if (day := published(one, context))]
    period = _period(days, lang)
    counted = tally(rows)
    filled = values(row, context, lang, label)
    subject = or_blank(name, pick(lang, "项目名称", "name of the project"))
    title = pick(lang, f"{name}媒体报道汇总", f"{name}: media coverage") if name else subject
    filled |= {
        "title": title,
        "project": subject,
        "period": or_blank(period, pick(lang, "统计期间", "period")),
        "date": clock.long_day(clock.today(context.settings.zone), lang),
        "author": context.author or context.settings.actor,
        "summary": Area([Facts(_summary(counted, period, lang))]),
        "body": Area(_body(rows, counted, context, lang)),
    }
    return dress(row, context, lang, "clip-book", label, filled, title=title if isinstance(title, str) else label)


def published(row: Any, context: Context) -> date | None:
    """The day it came out, on the wall clock meant."""
    moment = wording.moment(row, "published_at", context.settings.zone)
    return moment.local().date() if moment else None


def _period(days: list[date], lang: str) -> str:
    if not days:
        return ""
    first, last = clock.long_day(min(days), lang), clock.long_day(max(days), lang)
    return first if first == last else pick(lang, f"{first}—{last}", f"{first} – {last}")


def _summary(counted: Tally, period: str, lang: str) -> list[tuple[str, str]]:
    landed = counted.originals + counted.pickups
    count = pick(
        lang,
        f"{counted.originals}篇原创，{counted.pickups}篇转载，合计落地{landed}篇",
        f"{_some(counted.originals, 'original')}, {_some(counted.pickups, 'pickup')}: {landed} in all",
    )
    tone = pick(
        lang,
        f"{counted.positive}（已评{counted.rated}篇，未评{counted.tones['unrated']}篇）",
        f"{counted.positive} of {counted.rated} rated; {counted.tones['unrated']} unrated",
    )
    pairs = [(pick(lang, "统计期间", "Period"), period or "—"), (pick(lang, "报道数量", "Coverage"), count)]
    pairs.append((pick(lang, "正面比例", "Positive"), tone))
    if counted.other:
        text = pick(
            lang,
            f"付费、自有及共享媒体{counted.other}篇，不计入以上数字",
            f"{counted.other} paid, owned or shared, not counted above",
        )
        pairs.append((pick(lang, "另有", "Beside"), text))
    if counted.duplicates:
        text = pick(lang, f"重复{counted.duplicates}条，已剔除", f"{_some(counted.duplicates, 'duplicate')} left out")
        pairs.append((pick(lang, "去重", "Duplicates"), text))
    return pairs


def _body(rows: list[Any], counted: Tally, context: Context, lang: str) -> list[Block]:
    made: list[Block] = [Heading(pick(lang, "综述", "Summary"))]
    made.append(Para(_sentence(counted, context, lang)))
    made += prose.blocks(context.remarks, lang)
    drawn = [row for row in counted.counted if published(row, context)]
    if drawn:
        made += [Heading(pick(lang, "报道走势", "Course of coverage")), _curve(drawn, context, lang)]
        note = pick(
            lang,
            f"n = {len(drawn)}，按发布日期与倾向统计，含转载。",
            f"n = {len(drawn)}, by day of publication and tone, pickups included.",
        )
        made.append(Para(note, "Table Note"))
    if rows:
        made.append(Landscape([Heading(pick(lang, "报道清单", "List of coverage")), _list(rows, context, lang)]))
    return made


def _sentence(counted: Tally, context: Context, lang: str) -> str:
    if not counted.counted:
        return pick(lang, "统计期间尚无报道记录。", "No coverage is recorded for the period.")
    outlets = len({name_of(getattr(row, "outlet", None)) for row in counted.counted})
    first = sum(_tier(row, context) == "A" for row in counted.counted)
    return pick(
        lang,
        f"统计期间共收录{outlets}家媒体的报道，其中原创{counted.originals}篇、转载{counted.pickups}篇，A级媒体{first}篇。"
        f"已评的{counted.rated}篇原创报道中，正面{counted.tones['positive']}篇，负面{counted.tones['negative']}篇。",
        f"{_some(outlets, 'outlet')} carried {_some(counted.originals, 'original')} and {_some(counted.pickups, 'pickup')}, {first} of "
        f"them in tier A. Rated originals: {counted.rated}, positive {counted.tones['positive']}, negative {counted.tones['negative']}.",
    )


def _some(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _tier(row: Any, context: Context) -> str:
    return said(row, "tier") or context.tiers.get(said(getattr(row, "outlet", None), "code"), "")


def _curve(rows: list[Any], context: Context, lang: str) -> Chart:
    """A stacked column a day, or a month when there are more days than a page shows."""
    dated = [(day, said(row, "sentiment") or "unrated") for row in rows if (day := published(row, context))]
    first, last = min(day for day, _tone in dated), max(day for day, _tone in dated)
    daily = (last - first).days <= 45
    if daily:
        steps = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        names = [f"{step.month}/{step.day}" for step in steps]
    else:
        months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
        steps = [date(month // 12, month % 12 + 1, 1) for month in months]
        names = [f"{step.year}-{step.month:02d}" for step in steps]
    counts = Counter((day if daily else day.replace(day=1), tone) for day, tone in dated)
    used = [tone for tone in TONES if any(counts[step, tone] for step in steps)]
    series = [(pick(lang, *TONES[tone]), [counts[step, tone] or None for step in steps]) for tone in used]
    title = pick(
        lang, "每日报道数量（篇）" if daily else "每月报道数量（篇）", "Pieces per day" if daily else "Pieces per month"
    )
    spoken = pick(lang, "；", "; ").join(f"{name} {sum(value or 0 for value in points)}" for name, points in series)
    return Chart(
        "stacked",
        title,
        names,
        series,
        alt=f"{title}: {spoken}",
        accents=[ACCENTS[tone] for tone in used],
        height_cm=6.5,
    )


def _list(rows: list[Any], context: Context, lang: str) -> Table:
    header = (
        ["序号", "日期", "媒体", "级别", "标题", "类型", "倾向", "摘要"]
        if lang == "zh"
        else ["No.", "Date", "Outlet", "Tier", "Headline", "Kind", "Tone", "Summary"]
    )
    lines = []
    for number, row in enumerate(rows, 1):
        day, outlet = published(row, context), getattr(row, "outlet", None)
        title, url = said(row, "title"), said(row, "url")
        linked = (
            f"[{title}]({url})" if url.startswith(("http://", "https://")) and not set(title) & set("[]") else title
        )
        tone, sort = (
            said(row, "sentiment") or "unrated",
            kind(row) if media_class(row) == "earned" else media_class(row),
        )
        lines.append(
            [
                str(number), wording.short_day(day, lang) if day else "—", name_of(outlet, lang),
                _tier(row, context) or "—", linked,
                pick(lang, *KINDS.get(sort, (sort, sort))), pick(lang, *TONES.get(tone, (tone, tone))), said(row, "summary") or "—",
            ]
        )  # fmt: skip
    shape = (0.7, 1.1, 1.7, 0.7, 4.2, 0.9, 0.9, 3.6)
    middle: list[Align] = ["center"]
    return Table(
        header, lines, widths=shape, align=middle + ["left"] * 7, alt=pick(lang, "报道清单", "List of coverage")
    )
