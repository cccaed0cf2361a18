"""Word documents without a screen: `export` and `templates`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from prtui.config import Settings
from prtui.errors import NotFound, PrtuiError, Refused
from prtui.headless import invitations
from prtui.headless.printing import emit, say, warn
from prtui.i18n import _
from prtui.store import query
from prtui.store.records import Row

Options = argparse.Namespace


def export(options: Options, settings: Settings) -> None:
    """`export`: a record as a Word document, one for each guest where there is a list of them, or its text (--preview)."""
    from prtui import documents as word

    row = query.any_record(options.code)
    deliverable = word.deliverables().get(options.kind)
    if deliverable is not None:
        _fits(row, deliverable, options)
    lang = options.text_lang or settings.language
    out = Path(options.out).expanduser() if options.out else None
    if options.guests:
        made = invitations.export(options, row, settings, lang, out)
    else:
        context = invitations.context(options, row, settings, lang)
        if options.preview:
            for line in word.preview(options.kind, row, context, lang, only_shipped=options.only_shipped):
                say(line)
            return
        kept = {"final": options.final, "only_shipped": options.only_shipped}
        made = [word.export(options.kind, row, context, lang, out, **kept)]
    if options.json:
        emit([_plain(row, one) for one in made])
        return
    for one in made:
        print(one.path)
    _warn(made)


def _fits(row: Row, deliverable: Any, options: Options) -> None:
    if row.kind != deliverable.of or (deliverable.type and row.type != deliverable.type):
        raise Refused(
            _("{code} is not what a {kind} is made of.").format(code=row.code, kind=_(deliverable.label)),
            hint=_("`prtui list {kind}` shows the right ones.").format(kind=deliverable.type or deliverable.of),
        )
    given = [flag for flag in invitations.FLAGS if getattr(options, flag)]
    if given and not deliverable.many:
        flags = ", ".join(f"--{flag.replace('_', '-')}" for flag in given)
        raise Refused(_("{flags}: only invitations take that.").format(flags=flags))


def _plain(row: Row, one: Any) -> dict[str, Any]:
    findings = [vars(finding) for finding in one.findings]
    return {"code": row.code, "path": str(one.path), "unfilled": one.unfilled, "findings": findings}


def _warn(made: list[Any]) -> None:
    """What is open, each once however many files have it."""
    unfilled = list(dict.fromkeys(label for one in made for label in one.unfilled))
    if unfilled:
        warn(_("still to be filled: {names}").format(names=", ".join(unfilled)))
    for finding in dict.fromkeys(finding for one in made for finding in one.findings):
        warn(f"{finding.where}: “{finding.excerpt}” {finding.message}")


def copy(options: Options, settings: Settings) -> None:
    """`copy`: a part of a record to the clipboard of the terminal and into a file of the exports; or printed (--print)."""
    from prtui.documents import copies
    from prtui.terminal import clipboard

    row = query.any_record(options.code)
    found = {one.name: one for one in copies.of_record(row, settings)}
    if options.what and options.what not in found:
        raise NotFound(
            _("{code} has no “{name}” to copy.").format(code=row.code, name=options.what),
            hint=_("Known: {names}.").format(names=", ".join(found)),
        )
    one = found[options.what or next(iter(found))]
    path = None if options.print else copies.keep(one, settings)
    # On stderr as the screens are: stdout may be JSON, or somebody's file.
    handed = path is not None and sys.stderr.isatty()
    data, way = clipboard.parcel(one.text) if handed else clipboard.Parcel("", clipboard.Way.NONE)
    sys.stderr.write(data)
    sys.stderr.flush()
    if options.json:
        where = str(path) if path is not None else None
        emit([{"code": row.code, "what": one.name, "text": one.text, "path": where, "clipboard": way.value}])
    elif path is None:
        print(one.text)
    else:
        say(clipboard.told(way, path))


def templates(options: Options, settings: Settings) -> int:
    """`templates`: list, copy out, check, restore."""
    from prtui.documents import templates as shelf

    if options.action in ("list", "check"):
        wanted = shelf.named(options.name) if options.name else None
        found = [one for one in shelf.listing(settings.data) if wanted in (None, (one.kind, one.lang))]
        _say_found(found, options)
        for name, near in [] if options.name else shelf.strays(settings.data):
            hint = _("Did you mean “{name}”?").format(name=near) if near else _("It is never used.")
            warn(_("{name} in your folder is no template's name.").format(name=name) + " " + hint)
        return 1 if options.action == "check" and any(one.problem for one in found) else 0
    if not options.name:
        raise PrtuiError(
            _("Name the template, like statement.zh."), hint=_("`prtui templates` lists them."),
        )  # fmt: skip
    kind, lang = shelf.named(options.name)
    act = shelf.copy_out if options.action == "copy" else shelf.restore
    path = act(kind, lang, settings.data)
    if options.json:
        emit([{"template": f"{kind}.{lang}", "path": str(path) if path else None}])
    elif options.action == "copy":
        print(path)
    elif path is None:
        say(_("The shipped one is in use already."))
    else:
        say(_("The shipped one is in use; yours is kept as {path}.").format(path=path))
    return 0


def _say_found(found: list[Any], options: Options) -> None:
    if options.json:
        emit([
            {"template": f"{one.kind}.{one.lang}", "path": str(one.path), "own": one.own, "problem": one.problem or None}
            for one in found
        ])  # fmt: skip
        return
    for one in found:
        whose = _("yours") if one.own else _("shipped")
        say(
            f"{one.kind}.{one.lang}  {whose}  "
            + (one.problem or (_("well") if options.action == "check" else str(one.path)))
        )
