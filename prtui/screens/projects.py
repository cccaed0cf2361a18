"""The kanban of the projects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult

from prtui import clock, text
from prtui.commands import BOARD, PROJECT, Command, of
from prtui.desk import projects
from prtui.desk.projects import Card, Column
from prtui.i18n import _
from prtui.screens import copying
from prtui.screens.board import Board, Lane
from prtui.screens.cards import health
from prtui.screens.chrome import Piece, cut, drawn
from prtui.screens.chrome import Row as Line
from prtui.screens.form import FormScreen
from prtui.screens.steps import Steps
from prtui.screens.working import job
from prtui.store import Row

if TYPE_CHECKING:
    from prtui.documents.copies import Copy


class BoardScreen(Steps):
    """Seven columns of cards, and a line about the card at the mark."""

    scopes = (PROJECT, BOARD)
    kinds = ("project", "task", "person")

    def __init__(self) -> None:
        super().__init__()
        self.columns: Sequence[Column] = ()
        self.typed = ""

    # -- what is shown ------------------------------------------------------------------------------------------------

    def body(self) -> ComposeResult:
        """The board, and the line about the card at the mark."""
        yield Board()
        yield Line(id="about")

    @property
    def board(self) -> Board:
        """The columns."""
        return self.query_one(Board)

    @property
    def subject(self) -> Row | None:
        """The project of the card at the mark."""
        return self.board.card.row if self.board.card else None

    def focus_first(self) -> None:
        """The board takes the arrows."""
        self.board.focus()

    def keys_now(self) -> list[Command]:
        """What is pressed most on a board, before what is pressed now and then."""
        first = ("advance", "open", "tick", "add", "task", "move")
        shown = [command for command in of(*self.scopes) if command.foot]
        return sorted(shown, key=lambda one: first.index(one.action) if one.action in first else len(first))

    async def refresh_data(self) -> None:
        """Read the columns."""
        self.columns = await self.read(projects.board, self.desk.settings)
        self._show()

    @property
    def _today(self) -> date:
        return clock.today(self.desk.settings.zone)

    def _show(self) -> None:
        lanes = [Lane(column, [card for card in column.cards if chosen(card, self.typed)]) for column in self.columns]
        whole = sum(len(column.cards) for column in self.columns)
        empty = (
            _("Nothing on the board is called that. Esc shows all.")
            if whole
            else _("There are no projects yet. a adds one, F1 says what else there is.")
        )
        self.board.show(lanes, self._today, empty=empty)

    def on_board_moved(self, message: Board.Moved) -> None:
        """Says where the cursor is."""
        message.stop()
        self._say_head()
        self._say_card(message.card)

    def _say_head(self) -> None:
        shown = sum(len(lane.cards) for lane in self.board.lanes)
        whole = sum(len(column.cards) for column in self.columns)
        count = f"{shown}/{whole}" if self.typed else str(whole)
        left: list[Piece] = [
            (_("Board"), "bold"),
            (f"  {self.typed or _('Everybody')}", "accent" if self.typed else "muted"),
            (f"  {_('{count} projects').format(count=count)}", "muted"),
        ]
        before, after = self.board.hidden
        right = [(f"‹ {words}", "muted") for words in _counted(before)]
        right += [(f"{'   ' if right else ''}{words} ›", "muted") for words in _counted(after)]
        self.head(left, right)

    def _say_card(self, card: Card | None) -> None:
        said = [(drawn(value), tone) for value, tone in about(card)] if card else []
        self.query_one("#about", Line).show(*cut(said, self.size.width - 1)[0])

    # -- keys -----------------------------------------------------------------------------------------------------------

    async def copies(self) -> Sequence[Copy]:
        """The line of the project at the cursor."""
        row = self._project()
        return await copying.lines(self, [row] if row is not None else [])

    def see(self, project: Row, task: str = "") -> None:
        """The project's page, its mark at the task."""
        from prtui.screens.project import ProjectPage  # only who opens a project pays for its page

        self.app.push_screen(ProjectPage(project, self._around, at=task))

    async def _around(self, direction: int) -> Row | None:
        card = self.board.step(direction)
        return card.row if card else None

    def action_open(self) -> None:
        """The project's page."""
        if row := self._project():
            self.see(row)

    @job
    async def action_add(self) -> None:
        """A new project, in a form."""
        row = await self.app.push_screen_wait(FormScreen("project"))
        if row is not None:
            await self.refresh_data()
            self.board.go(row.id)

    @job
    async def action_edit(self) -> None:
        """The project's form."""
        if row := self._project():
            await self.app.push_screen_wait(FormScreen("project", await self.fresh(row)))

    @job
    async def action_filter(self, begin: str = "") -> None:
        """Narrow the board while typing; Esc shows what was shown before."""
        before = self.typed
        asked = self.ask(_("Name, code or owner"), begin or before, changed=self._narrow, moves=self.board)
        self._narrow(begin or before)
        typed = await asked
        self._narrow(before if typed is None else typed)

    def action_all(self) -> None:
        """Esc: no filter."""
        self._narrow("")

    def on_key(self, event: events.Key) -> None:
        """A Chinese word typed onto the board narrows it: no command begins so."""
        super().on_key(event)
        if event.character and text.has_chinese(event.character):
            event.stop()
            self.action_filter(event.character)

    def _narrow(self, typed: str) -> None:
        typed = text.clean(typed, lines=False)
        if typed != self.typed:
            self.typed = typed
            self._show()

    def action_list(self) -> None:
        """All projects in a list, on hold and cancelled among them."""
        from prtui.screens.listing import ListPage

        self.app.push_screen(ListPage(("project",)))


def chosen(card: Card, typed: str) -> bool:
    """Whether every word typed is in the project's name, code or owner, their pinyin or initials."""
    row = card.row
    owner = row.owner.title if row.owner else ""
    return all(
        text.sounds_like(word.lstrip("@＠"), owner, name=True)
        or (
            word[0] not in "@＠"
            and (text.sounds_like(word, row.name) or text.key(word) in text.key(f"{row.code} {row.name_en}"))
        )
        for word in typed.split()
    )


def about(card: Card) -> Iterator[Piece]:
    """One line about a card: code, name, owner, health, what blocks it, what is next."""
    row = card.row
    glyph, tone = health(row)
    yield f" {row.code} ", "muted"
    yield row.name, "bold"
    yield from _labelled(_("Owner"), row.owner.title if row.owner else "")
    yield f"  {_('Health')} ", "muted"
    yield f"{glyph} {row.shown('health')}", tone
    yield from _labelled(_("Blocked by"), row.blocked_by)
    if card.stale:
        yield f"  {_('unmoved')}", "warn"
    if card.next_task is not None:
        due = card.next_task.due_on
        yield from _labelled(_("Next task"), card.next_task.title + (f" {due:%m-%d}" if due else ""))


def _labelled(label: str, value: str) -> Iterator[Piece]:
    if value:
        yield f"  {label} ", "muted"
        yield value, ""


def _counted(lanes: Sequence[Lane]) -> list[str]:
    words = [f"{_(lane.column.label)} {len(lane.cards)}" for lane in lanes]
    return ["  ".join(words)] if words else []
