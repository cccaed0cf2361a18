"""Word documents out. Importing this loads neither python-docx nor lxml (89 ms): they come with the first export."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Any

from prtui.documents.catalogue import Deliverable, deliverables
from prtui.documents.context import Context, Exported, Filled, Finding, Person, Signoff
from prtui.errors import NotFound
from prtui.i18n import LANGUAGES, _

__all__ = [
    "Context", "Deliverable", "Exported", "Filled", "Finding", "Person", "Signoff", "deliverables", "export", "preview",
]  # fmt: skip


def export(
    kind: str, row: Any, context: Context, lang: str, out: Path | None = None, final: bool = False, *,
    only_shipped: bool = False,
) -> Exported:  # fmt: skip
    """Write the deliverable of that record; to `out` (a folder, or a file's name) or to the desk's exports. Never
    overwrites. `final` is refused (Refused) while a field is unfilled. A broken template of hers is refused by name
    (TemplateRefused); `only_shipped` uses the shipped one."""
    filled = _built(kind, row, context, lang)
    from prtui.documents import writer

    target = Path(out) if out is not None else context.settings.exports
    path, missing = writer.export(filled, target, context.settings.data, final=final, only_shipped=only_shipped)
    return Exported(path, missing, list(filled.findings))


def preview(kind: str, row: Any, context: Context, lang: str) -> list[str]:
    """The text the Word file would have, line by line: read back from the document itself, so it cannot differ."""
    filled = _built(kind, row, context, lang)
    from prtui.documents import readback, writer

    document, _missing = writer.compose(filled, context.settings.data)
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
