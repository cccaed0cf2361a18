"""What importing files would do, before anything is stored: new, duplicate or unreadable, each with its reason.

Storing is the desk's: it takes `values(reading)` of what is new, inside one unit of work, so that one undo takes all back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from prtui.exchange.files import walk
from prtui.exchange.found import Unreadable, shown
from prtui.exchange.guesses import in_english
from prtui.exchange.parting import parted
from prtui.exchange.reading import SUFFIXES, Reading, moment, read
from prtui.i18n import _

NEW, DUPLICATE, UNREADABLE = "new", "duplicate", "unreadable"


@dataclass
class Planned:
    """One file and what importing it does. `of` is the code of the stored record or the path of the file it repeats;
    `problem` says why it is unreadable and what to do."""

    reading: Reading | None
    path: Path
    action: str
    of: str = ""
    problem: str = ""


def plan(
    paths: Iterable[Path],
    known: Callable[[str], str | None],
    zone: str,
    progress: Callable[[int, int, Path], None] | None = None,
    *,
    others: list[Path] | None = None,
    on: date | None = None,
) -> list[Planned]:
    """Reads every file below `paths` and says what importing each would do; nothing is stored.

    `known` gives the code of the record that has a fingerprint already. `progress` is called with the number done, the
    total and the file that is read next; what it raises stops the reading. Files of kinds that are not read are added to
    `others`. `on` is the day of every text that does not say its own.
    """
    problems: list[Unreadable] = []
    found = list(walk(paths, SUFFIXES, problems=problems, others=others))
    planned: list[Planned] = []
    seen: dict[str, Path] = {}
    for done, path in enumerate(found):
        if progress:
            progress(done, len(found), path)
        planned.append(_planned(path, known, zone, seen, on))
    planned += [Planned(None, Path(problem.name), UNREADABLE, problem=str(problem)) for problem in problems]
    return planned


def _planned(
    path: Path, known: Callable[[str], str | None], zone: str, seen: dict[str, Path], on: date | None
) -> Planned:
    try:
        reading = read(path, zone=zone)
    except Unreadable as problem:
        return Planned(None, path, UNREADABLE, problem=str(problem))
    except (OSError, MemoryError) as error:
        why = getattr(error, "strerror", None) or _("it needs too much memory.")
        return Planned(None, path, UNREADABLE, problem=str(Unreadable(shown(path), why)))
    code = known(reading.fingerprint)
    if code:
        return Planned(reading, path, DUPLICATE, of=code)
    first = seen.setdefault(reading.fingerprint, path)
    if first != path:
        return Planned(reading, path, DUPLICATE, of=str(first))
    if reading.at is None and on is not None:
        reading.at, reading.on = moment(on, zone), on
    if reading.kind_guess == "coverage" and reading.at is None:
        return Planned(None, path, UNREADABLE, problem=str(_undated(reading)))
    return Planned(reading, path, NEW)


def _undated(reading: Reading) -> Unreadable:
    # Coverage has a day or none of the measures can count it, and today's would be a wrong one.
    return Unreadable(
        reading.source,
        _("it is coverage in {outlet} and does not say which day.").format(outlet=reading.outlet),
        hint=_("Put the day into the name of the file, like 2026-03-12_…, or import it with --date DAY."),
    )


def values(reading: Reading) -> tuple[str, dict[str, object]]:
    """The kind of record the reading becomes, `coverage` or `document`, and the values of its fields. A document's text
    goes into the fields of its language, without what its template says by itself."""
    common: dict[str, object] = {
        "title": reading.title,
        "source": reading.source,
        "fingerprint": reading.fingerprint,
    }
    if reading.kind_guess == "coverage":
        return "coverage", common | {
            "body": reading.text,
            "outlet": reading.outlet,
            "author": reading.author,
            "published_at": reading.at,
            "url": reading.url,
        }
    part = parted(reading.kind_guess, reading.title, reading.text, reading.zone)
    common |= {"type": reading.kind_guess, "dated_on": reading.on, "confidentiality": "internal"}
    common |= part.fields | {"body": part.body, "left_out": "\n".join(part.left_out)}
    if in_english(reading.text):
        common |= {f"{name}_en": common.pop(name) for name in ("subtitle", "body", "city") if name in common}
        common["title_en"] = reading.title  # and in `title` too, without which no document is
    return "document", common
