"""Every block in one document: what Word would refuse to open, or a reader stumble over."""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from lxml import etree

from prtui import documents
from prtui.documents import charts, prose, slots, tables, templates
from prtui.documents.blocks import (
    Area,
    Block,
    Callout,
    Chart,
    Facts,
    Heading,
    Items,
    Landscape,
    PageBreak,
    Para,
    Picture,
    Table,
    Toc,
)
from prtui.documents.charts import serial
from prtui.documents.ooxml import w
from prtui.documents.readback import lines
from prtui.documents.templates import shipped
from prtui.documents.typeset import Typesetter

REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def png(path: Path, wide: int = 4, high: int = 2) -> Path:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\x00" + b"\x80" * wide for _ in range(high))
    header = struct.pack(">IIBBBBB", wide, high, 8, 0, 0, 0, 0)
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    )
    return path


def everything(picture: Path) -> list[Block]:
    wide = Table(["一", "二"], [["甲", 1], ["乙", 2]], caption="横向表", alt="横向")
    return [
        Toc("目录"),
        Heading("总体"),
        Para("一段**粗**与*斜*，见[链接](https://example.com/a?b=1&c=2)“引号”。\n第二行"),
        Heading("分项", 2),
        Items(["甲", "乙"], ordered=True),
        Items(["点"]),
        Items(["甲", "乙"], ordered=True),
        Table(["项目", "预算", "差异"], [["搭建", 1234567, -1200], ["餐饮", 80.5, Decimal("-3")]], ["合计", 1, 2], caption="预算", alt="预算表"),
        Facts([("时间", "今天"), ("地点", "上海\n西岸")]),
        Callout("“引语”"),
        Picture(str(picture), "灰色方块", caption="图片"),
        Chart("column", "柱", ["一", "二"], [("甲", [1, 2]), ("乙", [3, None])], caption="柱状图"),
        Chart("bar", "条", ["一"], [("甲", [1])]),
        Chart("line", "线", ["一", "二"], [("甲", [-1, 2])]),
        Chart("pie", "饼", ["一", "二"], [("甲", [1, 2])]),
        Chart("stacked", "叠", ["一", "二"], [("甲", [1, 2]), ("乙", [3, 4])]),
        Chart("gantt", "甘特", ["搭建"], [("起", [serial(date(2026, 3, 18))]), ("天", [2])], number_format="m-d"),
        PageBreak(),
        Landscape([Heading("横页", 2), wide]),
        Para("尾"),
    ]  # fmt: skip


@pytest.fixture(params=["minutes.zh", "release.en"])
def saved(request: pytest.FixtureRequest, tmp_path: Path) -> bytes:
    document = Document(str(shipped() / f"{request.param}.docx"))
    root = document.element.body
    for child in list(root)[1:-1]:
        root.remove(child)
    for story in slots.stories(document)[1:]:
        for leaf in story.root.iter(w("t")):
            leaf.text = (leaf.text or "").replace("{", "").replace("}", "")
    for leaf in list(root.iter(w("t")))[1:]:
        leaf.text = ""
    next(root.iter(w("t"))).text = "{{body}}"
    slots.fill(document, {"body": Area(everything(png(tmp_path / "p.png")))}, request.param[-2:])
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def parts(saved: bytes) -> dict[str, Any]:
    with zipfile.ZipFile(io.BytesIO(saved)) as archive:
        return {
            name: etree.fromstring(archive.read(name))
            for name in archive.namelist()
            if name.endswith((".xml", ".rels"))
        }


def test_the_package_holds_together(saved: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(saved)) as archive:
        names = archive.namelist()
    assert len(names) == len(set(names))
    trees = parts(saved)
    types = trees["[Content_Types].xml"]
    known = {one.get("Extension") for one in types} | {one.get("PartName") for one in types}
    assert all(f"/{name}" in known or name.rsplit(".", 1)[-1] in known for name in names)
    for name, tree in trees.items():
        if not name.endswith(".rels"):
            continue
        base = posixpath.dirname(posixpath.dirname(name))
        for relation in tree:
            if relation.get("TargetMode") != "External":
                target = relation.get("Target")
                assert (
                    target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(base, target))
                ) in names
    related = {one.get("Id") for one in trees["word/_rels/document.xml.rels"]}
    used = {
        value for node in trees["word/document.xml"].iter() for key, value in node.attrib.items() if key.startswith(REL)
    }
    assert used <= related
    assert sum(name.startswith("word/charts/chart") for name in names) == 6
    assert sum(name.startswith("word/embeddings/") for name in names) == 6


def test_ids_styles_lists_and_fields_are_sound(saved: bytes) -> None:
    trees = parts(saved)
    body = trees["word/document.xml"]
    drawn = [node.get("id") for node in body.iter() if node.tag.endswith("}docPr")]
    assert len(drawn) == len(set(drawn)) == 7
    assert all(node.get("descr") for node in body.iter() if node.tag.endswith("}docPr"))
    marks = [node.get(w("name")) for node in body.iter(w("bookmarkStart"))]
    assert len(marks) == len(set(marks)) == 3
    assert {node.get(w("anchor")) for node in body.iter(w("hyperlink")) if node.get(w("anchor"))} == set(marks)
    styles = {node.get(w("styleId")) for node in trees["word/styles.xml"].iter(w("style"))}
    for tag in ("pStyle", "rStyle", "tblStyle"):
        assert {node.get(w("val")) for node in body.iter(w(tag))} <= styles
    numbers = {node.get(w("numId")) for node in trees["word/numbering.xml"].iter(w("num"))}
    listed = [node.get(w("val")) for node in body.iter(w("numId"))]
    assert set(listed) <= numbers and len(set(listed)) == 2
    depth = 0
    for node in body.iter(w("fldChar")):
        depth += {"begin": 1, "end": -1}.get(node.get(w("fldCharType")), 0)
        assert depth in (0, 1)
    assert depth == 0
    assert not any(node.get(w("dirty")) for node in body.iter(w("fldChar")))
    assert trees["word/settings.xml"].find(w("updateFields")) is None


def test_tables_repeat_their_header_and_fit_the_page(saved: bytes) -> None:
    body = parts(saved)["word/document.xml"]
    widest = 0
    for table in body.iter(w("tbl")):
        grid = [int(node.get(w("w"))) for node in table.find(w("tblGrid"))]
        rows = table.findall(w("tr"))
        assert all(len(row.findall(w("tc"))) == len(grid) for row in rows)
        assert all(
            [int(cell.find(f"{w('tcPr')}/{w('tcW')}").get(w("w"))) for cell in row.findall(w("tc"))] == grid
            for row in rows
        )
        assert all(row.find(f"{w('trPr')}/{w('cantSplit')}") is not None for row in rows)
        assert all(cell[-1].tag == w("p") for cell in table.iter(w("tc")))
        widest = max(widest, sum(grid))
    heads = [table.find(w("tr")).find(f"{w('trPr')}/{w('tblHeader')}") is not None for table in body.iter(w("tbl"))]
    assert heads == [True, False, True]
    sections = [node.find(w("pgSz")).get(w("orient")) for node in body.iter(w("sectPr"))]
    assert sections == [None, "landscape", None]
    assert widest > 12_000


def test_the_words_read_as_they_were_meant(saved: bytes) -> None:
    text = "\n".join(lines(Document(io.BytesIO(saved))))
    assert "一段粗与斜，见链接“引号”。\n第二行" in text
    assert "1. 甲\n2. 乙" in text and text.count("1. 甲") == 2
    assert "1,234,567" in text and "−1,200" in text and "80.50" in text and "−3" in text
    assert "[灰色方块]" in text


def test_numbers_stand_right_and_columns_are_measured() -> None:
    table = Table(["项目", "金额", "比例", "备注"], [["搭建", 12, "12.5%", "甲"], ["餐饮", None, "—", "第1条"]])
    assert tables.alignments(table) == ["left", "right", "right", "left"]
    sizes = tables.columns(Table(["No.", "What"], [["1", "很长的一段话" * 20], ["2", "短"]]), 9000)
    assert sum(sizes) == 9000 and sizes[0] < 900
    assert tables.columns(Table(["a", "b"], [], widths=(1, 3)), 4000) == [1000, 3000]


def test_a_date_a_length_and_a_short_word_are_not_broken_in_a_cell() -> None:
    for kept in ("2026年3月20日", "3月15日03:28", "90分钟", "管理层批准", "expected", "20 March 2026", "as expected"):
        rows = [[f"{kept}", "很长的一段话" * 30, "又一段" * 20]]
        sizes = tables.columns(Table(["甲", "乙", "丙"], rows, widths=(1, 9, 9)), 8000)
        assert sum(sizes) == 8000 and sizes[0] >= tables._measure(kept) * 95 + 170, kept
    sizes = tables.columns(Table(["Minute", "Verdict"], [["T+0", "as expected"]], widths=(1, 40)), 3000)
    assert sizes[0] >= 6 * 95 + 170
    # More than the page holds: the shares as they were asked for.
    assert tables.columns(Table(["a", "b"], [["x" * 20, "y" * 20]], widths=(1, 3)), 2000) == [500, 1500]


def test_a_chart_of_days_has_an_axis_of_time_that_names_few_of_them() -> None:
    days = [date(2026, 3, 15) + timedelta(days=at) for at in range(30)]
    made = charts.chart_xml(Chart("column", "图", days, [("甲", [1] * 30)]), "rId1", "zh").decode()
    assert '<c:baseTimeUnit val="days"/><c:majorUnit val="3"/>' in made and "<c:v>46096</c:v>" in made
    assert "<c:catAx>" in charts.chart_xml(Chart("column", "图", ["a"], [("甲", [1])]), "rId1", "zh").decode()


def test_prose_understands_what_is_typed_without_thinking() -> None:
    text = "首段\n次段\n\n## 小标题\n- 甲\n- 乙\n1. 一\n2、二\n> “话。”——某人\n2026年的事"
    assert prose.blocks(text, "zh") == [
        Para("首段"), Para("次段"), Heading("小标题", 2), Items(["甲", "乙"]), Items(["一", "二"], ordered=True),
        Callout("“话。”\n——某人"), Para("2026年的事"),
    ]  # fmt: skip
    assert prose.blocks("one\ntwo\n\nthree", "en") == [Para("one\ntwo"), Para("three")]


def test_a_chinese_quote_is_set_in_the_chinese_font() -> None:
    document = Document(str(shipped() / "minutes.zh.docx"))
    document.element.body.insert(0, document.add_paragraph("{{body}}")._p)
    for paragraph in list(document.paragraphs)[1:]:
        paragraph._p.getparent().remove(paragraph._p)
    for story in slots.stories(document)[1:]:
        for leaf in story.root.iter(w("t")):
            leaf.text = ""
    slots.fill(document, {"body": Area([Para("他说“好”……"), Para("L’Officiel")])}, "zh")
    hints = [bool(list(paragraph._p.iter(w("rFonts")))) for paragraph in document.paragraphs]
    assert hints == [True, False]


def typeset(blocks: list[Block]) -> list[Any]:
    return Typesetter(Document(str(shipped() / "minutes.zh.docx")), "zh").render(blocks)


def kept(element: Any) -> list[bool]:
    return [paragraph.find(f"{w('pPr')}/{w('keepNext')}") is not None for paragraph in element.iter(w("p"))]


def test_what_introduces_a_table_stays_with_it_and_a_short_table_stays_whole() -> None:
    made = typeset([Para("会议要求："), Table(["甲", "乙"], [["一", "二"]] * 3), Para("另段。"), Para("又一段。")])
    lead, table, _note, *others = made
    assert kept(lead) == [True] and [kept(one) for one in others] == [[False], [False]]
    assert kept(table) == [True] * 6 + [False] * 2
    [_lead, long, *_rest] = typeset([Para("清单："), Table(["甲"], [["一"]] * 30)])
    assert kept(long) == [True] * 2 + [False] * 26 + [True] * 2 + [False]
    [_lead, middling, *_rest] = typeset([Para("清单："), Table(["甲"], [["一"]] * 6)])
    assert kept(middling) == [True, True, False, False, True, True, False]


@pytest.mark.parametrize("blocks", [[Para("正文。"), Para("末句。")], [Para("清单："), Table(["甲"], [["一"]] * 12)]])
def test_a_passage_that_leads_never_leaves_the_signature_alone(blocks: list[Any], tmp_path: Path) -> None:
    document = templates.opened(templates.find("minutes", "zh", tmp_path))
    values = documents.deliverables()["minutes"].blank("zh").values
    slots.fill(document, {**values, "body": Area(blocks, leads=True)}, "zh")
    body = list(document.element.body)
    signature = next(at for at, one in enumerate(body) if "签发" in "".join(one.itertext()))
    ahead = [one for one in body[:signature] if one.tag == w("tbl") or "".join(one.itertext())][-1]
    assert kept(ahead)[-1] and kept(body[signature - 1])[-1]


def test_a_page_break_leaves_no_page_empty(tmp_path: Path) -> None:
    document = templates.opened(templates.find("minutes", "zh", tmp_path))
    values = documents.deliverables()["minutes"].blank("zh").values
    blocks = [PageBreak(), Para("甲"), PageBreak(), Heading("乙"), PageBreak(), Facts([("丙", "丁")])]
    slots.fill(document, {**values, "body": Area(blocks)}, "zh")
    body = document.element.body
    breaking = [one for one in body.iter(w("p")) if one.find(f"{w('pPr')}/{w('pageBreakBefore')}") is not None]
    assert ["".join(part.text for part in one.iter(w("t"))) for one in breaking] == ["甲", "乙"]
    assert len([one for one in body.iter(w("br")) if one.get(w("type")) == "page"]) == 1
