"""What an export has written, and what somebody should look at in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from prtui.i18n import _
from prtui.screens.chrome import Piece, drawn
from prtui.screens.leaflet import Leaflet
from prtui.screens.sheet import Line
from prtui.terminal.width import glyphs
from prtui.text import wrap

if TYPE_CHECKING:
    from prtui.documents import Exported


class Outcome(Leaflet):
    """The files, the fields still to be filled in, and what an editor would circle."""

    def __init__(self, made: Sequence[Exported]) -> None:
        super().__init__(_("Written"))
        self._made = made

    def lines(self, width: int) -> list[Line]:
        """File by file."""
        lines: list[Line] = []
        for number, one in enumerate(self._made):
            lines += [()] if number else []
            lines += _wrapped(str(one.path), "accent", width)
            if one.unfilled:
                said = _("still to be filled: {names}").format(names=", ".join(one.unfilled))
                lines += [(), *_wrapped(said, "warn", width)]
            if one.findings:
                lines += [(), ((_("To look at"), "bold"),)]
            for finding in one.findings:
                said = f"{glyphs().prompt} {finding.excerpt}  {finding.message}"
                lines += _wrapped(said, "", width)
            if not one.unfilled and not one.findings:
                lines += [((_("Nothing is left open in it."), "good"),)]
        return lines


def _wrapped(said: str, tone: str, width: int) -> list[Line]:
    return [(part,) for part in _parts(said, tone, width)]


def _parts(said: str, tone: str, width: int) -> list[Piece]:
    return [(line, tone) for line in wrap(drawn(said), width)]
