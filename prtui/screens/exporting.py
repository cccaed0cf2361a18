"""Word documents of a record at one key: which one, in which language, and what is still open in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from prtui.config import Settings
from prtui.errors import Refused
from prtui.i18n import _
from prtui.screens.base import DeskScreen
from prtui.screens.dialogs import Choose
from prtui.screens.exported import Outcome
from prtui.screens.options import Option
from prtui.screens.working import job
from prtui.store import Row, query

if TYPE_CHECKING:  # the writers of documents are 40 ms of CPU: they come with the first export, not with the first F12
    from prtui.documents import Deliverable, Exported

IN = {"zh": "Chinese", "en": "English"}


@dataclass(frozen=True)
class Form:
    """A Word document that can be made of a record."""

    deliverable: Deliverable
    row: Row

    @property
    def label(self) -> str:
        """What it is called, in the language in force."""
        return _(self.deliverable.label)


def forms(row: Row) -> list[Form]:
    """What the register has for the record; for a part of a crisis, such as its review, what it has for the crisis. Those for
    each guest of a list come last."""
    from prtui.documents import deliverables

    kind = ("", row.type if "type" in row else "")
    found = [Form(one, row) for one in deliverables().values() if one.of == row.kind and one.type in kind]
    if not found and "crisis" in row and row.crisis is not None:
        return forms(query.get("crisis", row.crisis.id))
    return sorted(found, key=lambda form: form.deliverable.many)


def form_of(text: Row) -> Form:
    """What a document is written as. Raises Refused for a kind of text that stays on the desk."""
    from prtui.documents import deliverables

    if text.type not in deliverables():
        raise Refused(
            _("There is no Word form for a {kind}.").format(kind=text.shown("type")), hint=_("f changes its kind.")
        )
    return Form(deliverables()[text.type], text)


def languages(first: str) -> list[str]:
    """Both languages, this one first."""
    return sorted(IN, key=lambda lang: lang != first)


def by_command(form: Form) -> str:
    """How a document for each guest is made: the list is a file, and the event stands on the command line."""
    command = f'prtui export {form.deliverable.id} {form.row.code} --guests FILE.csv --at "3/20 19:00" --place "…" --reply-by 3/15'
    return _("One for each guest of a list: {command}").format(command=command)


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
        found = await self.read(forms, row)
        options = [
            Option.of((form, lang), f"{form.label}  {_(IN[lang])}")
            for form in found
            if not form.deliverable.many
            for lang in languages(self.desk.settings.language)
        ]
        options += [Option.of((form, ""), form.label) for form in found if form.deliverable.many]
        if not options:
            raise Refused(_("There is no Word form for a {kind}.").format(kind=_(row.model.label)))
        chosen = await self.app.push_screen_wait(Choose(_("Export"), options))
        if not isinstance(chosen, tuple):
            return
        form, lang = chosen
        if form.deliverable.many:
            self.tell(by_command(form), "accent")
        else:
            await self.app.push_screen_wait(Outcome([await self.read(make, form, self.desk.settings, lang)]))


def make(form: Form, settings: Settings, lang: str, internal: bool = False) -> Exported:
    """The Word file of a deliverable. Runs where a database connection is."""
    from prtui import documents
    from prtui.documents.gathering import gather

    return documents.export(form.deliverable.id, form.row, gather(form.row, settings, lang, internal=internal), lang)


def previewed(text: Row, settings: Settings, lang: str) -> list[str]:
    """The lines of the Word file of one language version of a document, not written anywhere. Runs where `make` does."""
    from prtui import documents
    from prtui.documents.gathering import gather

    return documents.preview(text.type, text, gather(text, settings, lang), lang)
