"""How the columns of a table share a line, and how a text is made to fill its column exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size

from prtui.terminal.width import glyphs
from prtui.text import fit, plain

GAP = "  "


@dataclass(frozen=True)
class Column:
    """`width` in cells, or None to share what the fixed ones leave, in proportion to `flex` and at least `least`.

    The label is a message id. Columns that find no room are left out, the last one first.
    """

    label: str
    width: int | None = None
    right: bool = False
    flex: int = 1
    least: int = 8


def widths(columns: Sequence[Column], room: int) -> list[int]:
    """Cells for each column so that they and their gaps fit into `room`; 0 for a column that is left out."""
    least = [column.least if column.width is None else column.width for column in columns]
    shown = len(columns)
    while shown > 1 and sum(least[:shown]) + len(GAP) * (shown - 1) > room:
        shown -= 1
    left = room - sum(least[:shown]) - len(GAP) * (shown - 1)
    if left < 0:
        return [max(room, 0)] + [0] * (len(columns) - 1)
    flexible = [number for number in range(shown) if columns[number].width is None]
    parts = sum(columns[number].flex for number in flexible)
    given = least[:shown] + [0] * (len(columns) - shown)
    for number in flexible:
        share = left * columns[number].flex // parts if parts else 0
        given[number] += share
        left, parts = left - share, parts - columns[number].flex
    return given


def cell(value: str, width: int, *, right: bool = False) -> str:
    """User text made to fill exactly this many cells of the terminal; cut with an ellipsis."""
    # Ten thousand characters are not cleaned to show ten of them.
    shown = glyphs().drawn(plain(value[: 8 * width + 64]))
    ellipsis = glyphs().ellipsis
    shown = fit(shown, width, right=right, ellipsis=ellipsis if len(ellipsis) < width else "")
    # Rich counts joined emoji otherwise than text.cells, and Textual crops by Rich.
    return shown if shown.isascii() or cell_len(shown) == width else set_cell_size(shown, width)
