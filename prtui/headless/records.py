"""Records without a screen: list, show, add, set, remove, link, approve, board, undo, history, due."""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from prtui import store
from prtui.clock import Moment
from prtui.config import Settings
from prtui.desk import approvals, documents, projects, quick, records, today
from prtui.errors import Conflict, Invalid, PrtuiError, Refused
from prtui.headless.printing import emit, say, table, warn
from prtui.i18n import _
from prtui.store import journal, query
from prtui.store.records import Row, applies, meant, no_such, specs
from prtui.text import cells, fit, plain, wrap

Options = argparse.Namespace
RETRIES = 5  # of a change that somebody else's came before; each needs another change in the milliseconds between


def _pairs(words: Sequence[str]) -> dict[str, str]:
    pairs = {}
    for word in words:
        name, sign, value = word.partition("=")
        if not sign or not name:
            raise PrtuiError(
                _("“{word}” is not FIELD=VALUE.").format(word=plain(word)[:60]),
                hint=_("For example: title='Check the lights'"),
            )
        pairs[name.strip()] = value
    return pairs


def _print_row(row: Row, options: Options) -> None:
    if options.json:
        emit([row.plain()])
    else:
        say(f"{row.code}  {row.heading}")


def listing(options: Options, settings: Settings) -> None:
    """`list`: records of a kind, narrowed by fields and by title."""
    kind, where = query.subtype(options.kind)
    where |= _where(kind, options.where, settings.zone)
    rows = query.rows(kind, where, typed=options.typed, limit=options.limit or None)
    if options.json:
        emit([row.plain() for row in rows])
        return
    model = query.model_of(kind)
    declared = specs(model)
    heads = [_("Code"), *(_(declared[name].label) for name in model.shown)]
    right = [at for at, name in enumerate(model.shown, 1) if declared[name].right]
    table(heads, [[row.code, *(row.shown(name) for name in model.shown)] for row in rows], right=right)
    whole = query.count(kind, where, typed=options.typed)
    if whole > len(rows):
        say(_("{shown} of {whole}; --limit 0 shows all.").format(shown=len(rows), whole=whole))
    elif not rows:
        say(_("None yet. `prtui add {kind} …` stores one.").format(kind=options.kind))


def _where(kind: str, words: Sequence[str], zone: str) -> dict[str, Any]:
    """`status=todo due_on__lte=+7d` as a filter. Raises Invalid with every field that is unknown or cannot be read."""
    declared = specs(query.model_of(kind))
    wanted: dict[str, Any] = {}
    faults: dict[str, str] = {}
    for name, typed in _pairs(words).items():
        field, compared, word = name.partition("__")
        field = meant(field, declared)
        name = f"{field}{compared}{word}"
        spec = declared.get(field)
        if spec is None:
            faults[plain(field)[:40]] = no_such(field, declared)
            continue
        try:
            wanted[name] = spec.accept(spec.parse(typed, zone))
        except PrtuiError as error:
            faults[field] = str(error)
    if faults:
        raise Invalid(faults)
    return wanted


def show(options: Options, settings: Settings) -> None:
    """`show`: one record and everything one key away."""
    row = query.any_record(options.code)
    related = records.related(row)
    if options.json:
        near = [{"how": how, "code": one.code, "kind": one.kind, "title": one.heading} for how, one in related]
        emit([row.plain() | {"related": near}])
        return
    say(f"{row.code}  {row.heading}")
    declared = {name: spec for name, spec in specs(row.model).items() if applies(spec, row) and not spec.hidden}
    width = max(cells(_(spec.label)) for spec in declared.values())
    room = max(shutil.get_terminal_size((80, 24)).columns - width - 4, 20)
    for name, spec in declared.items():
        shown = row.shown(name)
        if shown and name != "code":
            first, *rest = wrap(shown, room) if spec.lines else [shown]
            print(f"  {fit(_(spec.label), width)}  {plain(first)}")
            for line in rest:
                print(f"  {' ' * width}  {plain(line)}")
    for one in approvals.standing(row):
        say(f"  {_('Approval')}: {one.step} {one.language} {one.decision} {one.by} {one.channel}")
    for how, one in related:
        say(f"  {how}: {one.code} {one.heading}")


def add(options: Options, settings: Settings) -> None:
    """`add`: a record from FIELD=VALUE pairs, or from one quick-add line."""
    if not options.values and " " in options.kind.strip():
        kind, values = quick.read(options.kind, settings)
    else:
        kind, values = query.subtype(options.kind)
        values = {**values, **records.parse(kind, _pairs(options.values), settings.zone)}
    row = store.perform(settings.actor, records.add, kind, values)
    if options.json:
        emit([row.plain()])
    else:
        print(row.code)


def change(options: Options, settings: Settings) -> None:
    """`set`: fields of a record; guarded ones under their rule."""
    row = query.any_record(options.code)
    before = len(approvals.standing(row))
    row, after = _changed(options, settings)
    if after.kind == "project" and after.stage != row.stage:
        _warnings(projects.wip_warnings(settings, after.stage))
    if after.kind == "task" and after.status == "done" and row.status != "done":
        _warnings(projects.unfinished_before(after))
    void = before - len(approvals.standing(after))
    if after.kind == "document" and void > 0:
        _warnings([_("The text is another now: {count} approvals are void.").format(count=void)])
    _print_row(after, options)


def _changed(options: Options, settings: Settings) -> tuple[Row, Row]:
    """The record before and after. A command line says what a field shall be, whatever it is now, and read nothing that
    somebody may have changed since: it is given to the record as it has become, under the rules of that one."""
    for again in range(RETRIES, -1, -1):
        row = query.any_record(options.code)
        values = records.parse(row.kind, _pairs(options.values), settings.zone)
        try:
            return row, store.perform(settings.actor, records.change, row, values, reason=options.reason)
        except Conflict:
            if not again:
                raise
    raise AssertionError


def _warnings(lines: Iterable[str]) -> None:
    for line in lines:
        warn(_("warning: {line}").format(line=line))


def remove(options: Options, settings: Settings) -> None:
    """`remove`: out of sight, undoable."""
    row = query.any_record(options.code)
    store.perform(settings.actor, records.remove, row, reason=options.reason)
    _print_row(row, options)


def link(options: Options, settings: Settings) -> None:
    """`link`: two records, or no longer."""
    one, other = query.any_record(options.one), query.any_record(options.other)
    if options.remove:
        store.perform(settings.actor, records.unlink, one, other)
    else:
        store.perform(settings.actor, records.link, one, other, options.role)
    if options.json:
        emit([{"one": one.code, "other": other.code, "linked": not options.remove}])
    else:
        say(f"{one.code} {'×' if options.remove else '—'} {other.code}")


def approve(options: Options, settings: Settings) -> None:
    """`approve`: who approved a text (bound to its exact words), a project, or a project's report."""
    row = query.any_record(options.code)
    if row.kind == "document":
        given = store.perform(
            settings.actor,
            documents.clear,
            row,
            options.step or "review",
            by=options.by,
            channel=options.channel,
            remark=options.remark,
            language=options.text_lang,
        )
    elif row.kind == "project":
        step = options.step or "project"
        if step not in ("project", "report"):
            raise Refused(_("There is no step “{step}”.").format(step=step), hint="project, report")
        rest = {"step": step, "by": options.by, "channel": options.channel, "remark": options.remark}
        given = [store.perform(settings.actor, approvals.decide, row, "approve", **rest)]
    else:
        raise Refused(_("Approvals belong to documents and projects."))
    if options.json:
        emit([one.plain() for one in given])
    for one in [] if options.json else given:
        say(f"{row.code}  {one.step} {one.language} {one.by} {one.sha[:12]}")


def board(options: Options, settings: Settings) -> None:
    """`board`: the kanban as text."""
    owner = query.find("person", options.owner).id if options.owner else None
    columns = projects.board(settings, owner)
    if options.json:
        emit(
            [
                card.row.plain()
                | {
                    "days_left": card.days_left,
                    "stale": card.stale,
                    "tasks_done": card.tasks[0],
                    "tasks": card.tasks[1],
                }
                | {"next_task": card.next_task.code if card.next_task else None, "spent_percent": card.share}
                for column in columns
                for card in column.cards
            ]
        )
        return
    for column in columns:
        limit = f"/{column.limit}" if column.limit else ""
        say(f"{_(column.label)} {len(column.cards)}{limit}{' !' if column.over else ''}")
        for card in column.cards:
            days = "" if card.days_left is None else f"D{-card.days_left:+d}" if card.days_left else "D0"
            nexts = f"› {card.next_task.title}" if card.next_task else ""
            say(f"  {card.row.code} {card.row.priority} {card.row.name}  {days}  {card.row.shown('health')}  {nexts}")


def undo(options: Options, settings: Settings) -> None:
    """`undo`: your last change."""
    rows = store.perform(settings.actor, records.undo)
    codes = [row.code for row in rows]
    if options.json:
        emit([row.plain() for row in rows])
    else:
        say(_("Undone: {codes}").format(codes=", ".join(codes[:20]) + (" …" if len(codes) > 20 else "")))


def history(options: Options, settings: Settings) -> None:
    """`history`: who changed what, the newest first."""
    if options.code:
        row = query.by_code(options.code, deleted=True) or query.any_record(options.code)
        changes = journal.history(row.kind, row.id, limit=options.limit or sys.maxsize)
    else:
        changes = journal.history(limit=options.limit or sys.maxsize)
    if options.json:
        emit([vars(one) | {"at": Moment(one.at).stored().split()[0]} for one in changes])
        return
    for one in changes:
        fields = ", ".join(one.now) if one.action != "create" else ""
        local = Moment(one.at, settings.zone).local()
        reason = f"  “{one.reason}”" if one.reason else ""
        say(f"{local:%Y-%m-%d %H:%M}  {one.actor}  {one.code}  {one.action}  {fields}{reason}")


def due(options: Options, settings: Settings) -> None:
    """`due`: what needs attention, for people, cron and mail."""
    listed = today.attention(settings, days=options.days)
    if options.json:
        emit(
            [
                {
                    "section": one.section,
                    "rule": one.label,
                    "code": one.item.row.code,
                    "kind": one.item.row.kind,
                    "title": one.item.what,
                    "who": one.item.who,
                    "due": one.item.due.isoformat() if one.item.due else None,
                    "note": one.item.note,
                }
                for one in listed
            ]
        )
        return
    section = ""
    for one in listed:
        if one.section != section:
            section = one.section
            print(f"{_(today.SECTIONS[section])}")
        item = one.item
        print(
            f"  {fit(_(one.label), 8)} {fit(plain(item.what), 40)} {fit(plain(item.who), 10)} {one.when} {one.late}  {item.row.code}".rstrip()
        )
    if not listed:
        say(_("Nothing is due."))
