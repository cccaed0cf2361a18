"""A frame on the disk: believed only as far as it is checked, and what puts it on a terminal. Imports no Textual.

It is a few spans of text for each row, `[text, pen]`, and pens `[attributes, foreground, background]`. What is written is made
from nothing else, so that the terminal shows what the painter is told it shows, whoever wrote the file.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import stat
from pathlib import Path
from typing import Any

from prtui.text import cells

LARGEST = 200_000  # bytes
_PLAIN: list[Any] = [[], "", ""]
_ATTRIBUTES = frozenset((1, 2, 3, 4, 5, 6, 7, 8, 9, 21, 51, 52, 53))
_COLOURS = {
    ground: re.compile(rf"(?:(?:{few})[0-7]|{ground}8;5;[0-9]{{1,3}}|{ground}8;2(?:;[0-9]{{1,3}}){{3}})?")
    for ground, few in (("3", "3|9"), ("4", "4|10"))
}


def read(path: Path, columns: int, lines: int) -> dict[str, Any] | None:
    """The frame in this file for a terminal of this size, None without one. A file that is anything else is removed."""
    try:
        frame = json.loads(_content(path))
        if _is_frame(frame, columns, lines):
            return frame  # type: ignore[no-any-return]
    except FileNotFoundError:
        return None
    except (OSError, ValueError, RecursionError):
        pass
    remove(path)
    return None


def remove(path: Path) -> None:
    """There is no such frame any more."""
    with contextlib.suppress(OSError):
        path.unlink()


def _content(path: Path) -> bytes:
    # Whatever stands in the file's place, a pipe or a device: nobody waits for it, and no more is read than a frame may have.
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW)
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise ValueError
        content = os.read(handle, LARGEST + 1)
    finally:
        os.close(handle)
    if len(content) > LARGEST:
        raise ValueError
    return content


def _is_frame(frame: object, columns: int, lines: int) -> bool:
    if not isinstance(frame, dict) or frame.keys() != {"fills", "pens", "rows"} or type(frame["fills"]) is not bool:
        return False
    pens, rows = frame["pens"], frame["rows"]
    if not (isinstance(pens, list) and all(map(_is_pen, pens)) and isinstance(rows, list) and len(rows) == lines):
        return False
    return all(isinstance(row, list) and _width(row, len(pens)) == columns for row in rows)


def _is_pen(pen: object) -> bool:
    if not (isinstance(pen, list) and len(pen) == 3 and isinstance(pen[0], list)):
        return False
    if not all(type(number) is int and number in _ATTRIBUTES for number in pen[0]):
        return False
    return all(
        isinstance(colour, str) and possible.fullmatch(colour) is not None
        for colour, possible in zip(pen[1:], _COLOURS.values(), strict=True)
    )


def _width(row: list[Any], pens: int) -> int:
    """The cells that these spans fill; -1 if they are none."""
    width = 0
    for span in row:
        if not (isinstance(span, list) and len(span) == 2 and isinstance(span[0], str) and span[0].isprintable()):
            return -1
        if not (type(span[1]) is int and 0 <= span[1] < pens):
            return -1
        width += cells(span[0])
    return width


def written(frame: dict[str, Any]) -> str:
    """What puts a frame that was read on an alternate screen. The pen is plain at the end: nobody knows who writes next."""
    out, held, place = ["\x1b[m\x1b[r\x1b[2J"], _PLAIN, (0, 0)  # the place is not known
    for y, row in enumerate(frame["rows"], 1):
        x = 1
        for at, (text, number) in enumerate(row):
            pen = frame["pens"][number]
            drawn = text.strip(" ") if _is_bare(pen) else text  # blanks are there already
            if drawn:
                start = x + text.index(drawn)
                gap = start - place[1] if place[0] == y else -1
                out.append(" " * gap if gap == 0 or (0 < gap < 8 and _is_bare(held)) else f"\x1b[{y};{start}H")
                out.append(_change(held, pen))
                emptied = frame["fills"] and not pen[0] and drawn.isspace() and at == len(row) - 1
                out.append("\x1b[K" if emptied else drawn)
                held, place = pen, (y, start + cells(drawn))
            x += cells(text)
    return "".join([*out, "\x1b[m"])


def _is_bare(pen: list[Any]) -> bool:
    """Whether nothing of this pen shows on a blank."""
    return not pen[0] and not pen[2]


def _change(pen: list[Any], wanted: list[Any]) -> str:
    if pen == wanted:
        return ""
    codes = [*map(str, wanted[0]), *filter(None, wanted[1:])]
    afresh = pen != _PLAIN and not (_is_bare(pen) and wanted[1])
    return f"\x1b[{';'.join(['0', *codes] if afresh and codes else codes)}m"
