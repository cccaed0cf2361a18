"""The 3 a.m. screen as 21 lines of plain text, for the command line and for the screen (DOMAIN §4.4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from prtui import clock
from prtui.i18n import N_, _
from prtui.store.crisis import RUNNING, undone
from prtui.store.records import Row
from prtui.text import cells, fit, plain

from . import crisis_status
from .crisis_clocks import Deadline
from .crisis_log import KEYS, corrected, label
from .crisis_status import Cell, Status
from .crisis_team import role_label

BANNER = "【演练】 EXERCISE"
CELL = 19  # cells of a milestone in the strip, the last 3 of them its mark
_BAR = 16
TITLE = 10  # cells of the title that go before the clock of another city: who is rung there matters more than the rest
WHOLE = 20  # cells of the title that go before the word for the level, whose number says the same
LEAST_ACTION, LEAST_NAME = 12, 8  # cells of what is next, and of who does it, where both are cut
# Where the benchmarks find no room under their names, by their key.
SHORT = {
    "golden1": N_("Golden 1 h"), "golden4": N_("Golden 4 h"), "golden24": N_("Golden 24 h"), "authority5": N_("Info 5 h"),
    "conference24": N_("Press 24 h"), "other48": N_("Other 48 h"),
}  # fmt: skip


def status_lines(status: Status, width: int = 80, *, ascii: bool = False, actor: str = "", log: int = 3) -> list[str]:
    """The lines of a crisis, none wider than `width` cells: who, how long, what is next, who holds it, which clock is nearest.
    `actor` is told when it is his turn; `log` is how many lines of the log there are. Without colour, without boxes."""
    dots = "..." if ascii else "…"
    rule = "-" * width
    lines = [
        _head(status, width, dots),
        _banner(status, width),
        _elapsed(status, width),
        next_line(status, actor, width, dots),
        rule,
        *_strip(status),
        rule,
        _statutory(status),
        _benchmarks(status, width),
        rule,
        *_team(status, width),
        _statement(status),
        _enquiries(status),
        rule,
        *log_lines(status, log, width, dots),
        rule,
    ]
    return [fit(plain(line), width, ellipsis=dots).rstrip() for line in lines]


def moment(at: datetime, status: Status, *, day_end: bool = False, short: bool = False) -> str:
    """03:17 today, 次日02:47 tomorrow, else with the date, on the brand's wall clock; a midnight may be told as 24:00."""
    zone = clock.zone(status.zone)
    local, now = at.astimezone(zone), status.at.astimezone(zone)
    word = f"{local:%H:%M}"
    if day_end and word == "00:00":
        return f"{local - timedelta(days=1):%m-%d} 24:00"
    days = (local.date() - now.date()).days
    if days == 0:
        return word
    tomorrow = _("+1d {time}") if short else _("next day {time}")
    return tomorrow.format(time=word) if days == 1 else f"{local:%m-%d} {word}"


def remaining(at: datetime | None, status: Status) -> str:
    """“left 00:41:36”, or “over +00:12:00”."""
    if at is None:
        return ""
    seconds = (at - status.at).total_seconds()
    word = _("left {length}") if seconds >= 0 else _("over +{length}")
    return word.format(length=clock.span(seconds))


def beside_title(status: Status, width: int, most: int) -> tuple[str, list[str]]:
    """The level and the hours of at most so many cities, as these cells leave room for the title: first the level is only a
    number, then one city after the other goes."""
    crisis = status.crisis
    level: str = crisis.shown("level") or _("level not set")
    cities = [f"  {clock.city(zone)} {status.at.astimezone(clock.zone(zone)):%H:%M}" for zone in status.zones[:most]]
    title, left = cells(plain(crisis.title)), width - cells(crisis.code)
    if crisis.level and left - cells(level) - cells("".join(cities)) < min(title, WHOLE):
        level = crisis.level
    while len(cities) > 1 and left - cells(level) - cells("".join(cities)) < min(title, TITLE):
        cities.pop()
    return level, cities


def _head(status: Status, width: int, dots: str) -> str:
    level, cities = beside_title(status, width - 7, 3)
    left, right = f" {status.crisis.code}  [{level}]  ", "".join(cities)
    return left + fit(plain(status.crisis.title), width - cells(left) - cells(right), ellipsis=dots) + right


def _banner(status: Status, width: int) -> str:
    words = [BANNER] if status.crisis.drill else []
    if status.crisis.state not in RUNNING:
        words.append(status.crisis.shown("state"))
    if not words:
        return "=" * width
    word = f" {'  '.join(words)} "
    side = (width - cells(word)) // 2
    return "=" * side + word + "=" * (width - cells(word) - side)


def _elapsed(status: Status, width: int) -> str:
    sign = "-" if status.elapsed < 0 else ""
    line = f"  {_('Elapsed')}  {sign}{clock.span(status.elapsed)}"
    if status.big is None or status.big.due is None:
        return f"{line}     {_('no clock is running')}"
    due = moment(status.big.due, status, day_end=status.big.days is not None)
    said = f"{fit(line, 22)} {_(status.big.name)} {due}  {remaining(status.big.due, status)}"
    bar = min(_BAR, width - cells(said) - 5)
    filled = round(status.share * bar)
    return f"{said}   [{'#' * filled}{'-' * (bar - filled)}]" if bar > 0 else said


def next_line(status: Status, actor: str, width: int, dots: str = "…", left: str = "") -> str:
    """What comes next, who does it and how much time is left (`left`, where that is told in other words). Where there is little
    room the action is cut, then the name, then the hour goes and the telephone last; what is left is always there."""
    following = status.next
    if following is None:
        return f"  {_('Next:')} {status.crisis.shown('state')}"
    action, who = _(following.action), plain(following.who) or "--"
    you = _(" (you)") if actor and following.who == actor else ""
    phone = f" {plain(following.phone)}" if following.phone and not you else ""
    by, until = "", ""
    if following.due is not None:
        by = f"  {_('by {time}').format(time=moment(following.due, status))}"
        until = f"  {left or remaining(following.due, status)}"
    lead = f"  {_('Next:')} [{KEYS[following.n]}] "
    least = min(cells(action), LEAST_ACTION) + min(cells(who), LEAST_NAME) + cells(f"{lead}: {you}{until}")
    if least + cells(phone + by) > width:
        by = ""
    if least + cells(phone) > width:
        phone = ""
    room = width - cells(f"{lead}: {you}{phone}{by}{until}")
    action = fit(action, min(cells(action), max(room - cells(who), LEAST_ACTION)), ellipsis=dots)
    who = fit(who, min(cells(who), max(room - cells(action), LEAST_NAME)), ellipsis=dots)
    return f"{lead}{action}: {who}{you}{phone}{by}{until}"


def strip_cells(status: Status) -> list[str]:
    """Each milestone in `CELL` cells: its key, its name, its time and how it stands."""
    zone = clock.zone(status.zone)
    return [_cell(cell, zone) for cell in status.strip]


def _strip(status: Status) -> list[str]:
    shown = strip_cells(status)
    return [" " + " ".join(shown[at : at + 4]) for at in (0, 4, 8)]


def _cell(cell: Cell, zone: ZoneInfo) -> str:
    time = f"{cell.at.astimezone(zone):%H:%M}" if cell.at is not None else "--:--"
    return f"{cell.key} {fit(label(cell.n), 7)} {time} {fit(_mark(cell), 3)}"


def _mark(cell: Cell) -> str:
    if cell.state == crisis_status.LATE:
        late = cell.late
        return (
            f"+{late}"
            if late < 100
            else f"+{late // 60}h"
            if late < 600
            else f"+{late // 1440}d"
            if late > 1440
            else "+9h"
        )
    return {
        crisis_status.OK: "ok", crisis_status.NEXT: "<<", crisis_status.GAP: _("gap"), crisis_status.VOID: "!!",
    }.get(cell.state, "")  # fmt: skip


def _statutory(status: Status) -> str:
    found = [one for one in status.clocks if one.legal]
    words = [_clock(one, status, counsel=len(found) == 1) for one in sorted(found, key=_order)]
    return f"  {_('Statutory')}  " + ("   ".join(words) or "--")


def _benchmarks(status: Status, width: int) -> str:
    found = [one for one in status.clocks if not one.legal and (status.big is None or one.key != status.big.key)]
    found.sort(key=_order)
    line = f"  {_('Benchmark')}  " + ("   ".join(_clock(one, status) for one in found) or "--")
    if cells(line) <= width:
        return line
    short = [_clock(replace(one, name=SHORT.get(one.key, one.name)), status, short=True) for one in found]
    return f"  {_('Benchmark')}  " + "   ".join(short)


def _order(one: Deadline) -> tuple[bool, bool, float]:
    return one.met is not None, one.due is None, one.due.timestamp() if one.due is not None else 0.0


def _clock(one: Deadline, status: Status, *, counsel: bool = False, short: bool = False) -> str:
    if one.met is not None:
        return f"{_(one.name)} ok"
    due = _("at once") if one.due is None else moment(one.due, status, day_end=one.days is not None, short=short)
    if one.due is not None and one.due < status.at:
        due += " !"
    length = _(" {days} working days ->").format(days=one.days) if one.days is not None else ""
    confirmed = one.confirmed_by or _("no")
    tail = _("  (counsel: {who})").format(who=confirmed) if counsel else ""
    return f"{_(one.name)}{length} {due}{tail}"


def _team(status: Status, width: int) -> list[str]:
    """Two lines of seats, as many as fit: no telephone number is ever cut."""
    if not status.team:
        return [f"  {_('Team')}  " + _("nobody yet: prtui crisis team legal=NAME"), ""]
    lead = f"  {_('Team')}  "
    lines, at = [lead, " " * cells(lead)], 0
    left = list(status.team)
    for seat in status.team:
        word = _seat(seat, status)
        while at < 2 and cells(lines[at]) + cells(word) > width - 4 and cells(lines[at]) > cells(lead):
            at += 1
        if at == 2:
            break
        lines[at] += word + "   "
        left.remove(seat)
    if left:
        lines[1] = fit(lines[1].rstrip(), width - 4) + f" +{len(left)}"
    return lines


def _seat(seat: crisis_status.Seat, status: Status) -> str:
    local = ""
    if seat.zone != status.zone:
        local = f" {clock.city(seat.zone)} {status.at.astimezone(clock.zone(seat.zone)):%H:%M}"
    return f"{role_label(seat.role)} {seat.name} {seat.phone}{local} {_(seat.state)}"


def _statement(status: Status) -> str:
    lead = f"  {_('Statement')}  "
    if status.facts.ratify_by is not None:
        return lead + _("EMERGENCY, to be ratified until {at}  {left}").format(
            at=moment(status.facts.ratify_by, status), left=remaining(status.facts.ratify_by, status)
        )
    if status.statement is None:
        codes = ", ".join(row.code for row in status.facts.templates)
        ready = _("approved templates: {codes}").format(codes=codes) if codes else _("no approved template")
        return lead + ready + "   " + _("approved text: none")
    document = status.statement.document
    words = [f"{document.code} {document.shown('status')}"]
    if status.blanks:
        words.append(_("to fill: {names}").format(names="、".join(status.blanks)))
    if not status.statement.out:
        words.append(_("approved text: {code}").format(code=status.approved or _("none")))
    if status.facts.outdated:
        words.append(_("older than the newest fact!"))
    return lead + "   ".join(words)


def _enquiries(status: Status) -> str:
    words = []
    for at, row in enumerate(status.enquiries):
        name = row.outlet.title if row.outlet is not None else row.reporter
        left = f" {remaining(row.deadline_at.at, status)[:-3]}" if at == 0 else ""
        words.append(f"{row.code} {name} {moment(row.deadline_at.at, status)}{left}")
    return f"  {_('Enquiry')}  " + ("   ".join(words) or _("none open"))


def log_lines(status: Status, count: int, width: int, dots: str = "…") -> list[str]:
    """So many lines of the log, the newest first; of a long one the words are cut, not what is said about them."""
    wrong = corrected(status.log)
    lines = [_entry(row, row.code in wrong, status, width, dots) for row in status.log[:count]]
    return lines + [""] * (count - len(lines))


def _entry(row: Row, wrong: bool, status: Status, width: int, dots: str) -> str:
    kind = label(row.n) if row.n is not None else row.shown("type")
    lead = f"  {moment(row.happened_at.at, status)} [{kind}] "
    signs = f"  ({_('undone')})" if undone(row) else ""
    signs += f"  ({_('corrected')})" if wrong else ""
    signs += f"  ({_('Verified')})" if row.verified else ""
    words = plain(row.text)
    return lead + fit(words, min(cells(words), max(width - cells(lead + signs), 8)), ellipsis=dots) + signs
