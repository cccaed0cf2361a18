"""A frame without data, packed for the curtain of the next start and read again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from prtui.terminal.pens import Pen, blank_pen, one
from prtui.terminal.powers import Powers
from prtui.terminal.shadow import Row
from prtui.terminal.strokes import Hand, afresh


def packed(rows: Sequence[Row], kept: Mapping[int, int], able: Powers) -> dict[str, Any]:
    """What stands in so many columns of these rows (row → columns), and of the rest the background alone."""
    bare = [
        [
            *row[: kept.get(y, 0)],
            *((" ", blank_pen(Pen(background=pen.background))) for _, pen in row[kept.get(y, 0) :]),
        ]
        for y, row in enumerate(rows)
    ]
    data, hand = afresh(bare, None, able)
    pens: list[Pen] = list(dict.fromkeys(pen for row in bare for _, pen in row))
    number = {pen: at for at, pen in enumerate(pens)}
    return {
        "data": data + "\x1b[m",  # nobody knows who writes next
        "hand": [hand.row, hand.column],
        "pens": [[sorted(pen.attributes), *pen[1:]] for pen in pens],
        "rows": [[[len(list(same)), cell[0], number[cell[1]]] for cell, same in groupby(row)] for row in bare],
    }


def unpacked(frame: Mapping[str, Any]) -> tuple[list[Row], Hand]:
    """The cells that a packed frame has put on the terminal, and the hand it was drawn with."""
    pens = [one(Pen(frozenset(attributes), *colours)) for attributes, *colours in frame["pens"]]
    rows = [[(char, pens[pen]) for count, char, pen in row for _ in range(count)] for row in frame["rows"]]
    row, column = frame["hand"]
    return rows, Hand(row, column)
