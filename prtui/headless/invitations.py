"""Invitations without a screen: the guests from a list, the event from the command line, a calendar file beside them."""

from __future__ import annotations

import argparse
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from prtui import clock
from prtui.clock import Moment
from prtui.config import Settings
from prtui.errors import Invalid, PrtuiError, Refused
from prtui.headless.printing import say
from prtui.i18n import _
from prtui.store import query
from prtui.store.records import Row
from prtui.text import key

# What the command line says about the event, until the event is a record.
FLAGS = ("guests", "at", "until", "place", "dress", "reply_by", "greeting", "programme", "note")
_COLUMNS = {
    "name": ("姓名", "name", "full name", "嘉宾", "guest"),
    "name_en": ("英文名", "name (english)", "english name", "full name (english)"),
    "salutation": ("称谓", "salutation", "form of address", "prefix"),
    "plus_ones": ("携伴", "plus-ones", "plus ones", "plus-one", "company"),
    "lang": ("语言", "language", "lang"),
    "host": ("接待人", "host"),
}
_LANGUAGES = {"zh": ("zh", "中文", "汉语", "chinese", "cn"), "en": ("en", "英文", "英语", "english")}
_BARE_TIME = re.compile(r"\s*\d{1,2}[:：]\d{2}\s*")
_FORMS = (("先生", "Mr"), ("女士", "Ms"), ("小姐", "Ms"), ("博士", "Dr"), ("教授", "Professor"))


def context(options: argparse.Namespace, row: Row, settings: Settings, lang: str) -> Any:
    """What the documents of the record are made of, with what the command line says about the event."""
    from prtui.documents.gathering import gather

    given = gather(row, settings, lang, internal=options.internal, drill=options.drill)
    return (
        replace(given, event=_occasion(options, settings, lang))
        if any(getattr(options, one) for one in FLAGS)
        else given
    )


def export(options: argparse.Namespace, row: Row, settings: Settings, lang: str, out: Path | None) -> list[Any]:
    """One file for each guest of the list into one new folder, and the event as a calendar file beside them."""
    from prtui import documents as word

    people = {one.name: one for one in query.rows("person")}
    guests = _guests(Path(options.guests).expanduser(), lang, people)
    contexts = {one: context(options, row, settings, one) for one in {lang, *(guest.lang for guest in guests)}}
    if options.preview:
        for guest in guests:
            given = replace(contexts[guest.lang], guest=guest)
            for line in word.preview(options.kind, row, given, guest.lang, only_shipped=options.only_shipped):
                say(line)
            say()
        return []
    made = word.export_each(
        options.kind, row, contexts[lang], lang, guests, out, final=options.final, only_shipped=options.only_shipped, others=contexts
    )  # fmt: skip
    if options.at:
        made += [_calendar(row, contexts[one], one, made[0].path.parent) for one in sorted(contexts)]
    return made


def _guests(path: Path, lang: str, people: Mapping[str, Row]) -> list[Any]:
    """The guests of the list. Raises Invalid with every line that cannot be used."""
    from prtui.documents import Guest
    from prtui.exchange import tables

    known = [name for names in _COLUMNS.values() for name in names]
    table = tables.read(path, known)
    column = {
        field: found
        for field, names in _COLUMNS.items()
        if (found := next((one for one in table.header if key(one) in {key(name) for name in names}), None))
    }
    if "name" not in column and "name_en" not in column:
        raise PrtuiError(
            _("{name} has no column with the guests' names.").format(name=path.name),
            hint=_("Name one of its columns 姓名 or name. Its columns: {names}.").format(names=", ".join(table.header)),
        )
    guests, faults = [], {}
    for line, row in zip(table.lines, table.rows, strict=True):
        values = {field: row[found] for field, found in column.items()}
        place = _("line {line}").format(line=line)
        speaks = _language(values.get("lang", ""), lang)
        plus = values.get("plus_ones", "") or "0"
        name = (values.get("name_en") if speaks == "en" else "") or values.get("name") or values.get("name_en") or ""
        if speaks is None:
            faults[place] = _("“{word}” is no language; use zh or en").format(word=values["lang"][:40])
        elif not re.fullmatch(r"\d{1,2}", plus):
            faults[place] = _("“{word}” is no number of companions").format(word=plus[:40])
        elif not name:
            faults[place] = _("there is no name")
        else:
            host = _host(values.get("host", ""), people, speaks)
            guests.append(Guest(name, _form(values.get("salutation", ""), speaks), int(plus), host, speaks))
    if faults:
        raise Invalid(faults)
    if not guests:
        raise Refused(_("There are no guests to invite."), hint=_("{name} has no rows.").format(name=path.name))
    return guests


def _language(word: str, otherwise: str) -> str | None:
    if not word:
        return otherwise
    return next((lang for lang, names in _LANGUAGES.items() if key(word) in {key(name) for name in names}), None)


def _form(word: str, lang: str) -> str:
    """The form of address in the invitation's language, where it is one of the usual ones."""
    for zh, en in _FORMS:
        if word.rstrip(".").lower() in (zh, en.lower()):
            return zh if lang == "zh" else en
    return word


def _host(name: str, people: Mapping[str, Row], lang: str) -> Any:
    from prtui.documents import Person
    from prtui.documents.gathering import person

    if not name:
        return None
    return person(people[name], lang) if name in people else Person(name)


def _occasion(options: argparse.Namespace, settings: Settings, lang: str) -> Any:
    from prtui.documents import Occasion

    def said(text: str | None) -> str:
        """The half in that language of `中文 | English`."""
        halves = [half.strip() for half in (text or "").split("|")]
        return halves[-1 if lang == "en" else 0]

    def step(text: str) -> tuple[str, str]:
        time, _space, what = text.strip().partition(" ")
        return time, said(what).removeprefix(time).strip()

    starts = clock.parse_moment(options.at, settings.zone) if options.at else None
    return Occasion(
        starts_at=starts,
        ends_at=_end(options.until, starts) if options.until else None,
        venue=said(options.place),
        dress=said(options.dress),
        reply_by=_reply_by(options.reply_by, starts, settings) if options.reply_by else None,
        greeting=said(options.greeting),
        programme=tuple(step(text) for text in options.programme or ()),
        embargo=said(options.note),
    )  # fmt: skip


def _end(typed: str, starts: Moment | None) -> Moment:
    """When the event ends; a bare time is of the day it begins, or of the night after. Raises Refused when that is no end."""
    if starts is None:
        raise Refused(
            _("--until says when the event ends, but nothing says when it begins."),
            hint=_("Add --at with day and time."),
        )
    begins, ends = starts.local(), clock.parse_moment(typed, starts.zone)
    if _BARE_TIME.fullmatch(typed):
        ends = clock.parse_moment(f"{begins.date()} {typed.strip()}", starts.zone)
        if ends.at < starts.at:
            ends = clock.parse_moment(f"{begins.date() + timedelta(days=1)} {typed.strip()}", starts.zone)
    if ends.at <= starts.at:
        raise Refused(
            _("The event would end at {end}, before it begins at {start}.").format(end=ends, start=starts),
            hint=_("Correct --until or --at; a bare time like 22:00 is of the day it begins."),
        )
    return ends


def _reply_by(typed: str, starts: Moment | None, settings: Settings) -> date:
    """The last day for a reply. Raises Refused when the event is over by then."""
    day = clock.parse_day(typed, clock.today(settings.zone))
    if starts is not None and day > starts.local().date():
        raise Refused(
            _("Guests could reply until {day}, after the event at {start}.").format(day=day, start=starts),
            hint=_("Correct --reply-by or --at."),
        )
    return day


def _calendar(row: Row, given: Any, lang: str, folder: Path) -> Any:
    """The event as an .ics file. Its UID depends on the project alone, so that a second one replaces the first."""
    from prtui.documents import Exported, placing
    from prtui.exchange import calendar

    event, brand = given.event, given.settings.brand
    title = (row.name_en if lang == "en" else "") or row.name
    made = calendar.Event(
        uid=f"{row.code}@{brand.get('web') or 'prtui.invalid'}",
        title=title,
        starts=event.starts_at,
        ends=event.ends_at,
        place=event.venue,
        description="\n".join(filter(None, (*(f"{time}  {what}" for time, what in event.programme), event.dress, event.embargo))),
        organiser=brand.get("legal_name_en" if lang == "en" else "legal_name", ""),
        sequence=row.version,
    )  # fmt: skip
    path = placing.place(
        calendar.calendar([made], clock.now()), folder, placing.safe_name(f"{row.code}_{title}") + ".ics"
    )
    return Exported(path, [], [])
