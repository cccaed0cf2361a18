"""How search compares: `python bench/search.py [N …] [--small]`, with tantivy if `pip install prtui[bench]`.

Makes N records (1,000, 10,000 and 100,000; with --small 800) in a SQLite file and builds, each in a process of its own, this
index, SQLite's FTS5 over overlapping pairs (with a copy of them, which its snippets need, and without), tantivy over the same
pairs, and Whoosh as it comes (10,000 records at most: 100,000 would take it half an hour and 10 GB of memory). Then types 2 to
6 characters taken from anywhere in the records into one after the other, reads 20 hits with snippets, and looks whether the
record a piece was taken from is among all hits of ours. A real desk of the same records shows what a new process needs to its
first hit, what one more record takes to be found, and how long the worst input may keep her waiting.

Prints figures, ours to each peer's in the same run, and every limit beside its figure. Exits 1 when one is missed at a size it
is meant for.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from prtui import store
from prtui.desk import records
from prtui.search.index import Index, current
from prtui.search.query import THOROUGH, Results, search
from prtui.search.similar import like

sys.path.insert(0, str(Path(__file__).parent))
import installed
import search_desk
from search_peers import ASKERS, BUILDERS, Ask
from search_records import Desk, typed

SIZES = (1_000, 10_000, 100_000)
WHOOSH = 10_000  # records; 133 CPU s and 1.1 GB for so many
ASKED_WHOOSH = 60  # pieces: it takes tens of times as long

Figures = dict[str, dict[str, float]]  # who → what → how much


@dataclass(frozen=True)
class Limit:
    """What must not be passed from a number of records on."""

    what: str
    most: float
    unit: str = ""
    size: int = 0


LIMITS = {
    "cpu": Limit("building, CPU to FTS5", 1.5, "×", 100_000),
    "size": Limit("building, disk to FTS5", 0.6, "×", 10_000),
    "memory": Limit("building, memory", 700, "MB"),
    "p50": Limit("20 hits with snippets, p50 to FTS5", 0.6, "×", 100_000),
    "p95": Limit("20 hits with snippets, p95 to FTS5", 0.6, "×", 100_000),
    "missed": Limit("pieces typed and not found", 0),
    "added": Limit("a record added and found, median", 25, "ms", 100_000),
    "cold": Limit("a new process to its first hit, CPU", 120, "ms", 10_000),
    "worst": Limit("the worst input answered", 50, "ms", 10_000),
    "like": Limit("records like one, p95", 100, "ms", 100_000),
}


def build_prtui(folder: Path, desk: Desk) -> None:
    """This index."""
    Index(folder, desk).rebuild()


EVERYBODY: dict[str, Callable[[Path, Desk], None]] = {"prtui": build_prtui, **BUILDERS}


def _build(name: str, folder: Path, desk: Path, count: int) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, __file__, "--build", name, folder, desk, str(count)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = done.stderr.strip().splitlines() or [f"ended with {done.returncode} and no word"]
        print(f"{name}: not here ({said[-1]})")
        return {}
    built: dict[str, float] = json.loads(done.stdout)
    built["size"] = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
    print(
        f"{name}: built in {built['cpu']:.1f} CPU s ({built['cpu'] / count * 1e6:.0f} µs a record), "
        f"{built['size']:.1f} MB on disk, {built['memory']:.0f} MB of memory"
    )
    return built


def _child(name: str, folder: Path, desk: Path, count: int) -> None:
    start = time.process_time()
    EVERYBODY[name](folder, Desk(desk, count))
    print(json.dumps({"cpu": time.process_time() - start, "memory": _memory()}))


def _memory() -> float:
    """The most megabytes this process has had. getrusage would tell its parent's, where those were more."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
        return float(status.partition("VmHWM:")[2].split()[0]) / 1e3
    except (OSError, IndexError):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def _percentile(times: list[float], part: float) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * part))] * 1000


def _timed(ask: Callable[[], object], times: list[float]) -> object:
    start = time.perf_counter()
    answer = ask()
    times.append(time.perf_counter() - start)
    return answer


def _type(asks: dict[str, Ask], pieces: list[str], figures: Figures) -> None:
    """Everybody is asked the same in turn, so that a busy moment of the machine meets all of them."""
    times: dict[str, list[float]] = {name: [] for name in asks}
    slow: list[tuple[float, str, int]] = []
    for number, piece in enumerate(pieces):
        for name, ask in asks.items():
            if name == "stock Whoosh" and number >= ASKED_WHOOSH:
                continue
            answer = _timed(lambda ask=ask, piece=piece: ask(piece), times[name])  # type: ignore[misc]
            if isinstance(answer, Results):
                slow.append((times[name][-1], piece, answer.total))
    for name, few in times.items():
        figures[name] |= {"p50": _percentile(few, 0.5), "p95": _percentile(few, 0.95)}
        print(f"{name}: 20 hits with snippets in p50 {figures[name]['p50']:.1f} ms, p95 {figures[name]['p95']:.1f} ms, "
              f"max {max(few) * 1000:.1f} ms")  # fmt: skip
    print("slowest of ours:", ", ".join(f"{piece!r} {took * 1000:.0f} ms ({of} hits)" for took, piece, of in sorted(slow)[:-4:-1]))  # fmt: skip


def _missed(index: Index, piece: str, key: tuple[str, int]) -> bool:
    offset = 0
    while True:
        page: Results = search(piece, limit=2000, offset=offset, index=index, patience=THOROUGH)
        if any((hit.kind, hit.id) == key for hit in page.hits):
            return False
        if len(page.hits) < 2000:
            return True
        offset += 2000


def _bare() -> float:
    program = "import time; print(1000 * time.process_time())"
    return min(float(subprocess.check_output([sys.executable, "-c", program])) for _ in range(5))


def _process(folder: Path, words: tuple[str, str]) -> list[float]:
    program = search_desk.COLD.format(folder=str(folder), words=words)
    return [float(one) for one in subprocess.check_output([sys.executable, "-c", program]).split()]


def _cold(folder: Path) -> float:
    """CPU ms of a new process that opens the desk and finds something; its first query is shown apart."""
    runs = {words: [_process(folder, words) for _ in range(5)] for words in (("腕表", "质量"), ("launch", "watch"))}
    chinese, latin = ([min(run[at] for run in few) for at in range(5)] for few in runs.values())
    opened, imported, first = chinese[:3]
    print(
        f"a new process: desk open after {opened:.0f} CPU ms, search imported after {imported:.0f}, first hit after "
        f"{first:.0f} (Python alone: {_bare():.0f}); its first query takes {chinese[3]:.0f} ms, its second {chinese[4]:.0f}; "
        f"in letters, which load the pinyin of titles, {latin[3]:.0f} and {latin[4]:.0f}"
    )
    return first


def _added() -> float:
    took: list[float] = []
    for number in range(20):
        word = f"zq{number:04d}x"
        start = time.perf_counter()
        row = store.perform(search_desk.ACTOR, records.add, "document", {"type": "note", "title": f"New {word}"})
        current().catch_up()
        hits = search(word, limit=5).hits
        took.append(time.perf_counter() - start)
        assert [hit.code for hit in hits] == [row.code]
    print(
        f"one record stored, indexed and found: median {_percentile(took, 0.5):.0f} ms, max {max(took) * 1000:.0f} ms"
    )
    return _percentile(took, 0.5)


WORST = (
    "[TO]", "a~", "*", "?*", "[" * 2000, "(" * 2000 + ")" * 2000, '"' * 999, "：" * 500, "的" * 10_000, "a" * 10_000,
    "a b " * 2500, "的 一 是 " * 1000, "-" * 10_000, "类:" * 3000, "自:9999-99 至:0000", "\x00\x1b\u202e\ud800" * 2000,
    "x" * 60 + " " + "y" * 60, "kind:x|" * 900,
)  # fmt: skip


def _worst() -> float:
    took: dict[str, float] = {}
    for typed_ in WORST:
        times: list[float] = []
        for _ in range(3):
            _timed(lambda typed_=typed_: search(typed_, limit=20), times)  # type: ignore[misc]
        took[typed_] = 1000 * min(times)
    worst = max(took, key=took.__getitem__)
    print(f"the worst of {len(WORST)} inputs: {worst[:12]!r}, {took[worst]:.0f} ms")
    return took[worst]


def _like(index: Index, desk: Desk, chance: random.Random, count: int) -> float:
    times: list[float] = []
    for entry in desk.sample(chance, count):
        _timed(lambda entry=entry: like((entry.kind, entry.id), index=index), times)  # type: ignore[misc]
    print(f"records like one: p50 {_percentile(times, 0.5):.0f} ms, p95 {_percentile(times, 0.95):.0f} ms")
    return _percentile(times, 0.95)


def _ratios(figures: Figures) -> None:
    """Ours to each peer's: less than 1 is better."""
    named = {"cpu": "build CPU", "size": "disk", "memory": "memory", "p50": "p50", "p95": "p95"}
    for peer, theirs in figures.items():
        if peer != "prtui" and theirs:
            shown = ", ".join(
                f"{said} {figures['prtui'][what] / theirs[what]:.2f}" for what, said in named.items() if what in theirs
            )
            print(f"ours to {peer}: {shown}")


def _kept(measured: dict[str, float], count: int) -> bool:
    """Print every limit beside its figure; whether all that are meant for so many records are kept."""
    kept = True
    for name, limit in LIMITS.items():
        if name not in measured:
            verdict = "not measured"
        elif measured[name] <= limit.most:
            verdict = "kept"
        elif count < limit.size:
            verdict = f"meant from {limit.size:,} records on"
        else:
            verdict, kept = "MISSED", False
        figure = f"{measured[name]:.2f}" if name in measured else "—"
        print(f"  {limit.what}: {figure} {limit.unit} (at most {limit.most:g}) {verdict}")
    return kept


def run(place: Path, count: int, asked: int, recalled: int) -> bool:
    """Build, ask, print; whether every limit is kept."""
    print(f"\n== {count:,} records")
    desk = Desk(place / "desk.db", count)
    figures: Figures = {}
    for name in EVERYBODY:
        if name == "stock Whoosh" and count > WHOOSH:
            print(
                f"{name}: not built, {count:,} records would take it half an hour and {count / 9_000:.0f} GB of memory"
            )
            figures[name] = {}
        else:
            figures[name] = _build(name, place / name, place / "desk.db", count)
    index = Index(place / "prtui", desk)
    chance = random.Random(7)
    pieces = [typed(chance, entry) for entry in desk.sample(chance, asked)]
    asks: dict[str, Ask] = {"prtui": lambda piece: search(piece, limit=20, index=index)}
    asks |= {name: ask(place / name) for name, ask in ASKERS.items() if figures[name]}
    for word in ("腕表", "launch", "li"):
        for ask in asks.values():
            ask(word)  # the first query opens files, the first letters load the pinyin; `_cold` shows that apart
    _type(asks, pieces, figures)
    _ratios(figures)
    missed = [piece for entry in desk.sample(chance, recalled)
              if _missed(index, piece := typed(chance, entry), (entry.kind, entry.id))]  # fmt: skip
    print(f"recall of {recalled} pieces: {100 * (1 - len(missed) / recalled):.1f} %", *missed[:10])
    ours, theirs = figures["prtui"], figures["FTS5"]
    measured = {what: ours[what] / theirs[what] for what in ("cpu", "size", "p50", "p95")}
    measured |= {"memory": ours["memory"], "missed": len(missed), "like": _like(index, desk, chance, 100)}
    search_desk.make(place / "real", desk)
    measured |= {"cold": _cold(place / "real"), "worst": _worst(), "added": _added()}
    store.close()
    return _kept(measured, count)


def main(arguments: list[str]) -> int:
    """Run and print; 1 if a limit is missed."""
    if arguments[:1] == ["--build"]:
        name, folder, desk, count = arguments[1:]
        _child(name, Path(folder), Path(desk), int(count))
        return 0
    installed.ready()
    small = "--small" in arguments
    sizes = [int(one) for one in arguments if one.isdigit()] or ([800] if small else list(SIZES))
    asked = 120 if small else 600
    kept = True
    for count in sizes:
        with tempfile.TemporaryDirectory() as name:
            # All hits of a piece are read, up to all records there are: fewer pieces where they are many.
            recalled = 80 if small else min(300, 6_000_000 // count)
            kept = run(Path(name), count, asked, recalled) and kept
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
