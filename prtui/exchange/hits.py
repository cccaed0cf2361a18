"""What a search found, as a list that Excel and WPS open."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import NamedTuple

from prtui import clock
from prtui.config import Settings
from prtui.errors import Refused
from prtui.exchange import tables
from prtui.i18n import N_, _
from prtui.search.query import THOROUGH, Order, search
from prtui.store import query
from prtui.store.engine import private_folder
from prtui.store.feed import facet_words

MOST = 10_000  # hits: some seconds, and more than anybody reads
_HEADS = {
    "code": N_("Code"),
    "kind": N_("Kind"),
    "title": N_("Title"),
    "on": N_("Date"),
    "outlet": N_("Outlet"),
    "sentiment": N_("Tone"),
    "project": N_("Project"),
    "owner": N_("Owner"),
    "text": N_("Text"),
}


class Written(NamedTuple):
    """Where the list is, how many hits it has, and how many the search has."""

    path: Path
    hits: int
    total: int

    @property
    def told(self) -> str:
        """Where it is, and whether that is all."""
        if self.hits < self.total:
            return _("The first {count} of {total} hits are in {path}.").format(
                count=f"{self.hits:,}", total=f"{self.total:,}", path=self.path
            )
        return _("{count} hits are in {path}.").format(count=f"{self.hits:,}", path=self.path)


def write(typed: str, settings: Settings, path: Path | None = None, *, order: Order, limit: int = MOST) -> Written:
    """The hits of a search as a CSV, in that order: to `path`, or to a new file among the exports. Raises Refused when
    nothing is found or the file is there already."""
    if path is not None and path.exists():
        raise Refused(_("{path} exists already.").format(path=path), hint=_("Choose another name."))
    found = search(typed, limit=min(limit, MOST), order=order, patience=THOROUGH)
    if not found.hits:
        raise Refused(_("Nothing is found, so there is nothing to write."))
    tones = facet_words().get("sentiment", {})
    rows = [
        {
            _(_HEADS[name]): value
            for name, value in {
                "code": hit.code,
                "kind": query.called(hit.kind, hit.facets),
                "title": hit.title,
                "on": hit.on,
                "outlet": hit.facets.get("outlet"),
                "sentiment": _(tones.get(hit.facets.get("sentiment", ""), "")),
                "project": hit.facets.get("project"),
                "owner": hit.facets.get("owner"),
                "text": "".join(piece for piece, _found in hit.snippet),
            }.items()
        }
        for hit in found.hits
    ]
    path = path or _fresh(private_folder(settings.exports), settings)
    tables.write(path, [_(head) for head in _HEADS.values()], rows)
    return Written(path, len(rows), max(found.total, len(rows)))


def _fresh(folder: Path, settings: Settings) -> Path:
    name = f"search-{clock.today(settings.zone).isoformat()}"
    names = (f"{name}{'' if number == 1 else f'-{number}'}.csv" for number in count(1))
    return next(path for path in (folder / one for one in names) if not path.exists())
