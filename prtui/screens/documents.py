"""The texts of the desk: releases, statements, minutes and notes, the latest first."""

from __future__ import annotations

from typing import ClassVar

from prtui.commands import LIST, TEXTS
from prtui.desk import records
from prtui.i18n import N_, _
from prtui.screens.bringing import Brings
from prtui.screens.chrome import Piece
from prtui.screens.dialogs import Choose
from prtui.screens.editor import EditorScreen
from prtui.screens.listing import ListScreen
from prtui.screens.options import Option
from prtui.screens.reader import DocumentPage, first_language, refuse_gone_out
from prtui.screens.working import job
from prtui.store import Row, Work
from prtui.store.documents import DocumentKind

KINDS = {
    "": N_("All"),
    DocumentKind.RELEASE.value: N_("Press releases"),
    DocumentKind.STATEMENT.value: N_("Statements"),
    DocumentKind.MINUTES.value: DocumentKind.MINUTES.label,
    DocumentKind.NOTE.value: N_("Notes"),
}


def begin(work: Work, kind: str, title: str) -> Row:
    """A new document of that kind, with nothing but its title."""
    return records.add(work, "document", {"type": kind, "title": title})


class DocumentsScreen(Brings, ListScreen):
    """All texts, or those of one kind."""

    scopes: ClassVar[tuple[str, ...]] = (LIST, TEXTS)  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__(("document",))
        self.type = ""  # of text; blank for all

    def lists(self) -> list[Piece]:
        """All, then the kinds of text; the one in sight in bold."""
        left: list[Piece] = []
        for kind, label in KINDS.items():
            left += [(_(label), "bold" if kind == self.type else "muted"), ("   ", "")]
        return left

    def _turn(self, steps: int) -> None:
        kinds = list(KINDS)
        self.type = kinds[(kinds.index(self.type) + steps) % len(kinds)]
        self.where = {"type": self.type} if self.type else {}
        self._anew = True
        self.reload()

    @job
    async def action_add(self) -> None:
        """Which kind, its title, then its text."""
        kinds = [Option.of(one.value, _(one.label)) for one in DocumentKind]
        kind: object = self.type or await self.app.push_screen_wait(Choose(_("A new text"), kinds))
        if not isinstance(kind, str):
            return
        title = await self.ask(_("Title"))
        if not (title or "").strip():
            return
        row = await self.write(begin, kind, title)
        page = DocumentPage(row)
        self.app.push_screen(page)
        await self.app.push_screen_wait(EditorScreen(row, self.desk.settings.language))

    @job
    async def action_edit(self) -> None:
        """Write the text at the cursor."""
        row = await self.here()
        refuse_gone_out(row)
        await self.app.push_screen_wait(EditorScreen(row, first_language(row, self.desk.settings.language)))
