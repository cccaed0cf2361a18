"""What may be done on every screen: a quick note, undo, and going on with a draft."""

from __future__ import annotations

import asyncio
from typing import Any

from prtui.clock import Moment
from prtui.config import Settings
from prtui.desk import quick as notes
from prtui.desk import records
from prtui.errors import PrtuiError
from prtui.i18n import _
from prtui.screens.base import DeskScreen
from prtui.screens.working import job
from prtui.store import KINDS, Row, Work, query
from prtui.store.records import specs
from prtui.terminal.drafts import Draft, DraftKeeper

NOTE = "note:"  # the draft of the quick note
AFTER_TYPING = 0.15  # seconds of rest before what was typed is read


def _stored(work: Work, line: str) -> Row:
    kind, values = notes.read(line, work.settings)
    return records.add(work, kind, values)


def _understood(line: str, settings: Settings) -> str:
    kind, values = notes.read(line, settings)
    declared = specs(KINDS[kind])
    told = [
        f"{_(declared[name].label)} {declared[name].show(value)}" for name, value in values.items() if name in declared
    ]
    return "  ".join([_(KINDS[kind].label), *told])


@job
async def quick(screen: DeskScreen[Any]) -> None:
    """A line becomes a record; what is wrong with it is said below, and the line stays."""
    keeper = screen.desk.drafts
    kept = await asyncio.to_thread(keeper.find, NOTE)
    line = kept.values.get("line", "") if kept is not None else ""
    wrong = ""

    def changed(typed: str) -> None:
        keeper.changed(NOTE, {"line": typed}, 0)
        _preview(screen, typed)

    while True:
        asked = screen.ask(_("Quick note"), line, changed=changed)
        if wrong:
            screen.call_after_refresh(screen.note, wrong, "bad")
        answer = await asked
        if not (answer or "").strip():
            keeper.drop(NOTE)
            return
        line = str(answer)
        try:
            row = await screen.write(_stored, line)
        except PrtuiError as error:
            wrong = str(error)
        else:
            keeper.drop(NOTE)
            screen.tell(
                _("{code} {title} is added. Ctrl+Z takes it back.").format(code=row.code, title=row.heading), "good"
            )
            return


def _preview(screen: DeskScreen[Any], typed: str) -> None:
    async def tell() -> None:
        await asyncio.sleep(AFTER_TYPING)
        try:
            said = await screen.read(_understood, typed, screen.desk.settings) if typed.strip() else ""
        except PrtuiError as error:
            said = str(error)
        if screen.line.typing:
            screen.note(said)

    screen.start(tell, "preview", True)


@job
async def undo(screen: DeskScreen[Any]) -> None:
    """Her last change is taken back, and said."""
    rows = await screen.write(records.undo)
    shown = ", ".join(f"{row.code} {row.heading}" for row in rows[:3])
    more = f" +{len(rows) - 3}" if len(rows) > 3 else ""
    screen.tell(_("Taken back: {what}").format(what=shown + more), "good")


def _told(draft: Draft, zone: str) -> tuple[str, str]:
    kind, _colon, code = draft.key.partition(":")
    label = _(KINDS[kind].label) if kind in KINDS else _("Quick note")
    words = " ".join(word for word in draft.values.values() if word)
    return f"{Moment(draft.kept_at, zone)}  {label} {code or _('new')}", words[:200]


def _found(keeper: DraftKeeper) -> list[Draft]:
    return [draft for draft in keeper.all() if draft.key == NOTE or draft.key.partition(":")[0] in KINDS]


@job
async def remember_drafts(screen: DeskScreen[Any]) -> None:
    """At the start: what was typed and not saved is not forgotten."""
    found = await asyncio.to_thread(_found, screen.desk.drafts)
    if found:
        told, _words = _told(found[0], screen.desk.settings.zone)
        screen.tell(_("A draft is kept: {draft}. Ctrl+R goes on with it.").format(draft=told), "warn")


@job
async def drafts(screen: DeskScreen[Any]) -> None:
    """The drafts to go on with."""
    from prtui.screens.dialogs import Choose  # with the form 15 ms, which no start should wait for
    from prtui.screens.form import FormScreen
    from prtui.screens.options import Option

    keeper = screen.desk.drafts
    found = {draft.key: draft for draft in await asyncio.to_thread(_found, keeper)}
    if not found:
        screen.tell(_("No draft is kept."))
        return
    options = []
    for draft in found.values():
        told, words = _told(draft, screen.desk.settings.zone)
        options.append(Option(draft.key, ((told, ""), ("  ", ""), (words, "muted"))))
    chosen = await screen.app.push_screen_wait(Choose(_("Drafts"), options))
    if not isinstance(chosen, str):
        return
    if chosen == NOTE:
        quick(screen)
        return
    kind, _colon, code = chosen.partition(":")
    row = await screen.read(query.by_code, code) if code else None
    if await screen.app.push_screen_wait(FormScreen(kind, row, draft=found[chosen])) is not None:
        keeper.drop(chosen)  # the form of a record that is gone stores a new one, and knows only of its own draft
