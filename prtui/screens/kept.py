"""Saved searches on the search screen: listed with what is new in each while nothing is typed, run, kept and taken away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from prtui import commands
from prtui.commands import Command
from prtui.desk import searches
from prtui.i18n import _
from prtui.screens.aside import Aside
from prtui.screens.base import DeskScreen
from prtui.screens.chrome import Piece
from prtui.screens.hits import Hits
from prtui.screens.options import Option, Options
from prtui.screens.prompt import Prompt
from prtui.screens.working import job
from prtui.search.query import Order
from prtui.store import Row, journal
from prtui.store.searches import of as searches_of

if TYPE_CHECKING:
    from prtui.documents.copies import Copy


class KeptSearches(DeskScreen[None]):
    """A screen with a line to search in, and the saved searches below it."""

    DEFAULT_CSS = "KeptSearches #saved { display: none; max-height: 50%; }"
    typed: str
    order: Order
    _finder: Aside
    _indexer: Aside

    def __init__(self) -> None:
        super().__init__()
        self._kept: dict[object, Row] = {}
        self._new: dict[int, int] = {}
        self._ran = ""

    @property
    def prompt(self) -> Prompt:
        """The place to type."""
        return self.query_one(Prompt)

    @property
    def hits(self) -> Hits:
        """The hits."""
        return self.query_one(Hits)

    @property
    def saved(self) -> Options:
        """The saved searches; in sight while nothing is typed and there are some."""
        return self.query_one("#saved", Options)

    async def find(self, typed: str) -> None:
        """Show what is found for this."""

    def keys_now(self) -> list[Command]:
        """What may be done with the saved search at the mark, or with the hits."""
        if self.focused is self.saved:
            return [one for one in commands.of(*self.scopes) if one.action in ("open", "remove", "query", "back")]
        return super().keys_now()

    def show_saved(self) -> None:
        """Show the saved searches if nothing is typed."""
        if self.typed != self._ran:
            self._ran = ""
            self.hits.mark({})
        if self.typed.strip():
            self.saved.display = False
        else:
            self.start(self._list, "saved", True)

    async def _list(self) -> None:
        actor = self.desk.settings.actor
        self._show(await self.read(searches_of, actor))
        # Counted beside the index's writer: behind it there is the least to read as rows.
        kept = await self._indexer.do(searches.listing, actor)
        self._new = {one.row.id: one.new for one in kept}
        self._show([one.row for one in kept])

    def _show(self, rows: Sequence[Row]) -> None:
        self._kept = {row.id: row for row in rows}
        self.saved.display = bool(rows) and not self.typed.strip()
        if not rows and self.focused is self.saved:
            self.prompt.focus()
        self.saved.show([self._option(row) for row in rows])

    def _option(self, row: Row) -> Option:
        new = self._new.get(row.id)
        said = "" if new is None else _("{count} new").format(count=f"{new:,}")
        parts: list[Piece] = [(row.name, ""), ("   ", ""), (said, "accent" if new else "muted")]
        return Option(row.id, parts, row.query if row.query != row.name else "")

    @property
    def _chosen(self) -> Row | None:
        return self._kept.get(self.saved.current.id) if self.saved.current is not None else None

    def saved_copies(self) -> Sequence[Copy]:
        """The query of the saved search at the mark."""
        from prtui.documents.copies import Copy

        row = self._chosen
        return [Copy("query", _("Query"), row.query, row.code)] if row is not None else []

    async def run_saved(self) -> None:
        """Search for the one at the mark; what it finds counts as seen."""
        row = self._chosen
        if row is None:
            return
        seen = await self.read(journal.head_seq)
        self._ran = self.typed = self.prompt.value = row.query
        self.prompt.cursor_position = len(row.query)
        self.prompt.focus()
        await self.find(row.query)
        # An index that is being built keeps the count waiting, not the hits.
        self.start(self._look, "look", False, row, seen)

    async def _look(self, row: Row, seen: int) -> None:
        fresh = await self._indexer.do(searches.fresh, row)
        if self._ran == row.query:
            self.hits.mark(dict.fromkeys(fresh, _("new")))
        await self.write(searches.look, row, seen)

    @job
    async def action_save(self) -> None:
        """Keep what is typed, under a name."""
        typed = self.prompt.value.strip()
        name = await self.ask(_("Save the search as"), typed) if typed else typed
        if name is None:
            return
        row = await self.write(searches.save, typed, name)
        self.tell(_("Saved as “{name}”: an empty line lists it. Ctrl+Z takes it back.").format(name=row.name), "good")

    @job
    async def action_export(self) -> None:
        """All hits as a file among the exports; where it is, is said."""
        from prtui.exchange import hits

        if self.line.typing:
            return
        done = await self._finder.do(hits.write, self.prompt.value, self.desk.settings, order=self.order)
        self.tell(done.told, "good")

    @job
    async def action_remove(self) -> None:
        """The saved search at the mark is taken away."""
        row = self._chosen
        if row is None or self.focused is not self.saved:
            self.tell(_("Only a saved search is deleted here: empty the line and choose one."))
            return
        await self.write(searches.forget, row)
        self.tell(_("{what} deleted. Ctrl+Z brings it back.").format(what=row.name))
