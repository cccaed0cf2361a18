"""Time: UTC instants with the zone that was meant, days, and what people type for them.

Nothing else in the house asks the system for the time, and nothing else imports pendulum (76 ms: only where a human's
words or a calendar are read).
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from unicodedata import normalize
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from prtui.errors import PrtuiError
from prtui.i18n import N_, _

_frozen: datetime | None = None


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return _frozen or datetime.now(UTC)


@contextmanager
def frozen(at: datetime) -> Iterator[None]:
    """The clock stands at `at` (aware) inside the block: for tests and for printing a report as of a moment."""
    global _frozen
    before, _frozen = _frozen, at.astimezone(UTC)
    try:
        yield
    finally:
        _frozen = before


@lru_cache(maxsize=64)
def zone(name: str) -> ZoneInfo:
    """The IANA zone. Raises PrtuiError with an example when there is none of that name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise PrtuiError(
            _("There is no time zone “{name}”.").format(name=name),
            hint=_("Use a name like Asia/Shanghai or Europe/Paris."),
        ) from None


@lru_cache(maxsize=1)
def system_zone() -> str:
    """The IANA name of this machine's zone, or `UTC`."""
    name = os.environ.get("TZ", "").lstrip(":")
    if not name:
        link = os.path.realpath("/etc/localtime")
        name = link.partition("zoneinfo/")[2]
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return "UTC"
    return name or "UTC"


@dataclass(frozen=True, order=True)
class Moment:
    """An instant (`at`, aware, UTC) and the IANA zone its writer meant."""

    at: datetime
    zone: str = "UTC"

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("a Moment needs an aware datetime")
        object.__setattr__(self, "at", self.at.astimezone(UTC))

    def local(self, name: str | None = None) -> datetime:
        """The wall clock there, or in another zone."""
        return self.at.astimezone(zone(name or self.zone))

    def stored(self) -> str:
        """Fixed-width UTC text that sorts by time, then the zone: `2026-03-14T18:47:00.000000Z Asia/Shanghai`."""
        return f"{stored(self.at)} {self.zone}"

    @classmethod
    def read(cls, text: str) -> Moment:
        """The inverse of `stored`."""
        instant, _space, name = text.partition(" ")
        return cls(read(instant), name or "UTC")

    def __str__(self) -> str:
        local = self.local()
        other = local.replace(fold=1 - local.fold)  # differs where the clocks go back and the hour comes twice
        offset = local.isoformat()[-6:] if other.utcoffset() != local.utcoffset() else ""
        return f"{local:%Y-%m-%d %H:%M}{offset}"


def stored(at: datetime) -> str:
    """`2026-03-14T18:47:00.000000Z`. Refuses a naive datetime."""
    if at.tzinfo is None:
        raise ValueError("a naive datetime has no instant")
    return at.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def read(text: str) -> datetime:
    """The inverse of `stored`."""
    return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(UTC)


def today(name: str) -> date:
    """The date it is now in that zone."""
    return now().astimezone(zone(name)).date()


_WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
_ENGLISH_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WORDS = {"今天": 0, "today": 0, "明天": 1, "tomorrow": 1, "后天": 2, "昨天": -1, "yesterday": -1, "前天": -2}
_RELATIVE = re.compile(r"^([+-]\d{1,4})\s*(d|天|日|w|周|m|月)?$")
_CHINESE_DAY = re.compile(r"^(?:(\d{4})年)?(\d{1,2})月(\d{1,2})[日号]?$")
_SHORT_DAY = re.compile(r"^(\d{1,2})[/.-](\d{1,2})$")
_FULL_DAY = re.compile(r"^(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})$")
_TIME = re.compile(r"^(.*?)[ T]?(\d{1,2})[:：](\d{2})(?::(\d{2}))?$")


def _bad_day(text: str) -> PrtuiError:
    return PrtuiError(
        _("“{text}” is not a date.").format(text=text[:40]),
        hint=_("Type it like 2026-03-20, 3/20, 3月20日, today, +3d or 周五."),
    )


def parse_day(text: str, on: date) -> date:
    """The date meant, seen from the day `on`: ISO, `3/20`, `3月20日`, `明天`, `+3d`, `+2w`, `周五`, `fri`.

    A date without a year is the one nearest to `on`. Raises PrtuiError with examples.
    """
    typed = normalize("NFKC", text).strip().lower()
    if typed in _WORDS:
        return on + timedelta(days=_WORDS[typed])
    try:
        if match := _RELATIVE.match(typed):
            return _shift(on, int(match[1]), match[2] or "d")
        if match := _FULL_DAY.match(typed):
            return date(int(match[1]), int(match[2]), int(match[3]))
        match = _CHINESE_DAY.match(typed)
        if match and match[1]:
            return date(int(match[1]), int(match[2]), int(match[3]))
        month_day = (int(match[2]), int(match[3])) if match else None
        if match := _SHORT_DAY.match(typed):
            month_day = int(match[1]), int(match[2])
        if month_day:
            return _nearest(month_day, on)
        weekday = _weekday(typed)
        if weekday is not None:
            return on + timedelta(days=(weekday - on.weekday()) % 7)
        if 8 <= len(typed) <= 10:  # 20260320, 2026-W12-5; a year or a month alone is no day
            import pendulum

            parsed = pendulum.parse(typed, strict=True, exact=True)
            if isinstance(parsed, pendulum.Date) and not isinstance(parsed, pendulum.DateTime):
                return date(parsed.year, parsed.month, parsed.day)
    except (ValueError, OverflowError):
        pass
    raise _bad_day(text)


def _nearest(month_day: tuple[int, int], on: date) -> date:
    found = []
    for year in (on.year - 1, on.year, on.year + 1):
        try:
            found.append(date(year, *month_day))
        except ValueError:
            continue
    if not found:
        raise ValueError(month_day)
    return min(found, key=lambda day: abs(day - on))


def _shift(on: date, count: int, unit: str) -> date:
    if unit in ("m", "月"):
        import pendulum

        moved = pendulum.date(on.year, on.month, on.day).add(months=count)
        return date(moved.year, moved.month, moved.day)
    return on + timedelta(days=count * (7 if unit in ("w", "周") else 1))


def _weekday(typed: str) -> int | None:
    for prefix in ("星期", "礼拜", "周"):
        if typed.startswith(prefix):
            return _WEEKDAYS.get(typed[len(prefix) :])
    if len(typed) < 3:
        return None
    return next((at for at, name in enumerate(_ENGLISH_DAYS) if name.startswith(typed)), None)


def parse_moment(text: str, zone_name: str) -> Moment:
    """The instant meant on that zone's wall clock: a day as in `parse_day`, then `19:00`; the day may be left out (today),
    and so may the time (00:00). An ISO text with an offset (`2026-03-14T18:47Z`) is taken at its word.

    A wall-clock time that a DST change skipped is refused; of one that comes twice the first is meant.
    """
    typed = normalize("NFKC", text).strip()
    try:
        exact = datetime.fromisoformat(typed.replace("Z", "+00:00").replace("z", "+00:00"))
        if exact.tzinfo is not None:
            return Moment(exact, zone_name)
    except ValueError:
        pass
    local = today(zone_name)
    hour = minute = second = 0
    day_text = typed
    if match := _TIME.match(typed):
        day_text = match[1].strip()
        hour, minute, second = int(match[2]), int(match[3]), int(match[4] or 0)
    day = parse_day(day_text, local) if day_text else local
    if hour == 24 and minute == second == 0:
        day, hour = day + timedelta(days=1), 0
    try:
        wall = datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=zone(zone_name))
    except ValueError:
        raise PrtuiError(
            _("“{text}” is not a time of day.").format(text=text[:40]), hint=_("Type it like 2026-03-20 19:00.")
        ) from None
    if wall.astimezone(UTC).astimezone(zone(zone_name)).replace(tzinfo=None) != wall.replace(tzinfo=None):
        raise PrtuiError(
            _("{text} did not exist in {zone}: the clocks went forward.").format(text=text[:40], zone=zone_name),
            hint=_("Type the time an hour later."),
        )
    return Moment(wall, zone_name)


def working_days(start: date, end: date, calendar: dict[date, bool] | None = None) -> int:
    """Working days after `start` up to and with `end`. `calendar` says which days differ from the week: True is worked
    (a 调休 make-up day), False is off."""
    calendar, count, day = calendar or {}, 0, start
    while day < end:
        day += timedelta(days=1)
        count += calendar.get(day, day.weekday() < 5)
    return count


_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")  # fmt: skip


def long_day(day: date, language: str) -> str:
    """As documents write it: 2026年3月5日, 5 March 2026."""
    return (
        f"{day.year}年{day.month}月{day.day}日"
        if language == "zh"
        else f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    )


def weekday(day: date, language: str) -> str:
    """周四, Thu."""
    return (
        "周" + "一二三四五六日"[day.weekday()]
        if language == "zh"
        else ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[day.weekday()]
    )


# The cities of zones that a luxury house works with, so that the catalogue has them; others keep their English name.
CITIES = (
    N_("Shanghai"), N_("Hong Kong"), N_("Macau"), N_("Taipei"), N_("Tokyo"), N_("Seoul"), N_("Singapore"), N_("Dubai"),
    N_("Paris"), N_("London"), N_("Rome"), N_("Zurich"), N_("Berlin"), N_("Madrid"), N_("Brussels"), N_("Monaco"),
    N_("New York"), N_("Los Angeles"), N_("Sydney"), N_("UTC"),
)  # fmt: skip


def city(zone_name: str) -> str:
    """The word for a zone, in the language in force: Asia/Shanghai → 上海."""
    return _(zone_name.rpartition("/")[2].replace("_", " "))


def span(seconds: float) -> str:
    """A length of time as a clock shows it: `00:18:24`; three days are `72:00:00`."""
    whole = int(abs(seconds))
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}"
