"""Keeping the desk well, without a screen: backup, reindex, doctor."""

from __future__ import annotations

import argparse
from pathlib import Path

from prtui.config import Settings
from prtui.headless.printing import emit, say
from prtui.i18n import _
from prtui.text import fit

Options = argparse.Namespace


def back_up(options: Options, settings: Settings) -> None:
    """`backup`: one file."""
    from prtui.store import backup

    path = backup.back_up(settings, Path(options.path).expanduser() if options.path else None)
    if options.json:
        emit([{"path": str(path), "bytes": path.stat().st_size}])
    else:
        print(path)


def reindex(options: Options, settings: Settings) -> None:
    """`reindex`: the search index anew, beside the old one."""
    from prtui.search import index

    count = index.open_index(settings.data / "index").rebuild()
    if options.json:
        emit([{"records": count}])
    else:
        say(_("{count} records indexed.").format(count=count))


def examine(options: Options, settings: Settings) -> int:
    """`doctor`: every check; exit 2 when something is broken."""
    from prtui import doctor

    findings = doctor.examine(settings)
    if options.json:
        emit([vars(one) for one in findings])
    for one in [] if options.json else findings:
        say(f"{fit(_(doctor.STATES[one.state]), 6)} {fit(one.check, 14)} {one.note}")
    return 2 if any(one.state == doctor.BAD for one in findings) else 0
