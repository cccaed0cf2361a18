"""The board: columns of cards side by side, of which only what is in sight is drawn.

Every change is drawn into a grid of cells, one column of the board wide, and compared with the grid before: a cursor that
moves paints four cells, whatever the number of cards.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.events import Resize
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from prtui.desk.projects import Card, Column
from prtui.i18n import _
from prtui.screens.cards import LINES, Line, face, line
from prtui.screens.columns import cell
from prtui.terminal.width import glyphs

NARROWEST = 16  # cells of a column with its mark and its gap
HEAD = 2
TALL = LINES + 1  # a card and the empty line below it
FACES_KEPT = 500
BOLD = Style(bold=True)


@dataclass(frozen=True)
class Lane:
    """A column of the board, and those of its cards that are shown."""

    column: Column
    cards: Sequence[Card]


class Board(Widget, can_focus=True):
    """The lanes, a mark at one card. Lanes that find no room are a step of the cursor away."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "board--muted", "board--accent", "board--good", "board--warn", "board--bad", "board--rule",
    }  # fmt: skip

    DEFAULT_CSS = """
    Board {
        width: 100%;
        height: 1fr;
        & .board--muted { color: $text-muted; }
        & .board--accent { color: $accent; }
        & .board--good { color: $success; }
        & .board--warn { color: $warning; }
        & .board--bad { color: $error; }
        & .board--rule { color: $text-disabled; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "lane(-1)", show=False),
        Binding("right", "lane(1)", show=False),
        Binding("up", "card(-1)", show=False),
        Binding("down", "card(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "card(-1000000)", show=False),
        Binding("end", "card(1000000)", show=False),
    ]

    @dataclass
    class Moved(Message):
        """The cursor stands on this card, or the lanes in sight are others; None when there is no card."""

        card: Card | None

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.lanes: Sequence[Lane] = ()
        self.lane = 0
        self.index = 0
        self._first = 0  # the lane at the left edge
        self._tops: list[int] = []  # the first card in sight of each lane
        self._today = date.min
        self._empty = ""
        self._faces: dict[tuple[int, int], list[Line]] = {}
        self._grid: list[list[Line]] = []
        self._said = ""  # instead of cards

    # What it shows now

    @property
    def card(self) -> Card | None:
        """The card at the cursor."""
        return self._card(self.lane, self.index)

    def _card(self, lane: int, index: int) -> Card | None:
        cards = self.lanes[lane].cards if lane < len(self.lanes) else ()
        return cards[index] if 0 <= index < len(cards) else None

    @property
    def hidden(self) -> tuple[Sequence[Lane], Sequence[Lane]]:
        """The lanes out of sight at the left and at the right."""
        return self.lanes[: self._first], self.lanes[self._first + self._fitting :]

    # What others do with it

    def show(self, lanes: Sequence[Lane], today: date, *, empty: str = "") -> None:
        """Show these. The cursor stays on its project wherever that is now, else where it was."""
        before = self.card
        new = len(lanes) != len(self.lanes)
        self.lanes, self._today, self._empty = lanes, today, empty
        self._faces.clear()
        if new:
            self._tops = [0] * len(lanes)
            # A board that does not fit shows its last lane least: what is closed can wait.
            self._first = max(0, len(lanes) - 1 - self._fitting)
            self.lane, self.index = self._first, 0
        if before is None or not self._seek(before.row.id):
            self._settle()
        self._draw()

    def go(self, project: int) -> bool:
        """Put the cursor on the project's card; False if there is none."""
        found = self._seek(project)
        self._draw()
        return found

    def step(self, direction: int) -> Card | None:
        """Put the cursor on the card after or before it, across the lanes; None at the end."""
        places = [(lane, index) for lane, one in enumerate(self.lanes) for index in range(len(one.cards))]
        at = places.index((self.lane, self.index)) + direction if (self.lane, self.index) in places else -1
        if not 0 <= at < len(places):
            return None
        self.lane, self.index = places[at]
        self._draw()
        return self.card

    def _seek(self, project: int) -> bool:
        for number, lane in enumerate(self.lanes):
            for index, card in enumerate(lane.cards):
                if card.row.id == project:
                    self.lane, self.index = number, index
                    return True
        return False

    def _settle(self) -> None:
        if self.lane < len(self.lanes) and not self.lanes[self.lane].cards:
            filled = [number for number, lane in enumerate(self.lanes) if lane.cards]
            self.lane = min(filled, key=lambda number: (abs(number - self.lane), -number), default=self.lane)
        count = len(self.lanes[self.lane].cards) if self.lanes else 0
        self.index = max(0, min(self.index, count - 1))

    # Keys

    def action_lane(self, step: int) -> None:
        """The next lane with a card in it, at the same height of the screen."""
        row = self.index - self._tops[self.lane] if self._tops else 0
        lane = self.lane + step
        while 0 <= lane < len(self.lanes):
            count = len(self.lanes[lane].cards)
            if count:
                self.lane, self.index = lane, min(self._tops[lane] + row, count - 1)
                break
            lane += step
        self._draw()

    def action_card(self, steps: int) -> None:
        """Some cards down."""
        self.index += steps
        self._settle()
        self._draw()

    def action_page(self, pages: int) -> None:
        """Some screenfuls down."""
        self.action_card(pages * self._stack)

    # Drawing

    def on_resize(self, event: Resize) -> None:
        """Lays the lanes out for the room there is."""
        self._faces.clear()
        self._first = max(0, min(self._first, len(self.lanes) - self._fitting))
        self._draw()
        self.refresh()

    @property
    def _fitting(self) -> int:
        """How many lanes there is room for."""
        return max(1, min(len(self.lanes) or 1, (self.size.width or NARROWEST) // NARROWEST))

    @property
    def _stride(self) -> int:
        return self.size.width // self._fitting

    @property
    def _stack(self) -> int:
        """How many cards of a lane are in sight; the line below the last one says how many are not."""
        return max(1, (self.size.height - HEAD) // TALL)

    def _draw(self) -> None:
        if not self.size.width or not self.lanes:
            return
        self._reveal()
        before, after = self._grid, list(self._lines())
        self._grid = after
        said, self._said = self._said, "" if any(lane.cards for lane in self.lanes) else self._empty
        # What is said of an empty board lies across the columns, and is not in the grid.
        if said != self._said or [len(row) for row in before] != [len(row) for row in after]:
            self.refresh()
        else:
            for y, (old, new) in enumerate(zip(before, after, strict=True)):
                for x, (was, now) in enumerate(zip(old, new, strict=True)):
                    if was != now:
                        self.refresh(Region(x * self._stride, y, self._stride, 1))
        self.post_message(self.Moved(self.card))

    def _reveal(self) -> None:
        self._first = max(min(self._first, self.lane), self.lane - self._fitting + 1)
        for number, lane in enumerate(self.lanes):
            self._tops[number] = max(0, min(self._tops[number], len(lane.cards) - self._stack))
        top = self._tops[self.lane]
        self._tops[self.lane] = max(min(top, self.index), self.index - self._stack + 1)

    def _lines(self) -> Iterator[list[Line]]:
        shown = range(self._first, min(self._first + self._fitting, len(self.lanes)))
        for y in range(self.size.height):
            yield [self._cell(lane, y) for lane in shown]

    def _cell(self, lane: int, y: int) -> Line:
        room = self._stride - 2
        if y == 0:
            return ((" ", ""), *self._head(self.lanes[lane], room), (" ", ""))
        if y == 1:
            return ((" ", ""), (glyphs().rule * room, "rule"), (" ", ""))
        place, part = divmod(y - HEAD, TALL)
        if place >= self._stack or part == LINES:
            last = y == HEAD + self._stack * TALL - 1
            return ((" ", ""), *(self._beyond(lane, room) if last else ((" " * room, ""),)), (" ", ""))
        index = self._tops[lane] + place
        card = self._card(lane, index)
        if card is None:
            return ((" " * (room + 2), ""),)
        here = (lane, index) == (self.lane, self.index)
        drawn = self._face(card, room)[part]
        if here and part < 2:
            drawn = tuple((value, f"{tone} bold".strip()) for value, tone in drawn)
        return ((glyphs().mark, "accent") if here and part == 0 else (" ", ""), *drawn, (" ", ""))

    def _head(self, lane: Lane, room: int) -> Line:
        column, count = lane.column, len(lane.column.cards)
        number = f"{count}/{column.limit}" if column.limit else str(count)
        said = f"{_(column.label)} {number}"
        return line(room, (f"{said}!", "bold warn") if column.over else (said, "bold" if count else "muted"))

    def _beyond(self, lane: int, room: int) -> Line:
        above = self._tops[lane]
        below = len(self.lanes[lane].cards) - above - self._stack
        words = [f"{arrow} {count}" for arrow, count in (("↑", above), ("↓", below)) if count > 0]
        return line(room, (glyphs().drawn("  ".join(words)), "muted"))

    def _face(self, card: Card, room: int) -> list[Line]:
        key = (card.row.id, room)
        if key not in self._faces:
            if len(self._faces) >= FACES_KEPT:
                self._faces.clear()
            self._faces[key] = face(card, room, self._today)
        return self._faces[key]

    def render_line(self, y: int) -> Strip:
        """One line of the grid; the words of an empty board below its heads."""
        width, style = self.size.width, self.rich_style
        if y == HEAD + 1 and self._said:
            return Strip([Segment(cell(f" {self._said}", width), self._style("muted"))], width)
        if y >= len(self._grid):
            return Strip.blank(width, style)
        segments = [Segment(value, self._style(tone)) for part in self._grid[y] for value, tone in part]
        return Strip(segments).adjust_cell_length(width, style)

    def _style(self, tone: str) -> Style:
        style = self.rich_style
        for name in tone.split():
            style += BOLD if name == "bold" else self.get_component_rich_style(f"board--{name}")
        return style
