"""One reading of text for the index and for what is typed: folded characters, runs, and the overlapping pieces of runs.

Folding takes away what a director does not type: case, width, accents, and the difference between traditional and
simplified characters. Chinese, Japanese and Korean runs are cut into overlapping pairs, every other run into overlapping
triples, and the end of a run also into its shorter tails; so any typed piece of a run is found by exact look-ups, or, if it
is shorter than a piece, as one or two letters that a piece begins with. `^` marks the first letter of a run; Latin words add
their stem, marked with `=`.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate
from operator import add
from pathlib import Path
from struct import Struct

from prtui.text import has_chinese, pinyin

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U000323af"
_RUNS = re.compile(f"([{_CJK}]+)|([^\\W_{_CJK}]+)")
# As they are written: `re` compiles them, 1 ms each, for the first text that is indexed; a search needs none of them.
_CHINESE = f"([{_CJK}]+)"
_OTHERS = f"[^\\W_{_CJK}]+"
_HAN = "([\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]+)"
_LONGEST_WORD = 64  # letters; a longer run has no stem
_STEMMED = re.compile("[a-z]{3,}")

# What NFKC leaves apart and nobody tells apart while typing.
_ALIKE = {
    **dict.fromkeys("“”„‟«»「」『』〝〞＂", '"'),
    **dict.fromkeys("‘’‚‛ʼ′´", "'"),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("·•‧・･∙", "·"),
    **dict.fromkeys("【〔〖［", "["),
    **dict.fromkeys("】〕〗］", "]"),
    "。": ".", "、": ",", "《": "<", "〈": "<", "》": ">", "〉": ">", "〜": "~", "⁄": "/",
    "ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ς": "σ",
    "著": "着", "妳": "你", "説": "说", "綫": "线", "衆": "众", "擡": "抬", "鐘": "钟",
}  # fmt: skip


class _Folding(dict[int, str]):
    """Code point → what it folds to, worked out the first time a character is met. `odd` are those met so far whose
    folding is not one character long, so that a text without any of them keeps its offsets."""

    def __init__(self) -> None:
        super().__init__()
        self.odd: set[str] = set()
        self._simplified: dict[str, str] | None = None

    def __missing__(self, point: int) -> str:
        character = chr(point)
        folded = self._fold(character)
        if len(folded) != 1:
            self.odd.add(character)
        self[point] = folded
        return folded

    def _fold(self, character: str) -> str:
        if "\ud800" <= character <= "\udfff":
            return " "
        folded = character
        for _round in range(4):  # ŉ → ʼn → 'n: some foldings fold again
            before = folded
            folded = "".join(map(self._once, unicodedata.normalize("NFKC", folded).casefold()))
            folded = unicodedata.normalize("NFC", folded)
            if folded == before:
                break
        return folded

    def _once(self, character: str) -> str:
        if self._simplified is None:
            self._simplified = _simplified()
        plain = "".join(
            part for part in unicodedata.normalize("NFD", character) if unicodedata.category(part) not in _SILENT
        )
        plain = unicodedata.normalize("NFC", plain)
        if plain.isspace() or unicodedata.category(character) == "Cc":
            return " "
        plain = _ALIKE.get(plain, plain)
        return self._simplified.get(plain, plain)


_SILENT = frozenset({"Mn", "Me", "Cf"})
_FOLDING = _Folding()


def _simplified() -> dict[str, str]:
    lines = (Path(__file__).parent / "simplified.txt").read_text(encoding="utf-8").splitlines()
    pairs = "".join(line for line in lines if not line.startswith("#"))
    return dict(zip(pairs[::2], pairs[1::2], strict=True))


def fold(text: str) -> str:
    """The text as it is compared: lower case, half-width, unaccented, simplified, any white space a plain space."""
    return text.lower() if text.isascii() and text.isprintable() else text.translate(_FOLDING)


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text that knows where its characters come from. `starts` is None if every character kept its place."""

    text: str
    starts: list[int] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where `text[start:end]` stands in the original, as (start, end)."""
        if self.starts is None or end <= start:
            return start, end
        # A letter's accents follow it and fold to nothing: they belong to it.
        return self.starts[start], self.starts[bisect_right(self.starts, self.starts[end - 1])]

    def place(self, original: int) -> int:
        """Where the folding of the original's character at this offset begins."""
        return original if self.starts is None else bisect_left(self.starts, original, 0, len(self.text))


def fold_with_offsets(text: str, folded: str | None = None) -> Folded:
    """The folded text (if it is not at hand) and, character by character, the place it has in `text`."""
    if folded is None:
        folded = fold(text)
    if len(folded) == len(text) and _FOLDING.odd.isdisjoint(text):
        return Folded(folded, None)
    starts: list[int] = []
    for place, character in enumerate(text):
        starts.extend([place] * len(_FOLDING[ord(character)]))
    starts.append(len(text))
    return Folded(folded, starts)


@dataclass(frozen=True, slots=True)
class Run:
    """Letters and digits in a row, of one script: `size` is how long its indexed pieces are."""

    text: str
    start: int
    size: int

    @property
    def end(self) -> int:
        """Where the run ends in the folded text."""
        return self.start + len(self.text)


def runs(folded: str) -> Iterator[Run]:
    """The runs of a folded text, in order."""
    for found in _RUNS.finditer(folded):
        yield Run(found[0], found.start(), 2 if found[1] else 3)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The stem of a folded word: launches, launching → launch. Anything but a–z comes back as it is."""
    if not _STEMMED.fullmatch(word) or len(word) > 40:
        return word
    from whoosh.lang.porter import stem as porter

    return str(porter(word))


@lru_cache(maxsize=65536)
def _word(word: str) -> list[str]:
    pieces = _pieces(word)
    if len(word) > 1:
        pieces.append("=" + stem(word))
    return pieces


def _pieces(word: str) -> list[str]:
    return [word[place : place + 3] for place in range(len(word))] + ["^" + word[0]]


def terms(folded: str) -> list[str]:
    """Everything the index knows of a folded text, with repetitions."""
    out: list[str] = []
    for chinese, other in _RUNS.findall(folded):
        if chinese:
            out += map(add, chinese, chinese[1:])
            out += chinese[-1], "^" + chinese[0]
        else:
            out += of_run(other)
    return out


@dataclass(frozen=True, slots=True)
class Said:
    """What the index knows of a folded text, with repetitions, in the form that costs least to count: the pairs of its Chinese
    runs, for `of_pairs`, and its other runs, for `of_run`. Both together are what `terms` says, and `count` of them."""

    pairs: list[bytes]
    runs: list[str]

    @classmethod
    def of(cls, folded: str) -> Said:
        """What a text says."""
        parts = re.split(_CHINESE, folded)
        pairs = _pairs("\n".join(("", *parts[1::2], ""))) if len(parts) > 1 else []
        return cls(pairs, re.findall(_OTHERS, "\n".join(parts[::2])))

    @property
    def count(self) -> int:
        """How many terms these are."""
        lengths = list(map(len, self.runs))
        plain = lengths.count(1) + len([length for length in lengths if length >= _LONGEST_WORD])
        return len(self.pairs) + sum(lengths) + 2 * len(lengths) - plain


def of_pairs(pairs: Iterable[bytes]) -> list[str]:
    """The terms that pairs stand for: two characters, the last one of a run, or the first one with its mark."""
    joined = b"".join(pairs).decode("utf-32-be")
    terms = [joined[place : place + 2].rstrip("\n") for place in range(0, len(joined), 2)]
    return ["^" + term[1] if term[0] == "\n" else term for term in terms]


def of_run(run: str) -> list[str]:
    """The terms that a run of other letters and digits stands for, with repetitions."""
    return _word(run) if len(run) < _LONGEST_WORD else _pieces(run)


class _Unpackers(dict[int, Callable[..., tuple[bytes, ...]]]):
    def __missing__(self, count: int) -> Callable[..., tuple[bytes, ...]]:
        unpack = self[count] = Struct("8s" * count).unpack_from
        return unpack


_UNPACKERS = _Unpackers()
_AT_ONCE = 256  # pairs


def _pairs(joined: str) -> list[bytes]:
    # A pair as eight bytes is had in 20 ns, and as two characters in 90.
    data = joined.encode("utf-32-be")
    found: list[bytes] = []
    for start in (0, 4):
        left = (len(data) - start) // 8
        while left:
            few = min(left, _AT_ONCE)
            found += _UNPACKERS[few](data, start)
            start, left = start + 8 * few, left - few
    return found


def is_chinese(character: str) -> bool:
    """Whether this is a letter of runs that are cut into pairs."""
    found = _RUNS.match(character)
    return found is not None and found.lastindex == 1


READ_ALOUD = 60  # characters of a title whose pinyin is indexed
_SPOKEN_WHOLE = 24  # letters


@lru_cache(maxsize=16384)
def readings(title: str) -> tuple[tuple[str, ...], ...]:
    """The syllables of a title's beginning, and once more with its first character read as a surname if that differs;
    none if it has no Chinese."""
    head = title[:READ_ALOUD].lstrip()
    if not has_chinese(head):
        return ()
    spoken: list[str] = []
    for number, part in enumerate(re.split(_HAN, head)):
        if number % 2:
            for word in _words(part):
                spoken += _syllables(word)
        elif letters := _letters(part):
            spoken.append(letters)
    surname = pinyin(head[0], name=True)
    if surname == pinyin(head[0]) or surname[0] == spoken[0]:
        return (tuple(spoken),)
    return tuple(spoken), (surname[0], *spoken[1:])


@cache
def _phrases() -> tuple[Container[str], Container[str]]:
    """The words that pypinyin reads as a whole, and their beginnings of two characters and more."""
    from pypinyin.constants import PHRASES_DICT  # 90 ms and 20 MB, as in text.pinyin

    return PHRASES_DICT, {word[:end] for word in PHRASES_DICT for end in range(2, len(word) + 1)}


def _words(run: str) -> list[str]:
    """Chinese cut as pypinyin's `mmseg` cuts it, the longest word first, in a third of the time."""
    phrases, beginnings = _phrases()
    words, place = [], 0
    while place < len(run):
        end = last = place + 1
        while end < len(run) and (longer := run[place : end + 1]) in beginnings:
            end += 1
            if longer in phrases:
                last = end
        words.append(run[place:last])
        place = last
    return words


@lru_cache(maxsize=65536)
def _syllables(word: str) -> tuple[str, ...]:
    # Word by word, as pypinyin does inside, because titles repeat words and each costs it 40 µs.
    return ("ling",) if word == "〇" else tuple(filter(None, map(_letters, pinyin(word))))


def _letters(syllable: str) -> str:
    return "".join(character for character in fold(syllable) if character.isascii() and character.isalnum())


def sounds(title: str) -> list[str]:
    """What the index knows of a title's sound: pieces of its joined syllables and of their initials, and both whole if they are
    short, as names are."""
    out: list[str] = []
    for syllables in readings(title):
        for spoken in ("".join(syllables), "".join(syllable[0] for syllable in syllables)):
            out += [spoken[place : place + 3] for place in range(len(spoken))]
            if len(spoken) <= _SPOKEN_WHOLE:
                out.append("=" + spoken)
    return out


def heard(typed: str, title: str) -> bool:
    """Whether typed letters are some of the title's syllables in a row, the last one perhaps unfinished, or initials."""
    for syllables in readings(title):
        if typed in "".join([syllable[0] for syllable in syllables]):
            return True
        joined = "".join(syllables)
        place = joined.find(typed)
        starts = set(accumulate(map(len, syllables), initial=0)) if place >= 0 else ()
        while place >= 0:
            if place in starts:
                return True
            place = joined.find(typed, place + 1)
    return False
