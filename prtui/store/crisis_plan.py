"""The crisis plan: the team and its substitutes, the statement library, risks, drills, and what was learned."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from prtui.i18n import N_
from prtui.store.crisis import Crisis, CrisisScenario, not_ahead
from prtui.store.fields import Choice, Choices, Code, Day, Flag, Instant, Number, Prose, Ref, Stamp, Text
from prtui.store.people import Person
from prtui.store.records import Record


class Role(Choices):
    """Who sits in the crisis team."""

    PR = "pr", N_("PR")
    LEGAL = "legal", N_("Counsel")
    EXECUTIVE = "executive", N_("GM")
    PRODUCT = "product", N_("Product")
    SERVICE = "service", N_("Service")
    STORES = "stores", N_("Stores")
    DIGITAL = "digital", N_("Digital")
    HR = "hr", N_("HR")
    FINANCE = "finance", N_("Finance")
    HQ = "hq", N_("HQ")
    SPOKESPERSON = "spokesperson", N_("Spokesperson")


class TeamMember(Record):
    """A seat in the crisis team: person A, substitute B, and since when their telephones are known to be right."""

    label = N_("Team member")
    plural = N_("Crisis team")
    titled_by = "role"
    titled_with = "person"
    shown = ("role", "person", "verified_on", "substitute", "substitute_verified_on")
    sorted_by = ("id",)

    code = Code("TEA")
    role = Choice(Role, N_("Role"), required=True, width=14)
    person = Ref(Person, N_("Person"), required=True, backref="seats", search=True, width=12)
    verified_on = Day(N_("Phone verified"))
    substitute = Ref(Person, N_("Substitute"), backref="substitute_seats", width=12)
    substitute_verified_on = Day(N_("Substitute's phone verified"))
    called_by = Choice(Role, N_("Called by"), width=14, hint=N_("Who rings this seat: the contact tree"))
    note = Text(N_("Remarks"))


class Language(Choices):
    ZH = "zh", N_("Chinese")
    EN = "en", N_("English")


class HoldingTemplate(Record):
    """A statement written in quiet times. Once approved it may go out in an emergency with only its blanks filled."""

    label = N_("Holding template")
    plural = N_("Statement library")
    shown = ("title", "scenario", "language", "approved_on", "approved_by")
    faceted_by = ("scenario", "language")

    code = Code("HLD")
    title = Text(N_("Title"), required=True, search=True, width=30)
    scenario = Choice(CrisisScenario, N_("Scenario"), default=CrisisScenario.OTHER, width=14)
    language = Choice(Language, N_("Language"), width=8)
    body = Prose(N_("Text"), required=True, search=True)
    approved_by = Text(N_("Approved by"), guarded=True)
    approved_on = Day(N_("Approved on"), guarded=True)
    approved_sha = Text(N_("Fingerprint of the text"), guarded=True, hidden=True)


class CrisisRisk(Record):
    """What could go wrong, how likely, how bad, and what is prepared."""

    label = N_("Crisis risk")
    plural = N_("Crisis risks")
    shown = ("title", "scenario", "probability", "impact", "owner")
    faceted_by = ("scenario",)

    code = Code("CRR")
    title = Text(N_("Title"), required=True, search=True, width=32)
    scenario = Choice(CrisisScenario, N_("Scenario"), default=CrisisScenario.OTHER, width=14)
    probability = Number(N_("Probability"), required=True, least=1, most=5)
    impact = Number(N_("Impact"), required=True, least=1, most=5)
    owner = Ref(Person, N_("Owner"), backref="crisis_risks", width=10)
    signs = Prose(N_("Early signs"), search=True)
    prepared = Prose(N_("What is prepared"), search=True)


class CrisisPlan(Record):
    """A version of the crisis plan; the newest is in force."""

    label = N_("Crisis plan")
    plural = N_("Crisis plans")
    titled_by = "change"
    shown = ("version_no", "change", "approved_by", "in_force_on")
    sorted_by = ("-version_no",)

    code = Code("CPN")
    version_no = Number(N_("Version"), required=True, least=1)
    change = Text(N_("What changed"), required=True, search=True, width=40)
    principles = Prose(N_("Principles"), search=True)
    crisis = Ref(Crisis, N_("Learned from"), backref="plan_versions")
    approved_by = Text(N_("Approved by"))
    in_force_on = Day(N_("In force from"))


class DrillDate(Record):
    """A drill in the calendar, and the one that was held."""

    label = N_("Planned drill")
    plural = N_("Drill calendar")
    titled_by = "title"
    shown = ("planned_on", "title", "scenario", "held")
    sorted_by = ("planned_on", "id")
    dated_by = "planned_on"

    code = Code("DRD")
    title = Text(N_("Title"), required=True, search=True, width=30)
    planned_on = Day(N_("Planned for"), required=True)
    scenario = Choice(CrisisScenario, N_("Scenario"), default=CrisisScenario.PRODUCT, width=14)
    owner = Ref(Person, N_("Owner"), backref="drill_dates", width=10)
    held = Ref(Crisis, N_("Drill"), backref="drill_dates")


class Inject(Record):
    """One push of news in a drill: when after the start, over what channel, and what the team should do."""

    label = N_("Inject")
    plural = N_("Injects")
    listed = False
    guarded = True
    titled_by = "text"
    sorted_by = ("minute", "id")

    code = Code("INJ")
    crisis = Ref(Crisis, N_("Drill"), required=True, backref="injects")
    minute = Number(N_("Minute"), required=True, least=0, most=10_000)
    channel = Text(N_("Channel"), required=True)
    text = Text(N_("Text"), required=True)
    expected = Text(N_("Expected action"))
    delivered_at = Instant(N_("Delivered"))
    answered_at = Instant(N_("Answered at"))
    answer = Text(N_("What the team did"))
    met = Flag(N_("As expected"))


class DrillScore(Record):
    """The marks of a drill, 100 in all."""

    label = N_("Score")
    plural = N_("Scores")
    listed = False
    guarded = True
    titled_by = "note"
    sorted_by = ("-id",)

    code = Code("SCO")
    crisis = Ref(Crisis, N_("Drill"), required=True, backref="scores")
    timeliness = Number(N_("Timeliness"), required=True, least=0, most=30)
    accuracy = Number(N_("Accuracy and one voice"), required=True, least=0, most=25)
    procedure = Number(N_("Procedure"), required=True, least=0, most=20)
    teamwork = Number(N_("Teamwork"), required=True, least=0, most=15)
    record = Number(N_("Record"), required=True, least=0, most=10)
    typed = Text(N_("Typed by hand"), hint=N_("The parts that a person marked; the rest is computed"))
    by = Text(N_("By"))
    note = Text(N_("Remarks"))
    scored_at = Stamp(N_("Scored"))


class CrisisReview(Record):
    """What was learned from a crisis or a drill."""

    label = N_("Crisis review")
    plural = N_("Crisis reviews")
    titled_by = "title"
    shown = ("title", "crisis", "held_at", "lead")

    code = Code("REV")
    title = Text(N_("Title"), required=True, search=True, width=30)
    crisis = Ref(Crisis, N_("Crisis"), required=True, backref="reviews", width=24)
    held_at = Instant(N_("Held"))
    lead = Ref(Person, N_("Led by"), backref="crisis_reviews", width=10)
    helped = Prose(N_("What helped"), search=True)
    hurt = Prose(N_("What hurt"), search=True)
    whys = Prose(N_("Root cause (five whys)"), search=True, hint=N_("One why a line"))
    consistency = Prose(N_("Consistency of the messages"), search=True)
    lessons = Prose(N_("Lessons"), search=True)
    plan_change = Text(N_("Change of the plan"), search=True)

    @classmethod
    def check(cls, values: Mapping[str, Any]) -> dict[str, str]:
        return not_ahead(values, "held_at")
