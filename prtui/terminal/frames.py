"""A frame without data, packed for the curtain of the next start and read again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from prtui.terminal.pens import Pen, blank_pen, one
from prtui.terminal.powers import Powers
from prtui.terminal.shadow import Row, disputed, drawn


def packed(rows: Sequence[Row], kept: Mapping[int, int], able: Powers) -> dict[str, Any]:
    """What stands in so many columns of these rows (row → columns), and of the rest the background alone; see stencil.py.

    Empty where terminals do not agree on how wide they draw it.
    """
    bare = [
        [
            *((char, pen._replace(link="")) for char, pen in row[: kept.get(y, 0)]),
            *((" ", blank_pen(Pen(background=pen.background))) for _, pen in row[kept.get(y, 0) :]),
        ]
        for y, row in enumerate(rows)
    ]
    if disputed and any(char in disputed for row in bare for char, _ in row):
        return {}
    pens: list[Pen] = list(dict.fromkeys(pen for row in bare for _, pen in row))
    number = {pen: at for at, pen in enumerate(pens)}
    return {
        "fills": able.erases_to_end and able.erases_in_colour,
        "pens": [[sorted(pen.attributes), pen.foreground, pen.background] for pen in pens],
        "rows": [
            [["".join(char for char, _ in same), number[pen]] for pen, same in groupby(row, key=lambda cell: cell[1])]
            for row in bare
        ],
    }


def unpacked(frame: Mapping[str, Any]) -> list[Row]:
    """The cells that such a frame has put on the terminal."""
    pens = [one(Pen(frozenset(attributes), *colours)) for attributes, *colours in frame["pens"]]
    return [[cell for text, pen in row for cell in drawn(text, pens[pen])] for row in frame["rows"]]
