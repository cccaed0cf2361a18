"""What a reader finds in one file, and how it says that a file cannot be read."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from prtui.errors import PrtuiError
from prtui.exchange.encodings import decode
from prtui.i18n import _
from prtui.text import clean, plain

# A million Chinese characters is a shelf of books; what is longer is no text somebody wrote for the desk.
TEXT_LIMIT = 1_000_000

_BLANK_LINES = re.compile(r"\n{3,}")
_LINE_END = re.compile(r"[ \t\u3000]+\n")
_LINE_START = re.compile(r"\n[ \t\u3000]*\u3000[ \t\u3000]*")


class Unreadable(PrtuiError):
    """One file that cannot be read. `name` is drawn safely; `why` is the reason alone, `hint` what to do."""

    def __init__(self, name: str, why: str, *, hint: str = "") -> None:
        super().__init__(f"{name}: {why}", hint=hint)
        self.name = name
        self.why = why


@dataclass
class Found:
    """What a file says of itself. `text` is raw; empty fields were not said and may be guessed from `around` (the lines
    that carry source, author and day) and from the file's name. `made` is when the file itself was made: a last resort."""

    text: str
    title: str = ""
    headline: str = ""
    stamp: date | datetime | None = None
    outlet: str = ""
    author: str = ""
    url: str = ""
    around: str = ""
    made: date | None = None
    encoding: str = ""
    web: bool = False
    mail: bool = False
    notes: list[str] = field(default_factory=list)


def shown(path: Path) -> str:
    """The file's name fit to be drawn. A name in a Chinese code page (old archives) is read as such."""
    name = path.name or str(path)
    if any("\udc80" <= character <= "\udcff" for character in name):
        name = decode(os.fsencode(name))[0]
    return plain(name).strip()


def tidy(text: str, notes: list[str]) -> str:
    """Clean text: no trailing blanks, no ideographic indents, at most one empty line in a row, at most TEXT_LIMIT
    characters (a note says what was left out)."""
    if len(text) > TEXT_LIMIT:
        notes.append(_("Only the first {count:,} characters were taken.").format(count=TEXT_LIMIT))
        text = text[:TEXT_LIMIT]
    text = clean(text.replace("\u00a0", " "))
    text = _LINE_START.sub("\n", _LINE_END.sub("\n", f"\n{text}\n"))
    return _BLANK_LINES.sub("\n\n", text).strip()
