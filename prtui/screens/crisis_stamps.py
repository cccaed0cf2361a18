"""What happens when a milestone's key is pressed: at once, or after the one question that the milestone asks."""

from __future__ import annotations

from typing import Any

from prtui import clock
from prtui.clock import Moment
from prtui.desk import crisis, crisis_course, crisis_log, crisis_publication, crisis_statements, crisis_team, documents
from prtui.desk.crisis_coverage import coverage_of
from prtui.desk.crisis_log import BACKDATED, KEYS, label
from prtui.desk.crisis_statements import APPROVERS
from prtui.errors import Refused
from prtui.i18n import N_, _
from prtui.screens.crisis_asking import Asking
from prtui.screens.crisis_line import NUMBERS, Entry
from prtui.screens.working import job
from prtui.store import Row, Work, query
from prtui.store.crisis import Level, LogKind, undone
from prtui.store.media import Outlet

LEVELS = {"1": Level.I, "2": Level.II, "3": Level.III, "4": Level.IV}
STEPS = {6: "legal", 7: "management"}
TELEPHONE = "2"  # among the channels: how most are asked at such an hour
SURE = {
    8: N_("Published? Enter: now, or when and why"),
    10: N_("Remedy published? Enter: now, or when and why"),
    11: N_("Is it over? Enter: now, or when and why"),
}  # cannot be taken back, or stop the clock: asked once
HELP = {
    3: N_("F4, Enter on each seat: who is here."),
    4: N_("A fact that begins with ! is verified."),
    5: N_("F8 drafts the statement."),
    6: N_("F8 opens the statement."),
    8: N_("F8 opens the statement; 6 and 7 record who cleared it."),
    9: N_("Tab chooses Contact or Media; name the outlet in the line."),
    10: N_("Ctrl+O, 6 drafts the full statement; F8 opens it."),
    12: N_("The review is written from Ctrl+Y, Crisis reviews, and approved there."),
}


def stampable(row: Row, n: int) -> bool:
    """Whether the milestone may be stamped now, for the first time or once more."""
    there = crisis_log.reached(row)
    return n not in there or (n in crisis.AGAIN and crisis.AGAIN[n](row, there))


def logged(work: Work, row: Row, entry: Entry, kind: str, reason: str, session: str) -> Row:
    """A line in the log; a call is counted for the outlet that reported and that the line names."""
    outlet = None
    if kind in (LogKind.CONTACT, LogKind.MEDIA):
        ids = sorted({piece.outlet.id for piece in coverage_of(row)})
        named = [one for one in query.by_ids(Outlet.kind, ids) if one.name and one.name in entry.text]
        outlet = max(named, key=lambda one: len(one.name), default=None)
    return crisis_log.log(
        work, row, entry.text, kind, entry.verified, at=entry.at, reason=reason, outlet=outlet, session=session
    )


def emergency(work: Work, row: Row, counsel: str, channel: str, session: str) -> crisis.Stamped:
    """Counsel's spoken word logged, and with it the pre-approved text published."""
    crisis_publication.agree(work, row, counsel, channel, session=session)
    return crisis.stamp(work, row, 8, emergency=True, session=session)


class Stamps(Asking):
    """The milestones by their keys."""

    @job
    async def stamp(self, n: int) -> None:
        """The milestone reached, now."""
        await self.stamp_at(n, None, "")

    async def stamp_at(self, n: int, at: Moment | None, reason: str) -> None:
        """The milestone reached at an instant, None for now; one that was stamped is corrected."""
        row = self.held()
        if n == 2 and row.level:
            await self.change_level()
            return
        if not await self.read(stampable, row, n):
            await self._correct(row, n, at, reason)
            return
        await self._stamp(row, n, at, reason)

    def action_stamp(self, key: int | str = "") -> None:
        """The milestone of that key; from the palette the next one."""
        status = self.status
        if str(key) in NUMBERS:
            self.stamp(NUMBERS[str(key)])
        elif status is not None and status.next is not None:
            self.stamp(status.next.n)

    async def _stamp(self, row: Row, n: int, at: Moment | None, reason: str) -> None:
        values: dict[str, Any] = {}
        if n == 2:
            level = await self.which_level()
            if level is None:
                return
            values["level"] = level
        elif n in STEPS and self._statement is not None:
            try:
                await self.read(crisis_publication.to_approve, row, n)
            except Refused as error:  # before anybody is named
                raise self._helped(n, error) from error
            given = await self._approval(STEPS[n])
            if given is None:
                return
            values["by"], values["channel"] = given
        elif n == 8 and row.reply_only:
            values["note"] = await self.ask(_("What was the customer told"))
            if not values["note"]:
                return
        elif n in SURE and at is None and self._ready(n):
            sure = await self.ask_time(_(SURE[n]))
            if sure is None:
                return
            at, reason = sure
        try:
            done = await self.write(crisis.stamp, row, n, at, reason, session=self.session, **values)
        except Refused as error:
            if n == 8 and await self._emergency(row, error):
                return
            raise self._helped(n, error) from error
        self._told(done)

    def _helped(self, n: int, error: Refused) -> Refused:
        """The refusal with the key that helps here: a statement that is there already is opened, not drafted."""
        way = HELP.get(n, "")
        if n in (5, 6, 7):
            way = HELP[6] if self._statement is not None else HELP[5]
        return Refused(error.summary, error.missing, hint=_(way) if way else error.hint)

    @property
    def _statement(self) -> Row | None:
        found = self.facts.statements if self.facts is not None else []
        statement = crisis_statements.newest_open(found) or (found[-1] if found else None)
        return statement.document if statement is not None else None

    def _ready(self, n: int) -> bool:
        """Whether asking makes sense: a text that is not cleared is refused without a question."""
        facts = self.facts
        return n == 11 or (facts is not None and any(one.document.id in facts.cleared for one in facts.statements))

    def _told(self, done: crisis.Stamped) -> None:
        n = done.milestone.n
        at = done.milestone.happened_at.local(self.zone)
        self.say(*((line, "warn") for line in done.warnings))
        self.tell(
            _("[{key}] {label} {time} is stored.").format(key=KEYS.get(n, "0"), label=label(n), time=f"{at:%H:%M}"),
            "good",
        )

    async def which_level(self) -> str | None:
        """I to IV by one digit; the mark begins at the level there is."""
        here = next((digit for digit, level in LEVELS.items() if level == self.crisis.level), None)
        key = await self.pick(_("Level"), {digit: _(level.label) for digit, level in LEVELS.items()}, here)
        return LEVELS[key].value if key is not None else None

    async def change_level(self) -> None:
        """Up at once; down with a reason and whoever approves the level that is left."""
        row = self.held()
        level = await self.which_level()
        if level is None:
            return
        if level == row.level:
            self.tell(_("It stays at level {level}.").format(level=level))
            return
        reason, by = "", ""
        if level > row.level:
            roles = crisis_course.APPROVERS[row.level]
            names = [await self.read(crisis_team.who, row, role) for role in roles]
            reason = await self.ask(_("Why is it less serious")) or ""
            by = await self.ask(_("Approved by"), next((name for name in names if name), "")) or ""
        await self.write(crisis_course.set_level, row, level, reason, by=by, session=self.session)

    async def _approval(self, step: str) -> tuple[str, str] | None:
        """Who approved these exact words, and how; both are proposed."""
        row = self.crisis
        name = await self.read(crisis_team.who, row, APPROVERS[step])
        by = await self.ask(_("{step}: who said so").format(step=_(crisis_statements.WORDS[step])), name)
        if not by:
            return None
        channel = await self._channel()
        return (by, channel) if channel is not None else None

    async def _channel(self) -> str | None:
        key = await self.pick(
            _("How"), {str(number): _(one) for number, one in enumerate(documents.CHANNELS, 1)}, TELEPHONE
        )
        return _(documents.CHANNELS[int(key) - 1]) if key is not None else None

    async def _emergency(self, row: Row, refused: Refused) -> bool:
        """Offered where the text comes from a pre-approved template: counsel's spoken word, named and logged."""
        found = self.facts.statements if self.facts is not None else []
        statement = crisis_statements.newest_open(found)
        if statement is None or not statement.link.template:
            return False
        self.say((refused.summary, "bad"), *((f"- {line}", "") for line in refused.missing))
        counsel = await self.read(crisis_team.who, row, "legal")
        by = await self.ask(_("Emergency path: counsel who agrees by word (Esc: no)"), counsel)
        if not by:
            return True
        channel = await self._channel()
        if channel is not None:
            self._told(await self.write(emergency, row, by, channel, self.session))
        return True

    # -- what was wrong ---------------------------------------------------------------------------------------------------

    async def _correct(self, row: Row, n: int, at: Moment | None, reason: str) -> None:
        """Another time for a milestone that was stamped; both stay."""
        old = (await self.read(crisis_log.reached, row))[n]
        if at is None:
            question = _("{label} was {time}. Correct it to (time and why)")
            typed = await self.ask_time(
                question.format(label=label(n), time=f"{old.happened_at.local(self.zone):%H:%M}")
            )
            if typed is None or typed == (None, ""):
                return
            at, reason = typed
            if at is None:
                raise Refused(_("Type the time first, then why: 02:58 the note was late."))
        self._told(await self.write(crisis.correct, row, n, at, reason, session=self.session))

    @job
    async def action_take_back(self) -> None:
        """The newest line: a milestone is taken back, words are corrected. Nothing is overwritten."""
        row = self.held()
        entry = self._last_entry()
        if entry is None:
            raise Refused(_("There is nothing to take back."))
        if entry.n is not None:
            reason = await self.ask(
                _("Take back [{key}] {label}: why").format(key=KEYS.get(entry.n, "0"), label=label(entry.n))
            )
            if reason:
                await self.write(crisis.correct, row, entry.n, None, reason, session=self.session)
            return
        words = await self.ask(_("Correct {code}, the old line stays").format(code=entry.code), entry.text)
        if words and words.strip() != entry.text:
            await self.write(
                crisis_log.log, row, words, entry.type, entry.verified, at=entry.happened_at, corrects=entry.code,
                session=self.session,
            )  # fmt: skip

    def _last_entry(self) -> Row | None:
        facts = self.facts
        if facts is None:
            return None
        corrected = crisis_log.corrected(facts.log)
        for entry in facts.log:
            if undone(entry):
                continue
            if entry.n in facts.there and entry.n not in (0, 1):
                return entry
            if (
                entry.n is None
                and entry.type not in (LogKind.SYSTEM, LogKind.STATEMENT)
                and entry.code not in corrected
            ):
                return entry
        return None

    # -- the log ------------------------------------------------------------------------------------------------------------

    async def enter(self, entry: Entry, kind: str) -> bool:
        """The line stored; False when she gave up saying why it is late."""
        row = self.held()
        reason = ""
        if entry.at is not None and self._is_late(entry.at):
            typed = await self.ask(_("Why is it entered late"))
            if typed is None:
                return False
            reason = typed
        await self.write(logged, row, entry, kind, reason, self.session)
        return True

    def _is_late(self, at: Moment) -> bool:
        return clock.now() - at.at > BACKDATED
