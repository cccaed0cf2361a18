"""What goes out of a crisis as a Word document: its statements and its review. It is asked and told below the clock."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from prtui.config import Settings
from prtui.desk import documents
from prtui.i18n import _
from prtui.screens.chrome import Piece
from prtui.screens.crisis_stamps import Stamps
from prtui.screens.exporting import IN, Form, forms, languages, make
from prtui.screens.working import job
from prtui.store import Row
from prtui.terminal.width import glyphs

if TYPE_CHECKING:
    from prtui.documents import Exported
    from prtui.documents.copies import Copy

MOST = 9  # digits that answer
BOTH, INTERNAL = "3", "2"


def offered(crisis: Row, statements: Sequence[Row]) -> list[Form]:
    """What can be made: of each statement, the newest first, then of the crisis itself."""
    of_crisis = forms(crisis)
    of_texts = [form for document in reversed(statements) for form in forms(document)]
    return [*of_texts[: MOST - len(of_crisis)], *of_crisis]


def approved(document: Row) -> bool:
    """Whether anybody approved the words that stand there: then there is a copy that says who."""
    return any(documents.standing(document, step) for step in ("review", "legal", "management"))


def outcome(made: Sequence[Exported]) -> list[Piece]:
    """Where the files are, what is to be filled in them, and what an editor would circle."""
    said: list[Piece] = []
    for one in made:
        said.append((str(one.path), "accent"))
        if one.unfilled:
            said.append((_("still to be filled: {names}").format(names=", ".join(one.unfilled)), "warn"))
        said += [(f"{glyphs().prompt} {found.excerpt}  {found.message}", "") for found in one.findings]
    return said


class Word(Stamps):
    """Statements and the review, written."""

    @job
    async def action_export(self) -> None:
        """Which one, in which language, and whether its approvals go along; then where it is."""
        crisis = self.crisis
        texts = [one.document for one in self.facts.statements] if self.facts is not None else []
        found = await self.read(offered, crisis, texts)
        names = {str(n): f"{form.label}  {form.row.code}  {form.row.title}" for n, form in enumerate(found, 1)}
        key = await self.pick(_("Export"), names, "1")
        form = found[int(key) - 1] if key is not None else None
        wanted = await self._which_languages(form) if form is not None else []
        if form is None or not wanted:
            return
        internal = False
        if form.row.kind == "document" and await self.read(approved, form.row):
            copies = {"1": _("To go out"), INTERNAL: _("Internal copy, with its approvals")}
            copy = await self.pick(_("Export"), copies, "1")
            if copy is None:
                return
            internal = copy == INTERNAL
        made = [await self.read(make, form, self.desk.settings, lang, internal) for lang in wanted]
        self.say(*outcome(made))
        self.tell(_("Written"), "good")

    async def copies(self) -> Sequence[Copy]:
        """The texts of its statements, the newest first, and what is worth copying of the crisis itself."""
        crisis = self.crisis
        texts = [one.document for one in self.facts.statements] if self.facts is not None else []
        return await self.read(_copies, crisis, texts, self.desk.settings)

    async def _which_languages(self, form: Form) -> list[str]:
        """Those chosen, without asking where the text has one; none after Esc."""
        first = languages(self.desk.settings.language)
        if form.row.kind == "document":
            has = documents.languages(form.row)
            first = [lang for lang in first if lang in has] or first[:1]
        if len(first) < 2:
            return first
        answers = {str(number): _(IN[lang]) for number, lang in enumerate(first, 1)} | {BOTH: _("Both")}
        key = await self.pick(form.label, answers, "1")
        return first if key == BOTH else [first[int(key) - 1]] if key is not None else []


def _copies(crisis: Row, texts: Sequence[Row], settings: Settings) -> list[Copy]:
    from prtui.documents.copies import of_record

    found = [one for text in reversed(texts) for one in of_record(text, settings) if one.name.startswith("text-")]
    return [one._replace(label=f"{one.label} {one.of}") for one in found] + of_record(crisis, settings)
