"""How the crisis screen looks: the picture of the desk in quiet colours, fitted to the room there is.

A word or a sign always says what a colour says. Where there is little room the clock, what is left and what comes next stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rich.cells import cell_len

from prtui import clock
from prtui.commands import key_name
from prtui.desk import crisis_status
from prtui.desk.crisis_log import KEYS, corrected, label
from prtui.desk.crisis_picture import (
    BANNER,
    CELL,
    beside_title,
    log_lines,
    moment,
    next_line,
    remaining,
    status_lines,
    strip_cells,
)
from prtui.desk.crisis_status import Status
from prtui.i18n import _
from prtui.screens.chrome import Piece
from prtui.store import Row
from prtui.store.crisis import RUNNING, Level, undone
from prtui.terminal.width import glyphs
from prtui.text import cells, fit, plain, wrap

Lines = list[list[Piece]]

FULL = 20  # lines of the picture below its head, with three lines of the log
TOP = 3  # lines that nothing covers
LEAST = 72  # cells below which the lines are laid out anew
WARNING, ALARM = 15 * 60, 5 * 60  # seconds left
LEVELS = {Level.I: "bad", Level.II: "warn", Level.III: "warn", Level.IV: "accent"}
_SPAN = re.compile(r"([+-]?\d{2,}:\d{2}:\d{2})")
_ENTRY = re.compile(r"^(  .*?)(\[[^\]]*\])(.*)$")
_STATES = {
    crisis_status.OK: ("", "good"), crisis_status.LATE: ("", "bad"), crisis_status.NEXT: ("bold", "accent"),
    crisis_status.GAP: ("muted", "warn"), crisis_status.VOID: ("bad", "bad"), crisis_status.BLANK: ("muted", "muted"),
}  # fmt: skip


def urgency(left: float | None) -> str:
    """The tone of a time that is left."""
    if left is None:
        return "muted"
    return "bad" if left <= ALARM else "warn" if left <= WARNING else "good"


def head(status: Status, width: int) -> tuple[list[Piece], list[Piece]]:
    """Which crisis, how grave, its name; and what time it is in the cities that matter."""
    crisis = status.crisis
    if width < LEAST:
        level = crisis.level or glyphs().none
        return [
            (f"{crisis.code} ", "muted"),
            (f"[{level}] ", LEVELS.get(crisis.level, "warn")),
            (crisis.title, "bold"),
        ], []
    level, cities = beside_title(status, width - 10, len(status.zones))
    left: list[Piece] = [(f"{crisis.code}  ", "muted"), (f"[{level}]  ", LEVELS.get(crisis.level, "warn"))]
    return [*left, (crisis.title, "bold")], [(city, "muted") for city in cities]


def picture(status: Status, width: int, height: int, *, actor: str, crises: Sequence[Row]) -> Lines:
    """All there is to say about the crisis below its head, the most needed lines where there is little room."""
    log = 3 + max(0, height - FULL)
    said = status_lines(status, max(width, LEAST), ascii=glyphs().ascii, actor=actor)
    narrow = width < LEAST
    rows: list[tuple[int, list[Piece]]] = [
        (2 if len(crises) > 1 or status.crisis.drill or status.crisis.state not in RUNNING else 9, banner(status, width, crises)),
        *((0, line) for line in (_narrow(status, actor) if narrow else [_elapsed(said[2], status), _next(status, actor, width)])),
        (10, rule(width)),
        *((3, line) for line in _strip(status, width)),
        (10, rule(width)),
        (6, _labelled(said[9])), (8, _labelled(said[10])),
        (10, rule(width)),
        (6, _team(said[12], status)), (7, [(said[13], "")]), (5, _labelled(said[14])), (5, _enquiries(said[15], status)),
        (10, rule(width)),
        *((4 + number, _entry(line)) for number, line in enumerate(log_lines(status, log, width, glyphs().ellipsis))),
        (10, rule(width)),
    ]  # fmt: skip
    return _kept(rows, height)


def top(status: Status, width: int, *, actor: str, crises: Sequence[Row], height: int) -> Lines:
    """What always stands above a panel: the clock, what comes next and, where there is room, the milestones."""
    whole = picture(status, width, max(height, FULL), actor=actor, crises=crises)
    full = 8 if width >= LEAST else 6
    return whole[:full] if height >= FULL else picture(status, width, min(3, height), actor=actor, crises=crises)


def _kept(rows: Sequence[tuple[int, list[Piece]]], height: int) -> Lines:
    order = sorted(range(len(rows)), key=lambda number: (rows[number][0], number))[: max(height, 0)]
    return [rows[number][1] for number in sorted(order)]


def with_notice(lines: Lines, notice: Sequence[Piece], width: int) -> Lines:
    """The lines with what is told in the place of the last ones; the clock is never among these."""
    told: Lines = [[("  ", ""), (line, tone)] for words, tone in notice for line in wrap(words, max(width - 4, 8))]
    end = len(lines) - (1 if len(lines) >= FULL else 0)  # the closing rule stays
    room = max(end - TOP, 1)
    if len(told) > room:
        told = [*told[: room - 1], [(f"  {glyphs().ellipsis}", "muted")]]
    return lines[: end - len(told)] + told + lines[end:] if told else lines


def rule(width: int) -> list[Piece]:
    """A thin line across."""
    return [(glyphs().rule * max(width, 0), "muted")]


def banner(status: Status, width: int, crises: Sequence[Row]) -> list[Piece]:
    """That it is a drill, which other crises run, and a state that is not running; a strong line where there is none."""
    crisis = status.crisis
    parts: list[Piece] = [(f" {BANNER} ", "warn")] if crisis.drill else []
    if crisis.state not in RUNNING:
        parts += [(f" {crisis.shown('state')} ", "bold")]
    if len(crises) > 1:
        for one in crises:
            here = one.id == crisis.id
            word = f"{one.code} 【演练】" if one.drill else one.code
            parts += [(f" {glyphs().mark if here else ' '}", "accent"), (f"{word} ", "bold" if here else "muted")]
        parts += [(f"  {key_name('shift+down')} ", "muted")]
    used = sum(cells(value) for value, _tone in parts)
    side = max((width - used) // 2, 0) if len(crises) < 2 else 0
    return [*rule(side), *parts, *rule(width - used - side)]


def _elapsed(line: str, status: Status) -> list[Piece]:
    return _spans(line, ["", urgency(status.left)], urgency(status.left))


def _next(status: Status, actor: str, width: int) -> list[Piece]:
    left = None if status.next is None or status.next.due is None else (status.next.due - status.at).total_seconds()
    # A third clock that ticks is one too many as long as there is time, and 6 bytes a second on a slow line.
    slow = _in_minutes(left) if left is not None and left > WARNING else ""
    line = plain(next_line(status, actor, width, glyphs().ellipsis, slow))
    action, colon, rest = line.partition("] ")
    label, bracket, key = action.rpartition("[")
    if not (bracket and colon):
        return [(line, "")]
    what, sep, who = rest.partition(": ")
    parts: list[Piece] = [(label, "muted"), (f"[{key}]", "accent"), (f" {what}", "bold"), (sep, "")]
    if slow and who.endswith(slow):
        return [*parts, (who.removesuffix(slow), ""), (slow, urgency(left))]
    return parts + _spans(who, [urgency(left)], "")


def _in_minutes(left: float) -> str:
    days, hours, minutes = int(left) // 86400, int(left) // 3600, int(left) // 60 % 60
    if days > 1:
        return _("left {days} d {hours} h").format(days=days, hours=hours % 24)
    if hours:
        return _("left {hours} h {minutes} min").format(hours=hours, minutes=minutes)
    return _("left {minutes} min").format(minutes=minutes)


def _spans(line: str, tones: Sequence[str], bar: str) -> list[Piece]:
    """The lengths of time in a line, all of one style, so that a second costs a digit each and no change of pens; the word
    before each in these tones, one after the other, and the bar in its own."""
    parts: list[Piece] = []
    left = list(tones)
    for part in _SPAN.split(line):
        if _SPAN.fullmatch(part):
            words, gap, word = parts.pop()[0].rpartition("  ") if parts else ("", "", "")
            parts += [(words + gap, ""), (word, left.pop(0) if left else ""), (part, "bold")]
        else:
            words, bracket, rest = part.partition("[") if bar and parts else (part, "", "")
            parts += [(words, "")] + ([(_bar(bracket + rest), bar)] if bracket else [])
    return parts


def _bar(drawn: str) -> str:
    return drawn if glyphs().ascii else drawn.strip("[]").replace("#", glyphs().full).replace("-", glyphs().hollow)


def _narrow(status: Status, actor: str) -> Iterator[list[Piece]]:
    sign = "-" if status.elapsed < 0 else ""
    big, following = status.big, status.next
    tone = urgency(status.left)
    due = big.due if big is not None else None
    yield [(f" {sign}{clock.span(status.elapsed)}", "bold"), *_spans(f"  {remaining(due, status)}", [tone], "")]
    if big is not None and due is not None:
        yield [(f" {_(big.name)} {moment(due, status, day_end=big.days is not None)}", "")]
    if following is None:
        yield [(f" {status.crisis.shown('state')}", "")]
        return
    yield [(f" [{KEYS[following.n]}]", "accent"), (f" {_(following.action)}", "bold")]
    you = following.who == actor
    yield [(f" {following.who or glyphs().none}", ""), (_(" (you)") if you else f" {following.phone}", "muted")]


def _strip(status: Status, width: int) -> Iterator[list[Piece]]:
    pairs = list(zip(strip_cells(status), status.strip, strict=True))
    a_line = max(1, min(4, width // (CELL + 1)))
    for start in range(0, len(pairs), a_line):
        parts: list[Piece] = [(" ", "")]
        for word, cell in pairs[start : start + a_line]:
            tone, mark = _STATES[cell.state]
            body, end = _cut(word, CELL - 3)
            key = "accent" if cell.state == crisis_status.NEXT else tone
            parts += [(word[:1], key), (body[1:], tone), (f"{end} ", mark)]
        yield [*parts[:-1], (parts[-1][0].rstrip(), parts[-1][1])]


def _cut(line: str, width: int) -> tuple[str, str]:
    """The characters of the first so many cells, and the rest."""
    used = 0
    for at, character in enumerate(line):
        used += cell_len(character)
        if used > width:
            return line[:at], line[at:]
    return line, ""


def _labelled(line: str) -> list[Piece]:
    """The first word of a line is its label."""
    label, gap, rest = line[2:].partition("  ")
    return [("  ", ""), (label + gap, "muted"), *_warned(rest)]


def _team(line: str, status: Status) -> list[Piece]:
    return _labelled(line) if status.team else [(f"  {_('Team')}  ", "muted"), (_("nobody yet: F4 names them"), "warn")]


def _warned(words: str) -> Iterator[Piece]:
    """`!` after a time that is past stands out."""
    for number, part in enumerate(re.split(r"( !)(?= |$)", words)):
        yield part, "bad" if number % 2 else ""


def _enquiries(line: str, status: Status) -> list[Piece]:
    if not status.enquiries:
        return _labelled(line)
    label, gap, rest = line[2:].partition("  ")
    left = (status.enquiries[0].deadline_at.at - status.at).total_seconds()
    tone = "bad" if left <= 0 else "warn" if left <= 2 * WARNING else ""
    first, more, others = rest.partition("   ")
    return [("  ", ""), (label + gap, "muted"), (first, tone), (more + others, "")]


def _entry(line: str) -> list[Piece]:
    match = _ENTRY.match(line)
    if match is None:
        return [(line, "")]
    verified = f"  ({_('Verified')})"
    words = match[3].removesuffix(verified)
    return [(match[1] + match[2], "muted"), (words, ""), (verified if words != match[3] else "", "good")]


def entries(status: Status, log: Sequence[Row], width: int) -> Lines:
    """Lines of the log as the picture has them, with what a correction needs: the code."""
    at = [f"{moment(row.happened_at.at, status)}" for row in log]
    room = max(map(cells, at), default=0)
    wrong = corrected(status.log)
    return [_log_line(row, row.code in wrong, f"{when:>{room}}", width) for row, when in zip(log, at, strict=True)]


def _log_line(row: Row, wrong: bool, when: str, width: int) -> list[Piece]:
    """The line, its reason and then its words cut where there is no room: the code is typed when the line is corrected."""
    kind = label(row.n) if row.n is not None else row.shown("type")
    first: Piece = (f"  {when} [{kind}] ", "muted")
    signs: list[Piece] = [(f"  ({_('Verified')})", "good")] if row.verified else []
    signs += [(f"  ({_('undone')})", "warn")] if undone(row) else []
    signs += [(f"  ({_('corrected')})", "warn")] if wrong else []
    signs += [(f"  {_('corrects {code}').format(code=row.corrects)}", "muted")] if row.corrects else []
    last: Piece = (f"  {plain(row.by)}  {row.code}" if width >= LEAST else f"  {row.code}", "muted")
    text, reason = plain(row.text), plain(row.reason)
    reason = f"  {reason}" if reason and reason not in text else ""
    room = width - sum(cells(value) for value, _tone in (first, *signs, last))
    text = fit(text, min(cells(text), max(room, 0)), ellipsis=glyphs().ellipsis)
    room -= cells(text)
    reason = fit(reason, min(cells(reason), room), ellipsis=glyphs().ellipsis) if room > 3 else ""
    return [first, (text, ""), *signs, (reason, "muted"), last]
