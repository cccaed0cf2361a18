"""Texts out of files: a path is typed, what each file would become is shown, and Enter stores it."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from prtui.commands import IMPORT, LIST, TEXTS, Command, of
from prtui.config import Settings
from prtui.exchange import importing, storing
from prtui.exchange.found import shown
from prtui.exchange.importing import DUPLICATE, NEW, UNREADABLE, Planned
from prtui.exchange.storing import Stored
from prtui.i18n import N_, _
from prtui.screens.aside import Aside
from prtui.screens.base import DeskScreen
from prtui.screens.chrome import Piece, Row
from prtui.screens.columns import Column
from prtui.screens.listing import ListScreen
from prtui.screens.pages import TableRow
from prtui.screens.prompt import Prompt, PromptLine
from prtui.screens.table import VirtualTable
from prtui.screens.working import Working, beside, job
from prtui.store import query
from prtui.store.documents import with_fingerprint
from prtui.terminal.width import glyphs
from prtui.text import clean

SAID = {NEW: N_("new"), DUPLICATE: N_("already there"), UNREADABLE: N_("unreadable")}
TONES = {NEW: "", DUPLICATE: "muted", UNREADABLE: "bad"}
COLUMNS = (
    Column(N_("Import"), 13),
    Column(N_("Kind"), 8),
    Column(N_("Date"), 10),
    Column(N_("Title"), flex=3, least=20),
    Column(N_("Outlet"), 12),
    Column(N_("File"), flex=2, least=20),
)
OFFERED = 40  # names shown when several fit


class Stop(Exception):
    """Esc was pressed while files were read."""


def complete(typed: str) -> tuple[str, list[str]]:
    """The path as far as it is certain, and the names it may go on with. Names that cannot be typed are left out."""
    folder, _slash, begun = typed.rpartition("/")
    if typed.startswith("~") and not _slash:
        return f"{typed}/", []
    try:
        base = Path(f"{folder}/" if _slash else ".").expanduser()
        with os.scandir(base) as entries:
            found = sorted(
                entry.name + ("/" if entry.is_dir() else "")
                for entry in entries
                if entry.name.startswith(begun) and (begun or not entry.name.startswith("."))
            )
    except (OSError, ValueError, RuntimeError):  # no such folder, no such user
        return typed, []
    names = [name for name in found if clean(name, lines=False) == name]
    if not names:
        return typed, []
    common = names[0]
    while not all(name.startswith(common) for name in names):
        common = common[:-1]
    return folder + _slash + (common if len(common) > len(begun) else begun), names if len(names) > 1 else []


def there(path: Path) -> bool:
    """Whether there is something to read; what may not even be looked at is left to the reading, which says why."""
    try:
        return path.exists()
    except OSError:
        return True


def kind_of(planned: Planned) -> str:
    """What the file becomes, as the desk calls it."""
    if planned.reading is None:
        return ""
    kind = planned.reading.kind_guess
    return _(query.choice("document", "type").get(kind, "") or query.model_of("coverage").label)


def line_of(number: int, planned: Planned) -> TableRow:
    """One file as a line of the plan."""
    reading, tone = planned.reading, TONES[planned.action]
    said, name = _(SAID[planned.action]), shown(planned.path)
    if reading is None:
        return TableRow(number, [said, "", "", f"{name}: {planned.problem.removeprefix(f'{name}: ')}", "", name], tone)
    day = reading.on.isoformat() if reading.on else glyphs().none
    # What it repeats: a record, by its code, or another of these files, by its name.
    known = f"= {planned.of if '/' not in planned.of else shown(Path(planned.of))}  " if planned.of else ""
    return TableRow(
        number, [said, kind_of(planned), day, known + reading.title, reading.outlet or glyphs().none, name], tone
    )


class BringIn(DeskScreen[None]):
    """Path, plan, and what was stored of it."""

    scopes = (IMPORT,)
    kinds = ()
    has_detail = False
    DEFAULT_CSS = "BringIn #plan { display: none; height: 1fr; margin: 1 0 0 0; }"

    def __init__(self) -> None:
        super().__init__()
        self.planned: list[Planned] = []
        self._aside = Aside("import")
        self._stop = threading.Event()
        self._at_work = self._stored = False

    def body(self) -> ComposeResult:
        """The path, what it may go on with, and the plan."""
        yield PromptLine()
        yield Row(id="names")
        with Vertical(id="plan"):
            yield VirtualTable(COLUMNS, self._fetch)

    @property
    def prompt(self) -> Prompt:
        """The path."""
        return self.query_one(Prompt)

    @property
    def table(self) -> VirtualTable:
        """The plan."""
        return self.query_one(VirtualTable)

    def on_mount(self) -> None:
        """Asks for the path."""
        super().on_mount()
        self.head(_("Import"), _("a file or a folder"))
        self.note(_("Word, PDF, web pages, mails, plain text. What is there already is left alone."))
        self.focus_first()

    def focus_first(self) -> None:
        """The path, or the plan."""
        (self.table if self.planned else self.prompt).focus()

    async def on_unmount(self) -> None:
        """Ends the thread; what is under way stops at the next file."""
        self._stop.set()
        await asyncio.get_running_loop().run_in_executor(None, self._aside.close)

    def keys_now(self) -> list[Command]:
        """Tab only while the path is typed."""
        return [one for one in of(IMPORT) if one.action != "complete" or not self.planned]

    async def _fetch(self, offset: int, limit: int) -> Sequence[TableRow]:
        return [line_of(offset + number, one) for number, one in enumerate(self.planned[offset : offset + limit])]

    # -- the path -------------------------------------------------------------------------------------------------------

    async def on_prompt_pressed(self, message: Prompt.Pressed) -> None:
        """Tab completes, Esc leaves."""
        message.stop()
        if message.key == "tab":
            await self._complete()
        elif message.key == "escape":
            self.action_leave()

    async def _complete(self) -> None:
        typed = self.prompt.value
        whole, names = await asyncio.get_running_loop().run_in_executor(None, complete, typed)
        if self.prompt.value == typed:
            with self.prompt.prevent(Input.Changed):
                self.prompt.value = whole
            self.prompt.cursor_position = len(whole)
            more = f"  +{len(names) - OFFERED}" if len(names) > OFFERED else ""
            self._offer("  ".join(names[:OFFERED]) + more)

    def _offer(self, names: str) -> None:
        self.query_one("#names", Row).show(("   ", ""), (names, "muted"))

    def on_input_changed(self, event: Input.Changed) -> None:
        """What was offered no longer fits."""
        event.stop()
        self._offer("")

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if event.value.strip() and not self._at_work:
            self._read_files(event.value.strip())

    # -- reading and storing --------------------------------------------------------------------------------------------

    @beside
    async def _read_files(self, typed: str) -> None:
        try:
            path = Path(typed).expanduser()
        except RuntimeError:  # ~somebody who is not known here
            path = Path(typed)
        if not await asyncio.to_thread(there, path):
            self.tell(_("There is no {path}.").format(path=typed), "bad")  # it stays to be corrected
            return
        self._begin()
        try:
            self.planned = await self._aside.do(self._plan, path, asyncio.get_running_loop())
        except Stop:
            self.tell(_("Stopped; nothing was stored."))
            return
        finally:
            self._at_work = False
        self.note("")
        if not self.planned:
            self.tell(_("There is nothing to read in it."), "warn")
            return
        self._show_plan()

    def _begin(self) -> None:
        self._stop.clear()
        self._at_work = True

    def _plan(self, path: Path, loop: asyncio.AbstractEventLoop) -> list[Planned]:
        def progress(done: int, whole: int, file: Path) -> None:
            if self._stop.is_set():
                raise Stop
            loop.call_soon_threadsafe(self._say_progress, _("Reading"), done, whole, shown(file))

        return importing.plan([path], with_fingerprint, self.desk.settings.zone, progress)

    def _say_progress(self, what: str, done: int, whole: int, name: str = "") -> None:
        if self._at_work and not self._stop.is_set():
            self.tell(f"{what} {done:,}/{whole:,}  {name}  {_('Esc stops')}", "muted")

    def _show_plan(self) -> None:
        self.tell("")
        self.query_one(PromptLine).display = False
        self.query_one("#names").display = False
        self.query_one("#plan").display = True
        self.query_one("#plan").styles.margin = 0
        self.table.reload(len(self.planned), top=True)
        self._say_counts()
        self.table.focus()
        self.show_keys()

    def _say_counts(self) -> None:
        counts = [(action, sum(one.action == action for one in self.planned)) for action in SAID]
        right: list[Piece] = []
        for action, count in counts:
            if count:
                right += [(f"{_(SAID[action])} {count:,}", TONES[action]), ("  ", "")]
        self.head(_("Import"), right)
        self.note(self._offered())

    def _offered(self) -> str:
        new = sum(one.action == NEW for one in self.planned)
        if new:
            return _("Enter stores {count}; one Ctrl+Z takes it all back.").format(count=f"{new:,}")
        return "" if self._stored else _("There is nothing new in it.")

    def on_virtual_table_row_highlighted(self, message: VirtualTable.RowHighlighted) -> None:
        """Says why the file at the mark cannot be read, or what was left out of it."""
        one = self.planned[int(str(message.row.id))]
        said = one.problem or " ".join(one.reading.notes if one.reading else ())
        self.note(said or self._offered(), "bad" if one.problem else "muted")

    def on_virtual_table_row_opened(self) -> None:
        """Enter stores what is new."""
        if not self._at_work:
            self._store()

    @beside
    async def _store(self) -> None:
        if not any(one.action == NEW for one in self.planned):
            self.dismiss()
            return
        self._begin()
        self.note("")
        try:
            stored = await asyncio.shield(
                self._aside.do(self._bring_in, self.desk.settings, asyncio.get_running_loop())
            )
        finally:
            self._at_work = False
        self._say_stored(stored)

    def _bring_in(self, settings: Settings, loop: asyncio.AbstractEventLoop) -> Stored:
        def progress(done: int, whole: int) -> None:
            loop.call_soon_threadsafe(self._say_progress, _("Storing"), done, whole)

        return storing.bring_in(settings, self.planned, progress=progress, stop=self._stop.is_set)

    def _say_stored(self, stored: Stored) -> None:
        said = _("{count} stored. Ctrl+Z takes them back.").format(count=f"{len(stored.codes):,}")
        if stored.stopped:
            said = f"{_('Stopped.')} {said}"
        failed = [Planned(None, Path(path), UNREADABLE, problem=why) for path, why in stored.failed]
        self.planned = [one for one in self.planned if one.action == UNREADABLE] + failed
        if not self.planned:
            self.desk.tell_after(said, "good")
            self.dismiss()
            return
        self._stored = True
        self.table.reload(len(self.planned), top=True)
        self.head(_("Not imported"), f"{len(self.planned):,}")
        self.note("")
        self.tell(said, "good")

    # -- keys -----------------------------------------------------------------------------------------------------------

    def action_leave(self) -> None:
        """Stops what is under way; else back."""
        if self._at_work:
            self._stop.set()
            self.tell(_("Stopping…"))
        else:
            self.dismiss()


class Brings(Working[None]):
    """A screen that leads to the import."""

    @job
    async def action_bring_in(self) -> None:
        """Texts out of files."""
        await self.app.push_screen_wait(BringIn())


class MediaScreen(Brings, ListScreen):
    """Outlets and coverage, with the import of clippings."""

    scopes: ClassVar[tuple[str, ...]] = (LIST, TEXTS)  # type: ignore[assignment]
