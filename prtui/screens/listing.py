"""The list of any kind of record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from textual.app import ComposeResult

from prtui.commands import LIST
from prtui.i18n import _
from prtui.screens.base import DeskScreen, job
from prtui.screens.table import Column, TableRow, VirtualTable
from prtui.store import KINDS, Row, query
from prtui.store.records import specs


class ListScreen(DeskScreen[None]):
    """The records of a kind, or of several kinds in turn."""

    scopes = (LIST,)

    def __init__(self, kinds: Sequence[str]) -> None:
        super().__init__()
        self.kinds = tuple(kinds)
        self.kind = kinds[0]

    def body(self) -> ComposeResult:
        declared = specs(KINDS[self.kind])
        columns = [Column(declared[name].label, declared[name].width) for name in KINDS[self.kind].shown]
        yield VirtualTable(columns, self._fetch)

    async def refresh_data(self) -> None:
        count = await self.read(query.count, self.kind)
        self.query_one(VirtualTable).reload(count)
        self.head(_(KINDS[self.kind].plural), str(count))

    async def _fetch(self, offset: int, limit: int) -> Sequence[TableRow]:
        rows = await self.read(query.page, self.kind, limit=limit, offset=offset)
        return [TableRow(row.id, [row.shown(name) for name in row.model.shown]) for row in rows]

    async def _row(self, table_row: TableRow) -> Row:
        return await self.read(query.get, self.kind, cast(int, table_row.id))

    @job
    async def on_virtual_table_row_opened(self, message: VirtualTable.RowOpened) -> None:
        self.desk.open_record(await self._row(message.row), self._around)

    async def _around(self, direction: int) -> Row | None:
        table = self.query_one(VirtualTable)
        index = table.cursor + direction
        if not 0 <= index < table.count:
            return None
        table.move_to(index)
        found = await self.read(query.page, self.kind, limit=1, offset=index)
        return found[0] if found else None
