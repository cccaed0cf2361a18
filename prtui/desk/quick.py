"""One line into a record: `任务 确认灯光 @王敏 3/20 PRJ-003`, `报道 VOGUE 2026-03-12 正面 腕表特写`.

The first word names the kind. Of the rest, codes, `@names`, dates and the words of choices are recognised wherever they
stand; what is left over is the title.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from prtui import clock, i18n, text
from prtui.clock import Moment
from prtui.config import Settings
from prtui.errors import NotFound, PrtuiError
from prtui.i18n import _
from prtui.store import KINDS, query
from prtui.store.fields import Choice, Day, Instant, Ref, Spec
from prtui.store.records import Record, applies, editable

LONGEST_OUTLET = 5  # words: The New York Times Magazine


def kind_named(word: str) -> tuple[str, dict[str, str]] | None:
    """(kind, values) for a word in either language: task, 任务, statement, 声明 …; None when it names none."""
    wanted = text.key(word)
    for kind, model in KINDS.items():
        if model.listed and wanted in _names(kind, model.label):
            return kind, {}
        if model.subtypes:
            for stored, label in query.choice(kind, model.subtypes).items():
                if wanted in _names(stored, label):
                    return kind, {model.subtypes: stored}
    return None


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
    for word in words[1:]:
        if not _recognise(word, model, free, values, settings):
            left.append(word)
    outlet = free.get("outlet")
    if isinstance(outlet, Ref) and "outlet" not in values:
        left = _outlet(left, values)
    title = " ".join(left)
    if not title and not values.get(model.titled_by):
        raise PrtuiError(_("It has no title yet."), hint=_("Type a few words that say what it is."))
    values[model.titled_by] = title
    for name, spec in free.items():
        if isinstance(spec, Ref) and name == "owner" and name not in values:
            values[name] = _myself(settings)
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


def _myself(settings: Settings) -> Any:
    try:
        return query.find("person", settings.actor).pointer
    except NotFound:
        return None
