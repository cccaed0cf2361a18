"""A list of a hundred thousand outlets beside one of a thousand: `python bench/table.py [--small]`.

In the same run: wall seconds from F4 to the painted list, and CPU of one move of its cursor and of a page. Exits 1 when the
long list takes more than twice as long to come into sight, or a move more than one and a half times.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from pathlib import Path

from prtui import clock, store
from prtui.app import Desk
from prtui.config import Settings
from prtui.screens.table import VirtualTable
from prtui.store.engine import db
from prtui.store.fields import sort_text
from prtui.store.media import Outlet

PAINT, MOVE = 2.0, 1.5


def fill(settings: Settings, count: int) -> None:
    """So many outlets, written past the journal: the bench is about reading."""
    store.open_desk(settings)
    now = clock.now()
    with db.atomic():
        for start in range(0, count, 500):
            rows = []
            for number in range(start, min(start + 500, count)):
                name = f"Journal {number % 977:03d} of {number:06d}"
                rows.append(
                    {"code": f"OUT-2026-{number + 1:03d}", "name": name, "sort_key": sort_text(name), "tier": "ABC"[number % 3],
                     "created_at": now, "updated_at": now, "city": "上海"}
                )  # fmt: skip
            Outlet.insert_many(rows).execute()
    store.close()


async def measure(settings: Settings, moves: int) -> tuple[float, float, float]:
    """(seconds from F4 to the painted list, CPU seconds of a move, CPU seconds of a page)."""
    app = Desk(settings)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        begun = time.perf_counter()
        await app.action_place("media")
        table = app.screen.query_one(VirtualTable)
        while table.row is None:
            await asyncio.sleep(0.001)
        app.screen._compositor.render_strips()
        painted = time.perf_counter() - begun
        spent = {}
        for key in ("down", "pagedown"):
            begun = time.process_time()
            for _move in range(moves):
                await pilot.press(key)
            spent[key] = (time.process_time() - begun) / moves
    app.drafts.close()
    return painted, spent["down"], spent["pagedown"]


def main(small: bool) -> int:
    """Print the medians and their ratios; the exit code."""
    many = 20_000 if small else 100_000
    found: dict[int, list[tuple[float, float, float]]] = {1000: [], many: []}
    with tempfile.TemporaryDirectory() as folder:
        desks = {count: Settings(data=Path(folder, str(count)), actor="bench") for count in found}
        for count, settings in desks.items():
            fill(settings, count)
        for _round in range(3 if small else 5):
            for count, settings in desks.items():
                found[count].append(asyncio.run(measure(settings, 20 if small else 60)))
    few, long = ([statistics.median(values) for values in zip(*found[count], strict=True)] for count in (1000, many))
    names = ("first paint", "cursor move", "page")
    for name, one, other in zip(names, long, few, strict=True):
        print(f"{name}: {many:,} rows {one * 1000:.1f} ms, 1,000 rows {other * 1000:.1f} ms, ratio {one / other:.2f}")
    return int(long[0] > PAINT * few[0] or long[1] > MOVE * few[1])


if __name__ == "__main__":
    sys.exit(main("--small" in sys.argv[1:]))
