"""After a crisis: the facts of the review, its approval, its actions, and the plan that learns from it (DOMAIN §4.5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from prtui import clock
from prtui.config import Settings
from prtui.errors import Refused
from prtui.i18n import _
from prtui.store import Work, query
from prtui.store.crisis import all_entries, of_crisis
from prtui.store.records import Row, specs

from . import approvals, records
from .crisis_coverage import Curve, curve
from .crisis_log import corrected, reached, writable
from .crisis_measures import Satisfaction, Times, satisfaction, times
from .crisis_statements import Statement, statements
from .crisis_status import Cell, gather, status_at

# Coombs, SCCT: inform and adjust always come first; a history of similar crises goes one step towards rebuilding.
STRATEGIES = ("deny", "diminish", "rebuild")
_STEP = {"victim": 0, "accidental": 1, "preventable": 2}


@dataclass(frozen=True)
class Review:
    """Everything a review is written from: the log in its order, the milestones with their targets, texts, questions,
    complaints, waits, the negative curve, and the tasks that came out of it."""

    crisis: Row
    timeline: list[Row]
    corrected: frozenset[str]  # the codes of its lines that another one corrects
    strip: list[Cell]
    times: Times
    waits: list[Row]
    statements: list[Statement]
    enquiries: list[Row]
    complaints: list[Row]
    satisfaction: Satisfaction
    stakeholders: list[Row]
    curve: Curve
    actions: list[Row]
    notes: Row | None
    approvals: list[Row]


def review(settings: Settings, crisis: Row) -> Review:
    """The facts of a crisis for its review, as of now."""
    facts = gather(crisis)
    there = reached(crisis)
    last = there[11].happened_at.local(settings.zone).date() if 11 in there else clock.today(settings.zone)
    notes = of_crisis("crisisreview", crisis)
    timeline = all_entries(crisis)
    return Review(
        crisis=facts.crisis,
        timeline=timeline,
        corrected=corrected(timeline),
        strip=status_at(settings, facts, clock.now()).strip,
        times=times(facts.crisis),
        waits=of_crisis("wait", crisis),
        statements=statements(crisis),
        enquiries=of_crisis("enquiry", crisis),
        complaints=of_crisis("complaint", crisis),
        satisfaction=satisfaction(settings, date.min, date.max, crisis),
        stakeholders=of_crisis("stakeholder", crisis),
        curve=curve(settings, crisis, max(last, clock.today(settings.zone))),
        actions=[one for how, one in records.related(crisis) if one.kind == "task"],
        notes=notes[-1] if notes else None,
        approvals=approvals.standing(notes[-1]) if notes else [],
    )


def approve(work: Work, notes: Row, by: str) -> Row:
    """The review approved as it is written; an edit of it ends that. Refused while a part of it is blank."""
    parts = ("helped", "hurt", "whys", "lessons")
    declared = specs(notes.model)
    missing = [_(declared[name].label) for name in parts if not notes[name].strip()]
    if missing:
        raise Refused(_("{code} cannot be approved yet. Missing:").format(code=notes.code), missing)
    if not by.strip():
        raise Refused(_("Say who approved it."))
    return approvals.decide(work, notes, "approve", step="report", by=by)


def action(work: Work, crisis: Row, title: str, owner: Row, due_on: date, *, session: str = "") -> Row:
    """What has to change, as a task with an owner and a day, linked to the crisis."""
    crisis = writable(work, crisis, session)
    values = {"title": title, "owner": owner, "due_on": due_on, "project": crisis.project}
    task = records.add(work, "task", values)
    records.link(work, crisis, task, _("action"))
    return task


def bump_plan(work: Work, change: str, *, crisis: Row | None = None, approved_by: str = "") -> Row:
    """The next version of the crisis plan, in force from today: what changed and from which crisis it was learned."""
    last = query.rows("crisisplan", order=("-version_no",), limit=1)
    return work.add(
        "crisisplan",
        version_no=(last[0].version_no if last else 0) + 1,
        change=change,
        principles=last[0].principles if last else "",
        crisis=crisis,
        approved_by=approved_by,
        in_force_on=clock.today(work.settings.zone),
    )


def strategies(attribution: str, similar_before: bool) -> list[str]:
    """How to answer, in order: inform and adjust, then what the attribution calls for (SCCT)."""
    if attribution not in _STEP:
        return ["inform", "adjust"]
    return ["inform", "adjust", STRATEGIES[min(_STEP[attribution] + similar_before, 2)]]


def _edited(work: Work, before: Row, after: Row) -> Row:
    approvals.void(work, after)
    return after


records.FOLLOWED_BY["crisisreview"] = _edited
