"""Clip book, 媒体报道汇总: the coverage of a project or a period, counted as K04 and K05 count it, drawn and listed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from prtui import clock
from prtui.clock import Moment
from prtui.documents import prose, wording
from prtui.documents.blocks import Align, Area, Block, Chart, Facts, Heading, Landscape, Para, Table
from prtui.documents.context import Context, Filled
from prtui.documents.figures import Meaning, Printed
from prtui.documents.masthead import dress, pick, values
from prtui.documents.wording import in_language, name_of, or_blank, said

if TYPE_CHECKING:
    from prtui.desk.coverage import Tally

TONES = {
    "positive": ("正面", "Positive"), "neutral": ("中性", "Neutral"), "mixed": ("混合", "Mixed"),
    "negative": ("负面", "Negative"), "unrated": ("未评", "Unrated"),
}  # fmt: skip
ACCENTS = {"positive": 1, "neutral": 6, "mixed": 3, "negative": 4, "unrated": 5}
KINDS = {
    "original": ("原创", "Original"), "pickup": ("转载", "Pickup"), "social": ("社交", "Social"),
    "video": ("视频", "Video"), "broadcast": ("广播电视", "Broadcast"),
    "paid": ("付费", "Paid"), "owned": ("自有", "Owned"), "shared": ("共享", "Shared"), "duplicate": ("重复", "Duplicate"),
}  # fmt: skip
_DAILY = 45  # days that a page shows as a column each
_DATED = 12  # columns that have room for a whole date


def _meaning(zh: str, en: str, rule_zh: str, rule_en: str) -> Meaning:
    return Meaning({"zh": zh, "en": en}, {"zh": rule_zh, "en": rule_en})


MEANINGS = {
    "originals": _meaning("原创报道", "Originals", "赢得媒体的原创，同一媒体同题或同链接计一篇", "earned originals; the same outlet with the same title or link is one"),
    "pickups": _meaning("转载", "Pickups", "赢得媒体的转载", "earned pickups"),
    "landed": _meaning("合计落地", "In all", "原创加转载", "originals and pickups"),
    "positive": _meaning("正面比例", "Positive share", "正面÷已评原创", "positive ÷ rated originals"),
    "rated": _meaning("已评原创", "Rated originals", "已评定倾向的原创", "originals whose tone is rated"),
    "unrated": _meaning("未评原创", "Unrated originals", "未评定倾向的原创，不计入分母", "originals not rated, out of the denominator"),
    "favourable": _meaning("正面原创", "Positive originals", "评为正面的原创", "originals rated positive"),
    "unfavourable": _meaning("负面原创", "Negative originals", "评为负面的原创", "originals rated negative"),
    "outlets": _meaning("媒体数", "Outlets", "刊出原创或转载的媒体", "outlets of the originals and pickups"),
    "tier_a": _meaning("A级媒体报道", "Tier A pieces", "A级媒体的原创与转载", "originals and pickups in outlets of tier A"),
    "other": _meaning("付费、自有及共享", "Paid, owned, shared", "不计入报道数量", "not counted as coverage"),
    "duplicates": _meaning("剔除的重复", "Duplicates left out", "与先刊出者重复", "the same as an earlier piece"),
    "days": _meaning("报道走势", "Course of coverage", "按发布日期与倾向，含转载", "by day of publication and tone, pickups included"),
}  # fmt: skip


def clip_book(row: Any, context: Context, lang: str) -> Filled:
    """The clip book of `context.rows`, for the project it belongs to."""
    from prtui.desk import coverage

    label = pick(lang, "媒体报道汇总", "Clip book")
    name = in_language(row, "name", lang)
    rows = coverage.in_order(context.rows)
    printed = Printed(coverage.figures(rows, context.tiers), context.frozen.get("clip-book"))
    period = _period(printed.data("period"), lang)
    filled = values(row, context, lang, label)
    subject = or_blank(name, pick(lang, "项目名称", "name of the project"))
    title = pick(lang, f"{name}媒体报道汇总", f"{name}: media coverage") if name else subject
    summary = _summary(printed, period, lang)
    filled |= {
        "title": title,
        "project": subject,
        "period": or_blank(period, pick(lang, "统计期间", "period")),
        "date": clock.long_day(clock.today(context.settings.zone), lang),
        "author": context.author or context.settings.actor,
        "summary": Area([Facts(summary), *printed.notice(MEANINGS, context.settings.zone, lang)]),
        "body": Area(_body(row, rows, coverage.tally(rows), printed, context, lang)),
    }
    marks = (wording.DATA_CHANGED[lang],) if printed.moved() else ()
    return dress(
        row, context, lang, "clip-book", label, filled, title=title if isinstance(title, str) else label, more_marks=marks,
        texts={"remarks": context.remarks},
    )  # fmt: skip


def _period(data: str, lang: str) -> str:
    if not data:
        return ""
    first, last = (clock.long_day(date.fromisoformat(day), lang) for day in data.split("/"))
    return first if first == last else pick(lang, f"{first}—{last}", f"{first} – {last}")


def _summary(printed: Printed, period: str, lang: str) -> list[tuple[str, str]]:
    f = printed
    pairs = [(pick(lang, "统计期间", "Period"), period or "—")]
    if lang == "zh":
        pairs.append(("报道数量", f"{f('originals')}篇原创，{f('pickups')}篇转载，合计落地{f('landed')}篇"))
        pairs.append(("正面比例", f"{f('positive')}（已评{f('rated')}篇，未评{f('unrated')}篇）"))
    else:
        originals, pickups = (f"{f(key)} {_noun(f.bare(key), key[:-1])}" for key in ("originals", "pickups"))
        pairs.append(("Coverage", f"{originals}, {pickups}: {f('landed')} in all"))
        pairs.append(("Positive", f"{f('positive')} of {f('rated')} rated; {f('unrated')} unrated"))
    if f.bare("other") != "0":
        text = pick(lang, "付费、自有及共享媒体{n}篇，不计入以上数字", "{n} paid, owned or shared, not counted above")
        pairs.append((pick(lang, "另有", "Beside"), text.format(n=f("other"))))
    if f.bare("duplicates") != "0":
        noun = _noun(f.bare("duplicates"), "duplicate")
        text = pick(lang, "重复{n}条，已剔除", "{n} {noun} left out")
        pairs.append((pick(lang, "去重", "Duplicates"), text.format(n=f("duplicates"), noun=noun)))
    return pairs


def _body(row: Any, rows: Sequence[Any], counted: Tally, printed: Printed, context: Context, lang: str) -> list[Block]:
    made: list[Block] = [Heading(pick(lang, "综述", "Summary"))]
    made.append(Para(_sentence(printed, lang)))
    made += prose.blocks(context.remarks, lang)
    if printed.data("days"):
        made += [Heading(pick(lang, "报道走势", "Course of coverage")), _curve(printed.data("days"), lang)]
        note = pick(
            lang,
            "n = {n}，按发布日期与倾向统计，含转载。",
            "n = {n}, by day of publication and tone, pickups included.",
        )
        made.append(Para(note.format(n=printed("days")), "Table Note"))
    listed: list[Block] = []
    if rows:
        listed += [Heading(pick(lang, "报道清单", "List of coverage")), _list(rows, counted, context, lang)]
    listed += [Heading(pick(lang, "数据来源", "Sources of the figures")), printed.sources(MEANINGS, lang)]
    listed.append(Para(_as_of(row, printed, context, lang), "Table Note"))
    return [*made, Landscape(listed)]


def _as_of(row: Any, printed: Printed, context: Context, lang: str) -> str:
    zone = context.settings.zone
    at = wording.when(Moment(printed.frozen.at if printed.frozen else clock.now(), zone), lang)
    code = said(row, "code")
    return pick(
        lang,
        f"统计时点：{at}。n为来源记录数。查阅全部来源记录：prtui list coverage project={code}",
        f"As of {at}. n is the number of records. All of them: prtui list coverage project={code}",
    )


def _sentence(f: Printed, lang: str) -> str:
    if f.bare("landed") == "0":
        return pick(lang, "统计期间尚无报道记录。", "No coverage is recorded for the period.")
    if lang == "zh":
        return (
            f"统计期间共收录{f('outlets')}家媒体的报道，其中原创{f('originals')}篇、转载{f('pickups')}篇，A级媒体{f('tier_a')}篇。"
            f"已评的{f('rated')}篇原创报道中，正面{f('favourable')}篇，负面{f('unfavourable')}篇。"
        )
    return (
        f"{f('outlets')} {_noun(f.bare('outlets'), 'outlet')} carried {f('originals')} {_noun(f.bare('originals'), 'original')} "
        f"and {f('pickups')} {_noun(f.bare('pickups'), 'pickup')}, {f('tier_a')} of them in tier A. Rated originals: {f('rated')}, "
        f"positive {f('favourable')}, negative {f('unfavourable')}."
    )


def _noun(count: str, noun: str) -> str:
    return noun if count == "1" else f"{noun}s"


def _curve(data: str, lang: str) -> Chart:
    """A stacked column a day, or a month when there are more days than a page shows."""
    from prtui.desk import coverage

    pieces = coverage.by_day(data)
    first, last = min(day for day, _tone in pieces), max(day for day, _tone in pieces)
    daily = (last - first).days <= _DAILY
    if daily:
        steps = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        # More than a dozen dates would be broken in two: then the title has the months.
        names = [f"{step.month}/{step.day}" if len(steps) <= _DATED else str(step.day) for step in steps]
    else:
        months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
        steps = [date(month // 12, month % 12 + 1, 1) for month in months]
        names = [f"{step.year}-{step.month:02d}" for step in steps]
    counts: Counter[tuple[date, str]] = Counter()
    for (day, tone), count in pieces.items():
        counts[day if daily else day.replace(day=1), tone] += count
    used = [tone for tone in TONES if any(counts[step, tone] for step in steps)]
    series = [(pick(lang, *TONES[tone]), [counts[step, tone] or None for step in steps]) for tone in used]
    zh, en = ("每日报道数量（篇）", "Pieces per day") if daily else ("每月报道数量（篇）", "Pieces per month")
    if daily and len(steps) > _DATED:
        ends = [wording.short_day(day, lang) for day in (first, last)]
        zh, en = f"{zh[:-1]}，{'—'.join(ends)}）", f"{en}, {' – '.join(ends)}"
    title = pick(lang, zh, en)
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


def _list(rows: Sequence[Any], counted: Tally, context: Context, lang: str) -> Table:
    """Every piece by its code: what the sources of the figures name."""
    columns: Mapping[str, tuple[str, str, float]] = {
        "code": ("编号", "Code", 1.8), "date": ("日期", "Date", 1.4), "outlet": ("媒体", "Outlet", 3.0),
        "tier": ("级别", "Tier", 0.8), "title": ("标题与摘要", "Headline and summary", 6.8), "kind": ("类型", "Kind", 1.1),
        "tone": ("倾向", "Tone", 1.1),
    }  # fmt: skip
    twice = {row.code for row in counted.duplicates}
    lines = [_line(row, row.code in twice, context, lang) for row in rows]
    middle: dict[str, Align] = {"tier": "center"}
    return Table(
        [pick(lang, *columns[name][:2]) for name in columns],
        [[line[name] for name in columns] for line in lines],
        widths=[columns[name][2] for name in columns],
        align=[middle.get(name, "left") for name in columns],
        alt=pick(lang, "报道清单", "List of coverage"),
    )


def _line(row: Any, duplicate: bool, context: Context, lang: str) -> dict[str, str]:
    from prtui.desk import coverage

    day, title, url = coverage.day_of(row), said(row, "title"), said(row, "url")
    if url.startswith(("http://", "https://")) and not set(title) & set("[]"):
        title = f"[{title}]({url})"
    earned = coverage.class_of(row) == "earned"
    kind = "duplicate" if duplicate else coverage.kind_of(row) if earned else coverage.class_of(row)
    tone = coverage.tone_of(row)
    return {
        "code": said(row, "code"),
        "date": wording.short_day(day, lang) if day else "—",
        "outlet": name_of(row.outlet, lang),
        "tier": coverage.tier_of(row, context.tiers) or "—",
        "title": "\n".join(filter(None, (title, said(row, "summary")))),
        "kind": pick(lang, *KINDS.get(kind, (kind, kind))),
        "tone": pick(lang, *TONES.get(tone, (tone, tone))),
    }
