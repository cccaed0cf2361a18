"""How search compares: `python bench/search.py [N] [--small]`, with the peers if `pip install prtui[bench]`.

Makes N records (10,000; with --small 800) in a SQLite file and builds, each in a process of its own, this index, SQLite's FTS5
over overlapping pairs (keeping its own copy of them, which its snippets need), tantivy over the same pairs, and stock Whoosh
over the terms of this index (2,000 records at most: it takes minutes). Then types 2 to 6 characters taken from anywhere in
the records into one after the other, reads 20 hits with snippets, and looks whether the record a piece was taken from is
among all hits of ours. Prints times, and ratios to FTS5 in the same run. Exits 1 if anything typed is not found.
"""

from __future__ import annotations

import json
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from prtui.search import analysis
from prtui.search.index import Index, rest_of
from prtui.search.query import THOROUGH, Results, search

sys.path.insert(0, str(Path(__file__).parent))
from search_records import Desk, typed

_STOCK = 2000  # records that stock Whoosh is given


def _pairs(text: str) -> list[str]:
    return [
        run.text[place : place + 2]
        for run in analysis.runs(analysis.fold(text))
        for place in range(max(1, len(run.text) - 1))
    ]


def build_prtui(folder: Path, desk: Desk) -> None:
    """This index."""
    Index(folder, desk).rebuild()


def build_fts5(folder: Path, desk: Desk, options: str = "") -> None:
    """SQLite's full-text index over pairs of characters, with positions, which phrases need."""
    folder.mkdir()
    base = sqlite3.connect(folder / "fts.db")
    base.execute(f"CREATE VIRTUAL TABLE text USING fts5(body, tokenize='unicode61', detail=full{options})")
    for batch in desk.every_entry():
        rows = ((entry.id, " ".join(_pairs(entry.title + " \n " + entry.body))) for entry in batch)
        base.executemany("INSERT INTO text (rowid, body) VALUES (?, ?)", rows)
    base.commit()


def build_bare_fts5(folder: Path, desk: Desk) -> None:
    """The same without a copy of the text."""
    build_fts5(folder, desk, ", content=''")


def build_tantivy(folder: Path, desk: Desk) -> None:
    """tantivy over the same pairs."""
    import tantivy

    folder.mkdir()
    schema = tantivy.SchemaBuilder().add_text_field("body", stored=True, tokenizer_name="whitespace")
    index = tantivy.Index(schema.add_integer_field("id", stored=True).build(), str(folder))
    writer = index.writer(128_000_000, 1)
    for batch in desk.every_entry():
        for entry in batch:
            body = " ".join(_pairs(entry.title + " \n " + entry.body))
            writer.add_document(tantivy.Document(id=entry.id, body=body))
    writer.commit()
    writer.wait_merging_threads()


def build_whoosh(folder: Path, desk: Desk) -> None:
    """Whoosh as it comes, over the terms of this index."""
    from whoosh.fields import STORED, Schema
    from whoosh.index import create_in

    from prtui.search.codec import Terms

    folder.mkdir()
    writer = create_in(str(folder), Schema(text=Terms(scorable=True), number=STORED())).writer()
    for batch in desk.every_entry():
        for entry in batch:
            if entry.id <= _STOCK:
                text = Counter(analysis.terms(analysis.fold(entry.title) + "\n" + analysis.fold(rest_of(entry))))
                writer.add_document(text=text, number=entry.id)
    writer.commit()


BUILDERS: dict[str, Callable[[Path, Desk], None]] = {
    "prtui": build_prtui, "FTS5": build_fts5, "FTS5 without text": build_bare_fts5, "tantivy": build_tantivy,
    "stock Whoosh": build_whoosh,
}  # fmt: skip


def _build(name: str, folder: Path, desk: Path, count: int) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, __file__, "--build", name, folder, desk, str(count)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        print(f"{name}: not here ({done.stderr.strip().splitlines()[-1]})")
        return {}
    built: dict[str, float] = json.loads(done.stdout)
    built["size"] = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    few = min(count, _STOCK) if name == "stock Whoosh" else count
    print(
        f"{name}: {few:,} records built in {built['cpu']:.1f} CPU s ({built['cpu'] / few * 1e6:.0f} µs each), "
        f"{built['size'] / 1e6:.1f} MB on disk, {built['memory'] / 1e3:.0f} MB of memory"
    )
    return built


def _child(name: str, folder: Path, desk: Path, count: int) -> None:
    start = time.process_time()
    BUILDERS[name](folder, Desk(desk, count))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({"cpu": time.process_time() - start, "memory": memory}))


def ask_fts5(folder: Path) -> Callable[[str], int]:
    """Asks FTS5 for the 20 best that have a phrase of pairs, with snippets."""
    base = sqlite3.connect(folder / "fts.db")

    def ask(piece: str) -> int:
        phrase = '"' + " ".join(pair for pair in _pairs(piece)) + '"'
        sql = "SELECT rowid, snippet(text, 0, '[', ']', '…', 20) FROM text WHERE text MATCH ? ORDER BY rank LIMIT 20"
        return len(base.execute(sql, (phrase,)).fetchall())

    return ask


def ask_tantivy(folder: Path) -> Callable[[str], int]:
    """Asks tantivy the same."""
    import tantivy

    index = tantivy.Index.open(str(folder))
    searcher = index.searcher()

    def ask(piece: str) -> int:
        pairs: list[Any] = list(dict.fromkeys(_pairs(piece)))
        query = (
            tantivy.Query.phrase_query(index.schema, "body", pairs)
            if len(pairs) > 1
            else tantivy.Query.term_query(index.schema, "body", pairs[0])
        )
        hits = searcher.search(query, 20).hits
        snippets = tantivy.SnippetGenerator.create(searcher, query, index.schema, "body")
        for _score, address in hits:
            snippets.snippet_from_doc(searcher.doc(address))
        return len(hits)

    return ask


def _percentile(times: list[float], part: float) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * part))] * 1000


def _timed(ask: Callable[[str], object], piece: str, times: list[float]) -> object:
    start = time.perf_counter()
    answer = ask(piece)
    times.append(time.perf_counter() - start)
    return answer


def _type(asked: dict[str, Callable[[str], object]], pieces: list[str]) -> None:
    times: dict[str, list[float]] = {name: [] for name in asked}
    slow: list[tuple[float, str, int]] = []
    for piece in pieces:
        for name, ask in asked.items():
            answer = _timed(ask, piece, times[name])
            if isinstance(answer, Results):
                slow.append((times[name][-1], piece, answer.total))
    for name, few in times.items():
        line = ", ".join(
            f"{part} {_percentile(few, at):.1f} ms" for part, at in (("p50", 0.5), ("p95", 0.95), ("max", 1))
        )
        ratio = ", ".join(f"{_percentile(few, at) / _percentile(times['FTS5'], at):.2f}" for at in (0.5, 0.95))
        print(f"{name}: 20 hits with snippets in {line}; to FTS5: {ratio}")
    print(
        "slowest:",
        ", ".join(f"{piece!r} {took * 1000:.0f} ms ({total})" for took, piece, total in sorted(slow)[:-6:-1]),
    )


def _missed(index: Index, piece: str, key: tuple[str, int]) -> bool:
    offset = 0
    while True:
        page: Results = search(piece, limit=2000, offset=offset, index=index, patience=THOROUGH)
        if any((hit.kind, hit.id) == key for hit in page.hits):
            return False
        if len(page.hits) < 2000:
            return True
        offset += 2000


_COLD = """
import sys, time
sys.path.insert(0, {bench!r})
from pathlib import Path
from prtui.search.index import Index
from prtui.search.query import search
import sqlite3
class Desk:
    base = sqlite3.connect({desk!r})
    desk = lambda self: "bench"
    head_seq = lambda self: {count}
    kinds = facet_words = lambda self: {{}}
    def entries(self, kind, ids):
        from types import SimpleNamespace
        marks = ",".join("?" * len(ids))
        rows = self.base.execute(f"SELECT * FROM record WHERE id IN ({{marks}})", ids)
        return [SimpleNamespace(kind=k, id=i, code=c, title=t, body=b, on=d, facets={{}}) for i, k, c, t, b, d, o in rows]
assert search("腕表", limit=1, index=Index(Path({folder!r}), Desk())).hits
print(time.process_time())
"""


def _cold(folder: Path, desk: Path, count: int) -> None:
    program = _COLD.format(bench=str(Path(__file__).parent), desk=str(desk), folder=str(folder), count=count)
    took = [
        float(subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout) * 1000
        for _ in range(5)
    ]
    bare = [
        float(
            subprocess.run(
                [sys.executable, "-c", "import time; print(time.process_time())"],
                capture_output=True,
                text=True,
                check=True,
            ).stdout
        )
        * 1000
        for _ in range(5)
    ]
    print(f"a new process to its first hit: {min(took):.0f} CPU ms (Python alone: {min(bare):.0f})")


def _added(index: Index, desk: Desk) -> None:
    took = []
    for _ in range(20):
        entry = desk.add()
        start = time.perf_counter()
        index.catch_up()
        found = search(entry.code, limit=5, index=index).hits[0]
        took.append(time.perf_counter() - start)
        assert found.id == entry.id
    print(f"one record added, written and found: median {_percentile(took, 0.5):.0f} ms, max {max(took) * 1000:.0f} ms")


def main(arguments: list[str]) -> int:
    """Run and print; 1 if anything typed was not found."""
    if arguments[:1] == ["--build"]:
        name, folder, desk, count = arguments[1:]
        _child(name, Path(folder), Path(desk), int(count))
        return 0
    numbers = [int(argument) for argument in arguments if argument.isdigit()]
    small = "--small" in arguments
    count = numbers[0] if numbers else 800 if small else 10_000
    asked, recalled = (120, 80) if small else (600, 300)
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        desk = Desk(place / "desk.db", count)
        built = {name: _build(name, place / name, place / "desk.db", count) for name in BUILDERS}
        for other in ("FTS5", "FTS5 without text"):
            ratios = [f"{part} {built['prtui'][part] / built[other][part]:.2f}" for part in ("cpu", "size")]
            print(f"building, to {other}: {', '.join(ratios)}")
        index = Index(place / "prtui", desk)
        chance = random.Random(7)
        pieces = [typed(chance, entry) for entry in desk.sample(chance, asked)]
        asks: dict[str, Callable[[str], object]] = {
            "prtui": lambda piece: search(piece, limit=20, index=index), "FTS5": ask_fts5(place / "FTS5")
        }  # fmt: skip
        if built["tantivy"]:
            asks["tantivy"] = ask_tantivy(place / "tantivy")
        for ask in asks.values():
            ask("腕表")
        _type(asks, pieces)
        missed = []
        for entry in desk.sample(chance, recalled):
            piece = typed(chance, entry)
            if _missed(index, piece, (entry.kind, entry.id)):
                missed.append(piece)
        print(f"recall of {recalled} pieces: {100 * (1 - len(missed) / recalled):.1f} %", *missed[:10])
        _cold(place / "prtui", place / "desk.db", count)
        _added(index, desk)
        return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
