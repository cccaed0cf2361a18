"""What this terminal can do beyond moving its cursor, as its entry in terminfo has it."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import NamedTuple


class Powers(NamedTuple):
    """As a current xterm can, but for what many others cannot."""

    colours: bool = True
    erases_in_colour: bool = False  # with the background in force (bce); GNU screen does not
    erases_to_end: bool = True  # of a row
    erases_some: bool = True  # cells, and leaves the cursor where it is; GNU screen does not
    shifts_rows: bool = True  # of a band; a VT100 does not


def of(name: str) -> Powers:
    """The powers of a kind of terminal; of one that terminfo does not know what nearly all have."""
    try:
        import curses
    except ImportError:
        return Powers()
    try:
        curses.setupterm(name, 2)
    except curses.error:
        return Powers()
    return Powers(
        colours=curses.tigetnum("colors") >= 8 and bool(curses.tigetstr("setaf")),
        erases_in_colour=curses.tigetflag("bce") == 1,
        erases_to_end=bool(curses.tigetstr("el")),
        erases_some=bool(curses.tigetstr("ech")),
        shifts_rows=all(map(curses.tigetstr, ("csr", "il1", "dl1"))),
    )


@lru_cache(1)
def here() -> Powers:
    """The powers of the terminal of this process."""
    return of(os.environ.get("TERM", ""))
