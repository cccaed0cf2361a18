"""A title of two lines is broken where it reads well, in lines of about one length (GB/T 9704: 词意完整、排列对称)."""

from __future__ import annotations

import re

from prtui.text import cells, has_chinese

_PAIRS = {"《": "》", "「": "」", "『": "』", "“": "”", "‘": "’", "（": "）", "(": ")", "【": "】", "〈": "〉"}
_CLOSING = "".join(_PAIRS.values()) + "，。、：；！？,.;:!?…—·%％"
_WORD = re.compile(r"[0-9A-Za-zÀ-ɏ'’&.+/-]")
# Where a reader would pause: after a comma or 的, before what the title is about and what is added.
_PAUSE = re.compile(r"(?<=[，、：；——的])(?!的)|(?=关于|及(?!时)|以及|与|和(?!平|谐|解)|暨|并(?!购))")
_LEANING = {"a", "an", "and", "at", "by", "for", "from", "in", "its", "of", "on", "or", "our", "the", "to", "with"}
_FAR = 0.3  # of the title: a pause farther from the even break than that leaves the lines too unlike
_LATIN = 0.8
_PAUSED, _QUOTED = 6, 4  # half-widths that a pause, or the edge of a name in quotes, is worth


def balanced(text: str, room: float) -> str:
    """The title with a line break where it needs a second line, `room` half-widths being one; any other as it is."""
    length = _length(text)
    if not room < length <= 2 * room or "\n" in text:
        return text
    places = _places(text)
    fitting = [
        (abs(left - length / 2) - worth, at)
        for at, worth in places.items()
        if (left := _length(text[:at].rstrip())) <= room and _length(text[at:].lstrip()) <= room
        and abs(left - length / 2) <= length * _FAR
    ]  # fmt: skip
    natural = [pair for pair in fitting if places[pair[1]]]
    # A word of Chinese is not told apart from its neighbours: without a pause only a stub of a last line is worth the risk.
    chosen = natural or (fitting if length < room * 4 / 3 else [])
    if not chosen:
        return text
    at = min(chosen)[1]
    return f"{text[:at].rstrip()}\n{text[at:].lstrip()}"


def _length(text: str) -> float:
    """In half-widths; the letters of an English title are narrower than one."""
    return cells(text) * (1 if has_chinese(text) else _LATIN)


def _places(text: str) -> dict[int, int]:
    """Where the title may be broken, each with what the place is worth."""
    chinese = has_chinese(text)
    pauses = {match.start() for match in _PAUSE.finditer(text)}
    found, open_ = {}, []
    for at, after in enumerate(text):
        before = text[at - 1] if at else ""
        if before in _PAIRS:
            open_.append(_PAIRS[before])
        elif open_ and before == open_[-1]:
            open_.pop()
        if not at or open_ or after in _CLOSING or before in _PAIRS or before == " ":
            continue
        if after == " " and chinese and _WORD.match(before) and _WORD.match(text[at + 1 : at + 2]):
            continue  # a foreign name
        if after == " ":
            word = text[:at].rpartition(" ")[2].lower()
            found[at] = 0 if word in _LEANING else _QUOTED
        elif not (_WORD.match(before) and _WORD.match(after)):
            quoted = after in _PAIRS or before in _PAIRS.values()
            found[at] = _PAUSED if at in pauses else _QUOTED if quoted else 0
    return found
