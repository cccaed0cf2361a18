"""The lists behind the crisis: enquiries, complaints and stakeholders of the one in sight, or of all; the plan, the library."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from prtui.commands import BEHIND, LIST, Command
from prtui.i18n import N_, _
from prtui.screens.chrome import Piece
from prtui.screens.columns import Column
from prtui.screens.listing import ListScreen
from prtui.screens.table import VirtualTable
from prtui.store import Row

LISTS = (
    "enquiry", "complaint", "stakeholder", "crisis", "crisisreview", "teammember", "holdingtemplate", "crisisrisk",
    "drilldate", "crisisplan",
)  # fmt: skip
OF_ONE = ("enquiry", "complaint", "stakeholder", "crisisreview")
CODE = 13  # cells of DRL-2026-001


class CrisisLists(ListScreen):
    """What belongs to a crisis is listed for the one in sight until `c` lifts that, and then says which crisis by its code.
    Esc goes back to the clock."""

    scopes: ClassVar[tuple[str, ...]] = (LIST, BEHIND)  # type: ignore[assignment]

    def __init__(self, crisis: Row | None) -> None:
        super().__init__(LISTS)
        self.crisis = crisis
        self.every = crisis is None
        self._narrow_to()

    # -- whose they are -------------------------------------------------------------------------------------------------

    def _is_narrowed(self, kind: str) -> bool:
        return kind in OF_ONE and not self.every

    def _narrow_to(self) -> None:
        self.where = {"crisis": self.crisis.id} if self.crisis is not None and self._is_narrowed(self.kind) else {}

    def names(self, kind: str) -> Sequence[str]:
        """The code of the crisis comes second, where there are several."""
        first, *more = super().names(kind)
        if kind not in OF_ONE:
            return [first, *more]
        return [first, *(() if self._is_narrowed(kind) else ("crisis",)), *(name for name in more if name != "crisis")]

    def columns(self, kind: str) -> list[Column]:
        """A column a field."""
        of_one = kind in OF_ONE
        named = zip(self.names(kind), super().columns(kind), strict=True)
        return [replace(column, width=CODE) if of_one and name == "crisis" else column for name, column in named]

    def cells(self, row: Row) -> list[str]:
        """The code of a crisis says whether it is a drill; its title need not."""
        named = zip(self.names(row.kind), super().cells(row), strict=True)
        coded = row.kind in OF_ONE and row.crisis is not None
        return [row.crisis.code if coded and name == "crisis" else cell for name, cell in named]

    def begun(self) -> Mapping[str, Any]:
        """A new one belongs to the crisis in sight."""
        return {"crisis": self.crisis.pointer} if self.crisis is not None and self._is_narrowed(self.kind) else {}

    async def refresh_data(self) -> None:
        """Where the crisis in sight has none, others may have some."""
        await super().refresh_data()
        if self.crisis is not None and self._is_narrowed(self.kind) and not self.typed:
            self.table.empty = _("{code} has none. a adds the first, c shows those of all crises.").format(
                code=self.crisis.code
            )

    # -- chrome -----------------------------------------------------------------------------------------------------------

    def lists(self) -> list[Piece]:
        """The list in sight and its neighbours: there are too many for one line. Before them whose they are."""
        kinds = self.kinds or ()
        at = kinds.index(self.kind)
        shown = super().lists()[2 * max(0, at - 1) :] if at else super().lists()
        if self.crisis is None or self.kind not in OF_ONE:
            return shown
        whose = _("All crises") if self.every else self.crisis.code
        return [(f"{whose}  ", "accent"), *shown]

    def keys_now(self) -> list[Command]:
        """Whose they are is one key away where that is a question."""
        shown = [one for one in super().keys_now() if one.scope != BEHIND or (self.crisis and self.kind in OF_ONE)]
        if self.every:
            shown = [replace(one, label=N_("This crisis")) if one.scope == BEHIND else one for one in shown]
        return sorted(shown, key=lambda one: one.scope != BEHIND)

    # -- keys -------------------------------------------------------------------------------------------------------------

    def action_every(self) -> None:
        """Those of the crisis in sight, or of all crises and drills."""
        if self.crisis is None or self.kind not in OF_ONE:
            return
        self.every = not self.every
        for kind in OF_ONE:
            self.query_one(f"#table-{kind}", VirtualTable).columns = tuple(self.columns(kind))
        self.table.unmark()
        self.table.refresh()
        self.order, self._anew = (), True
        self._narrow_to()
        self.show_keys()
        self.reload()

    def _turn(self, steps: int) -> None:
        super()._turn(steps)
        self._narrow_to()
        self.show_keys()

    def action_all(self) -> None:
        """Esc: no filter and no marks, then back."""
        if self.table.marked or self.typed:
            super().action_all()
        else:
            self.dismiss()
