"""What safety costs: `python bench/store.py [ROWS]`.

All in one run and on one file system, so that only the ratios matter:

- an audited write (`Work.add`, `Work.edit` in a unit of work of its own: turn, journal with its hash chain, commit) beside a
  bare `INSERT` committed with the same synchronous=FULL;
- the same from eight sessions at once;
- a page of forty rows deep in ROWS (100,000) beside the same in 1,000.
"""

from __future__ import annotations

import itertools
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import peewee

from prtui import store
from prtui.config import Settings
from prtui.store import KINDS, Row, query

MOST = 4.0  # an audited write costs at most this many bare ones
ROUNDS, EACH = 12, 60


def per_call(act: Callable[[], object], times: int) -> float:
    """Seconds for one call, by the clock on the wall: waiting for the disk is part of the price."""
    begun = time.perf_counter()
    for _ in range(times):
        act()
    return (time.perf_counter() - begun) / times


def bare(folder: Path) -> Callable[[], object]:
    """An insert of a row of the same width, on its own and committed, as durable as the desk's."""
    connection = peewee.sqlite3.connect(folder / "bare.db", isolation_level=None)
    for pragma in ("journal_mode = wal", "synchronous = full"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("CREATE TABLE task (id INTEGER PRIMARY KEY, title TEXT, owner INTEGER, note TEXT)")

    def insert() -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO task (title, owner, note) VALUES (?, ?, ?)", ("check the lights", 1, "x" * 80))
        connection.execute("COMMIT")

    return insert


def audited(owner: Row) -> Iterator[tuple[str, Callable[[], object]]]:
    """The writes that are weighed, by name."""
    numbers = itertools.count()

    def add() -> None:
        with store.write("bench") as work:
            work.add("task", title=f"check the lights {next(numbers)}", owner=owner, note="x" * 80)

    with store.write("bench") as work:
        held = [work.add("task", title="edited", owner=owner)]

    def edit() -> None:
        with store.write("bench") as work:
            held[0] = work.edit(held[0], note=f"version {next(numbers)}")

    yield "add", add
    yield "edit", edit


def writes(folder: Path, owner: Row) -> float:
    """Print the cost of audited writes beside bare ones, turn and turn about; returns the dearest ratio."""
    acts = {"bare": bare(folder), **dict(audited(owner))}
    taken: dict[str, list[float]] = {name: [] for name in acts}
    for act in acts.values():
        per_call(act, EACH)
    for _ in range(ROUNDS):
        for name, act in acts.items():
            taken[name].append(per_call(act, EACH))
    base = statistics.median(taken["bare"])
    print(f"bare insert, committed with synchronous=FULL   {base * 1e6:7.0f} µs")
    dearest = 0.0
    for name in list(acts)[1:]:
        cost = statistics.median(taken[name])
        dearest = max(dearest, cost / base)
        print(f"audited {name:<4}                                   {cost * 1e6:7.0f} µs   {cost / base:5.2f} ×")
    return dearest


def together(settings: Settings, sessions: int = 8, each: int = 40) -> None:
    """Print how long a save waits when eight sessions save without a pause."""
    store.close()
    reading, writing = os.pipe()
    pids = []
    for _ in range(sessions):
        pid = os.fork()
        if pid == 0:
            store.open_desk(settings)
            worst = max(per_call(lambda: _save("session"), 1) for _ in range(each))
            os.write(writing, f"{worst:.6f}\n".encode())
            os._exit(0)
        pids.append(pid)
    begun = time.perf_counter()
    for pid in pids:
        os.waitpid(pid, 0)
    took = time.perf_counter() - begun
    os.close(writing)
    with os.fdopen(reading, encoding="ascii") as answers:
        worst = max(float(line) for line in answers)
    print(
        f"eight sessions at once: {sessions * each / took:5.0f} saves a second, the longest wait {worst * 1000:.0f} ms"
    )
    store.open_desk(settings)


def _save(actor: str) -> None:
    with store.write(actor) as work:
        work.add("person", name="somebody")


def fill(rows: int) -> None:
    """Tasks straight into the table: what is weighed here is reading."""
    model = KINDS["task"]
    have = query.count("task")
    with store.engine.transaction():
        for start in range(have, rows, 400):
            model.insert_many(
                [
                    {"code": f"BEN-{n}", "title": f"task {n}", "sort_key": f"{n * 7919 % rows:08d}", "created_by": ""}
                    for n in range(start, min(start + 400, rows))
                ]
            ).execute()


def page_time(rows: int) -> float:
    """Seconds for forty rows in the middle of the list."""
    fill(rows)

    def read() -> list[Row]:
        return query.page("task", order=("sort_key",), limit=40, offset=rows // 2)

    assert len(read()) == 40
    return statistics.median(per_call(read, 5) for _ in range(7))


def main() -> int:
    """Exit code 1 when an audited write costs more than it may."""
    given = sys.argv[1] if len(sys.argv) > 1 else "100000"
    rows = 20_000 if given == "--small" else int(given)
    with tempfile.TemporaryDirectory(prefix="prtui-bench-") as name:
        folder = Path(name)
        settings = Settings(data=folder / "desk", actor="bench")
        store.open_desk(settings)
        with store.write("bench") as work:
            owner = work.add("person", name="王敏")
        dearest = writes(folder, owner)
        together(settings)
        store.open_desk(Settings(data=folder / "long", actor="bench"))
        few, many = page_time(1_000), page_time(rows)
        print(f"a page of 40 in the middle of 1,000            {few * 1000:7.2f} ms")
        print(f"a page of 40 in the middle of {rows:<9,}        {many * 1000:7.2f} ms   {many / few:5.2f} ×")
        store.close()
    return 0 if dearest <= MOST else 1


if __name__ == "__main__":
    sys.exit(main())
