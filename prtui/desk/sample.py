"""The desk of a fictional house, LANJING 澜璟, as it stands on a day: bilingual, labelled as a sample, never out of date.

Days in `sample_data` are offsets from that day, so that the demo has a launch tomorrow whenever it is opened.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from prtui import clock
from prtui.clock import Moment
from prtui.store import KINDS, Work
from prtui.store.documents import text_sha
from prtui.store.fields import Amount, Day, Instant, Ref, Spec, Stamp
from prtui.store.records import Row

from . import crisis_library, documents
from .crisis_texts import TEXTS

LABEL = "样例 sample"  # in the tags of every sample record
ZONE = "Asia/Shanghai"

_CODE = re.compile(r"\{=([\w-]+)\}")
_DAY = re.compile(r"\{([+-]?\d+)([YeEsqQic]?)\}")
_SEASONS = (("冬季", "Winter"), ("春季", "Spring"), ("夏季", "Summer"), ("秋季", "Autumn"))


def fill(work: Work, on: date) -> int:
    """Store the whole sample desk as it stands on the day `on` and return the number of records."""
    from prtui.desk.sample_data import (
        coverage_rest,
        crisis,
        links,
        minutes,
        people,
        projects,
        releases,
        statements,
        tasks,
    )

    before = len(work.touched)
    desk = _Desk(work, on)
    for kind, tables in (
        ("person", (people.PEOPLE,)),
        ("outlet", (people.OUTLETS,)),
        ("project", (projects.PROJECTS,)),
        ("task", (tasks.TASKS,)),
        ("coverage", (coverage_rest.ORIGINALS, coverage_rest.PICKUPS, coverage_rest.DOUBLES)),
        ("document", (releases.RELEASES, minutes.MINUTES, statements.STATEMENTS, statements.NOTES)),
        ("teammember", (crisis.TEAM,)),
        ("crisisrisk", (crisis.RISKS,)),
        ("crisisplan", (crisis.PLANS,)),
        ("drilldate", (crisis.DRILLS,)),
    ):
        for table in tables:
            for key, values in table.items():
                desk.add(kind, key, values)
    for decision in projects.DECISIONS:
        desk.decided(*decision)
    for clearance in statements.CLEARANCES:
        desk.cleared(*clearance)
    for text in TEXTS:
        by = crisis.APPROVED.get((text.scenario, text.language), "")
        ready: dict[str, Any] = (
            {"approved_by": by, "approved_on": on, "approved_sha": crisis_library.template_sha(text)} if by else {}
        )
        work.add("holdingtemplate", tags=LABEL, **text._asdict(), **ready)
    for one, other, role in links.LINKS:
        desk.linked(one, other, role)
    return len(work.touched) - before


@dataclass
class _Desk:
    """What is being filled: the day it stands on, and the rows by their keys in the tables."""

    work: Work
    on: date
    rows: dict[str, Row] = field(default_factory=dict)

    def add(self, kind: str, key: str, values: dict[str, Any]) -> None:
        fields = KINDS[kind]._meta.fields
        known = {name: self.value(fields[name], value) for name, value in values.items()}
        if kind == "coverage":
            known["published_at"] = min(known["published_at"], Moment(self.work.at - timedelta(minutes=10), ZONE))
            known["url"] = f"https://{values['outlet']}.example/{known['published_at'].local():%Y/%m%d}/{key}"
        known["tags"] = ", ".join(filter(None, (LABEL, values.get("tags"))))
        self.rows[key] = self.work.add(kind, **known)

    def decided(self, key: str, step: str, by: str, when: str, channel: str, remark: str, **bound: str) -> None:
        """An approval, at the time it was given rather than now."""
        row = self.rows[key]
        self.work.add(
            "approval", action="approve", subject_kind=row.kind, subject_row=row.id, step=step, decision="approve", by=by, channel=channel,
            remark=remark, decided_at=self.instant(when), tags=LABEL, **bound,
        )  # fmt: skip

    def cleared(self, key: str, step: str, by: str, when: str, channel: str, remark: str) -> None:
        row = self.rows[key]
        for language in documents.languages(row):
            self.decided(key, step, by, when, channel, remark, language=language, sha=text_sha(row, language))

    def linked(self, one: str, other: str, role: str) -> None:
        a, b = self.rows[one], self.rows[other]
        self.work.add("link", role=role, a_kind=a.kind, a_row=a.id, b_kind=b.kind, b_row=b.id, tags=LABEL)

    def value(self, spec: Spec, value: Any) -> Any:
        """What a table's entry means for that kind of field."""
        if value is None:
            return None
        if isinstance(spec, Ref):
            return self.rows[value].pointer
        if isinstance(spec, Day):
            return self.on + timedelta(days=value)
        if isinstance(spec, Instant):
            return moment(value, self.on)
        if isinstance(spec, Stamp):
            return self.instant(value)
        if isinstance(spec, Amount):
            return value * 100
        return self.text(value) if isinstance(value, str) else value

    def instant(self, when: str) -> datetime:
        return min(moment(when, self.on).at, self.work.at)

    def text(self, text: str) -> str:
        return dated(_CODE.sub(lambda match: str(self.rows[match[1]].code), text.strip("\n")), self.on)


def moment(when: str, on: date) -> Moment:
    """`-4 04:31` and `-1 10:15 Europe/Paris`, seen from the day `on`; Shanghai unless a zone is named."""
    offset, wall, zone = [*when.split(), ZONE][:3]
    at = datetime.combine(on + timedelta(days=int(offset)), time.fromisoformat(wall), clock.zone(zone))
    return Moment(at, zone)


def dated(text: str, on: date) -> str:
    """The text with its days filled in: {+1} 3月20日, Y 2026年3月20日, s 3/20, i 2026-03-20, c 20260320, e 20 March,
    E 20 March 2026, q 春季, Q Spring."""
    return _DAY.sub(lambda match: _written(on + timedelta(days=int(match[1])), match[2]), text)


def _written(day: date, form: str) -> str:
    zh, en = clock.long_day(day, "zh"), clock.long_day(day, "en")
    season_zh, season_en = _SEASONS[day.month % 12 // 3]
    return {
        "": zh.partition("年")[2], "Y": zh, "s": f"{day.month}/{day.day}", "i": day.isoformat(), "c": f"{day:%Y%m%d}",
        "e": en.rpartition(" ")[0], "E": en, "q": season_zh, "Q": season_en,
    }[form]  # fmt: skip
