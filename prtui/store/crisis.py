"""Crises and drills: what happened when, who was told, and what was said. What is written here is never overwritten."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from prtui import clock
from prtui.i18n import N_, _
from prtui.store import query
from prtui.store.documents import Document
from prtui.store.fields import Choice, Choices, Code, Flag, Instant, Number, Prose, Ref, Stamp, Text
from prtui.store.media import Outlet
from prtui.store.people import Person
from prtui.store.projects import Project
from prtui.store.records import Record, Row


class Level(Choices):
    """DOMAIN §4.1. The colour is a word too."""

    I = "I", N_("I Extremely serious")  # noqa: E741
    II = "II", N_("II Serious")
    III = "III", N_("III Significant")
    IV = "IV", N_("IV Ordinary")


COLOURS = {Level.I: N_("red"), Level.II: N_("orange"), Level.III: N_("yellow"), Level.IV: N_("blue")}


class CrisisState(Choices):
    MONITORING = "monitoring", N_("Monitoring")
    DECLARED = "declared", N_("Declared")
    RESPONDING = "responding", N_("Responding")
    STABILISING = "stabilising", N_("Stabilising")
    RESOLVED = "resolved", N_("Resolved")
    REVIEWED = "reviewed", N_("Review done")
    CLOSED = "closed", N_("Crisis closed")
    FALSE_ALARM = "false_alarm", N_("False alarm")


RUNNING = (CrisisState.MONITORING, CrisisState.DECLARED, CrisisState.RESPONDING, CrisisState.STABILISING)


class CrisisScenario(Choices):
    PRODUCT = "product", N_("Product quality")
    AMBASSADOR = "ambassador", N_("Ambassador scandal")
    DATA = "data", N_("Data leak")
    SERVICE = "service", N_("Service complaint")
    STAFF = "staff", N_("Staff remark")
    RUMOUR = "rumour", N_("Rumour")
    OTHER = "other", N_("Other")


class Attribution(Choices):
    """Who the public holds responsible (Coombs, SCCT)."""

    VICTIM = "victim", N_("Victim")
    ACCIDENTAL = "accidental", N_("Accidental")
    PREVENTABLE = "preventable", N_("Preventable")


class Crisis(Record):
    """A crisis, or a drill of one. Times live in its milestones."""

    label = N_("Crisis")
    plural = N_("Crises")
    shown = ("title", "level", "state", "detected_at", "held_by")
    sorted_by = ("-detected_at", "sort_key")
    dated_by = "detected_at"
    faceted_by = ("level", "state", "scenario")

    code = Code("CRS", also=("DRL",))
    title = Text(N_("Title"), required=True, search=True, width=32)
    title_en = Text(N_("Title (English)"), search=True)
    level = Choice(Level, N_("Level"), guarded=True, width=14)
    state = Choice(CrisisState, N_("State"), default=CrisisState.MONITORING, guarded=True, index=True, width=10)
    drill = Flag(N_("Drill"), guarded=True)
    scenario = Choice(CrisisScenario, N_("Scenario"), default=CrisisScenario.OTHER, width=14)
    detected_at = Instant(N_("Detected"), guarded=True)
    source = Text(N_("How it became known"), search=True)
    summary = Prose(N_("Summary"), search=True)
    attribution = Choice(Attribution, N_("Attribution"), width=12)
    similar_before = Flag(N_("Similar crisis before"))
    project = Ref(Project, N_("Project"), backref="crises", search=True, width=20)
    reply_only = Flag(N_("Answered to the customer only"), guarded=True)
    held_by = Text(N_("Held by"), guarded=True, width=10)
    held_session = Text(N_("Session"), hidden=True)
    plan_version = Number(N_("Version of the plan"), guarded=True)

    @classmethod
    def prefix(cls, values: Mapping[str, Any]) -> str:
        """Drills have their own numbers."""
        return "DRL" if values.get("drill") else "CRS"


class Milestone(Record):
    """That a milestone was reached: when it happened, and (`recorded_at`) when that was written down. The newest entry of a
    number counts; one that is `void` says that it was not reached after all."""

    label = N_("Milestone")
    plural = N_("Milestones")
    listed = False
    guarded = True
    append_only = True
    titled_by = "note"
    sorted_by = ("id",)

    code = Code("MLS")
    crisis = Ref(Crisis, N_("Crisis"), required=True, backref="milestones")
    n = Number(N_("No."), required=True, least=0, most=12)
    happened_at = Instant(N_("Happened"), required=True)
    recorded_at = Stamp(N_("Recorded"))
    by = Text(N_("By"))
    note = Text(N_("Remarks"), search=True)
    reason = Text(N_("Reason"))
    statement = Ref(Document, N_("Statement"), backref="milestones")
    sha = Text(N_("Fingerprint of the text"))
    emergency = Flag(N_("Emergency path"))
    reply = Flag(N_("Answered to the customer only"))
    void = Flag(N_("Void"))

    class Meta:
        indexes = ((("crisis", "n"), False),)


class LogKind(Choices):
    FACT = "fact", N_("Fact")
    DECISION = "decision", N_("Decision")
    CONTACT = "contact", N_("Contact made")
    MEDIA = "media", N_("Media")
    STATEMENT = "statement", N_("Statement")
    SYSTEM = "system", N_("System")


class LogEntry(Record):
    """One line of a crisis log. A correction is a new line that names the one it corrects."""

    label = N_("Log entry")
    plural = N_("Crisis log")
    guarded = True
    append_only = True
    titled_by = "text"
    shown = ("happened_at", "type", "text", "verified", "crisis")
    sorted_by = ("-id",)
    dated_by = "happened_at"
    faceted_by = ("type",)

    code = Code("LOG")
    crisis = Ref(Crisis, N_("Crisis"), required=True, backref="log", search=True)
    type = Choice(LogKind, N_("Kind"), required=True, default=LogKind.FACT)
    text = Text(N_("Text"), required=True, search=True, width=40)
    verified = Flag(N_("Verified"))
    happened_at = Instant(N_("Happened"), required=True)
    recorded_at = Stamp(N_("Recorded"))
    by = Text(N_("By"))
    reason = Text(N_("Reason"))
    outlet = Ref(Outlet, N_("Outlet"), backref="crisis_log")
    corrects = Text(N_("Corrects"), hint=N_("Code of the entry that was wrong"))
    n = Number(N_("Milestone"))


class Wait(Record):
    """Somebody was waited for. It explains a time and is never taken off it."""

    label = N_("Wait")
    plural = N_("Waits")
    listed = False
    guarded = True
    titled_by = "what"
    sorted_by = ("id",)

    code = Code("WAI")
    crisis = Ref(Crisis, N_("Crisis"), required=True, backref="waits")
    what = Text(N_("Waiting for"), required=True)
    owner = Text(N_("Owner"), required=True)
    started_at = Instant(N_("Since"), required=True)
    ended_at = Instant(N_("Until"))


class CrisisClock(Record):
    """A clock that runs for one crisis beside the target of its level, standard or statutory."""

    label = N_("Clock")
    plural = N_("Clocks")
    listed = False
    guarded = True
    titled_by = "name"
    sorted_by = ("id",)

    code = Code("CLK")
    crisis = Ref(Crisis, N_("Crisis"), required=True, backref="clocks")
    key = Text(N_("Key"), required=True)
    name = Text(N_("Name"), required=True)
    source = Text(N_("Source"))
    minutes = Number(N_("Length"), unit=N_("min"), least=0)
    working_days = Number(N_("Working days"), least=0)
    legal = Flag(N_("Statutory"))
    benchmark = Flag(N_("Benchmark"))
    met_by = Number(N_("Met by milestone"), least=0, most=12)
    on = Flag(N_("Running"))
    confirmed_by = Text(N_("Confirmed by counsel"))
    met_at = Instant(N_("Met"))
    evidence = Text(N_("Evidence"))


class Contacted(Choices):
    UNCALLED = "uncalled", N_("not called yet")
    NO_ANSWER = "no_answer", N_("no answer")
    ANSWERED = "answered", N_("answered")
    PRESENT = "present", N_("present")


class Muster(Record):
    """A member of the team of one crisis, and whether that person is there."""

    label = N_("Team")
    plural = N_("Team")
    listed = False
    guarded = True
    titled_by = "role"
    sorted_by = ("id",)

    code = Code("MUS")
    crisis = Ref(Crisis, N_("Crisis"), required=True, backref="team")
    role = Text(N_("Role"), required=True)
    person = Ref(Person, N_("Person"), required=True, backref="musters")
    substitute = Ref(Person, N_("Substitute"), backref="substitutions")
    stands_in = Flag(N_("Substitute stands in"))
    contacted = Choice(Contacted, N_("Contacted"), default=Contacted.UNCALLED)
    contacted_at = Instant(N_("Contacted at"))
    note = Text(N_("Remarks"))


class Purpose(Choices):
    HOLDING = "holding", N_("Holding statement")
    FULL = "full", N_("Full statement")
    UPDATE = "update", N_("Update statement")


class CrisisStatement(Record):
    """That a statement belongs to a crisis, and what the emergency path needs: the template, and counsel's spoken consent to
    exactly these words."""

    label = N_("Statement of a crisis")
    plural = N_("Statements of a crisis")
    listed = False
    guarded = True
    titled_by = "purpose"
    sorted_by = ("id",)

    code = Code("CST")
    crisis = Ref(Crisis, N_("Crisis"), required=True, backref="statements")
    document = Ref(Document, N_("Statement"), required=True, backref="crisis_statements")
    purpose = Choice(Purpose, N_("Purpose"), default=Purpose.HOLDING)
    template = Text(N_("Template"))
    counsel = Text(N_("Counsel who agreed by word"))
    agreed_at = Instant(N_("Agreed"))
    agreed_by_channel = Text(N_("Channel"))
    agreed_sha = Text(N_("Fingerprint of the text"))
    agreed_log = Ref(LogEntry, N_("Log entry"), backref="agreements")
    published_at = Instant(N_("Published"))


class Group(Choices):
    """Whom a crisis concerns; staff and stores before or together with the public."""

    STAFF = "staff", N_("Stores and staff")
    CUSTOMERS = "customers", N_("Affected customers")
    VIPS = "vips", N_("VIP customers")
    REGULATORS = "regulators", N_("Regulators")
    MEDIA = "media", N_("A-tier media")
    KOLS = "kols", N_("KOLs and ambassadors")
    CHANNELS = "channels", N_("Channels and malls")
    HQ = "hq", N_("Headquarters")
    INVESTORS = "investors", N_("Investors")
    SUPPLIERS = "suppliers", N_("Suppliers")


class Stakeholder(Record):
    """One row of the stakeholder matrix of a crisis."""

    label = N_("Stakeholder")
    plural = N_("Stakeholders")
    titled_by = "message"
    shown = ("group", "influence", "impact", "owner", "contacted_at")
    sorted_by = ("order", "id")

    code = Code("STK")
    crisis = Ref(Crisis, N_("Crisis"), required=True, backref="stakeholders")
    group = Choice(Group, N_("Group"), required=True, width=16)
    influence = Number(N_("Influence"), least=1, most=5)
    impact = Number(N_("Impact"), least=1, most=5)
    owner = Ref(Person, N_("Owner"), backref="stakeholders", width=10)
    message = Prose(N_("What they are told"), search=True)
    channel = Text(N_("Channel"))
    order = Number(N_("Order"), least=1, most=99)
    contacted_at = Instant(N_("Contacted at"))
    reply = Text(N_("Reply"), search=True)

    @classmethod
    def check(cls, values: Mapping[str, Any]) -> dict[str, str]:
        return not_ahead(values, "contacted_at")


class EnquiryStatus(Choices):
    OPEN = "open", N_("Unassigned")
    ASSIGNED = "assigned", N_("Assigned")
    DRAFTING = "drafting", N_("Drafting")
    CLEARING = "clearing", N_("In clearance")
    ANSWERED = "answered", N_("Answered")
    DECLINED = "declined", N_("Declined")
    EXPIRED = "expired", N_("Expired")


OPEN_ENQUIRIES = (EnquiryStatus.OPEN, EnquiryStatus.ASSIGNED, EnquiryStatus.DRAFTING, EnquiryStatus.CLEARING)


class Enquiry(Record):
    """A question from the media, and when they need the answer."""

    label = N_("Enquiry")
    plural = N_("Enquiries")
    titled_by = "question"
    shown = ("question", "outlet", "deadline_at", "spokesperson", "status")
    sorted_by = ("deadline_at", "id")
    dated_by = "deadline_at"
    faceted_by = ("status", "outlet", "crisis")

    code = Code("ENQ")
    question = Text(N_("Question"), required=True, search=True, width=32)
    outlet = Ref(Outlet, N_("Outlet"), backref="enquiries", search=True, width=14)
    reporter = Text(N_("Reporter"), search=True, width=12)
    phone = Text(N_("Phone"), search=True, width=16, sensitive=True)
    received_at = Instant(N_("Received"), required=True)
    deadline_at = Instant(N_("Deadline"), required=True)
    spokesperson = Ref(Person, N_("Spokesperson"), backref="enquiries", width=10)
    crisis = Ref(Crisis, N_("Crisis"), backref="enquiries", search=True, width=20)
    project = Ref(Project, N_("Project"), backref="enquiries", width=20)
    answer = Prose(N_("Answer"), search=True)
    document = Ref(Document, N_("Answer (document)"), backref="answered")
    status = Choice(EnquiryStatus, N_("Status"), default=EnquiryStatus.OPEN, guarded=True, index=True)
    answered_at = Stamp(N_("Answered at"))

    @classmethod
    def check(cls, values: Mapping[str, Any]) -> dict[str, str]:
        faults = not_ahead(values, "received_at")
        if not faults and values["deadline_at"].at < values["received_at"].at:
            faults["deadline_at"] = _("is before it was received")
        return faults


class ComplaintChannel(Choices):
    STORE = "store", N_("Store")
    HOTLINE = "hotline", N_("Hotline")
    WECHAT = "wechat", N_("WeChat")
    SOCIAL = "social", N_("Social media")
    AUTHORITY = "authority", N_("12315 / authority")
    EMAIL = "email", N_("E-mail")
    OTHER = "other", N_("Other")


class ComplaintStatus(Choices):
    NEW = "new", N_("New")
    CONTACTED = "contacted", N_("Customer contacted")
    RESOLVED = "resolved", N_("Settled")
    CLOSED = "closed", N_("Case closed")
    REOPENED = "reopened", N_("Reopened")
    ESCALATED = "escalated", N_("Escalated")


OPEN_COMPLAINTS = tuple(status for status in ComplaintStatus if status != ComplaintStatus.CLOSED)
_DIGITS = re.compile(r"\d{7,}")


class Masked(Text):
    """A line in which long numbers keep only their ends: nobody needs the whole number to settle a complaint."""

    def accept(self, value: Any) -> str:
        return _DIGITS.sub(lambda found: f"{found[0][:3]}****{found[0][-4:]}", super().accept(value))


class Complaint(Record):
    """A customer's complaint, how fast it was settled, and what the customer thought of that."""

    label = N_("Complaint")
    plural = N_("Complaints")
    titled_by = "demand"
    shown = ("demand", "channel", "received_at", "owner", "status", "satisfaction")
    sorted_by = ("-received_at", "id")
    dated_by = "received_at"
    faceted_by = ("status", "channel", "crisis")

    code = Code("CPL")
    demand = Text(N_("Demand"), required=True, search=True, width=30)
    channel = Choice(ComplaintChannel, N_("Channel"), default=ComplaintChannel.STORE, width=10)
    customer = Masked(N_("Customer"), search=True, hint=N_("Long numbers are masked"))
    product = Text(N_("Product"), search=True)
    batch = Text(N_("Batch"), search=True)
    received_at = Instant(N_("Received"), required=True)
    sla_hours = Number(
        N_("To be closed within"), unit=N_("h"), least=1, most=8760, hint=N_("48 h unless told otherwise")
    )
    owner = Ref(Person, N_("Owner"), backref="complaints", width=10)
    crisis = Ref(Crisis, N_("Crisis"), backref="complaints", search=True, width=20)
    status = Choice(ComplaintStatus, N_("Status"), default=ComplaintStatus.NEW, guarded=True, index=True)
    settled_how = Prose(N_("How it was settled"), search=True)
    closed_at = Instant(N_("Closed at"), guarded=True)
    satisfaction = Number(N_("Satisfaction"), unit="1–5", least=1, most=5)

    @classmethod
    def check(cls, values: Mapping[str, Any]) -> dict[str, str]:
        return not_ahead(values, "received_at")


def not_ahead(values: Mapping[str, Any], name: str) -> dict[str, str]:
    """The fault of an instant that lies in the future."""
    at = values[name]
    return {name: _("is in the future")} if at is not None and at.at > clock.now() else {}


def of_crisis(kind: str, crisis: Row, **where: Any) -> list[Row]:
    """The records of a kind that belong to a crisis, in their order."""
    return query.rows(kind, {"crisis": crisis.id, **where})


def last_entries(crisis: Row, count: int) -> list[Row]:
    """The newest lines of the log, the newest first, by sequence and not by clock; what was undone among them (`undone`)."""
    return query.rows("logentry", {"crisis": crisis.id}, order=("-id",), limit=count, deleted=True)


def all_entries(crisis: Row) -> list[Row]:
    """Every line that was ever in the log, in its sequence; what was undone among them (`undone`)."""
    return query.rows("logentry", {"crisis": crisis.id}, order=("id",), deleted=True)


def undone(entry: Row) -> bool:
    """Whether a line was taken back at once by an undo. It no longer counts, and stays to be read."""
    return entry.deleted_at is not None
