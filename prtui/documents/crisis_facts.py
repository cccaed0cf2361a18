"""What the review of a crisis and the crisis plan are made of, read from the store and counted as the desk counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from prtui import clock
from prtui.clock import Moment
from prtui.config import Settings
from prtui.desk import crisis_coverage, crisis_review, drills, enquiries
from prtui.desk.crisis_library import approved
from prtui.desk.crisis_log import newest
from prtui.desk.crisis_review import Review
from prtui.desk.figures import Figure
from prtui.store import query
from prtui.store.approvals import approvals
from prtui.store.crisis import of_crisis
from prtui.store.documents import text_sha
from prtui.store.records import Row


@dataclass(frozen=True)
class Aftermath:
    """The facts of one crisis: the desk's review, every milestone entry there is, the approvals of each statement, and for a
    drill its pushes and marks. `negative` are the pieces behind the curve; `prints` the fingerprints of each statement's
    texts by its code and language."""

    review: Review
    milestones: tuple[Row, ...]
    signed: dict[str, tuple[Row, ...]]
    prints: dict[str, dict[str, str]]
    negative: tuple[Row, ...]
    as_of: Moment
    injects: tuple[Row, ...] = ()
    score: Row | None = None

    @property
    def approval(self) -> Row | None:
        """The standing approval of the review as it is written, or None."""
        return next((one for one in self.review.approvals if one.decision == "approve"), None)

    def reached(self) -> dict[int, Row]:
        """The milestones that count, by number."""
        return newest(self.milestones, reply_only=self.review.crisis.reply_only)


def aftermath(settings: Settings, crisis: Row) -> Aftermath:
    """The facts of a crisis or drill. Must run where a database connection is."""
    found = crisis_review.review(settings, crisis)
    texts = [one.document for one in found.statements]
    marks = drills.total(found.crisis) if found.crisis.drill else None
    return Aftermath(
        review=found,
        milestones=tuple(of_crisis("milestone", crisis)),
        signed={one.code: tuple(reversed(approvals(one))) for one in texts},
        prints={one.code: {lang: text_sha(one, lang) for lang in _languages(one)} for one in texts},
        negative=tuple(crisis_coverage.negative_of(crisis)),
        as_of=Moment(clock.now(), settings.zone),
        injects=tuple(of_crisis("inject", crisis)) if found.crisis.drill else (),
        score=marks.row if marks is not None else None,
    )


def _languages(document: Row) -> Iterator[str]:
    yield from (lang for lang, name in (("zh", "body"), ("en", "body_en")) if document[name].strip())


@dataclass(frozen=True)
class Readiness:
    """What a version of the crisis plan is printed with: every version, the seats with the people in them, the library, the
    risks, worst first, the drill calendar and the drills that were held with their marks."""

    versions: tuple[Row, ...]
    team: tuple[Row, ...]
    people: dict[int, Row]
    templates: tuple[Row, ...]
    approved: frozenset[str]
    risks: tuple[Row, ...]
    planned: tuple[Row, ...]
    held: tuple[tuple[Row, int | None], ...]
    as_of: Moment


def readiness(settings: Settings) -> Readiness:
    """What stands prepared, as of now. Must run where a database connection is."""
    team = query.rows("teammember")
    ids = sorted({one.id for row in team for one in (row.person, row.substitute) if one is not None})
    library = query.rows("holdingtemplate", order=("scenario", "language", "id"))
    held = query.rows("crisis", {"drill": True}, order=("-detected_at",))
    marks = [(row, drills.total(row)) for row in held]
    return Readiness(
        versions=tuple(query.rows("crisisplan", order=("version_no",))),
        team=tuple(team),
        people={row.id: row for row in query.by_ids("person", ids)},
        templates=tuple(library),
        approved=frozenset(row.code for row in library if approved(row)),
        risks=tuple(sorted(query.rows("crisisrisk"), key=lambda row: (-row.probability * row.impact, row.id))),
        planned=tuple(query.rows("drilldate", {"held": None})),
        held=tuple((row, total.points if total is not None else None) for row, total in marks),
        as_of=Moment(clock.now(), settings.zone),
    )


def figures(facts: Aftermath) -> list[Figure]:
    """What the review counts: K14 times in minutes, K15, S12, and how many texts, questions and complaints there were."""
    found, there = facts.review, facts.reached()
    times, satisfied, curve = found.times, found.satisfaction, found.curve
    closed = tuple(one.code for one in found.complaints if enquiries.in_time(one) is not None)
    rated = tuple(one.code for one in found.complaints if one.code in closed and one.satisfaction is not None)
    negative = tuple(one.code for one in facts.negative)

    def stamps(*numbers: int) -> tuple[str, ...]:
        return tuple(there[n].code for n in numbers if n in there)

    def codes(rows: list[Row]) -> tuple[str, ...]:
        return tuple(one.code for one in rows)

    return [
        Figure("first", _number(times.first), "K14", stamps(1, 8)),
        Figure("convened", _number(times.convened), "K14", stamps(1, 3)),
        Figure("resolved", _number(times.resolved), "K14", stamps(1, 11)),
        Figure("waited", _number(times.wait), "", codes(found.waits)),
        Figure("attainment", _percent(times.attainment), "K14", stamps(1, 8)),
        Figure("negative", str(sum(count for _day, count in curve.days)), "", negative),
        Figure("peak", str(curve.peak[1]) if curve.peak else "—", "S12", negative),
        Figure("half_life", _number(curve.half_life), "S12", negative),
        Figure("decay", _percent(curve.decay), "S12", negative),
        Figure("complaints", str(len(found.complaints)), "", codes(found.complaints)),
        Figure("satisfaction", _percent(satisfied.value), "K15", rated),
        Figure("closed_in_time", _percent(satisfied.closed_in_time), "K15", closed),
        Figure("enquiries", str(len(found.enquiries)), "", codes(found.enquiries)),
    ]


def _number(count: int | None) -> str:
    return "—" if count is None else f"{count:,}"


def _percent(value: object) -> str:
    return "—" if value is None else f"{value}%"
