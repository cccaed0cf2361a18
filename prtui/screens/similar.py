"""Records like one, the most like first; among clips what may be its pickups, one key from being linked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult

from prtui.commands import SIMILAR
from prtui.desk import pickups
from prtui.i18n import _, language
from prtui.screens import copying
from prtui.screens.base import DeskScreen
from prtui.screens.hits import Hits
from prtui.screens.sheet import sheet
from prtui.screens.working import job
from prtui.search import similar
from prtui.search.query import Hit, Results
from prtui.store import Row, query

if TYPE_CHECKING:
    from prtui.documents.copies import Copy

PAGE = 50
MARK = {"zh": 10, "en": 13}  # cells of “pickup? 100%”


class Similar(DeskScreen[None]):
    """The records like one."""

    scopes = (SIMILAR,)
    has_detail = True

    def __init__(self, row: Row) -> None:
        super().__init__()
        self.row = row

    # -- what is shown ------------------------------------------------------------------------------------------------

    def body(self) -> ComposeResult:
        """The hits."""
        yield Hits(indent=MARK[language()])

    @property
    def hits(self) -> Hits:
        """The hits."""
        return self.query_one(Hits)

    def on_mount(self) -> None:
        """Gives the hits the arrows and reads."""
        super().on_mount()
        self.focus_first()

    def focus_first(self) -> None:
        """The hits take the arrows."""
        self.hits.focus()

    async def refresh_data(self) -> None:
        """Look again for what is like it."""
        self.row, results, marks = await self.read(self._read, self.row)
        self.hits.mark(marks)
        nothing = results.hint or _("Nothing is like it.")
        self.hits.show(results.hits, keep=True, instead=[[], [(nothing, "muted")]])
        state = [_("{count} with the same text").format(count=len(marks))] if marks else []
        self.head(
            [(_("Similar to"), "bold"), ("  ", ""), (self.row.heading, "bold")], "  ".join([*state, self.row.code])
        )

    @staticmethod
    def _read(row: Row) -> tuple[Row, Results, dict[tuple[str, int], str]]:
        row = query.get(row.kind, row.id, deleted=True)
        results = similar.like((row.kind, row.id), limit=PAGE)
        same = pickups.duplicates(row) if row.kind == "coverage" else []
        return row, results, {("coverage", one.row.id): pickups.mark(row, one) for one in same}

    async def on_hits_moved(self, message: Hits.Moved) -> None:
        """Shows the record at the right of a wide screen."""
        if message.hit is None:
            self.detail.show([])
        elif self.is_wide:
            self.start(self._detail, "detail", True, message.hit)

    async def copies(self) -> Sequence[Copy]:
        """Of the record at the mark."""
        return await copying.passages(self, self.hits.current)

    async def _detail(self, hit: Hit) -> None:
        row = await self.read(query.get, hit.kind, hit.id)
        if hit == self.hits.current:
            lines = sheet(row, 37, self.desk.settings.zone)
            self.detail.show([[(row.heading, "bold")], [(row.code, "muted")], [], *lines])

    # -- keys -----------------------------------------------------------------------------------------------------------

    @job
    async def action_open(self) -> None:
        """The record at the mark."""
        if self.hits.current is not None:
            self.desk.open_record(self.hits.current.code, self.around)

    async def around(self, direction: int) -> Row | None:
        """The record of the hit after or before; the mark goes with it."""
        hit = self.hits.step(direction)
        return await self.read(query.get, hit.kind, hit.id) if hit is not None else None

    @job
    async def action_pickup(self) -> None:
        """Of the clip and the one at the mark the later becomes a pickup of the earlier."""
        hit = self.hits.current
        if hit is None:
            return
        after = await self.write(pickups.link, self.row, await self.read(query.get, hit.kind, hit.id))
        self.tell(
            _("{code} is a pickup of {original}. Ctrl+Z takes it back.").format(code=after.code, original=after.parent),
            "good",
        )

    def action_back(self) -> None:
        """Back to where she came from."""
        self.dismiss()
