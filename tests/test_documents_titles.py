"""Titles that take two lines: broken where a reader pauses, in lines of about one length."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from docx import Document

from prtui import clock, documents
from prtui.documents.ooxml import w
from prtui.documents.titles import balanced
from tests.test_documents_golden import NOW, STATEMENT, context

ROOM = 40.9  # half-widths of a title of the house on A4
LONG = "澜璟关于网络传闻涉及「曜石」腕表表扣质量问题及后续措施的声明"


@pytest.mark.parametrize(
    "title",
    [
        "澜璟关于网络传闻涉及「曜石」|腕表表扣质量问题及后续措施的声明",
        "澜璟腕表有限公司|关于产品质量问题处理情况的声明",
        "关于一枚「曜石」腕表表扣断裂事件|及后续措施的声明",
        "2026年春夏高级珠宝系列《山海之间》|全球首发新闻发布会暨品牌大使签约仪式",
        "关于一枚「曜石」腕表表扣断裂事件的声明",
        "澜璟声明",
        "Statement of Lanjing on the reports about the clasp|of the Obsidian watch and what we do next",
        "Broken clasp of the Obsidian watch: crisis review",
        "已有\n两行的标题",
    ],
)
def test_the_lines_of_a_title_are_balanced(title: str) -> None:
    assert balanced(
        title.replace("|", " " if title.isascii() else ""), 44.2 if title.isascii() else ROOM
    ) == title.replace("|", "\n")


@pytest.mark.parametrize(
    "title",
    ["澜璟与LVMH集团旗下TAG Heuer联合发布「曜石」系列腕表", "澜璟发布《一块火山岩重写东方时间的漫长故事与人》首映", "甲" * 30, "甲" * 60, ""],
)  # fmt: skip
def test_a_name_or_a_word_is_never_torn(title: str) -> None:
    head, _break, tail = balanced(title, ROOM).partition("\n")
    assert (head + tail).replace(" ", "") == title.replace(" ", "")
    for opening, closing in ("《》", "「」"):
        assert head.count(opening) == head.count(closing)
    assert "TAG" not in title or "TAG Heuer" in head or "TAG Heuer" in tail


def test_the_title_of_a_document_is_broken_and_its_name_is_not(tmp_path: Path) -> None:
    row = SimpleNamespace(**vars(STATEMENT) | {"title": LONG})
    with clock.frozen(NOW):
        made = documents.export("statement", row, context(tmp_path), "zh").path
    document = Document(str(made))
    [title] = [one for one in document.paragraphs if one.style is not None and one.style.name == "Title"]
    assert title.text.count("\n") == 1 and len(list(title._p.iter(w("br")))) == 1
    assert document.core_properties.title == LONG
