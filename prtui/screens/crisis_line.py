"""The line of the crisis screen: always ready. What is typed goes to the log; a digit alone stamps a milestone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol, cast

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal

from prtui import clock
from prtui.clock import Moment
from prtui.desk import crisis_log
from prtui.errors import Refused
from prtui.i18n import _
from prtui.screens.chrome import Piece, Said
from prtui.screens.prompt import Prompt
from prtui.terminal.width import glyphs

DIGITS = "1234567890-="
NUMBERS = {key: n for n, key in crisis_log.KEYS.items()} | {"10": 10, "11": 11, "12": 12}
# What an input method in its full-width mode sends, one character for one.
_NARROW = {0xFEE0 + ord(one): one for one in "0123456789:-=@!/. "} | {0x3000: " "}
_TIME = r"((?:(?:\d[\d/.-]*|今天|昨天|前天|today|yesterday)\s+)?\d{1,2}:\d{2}(?::\d{2})?)"
_STAMP = re.compile(rf"^\s*(\d{{1,2}}|[-=])\s+{_TIME}(?:\s+(.*))?$", re.IGNORECASE)
_AT = re.compile(rf"^\s*@\s*{_TIME}\s+(.+)$", re.IGNORECASE)
_DAYLESS = re.compile(r"\d{1,2}:\d{2}(:\d{2})?")
_WHEN = re.compile(rf"^\s*{_TIME}(?:\s+(.*))?$", re.IGNORECASE)


@dataclass(frozen=True)
class Entry:
    """A line for the log; `at` is None for now."""

    text: str
    verified: bool = False
    at: Moment | None = None


@dataclass(frozen=True)
class Late:
    """A milestone with its time, and why it is entered late."""

    n: int
    at: Moment
    reason: str


def narrow(typed: str) -> str:
    """Full-width digits and signs as plain ones, the rest as it is."""
    return typed.translate(_NARROW)


def understood(typed: str, zone: str) -> Entry | Late:
    """What a line means: `3 02:58 why`, `@02:58 words`, `!a verified fact`, or words. Raises PrtuiError for a bad time."""
    plain = narrow(typed)
    if (match := _STAMP.match(plain)) and match[1] in NUMBERS:
        return Late(NUMBERS[match[1]], _moment(match[2], zone, f"{match[1]} "), _part(typed, match, 3))
    at = None
    if match := _AT.match(plain):
        at = _moment(match[1], zone, "@")
        typed = _part(typed, match, 2)
    return Entry(*crisis_log.marked(typed), at)


def time_and_reason(typed: str, zone: str) -> tuple[Moment | None, str]:
    """`02:58 why` → the instant and the words; words alone have no instant. Raises PrtuiError for a bad time."""
    match = _WHEN.match(narrow(typed))
    if match is None:
        return None, typed.strip()
    return _moment(match[1], zone), _part(typed, match, 2)


def _moment(typed: str, zone: str, before: str = "") -> Moment:
    """The instant typed. Refused where a time without a day has not come yet: soon after midnight yesterday's is meant, and
    the hint says how that is typed."""
    moment = clock.parse_moment(typed, zone)
    if moment.at > clock.now() and _DAYLESS.fullmatch(typed.strip()):
        meant = f"{before}{_('yesterday')} {typed.strip()}"
        raise Refused(
            _("{at} is in the future.").format(at=moment), hint=_("For yesterday type {meant}").format(meant=meant)
        )
    return moment


def _part(typed: str, match: re.Match[str], number: int) -> str:
    # Sliced from what was typed: a Chinese comma in her words stays one.
    return typed[match.start(number) : match.end(number)].strip() if match[number] else ""


class Taking(Protocol):
    """The screen of the line."""

    def take_key(self, key: str, character: str | None) -> bool:
        """Whether the key is dealt with."""


class Ready(Prompt):
    """The place to type; the screen has every key first."""

    async def on_key(self, event: events.Key) -> None:
        """The screen, then the line's own keys, then letters."""
        if cast(Taking, self.screen).take_key(event.key, event.character):
            event.stop()
            event.prevent_default()


class CrisisLine(Horizontal):
    """What the line will become, and the place to type."""

    DEFAULT_CSS = """
    CrisisLine { height: 1; width: 100%; }
    CrisisLine > Said { width: auto; }
    CrisisLine > Ready { width: 1fr; padding: 0 1 0 0; }
    """

    def compose(self) -> ComposeResult:
        """The label and the line."""
        yield Said(id="label")
        yield Ready()

    @property
    def field(self) -> Ready:
        """The place to type."""
        return self.query_one(Ready)

    def say(self, *label: Piece) -> None:
        """Say what Enter will make of the line, or nothing."""
        said = ((" ", ""), *label, (f" {glyphs().prompt} ", "accent")) if label else ()
        self.query_one("#label", Said).show(*said)
