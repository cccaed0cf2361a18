"""Every figure leads to its records; an approved report keeps its figures and says when their sources moved."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from docx import Document

from prtui import clock, documents, store
from prtui.config import Settings
from prtui.desk import approvals, coverage, figures, records
from prtui.documents import readback
from prtui.documents.gathering import gather
from prtui.documents.ooxml import w
from prtui.store import Row, Work, query
from tests.test_documents_golden import COVERAGE, NOW, PROJECT, STATEMENT, context, document


@pytest.fixture(autouse=True)
def _now() -> Any:
    with clock.frozen(NOW):
        yield


def launched() -> tuple[Row, Row]:
    """A project with two pieces of coverage, and the outlet they were in."""
    with store.write("林岚") as work:
        owner = work.add("person", name="林岚", name_en="Lin Lan", department="pr")
        project = work.add("project", name="发布会", name_en="Launch", owner=owner.id)
        outlet = work.add("outlet", name="第一财经", tier="A")
        for title, tone in (("石头", "positive"), ("价格", "neutral")):
            published(work, project, outlet, title, tone)
    return project, outlet


def published(work: store.Work, project: Row, outlet: Row, title: str, tone: str) -> Row:
    return work.add(
        "coverage", title=title, outlet=outlet.id, published_at=clock.Moment(NOW, "Asia/Shanghai"), project=project.id, sentiment=tone
    )  # fmt: skip


def text(project: Row, settings: Settings, lang: str = "zh") -> str:
    row = query.get("project", project.id)
    return "\n".join(documents.preview("clip-book", row, gather(row, settings, lang), lang))


def test_every_key_leads_to_a_source_in_the_same_file(tmp_path: Path) -> None:
    made = documents.export("clip-book", PROJECT, context(tmp_path, rows=COVERAGE, tiers={"OUT-0": "A"}), "en")
    body = Document(str(made.path)).element.body
    led = [one.get(w("anchor")) for one in body.iter(w("hyperlink")) if one.get(w("anchor"))]
    places = [one.get(w("name")) for one in body.iter(w("bookmarkStart"))]
    assert set(led) == {f"Source{n}" for n in range(1, 14)} and len(led) > 13
    assert set(led) <= set(places) and len(places) == len(set(places))
    assert all(
        len({one.get(w("id")) for one in body.iter(w(tag))}) == len(places) for tag in ("bookmarkStart", "bookmarkEnd")
    )


def test_the_records_of_a_figure_are_those_it_counts() -> None:
    known = {one.key: one for one in coverage.figures(COVERAGE, {"OUT-0": "A"})}
    assert known["originals"].records == ("COV-1", "COV-2", "COV-4", "COV-7")
    assert known["duplicates"].records == ("COV-5",) and known["tier_a"].records == ("COV-1",)
    assert all(
        one.value == str(len(one.records)) for one in known.values() if one.key not in ("positive", "outlets", "period")
    )


def test_a_key_that_nobody_set_is_text(tmp_path: Path) -> None:
    row = document(**(vars(STATEMENT) | {"body": "注[^1]与[^9]:如前。"}))
    made = documents.export("statement", row, context(tmp_path), "zh")
    assert "注[^1]与[^9]:如前。" in "\n".join(readback.lines(Document(str(made.path))))


@pytest.mark.parametrize(
    "codes",
    [
        [],
        ["COV-2026-001"],
        ["COV-2026-999", "COV-2026-1000", "COV-2026-998"],
        ["COV-2025-003", "COV-2026-001", "COV-2026-002", "COV-2026-004", "x"],
    ],
)
def test_codes_fold_into_spans_and_back(codes: list[str]) -> None:
    assert sorted(figures.unfolded(figures.folded(codes))) == sorted(codes)


def test_neighbours_are_one_span() -> None:
    assert figures.folded(["C-9", "C-10", "C-12", "C-8"]) == ["C-8–10", "C-12"]


def test_figures_are_frozen_when_the_report_is_approved_and_say_when_their_sources_move(desk: Settings) -> None:
    project, outlet = launched()
    assert "2[1]篇原创" in text(project, desk) and "冻结" not in text(project, desk)
    store.perform("林岚", approvals.decide, project, "approve", step="report", by="Dubois")
    quiet = text(project, desk)
    assert "经Dubois批准时冻结，来源数据至今未变" in quiet and "数据已变更" not in quiet

    with store.write("林岚") as work:
        added = published(work, project, outlet, "又一篇", "negative")
    moved = text(project, desk)
    assert "2[1]篇原创" in moved and "3[1]篇原创" not in moved
    assert "原创报道：2 → 3" in moved and "正面比例：50.0% → 33.3%" in moved and f"新增记录：{added.code}" in moved
    assert moved.splitlines()[0].endswith("数据已变更") or "数据已变更" in moved.splitlines()[1]
    english = text(project, desk, "en")
    assert "Originals: 2 → 3" in english and "Data changed since approval" in english

    store.perform("林岚", approvals.decide, project, "approve", step="report", by="林岚")
    again = text(project, desk)
    assert "3[1]篇原创" in again and "数据已变更" not in again


def test_a_piece_that_changed_its_tone_is_told_though_the_count_is_the_same(local_desk: Settings) -> None:
    project, _outlet = launched()
    store.perform("林岚", approvals.decide, project, "approve", step="report", by="Dubois")
    first = query.rows("coverage", {"title": "石头"})[0]
    store.perform("林岚", records.change, first, {"sentiment": "negative"})
    moved = text(project, local_desk)
    assert "正面原创：1 → 0" in moved and "负面原创：0 → 1" in moved and "原创报道：" not in moved


def test_an_approval_taken_back_takes_its_figures_along(local_desk: Settings) -> None:
    project, outlet = launched()
    store.perform("林岚", approvals.decide, project, "approve", step="report", by="Dubois")
    store.perform("林岚", records.undo)
    with store.write("林岚") as work:
        published(work, project, outlet, "又一篇", "positive")
    now = text(project, local_desk)
    assert "3[1]篇原创" in now and "冻结" not in now and "数据已变更" not in now


def test_a_decision_about_the_project_itself_freezes_nothing(local_desk: Settings) -> None:
    project, _outlet = launched()
    store.perform("林岚", Work.edit, project, stage="approval")
    store.perform("林岚", approvals.decide, project, "approve", by="Dubois")
    store.perform("林岚", approvals.decide, project, "reject", step="report", by="Dubois")
    assert query.rows("frozen") == [] and figures.frozen(project) == {}


def test_the_mark_is_on_every_page_of_the_file(local_desk: Settings) -> None:
    project, outlet = launched()
    store.perform("林岚", approvals.decide, project, "approve", step="report", by="Dubois")
    with store.write("林岚") as work:
        published(work, project, outlet, "又一篇", "positive")
    row = query.get("project", project.id)
    made = Document(str(documents.export("clip-book", row, gather(row, local_desk, "zh"), "zh").path))
    section = made.sections[0]
    for head in (section.first_page_header, section.header):
        assert "数据已变更" in "".join(one.text for one in head.paragraphs)
