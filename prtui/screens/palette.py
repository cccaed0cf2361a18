"""Ctrl+P: every command by its name, in either language, its pinyin or its initials; every place, and every kind of record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from prtui import commands, i18n
from prtui.commands import Command
from prtui.i18n import N_, _
from prtui.screens import PLACES, place_of
from prtui.screens.dialogs import Choose
from prtui.screens.options import Option
from prtui.store import KINDS, query

ADD = N_("Add")


@dataclass(frozen=True)
class Errand:
    """Something to be done elsewhere: go to a place, or only do it here; show its list of a kind; with `new`, add one."""

    place: str = ""
    kind: str = ""
    new: bool = False


@dataclass(frozen=True)
class Offer:
    """An errand as the palette has it: its words, its keys, and what else it is called, in every language."""

    errand: Errand
    words: str
    keys: str
    names: frozenset[str]

    def option(self) -> Option:
        """A line of the palette."""
        return Option.of(self.errand, self.words, self.keys)


def places() -> Iterator[Offer]:
    """Every place."""
    for place in PLACES:
        words = _("Go to {place}").format(place=_(place.label))
        yield Offer(Errand(place.id), words, commands.key_name(place.key), frozenset(commands.names(place.label)))


def lists() -> Iterator[Offer]:
    """The list of every kind, but the only one of a place, which is the place."""
    for kind, model in KINDS.items():
        place = place_of(kind)
        if model.listed and (place is None or len(place.kinds) > 1):
            at, key = (place.id, commands.key_name(place.key)) if place else ("", "")
            yield Offer(Errand(at, kind), _(model.plural), key, frozenset(commands.names(model.plural, model.label)))


def new() -> Iterator[Offer]:
    """A new record of every kind that is made by hand."""
    for kind, model in KINDS.items():
        if model.listed and not model.guarded:
            place = place_of(kind)
            words = _("New: {kind}").format(kind=_(model.label))
            at, key = (place.id, f"{commands.key_name(place.key)} a") if place else ("", "")
            yield Offer(Errand(at, kind, new=True), words, key, frozenset(_called(kind)))


def _called(kind: str) -> Iterator[str]:
    """`Outlet`, `New Outlet`, `Add Outlet`, and of a document its types: Press release."""
    model = KINDS[kind]
    labels = [model.label, *(query.choice(kind, model.subtypes).values() if model.subtypes else ())]
    for language in i18n.LANGUAGES:
        for label in labels:
            name = i18n.translate(label, language)
            yield name
            yield i18n.translate("New: {kind}", language).format(kind=name).replace(":", "")
            yield f"{i18n.translate(ADD, language)} {name}"


class Palette(Choose):
    """Gives a Command of the screen it was opened on, or an Errand, or None."""

    def __init__(self, here: Sequence[Command]) -> None:
        self._here = list(here)
        self._offers = [*places(), *lists(), *new()]
        super().__init__(_("Commands"), [], narrow=True)

    def narrowed(self, typed: str) -> list[Option]:
        """What holds here, then the places, the lists and what may be added."""
        found = [
            (best, Option.of(command, _(command.label), command.key))
            for best, command in commands.matching(typed, self._here)
        ]
        for offer in self._offers:
            best = commands.rank_of(typed, offer.names)
            if best is not None:
                found.append((best, offer.option()))
        return [option for _best, option in sorted(found, key=lambda pair: pair[0])]
