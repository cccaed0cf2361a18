"""The fewest bytes that turn what a terminal shows into what is wanted.

A frame begins with the pen and at the place the one before ended with, so that a clock writes its digits and a step or two
between them: 8 bytes a second instead of 42.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from prtui.terminal.pens import PLAIN, Pen, blank_pen, change, for_blanks, one
from prtui.terminal.powers import Powers
from prtui.terminal.shadow import BLANK, Cell, Row, disputed, runs

_WORTH_SCROLLING = 160  # bytes; a scroll itself takes about twenty
_WORTH_ERASING = 12  # blanks in a row: erasing and stepping over them takes about ten bytes
_WORTH_TURNING = 3  # rows; where more change, the way between them is the smallest part


class Hand(NamedTuple):
    """Row and column of the cursor, None where it is not known, and the pen it draws with."""

    row: int | None = None
    column: int | None = None
    pen: Pen = PLAIN


def frame(
    shown: Sequence[Row], wanted: Sequence[Row], hand: Hand, cursor: tuple[int, int] | None, powers: Powers
) -> tuple[str, Hand]:
    """What to write, and the hand after it. Without a `cursor` it may rest where it drew last."""
    best = _painted(Brush(hand, powers), shown, wanted, cursor)
    if best.cost > _WORTH_SCROLLING and powers.shifts_rows:
        for top, bottom, up in _scrolls(shown, wanted):
            brush = Brush(hand, powers)
            brush.scroll(top, bottom, up)
            best = min(
                best, _painted(brush, _scrolled(shown, top, bottom, up), wanted, cursor), key=lambda one: one.cost
            )
    elif (
        best.cost
        and sum(old is not new and old != new for old, new in zip(shown, wanted, strict=True)) <= _WORTH_TURNING
    ):
        # A clock that was drawn from left to right is drawn from right to left the next time.
        best = min(best, _painted(Brush(hand, powers), shown, wanted, cursor, -1), key=lambda one: one.cost)
    return best.written, best.hand


def afresh(wanted: Sequence[Row], cursor: tuple[int, int] | None, powers: Powers) -> tuple[str, Hand]:
    """What to write on a terminal of which nothing is known."""
    brush = Brush(Hand(), powers)
    brush.clear()
    _painted(brush, [[BLANK] * len(row) for row in wanted], wanted, cursor)
    return brush.written, brush.hand


def _painted(
    brush: Brush, shown: Sequence[Row], wanted: Sequence[Row], cursor: tuple[int, int] | None, turn: int = 1
) -> Brush:
    for y in range(len(wanted))[::turn]:
        old, new = shown[y], wanted[y]
        if old is not new and old != new:
            brush.row(y, old, new, turn)
    brush.rest(cursor)
    return brush


# -- scrolling ----------------------------------------------------------------------------------------------------------


def _scrolls(shown: Sequence[Row], wanted: Sequence[Row]) -> set[tuple[int, int, int]]:
    """The shifts of rows that may be worth trying: (top row, bottom row, rows up; negative: down)."""
    touched = [y for y, (old, new) in enumerate(zip(shown, wanted, strict=True)) if old is not new and old != new]
    if len(touched) < 3:
        return set()
    first, last, width = touched[0], touched[-1], len(wanted[0])
    found = set()
    # Half by half: a list that scrolls beside something that does not is still worth it.
    for part in (slice(2, width // 2), slice(width // 2, width)):
        old = {y: _text(shown[y][part]) for y in range(first, last + 1)}
        new = {y: _text(wanted[y][part]) for y in range(first, last + 1)}
        where: dict[str, list[int]] = {}
        for y, text in old.items():
            where.setdefault(text, []).append(y)
        votes = Counter(other - y for y, text in new.items() if len(set(text)) > 3 for other in where.get(text, ()))
        del votes[0]
        for up, count in votes.most_common(1):
            if count >= 3:
                good = [y for y in new if old.get(y + up) == new[y]]
                found.add((min(good + [y + up for y in good]), max(good + [y + up for y in good]), up))
    return found


def _text(cells: Sequence[Cell]) -> str:
    return "".join([cell[0] for cell in cells])


def _scrolled(shown: Sequence[Row], top: int, bottom: int, up: int) -> list[Row]:
    rows = list(shown)
    fresh: list[Row] = [[BLANK] * len(rows[0]) for _ in range(abs(up))]
    band = rows[top : bottom + 1]
    rows[top : bottom + 1] = band[up:] + fresh if up > 0 else fresh + band[:up]
    return rows


# -- strokes --------------------------------------------------------------------------------------------------------------


class Brush:
    """Where the terminal's cursor is, with which pen it draws, and what was written to get there."""

    def __init__(self, hand: Hand, powers: Powers) -> None:
        self.at: tuple[int | None, int | None] = hand[:2]
        self.pen, self.powers = hand.pen, powers
        self._out: list[str] = []

    @property
    def hand(self) -> Hand:
        """Where it is, and with which pen."""
        return Hand(*self.at, self.pen)

    @property
    def written(self) -> str:
        """All that was written."""
        return "".join(self._out)

    @property
    def cost(self) -> int:
        """Bytes written."""
        return len(self.written.encode())

    def clear(self) -> None:
        """Plain pen, no scroll region, an empty screen."""
        self._out.append("\x1b[m\x1b[r\x1b[2J")
        self.pen = PLAIN

    def scroll(self, top: int, bottom: int, up: int) -> None:
        """Shift the rows of a band; plain blanks come in."""
        self._take(for_blanks(self.pen, PLAIN))
        self._out.append(f"\x1b[{top + 1};{bottom + 1}r\x1b[{top + 1}H\x1b[{abs(up) if abs(up) > 1 else ''}")
        self._out.append("M\x1b[r" if up > 0 else "L\x1b[r")
        self.at = (None, None)  # at the top left, they say; not all do it

    def rest(self, cursor: tuple[int, int] | None) -> None:
        """The end of a frame: no link is left open, and the cursor is where input methods look for it."""
        if self.pen.link:
            self._take(one(self.pen._replace(link="")))
        if cursor is not None:
            self._move(*cursor)

    def row(self, y: int, old: Row, new: Row, turn: int) -> None:
        """Draw a row that differs, in the shorter of two ways."""
        changed = runs(old, new)
        if disputed and not disputed.isdisjoint([cell[0] for row in (old, new) for cell in row]):
            self._uneven(y, changed[0][0], new)
            return
        patched = self._fork()
        patched._patch(y, changed, new, turn)
        if sum(stop - start for start, stop in changed) > _WORTH_ERASING:
            erased = self._fork()
            if erased._erase(y, changed[0][0], old, new):
                patched = min(patched, erased, key=lambda one: one.cost)
        self.at, self.pen = patched.at, patched.pen
        self._out += patched._out

    def _fork(self) -> Brush:
        return Brush(self.hand, self.powers)

    def _can_erase(self, pen: Pen) -> bool:
        return not pen.inks_blanks and (self.powers.erases_in_colour or not pen.background)

    def _erase(self, y: int, start: int, old: Row, new: Row) -> bool:
        """Empty the row from here and draw what is not blank. Whether that can be done."""
        pen = new[-1][1] if new[-1][0] == " " else PLAIN
        if not (self.powers.erases_to_end and self._can_erase(pen)):
            return False
        self._move(y, start)
        self._take(for_blanks(self.pen, pen))
        self._out.append("\x1b[K")
        emptied = old[:start] + [(" ", blank_pen(pen))] * (len(new) - start)
        self._patch(y, runs(emptied, new), new, 1)
        return True

    def _uneven(self, y: int, start: int, new: Row) -> None:
        """A row with characters of disputed width: from the first cell that changes on, everything is placed by itself, so
        that a terminal that draws them wider or narrower spoils no other cell."""
        while start and new[start][0] == "":
            start -= 1
        x = start
        while x < len(new):
            stop = x + 1
            while stop < len(new) and new[stop][0] == "":
                stop += 1
            if new[x][0] in disputed:
                self._move(y, x)
                self._take(new[x][1])
                self._out.append(" " * (stop - x) + "\b" * (stop - x) + new[x][0])
                self.at = (y, None)
            else:
                self._draw(y, x, stop, new)
            x = stop

    def _patch(self, y: int, changed: list[tuple[int, int]], new: Row, turn: int) -> None:
        """Draw what changed, from the left (1) or the right (-1); blanks at the end of the row are erased."""
        width = len(new)
        tail = width
        if new[-1][0] == " " and self.powers.erases_to_end and self._can_erase(new[-1][1]):
            while tail and new[tail - 1] == new[-1]:
                tail -= 1
        erase = next((max(start, tail) for start, stop in changed if stop > tail), width)
        if width - erase <= 3:
            erase = width
        for start, stop in self._joined([(a, min(b, erase)) for a, b in changed if a < erase], new)[::turn]:
            self._draw(y, start, stop, new)
        if erase < width:
            self._move(y, erase)
            self._take(for_blanks(self.pen, new[-1][1]))
            self._out.append("\x1b[K")

    def _joined(self, spans: list[tuple[int, int]], new: Row) -> list[tuple[int, int]]:
        """Spans between which it is cheaper to draw what has not changed than to step over it."""
        joined: list[tuple[int, int]] = []
        for start, stop in spans:
            if joined:
                before = joined[-1][1]
                gap = start - before
                if gap <= 8 and _ink(new, before, start) <= (3 if gap == 1 else 4):
                    joined[-1] = (joined[-1][0], stop)
                    continue
            joined.append((start, stop))
        return joined

    def _draw(self, y: int, start: int, stop: int, new: Row) -> None:
        x = start
        while x < stop:
            char, pen = new[x]
            if char == " " and not pen.inks_blanks:
                end = x + 1
                while end < stop and new[end] == new[x]:
                    end += 1
                if x > start and end == x + 1 and self._blank_fits(pen):
                    self._out.append(" ")  # the common case, quickly
                    self._step(y, end, len(new))
                else:
                    self._blanks(y, x, end, stop, pen, len(new))
                x = end
                continue
            self._move(y, x)
            self._take(pen)
            self._out.append(char)
            x += 1
            while x < stop and new[x][0] == "":
                x += 1
            self._step(y, x, len(new))

    def _blank_fits(self, pen: Pen) -> bool:
        return not self.pen.inks_blanks and self.pen.background == pen.background

    def _blanks(self, y: int, x: int, end: int, stop: int, pen: Pen, width: int) -> None:
        self._move(y, x)
        self._take(for_blanks(self.pen, pen))
        if end - x > _WORTH_ERASING and self.powers.erases_some and self._can_erase(pen):
            self._out.append(f"\x1b[{end - x}X")  # the cursor stays; whoever draws next moves it
        else:
            self._out.append(" " * (end - x))
            self._step(y, end, width)

    def _step(self, y: int, x: int, width: int) -> None:
        self.at = (y, x if x < width else None)  # after the last column terminals differ in where they say they are

    def _take(self, pen: Pen) -> None:
        if pen is not self.pen:
            self._out.append(change(self.pen, pen))
            self.pen = pen

    def _move(self, y: int, x: int) -> None:
        if self.at == (y, x):
            return
        ways = [f"\x1b[{y + 1};{x + 1}H" if x else f"\x1b[{y + 1}H" if y else "\x1b[H"]
        row, column = self.at
        if row is not None:
            right = f"\x1b[{x if x > 1 else ''}C" if x else ""
            rows = _rows(y - row)
            ways.append("\r" + rows + right)
            if column is not None:
                ways.append(rows + _columns(x - column))
        self._out.append(min(ways, key=len))
        self.at = (y, x)


def _rows(down: int) -> str:
    # VT and RI, never past the edge, where they would scroll; not LF, before which a tty may put a CR.
    if -1 <= down <= 4:
        return "\v" * down if down >= 0 else "\x1bM"
    return f"\x1b[{abs(down) if abs(down) > 1 else ''}{'B' if down > 0 else 'A'}" if down else ""


def _columns(right: int) -> str:
    if -4 <= right < 0:
        return "\b" * -right
    return f"\x1b[{abs(right) if abs(right) > 1 else ''}{'C' if right > 0 else 'D'}" if right else ""


def _ink(row: Row, start: int, stop: int) -> int:
    """About how many bytes it takes to draw these cells."""
    cost, pen = 0, row[start - 1][1]
    for char, own in row[start:stop]:
        cost += len(char.encode())
        if own is not pen and char != " ":
            cost += 5
            pen = own
    return cost
