"""Ctrl+P: every command by its name, in either language, its pinyin or its initials."""

from __future__ import annotations

from collections.abc import Sequence

from prtui import commands, i18n, text
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
        found = [Option.of(command, _(command.label), command.key) for command in commands.matching(typed, self._here)]
        for place in PLACES:
            names = (place.label, *(i18n.translate(place.label, one) for one in i18n.LANGUAGES))
            if any(text.sounds_like(typed, name) for name in names):
                found.append(
                    Option.of(place.id, _("Go to {place}").format(place=_(place.label)), commands.key_name(place.key))
                )
        return found
