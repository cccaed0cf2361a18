"""Bytes into text when nobody said how they were written, as Chinese files rarely do."""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Programs that say gb2312 mean GBK, and those that say latin-1 mean Windows: the web's own rule.
_MEANT = {"gb2312": "gb18030", "gbk": "gb18030", "ascii": "cp1252", "iso8859-1": "cp1252", "big5hkscs": "big5", "cp950": "big5"}  # fmt: skip
# What a file may declare. Not utf-7, idna or the escape codecs: they hide text or take quadratic time.
_ALLOWED = re.compile(r"utf-(8|16|32)|gb|hz|big5|cp(125|93|94|95|43|85|86)|iso|euc|shift_jis|koi8|mac|ascii")
_SINGLE_BYTE = re.compile(r"cp125|cp43|cp85|cp86|iso8859|koi8|mac")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_FOUR_BYTES = re.compile(rb"[\x81-\xfe][0-9][\x81-\xfe][0-9]")
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
# The commonest characters of both scripts: real Chinese has one in five of these, text read wrongly next to none.
_COMMON = frozenset(
    "的一是不了在人有我他这这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知民样现分将外但身些与高意进把法此实回二理美点月明其种声全工己话儿者向情部正名定女问力机给等几很业最间新什打便位因重被走电四第门相次东政海口使教西再平真听世气信北少关并内加化由却代军产入先山五太水万市"
    "這來國個說們為時對會過學後麼沒於還發當開經頭見動兩長樣現將與進實點種聲話問機給幾業間電門東聽氣關並內卻軍產萬媒體華報導"
)


def decode(data: bytes, declared: str | None = None) -> tuple[str, str]:
    """The text and the name of its encoding; never fails. A BOM counts most, then what was `declared` if the bytes bear
    it, then UTF-8, GB18030, Big5 when GB18030 would need private-use characters, and cp1252.

    Damaged bytes become U+FFFD.
    """
    for bom, name in _BOMS:
        if data.startswith(bom) and not (name == "utf-32-le" and len(data) % 4):
            return data[len(bom) :].decode(name, "replace"), name
    if declared and (read := _as_declared(data, declared)):
        return read
    if wide := _utf16(data):
        return data.decode(wide, "replace"), wide
    text = _strict(data, "utf-8")
    if text is not None:
        return text, "utf-8"
    text = data.decode("utf-8", "replace")
    if 0 < text.count("\ufffd") * 4 <= sum(character > "\x7f" and character != "\ufffd" for character in text):
        return text, "utf-8"  # cut off, or with a few bytes damaged: anything else is nearly all wrong as UTF-8
    if not _western(data):
        for name in ("gb18030", "big5"):
            text = _chinese(data, name)
            if text is not None:
                return text, name
        if damaged := _damaged(data):
            return damaged
    return data.decode("cp1252", "replace"), "cp1252"


def _strict(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (UnicodeDecodeError, ValueError):
        return None


def _as_declared(data: bytes, declared: str) -> tuple[str, str] | None:
    try:
        name = codecs.lookup(declared.strip().strip("\"'")).name
    except (LookupError, ValueError):
        return None
    if not _ALLOWED.match(name):
        return None
    name = _MEANT.get(name, name)
    if _SINGLE_BYTE.match(name) or name == "gb18030":
        # A single byte code page bears anything and GB18030 nearly anything, so UTF-8 under a wrong declaration is told
        # by its three-byte characters; é is as good in GB18030 as it is in UTF-8.
        utf8 = _strict(data, "utf-8")
        if utf8 is not None and (utf8.isascii() or name != "gb18030" or max(utf8) > "\u07ff"):
            return utf8, "utf-8"
        if name != "gb18030" and not _western(data):
            return None
    if name == "big5":
        text = _strict(data, "cp950")
        text = _strict(data, "big5hkscs") if text is None else text
    else:
        text = _strict(data, name)
    return None if text is None else (text, name)


def _chinese(data: bytes, name: str) -> str | None:
    if name == "gb18030":
        text = _strict(data, "gb18030")
        if text is not None and _PRIVATE.search(text):
            other = _chinese(data, "big5")
            if other is not None and _commonness(other) >= _commonness(text):
                return None
        return text
    for codec in ("cp950", "big5hkscs"):
        text = _strict(data, codec)
        if text is not None and not _PRIVATE.search(text):
            return text
    return None


def _commonness(text: str) -> float:
    sample = [character for character in text[:20_000] if character > "\u2e7f"]
    return sum(character in _COMMON for character in sample) / len(sample) if sample else 0.0


def _western(data: bytes) -> bool:
    """Whether the bytes above 127 stand alone, as accents do; Chinese ones come in runs (or in fours with digits)."""
    rest = _FOUR_BYTES.sub(b"", data[:200_000])
    lengths = [len(run) for run in _HIGH_RUN.findall(rest)]
    if not lengths:
        return rest == data[:200_000]
    return sum(size for size in lengths if size > 1) < sum(lengths) / 4


def _utf16(data: bytes) -> str | None:
    """UTF-16 without a BOM: Latin letters leave a zero in every second byte."""
    sample = data[:4096]
    if len(sample) < 4 or len(data) % 2 or b"\0" not in sample:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) < len(sample) / 20 or min(even, odd) > max(even, odd) / 20:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _damaged(data: bytes) -> tuple[str, str] | None:
    """A Chinese text with a few bad bytes (cut off, or joined from two files), if it is clearly that."""
    for name in ("gb18030", "big5"):
        text = data.decode(name, "replace")
        if text.count("\ufffd") <= len(text) / 50 + 1 and _commonness(text) > 0.1:
            return text, name
    return None
