"""Calendar files (.ics, RFC 5545) that Outlook, Apple and Google take as they are: UTC, a stable UID, a reminder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from prtui.clock import Moment
from prtui.text import clean

_LONGEST = 75  # octets of a line


@dataclass(frozen=True)
class Event:
    """What is in the calendar. `uid` stays the same whenever the event changes and `sequence` then rises; `remind` is how
    long before its start a reminder comes."""

    uid: str
    title: str
    starts: Moment
    ends: Moment | None = None
    place: str = ""
    description: str = ""
    organiser: str = ""
    sequence: int = 0
    remind: timedelta | None = timedelta(days=1)


def calendar(events: list[Event], stamped: datetime) -> bytes:
    """The events as one file; `stamped` is when it was made (aware)."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//prtui//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    for event in events:
        lines += _event(event, stamped)
    lines.append("END:VCALENDAR")
    return "".join(f"{piece}\r\n" for line in lines for piece in _folded(line)).encode()


def _event(event: Event, stamped: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_escaped(event.uid)}"
    yield f"DTSTAMP:{_utc(stamped)}"
    yield f"SEQUENCE:{event.sequence}"
    yield f"DTSTART:{_utc(event.starts.at)}"
    yield f"DTEND:{_utc(event.ends.at if event.ends else event.starts.at + timedelta(hours=2))}"
    yield f"SUMMARY:{_escaped(event.title)}"
    for name, value in (("LOCATION", event.place), ("DESCRIPTION", event.description), ("CONTACT", event.organiser)):
        if value:
            yield f"{name}:{_escaped(value)}"
    if event.remind is not None:
        minutes = int(event.remind.total_seconds() // 60)
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"TRIGGER:-PT{minutes}M", f"DESCRIPTION:{_escaped(event.title)}")
        yield "END:VALARM"
    yield "END:VEVENT"


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    plain = clean(text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return plain.replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Pieces of at most 75 octets, the later ones after a blank; a character is never parted."""
    piece, size = "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > _LONGEST:
            yield piece
            piece, size = " ", 1
        piece, size = piece + letter, size + octets
    yield piece
