"""Title, day, outlet, author and kind of a text, from its first lines, its last ones and the name of its file.

Guesses are shown before anything is stored; a guess that is not there is better than a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from unicodedata import normalize

from prtui.exchange.found import Found
from prtui.text import clean

HEAD = 2_000
TAIL = 400
TITLE_LIMIT = 120

_YEAR = r"(?:19[5-9]|20[0-9])[0-9]"
_MONTHS = {name: number for number, name in enumerate(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1)}  # fmt: skip
_MONTH = r"(?P<word>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_TIME = r"(?:[\sT]{0,2}(?P<hour>[01]?\d|2[0-3])[:：时](?P<minute>[0-5]\d))?"
_HAN = {character: index for index, character in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "O": 0}


def _written(time: str) -> tuple[re.Pattern[str], ...]:
    """The ways a day is written, each with a time of day behind it or, with `time` blank, alone."""
    return (
        re.compile(rf"(?<!\d)(?P<y>{_YEAR})\s?年\s?(?P<m>\d{{1,2}})\s?月\s?(?P<d>\d{{1,2}})\s?[日号]{time}"),
        re.compile(rf"(?<![\d.])(?P<y>{_YEAR})(?P<sep>[-/.])(?P<m>\d{{1,2}})(?P=sep)(?P<d>\d{{1,2}})(?!\d){time}"),
        re.compile(
            r"(?P<y>[〇零○O一二三四五六七八九]{4})年(?P<m>[一二三四五六七八九十]{1,2})月(?P<d>[一二三四五六七八九十]{1,3})日"
        ),
        re.compile(rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?{_MONTH},?\s(?P<y>{_YEAR})(?!\d)", re.I),
        re.compile(rf"\b{_MONTH}\s(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<y>{_YEAR})(?!\d)", re.I),
    )


_DAYS = _written(_TIME)
_BARE_DAYS = _written("")
_COMPACT_DAY = re.compile(rf"(?<!\d)(?P<y>{_YEAR})(?P<m>[01]\d)(?P<d>[0-3]\d)(?!\d)")

# Labels are matched in their simplified form, of the same length, so that 來源 and 來源 in a name stay as they are written.
SIMPLIFIED = str.maketrans(
    "標題來體鏈連網記發時間聲會議紀聞獨關說應報導載錄決項訊撰開雜誌聯絡媒佈員參與點請",
    "标题来体链连网记发时间声会议纪闻独关说应报导载录决项讯撰开杂志联络媒布员参与点请",
)
_FIELD = re.compile(
    r"^[\s>*#【（(]*(?P<name>标题|题目|主题|来源|媒体|出处|作者|记者|撰文|文|链接|网址|原文链接|日期|时间|发布时间|发布日期|发稿日期|刊发日期|刊发时间|"
    r"会议时间|会议日期|title|headline|subject|source|outlet|publication|author|by|byline|url|link|date|published|publication date|meeting date)"
    r"\**\s*[:：]\s*\**\s*(?P<value>\S.*?)[】）)]?\s*$",
    re.I | re.M,
)
_FIELDS = {
    "title": {"标题", "题目", "主题", "title", "headline", "subject"},
    "outlet": {"来源", "媒体", "出处", "source", "outlet", "publication"},
    "author": {"作者", "记者", "撰文", "文", "author", "by", "byline"},
    "url": {"链接", "网址", "原文链接", "url", "link"},
    "stamp": {"日期", "时间", "发布时间", "发布日期", "发稿日期", "刊发日期", "刊发时间", "会议时间", "会议日期", "date", "published", "publication date", "meeting date"},
}  # fmt: skip
_SOURCE = re.compile(r"(?:^|[\s（(|丨·])(?:文章来源|稿件来源|来源)\s*[:：]\s*([^\s，,；;。|丨）)】<>]{2,30})", re.M)
_AUTHOR = re.compile(
    r"(?:^|[\s（(|丨·/])(?:本报记者|特约记者|见习记者|记者|作者|撰文|文)\s*[:：/丨|\s]\s*([\u4e00-\u9fff·]{2,8}(?:[ 、][\u4e00-\u9fff·]{2,4}){0,2})(?=[\s，,；;。|丨）)】]|$)", re.M
)  # fmt: skip
_BYLINE = re.compile(r"^By ([A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,3})\s*(?:$|[|,·])", re.M)
_BRACKET = re.compile(r"^[【\[［]([^】\]］\n]{2,20})[】\]］]\s*(.*)")
_DATELINE = re.compile(r"^[（(【]?(?:[\u4e00-\u9fff]{2,6}|[A-Z][A-Za-z .]{2,24})[，,、 ]{0,2}(?:\d{4}\s?年|[A-Z][a-z]+ \d|\d{1,2} [A-Z]).{4,20}?[)）】]?\s*[—–-]", re.M)  # fmt: skip

_KIND_WORDS = {
    "release": re.compile(r"新闻稿|通稿|发布稿|即时发布|press\s?release|news\s?release|for immediate release|embargoed until", re.I),
    "minutes": re.compile(r"会议纪要|会议记录|例会纪要|纪要\s*$|meeting minutes|minutes of|^minutes\b", re.I),
    "statement": re.compile(r"声明(?!书)|情况说明|(?:关于|就).{2,40}(?:的说明|的回应|的通报|的致歉)|公开信|致歉信|holding statement|statement (?:on|regarding|concerning|by|from)\b|^(?:media |official )?statement\b", re.I),
}  # fmt: skip
_MINUTES_LABELS = re.compile(
    r"^[\s#*一二三四五六七八九十、.\d]*(会议时间|会议地点|主持人?|出席|列席|缺席|与会|参会|记录人?|决议|行动项|议题|chair|present|in attendance|apologies|resolutions?|action items?|minutes taken by)[^\n：:]{0,8}[：:\s]",
    re.I | re.M,
)
_RELEASE_END = re.compile(
    r"^\s*(?:#{3}|-\s?30\s?-|[-—–]+\s?END[S]?\s?[-—–]+|[（(]完[)）]|编者注|媒体联[络系]|media contacts?)",
    re.I | re.M,
)
_NOT_AN_OUTLET = re.compile(r"稿|纪要|演练|待填|声明|说明|通告|公告|快讯|独家|重要|转发|附件|草稿|最终|定稿|终版|修订|会议|密|^v?\d|draft|drill|final|release|^minutes|statement|memo|notes?$|confidential|internal|^re$|^fwd?$", re.I)  # fmt: skip
_MEDIA = re.compile(r"[报刊网台社]$|日报|晚报|周刊|杂志|新闻|财经|时尚|客户端|电视|广播")
_LABEL_LINE = re.compile(
    r"^[\s【\[（(*#]*(?:新闻稿|媒体通稿|通稿|新闻发布|即时发布|供即时发布|机密|绝密|秘密|内部|内部资料|保密期.*|for immediate release.*|press release|news release|embargoed.*|confidential|internal|draft|草稿|原创|转载)[\s】\]）)*：:]*$",
    re.I,
)
_SAID_ABOVE = r"(?:(?:供)?即时发布|立即发布|新闻稿|媒体通稿|通稿|for immediate release|press release|news release)"
# The line over a release, in one language or in both.
RELEASE_LINE = re.compile(
    rf"^[\s【\[（(*_#]*{_SAID_ABOVE}(?:\s*[/／|｜·:：—–-]\s*{_SAID_ABOVE})*[\s】\]）)*_：:。.]*$", re.I
)
_HEADING = re.compile(r"^#\s+(.+?)\s*#*$", re.M)
_SENTENCE_END = re.compile(r"[。！？!?；;]|\.\s")
_ADDRESS = re.compile(r"https?://[^\s<>\"'，。；）)】\u4e00-\u9fff]{4,1000}")
_NAME_PARTS = re.compile(r"\s*[_＿]+\s*|\s+[-–—]\s+|\s*[｜|]\s*")


@dataclass
class Guess:
    """The best that is known of a text. `stamp` has a time of day when one was written."""

    title: str
    stamp: date | datetime | None
    outlet: str
    author: str
    url: str
    kind: str


def find_day(text: str) -> date | datetime | None:
    """The first full date written in the text (2026年3月16日 10:20, 二〇二六年三月十六日, 16 March 2026), with its time if any."""
    found = [match for pattern in _DAYS for match in pattern.finditer(normalize("NFKC", text))]
    for match in sorted(found, key=re.Match.start):
        if day := _day(match):
            return day
    return None


def bare_days(text: str) -> Iterator[tuple[date, int, int]]:
    """Every full date written in the text, without any time of day, and where it begins and ends; the first one first."""
    found = [match for pattern in _BARE_DAYS for match in pattern.finditer(text)]
    for match in sorted(found, key=re.Match.start):
        if day := _day(match):
            yield day, match.start(), match.end()


def _day(match: re.Match[str]) -> date | datetime | None:
    parts = match.groupdict()
    month = _MONTHS[parts["word"][:3].lower()] if parts.get("word") else _number(parts["m"])
    try:
        day = date(_number(parts["y"], year=True), month, _number(parts["d"]))
    except ValueError:
        return None
    if parts.get("hour"):
        return datetime(day.year, day.month, day.day, int(parts["hour"]), int(parts["minute"]))
    return day


def _number(digits: str, *, year: bool = False) -> int:
    if digits.isdecimal():
        return int(digits)
    if year:
        return int("".join(str(_HAN[character]) for character in digits))
    tens, ten, ones = digits.rpartition("十")
    return (_HAN.get(tens, 1) * 10 if ten else 0) + (_HAN.get(ones, 0) if ones else 0)


def named(stem: str) -> tuple[date | None, str, str]:
    """Day, outlet and title as a file's name gives them: `2026-03-12_财经日报_标题`, `【财经日报】标题 20260312`."""
    name = normalize("NFKC", stem)
    day: date | None = None
    for pattern in (*_DAYS[:2], _COMPACT_DAY):
        for match in pattern.finditer(name):
            found = _day(match)
            if found and day is None:
                day = found.date() if isinstance(found, datetime) else found
                name = f"{name[: match.start()]}_{name[match.end() :]}"
    parts = [part for part in (piece.strip(" -–—.") for piece in _NAME_PARTS.split(name)) if part]
    outlet = ""
    if parts and (bracket := _BRACKET.match(parts[0])):
        outlet, parts = _outlet(bracket[1]), [bracket[2], *parts[1:]]
    elif day and len(parts) >= 2 and (_MEDIA.search(parts[0]) or not _NOT_AN_OUTLET.search(name)):
        outlet = _outlet(parts[0])
        parts = parts[1:] if outlet else parts
    return day, outlet, " ".join(part for part in parts if part)


def _outlet(name: str) -> str:
    name = clean(name, lines=False).strip("《》“”\"'「」 :：")
    return "" if not 2 <= len(name) <= 30 or _NOT_AN_OUTLET.search(name) or find_day(name) else name


def _fields(head: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in _FIELD.finditer(head.translate(SIMPLIFIED)):
        label = match["name"].lower()
        name = next(name for name, labels in _FIELDS.items() if label in labels)
        found.setdefault(name, head[match.start("value") : match.end("value")].strip())
    return found


def _search(pattern: re.Pattern[str], text: str) -> str:
    """What the first group matches, as it is written in the text."""
    match = pattern.search(text.translate(SIMPLIFIED))
    return text[match.start(1) : match.end(1)] if match else ""


def _first_line(text: str) -> tuple[str, str]:
    """The first line that can be a title, and the outlet in brackets before it."""
    if heading := _HEADING.search(text[:HEAD]):
        return heading[1], ""
    for line in text[:HEAD].split("\n")[:15]:
        line = line.strip(" \t*_#>")
        simplified = line.translate(SIMPLIFIED)
        if not line or _LABEL_LINE.match(simplified) or _FIELD.match(simplified) or not re.search(r"\w{2}", line):
            continue
        if RELEASE_LINE.match(simplified):
            continue
        day = _DAYS[0].match(line) or _DAYS[1].match(line)
        if day and len(line) < len(day[0]) + 12:
            continue
        bracket = _BRACKET.match(line)
        if bracket:
            outlet = _outlet(bracket[1])
            if not bracket[2]:
                continue
            return bracket[2], outlet
        return line, ""
    return "", ""


def _short(title: str) -> str:
    title = clean(title, lines=False).strip(" *_")
    if len(title) <= TITLE_LIMIT:
        return title
    end = _SENTENCE_END.search(title, 8, TITLE_LIMIT)
    return title[: end.start()] if end else title[: TITLE_LIMIT - 1] + "…"


def guess(found: Found, text: str, stem: str) -> Guess:
    """What is known of the tidy `text`: what the file says of itself, then labelled lines, then its name, then the text."""
    head = found.around[:HEAD] if found.around else text[:HEAD]
    tail = text[HEAD:][-TAIL:]
    fields = _fields(head)
    name_day, name_outlet, name_title = named(stem)
    line, line_outlet = _first_line(text)
    title = _short(found.title or fields.get("title", "") or line or found.headline or name_title or stem)
    outlet = (
        found.outlet
        or _outlet(fields.get("outlet", ""))
        or _outlet(_search(_SOURCE, head))
        or line_outlet
        or name_outlet
    )
    author = found.author or fields.get("author", "")
    author = author or _search(_AUTHOR, head) or _search(_BYLINE, head) or _search(_AUTHOR, tail)
    address = fields.get("url", "")
    if not found.url and (match := _ADDRESS.search(address)):
        address = match[0]
    kind = _kind(found, f"{title}\n{stem}\n{head}", title, stem, text)
    stamp = (
        found.stamp
        or find_day(fields.get("stamp", ""))
        or find_compact(fields.get("stamp", ""))
        or name_day
        or find_day(head)
    )
    stamp = stamp or find_day(tail)
    outlet = _outlet(outlet) if not found.web else clean(outlet, lines=False)[:60]
    url = found.url or (address if _ADDRESS.fullmatch(address) else "")
    if kind in ("", "statement") and outlet and not found.mail:
        kind = "coverage"  # what an outlet wrote about a statement is not the statement
    # A name in brackets or behind 来源 may be anybody's; with a day beside it, or as the name of a medium, it is an outlet's.
    certain = stamp or found.outlet or name_outlet or _MEDIA.search(outlet)
    if not kind or (kind == "coverage" and not (outlet and certain)):
        kind = "note"
    return Guess(title, stamp or found.made, outlet, clean(author, lines=False)[:60], url, kind)


def in_english(text: str) -> bool:
    """Whether the text is the English version: one in both languages is kept with the Chinese ones."""
    han = sum("\u4e00" <= character <= "\u9fff" for character in text)
    return han * 10 < sum(character.isascii() and character.isalpha() for character in text)


def find_compact(text: str) -> date | datetime | None:
    """The first `20260312` in the text; only where a date is expected, as any number may look like one."""
    match = _COMPACT_DAY.search(text)
    return _day(match) if match else None


def _kind(found: Found, head: str, title: str, stem: str, text: str) -> str:
    """The kind the words tell, or "" when only outlet and day can tell."""
    if found.web or named(stem)[1]:
        return "coverage"
    head, title, stem, text = (part.translate(SIMPLIFIED) for part in (head, title, stem, text))
    for kind in ("minutes", "release", "statement"):
        if _KIND_WORDS[kind].search(title) or _KIND_WORDS[kind].search(stem):
            return kind
    if len({match[1].lower() for match in _MINUTES_LABELS.finditer(text[: HEAD * 2])}) >= 3:
        return "minutes"
    first = head[:400]
    if _KIND_WORDS["release"].search(first) or (_DATELINE.search(head) and _RELEASE_END.search(text[-1500:])):
        return "release"
    return ""
