"""F1: what every key does here."""

from __future__ import annotations

from collections.abc import Sequence

from prtui import commands
from prtui.commands import EVERYWHERE, key_name
from prtui.i18n import _
from prtui.screens import PLACES
from prtui.screens.chrome import drawn, filled
from prtui.screens.leaflet import Leaflet
from prtui.screens.sheet import Line
from prtui.text import wrap

KEYS, WORDS = 26, 12
NARROW = 60  # below it what a key does stands under it


class Help(Leaflet):
    """The keys of these scopes, then those that hold everywhere, then the places."""

    def __init__(self, scopes: Sequence[str]) -> None:
        super().__init__(_("Help"))
        self._scopes = [scope for scope in scopes if scope != EVERYWHERE]

    def lines(self, width: int) -> list[Line]:
        """A line a key, or two where there is little room."""
        lines: list[Line] = []
        for scope in [*self._scopes, EVERYWHERE]:
            lines += [((_(commands.SCOPES[scope]), "bold"),)]
            for command in commands.of(scope):
                lines += self._entry(command.keys.split(), command.label, command.help)
            lines.append(())
        lines += [((_("Places"), "bold"),)]
        for place in PLACES:
            lines += self._entry([place.key], place.label, f"Ctrl+G {place.after_goto}")
        return lines

    def _entry(self, keys: Sequence[str], label: str, more: str) -> list[Line]:
        shown = "1–9" if len(keys) > 5 else "  ".join(key_name(key) for key in keys)
        narrow = self.size.width < NARROW
        first: Line = ((filled(shown, KEYS), "key"), (" ", ""), (filled(_(label), WORDS), ""))
        at = 2 if narrow else KEYS + WORDS + 2
        told = wrap(drawn(_(more)), max(10, self.size.width - at - 4)) if more else []
        if told and not narrow:
            first = (*first, (" ", ""), (told.pop(0), "muted"))
        return [first, *(((" " * at, ""), (line, "muted")) for line in told)]
