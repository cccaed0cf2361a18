"""How wide the terminal draws ambiguous characters, and which characters prtui may therefore draw with.

Imports no Textual: it asks before anything heavy is loaded.
"""

from __future__ import annotations

import os
import re
import select
import time
from dataclasses import dataclass

_REPORT = re.compile(rb"\x1b\[\d{1,4};(\d{1,4})R")
_BEGUN = re.compile(rb"\x1b\[[\d;]*\Z")
# Half a character or half a key: its other half would come to Textual, who could make nothing of it.
_HALF = re.compile(rb"(?:[\xc2-\xdf]|[\xe0-\xef][\x80-\xbf]?|[\xf0-\xf4][\x80-\xbf]{0,2}|\x1b(?:\[[\d;]*|O)?)\Z")
_LINE = "─"  # East-Asian ambiguous: one cell here, two there
_WIDE = "中"  # two cells wherever the terminal reads UTF-8
_NARROW = str.maketrans(
    {"“": '"', "”": '"', "‘": "'", "’": "'", "…": "...", "—": "-", "–": "-", "·": ".", "•": "*", "●": "*", "○": "o",
     "■": "#", "□": ".", "★": "*", "☆": "*", "▲": "^", "▼": "v", "◆": "*", "→": ">", "←": "<", "↑": "^", "↓": "v",
     "×": "x", "÷": "/", "±": "+-", "─": "-", "│": "|", "▌": ">", "∑": "S", "›": ">"}
)  # fmt: skip


@dataclass(frozen=True)
class Glyphs:
    """The characters prtui draws with. Every one is a single cell; only `ellipsis` is longer in ASCII."""

    mark: str = "▌"
    rule: str = "─"
    bar: str = "│"
    dot: str = "●"
    full: str = "▪"
    hollow: str = "▫"
    computed: str = "∑"
    typed: str = "✎"
    prompt: str = "›"
    ellipsis: str = "…"
    none: str = "—"
    spark: str = "▁▂▃▄▅▆▇█"
    ascii: bool = False

    def drawn(self, text: str) -> str:
        """The text with ambiguous punctuation made narrow, where the terminal would draw it two cells wide."""
        return text.translate(_NARROW) if self.ascii and not text.isascii() else text


UNICODE = Glyphs()
ASCII = Glyphs(
    mark=">", rule="-", bar="|", dot="*", full="#", hollow=".", computed="S", typed="e", prompt=">", ellipsis="...",
    none="-", spark="_.,-=+*#", ascii=True,
)  # fmt: skip

_current = UNICODE


def use(glyphs: Glyphs) -> None:
    """Put these characters in force for this process."""
    global _current
    _current = glyphs


def glyphs() -> Glyphs:
    """The characters in force."""
    return _current


@dataclass(frozen=True)
class Answer:
    """What the terminal said. `ambiguous` and `wide` are cells, None if it did not answer; `typed` holds the keys that
    were pressed meanwhile, to be handed to the app."""

    ambiguous: int | None = None
    wide: int | None = None
    typed: bytes = b""

    @property
    def misread(self) -> bool:
        """Whether the terminal counts the bytes of a Chinese character: it does not read UTF-8."""
        return self.wide is not None and self.wide > 2

    def glyphs(self, *, plain_locale: bool) -> Glyphs:
        """What may be drawn. With `plain_locale` (LANG=C) a terminal that did not answer gets ASCII."""
        if self.ambiguous is None:
            return ASCII if plain_locale else UNICODE
        return UNICODE if self.ambiguous == 1 and self.wide in (None, 2) else ASCII


def ask(keyboard: int = 0, screen: int = 2, *, seconds: float = 0.2) -> Answer:
    """Ask the terminal how wide `─` and `中` are. Waits at most `seconds`; the line the cursor is on is wiped.

    An answer that comes later is ignored by Textual's parser. Input already waiting is kept, not flushed.
    """
    import termios

    if not (os.isatty(keyboard) and os.isatty(screen)):
        return Answer()
    try:
        before = termios.tcgetattr(keyboard)
        quiet = termios.tcgetattr(keyboard)
        quiet[3] &= ~(termios.ECHO | termios.ICANON)
        quiet[6][termios.VMIN], quiet[6][termios.VTIME] = 1, 0
        # TCSANOW: tty.setcbreak would throw away what was typed ahead, TCSADRAIN waits for a stalled link.
        termios.tcsetattr(keyboard, termios.TCSANOW, quiet)
    except termios.error:
        return Answer()
    try:
        os.write(screen, f"\r{_LINE}\x1b[6n\r{_WIDE}\x1b[6n".encode())
        received = _listen(keyboard, seconds)
        os.write(screen, b"\r\x1b[K")
    except OSError:  # the link went down; the hang-up guard will see it
        return Answer()
    finally:
        try:
            termios.tcsetattr(keyboard, termios.TCSANOW, before)
        except termios.error:
            pass
    return _understood(received)


def _understood(received: bytes) -> Answer:
    ambiguous, wide = ([int(report) - 1 for report in _REPORT.findall(received)] + [None, None])[:2]
    typed = _REPORT.sub(b"", received, count=2)
    return Answer(ambiguous, wide, typed if wide is not None else _BEGUN.sub(b"", typed))


def _listen(keyboard: int, seconds: float) -> bytes:
    received = b""
    end = time.monotonic() + seconds
    while len(_REPORT.findall(received)) < 2 or _HALF.search(received):
        left = end - time.monotonic()
        if left <= 0 or not select.select([keyboard], [], [], left)[0]:
            break
        chunk = os.read(keyboard, 1024)
        if not chunk:
            break
        received += chunk
    return received
