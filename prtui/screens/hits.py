"""What a search found, two lines a hit: what it is, and the words that show why it was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from prtui.i18n import language
from prtui.screens.chrome import Piece, cut, drawn, pieces
from prtui.screens.columns import cell
from prtui.search.query import Hit
from prtui.store import query
from prtui.terminal.width import glyphs
from prtui.text import cells

KIND = {"zh": 8, "en": 13}
FACET, DAY, INDENT = 12, 10, 8
FACETS = ("outlet", "project", "owner")


def first_line(hit: Hit, room: int) -> list[Piece]:
    """Kind, where, day and title; the code at the right edge if there is room for both."""
    where = next((hit.facets[name] for name in FACETS if hit.facets.get(name)), "")
    parts: list[Piece] = [
        (cell(query.called(hit.kind, hit.facets), KIND[language()]), "muted"),
        ("  ", ""),
        (cell(where, FACET), ""),
        ("  ", ""),
        (cell(hit.on, DAY), "muted"),
        ("  ", ""),
    ]
    used = sum(cells(value) for value, _tone in parts)
    title, code = drawn(hit.title[:400]), drawn(hit.code)
    if used + cells(title) + 2 + cells(code) > room:
        return [*parts, (title, "bold")]
    gap = " " * (room - used - cells(title) - cells(code))
    return [*parts, (title, "bold"), (gap + code, "muted")]


def excerpt(snippet: Sequence[tuple[str, bool]], room: int) -> list[Piece]:
    """The snippet with what was found as 〔…〕, shortened at its front if the first find would fall out of the line."""
    parts: list[Piece] = [
        (f"〔{drawn(said)}〕", "bold") if found else (drawn(said), "muted") for said, found in snippet
    ]
    first = next((number for number, (_said, tone) in enumerate(parts) if tone == "bold"), None)
    if first is not None:
        before = "".join(said for said, _tone in parts[:first])
        if cells(before) + cells(parts[first][0]) > room:
            parts = [(_last(before, max(0, room // 3)), "muted"), *parts[first:]]
    return parts


def _last(said: str, room: int) -> str:
    kept, used = len(said), cells(glyphs().ellipsis)
    while kept and used + cells(said[kept - 1]) <= room:
        kept -= 1
        used += cells(said[kept])
    return glyphs().ellipsis + said[kept:]


class Hits(ScrollView, can_focus=True):
    """The hits, a mark at one of them. While a line is typed elsewhere the mark shows, too."""

    DEFAULT_CSS = "Hits { width: 1fr; height: 1fr; overflow-x: hidden; scrollbar-size: 0 0; }"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "move(-1000000)", show=False),
        Binding("end", "move(1000000)", show=False),
    ]

    @dataclass
    class Moved(Message):
        """The mark stands at another hit, or there is none."""

        hit: Hit | None

    class Above(Message):
        """Up was pressed at the first hit."""

    class Wanted(Message):
        """The mark is near the end of what was read of the hits."""

    def __init__(self, id: str | None = None, *, indent: int = INDENT) -> None:
        super().__init__(id=id)
        self.hits: list[Hit] = []
        self.cursor = 0
        self._indent = indent
        self._marks: Mapping[tuple[str, int], str] = {}
        self._instead: list[list[Piece]] = []

    @property
    def current(self) -> Hit | None:
        """The hit at the mark."""
        return self.hits[self.cursor] if self.cursor < len(self.hits) else None

    def show(self, hits: Sequence[Hit], *, keep: bool = False, instead: Sequence[Sequence[Piece]] = ()) -> None:
        """Show these; with `keep` the mark stays at its record. `instead` is said where there is none."""
        before = self.current
        ids = [(hit.kind, hit.id) for hit in hits]
        here = (before.kind, before.id) if keep and before is not None else None
        self.hits, self._instead = list(hits), [list(line) for line in instead]
        self.cursor = ids.index(here) if here in ids else 0
        self.virtual_size = Size(1, 2 * len(self.hits))
        if not keep:
            self.scroll_to(y=0, animate=False, force=True)
        self._reveal()
        self.refresh()
        if self.current != before:
            self.post_message(self.Moved(self.current))

    def add(self, hits: Sequence[Hit]) -> None:
        """More of the same search, at the end."""
        self.hits += hits
        self.virtual_size = Size(1, 2 * len(self.hits))
        self.refresh()

    def mark(self, marks: Mapping[tuple[str, int], str]) -> None:
        """Say a word under the kind of these records, given by kind and id."""
        if marks != self._marks:
            self._marks = marks
            self.refresh()

    def action_move(self, steps: int) -> None:
        """Some hits down."""
        if steps < 0 and self.cursor == 0:
            self.post_message(self.Above())
            return
        self.move_to(self.cursor + steps)

    def action_page(self, pages: int) -> None:
        """Some screenfuls down."""
        self.move_to(self.cursor + pages * max(1, self.size.height // 2 - 1))

    def move_to(self, index: int) -> None:
        """Put the mark at this hit, or the nearest there is."""
        index = max(0, min(index, len(self.hits) - 1))
        if index != self.cursor:
            before, self.cursor = self.cursor, index
            for one in (before, index):
                self.refresh(Region(0, 2 * one - round(self.scroll_y), self.size.width, 1))
            self._reveal()
            self.post_message(self.Moved(self.current))
        if index >= len(self.hits) - 10:
            self.post_message(self.Wanted())

    def step(self, direction: int) -> Hit | None:
        """The hit after or before, with the mark on it; None at either end."""
        at = self.cursor + direction
        if not 0 <= at < len(self.hits):
            return None
        self.move_to(at)
        return self.hits[at]

    def _reveal(self) -> None:
        top, height = round(self.scroll_y), max(2, self.size.height)
        if 2 * self.cursor < top:
            self.scroll_to(y=2 * self.cursor, animate=False, force=True)
        elif 2 * self.cursor + 2 > top + height:
            self.scroll_to(y=2 * self.cursor + 2 - height, animate=False, force=True)

    def on_resize(self) -> None:
        """Keeps the mark in sight."""
        self._reveal()

    @property
    def said(self) -> str:
        """What is in sight, as plain text."""
        return "\n".join(self.render_line(y).text for y in range(self.size.height))

    def render_line(self, y: int) -> Strip:
        """One line in sight."""
        number, second = divmod(y + round(self.scroll_y), 2)
        width = self.size.width
        room = max(0, width - 2)
        line: list[Piece] = []
        if not self.hits:
            line = [(" ", ""), *cut(self._instead[y], room)[0]] if y < len(self._instead) else []
        elif number < len(self.hits):
            hit, here = self.hits[number], number == self.cursor
            if second:
                mark, left = self._marks.get((hit.kind, hit.id), ""), room - self._indent
                line = [(" ", ""), (cell(mark, self._indent), "accent"), *cut(excerpt(hit.snippet, left), left)[0]]
            else:
                parts = first_line(hit, room)
                if not here:
                    parts = [(said, "" if tone == "bold" else tone) for said, tone in parts]
                line = [(glyphs().mark if here else " ", "accent"), *cut(parts, room)[0]]
        return _strip(self, line, width)


def _strip(widget: Any, line: Sequence[Piece], width: int) -> Strip:
    strips = Visual.to_strips(widget, pieces(*line), width, 1, widget.visual_style)
    return strips[0] if strips else Strip.blank(width, widget.rich_style)
