"""Lists from Excel, WPS, Alipay and agencies come in as they were meant, and go out so that nothing runs or is mangled."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prtui.errors import Refused
from prtui.exchange import tables
from prtui.exchange.found import Unreadable
from prtui.text import clean

LIST = "姓名,媒体,手机,备注\r\n李文清,财经日报,13800138000,第一行\r\n单晓,VOGUE,,\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_list_is_read_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.csv").write_bytes(LIST.encode(encoding))
    table = tables.read(tmp_path / "a.csv")
    assert table.header == ["姓名", "媒体", "手机", "备注"]
    assert [row["姓名"] for row in table.rows] == ["李文清", "单晓"]
    assert table.rows[1] == {"姓名": "单晓", "媒体": "VOGUE", "手机": "", "备注": ""}
    assert table.lines == [2, 3] and not table.problems


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    table = tables.parse("Outlet{0}Date{0}URL\nElle{0}2026-03-01{0}https://a.example/x?a=1\n".replace("{0}", delimiter))
    assert table.delimiter == delimiter and table.rows[0]["Outlet"] == "Elle"


def test_excels_own_delimiter_line_is_obeyed() -> None:
    assert tables.parse("sep=;\r\na;b\r\n1,5;2\r\n").rows == [{"a": "1,5", "b": "2"}]


def test_a_preamble_is_skipped_with_or_without_known_names() -> None:
    text = (
        "微信支付账单明细,,,\n微信昵称：[王敏],,,\n起始时间：[2026-03-01 00:00:00] 终止时间：[2026-03-31 23:59:59],,,\n,,,\n"
        "共2笔记录,,,\n----------------------微信支付账单明细列表--------------------,,,\n"
        '交易时间,交易类型,交易对方,金额(元)\n2026-03-02 10:00:00,商户消费,灯光公司,"¥86,000.00"\n2026-03-03 11:00:00,转账,/,¥12.00\n'
    )
    for known in ((), ("交易时间", "金额(元)")):
        table = tables.parse(text, known)
        assert table.header == ["交易时间", "交易类型", "交易对方", "金额(元)"]
        assert table.rows[0]["金额(元)"] == "¥86,000.00" and len(table.rows) == 2
        assert table.preamble[0] == "微信支付账单明细" and table.lines == [8, 9]


def test_artefacts_of_excel_and_the_payment_apps_are_undone() -> None:
    table = tables.parse('单号,区号,手机,长号\n2026031022\t,"=""0138""",1.38001380001E+11,1.38E+10\n')
    assert table.rows[0] == {"单号": "2026031022", "区号": "0138", "手机": "138001380001", "长号": "1.38E+10"}
    assert len(table.problems) == 1 and "line 2, 长号" in table.problems[0]


def test_quotes_line_breaks_and_ragged_rows_are_told_by_line() -> None:
    table = tables.parse('a,b\n"x\ny",1\n\n"say ""hi""",2,3\nz\n')
    assert [row["a"] for row in table.rows] == ["x\ny", 'say "hi"', "z"]
    assert table.lines == [2, 5, 6] and table.problems == ["line 5: it has more cells than the header"]


def test_a_quotation_mark_never_closed_does_not_swallow_the_rest() -> None:
    table = tables.parse('name,note\nA,"open\nB,2\nC,3\n')
    assert [row["name"] for row in table.rows] == ["A", "B", "C"] and table.problems


def test_columns_without_or_with_the_same_name_keep_their_values() -> None:
    table = tables.parse("电话,电话,,备注\n1a,2a,3a,4a\n")
    assert table.rows == [{"电话": "1a", "电话 (2)": "2a", "column 3": "3a", "备注": "4a"}]


@pytest.mark.parametrize("data", [b"PK\3\4xx", b"\xd0\xcf\x11\xe0xx", b"1,2\n3,4\n", bytes(range(256)) * 4])
def test_what_is_no_list_is_refused_by_name(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.csv").write_bytes(data)
    with pytest.raises(Unreadable, match=r"a\.csv"):
        tables.read(tmp_path / "a.csv")


@pytest.mark.parametrize(
    ("text", "day"),
    [("2026/3/5 10:00", date(2026, 3, 5)), ("46086", date(2026, 3, 5)), ("20260305", date(2026, 3, 5)), ("２０２６年３月５日", date(2026, 3, 5)), ("soon", None), ("", None)],
)  # fmt: skip
def test_days_in_cells(text: str, day: date | None) -> None:
    assert tables.day(text) == day


def test_a_written_list_opens_in_excel_and_runs_nothing(tmp_path: Path) -> None:
    row = {
        "名": "=cmd|' /C calc'!A0",
        "手机": "+8613800138000",
        "额": Decimal("-12.50"),
        "号": "00123",
        "注": "@x\n二",
        "净": -5,
        "无": None,
    }
    tables.write(tmp_path / "a.csv", list(row), [row])
    data = (tmp_path / "a.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf") and data.endswith(b"\r\n")
    (cells,) = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))[1:]
    assert cells == ["'=cmd|' /C calc'!A0", "+8613800138000\t", "-12.50", "00123\t", "'@x\n二", "-5", ""]
    assert (tmp_path / "a.csv").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_a_file_that_is_there_is_not_overwritten_unasked(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(Refused):
        tables.write(path, ["a"], [])
    assert path.read_text(encoding="utf-8") == "mine"
    tables.write(path, ["甲"], [], encoding="gb18030", overwrite=True)
    assert path.read_bytes() == "甲\r\n".encode("gb18030")


CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("=+-@＝＋'\"\n;, 1E"), max_size=12)


@settings(max_examples=400, deadline=None)
@given(CELLS)
def test_no_cell_written_can_run(value: str) -> None:
    written = tables.cell(value)
    if not tables._NUMBER.match(written):
        assert written.lstrip()[:1] not in ("=", "+", "-", "@", "＝", "＋", "－", "＠") or written.endswith("\t")


@settings(max_examples=200, deadline=None)
@given(st.lists(CELLS.filter(lambda value: not set(value) & set("E\"'")), min_size=2, max_size=4))
def test_what_is_written_is_read_again(values: list[str]) -> None:
    header = [f"名{number}" for number in range(len(values))]
    row = dict(zip(header, values, strict=True))
    table = tables.parse("\ufeff" + tables.text(header, [row]), header)
    expected = {name: clean(value).strip() for name, value in row.items()}
    assert table.rows == ([expected] if any(expected.values()) else [])


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200) | st.binary(max_size=200).map(lambda data: data.decode("latin-1")))
def test_any_text_is_a_table_or_none(text: str) -> None:
    table = tables.parse(text)
    assert all(set(row) == set(table.header) for row in table.rows)
