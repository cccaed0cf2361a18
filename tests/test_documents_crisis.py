"""Crisis documents from a desk: drills are marked on every page, approvals stay in the house, gaps and old numbers are seen."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from prtui import cli, clock, documents, i18n
from prtui.config import Settings
from prtui.desk import approvals, crisis, crisis_library, crisis_log, crisis_publication, crisis_statements, records
from prtui.desk.crisis_coverage import Curve
from prtui.documents import readback
from prtui.documents.gathering import gather
from prtui.errors import Refused
from prtui.store import Work, query
from prtui.store.documents import text_sha
from prtui.store.records import Row
from tests import crisis_story
from tests.crises import at, do, published, started, team
from tests.test_documents_golden import CRISIS
from tests.test_documents_golden import context as golden_context

NOW = at(10, day=21)


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


def text(kind: str, row: Row, desk: Settings, lang: str = "zh", **asked: Any) -> str:
    return "\n".join(documents.preview(kind, row, gather(row, desk, lang, **asked), lang))


def headers(path: Path) -> list[str]:
    """The XML of every header a page may have."""
    with zipfile.ZipFile(path) as archive:
        return [archive.read(name).decode() for name in archive.namelist() if name.startswith("word/header")]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_page_of_a_drill_says_so(local_desk: Settings, lang: str) -> None:
    row = crisis_story.exercised(local_desk)
    made = documents.export("crisis-review", row, gather(row, local_desk, lang), lang).path
    found = headers(made)
    assert len(found) >= 2
    assert all(("演练" if lang == "zh" else "EXERCISE") in one for one in found)
    assert all("演练 EXERCISE" in one for one in found if "textpath" in one) and any("textpath" in one for one in found)
    shown = "\n".join(readback.lines(Document(str(made))))
    assert any(("演练复盘报告" if lang == "zh" else "Drill review") in one for one in found)
    assert "T+0" in shown and "100" in shown


def test_a_statement_shows_who_cleared_it_in_the_house_only(local_desk: Settings) -> None:
    team()
    published(started())
    document = query.rows("document")[0]
    inside = text("statement", document, local_desk, internal=True)
    sha = text_sha(document, "zh")[:16]
    lines = [line for line in inside.splitlines() if sha in line]
    assert [line.split()[:2] for line in lines] == [["法务确认", "周衡"], ["管理层批准", "Dubois"]]
    assert "指纹（SHA-256前16位）" in inside
    outside = text("statement", document, local_desk)
    assert sha not in outside and "周衡" not in outside and "演练" not in outside


def test_a_statement_of_a_drill_is_marked_and_an_edit_takes_the_approvals_along(local_desk: Settings) -> None:
    row = crisis_story.exercised(local_desk)
    document = do(at(9, 50, day=16), crisis_statements.draft, row, body="演练文本。")
    for internal in (False, True):
        context = gather(document, local_desk, "zh", internal=internal)
        made = documents.export("statement", document, context, "zh").path
        assert all("【演练】" in one for one in headers(made))
    given = {"step": "legal", "by": "周衡", "sha": text_sha(document, "zh"), "language": "zh"}
    do(at(9, 51, day=16), approvals.decide, document, "approve", **given)
    assert "周衡" in text("statement", document, local_desk, internal=True)
    edited = do(at(9, 52, day=16), records.change, document, {"body": "别的文本。"})
    assert "周衡" not in text("statement", edited, local_desk, internal=True)


def test_a_review_says_what_is_missing(local_desk: Settings) -> None:
    team()
    row = started()
    shown = text("crisis-review", row, local_desk)
    assert "草稿，未经批准" in shown and "首发" in shown
    for gap in ("事件概述", "有效之处", "不足之处", "根本原因（五个为什么）", "经验教训", "改进行动、责任人及期限"):
        assert f"【待填：{gap}】" in shown
    assert "没有与本事件关联的负面原创报道" in shown and "没有投诉记录" in shown and "进行中" in shown
    with pytest.raises(Refused):
        documents.export("crisis-review", row, gather(row, local_desk, "zh"), "zh", final=True)


def test_the_chart_has_the_whole_course_and_a_few_quiet_days(tmp_path: Path) -> None:
    facts = crisis_story.aftermath()
    for length, columns, told in ((40, 43, "每日负面原创报道"), (100, 15, "每周负面原创报道")):
        counts = [0, 0, 4, *[0] * (length - 2), 1, *[0] * 30]
        days = tuple((date(2026, 3, 10) + timedelta(days=at), count) for at, count in enumerate(counts))
        given = replace(facts, review=replace(facts.review, curve=Curve(days)))
        context = replace(golden_context(tmp_path), aftermath=given)
        shown = documents.preview("crisis-review", CRISIS, context, "zh")
        [chart] = [line for line in shown if line.startswith("[每")]
        assert told in chart and chart.count(",") == columns - 1 and "3/12 4" in chart
        [note] = [line for line in shown if line.startswith("n = ")]
        last = days[length + 1 + 3][0]
        assert f"{last.month}月{last.day}日以后" in note


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_first_statement_that_is_not_out_is_not_in_time(local_desk: Settings, lang: str) -> None:
    team()
    row = started()
    with clock.frozen(at(3, 10)):
        shown = text("crisis-review", row, local_desk, lang)
    [first] = [line for line in shown.splitlines() if "TTFR" in line]
    assert ("进行中" if lang == "zh" else "still running") in first and first.rstrip().endswith("—")
    assert "按时" not in first and "in time" not in first and "%" not in first
    late = text("crisis-review", row, local_desk, lang)
    [first] = [line for line in late.splitlines() if "TTFR" in line]
    assert ("进行中，已超时" if lang == "zh" else "still running, ") in first and "%" not in first


@pytest.mark.parametrize(("lang", "said"), [("zh", "3起（已更正）"), ("en", "3起 (corrected)")])
def test_a_line_that_was_corrected_says_so_in_the_review(local_desk: Settings, lang: str, said: str) -> None:
    team()
    row = started()
    wrong = do(at(3), crisis_log.log, row, "店长来电3起")
    do(at(3, 1), crisis_log.log, row, "店长来电2起", corrects=wrong.code)
    with clock.frozen(at(3, 10)):
        shown = text("crisis-review", row, local_desk, lang)
    assert shown.count(said) == 1


def test_a_review_that_nobody_has_begun_is_a_first_draft(local_desk: Settings) -> None:
    team()
    row = started()
    made = documents.export("crisis-review", row, gather(row, local_desk, "zh"), "zh").path
    assert made.stem.endswith("_v0.1")


def test_an_approved_review_is_no_draft_until_it_is_edited(local_desk: Settings) -> None:
    row = crisis_story.played()
    notes = crisis_story.reviewed(row)
    row = query.get("crisis", row.id)
    assert "草稿" not in text("crisis-review", row, local_desk)
    do(at(9, day=21), records.change, query.get("crisisreview", notes.id), {"hurt": "另有原因。"})
    assert "草稿，未经批准" in text("crisis-review", row, local_desk)


def test_numbers_that_nobody_rang_for_ninety_days_are_flagged(local_desk: Settings) -> None:
    team("pr", "legal", "executive", "product", "service")
    seats = query.rows("teammember")
    for seat, since in zip(
        seats, (date(2025, 12, 21), date(2025, 12, 20), None, date(2026, 3, 1), date(2026, 3, 2)), strict=True
    ):
        do(at(0, day=20), Work.edit, seat, verified_on=since)
    plan = do(
        at(0, day=20),
        Work.add,
        "crisisplan",
        version_no=1,
        change="首版",
        in_force_on=date(2026, 3, 20),
        approved_by="Dubois",
    )
    shown = text("crisis-plan", plan, local_desk)
    assert (shown.count("须核实"), shown.count("从未核实")) == (1, 2)  # the sentence has the second once
    assert "2个号码超过90天" in shown


def test_a_plan_without_a_team_asks_for_it_and_an_old_one_is_superseded(local_desk: Settings) -> None:
    first = do(at(0, day=20), Work.add, "crisisplan", version_no=1, change="首版")
    shown = text("crisis-plan", first, local_desk)
    for gap in ("法务A角", "总经理A角", "施行日期", "编制目的与处置原则", "小组成员及电话", "经法务预批的声明模板"):
        assert f"【待填：{gap}】" in shown
    assert "草稿，未经批准" in shown and "近180天没有演练记录" in shown and "取代" not in shown
    do(at(0, day=20), Work.add, "crisisplan", version_no=2, change="次版")
    assert "已被第2版取代" in text("crisis-plan", first, local_desk)
    team()
    crisis_story.exercised_already()
    assert "没有演练记录" not in text("crisis-plan", first, local_desk)


def test_the_command_line_writes_both(local_desk: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    crisis_story.reviewed(crisis_story.played())
    before = i18n.language()
    for kind, code, lang in (("crisis-review", "CRS-2026-001", "zh"), ("crisis-plan", "CPN-2026-001", "en")):
        assert cli.main(["--data", str(local_desk.data), "--as", "林岚", "export", kind, code, "--lang", lang]) == 0
        assert code in capsys.readouterr().out
    assert cli.main(["--data", str(local_desk.data), "--as", "林岚", "export", "crisis-plan", "CRS-2026-001"]) == 1
    i18n.use(before)


def test_a_published_statement_has_its_hour_and_no_gap(local_desk: Settings) -> None:
    team()
    published(started())
    document = query.rows("document")[0]
    outside = text("statement", document, local_desk)
    assert "2026年3月15日04:31" in outside and "2026年3月15日06:31" in outside
    for gap in ("发布时间", "发布日期", "下次通报时间"):
        assert f"【待填：{gap}】" not in outside


def test_the_internal_copy_of_an_emergency_shows_counsels_word(local_desk: Settings) -> None:
    team()
    row = started()
    do(at(3), crisis_library.install)
    library = query.rows("holdingtemplate", {"scenario": "product", "language": "zh"})[0]
    do(at(3), crisis_library.approve_template, library, "周衡")
    document = do(at(3), crisis_statements.draft, row, templates=[query.get("holdingtemplate", library.id)])
    do(at(3), crisis_statements.fill, document, dict.fromkeys(crisis_statements.blanks(document), "已确认"))
    do(at(3, 5), crisis_publication.agree, row, "周衡", "电话")
    do(at(3, 30), crisis.stamp, row, 8, emergency=True)
    document = query.get("document", document.id)
    inside = text("statement", document, local_desk, internal=True)
    (line,) = [line for line in inside.splitlines() if text_sha(document, "zh")[:16] in line]
    assert "紧急通道" in line and "周衡 电话" in line and "03:05" in line
    assert "紧急通道" not in text("statement", document, local_desk)
