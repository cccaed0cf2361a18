"""Hits counted by kind, outlet, tone and year, each count with the words that narrow the search to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from prtui.i18n import N_, _, language
from prtui.search import index as indexes
from prtui.search.analysis import fold
from prtui.search.index import Index
from prtui.search.query import Results, vocabulary

# What is counted → its head, and the word that narrows by it in each language.
BY = {
    "kind": (N_("Kind"), {"en": "kind", "zh": "类"}),
    "outlet": (N_("Outlet"), {"en": "outlet", "zh": "媒体"}),
    "sentiment": (N_("Tone"), {"en": "tone", "zh": "倾向"}),
    "year": (N_("Year"), {"en": "year", "zh": "年"}),
}


@dataclass(frozen=True)
class Count:
    """How many hits share a value: `label` is what it is called in the language in force, `narrows` what to add to the
    search line."""

    by: str
    value: str
    label: str
    count: int
    narrows: str


def counted(results: Results, index: Index | None = None) -> list[Count]:
    """The counts of a search made with `counts=True`: by kind, outlet and tone the greatest first, years the newest first."""
    index = index or indexes.current()
    return [count for by in BY for count in _of(by, results, index)]


def _of(by: str, results: Results, index: Index) -> Iterator[Count]:
    known = index.source.kinds() if by == "kind" else index.source.facet_words().get(by, {})
    few = results.counts if by == "kind" else results.spread.get(by, {})
    found = sorted(few.items(), key=lambda one: one[0], reverse=True) if by == "year" else few.items()
    for value, often in found:
        label = _(known[value]) if value in known else value
        yield Count(by, value, label, often, f"{BY[by][1][language()]}:{_word(by, value, label, index)}")


def _word(by: str, value: str, label: str, index: Index) -> str:
    if by == "year":
        return value
    if by == "outlet":
        # A name with quotation marks in it cannot be quoted: its longest word names it well enough.
        return f'"{label}"' if '"' not in fold(label) else max(re.split(r"[\s,|\"„“”«»「」『』]+", label), key=len)
    words = vocabulary(index)
    plain = re.fullmatch(r"[^\s,|/\"]+", fold(label)) is not None
    alone = by != "kind" or fold(label) not in words.values.get("type", {})
    return label if plain and alone else value


def toggled(typed: str, narrows: str) -> str:
    """The search line with these words added at its end, or taken away where they stand already."""
    there = re.compile(rf"(?:^|\s+){re.escape(narrows)}(?=\s|$)")
    return there.sub("", typed).strip() if there.search(typed) else f"{typed.strip()} {narrows}".strip()


def head(by: str) -> str:
    """What the counts are by, in the language in force."""
    return _(BY[by][0])
