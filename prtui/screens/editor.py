"""Writing a text: the whole body for it, both language versions, and nothing typed is lost."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from textual.app import ComposeResult

from prtui.clock import Moment
from prtui.commands import WRITING
from prtui.desk import approvals, crisis_statements, documents
from prtui.documents import lint
from prtui.errors import Conflict
from prtui.i18n import _
from prtui.screens.base import Changed, DeskScreen
from prtui.screens.chrome import Piece
from prtui.screens.crisis_beat import ClockLine, facts_of
from prtui.screens.dialogs import Choose, ConflictDialog
from prtui.screens.fields import Area, Edited, Left
from prtui.screens.form import draft_key, save
from prtui.screens.limits import counted, length_of
from prtui.screens.options import Option
from prtui.screens.sheet import Line
from prtui.screens.working import beside, job
from prtui.store import Row, Work, query
from prtui.store.documents import DocumentKind
from prtui.store.records import specs
from prtui.terminal.drafts import Draft
from prtui.terminal.width import glyphs
from prtui.text import clean

BODIES = {"zh": "body", "en": "body_en"}
AFTER_TYPING = 0.4  # seconds of rest before the text is looked through


def store(work: Work, row: Row, typed: Mapping[str, str]) -> tuple[Row, int]:
    """The document with what was typed stored in it, and how many approvals that made void."""
    before = len(approvals.standing(row))
    after = save(work, "document", row, typed)
    return after, before - len(approvals.standing(after))


def settle(work: Work, theirs: Row, kept: Mapping[str, str]) -> tuple[Row, int]:
    """What she chose to keep of a conflict, stored on top of what others had stored."""
    return store(work, theirs, kept) if kept else (theirs, 0)


def looked_at(kind: str, text: str) -> list[Line]:
    """What an editor would circle, and what is still to be filled in."""
    found = [*lint.superlatives("body", text), *lint.cliches("body", text)]
    if kind == DocumentKind.STATEMENT:
        found += lint.statement("body", text)
    lines: list[Line] = [((mark, "warn"),) for mark in dict.fromkeys(documents.UNFILLED.findall(text))]
    for one in found:
        lines += [(), ((one.excerpt, "bold"),), ((one.message, "muted"),)]
    return lines


class Writing(Area):
    """One language version."""

    DEFAULT_CSS = "Writing { width: 100%; height: 1fr; margin: 0 1; scrollbar-size: 0 0; }"


class EditorScreen(DeskScreen[Row]):
    """The texts of a document, one language in sight. Gives the row as it was last stored, or None."""

    scopes = (WRITING,)
    kinds = ("document",)
    has_detail = True

    def __init__(self, row: Row, language: str = "zh") -> None:
        super().__init__()
        self.row = row
        self.language = language
        self.areas = {name: Writing() for name in BODIES}
        self._begun = {name: str(row[name]) for name in BODIES.values()}
        self._besides: dict[str, str] = {}  # fields of a draft that was begun in the form
        self._told = ""  # of the last saving: no longer true once more is typed
        self._others = ""  # who has stored the same text meanwhile
        self._stored: Row | None = None
        self.holding = False  # a first statement of a crisis
        self._saving = asyncio.Lock()

    # -- what is shown ------------------------------------------------------------------------------------------------

    def body(self) -> ComposeResult:
        """How long its crisis has run; both texts, one of them in sight."""
        yield ClockLine(self.desk.settings)
        for language, area in self.areas.items():
            area.display = language == self.language
            yield area

    @property
    def area(self) -> Writing:
        """The text in sight."""
        return self.areas[self.language]

    def focus_first(self) -> None:
        """The text."""
        self.area.focus()

    def on_mount(self) -> None:
        """Fills the texts in and offers the draft there may be."""
        for language, area in self.areas.items():
            area.fill(self._begun[BODIES[language]])
        super().on_mount()
        self.focus_first()
        self._say_state()
        self._look()
        self._offer_draft()

    @property
    def typed(self) -> dict[str, str]:
        """Both texts as they stand."""
        return {BODIES[language]: area.typed for language, area in self.areas.items()}

    @property
    def unsaved(self) -> dict[str, str]:
        """What was typed and is not stored."""
        return self._besides | {name: text for name, text in self.typed.items() if text != self._begun[name]}

    def field_label(self, name: str) -> str:
        """The label of a field."""
        declared = specs(self.row.model)
        return _(declared[name].label) if name in declared else name

    def _say_state(self) -> None:
        row = self.row
        title = row.title_en if self.language == "en" and row.title_en else row.title
        language = _("English") if self.language == "en" else _("Chinese")
        right: list[Piece] = [(_("not saved"), "warn"), ("  ", "")] if self.unsaved else []
        right += [
            (f"{language} ", ""),
            *counted(length_of(row.type, self.language, self.area.typed, holding=self.holding)),
        ]
        if self.is_wide:
            right += [("  ", ""), (row.code, "muted")]
        self.head([(title, "bold"), ("  ", ""), (row.shown("type"), "muted")], right)
        self.note(
            _("{who} has stored another text meanwhile. Ctrl+S compares them.").format(who=self._others)
            if self._others
            else "",
            "warn",
        )

    def watches(self, changed: Changed) -> bool:
        """The text, and what its crisis' deadlines are made of."""
        return super().watches(changed) or bool(changed.kinds & {"crisis", "milestone", "crisisclock"})

    async def refresh_data(self) -> None:
        """What others stored meanwhile is taken over where nothing was typed, and said where something was."""
        self.query_one(ClockLine).follow(await self.read(facts_of, self.row))
        self.holding = await self.read(crisis_statements.is_holding, self.row)
        self._say_state()
        async with self._saving:
            fresh = await self.read(query.get, "document", self.row.id, deleted=True)
            if fresh.version <= self.row.version:
                return
            clash = any(str(fresh[name]) != self._begun[name] for name in self.unsaved if name in self._begun)
            if clash or self._besides or self._others:
                self._others = fresh.updated_by
            else:
                self._adopt(fresh)
        self._say_state()

    def _adopt(self, row: Row) -> None:
        """This is what is stored now; what was typed beyond it stays."""
        unsaved = self.unsaved
        self.row, self._others = row, ""
        self._besides = {}
        for language, name in BODIES.items():
            self._begun[name] = str(row[name])
            if name not in unsaved and self.areas[language].typed != row[name]:
                self._put(self.areas[language], str(row[name]))

    @staticmethod
    def _put(area: Writing, text: str) -> None:
        at = area.cursor_location
        area.fill(text)
        area.move_cursor(at)

    # -- typing ---------------------------------------------------------------------------------------------------------

    def on_edited(self, message: Edited) -> None:
        """Keeps the draft and counts."""
        message.stop()
        self.untell(self._told)
        self._keep()
        self._say_state()
        self.start(self._look_later, "look", True)

    def on_left(self, message: Left) -> None:
        """There is no field above or below."""
        message.stop()

    def _keep(self) -> None:
        unsaved = self.unsaved
        key = draft_key("document", self.row)
        if unsaved:
            self.desk.drafts.changed(key, unsaved, self.row.version)
        else:
            self.desk.drafts.drop(key)

    async def _look_later(self) -> None:
        await asyncio.sleep(AFTER_TYPING)
        self._look()

    def _look(self) -> None:
        if self.is_wide:
            lines = looked_at(self.row.type, self.area.typed)
            self.detail.show([[(_("To look at"), "bold")], [], *lines] if lines else [])

    # -- the draft ------------------------------------------------------------------------------------------------------

    @job
    async def _offer_draft(self) -> None:
        keeper = self.desk.drafts
        key = draft_key("document", self.row)
        draft = await asyncio.to_thread(keeper.find, key)
        if draft is None:
            return
        at = Moment(draft.kept_at, self.desk.settings.zone)
        says = [
            f"{self.field_label(name)} {glyphs().prompt} {clean(words[-160:], lines=False)}"
            for name, words in draft.values.items()
        ]
        options = [Option.of("restore", _("Go on with it")), Option.of("drop", _("Forget it"))]
        chosen = await self.app.push_screen_wait(
            Choose(_("A draft from {time}").format(time=at), options, says=says[:4])
        )
        if chosen == "restore":
            self._restore(draft)
        elif chosen == "drop":
            keeper.drop(key)
        else:
            self.dismiss(None)  # what is typed now would take the place of the draft

    def _restore(self, draft: Draft) -> None:
        for language, name in BODIES.items():
            if name in draft.values:
                self.areas[language].fill(draft.values[name])
                self.areas[language].move_cursor(self.areas[language].document.end)
        self._besides = {name: words for name, words in draft.values.items() if name not in self._begun}
        if draft.base_version and draft.base_version != self.row.version:
            # Saved as from the version it was begun on, so that what others changed since is not overwritten unseen.
            self._others = str(self.row.updated_by)
            values = {name: self.row[name] for name in self.row}
            self.row = Row(self.row.kind, values | {"version": draft.base_version})
        if BODIES[self.language] not in draft.values and any(name in draft.values for name in self._begun):
            self.action_language()
        self._say_state()
        self._look()

    # -- keys -----------------------------------------------------------------------------------------------------------

    def action_language(self) -> None:
        """The other language version."""
        self.area.display = False
        self.language = "zh" if self.language == "en" else "en"
        self.area.display = True
        self.area.focus()
        self._say_state()
        self._look()

    @beside
    async def action_save(self) -> None:
        """Store it and go on writing; on any error everything typed stays."""
        async with self._saving:
            typed = self.unsaved
            if not typed:
                self.tell(_("Nothing has changed."))
                return
            try:
                row, void = await self.write(store, self.row, typed)
            except Conflict as error:
                settled = await self._settled(error)
                if settled is None:
                    return
                row, void = settled
            self._saved(row, typed, void)

    async def _settled(self, error: Conflict) -> tuple[Row, int] | None:
        if not isinstance(error.theirs, Row):
            raise error
        kept = await self.app.push_screen_wait(ConflictDialog(error))
        if kept is None:
            return None
        try:
            return await self.write(settle, error.theirs, kept)
        except Conflict as again:  # saved once more while she chose
            return await self._settled(again)

    def _saved(self, row: Row, typed: Mapping[str, str], void: int) -> None:
        # What was typed while it was being stored is newer than what is stored.
        since = {name: text for name, text in self.typed.items() if name in typed and text != typed[name]}
        status = self.row.status
        self.row, self._stored, self._others, self._besides = row, row, "", {}
        for language, name in BODIES.items():
            self._begun[name] = str(row[name])
            if name not in since and self.areas[language].typed != row[name]:
                self._put(self.areas[language], str(row[name]))
        self._keep()
        self._say_state()
        said = [_("{code} is saved.").format(code=row.code)]
        if void:
            said.append(_("The text is another now: {count} approvals are void.").format(count=void))
        if row.status != status:
            said.append(_("It is back at: {status}.").format(status=row.shown("status")))
        self._told = " ".join(said)
        self.tell(self._told, "warn" if void else "good")

    def action_leave(self) -> None:
        """Back. What was typed is kept."""
        if self.unsaved:
            self.desk.tell_kept()
        self.dismiss(self._stored)
