"""Hostile, wide and Chinese text: cleaned on the way in, made drawable on the way out, measured in terminal cells."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Controls that a terminal obeys, bidi overrides that reorder a line, invisible characters that hide a second name, tag
# characters, lone surrogates and non-characters. Tab and newline are text; ZWJ stays only inside an emoji. Kept as they are
# written, and compiled by `re` for the first text that needs them: compiling them takes 6 ms, and a start needs none.
_CONTROL = (
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\U000e0000-\U000e007f]"
)
_SURROGATE = "[\ud800-\udfff]"
_NEWLINE = "\r\n|[\r\x0b\x0c\x85\u2028\u2029]"
_LONE_JOINER = r"(?<![\u203c-\U0001faff\ufe0f])\u200d|\u200d(?![\u203c-\U0001faff])"
_STACKED = re.compile(
    r"([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f]{4})[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f]+"
)
_BLANKS = re.compile(r"\s+")


def clean(value: str, *, lines: bool = True) -> str:
    """Text fit to be stored: NFC, newlines as `\\n`, no controls, bidi overrides, zero-width characters or lone surrogates.

    With `lines=False` runs of white space, newlines among them, become one space and the ends are trimmed.
    """
    if value.isascii() and value.isprintable():
        return value if lines else " ".join(value.split())
    if not value.isprintable():  # what Python calls printable has none of these
        value = re.sub(_SURROGATE, "\ufffd", value)
        value = re.sub(_NEWLINE, "\n", value)
        value = re.sub(_CONTROL, "", value)
        if "\u200d" in value:
            value = re.sub(_LONE_JOINER, "", value)
    value = _STACKED.sub(r"\1", value)
    value = unicodedata.normalize("NFC", value)
    return value if lines else _BLANKS.sub(" ", value).strip()


def plain(value: object) -> str:
    """One line fit to be drawn, whatever it came from. It is text, not markup: give it to `Text`, never to a bare widget."""
    text = clean(str(value))
    return text if text.isprintable() else text.replace("\n", " ").replace("\t", " ")


@lru_cache(maxsize=4096)
def _cell(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def masked(value: str) -> str:
    """`138****0001`: enough to recognise, not to read over a shoulder."""
    return value if len(value) < 8 else f"{value[:3]}****{value[-4:]}"


def cells(value: str) -> int:
    """How many terminal cells the text takes; East-Asian wide characters take two, ambiguous ones one."""
    return len(value) if value.isascii() else sum(map(_cell, value))


def fit(value: str, width: int, *, right: bool = False, ellipsis: str = "…") -> str:
    """Exactly `width` cells: padded with spaces (on the left if `right`), or cut with an ellipsis."""
    have = cells(value)
    if have > width:
        room, kept = width - cells(ellipsis), []
        if room < 0:
            return " " * max(width, 0)
        for character in value:
            room -= _cell(character)
            if room < 0:
                break
            kept.append(character)
        value = "".join(kept) + ellipsis
        have = cells(value)
    padding = " " * (width - have)
    return padding + value if right else value + padding


def wrap(value: str, width: int) -> list[str]:
    """Lines of at most `width` cells. Breaks at spaces between words, and between any two Chinese characters except
    before closing and after opening punctuation."""
    out: list[str] = []
    for paragraph in value.split("\n"):
        line, used = "", 0
        for token in re.findall(_TOKENS, paragraph):
            size = cells(token)
            if used + size > width and line.strip():
                out.append(line.rstrip())
                token = token.lstrip()
                line, used, size = "", 0, cells(token)
            while size > width:
                head = fit(token, width, ellipsis="").rstrip()
                if not head:
                    break
                out.append(head)
                token = token[len(head) :]
                size = cells(token)
            line += token
            used += size
        out.append(line.rstrip())
    return out


_TOKENS = r"[《（「『“‘【〔]*[\u2e80-\ufffd\U00020000-\U0003ffff][，。、；：？！）》」』”’】〕…—]*\s*|[^\s\u2e80-\ufffd\U00020000-\U0003ffff]+\s*|\s+"


@lru_cache(maxsize=8192)
def key(value: str) -> str:
    """One form for comparing and for uniqueness: NFKC, case folded, blanks squeezed."""
    return _BLANKS.sub(" ", unicodedata.normalize("NFKC", value).casefold()).strip()


def has_chinese(value: str) -> bool:
    """Whether any CJK ideograph occurs."""
    return any("\u3400" <= c <= "\u9fff" or "\uf900" <= c <= "\ufaff" or c >= "\U00020000" for c in value)


# Surnames that are read otherwise than the same character in a word.
_SURNAMES = {"单": "shan", "曾": "zeng", "区": "ou", "仇": "qiu", "解": "xie", "查": "zha", "朴": "piao", "盖": "ge", "尉": "wei",
             "乐": "yue", "任": "ren", "翟": "zhai", "覃": "qin", "缪": "miao", "万": "wan", "黑": "he", "种": "chong", "么": "yao"}  # fmt: skip


@lru_cache(maxsize=8192)
def pinyin(value: str, *, name: bool = False) -> tuple[str, ...]:
    """The syllables, lower case and without tones, one a Chinese character; runs of anything else stay as they are.

    With `name=True` the first character is read as a surname (单 shan, 曾 zeng, 区 ou, 仇 qiu).
    """
    folded = key(value)
    if not has_chinese(folded):
        return tuple(folded.split())
    from pypinyin import lazy_pinyin  # 90 ms and 20 MB: only when there is Chinese to read

    syllables = [part.strip() for part in lazy_pinyin(folded) if part.strip()]
    if name and folded[0] in _SURNAMES:
        syllables[0] = _SURNAMES[folded[0]]
    return tuple(syllables)


def sort_key(value: str, *, name: bool = False) -> str:
    """What lists are sorted by: pinyin for Chinese, folded text for the rest; equal sounds fall back to the characters."""
    folded = key(value)
    return " ".join(pinyin(value, name=name)) + "\x1f" + folded if has_chinese(folded) else folded


def initials(value: str, *, name: bool = False) -> str:
    """First letters of the syllables: 李文清 → `lwq`."""
    return "".join(part[0] for part in pinyin(value, name=name) if part)


def sounds_like(typed: str, value: str, *, name: bool = False) -> bool:
    """Whether what was typed is part of the text, of its pinyin (`liwenqing`, `li wen`) or of its initials (`lwq`)."""
    wanted = key(typed)
    if not wanted or wanted in key(value):
        return True
    if not wanted.isascii():
        return False
    wanted = wanted.replace(" ", "")
    return wanted in "".join(pinyin(value, name=name)) or wanted in initials(value, name=name)
