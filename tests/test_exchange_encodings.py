"""Bytes of unknown origin become the text they were."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from prtui.exchange.encodings import decode

SIMPLIFIED = "澜璟在上海发布曜石腕表，售价两万元。现场来了一百八十位嘉宾。"
TRADITIONAL = "瀾璟在香港發佈曜石腕錶，售價兩萬元。現場來了一百八十位嘉賓。"
FRENCH = "Société Générale présente à l’hôtel Régina : « élégance »"


@pytest.mark.parametrize(
    ("written", "encoding", "read"),
    [
        (SIMPLIFIED, "utf-8", "utf-8"),
        (SIMPLIFIED, "utf-8-sig", "utf-8"),
        (SIMPLIFIED, "gbk", "gb18030"),
        (SIMPLIFIED[2:], "gb2312", "gb18030"),
        (SIMPLIFIED + "㐀😀", "gb18030", "gb18030"),
        (TRADITIONAL, "big5", "big5"),
        (TRADITIONAL, "gbk", "gb18030"),
        (TRADITIONAL, "utf-16", "utf-16-le"),
        (FRENCH, "cp1252", "cp1252"),
        ("Hermès", "cp1252", "cp1252"),
        ("plain", "ascii", "utf-8"),
        ("", "utf-8", "utf-8"),
        ("Coverage list", "utf-16-le", "utf-16-le"),
        ("Coverage list", "utf-16-be", "utf-16-be"),
    ],
)
def test_the_encoding_is_found(written: str, encoding: str, read: str) -> None:
    assert decode(written.encode(encoding)) == (written, read)


def test_utf16_is_known_by_its_bom_in_either_order() -> None:
    assert decode(b"\xff\xfe" + SIMPLIFIED.encode("utf-16-le")) == (SIMPLIFIED, "utf-16-le")
    assert decode(b"\xfe\xff" + SIMPLIFIED.encode("utf-16-be")) == (SIMPLIFIED, "utf-16-be")


def test_a_declared_gb2312_may_hold_what_only_gb18030_has() -> None:
    assert decode("曜石 喆 镕 €".encode("gb18030"), "gb2312")[0] == "曜石 喆 镕 €"


@pytest.mark.parametrize("declared", ["gb2312", "iso-8859-1", "us-ascii", "nonsense", "utf-7", "idna", "base64", ""])
def test_a_wrong_declaration_does_no_harm(declared: str) -> None:
    assert decode(SIMPLIFIED.encode(), declared)[0] == SIMPLIFIED


def test_a_right_declaration_decides_what_bytes_alone_cannot() -> None:
    assert decode("Ñandú".encode("cp1252"), "iso-8859-1")[0] == "Ñandú"
    assert decode("カタログ".encode("shift_jis"), "shift_jis")[0] == "カタログ"
    assert decode("兩岸".encode("big5"), "big5")[0] == "兩岸"


def test_a_chinese_text_cut_in_the_middle_of_a_character_keeps_the_rest() -> None:
    for encoding in ("utf-8", "gb18030"):
        text, _name = decode((SIMPLIFIED * 3).encode(encoding)[:-1])
        assert text.startswith(SIMPLIFIED * 2)


def test_lone_surrogates_in_utf16_become_a_mark() -> None:
    assert decode(b"\xff\xfe\x00\xd8A\x00")[0] == "\ufffdA"


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([None, "gbk", "big5", "utf-16", "cp1252", "koi8-r"]))
def test_any_bytes_become_storable_text(data: bytes, declared: str | None) -> None:
    text, name = decode(data, declared)
    text.encode("utf-8")
    assert name


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
@example("联通")
def test_utf8_comes_back(text: str) -> None:
    expected = text.removeprefix("\ufeff")
    if not any(character == "\0" for character in text):
        assert decode(text.encode()) == (expected, "utf-8")


# The 3,755 characters of GB 2312's first level, and Big5's 5,401: what real texts are written in.
LEVEL_ONE = [bytes((high, low)).decode("gb2312", "ignore") for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF)]
BIG5 = [bytes((high, low)).decode("cp950", "ignore") for high in range(0xA4, 0xC6) for low in (*range(0x40, 0x7F), *range(0xA1, 0xFF))]  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from([character for character in LEVEL_ONE if character]), min_size=8, max_size=80))
def test_chinese_in_gbk_comes_back(characters: list[str]) -> None:
    text = "".join(characters) + "，媒体报道。"
    assert decode(text.encode("gbk")) == (text, "gb18030")


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from([character for character in BIG5 if character]), min_size=40, max_size=120))
def test_chinese_in_big5_comes_back(characters: list[str]) -> None:
    text = "瀾璟的這一場發佈會在香港舉行，" + "".join(characters) + "有許多媒體報導。"
    assert decode(text.encode("cp950")) == (text, "big5")
