"""Hits counted by kind, outlet, tone and year, beside them; Enter on a count narrows the search to it."""

from __future__ import annotations

from collections.abc import Sequence

from prtui.screens.options import Option, Options
from prtui.search import facets
from prtui.search.facets import Count


class Counts(Options):
    """The counts, each group under its head."""

    DEFAULT_CSS = "Counts { width: 100%; height: 1fr; padding: 0 1; }"

    def say(self, counts: Sequence[Count]) -> None:
        """Show these; the mark stays at the words it stood at."""
        options: list[Option] = []
        by = ""
        for one in counts:
            if one.by != by:
                by = one.by
                options.append(Option(None, ((facets.head(by), "muted"),)))
            options.append(Option(one.narrows, ((f"  {one.label}", ""),), f"{one.count:,}"))
        self.show(options)
