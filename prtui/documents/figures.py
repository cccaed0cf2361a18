"""The figures a document prints: as they were approved, each keyed to the records behind it, and told when those moved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from prtui.clock import Moment
from prtui.documents import wording
from prtui.documents.blocks import Block, Callout, Para, Sources

if TYPE_CHECKING:
    from prtui.desk.figures import Figure, Freeze

_SHOWN = 12  # spans of codes that are printed for a figure; the command below the table lists all


@dataclass(frozen=True)
class Meaning:
    """What a figure is called and how it is counted, by language."""

    name: Mapping[str, str]
    rule: Mapping[str, str]


class Printed:
    """The figures as the document prints them. Calling it gives a value with the key of its source behind it."""

    def __init__(self, now: Iterable[Figure], frozen: Freeze | None) -> None:
        self.now = {one.key: one for one in now}
        self.frozen = frozen
        self.shown = {**self.now, **(frozen.figures if frozen else {})}
        self.cited: list[str] = []

    def __call__(self, key: str) -> str:
        if key not in self.cited:
            self.cited.append(key)
        return f"{self.shown[key].value}[^{self.cited.index(key) + 1}]"

    def bare(self, key: str) -> str:
        """The value without a key."""
        return self.shown[key].value

    def data(self, key: str) -> str:
        """What a drawing of the figure needs."""
        return self.shown[key].data

    def moved(self) -> list[tuple[Figure, Figure]]:
        """The figures that are no longer what was approved: as approved, and as they are now."""
        approved = self.frozen.figures if self.frozen else {}
        pairs = [(old, self.now[key]) for key, old in approved.items() if key in self.now]
        return [
            (old, new)
            for old, new in pairs
            if (old.value, old.data, set(old.records)) != (new.value, new.data, set(new.records))
        ]

    def notice(self, meanings: Mapping[str, Meaning], zone: str, lang: str) -> list[Block]:
        """That the figures were frozen, by whom and when; and what has changed since, so that it cannot be missed."""
        if self.frozen is None:
            return []
        when = wording.when(Moment(self.frozen.at, zone), lang)
        moved = self.moved()
        if not moved:
            text = {
                "zh": f"数字于{when}经{self.frozen.by}批准时冻结，来源数据至今未变。",
                "en": f"Figures frozen when {self.frozen.by} approved them, {when}. Their sources have not changed since.",
            }
            return [Para(text[lang], "Table Note")]
        lines = [
            {
                "zh": f"**{wording.DATA_CHANGED['zh']}**　以下数字于{when}经{self.frozen.by}批准时冻结，来源数据此后有变，本文仍印批准时的数字：",
                "en": f"**{wording.DATA_CHANGED['en']}.** Figures were frozen when {self.frozen.by} approved them, {when}. "
                "Their sources have changed; the approved figures are printed:",
            }[lang]
        ]
        told = [
            f"{meanings[old.key].name[lang]}{wording.COLON[lang]}{old.value} → {new.value}"
            for old, new in moved
            if old.key in meanings and old.value != new.value and not old.data
        ]
        lines.append(("；" if lang == "zh" else "; ").join(told))
        lines += _records(self.frozen.figures.values(), self.now.values(), lang)
        return [Callout("\n".join(filter(None, lines)))]

    def sources(self, meanings: Mapping[str, Meaning], lang: str) -> Sources:
        """The table that the keys lead to: what was counted, how, and the codes of the records."""
        header = {
            "zh": ("编号", "数字", "值", "口径", "n", "来源记录"),
            "en": ("Key", "Figure", "Value", "Counted as", "n", "Records"),
        }[lang]
        rows = []
        for key in self.cited:
            figure, meaning = self.shown[key], meanings[key]
            rule = wording.COLON[lang].join(filter(None, (figure.measure, meaning.rule[lang])))
            rows.append(
                (meaning.name[lang], figure.value, rule, str(len(figure.records)), _codes(figure.records, lang))
            )
        return Sources(header, rows, widths=(1.1, 2.8, 1.6, 5.0, 0.8, 5.7))


def _records(approved: Iterable[Figure], now: Iterable[Figure], lang: str) -> list[str]:
    before, after = ({code for one in figures for code in one.records} for figures in (approved, now))
    words = {"zh": ("新增记录", "减少记录"), "en": ("Records added", "Records gone")}[lang]
    return [
        f"{word}{wording.COLON[lang]}{_codes(codes, lang)}"
        for word, codes in zip(words, (after - before, before - after), strict=True)
        if codes
    ]


def _codes(codes: Iterable[str], lang: str) -> str:
    from prtui.desk.figures import folded

    spans = folded(codes)
    text = ("、" if lang == "zh" else ", ").join(spans[:_SHOWN])
    return (text + (" …" if len(spans) > _SHOWN else "")) or "—"
