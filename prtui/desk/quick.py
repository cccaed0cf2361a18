"""One line into a record: `任务 确认灯光 @王敏 3/20 PRJ-003`, `报道 VOGUE 2026-03-12 正面 腕表特写`.

The first word names the kind. Of the rest, codes, `@names`, dates and the words of choices are recognised wherever they
stand; what is left over is the title. What was clearly meant and is wrong, such as 2026-02-31, is refused: in a title nobody
would find it again.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any
from unicodedata import normalize
from zoneinfo import ZoneInfo

from prtui import clock, i18n, text
from prtui.clock import Moment
from prtui.config import Settings
from prtui.errors import NotFound, PrtuiError
from prtui.i18n import _
from prtui.store import KINDS, query
from prtui.store.fields import Choice, Day, Instant, Pointer, Ref, Spec
from prtui.store.records import Record, applies, editable

LONGEST_OUTLET = 5  # words: The New York Times Magazine
_DAY_LIKE = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}/\d{1,2}|(?:\d{4}年)?\d{1,2}月\d{1,2}[日号]?")
_TIER = re.compile(r"(?P<tier>[ABC])(?:级|-TIER)")


def kind_named(word: str) -> tuple[str, dict[str, str]] | None:
    """(kind, values) for a word in either language: task, 任务, statement, 声明 …, or for a part of one name alone, as
    search takes it (纪要 for 会议纪要); None when it names none."""
    wanted = text.key(word)
    named: dict[str, list[tuple[str, dict[str, str]]]] = {}
    for kind, model in KINDS.items():
        if model.listed:
            for name in _names(kind, model.label):
                named.setdefault(name, []).append((kind, {}))
        if model.subtypes:
            for stored, label in query.choice(kind, model.subtypes).items():
                for name in _names(stored, label):
                    named.setdefault(name, []).append((kind, {model.subtypes: stored}))
    if wanted in named:
        return named[wanted][0]
    if len(wanted) < 2 or wanted.isascii():  # “as” is no task
        return None
    like = [one for name, kinds in named.items() if wanted in name for one in kinds]
    return like[0] if like and all(one == like[0] for one in like) else None


def _names(stored: str, label: str) -> set[str]:
    return {stored, text.key(label), *(text.key(i18n.translate(label, name)) for name in i18n.LANGUAGES)}


def read(line: str, settings: Settings) -> tuple[str, dict[str, Any]]:
    """(kind, values) of a quick-add line. Raises PrtuiError with an example when there is nothing to make of it."""
    words = text.clean(line, lines=False).replace("　", " ").split()
    named = kind_named(words[0]) if words else None
    if named is None:
        raise PrtuiError(
            _("Start with what it is: task, project, coverage, statement …"),
            hint=_("For example: task Check the lights @Wang Min 3/20 PRJ-003"),
        )
    kind, preset = named
    model = KINDS[kind]
    values: dict[str, Any] = dict(preset)
    free = {name: spec for name, spec in editable(model).items() if name not in values and not spec.guarded}
    left: list[str] = []
    tier = ""
    for word in words[1:]:
        if _recognise(word, model, free, values, settings):
            continue
        if "outlet" in free and (match := _TIER.fullmatch(normalize("NFKC", word).upper())):
            tier = match["tier"]
            continue
        _refuse_no_day(word, free, values, settings)
        left.append(word)
    outlet = free.get("outlet")
    if isinstance(outlet, Ref) and "outlet" not in values:
        left = _outlet(left, values)
    if tier:
        _check_tier(tier, values)
    title = " ".join(left) or (_untitled(values, settings) if kind == "coverage" else "")
    if not title and not values.get(model.titled_by):
        raise PrtuiError(_("It has no title yet."), hint=_("Type a few words that say what it is."))
    values[model.titled_by] = title
    for name, spec in free.items():
        if isinstance(spec, Ref) and name == "owner" and name not in values:
            values[name] = _myself(settings) or _owner_of(values.get("project"))
            if values[name] is None and spec.required:
                raise PrtuiError(
                    _("It has no owner yet, and “{name}” is not among the people.").format(name=settings.actor),
                    hint=_(
                        "Name the owner with @, add a person first (person NAME), or say who you are with --as NAME."
                    ),
                )
        if (
            isinstance(spec, Instant)
            and spec.required
            and name not in values
            and applies(spec, {**_blank(model), **values})
        ):
            values[name] = Moment(clock.now(), settings.zone)
    return kind, {name: value for name, value in values.items() if value is not None}


def _blank(model: type[Record]) -> dict[str, Any]:
    return {name: spec.default for name, spec in editable(model).items()}


def _recognise(
    word: str, model: type[Record], free: dict[str, Spec], values: dict[str, Any], settings: Settings
) -> bool:
    for name, spec in free.items():
        if name in values:
            continue
        if isinstance(spec, Ref):
            target = spec.rel_model.kind
            row = query.by_code(word)
            if row is not None and row.kind == target:
                values[name] = row.pointer
                return True
            if target == "person" and word.startswith(("@", "＠")):
                values[name] = query.find("person", word[1:]).pointer
                return True
        elif isinstance(spec, Choice) and name != "confidentiality":
            for stored, label in spec.options.items():
                if text.key(word.removesuffix("级")) in _names(stored, label) | {text.key(stored)}:
                    values[name] = stored
                    return True
        elif isinstance(spec, Day) and name in ("due_on", "dated_on"):
            day = _day(word, settings)
            if day is not None:
                values[name] = day
                return True
        elif isinstance(spec, Instant) and spec.required:
            day = _day(word, settings)
            if day is not None:
                values[name] = _start_of(day, settings)
                return True
    return False


def _refuse_no_day(word: str, free: dict[str, Spec], values: dict[str, Any], settings: Settings) -> None:
    dated = any(name not in values and isinstance(spec, Day | Instant) for name, spec in free.items())
    if dated and _DAY_LIKE.fullmatch(normalize("NFKC", word)) and _day(word, settings) is None:
        raise PrtuiError(
            _("There is no day {word}.").format(word=word),
            hint=_("Correct it; in quotes, “{word}”, it belongs to the title.").format(word=word),
        )


def _check_tier(tier: str, values: dict[str, Any]) -> None:
    """The tier is the outlet's: a line that says another one is about another outlet, or the outlet has to be changed."""
    if "outlet" not in values:
        return
    outlet = query.get("outlet", values["outlet"].id)
    if outlet.tier != tier:
        raise PrtuiError(
            _("{outlet} is tier {here} on this desk, not {tier}.").format(
                outlet=outlet.name, here=outlet.tier or "—", tier=tier
            ),
            hint=_("Leave the tier out, or change {code} first.").format(code=outlet.code),
        )


def _untitled(values: dict[str, Any], settings: Settings) -> str:
    """What a clipping is called that has no title: where and when it came out."""
    if "outlet" not in values:
        return ""
    on = values["published_at"].local().date() if "published_at" in values else clock.today(settings.zone)
    return f"{values['outlet'].title} {on}"


def _day(word: str, settings: Settings) -> date | None:
    if word.isdigit():
        return None
    try:
        return clock.parse_day(word, clock.today(settings.zone))
    except PrtuiError:
        return None


def _start_of(day: date, settings: Settings) -> Moment:
    return Moment(datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(settings.zone)), settings.zone)


def _outlet(words: list[str], values: dict[str, Any]) -> list[str]:
    for length in range(min(LONGEST_OUTLET, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            try:
                values["outlet"] = query.find("outlet", " ".join(words[start : start + length])).pointer
            except NotFound:
                continue
            return words[:start] + words[start + length :]
    return words


def _owner_of(project: Pointer | None) -> Any:
    return query.get("project", project.id).owner if project else None


def _myself(settings: Settings) -> Any:
    try:
        return query.find("person", settings.actor).pointer
    except NotFound:
        return None
