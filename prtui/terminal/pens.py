"""How a cell is coloured, and the shortest way for a terminal from one colouring to the next."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from rich.color import Color, ColorSystem
from rich.style import Style

# What Rich calls an attribute, and its SGR number.
_ATTRIBUTES = {
    "bold": 1, "dim": 2, "italic": 3, "underline": 4, "blink": 5, "blink2": 6, "reverse": 7, "conceal": 8, "strike": 9,
    "underline2": 21, "frame": 51, "encircle": 52, "overline": 53,
}  # fmt: skip
# How an attribute is taken back alone. The others are rare and not understood alike: they take a full reset.
_OFF = {1: 22, 2: 22, 3: 23, 4: 24, 5: 25, 7: 27, 9: 29}
_SEEN_ON_BLANKS = frozenset((4, 7, 9, 21, 51, 52, 53))


class Pen(NamedTuple):
    """A colouring: SGR attributes, SGR parameters of the two colours ("" is the terminal's own), and the OSC 8 link."""

    attributes: frozenset[int] = frozenset()
    foreground: str = ""
    background: str = ""
    link: str = ""

    @property
    def inks_blanks(self) -> bool:
        """Whether more than the background of a blank shows."""
        return bool(self.link or self.attributes & _SEEN_ON_BLANKS)

    @property
    def codes(self) -> list[str]:
        """The SGR parameters that make this pen from the plain one."""
        colours = filter(None, (self.foreground, self.background))
        return [*map(str, sorted(self.attributes)), *colours]


PLAIN = Pen()
_known: dict[Pen, Pen] = {PLAIN: PLAIN}


def one(pen: Pen) -> Pen:
    """The same pen for equal pens, so that comparing cells is comparing addresses."""
    return _known.setdefault(pen, pen)


@lru_cache(16384)
def pen_of(style: Style | None, system: ColorSystem | None) -> Pen:
    """The pen that draws a Rich style with so many colours, or with none."""
    if style is None:
        return PLAIN
    attributes = frozenset(number for name, number in _ATTRIBUTES.items() if getattr(style, name))
    # Without Rich's id, another one whenever a style is made: it would make cells differ that look and act alike.
    link = style.link if style.link and style.link.isprintable() else ""
    return one(Pen(attributes, _colour(style.color, system, True), _colour(style.bgcolor, system, False), link))


def _colour(colour: Color | None, system: ColorSystem | None, foreground: bool) -> str:
    if colour is None or colour.is_default or system is None:
        return ""
    return ";".join(colour.downgrade(system).get_ansi_codes(foreground))


@lru_cache(16384)
def blank_pen(pen: Pen) -> Pen:
    """What of a pen can be seen on a blank."""
    return pen if pen.inks_blanks else one(Pen(background=pen.background))


@lru_cache(16384)
def for_blanks(pen: Pen, wanted: Pen) -> Pen:
    """The pen nearest to `pen` that draws blanks like `wanted`, which shows nothing but its background."""
    return one(Pen(pen.attributes - _SEEN_ON_BLANKS, pen.foreground, wanted.background))


@lru_cache(65536)
def change(pen: Pen, wanted: Pen) -> str:
    """The shortest sequence that turns one pen into another."""
    link = "" if pen.link == wanted.link else f"\x1b]8;;{wanted.link}\x1b\\"
    if pen[:3] == wanted[:3]:
        return link
    codes = wanted.codes
    afresh = f"\x1b[{';'.join(['0', *codes] if pen[:3] != PLAIN[:3] and codes else codes)}m"
    step = _step(pen, wanted)
    return link + (step if step is not None and len(step) < len(afresh) else afresh)


def _step(pen: Pen, wanted: Pen) -> str | None:
    if not _OFF.keys() >= pen.attributes | wanted.attributes:
        return None
    codes: list[str] = []
    kept = set(pen.attributes)
    for attribute in sorted(pen.attributes - wanted.attributes):
        if attribute in kept:
            codes.append(str(_OFF[attribute]))
            kept -= {other for other in kept if _OFF[other] == _OFF[attribute]}
    codes += map(str, sorted(wanted.attributes - kept))
    if pen.foreground != wanted.foreground:
        codes.append(wanted.foreground or "39")
    if pen.background != wanted.background:
        codes.append(wanted.background or "49")
    return f"\x1b[{';'.join(codes)}m"
