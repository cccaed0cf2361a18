"""The lint circles what an editor would, and leaves honest words alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from prtui import clock, config, documents
from prtui.documents import lint
from prtui.errors import Trouble
from tests.test_documents_golden import NOW, ROWS, STATEMENT, context, document


def found(findings: object) -> list[str]:
    return [one.excerpt[one.excerpt.index("[") + 1 : one.excerpt.index("]")] for one in findings]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("国家级工艺，最佳选择，全球首发", ["国家级", "最佳", "全球首"]),
        ("行业第一，100％天然", ["第一", "100％"]),
        ("第一时间、第一季度、第一次、第一届、第一位嘉宾", []),
        ("最后一次，最近，最终，最大程度，最小化", []),
        ("the world's finest watch, unrivalled", ["world's finest", "unrivalled"]),
        ("our first watch, the best man", ["the best"]),
    ],
)
def test_superlatives(text: str, words: list[str]) -> None:
    assert found(lint.superlatives("body", text)) == words


def test_a_cliche_is_one_unless_it_gives_the_time() -> None:
    assert found(lint.cliches("body", "我们高度重视。我们第一时间赶到。")) == ["高度重视", "第一时间"]
    assert found(lint.cliches("body", "我们第一时间（03:05）赶到。")) == []


def test_numbers_without_a_fact_are_named_and_dates_are_not() -> None:
    text = "2026年3月15日02:47，12家门店停售，共240枚，占3.0%，致电400-820-1234，第1号"
    assert found(lint.unverified("body", text, ["停售240枚", "占比３％"])) == ["12"]


def test_a_statement_guesses_nothing_admits_nothing_and_names_nobody() -> None:
    rules = [one.rule for one in lint.statement("body", "疑似安装不当，我们承担全部责任，顾客电话13800000001")]
    assert rules == ["speculation", "liability", "personal-data"]


def test_lengths_count_what_a_reader_reads() -> None:
    assert lint.length("澜璟LJ-07机芯，120小时。") == 8
    assert lint.length("It’s a well-made watch.") == 4
    assert [one.rule for one in lint.too_long("title", "字" * 31, 30)] == ["length"]
    assert not list(lint.too_long("title", "字" * 30, 30)) and not list(lint.too_short("body", "", 600))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("曜石表将于今晚亮相，「曜石」腕表共三款", ["曜石表"]),
        ("Lanjing and LANJING and Lanjingers", ["Lanjing"]),
        ("曜石表面的石纹", ["曜石表"]),
        ("廉价", ["廉价"]),
        ("", []),
    ],
)
def test_the_house_has_its_own_words(text: str, words: list[str]) -> None:
    house = {"曜石表": "「曜石」腕表", "Lanjing": "LANJING", "廉价": "", "LANJING": "LANJING"}
    assert found(lint.lexicon("body", text, house)) == words


def test_the_lexicon_of_the_settings_is_read_in_every_text(tmp_path: Path) -> None:
    given = context(tmp_path)
    given = replace(
        given,
        settings=replace(given.settings, lexicon={"断裂": "开裂", "火山岩": "黑曜石", "彩排": "排练", "莅临": "光临"}),
    )
    with clock.frozen(NOW):
        for kind in ("statement", "release", "minutes", "invitation"):
            made = documents.export(kind, ROWS[kind], given, "zh")
            assert "lexicon" in [one.rule for one in made.findings], kind


def test_the_lexicon_is_a_table_of_the_configuration(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[lexicon]\n"Lanjing" = "LANJING"\n', encoding="utf-8")
    assert config.load(data=str(tmp_path)).lexicon == {"Lanjing": "LANJING"}
    (tmp_path / "config.toml").write_text('[lexicon]\n"Lanjing" = 1\n', encoding="utf-8")
    with pytest.raises(Trouble, match="lexicon"):
        config.load(data=str(tmp_path))


def test_an_export_reports_findings_and_changes_nothing(tmp_path: Path) -> None:
    row = document(**(vars(STATEMENT) | {"body": "我们高度重视，停售999枚。"}))
    with clock.frozen(NOW):
        made = documents.export("statement", row, context(tmp_path, facts=("停售240枚",)), "zh")
        lines = documents.preview("statement", row, context(tmp_path), "zh")
    assert [one.rule for one in made.findings] == ["cliche", "unverified-number"]
    assert "我们高度重视，停售999枚。" in lines
