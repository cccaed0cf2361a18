"""What may stand in a document: the closed vocabulary of slots and blocks. No Word here, and no look: styles carry it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

Number = int | float | Decimal
Cell = str | Number | None
Align = Literal["left", "center", "right"]


@dataclass(frozen=True)
class Heading:
    """A heading of level 1–3; the template numbers it (一、（一）1. or 1, 1.1, 1.1.1) or leaves it bare."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Para:
    """A paragraph of prose: **bold**, *italic*, [text](https://…) and bare newlines are understood; `[^1]` leads to the first
    source of the document's Sources. One that introduces a list, table or drawing stays with it."""

    text: str
    style: str = "Body Text"


@dataclass(frozen=True)
class Items:
    """A list. Every ordered list restarts at 1."""

    items: Sequence[str]
    ordered: bool = False


@dataclass(frozen=True)
class Table:
    """A table whose header repeats on every page and whose rows never break across pages.

    Numbers are set right with a true minus; a column of numbers given as text is recognised. `widths` are relative; without
    them columns are measured. `total` is the last row, set apart.
    """

    header: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    total: Sequence[Cell] | None = None
    widths: Sequence[float] = ()
    align: Sequence[Align] = ()
    caption: str = ""
    alt: str = ""


@dataclass(frozen=True)
class Sources:
    """The table that `[^1]`, `[^2]` … in the text lead to: row for row what each key stands for. The first heading is the
    keys' own."""

    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float] = ()


@dataclass(frozen=True)
class Facts:
    """A quiet two-column box: label, value. A value may have several lines."""

    pairs: Sequence[tuple[str, str]]
    bare: bool = False


@dataclass(frozen=True)
class Callout:
    """A passage that must not be missed."""

    text: str


@dataclass(frozen=True)
class Picture:
    """A PNG or JPEG file. Without a width it keeps its own size, and never gets wider than the text. One that cannot be
    read is replaced by its alt text."""

    path: str
    alt: str
    width_cm: float = 0
    height_cm: float = 0
    caption: str = ""
    style: str = "Figure"


@dataclass(frozen=True)
class Chart:
    """A native chart that Word can edit. `gantt` takes two series: start and length (days since its first category's
    axis origin); `stacked` stacks columns; categories that are days, none left out, make an axis of time; None in a series is
    a gap. `accents` are the theme's accents 1–6 for the series, or for a pie's slices."""

    kind: Literal["bar", "column", "stacked", "line", "pie", "gantt"]
    title: str
    categories: Sequence[str] | Sequence[date]
    series: Sequence[tuple[str, Sequence[Number | None]]]
    alt: str = ""
    caption: str = ""
    height_cm: float = 7.0
    accents: Sequence[int] = ()
    number_format: str = "#,##0"


@dataclass(frozen=True)
class Toc:
    """A table of contents with live links; Word does not ask to update it when it opens."""

    title: str
    levels: int = 2


@dataclass(frozen=True)
class PageBreak:
    """What follows starts on a new page."""


@dataclass(frozen=True)
class Landscape:
    """Blocks on pages turned sideways."""

    blocks: Sequence[Block]


Block = Heading | Para | Items | Table | Sources | Facts | Callout | Picture | Chart | Toc | PageBreak | Landscape


@dataclass(frozen=True)
class Area:
    """The value of a slot that stands alone in its paragraph: blocks take its place; none remove the paragraph. With `leads`
    its end stays on the page of what follows: a signature never stands alone."""

    blocks: Sequence[Block] = ()
    leads: bool = False


@dataclass(frozen=True)
class Rows:
    """The value of slots `{{name.column}}` in a table row: the row is repeated for each mapping."""

    columns: Sequence[str]
    rows: Sequence[Mapping[str, str]]


@dataclass(frozen=True)
class Blank:
    """A field nobody has filled: printed as 【待填：label】 unless the template marks the slot optional with `?`."""

    label: str


Value = str | Blank | Area | Rows
