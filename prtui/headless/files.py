"""Search and files in, without a screen."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any, Literal

from prtui.config import Settings
from prtui.errors import PrtuiError
from prtui.headless.printing import emit, say, warn
from prtui.i18n import _
from prtui.store import query
from prtui.text import plain

Options = argparse.Namespace


def search(options: Options, settings: Settings) -> None:
    """`search`: the same as on screen."""
    from prtui.search import index
    from prtui.search import query as finding

    index.open_index(settings.data / "index").catch_up()
    order: Literal["relevance", "newest"] = "newest" if options.newest else "relevance"
    results = finding.search(" ".join(options.query), limit=options.limit, order=order, patience=finding.THOROUGH)
    if options.json:
        emit(
            [
                {
                    "code": hit.code,
                    "kind": hit.kind,
                    "title": hit.title,
                    "date": hit.on,
                    "snippet": "".join(piece for piece, _marked in hit.snippet),
                    "score": round(hit.score, 4),
                }
                for hit in results.hits
            ]
        )
        return
    for hit in results.hits:
        say(f"{hit.code}  {hit.on}  {hit.title}")
        print("    " + plain("".join(f"〔{piece}〕" if marked else piece for piece, marked in hit.snippet)))
    if results.hint:
        warn(results.hint)
    if not results.hits:
        say(_("Nothing found."))


def bring_in(options: Options, settings: Settings) -> int:
    """`import`: files and folders into documents and coverage; exit 1 when nothing could be read."""
    from prtui.exchange import importing, storing
    from prtui.store.documents import with_fingerprint

    project = query.find("project", options.project).id if options.project else None
    loud = sys.stderr.isatty() and not options.json

    def progress(done: int, whole: int, path: Path | None = None) -> None:
        if loud:
            print(
                f"\r\x1b[K{done}/{whole} {plain(path.name)[:60] if path else ''}", end="", file=sys.stderr, flush=True
            )

    missing = [path for path in options.paths if not Path(path).exists()]
    if missing:
        raise PrtuiError(_("There is no {path}.").format(path=plain(missing[0])), hint=_("Nothing was imported."))
    others: list[Path] = []
    planned = importing.plan(
        [Path(one) for one in options.paths], with_fingerprint, settings.zone, progress, others=others
    )
    stored = None if options.dry_run else storing.bring_in(settings, planned, project=project, progress=progress)
    if loud:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
    codes = (
        dict(zip([str(p.path) for p in planned if p.action == importing.NEW], stored.codes, strict=False))
        if stored and not stored.failed
        else {}
    )
    if options.json:
        emit([_planned(one, codes) for one in planned])
    else:
        for one in planned:
            _say_planned(one, codes)
    for path, why in stored.failed if stored else []:
        warn(f"{path}: {why}")
    counts = {action: sum(one.action == action for one in planned) for action in ("new", "duplicate", "unreadable")}
    if not options.json:
        line = _("{new} new, {duplicate} already there, {unreadable} unreadable.").format(**counts)
        say(
            line
            + (
                " " + _("Nothing was stored (dry run).")
                if options.dry_run
                else " " + _("`prtui undo` takes it back.")
                if counts["new"]
                else ""
            )
        )
        if others:
            say(_("{count} files of other kinds were left alone.").format(count=len(others)))
    return 1 if (planned and counts["unreadable"] == len(planned)) or (stored and stored.failed) else 0


def _planned(one: Any, codes: dict[str, str]) -> dict[str, Any]:
    reading = one.reading
    return {
        "path": str(one.path),
        "action": one.action,
        "code": codes.get(str(one.path), one.of),
        "problem": one.problem,
        "kind": reading.kind_guess if reading else None,
        "title": reading.title if reading else None,
        "date": reading.on.isoformat() if reading and reading.on else None,
        "outlet": reading.outlet if reading else None,
        "notes": reading.notes if reading else [],
    }


def _say_planned(one: Any, codes: dict[str, str]) -> None:
    if one.reading is None:
        warn(one.problem)
        return
    what = codes.get(str(one.path)) or (f"= {one.of}" if one.of else _("new"))
    day = one.reading.on.isoformat() if one.reading.on else "—"
    say(f"{what}  {one.reading.kind_guess}  {day}  {one.reading.outlet or '—'}  {one.reading.title}  ({one.path.name})")
