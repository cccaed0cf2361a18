"""The peers that `search.py` weighs this index against, each built and asked as its own manual says, over the same pairs of
characters: SQLite's FTS5 with a copy of its text and without one, tantivy, and Whoosh as it comes."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from search_records import Desk

from prtui.search import analysis

Ask = Callable[[str], object]


def pairs(text: str) -> list[str]:
    """The overlapping pairs of a folded text, run by run."""
    return [
        run.text[place : place + 2]
        for run in analysis.runs(analysis.fold(text))
        for place in range(max(1, len(run.text) - 1))
    ]


def _bodies(desk: Desk) -> Any:
    for batch in desk.every_entry():
        for entry in batch:
            yield entry.id, " ".join(pairs(entry.title + " \n " + entry.body))


def build_fts5(folder: Path, desk: Desk, options: str = "") -> None:
    """SQLite's full-text index, with positions, which phrases need, and with a copy of the text, which snippets need."""
    folder.mkdir()
    base = sqlite3.connect(folder / "fts.db")
    base.execute(f"CREATE VIRTUAL TABLE text USING fts5(body, tokenize='unicode61', detail=full{options})")
    base.executemany("INSERT INTO text (rowid, body) VALUES (?, ?)", _bodies(desk))
    base.commit()


def build_bare_fts5(folder: Path, desk: Desk) -> None:
    """The same without a copy of the text."""
    build_fts5(folder, desk, ", content=''")


def build_tantivy(folder: Path, desk: Desk) -> None:
    """tantivy, with positions and stored text."""
    import tantivy

    folder.mkdir()
    schema = tantivy.SchemaBuilder().add_text_field("body", stored=True, tokenizer_name="whitespace")
    index = tantivy.Index(schema.add_integer_field("id", stored=True).build(), str(folder))
    writer = index.writer(128_000_000, 1)
    for number, body in _bodies(desk):
        writer.add_document(tantivy.Document(id=number, body=body))
    writer.commit()
    writer.wait_merging_threads()


def build_whoosh(folder: Path, desk: Desk) -> None:
    """Whoosh as it comes, with positions and stored text."""
    from whoosh.analysis import SpaceSeparatedTokenizer
    from whoosh.fields import STORED, TEXT, Schema
    from whoosh.index import create_in

    folder.mkdir()
    schema = Schema(body=TEXT(analyzer=SpaceSeparatedTokenizer(), stored=True), number=STORED())
    writer = create_in(str(folder), schema).writer()
    for number, body in _bodies(desk):
        writer.add_document(body=body, number=number)
    writer.commit()


def ask_fts5(folder: Path) -> Ask:
    """Asks FTS5 for the 20 best that have a phrase of pairs, with snippets."""
    base = sqlite3.connect(folder / "fts.db")
    sql = "SELECT rowid, snippet(text, 0, '[', ']', '…', 20) FROM text WHERE text MATCH ? ORDER BY rank LIMIT 20"
    return lambda piece: len(base.execute(sql, ('"' + " ".join(pairs(piece)) + '"',)).fetchall())


def ask_tantivy(folder: Path) -> Ask:
    """Asks tantivy the same."""
    import tantivy

    index = tantivy.Index.open(str(folder))
    searcher = index.searcher()

    def ask(piece: str) -> int:
        said: list[Any] = list(dict.fromkeys(pairs(piece)))
        query = (
            tantivy.Query.phrase_query(index.schema, "body", said)
            if len(said) > 1
            else tantivy.Query.term_query(index.schema, "body", said[0])
        )
        hits = searcher.search(query, 20).hits
        snippets = tantivy.SnippetGenerator.create(searcher, query, index.schema, "body")
        for _score, address in hits:
            snippets.snippet_from_doc(searcher.doc(address))
        return len(hits)

    return ask


def ask_whoosh(folder: Path) -> Ask:
    """Asks Whoosh the same."""
    from whoosh.index import open_dir
    from whoosh.query import Phrase, Term

    searcher = open_dir(str(folder)).searcher()

    def ask(piece: str) -> int:
        said = pairs(piece)
        hits = searcher.search(Phrase("body", said) if len(said) > 1 else Term("body", said[0]), limit=20)
        for hit in hits:
            hit.highlights("body")
        return len(hits)

    return ask


BUILDERS: dict[str, Callable[[Path, Desk], None]] = {
    "FTS5": build_fts5, "FTS5 without text": build_bare_fts5, "tantivy": build_tantivy, "stock Whoosh": build_whoosh,
}  # fmt: skip
ASKERS: dict[str, Callable[[Path], Ask]] = {"FTS5": ask_fts5, "tantivy": ask_tantivy, "stock Whoosh": ask_whoosh}
