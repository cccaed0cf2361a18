"""What is said in a crisis, without a screen: draft, fill, lint, clear, agree, publish, and the statement library."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from prtui import store
from prtui.config import Settings
from prtui.desk import crisis, crisis_library, crisis_publication, crisis_statements
from prtui.desk.approvals import standing
from prtui.errors import PrtuiError
from prtui.headless.crisis import pairs, told, when
from prtui.headless.printing import emit, say, table, warn
from prtui.i18n import _
from prtui.store import query
from prtui.store.crisis import Purpose
from prtui.store.records import Row

Options = argparse.Namespace


def draft(options: Options, settings: Settings) -> None:
    """`crisis draft`: a statement from the library, or with its parts as blanks."""
    row = crisis.find(options.on)
    templates = [query.find("holdingtemplate", code) for code in options.template]
    document = store.perform(
        settings.actor, crisis_statements.draft, row, purpose=options.purpose, templates=templates, title=options.title
    )
    told(options, document, f"{document.code}  {document.title}\n" + _to_fill(document))


def _to_fill(document: Row) -> str:
    names = "、".join(crisis_statements.blanks(document))
    return _("to fill: {names}").format(names=names or "—") + "\n" + crisis_statements.shas(document)


def fill(options: Options, settings: Settings) -> None:
    """`crisis fill`: blanks of the current statement."""
    document = crisis_statements.working(crisis.find(options.on)).document
    before = len(standing(document))
    document = store.perform(settings.actor, crisis_statements.fill, document, pairs(options.values))
    void = before - len(standing(document))
    if void > 0:
        warn(_("The text is another now: {count} approvals are void.").format(count=void))
    told(options, document, f"{document.code}  {_to_fill(document)}")


def clear(options: Options, settings: Settings) -> None:
    """`crisis clear`: who approved the exact words of the current statement."""
    given = store.perform(
        settings.actor, crisis_statements.clear, crisis.find(options.on), options.step, by=options.by,
        channel=options.channel, remark=options.note, language=options.text_lang,
    )  # fmt: skip
    if options.json:
        emit([one.plain() for one in given])
        return
    for one in given:
        code = query.get("document", one.subject_row).code
        say(f"{code}  {one.step} {one.language} {one.by} {one.channel} {one.sha[:12]}")


def agree(options: Options, settings: Settings) -> None:
    """`crisis agree`: counsel agreed by word; with a pre-approved text that opens the emergency path."""
    row = crisis.find(options.on)
    link = store.perform(
        settings.actor, crisis_publication.agree, row, options.by, options.channel, at=when(options, settings),
        reason=options.reason,
    )  # fmt: skip
    faults = crisis_publication.emergency_faults(row, crisis_statements.working(row), settings.actor)
    for line in faults:
        warn(_("still missing for the emergency path: {what}").format(what=line))
    told(options, link, f"{link.document.code}  {link.counsel}  {link.agreed_at}  {link.agreed_sha[:15]}")


def publish(options: Options, settings: Settings) -> None:
    """`crisis publish`: a further statement; the first is milestone 8, the full one 10."""
    document = store.perform(
        settings.actor, crisis_publication.publish_update, crisis.find(options.on), at=when(options, settings)
    )
    told(options, document)


def lint(options: Options, settings: Settings) -> None:
    """`crisis lint`: what an editor would circle in the current statement."""
    from prtui.documents import crisis_lint

    row = crisis.find(options.on)
    found = crisis_statements.statements(row)
    if not found:
        raise PrtuiError(_("There is no statement yet."), hint=_("Draft one: prtui crisis draft"))
    document, full = found[-1].document, found[-1].link.purpose != Purpose.HOLDING
    findings = crisis_lint.findings(document, crisis_statements.facts(row), full=full)
    if options.json:
        emit([vars(one) for one in findings])
        return
    for one in findings:
        say(f"{one.rule}  {one.excerpt}  {one.message}")
    if not findings:
        say(_("Nothing to circle in {code}.").format(code=document.code))


def library(options: Options, settings: Settings) -> None:
    """`crisis library`: the statement library; install the shipped texts, approve one."""
    if options.install:
        store.perform(settings.actor, crisis_library.install)
    if options.approve:
        template = query.find("holdingtemplate", options.approve)
        store.perform(settings.actor, crisis_library.approve_template, template, options.by)
    found = query.rows("holdingtemplate", order=("scenario", "language"))
    if options.json:
        emit([row.plain() | {"approved": crisis_library.approved(row)} for row in found])
        return
    table(
        [_("Code"), _("Scenario"), _("Language"), _("Title"), _("Approved by")],
        [[row.code, row.shown("scenario"), row.shown("language"), row.title, row.approved_by] for row in found],
    )


COMMANDS: dict[str, Callable[[Options, Settings], None]] = {
    "draft": draft, "fill": fill, "lint": lint, "clear": clear, "agree": agree, "publish": publish, "library": library,
}  # fmt: skip
