"""The projects in a list, beside the board."""

from __future__ import annotations

from prtui.screens.listing import ListScreen


class ProjectList(ListScreen):
    """All projects; Esc goes back to the board once nothing is narrowed or marked."""

    def action_all(self) -> None:
        """No filter, no marks, then back."""
        if self.table.marked or self.typed:
            super().action_all()
        else:
            self.dismiss()
