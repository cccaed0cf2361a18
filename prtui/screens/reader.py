"""A text to be read, sent on its way, approved and exported: the page of a document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical

from prtui.clock import Moment
from prtui.commands import RECORD, TEXT, Command, of
from prtui.desk import crisis_statements, documents
from prtui.desk.crisis_status import Facts
from prtui.errors import Refused
from prtui.i18n import N_, _
from prtui.screens import copying
from prtui.screens.chrome import Piece, drawn
from prtui.screens.chrome import Row as Strip
from prtui.screens.crisis_beat import ClockLine, facts_of
from prtui.screens.dialogs import Choose
from prtui.screens.exported import Outcome
from prtui.screens.exporting import form_of, make, previewed
from prtui.screens.limits import counted, length_of
from prtui.screens.options import Option, Options
from prtui.screens.record import Around, RecordPage
from prtui.screens.sheet import Line, Sheet, sheet
from prtui.screens.working import job
from prtui.store import Row
from prtui.store.documents import Status
from prtui.terminal.width import glyphs
from prtui.text import cells, wrap

if TYPE_CHECKING:
    from prtui.documents.copies import Copy

STEPS = {
    "review": N_("Review"),
    "legal": N_("Legal"),
    "management": N_("Management"),
    "chair": N_("Chair"),
}
LANGUAGES = {"zh": N_("Chinese"), "en": N_("English")}
GONE_OUT = (Status.RELEASED, Status.CORRECTED, Status.WITHDRAWN)
_MARK = re.compile(r"(【[^】]*】?)")


def way(row: Row) -> list[Piece]:
    """Draft › review › legal › approved › released, with the mark where the text is."""
    steps = [Status.DRAFT, Status.REVIEW, Status.LEGAL, Status.APPROVED, Status.RELEASED]
    if "legal" not in documents.GATES.get(row.type, ()):
        steps.remove(Status.LEGAL)
    if row.status in (Status.CORRECTED, Status.WITHDRAWN):
        steps += [one for one in Status if one == row.status]
    parts: list[Piece] = [(" ", "")]
    for step in steps:
        here = step == row.status
        parts += [(glyphs().mark if here else " ", "accent"), (_(step.label), "bold" if here else "muted")]
        parts.append((f" {glyphs().prompt}" if step is not steps[-1] else "", "muted"))
    return parts


def unfilled(body: str) -> list[str]:
    """The marks still to be filled in."""
    return documents.UNFILLED.findall(body)


def suffix(language: str) -> str:
    """What the fields of that language end with."""
    return "_en" if language == "en" else ""


def first_language(row: Row, wanted: str) -> str:
    """The language to show first: the wanted one, unless only the other has a text."""
    has = documents.languages(row)
    return wanted if wanted in has or not has else has[0]


def refuse_gone_out(row: Row) -> None:
    """Raises Refused where the words may no longer be changed, before any are typed."""
    if row.status in GONE_OUT:
        raise Refused(
            _("{code} is released; its words stay as they went out.").format(code=row.code),
            hint=_("Set its status to “corrected” with a reason, and write the correction as a new document."),
        )


class DocumentPage(RecordPage):
    """One document, in one of its languages."""

    scopes: ClassVar[tuple[str, ...]] = (TEXT, RECORD)
    DEFAULT_CSS = """
    DocumentPage #text { height: 1fr; }
    DocumentPage #way { margin: 0 0 1 0; }
    DocumentPage.-low #way { margin: 0; }
    DocumentPage.-wide #text { width: 79; height: 100%; }
    DocumentPage #near { display: none; }
    DocumentPage.-related #near, DocumentPage.-wide #near { display: block; }
    """
    FOOT: ClassVar[tuple[str, ...]] = (
        "text.advance", "record.edit", "text.approve", "text.export", "text.preview", "text.language", "text.fields",
    )  # fmt: skip

    def __init__(self, row: Row, around: Around | None = None) -> None:
        super().__init__(row, around)
        self.language = ""
        self.back_to = ""  # the place that Esc goes to, where it is not the one behind
        self.crisis: Facts | None = None  # the one the text speaks in, while it runs
        self.holding = False  # a first statement of a crisis
        self.approved: dict[str, list[Row]] = {}  # step → approvals of these very words
        self.word: list[str] | None = None  # the lines of the Word file while they are shown

    # -- what is shown ------------------------------------------------------------------------------------------------

    def body(self) -> ComposeResult:
        """How long its crisis has run, where it stands, the text, and what is related."""
        with Vertical(id="text"):
            yield ClockLine(self.desk.settings)
            yield Strip(id="way")
            yield Sheet(id="sheet")
        with Vertical(id="near"):
            yield Options(id="related")

    def keys_now(self) -> list[Command]:
        """What is done with a text most, first."""
        known = {command.id: command for command in of(*self.scopes)}
        return [known[id] for id in self.FOOT] + [one for one in of(RECORD) if one.foot and one.id not in self.FOOT]

    async def refresh_data(self) -> None:
        """Read the text, its approvals and what is related to it."""
        self.row, self.related, self.approved, self.crisis, self.holding = await self.read(self._read_all, self.row)
        if not self.language:
            self.language = first_language(self.row, self.desk.settings.language)
        if self.word is not None:
            self.word = await self.read(previewed, self.row, self.desk.settings, self.language)
        self.show_record()

    @classmethod
    def _read_all(cls, row: Row) -> tuple[Row, list[tuple[str, Row]], dict[str, list[Row]], Facts | None, bool]:
        fresh, related = cls._read(row)
        cleared = {step: documents.standing(fresh, step) for step in STEPS}
        return fresh, related, cleared, facts_of(fresh), crisis_statements.is_holding(fresh)

    @property
    def _body(self) -> str:
        return str(self.row[f"body{suffix(self.language)}"])

    def show_record(self) -> None:
        """Draw what was read."""
        super().show_record()
        title = self.row[f"title{suffix(self.language)}"] or self.row.heading
        gone: list[Piece] = [(_("deleted"), "bad"), ("  ", "")] if self.row.deleted_at else []
        self.head(title, [*gone, *self.state(), ("  ", ""), (self.row.code, "muted")])
        self.query_one("#way", Strip).show(*way(self.row))
        self.query_one(ClockLine).follow(self.crisis)

    def state(self) -> list[Piece]:
        """What kind of text, in which language."""
        kind = self.row.shown("type") + (f" {self.row.number}" if self.row.number else "")
        return [(kind, "muted"), ("  ", ""), (_(LANGUAGES[self.language]), "muted")]

    def show_sheet(self) -> None:
        """The text, under what is to be known of it and above its fields; or the lines of the Word file."""
        view = self.query_one(Sheet)
        if not view.room or not self.language:
            return
        width = view.content_size.width or view.room
        if self.word is not None:
            lines: list[Line] = [((_("As the Word document will say it. v goes back."), "muted"),), ()]
            view.show(lines + [_toned(line) for one in self.word for line in wrap(drawn(one), width)])
            return
        subtitle = str(self.row[f"subtitle{suffix(self.language)}"])
        lines = [*self._about(width), ()]
        if subtitle:
            lines += [*(((line, "bold"),) for line in wrap(drawn(subtitle), width)), ()]
        if not self._body:
            lines.append(((_("There is no text yet. e writes it."), "muted"),))
        for paragraph in self._body.split("\n"):
            heading = paragraph.startswith("#")
            lines += [((line, "bold"),) if heading else _toned(line) for line in wrap(drawn(paragraph), width)]
        fields = sheet(Row("document", {name: self.row[name] for name in self.row} | _WORDLESS), width, self._zone)
        view.show([*lines, (), ((glyphs().rule * width, "muted"),), *fields])

    @property
    def _zone(self) -> str:
        return self.desk.settings.zone

    def _about(self, width: int) -> list[Line]:
        row = self.row
        lines: list[Line] = []
        facts = [row.owner.title if row.owner else "", row.shown("dated_on"), row.project.title if row.project else ""]
        if row.embargo_at:
            facts.append(f"{_('Embargo until')} {row.embargo_at} {row.embargo_at.zone}")
        lines.append((("  ".join(filter(None, facts)), "muted"),))
        for language in documents.languages(row):
            body = str(row[f"body{suffix(language)}"])
            parts: list[Piece] = [(_(LANGUAGES[language]), "bold" if language == self.language else "")]
            parts += [("  ", ""), *counted(length_of(row.type, language, body, holding=self.holding))]
            open_marks = unfilled(body)
            if open_marks:
                parts += [("  ", ""), (_("{count} to be filled in").format(count=len(open_marks)), "warn")]
            lines.append(tuple(parts))
            if row.type in documents.GATES:
                lines.append(self._clearances(language, width))
        return lines

    def _clearances(self, language: str, width: int) -> Line:
        for form in ("%m-%d %H:%M", "%m-%d"):
            parts: list[Piece] = [("  ", "")]
            for step in ("review", *documents.GATES[self.row.type]):
                label = STEPS[step]
                given = next((one for one in self.approved.get(step, ()) if one.language == language), None)
                parts += [(f"{_(label)} ", "muted")]
                if given is None:
                    parts += [(glyphs().none, "")]
                else:
                    at = Moment(given.decided_at, self._zone).local()
                    parts += [(f"{given.by} {at:{form}}", "good")]
                parts += [("   ", "")]
            if sum(cells(said) for said, _tone in parts) - 3 <= width:
                break
        return tuple(parts)

    # -- keys -----------------------------------------------------------------------------------------------------------

    def action_related(self) -> None:
        """Between the text and what is related, which a narrow screen shows only then."""
        near = self.query_one("#related", Options)
        if self.related and not self.is_wide:
            self.set_class(self.focused is not near, "-related")
        super().action_related()

    def action_language(self) -> None:
        """The other language version, whether it has been written or not."""
        self.language = "zh" if self.language == "en" else "en"
        self.query_one(Sheet).scroll_to(y=0, animate=False, force=True)
        if self.word is None:
            self.show_record()
        else:
            self.reload()

    @job
    async def action_edit(self) -> None:
        """Write the text."""
        from prtui.screens.editor import EditorScreen

        refuse_gone_out(self.row)
        await self.app.push_screen_wait(EditorScreen(self.row, self.language))

    @job
    async def action_fields(self) -> None:
        """The form."""
        from prtui.screens.form import FormScreen

        await self.app.push_screen_wait(FormScreen("document", self.row))

    @job
    async def action_advance(self) -> None:
        """The next status; what is missing for it is listed."""
        if documents.following(self.row) is None:
            await self._after_release()
            return
        row = await self.write(documents.advance, self.row)
        self._say_status(row)

    def _say_status(self, row: Row) -> None:
        status = row.shown("status")
        self.tell(_("{code} is now: {status}. Ctrl+Z takes it back.").format(code=row.code, status=status), "good")

    async def _after_release(self) -> None:
        options = [
            Option.of(one.value, _(one.label)) for one in (Status.CORRECTED, Status.WITHDRAWN) if one != self.row.status
        ]
        if self.row.status == Status.WITHDRAWN:
            raise Refused(_("{code} has no next status.").format(code=self.row.code))
        to = await self.app.push_screen_wait(Choose(_("After its release"), options))
        if isinstance(to, str):
            await self._send(to)

    @job
    async def action_redraft(self) -> None:
        """Back to draft, with a reason."""
        if self.row.status not in (Status.REVIEW, Status.LEGAL, Status.APPROVED):
            raise Refused(
                _("{code} cannot go from {here} to {there}.").format(
                    code=self.row.code, here=self.row.shown("status"), there=_(Status.DRAFT.label)
                )
            )
        await self._send(Status.DRAFT.value)

    async def _send(self, to: str) -> None:
        reason = await self.ask(_("Why"))
        if reason is not None:
            self._say_status(await self.write(documents.send, self.row, to, reason))

    @job
    async def action_approve(self) -> None:
        """Who approved the words that stand here, at which step, and how."""
        row = self.row
        if not documents.languages(row):
            raise Refused(_("{code} has no text yet.").format(code=row.code))
        steps = ["review", *documents.GATES.get(row.type, ("management",))]
        step = await self.app.push_screen_wait(
            Choose(_("Approved at"), [Option.of(one, _(STEPS[one])) for one in steps])
        )
        if not isinstance(step, str):
            return
        language = await self._which_language(_("Which text"))
        if language is None:
            return
        by = await self.ask(_("Approved by"))
        if not by:
            return
        options = [Option.of(_(channel), _(channel)) for channel in documents.CHANNELS]
        channel = await self.app.push_screen_wait(Choose(_("How"), options))
        if not isinstance(channel, str):
            return
        only = language if language in LANGUAGES else ""
        await self.write(documents.clear, row, step, by=by, channel=channel, language=only)
        self.tell(_("{step}: {name}. Any change of the text voids it.").format(step=_(STEPS[step]), name=by), "good")

    async def _which_language(self, question: str) -> str | None:
        """A language, or `both`; without asking where there is one. None after Esc."""
        has = documents.languages(self.row)
        if len(has) < 2:
            return has[0] if has else ""
        has.sort(key=lambda one: one != self.language)
        options = [Option.of(one, _(LANGUAGES[one])) for one in has] + [Option.of("both", _("Both"))]
        chosen = await self.app.push_screen_wait(Choose(question, options))
        return chosen if isinstance(chosen, str) else None

    @job
    async def action_export(self) -> None:
        """Written as Word documents; where they are, and what is still open in them, is said."""
        form = form_of(self.row)
        language = await self._which_language(_("Export which text"))
        if language is None:
            return
        wanted = list(LANGUAGES) if language == "both" else [language or self.language]
        internal = False
        if any(self.approved.values()) and self.row.type in documents.GATES:
            copies = [
                Option.of("public", _("To go out")),
                Option.of("internal", _("Internal copy, with its approvals")),
            ]
            copy = await self.app.push_screen_wait(Choose(_("Export"), copies))
            if copy is None:
                return
            internal = copy == "internal"
        made = [await self.read(make, form, self.desk.settings, one, internal) for one in wanted]
        await self.app.push_screen_wait(Outcome(made))

    @job
    async def action_preview(self) -> None:
        """What the Word document will say, or the text again."""
        form_of(self.row)
        self.word = (
            None if self.word is not None else await self.read(previewed, self.row, self.desk.settings, self.language)
        )
        self.query_one(Sheet).scroll_to(y=0, animate=False, force=True)
        self.show_sheet()

    async def copies(self) -> Sequence[Copy]:
        """The text in sight first."""
        return await copying.record(self, self.row, self.language)

    def action_back(self) -> None:
        """From the preview to the text; from the text to where she came from."""
        if self.word is not None:
            self.word = None
            self.show_sheet()
        elif self.focused is self.query_one("#related", Options) and not self.is_wide:
            self.action_related()
        else:
            if self.back_to:  # before this page goes, so that the next key finds her there
                self.desk.call_later(self.desk.action_place, self.back_to)
            super().action_back()


_WORDLESS: dict[str, Any] = {"body": "", "body_en": "", "subtitle": "", "subtitle_en": ""}


def _toned(line: str) -> Line:
    """A line of the text; what is still to be filled in stands out."""
    parts = [part for part in _MARK.split(line) if part]
    return tuple((part, "warn" if part.startswith(("【待填", "【To fill")) else "") for part in parts)
