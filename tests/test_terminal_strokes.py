"""Any screen becomes any other with the fewest bytes, on terminals that erase in colour or not, and count widths otherwise."""

from __future__ import annotations

import random
import re

import pytest
from rich.color import ColorSystem
from rich.style import Style

from prtui.terminal import pens, shadow, strokes
from prtui.terminal.powers import Powers
from prtui.terminal.strokes import Hand
from tests.painting import Glass

ATTRIBUTES = ("bold", "dim", "italic", "underline", "reverse", "strike", "overline", "underline2", "conceal")
SYMBOLS = "  aab─▌“éЖ中文字，。ｆ０가𠀀"
WIDTH, HEIGHT = 30, 8


def _style(chance: random.Random) -> Style:
    return Style(
        **{name: chance.random() < 0.2 for name in ATTRIBUTES},
        color=chance.choice([None, "default", "red", "bright_blue", "#c9a86a", "color(99)"]),
        bgcolor=chance.choice([None, None, "default", "green", "#161616"]),
        link=chance.choice([None] * 6 + ["https://lanjing.example/a", "https://lanjing.example/b"]),
    )


def _rows(chance: random.Random) -> list[shadow.Row]:
    few = [_style(chance) for _ in range(3)]
    rows = []
    for _y in range(HEIGHT):
        row: shadow.Row = [shadow.BLANK] * WIDTH
        x = 0
        for _text in range(chance.randint(0, 4)):
            pen = pens.pen_of(chance.choice([None, *few]), chance.choice(list(ColorSystem)[:3]))
            text = "".join(chance.choice(SYMBOLS) for _ in range(chance.randint(1, 12)))
            x = shadow.place(row, x + chance.randint(0, 6), list(shadow.drawn(text, pen)))
        rows.append(row)
    return rows


def _changed(old: list[shadow.Row], chance: random.Random) -> list[shadow.Row]:
    """A screen that has something in common with another: rows that moved, parts that changed."""
    other, up = _rows(chance), chance.randint(-3, 3)
    new = [old[(y + up) % HEIGHT].copy() for y in range(HEIGHT)]
    for y in range(HEIGHT):
        if chance.random() < 0.4:
            _replace_some(new[y], chance)
        if chance.random() < 0.4:
            start, stop = sorted((chance.randint(0, WIDTH), chance.randint(0, WIDTH)))
            shadow.place(new[y], start, _whole(other[y][start:stop]))
    return new


def _replace_some(row: shadow.Row, chance: random.Random) -> None:
    """Single characters by others as wide in the same pen, as clocks and names change."""
    for x in chance.sample(range(WIDTH), 3):
        char, pen = row[x]
        if char and char != " ":
            row[x] = (chance.choice([one for one in SYMBOLS[2:] if shadow.cell_len(one) == shadow.cell_len(char)]), pen)


def _whole(cells: shadow.Row) -> shadow.Row:
    """The cells without the halves a cut left over."""
    row = [shadow.BLANK] * len(cells)
    x = 0
    while x < len(cells):
        width = max(1, shadow.cell_len(cells[x][0]))
        if cells[x][0] and x + width <= len(cells):
            row[x : x + width] = cells[x : x + width]
        x += width
    return row


def _drawn_plainly(rows: list[shadow.Row]) -> Glass:
    """The picture, drawn cell by cell."""
    glass = Glass(WIDTH, HEIGHT)
    for y, row in enumerate(rows):
        for x, (char, pen) in enumerate(row):
            if char:
                glass.show(f"\x1b[{y + 1};{x + 1}H{pens.change(pens.PLAIN, pen)}{char}\x1b[m\x1b]8;;\x1b\\")
    return glass


@pytest.mark.parametrize("seed", range(150))
def test_any_screen_becomes_any_other(seed: int) -> None:
    chance = random.Random(seed)
    old = _rows(chance)
    new = _changed(old, chance)
    powers = Powers(True, *(chance.random() < 0.6 for _power in range(4)))
    cursor = chance.choice([None, (chance.randrange(HEIGHT), chance.randrange(WIDTH))])
    glass = Glass(WIDTH, HEIGHT)
    data, hand = strokes.afresh(old, (0, 0), powers)
    glass.show(data)
    assert glass.cells() == _drawn_plainly(old).cells()
    written = ""
    for wanted in (new, old, new):
        data, hand = strokes.frame(old if wanted is new else new, wanted, hand, cursor, powers)
        glass.show(data)
        written += data
        assert glass.cells() == _drawn_plainly(wanted).cells()
        assert glass.holds(hand.pen)
        assert not hand.pen.link
        assert hand[:2] == (glass.cursor.y, glass.cursor.x) or (cursor is None and None in hand)
        assert cursor in (None, hand[:2])
        assert strokes.frame(wanted, wanted, hand, cursor, powers) == ("", hand)
    assert powers.erases_to_end or not re.search(r"\x1b\[\d*K", written)
    assert powers.erases_some or not re.search(r"\x1b\[\d*X", written)
    assert powers.shifts_rows or not re.search(r"\x1b\[[\d;]*[LMr]", written)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "中文 abcdefghijk xyz",
            "字文 abcdefghijk xyQ",
        ),  # the right half of the first is the same, and so is what follows
        ("abc中文 abcdefghijk 中文", "abc中字 abcdefghijk 文文"),
        ("abcdefghijklmnop中", "zbcdefghijklmnop中"),
        ("一二三四五六七八九十", "一二三四五六七八九甲"),
        ("中 中 中 中", "文 文 文 文"),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_what_stands_behind_a_wide_character_that_changed_is_not_shifted(before: str, after: str, turned: bool) -> None:
    rows = []
    for text in (before, after):
        row: shadow.Row = [shadow.BLANK] * WIDTH
        shadow.place(row, 0, list(shadow.drawn(text, pens.PLAIN)))
        rows.append([row])
    old, new = rows[::-1] if turned else rows
    glass = Glass(WIDTH, 1)
    data, hand = strokes.afresh(old, None, Powers())
    glass.show(data)
    data, hand = strokes.frame(old, new, hand, None, Powers())
    glass.show(data)
    assert glass.cells() == _drawn_plainly(new).cells()[:1]
    assert hand[:2] == (0, glass.cursor.x) or hand.column is None


def test_without_its_consent_a_terminal_never_erases_in_colour() -> None:
    green = pens.pen_of(Style(bgcolor="green"), ColorSystem.STANDARD)
    rows: list[shadow.Row] = [[(" ", green)] * WIDTH for _ in range(HEIGHT)]
    blank: list[shadow.Row] = [[shadow.BLANK] * WIDTH for _ in range(HEIGHT)]
    cautious, _hand = strokes.frame(blank, rows, Hand(0, 0), (0, 0), Powers())
    bold, _hand = strokes.frame(blank, rows, Hand(0, 0), (0, 0), Powers(erases_in_colour=True))
    assert not re.search(r"\x1b\[\d*[KXJ]", cautious)
    assert "\x1b[K" in bold
    assert len(bold) < len(cautious) / 3


def test_two_clocks_in_one_style_cost_a_digit_each_and_the_way_between_them() -> None:
    bold = pens.pen_of(Style(bold=True, color="green"), ColorSystem.STANDARD)

    def clocks(second: int) -> list[shadow.Row]:
        row: shadow.Row = [shadow.BLANK] * WIDTH
        for x, digit in ((12, second), (28, 9 - second)):
            shadow.place(row, x, list(shadow.drawn(str(digit), bold)))
        return [row]

    hand = strokes.afresh(clocks(0), None, Powers())[1]
    written = []
    for second in range(1, 9):
        data, hand = strokes.frame(clocks(second - 1), clocks(second), hand, None, Powers())
        written.append(data)
    assert written[1:3] == ["\b2\x1b[15C7", "\b6\x1b[17D3"]
    assert max(map(len, written[1:])) == 8


@pytest.mark.parametrize("terminal_says", [1, 2])
def test_characters_terminals_disagree_on_spoil_no_other_cell(
    monkeypatch: pytest.MonkeyPatch, terminal_says: int
) -> None:
    monkeypatch.setattr(
        "pyte.screens.wcwidth", lambda char: terminal_says if char in "🙂⌚❤" else shadow.cell_len(char)
    )
    glass = Glass(WIDTH, 1)
    pen = pens.PLAIN
    hand = Hand(0, 0)
    old: list[shadow.Row] = [[shadow.BLANK] * WIDTH]
    for text in (
        "a🙂b 中c",
        "a🙂x 中c",
        "ay中 zc",
        "abcdefg",
        "a🙂🙂fg",
        "🙂🙂🙂 end",
        "🙂🙂z end",
        "⌚e\u0301 ❤\ufe0f end",
    ):
        new = [[shadow.BLANK] * WIDTH]
        shadow.place(new[0], 1, list(shadow.drawn(text, pen)))
        data, hand = strokes.frame(old, new, hand, (0, 0), Powers())
        glass.show(data)
        for x, (char, _pen) in enumerate(new[0]):
            if char and char not in shadow.disputed and (x == 0 or new[0][x - 1][0] not in shadow.disputed):
                assert glass.buffer[0][x].data == char, (text, x)
            elif char == "" and terminal_says == 1:
                assert glass.buffer[0][x].data in ("", " "), (text, x)  # nothing of what stood there is left
        old = new


def test_a_wide_character_is_never_cut_by_the_edge() -> None:
    row: shadow.Row = [shadow.BLANK] * WIDTH
    assert shadow.place(row, WIDTH - 3, list(shadow.drawn("a中文", pens.PLAIN))) == WIDTH
    assert [char for char, _pen in row[-4:]] == [" ", "a", "中", ""]
    shadow.place(row, WIDTH - 1, list(shadow.drawn("文", pens.PLAIN)))
    assert [char for char, _pen in row[-4:]] == [" ", "a", " ", " "]


def test_what_is_shifted_in_is_plain_whatever_was_drawn_last() -> None:
    green = pens.pen_of(Style(bgcolor="green", underline=True), ColorSystem.STANDARD)
    texts = ["".join(chr(97 + (7 * y + 3 * x * (y + 1)) % 26) for x in range(WIDTH)) for y in range(HEIGHT)]
    rows: list[shadow.Row] = [[*shadow.drawn(text, pens.PLAIN)] for text in texts]
    data, _hand = strokes.frame(rows, [*rows[1:], rows[0]], Hand(0, 0, green), None, Powers())
    assert re.match(r"\x1b\[(24;49)?m\x1b\[1;8r", data)


@pytest.mark.parametrize("plain", [3, WIDTH - 1])
def test_plain_blanks_before_coloured_ones_are_drawn_when_the_row_was_erased_in_colour(plain: int) -> None:
    green = pens.pen_of(Style(bgcolor="green"), ColorSystem.STANDARD)
    old: list[shadow.Row] = [[*shadow.drawn("x" * WIDTH, pens.PLAIN)]]
    new: list[shadow.Row] = [[shadow.BLANK] * plain + [(" ", green)] * (WIDTH - plain)]
    glass = Glass(WIDTH, 1)
    data, hand = strokes.afresh(old, None, Powers())
    glass.show(data + strokes.frame(old, new, hand, None, Powers(erases_in_colour=True))[0])
    assert [bg for _char, _ink, bg in glass.cells()[0]] == ["default"] * plain + ["32"] * (WIDTH - plain)


def test_a_blank_is_drawn_with_what_can_be_seen_on_it_and_a_link_is_opened_and_closed() -> None:
    loud = pens.pen_of(Style(underline=True, bold=True, color="red", link="https://a.example"), ColorSystem.STANDARD)
    assert shadow.drawn("a b", loud) == (("a", loud), (" ", loud), ("b", loud))
    bold = pens.pen_of(Style(bold=True, color="red", bgcolor="green"), ColorSystem.STANDARD)
    assert shadow.drawn("a b", bold)[1] == (" ", pens.Pen(background="42"))
    assert pens.change(pens.PLAIN, loud) == "\x1b]8;;https://a.example\x1b\\\x1b[1;4;31m"
    assert pens.change(loud, pens.PLAIN) == "\x1b]8;;\x1b\\\x1b[m"


def test_control_characters_never_reach_the_terminal() -> None:
    for hostile in ("a\x1b[31mb", "\x07bell", "c\x9b2Jd", "\x00\r\n\b"):
        cells = shadow.drawn(hostile, pens.PLAIN)
        assert len(cells) == shadow.cell_len(hostile)
        assert "".join(char for char, _pen in cells).isprintable()
    assert pens.pen_of(Style(link="https://x\x1b]0;owned\x07"), ColorSystem.TRUECOLOR).link == ""
