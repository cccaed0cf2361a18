"""Search without a screen: hits, their counts, and saved searches."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any, Literal

from prtui import store
from prtui.config import Settings
from prtui.errors import PrtuiError
from prtui.headless.printing import emit, say, table, warn
from prtui.i18n import _, language
from prtui.store import journal, query
from prtui.text import plain

Options = argparse.Namespace


def search(options: Options, settings: Settings) -> None:
    """`search`: the same as on screen."""
    from prtui.search import index

    index.open_index(settings.data / "index").catch_up()
    typed = " ".join(options.query)
    if options.saved:
        _saved(options, settings)
    elif options.run is not None:
        _run(options, settings)
    elif options.forget is not None:
        _forget(options, settings)
    elif options.like is not None:
        _like(options)
    elif options.duplicates is not None:
        _duplicates(options)
    elif not typed.strip():
        raise PrtuiError(
            _("What should be searched for?"), hint=_("For example: {example}").format(example=_EXAMPLE[language()])
        )
    elif options.save is not None:
        _save(typed, options, settings)
    elif options.out:
        _out(typed, options, settings)
    elif options.counts:
        _counts(typed, options)
    else:
        _hits(typed, options)


_EXAMPLE = {
    "zh": "prtui search 质量问题 -召回 类:报道 自:2026-01",
    "en": "prtui search launch -recall kind:coverage from:2026-01",
}


def _hits(typed: str, options: Options, fresh: Collection[tuple[str, int]] | None = None) -> None:
    from prtui.search import query as finding

    results = finding.search(typed, limit=_limit(options), order=_order(options), patience=finding.THOROUGH)
    new = [] if fresh is None else [{"new": (hit.kind, hit.id) in fresh} for hit in results.hits]
    _print(results.hits, options, new)
    if results.hint and not options.json:
        warn(results.hint)


def _limit(options: Options, otherwise: int = 20) -> int:
    return otherwise if options.limit is None else options.limit or sys.maxsize


def _order(options: Options) -> Literal["relevance", "newest"]:
    return "newest" if options.newest else "relevance"


def _print(hits: Sequence[Any], options: Options, more: Sequence[dict[str, Any]] = ()) -> None:
    """The hits, each with what is known of it beside."""
    beside: Sequence[dict[str, Any]] = more or [{} for _hit in hits]
    if options.json:
        emit([_told(hit) | known for hit, known in zip(hits, beside, strict=True)])
        return
    for hit, known in zip(hits, beside, strict=True):
        say("  ".join([hit.code, hit.on, hit.title, *_words(known)]))
        print("    " + plain("".join(f"〔{piece}〕" if marked else piece for piece, marked in hit.snippet)))
    if not hits:
        say(_("Nothing found."))


def _told(hit: Any) -> dict[str, Any]:
    return {
        "code": hit.code,
        "kind": hit.kind,
        "title": hit.title,
        "date": hit.on,
        "snippet": "".join(piece for piece, _marked in hit.snippet),
        "score": round(hit.score, 4),
    }


def _words(known: dict[str, Any]) -> list[str]:
    return [*([_("new")] if known.get("new") else []), *([known["mark"]] if known.get("mark") else [])]


def _out(typed: str, options: Options, settings: Settings) -> None:
    """The hits as a file."""
    from prtui.exchange import hits

    limit = _limit(options, hits.MOST)
    done = hits.write(typed, settings, Path(options.out), order=_order(options), limit=limit)
    if options.json:
        emit([{"path": str(done.path), "hits": done.hits, "total": done.total}])
    else:
        say(done.told)


def _counts(typed: str, options: Options) -> None:
    """How many hits there are of each kind, outlet, tone and year."""
    from prtui.search import facets
    from prtui.search import query as finding

    results = finding.search(typed, limit=0, counts=True, patience=finding.THOROUGH)
    counts = facets.counted(results)
    if options.json:
        emit([vars(one) for one in counts])
        return
    table(
        [_("Counted by"), _("Value"), _("Hits"), _("Narrows")],
        [[facets.head(one.by), one.label, f"{one.count:,}", one.narrows] for one in counts],
        right=[2],
    )
    if results.hint:
        warn(results.hint)


def _like(options: Options) -> None:
    """The records most like one; of clips also how much of the text is the same."""
    from prtui.desk import pickups
    from prtui.search import similar

    row = query.any_record(options.like)
    results = similar.like((row.kind, row.id), limit=_limit(options))
    same = {one.row.id: one for one in (pickups.duplicates(row) if row.kind == "coverage" else [])}
    beside: list[dict[str, Any]] = []
    for hit in results.hits:
        twin = same.get(hit.id) if hit.kind == "coverage" else None
        beside.append({"share": twin.share, "mark": pickups.mark(row, twin)} if twin else {"share": None, "mark": ""})
    _print(results.hits, options, beside)


def _duplicates(options: Options) -> None:
    """The clips with nearly the text of one."""
    from prtui.desk import pickups

    clip = query.any_record(options.duplicates)
    found = pickups.duplicates(clip)
    if options.json:
        emit([one.row.plain() | {"share": one.share, "linked": pickups.linked(clip, one.row)} for one in found])
        return
    for one in found:
        say("  ".join([one.row.code, pickups.mark(clip, one), one.row.shown("published_at"), one.row.shown("outlet")]))
        say("    " + one.row.title)
    if not found:
        say(_("No other clip says the same."))


# -- saved searches --------------------------------------------------------------------------------------------------------


def _saved(options: Options, settings: Settings) -> None:
    from prtui.desk import searches

    kept = searches.listing(settings.actor)
    if options.json:
        emit([{"code": o.row.code, "name": o.row.name, "query": o.row.query, "new": o.new} for o in kept])
        return
    for one in kept:
        said = _("{count} new").format(count=f"{one.new:,}")
        say(f"{one.row.name}  {said}" + (f"  {one.row.query}" if one.row.query != one.row.name else ""))
    if not kept:
        say(_("No search is saved. `prtui search --save NAME QUERY` saves one."))


def _save(typed: str, options: Options, settings: Settings) -> None:
    from prtui.desk import searches

    row = store.perform(settings.actor, searches.save, typed, options.save)
    if options.json:
        emit([row.plain()])
    else:
        say(f"{row.code}  {row.name}")


def _run(options: Options, settings: Settings) -> None:
    from prtui.desk import searches

    row = searches.named(settings.actor, options.run)
    seen = journal.head_seq()
    _hits(row.query, options, searches.fresh(row))
    store.perform(settings.actor, searches.look, row, seen)


def _forget(options: Options, settings: Settings) -> None:
    from prtui.desk import searches

    row = store.perform(settings.actor, searches.forget, searches.named(settings.actor, options.forget))
    if options.json:
        emit([row.plain()])
    else:
        say(_("“{name}” is forgotten; `prtui undo` brings it back.").format(name=row.name))
