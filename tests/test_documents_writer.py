"""Files: whole or not at all, hers alone, never over another; and what the document says about itself on every page."""

from __future__ import annotations

import errno
import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from docx import Document

from prtui import clock, documents
from prtui.documents import Signoff, placing
from prtui.documents.ooxml import w
from prtui.errors import DiskTrouble, NotFound, PrtuiError, Refused, Trouble
from tests.test_documents_blocks import png
from tests.test_documents_golden import BRAND, MINUTES, NOW, RELEASE, ROWS, STATEMENT, at, context, document

SIGNED = (Signoff("legal", "周衡", at("2026-03-15 04:02"), "ab" * 32),)


@pytest.fixture(autouse=True)
def _now() -> Any:
    with clock.frozen(NOW):
        yield


def pages(path: Path) -> list[str]:
    """The text of each header: what every page shows."""
    made = Document(str(path))
    section = made.sections[0]
    heads = [section.first_page_header, section.header]
    if made.settings.odd_and_even_pages_header_footer:
        heads.append(section.even_page_header)
    return ["\n".join(paragraph.text for paragraph in head.paragraphs) for head in heads]


def body(path: Path) -> str:
    return "".join(leaf.text or "" for leaf in Document(str(path)).element.body.iter(w("t")))


def branded(data: Path, **brand: str) -> documents.Context:
    given = context(data)
    return replace(given, settings=replace(given.settings, brand=BRAND | brand))


def test_the_name_says_what_it_is_and_a_second_export_keeps_the_first(tmp_path: Path) -> None:
    first = documents.export("statement", STATEMENT, context(tmp_path), "zh")
    second = documents.export("statement", STATEMENT, context(tmp_path), "zh")
    assert first.path == tmp_path / "exports" / "2026-03-15_媒体声明_DOC-2026-016_v1.2.docx"
    assert second.path.name == "2026-03-15_媒体声明_DOC-2026-016_v1.2-2.docx"
    english = documents.export("statement", STATEMENT, context(tmp_path, "en"), "en", tmp_path / "out")
    assert english.path == tmp_path / "out" / "2026-03-15_Media-statement_DOC-2026-016_v1.2.docx"
    assert first.path.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "exports").stat().st_mode & 0o777 == 0o700
    assert [one.name for one in (tmp_path / "exports").iterdir() if one.name.startswith(".")] == []


def test_a_named_file_is_never_written_over(tmp_path: Path) -> None:
    target = tmp_path / "声明.docx"
    target.write_text("hers")
    made = documents.export("statement", STATEMENT, context(tmp_path), "zh", target)
    assert made.path.name == "声明-2.docx" and target.read_text() == "hers"


def test_a_name_that_is_no_word_document_is_told(tmp_path: Path) -> None:
    with pytest.raises(PrtuiError, match=r"x\.pdf"):
        documents.export("statement", STATEMENT, context(tmp_path), "zh", tmp_path / "x.pdf")
    assert list(tmp_path.iterdir()) == []


def test_hostile_names_stay_in_their_folder(tmp_path: Path) -> None:
    row = document(type="statement", code="../../x\\y:z", title="x")
    made = documents.export("statement", row, context(tmp_path), "zh")
    assert made.path.parent == tmp_path / "exports" and made.path.is_file()


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskTrouble):
        documents.export("statement", STATEMENT, context(tmp_path), "zh")
    assert list((tmp_path / "exports").iterdir()) == []


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "exports").write_text("")
    with pytest.raises(Trouble, match="exports"):
        documents.export("statement", STATEMENT, context(tmp_path), "zh")


def test_a_disk_without_links_still_keeps_what_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    one, two = placing.place(b"1", tmp_path, "a.docx"), placing.place(b"2", tmp_path, "a.docx")
    assert (one.read_bytes(), two.read_bytes(), two.name) == (b"1", b"2", "a-2.docx")


def test_gaps_are_listed_and_refuse_to_be_final(tmp_path: Path) -> None:
    row = document(type="statement", title="关于表扣的声明", body="事实【待填：受伤人数】。")
    made = documents.export("statement", row, context(tmp_path), "zh")
    assert made.unfilled == ["声明编号", "发布时间", "受伤人数", "发布日期", "下次通报时间"]
    with pytest.raises(Refused) as caught:
        documents.export("statement", row, context(tmp_path), "zh", final=True)
    assert "【待填：受伤人数】" in caught.value.missing
    assert Document(str(made.path)).core_properties.content_status == "Draft"
    final = documents.export("statement", STATEMENT, context(tmp_path), "zh", final=True)
    assert Document(str(final.path)).core_properties.content_status == "Final"


def test_a_draft_is_never_exported_as_final(tmp_path: Path) -> None:
    for status in ("draft", "review", "legal"):
        row = SimpleNamespace(**vars(STATEMENT) | {"status": status})
        with pytest.raises(Refused, match="DOC-2026-016 is not final"):
            documents.export("statement", row, context(tmp_path), "zh", final=True)
    with pytest.raises(Refused) as caught:
        documents.export("statement", document(status="review"), context(tmp_path), "zh", final=True)
    assert caught.value.missing[-1] == "草稿，未经批准"
    assert not (tmp_path / "exports").exists()


@pytest.mark.parametrize(
    ("status", "told"),
    [("review", "Draft"), ("approved", "Approved"), ("released", "Released"), ("corrected", "Corrected"), ("withdrawn", "Withdrawn")],
)  # fmt: skip
def test_the_file_says_how_far_its_text_has_come(status: str, told: str, tmp_path: Path) -> None:
    row = SimpleNamespace(**vars(STATEMENT) | {"status": status})
    made = documents.export("statement", row, context(tmp_path), "zh")
    assert Document(str(made.path)).core_properties.content_status == told


def test_a_plan_and_a_review_say_how_far_they_have_come(tmp_path: Path) -> None:
    def status(kind: str, **values: Any) -> str:
        row = SimpleNamespace(**vars(ROWS[kind]) | values)
        made = documents.export(kind, row, context(tmp_path), "zh").path
        return str(Document(str(made)).core_properties.content_status)

    assert status("crisis-plan") == "Approved" and status("crisis-review") == "Approved"
    assert status("crisis-plan", in_force_on=date(2026, 3, 18)) == "In force"
    assert status("crisis-plan", version_no=0) == "Draft"  # a gap is left
    row = SimpleNamespace(**vars(ROWS["crisis-plan"]) | {"approved_by": ""})
    with pytest.raises(Refused, match="not final"):
        documents.export("crisis-plan", row, context(tmp_path), "zh", final=True)


def test_english_never_shows_the_chinese_text_in_its_place(tmp_path: Path) -> None:
    row = document(type="release", title="中文标题", body="中文正文", city="上海")
    made = documents.export("release", row, context(tmp_path, "en"), "en")
    assert "中文" not in body(made.path) and "上海" not in body(made.path)
    assert "title" in made.unfilled and "city" in made.unfilled


def test_minutes_without_a_text_in_the_language_are_approved_by_nobody(tmp_path: Path) -> None:
    row = SimpleNamespace(**vars(MINUTES) | {"body_en": ""})
    shown = "\n".join(documents.preview("minutes", row, context(tmp_path, "en"), "en"))
    assert "Approved: 【To fill: approval by the chair】" in shown
    assert "签发：林岚" in "\n".join(documents.preview("minutes", row, context(tmp_path), "zh"))


def test_core_properties_describe_the_file(tmp_path: Path) -> None:
    about = Document(str(documents.export("minutes", MINUTES, context(tmp_path), "zh").path)).core_properties
    assert (about.title, about.subject, about.author) == (MINUTES.title, "会议纪要", "林岚")
    assert (about.keywords, about.version, about.category, about.language) == (
        "DOC-2026-009",
        "v1.2",
        "internal",
        "zh-CN",
    )
    assert about.created == NOW


def test_marks_are_on_every_page(tmp_path: Path) -> None:
    drill = documents.export("statement", STATEMENT, context(tmp_path, drill=True), "zh").path
    assert all("演练" in page for page in pages(drill)) and len(pages(drill)) == 2
    made = Document(str(drill)).sections[0]
    assert all("演练 EXERCISE" in head._element.xml for head in (made.header, made.first_page_header))
    embargoed = documents.export("release", RELEASE, context(tmp_path), "zh").path
    assert all("保密期至2026年3月20日20:00（北京时间，UTC+8）" in page for page in pages(embargoed))
    minutes = documents.export("minutes", MINUTES, context(tmp_path), "zh").path
    assert all("内部资料" in page for page in pages(minutes)) and len(pages(minutes)) == 3
    with clock.frozen(at("2026-03-20 20:00").at):
        lifted = documents.export("release", RELEASE, context(tmp_path), "zh").path
    assert "保密期" not in "".join(pages(lifted)) and "即时发布" in body(lifted)


def test_an_internal_text_becomes_public_by_being_approved_and_a_confidential_one_never(tmp_path: Path) -> None:
    values = vars(STATEMENT)
    for status, level, shown in (
        ("draft", "internal", True),
        ("approved", "internal", False),
        ("released", "confidential", True),
    ):
        row = SimpleNamespace(**(values | {"status": status, "confidentiality": level}))
        head = "".join(pages(documents.export("statement", row, context(tmp_path), "zh").path))
        assert ("内部资料" in head or "机密" in head) == shown, (status, level)
    draft = SimpleNamespace(**(values | {"status": "legal"}))
    assert "草稿" in "".join(pages(documents.export("statement", draft, context(tmp_path), "zh").path))


def test_only_the_internal_copy_says_who_approved(tmp_path: Path) -> None:
    public = documents.export("statement", STATEMENT, context(tmp_path, approvals=SIGNED), "zh").path
    internal = documents.export("statement", STATEMENT, context(tmp_path, approvals=SIGNED, internal=True), "zh").path
    everything = body(public) + "".join(pages(public))
    assert "周衡" not in everything and "法务" not in everything and "abab" not in everything
    assert "周衡" in body(internal) and "abababab" in body(internal)
    assert "内部留存" in internal.name and all("不得外发" in page for page in pages(internal))


def test_the_brand_color_is_used_and_is_readable_in_text(tmp_path: Path) -> None:
    bright = branded(tmp_path, color="#FFD700")
    made = Document(str(documents.export("statement", STATEMENT, bright, "zh").path))
    xml = made.styles.element.xml
    colors = set(re.findall(r'<w:color w:val="([0-9A-F]{6})"', xml))
    assert 'w:color="FFD700"' in xml and "FFD700" not in colors and "8A6A3D" not in colors


def test_a_logo_takes_the_place_of_the_name_and_a_broken_one_is_told(tmp_path: Path) -> None:
    def with_logo(path: Path) -> documents.Exported:
        return documents.export("statement", STATEMENT, branded(tmp_path, logo=str(path)), "zh")

    made = with_logo(png(tmp_path / "logo.png", 300, 60))
    head = Document(str(made.path)).sections[0].first_page_header._element.xml
    assert 'descr="澜璟"' in head and made.findings == []
    (tmp_path / "broken.png").write_text("<svg/>")
    broken = with_logo(tmp_path / "broken.png")
    assert [one.rule for one in broken.findings] == ["logo"] and "澜璟" in pages(broken.path)[0]
    (tmp_path / "cut.png").write_bytes((tmp_path / "logo.png").read_bytes()[:20])
    assert "澜璟" in pages(with_logo(tmp_path / "cut.png").path)[0]


def test_an_unknown_document_or_language_names_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="statement"):
        documents.export("statment", STATEMENT, context(tmp_path), "zh")
    with pytest.raises(NotFound, match="fr"):
        documents.export("statement", STATEMENT, context(tmp_path), "fr")


def test_importing_the_room_loads_no_word_library() -> None:
    code = "import sys, prtui.documents; print([name for name in ('docx', 'lxml', 'peewee', 'pendulum') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
