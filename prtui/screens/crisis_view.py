"""What the crisis screen shows: the picture, a panel below the clock, the line, and its keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from textual.app import ComposeResult

from prtui import clock
from prtui.commands import CRISIS, EVERYWHERE, TYPING, Command, key_name, of
from prtui.desk.crisis_status import Status
from prtui.i18n import N_, _
from prtui.screens.chrome import Keys, Piece
from prtui.screens.crisis_canvas import Canvas
from prtui.screens.crisis_face import LEAST, Lines, entries, head, picture, rule, top, with_notice
from prtui.screens.crisis_line import CrisisLine
from prtui.screens.crisis_more import More
from prtui.screens.crisis_phones import Chair, beside, chairs
from prtui.screens.crisis_phones import panel as phones
from prtui.screens.crisis_stamps import LEVELS
from prtui.screens.crisis_start import panel as beginning
from prtui.store.crisis import LogKind
from prtui.terminal.width import glyphs
from prtui.text import cells, fit, wrap

PHONES, LOG, HELP = "phones", "log", "help"
WRITES = ("stamp", "log", "more", "take_back")  # refused to whoever only reads
PREFIXES = (
    ("!", N_("before a fact: it is verified")),
    ("@02:58", N_("before the words: that happened earlier")),
    ("Space 3 02:58", N_("and why: a milestone that is entered late; Space also begins words with a number")),
)


class CrisisView(More):
    """`panel` stands below the clock instead of the deadlines; `mark` is in it, or among the crises that do not run; `kind`
    is what the line becomes in the log, `level` what a new crisis begins with; `anew` that another one is begun."""

    has_detail = True

    def __init__(self) -> None:
        super().__init__()
        self.anew = False
        self.panel = ""
        self.kind = LogKind.FACT
        self.level = ""
        self.mark = 0
        self.page = 1  # lines that PgDn goes on by: what was the last one stays in sight

    def body(self) -> ComposeResult:
        """The picture, and the line that is always ready."""
        yield Canvas(id="canvas")
        yield CrisisLine(id="entry")

    @property
    def canvas(self) -> Canvas:
        """The picture."""
        return self.query_one(Canvas)

    def focus_first(self) -> None:
        """The line."""
        self.entry.focus()

    def draw(self) -> None:
        """Everything as it is at this instant; what is said already is not painted."""
        reading, canvas = self.reading, self.canvas
        width, height = canvas.size
        if reading is None or width < 1:
            return
        status = self.status
        self.set_class(status is not None, "-crisis")
        if status is None:
            self._draw_start(width, height)
            return
        self.head(*head(status, self.size.width))
        actor = self.desk.settings.actor
        if self.panel or self.choices:
            above = top(status, width, actor=actor, crises=reading.crises, height=height)
            lines = self._under(above, self._panel_lines(status, width, height - len(above) - 1), width, height)
        else:
            lines = picture(status, width, height, actor=actor, crises=reading.crises)
        canvas.show(with_notice(lines, self.notice, width))
        self.detail.show(beside(status, self._chairs, 37))
        self._say_label()

    def _draw_start(self, width: int, height: int) -> None:
        now = clock.now()
        cities: list[Piece] = [
            (f"  {clock.city(zone)} {now.astimezone(clock.zone(zone)):%H:%M}", "muted")
            for zone in self.desk.settings.zones
        ]
        words = _("another one") if self.anew else _("nothing is running")
        self.head([(_("Crisis"), "bold"), (f"  {words}", "muted")], cities)
        past = self.reading.past if self.reading is not None else ()
        lines = beginning(past, self.mark - 1, self.level, height - 1)
        self.canvas.show(with_notice(self._under([], lines, width, height), self.notice, width))
        self.detail.show([])
        self._say_label()

    def _under(self, above: Lines, lines: Lines, width: int, height: int) -> Lines:
        room = height - len(above) - 1
        return [*above, *lines[:room], *([[]] * (room - len(lines))), rule(width)]

    def _panel_lines(self, status: Status, width: int, room: int) -> Lines:
        self.page = max(1, min(8, room - 2))
        if self.choices:
            return self._choice_lines(room)
        if self.panel == PHONES:
            self.mark = min(self.mark, len(self._chairs) - 1)
            return phones(self._chairs, self.mark, status, room)
        if self.panel == LOG:
            self.mark = max(0, min(self.mark, len(status.log) - room))
            return entries(status, status.log[self.mark : self.mark + room], width)
        lines = _help(width)
        self.mark = max(0, min(self.mark, len(lines) - room))
        below = len(lines) - self.mark - room
        if below < 1 or room < 3:
            return lines[self.mark : self.mark + room]
        more = _("{count} more lines").format(count=below + 1)
        return [
            *lines[self.mark : self.mark + room - 1],
            [(f"  {key_name('pagedown')}", "key"), (f"  {more}", "muted")],
        ]

    def _choice_lines(self, room: int) -> Lines:
        at = self.question.at if self.question is not None else -1
        lines: Lines = []
        for number, (key, words) in enumerate(self.choices):
            here = number == at
            lines.append(
                [
                    (f" {glyphs().mark if here else ' '} ", "accent"),
                    (key, "key"),
                    (f"  {words}", "bold" if here else ""),
                ]
            )
        return lines[max(0, at + 1 - room) :]

    @property
    def _chairs(self) -> list[Chair]:
        reading = self.reading
        return chairs(reading.facts, reading.plan) if reading is not None and reading.facts is not None else []

    def _say_label(self) -> None:
        label = self.query_one(CrisisLine)
        if self.question is not None:
            label.say((self.question.words, "bold"))
        elif self.facts is None:
            level = next((one for one in LEVELS.values() if one.value == self.level), None)
            label.say((_("Title"), "muted"), (f" {level.value}" if level is not None else "", "accent"))
        elif not self.holds:
            label.say(
                (_("Read only: {who} holds it. Ctrl+T takes over").format(who=self.crisis.held_by or "—"), "warn")
            )
        else:
            verified = self.entry.value.lstrip().startswith(("!", "！"))
            label.say((_(self.kind.label), ""), (f" {_('verified')}" if verified else "", "good"))

    def show_keys(self) -> None:
        """The milestones' keys, and what is one key away."""
        everywhere = {one.action: one for one in of(EVERYWHERE)}
        if self.question is not None:
            keys, marked = self.question.keys, self.question.at >= 0
            asked = [one for one in of(TYPING) if marked or not keys or one.action != "take"]
            if keys:
                asked.insert(0, replace(of(TYPING)[0], keys="0", shown=_in_short(keys), label=N_("Choose")))
            self.query_one(Keys).update([*asked, everywhere["help"]], typing=not keys)
            return
        first = [one for one in of(CRISIS) if one.foot]
        if self.facts is None:
            first = [
                replace(one, label=N_("Start the clock")) if one.action == "log" else one
                for one in first
                if one.action in ("log", "lists")
            ]
        else:
            if not self.holds:
                first = [one for one in of(CRISIS) if one.action == "take_over"]
                first += [one for one in of(CRISIS) if one.foot and one.action not in WRITES]
            if self.is_quiet:
                label = N_("Real crisis") if self.crisis.drill else N_("New crisis")
                first = [replace(one, label=label) if one.action == "begin" else one for one in first]
                first.sort(key=lambda one: one.action != "begin")
            if self.panel:
                instead = ("log", "phones") if self.panel == PHONES else ()
                first = [*self._panel_keys(), *(one for one in first if one.action not in instead)]
        self.query_one(Keys).update([*first, replace(everywhere["find"], keys="f9"), everywhere["help"]])

    def _panel_keys(self) -> list[Command]:
        """The keys of what stands below the clock."""
        here = {one.action: one for one in of(CRISIS)}
        back = here["back"]
        if self.panel != PHONES:
            return [
                replace(here["scroll"], shown=f"{key_name('pageup')} {key_name('pagedown')}", label=N_("Scroll")),
                back,
            ]
        marked = self._chairs[self.mark]
        label = N_("Note the call") if marked.member is not None else N_("Name somebody")
        moves = replace(here["next"], shown=f"{key_name('up')} {key_name('down')}", label=N_("Choose"))
        return [*([replace(here["log"], label=label)] if self.holds else []), moves, back]


def _in_short(keys: Sequence[str]) -> str:
    """1 2 3 4 0 as `1–4 0`."""
    run = 0
    while run < len(keys) and keys[run] == str(run + 1):
        run += 1
    return " ".join([f"1–{run}", *keys[run:]] if run > 2 else keys)


def _help(width: int) -> Lines:
    """What each key does, nothing of it cut: a key that is cut could be another one."""
    entries: list[tuple[str, str, str]] = [(signs, "", _(words)) for signs, words in PREFIXES]
    for command in of(CRISIS):
        keys = command.key if command.shown else "  ".join(key_name(key) for key in command.keys.split())
        entries.append((keys, _(command.label), _(command.help)))
    first, second = (
        max(cells(keys) for keys, _label, _words in entries),
        max(cells(label) for _keys, label, _words in entries),
    )
    narrow = width < LEAST
    lines: Lines = []
    for keys, label, words in entries:
        # A sign has no label: what it means has all the room.
        at = 4 if narrow else first + 4 + (second + 2 if label else 0)
        told = wrap(words, max(width - at - 1, 8)) if words else []
        head: list[Piece] = [(f"  {fit(keys, first)}  ", "key")]
        if label:
            head.append((fit(label, second) + "  ", ""))
        if told and not narrow:
            head.append((told.pop(0), "muted"))
        lines += [head, *([(" " * at, ""), (one, "muted")] for one in told)]
    return lines
