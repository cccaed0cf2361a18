"""Word documents of a record at one key: which one, in which language, and what is still open in it."""

from __future__ import annotations

from prtui import documents as word
from prtui.config import Settings
from prtui.documents import Exported
from prtui.documents.gathering import gather
from prtui.errors import Refused
from prtui.i18n import _
from prtui.screens.base import DeskScreen, job
from prtui.screens.dialogs import Choose
from prtui.screens.exported import Outcome
from prtui.screens.options import Option
from prtui.store import Row

IN = {"zh": "Chinese", "en": "English"}


class Exports(DeskScreen[None]):
    """A screen on which deliverables are made of a record."""

    @property
    def subject(self) -> Row | None:
        """The record in question."""
        return None

    @job
    async def action_export(self) -> None:
        """Written as a Word document; where it is, and what is still open in it, is said."""
        row = self.subject
        if row is None:
            return
        made_of = [one for one in word.deliverables().values() if one.of == row.kind and not one.many]
        options = [
            Option.of((one.id, lang), f"{_(one.label)}  {_(IN[lang])}")
            for one in made_of
            for lang in sorted(IN, key=lambda lang: lang != self.desk.settings.language)
        ]
        if not options:
            raise Refused(_("There is no Word form for a {kind}.").format(kind=_(row.model.label)))
        chosen = await self.app.push_screen_wait(Choose(_("Export"), options))
        if isinstance(chosen, tuple):
            kind, lang = chosen
            await self.app.push_screen_wait(Outcome([await self.read(make, kind, row, self.desk.settings, lang)]))


def make(kind: str, row: Row, settings: Settings, lang: str) -> Exported:
    """The Word file of a deliverable. Runs where a database connection is."""
    return word.export(kind, row, gather(row, settings, lang), lang)
