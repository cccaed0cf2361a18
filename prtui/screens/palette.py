"""Ctrl+P: every command by its name, in either language, its pinyin or its initials."""

from __future__ import annotations

from collections.abc import Sequence

from prtui import commands
from prtui.commands import Command
from prtui.i18n import _
from prtui.screens import PLACES
from prtui.screens.dialogs import Choose
from prtui.screens.options import Option


class Palette(Choose):
    """Gives a Command, or the id of a place, or None."""

    def __init__(self, here: Sequence[Command]) -> None:
        super().__init__(_("Commands"), [], narrow=True)
        self._here = list(here)

    def narrowed(self, typed: str) -> list[Option]:
        """What holds here, then the places."""
        found = [
            (best, Option.of(command, _(command.label), command.key))
            for best, command in commands.matching(typed, self._here)
        ]
        for place in PLACES:
            best = commands.rank(typed, place.label)
            if best is not None:
                words = _("Go to {place}").format(place=_(place.label))
                found.append((best, Option.of(place.id, words, commands.key_name(place.key))))
        return [option for _best, option in sorted(found, key=lambda pair: pair[0])]
