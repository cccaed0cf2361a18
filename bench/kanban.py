"""How long the board takes to come into sight, and a move of its cursor: `python bench/kanban.py [--small]`.

A thousand cards (with --small 200) against ten, in the same run: wall seconds from F3 to the painted board, and CPU of one
move of the cursor with what is painted after it. Exits 1 when the thousand take longer than a second to come into sight.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from prtui import clock, store
from prtui.app import Desk
from prtui.config import Settings
from prtui.screens.board import Board

LIMIT = 1.0
STAGES = ("idea", "planning", "approval", "preparing", "executing", "reviewing", "closed")
MOVES = ("card", "card", "lane")


def fill(settings: Settings, cards: int) -> None:
    """So many projects over the seven columns, with two tasks each."""
    store.open_desk(settings)
    with store.write("bench") as work:
        owner = work.add("person", name="王敏")
        today = clock.today(settings.zone)
        for number in range(cards):
            row = work.add(
                "project", name=f"曜石腕表发布会 {number}", owner=owner, budget=10_000_00, spent=number * 100,
                priority=f"P{number % 4}", due_on=today + timedelta(days=number % 90),
            )  # fmt: skip
            work.edit(row, stage=STAGES[number % len(STAGES)], moved_at=work.at)
            for title in ("确认灯光方案", "二次确认嘉宾"):
                work.add("task", title=title, project=row, owner=owner, due_on=today)
    store.close()


async def measure(settings: Settings, moves: int) -> tuple[float, float]:
    """Seconds from F3 to the painted board, and CPU seconds of a move of its cursor."""
    app = Desk(settings)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        begun = time.perf_counter()
        await app.action_place("projects")
        board = app.screen.query_one(Board)
        while board.card is None:
            await asyncio.sleep(0.001)
        app.screen._compositor.render_strips()
        painted = time.perf_counter() - begun
        await pilot.pause()
        spent = []
        for number in range(moves):
            begun = time.process_time()
            for name in MOVES:
                await app.run_action(f"{name}({-1 if number % 2 else 1})", board)
            await pilot.pause()
            spent.append((time.process_time() - begun) / len(MOVES))
    app.drafts.close()
    return painted, statistics.median(spent)


def main(small: bool) -> int:
    """Print the medians and their ratios; the exit code."""
    many = 200 if small else 1000
    found: dict[int, list[tuple[float, float]]] = {10: [], many: []}
    with tempfile.TemporaryDirectory() as folder:
        desks = {cards: Settings(data=Path(folder, str(cards)), actor="bench") for cards in found}
        for cards, settings in desks.items():
            fill(settings, cards)
        for _round in range(2 if small else 5):
            for cards, settings in desks.items():
                found[cards].append(asyncio.run(measure(settings, 10 if small else 40)))
    few_paint, few_move = (statistics.median(values) for values in zip(*found[10], strict=True))
    paint, move = (statistics.median(values) for values in zip(*found[many], strict=True))
    print(
        f"first paint: {many} cards {paint * 1e3:.0f} ms, 10 cards {few_paint * 1e3:.0f} ms, ratio {paint / few_paint:.1f}"
    )
    print(
        f"cursor move, CPU: {many} cards {move * 1e3:.1f} ms, 10 cards {few_move * 1e3:.1f} ms, ratio {move / few_move:.1f}"
    )
    return int(paint > LIMIT)


if __name__ == "__main__":
    sys.exit(main("--small" in sys.argv[1:]))
