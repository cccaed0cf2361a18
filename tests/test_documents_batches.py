"""Invitations, one for each guest; and the clip book, whose figures are those of the measures."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from prtui import clock, documents, store
from prtui.config import Settings
from prtui.desk import coverage
from prtui.documents import Guest, Person, readback
from prtui.documents.gathering import gather
from prtui.documents.ooxml import w
from prtui.errors import Refused
from prtui.store import query
from tests.test_documents_golden import COVERAGE, NOW, OCCASIONS, PROJECT, context, piece

HOST = Person("周一诺", "公关经理", "+86 139 0000 5678")


@pytest.fixture(autouse=True)
def _now() -> Any:
    with clock.frozen(NOW):
        yield


def text(path: Path) -> str:
    return "\n".join(readback.lines(Document(str(path))))


def test_every_guest_gets_an_invitation_of_her_own(tmp_path: Path) -> None:
    guests = [Guest("李伟", "先生", 1), Guest("曾敏", "女士", host=HOST), Guest("李伟", "先生")]
    given = context(tmp_path, event=OCCASIONS["zh"])
    made = documents.export_each("invitation", PROJECT, given, "zh", guests)
    assert [one.path.name for one in made] == [
        "2026-03-18_活动邀请函_PRJ-2026-003_李伟_v1.7.docx",
        "2026-03-18_活动邀请函_PRJ-2026-003_曾敏_v1.7.docx",
        "2026-03-18_活动邀请函_PRJ-2026-003_李伟_v1.7-2.docx",
    ]
    assert {one.path.parent for one in made} == {tmp_path / "exports" / "2026-03-18_活动邀请函_PRJ-2026-003_v1.7"}
    first, second, third = (text(one.path) for one in made)
    assert "尊敬的李伟先生：" in first and "可携1位同伴" in first and "曾敏" not in first
    assert "尊敬的曾敏女士：" in second and "周一诺　公关经理　+86 139 0000 5678" in second and "李伟" not in second
    assert "可携" not in third and "谢绝转让" in third and "内部资料" not in third
    again = documents.export_each("invitation", PROJECT, given, "zh", guests[:1])
    assert again[0].path.parent.name.endswith("v1.7-2")


def test_a_batch_is_final_as_a_whole_or_not_at_all(tmp_path: Path) -> None:
    given = context(tmp_path, event=OCCASIONS["zh"])
    with pytest.raises(Refused, match="1"):
        documents.export_each("invitation", PROJECT, given, "zh", [Guest("李伟", "先生"), Guest("仇晓")], final=True)
    assert not (tmp_path / "exports").exists()
    with pytest.raises(Refused):
        documents.export_each("invitation", PROJECT, given, "zh", [])


def test_the_clip_book_counts_as_the_measures_count() -> None:
    counted = coverage.tally(COVERAGE)
    assert [len(one) for one in (counted.originals, counted.pickups, counted.other, counted.duplicates)] == [4, 1, 1, 1]
    assert (len(counted.rated), counted.positive) == (3, "33.3%")
    assert coverage.tally([]).positive == "—"


def test_k04_and_k05_of_the_march_example() -> None:
    tones = ["positive"] * 39 + ["neutral"] * 15 + ["negative"] * 3 + ["mixed"] + ["unrated"] * 2
    rows = [piece(n, f"报道{n}", 0, 2 + n % 28, sentiment=tone) for n, tone in enumerate(tones)]
    rows += [piece(100 + n, f"转载{n}", 1, 9, original="pickup") for n in range(11)]
    counted = coverage.tally([*rows, *rows[:3]])
    assert [len(one) for one in (counted.originals, counted.pickups, counted.counted, counted.duplicates)] == [
        60,
        11,
        71,
        3,
    ]
    assert counted.positive == "67.2%"


def test_the_clip_book_lists_everything_and_ends_without_an_empty_page(tmp_path: Path) -> None:
    path = documents.export("clip-book", PROJECT, context(tmp_path, rows=COVERAGE, tiers={"OUT-0": "A"}), "zh").path
    document = Document(str(path))
    sections = [section.orientation for section in document.sections]
    assert [str(one).split(".")[-1].split()[0] for one in sections] == ["PORTRAIT", "LANDSCAPE"]
    assert not document.sections[-1].different_first_page_header_footer
    *_before, table, _note, as_of, section = document.element.body
    assert (table.tag, section.tag) == (w("tbl"), w("sectPr")) and len(list(as_of.iter(w("t")))) == 1
    shown = text(path)
    assert (
        all(row.title in shown for row in COVERAGE) and "付费、自有及共享媒体1[7]篇" in shown and "重复1[8]条" in shown
    )
    links = [one.target_ref for one in document.part.rels.values() if one.is_external]
    assert len(links) == 6 and "https://example.com/4" not in links


def test_her_own_words_stand_in_the_summary_and_an_empty_book_is_still_one(tmp_path: Path) -> None:
    given = replace(context(tmp_path, rows=COVERAGE), remarks="- 工艺是焦点\n- 价格有争议")
    assert "工艺是焦点" in "\n".join(documents.preview("clip-book", PROJECT, given, "zh"))
    empty = documents.export("clip-book", PROJECT, context(tmp_path, rows=()), "en")
    assert empty.unfilled == []
    assert "0[1] originals" in text(empty.path)


def test_a_clip_book_gathers_the_coverage_of_its_project(local_desk: Settings) -> None:
    with store.write("林岚") as work:
        owner = work.add("person", name="林岚", department="pr")
        project = work.add("project", name="发布会", owner=owner.id)
        outlet = work.add("outlet", name="第一财经", tier="A")
        published = clock.Moment(NOW, "Asia/Shanghai")
        work.add("coverage", title="石头", outlet=outlet.id, published_at=published, project=project.id)
        work.add("coverage", title="别的", outlet=outlet.id, published_at=published)
    given = gather(query.get("project", project.id), local_desk, "zh")
    assert [row.title for row in given.rows] == ["石头"] and given.tiers == {outlet.code: "A"}
    lines = documents.preview("clip-book", query.get("project", project.id), given, "zh")
    assert any("石头" in line and "第一财经" in line and "A" in line for line in lines)
