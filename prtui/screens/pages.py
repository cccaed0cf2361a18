"""The rows of a long list, read a page at a time; the list itself stays where it is stored."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

PAGE = 50
PAGES_KEPT = 40


@dataclass(frozen=True)
class TableRow:
    """What a line shows: user text as it is, one string a column. `tone` is muted, good, warn, bad or nothing, for the
    line; `tones` the same by column number."""

    id: Hashable
    cells: Sequence[str]
    tone: str = ""
    tones: Mapping[int, str] = field(default_factory=dict)


Fetch = Callable[[int, int], Awaitable[Sequence[TableRow]]]
Locate = Callable[[Hashable], Awaitable[int | None]]


class Pages:
    """What is known of a list of `count` rows. `arrived(index)` is called for every position whose row became another.

    Pages of an older generation keep being shown until they were read again; an answer that belongs to an older generation
    is dropped.
    """

    def __init__(
        self, fetch: Fetch, count: int, arrived: Callable[[int], object], locate: Locate | None = None
    ) -> None:
        self.fetch = fetch
        self.locate = locate
        self.count = count
        self.generation = 0
        self._arrived = arrived
        self._pages: dict[int, Sequence[TableRow]] = {}
        self._fresh: set[int] = set()
        self._failed: set[int] = set()

    def row_at(self, index: int) -> TableRow | None:
        """The row at this position, None if it is not loaded."""
        page, place = divmod(index, PAGE)
        rows = self._pages.get(page, ())
        return rows[place] if 0 <= index < self.count and place < len(rows) else None

    def restart(self, count: int, *, forget: bool = False) -> None:
        """Everything has to be read again; with `forget` it is another list."""
        self.generation += 1
        self.count = count
        self._fresh.clear()
        self._failed.clear()
        if forget:
            self._pages.clear()

    def missing(self, cursor: int, top: int, lines: int) -> int | None:
        """The page to read next: the cursor's, those in sight, then their neighbours. None when all are there."""
        first, last = top // PAGE, max(top, top + lines - 1) // PAGE
        wanted: list[int] = [cursor // PAGE, *range(first, last + 1), last + 1, first - 1]
        for page in wanted:
            if 0 <= page * PAGE < self.count and page not in self._fresh and page not in self._failed:
                return page
        return None

    def give_up(self, page: int) -> None:
        """Not to be asked for again in this generation."""
        self._failed.add(page)

    async def read(self, page: int) -> Sequence[TableRow]:
        """The rows of the page. The page read longest ago is forgotten when there are too many."""
        if page in self._fresh:
            return self._pages[page]
        generation = self.generation
        rows = tuple(await self.fetch(page * PAGE, PAGE))
        if generation == self.generation:
            self._store(page, rows)
        return rows

    async def find(self, id: Hashable, near: int, reach: int | None = None) -> int | None:
        """The position of the row, looked for at most `reach` pages away from `near` unless `locate` knows it."""
        for page in self._fresh:
            for place, row in enumerate(self._pages[page]):
                if row.id == id:
                    return page * PAGE + place
        if self.locate is not None:
            return await self.locate(id)
        for page in self._outward(near // PAGE, reach):
            for place, row in enumerate(await self.read(page)):
                if row.id == id:
                    return page * PAGE + place
        return None

    def _outward(self, here: int, reach: int | None) -> Iterator[int]:
        last = (self.count - 1) // PAGE
        for distance in range((last if reach is None else reach) + 1):
            for page in sorted({here - distance, here + distance}):
                if 0 <= page <= last:
                    yield page

    def _store(self, page: int, rows: Sequence[TableRow]) -> None:
        before = self._pages.pop(page, ())
        self._pages[page] = rows
        self._fresh.add(page)
        if len(self._pages) > PAGES_KEPT:
            oldest = next(iter(self._pages))
            del self._pages[oldest]
            self._fresh.discard(oldest)
        for place in range(PAGE):
            if not before or before[place : place + 1] != rows[place : place + 1]:
                self._arrived(page * PAGE + place)
