"""Word would open every file cleanly: openxml-audit has nothing to find, in any kind, any language, any block."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openxml_audit import FileFormat, OpenXmlValidator

from prtui import clock, documents
from prtui.documents import Signoff, slots, templates
from prtui.documents.blocks import (
    Area,
    Callout,
    Chart,
    Facts,
    Heading,
    Items,
    Landscape,
    PageBreak,
    Para,
    Picture,
    Sources,
    Table,
    Toc,
)
from prtui.documents.charts import serial
from tests.test_documents_blocks import png
from tests.test_documents_golden import CASES, NOW, ROWS, at, context


@pytest.fixture(autouse=True)
def _now() -> Any:
    with clock.frozen(NOW):
        yield


def findings(path: Path) -> list[str]:
    return [str(one) for one in OpenXmlValidator(file_format=FileFormat.MICROSOFT_365).validate(path).errors]


@pytest.mark.parametrize(("kind", "lang"), CASES)
def test_every_document_is_clean(kind: str, lang: str, tmp_path: Path) -> None:
    plain = documents.export(kind, ROWS[kind], context(tmp_path, lang), lang).path
    signed = (Signoff("legal", "周衡", at("2026-03-15 04:02"), "ab" * 32),)
    branded = context(tmp_path, lang)
    brand = {**branded.settings.brand, "color": "#2A5C8A", "logo": str(png(tmp_path / "logo.png", 300, 60))}
    loud = replace(
        branded, drill=True, internal=True, approvals=signed, settings=replace(branded.settings, brand=brand)
    )
    assert findings(plain) == [] and findings(documents.export(kind, ROWS[kind], loud, lang).path) == []


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("kind", ["minutes", "clip-book"])
def test_every_block_is_clean(kind: str, lang: str, tmp_path: Path) -> None:
    days = [serial(clock.parse_day(f"2026-03-{day}", NOW.date())) for day in (1, 8, 15)]
    series = [("甲", [1, None, 3]), ("乙", [2, 2, -1])]
    charts = [
        Chart(shape, "图", ["一", "二", "三"], [("起", days), ("长", [7, 7, 3])] if shape == "gantt" else series[: 1 if shape == "pie" else 2])
        for shape in ("bar", "column", "stacked", "line", "pie", "gantt")
    ]  # fmt: skip
    blocks = [
        Toc("目录"), Heading("一"), Heading("二", 2), Heading("三", 3), Para("**粗***斜*[链](https://example.com/?a=1&b=2)【待填：数】1[^1]"),
        Items(["一", "二"]), Items(["一", "二"], ordered=True), Items(["三"], ordered=True),
        Table(["项", "数"], [["a\nb", -1], ["“……”", 2.5]], total=["计", 1], caption="表名"), Facts([("标", "值\n二")]), Callout("注意"),
        Picture(str(png(tmp_path / "p.png", 40, 30)), "图", caption="图名"), PageBreak(), *charts,
        Landscape([Heading("横"), Table(["甲"], [["乙"]])]), Sources(["编号", "数"], [["报道"]]), Para("完"),
    ]  # fmt: skip
    document = templates.opened(templates.find(kind, lang, tmp_path))
    values = documents.deliverables()[kind].blank(lang).values
    slots.fill(document, {**values, "body": Area(blocks)}, lang)
    path = tmp_path / "all.docx"
    document.save(path)
    assert findings(path) == []


@pytest.mark.parametrize(("kind", "lang"), CASES)
def test_the_shipped_templates_are_clean(kind: str, lang: str, tmp_path: Path) -> None:
    assert findings(templates.find(kind, lang, tmp_path)) == []


def test_the_audit_finds_what_is_wrong(tmp_path: Path) -> None:
    made = documents.export("statement", ROWS["statement"], context(tmp_path), "zh").path
    wrong = tmp_path / "wrong.docx"
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(wrong, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                content = content.replace(b"<w:pPr>", b"<w:pPr><w:nonsense/>", 1)
            target.writestr(name, content)
    assert findings(wrong)


@pytest.mark.parametrize(("kind", "lang"), CASES)
def test_what_word_asks_and_shows(kind: str, lang: str, tmp_path: Path) -> None:
    """What an audit does not tell: no question when it opens, the fonts named with what stands in for them, the language."""
    made = documents.export(kind, ROWS[kind], context(tmp_path, lang), lang).path
    with zipfile.ZipFile(io.BytesIO(made.read_bytes())) as archive:
        parts = {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}
    everything = "".join(parts.values())
    assert "updateFields" not in everything and "w:dirty" not in everything and "attachedTemplate" not in everything
    assert parts["word/fontTable.xml"].count("<w:altName") == 7 and 'w:eastAsia="zh-CN"' in parts["word/styles.xml"]
    kinds = parts["[Content_Types].xml"]
    for name in parts:
        extension = name.rpartition(".")[2]
        assert f'PartName="/{name}"' in kinds or f'Extension="{extension}"' in kinds, name
    charts = [name for name in parts if name.startswith("word/charts/chart")]
    books = [name for name in parts if name.startswith("word/embeddings/")]
    assert len(charts) == len(books) == (kind in ("clip-book", "crisis-review"))
    if lang == "zh":
        quoted = [
            run
            for run in Document(str(made)).element.body.iter()
            if run.tag.endswith("}r") and "“" in "".join(run.itertext())
        ]
        assert all("eastAsia" in str(run.xml) for run in quoted)
