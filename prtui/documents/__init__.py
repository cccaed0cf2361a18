"""Word documents out. Importing this loads neither python-docx nor lxml (89 ms): they come with the first export."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from prtui.documents.catalogue import Deliverable, deliverables
from prtui.documents.context import Context, Exported, Filled, Finding, Guest, Occasion, Person, Signoff
from prtui.errors import NotFound, Refused
from prtui.i18n import LANGUAGES, _

__all__ = [
    "Context", "Deliverable", "Exported", "Filled", "Finding", "Guest", "Occasion", "Person", "Signoff", "deliverables",
    "export", "export_each", "preview",
]  # fmt: skip


def export(
    kind: str, row: Any, context: Context, lang: str, out: Path | None = None, final: bool = False, *,
    only_shipped: bool = False,
) -> Exported:  # fmt: skip
    """Write the deliverable of that record; to `out` (a folder, or a file's name) or to the desk's exports. Never
    overwrites. `final` is refused (Refused) while a field is unfilled or the text is not approved. A broken template of hers
    is refused by name (TemplateRefused); `only_shipped` uses the shipped one."""
    filled = _built(kind, row, context, lang)
    from prtui.documents import writer

    target = Path(out) if out is not None else context.settings.exports
    path, missing = writer.export(filled, target, context.settings.data, final=final, only_shipped=only_shipped)
    return Exported(path, missing, list(filled.findings))


def export_each(
    kind: str,
    row: Any,
    context: Context,
    lang: str,
    guests: Sequence[Guest],
    out: Path | None = None,
    final: bool = False,
    *,
    only_shipped: bool = False,
    others: Mapping[str, Context] | None = None,
) -> list[Exported]:
    """One file for each guest, all into one new folder of the exports (or of `out`). All or none: with `final`, one gap
    refuses the lot before a file is written. A guest of another language gets the context that `others` has for it."""
    from prtui.documents import writer

    filled = []
    for guest in guests:
        speaks = guest.lang or lang
        given = (others or {}).get(speaks, context)
        filled.append(_built(kind, row, replace(given, guest=guest), speaks))
    if not filled:
        raise Refused(_("There are no guests to invite."), hint=_("Choose the guests first."))
    if final:
        for one in filled:
            writer.refuse_unfinished(one, writer.compose(one, context.settings.data, only_shipped=only_shipped)[1])
    folder = writer.fresh_folder(Path(out) if out is not None else context.settings.exports, filled[0])
    made = []
    for one in filled:
        path, missing = writer.export(one, folder, context.settings.data, final=final, only_shipped=only_shipped)
        made.append(Exported(path, missing, list(one.findings)))
    return made


def preview(kind: str, row: Any, context: Context, lang: str, *, only_shipped: bool = False) -> list[str]:
    """The text the Word file would have, line by line: read back from the document itself, so it cannot differ."""
    filled = _built(kind, row, context, lang)
    from prtui.documents import readback, writer

    document, _missing = writer.compose(filled, context.settings.data, only_shipped=only_shipped)
    return readback.lines(document)


def _built(kind: str, row: Any, context: Context, lang: str) -> Filled:
    known = deliverables()
    if kind not in known:
        near = difflib.get_close_matches(kind, known, 1)
        raise NotFound(
            _("There is no document called “{name}”.").format(name=kind),
            hint=_("Did you mean “{name}”?").format(name=near[0])
            if near
            else _("Known: {names}.").format(names=", ".join(known)),
        )
    if lang not in LANGUAGES:
        raise NotFound(_("There is no language “{name}”.").format(name=lang), hint=_("Use zh or en."))
    return known[kind].build(row, context, lang)
