"""A text for the clipboard of the terminal in front of her, over any number of SSH hops: OSC 52.

No terminal says whether it took it, so nothing is claimed beyond having handed it over.
"""

from __future__ import annotations

import base64
import os
import re
from collections.abc import Mapping
from enum import Enum
from pathlib import Path
from typing import NamedTuple

from prtui.errors import PrtuiError
from prtui.i18n import N_, _

MOST = 74_994  # bytes of UTF-8: 100,000 in base64 with what stands around it, the least limit of those that have one
PIECE = 252  # bytes; GNU screen before 4.2 passes on no longer string
# They have no clipboard, and some would print the letters of the sequence.
_WITHOUT = re.compile(r"$|dumb|unknown|linux|vt\d|ansi|cons25|sun|wy\d|hurd|eterm|con\d|bterm|pcansi|xterm-vt")


class Way(Enum):
    """To whom it was handed."""

    NONE = "none"
    TOO_LONG = "too long"
    TERMINAL = "terminal"
    TMUX = "tmux"
    SCREEN = "screen"


_TOLD = {
    Way.NONE: N_("In {path}; this terminal takes no clipboard."),
    Way.TOO_LONG: N_("In {path}; it is too long for the clipboard of a terminal."),
    Way.TERMINAL: N_("In {path}, and handed to the terminal's clipboard."),
    Way.TMUX: N_("In {path}, and handed to tmux (which needs set-clipboard on)."),
    Way.SCREEN: N_("In {path}, and handed through screen to the terminal's clipboard."),
}


class Parcel(NamedTuple):
    """What is to be written to the terminal, empty where it takes nothing, and the way it goes."""

    data: str
    way: Way


def parcel(text: str, environ: Mapping[str, str] | None = None) -> Parcel:
    """The text for the clipboard of the terminal that `environ` (this process's own) describes."""
    environ = os.environ if environ is None else environ
    way = _way(environ)
    content = text.encode("utf-8", "replace")
    if way is Way.NONE or len(content) > MOST:
        return Parcel("", way if way is Way.NONE else Way.TOO_LONG)
    whole = f"\x1b]52;c;{base64.b64encode(content).decode()}\a"
    if way is Way.SCREEN:
        # Screen passes on what stands in a DCS; what is too long for one it would show as text.
        pieces = [whole[at : at + PIECE] for at in range(0, len(whole), PIECE)]
        return Parcel("".join(f"\x1bP{piece}\x1b\\" for piece in pieces), way)
    if way is Way.TMUX:
        # It reads the plain one with `set-clipboard on` and passes the other on with `allow-passthrough`, as before 3.3 always.
        inner = whole.replace("\x1b", "\x1b\x1b")
        return Parcel(f"{whole}\x1bPtmux;{inner}\x1b\\", way)
    return Parcel(whole, way)


def _way(environ: Mapping[str, str]) -> Way:
    kind = environ.get("TERM", "")
    if environ.get("STY") or (kind.startswith("screen") and not environ.get("TMUX")):
        return Way.SCREEN
    if environ.get("TMUX") or kind.startswith("tmux"):
        return Way.TMUX
    return Way.NONE if _WITHOUT.match(kind) else Way.TERMINAL


def told(way: Way, file: Path | PrtuiError) -> str:
    """Where a text is now, in one sentence: the file first, which is sure, or why there is none, and how far the clipboard was
    reached. Raises that reason where the text is nowhere."""
    if isinstance(file, Path):
        return _(_TOLD[way]).format(path=f"{file.parent.name}/{file.name}")
    if way in (Way.NONE, Way.TOO_LONG):
        raise file
    return _("Handed to the terminal's clipboard, but there is no file of it: {error}").format(error=file.message)
