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
    """Something to be done elsewhere: go to a place, show its list of a kind, carry out an action there. `key` does it
    once a record is open, where the place cannot. Of a kind without a place the list or, to `add`, the form comes on top."""

    place: str = ""
    kind: str = ""
    action: str = ""
    key: str = ""


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
        names = commands.names(place.label, place.also)
        yield Offer(Errand(place.id), words, commands.key_name(place.key), frozenset(names))


def abroad(here: Sequence[Command]) -> Iterator[Offer]:
    """The commands of other places that need no record at the mark, or say how to come to it."""
    known = {command.action for command in here}
    for place in PLACES:
        for command in commands.COMMANDS:
            if command.id in place.offers and command.action not in known:
                words = _("{place}: {command}").format(place=_(place.label), command=_(command.label))
                errand = Errand(place.id, action=command.action, key=command.key)
                keys = f"{commands.key_name(place.key)} {command.key}"
                yield Offer(errand, words, keys, frozenset(commands.names(command.label, command.help)))


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
            yield Offer(Errand(at, kind, "add"), words, key, frozenset(_called(kind)))


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
        self._offers = [*places(), *abroad(here), *lists(), *new()]
        super().__init__(_("Commands"), [], narrow=True)

    def narrowed(self, typed: str) -> list[Option]:
        """What holds here, then the places and what is done there, the lists, and what may be added."""
        found = [
            (best, Option.of(command, _(command.label), command.key))
            for best, command in commands.matching(typed, self._here)
        ]
        for offer in self._offers:
            best = commands.rank_of(typed, offer.names)
            if best is not None:
                found.append((best, offer.option()))
        return [option for _best, option in sorted(found, key=lambda pair: pair[0])]
