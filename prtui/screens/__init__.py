"""What is seen. Two registers: the places of the navigation row, and the page that shows a record of each kind.

Screens are named by `module:Class` and loaded at the first visit: start-up pays only for the first screen.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass, field
from typing import Any

from prtui.i18n import N_


@dataclass(frozen=True)
class Place:
    """A name of the navigation row: its function key, its character after Ctrl+G, and its screen with what that is made
    with. `lists` are the kinds it shows where that does not say so, `also` what else it is called, and `offers` the
    commands that may be wanted from everywhere."""

    id: str
    label: str
    key: str
    after_goto: str
    screen: str
    options: dict[str, Any] = field(default_factory=dict)
    lists: tuple[str, ...] = ()
    also: str = ""
    offers: tuple[str, ...] = ()

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of record that have their list here."""
        return self.lists or self.options.get("kinds", ())

    def make(self) -> Any:
        """A new screen of the place."""
        return load(self.screen)(**self.options)


# In the order of the navigation row. F2 today · F3 projects · F4 media · F5 events · F6 KPI · F7 budget · F8 documents ·
# F9 search · F10 strategy · F11 people · F12 crisis.
PLACES: tuple[Place, ...] = (
    Place("today", N_("Today"), "f2", "2", "prtui.screens.today:TodayScreen", offers=("today.week",)),
    Place(
        "projects", N_("Projects"), "f3", "3", "prtui.screens.projects:BoardScreen", lists=("project",), also=N_("Board"),
        offers=("board.list", "board.filter"),
    ),
    Place("media", N_("Media"), "f4", "4", "prtui.screens.bringing:MediaScreen", {"kinds": ("outlet", "coverage")}),
    Place(
        "documents", N_("Documents"), "f8", "8", "prtui.screens.documents:DocumentsScreen", lists=("document",),
        offers=("texts.bring_in", "text.export"),
    ),
    Place("search", N_("Search"), "f9", "9", "prtui.screens.search:SearchScreen"),
    Place("people", N_("People"), "f11", "=", "prtui.screens.listing:ListScreen", {"kinds": ("person",)}),
    Place("crisis", N_("Crisis"), "f12", "0", "prtui.screens.crisis:CrisisScreen"),
)  # fmt: skip

# Kinds with a page of their own; every other kind has the generic one.
PAGES: dict[str, str] = {
    "crisis": "prtui.screens.crisis:CrisisScreen",
    "document": "prtui.screens.reader:DocumentPage",
    "project": "prtui.screens.project:ProjectPage",
}
GENERIC_PAGE = "prtui.screens.record:RecordPage"


def load(named: str) -> Any:
    """The class behind `module:Class`."""
    module, _colon, name = named.partition(":")
    return getattr(importlib.import_module(module), name)


def page_of(kind: str) -> Any:
    """The class of the page that shows records of this kind: `Page(row, around=None)`."""
    return load(PAGES.get(kind, GENERIC_PAGE))


def place_of(kind: str) -> Place | None:
    """The place that lists records of this kind."""
    return next((place for place in PLACES if kind in place.kinds), None)


def exists(place: str) -> bool:
    """Whether the navigation row has this place."""
    return any(one.id == place for one in PLACES)
