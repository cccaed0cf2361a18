"""What is done more rarely, by one key and a digit; the team, the statement, and the lists behind the crisis."""

from __future__ import annotations

from typing import Any

from prtui import clock
from prtui.clock import Moment
from prtui.commands import key_name
from prtui.desk import crisis, crisis_clocks, crisis_course, crisis_log, crisis_publication, crisis_statements, records
from prtui.desk.crisis_team import role_label
from prtui.errors import NotFound, Refused
from prtui.i18n import N_, _
from prtui.screens.crisis_phones import ANSWERS, OTHER, Chair, contacted, seated
from prtui.screens.crisis_word import Word
from prtui.screens.working import job
from prtui.store import Row, Work, query
from prtui.store.crisis import CrisisScenario, CrisisState, Purpose, of_crisis
from prtui.terminal.width import glyphs

MORE = {
    "1": N_("Level"), "2": N_("State"), "3": N_("Title and scenario"), "4": N_("Enquiry of the media"),
    "5": N_("Waiting for somebody"), "6": N_("Further statement"), "7": N_("Statutory clock"), "8": N_("When it happened"),
    "9": N_("Another crisis, or a drill"), "0": N_("Bell on or off"),
}  # fmt: skip
STATES = {
    "1": CrisisState.STABILISING, "2": CrisisState.RESPONDING, "3": CrisisState.FALSE_ALARM, "4": CrisisState.CLOSED,
}  # fmt: skip
REPLY_ONLY, ANOTHER = "5", "9"


def asked(work: Work, row: Row, question: str, outlet: str, deadline: Moment) -> Row:
    """An enquiry of the media to this crisis; the outlet by its name, or as the reporter's words."""
    values: dict[str, Any] = {"crisis": row, "question": question, "deadline_at": deadline}
    try:
        values["outlet"] = query.find("outlet", outlet) if outlet else None
    except NotFound:
        values["reporter"] = outlet
    return records.add(work, "enquiry", values)


def named(work: Work, row: Row, title: str, scenario: str) -> Row:
    """The crisis by its name; the statutory clocks of its scenario run from now on."""
    row = records.change(work, row, {"title": title, "scenario": scenario})
    there = {one.key for one in of_crisis("crisisclock", row)}
    for one in crisis_clocks.STANDARD:
        if one.on and scenario in one.scenarios and one.key not in there:
            crisis_clocks.switch(work, row, one.key, True)
    return row


class More(Word):
    """Everything but the stamps and the log."""

    muted = False

    def begin_anew(self) -> None:
        """Show what another crisis begins with."""

    @job
    async def action_more(self) -> None:
        """One of the rarer things, by its digit."""
        self.held()
        answers = {digit: _(label) for digit, label in MORE.items()}
        answers[ANOTHER] += f"  ({key_name('insert')})"
        key = await self.pick(_("More"), answers)
        act = {
            "1": self._level, "2": self._state, "3": self._rename, "4": self._enquiry, "5": self._wait,
            "6": self._further, "7": self._clock, "8": self._occurred,
        }.get(key or "")  # fmt: skip
        if act is not None:
            await act()
        elif key == ANOTHER:
            self.begin_anew()
        elif key == "0":
            self.action_bell()

    def action_bell(self) -> None:
        """The bell at 15, 5 and 0 minutes, or silence."""
        self.muted = not self.muted
        self.tell(_("The bell is off.") if self.muted else _("The bell rings at 15, 5 and 0 minutes."))

    def action_lists(self) -> None:
        """The lists behind the crisis."""
        from prtui.screens.crisis_lists import CrisisLists

        self.app.push_screen(CrisisLists(self.facts.crisis if self.facts is not None else None))

    async def _level(self) -> None:
        await (self.change_level() if self.crisis.level else self._stamp(self.crisis, 2, None, ""))

    async def _state(self) -> None:
        row = self.held()
        answers = {digit: _(state.label) for digit, state in STATES.items()} | {
            REPLY_ONLY: _("No public statement needed")
        }
        key = await self.pick(_("State"), answers)
        if key is None:
            return
        free = key in ("1", "4")
        reason = await self.ask(_("Why (may be left empty)") if free else _("Why"))
        if reason is None:
            return
        if key == REPLY_ONLY:
            await self.write(crisis_course.reply_only, row, reason, session=self.session)
        else:
            await self.write(crisis_course.move, row, STATES[key].value, reason, session=self.session)

    async def _rename(self) -> None:
        row = self.held()
        title = await self.ask(_("Title"), row.title)
        if title is None:
            return
        kinds = {str(number): one for number, one in enumerate(CrisisScenario, 1)}
        here = next(digit for digit, one in kinds.items() if one == row.scenario)
        key = await self.pick(_("Scenario"), {digit: _(one.label) for digit, one in kinds.items()}, here)
        if key is not None:
            await self.write(named, row, title.strip() or row.title, kinds[key].value)

    async def _enquiry(self) -> None:
        row = self.held()
        question = await self.ask(_("What do they ask"))
        if not question:
            return
        outlet = await self.ask(_("Outlet, or the reporter's name"))
        deadline = await self.ask(_("Answer by")) if outlet is not None else None
        if deadline:
            await self.write(asked, row, question, outlet or "", clock.parse_moment(deadline, self.zone))

    async def _wait(self) -> None:
        row = self.held()
        open_waits = self.facts.waits if self.facts is not None else []
        if open_waits:
            ends = {str(number): f"{one.what} {one.owner}" for number, one in enumerate(open_waits[:8], 1)}
            key = await self.pick(_("Who came back"), ends | {"0": _("somebody else is waited for")})
            if key is None:
                return
            if key != "0":
                await self.write(crisis_log.end_wait, open_waits[int(key) - 1], session=self.session)
                return
        what = await self.ask(_("Waiting for what"))
        owner = await self.ask(_("From whom")) if what else None
        if what and owner:
            await self.write(crisis_log.wait, row, what, owner, session=self.session)

    async def _occurred(self) -> None:
        row = self.held()
        if await self._is_there(row, 0):
            await self._correct(row, 0, None, "")
            return
        typed = await self.ask_time(_("When did it happen (time and how you know)"))
        if typed is not None and typed[0] is not None:
            self._told(await self.write(crisis.stamp, row, 0, typed[0], typed[1], session=self.session))

    async def _is_there(self, row: Row, n: int) -> bool:
        return n in await self.read(crisis_log.reached, row)

    async def _clock(self) -> None:
        row = self.held()
        legal = [one for one in self.status.clocks if one.legal] if self.status is not None else []
        if not legal:
            raise Refused(_("No statutory clock runs."), hint=_("The scenario starts them: Ctrl+O, 3."))
        names = {str(number): _(one.name) for number, one in enumerate(legal[:9], 1)}
        key = await self.pick(_("Which clock"), names)
        if key is None:
            return
        one = legal[int(key) - 1]
        what = await self.pick(_(one.name), {"1": _("counsel confirms it"), "2": _("it is met")})
        if what == "1":
            counsel = await self.ask(_("Counsel"), one.confirmed_by)
            if counsel:
                await self.write(crisis_clocks.confirm, row, one.key, counsel)
        elif what == "2":
            evidence = await self.ask(_("What shows it (receipt number, letter, link)"))
            if evidence:
                await self.write(crisis_clocks.meet, row, one.key, Moment(clock.now(), self.zone), evidence)

    # -- the statement ------------------------------------------------------------------------------------------------------

    @job
    async def action_statement(self) -> None:
        """The statement in its reader, a first one drafted where there is none. Esc and F12 come back."""
        found = self.facts.statements if self.facts is not None else []
        if not found:
            await self._draft(self.held(), Purpose.HOLDING)
            return
        statement = crisis_statements.newest_open(found) or found[-1]
        await self._show(statement.document)

    async def _draft(self, row: Row, purpose: Purpose) -> None:
        templates = list(self.facts.templates)[:8] if self.facts is not None else []
        chosen: list[Row] = []
        if templates and purpose == Purpose.HOLDING:
            answers = {
                str(number): f"{one.code} {one.shown('language') or _('Chinese')} {one.title}"
                for number, one in enumerate(templates, 1)
            }
            both = list({one.language: one for one in reversed(templates)}.values())
            if len(both) > 1:
                answers["9"] = _("both languages: {codes}").format(codes=", ".join(one.code for one in both))
            key = await self.pick(_("Draft from"), answers | {"0": _("its parts, to be filled")}, "1")
            if key is None:
                return
            chosen = both if key == "9" else [templates[int(key) - 1]] if key != "0" else []
        document = await self.write(
            crisis_statements.draft, row, purpose=purpose, templates=chosen, session=self.session
        )
        await self._show(document)

    async def _further(self) -> None:
        row = self.held()
        facts = self.facts
        waiting = crisis_statements.newest_open(facts.statements) if facts is not None else None
        answers = {"1": _(Purpose.UPDATE.label), "2": _(Purpose.FULL.label)}
        if waiting is not None and waiting.link.purpose == Purpose.UPDATE:
            answers["3"] = _("publish {code}").format(code=waiting.document.code)
        key = await self.pick(_("Further statement"), answers)
        if key == "3":
            await self.write(crisis_publication.publish_update, row, session=self.session)
        elif key is not None:
            await self._draft(row, Purpose.UPDATE if key == "1" else Purpose.FULL)

    async def _show(self, document: Row) -> None:
        from prtui.screens.reader import DocumentPage

        # In the place of the documents, where it stays open behind F12.
        place = self.desk.place
        await self.desk.action_place("documents")
        self.desk.asks(self.app.screen)  # this key went there itself: what it opens there is wanted
        open_there = [
            one for one in self.app.screen_stack if isinstance(one, DocumentPage) and one.row.id == document.id
        ]
        page = open_there[-1] if open_there else DocumentPage(document)
        page.back_to = place
        if not open_there:
            self.app.push_screen(page)

    # -- the telephones -------------------------------------------------------------------------------------------------------

    @job
    async def call(self, seat: Chair) -> None:
        """What came of the call to this seat, or who sits there."""
        row = self.held()
        name = role_label(seat.role)
        key: str | None = OTHER
        if seat.member is not None:
            answers = {
                digit: _(words) for digit, words in ANSWERS.items() if seat.second is not None or digit not in "45"
            }
            who = seat.second if seat.member.stands_in and seat.second is not None else seat.first
            key = await self.pick(f"{name} {who.name if who is not None else glyphs().none}", answers)
        if key is None:
            return
        if key == OTHER:
            typed = await self.ask(_("{role}: name, and telephone if new").format(role=name))
            if typed:
                await self.write(seated, row, seat.role, typed, self.session)
            return
        await self.write(contacted, row, seat.role, key, self.session)
        self.called()

    def called(self) -> None:
        """A call was noted: the mark goes on to the next seat."""
