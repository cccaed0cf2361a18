"""What the mark is on, taken along: to the clipboard of the terminal, and into a file among the exports.

What makes and marks the texts is loaded by the first copy: a list that only shows need not wait 50 ms for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from prtui.errors import NotFound, PrtuiError
from prtui.i18n import _
from prtui.screens.base import DeskScreen
from prtui.screens.working import job
from prtui.store import Row
from prtui.terminal.clipboard import told

if TYPE_CHECKING:
    from prtui.documents.copies import Copy
    from prtui.search.query import Hit


@job
async def copy(screen: DeskScreen[Any]) -> None:
    """What she chooses of what the mark is on; where it is then, is said."""
    from prtui.documents.copies import keep

    found = await screen.copies()
    if not found:
        raise NotFound(_("There is nothing to copy here."))
    at: int | None = 0
    if len(found) > 1:
        shown = [[(one.label, ""), ("  ", ""), (one.text[:200], "muted")] for one in found]
        at = await screen.choose(_("Copy"), shown)
    if at is None:
        return
    try:
        file: Any = await screen.read(keep, found[at], screen.desk.settings)
    except PrtuiError as error:
        file = error
    screen.tell(told(screen.desk.hand_over(found[at].text), file), "good")


async def record(screen: DeskScreen[Any], row: Row, language: str = "") -> Sequence[Copy]:
    """What may be copied of a record; its text in this language first."""
    from prtui.documents.copies import of_record

    return await screen.read(of_record, row, screen.desk.settings, language)


async def lines(screen: DeskScreen[Any], rows: Sequence[Row]) -> Sequence[Copy]:
    """The lines of these records, as one copy."""
    from prtui.documents.copies import of_rows

    return [await screen.read(of_rows, rows)] if rows else []


async def passages(screen: DeskScreen[Any], hit: Hit | None) -> Sequence[Copy]:
    """What may be copied of a hit."""
    from prtui.documents.copies import of_hit

    return await screen.read(of_hit, hit, screen.desk.settings) if hit is not None else []
