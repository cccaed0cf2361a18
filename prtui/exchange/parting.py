"""A release, minutes or a statement as it came, taken apart: what its template says by itself goes into fields.

Word prints the release line, the headline, the dateline, the closing mark and the box of a meeting from the fields, so a text
that brings its own would say them twice. Only what is certain is taken; whatever is taken stays to be found in `left_out`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from unicodedata import normalize

from prtui.clock import Moment, zone
from prtui.exchange.files import folded
from prtui.exchange.guesses import RELEASE_LINE, SIMPLIFIED, bare_days, find_day
from prtui.store.fields import LONGEST_LINE

_HEAD = 6  # lines before the lead: release line, embargo, headline, subtitle and room for one more
_BOX = 25  # lines at the top of minutes

_EMBARGO = re.compile(
    r"^[\s【\[（(*_]*(?:保密期至|禁发期至|禁发至|(?:strictly )?(?:under )?embargo(?:ed)? until)\s*[:：]?\s*(?P<until>.+?)[\s】\]*_。.]*$",
    re.I,
)
_CITIES = (
    "北京|上海|广州|深圳|杭州|成都|南京|苏州|武汉|西安|重庆|天津|青岛|厦门|长沙|大连|沈阳|三亚|海口|宁波|无锡|郑州|昆明|香港|澳门|台北|"
    "巴黎|伦敦|纽约|洛杉矶|米兰|罗马|佛罗伦萨|日内瓦|苏黎世|巴塞尔|东京|首尔|新加坡|迪拜|摩纳哥|柏林|马德里|悉尼"
)
_HAN_DAY = r"(?P<day>\d{4}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?[日号])"
_LATIN_DAY = r"(?P<day>\d{1,2}(?:st|nd|rd|th)?\s[A-Z][a-z]{2,8}\.?,?\s\d{4}|[A-Z][a-z]{2,8}\.?\s\d{1,2}(?:st|nd|rd|th)?,?\s\d{4})"
_LATIN_CITY = r"(?P<city>(?!(?:On|In|At|Since|From|Today|Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\b)[A-Z][A-Za-z.'’-]+(?: [A-Z][A-Za-z.'’-]+){0,3}(?:, [A-Z][A-Za-z.]+(?: [A-Z][A-Za-z.]+)?)?)"
_DASH = r"\s*[—–－-]{1,3}\s*"
# Between brackets any place is one; before a bare dash only a known city is, as 3月20日——4月1日 is a span of days.
_DATELINES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"^[（(【\[]\s*(?P<city>[\u4e00-\u9fff·]{{2,10}})\s*[，,、\s]\s*{_HAN_DAY}\s*(?:[电讯])?[）)】\]](?:{_DASH})?",
        rf"^[（(【\[]\s*{_HAN_DAY}\s*[，,、\s]\s*(?P<city>[\u4e00-\u9fff·]{{2,10}})\s*[）)】\]](?:{_DASH})?",
        rf"^(?P<city>(?:中国|法国|意大利|瑞士)?(?:{_CITIES}))\s*[，,、\s]\s*{_HAN_DAY}{_DASH}(?![\d\s])",
        rf"^{_HAN_DAY}\s*[，,、\s]\s*(?P<city>(?:中国|法国|意大利|瑞士)?(?:{_CITIES})){_DASH}(?![\d\s])",
        rf"^[(\[]?{_LATIN_CITY},\s{_LATIN_DAY}[)\]]?\s*[—–-]{{1,2}}\s+(?=\S)",
    )
)
_END = re.compile(r"^\s*(?:#\s?#\s?#|-\s?30\s?-|[-—–]+\s?ENDS?\s?[-—–]+|[（(](?:全文)?完[)）])\s*$", re.I)
_END_OF_LINE = re.compile(r"\s*[（(](?:全文)?完[)）]\s*$")
_SENTENCE = re.compile(r"[。！？!?；;.]\s*$")
_COLON = re.compile(r"[^:：]{1,12}[:：]")
_SUBTITLE = 120
_TITLE_LABEL = re.compile(r"^(?:标题|题目|主题|会议名称|会议主题|title|headline|subject|meeting)\s*[:：]\s*", re.I)

_LABELS = {
    name: frozenset(labels.split("|"))
    for name, labels in {
        "day": "会议日期|日期|date|meeting date|date of meeting",
        "time": "会议时间|时间|time|when|date and time|date & time|meeting time",
        "place": "会议地点|地点|place|venue|location",
        "chair": "主持人|主持|会议主持|会议主持人|主席|chair|chaired by|chairperson",
        "recorder": "记录人|记录|会议记录人|记录员|recorder|minutes taken by|minutes by|note-taker|notes by",
        "present": "出席|出席人|出席人员|参会|参会人|参会人员|与会|与会人员|present|attendees|attending",
        "in_attendance": "列席|列席人|列席人员|in attendance",
        "absent": "缺席|缺席人|缺席人员|请假|apologies|absent|apologies for absence",
    }.items()
}
_EVERY_LABEL = sorted((label for labels in _LABELS.values() for label in labels), key=len, reverse=True)
_SPACED = "|".join(r"\s*".join(label) if label > "\u2e7f" else re.escape(label) for label in _EVERY_LABEL)
_LABEL = re.compile(rf"(?:^|(?<=[\s;；]))(?P<label>{_SPACED})[ *\u3000]*(?:[:：]|\t)[\s*]*", re.I)
_OTHER_LABEL = re.compile(
    r"^[\s*>]*(?:会\s*议[^\s:：]{1,6}|编号|密级|抄送|分发|部门|项目|subject|ref(?:erence)?|cc|copies|distribution|project)[\s*]*[:：\t]",
    re.I,
)
_HEADINGS = {"会议纪要", "会议记录", "纪要", "minutes", "meetingminutes", "minutesofthemeeting"}
_CLOCK = re.compile(
    r"(?P<half>上午|下午|中午|晚上|晚间|晚|凌晨|早上)?\s*(?<!\d)(?P<hour>[01]?\d|2[0-3])\s*"
    r"(?:[:：]\s*(?P<minute>[0-5]\d)|[时点]\s*(?:(?P<minutes>[0-5]?\d)\s*分|(?P<mid>半)|整)?|(?=\s*[ap]\.?m\b))(?:\s*(?P<noon>[ap])\.?m\b\.?)?",
    re.I,
)
_WHERE = {
    "北京": "Asia/Shanghai", "beijing": "Asia/Shanghai", "上海": "Asia/Shanghai", "shanghai": "Asia/Shanghai", "china": "Asia/Shanghai",
    "香港": "Asia/Hong_Kong", "hong kong": "Asia/Hong_Kong", "台北": "Asia/Taipei", "taipei": "Asia/Taipei",
    "东京": "Asia/Tokyo", "tokyo": "Asia/Tokyo", "新加坡": "Asia/Singapore", "singapore": "Asia/Singapore",
    "巴黎": "Europe/Paris", "paris": "Europe/Paris", "伦敦": "Europe/London", "london": "Europe/London",
    "苏黎世": "Europe/Zurich", "zurich": "Europe/Zurich", "米兰": "Europe/Rome", "milan": "Europe/Rome",
    "纽约": "America/New_York", "new york": "America/New_York",
}  # fmt: skip
_OTHER_ZONE = re.compile(r"\b(?:utc|gmt|c?e[sd]?t|p[sd]t|bst|jst|hkt)\b|时间|\btime\b")
_ZONE = re.compile(
    r"^(?:(?P<city>[a-z ]+?|[\u4e00-\u9fff]{2,3})\s?(?:时间|time))?[\s,]*(?:(?:utc|gmt)(?:(?P<sign>[+−-])(?P<hours>\d{1,2})(?::(?P<minutes>\d\d))?)?)?$"
)


@dataclass
class Parted:
    """A text without what its template says, the fields that were filled from that, and the words that were taken out."""

    body: str
    fields: dict[str, object] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)


def parted(kind: str, title: str, text: str, zone_name: str) -> Parted:
    """The text taken apart as its kind asks for; other kinds stay as they are."""
    lines = text.split("\n")
    found = Parted(text)
    if kind == "release":
        _release(lines, title, zone_name, found)
    elif kind == "minutes":
        _minutes(lines, title, zone_name, found)
    elif kind == "statement":
        first = next((at for at, line in enumerate(lines) if line.strip()), 0)
        if _is_title(lines[first], title):
            _take(lines, first, found)
    else:
        return found
    body = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    return Parted(body, found.fields, found.left_out) if body else Parted(text)


def _take(lines: list[str], at: int, found: Parted) -> None:
    found.left_out.append(lines[at].strip())
    lines[at] = ""


def _is_title(line: str, title: str) -> bool:
    said = folded(_TITLE_LABEL.sub("", line.strip(" \t#*_")))
    if title.endswith("…"):
        return len(title) > 20 and said.startswith(folded(title))
    return bool(said) and said == folded(title)


# -- a release -----------------------------------------------------------------------------------------------------------


def _release(lines: list[str], title: str, zone_name: str, found: Parted) -> None:
    head = [at for at, line in enumerate(lines) if line.strip()][:_HEAD]
    dated = next(((at, match) for at in head if (match := _dateline(lines[at]))), None)
    between: list[int] = []
    for at in head:
        if dated and at >= dated[0]:
            break
        if RELEASE_LINE.match(lines[at].translate(SIMPLIFIED)) or _is_title(lines[at], title):
            _take(lines, at, found)
        elif until := _embargo(lines[at], zone_name):
            found.fields["embargo_at"] = until
            _take(lines, at, found)
        elif dated:
            between.append(at)
        else:
            break  # without a dateline nobody knows where the lead begins
    if dated and len(between) == 1 and _is_subtitle(lines[between[0]]):
        found.fields["subtitle"] = lines[between[0]].strip(" \t#*_")
        _take(lines, between.pop(), found)
    if dated and not between:
        at, match = dated
        city = match["city"].strip()
        found.fields |= {"city": city.title() if city.isupper() else city, "dated_on": find_day(match["day"])}
        found.left_out.append(match[0].strip())
        lines[at] = lines[at].strip()[match.end() :]
    _closing(lines, found)


def _dateline(line: str) -> re.Match[str] | None:
    line = line.strip()
    matches = (pattern.match(line) for pattern in _DATELINES)
    return next((match for match in matches if match and find_day(match["day"])), None)


def _is_subtitle(line: str) -> bool:
    line = line.strip(" \t#*_")
    return 0 < len(line) <= _SUBTITLE and not _SENTENCE.search(line) and not _COLON.match(line)


def _closing(lines: list[str], found: Parted) -> None:
    written = [at for at, line in enumerate(lines) if line.strip()]
    for at in reversed(written):
        if _END.match(lines[at]):
            _take(lines, at, found)
            return
    if written and (match := _END_OF_LINE.search(lines[written[-1]])):
        found.left_out.append(match[0].strip())
        lines[written[-1]] = lines[written[-1]][: match.start()]


def _embargo(line: str, zone_name: str) -> Moment | None:
    """The instant of an embargo line that says day, time and a zone we know, or no zone; None for any other."""
    match = _EMBARGO.match(line.translate(SIMPLIFIED))
    if not match:
        return None
    until = normalize("NFKC", match["until"])
    day, until = _bare_day(until)
    at = _CLOCK.search(until)
    if day is None or at is None:
        return None
    rest = f"{until[: at.start()]} {until[at.end() :]}".lower()
    rest = re.sub(r"\b(?:at|on|hrs?|hours|local)\b|[(),，。]|(?:星期|周)[一二三四五六日天]|\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b", " ", rest)  # fmt: skip
    where = _ZONE.match(" ".join(rest.split()))
    if where is None or (where["city"] and where["city"].strip() not in _WHERE):
        return None
    moment = _moment(day, at, _WHERE.get((where["city"] or "").strip(), zone_name))
    if not where["sign"]:
        return moment
    away = timedelta(hours=int(where["hours"]), minutes=int(where["minutes"] or 0))
    away = away if where["sign"] == "+" else -away
    if moment.local().utcoffset() == away:
        return moment
    if where["city"]:
        return None  # the city and the offset do not agree
    wall = moment.local().replace(tzinfo=UTC)
    return Moment(wall - away, zone_name)


def _bare_day(text: str) -> tuple[date | None, str]:
    """The first day in the text, and the text without it."""
    day, start, end = next(bare_days(text), (None, 0, 0))
    return day, f"{text[:start]} {text[end:]}" if day else text


def _moment(day: date, at: re.Match[str], zone_name: str) -> Moment:
    hour = int(at["hour"])
    afternoon = (at["half"] or "") in ("下午", "中午", "晚上", "晚间", "晚") or (at["noon"] or "").lower() == "p"
    if afternoon and hour < (11 if at["half"] == "中午" else 12):
        hour += 12
    if hour == 12 and (at["noon"] or "").lower() == "a":
        hour = 0
    minute = 30 if at["mid"] else int(at["minute"] or at["minutes"] or 0)
    return Moment(datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone(zone_name)), zone_name)


# -- minutes -------------------------------------------------------------------------------------------------------------


def _minutes(lines: list[str], title: str, zone_name: str, found: Parted) -> None:
    told: dict[str, tuple[int, str]] = {}
    taken: set[int] = set()
    for at in [at for at, line in enumerate(lines) if line.strip()][:_BOX]:
        line = lines[at]
        pairs = _labelled(line)
        if _is_title(line, title):
            taken.add(at)
        elif pairs and not any(name in told or len(value) > LONGEST_LINE for name, value in pairs):
            told |= {name: (at, value) for name, value in pairs}
        elif not pairs and not _OTHER_LABEL.match(line) and folded(line.translate(SIMPLIFIED)) not in _HEADINGS:
            break
    when = [(at, value) for name in ("time", "day") if name in told for at, value in [told.pop(name)]]
    if held := _held([value for _at, value in when], zone_name, found):
        found.fields["held_at"] = held
        taken |= {at for at, _value in when}
    # A line whose time was not understood keeps its place, with whatever else it says.
    kept = {at for at, _value in when} - taken
    for name, (at, value) in told.items():
        found.fields[name] = value
        taken |= {at} - kept
    for at in sorted(taken):
        _take(lines, at, found)


def _labelled(line: str) -> list[tuple[str, str]]:
    """(field, value) of each label in a line of the box; none when one of them is not known or says nothing."""
    line = line.strip(" \t>*·•")
    matches = list(_LABEL.finditer(line.translate(SIMPLIFIED)))
    if not matches or matches[0].start():
        return []
    ends = [match.start() for match in matches[1:]] + [len(line)]
    pairs = [
        (_named(match["label"]), line[match.end() : end].strip(" \t*;；"))
        for match, end in zip(matches, ends, strict=True)
    ]
    return pairs if all(value for _name, value in pairs) else []


def _named(label: str) -> str:
    label = re.sub(r"(?<=[\u4e00-\u9fff])\s+", "", " ".join(label.lower().split()))
    return next(name for name, labels in _LABELS.items() if label in labels)


def _held(said: list[str], zone_name: str, found: Parted) -> Moment | None:
    """When the meeting began; None without a full date and a time, or with a zone that is not known."""
    day: date | None = None
    clock: re.Match[str] | None = None
    around = ""
    for value in said:
        its_day, rest = _bare_day(normalize("NFKC", value))
        day, clock = day or its_day, clock or _CLOCK.search(rest)
        around += f" {rest.lower()}"
    if day is None:
        return None
    found.fields["dated_on"] = day
    places = sorted((around.index(name), name) for name in _WHERE if name in around)
    if clock is None or (not places and _OTHER_ZONE.search(around)):
        return None
    return _moment(day, clock, _WHERE[places[0][1]] if places else zone_name)
